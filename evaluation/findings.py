"""Scoring the findings: which slips of a document that a careful editor flagged were found, and what was made up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..ingest.records import Document
from ..lineage.records import Finding
from .figures import FINDINGS, HEADLINES, Figure, Slip, broken_down, counted, outcome_of, slip_at, stated
from .gold import GoldStandard, Territory
from .labels import GoldFinding
from .matching import assigned, overlap
from .metrics import Counts
from .structure import Correspondence, first_character

__all__ = ["FindingVerdict", "finding_figures", "finding_slips", "judge_findings"]

OF_THE_WHOLE = frozenset({"duplicate", "structure", "label-mismatch", "new-matter", "numbering"})
"""Kinds that concern a unit as a whole: they may be shown at its heading, at its first words or at all of it."""

OF_WORDS = frozenset({"typo", "punctuation", "inconsistent-term", "undefined-short-form", "conversion-artefact"})
"""Kinds that concern words which a submission may repeat; one place of them stands for all."""

WORD = re.compile(r"\w+")

LINES = re.compile(r"\blines?\s+(\d+)(?:\s*(?:[-–]|and)\s*(\d+))?")
"""How an annotator names the other place of a pair or of a repeated slip."""


@dataclass(frozen=True, slots=True)
class FindingVerdict:
    """What became of one labelled slip of the document, or of one finding that answers to none."""

    state: str
    place: tuple[int, int]
    label: GoldFinding | None
    finding: Finding | None
    kind: bool = False
    severity: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether something was flagged at the place that is labelled, of whatever kind."""
        return self.label is not None and self.finding is not None

    @property
    def grade(self) -> str:
        """The labelled severity; of what was invented, the one it was given."""
        if self.label:
            return self.label.severity
        return self.finding.severity.value if self.finding else ""


def judge_findings(
    document: Document, findings: Sequence[Finding], gold: GoldStandard, places: Correspondence
) -> list[FindingVerdict]:
    """What became of each labelled slip, then of each finding in the labelled part that answers to none.

    A finding of a kind that the annotators had no word for is passed over there: they did not look for it.
    """
    text = document.text
    territory = Territory(gold.units)
    starts = [0, *(place.end() for place in re.finditer("\n", text))]
    elsewhere = [_other_places(label, starts, len(text)) for label in gold.findings]
    likeness = [
        [_likeness(label, finding, others, places) for finding in findings]
        for label, others in zip(gold.findings, elsewhere, strict=True)
    ]
    pairs = dict(assigned(likeness))
    verdicts = [
        _compare(label, _place_of(label, places), findings[pairs[row]] if row in pairs else None)
        for row, label in enumerate(gold.findings)
    ]
    taken = set(pairs.values())
    for column, finding in enumerate(findings):
        if column in taken or not finding.spans:
            continue
        place = first_character(text, finding.spans[0].start, finding.spans[0].end)
        state = territory.state_of_words(place)
        repeated = any(
            _touches(finding, elsewhere[row]) or _repeats(gold.findings[row], finding, places)
            for row in pairs
            if gold.findings[row].kind == finding.kind
        )
        looked_for = not gold.finding_kinds or finding.kind in gold.finding_kinds
        if state and looked_for and not repeated:
            told = f"nothing is labelled here; {finding.check} says: {finding.problem}"
            stretch = finding.spans[0].start, finding.spans[-1].end
            verdicts.append(FindingVerdict(state, stretch, None, finding, reasons=(told,)))
    return verdicts


def _place_of(label: GoldFinding, places: Correspondence) -> tuple[int, int]:
    """Where the label stands: its words or, where it quotes none, its unit."""
    if label.quote or label.unit not in places.units:
        return label.start, label.end
    spans = places.units[label.unit].spans
    return spans[0][0], spans[-1][1]


SAME_PLACE = 10**6


def _likeness(label: GoldFinding, finding: Finding, others: list[tuple[int, int]], places: Correspondence) -> int:
    """How well a finding answers a label; 0 where it stands elsewhere."""
    spans = [(span.start, span.end) for span in finding.spans]
    shared = overlap(label.start, label.end, spans)
    same = label.kind == finding.kind
    whole = (label.kind in OF_THE_WHOLE or not label.quote) and places.path_of.get(label.unit) == finding.about
    if not shared and not (same and (whole or _touches(finding, others) or _repeats(label, finding, places))):
        return 0
    # The better place is where most of both is shared: a finding at a whole paragraph answers any label in it.
    closeness = 2 * shared / (label.end - label.start + sum(end - start for start, end in spans) or 1)
    severity = label.severity == finding.severity.value
    return SAME_PLACE + 10**4 * same + 2000 * (shared > 0) + round(1000 * closeness) + 10 * severity


def _touches(finding: Finding, stretches: list[tuple[int, int]]) -> bool:
    return any(overlap(span.start, span.end, stretches) for span in finding.spans)


def _repeats(label: GoldFinding, finding: Finding, places: Correspondence) -> bool:
    """Whether the finding is about the same words elsewhere in the submission, as the slip of which they are one."""
    if label.kind not in OF_WORDS or label.kind != finding.kind:
        return False
    here = places.path_of.get(label.unit, "")
    if not any(here.startswith(f"{one}/") and finding.about.startswith(f"{one}/") for one in places.submissions):
        return False
    short, long = sorted((WORD.findall(words.casefold()) for words in (label.quote, finding.quote)), key=len)
    return bool(short) and any(long[start : start + len(short)] == short for start in range(len(long)))


def _other_places(label: GoldFinding, starts: list[int], end: int) -> list[tuple[int, int]]:
    """The lines that the problem names besides its own, as stretches of the text."""
    stretches = []
    for first, last in LINES.findall(label.problem):
        low, high = int(first), int(last or first)
        if 0 < low <= high <= len(starts):
            stretches.append((starts[low - 1], starts[high] if high < len(starts) else end))
    return stretches


def _compare(label: GoldFinding, place: tuple[int, int], finding: Finding | None) -> FindingVerdict:
    if finding is None:
        return FindingVerdict(label.state, place, label, None, reasons=("not found",))
    kind, severity = label.kind == finding.kind, label.severity == finding.severity.value
    reasons = []
    if not kind:
        reasons.append(f"kind {finding.kind}, labelled {label.kind}")
    if not severity:
        reasons.append(f"severity {finding.severity.value}, labelled {label.severity}")
    return FindingVerdict(label.state, place, label, finding, kind, severity, tuple(reasons))


def finding_figures(verdicts: list[FindingVerdict]) -> list[Figure]:
    """Each measure of the findings, the headline first and by State and kind."""
    both = [verdict for verdict in verdicts if verdict.found]
    figures = {
        HEADLINES[FINDINGS]: _found(verdicts),
        "found, of severity A": _found([verdict for verdict in verdicts if verdict.grade == "A"]),
        "found, of severity A or B": _found([verdict for verdict in verdicts if verdict.grade in ("A", "B")]),
        "found, of severity C": _found([verdict for verdict in verdicts if verdict.grade == "C"]),
        "found with its kind": counted(
            (verdict.label is not None, verdict.finding is not None, verdict.kind) for verdict in verdicts
        ),
        "severity, of those found": stated(verdict.severity for verdict in both),
    }
    rows = [
        (
            verdict.state,
            verdict.label.kind if verdict.label else "",
            verdict.finding.kind if verdict.finding else "",
            verdict.found,
        )
        for verdict in verdicts
    ]
    return [Figure(FINDINGS, measure, counts) for measure, counts in figures.items()] + broken_down(FINDINGS, rows)


def _found(verdicts: list[FindingVerdict]) -> Counts:
    return counted((verdict.label is not None, verdict.finding is not None, verdict.found) for verdict in verdicts)


def finding_slips(verdicts: list[FindingVerdict], text: str) -> list[Slip]:
    """What was missed, wrong, invented or imprecise, in reading order."""
    return sorted(_slip(verdict, text) for verdict in verdicts if verdict.reasons)


def _slip(verdict: FindingVerdict, text: str) -> Slip:
    outcome = outcome_of(verdict.label is not None, verdict.finding is not None, verdict.found)
    if verdict.label is not None:
        kind, grade, name = verdict.label.kind, verdict.label.severity, verdict.label.unit
    else:
        assert verdict.finding is not None
        kind, grade, name = verdict.finding.kind, verdict.finding.severity.value, verdict.finding.about
    told = f"{kind} ({grade})"
    return slip_at(FINDINGS, text, verdict.place, outcome, verdict.state, told, name, "", verdict.reasons)
