"""The words on which a position depends, or that bound it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..ontology.stances import PositionWording

__all__ = ["Clausula", "ConditionFinder", "condition_finder"]

_STOP = re.compile(
    r"[;()\[\]]|\.\s|,(?!\s+(?:and|or)\s+\w+(?:\s\w+)?\s*[,.;])|\s+and\s+(?:in|for|to|with|by|on|at|from|that|which)\b|$"
)
_CLAUSE_STOP = re.compile(r"[;()\[\]]|\.\s|,\s+(?:and|but|while|which|we|our|my|it|then|the)\b|$")

_COMMA = re.compile(r",(?!\s+(?:and|or)\b)|;")
_MAIN = re.compile(
    r",(?!\s+(?:and|or)\b)(?=\s+(?:[\w\x27’.-]+\s+){1,7}?(?:should|must|could|would|can|may|will|shall|is|are|do|does|cannot)\b)|;"
)
"""A comma before a main clause, known by its verb."""


@dataclass(frozen=True, slots=True)
class Clausula:
    """The words of a condition, in characters. `proviso`: support hangs on it; `opens`: it begins the sentence."""

    start: int
    end: int
    proviso: bool
    opens: bool


class ConditionFinder:
    """Finds conditions by the words of `wording`."""

    def __init__(self, wording: PositionWording) -> None:
        conditions = wording.conditions

        def listed(patterns: tuple[str, ...]) -> str:
            longest = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
            return "(?:" + "|".join(pattern.replace(" ", r"\s+") for pattern in longest) + ")"

        flags = re.IGNORECASE
        self._marker = re.compile(
            rf"\b(?:(?P<proviso>{listed(conditions.provisos)})|(?P<limit>{listed(conditions.limits)}))(?!\w)", flags
        )
        self._opening = re.compile(rf"{listed(conditions.opening)}(?!\w)", flags)
        self._phrase = re.compile(rf"{listed(conditions.phrases)}(?!\w)", flags)
        self._holder = re.compile(rf",\s+(?={listed(wording.holders.words)}(?!\w))", flags)
        self._later = re.compile(rf"\b{listed(conditions.opening)}(?!\w)", flags)
        self._back = re.compile(
            rf"(?:[\w-]+,\s+)?(?:{conditions.refer_back})\s+(?:{conditions.refer_verbs})\s*(?P<bind>{listed(conditions.bind_back)})",
            flags,
        )

    def found(self, words: str) -> tuple[Clausula, ...]:
        """The conditions of one sentence that count wherever they stand, and the one that opens it."""
        found: list[Clausula] = []
        lead = len(words) - len(words.lstrip(" -•*"))
        aside = re.match(r"(?:[A-Z]\w+|In (?:this|that) \w+),\s+", words[lead:])
        lead += aside.end() if aside else 0
        if self._opening.match(words, lead) and not self._phrase.match(words, lead) and "," in words[lead:]:
            found.append(Clausula(lead, self._comma(words, lead), True, True))
        for match in self._marker.finditer(words):
            if found and match.start() < found[-1].end:
                continue
            start = match.start() + (4 if match.group().lower().startswith("and ") else 0)
            if start == lead or not words[:start].strip(" -•*"):
                end = self._comma(words, start)
                found.append(Clausula(start, end, True, True))
                continue
            stop = (_CLAUSE_STOP if match["proviso"] else _STOP).search(words, match.end())
            end = stop.start() if stop else len(words)
            found.append(Clausula(start, _trimmed(words, end), bool(match["proviso"]), False))
        return tuple(found)

    def later(self, words: str, start: int, end: int) -> Clausula | None:
        """A condition behind a stance that is left open: "could support a provision if it ..."."""
        match = self._later.search(words, start, end)
        if not match or self._phrase.match(words, match.start()):
            return None
        stop = _CLAUSE_STOP.search(words, match.end())
        return Clausula(match.start(), _trimmed(words, min(stop.start() if stop else end, end)), True, False)

    def refers_back(self, words: str) -> Clausula | None:
        """The condition that a whole sentence sets on the one before it."""
        match = self._back.match(words.lstrip(" -•*"))
        if not match:
            return None
        shift = len(words) - len(words.lstrip(" -•*"))
        return Clausula(match.start("bind") + shift, _trimmed(words, len(words)), True, False)

    def _comma(self, words: str, start: int) -> int:
        """Where a condition that opens the sentence ends: a list in it has commas of its own."""
        for stop in (self._holder, _MAIN, _COMMA):
            if found := stop.search(words, start):
                return found.start()
        return len(words)


def _trimmed(words: str, end: int) -> int:
    while end and words[end - 1] in " .,;:":
        end -= 1
    return end


@cache
def condition_finder(wording: PositionWording) -> ConditionFinder:
    """The finder for `wording`, compiled once."""
    return ConditionFinder(wording)
