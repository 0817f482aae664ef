"""How words flow from the articles of treaties to the submissions that take them up, and where that is drawn.

Two columns: articles on the left, gathered by treaty, submissions on the right; between them a band for each pair, as
wide as there are words, in strips for how closely they follow the article.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..graph.store import Store
from .columns import Slot, settle
from .material import Row, records
from .palette import Role, hue_of, palette

__all__ = [
    "LEFT",
    "LETTERS",
    "LINE",
    "RIGHT",
    "THICK",
    "Article",
    "Band",
    "Draft",
    "Flow",
    "Head",
    "Portion",
    "Stop",
    "Strip",
    "flow_of",
    "portions",
]

LEFT, RIGHT, THICK = 318, 742, 12
"""Where the labels of the two columns begin, and how wide the marks are: pixels at the size at which it is legible."""
TOP = 26
HIGH = 820
"""How high all words together are, where the space between marks is left out."""
WIDEST = 2.0
"""No word is drawn wider than this, however few there are."""
THINNEST = 1.5
"""No band is drawn thinner than this, however few words it has."""
LINE, APART, ABOVE = 15, 5, 30
"""The height of a line of a label, what keeps two marks apart, and what keeps a treaty from the one above it."""
LETTERS = 42
"""How many letters of a label stand on one line."""


@dataclass(frozen=True, slots=True)
class Article:
    """The unit of a treaty that directly bears words that were taken up, with its `place` there; `name` as cited."""

    path: str
    name: str
    heading: str
    place: int
    instrument: str
    treaty: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A submission: its name, the document it stands in, who made it by path and name, and how many words it has."""

    path: str
    name: str
    symbol: str
    proponents: tuple[tuple[str, str], ...]
    words: int


@dataclass(frozen=True, slots=True)
class Portion:
    """What one provision takes from one unit of a treaty: how many words, and how closely (empty if not judged)."""

    provision: str
    label: str
    source: str
    source_label: str
    verdict: str
    words: int
    article: Article
    draft: Draft


@dataclass(frozen=True, slots=True)
class Stop:
    """A mark of a column: an article, the other articles of a treaty, or a submission.

    `lines` are its label, broken so that nothing of it is cut off; `articles` are those that it stands for.
    """

    key: str
    kind: str
    lines: tuple[str, ...]
    hue: Role
    instrument: str
    articles: tuple[Article, ...]
    words: int
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a treaty above its articles, in lines of which the first stands at `y`, with all its words."""

    instrument: str
    name: str
    lines: tuple[str, ...]
    hue: Role
    y: float
    words: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The words of one verdict in a band: where it begins on the left and on the right, and how high it is."""

    verdict: str
    words: int
    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """All words that go from one mark on the left to one submission."""

    key: str
    stop: str
    draft: Draft
    hue: Role
    portions: tuple[Portion, ...]
    strips: tuple[Strip, ...]

    @property
    def words(self) -> int:
        """How many words there are in it."""
        return sum(portion.words for portion in self.portions)


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole picture, `height` pixels high: `stops` on the left below their `heads`, `ends` on the right."""

    portions: tuple[Portion, ...]
    drafts: tuple[Draft, ...]
    stops: tuple[Stop, ...]
    ends: tuple[Stop, ...]
    heads: tuple[Head, ...]
    bands: tuple[Band, ...]
    height: float


def portions(store: Store) -> tuple[Portion, ...]:
    """The answer to ``queries/drawings/flow.rq``: each pair of provision and source once, however many proponents."""
    rows: dict[tuple[str, str], Row] = {}
    behind: dict[str, dict[str, str]] = {}
    for row in records(store, "flow"):
        rows.setdefault((str(row["provision"]), str(row["source"])), row)
        behind.setdefault(str(row["submission"]), {})[str(row["proponent"])] = str(row["proponentLabel"])
    found = []
    for (provision, source), row in rows.items():
        submission, treaty = str(row["submission"]), str(row["instrumentLabel"])
        article = Article(
            str(row["sourceArticle"]),
            str(row["sourceArticleLabel"]).removeprefix(treaty).strip(", "),
            str(row["heading"] or ""),
            _count(row, "place"),
            str(row["instrument"]),
            treaty,
        )
        name, symbol = str(row["submissionLabel"]), str(row["symbol"])
        draft = Draft(submission, name, symbol, tuple(behind[submission].items()), _count(row, "allWords"))
        verdict = str(row["verdict"] or "none")
        label, source_label = str(row["provisionLabel"]), str(row["sourceLabel"])
        found.append(Portion(provision, label, source, source_label, verdict, _count(row, "words"), article, draft))
    return tuple(found)


def _count(row: Row, key: str) -> int:
    value = row[key]
    return value if isinstance(value, int) else 0


def flow_of(found: Sequence[Portion], limit: int = 40) -> Flow:
    """Set `found` in columns, with at most `limit` marks on the left as far as there are no more treaties than that."""
    shown = _shown(found, limit)
    treaties = list(dict.fromkeys(portion.article.instrument for portion in found))
    drafts = {portion.draft.path: portion.draft for portion in found}
    treaties, order = _untangled(found, treaties, list(drafts))
    scale = min(WIDEST, HIGH / sum(portion.words for portion in found))
    pairs: dict[tuple[str, str], list[Portion]] = {}
    for portion in found:
        pairs.setdefault((_mark_of(portion.article, shown), portion.draft.path), []).append(portion)
    thick = {pair: max(THINNEST, sum(one.words for one in held) * scale) for pair, held in pairs.items()}
    stops, heads, y = _left(found, shown, treaties, thick)
    ends = _right(drafts, order, stops, thick, found)
    bands = _bands(pairs, thick, stops, ends, drafts)
    height = max(y, *(end.top + end.height + 2 * LINE for end in ends)) + 12
    return Flow(tuple(found), tuple(drafts[path] for path in order), stops, ends, heads, bands, round(height))


def _shown(found: Iterable[Portion], limit: int) -> frozenset[str]:
    """The articles that have a mark of their own: those with most words. A treaty never gathers one article alone."""
    words: Counter[Article] = Counter()
    for portion in found:
        words[portion.article] += portion.words
    ranked = sorted(words, key=lambda article: (-words[article], article.instrument, article.place, article.path))
    for many in range(len(ranked), -1, -1):
        gathered = Counter(article.instrument for article in ranked[many:])
        alone = [article for article in ranked[many:] if gathered[article.instrument] == 1]
        if many + len(gathered) <= limit or not many:
            return frozenset(article.path for article in (*ranked[:many], *alone))
    return frozenset()


def _mark_of(article: Article, shown: frozenset[str]) -> str:
    return article.path if article.path in shown else f"{article.instrument}#others"


def _untangled(found: Sequence[Portion], treaties: list[str], drafts: list[str]) -> tuple[list[str], list[str]]:
    """Both columns in an order in which few words cross: each by the mean place of what it is joined with, in turns."""
    joined: Counter[tuple[str, str]] = Counter()
    for portion in found:
        joined[portion.article.instrument, portion.draft.path] += portion.words

    def sort(one: list[str], other: list[str], side: int) -> list[str]:
        place = {key: number for number, key in enumerate(other)}
        weights = {key: {pair[1 - side]: n for pair, n in joined.items() if pair[side] == key} for key in one}
        means = {key: sum(place[k] * n for k, n in held.items()) / sum(held.values()) for key, held in weights.items()}
        return sorted(one, key=lambda key: (means[key], one.index(key)))

    for _ in range(4):
        drafts = sort(drafts, treaties, 1)
        treaties = sort(treaties, drafts, 0)
    return treaties, drafts


def _left(
    found: Sequence[Portion], shown: frozenset[str], treaties: Iterable[str], thick: Mapping[tuple[str, str], float]
) -> tuple[tuple[Stop, ...], tuple[Head, ...], float]:
    articles = sorted({portion.article for portion in found}, key=lambda one: (one.place, one.path))
    words: Counter[str] = Counter()
    for portion in found:
        words[_mark_of(portion.article, shown)] += portion.words
    stops: list[Stop] = []
    heads: list[Head] = []
    y = float(TOP)
    for treaty in treaties:
        own = [article for article in articles if article.instrument == treaty]
        marks: dict[str, list[Article]] = {}
        for article in sorted(own, key=lambda one: one.path not in shown):
            marks.setdefault(_mark_of(article, shown), []).append(article)
        lines = _lines(own[0].treaty, LETTERS - 4)
        heads.append(Head(treaty, own[0].treaty, lines, hue_of(treaty), y + ABOVE, sum(words[key] for key in marks)))
        y += ABOVE + LINE * len(lines) + 2 * APART
        for key, held in marks.items():
            kind = "article" if key in shown else "others"
            label = f"{held[0].name} {held[0].heading}" if key in shown else f"{len(held)} other articles"
            lines = _lines(label, LETTERS)
            height = sum(high for (mark, _), high in thick.items() if mark == key)
            room = max(height, LINE * len(lines)) + APART
            top = y + (room - height) / 2
            stops.append(Stop(key, kind, lines, hue_of(treaty), treaty, tuple(held), words[key], top, height))
            y += room
    return tuple(stops), tuple(heads), y


def _lines(label: str, letters: int) -> tuple[str, ...]:
    """`label` on lines of at most so many letters, with nothing cut off.

    >>> _lines("Mutual assistance in the real-time collection of data", 24)
    ('Mutual assistance in the', 'real-time collection of', 'data')
    """
    return tuple(textwrap.wrap(label, letters, break_on_hyphens=False)) or ("",)


def _right(
    drafts: Mapping[str, Draft],
    order: Iterable[str],
    stops: Iterable[Stop],
    thick: Mapping[tuple[str, str], float],
    found: Iterable[Portion],
) -> tuple[Stop, ...]:
    middles = {stop.key: stop.top + stop.height / 2 for stop in stops}
    words: Counter[str] = Counter()
    for portion in found:
        words[portion.draft.path] += portion.words
    several = len({draft.symbol for draft in drafts.values()}) > 1
    slots: list[Slot] = []
    sizes: dict[str, tuple[tuple[str, ...], float]] = {}
    for path in order:
        held = {mark: high for (mark, end), high in thick.items() if end == path}
        height = sum(held.values())
        draft = drafts[path]
        share = f"{words[path]:,} of {draft.words:,} words"
        symbol = _lines(draft.symbol, LETTERS - 12) if several else ()
        lines = (*_lines(draft.name, LETTERS - 12), *symbol, share)
        wish = sum(middles[mark] * high for mark, high in held.items()) / height
        slots.append(Slot(path, max(height, LINE * len(lines)) + 4 * APART, wish))
        sizes[path] = lines, height
    places = settle(sorted(slots, key=lambda slot: slot.wish), TOP)
    return tuple(
        Stop(
            path, "submission", sizes[path][0], "original", "", (), words[path], at - sizes[path][1] / 2, sizes[path][1]
        )
        for path, at in places.items()
    )


def _bands(
    pairs: Mapping[tuple[str, str], list[Portion]],
    thick: Mapping[tuple[str, str], float],
    stops: Sequence[Stop],
    ends: Sequence[Stop],
    drafts: Mapping[str, Draft],
) -> tuple[Band, ...]:
    """The bands, in the order of the left column: at each mark they stand as the marks at their other ends do."""
    left = {stop.key: stop.top for stop in stops}
    right = {end.key: end.top for end in ends}
    verdicts = list(palette().verdicts)
    bands: list[Band] = []
    for stop in stops:
        for end in ends:
            held = pairs.get((stop.key, end.key))
            if not held:
                continue
            counts: Counter[str] = Counter()
            for portion in held:
                counts[portion.verdict] += portion.words
            strips: list[Strip] = []
            unit = thick[stop.key, end.key] / sum(counts.values())
            for verdict in sorted(counts, key=verdicts.index):
                height = counts[verdict] * unit
                strips.append(Strip(verdict, counts[verdict], left[stop.key], right[end.key], height))
                left[stop.key] += height
                right[end.key] += height
            key = f"{stop.key} {end.key}"
            bands.append(Band(key, stop.key, drafts[end.key], stop.hue, tuple(held), tuple(strips)))
    return tuple(bands)
