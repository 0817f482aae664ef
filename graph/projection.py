"""The graph as a network of things and links, for programs that know nodes and edges instead of triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from .store import Store

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Link", "Network", "Thing", "network", "projection"]

_FOLDER = Path(__file__).parent
_STRUCTURE = frozenset({"part of", "member of"})
"""Links that hold between things whether or not any document speaks of them."""


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A node: a proponent, a submission, a provision, an instrument, a resolution or a concept."""

    id: str
    kind: str
    label: str
    number: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """An edge. `because` gives the words of the document that show it; empty where it does not rest on words."""

    source: str
    kind: str
    target: str
    because: str


@dataclass(frozen=True, slots=True)
class Network:
    """Things and the links between them, both sorted."""

    things: tuple[Thing, ...]
    links: tuple[Link, ...]


def network(store: Store) -> Network:
    """The things that the documents of `store` speak of, what holds them, and the links between them.

    States, articles and concepts of the reference data that no document touches are left out.
    """
    things: dict[str, Thing] = {}
    for row in sorted(_rows(store, "nodes.rq", ("id", "kind", "label", "number", "heading", "text"))):
        things.setdefault(row[0], Thing(*row))
    links = sorted({Link(*row) for row in _rows(store, "edges.rq", ("source", "kind", "target", "because"))})
    links = [link for link in links if link.source in things and link.target in things]
    touched = _touched(things.values(), links)
    return Network(
        tuple(thing for name, thing in sorted(things.items()) if name in touched),
        tuple(link for link in links if link.source in touched and link.target in touched),
    )


def projection(store: Store) -> nx.MultiDiGraph[str]:
    """:func:`network` as a directed multigraph of networkx; nodes and edges bear the fields of the records as data.

    An edge has its kind as its key.
    """
    import networkx as nx

    projected: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found = network(store)
    for thing in found.things:
        projected.add_node(
            thing.id, kind=thing.kind, label=thing.label, number=thing.number, heading=thing.heading, text=thing.text
        )
    for link in found.links:
        if projected.has_edge(link.source, link.target, link.kind):
            before = projected.edges[link.source, link.target, link.kind]
            before["because"] = f"{before['because']}\n{link.because}"
        else:
            projected.add_edge(link.source, link.target, link.kind, kind=link.kind, because=link.because)
    return projected


def _rows(store: Store, name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    found = store.query((_FOLDER / name).read_text(encoding="utf-8"), where=name)
    assert isinstance(found, ox.QuerySolutions), f"{name} is not a SELECT"
    for solution in found:
        yield tuple(_value(solution[column]) for column in columns)


def _value(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else ""


def _touched(things: Iterable[Thing], links: Iterable[Link]) -> set[str]:
    """What is proposed, what it or its proponent is linked to, and everything that holds either."""
    spoken = {thing.id for thing in things if thing.kind in ("submission", "proposed provision")}
    touched = spoken | {link.target for link in links if link.source in spoken and link.kind not in _STRUCTURE}
    touched |= {end for link in links if link.because for end in (link.source, link.target)}
    holders = {link.source: link.target for link in links if link.kind == "part of"}
    for name in sorted(touched):
        holder = holders.get(name)
        while holder is not None and holder not in touched:
            touched.add(holder)
            holder = holders.get(holder)
    return touched
