"""How well one text explains the words of another, in bits.

The score is a ratio of likelihoods, as in the alignment of sequences (Durbin, Eddy, Krogh and Mitchison, Biological
Sequence Analysis, 1998, chapter 2): how much shorter the derived words can be told by copying from the source than
without it. A copied word saves its information; every place where the copy breaks off, and every word added or dropped
there, costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .alignment import Run, align

__all__ = ["Pairing", "pair"]

_COPIED = 0.25
_BREAK = 2.5
_ADDED = 0.4
_DROPPED = 0.25
_JUMP = 5.0
_UNUSED = 0.06


@dataclass(frozen=True, slots=True)
class Pairing:
    """`runs` are the equal words; `bits` what they save; `covered` the share of the derived information explained."""

    source: int
    runs: tuple[Run, ...]
    bits: float
    covered: float
    source_covered: float


def pair(derived: NDArray[np.int32], source: NDArray[np.int32], number: int, bits: NDArray[np.float64]) -> Pairing:
    """Align two texts given as numbers of words, and weigh the alignment; `bits` are the information of the words."""
    runs = worth(align(derived.tolist(), source.tolist()), derived, bits)
    told = float(bits[derived].sum()) or 1.0
    saved = matched = 0.0
    own = bits[derived]
    for run in runs:
        information = float(own[run.derived : run.derived + run.length].sum())
        matched += information
        saved += information - _COPIED * run.length
    saved -= _broken(runs, len(derived), len(source))
    whole = float(bits[source].sum()) or 1.0
    return Pairing(number, runs, saved, min(matched / told, 1.0), min(matched / whole, 1.0))


def worth(runs: Sequence[Run], derived: NDArray[np.int32], bits: NDArray[np.float64]) -> tuple[Run, ...]:
    """The runs without stray ones: a lone frequent word between longer stretches that differ shows no copying."""
    kept = []
    for place, run in enumerate(runs):
        information = float(bits[derived[run.derived : run.derived + run.length]].sum())
        joined = any(
            0 <= other.derived - run.derived - run.length <= 2 and 0 <= other.source - run.source - run.length <= 2
            for other in runs[place + 1 : place + 2]
        ) or any(
            0 <= run.derived - other.derived - other.length <= 2 and 0 <= run.source - other.source - other.length <= 2
            for other in runs[max(place - 1, 0) : place]
        )
        if joined or information > _JUMP:
            kept.append(run)
    return tuple(kept)


def _broken(runs: Sequence[Run], derived: int, source: int) -> float:
    """What the breaks cost: between runs, and what is left over at the ends of both texts."""
    if not runs:
        return _JUMP
    cost = _JUMP
    used = sum(run.length for run in runs)
    at, of = runs[0].derived, runs[0].source
    added = runs[0].derived
    inner_dropped = 0
    for run in runs:
        gap, step = run.derived - at, run.source - of
        if step < 0 or step > 60:
            cost += _JUMP
        elif gap or step:
            cost += _BREAK
            inner_dropped += step
        added += gap
        at, of = run.derived + run.length, run.source + run.length
    added += derived - at
    unused = max(source - used - inner_dropped, 0)
    if runs[0].derived and runs[0].source:
        cost += _BREAK
    if derived > at and of < source:
        cost += _BREAK
    return cost + _ADDED * added + _DROPPED * inner_dropped + _UNUSED * unused
