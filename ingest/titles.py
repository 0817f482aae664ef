"""The headings of a draft and the titles of treaties: which of them some words are, or mean."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..ontology.instruments import Instrument

__all__ = ["Title", "Titles", "stems"]

_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")
_STEM = 7
"""Words that begin with the same letters, so many of them, are taken for one: "preventive" and "prevention"."""
_LONGEST = 40


def _plain(word: str) -> str:
    return word.casefold().replace("-", "").replace("‑", "")


def _stem(word: str) -> str:
    plain = _plain(word)
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss"):
        plain = plain[:-1]
    return plain[:_STEM]


def stems(words: str, empty: frozenset[str] = frozenset()) -> frozenset[str]:
    """The stems of `words`, without the `empty` ones.

    >>> sorted(stems("Co-operation for preventive measures", frozenset({"for"})))
    ['coopera', 'measure', 'prevent']
    """
    return frozenset(_stem(word) for word in _WORD.findall(words) if _plain(word) not in empty)


@dataclass(frozen=True, slots=True)
class Title:
    """A heading or a title: the path of what bears it, its kind in the outline, its words."""

    path: str
    kind: str
    words: str


@dataclass(slots=True)
class Titles:
    """Titles that can be looked up by their words.

    `frequencies` counts in how many units each stem stands, `units` how many there are: a rare word says more.
    `first_words` are the words that titles begin with, in lower case, as far as a hyphen.
    """

    titles: tuple[Title, ...]
    empty: frozenset[str] = frozenset()
    frequencies: Mapping[str, int] = field(default_factory=Counter)
    units: int = 0
    first_words: frozenset[str] = field(init=False, repr=False)
    _by_opening: dict[tuple[str, ...], list[tuple[str, ...]]] = field(init=False, repr=False)
    _stems: list[frozenset[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        openings: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for title in self.titles:
            words = tuple(_plain(word) for word in _WORD.findall(title.words))
            if len(words) > 1:
                openings[words[:2]].append(words)
        for candidates in openings.values():
            candidates.sort(key=len, reverse=True)
        self._by_opening = dict(openings)
        firsts = (re.search(r"\w+", title.words.casefold()) for title in self.titles)
        self.first_words = frozenset(first.group() for first in firsts if first)
        self._stems = [stems(title.words, self.empty) for title in self.titles]

    @staticmethod
    def of_instruments(instruments: Iterable[Instrument]) -> Titles:
        """The titles of the articles of the treaties whose skeletons are known."""
        return Titles(
            tuple(
                Title(f"{instrument.path}/{number}", "article", title)
                for instrument in instruments
                for number, title in instrument.article_titles.items()
            )
        )

    def standing_at(self, words: str, start: int, least: int) -> int | None:
        """The end of the title of at least `least` words that stands at `start`, or nothing."""
        found: list[tuple[str, int]] = []
        for match in _WORD.finditer(words, start):
            found.append((_plain(match.group()), match.end()))
            if len(found) == 2 and (found[0][0], found[1][0]) not in self._by_opening:
                return None
            if len(found) == _LONGEST:
                break
        if len(found) < 2:
            return None
        for title in self._by_opening[found[0][0], found[1][0]]:
            if least <= len(title) <= len(found) and title == tuple(word for word, _ in found[: len(title)]):
                return found[len(title) - 1][1]
        return None

    def meant_by(self, topic: str, kinds: Iterable[str], similar: float) -> tuple[Title, float] | None:
        """The title of one of the `kinds` that `topic` is most like, and how much, if it is as much as `similar`."""
        wanted = stems(topic, self.empty)
        if not wanted:
            return None
        kinds = frozenset(kinds)
        best: tuple[Title, float] | None = None
        for title, own in zip(self.titles, self._stems, strict=True):
            if title.kind not in kinds or not own or not own & wanted:
                continue
            score = 2 * self._weight(own & wanted) / (self._weight(own) + self._weight(wanted))
            if score >= similar and (best is None or score > best[1]):
                best = (title, score)
        return best

    def _weight(self, words: frozenset[str]) -> float:
        return sum(math.log(2 + self.units / (1 + self.frequencies.get(word, 0))) for word in sorted(words))
