"""Answers as tables for the terminal: names in place of IRIs where there are names, and no column that says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from ..ontology.terms import DEFAULT_BASE, NAMESPACES
from .results import Answer, Form, Row
from .tokens import Term

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table

__all__ = ["AnswerTable", "printable", "short", "table"]

_LABEL = "Label"
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_LONGEST = 160
_PROSE = 90
"""From how many characters on words are prose and not a name."""
_NAME = 17
"""How wide a word may be before it breaks."""
_READABLE = 22
"""How wide a column of prose must at least be."""
_GAP = 2
_NUMBERS = frozenset(
    NAMESPACES["xsd"] + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)


def table(answer: Answer, base: str = DEFAULT_BASE, title: str = "") -> AnswerTable:
    """`answer` as a table that rich can print.

    A column ``concept`` beside a column ``conceptLabel`` is shown as one, by the label; an IRI without a label is shown
    as a path below `base` or with a prefix. Left out are the columns of parameters, which say the same in every row,
    and the columns that are empty throughout; long words are cut. The formats of :mod:`.formats` leave nothing out.
    """
    if answer.form is Form.ASK:
        return AnswerTable(title, ("answer",), (("yes" if answer.truth else "no",),), (False,))
    columns, rows = _relevant(answer)
    kept = [
        place
        for place, name in enumerate(columns)
        if any(row[place] is not None for row in rows)
        and not _stands_apart(name, columns)
        and name not in _fixed(answer)
    ]
    return AnswerTable(
        title,
        tuple(_title(columns[place]) for place in kept),
        tuple(tuple(_cell(row, place, columns, base) for place in kept) for row in rows),
        tuple(all(_is_number(row[place]) for row in rows) for place in kept),
    )


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Rows of words under the titles of their columns, laid out for as many cells as there are.

    Where the columns would be so narrow that words break, each row is told as a list of its values instead.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widths = self._widths(options.max_width)
        yield self._table(widths) if widths else self._records()

    def _widths(self, room: int) -> list[int]:
        """How wide each column is; nothing where there is no room for all."""
        from rich.cells import cell_len

        cells = list(zip(*self.rows, strict=True)) or [()] * len(self.columns)
        whole, least = [], []
        for column, column_cells, numeric in zip(self.columns, cells, self.numeric, strict=True):
            longest = max(map(cell_len, column_cells), default=0)
            words = [cell_len(word) for words in (column, *column_cells) for word in words.split()]
            wanted = max(longest, max(map(cell_len, column.split()), default=0) if numeric else cell_len(column))
            whole.append(wanted)
            narrow = wanted if numeric else min(max(words, default=0), _NAME)
            least.append(max(narrow, min(longest, _READABLE) if longest > _PROSE else 0))
        room -= _GAP * (len(self.columns) - 1)
        if sum(least) > room:
            return []
        spare = room - sum(least)
        # Cell by cell to the column that has to break its words into the most lines.
        while spare and (narrowest := max(range(len(whole)), key=lambda at: whole[at] / max(least[at], 1))) >= 0:
            if whole[narrowest] <= least[narrowest]:
                break
            least[narrowest] += 1
            spare -= 1
        return least

    def _table(self, widths: list[int]) -> Table:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        shown = Table(
            title=self.title or None,
            box=box.SIMPLE_HEAD,
            title_justify="left",
            pad_edge=False,
            show_edge=False,
            padding=(0, 1, 0, 0),
        )
        for column, width, numeric in zip(self.columns, widths, self.numeric, strict=True):
            shown.add_column(
                Text(column), justify="right" if numeric else "left", width=width, overflow="fold", vertical="top"
            )
        for row in self.rows:
            shown.add_row(*(Text(_folded(words, width)) for words, width in zip(row, widths, strict=True)))
        return shown

    def _records(self) -> Table:
        """Each row as lines of title and value; what is empty is left out."""
        from rich.table import Table
        from rich.text import Text

        shown = Table(
            title=self.title or None, title_justify="left", box=None, show_header=False, pad_edge=False, padding=(0, 1)
        )
        shown.add_column(no_wrap=True, style="bold")
        shown.add_column(overflow="fold")
        for place, row in enumerate(self.rows):
            if place:
                shown.add_row()
            for column, words in zip(self.columns, row, strict=True):
                if words:
                    shown.add_row(Text(column), Text(words))
        return shown


def _folded(words: str, width: int) -> str:
    r"""`words` with a line end in each path or compound that is longer than `width`, behind one of its signs.

    >>> _folded("see instrument/budapest/32", 14)
    'see instrument/\nbudapest/32'
    """
    parts = []
    for word in words.split(" "):
        rest, pieces = word, []
        while len(rest) > width and (cut := max(rest.rfind(sign, 0, width) for sign in "/-")) > 0:
            pieces.append(rest[: cut + 1])
            rest = rest[cut + 1 :]
        parts.append("\n".join([*pieces, rest]))
    return " ".join(parts)


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
