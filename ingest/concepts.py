"""Which subjects of cooperation a heading or a sentence is about, by the names and phrases of the concept scheme."""

from __future__ import annotations

import re
from functools import cache

from ..ontology.reference import Reference
from .passage import Passage
from .records import Citation, ConceptMention, Ground, Kind

__all__ = ["ConceptNames", "concept_names", "mentioned_concepts"]

_JOINED = re.compile(r"[\s\-–—]+")


def _folded(words: str) -> str:
    return _JOINED.sub(" ", words).strip(" .,;:").casefold()


class ConceptNames:
    """The names and phrases of all concepts, ready to be found.

    A heading names a concept where it is one of its labels; it speaks of those whose labels or phrases stand in it. The
    longest name wins where two begin at the same place.
    """

    def __init__(self, reference: Reference) -> None:
        self._labels: dict[str, str] = {}
        self._phrases: dict[str, str] = {}
        self._broader = {concept.id: concept.broader for concept in reference.concepts}
        self.chapters = frozenset(concept.id for concept in reference.concepts if concept.chapter)
        for concept in reference.concepts:
            for name in (concept.label, *concept.alt_labels):
                self._labels.setdefault(_folded(name), concept.id)
                if concept.chapter:
                    self._labels[_folded(name)] = concept.id
            for phrase in (concept.label, *concept.alt_labels, *concept.phrases):
                self._phrases.setdefault(_folded(phrase), concept.id)
        alternatives = "|".join(
            r"[\s\-–—]+".join(re.escape(word) for word in phrase.split(" "))
            for phrase in sorted(self._phrases, key=lambda phrase: (-len(phrase), phrase))
        )
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)

    def named(self, heading: str) -> str | None:
        """The concept of which `heading` is a label."""
        return self._labels.get(_folded(heading))

    def found(self, words: str) -> tuple[tuple[str, int, int], ...]:
        """Each name or phrase in `words`: the concept, the start and the end."""
        return tuple(
            (self._phrases[_folded(match.group())], match.start(), match.end())
            for match in self._pattern.finditer(words)
        )

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
