"""Copies between two large collections of texts: candidates and alignments, shared out to worker processes.

Nothing but the words is known here, neither articles nor citations: what is told of a text does not depend on the texts
beside it, so that the work can be divided anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from ..ontology.reuse import Reuse
from .candidates import candidates
from .formulas import Formulas
from .pairing import Pairing, Probe
from .vocabulary import Vocabulary

__all__ = ["copies"]

_SHARE = 1024
"""So many derived texts are handed to a worker at a time."""


def copies(
    derived: Sequence[Sequence[str]], sources: Sequence[Sequence[str]], settings: Reuse, *, processes: int = 1
) -> list[tuple[Pairing, ...]]:
    """The sources of each derived text, texts being their words: the best, then one for what it leaves unexplained.

    Where the words do not show that they were copied there is none. The answer does not depend on `processes`.
    """
    vocabulary = Vocabulary(text for side in (derived, sources) for text in side)
    left, right = [_Packed.of([vocabulary.ids(text) for text in side]) for side in (derived, sources)]
    found = candidates(left.texts(), right.texts(), keep=settings.least.candidates)
    search = _Search(left, right, vocabulary, Formulas(right.texts(), settings.formula), settings)
    shares = [
        (first, [found.of(place) for place in range(first, min(first + _SHARE, len(derived)))])
        for first in range(0, len(derived), _SHARE)
    ]
    if processes == 1:
        return [one for share in shares for one in search.of(*share)]
    # Started afresh, a worker is the same on every system, and holds no more than it is given.
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (search,)) as workers:
        return [one for told in workers.map(_of, shares) for one in told]


@dataclass(frozen=True, slots=True)
class _Packed:
    """Texts, arrays of int32, in one array: text `i` is ``words[starts[i] : starts[i + 1]]``."""

    words: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[NDArray[np.int32]]) -> _Packed:
        starts = np.cumsum([0, *map(len, texts)], dtype=np.int64)
        return cls(np.concatenate([np.empty(0, dtype=np.int32), *texts]), starts)

    def text(self, place: int) -> NDArray[np.int32]:
        return self.words[self.starts[place] : self.starts[place + 1]]

    def texts(self) -> list[NDArray[np.int32]]:
        return [self.text(place) for place in range(len(self.starts) - 1)]


class _Search:
    """What a worker holds: all texts, and what their words tell."""

    def __init__(
        self, derived: _Packed, sources: _Packed, vocabulary: Vocabulary, formulas: Formulas, settings: Reuse
    ) -> None:
        self._derived, self._sources, self._formulas, self._settings = derived, sources, formulas, settings
        self._bits, self._common, self._blank = vocabulary.bits, vocabulary.common, len(vocabulary)

    def of(self, first: int, likely: Sequence[NDArray[np.int32]]) -> list[tuple[Pairing, ...]]:
        """The sources of the derived texts from `first` on, whose candidates are given."""
        return [tuple(self._found(first + turn, one.tolist())) for turn, one in enumerate(likely)]

    def _found(self, place: int, likely: list[int]) -> Iterator[Pairing]:
        least, words = self._settings.least, self._derived.text(place)
        probe = Probe(words, self._bits[words], self._formulas.weights(words), self._common)
        best = self._best(probe, likely)
        if not best or best.bits < least.all or not (best.covered >= least.covered or best.akin >= least.akin):
            return
        yield best
        rest = probe.rest(best.runs, self._blank)
        if rest.bits >= least.second:
            second = self._best(rest, [one for one in likely if one != best.source])
            if second and second.bits - second.formulaic >= least.second:
                yield second

    def _best(self, probe: Probe, likely: Sequence[int]) -> Pairing | None:
        pairings = [probe.pair(self._sources.text(one), one, self._settings) for one in likely]
        return max(pairings, key=lambda one: (one.bits - one.formulaic, -one.source), default=None)


_held: list[_Search] = []
"""The search of a worker process, kept between its shares."""


def _begin(search: _Search) -> None:
    _held[:] = [search]


def _of(share: tuple[int, Sequence[NDArray[np.int32]]]) -> list[tuple[Pairing, ...]]:
    return _held[0].of(*share)
