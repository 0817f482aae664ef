"""What each provision states that its proponents want: stance, subject, conditions and sources.

A draft proposes, article by article; a commentary says so in sentences, and so may comments between drafted articles.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..ontology.reference import Reference
from ..ontology.stances import PositionWording, position_wording
from .conditions import Clausula, condition_finder
from .proposals import COMMENTS, proposed
from .records import Citation, Condition, Genre, Kind, Position, Provision, Stance
from .sentences import ANAPHOR, sentences
from .stances import Statement, stance_finder
from .topics import Mention, Topics

__all__ = ["positions"]

_SILENT = frozenset({Kind.CHAPTER, Kind.SECTION, Kind.HEADING, Kind.ARTICLE, Kind.FOOTNOTE})
_QUOTED = re.compile(r"“[^”]{12,}”|\"[^\"]{12,}\"")
_BRACKETED = 2_000
"""How many characters a bracket may hold."""


@dataclass(frozen=True, slots=True)
class _Chapeau:
    """What the bullets below a statement inherit from it."""

    statement: Statement
    conditions: tuple[Condition, ...]


class _Places:
    """Where the citations stand in the words of a provision, in order."""

    def __init__(self, places: Iterable[tuple[int, int, Citation]]) -> None:
        self._places = sorted(places, key=lambda place: place[:2])
        self._firsts = [first for first, _, _ in self._places]

    def starting(self, start: int, end: int) -> list[tuple[int, int, Citation]]:
        """Those that begin from `start` to `end`."""
        return self._places[bisect_left(self._firsts, start) : bisect_left(self._firsts, end)]

    def touching(self, start: int, end: int) -> list[tuple[int, int, Citation]]:
        """Those of which a character stands from `start` to `end`."""
        low = bisect_left(self._firsts, start)
        while low and self._places[low - 1][1] > start:
            low -= 1
        return self._places[low : bisect_left(self._firsts, end)]

    def next(self, start: int) -> int | None:
        """Where the first that begins at `start` or later begins."""
        place = bisect_left(self._firsts, start)
        return self._firsts[place] if place < len(self._firsts) else None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words of one sentence, from `start` on in those of its provision; `places` of all citations there."""

    provision: Provision
    words: str
    start: int
    places: _Places

    def condition(self, clausula: Clausula) -> Condition:
        """A condition with its places in the document."""
        spans = self.provision.passage.spans(self.start + clausula.start, self.start + clausula.end)
        return Condition(spans, self.words[clausula.start : clausula.end])

    def cited(self, start: int, end: int) -> list[Citation]:
        """What is cited from `start` to `end`."""
        return [one for _, _, one in self.places.starting(self.start + start, self.start + end)]

    def named(self, start: int, end: int) -> tuple[str, ...]:
        """The paths of what is cited from `start` to `end`."""
        return _paths(self.cited(start, end))

    def sources(self, statement: Statement) -> tuple[str, ...]:
        """What a statement names: in its own words, or in brackets at the end of a later one."""
        if inside := self.named(statement.start, statement.end):
            return inside
        words, end = self.provision.passage.words, self.start + statement.end
        later = self.places.next(end)
        if later is None:
            return ()
        opened = words.rfind("(", end, later)
        if opened < 0 or ")" in words[opened:later]:
            return ()
        closed = words.find(")", later, later + _BRACKETED)
        return _paths(one for _, _, one in self.places.starting(later, closed if closed > 0 else later + _BRACKETED))


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

    def read(self, provision: Provision) -> tuple[Position, ...]:
        """The positions of one unit, in order."""
        words = provision.passage.words
        places = _citation_places(provision)
        governor = self._chapeaux.get(provision.parent)
        found: list[Position] = []
        for start, end in sentences(words, self._wording.sentences.abbreviations):
            sentence = _Sentence(provision, words[start:end], start, places)
            back = self._conditions.refers_back(sentence.words)
            if back and found and not found[-1].conditions:
                found[-1] = _bound(replace(found[-1], conditions=(sentence.condition(back),)))
                continue
            earlier = found[-1].concept if found and ANAPHOR.match(sentence.words) else ""
            found += self._stated(sentence, governor if start == 0 else None, earlier)
        return tuple(found)

    def _stated(self, sentence: _Sentence, governor: _Chapeau | None, earlier: str) -> list[Position]:
        """The positions of one sentence; `earlier` is the subject to which a sentence that points back goes on."""
        conditions = self._conditions.found(sentence.words)
        blanked = [(one.start, one.end) for one in conditions]
        stop = sentence.start + len(sentence.words)
        cited = sentence.places.touching(sentence.start, stop)
        blanked += [(first - sentence.start, after - sentence.start) for first, after, _ in cited]
        blanked += [quoted.span() for quoted in _QUOTED.finditer(sentence.words)]
        blanked = [(max(first, 0), after) for first, after in blanked if after > 0 and first < len(sentence.words)]
        found: list[Position] = []
        for statement in self._stances.statements(sentence.words, blanked, governor.statement if governor else None):
            inherited = governor if statement.object == 0 else None
            bounds = self._bounds(sentence.words, statement, conditions)
            kept = (
                *(inherited.conditions if inherited else ()),
                *(sentence.condition(one) for one in bounds),
            )
            if sentence.words.rstrip().endswith(self._wording.chapeaux.ends):
                self._chapeaux[sentence.provision.path] = _Chapeau(statement, kept)
            if self._announces(sentence, statement, blanked):
                continue
            stance = _conditional(statement, bounds)
            before = found[-1].concept if found else earlier
            subjects = list(self._subjects(sentence, statement, blanked, before, inherited is not None))
            stops = [*(first for _, first, _ in subjects[1:]), statement.end]
            sources = [sentence.named(first, stop) for (_, first, _), stop in zip(subjects, stops, strict=True)]
            if not all(sources):
                sources = [sentence.sources(statement)] * len(subjects)
            for (concept, first, after), named in zip(subjects, sources, strict=True):
                # One sentence that says a thing twice states it once, with all its conditions.
                twin = next((one for one in found if one.stance is stance and one.concept == concept), None)
                if twin:
                    more = tuple(one for one in kept if one not in twin.conditions)
                    found[found.index(twin)] = replace(twin, conditions=(*twin.conditions, *more))
                else:
                    spans = sentence.provision.passage.spans(sentence.start + first, sentence.start + after)
                    found.append(Position(stance, concept, spans, sentence.words[first:after], kept, named))
        return found

    def _announces(self, sentence: _Sentence, statement: Statement, blanked: Sequence[tuple[int, int]]) -> bool:
        """Whether the statement only says that bullets follow: it names no subject of its own."""
        if not sentence.words.rstrip().endswith(self._wording.chapeaux.ends):
            return False
        return not self._topics.mentions(sentence.words, statement.start, statement.end, blanked)

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
        sentence: _Sentence,
        statement: Statement,
        blanked: Sequence[tuple[int, int]],
        earlier: str,
        inherited: bool,
    ) -> Iterator[Mention]:
        """The subjects of a statement, each with the words that state it."""
        topics, words = self._topics, sentence.words
        subject = max(words.rfind(", ", statement.start, statement.verb) + 1, statement.start)
        after = topics.mentions(words, statement.object, statement.end, blanked)
        before = topics.mentions(words, subject, statement.verb, blanked) if statement.act != "ask" else []
        if not after and not before:
            before = topics.mentions(words, statement.start, statement.verb, blanked)
        mentions = after if inherited or not before else before[:1]
        first, last = _trim(words, statement.start, statement.end)
        cited = sentence.cited(statement.start, statement.end)
        if not mentions:
            concept = topics.cited(cited) or earlier or topics.above(sentence.provision)
            yield topics.rolled(concept), first, last
            return
        chosen = topics.listed(words, mentions, topics.all_cited(cited))
        for index, (concept, start, _) in enumerate(chosen):
            stops = chosen[index + 1][1] if index + 1 < len(chosen) else last
            yield (topics.rolled(concept), *_trim(words, start if index else first, stops))


def _paths(citations: Iterable[Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(target.path for citation in citations for target in citation.targets))


def _conditional(statement: Statement, bounds: Sequence[Clausula]) -> Stance:
    favours = statement.stance is Stance.SUPPORTS and statement.act in ("favour", "accept", "evaluation")
    if favours and bounds and (statement.tentative or statement.act == "accept" or any(one.proviso for one in bounds)):
        return Stance.CONDITIONAL_SUPPORT
    return statement.stance


def _bound(position: Position) -> Position:
    if position.stance is Stance.SUPPORTS:
        return replace(position, stance=Stance.CONDITIONAL_SUPPORT)
    return position


def _trim(words: str, start: int, end: int) -> tuple[int, int]:
    """Without punctuation and joints at the edges, nor a citation in brackets at the end."""
    piece = words[start:end]
    piece = re.sub(r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)[\s.,;:]*$|[\s.,;:]+$", "", piece)
    piece = re.sub(r"(?:,|\s)+(?:and|or|but|including|as well as)(?:\s+(?:on|for|the|of|to))*\s*$", "", piece)
    lead = re.match(r"[\s,;:•*-]*(?:(?:and|but)\s+)?", piece)
    first = start + (lead.end() if lead else 0)
    return (first, start + len(piece)) if first < start + len(piece) else (start, end)


def _citation_places(provision: Provision) -> _Places:
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
    return _Places(places)


def _position(starts: Sequence[tuple[int, int]], offset: int) -> int:
    place = bisect_right(starts, offset, key=lambda run: run[0])
    if not place:
        return 0
    start, position = starts[place - 1]
    return position + offset - start
