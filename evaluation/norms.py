"""Scoring the norms: which modalities of a unit were found, in order, and who bears them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..ingest.records import Document, Modality, Norm, Provision
from .bearers import is_pronoun, same_bearer
from .figures import HEADLINES, NORMS, Confusion, Figure, Slip, broken_down, counted, outcome_of, slip_at, stated
from .gold import GoldStandard, Territory
from .labels import GoldNorm
from .matching import aligned
from .metrics import Counts
from .structure import Correspondence, first_character

__all__ = ["NormVerdict", "judge_norms", "norm_confusions", "norm_figures", "norm_slips"]

NONE = Modality.NONE.value


@dataclass(frozen=True, slots=True)
class LabelledNorm:
    """One modality of a label, with its bearer; `place` counts those of the unit from 1."""

    modality: str
    bearer: str
    resolved: str
    place: int


@dataclass(frozen=True, slots=True)
class NormVerdict:
    """What became of one labelled modality, or of one answer to none.

    `label` is missing where it was invented, `norm` where it was missed. `inherited`: it is the modality of the words
    that govern the unit. `bearer` and `pronoun` (what the pronoun stands for) are None where there is nothing to ask.
    """

    state: str
    unit: str
    line: int
    start: int
    inherited: bool
    label: LabelledNorm | None
    norm: Norm | None
    answer: str
    bearer: bool | None = None
    pronoun: bool | None = None
    reasons: tuple[str, ...] = ()

    @property
    def labelled(self) -> str:
        """The labelled modality; empty where there is none."""
        return self.label.modality if self.label else ""

    @property
    def right(self) -> bool:
        """Whether the modality is as labelled."""
        return self.labelled == self.answer

    @property
    def outcome(self) -> str:
        """Whether it was missed, invented, wrong or imprecise."""
        return outcome_of(bool(self.labelled), bool(self.answer), self.right)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A modality that was found; the norm is missing where a unit that inherits has thereby none of its own."""

    modality: str
    norm: Norm | None


def judge_norms(document: Document, gold: GoldStandard, places: Correspondence) -> list[NormVerdict]:
    """What became of each labelled modality and of each that answers to none, unit by unit.

    All labelled units are labelled for norms: what is found in one without a label for its norms is invented.
    """
    territory = Territory(gold.units)
    text = document.text
    verdicts: list[NormVerdict] = []
    answered: set[str] = set()
    for label in gold.norms:
        path = places.path_of.get(label.unit, "")
        answered.add(path)
        norms = places.provisions[path].norms if path else ()
        verdicts += _judged(label, norms, places.start_of(label.unit))
    for provision in places.provisions.values():
        if not provision.norms or provision.path in answered or not provision.spans:
            continue
        place = first_character(text, provision.spans[0].start, provision.spans[0].end)
        state = territory.state_of_words(place)
        if state:
            verdicts += _invented(state, text, provision)
    return verdicts


def _judged(label: GoldNorm, norms: tuple[Norm, ...], start: int) -> list[NormVerdict]:
    own = [norm for norm in norms if not norm.inherited_from]
    inherited = [_Answer(norm.modality.value, norm) for norm in norms if norm.inherited_from]
    answers = [_Answer(norm.modality.value, norm) for norm in own]
    if inherited and not own:
        answers = [_Answer(NONE, None)]
    bearers = label.bearer or ("",) * len(label.modality)
    resolved = label.bearer_resolved or bearers
    return [
        *_paired(label, _labelled(label.modality, bearers, resolved), answers, start, inherited=False),
        *_paired(
            label,
            _labelled(label.inherited, label.inherited_bearer, label.inherited_bearer),
            inherited,
            start,
            inherited=True,
        ),
    ]


def _labelled(modalities: Iterable[str], bearers: Iterable[str], resolved: Iterable[str]) -> list[LabelledNorm]:
    entries = zip(modalities, bearers, resolved, strict=True)
    return [
        LabelledNorm(modality.replace(" ", "-"), bearer, full, place)
        for place, (modality, bearer, full) in enumerate(entries, start=1)
    ]


def _paired(
    label: GoldNorm, labelled: list[LabelledNorm], answers: list[_Answer], start: int, *, inherited: bool
) -> list[NormVerdict]:
    def likeness(row: int, column: int) -> tuple[int, int, int]:
        # Equal modalities first, then equal bearers, then anything: a modality mistaken for another.
        same = labelled[row].modality == answers[column].modality
        return int(same), int(same and _bearer(labelled[row], answers[column].norm) is True), 1

    pairs = dict(aligned(len(labelled), len(answers), likeness))
    verdicts = []
    for row, one in enumerate(labelled):
        answer = answers[pairs[row]] if row in pairs else _Answer("", None)
        verdicts.append(_compare(label, one, answer, start, inherited=inherited))
    taken = set(pairs.values())
    for column, answer in enumerate(answers):
        if column not in taken:
            reasons = ("no such modality is labelled here",)
            at = answer.norm.spans[0].start if answer.norm and not inherited else start
            verdicts.append(
                NormVerdict(
                    label.state,
                    label.unit,
                    label.line,
                    at,
                    inherited,
                    None,
                    answer.norm,
                    answer.modality,
                    reasons=reasons,
                )
            )
    return verdicts


def _compare(label: GoldNorm, one: LabelledNorm, answer: _Answer, start: int, *, inherited: bool) -> NormVerdict:
    bearer = pronoun = None
    reasons = []
    if not answer.modality:
        reasons.append("not found")
    elif answer.modality != one.modality:
        reasons.append(f"{answer.modality}, labelled {one.modality}")
    else:
        bearer = _bearer(one, answer.norm)
        if is_pronoun(one.bearer) and not same_bearer(one.bearer, one.resolved):
            pronoun = answer.norm is not None and same_bearer(answer.norm.resolved_bearer, one.resolved)
        if bearer is False:
            reasons.append(f"bearer {_named(answer.norm)!r}, labelled {one.bearer!r}")
        elif pronoun is False:
            reasons.append(f"bearer {_named(answer.norm)!r}, {one.bearer!r} stands for {one.resolved!r}")
    return NormVerdict(
        label.state,
        label.unit,
        label.line,
        start,
        inherited,
        one,
        answer.norm,
        answer.modality,
        bearer,
        pronoun,
        tuple(reasons),
    )


def _bearer(label: LabelledNorm, norm: Norm | None) -> bool | None:
    """Whether the bearer is right, as printed or with what a pronoun stands for; None where nobody bears anything."""
    if label.modality == NONE:
        return None
    if norm is None:
        return False
    return any(
        found and wanted and same_bearer(found, wanted)
        for found in (norm.bearer, norm.resolved_bearer)
        for wanted in (label.bearer, label.resolved)
    )


def _named(norm: Norm | None) -> str:
    return (norm.resolved_bearer or norm.bearer) if norm else ""


def _invented(state: str, text: str, provision: Provision) -> list[NormVerdict]:
    verdicts = []
    for norm in provision.norms:
        start = provision.spans[0].start if norm.inherited_from else norm.spans[0].start
        line = text.count("\n", 0, start) + 1
        reasons = ("the unit is labelled as having no norms",)
        verdicts.append(
            NormVerdict(
                state,
                provision.path,
                line,
                start,
                bool(norm.inherited_from),
                None,
                norm,
                norm.modality.value,
                reasons=reasons,
            )
        )
    return verdicts


def norm_figures(verdicts: list[NormVerdict]) -> list[Figure]:
    """Each measure of the norms, the headline first and by State and modality."""
    own = [verdict for verdict in verdicts if not verdict.inherited]
    inherited = [verdict for verdict in verdicts if verdict.inherited]
    figures = {
        HEADLINES[NORMS]: _modalities(own),
        "modality, none aside": _modalities(own, but=NONE),
        "modality and bearer": _bearers(own),
        "bearer, of those found": stated(verdict.bearer for verdict in own),
        "pronoun, of those found": stated(verdict.pronoun for verdict in own),
        "inherited modality": _modalities(inherited),
        "inherited, with bearer": _bearers(inherited),
    }
    rows = [(verdict.state, verdict.labelled, verdict.answer, verdict.right) for verdict in own]
    return [Figure(NORMS, measure, counts) for measure, counts in figures.items()] + broken_down(NORMS, rows)


def _modalities(verdicts: list[NormVerdict], but: str = "") -> Counts:
    return counted(
        (
            bool(verdict.labelled) and verdict.labelled != but,
            bool(verdict.answer) and verdict.answer != but,
            verdict.right and verdict.labelled != but,
        )
        for verdict in verdicts
    )


def _bearers(verdicts: list[NormVerdict]) -> Counts:
    return counted(
        (verdict.labelled not in ("", NONE), verdict.answer not in ("", NONE), verdict.bearer is True)
        for verdict in verdicts
    )


def norm_confusions(verdicts: list[NormVerdict]) -> list[Confusion]:
    """How often each modality was taken for which."""
    return Confusion.counted(
        NORMS, ((verdict.labelled, verdict.answer) for verdict in verdicts if not verdict.inherited)
    )


def norm_slips(verdicts: list[NormVerdict], text: str) -> list[Slip]:
    """What was missed, wrong, invented or imprecise, in reading order."""
    return sorted(_slip(verdict, text) for verdict in verdicts if verdict.reasons)


def _slip(verdict: NormVerdict, text: str) -> Slip:
    inherited = "inherited " if verdict.inherited else ""
    kind = inherited + (verdict.labelled or verdict.answer)
    if verdict.label:
        words = f"{verdict.label.place}. {verdict.label.bearer} {verdict.label.modality.replace('-', ' ')}"
    else:
        words = verdict.norm.quote if verdict.norm else verdict.answer
    return slip_at(
        NORMS, text, verdict.start, verdict.outcome, verdict.state, kind, verdict.unit, words, verdict.reasons
    )
