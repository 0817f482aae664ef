"""What documents name and the reference data do not hold: resolutions, treaties without a skeleton, negotiations.

Several documents may cite the same resolution, and a union of graphs must not state one thing twice (Oxigraph would
count it twice). So such things are described in a graph of their own, made anew from all documents with every write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from ..ontology.reference import Reference
from .naming import treaty_label
from .vocabulary import CONTEXT_GRAPH, node, term

__all__ = ["NAMING", "CitedThings", "context_quads", "named_things"]

NAMING: Mapping[NamedNode, bool] = {
    term("trv:resolvedResource"): True,
    term("trv:unresolvedResource"): True,
    term("trv:nonexistentResource"): False,
    term("trv:namesAsSource"): False,
    term("trv:negotiation"): True,
}
"""The properties by which a document names such a thing, and whether they say that it exists."""


@dataclass(frozen=True, slots=True)
class _Unheld:
    """A thing that is in no skeleton and in no table.

    `classes` is empty where it is known not to exist: then its path names what was printed, and nothing more.
    """

    path: str
    label: str
    classes: tuple[str, ...]
    holder: str = ""


class CitedThings:
    """What can be cited, as far as the reference data know it."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._resolutions = frozenset(known.path for known in reference.resolutions)

    def label(self, path: str) -> str:
        """What a person calls the instrument, the provision of an instrument or the resolution at `path`."""
        kind, _, key = path.partition("/")
        name, _, numbers = key.partition("/")
        if kind == "instrument":
            short = self._reference.name(f"{kind}/{name}").removeprefix(f"{kind}/")
            return treaty_label(short, numbers) if numbers else short
        if kind == "resolution" and name in self._reference.organs:
            return f"{self._reference.organs[name].name} resolution {_printed(numbers)}"
        return key if kind == "negotiation" else path

    def unheld(self, path: str, exists: bool) -> Iterator[_Unheld]:
        """The thing at `path`, and whatever holds it, as far as the reference data do not describe it."""
        kind, _, key = path.partition("/")
        if kind == "negotiation":
            yield _Unheld(path, self.label(path), ("trv:Negotiation", "prov:Activity"))
        elif kind == "resolution" and path not in self._resolutions:
            yield _Unheld(path, self.label(path), ("trv:Resolution", "eli:LegalResource") if exists else ())
        elif kind == "instrument":
            yield from self._unheld_provisions(key, exists)

    def _unheld_provisions(self, key: str, exists: bool) -> Iterator[_Unheld]:
        instrument = self._reference.instruments.get(key.partition("/")[0])
        while key and not (instrument and (key in instrument.provisions or key == instrument.id)):
            path, holder = f"instrument/{key}", key.rpartition("/")[0]
            if not exists:
                yield _Unheld(path, self.label(path), ())
                return
            classes = (
                ("trv:Provision", "trv:InstrumentProvision") if holder else ("trv:Instrument", "eli:LegalResource")
            )
            yield _Unheld(path, self.label(path), classes, f"instrument/{holder}" if holder else "")
            key = holder


def _printed(numbers: str) -> str:
    """The number of a resolution as it is printed, from its path.

    >>> _printed("2322-2016"), _printed("s-30/1"), _printed("2019/19")
    ('2322 (2016)', 'S-30/1', '2019/19')
    """
    return re.sub(r"^(\d+)-([12]\d{3})$", r"\1 (\2)", numbers).upper()


def context_quads(named: Mapping[str, bool], reference: Reference, base: str) -> list[Quad]:
    """The quads that describe the things at the paths `named`, sorted; each path with whether the thing exists."""
    graph, cited = node(CONTEXT_GRAPH, base), CitedThings(reference)
    quads: dict[Quad, None] = {}
    for path, exists in sorted(named.items()):
        for unheld in cited.unheld(path, exists):
            subject = node(unheld.path, base)
            quads[Quad(subject, term("rdfs:label"), Literal(unheld.label, language="en"), graph)] = None
            for name in unheld.classes:
                quads[Quad(subject, term("rdf:type"), term(name), graph)] = None
            if unheld.holder:
                quads[Quad(subject, term("trv:partOf"), node(unheld.holder, base), graph)] = None
    return list(quads)


def named_things(quads: Iterable[Quad], base: str) -> dict[str, bool]:
    """The paths of what documents name in `quads`, each with whether any of them says that it exists."""
    named: dict[str, bool] = {}
    for quad in quads:
        exists = NAMING.get(quad.predicate)
        if exists is not None and isinstance(quad.object, NamedNode):
            path = quad.object.value.removeprefix(base)
            named[path] = named.get(path, False) or exists
    return named
