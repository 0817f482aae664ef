"""What a draft proposes: each article, and each of its parts that comes from elsewhere or is about something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..ontology.stances import PositionWording
from .records import Citation, CitationKind, Kind, Position, Provision, Span, Stance
from .sentences import ANAPHOR, sentences
from .topics import Topics

__all__ = ["COMMENTS", "proposed"]

COMMENTS = frozenset({Kind.STATEMENT, Kind.BULLET})
_TITLED = frozenset({Kind.CHAPTER, Kind.SECTION, Kind.HEADING, Kind.RECITAL, Kind.CHAPEAU, Kind.CLOSING})
_RECITALS = frozenset({Kind.RECITAL, Kind.CHAPEAU, Kind.CLOSING})
_OUTSIDE = frozenset({Kind.FOOTNOTE, *COMMENTS})


@dataclass(slots=True)
class _Part:
    """Units of an article that belong together: all by reference or all in words, from one source article."""

    by_reference: bool
    source: str
    heading: str
    units: list[Provision] = field(default_factory=list)


class _Draft:
    """One submission of draft text."""

    def __init__(self, provisions: Sequence[Provision], topics: Topics, wording: PositionWording) -> None:
        self._topics, self._wording = topics, wording
        self._children: dict[str, list[Provision]] = defaultdict(list)
        self._by_path = {provision.path: provision for provision in provisions}
        for provision in provisions:
            self._children[provision.parent].append(provision)

    def below(self, provision: Provision) -> Iterator[Provision]:
        """All units below `provision`, in reading order."""
        for child in self._children[provision.path]:
            yield child
            yield from self.below(child)

    def parts(self, article: Provision) -> list[_Part]:
        """The parts of an article, in reading order; a unit that only names what follows it belongs to no part."""
        parts: dict[tuple[bool, str, str], _Part] = {}
        last: _Part | None = None
        for unit in self.below(article):
            if unit.kind in _OUTSIDE or (unit.heading and not unit.by_reference):
                last = last if unit.kind in _OUTSIDE else None
                continue
            sources = _articles(unit)
            heading = self._heading(unit, article)
            if not sources and last and not _imports(unit) and last.heading == heading:
                last.units.append(unit)
                continue
            source = sources[0] if sources else ""
            imports = _imports(unit)
            last = parts.setdefault((imports, source, heading), _Part(imports, source, heading))
            last.units.append(unit)
        return list(parts.values())

    def _heading(self, unit: Provision, article: Provision) -> str:
        """The path of the label below the article under which the unit stands."""
        parent = self._by_path.get(unit.parent)
        while parent and parent.path != article.path:
            if parent.heading and not parent.by_reference:
                return parent.path
            parent = self._by_path.get(parent.parent)
        return ""

    # Positions

    def article(self, article: Provision) -> Iterator[tuple[str, Position]]:
        """The positions of an article, each with the path of its unit."""
        units = [unit for unit in self.below(article) if unit.kind not in _OUTSIDE]
        if article.by_reference or not units:
            if article.by_reference or _sources([article]):
                yield article.path, self._position(True, self.subject(article, [article]), [article])
            return
        parts = self.parts(article)
        if len({part.source for part in parts} | {""}) <= 2 and len({part.by_reference for part in parts}) == 1:
            yield from self._whole(article, units, parts)
            return
        own = self._topics.rolled(self._topics.of_heading(article))
        main = self._main(parts, own)
        for part in parts:
            if main and part is main:
                sharing = [one for one in parts if one.source == main.source and one.by_reference == main.by_reference]
                yield (
                    article.path,
                    self._position(
                        main.by_reference,
                        self.subject(article, [unit for one in sharing for unit in one.units]),
                        main.units,
                    ),
                )
            elif not (main and part.source == main.source and part.by_reference == main.by_reference):
                place = self._place(part)
                yield place.path, self._position(part.by_reference, self._part_subject(part, article), part.units)

    def _whole(self, article: Provision, units: list[Provision], parts: list[_Part]) -> Iterator[tuple[str, Position]]:
        by_reference = bool(parts) and parts[0].by_reference
        subject = self.subject(article, units)
        yield article.path, self._position(by_reference, subject, units, article)
        named = self._topics.rolled(self._topics.of_heading(article))
        if by_reference:
            for unit in units:
                if added := self._added(unit, subject):
                    yield article.path, added
            return
        # Where the heading says one thing and the source another, what the heading says may still be there.
        if named and named != subject and not self._topics.names.related(named, subject):
            for unit in units:
                spoken = [
                    self._topics.rolled(concept) for concept, _, _ in self._topics.names.in_words(unit.passage.words)
                ]
                if named in spoken:
                    yield unit.path, self._position(False, named, [unit])
                    break

    def _added(self, unit: Provision, subject: str) -> Position | None:
        """What a unit that imports an article drafts of its own after that."""
        words = unit.passage.words
        parted = sentences(words, self._wording.sentences.abbreviations)
        if unit.by_reference or len(parted) < 2:
            return None
        start, end = parted[1][0], parted[-1][1]
        spoken = self._topics.mentions(words, start, end, ())
        concept = self._topics.rolled(spoken[0][0]) if spoken else subject
        return Position(Stance.PROPOSES_TEXT, concept, unit.passage.spans(start, end), words[start:end])

    def _main(self, parts: Sequence[_Part], own: str) -> _Part | None:
        """The part that is the article itself: it is about what the heading says, and is the largest such."""
        about = [
            part
            for part in parts
            if not part.heading and own and not self._topics.is_wide(own) and self._speaks_of(part, own)
        ]
        return max(about, key=lambda part: len(part.units)) if about else None

    def _speaks_of(self, part: _Part, own: str) -> bool:
        cited = {self._topics.cited(unit.citations) for unit in part.units}
        return own in cited or not any(cited)

    def _place(self, part: _Part) -> Provision:
        """The unit that stands for a part: the label above it where the part is all of that, else its first unit."""
        label = self._by_path.get(part.heading)
        if label and not part.by_reference:
            return label
        return part.units[0]

    def _part_subject(self, part: _Part, article: Provision) -> str:
        topics = self._topics
        first = part.units[0]
        if (own := topics.of_heading(first)) and not topics.is_wide(own):
            return topics.rolled(own)
        label = self._by_path.get(part.heading)
        if label and (named := topics.of_heading(label)) and not topics.is_wide(named):
            return topics.rolled(named)
        cited = topics.cited(citation for unit in part.units for citation in unit.citations if _is_source(citation))
        if cited and not topics.is_wide(cited):
            return cited
        return next(iter(topics.spoken_of(part.units)), "") or self.subject(article, part.units)

    def subject(self, article: Provision, units: Sequence[Provision]) -> str:
        """What an article is about: its heading, unless that is wide and its source or words say more."""
        topics = self._topics
        named = topics.of_heading(article)
        within = topics.above(article)
        cited = topics.cited(
            citation for unit in (article, *units) for citation in unit.citations if _is_source(citation)
        )
        if named in topics.names.chapters:
            opening = [one.article for one in self._wording.subjects.openings if one.chapter == named == within]
            if opening:
                return opening[0]
            if cited and not topics.is_wide(cited) and not topics.names.related(cited, named):
                return cited
            return topics.rolled(named)
        if named and not topics.is_wide(named):
            return topics.rolled(named)
        labels = [topics.of_heading(unit) for unit in units if unit.kind is Kind.HEADING]
        for choice in (*labels, cited, *topics.spoken_of(units)):
            if choice and not topics.is_wide(choice):
                return topics.rolled(choice)
        return topics.rolled(within or named or cited)

    def paragraph(self, unit: Provision) -> list[Position]:
        """The positions of a paragraph that stands below no article: one, and one for each turn to another subject.

        A later sentence turns to the subject of which it speaks first, unless it points back ("such measures").
        """
        units = [unit, *self.below(unit)]
        topics, words = self._topics, unit.passage.words
        spoken = [topics.rolled(one) for one, _, _ in topics.mentions(words, 0, len(words), ())]
        subject = topics.of_heading(unit) or topics.cited(c for one in units for c in one.citations if _is_source(c))
        found = [self._position(unit.by_reference, subject or next(iter(spoken), "") or topics.above(unit), units)]
        if subject or unit.by_reference:
            return found
        for start, end in sentences(words, self._wording.sentences.abbreviations)[1:]:
            mentions = topics.mentions(words, start, end, ())
            concept = topics.rolled(mentions[0][0]) if mentions else ""
            if concept and not ANAPHOR.match(words[start:end]) and concept not in {one.concept for one in found}:
                spans = unit.passage.spans(start, end)
                found.append(Position(Stance.PROPOSES_TEXT, concept, spans, words[start:end], sources=found[0].sources))
        return found

    def preamble(self, division: Provision, concept: str) -> Position | None:
        """The one position of a preamble: all its recitals, with all they recall."""
        recitals = [unit for unit in self.below(division) if unit.kind in _RECITALS]
        if not recitals:
            return None
        longest = next((unit for unit in recitals if unit.kind is Kind.RECITAL), recitals[0])
        cited = [citation for unit in recitals for citation in unit.citations]
        return self._position(False, concept, [longest], cited=cited)

    def _position(
        self,
        by_reference: bool,
        concept: str,
        units: Sequence[Provision],
        article: Provision | None = None,
        cited: Iterable[Citation] | None = None,
    ) -> Position:
        worded = [unit for unit in units if unit.passage.words and (by_reference or not unit.heading)]
        first = worded[0] if worded else units[0]
        words = first.passage.words
        end = len(words)
        if not by_reference:
            parted = sentences(words, self._wording.sentences.abbreviations)
            end = parted[0][1] if parted else end
        spans: tuple[Span, ...] = first.passage.spans(0, end)
        named = (article, *units) if article else tuple(units)
        sources = (
            [target.path for citation in cited for target in citation.targets]
            if cited is not None
            else [path for unit in named for path in _sources([unit])]
        )
        return Position(
            Stance.PROPOSES_BY_REFERENCE if by_reference else Stance.PROPOSES_TEXT,
            concept,
            spans,
            words[:end],
            sources=tuple(dict.fromkeys(sources)),
        )


def _is_source(citation: Citation) -> bool:
    return citation.kind is CitationKind.INSTRUMENT and (citation.as_source or citation.by_reference)


def _is_preamble(units: Sequence[Provision]) -> bool:
    kinds = {unit.kind for unit in units}
    return Kind.RECITAL in kinds and Kind.ARTICLE not in kinds


def _imports(unit: Provision) -> bool:
    """Whether the unit takes over what it cites, in a label or in a sentence of its own."""
    return unit.by_reference or any(citation.by_reference for citation in unit.citations)


def _sources(units: Iterable[Provision]) -> list[str]:
    return [
        target.path
        for unit in units
        for citation in unit.citations
        if _is_source(citation)
        for target in citation.targets
    ]


def _articles(unit: Provision) -> list[str]:
    """The articles of treaties from which the unit comes."""
    return list(dict.fromkeys("/".join(path.split("/")[:3]) for path in _sources([unit])))


def proposed(
    provisions: Sequence[Provision], topics: Topics, wording: PositionWording
) -> tuple[tuple[Position, ...], ...]:
    """The positions of each provision of a draft, in its order; of comments in it, none."""
    draft = _Draft(provisions, topics, wording)
    found: dict[str, list[Position]] = defaultdict(list)
    covered: set[str] = set()
    for provision in provisions:
        if provision.path in covered or provision.kind in _OUTSIDE:
            continue
        below = list(draft.below(provision))
        if provision.kind is not Kind.ARTICLE and _is_preamble(below):
            concept = topics.rolled(topics.of_heading(provision)) or "preamble"
            if position := draft.preamble(provision, concept):
                found[provision.path].append(position)
                covered.update(unit.path for unit in below)
        elif provision.kind is Kind.ARTICLE:
            for path, position in draft.article(provision):
                found[path].append(position)
            covered.update(unit.path for unit in below)
        elif provision.by_reference or (provision.kind not in _TITLED and provision.passage.words):
            found[provision.path] += draft.paragraph(provision)
            covered.update(unit.path for unit in below)
    return tuple(tuple(found[provision.path]) for provision in provisions)
