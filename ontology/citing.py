"""The words of the genre: how drafts and comments cite, as data."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

from ..errors import ReferenceDataError

__all__ = ["CitationWording", "any_of", "citation_wording"]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Division(_Strict, frozen=True):
    """A word for a division, and the kinds of the outline in which it is looked for, the likeliest first."""

    word: str
    plural: str
    kinds: tuple[str, ...]


class Units(_Strict, frozen=True):
    """Units by which a treaty is cited, and the additions to their numbers."""

    article: tuple[str, ...]
    articles: tuple[str, ...]
    paragraph: tuple[str, ...]
    paragraphs: tuple[str, ...]
    subparagraph: tuple[str, ...]
    divisions: tuple[Division, ...]
    additions: tuple[str, ...]


class Joints(_Strict, frozen=True, rename={"and_": "and"}):
    """Words that join the parts of a citation."""

    of: tuple[str, ...]
    and_: tuple[str, ...]
    to: tuple[str, ...]
    deictic: tuple[str, ...]
    measures: tuple[str, ...]


class Own(_Strict, frozen=True):
    """How a treaty speaks of itself and of its parts."""

    nouns: tuple[str, ...]
    this: tuple[str, ...]
    preceding: tuple[str, ...]
    unspecific: tuple[str, ...]
    unspecific_of_part: tuple[str, ...]


class Named(_Strict, frozen=True):
    """How an instrument is called that no data file names."""

    nouns: tuple[str, ...]
    after: tuple[str, ...]
    indefinite: tuple[str, ...]
    gloss: tuple[str, ...]


class Words(_Strict, frozen=True):
    """Words of one sort."""

    words: tuple[str, ...]


class Cues(_Strict, frozen=True):
    """Phrases that say that what follows is cited."""

    phrases: tuple[str, ...]


class Placeholders(_Strict, frozen=True):
    """What stands for a provision that has no number yet; `longest` in characters."""

    links: tuple[str, ...]
    blanks: tuple[str, ...]
    open_text: tuple[str, ...]
    ends: tuple[str, ...]
    restarts: tuple[str, ...]
    longest: int


class Titles(_Strict, frozen=True):
    """When words are taken for a title: least numbers of words, and the least similarity (0 to 1)."""

    own_words: int
    treaty_words: int
    similar: float
    empty: tuple[str, ...]


class Sources(_Strict, frozen=True):
    """What stands before and between the citations that say where words come from."""

    lead: tuple[str, ...]
    between: tuple[str, ...]


class Imports(_Strict, frozen=True):
    """How a unit says that what it cites applies here too: patterns before and after its citations."""

    lead: str
    pattern: str


class CitationWording(_Strict, frozen=True):
    """``genre/citations.toml``: see the comments there."""

    units: Units
    joints: Joints
    own: Own
    named: Named
    resolutions: Words
    cues: Cues
    placeholders: Placeholders
    titles: Titles
    imports: Imports
    sources: Sources


def any_of(phrases: tuple[str, ...]) -> str:
    r"""A pattern for one of `phrases`, the longest first, their spaces standing for any white space.

    >>> any_of(("art.", "draft article"))
    '(?:draft\\s+article|art\\.)'
    """
    patterns = [re.escape(phrase).replace("\\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True)]
    return f"(?:{'|'.join(patterns)})"


@cache
def citation_wording(path: Path = Path(__file__).parent / "genre" / "citations.toml") -> CitationWording:
    """Read the wording of citations.

    Raises
    ------
    ReferenceDataError
        If the file breaks its schema.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=CitationWording)
    except (OSError, msgspec.DecodeError) as error:
        raise ReferenceDataError(str(error), where=str(path), remedy="see the comments in the shipped file") from None
