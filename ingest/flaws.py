"""What the conversion of a text did to its words: words broken in two, run together, or said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ..ontology.usage import english, usage

__all__ = ["Flaw", "FlawKind", "flaws", "share_of_english"]

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GAP = re.compile(r"-?\s+")
_LONGEST = 4
"""So many words said twice in a row are looked for."""


class FlawKind(StrEnum):
    """What happened to a word."""

    BROKEN = "broken"
    GLUED = "glued"
    DOUBLED = "doubled"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Words that are not as the treaty has them: the characters `start` to `end`, and what was `meant`."""

    kind: FlawKind
    start: int
    end: int
    words: str
    meant: str


def flaws(text: str) -> Iterator[Flaw]:
    """The flaws in `text`, in their order.

    >>> [(flaw.kind.value, flaw.words, flaw.meant) for flaw in flaws("suspicio us acts ofthe the the official")]
    [('broken', 'suspicio us', 'suspicious'), ('glued', 'ofthe', 'of the'), ('doubled', 'the the', 'the')]
    """
    found = list(_WORD.finditer(text))
    low = [match.group().casefold() for match in found]
    passed = 0
    for index, match in enumerate(found):
        if index < passed:
            continue
        if length := _repeated(text, found, low, index):
            passed = index + 2 * length
            meant = text[match.start() : found[index + length - 1].end()]
            yield _flaw(FlawKind.DOUBLED, text, match.start(), found[passed - 1].end(), meant)
        elif _broken(text, found, low, index):
            passed = index + 2
            meant = match.group() + found[index + 1].group()
            yield _flaw(FlawKind.BROKEN, text, match.start(), found[index + 1].end(), meant)
        elif "-" in match.group() and _hyphened(low[index]):
            yield _flaw(FlawKind.BROKEN, text, match.start(), match.end(), match.group().replace("-", ""))
        elif (joint := _joint(match.group())) and not (index and _broken(text, found, low, index - 1)):
            meant = f"{match.group()[:joint]} {match.group()[joint:]}"
            yield _flaw(FlawKind.GLUED, text, match.start(), match.end(), meant)


def share_of_english(text: str) -> float:
    """The share of the words in small letters that are English; 1 where there are none.

    >>> share_of_english("toute personne qui commet une infraction") < 0.5 < share_of_english("any person who commits")
    True
    """
    small = [word for word in _WORD.findall(text) if word.islower() and len(word) > 1]
    return sum(word in english() for word in small) / len(small) if small else 1.0


def _flaw(kind: FlawKind, text: str, start: int, end: int, meant: str) -> Flaw:
    return Flaw(kind, start, end, text[start:end], meant)


def _repeated(text: str, found: Sequence[re.Match[str]], low: Sequence[str], index: int) -> int:
    """How many words from the one at `index` are said again right after."""
    for length in range(1, _LONGEST + 1):
        again = index + length
        if len(low) < again + length or low[index:again] != low[again : again + length]:
            continue
        if length == 1 and low[index] in usage().spelling.twice:
            continue
        between = text[found[again - 1].end() : found[again].start()]
        # A stop may part them where no sentence begins: "of small value. of small value."
        if between.isspace() or (between.strip() == "." and found[again].group()[0].islower()):
            return length
    return 0


def _broken(text: str, found: Sequence[re.Match[str]], low: Sequence[str], index: int) -> bool:
    """Whether the word at `index` and the next one are one word with a space in it, or with the end of a line."""
    if index + 1 >= len(found) or not _GAP.fullmatch(text, found[index].end(), found[index + 1].start()):
        return False
    left, right = low[index], low[index + 1]
    if not found[index + 1].group()[0].islower() or left + right not in english():
        return False
    return not (_right(left) and _right(right))


def _hyphened(word: str) -> bool:
    """Whether the end of a line that is gone left a hyphen in the word: "com-munication"."""
    left, _, right = re.sub(r"['’]s$", "", word).partition("-")
    return left + right in english() and left not in usage().spelling.prefixes and not (_right(left) and _right(right))


def _right(word: str) -> bool:
    # A letter alone is the label of a unit or an article.
    return len(word) == 1 or word in english()


@cache
def _joint(printed: str) -> int:
    """Where two words were run together into one; 0 where they were not."""
    word = printed.casefold()
    spelling = usage().spelling
    if not word.isalpha() or word in english() or not printed[1:].islower() or len(word) < 5:
        return 0
    if any(word.startswith(prefix) and word.removeprefix(prefix) in english() for prefix in spelling.prefixes):
        return 0
    for suffix in spelling.suffixes:
        stem = word.removesuffix(suffix)
        if stem != word and {stem, f"{stem}e", stem[:-1]} & english():
            return 0
    joints = [
        place
        for place in range(2, len(word) - 1)
        if all(
            part in english() and (len(part) >= spelling.part or part in spelling.short)
            for part in (word[:place], word[place:])
        )
    ]
    return min(joints, key=lambda place: abs(2 * place - len(word)), default=0)
