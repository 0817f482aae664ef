"""Checks of how a text is put together: what is glued, what is under the wrong title, what goes beyond its source."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from ...ingest.records import Citation, Kind, Provision, Resolution, Span
from ...ontology.citing import any_of
from ...ontology.findings import findings_wording
from ...ontology.wording import outline_wording
from ..records import Severity
from .check import Check, Outcome, Subject
from .subjects import Treaty, treaty

__all__ = ["STRUCTURE_CHECKS"]

_GLUED = frozenset({Kind.RECITAL, Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.ITEM, Kind.BULLET, Kind.CLOSING})
_BEFORE, _AFTER = 24, 24
_AROUND = 3
"""So many entries from one article make one from another article among them a likely slip."""


# ---- two units on one line


def _lines(subject: Subject, outcome: Outcome) -> None:
    """Units that stand on the line of the one before them, where others of their series have a line of their own."""
    text = subject.document.text
    for below in subject.children.values():
        units = [unit for unit in below if unit.kind in _GLUED]
        outcome.examined += len(units)
        on_one = [
            unit
            for before, unit in pairwise(units)
            if before.spans[-1].end <= unit.spans[0].start
            and "\n" not in text[before.spans[-1].end : unit.spans[0].start]
        ]
        if not on_one or len(on_one) * 2 >= len(units):
            continue
        for unit in on_one:
            start = unit.spans[0].start
            line = subject.document.text.rfind("\n", 0, start) + 1
            place = Span(max(start - _BEFORE, line), min(start + _AFTER, unit.spans[0].end))
            quoted = text[place.start : place.end]
            problem = "Two provisions stand on one line; the second begins a line of its own."
            outcome.flag("conversion-artefact", Severity.B, unit, ((place,), quoted), problem)


# ---- preambles


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{any_of(outline_wording().preamble.openers)})(?!\w)")


def _preamble(subject: Subject, outcome: Outcome) -> None:
    """Whether the speaker of a preamble stands apart from its first recital, and the preamble closes."""
    for below in subject.children.values():
        first = next((unit for unit in below if unit.kind in (Kind.CHAPEAU, Kind.RECITAL)), None)
        if first is None or all(unit.kind is not Kind.RECITAL for unit in below):
            continue
        outcome.examined += 1
        words = first.passage.words
        opener = _openers().search(words)
        speaks = opener is not None and opener.start() > 0 and re.search(r",\s*\W?$", words[: opener.start()])
        if opener is None or not speaks or len(words[: opener.start()].split()) > 12:
            continue
        ends = " and nothing closes the preamble (“Have agreed as follows”)"
        closed = any(unit.kind is Kind.CLOSING for unit in below)
        problem = f"Who speaks and the first recital run together{'' if closed else ends}."
        outcome.flag("structure", Severity.C, first, subject.words(first, 0, opener.end()), problem)


# ---- lists


def _lists(subject: Subject, outcome: Outcome) -> None:
    """Entries of a list that are sentences of their own, where the others go on with the sentence before the list."""
    wording = findings_wording().lists
    modal = re.compile(rf"(?<!\w)(?i:{any_of(wording.modals)})(?!\w)")
    relative = re.compile(rf"(?<!\w)(?i:{any_of(wording.relatives)})(?!\w)")
    verb = re.compile(rf"(?<!\w)(?i:{any_of(outline_wording().titles.verbs)})(?!\w)")

    def finite(unit: Provision) -> bool:
        """Whether a verb stands in the main clause: no relative clause is open where it stands."""
        words = unit.passage.words
        for found in modal.finditer(words):
            opened = [match.end() for match in relative.finditer(words, 0, found.start())]
            if not opened or verb.search(words, opened[-1], found.start()):
                return True
        return False

    for path, below in subject.children.items():
        above = subject.by_path.get(path)
        units = [unit for unit in below if unit.kind in (Kind.BULLET, Kind.SUBPARAGRAPH, Kind.ITEM)]
        if above is None or len(units) < 2 or not above.passage.words.rstrip().endswith((":", ";", "–", "—")):
            continue
        outcome.examined += len(units)
        sentences = [unit for unit in units if finite(unit)]
        forms = {_form(unit) for unit in units if unit not in sentences}
        ended = [unit for unit in sentences if unit.passage.words.rstrip().endswith(".")]
        whole = [unit for unit in ended if _form(unit) not in forms]
        if not whole or units[0] in sentences or len(sentences) * 2 >= len(units):
            continue
        more = " and what follows" if len(whole) > 1 else ""
        problem = f"This{more} is a sentence of its own and does not go on with the words before the list."
        unit = whole[0]
        outcome.flag("structure", Severity.B, unit, subject.all(unit), problem)


def _form(unit: Provision) -> str:
    """How an entry begins, where that shows what it is: a verb in -ing, "to", an article; else it is like no other."""
    first = re.match(r"\W*(\w+)", unit.passage.words)
    word = first[1].casefold() if first else ""
    if word in outline_wording().titles.determiners:
        return word
    return "ing" if word.endswith("ing") else unit.path


# ---- sources


def _source(provision: Provision) -> tuple[str, str] | None:
    """The treaty and the one article that a provision names as its source."""
    found = {
        tuple(target.path.split("/")[1:3])
        for citation in provision.citations
        if citation.as_source
        for target in citation.targets
        if target.path.startswith("instrument/")
        and target.path.count("/") > 1
        and target.resolution is not Resolution.NONEXISTENT
    }
    return next(iter(found)) if len(found) == 1 else None  # type: ignore[return-value]


def _held(subject: Subject, key: str) -> Treaty | None:
    instrument = subject.reference.instruments.get(key)
    return treaty(subject.reference, key) if instrument is not None and instrument.known else None


def _one_title(subject: Subject, outcome: Outcome) -> None:
    """Entries from several articles under the title of the first of them."""
    for path, below in subject.children.items():
        above = subject.by_path.get(path)
        sources = [(unit, source) for unit in below if (source := _source(unit)) is not None]
        if above is None or not above.heading or len(sources) < 2:
            continue
        outcome.examined += 1
        key, number = sources[0][1]
        cited = _held(subject, key)
        others = list(dict.fromkeys(source[1] for _, source in sources if source[0] == key and source[1] != number))
        appended = len(sources) > 3 and all(source[1] == number for _, source in sources[:-1])
        if cited is None or not others or appended or cited.titled(above.heading) != number:
            continue
        named = " and ".join(f"{other} ({cited.titles.get(other, '')})" for other in others)
        problem = f"The title is that of article {number}; below it stand also parts of article {named}."
        outcome.flag("structure", Severity.B, above, subject.words(above, 0, len(above.passage.words)), problem)


def _between(subject: Subject, outcome: Outcome) -> None:
    """Entries from another article than all around them, where that article has what they would have of it."""
    for below in subject.children.values():
        sources = [(unit, citation, steps) for unit in below for citation, steps in _only(unit)]
        outcome.examined += len(sources)
        for place, (unit, citation, steps) in enumerate(sources[1:-1], 1):
            around = [other for _, _, other in (*sources[:place], *sources[place + 1 :])]
            key, number = sources[place - 1][2][0][:2]
            cited = _held(subject, key)
            if (
                cited is None
                or len(around) < _AROUND
                or any(other[:2] != (key, number) for all_ in around for other in all_)
            ):
                continue
            wanted = [(number, *other[2:]) for other in steps]
            taken = {other[1:] for all_ in around for other in all_}
            if (
                steps[0][0] != key
                or steps[0][1] == number
                or any(step in taken or not cited.has(step) for step in wanted)
            ):
                continue
            problem = f"All around it comes from article {number}, which has such a part; this says {steps[0][1]}."
            words = citation.spans, citation.quote
            suggestion = re.sub(rf"(?<!\d){steps[0][1]}(?!\d)", number, " ".join(citation.quote.split()), count=1)
            outcome.flag("citation-error", Severity.A, unit, words, problem, suggestion)


def _only(unit: Provision) -> list[tuple[Citation, list[tuple[str, ...]]]]:
    """The one source of a unit, and the numbers of what it cites of one article, paragraphs or less."""
    sources = [citation for citation in unit.citations if citation.as_source]
    steps = [tuple(target.path.split("/")[1:]) for citation in sources for target in citation.targets]
    fine = len(sources) == 1 and all(len(step) > 2 for step in steps) and len({step[:2] for step in steps}) == 1
    return [(sources[0], steps)] if fine else []


def _shape(subject: Subject, outcome: Outcome) -> None:
    """Paragraphs of an article that its source, which it names as a whole, does not have."""
    for article in subject.submission.provisions:
        source = _source(article) if article.kind is Kind.ARTICLE else None
        cited = _held(subject, source[0]) if source is not None else None
        whole = any(
            target.path.count("/") == 2
            for citation in article.citations
            if citation.as_source
            for target in citation.targets
        )
        mine = [unit for unit in subject.children.get(article.path, ()) if unit.kind is Kind.PARAGRAPH and unit.number]
        if source is None or cited is None or not whole or not mine:
            continue
        outcome.examined += len(mine)
        theirs = cited.paragraphs(source[1])
        if not theirs or len(mine) != len(theirs) + 1:
            continue
        shapes = [_letters(subject, unit) for unit in mine]
        wanted = [cited.letters(source[1], number) for number in theirs]
        sizes = [_size(subject, unit) for unit in mine]
        lengths = [cited.size(source[1], number) for number in theirs]
        costs = []
        for extra in range(len(mine)):
            kept = [place for place in range(len(mine)) if place != extra]
            cost = sum(
                2.0 * (shapes[place] != wanted[order])
                + abs(sizes[place] - lengths[order]) / max(sizes[place], lengths[order], 1)
                for order, place in enumerate(kept)
            )
            costs.append((cost, extra))
        costs.sort()
        if len(costs) > 1 and costs[1][0] - costs[0][0] > 0.5 and costs[0][0] < len(theirs) / 2:
            unit = mine[costs[0][1]]
            title = f"article {source[1]} of the {cited.instrument.short_title}"
            problem = f"The article names {title} as its source, which has no such paragraph."
            outcome.flag("new-matter", Severity.B, unit, subject.all(unit), problem)


def _letters(subject: Subject, unit: Provision) -> int:
    return len([below for below in subject.children.get(unit.path, ()) if below.kind is Kind.SUBPARAGRAPH])


def _size(subject: Subject, unit: Provision) -> int:
    own = len(unit.text.split())
    return own + sum(
        _size(subject, below) for below in subject.children.get(unit.path, ()) if below.kind is not Kind.FOOTNOTE
    )


STRUCTURE_CHECKS = (
    Check("own-line", "Does it begin on a line of its own?", "units of a series", _lines),
    Check("preamble-speaker", "Does who speaks stand apart from the first recital?", "preambles", _preamble),
    Check("list-sentence", "Does it go on with the sentence before the list?", "entries of lists", _lists),
    Check(
        "source-title",
        "Does all below the title come from the article with that title?",
        "titles with sources below",
        _one_title,
    ),
    Check(
        "source-between",
        "Does it come from the same article as all around it, where that has such a part?",
        "entries with one source",
        _between,
    ),
    Check(
        "source-shape",
        "Has the source that the article names such a paragraph?",
        "paragraphs of articles with one source",
        _shape,
    ),
)
