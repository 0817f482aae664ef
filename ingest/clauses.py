"""Sentences to clauses: which words open one, which verb belongs to which.

A sentence is read from left to right. Words that open a clause put it on a pile; a verb goes to the innermost clause
that still lacks one, and closes those above. Only closed sorts of words are known (what opens clauses, prepositions,
determiners) and the commonest verbs of the genre.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..ontology.deontics import ClauseKind
from .lexemes import Lexeme, Lexicon, Sort
from .subjects import STRONG, begins_subject, breaks_off, is_interruption

__all__ = ["NORMATIVE", "Clause", "Pile"]

NORMATIVE = frozenset({ClauseKind.MAIN, ClauseKind.PROVISO, ClauseKind.UPSHOT})
"""The kinds of clauses whose verbs state norms."""
PAST = re.compile(r"\w{2,}ed$|^(?:made|gave|took|held|set|led|brought|sent|found|began|became|did|sought)$")


@dataclass(slots=True)
class Clause:
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


class Pile:
    """The clauses of one sentence that are open, the innermost last.

    `every` are all clauses so far, `latest` is the last verb with its clause, `guessed` are verbs that may be nouns.
    With `fragment` the main verb stands before the sentence, as before an item of a list.
    """

    def __init__(self, lexemes: Sequence[Lexeme], known: Lexicon, fragment: bool) -> None:
        self.lexemes = list(lexemes)
        self.known = known
        self.fragment = fragment
        self.main = Clause(ClauseKind.MAIN, -1, 0, verb=-1 if fragment else None)
        self.pile = [self.main]
        self.every = [self.main]
        self.latest: tuple[Clause, int] | None = None
        self.guessed: set[int] = set()

    def push(self, clause: Clause) -> None:
        """Open a clause."""
        self.pile.append(clause)
        self.every.append(clause)

    def open(self, place: int, kind: ClauseKind) -> None:
        """Open the clause of the words at `place`, unless it has no verb ("where appropriate", "whether to")."""
        if kind is ClauseKind.CONDITION and self._is_verbless(place + 1):
            return
        if kind is ClauseKind.QUESTION and self._is_phrase(place + 1):
            return
        opens = self.sort(place - 1) is Sort.COMMA and begins_subject(self.lexemes, place + 1)
        if kind is ClauseKind.PROVISO and " " not in self.word(place) and not opens:
            self.lexemes[place] = replace(self.lexemes[place], sort=Sort.WORD)
            return
        before = place - 1
        while before >= 0 and self.sort(before) in {Sort.PREPOSITION, Sort.WEAK}:
            before -= 1
        added = before >= 0 and self.sort(before) is Sort.COMMA
        if kind is ClauseKind.UPSHOT and not added:
            kind = ClauseKind.RELATIVE
        clause = Clause(kind, place, place + 1, added=added, led=before < place - 1)
        self.push(clause)
        self._past_tense(clause)

    def _past_tense(self, clause: Clause) -> None:
        """Take the word after a relative word for its verb if it is in the past: "the Party that made it"."""
        place = clause.start
        if clause.kind is not ClauseKind.RELATIVE or clause.led or self.sort(place) is not Sort.WORD:
            return
        if PAST.match(self.word(place)):
            clause.verb = place
            self.lexemes[place] = replace(self.lexemes[place], sort=Sort.FINITE)
            self.latest = (clause, place)

    def _is_verbless(self, place: int) -> bool:
        if place >= len(self.lexemes):
            return True
        word = self.lexemes[place].word
        if word in self.known.verbless:
            return True
        follows = self.sort(place + 1)
        return word.endswith(("ed", "ing")) and follows in {Sort.PREPOSITION, Sort.COMMA, Sort.STOP, Sort.WEAK}

    def _is_phrase(self, place: int) -> bool:
        """Whether an infinitive or a participle follows a question word: "how best to", "whether acting"."""
        place = self.past_adverbs(place)
        if self.word(place) == "to" or (self.sort(place) is Sort.WORD and self.word(place + 1) == "to"):
            return True
        leads = {Sort.PREPOSITION, Sort.COORDINATOR, Sort.COMMA, Sort.ADVERB}
        manner = self.sort(place + 1) in leads or self.word(place + 1).endswith("ly")
        return self.sort(place) is Sort.WORD and self.word(place).endswith("ing") and manner

    def pivot(self, place: int) -> None:
        """Tell whether "that" points, opens what is said, or more about a noun."""
        before, after = self.sort(place - 1), self.sort(self.past_adverbs(place + 1))
        kind = ClauseKind.RELATIVE
        says = before in {Sort.VERB, Sort.FINITE} or self.word(place - 1) in self.known.content_nouns
        if after in {Sort.MODAL, Sort.FINITE, Sort.VERB} and before not in {None, Sort.PREPOSITION}:
            if after is Sort.VERB and before is Sort.COMMA:
                kind = ClauseKind.MAIN
        elif says and after is Sort.PREPOSITION and self.word(self.past_adverbs(place + 1)) != "of":
            kind = ClauseKind.CONTENT
        elif before in {None, Sort.PREPOSITION, Sort.DETERMINER, Sort.WEAK} or after in {
            Sort.PREPOSITION,
            None,
            Sort.STOP,
        }:
            kind = ClauseKind.MAIN
        elif after is Sort.COMMA:
            kind = ClauseKind.CONTENT if before in {Sort.VERB, Sort.FINITE} else ClauseKind.RELATIVE
        elif before is Sort.COORDINATOR:
            said = self.pile[-1].kind is ClauseKind.CONTENT or after in STRONG
            kind = ClauseKind.CONTENT if said else ClauseKind.MAIN
        elif before is Sort.COMMA:
            kind = ClauseKind.CONTENT if after in {Sort.DETERMINER, Sort.PRONOUN} else ClauseKind.MAIN
        elif before is Sort.FINITE and after is Sort.WORD:
            kind = ClauseKind.MAIN
        elif says:
            kind = ClauseKind.CONTENT
        if kind is ClauseKind.MAIN:
            self.lexemes[place] = replace(self.lexemes[place], sort=Sort.DETERMINER)
        else:
            clause = Clause(kind, place, place + 1, added=before is Sort.COMMA)
            self.push(clause)
            self._past_tense(clause)

    def is_verb(self, place: int) -> bool:
        """Whether a word that may be a verb or a noun is one here: it agrees with the noun before it."""
        before = place - 1
        while before >= 0 and self.sort(before) is Sort.ADVERB:
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
            return relative and self.sort(waiting.start) is Sort.COMMA
        if one.sort in {Sort.WORD, Sort.ACTOR, Sort.VERB}:
            return third is not _plural(one.word)
        return one.sort is Sort.PRONOUN and third is (one.word not in self.known.plural)

    def is_infinitive(self, place: int) -> bool:
        """Whether the verb at `place` goes with another before it: "to do", "may have", "shall not have"."""
        before = place - 1
        if self.word(before) in self.known.negations:
            before -= 1
        return self.sort(before) is Sort.MODAL or self.word(before) == self.known.appeal_to

    def give_verb(self, place: int) -> None:
        """Give the verb at `place` to the clause that waits for one."""
        twin = self._twin(place)
        if twin is not None:
            self.push(twin)
        clause = None if self.sort(place - 1) is Sort.COORDINATOR else self.waiting(place)
        if clause is not None:
            clause.verb = place
            if self.sort(place) is Sort.VERB:
                self.guessed.add(place)
            self.lexemes[place] = replace(self.lexemes[place], sort=Sort.FINITE)
        self.latest = (clause or self.pile[-1], place)

    def _twin(self, place: int) -> Clause | None:
        """The clause of a verb whose subject is joined to a clause before it: "if A is ... and B is"."""
        top = self.pile[-1]
        if top.verb is None or top is self.main or self.latest is None or top.kind in NORMATIVE:
            return None
        for one in range(place - 2, self.latest[1], -1):
            if self.sort(one) in {Sort.COMMA, Sort.OPENER, Sort.PIVOT}:
                return None
            if self.sort(one) is Sort.COORDINATOR and begins_subject(self.lexemes, one + 1):
                return Clause(top.kind, top.opener, one + 1, top.added, top.soft, top.led)
        return None

    def waiting(self, place: int) -> Clause | None:
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

    def _is_closed(self, clause: Clause, place: int, below: bool) -> bool:
        """Whether the clause ended before `place` although no verb of it was known; `below`: another waits for one."""
        start = clause.start
        if clause.soft and not begins_subject(self.lexemes, start):
            return True
        end, parted = breaks_off(self.lexemes, place)
        if parted and not below:
            begin = self.interruption(start, end)
            if begin == end:
                return False
            end = begin
        commas = [one for one in range(start, end) if self.sort(one) is Sort.COMMA]
        entered = self.sort(start) is Sort.COMMA
        after = self.past_joints(commas[-1] + 1) if commas else start
        fresh = bool(commas) and begins_subject(self.lexemes, after) and after < place
        if below:
            if parted:
                anew = any(begins_subject(self.lexemes, self.past_joints(one + 1)) for one in commas)
                if clause.opener == 0 and commas and not clause.soft and not anew:
                    return False
                said = clause.kind in {ClauseKind.CONTENT, ClauseKind.QUESTION}
                begin = self.interruption(start, end)
                return not entered and not (said and all(one >= begin for one in commas))
            if clause.soft and (clause.opener or commas):
                return True
            if commas and not entered and not fresh:
                bare = not any(self.sort(one) is Sort.COORDINATOR for one in range(after, end))
                return bare and not is_interruption(self.lexemes, after, end)
            return fresh and not (entered and len(commas) == 2)
        joined = any(
            self.sort(one) is Sort.COORDINATOR and begins_subject(self.lexemes, one + 1)
            for one in range(start if clause.soft else (commas[-1] if commas else end), end)
        )
        return joined and (clause.soft or fresh)

    def interruption(self, low: int, end: int) -> int:
        """Where the phrase between the subject and its verb begins, which ends at `end`."""
        for one in range(end - 1, low, -1):
            if self.sort(one) is Sort.COMMA and is_interruption(self.lexemes, one + 1, end):
                return one
        return end

    def sort(self, place: int) -> Sort | None:
        """What the lexeme at `place` does; nothing outside the sentence."""
        return self.lexemes[place].sort if 0 <= place < len(self.lexemes) else None

    def word(self, place: int) -> str:
        """The lexeme at `place`; empty outside the sentence."""
        return self.lexemes[place].word if 0 <= place < len(self.lexemes) else ""

    def before(self, place: int) -> int:
        """The place before `place`, adverbs and commas aside; -1 where there is none."""
        place -= 1
        while place >= 0 and self.sort(place) in {Sort.ADVERB, Sort.COMMA}:
            place -= 1
        return place

    def past_adverbs(self, place: int) -> int:
        """The first place from `place` on that is no adverb."""
        while self.sort(place) is Sort.ADVERB:
            place += 1
        return place

    def past_joints(self, place: int) -> int:
        """The first place from `place` on that is neither an adverb nor a joint."""
        while self.sort(place) in {Sort.ADVERB, Sort.COORDINATOR}:
            place += 1
        return place


def _plural(word: str) -> bool:
    return word.endswith(("s", "persons", "people")) and not word.endswith(("ss", "is", "us"))
