"""Recognises what stands for a provision that has no number yet: "[article on extradition]", "article [x]".

A subject names it, in square brackets or after a phrase that cites. Bracketed open text and blanks for dates and places
are told apart: they do not follow such a phrase, or they are sentences.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..ontology.citing import CitationWording, any_of
from .citation_grammar import CitationGrammar
from .mentions import Mention, Place, Scope
from .names import Marked
from .records import CitationKind
from .titles import Titles

__all__ = ["Placeholders"]

_CUE_REACH = 60
"""How far before a placeholder a citing phrase is looked for, in characters."""


class Placeholders:
    """The patterns of placeholders, compiled once."""

    def __init__(self, wording: CitationWording, grammar: CitationGrammar, treaty_titles: Titles) -> None:
        units, stand_ins = wording.units, wording.placeholders
        printed = {word.lower(): "article" for word in units.article}
        printed |= {word.lower(): "articles" for word in units.articles}
        for division in units.divisions:
            printed |= {word.lower(): word.lower() for word in (division.word, division.plural)}
        self.words = printed
        self.wording, self.grammar, self.treaty_titles = wording, grammar, treaty_titles
        self.longest = stand_ins.longest
        unit = rf"(?P<unit>(?i:{any_of(tuple(printed))}))(?!\w)"
        blank = rf"(?:{'|'.join(stand_ins.blanks)})"
        link = rf"(?i:{any_of(stand_ins.links)})(?!\w)"
        noun = rf"(?i:{any_of(wording.own.nouns)})(?!\w)"
        self.opening = re.compile(rf"\s*(?i:the\s+)?{unit}\s*(?P<blank>{blank})?\s*")
        self.subject = re.compile(rf"[\s,]*(?:{link})\s+(?P<topic>.+?)[\s,;]*$", re.DOTALL)
        self.places_after = re.compile(rf",\s*(?=(?i:{any_of((*units.paragraph, *units.paragraphs))})\s*\d)")
        self.unit_blank = re.compile(rf"{unit}[ \t]*{blank}")
        self.unit_link = re.compile(rf"{unit}\s+{link}\s+")
        self.bracketed_link = re.compile(rf"{unit}\s*\[\s*{link}\s+(?P<topic>[^\[\]]{{3,{self.longest}}})\]")
        self.of_own = re.compile(rf"\s*of\s+(?i:this|the present)\s+{noun}")
        self.after_cue = re.compile(
            rf"(?<!\w)(?i:{any_of(wording.cues.phrases)})\s+(?i:(?:the|relevant|corresponding|provisions\s+of)\s+)*$"
        )
        self.open_text = re.compile(rf"(?<!\w)(?i:{any_of(stand_ins.open_text)})(?!\w)")
        self.ends = re.compile(rf"(?i:{any_of(stand_ins.ends)})(?!\w)")
        self.restarts = re.compile(rf"\s*(?i:{any_of(stand_ins.restarts)})(?!\w)")
        self.runs_on = re.compile(
            r"\s*(?:(?:and|or)\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,5}?\s*(?:,|\s(?:and|or)\s)|\s*(?:and|or)\s+\w"
        )
        self.step = re.compile(r"[\w’'/–-]+|[^\w\s]")

    def cited(self, words: str, start: int) -> bool:
        """Whether a phrase that cites stands right before `start`."""
        return self.after_cue.search(words[max(0, start - _CUE_REACH) : start]) is not None

    # ---- in brackets

    def in_square(self, words: str, start: int, end: int, titles: Titles | None) -> Mention | None:
        """The brackets from `start` to `end` as a placeholder, or nothing."""
        if end - start > self.longest or self.open_text.search(words, start, end):
            return None
        inner = words[start + 1 : end - 1]
        opening = self.opening.match(inner)
        if opening:
            mention = self._opened(inner, opening, start, end)
            if mention is not None:
                return mention
            if not inner[opening.end() :].strip() and (self.cited(words, start) or self.of_own.match(words, end)):
                return self._mention(start, end, self._unit(opening), ())
        if not self.cited(words, start):
            return None
        topic = " ".join(inner.split())
        if not re.match(r"[^\W\d]", topic) or re.match(r"(?i:this|the present)\b", topic):
            return None
        if self.of_own.match(words, end) or self._is_title(topic, titles):
            return self._mention(start, end, "", (topic,))
        return None

    def _opened(self, inner: str, opening: re.Match[str], start: int, end: int) -> Mention | None:
        """Brackets that begin with a unit: with nothing else, a blank, places or a subject."""
        word, rest = self._unit(opening), inner[opening.end() :]
        places: tuple[Place, ...] = ()
        blank = opening["blank"] is not None
        if blank:
            at = len(rest) - len(rest.lstrip(" ,"))
            named = self.grammar.read(Marked(rest, rest, {}), at)
            if named is not None and named.scope is Scope.OPEN and not any(place.article for place in named.places):
                places, rest = named.places, rest[named.end :]
        if not rest.strip(" ,;"):
            return self._mention(start, end, word, (), places) if blank else None
        subject = self.subject.match(rest)
        if subject is None:
            return self._mention(start, end, word, (), places) if blank else None
        topic = subject["topic"]
        after = self.places_after.search(topic)
        if after is not None and not places:
            named = self.grammar.read(Marked(topic, topic, {}), after.end())
            if named is not None and named.end == len(topic):
                places, topic = named.places, topic[: after.start()]
        return self._mention(start, end, word, _topics(topic), places)

    def in_round(self, words: str, start: int, end: int) -> Mention | None:
        """Round brackets, as in "in accordance with (chapter on asset recovery) of this Convention"."""
        if end - start > self.longest:
            return None
        inner = words[start + 1 : end - 1]
        opening = self.opening.match(inner)
        if opening is None or self.open_text.search(inner):
            return None
        if not (self.cited(words, start) or self.of_own.match(words, end)):
            return None
        return self._opened(inner, opening, start, end)

    # ---- without brackets around the whole

    def at_unit(self, words: str, start: int) -> Mention | None:
        """A unit without a number at `start`: "article [x]", "the article on extradition" after a phrase that cites."""
        if match := self.bracketed_link.match(words, start):
            return self._mention(start, match.end(), self._unit(match), _topics(match["topic"]))
        if match := self.unit_blank.match(words, start):
            return self._mention(start, match.end(), self._unit(match), ())
        match = self.unit_link.match(words, start)
        if match is None:
            return None
        end = self._subject_end(words, match.end())
        if end <= match.end() or not (self.cited(words, start) or self.of_own.match(words, end)):
            return None
        return self._mention(start, end, self._unit(match), _topics(words[match.end() : end]))

    def at_title(self, words: str, start: int, titles: Titles | None) -> Mention | None:
        """A title alone after a phrase that cites: "pursuant to expedited disclosure of preserved traffic data"."""
        limits = self.wording.titles
        ends = [self.treaty_titles.standing_at(words, start, limits.treaty_words)]
        if titles is not None:
            ends.append(titles.standing_at(words, start, limits.own_words))
        end = max((end for end in ends if end is not None), default=None)
        if end is None or not self.cited(words, start):
            return None
        return self._mention(start, end, "", (words[start:end],))

    def _is_title(self, topic: str, titles: Titles | None) -> bool:
        known = (self.treaty_titles, titles) if titles else (self.treaty_titles,)
        return any(one.standing_at(topic, 0, 2) == len(topic) for one in known)

    def _unit(self, match: re.Match[str]) -> str:
        return self.words[" ".join(match["unit"].lower().split())]

    def _subject_end(self, words: str, start: int) -> int:
        """Where the subject ends that begins at `start`: before a verb, a clause, a new phrase, or a full stop."""
        end = start
        for match in self.step.finditer(words, start, start + self.longest):
            sign = match.group()
            if sign == ",":
                after = match.end()
                if self.restarts.match(words, after) or not self._lists(words, after):
                    break
            elif not (sign[0].isalnum() or sign in "–-’'\"“”&") or self.ends.match(words, match.start()):
                break
            else:
                end = match.end()
        return start + len(re.sub(r"(?:\s|,|\b(?:and|or)$)+$", "", words[start:end]))

    def _lists(self, words: str, after_comma: int) -> bool:
        """Whether after the comma a list goes on: a few words, then a comma or an "and"."""
        start = after_comma + len(words[after_comma : after_comma + 1]) * words.startswith(" ", after_comma)
        return self.runs_on.match(words, after_comma) is not None and not self.ends.match(words, start)

    def _mention(
        self, start: int, end: int, word: str, topics: tuple[str, ...], places: tuple[Place, ...] = ()
    ) -> Mention:
        mention = Mention(start, end, CitationKind.PLACEHOLDER, Scope.OPEN, places, word=word, topics=topics)
        return replace(mention, blank=not topics)


def _topics(subject: str) -> tuple[str, ...]:
    """The subjects in a list with semicolons.

    >>> _topics("training; other measures: development; and prevention")
    ('training', 'other measures: development', 'prevention')
    """
    parts = (re.sub(r"^(?:and|or)\s+", "", " ".join(part.split())) for part in subject.split(";"))
    return tuple(part.strip(" ,") for part in parts if part.strip(" ,"))
