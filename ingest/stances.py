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

__all__ = ["StanceFinder", "Statement", "stance_finder"]

_BEFORE = 160
"""How far left of its verb a holder is looked for, in characters."""
_NAME = (
    r"(?:the\s+|The\s+)?[A-Z][\w\x27’.-]*(?:\s+(?:of|and|the|de|for)(?=\s+[A-Z(])|\s+\(?[A-Z0-9][\w\x27’.-]*\)?|,(?=\s+[A-Z]))*"
    r"(?:\s+and\s+its\s+(?i:member)\s+(?i:states))?"
)


_TURNED: dict[Stance | None, Stance] = {
    Stance.SUPPORTS: Stance.OPPOSES,
    Stance.RECOMMENDS: Stance.OPPOSES,
    Stance.GOOD_BASIS: Stance.OPPOSES,
    Stance.REQUIRES_LIMIT: Stance.OPPOSES,
    Stance.OPPOSES: Stance.SUPPORTS,
}
"""What becomes of a stance in a view that one refuses."""


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


@dataclass(frozen=True, slots=True)
class _Signal:
    act: str
    start: int
    verb: int
    end: int
    negated: bool = False
    tentative: bool = False
    own: bool = False


def _any(patterns: Iterable[str]) -> str:
    listed = sorted(set(patterns), key=lambda pattern: (-len(pattern), pattern))
    return "(?:" + "|".join(pattern.replace(" ", r"\s+") for pattern in listed) + ")"


class StanceFinder:
    """Finds the statements of a sentence by the words of `wording`; `is_proponent` tells whether a name speaks."""

    def __init__(self, wording: PositionWording, is_proponent: Callable[[str], object]) -> None:
        holders, modals = wording.holders, wording.modals
        complements, frames = wording.complements, wording.frames
        self._wording, self._is_proponent = wording, is_proponent
        flags = re.IGNORECASE
        lead = _any((*holders.adverbs, *holders.auxiliaries, *holders.negations))
        verbs = [(phrases, form) for phrases in wording.verbs for form in phrases.forms]
        verbs.sort(key=lambda verb: -len(verb[1]))
        self._verbs = re.compile(rf"\b{_any(form for _, form in verbs)}(?![\w’])", flags)
        # "has no objection" is in the reach of a wider form, "has ... objection": the acts are tried in this order.
        order = ("accept", "unclear", "against", "worry", "open", "ask", "favour", "view")
        self._verb_acts = [
            (phrases, re.compile(_any(phrases.forms), flags))
            for phrases in sorted(wording.verbs, key=lambda phrases: order.index(phrases.act))
        ]
        aside = r"(?:\s*,\s+[^,;.]{1,80},)?"
        adverbs = rf"(?P<lead>(?:[\s,]+{lead}(?![\w’]))*)"
        self._own = re.compile(
            rf"(?:(?P<word>\b(?i:{_any(holders.words)}))|(?P<name>\b{_NAME}))(?:\s+(?i:that|which|who)\s)?{aside}(?i:{adverbs})[\s,]*\Z"
        )
        self._elided = re.compile(rf"(?:^|[;:,]|\band\b|\bbut\b)(?P<lead>(?:\s+{lead}(?!\w))*)\s*\Z", flags)
        self._telegram = re.compile(
            r"\s+(?:the|a|an|to|that|for|all|its|this|these|any|no|both|\w+ing|\w+ion of|deletion|inclusion|retention|insertion|addition|option|"
            r"article|paragraph|alt\w*)\b",
            flags,
        )
        self._others = re.compile(rf"\b{_any(holders.others)}\b", flags)
        self._things = re.compile(rf"(?:^|\s){_any(holders.things)}$")
        self._negation = re.compile(rf"\b{_any(holders.negations)}(?![\w’])", flags)
        self._tentative = re.compile(rf"\b{_any(holders.tentative)}(?!\w)", flags)
        self._predicates = [
            (phrases.act, re.compile(rf"\b{_any(phrases.forms)}(?!\w)", flags)) for phrases in wording.predicates
        ]
        adverb = rf"(?:[\s,]+{_any(holders.adverbs)}(?!\w))*"
        self._modal = re.compile(
            rf"\b(?:(?P<could>{_any(modals.could)})|(?P<forbid>{_any(modals.forbid)})|(?P<ask>{_any(modals.ask)}))(?!\w)"
            rf"(?P<neg>{adverb}\s+(?:not|never|in no way|under no circumstances)\b)?{adverb}",
            flags,
        )
        self._forbidden = re.compile(rf"\s*{_any((*modals.forbidden, *complements.bounds))}(?!\w)", flags)
        self._idle = re.compile(_any(modals.idle), flags)
        self._relative = re.compile(rf"\b{_any(modals.relatives)}(?:,[^,]{{1,60}},)?\s+\Z", flags)
        self._lifting = re.compile(rf"\s*{_any(complements.lifting)}", flags)
        self._negative = re.compile(rf"\s*{_any(complements.negative)}(?!\w)", flags)
        self._limiting = re.compile(rf"\s*{_any(complements.limiting)}", flags)
        self._bounds = re.compile(rf"\s*{_any(complements.bounds)}(?!\w)", flags)
        self._nothing = re.compile(rf"(?:^|[;:,.]\s|\bthat\s|\band\s)\W*{_any(complements.nothing)}\s[^,;]*\Z", flags)
        self._polite = re.compile(_any(frames.polite), flags)
        self._spared = re.compile(rf"\b{_any(complements.spared)}\b", flags)
        self._observing = re.compile(rf"\b{_any(frames.observe)}(?!\w)", flags)
        self._reason = re.compile(rf"\b{_any(frames.reasons)}(?!\w)", flags)
        self._cause = re.compile(rf"(?<!\w){_any(frames.causes)}(?!\w)", flags)
        self._necessary = re.compile(rf"\b{_any(frames.necessary)}(?!\w)", flags)
        self._courtesy = re.compile(rf"\s*{_any(frames.courtesies)}(?!\w)", flags)
        self._world = re.compile(rf"\s*{_any(frames.world)}(?!\w)", flags)
        self._joint = re.compile(_any(wording.clauses.joints), flags)
        self._turn = re.compile(rf",\s+{_any(wording.clauses.turns)}\s+(?:rather\s+|instead\s+)?(?=[a-z])", flags)

    def statements(
        self, words: str, blanked: Sequence[tuple[int, int]] = (), governor: Statement | None = None
    ) -> tuple[Statement, ...]:
        """The statements of one sentence, in order.

        What is `blanked` (conditions, citations, quotations) holds no signal. With a `governor`, the statement of a
        chapeau, a sentence without a signal of its own is the complement of that one.
        """
        shown = list(words)
        for start, end in blanked:
            shown[start:end] = "_" * (end - start)
        plain = "".join(shown)
        signals = self._signals(plain)
        if not signals:
            return (self._complement(plain, governor),) if governor and plain.strip("_ ,.;") else ()
        return tuple(self._statements(plain, signals))

    # Signals

    def _signals(self, words: str) -> list[_Signal]:
        own = self._own_verbs(words)
        modals = [match for match in self._modal.finditer(words) if not self._is_idle(words, match)]
        refused = {len(words[: match.end()].rstrip()) for match in modals if match["neg"]}
        taken = [(signal.verb if signal.own else signal.start, signal.end) for signal in own]
        reach = [(signal.start, signal.end) for signal in own]
        others: list[_Signal] = []
        for act, pattern in self._predicates:
            for match in pattern.finditer(words):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                negated = act != "unclear" and self._is_refused(words, match, refused)
                others.append(_Signal(act, match.start(), match.start(), match.end(), negated))
        for match in modals:
            if any(start <= match.start() < end for start, end in reach):
                continue
            negated = bool(match["neg"] or self._nothing.search(words, 0, match.start()))
            if match["forbid"] and not self._forbidden.match(words, match.end()):
                continue
            act: str = "forbid" if match["forbid"] else "modal"
            others.append(_Signal(act, match.start(), match.start(), match.end(), negated, bool(match["could"])))
        signals = sorted(own + others, key=lambda signal: (signal.verb, -signal.end))
        return [signal for signal in signals if not self._is_observed(words, signal)]

    def _is_refused(self, words: str, match: re.Match[str], refused: set[int]) -> bool:
        """Whether "not" is in a predicate or before it, or its subject is nothing; the "not" of a modal is its own."""
        if re.match(r"do(?:es)?\s+not", match.group()):
            return False
        before = words[: match.start()]
        if len(before.rstrip()) in refused:
            return False
        return bool(
            re.search(r"\b(?:not|never|no longer|cannot|nor)\b", match.group())
            or re.search(r"\b(?:not|never|cannot)\s+(?:\w+\s+)?$", before[-14:])
            or self._nothing.search(before)
        )

    def _is_idle(self, words: str, match: re.Match[str]) -> bool:
        if self._idle.match(words, match.start()) or self._relative.search(words, 0, match.start()):
            return True
        return words[match.start()].isupper()

    def _own_verbs(self, words: str) -> list[_Signal]:
        found: list[_Signal] = []
        position = 0
        while match := self._verbs.search(words, position):
            position = match.end()
            window = max(match.start() - _BEFORE, 0)
            signal = None
            # The leftmost holder in the window may be a name too many: the search goes on to the right of it.
            held = self._own.search(words, window, match.start())
            while held and held["name"] and not self._speaks(held["name"], words[: held.start("name")]):
                held = self._own.search(words, held.start() + max(len(held["name"].split(" ")[0]), 1), match.start())
            # "the Committee ... requesting proposals": a participle tells of the name, it does not state.
            if held and not (match.group().split()[0].endswith("ing") and not held["lead"].strip()):
                signal = self._owned(match, held.start(), held["lead"])
            elif (elided := self._elided.search(words, window, match.start())) and (
                (found and elided.start() >= found[-1].end and _inflected(match.group()))
                or (not words[: elided.start()].strip(" -•") and self._telegram.match(words, match.end()))
            ):
                signal = self._owned(match, match.start(), elided["lead"])
            if signal and not self._is_nothing(words, signal):
                found.append(signal)
        return found

    def _speaks(self, name: str, before: str) -> bool:
        plain = re.sub(r"^[Tt]he\s+", "", name).strip(" ,.")
        if self._is_proponent(plain):
            return True
        if self._things.search(plain) or self._others.fullmatch(name):
            return False
        if before.strip(" -•*(") and not re.search(r"[.:;]\s*$", before):
            return True
        return plain.isupper() or (len(plain.split()) > 1 and plain.split()[-1][0].isupper())

    def _owned(self, match: re.Match[str], start: int, lead: str) -> _Signal | None:
        negated = bool(self._negation.search(lead))
        tentative = bool(self._tentative.search(lead))
        for phrases, pattern in self._verb_acts:
            # With what follows in view, for forms that look ahead.
            form = pattern.match(match.string, match.start())
            if form and form.end() == match.end() and (tentative or not phrases.tentative):
                return _Signal(phrases.act, start, match.start(), match.end(), negated, tentative, own=True)
        return None

    def _is_nothing(self, words: str, signal: _Signal) -> bool:
        if signal.act == "view":
            return not signal.negated
        if signal.act == "favour" and self._polite.match(words, signal.verb):
            return bool(self._courtesy.match(words, signal.end))
        return signal.act == "worry" and (signal.negated or bool(self._world.match(words, signal.end)))

    def _is_observed(self, words: str, signal: _Signal) -> bool:
        """Whether the signal is only told: what others want, and what is valued in a reason or an observation.

        What an observation finds necessary is still stated: "acknowledges that such an approach is required".
        """
        if signal.act not in ("evaluation", "rejection", "open", "unclear"):
            return False
        clause = max((joint.end() for joint in self._joint.finditer(words, 0, signal.start)), default=0)
        if self._others.search(words, clause, signal.start):
            return True
        comma = words.rfind(", ", clause, signal.start) + 1
        if self._reason.search(words, max(clause, comma), signal.start):
            return True
        observing = self._observing.search(words, clause, signal.start)
        return bool(observing) and not self._necessary.search(words, signal.start, signal.end)

    # Statements

    def _statements(self, words: str, signals: list[_Signal]) -> Iterable[Statement]:
        groups: list[list[_Signal]] = []
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

    def _parting(self, words: str, first: _Signal, last: _Signal, signal: _Signal) -> int | None:
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

    def _stance(self, words: str, group: Sequence[_Signal]) -> Stance | None:
        first, rest = group[0], group[1:]
        if first.act == "view":
            return _TURNED.get(self._stance(words, rest)) if rest else None
        act, negated = first.act, first.negated
        if act in ("basis", "open", "against") and first.own is False and act == "basis":
            return Stance.OPPOSES if negated else Stance.GOOD_BASIS
        if act == "open":
            return Stance.OPPOSES if negated else Stance.OPEN_TO_DISCUSS
        if act == "unclear":
            return Stance.UNCLEAR
        if self._lifting.match(words, first.end):
            return Stance.OPPOSES if negated or act == "against" else Stance.SUPPORTS
        positive = act not in ("against", "worry", "rejection", "delete", "forbid")
        deletes = act == "delete"
        asks = act in ("ask", "modal")
        if act == "forbid":
            return Stance.REQUIRES_LIMIT
        limit = bool(self._limiting.match(words, first.end)) and positive
        if (
            act == "modal"
            and negated
            and self._bounds.match(words, first.end)
            and not self._limiting.match(words, first.end)
        ):
            limit = True
        if limit:
            return Stance.REQUIRES_LIMIT
        covered = first.end
        if turned := self._negative.match(words, first.end):
            positive = not positive
            covered = turned.end()
        for signal in rest:
            if signal.act == "basis" and positive and not signal.negated:
                return Stance.GOOD_BASIS
            if signal.act == "open" and act in ("modal", "evaluation", "favour", "ask"):
                return Stance.OPEN_TO_DISCUSS
            if signal.act == "unclear" and act in ("modal", "evaluation"):
                return Stance.UNCLEAR
            if signal.act == "modal":
                if (signal.negated and self._bounds.match(words, signal.end)) or self._limiting.match(words, signal.end):
                    return Stance.REQUIRES_LIMIT if positive else Stance.OPPOSES
                turned = self._negative.match(words, signal.end)
                covered = turned.end() if turned else covered
                positive = positive if signal.negated == bool(turned) else not positive
                asks = asks or act == "evaluation"
            elif signal.act == "forbid":
                return Stance.REQUIRES_LIMIT
            elif signal.act == "delete" or (signal.act == "rejection" and act in ("modal", "evaluation")):
                if signal.start >= covered:
                    positive = positive if signal.negated else not positive
                deletes = deletes or signal.act == "delete"
            elif signal.act == "keep":
                asks = False
                positive = not positive if signal.negated else positive
        if self._spared.search(words, first.verb, first.end + 12):
            negated = False
        if negated:
            positive = not positive
        if act == "keep":
            asks = False
        if not positive:
            return Stance.OPPOSES
        if act in ("against", "worry", "rejection") or deletes:
            return Stance.SUPPORTS
        impersonal = re.search(r"\bit\s+$", words[: first.start], re.IGNORECASE)
        if act == "evaluation" and impersonal and re.match(r"\s+(?:that|for|to)\b", words[first.end : first.end + 8]):
            return Stance.RECOMMENDS
        return Stance.RECOMMENDS if asks else Stance.SUPPORTS

    def _complement(self, words: str, governor: Statement) -> Statement:
        stance = governor.stance
        if self._negative.match(words) and stance in (Stance.RECOMMENDS, Stance.SUPPORTS):
            stance = Stance.OPPOSES
        elif self._limiting.match(words) and stance is Stance.RECOMMENDS:
            stance = Stance.REQUIRES_LIMIT
        return Statement(stance, 0, len(words), 0, 0, 0, governor.tentative, governor.act)


def _inflected(verb: str) -> bool:
    """Whether a verb without a holder of its own can go on from the one before: "and proposes", "and would prefer"."""
    return bool(re.match(r"\w+(?:s|ing)\b", verb)) or verb.split()[0].islower()


@cache
def stance_finder(wording: PositionWording, is_proponent: Callable[[str], object]) -> StanceFinder:
    """The finder for `wording`, compiled once."""
    return StanceFinder(wording, is_proponent)
