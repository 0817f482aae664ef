"""A text as the terms it is made of, so that words which stand for one another in treaties are alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ..ontology.edits import Edits, edits
from .words import forms

__all__ = ["REFERENCE", "Term", "Terms", "kin", "lemma", "stem", "terms"]

REFERENCE = "§"
"""The key of a term that points to another provision, by number or by a placeholder."""
_PLAIN = ("the",)
_BE, _HAVE = "be", "have"


@dataclass(frozen=True, slots=True)
class Term:
    """Some words that mean one thing: those numbered from `start` to `end` (exclusive).

    Terms of one `key` stand for one another; an empty key says that the words may be there or not. `small` words hold a
    sentence together.
    """

    key: str
    start: int
    end: int
    small: bool = False

    @property
    def telling(self) -> bool:
        """Whether it means something alone."""
        return bool(self.key) and not self.small and self.key != REFERENCE


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text in order, which hold all its words, and the place of its term for each word."""

    terms: tuple[Term, ...]
    of_word: tuple[int, ...]

    def at(self, word: int) -> Term:
        """The term that holds a word."""
        return self.terms[self.of_word[word]]


def terms(words: Sequence[str], pointing: Iterable[tuple[int, int]] = ()) -> Terms:
    """The terms of a text, given the forms of its words.

    `pointing` are the stretches of words that are known to point to other provisions.

    >>> [term.key for term in terms(("the", "states", "parties", "shall", "combat", "crimes")).terms]
    ['', 'party', 'shall', 'combat', 'crime']
    """
    known = _known()
    until = dict(pointing)
    lemmas = [lemma(word) for word in words]
    found: list[Term] = []
    at = 0
    while at < len(words):
        end = until.get(at) or known.reference(words, lemmas, at)
        if end:
            found.append(Term(REFERENCE, at, known.tail(words, lemmas, end)))
        else:
            key, length = known.longest(lemmas, at)
            found.append(Term(key, at, at + length, small=not key or key in known.small))
        at = found[-1].end
    return Terms(tuple(found), tuple(place for place, term in enumerate(found) for _ in range(term.start, term.end)))


@cache
def lemma(word: str) -> str:
    """The form of a word that its singular and plural share, and a verb and its third person.

    >>> lemma("parties"), lemma("party's"), lemma("has"), lemma("basis")
    ('party', 'party', 'have', 'basis')
    """
    word = word.removesuffix("'s").rstrip("'")
    be, plain = _irregular()
    if word in be:
        return _BE
    if word in ("has", "had"):
        return _HAVE
    if len(word) < 4 or word in plain or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ers", "er", "ed", "ly", "es", "e", "s")
_ALIKE, _FAMILY = 5, 0.6
"""Words of one family have so many first letters in common, and such a share of the longer."""


@cache
def stem(word: str) -> str:
    """What the forms of a word have in common, roughly.

    >>> stem("monitoring"), stem("make"), stem("making")
    ('monitor', 'mak', 'mak')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@cache
def kin(one: str, other: str) -> bool:
    """Whether two words are of one family: "protect", "protection"; not "requested", "requesting"."""
    if one == other:
        return True
    if {one, other} <= set(edits().roles):
        return False
    if stem(one) == stem(other):
        return True
    shared = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 99)
    shared = min(shared, len(one), len(other))
    return shared >= _ALIKE and shared >= _FAMILY * max(len(one), len(other))


@cache
def _irregular() -> tuple[frozenset[str], frozenset[str]]:
    """The forms of "to be", and words that are no plural."""
    return frozenset(edits().be), frozenset(edits().plain)


class _Known:
    """The phrases of the data, ready to be looked up."""

    def __init__(self, data: Edits) -> None:
        self.small = frozenset(lemma(word) for word in data.small)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for group in (*data.same, tuple(phrase for listed in data.subjects.values() for phrase in listed)):
            key = lemma(forms(group[0])[0]) if " " not in group[0] else group[0]
            self._add(group, key)
            self._add((form for phrase in group if " " not in phrase for form in _verb_forms(phrase)), key)
            if any(lemma(phrase) in self.small for phrase in group):
                self.small |= {key}
        self._add(data.empty, "")
        for listed in self._phrases.values():
            listed.sort(key=lambda one: -len(one[0]))
        self._units = frozenset(map(lemma, data.references.units))
        self._whole = frozenset(lemma(form) for name in data.references.whole for form in forms(name))
        self._between = frozenset(data.references.between)
        self._of = tuple(map(forms, data.references.of))

    def _add(self, phrases: Iterable[str], key: str) -> None:
        for phrase in phrases:
            words = tuple(lemma(form) for form in forms(phrase))
            self._phrases.setdefault(words[0], []).append((words, key))

    def longest(self, lemmas: Sequence[str], at: int) -> tuple[str, int]:
        """The key of the longest phrase that begins at a word, and its length."""
        for words, key in self._phrases.get(lemmas[at], ()):
            if tuple(lemmas[at : at + len(words)]) == words:
                return key, len(words)
        return lemmas[at], 1

    def reference(self, words: Sequence[str], lemmas: Sequence[str], at: int) -> int:
        """Where a reference that begins at a word ends ("paragraphs 2 and 3"), 0 where none does."""
        if lemmas[at] not in self._units:
            return self._named(words, lemmas, at)
        end, place = 0, at + 1
        while place < len(words) and place - max(end, at) < 3:
            lettered = end and len(words[end - 1]) == 1 and words[end - 1].isalpha() and words[place] != "a"
            if _numbers(words[place], single=place == at + 1 or place == end or bool(lettered)):
                end = place + 1
            elif lemmas[place] not in self._units and words[place] not in self._between:
                break
            place += 1
        return end

    def tail(self, words: Sequence[str], lemmas: Sequence[str], end: int) -> int:
        """Where the words end that say of what: "of this article"."""
        if end < len(words) and words[end] == "of":
            return self._named(words, lemmas, end + 1) or end
        return end

    def _named(self, words: Sequence[str], lemmas: Sequence[str], at: int) -> int:
        """Where a name without a number that begins at a word ends ("this article", "the Convention"), else 0."""
        for pointer in self._of:
            last = at + len(pointer)
            if tuple(words[at:last]) != pointer or last >= len(words):
                continue
            if lemmas[last] in self._whole or (lemmas[last] in self._units and pointer != _PLAIN):
                return last + 1
        return 0


def _verb_forms(word: str) -> tuple[str, ...]:
    """The forms that a word has where it is a verb: "combating", "combated"."""
    stem = word.removesuffix("e")
    return f"{stem}ing", f"{stem}ed"


def _numbers(word: str, *, single: bool) -> bool:
    """Whether a word numbers a provision: digits, a roman number, a letter in brackets."""
    return word[0].isdigit() or (single and len(word) == 1) or (len(word) > 1 and not set(word) - set("ivx"))


@cache
def _known() -> _Known:
    return _Known(edits())
