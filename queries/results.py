"""Answers: the rows, the yes or no, or the triples that a question gives, with the terms as RDF has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pyoxigraph import Literal, Triple

from .tokens import Term, Value

__all__ = ["Answer", "Form", "Row", "plain"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {
    **{f"{_XSD}{name}": int for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")},
    **{f"{_XSD}{name}": float for name in ("decimal", "double", "float")},
}

Row = tuple[Term | None, ...]
"""The terms of one solution, in the order of the columns; None where a variable is unbound."""


class Form(StrEnum):
    """What a query gives: a table, a yes or no, or a graph."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gives.

    Attributes
    ----------
    form
        Which of the other attributes hold the answer: `columns` and `rows` of a SELECT, `truth` of an ASK, `triples`
        of a CONSTRUCT or DESCRIBE, sorted.
    bound
        The parameters of the question, as terms.

    Examples
    --------
    >>> answer = Answer(Form.SELECT, columns=("n",), rows=((Literal(1),), (None,)))
    >>> list(answer.records())
    [{'n': 1}, {'n': None}]
    """

    form: Form
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool = False
    triples: tuple[Triple, ...] = ()
    bound: Mapping[str, Value] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many rows or triples there are; one for a yes or no."""
        return {Form.SELECT: len(self.rows), Form.ASK: 1, Form.CONSTRUCT: len(self.triples)}[self.form]

    def column(self, name: str) -> tuple[Term | None, ...]:
        """The terms of one column."""
        place = self.columns.index(name)
        return tuple(row[place] for row in self.rows)

    def records(self) -> Iterator[dict[str, str | int | float | bool | None]]:
        """Each row as plain Python values by column: IRIs and words as strings, numbers as numbers."""
        for row in self.rows:
            yield {name: plain(term) for name, term in zip(self.columns, row, strict=True)}


def plain(term: Term | None) -> str | int | float | bool | None:
    """`term` as the plain Python value that says the same.

    >>> plain(Literal(3)), plain(Literal("a", language="en")), plain(Literal(True)), plain(None)
    (3, 'a', True, None)
    """
    if term is None or isinstance(term, Triple):
        return None if term is None else str(term)
    if isinstance(term, Literal):
        if term.datatype.value == f"{_XSD}boolean":
            return term.value in ("true", "1")
        number = _NUMBERS.get(term.datatype.value)
        try:
            return number(term.value) if number else term.value
        except ValueError:
            return term.value
    return term.value
