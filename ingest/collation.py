"""The text of a treaty held against its skeleton: what is missing, what is too much, which words are damaged."""

from __future__ import annotations

from dataclasses import dataclass

from ..ontology.instruments import Instrument
from .flaws import Flaw, flaws
from .instruments import InstrumentText

__all__ = ["Extra", "FlawedWords", "InstrumentCheck", "WordCount", "check_instrument"]

_SHOWN = 12
"""So many words tell which paragraph is meant."""


@dataclass(frozen=True, slots=True)
class WordCount:
    """A unit that has more or fewer `words` than the skeleton says, `expected`."""

    path: str
    words: int
    expected: int


@dataclass(frozen=True, slots=True)
class Extra:
    """Words that are of no unit of the skeleton: on which line they begin, their first words, and how many they are.

    Of a PDF or DOCX file the lines are those of the extracted text.
    """

    line: int
    opening: str
    words: int


@dataclass(frozen=True, slots=True)
class FlawedWords:
    """Words that the conversion damaged, in the unit at `path`; places are characters of its text."""

    path: str
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class InstrumentCheck:
    """How a text agrees with the skeleton of its treaty.

    `units` and `expected` are the numbers of units and words of the skeleton, `found` and `words` those of the text.
    `missing` are the paths of the units that the text lacks; of an article that is not there at all, only its own.
    """

    instrument: str
    units: int
    found: int
    expected: int
    words: int
    missing: tuple[str, ...]
    extra: tuple[Extra, ...]
    differing: tuple[WordCount, ...]
    flaws: tuple[FlawedWords, ...]


def check_instrument(text: InstrumentText, treaty: Instrument) -> InstrumentCheck:
    """Hold `text` against the skeleton of the `treaty` that it is of."""
    found = {unit.path: unit for unit in text.provisions}
    counts = {path: len(unit.text.split()) for path, unit in found.items()}
    # A number that stands alone on its line may pass for that of a page; nothing is lost where it has no words.
    holders = {unit.parent for unit in text.provisions}
    missing = [
        unit.path
        for unit in treaty.provisions.values()
        if unit.path not in found and (unit.words or unit.path not in holders)
    ]
    wholes = {path for path in missing if path.count("/") == 2}
    return InstrumentCheck(
        instrument=treaty.id,
        units=len(treaty.provisions),
        found=len(treaty.provisions) - len(missing),
        expected=sum(unit.words for unit in treaty.provisions.values()),
        words=sum(counts.values()),
        missing=tuple(path for path in missing if path in wholes or "/".join(path.split("/")[:3]) not in wholes),
        extra=tuple(
            Extra(
                text.text.count("\n", 0, span.start) + 1,
                " ".join(text.text[span.start : span.end].split()[:_SHOWN]),
                len(text.text[span.start : span.end].split()),
            )
            for span in text.extra
        ),
        differing=tuple(
            WordCount(unit.path, counts[unit.path], unit.words)
            for unit in treaty.provisions.values()
            if unit.path in found and counts[unit.path] != unit.words
        ),
        flaws=tuple(FlawedWords(unit.path, flaw) for unit in text.provisions for flaw in flaws(unit.text)),
    )
