"""Checks of the treaties that a document cites: whether what is cited exists, and is about the same thing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ...ingest.records import Citation, CitationKind, Genre, Kind, Provision, Resolution
from ..records import Severity
from .check import Check, Outcome, Subject
from .subjects import Treaty, treaty

__all__ = ["CITATION_CHECKS"]

_DIVISIONS = frozenset({Kind.CHAPTER, Kind.SECTION, Kind.HEADING})


def _cited(subject: Subject) -> Iterator[tuple[Provision, Citation, Treaty]]:
    """Every citation of provisions of one treaty whose skeleton is held."""
    for provision in subject.submission.provisions:
        for citation in provision.citations:
            if citation.kind is not CitationKind.INSTRUMENT or citation.bare:
                continue
            keys = {target.path.split("/")[1] for target in citation.targets if target.path.count("/") > 1}
            if len(keys) == 1 and (instrument := subject.reference.instruments[keys.pop()]).known:
                yield provision, citation, treaty(subject.reference, instrument.id)


def _steps(citation: Citation) -> list[tuple[str, ...]]:
    return [tuple(target.path.split("/")[2:]) for target in citation.targets]


def _articles(citation: Citation) -> list[str]:
    return list(dict.fromkeys(steps[0] for steps in _steps(citation) if steps))


def _with(citation: Citation, wrong: str, right: str) -> str:
    """The citation as printed, with another number."""
    return re.sub(rf"(?<!\d){re.escape(wrong)}(?!\d)", right, " ".join(citation.quote.split()), count=1)


# ---- what does not exist


def _exists(subject: Subject, outcome: Outcome) -> None:
    for provision, citation, cited in _cited(subject):
        outcome.examined += 1
        if citation.resolution is Resolution.NONEXISTENT:
            missing = [
                steps
                for steps, target in zip(_steps(citation), citation.targets, strict=True)
                if target.resolution is Resolution.NONEXISTENT
            ]
            problem = f"What is cited does not exist: {cited.lacks(missing[0])}."
            suggestion = _existing(subject, provision, citation, cited, missing)
            outcome.flag("citation-error", Severity.A, provision, (citation.spans, citation.quote), problem, suggestion)


def _existing(
    subject: Subject, provision: Provision, citation: Citation, cited: Treaty, missing: Sequence[tuple[str, ...]]
) -> str:
    """The citation with the number of the article that has what is cited, where one can be told."""
    wrong = missing[0][0]
    if len(missing[0]) < 2 or len(missing) != len(citation.targets) or any(steps[0] != wrong for steps in missing):
        return ""
    having = [number for number in cited.titles if all(cited.has((number, *steps[1:])) for steps in missing)]
    right = next((number for number in _beside(subject, provision, cited) if number in having), "")
    if not right:
        said = _said(subject, provision, citation)
        best = max(having, key=lambda number: cited.fit(said, number), default="")
        right = best if best and cited.fit(said, best) >= cited.wording.fits else ""
    return _with(citation, wrong, right) if right else ""


def _beside(subject: Subject, provision: Provision, cited: Treaty) -> Iterator[str]:
    """The articles of the same treaty that the units beside `provision` cite, the nearest first, then what is above."""
    units = [unit for unit in subject.children[provision.parent] if unit is not provision]
    units.sort(key=lambda unit: (abs(unit.order - provision.order), unit.order))
    above = subject.by_path.get(provision.parent)
    for unit in (*units, *((above,) if above else ())):
        for citation in unit.citations:
            if any(target.path.startswith(f"{cited.instrument.path}/") for target in citation.targets):
                yield from _articles(citation)


# ---- what is about something else

_SENTENCE = re.compile(r"(?<=[a-z)\]][a-z)\]][.;:])\s+")
_LEAST = 15


def _said(subject: Subject, provision: Provision, citation: Citation) -> str:
    """What is said of what is cited: the words of its sentence before it, after what is cited there already."""
    start, _ = subject.place(provision, citation.spans)
    ends = subject.citation_ends[provision.path]
    before = bisect_right(ends, start)
    done = ends[before - 1] if before else 0
    sentences = _SENTENCE.split(provision.passage.words[done:start])
    return next((sentence for sentence in reversed(sentences) if len(sentence) > _LEAST), "")


def _about(subject: Subject, outcome: Outcome) -> None:
    for provision, citation, cited in _cited(subject):
        numbers = [number for number in _articles(citation) if number in cited.titles]
        said = _said(subject, provision, citation)
        if not said or not numbers or citation.resolution is Resolution.NONEXISTENT:
            continue
        outcome.examined += 1
        around = subject.article(provision)
        above = subject.by_path.get(provision.parent)
        better = cited.better(
            said,
            numbers,
            around.heading if around is not None else "",
            above.passage.words if above is not None else "",
        )
        if better:
            named = " and ".join(f"article {number} ({cited.titles[number]})" for number in numbers)
            problem = f"The words speak of the subject of article {better} ({cited.titles[better]}), not of {named}."
            suggestion = _with(citation, numbers[0], better) if len(numbers) == 1 else ""
            outcome.flag("citation-error", Severity.A, provision, (citation.spans, citation.quote), problem, suggestion)


# ---- headings and their sources


def _headed(subject: Subject, outcome: Outcome) -> None:
    for provision, citation, cited in _cited(subject):
        if not (citation.as_source or citation.by_reference):
            continue
        headed = provision if provision.heading else _alone_below(subject, provision)
        numbers = [number for number in _articles(citation) if number in cited.titles]
        whole = provision.kind is Kind.ARTICLE or all(len(steps) == 1 for steps in _steps(citation))
        if headed is None or not numbers or not whole:
            continue
        outcome.examined += 1
        titled = cited.titled(headed.heading)
        right = titled if titled not in numbers else ""
        if not right and any(cited.shares(headed.heading, number) for number in numbers):
            continue
        titles = " and ".join(f"“{cited.titles[number]}”" for number in numbers)
        problem = f"The heading has nothing in common with the title of the article that it cites, {titles}."
        suggestion = cited.titles[numbers[0]]
        if right:
            problem = f"The heading is the title of article {right}, not of what is cited, {titles}."
            suggestion = _with(citation, numbers[0], right) if len(numbers) == 1 else ""
        words = subject.words(headed, 0, len(headed.passage.words))
        outcome.flag("label-mismatch", Severity.B, headed, words, problem, suggestion)


def _alone_below(subject: Subject, provision: Provision) -> Provision | None:
    """The heading right above a unit that stands alone below it."""
    above = subject.by_path.get(provision.parent)
    alone = len(subject.children[provision.parent]) == 1
    return above if above is not None and above.heading and alone else None


def _under_heading(subject: Subject, outcome: Outcome) -> None:
    """In a commentary, whether what the statements under a heading cite has to do with the heading."""
    if subject.submission.genre is not Genre.COMMENTARY:
        return
    found: dict[str, list[tuple[Provision, Citation, Treaty]]] = {}
    for provision, citation, cited in _cited(subject):
        current: Provision | None = provision
        while current is not None and current.kind not in _DIVISIONS:
            current = subject.by_path.get(current.parent)
        if current is not None and citation.resolution is not Resolution.NONEXISTENT:
            found.setdefault(current.path, []).append((provision, citation, cited))
    for path, cited_there in found.items():
        heading = subject.by_path[path].heading
        outcome.examined += 1
        titled = [(cited, number) for _, _, cited in cited_there if (number := cited.titled(heading))]
        names = cited_there[0][2].names
        if (
            not titled
            or names.named(heading) in names.chapters
            or any(cited.says(heading, number) for _, citation, cited in cited_there for number in _articles(citation))
        ):
            continue
        provision, first, _ = cited_there[0]
        last = next(entry for entry in reversed(cited_there) if entry[0] is provision)[1]
        start, end = subject.place(provision, first.spans)[0], subject.place(provision, last.spans)[1]
        missing = dict.fromkeys(f"article {number} of the {cited.instrument.short_title}" for cited, number in titled)
        problem = f"Nothing that is cited here has to do with the heading, “{heading}”; other articles have that title."
        words = subject.words(provision, start, end)
        outcome.flag("label-mismatch", Severity.C, provision, words, problem, " and ".join(missing))


# ---- citations that leave something out


def _complete(subject: Subject, outcome: Outcome) -> None:
    """In a commentary, whether the paragraphs cited cover what the words name of the matter of their article."""
    if subject.submission.genre is not Genre.COMMENTARY:
        return
    for provision, citation, cited in _cited(subject):
        steps = _steps(citation)
        if not all(len(step) > 1 for step in steps) or len({step[0] for step in steps}) != 1:
            continue
        outcome.examined += 1
        article = f"{cited.instrument.path}/{steps[0][0]}"
        of = cited.reference.concepts_of
        here = {concept for step in steps for concept in of("/".join((cited.instrument.path, *step)))} | set(
            of(article)
        )
        for concept, _, _ in cited.names.in_words(_said(subject, provision, citation)):
            other = [number for number in cited.paragraphs(steps[0][0]) if concept in of(f"{article}/{number}")]
            if concept in here or not 0 < len(other) < 3:
                continue
            label = subject.reference.name(f"concept/{concept}")
            problem = f"The words also speak of {label}, which the paragraphs cited do not deal with."
            suggestion = "add paragraph " + " and ".join(other)
            words = citation.spans, citation.quote
            outcome.flag("citation-incomplete", Severity.B, provision, words, problem, suggestion)
            break


CITATION_CHECKS = (
    Check("treaty-citation-exists", "Does every provision that it cites exist?", "citations of treaties", _exists),
    Check(
        "treaty-citation-subject",
        "Is what it cites about what its words speak of?",
        "citations of treaties with words before them",
        _about,
    ),
    Check(
        "treaty-citation-complete",
        "Do the paragraphs that it cites cover what its words name?",
        "citations of paragraphs of treaties in commentary",
        _complete,
    ),
    Check(
        "heading-source",
        "Does the heading fit the article that it cites as its source?",
        "headings with a source",
        _headed,
    ),
    Check(
        "heading-citations",
        "Is anything that is cited below it about what the heading says?",
        "headings of commentary with citations of treaties below them",
        _under_heading,
    ),
)
