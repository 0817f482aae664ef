"""Words of a sentence to lexemes: each word or set phrase with what it can do in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import pairwise

from ..ontology.deontics import ClauseKind, NormWording

__all__ = ["Lexeme", "Lexicon", "Sort", "lexicon", "sentences"]

TOKEN = re.compile(r"\w+(?:[-'’‑]\w+|–[^\W\d_]\w*)*|[^\w\s]")
CAPITAL = re.compile(r"[\s\"”’'\])]*[\"“‘'\[(]?[A-Z]")
TRANSPARENT = frozenset('[]“”"‘’*_`')
"""Signs that stand around words without cutting them apart."""


STOPS = frozenset(".;:?!")
FILLERS = frozenset({"also", "further", "hereby"})
LONGEST = 400
"""So many lexemes are read as one sentence at most, so that a text without a full stop is read in linear time."""
INTERRUPTION = 30
"""How many words may stand between an appeal and what is to be done."""


class Sort(Enum):
    """What a word does in a sentence."""

    MODAL = auto()
    FINITE = auto()
    VERB = auto()
    OPENER = auto()
    WEAK = auto()
    PIVOT = auto()
    PREPOSITION = auto()
    DETERMINER = auto()
    ACTOR = auto()
    PRONOUN = auto()
    COORDINATOR = auto()
    ADVERB = auto()
    COMMA = auto()
    STOP = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word or set phrase, in lower case, with its place in the words of the unit (`end` exclusive).

    `kind` is that of the clause which it opens.
    """

    word: str
    start: int
    end: int
    sort: Sort
    kind: ClauseKind = ClauseKind.MAIN


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    sort: Sort
    kind: ClauseKind
    cased: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of norms, ready to be looked up: set phrases by their first word, the longest first."""

    phrases: Mapping[str, tuple[_Phrase, ...]]
    abbreviations: frozenset[str]
    months: frozenset[str]
    verbless: frozenset[str]
    content_nouns: frozenset[str]
    duties: frozenset[str]
    negations: frozenset[str]
    denials: tuple[tuple[str, ...], ...]
    inverted: frozenset[str]
    quantifiers: frozenset[str]
    expletive: str
    plural: frozenset[str]
    qualifiers: frozenset[str]
    appeal_verbs: frozenset[str]
    appeals: tuple[tuple[str, ...], ...]
    appeal_to: str


@cache
def lexicon(wording: NormWording) -> Lexicon:
    """The lexicon of `wording`; of two sorts that claim the same words, the first below has them."""
    entries: list[tuple[Iterable[str], Sort, ClauseKind]] = [
        *((modal.words, Sort.MODAL, ClauseKind.MAIN) for modal in wording.modals),
        *((opener.words, Sort.OPENER, opener.kind) for opener in wording.openers),
        (wording.pivot.words, Sort.PIVOT, ClauseKind.MAIN),
        (wording.weak.words, Sort.WEAK, ClauseKind.COMPARISON),
        (wording.finite.words, Sort.FINITE, ClauseKind.MAIN),
        (wording.coordinators.words, Sort.COORDINATOR, ClauseKind.MAIN),
        (wording.actors.words, Sort.ACTOR, ClauseKind.MAIN),
        ((*wording.pronouns.singular, *wording.pronouns.plural), Sort.PRONOUN, ClauseKind.MAIN),
        (wording.determiners.words, Sort.DETERMINER, ClauseKind.MAIN),
        (wording.adverbs.words, Sort.ADVERB, ClauseKind.MAIN),
        (wording.prepositions.words, Sort.PREPOSITION, ClauseKind.MAIN),
        ((form for verb in wording.verbs.words for form in (verb, _third_person(verb))), Sort.VERB, ClauseKind.MAIN),
    ]
    found: dict[str, list[_Phrase]] = {}
    for phrases, sort, kind in entries:
        for phrase in phrases:
            cased = sort is Sort.ACTOR
            words = tuple(TOKEN.findall(phrase if cased else phrase.lower()))
            found.setdefault(words[0].lower(), []).append(_Phrase(words, sort, kind, cased))
    return Lexicon(
        phrases={word: tuple(sorted(some, key=lambda one: -len(one.words))) for word, some in found.items()},
        abbreviations=frozenset(wording.abbreviations.words),
        months=frozenset(wording.months.words),
        verbless=frozenset(wording.verbless.words),
        content_nouns=frozenset(wording.pivot.nouns),
        duties=frozenset(word for modal in wording.modals if modal.plain == "shall" for word in modal.words),
        negations=frozenset(words.split()[0] for words in wording.negations.words),
        denials=tuple(tuple(words.split()) for words in (*wording.inverted.negatives, *wording.negations.words)),
        inverted=frozenset(wording.inverted.conditions),
        quantifiers=frozenset(wording.inverted.quantifiers),
        expletive=wording.inverted.expletive,
        plural=frozenset(wording.pronouns.plural),
        qualifiers=frozenset(wording.qualifiers.words),
        appeal_verbs=frozenset(wording.appeals.verbs),
        appeals=tuple(tuple(words.split()) for words in wording.appeals.words),
        appeal_to=wording.appeals.to,
    )


def _third_person(verb: str) -> str:
    if re.search(r"(?:[sxzo]|[cs]h)$", verb):
        return verb + "es"
    return re.sub(r"([^aeiou])y$", r"\1ie", verb) + "s"


def sentences(words: str, known: Lexicon) -> Iterator[list[Lexeme]]:
    """The sentences of `words`; a semicolon or a colon ends one too.

    What stands in round brackets is left out, unless it stands between two sentences. No sentence has more than 400
    lexemes.
    """
    sentence: list[Lexeme] = []
    for lexeme in _lexemes(words, known):
        if lexeme.sort is not Sort.STOP and len(sentence) < LONGEST:
            sentence.append(lexeme)
        elif sentence:
            yield [*sentence, lexeme]
            sentence = []
    if sentence:
        yield sentence


def _lexemes(words: str, known: Lexicon) -> Iterator[Lexeme]:
    tokens = list(_outside_brackets(words))
    index = 0
    while index < len(tokens):
        token, start = tokens[index]
        lower = token.lower()
        step = 1
        found = Sort.WORD
        kind = ClauseKind.MAIN
        for phrase in known.phrases.get(lower, ()):
            if _stands(phrase, tokens, index):
                found, kind, step = phrase.sort, phrase.kind, len(phrase.words)
                break
        if appeal := _appeal(tokens, index, known) if lower in known.appeal_verbs else 0:
            found, step = Sort.MODAL, appeal
        last, last_start = tokens[index + step - 1]
        end = last_start + len(last)
        if step == 1:
            found = _sign(token, words, end, index, tokens, known.abbreviations) or found
        if found is Sort.MODAL and token[0].isupper() and index and _month(tokens, index, known):
            found = Sort.WORD
        if lower in known.qualifiers and _qualifies(tokens, index, known):
            found = Sort.DETERMINER
        yield Lexeme(lower if step == 1 else words[start:end].lower(), start, end, found, kind)
        index += step


def _stands(phrase: _Phrase, tokens: list[tuple[str, int]], index: int) -> bool:
    if index + len(phrase.words) > len(tokens):
        return False
    # Most phrases fail at their second word, and this is asked of every word of a text: a loop is quickest.
    for place, word in enumerate(phrase.words, index):
        token = tokens[place][0]
        if token != word and (phrase.cased or token.lower() != word):
            return False
    return True


def _appeal(tokens: list[tuple[str, int]], index: int, known: Lexicon) -> int:
    """How many words from `index` on are an appeal ("are strongly encouraged"); none unless something is to be done."""
    place = index + 1
    while place < len(tokens) and (tokens[place][0].endswith("ly") or tokens[place][0] in FILLERS):
        place += 1
    for words in known.appeals:
        end = place + len(words)
        if tuple(token.lower() for token, _ in tokens[place:end]) == words and end < len(tokens):
            after = [token for token, _ in tokens[end : end + INTERRUPTION]]
            if after[0] == known.appeal_to or (after[0] == "," and (",", known.appeal_to) in pairwise(after)):
                return end - index
    return 0


def _sign(
    token: str, words: str, end: int, index: int, tokens: list[tuple[str, int]], abbreviations: frozenset[str]
) -> Sort | None:
    if token in {",", "–", "—"}:
        return Sort.COMMA
    if token in STOPS - {"."}:
        return Sort.STOP
    if token == ".":
        before = tokens[index - 1][0].lower() if index else ""
        ends = end == len(words) or CAPITAL.match(words, end) is not None
        return Sort.STOP if ends and before not in abbreviations else Sort.ADVERB
    return None


def _month(tokens: list[tuple[str, int]], index: int, known: Lexicon) -> bool:
    near = [tokens[place][0] for place in (index - 1, index + 1) if place < len(tokens)]
    return tokens[index][0].lower() in known.months and any(one.isdigit() for one in near)


def _qualifies(tokens: list[tuple[str, int]], index: int, known: Lexicon) -> bool:
    """Whether the adverb at the head of a sentence goes with a noun right after it: "Further rules"."""
    after = tokens[index + 1][0].lower() if index + 1 < len(tokens) else ""
    return (index == 0 or tokens[index - 1][0] in STOPS) and after.isalpha() and after not in known.phrases


def _outside_brackets(words: str) -> Iterator[tuple[str, int]]:
    """The tokens of `words` without quotation marks, square brackets and what stands in round brackets."""
    tokens = [(match.group(), match.start()) for match in TOKEN.finditer(words)]
    partner: dict[int, int] = {}
    open_at: list[int] = []
    for index, (token, _) in enumerate(tokens):
        if token == "(":
            open_at.append(index)
        elif token == ")" and open_at:
            partner[open_at.pop()] = index
    index = 0
    while index < len(tokens):
        token, start = tokens[index]
        if token == "(" and index in partner and not _begins_sentence(tokens, index, partner[index]):
            index = partner[index]
        elif token not in TRANSPARENT and token not in "()":
            yield token, start
        index += 1


def _begins_sentence(tokens: list[tuple[str, int]], index: int, closing: int) -> bool:
    before = tokens[index - 1][0] if index else "."
    return before == "." and closing > index + 1 and tokens[closing - 1][0] == "."
