"""Documents into a store: everything that is known of a document, and all that must change with it, in one write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from pyoxigraph import NamedNode, Quad

from ..ingest.records import Document
from ..lineage.cited import cited_derivations
from ..lineage.findings.examination import examine
from ..lineage.records import Lineage
from ..ontology.reference import Reference, load
from .context import NAMING, context_quads, named_things
from .reference import is_current, membership_quads, reference_quads
from .rules import with_inferences
from .store import Change, Store
from .triples import document_quads
from .vocabulary import CONTEXT_GRAPH, REFERENCE_GRAPH, node

__all__ = ["document_graph", "documents", "forget", "record"]


_UNKNOWN = Lineage()


def document_graph(
    document: Document, base: str, reference: Reference | None = None, lineage: Lineage = _UNKNOWN
) -> list[Quad]:
    """Everything that the graph of `document` states: what was read, where it comes from, and what follows by rule.

    `lineage` is what the words show of where they come from.
    """
    reference = reference or load()
    derivations = (*cited_derivations(document), *lineage.derivations)
    examination = examine(document, reference, lineage)
    quads = document_quads(
        document, derivations, base, examination=examination, omissions=lineage.omissions, reference=reference
    )
    groups = {group for submission in document.submissions for group in submission.on_behalf_of}
    return with_inferences(quads, node(document.path, base), membership_quads(reference, groups, base))


def record(
    store: Store,
    documents: Sequence[Document],
    reference: Reference | None = None,
    lineages: Mapping[str, Lineage] | None = None,
) -> dict[str, Change]:
    """Put `documents` into `store`, each in place of what the store held of it: all of them or none.

    `lineages` are what the words of documents show of where they come from, by the paths of the documents.
    The reference data come with them where the store does not hold them as they are now.

    Returns
    -------
    What happened to each graph that was looked at, by its path: the documents, ``graph/reference``, ``graph/context``.
    """
    reference = reference or load()
    graphs: dict[NamedNode, Iterable[Quad]] = {}
    reference_graph = node(REFERENCE_GRAPH, store.base)
    if not is_current(store.about(reference_graph, reference_graph), reference, store.base):
        graphs[reference_graph] = _reference_graph(reference, store.base)
    for document in documents:
        graphs[node(document.path, store.base)] = document_graph(
            document, store.base, reference, (lineages or {}).get(document.path, _UNKNOWN)
        )
    return _write(store, graphs, reference)


def forget(store: Store, document: str, reference: Reference | None = None) -> Change:
    """Remove the document at the path `document`, and what only it named."""
    graph = node(document, store.base)
    if store.digest(graph) is None:
        return Change.UNCHANGED
    return _write(store, {graph: ()}, reference or load())[document]


def documents(store: Store) -> tuple[NamedNode, ...]:
    """The graphs of the documents that `store` holds, sorted."""
    others = {node(REFERENCE_GRAPH, store.base), node(CONTEXT_GRAPH, store.base)}
    return tuple(graph for graph in store.graphs() if graph not in others)


@lru_cache(maxsize=2)
def _reference_graph(reference: Reference, base: str) -> tuple[Quad, ...]:
    """The reference data with what follows from them; they are many, and the same for every store of a process."""
    return tuple(with_inferences(reference_quads(reference, base), node(REFERENCE_GRAPH, base)))


def _write(store: Store, graphs: dict[NamedNode, Iterable[Quad]], reference: Reference) -> dict[str, Change]:
    kept = [graph for graph in documents(store) if graph not in graphs]
    quads = [quad for given in graphs.values() for quad in given]
    for graph in kept:
        quads += store.with_predicates(NAMING, graph)
    context = node(CONTEXT_GRAPH, store.base)
    graphs[context] = with_inferences(context_quads(named_things(quads, store.base), reference, store.base), context)
    changes = store.put_all(graphs)
    return {graph.value.removeprefix(store.base): change for graph, change in changes.items()}
