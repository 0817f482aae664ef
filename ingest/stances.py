"""What a sentence of commentary does with its subject: supports, recommends, opposes, bounds it, or leaves it open.

A sentence holds signals: verbs of a holder ("we could support"), predicates ("is a good basis", "is premature"), and
modal verbs ("should not go beyond"). A signal governs those in its complement, so that "we suggest that it should not
be retained" is one statement; a joint (", and", ";") or a new holder begins another. What stands right after a verb can
turn it (deletion, refusal) or make it a limit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..ontology.stances import PositionWording
from .records import Stance
from .signals import Signal, SignalFinder, any_of

__all__ = ["StanceFinder", "Statement", "stance_finder"]

_TURNED: dict[Stance | None, Stance] = {
    Stance.SUPPORTS: Stance.OPPOSES,
    Stance.RECOMMENDS: Stance.OPPOSES,
    Stance.GOOD_BASIS: Stance.OPPOSES,
    Stance.REQUIRES_LIMIT: Stance.OPPOSES,
    Stance.OPPOSES: Stance.SUPPORTS,
}
"""What becomes of a stance in a view that one refuses."""
_INSIDE = re.compile(r"\b(?:in|within|between|inside)\s*\Z", re.IGNORECASE)
"""What stands before brackets where the words inside are meant: "the text in brackets"."""
_NEAR = 200
"""How far from a signal a phrase may begin or end that overlaps it or stands right before it, in characters."""
_PLAIN = {"basis": Stance.GOOD_BASIS, "open": Stance.OPEN_TO_DISCUSS, "unclear": Stance.UNCLEAR}
_REFUSING = frozenset({"against", "worry", "rejection", "delete"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One stated position in a sentence; places count characters of the words.

    `start` to `end` is the clause, `subject` where its signal's own subject begins, `verb` to `object` the signal.
    `tentative`: the holder leaves open whether to ("could support").
    """

    stance: Stance
    start: int
    end: int
    subject: int
    verb: int
    object: int
    tentative: bool
    act: str


class StanceFinder:
    """Finds the statements of a sentence by the words of `wording`; `is_proponent` tells whether a name speaks."""

    def __init__(self, wording: PositionWording, is_proponent: Callable[[str], object]) -> None:
        complements, flags = wording.complements, re.IGNORECASE
        self._signals = SignalFinder(wording, is_proponent)
        self._lifting = re.compile(rf"\s*{any_of(complements.lifting)}", flags)
        self._negative = re.compile(rf"\s*{any_of(complements.negative)}(?!\w)", flags)
        self._limiting = re.compile(rf"\s*{any_of(complements.limiting)}", flags)
        self._bounds = re.compile(rf"\s*{any_of(complements.bounds)}(?!\w)", flags)
        self._spared = re.compile(rf"\b{any_of(complements.spared)}\b", flags)
        self._cause = re.compile(rf"(?<!\w){any_of(wording.frames.causes)}(?!\w)", flags)
        self._joint = re.compile(any_of(wording.clauses.joints), flags)
        self._turn = re.compile(rf",\s+{any_of(wording.clauses.turns)}\s+(?:rather\s+|instead\s+)?(?=[a-z])", flags)

    def statements(
        self, words: str, blanked: Sequence[tuple[int, int]] = (), governor: Statement | None = None
    ) -> tuple[Statement, ...]:
        """The statements of one sentence, in order.

        What is `blanked` (conditions, citations, quotations) holds no signal. With a `governor`, the statement of a
        chapeau, a sentence without a signal of its own is the complement of that one.
        """
        shown = list(words)
        for start, end in blanked:
            shown[start:end] = "_" * (min(end, len(words)) - start)
        plain = "".join(shown)
        signals = self._signals.signals(plain)
        if not signals:
            return (self._complement(plain, governor),) if governor and plain.strip("_ ,.;") else ()
        return tuple(self._statements(plain, signals))

    def _statements(self, words: str, signals: list[Signal]) -> Iterable[Statement]:
        groups: list[list[Signal]] = []
        starts: list[int] = []
        for signal in signals:
            if not groups:
                groups.append([signal])
                starts.append(0)
                continue
            last = groups[-1][-1]
            if signal.verb < last.end:
                continue
            parting = signal.start if signal.own else self._parting(words, groups[-1][0], last, signal)
            if parting is None:
                if not self._cause.search(words, last.end, signal.start):
                    groups[-1].append(signal)
            else:
                groups.append([signal])
                starts.append(max(parting, last.end))
        ends = [*starts[1:], len(words)]
        for group, start, end in zip(groups, starts, ends, strict=True):
            stance = self._stance(words, group)
            if stance is None:
                continue
            first = group[0]
            statement = Statement(
                stance,
                start,
                end,
                first.start,
                first.verb,
                first.end,
                first.tentative and first.act != "modal",
                first.act,
            )
            turn = self._turn.search(words, first.end, end)
            if first.act == "modal" and first.negated and turn:
                yield replace(statement, end=turn.start())
                yield Statement(
                    Stance.RECOMMENDS, turn.start() + 1, end, turn.end(), turn.start() + 1, turn.end(), False, "modal"
                )
            else:
                yield statement

    def _parting(self, words: str, first: Signal, last: Signal, signal: Signal) -> int | None:
        coordinated = re.search(
            r"\s(?:and|or|but)(?:\s+(?:therefore|thus|hence|so|also))?\s+$", words[last.end : signal.start]
        )
        if coordinated and not signal.own:
            return last.end + coordinated.start()
        joints = list(self._joint.finditer(words, last.end, signal.start))
        between = words[last.end : signal.start]
        if joints and not re.search(
            r"(?:\bthat|\bwhether|\bwhich|\bwho|\bhow)\s[^,;]*$", words[joints[-1].end() : signal.start]
        ):
            return joints[-1].start() + 1
        modal = {"modal", "forbid", "evaluation", "rejection"}
        if first.act in modal and signal.act in modal and re.search(r",\s+[^,]*$", between):
            tail = between[between.rfind(",") :]
            if len(tail.split()) > 1 and not re.match(
                r",\s+(?:which|who|that|where|as|if|when|so|because|since)\b", tail
            ):
                return last.end + between.rfind(",") + 1
        return None

    def _stance(self, words: str, group: Sequence[Signal]) -> Stance | None:
        """The stance of the first signal, with what the words right after it and the signals it governs make of it."""
        first, rest = group[0], group[1:]
        act = first.act
        if act == "view":
            return _TURNED.get(self._stance(words, rest)) if rest else None
        if act in _PLAIN:
            return Stance.OPPOSES if first.negated and act != "unclear" else _PLAIN[act]
        if self._lifting.match(words, first.end):
            return Stance.OPPOSES if first.negated or act == "against" else Stance.SUPPORTS
        if not first.negated and self._lifts(words, first):
            return Stance.SUPPORTS
        positive = act not in _REFUSING
        if act == "forbid" or (positive and self._bounds_it(words, first, modal=act == "modal")):
            return Stance.REQUIRES_LIMIT
        turned = self._negative.match(words, first.end)
        covered = turned.end() if turned else first.end
        if turned:
            positive = not positive
        deletes, asks = act == "delete", act in ("ask", "modal")
        for signal in rest:
            if (plain := self._plain(signal, act)) and (positive or signal.act != "basis"):
                return plain
            if signal.act == "modal":
                if self._bounds_it(words, signal, modal=True):
                    return Stance.REQUIRES_LIMIT if positive else Stance.OPPOSES
                turned = self._negative.match(words, signal.end)
                covered = turned.end() if turned else covered
                positive = positive if signal.negated == bool(turned) else not positive
                asks = asks or act == "evaluation"
            elif signal.act == "delete" or (signal.act == "rejection" and act in ("modal", "evaluation")):
                if signal.start >= covered and not signal.negated:
                    positive = not positive
                deletes = deletes or signal.act == "delete"
            elif signal.act == "keep":
                asks = False
                positive = positive if not signal.negated else not positive
        if first.negated and not self._spared.search(words, first.verb, first.end + 12):
            positive = not positive
        if not positive:
            return Stance.OPPOSES
        return Stance.RECOMMENDS if self._asks(words, first, asks, deletes) else Stance.SUPPORTS

    def _lifts(self, words: str, signal: Signal) -> bool:
        """Whether the signal itself lifts brackets: "Delete the brackets", "the brackets should be removed"."""
        return any(
            match.start() < signal.end
            and signal.verb < match.end()
            and not _INSIDE.search(words, max(match.start() - _NEAR, 0), match.start())
            for match in self._lifting.finditer(words, max(signal.verb - _NEAR, 0), signal.end + _NEAR)
        )

    def _bounds_it(self, words: str, signal: Signal, *, modal: bool) -> bool:
        """Whether what follows the signal sets a limit: "only", or after a refusal "go beyond"."""
        if self._limiting.match(words, signal.end):
            return True
        return modal and signal.negated and bool(self._bounds.match(words, signal.end))

    @staticmethod
    def _plain(signal: Signal, act: str) -> Stance | None:
        """What a governed signal makes of the whole, whatever stands around it."""
        if signal.act == "forbid":
            return Stance.REQUIRES_LIMIT
        if signal.act == "basis" and not signal.negated:
            return Stance.GOOD_BASIS
        if signal.act == "open" and act in ("modal", "evaluation", "favour", "ask"):
            return Stance.OPEN_TO_DISCUSS
        if signal.act == "unclear" and act in ("modal", "evaluation"):
            return Stance.UNCLEAR
        return None

    @staticmethod
    def _asks(words: str, first: Signal, asks: bool, deletes: bool) -> bool:
        if first.act in _REFUSING or first.act == "keep" or deletes:
            return False
        if first.act == "evaluation" and re.search(
            r"\bit\s+$", words[max(first.start - _NEAR, 0) : first.start], re.IGNORECASE
        ):
            return asks or bool(re.match(r"\s+(?:that|for|to)\b", words[first.end : first.end + 8]))
        return asks

    def _complement(self, words: str, governor: Statement) -> Statement:
        stance = governor.stance
        if self._negative.match(words) and stance in (Stance.RECOMMENDS, Stance.SUPPORTS):
            stance = Stance.OPPOSES
        elif self._limiting.match(words) and stance is Stance.RECOMMENDS:
            stance = Stance.REQUIRES_LIMIT
        return Statement(stance, 0, len(words), 0, 0, 0, governor.tentative, governor.act)


@cache
def stance_finder(wording: PositionWording, is_proponent: Callable[[str], object]) -> StanceFinder:
    """The finder for `wording`, compiled once."""
    return StanceFinder(wording, is_proponent)
