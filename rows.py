"""The answer to a question as Python holds it: rows of plain values, a data frame, an rdflib graph, a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, overload

from pyoxigraph import Literal, NamedNode

from .errors import QueryError
from .ontology.terms import DEFAULT_BASE
from .queries.formats import written
from .queries.results import Answer, Form, plain
from .queries.tokens import Term

if TYPE_CHECKING:
    import pandas
    import rdflib

__all__ = ["Row", "Rows", "Value", "shown", "value"]

Value = str | int | float | bool | date | None
"""An IRI or words as a string, a number, a truth value, a day; None where a variable is unbound."""

_DATE = "http://www.w3.org/2001/XMLSchema#date"
_SHOWN_IN_NOTEBOOKS = 100


def value(term: Term | None) -> Value:
    """`term` as the plain Python value that says the same.

    >>> value(Literal("2022-07-13", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")))
    datetime.date(2022, 7, 13)
    """
    if isinstance(term, Literal) and term.datatype.value == _DATE:
        try:
            return date.fromisoformat(term.value)
        except ValueError:
            return term.value
    return plain(term)


def shown(term: Term | None, base: str = DEFAULT_BASE) -> str:
    """`term` as a reader wants it: the path of what lies below `base`, words as they are, nothing for nothing.

    >>> shown(NamedNode("https://w3id.org/travaux/state/JAM")), shown(Literal(3)), shown(None)
    ('state/JAM', '3', '')
    """
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return term.value.removeprefix(base)
    return term.value if isinstance(term, Literal) else str(term)


class Row:
    """One row: its values by the name of the column (as an attribute or a key) or by position.

    >>> row = Row(("state", "articles"), ("state/JAM", 12))
    >>> row.articles, row["state"], row[0], dict(row)
    (12, 'state/JAM', 'state/JAM', {'state': 'state/JAM', 'articles': 12})
    """

    __slots__ = ("_columns", "_values")

    def __init__(self, columns: tuple[str, ...], values: tuple[Value, ...]) -> None:
        self._columns = columns
        self._values = values

    def __getattr__(self, name: str) -> Value:
        if name.startswith("_") or name not in self._columns:
            raise AttributeError(f"the row has no column {name!r}; it has {', '.join(self._columns)}")
        return self._values[self._columns.index(name)]

    def __getitem__(self, key: str | int) -> Value:
        if isinstance(key, int):
            return self._values[key]
        if key not in self._columns:
            raise KeyError(key)
        return self._values[self._columns.index(key)]

    def keys(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return self._columns == other._columns and self._values == other._values

    def __hash__(self) -> int:
        return hash((self._columns, self._values))

    def __repr__(self) -> str:
        held = ", ".join(f"{name}={given!r}" for name, given in zip(self._columns, self._values, strict=True))
        return f"Row({held})"


class Rows(Sequence[Row]):
    """The answer to a question.

    Examples
    --------
    >>> import travaux
    >>> graph = travaux.build()
    >>> rows = graph.query("PREFIX trv: <https://w3id.org/travaux/ns#> SELECT ?n { ?d a trv:Document ; trv:symbol ?n }")
    >>> rows.columns, rows[0].n
    (('n',), 'V.22-10828')
    """

    def __init__(self, answer: Answer, base: str = DEFAULT_BASE) -> None:
        self.answer = answer
        self.base = base
        self._rows = tuple(Row(answer.columns, tuple(value(term) for term in row)) for row in answer.rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return self.answer.columns

    @property
    def truth(self) -> bool:
        """The answer to a question that asks for a yes or no (ASK)."""
        if self.answer.form is not Form.ASK:
            raise QueryError("the answer is no yes or no", where="query", remedy="ask with ASK")
        return self.answer.truth

    @overload
    def __getitem__(self, position: int) -> Row: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, position: int | slice) -> Row | tuple[Row, ...]:
        return self._rows[position]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        if self.answer.form is Form.SELECT:
            return f"<{len(self)} rows of {', '.join(self.columns)}>"
        return f"<{self.answer.truth}>" if self.answer.form is Form.ASK else f"<{len(self.answer.triples)} triples>"

    def written(self, form: str) -> str:
        """The answer in a format of the W3C: json, xml, csv or tsv for rows; ttl, nt, rdfxml or jsonld for triples."""
        return written(self.answer, form).decode()

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame.

        Raises
        ------
        QueryError
            Where pandas is missing, or the answer has no rows because the query builds triples.
        """
        if self.answer.form is not Form.SELECT:
            raise QueryError("the answer is no table", where="query", remedy="ask with SELECT")
        try:
            import pandas
        except ImportError:
            remedy = "install it with: pip install 'travaux[frames]'"
            raise QueryError("data frames need pandas", where="to_pandas", remedy=remedy) from None
        return pandas.DataFrame([list(row._values) for row in self._rows], columns=list(self.columns))

    def to_rdflib(self) -> rdflib.Graph:
        """The triples of a CONSTRUCT or DESCRIBE as an rdflib graph."""
        if self.answer.form is not Form.CONSTRUCT:
            raise QueryError("the answer is no graph", where="query", remedy="ask with CONSTRUCT")
        import rdflib

        return rdflib.Graph().parse(data=self.written("nt"), format="nt")

    def _repr_html_(self) -> str:
        """The first rows as a table; every word of it is text."""
        if self.answer.form is Form.ASK:
            return f"<p>{'yes' if self.answer.truth else 'no'}</p>"
        if self.answer.form is Form.CONSTRUCT:
            return f"<pre>{escape(self.written('ttl'))}</pre>"
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            f"<tr>{''.join(self._cell(term) for term in row)}</tr>" for row in self.answer.rows[:_SHOWN_IN_NOTEBOOKS]
        )
        left = len(self) - _SHOWN_IN_NOTEBOOKS
        more = f"<caption>and {left} more rows</caption>" if left > 0 else ""
        return f"<table>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _cell(self, term: Term | None) -> str:
        words = escape(shown(term, self.base))
        if isinstance(term, NamedNode) and term.value.startswith(("http://", "https://")):
            return f'<td><a href="{escape(term.value)}">{words}</a></td>'
        return f"<td>{words}</td>"
