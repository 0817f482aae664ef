"""What each printed number means, told from the series it belongs to and not from how it looks.

"(i)" is a letter after "(h)" and a roman numeral after "(b)"; "2. Public sector" heads an article where the articles
of a submission are numbered through, and opens a paragraph where paragraphs are. Each reading of a label continues,
opens or breaks a series; the cheapest reading of the whole submission wins. The search is a beam search over the open
series (Viterbi with a bounded number of states), linear in the number of labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from .labels import Label, Sign, letter_index, roman_value

__all__ = ["Level", "Step", "StepKind", "readings"]

BEAM = 12
"""States kept after each step. On the shipped corpus 4 already give the same outline."""

# What a reading costs. Only the order of the figures matters: going on is free, opening a series is cheap, a gap is
# dear, a step back is dearest. None was fitted to a document.
OPEN_ITEMS = 0.3
OPEN_ITEMS_WITHOUT_LETTER = 0.6
RESUME_RUNNING = 0.4
TITLE_AS_PARAGRAPH = 0.6
SUBHEADING = 0.5
JOIN_LATE = 0.8
OPEN_ARTICLES = 1.3
GAP = 2.0
LIST_WITHOUT_CHAPEAU = 1.5
EMPTY_ARTICLE = 3.0
REPEAT = 3.5


class Level(Enum):
    """What a label turns out to number."""

    ARTICLE = "article"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    ITEM = "item"


class StepKind(Enum):
    """What comes next in the submission, as far as numbering goes."""

    DIVISION = "division"
    ARTICLE = "article"
    TEXT = "text"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a heading, words without a label, or a `label` (then `title`: its words read like a title).

    `chained`: the label stands right after another one on its line, or is followed by one.
    """

    kind: StepKind
    label: Label | None = None
    title: bool = False
    chained: bool = False


class _Open(NamedTuple):
    """The open series: the last number of each, 0 where none is open; whether the letters are capitals."""

    article: int = 0
    subheading: int = 0
    paragraph: int = 0
    running: int = 0
    letter: int = 0
    roman: int = 0
    empty: bool = False
    interrupted: bool = False
    capital: bool = False


def readings(steps: Sequence[Step]) -> list[Level | None]:
    """The level of each step's label; None for steps without one."""
    beam: dict[_Open, float] = {_Open(): 0.0}
    trail: list[dict[_Open, tuple[_Open, Level | None]]] = []
    for step in steps:
        best: dict[_Open, tuple[float, _Open, Level | None]] = {}
        for state, cost in beam.items():
            for extra, following, level in _moves(state, step):
                known = best.get(following)
                if known is None or cost + extra < known[0]:
                    best[following] = (cost + extra, state, level)
        kept = sorted(best.items(), key=lambda entry: (entry[1][0], entry[0]))[:BEAM]
        trail.append({state: (before, level) for state, (_, before, level) in kept})
        beam = {state: cost for state, (cost, _, _) in kept}
    levels: list[Level | None] = []
    state = min(beam, key=lambda candidate: (beam[candidate], candidate))
    for came_from in reversed(trail):
        state, level = came_from[state]
        levels.append(level)
    return levels[::-1]


def _moves(state: _Open, step: Step) -> Iterator[tuple[float, _Open, Level | None]]:
    if step.kind is StepKind.TEXT:
        yield 0.0, state._replace(empty=False, interrupted=True), None
    elif step.kind is StepKind.DIVISION:
        yield 0.0, _Open(article=state.article, running=state.running), None
    elif step.kind is StepKind.ARTICLE:
        yield 0.0, _Open(article=state.article, running=state.running, empty=True), None
    elif step.label is not None and step.label.sign is Sign.DIGIT:
        yield from _digit(state, step, step.label)
    elif step.label is not None:
        yield from _letter(state, step, step.label)


def _digit(state: _Open, step: Step, label: Label) -> Iterator[tuple[float, _Open, Level | None]]:
    if "." in label.number:  # "2.1" says itself where it stands
        yield 0.0, state._replace(letter=0, roman=0, empty=False, interrupted=False), Level.PARAGRAPH
        return
    found = re.match(r"\d+", label.number)
    number = int(found.group()) if found else 0
    inserted = not label.number.isdigit()  # "6bis" stands after 6 without breaking the series
    if state.paragraph:
        if number == state.paragraph + 1 or (number == state.paragraph and (step.chained or inserted)):
            cost = 0.0
        else:
            cost = GAP if number > state.paragraph else REPEAT
    elif number == 1:
        cost = 0.0
    else:
        cost = RESUME_RUNNING if state.running and number == state.running + 1 else GAP
    if step.title:
        cost += TITLE_AS_PARAGRAPH
    again = number == state.paragraph and step.chained
    yield (
        cost,
        state._replace(
            paragraph=number,
            running=number,
            letter=state.letter if again else 0,
            roman=0,
            empty=False,
            interrupted=False,
        ),
        Level.PARAGRAPH,
    )
    if step.title:
        cost = 0.0 if state.article and number == state.article + 1 else OPEN_ARTICLES if number == 1 else EMPTY_ARTICLE
        if state.empty:
            cost += EMPTY_ARTICLE
        yield cost, _Open(article=number, empty=True), Level.ARTICLE


def _letter(state: _Open, step: Step, label: Label) -> Iterator[tuple[float, _Open, Level | None]]:
    index, value = letter_index(label.series), roman_value(label.series)
    inserted, capital = label.series != label.number, label.number[0].isupper()
    if capital:
        value = index  # "(a) (A)": capitals may stand below small letters, as romans do
    if index:
        if state.letter and capital is not state.capital:
            cost = REPEAT
        elif state.letter and (index == state.letter + 1 or (inserted and index == state.letter)):
            cost = 0.0
        elif index == 1:
            cost = 0.0 if not state.letter or state.interrupted else REPEAT
            cost += LIST_WITHOUT_CHAPEAU if state.empty else 0.0
        else:
            cost = JOIN_LATE if step.chained and not state.letter else GAP + OPEN_ITEMS
        opened = state._replace(letter=index, roman=0, empty=False, interrupted=False, capital=capital)
        yield cost, opened, Level.SUBPARAGRAPH
        if step.title and (state.empty or state.subheading):
            cost = SUBHEADING if index == state.subheading + 1 else REPEAT
            yield (
                cost,
                _Open(article=state.article, subheading=index, running=state.running, empty=True),
                Level.SUBHEADING,
            )
    if value:
        if state.roman and (value == state.roman + 1 or (inserted and value == state.roman)):
            cost = 0.0
        elif value == 1 and not state.roman:
            cost = OPEN_ITEMS if state.letter else OPEN_ITEMS_WITHOUT_LETTER
        else:
            cost = GAP + OPEN_ITEMS if value > state.roman else REPEAT
        yield cost, state._replace(roman=value, empty=False, interrupted=False), Level.ITEM
