"""Answers as tables for the terminal: names in place of IRIs where there are names, and no column that says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from ..ontology.terms import DEFAULT_BASE, NAMESPACES
from .results import Answer, Form, Row
from .tokens import Term

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["printable", "short", "table"]

_LABEL = "Label"
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_LONGEST = 160
_PROSE = 90
"""From how many characters on words are prose and not a name."""
_NAME = 17
"""How wide a column of names is beside one of prose."""
_NUMBERS = frozenset(
    NAMESPACES["xsd"] + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)


def table(answer: Answer, base: str = DEFAULT_BASE, title: str = "") -> Table:
    """`answer` as a table of rich.

    A column ``concept`` beside a column ``conceptLabel`` is shown as one, by the label; an IRI without a label is shown
    as a path below `base` or with a prefix. Left out are the columns of parameters, which say the same in every row,
    and the columns that are empty throughout; long words are cut. The formats of :mod:`.formats` leave nothing out.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, show_edge=False)
    if answer.form is Form.ASK:
        shown.add_column("answer")
        shown.add_row("yes" if answer.truth else "no")
        return shown
    columns, rows = _relevant(answer)
    kept = [
        place
        for place, name in enumerate(columns)
        if any(row[place] is not None for row in rows)
        and not _stands_apart(name, columns)
        and name not in _fixed(answer)
    ]
    cells = [[_cell(row, place, columns, base) for place in kept] for row in rows]
    longest = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for place, length in zip(kept, longest, strict=True):
        numeric = all(_is_number(row[place]) for row in rows)
        shown.add_column(
            _title(columns[place]).replace(" ", "\n" if numeric and max(longest) > _PROSE else " "),
            justify="right" if numeric else "left",
            no_wrap=numeric,
            overflow="fold",
            # Names wrap early where there is prose, so that the prose has the room.
            max_width=_NAME if length <= _PROSE < max(longest) else None,
        )
    for row_cells in cells:
        shown.add_row(*map(Text, row_cells))
    return shown


def printable(words: str) -> str:
    r"""`words` with each control character as its picture, so that no document gives orders to the terminal.

    >>> printable("red\x1b[31m")
    'red␛[31m'
    """
    return words.translate(_PICTURES)


def short(term: Term | None, base: str = DEFAULT_BASE) -> str:
    """`term` in few characters: a path below `base`, a prefixed name, or words.

    >>> short(NamedNode("https://w3id.org/travaux/state/COL")), short(NamedNode("https://w3id.org/travaux/ns#cites"))
    ('state/COL', 'trv:cites')
    """
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        for prefix, space in NAMESPACES.items():
            local = term.value.removeprefix(space)
            if local != term.value and local and "/" not in local:
                return f"{prefix}:{local}"
        return term.value.removeprefix(base)
    if isinstance(term, Literal):
        if term.datatype.value == f"{NAMESPACES['xsd']}boolean":
            return "yes" if term.value in ("true", "1") else "no"
        words = printable(" ".join(term.value.split()))
        return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
    return str(term)


def _relevant(answer: Answer) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    if answer.form is Form.SELECT:
        return answer.columns, answer.rows
    return ("subject", "property", "value"), tuple(_row(triple) for triple in answer.triples)


def _row(triple: Triple) -> Row:
    return (triple.subject, triple.predicate, triple.object)


def _stands_apart(name: str, columns: tuple[str, ...]) -> bool:
    """Whether the column only labels another one."""
    return name.endswith(_LABEL) and name.removesuffix(_LABEL) in columns


def _fixed(answer: Answer) -> set[str]:
    return {name + end for name in answer.bound for end in ("", _LABEL)}


def _cell(row: Row, place: int, columns: tuple[str, ...], base: str) -> str:
    label = columns[place] + _LABEL
    if label in columns and (named := row[columns.index(label)]) is not None:
        return short(named, base)
    return short(row[place], base)


def _is_number(term: Term | None) -> bool:
    return term is None or (isinstance(term, Literal) and term.datatype.value in _NUMBERS)


def _title(column: str) -> str:
    """The name of a column in words: ``derivedProvisions`` is "derived provisions"."""
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in column)
