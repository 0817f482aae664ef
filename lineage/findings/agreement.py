"""Checks of agreement: verbs with their subjects, possessives with whose they are, pairs of nouns with one another."""

from __future__ import annotations

from collections import Counter
from functools import cache

from ...ingest.records import Kind
from ...ontology.usage import usage
from ..records import Severity
from .check import Check, Outcome, Subject
from .tokens import Sentence, Tokens

__all__ = ["AGREEMENT_CHECKS"]

MARKS = frozenset(',;:()[]–—.?!"“”')
PAIRS, USUAL = 2, 5
"""So many times as often must two nouns stand in the plural both before "agreements or arrangement" is a slip, and
"agreement or arrangements", which may be meant."""


def _verbs(subject: Subject, outcome: Outcome) -> None:
    """Flag "he or she have", "any person using ... have": a verb in the plural after a subject in the singular."""
    plural = usage().grammar.plural
    for read in subject.tokens:
        for sentence in read.sentences:
            for index in range(sentence.start + 2, sentence.stop):
                verb = read.low[index]
                if verb not in plural:
                    continue
                outcome.examined += 1
                start = _singular_subject(read, sentence, index)
                if start >= 0:
                    words = subject.words(read.provision, read.starts[start], read.end(index))
                    problem = f"“{verb}” does not agree with its subject, “{_brief(read, start, index)}”."
                    outcome.flag("typo", Severity.C, read.provision, words, problem, plural[verb])


def _brief(read: Tokens, start: int, index: int) -> str:
    return read.between(start, min(index - 1, start + 2))


def _singular_subject(read: Tokens, sentence: Sentence, index: int) -> int:
    """Where a subject in the singular begins whose verb the token is; -1 if there is none."""
    grammar = usage().grammar
    if read.low[index - 3 : index] in (("he", "or", "she"), ("she", "or", "he")):
        return index - 3
    if read.low[index - 1] in ("he", "she", "it") and read.low[index - 2] not in ("if", "as", "that", "lest", "were"):
        return index - 1
    start = index
    while start > sentence.start and read.low[start - 1] not in MARKS | grammar.subordinators:
        start -= 1
    clause = read.low[start:index]
    if start > sentence.start and read.low[start - 1] in ("as", "than"):
        return -1
    if len(clause) < 2 or clause[0] not in grammar.singular - {"no", "that", "this", "one"}:
        return -1
    noun = clause[1]
    if noun.endswith("s") or noun in grammar.collective:
        return -1
    if len(clause) > 2 and not (clause[2] in grammar.prepositions or clause[2].endswith("ing")):
        return -1
    if any(word in grammar.finite or word == "to" for word in clause):
        return -1
    joined = [place for place, word in enumerate(clause) if word in ("and", "or", "nor")]
    if any(place + 1 == len(clause) or clause[place + 1] in grammar.determiners for place in joined):
        return -1
    return start


def _possessives(subject: Subject, outcome: Outcome) -> None:
    """Flag "Each State Party ... their domestic law", "States ... in its territory"."""
    wanted = usage().parties
    nouns = wanted.nouns
    for read in subject.tokens:
        if read.provision.kind in (Kind.SUBPARAGRAPH, Kind.ITEM, Kind.BULLET):
            continue  # The words before the list name whose it is.
        for sentence in read.sentences:
            named: list[tuple[int, int]] = []
            others = False
            for index in range(sentence.start, sentence.stop):
                word = read.low[index]
                if word in nouns and not (word in ("state", "states") and _party_follows(read, index, sentence)):
                    # Of two that stand together either may be meant, or both.
                    numbers = (1, 2) if _joined(read, index, sentence) else (nouns[word],)
                    named += [(index, number) for number in numbers]
                elif word in ("its", "their") and _attribute(read, index):
                    outcome.examined += 1
                    _judge(subject, read, named, index, others, outcome)
                elif word in wanted.others and not set(read.low[index + 1 : index + 2]) & {"state", "party"}:
                    others = True


def _party_follows(read: Tokens, index: int, sentence: Sentence) -> bool:
    return index + 1 < sentence.stop and read.low[index + 1] in ("party", "parties")


def _joined(read: Tokens, index: int, sentence: Sentence) -> bool:
    """Whether two States stand for one noun: "the requesting State Party and the requested State Party"."""
    before = read.low[max(sentence.start, index - 5) : index]
    return "and" in before or "or" in before


def _attribute(read: Tokens, index: int) -> bool:
    """Whether what follows a possessive is something that a State has."""
    return any(read.low[index + 1 : index + 1 + len(words)] == words for words in _attributes())


@cache
def _attributes() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(attribute.split()) for attribute in usage().parties.attributes)


def _judge(
    subject: Subject, read: Tokens, named: list[tuple[int, int]], index: int, others: bool, outcome: Outcome
) -> None:
    wanted = 1 if read.low[index] == "its" else 2
    if others or not named or any(number == wanted for _, number in named):
        return
    start = max(0, named[-1][0] - 2)
    words = subject.words(read.provision, read.starts[start], read.end(index + 1))
    state = read.between(
        named[-1][0] - (read.low[named[-1][0] - 1] in usage().parties.nouns if named[-1][0] else 0), named[-1][0]
    )
    problem = f"“{read.printed[index]}” does not agree with “{state}”, whose it must be."
    outcome.flag("typo", Severity.C, read.provision, words, problem, "their" if wanted == 1 else "its")


def _pairs(subject: Subject, outcome: Outcome) -> None:
    """Flag "agreements or arrangement" where the draft has "agreements or arrangements" elsewhere."""
    found: Counter[tuple[str, str]] = Counter()
    for read in subject.tokens:
        for index in range(1, len(read.low) - 1):
            if read.low[index] in ("and", "or"):
                found[read.low[index - 1], read.low[index + 1]] += 1
    for read in subject.tokens:
        if read.provision.kind in (Kind.ARTICLE, Kind.HEADING, Kind.SECTION, Kind.CHAPTER):
            continue
        for index in range(1, len(read.low) - 1):
            if read.low[index] not in ("and", "or"):
                continue
            outcome.examined += 1
            left, right = read.low[index - 1], read.low[index + 1]
            one, more = _numbers(left), _numbers(right)
            if not one or not more or (left == one[1]) == (right == more[1]):
                continue
            together, apart = found[one[1], more[1]], found[left, right]
            if together < (PAIRS if left == one[1] else USUAL) * apart:
                continue
            last = index + 1
            words = subject.words(read.provision, read.starts[index - 1], read.end(last))
            usual = f"{one[1]} {read.low[index]} {more[1]}"
            problem = f"One is in the singular and one in the plural; elsewhere the draft has “{usual}”."
            outcome.flag("typo", Severity.C, read.provision, words, problem, usual)


def _singulars(subject: Subject, outcome: Outcome) -> None:
    """Flag "for criminal purpose" where the draft has "for criminal purposes" throughout."""
    grammar, usual = usage().grammar, usage().phrases.usual
    plural: Counter[tuple[str, ...]] = Counter()
    for read in subject.tokens:
        plural.update(
            triple for triple in zip(read.low, read.low[1:], read.low[2:], strict=False) if triple[2][-1] == "s"
        )
    known: dict[tuple[str, ...], tuple[str, ...]] = {
        (*phrase[:2], phrase[2][:-1]): phrase
        for phrase, count in plural.items()
        if count >= usual and len(phrase[2]) > 4 and grammar.determiners.isdisjoint(phrase)
    }
    outcome.examined += len(known)
    slips: dict[tuple[str, ...], list[tuple[Tokens, int]]] = {}
    for read in subject.tokens:
        for index, triple in enumerate(zip(read.low, read.low[1:], read.low[2:], strict=False)):
            if triple in known:
                slips.setdefault(triple, []).append((read, index))
    for phrase, places in slips.items():
        [(read, index), *others] = places
        after = read.low[index + 3] if index + 3 < len(read.low) else "."
        ends = after in MARKS or after in grammar.prepositions or after in grammar.conjunctions
        if (
            others
            or not ends
            or not all(map(str.isalpha, phrase))
            or (index and read.low[index - 1] in grammar.determiners)
        ):
            continue
        words = subject.words(read.provision, read.starts[index], read.end(index + 2))
        right = " ".join(known[phrase])
        problem = f"Elsewhere the draft has “{right}”, and only here the singular."
        outcome.flag("typo", Severity.C, read.provision, words, problem, right)


def _numbers(word: str) -> tuple[str, str] | None:
    """The singular and plural of a noun of which the word is one."""
    if len(word) < 4 or not word.isalpha() or word.endswith(("ss", "us", "is")):
        return None
    if word.endswith("ies"):
        return word[:-3] + "y", word
    if word.endswith("s"):
        return word[:-1], word
    return word, word[:-1] + "ies" if word.endswith("y") else word + "s"


AGREEMENT_CHECKS = (
    Check("verb-agrees", "Does each verb agree with its subject in number?", "verbs that show number", _verbs),
    Check("possessive-agrees", "Does each possessive agree with the State it stands for?", "possessives", _possessives),
    Check("phrase-keeps-number", "Does it stand in the same number throughout?", "usual phrases", _singulars),
    Check("pair-agrees", "Do nouns that stand in pairs agree in number?", "pairs of words", _pairs),
)
