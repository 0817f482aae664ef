"""From verdicts to figures and slips: counted by measure, State and kind, and told with line and words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .metrics import Counts

__all__ = [
    "ADAPTED",
    "CITATIONS",
    "EDITS",
    "FINDINGS",
    "HEADLINES",
    "LINEAGE",
    "NORMS",
    "POSITIONS",
    "STRUCTURE",
    "VERDICTS",
    "Confusion",
    "Figure",
    "Slip",
    "broken_down",
    "counted",
    "macro_f1",
    "outcome_of",
    "shown",
    "slip_at",
    "stated",
]

STRUCTURE, CITATIONS, NORMS, POSITIONS, FINDINGS = "structure", "citations", "norms", "positions", "findings"
LINEAGE, VERDICTS, EDITS, ADAPTED = "lineage", "verdicts", "edits", "edits of adapted units"
HEADLINES = {
    STRUCTURE: "found, number, kind and parent",
    CITATIONS: "span, kind and targets",
    NORMS: "modality",
    POSITIONS: "unit, stance and concept",
    FINDINGS: "found",
    LINEAGE: "source",
    VERDICTS: "verdict, or one tolerated",
    EDITS: "each kind of edit",
    ADAPTED: "each kind of edit",
}
"""The measure of each part that is broken down by State and kind."""

ALL = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure, of everything or of one State or kind."""

    part: str
    measure: str
    counts: Counts
    state: str = ALL
    kind: str = ALL


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often what is `labelled` as one thing was `answered` as another; empty where missed or invented."""

    part: str
    labelled: str
    answered: str
    count: int

    @classmethod
    def counted(cls, part: str, pairs: Iterable[tuple[str, str]]) -> list[Confusion]:
        """One for each pair (labelled, answered) that occurs."""
        return [cls(part, *pair, count) for pair, count in sorted(Counter(pairs).items())]


@dataclass(frozen=True, slots=True, order=True)
class Slip:
    """Something missed, wrong, invented or imprecise (right as the headline counts, with a fault besides).

    `name` is the id of the labelled unit, or the path of the invented one; for citations, of the unit that holds it.
    """

    part: str
    line: int
    outcome: str
    state: str
    kind: str
    name: str
    words: str
    reason: str

    @property
    def identity(self) -> tuple[str, bool, int, str, str]:
        """What makes it the same slip in another report: not the outcome or reason, nor names that a program gives."""
        invented = self.outcome == "invented"
        return self.part, invented, self.line, "" if invented else self.name, self.words


def counted(rows: Iterable[tuple[bool, bool, bool]]) -> Counts:
    """The counts of rows that say: whether there is a label, whether there is an answer, whether it is right.

    >>> counted([(True, True, True), (True, True, False), (False, True, False)])
    Counts(hits=1, missed=1, invented=2)
    """
    listed = list(rows)
    return Counts.of(
        sum(right for _, _, right in listed),
        sum(labelled for labelled, _, _ in listed),
        sum(answered for _, answered, _ in listed),
    )


def stated(verdicts: Iterable[bool | None]) -> Counts:
    """The counts of a question asked only of what was found: right or wrong, or not to be asked (None).

    Every wrong one is both missed and invented, so precision, recall and F1 are all the share of the right ones.

    >>> stated([True, None, False, True]).f1 == 2 / 3
    True
    """
    listed = list(verdicts)
    wrong = listed.count(False)
    return Counts(listed.count(True), wrong, wrong)


def broken_down(part: str, rows: Sequence[tuple[str, str, str, bool]]) -> list[Figure]:
    """The headline by State and kind, from rows that say: State, kind labelled, kind answered, whether it is right.

    What is labelled as one kind and answered as another is missed as what it is, and invented as what it is not.
    """
    by_state: dict[str, Counts] = {}
    by_kind: dict[str, Counts] = {}
    for state, labelled, answered, right in rows:
        counts = Counts.of(int(right), int(bool(labelled)), int(bool(answered)))
        _add(by_state, state, counts)
        if labelled and answered and labelled != answered:
            _add(by_kind, labelled, Counts(missed=1))
            _add(by_kind, answered, Counts(invented=1))
        else:
            _add(by_kind, labelled or answered, counts)
    measure = HEADLINES[part]
    return [
        *(Figure(part, measure, counts, state=state) for state, counts in sorted(by_state.items())),
        *(Figure(part, measure, counts, kind=kind) for kind, counts in sorted(by_kind.items())),
    ]


def macro_f1(figures: Iterable[Figure], over: Literal["state", "kind"]) -> float | None:
    """The mean of the F1 of each State, or of each kind: all weigh the same, however rare.

    Of the two measures of that name it is the mean of the F1s, not the F1 of the mean precision and recall, which
    rewards answers that lean to some kinds (Opitz and Burst 2019, "Macro F1 and Macro F1", arXiv:1911.03347). None
    where nothing is broken down.

    >>> macro_f1([Figure("norms", "modality", Counts(3, 1, 1), kind="shall"), Figure("norms", "", Counts())], "kind")
    0.75
    """
    means = [figure.counts.f1 for figure in figures if getattr(figure, over)]
    return sum(means) / len(means) if means else None


def _add(sums: dict[str, Counts], name: str, counts: Counts) -> None:
    sums[name] = sums.get(name, Counts()) + counts


def slip_at(
    part: str,
    text: str,
    place: int | tuple[int, int],
    outcome: str,
    state: str,
    kind: str,
    name: str,
    words: str,
    reasons: Sequence[str],
) -> Slip:
    """A slip at a place of the text, which is an offset, or a stretch whose words are shown where `words` is empty."""
    start, end = place if isinstance(place, tuple) else (place, len(text))
    # Spans may begin with the blank lines before a unit.
    while start < end - 1 and text[start].isspace():
        start += 1
    line = text.count("\n", 0, start) + 1
    return Slip(part, line, outcome, state, kind, name, shown(words or text[start:end]), "; ".join(reasons))


def outcome_of(labelled: bool, answered: bool, right: bool) -> str:
    """What to call what became of a label or an answer.

    >>> outcome_of(labelled=True, answered=True, right=False), outcome_of(labelled=True, answered=False, right=False)
    ('wrong', 'missed')
    """
    if labelled and answered:
        return "imprecise" if right else "wrong"
    return "missed" if labelled else "invented"


def shown(words: str, most: int = 80) -> str:
    r"""The words on one line, without control characters, cut where they are long.

    >>> shown("If expenses of a\n\nsubstantial nature", most=20)
    'If expenses of a su…'
    """
    printable = "".join(" " if unicodedata.category(one) in ("Cc", "Cf") else one for one in words)
    flat = " ".join(printable.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
