"""A submission as something to be cited: which provision is where, and under which heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..ontology.citing import CitationWording
from .records import Kind, Provision
from .titles import Title, Titles, stems

__all__ = ["Draft"]

_MARGIN = 0.1
"""How much more like a subject another heading must be than an article's, to be taken for the article meant."""
_BELOW_ARTICLES = frozenset({Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.ITEM, Kind.STATEMENT})


def _plain(number: str) -> str:
    """A number as it is compared: "2 bis" is "2bis"."""
    return number.replace(" ", "").casefold()


@dataclass(slots=True)
class Draft:
    """The provisions of one submission, for looking them up."""

    provisions: Sequence[Provision]
    wording: CitationWording
    titles: Titles = field(init=False)
    _provisions: dict[str, Provision] = field(init=False)
    _children: dict[tuple[str, str], Provision] = field(init=False)
    _below: dict[str, list[Provision]] = field(init=False)

    def __post_init__(self) -> None:
        self._provisions = {provision.path: provision for provision in self.provisions}
        self._children = {}
        self._below = {}
        for provision in self.provisions:
            self._below.setdefault(provision.parent, []).append(provision)
            if provision.number:
                self._children.setdefault((provision.parent, _plain(provision.number)), provision)
                outer = self._provisions.get(provision.parent)
                if outer and provision.number.startswith(f"{outer.number}."):  # paragraph 1 of article 2, printed "2.1"
                    inner = provision.number.removeprefix(f"{outer.number}.")
                    self._children.setdefault((provision.parent, _plain(inner)), provision)
        empty = frozenset(self.wording.titles.empty)
        frequencies = Counter(stem for provision in self.provisions for stem in stems(provision.passage.words, empty))
        headed = (provision for provision in self.provisions if provision.heading)
        self.titles = Titles(
            tuple(Title(provision.path, provision.kind, provision.heading) for provision in headed),
            empty,
            frequencies,
            len(self.provisions),
        )

    def lineage(self, provision: Provision) -> Iterator[Provision]:
        """The provision, what holds it, and so on outwards."""
        current: Provision | None = provision
        while current is not None:
            yield current
            current = self._provisions.get(current.parent)

    def article(self, provision: Provision) -> Provision | None:
        """The article that the provision is or stands in."""
        return self.enclosing(provision, (Kind.ARTICLE,))

    def enclosing(self, provision: Provision, kinds: Sequence[Kind]) -> Provision | None:
        """The nearest unit around the provision, itself included, of the first of the `kinds` that there is."""
        for kind in kinds:
            for outer in self.lineage(provision):
                if outer.kind is kind:
                    return outer
        return None

    def neighbour(self, provision: Provision, step: int) -> Provision | None:
        """The unit `step` places after the provision (before it, if negative) among those of its kind beside it."""
        beside = [other for other in self._below[provision.parent] if other.kind is provision.kind]
        place = beside.index(provision) + step
        return beside[place] if 0 <= place < len(beside) else None

    def descend(self, path: str, steps: Iterable[str]) -> tuple[str, bool]:
        """The path from `path` down the numbers `steps`, and whether each step is there."""
        there = True
        for step in steps:
            child = self._children.get((path, _plain(step))) if there else None
            there = child is not None
            path = child.path if child is not None else f"{path}/{step.replace(' ', '-')}"
        return path, there

    def upward(self, provision: Provision, steps: Sequence[str]) -> tuple[str, bool]:
        """The path of the unit with the number of the first step, nearest around the provision, and on down the others.

        "Paragraph 2" is the paragraph of the article, but under a subheading of the article it is the one there.
        """
        article = self.article(provision)
        kinds = _BELOW_ARTICLES
        for outer in self.lineage(provision):
            child = self._children.get((outer.path, _plain(steps[0])))
            if child is not None and child.kind in kinds:
                return self.descend(outer.path, steps)
            if outer is article:
                break
        base = article or next(iter(reversed(tuple(self.lineage(provision)))))
        return self.descend(base.path, steps)[0], False

    def numbered_article(self, number: str) -> Provision | None:
        """The article with that number, wherever it stands."""
        articles = (entry for entry in self._provisions.values() if entry.kind is Kind.ARTICLE)
        return next((entry for entry in articles if _plain(entry.number) == _plain(number)), None)

    def division(self, word: str, number: str, around: Provision | None = None) -> Provision | None:
        """The chapter, section or the like with that number, in the division `around` it where one is given."""
        for kind in self.division_kinds(word):
            for entry in self._provisions.values():
                if entry.kind is not kind or not entry.number or _plain(entry.number) != _plain(number):
                    continue
                if around is None or any(outer is around for outer in self.lineage(entry)):
                    return entry
        return None

    def division_kinds(self, word: str) -> tuple[Kind, ...]:
        """The kinds of unit that a word for a division may mean, the likeliest first."""
        for division in self.wording.units.divisions:
            if word in (division.word.lower(), division.plural.lower()):
                return tuple(Kind(kind) for kind in division.kinds)
        return ()

    def meant(self, topic: str, word: str, provision: Provision) -> list[str]:
        """The paths of the units whose headings a subject means; several for "articles on one thing and another"."""
        whole = self._best(topic, word, provision)
        if not word.endswith("s") or (whole is not None and whole[1] > 1 - _MARGIN):
            return [whole[0]] if whole else []
        best, parts = whole[1] if whole else 0.0, [whole[0]] if whole else []
        pieces = topic.split(" and ")
        for cut in range(1, len(pieces)):
            halves = (" and ".join(pieces[:cut]), " and ".join(pieces[cut:]))
            found = [half for half in (self._best(half, word, provision) for half in halves) if half is not None]
            score = sum(half[1] for half in found) / 2 if len(found) == 2 else 0.0
            if len(found) == 1 and whole is None:
                score = found[0][1] / 2
            if score > best:
                best, parts = score, [half[0] for half in found]
        return list(dict.fromkeys(parts))

    def _best(self, topic: str, word: str, provision: Provision) -> tuple[str, float] | None:
        similar = self.wording.titles.similar
        divisions = self.division_kinds(word)
        if divisions:
            found = self.titles.meant_by(topic, divisions, similar)
            if found is None and word.startswith("section"):
                found = self.titles.meant_by(topic, (Kind.ARTICLE,), similar)
            return (found[0].path, found[1]) if found else None
        article = self.titles.meant_by(topic, (Kind.ARTICLE,), similar)
        other = self.titles.meant_by(topic, frozenset(Kind) - {Kind.ARTICLE}, similar)
        own = self.article(provision)
        if article and own and word and article[0].path == own.path:
            article = None
        if other and (article is None or other[1] > article[1] + _MARGIN):
            return other[0].path, other[1]
        return (article[0].path, article[1]) if article else None
