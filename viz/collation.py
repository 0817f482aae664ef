"""A provision beside its source: its words in pieces, each copied, changed, added, or a place of missing words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..ingest.records import Provision as ProvisionRecord
from ..lineage.words import source_words

__all__ = ["Collation", "Omission", "Piece", "SourceTexts", "collations"]


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
    """A provision and one of its sources, by path and name: how closely it follows, and the pieces in its order."""

    derived: str
    source: str
    name: str
    verdict: str
    coverage: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Omission:
    """A provision of a treaty, by path and name, that is left out after the unit which begins at the character `at`."""

    source: str
    name: str
    at: int


class SourceTexts:
    """The words of treaties that are at hand: `treaties` are their provisions, by the id of the treaty."""

    def __init__(self, treaties: Mapping[str, Sequence[ProvisionRecord]] | None = None) -> None:
        self._provisions = {one.path: one for found in (treaties or {}).values() for one in found}

    def words(self, path: str, start: int, end: int) -> str:
        """The words numbered from `start` to `end` of a provision, as printed; nothing where it is not at hand."""
        return "".join(text for inside, text in self.marked(path, [(start, end)]) if inside).strip()

    def marked(self, path: str, ranges: Sequence[tuple[int, int]]) -> list[tuple[bool, str]]:
        """The whole text of a provision in stretches, each with whether its words are in one of the `ranges`."""
        found = self._provisions.get(path)
        if found is None:
            return []
        words, text = source_words(found), found.passage.words
        stretches, at = [], 0
        for start, end in sorted((start, end) for start, end in ranges if end > start):
            first, last = words.starts[start], words.ends[end - 1]
            stretches += [(False, text[at:first]), (True, text[first:last])]
            at = last
        return [(inside, " ".join(part.split(" "))) for inside, part in (*stretches, (False, text[at:])) if part]


def collations(
    derived: str, text: str, places: Mapping[int, int], rows: Sequence[Mapping[str, str]], sources: SourceTexts
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
    sources
        The words of the treaties that are at hand.
    """
    found = []
    for derivation in dict.fromkeys(row["derivation"] for row in rows):
        own = [row for row in rows if row["derivation"] == derivation]
        source = own[0]["source"]
        changes = [_Change.of(row, text, places) for row in own if row["operation"]]
        pieces = tuple(_pieces(text, [change for change in changes if change], source, sources))
        name = own[0]["name"] or source
        found.append(Collation(derived, source, name, own[0]["verdict"], float(own[0]["coverage"]), pieces))
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


def _pieces(text: str, changes: Sequence[_Change], source: str, sources: SourceTexts) -> Iterator[Piece]:
    at = 0
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        if change.start < at:
            continue
        if change.start > at:
            yield Piece("copied", text[at : change.start])
        start, end = change.source
        words = sources.words(source, start, end)
        yield Piece(change.what, text[change.start : change.end], change.kind, start, max(end - start, 0), words)
        at = change.end
    if at < len(text):
        yield Piece("copied", text[at:])
