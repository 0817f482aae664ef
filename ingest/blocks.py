"""A text to blocks: paragraphs and headings in order, cleaned of markup, each character's place kept.

Markup is a hint and never more: heading marks and emphasis in converted documents are often wrong, so they are noted
on the block (`marked`, `emphasised`) and the outline weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..ontology.wording import OutlineWording
from .labels import labels
from .passage import Piece
from .records import Span

__all__ = ["Block", "FootnoteMark", "blocks"]


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """A footnote's number, and the position in the block's words where it is called."""

    number: str
    position: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or list element as printed.

    `span` is the block as printed, markup and all. `marked`: it has a heading mark; `emphasised`: all of it is italic
    or bold; `bullet`: a list mark without a number; `footnote`: the number where the block is the text of a footnote.
    """

    piece: Piece
    span: Span
    marked: bool = False
    emphasised: bool = False
    bullet: bool = False
    footnote: str = ""
    marks: tuple[FootnoteMark, ...] = ()

    @property
    def words(self) -> str:
        """The clean words."""
        return self.piece.words


_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_BLANK = re.compile(r"[\r\n\f]\s*[\r\n\f]")
_LEAD = re.compile(r"\s*(?P<quote>(?:>\s?)*)(?P<heading>#{1,6}(?:\s+|$))?(?P<bullet>[-*+•·▪●–]\s+)?")
_BULLET = re.compile(r"[•·▪●–-]\s+")
_UNSEEN = re.compile("\u00ad(?:[ \t]*\r?\n[ \t]*)?|[\u200b\u2060\ufeff]")
_ENDED = re.compile(r"[.;:!?][)\]\"”'*_]*$")


@cache
def _markup(patterns: tuple[str, ...]) -> re.Pattern[str]:
    notes = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(
        rf"(?P<note>{notes})|(?P<emphasis>\*{{1,3}}|(?<!\w)__?(?=\S)|(?<=\S)__?(?!\w))|(?P<escape>\\(?=[\\`*_{{}}\[\]()#+.!-]))"
    )


def blocks(text: str, wording: OutlineWording, *, markdown: bool) -> list[Block]:
    """The blocks of `text` in reading order, in time linear in its length.

    A line begins a new block after a blank line, with a list or heading mark or a label of its own (not with the number
    of the paragraph that the line before it cites), or where the line
    before it is a heading or ends a sentence and this one does not begin in lower case. Page numbers and the like,
    alone on a line, are passed over; they end a block, and whether the next one goes on is for the outline to tell.
    """
    markup = _markup(wording.footnotes.markdown) if markdown else None
    found: list[Block] = []
    pending: list[tuple[int, int]] = []

    def flush() -> None:
        if pending:
            block = _block(text, pending, markup)
            if block.words or block.footnote:
                found.append(block)
            pending.clear()

    furniture = _compiled(wording.furniture.pattern)
    last_end = 0
    for line in _LINE.finditer(text):
        words = line.group(0)[:120].strip()
        if not words:
            continue
        if furniture.match(words) and len(line.group()) < 120:
            flush()
            continue
        start, end = line.span()
        if pending and (
            _BLANK.search(text, last_end, start) or _begins(text, pending[-1], (start, end), wording, markdown=markdown)
        ):
            flush()
        pending.append((start, end))
        last_end = end
    flush()
    return found


def _begins(
    text: str, before: tuple[int, int], line: tuple[int, int], wording: OutlineWording, *, markdown: bool
) -> bool:
    words = text[line[0] : min(line[1], line[0] + 200)].strip()
    if markdown:
        lead, previous = _LEAD.match(words), _LEAD.match(text, before[0], before[1])
        if (lead and (lead["heading"] or lead["bullet"])) or (previous and previous["heading"]):
            return True
    elif _BULLET.match(words) and words[0] not in "–-":
        return True
    if labels(words, wording):
        tail = text[max(before[0], before[1] - 24) : before[1]].rstrip()
        return not _compiled(wording.wrapped.pattern).search(tail)
    return bool(_ENDED.search(text[max(before[0], before[1] - 8) : before[1]].rstrip())) and not words[0].islower()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _block(text: str, lines: list[tuple[int, int]], markup: re.Pattern[str] | None) -> Block:
    start, end = lines[0][0], lines[-1][1]
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if markup is None:
        bullet = _BULLET.match(text, start, end)
        words, runs = _normalised(text, [(bullet.end() if bullet else start, end)])
        return Block(Piece(words, runs).cut(0, len(words)), Span(start, end), bullet=bool(bullet))
    lead = _LEAD.match(text, start, end)
    body = lead.end() if lead else start
    if lead and lead["bullet"] and lead["bullet"][0] == "*" and text[start:end].count("*") % 2 == 0:
        body = lead.start("bullet")  # "* a * b" could be emphasis: an even number of stars is
    kept: list[tuple[int, int]] = []
    notes: list[tuple[int, str]] = []
    emphasis = 0
    position, length = body, 0
    for mark in markup.finditer(text, body, end):
        kept.append((position, mark.start()))
        length += mark.start() - position
        position = mark.end()
        if mark["note"]:
            notes.append((length, next(group for group in mark.groups()[1:] if group)))
        elif mark["emphasis"]:
            emphasis += 1
    kept.append((position, end))
    raw, runs = _normalised(text, kept)
    piece = Piece(raw, runs)
    footnote = ""
    if notes and not raw[: notes[0][0]].strip():
        footnote = notes.pop(0)[1]
    lead_space = len(raw) - len(raw.lstrip())
    printed = text[body:end].strip()
    return Block(
        piece=piece.cut(0, len(raw)),
        span=Span(start, end),
        marked=bool(lead and lead["heading"]),
        emphasised=emphasis == 2 and printed[:1] in "*_" and printed[-1:] in "*_",
        bullet=bool(lead and lead["bullet"] and body == lead.end()),
        footnote=footnote,
        marks=tuple(FootnoteMark(number, max(at - lead_space, 0)) for at, number in notes),
    )


def _visible(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without the signs that only say where a word may be broken."""
    for unseen in _UNSEEN.finditer(text, start, end):
        yield start, unseen.start()
        start = unseen.end()
    yield start, end


def _normalised(text: str, kept: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The kept stretches put together, each line break or tab as one space, so that every character keeps its place."""
    words, runs, length = [], [], 0
    for start, end in (piece for stretch in kept for piece in _visible(text, *stretch)):
        if start < end:
            runs.append((length, start))
            words.append(text[start:end])
            length += end - start
    return re.sub(r"[\s\x00-\x08\x0e-\x1f\x7f]", " ", "".join(words)), tuple(runs)
