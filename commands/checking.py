"""All checks of a graph, one after the other, with the texts that its quotes are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph

from ..api import SHIPPED_CORPUS, Graph
from ..errors import TravauxError
from ..graph.validation import check_consistency, check_evidence, validate_ontology, validate_shapes
from ..graph.violations import Report
from ..ingest.manifest import load_corpus
from ..ingest.readers import read_text
from ..lineage.records import Severity
from ..ontology.terms import iri, slug
from .proof_report import counted, findings_by_severity

__all__ = ["proofread", "reports"]


def reports(graph: Graph, corpus: Path | None = None) -> Iterator[Report | TravauxError]:
    """The report of each check of `graph`, as it is done; of one that needs what is not installed, what that is.

    Parameters
    ----------
    graph
        What is checked.
    corpus
        Where the documents lie whose texts the quotes are compared with; the corpus that comes with Travaux by default.

    Raises
    ------
    TravauxError
        Where the corpus cannot be read.
    """
    texts = {
        iri(f"document/{slug(document.entry.number)}", graph.base): read_text(document.path)
        for document in load_corpus(corpus or SHIPPED_CORPUS)
    }
    statements = pyoxigraph.Store()
    statements.extend(graph.store.quads())
    checks: tuple[Callable[[], Report], ...] = (
        validate_ontology,
        check_consistency,
        lambda: validate_shapes(statements, graph.base),
        lambda: check_evidence(statements, texts),
    )
    for check in checks:
        try:
            yield check()
        except TravauxError as error:
            yield error


def proofread(graph: Graph) -> str:
    """How much the documents of `graph` were proofread and what was found, in words.

    What is found is about the documents: the graph may be sound whatever they say.
    """
    done = graph.query("checks")
    checks = len({row["checkLabel"] for row in done})
    examined = sum(int(str(row["examined"])) for row in done)
    weighed = Counter(Severity(str(row["severityLabel"])) for row in graph.query("findings"))
    told = findings_by_severity({severity: weighed[severity] for severity in Severity})
    return (
        f"proofreading: {counted(checks, 'check')} examined {counted(examined, 'thing')}; {told}; "
        "see 'travaux query findings' and 'travaux query checks'"
    )
