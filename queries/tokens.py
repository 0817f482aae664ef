"""What that must be known of a query before it runs: its variables, and where its pattern starts.

The text is cut into tokens as SPARQL does, so that a brace in a string, an IRI or a comment is never taken for a brace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..errors import QueryError

__all__ = ["Term", "Value", "serialized", "variables", "with_values"]

Term = NamedNode | BlankNode | Literal | Triple
"""An RDF term, as pyoxigraph has it."""

Value = NamedNode | Literal
"""What a parameter can be bound to: an RDF term that has a name of its own, everywhere the same."""

_TOKEN = re.compile(
    r'''
      (?P<comment> \#[^\n\r]* )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string> """(?:[^"\\]|\\.|"(?!""))*""" | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*\'\'\'
                | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<variable> [?$]\w+ )
    | (?P<word> [^\W\d][\w.-]*(?::[\w.:%\\-]*)? | :[\w.:%\\-]* | @[\w-]+ )
    | (?P<mark> [{}()] )
    ''',
    re.VERBOSE | re.DOTALL,
)
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def variables(text: str) -> frozenset[str]:
    """The names of the variables in `text`.

    >>> sorted(variables('SELECT ?a WHERE { ?a ?b "?c" } # ?d'))
    ['a', 'b']
    """
    return frozenset(token[1:] for kind, token, _ in _tokens(text) if kind == "variable")


def with_values(text: str, terms: Mapping[str, Value]) -> str:
    r"""`text` with each variable in `terms` bound by a ``VALUES`` clause at the start of its pattern.

    For engines that have no other way to take terms, such as an endpoint far away. Only terms are written, never words
    as they were typed.

    >>> with_values("SELECT * WHERE { ?s ?p ?o }", {"o": Literal('} "')})
    'SELECT * WHERE { VALUES (?o) { ("} \\"") } ?s ?p ?o }'

    Raises
    ------
    QueryError
        If the query has no pattern of its own to bind a variable in.
    """
    if not terms:
        return text
    place = _pattern(text)
    names = " ".join(f"?{name}" for name in terms)
    row = " ".join(serialized(term) for term in terms.values())
    return f"{text[:place]} VALUES ({names}) {{ ({row}) }}{text[place:]}"


def serialized(term: Value) -> str:
    r"""`term` as SPARQL writes it.

    A ``u`` after a backslash is written as an escape of its own: some engines expand ``\u0022`` before they know
    whether the backslash was itself escaped.

    >>> serialized(Literal("Viet Nam", language="en")), serialized(NamedNode("http://example.org/a"))
    ('"Viet Nam"@en', '<http://example.org/a>')
    """
    if isinstance(term, NamedNode):
        return f"<{term.value}>"
    written = "".join(_escaped(sign, before) for sign, before in zip(term.value, "\0" + term.value, strict=False))
    if term.language:
        return f'"{written}"@{term.language}'
    if term.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
        return f'"{written}"'
    return f'"{written}"^^<{term.datatype.value}>'


def _escaped(sign: str, before: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    control = ord(sign) < 0x20 or ord(sign) == 0x7F
    return f"\\U{ord(sign):08X}" if control or (before == "\\" and sign in "uU") else sign


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """The kind, the characters and the end of each token that matters here."""
    for found in _TOKEN.finditer(text):
        if found.lastgroup and found.lastgroup != "comment":
            yield found.lastgroup, found.group(), found.end()


def _pattern(text: str) -> int:
    """Where the pattern of the query starts: after the first brace that opens neither a template nor an expression."""
    form, before, depth, parentheses, template = "", "", 0, 0, False
    for kind, token, end in _tokens(text):
        word = token.upper() if kind == "word" else ""
        if not form:
            form = word if word in _FORMS else ""
        elif token == "(" and kind == "mark":
            parentheses += 1
        elif token == ")" and kind == "mark":
            parentheses -= 1
        elif token == "{" and kind == "mark":
            if not (depth or parentheses):
                if form == "CONSTRUCT" and not template:
                    if before == "WHERE":
                        break
                    template = True
                else:
                    return end
            depth += 1
        elif token == "}" and kind == "mark":
            depth -= 1
        before = word
    raise QueryError(
        "the query has no pattern in which a parameter could be bound",
        where="query",
        remedy="write it as SELECT ... WHERE { ... } or CONSTRUCT { ... } WHERE { ... }",
    )
