"""A provision to walk from: its words, what holds it, what it cites, obliges and wants, and where it comes from.

Every answer here is that of a query in ``queries/views``.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property
from html import escape
from pathlib import Path

from pyoxigraph import NamedNode

from .graph.store import Store
from .ontology.terms import iri
from .queries.catalogue import Question, read_question, run
from .queries.results import Answer
from .remarks import Citation, Derivation, Evidence, Finding, Norm, Position, Remark, Thing, places
from .rows import shown
from .viz.collation import Collation, Omission, SourceTexts, collations

__all__ = ["Provision", "view"]

_VIEWS = Path(__file__).parent / "queries" / "views"


@cache
def view(name: str) -> Question:
    """The query behind a view, by the name of its file."""
    return read_question((_VIEWS / f"{name}.rq").read_text(encoding="utf-8"), name)


class Provision:
    """A unit of text, proposed or of a treaty; or the submission, treaty or document that holds it.

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
        """What directly holds it; None for a submission, a treaty or a document."""
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
            found[row["citation"]] = Citation(
                row["quote"], row["kind"], row["resolution"], targets, row["bare"] == "true"
            )
        return tuple(found.values())

    @cached_property
    def norms(self) -> tuple[Norm, ...]:
        """Whom it binds or allows, and how strongly, in the order of the text; empty for what is not operative.

        >>> import travaux
        >>> [(norm.bearer, norm.modality) for norm in travaux.build().provision("jamaica/extradition/3").norms]
        [('the requested State Party', 'may')]
        """
        return tuple(
            Norm(
                modality=row["modality"].rpartition("/")[2],
                label=row["name"],
                bearer=row["bearer"],
                as_printed=row["asPrinted"] or row["bearer"],
                quote=row["quote"],
                inherited_from=Thing(row["from"], row["fromLabel"]) if row["from"] else None,
            )
            for row in self._ask("norms")
        )

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """What its proponent says there that it wants, in the order of the text."""
        sources: dict[str, list[Thing]] = {}
        for row in self._ask("named-sources"):
            sources.setdefault(row["position"], []).append(Thing(row["source"], row["name"] or row["source"]))
        found: dict[str, Position] = {}
        for row in self._ask("positions"):
            known = found.get(row["position"])
            conditions = known.conditions if known else ()
            if row["condition"] and row["condition"] not in conditions:
                conditions += (row["condition"],)
            found[row["position"]] = Position(
                stance=row["stance"].rpartition("/")[2],
                label=row["name"],
                concept=Thing(row["concept"], row["conceptLabel"]) if row["concept"] else None,
                quote=row["quote"],
                conditions=conditions,
                sources=tuple(sources.get(row["position"], ())),
            )
        return tuple(found.values())

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What a careful editor would flag in its own words, in their order."""
        return tuple(
            Finding(
                kind=row["kind"].rpartition("/")[2],
                label=row["kindLabel"],
                severity=row["severity"],
                problem=row["problem"],
                suggestion=row["suggestion"],
                quote=row["quote"],
            )
            for row in self._ask("findings")
        )

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """What is said of which of its own words: of :attr:`text`, or of :attr:`heading` where it has no text.

        What is said of words that stand elsewhere, as of the chapeau of a list, is left out.

        >>> import travaux
        >>> paragraph = travaux.build().provision("jamaica/extradition/3")
        >>> [paragraph.text[said.start : said.end] for said in paragraph.remarks if said.what == "modality"]
        ['may']
        """
        words = self.text or self.heading
        place = places(words, self.evidence)
        found = []
        for row in self._ask("marks"):
            marked = range(int(row["start"]), int(row["end"]))
            # Where words run on behind a break, a mark ends with the white space between them.
            within = [place[at] for at in marked if at in place and not words[place[at]].isspace()]
            if within:
                found.append(Remark(row["what"], row["of"], min(within), max(within) + 1))
        return tuple(sorted(set(found), key=lambda said: (said.start, said.end, said.what, said.of)))

    @cached_property
    def tallies(self) -> dict[str, Counter[str]]:
        """How many there are of each ``stance``, ``modality`` and ``severity``, in it and in all that it holds."""
        counted: dict[str, Counter[str]] = {"stance": Counter(), "modality": Counter(), "severity": Counter()}
        for row in self._ask("tallies"):
            counted[row["what"]][row["of"]] = int(row["count"])
        return counted

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

    def collations(self, sources: SourceTexts | None = None) -> tuple[Collation, ...]:
        """The provision beside each source of its words, with the words of `sources` that are at hand."""
        rows = self._ask("changes")
        return (
            collations(self.path, self.text, places(self.text, self.evidence), rows, sources or SourceTexts())
            if rows
            else ()
        )

    @cached_property
    def omissions(self) -> tuple[Omission, ...]:
        """What it leaves out of the treaty article that it borrows from, in the order of the treaty."""
        return tuple(
            Omission(row["source"], row["name"] or row["source"], int(row["start"])) for row in self._ask("omissions")
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
        """The provision with what is said of it, its parts, sources and citations; every word of it is text."""
        lists = {
            "obliges and allows": [
                f"{escape(norm.label)}: {escape(norm.bearer)}{_because(norm)}"
                for norm in self.norms
                if norm.modality != "none"
            ],
            "positions": [
                f"{escape(position.label)}: {escape(position.concept.label if position.concept else self.label)}"
                f"{''.join(f' if <q>{escape(words)}</q>' for words in position.conditions)}"
                for position in self.positions
            ],
            "findings": [
                f"<strong>{escape(found.severity)}</strong> {escape(found.label)}: {escape(found.problem)} "
                f"<q>{escape(found.quote)}</q>"
                for found in self.findings
            ],
            "comes from": [
                f"{escape(found.basis)}: {escape(found.source.label)} <q>{escape(found.quote)}</q>"
                for found in self.derivations
            ],
            "holds": [f"{escape(part.label)}: {escape(part.text or part.heading)}" for part in self.children],
        }
        told = "".join(
            f"<p>{title}</p><ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>"
            for title, rows in lists.items()
            if rows
        )
        words = f"<blockquote>{escape(self.text)}</blockquote>" if self.text else ""
        return f'<div><p><strong><a href="{escape(self.iri)}">{escape(self.label)}</a></strong></p>{words}{told}</div>'

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


def _because(norm: Norm) -> str:
    return f", as said in {escape(norm.inherited_from.label)}" if norm.inherited_from else ""
