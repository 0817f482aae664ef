"""The graph in Python: build or open one, ask it, walk its provisions, take it elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pyoxigraph import NamedNode, RdfFormat, serialize

from .graph.store import Change, Store
from .ontology.terms import DEFAULT_BASE
from .provisions import Provision, view
from .queries.catalogue import run
from .queries.names import resolve
from .queries.tokens import Term
from .rows import Rows

if TYPE_CHECKING:
    import networkx
    import rdflib

    from .ingest.manifest import CorpusDocument
    from .ingest.records import Provision as ProvisionRecord
    from .ontology.reference import Reference

__all__ = ["SHIPPED_CORPUS", "DocumentFacts", "Graph", "Provision", "Rows", "build", "open", "treaty_texts"]

SHIPPED_CORPUS = Path(__file__).parent / "corpus"
"""The documents that come with Travaux."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document that a graph holds, with the number of its submissions and provisions."""

    path: str
    symbol: str
    title: str
    session: str
    issued: date | None
    language: str
    submissions: int
    provisions: int


def build(
    corpus: str | Path | None = None,
    store: str | Path | None = None,
    *,
    base: str | None = None,
    library: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
    remarks: Callable[[str], None] | None = None,
) -> Graph:
    """Build a graph from a corpus.

    Parameters
    ----------
    corpus
        A folder with a manifest, or a folder of such folders; the documents that come with Travaux by default.
    store
        The folder to keep the graph in; in memory by default. Documents that it holds already are replaced.
    base
        What the IRIs of the data begin with.
    library
        The folder of the treaties whose words are at hand; one in the user's data by default. Where it holds all that
        the shipped lineage was made from, lineage is computed anew.
    progress
        Told of each document that is read, and of the writing.
    remarks
        Told where the lineage of each document is from.

    Raises
    ------
    TravauxError
        Where the corpus cannot be read or the store cannot be written; the store is then as it was before.

    Examples
    --------
    >>> import travaux
    >>> graph = travaux.build()
    >>> graph.documents[0].symbol, graph.documents[0].submissions
    ('V.22-10828', 4)
    """
    from .ingest.manifest import load_corpus

    documents = load_corpus(Path(corpus) if corpus is not None else SHIPPED_CORPUS)
    graph = Graph(Store.open(store, base) if store is not None else Store.memory(base or DEFAULT_BASE))
    try:
        graph.add(documents, library=library, progress=progress, remarks=remarks)
    except BaseException:
        graph.close()
        raise
    return graph


def open(path: str | Path, *, writable: bool = False) -> Graph:  # noqa: A001
    """Open the graph kept at `path`.

    Parameters
    ----------
    path
        The folder of a store.
    writable
        Whether documents will be added. Only one program at a time can have a store so.

    Raises
    ------
    StoreError
        Where there is no store, or it cannot be read.

    Examples
    --------
    >>> import tempfile, travaux
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     travaux.build(store=f"{folder}/store").close()
    ...     with travaux.open(f"{folder}/store") as graph:
    ...         len(graph.documents)
    1
    """
    return Graph(Store.open(path) if writable else Store.read_only(path))


class Graph:
    """A graph of treaty negotiations.

    Examples
    --------
    >>> import travaux
    >>> graph = travaux.build()
    >>> graph.query("ASK { ?document <https://w3id.org/travaux/ns#symbol> 'V.22-10828' }").truth
    True
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Graph of {', '.join(document.symbol for document in self.documents) or 'no document'}>"

    def close(self) -> None:
        """Let go of the store; one in memory is gone."""
        self.store.close()

    @property
    def base(self) -> str:
        """What the IRIs of the data begin with."""
        return self.store.base

    def add(
        self,
        documents: Iterable[CorpusDocument],
        *,
        library: str | Path | None = None,
        progress: Callable[[str], None] | None = None,
        remarks: Callable[[str], None] | None = None,
    ) -> dict[str, Change]:
        """Read documents and put them into the graph, each in place of what it held of it: all of them or none.

        See :func:`travaux.ingest.manifest.describe` for a single file, :func:`build` for the parameters.

        Returns
        -------
        What happened to each graph of the store, by its path.
        """
        # Reading needs a grammar and the reference data, which asking does without.
        from .graph.library import record
        from .ingest.document import read_document
        from .lineage.known import known_lineage
        from .ontology.reference import load

        told = progress or _silent
        reference = load()
        texts = treaty_texts(library, reference)
        read, lineages = [], {}
        for document in documents:
            told(f"reading {document.entry.number}")
            read.append(read_document(document, reference))
            told(f"looking for the sources of {document.entry.number}")
            known = known_lineage(read[-1], document.path.parent, texts)
            lineages[read[-1].path] = known.lineage
            (remarks or _silent)(known.told)
        told("writing the graph")
        return record(self.store, read, reference, lineages)

    @property
    def documents(self) -> tuple[DocumentFacts, ...]:
        """The documents that the graph holds, by path.

        >>> import travaux
        >>> travaux.build().documents[0].issued
        datetime.date(2022, 8, 3)
        """
        return tuple(
            DocumentFacts(
                path=str(row.document).removeprefix(self.base),
                symbol=str(row.symbol or ""),
                title=str(row.title or ""),
                session=str(row.session or ""),
                issued=row.issued if isinstance(row.issued, date) else None,
                language=str(row.language or ""),
                submissions=int(str(row.submissions)),
                provisions=int(str(row.provisions)),
            )
            for row in self.view("documents")
        )

    def query(self, asked: str, /, **parameters: str | Term) -> Rows:
        """Ask a question of the catalogue by its name, or any SPARQL 1.1 query by its text.

        Parameters
        ----------
        asked
            The name of a question (``travaux queries`` lists them), or the text of a query.
        parameters
            The blanks of the question: a name or a path as a person types it ("Jamaica", "extradition"), or a term.

        Raises
        ------
        QueryError
            Where there is no such question or parameter, or the query cannot be read.

        Examples
        --------
        >>> import travaux
        >>> rows = travaux.build().query("who-proposes-what", concept="extradition")
        >>> len(rows) > 0
        True
        """
        return Rows(run(self.store, asked, parameters), self.base)

    def view(self, name: str) -> Rows:
        """The answer to one of the queries in ``queries/views``, which the views of a graph are made from."""
        return Rows(run(self.store, view(name)), self.base)

    def provision(self, path: str) -> Provision:
        """The provision, submission, document or treaty at a path, an IRI, or the end of a path that names only one.

        Raises
        ------
        QueryError
            Where there is none, with the nearest; or several.

        Examples
        --------
        >>> import travaux
        >>> graph = travaux.build()
        >>> paragraph = graph.provision("jamaica/extradition/3")
        >>> paragraph.path, paragraph.parent.heading
        ('document/v-22-10828/jamaica/extradition/3', 'Extradition')
        """
        below = path.removeprefix(self.base).strip("/")
        for start in ("", "document/", "instrument/"):
            whole = Provision(self.store, start + below)
            if whole.exists:
                return whole
        submissions = [Provision(self.store, f"{document.path}/{below}") for document in self.documents]
        if below and len(named := [submission for submission in submissions if submission.exists]) == 1:
            return named[0]
        found = resolve(self.store, below, "provision", base=self.base, where="provision")
        assert isinstance(found, NamedNode), "a provision has an IRI"
        return Provision(self.store, found.value.removeprefix(self.base))

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """What the documents speak of, as a directed multigraph.

        Nodes have a kind and a label, edges a kind and the words that show them.

        >>> import travaux
        >>> network = travaux.build().to_networkx()
        >>> "document/v-22-10828/jamaica" in {name.removeprefix("https://w3id.org/travaux/") for name in network}
        True
        """
        from .graph.projection import projection

        return projection(self.store)

    def export(self, path: str | Path, format: str = "") -> str:  # noqa: A002
        """Write the whole graph to a file; see :func:`travaux.graph.export.export`. The name of the format is returned.

        Raises
        ------
        ExportError
            Where the format is unknown or the file cannot be written.
        """
        from .graph.export import export

        return export(self.store, path, format)

    def to_rdflib(self) -> rdflib.Dataset:
        """The whole graph as an rdflib data set, its named graphs kept apart."""
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        for graph in self.store.graphs():
            lines = serialize((quad.triple for quad in self.store.quads(graph)), format=RdfFormat.N_TRIPLES)
            # A graph of the data set is parsed by itself, because Dataset.parse calls what rdflib has deprecated.
            dataset.graph(rdflib.URIRef(graph.value)).parse(data=lines or b"", format="nt")
        return dataset


def treaty_texts(library: str | Path | None, reference: Reference) -> dict[str, tuple[ProvisionRecord, ...]]:
    """The provisions of each treaty whose words are in the library, by its id."""
    from .ingest.library import Library

    texts = Library(Path(library) if library is not None else None).texts(reference)
    return {one: text.provisions for one, text in texts.items()}


def _silent(told: str) -> None:
    """Tell nobody."""
