"""The verbs of norms of a sentence: whether each states a norm, and what its subject is.

They are certain where other verbs are guessed, so they overrule a guess that leaves them without a clause. A sentence
has a main verb, so a verb of a subordinate clause that left the sentence without one is given to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..ontology.deontics import ClauseKind
from .clauses import NORMATIVE, Clause, Pile
from .lexemes import Lexeme, Lexicon, Sort
from .subjects import STRONG, begins_subject, breaks_off, is_interruption, subject_end, subject_start

__all__ = ["Reading", "read_sentence"]

SUBORDINATE = frozenset({ClauseKind.CONDITION, ClauseKind.COMPARISON})
NEAR = 3
"""A verb so few lexemes before "or may" shares its subject with it: "who have committed or may commit"."""
BARE = frozenset({"be", "have"})
"""Plain forms that no noun is spelled like."""
LEAD = 5
"""A phrase between "and" and its verb has no more lexemes: "and to that end shall"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A verb of norms in its clause.

    `place` counts lexemes; `subject` are the lexemes of its subject (end exclusive), missing where none is printed.
    `norm` says whether it states a norm, `denied` where the negation begins that makes it a prohibition ("nor shall
    it"). `answers` are the subjects of the clauses that lead the sentence in, the nearest first: "it" may stand for
    them.
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


class _Reader(Pile):
    """The state of reading one sentence."""

    def __init__(self, lexemes: Sequence[Lexeme], known: Lexicon, fragment: bool) -> None:
        super().__init__(lexemes, known, fragment)
        self.readings: list[Reading] = []

    def read(self) -> list[Reading]:
        for place, lexeme in enumerate(self.lexemes):
            if self.latest is not None and self.latest[1] == place:
                continue
            if lexeme.sort is Sort.OPENER:
                self.open(place, lexeme.kind)
            elif lexeme.sort is Sort.WEAK:
                self.push(Clause(ClauseKind.COMPARISON, place, place + 1, soft=True))
            elif lexeme.sort is Sort.PIVOT:
                self.pivot(place)
            elif lexeme.sort is Sort.FINITE or (lexeme.sort is Sort.VERB and self.is_verb(place)):
                if not self.is_infinitive(place):
                    self.give_verb(place)
            elif lexeme.sort is Sort.MODAL:
                self.readings.append(self._modal(place))
        self._mend()
        return self.readings

    def _modal(self, place: int) -> Reading:
        inverted = self._inverted(place)
        if inverted is not None:
            return inverted
        before = self.before(place)
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
        clause = self.waiting(place)
        if clause is None:
            return self._new_clause(place)
        low = clause.start if clause is not self.main else 0
        start = subject_start(self.lexemes, low, place)
        if start is not None and self.word(start) == self.known.expletive:
            return self._expletive(place, clause, start)
        if (
            start is not None
            and clause.kind is ClauseKind.RELATIVE
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
        bare = self.sort(after) is Sort.WORD and any(self.word(one) in BARE for one in range(after + 1, after + LEAD))
        if (self.sort(after) not in STRONG and not bare) or self.word(after) in self.known.quantifiers:
            return None
        before = place - 1
        while before >= 0 and self.sort(before) is Sort.COMMA:
            before -= 1
        if self.word(place) in self.known.inverted and (before < 0 or before < place - 1 or self.word(before) == "or"):
            self.push(Clause(ClauseKind.CONDITION, place, after, verb=place))
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
        if self.sort(start) in {Sort.DETERMINER, Sort.WORD}:
            while self.sort(end) is Sort.WORD and self.word(end) not in BARE:
                end += 1
            # No noun has a determiner right after it: in "shall a port detain the crew" the last word is the verb.
            end -= int(self.sort(end) is Sort.DETERMINER and end > start + 2)
            end += int(self.sort(end) is Sort.ACTOR)
        if self.word(end) == "of" and self.sort(end + 1) in STRONG:
            end = self._follows(end + 1)[1]
        return start, end

    def _expletive(self, place: int, clause: Clause, start: int) -> Reading:
        """A verb whose subject stands after it: "there shall be a fund"."""
        reading = self._settle(place, clause, start)
        for one in range(place + 1, len(self.lexemes)):
            if begins_subject(self.lexemes, one):
                return replace(reading, subject=self._follows(one))
            if self.sort(one) not in {Sort.WORD, Sort.ADVERB, Sort.VERB}:
                break
        return reading

    def _interrupted(self, clause: Clause, place: int) -> bool:
        """Whether only an interruption stands between a relative word and its verb: "who, at its request, may"."""
        _, parted = breaks_off(self.lexemes, place)
        leads = self.sort(clause.start) in {Sort.COMMA, Sort.PREPOSITION, Sort.WEAK}
        return parted and leads and clause.kind is ClauseKind.RELATIVE and not clause.led

    def _led_in(self, place: int) -> bool:
        """Whether only "and" with a phrase stands before the verb: "and to that end shall"."""
        if self.latest is None:
            return False
        end, parted = breaks_off(self.lexemes, place)
        for one in range(end - 1, self.latest[1], -1):
            if self.sort(one) is Sort.COORDINATOR:
                after = one + 1
                if self.sort(after) is Sort.COMMA:
                    return parted
                if parted:
                    return is_interruption(self.lexemes, after, end) and self.sort(after) is not Sort.FINITE
                return self.sort(after) is Sort.PREPOSITION and end - after <= LEAD
        return False

    def _carried(self, place: int, before: int) -> Reading:
        """A verb that shares the subject of one before it."""
        word = self.lexemes[place].word
        if self.latest is not None and self.sort(self.latest[1]) is not Sort.MODAL:
            clause, verb = self.latest
            again = self.word(before) != "or" and any(
                reading.norm and self.word(reading.place) == word for reading in self.readings
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

    def _opened(self, place: int, clause: Clause) -> Reading:
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

    def _antecedent(self, clause: Clause) -> tuple[int, int] | None:
        """The noun that a relative word stands for."""
        end = clause.opener
        while end and self.sort(end - 1) in {Sort.COMMA, Sort.ADVERB}:
            end -= 1
        start: int | None = None
        place = end - 1
        while place >= 0:
            sort = self.sort(place)
            if sort in STRONG:
                start = place
                goes_on = sort is Sort.ACTOR or self.sort(place - 1) is Sort.DETERMINER or self.word(place - 1) == "of"
                if not goes_on:
                    break
            elif sort is Sort.COORDINATOR and start is None and self._is_coupled(place):
                # One determiner goes with both words: "the Technical and Legal Commission".
                pass
            elif sort not in {Sort.WORD, Sort.VERB, Sort.PREPOSITION} or (
                sort is Sort.PREPOSITION and start is not None and self.word(place) != "of"
            ):
                break
            place -= 1
        if start is not None:
            return start, end
        start = end
        while self.sort(start - 1) is Sort.WORD and self.sort(start - 2) is not Sort.MODAL:
            start -= 1
        return (start, end) if start < end else None

    def _is_coupled(self, joint: int) -> bool:
        """Whether "and" stands between two plain words."""
        return self.sort(joint - 1) is Sort.WORD and self.sort(joint + 1) is Sort.WORD

    def _free(self, clause: Clause) -> bool:
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
            end = self.interruption(low, end)
        start, bare = self._joined_subject(low, end)
        if start is None and self.latest is None:
            start = subject_start(self.lexemes, 0, place)
        if start is None:
            start = next((one for one in range(end - 1, low - 1, -1) if begins_subject(self.lexemes, one)), None)
            if start is not None and self._is_contact(start, place):
                return self._settle(place, Clause(ClauseKind.RELATIVE, start - 1, start), start)
        if start is None and self.readings:
            return self._shared(place, self.readings[-1])
        if start is None and self.latest is not None and self.latest[1] in self.guessed:
            # No subject is left for this verb, so the word taken for a verb was none: "Parties present and voting may".
            clause = self.latest[0]
            return self._settle(place, clause, subject_start(self.lexemes, max(clause.start, 0), place))
        kind = ClauseKind.MAIN
        if bare and self.readings and not self.readings[-1].norm:
            kind = self.readings[-1].kind
        clause = Clause(kind, -1, start or 0)
        self.pile = [clause]
        self.every.append(clause)
        return self._settle(place, clause, start)

    def _is_contact(self, start: int, place: int) -> bool:
        """Whether the words from `start` say more about the noun before them: "any action it may deem necessary"."""
        if self.sort(start - 1) not in {Sort.WORD, Sort.VERB, Sort.ACTOR}:
            return False
        return self.sort(start) is Sort.PRONOUN or self.lexemes[place].word not in self.known.duties

    def _overruled(self, place: int) -> Clause | None:
        """The clause whose guessed verb was a noun: nothing stands between the two that could part them."""
        if self.latest is None or self.latest[1] not in self.guessed:
            return None
        clause, verb = self.latest
        between = {self.sort(one) for one in range(verb + 1, place)}
        parting = {Sort.COMMA, Sort.COORDINATOR, Sort.OPENER, Sort.PIVOT, Sort.STOP}
        # A noun has no determiner right after it, as a verb has: "takes any step it may deem fit".
        noun = self.sort(verb + 1) not in STRONG and not between & parting
        return clause if clause.verb == verb and noun else None

    def _joined_subject(self, low: int, end: int) -> tuple[int | None, bool]:
        """Where a subject begins after a comma or a joint, and whether there is a joint without a comma."""
        for one in range(end - 1, low - 1, -1):
            before = one - 1
            while before >= low and self.sort(before) is Sort.ADVERB:
                before -= 1
            if begins_subject(self.lexemes, one) and (
                before < 0 or self.sort(before) in {Sort.COMMA, Sort.COORDINATOR}
            ):
                bare = before >= 1 and self.sort(before) is Sort.COORDINATOR and self.sort(before - 1) is not Sort.COMMA
                return one, bare
            joined = (
                self.sort(before) is Sort.COORDINATOR and self.sort(before - 1) is Sort.COMMA if before > low else False
            )
            if joined and self.sort(one) is Sort.WORD and end - one <= LEAD:
                return one, False
        for one in range(end - 1, max(low, end - LEAD) - 1, -1):
            plain = not any(self.sort(other) in STRONG for other in range(one, end))
            if self.sort(one - 1) is Sort.COORDINATOR and plain and not is_interruption(self.lexemes, one, end):
                return one, True
        return None, False

    def _settle(
        self, place: int, clause: Clause, start: int | None, verb: int | None = None, owns: bool = True
    ) -> Reading:
        if owns and clause.verb is None:
            clause.verb = place
        self.latest = (clause, place)
        end = place if verb is None else verb
        subject = None if start is None else (start, subject_end(self.lexemes, start, end))
        norm = clause.kind in NORMATIVE and (clause is self.main or self._free(clause))
        if clause.kind is ClauseKind.RELATIVE:
            owned = clause.opener >= 0 and self.word(clause.opener) == "whose"
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
            if start is not None and (begins_subject(self.lexemes, start) or self.sort(start) is Sort.WORD):
                found.append((start, subject_end(self.lexemes, start, clause.verb)))
        return tuple(found)

    def _mend(self) -> None:
        """Give the main clause its verb where another took it."""
        if self.main.verb is not None or not self.readings or any(reading.norm for reading in self.readings):
            return
        if self.sort(0) in {Sort.OPENER, Sort.WEAK, Sort.PREPOSITION}:
            return
        last = self.readings[-1]
        opens = self.sort(self.before(last.place)) in {Sort.OPENER, Sort.WEAK, Sort.PIVOT}
        if opens or self._is_whole_relative(last.place):
            return
        if last.kind in {ClauseKind.RELATIVE, ClauseKind.CONTENT, ClauseKind.COMPARISON}:
            start = subject_start(self.lexemes, 0, last.place)
            if start is not None:
                subject = (start, subject_end(self.lexemes, start, last.place))
                self.readings[-1] = Reading(last.place, ClauseKind.MAIN, True, subject, last.answers)

    def _is_whole_relative(self, verb: int) -> bool:
        """Whether only a noun stands between "that" and the verb: "matters that the Conference may raise"."""
        noun = self.sort(verb - 1) is Sort.ACTOR or self.sort(verb - 2) is Sort.DETERMINER
        place = verb - 1
        while self.sort(place) in {Sort.WORD, Sort.ACTOR, Sort.DETERMINER} or self.word(place) == "of":
            place -= 1
        return noun and self.sort(place) is Sort.PIVOT and self.sort(place + 1) in STRONG
