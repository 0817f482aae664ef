"""The words of a treaty, unit by unit, as its skeleton names them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

from ..errors import DocumentError
from ..ontology.instruments import Instrument, TreatyProvision
from ..ontology.reference import Reference
from ..ontology.wording import OutlineWording, outline_wording
from .blocks import Block, blocks
from .fitting import Fitted, fitted
from .hypertext import SUFFIXES, readable
from .labels import Sign, labels
from .passage import EMPTY, Passage, join
from .readers import read_source
from .records import Kind, Provision, Span

__all__ = ["InstrumentText", "read_instrument"]


@dataclass(frozen=True, slots=True)
class InstrumentText:
    """A treaty as read from a file.

    `instrument` is its id (``untoc``), `text` the decoded file, `digest` the ``sha256:...`` of its bytes, `source` the
    name of the file. `provisions` are those of the skeleton that were found, in its order: each has the path that the
    skeleton gives it (``instrument/untoc/18/3/a``), and as `text` and `passage` its own words: of an article those
    before its first paragraph, none where there are none; its title is the `heading`.
    """

    instrument: str
    text: str
    digest: str
    source: str
    provisions: tuple[Provision, ...]


def read_instrument(path: Path, reference: Reference, instrument: str = "") -> InstrumentText:
    """Read the words of a treaty from the file at `path`.

    Parameters
    ----------
    path
        A Markdown, plain text or HTML file.
    reference
        The reference data, with the skeletons.
    instrument
        The id of the treaty; recognised where it is not given.

    Raises
    ------
    DocumentError
        If the file cannot be read, or is no text of a treaty whose skeleton is known.
    """
    source = read_source(path)
    suffix = path.suffix.lower()
    wording = outline_wording()
    words = readable(source.text) if suffix in SUFFIXES else source.text
    markdown = suffix != ".txt"
    stream = _Stream.of(blocks(_plain(words) if markdown else words, wording, markdown=markdown))
    known = {key: treaty for key, treaty in reference.instruments.items() if treaty.known}
    if instrument and instrument not in known:
        raise DocumentError(
            f"no skeleton of {instrument!r} is known", where=str(path), remedy=f"known are {', '.join(known)}"
        )
    candidates = [known[instrument]] if instrument else list(known.values())
    treaty = max(candidates, key=lambda one: len(_articles(stream, one, wording)))
    return InstrumentText(treaty.id, source.text, source.digest, path.name, tuple(_provisions(stream, treaty, wording)))


_LINK = re.compile(r"\[(?P<words>[^\]\[]+)\]\((?P<target>(?:[^\s()]|\)(?=/)|\([^\s()]*\))*)\)")
_HEADING = re.compile(r"^[ \t]*#{1,6}(?=[^\s#])", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<=[\w,;.])\*{1,3}(?=\w)")
_UNSEEN = "\u200b"


def _plain(text: str) -> str:
    """`text` without links, heading marks that touch their words and emphasis that runs into a word, nothing moved."""
    text = _HEADING.sub(lambda mark: " " * len(mark.group()), text)
    text = _EMPHASIS.sub(lambda mark: " " * len(mark.group()), text)
    return _LINK.sub(
        lambda link: _UNSEEN + link["words"] + _UNSEEN * (len(link.group()) - len(link["words"]) - 1), text
    )


@dataclass(frozen=True, slots=True)
class _Stream:
    """The blocks of a file as one string, a line each, and where each begins in it."""

    blocks: tuple[Block, ...]
    starts: tuple[int, ...]
    words: str

    @classmethod
    def of(cls, found: Sequence[Block]) -> _Stream:
        kept = tuple(block for block in found if block.words and not block.footnote)
        starts = accumulate((len(block.words) + 1 for block in kept), initial=0)
        return cls(kept, tuple(starts), "\n".join(block.words for block in kept))

    def passage(self, start: int, end: int) -> Passage:
        """The words from `start` to `end`."""
        return join(
            self.blocks[index].piece.cut(
                max(start - self.starts[index], 0), min(end, self.starts[index + 1] - 1) - self.starts[index]
            )
            for index in range(bisect_right(self.starts, start) - 1, len(self.blocks))
            if self.starts[index] < end and start < self.starts[index + 1] - 1
        )

    def offset(self, position: int) -> int:
        """Where the character at `position` stands in the file."""
        index = min(bisect_right(self.starts, position) - 1, len(self.blocks) - 1)
        piece = self.blocks[index].piece
        return piece.at(min(position - self.starts[index], len(piece.words) - 1))


@dataclass(frozen=True, slots=True)
class _Heading:
    """Where an article begins, and where its words do, after the title."""

    number: str
    start: int
    body: int
    likeness: float


_TITLE_LIKENESS = 0.8
"""A printed title is that of the skeleton where so much of its letters is the same: one in five may be broken."""


def _headings(stream: _Stream, treaty: Instrument, wording: OutlineWording) -> Iterator[_Heading]:
    """Every line that may begin an article of the treaty."""
    titles = treaty.article_titles
    for index, block in enumerate(stream.blocks):
        chain = labels(block.words, wording)
        if chain and chain[0].sign is Sign.ARTICLE and chain[0].number in titles:
            start = stream.starts[index]
            body, likeness = _after_title(stream.words, start + chain[0].end, titles[chain[0].number])
            yield _Heading(chain[0].number, start, body, likeness)


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
    best, end = max(
        ((SequenceMatcher(None, letters, _letters(words[start:end]), autojunk=False).ratio(), end) for end in ends),
        default=(0.0, start),
    )
    return (end if best >= _TITLE_LIKENESS else start), best


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _articles(stream: _Stream, treaty: Instrument, wording: OutlineWording) -> list[_Heading]:
    """The headings of the articles in order: the chain with the most titles that are those of the skeleton."""
    order = {number: place for place, number in enumerate(treaty.article_titles)}
    found = [heading for heading in _headings(stream, treaty, wording) if heading.likeness >= _TITLE_LIKENESS]
    best: list[tuple[float, int]] = []
    for index, heading in enumerate(found):
        before = max(
            ((best[other][0], other) for other in range(index) if order[found[other].number] < order[heading.number]),
            default=(0.0, -1),
        )
        best.append((before[0] + heading.likeness, before[1]))
    chain: list[_Heading] = []
    index = max(range(len(best)), key=lambda place: best[place], default=-1)
    while index >= 0:
        chain.append(found[index])
        index = best[index][1]
    return chain[::-1]


def _provisions(stream: _Stream, treaty: Instrument, wording: OutlineWording) -> Iterator[Provision]:
    order = 0
    for start, end, body, units in _parts(stream, treaty, wording):
        for fit in fitted(stream.words[body:end], units, wording):
            order += 1
            label = start if fit.provision is units[0] else body + fit.label
            yield _provision(stream, fit, label, body, order)


def _parts(
    stream: _Stream, treaty: Instrument, wording: OutlineWording
) -> Iterator[tuple[int, int, int, list[TreatyProvision]]]:
    """The preamble, each article and what follows the last one: start, end, start of the words, units."""
    units: dict[str, list[TreatyProvision]] = {}
    for unit in treaty.provisions.values():
        units.setdefault(unit.id.split("/")[1], []).append(unit)
    units = {part: _as_printed(held) for part, held in units.items()}
    articles = _articles(stream, treaty, wording)
    closing = _testimonium(stream, articles[-1].body if articles else 0, wording)
    first = min([*_divisions(stream, wording), *(heading.start for heading in articles)], default=len(stream.words))
    if "preamble" in units and first:
        start = _preamble(stream, first, wording)
        yield start, first, start, units["preamble"]
    ends = [*(heading.start for heading in articles[1:]), closing]
    divisions = _divisions(stream, wording)
    for heading, end in zip(articles, ends, strict=False):
        last = min([end, *(division for division in divisions if heading.body <= division < end)])
        yield heading.start, last, heading.body, units[heading.number]
    if "testimonium" in units and closing < len(stream.words):
        yield closing, len(stream.words), closing, units["testimonium"]


def _as_printed(units: list[TreatyProvision]) -> list[TreatyProvision]:
    """The units as they are read, closing words after the list that they close."""
    ordered: list[TreatyProvision] = []
    waiting: list[TreatyProvision] = []
    for unit in units:
        while waiting and not unit.path.startswith(f"{waiting[-1].parent}/"):
            ordered.append(waiting.pop())
        (waiting if unit.number == "tail" else ordered).append(unit)
    return [*ordered, *reversed(waiting)]


def _divisions(stream: _Stream, wording: OutlineWording) -> list[int]:
    """Where a chapter, section or title is headed."""
    return [
        stream.starts[index]
        for index, block in enumerate(stream.blocks)
        if (chain := labels(block.words, wording)) and chain[0].sign is Sign.DIVISION
    ]


def _testimonium(stream: _Stream, after: int, wording: OutlineWording) -> int:
    """Where the closing formula of the treaty begins; the end of the text where there is none."""
    for start, block in zip(stream.starts, stream.blocks, strict=False):
        if start >= after and any(re.match(pattern, block.words, re.I) for pattern in wording.preamble.testimonia):
            return start
    return len(stream.words)


def _preamble(stream: _Stream, before: int, wording: OutlineWording) -> int:
    """Where the words of the preamble begin: after its heading, on a line of its own or not."""
    headings = "|".join(map(re.escape, wording.preamble.headings))
    heading = re.compile(rf"(?:^|\n)\s*(?:{headings})\b[.:]?\s*", re.I).search(stream.words, 0, before)
    return heading.end() if heading else 0


_KINDS = {"preamble": Kind.CHAPEAU, "closing": Kind.CLOSING, "tail": Kind.CLOSING, "testimonium": Kind.CLOSING}


def _kind(unit: TreatyProvision) -> Kind:
    steps = unit.id.split("/")[1:]
    if steps[-1] in _KINDS:
        return _KINDS[steps[-1]]
    if steps[0] == "preamble":
        return Kind.RECITAL
    if len(steps) == 1:
        return Kind.ARTICLE
    if steps[-1].startswith("-"):
        return Kind.BULLET
    if steps[-1].isdigit():
        return Kind.PARAGRAPH
    numbered = sum(not step.isdigit() for step in steps[1:])
    return Kind.SUBPARAGRAPH if numbered == 1 else Kind.ITEM


def _provision(stream: _Stream, fit: Fitted, label: int, body: int, order: int) -> Provision:
    unit = fit.provision
    kind = _kind(unit)
    passage = stream.passage(body + fit.start, body + fit.end)
    spans = passage.spans(0, len(passage.words)) if passage.pieces else ()
    at = stream.offset(label)
    numbered = kind not in (Kind.CHAPEAU, Kind.CLOSING, Kind.BULLET)
    if spans:
        spans = (Span(min(at, spans[0].start), spans[0].end), *spans[1:])
    return Provision(
        path=unit.path,
        parent=unit.parent,
        kind=kind,
        number=unit.number if numbered else "",
        label=stream.words[label : body + fit.start].strip(),
        heading=unit.title,
        text=passage.words,
        spans=spans or (Span(at, stream.offset(max(body + fit.start - 1, label)) + 1),),
        order=order,
        passage=passage if spans else EMPTY,
    )
