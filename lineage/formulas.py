"""Turns of phrase that many provisions share ("such measures as may be necessary"): they show no descent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..ontology.reuse import Formula
from .candidates import keys, sequences

__all__ = ["Formulas"]


class Formulas:
    """The sequences of words that many of the `texts` have; texts are arrays of the numbers of their words."""

    def __init__(self, texts: Sequence[NDArray[np.int32]], known: Formula) -> None:
        found, _ = sequences(texts, known.length)
        distinct, counts = np.unique(found, return_counts=True)
        self._keys = distinct[counts >= known.texts]
        self._length, self._weight = known.length, known.weight

    def weights(self, text: NDArray[np.int32]) -> NDArray[np.float64]:
        """How much each word of a text counts: little inside a formula, one elsewhere."""
        counted = np.ones(len(text))
        if len(text) < self._length or not len(self._keys):
            return counted
        sought = keys(text, self._length)
        place = np.minimum(np.searchsorted(self._keys, sought), len(self._keys) - 1)
        for start in np.flatnonzero(self._keys[place] == sought):
            counted[start : start + self._length] = self._weight
        return counted
