"""Which words of one text stand in another, in which order: local alignment of words, again and again.

The method is that of Smith and Waterman (J. Mol. Biol. 147, 1981) with affine gaps after Gotoh (J. Mol. Biol. 162,
1982), on words in place of residues, computed by parasail (Daily, BMC Bioinformatics 17, 2016). After the best local
alignment its words are taken out and the next best is sought, so that what was moved is found as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, repeat
from operator import eq
from typing import Any

import parasail

__all__ = ["COMMON", "Run", "align"]

COMMON = 40
"""So many of the most frequent words of a large vocabulary ("of", "the") weigh little in an alignment."""
_NARROW, _WIDE = (20, 42), (COMMON, 197)
"""How many symbols an alphabet has for frequent words and for others. A narrow one is quicker, and mostly enough."""
_LEFT, _RIGHT = 1, 2
"""Symbols of words that stand in one text alone: they match nothing."""
_MATCH, _MATCH_COMMON, _MISMATCH = 4, 1, -3
_OPEN, _EXTEND = 4, 1
_LEAST = 12
"""The least score of an alignment after the first: three words that are not among the most frequent, or more."""
_ROUNDS = 4


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
    left, right, alphabet = _encoded(derived, source, common)
    matrix = _matrix(alphabet)
    runs: list[Run] = []
    for turn in range(_ROUNDS):
        if turn and _most(left, right, alphabet) < _LEAST:
            break
        found = parasail.sw_trace_striped_16(left, right, _OPEN, _EXTEND, matrix)
        if found.score < (_LEAST if turn else _MATCH):
            break
        fresh = _runs(found, derived, source)
        runs += fresh
        left, right = _without(left, right, fresh)
    return tuple(sorted(runs, key=lambda run: run.derived))


def _encoded(derived: Sequence[int], source: Sequence[int], common: int) -> tuple[bytes, bytes, tuple[int, int]]:
    """Both texts as symbols, a byte each, and their alphabet. Where they share more words, symbols are used twice."""
    shared = sorted(set(derived).intersection(source))
    frequent = bisect_left(shared, common)
    fits = frequent <= _NARROW[0] and len(shared) - frequent <= _NARROW[1]
    first, others = alphabet = _NARROW if fits else _WIDE
    first += _RIGHT + 1
    symbols = dict(zip(shared[:frequent], range(_RIGHT + 1, first), strict=False))
    symbols.update(zip(shared[frequent:], cycle(range(first, first + others)), strict=False))
    return bytes(map(symbols.get, derived, repeat(_LEFT))), bytes(map(symbols.get, source, repeat(_RIGHT))), alphabet


def _most(left: bytes, right: bytes, alphabet: tuple[int, int]) -> int:
    """The most that an alignment can score: the symbols of both texts, in any order."""
    last = _RIGHT + alphabet[0]
    shared = set(left).intersection(right)
    return sum([min(left.count(one), right.count(one)) * (_MATCH_COMMON if one <= last else _MATCH) for one in shared])


@lru_cache(maxsize=2)
def _matrix(alphabet: tuple[int, int]) -> Any:
    """The scores of symbols: words of one text alone match nothing, not even themselves."""
    frequent, others = alphabet
    symbols = map(chr, range(1, 1 + _RIGHT + frequent + others))
    matrix = parasail.matrix_create("".join(symbols), _MATCH, _MISMATCH, True)
    for one in range(_RIGHT):
        matrix[one, one] = _MISMATCH
    for one in range(_RIGHT, _RIGHT + frequent):
        matrix[one, one] = _MATCH_COMMON
    return matrix


def _runs(found: Any, derived: Sequence[int], source: Sequence[int]) -> list[Run]:
    cigar = found.get_cigar(case_sensitive=True).pointer[0]
    at, of = cigar.beg_query, cigar.beg_ref
    runs: list[Run] = []
    for packed in cigar.seq[: cigar.len]:
        length, operation = packed >> 4, packed & 15
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
    if all(map(eq, derived[at : at + length], source[of : of + length])):
        return [Run(at, of, length)]
    return [Run(at + step, of + step, 1) for step in range(length) if derived[at + step] == source[of + step]]


def _without(left: bytes, right: bytes, runs: list[Run]) -> tuple[bytes, bytes]:
    from_left, from_right = bytearray(left), bytearray(right)
    for run in runs:
        from_left[run.derived : run.derived + run.length] = bytes((_LEFT,)) * run.length
        from_right[run.source : run.source + run.length] = bytes((_RIGHT,)) * run.length
    return bytes(from_left), bytes(from_right)
