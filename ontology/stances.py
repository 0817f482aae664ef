"""The words in which delegations state a position, as data."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import ReferenceDataError

__all__ = ["PositionWording", "position_wording"]

GENRE = Path(__file__).parent / "genre"

Act = Literal[
    "favour",
    "ask",
    "against",
    "view",
    "worry",
    "accept",
    "open",
    "unclear",
    "basis",
    "evaluation",
    "rejection",
    "delete",
    "keep",
]
Patterns = tuple[str, ...]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Sentences(_Strict, frozen=True):
    """Abbreviations after which a full stop ends no sentence."""

    abbreviations: Patterns


class Holders(_Strict, frozen=True):
    """Who speaks; others of whom a statement tells; names of no one; what may stand
    between the holder and the verb; what follows a verb whose holder is left out.
    """

    words: Patterns
    others: Patterns
    things: Patterns
    adverbs: Patterns
    auxiliaries: Patterns
    negations: Patterns
    tentative: Patterns
    telegrams: Patterns


class Phrases(_Strict, frozen=True):
    """What a verb of a holder, or what is said of a subject, does; `tentative`: only where that is left open."""

    act: Act
    forms: Patterns
    tentative: bool = False


class Modals(_Strict, frozen=True):
    """Modal verbs that ask or forbid, and where they do neither."""

    ask: Patterns
    could: Patterns
    forbid: Patterns
    forbidden: Patterns
    idle: Patterns
    relatives: Patterns


class Complements(_Strict, frozen=True):
    """Words after a verb or modal that turn it or make it a limit."""

    negative: Patterns
    lifting: Patterns
    limiting: Patterns
    nothing: Patterns
    bounds: Patterns
    spared: Patterns


class Frames(_Strict, frozen=True):
    """Words of observing, of reasons, of necessity and of courtesy, and what in the world one may worry about."""

    observe: Patterns
    reasons: Patterns
    causes: Patterns
    necessary: Patterns
    polite: Patterns
    courtesies: Patterns
    world: Patterns


class Conditions(_Strict, frozen=True):
    """Words that set a condition."""

    provisos: Patterns
    limits: Patterns
    opening: Patterns
    phrases: Patterns
    refer_back: str
    refer_verbs: str
    bind_back: Patterns


class Clauses(_Strict, frozen=True):
    """Where statements part within a sentence."""

    joints: Patterns
    turns: Patterns


class Lists(_Strict, frozen=True):
    """How subjects are listed; `most` words stand between two of them.

    After `including` come illustrations; where one of `means` follows, further subjects.
    """

    joints: tuple[str, ...]
    most: int
    including: Patterns
    means: Patterns


class Chapeaux(_Strict, frozen=True):
    """What ends a chapeau."""

    ends: tuple[str, ...]


class Opening(_Strict, frozen=True):
    """The concept of a chapter, and that of the article in it which bears the same name."""

    chapter: str
    article: str


class Subjects(_Strict, frozen=True):
    """Which concepts count for a wider one or are too wide; what an article named like its chapter is about."""

    details: tuple[str, ...]
    wide: tuple[str, ...]
    named_by: str
    openings: tuple[Opening, ...]


class PositionWording(_Strict, frozen=True):
    """``genre/positions.toml``: see the comments there."""

    sentences: Sentences
    holders: Holders
    verbs: tuple[Phrases, ...]
    predicates: tuple[Phrases, ...]
    modals: Modals
    complements: Complements
    frames: Frames
    conditions: Conditions
    clauses: Clauses
    lists: Lists
    chapeaux: Chapeaux
    subjects: Subjects


@cache
def position_wording(path: Path = GENRE / "positions.toml") -> PositionWording:
    """Read the wording of positions.

    Raises
    ------
    ReferenceDataError
        If the file breaks its schema, or an entry is no regular expression.
    """
    remedy = "see the comments in the shipped file"
    try:
        wording = msgspec.toml.decode(path.read_bytes(), type=PositionWording)
    except (OSError, msgspec.DecodeError) as error:
        raise ReferenceDataError(str(error), where=str(path), remedy=remedy) from None
    for pattern in _patterns(msgspec.to_builtins(wording)):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ReferenceDataError(f"{pattern!r}: {error}", where=str(path), remedy=remedy) from None
    return wording


def _patterns(table: object) -> list[str]:
    if isinstance(table, str):
        return [table]
    parts = table.values() if isinstance(table, dict) else table if isinstance(table, list | tuple) else ()
    return [pattern for part in parts for pattern in _patterns(part)]
