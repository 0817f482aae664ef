"""Slips of the pen in what was taken over: a lost plural, a verb that does not agree, a sentence cut in the middle."""

from __future__ import annotations

from .changes import Change
from .conforming import kin, lemma
from .lexicon import lexicon
from .texts import Text

__all__ = ["is_slip", "reads_alike"]

_AUXILIARY = ("be", "have")
_NOUN = 4
"""So many words before a verb may be its subject."""


def reads_alike(change: Change, unit: Text, source: Text) -> bool:
    """Whether the words differ in print alone: broken in two, or a verb after a noun that takes either number."""
    stretch = change.stretch
    if _letters(unit, stretch.derived) == _letters(source, stretch.source):
        return True
    pair = [*unit.words.forms[slice(*stretch.derived)], *source.words.forms[slice(*stretch.source)]]
    if len(pair) != 2 or lemma(pair[0]) != lemma(pair[1]) or lemma(pair[0]) not in _AUXILIARY:
        return False
    start = stretch.derived[0]
    return not lexicon().uncounted.isdisjoint(unit.words.forms[max(start - _NOUN, 0) : start])


def is_slip(change: Change, unit: Text, source: Text) -> bool:
    """Whether a change leaves words that do not go together.

    A plural is lost where no article calls for the singular, a verb changes its number alone, a word stands in another
    form of it, an indefinite article stands before a noun that had none, or the end of one sentence is lost with the
    beginning of the next.
    """
    start, end = change.stretch.derived
    after = change.stretch.source[1]
    ours, theirs = unit.words.forms[start:end], source.words.forms[slice(*change.stretch.source)]
    if not ours:
        return _cuts_sentences(change, source)
    if ours == ("a",) and not theirs:
        return unit.words.forms[end : end + 1] == source.words.forms[after : after + 1]
    if len(ours) != 1 or len(theirs) != 1 or not change.derived or not change.source:
        return False
    mine, was = ours[0], theirs[0]
    if mine.endswith("ing") or was.endswith("ing"):
        return False
    if lemma(mine) != lemma(was):
        return kin(mine, was)
    before = unit.words.forms[max(start - 1, 0) : start]
    plural_lost = was.endswith("s") and mine == lemma(was) and not lexicon().singular.issuperset(before)
    return plural_lost or lemma(mine) in _AUXILIARY


def _cuts_sentences(change: Change, source: Text) -> bool:
    """Whether the end of one sentence and the beginning of the next are lost, so that the rest does not parse."""
    start, end = change.stretch.source
    if not start or end >= len(source.words):
        return False
    words = source.words
    inside = source.provision.passage.words[words.ends[start - 1] : words.starts[end]].strip()
    return ". " in inside and not inside.startswith(".") and not inside.endswith(".")


def _letters(text: Text, words: tuple[int, int]) -> str:
    """The letters of some words, run together: a word broken in two is no change."""
    start, end = words
    if start == end:
        return ""
    printed = text.provision.passage.words[text.words.starts[start] : text.words.ends[end - 1]]
    return "".join(filter(str.isalnum, printed)).casefold()
