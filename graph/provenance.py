"""Which component made what, of which version and with which settings: no clock times, so a graph can be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from .._version import __version__
from .vocabulary import term

__all__ = ["COMPONENTS", "settings", "step", "steps"]

_PACKAGE = Path(__file__).resolve().parent.parent

COMPONENTS: dict[str, tuple[str, ...]] = {
    "outline": ("ontology/genre/outline.toml", "ontology/proponents/*.csv"),
    "citations": (
        "ingest/*.lark",
        "ontology/genre/citations.toml",
        "ontology/instruments/aliases.csv",
        "ontology/instruments/instruments.csv",
        "ontology/instruments/skeleton.csv",
        "ontology/resolutions/*",
    ),
    "concepts": ("ontology/concepts.toml", "ontology/instruments/article_concepts.csv"),
    "norms": ("ontology/genre/norms.toml",),
    "positions": (
        "ontology/concepts.toml",
        "ontology/genre/positions.toml",
        "ontology/instruments/article_concepts.csv",
    ),
    "lineage": ("ontology/genre/edits.toml", "ontology/genre/reuse.toml"),
    "findings": (
        "ontology/concepts.toml",
        "ontology/genre/findings.toml",
        "ontology/genre/usage.toml",
        "ontology/instruments/aliases.csv",
        "ontology/instruments/article_concepts.csv",
        "ontology/instruments/instruments.csv",
        "ontology/instruments/skeleton.csv",
        "ontology/resolutions/*",
        "ontology/words/*.txt",
    ),
    "rules": ("graph/rules/*.rq",),
}
"""The components that derive something from a document, and the data files that steer each of them."""


@cache
def settings(component: str) -> str:
    """The data files that steer `component`, each with the digest of its bytes.

    >>> settings("outline").split("=")[0]
    'ontology/genre/outline.toml'
    """
    files = sorted({file for pattern in COMPONENTS[component] for file in _PACKAGE.glob(pattern) if file.is_file()})
    digests = {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return " ".join(f"{file.relative_to(_PACKAGE).as_posix()}=sha256:{digest}" for file, digest in digests.items())


def step(document: NamedNode, component: str) -> NamedNode:
    """The node of the run of `component` on `document`."""
    return NamedNode(f"{document.value}/step/{component}")


def steps(document: NamedNode) -> Iterator[Quad]:
    """The run of every component on `document`."""
    for component in COMPONENTS:
        ran = step(document, component)
        yield Quad(ran, term("rdf:type"), term("trv:Step"), document)
        yield Quad(ran, term("rdf:type"), term("prov:Activity"), document)
        yield Quad(ran, term("rdfs:label"), Literal(f"Travaux {__version__}: {component}", language="en"), document)
        yield Quad(ran, term("prov:used"), document, document)
        yield Quad(ran, term("trv:component"), Literal(component), document)
        yield Quad(ran, term("trv:version"), Literal(__version__), document)
        if settings(component):
            yield Quad(ran, term("trv:settings"), Literal(settings(component)), document)
