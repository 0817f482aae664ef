"""Checks of passages that stand twice in nearly the same words: a negation, a modal or a letter that only one has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ...ingest.records import Kind
from ...ontology.usage import usage
from ..records import Severity
from .check import Check, Outcome, Subject
from .repetition import END, Repetition, Stream
from .tokens import Tokens

__all__ = ["PARALLEL_CHECKS"]

_BRACKETED = frozenset({Kind.SUBPARAGRAPH, Kind.ITEM})


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
            problem = f"“not” is missing, it seems: the same words{told} have it, and here they say the opposite."
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
    unit = read.provision
    if unit.number:
        return f" in {unit.kind} ({unit.number})" if unit.kind in _BRACKETED else f" in {unit.kind} {unit.number}"
    label = unit.label.strip().rstrip(".")
    return f" in {label}" if any(map(str.isalnum, label)) else " elsewhere"


def _differences(subject: Subject, outcome: Outcome) -> None:
    stream = subject.repetition.stream
    outcome.examined += len(subject.repetition.repeats)
    flagged: set[frozenset[str]] = set()
    for first, second in _odd_words(subject.repetition):
        one, two = stream.words[first], stream.words[second]
        judged = _judge(one, two, subject.counts)
        if not judged or frozenset((one, two)) in flagged:
            continue
        flagged.add(frozenset((one, two)))
        place = first if judged.wrong == one else second
        read, start, stop = stream.quotable(place, min(place + 2, _last(stream, place)))
        words = subject.words(read.provision, read.starts[start], read.end(stop))
        outcome.flag(judged.kind, judged.severity, read.provision, words, judged.problem, judged.right)


def _odd_words(found: Repetition) -> Iterator[tuple[int, int]]:
    """Where one word differs, and enough words agree on both sides of it."""
    wanted, words = usage().parallels, found.stream.words
    seen: set[tuple[int, int]] = set()
    for repeat in found.repeats:
        for first, second, step in (
            (repeat.first + repeat.length, repeat.second + repeat.length, 1),
            (repeat.first - 1, repeat.second - 1, -1),
        ):
            if first < 0 or second >= len(words) or END in (words[first], words[second]) or (first, second) in seen:
                continue
            seen.add((first, second))
            if words[first] == words[second]:
                continue
            beyond = _agreeing(words, first + step, second + step, step)
            if beyond >= wanted.after and repeat.length + beyond >= wanted.around:
                yield first, second


def _agreeing(words: list[str], first: int, second: int, step: int) -> int:
    """How many words agree from two places on, or back."""
    count = 0
    while first >= 0 and second < len(words) and words[first] == words[second] != END:
        first, second, count = first + step, second + step, count + 1
    return count


def _last(stream: Stream, place: int) -> int:
    """The last word of the provision in which a word stands."""
    return stream.words.index(END, place) - 1


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the difference of one word tells."""

    kind: str
    severity: Severity
    wrong: str
    right: str
    problem: str


def _judge(one: str, two: str, counts: Counter[str]) -> _Verdict | None:
    """What the difference of one word tells, if anything.

    Nothing but their order tells which of two numbers or modals is meant, so the later is held against the earlier.
    """
    wanted = usage().parallels
    if not (one.isalpha() and two.isalpha()) or one in wanted.either:
        return None
    problem = f"The same words have “{one}” before, and “{two}” here."
    if one in wanted.modals and two in wanted.modals:
        return _Verdict("inconsistent-term", Severity.B, two, one, problem)
    if one + "s" == two or two + "s" == one:
        return _Verdict("inconsistent-term", Severity.C, two, one, problem)
    if min(len(one), len(two)) > 5 and one[:3] == two[:3] and _one_letter(one, two):
        wrong, right = (one, two) if counts[one] < counts[two] else (two, one)
        return _Verdict(
            "typo", Severity.C, wrong, right, f"“{wrong}” for “{right}”, which the same words have elsewhere."
        )
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
        "Do passages in the same words agree in their “not”?",
        "repeated passages",
        _negations,
    ),
    Check(
        "repeated-words-agree", "Do passages in the same words agree to the letter?", "repeated passages", _differences
    ),
)
