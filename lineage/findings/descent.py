"""Checks of words against their source: negations, modality, safeguards, clauses, paragraphs, numbers carried over.

What is missing is told by the numbers of the words of the source: the words themselves may not be at hand, and are not
ours to print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...ingest.records import Citation, CitationKind, Genre, Kind, Provision, Resolution, Span, quote
from ..acknowledged import article_of
from ..places import places
from ..records import Derivation, Edit, Operation, Segment, Severity, Verdict
from .check import Check, Outcome, Subject
from .sources import spoken

__all__ = ["DESCENT_CHECKS"]

_CLAUSE = 6
"""So many words of a source, missing between words that are kept, may be a clause lost."""
_KEPT = 3
"""So many words must be kept on either side of them."""


def _derived(subject: Subject) -> Iterator[tuple[Provision, Derivation]]:
    """What a draft takes over from treaties; an echo and a commentary are free to say it otherwise."""
    if subject.submission.genre is not Genre.DRAFT:
        return
    for path, derivations in subject.derivations.items():
        for derivation in derivations:
            if derivation.verdict is not Verdict.ECHO and article_of(derivation.source):
                yield subject.by_path[path], derivation


def _stretches(subject: Subject) -> Iterator[tuple[Provision, Derivation, Segment, tuple[Span, ...]]]:
    """Every stretch that was not copied, with the characters on which it rests."""
    for provision, derivation in _derived(subject):
        found = places(derivation.segments, provision)
        for segment, spans in zip(derivation.segments, found, strict=True):
            if segment.operation is not Operation.COPIED and spans:
                yield provision, derivation, segment, spans


def _of_kind(subject: Subject, *edits: Edit) -> Iterator[tuple[Provision, Segment, str, tuple[tuple[Span, ...], str]]]:
    """The stretches of one of these kinds, with the words of the source in numbers, and their place."""
    for provision, derivation, segment, spans in _stretches(subject):
        if segment.edit in edits:
            words = spans, quote(subject.document.text, spans)
            yield provision, segment, _numbered(subject, derivation, segment), words


def _numbered(subject: Subject, derivation: Derivation, segment: Segment) -> str:
    """Which words of which source a stretch stands for: "words 3 to 5 of art. 46, para. 12, of ..."."""
    source = spoken(derivation.source, subject.reference)
    first, last = segment.source_start + 1, segment.source_end
    if last < first:
        return source
    return f"word {first} of {source}" if first == last else f"words {first} to {last} of {source}"


def _negations(subject: Subject, outcome: Outcome) -> None:
    outcome.examined += sum(1 for _ in _derived(subject))
    for provision, segment, source, words in _of_kind(subject, Edit.NEGATION):
        match segment.operation:
            case Operation.DROPPED:
                problem = f"A negation of the source is missing here ({source}): the words now say the opposite."
            case Operation.ADDED:
                problem = f"A negation came in that {source} does not have."
            case _:
                problem = f"A negation came in or was lost here, against {source}."
        kind = "changed-modality" if segment.operation is Operation.ADDED else "lost-negation"
        outcome.flag(kind, Severity.A, provision, words, problem)


def _modality(subject: Subject, outcome: Outcome) -> None:
    outcome.examined += sum(1 for _ in _derived(subject))
    for provision, segment, source, words in _of_kind(subject, Edit.DEONTIC):
        if segment.operation is Operation.DROPPED:
            problem = f"What binds is weaker or stronger than in the source: {source} left out here."
        else:
            problem = f"“{' '.join(words[1].split())}” does not bind as the source does ({source})."
        outcome.flag("changed-modality", Severity.B, provision, words, problem)


def _safeguards(subject: Subject, outcome: Outcome) -> None:
    outcome.examined += sum(1 for _ in _derived(subject))
    for provision, segment, source, words in _of_kind(subject, Edit.SAFEGUARD_REMOVED):
        what = "is left out here" if segment.operation is Operation.DROPPED else "gives way to these words"
        problem = f"A protection that the source has {what} ({source})."
        outcome.flag("dropped-safeguard", Severity.B, provision, words, problem)


def _clauses(subject: Subject, outcome: Outcome) -> None:
    """Passages of the source that are missing between words that are kept."""
    for provision, derivation in _derived(subject):
        found = places(derivation.segments, provision)
        outcome.examined += 1
        for place, segment in enumerate(derivation.segments):
            if segment.operation is not Operation.DROPPED or segment.edit in (Edit.NEGATION, Edit.SAFEGUARD_REMOVED):
                continue
            missing = segment.source_end - segment.source_start
            if missing < _CLAUSE or not _amid(derivation.segments, place):
                continue
            words = found[place], quote(subject.document.text, found[place])
            source = _numbered(subject, derivation, segment)
            problem = f"{missing} words of the source are missing between these two words ({source})."
            outcome.flag("dropped-clause", Severity.C, provision, words, problem)


def _amid(segments: tuple[Segment, ...], place: int) -> bool:
    """Whether enough words are kept right before and right after the missing ones, in the source too."""
    if not 0 < place < len(segments) - 1:
        return False
    before, missing, after = segments[place - 1 : place + 2]
    return (
        before.operation is after.operation is Operation.COPIED
        and before.source_end == missing.source_start
        and missing.source_end == after.source_start
        and min(before.source_end - before.source_start, after.source_end - after.source_start) >= _KEPT
    )


def _paragraphs(subject: Subject, outcome: Outcome) -> None:
    """Parts of a borrowed article that were left out."""
    outcome.examined += len(
        {
            (article.path, article_of(derivation.source))
            for provision, derivation in _derived(subject)
            if (article := subject.article(provision)) and article_of(derivation.source)
        }
    )
    seen: dict[str, list[str]] = {}
    for omission in subject.omissions:
        seen.setdefault(omission.article, []).append(omission.source)
    for path, sources in seen.items():
        article = subject.by_path[path]
        listed = "; ".join(spoken(source, subject.reference) for source in sources)
        problem = f"Left out of what the article takes over: {listed}."
        outcome.flag("dropped-paragraph", Severity.C, article, subject.all(article), problem)


def _numbers(subject: Subject, outcome: Outcome) -> None:
    """References that were copied with their numbers, while the paragraphs got other numbers."""
    holders: dict[str, list[Provision]] = {}
    for provision, derivation in _derived(subject):
        holders.setdefault(derivation.source, []).append(provision)
    for provision, derivation in _derived(subject):
        article, own = article_of(derivation.source), subject.article(provision)
        if not article or own is None:
            continue
        for citation in provision.citations:
            steps = _steps(citation, own)
            if not steps or not _copied(citation, derivation):
                continue
            outcome.examined += 1
            moved = {step: _moved(subject, f"{article}/{step}", own, step, holders) for step in {steps[0], steps[-1]}}
            if not any(moved.values()):
                continue
            told = [
                f"{spoken(f'{article}/{step}', subject.reference)} is paragraph {now} here"
                for step, now in sorted(moved.items())
                if now
            ]
            problem = f"The number is that of the source: {' and '.join(told)}."
            suggestion = citation.quote
            for step, now in moved.items():
                suggestion = re.sub(rf"(?<!\d){re.escape(step)}(?!\d)", now or step, suggestion)
            words = citation.spans, citation.quote
            outcome.flag("citation-error", Severity.A, provision, words, problem, " ".join(suggestion.split()))


def _steps(citation: Citation, article: Provision) -> list[str]:
    """The numbers of the paragraphs of its own article that a citation names, in order."""
    if citation.kind is not CitationKind.INTERNAL or citation.bare:
        return []
    top = f"{article.path}/"
    return [
        target.path.removeprefix(top).split("/")[0]
        for target in citation.targets
        if target.path.startswith(top) and target.resolution is Resolution.RESOLVED
    ]


def _copied(citation: Citation, derivation: Derivation) -> bool:
    """Whether the words of the citation stand as they do in the source."""
    kept = [span for one in derivation.segments if one.operation is Operation.COPIED for span in one.spans]
    return all(any(wide.start <= span.start and span.end <= wide.end for wide in kept) for span in citation.spans)


def _moved(subject: Subject, source: str, article: Provision, number: str, holders: dict[str, list[Provision]]) -> str:
    """The number here of the paragraph with the words of `source`, where it is another than `number`."""
    found = [
        unit
        for path, units in sorted(holders.items())
        if path == source or path.startswith(f"{source}/")
        for unit in units
        if unit.path.startswith(f"{article.path}/")
    ]
    numbers = [unit.path.removeprefix(f"{article.path}/").split("/")[0] for unit in found]
    if not numbers or number in numbers:
        return ""
    first = subject.by_path[f"{article.path}/{numbers[0]}"]
    return first.number if first.kind is Kind.PARAGRAPH and first.number else ""


DESCENT_CHECKS = (
    Check("negation-kept", "Is every negation of its source kept?", "units that come from a treaty", _negations),
    Check("modality-kept", "Does it bind as its source does?", "units that come from a treaty", _modality),
    Check("safeguard-kept", "Is every protection of its source kept?", "units that come from a treaty", _safeguards),
    Check("clause-kept", "Is no passage lost between words that are kept?", "units that come from a treaty", _clauses),
    Check("paragraph-kept", "Is every part of it taken over?", "treaty articles taken over", _paragraphs),
    Check(
        "number-conformed",
        "Does its number lead to the words that it leads to in the source?",
        "references within an article that were taken over with their numbers",
        _numbers,
    ),
)
