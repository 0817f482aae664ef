"""The words that carry law: negations, modals, safeguards, conditions, actors, ready to be looked up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from ..ontology.edits import Edits, edits
from ..ontology.usage import usage
from .conforming import lemma
from .words import forms

__all__ = ["Lexicon", "begins", "has", "lexicon"]

Phrases = tuple[tuple[str, ...], ...]


class Lexicon:
    """The lists of the data, single words as sets and phrases as lemmas."""

    def __init__(self, data: Edits) -> None:
        self.negations = frozenset(data.negations)
        self.modals = frozenset(lemma(word) for word in data.modals)
        self.numbers = frozenset(data.numbers)
        self.protected = frozenset(data.protected)
        self.uncounted = frozenset(data.uncounted)
        self.roles = frozenset(data.roles)
        self.anaphors = frozenset(data.anaphors)
        self.singular = usage().grammar.singular
        self.reach = _phrases(data.reach)
        self.safeguards = _phrases(data.safeguards)
        self.conditions = _phrases(data.conditions)
        self.restrictions = _phrases(data.restrictions)
        self.bodies = _phrases(data.actors)
        self.actors = self.bodies + _phrases(data.parties)
        self.procedure = _phrases(data.procedure)
        self.scope = _phrases(data.scope)


def _phrases(listed: Iterable[str]) -> Phrases:
    return tuple(tuple(map(lemma, forms(phrase))) for phrase in listed)


@cache
def lexicon() -> Lexicon:
    """The lists of the shipped data."""
    return Lexicon(edits())


def has(words: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of the phrases stands among the words."""
    return any(
        words[place] == phrase[0] and tuple(words[place : place + len(phrase)]) == phrase
        for phrase in phrases
        for place in range(len(words) - len(phrase) + 1)
    )


def begins(words: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    """Whether the words begin with one of the phrases."""
    return any(tuple(words[: len(phrase)]) == phrase for phrase in phrases)
