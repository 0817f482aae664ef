"""What a submission says twice in the same words, whatever the negations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...ontology.usage import usage
from .tokens import Tokens

__all__ = ["END", "Repeat", "Repetition", "Stream", "repetition"]

END = "\n"
"""Stands between provisions, equal to no word."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The words of a submission, one after the other, without marks and negations: where each is, what is negated."""

    words: list[str]
    places: list[tuple[Tokens, int]]
    negated: list[bool]

    def quotable(self, first: int, last: int) -> tuple[Tokens, int, int]:
        """The provision of two words, and the tokens from the one to the other."""
        return self.places[first][0], self.places[first][1], self.places[last][1]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Words that agree: `length` of them, from `first` and again from `second`."""

    first: int
    second: int
    length: int


@dataclass(frozen=True, slots=True)
class Repetition:
    """The words of a submission, with all that stands in it twice."""

    stream: Stream
    repeats: tuple[Repeat, ...]


def repetition(reads: Iterable[Tokens]) -> Repetition:
    """What a submission says twice, its negations left out.

    >>> from travaux.ingest.passage import Passage, printed
    >>> from travaux.ingest.records import Kind, Provision
    >>> from travaux.lineage.findings.tokens import tokens
    >>> said = ["It shall bind all Parties that accept it.", "It shall not bind all Parties that accept it."]
    >>> passages = [Passage((printed(words, 0),)) for words in said]
    >>> provisions = [Provision("a", "", Kind.ITEM, "", "", "", "", (), 1, passage=passage) for passage in passages]
    >>> repetition(tokens(provisions)).repeats
    (Repeat(first=0, second=9, length=8),)
    """
    wanted = usage().parallels
    stream = _stream(reads, wanted.negations)
    return Repetition(stream, tuple(_repeats(stream.words, wanted.shingle)))


def _stream(reads: Iterable[Tokens], negations: frozenset[str]) -> Stream:
    words: list[str] = []
    places: list[tuple[Tokens, int]] = []
    negated: list[bool] = []
    for read in reads:
        negation = False
        for index, word in enumerate(read.low):
            if word in negations:
                negation = True
            elif word[0].isalnum():
                words.append(word)
                places.append((read, index))
                negated.append(negation)
                negation = False
        words.append(END)
        places.append((read, len(read.low) - 1))
        negated.append(False)
    return Stream(words, places, negated)


def _repeats(words: list[str], shingle: int) -> Iterator[Repeat]:
    """Each longest run of words that stood before, with its last earlier place.

    One look-up a word: a run is followed to its end at once, so that the work grows with the text, not with its square.
    """
    seen: dict[tuple[str, ...], int] = {}
    index = 0
    known = 0
    while index + shingle <= len(words):
        key = tuple(words[index : index + shingle])
        earlier = -1 if END in key else seen.get(key, -1)
        if earlier < 0:
            index += 1
        else:
            length = shingle
            while (
                index + length < len(words)
                and earlier + length < index
                and words[index + length] == words[earlier + length] != END
            ):
                length += 1
            yield Repeat(earlier, index, length)
            index += length - shingle + 1
        while known < index:
            seen[tuple(words[known : known + shingle])] = known
            known += 1
