"""The signals of a stance in a sentence: a holder's verb, what is said of a subject, a modal verb."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..ontology.stances import PositionWording

__all__ = ["Signal", "SignalFinder", "any_of"]

_BEFORE = 160
"""How far left of its verb a holder is looked for, in characters."""
_REACH = 600
"""How far left the clause of a signal may begin."""
_NAME = (
    r"(?:the\s+|The\s+)?[A-Z][\w\x27’.-]*(?:\s+(?:of|and|the|de|for)(?=\s+[A-Z(])|\s+\(?[A-Z0-9][\w\x27’.-]*\)?|,(?=\s+[A-Z]))*"
    r"(?:\s+and\s+its\s+(?i:member)\s+(?i:states)|\s+\([^()]{2,60}\))?"
)
_LABEL = r"[\s•-]*(?:\(?\w{1,4}[.)][\s•-]*){0,2}"
"""What may stand before a sentence without a holder: a bullet, a number or a letter."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal; places count characters of the words.

    `act` is that of the wording, or ``modal`` or ``forbid``. `start` is where the holder stands, `verb` to `end` the
    words of the signal. `tentative`: it is left open whether ("could"). `own`: a holder is named or understood.
    """

    act: str
    start: int
    verb: int
    end: int
    negated: bool = False
    tentative: bool = False
    own: bool = False


def any_of(patterns: Iterable[str]) -> str:
    r"""A pattern for any of `patterns`, the longest first; a space stands for any white space.

    >>> any_of(("see", "see also"))
    '(?:see\\s+also|see)'
    """
    listed = sorted(set(patterns), key=lambda pattern: (-len(pattern), pattern))
    return "(?:" + "|".join(pattern.replace(" ", r"\s+") for pattern in listed) + ")"


class SignalFinder:
    """Finds signals by the words of `wording`; `is_proponent` tells whether a name speaks for somebody."""

    def __init__(self, wording: PositionWording, is_proponent: Callable[[str], object]) -> None:
        holders, modals = wording.holders, wording.modals
        complements, frames = wording.complements, wording.frames
        self._is_proponent = is_proponent
        flags = re.IGNORECASE
        lead = any_of((*holders.adverbs, *holders.auxiliaries, *holders.negations))
        verbs = [(phrases, form) for phrases in wording.verbs for form in phrases.forms]
        verbs.sort(key=lambda verb: -len(verb[1]))
        self._verbs = re.compile(rf"\b{any_of(form for _, form in verbs)}(?![\w’])", flags)
        # "has no objection" is in the reach of a wider form, "has ... objection": the acts are tried in this order.
        order = ("accept", "unclear", "against", "worry", "open", "ask", "favour", "view")
        self._verb_acts = [
            (phrases, re.compile(any_of(phrases.forms), flags))
            for phrases in sorted(wording.verbs, key=lambda phrases: order.index(phrases.act))
        ]
        aside = r"(?:\s*,\s+[^,;.]{1,80},)?"
        adverbs = rf"(?P<lead>(?:[\s,]+{lead}(?![\w’]))*)"
        self._own = re.compile(
            rf"(?:(?P<word>\b(?i:{any_of(holders.words)}))|(?P<name>\b{_NAME})){aside}(?i:{adverbs})[\s,]*\Z"
        )
        self._elided = re.compile(rf"(?:^|[;:,]|\band\b|\bbut\b)(?P<lead>(?:\s+{lead}(?!\w))*)\s*\Z", flags)
        self._headed = re.compile(rf"{_LABEL}(?P<lead>(?:\s*{lead}(?!\w))*)\s*\Z", flags)
        self._telegram = re.compile(rf"\s+{any_of(holders.telegrams)}(?!\w)", flags)
        self._others = re.compile(rf"\b{any_of(holders.others)}\b", flags)
        self._things = re.compile(rf"(?:^|\s){any_of(holders.things)}$")
        self._negation = re.compile(rf"\b{any_of(holders.negations)}(?![\w’])", flags)
        self._tentative = re.compile(rf"\b{any_of(holders.tentative)}(?!\w)", flags)
        self._predicates = [
            (phrases.act, re.compile(rf"\b{any_of(phrases.forms)}(?!\w)", flags)) for phrases in wording.predicates
        ]
        adverb = rf"(?:[\s,]+{any_of(holders.adverbs)}(?!\w))*"
        self._modal = re.compile(
            rf"\b(?:(?P<could>{any_of(modals.could)})|(?P<forbid>{any_of(modals.forbid)})|(?P<ask>{any_of(modals.ask)}))(?!\w)"
            rf"(?P<neg>{adverb}\s+(?:not|never|in no way|under no circumstances)\b)?{adverb}",
            flags,
        )
        self._forbidden = re.compile(rf"\s*{any_of((*modals.forbidden, *complements.bounds))}(?!\w)", flags)
        self._idle = re.compile(any_of(modals.idle), flags)
        self._relative = re.compile(rf"\b{any_of(modals.relatives)}(?:,[^,]{{1,60}},)?\s+\Z", flags)
        self._nothing = re.compile(rf"(?:^|[;:,.]\s|\bthat\s|\band\s)\W*{any_of(complements.nothing)}\s[^,;]*\Z", flags)
        self._polite = re.compile(any_of(frames.polite), flags)
        self._observing = re.compile(rf"\b{any_of(frames.observe)}(?!\w)", flags)
        self._reason = re.compile(rf"\b{any_of(frames.reasons)}(?!\w)", flags)
        self._necessary = re.compile(rf"\b{any_of(frames.necessary)}(?!\w)", flags)
        self._courtesy = re.compile(rf"\s*{any_of(frames.courtesies)}(?!\w)", flags)
        self._world = re.compile(rf"\s*{any_of(frames.world)}(?!\w)", flags)
        self._joint = re.compile(any_of(wording.clauses.joints), flags)

    def signals(self, words: str) -> list[Signal]:
        """The signals of one sentence, in order."""
        own = self._own_verbs(words)
        modals = [match for match in self._modal.finditer(words) if not self._is_idle(words, match)]
        refused = {_end(words, match.end()) for match in modals if match["neg"]}
        taken = [(signal.verb if signal.own else signal.start, signal.end) for signal in own]
        reach = [(signal.start, signal.end) for signal in own]
        others: list[Signal] = []
        for act, pattern in self._predicates:
            for match in pattern.finditer(words):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                negated = act != "unclear" and self._is_refused(words, match, refused)
                left = words[max(match.start() - 8, 0) : match.end()]
                open_still = bool(re.search(r"\b(?:could|would|might|may)\b", left, re.IGNORECASE))
                others.append(Signal(act, match.start(), match.start(), match.end(), negated, open_still))
        for match in modals:
            if any(start <= match.start() < end for start, end in reach):
                continue
            negated = bool(match["neg"] or self._nothing.search(words, max(match.start() - _REACH, 0), match.start()))
            if match["forbid"] and not self._forbidden.match(words, match.end()):
                continue
            kind = "forbid" if match["forbid"] else "modal"
            others.append(Signal(kind, match.start(), match.start(), match.end(), negated, bool(match["could"])))
        signals = sorted(own + others, key=lambda signal: (signal.verb, -signal.end))
        return [signal for signal in signals if not self._is_observed(words, signal)]

    def _is_refused(self, words: str, match: re.Match[str], refused: set[int]) -> bool:
        """Whether "not" is in a predicate or before it, or its subject is nothing; the "not" of a modal is its own."""
        if re.match(r"do(?:es)?\s+not|there\s", match.group(), re.IGNORECASE):
            return False
        if _end(words, match.start()) in refused:
            return False
        before = max(match.start() - _REACH, 0)
        return bool(
            re.search(r"\b(?:not|never|no longer|cannot|nor)\b", match.group())
            or re.search(r"\b(?:not|never|cannot)\s+(?:\w+\s+)?$", words[max(match.start() - 14, 0) : match.start()])
            or self._nothing.search(words, before, match.start())
        )

    def _is_idle(self, words: str, match: re.Match[str]) -> bool:
        if self._idle.match(words, match.start()) or self._relative.search(
            words, max(match.start() - _BEFORE, 0), match.start()
        ):
            return True
        return words[match.start()].isupper()

    def _own_verbs(self, words: str) -> list[Signal]:
        found: list[Signal] = []
        position = 0
        while match := self._verbs.search(words, position):
            position = match.end()
            window = max(match.start() - _BEFORE, 0)
            signal = None
            # The leftmost holder in the window may be a name too many: the search goes on to the right of it.
            held = self._own.search(words, window, match.start())
            while held and held["name"] and not self._speaks(held["name"], words, held.start("name")):
                held = self._own.search(words, held.start() + max(len(held["name"].split(" ")[0]), 1), match.start())
            # "the Committee ... requesting proposals": a participle tells of the name, it does not state.
            if held and not (match.group().split()[0].endswith("ing") and not held["lead"].strip()):
                signal = self._owned(match, held.start(), held["lead"])
            elif (elided := self._elided.search(words, window, match.start())) and (
                found and elided.start() >= found[-1].end and _inflected(match.group())
            ):
                signal = self._owned(match, match.start(), elided["lead"])
            elif (headed := self._headed.match(words, 0, match.start())) and self._telegram.match(words, match.end()):
                signal = self._owned(match, match.start(), headed["lead"])
            if signal and not self._is_nothing(words, signal):
                found.append(signal)
        return found

    def _speaks(self, name: str, words: str, start: int) -> bool:
        plain = re.sub(r"^[Tt]he\s+", "", name).strip(" ,.")
        if self._is_proponent(plain):
            return True
        if self._things.search(plain) or self._others.fullmatch(name):
            return False
        before = words[max(start - _BEFORE, 0) : start]
        if before.strip(" -•*(") and not re.search(r"[.:;]\s*$", before):
            return True
        return plain.isupper() or (len(plain.split()) > 1 and plain.split()[-1][0].isupper())

    def _owned(self, match: re.Match[str], start: int, lead: str) -> Signal | None:
        negated = bool(self._negation.search(lead))
        tentative = bool(self._tentative.search(lead))
        for phrases, pattern in self._verb_acts:
            # With what follows in view, for forms that look ahead.
            form = pattern.match(match.string, match.start())
            if form and form.end() == match.end() and (tentative or not phrases.tentative):
                return Signal(phrases.act, start, match.start(), match.end(), negated, tentative, own=True)
        return None

    def _is_nothing(self, words: str, signal: Signal) -> bool:
        if signal.act == "view":
            return not signal.negated
        if signal.act == "favour" and self._polite.match(words, signal.verb):
            return bool(self._courtesy.match(words, signal.end))
        return signal.act == "worry" and (signal.negated or bool(self._world.match(words, signal.end)))

    def _is_observed(self, words: str, signal: Signal) -> bool:
        """Whether the signal is only told: what others want, and what is valued in a reason or an observation.

        What an observation finds necessary is still stated: "acknowledges that such an approach is required".
        """
        if signal.act not in ("evaluation", "rejection", "open", "unclear"):
            return False
        reach = max(signal.start - _REACH, 0)
        clause = max((joint.end() for joint in self._joint.finditer(words, reach, signal.start)), default=reach)
        if self._others.search(words, clause, signal.start):
            return True
        comma = words.rfind(", ", clause, signal.start) + 1
        if self._reason.search(words, max(clause, comma), signal.start):
            return True
        observing = self._observing.search(words, clause, signal.start)
        return bool(observing) and not self._necessary.search(words, signal.start, signal.end)


def _end(words: str, end: int) -> int:
    """The end without the white space before it."""
    while end and words[end - 1].isspace():
        end -= 1
    return end


def _inflected(verb: str) -> bool:
    """Whether a verb without a holder of its own can go on from the one before: "and proposes", "and would prefer"."""
    return bool(re.match(r"\w+(?:s|ing)\b", verb)) or verb.split()[0].islower()
