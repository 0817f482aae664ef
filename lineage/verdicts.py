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
from ..ontology.usage import usage
from .alignment import Run
from .changes import Change, Comparison, compare
from .conforming import REFERENCE, Term, Terms, lemma, terms
from .records import Edit, Operation, Segment, Verdict
from .segments import located
from .texts import Text
from .words import forms

__all__ = ["Judgement", "judge"]


_NEAR = 2
"""Changes with no more words between them are one."""


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
        self.roles = frozenset(data.roles)
        self.anaphors = frozenset(data.anaphors)
        self.singular = usage().grammar.singular
        self.reach = _phrases(data.reach)
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
        found: list[tuple[Edit, ...]] = []
        for place in self._places():
            told = [one for one in place if one is not None and self._told(one)]
            kinds = tuple(dict.fromkeys(self._kinds(told)))
            found += [self._fitting(kinds, one) if one in told else () for one in place]
        return tuple(found)

    def _places(self) -> list[list[Change | None]]:
        """The changes, those together that few words stand between."""
        places: list[list[Change | None]] = [[]]
        for stretch, change in zip(self.compared.stretches, self.compared.changes, strict=True):
            if stretch.operation is Operation.COPIED and self._parts(stretch.derived):
                places.append([])
            places[-1].append(change)
        return places

    def _parts(self, words: tuple[int, int]) -> bool:
        """Whether copied words are enough to part the changes before and after them."""
        if words[1] - words[0] > _NEAR:
            return True
        return sum(_telling(self.own.at(word)) for word in range(*words)) > 1

    @cached_property
    def _moved(self) -> frozenset[str]:
        """The terms that are missing in one place and added in another, by their stems."""
        changes = [one for one in self.compared.changes if one and not one.alike]
        added = {_stem(term.key) for one in changes for term in one.derived if _telling(term)}
        dropped = {
            _stem(term.key)
            for one in changes
            for term in one.source
            if _telling(term) and not self._is_elsewhere((term.start, term.end))
        }
        return frozenset(added & dropped)

    def _kinds(self, changes: Sequence[Change]) -> Iterable[Edit]:
        """The kinds of changes that stand together."""
        if any(self._is_slip(one) for one in changes):
            yield Edit.TYPO
        differ = [one for one in changes if not one.alike]
        ours, theirs = _without_kin(self._ours(differ), self._theirs(differ))
        known = _lexicon()
        modals = [Counter(term.key for term in side if term.key in known.modals) for side in (ours, theirs)]
        denied = [sum(term.key in known.negations for term in side) for side in (ours, theirs)]
        rest = [[t for t in side if t.key not in known.modals | known.negations] for side in (ours, theirs)]
        few = max(map(len, rest)) <= 1
        if few and denied[0] != denied[1]:
            yield Edit.NEGATION
            end = differ[-1].stretch.derived[1]
            if not known.protected.isdisjoint(self.unit.words.forms[end : end + 3]):
                yield Edit.SAFEGUARD_REMOVED if denied[0] < denied[1] else Edit.SAFEGUARD_ADDED
        if modals[0] != modals[1] and (few or (modals[0] and modals[1])) and any(one.source for one in differ):
            yield Edit.DEONTIC
        if rest[0] or rest[1]:
            yield from self._substance(differ, *rest)
        elif self._describes(differ):
            yield Edit.SCOPE

    def _fitting(self, kinds: Iterable[Edit], change: Change) -> tuple[Edit, ...]:
        """The kinds of a place that one change in it bears: what was dropped bears no addition."""
        slip = (Edit.TYPO,) if self._is_slip(change) else ()
        keys = {term.key for term in (*change.derived, *change.source) if _telling(term)}
        if change.alike or not (keys or self._describes([change])):
            return slip
        known = _lexicon()
        unfit = {Edit.TYPO} | {Operation.ADDED: _LOSSES, Operation.DROPPED: _GAINS}.get(
            change.stretch.operation, frozenset()
        )
        if known.modals.isdisjoint(keys):
            unfit |= {Edit.DEONTIC}
        if known.negations.isdisjoint(keys):
            unfit |= {Edit.NEGATION}
        return (*(kind for kind in kinds if kind not in unfit), *slip)

    def _ours(self, changes: Iterable[Change]) -> list[Term]:
        """The telling terms that the text has and the source has not."""
        return [
            term
            for one in changes
            for term in one.derived
            if _telling(term)
            and _stem(term.key) not in self._moved
            and self.explained.isdisjoint(range(term.start, term.end))
        ]

    def _theirs(self, changes: Iterable[Change]) -> list[Term]:
        """The telling terms of the source that are lost."""
        return [
            term
            for one in changes
            for term in one.source
            if _telling(term) and _stem(term.key) not in self._moved and not self._is_elsewhere((term.start, term.end))
        ]

    def _describes(self, changes: Iterable[Change]) -> bool:
        """Whether provisions that were numbered are described by what they are about, so that their reach is open."""
        for one in changes:
            for word in range(*one.stretch.derived):
                term = self.own.at(word)
                inside = self.unit.words.forms[term.start : term.end]
                if term.key != REFERENCE or self._is_blank(term) or any(form[0].isdigit() for form in inside):
                    continue
                if _has([lemma(form) for form in inside], _lexicon().reach):
                    return True
        return False

    def _substance(self, changes: Sequence[Change], ours: list[Term], theirs: list[Term]) -> Iterable[Edit]:
        """The kinds of a change of words that mean something."""
        known = _lexicon()
        roles = [{term.key for term in side if term.key in known.roles} for side in (ours, theirs)]
        if roles[0] and roles[1]:
            yield Edit.ACTOR
        ours, theirs = ([t for t in side if t.key not in known.roles] for side in (ours, theirs))
        if not (ours or theirs) or self._points_back(changes, ours, theirs):
            return
        here, there = self._lemmas(changes, derived=True), self._lemmas(changes, derived=False)
        if not theirs or not ours:
            yield from self._one_sided(here if ours else there, added=bool(ours), few=len(ours or theirs))
            return
        if all(term.key in known.numbers or term.key[0].isdigit() for term in (*ours, *theirs)):
            yield Edit.NUMBER
            return
        if all(self._is_blank(term) for term in ours):
            return
        most = edits().amount.term
        more, less = len(ours) > len(theirs) + most, len(theirs) > len(ours) + most
        large = min(len(ours), len(theirs)) > most
        protects = [_has(words, known.safeguards) for words in (here, there)]
        if protects[0] and not protects[1]:
            yield Edit.SAFEGUARD_ADDED
        elif _has(here, known.actors) and _has(there, known.actors) and not (more or less or large):
            yield Edit.ACTOR
        elif not (more or less):
            yield Edit.TERM
        if less or large:
            yield Edit.OMISSION
        if more or large:
            yield Edit.ADDITION

    def _points_back(self, changes: Sequence[Change], ours: list[Term], theirs: list[Term]) -> bool:
        """Whether one side only points to what the other names: "they" and "the States Parties"."""
        if max(len(ours), len(theirs)) > 1:
            return False
        own = {word for one in changes for word in self.unit.words.forms[slice(*one.stretch.derived)]}
        other = {word for one in changes for word in self.source.words.forms[slice(*one.stretch.source)]}
        anaphors = _lexicon().anaphors
        return bool((theirs and anaphors & own) or (ours and anaphors & other))

    def _one_sided(self, words: Sequence[str], *, added: bool, few: int) -> Iterable[Edit]:
        """The kinds of `few` terms that were added or dropped, with the words around them."""
        known = _lexicon()
        short = few <= edits().amount.term
        if not added and short and _has(words, known.restrictions):
            yield Edit.SCOPE
            return
        if _has(words, known.safeguards):
            yield Edit.SAFEGUARD_ADDED if added else Edit.SAFEGUARD_REMOVED
        elif added and (_has(words, known.conditions) or _has(words, known.restrictions)):
            yield Edit.CONDITION_ADDED
            return
        elif not added and short and any(tuple(words[: len(phrase)]) == phrase for phrase in known.conditions):
            yield Edit.CONDITION_REMOVED
            return
        if added and _has(words, known.scope):
            yield Edit.SCOPE
            if few == 1:
                return
        yield Edit.ADDITION if added else Edit.OMISSION
        if not added and _has(words, known.procedure):
            yield Edit.PROCEDURE

    def _lemmas(self, changes: Iterable[Change], *, derived: bool) -> list[str]:
        """The lemmas of the words of one side that tell something."""
        text, known = (self.unit, self.own) if derived else (self.source, self.other)
        return [
            lemma(text.words.forms[word])
            for one in changes
            for word in range(*(one.stretch.derived if derived else one.stretch.source))
            if known.at(word).key != REFERENCE
        ]

    def _is_blank(self, term: Term) -> bool:
        """Whether a term stands in square brackets: words yet to be agreed."""
        words = self.unit.provision.passage.words
        start = self.unit.words.starts[term.start]
        opened = words.rfind("[", 0, start)
        return opened >= 0 and "]" not in words[opened:start]

    def _is_slip(self, change: Change) -> bool:
        """Whether a change that has no meaning leaves words that do not go together."""
        start, end = change.stretch.derived
        ours = self.unit.words.forms[start:end]
        theirs = self.source.words.forms[slice(*change.stretch.source)]
        if not ours:
            return self._cuts_sentences(change)
        if ours == ("a",) and not theirs:
            following = self.unit.words.forms[end : end + 1]
            return following == self.source.words.forms[change.stretch.source[1] : change.stretch.source[1] + 1]
        if len(ours) != 1 or len(theirs) != 1:
            return False
        mine, was = ours[0], theirs[0]
        if not change.derived or not change.source or mine.endswith("ing") or was.endswith("ing"):
            return False
        if lemma(mine) == lemma(was):
            if lemma(mine) in ("be", "have"):
                return True
            before = self.unit.words.forms[max(start - 1, 0) : start]
            return was.endswith("s") and mine == lemma(was) and not _lexicon().singular.issuperset(before)
        return _kin(mine, was)

    def _cuts_sentences(self, change: Change) -> bool:
        """Whether the end of one sentence and the beginning of the next are lost, so that the rest does not parse."""
        start, end = change.stretch.source
        if not start or end >= len(self.source.words):
            return False
        words = self.source.words
        inside = self.source.provision.passage.words[words.ends[start - 1] : words.starts[end]].strip()
        return ". " in inside and not inside.startswith(".") and not inside.endswith(".")


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


_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ers", "er", "ed", "ly", "es", "e", "s")
_ALIKE, _FAMILY = 5, 0.6
"""Words of one family have so many first letters in common, and such a share of the longer."""


@cache
def _stem(word: str) -> str:
    """What the forms of a word have in common, roughly.

    >>> _stem("monitoring"), _stem("make"), _stem("making")
    ('monitor', 'mak', 'mak')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@cache
def _kin(one: str, other: str) -> bool:
    """Whether two words are of one family: "protect", "protection"; not "requested", "requesting"."""
    if one == other:
        return True
    if {one, other} <= _lexicon().roles:
        return False
    if _stem(one) == _stem(other):
        return True
    shared = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 99)
    shared = min(shared, len(one), len(other))
    return shared >= _ALIKE and shared >= _FAMILY * max(len(one), len(other))


_GAINS = frozenset({Edit.ADDITION, Edit.SAFEGUARD_ADDED, Edit.CONDITION_ADDED})
_LOSSES = frozenset({Edit.OMISSION, Edit.SAFEGUARD_REMOVED, Edit.CONDITION_REMOVED})
