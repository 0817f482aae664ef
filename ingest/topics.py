"""Which subject a position is on: what its words speak of, what it cites, and under which heading it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..ontology.reference import Reference
from ..ontology.stances import PositionWording
from .concepts import ConceptNames, concept_names
from .records import Citation, Ground, Provision

__all__ = ["Mention", "Topics"]

_HEAD = re.compile(
    r"\s*(?:[^\w\s]|$)|\s+(?:and|or|as|in|on|of|for|to|with|by|from|at|under|within|between|among|against|through|that|which|who|where|when|"
    r"is|are|shall|should|may|can|could|would|must|will|including|without|provisions?|measures?)\b"
)
"""What may follow a noun that stands for itself."""
_RELATIVE = re.compile(
    r"\b(?:that|which|who)\s+(?:have|has|had|is|are|was|were|do|does|can|could|may|might|will|would)\b[^,;]*"
)
"""A clause that only tells of an actor or a thing: "organizations that have experience in ..."."""

Mention = tuple[str, int, int]
"""A concept, and where in the words it is spoken of."""


class Topics:
    """Chooses concepts for the provisions of one submission."""

    def __init__(self, provisions: Sequence[Provision], reference: Reference, wording: PositionWording) -> None:
        self._by_path = {provision.path: provision for provision in provisions}
        self._reference, self._wording = reference, wording
        self.names: ConceptNames = concept_names(reference)
        self._broader = {concept.id: concept.broader for concept in reference.concepts}
        self._details = frozenset(wording.subjects.details)
        self._wide = frozenset(wording.subjects.wide)
        joints = "|".join(re.escape(joint) if joint[-1].isalpha() is False else joint for joint in wording.lists.joints)
        self._listed = re.compile(
            rf"\W*(?:\([^()]*\)\W*)?(?:{joints})(?:\W+[\w-]+){{0,{wording.lists.most}}}\W*", re.IGNORECASE
        )
        # A joint right after a citation in brackets begins a new object, however it goes on.
        self._parted = re.compile(rf"[^()]*\([^()]*\),?\s*(?:{joints})\s[^()]*", re.IGNORECASE)
        self._naming = re.compile(rf"\b{wording.subjects.named_by}\Z", re.IGNORECASE)
        including = "|".join(wording.lists.including)
        self._including = re.compile(rf"\b(?:{including})(?!\w)", re.IGNORECASE)
        self._means = re.compile(rf"\b(?:{including})\s+(?:{'|'.join(wording.lists.means)})\s", re.IGNORECASE)

    def rolled(self, concept: str) -> str:
        """The subject under which positions on `concept` are compared."""
        while concept in self._details and self._broader[concept]:
            concept = self._broader[concept][0]
        return concept

    def is_wide(self, concept: str) -> bool:
        """Whether naming the concept says little of one article or sentence."""
        return concept in self._wide

    def of_heading(self, provision: Provision) -> str:
        """The concept that the heading of `provision` names, empty where it names none."""
        if not provision.heading:
            return ""
        named = self.names.named(provision.heading)
        found = [concept for concept, _, _ in self.names.in_heading(provision.heading)]
        narrow = [concept for concept in found if concept not in self._wide and concept not in self.names.chapters]
        return named or next(iter((*narrow, *(one for one in found if one not in self._wide), *found)), "")

    def above(self, provision: Provision) -> str:
        """The concept of the nearest heading above, one that says something if there is one."""
        wide = ""
        parent = self._by_path.get(provision.parent)
        while parent:
            concept = self.of_heading(parent)
            if concept and concept not in self._wide:
                return concept
            wide = wide or concept
            parent = self._by_path.get(parent.parent)
        return wide

    def cited(self, citations: Iterable[Citation]) -> str:
        """The concept on which most of what is cited agrees, empty where nothing says so."""
        counts: Counter[str] = Counter()
        for citation in citations:
            for target in citation.targets:
                counts.update(self.rolled(concept) for concept in self._reference.concepts_of(target.path))
        narrow = [(count, concept) for concept, count in counts.items() if concept not in self._wide]
        return max(narrow, key=lambda one: one[0])[1] if narrow else next(iter(counts), "")

    def all_cited(self, citations: Iterable[Citation]) -> frozenset[str]:
        """All concepts of what is cited."""
        return frozenset(
            self.rolled(concept)
            for citation in citations
            for target in citation.targets
            for concept in self._reference.concepts_of(target.path)
        )

    def spoken_of(self, units: Iterable[Provision]) -> list[str]:
        """The concepts of which the words of `units` speak, the commonest first, cross-references aside."""
        counts: Counter[str] = Counter()
        for unit in units:
            cross = [span for citation in unit.citations if not citation.as_source for span in citation.spans]
            spoken = {
                self.rolled(mention.concept)
                for mention in unit.concepts
                if mention.ground is Ground.WORDS
                and mention.concept not in self._wide
                and not all(
                    any(one.start <= span.start and span.end <= one.end for one in cross) for span in mention.spans
                )
            }
            order = {
                self.rolled(concept): place for concept, place, _ in reversed(self.names.in_words(unit.passage.words))
            }
            counts.update(sorted(spoken, key=lambda concept: order.get(concept, 0)))
        return [concept for concept, _ in counts.most_common()]

    def listed(self, words: str, mentions: Sequence[Mention], backed: frozenset[str]) -> list[Mention]:
        """The first of `mentions`, and those that stand beside it in a list.

        What only illustrates the subject before it ("assistance, including training") is no subject of its own, unless
        a source is cited that is about it, one of `backed`. What is wanted as a means or an end ("including through
        training") is one.
        """
        mentions = self._heads(words, mentions)
        chosen = [mentions[0]]
        seen = {self.rolled(mentions[0][0])}
        last = mentions[0]
        for mention in mentions[1:]:
            between = words[last[2] : mention[1]]
            concept = self.rolled(mention[0])
            if self._including.search(between):
                if concept not in seen and (concept in backed or self._means.search(between)):
                    chosen.append(mention)
                    seen.add(concept)
                    last = mention
                continue
            if not self._listed.fullmatch(between) and not self._parted.fullmatch(between):
                break
            last = mention
            if concept in seen:
                continue
            chosen.append(mention)
            seen.add(concept)
        return chosen

    @staticmethod
    def _heads(words: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """The mentions up to the first that only modifies the next word: "... and information-sharing obligations"."""
        for index, (_, _, end) in enumerate(mentions):
            if index and not _HEAD.match(words, end):
                before = mentions[index - 1]
                joined = re.fullmatch(r"\W+(?:and|or)\W+", words[before[2] : mentions[index][1]])
                return mentions[: index - 1 if joined and index > 1 else index]
        return mentions

    def mentions(self, words: str, start: int, end: int, blanked: Sequence[tuple[int, int]]) -> list[Mention]:
        """The concepts spoken of from `start` to `end`, outside what is `blanked`; by name where by no phrase."""
        named = [
            one
            for one in self.names.in_heading(words[start:end])
            if " " in words[start + one[1] : start + one[2]] or self._naming.search(words, start, start + one[1])
        ]
        for found in (self.names.in_words(words[start:end]), named):
            placed = [(concept, first + start, last + start) for concept, first, last in found]
            free = [
                mention for mention in placed if not any(one < mention[2] and mention[1] < two for one, two in blanked)
            ]
            if narrow := [mention for mention in free if mention[0] not in self._wide]:
                relative = [span.span() for span in _RELATIVE.finditer(words, start, end)]
                free = [one for one in narrow if not any(first < one[1] < last for first, last in relative)]
                return free or narrow
        return []
