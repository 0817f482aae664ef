"""Which texts could share words at all: an inverted index of rare sequences of words, never all pairs.

A text is a candidate for another if both have a sequence of one to five words that few texts have. Each shared sequence
counts with the information of its rarity; the best texts by this sum are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Candidates", "candidates", "keys", "sequences"]

_LENGTHS = (1, 2, 3, 5)
"""How many words a sequence has."""
_SHARE, _FEW = 0.04, 24
"""A sequence is rare if at most this share of the texts, and these at least, have it ..."""
_MOST = 48
"""... but no more than this: what thousands of texts have tells nothing, and would cost all pairs."""
_FAINT = 0.1
"""A text that shares less than this part of what the best one shares is no candidate."""
_CHUNK = 4096
"""So many derived texts are looked up at a time; it bounds the memory."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of each derived text, best first (``sources[starts[i] : starts[i + 1]]``), and shared bits."""

    starts: NDArray[np.int64]
    sources: NDArray[np.int32]
    bits: NDArray[np.float64]

    def of(self, derived: int) -> NDArray[np.int32]:
        """The numbers of the candidates for one text, best first."""
        return self.sources[self.starts[derived] : self.starts[derived + 1]]


def candidates(
    derived: Sequence[NDArray[np.int32]], sources: Sequence[NDArray[np.int32]], *, keep: int = 12
) -> Candidates:
    """The best `keep` sources for each derived text; texts are arrays of the numbers of their words."""
    index = _Index(sources)
    counts = np.zeros(len(derived) + 1, dtype=np.int64)
    kept_sources, kept_bits = [np.empty(0, dtype=np.int32)], [np.empty(0)]
    for first in range(0, len(derived), _CHUNK):
        chunk = derived[first : first + _CHUNK]
        texts, found, bits = index.look_up(chunk, keep)
        counts[first + 1 : first + 1 + len(chunk)] = np.bincount(texts, minlength=len(chunk))
        kept_sources.append(found)
        kept_bits.append(bits)
    return Candidates(np.cumsum(counts), np.concatenate(kept_sources), np.concatenate(kept_bits))


class _Index:
    """The rare sequences of the sources, sorted, each with the texts that have it."""

    def __init__(self, sources: Sequence[NDArray[np.int32]]) -> None:
        self._texts = len(sources)
        self._tables = [self._table(sources, length) for length in _LENGTHS]

    def _table(
        self, sources: Sequence[NDArray[np.int32]], length: int
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
        """The keys, where the texts of each begin, the texts, and the bits of each key."""
        found, texts = sequences(sources, length)
        distinct, counts = np.unique(found, return_counts=True)
        most = min(max(self._texts * _SHARE, _FEW), _MOST) if length > 1 else max(_MOST, 2 * _FEW)
        rare = counts <= most
        bits = np.log2(max(self._texts, 2) / counts[rare])
        place = np.repeat(rare, counts)
        return (
            distinct[rare],
            np.concatenate(([0], np.cumsum(counts[rare]))).astype(np.int64),
            texts[place].astype(np.int32),
            bits,
        )

    def look_up(
        self, derived: Sequence[NDArray[np.int32]], keep: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
        """The numbers of derived texts, of their best sources and the bits they share, by derived text, best first."""
        pairs, weights = [np.empty(0, dtype=np.int64)], [np.empty(0)]
        for length, (known_keys, starts, texts, bits) in zip(_LENGTHS, self._tables, strict=True):
            sought, whose = sequences(derived, length)
            if not len(known_keys) or not len(sought):
                continue
            place = np.minimum(np.searchsorted(known_keys, sought), len(known_keys) - 1)
            known = known_keys[place] == sought
            place, whose = place[known], whose[known]
            many = starts[place + 1] - starts[place]
            offsets = np.repeat(starts[place] - np.concatenate(([0], np.cumsum(many)[:-1])), many)
            posted = texts[np.arange(many.sum()) + offsets]
            pairs.append(np.repeat(whose, many) * self._texts + posted)
            weights.append(np.repeat(bits[place], many))
        return self._best(np.concatenate(pairs), np.concatenate(weights), keep)

    def _best(
        self, pairs: NDArray[np.int64], weights: NDArray[np.float64], keep: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
        distinct, inverse = np.unique(pairs, return_inverse=True)
        bits = np.bincount(inverse, weights=weights, minlength=len(distinct))
        texts, sources = np.divmod(distinct, max(self._texts, 1))
        order = np.lexsort((sources, -bits, texts))
        texts, sources, bits = texts[order], sources[order], bits[order]
        first = np.searchsorted(texts, texts)
        kept = (np.arange(len(texts)) - first < keep) & (bits >= _FAINT * bits[first])
        return texts[kept].astype(np.int64), sources[kept].astype(np.int32), bits[kept].astype(np.float64)


def sequences(texts: Sequence[NDArray[np.int32]], length: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Every distinct sequence of `length` words in each text as a key of 64 bits, sorted, and whose it is."""
    sizes = np.array([len(text) for text in texts], dtype=np.int64)
    if sizes.sum() < length:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    run_together = np.concatenate(texts)
    whose = np.repeat(np.arange(len(texts), dtype=np.int64), sizes)
    last = len(run_together) - length + 1
    inside = whose[:last] == whose[length - 1 :]
    found, whose = keys(run_together, length)[inside], whose[:last][inside]
    order = np.lexsort((whose, found))
    found, whose = found[order], whose[order]
    fresh = np.ones(len(found), dtype=bool)
    fresh[1:] = (found[1:] != found[:-1]) | (whose[1:] != whose[:-1])
    return found[fresh], whose[fresh]


def keys(words: NDArray[np.int32], length: int) -> NDArray[np.uint64]:
    """The key of the sequence of `length` words from each place on, one a place; at least `length` words are given.

    Multiplicative hashing after Knuth: two sequences have one key about once in 2**64 pairs.
    """
    last = len(words) - length + 1
    found = np.zeros(last, dtype=np.uint64)
    for step in range(length):
        found = (found ^ (words[step : step + last].astype(np.uint64) + _STEP)) * _PRIME
        found ^= found >> np.uint64(29)
    return found


_PRIME = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(0x632BE59BD9B4E019)
