"""A provision to walk from: its words, what holds it, what it cites, where it comes from, and what shows it.

Every answer here is that of a query in ``queries/views``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from pathlib import Path

from pyoxigraph import NamedNode

from .graph.store import Store
from .ontology.terms import iri
from .queries.catalogue import Question, read_question, run
from .queries.results import Answer
from .rows import shown

__all__ = ["Citation", "Derivation", "Evidence", "Provision", "Thing", "view"]

_VIEWS = Path(__file__).parent / "queries" / "views"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with a path below the base, and what it is called."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What a provision cites: the words, and each thing they name."""

    quote: str
    kind: str
    resolution: str
    targets: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """One step of descent: `derived` comes from `source`, on the ground `basis`, as the words `quote` show.

    `verdict` is empty where the words of the source are not known.
    """

    derived: str
    source: Thing
    basis: str
    verdict: str
    quote: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The characters of a document that an assertion rests on: `positions` are pairs of start and end."""

    document: str
    symbol: str
    positions: tuple[tuple[int, int], ...]
    quote: str


@cache
def view(name: str) -> Question:
    """The query behind a view, by the name of its file."""
    return read_question((_VIEWS / f"{name}.rq").read_text(encoding="utf-8"), name)


class Provision:
    """A unit of text, proposed or of a treaty.

    Examples
    --------
    >>> import travaux
    >>> graph = travaux.build()
    >>> article = graph.provision("jamaica/extradition")
    >>> article.heading, article.kind, [holder.label for holder in article.proponents]
    ('Extradition', 'article', ['Caribbean Community', 'Jamaica'])
    """

    def __init__(self, store: Store, path: str) -> None:
        self._store = store
        self.path = path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Provision) and (self.path, self._store) == (other.path, other._store)

    def __hash__(self) -> int:
        return hash(self.path)

    def __repr__(self) -> str:
        return f"<Provision {self.path}>"

    @property
    def iri(self) -> str:
        """The IRI of the provision."""
        return iri(self.path, self._store.base)

    @cached_property
    def exists(self) -> bool:
        """Whether the graph holds it; what a document cites may not exist."""
        try:
            return bool(self._ask("provision"))
        except ValueError:
            return False

    @property
    def label(self) -> str:
        """What it is called when a person is told of it."""
        return self._facts["label"]

    @property
    def kind(self) -> str:
        """What sort of unit it is: ``article``, ``paragraph``, ``subparagraph``, ..."""
        return self._facts["class"]

    @property
    def number(self) -> str:
        """Its number without brackets; empty where it has none."""
        return self._facts["number"]

    @property
    def heading(self) -> str:
        """Its heading; empty where it has none."""
        return self._facts["heading"]

    @property
    def text(self) -> str:
        """Its own words, without those of the units below it."""
        return self._facts["text"]

    @property
    def parent(self) -> Provision | None:
        """What directly holds it; None for a submission or a treaty."""
        holder = self._facts["holder"]
        return Provision(self._store, holder) if holder else None

    @cached_property
    def children(self) -> tuple[Provision, ...]:
        """What it directly holds, in reading order."""
        return tuple(Provision(self._store, row["part"]) for row in self._ask("parts"))

    @cached_property
    def proponents(self) -> tuple[Thing, ...]:
        """Who proposes it: the submitters, and the groups spoken for. Empty for a provision of a treaty."""
        return tuple(Thing(row["proponent"], row["name"]) for row in self._ask("proponents"))

    @cached_property
    def concepts(self) -> tuple[Thing, ...]:
        """The subjects of cooperation that it concerns."""
        return tuple(Thing(row["concept"], row["name"]) for row in self._ask("concepts"))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """What it cites, in the order of the text."""
        found: dict[str, Citation] = {}
        for row in self._ask("citations"):
            known = found.get(row["citation"])
            targets = known.targets if known else ()
            if row["target"]:
                targets += (Thing(row["target"], row["name"] or row["target"]),)
            found[row["citation"]] = Citation(row["quote"], row["kind"], row["resolution"], targets)
        return tuple(found.values())

    @cached_property
    def derivations(self) -> tuple[Derivation, ...]:
        """Where it comes from, in one step."""
        return tuple(
            Derivation(
                self.path,
                Thing(row["source"], row["name"] or row["source"]),
                row["basis"],
                row["verdict"].removeprefix("verdict/"),
                row["quote"],
            )
            for row in self._ask("lineage")
        )

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The characters of the document that it stands in; empty for a provision of a treaty."""
        found: dict[tuple[str, str, str], tuple[tuple[int, int], ...]] = {}
        for row in self._ask("evidence"):
            key = (row["document"], row["symbol"], row["quote"])
            found[key] = (*found.get(key, ()), (int(row["start"]), int(row["end"])))
        return tuple(Evidence(key[0], key[1], positions, key[2]) for key, positions in found.items())

    @cached_property
    def lineage(self) -> tuple[Derivation, ...]:
        """Every step of descent, nearest first: its own sources, those of its parts, and then the sources of these.

        No step is told twice, so provisions that come from one another do not go round for ever.
        """
        waiting: list[Provision] = [self]
        seen, told = {self.path}, dict[Derivation, None]()
        while waiting:
            provision = waiting.pop(0)
            sources = [Provision(self._store, derivation.source.path) for derivation in provision.derivations]
            told.update(dict.fromkeys(provision.derivations))
            # Below a source only the source itself matters: its parts have descendants of their own.
            parts = provision.children if provision.path.startswith(self.path) else ()
            for further in (*parts, *sources):
                if further.path not in seen:
                    seen.add(further.path)
                    waiting.append(further)
        return tuple(told)

    def _repr_html_(self) -> str:
        """The provision with its parts, sources and citations; every word of it is text."""
        sources = "".join(
            f"<li>{escape(found.basis)}: {escape(found.source.label)} <q>{escape(found.quote)}</q></li>"
            for found in self.derivations
        )
        parts = "".join(f"<li>{escape(part.label)}: {escape(part.text or part.heading)}</li>" for part in self.children)
        lists = "".join(
            f"<p>{title}</p><ul>{items}</ul>" for title, items in (("comes from", sources), ("holds", parts)) if items
        )
        words = f"<blockquote>{escape(self.text)}</blockquote>" if self.text else ""
        return f'<div><p><strong><a href="{escape(self.iri)}">{escape(self.label)}</a></strong></p>{words}{lists}</div>'

    @cached_property
    def _facts(self) -> dict[str, str]:
        known = next(iter(self._ask("provision")), {})
        facts = {key: known.get(key, "") for key in ("label", "class", "number", "heading", "text", "holder")}
        # What a document cites and no table holds is known by its path alone.
        facts["label"] = facts["label"] or self.path
        facts["class"] = facts["class"].rpartition("#")[2].lower()
        return facts

    def _ask(self, name: str) -> list[dict[str, str]]:
        answer: Answer = run(self._store, view(name), {"provision": NamedNode(self.iri)})
        return [
            {column: shown(term, self._store.base) for column, term in zip(answer.columns, row, strict=True)}
            for row in answer.rows
        ]
