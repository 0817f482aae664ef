"""Checks of references within one submission: whether what is referred to is there, and whether it is what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import inf

from ...ingest.records import Citation, CitationKind, Genre, Kind, Provision, Resolution
from ...ontology.citing import any_of, citation_wording
from ...ontology.findings import findings_wording
from ...ontology.instruments import Instrument
from ..records import Severity
from .check import Check, Outcome, Subject

__all__ = ["REFERENCE_CHECKS"]

_LISTED = re.compile(r"\d[a-z]?(?:,|,? and)?\s{0,9}\Z")
"""What stands before a paragraph of an article in a list of articles: "articles 7, 9, paragraph 3, and 27"."""
_SHORTLY_BEFORE = 120
"""How many characters before a reference can say what sort it is of."""
_UNITS = frozenset({Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.ITEM})


def _internal(subject: Subject) -> Iterator[tuple[Provision, Citation]]:
    """Every reference by number of a draft to itself, but for "this article" and the like."""
    if subject.submission.genre is Genre.DRAFT:
        for provision in subject.submission.provisions:
            for citation in provision.citations:
                if citation.kind is CitationKind.INTERNAL and not citation.bare:
                    yield provision, citation


def _targets(subject: Subject, citation: Citation) -> list[Provision]:
    paths = (target.path for target in citation.targets if target.resolution is Resolution.RESOLVED)
    return [subject.by_path[path] for path in paths if path in subject.by_path]


def _renumbered(citation: Citation, number: str) -> str:
    """The reference as printed, with another last number."""
    found = list(re.finditer(r"\d+", citation.quote))
    if not found:
        return ""
    return citation.quote[: found[-1].start()] + number + citation.quote[found[-1].end() :]


# ---- what is not there


def _there(subject: Subject, outcome: Outcome) -> None:
    articles = [unit for unit in subject.submission.provisions if unit.kind is Kind.ARTICLE]
    numbered = {unit.number for unit in articles if unit.number}
    others: dict[str, frozenset[str]] = {}
    for provision, citation in _internal(subject):
        outcome.examined += 1
        start, _ = subject.place(provision, citation.spans)
        before = provision.passage.words[max(start - _SHORTLY_BEFORE, 0) : start]
        if citation.resolution is Resolution.RESOLVED or _LISTED.search(before):
            continue
        words = citation.spans, citation.quote
        if citation.targets:
            first = next(target.path for target in citation.targets if target.resolution is not Resolution.RESOLVED)
            number = first.rpartition("/")[2]
            unit = f"paragraph {number}" if number.isdecimal() else f"subparagraph ({number})"
            if _complete(subject, first):
                problem = f"The reference leads nowhere: there is no {unit} here."
                outcome.flag("dangling-reference", Severity.A, provision, words, problem)
            else:
                problem = f"The reference leads to {unit}, which is not among those proposed here."
                outcome.flag("unresolved-reference", Severity.B, provision, words, problem)
        elif numbered:
            article = subject.article(provision)
            if article is not None:
                if article.path not in others:
                    others[article.path] = _of_others(subject, article)
                if _head(citation) in others[article.path]:
                    continue
            problem = "The reference leads to a provision that is not in this submission."
            outcome.flag("unresolved-reference", Severity.B, provision, words, problem)
        elif _is_article(citation):
            problem = "The reference leads nowhere: the articles of this submission have no numbers."
            outcome.flag("dangling-reference", Severity.A, provision, words, problem)


def _complete(subject: Subject, path: str) -> bool:
    """Whether the units beside the one that would stand at `path` begin with the first and leave none out."""
    numbers = [unit.number for unit in subject.children.get(path.rpartition("/")[0], ()) if unit.kind in _UNITS]
    counted = [int(number) for number in numbers if number.isdecimal()]
    return sorted(set(counted)) == list(range(1, len(set(counted)) + 1))


def _of_others(subject: Subject, article: Provision) -> frozenset[str]:
    """The places that an article says are "of the Convention": of another one then."""
    noun = re.compile(rf"\s+of\s+the\s+(?:{any_of(citation_wording().own.nouns)})$")
    return frozenset(
        _head(citation)
        for unit in subject.submission.provisions
        if unit.path.startswith(article.path)
        for citation in unit.citations
        if noun.search(citation.quote)
    )


def _head(citation: Citation) -> str:
    """The first unit and its number, as in "article 3"."""
    found = re.match(r"\w+\.?\s+\w+", citation.quote)
    return found.group().casefold() if found else citation.quote


def _is_article(citation: Citation) -> bool:
    units = citation_wording().units
    return re.match(rf"(?i:{any_of((*units.article, *units.articles))})(?!\w)", citation.quote) is not None


def _named(subject: Subject, outcome: Outcome) -> None:
    """Articles that are those of a treaty, as far as the context tells, which the words do not name."""
    if subject.submission.genre is not Genre.DRAFT:
        return
    named: dict[tuple[str, str], float] = {}

    def first(provision: Provision, instrument: Instrument) -> float:
        key = provision.path, instrument.id
        if key not in named:
            named[key] = _first_name(provision, instrument)
        return named[key]

    for provision in subject.submission.provisions:
        for citation in provision.citations:
            paths = {target.path.split("/")[1] for target in citation.targets}
            if citation.kind is not CitationKind.INSTRUMENT or citation.as_source or not paths or citation.bare:
                continue
            if not _is_article(citation):
                continue
            outcome.examined += 1
            instrument = subject.reference.instruments[min(paths)]
            printed = " ".join(citation.quote.split()).casefold()
            own = any(printed.endswith(f" {noun.casefold()}") for noun in citation_wording().own.nouns)
            if any(name in printed for name in _names(instrument)) or (
                own and first(provision, instrument) <= subject.place(provision, citation.spans)[1]
            ):
                continue
            what = "It does not say of which treaty"
            if own:
                what = "“The Convention” is here not the convention under negotiation, and which one it is, is not said"
            problem = f"{what}; in the new convention the number would lead to another article."
            suggestion = ""
            if not own and printed.count(instrument.short_title.casefold()) == 0:
                suggestion = f"{' '.join(citation.quote.split())} of the {instrument.short_title}"
            elif own:
                head = re.split(r"\s+of\s+", " ".join(citation.quote.split()))[0]
                suggestion = f"{head} of the {instrument.short_title}"
            words = citation.spans, citation.quote
            outcome.flag("dangling-reference", Severity.A, provision, words, problem, suggestion)


def _names(instrument: Instrument) -> list[str]:
    """What a treaty is called, in small letters."""
    titles = (instrument.full_title, instrument.short_title)
    return [name.casefold() for name in (*(alias.alias for alias in instrument.aliases), *titles)]


def _first_name(provision: Provision, instrument: Instrument) -> float:
    """Where the first name of a treaty ends in the words of a provision; infinite where none stands there."""
    spaced = (r"\s+".join(map(re.escape, name.split())) for name in _names(instrument))
    found = (re.search(name, provision.passage.words, re.IGNORECASE) for name in spaced)
    return min((match.end() for match in found if match), default=inf)


# ---- what is not what is meant


def _sources(provision: Provision) -> dict[tuple[str, str], set[str]]:
    """The paragraphs from which the words of a provision come, by treaty and article."""
    found: dict[tuple[str, str], set[str]] = {}
    for citation in provision.citations:
        if citation.as_source or citation.by_reference:
            for target in citation.targets:
                parts = target.path.split("/")
                if len(parts) > 3:
                    found.setdefault((parts[1], parts[2]), set()).add(parts[3])
    return found


def _empty_label(subject: Subject, provision: Provision) -> bool:
    words = provision.text or provision.by_reference or subject.children.get(provision.path)
    return provision.kind in _UNITS and not words and not provision.citations


def _meant(subject: Subject, outcome: Outcome) -> None:
    """References to a label without words, or carried over from a source in which other paragraphs have the numbers."""
    for provision, citation in _internal(subject):
        for target in _targets(subject, citation):
            outcome.examined += 1
            right = _carried_over(subject, provision, target)
            if _empty_label(subject, target):
                label = target.heading or target.label
                problem = f"The reference leads to a label without words, “{target.number}. {label}”."
            elif right is not None:
                problem = "The number is that of the source; here another paragraph has those words."
            else:
                continue
            suggestion = _renumbered(citation, right.number) if right is not None else ""
            outcome.flag("citation-error", Severity.A, provision, (citation.spans, citation.quote), problem, suggestion)


def _carried_over(subject: Subject, provision: Provision, target: Provision) -> Provision | None:
    """The paragraph beside `target` that has the words which in the source of `provision` have its number."""
    there = _sources(target)
    for source, _ in sorted(_sources(provision).items()):
        if source in there:
            continue
        for other in subject.children[target.parent]:
            if other is not target and other is not provision and _sources(other).get(source) == {target.number}:
                return other
    return None


def _shifted(subject: Subject, outcome: Outcome) -> None:
    """Exceptions from a paragraph that has nothing of the matter of the sentence, while one beside it has."""
    wording = findings_wording().references
    lead = re.compile(
        rf"(?i:{any_of(wording.exceptions)})\s+(?:(?i:{any_of(wording.between)})\s+)?$",
    )
    likeness = subject.likeness
    for provision, citation in _internal(subject):
        start, _ = subject.place(provision, citation.spans)
        targets = _targets(subject, citation)
        before = provision.passage.words[max(start - _SHORTLY_BEFORE, 0) : start]
        if len(targets) != 1 or not lead.search(before):
            continue
        target = targets[0]
        if target.kind is not Kind.PARAGRAPH or subject.article(target) is not subject.article(provision):
            continue
        outcome.examined += 1
        own = likeness.runs(provision)
        here = len(own & likeness.runs(target))
        beside = [
            (len(own & likeness.runs(other)), -abs(other.order - target.order), other.number)
            for other in subject.children[target.parent]
            if other.kind is target.kind and other.number and other not in (target, provision)
        ]
        best, _, number = max(beside, default=(0, 0, ""))
        if best >= wording.shared and best >= wording.times * here:
            problem = f"The words share little with that paragraph, and much with paragraph {number}."
            outcome.flag(
                "citation-error",
                Severity.A,
                provision,
                (citation.spans, citation.quote),
                problem,
                _renumbered(citation, number),
            )


def _ranges(subject: Subject, outcome: Outcome) -> None:
    """Ranges of paragraphs of an article that stop before its matter does."""
    wording = findings_wording().references
    joint = any_of(citation_wording().joints.to)
    seen: set[tuple[str, str]] = set()
    for provision, citation in _internal(subject):
        targets = _targets(subject, citation)
        if len(targets) < wording.range_holds or not re.search(rf"\d\s*{joint}\s*\d", citation.quote):
            continue
        outcome.examined += 1
        beside = [unit for unit in subject.children[targets[0].parent] if unit.kind is targets[0].kind]
        if any(target not in beside for target in targets) or provision in targets:
            continue
        after = beside[beside.index(targets[-1]) + 1 :]
        last = _last_of_sort(subject, targets, after, wording.range_like)
        if len(after) < wording.range_leaves or last is None or (provision.path, last.path) in seen:
            continue
        seen.add((provision.path, last.path))
        problem = f"The article goes on with matter of the same sort up to paragraph {last.number}."
        words = citation.spans, citation.quote
        suggestion = _renumbered(citation, last.number)
        outcome.flag("citation-error", Severity.A, provision, words, problem, suggestion)


def _last_of_sort(
    subject: Subject, targets: Sequence[Provision], after: Sequence[Provision], share: float
) -> Provision | None:
    """The last of the units `after` a range that is as like the range as a share of what its own units are."""
    likeness = subject.likeness
    whole = {unit.path: likeness.whole(unit) for unit in (*targets, *after)}

    def like(unit: Provision) -> float:
        others = [likeness.alike(whole[unit.path], whole[other.path]) for other in targets if other is not unit]
        return sum(sorted(others)[-3:]) / max(min(len(others), 3), 1)

    usual = sum(like(unit) for unit in targets) / len(targets)
    same = [unit for unit in after if like(unit) >= share * usual]
    return same[-1] if len(same) * 2 > len(after) else None


REFERENCE_CHECKS = (
    Check("reference-there", "Is there what it refers to?", "references within the submission", _there),
    Check(
        "reference-treaty-named",
        "Does it say of which treaty the article is?",
        "articles of treaties cited in a draft",
        _named,
    ),
    Check(
        "reference-meant",
        "Does what it refers to have words of its own, and those that it has in the source?",
        "paragraphs referred to within the submission",
        _meant,
    ),
    Check(
        "reference-matter",
        "Does a paragraph from which it makes an exception deal with its matter?",
        "exceptions from a paragraph of the submission",
        _shifted,
    ),
    Check(
        "reference-range", "Does the range hold all that is of its sort?", "ranges of paragraphs referred to", _ranges
    ),
)
