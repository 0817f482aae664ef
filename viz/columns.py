"""Where marks stand that are set in columns: near what they are joined with, and never over one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Slot", "middle", "settle"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A mark in a column: its height with the space around it, and where its middle would best be."""

    key: str
    height: float
    wish: float


def settle(slots: Sequence[Slot], top: float = 0.0) -> dict[str, float]:
    """The middles of `slots`, in their order, none above `top` and none over another.

    Neighbours that would overlap are set side by side around the mean of what they wish, which is the arrangement with
    the least squared distance from the wishes (pooling of adjacent violators: Barlow and others, 1972).

    Examples
    --------
    >>> settle([Slot("a", 10, 50), Slot("b", 10, 52), Slot("c", 10, 90)])
    {'a': 46.0, 'b': 56.0, 'c': 90.0}
    """
    # A pool is a run of slots that touch: its slots, the middle of its first, and how many wishes that answers.
    pools: list[tuple[list[Slot], float]] = []
    for slot in slots:
        pool, first = [slot], float(slot.wish)
        while pools and pools[-1][1] + _length(pools[-1][0]) + _half(pools[-1][0], pool) > first:
            before, its_first = pools.pop()
            shift = _length(before) + _half(before, pool)
            first = (its_first * len(before) + (first - shift) * len(pool)) / (len(before) + len(pool))
            pool = before + pool
        pools.append((pool, first))
    middles: dict[str, float] = {}
    lowest = top
    for pool, first in pools:
        at = max(first, lowest + pool[0].height / 2)
        for number, slot in enumerate(pool):
            if number:
                at += (pool[number - 1].height + slot.height) / 2
            middles[slot.key] = round(at, 1)
        lowest = at + pool[-1].height / 2
    return middles


def middle(places: Mapping[str, float], keys: Iterable[str], otherwise: float) -> float:
    """The mean place of those of `keys` that have one, or `otherwise`.

    >>> middle({"a": 10.0, "b": 20.0}, ["b", "a", "c"], 0.0)
    15.0
    """
    found = [places[key] for key in keys if key in places]
    return sum(found) / len(found) if found else otherwise


def _length(pool: Sequence[Slot]) -> float:
    """From the middle of the first slot of `pool` to that of the last."""
    return sum(slot.height for slot in pool) - (pool[0].height + pool[-1].height) / 2


def _half(before: Sequence[Slot], after: Sequence[Slot]) -> float:
    return (before[-1].height + after[0].height) / 2
