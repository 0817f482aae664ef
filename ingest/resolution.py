"""Looks up what each mention names: in the skeletons of the treaties, or in the outline of the same submission.

A mention that names no instrument is read in its context. "Articles 29 and 30", in an article whose heading says that
it comes from the Budapest Convention, are articles of that Convention; "paragraph 8" is one of the same article.
What is not there is kept as printed and said not to be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..ontology.citing import any_of, citation_wording
from ..ontology.instruments import Instrument
from ..ontology.reference import Reference
from ..ontology.resolutions import Organ
from ..ontology.terms import slug
from .citations import find_mentions, source_citation
from .draft import Draft
from .mentions import Mention, Place, Scope, Symbol, Unit
from .records import Citation, CitationKind, Genre, Kind, Provision, Resolution, Target

__all__ = ["resolve"]

_HEADINGS = frozenset({Kind.CHAPTER, Kind.SECTION, Kind.HEADING, Kind.ARTICLE})
_UNIT_KINDS = {
    Unit.ARTICLE: (Kind.ARTICLE,),
    Unit.PARAGRAPH: (Kind.PARAGRAPH, Kind.STATEMENT, Kind.CHAPEAU),
    Unit.SUBPARAGRAPH: (Kind.SUBPARAGRAPH, Kind.ITEM),
}


def resolve(provisions: Sequence[Provision], genre: Genre, reference: Reference) -> tuple[tuple[Citation, ...], ...]:
    """The citations in each unit of a submission, in the order of the units and of the words.

    In a draft, a citation in brackets at the end of a unit says where the unit's words come from
    (:attr:`~travaux.ingest.records.Citation.as_source`).
    """
    return _Resolver(provisions, genre, reference).resolved()


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention, whether the words come from it, and whether the unit imports it ("applies mutatis mutandis")."""

    mention: Mention
    as_source: bool
    imported: bool


@dataclass(slots=True)
class _Resolver:
    provisions: Sequence[Provision]
    genre: Genre
    reference: Reference
    draft: Draft = field(init=False)
    found: list[tuple[_Found, ...]] = field(init=False)
    sources: dict[str, Instrument | None] = field(default_factory=dict)
    named: dict[str, Instrument | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draft = Draft(self.provisions, citation_wording())
        self.found = [self._mentions(provision) for provision in self.provisions]
        self._survey()

    def resolved(self) -> tuple[tuple[Citation, ...], ...]:
        """The citations of each unit."""
        return tuple(
            tuple(self._citation(provision, entry) for entry in found)
            for provision, found in zip(self.provisions, self.found, strict=True)
        )

    def _mentions(self, provision: Provision) -> tuple[_Found, ...]:
        words = provision.passage.words
        mentions = find_mentions(words, self.reference, self.draft.titles)
        if mentions and provision.kind in _HEADINGS and mentions[0].start == 0 and mentions[0].scope is Scope.OPEN:
            mentions = mentions[1:]
        source = source_citation(words, self.reference) if mentions and self.genre is Genre.DRAFT else None
        start, end = source or (0, 0)
        imports = _imports(words, mentions) if self.genre is Genre.DRAFT else 0
        return tuple(
            _Found(mention, start <= mention.start and mention.end <= end, place < imports)
            for place, mention in enumerate(mentions)
        )

    def _survey(self) -> None:
        """Which instrument each article says it comes from, and which it names at all, where it is one alone."""
        in_heading: dict[str, str] = {}
        as_source: dict[str, set[str]] = {}
        by_name: dict[str, set[str]] = {}
        for provision, found in zip(self.provisions, self.found, strict=True):
            article = self.draft.article(provision)
            if article is None:
                continue
            for entry in found:
                key = entry.mention.instrument
                if not key or not entry.mention.places:
                    continue
                by_name.setdefault(article.path, set()).add(key)
                if entry.as_source:
                    as_source.setdefault(article.path, set()).add(key)
                    if provision is article:
                        in_heading.setdefault(article.path, key)
        instruments = self.reference.instruments
        for path, keys in by_name.items():
            sources = as_source.get(path, set())
            source = in_heading.get(path) or (min(sources) if len(sources) == 1 else "")
            self.sources[path] = instruments.get(source)
            self.named[path] = instruments.get(source or (min(keys) if len(keys) == 1 else ""))

    def _citation(self, provision: Provision, entry: _Found) -> Citation:
        mention = entry.mention
        kind, targets = self._targets(mention, provision)
        return Citation(
            kind=kind,
            spans=provision.passage.spans(mention.start, mention.end),
            quote=provision.passage.words[mention.start : mention.end],
            targets=tuple(dict.fromkeys(targets)),
            resolution=_worst(targets),
            by_reference=entry.imported or (entry.as_source and provision.by_reference),
            bare=mention.bare,
            as_source=entry.as_source and kind is CitationKind.INSTRUMENT,
        )

    def _targets(self, mention: Mention, provision: Provision) -> tuple[CitationKind, list[Target]]:
        if mention.kind is CitationKind.RESOLUTION:
            return mention.kind, [target for symbol in mention.symbols for target in self._adopted(symbol)]
        if mention.kind is CitationKind.PLACEHOLDER:
            return mention.kind, self._stood_for(mention, provision)
        if mention.scope is Scope.OTHER:
            return mention.kind, []
        instrument = self._instrument(mention, provision)
        if instrument is not None:
            return CitationKind.INSTRUMENT, _in_instrument(instrument, mention.places)
        if mention.bare:
            return mention.kind, self._bare(mention, provision)
        return mention.kind, [
            target for place in mention.places for target in self._internal(place, mention, provision)
        ]

    # ---- instruments

    def _instrument(self, mention: Mention, provision: Provision) -> Instrument | None:
        """The instrument that a mention names, or that its context supplies."""
        if mention.instrument:
            return self.reference.instruments[mention.instrument]
        numbers = [place.article for place in mention.places]
        if not numbers or not all(numbers) or mention.scope is Scope.OWN:
            return None
        titled = next((found for place in mention.places if (found := self._titled(place)) is not None), None)
        if titled is not None:
            return titled
        article = self.draft.article(provision)
        context = self.sources if mention.scope is Scope.OPEN else self.named
        instrument = context.get(article.path) if article else None
        if instrument is not None and instrument.known:
            there = (f"{instrument.id}/{slug(number)}" in instrument.provisions for number in numbers)
            return instrument if all(there) else None
        return instrument

    def _titled(self, place: Place) -> Instrument | None:
        """The treaty whose article of that number has the title that is printed after the number."""
        if not place.title:
            return None
        wanted = slug(place.title.replace("-", ""))
        for instrument in self.reference.instruments.values():
            title = instrument.article_titles.get(place.article, "")
            if title and slug(title.replace("-", "")) == wanted:
                return instrument
        return None

    # ---- resolutions

    def _adopted(self, symbol: Symbol) -> list[Target]:
        organ = self.reference.organs.get(symbol.organ) if symbol.organ else self._organ(symbol.number)
        if organ is None:
            return []
        resolution = Resolution.RESOLVED if organ.valid(symbol.number) else Resolution.NONEXISTENT
        return [Target(organ.path(symbol.number), resolution)]

    def _organ(self, number: str) -> Organ | None:
        """The organ whose document symbol or, failing that, whose number this is; the first where several count so."""
        organs = self.reference.organs.values()
        by_document = (organ for organ in organs if organ.number(number) != number and organ.valid(number))
        return next(by_document, None) or next((organ for organ in organs if organ.valid(number)), None)

    # ---- the same submission

    def _bare(self, mention: Mention, provision: Provision) -> list[Target]:
        if mention.unit is Unit.DIVISION:
            unit = self.draft.enclosing(provision, self.draft.division_kinds(mention.word))
        elif mention.unit is not None:
            unit = self.draft.enclosing(provision, _UNIT_KINDS[mention.unit])
        else:
            return []
        if unit is not None and mention.step:
            unit = self.draft.neighbour(unit, mention.step)
        return [Target(unit.path, Resolution.RESOLVED)] if unit is not None else []

    def _internal(self, place: Place, mention: Mention, provision: Provision) -> list[Target]:
        if place.article:
            article = self.draft.numbered_article(place.article)
            return [_found(*self.draft.descend(article.path, place.below))] if article is not None else []
        if place.division is not None:
            around = self.draft.division(*place.around) if place.around else None
            if place.around and around is None:
                return []
            division = self.draft.division(*place.division, around)
            return [_found(*self.draft.descend(division.path, place.below))] if division is not None else []
        kinds = _UNIT_KINDS.get(mention.unit) if mention.unit is not None else None
        if mention.scope is Scope.OWN and kinds is not None:
            base = self.draft.enclosing(provision, kinds)
            if base is not None:
                path, there = self.draft.descend(base.path, place.below)
                if there:
                    return [_found(path, there)]
        if not place.below:
            return []
        return [_found(*self.draft.upward(provision, place.below))]

    def _stood_for(self, mention: Mention, provision: Provision) -> list[Target]:
        paths = [path for topic in mention.topics for path in self.draft.meant(topic, mention.word, provision)]
        if not mention.places:
            return [Target(path, Resolution.RESOLVED) for path in paths]
        return [_found(*self.draft.descend(path, place.below)) for path in paths for place in mention.places]


def _in_instrument(instrument: Instrument, places: Iterable[Place]) -> list[Target]:
    """The provisions of `instrument` at `places`; itself where there is none."""
    targets: list[Target] = []
    for place in places:
        steps = [slug(step) for step in place.steps]
        if place.division is not None or not place.article:
            # The skeletons have no chapters and no annexes: all that can be said is which treaty is meant.
            targets.append(Target(instrument.path, Resolution.UNRESOLVED))
        elif not instrument.known:
            targets.append(Target("/".join((instrument.path, *steps)), Resolution.UNRESOLVED))
        else:
            there = "/".join((instrument.id, *steps)) in instrument.provisions
            found = Resolution.RESOLVED if there else Resolution.NONEXISTENT
            targets.append(Target("/".join((instrument.path, *steps)), found))
    return targets or [Target(instrument.path, Resolution.RESOLVED)]


def _found(path: str, there: bool) -> Target:
    return Target(path, Resolution.RESOLVED if there else Resolution.UNRESOLVED)


def _imports(words: str, mentions: Sequence[Mention]) -> int:
    """How many of the first mentions `words` import: "Articles 12 and 13 of ... apply, mutatis mutandis, to ..."."""
    wording = citation_wording()
    between = any_of(wording.sources.between)
    position, joint = 0, wording.imports.lead
    for count, mention in enumerate(mentions, 1):
        if not re.fullmatch(rf"\s*(?:{joint})\s*(?:the\s+)?", words[position : mention.start], re.IGNORECASE):
            return 0
        if re.match(wording.imports.pattern, words[mention.end :], re.IGNORECASE):
            return count
        position, joint = mention.end, between
    return 0


def _worst(targets: Iterable[Target]) -> Resolution:
    """What is said of a citation as a whole: the worst that is said of its targets."""
    said = {target.resolution for target in targets}
    for resolution in (Resolution.NONEXISTENT, Resolution.UNRESOLVED, Resolution.RESOLVED):
        if resolution in said:
            return resolution
    return Resolution.UNRESOLVED
