"""What provisions oblige, allow and recommend, and whom: the modalities of each unit in order, with their bearers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ..ontology.deontics import NormWording, norm_wording
from .lexemes import Lexeme, Lexicon, Sort, lexicon, sentences
from .passage import Passage
from .readings import Reading, read_sentence
from .records import Genre, Kind, Modality, Norm, Provision, Span
from .subjects import begins_subject, is_interruption, subject_end, subject_start

__all__ = ["norms"]

LETTER = re.compile(r"\s?\([0-9a-z]{1,5}\)")
OPENING_SIGNS = '[“"'
CLOSING_SIGNS = ']”"'
OPERATIVE = frozenset({Kind.PARAGRAPH, Kind.CHAPEAU, Kind.SUBPARAGRAPH, Kind.ITEM, Kind.BULLET})


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Whom a norm binds: the words as printed, where they stand, and what a pronoun among them stands for."""

    words: str = ""
    spans: tuple[Span, ...] = ()
    resolved: str = ""


NOBODY = _Bearer()


@dataclass(frozen=True, slots=True)
class _Verbs:
    """The verbs of norms, ready to be looked up."""

    plain: Mapping[str, Modality]
    negated: Mapping[str, Modality]
    negation: re.Pattern[str]
    weakened: tuple[tuple[Modality, Modality, re.Pattern[str]], ...]
    singular: frozenset[str]
    plural: frozenset[str]
    empty: re.Pattern[str]
    appeal: Modality


@cache
def _verbs(wording: NormWording) -> _Verbs:
    return _Verbs(
        plain={word: Modality(modal.plain) for modal in wording.modals for word in modal.words},
        negated={word: Modality(modal.negated) for modal in wording.modals for word in modal.words},
        negation=_any_of(wording.negations.words, unless=wording.negations.elsewhere),
        weakened=tuple((Modality(one.of), Modality(one.becomes), _any_of(one.words)) for one in wording.weakened),
        singular=frozenset(wording.pronouns.singular),
        plural=frozenset(wording.pronouns.plural),
        empty=_any_of(wording.pronouns.empty),
        appeal=Modality(wording.appeals.becomes),
    )


def _any_of(phrases: tuple[str, ...], unless: tuple[str, ...] = ()) -> re.Pattern[str]:
    """A pattern for each of `phrases`, where none of `unless` follows."""
    either, after = (
        "|".join(re.escape(one).replace("\\ ", r"\s+") for one in sorted(some, key=len, reverse=True))
        for some in (phrases, unless)
    )
    barred = rf"(?!\s+(?:{after})\b)" if after else ""
    return re.compile(rf"(?:{either})\b{barred}", re.IGNORECASE)


def norms(provisions: Sequence[Provision], genre: Genre) -> tuple[tuple[Norm, ...], ...]:
    """The norms of each provision of a submission, in order of occurrence.

    Only operative units of drafts have any. The quotes are put together from the words of the passage; the caller, who
    has the document, makes them final.
    """
    if genre is not Genre.DRAFT:
        return tuple(() for _ in provisions)
    wording = norm_wording()
    reader = _Reader(lexicon(wording), _verbs(wording))
    preambles = {provision.parent for provision in provisions if provision.kind is Kind.RECITAL}
    return tuple(() if provision.parent in preambles else reader.read(provision) for provision in provisions)


@dataclass(slots=True)
class _Unit:
    """What a unit leaves to those below it: the norm that governs them, the subject that it printed.

    `subordinate`: its last word opens a clause ("if:"), so what begins below binds nobody.
    """

    governing: Norm | None = None
    source: str = ""
    subject: _Bearer = NOBODY
    subordinate: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads the provisions of one submission in order."""

    known: Lexicon
    verbs: _Verbs
    units: dict[str, _Unit] = field(default_factory=dict)
    last: _Bearer = NOBODY

    def read(self, provision: Provision) -> tuple[Norm, ...]:
        if provision.kind is Kind.ARTICLE:
            self.last = NOBODY
        if provision.kind not in OPERATIVE or provision.by_reference:
            return ()
        above = self.units.get(provision.parent, _Unit())
        words = provision.passage.words
        if not words:
            self.units[provision.path] = above
            return ()
        unit = _Unit(above.governing, above.source, above.subject)
        self.units[provision.path] = unit
        found: list[Norm] = []
        for number, sentence in enumerate(sentences(words, self.known)):
            fragment = number == 0 and above.governing is not None
            readings = [one for one in read_sentence(sentence, self.known, fragment=fragment) if one.norm]
            if number == 0 and above.subordinate:
                readings = []
            # One after the other: what "it" stands for is looked up among the bearers so far.
            found.extend([self._norm(reading, sentence, provision, unit) for reading in readings])
            unit.subordinate = _ends_open(sentence)
            if readings:
                unit.governing, unit.source = found[-1], provision.path
            elif not fragment:
                unit.subject = self._printed_subject(sentence, provision.passage) or unit.subject
        if found:
            return tuple(found)
        if above.governing is not None:
            return (replace(above.governing, inherited_from=above.source),)
        if provision.heading:
            return ()
        whole = provision.passage.spans(0, len(words))
        return (Norm(Modality.NONE, whole, words),)

    def _norm(self, reading: Reading, sentence: Sequence[Lexeme], provision: Provision, unit: _Unit) -> Norm:
        passage = provision.passage
        words = passage.words
        modality, parts = self._modality(reading, sentence, words)
        bearer = self._bearer(reading, sentence, passage, unit)
        self.last = bearer
        return Norm(
            modality=modality,
            spans=_spans(passage, parts),
            quote=" ".join(words[start:end] for start, end in parts),
            bearer=bearer.words,
            bearer_spans=bearer.spans,
            resolved_bearer=bearer.resolved,
        )

    def _modality(
        self, reading: Reading, sentence: Sequence[Lexeme], words: str
    ) -> tuple[Modality, list[tuple[int, int]]]:
        """The modality, and where its words stand: the verb with its negation, and what weakens it."""
        verb = sentence[reading.place]
        plain = self.verbs.plain.get(verb.word)
        if plain is None:
            return self.verbs.appeal, [(verb.start, verb.end)]
        place = reading.place + 1
        while place < len(sentence) and sentence[place].sort is Sort.ADVERB:
            place += 1
        after = sentence[place].start if place < len(sentence) else len(words)
        negation = self.verbs.negation.match(words, after)
        if reading.denied is not None:
            return self.verbs.negated[verb.word], [(sentence[reading.denied].start, verb.end)]
        if negation:
            near = words[verb.end : after].isspace()
            parts = [(verb.start, negation.end())] if near else [(verb.start, verb.end), negation.span()]
            return self.verbs.negated[verb.word], parts
        for start in self._actions(sentence, reading.place):
            for of, becomes, pattern in self.verbs.weakened:
                weak = pattern.match(words, start)
                if weak and of is plain:
                    near = words[verb.end : start].isspace()
                    parts = [(verb.start, weak.end())] if near else [(verb.start, verb.end), weak.span()]
                    return becomes, parts
        return plain, [(verb.start, verb.end)]

    @staticmethod
    def _actions(sentence: Sequence[Lexeme], verb: int) -> list[int]:
        """Where the action that goes with a verb may begin: right after it, or after what interrupts the two."""
        place = verb + 1
        while place < len(sentence) and sentence[place].sort is Sort.ADVERB:
            place += 1
        if place >= len(sentence):
            return []
        interrupted = sentence[place].sort is Sort.COMMA or is_interruption(sentence, place, place + 1)
        if not interrupted:
            return [sentence[place].start]
        found: list[int] = []
        for one in range(place, len(sentence) - 1):
            if sentence[one].sort is Sort.MODAL:
                break
            if sentence[one].sort is not Sort.COMMA:
                continue
            after = one + 1
            while after < len(sentence) and sentence[after].sort in {Sort.ADVERB, Sort.COORDINATOR}:
                after += 1
            if after < len(sentence):
                found.append(sentence[after].start)
                if sentence[after].sort is Sort.VERB:
                    break
        return found

    def _bearer(self, reading: Reading, sentence: Sequence[Lexeme], passage: Passage, unit: _Unit) -> _Bearer:
        if reading.subject is None:
            if unit.subject is not NOBODY:
                return unit.subject
            return self.last
        printed = _printed(sentence, reading.subject, passage)
        pronoun = printed.words.lower()
        if pronoun not in self.verbs.singular | self.verbs.plural:
            return printed
        plural = pronoun in self.verbs.plural
        verb = sentence[reading.place]
        if not plural and self.verbs.empty.match(passage.words, verb.end + 1):
            return printed
        for answer in reading.answers:
            one = _printed(sentence, answer, passage)
            if one.words.lower() not in self.verbs.singular | self.verbs.plural and _is_plural(one.words) is plural:
                return replace(printed, resolved=one.words)
        if plural:
            named = [one for one in sentence[: reading.subject[0]] if one.sort is Sort.ACTOR and _is_plural(one.word)]
            if named:
                return replace(printed, resolved=passage.words[named[-1].start : named[-1].end])
        for other in (self.last, unit.subject):
            if other is not NOBODY and _is_plural(other.resolved) is plural:
                return replace(printed, resolved=other.resolved)
        return printed

    def _printed_subject(self, sentence: Sequence[Lexeme], passage: Passage) -> _Bearer | None:
        """The subject of words that stop before their verb: "The requested State Party:"."""
        end = len(sentence) - int(sentence[-1].sort is Sort.STOP)
        if any(one.sort is Sort.FINITE for one in sentence) or not end:
            return None
        start = subject_start(sentence, 0, end)
        if start is None or not begins_subject(sentence, start):
            return None
        return _printed(sentence, (start, subject_end(sentence, start, end)), passage)


def _printed(sentence: Sequence[Lexeme], subject: tuple[int, int], passage: Passage) -> _Bearer:
    start, end = _whole(passage.words, sentence[subject[0]].start, sentence[subject[1] - 1].end)
    words = " ".join(passage.words[start:end].split())
    return _Bearer(words, passage.spans(start, end), words)


def _ends_open(sentence: Sequence[Lexeme]) -> bool:
    """Whether a clause opens with the last word: "refuse a request if:"."""
    last = sentence[-2:-1] if sentence[-1].sort is Sort.STOP else sentence[-1:]
    return bool(last) and last[0].sort in {Sort.OPENER, Sort.PIVOT}


def _whole(words: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the letter that ends it, "subparagraph (b)", and the other half of each bracket or quotation."""
    if letter := LETTER.match(words, end):
        end = letter.end()
    inside = words[start:end]
    if start and words[start - 1] in OPENING_SIGNS and any(sign in inside for sign in CLOSING_SIGNS):
        start -= 1
    if words[end : end + 1] and words[end] in CLOSING_SIGNS and any(sign in words[start:end] for sign in OPENING_SIGNS):
        end += 1
    return start, end


def _spans(passage: Passage, parts: list[tuple[int, int]]) -> tuple[Span, ...]:
    """The places of the parts; each but the first takes in the space before it, so that words stay apart."""
    found: list[Span] = []
    for number, (start, end) in enumerate(parts):
        found += passage.spans(start - 1 if number else start, end)
    return tuple(found)


def _is_plural(words: str) -> bool:
    head = re.split(
        r"\s(?:of|on|at|as|between|that|which|who|whose|in|for|to|from|with|under|referred|designated|concerned|made|by)\b",
        words,
    )[0]
    return head.endswith("s") and not head.endswith("ss")
