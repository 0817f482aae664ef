"""Which words of one text stand in another, in which order: local alignment of words, again and again.

The method is that of Smith and Waterman (J. Mol. Biol. 147, 1981) with affine gaps after Gotoh (J. Mol. Biol. 162,
1982), on words in place of residues, computed by parasail (Daily, BMC Bioinformatics 17, 2016). After the best local
alignment its words are taken out and the next best is sought, so that what was moved is found as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import parasail

__all__ = ["COMMON", "Run", "align"]

_SYMBOLS = 238
COMMON = 40
"""So many of the most frequent words of a large vocabulary ("of", "the") weigh little in an alignment."""
_MATCH, _MATCH_COMMON, _MISMATCH = 4, 1, -3
_OPEN, _EXTEND = 4, 1
_LEAST = 12
"""The least score of an alignment after the first: three words that are not among the most frequent, or more."""
_ROUNDS = 4
_LEFT, _RIGHT = _SYMBOLS, _SYMBOLS + 1
"""Symbols of words that stand in one text alone: they match nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """`length` equal words, from the word numbered `derived` of one text and `source` of the other."""

    derived: int
    source: int
    length: int


def align(derived: Sequence[int], source: Sequence[int], common: int = COMMON) -> tuple[Run, ...]:
    """The runs of equal words of two texts, in the order of `derived`.

    Words are numbers; those below `common`, :data:`COMMON` at most, weigh little.

    >>> align([50, 60, 70, 80], [50, 60, 99, 70, 80])
    (Run(derived=0, source=0, length=2), Run(derived=2, source=3, length=2))
    """
    if not (len(derived) and len(source)):
        return ()
    left, right = _encoded(derived, source, common)
    runs: list[Run] = []
    for turn in range(_ROUNDS):
        found = parasail.sw_trace_striped_16(left, right, _OPEN, _EXTEND, _matrix())
        if found.score < (_LEAST if turn else _MATCH):
            break
        fresh = list(_runs(found, derived, source))
        runs += fresh
        left, right = _without(left, right, fresh)
        if min(_remaining(left, _LEFT), _remaining(right, _RIGHT)) < _LEAST // _MATCH:
            break
    return tuple(sorted(runs, key=lambda run: run.derived))


def _encoded(derived: Sequence[int], source: Sequence[int], common: int) -> tuple[str, str]:
    """Both texts as strings of symbols. Where they share more words than there are symbols, symbols are used twice."""
    shared = sorted(set(derived) & set(source))
    rare = [word for word in shared if word >= common]
    symbols = {word: chr(1 + word) for word in shared if word < common}
    room = _SYMBOLS - 1 - COMMON
    symbols.update((word, chr(1 + COMMON + place % room)) for place, word in enumerate(rare))
    left, right = chr(_LEFT), chr(_RIGHT)
    return "".join([symbols.get(word, left) for word in derived]), "".join(
        [symbols.get(word, right) for word in source]
    )


@lru_cache(maxsize=1)
def _matrix() -> Any:
    """The scores of symbols: words of one text alone match nothing, not even themselves."""
    matrix = parasail.matrix_create("".join(map(chr, range(1, _RIGHT + 1))), _MATCH, _MISMATCH, True)
    for common in range(COMMON):
        matrix[common, common] = _MATCH_COMMON
    for alone in (_LEFT - 1, _RIGHT - 1):
        matrix[alone, alone] = _MISMATCH
    return matrix


def _runs(found: Any, derived: Sequence[int], source: Sequence[int]) -> list[Run]:
    cigar = found.cigar
    at, of = cigar.beg_query, cigar.beg_ref
    runs = []
    for packed in cigar.seq:
        length, operation = int(packed) >> 4, int(packed) & 15
        if operation == _EQUAL:
            runs += _truly(at, of, length, derived, source)
        at += length if operation in _ADVANCES_DERIVED else 0
        of += length if operation in _ADVANCES_SOURCE else 0
    return runs


_INSERTED, _DELETED, _EQUAL, _DIFFERENT = 1, 2, 7, 8
_ADVANCES_DERIVED = (_INSERTED, _EQUAL, _DIFFERENT)
_ADVANCES_SOURCE = (_DELETED, _EQUAL, _DIFFERENT)


def _truly(at: int, of: int, length: int, derived: Sequence[int], source: Sequence[int]) -> list[Run]:
    """The parts of a run whose words are really equal: two words may have had one symbol."""
    if all(derived[at + step] == source[of + step] for step in range(length)):
        return [Run(at, of, length)]
    return [Run(at + step, of + step, 1) for step in range(length) if derived[at + step] == source[of + step]]


def _without(left: str, right: str, runs: list[Run]) -> tuple[str, str]:
    from_left, from_right = list(left), list(right)
    for run in runs:
        from_left[run.derived : run.derived + run.length] = chr(_LEFT) * run.length
        from_right[run.source : run.source + run.length] = chr(_RIGHT) * run.length
    return "".join(from_left), "".join(from_right)


def _remaining(symbols: str, alone: int) -> int:
    return len(symbols) - symbols.count(chr(alone))
