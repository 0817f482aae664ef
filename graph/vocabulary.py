"""The terms of the vocabularies as nodes, and the literals of the graph."""

from __future__ import annotations

import re
from functools import cache

from pyoxigraph import Literal, NamedNode

from ..ontology.terms import DEFAULT_BASE, NAMESPACES, iri

__all__ = ["CONTEXT_GRAPH", "REFERENCE_GRAPH", "boolean", "dated", "decimal", "node", "term", "whole_number"]

REFERENCE_GRAPH = "graph/reference"
"""The path of the one graph that holds all reference data."""

CONTEXT_GRAPH = "graph/context"
"""The path of the one graph that describes what several documents may name and the reference data do not hold."""

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")


@cache
def term(name: str) -> NamedNode:
    """The node of a prefixed name; the prefixes are those of :data:`travaux.ontology.terms.NAMESPACES`.

    >>> term("trv:partOf").value
    'https://w3id.org/travaux/ns#partOf'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)


def node(path: str, base: str = DEFAULT_BASE) -> NamedNode:
    """The node of the thing at `path` below `base`."""
    return NamedNode(iri(path, base))


def whole_number(value: int) -> Literal:
    """`value` as an ``xsd:integer``.

    >>> str(whole_number(3))
    '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    return Literal(str(value), datatype=term("xsd:integer"))


def decimal(value: float) -> Literal:
    """`value` as an ``xsd:decimal``, with up to four digits after the point.

    >>> decimal(0.50004).value, decimal(1.0).value
    ('0.5', '1.0')
    """
    return Literal(str(round(value, 4)), datatype=term("xsd:decimal"))


def boolean(value: bool) -> Literal:
    """`value` as an ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=term("xsd:boolean"))


def dated(written: str) -> Literal:
    """A date as exactly as it is known: ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``, else the words.

    >>> [str(dated(written)).rpartition("#")[2] for written in ("2022-07-13", "2022-07", "2016")]
    ['date>', 'gYearMonth>', 'gYear>']
    """
    for shape, name in ((_DAY, "xsd:date"), (_MONTH, "xsd:gYearMonth"), (_YEAR, "xsd:gYear")):
        if shape.fullmatch(written):
            return Literal(written, datatype=term(name))
    return Literal(written)
