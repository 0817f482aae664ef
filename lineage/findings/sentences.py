"""Checks of sentences: whether each parses, as far as its small words can tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ...ingest.records import Kind
from ...ontology.usage import Slip, usage
from ..records import Severity
from .check import Check, Outcome, Subject
from .tokens import Sentence, Tokens

__all__ = ["SENTENCE_CHECKS"]

BREAKS = frozenset(',;:()[]–—"“”.?!…')
BEFORE = 7
"""How many words may stand between "as" and "possible"."""
_LONGEST = 60
"""How many words before a modal are flagged, however long its clause is."""


@cache
def _boundaries() -> frozenset[str]:
    """Words and marks at which one clause may end and another begin."""
    grammar = usage().grammar
    return BREAKS | grammar.conjunctions | grammar.subordinators


def _each_sentence(judge: Callable[[Subject, Tokens, Sentence, Outcome], None]) -> Callable[[Subject, Outcome], None]:
    def run(subject: Subject, outcome: Outcome) -> None:
        for read in subject.tokens:
            if read.provision.kind not in (Kind.ARTICLE, Kind.CHAPTER, Kind.SECTION, Kind.HEADING):
                for sentence in read.sentences:
                    outcome.examined += 1
                    judge(subject, read, sentence, outcome)

    return run


def _subjects(subject: Subject, read: Tokens, sentence: Sentence, outcome: Outcome) -> None:
    """A modal whose clause has no subject left: "and consult with the State Party shall inform ..."."""
    grammar, boundaries = usage().grammar, _boundaries()
    earlier = False
    start, modal = sentence.start, -1  # of the clause, and its modal before this word
    for index in range(sentence.start, sentence.stop):
        if index > sentence.start and read.low[index - 1] in boundaries:
            start, modal = index, -1
        if read.low[index] not in grammar.modals:
            continue
        before, modal = modal, index
        if read.printed[index] == "May":
            continue
        # Only the first words of a clause tell, and a clause may be as long as the document.
        opening = read.low[start : min(index, start + 3)]
        lost = earlier and (_headless(opening) or (before >= 0 and _two_modals(read.low, before, index)))
        if lost and not (start > sentence.start and read.low[start - 1] in grammar.subordinators):
            last = min(index + 1, sentence.stop - 1)
            words = subject.words(read.provision, read.starts[max(start, index - _LONGEST)], read.end(last))
            problem = (
                f"Nothing is left to be the subject of “{read.between(index, last)}”: words are missing before it."
            )
            outcome.flag("missing-words", Severity.A, read.provision, words, problem)
        earlier = True


def _headless(clause: tuple[str, ...]) -> bool:
    """Whether a clause before a modal begins with a verb and its object, so that no subject is left."""
    grammar = usage().grammar
    return (
        len(clause) > 2
        and clause[0] in grammar.verbs
        and (
            clause[1] in grammar.determiners
            or clause[1] in grammar.prepositions - {"of", "for", "to", "under", "by", "from"}
        )
    )


def _two_modals(words: tuple[str, ...], first: int, second: int) -> bool:
    """Whether one modal follows another with no sign of a new clause between."""
    grammar = usage().grammar
    return second - first > 1 and words[second - 1] not in grammar.pronouns and words[first + 1] in grammar.verbs


def _measures(subject: Subject, read: Tokens, sentence: Sentence, outcome: Outcome) -> None:
    """Flag "take full account as possible": the first half of "as ... as" is missing."""
    grammar = usage().grammar
    for index in range(sentence.start + 1, sentence.stop):
        if read.low[index] not in grammar.measured or read.low[index - 1] != "as":
            continue
        before = read.low[max(sentence.start, index - 1 - BEFORE) : index - 1]
        ends = [place for place, word in enumerate(before) if word in grammar.measured or word in BREAKS]
        before = before[ends[-1] + 1 :] if ends else before
        if grammar.measures & set(before) or not before:
            continue
        start = max(sentence.start, index - 4)
        words = subject.words(read.provision, read.starts[start], read.end(index))
        problem = f"“as” is missing: “as {read.low[index]}” has nothing to go with."
        outcome.flag("missing-words", Severity.B, read.provision, words, problem, "as ... as " + read.low[index])


def _modal_verbs(subject: Subject, read: Tokens, sentence: Sentence, outcome: Outcome) -> None:
    """A modal that no verb follows, or not in its plain form."""
    grammar = usage().grammar
    for index in range(sentence.start, sentence.stop - 1):
        word, after = read.low[index], read.low[index + 1]
        if word not in ("shall", "may", "must", "should") or read.printed[index] == "May":
            continue
        words = subject.words(read.provision, read.starts[max(sentence.start, index - 1)], read.end(index + 1))
        if after in grammar.modals or after == word:
            problem = (
                f"“{read.between(index, index + 1)}”: one of the two is too many, or words are missing between them."
            )
            outcome.flag("missing-words", Severity.B, read.provision, words, problem)
        elif after not in grammar.verbs and (plain := _plain(after)):
            problem = f"After “{word}” the verb stands in its plain form."
            outcome.flag("typo", Severity.C, read.provision, words, problem, f"{read.printed[index]} {plain}")
        elif after == "to" and index + 2 < sentence.stop and read.low[index + 2] in grammar.verbs:
            problem = f"“to” does not follow “{word}”."
            outcome.flag("typo", Severity.C, read.provision, words, problem, read.printed[index])


@cache
def _plain(word: str) -> str:
    """The plain form of a verb's third person or past: "provides" -> "provide"; empty if it is none."""
    verbs = usage().grammar.verbs
    for ending, stem in (("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e")):
        plain = word.removesuffix(ending) + stem
        if word.endswith(ending) and plain != word and plain in verbs:
            return plain
    return ""


def _endings(subject: Subject, read: Tokens, sentence: Sentence, outcome: Outcome) -> None:
    """A sentence that stops at a word after which something must follow."""
    grammar = usage().grammar
    last = sentence.stop - 2
    if not sentence.closed or last < sentence.start or read.low[sentence.stop - 1] != ".":
        return
    word = read.low[last]
    if word in grammar.unfinished and read.printed[last].islower() and read.starts[sentence.stop - 1] == read.end(last):
        words = subject.words(read.provision, read.starts[max(sentence.start, last - 3)], read.end(last))
        problem = f"The sentence breaks off after “{word}”."
        outcome.flag("missing-words", Severity.B, read.provision, words, problem)


def _clauses(subject: Subject, read: Tokens, sentence: Sentence, outcome: Outcome) -> None:
    """A clause after "to the extent that" and the like that has no verb."""
    if not sentence.closed or (read.provision.path in subject.children and sentence.stop == len(read.low)):
        return
    stretch = read.low[sentence.start : sentence.stop]
    for opener in _openers():
        first = opener[0]
        for place in (index for index, word in enumerate(stretch) if word == first):
            if stretch[place : place + len(opener)] != opener:
                continue
            start = sentence.start + place + len(opener)
            if _verbless(read, start, sentence.stop):
                words = subject.words(read.provision, read.starts[sentence.start + place], read.end(sentence.stop - 1))
                problem = f"The clause after “{' '.join(opener)}” has no verb: words are missing."
                outcome.flag("missing-words", Severity.A, read.provision, words, problem)


@cache
def _openers() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(opener.split()) for opener in usage().grammar.clauses)


def _verbless(read: Tokens, start: int, stop: int) -> bool:
    """Whether nothing between the two tokens can be a finite verb."""
    grammar = usage().grammar
    for index in range(start, stop):
        word = read.low[index]
        if not word[0].isalpha():
            continue
        if word in grammar.finite:
            return False
        before = read.low[index - 1]
        after = read.low[index + 1] if index + 1 < stop else ""
        if word in grammar.verbs and before not in grammar.determiners | grammar.prepositions:
            return False
        if (
            (word.endswith("ed") or word in grammar.irregular)
            and after not in grammar.prepositions
            and before not in grammar.determiners
        ):
            return False
        if word.endswith("s") and _plain(word) and before not in grammar.determiners | grammar.prepositions:
            return False
    return True


@cache
def _slips() -> tuple[tuple[re.Pattern[str], Slip], ...]:
    return tuple((re.compile(slip.pattern), slip) for slip in usage().slips)


def _phrases(subject: Subject, outcome: Outcome) -> None:
    for read in subject.tokens:
        outcome.examined += 1
        low = read.text.lower()
        here = set(read.low)
        for pattern, slip in _slips():
            if slip.near.isdisjoint(here):
                continue
            for found in pattern.finditer(low):
                words = subject.words(read.provision, *found.span())
                severity = Severity.B if slip.kind == "missing-words" else Severity.C
                problem = f"{slip.problem[0].upper()}{slip.problem[1:]}."
                outcome.flag(slip.kind, severity, read.provision, words, problem, slip.right)
        _relatives(subject, read, outcome)


def _relatives(subject: Subject, read: Tokens, outcome: Outcome) -> None:
    """Flag "The purpose of which the information is sought", for "for which"."""
    grammar, wanted = usage().grammar, usage().relatives
    for index in range(1, len(read.low) - 2):
        if read.low[index + 1] != "which" or read.low[index] != "of" or read.low[index - 1] not in wanted:
            continue
        after = read.low[index + 2]
        if after in grammar.determiners or after in ("it", "they"):
            words = subject.words(read.provision, read.starts[max(0, index - 2)], read.end(index + 1))
            right = wanted[read.low[index - 1]]
            problem = f"“{read.between(index - 1, index + 1)}” does not parse here: probably “{right}”."
            outcome.flag("typo", Severity.C, read.provision, words, problem, f"{read.low[index - 1]} {right}")


SENTENCE_CHECKS = (
    Check("verb-has-subject", "Has each verb of duty a subject?", "sentences", _each_sentence(_subjects)),
    Check("measure-is-whole", "Has each “as possible” the word it goes with?", "sentences", _each_sentence(_measures)),
    Check(
        "duty-has-verb", "Does a verb in its plain form follow each modal?", "sentences", _each_sentence(_modal_verbs)
    ),
    Check("sentence-is-finished", "Does no sentence break off?", "sentences", _each_sentence(_endings)),
    Check("clause-has-verb", "Has each clause that needs one a verb?", "sentences", _each_sentence(_clauses)),
    Check("phrase-is-whole", "Are set phrases whole and right?", "passages", _phrases),
)
