"""Checks of numbers and letters: gaps and repeats, a first without a second, labels without words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...ingest.records import Citation, Kind, Provision, Span
from ..records import Severity
from .check import Check, Outcome, Subject

__all__ = ["NUMBERING_CHECKS"]

_SERIES = frozenset({Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.ITEM})
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10}


def _roman(number: str) -> int:
    """The value of a small roman numeral; 0 if it is none.

    >>> [_roman(number) for number in ("i", "iv", "xii", "a", "")]
    [1, 4, 12, 0, 0]
    """
    if not number or not _ROMAN.fullmatch(number):
        return 0
    values = [_VALUES[sign] for sign in number]
    after = [*values[1:], 0]
    return sum(-value if value < following else value for value, following in zip(values, after, strict=True))


def _ordinals(numbers: Sequence[str]) -> list[int] | None:
    """The places of `numbers` in their series, or nothing where it cannot be told.

    >>> _ordinals(["1", "2", "4"]), _ordinals(["a", "b"]), _ordinals(["i", "ii"]), _ordinals(["2 bis"])
    ([1, 2, 4], [1, 2], [1, 2], None)
    """
    if all(number.isdecimal() for number in numbers):
        return [int(number) for number in numbers]
    small = [number.casefold() for number in numbers]
    if all(_roman(number) for number in small) and _roman(small[0]) == 1:
        return [_roman(number) for number in small]
    if all(len(number) == 1 and "a" <= number <= "z" for number in small):
        return [ord(number) - ord("a") + 1 for number in small]
    return None


def _series(subject: Subject) -> Iterator[tuple[Provision | None, list[Provision]]]:
    """The numbered units of each kind right below each unit, in reading order."""
    statements = [unit for unit in subject.submission.provisions if unit.kind is Kind.STATEMENT and unit.number]
    if statements:
        yield None, statements
    for path, below in subject.children.items():
        for kind in sorted(_SERIES):
            units = [unit for unit in below if unit.kind is kind and unit.number]
            if units:
                yield subject.by_path.get(path), units


def _label(unit: Provision) -> str:
    return unit.number if unit.number.isdecimal() else f"({unit.number})"


def _cited_above(above: Provision | None) -> set[str]:
    """The letters that a unit by reference imports, so that they need not be printed."""
    if above is None:
        return set()
    return {target.path.rpartition("/")[2] for citation in above.citations for target in citation.targets}


def _consecutive(subject: Subject, outcome: Outcome) -> None:
    for above, units in _series(subject):
        outcome.examined += len(units)
        places = _ordinals([unit.number for unit in units])
        if places is None:
            continue
        imported = _cited_above(above)
        missing = max(places) - min(places) + 1 - len(set(places))
        selected = missing * 3 > len(places)  # who proposes a few paragraphs of an article gives just these
        for (before, place), (unit, following) in zip(
            zip(units, places, strict=True), zip(units[1:], places[1:], strict=True), strict=False
        ):
            if following == place + 1 or unit.number in imported or (selected and following > place):
                continue
            words = _opening(subject, unit)
            if following == place:
                problem = f"The number {_label(unit)} is given twice."
            elif following > place:
                problem = f"{_label(unit)} follows {_label(before)}: a number is missing."
            else:
                problem = f"{_label(unit)} follows {_label(before)}: the numbers are out of order."
            outcome.flag("numbering", Severity.C, unit, words, problem)


def _opening(subject: Subject, unit: Provision) -> tuple[tuple[Span, ...], str]:
    start = unit.spans[0].start
    end = min(unit.spans[0].end, start + 40)
    return (Span(start, end),), subject.document.text[start:end]


def _alone(subject: Subject, outcome: Outcome) -> None:
    """A first letter or numeral that no second follows."""
    for below in subject.children.values():
        lettered = [unit for unit in below if unit.number.casefold() in ("a", "i") or _is_letter(unit)]
        if not lettered:
            continue
        outcome.examined += 1
        if len(lettered) == 1 and lettered[0].number.casefold() in ("a", "i") and lettered[0].kind is not Kind.CHAPTER:
            unit = lettered[0]
            problem = f"There is ({unit.number}), and nothing follows it in the series."
            outcome.flag("numbering", Severity.C, unit, subject.all(unit), problem)


def _is_letter(unit: Provision) -> bool:
    return bool(re.fullmatch(r"[A-Za-z]|[ivxIVX]+", unit.number))


def _worded(subject: Subject, outcome: Outcome) -> None:
    """Numbers without words, with the first letter below them glued on."""
    for provision in subject.submission.provisions:
        if provision.kind not in _SERIES or not provision.number:
            continue
        outcome.examined += 1
        below = subject.children.get(provision.path, ())
        if provision.passage.words or provision.heading or not below:
            continue
        first = below[0]
        if "\n" in subject.document.text[provision.spans[0].start : first.spans[0].start]:
            continue
        start = provision.spans[0].start
        end = min(first.spans[0].end, first.spans[0].start + 40)
        words = (Span(start, end),), subject.document.text[start:end]
        problem = f"{_label(provision)} has no words of its own: {_label(first)} follows at once."
        outcome.flag("numbering", Severity.C, provision, words, problem)


# ---- parts of a source where its order does not lead


def _source_articles(provision: Provision) -> set[tuple[str, str]]:
    def of(citation: Citation) -> Iterator[tuple[str, str]]:
        for target in citation.targets:
            parts = target.path.split("/")
            if parts[0] == "instrument" and len(parts) > 2:
                yield parts[1], parts[2]

    return {key for citation in provision.citations if citation.as_source for key in of(citation)}


def _appended(subject: Subject, outcome: Outcome) -> None:
    """A last paragraph from another article of the source than all before it."""
    for above, units in _series(subject):
        sources = [_source_articles(unit) for unit in units]
        if above is None or not any(sources):
            continue
        outcome.examined += 1
        before = {key for found in sources[:-1] for key in found}
        last = sources[-1]
        if len(units) < 4 or len(before) != 1 or len(last) != 1 or last == before:
            continue
        (key, number), (own, _) = next(iter(last)), next(iter(before))
        if key != own:
            continue
        problem = (
            f"All paragraphs before come from one article of the source; this one, from article {number}, is appended."
        )
        outcome.flag("numbering", Severity.C, units[-1], subject.all(units[-1]), problem)


NUMBERING_CHECKS = (
    Check("number-follows", "Does its number follow the one before it?", "numbered units", _consecutive),
    Check("letter-alone", "Does a second follow the first?", "series of letters and numerals", _alone),
    Check("number-worded", "Has the number words of its own?", "numbered paragraphs and items", _worded),
    Check(
        "source-order",
        "Does the last paragraph come from the same article as the others?",
        "articles with sources",
        _appended,
    ),
)
