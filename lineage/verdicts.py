"""What kind of copy a text is: the kinds of edits by which it differs from its source, and the verdict they give.

The verdict rests on what was changed, never on how much: one "not" that is lost makes an adaptation, twenty parties
renamed do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from ..ontology.edits import Edits, edits
from .alignment import Run
from .changes import Change, Comparison, compare
from .conforming import REFERENCE, Term, Terms, lemma, terms
from .records import Edit, Operation, Segment, Verdict
from .segments import located
from .texts import Text
from .words import forms

__all__ = ["Judgement", "judge"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a text, the kinds of its edits, and its segments, each with the kind of edit that it is."""

    verdict: Verdict
    edits: tuple[Edit, ...]
    segments: tuple[Segment, ...]


def judge(
    unit: Text,
    source: Text,
    runs: Iterable[Run],
    elsewhere: Collection[int] = (),
    explained: Collection[int] = (),
) -> Judgement:
    """Judge a text against its source, given the runs of equal words.

    `elsewhere` are the words of the source that other units of the same article have: these are not lost. `explained`
    are the words of the text that come from another source: these are not new.
    """
    own, other = terms(unit.words.forms, _pointing(unit)), terms(source.words.forms)
    compared = compare(runs, unit.words.forms, source.words.forms, own, other, edits().amount.refined)
    passage = unit.provision.passage
    judged = _Judged(unit, source, compared, own, other, frozenset(elsewhere), frozenset(explained))
    kinds = judged.kinds
    segments = tuple(
        located(one, unit.words, passage, kinds[place][0] if kinds[place] else None)
        for place, one in enumerate(compared.stretches)
    )
    if judged.is_echo:
        return Judgement(Verdict.ECHO, (), tuple(located(one, unit.words, passage) for one in compared.stretches))
    found = tuple(sorted({kind for some in kinds for kind in some}, key=list(Edit).index))
    if set(found) - {Edit.TYPO}:
        return Judgement(Verdict.ADAPTED, found, segments)
    return Judgement(Verdict.CONFORMED if judged.differs else Verdict.VERBATIM, found, segments)


def _pointing(unit: Text) -> list[tuple[int, int]]:
    """The words of a text that cite something, as stretches."""
    found = []
    for citation in unit.provision.citations:
        inside = [
            place
            for place in range(len(unit.words))
            if any(
                span.start <= spot.start < span.end
                for span in citation.spans
                for spot in unit.provision.passage.spans(unit.words.starts[place], unit.words.ends[place])
            )
        ]
        if inside and not citation.bare:
            found.append((inside[0], inside[-1] + 1))
    return found


class _Lexicon:
    """The words of the data that carry law, each list as phrases of lemmas."""

    def __init__(self, data: Edits) -> None:
        self.negations = frozenset(data.negations)
        self.modals = frozenset(lemma(word) for word in data.modals)
        self.numbers = frozenset(data.numbers)
        self.protected = frozenset(data.protected)
        self.uncounted = frozenset(data.uncounted)
        self.be = frozenset(data.be)
        self.safeguards = _phrases(data.safeguards)
        self.conditions = _phrases(data.conditions)
        self.restrictions = _phrases(data.restrictions)
        self.actors = _phrases(data.actors)
        self.procedure = _phrases(data.procedure)
        self.scope = _phrases(data.scope)


def _phrases(listed: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(lemma, forms(phrase))) for phrase in listed)


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon(edits())


def _has(words: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of the phrases stands among the words."""
    return any(
        words[place] == phrase[0] and tuple(words[place : place + len(phrase)]) == phrase
        for phrase in phrases
        for place in range(len(words) - len(phrase) + 1)
    )


@dataclass(frozen=True)
class _Judged:
    """A comparison that is being judged."""

    unit: Text
    source: Text
    compared: Comparison
    own: Terms
    other: Terms
    elsewhere: frozenset[int]
    explained: frozenset[int]

    @property
    def differs(self) -> bool:
        """Whether any words differ at all, other than those that are elsewhere."""
        return any(self._told(change) for change in self.compared.changes if change)

    def _told(self, change: Change) -> bool:
        stretch = change.stretch
        if stretch.operation is Operation.DROPPED and self._is_elsewhere(stretch.source):
            return False
        if _letters(self.unit, stretch.derived) == _letters(self.source, stretch.source):
            return False
        ours = self.unit.words.forms[slice(*stretch.derived)]
        theirs = self.source.words.forms[slice(*stretch.source)]
        return not (self._agrees_with_uncounted(ours, theirs, stretch.derived[0]))

    def _is_elsewhere(self, words: tuple[int, int]) -> bool:
        return bool(self.elsewhere) and 2 * len(self.elsewhere.intersection(range(*words))) > words[1] - words[0]

    def _agrees_with_uncounted(self, ours: Sequence[str], theirs: Sequence[str], at: int) -> bool:
        """Whether only a verb changed its number, after a noun that may take either."""
        pair = [*ours, *theirs]
        if len(pair) != 2 or lemma(pair[0]) != lemma(pair[1]) or lemma(pair[0]) not in ("be", "have"):
            return False
        return not _lexicon().uncounted.isdisjoint(self.unit.words.forms[max(at - 4, 0) : at])

    @cached_property
    def is_echo(self) -> bool:
        """Whether few of the terms of the text are in the source at all, in any order."""
        ours = {term.key for term in self.own.terms if _telling(term)}
        theirs = {term.key for term in self.other.terms if _telling(term)}
        return bool(ours) and len(ours & theirs) < edits().amount.echo * len(ours)

    @cached_property
    def kinds(self) -> tuple[tuple[Edit, ...], ...]:
        """The kinds of each stretch, the main one first."""
        moved = self._moved
        return tuple(
            tuple(dict.fromkeys(self._kinds(change, moved))) if change and self._told(change) else ()
            for change in self.compared.changes
        )

    @cached_property
    def _moved(self) -> frozenset[str]:
        """The terms that are missing in one place and added in another."""
        added = {t.key for one in self.compared.changes if one and not one.alike for t in one.derived if _telling(t)}
        dropped = {t.key for one in self.compared.changes if one and not one.alike for t in one.source if _telling(t)}
        return frozenset(added & dropped)

    def _kinds(self, change: Change, moved: frozenset[str]) -> Iterable[Edit]:
        if change.alike:
            if self._is_slip(change):
                yield Edit.TYPO
            return
        ours = [
            term for term in change.derived if _telling(term) and self.explained.isdisjoint(range(term.start, term.end))
        ]
        theirs = [term for term in change.source if _telling(term)]
        theirs = [term for term in theirs if not self._is_elsewhere((term.start, term.end))]
        ours, theirs = _without_kin(ours, theirs)
        known = _lexicon()
        modals = [Counter(term.key for term in side if term.key in known.modals) for side in (ours, theirs)]
        denied = [sum(term.key in known.negations for term in side) for side in (ours, theirs)]
        rest = [
            [t for t in side if t.key not in known.modals and t.key not in known.negations and t.key not in moved]
            for side in (ours, theirs)
        ]
        few = max(map(len, rest)) <= 1
        if few and denied[0] != denied[1]:
            yield Edit.NEGATION
            after = self.unit.words.forms[change.stretch.derived[1] : change.stretch.derived[1] + 3]
            if not known.protected.isdisjoint(after):
                yield Edit.SAFEGUARD_REMOVED if denied[0] < denied[1] else Edit.SAFEGUARD_ADDED
        if modals[0] != modals[1] and (few or (modals[0] and modals[1])) and (modals[1] or change.source):
            yield Edit.DEONTIC
        if rest[0] or rest[1]:
            yield from self._substance(change, *rest)
        elif self._is_slip(change):
            yield Edit.TYPO

    def _substance(self, change: Change, ours: list[Term], theirs: list[Term]) -> Iterable[Edit]:
        """The kinds of a change of words that mean something."""
        known = _lexicon()
        if not theirs or not ours:
            added = not theirs
            yield from self._one_sided(change, added)
            return
        if all(term.key in known.numbers or term.key[0].isdigit() for term in (*ours, *theirs)):
            yield Edit.NUMBER
            return
        if all(self._is_blank(term) for term in ours):
            return
        most = edits().amount.term
        here, there = self._lemmas(change, derived=True), self._lemmas(change, derived=False)
        if _has(here, known.actors) and _has(there, known.actors):
            yield Edit.ACTOR
        elif _has(here, known.restrictions) or _has(there, known.restrictions):
            yield Edit.SCOPE
        elif min(len(ours), len(theirs)) <= most:
            yield Edit.TERM
        if len(theirs) > len(ours) + most or (len(theirs) > most and len(ours) > most):
            yield Edit.OMISSION
        if len(ours) > len(theirs) + most or (len(theirs) > most and len(ours) > most):
            yield Edit.ADDITION

    def _one_sided(self, change: Change, added: bool) -> Iterable[Edit]:
        known = _lexicon()
        words = self._lemmas(change, derived=added)
        if _has(words, known.safeguards):
            yield Edit.SAFEGUARD_ADDED if added else Edit.SAFEGUARD_REMOVED
        elif added and _has(words, known.conditions):
            yield Edit.CONDITION_ADDED
            return
        yield Edit.ADDITION if added else Edit.OMISSION
        if added and _has(words, known.scope):
            yield Edit.SCOPE
        if not added and _has(words, known.procedure):
            yield Edit.PROCEDURE

    def _lemmas(self, change: Change, *, derived: bool) -> list[str]:
        span, text = (change.stretch.derived, self.unit) if derived else (change.stretch.source, self.source)
        return [lemma(word) for word in text.words.forms[slice(*span)]]

    def _is_blank(self, term: Term) -> bool:
        """Whether a term stands in square brackets: words yet to be agreed."""
        words = self.unit.provision.passage.words
        start = self.unit.words.starts[term.start]
        opened = words.rfind("[", 0, start)
        return opened >= 0 and "]" not in words[opened:start]

    def _is_slip(self, change: Change) -> bool:
        """Whether a change that has no meaning leaves words that do not go together."""
        ours = self.unit.words.forms[slice(*change.stretch.derived)]
        theirs = self.source.words.forms[slice(*change.stretch.source)]
        if ours == ("a",) and not theirs:
            return True
        if len(ours) != 1 or len(theirs) != 1:
            return False
        mine, was = ours[0], theirs[0]
        if lemma(mine) == lemma(was):
            before = self.unit.words.forms[max(change.stretch.derived[0] - 1, 0) : change.stretch.derived[0]]
            if lemma(mine) in ("be", "have"):
                return True
            return was.endswith("s") and mine == lemma(was) and before not in (("a",), ("an",), ("each",), ("any",))
        return _kin(mine, was)


def _letters(text: Text, words: tuple[int, int]) -> str:
    """The letters of some words, run together: a word broken in two is no change."""
    start, end = words
    if start == end:
        return ""
    printed = text.provision.passage.words[text.words.starts[start] : text.words.ends[end - 1]]
    return "".join(filter(str.isalnum, printed)).casefold()


def _telling(term: Term) -> bool:
    return bool(term.key) and not term.small and term.key != REFERENCE


def _without_kin(ours: list[Term], theirs: list[Term]) -> tuple[list[Term], list[Term]]:
    """The terms of both sides but those that are one word in two forms."""
    left = list(theirs)
    mine = []
    for term in ours:
        kin = next((one for one in left if _kin(term.key, one.key)), None)
        if kin is None:
            mine.append(term)
        else:
            left.remove(kin)
    return mine, left


def _kin(one: str, other: str) -> bool:
    """Whether two words are of one family: "protect", "protection"."""
    if one == other:
        return True
    if {one[-2:], other[-2:]} == {"ed", "ng"}:
        return False
    shared = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        shared += 1
    return shared >= 5 and shared >= 0.6 * max(len(one), len(other))
