"""From verdicts to figures and slips: counted by measure, State and kind, and told with line and words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .citations import CitationVerdict
from .metrics import Counts
from .structure import UnitVerdict, kind_of

__all__ = [
    "CITATIONS",
    "HEADLINES",
    "STRUCTURE",
    "Figure",
    "Slip",
    "citation_figures",
    "shown",
    "slips",
    "structure_figures",
]

STRUCTURE, CITATIONS = "structure", "citations"
HEADLINES = {STRUCTURE: "found, number, kind and parent", CITATIONS: "span, kind and targets"}
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


def structure_figures(verdicts: list[UnitVerdict]) -> list[Figure]:
    """Each measure of the outline, the headline first and by State and kind."""
    labels = sum(verdict.unit is not None for verdict in verdicts)
    answers = sum(verdict.provision is not None for verdict in verdicts)
    measures: dict[str, Callable[[UnitVerdict], bool]] = {
        HEADLINES[STRUCTURE]: lambda verdict: verdict.right,
        "found": lambda verdict: verdict.found,
        "number": lambda verdict: verdict.number,
        "kind": lambda verdict: verdict.kind,
        "parent": lambda verdict: verdict.parent,
        "heading": lambda verdict: verdict.heading,
        "extent": lambda verdict: verdict.extent,
    }
    figures = [
        Figure(STRUCTURE, name, Counts.of(sum(map(test, verdicts)), labels, answers)) for name, test in measures.items()
    ]
    by_state: dict[str, Counts] = {}
    by_kind: dict[str, Counts] = {}
    for verdict in verdicts:
        counts = Counts.of(verdict.right, verdict.unit is not None, verdict.provision is not None)
        _add(by_state, verdict.state, counts)
        if verdict.unit is not None and verdict.provision is not None and not verdict.kind:
            # Missed as what it is, invented as what it is not.
            _add(by_kind, verdict.unit.kind, Counts(missed=1))
            _add(by_kind, kind_of(verdict.provision.kind), Counts(invented=1))
        else:
            _add(by_kind, _unit_kind(verdict), counts)
    return figures + _broken_down(STRUCTURE, by_state, by_kind)


def _unit_kind(verdict: UnitVerdict) -> str:
    if verdict.unit is not None:
        return verdict.unit.kind
    return kind_of(verdict.provision.kind) if verdict.provision else ""


def citation_figures(verdicts: list[CitationVerdict]) -> list[Figure]:
    """Each measure of the citations, the headline first and by State and kind; bare mentions in a row of their own."""
    proper = [verdict for verdict in verdicts if not verdict.bare]
    bare = [verdict for verdict in verdicts if verdict.bare]
    stated = [verdict.resolution for verdict in verdicts if verdict.resolution is not None]
    wrong = stated.count(False)
    figures = {
        HEADLINES[CITATIONS]: _counted(proper, lambda verdict: verdict.right),
        "span": _counted(proper, lambda verdict: verdict.span),
        "kind": _counted(proper, lambda verdict: verdict.kind),
        "targets": _counted(proper, lambda verdict: verdict.targets),
        "each target": Counts.of(
            sum(verdict.shared for verdict in proper),
            sum(verdict.labelled for verdict in proper),
            sum(verdict.named for verdict in proper),
        ),
        "resolution, of those found": Counts(stated.count(True), wrong, wrong),
        "right and resolved": _counted(proper, lambda verdict: verdict.right and verdict.resolution is not False),
        "by reference": _by_reference(verdicts),
        "bare mentions": _counted(bare, lambda verdict: verdict.right),
    }
    by_state: dict[str, Counts] = {}
    by_kind: dict[str, Counts] = {}
    for verdict in proper:
        counts = Counts.of(verdict.right, verdict.label is not None, verdict.citation is not None)
        _add(by_state, verdict.state, counts)
        if verdict.label is not None and verdict.citation is not None and not verdict.kind:
            _add(by_kind, verdict.label.type, Counts(missed=1))
            _add(by_kind, verdict.citation.kind.value, Counts(invented=1))
        else:
            _add(by_kind, _citation_kind(verdict), counts)
    overall = [Figure(CITATIONS, measure, counts) for measure, counts in figures.items()]
    return overall + _broken_down(CITATIONS, by_state, by_kind)


def _counted(verdicts: list[CitationVerdict], test: Callable[[CitationVerdict], bool]) -> Counts:
    return Counts.of(
        sum(map(test, verdicts)),
        sum(verdict.label is not None for verdict in verdicts),
        sum(verdict.citation is not None for verdict in verdicts),
    )


def _by_reference(verdicts: list[CitationVerdict]) -> Counts:
    labelled = [verdict.label is not None and verdict.label.by_reference for verdict in verdicts]
    answered = [verdict.citation is not None and verdict.citation.by_reference for verdict in verdicts]
    both = sum(one and other for one, other in zip(labelled, answered, strict=True))
    return Counts.of(both, sum(labelled), sum(answered))


def _citation_kind(verdict: CitationVerdict) -> str:
    if verdict.label is not None:
        return verdict.label.type
    return verdict.citation.kind.value if verdict.citation else ""


def _add(sums: dict[str, Counts], name: str, counts: Counts) -> None:
    sums[name] = sums.get(name, Counts()) + counts


def _broken_down(part: str, by_state: dict[str, Counts], by_kind: dict[str, Counts]) -> list[Figure]:
    measure = HEADLINES[part]
    return [
        *(Figure(part, measure, counts, state=state) for state, counts in sorted(by_state.items())),
        *(Figure(part, measure, counts, kind=kind) for kind, counts in sorted(by_kind.items())),
    ]


def slips(verdicts: Iterable[UnitVerdict | CitationVerdict], text: str) -> list[Slip]:
    """What was missed, wrong, invented or imprecise, in reading order."""
    return sorted(_slip(verdict, text) for verdict in verdicts if verdict.reasons)


def _slip(verdict: UnitVerdict | CitationVerdict, text: str) -> Slip:
    if isinstance(verdict, UnitVerdict):
        part, kind = STRUCTURE, _unit_kind(verdict)
        outcome = _outcome(verdict.unit is not None, verdict.provision is not None, verdict.right)
        if verdict.unit is not None:
            name, start, end = verdict.unit.id, verdict.unit.start, verdict.unit.spans[-1][1]
        else:
            assert verdict.provision is not None
            spans = verdict.provision.spans
            name, start, end = verdict.provision.path, spans[0].start, spans[-1].end
    else:
        part, kind = CITATIONS, f"bare {_citation_kind(verdict)}" if verdict.bare else _citation_kind(verdict)
        outcome = _outcome(verdict.label is not None, verdict.citation is not None, verdict.right)
        if verdict.label is not None:
            name, start, end = verdict.label.unit, verdict.label.start, verdict.label.end
        else:
            assert verdict.citation is not None
            spans = verdict.citation.spans
            name, start, end = verdict.provision, spans[0].start, spans[-1].end
    # Spans may begin with the blank lines before a unit.
    while start < end - 1 and text[start].isspace():
        start += 1
    line = text.count("\n", 0, start) + 1
    return Slip(part, line, outcome, verdict.state, kind, name, shown(text[start:end]), "; ".join(verdict.reasons))


def _outcome(labelled: bool, answered: bool, right: bool) -> str:
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
