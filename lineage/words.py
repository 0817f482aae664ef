"""The words of a provision as they are compared: without typography, each with its place."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from ..ingest.records import Provision, Span
from ..ontology.usage import english

__all__ = ["Words", "forms", "mended", "own_words", "source_words", "words"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-(?<=\b[cC]o-)[^\W_]+)?")
_VARIANTS = (
    (re.compile(r"(?<=[a-z]{3}[a-rt-z])is(?=(?:e|es|ed|ing|ation|ations|ational)$)"), "iz"),
    (re.compile(r"(?<=.{3})our(?=$|s$|ed$|ing$|able$|ably$|al$)"), "or"),
    (re.compile(r"(?<=.{3})ence(?=$|s$)"), "ense"),
)
"""Spellings of one word on two sides of an ocean, made alike. They need not be right, only the same on both sides."""


@dataclass(frozen=True, slots=True)
class Words:
    """`forms` are the words made alike, `starts` and `ends` (exclusive) their characters in the text they are from."""

    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.forms)


def words(text: str) -> Words:
    """The words of `text`; punctuation, capitals, accents of typography and spelling variants are no difference.

    >>> words("Co-operation (a) is “recognised”").forms
    ('cooperation', 'a', 'is', 'recognized')
    """
    found = list(_WORD.finditer(text))
    return Words(
        tuple(_form(match.group()) for match in found),
        tuple(match.start() for match in found),
        tuple(match.end() for match in found),
    )


def forms(text: str) -> tuple[str, ...]:
    """The words of `text` without their places."""
    return tuple(map(_form, _WORD.findall(text)))


@lru_cache(maxsize=1 << 17)
def _form(printed: str) -> str:
    form = printed.casefold().replace("’", "'").replace("-", "")
    for variant, same in _VARIANTS:
        form = variant.sub(same, form)
    return form


def mended(found: Words, known: Container[str]) -> Words:
    """The words, those made whole that a conversion broke: "nat ionals" is `known` as one, and not as two.

    A single letter is left as it is: "a political offence" is not apolitical.

    >>> mended(words("the requested Par ty"), {"the", "requested", "par", "party"}).forms
    ('the', 'requested', 'party')
    """
    forms, starts, ends = list(found.forms[:1]), list(found.starts[:1]), list(found.ends[:1])
    for form, start, end in zip(found.forms[1:], found.starts[1:], found.ends[1:], strict=True):
        joined = forms[-1] + form
        parts = min(len(forms[-1]), len(form)) > 1 and start - ends[-1] <= 2
        if parts and joined in known and not (forms[-1] in known and form in known):
            forms[-1], ends[-1] = joined, end
        else:
            forms.append(form)
            starts.append(start)
            ends.append(end)
    return Words(tuple(forms), tuple(starts), tuple(ends))


def source_words(provision: Provision) -> Words:
    """The words of a treaty provision, whose text may have been broken in conversion.

    Places are characters of ``provision.passage.words``.
    """
    return mended(words(provision.passage.words), english())


def own_words(provision: Provision) -> Words:
    """The words of a proposed provision, without the citation in brackets that says where they are from.

    Places are characters of ``provision.passage.words``.
    """
    text = provision.passage.words
    found = words(text)
    outside = [
        span
        for citation in provision.citations
        if citation.as_source or citation.by_reference
        for span in citation.spans
    ]
    if not outside:
        return found
    kept = [
        place
        for place in range(len(found))
        if not _within(provision.passage.spans(found.starts[place], found.ends[place]), outside)
    ]
    return Words(
        tuple(found.forms[place] for place in kept),
        tuple(found.starts[place] for place in kept),
        tuple(found.ends[place] for place in kept),
    )


def _within(spans: tuple[Span, ...], outside: list[Span]) -> bool:
    return all(any(wide.start <= span.start and span.end <= wide.end for wide in outside) for span in spans)
