"""Where each submission of a compilation begins, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from ..errors import DocumentError
from ..ontology.reference import Reference
from ..ontology.wording import OutlineWording
from .blocks import Block

__all__ = ["Part", "guess_layout", "parts_by_proponent", "single_part"]

_DATES = ("%d %B %Y", "%d %b %Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Part:
    """The blocks of one submission, after its heading and its dateline.

    `submitters` and `on_behalf_of` are paths (``state/JAM``, ``group/caricom``); `name` is what the heading calls the
    submitters; `issued` is an ISO date or empty, `language` as printed.
    """

    submitters: tuple[str, ...]
    on_behalf_of: tuple[str, ...]
    name: str
    title: str
    issued: str
    language: str
    heading: Block
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    name: str
    submitters: tuple[str, ...]
    on_behalf_of: tuple[str, ...]


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _head(words: str, reference: Reference, wording: OutlineWording) -> _Head | None:
    """The proponents that a heading names, and the groups that they speak for."""
    if len(words) > 300:
        return None
    if lead := _pattern(wording.proponents.lead).match(words):
        words = words[lead.end() :]
    behalf = _pattern(wording.proponents.on_behalf).search(words)
    groups = reference.proponents(behalf["group"]) if behalf else ()
    names = words[: behalf.start()].strip(" ,(") if behalf else words
    submitters = reference.proponents(names)
    if not submitters or (behalf and not groups):
        return None
    return _Head(names, submitters, groups)


def _iso(printed: str) -> str:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,", "", " ".join(printed.split()))
    for form in _DATES:
        try:
            return datetime.strptime(plain, form).date().isoformat()
        except ValueError:
            continue
    return ""


def _dateline(block: Block, wording: OutlineWording) -> re.Match[str] | None:
    found = _pattern(wording.dateline.pattern).match(block.words)
    return found if found and found.end() else None


def _look(block: Block) -> tuple[bool, bool, bool]:
    """How a heading stands out: marked, emphasised, in capitals."""
    return block.marked, block.emphasised, block.words.isupper()


def _dated_heads(
    blocks: Sequence[Block], reference: Reference, wording: OutlineWording, where: str
) -> dict[int, _Head]:
    heads: dict[int, _Head] = {}
    for index, block in enumerate(blocks[1:]):
        line = _dateline(blocks[index + 1], wording)
        if line is None or _dateline(block := blocks[index], wording):
            continue
        head = _head(block.words, reference, wording)
        if head is None and (block.marked or (line["language"] and len(block.words) <= 80)):
            raise DocumentError(
                f"{block.words!r} heads a submission, but is no State, group or organization that is known",
                where=where,
                remedy="correct the name, or add it to ontology/proponents/",
            )
        if head is not None:
            heads[index] = head
    return heads


def _heads(blocks: Sequence[Block], reference: Reference, wording: OutlineWording, where: str) -> dict[int, _Head]:
    """The headings of the submissions, by their places."""
    dated = _dated_heads(blocks, reference, wording, where)
    named = {index: head for index, block in enumerate(blocks) if (head := _head(block.words, reference, wording))}
    looks = {_look(blocks[index]) for index in dated} or {_look(blocks[index]) for index in named}
    if any(map(any, looks)):
        looks = {look for look in looks if any(look)}
    elif dated:
        return dated
    heads: dict[int, _Head] = {}
    current: tuple[str, ...] = ()
    for index, head in named.items():
        again = head.submitters == current  # the name of the proponent at the head of a page
        if index in dated or (_look(blocks[index]) in looks and not again and index + 1 not in named):
            heads[index] = head
            current = head.submitters
    return heads


def parts_by_proponent(
    blocks: Sequence[Block], reference: Reference, wording: OutlineWording, *, where: str
) -> tuple[Part, ...]:
    """The submissions of a compilation in which each proponent has a heading.

    A heading of a submission names proponents and nothing else. A line with its language and date follows, or it looks
    as those do for which one follows: marked, emphasised or in capitals. In a document that marks no heading and dates
    no submission, each line that is the name of a proponent heads one.

    Raises
    ------
    DocumentError
        If there is no submission, or a submission's heading names nobody that is known.
    """
    heads = _heads(blocks, reference, wording, where)
    if not heads:
        raise DocumentError(
            "no submission was found: no heading names a State, a group or an organization",
            where=where,
            remedy="check the layout in the manifest, that headings of submissions stand on lines of their own, "
            "or name the proponent of a document that is one submission",
        )
    starts = sorted(heads)
    parts = []
    for start, stop in zip(starts, [*starts[1:], len(blocks)], strict=True):
        body = list(blocks[start + 1 : stop])
        issued = language = ""
        while body and (line := _dateline(body[0], wording)):
            issued = issued or _iso(line["date"] or "")
            language = language or (line["language"] or "").strip()
            rest = body[0].piece.cut(line.end(), len(body[0].words))
            body[:1] = [replace(body[0], piece=rest)] if rest.words else []
        parts.append(
            Part(
                submitters=heads[start].submitters,
                on_behalf_of=heads[start].on_behalf_of,
                name=heads[start].name,
                title=blocks[start].words,
                issued=issued,
                language=language,
                heading=blocks[start],
                blocks=tuple(body),
            )
        )
    return tuple(parts)


def single_part(blocks: Sequence[Block], reference: Reference, proponent: str, *, name: str, where: str) -> Part:
    """The whole of a document that is one submission, by `proponent`; where that is empty, by nobody who is known.

    `name` is what the submission is called then.

    Raises
    ------
    DocumentError
        If there are no words, or `proponent` is no State, group or organization that is known.
    """
    submitters = reference.proponents(proponent) if proponent else ()
    if proponent and not submitters:
        raise DocumentError(
            f"the proponent {proponent!r} is no State, group or organization that is known",
            where=where,
            remedy="correct the name, or add it to ontology/proponents/",
        )
    if not blocks:
        raise DocumentError("the document has no words", where=where, remedy="put the text of the document in it")
    called = proponent or name
    return Part(submitters, (), called, called, "", "", blocks[0], tuple(blocks))


def guess_layout(blocks: Sequence[Block], reference: Reference, wording: OutlineWording) -> str:
    """The layout of a document whose manifest is silent.

    Where the same proponents head text again and again, the compilation goes by article; otherwise by proponent. A
    document in which no line could be the heading of a submission is a single one.
    """
    heads = [head.submitters for block in blocks if (head := _head(block.words, reference, wording))]
    if not heads and not any(_dateline(block, wording) for block in blocks):
        return "single"
    return "by-article" if len(heads) > 2 * len(set(heads)) else "by-proponent"
