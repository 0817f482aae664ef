r"""The header of a query file: a block of YAML behind ``#+``, the form that grlc and SPARQL catalogues read.

Only a part of YAML is read here, the part that needs no library: keys and values, nested by two spaces; lists in square
brackets; and folded text behind ``>``. Whatever else stands in a header is an error with its line.

    >>> read_header("#+ title: Who?\n#+ tags: [States, concepts]\nSELECT * WHERE { ?s ?p ?o }", "who.rq")
    {'title': 'Who?', 'tags': ['States', 'concepts']}
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import QueryError

__all__ = ["Fields", "read_header"]

Fields = dict[str, "str | list[str] | Fields"]
"""What a header says: words, lists of words, and fields below fields."""

_MARK = "#+"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a header: its number in the file, its indent, its words."""

    number: int
    indent: int
    words: str


def read_header(text: str, where: str) -> Fields:
    """The fields of the header of `text`; nothing where `text` has no header. `where` names the file in errors.

    Raises
    ------
    QueryError
        If a line of the header cannot be read, with its number.
    """
    lines: list[_Line] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith(_MARK):
            if lines or not (line.startswith("#") or not line.strip()):
                break
            continue
        words = line.removeprefix(_MARK)
        if words.strip():
            lines.append(_Line(number, len(words) - len(words.lstrip(" ")) - 1, words.strip()))
    fields, rest = _fields(lines, 0, where)
    if rest:
        raise _unreadable(rest[0], where)
    return fields


def _fields(lines: list[_Line], indent: int, where: str) -> tuple[Fields, list[_Line]]:
    """The fields at `indent` from which `lines` start, and the lines after them."""
    fields: Fields = {}
    while lines and lines[0].indent == indent:
        line, *lines = lines
        key, colon, words = line.words.partition(":")
        words = words.strip()
        if not colon or not key.replace("-", "").isalnum():
            raise _unreadable(line, where)
        if key in fields:
            raise QueryError(f"the header says {key} twice", where=f"{where}, line {line.number}")
        if words == ">":
            folded: list[str] = []
            while lines and lines[0].indent > indent:
                folded.append(lines.pop(0).words)
            fields[key] = " ".join(folded)
        elif words.startswith("["):
            if not words.endswith("]"):
                raise _unreadable(line, where)
            fields[key] = [entry.strip() for entry in words[1:-1].split(",") if entry.strip()]
        elif words:
            fields[key] = _unquoted(words)
        else:
            fields[key], lines = _fields(lines, indent + 2, where)
    if lines and lines[0].indent > indent:
        raise _unreadable(lines[0], where)
    return fields, lines


def _unquoted(words: str) -> str:
    if len(words) > 1 and words[0] == words[-1] and words[0] in "'\"":
        return words[1:-1]
    return words


def _unreadable(line: _Line, where: str) -> QueryError:
    return QueryError(
        f"cannot read {line.words!r} in the header",
        where=f"{where}, line {line.number}",
        remedy="write 'key: words', with nested keys two spaces further in",
    )
