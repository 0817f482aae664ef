"""Where the words of proposals come from: the source of each unit among the provisions of treaties, by its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from ..ingest.records import Document, Provision, Submission, quote
from .candidates import candidates
from .choice import Choice, Context, choose
from .pairing import Pairing, pair
from .records import Basis, Derivation, Lineage, Operation
from .segments import segments
from .texts import Text, Texts, texts_of
from .vocabulary import Vocabulary
from .words import own_words

__all__ = ["METHOD", "reused"]

METHOD = "1"
"""The version of the method: it changes with any change that can change a derivation."""

_KEEP = 8
_LEAST = 12.0
"""Bits that a source must save to be one: the words alone, whatever stands around them."""
_CITED, _CITED_WHOLE = 10.0, 6.0


def reused(document: Document, instruments: Mapping[str, Sequence[Provision]]) -> Lineage:
    """The derivations of `document` on the ground ``reused``, in reading order.

    `instruments` are the provisions of each treaty whose words are at hand, by its id, in reading order.
    """
    sources = _together(texts_of(f"instrument/{one}", instruments[one]) for one in sorted(instruments))
    derived = _together(_units(submission) for submission in document.submissions)
    if not sources.texts or not derived.texts:
        return Lineage()
    search = _Search(derived, sources)
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

    def __init__(self, derived: Texts, sources: Texts) -> None:
        self.derived, self.sources = derived, sources
        self.vocabulary = Vocabulary(text.words.forms for text in (*derived.texts, *sources.texts))
        self._left, self._right = derived.ids(self.vocabulary), sources.ids(self.vocabulary)
        self._candidates = candidates(self._left, self._right, keep=_KEEP)

    def choices(self, places: Sequence[int]) -> list[Choice | None]:
        """The choice for each unit of one article, given by the numbers of its texts."""
        units = [self.derived.texts[place] for place in places]
        pairings = [self._pairings(place) for place in places]
        return choose(units, pairings, self.sources.texts, self._context(units, pairings), _LEAST)

    def _pairings(self, place: int) -> list[Pairing]:
        return [
            pair(self._left[place], self._right[source], int(source), self.vocabulary.bits)
            for source in self._candidates.of(place)
        ]

    def _context(self, units: Sequence[Text], pairings: Sequence[Sequence[Pairing]]) -> Context:
        """What headings and citations say of the sources."""
        known = {}
        for place, (unit, found) in enumerate(zip(units, pairings, strict=True)):
            cited = [
                target.path
                for citation in unit.provision.citations
                if citation.as_source
                for target in citation.targets
            ]
            for one in found:
                path = self.sources.texts[one.source].path
                if path in cited:
                    known[place, one.source] = _CITED
                elif any(path.startswith(f"{target}/") or target.startswith(f"{path}/") for target in cited):
                    known[place, one.source] = _CITED_WHOLE
        return Context(known, {})


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
