"""Lineage as quads: derivations with what was changed in them, and what a borrowed article leaves out.

A derivation rests on the words that name its source or that are copied from it; each change on the changed words, or on
the words between which others are missing. Of the words of a source there are only their numbers, never the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import count

from pyoxigraph import Literal, NamedNode, Quad

from ..ingest.records import Provision, Span, quote
from ..lineage.acknowledged import article_of
from ..lineage.places import extent, places
from ..lineage.records import Basis, Derivation, Omission, Operation
from ..ontology.reference import Reference
from .context import CitedThings
from .evidence import Witness
from .provenance import step
from .statements import Statements
from .vocabulary import boolean, decimal, node, whole_number

__all__ = ["LineageWriter", "shortened"]

_LONGEST = 60
"""How many characters of a quote stand in a label."""


class LineageWriter(Statements):
    """Writes the lineage of one document.

    `witness` gives the evidence, `text` is that of the document, `provisions` and `labels` are by path;
    `acknowledged` are the provisions and sources of which the proposal names the source.
    """

    def __init__(
        self,
        graph: NamedNode,
        base: str,
        witness: Witness,
        reference: Reference,
        text: str,
        provisions: Mapping[str, Provision],
        labels: Mapping[str, str],
        acknowledged: Set[tuple[str, str]] = frozenset(),
    ) -> None:
        super().__init__(graph, base)
        self._witness = witness
        self._cited = CitedThings(reference)
        self._text = text
        self._provisions = provisions
        self._labels = labels
        self._acknowledged = acknowledged

    def derivations(self, derivations: Iterable[Derivation]) -> Iterator[Quad]:
        """The derivations, numbered for each provision."""
        counted: dict[str, count[int]] = {}
        evidenced = (found for found in derivations if found.spans)
        order = sorted(evidenced, key=lambda found: (found.derived, found.basis, found.spans, found.source))
        for derivation in order:
            derived = node(derivation.derived, self.base)
            subject = NamedNode(f"{derived.value}/derivation-{next(counted.setdefault(derivation.derived, count(1)))}")
            yield from self.typed(subject, "trv:Derivation", "prov:Derivation")
            label = f"{self._label(derivation.derived)}, from {self._label(derivation.source)}"
            yield self.labelled(subject, label)
            yield self.quad(subject, "trv:derived", derived)
            yield self.linked(subject, "trv:source", derivation.source)
            yield self.quad(subject, "trv:basis", Literal(derivation.basis))
            if derivation.basis is Basis.REUSED:
                yield from self._measures(subject, derivation)
            yield from self._made(subject, extent(derivation.segments, self._text) or derivation.spans)
            yield from self._changes(subject, derivation)

    def omissions(self, omissions: Iterable[Omission]) -> Iterator[Quad]:
        """What borrowed articles leave out, numbered for each article."""
        counted: dict[str, count[int]] = {}
        for omission in sorted(omissions, key=lambda found: (found.article, found.spans, found.source)):
            article = node(omission.article, self.base)
            subject = NamedNode(f"{article.value}/omission-{next(counted.setdefault(omission.article, count(1)))}")
            yield from self.typed(subject, "trv:Omission")
            label = f"{self._label(omission.article)}, without {self._label(omission.source)}"
            yield self.labelled(subject, label)
            yield self.quad(subject, "trv:omittedFrom", article)
            yield self.linked(subject, "trv:omittedProvision", omission.source)
            yield from self._made(subject, omission.spans)

    def _measures(self, subject: NamedNode, derivation: Derivation) -> Iterator[Quad]:
        if derivation.verdict:
            yield self.linked(subject, "trv:verdict", f"verdict/{derivation.verdict}")
        for edit in derivation.edits:
            yield self.linked(subject, "trv:edit", f"edit/{edit}")
        yield self.quad(subject, "trv:similarity", decimal(derivation.similarity))
        yield self.quad(subject, "trv:coverage", decimal(derivation.coverage))
        yield self.quad(subject, "trv:sourceCoverage", decimal(derivation.source_coverage))
        yield self.quad(subject, "trv:alignedWords", whole_number(derivation.aligned))
        if article := article_of(derivation.source):
            yield self.linked(subject, "trv:sourceArticle", article)
            named = (derivation.derived, derivation.source) in self._acknowledged
            yield self.quad(subject, "trv:acknowledged", boolean(named))
        for alternative in derivation.alternatives:
            yield self.linked(subject, "trv:alternativeSource", alternative)

    def _changes(self, derivation_node: NamedNode, derivation: Derivation) -> Iterator[Quad]:
        provision = self._provisions.get(derivation.derived)
        if provision is None:
            return
        number = count(1)
        for segment, spans in zip(derivation.segments, places(derivation.segments, provision), strict=True):
            if segment.operation is Operation.COPIED:
                continue
            order = next(number)
            subject = NamedNode(f"{derivation_node.value}/change-{order}")
            yield from self.typed(subject, "trv:Change")
            where = "at " if segment.operation is Operation.DROPPED else ""
            yield self.labelled(subject, f"{segment.operation}: {where}{shortened(quote(self._text, spans), _LONGEST)}")
            yield self.quad(subject, "trv:changeOf", derivation_node)
            yield self.quad(subject, "trv:order", whole_number(order))
            yield self.quad(subject, "trv:operation", Literal(segment.operation))
            if segment.edit:
                yield self.linked(subject, "trv:edit", f"edit/{segment.edit}")
            if segment.source_end > segment.source_start:
                yield self.quad(subject, "trv:sourceStart", whole_number(segment.source_start))
                yield self.quad(subject, "trv:sourceEnd", whole_number(segment.source_end))
            yield from self._made(subject, spans)

    def _made(self, subject: NamedNode, spans: tuple[Span, ...]) -> Iterator[Quad]:
        yield self.quad(subject, "prov:wasGeneratedBy", step(self.graph, "lineage"))
        yield from self._witness.testify(subject, spans)

    def _label(self, path: str) -> str:
        return self._labels.get(path) or self._cited.label(path)


def shortened(words: str, longest: int) -> str:
    """`words` on one line, cut at a word where they are longer than `longest` characters.

    >>> shortened("one two three four", 10)
    'one two …'
    """
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]} …"
