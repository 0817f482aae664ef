"""Where a query can be asked: Oxigraph, rdflib, or an endpoint far away; with the same answer from each.

A query that names no data set sees the union of all named graphs.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ..errors import QueryError
from ..graph.sparql import names_dataset, syntax_error
from ..graph.store import Store
from ..ontology.terms import DEFAULT_BASE
from .results import Answer, Form, Row
from .tokens import Term, Value, serialized, with_values

if TYPE_CHECKING:
    import rdflib

__all__ = ["Endpoint", "Source", "ask", "outline_of"]

_WHERE = "query"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 endpoint, by its address."""

    url: str
    timeout: int = 60


Source: TypeAlias = "ox.Store | Store | rdflib.Graph | Endpoint"


def ask(
    source: Source,
    text: str,
    terms: Mapping[str, Value] | None = None,
    *,
    base: str = DEFAULT_BASE,
) -> Answer:
    """Ask `source` the query `text`, with the variables named in `terms` bound to those terms.

    Raises
    ------
    QueryError
        If the query cannot be read (with its line and column) or cannot be answered.

    Examples
    --------
    >>> store = ox.Store()
    >>> store.load(b"<http://e/a> <http://e/p> 1 , 2 .", format=ox.RdfFormat.TURTLE)
    >>> ask(store, "SELECT ?n WHERE { ?s ?p ?n }", {"n": ox.Literal(2)}).rows
    ((<Literal value=2 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>,),)
    """
    terms = dict(sorted((terms or {}).items()))
    if isinstance(source, Endpoint):
        return _far(source, text, terms, base)
    if isinstance(source, ox.Store | Store):
        return _oxigraph(source, text, terms, base)
    return _rdflib(source, text, terms, base)


def outline_of(text: str, base: str = DEFAULT_BASE) -> tuple[Form, tuple[str, ...]]:
    """The form and the columns of the query `text`, found without any data.

    Raises
    ------
    QueryError
        If the query cannot be read, with its line and column.
    """
    found = _asked(_empty(), text, {}, base)
    if isinstance(found, ox.QuerySolutions):
        return Form.SELECT, tuple(variable.value for variable in found.variables)
    return (Form.ASK if isinstance(found, ox.QueryBoolean) else Form.CONSTRUCT), ()


@cache
def _empty() -> ox.Store:
    return ox.Store()


def _asked(
    store: ox.Store | Store, text: str, terms: Mapping[str, Value], base: str
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    values: dict[ox.Variable, Term] = {ox.Variable(name): term for name, term in terms.items()}
    try:
        if isinstance(store, Store):
            return store.query(
                text, substitutions={ox.Variable(name): term for name, term in terms.items()}, where=_WHERE
            )
        union = not names_dataset(text)
        return store.query(text, base_iri=base, use_default_graph_as_union=union, substitutions=values)
    except SyntaxError as error:
        raise syntax_error(error, _WHERE) from None
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}", where=_WHERE) from error


def _oxigraph(store: ox.Store | Store, text: str, terms: dict[str, Value], base: str) -> Answer:
    form, columns = outline_of(text, base)
    # Oxigraph substitutes only variables that a SELECT also gives out; any other one is bound by VALUES.
    hidden = {name: term for name, term in terms.items() if form is Form.SELECT and name not in columns}
    shown = {name: term for name, term in terms.items() if name not in hidden}
    found = _asked(store, with_values(text, hidden), shown, base)
    try:
        return _answer(found, terms)
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}", where=_WHERE) from error


def _answer(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, terms: Mapping[str, Value]) -> Answer:
    if isinstance(found, ox.QuerySolutions):
        variables = found.variables
        rows = tuple(tuple(solution[variable] for variable in variables) for solution in found)
        return Answer(Form.SELECT, tuple(variable.value for variable in variables), rows, bound=terms)
    if isinstance(found, ox.QueryBoolean):
        return Answer(Form.ASK, truth=bool(found), bound=terms)
    return Answer(Form.CONSTRUCT, triples=_sorted(found), bound=terms)


def _rdflib(graph: rdflib.Graph, text: str, terms: dict[str, Value], base: str) -> Answer:
    from rdflib import Dataset

    form, columns = outline_of(text, base)
    if isinstance(graph, Dataset) and not graph.default_union:
        graph = Dataset(graph.store, default_union=True)
    try:
        with warnings.catch_warnings():
            # What a Dataset is asked, rdflib asks of an attribute that it tells others not to use.
            warnings.filterwarnings("ignore", "Dataset.default_context", DeprecationWarning)
            found = graph.query(text, initBindings={name: _to_rdflib(term) for name, term in terms.items()}, base=base)
            if form is Form.ASK:
                return Answer(form, truth=bool(found.askAnswer), bound=terms)
            if form is Form.CONSTRUCT:
                return Answer(form, triples=_sorted(_triples(found)), bound=terms)
            return Answer(form, columns, tuple(_rows(found.bindings, columns)), bound=terms)
    except Exception as error:  # rdflib raises whatever its parts raise; none of it is for a person to read
        raise QueryError(f"rdflib cannot answer the query: {type(error).__name__}: {error}", where=_WHERE) from error


def _rows(solutions: Iterable[Mapping[rdflib.Variable, object]], columns: tuple[str, ...]) -> Iterator[Row]:
    for solution in solutions:
        # A variable of GROUP BY that is unbound comes as None here, and not at all elsewhere.
        named = {str(variable): _from_rdflib(term) for variable, term in solution.items() if term is not None}
        yield tuple(named.get(name) for name in columns)


def _triples(found: Iterable[object]) -> Iterator[ox.Triple]:
    for triple in found:
        assert isinstance(triple, tuple)
        subject, predicate, value = (_from_rdflib(term) for term in triple)
        assert not isinstance(subject, ox.Literal)
        assert isinstance(predicate, ox.NamedNode)
        yield ox.Triple(subject, predicate, value)


def _to_rdflib(term: Value) -> rdflib.URIRef | rdflib.Literal:
    from rdflib import Literal, URIRef

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    if term.datatype.value.endswith("#string"):
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _from_rdflib(term: object) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    assert isinstance(term, BNode)
    return ox.BlankNode(str(term))


def _far(endpoint: Endpoint, text: str, terms: dict[str, Value], base: str) -> Answer:
    try:
        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
    except ImportError:
        raise QueryError(
            "endpoints need SPARQLWrapper", where=endpoint.url, remedy="install it with: pip install 'travaux[remote]'"
        ) from None
    form, _ = outline_of(text, base)
    wrapper = SPARQLWrapper(endpoint.url)
    wrapper.setMethod(POST)
    wrapper.setTimeout(endpoint.timeout)
    wrapper.setReturnFormat(TURTLE if form is Form.CONSTRUCT else JSON)
    wrapper.setQuery(f"BASE {serialized(ox.NamedNode(base))}\n{with_values(text, terms)}")
    # The wrapper looks for the form in comments too, where "address" holds the ADD of an update.
    wrapper.queryType = form.upper()
    try:
        content = wrapper.query().response.read()
        if form is Form.CONSTRUCT:
            quads = ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=base)
            return Answer(form, triples=_sorted(quad.triple for quad in quads), bound=terms)
        found = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        return _answer(found, terms)
    except Exception as error:  # the wrapper lets through whatever urllib, the server or a proxy comes up with
        said = " ".join(str(error).split())[:200]
        raise QueryError(
            f"the endpoint did not answer: {said}", where=endpoint.url, remedy="check the address and that it is up"
        ) from error


def _sorted(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    return tuple(sorted(set(triples), key=str))
