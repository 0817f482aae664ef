"""The grammar of citations, made ready: its names filled in, its parse trees turned into what they name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

from ..ontology.citing import CitationWording, any_of
from .mentions import Mention, Place, Scope, Symbol, Unit, number_series, spread_letters
from .names import INSTRUMENT, ORGAN, REST, Marked, other_instrument
from .records import CitationKind

__all__ = ["CitationGrammar"]

_LOOK_AHEAD = 2000
"""No citation is longer, in characters: what makes reading linear whatever stands on a line."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


class CitationGrammar:
    """``citations.lark`` with its names filled in."""

    def __init__(self, wording: CitationWording) -> None:
        self._lark = Lark(_filled(wording), parser="lalr", lexer="contextual", transformer=_Reader(wording))

    def read(self, marked: Marked, start: int) -> Mention | None:
        """The longest mention that begins at `start`, or nothing."""
        parser: Any = self._lark.parse_interactive(marked.words[start : start + _LOOK_AHEAD])
        tokens: list[Token] = []
        whole: list[int] = []
        try:
            for token in parser.lexer_thread.lex(parser.parser_state):
                parser.feed_token(token)
                tokens.append(_named(token, marked, start))
                if "$END" in parser.choices():
                    whole.append(len(tokens))
        except (UnexpectedInput, EOFError):
            pass
        for count in reversed(whole):
            mention = self._parsed(tokens[:count])
            if mention is not None:
                return replace(mention, start=start, end=start + (tokens[count - 1].end_pos or 0))
        return None

    def _parsed(self, tokens: list[Token]) -> Mention | None:
        # Begun anew: what a parser makes of its tokens is not safe to copy half-way, for it reuses its lists.
        parser: Any = self._lark.parse_interactive()
        try:
            for token in tokens:
                parser.feed_token(token)
            mention: Mention = parser.feed_eof()
        except UnexpectedInput:
            return None
        return mention


def _named(token: Token, marked: Marked, start: int) -> Token:
    """A name as the id of what it names, a title as it is printed, any other token as it is."""
    place = start + (token.start_pos or 0)
    if token.type in ("INSTRUMENT", "ORGAN"):
        return token.update(value=marked.ids[place])
    if token.type == "TITLE":
        return token.update(value=marked.printed[place : place + len(token)])
    return token


def _filled(wording: CitationWording) -> str:
    units, joints, own = wording.units, wording.joints, wording.own
    divisions = tuple(printed for division in units.divisions for printed in (division.word, division.plural))
    parts = (units.article, units.paragraph, units.subparagraph, tuple(division.word for division in units.divisions))
    additions = "|".join(units.additions)
    names = {
        "article": any_of(units.article),
        "articles": any_of(units.articles),
        "paragraph": any_of(units.paragraph),
        "paragraphs": any_of(units.paragraphs),
        "subparagraph": any_of(units.subparagraph),
        "division": _capitalised(divisions),
        "part": "(?:" + "|".join(_capitalised(words) for words in parts) + ")",
        "noun": any_of(own.nouns),
        "this": any_of(own.this),
        "preceding": any_of(own.preceding),
        "unspecific": any_of(own.unspecific),
        "unspecific_of_part": any_of(own.unspecific_of_part),
        "additions": additions,
        "number": rf"\d{{1,4}}(?:\.\d{{1,3}}){{0,3}}(?:\s?(?:{additions}))?(?![\w%/]|[.,]\d)",
        "and": f"(?i:{any_of(joints.and_)})",
        "to": f"(?i:{any_of(joints.to)})",
        "of": f"(?i:{any_of(joints.of)})",
        "joint": rf"(?:{any_of(joints.and_)}|{any_of(joints.of)})(?!\w)",
        "deictic": any_of(joints.deictic),
        "measures": any_of(joints.measures),
        "month": f"(?:{_MONTHS})",
        "resolution": any_of(wording.resolutions.words),
        "gloss": any_of(wording.named.gloss),
        "instrument": f"{INSTRUMENT}{REST}*",
        "organ": f"{ORGAN}{REST}*",
        "other": other_instrument(wording),
    }
    grammar = (Path(__file__).parent / "citations.lark").read_text(encoding="utf-8")
    return re.sub(
        r"<([a-z_]+)>", lambda match: names[match[1]].replace("/", r"\/") if match[1] in names else match[0], grammar
    )


def _capitalised(words: tuple[str, ...]) -> str:
    """A pattern for `words`, their first letter large or small; a word given with a capital keeps it."""
    patterns = (f"{word[0] if word[0].isupper() else f'(?i:{word[0]})'}{any_of((word[1:],))}" for word in words)
    return f"(?:{'|'.join(patterns)})"


@v_args(inline=True)
class _Reader(Transformer[Token, Mention]):
    """Turns what was parsed into a mention without its place in the words."""

    def __init__(self, wording: CitationWording) -> None:
        super().__init__()
        units = wording.units
        self.units = dict.fromkeys((*units.article, *units.articles), Unit.ARTICLE)
        self.units |= dict.fromkeys((*units.paragraph, *units.paragraphs), Unit.PARAGRAPH)
        self.units |= dict.fromkeys(units.subparagraph, Unit.SUBPARAGRAPH)
        self.division_words = {
            printed.lower(): division.word.lower()
            for division in units.divisions
            for printed in (division.word, division.plural)
        }
        self.preceding = tuple(wording.own.preceding)

    def start(self, mention: Mention) -> Mention:
        return mention

    # ---- located

    def at_large(self, places: list[Place]) -> Mention:
        return Mention(0, 0, CitationKind.INTERNAL, Scope.OPEN, tuple(places), unit=_innermost(places))

    def of_instrument(self, places: list[Place], name: Token, _gloss: object = None) -> Mention:
        return Mention(0, 0, CitationKind.INSTRUMENT, Scope.INSTRUMENT, tuple(places), str(name))

    def of_other(self, places: list[Place], _name: Token) -> Mention:
        return Mention(0, 0, CitationKind.INSTRUMENT, Scope.OTHER, tuple(places))

    def of_convention(self, places: list[Place]) -> Mention:
        return Mention(0, 0, CitationKind.INTERNAL, Scope.CONVENTION, tuple(places), unit=_innermost(places))

    def of_this(self, places: list[Place], this: Token) -> Mention:
        unit, word = self._part(this)
        return Mention(0, 0, CitationKind.INTERNAL, Scope.OWN, tuple(places), unit=unit, word=word)

    def of_adopted(self, _places: list[Place], adopted: Mention) -> Mention:
        return adopted

    def whole(self, name: Token, _gloss: object = None) -> Mention:
        return Mention(0, 0, CitationKind.INSTRUMENT, Scope.INSTRUMENT, (), str(name))

    def instrument_first(self, name: Token, *rest: Any) -> Mention:
        return self.of_instrument(rest[-1], name)

    def other(self, _name: Token) -> Mention:
        return Mention(0, 0, CitationKind.INSTRUMENT, Scope.OTHER)

    # ---- the draft itself

    def this(self, this: Token, *_convention: object) -> Mention:
        unit, word = self._part(this)
        step = -1 if this.lower().startswith(self.preceding) else 0
        return Mention(0, 0, CitationKind.INTERNAL, Scope.OWN, unit=unit, word=word, bare=True, step=step)

    def unspecific(self, phrase: Token) -> Mention:
        unit, word = self._part(phrase)
        return Mention(0, 0, CitationKind.INTERNAL, Scope.OWN, unit=unit, word=word, bare=True)

    def _part(self, phrase: str) -> tuple[Unit | None, str]:
        word = phrase.split()[-1].lower()
        if word in self.division_words:
            return Unit.DIVISION, self.division_words[word]
        return self.units.get(word), ""

    # ---- resolutions

    def by_organ(self, organ: Token, symbols: list[str]) -> Mention:
        return self._adopted(str(organ), symbols)

    def by_number(self, symbols: list[str]) -> Mention:
        return self._adopted("", symbols)

    def of_organ(self, symbols: list[str], organ: Token) -> Mention:
        return self._adopted(str(organ), symbols)

    def by_code(self, *symbols: Token) -> Mention:
        return self._adopted("", [str(symbol) for symbol in symbols])

    def symbols(self, *symbols: Token) -> list[str]:
        return [str(symbol) for symbol in symbols]

    full_symbols = symbols

    def _adopted(self, organ: str, symbols: list[str]) -> Mention:
        named = tuple(Symbol(organ, " ".join(symbol.split())) for symbol in symbols)
        return Mention(0, 0, CitationKind.RESOLUTION, Scope.OPEN, symbols=named)

    # ---- places

    def places(self, *lists: list[Place]) -> list[Place]:
        return [place for places in lists for place in places]

    def within(self, inner: list[Place], outer: list[Place]) -> list[Place]:
        return [place.inside(whole) for whole in outer for place in inner]

    def articles(self, *members: Any) -> list[Place]:
        return [place for member in members if not isinstance(member, Token) for place in member]

    def one_article(self, *members: Any) -> list[Place]:
        """After "article", not "articles", a number after a comma alone is a paragraph's: "article 8, 1 (a)"."""
        places = self.articles(*members)
        joints = [member.strip() for member in members if isinstance(member, Token)]
        if (
            joints == [","]
            and len(members) == 3
            and not places[0].below
            and not any(place.paragraph for place in places)
        ):
            first = len(members[0])
            return [Place(paragraph=place.article, letters=place.letters).inside(places[0]) for place in places[first:]]
        return places

    def article(
        self, numbers: list[Place], title: Token | None = None, below: list[Place] | None = None
    ) -> list[Place]:
        if title:
            numbers = [*numbers[:-1], replace(numbers[-1], title=title[1:-1].strip())]
        if below:
            numbers = [*numbers[:-1], *(place.inside(numbers[-1]) for place in below)]
        return numbers

    plural_article = article

    def below(self, paragraphs: list[Place]) -> list[Place]:
        return paragraphs

    def lettered_below(self, letters: list[tuple[str, ...]]) -> list[Place]:
        return [Place(letters=steps) for steps in letters]

    def numbers(self, places: list[Place]) -> list[Place]:
        return places

    def number_range(self, first: list[Place], last: list[Place]) -> list[Place]:
        if len(first) == len(last) == 1 and len(first[0].steps) == len(last[0].steps) == 1:
            return [Place(number) for number in number_series(first[0].article, last[0].article)]
        return [*first, *last]

    def article_number(self, number: Token, letters: list[tuple[str, ...]] | None = None) -> list[Place]:
        article, *below = re.findall(r"[IVXLC]+|\d+(?:\s?[a-z]+)?", number)
        place = Place(_tidy(article), _tidy(below[0]) if below else "", tuple(below[1:]))
        return [replace(place, letters=(*place.letters, *steps)) for steps in letters] if letters else [place]

    def article_bracketed(self, number: Token, paragraphs: list[Place]) -> list[Place]:
        return [place.inside(Place(_tidy(number))) for place in paragraphs]

    def bracketed_list(self, *members: Any) -> list[Place]:
        return _run(members)

    def bracketed(self, number: Token, letters: list[tuple[str, ...]] | None = None) -> list[Place]:
        return self.paragraph(number, letters)

    def paragraphs(self, paragraphs: list[Place]) -> list[Place]:
        return paragraphs

    def paragraph_list(self, *members: Any) -> list[Place]:
        return _run(members)

    def paragraph(self, number: Token, letters: list[tuple[str, ...]] | None = None) -> list[Place]:
        first, *below = [_tidy(part) for part in number.strip("()[]").split(".")]
        return [Place(paragraph=first, letters=(*below, *steps)) for steps in letters or [()]]

    def lettered_paragraph(self, letters: list[tuple[str, ...]]) -> list[Place]:
        return [Place(paragraph=first, letters=tuple(rest)) for first, *rest in letters]

    def subparagraphs(self, letters: list[tuple[str, ...]]) -> list[Place]:
        return [Place(letters=steps) for steps in letters]

    def letters(self, *members: Any) -> list[tuple[str, ...]]:
        runs_on = [isinstance(before, Token) for before in (None, *members)]
        paths = [(run, path) for run, path in zip(runs_on, members, strict=False) if not isinstance(path, Token)]
        return list(spread_letters(paths))

    def letter_path(self, *letters: Token) -> tuple[str, ...]:
        return tuple(letter.strip("() \u00a0") for letter in letters)

    def divisions(self, word: Token, numbers: list[str], articles: list[Place] | None = None) -> list[Place]:
        places = [Place(division=(self.division_words[word.lower()], number)) for number in numbers]
        return [article.inside(places[-1]) for article in articles] if articles else places

    def division_numbers(self, *members: Token) -> list[str]:
        numbers: list[str] = []
        runs_on = False
        for member in members:
            if member.type == "TO_DIVISION":
                runs_on = True
                continue
            numbers.extend(number_series(numbers[-1], str(member))[1:] if runs_on else [str(member)])
            runs_on = False
        return numbers


def _tidy(number: str) -> str:
    """A number without brackets, with one space before an addition: "17 bis"."""
    return re.sub(r"(?<=\d)\s*(?=[a-z])", " ", number.strip("()[] "))


def _innermost(places: list[Place]) -> Unit:
    place = places[-1]
    if place.article:
        return Unit.ARTICLE
    if place.paragraph:
        return Unit.PARAGRAPH
    return Unit.SUBPARAGRAPH if place.letters else Unit.DIVISION


def _run(members: Iterable[Any]) -> list[Place]:
    """The paragraphs of a list written out, ranges and all: lists of places with a token between where a range runs."""
    places: list[Place] = []
    runs_on = False
    for member in members:
        if isinstance(member, Token):
            runs_on = member.type.startswith("TO_")
            continue
        first = member[0]
        if runs_on and places and not places[-1].letters and not first.letters:
            series = number_series(places[-1].paragraph, first.paragraph)
            places.extend(Place(paragraph=number) for number in series[1:])
        else:
            places.extend(member)
        runs_on = False
    return places
