"""What kind of copy a text is: the kinds of edits by which it differs from its source, and the verdict they give.

The verdict rests on what was changed, never on how much: one "not" that is lost makes an adaptation, twenty parties
renamed do not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..ontology.edits import edits
from .alignment import Run
from .changes import compare
from .conforming import Terms, terms
from .kinds import Differences
from .records import Edit, Segment, Verdict
from .segments import located
from .texts import Text

__all__ = ["Judgement", "judge"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a text, the kinds of its edits, and its segments, each with the kind of edit that it is."""

    verdict: Verdict
    edits: tuple[Edit, ...]
    segments: tuple[Segment, ...]


def judge(
    unit: Text,
    source: Text,
    runs: Iterable[Run],
    elsewhere: Collection[int] = (),
    explained: Collection[int] = (),
) -> Judgement:
    """Judge a text against its source, given the runs of equal words.

    `elsewhere` are the words of the source that other units of the same article have: these are not lost. `explained`
    are the words of the text that come from another source: these are not new.
    """
    own, other = terms(unit.words.forms, _pointing(unit)), terms(source.words.forms)
    compared = compare(runs, unit.words.forms, source.words.forms, own, other, edits().amount.refined)
    passage = unit.provision.passage
    if _is_echo(own, other):
        return Judgement(Verdict.ECHO, (), tuple(located(one, unit.words, passage) for one in compared.stretches))
    read = Differences(unit, source, compared, own, other, frozenset(elsewhere), frozenset(explained))
    segments = tuple(
        located(one, unit.words, passage, kinds[0] if kinds else None)
        for one, kinds in zip(compared.stretches, read.kinds, strict=True)
    )
    found = tuple(sorted({kind for kinds in read.kinds for kind in kinds}, key=list(Edit).index))
    if set(found) - {Edit.TYPO}:
        return Judgement(Verdict.ADAPTED, found, segments)
    return Judgement(Verdict.CONFORMED if read.differs else Verdict.VERBATIM, found, segments)


def _is_echo(own: Terms, other: Terms) -> bool:
    """Whether few of the terms of a text are in its source at all, in any order."""
    ours = {term.key for term in own.terms if term.telling}
    theirs = {term.key for term in other.terms if term.telling}
    return bool(ours) and len(ours & theirs) < edits().amount.echo * len(ours)


def _pointing(unit: Text) -> list[tuple[int, int]]:
    """The words of a text that cite something, as stretches."""
    cited = [citation for citation in unit.provision.citations if not citation.bare]
    if not cited:
        return []
    spots = [unit.provision.passage.spans(start, start + 1)[0].start for start in unit.words.starts]
    found = []
    for citation in cited:
        inside = [
            place for place, spot in enumerate(spots) if any(span.start <= spot < span.end for span in citation.spans)
        ]
        if inside:
            found.append((inside[0], inside[-1] + 1))
    return found
