"""A provision beside its source: its words in pieces, each copied, changed, added, or a place of missing words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .ingest.records import Provision as ProvisionRecord
from .lineage.words import source_words
from .remarks import Thing

__all__ = ["Collation", "Piece", "Rendering", "collations", "no_words", "renderings"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch. `what` is ``copied``, ``changed``, ``added`` or ``dropped``, `own` are the words of the provision.

    `count` words of the source, from the word numbered `source` on, stand in their place or are missing; `words` are
    these words where the text of the source is at hand, else empty. `kind` is the kind of edit, where it is one.
    """

    what: str
    own: str = ""
    kind: str = ""
    source: int = 0
    count: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Collation:
    """A provision and one of its sources: how closely it follows, and the pieces in the order of the provision."""

    derived: str
    source: Thing
    verdict: str
    coverage: float
    pieces: tuple[Piece, ...]


Rendering = Callable[[str, int, int], str]
"""The words of a source, by its path and the numbers of the first word and of the one after the last."""


def no_words(_path: str, _start: int, _end: int) -> str:
    """The words of no source: for where no treaty is at hand."""
    return ""


def renderings(treaties: Mapping[str, Sequence[ProvisionRecord]]) -> Rendering:
    """The words of sources, as printed, out of the provisions of treaties; nothing where a treaty is not at hand."""
    by_path = {one.path: one for provisions in treaties.values() for one in provisions}

    def rendering(path: str, start: int, end: int) -> str:
        found = by_path.get(path)
        if found is None or end <= start:
            return ""
        words = source_words(found)
        return " ".join(found.passage.words[words.starts[start] : words.ends[end - 1]].split())

    return rendering


def collations(
    derived: str, text: str, places: Mapping[int, int], rows: Sequence[Mapping[str, str]], rendering: Rendering
) -> tuple[Collation, ...]:
    """A provision beside each of its sources, as the view ``changes`` tells of it.

    Parameters
    ----------
    derived
        The path of the provision.
    text
        Its words.
    places
        Where each character of the document that is among the words stands in them.
    rows
        The rows of the view, in its order.
    rendering
        What gives the words of a source.
    """
    found = []
    for derivation in dict.fromkeys(row["derivation"] for row in rows):
        own = [row for row in rows if row["derivation"] == derivation]
        source = own[0]["source"]
        changes = [_Change.of(row, text, places) for row in own if row["operation"]]
        pieces = tuple(_pieces(text, [change for change in changes if change], source, rendering))
        name = Thing(source, own[0]["name"] or source)
        found.append(Collation(derived, name, own[0]["verdict"], float(own[0]["coverage"]), pieces))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Change:
    """A change at the characters from `start` to `end` of the words; where words are missing, both are the place."""

    what: str
    kind: str
    start: int
    end: int
    source: tuple[int, int]

    @classmethod
    def of(cls, row: Mapping[str, str], text: str, places: Mapping[int, int]) -> _Change | None:
        """The change that a row tells of; none where its characters are not among the words."""
        inside = [places[at] for at in range(int(row["start"]), int(row["end"])) if at in places]
        if not inside:
            return None
        start, end = min(inside), max(inside) + 1
        source = (int(row["sourceStart"] or 0), int(row["sourceEnd"] or 0))
        if row["operation"] == "dropped":
            start = end = _gap(text, start, end)
        return cls(row["operation"], row["kind"], start, end, source)


def _gap(text: str, start: int, end: int) -> int:
    """The place where words are missing, whose neighbours stand from `start` to `end`."""
    around = text[start:end]
    if " " in around.strip():
        return start + len(around) - len(around.lstrip()) + len(around.split()[0])
    return start if not text[:start].strip() else end


def _pieces(text: str, changes: Sequence[_Change], source: str, rendering: Rendering) -> Iterator[Piece]:
    at = 0
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        if change.start < at:
            continue
        if text[at : change.start].strip():
            yield Piece("copied", text[at : change.start])
        start, end = change.source
        words = rendering(source, start, end)
        yield Piece(change.what, text[change.start : change.end], change.kind, start, max(end - start, 0), words)
        at = change.end
    if text[at:].strip():
        yield Piece("copied", text[at:])
