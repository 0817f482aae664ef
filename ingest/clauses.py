"""Sentences to clauses, as far as the verbs of norms need it: in which clause each stands, and what its subject is.

A sentence is read from left to right. Words that open a clause put it on a pile; a verb goes to the innermost clause
that still lacks one, and closes those above. Only closed sorts of words are known (what opens clauses, prepositions,
determiners) and the commonest verbs of the genre. The verbs of norms are certain, so they overrule what was guessed
from the others, and a sentence has a main verb, so a verb that left the sentence without one is given to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..ontology.deontics import ClauseKind
from .lexemes import Lexeme, Lexicon, Sort
from .subjects import STRONG, begins_subject, breaks_off, is_interruption, subject_end, subject_start

__all__ = ["Reading", "read_sentence"]

NORMATIVE = frozenset({ClauseKind.MAIN, ClauseKind.PROVISO, ClauseKind.UPSHOT})
SUBORDINATE = frozenset({ClauseKind.CONDITION, ClauseKind.COMPARISON})
NEAR = 3
"""A verb so few lexemes before "or may" shares its subject with it: "who have committed or may commit"."""
BARE = frozenset({"be", "have"})
"""Plain forms that no noun is spelled like."""
PAST = re.compile(r"\w{2,}ed$|^(?:made|gave|took|held|set|led|brought|sent|found|began|became|did|sought)$")
LEAD = 5
"""A phrase between "and" and its verb has no more lexemes: "and to that end shall"."""


@dataclass(slots=True)
class _Clause:
    """A clause: where its words begin, and its verb once that is known.

    `added`: it adds a thought after a comma. `soft`: its opener may have been a preposition. `led`: a preposition
    leads its opener in, so the relative word is not the subject.
    """

    kind: ClauseKind
    opener: int
    start: int
    added: bool = False
    soft: bool = False
    led: bool = False
    verb: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A verb of norms in its clause.

    `place` counts lexemes; `subject` are the lexemes of its subject (end exclusive), missing where none is printed.
    `norm` says whether it states a norm, `denied` where the negation begins
    that makes it a prohibition ("nor shall it"). `answers` are the subjects of the clauses that lead the sentence in,
    the nearest first: what "it" may stand for.
    """

    place: int
    kind: ClauseKind
    norm: bool
    subject: tuple[int, int] | None
    answers: tuple[tuple[int, int], ...] = ()
    denied: int | None = None


def read_sentence(lexemes: Sequence[Lexeme], known: Lexicon, *, fragment: bool = False) -> list[Reading]:
    """The verbs of norms of a sentence, in order.

    With `fragment` the main verb stands before the sentence, as before an item of a list.
    """
    return _Reader(lexemes, known, fragment).read()


class _Reader:
    """The state of reading one sentence."""

    def __init__(self, lexemes: Sequence[Lexeme], known: Lexicon, fragment: bool) -> None:
        self.lexemes = list(lexemes)
        self.known = known
        self.fragment = fragment
        self.main = _Clause(ClauseKind.MAIN, -1, 0, verb=-1 if fragment else None)
        self.pile = [self.main]
        self.every = [self.main]
        self.readings: list[Reading] = []
        self.latest: tuple[_Clause, int] | None = None
        self.guessed: set[int] = set()

    def read(self) -> list[Reading]:
        for place, lexeme in enumerate(self.lexemes):
            if self.latest is not None and self.latest[1] == place:
                continue
            if lexeme.sort is Sort.OPENER:
                self._open(place, lexeme.kind)
            elif lexeme.sort is Sort.WEAK:
                self._push(_Clause(ClauseKind.COMPARISON, place, place + 1, soft=True))
            elif lexeme.sort is Sort.PIVOT:
                self._pivot(place)
            elif lexeme.sort is Sort.FINITE or (lexeme.sort is Sort.VERB and self._is_verb(place)):
                self._verb(place)
            elif lexeme.sort is Sort.MODAL:
                self.readings.append(self._modal(place))
        self._mend()
        return self.readings

    # Clauses open

    def _push(self, clause: _Clause) -> None:
        self.pile.append(clause)
        self.every.append(clause)

    def _open(self, place: int, kind: ClauseKind) -> None:
        if kind is ClauseKind.CONDITION and self._is_verbless(place + 1):
            return
        before = place - 1
        while before >= 0 and self._sort(before) in {Sort.PREPOSITION, Sort.WEAK}:
            before -= 1
        added = before >= 0 and self._sort(before) is Sort.COMMA
        if kind is ClauseKind.UPSHOT and not added:
            kind = ClauseKind.RELATIVE
        clause = _Clause(kind, place, place + 1, added=added, led=before < place - 1)
        self._push(clause)
        self._past_tense(clause)

    def _past_tense(self, clause: _Clause) -> None:
        """Take the word after a relative word for its verb if it is in the past: "the Party that made it"."""
        place = clause.start
        if clause.kind is not ClauseKind.RELATIVE or clause.led or self._sort(place) is not Sort.WORD:
            return
        if PAST.match(self._word(place)):
            clause.verb = place
            self.lexemes[place] = replace(self.lexemes[place], sort=Sort.FINITE)
            self.latest = (clause, place)

    def _is_verbless(self, place: int) -> bool:
        if place >= len(self.lexemes):
            return True
        word = self.lexemes[place].word
        if word in self.known.verbless:
            return True
        follows = self._sort(place + 1)
        return word.endswith(("ed", "ing")) and follows in {Sort.PREPOSITION, Sort.COMMA, Sort.STOP, Sort.WEAK}

    def _pivot(self, place: int) -> None:
        """Tell whether "that" points, opens what is said, or more about a noun."""
        before, after = self._sort(place - 1), self._sort(self._past_adverbs(place + 1))
        kind = ClauseKind.RELATIVE
        if after in {Sort.MODAL, Sort.FINITE, Sort.VERB} and before not in {None, Sort.PREPOSITION}:
            if after is Sort.VERB and before is Sort.COMMA:
                kind = ClauseKind.MAIN
        elif before in {None, Sort.PREPOSITION, Sort.DETERMINER, Sort.WEAK} or after in {
            Sort.PREPOSITION,
            None,
            Sort.COMMA,
            Sort.STOP,
        }:
            kind = ClauseKind.MAIN
        elif before is Sort.COORDINATOR:
            said = self.pile[-1].kind is ClauseKind.CONTENT or after in STRONG
            kind = ClauseKind.CONTENT if said else ClauseKind.MAIN
        elif before is Sort.COMMA:
            kind = ClauseKind.CONTENT if after in {Sort.DETERMINER, Sort.PRONOUN} else ClauseKind.MAIN
        elif before is Sort.FINITE and after is Sort.WORD:
            kind = ClauseKind.MAIN
        elif before in {Sort.VERB, Sort.FINITE} or self.lexemes[place - 1].word in self.known.content_nouns:
            kind = ClauseKind.CONTENT
        if kind is ClauseKind.MAIN:
            self.lexemes[place] = replace(self.lexemes[place], sort=Sort.DETERMINER)
        else:
            clause = _Clause(kind, place, place + 1, added=before is Sort.COMMA)
            self._push(clause)
            self._past_tense(clause)

    # Verbs go to clauses

    def _is_verb(self, place: int) -> bool:
        """Whether a word that may be a verb or a noun is one here: it agrees with the noun before it."""
        before = place - 1
        while before >= 0 and self._sort(before) is Sort.ADVERB:
            before -= 1
        if before < 0 or all(clause.verb is not None for clause in self.pile):
            return False
        one = self.lexemes[before]
        third = self.lexemes[place].word.endswith("s")
        waiting = self.pile[-1]
        relative = waiting.kind is ClauseKind.RELATIVE and waiting.verb is None
        if one.sort is Sort.OPENER or one.sort is Sort.PIVOT:
            return one.sort is Sort.PIVOT or one.kind is ClauseKind.RELATIVE
        if one.sort is Sort.COMMA:
            return relative and self._sort(waiting.start) is Sort.COMMA
        if one.sort in {Sort.WORD, Sort.ACTOR, Sort.VERB}:
            return third is not _plural(one.word)
        return one.sort is Sort.PRONOUN and third is (one.word != "they")

    def _verb(self, place: int) -> None:
        twin = self._twin(place)
        if twin is not None:
            self._push(twin)
        clause = None if self._sort(place - 1) is Sort.COORDINATOR else self._waiting(place)
        if clause is not None:
            clause.verb = place
            if self._sort(place) is Sort.VERB:
                self.guessed.add(place)
            self.lexemes[place] = replace(self.lexemes[place], sort=Sort.FINITE)
        self.latest = (clause or self.pile[-1], place)

    def _twin(self, place: int) -> _Clause | None:
        """The clause of a verb whose subject is joined to a clause before it: "if A is ... and B is"."""
        top = self.pile[-1]
        if top.verb is None or top is self.main or self.latest is None or top.kind in NORMATIVE:
            return None
        for one in range(place - 2, self.latest[1], -1):
            if self._sort(one) in {Sort.COMMA, Sort.OPENER, Sort.PIVOT}:
                return None
            if self._sort(one) is Sort.COORDINATOR and begins_subject(self.lexemes, one + 1):
                return _Clause(top.kind, top.opener, one + 1, top.added, top.soft, top.led)
        return None

    def _waiting(self, place: int) -> _Clause | None:
        """The innermost clause that lacks a verb; those above it are closed."""
        for depth in range(len(self.pile) - 1, -1, -1):
            clause = self.pile[depth]
            if clause.verb is not None:
                continue
            below = any(other.verb is None for other in self.pile[:depth])
            if depth == 0 or not self._is_closed(clause, place, below):
                del self.pile[depth + 1 :]
                return clause
        return None

    def _is_closed(self, clause: _Clause, place: int, below: bool) -> bool:
        """Whether the clause ended before `place` although no verb of it was known; `below`: another waits for one."""
        start = clause.start
        if clause.soft and not begins_subject(self.lexemes, start):
            return True
        end, parted = breaks_off(self.lexemes, place)
        if parted and not below:
            begin = self._interruption(start, end)
            if begin == end:
                return False
            end = begin
        commas = [one for one in range(start, end) if self._sort(one) is Sort.COMMA]
        entered = self._sort(start) is Sort.COMMA
        after = self._past_joints(commas[-1] + 1) if commas else start
        fresh = bool(commas) and begins_subject(self.lexemes, after) and after < place
        if below:
            if parted:
                said = clause.kind in {ClauseKind.CONTENT, ClauseKind.QUESTION}
                begin = self._interruption(start, end)
                return not entered and not (said and all(one >= begin for one in commas))
            if clause.soft and (clause.opener or commas):
                return True
            if commas and not entered and not fresh:
                bare = not any(self._sort(one) is Sort.COORDINATOR for one in range(after, end))
                return bare and not is_interruption(self.lexemes, after, end)
            return fresh and not (entered and len(commas) == 2)
        joined = any(
            self._sort(one) is Sort.COORDINATOR and begins_subject(self.lexemes, one + 1)
            for one in range(start if clause.soft else (commas[-1] if commas else end), end)
        )
        return joined and (clause.soft or fresh)

    def _modal(self, place: int) -> Reading:
        inverted = self._inverted(place)
        if inverted is not None:
            return inverted
        before = self._before(place)
        if before < 0:
            return self._settle(place, self.main, None)
        one = self.lexemes[before]
        top = self.pile[-1]
        if one.sort is Sort.MODAL and self.readings:
            return self._shared(place, self.readings[-1])
        interrupted = breaks_off(self.lexemes, place)[1] and self.main.verb is None and not self.readings
        if one.sort is Sort.COORDINATOR and not interrupted:
            return self._carried(place, before)
        if top.verb is None and top.opener >= 0 and (top.opener == before or self._interrupted(top, place)):
            return self._opened(place, top)
        if not interrupted and self._led_in(place):
            return self._carried(place, before)
        clause = self._waiting(place)
        if clause is None:
            return self._new_clause(place)
        low = clause.start if clause is not self.main else 0
        start = subject_start(self.lexemes, low, place)
        if start is not None and self._word(start) == self.known.expletive:
            return self._expletive(place, clause, start)
        if (
            clause.kind is ClauseKind.RELATIVE
            and not clause.led
            and start == clause.start
            and not begins_subject(self.lexemes, start)
        ):
            start = clause.opener
        if self.lexemes[clause.opener].word == "whose" and clause.opener >= 0:
            start = clause.opener
        return self._settle(place, clause, start)

    def _inverted(self, place: int) -> Reading | None:
        """A verb before its subject: "should a Party object", "nor shall it"."""
        after = place + 1
        if self._sort(after) not in STRONG or self._word(after) in self.known.quantifiers:
            return None
        before = place - 1
        while before >= 0 and self._sort(before) is Sort.COMMA:
            before -= 1
        if self._word(place) in self.known.inverted and (
            before < 0 or before < place - 1 or self._word(before) == "or"
        ):
            self._push(_Clause(ClauseKind.CONDITION, place, after, verb=place))
            self.latest = (self.pile[-1], place)
            return Reading(place, ClauseKind.CONDITION, False, None)
        words = [lexeme.word for lexeme in self.lexemes[: before + 1]]
        denial = next((one for one in self.known.denials if tuple(words[-len(one) :]) == one), None)
        if denial is None:
            return None
        clause = self.main
        clause.verb = place
        self.pile = [clause]
        self.latest = (clause, place)
        return Reading(
            place, ClauseKind.MAIN, True, self._follows(after), self._answers(place), denied=before + 1 - len(denial)
        )

    def _follows(self, start: int) -> tuple[int, int]:
        """The subject that begins at `start`, after its verb."""
        end = start + 1
        if self._sort(start) is Sort.DETERMINER:
            while self._sort(end) is Sort.WORD and self._word(end) not in BARE:
                end += 1
            end += int(self._sort(end) is Sort.ACTOR)
        if self._word(end) == "of" and self._sort(end + 1) in STRONG:
            end = self._follows(end + 1)[1]
        return start, end

    def _expletive(self, place: int, clause: _Clause, start: int) -> Reading:
        """A verb whose subject stands after it: "there shall be a fund"."""
        reading = self._settle(place, clause, start)
        for one in range(place + 1, len(self.lexemes)):
            if begins_subject(self.lexemes, one):
                return replace(reading, subject=self._follows(one))
            if self._sort(one) not in {Sort.WORD, Sort.ADVERB, Sort.VERB}:
                break
        return reading

    def _interrupted(self, clause: _Clause, place: int) -> bool:
        """Whether only an interruption stands between a relative word and its verb: "who, at its request, may"."""
        _, parted = breaks_off(self.lexemes, place)
        leads = self._sort(clause.start) in {Sort.COMMA, Sort.PREPOSITION, Sort.WEAK}
        return parted and leads and clause.kind is ClauseKind.RELATIVE and not clause.led

    def _led_in(self, place: int) -> bool:
        """Whether only "and" with a phrase stands before the verb: "and to that end shall"."""
        if self.latest is None:
            return False
        end, parted = breaks_off(self.lexemes, place)
        for one in range(end - 1, self.latest[1], -1):
            if self._sort(one) is Sort.COORDINATOR:
                after = one + 1
                if self._sort(after) is Sort.COMMA:
                    return parted
                if parted:
                    return is_interruption(self.lexemes, after, end) and self._sort(after) is not Sort.FINITE
                return self._sort(after) is Sort.PREPOSITION and end - after <= LEAD
        return False

    def _carried(self, place: int, before: int) -> Reading:
        """A verb that shares the subject of one before it."""
        word = self.lexemes[place].word
        if self.latest is not None and self._sort(self.latest[1]) is not Sort.MODAL:
            clause, verb = self.latest
            again = self._word(before) != "or" and any(
                reading.norm and self._word(reading.place) == word for reading in self.readings
            )
            if (before - verb <= NEAR and not again) or not self.readings:
                start = subject_start(self.lexemes, max(clause.start, 0), verb)
                return self._settle(place, clause, start, verb, owns=clause.verb == verb)
        for reading in reversed(self.readings):
            if self.lexemes[reading.place].word == word:
                return self._shared(place, reading)
        if self.readings:
            return self._shared(place, self.readings[-1])
        return self._settle(place, self.main, None)

    def _shared(self, place: int, reading: Reading) -> Reading:
        self.latest = (self.latest[0] if self.latest else self.main, place)
        return replace(reading, place=place)

    def _opened(self, place: int, clause: _Clause) -> Reading:
        """A verb right after what opens its clause."""
        clause.verb = place
        self.latest = (clause, place)
        if clause.kind is not ClauseKind.RELATIVE:
            return Reading(place, clause.kind, False, None)
        duty = self.lexemes[place].word in self.known.duties
        negated = self.lexemes[place + 1].word in self.known.negations if place + 1 < len(self.lexemes) else False
        subject = self._antecedent(clause)
        norm = (duty or (negated and clause.added)) and self._free(clause)
        return Reading(place, clause.kind, norm, subject, self._answers(place))

    def _antecedent(self, clause: _Clause) -> tuple[int, int] | None:
        """The noun that a relative word stands for."""
        end = clause.opener
        while end and self._sort(end - 1) in {Sort.COMMA, Sort.ADVERB}:
            end -= 1
        start: int | None = None
        place = end - 1
        while place >= 0:
            sort = self._sort(place)
            if sort in STRONG:
                start = place
                goes_on = (
                    sort is Sort.ACTOR or self._sort(place - 1) is Sort.DETERMINER or self._word(place - 1) == "of"
                )
                if not goes_on:
                    break
            elif sort not in {Sort.WORD, Sort.VERB, Sort.PREPOSITION} or (
                sort is Sort.PREPOSITION and start is not None and self._word(place) != "of"
            ):
                break
            place -= 1
        return (start, end) if start is not None else None

    def _free(self, clause: _Clause) -> bool:
        """Whether no clause around this one takes the force from what it says."""
        around = self.pile[: self.pile.index(clause)] if clause in self.pile else []
        return all(other.kind in NORMATIVE or other.kind is ClauseKind.RELATIVE or other.soft for other in around)

    def _new_clause(self, place: int) -> Reading:
        """A verb that all clauses before it have no use for: it has one of its own, joined to the others."""
        overruled = self._overruled(place)
        if overruled is not None:
            start = subject_start(self.lexemes, max(overruled.start, 0), place)
            return self._settle(place, overruled, start)
        low = self.latest[1] + 1 if self.latest else 0
        end, parted = breaks_off(self.lexemes, place)
        if parted:
            end = self._interruption(low, end)
        start, bare = self._joined_subject(low, end)
        if start is None and self.latest is None:
            start = subject_start(self.lexemes, 0, place)
        if start is None:
            start = next((one for one in range(end - 1, low - 1, -1) if begins_subject(self.lexemes, one)), None)
            if start is not None and self._is_contact(start, place):
                return self._settle(place, _Clause(ClauseKind.RELATIVE, start - 1, start), start)
        if start is None and self.readings:
            return self._shared(place, self.readings[-1])
        kind = ClauseKind.MAIN
        if bare and self.readings and not self.readings[-1].norm:
            kind = self.readings[-1].kind
        clause = _Clause(kind, -1, start or 0)
        self.pile = [clause]
        self.every.append(clause)
        return self._settle(place, clause, start)

    def _is_contact(self, start: int, place: int) -> bool:
        """Whether the words from `start` say more about the noun before them: "any action it may deem necessary"."""
        if self._sort(start - 1) not in {Sort.WORD, Sort.VERB, Sort.ACTOR}:
            return False
        return self._sort(start) is Sort.PRONOUN or self.lexemes[place].word not in self.known.duties

    def _overruled(self, place: int) -> _Clause | None:
        """The clause whose guessed verb was a noun: nothing stands between the two that could part them."""
        if self.latest is None or self.latest[1] not in self.guessed:
            return None
        clause, verb = self.latest
        between = {self._sort(one) for one in range(verb + 1, place)}
        parting = {Sort.COMMA, Sort.COORDINATOR, Sort.OPENER, Sort.PIVOT, Sort.STOP}
        return clause if clause.verb == verb and not between & parting else None

    def _interruption(self, low: int, end: int) -> int:
        """Where the phrase between the subject and its verb begins, which ends at `end`."""
        for one in range(end - 1, low, -1):
            if self._sort(one) is Sort.COMMA and is_interruption(self.lexemes, one + 1, end):
                return one
        return end

    def _joined_subject(self, low: int, end: int) -> tuple[int | None, bool]:
        """Where a subject begins after a comma or a joint, and whether there is a joint without a comma."""
        for one in range(end - 1, low - 1, -1):
            before = one - 1
            while before >= low and self._sort(before) is Sort.ADVERB:
                before -= 1
            if begins_subject(self.lexemes, one) and (
                before < 0 or self._sort(before) in {Sort.COMMA, Sort.COORDINATOR}
            ):
                bare = (
                    before >= 1 and self._sort(before) is Sort.COORDINATOR and self._sort(before - 1) is not Sort.COMMA
                )
                return one, bare
            joined = (
                self._sort(before) is Sort.COORDINATOR and self._sort(before - 1) is Sort.COMMA
                if before > low
                else False
            )
            if joined and self._sort(one) is Sort.WORD and end - one <= LEAD:
                return one, False
        return None, False

    def _settle(
        self, place: int, clause: _Clause, start: int | None, verb: int | None = None, owns: bool = True
    ) -> Reading:
        if owns and clause.verb is None:
            clause.verb = place
        self.latest = (clause, place)
        end = place if verb is None else verb
        subject = None if start is None else (start, subject_end(self.lexemes, start, end))
        norm = clause.kind in NORMATIVE and (clause is self.main or self._free(clause))
        if clause.kind is ClauseKind.RELATIVE:
            owned = clause.opener >= 0 and self._word(clause.opener) == "whose"
            norm = (clause.added or owned) and self.lexemes[place].word in self.known.duties and self._free(clause)
        return Reading(place, clause.kind, norm, subject, self._answers(place))

    def _answers(self, place: int) -> tuple[tuple[int, int], ...]:
        """The subjects of the clauses that lead the sentence in."""
        found: list[tuple[int, int]] = []
        for clause in reversed(self.every):
            leads = clause.kind in SUBORDINATE and clause.verb is not None and 0 <= clause.verb < place
            if not leads or clause.verb is None:
                continue
            start = subject_start(self.lexemes, clause.start, clause.verb)
            if start is not None and (begins_subject(self.lexemes, start) or self._sort(start) is Sort.WORD):
                found.append((start, subject_end(self.lexemes, start, clause.verb)))
        return tuple(found)

    def _mend(self) -> None:
        """Give the main clause its verb where another took it."""
        if self.main.verb is not None or not self.readings or any(reading.norm for reading in self.readings):
            return
        if self._sort(0) in {Sort.OPENER, Sort.WEAK, Sort.PREPOSITION}:
            return
        last = self.readings[-1]
        opens = self._sort(self._before(last.place)) in {Sort.OPENER, Sort.WEAK, Sort.PIVOT}
        if not opens and last.kind in {ClauseKind.RELATIVE, ClauseKind.CONTENT, ClauseKind.COMPARISON}:
            start = subject_start(self.lexemes, 0, last.place)
            if start is not None:
                subject = (start, subject_end(self.lexemes, start, last.place))
                self.readings[-1] = Reading(last.place, ClauseKind.MAIN, True, subject, last.answers)

    # Places

    def _sort(self, place: int) -> Sort | None:
        return self.lexemes[place].sort if 0 <= place < len(self.lexemes) else None

    def _word(self, place: int) -> str:
        return self.lexemes[place].word if 0 <= place < len(self.lexemes) else ""

    def _before(self, place: int) -> int:
        place -= 1
        while place >= 0 and self._sort(place) in {Sort.ADVERB, Sort.COMMA}:
            place -= 1
        return place

    def _past_adverbs(self, place: int) -> int:
        while self._sort(place) is Sort.ADVERB:
            place += 1
        return place

    def _past_joints(self, place: int) -> int:
        while self._sort(place) in {Sort.ADVERB, Sort.COORDINATOR}:
            place += 1
        return place


def _plural(word: str) -> bool:
    return word.endswith(("s", "persons", "people")) and not word.endswith(("ss", "is", "us"))
