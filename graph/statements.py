"""Stating things in one graph: the quads of which everything that is written into a store is made."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from .vocabulary import dated, node, term

__all__ = ["Statements"]


class Statements:
    """States things in `graph`, with the paths of things below `base`.

    Examples
    --------
    >>> said = Statements(node("graph/example"), "https://w3id.org/travaux/")
    >>> print(said.linked(node("state/JAM"), "trv:memberOf", "group/caricom").object)
    <https://w3id.org/travaux/group/caricom>
    """

    def __init__(self, graph: NamedNode, base: str) -> None:
        self.graph = graph
        self.base = base

    def quad(self, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        """That `subject` has `value`; the predicate is a prefixed name."""
        return Quad(subject, term(predicate), value, self.graph)

    def typed(self, subject: NamedNode, *names: str) -> Iterator[Quad]:
        """That `subject` is of each of the classes `names`."""
        for name in names:
            yield self.quad(subject, "rdf:type", term(name))

    def labelled(self, subject: NamedNode, label: str) -> Quad:
        """That `subject` is called `label`, in English."""
        return self.quad(subject, "rdfs:label", Literal(label, language="en"))

    def linked(self, subject: NamedNode, predicate: str, path: str) -> Quad:
        """That `subject` stands in a relation to the thing at `path`."""
        return self.quad(subject, predicate, node(path, self.base))

    def written(self, subject: NamedNode, predicate: str, words: str) -> Iterator[Quad]:
        """The words that `subject` has; nothing where there are none."""
        if words:
            yield self.quad(subject, predicate, Literal(words))

    def day(self, subject: NamedNode, predicate: str, day: str) -> Iterator[Quad]:
        """The day that `subject` has; nothing where it is not known."""
        if day:
            yield self.quad(subject, predicate, dated(day))
