"""What tells a slip of drafting from good drafting: thresholds and words of the genre, as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from ..errors import ReferenceDataError

__all__ = ["FindingsWording", "findings_wording"]

_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Count = Annotated[int, msgspec.Meta(ge=0)]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Subjects(_Strict, frozen=True):
    """Whether what is cited is about what the citing words speak of."""

    fits: _Share
    beats: _Share
    left: _Share


class References(_Strict, frozen=True):
    """References within one submission."""

    exceptions: tuple[str, ...]
    between: tuple[str, ...]
    shared: _Count
    times: float
    range_holds: _Count
    range_leaves: _Count
    range_like: _Share


class Placeholders(_Strict, frozen=True):
    """What stands for a provision that has no number yet."""

    covered: _Share


class Duplicates(_Strict, frozen=True):
    """The same provision twice."""

    words: _Share
    same: _Share
    within: _Share
    least: _Count
    paragraph_words: _Count
    article_words: _Count
    substance: _Share
    alone: _Share
    title: _Share
    title_words: _Count


class Lists(_Strict, frozen=True):
    """Entries of a list that do not go on with the sentence before it."""

    modals: tuple[str, ...]
    relatives: tuple[str, ...]


class FindingsWording(_Strict, frozen=True):
    """``genre/findings.toml``: see the comments there."""

    subjects: Subjects
    references: References
    placeholders: Placeholders
    duplicates: Duplicates
    lists: Lists


@cache
def findings_wording(path: Path = Path(__file__).parent / "genre" / "findings.toml") -> FindingsWording:
    """Read the thresholds and the wording of findings.

    Raises
    ------
    ReferenceDataError
        If the file breaks its schema.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=FindingsWording)
    except (OSError, msgspec.DecodeError) as error:
        raise ReferenceDataError(str(error), where=str(path), remedy="see the comments in the shipped file") from None
