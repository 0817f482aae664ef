"""Finds the names of instruments and organs in words, and puts one sign for each so that a grammar can read on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..ontology.citing import CitationWording, any_of
from ..ontology.reference import Reference

__all__ = ["INSTRUMENT", "ORGAN", "REST", "Marked", "NameFinder", "other_instrument"]

INSTRUMENT, ORGAN, REST = "\ue000", "\ue001", "\ue002"
"""What a name becomes: its first character one of the first two, by its sort, and the others the third."""
PASSED_OVER = "\ue003"
_OWN_SIGNS = re.compile("[\ue000-\ue003]")
_WORD = re.compile(r"\w+")
_BEFORE = 40


@dataclass(frozen=True, slots=True)
class Marked:
    """Words as printed, and with their names as signs, which are as long as the names, so that places stay.

    `ids` has what is named by where its name starts.
    """

    printed: str
    words: str
    ids: dict[int, str]


@dataclass(slots=True)
class _Names:
    """The names of one sort that begin with one word, the longest first."""

    named: dict[str, tuple[str, bool]] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None
    keys: list[str] = field(default_factory=list)

    def at(self, words: str, start: int) -> tuple[int, str] | None:
        if self.pattern is None:
            ordered = sorted(self.named, key=lambda name: (-len(name), name))
            self.keys = [self.named[name][0] for name in ordered]
            self.pattern = re.compile("|".join(f"({_pattern(name, exact=self.named[name][1])})" for name in ordered))
        match = self.pattern.match(words, start)
        return (match.end(), self.keys[(match.lastindex or 1) - 1]) if match else None


class NameFinder:
    """The names in the reference data."""

    def __init__(self, reference: Reference, wording: CitationWording) -> None:
        self._indefinite = re.compile(rf"(?<!\w)(?i:{any_of(wording.named.indefinite)})\s+(?:[a-z]+\s+)?$")
        self._by_word: dict[str, dict[str, _Names]] = defaultdict(dict)
        for name, key, exact in _organs(reference):
            self._add(ORGAN, name, key, exact=exact)
        for name, key, exact in _instruments(reference):
            self._add(INSTRUMENT, name, key, exact=exact)

    def _add(self, sign: str, name: str, key: str, *, exact: bool) -> None:
        match = _WORD.search(name.removeprefix("the "))
        if match:
            names = self._by_word[match.group().lower()].setdefault(sign, _Names())
            before = names.named.setdefault(name, (key, exact))
            names.named[name] = (before[0], before[1] or exact)

    def mark(self, words: str) -> Marked:
        """`words` with a sign for each name. After "a" or "any" a name describes and is passed over."""
        words = _OWN_SIGNS.sub("\ufffd", words)
        pieces: list[str] = []
        ids: dict[int, str] = {}
        done = 0
        for match in _WORD.finditer(words):
            start = match.start()
            if start < done or (sorts := self._by_word.get(match.group().lower())) is None:
                continue
            for sign, names in sorts.items():
                found = names.at(words, start)
                if found is None:
                    continue
                end, key = found
                if sign == INSTRUMENT and self._indefinite.search(words[max(0, start - _BEFORE) : start]):
                    sign = PASSED_OVER
                else:
                    ids[start] = key
                pieces += (words[done:start], sign, REST * (end - start - 1))
                done = end
                break
        pieces.append(words[done:])
        return Marked(words, "".join(pieces), ids)


def _organs(reference: Reference) -> Iterable[tuple[str, str, bool]]:
    for organ in reference.organs.values():
        for name in (organ.name, *organ.aliases):
            yield name, organ.id, " " not in name


def _instruments(reference: Reference) -> Iterable[tuple[str, str, bool]]:
    """Triples: a name, the id of its instrument, whether case matters, as in acronyms and in names of other things."""
    for instrument in reference.instruments.values():
        yield instrument.full_title, instrument.id, False
        if "(" not in instrument.short_title:
            yield instrument.short_title, instrument.id, " " not in instrument.short_title
        for alias in instrument.aliases:
            yield alias.alias, instrument.id, alias.ambiguous or " " not in alias.alias


def _pattern(name: str, *, exact: bool) -> str:
    """A pattern for a name, in any case unless `exact`. "the Charter" is "Charter" after "the"."""
    behind = ""
    if name.startswith("the "):
        behind, name = r"(?<=\bthe\s)", name[4:]
    words = r"\s+".join(re.escape(word) for word in re.sub("[’']", "'", re.sub("[-‑–]", "-", name)).split())
    words = words.replace(r"\-", "[-‑–]").replace("'", "['’]")
    words = re.sub(r"(?<=i)[sz](?=e|ation|ing)", "[sz]", words)
    return f"{behind}(?<!\\w){words if exact else f'(?i:{words})'}(?!\\w)"


def other_instrument(wording: CitationWording) -> str:
    """A pattern for the name of an instrument that the reference data do not hold."""
    nouns, after = any_of(wording.named.nouns), any_of(wording.named.after)
    capital = rf"(?!{nouns}\b|(?:The|This|That|Each|Any|A|An|Such|No|Our|All|Present)\s)[A-Z][\w’'-]*"
    before = rf"{capital}(?:\s+(?:(?:of|on|for|and)\s+)?(?:the\s+)?{capital}){{0,7}}\s+"
    another = rf"\s+and\s+(?:the\s+)?(?:{capital}\s+){{0,6}}{nouns}(?!\w)"
    tail = rf"(?:(?!{another})\s+(?:{after}\s+){{0,3}}[A-Z][\w’'-]*)"
    return rf"(?:{before}{nouns}(?!\w){tail}{{0,12}}|{nouns}{tail}{{1,12}})"
