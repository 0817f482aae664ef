"""Scoring the positions: which stance on which concept was found in which unit, on which condition."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..ingest.records import Document, Position, Submission
from ..ontology.reference import Reference
from .figures import HEADLINES, POSITIONS, Confusion, Figure, Slip, broken_down, counted, outcome_of, slip_at, stated
from .gold import GoldStandard, Territory
from .labels import GoldPosition
from .matching import assigned, overlap
from .metrics import Counts
from .structure import Correspondence, first_character
from .targets import TargetNames

__all__ = [
    "PositionVerdict",
    "condition_words",
    "judge_positions",
    "position_confusions",
    "position_figures",
    "position_slips",
]

NOTE = re.compile(r"\([^()]*\)")
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
EDGES = frozenset({"the", "a", "an", "and", "or"})


NOTHING = Counts()


@dataclass(frozen=True, slots=True)
class PositionVerdict:
    """What became of one labelled position, or of one answer to none.

    `label` is missing where the position was invented, `position` where it was missed. The sources and the words of
    the condition are counted one by one.
    """

    state: str
    label: GoldPosition | None
    position: Position | None
    provision: str
    stance: bool = False
    concept: bool = False
    holder: bool = False
    sources: Counts = NOTHING
    condition: Counts = NOTHING
    reasons: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether stance and concept are as labelled, in the unit that is labelled."""
        return self.stance and self.concept

    @property
    def labelled(self) -> str:
        """The labelled stance; empty where the position was invented."""
        return self.label.stance if self.label else ""

    @property
    def answer(self) -> str:
        """The stance that was found, the labelled one where that tolerates it; empty where it was missed."""
        if self.stance:
            return self.labelled
        return self.position.stance.value if self.position else ""


def judge_positions(
    document: Document, gold: GoldStandard, places: Correspondence, reference: Reference
) -> list[PositionVerdict]:
    """What became of each labelled position, then of each that answers to none.

    All labelled units are labelled for positions: what is found in one without a label for its positions is invented.
    """
    names = TargetNames(places, ())
    labels: dict[str, list[GoldPosition]] = {}
    verdicts = []
    for label in gold.positions:
        path = places.path_of.get(label.unit)
        if path is None:
            verdicts.append(_missed(label))
        else:
            labels.setdefault(path, []).append(label)
    territory = Territory(gold.units)
    for submission in document.submissions:
        for provision in submission.provisions:
            here = labels.get(provision.path, [])
            pairs = _pairs(here, provision.positions, reference)
            verdicts += [
                _compare(label, provision.positions[pairs[row]], provision.path, submission, names, reference)
                if row in pairs
                else _missed(label)
                for row, label in enumerate(here)
            ]
            if not provision.spans:
                continue
            place = first_character(document.text, provision.spans[0].start, provision.spans[0].end)
            state = territory.state_of_words(place)
            taken = set(pairs.values())
            verdicts += [
                _invented(state, position, provision.path)
                for column, position in enumerate(provision.positions)
                if state and column not in taken
            ]
    return verdicts


def _pairs(labels: list[GoldPosition], positions: tuple[Position, ...], reference: Reference) -> dict[int, int]:
    """Which position answers to which label of one unit: as many right ones as can be, then those in one place."""
    likeness = []
    for label in labels:
        row = []
        for position in positions:
            stance, concept = _is_stance(label, position), _is_concept(label, position, reference)
            spans = [(span.start, span.end) for span in position.spans]
            shared = overlap(label.start, label.end, spans) / (label.end - label.start)
            row.append(1 + 10**6 * (stance and concept) + 10**3 * round(100 * shared) + 100 * concept + 10 * stance)
        likeness.append(row)
    return dict(assigned(likeness))


def _is_stance(label: GoldPosition, position: Position) -> bool:
    return position.stance.value in (label.stance, *label.also_stance)


def _is_concept(label: GoldPosition, position: Position, reference: Reference) -> bool:
    return _concept(position, reference).casefold() in {
        name.casefold() for name in (label.concept, *label.also_concept)
    }


def _concept(position: Position, reference: Reference) -> str:
    concept = reference.concept(position.concept) if position.concept else None
    return concept.label if concept else position.concept


def _missed(label: GoldPosition) -> PositionVerdict:
    sources, condition = Counts(missed=len(label.sources)), Counts(missed=_total(condition_words(label.condition)))
    return PositionVerdict(label.state, label, None, "", sources=sources, condition=condition, reasons=("not found",))


def _invented(state: str, position: Position, provision: str) -> PositionVerdict:
    sources, condition = Counts(invented=len(position.sources)), Counts(invented=_total(_answered_words(position)))
    reasons = ("no such position is labelled here",)
    return PositionVerdict(state, None, position, provision, sources=sources, condition=condition, reasons=reasons)


def _compare(
    label: GoldPosition,
    position: Position,
    provision: str,
    submission: Submission,
    names: TargetNames,
    reference: Reference,
) -> PositionVerdict:
    stance, concept = _is_stance(label, position), _is_concept(label, position, reference)
    holder = _holds(label, submission, reference)
    sources, wrong = _sources(label, position, names)
    labelled, answered = condition_words(label.condition), _answered_words(position)
    shared = _total(labelled & answered)
    condition = Counts.of(shared, _total(labelled), _total(answered))
    reasons = []
    if not stance:
        reasons.append(f"stance {position.stance.value}, labelled {label.stance}")
    if not concept:
        reasons.append(f"concept {_concept(position, reference) or 'none'}, labelled {label.concept}")
    if not holder:
        reasons.append(f"held by {', '.join((*submission.submitters, *submission.on_behalf_of)) or 'nobody'}")
    if wrong:
        reasons.append(wrong)
    if condition.f1 < 1:
        reasons.append(f"condition {_words(position) or 'none'!r}, labelled {label.condition or 'none'!r}")
    return PositionVerdict(
        label.state,
        label,
        position,
        provision,
        stance,
        concept,
        holder,
        sources,
        condition,
        tuple(reasons),
    )


def _holds(label: GoldPosition, submission: Submission, reference: Reference) -> bool:
    """Whether the submission is that of the labelled State, for the labelled group or none."""
    state = reference.proponent(label.state) or label.state
    groups = {reference.proponent(label.on_behalf_of) or label.on_behalf_of} if label.on_behalf_of else set()
    return state in submission.submitters and groups == set(submission.on_behalf_of)


def _sources(label: GoldPosition, position: Position, names: TargetNames) -> tuple[Counts, str]:
    """The counts of sources, and how they differ; of what is printed and what was meant, the likelier is compared."""
    found = {source.lower() for source in position.sources}
    lists = [label.sources, *([label.sources_intended] if label.sources_intended else [])]
    accepted = [{one: names.paths(one) for one in targets} for targets in lists]
    wanted = max(accepted, key=lambda paths: sum(bool(one & found) for one in paths.values()))
    hit = {target for target, paths in wanted.items() if paths & found}
    known = set().union(*wanted.values()) if wanted else set()
    counts = Counts.of(len(hit), len(wanted), len(hit) + len(found - known))
    if counts.f1 == 1:
        return counts, ""
    extra, lacking = sorted(found - known), sorted(set(wanted) - hit)
    return counts, f"sources {', '.join(extra) or 'none'} instead of {', '.join(lacking) or 'none'}"


def condition_words(condition: str) -> Counter[str]:
    """The words of a condition, without notes in round brackets, capitals, and articles and conjunctions at the edges.

    >>> sorted(condition_words("Subject to the law (chapeau of para. 8); and as the law permits").elements())
    ['and', 'as', 'law', 'law', 'permits', 'subject', 'the', 'the', 'to']
    """
    words = [word.casefold().replace("’", "'") for word in WORD.findall(NOTE.sub(" ", condition))]
    while words and words[0] in EDGES:
        words.pop(0)
    while words and words[-1] in EDGES:
        words.pop()
    return Counter(words)


def _answered_words(position: Position) -> Counter[str]:
    return condition_words(_words(position))


def _words(position: Position) -> str:
    return "; ".join(" ".join(condition.quote.split()) for condition in position.conditions)


def _total(words: Counter[str]) -> int:
    return sum(words.values())


def position_figures(verdicts: list[PositionVerdict]) -> list[Figure]:
    """Each measure of the positions, the headline first and by State and stance."""
    both = [verdict for verdict in verdicts if verdict.label and verdict.position]
    limited = [verdict for verdict in verdicts if verdict.condition.labels or verdict.condition.answers]
    figures = {
        HEADLINES[POSITIONS]: counted(
            (verdict.label is not None, verdict.position is not None, verdict.right) for verdict in verdicts
        ),
        "unit": counted(
            (
                verdict.label is not None,
                verdict.position is not None,
                verdict.label is not None and verdict.position is not None,
            )
            for verdict in verdicts
        ),
        "stance, of those found": stated(verdict.stance for verdict in both),
        "concept, of those found": stated(verdict.concept for verdict in both),
        "holder, of those found": stated(verdict.holder for verdict in both),
        "each source": sum((verdict.sources for verdict in verdicts), NOTHING),
        "conditions": counted(
            (verdict.condition.labels > 0, verdict.condition.answers > 0, verdict.condition.f1 >= 0.5)
            for verdict in limited
        ),
        "words of conditions": sum((verdict.condition for verdict in verdicts), NOTHING),
    }
    rows = [(verdict.state, verdict.labelled, verdict.answer, verdict.right) for verdict in verdicts]
    return [Figure(POSITIONS, measure, counts) for measure, counts in figures.items()] + broken_down(POSITIONS, rows)


def position_confusions(verdicts: list[PositionVerdict]) -> list[Confusion]:
    """How often each stance was taken for which, missed or invented."""
    return Confusion.counted(POSITIONS, ((verdict.labelled, verdict.answer) for verdict in verdicts))


def position_slips(verdicts: list[PositionVerdict], text: str) -> list[Slip]:
    """What was missed, wrong, invented or imprecise, in reading order."""
    return sorted(_slip(verdict, text) for verdict in verdicts if verdict.reasons)


def _slip(verdict: PositionVerdict, text: str) -> Slip:
    outcome = outcome_of(verdict.label is not None, verdict.position is not None, verdict.right)
    kind = verdict.labelled or verdict.answer
    if verdict.label is not None:
        name, place = verdict.label.unit, (verdict.label.start, verdict.label.end)
    else:
        assert verdict.position is not None
        spans = verdict.position.spans
        name, place = verdict.provision, (spans[0].start, spans[-1].end)
    return slip_at(POSITIONS, text, place, outcome, verdict.state, kind, name, "", verdict.reasons)
