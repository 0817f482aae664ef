"""Whether two phrases name the same bearer of a norm, articles and modifiers aside."""

from __future__ import annotations

import re

__all__ = ["is_pronoun", "same_bearer"]

WORD = re.compile(r"[^\W_]+(?:['’\-/][^\W_]+)*['’]?")

DETERMINERS = frozenset(
    "a an the this that these those such said each every any all its their his her both either one other"
    " another".split()
)
"""Words before a noun that do not say which one it is."""

FOLLOWING = frozenset(
    "about above according acting after against among as at before below between by concerned concerning during for"
    " from having if in including into involved of on over pursuant regarding responsible that through to under upon"
    " where which who whom whose with within without".split()
)
"""Words that can begin what follows a noun and modifies it, beside participles in -ed and -ing."""

NEGATIONS = frozenset("no nobody none nothing".split())
"""Words before a noun that turn the norm round: “no State Party” is not “a State Party”."""

PRONOUNS = frozenset("he it one she that them these they this those which who".split())

PLURALS = {"states": "state", "parties": "party", "authorities": "authority", "countries": "country"}


def is_pronoun(bearer: str) -> bool:
    """Whether the bearer is printed as a pronoun, or as nothing that names it.

    >>> is_pronoun("It"), is_pronoun("this"), is_pronoun("this article")
    (True, True, False)
    """
    return bearer.strip().casefold() in PRONOUNS


def same_bearer(one: str, other: str) -> bool:
    """Whether both name the same bearer.

    Determiners, capitals and number do not count. One may have modifiers that the other has not, before the noun or
    after it, but neither may have others in their place.

    >>> same_bearer("Each State Party", "States Parties")
    True
    >>> same_bearer("the State Party", "a State Party whose law so permits")
    True
    >>> same_bearer("the requested State Party", "State Party")
    True
    >>> same_bearer("the requested State Party", "the requesting State Party")
    False
    >>> same_bearer("State Party", "the competent authorities of a State Party")
    False
    >>> same_bearer("States Parties", "States Parties and organizations")
    False
    """
    short, long = sorted((_words(one), _words(other)), key=len)
    if short == long:
        return True
    if not short:
        return False
    places = (place for place in range(len(long) - len(short) + 1) if long[place : place + len(short)] == short)
    return any(
        not any(word in FOLLOWING or word in NEGATIONS for word in long[:place])
        and _modifies(long[place + len(short) :], short)
        for place in places
    )


def _words(phrase: str) -> list[str]:
    words = [word.casefold().replace("’", "'") for word in WORD.findall(phrase)]
    while len(words) > 1 and words[0] in DETERMINERS:
        words.pop(0)
    return [_singular(word) for word in words]


def _singular(word: str) -> str:
    if word in PLURALS:
        return PLURALS[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "'s")) else word


def _modifies(rest: list[str], noun: list[str]) -> bool:
    """Whether the words after the noun modify it: what follows a modifier already there goes on with it."""
    if not rest or any(word in FOLLOWING for word in noun):
        return True
    return rest[0] in FOLLOWING or rest[0].endswith(("ed", "ing"))
