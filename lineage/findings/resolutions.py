"""Checks of the resolutions that a document cites: whether their numbers and their dates can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from ...ingest.records import Citation, CitationKind, Provision, Resolution
from ...ontology.resolutions import Organ
from ..records import Severity
from .check import Check, Outcome, Subject

__all__ = ["RESOLUTION_CHECKS"]

_NUMBER = r"(?P<number>[^\s,;]+(?: \([^()]+\))?)"
_DAY = r"(?P<day>\d{1,2} [A-Z][a-z]+ \d{4})"
_DATED = re.compile(rf"{_NUMBER},? (?:of|dated|adopted on) {_DAY}")
_YEAR = re.compile(r"\(((?:19|20)\d{2})\)$")


def _cited(subject: Subject) -> Iterator[tuple[Provision, Citation]]:
    for provision in subject.submission.provisions:
        for citation in provision.citations:
            if citation.kind is CitationKind.RESOLUTION and citation.targets:
                yield provision, citation


def _organ(subject: Subject, path: str) -> Organ:
    return subject.reference.organs[path.split("/")[1]]


# ---- numbers


def _numbered(subject: Subject, outcome: Outcome) -> None:
    for provision, citation in _cited(subject):
        for target in citation.targets:
            outcome.examined += 1
            if target.resolution is not Resolution.NONEXISTENT:
                continue
            organ = _organ(subject, target.path)
            start, end = subject.place(provision, citation.spans)
            words = provision.passage.words
            number = next(
                (
                    match
                    for match in re.finditer(_NUMBER, words[start:end])
                    if organ.path(match["number"]) == target.path
                ),
                None,
            )
            printed = number["number"] if number is not None else target.path.split("/", 2)[2]
            if number is not None:
                start, end = start + number.start(), start + number.end()
            others = [
                other for other in subject.reference.organs.values() if other is not organ and other.valid(printed)
            ]
            problem = f"The {organ.name} has no resolution {printed}: it numbers them as in {organ.example}."
            if len(others) == 1:
                problem += f" This is how the {others[0].name} numbers its resolutions."
            flagged = subject.words(provision, start, end)
            outcome.flag("citation-error", Severity.A, provision, flagged, problem, _probable(organ, printed))


def _probable(organ: Organ, printed: str) -> str:
    """The numbers that a resolution of that year would have: 68/193 or 69/193 for 193 (2014)."""
    year = _YEAR.search(printed)
    first = re.match(r"\d+", printed)
    if year is None or first is None:
        return ""
    numbers = [f"{session}/{first.group()}" for session in organ.sessions(int(year[1]))]
    return " or ".join(number for number in numbers if organ.valid(number))


# ---- dates


def _dates(words: str, organs: dict[str, Organ]) -> Iterator[tuple[str, str, str, int, int]]:
    """Each number with a day or a year: the path of the resolution, the number, the date, and where both stand."""
    for match in _DATED.finditer(words):
        day = _day(match["day"])
        if day is not None:
            for organ in organs.values():
                number = match["number"]
                yield organ.path(number), number, day.isoformat(), match.start(), match.end()
    for match in re.finditer(rf"{_NUMBER}(?=\W|$)", words):
        year = _YEAR.search(match["number"])
        for organ in organs.values():
            if year is not None and organ.year_may_follow:
                yield organ.path(match["number"]), match["number"], year[1], match.start(), match.end()


def _day(printed: str) -> date | None:
    try:
        return datetime.strptime(printed, "%d %B %Y").date()
    except ValueError:
        return None


def _dated(subject: Subject, outcome: Outcome) -> None:
    known = {entry.path: entry for entry in subject.reference.resolutions if entry.date}
    for provision, citation in _cited(subject):
        start, end = subject.place(provision, citation.spans)
        paths = {target.path for target in citation.targets if target.resolution is Resolution.RESOLVED}
        organs = {path.split("/")[1]: _organ(subject, path) for path in sorted(paths)}
        for path, number, printed, first, last in _dates(provision.passage.words[start:end], organs):
            if path not in paths:
                continue
            outcome.examined += 1
            organ = _organ(subject, path)
            right = known[path].date if path in known else ""
            months = organ.adopted(number)
            if right and right[: len(printed)] == printed[: len(right)]:
                continue
            if months and not months[0][: len(printed)] <= printed[:7] <= months[1]:
                problem = f"A resolution with this number cannot be of this date: it is from {_span(months)}."
            elif right:
                problem = "The resolution was adopted on another day."
            else:
                continue
            words = subject.words(provision, start + first, start + last)
            outcome.flag("citation-error", Severity.A, provision, words, problem, _spoken(right))


def _span(months: tuple[str, str]) -> str:
    first, last = (datetime.strptime(month, "%Y-%m").date() for month in months)
    if first.year == last.year:
        return f"the year {first.year}"
    return f"a session that opened in {first:%B %Y}"


def _spoken(day: str) -> str:
    """A day as it is printed: 27 December 2019; nothing where only the month or the year is known."""
    if len(day) < len("2019-12-27"):
        return ""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


RESOLUTION_CHECKS = (
    Check("resolution-number", "Does the organ number its resolutions so?", "resolutions cited", _numbered),
    Check("resolution-date", "Can the resolution be of the date given?", "resolutions cited with a date", _dated),
)
