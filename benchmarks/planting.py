"""Made-up paragraphs with planted copies whose every edit is known: the same for the same seed, on any machine.

Words are as frequent as Zipf found them (Human Behavior and the Principle of Least Effort, 1949), the head flattened as
by Mandelbrot. Between them stand turns of phrase that many paragraphs share.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np

__all__ = ["Planted", "planted"]

_WORDS = 30_000
_SHORTEST, _LONGEST = 10, 150
_PHRASES, _TURN = 400, 0.32
"""So many turns of phrase there are; each stretch of a text is one by this chance, or words drawn singly."""
_EDITED = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3)
"""The rates of edits: a third each of words replaced, put in and left out. Each copy has one of them."""
_CUT, _MERGED = 0.2, 0.1
"""The share of copies of which a part was cut away, and of those to which a part of another source was joined."""


@dataclass(frozen=True, slots=True)
class Planted:
    """Two collections of texts, as words; whence each derived text was copied, none if it is new.

    `edges` are the places (derived word, source, source word) of the words that were copied, by derived text.
    """

    derived: tuple[tuple[str, ...], ...]
    sources: tuple[tuple[str, ...], ...]
    origins: tuple[tuple[int, ...], ...]
    edges: tuple[frozenset[tuple[int, int, int]], ...]


def planted(size: int, *, copied: float = 0.5, seed: int = 1) -> Planted:
    """So many sources and as many derived texts, the share `copied` of which are copies."""
    chance = np.random.default_rng(seed)
    language = _Language(chance)
    sources = [language.text() for _ in range(size)]
    derived, origins, edges = [], [], []
    for _ in range(size):
        words: list[int] = []
        marks: list[tuple[int, int] | None] = []
        whence: list[int] = []
        if chance.random() < copied:
            whence.append(int(chance.integers(size)))
            if chance.random() < _MERGED:
                whence.append(int(chance.integers(size)))
            for source in dict.fromkeys(whence):
                for word, place in _edited(sources[source], chance, language):
                    words.append(word)
                    marks.append(None if place is None else (source, place))
        else:
            words = language.text()
            marks = [None] * len(words)
        derived.append(words)
        origins.append(tuple(dict.fromkeys(whence)))
        edges.append(frozenset((at, *mark) for at, mark in enumerate(marks) if mark))
    names = [f"w{number}" for number in range(_WORDS)]
    told = [tuple(names[word] for word in text) for text in chain(derived, sources)]
    return Planted(tuple(told[:size]), tuple(told[size:]), tuple(origins), tuple(edges))


class _Language:
    """Words by their frequency, and turns of phrase by theirs. Words are drawn in bulk, which is far quicker."""

    def __init__(self, chance: np.random.Generator) -> None:
        self._chance = chance
        self._words = _zipf(_WORDS, 2.7)
        self._stock: list[int] = []
        self._phrase = _zipf(_PHRASES, 10.0)
        self._phrases = [self.words(int(length)) for length in chance.integers(4, 13, size=_PHRASES)]

    def words(self, count: int) -> list[int]:
        if len(self._stock) < count:
            self._stock = np.searchsorted(self._words, self._chance.random(1 << 18)).tolist()
        drawn = self._stock[-count:] if count else []
        del self._stock[len(self._stock) - count :]
        return drawn

    def text(self) -> list[int]:
        length = int(np.clip(self._chance.lognormal(3.9, 0.6), _SHORTEST, _LONGEST))
        text: list[int] = []
        while len(text) < length:
            if self._chance.random() < _TURN:
                text += self._phrases[int(np.searchsorted(self._phrase, self._chance.random()))]
            else:
                text += self.words(int(self._chance.integers(6, 26)))
        return text[:length]


def _zipf(count: int, flat: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    shares = 1 / (np.arange(count) + 1 + flat)
    summed = np.cumsum(shares / shares.sum())
    summed[-1] = 1.0
    return summed


def _edited(source: list[int], chance: np.random.Generator, language: _Language) -> list[tuple[int, int | None]]:
    """The words of a copy, each with its place in the source, none for words that are new."""
    first, last = 0, len(source)
    if chance.random() < _CUT and len(source) >= 2 * _SHORTEST:
        kept = int(len(source) * chance.uniform(0.4, 0.9))
        first = int(chance.integers(len(source) - kept + 1))
        last = first + kept
    rate = float(chance.choice(_EDITED))
    rolls = chance.random(last - first)
    told: list[tuple[int, int | None]] = []
    for place, roll in zip(range(first, last), rolls.tolist(), strict=True):
        if roll >= rate:
            told.append((source[place], place))
        elif roll < rate / 3:
            told.append((language.words(1)[0], None))
        elif roll < 2 * rate / 3:
            told += [(source[place], place), (language.words(1)[0], None)]
    return told
