"""The catalogue as a whole: what its files say of themselves, where they run, and how their answers are written."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
import rdflib
from rich.console import Console
from travaux.errors import QueryError
from travaux.graph.store import Store
from travaux.ontology.terms import NAMESPACES
from travaux.queries.catalogue import Question, catalogue, question, run
from travaux.queries.engines import Endpoint, ask
from travaux.queries.formats import GRAPH_FORMATS, TABLE_FORMATS, written
from travaux.queries.results import Answer, Form
from travaux.queries.tables import table
from travaux.queries.tokens import with_values

QUESTIONS = catalogue()
SELECTS = [one for one in QUESTIONS if one.form is Form.SELECT]
GRAPHS = [one for one in QUESTIONS if one.form is Form.CONSTRUCT]
WIDTH = 100


def name(one: object) -> str:
    return one.name if isinstance(one, Question) else str(one)


@pytest.fixture(scope="module")
def store(corpus: Store) -> Store:
    return corpus


@pytest.fixture(scope="module")
def endpoint(store: Store) -> Iterator[Endpoint]:
    """A SPARQL endpoint on this machine that knows nothing but the query it is sent."""
    served = ox.Store()
    served.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store.quads())

    class Protocol(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found = served.query(parse_qs(sent)["query"][0])
            kind: ox.RdfFormat | ox.QueryResultsFormat
            if isinstance(found, ox.QueryTriples):
                kind = ox.RdfFormat.TURTLE
                content = found.serialize(format=kind)
            else:
                kind = ox.QueryResultsFormat.JSON
                content = found.serialize(format=kind)
            self.send_response(200)
            self.send_header("Content-Type", kind.media_type)
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Protocol)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Endpoint(f"http://127.0.0.1:{server.server_port}/sparql")
    server.shutdown()
    thread.join()
    server.server_close()


def same(one: Answer, other: Answer) -> bool:
    return (one.columns, Counter(one.rows), one.triples) == (other.columns, Counter(other.rows), other.triples)


def test_the_questions_are_numbered_through() -> None:
    assert [one.number for one in QUESTIONS] == list(range(1, len(QUESTIONS) + 1))


@pytest.mark.parametrize("one", QUESTIONS, ids=name)
def test_a_question_says_all_that_a_reader_needs(one: Question) -> None:
    assert one.title.endswith("?")
    assert one.summary.endswith(".")
    assert one.description.endswith(".")
    assert one.tags
    assert all(parameter.description and parameter.example for parameter in one.parameters)


@pytest.mark.parametrize("one", QUESTIONS, ids=name)
def test_each_blank_of_a_title_is_a_blank_of_the_question(one: Question) -> None:
    blanks = set(re.findall(r"\[([a-z]+)\]", one.title))
    assert blanks <= {parameter.name for parameter in one.parameters}
    implied = [parameter for parameter in one.parameters if parameter.name not in blanks]
    assert all(parameter.optional or parameter.default for parameter in implied)


@pytest.mark.parametrize("one", SELECTS, ids=name)
def test_every_parameter_is_a_column_so_that_an_answer_tells_what_it_answers(one: Question) -> None:
    assert {parameter.name for parameter in one.parameters} <= set(one.columns)


@pytest.mark.parametrize("one", SELECTS, ids=name)
def test_every_table_has_an_order_and_no_row_twice(one: Question, store: Store) -> None:
    assert re.search(r"^ORDER BY ", one.text, re.MULTILINE)
    answer = run(store, one)
    assert max(Counter(answer.rows).values()) == 1
    assert run(store, one).rows == answer.rows


@pytest.mark.parametrize("one", QUESTIONS, ids=name)
def test_a_question_is_portable(one: Question) -> None:
    """No graph, no data set, no service, no relative IRI; the prefixes that are used, as everywhere in Travaux."""
    query = re.sub(r"#[^\n]*", "", re.sub(r"(PREFIX \w+: <)[^>]*#?>", r"\1>", one.text))
    assert not re.search(r"\b(FROM|GRAPH|SERVICE|LATERAL)\b", query)
    declared = dict(re.findall(r"^PREFIX (\w+): <([^>]*)>$", one.text, re.MULTILINE))
    assert declared == {prefix: NAMESPACES[prefix] for prefix in declared}
    pattern = query[re.search(r"^(SELECT|CONSTRUCT)", query, re.MULTILINE).start() :]  # type: ignore[union-attr]
    assert set(re.findall(r"\b([a-z]+):[A-Za-z]", pattern)) == set(declared)
    assert "<http" not in pattern


@pytest.mark.parametrize("one", QUESTIONS, ids=name)
def test_terms_bind_alike_by_substitution_and_by_values(one: Question, store: Store) -> None:
    """What an endpoint far away is sent, and what the store does, come to the same."""
    answer = run(store, one, one.example)
    assert same(answer, ask(store, with_values(one.text, dict(answer.bound))))


@pytest.mark.parametrize("one", QUESTIONS, ids=name)
def test_an_endpoint_gives_the_same_answer(one: Question, store: Store, endpoint: Endpoint) -> None:
    assert same(run(store, one, one.example), run(endpoint, one, one.example))


@pytest.mark.parametrize("default_union", [False, True])
def test_a_data_set_of_rdflib_is_asked_as_the_union_of_its_graphs(store: Store, default_union: bool) -> None:
    held = rdflib.Dataset(default_union=default_union)
    for graph in store.graphs():
        triples = (quad.triple for quad in store.quads(graph))
        named = held.graph(rdflib.URIRef(graph.value))
        named.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    assert same(run(store, "nonexistent-citations"), run(held, "nonexistent-citations"))


def test_a_question_without_its_parameter_is_asked_of_everything(store: Store) -> None:
    """So that a file can be pasted into another tool as it is."""
    one = question("who-proposes-what")
    everything = ask(store, one.text)
    assert set(run(store, one).rows) < set(everything.rows)


def test_an_optional_parameter_narrows_the_answer(store: Store) -> None:
    whole = run(store, "search", {"words": "dual criminality"})
    part = run(store, "search", {"words": "dual criminality", "proponent": "Viet Nam"})
    assert set(part.rows) < set(whole.rows)
    assert {row["proponentLabel"] for row in part.records()} == {"Viet Nam"}


@pytest.mark.parametrize(
    ("asked", "given", "told"),
    [
        ("who-proposes", {}, "there is no question 'who-proposes'; did you mean who-proposes-what?"),
        ("who-proposes-what", {"concpt": "a"}, "has no parameter 'concpt'; did you mean concept?"),
        ("who-proposes-what", {"concept": "extraditoin"}, "parameter concept: 'extraditoin' is not a concept"),
        ("submissions", {"state": "a"}, "has no parameter 'state'; leave it out"),
        ("common-ground", {"number": "many"}, "parameter number: 'many' is no integer"),
        ("lineage", {"provision": "v-22-10828/jamaica/extraditon"}, "did you mean"),
        ("findings", {"severity": "D"}, "give a severity of findings, such as A, B or C"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(store: Store, asked: str, given: dict[str, str], told: str) -> None:
    with pytest.raises(QueryError) as error:
        run(store, asked, given)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("one", SELECTS, ids=name)
def test_a_table_is_readable_on_a_narrow_terminal(one: Question, store: Store) -> None:
    console = Console(width=WIDTH, no_color=True)
    with console.capture() as captured:
        console.print(table(run(store, one, one.example)))
    lines = captured.get().splitlines()
    assert len(lines) > 2
    assert max(map(len, lines)) <= WIDTH
    assert not any("https://w3id.org" in line for line in lines)


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_the_findings_are_told_without_a_broken_word_however_narrow_the_page(store: Store, width: int) -> None:
    answer = run(store, "findings", {"severity": "A"})
    console = Console(width=width, no_color=True)
    with console.capture() as captured:
        console.print(table(answer))
    shown = captured.get()
    assert max(map(len, shown.splitlines())) <= width
    problems = {str(row[answer.columns.index("problem")].value) for row in answer.rows}  # type: ignore[union-attr]
    words = {word for problem in problems if len(problem) <= 100 for word in problem.split() if len(word) <= 17}
    assert words <= set(shown.split())


AWKWARD = Answer(
    Form.SELECT,
    ("a", "b"),
    (
        (ox.Literal('tab\t, "quote", comma,\nline & <mark> \\ end'), ox.NamedNode("http://example.org/é?a=1&b=2")),
        (ox.Literal("Viet Nam", language="en"), None),
        (ox.Literal(3), ox.BlankNode("b0")),
        (ox.Literal(""), ox.Literal("2022-07-13", datatype=ox.NamedNode(f"{NAMESPACES['xsd']}date"))),
    ),
)


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_results_come_back_from_each_format_as_they_went(form: str) -> None:
    formats = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "tsv": ox.QueryResultsFormat.TSV,
    }
    found = ox.parse_query_results(written(AWKWARD, form), format=formats[form])
    assert isinstance(found, ox.QuerySolutions)
    assert tuple(variable.value for variable in found.variables) == AWKWARD.columns
    assert tuple(tuple(solution[variable] for variable in found.variables) for solution in found) == AWKWARD.rows


def test_results_are_those_that_oxigraph_itself_would_write(store: Store) -> None:
    one = question("nonexistent-citations")
    for form, kind in (("csv", ox.QueryResultsFormat.CSV), ("tsv", ox.QueryResultsFormat.TSV)):
        found = store.query(one.text)
        assert isinstance(found, ox.QuerySolutions)
        theirs = found.serialize(format=kind) or b""
        ours = written(run(store, one), form)
        if form == "csv":
            assert ours == theirs
        else:  # TSV may write an integer with its datatype or without
            plainly = re.sub(rb'"(\d+)"\^\^<[^>]*integer>', rb"\1", ours)
            assert plainly == re.sub(rb'"(\d+)"\^\^<[^>]*integer>', rb"\1", theirs)


def test_a_yes_or_no_has_the_formats_that_have_a_word_for_it() -> None:
    yes = Answer(Form.ASK, truth=True)
    assert json.loads(written(yes, "json")) == {"head": {}, "boolean": True}
    found = ox.parse_query_results(written(yes, "xml"), format=ox.QueryResultsFormat.XML)
    assert isinstance(found, ox.QueryBoolean)
    assert bool(found)
    with pytest.raises(
        QueryError, match="the answer is a yes or no, which cannot be written as csv; choose json or xml"
    ):
        written(yes, "csv")


@pytest.mark.parametrize("one", GRAPHS, ids=name)
@pytest.mark.parametrize("form", sorted(GRAPH_FORMATS))
def test_a_graph_comes_back_from_each_format_as_it_went(one: Question, form: str, store: Store) -> None:
    formats = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdfxml": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    answer = run(store, one)
    content = written(answer, form)
    assert {quad.triple for quad in ox.parse(content, format=formats[form])} == set(answer.triples)
    assert written(run(store, one), form) == content


@pytest.mark.parametrize("form", ["ttl", "parquet"])
def test_a_table_is_not_written_as_what_it_is_not(form: str) -> None:
    with pytest.raises(QueryError, match=f"the answer is a table, which cannot be written as {form}; choose json, xml"):
        written(AWKWARD, form)
    assert form not in TABLE_FORMATS


def test_control_characters_do_not_break_xml() -> None:
    content = written(Answer(Form.SELECT, ("a",), ((ox.Literal("a\x00\x1b[0mb"),),)), "xml")
    found = ox.parse_query_results(content, format=ox.QueryResultsFormat.XML)
    assert isinstance(found, ox.QuerySolutions)
    assert [solution["a"].value for solution in found] == ["a\ufffd\ufffd[0mb"]
