"""The units of one article (or preamble) in its words: which stretch belongs to which unit of the skeleton.

What a unit is called and how many words it has is known; where it begins is not, for labels are lost, repeated, glued
to the line before or look like one another. So every place where a unit may begin is a candidate, and the cheapest
chain of candidates, by words too many or too few, is chosen by dynamic programming.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..ontology.instruments import TreatyProvision
from ..ontology.wording import OutlineWording

__all__ = ["Fitted", "fitted"]

_MISSING, _MISSING_WORD = 6.0, 0.5
"""What it costs to leave out a unit of the skeleton: as much as so many words out of place, and so much for each of its
words. A unit of which half the words are there is still found by its label."""
_GLUED, _LOOSE = 2.0, 5.0
"""What it costs that a label follows a stop on its line, or any other word."""
_UNTITLED = 2.0
"""What it costs that a recital begins with a word that does not open recitals."""
_WORD = re.compile(r"\S+")
_SENTENCE = re.compile(r"(?<=[;:.,])\s+|\n\s*")
_CAPITAL = re.compile(r"(?:(?<=[;,.:])\s+|\n\s*|^\s*)(?=[A-Z])")
_LEADING = re.compile(r"[ \t]*(?:\(\d+\)|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A unit and its words: the characters `start` to `end`, without the label, which begins at `label`."""

    provision: TreatyProvision
    label: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a unit may begin: its label, its words, and what is odd about it."""

    label: int
    start: int
    cost: float


def fitted(text: str, units: Sequence[TreatyProvision], wording: OutlineWording) -> list[Fitted]:
    """The `units` found in `text`, in their order; the first takes what stands before the others.

    >>> from travaux.ontology.wording import outline_wording
    >>> units = [TreatyProvision(f"x/1{at}", "", words) for at, words in (("", 2), ("/a", 2), ("/b", 1))]
    >>> text = "In this: a) One two; b) Three"
    >>> [text[unit.start : unit.end].strip() for unit in fitted(text, units, outline_wording())]
    ['In this:', 'One two;', 'Three']
    """
    starts = [word.start() for word in _WORD.finditer(text)]

    def off(unit: TreatyProvision, start: int, end: int) -> float:
        return abs(bisect_left(starts, end) - bisect_left(starts, start) - unit.words)

    def missing(unit: TreatyProvision) -> float:
        return _MISSING + _MISSING_WORD * unit.words

    places = [[_Place(0, 0, 0.0)], *(_places(text, unit, wording) for unit in units[1:])]
    skipped = [0.0]
    for unit in units:
        skipped.append(skipped[-1] + missing(unit))
    best: list[list[tuple[float, int, int]]] = []
    for index, found in enumerate(places):
        row: list[tuple[float, int, int]] = []
        for place in found:
            cost, before, choice = (0.0, -1, -1) if index == 0 else (float("inf"), -1, -1)
            for earlier in range(index):
                gap = skipped[index] - skipped[earlier + 1]
                if gap >= cost:
                    continue
                for number, other in enumerate(places[earlier]):
                    if other.start > place.label:
                        continue
                    total = best[earlier][number][0] + gap + off(units[earlier], other.start, place.label)
                    if total < cost:
                        cost, before, choice = total, earlier, number
            row.append((cost + place.cost, before, choice))
        best.append(row)
    _, last, choice = min(
        (
            best[index][number][0] + off(units[index], place.start, len(text)) + skipped[-1] - skipped[index + 1],
            index,
            number,
        )
        for index, found in enumerate(places)
        for number, place in enumerate(found)
    )
    chain: list[Fitted] = []
    end = len(text)
    while last >= 0:
        place = places[last][choice]
        chain.append(Fitted(units[last], place.label, place.start, end))
        end = place.label
        _, last, choice = best[last][choice]
    return chain[::-1]


def _places(text: str, unit: TreatyProvision, wording: OutlineWording) -> list[_Place]:
    """Where `unit` may begin."""
    number = unit.number
    if number == "closing":
        return [
            _Place(match.end(), match.end(), 0.0)
            for match in _CAPITAL.finditer(text)
            if any(
                re.match(pattern, text[match.end() : match.end() + 60], re.I) for pattern in wording.preamble.closings
            )
        ]
    if unit.parent.endswith("/preamble"):
        return [_recital(text, match.end(), wording) for match in _CAPITAL.finditer(text)]
    if number == "tail":
        return [_Place(match.end(), match.end(), 0.0) for match in _SENTENCE.finditer(text)]
    return [
        _Place(match.start("label"), match.end(), _oddness(text, match.start("label")))
        for match in _label(number).finditer(text)
    ]


def _recital(text: str, start: int, wording: OutlineWording) -> _Place:
    numbered = _LEADING.match(text, start)
    words = numbered.end() if numbered else start
    ahead = text[words : words + 40].lower()
    opened = any(re.match(rf"{re.escape(opener)}\b", ahead) for opener in wording.preamble.openers)
    return _Place(start, words, 0.0 if opened else _UNTITLED)


@cache
def _label(number: str) -> re.Pattern[str]:
    """The label of a unit, in the forms that texts of treaties use."""
    printed = re.escape(number)
    if number.isdigit():
        label = rf"\(?{printed}[.)]\)?(?!\d)(?:\s+{printed}(?=\s+[A-Z]))?"
    elif number.startswith("-"):
        return re.compile(r"\n[ \t]*(?P<label>(?:[-–—•][ \t]*)?)")
    else:
        label = rf"(?:\({printed}\)|{printed}[.)])"
    return re.compile(rf"(?:(?<=\s)|^)(?P<label>{label})[ \t]*\n?[ \t]*")


def _oddness(text: str, start: int) -> float:
    """How odd it is that a label stands at `start`: not at all on a new line or after another label."""
    before = text[max(start - 12, 0) : start]
    if not before.strip() or before.rstrip(" \t").endswith("\n") or re.search(r"(?:^|\s)\(?\w{1,4}[.)]\s*$", before):
        return 0.0
    return _GLUED if re.search(r"[;:.,]\s+(?:(?:and|or)\s+)?$", before) else _LOOSE
