"""Where each submission of a compilation begins, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from ..errors import DocumentError
from ..ontology.reference import Reference
from ..ontology.wording import OutlineWording
from .blocks import Block

__all__ = ["LAYOUTS", "Part", "guess_layout", "parts_by_proponent"]

LAYOUTS = ("by-proponent", "by-article")

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
    behalf = _pattern(wording.proponents.on_behalf).search(words)
    groups = reference.proponents(behalf["group"]) if behalf else ()
    names = words[: behalf.start()].strip(" ,(") if behalf else words
    submitters = reference.proponents(names)
    if not submitters or (behalf and not groups):
        return None
    return _Head(names, submitters, groups)


def _iso(printed: str) -> str:
    for form in _DATES:
        try:
            return datetime.strptime(printed.strip(), form).date().isoformat()
        except ValueError:
            continue
    return ""


def parts_by_proponent(
    blocks: Sequence[Block], reference: Reference, wording: OutlineWording, *, where: str
) -> tuple[Part, ...]:
    """The submissions of a compilation in which each proponent has a heading.

    A heading of a submission names proponents and nothing else, and a line with its language and date follows; in a
    document without such lines, the marked headings that name proponents.

    Raises
    ------
    DocumentError
        If there is no submission, or a submission's heading names nobody that is known.
    """
    dateline = _pattern(wording.dateline.pattern)
    heads: dict[int, _Head] = {}
    dated = [index for index, block in enumerate(blocks) if index and dateline.match(block.words)]
    for index in dated:
        head = _head(blocks[index - 1].words, reference, wording)
        if head is None and (blocks[index - 1].marked or len(blocks[index - 1].words) <= 80):
            raise DocumentError(
                f"{blocks[index - 1].words!r} heads a submission, but is no State, group or organization that is known",
                where=where,
                remedy="correct the name, or add it to ontology/proponents/",
            )
        if head is not None:
            heads[index - 1] = head
    if not heads:
        for index, block in enumerate(blocks):
            if block.marked and (head := _head(block.words, reference, wording)):
                heads[index] = head
    if not heads:
        raise DocumentError(
            "no submission was found: no heading names a State, a group or an organization",
            where=where,
            remedy="check the layout in the manifest, and that headings of submissions stand on lines of their own",
        )
    starts = sorted(heads)
    parts = []
    for start, stop in zip(starts, [*starts[1:], len(blocks)], strict=True):
        body = blocks[start + 1 : stop]
        line = dateline.match(body[0].words) if body else None
        parts.append(
            Part(
                submitters=heads[start].submitters,
                on_behalf_of=heads[start].on_behalf_of,
                name=heads[start].name,
                title=blocks[start].words,
                issued=_iso(line["date"]) if line else "",
                language=line["language"].strip() if line else "",
                heading=blocks[start],
                blocks=tuple(body[1:] if line else body),
            )
        )
    return tuple(parts)


def guess_layout(blocks: Sequence[Block], reference: Reference, wording: OutlineWording) -> str:
    """The layout of a document whose manifest is silent.

    Where the same proponents head text again and again, the compilation goes by article; otherwise by proponent.
    """
    heads = [head.submitters for block in blocks if (head := _head(block.words, reference, wording))]
    return "by-article" if len(heads) > 2 * len(set(heads)) else "by-proponent"
