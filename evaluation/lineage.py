"""Scoring the lineage: from which provision each unit comes, how closely it follows it, and what was changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ..lineage.records import Basis, Derivation
from .figures import (
    ADAPTED,
    EDITS,
    HEADLINES,
    LINEAGE,
    VERDICTS,
    Confusion,
    Figure,
    Slip,
    broken_down,
    counted,
    outcome_of,
    slip_at,
    stated,
)
from .gold import GoldStandard
from .labels import GoldLineage
from .metrics import Counts
from .structure import Correspondence

__all__ = [
    "Rank",
    "SourceVerdict",
    "judge_lineage",
    "lineage_confusions",
    "lineage_figures",
    "lineage_slips",
    "rank_of",
    "source_name",
]

NONE = "none"
"""The verdict on a unit, and its relation to a source, where it has none."""

BY_REFERENCE = "by-reference"


class Rank(IntEnum):
    """What an answer is worth, the best first."""

    RIGHT = 0
    NEAR = 1
    """A twin in another treaty, or another item of the paragraph."""
    TOLERATED = 2
    WRONG = 3


@dataclass(frozen=True, slots=True)
class SourceVerdict:
    """What became of one labelled unit: the answers for it, and how many of these are right, near, tolerated or wrong.

    `answers` begin with the one whose verdict and edits count: a right one, else a near one.
    """

    label: GoldLineage
    answers: tuple[Derivation, ...]
    right_ones: int = 0
    near: int = 0
    wrong: int = 0

    @property
    def expected(self) -> bool:
        """Whether the unit has a source."""
        return bool(self.label.corpus_source)

    @property
    def answered(self) -> bool:
        """Whether a source was named that counts: of units without one, not what is tolerated."""
        return bool(self.answers) if self.expected else bool(self.near or self.wrong)

    @property
    def right(self) -> bool:
        """Whether the source is right and none is named too many."""
        return self.right_ones > 0 and not self.near and not self.wrong

    @property
    def has_source(self) -> bool:
        """Whether a right source is named, be there one too many or not."""
        return self.right_ones > 0

    @property
    def credit(self) -> float:
        """What the sources count leniently: half where only a twin or another item of the paragraph is named."""
        if self.wrong:
            return 0
        return 1 if self.right_ones else 0.5 if self.near else 0

    @property
    def verdict(self) -> str | None:
        """The verdict that was found, empty where a source has none; None where a tolerated source is all there is."""
        if not self.answers:
            return NONE
        if not self.expected and not self.answered:
            return None
        found = self.answers[0].verdict
        return found.value if found else ""

    @property
    def agrees(self) -> bool:
        """Whether the verdict is as labelled or another that the label tolerates."""
        return self.verdict in (self.label.corpus_verdict, *self.label.also_verdict)

    @property
    def edits(self) -> frozenset[str]:
        """The kinds of edit that were found."""
        return frozenset(edit.value for edit in self.answers[0].edits) if self.answers else frozenset()

    @property
    def relation(self) -> str:
        """How the unit is related to its source, among the treaties that are held."""
        return self.label.relation if self.expected else NONE


def source_name(path: str) -> str:
    """The name that annotators give to the provision of a treaty.

    >>> source_name("instrument/untoc/18/3/a")
    'untoc/18/3/a'
    """
    return path.removeprefix("instrument/").lower()


def judge_lineage(gold: GoldStandard, derivations: Iterable[Derivation], places: Correspondence) -> list[SourceVerdict]:
    """What became of each labelled unit that is to be scored, in the order of the labels.

    Derivations on the ground ``cited`` are passed over, and so are units that import what they cite.
    """
    by_path: dict[str, dict[str, Derivation]] = {}
    for one in derivations:
        if one.basis is Basis.REUSED:
            by_path.setdefault(one.derived, {}).setdefault(one.source, one)
    return [
        _judge(label, tuple(by_path.get(places.path_of.get(label.unit, ""), {}).values()))
        for label in gold.lineage
        if label.scored and label.relation != BY_REFERENCE
    ]


def _judge(label: GoldLineage, answers: Sequence[Derivation]) -> SourceVerdict:
    ranks = [rank_of(source_name(one.source), label) for one in answers]
    ordered = [answers[place] for place in sorted(range(len(answers)), key=lambda place: ranks[place])]
    return SourceVerdict(label, tuple(ordered), *map(ranks.count, (Rank.RIGHT, Rank.NEAR, Rank.WRONG)))


def rank_of(source: str, label: GoldLineage) -> Rank:
    """What it is worth to name `source` (``untoc/18/3/a``) for the unit: of one without a source, nothing is right."""
    accepted = _lower(label.corpus_source, *label.also_accept)
    if source in accepted:
        return Rank.RIGHT if label.corpus_source else Rank.TOLERATED
    if source in _lower(*label.merged_from, *label.tolerate):
        return Rank.TOLERATED
    if source in _lower(*label.near_twin):
        return Rank.NEAR
    if label.corpus_source and _paragraph(source) in {_paragraph(one) for one in accepted}:
        return Rank.NEAR
    return Rank.WRONG


def _lower(*names: str) -> frozenset[str]:
    return frozenset(name.lower() for name in names if name)


def _paragraph(source: str) -> str:
    """The provision without its items: what is left of two that differ at the level of items alone.

    >>> _paragraph("untoc/18/3/a"), _paragraph("budapest/32/b"), _paragraph("uncac/preamble/closing")
    ('untoc/18/3', 'budapest/32', 'uncac/preamble')
    """
    parts = source.split("/")
    while len(parts) > 2 and not parts[-1].isdecimal():
        parts.pop()
    return "/".join(parts)


def lineage_figures(verdicts: Sequence[SourceVerdict]) -> list[Figure]:
    """Each measure of the sources, verdicts and edits, the headline first and by State and kind."""
    return [*_source_figures(verdicts), *_verdict_figures(verdicts), *_edit_figures(verdicts)]


def _source_figures(verdicts: Sequence[SourceVerdict]) -> list[Figure]:
    having, lacking = ([one for one in verdicts if one.expected is whether] for whether in (True, False))
    leniently = Counts.of(
        sum(one.credit for one in having),
        len(having),
        sum(one.answered for one in having) + sum(one.wrong > 0 for one in lacking),
    )
    figures = {
        HEADLINES[LINEAGE]: counted((one.expected, one.answered, one.right) for one in verdicts),
        "source, leniently": leniently,
        "none, of units without a source": stated(not one.answered for one in lacking),
    }
    told = [_row(one) for one in verdicts if one.expected or one.answered]
    silent = [(one.label.state, NONE, "" if one.answered else NONE, not one.answered) for one in lacking]
    by_state = broken_down(LINEAGE, told)
    by_relation = broken_down(LINEAGE, [*(_row(one) for one in having), *silent])
    return [
        *(Figure(LINEAGE, measure, counts) for measure, counts in figures.items()),
        *(figure for figure in by_state if figure.state),
        *(figure for figure in by_relation if figure.kind),
    ]


def _row(verdict: SourceVerdict) -> tuple[str, str, str, bool]:
    """State, relation as labelled and as answered (empty where there is nothing), whether the source is right."""
    labelled = verdict.relation if verdict.expected else ""
    return verdict.label.state, labelled, verdict.relation if verdict.answered else "", verdict.right


def _verdict_figures(verdicts: Sequence[SourceVerdict]) -> list[Figure]:
    asked = [one for one in verdicts if one.verdict is not None]
    sourced = [one for one in asked if one.has_source]
    figures = {
        HEADLINES[VERDICTS]: _agreement(asked),
        "verdict, exactly": _exact(asked),
        "of the right source, verdict or one tolerated": _agreement(sourced),
        "of the right source, verdict exactly": _exact(sourced),
    }
    rows = [
        (
            one.label.state,
            one.label.corpus_verdict,
            one.label.corpus_verdict if one.agrees else one.verdict or "",
            one.agrees,
        )
        for one in asked
    ]
    return [*(Figure(VERDICTS, measure, counts) for measure, counts in figures.items()), *broken_down(VERDICTS, rows)]


def _agreement(verdicts: Sequence[SourceVerdict]) -> Counts:
    return counted((True, bool(one.verdict), one.agrees) for one in verdicts)


def _exact(verdicts: Sequence[SourceVerdict]) -> Counts:
    return counted((True, bool(one.verdict), one.verdict == one.label.corpus_verdict) for one in verdicts)


def _edit_figures(verdicts: Sequence[SourceVerdict]) -> list[Figure]:
    expected = [one for one in verdicts if one.expected]
    adapted = [one for one in expected if one.label.corpus_verdict == "adapted"]
    figures = []
    for part, units in ((EDITS, expected), (ADAPTED, adapted)):
        rows = [row for one in units for row in _edit_rows(one)]
        sourced = [row for one in units if one.has_source for row in _edit_rows(one)]
        for measure, told in ((HEADLINES[part], rows), ("of the right source, each kind of edit", sourced)):
            counts = counted((bool(labelled), bool(answered), right) for _, labelled, answered, right in told)
            figures.append(Figure(part, measure, counts))
        figures += broken_down(part, rows)
    return figures


def _edit_rows(verdict: SourceVerdict) -> list[tuple[str, str, str, bool]]:
    """A row for each kind of edit, labelled or found: State, kind labelled, kind found, whether it is both."""
    labelled, found = verdict.label.changes, verdict.edits
    return [
        (verdict.label.state, kind if kind in labelled else "", kind if kind in found else "", kind in labelled & found)
        for kind in sorted(labelled | found)
    ]


def lineage_confusions(verdicts: Sequence[SourceVerdict]) -> list[Confusion]:
    """How often each verdict was taken for which, tolerated or not; a missed one is a source without a verdict."""
    pairs = ((one.label.corpus_verdict, one.verdict) for one in verdicts)
    return Confusion.counted(VERDICTS, ((labelled, found) for labelled, found in pairs if found is not None))


def lineage_slips(verdicts: Sequence[SourceVerdict], text: str, places: Correspondence) -> list[Slip]:
    """What was missed, wrong, invented or imprecise, in reading order: of what has no source, that alone is told."""
    return sorted(slip for verdict in verdicts for slip in _slips(verdict, text, places))


def _slips(verdict: SourceVerdict, text: str, places: Correspondence) -> Iterable[Slip]:
    label = verdict.label
    unit = places.units.get(label.unit)
    place = unit.spans[0] if unit else (0, 1)

    def slip(part: str, outcome: str, kind: str, reason: str) -> Slip:
        return slip_at(part, text, place, outcome, label.state, kind, label.unit, "", (reason,))

    named = ", ".join(source_name(one.source) for one in verdict.answers)
    if verdict.expected and not verdict.right:
        outcome = outcome_of(labelled=True, answered=verdict.answered, right=False)
        yield slip(LINEAGE, outcome, verdict.relation, f"from {named or 'nowhere'}, labelled {label.corpus_source}")
    elif verdict.answered and not verdict.right:
        yield slip(LINEAGE, "invented", verdict.relation, f"from {named}, labelled as without a source")
    if not verdict.expected or not verdict.answered:
        return
    if verdict.verdict != label.corpus_verdict:
        outcome = outcome_of(labelled=True, answered=bool(verdict.verdict), right=verdict.agrees)
        reason = f"{verdict.verdict or 'no verdict'}, labelled {label.corpus_verdict}"
        yield slip(VERDICTS, outcome, label.corpus_verdict, reason)
    added, lacking = sorted(verdict.edits - label.changes), sorted(label.changes - verdict.edits)
    if added or lacking:
        told = [f"{what} {', '.join(edits)}" for what, edits in (("found", added), ("lacks", lacking)) if edits]
        outcome = outcome_of(labelled=bool(lacking), answered=bool(added), right=False)
        yield slip(EDITS, outcome, label.corpus_verdict, "; ".join(told))
