"""All checks of a graph, one after the other, with the texts that its quotes are drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from .api import SHIPPED_CORPUS, Graph
from .graph.validation import check_consistency, check_evidence, validate_ontology, validate_shapes
from .graph.violations import Report
from .ingest.manifest import load_corpus
from .ingest.readers import read_text
from .ontology.terms import iri, slug

__all__ = ["reports"]


def reports(graph: Graph, corpus: Path | None = None) -> Iterator[Report]:
    """The report of each check of `graph`, as it is done.

    Parameters
    ----------
    graph
        What is checked.
    corpus
        Where the documents lie whose texts the quotes are compared with; the corpus that comes with Travaux by default.

    Raises
    ------
    TravauxError
        Where a check cannot be made, because what it needs is not installed or the corpus cannot be read.
    """
    texts = {
        iri(f"document/{slug(document.entry.number)}", graph.base): read_text(document.path)
        for document in load_corpus(corpus or SHIPPED_CORPUS)
    }
    statements = pyoxigraph.Store()
    statements.extend(graph.store.quads())
    yield validate_ontology()
    yield check_consistency()
    yield validate_shapes(statements, graph.base)
    yield check_evidence(statements, texts)
