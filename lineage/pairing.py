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

__all__ = ["Pairing", "Probe"]


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


class Probe:
    """A derived text made ready to be paired with one source after another.

    `words` are numbers of words, of which the `common` first tell little; `own` is the information of each word in
    bits: nothing for words that are no evidence of copying, such as the name of a treaty. `formulas` are shares: words
    of a formula count less, unless nearly all of both texts is the same. `bits` is the information of all words.
    """

    def __init__(
        self,
        words: NDArray[np.int32],
        own: NDArray[np.float64],
        formulas: NDArray[np.float64],
        common: int = COMMON,
    ) -> None:
        self._words, self._own, self._formulas, self._common = words, own, formulas, common
        self._list = words.tolist()
        distinct, self._first = np.unique(words, return_index=True)
        self._distinct = distinct.tolist()
        self._rate = np.exp2(-own[self._first])
        self.bits = float(own.sum())

    def rest(self, runs: Sequence[Run], blank: int) -> Probe:
        """The text without the words of `runs`, in whose places stands the number `blank`, which no source has."""
        words, own = self._words.copy(), self._own.copy()
        for run in runs:
            words[run.derived : run.derived + run.length] = blank
            own[run.derived : run.derived + run.length] = 0.0
        return Probe(words, own, self._formulas, self._common)

    def pair(self, source: NDArray[np.int32], number: int, settings: Reuse) -> Pairing:
        """Align the text with a source, given as numbers of words, and weigh the alignment; `number` is its name."""
        costs, own, first = settings.copying, self._own, self._first
        listed = source.tolist()
        runs = _without_stray(align(self._list, listed, self._common), own, costs)
        aligned = np.zeros(len(own), dtype=bool)
        for run in runs:
            aligned[run.derived : run.derived + run.length] = True
        equal = int(np.count_nonzero(aligned))
        whole = equal >= settings.formula.whole * max(len(own), len(source))
        formulaic = 0.0 if whole else float((own * (1 - self._formulas))[aligned].sum())
        known = np.fromiter(map(set(listed).__contains__, self._distinct), dtype=bool, count=len(first))
        surprising = np.exp(-len(source) * self._rate)
        telling = own[first] if whole else (own * self._formulas)[first]
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
            covered=max(matched - formulaic, 0.0) / (self.bits or 1.0),
            akin=kindred / (float((own[first] * surprising).sum()) or 1.0),
            kindred=kindred,
        )


def _without_stray(runs: Sequence[Run], own: NDArray[np.float64], costs: Copying) -> tuple[Run, ...]:
    """The runs without lone frequent words between longer stretches that differ: these show no copying."""
    close = [False, *map(_close, runs, runs[1:]), False]
    return tuple(
        run
        for place, run in enumerate(runs)
        if close[place] or close[place + 1] or float(own[run.derived : run.derived + run.length].sum()) > costs.stray
    )


def _close(before: Run, after: Run) -> bool:
    """Whether at most two words stand between two runs, on both sides."""
    return (
        after.derived - before.derived - before.length <= 2 and 0 <= after.source - before.source - before.length <= 2
    )


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
