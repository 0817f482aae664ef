"""An alignment told stretch by stretch: what was copied, changed, added and dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..ingest.passage import Passage
from .alignment import Run
from .records import Edit, Operation, Segment
from .words import Words

__all__ = ["Stretch", "located", "stretches"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words, numbered from a start to an end (exclusive), of a text and of its source; none where both are one."""

    operation: Operation
    derived: tuple[int, int]
    source: tuple[int, int]


def stretches(runs: Sequence[Run], derived: int, source: int) -> tuple[Stretch, ...]:
    """The stretches of `derived` words in their order, with what is missing of `source` words where it is missing.

    Words of the source that no run holds are dropped: they stand after the run before them in the source. Where added
    and dropped words meet they are one change.

    Returns
    -------
    Stretches whose derived words together are all derived words, and whose source words are all words of the source.
    """
    missing = _missing(runs, source)
    told: list[Stretch] = []
    at = of = 0
    for run in (*runs, Run(derived, source, 0)):
        dropped = (of, missing.pop(of)) if of in missing else (of, of)
        if run.derived > at:
            operation = Operation.CHANGED if dropped[1] > dropped[0] else Operation.ADDED
            told.append(Stretch(operation, (at, run.derived), dropped))
        elif dropped[1] > dropped[0]:
            told.append(Stretch(Operation.DROPPED, (at, at), dropped))
        if run.length:
            at, of = run.derived + run.length, run.source + run.length
            told.append(Stretch(Operation.COPIED, (run.derived, at), (run.source, of)))
    told += [Stretch(Operation.DROPPED, (at, at), span) for span in sorted(missing.items())]
    return tuple(told)


def located(one: Stretch, derived: Words, passage: Passage, edit: Edit | None = None) -> Segment:
    """A stretch as a segment, with the places of its words in the document. `passage` is that of the derived words."""
    start, end = one.derived
    spans = passage.spans(derived.starts[start], derived.ends[end - 1]) if end > start else ()
    return Segment(one.operation, spans, *one.source, edit)


def _missing(runs: Sequence[Run], total: int) -> dict[int, int]:
    """The stretches of the source that no run holds: their ends by their starts."""
    missing, at = {}, 0
    for run in sorted(runs, key=lambda run: run.source):
        if run.source > at:
            missing[at] = run.source
        at = max(at, run.source + run.length)
    if at < total:
        missing[at] = total
    return missing
