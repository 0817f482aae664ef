"""The words and marks of each provision, one after the other, and the sentences that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...ingest.records import Provision
from ...ontology.usage import usage

__all__ = ["Sentence", "Tokens", "tokens"]

TOKEN = re.compile(r"[^\W\d_]+(?:[-‐‑'’/][^\W\d_]+)*|\d+(?:[.,/]\d+)*|\S")
STOPS = frozenset(".?!")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A provision's words and marks: as printed, in small letters, and where in its passage each begins."""

    provision: Provision
    text: str
    printed: tuple[str, ...]
    low: tuple[str, ...]
    starts: tuple[int, ...]
    sentences: tuple[Sentence, ...]

    def end(self, index: int) -> int:
        """Where the token ends in the passage."""
        return self.starts[index] + len(self.printed[index])

    def between(self, first: int, last: int) -> str:
        """What stands from the token `first` to the token `last`, `last` included."""
        return self.text[self.starts[first] : self.end(last)]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens from `start` to before `stop`; `closed` by a full stop or the like."""

    start: int
    stop: int
    closed: bool


def tokens(provisions: Iterable[Provision]) -> Iterator[Tokens]:
    """The tokens of each provision that has words of its own.

    >>> from travaux.ingest.passage import Passage, printed
    >>> from travaux.ingest.records import Kind
    >>> words = Passage((printed("It ends (art. 3). So it does.", 0),))
    >>> [found] = tokens([Provision("a", "", Kind.PARAGRAPH, "", "", "", "", (), 1, passage=words)])
    >>> [found.between(sentence.start, sentence.stop - 1) for sentence in found.sentences]
    ['It ends (art. 3).', 'So it does.']
    """
    cut_short = usage().punctuation.abbreviations
    for provision in provisions:
        text = provision.passage.words
        found = [(match[0], match.start()) for match in TOKEN.finditer(text)]
        if found:
            printed, starts = zip(*found, strict=True)
            low = tuple(word.lower() for word in printed)
            yield Tokens(provision, text, printed, low, starts, _sentences(printed, low, cut_short))


def _sentences(printed: tuple[str, ...], low: tuple[str, ...], cut_short: frozenset[str]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    start = 0
    for index, word in enumerate(printed):
        if word not in STOPS or (word == "." and index and low[index - 1] in cut_short):
            continue
        after = printed[index + 1] if index + 1 < len(printed) else ""
        if after and after[0].islower():
            continue
        found.append(Sentence(start, index + 1, True))
        start = index + 1
    if start < len(printed):
        found.append(Sentence(start, len(printed), False))
    return tuple(found)
