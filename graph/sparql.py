"""SPARQL text as far as a store must understand it: whether a query names its dataset, and what a syntax error says."""

from __future__ import annotations

import re

from ..errors import QueryError

__all__ = ["calls_service", "names_dataset", "syntax_error"]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''(?:\\.|[^\\])*?'''"
    r'|"(?:\\.|[^"\\\n\r])*"'
    r"|'(?:\\.|[^'\\\n\r])*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|\#[^\n\r]*"
    r"|[?$]\w+"
    r"|[\w.-]*:[\w.%-]*"
    r"|(?P<from>\bFROM\b)"
    r"|(?P<service>\bSERVICE\b)"
    r"|\w+|.",
    re.IGNORECASE | re.DOTALL,
)


def calls_service(query: str) -> bool:
    """Whether `query` asks another endpoint, with SERVICE.

    >>> calls_service("SELECT * { SERVICE <http://e/sparql> { ?s ?p ?o } }")
    True
    >>> calls_service("SELECT ?service { ?service ex:service 'SERVICE here' } # SERVICE <there>")
    False
    """
    return any(token["service"] for token in _TOKEN.finditer(query))


def names_dataset(query: str) -> bool:
    """Whether `query` says with FROM or FROM NAMED which graphs it is about.

    >>> names_dataset("SELECT * FROM <http://e/g> { ?s ?p ?o }")
    True
    >>> names_dataset("SELECT ?from { ?from ex:from 'FROM here' } # FROM <there>")
    False
    """
    return any(token["from"] for token in _TOKEN.finditer(query))


def syntax_error(error: SyntaxError, where: str = "") -> QueryError:
    """The one line that says where a query or an update is not SPARQL.

    >>> print(syntax_error(SyntaxError("error at 1:7: expected one of this, that")))
    the query is not SPARQL: at line 1, column 7: expected one of this, that; correct the query
    """
    said = " ".join(str(error).split())
    place = re.match(r"error at (\d+):(\d+): ", said)
    if place:
        said = f"at line {place[1]}, column {place[2]}: {said[place.end() :]}"
    if len(said) > 160:
        said = f"{said[:150].rpartition(',')[0]}, ..."
    return QueryError(f"the query is not SPARQL: {said}", where=where, remedy="correct the query")
