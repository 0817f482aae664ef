"""Words with marks on them: styled on a terminal, and with a line of signs below each line elsewhere.

What the terminal says by colour and weight, the signs say to everybody else, so nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..queries.tables import printable

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["Mark", "marked_lines"]

_UNSEEN = "\u200b\u00ad\u2060"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something said of the characters from `start` to `end`: `sign` where there is no colour, `style` where there is.

    `sign` is one character, `style` one of rich's. Marks of another `row` have a line of signs of their own.
    """

    start: int
    end: int
    sign: str
    style: str
    row: int = 0


def marked_lines(
    words: str, marks: Iterable[Mark], width: int, *, first: str = "", rest: str = "", colour: bool = False
) -> Iterator[Text]:
    """`words` in lines of at most `width` cells with their marks.

    Parameters
    ----------
    words
        What is printed; each run of white space becomes one space.
    marks
        What is said of it. Where two meet, the shorter one shows; of two alike, that of the lower row.
    width
        How many cells of a terminal a line may take, indent and all.
    first, rest
        What stands before the first line, and before each other one.
    colour
        Whether the marks are styles; otherwise they are signs on lines of their own.

    Examples
    --------
    >>> for line in marked_lines("A Party shall act.", [Mark(8, 13, "=", "bold")], 14, first="1. ", rest="   "):
    ...     print(line.plain)
    1. A Party
       shall act.
       =====
    """
    from rich.text import Text

    closed, places = _closed_up(words)
    shown = printable(closed)
    marks = [
        replace(mark, start=places[mark.start], end=places[mark.end])
        for mark in marks
        if 0 <= mark.start < mark.end <= len(words)
    ]
    # The longest first, so that what lies within another is painted over it; the upper rows under the lower ones.
    ordered = sorted(marks, key=lambda mark: (mark.start - mark.end, mark.row, mark.start, mark.sign))
    for start, end in _breaks(shown, width - len(first), width - len(rest)):
        indent = first if start == 0 else rest
        line = Text(indent + shown[start:end])
        here = [mark for mark in ordered if mark.start < end and mark.end > start]
        if colour:
            for mark in here:
                inside = slice(max(mark.start, start) - start, min(mark.end, end) - start)
                line.stylize(mark.style, len(indent) + inside.start, len(indent) + inside.stop)
            yield line
            continue
        yield line
        for row in sorted({mark.row for mark in here}):
            yield Text(" " * len(indent) + _signs(shown, start, end, [mark for mark in here if mark.row == row]))


def _closed_up(words: str) -> tuple[str, list[int]]:
    r"""`words` with one space for each run of white space and without unseen signs, and where each character went.

    >>> _closed_up("a \n b")
    ('a b', [0, 1, 2, 2, 2, 3])
    """
    shown: list[str] = []
    places = []
    for sign in words:
        places.append(len(shown))
        if sign in _UNSEEN or (sign.isspace() and shown[-1:] == [" "]):
            continue
        shown.append(" " if sign.isspace() else sign)
    return "".join(shown), [*places, len(shown)]


def _signs(words: str, start: int, end: int, marks: list[Mark]) -> str:
    """The line of signs below the words from `start` to `end`, each sign as wide as the character above it."""
    from rich.cells import cell_len

    signs = [" "] * (end - start)
    for mark in marks:
        for place in range(max(mark.start, start), min(mark.end, end)):
            signs[place - start] = mark.sign
    return "".join(sign * cell_len(words[start + place]) for place, sign in enumerate(signs)).rstrip()


def _breaks(words: str, first: int, rest: int) -> Iterator[tuple[int, int]]:
    """Where each line starts and ends: between words, or within one that is longer than a line."""
    from rich.cells import cell_len

    start, room = 0, max(first, 1)
    while start < len(words):
        if words[start] == " ":
            start += 1
            continue
        end, taken, space = start, 0, 0
        while end < len(words) and (taken := taken + cell_len(words[end])) <= room:
            if words[end] == " ":
                space = end
            end += 1
        if end < len(words) and words[end] != " " and space > start:
            end = space
        end = max(end, start + 1)
        while words[end - 1] == " ":
            end -= 1
        yield start, end
        start, room = end, max(rest, 1)
