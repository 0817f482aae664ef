"""Precision, recall and F1, from counts."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Counts"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, how many of the labels were missed, how many of the answers were invented.

    An answer in the right place with a wrong value is both: one label missed, one answer invented. What is right by
    half counts half on each side, so the counts need not be whole.

    Examples
    --------
    >>> counts = Counts(hits=9, missed=1, invented=3)
    >>> counts.precision, counts.recall, round(counts.f1, 4)
    (0.75, 0.9, 0.8182)
    >>> Counts(2, 1, 0) + Counts(1, 0, 1)
    Counts(hits=3, missed=1, invented=1)

    Where there was nothing to find and nothing was found, nothing went wrong:

    >>> Counts().f1
    1.0
    """

    hits: int | float = 0
    missed: int | float = 0
    invented: int | float = 0

    @classmethod
    def of(cls, hits: float, labels: int, answers: int) -> Counts:
        """The counts where `hits` of the `answers` are among the `labels`.

        >>> Counts.of(hits=3, labels=4, answers=5)
        Counts(hits=3, missed=1, invented=2)
        """
        return cls(hits, labels - hits, answers - hits)

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.missed + other.missed, self.invented + other.invented)

    @property
    def labels(self) -> float:
        """How many there were to find."""
        return self.hits + self.missed

    @property
    def answers(self) -> float:
        """How many were found, right or wrong."""
        return self.hits + self.invented

    @property
    def precision(self) -> float:
        """The share of the answers that are right; 1 where there is no answer."""
        return self.hits / self.answers if self.answers else 1.0

    @property
    def recall(self) -> float:
        """The share of the labels that were found; 1 where there is no label."""
        return self.hits / self.labels if self.labels else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        wrong = self.missed + self.invented
        return 2 * self.hits / (2 * self.hits + wrong) if self.hits or wrong else 1.0
