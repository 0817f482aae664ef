"""An alignment told stretch by stretch: what was copied, changed, added and dropped."""

from __future__ import annotations

from collections.abc import Sequence

from ..ingest.passage import Passage
from .alignment import Run
from .records import Operation, Segment
from .words import Words

__all__ = ["segments"]


def segments(runs: Sequence[Run], derived: Words, source: Words, passage: Passage) -> tuple[Segment, ...]:
    """The stretches of the derived words in their order, with what is missing where it is missing.

    Words of the source that no run holds are dropped: they stand after the run before them in the source. Where added
    and dropped words meet they are one change. `passage` is that of the derived words.

    Returns
    -------
    Segments whose derived words together are all derived words, and whose source words are all words of the source.
    """
    missing = _missing(runs, len(source))
    told: list[Segment] = []
    at = of = 0
    for run in (*runs, Run(len(derived), len(source), 0)):
        dropped = (of, missing.pop(of)) if of in missing else (of, of)
        if run.derived > at:
            operation = Operation.CHANGED if dropped[1] > dropped[0] else Operation.ADDED
            told.append(_stretch(operation, (at, run.derived), dropped, derived, passage))
        elif dropped[1] > dropped[0]:
            told.append(Segment(Operation.DROPPED, (), *dropped))
        if run.length:
            at, of = run.derived + run.length, run.source + run.length
            told.append(_stretch(Operation.COPIED, (run.derived, at), (run.source, of), derived, passage))
    told += [Segment(Operation.DROPPED, (), start, end) for start, end in sorted(missing.items())]
    return tuple(told)


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


def _stretch(
    operation: Operation, own: tuple[int, int], of: tuple[int, int], derived: Words, passage: Passage
) -> Segment:
    return Segment(operation, passage.spans(derived.starts[own[0]], derived.ends[own[1] - 1]), *of)
