"""Checks of passages that stand twice in nearly the same words: a negation, a modal or a letter that only one has."""

from __future__ import annotations

from collections import Counter

from ...ontology.usage import usage
from ..records import Severity
from .check import Check, Outcome, Subject
from .repetition import END, Stream
from .tokens import Tokens

__all__ = ["PARALLEL_CHECKS"]


def _negations(subject: Subject, outcome: Outcome) -> None:
    wanted = usage().parallels
    stream = subject.repetition.stream
    for like in subject.repetition.repeats:
        outcome.examined += 1
        for step in range(like.length):
            first, second = like.first + step, like.second + step
            if stream.negated[first] == stream.negated[second]:
                continue
            if like.length < wanted.negated or like.length - step < wanted.negated - wanted.after:
                continue
            lacking, other = (second, first) if stream.negated[first] else (first, second)
            if not step or stream.words[lacking - 1] not in wanted.modals or _denied(stream, lacking):
                continue
            read, start, stop = stream.quotable(lacking - 1, min(lacking + 2, lacking + like.length - step - 1))
            words = subject.words(read.provision, read.starts[start], read.end(stop))
            told = _named(stream.places[other][0])
            problem = f'"not" is missing, it seems: the same words{told} have it, and here they say the opposite.'
            suggestion = f"{stream.words[lacking - 1]} not {stream.words[lacking]}"
            outcome.flag("missing-words", Severity.A, read.provision, words, problem, suggestion)
            break


def _denied(stream: Stream, place: int) -> bool:
    """Whether the sentence denies by another word before: "nothing in this Convention shall be ..."."""
    read, index = stream.places[place]
    start = max(sentence.start for sentence in read.sentences if sentence.start <= index)
    return not usage().parallels.denials.isdisjoint(read.low[start:index])


def _named(read: Tokens) -> str:
    """How an editor finds the other place."""
    label = read.provision.label.strip()
    return f" in {label.rstrip('.')}" if label else " elsewhere"


def _differences(subject: Subject, outcome: Outcome) -> None:
    wanted = usage().parallels
    stream = subject.repetition.stream
    words = stream.words
    flagged: set[tuple[str, str]] = set()
    runs = {(like.first + like.length, like.second + like.length): like.length for like in subject.repetition.repeats}
    for (first, second), length in runs.items():
        outcome.examined += 1
        if second >= len(words) or END in (words[first], words[second]):
            continue
        ahead = 0
        while second + 1 + ahead < len(words) and words[first + 1 + ahead] == words[second + 1 + ahead] != END:
            ahead += 1
        if length + ahead < wanted.around or ahead < wanted.after:
            continue
        one, two = words[first], words[second]
        if (one, two) in flagged or (two, one) in flagged:
            continue
        if judged := _judge(one, two, subject.counts):
            flagged.add((one, two))
            kind, severity, wrong, right, problem = judged
            place = first if wrong == one else second
            read, start, stop = stream.quotable(place, place + 2)
            outcome.flag(
                kind,
                severity,
                read.provision,
                subject.words(read.provision, read.starts[start], read.end(stop)),
                problem,
                right,
            )


def _judge(one: str, two: str, counts: Counter[str]) -> tuple[str, Severity, str, str, str] | None:
    """What the difference of one word tells: kind, severity, the word that is wrong, the right one, the problem.

    Nothing but their order tells which of two numbers or modals is meant, so the later is held against the earlier.
    """
    wanted = usage().parallels
    if not (one.isalpha() and two.isalpha()) or one in wanted.either:
        return None
    problem = f'The same words have "{one}" before, and "{two}" here.'
    if one in wanted.modals and two in wanted.modals:
        return "inconsistent-term", Severity.B, two, one, problem
    if one + "s" == two or two + "s" == one:
        return "inconsistent-term", Severity.C, two, one, problem
    if min(len(one), len(two)) > 5 and one[:3] == two[:3] and _one_letter(one, two):
        wrong, right = (one, two) if counts[one] < counts[two] else (two, one)
        return "typo", Severity.C, wrong, right, f'"{wrong}" for "{right}", which the same words have elsewhere.'
    return None


def _one_letter(one: str, two: str) -> bool:
    """Whether the words differ by one letter only."""
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) > 1:
        return False
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    return short[same:] == long[same + 1 :] if len(long) > len(short) else short[same + 1 :] == long[same + 1 :]


PARALLEL_CHECKS = (
    Check(
        "negation-stands-in-both",
        'Do passages in the same words agree in their "not"?',
        "repeated passages",
        _negations,
    ),
    Check(
        "repeated-words-agree", "Do passages in the same words agree to the letter?", "repeated passages", _differences
    ),
)
