"""Evidence: the exact characters on which an assertion rests, as a Web Annotation resource with its selectors."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ..ingest.records import Span, quote
from .vocabulary import term, whole_number

__all__ = ["CONTEXT", "Witness"]

CONTEXT = 32
"""How many characters of the document stand in ``oa:prefix`` and ``oa:suffix``."""


class Witness:
    """Gives evidence from one document.

    Two things that rest on the same characters share one evidence node, so that a reader who stands at some words can
    ask for everything that rests on them.

    Parameters
    ----------
    document
        The node of the document, which is also the name of the graph.
    text
        The decoded document, into which all offsets point.
    """

    def __init__(self, document: NamedNode, text: str) -> None:
        self._document = document
        self._text = text
        self._known: dict[tuple[Span, ...], NamedNode] = {}

    def testify(
        self, asserted: NamedNode, spans: tuple[Span, ...], name: str = "evidence", property_: str = "trv:evidence"
    ) -> Iterator[Quad]:
        """The quads that give `asserted` the characters at `spans`, one quote, as its evidence called `name`.

        `property_` is ``trv:evidence``, or one below it that says of which part of the assertion it is the evidence.
        """
        known = self._known.get(spans)
        if known is not None:
            yield Quad(asserted, term(property_), known, self._document)
            return
        evidence = NamedNode(f"{asserted.value}/{name}")
        self._known[spans] = evidence
        yield Quad(asserted, term(property_), evidence, self._document)
        yield from self._resource(evidence, spans)

    def testify_each(self, asserted: NamedNode, spans: tuple[Span, ...]) -> Iterator[Quad]:
        """The quads that give `asserted` each of the places `spans` as evidence of its own."""
        for place, span in enumerate(spans, start=1):
            yield from self.testify(asserted, (span,), "evidence" if place == 1 else f"evidence-{place}")

    def _resource(self, evidence: NamedNode, spans: tuple[Span, ...]) -> Iterator[Quad]:
        graph = self._document
        yield Quad(evidence, term("rdf:type"), term("oa:SpecificResource"), graph)
        yield Quad(evidence, term("oa:hasSource"), graph, graph)
        for count, span in enumerate(spans, start=1):
            position = NamedNode(f"{evidence.value}/position-{count}")
            yield Quad(evidence, term("oa:hasSelector"), position, graph)
            yield Quad(position, term("rdf:type"), term("oa:TextPositionSelector"), graph)
            yield Quad(position, term("oa:start"), whole_number(span.start), graph)
            yield Quad(position, term("oa:end"), whole_number(span.end), graph)
        words = NamedNode(f"{evidence.value}/quote")
        first, last = spans[0].start, spans[-1].end
        yield Quad(evidence, term("oa:hasSelector"), words, graph)
        yield Quad(words, term("rdf:type"), term("oa:TextQuoteSelector"), graph)
        yield Quad(words, term("oa:exact"), Literal(quote(self._text, spans)), graph)
        yield Quad(words, term("oa:prefix"), Literal(self._text[max(first - CONTEXT, 0) : first]), graph)
        yield Quad(words, term("oa:suffix"), Literal(self._text[last : last + CONTEXT]), graph)
