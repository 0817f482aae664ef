"""The parts of a treaty: where its preamble, each of its articles and its closing formula stand in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from ..ontology.instruments import Instrument, TreatyProvision
from ..ontology.wording import OutlineWording
from .blocks import Block
from .labels import Label, Sign, labels
from .passage import Passage, join

__all__ = ["Lines", "Part", "parts", "titled_articles"]

_LIKENESS = 0.8
"""A printed title is that of the skeleton where so much of its letters is the same: one in five may be broken."""
_UNTITLED = 0.25
"""What the heading of an article with another title weighs, or with none, against one with its own title."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The blocks of a text as one string, a line each: where each begins in it, and the labels it begins with."""

    blocks: tuple[Block, ...]
    starts: tuple[int, ...]
    words: str
    labels: tuple[tuple[Label, ...], ...]

    @classmethod
    def of(cls, found: Sequence[Block], wording: OutlineWording) -> Lines:
        """The lines of the blocks `found`, without the footnotes."""
        kept = tuple(block for block in found if block.words and not block.footnote)
        starts = accumulate((len(block.words) + 1 for block in kept), initial=0)
        words = "\n".join(block.words for block in kept)
        return cls(kept, tuple(starts), words, tuple(labels(block.words, wording) for block in kept))

    def passage(self, start: int, end: int) -> Passage:
        """The words from `start` to `end`."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        pieces = []
        for block, begins in zip(self.blocks[first:], self.starts[first:], strict=False):
            if begins >= end:
                break
            if start < begins + len(block.words):
                pieces.append(block.piece.cut(max(start - begins, 0), min(end - begins, len(block.words))))
        return join(pieces)

    def offset(self, position: int) -> int:
        """Where the character at `position` stands in the file."""
        index = min(bisect_right(self.starts, position) - 1, len(self.blocks) - 1)
        piece = self.blocks[index].piece
        return piece.at(min(position - self.starts[index], len(piece.words) - 1))

    def divisions(self) -> list[int]:
        """Where a chapter, a section or a title is headed."""
        return [
            start
            for start, chain in zip(self.starts, self.labels, strict=False)
            if chain and chain[0].sign is Sign.DIVISION
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """One article, the preamble or the closing formula, and its units in the order in which they are printed.

    From `start` to `end` in the lines; its own words begin at `body`, after its heading.
    """

    start: int
    body: int
    end: int
    units: tuple[TreatyProvision, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    number: str
    start: int
    body: int
    likeness: float


def parts(lines: Lines, treaty: Instrument, wording: OutlineWording) -> Iterator[Part]:
    """The parts of the `treaty` that stand in the text, in its order.

    An article goes on to the next one or to the heading of a division, whichever comes first.
    """
    units: dict[str, list[TreatyProvision]] = {}
    for unit in treaty.provisions.values():
        units.setdefault(unit.id.split("/")[1], []).append(unit)
    articles = _chain(_headings(lines, treaty, wording), treaty)
    divisions = lines.divisions()
    closing = _testimonium(lines, articles[-1].body if articles else 0, wording)
    first = min([*divisions, *(heading.start for heading in articles)], default=0)
    if "preamble" in units and first:
        start, body = _preamble(lines, first, wording)
        yield Part(start, body, first, _as_printed(units["preamble"]))
    ends = [*(heading.start for heading in articles[1:]), closing]
    for heading, end in zip(articles, ends, strict=False):
        last = min([end, *(division for division in divisions if heading.body <= division < end)])
        yield Part(heading.start, heading.body, last, _as_printed(units[heading.number]))
    if "testimonium" in units and closing < len(lines.words):
        yield Part(closing, closing, len(lines.words), _as_printed(units["testimonium"]))


def titled_articles(lines: Lines, treaty: Instrument, wording: OutlineWording) -> int:
    """How many articles of the `treaty` stand in the text under their titles, in its order."""
    return sum(heading.likeness >= _LIKENESS for heading in _chain(_headings(lines, treaty, wording), treaty))


def _headings(lines: Lines, treaty: Instrument, wording: OutlineWording) -> list[_Heading]:
    """Every line that may begin an article of the treaty."""
    titles = treaty.article_titles
    found: list[_Heading] = []
    for index, (start, chain) in enumerate(zip(lines.starts, lines.labels, strict=False)):
        if not chain or chain[0].sign is not Sign.ARTICLE or chain[0].number not in titles:
            continue
        words = start + chain[0].end
        body, likeness = _after_title(lines.words, words, titles[chain[0].number])
        if likeness < _LIKENESS:
            body = _after_other_title(lines, index, chain[0].end, wording)
        found.append(_Heading(chain[0].number, start, body, likeness))
    return found


def _after_title(words: str, start: int, title: str) -> tuple[int, float]:
    """The end of the `title` that begins at `start`, and how alike it is; `start` where it is another."""
    letters = _letters(title)
    reach = min(len(words), start + 2 * len(title) + 20)
    ends = [place for place in range(start, reach) if words[place] == "\n" and words[start:place].strip()]
    if len(words) <= reach:
        ends.append(len(words))
    signs = [place for place in range(start, reach) if words[place].isalnum()][: len(letters)]
    if signs:
        ends.append(signs[-1] + 1)
    best, end = 0.0, start
    for candidate in ends:
        best, end = max((best, end), (_likeness(letters, _letters(words[start:candidate])), candidate))
    return (end if best >= _LIKENESS else start), best


def _likeness(title: str, printed: str) -> float:
    """How alike the letters of two titles are, 0 to 1; 0 where they differ more than a title may."""
    if title == printed:
        return 1.0
    matcher = SequenceMatcher(None, title, printed, autojunk=False)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _LIKENESS else 0.0


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _after_other_title(lines: Lines, index: int, label: int, wording: OutlineWording) -> int:
    """Where the words of an article begin whose title is not that of the skeleton: after what looks like a title."""
    start = lines.starts[index]
    if lines.blocks[index].words[label:].strip():
        title = index
    elif index + 1 < len(lines.blocks) and not lines.labels[index + 1]:
        title = index + 1
    else:
        return start + label
    words = lines.blocks[title].words
    if words[-1] in ".;:," or len(words.split()) > wording.titles.longest:
        return start + label
    return lines.starts[title] + len(words)


def _chain(found: Sequence[_Heading], treaty: Instrument) -> list[_Heading]:
    """The headings in the order of the treaty, each once, with the most titles that are those of the skeleton.

    Of a list of contents and the articles themselves the later are taken.
    """
    order = {number: place for place, number in enumerate(treaty.article_titles)}
    best: list[tuple[float, int]] = []
    for index, heading in enumerate(found):
        before = max(
            ((best[other][0], other) for other in range(index) if order[found[other].number] < order[heading.number]),
            default=(0.0, -1),
        )
        weight = heading.likeness if heading.likeness >= _LIKENESS else _UNTITLED
        best.append((before[0] + weight, before[1]))
    chain: list[_Heading] = []
    index = max(range(len(best)), key=lambda place: (best[place][0], place), default=-1)
    while index >= 0:
        chain.append(found[index])
        index = best[index][1]
    return chain[::-1]


def _as_printed(units: Sequence[TreatyProvision]) -> tuple[TreatyProvision, ...]:
    """The units as they are read, closing words after the list that they close."""
    ordered: list[TreatyProvision] = []
    waiting: list[TreatyProvision] = []
    for unit in units:
        while waiting and not unit.path.startswith(f"{waiting[-1].parent}/"):
            ordered.append(waiting.pop())
        (waiting if unit.number == "tail" else ordered).append(unit)
    return (*ordered, *reversed(waiting))


def _testimonium(lines: Lines, after: int, wording: OutlineWording) -> int:
    """Where the closing formula of the treaty begins; the end of the text where there is none."""
    for start, block in zip(lines.starts, lines.blocks, strict=False):
        if start >= after and any(re.match(pattern, block.words, re.I) for pattern in wording.preamble.testimonia):
            return start
    return len(lines.words)


def _preamble(lines: Lines, before: int, wording: OutlineWording) -> tuple[int, int]:
    """Where the preamble begins, and its words: after its heading, on a line of its own or not."""
    headings = "|".join(
        f"{re.escape(word.capitalize())}|{re.escape(word.upper())}" for word in wording.preamble.headings
    )
    found = re.compile(rf"(?<!\S)(?:{headings})[.:]?\s+(?=[A-Z])").search(lines.words, 0, before)
    return (found.start(), found.end()) if found else (0, 0)
