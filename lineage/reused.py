"""Where the words of proposals come from: the source of each unit among the provisions of treaties, by its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..ingest.records import Document, Provision, Submission, quote
from ..ontology.reuse import Reuse, reuse
from .choice import Choice
from .omissions import omissions
from .pairing import Pairing
from .records import Basis, Derivation, Lineage, Operation
from .search import Search
from .texts import Text, Texts, texts_of
from .verdicts import judge
from .words import own_words, source_words

__all__ = ["METHOD", "reused"]

METHOD = "1"
"""The version of the method: it changes with any change that can change a derivation."""


def reused(document: Document, instruments: Mapping[str, Sequence[Provision]]) -> Lineage:
    """The derivations of `document` on the ground ``reused``, and what borrowed articles leave out.

    `instruments` are the provisions of each treaty whose words are at hand, by its id, in reading order. Derivations
    from treaties come first, in reading order, then those from submissions of an earlier date.
    """
    settings = reuse()
    sources = _together(texts_of(f"instrument/{one}", instruments[one], source_words) for one in sorted(instruments))
    units = {submission.path: _units(submission) for submission in document.submissions}
    derived = _together(units.values())
    if not sources.texts or not derived.texts:
        return Lineage()
    chosen = _chosen(derived, sources, settings)
    likely = {
        path: [sources.texts[one.source].path for one in (choice.pairing, *choice.likely)]
        for path, choice in chosen.items()
    }
    return Lineage(
        (
            *_derivations(document, derived, sources, chosen),
            *_followed(document, units, {path: choice.pairing for path, choice in chosen.items()}, settings),
        ),
        omissions(document, derived, sources, likely, settings.borrowed),
    )


def _chosen(derived: Texts, sources: Texts, settings: Reuse) -> dict[str, Choice]:
    """The choice for each text that has a source, by its path."""
    choices = Search(derived, sources, settings).choices()
    return {text.path: choice for text, choice in zip(derived.texts, choices, strict=True) if choice}


def _followed(
    document: Document, units: Mapping[str, Texts], explained: Mapping[str, Pairing], settings: Reuse
) -> Iterator[Derivation]:
    """The derivations from submissions of an earlier date, where they explain the words far better than any treaty.

    `units` are the texts of each submission, `explained` the pairings of texts with their treaty sources, by path.
    """
    least = settings.least
    saved = {path: pairing.bits for path, pairing in explained.items()}
    settled = {path for path, one in explained.items() if one.bits * (1 - one.covered) < least.followed * one.covered}
    for submission in document.submissions:
        earlier = [one.path for one in document.submissions if one.issued and one.issued < submission.issued]
        sources = _together(units[path] for path in earlier)
        own = units[submission.path]
        derived = replace(own, texts=tuple(text for text in own.texts if text.path not in settled))
        if not sources.texts or not derived.texts:
            continue
        chosen = {
            path: choice
            for path, choice in _chosen(derived, sources, settings).items()
            if choice.pairing.bits - saved.get(path, 0.0) >= least.followed
            and choice.pairing.covered >= least.followed_share
        }
        yield from _derivations(document, derived, sources, chosen)


def _derivations(
    document: Document, derived: Texts, sources: Texts, chosen: Mapping[str, Choice]
) -> Iterator[Derivation]:
    used = _used(derived, chosen)
    for unit in derived.texts:
        if choice := chosen.get(unit.path):
            first, second = choice.pairing, choice.second
            yield _derivation(document, unit, sources, first, choice.alternatives, used, second)
            if second:
                yield _derivation(document, unit, sources, second, (), used, first)


def _used(derived: Texts, chosen: Mapping[str, Choice]) -> Mapping[tuple[str, int], Mapping[str, frozenset[int]]]:
    """The words that the units of each article have from each source or its twin, by the path of the unit."""
    used: dict[tuple[str, int], dict[str, frozenset[int]]] = {}
    for unit in derived.texts:
        if choice := chosen.get(unit.path):
            for one in (choice.pairing, *choice.alternatives, *((choice.second,) if choice.second else ())):
                words = frozenset(word for run in one.runs for word in range(run.source, run.source + run.length))
                used.setdefault((unit.whole, one.source), {})[unit.path] = words
    return used


def _units(submission: Submission) -> Texts:
    """The texts of a submission but those that import words by reference."""
    own = [
        provision
        for provision in submission.provisions
        if not (provision.by_reference or any(citation.by_reference for citation in provision.citations))
    ]
    return texts_of(submission.path, own, own_words)


def _together(sides: Iterable[Texts]) -> Texts:
    sides = list(sides)
    headings: dict[str, tuple[str, ...]] = {}
    for side in sides:
        headings |= side.headings
    return Texts(tuple(text for side in sides for text in side.texts), headings)


def _derivation(
    document: Document,
    unit: Text,
    sources: Texts,
    pairing: Pairing,
    alternatives: Sequence[Pairing],
    used: Mapping[tuple[str, int], Mapping[str, frozenset[int]]],
    beside: Pairing | None,
) -> Derivation:
    """The derivation of a unit, judged knowing what others `used` of the source, and what it has from one `beside`."""
    source = sources.texts[pairing.source]
    others = used[unit.whole, pairing.source].items()
    elsewhere = frozenset[int]().union(*(words for path, words in others if path != unit.path))
    explained = (word for run in beside.runs for word in range(run.derived, run.derived + run.length)) if beside else ()
    judged = judge(unit, source, pairing.runs, elsewhere, frozenset(explained))
    copied = [one for one in judged.segments if one.operation is Operation.COPIED]
    spans = tuple(span for one in copied for span in one.spans)
    aligned = sum(one.source_end - one.source_start for one in copied)
    return Derivation(
        derived=unit.path,
        source=source.path,
        basis=Basis.REUSED,
        spans=spans,
        quote=quote(document.text, spans),
        verdict=judged.verdict,
        similarity=round(2 * aligned / (len(unit.words) + len(source.words)), 4),
        coverage=round(aligned / len(unit.words), 4),
        source_coverage=round(aligned / len(source.words), 4),
        edits=judged.edits,
        alternatives=tuple(sources.texts[one.source].path for one in alternatives),
        segments=judged.segments,
    )
