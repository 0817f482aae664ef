"""How much each word says: the information of a word among all the texts that are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from .alignment import COMMON

__all__ = ["Vocabulary"]

_MOST = 12.0
"""Bits: a word seen once in a huge collection is no better evidence than a word seen a few times."""


class Vocabulary:
    """Numbers for words, the most frequent first, and their information in bits.

    `bits` is an array of float64, one a word: minus the binary logarithm of its share of all words, 12 at most.
    `common` is how many words, the first, are so frequent that they tell little: one in fifty, 40 at most.
    """

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        counted: Counter[str] = Counter()
        for forms in texts:
            counted.update(forms)
        ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        self._ids = {form: rank for rank, (form, _) in enumerate(ranked)}
        counts = np.array([count for _, count in ranked], dtype=np.float64)
        total = counts.sum() or 1.0
        self.common = min(len(ranked) // 50, COMMON)
        self.bits: NDArray[np.float64] = np.minimum(-np.log2(counts / total), _MOST)

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self, forms: Sequence[str]) -> NDArray[np.int32]:
        """The numbers of words that all belong to the vocabulary, an array of int32.

        >>> Vocabulary([("the", "party", "the")]).ids(("party", "the"))
        array([1, 0], dtype=int32)
        """
        known = self._ids
        return np.fromiter((known[form] for form in forms), dtype=np.int32, count=len(forms))
