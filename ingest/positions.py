"""What each provision states that its proponents want: stance, subject, conditions and sources.

A draft proposes, article by article; a commentary says so in sentences, and so may comments between drafted articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..ontology.reference import Reference
from ..ontology.stances import PositionWording, position_wording
from .conditions import Clausula, condition_finder
from .proposals import COMMENTS, proposed
from .records import Citation, Condition, Genre, Kind, Position, Provision, Stance
from .sentences import sentences
from .stances import Statement, stance_finder
from .topics import Mention, Topics

__all__ = ["positions"]

_SILENT = frozenset({Kind.CHAPTER, Kind.SECTION, Kind.HEADING, Kind.ARTICLE, Kind.FOOTNOTE})
_QUOTED = re.compile(r"“[^”]{12,}”|\"[^\"]{12,}\"")
_ANAPHOR = re.compile(
    r"(?:[A-Z][a-z]+,\s+)?(?:this|that|these|those|such|it|they|the same|however|in this regard|therefore)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Chapeau:
    """What the bullets below a statement inherit from it."""

    statement: Statement
    conditions: tuple[Condition, ...]
    sources: tuple[str, ...]


def positions(provisions: Sequence[Provision], genre: Genre, reference: Reference) -> tuple[tuple[Position, ...], ...]:
    """The positions stated in each provision of one submission, in its order.

    The provisions carry their citations and concepts. Each `quote` is of the cleaned words; ingest puts in its place
    what the document prints.
    """
    wording = position_wording()
    topics = Topics(provisions, reference, wording)
    drafted = proposed(provisions, topics, wording) if genre is Genre.DRAFT else ((),) * len(provisions)
    commentary = _Commentary(topics, reference, wording)
    found: list[tuple[Position, ...]] = []
    for provision, proposals in zip(provisions, drafted, strict=True):
        comments = provision.kind not in _SILENT if genre is Genre.COMMENTARY else provision.kind in COMMENTS
        found.append((*proposals, *commentary.read(provision)) if comments else proposals)
    return tuple(found)


class _Commentary:
    """Reads the units of a commentary in order; remembers the chapeaux above their bullets."""

    def __init__(self, topics: Topics, reference: Reference, wording: PositionWording) -> None:
        self._topics, self._reference, self._wording = topics, reference, wording
        self._stances = stance_finder(wording, reference.proponent)
        self._conditions = condition_finder(wording)
        self._chapeaux: dict[str, _Chapeau] = {}
        empty = "|".join(pattern.replace(" ", r"\s+") for pattern in wording.chapeaux.empty)
        self._empty = re.compile(rf"\W*(?:{empty})?\W*", re.IGNORECASE)

    def read(self, provision: Provision) -> tuple[Position, ...]:
        words = provision.passage.words
        places = _citation_places(provision)
        found: list[Position] = []
        ends: list[int] = []
        governor = self._chapeaux.get(provision.parent)
        last: tuple[Statement, tuple[Condition, ...], tuple[str, ...]] | None = None
        for start, end in sentences(words, self._wording.sentences.abbreviations):
            sentence = words[start:end]
            back = self._conditions.refers_back(sentence)
            if back and found and not found[-1].conditions:
                condition = _condition(provision, back, start)
                found[-1] = _bound(replace(found[-1], conditions=(condition,)))
                continue
            conditions = self._conditions.found(sentence)
            blanked = [(one.start, one.end) for one in conditions]
            blanked += [(first - start, after - start) for first, after, _ in places if start <= first and after <= end]
            blanked += [quoted.span() for quoted in _QUOTED.finditer(sentence)]
            inherits = governor.statement if governor and start == 0 else None
            for statement in self._stances.statements(sentence, blanked, inherits):
                inherited = governor if governor and inherits and statement.verb == statement.object == 0 else None
                bounds = self._bounds(sentence, statement, conditions)
                own = tuple(_condition(provision, one, start) for one in bounds)
                kept = (*(inherited.conditions if inherited else ()), *own)
                stance = _conditional(statement, bounds)
                sources = self._sources(words, start + statement.start, start + statement.end, places)
                cited = [
                    one for first, after, one in places if start + statement.start <= first < start + statement.end
                ]
                last = (statement, kept, sources)
                if self._announces(sentence, statement):
                    continue
                earlier = found[-1].concept if found and _ANAPHOR.match(sentence) else ""
                for concept, first, after in self._subjects(
                    provision, sentence, statement, [*blanked], cited, earlier, inherited is not None
                ):
                    # The last of a list of subjects may stand before another's words: each has those around it.
                    found.append(
                        Position(
                            stance,
                            concept,
                            provision.passage.spans(start + first, start + after),
                            sentence[first:after],
                            kept,
                            sources,
                        )
                    )
                    ends.append(start + statement.end)
        if last and words.rstrip().endswith(self._wording.chapeaux.ends):
            self._chapeaux[provision.path] = _Chapeau(*last)
        return tuple(found)

    def _announces(self, sentence: str, statement: Statement) -> bool:
        """Whether the statement only says that bullets follow."""
        rest = sentence[statement.object : statement.end]
        return sentence.rstrip().endswith(":") and bool(self._empty.fullmatch(rest))

    def _bounds(self, sentence: str, statement: Statement, conditions: Sequence[Clausula]) -> list[Clausula]:
        bounds = [
            one
            for one in conditions
            if (one.opens and statement.start == 0) or statement.start <= one.start < statement.end
        ]
        if not bounds and statement.tentative:
            later = self._conditions.later(sentence, statement.object, statement.end)
            bounds = [later] if later else []
        return bounds

    def _subjects(
        self,
        provision: Provision,
        sentence: str,
        statement: Statement,
        blanked: list[tuple[int, int]],
        cited: Sequence[Citation],
        earlier: str,
        inherited: bool,
    ) -> Iterator[Mention]:
        """The subjects of a statement, each with the words that state it."""
        topics = self._topics
        subject = max(sentence.rfind(", ", statement.start, statement.verb) + 1, statement.start)
        after = topics.mentions(sentence, statement.object, statement.end, blanked)
        before = topics.mentions(sentence, subject, statement.verb, blanked) if statement.act != "ask" else []
        if not after and not before:
            before = topics.mentions(sentence, statement.start, statement.verb, blanked)
        mentions = (before[:1] or after) if not inherited else after
        first, last = _trim(sentence, statement.start, statement.end)
        backed = frozenset(
            topics.rolled(concept)
            for citation in cited
            for target in citation.targets
            for concept in self._reference.concepts_of(target.path)
        )
        if not mentions:
            concept = topics.cited(cited) or earlier or topics.above(provision)
            yield topics.rolled(concept), first, last
            return
        chosen = topics.listed(sentence, mentions, backed)
        for index, (concept, start, _) in enumerate(chosen):
            begins = first if index == 0 else start
            stops = chosen[index + 1][1] if index + 1 < len(chosen) else last
            yield (topics.rolled(concept), *_trim(sentence, begins, stops))

    def _sources(
        self, words: str, start: int, end: int, places: Sequence[tuple[int, int, Citation]]
    ) -> tuple[str, ...]:
        """What a statement names: in its own words, or in brackets at the end of the next ones that have any."""
        inside = [citation for first, _, citation in places if start <= first < end]
        if not inside:
            later = [(first, citation) for first, _, citation in places if first >= end]
            if later and (opened := words.rfind("(", end, later[0][0])) >= 0 and ")" not in words[opened : later[0][0]]:
                closed = words.find(")", later[0][0])
                inside = [citation for first, citation in later if first < closed or closed < 0]
        return tuple(dict.fromkeys(target.path for citation in inside for target in citation.targets))


def _conditional(statement: Statement, bounds: Sequence[Clausula]) -> Stance:
    favours = statement.stance is Stance.SUPPORTS and statement.act in ("favour", "accept")
    if favours and bounds and (statement.tentative or statement.act == "accept" or any(one.proviso for one in bounds)):
        return Stance.CONDITIONAL_SUPPORT
    return statement.stance


def _bound(position: Position) -> Position:
    if position.stance is Stance.SUPPORTS:
        return replace(position, stance=Stance.CONDITIONAL_SUPPORT)
    return position


def _condition(provision: Provision, clausula: Clausula, start: int) -> Condition:
    words = provision.passage.words[start + clausula.start : start + clausula.end]
    return Condition(provision.passage.spans(start + clausula.start, start + clausula.end), words)


def _trim(words: str, start: int, end: int) -> tuple[int, int]:
    """Without punctuation and joints at the edges, nor a citation in brackets at the end."""
    piece = words[start:end]
    piece = re.sub(r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)[\s.,;:]*$|[\s.,;:]+$", "", piece)
    piece = re.sub(r"(?:,|\s)+(?:and|or|but|including|as well as)(?:\s+(?:on|for|the|of|to))*\s*$", "", piece)
    lead = re.match(r"[\s,;:•*-]*(?:(?:and|but)\s+)?", piece)
    first = start + (lead.end() if lead else 0)
    return (first, start + len(piece)) if first < start + len(piece) else (start, end)


def _citation_places(provision: Provision) -> list[tuple[int, int, Citation]]:
    """Where the citations stand in the words."""
    starts: list[tuple[int, int]] = []
    at = 0
    for piece in provision.passage.pieces:
        runs = [*piece.runs, (len(piece.words), -1)]
        starts += [(offset, at + position) for position, offset in runs[:-1]]
        at += len(piece.words) + 1
    starts.sort()
    places = []
    for citation in provision.citations:
        if not citation.spans:
            continue
        first = _position(starts, citation.spans[0].start)
        places.append((first, max(_position(starts, citation.spans[-1].end - 1) + 1, first + 1), citation))
    return sorted(places, key=lambda place: place[:2])


def _position(starts: Sequence[tuple[int, int]], offset: int) -> int:
    before = [(start, position) for start, position in starts if start <= offset]
    if not before:
        return 0
    start, position = before[-1]
    return position + offset - start
