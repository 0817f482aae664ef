"""The blocks of a submission as entries, one a unit: page breaks healed, glued units split, titles told from text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from ..ontology.wording import OutlineWording
from .blocks import Block
from .labels import Label, Sign, labels, successor
from .passage import Passage, Piece, join

__all__ = ["Entry", "Footnote", "SourceFinder", "entries", "heads_comments", "is_preamble", "opens_recital", "title_of"]

SourceFinder = Callable[[str], tuple[int, int] | None]
"""Finds the citation in brackets that ends a unit: :func:`travaux.ingest.citations.source_citation`."""

_ENDED = re.compile(r"[.;:,!?…][)\]\"”'’]*$|[)\]\"”]$")
_GLUED = re.compile(
    r"(?:(?<=[;:.,])|(?<=; and)|(?<=; or)|(?<=, and)|(?<=, or))\s+"
    r"(?=\((?:[a-z]{1,2}|[ivxl]{2,6})\)\s+[A-Z]|\d{1,3}\.\s+(?:\([a-z]\)\s*)?[A-Z])"
)


@dataclass(slots=True)
class Entry:
    """One unit as printed: its labels, its pieces (label and all), and what it looks like.

    `title`: it reads like a title; `source`: where in the words after the labels its closing citation stands.
    """

    labels: tuple[Label, ...]
    pieces: list[Piece]
    marked: bool
    bullet: bool
    title: bool = False
    source: tuple[int, int] | None = None

    @property
    def own(self) -> Passage:
        """The words after the labels."""
        first = self.pieces[0]
        start = self.labels[-1].end if self.labels else 0
        return join([first.cut(start, len(first.words)), *self.pieces[1:]])


@dataclass(frozen=True, slots=True)
class Footnote:
    """The text of a footnote, and the place in the document where it is called (-1 where it is not)."""

    number: str
    passage: Passage
    called_at: int


@dataclass(slots=True)
class _Reading:
    wording: OutlineWording
    source: SourceFinder
    found: list[Entry] = field(default_factory=list)
    last_label: Label | None = None


def entries(
    blocks: Iterable[Block], wording: OutlineWording, source: SourceFinder
) -> tuple[list[Entry], list[Footnote]]:
    """The entries of a submission in reading order, and its footnotes."""
    reading = _Reading(wording, source)
    called: dict[str, int] = {}
    notes: list[tuple[str, Piece]] = []
    for block in blocks:
        for mark in block.marks:
            called.setdefault(mark.number, block.piece.at(max(mark.position - 1, 0)))
        if block.footnote:
            notes.append((block.footnote, block.piece))
        elif block.words:
            _read(reading, block)
    for entry in reading.found:
        _judge(entry, wording, source)
    return reading.found, [Footnote(number, join([piece]), called.get(number, -1)) for number, piece in notes]


def _read(reading: _Reading, block: Block) -> None:
    chain = labels(block.words, reading.wording)
    before = reading.found[-1] if reading.found else None
    if before is not None and not chain and not block.bullet and _runs_on(before, block, reading):
        pieces = _split(block.piece, (), reading)
        before.pieces.append(pieces[0])
        rest = pieces[1:]
    else:
        pieces = _split(block.piece, chain, reading)
        reading.found.append(Entry(chain, [pieces[0]], block.marked, block.bullet))
        _part_from_text(reading)
        rest = pieces[1:]
    for piece in rest:
        reading.found.append(Entry(labels(piece.words, reading.wording), [piece], False, False))


def _part_from_text(reading: _Reading) -> None:
    """Part "Article 5." from a sentence on its line: a heading of a numbered division has no verb."""
    entry = reading.found[-1]
    if entry.marked or not entry.labels or entry.labels[-1].sign not in (Sign.DIVISION, Sign.ARTICLE):
        return
    _judge(entry, reading.wording, reading.source)
    words, piece, end = entry.own.words, entry.pieces[0], entry.labels[-1].end
    if not words or entry.title or not set(re.findall(r"\w+", words.lower())) & set(reading.wording.titles.verbs):
        return
    entry.pieces = [piece.cut(0, end)]
    reading.found.append(Entry((), [piece.cut(end, len(piece.words))], False, False))


def _runs_on(before: Entry, block: Block, reading: _Reading) -> bool:
    """Whether a block carries on the sentence before it, cut by a page break, or is the title of a bare "Article 5"."""
    if before.labels and before.labels[-1].sign is Sign.ARTICLE and not before.own.words:
        title = Entry((), [block.piece], block.marked, block.bullet)
        _judge(title, reading.wording, reading.source)
        return title.title
    if block.marked:
        return False
    if block.words[0].islower():
        return True
    last = before.pieces[-1].words
    if _ENDED.search(last):
        return False
    _judge(before, reading.wording, reading.source)
    return not before.title and not opens_recital(block.words, reading.wording)


def _split(piece: Piece, chain: Sequence[Label], reading: _Reading) -> list[Piece]:
    """The units glued together in one piece: cut where a label carries on the series, or where a recital opens."""
    if chain:
        reading.last_label = chain[-1]
    cuts = [0]
    for glue in _GLUED.finditer(piece.words):
        found = labels(piece.words[glue.end() : glue.end() + 24], reading.wording)
        if found and _carries_on(found[0], piece.words[: glue.start()], reading.last_label):
            cuts.append(glue.end())
            reading.last_label = found[-1]
    if not chain and opens_recital(piece.words, reading.wording):
        cuts += [match.end() for match in _recital_joint(reading.wording).finditer(piece.words)]
    bounds = [*sorted(cuts), len(piece.words)]
    return [piece.cut(start, end) for start, end in pairwise(bounds)]


def _carries_on(label: Label, before: str, last: Label | None) -> bool:
    if (
        label.number in ("a", "i")
        and label.sign is Sign.LETTER
        and not (last and successor(label, last) and label.number == "i")
    ):
        return before.endswith(":")
    return last is not None and (label.sign is last.sign or label.sign is Sign.DIGIT) and successor(label, last)


def _judge(entry: Entry, wording: OutlineWording, source: SourceFinder) -> None:
    words = entry.own.words
    entry.source = source(words) if words else None
    entry.title = _reads_like_a_title(title_of(words, entry.source), words, entry, wording)


def title_of(words: str, source: tuple[int, int] | None) -> str:
    """`words` without a closing citation and the punctuation that a title does not keep.

    >>> title_of("Answer to the request; (art. 31, para. 3, of the Budapest Convention)", (23, 69))
    'Answer to the request'
    """
    return words[: source[0]].strip(" .:;,") if source else words.strip().rstrip(":;,").strip()


def _reads_like_a_title(title: str, words: str, entry: Entry, wording: OutlineWording) -> bool:
    if not title:
        return entry.source is not None
    if len(title) > 400 or not (title[0].isupper() or title[0].isdigit() or title[0] in '["“'):
        return False
    tokens = re.findall(r"[\w'’-]+", title.lower())
    if not tokens or len(tokens) > wording.titles.longest or tokens[-1] in wording.titles.unfinished:
        return False
    if entry.source is None:
        if words[-1] in ".;,":
            return False
        if words[-1] == ":" and tokens[0] in wording.titles.determiners:
            return False
    return entry.marked or not set(tokens) & set(wording.titles.verbs)


@cache
def _openers(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(
        re.escape(word[0].upper()) + re.escape(word[1:]) for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?:{alternatives})\b")


@cache
def _joints(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<=[,;])\s+(?={_openers(words).pattern}\s)")


def opens_recital(words: str, wording: OutlineWording) -> bool:
    """Whether `words` begin as a recital does: "Recalling", "Bearing in mind"."""
    return bool(_openers(wording.preamble.openers).match(words))


def _recital_joint(wording: OutlineWording) -> re.Pattern[str]:
    return _joints(wording.preamble.openers)


def heads_comments(title: str, wording: OutlineWording) -> bool:
    """Whether a heading in a draft says that what follows is no treaty text."""
    return title.strip(" .:").casefold() in wording.genres.headings


def is_preamble(title: str, wording: OutlineWording) -> bool:
    """Whether a heading opens a preamble."""
    return title.strip(" .:").casefold() in wording.preamble.headings
