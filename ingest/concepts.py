"""Which subjects of cooperation a heading or a sentence is about, by the names and phrases of the concept scheme."""

from __future__ import annotations

import re
from functools import cache

from ..ontology.reference import Reference
from .passage import Passage
from .records import Citation, ConceptMention, Ground, Kind

__all__ = ["ConceptNames", "concept_names", "mentioned_concepts"]

_TOKEN = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.;:!?()\[\]]")


def _tokens(words: str) -> tuple[str, ...]:
    return tuple(token.casefold() for token in _TOKEN.findall(words))


class _Phrases:
    """Phrases of several words, found by their first word; the longest wins."""

    def __init__(self) -> None:
        self._by_first_word: dict[str, dict[tuple[str, ...], str]] = {}

    def add(self, phrase: str, concept: str) -> None:
        tokens = _tokens(phrase)
        self._by_first_word.setdefault(tokens[0], {}).setdefault(tokens, concept)

    def found(self, words: str) -> tuple[tuple[str, int, int], ...]:
        matches = list(_TOKEN.finditer(words))
        tokens = [match.group().casefold() for match in matches]
        found: list[tuple[str, int, int]] = []
        position = 0
        while position < len(tokens):
            longest, best = 0, ("", 0, 0)
            for phrase, concept in self._by_first_word.get(tokens[position], {}).items():
                last = position + len(phrase) - 1
                if len(phrase) > longest and tuple(tokens[position : last + 1]) == phrase:
                    start, end = matches[position].start(), matches[last].end()
                    if not _BREAK.search(words, start, end):
                        best, longest = (concept, start, end), len(phrase)
            if longest:
                found.append(best)
            position += max(longest, 1)
        return tuple(found)


class ConceptNames:
    """The names and phrases of all concepts, ready to be found.

    A heading names a concept where it is one of its labels, and speaks of those whose labels stand in it. Running words
    speak of a concept only by one of its phrases: "offences" heads a chapter on criminalization, and means nothing in a
    sentence. The printing between the words of a phrase does not count, short of the end of a clause.
    """

    def __init__(self, reference: Reference) -> None:
        self._labels: dict[tuple[str, ...], str] = {}
        self._broader = {concept.id: concept.broader for concept in reference.concepts}
        self._in_headings, self._in_words = _Phrases(), _Phrases()
        self.chapters = frozenset(concept.id for concept in reference.concepts if concept.chapter)
        for concept in sorted(reference.concepts, key=lambda concept: not concept.chapter):
            for name in (concept.label, *concept.alt_labels):
                self._labels.setdefault(_tokens(name), concept.id)
                self._in_headings.add(name, concept.id)
            for phrase in concept.phrases:
                self._in_headings.add(phrase, concept.id)
                self._in_words.add(phrase, concept.id)

    def named(self, heading: str) -> str | None:
        """The concept of which `heading` is a label."""
        return self._labels.get(_tokens(heading))

    def in_heading(self, heading: str) -> tuple[tuple[str, int, int], ...]:
        """Each label or phrase in `heading`: the concept, the start and the end."""
        return self._in_headings.found(heading)

    def in_words(self, words: str) -> tuple[tuple[str, int, int], ...]:
        """Each phrase in running words: the concept, the start and the end."""
        return self._in_words.found(words)

    def related(self, one: str, other: str) -> bool:
        """Whether one of the two concepts is the other or lies below it."""
        return one in self._lineage(other) or other in self._lineage(one)

    def _lineage(self, concept: str) -> set[str]:
        seen: set[str] = set()
        waiting = [concept]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting.extend(self._broader.get(current, ()))
        return seen


@cache
def concept_names(reference: Reference) -> ConceptNames:
    """The names of the concepts of `reference`, compiled once."""
    return ConceptNames(reference)


_HEADED = frozenset({Kind.CHAPTER, Kind.SECTION, Kind.HEADING, Kind.ARTICLE})
_COMMENTS = frozenset({Kind.STATEMENT, Kind.BULLET})
"""A draft refers to articles on other subjects; a commentary cites what it speaks of."""


def mentioned_concepts(
    kind: Kind, passage: Passage, heading: str, citations: tuple[Citation, ...], reference: Reference
) -> tuple[ConceptMention, ...]:
    """The concepts of one provision: from its heading, its words, and what it cites as its source.

    One mention a concept and ground, with all its places, in the order of the concept ids.
    """
    names = concept_names(reference)
    words = passage.words
    places: dict[tuple[str, Ground], list[tuple[int, int]]] = {}
    ground = Ground.HEADING if kind in _HEADED or heading else Ground.WORDS
    named = names.named(heading) if heading else None
    if named:
        places[(named, Ground.HEADING)] = [(0, min(len(heading), len(words)))]
    found = names.in_heading(words) if ground is Ground.HEADING else names.in_words(words)
    for concept, start, end in found:
        if (start, end) not in (known := places.setdefault((concept, ground), [])):
            known.append((start, end))
    mentions = [
        ConceptMention(concept, why, tuple(span for start, end in place for span in passage.spans(start, end)))
        for (concept, why), place in places.items()
    ]
    cited = {
        concept: citation.spans
        for citation in reversed(citations)
        if citation.as_source or citation.by_reference or kind in _COMMENTS
        for target in citation.targets
        for concept in reference.concepts_of(target.path)
    }
    mentions += [ConceptMention(concept, Ground.CITATION, spans) for concept, spans in cited.items()]
    return tuple(sorted(mentions, key=lambda mention: (mention.concept, mention.ground)))
