"""Scoring the citations: which labelled mentions were found, and with their kind, targets and resolution."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from ..ingest.records import Citation, Document, Resolution, Target
from .figures import CITATIONS, HEADLINES, Figure, Slip, broken_down, counted, outcome_of, slip_at, stated
from .gold import GoldStandard, Territory
from .labels import GoldCitation, Mention
from .metrics import Counts
from .structure import Correspondence
from .targets import TargetNames, sort_of

__all__ = ["CitationVerdict", "citation_figures", "citation_slips", "core_of", "judge_citations"]

BEFORE = re.compile(r"(?:[\s()\[\]*_\"“”'‘’]|the\b|provisions of\b)+", re.IGNORECASE)
AFTER = re.compile(r"(?:[\s()\[\]*_\"“”'‘’,;:.]|\bof (?:this|the|the present) convention)+\Z", re.IGNORECASE)
"""What may stand at the edges of a mention or be left out, without the mention being another."""

ANY_KIND = "organisation-document"
"""The records have no kind of their own for documents of organisations."""


@dataclass(frozen=True, slots=True)
class CitationVerdict:
    """What became of one labelled mention, or of one citation that answers to none.

    `label` is missing where the citation was invented, `citation` where the mention was missed. `span` is false where
    the two overlap with other edges. `resolution` is None where the label does not imply one. `shared`, `labelled`
    and `named` count the targets: in both, in the label, in the citation.
    """

    state: str
    label: GoldCitation | None
    citation: Citation | None
    provision: str
    span: bool = False
    kind: bool = False
    targets: bool = False
    resolution: bool | None = None
    shared: int = 0
    labelled: int = 0
    named: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether it is a bare mention ("this article"), which is scored apart."""
        return self.label.bare if self.label else self.citation is not None and self.citation.bare

    @property
    def right(self) -> bool:
        """Whether it was found at its place with its kind and targets."""
        return self.span and self.kind and self.targets


@dataclass(frozen=True, slots=True)
class _Answer:
    """A citation of the document, the provision that holds it, and its words without what may be left out."""

    citation: Citation
    provision: str
    core: tuple[int, int]


def judge_citations(
    document: Document, gold: GoldStandard, places: Correspondence, instruments: Collection[str]
) -> list[CitationVerdict]:
    """What became of each labelled mention, then each invented citation, in reading order.

    Parameters
    ----------
    document, gold, places
        What was read, what is labelled, and which provision stands at the place of which unit.
    instruments
        The paths of the instruments whose skeletons are known, and of all their provisions: whether a citation that
        the document got wrong names something that exists is decided by them.
    """
    text = document.text
    territory = Territory(gold.units)
    names = TargetNames(places, instruments)
    labels = [label for label in gold.citations if not label.optional]
    tolerated = [
        *gold.tolerated,
        *(Mention(one.line, one.quote, one.start, one.end) for one in gold.citations if one.optional),
    ]
    tolerated.sort(key=lambda mention: mention.start)
    answers = _answers(document)
    pairs = _pair(text, labels, answers, tolerated)
    taken = set(pairs.values())
    verdicts = []
    for index, label in enumerate(labels):
        if index in pairs:
            verdicts.append(_compare(text, label, answers[pairs[index]], names, places))
        else:
            labelled = len(label.targets)
            verdicts.append(CitationVerdict(label.state, label, None, "", labelled=labelled, reasons=("not found",)))
    for index, answer in enumerate(answers):
        state = territory.state_of_words(answer.core[0])
        if index in taken or not state or _is_tolerated(answer.core, tolerated):
            continue
        named = len(_paths(answer.citation.targets))
        reasons = ("no such mention is labelled here",)
        verdicts.append(CitationVerdict(state, None, answer.citation, answer.provision, named=named, reasons=reasons))
    return verdicts


def citation_figures(verdicts: list[CitationVerdict]) -> list[Figure]:
    """Each measure of the citations, the headline first and by State and kind; bare mentions in a row of their own."""
    proper = [verdict for verdict in verdicts if not verdict.bare]
    bare = [verdict for verdict in verdicts if verdict.bare]
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
        "resolution, of those found": stated(verdict.resolution for verdict in verdicts),
        "right and resolved": _counted(proper, lambda verdict: verdict.right and verdict.resolution is not False),
        "by reference": _by_reference(verdicts),
        "bare mentions": _counted(bare, lambda verdict: verdict.right),
    }
    overall = [Figure(CITATIONS, measure, counts) for measure, counts in figures.items()]
    return overall + broken_down(CITATIONS, [(one.state, *_kinds(one), one.right) for one in proper])


def _counted(verdicts: list[CitationVerdict], test: Callable[[CitationVerdict], bool]) -> Counts:
    return counted((one.label is not None, one.citation is not None, test(one)) for one in verdicts)


def _by_reference(verdicts: list[CitationVerdict]) -> Counts:
    labelled = [verdict.label is not None and verdict.label.by_reference for verdict in verdicts]
    answered = [verdict.citation is not None and verdict.citation.by_reference for verdict in verdicts]
    return counted((one, other, one and other) for one, other in zip(labelled, answered, strict=True))


def _kinds(verdict: CitationVerdict) -> tuple[str, str]:
    """The kind that is labelled and the one that was found; a kind that is tolerated counts as the labelled one."""
    labelled = verdict.label.type if verdict.label else ""
    found = verdict.citation.kind.value if verdict.citation else ""
    return labelled, labelled if verdict.kind else found


def citation_slips(verdicts: list[CitationVerdict], text: str) -> list[Slip]:
    """What was missed, wrong, invented or imprecise, in reading order."""
    return sorted(_slip(verdict, text) for verdict in verdicts if verdict.reasons)


def _slip(verdict: CitationVerdict, text: str) -> Slip:
    labelled, found = _kinds(verdict)
    kind = f"bare {labelled or found}" if verdict.bare else labelled or found
    outcome = outcome_of(bool(labelled), bool(found), verdict.right)
    if verdict.label is not None:
        name, place = verdict.label.unit, (verdict.label.start, verdict.label.end)
    else:
        assert verdict.citation is not None
        spans = verdict.citation.spans
        name, place = verdict.provision, (spans[0].start, spans[-1].end)
    return slip_at(CITATIONS, text, place, outcome, verdict.state, kind, name, "", verdict.reasons)


def core_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The words of a mention without what may be left out at its edges.

    >>> words = "under (the provisions of article 3 of this Convention),"
    >>> start, end = core_of(words, 6, len(words))
    >>> words[start:end]
    'article 3'
    >>> core_of("the Convention", 0, 14)
    (4, 14)
    """
    words = text[start:end]
    after = AFTER.search(words)
    last = start + after.start() if after else end
    before = BEFORE.match(text, start, last)
    first = before.end() if before else start
    return (first, last) if first < last else (start, end)


def _answers(document: Document) -> list[_Answer]:
    answers = [
        _Answer(
            citation,
            provision.path,
            core_of(document.text, citation.spans[0].start, citation.spans[-1].end),
        )
        for submission in document.submissions
        for provision in submission.provisions
        for citation in provision.citations
        if citation.spans
    ]
    answers.sort(key=lambda answer: (answer.core, answer.provision))
    return answers


def _pair(text: str, labels: list[GoldCitation], answers: list[_Answer], tolerated: list[Mention]) -> dict[int, int]:
    """Which answer belongs to which label: those at the same place, then those that overlap most, one to one."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    cores = [core_of(text, label.start, label.end) for label in labels]
    at: dict[tuple[int, int], list[int]] = {}
    for index, answer in enumerate(answers):
        at.setdefault(answer.core, []).append(index)
    for position, core in enumerate(cores):
        same = [index for index in at.get(core, ()) if index not in taken]
        if same:
            # Two labels may share a place; the one of the same kind goes first.
            same.sort(key=lambda index: (answers[index].citation.kind != labels[position].type, index))
            pairs[position] = same[0]
            taken.add(same[0])
    free = [index for index in range(len(answers)) if index not in taken]
    free = [index for index in free if not _is_tolerated(answers[index].core, tolerated)]
    overlaps = [
        (-shared, position, index)
        for position in range(len(labels))
        if position not in pairs
        for index, shared in _overlapping(cores[position], free, answers)
    ]
    for _, position, index in sorted(overlaps):
        if position not in pairs and index not in taken:
            pairs[position] = index
            taken.add(index)
    return pairs


def _overlapping(core: tuple[int, int], free: list[int], answers: list[_Answer]) -> Iterator[tuple[int, int]]:
    # An answer that begins before the label may still reach into it; no citation is longer than this.
    longest = 2000
    first = bisect_left(free, core[0] - longest, key=lambda index: answers[index].core[0])
    for index in free[first:]:
        start, end = answers[index].core
        if start >= core[1]:
            return
        shared = min(end, core[1]) - max(start, core[0])
        if shared > 0:
            yield index, shared


def _is_tolerated(core: tuple[int, int], tolerated: list[Mention]) -> bool:
    """Whether at least half of the words are a stretch that counts neither way."""
    start, end = core
    for mention in tolerated:
        if mention.start >= end:
            return False
        if 2 * (min(end, mention.end) - max(start, mention.start)) >= end - start:
            return True
    return False


def _paths(targets: tuple[Target, ...]) -> frozenset[str]:
    return frozenset(target.path.lower() for target in targets)


def _compare(
    text: str, label: GoldCitation, answer: _Answer, names: TargetNames, places: Correspondence
) -> CitationVerdict:
    citation = answer.citation
    named = _paths(citation.targets)
    accepted = [(ids, _named(ids, label, names)) for ids in (label.targets, *label.also_accept)]
    if any(not ids for ids, _ in accepted) and not _names_something(citation, places):
        named = frozenset()
    chosen, wanted = next(((ids, paths) for ids, paths in accepted if paths == named), accepted[0])
    closest = max((paths for _, paths in accepted), key=lambda paths: (len(paths & named), -len(paths)))
    span = answer.core == core_of(text, label.start, label.end)
    targets = wanted == named
    kind = (
        citation.kind == label.type
        or label.type == ANY_KIND
        # Another list of targets may be of another sort than the first: "paragraph 1" of a treaty, not of the draft.
        or (targets and chosen != label.targets and {sort_of(path) for path in wanted} == {citation.kind})
    )
    implied = _implied_resolution(label, chosen, names)
    reasons = []
    if not span:
        reasons.append(f"labelled {_words(label.quote)!r}, found {_words(citation.quote)!r}")
    if not kind:
        reasons.append(f"kind {citation.kind.value}, labelled {label.type}")
    if not targets:
        reasons.append(f"targets {_listed(named - wanted)} instead of {_listed(wanted - named)}")
    if implied and citation.resolution != implied:
        reasons.append(f"{citation.resolution.value}, labelled {implied.value}")
    if citation.by_reference != label.by_reference:
        reasons.append("by reference" if citation.by_reference else "not by reference")
    return CitationVerdict(
        label.state,
        label,
        citation,
        answer.provision,
        span,
        kind,
        targets,
        citation.resolution == implied if implied else None,
        len(closest & named),
        len(closest),
        len(named),
        tuple(reasons),
    )


def _named(ids: tuple[str, ...], label: GoldCitation, names: TargetNames) -> frozenset[str]:
    # A target that no provision answers to keeps its own name, so that it counts as missed.
    return frozenset(names.path(target, label.type) or target for target in ids)


def _names_something(citation: Citation, places: Correspondence) -> bool:
    """Whether a target names a provision that is there.

    The annotators can name what stands in the document only; where they name nothing, a path to what does not stand
    there ("article 1" of a draft without numbers) says the same.
    """
    return any(
        not target.path.startswith("document/") or target.path in places.provisions or target.path in places.submissions
        for target in citation.targets
    )


def _implied_resolution(label: GoldCitation, targets: tuple[str, ...], names: TargetNames) -> Resolution | None:
    if not targets:
        return Resolution.UNRESOLVED
    exist = [names.exists(target, label) for target in targets]
    if False in exist:
        return Resolution.NONEXISTENT
    return None if None in exist else Resolution.RESOLVED


def _words(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 90 else words[:89] + "…"


def _listed(paths: frozenset[str]) -> str:
    return ", ".join(sorted(paths)) or "none"
