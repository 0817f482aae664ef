"""What an editor of treaties looks at in a change, as data: words that stand for one another, words that carry law."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from ..errors import ReferenceDataError

__all__ = ["Amount", "Edits", "References", "edits"]

_Phrases = tuple[str, ...]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Count = Annotated[int, msgspec.Meta(ge=1)]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class References(_Strict, frozen=True):
    """How one provision points to another: `units`, words `between` their numbers, what stands before the `whole`."""

    units: _Phrases
    between: _Phrases
    of: _Phrases
    whole: _Phrases


class Amount(_Strict, frozen=True):
    """How much must be there before a change is called by a name; shares are of words that have a meaning alone."""

    echo: _Share
    refined: _Share
    term: _Count


class Edits(_Strict, frozen=True):
    """``genre/edits.toml``: see the comments there."""

    same: tuple[_Phrases, ...]
    empty: _Phrases
    small: _Phrases
    be: _Phrases
    plain: _Phrases
    negations: _Phrases
    modals: _Phrases
    safeguards: _Phrases
    protected: _Phrases
    conditions: _Phrases
    restrictions: _Phrases
    actors: _Phrases
    parties: _Phrases
    roles: _Phrases
    anaphors: _Phrases
    procedure: _Phrases
    scope: _Phrases
    reach: _Phrases
    numbers: _Phrases
    uncounted: _Phrases
    references: References
    subjects: dict[str, _Phrases]
    amount: Amount


@cache
def edits(path: Path = Path(__file__).parent / "genre" / "edits.toml") -> Edits:
    """Read and check the file; the shipped one if none is named.

    Raises
    ------
    ReferenceDataError
        If the file breaks its schema.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Edits)
    except (OSError, msgspec.DecodeError) as error:
        raise ReferenceDataError(str(error), where=str(path), remedy="see the comments in the shipped file") from None
