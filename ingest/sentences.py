"""Running text cut into sentences."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["ANAPHOR", "sentences"]

ANAPHOR = re.compile(
    r"(?:[A-Z][a-z]+,\s+)?(?:this|that|these|those|such|it|they|the same|however|in this regard|therefore)\b",
    re.IGNORECASE,
)
"""How a sentence begins that points back to the one before."""

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[•–-]*\s*[A-Z0-9])|[.!?…]+[\"”’')\]]*$")


@cache
def _abbreviation(abbreviations: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?:{'|'.join(abbreviations)})|(?<![\w.])[A-Za-z])\.$", re.IGNORECASE)


def sentences(words: str, abbreviations: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """The start and end of each sentence of `words`, without the white space between them.

    A full stop ends none after an abbreviation (patterns) or a single letter, or within brackets.

    >>> words = "See art. 3, para. 2. It is (as in No. 4. above) clear."
    >>> [words[start:end] for start, end in sentences(words, ("art", "para", "no"))]
    ['See art. 3, para. 2.', 'It is (as in No. 4. above) clear.']
    """
    abbreviation = _abbreviation(abbreviations)
    found: list[tuple[int, int]] = []
    start, depth, read = 0, 0, 0
    for match in _END.finditer(words):
        between = words[read : match.start()]
        depth = max(depth + between.count("(") + between.count("[") - between.count(")") - between.count("]"), 0)
        read = match.start()
        last = match.end() == len(words)
        if not last and (depth or abbreviation.search(words, max(match.start() - 12, 0), match.start() + 1)):
            continue
        found.append((start, match.end()))
        start = match.end()
        while start < len(words) and words[start].isspace():
            start += 1
        depth, read = 0, start
    if words[start:].strip():
        found.append((start, len(words.rstrip())))
    return tuple((first, last) for first, last in found if words[first:last].strip())
