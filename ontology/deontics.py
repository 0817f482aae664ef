"""The words of the genre: how treaties oblige, allow and recommend, as data."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from ..errors import ReferenceDataError

__all__ = ["Appeals", "ClauseKind", "NormWording", "norm_wording"]


class ClauseKind(StrEnum):
    """What a clause does in its sentence; ``genre/norms.toml`` explains each."""

    MAIN = "main"
    CONDITION = "condition"
    RELATIVE = "relative"
    CONTENT = "content"
    QUESTION = "question"
    PURPOSE = "purpose"
    COMPARISON = "comparison"
    PROVISO = "proviso"
    UPSHOT = "upshot"


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Modal(_Strict, frozen=True):
    """Verbs of norms, the modality of each, and what it is with a negation."""

    words: tuple[str, ...]
    plain: str
    negated: str


class Weakened(_Strict, frozen=True):
    """Phrases that make of one modality a weaker one."""

    words: tuple[str, ...]
    of: str
    becomes: str


class Appeals(_Strict, frozen=True):
    """Appeals: a form of "to be", a participle, and the word that goes before what is to be done."""

    verbs: tuple[str, ...]
    words: tuple[str, ...]
    to: str
    becomes: str


class Opener(_Strict, frozen=True):
    """Words that open a clause, and its kind."""

    kind: ClauseKind
    words: tuple[str, ...]


class Pivot(_Strict, frozen=True):
    """The words that open a relative clause or a content clause, or point; nouns after which the clause is content."""

    words: tuple[str, ...]
    nouns: tuple[str, ...]


class Inverted(_Strict, frozen=True):
    """Verbs that before their subject make a condition; words after which they make a prohibition; what is no subject.

    The expletive stands where the subject would, which then follows the verb: "there shall be a fund".
    """

    conditions: tuple[str, ...]
    negatives: tuple[str, ...]
    quantifiers: tuple[str, ...]
    expletive: str


class Words(_Strict, frozen=True):
    """Words of one sort."""

    words: tuple[str, ...]


class Negations(Words, frozen=True):
    """Words that negate a verb, unless one of `elsewhere` follows."""

    elsewhere: tuple[str, ...]


class Pronouns(_Strict, frozen=True):
    """Words that stand for a noun, by number; what follows "it" where it stands for nothing."""

    singular: tuple[str, ...]
    plural: tuple[str, ...]
    empty: tuple[str, ...]


class NormWording(_Strict, frozen=True):
    """``genre/norms.toml``: see the comments there."""

    modals: tuple[Modal, ...]
    weakened: tuple[Weakened, ...]
    appeals: Appeals
    negations: Negations
    inverted: Inverted
    months: Words
    openers: tuple[Opener, ...]
    weak: Words
    pivot: Pivot
    verbless: Words
    finite: Words
    verbs: Words
    adverbs: Words
    qualifiers: Words
    prepositions: Words
    determiners: Words
    actors: Words
    pronouns: Pronouns
    coordinators: Words
    abbreviations: Words


@cache
def norm_wording(path: Path = Path(__file__).parent / "genre" / "norms.toml") -> NormWording:
    """Read the wording of norms.

    Raises
    ------
    ReferenceDataError
        If the file breaks its schema.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=NormWording)
    except (OSError, msgspec.DecodeError) as error:
        raise ReferenceDataError(str(error), where=str(path), remedy="see the comments in the shipped file") from None
