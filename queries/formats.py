"""Answers in the formats of the W3C: tables as JSON, XML, CSV and TSV, graphs as Turtle, N-Triples, RDF/XML, JSON-LD.

The same answer gives the same bytes, whichever engine gave it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from ..errors import QueryError
from ..ontology.terms import NAMESPACES
from .results import Answer, Form
from .tokens import Term

__all__ = ["GRAPH_FORMATS", "TABLE_FORMATS", "written"]

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RESULTS = "http://www.w3.org/2005/sparql-results#"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def written(answer: Answer, form: str) -> bytes:
    """`answer` in the format named `form`.

    >>> print(written(Answer(Form.SELECT, ("n",), ((Literal("one, two"),),)), "csv").decode().split())
    ['n', '"one,', 'two"']

    Raises
    ------
    QueryError
        If there is no such format, or it does not fit the answer.
    """
    formats = GRAPH_FORMATS if answer.form is Form.CONSTRUCT else TABLE_FORMATS
    if form not in formats or (answer.form is Form.ASK and form in ("csv", "tsv")):
        kind = {Form.SELECT: "a table", Form.ASK: "a yes or no", Form.CONSTRUCT: "a graph"}[answer.form]
        known = [name for name in formats if answer.form is not Form.ASK or name not in ("csv", "tsv")]
        raise QueryError(
            f"the answer is {kind}, which cannot be written as {form}",
            where="format",
            remedy=f"choose {', '.join(known[:-1])} or {known[-1]}",
        )
    return formats[form](answer)


def _json(answer: Answer) -> bytes:
    said: dict[str, object]
    if answer.form is Form.ASK:
        said = {"head": {}, "boolean": answer.truth}
    else:
        bindings = [
            {name: _json_term(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
            for row in answer.rows
        ]
        said = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        said: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            said["xml:lang"] = term.language
        elif term.datatype.value != _STRING:
            said["datatype"] = term.datatype.value
        return said
    raise _quoted(term)


def _xml(answer: Answer) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<sparql xmlns={quoteattr(_RESULTS)}>", " <head>"]
    lines += [f"  <variable name={quoteattr(name)}/>" for name in answer.columns]
    lines.append(" </head>")
    if answer.form is Form.ASK:
        lines.append(f" <boolean>{str(answer.truth).lower()}</boolean>")
    else:
        lines.append(" <results>")
        for row in answer.rows:
            lines.append("  <result>")
            lines += [
                f"   <binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
                for name, term in zip(answer.columns, row, strict=True)
                if term is not None
            ]
            lines.append("  </result>")
        lines.append(" </results>")
    lines.append("</sparql>\n")
    return "\n".join(lines).encode()


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml_words(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml_words(term.value)}</bnode>"
    if isinstance(term, Literal):
        mark = ""
        if term.language:
            mark = f" xml:lang={quoteattr(term.language)}"
        elif term.datatype.value != _STRING:
            mark = f" datatype={quoteattr(term.datatype.value)}"
        return f"<literal{mark}>{_xml_words(term.value)}</literal>"
    raise _quoted(term)


def _xml_words(words: str) -> str:
    """`words` as XML text; a character that XML 1.0 does not allow becomes the replacement character."""
    return escape(_FORBIDDEN.sub("\ufffd", words), {"\r": "&#13;"})


def _csv(answer: Answer) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([_bare(term) for term in row])
    return out.getvalue().encode()


def _bare(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, BlankNode):
        return str(term)
    if isinstance(term, Triple):
        raise _quoted(term)
    return term.value


def _tsv(answer: Answer) -> bytes:
    lines = ["\t".join(f"?{name}" for name in answer.columns)]
    # N-Triples escapes tabs and line ends in literals, as TSV needs.
    lines += ["\t".join("" if term is None else str(term) for term in row) for row in answer.rows]
    return ("\n".join(lines) + "\n").encode()


def _quoted(term: Term) -> QueryError:
    return QueryError(f"{term} is a quoted triple, which the format cannot hold", where="format", remedy="leave it out")


def _graph(kind: RdfFormat) -> Callable[[Answer], bytes]:
    def write(answer: Answer) -> bytes:
        prefixes = dict(_used(answer.triples, NAMESPACES)) if kind in (RdfFormat.TURTLE, RdfFormat.RDF_XML) else None
        return serialize(answer.triples, format=kind, prefixes=prefixes) or b""

    return write


def _used(triples: Iterable[Triple], namespaces: Mapping[str, str]) -> list[tuple[str, str]]:
    """The prefixes that occur in `triples`."""
    names = {
        term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, NamedNode)
    }
    names |= {triple.object.datatype.value for triple in triples if isinstance(triple.object, Literal)}
    return [(prefix, space) for prefix, space in namespaces.items() if any(name.startswith(space) for name in names)]


TABLE_FORMATS: dict[str, Callable[[Answer], bytes]] = {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}
"""The formats of a table, and of a yes or no."""

GRAPH_FORMATS: dict[str, Callable[[Answer], bytes]] = {
    "ttl": _graph(RdfFormat.TURTLE),
    "nt": _graph(RdfFormat.N_TRIPLES),
    "rdfxml": _graph(RdfFormat.RDF_XML),
    "jsonld": _graph(RdfFormat.JSON_LD),
}
"""The formats of a graph."""
