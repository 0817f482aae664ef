"""Checks of what stands in a draft for a provision that has no number yet: "[article on extradition]", "[article]"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...ingest.records import Citation, CitationKind, Kind, Provision, Resolution
from ...ontology.citing import CitationWording, any_of, citation_wording
from ...ontology.findings import findings_wording
from ..records import Severity
from .check import Check, Outcome, Subject
from .subjects import treaty

__all__ = ["PLACEHOLDER_CHECKS"]


_TELLING = 3
"""More words than these must stand together for a unit to be what they mean."""


def _placeholders(subject: Subject) -> Iterator[tuple[Provision, Citation]]:
    for provision in subject.submission.provisions:
        for citation in provision.citations:
            if citation.kind is CitationKind.PLACEHOLDER:
                yield provision, citation


def _topic(citation: Citation, wording: CitationWording) -> tuple[str, str]:
    """The unit that a placeholder names ("article", or nothing), and the words of its subject."""
    units, stand_ins = wording.units, wording.placeholders
    divisions = [word for division in units.divisions for word in (division.word, division.plural)]
    unit = any_of((*units.article, *units.articles, *divisions))
    link = any_of(stand_ins.links)
    words = " ".join(re.sub(r"<[^>]*>|[\[\]()]", " ", citation.quote).split())
    opened = re.match(rf"(?i:(?:the\s+)?(?P<unit>{unit}))(?!\w)", words)
    rest = words[opened.end() :] if opened else words
    named = re.search(rf"(?<!\w)(?i:{link})\s+", rest) if opened else None
    topic = rest[named.end() :] if named else "" if opened else rest
    return (opened["unit"] if opened else ""), topic.strip(" ,;.…")


def _bracketed(citation: Citation) -> bool:
    return citation.quote[:1] in "[("


def _filled(subject: Subject, outcome: Outcome) -> None:
    wording = citation_wording()
    for provision, citation in _placeholders(subject):
        outcome.examined += 1
        if citation.targets:
            continue
        words = citation.spans, citation.quote
        unit, topic = _topic(citation, wording)
        if len(subject.likeness.stems(topic)) == 0 or len(topic) < 4:
            problem = "This stands for a provision, but does not say for which."
            outcome.flag("unresolved-placeholder", Severity.A, provision, words, problem)
        elif not unit and not _bracketed(citation):
            problem = "This names a provision that the submission does not propose."
            outcome.flag("unresolved-reference", Severity.B, provision, words, problem)
        elif not _bracketed(citation):
            problem = f"This describes the {unit} meant in place of a number; the submission has none that it fits."
            outcome.flag("unresolved-placeholder", Severity.B, provision, words, problem)
        else:
            problem = "This stands for a provision, and no heading of the submission fits it."
            suggestion = "" if unit else f"[article on {topic}]"
            outcome.flag("unresolved-placeholder", Severity.B, provision, words, problem, suggestion)


def _titled(subject: Subject, outcome: Outcome) -> None:
    """Placeholders that lead to a provision under another title than the one that they give."""
    wording, limits = citation_wording(), findings_wording().placeholders
    likeness = subject.likeness
    for provision, citation in _placeholders(subject):
        unit, topic = _topic(citation, wording)
        found = [subject.by_path[target.path] for target in citation.targets if target.path in subject.by_path]
        if not topic or not found or citation.resolution is not Resolution.RESOLVED or not unit:
            continue
        outcome.examined += 1
        headings: list[str] = []
        for target in found:
            article = subject.article(target) or target
            headings += [entry.heading for entry in (target, article, *subject.children.get(target.path, ()))]
        there = frozenset(stem for heading in headings for stem in likeness.stems(heading))
        parts = _parts(topic)
        covered = {part: likeness.covered(likeness.stems(part), there) for part in parts}
        worst = min(parts, key=lambda part: covered[part])
        if covered[worst] >= limits.covered:
            continue
        missed = worst if len(parts) > 1 else topic
        title = " and ".join(dict.fromkeys(f"“{(subject.article(target) or target).heading}”" for target in found))
        problem = f"No heading of the submission says “{missed}”; the nearest is {title}."
        at = " ".join(citation.quote.split()).find(missed)
        words = citation.spans, citation.quote
        start, end = subject.place(provision, citation.spans)
        inside = provision.passage.words[start:end].find(missed)
        if len(parts) > 1 and at >= 0 and inside >= 0:
            words = subject.words(provision, start + inside, start + inside + len(missed))
        outcome.flag("label-mismatch", Severity.B, provision, words, problem, _where(subject, provision, missed))


def _where(subject: Subject, provision: Provision, topic: str) -> str:
    """The other article that has all words of the subject in one of its units, as what is meant."""
    likeness = subject.likeness
    wanted, own = likeness.stems(topic), subject.article(provision)
    holding = [
        (len(likeness.whole(unit)), unit.order, article.heading)
        for unit in subject.submission.provisions
        if wanted <= likeness.whole(unit) and unit.kind is Kind.PARAGRAPH
        if (article := subject.article(unit)) is not None and article is not own and article.heading
    ]
    return f"[article on {_lower(min(holding)[2])}]" if holding and len(wanted) > _TELLING else ""


def _lower(title: str) -> str:
    """A title as it goes on in a sentence; one that begins with an abbreviation or a number stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _parts(topic: str) -> list[str]:
    """The subjects that a list names, as far as they can stand alone.

    >>> _parts("expedited preservation of stored data and expedited disclosure of preserved data")
    ['expedited preservation of stored data', 'expedited disclosure of preserved data']
    >>> _parts("training and technical assistance; and prevention")
    ['training and technical assistance', 'prevention']
    """
    parts = [part for piece in topic.split(";") if (part := re.sub(r"^(?:and|or)\s+", "", piece.strip(" ,")))]
    if len(parts) == 1:
        halves = re.split(r"\s+and\s+", topic)
        if len(halves) == 2 and all(len(half.split()) > 3 for half in halves):
            return halves
    return parts


def _circular(subject: Subject, outcome: Outcome) -> None:
    """References by subject to what the provision itself is."""
    wording = citation_wording()
    for provision, citation in _placeholders(subject):
        _, topic = _topic(citation, wording)
        if not topic:
            continue
        outcome.examined += 1
        beside = subject.children[provision.parent]
        place = beside.index(provision)
        before = beside[place - 1] if place else None
        label = before if before and before.heading and not before.text and not before.by_reference else None
        holds = [provision, *_above(subject, provision), *([label] if label else [])]
        itself = any(target.path == unit.path for target in citation.targets for unit in holds)
        source = _source(subject, provision)
        if source is not None:
            key, number = source
            itself = itself or treaty(subject.reference, key).titled(topic) == number
        if itself:
            problem = f"The provision refers to itself: “{topic}” is what it is about."
            suggestion = _instead(subject, provision, citation, source) if source else ""
            words = citation.spans, citation.quote
            outcome.flag("citation-error", Severity.A, provision, words, problem, suggestion)


def _above(subject: Subject, provision: Provision) -> Iterator[Provision]:
    current = subject.by_path.get(provision.parent)
    while current is not None:
        yield current
        current = subject.by_path.get(current.parent)


def _source(subject: Subject, provision: Provision) -> tuple[str, str] | None:
    """The treaty and the number of the one article from which a provision comes, if its skeleton is held."""
    found = {
        (parts[1], parts[2])
        for citation in provision.citations
        if citation.as_source
        for target in citation.targets
        if len(parts := target.path.split("/")) > 2 and subject.reference.instruments[parts[1]].known
    }
    return found.pop() if len(found) == 1 else None


_REACH = 60
_NEIGHBOURS = 3


def _instead(subject: Subject, provision: Provision, citation: Citation, source: tuple[str, str]) -> str:
    """The article beside the source of whose title most stands right after the reference, as what is meant."""
    cited = treaty(subject.reference, source[0])
    _, end = subject.place(provision, citation.spans)
    said = provision.passage.words[end : end + _REACH]
    numbers = [number for number in cited.titles if number != source[1] and number.isdigit() and source[1].isdigit()]
    near = [number for number in numbers if abs(int(number) - int(source[1])) <= _NEIGHBOURS]
    best = max(near, key=lambda number: cited.fit(said, number), default="")
    return f"[article on {cited.titles[best].lower()}]" if best and cited.fit(said, best) else ""


PLACEHOLDER_CHECKS = (
    Check(
        "placeholder-filled",
        "Is there a provision for which it stands?",
        "provisions named by their subject",
        _filled,
    ),
    Check(
        "placeholder-title",
        "Does it give the provision its title?",
        "provisions named by their subject and found",
        _titled,
    ),
    Check(
        "reference-circular",
        "Does it lead to something else than the provision itself?",
        "provisions named by their subject",
        _circular,
    ),
)
