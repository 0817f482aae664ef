"""Which source each unit of an article has, chosen for all units together.

A list item follows its paragraph, paragraphs keep their order, an article tends to one source article: near-identical
sentences of two treaties are told apart by what stands around them. The best sequence of sources is found by dynamic
programming (Viterbi, IEEE Trans. Inf. Theory 13, 1967) over the units in reading order; what one turn found of the
article as a whole counts in the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..ingest.records import Kind
from ..ontology.reuse import Context, Reuse
from .pairing import Pairing
from .texts import Text

__all__ = ["Choice", "Known", "choose"]

_TURNS = 3
_BEAM = 32
"""So many of the best sequences are followed from one unit to the next."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beforehand, in bits: of sources of a unit (by the places of both), and of source articles."""

    units: Mapping[tuple[int, int], float]
    wholes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """The pairing chosen for a unit, with others, best first.

    The `alternatives` explain the words nearly as well; `likely` are all that explain half as much, they included.
    `second` explains words that the pairing chosen does not: a text can be put together from two.
    """

    pairing: Pairing
    alternatives: tuple[Pairing, ...]
    likely: tuple[Pairing, ...]
    second: Pairing | None = None


def choose(
    units: Sequence[Text],
    pairings: Sequence[Sequence[Pairing]],
    sources: Sequence[Text],
    known: Known,
    settings: Reuse,
) -> list[Choice | None]:
    """The source of each unit of one article among its `pairings`, or none where none explains it."""
    weights = settings.context
    wholes = dict(known.wholes)
    chosen: list[Pairing | None] = []
    for _ in range(_TURNS):
        scored = [
            [
                (
                    one,
                    one.bits
                    + wholes.get(sources[one.source].whole, 0.0)
                    + known.units.get((place, one.source), 0.0)
                    + _alike(unit, sources[one.source], weights),
                )
                for one in found
            ]
            for place, (unit, found) in enumerate(zip(units, pairings, strict=True))
        ]
        chosen = _best_path(scored, sources, settings)
        tended = _tendency(chosen, sources, known.wholes, weights)
        if tended == wholes:
            break
        wholes = tended
    return [
        Choice(one, _others(one, found, one.bits - settings.least.near), _others(one, found, one.bits / 2))
        if one
        else None
        for one, found in zip(chosen, pairings, strict=True)
    ]


def _alike(unit: Text, source: Text, weights: Context) -> float:
    """What a label in common counts: the number, and the kind of unit."""
    own, other = unit.provision, source.provision
    if own.kind is other.kind and own.kind in (Kind.CHAPEAU, Kind.CLOSING):
        return weights.frame
    return weights.label * ((own.number != "" and own.number == other.number) + (own.kind is other.kind))


def _tendency(
    chosen: Sequence[Pairing | None], sources: Sequence[Text], known: Mapping[str, float], weights: Context
) -> dict[str, float]:
    """How much each source article counts for every unit: by the share of the bits that it explains."""
    saved: dict[str, float] = {}
    for one in chosen:
        if one:
            whole = sources[one.source].whole
            saved[whole] = saved.get(whole, 0.0) + max(one.bits, 0.0)
    total = sum(saved.values()) + weights.doubt
    return {
        whole: known.get(whole, 0.0) + weights.whole * saved.get(whole, 0.0) / total
        for whole in sorted({*known, *saved})
    }


def _best_path(
    scored: Sequence[Sequence[tuple[Pairing, float]]], sources: Sequence[Text], settings: Reuse
) -> list[Pairing | None]:
    """The sequence of sources that saves most. A unit without one keeps in mind which source came last."""
    reached: dict[int, _Sequence] = {-1: _Sequence(0.0, (), None)}
    for found in scored:
        after: dict[int, _Sequence] = {}
        for last, so_far in reached.items():
            _keep(after, last, _Sequence(so_far.bits, (*so_far.path, None), so_far.last))
            for one, score in found:
                step = _follows(so_far.last, one, sources, settings.context) if so_far.last else 0.0
                bits = so_far.bits + score + step - settings.least.all
                _keep(after, one.source, _Sequence(bits, (*so_far.path, one), one))
        reached = dict(sorted(after.items(), key=lambda item: (-item[1].bits, item[0]))[:_BEAM])
    best = max(reached, key=lambda last: (reached[last].bits, -last))
    return list(reached[best].path)


class _Sequence(NamedTuple):
    """The sources of the units so far, the last of them, and the bits that they save."""

    bits: float
    path: tuple[Pairing | None, ...]
    last: Pairing | None


def _keep(reached: dict[int, _Sequence], last: int, sequence: _Sequence) -> None:
    if last not in reached or reached[last].bits < sequence.bits:
        reached[last] = sequence


def _follows(earlier: Pairing, later: Pairing, sources: Sequence[Text], weights: Context) -> float:
    """How well one source comes after another."""
    before, after = sources[earlier.source], sources[later.source]
    if before.whole != after.whole:
        return weights.instrument if before.holder == after.holder else 0.0
    distance = after.order - before.order
    if distance == 1:
        return weights.next
    if distance == 0:
        return weights.next if _goes_on(earlier, later) else weights.same
    if distance < 0:
        return weights.back
    return weights.near if distance <= 3 else weights.forward


def _goes_on(earlier: Pairing, later: Pairing) -> bool:
    """Whether one pairing takes up a provision where the other leaves it: the provision was split."""
    return bool(earlier.runs and later.runs) and (
        max(run.source + run.length for run in earlier.runs) <= min(run.source for run in later.runs)
    )


def _others(chosen: Pairing, found: Sequence[Pairing], least: float) -> tuple[Pairing, ...]:
    others = (one for one in found if one is not chosen and one.bits >= least)
    return tuple(sorted(others, key=lambda one: (-one.bits, one.source)))
