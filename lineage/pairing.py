"""How well one text explains the words of another, in bits.

The score is a ratio of likelihoods, as in the alignment of sequences (Durbin, Eddy, Krogh and Mitchison, Biological
Sequence Analysis, 1998, chapter 2): how much shorter the derived words can be told by copying from the source than
without it. A copied word saves its information; every place where the copy breaks off, and every word added or dropped
there, costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..ontology.reuse import Copying, Reuse
from .alignment import COMMON, Run, align

__all__ = ["Pairing", "pair"]


@dataclass(frozen=True, slots=True)
class Pairing:
    """How one source explains a text.

    `runs` are the equal words, `bits` what the source saves, of which `formulaic` rest on turns of phrase that many
    texts have; `covered` is the share of the information of the derived
    words that is aligned, `akin` that of its distinct words which the source has, wherever they stand, and `kindred`
    the same in bits; a word counts by how unlikely it is to be in any text as long as the source.
    """

    source: int
    runs: tuple[Run, ...]
    bits: float
    formulaic: float
    covered: float
    akin: float
    kindred: float


def pair(
    derived: NDArray[np.int32],
    own: NDArray[np.float64],
    formulas: NDArray[np.float64],
    source: NDArray[np.int32],
    number: int,
    settings: Reuse,
    common: int = COMMON,
) -> Pairing:
    """Align two texts given as numbers of words, and weigh the alignment.

    `own` is the information of each derived word, in bits: nothing for words that are no evidence of copying, such as
    the name of a treaty. `formulas` are shares: words of a formula count less, unless nearly all of both texts is the
    same. `number` is that of the source; the `common` first words tell little.
    """
    costs = settings.copying
    runs = _without_stray(align(derived.tolist(), source.tolist(), common), own, costs)
    aligned = np.zeros(len(derived), dtype=bool)
    for run in runs:
        aligned[run.derived : run.derived + run.length] = True
    equal = int(aligned.sum())
    whole = equal >= settings.formula.whole * max(len(derived), len(source))
    formulaic = 0.0 if whole else float((own * (1 - formulas))[aligned].sum())
    _, first = np.unique(derived, return_index=True)
    known = np.isin(derived[first], source)
    telling = own[first] if whole else (own * formulas)[first]
    surprising = np.exp(-len(source) * np.exp2(-own[first]))
    kindred = float((telling * surprising)[known].sum())
    matched = float(own[aligned].sum())
    saved = (
        matched
        - costs.copied * equal
        - _broken(runs, own, len(source), costs)
        + costs.astray * float(own[first[known & ~aligned[first]]].sum())
    )
    return Pairing(
        source=number,
        runs=runs,
        bits=saved,
        formulaic=formulaic,
        covered=max(matched - formulaic, 0.0) / (float(own.sum()) or 1.0),
        akin=kindred / (float((own[first] * surprising).sum()) or 1.0),
        kindred=kindred,
    )


def _without_stray(runs: Sequence[Run], own: NDArray[np.float64], costs: Copying) -> tuple[Run, ...]:
    """The runs without lone frequent words between longer stretches that differ: these show no copying."""
    kept = []
    for place, run in enumerate(runs):
        beside = [*runs[max(place - 1, 0) : place], *runs[place + 1 : place + 2]]
        if any(_close(run, other) for other in beside) or (
            float(own[run.derived : run.derived + run.length].sum()) > costs.stray
        ):
            kept.append(run)
    return tuple(kept)


def _close(one: Run, other: Run) -> bool:
    """Whether at most two words stand between two runs, on both sides."""
    first, second = sorted((one, other), key=lambda run: run.derived)
    return second.derived - first.derived - first.length <= 2 and 0 <= second.source - first.source - first.length <= 2


def _broken(runs: Sequence[Run], own: NDArray[np.float64], source: int, costs: Copying) -> float:
    """What the breaks cost: between runs, and what is left over of the source."""
    if not runs:
        return costs.jump
    cost, dropped = costs.jump, 0
    for before, after in pairwise(runs):
        end = before.derived + before.length
        step = after.source - before.source - before.length
        if not 0 <= step <= costs.far:
            cost += costs.jump
            continue
        added = int(np.count_nonzero(own[end : after.derived]))
        if added or step:
            cost += costs.break_off + costs.added * added + costs.dropped * step
            dropped += step
    first, last = runs[0], runs[-1]
    left = first.derived and first.source
    over = last.derived + last.length < len(own) and last.source + last.length < source
    cost += costs.break_off * (bool(left) + over)
    used = sum(run.length for run in runs)
    return cost + costs.unused * max(source - used - dropped, 0)
