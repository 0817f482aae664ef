"""The words of a document on which lineage rests: what was copied, and between what other words are missing."""

from __future__ import annotations

from collections.abc import Sequence

from ..ingest.passage import Passage
from ..ingest.records import Provision, Span
from .records import Operation, Segment
from .words import own_words

__all__ = ["extent", "places"]


def extent(segments: Sequence[Segment], text: str) -> tuple[Span, ...]:
    """The words of the document `text` from the first that is copied to the last, with what was changed in between.

    In two spans where a page break cuts them; then the white space after the first is with it, to keep words apart.
    """
    copied = [place for place, one in enumerate(segments) if one.operation is Operation.COPIED]
    if not copied:
        return ()
    joined: list[Span] = []
    for span in (span for one in segments[copied[0] : copied[-1] + 1] for span in one.spans):
        between = text[joined[-1].end : span.start] if joined else ""
        if joined and "\n" not in between:
            joined[-1] = Span(joined[-1].start, span.end)
            continue
        if joined and between[:1].isspace():
            joined[-1] = Span(joined[-1].start, joined[-1].end + 1)
        joined.append(span)
    return tuple(joined)


def places(segments: Sequence[Segment], provision: Provision) -> tuple[tuple[Span, ...], ...]:
    """The characters on which each of the `segments` of `provision` rests.

    They are its own spans; of dropped words, the word before and the word after the place where they are missing.
    """
    found = own_words(provision)
    before: list[int] = []
    counted = 0
    for segment in segments:
        before.append(counted)
        counted += _count(segment, provision, found.starts, counted)
    return tuple(
        segment.spans
        if segment.operation is not Operation.DROPPED
        else _around(at, found.starts, found.ends, provision.passage)
        for segment, at in zip(segments, before, strict=True)
    )


def _count(segment: Segment, provision: Provision, starts: Sequence[int], at: int) -> int:
    """How many words the segment has, of those that begin from the word `at` on."""
    if not segment.spans:
        return 0
    last = segment.spans[-1].end
    count = 0
    while at + count < len(starts):
        place = provision.passage.spans(starts[at + count], starts[at + count] + 1)[0].start
        if place >= last:
            break
        count += 1
    return count


def _around(at: int, starts: Sequence[int], ends: Sequence[int], passage: Passage) -> tuple[Span, ...]:
    """The word before the word `at` and that word, with what stands between them."""
    first, last = max(at - 1, 0), min(at, len(starts) - 1)
    return passage.spans(starts[first], ends[last])
