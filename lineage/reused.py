"""Where the words of proposals come from: the source of each unit among the provisions of treaties, by its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import log2

import numpy as np
from numpy.typing import NDArray

from ..ingest.records import CitationKind, Document, Provision, Submission, quote
from ..ontology.reuse import Reuse, reuse
from .candidates import candidates
from .choice import Choice, Known, choose
from .formulas import Formulas
from .pairing import Pairing, pair
from .records import Basis, Derivation, Lineage, Operation
from .segments import segments
from .texts import Text, Texts, texts_of
from .vocabulary import Vocabulary
from .words import forms, own_words

__all__ = ["METHOD", "reused"]

METHOD = "1"
"""The version of the method: it changes with any change that can change a derivation."""


def reused(document: Document, instruments: Mapping[str, Sequence[Provision]]) -> Lineage:
    """The derivations of `document` on the ground ``reused``, in reading order.

    `instruments` are the provisions of each treaty whose words are at hand, by its id, in reading order.
    """
    sources = _together(texts_of(f"instrument/{one}", instruments[one]) for one in sorted(instruments))
    derived = _together(_units(submission) for submission in document.submissions)
    if not sources.texts or not derived.texts:
        return Lineage()
    search = _Search(derived, sources, reuse())
    found: list[Derivation] = []
    for _, grouped in groupby(enumerate(derived.texts), key=lambda item: item[1].whole):
        places = [place for place, _ in grouped]
        for place, choice in zip(places, search.choices(places), strict=True):
            if choice:
                found.append(_derivation(document, derived.texts[place], choice, sources))
    return Lineage(tuple(found))


def _units(submission: Submission) -> Texts:
    return texts_of(submission.path, [one for one in submission.provisions if not one.by_reference], own_words)


def _together(sides: Iterable[Texts]) -> Texts:
    sides = list(sides)
    headings: dict[str, tuple[str, ...]] = {}
    for side in sides:
        headings |= side.headings
    return Texts(tuple(text for side in sides for text in side.texts), headings)


class _Search:
    """The derived texts against the sources: candidates, alignments and the choice in context."""

    def __init__(self, derived: Texts, sources: Texts, settings: Reuse) -> None:
        self.derived, self.sources, self._settings = derived, sources, settings
        self._vocabulary = Vocabulary(text.words.forms for text in (*derived.texts, *sources.texts))
        self._left, self._right = derived.ids(self._vocabulary), sources.ids(self._vocabulary)
        self._candidates = candidates(self._left, self._right, keep=settings.least.candidates)
        self._formulas = Formulas(self._right, settings.formula)
        self._optional = {tuple(forms(" ".join(pair))) for pair in settings.optional}
        self._headings = _Likeness(sources.headings, settings.context.heading)
        self._within: dict[str, list[int]] = {}
        for place, text in enumerate(sources.texts):
            self._within.setdefault(text.whole, []).append(place)

    def choices(self, places: Sequence[int]) -> list[Choice | None]:
        """The choice for each unit of one article, given by the places of its texts."""
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
        tended = _tended(chosen, self.sources.texts)
        if not tended:
            return chosen
        expected = set(self._within[tended])
        pairings = [
            found
            if choice and choice.pairing.source in expected
            else [*found, *self._pairings(place, expected - {one.source for one in found}, named)]
            for place, found, choice, named in zip(places, pairings, chosen, cited, strict=True)
        ]
        return choose(units, pairings, self.sources.texts, known, self._settings)

    def _pairings(self, place: int, sources: Iterable[int], cited: Container[int]) -> list[Pairing]:
        """The pairings of a unit that show copying, or some of it where the unit cites the source."""
        left = self._left[place]
        own = self._vocabulary.bits[left] * self._evidence(self.derived.texts[place])
        formulas = self._formulas.weights(left)
        found = [
            pair(left, own, formulas, self._right[source], source, self._settings, self._vocabulary.common)
            for source in sorted(sources)
        ]
        formulaic = max(found, key=lambda one: one.bits).formulaic if found else 0.0
        return [told for one in found if (told := self._shown(one, formulaic, one.source in cited))]

    def _shown(self, pairing: Pairing, formulaic: float, cited: bool) -> Pairing | None:
        """The pairing where the words alone show a source; of one that is cited the idea is enough, in any order.

        What rests on formulas tells twins apart, but not whether there is a source: it is taken from all alike.
        """
        least = self._settings.least
        bits = pairing.bits - formulaic
        if bits >= least.bits and (pairing.covered >= least.covered or pairing.akin >= least.akin):
            return replace(pairing, bits=bits)
        if cited and pairing.kindred >= least.kindred:
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
        """The sources that a unit names, and how much that counts."""
        weights = self._settings.context
        found: dict[int, float] = {}
        for citation in unit.provision.citations:
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


def _derivation(document: Document, unit: Text, choice: Choice, sources: Texts) -> Derivation:
    pairing, source = choice.pairing, sources.texts[choice.pairing.source]
    told = segments(pairing.runs, unit.words, source.words, unit.provision.passage)
    spans = tuple(span for one in told if one.operation is Operation.COPIED for span in one.spans)
    aligned = sum(run.length for run in pairing.runs)
    return Derivation(
        derived=unit.path,
        source=source.path,
        basis=Basis.REUSED,
        spans=spans,
        quote=quote(document.text, spans),
        similarity=round(2 * aligned / (len(unit.words) + len(source.words)), 4),
        coverage=round(aligned / len(unit.words), 4),
        source_coverage=round(aligned / len(source.words), 4),
        alternatives=tuple(sources.texts[one.source].path for one in choice.alternatives),
        segments=told,
    )
