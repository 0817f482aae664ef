"""The catalogue of questions: each a file with its text, its parameters and an example, run on any store or graph.

>>> question("who-proposes-what").title
'Who proposes what on [concept]?'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from ..errors import QueryError
from ..graph.store import Store
from ..ontology.terms import DEFAULT_BASE
from .engines import Endpoint, Source, ask, outline_of
from .header import Fields, read_header
from .names import KINDS, LITERALS, nearest, resolve
from .results import Answer, Form
from .tokens import Term, Value, variables

__all__ = ["Endpoint", "Parameter", "Question", "catalogue", "question", "read_question", "run"]

FOLDER = Path(__file__).parent
_FIELDS = frozenset({"number", "title", "summary", "description", "tags", "params"})
_PARAMETER_FIELDS = frozenset({"type", "description", "default", "example", "optional"})
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank in a question: the variable it binds, the type of its values, and an example.

    `default` is what stands in the blank unless something else is given. Without one, and `optional`, the variable
    stays free and the question is asked of everything.
    """

    name: str
    type: str
    description: str
    default: str | None
    example: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the catalogue.

    `title` is the question in plain words, with its blanks in square brackets; `summary` says in a sentence what the
    answer holds; `description` says how it is found and what it does not mean. `text` is the whole file.
    """

    name: str
    number: int
    title: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    form: Form
    columns: tuple[str, ...]

    @property
    def example(self) -> dict[str, str]:
        """The parameters of the example: its values, where there is no default."""
        return {parameter.name: parameter.example for parameter in self.parameters if parameter.example}


@cache
def catalogue() -> tuple[Question, ...]:
    """All questions, by number.

    >>> len(catalogue()) >= 20
    True
    """
    found = (read_question(file.read_text(encoding="utf-8"), file.stem) for file in FOLDER.glob("*.rq"))
    return tuple(sorted(found, key=lambda one: one.number))


def question(name: str) -> Question:
    """The question with that name.

    Raises
    ------
    QueryError
        If there is none, with the nearest names.
    """
    named = {one.name: one for one in catalogue()}
    if name not in named:
        raise QueryError(
            f"there is no question {name!r}",
            where="catalogue",
            remedy=nearest(name, list(named)) or "list the questions with 'travaux queries'",
        )
    return named[name]


def read_question(text: str, name: str = "query") -> Question:
    """The question in the text of a file, with or without a header.

    Raises
    ------
    QueryError
        If the header or the query cannot be read, or the header declares a parameter that is no variable of the query.
    """
    fields = read_header(text, f"{name}.rq")
    form, columns = outline_of(text)
    _refuse_unknown(fields, _FIELDS, name)
    declared = fields.get("params", {})
    parameters = tuple(
        _parameter(key, told, name) for key, told in (declared.items() if isinstance(declared, dict) else ())
    )
    for parameter in parameters:
        if parameter.name not in variables(text):
            what = f"the query has no variable ?{parameter.name}"
            raise QueryError(what, where=f"{name}.rq", remedy="correct the header")
    number = _words(fields, "number")
    tags = fields.get("tags", [])
    return Question(
        name=name,
        number=int(number) if number.isdigit() else 0,
        title=_words(fields, "title"),
        summary=_words(fields, "summary"),
        description=_words(fields, "description"),
        tags=tuple(tags) if isinstance(tags, list) else (),
        parameters=parameters,
        text=text,
        form=form,
        columns=columns,
    )


def run(
    source: Source,
    asked: Question | str,
    parameters: Mapping[str, str | Term] | None = None,
    *,
    base: str | None = None,
) -> Answer:
    """Ask `source` a question of the catalogue (by name or as such), or a query text, with its blanks filled.

    `parameters` are values as a person types them (a name, a path, an IRI, words), or terms. In the text of a query
    without a header any variable can be given a value: an IRI in angle brackets, the path of a thing in the graph,
    or else plain words.

    Raises
    ------
    QueryError
        If there is no such question, a parameter is missing, unknown or names nothing in the graph, or the query cannot
        be read.
    """
    if isinstance(asked, str):
        asked = question(asked) if _NAME.fullmatch(asked) else read_question(asked)
    base = base or (source.base if isinstance(source, Store) else DEFAULT_BASE)
    given = dict(parameters or {})
    terms: dict[str, Value] = {}
    for parameter in asked.parameters:
        value = given.pop(parameter.name, parameter.default)
        where = f"parameter {parameter.name}"
        if value is None and not parameter.optional:
            raise QueryError(
                f"the question needs a value for {parameter.name}: {parameter.description}",
                where=asked.name,
                remedy=f"add -p {parameter.name}={parameter.example}",
            )
        if value is not None:
            terms[parameter.name] = (
                resolve(source, value, parameter.type, base=base, where=where)
                if isinstance(value, str)
                else _named(value, where)
            )
    for name, value in given.items():
        terms[name] = _free(source, asked, name, value, base)
    return ask(source, asked.text, terms, base=base)


def _free(source: Source, asked: Question, name: str, value: str | Term, base: str) -> Value:
    """The term for a variable that no header declares."""
    declared = bool(asked.parameters or asked.number)
    known = [parameter.name for parameter in asked.parameters] if declared else sorted(variables(asked.text))
    if declared or name not in known:
        remedy = nearest(name, known) or (f"it knows {', '.join(known)}" if known else "leave it out")
        raise QueryError(f"the question has no parameter {name!r}", where=asked.name, remedy=remedy)
    if not isinstance(value, str):
        return _named(value, f"parameter {name}")
    if value.startswith("<") and value.endswith(">"):
        try:
            return ox.NamedNode(value[1:-1])
        except ValueError:
            raise QueryError(f"{value} is no IRI", where=f"parameter {name}", remedy="write <https://...>") from None
    if "/" in value:
        try:
            return resolve(source, value, "thing", base=base, where=name)
        except QueryError:  # words with a slash in them
            pass
    return ox.Literal(value)


def _named(term: Term, where: str) -> Value:
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term
    raise QueryError(f"{term} has no name outside its graph", where=where, remedy="give an IRI or a literal")


def _parameter(key: str, told: object, name: str) -> Parameter:
    where = f"{name}.rq, parameter {key}"
    if not isinstance(told, dict):
        raise QueryError("a parameter needs a type, a description and a default or an example", where=where)
    _refuse_unknown(told, _PARAMETER_FIELDS, where)
    kind = _words(told, "type")
    if kind not in KINDS and kind not in LITERALS:
        known = [*KINDS, *LITERALS]
        remedy = nearest(kind, known) or f"use {', '.join(known)}"
        raise QueryError(f"unknown type {kind!r}", where=where, remedy=remedy)
    default = told.get("default")
    default = default if isinstance(default, str) else None
    example = _words(told, "example") or default or ""
    if not example:
        raise QueryError("a parameter needs a default or an example", where=where)
    return Parameter(key, kind, _words(told, "description"), default, example, _words(told, "optional") == "yes")


def _words(fields: Fields, key: str) -> str:
    words = fields.get(key, "")
    return words if isinstance(words, str) else ""


def _refuse_unknown(fields: Fields, known: frozenset[str], where: str) -> None:
    for key in fields:
        if key not in known:
            raise QueryError(f"unknown field {key!r} in the header", where=where, remedy=nearest(key, sorted(known)))
