"""Where the subject of a verb begins and ends among the lexemes before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexemes import Lexeme, Sort

__all__ = ["STRONG", "begins_subject", "breaks_off", "is_interruption", "subject_end", "subject_start"]

STRONG = frozenset({Sort.DETERMINER, Sort.ACTOR, Sort.PRONOUN})
"""What surely begins a subject."""
OPENING = frozenset({Sort.OPENER, Sort.WEAK, Sort.PIVOT, Sort.PREPOSITION})
FILLING = frozenset({Sort.ADVERB, Sort.COMMA, Sort.COORDINATOR})
NOMINAL = frozenset({Sort.WORD, Sort.VERB})
PARTICIPLE = re.compile(r".{2,}(?:ing|ed)$|^(?:made|given|taken|set|held|known|sought|found|being|having)$")
LONGEST = 20
"""A subject of more lexemes is cut before its first relative clause."""
REFERENCE = 2
"""The further places of a citation, "article 46, paragraph 15", are no longer."""
QUALIFIERS = 2
"""So many adjectives may stand before a noun that needs no determiner: "interested developing States"."""
TAIL = 8
"""The last name of an enumerated subject has no more lexemes."""


def begins_subject(lexemes: Sequence[Lexeme], place: int) -> bool:
    """Whether a subject surely begins here: with a determiner, a pronoun, or a noun that needs none."""
    for one in range(place, min(place + QUALIFIERS + 1, len(lexemes))):
        if lexemes[one].sort is Sort.ACTOR or (one == place and lexemes[one].sort in STRONG):
            return True
        if lexemes[one].sort is not Sort.WORD or lexemes[one].word.isdigit():
            return False
    return False


def is_interruption(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the lexemes go with the verb or the sentence, as prepositions, conditions and participles do."""
    if start >= end:
        return True
    first = lexemes[start]
    if first.sort in OPENING or first.sort in {Sort.MODAL, Sort.FINITE}:
        return True
    alone = end - start == 1 and not first.word.endswith("ing")
    participle = first.sort in NOMINAL and not alone and PARTICIPLE.match(first.word) is not None
    return participle and not begins_subject(lexemes, start)


def breaks_off(lexemes: Sequence[Lexeme], place: int) -> tuple[int, bool]:
    """Where what stands before the verb at `place` ends, adverbs aside, and whether a comma parts it from the verb."""
    end = place
    while end:
        if lexemes[end - 1].sort is Sort.ADVERB:
            end -= 1
            if end and lexemes[end - 1].sort is Sort.COMMA:
                end -= 1
        elif lexemes[end - 1].sort is Sort.COMMA:
            return end - 1, True
        else:
            break
    return end, False


def _is_no_subject(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether no subject begins with the lexemes: an interruption, or the rest of a citation."""
    cited = end - start <= REFERENCE and lexemes[start].sort is Sort.WORD and lexemes[end - 1].word.isdigit()
    return cited or is_interruption(lexemes, start, end)


def subject_start(lexemes: Sequence[Lexeme], low: int, high: int) -> int | None:
    """Where the subject of the verb at `high` begins, not before `low`; nothing where there is none.

    What leads a sentence in ("Subject to its law, ...", "If ..., ...") is passed over, and so is what stands between
    a subject and its verb ("the Party, upon request, shall").
    """
    while low < high and lexemes[low].sort in FILLING:
        low += 1
    end, parted = breaks_off(lexemes, high)
    if low >= end:
        return None
    segments = _segments(lexemes, low, end)
    if not is_interruption(lexemes, *segments[0]) and not _is_remark(lexemes, segments):
        return low
    last = len(segments) - 1
    if parted:
        while last >= 0 and not is_interruption(lexemes, *segments[last]):
            last -= 1
        while last >= 0 and _is_no_subject(lexemes, *segments[last]):
            last -= 1
        if last < 0:
            strong = [start for start, _ in segments if begins_subject(lexemes, start)]
            return strong[-1] if strong else low
    while last > 0 and _is_no_subject(lexemes, *segments[last]):
        last -= 1
    if last == 0 and len(segments) > 1 and not parted and lexemes[segments[-1][0]].sort in NOMINAL:
        return segments[-1][0]
    if last == 0:
        return _without_comma(lexemes, low, end)
    chosen = last
    listed = _ends_list(lexemes, segments[last])
    while last > 1:
        if _goes_on(lexemes, segments[last], segments[last - 1], listed):
            last -= 1
            chosen = last
        elif _ends_list(lexemes, segments[last]) and any(begins_subject(lexemes, one) for one, _ in segments[1:last]):
            # The last words of a list within an interruption: the subject stands before that.
            last -= 1
            while last > 0 and _is_no_subject(lexemes, *segments[last]):
                last -= 1
            chosen = last or chosen
        else:
            break
    return segments[chosen][0]


def _is_remark(lexemes: Sequence[Lexeme], segments: list[tuple[int, int]]) -> bool:
    """Whether the first words are an adverb that no list knows: "Overall, it"."""
    if len(segments) < 2 or segments[0][1] - segments[0][0] > 1 or lexemes[segments[0][0]].sort is not Sort.WORD:
        return False
    return lexemes[segments[0][0]].word.endswith("ly") or lexemes[segments[1][0]].sort is Sort.PRONOUN


def _segments(lexemes: Sequence[Lexeme], low: int, end: int) -> list[tuple[int, int]]:
    """The stretches between commas, without adverbs and joints at their beginning."""
    segments: list[tuple[int, int]] = []
    start = low
    for place in range(low, end + 1):
        if place == end or lexemes[place].sort is Sort.COMMA:
            while start < place and lexemes[start].sort in FILLING:
                start += 1
            if start < place:
                segments.append((start, place))
            start = place + 1
    return segments or [(low, end)]


def _ends_list(lexemes: Sequence[Lexeme], segment: tuple[int, int]) -> bool:
    joined = any(lexemes[place].sort is Sort.COORDINATOR for place in range(*segment))
    return joined and not begins_subject(lexemes, segment[0])


def _goes_on(lexemes: Sequence[Lexeme], segment: tuple[int, int], before: tuple[int, int], listed: bool) -> bool:
    """Whether the segment is of an enumeration that began before it: "a witness, expert or other person"."""
    start, end = segment
    joined = any(lexemes[place].sort is Sort.COORDINATOR for place in range(start, end))
    if _is_no_subject(lexemes, *before):
        return False
    if not begins_subject(lexemes, start):
        return listed
    short = before[1] - before[0] <= TAIL and begins_subject(lexemes, before[0])
    return joined and short and all(lexemes[place].sort in STRONG | NOMINAL for place in range(*before))


def _without_comma(lexemes: Sequence[Lexeme], low: int, end: int) -> int | None:
    """The subject after a lead-in that no comma ends: "In such a case the Party ..."."""
    for place in range(end - 1, low + 1, -1):
        if not begins_subject(lexemes, place):
            continue
        start = place
        while start > low and lexemes[start - 1].sort in NOMINAL and not begins_subject(lexemes, start):
            start -= 1
        before = lexemes[start - 1]
        if before.sort in NOMINAL and lexemes[place].sort is not Sort.ACTOR:
            return start
        if lexemes[place].sort is Sort.ACTOR and before.sort in NOMINAL and not _has_determiner(lexemes, low, start):
            return start
    return low


def _has_determiner(lexemes: Sequence[Lexeme], low: int, place: int) -> bool:
    while place > low and lexemes[place - 1].sort in NOMINAL:
        place -= 1
    return place > low and lexemes[place - 1].sort is Sort.DETERMINER


def subject_end(lexemes: Sequence[Lexeme], start: int, high: int) -> int:
    """Where the subject that begins at `start` ends, what comes between it and its verb left out."""
    end, cut = breaks_off(lexemes, high)[0], False
    for place in range(start + 1, end):
        if lexemes[place].sort is Sort.COMMA:
            after = place + 1
            while after < end and lexemes[after].sort in FILLING:
                after += 1
            if after + 1 < end and lexemes[after].word == "of" and lexemes[after + 1].sort is not Sort.OPENER:
                # The rest of a citation: "articles 1 or 2, paragraph 3, of this Convention".
                continue
            close = next((other for other in range(after, end) if lexemes[other].sort is Sort.COMMA), end)
            if is_interruption(lexemes, after, close):
                end, cut = place, True
                break
    relative = next((place for place in range(start + 1, end) if lexemes[place].sort in {Sort.OPENER, Sort.PIVOT}), end)
    verbless = cut and all(lexemes[place].sort not in {Sort.FINITE, Sort.VERB} for place in range(relative, end))
    if end - start > LONGEST or verbless:
        end = relative
    while end > start + 1 and lexemes[end - 1].sort in OPENING | FILLING:
        end -= 1
    return end
