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
_BARE = 1.0
"""What it costs that a label has neither a dot nor a bracket, for "a" and "i" may be words."""
_UNTITLED = 2.0
"""What it costs that a recital begins with a word that does not open recitals."""
_WORD = re.compile(r"\S+")
_SENTENCE = re.compile(r"(?<=[;:.,])\s+|\n\s*")
_CAPITAL = re.compile(r"(?:(?<=[;,.:])\s+|\n\s*|^\s*)(?=[A-Z])")
_DASH = re.compile(r"\n[ \t]*((?:[-–—•][ \t]*)?)")
_LABEL = re.compile(
    r"(?<!\S)\(?(?P<number>\d{1,3}|[a-z]{1,5})[.)]\)?(?!\d)(?:\s+(?P=number)(?=\s+[A-Z]))?[ \t]*\n?[ \t]*"
)
"""The label of a unit in the forms that treaties use; said twice where a converter counted too."""
_BARE_LABEL = re.compile(r"[ \t]*(?P<number>\d{1,3}|[a-z]{1,5})(?=\s)[ \t]*")
"""A label without dot or bracket, as the Council of Europe prints them: "a   any measure"."""
_LINE = re.compile(r"^", re.MULTILINE)
_LEADING = re.compile(r"[ \t]*(?:\(\d+\)|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A unit and its words: the characters `start` to `end`, without the label, which begins at `label`."""

    provision: TreatyProvision
    label: int
    start: int
    end: int


_Step = tuple[float, int, int]
"""What the cheapest chain up to a place costs, and the unit and the place before it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a unit may begin: its label, its words, and what is odd about it."""

    label: int
    start: int
    cost: float = 0.0


_Labels = dict[str, list[_Place]]


def fitted(text: str, units: Sequence[TreatyProvision], wording: OutlineWording) -> list[Fitted]:
    """The `units` found in `text`, in their order; the first takes what stands before the others.

    >>> from travaux.ontology.wording import outline_wording
    >>> units = [TreatyProvision(f"x/1{at}", "", words) for at, words in (("", 2), ("/a", 2), ("/b", 1))]
    >>> text = "In this: a) One two; b) Three"
    >>> [text[unit.start : unit.end].strip() for unit in fitted(text, units, outline_wording())]
    ['In this:', 'One two;', 'Three']
    """
    starts = [word.start() for word in _WORD.finditer(text)]
    labels = _labels(text)
    places = [[_Place(0, 0)], *(_places(text, unit, labels, wording) for unit in units[1:])]
    # How many words stand before the label and before the words of each place.
    before = [
        [(bisect_left(starts, place.label), bisect_left(starts, place.start)) for place in found] for found in places
    ]
    skipped = [0.0]
    for unit in units:
        skipped.append(skipped[-1] + _MISSING + _MISSING_WORD * unit.words)
    best: list[list[_Step]] = [[(0.0, -1, -1)]]
    for index in range(1, len(units)):
        row: list[_Step] = []
        for number, place in enumerate(places[index]):
            cheapest: _Step = (float("inf"), -1, -1)
            words = before[index][number][0]
            for earlier in range(index - 1, -1, -1):
                gap = skipped[index] - skipped[earlier + 1]
                if gap >= cheapest[0]:
                    break
                expected = units[earlier].words
                for other, step in enumerate(best[earlier]):
                    if places[earlier][other].start <= place.label:
                        cost = step[0] + gap + abs(words - before[earlier][other][1] - expected)
                        if cost < cheapest[0]:
                            cheapest = (cost, earlier, other)
            row.append((cheapest[0] + place.cost, cheapest[1], cheapest[2]))
        best.append(row)
    _, last, choice = min(
        (
            step[0]
            + abs(len(starts) - before[index][number][1] - units[index].words)
            + skipped[-1]
            - skipped[index + 1],
            index,
            number,
        )
        for index, row in enumerate(best)
        for number, step in enumerate(row)
    )
    chain: list[Fitted] = []
    end = len(text)
    while last >= 0:
        place = places[last][choice]
        chain.append(Fitted(units[last], place.label, place.start, end))
        end = place.label
        _, last, choice = best[last][choice]
    return chain[::-1]


def _places(text: str, unit: TreatyProvision, labels: _Labels, wording: OutlineWording) -> list[_Place]:
    """Where `unit` may begin."""
    number = unit.number
    if number == "closing":
        formulas = wording.preamble.closings
        return [
            _Place(match.end(), match.end())
            for match in _CAPITAL.finditer(text)
            if any(re.match(formula, text[match.end() : match.end() + 60], re.IGNORECASE) for formula in formulas)
        ]
    if unit.parent.endswith("/preamble"):
        return [_recital(text, match.end(), wording) for match in _CAPITAL.finditer(text)]
    if number == "tail":
        return [_Place(match.end(), match.end()) for match in _SENTENCE.finditer(text)]
    if number.startswith("-"):
        return [_Place(match.end(), match.end(1)) for match in _DASH.finditer(text)]
    return labels.get(number, [])


def _labels(text: str) -> _Labels:
    """The places of all that may be a label, by its number."""
    found: _Labels = {}
    for match in _LABEL.finditer(text):
        place = _Place(match.start(), match.end(), _oddness(text, match.start()))
        found.setdefault(match["number"], []).append(place)
    for line in _LINE.finditer(text):
        at = line.start()
        # "1   a   any measure" has two.
        for _ in range(2):
            if bare := _BARE_LABEL.match(text, at):
                found.setdefault(bare["number"], []).append(_Place(bare.start("number"), bare.end(), _BARE))
                at = bare.end()
    return found


def _recital(text: str, start: int, wording: OutlineWording) -> _Place:
    numbered = _LEADING.match(text, start)
    words = numbered.end() if numbered else start
    opened = _opener(wording.preamble.openers).match(text, words)
    return _Place(start, words, 0.0 if opened else _UNTITLED)


@cache
def _opener(openers: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, openers))})\b", re.IGNORECASE)


def _oddness(text: str, start: int) -> float:
    """How odd it is that a label stands at `start`: not at all on a new line or after another label."""
    before = text[max(start - 12, 0) : start]
    if not before.strip() or before.rstrip(" \t").endswith("\n") or re.search(r"(?:^|\s)\(?\w{1,4}[.)]\s*$", before):
        return 0.0
    return _GLUED if re.search(r"[;:.,]\s+(?:(?:and|or)\s+)?$", before) else _LOOSE
