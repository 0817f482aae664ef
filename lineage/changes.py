"""What was changed between a text and its source, in pieces as small as they can be told.

An alignment of words leaves long stretches that differ. Inside them the terms of both texts are aligned once more, so
that what only stands for the same thing is set apart, and one word that differs stands out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from .alignment import Run
from .conforming import Term, Terms
from .records import Operation
from .segments import Stretch, stretches

__all__ = ["Change", "Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class Change:
    """One place where a text differs from its source: what stands in it, and in the source, with the terms of each.

    `alike`: the words differ, but stand for the same.
    """

    stretch: Stretch
    derived: tuple[Term, ...]
    source: tuple[Term, ...]
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The stretches of an alignment that was made finer, and for each that is not copied the change."""

    stretches: tuple[Stretch, ...]
    changes: tuple[Change | None, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Terms that are the same: words of the text, and words of the source."""

    derived: tuple[int, int]
    source: tuple[int, int]


def compare(
    runs: Iterable[Run],
    derived: Sequence[str],
    source: Sequence[str],
    own: Terms,
    other: Terms,
    refined: float,
) -> Comparison:
    """Compare two texts, given the forms of their words, their terms and the runs of equal words.

    A change is told in smaller ones where at least the share `refined` of the terms of the longer side is the same.
    """
    equal = _kept(runs, own, other)
    told = stretches(equal, len(derived), len(source))
    blocks: dict[Stretch, list[_Block]] = {}
    for one in told:
        if one.operation is Operation.CHANGED:
            blocks[one] = list(_blocks(one, own, other, refined))
    fresh = [
        Run(block.derived[0], block.source[0], block.derived[1] - block.derived[0])
        for found in blocks.values()
        for block in found
        if derived[slice(*block.derived)] == source[slice(*block.source)]
    ]
    finer: list[Stretch] = []
    changes: list[Change | None] = []
    alike = [block for found in blocks.values() for block in found]
    for one in stretches(_joined([*equal, *fresh]), len(derived), len(source)):
        for piece, same in _split(one, alike) if one.operation is Operation.CHANGED else [(one, False)]:
            if derived[slice(*piece.derived)] == source[slice(*piece.source)]:
                piece = replace(piece, operation=Operation.COPIED)
            finer.append(piece)
            changes.append(None if piece.operation is Operation.COPIED else _change(piece, own, other, same))
    return Comparison(tuple(finer), tuple(changes))


def _change(one: Stretch, own: Terms, other: Terms, alike: bool) -> Change:
    return Change(one, tuple(_inside(own, one.derived)), tuple(_inside(other, one.source)), alike)


def _inside(known: Terms, words: tuple[int, int]) -> list[Term]:
    """The terms that are wholly inside a stretch of words: a part of a term is told with the term."""
    if words[0] == words[1]:
        return []
    first, last = known.of_word[words[0]], known.of_word[words[1] - 1]
    return [one for one in known.terms[first : last + 1] if words[0] <= one.start and one.end <= words[1]]


def _kept(runs: Iterable[Run], own: Terms, other: Terms) -> list[Run]:
    """The runs without words that are part of different terms: "criminal" of "criminal offence", of "criminal law"."""
    kept = []
    for run in runs:
        start = 0
        for step in range(run.length + 1):
            same = step < run.length and own.at(run.derived + step).key == other.at(run.source + step).key
            if not same:
                if step > start:
                    kept.append(Run(run.derived + start, run.source + start, step - start))
                start = step + 1
    return kept


def _joined(runs: Iterable[Run]) -> list[Run]:
    """The runs in the order of the text, those that follow on one another as one."""
    joined: list[Run] = []
    for run in sorted(runs, key=lambda run: run.derived):
        last = joined[-1] if joined else None
        if last and last.derived + last.length == run.derived and last.source + last.length == run.source:
            joined[-1] = Run(last.derived, last.source, last.length + run.length)
        else:
            joined.append(run)
    return joined


def _blocks(one: Stretch, own: Terms, other: Terms, refined: float) -> Iterable[_Block]:
    """The terms of a change that are the same in both texts, in order."""
    ours = [term for term in _inside(own, one.derived) if term.key]
    theirs = [term for term in _inside(other, one.source) if term.key]
    if not ours or not theirs:
        return
    matched = [
        (code.src_start, code.src_end, code.dest_start)
        for code in Indel.opcodes([term.key for term in ours], [term.key for term in theirs])
        if code.tag == "equal"
    ]
    telling = sum(not term.small for start, end, _ in matched for term in ours[start:end])
    longer = max(sum(not term.small for term in side) for side in (ours, theirs))
    if longer and telling < refined * longer:
        return
    for start, end, there in matched:
        if all(term.small for term in ours[start:end]) and longer and end - start == 1 and start and end < len(ours):
            continue
        for step in range(end - start):
            left, right = ours[start + step], theirs[there + step]
            yield _Block((left.start, left.end), (right.start, right.end))


def _split(one: Stretch, blocks: Sequence[_Block]) -> Iterable[tuple[Stretch, bool]]:
    """A change cut at the terms that are the same in other words; each piece with whether it is such terms."""
    at, of = one.derived[0], one.source[0]
    inside = [
        block
        for block in blocks
        if one.derived[0] <= block.derived[0] < one.derived[1] and one.source[0] <= block.source[0] < one.source[1]
    ]
    for block in inside:
        yield from _piece((at, block.derived[0]), (of, block.source[0]))
        yield Stretch(Operation.CHANGED, block.derived, block.source), True
        at, of = block.derived[1], block.source[1]
    yield from _piece((at, one.derived[1]), (of, one.source[1]))


def _piece(derived: tuple[int, int], source: tuple[int, int]) -> Iterable[tuple[Stretch, bool]]:
    added, dropped = derived[1] > derived[0], source[1] > source[0]
    if added and dropped:
        yield Stretch(Operation.CHANGED, derived, source), False
    elif added:
        yield Stretch(Operation.ADDED, derived, source), False
    elif dropped:
        yield Stretch(Operation.DROPPED, derived, source), False
