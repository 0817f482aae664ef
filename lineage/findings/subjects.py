"""What the articles of a treaty are about, by their titles and concepts, and which of them some words speak of."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache, lru_cache

from ...ingest.concepts import ConceptNames, concept_names
from ...ingest.titles import stems
from ...ontology.citing import citation_wording
from ...ontology.findings import findings_wording
from ...ontology.instruments import Instrument
from ...ontology.reference import Reference

__all__ = ["Treaty", "treaty"]

_NAMED = 0.5
"""How much it counts that words name the concept of an article, beside the words of its title (1 for all of them)."""
_SAME = 5
"""Words that share so many first letters speak of the same, as far as a title goes: "access", "accessing"."""


class Treaty:
    """The articles of one treaty whose skeleton is held."""

    def __init__(self, instrument: Instrument, reference: Reference) -> None:
        self.instrument, self.reference = instrument, reference
        self.wording = findings_wording().subjects
        self.names: ConceptNames = concept_names(reference)
        self.titles = {number: title for number, title in instrument.article_titles.items() if "/" not in number}
        self._empty = frozenset(citation_wording().titles.empty)
        self._stems = {number: stems(title, self._empty) for number, title in self.titles.items()}
        self._about = {
            number: frozenset(reference.concepts_of(f"{instrument.path}/{number}")) for number in self.titles
        }
        counts = Counter(stem for found in self._stems.values() for stem in found)
        self._weights = {stem: math.log((2 + len(self.titles)) / count) for stem, count in counts.items()}

    # ---- what there is

    def has(self, steps: tuple[str, ...]) -> bool:
        """Whether there is a provision with these numbers."""
        return "/".join((self.instrument.id, *steps)) in self.instrument.provisions

    def lacks(self, steps: tuple[str, ...]) -> str:
        """What is not there, in words: "article 32 of the Budapest Convention (...) has no paragraph 3"."""
        name = self.instrument.short_title
        there = next(size for size in range(len(steps)) if not self.has(steps[: size + 1]))
        missing = steps[there]
        if there == 0:
            return f"the {name} has no article {missing}"
        title = self.titles.get(steps[0], "")
        article = f"article {steps[0]} of the {name}" + (f" ({title})" if title else "")
        above = "".join(f" ({step})" if not step.isdigit() else f", paragraph {step}," for step in steps[1:there])
        below = f"paragraph {missing}" if missing.isdigit() else f"subparagraph ({missing})"
        return f"{article}{above} has no {below}"

    def paragraphs(self, number: str) -> tuple[str, ...]:
        """The numbers of the paragraphs of an article."""
        above = f"{self.instrument.id}/{number}/"
        below = (key.removeprefix(above) for key in self.instrument.provisions if key.startswith(above))
        return tuple(step for step in below if step.isdigit())

    def letters(self, number: str, paragraph: str) -> int:
        """How many letters stand right below a paragraph."""
        above = f"{self.instrument.id}/{number}/{paragraph}/"
        below = (key.removeprefix(above) for key in self.instrument.provisions if key.startswith(above))
        return sum(1 for step in below if "/" not in step and step != "tail")

    def size(self, number: str, paragraph: str) -> int:
        """How many words a paragraph has, with all below it."""
        own = f"{self.instrument.id}/{number}/{paragraph}"
        return sum(
            unit.words for key, unit in self.instrument.provisions.items() if key == own or key.startswith(f"{own}/")
        )

    # ---- what it is about

    def fit(self, words: str, number: str) -> float:
        """How much of what the title of an article says stands in `words`; more where they name its concept."""
        return self._fit(_said(words), self._concepts(words), number)

    def _fit(self, said: frozenset[str], concepts: frozenset[str], number: str) -> float:
        return self._covered(self._stems[number], said) + _NAMED * bool(concepts & self._about[number])

    def better(self, words: str, cited: list[str], heading: str = "", above: str = "") -> str:
        """The number of the article that `words` speak of where they do not speak of the cited ones; or nothing.

        Hardly anything of what tells the cited articles from it may stand in the words or in the heading around them.
        Where several would do, what stands `above` decides, then which is nearest.
        """
        said, concepts = _said(words), self._concepts(words)
        around, nearby = said | _said(heading), concepts | self._concepts(heading)
        whole, wholly = said | _said(above), concepts | self._concepts(above)
        if any(nearby & self._about[number] for number in cited):
            return ""
        there = max(self._fit(said, concepts, number) for number in cited)
        found: list[tuple[float, int, str]] = []
        for number in self.titles:
            fit = self._fit(said, concepts, number)
            if number in cited or fit < self.wording.fits or fit - there < self.wording.beats:
                continue
            if any(self._covered(self._own(mine, number), around) > self.wording.left for mine in cited):
                continue
            told = [stem for stem in self._own(number, cited[0]) if self._shared({stem}, said)]
            if len(told) < (1 if concepts & self._about[number] else 2):
                continue
            distance = min(abs(_ordinal(number) - _ordinal(mine)) for mine in cited)
            found.append((-round(self._fit(whole, wholly, number), 6), distance, number))
        return min(found)[2] if found else ""

    def titled(self, words: str) -> str:
        """The number of the article that has `words` as its title, or nothing."""
        wanted = stems(words, self._empty)
        return next((number for number, own in self._stems.items() if own == wanted and own), "")

    def says(self, words: str, number: str) -> bool:
        """Whether a word of the title of an article stands in `words`."""
        return self._shared(self._stems.get(number, frozenset()), _said(words))

    def shares(self, words: str, number: str) -> bool:
        """Whether `words` and the title of an article have anything in common: a word, or a concept."""
        if self.says(words, number):
            return True
        named = self.names.named(words)
        mine = self.reference.concepts_of(f"{self.instrument.path}/{number}")
        return any(self.names.related(named, concept) for concept in mine) if named else False

    def _own(self, number: str, other: str) -> frozenset[str]:
        """The words of a title that another title has not."""
        return frozenset(stem for stem in self._stems[number] if not self._shared({stem}, self._stems[other]))

    def _covered(self, wanted: frozenset[str], said: frozenset[str]) -> float:
        whole = sum(self._weights[stem] for stem in sorted(wanted))
        there = sum(self._weights[stem] for stem in sorted(wanted) if self._shared({stem}, said))
        return there / whole if whole else 0.0

    def _concepts(self, words: str) -> frozenset[str]:
        return frozenset(concept for concept, _, _ in self.names.in_words(words))

    @staticmethod
    def _shared(wanted: frozenset[str] | set[str], said: frozenset[str]) -> bool:
        return any(stem in said or any(_same(stem, other) for other in said) for stem in wanted)


def _same(one: str, other: str) -> bool:
    size = min(len(one), len(other))
    return size >= _SAME and one[:size] == other[:size]


# The same heading and chapeau stand above many citations.
@lru_cache(maxsize=16)
def _said(words: str) -> frozenset[str]:
    return stems(words, frozenset(citation_wording().titles.empty))


def _ordinal(number: str) -> int:
    digits = re.match(r"\d+", number)
    return int(digits.group()) if digits else 0


@cache
def treaty(reference: Reference, key: str) -> Treaty:
    """The treaty with the id `key`, its titles taken apart once."""
    return Treaty(reference.instruments[key], reference)
