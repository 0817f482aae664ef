"""How the source of a provision is recognized by its words: the weights and thresholds, as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from ..errors import ReferenceDataError

__all__ = ["Borrowed", "Context", "Copying", "Formula", "Least", "Reuse", "reuse"]

_Bits = Annotated[float, msgspec.Meta(ge=0)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Count = Annotated[int, msgspec.Meta(ge=1)]
_FILE = Path(__file__).parent / "genre" / "reuse.toml"


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Copying(_Strict, frozen=True):
    """What copying saves and costs, in bits; `astray` is a share, `far` counts words."""

    copied: _Bits
    break_off: _Bits = msgspec.field(name="break")
    jump: _Bits
    far: _Count
    added: _Bits
    dropped: _Bits
    unused: _Bits
    astray: _Share
    stray: _Bits


class Formula(_Strict, frozen=True):
    """What makes a sequence of `length` words a formula: at least so many `texts` have it.

    Its words count by `weight`, and fully where the share `whole` of both texts is the same.
    """

    length: _Count
    texts: _Count
    weight: _Share
    whole: _Share


class Context(_Strict, frozen=True):
    """What stands around a provision counts so many bits; `in_passing` is a share."""

    next: _Bits
    near: _Bits
    forward: _Bits
    same: _Bits
    back: _Bits
    instrument: _Bits
    label: _Bits
    frame: _Bits
    whole: _Bits
    doubt: _Bits
    heading: _Bits
    beside: _Bits
    cited: _Bits
    cited_whole: _Bits
    in_passing: _Share


class Borrowed(_Strict, frozen=True):
    """So many `provisions` of a treaty article, and this `share` of them, make an article borrowed from it."""

    provisions: _Count
    share: _Share


class Least(_Strict, frozen=True):
    """The least that shows a source, in bits; `covered`, `akin`, `idea`, `echo` and `followed_share` are shares."""

    bits: _Bits
    covered: _Share
    akin: _Share
    all: _Bits
    kindred: _Bits
    idea: _Share
    echo: _Share
    near: _Bits
    second: _Bits
    followed: _Bits
    followed_share: _Share
    candidates: _Count


class Reuse(_Strict, frozen=True):
    """All of it. `optional` are pairs: the first word may stand before the second or not."""

    optional: tuple[tuple[str, str], ...]
    copying: Copying
    formula: Formula
    context: Context
    borrowed: Borrowed
    least: Least


@cache
def reuse() -> Reuse:
    """The weights and thresholds of the data file.

    Raises
    ------
    ReferenceDataError
        If the file is missing or not in the schema.
    """
    try:
        return msgspec.toml.decode(_FILE.read_bytes(), type=Reuse)
    except (OSError, msgspec.DecodeError) as error:
        raise ReferenceDataError(str(error), where=str(_FILE), remedy="restore or correct the file") from error
