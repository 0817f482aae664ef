"""The printed label at the start of a unit: "3.", "(a)", "2. (c)", "Article 5:", "Chapter IV –", "A."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from ..ontology.wording import OutlineWording

__all__ = ["Label", "Sign", "labels", "letter_index", "roman_value", "successor"]


class Sign(Enum):
    """What a label looks like; what it means is for the outline to tell."""

    DIVISION = "division"
    ARTICLE = "article"
    CAPITAL = "capital"
    DIGIT = "digit"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Label:
    """One label: `number` without brackets, `end` the position after it and its white space, `word` what opens it."""

    sign: Sign
    number: str
    start: int
    end: int
    word: str = ""

    @property
    def series(self) -> str:
        """The number without an addition, by which it stands in its series: "6" for "6bis"."""
        return re.sub(rf"(?<=.){_ADDITION}$", "", self.number)


_ADDITION = r"(?:bis|ter|quater|quinquies|sexies|alt)"
_SUFFIX = rf"(?:\.?\s?\[?{_ADDITION}\b\]?)"
_DIGIT = re.compile(
    rf"\s*\[?(?:(?P<added>\d{{1,3}}{_SUFFIX})[.)\]]*|(?P<number>\d{{1,3}})\]?(?:\.(?!\d)|\))\]?"
    rf"|\((?P<bracketed>\d{{1,3}}{_SUFFIX}?)\)\]?)(?:\s+|$)"
    r"|\s*\[?(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})(?:\.\]?\s+|\]?\s+(?=\W*(?-i:[A-Z])))",
    re.IGNORECASE,
)
_LETTER = re.compile(
    rf"\s*\[?(?:\((?P<number>(?:[a-z]{{1,2}}|[ivxl]{{1,6}}|[A-Z]){_SUFFIX}?)\)\]?(?:\s+|$|(?=[A-Z(\[]))"
    r"|(?P<plain>[a-z]|[ivx]{1,5})(?:\)\]?(?:\s+|$|(?=[A-Za-z(]))|\.\s+(?=[^\W\d])))"
)
_CAPITAL = re.compile(r"\s*(?P<number>[A-Z]|[IVXL]{2,6})\.\s+(?=[A-Z])")
_ROMAN = re.compile(r"(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")


@cache
def _recital(wording: OutlineWording) -> re.Pattern[str]:
    marks = "|".join(map(re.escape, wording.preamble.marks))
    return re.compile(rf"\s*\[?(?:{marks})\s?(?P<number>\d{{1,2}}{_SUFFIX}?)\]?[.:)]?(?:\s+|$)")


@cache
def _opening(wording: OutlineWording) -> re.Pattern[str]:
    division = "|".join(
        re.escape(word) for word in sorted((division.word for division in wording.divisions), key=len, reverse=True)
    )
    article = "|".join(re.escape(word) for word in sorted(wording.articles.words, key=len, reverse=True))
    number = rf"(?:\d{{1,3}}{_SUFFIX}?|[IVXL]{{1,6}}|[A-Z])"
    return re.compile(
        rf"\s*\[?(?:(?P<division>{division})\s+(?P<division_number>{number})(?=\W|$)"
        rf"|(?P<article>{article})(?:\s+(?P<article_number>{number})(?=\W|$))?)\]?"
        r"(?P<stop>\s*[.:–—-]+)?\s*",
        re.IGNORECASE,
    )


def labels(words: str, wording: OutlineWording) -> tuple[Label, ...]:
    """The labels that `words` begin with, outermost first: several where units share a line.

    "Article 31 of the Convention may be applied" begins with a citation, not with a label: the word "Article" is a
    label only before a stop, alone on its line, or before a capital.

    >>> from travaux.ontology.wording import outline_wording
    >>> [(label.sign.value, label.number) for label in labels("3. (a) A Party's point of contact", outline_wording())]
    [('digit', '3'), ('letter', 'a')]
    >>> labels("Article 31 of the Convention may be applied", outline_wording())
    ()
    """
    opening = _opening(wording).match(words)
    if opening and (label := _opened(opening, words)):
        return (label,)
    capital = _CAPITAL.match(words)
    if capital:
        return (Label(Sign.CAPITAL, capital["number"], capital.start("number"), capital.end()),)
    chain: list[Label] = []
    position = 0
    digit = _DIGIT.match(words) or _recital(wording).match(words)
    if digit:
        kind = str(digit.lastgroup)
        number = digit[kind] if kind == "dotted" else _tidy(digit[kind], "")
        chain.append(Label(Sign.DIGIT, number.lower(), digit.start(kind), digit.end()))
        position = digit.end()
    while len(chain) < 3 and (letter := _LETTER.match(words, position)):
        label = Label(Sign.LETTER, _tidy(letter["number"] or letter["plain"], ""), letter.start(), letter.end())
        if not letter_index(label.series) and not roman_value(label.series):
            break  # "(cf)" is a word
        chain.append(label)
        position = letter.end()
    return tuple(chain)


def _tidy(number: str, before_addition: str) -> str:
    """A number as it is cited: "5 bis" for "5.bis" and "5 [bis]"."""
    return before_addition.join(re.findall(r"\w+", number))


def _opened(opening: re.Match[str], words: str) -> Label | None:
    rest = words[opening.end() :]
    if opening["division"]:
        if not opening["stop"] and rest and not rest[0].isupper():
            return None
        return Label(
            Sign.DIVISION,
            _tidy(opening["division_number"], " "),
            opening.start("division"),
            opening.end(),
            opening["division"].lower(),
        )
    number = _tidy(opening["article_number"] or "", " ")
    if not opening["stop"] and ((rest and not rest[0].isupper()) or not number):
        return None
    return Label(Sign.ARTICLE, number, opening.start("article"), opening.end(), opening["article"].lower())


def letter_index(number: str) -> int:
    """The place of a letter in the alphabet, "aa" after "z"; 0 where it is none.

    >>> letter_index("c"), letter_index("aa"), letter_index("ii")
    (3, 27, 35)
    """
    number = number.lower()
    if len(number) == 1:
        return ord(number) - 96
    return 26 + ord(number[0]) - 96 if len(number) == 2 and number[0] == number[1] else 0


def roman_value(number: str) -> int:
    """The value of a small roman numeral below 50; 0 where it is none.

    >>> roman_value("iv"), roman_value("xii"), roman_value("c")
    (4, 12, 0)
    """
    if not number or not _ROMAN.match(number):
        return 0
    values = {"i": 1, "v": 5, "x": 10, "l": 50}
    digits = [values[character] for character in number]
    return sum(
        -value if value < following else value for value, following in zip(digits, [*digits[1:], 0], strict=True)
    )


def successor(label: Label, before: Label | None) -> bool:
    """Whether `label` carries on the series of `before`, or opens one.

    >>> successor(Label(Sign.LETTER, "c", 0, 4), Label(Sign.LETTER, "b", 0, 4))
    True
    """
    if label.sign is Sign.DIGIT:
        value = int(re.match(r"\d+", label.number).group())  # type: ignore[union-attr]
        if before is not None and before.sign is Sign.DIGIT:
            return value == int(re.match(r"\d+", before.number).group()) + 1  # type: ignore[union-attr]
        return True
    if label.number in ("a", "i"):
        return True
    if before is None or before.sign is not Sign.LETTER:
        return False
    follows_letter = letter_index(label.series) == letter_index(before.series) + 1
    follows_roman = roman_value(label.series) > 0 and roman_value(label.series) == roman_value(before.series) + 1
    return follows_letter or follows_roman
