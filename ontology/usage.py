"""How treaty English is written: the words and phrases that a careful editor holds a draft against, as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ..errors import ReferenceDataError

__all__ = ["Grammar", "Parallels", "Parties", "Phrases", "Punctuation", "Slip", "Spelling", "Usage", "english", "usage"]

_Count = Annotated[int, msgspec.Meta(ge=1)]
_Words = tuple[str, ...]
_Pair = tuple[str, str]
_HERE = Path(__file__).parent


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Spelling(_Strict, frozen=True):
    """Words that are right though no dictionary has them, and how words are put together."""

    known: frozenset[str]
    prefixes: _Words
    suffixes: _Words
    part: _Count
    whole: _Count
    short: frozenset[str]
    hyphened: frozenset[str]
    twice: frozenset[str]
    variants: tuple[_Pair, ...]
    distinct: frozenset[_Pair]
    confused: dict[str, str]


class Grammar(_Strict, frozen=True):
    """The words that hold a sentence together, and the verbs of the genre."""

    modals: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    finite: frozenset[str]
    determiners: frozenset[str]
    singular: frozenset[str]
    plural: dict[str, str]
    collective: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    inverters: frozenset[str]
    unfinished: frozenset[str]
    clauses: _Words
    measured: frozenset[str]
    measures: frozenset[str]
    verbs: frozenset[str]
    irregular: frozenset[str]


class Slip(_Strict, frozen=True):
    """A phrase that goes wrong: a pattern for small letters, what it should be, and what an editor would say of it.

    `near`: the pattern is looked for only where one of these words stands.
    """

    near: frozenset[str]
    pattern: str
    right: str
    kind: Literal["missing-words", "typo"]
    problem: str


class Parties(_Strict, frozen=True):
    """How a draft names States and parties."""

    before: _Words
    after: _Words
    times: _Count
    least: _Count
    attributes: _Words
    nouns: dict[str, Literal[1, 2]]
    others: frozenset[str]


class Phrases(_Strict, frozen=True):
    """How often a phrase must stand before another form of it is a slip."""

    usual: _Count


class Parallels(_Strict, frozen=True):
    """How much must agree before a difference between two passages tells something; counts of words."""

    shingle: _Count
    around: _Count
    negated: _Count
    after: _Count
    negations: frozenset[str]
    denials: frozenset[str]
    either: frozenset[str]
    modals: frozenset[str]


class Punctuation(_Strict, frozen=True):
    """Words that end with a dot though no sentence does, and marks that are wrong one after the other (patterns)."""

    abbreviations: frozenset[str]
    doubled: _Words


class Usage(_Strict, frozen=True):
    """``genre/usage.toml``: see the comments there."""

    spelling: Spelling
    grammar: Grammar
    slips: tuple[Slip, ...]
    relatives: dict[str, str]
    treaties: frozenset[str]
    parties: Parties
    phrases: Phrases
    parallels: Parallels
    punctuation: Punctuation


@cache
def usage(path: Path = _HERE / "genre" / "usage.toml") -> Usage:
    """Read and check the file; the shipped one if none is named.

    Raises
    ------
    ReferenceDataError
        If the file breaks its schema.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Usage)
    except (OSError, msgspec.DecodeError) as error:
        raise ReferenceDataError(str(error), where=str(path), remedy="see the comments in the shipped file") from None


@cache
def english(path: Path = _HERE / "words" / "english.txt") -> frozenset[str]:
    """The words of English, British and American, in small letters, with those that treaties add to them.

    >>> {"organisation", "organization", "mutatis"} <= english(), "ofthe" in english()
    (True, False)

    Raises
    ------
    ReferenceDataError
        If the file cannot be read.
    """
    try:
        words = path.read_text(encoding="utf-8").split()
    except OSError as error:
        raise ReferenceDataError(str(error), where=str(path), remedy="install the package again") from None
    return usage().spelling.known.union(words)
