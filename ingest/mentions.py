"""What a mention of a provision, an instrument or a resolution names, before it is known what that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from .records import CitationKind

__all__ = ["Mention", "Place", "Scope", "Symbol", "Unit", "letter_series", "number_series", "spread_letters"]

_LONGEST_SERIES = 200
"""A range that would name more units than this is taken for a slip: its ends alone are kept."""


class Unit(StrEnum):
    """The sort of unit that a mention names."""

    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    DIVISION = "division"


class Scope(StrEnum):
    """What a mention hangs its places on."""

    INSTRUMENT = "instrument"
    """An instrument that the reference data names: "article 16 of UNTOC"."""
    OTHER = "other"
    """An instrument that they do not name: "article 31 of the Vienna Convention on the Law of Treaties"."""
    CONVENTION = "convention"
    """"Of the Convention": of this one, or of one named before."""
    OWN = "own"
    """Of this article, this chapter, this Convention."""
    OPEN = "open"
    """Nothing is said: "paragraph 8", "articles 29 and 30"."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a treaty or a draft: the steps that are printed, from the outermost in.

    `division` is the word and the number of a chapter or the like, `around` of the one that holds it. `letters` are all
    steps below the paragraph, or below the article where there is no paragraph. `title` is the article's title, where
    it is printed in brackets.
    """

    article: str = ""
    paragraph: str = ""
    letters: tuple[str, ...] = ()
    title: str = ""
    division: tuple[str, str] | None = None
    around: tuple[str, str] | None = None

    @property
    def steps(self) -> tuple[str, ...]:
        """The numbers from the article in.

        >>> Place("18", "3", ("a", "i")).steps
        ('18', '3', 'a', 'i')
        """
        return (*((self.article,) if self.article else ()), *self.below)

    @property
    def below(self) -> tuple[str, ...]:
        """The numbers below the article."""
        return (*((self.paragraph,) if self.paragraph else ()), *self.letters)

    def inside(self, outer: Place) -> Place:
        """The place, read within `outer`: "paragraph 1" of "article 14".

        >>> Place(letters=("a",)).inside(Place("14", "1")).steps
        ('14', '1', 'a')
        """
        return replace(
            outer,
            article=self.article or outer.article,
            paragraph=self.paragraph or outer.paragraph,
            letters=(*outer.letters, *self.letters),
            title=self.title or outer.title,
            division=self.division or outer.division,
            around=outer.division if self.division else outer.around,
        )


@dataclass(frozen=True, slots=True)
class Symbol:
    """The number of a resolution as printed; `organ` is its id, its name if it is unknown, empty if it has none."""

    organ: str
    number: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention in plain words, from `start` to `end`.

    `instrument` is an id of the reference data. `unit` is the innermost sort of unit that is named, for a bare mention
    ("this article") and a placeholder; `word` the word for it where it is a division ("chapter"). `topics` are the
    subjects by which a placeholder names what it stands for; `blank` says that it leaves a number to be filled in.
    `step` is -1 for "the preceding paragraph".
    """

    start: int
    end: int
    kind: CitationKind
    scope: Scope
    places: tuple[Place, ...] = ()
    instrument: str = ""
    symbols: tuple[Symbol, ...] = ()
    unit: Unit | None = None
    word: str = ""
    topics: tuple[str, ...] = ()
    blank: bool = False
    bare: bool = False
    step: int = 0


_TENS = ("", "x", "xx")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = [tens + ones for tens in _TENS for ones in _ONES if tens + ones]
_VALUE = {roman: value for value, roman in enumerate(_ROMANS, 1)}


def number_series(first: str, last: str) -> tuple[str, ...]:
    """The numbers from `first` to `last`, both included.

    >>> number_series("9", "12"), number_series("3", "1"), number_series("17 bis", "19")
    (('9', '10', '11', '12'), ('3', '1'), ('17 bis', '18', '19'))
    """
    start, _, addition = first.partition(" ")
    if start.isdecimal() and last.isdecimal() and 0 <= int(last) - int(start) <= _LONGEST_SERIES:
        after = tuple(str(number) for number in range(int(start) + 1, int(last) + 1))
        return (first, *after) if after or not addition else (first, last)
    return (first, last)


def letter_series(first: str, last: str) -> tuple[str, ...]:
    """The letters or roman numerals from `first` to `last`, both included.

    >>> letter_series("a", "d"), letter_series("i", "iv"), letter_series("g", "i"), letter_series("y", "bb")
    (('a', 'b', 'c', 'd'), ('i', 'ii', 'iii', 'iv'), ('g', 'h', 'i'), ('y', 'bb'))
    """
    romans = first in _VALUE and last in _VALUE and (len(first + last) > 2 or first == "i")
    if romans and _VALUE[first] <= _VALUE[last]:
        return tuple(_ROMANS[_VALUE[first] - 1 : _VALUE[last]])
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first <= last:
        return tuple(chr(code) for code in range(ord(first), ord(last) + 1))
    return (first, last)


def spread_letters(paths: Iterable[tuple[bool, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    """The letters of a list written out: pairs (whether a range runs up to here, steps as printed).

    A roman numeral after steps that end in one stands beside it: in "(a) (i) and (ii)" the second is (a) (ii).

    >>> list(spread_letters([(False, ("a", "i")), (False, ("ii",)), (False, ("b",))]))
    [('a', 'i'), ('a', 'ii'), ('b',)]
    """
    last: tuple[str, ...] = ()
    for runs_on, steps in paths:
        before, end = last[:-1], last[-1] if last else ""
        beside = len(last) > len(steps) == 1 and end in _VALUE and steps[0] in _VALUE
        current = (*before, steps[0]) if beside else steps
        if runs_on and end and current[:-1] == before:
            yield from ((*before, letter) for letter in letter_series(end, current[-1])[1:])
        else:
            yield current
        last = current
