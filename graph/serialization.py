"""Quads as text in the RDF formats, sorted, so that the same graph gives the same bytes on every run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from ..errors import ExportError
from ..ontology.terms import DEFAULT_BASE, NAMESPACES
from .vocabulary import term

__all__ = ["RDF_FORMATS", "UNFIT_FOR_XML", "serialized"]

RDF_FORMATS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
"""The RDF formats by the names that ``travaux export --format`` takes."""

UNFIT_FOR_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML document can hold."""

_HEADER_LINE = re.compile(rb"(?:@prefix|@base) [^\n]*\n")
_NEXT_SUBJECT = re.compile(rb"\n(?=[^\s}])")
_XML_ROOT = re.compile(rb"<rdf:RDF ([^>]*)>")


def serialized(quads: Iterable[Quad], name: str, base: str = DEFAULT_BASE) -> bytes:
    """`quads` in the format called `name`; the formats that know no graphs take the triples of all graphs together.

    In Turtle and TriG the IRIs below `base` are written relative to it.

    >>> from pyoxigraph import NamedNode
    >>> state = NamedNode("https://w3id.org/travaux/state/COL")
    >>> quad = Quad(state, term("rdfs:label"), Literal("Colombia", language="en"))
    >>> print(serialized([quad], "ttl").decode().splitlines()[-1])
    <state/COL> rdfs:label "Colombia"@en .

    Raises
    ------
    ExportError
        If a text holds a control character and the format is XML, which has no way to write it.
    """
    format_ = RDF_FORMATS[name]
    relative = base if name in ("ttl", "trig") else None
    sorted_quads = sorted(quads, key=_order)
    if name == "rdfxml":
        _refuse_unfit(sorted_quads)
    if format_.supports_datasets:
        written = ox.serialize(sorted_quads, format=format_, prefixes=NAMESPACES, base_iri=relative)
    else:
        triples = sorted({quad.triple for quad in sorted_quads}, key=_order)
        written = ox.serialize(triples, format=format_, prefixes=NAMESPACES, base_iri=relative)
    written = written or b""
    match name:
        case "ttl" | "trig":
            return _headed(written, base)
        case "jsonld":
            return _compacted(written)
        case "rdfxml":
            return _orderly_xml(written)
    return written


def _order(statement: Quad | Triple) -> tuple[str, str, str, str]:
    """By graph, subject (a thing before what is part of it), predicate (the type first) and object."""
    graph = str(statement.graph_name) if isinstance(statement, Quad) else ""
    predicate = "" if statement.predicate == term("rdf:type") else statement.predicate.value
    subject = statement.subject
    return (graph, subject.value if isinstance(subject, NamedNode) else str(subject), predicate, str(statement.object))


def _headed(written: bytes, base: str) -> bytes:
    """Turtle or TriG under prefixes in a fixed order, a blank line between one subject and the next."""
    body = written
    while line := _HEADER_LINE.match(body):
        body = body[line.end() :]
    prefixes = (f"@prefix {name}: <{space}> .\n" for name, space in sorted(NAMESPACES.items()))
    return f"@base <{base}> .\n{''.join(prefixes)}\n".encode() + _NEXT_SUBJECT.sub(b"\n\n", body)


def _compacted(written: bytes) -> bytes:
    """JSON-LD with prefixed names for properties and types, which a person can read; it says the same."""
    names = {space: prefix for prefix, space in NAMESPACES.items()}

    def short(iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        local = iri[cut:]
        return f"{names[iri[:cut]]}:{local}" if local and iri[:cut] in names else iri

    def described(node: dict[str, object]) -> dict[str, object]:
        compact: dict[str, object] = {}
        for key, value in node.items():
            if key == "@graph" and isinstance(value, list):
                compact[key] = [described(inner) for inner in value]
            elif key == term("rdf:type").value and isinstance(value, list):
                compact["@type"] = [short(kind["@id"]) for kind in value]
            else:
                compact[key if key.startswith("@") else short(key)] = value
        return compact

    context = dict(sorted(NAMESPACES.items()))
    nodes = [described(node) for node in json.loads(written)]
    return (json.dumps({"@context": context, "@graph": nodes}, ensure_ascii=False, indent=1) + "\n").encode()


def _orderly_xml(written: bytes) -> bytes:
    """RDF/XML with its namespaces in a fixed order, and carriage returns written so that a reader keeps them."""
    root = _XML_ROOT.search(written)
    if root:
        names = b" ".join(sorted(root[1].split()))
        written = written[: root.start(1)] + names + written[root.end(1) :]
    return written.replace(b"\r", b"&#13;")


def _refuse_unfit(statements: Iterable[Quad]) -> None:
    for statement in statements:
        value = statement.object
        if isinstance(value, Literal) and (unfit := UNFIT_FOR_XML.search(value.value)):
            what = f"a text of {statement.subject} holds the control character U+{ord(unfit[0]):04X}, which XML cannot"
            raise ExportError(what, remedy="choose another format, such as ttl")
