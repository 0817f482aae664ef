"""A hierarchy of concepts folded to as many rows as a reader can take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .material import Concept

__all__ = ["Fold", "Row", "fold"]


@dataclass(frozen=True, slots=True)
class Row:
    """A concept in its place: `holds` are the provisions that concern it or anything below it; `own`, itself alone.

    `shown` at first sight; `children` are the concepts directly below that hold anything.
    """

    concept: Concept
    parent: str
    depth: int
    own: frozenset[str]
    holds: frozenset[str]
    shown: bool
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """The rows, each below its parent, those that hold most first."""

    rows: tuple[Row, ...]

    def stands_for(self, concept: str) -> str:
        """The concept under whose row `concept` is shown at first sight."""
        by_path = {row.concept.path: row for row in self.rows}
        row = by_path[concept]
        while not row.shown:
            row = by_path[row.parent]
        return row.concept.path


def fold(concepts: Mapping[str, Concept], concerns: Mapping[str, Iterable[str]], limit: int) -> Fold:
    """Fold `concepts` to `limit` rows at first sight: the widest concepts, then whichever below them holds most.

    `concerns` gives the provisions of each concept. A concept with several wider ones stands under the most specific of
    them.

    Examples
    --------
    >>> wide, narrow = Concept("a", "A", "", ()), Concept("b", "B", "", ("a",))
    >>> rows = fold({"a": wide, "b": narrow}, {"b": ["p"]}, 5).rows
    >>> [(row.depth, row.concept.name, sorted(row.holds)) for row in rows]
    [(0, 'A', ['p']), (1, 'B', ['p'])]
    """
    parents = {path: _parent(path, concepts) for path in concepts}
    below: dict[str, list[str]] = {}
    for path, parent in parents.items():
        below.setdefault(parent, []).append(path)
    own = {path: frozenset(concerns.get(path, ())) for path in concepts}
    holds: dict[str, frozenset[str]] = {}

    def gather(path: str) -> frozenset[str]:
        holds[path] = own[path].union(*(gather(child) for child in below.get(path, ())))
        return holds[path]

    for path in below.get("", ()):
        gather(path)
    children = {
        parent: tuple(sorted((path for path in paths if holds[path]), key=lambda path: (-len(holds[path]), path)))
        for parent, paths in below.items()
    }
    shown = _shown(children, holds, limit)

    def lay(path: str, depth: int) -> Iterator[Row]:
        below_it = children.get(path, ())
        yield Row(concepts[path], parents[path], depth, own[path], holds[path], path in shown, below_it)
        for child in below_it:
            yield from lay(child, depth + 1)

    return Fold(tuple(row for path in children.get("", ()) for row in lay(path, 0)))


def _parent(path: str, concepts: Mapping[str, Concept]) -> str:
    wider = [broader for broader in concepts[path].broader if broader in concepts]
    return min(wider, key=lambda broader: (-_depth(broader, concepts, frozenset()), broader)) if wider else ""


def _depth(path: str, concepts: Mapping[str, Concept], seen: frozenset[str]) -> int:
    wider = [broader for broader in concepts[path].broader if broader in concepts and broader not in seen]
    return 1 + max((_depth(broader, concepts, seen | {path}) for broader in wider), default=0)


def _shown(children: Mapping[str, tuple[str, ...]], holds: Mapping[str, frozenset[str]], limit: int) -> set[str]:
    shown = set(children.get("", ()))
    while len(shown) < limit:
        next_to_show = {child for path in shown for child in children.get(path, ())} - shown
        if not next_to_show:
            break
        shown.add(min(next_to_show, key=lambda path: (-len(holds[path]), path)))
    return shown
