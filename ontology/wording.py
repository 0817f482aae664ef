"""The words of the genre: how compilations and treaties show their structure, as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import ReferenceDataError

__all__ = ["OutlineWording", "outline_wording"]

GENRE = Path(__file__).parent / "genre"


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Division(_Strict, frozen=True):
    """A word that opens a division, and the kind of division."""

    word: str
    kind: Literal["chapter", "section", "heading"]


class Articles(_Strict, frozen=True):
    """Words that open an article."""

    words: tuple[str, ...]


class Preamble(_Strict, frozen=True):
    """Headings, marks before the numbers of recitals, openers of recitals, and closing formulas (patterns)."""

    marks: tuple[str, ...]
    headings: tuple[str, ...]
    openers: tuple[str, ...]
    closings: tuple[str, ...]
    testimonia: tuple[str, ...]


class Pattern(_Strict, frozen=True):
    """One regular expression."""

    pattern: str


class Proponents(_Strict, frozen=True):
    """What a heading says before a proponent, and for whom one speaks (a pattern with the group ``group``)."""

    lead: str
    on_behalf: str


class Titles(_Strict, frozen=True):
    """What tells a title from a sentence; `longest` in words."""

    verbs: tuple[str, ...]
    unfinished: tuple[str, ...]
    determiners: tuple[str, ...]
    longest: int


class Genres(_Strict, frozen=True):
    """Words that speak for a draft, and for a commentary; headings of comments in a draft."""

    draft: tuple[str, ...]
    headings: tuple[str, ...]
    commentary: tuple[str, ...]


class Footnotes(_Strict, frozen=True):
    """Patterns of footnote marks, their first group the number."""

    markdown: tuple[str, ...]


class OutlineWording(_Strict, frozen=True):
    """``genre/outline.toml``: see the comments there."""

    divisions: tuple[Division, ...]
    articles: Articles
    preamble: Preamble
    dateline: Pattern
    wrapped: Pattern
    proponents: Proponents
    titles: Titles
    genres: Genres
    footnotes: Footnotes
    furniture: Pattern


@cache
def outline_wording(path: Path = GENRE / "outline.toml") -> OutlineWording:
    """Read the wording of outlines.

    Raises
    ------
    ReferenceDataError
        If the file breaks its schema.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=OutlineWording)
    except (OSError, msgspec.DecodeError) as error:
        raise ReferenceDataError(str(error), where=str(path), remedy="see the comments in the shipped file") from None
