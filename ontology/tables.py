"""Reading the data files of the ontology, and saying exactly which file, line and column breaks the schema.

The schema of a file is the record type of its rows: a column a field, a column of several values a tuple (its cells
divided by ``|``). So a record and its file cannot drift apart.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from ..errors import ReferenceDataError

__all__ = ["Code", "Day", "Identifier", "Words", "entries", "rows"]

Words = Annotated[str, msgspec.Meta(min_length=1, description="at least one character")]
"""A cell that must not be empty."""

Identifier = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="lower case letters, digits and hyphens")
]
"""Lower case letters, digits and hyphens, as in ``cop-untoc``."""

Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$", description="a code of three capital letters")]
"""ISO 3166-1 alpha-3, or one that tables of States use for an organisation."""

Day = Annotated[
    str,
    msgspec.Meta(pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$", description="a date, as in 2014-11-11 or 2016-04"),
]
"""A date of the precision that was seen: ``2014-11-11``, ``2016-04``, ``2016``, or nothing."""

Record = TypeVar("Record")

_PLACE = re.compile(r" - at `\$\[(\d+)\](?:\.(\w+))?.*`$")


def _lists(record: type[object]) -> frozenset[str]:
    hints = get_type_hints(record)
    return frozenset(name for name, hint in hints.items() if get_origin(hint) is tuple)


def rows(path: Path, record: type[Record]) -> tuple[Record, ...]:
    """The rows of a CSV file as records, in the order of the file.

    Raises
    ------
    ReferenceDataError
        If the file cannot be read, has other columns than the record has fields, or holds a value of the wrong form.
    """
    columns = tuple(field.name for field in fields(record))  # type: ignore[arg-type]
    lists = [(column, columns.index(column)) for column in sorted(_lists(record))]
    found: list[dict[str, object]] = []
    lines: list[int] = []
    line = 1
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = tuple(next(reader, ()))
            if header != columns:
                raise ReferenceDataError(
                    f"the columns are {', '.join(header) or 'missing'}",
                    where=f"{path}, line 1",
                    remedy=f"they must be {', '.join(columns)}",
                )
            for cells in reader:
                if len(cells) != len(columns):
                    raise ReferenceDataError(
                        f"{len(cells)} cells where the header has {len(columns)}",
                        where=f"{path}, line {reader.line_num}",
                        remedy="put cells that hold a comma in double quotes",
                    )
                row: dict[str, object] = dict(zip(columns, cells, strict=False))
                for column, position in lists:
                    row[column] = cells[position].split("|") if cells[position] else []
                found.append(row)
                line = reader.line_num
                lines.append(line)
    except OSError as error:
        raise _unreadable(path, error) from None
    except UnicodeDecodeError:
        raise ReferenceDataError("not UTF-8 text", where=str(path), remedy="save the file as UTF-8") from None
    except csv.Error as error:
        raise ReferenceDataError(str(error), where=f"{path}, after line {line}") from None
    try:
        return msgspec.convert(found, type=tuple[record, ...], strict=False)  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        place = _PLACE.search(str(error))
        if place is None or place[2] is None:
            raise ReferenceDataError(str(error), where=str(path)) from None
        index, column = int(place[1]), place[2]
        raise ReferenceDataError(
            _fault(error, record, column, found[index][column]), where=f"{path}, line {lines[index]}, column {column}"
        ) from None


def entries(path: Path, table: str, record: type[Record]) -> tuple[Record, ...]:
    """The ``[[table]]`` entries of a TOML file as records, in the order of the file.

    Raises
    ------
    ReferenceDataError
        If the file cannot be read, is not TOML, holds anything else, or holds an entry of the wrong form.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except OSError as error:
        raise _unreadable(path, error) from None
    except UnicodeDecodeError:
        raise ReferenceDataError("not UTF-8 text", where=str(path), remedy="save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ReferenceDataError(str(error), where=str(path)) from None
    strange = sorted(set(content) - {table})
    if strange:
        raise ReferenceDataError(
            f"unknown table {strange[0]!r}", where=str(path), remedy=f"each entry begins with [[{table}]]"
        )
    found: Any = content.get(table, [])
    try:
        return msgspec.convert(found, type=tuple[record, ...])  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        place = _PLACE.search(str(error))
        where = str(path)
        if place is not None:
            where = f"{path}, line {_line_of(text, table, int(place[1]), place[2])}"
        value = found[int(place[1])].get(place[2]) if place is not None and place[2] else None
        raise ReferenceDataError(_fault(error, record, place[2] if place else None, value), where=where) from None


def _line_of(text: str, table: str, index: int, key: str | None) -> int:
    """The line of `key` in the entry number `index` (from 0) of ``[[table]]``, or of the entry itself."""
    seen = -1
    start = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]", line):
            seen += 1
            if seen > index:
                break
            start = number
        elif seen == index and key and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return number
    return start


def _fault(error: msgspec.ValidationError, record: type[object], column: str | None, value: object) -> str:
    """What is wrong with `value`, and what would be right."""
    right = _expected(get_type_hints(record, include_extras=True).get(column or ""))
    if value is None or not right:
        return _PLACE.sub("", str(error))
    return f"{value!r} is not {right}"


def _expected(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(str(choice) for choice in get_args(hint))
    if get_origin(hint) is tuple:
        inner = _expected(get_args(hint)[0])
        return f"a list, each of {inner}" if inner else ""
    if get_origin(hint) is Annotated:
        for meta in get_args(hint)[1:]:
            if isinstance(meta, msgspec.Meta) and meta.description:
                return meta.description
    return {int: "a whole number", bool: "true or false", str: "words in quotes"}.get(hint, "")


def _unreadable(path: Path, error: OSError) -> ReferenceDataError:
    return ReferenceDataError(
        f"cannot be read ({error.strerror})", where=str(path), remedy="install travaux again, or restore the file"
    )
