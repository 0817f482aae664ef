"""From what a person types to the term that is meant: ``extradition``, ``state/COL``, ``Viet Nam``, an IRI.

What a value names is looked up in the graph that is asked, so a misspelt name is an error and never an empty answer.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ..errors import QueryError
from ..ontology.proponents import folded
from ..ontology.terms import NAMESPACES, TRV
from .engines import Source, ask
from .tokens import Value

__all__ = ["KINDS", "LITERALS", "nearest", "resolve"]

_XSD = NAMESPACES["xsd"]
_SKOS = NAMESPACES["skos"]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of thing that a parameter can name: what it is called, its classes, the folders of its IRIs."""

    words: str
    classes: tuple[str, ...]
    folders: tuple[str, ...]
    example: str


KINDS: Mapping[str, _Kind] = {
    "concept": _Kind("a concept", (f"{_SKOS}Concept",), ("concept/",), "extradition"),
    "severity": _Kind("a severity of findings", (f"{_SKOS}Concept",), ("severity/",), "A, B or C"),
    "scheme": _Kind("a concept scheme", (f"{_SKOS}ConceptScheme",), ("scheme/",), "concepts"),
    "state": _Kind("a State", (f"{TRV}State",), ("state/",), "state/COL or Colombia"),
    "group": _Kind("a group of States", (f"{TRV}Group",), ("group/",), "caricom"),
    "proponent": _Kind(
        "a State, a group or an organisation",
        (f"{TRV}State", f"{TRV}Group", f"{TRV}Organization"),
        ("state/", "group/", "organization/"),
        "state/COL or Colombia",
    ),
    "instrument": _Kind("an instrument", (f"{TRV}Instrument",), ("instrument/",), "untoc"),
    "resolution": _Kind("a resolution", (f"{TRV}Resolution",), ("resolution/",), "ga/74/247"),
    "document": _Kind("a document", (f"{TRV}Document",), ("document/",), "v-22-10828"),
    "submission": _Kind("a submission", (f"{TRV}Submission",), ("document/",), "v-22-10828/jamaica"),
    "provision": _Kind(
        "a provision", (f"{TRV}Provision",), ("instrument/", "document/"), "untoc/18 or v-22-10828/jamaica/extradition"
    ),
    "thing": _Kind("a thing in the graph", (), ("",), "document/v-22-10828/jamaica/extradition"),
}
"""The kinds of thing by the name of the type of parameter."""

LITERALS: Mapping[str, tuple[str, str]] = {
    "text": (f"{_XSD}string", r"(?s).+"),
    "integer": (f"{_XSD}integer", r"[+-]?\d+"),
    "date": (f"{_XSD}date", r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
}
"""The datatype of each type of literal, and the pattern that its values fit."""

_REMEDIES = {
    "text": "give some words",
    "integer": "give a whole number, such as 3",
    "date": "give a day, such as 2022-08-03",
}
_CITED = frozenset({"provision", "resolution", "thing"})
_NAMED = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX trv: <https://w3id.org/travaux/ns#>
SELECT DISTINCT ?class ?thing ?name WHERE {
  ?thing a ?class .
  OPTIONAL { ?thing rdfs:label|skos:prefLabel|skos:altLabel|skos:notation|dcterms:title|trv:symbol ?name }
}
ORDER BY ?thing ?name
"""
_CALLED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name ?thing WHERE { ?thing rdfs:label|skos:prefLabel|skos:altLabel|skos:notation ?name }
ORDER BY ?thing
"""
_TYPED = "SELECT DISTINCT ?thing ?class WHERE { ?thing a ?class } ORDER BY ?class"
_MENTIONED = "ASK WHERE { ?subject ?property ?thing }"


def resolve(source: Source, value: str, kind: str, *, base: str, where: str) -> Value:
    """The term that `value` means for a parameter of the type `kind`, in the graph of `source`.

    `where` names the parameter in errors.

    Raises
    ------
    QueryError
        If nothing in the graph goes by that name, or several things do; with the nearest names.
    """
    if kind in LITERALS:
        datatype, pattern = LITERALS[kind]
        if not re.fullmatch(pattern, value):
            raise QueryError(f"{value!r} is no {kind}", where=where, remedy=_REMEDIES[kind])
        return Literal(value, datatype=NamedNode(datatype))
    wanted = KINDS[kind]
    if not value.strip():
        raise QueryError("the value is empty", where=where, remedy=f"give {wanted.words}, such as {wanted.example}")
    for iri in _candidates(value.strip(), wanted, base):
        if _is(source, iri, wanted):
            return iri
        # A provision that a document cites and no treaty has is in the graph only as what is cited.
        if kind in _CITED and not _is(source, iri, KINDS["thing"]) and ask(source, _MENTIONED, {"thing": iri}).truth:
            return iri
    return _exactly(source, value.strip(), wanted) or _by_name(source, value.strip(), wanted, base, where)


def nearest(word: str, words: list[str]) -> str:
    """The remedy that names the words nearest to `word`; empty where none is near.

    >>> nearest("extraditon", ["extradition", "seizure"])
    'did you mean extradition?'
    """
    near = difflib.get_close_matches(word, words, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else ""


def _candidates(value: str, wanted: _Kind, base: str) -> list[NamedNode]:
    """The IRIs that `value` may stand for, in the order in which they are tried."""
    bare = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    written = [bare] if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", bare) else []
    if not written:
        written = [base + bare, *(base + folder + bare for folder in wanted.folders)]
    found: list[NamedNode] = []
    for iri in dict.fromkeys(written):
        try:
            found.append(NamedNode(iri))
        except ValueError:  # words with spaces and the like are a name, not an IRI
            continue
    return found


def _exactly(source: Source, value: str, wanted: _Kind) -> NamedNode | None:
    """The one thing that has exactly this name: much quicker than to compare it with all names."""
    named = {
        thing
        for name in (Literal(value, language="en"), Literal(value))
        for thing in ask(source, _CALLED, {"name": name}).column("thing")
        if isinstance(thing, NamedNode)
    }
    found = [thing for thing in named if _is(source, thing, wanted)]
    return found[0] if len(found) == 1 else None


def _is(source: Source, thing: NamedNode, wanted: _Kind) -> bool:
    """Whether the graph says that `thing` is of the kind that is wanted, or says what it is where any kind will do."""
    typed = {
        term.value for term in ask(source, _TYPED, {"thing": thing}).column("class") if isinstance(term, NamedNode)
    }
    return bool(typed & set(wanted.classes) if wanted.classes else typed)


def _by_name(source: Source, value: str, wanted: _Kind, base: str, where: str) -> NamedNode:
    named: dict[str, set[str]] = defaultdict(set)
    spelt: dict[str, str] = {}
    classes = wanted.classes or (f"{TRV}Provision",)
    for class_ in classes:
        for _, thing, name in ask(source, _NAMED, {"class": NamedNode(class_)}).rows:
            if not isinstance(thing, NamedNode):
                continue
            path = thing.value.removeprefix(base)
            for words in (path, *(path.removeprefix(folder) for folder in wanted.folders), _end(path)):
                named[folded(words)].add(thing.value)
                spelt.setdefault(folded(words), words)
            if isinstance(name, Literal):
                named[folded(name.value)].add(thing.value)
                spelt.setdefault(folded(name.value), name.value)
    found = sorted(named.get(folded(value.removeprefix(base)), ()))
    if len(found) == 1:
        return NamedNode(found[0])
    if found:
        paths = [iri.removeprefix(base) for iri in found]
        some = f"{', '.join(paths[:3])}{', ...' if len(paths) > 3 else ''}"
        raise QueryError(f"{value!r} names {len(found)} things: {some}", where=where, remedy="give one of these paths")
    near = difflib.get_close_matches(folded(value), list(named), n=3, cutoff=0.6)
    suggestion = f"did you mean {' or '.join(dict.fromkeys(spelt[word] for word in near))}?" if near else ""
    raise QueryError(
        f"{value!r} is not {wanted.words} in this graph",
        where=where,
        remedy=suggestion or f"give {wanted.words}, such as {wanted.example}",
    )


def _end(path: str) -> str:
    """The path of a proposed provision without its document: ``jamaica/extradition/3``."""
    return path.split("/", 2)[2] if path.startswith("document/") and path.count("/") > 2 else path
