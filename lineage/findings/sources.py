"""Checks of what a proposal says of its sources, against what its words show."""

from __future__ import annotations

from datetime import date

from ...ingest.records import quote
from ...ontology.reference import Reference
from ..acknowledged import acknowledged, article_of
from ..cited import sources_cited
from ..records import Derivation, Finding, Severity
from .check import Check, Outcome, Subject

__all__ = ["SOURCE_CHECKS", "spoken"]

_BORROWED = 25
"""So many words taken over from one treaty article are more than a common phrase."""


def spoken(path: str, reference: Reference) -> str:
    """A source as a person says it.

    >>> from travaux.ontology.reference import load
    >>> spoken("instrument/uncac/46/12/a", load())
    'art. 46, para. 12 (a), of the Convention against Corruption'
    """
    parts = path.split("/")
    if parts[0] != "instrument" or len(parts) < 3 or parts[1] not in reference.instruments:
        return path
    name = reference.instruments[parts[1]].short_title.partition(" (")[0]
    first, *rest = parts[2:]
    told = f"art. {first}" if first.isdecimal() else f"the {first}"
    for place, step in enumerate(rest):
        if step.isdecimal() and place == 0:
            told += f", para. {step}" if first.isdecimal() else f", recital {step}"
        else:
            told += f" ({step})" if place else f", subpara. ({step})"
    return f"{told}, of the {name}" if rest else f"{told} of the {name}"


def _named(subject: Subject, outcome: Outcome) -> None:
    """Articles whose words come from a treaty article that they do not name."""
    derivations = [one for found in subject.derivations.values() for one in found if article_of(one.source)]
    known = acknowledged(subject.document, derivations)
    borrowed: dict[tuple[str, str], list[Derivation]] = {}
    for one in derivations:
        provision = subject.by_path[one.derived]
        holder = subject.article(provision) or provision
        borrowed.setdefault((holder.path, article_of(one.source)), []).append(one)
    silent: dict[str, list[str]] = {}
    for (holder_path, article), found in borrowed.items():
        words = sum(one.aligned for one in found)
        if words < _BORROWED:
            continue
        outcome.examined += 1
        if not any((one.derived, one.source) in known for one in found):
            silent.setdefault(holder_path, []).append(f"{words} from {spoken(article, subject.reference)}")
    for path, told in silent.items():
        problem = f"It takes over words of treaty articles that it does not name: {'; '.join(told)}."
        outcome.flag("uncited-reuse", Severity.C, subject.by_path[path], subject.all(subject.by_path[path]), problem)


def _followed(subject: Subject, outcome: Outcome) -> None:
    """Provisions that name a source from which none of their words come."""
    for provision in subject.submission.provisions:
        below = [
            one for path in subject.derivations if _within(path, provision.path) for one in subject.derivations[path]
        ]
        worded = any(_within(unit.path, provision.path) and unit.text for unit in subject.submission.provisions)
        for citation, source in sources_cited(provision):
            if citation.by_reference or not worded:
                continue
            outcome.examined += 1
            if any(_within(one.source, source) or _within(source, one.source) for one in below):
                continue
            others = list(dict.fromkeys(one.source for one in below if one.derived == provision.path))
            told = f"; they come from {spoken(others[0], subject.reference)}" if others else ""
            problem = (
                f"It names {spoken(source, subject.reference)} as its source, and its words are not from there{told}."
            )
            words = citation.spans, citation.quote
            outcome.flag("source-not-followed", Severity.B, provision, words, problem)


def _joined(subject: Subject, outcome: Outcome) -> None:
    """Treaties whose words a State takes over without being a party to them, as far as is known.

    A State that is known to be a party since a day that is not known passes.
    """
    day = subject.submission.issued or subject.document.issued
    if day.count("-") != 2:
        return
    words: dict[str, int] = {}
    for found in subject.derivations.values():
        for one in found:
            if article_of(one.source):
                words[one.source.split("/")[1]] = words.get(one.source.split("/")[1], 0) + one.aligned
    for instrument, count in sorted(words.items()):
        if count < _BORROWED:
            continue
        for state in subject.submission.submitters:
            if not state.startswith("state/"):
                continue
            outcome.examined += 1
            if _bound(subject.reference, state, instrument, day):
                continue
            title = subject.reference.instruments[instrument].short_title.partition(" (")[0]
            name = subject.reference.name(state)
            problem = (
                f"{name} takes over {count} words of the {title}; that it was a party to it on {day} is not known."
            )
            spans = subject.submission.spans
            printed = quote(subject.document.text, spans)
            finding = Finding(
                outcome.check, "reuse-by-non-party", Severity.C, subject.submission.path, spans, printed, problem
            )
            outcome.findings.append(finding)


def _bound(reference: Reference, state: str, instrument: str, day: str) -> bool:
    """Whether the State was a party on that day, or is one since a day that is not known."""
    later = any(
        action.binds
        and action.instrument == instrument
        and action.date > day
        and reference.party_path(action.state) == state
        for action in reference.treaty_actions
    )
    on_that_day = reference.party(state, instrument, date.fromisoformat(day))
    return bool(on_that_day or (reference.party(state, instrument) and not later))


def _within(path: str, holder: str) -> bool:
    return path == holder or path.startswith(f"{holder}/")


SOURCE_CHECKS = (
    Check("source-named", "Does the proposal name it?", "treaty articles from which words are taken over", _named),
    Check("source-followed", "Do the words come from there?", "sources that the proposal names", _followed),
    Check("treaty-joined", "Was the State a party to it?", "treaties whose words a State takes over", _joined),
)
