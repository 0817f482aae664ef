"""Which source each unit of an article has, chosen for all units together.

A list item follows its paragraph, paragraphs keep their order, an article tends to one source article: near-identical
sentences of two treaties are told apart by what stands around them. The best sequence of sources is found by dynamic
programming (Viterbi, IEEE Trans. Inf. Theory 13, 1967) over the units in reading order; what the first turn found of
the article as a whole counts in the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .pairing import Pairing
from .texts import Text

__all__ = ["Choice", "Context", "choose"]

_NEXT, _NEAR, _SAME, _FORWARD, _BACK, _INSTRUMENT = 9.0, 6.0, 4.0, 4.0, 2.0, 1.0
_LABEL = 1.0
_WHOLE = 8.0
_HEADING = 8.0
_TURNS = 3
_NEARBY = 4.0
"""Sources within so many bits of the chosen one are told as alternatives."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beforehand, in bits: of sources of a unit (`units`), and of source articles (`wholes`)."""

    units: Mapping[tuple[int, int], float]
    wholes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """The pairing chosen for a unit, with the others that explain the words nearly as well, best first."""

    pairing: Pairing
    alternatives: tuple[Pairing, ...]
    bits: float
    """What the choice saves, its context included."""


def choose(
    units: Sequence[Text],
    pairings: Sequence[Sequence[Pairing]],
    sources: Sequence[Text],
    context: Context,
    least: float,
) -> list[Choice | None]:
    """The source of each unit of one article, or none where no source saves `least` bits by its words."""
    wholes: dict[str, float] = dict(context.wholes)
    chosen: list[Pairing | None] = []
    own: list[list[float]] = []
    for _ in range(_TURNS):
        own = [
            [
                one.bits
                + wholes.get(sources[one.source].whole, 0.0)
                + context.units.get((place, one.source), 0.0)
                + _alike(unit, sources[one.source])
                for one in found
            ]
            for place, (unit, found) in enumerate(zip(units, pairings, strict=True))
        ]
        chosen = _best_path(pairings, own, sources, least)
        tended = _tendency(chosen, sources, context.wholes)
        if tended == wholes:
            break
        wholes = tended
    return [
        _told(one, found, scores) if one else None for one, found, scores in zip(chosen, pairings, own, strict=True)
    ]


def _alike(unit: Text, source: Text) -> float:
    same = unit.provision.number and unit.provision.number == source.provision.number
    return _LABEL * (bool(same) + (unit.provision.kind is source.provision.kind))


def _tendency(
    chosen: Sequence[Pairing | None], sources: Sequence[Text], known: Mapping[str, float]
) -> dict[str, float]:
    """How much each source article counts for every unit: by the share of the bits that it saved."""
    saved: Counter[str] = Counter()
    for one in chosen:
        if one:
            saved[sources[one.source].whole] += max(one.bits, 0.0)  # type: ignore[assignment]
    total = sum(saved.values()) or 1.0
    return {whole: known.get(whole, 0.0) + _WHOLE * saved[whole] / total for whole in {*known, *saved}}


def _best_path(
    pairings: Sequence[Sequence[Pairing]], own: Sequence[Sequence[float]], sources: Sequence[Text], least: float
) -> list[Pairing | None]:
    """The sequence of sources that saves most. A unit without one keeps in mind which source came last."""
    reached: dict[int, tuple[float, tuple[Pairing | None, ...]]] = {-1: (0.0, ())}
    for found, scores in zip(pairings, own, strict=True):
        after: dict[int, tuple[float, tuple[Pairing | None, ...]]] = {}
        for last, (bits, path) in reached.items():
            _keep(after, last, bits, (*path, None))
            for one, score in zip(found, scores, strict=True):
                if one.bits < least:
                    continue
                step = _follows(sources[last], sources[one.source]) if last >= 0 else 0.0
                _keep(after, one.source, bits + score + step, (*path, one))
        reached = after
    return list(max(reached.items(), key=lambda item: (item[1][0], -item[0]))[1][1])


def _keep(
    reached: dict[int, tuple[float, tuple[Pairing | None, ...]]],
    last: int,
    bits: float,
    path: tuple[Pairing | None, ...],
) -> None:
    if last not in reached or reached[last][0] < bits:
        reached[last] = (bits, path)


def _follows(before: Text, after: Text) -> float:
    """How well one source comes after another."""
    if before.whole != after.whole:
        return _INSTRUMENT if before.holder == after.holder else 0.0
    distance = after.order - before.order
    if distance == 1:
        return _NEXT
    if distance == 0:
        return _SAME
    if distance < 0:
        return _BACK
    return _NEAR if distance <= 3 else _FORWARD


def _told(chosen: Pairing, found: Sequence[Pairing], scores: Sequence[float]) -> Choice:
    near = [
        one
        for one, _ in sorted(zip(found, scores, strict=True), key=lambda item: -item[1])
        if one is not chosen and one.bits >= chosen.bits - _NEARBY
    ]
    return Choice(chosen, tuple(near), next(score for one, score in zip(found, scores, strict=True) if one is chosen))
