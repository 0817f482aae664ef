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


class ConceptNames:
    """The names and phrases of all concepts, ready to be found.

    A heading names a concept where it is one of its labels; words speak of those whose labels or phrases stand in them,
    whatever is printed between the words of a phrase short of the end of a clause. The longest phrase wins.
    """

    def __init__(self, reference: Reference) -> None:
        self._labels: dict[tuple[str, ...], str] = {}
        self._broader = {concept.id: concept.broader for concept in reference.concepts}
        self.chapters = frozenset(concept.id for concept in reference.concepts if concept.chapter)
        phrases: dict[tuple[str, ...], str] = {}
        for concept in reference.concepts:
            for name in (concept.label, *concept.alt_labels):
                if concept.chapter:
                    self._labels[_tokens(name)] = concept.id
                self._labels.setdefault(_tokens(name), concept.id)
            for phrase in (concept.label, *concept.alt_labels, *concept.phrases):
                phrases.setdefault(_tokens(phrase), concept.id)
        self._by_first_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, concept_id in sorted(phrases.items(), key=lambda entry: (-len(entry[0]), entry[0])):
            self._by_first_word.setdefault(phrase[0], []).append((phrase, concept_id))

    def named(self, heading: str) -> str | None:
        """The concept of which `heading` is a label."""
        return self._labels.get(_tokens(heading))

    def found(self, words: str) -> tuple[tuple[str, int, int], ...]:
        """Each name or phrase in `words`: the concept, the start and the end."""
        matches = list(_TOKEN.finditer(words))
        tokens = [match.group().casefold() for match in matches]
        found: list[tuple[str, int, int]] = []
        position = 0
        while position < len(tokens):
            step = 1
            for phrase, concept in self._by_first_word.get(tokens[position], ()):
                last = position + len(phrase) - 1
                if tuple(tokens[position : last + 1]) == phrase:
                    start, end = matches[position].start(), matches[last].end()
                    if not _BREAK.search(words, start, end):
                        found.append((concept, start, end))
                        step = len(phrase)
                        break
            position += step
        return tuple(found)

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
    for concept, start, end in names.found(words):
        places.setdefault((concept, ground), []).append((start, end))
    mentions = [
        ConceptMention(concept, why, tuple(span for start, end in found for span in passage.spans(start, end)))
        for (concept, why), found in places.items()
    ]
    cited = {
        concept: citation.spans
        for citation in reversed(citations)
        if citation.as_source or citation.by_reference
        for target in citation.targets
        for concept in reference.concepts_of(target.path)
    }
    mentions += [ConceptMention(concept, Ground.CITATION, spans) for concept, spans in cited.items()]
    return tuple(sorted(mentions, key=lambda mention: (mention.concept, mention.ground)))
