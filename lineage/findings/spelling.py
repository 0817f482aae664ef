"""Checks of single words: run together, broken, doubled, misspelt."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from ...ontology.usage import english, usage
from ..records import Severity
from .check import Check, Outcome, Subject
from .tokens import Tokens

__all__ = ["SPELLING_CHECKS"]

JOINT = re.compile(r"[-‐‑'’/]")
OWN = 3
"""A word that a submission writes this often is a word of its own."""
USUAL = 2
"""A misspelt word is held against words that the submission writes at least this often."""
REACH, FOREIGN = 10, 4
"""So many unknown words so near one another are of another language."""


@cache
def _known(word: str) -> bool:
    """Whether the word is right: in the lists, or put together from one by a prefix or a suffix."""
    if len(word) < 3 or word in english():
        return True
    spelling = usage().spelling
    for prefix in spelling.prefixes:
        rest = word.removeprefix(prefix)
        if len(prefix) > 1 and rest != word and len(rest) > 3 and rest not in _small() and rest in english():
            return True
    for suffix in spelling.suffixes:
        rest = word.removesuffix(suffix)
        if rest != word and len(rest) > 2 and (rest in english() or rest + "e" in english() or rest[:-1] in english()):
            return True
    return False


@cache
def _small() -> frozenset[str]:
    """The words that hold a sentence together."""
    grammar = usage().grammar
    return grammar.determiners | grammar.prepositions | grammar.pronouns | grammar.conjunctions | grammar.finite


@cache
def _parts(word: str) -> tuple[str, str] | None:
    """The two words that were run together into one, the more even first."""
    spelling = usage().spelling
    splits: list[tuple[int, str, str]] = []
    for place in range(2, len(word) - 1):
        left, right = word[:place], word[place:]
        if not {left, right} <= english():
            continue
        if len(word) < spelling.whole:
            if {left, right} <= _small():
                splits.append((abs(len(left) - len(right)), left, right))
        elif all(len(part) >= spelling.part or part in spelling.short for part in (left, right)):
            splits.append((abs(len(left) - len(right)), left, right))
    return min(splits)[1:] if splits else None


@dataclass(frozen=True)
class _Vocabulary:
    """The words of a submission, and those that stand side by side in it."""

    counts: Counter[str]

    @cached_property
    def joined(self) -> str:
        """All its words that have a hyphen, in one line."""
        return " ".join(sorted(word for word in self.counts if "-" in word))

    @cached_property
    def usual(self) -> dict[str, list[str]]:
        """The words that the submission writes often, by each form that lacks one letter."""
        by_gap: dict[str, list[str]] = {}
        for word, count in sorted(self.counts.items()):
            if count >= USUAL and len(word) > 5 and word.isalpha() and _known(word):
                for gap in _gaps(word):
                    by_gap.setdefault(gap, []).append(word)
        return by_gap

    def meant(self, word: str) -> str:
        """The usual word that is one slip of the pen away, if there is one."""
        candidates = {near for gap in _gaps(word) for near in self.usual.get(gap, ())} - {word}
        return max(candidates, key=lambda near: (self.counts[near], near), default="")


def _gaps(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _single(subject: Subject, outcome: Outcome) -> None:
    vocabulary = _Vocabulary(subject.counts)
    for read in subject.tokens:
        heads = {sentence.start for sentence in read.sentences}
        strange = [index for index, word in enumerate(read.low) if word[0].isalpha() and word not in english()]
        outcome.examined += sum(word[0].isalpha() for word in read.low)
        capitals = read.text.isupper()
        skip = -1
        for index in strange:
            if index <= skip or _elsewhere(read, index, strange):
                continue
            word = read.low[index]
            name = read.printed[index] != word and (index not in heads or not read.printed[index][1:].islower())
            # In a heading of capitals a capital is no sign of a name.
            if name and not (capitals and index > 0):
                continue
            if broken := _broken(read, index):
                first, last, whole = broken
                skip = last
                words = subject.words(read.provision, read.starts[first], read.end(last))
                outcome.flag(
                    "conversion-artefact",
                    Severity.C,
                    read.provision,
                    words,
                    f"“{whole}” is broken in two.",
                    whole,
                )
                continue
            _judge_parts(subject, read, index, vocabulary, outcome)


def _elsewhere(read: Tokens, index: int, strange: list[int]) -> bool:
    """Whether the word stands in an address or among words of another language."""
    within = strange[bisect_left(strange, index - REACH) : bisect_right(strange, index + REACH)]
    near = [other for other in within if len(read.low[other]) > 1]
    foreign = sum(not _known(read.low[other]) and read.printed[other].islower() for other in near)
    if foreign >= FOREIGN:
        return True
    before, after = read.text.rfind(" ", 0, read.starts[index]), read.text.find(" ", read.starts[index])
    stretch = read.text[before + 1 : after if after >= 0 else len(read.text)]
    return any(sign in stretch for sign in ("://", "www.", "@", "/")) and "/" in stretch.strip("/")


def _broken(read: Tokens, index: int) -> tuple[int, int, str] | None:
    """The first and last token of a word in two pieces, of which the token is one, and the word."""
    word = read.low[index]
    if "-" in word:
        pieces = word.split("-")
        whole = "".join(pieces)
        strange = any(len(piece) > 1 and not _known(piece) for piece in pieces)
        if len(pieces) == 2 and whole in english() and strange and pieces[0] not in usage().spelling.prefixes:
            return index, index, whole
        return None
    if not word.isalpha() or (_known(word) and word not in usage().spelling.prefixes):
        return None
    for first, last in ((index, _beside(read, index, 1)), (_beside(read, index, -1), index)):
        if first < 0 or last < 0 or len(read.low[first]) < 2 or not read.printed[last].islower():
            continue
        whole = read.low[first] + read.low[last]
        if len(whole) >= usage().spelling.whole - 1 and whole in english():
            return first, last, whole
    return None


def _beside(read: Tokens, index: int, step: int) -> int:
    """The token next to it, over white space or the hyphen at the end of a line; -1 if there is none."""
    beside = index + step
    if 0 <= beside + step < len(read.low) and read.low[beside] == "-":
        beside += step
    first, last = min(index, beside), max(index, beside)
    if first < 0 or last >= len(read.low) or not read.low[beside].isalpha():
        return -1
    between = read.text[read.end(first) : read.starts[last]]
    return -1 if between not in (" ", "- ", " -") else beside


def _judge_parts(subject: Subject, read: Tokens, index: int, vocabulary: _Vocabulary, outcome: Outcome) -> None:
    for piece in JOINT.split(read.low[index]):
        if _known(piece) or not piece.isalpha() or vocabulary.counts[read.low[index]] >= OWN:
            continue
        words = subject.words(read.provision, read.starts[index], read.end(index))
        if parts := _parts(piece):
            left, right = parts
            written = f"{left}-{right}"
            hyphenated = "-" in read.low[index] or left in usage().spelling.hyphened or written in vocabulary.joined
            right_form = read.printed[index].replace(piece, written if hyphenated else f"{left} {right}")
            problem = f"“{left}” and “{right}” are run together."
            outcome.flag("conversion-artefact", Severity.C, read.provision, words, problem, right_form)
        elif len(piece) > 5 and (meant := vocabulary.meant(piece)):
            problem = f"“{piece}” is misspelt, probably for “{meant}”."
            outcome.flag("typo", Severity.C, read.provision, words, problem, read.printed[index].replace(piece, meant))
        else:
            continue
        return


def _doubled(subject: Subject, outcome: Outcome) -> None:
    allowed = usage().spelling.twice
    for read in subject.tokens:
        outcome.examined += 1
        for index in range(1, len(read.low)):
            word = read.low[index]
            if word != read.low[index - 1] or not word.isalpha() or word in allowed or len(word) == 1:
                continue
            gap = read.text[read.end(index - 1) : read.starts[index]]
            if gap.strip() or not (read.printed[index].islower() or gap == " "):
                continue
            words = subject.words(read.provision, read.starts[index - 1], read.end(index))
            outcome.flag("typo", Severity.C, read.provision, words, f"“{word}” stands twice in a row.", word)
        for index in range(3, len(read.low)):
            pair = read.low[index - 1 : index + 1]
            if pair == read.low[index - 3 : index - 1] and pair[0] != pair[1] and all(map(str.isalpha, pair)):
                words = subject.words(read.provision, read.starts[index - 3], read.end(index))
                repeated = " ".join(pair)
                outcome.flag("typo", Severity.C, read.provision, words, f"“{repeated}” stands twice.", repeated)


SPELLING_CHECKS = (
    Check("word-is-whole", "Is it a word, neither run together nor broken nor misspelt?", "words", _single),
    Check("word-stands-once", "Does no word stand twice in a row?", "passages", _doubled),
)
