"""What the pictures are made of: the answers to the queries in ``queries/drawings``, as records.

Nothing else in this package reads the graph, so a picture shows only what a reader can ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..graph.store import Store
from ..queries import catalogue
from ..queries.catalogue import read_question, run
from .palette import Role, hue_of

__all__ = [
    "Concept",
    "Material",
    "Membership",
    "Proponent",
    "Provision",
    "Row",
    "Source",
    "Submission",
    "Treaty",
    "gather",
    "records",
    "sheet",
]

FOLDER = Path(catalogue.__file__).parent / "drawings"

Row = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Proponent:
    """Who stands behind a submission; `spoken_for` where others made it in its name."""

    path: str
    name: str
    spoken_for: bool


@dataclass(frozen=True, slots=True)
class Submission:
    """What one proponent, or several, submitted; `symbol` and `title` are those of the document it stands in."""

    path: str
    document: str
    symbol: str
    title: str
    genre: str
    issued: str
    proponents: tuple[Proponent, ...]

    @property
    def speakers(self) -> tuple[Proponent, ...]:
        """Who made it."""
        return tuple(one for one in self.proponents if not one.spoken_for)

    @property
    def groups(self) -> tuple[Proponent, ...]:
        """In whose name it was made besides."""
        return tuple(one for one in self.proponents if one.spoken_for)

    @property
    def speaker(self) -> str:
        """Who made it, in words."""
        return " and ".join(one.name for one in self.speakers)


@dataclass(frozen=True, slots=True)
class Source:
    """Something that a provision draws on or names.

    `basis` is that of the derivation, and empty where the provision only names it; `exists` is false of an article that
    the treaty does not have. `article` is the unit of the treaty
    that directly bears it, empty for a whole instrument and for what no treaty has; `instrument` is a resolution's own
    path where it is one.
    """

    path: str
    label: str
    basis: str
    article: str
    instrument: str
    exists: bool

    @property
    def hue(self) -> Role:
        """The hue of its instrument."""
        return hue_of(self.path)


@dataclass(frozen=True, slots=True)
class Provision:
    """A proposed provision: `unit` is the path of the article or heading that it is drawn under, or of its submission.

    `start` and `end` are the first and the last character of `quote` in the document; several stretches of a provision
    that a page break cuts lie between them. `above` is the source that the nearest heading or chapeau above names.
    """

    path: str
    label: str
    parent: str
    submission: str
    unit: str
    heading: str
    division: bool
    article: bool
    worded: bool
    by_reference: bool
    quote: str
    start: int
    end: int
    sources: tuple[Source, ...]
    concepts: tuple[str, ...]
    above: Source | None

    @property
    def source(self) -> Source | None:
        """What the provision itself names as the source of its words; the first where it names several."""
        return next((source for source in self.sources if source.basis), None)

    @property
    def hue(self) -> Role:
        """The hue of its source, or of the one named above it; that of original words where none is named."""
        source = self.source or self.above
        return source.hue if source else "original"

    @property
    def speaks(self) -> bool:
        """Whether it has words of its own or points at others, and does not only hold what stands below it."""
        return self.worded or self.by_reference or bool(self.sources)


@dataclass(frozen=True, slots=True)
class Treaty:
    """An instrument or a resolution that proposals name."""

    path: str
    name: str
    title: str
    resolution: bool = False


@dataclass(frozen=True, slots=True)
class TreatyArticle:
    """An article of an instrument, or its preamble: its `number` as it is cited ("art. 18"), its `order` there."""

    path: str
    instrument: str
    number: str
    title: str
    order: int
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A subject of cooperation; `broader` are the paths of the wider ones directly above it."""

    path: str
    name: str
    definition: str
    broader: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """A member that a group had on the day on which `submission` was made in its name."""

    submission: str
    group: str
    member: str
    name: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a picture can show, each by its path below the base, in the order of the documents."""

    base: str
    submissions: Mapping[str, Submission]
    provisions: Mapping[str, Provision]
    treaties: Mapping[str, Treaty]
    articles: Mapping[str, TreatyArticle]
    concepts: Mapping[str, Concept]
    memberships: tuple[Membership, ...]

    @property
    def documents(self) -> tuple[Submission, ...]:
        """One submission of each document, for its symbol and title."""
        return tuple({submission.document: submission for submission in self.submissions.values()}.values())


def sheet(name: str) -> tuple[str, str]:
    """The title and the text of a query in ``queries/drawings``, or of a question of the catalogue.

    >>> sheet("concepts")[0]
    'Which concepts of cooperation are there?'
    """
    file = FOLDER / f"{name}.rq"
    asked = read_question(file.read_text(encoding="utf-8"), name) if file.exists() else catalogue.question(name)
    return asked.title, asked.text


def records(store: Store, name: str) -> Iterator[Row]:
    """The rows of the answer to a query in ``queries/drawings`` or of the catalogue, IRIs below the base as paths."""
    file = FOLDER / f"{name}.rq"
    asked = read_question(file.read_text(encoding="utf-8"), name) if file.exists() else catalogue.question(name)
    for row in run(store, asked).records():
        yield {key: value.removeprefix(store.base) if isinstance(value, str) else value for key, value in row.items()}


def gather(store: Store) -> Material:
    """Ask the store everything that the pictures show."""
    submissions = _submissions(store)
    concerns: dict[str, list[str]] = {}
    for row in records(store, "subjects"):
        concerns.setdefault(_text(row, "provision"), []).append(_text(row, "concept"))
    sources, articles = _sources(store, concerns)
    provisions = _provisions(store, submissions, sources, concerns)
    treaties = {
        _text(row, "instrument"): Treaty(
            _text(row, "instrument"),
            _text(row, "name"),
            _text(row, "title"),
            resolution=_text(row, "class").endswith("Resolution"),
        )
        for row in records(store, "instruments")
    }
    memberships = tuple(
        Membership(_text(row, "submission"), _text(row, "group"), _text(row, "member"), _text(row, "memberLabel"))
        for row in records(store, "spoken-for")
    )
    return Material(store.base, submissions, provisions, treaties, articles, _concepts(store), memberships)


def _text(row: Row, key: str) -> str:
    value = row[key]
    return "" if value is None else str(value)


def _count(row: Row, key: str) -> int:
    value = row[key]
    return value if isinstance(value, int) else 0


def _submissions(store: Store) -> dict[str, Submission]:
    found: dict[str, Submission] = {}
    for row in records(store, "submissions"):
        path = _text(row, "submission")
        behind = Proponent(_text(row, "proponent"), _text(row, "name"), row["role"] == "spoken for")
        before = found[path].proponents if path in found else ()
        found[path] = Submission(
            path,
            _text(row, "document"),
            _text(row, "symbol"),
            _text(row, "title"),
            _text(row, "genre"),
            _text(row, "issued"),
            (*before, behind),
        )
    return found


def _sources(
    store: Store, concerns: Mapping[str, list[str]]
) -> tuple[dict[str, tuple[Source, ...]], dict[str, TreatyArticle]]:
    """What each provision draws on or names, and the articles of the treaties concerned."""
    sources: dict[str, tuple[Source, ...]] = {}
    articles: dict[str, TreatyArticle] = {}
    for row in records(store, "sources"):
        path, article = _text(row, "target"), _text(row, "article")
        instrument = _text(row, "instrument") or _instrument(path)
        basis = _text(row, "relation").replace("names", "")
        exists = bool(_text(row, "instrument")) or path.startswith("resolution/")
        source = Source(path, _text(row, "label") or path, basis, article, instrument, exists)
        provision = _text(row, "provision")
        sources[provision] = (*sources.get(provision, ()), source)
        if article:
            label = _text(row, "articleLabel").removeprefix(_text(row, "instrumentLabel")).strip(", ")
            articles[article] = TreatyArticle(
                article,
                instrument,
                label,
                _text(row, "heading"),
                _count(row, "order"),
                tuple(concerns.get(article, ())),
            )
    return sources, articles


def _instrument(path: str) -> str:
    """The instrument that the thing cited at `path` would be part of, or the resolution that it is, by its name alone.

    >>> _instrument("instrument/budapest/32/3/a"), _instrument("resolution/ga/74/247")
    ('instrument/budapest', 'resolution/ga/74/247')
    """
    return "/".join(path.split("/")[:2]) if path.startswith("instrument/") else path


def _provisions(
    store: Store,
    submissions: Mapping[str, Submission],
    sources: Mapping[str, tuple[Source, ...]],
    concerns: Mapping[str, list[str]],
) -> dict[str, Provision]:
    found: dict[str, Provision] = {}
    for row in records(store, "provisions"):
        path, parent = _text(row, "provision"), _text(row, "parent")
        division, article = (_text(row, "class").endswith(name) for name in ("Division", "Article"))
        above = found.get(parent)
        within_article = above is not None and above.unit in found and found[above.unit].article
        # A heading inside an article belongs to the article. Outside one, the nearest heading gathers what it holds,
        # and the submission what stands before its first heading.
        unit = path if article or (division and not within_article) else above.unit if above else parent
        found[path] = Provision(
            path,
            _text(row, "label"),
            parent,
            above.submission if above else parent,
            unit,
            _text(row, "heading"),
            division,
            article,
            row["worded"] is True,
            row["byReference"] is True,
            _text(row, "quote"),
            _count(row, "start"),
            _count(row, "end"),
            sources.get(path, ()),
            tuple(concerns.get(path, ())),
            (above.source or above.above) if above else None,
        )
    return {path: provision for path, provision in found.items() if provision.submission in submissions}


def _concepts(store: Store) -> dict[str, Concept]:
    found: dict[str, Concept] = {}
    for row in records(store, "concepts"):
        path, broader = _text(row, "concept"), _text(row, "broader")
        before = found[path].broader if path in found else ()
        wider = (*before, broader) if broader else before
        found[path] = Concept(path, _text(row, "name"), _text(row, "definition"), wider)
    return found
