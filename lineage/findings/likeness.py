"""How much matter two provisions share: the stems of their words, a rare one weighing more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ...ingest.records import Provision
from ...ingest.titles import stems
from ...ontology.citing import citation_wording

__all__ = ["Likeness"]

_WORD = re.compile(r"[^\W_]+")
_RUN = 3


def _runs(words: str) -> set[tuple[str, ...]]:
    found = [word.casefold() for word in _WORD.findall(words)]
    return {tuple(found[start : start + _RUN]) for start in range(len(found) - _RUN + 1)}


class Likeness:
    """The stems of every provision of a submission, with all below it, and how like one another they are."""

    def __init__(self, provisions: Sequence[Provision]) -> None:
        self._empty = frozenset(citation_wording().titles.empty)
        own = {provision.path: self.stems(provision.passage.words) for provision in provisions}
        counts = Counter(stem for found in own.values() for stem in found)
        units = 2 + max(len(provisions), 1)
        self._weights = {stem: math.log(units / (1 + count)) for stem, count in counts.items()}
        self._unknown = math.log(units)
        self._whole: dict[str, set[str]] = {path: set(found) for path, found in own.items()}
        self._own_runs = {provision.path: frozenset(_runs(provision.passage.words)) for provision in provisions}
        self._runs = {path: set(runs) for path, runs in self._own_runs.items()}
        for provision in reversed(provisions):
            if provision.parent in self._whole:
                self._whole[provision.parent] |= self._whole[provision.path]
                self._runs[provision.parent] |= self._runs[provision.path]

    def stems(self, words: str) -> frozenset[str]:
        """The stems of `words` that say something."""
        return stems(words, self._empty)

    def whole(self, provision: Provision) -> frozenset[str]:
        """The stems of a provision and of all below it."""
        return frozenset(self._whole[provision.path])

    def own_runs(self, provision: Provision) -> frozenset[tuple[str, ...]]:
        """The runs of three words in the provision itself."""
        return self._own_runs[provision.path]

    def runs(self, provision: Provision) -> frozenset[tuple[str, ...]]:
        """The runs of three words in a provision and in all below it."""
        return frozenset(self._runs[provision.path])

    def weight(self, found: Iterable[str]) -> float:
        """How much stems say, the rare more, those that stand everywhere nearly nothing."""
        # The exact sum, so that the order of a set does not matter.
        return math.fsum(map(self._weight, found))

    def _weight(self, stem: str) -> float:
        return self._weights.get(stem, self._unknown)

    def alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """How like one another two sets of stems are: 0 with none in common, 1 if they are the same."""
        both = self.weight(one) * self.weight(other)
        return self.weight(one & other) / math.sqrt(both) if both > 0 else 0.0

    def covered(self, wanted: frozenset[str], by: frozenset[str]) -> float:
        """The share of what `wanted` says that stands in `by` too; 1 where it says nothing."""
        whole = self.weight(wanted)
        return self.weight(wanted & by) / whole if whole > 0 else 1.0
