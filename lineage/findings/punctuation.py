"""Checks of punctuation: brackets, quotation marks, the marks of lists and sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...ingest.records import Genre, Kind, Provision, Span
from ...ontology.usage import usage
from ..records import Severity
from .check import Check, Outcome, Subject
from .tokens import Tokens

__all__ = ["PUNCTUATION_CHECKS"]

ROUND = {"(": ")"}
SQUARE = {"[": "]"}
LABEL = re.compile(r"(?:^|[\s;,:])(?:[a-z]{1,4}|[0-9]{1,3}|[A-Z])\)")
LISTED = frozenset({Kind.SUBPARAGRAPH, Kind.ITEM, Kind.BULLET})
BROKEN = re.compile(
    r"�|(?<=paragraph)\d|(?<=paragraphs)\d|(?<=article)\d|(?<=articles)\d|(?<=section)\d"
    r"|(?<=[a-z]{3})[,;:](?=[a-z]{3})|(?<=[a-z]{3})\.(?=[A-Z][a-z]{2})"
)
ADDRESS = re.compile(r"\S*(?://|www\.|@)\S*|\S+\.(?:org|int|com|net|gov|un|edu)\b\S*")
INSIDE = 5
"""A bracket that closes within a phrase is told only where it holds so many words."""
TRUSTED = 10
"""Where more than one square bracket in so many lacks its partner, they are not set in pairs, and tell nothing."""
WITHIN, BEYOND, COMMON = 2, 1, 2
"""So many words before and after a bracket make a phrase, if they stand together elsewhere so often."""


def _brackets(subject: Subject, outcome: Outcome) -> None:
    """Round brackets and quotation marks close in their passage, square ones in their article."""
    for read in subject.tokens:
        text = read.text
        marks = sum(text.count(mark) for mark in "()[]“”")
        if not marks:
            continue
        outcome.examined += marks
        numbered = LABEL.sub(lambda label: label[0][:-1] + " ", text) if text.count(")") > text.count("(") else text
        for opening, closing in (("(", ")"), ("“", "”")):
            place = _unmatched(numbered, opening, closing)
            if place >= 0 and not (
                closing == "”" and numbered[place] == opening and read.provision.path in subject.children
            ):
                words = _around(subject, read, place)
                said = "closes without being opened" if numbered[place] == closing else "is not closed"
                outcome.flag("punctuation", Severity.C, read.provision, words, f"“{text[place]}” {said}.")
    unpaired = list(_square(subject))
    squares = sum(read.text.count("[") + read.text.count("]") for read in subject.tokens)
    if len(unpaired) * TRUSTED <= max(squares, TRUSTED):
        for read, place in unpaired:
            said = "closes without being opened" if read.text[place] == "]" else "is not closed"
            words = _around(subject, read, place)
            outcome.flag("punctuation", Severity.C, read.provision, words, f"“{read.text[place]}” {said}.")


def _square(subject: Subject) -> Iterator[tuple[Tokens, int]]:
    """Square brackets without a partner in their article, the brackets of its labels counted."""
    for reads in _articles(subject):
        opened: list[tuple[Tokens, int]] = []
        for read in reads:
            opened += [(read, -1)] * read.provision.label.count("[")
            for place, mark in enumerate(read.text):
                if mark == "[":
                    opened.append((read, place))
                elif mark == "]" and opened:
                    opened.pop()
                elif mark == "]":
                    yield read, place
        yield from ((read, place) for read, place in opened if place >= 0)


def _articles(subject: Subject) -> Iterator[list[Tokens]]:
    """The passages of each article together; what stands in none, alone."""
    together: dict[str, list[Tokens]] = {}
    for read in subject.tokens:
        article = subject.article(read.provision)
        together.setdefault(article.path if article else read.provision.path, []).append(read)
    yield from together.values()


def _unmatched(text: str, opening: str, closing: str) -> int:
    """Where the first mark stands that has no partner; -1 if each has."""
    opened: list[int] = []
    for place, mark in enumerate(text):
        if mark == opening:
            opened.append(place)
        elif mark == closing:
            if not opened:
                return place
            opened.pop()
    return opened[0] if opened else -1


def _around(subject: Subject, read: Tokens, place: int) -> tuple[tuple[Span, ...], str]:
    """The mark and the words beside it."""
    index = max(i for i, start in enumerate(read.starts) if start <= place)
    first, last = max(0, index - 2), min(len(read.starts) - 1, index + 2)
    return subject.words(read.provision, read.starts[first], read.end(last))


def _phrases(subject: Subject, outcome: Outcome) -> None:
    """A bracket that closes in the middle of a phrase: "[... instrument of ratification], acceptance, approval or"."""
    doubtful: dict[tuple[str, ...], list[tuple[Tokens, int, int, int]]] = {}
    for read in subject.tokens:
        opened: list[int] = []
        for index, word in enumerate(read.low):
            if word == "[":
                opened.append(index)
            elif word == "]" and opened:
                outcome.examined += 1
                first = opened.pop()
                inside = [other for other in range(first + 1, index) if read.low[other][0].isalnum()]
                after = [other for other in range(index + 1, len(read.low)) if read.low[other][0].isalnum()][:BEYOND]
                if len(inside) >= INSIDE and len(after) == BEYOND and read.low[index + 1] == ",":
                    edge = tuple(read.low[other] for other in [*inside[-WITHIN:], *after])
                    doubtful.setdefault(edge, []).append((read, first, inside[-WITHIN], after[-1]))
    if not doubtful:
        return
    phrases = Counter(phrase for read in subject.tokens for phrase in _runs(read) if phrase in doubtful)
    for edge, places in doubtful.items():
        for read, first, start, last in places if phrases[edge] >= COMMON else ():
            words = subject.words(read.provision, read.starts[first], read.end(last))
            phrase = read.between(start, last)
            problem = f"The bracket closes within the phrase “{phrase}”, so that it is not clear how much it holds."
            outcome.flag("punctuation", Severity.B, read.provision, words, problem)


def _runs(read: Tokens) -> Iterator[tuple[str, ...]]:
    """Each phrase of the passage over which no bracket closes."""
    for stretch in re.split(r"[\[\]]", " ".join(read.low)):
        words = [word for word in stretch.split() if word[0].isalnum()]
        yield from zip(*(words[shift:] for shift in range(WITHIN + BEYOND)), strict=False)


def _lists(subject: Subject, outcome: Outcome) -> None:
    """The words before a list end with a colon; an item that is not the last ends as the others do."""
    for read in subject.tokens:
        items = [
            child for child in subject.children.get(read.provision.path, ()) if child.kind in LISTED and child.text
        ]
        if len(items) < 2:
            continue
        outcome.examined += 1 + len(items)
        mark = read.text.rstrip()[-1:]
        if mark == ";" or mark == ",":
            last = len(read.starts) - 1
            words = subject.words(read.provision, read.starts[max(0, last - 2)], read.end(last))
            name = "semicolon" if mark == ";" else "comma"
            problem = f"A {name} stands before the list, where a colon is due."
            outcome.flag(
                "punctuation", Severity.C, read.provision, words, problem, read.between(last - 1, last)[:-1] + ":"
            )
        _items(subject, items, outcome)


def _items(subject: Subject, items: list[Provision], outcome: Outcome) -> None:
    ends = [_end(item) for item in items]
    within = ends[:-1]
    if within.count(";") <= len(within) / 2 or len(within) < 3:
        return
    for item, mark in zip(items[:-1], within, strict=True):
        text = item.passage.words.rstrip()
        whole = any(
            read.provision is item and not usage().grammar.finite.isdisjoint(read.low) for read in subject.tokens
        )
        if mark == "." and item.path not in subject.children and ". " not in text and not whole:
            start = text.rfind(" ", 0, len(text) - 2) + 1
            words = subject.words(item, start, len(text))
            problem = "A full stop ends an item in the middle of a list whose other items end with a semicolon."
            outcome.flag("punctuation", Severity.C, item, words, problem, text[start:-1].strip() + ";")


def _end(provision: Provision) -> str:
    text = re.sub(r",?;?\s*(?:and|or|and/or)$", ";", provision.passage.words.rstrip())
    return text[-1:]


def _marks(subject: Subject, outcome: Outcome) -> None:
    """Marks that are wrong one after the other, and marks without the space that is due after them."""
    doubled = re.compile("|".join(usage().punctuation.doubled))
    for read in subject.tokens:
        outcome.examined += 1
        for found in doubled.finditer(read.text):
            before = read.text[: found.start()].rsplit(" ", 1)[-1].lower()
            if before in usage().punctuation.abbreviations or "[" in read.text[found.start() - 1 : found.end() + 1]:
                continue
            words = subject.words(read.provision, max(0, found.start() - 10), found.end())
            problem = f"“{found[0]}”: one mark is too many."
            outcome.flag("punctuation", Severity.C, read.provision, words, problem)
        for found in BROKEN.finditer(read.text):
            start = read.text.rfind(" ", 0, found.start()) + 1
            end = read.text.find(" ", found.end())
            end = end if end > 0 else len(read.text)
            printed = read.text[start:end]
            if ADDRESS.match(printed):
                continue
            words = subject.words(read.provision, start, end)
            told = "A character was lost" if found[0] == "�" else f"A space is missing in “{printed}”"
            outcome.flag("conversion-artefact", Severity.C, read.provision, words, f"{told} in conversion.")


def _stops(subject: Subject, outcome: Outcome) -> None:
    """Numbered paragraphs of a draft end with a full stop."""
    if subject.submission.genre is not Genre.DRAFT:
        return
    paragraphs = [
        read
        for read in subject.tokens
        if read.provision.kind is Kind.PARAGRAPH
        and read.provision.number
        and read.provision.path not in subject.children
    ]
    outcome.examined += len(paragraphs)
    stopped = sum(read.text.rstrip(" ”\"')]").endswith(".") for read in paragraphs)
    if stopped < 0.9 * len(paragraphs):
        return
    for read in paragraphs:
        text = read.text.rstrip(" ”\"')]")
        if text and text[-1].islower() and not usage().grammar.finite.isdisjoint(read.low):
            last = len(read.starts) - 1
            words = subject.words(read.provision, read.starts[max(0, last - 2)], read.end(last))
            outcome.flag("punctuation", Severity.C, read.provision, words, "The full stop is missing.")


PUNCTUATION_CHECKS = (
    Check("bracket-closes", "Is each opened, and closed?", "brackets and quotation marks", _brackets),
    Check("bracket-keeps-phrases", "Does it hold whole phrases?", "square brackets", _phrases),
    Check("list-is-punctuated", "Do lists have their marks?", "items of lists and words before them", _lists),
    Check("mark-is-single", "Are marks single, and set apart?", "passages", _marks),
    Check("paragraph-has-stop", "Does it end with a full stop?", "numbered paragraphs", _stops),
)
