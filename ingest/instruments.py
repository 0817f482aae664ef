"""The words of a treaty, unit by unit, as its skeleton names them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import DocumentError
from ..ontology.instruments import Instrument, TreatyProvision
from ..ontology.reference import Reference
from ..ontology.wording import outline_wording
from .blocks import blocks
from .extraction import SUFFIXES as EXTRACTED
from .extraction import extracted
from .fitting import Fitted, fitted
from .flaws import share_of_english
from .hypertext import SUFFIXES as HTML
from .hypertext import readable
from .labels import Sign
from .readers import Source, read_source
from .records import Kind, Provision, Span
from .treaty import Lines, Part, parts, titled_articles

__all__ = ["InstrumentText", "agreement", "read_instrument"]

_ENGLISH = 0.7
"""A text is English where so many of its words in small letters are: of the treaties 0.98, of other languages a few."""
_AGREES = 0.5
"""So many of the units of a treaty must stand in a text with as many words as the skeleton says. With fewer, most of
what was borrowed from the treaty would seem to come from nowhere, or from its twin in another treaty."""
_APART = 0.1
"""A unit agrees with the skeleton where its words are as many, but for one word or this share of them."""
_OVERFULL = 20
"""A unit that has so many words too many, and twice as many as it should, holds something else: what is cut off it."""


@dataclass(frozen=True, slots=True)
class InstrumentText:
    """A treaty as read from a file.

    `instrument` is its id (``untoc``), `text` the decoded file or, of PDF and DOCX, what was extracted from it,
    `digest` the ``sha256:...`` of its bytes, `source` the name of the file. `provisions` are those of the skeleton that
    were found, in the order in which they are printed, `order` counting from 1: each has the path that the skeleton
    gives it (``instrument/untoc/18/3/a``), and as `text` and `passage` its own words: of an article those before its
    first paragraph, none where there are none; its title is the `heading`. `extra` is where words stand that are of no
    unit.
    """

    instrument: str
    text: str
    digest: str
    source: str
    provisions: tuple[Provision, ...]
    extra: tuple[Span, ...] = ()


def read_instrument(path: Path, reference: Reference, instrument: str = "") -> InstrumentText:
    """Read the words of a treaty from the file at `path`.

    Parameters
    ----------
    path
        A Markdown, plain text, HTML, PDF or DOCX file.
    reference
        The reference data, with the skeletons.
    instrument
        The id of the treaty; recognised by its articles where it is not given.

    Raises
    ------
    DocumentError
        If the file cannot be read, is no text of a treaty whose skeleton is known, is of another treaty than
        `instrument`, in another language than English, or lacks more than half of the treaty.
    """
    where = str(path)
    known = {key: treaty for key, treaty in reference.instruments.items() if treaty.known}
    if instrument and instrument not in known:
        raise DocumentError(
            f"no skeleton of {instrument!r} is known", where=where, remedy=f"name one of {', '.join(known)}"
        )
    suffix = path.suffix.lower()
    source = extracted(path) if suffix in EXTRACTED else read_source(path)
    lines = _lines(source, suffix)
    if share_of_english(lines.words) < _ENGLISH:
        raise DocumentError("the text is not in English", where=where, remedy="give the English text of the treaty")
    wording = outline_wording()
    titled = {key: titled_articles(lines, treaty, wording) for key, treaty in known.items()}
    candidates = sorted(titled, key=lambda key: (key != instrument, -titled[key]))
    treaty = known[candidates[0]]
    text = _read(source, lines, treaty, path.name)
    if agreement(text, treaty) < _AGREES:
        _refuse(text, treaty, instrument, titled, known, where)
    return text


def agreement(text: InstrumentText, treaty: Instrument) -> float:
    """The share of the units with words of the skeleton that the text has, with as many words (within a tenth)."""
    found = {unit.path: len(unit.text.split()) for unit in text.provisions}
    units = [unit for unit in treaty.provisions.values() if unit.words]
    right = sum(abs(found.get(unit.path, 0) - unit.words) <= max(1, _APART * unit.words) for unit in units)
    return right / len(units)


def _refuse(
    text: InstrumentText,
    treaty: Instrument,
    instrument: str,
    titled: dict[str, int],
    known: dict[str, Instrument],
    where: str,
) -> None:
    """Say why a text is not taken: another treaty, none that is known, or too little of it."""
    names = ", ".join(f"{key} ({one.short_title})" for key, one in known.items())
    best = max(titled, key=lambda key: titled[key])
    articles = len(known[best].article_titles)
    if instrument and best != instrument and titled[best] >= _AGREES * articles:
        raise DocumentError(
            f"this is the text of {best} ({known[best].short_title}), not of {instrument}",
            where=where,
            remedy="name the treaty that the file holds, or none",
        )
    present = sum(bool(unit.text) for unit in text.provisions)
    if titled[treaty.id] >= 3 and agreement(text, treaty) >= _AGREES * present / len(treaty.provisions):
        share = sum(len(unit.text.split()) for unit in text.provisions)
        total = sum(unit.words for unit in treaty.provisions.values())
        raise DocumentError(
            f"too little of {treaty.id} ({treaty.short_title}) is here: {share} of {total} words in"
            f" {titled[treaty.id]} of {len(treaty.article_titles)} articles",
            where=where,
            remedy="give the whole text of the treaty, or at least half of it",
        )
    some = f"{titled[best]} of the {articles} articles of {best}" if titled[best] else "no article of any of them"
    raise DocumentError(
        f"this is no text of a treaty that is known: {some} {'stand' if titled[best] > 1 else 'stands'} in it",
        where=where,
        remedy=f"give the text of one of {names}",
    )


_LINK = re.compile(r"\[(?P<words>[^\]\[]+)\]\((?P<target>(?:[^\s()]|\)(?=/)|\([^\s()]*\))*)\)")
_HEADING = re.compile(r"^[ \t]*#{1,6}(?=[^\s#])", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<=[\w,;.])\*{1,3}(?=\w)")
_UNSEEN = "\u200b"


def _lines(source: Source, suffix: str) -> Lines:
    """The lines of a text, clean of markup."""
    wording = outline_wording()
    markdown = suffix not in (".txt", *EXTRACTED)
    words = readable(source.text) if suffix in HTML else source.text
    return Lines.of(blocks(_plain(words) if markdown else words, wording, markdown=markdown), wording)


def _plain(text: str) -> str:
    """`text` without links, heading marks that touch their words and emphasis that runs into a word, nothing moved."""
    text = _HEADING.sub(lambda mark: " " * len(mark.group()), text)
    text = _EMPHASIS.sub(lambda mark: " " * len(mark.group()), text)
    return _LINK.sub(
        lambda link: _UNSEEN + link["words"] + _UNSEEN * (len(link.group()) - len(link["words"]) - 1), text
    )


def _read(source: Source, lines: Lines, treaty: Instrument, name: str) -> InstrumentText:
    provisions: list[Provision] = []
    extra: list[Span] = []
    end = 0
    for part in parts(lines, treaty, outline_wording()):
        extra += _between(lines, end, part.start)
        for fit in fitted(lines.words[part.body : part.end], part.units, outline_wording()):
            start, last = part.body + fit.start, part.body + fit.end
            cut = _cut(lines, start, last, fit.provision.words)
            extra += _spans(lines, cut, last)
            provisions.append(_provision(lines, part, fit, cut, len(provisions) + 1))
        end = part.end
    extra += _between(lines, end, len(lines.words))
    return InstrumentText(treaty.id, source.text, source.digest, name, tuple(provisions), tuple(extra))


def _between(lines: Lines, start: int, end: int) -> Iterator[Span]:
    """The paragraphs from `start` to `end`, where no part of the treaty stands; headings are none."""
    longest = outline_wording().titles.longest
    for begins, block, chain in zip(lines.starts, lines.blocks, lines.labels, strict=False):
        last = min(begins + len(block.words), end)
        if not start <= begins < last or (chain and chain[0].sign is Sign.DIVISION):
            continue
        words = lines.words[begins:last].rstrip()
        if words[-1] in ".;:," or len(words.split()) > longest:
            yield from _spans(lines, begins, last)


def _spans(lines: Lines, start: int, end: int) -> Iterator[Span]:
    passage = lines.passage(start, end)
    if passage.pieces:
        yield Span(passage.pieces[0].at(0), passage.pieces[-1].at(len(passage.pieces[-1].words) - 1) + 1)


def _cut(lines: Lines, start: int, end: int, expected: int) -> int:
    """Where a unit with too many words ends: before a numbered paragraph or, where they are far too many, before any.

    Such a paragraph is of a unit that the skeleton does not have, or of an article whose heading is lost.
    """
    best, off = end, len(lines.words[start:end].split()) - expected
    overfull = off > max(_OVERFULL, expected)
    for index in range(bisect_right(lines.starts, start), bisect_left(lines.starts, end)):
        if overfull or lines.labels[index]:
            cut = lines.starts[index]
            left = len(lines.words[start:cut].split()) - expected
            if off > 0 and abs(left) < off:
                best, off = cut, abs(left)
    return best


_CLOSINGS = {"preamble": Kind.CHAPEAU, "closing": Kind.CLOSING, "tail": Kind.CLOSING, "testimonium": Kind.CLOSING}


def _kind(unit: TreatyProvision) -> Kind:
    steps = unit.id.split("/")[1:]
    if steps[-1] in _CLOSINGS:
        return _CLOSINGS[steps[-1]]
    if steps[0] == "preamble":
        return Kind.RECITAL
    if len(steps) == 1:
        return Kind.ARTICLE
    if steps[-1].startswith("-"):
        return Kind.BULLET
    if steps[-1].isdigit():
        return Kind.PARAGRAPH
    return Kind.SUBPARAGRAPH if sum(not step.isdigit() for step in steps[1:]) == 1 else Kind.ITEM


def _provision(lines: Lines, part: Part, fit: Fitted, end: int, order: int) -> Provision:
    unit = fit.provision
    kind = _kind(unit)
    label = part.start if unit is part.units[0] else part.body + fit.label
    start = part.body + fit.start
    passage = lines.passage(start, end)
    at = lines.offset(label)
    spans = passage.spans(0, len(passage.words)) or (Span(at, lines.offset(max(start - 1, label)) + 1),)
    return Provision(
        path=unit.path,
        parent=unit.parent,
        kind=kind,
        number="" if kind in (Kind.CHAPEAU, Kind.CLOSING, Kind.BULLET) else unit.number,
        label=lines.words[label:start].strip(),
        heading=unit.title,
        text=passage.words,
        spans=(Span(min(at, spans[0].start), spans[0].end), *spans[1:]),
        order=order,
        passage=passage,
    )
