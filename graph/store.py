"""The store: quads of all documents and of the reference data, in memory or on disk, written whole graphs at a time."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, Variable

from ..errors import StoreError
from ..ontology.terms import DEFAULT_BASE
from .folder import Folder, refusal
from .sparql import names_dataset, syntax_error
from .vocabulary import term

__all__ = ["Change", "Store"]

_PAUSES = (0.01, 0.02, 0.04, 0.08, 0.16)
"""Seconds to wait before a store is opened again that somebody was tidying."""

_OF_FILES = re.compile(r"Corruption|IO error|Invalid argument|Not implemented")
"""How Oxigraph begins an error of its files where it raises one without a kind of its own."""

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Change(StrEnum):
    """What writing a graph did to the store."""

    UNCHANGED = "unchanged"
    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"


class Store:
    """Named graphs, read by SPARQL and written whole.

    Every write is one transaction: after a run that was killed at any moment, the store holds all of a write or nothing
    of it. Each graph carries a digest of its statements, so that writing the same again costs no write.

    Examples
    --------
    >>> store = Store.memory()
    >>> graph, name = NamedNode("https://example.org/g"), NamedNode("https://example.org/name")
    >>> quads = [Quad(graph, name, Literal("a graph"), graph)]
    >>> store.put(graph, quads), store.put(graph, quads)
    (<Change.ADDED: 'added'>, <Change.UNCHANGED: 'unchanged'>)
    >>> [solution["name"].value for solution in store.query("SELECT ?name { ?graph <https://example.org/name> ?name }")]
    ['a graph']
    """

    def __init__(self, quads: ox.Store | None, base: str, folder: Folder | None, writable: bool) -> None:
        self._quads = quads
        self._folder = folder
        self._writable = writable
        self._unsaved = False
        self._closed = False
        self.base = base

    @classmethod
    def memory(cls, base: str = DEFAULT_BASE) -> Self:
        """An empty store in memory."""
        return cls(ox.Store(), base, None, True)

    @classmethod
    def open(cls, path: Path | str, base: str | None = None) -> Self:
        """The store at `path`, to read and write; only one program at a time can have it so.

        Where there is none, the first write makes it, with `base` or
        :data:`~travaux.ontology.terms.DEFAULT_BASE`. A store that exists keeps its base, and `base` must agree with it.

        Raises
        ------
        StoreError
            Where the path holds something else, a store of another format or another base, a damaged store, or one that
            another program is writing to.
        """
        folder = Folder(Path(path))
        described = folder.described()
        if described is None:
            return cls(None, base or DEFAULT_BASE, folder, True)
        if base is not None and base != described.base:
            what = f"the IRIs of this store begin with {described.base}, not with {base}"
            raise StoreError(what, where=str(path), remedy="name another folder with --store")
        return cls(_opened(folder, True), described.base, folder, True)

    @classmethod
    def read_only(cls, path: Path | str) -> Self:
        """The store at `path`, to read, beside others that read it and one that writes; it shows what was there then.

        Raises
        ------
        StoreError
            Where there is no store, or it cannot be read.
        """
        folder = Folder(Path(path))
        described = folder.described()
        if described is None:
            raise StoreError("there is no store here", where=str(path), remedy="make one with 'travaux build'")
        return cls(_opened(folder, False) or ox.Store(), described.base, folder, False)

    def in_memory(self) -> Store:
        """A copy of the store in memory, to read."""
        copied = ox.Store()
        if self._quads is not None:
            with _Reported(self._folder):
                copied.bulk_extend(self._quads)
        return Store(copied, self.base, None, False)

    @property
    def path(self) -> Path | None:
        """Where the store lies; nothing for one in memory."""
        return self._folder.path if self._folder else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return sum(1 for _ in self.quads())

    def close(self) -> None:
        """Let go of the files, once all that was written is safe on disk. A store in memory is gone."""
        if self._quads is not None and self._folder is not None and self._unsaved:
            with _Reported(self._folder):
                self._quads.flush()
        self._quads, self._unsaved, self._closed = None, False, True

    def graphs(self) -> tuple[NamedNode, ...]:
        """The names of the graphs that the store holds, sorted."""
        if self._quads is None:
            return ()
        with _Reported(self._folder):
            names = [name for name in self._quads.named_graphs() if isinstance(name, NamedNode)]
        return tuple(sorted(names, key=lambda name: name.value))

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """The quads of `graph`, or of all graphs, without the digests of the graphs; in no order."""
        if self._quads is None:
            return
        with _Reported(self._folder):
            for quad in self._quads.quads_for_pattern(None, None, None, graph):
                if quad.predicate != term("trv:graphDigest"):
                    yield quad

    def about(self, subject: NamedNode, graph: NamedNode | None = None) -> tuple[Quad, ...]:
        """What the store, or one graph of it, states of `subject`, sorted."""
        if self._quads is None:
            return ()
        with _Reported(self._folder):
            return tuple(sorted(self._quads.quads_for_pattern(subject, None, None, graph), key=str))

    def with_predicates(self, predicates: Iterable[NamedNode], graph: NamedNode) -> list[Quad]:
        """The quads of `graph` that have one of `predicates`, in no order."""
        if self._quads is None:
            return []
        with _Reported(self._folder):
            return [
                quad for predicate in predicates for quad in self._quads.quads_for_pattern(None, predicate, None, graph)
            ]

    def digest(self, graph: NamedNode) -> str | None:
        """The digest of the statements of `graph`; nothing where the store does not hold it."""
        if self._quads is None:
            return None
        with _Reported(self._folder):
            found = list(self._quads.quads_for_pattern(graph, term("trv:graphDigest"), None, graph))
        return found[0].object.value if found and isinstance(found[0].object, Literal) else None

    def put(self, graph: NamedNode, quads: Iterable[Quad]) -> Change:
        """Make `quads` the whole of `graph`: see :meth:`put_all`."""
        return self.put_all({graph: quads})[graph]

    def put_all(self, graphs: Mapping[NamedNode, Iterable[Quad]]) -> dict[NamedNode, Change]:
        """Make each graph hold exactly the quads given for it, all of them or, where anything fails, none.

        An empty graph is one that the store does not hold, so this removes graphs too.

        Raises
        ------
        StoreError
            Where the store cannot be written: no room, damaged, opened for reading only. It is then as it was before.
        ValueError
            If a quad stands in another graph than the one it is given for.
        """
        wanted: dict[NamedNode, list[Quad]] = {}
        changes: dict[NamedNode, Change] = {}
        for graph, quads in graphs.items():
            stated = list(dict.fromkeys(quads))
            for quad in stated:
                if quad.graph_name != graph:
                    raise ValueError(f"{quad} does not stand in the graph {graph}")
            digest, held = _digest(stated), self.digest(graph)
            if (digest if stated else None) == held:
                changes[graph] = Change.UNCHANGED
                continue
            changes[graph] = Change.ADDED if held is None else Change.REPLACED if stated else Change.REMOVED
            sealed = Quad(graph, term("trv:graphDigest"), Literal(digest), graph)
            wanted[graph] = [*stated, sealed] if stated else []
        if wanted:
            self._write(wanted)
        return changes

    def remove(self, graph: NamedNode) -> Change:
        """Remove `graph` whole."""
        return self.put(graph, ())

    def query(
        self,
        query: str,
        *,
        substitutions: Mapping[Variable, NamedNode | Literal] | None = None,
        dataset: tuple[Iterable[str], Iterable[str]] | None = None,
        where: str = "",
    ) -> Results:
        """The answer to `query`; one that names no dataset sees all named graphs as one.

        `substitutions` gives variables a value, as terms and not as text. `dataset` are the IRIs of the graphs that
        make the default graph, and of the named graphs; it counts before what the query names with FROM. `where` names
        the query in an error.

        Raises
        ------
        QueryError
            Where the query is not SPARQL.
        """
        bound: dict[Variable, NamedNode | BlankNode | Literal | Triple] | None
        bound = dict(substitutions) if substitutions else None
        quads = self._quads if self._quads is not None else ox.Store()
        with _Reported(self._folder):
            try:
                if dataset is None:
                    union = not names_dataset(query)
                    return quads.query(query, use_default_graph_as_union=union, substitutions=bound)
                default, named = ([NamedNode(graph) for graph in graphs] for graphs in dataset)
                return quads.query(query, default_graph=[*default], named_graphs=[*named], substitutions=bound)
            except SyntaxError as error:
                raise syntax_error(error, where) from None

    def _write(self, wanted: Mapping[NamedNode, list[Quad]]) -> None:
        if not self._writable:
            raise StoreError("the store was opened for reading only", where=str(self.path or ""))
        everything = [quad for quads in wanted.values() for quad in quads]
        if self._quads is None:
            if self._folder is None or self._closed:
                raise StoreError("the store is closed", where=str(self.path or ""), remedy="open it again")
            self._create(self._folder, everything)
            return
        new = [graph for graph in wanted if self.digest(graph) is None]
        with _Reported(self._folder):
            self._unsaved = True
            if len(new) == len(wanted):
                self._quads.extend(everything)
            else:
                self._quads.update(self._difference(self._quads, wanted))

    def _create(self, folder: Folder, quads: list[Quad]) -> None:
        """The first write: much faster than one into a store that exists, since nobody can see it before it is done."""

        def fill(path: Path) -> None:
            created = ox.Store(path)
            created.bulk_extend(quads)
            created.flush()

        if folder.quads.exists():
            raise StoreError("another program has just made a store here", where=str(folder.path), remedy="try again")
        folder.create(self.base, fill)
        self._quads = _opened(folder, True)

    @staticmethod
    def _difference(held: ox.Store, wanted: Mapping[NamedNode, list[Quad]]) -> str:
        """One SPARQL update, and so one transaction, that takes away what is no longer stated and adds what is new."""
        parts: list[str] = []
        for graph, quads in wanted.items():
            before, after = set(held.quads_for_pattern(None, None, None, graph)), set(quads)
            for verb, changed in (("DELETE", before - after), ("INSERT", after - before)):
                if changed:
                    statements = "".join(f"{quad.triple} .\n" for quad in changed)
                    parts.append(f"{verb} DATA {{ GRAPH {graph} {{\n{statements}}} }}")
            if not after:
                parts.append(f"DROP SILENT GRAPH {graph}")
        return " ;\n".join(parts)


class _Reported:
    """Turns what Oxigraph says of a fault of the files into the error that a user can act on."""

    def __init__(self, folder: Folder | None) -> None:
        self._path = folder.path if folder else Path()

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError) or (isinstance(error, RuntimeError) and _OF_FILES.match(str(error))):
            raise refusal(error, self._path) from error


def _opened(folder: Folder, writable: bool) -> ox.Store | None:
    """Oxigraph on the files of `folder`; nothing where the store has not been filled yet."""
    if not folder.quads.exists():
        return None
    with _Reported(folder):
        if not (folder.quads / "CURRENT").exists():
            raise OSError("corruption: no file CURRENT")
        return ox.Store(folder.quads) if writable else _reading(folder.quads)


def _reading(quads: Path) -> ox.Store:
    """Oxigraph on `quads`, to read.

    A program that writes may tidy its files away between our reading of their list and our opening of them. The list is
    then read again; a file that stays away is really lost.
    """
    for pause in _PAUSES:
        try:
            return ox.Store.read_only(str(quads))
        except (OSError, RuntimeError) as error:
            if "no such file" not in str(error).lower():
                raise
            time.sleep(pause)
    return ox.Store.read_only(str(quads))


def _digest(quads: list[Quad]) -> str:
    """The digest of the statements, whatever their order: of their sorted N-Triples."""
    triples: list[Triple] = [quad.triple for quad in quads]
    lines = ox.serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return f"sha256:{hashlib.sha256(b''.join(sorted(lines.splitlines(True)))).hexdigest()}"
