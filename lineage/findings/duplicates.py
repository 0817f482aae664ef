"""Checks for what stands twice in a submission: paragraphs, whole articles, titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from ...ingest.records import Genre, Kind, Provision
from ...ontology.findings import findings_wording
from ..records import Severity
from .check import Check, Outcome, Subject

__all__ = ["DUPLICATE_CHECKS"]

_DIVISIONS = frozenset({Kind.CHAPTER, Kind.SECTION, Kind.HEADING})
_UNITS = frozenset({Kind.PARAGRAPH, Kind.CHAPEAU, Kind.SUBPARAGRAPH, Kind.ITEM})


def _articles(subject: Subject) -> list[Provision]:
    if subject.submission.genre is not Genre.DRAFT:
        return []
    return [unit for unit in subject.submission.provisions if unit.kind is Kind.ARTICLE]


def _units(subject: Subject) -> dict[str, list[Provision]]:
    """The units with words of their own, by the path of their article."""
    found: dict[str, list[Provision]] = {}
    for provision in subject.submission.provisions:
        imports = provision.by_reference or any(citation.by_reference for citation in provision.citations)
        if provision.kind in _UNITS and provision.text and not imports:
            article = subject.article(provision)
            if article is not None:
                found.setdefault(article.path, []).append(provision)
    return found


def _length(provision: Provision) -> int:
    return len(provision.passage.words.split())


# ---- the same words


def _twins(subject: Subject) -> Iterator[tuple[Provision, Provision, float]]:
    """Each unit that says in the same words what one of another article says: the earlier one, it, and the share."""
    wording = findings_wording().duplicates
    likeness = subject.likeness
    places: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for path, units in _units(subject).items():
        for unit in units:
            length = _length(unit)
            if length < wording.least:
                continue
            within = length >= wording.article_words
            runs = likeness.own_runs(unit)
            shared = Counter(
                other for run in runs for other_path, other in places.get(run, ()) if within or other_path != path
            )
            if shared:
                count, other_key = max((count, other_key) for other_key, count in shared.items())
                other = subject.by_path[other_key]
                most = max(len(runs), len(likeness.own_runs(other)))
                if count >= wording.words * most:
                    yield other, unit, count / most
            for run in runs:
                places.setdefault(run, []).append((path, unit.path))


def _words_twice(subject: Subject, outcome: Outcome) -> None:
    """Paragraphs and articles whose words stand in another article too; those that follow one another make one."""
    wording = findings_wording().duplicates
    units = _units(subject)
    outcome.examined += sum(len(of_article) for of_article in units.values())
    pairs: dict[tuple[str, str], list[tuple[Provision, Provision, float]]] = {}
    for earlier, later, share in _twins(subject):
        one, other = subject.article(earlier), subject.article(later)
        if one is not None and other is not None:
            pairs.setdefault((one.path, other.path), []).append((earlier, later, share))
    for (one_path, other_path), both in pairs.items():
        if one_path == other_path:
            for earlier, later, share in both:
                if share >= wording.within:
                    problem = f"This stands in the same article already, as {earlier.number or 'another paragraph'}."
                    outcome.flag("duplicate", Severity.B, later, subject.all(later), problem)
            continue
        whole = len(both) == len(units[other_path])
        twins = [(earlier, later) for earlier, later, share in both if whole or share >= wording.same]
        total = sum(_length(later) for _, later in twins)
        if total < wording.paragraph_words and not (whole and total >= wording.article_words):
            continue
        first = [entry[0] for entry in twins]
        paragraphs = all(unit.kind is Kind.PARAGRAPH and unit.number for unit in first)
        numbers = " and ".join(dict.fromkeys(unit.number for unit in first)) if paragraphs else ""
        what = "This is" if len(first) == 1 else f"Paragraphs {numbers} are" if numbers else "This and what follows is"
        where = subject.by_path[other_path]
        name = f"“{where.heading}”" if where.heading else where.number
        again = f"as the article {name}" if whole else f"in the article {name}"
        problem = f"{what} proposed again, nearly in the same words, {again}."
        outcome.flag("duplicate", Severity.B, first[0], subject.all(first[0]), problem)


# ---- the same in other words


def _substance_twice(subject: Subject, outcome: Outcome) -> None:
    """Articles of one chapter that say the same unit by unit, in words that hardly any other article uses."""
    wording = findings_wording().duplicates
    likeness = subject.likeness
    units = _units(subject)
    articles = [article for article in _articles(subject) if len(units.get(article.path, ())) > 1]
    counts = Counter(stem for article in _articles(subject) for stem in likeness.whole(article))
    outcome.examined += len(articles)
    for one, other in combinations(articles, 2):
        mine, theirs = units[one.path], units[other.path]
        if one.parent != other.parent or len(mine) != len(theirs):
            continue
        if [unit.number for unit in mine] != [unit.number for unit in theirs]:
            continue
        alike = [
            likeness.alike(likeness.stems(a.passage.words), likeness.stems(b.passage.words))
            for a, b in zip(mine, theirs, strict=True)
        ]
        whole, both = likeness.whole(one), likeness.whole(one) & likeness.whole(other)
        alone = [stem for stem in both if counts[stem] == 2]
        least = min(len(whole), len(likeness.whole(other)))
        if sum(alike) / len(alike) >= wording.substance and len(alone) >= wording.alone * least:
            problem = f"This article has the substance of the article “{one.heading}”, in other words."
            outcome.flag("duplicate", Severity.B, other, subject.all(other), problem)


# ---- titles


def _titles(subject: Subject, outcome: Outcome) -> None:
    wording = findings_wording().duplicates
    likeness = subject.likeness
    articles = [article for article in _articles(subject) if article.heading]
    outcome.examined += len(articles)
    for article in articles:
        above = subject.by_path.get(article.parent)
        while above is not None and not above.heading:
            above = subject.by_path.get(above.parent)
        if above is not None and above.kind in _DIVISIONS and _same(above.heading, article.heading):
            problem = "The article has the same title as the part that it stands in."
            outcome.flag("duplicate", Severity.C, article, subject.all(article), problem)
    for one, other in combinations(articles, 2):
        mine, theirs = likeness.stems(one.heading), likeness.stems(other.heading)
        like = min(len(mine), len(theirs)) >= wording.title_words and likeness.alike(mine, theirs) >= wording.title
        beside = one.parent == other.parent  # two parts of a treaty may each have an article on "Objectives"
        if not like and not (beside and _same(one.heading, other.heading)):
            continue
        problem = f"Another article has nearly the same title, “{one.heading}”."
        if _same(one.heading, other.heading):
            problem = "Another article has the same title."
        outcome.flag("duplicate", Severity.B, other, subject.all(other), problem)


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


DUPLICATE_CHECKS: Sequence[Check] = (
    Check(
        "words-twice",
        "Do its words stand in this article only?",
        "paragraphs and items with words of their own",
        _words_twice,
    ),
    Check(
        "substance-twice",
        "Is there no other article of the chapter with the same substance?",
        "articles of several units",
        _substance_twice,
    ),
    Check("title-twice", "Has nothing else in the submission its title?", "titles of articles", _titles),
)
