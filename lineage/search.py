"""The search for sources: candidates, alignments and the choice in context, for each article of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import log2

import numpy as np
from numpy.typing import NDArray

from ..ingest.records import CitationKind, Kind
from ..ontology.reuse import Reuse
from .candidates import candidates
from .choice import Choice, Known, choose
from .formulas import Formulas
from .pairing import Pairing, Probe
from .texts import Text, Texts
from .vocabulary import Vocabulary
from .words import forms

__all__ = ["Search"]


@dataclass(frozen=True, slots=True)
class _Article:
    """The units of one article, what they cite and could come from, and the source article that explains most."""

    places: Sequence[int]
    units: Sequence[Text]
    cited: Sequence[Mapping[int, float]]
    known: Known
    pairings: Sequence[Sequence[Pairing]]
    chosen: list[Choice | None]
    tended: str


class Search:
    """The derived texts against the sources: candidates, alignments and the choice in context."""

    def __init__(self, derived: Texts, sources: Texts, settings: Reuse) -> None:
        self.derived, self.sources, self._settings = derived, sources, settings
        self._vocabulary = Vocabulary(text.words.forms for text in (*derived.texts, *sources.texts))
        self._left, self._right = derived.ids(self._vocabulary), sources.ids(self._vocabulary)
        self._candidates = candidates(self._left, self._right, keep=settings.least.candidates)
        self._formulas = Formulas(self._right, settings.formula)
        self._optional = {tuple(forms(" ".join(pair))) for pair in settings.optional}
        self._headings = _Likeness(sources.headings, settings.context.heading)
        self._probes: dict[int, Probe] = {}
        self._within: dict[str, list[int]] = {}
        for place, text in enumerate(sources.texts):
            self._within.setdefault(text.whole, []).append(place)

    def choices(self) -> list[Choice | None]:
        """The choice for each derived text, its article and the articles beside it considered."""
        grouped = groupby(enumerate(self.derived.texts), key=lambda item: (item[1].holder, item[1].whole))
        articles = [[place for place, _ in group] for _, group in grouped]
        searched = [self._article(places) for places in articles]
        found: list[Choice | None] = []
        for turn, one in enumerate(searched):
            near = [*searched[max(turn - 1, 0) : turn], *searched[turn + 1 : turn + 2]]
            beside = {
                self.sources.texts[self._within[other.tended][0]].holder
                for other in near
                if other.tended and other.units[0].holder == one.units[0].holder
            }
            found += self._again(one, beside)
        return [choice and replace(choice, second=self._second(place, choice)) for place, choice in enumerate(found)]

    def _article(self, places: Sequence[int]) -> _Article:
        """What the units of one article, given by the places of their texts, come from, seen alone."""
        units = [self.derived.texts[place] for place in places]
        cited = [self._cited(unit) for unit in units]
        known = Known(
            {(place, source): bits for place, named in enumerate(cited) for source, bits in named.items()},
            self._headings.of(self.derived.headings.get(units[0].whole, ())),
        )
        pairings = [
            self._pairings(place, {*self._candidates.of(place).tolist(), *named}, named)
            for place, named in zip(places, cited, strict=True)
        ]
        chosen = choose(units, pairings, self.sources.texts, known, self._settings)
        return _Article(places, units, cited, known, pairings, chosen, _tended(chosen, self.sources.texts))

    def _again(self, one: _Article, beside: Container[str]) -> list[Choice | None]:
        """The choice once more, with all of the source article in sight, and the instruments of the articles beside."""
        if not one.tended:
            return one.chosen
        expected = set(self._within[one.tended])
        pairings = [
            found
            if choice and choice.pairing.source in expected
            else [*found, *self._pairings(place, expected - {one.source for one in found}, named)]
            for place, found, choice, named in zip(one.places, one.pairings, one.chosen, one.cited, strict=True)
        ]
        wholes = dict(one.known.wholes)
        share = self._settings.context.beside / len(one.units)
        for source in (self.sources.texts[pairing.source] for found in pairings for pairing in found):
            if source.holder in beside:
                wholes[source.whole] = one.known.wholes.get(source.whole, 0.0) + share
        return choose(one.units, pairings, self.sources.texts, Known(one.known.units, wholes), self._settings)

    def _pairings(self, place: int, sources: Iterable[int], cited: Container[int]) -> list[Pairing]:
        """The pairings of a unit that show copying, or some of it where the unit cites the source."""
        probe = self._probe(place)
        found = [probe.pair(self._right[source], source, self._settings) for source in sorted(sources)]
        formulaic = max(found, key=lambda one: one.bits).formulaic if found else 0.0
        return [told for one in found if (told := self._shown(one, formulaic, one.source in cited))]

    def _second(self, place: int, choice: Choice) -> Pairing | None:
        """The source of what the source chosen leaves unexplained, where that is much."""
        least, sources = self._settings.least, self.sources.texts
        rest = self._probe(place).rest(choice.pairing.runs, len(self._vocabulary))
        whole = sources[choice.pairing.source].whole
        tried = {*self._candidates.of(place).tolist(), *self._within[whole]}
        tried -= {choice.pairing.source, *(one.source for one in choice.alternatives)}
        if rest.bits < least.second:
            return None
        found = [rest.pair(self._right[source], source, self._settings) for source in sorted(tried)]
        best = max(found, key=lambda one: one.bits - one.formulaic, default=None)
        return best if best and best.bits - best.formulaic >= least.second else None

    def _probe(self, place: int) -> Probe:
        if place not in self._probes:
            left = self._left[place]
            own = self._vocabulary.bits[left] * self._evidence(self.derived.texts[place])
            self._probes[place] = Probe(left, own, self._formulas.weights(left), self._vocabulary.common)
        return self._probes[place]

    def _shown(self, pairing: Pairing, formulaic: float, cited: bool) -> Pairing | None:
        """The pairing where the words alone show a source; of one that is cited the idea is enough, in any order.

        What rests on formulas tells twins apart, but not whether there is a source: it is taken from all alike.
        """
        least = self._settings.least
        bits = pairing.bits - formulaic
        if bits >= least.bits and (pairing.covered >= least.covered or pairing.akin >= least.akin):
            return replace(pairing, bits=bits)
        if cited and pairing.kindred >= least.kindred and pairing.akin >= least.idea:
            return replace(pairing, bits=max(bits, 0.0) + least.echo * pairing.kindred)
        return None

    def _evidence(self, unit: Text) -> NDArray[np.float64]:
        """One for each word that can show copying; nothing for names of treaties, and words that names may lack."""
        counts = np.array(
            [pair not in self._optional for pair in zip(unit.words.forms, (*unit.words.forms[1:], ""), strict=True)],
            dtype=np.float64,
        )
        named = [
            span
            for citation in unit.provision.citations
            if citation.kind in (CitationKind.INSTRUMENT, CitationKind.RESOLUTION)
            for span in citation.spans
        ]
        for place in range(len(counts)) if named else ():
            spans = unit.provision.passage.spans(unit.words.starts[place], unit.words.ends[place])
            if any(wide.start <= span.start < wide.end for span in spans for wide in named):
                counts[place] = 0.0
        return counts

    def _cited(self, unit: Text) -> dict[int, float]:
        """The sources that a unit names, or that a comment speaks of, and how much that counts."""
        weights = self._settings.context
        found: dict[int, float] = {}
        for citation in unit.provision.citations:
            if not citation.as_source and unit.provision.kind is not Kind.STATEMENT:
                continue
            share = 1.0 if citation.as_source else weights.in_passing
            for target in citation.targets:
                whole = _article_of(target.path)
                for place in self._within.get(whole, ()) if whole.count("/") > 1 else ():
                    path = self.sources.texts[place].path
                    exact = path == target.path or path.startswith(f"{target.path}/")
                    bits = share * (weights.cited if exact else weights.cited_whole)
                    found[place] = max(found.get(place, 0.0), bits)
        return found


class _Likeness:
    """How alike headings are, by the words they share."""

    def __init__(self, headings: Mapping[str, Sequence[str]], weight: float) -> None:
        self._weight = weight
        self._headings = {whole: frozenset(words) for whole, words in headings.items()}
        counted = Counter(form for words in self._headings.values() for form in words)
        self._bits = {form: log2((len(self._headings) + 1) / count) for form, count in counted.items()}
        self._unknown = log2(len(self._headings) + 2)

    def of(self, heading: Sequence[str]) -> dict[str, float]:
        """The bits that a heading gives to each article whose heading shares words with it."""
        given = frozenset(heading)
        found = {}
        for whole, words in self._headings.items():
            if shared := self._sum(given & words):
                found[whole] = self._weight * shared / self._sum(given | words)
        return found

    def _sum(self, words: Iterable[str]) -> float:
        return sum(self._bits.get(form, self._unknown) for form in sorted(words))


def _tended(chosen: Sequence[Choice | None], sources: Sequence[Text]) -> str:
    """The source article that saves most over all units; empty where no unit has a source."""
    saved: dict[str, float] = {}
    for choice in chosen:
        if choice:
            whole = sources[choice.pairing.source].whole
            saved[whole] = saved.get(whole, 0.0) + choice.pairing.bits
    return max(saved, key=lambda whole: (saved[whole], whole), default="")


def _article_of(path: str) -> str:
    """The path of the article of a treaty provision: ``instrument/untoc/18`` of ``instrument/untoc/18/3/a``."""
    return "/".join(path.split("/")[:3])
