"""A value that a person types becomes a term, and never a part of the query."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from travaux.errors import QueryError
from travaux.queries.catalogue import read_question, run
from travaux.queries.engines import ask
from travaux.queries.header import read_header
from travaux.queries.names import resolve
from travaux.queries.tokens import variables, with_values

BASE = "https://w3id.org/travaux/"
TURTLE = """
@prefix trv: <https://w3id.org/travaux/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<state/VNM> a trv:State ; rdfs:label "Viet Nam"@en ; skos:altLabel "Socialist Republic of Viet Nam"@en .
<state/TUR> a trv:State ; rdfs:label "Türkiye"@en ; skos:altLabel "Turkey"@en .
<state/COG> a trv:State ; rdfs:label "Congo"@en .
<state/COD> a trv:State ; rdfs:label "Democratic Republic of the Congo"@en ; skos:altLabel "Congo"@en .
<group/caricom> a trv:Group ; rdfs:label "Caribbean Community"@en ; skos:altLabel "CARICOM"@en .
<concept/extradition> a skos:Concept ; skos:prefLabel "extradition"@en ; rdfs:label "extradition"@en .
<instrument/untoc> a trv:Instrument ; rdfs:label "UNTOC"@en .
<instrument/untoc/18> a trv:Provision ; rdfs:label "UNTOC, art. 18"@en ; trv:partOf <instrument/untoc> .
<document/d/a> a trv:Submission ; rdfs:label "A" .
<document/d/a/scope/1> a trv:Provision ; rdfs:label "A: Scope, para. 1" ; trv:text "Words \\"in quotes\\"." ;
  trv:cites <instrument/untoc/99> .
"""
EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(TURTLE.encode(), format=ox.RdfFormat.TURTLE, base_iri=BASE)
    return store


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=TURTLE, format="turtle", publicID=BASE)


@pytest.mark.parametrize(
    ("kind", "value", "path"),
    [
        ("state", "state/VNM", "state/VNM"),
        ("state", "VNM", "state/VNM"),
        ("state", "Viet Nam", "state/VNM"),
        ("state", "socialist republic of viet nam", "state/VNM"),
        ("state", "TURKIYE", "state/TUR"),
        ("state", "https://w3id.org/travaux/state/TUR", "state/TUR"),
        ("proponent", "<https://w3id.org/travaux/state/TUR>", "state/TUR"),
        ("proponent", "the Caribbean Community", "group/caricom"),
        ("group", "caricom", "group/caricom"),
        ("concept", "extradition", "concept/extradition"),
        ("concept", "concept/extradition", "concept/extradition"),
        ("instrument", "untoc", "instrument/untoc"),
        ("provision", "untoc/18", "instrument/untoc/18"),
        ("provision", "instrument/untoc/18", "instrument/untoc/18"),
        ("provision", "untoc/99", "instrument/untoc/99"),
        ("provision", "d/a/scope/1", "document/d/a/scope/1"),
        ("provision", "a/scope/1", "document/d/a/scope/1"),
        ("provision", "A: Scope, para. 1", "document/d/a/scope/1"),
        ("submission", "d/a", "document/d/a"),
        ("thing", "state/VNM", "state/VNM"),
    ],
)
def test_a_thing_goes_by_its_path_its_name_or_its_iri(
    store: ox.Store, graph: rdflib.Graph, kind: str, value: str, path: str
) -> None:
    for source in (store, graph):
        assert resolve(source, value, kind, base=BASE, where="parameter") == ox.NamedNode(BASE + path)


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("concept", "extraditon", "did you mean extradition"),
        ("state", "Viet Nahm", "did you mean Viet Nam"),
        ("state", "group/caricom", "is not a State"),
        ("state", "Congo", "names 2 things: state/COD, state/COG"),
        ("state", "", "empty"),
        ("state", "  ", "empty"),
        ("concept", "state/VNM", "is not a concept"),
        ("instrument", "https://w3id.org/travaux/instrument/nothing", "is not an instrument"),
        ("provision", "untoc/98", "untoc/18"),
        ("integer", "three", "give a whole number"),
        ("date", "2022-13-01", "give a day"),
        ("text", "", "give some words"),
    ],
)
def test_what_names_nothing_is_an_error_that_helps(store: ox.Store, kind: str, value: str, told: str) -> None:
    with pytest.raises(QueryError, match=r"^parameter x: ") as error:
        resolve(store, value, kind, base=BASE, where="parameter x")
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@given(value=st.text())
def test_any_words_come_back_as_the_literal_that_they_are(value: str) -> None:
    text = with_values("SELECT ?x WHERE { }", {"x": ox.Literal(value)})
    assert ask(ox.Store(), text).rows == ((ox.Literal(value),),)


@given(value=st.text(alphabet=st.sampled_from('\\uU"0027\n}{>#\x01 a')))
def test_words_that_look_like_escapes_stay_words_on_both_engines(value: str) -> None:
    text = with_values("SELECT ?x WHERE { }", {"x": ox.Literal(value)})
    assert ask(ox.Store(), text).rows == ask(rdflib.Graph(), text).rows == ((ox.Literal(value),),)


@given(value=st.text(min_size=1))
def test_no_value_changes_what_is_asked(value: str) -> None:
    """Whatever stands in the blank, the answer has the columns of the question and only rows that hold the value."""
    store = ox.Store()
    store.load(TURTLE.encode(), format=ox.RdfFormat.TURTLE, base_iri=BASE)
    header = "#+ params:\n#+   words:\n#+     type: text\n#+     description: words\n#+     example: a\n"
    query = "SELECT ?words ?s WHERE { ?s ?p ?said FILTER(CONTAINS(LCASE(STR(?said)), LCASE(?words))) }"
    answer = run(store, header + query, {"words": value})
    assert answer.columns == ("words", "s")
    assert set(answer.column("words")) <= {ox.Literal(value)}
    expected = {quad.subject for quad in store if value.lower() in getattr(quad.object, "value", "").lower()}
    assert set(answer.column("s")) == expected


@given(value=st.text(), kind=st.sampled_from(["state", "concept", "provision", "thing", "resolution"]))
def test_a_value_that_should_name_a_thing_names_one_of_the_graph_or_nothing(value: str, kind: str) -> None:
    store = ox.Store()
    store.load(TURTLE.encode(), format=ox.RdfFormat.TURTLE, base_iri=BASE)
    try:
        term = resolve(store, value, kind, base=BASE, where="x")
    except QueryError:
        return
    assert any(term in (quad.subject, quad.object, quad.predicate) for quad in store)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?o WHERE { ?s ?p ?o }",
        "SELECT ?o { ?s ?p ?o }",
        "PREFIX where: <http://e/select#> SELECT ?o WHERE { ?s ?p ?o # { \n }",
        'SELECT (CONCAT("{", STR(?o)) AS ?x) ?o WHERE { ?s ?p ?o FILTER(STR(?o) != "{") }',
        "SELECT ?o (EXISTS { ?o ?o ?o } AS ?x) WHERE { ?s ?p ?o }",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT ?s WHERE { ?s ?p ?o }",
    ],
)
def test_values_bind_a_variable_wherever_the_pattern_starts(store: ox.Store, text: str) -> None:
    wanted = ox.NamedNode(BASE + "instrument/untoc")
    bound = ask(store, with_values(text, {"o": wanted}))
    assert (bound.rows, bound.triples, bound.truth) == (
        (lambda answer: (answer.rows, answer.triples, answer.truth))(ask(store, text, {"o": wanted}))
    )
    assert len(bound) < len(ask(store, text)) or bound.truth


def test_a_query_without_a_pattern_takes_no_parameter() -> None:
    with pytest.raises(QueryError, match="no pattern"):
        with_values("CONSTRUCT WHERE { ?s ?p ?o }", {"o": ox.Literal("a")})


def test_variables_in_strings_and_comments_are_none() -> None:
    assert variables("SELECT ?a $b WHERE { ?a <http://e/?c> '?d' } # ?e") == {"a", "b"}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?x WHERE { ?x ?y }", "line 1, column 26"),
        ("SELECT *\nWHERE {\n  ?s ?p }", "line 3"),
        ("", "line 1, column 1"),
    ],
)
def test_a_syntax_error_says_its_line_and_column_in_one_line(store: ox.Store, query: str, told: str) -> None:
    with pytest.raises(QueryError, match=told) as error:
        run(store, query)
    assert "\n" not in str(error.value)


def test_a_free_query_takes_iris_paths_and_words(store: ox.Store) -> None:
    by_path = run(store, EVERYTHING, {"s": "state/VNM"})
    by_iri = run(store, EVERYTHING, {"s": f"<{BASE}state/VNM>"})
    assert by_path.rows == by_iri.rows != ()
    assert len(run(store, EVERYTHING, {"o": "A"})) == 1
    assert len(run(store, EVERYTHING, {"o": ox.Literal("A")})) == 1


def test_a_variable_that_is_not_given_out_can_be_bound_too(store: ox.Store) -> None:
    text = "SELECT ?p WHERE { ?s ?p ?o }"
    assert len(run(store, text, {"s": "state/COG"})) == 2


def test_a_free_query_refuses_a_variable_that_it_has_not(store: ox.Store) -> None:
    with pytest.raises(QueryError, match="no parameter 'subject'"):
        run(store, EVERYTHING, {"subject": "a"})


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("#+ title Who", "line 1: cannot read 'title Who'"),
        ("#+ title: A\n#+ title: B", "line 2: the header says title twice"),
        ("#+ tags: [a", "cannot read"),
        ("#+   title: A", "cannot read"),
        ("#+ params:\n#+   x:\n#+       type: text", "line 3: cannot read"),
    ],
)
def test_a_header_that_cannot_be_read_says_where(header: str, told: str) -> None:
    with pytest.raises(QueryError, match=r"q\.rq") as error:
        read_header(header, "q.rq")
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("#+ titel: Who?", "unknown field 'titel'"),
        ("#+ params:\n#+   x:\n#+     type: text\n#+     example: a", "no variable ?x"),
        ("#+ params:\n#+   s:\n#+     type: txt\n#+     example: a", "unknown type 'txt'; did you mean text?"),
        ("#+ params:\n#+   s:\n#+     type: text", "default or an example"),
        ("#+ params:\n#+   s: text", "needs a type"),
    ],
)
def test_a_header_that_declares_what_is_not_there_is_refused(header: str, told: str) -> None:
    with pytest.raises(QueryError) as error:
        read_question(f"{header}\n{EVERYTHING}", "q")
    assert told in str(error.value)


def test_a_parameter_without_default_must_be_given(store: ox.Store) -> None:
    header = "#+ params:\n#+   s:\n#+     type: state\n#+     description: the State\n#+     example: Viet Nam\n"
    with pytest.raises(QueryError, match="needs a value for s: the State; add -p s=Viet Nam"):
        run(store, header + EVERYTHING)
