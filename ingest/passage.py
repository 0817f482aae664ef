"""Words cleaned of markup that still know where each character stood."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from .spans import Span

__all__ = ["EMPTY", "Passage", "Piece", "join", "printed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Clean words from one place, and where they stood.

    `runs` are pairs (position in `words`, offset in the document): from each position on, the characters follow one
    another in the document until the next pair. Markup that was taken out begins a new run.
    """

    words: str
    runs: tuple[tuple[int, int], ...]

    def at(self, position: int) -> int:
        """The offset in the document of the character at `position`."""
        start, offset = self.runs[bisect_right(self.runs, (position, 1 << 62)) - 1]
        return offset + position - start

    def cut(self, start: int, end: int) -> Piece:
        """The characters from `start` to `end`, without white space at the edges."""
        while start < end and self.words[start].isspace():
            start += 1
        while end > start and self.words[end - 1].isspace():
            end -= 1
        if start == end:
            return Piece("", ())
        inner = tuple((position - start, offset) for position, offset in self.runs if start < position < end)
        return Piece(self.words[start:end], ((0, self.at(start)), *inner))


def printed(words: str, offset: int) -> Piece:
    """A piece whose `words` stand at `offset` just so, without markup."""
    return Piece(words, ((0, offset),))


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one unit: its pieces in order, a page break between one and the next.

    Between two pieces stands one space in :attr:`words`; in the document it is the white space right after the piece,
    so the slices at :meth:`spans` put together keep the words apart.
    """

    pieces: tuple[Piece, ...]
    words: str = field(init=False, repr=False, compare=False)
    """All words, the pieces joined by one space."""
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Where in the words each piece begins, and where one more would."""

    def __post_init__(self) -> None:
        # Both are asked for at every citation and norm, so they are counted once.
        object.__setattr__(self, "words", " ".join(piece.words for piece in self.pieces))
        object.__setattr__(self, "starts", (0, *accumulate(len(piece.words) + 1 for piece in self.pieces)))

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where the characters `start` to `end` of :attr:`words` stand in the document, one span a piece.

        >>> whole = Passage((printed("at the", 4), printed("end", 20)))
        >>> whole.words, whole.spans(3, 10)
        ('at the end', (Span(start=7, end=11), Span(start=20, end=23)))
        """
        starts = self.starts
        spans: list[Span] = []
        for index in range(max(bisect_right(starts, start) - 1, 0), len(self.pieces)):
            piece, offset = self.pieces[index], starts[index]
            if offset >= end:
                break
            first, last = max(start - offset, 0), min(end - offset, len(piece.words))
            if first >= last:
                continue
            runs_on = end - offset > len(piece.words) and index + 1 < len(self.pieces)
            spans.append(Span(piece.at(first), piece.at(last - 1) + 1 + int(runs_on)))
        return tuple(spans)


EMPTY = Passage(())
"""No words at all."""


def join(pieces: Iterable[Piece]) -> Passage:
    """A passage of the pieces that are not empty."""
    return Passage(tuple(piece for piece in pieces if piece.words))
