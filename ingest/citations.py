"""Finds every citation in plain words: what is cited, and from where to where.

One pass over the words: each word that can begin a citation is tried with the grammar (:mod:`.citation_grammar`), each
bracket and each unit without a number as a placeholder (:mod:`.placeholders`). What is cited is named here, not looked
for; that is :mod:`.resolution`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from ..ontology.citing import CitationWording, any_of, citation_wording
from ..ontology.reference import Reference
from .citation_grammar import CitationGrammar
from .mentions import Mention, Scope
from .names import INSTRUMENT, ORGAN, REST, Marked, NameFinder, other_instrument
from .placeholders import Placeholders
from .records import CitationKind
from .titles import Titles

__all__ = ["find_mentions", "source_citation"]

_WORD = re.compile(rf"\w+|[\[(§{INSTRUMENT}{ORGAN}]")
_NAME = re.compile(f"{INSTRUMENT}{REST}*")
_NUMBERED = re.compile(r"(?:\w+[\s-]+)?[\w§]+\.?\s*[\d(\[§A-Z]")
_STATE_OF_THE_ART = re.compile(r"of the art\s")
_DOCUMENT = re.compile(r"[A-Z](?:/[A-Z][\w.-]{0,15}){0,4}/(?:RES|DEC)/")
_OTHER_ORGAN = (
    r"\s+of\s+(?:the|its)\s+(?P<name>[A-Z][\w’'-]*(?:\s+(?:(?:of|on|for|and|to)\s+)?(?:the\s+)?[A-Z][\w’'-]*){0,12})"
)
_CAPITALISED = re.compile(r"(?<![\w’'-])[A-Z]")
_OPENS = frozenset("[(")
_LONGEST_LEAD = 120
"""How far the name of an unknown instrument is followed back, in characters."""
_Reader = Callable[[Marked, int], Mention | int | None]
"""Reads at a place in the words: a mention, the end of something that is none, or nothing."""
_FILLED_LATER = frozenset({"X", "XX", "XXX"})
"""Roman numerals that are mostly blanks: "article XX"."""
_LONGEST_SOURCE = 600
"""No closing citation is longer, in characters."""


def find_mentions(words: str, reference: Reference, titles: Titles | None = None) -> tuple[Mention, ...]:
    """The mentions in `words`, in order, none overlapping another.

    `titles` are the headings of the draft that the words belong to: after "pursuant to" its title alone is enough to
    cite an article.

    >>> from ..ontology.reference import load
    >>> [mention] = find_mentions("See art. 18, paras. 3 (a)-(c) and 4, of the Organized Crime Convention.", load())
    >>> mention.instrument, [place.steps for place in mention.places]
    ('untoc', [('18', '3', 'a'), ('18', '3', 'b'), ('18', '3', 'c'), ('18', '4')])
    """
    return _finder(reference).find(words, titles)


def source_citation(words: str, reference: Reference) -> tuple[int, int] | None:
    """From where to where `words` say at their end, in brackets, from which instrument they come.

    The brackets count, punctuation after them does not. Words that are nothing but such a citation are it as a whole.

    >>> from ..ontology.reference import load
    >>> words = "Extradition (art. 24, para. 3, of the Budapest Convention);"
    >>> start, end = source_citation(words, load())
    >>> words[start:end]
    '(art. 24, para. 3, of the Budapest Convention)'
    >>> source_citation("The Parties shall cooperate (as appropriate).", load())
    """
    return _finder(reference).source(words)


@lru_cache(maxsize=8)
def _finder(reference: Reference) -> _Finder:
    return _Finder(reference, citation_wording())


class _Finder:
    """All that is compiled once for the reference data."""

    def __init__(self, reference: Reference, wording: CitationWording) -> None:
        self.wording = wording
        self.names = NameFinder(reference, wording)
        self.grammar = CitationGrammar(wording)
        self.treaty_titles = Titles.of_instruments(reference.instruments.values())
        self.placeholders = Placeholders(wording, self.grammar, self.treaty_titles)
        self.indefinite = re.compile(rf"(?<!\w)(?i:{any_of(wording.named.indefinite)})\s+(?:[a-z]+\s+)?$")
        self.own = re.compile(rf"(?<!\w)(?i:{any_of((*wording.own.this, 'said'))})\s+$")
        self.other = re.compile(other_instrument(wording))
        self.before_other = re.compile(r"(?:[A-Z][\w’'-]*\s+(?:(?:of|on|for|and)\s+)?(?:the\s+)?){1,7}$")
        self.after_other = re.compile(rf"{any_of(wording.named.nouns)}\s+(?:on|against|for|concerning|relating\s+to)\s")
        self.other_organ = re.compile(_OTHER_ORGAN)
        self.continued = re.compile(rf"\s*,?\s*of\s+(?:the\s+)?{INSTRUMENT}")
        self.lead = re.compile(rf"\s*(?:(?i:{any_of(wording.sources.lead)})(?!\w)\s*)?")
        self.between = re.compile(rf"(?:\s|,|;|(?:{any_of(wording.sources.between)}|the)(?!\w))*")
        self.readers = self._readers()

    def _readers(self) -> dict[str, tuple[_Reader, ...]]:
        """What can begin with each word, in lower case."""
        units, own = self.wording.units, self.wording.own
        divisions = tuple(printed for division in units.divisions for printed in (division.word, division.plural))
        articles = (*units.article, *units.articles, *divisions)
        places = (*articles, *units.paragraph, *units.paragraphs, *units.subparagraph)
        parts = (*own.this, *own.preceding, *own.unspecific, *own.unspecific_of_part, *self.wording.resolutions.words)
        by_word: tuple[tuple[tuple[str, ...], _Reader], ...] = (
            ((ORGAN,), self._organ),
            ((INSTRUMENT,), self._instrument),
            (places, self._place),
            (parts, self._parsed),
            (("A", "E", "S"), self._document),
            (articles, self._without_number),
            (self.wording.named.nouns, self._other),
        )
        found: dict[str, list[_Reader]] = {}
        for phrases, reader in by_word:
            for word in sorted({_first_word(phrase) for phrase in phrases}):
                found.setdefault(word, []).append(reader)
        return {word: tuple(readers) for word, readers in found.items()}

    def find(self, words: str, titles: Titles | None) -> tuple[Mention, ...]:
        """The mentions in `words`, left to right."""
        found: list[Mention] = []
        marked = self.names.mark(words)
        opening = self.treaty_titles.first_words | (titles.first_words if titles else frozenset())
        closing = _brackets(words)
        done = 0
        for match in _WORD.finditer(marked.words):
            start = match.start()
            if start < done:
                continue
            word = match.group().lower()
            taken: Mention | int | None = None
            if word in _OPENS:
                taken = self._bracketed(words, start, closing.get(start), titles)
            elif readers := self.readers.get(word):
                taken = next((read for reader in readers if (read := reader(marked, start)) is not None), None)
            if taken is None and word in opening:
                taken = self.placeholders.at_title(words, start, titles)
            if isinstance(taken, int):
                done = taken
            elif taken is not None and taken.start >= done:
                found.append(taken)
                done = taken.end
        return tuple(found)

    # ---- readers: a mention, the end of something that is none, or nothing

    def _parsed(self, marked: Marked, start: int) -> Mention | None:
        mention = self.grammar.read(marked, start)
        if mention is None or mention.kind is not CitationKind.INTERNAL:
            return self._of_other_organ(mention, marked.words) if mention else None
        if mention.places and all(place.article in _FILLED_LATER and not place.title for place in mention.places):
            blank = replace(mention, kind=CitationKind.PLACEHOLDER, scope=Scope.OPEN, word="article", blank=True)
            return replace(blank, places=(), unit=None)
        return mention

    def _of_other_organ(self, mention: Mention, words: str) -> Mention:
        """The mention with the organ after it that no data file names: its number is not one of another organ's."""
        organ = self.other_organ.match(words, mention.end) if mention.symbols else None
        if organ is None or any(symbol.organ for symbol in mention.symbols):
            return mention
        named = tuple(replace(symbol, organ=organ["name"]) for symbol in mention.symbols)
        return replace(mention, symbols=named, end=organ.end())

    def _place(self, marked: Marked, start: int) -> Mention | None:
        # Most units have no number after them, and the grammar takes its time to say so.
        if _NUMBERED.match(marked.words, start) is None or _STATE_OF_THE_ART.search(marked.words, start - 7, start + 5):
            return None
        return self._parsed(marked, start)

    def _document(self, marked: Marked, start: int) -> Mention | None:
        return self.grammar.read(marked, start) if _DOCUMENT.match(marked.words, start) else None

    def _organ(self, marked: Marked, start: int) -> Mention | None:
        mention = self.grammar.read(marked, start)
        return mention if mention and mention.kind is CitationKind.RESOLUTION else None

    def _instrument(self, marked: Marked, start: int) -> Mention | None:
        mention = self.grammar.read(marked, start)
        if mention and mention.places and self.continued.match(marked.words, mention.end):
            name = _NAME.match(marked.words, start)
            return replace(mention, end=name.end() if name else mention.end, places=())
        return mention

    def _without_number(self, marked: Marked, start: int) -> Mention | None:
        return self.placeholders.at_unit(marked.printed, start)

    def _other(self, marked: Marked, start: int) -> Mention | int | None:
        """An instrument that no data name, by its full name: "Vienna Convention on ..."."""
        words = marked.words
        if self.after_other.match(words, start) is None:
            return None
        before = self.before_other.search(words[max(0, start - _LONGEST_LEAD) : start])
        first = start - len(before.group()) if before else start
        # "Basel Convention and the Stockholm Convention on ...": from the first word from which a name reaches here.
        opening = (first + word.start() for word in _CAPITALISED.finditer(words[first : start + 1]))
        names = (self.other.match(words, at) for at in opening)
        name = next((name for name in names if name and name.end() > start), None)
        if name is None:
            return None
        if self.indefinite.search(words[max(0, name.start() - 40) : name.start()]):
            return name.end()
        if self.own.search(words[max(0, name.start() - 40) : name.start()]):
            return None
        return Mention(name.start(), name.end(), CitationKind.INSTRUMENT, Scope.OTHER)

    def _bracketed(self, words: str, start: int, end: int | None, titles: Titles | None) -> Mention | None:
        if end is None:
            return None
        if words[start] == "[":
            return self.placeholders.in_square(words, start, end, titles)
        return self.placeholders.in_round(words, start, end)

    # ---- citations that say where words come from

    def source(self, words: str) -> tuple[int, int] | None:
        """The closing citation in brackets, or all the words where they are nothing else."""
        end = len(words.rstrip(" \t\n\u00a0.;:,"))
        if not end:
            return None
        if words[end - 1] in ")]":
            start = _opening(words, end - 1)
            if start is not None and self._only_cites(words[start + 1 : end - 1]):
                return start, end
        start = len(words) - len(words.lstrip())
        return (start, end) if self._only_cites(words[start:end]) else None

    def _only_cites(self, words: str) -> bool:
        """Whether `words` are provisions of instruments and nothing else."""
        if len(words) > _LONGEST_SOURCE or not any(sign.isdigit() for sign in words):
            return False
        at, lead = 0, self.lead.match(words)
        if lead is not None:
            at = lead.end()
        for mention in self.find(words, None):
            between = self.between.match(words, at)
            if mention.kind is not CitationKind.INSTRUMENT or not mention.places:
                return False
            if mention.start != at and (between is None or between.end() != mention.start):
                return False
            at = mention.end
        return at > 0 and not words[at:].strip(" .;,") and bool(lead is None or at > lead.end())


def _first_word(phrase: str) -> str:
    match = _WORD.search(phrase)
    return match.group().lower() if match else phrase


def _brackets(words: str) -> dict[int, int]:
    """Where each bracket that is closed opens, and the end of it, its closing bracket included."""
    ends: dict[int, int] = {}
    opened: dict[str, list[int]] = {"]": [], ")": []}
    for match in re.finditer(r"[\[\]()]", words):
        sign = match.group()
        if sign in "[(":
            opened["]" if sign == "[" else ")"].append(match.start())
        elif opened[sign]:
            ends[opened[sign].pop()] = match.end()
    return ends


def _opening(words: str, last: int) -> int | None:
    """Where the bracket opens that closes at `last`."""
    close = words[last]
    opens = "(" if close == ")" else "["
    depth = 0
    for place in range(last, max(-1, last - _LONGEST_SOURCE), -1):
        if words[place] == close:
            depth += 1
        elif words[place] == opens:
            depth -= 1
            if not depth:
                return place
    return None
