"""Which kinds of edits the changes between a text and its source are.

Changes that stand together are read as one: what was lost there and what came in its place. Terms that stand for the
same, that moved, or that are one word in two forms are no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..ontology.edits import edits
from .changes import Change, Comparison
from .conforming import REFERENCE, Term, Terms, kin, lemma, stem
from .lexicon import begins, has, lexicon
from .records import Edit, Operation
from .slips import is_slip, reads_alike
from .texts import Text

__all__ = ["Differences"]

_NEAR = 2
"""Changes with no more words between them are one."""
_QUALIFIER = 6
"""So many words at most that are lost only qualify what follows ("fundamental principles of")."""
_GAINS = frozenset({Edit.ADDITION, Edit.SAFEGUARD_ADDED, Edit.CONDITION_ADDED})
_LOSSES = frozenset({Edit.OMISSION, Edit.SAFEGUARD_REMOVED, Edit.CONDITION_REMOVED})


@dataclass(frozen=True)
class Differences:
    """A comparison of a text with its source, read for the kinds of its edits.

    `own` and `other` are the terms of both, `elsewhere` the words of the source that other units have, `explained` the
    words of the text that come from another source.
    """

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
        return not reads_alike(change, self.unit, self.source)

    def _is_elsewhere(self, words: tuple[int, int]) -> bool:
        return bool(self.elsewhere) and 2 * len(self.elsewhere.intersection(range(*words))) > words[1] - words[0]

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
        return sum(self.own.at(word).telling for word in range(*words)) > 1

    @cached_property
    def _moved(self) -> frozenset[str]:
        """The terms that are missing in one place and added in another, by their stems; a negation never moves."""
        changes = [one for one in self.compared.changes if one and not one.alike]
        dropped = [term for one in changes for term in one.source if not self._is_elsewhere((term.start, term.end))]
        sides = (dropped, [term for one in changes for term in one.derived])
        fixed = lexicon().negations | lexicon().roles
        lost, found = ({stem(term.key) for term in side if term.telling and term.key not in fixed} for side in sides)
        return frozenset(lost & found)

    def _kinds(self, changes: Sequence[Change]) -> Iterable[Edit]:
        """The kinds of changes that stand together."""
        if any(is_slip(one, self.unit, self.source) for one in changes):
            yield Edit.TYPO
        differ = [one for one in changes if not one.alike]
        ours, theirs = _without_kin(self._ours(differ), self._theirs(differ))
        known = lexicon()
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
        slip = (Edit.TYPO,) if is_slip(change, self.unit, self.source) else ()
        keys = {term.key for term in (*change.derived, *change.source) if term.telling}
        if change.alike or not (keys or self._describes([change])):
            return slip
        known = lexicon()
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
            if term.telling
            and stem(term.key) not in self._moved
            and self.explained.isdisjoint(range(term.start, term.end))
        ]

    def _theirs(self, changes: Iterable[Change]) -> list[Term]:
        """The telling terms of the source that are lost."""
        return [
            term
            for one in changes
            for term in one.source
            if term.telling and stem(term.key) not in self._moved and not self._is_elsewhere((term.start, term.end))
        ]

    def _describes(self, changes: Iterable[Change]) -> bool:
        """Whether provisions that were numbered are described by what they are about, so that their reach is open."""
        for one in changes:
            for word in range(*one.stretch.derived):
                term = self.own.at(word)
                inside = self.unit.words.forms[term.start : term.end]
                if term.key != REFERENCE or self._is_blank(term) or any(form[0].isdigit() for form in inside):
                    continue
                if has([lemma(form) for form in inside], lexicon().reach):
                    return True
        return False

    def _substance(self, changes: Sequence[Change], ours: list[Term], theirs: list[Term]) -> Iterable[Edit]:
        """The kinds of a change of words that mean something."""
        known = lexicon()
        roles = [{term.key for term in side if term.key in known.roles} for side in (ours, theirs)]
        if roles[0] and roles[1]:
            yield Edit.ACTOR
        ours, theirs = ([t for t in side if t.key not in known.roles] for side in (ours, theirs))
        if not (ours or theirs) or self._points_back(changes, ours, theirs):
            return
        here, there = self._lemmas(changes, derived=True), self._lemmas(changes, derived=False)
        replaces = theirs or any(term.key == REFERENCE for one in changes for term in one.source)
        if replaces and ours and all(self._is_blank(term) for term in ours):
            return
        if not theirs or not ours:
            yield from self._one_sided(here if ours else there, added=bool(ours), few=len(ours or theirs))
            return
        if all(term.key in known.numbers or term.key[0].isdigit() for term in (*ours, *theirs)):
            yield Edit.NUMBER
            return
        most = edits().amount.term
        more, less = len(ours) > len(theirs) + most, len(theirs) > len(ours) + most
        large = min(len(ours), len(theirs)) > most
        protects = [has(words, known.safeguards) for words in (here, there)]
        if protects[0] and not protects[1]:
            yield Edit.SAFEGUARD_ADDED
        elif protects[1] and not protects[0] and not large:
            yield Edit.SAFEGUARD_REMOVED
        elif has(here, known.actors) and has(there, known.actors) and not (more or less or large):
            yield Edit.ACTOR
        elif not (more or less):
            yield Edit.TERM
        if less or large:
            yield Edit.OMISSION
        if more or large:
            yield Edit.ADDITION
            if more and has(here, known.bodies) and not has(there, known.bodies):
                yield Edit.ACTOR

    def _points_back(self, changes: Sequence[Change], ours: list[Term], theirs: list[Term]) -> bool:
        """Whether one side only points to what the other names: "they" and "the States Parties"."""
        if max(len(ours), len(theirs)) > 1:
            return False
        own = {word for one in changes for word in self.unit.words.forms[slice(*one.stretch.derived)]}
        other = {word for one in changes for word in self.source.words.forms[slice(*one.stretch.source)]}
        anaphors = lexicon().anaphors
        return bool((theirs and anaphors & own) or (ours and anaphors & other))

    def _one_sided(self, words: Sequence[str], *, added: bool, few: int) -> Iterable[Edit]:
        """The kinds of `few` terms that were added or dropped, with the words around them."""
        known = lexicon()
        short = few <= edits().amount.term
        if not added and len(words) <= _QUALIFIER and has(words, known.restrictions):
            yield Edit.SCOPE
            return
        if has(words, known.safeguards):
            yield Edit.SAFEGUARD_ADDED if added else Edit.SAFEGUARD_REMOVED
        elif added and (has(words, known.conditions) or has(words, known.restrictions)):
            yield Edit.CONDITION_ADDED
            return
        elif not added and short and begins(words, known.conditions):
            yield Edit.CONDITION_REMOVED
            return
        if added and has(words, known.scope):
            yield Edit.SCOPE
            if few == 1:
                return
        yield Edit.ADDITION if added else Edit.OMISSION
        if added and has(words, known.bodies):
            yield Edit.ACTOR
        if not added and has(words, known.procedure):
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


def _without_kin(ours: list[Term], theirs: list[Term]) -> tuple[list[Term], list[Term]]:
    """The terms of both sides but those that are one word in two forms."""
    left = list(theirs)
    mine = []
    for term in ours:
        same = next((one for one in left if kin(term.key, one.key)), None)
        if same is None:
            mine.append(term)
        else:
            left.remove(same)
    return mine, left
