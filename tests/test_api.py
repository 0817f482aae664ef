"""The graph in Python: built, opened, asked, walked and taken elsewhere."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
import travaux
from travaux.ingest.manifest import describe

TRV = "PREFIX trv: <https://w3id.org/travaux/ns#>\n"


@pytest.fixture(scope="module")
def graph() -> travaux.Graph:
    return travaux.build()


def test_a_graph_is_built_in_memory_from_the_shipped_corpus(graph: travaux.Graph) -> None:
    (document,) = graph.documents
    assert (document.symbol, document.submissions, document.issued) == ("V.22-10828", 4, date(2022, 8, 3))
    assert document.provisions > 400
    assert repr(graph) == "<Graph of V.22-10828>"


def test_a_graph_that_is_kept_answers_as_the_one_in_memory(graph: travaux.Graph, tmp_path: Path) -> None:
    travaux.build(store=tmp_path / "store").close()
    with travaux.open(tmp_path / "store") as opened:
        for name in ("submissions", "who-proposes-what", "state-by-instrument"):
            assert opened.query(name).answer.rows == graph.query(name).answer.rows


def test_a_graph_that_was_opened_to_read_is_not_written(tmp_path: Path) -> None:
    travaux.build(store=tmp_path / "store").close()
    draft = tmp_path / "draft.md"
    draft.write_text("# Norway\n\n## Article 1. Extradition\n\n1. Each State Party shall cooperate in extradition.\n")
    with travaux.open(tmp_path / "store") as opened, pytest.raises(travaux.StoreError, match="reading only"):
        opened.add([describe(draft)])
    with travaux.open(tmp_path / "store", writable=True) as opened:
        opened.add([describe(draft)])
        assert [document.symbol for document in opened.documents] == ["V.22-10828", "draft"] or len(
            opened.documents
        ) == 2


def test_the_base_of_the_iris_can_be_chosen() -> None:
    own = travaux.build(base="https://example.org/talks/")
    paragraph = own.provision("jamaica/extradition/3")
    assert paragraph.iri == "https://example.org/talks/document/v-22-10828/jamaica/extradition/3"
    assert paragraph.parent is not None
    assert paragraph.parent.heading == "Extradition"
    assert len(own.query("who-proposes-what", concept="extradition")) > 3


def test_rows_have_their_values_by_name_by_place_and_as_a_mapping(graph: travaux.Graph) -> None:
    query = """
        SELECT ?symbol ?issued ?one ?none WHERE {
          ?document a trv:Document ; trv:symbol ?symbol ; <http://purl.org/dc/terms/issued> ?issued
          BIND (1 AS ?one)
        }
    """
    (row,) = graph.query(TRV + query)
    assert (row.symbol, row["issued"], row[2], row.none) == ("V.22-10828", date(2022, 8, 3), 1, None)
    assert dict(row) == {"symbol": "V.22-10828", "issued": date(2022, 8, 3), "one": 1, "none": None}
    with pytest.raises(AttributeError, match="the row has no column 'title'; it has symbol, issued"):
        _ = row.title
    with pytest.raises(KeyError):
        _ = row["title"]


def test_rows_are_a_sequence(graph: travaux.Graph) -> None:
    rows = graph.query("submissions")
    assert len(rows) == 4
    assert rows[0] == next(iter(rows))
    assert rows[1:3] == tuple(rows)[1:3]
    assert repr(rows).startswith("<4 rows of ")


def test_rows_become_a_data_frame(graph: travaux.Graph) -> None:
    frame = graph.query("state-by-instrument").to_pandas()
    assert list(frame.columns) == list(graph.query("state-by-instrument").columns)
    assert len(frame) == len(graph.query("state-by-instrument"))


def test_a_missing_extra_is_named(graph: travaux.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(travaux.QueryError, match=r"pip install 'travaux\[frames\]'"):
        graph.query("submissions").to_pandas()
    monkeypatch.setitem(sys.modules, "SPARQLWrapper", None)
    from travaux.queries.catalogue import Endpoint, run

    with pytest.raises(travaux.QueryError, match=r"pip install 'travaux\[remote\]'"):
        run(Endpoint("http://127.0.0.1:9/sparql"), "submissions")


def test_triples_become_an_rdflib_graph(graph: travaux.Graph) -> None:
    built = graph.query(TRV + "CONSTRUCT WHERE { ?submission trv:submittedBy ?proponent }")
    assert len(built.to_rdflib()) == 4
    assert repr(built) == "<4 triples>"


def test_an_answer_is_not_taken_for_one_of_another_form(graph: travaux.Graph) -> None:
    rows, yes = graph.query("submissions"), graph.query(TRV + "ASK { ?document a trv:Document }")
    assert yes.truth
    for refused in (lambda: rows.truth, rows.to_rdflib, yes.to_pandas, yes.to_rdflib):
        with pytest.raises(travaux.QueryError, match="the answer is no "):
            refused()


def test_a_notebook_shows_words_as_text(graph: travaux.Graph) -> None:
    rows = graph.query(
        'SELECT ?a ?b WHERE { BIND ("<script>alert(1)</script>" AS ?a) BIND (<https://e.org/?"a&b> AS ?b) }'.replace(
            '"a', "a"
        )
    )
    shown = rows._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert '<a href="https://e.org/?a&amp;b">' in shown


def test_a_notebook_links_only_to_the_web(graph: travaux.Graph) -> None:
    shown = graph.query("SELECT ?a WHERE { BIND (<javascript:alert(1)> AS ?a) }")._repr_html_()
    assert "href" not in shown


def test_a_long_answer_is_cut_in_a_notebook_and_says_so(graph: travaux.Graph) -> None:
    shown = graph.query("SELECT ?s WHERE { ?s a ?class } LIMIT 150")._repr_html_()
    assert shown.count("<tr>") == 101
    assert "and 50 more rows" in shown


@pytest.mark.parametrize(
    "name",
    [
        "document/v-22-10828/jamaica/extradition/3",
        "https://w3id.org/travaux/document/v-22-10828/jamaica/extradition/3",
        "jamaica/extradition/3",
    ],
)
def test_a_provision_is_found_by_path_iri_or_the_end_of_its_path(name: str, graph: travaux.Graph) -> None:
    assert graph.provision(name).path == "document/v-22-10828/jamaica/extradition/3"


def test_a_provision_that_does_not_exist_is_refused_with_the_nearest(graph: travaux.Graph) -> None:
    with pytest.raises(travaux.QueryError, match="did you mean"):
        graph.provision("jamaica/extraditoin/3")


def test_a_provision_is_walked_up_and_down(graph: travaux.Graph) -> None:
    article = graph.provision("jamaica/extradition")
    assert (article.kind, article.heading, article.number) == ("article", "Extradition", "")
    assert [part.number for part in article.children] == sorted((part.number for part in article.children), key=int), (
        "paragraphs stand in reading order"
    )
    assert all(part.parent == article for part in article.children)
    top, steps = article, 0
    while top.parent is not None:
        top, steps = top.parent, steps + 1
    assert top.path == "document/v-22-10828/jamaica"
    assert steps >= 1


def test_a_provision_tells_who_proposes_it_and_what_it_is_about(graph: travaux.Graph) -> None:
    article = graph.provision("jamaica/extradition")
    assert {proponent.path for proponent in article.proponents} == {"state/JAM", "group/caricom"}
    assert "extradition" in {concept.label for concept in article.concepts}


def test_the_evidence_of_every_provision_is_its_characters_in_the_document(
    graph: travaux.Graph, repository: Path
) -> None:
    text = (repository / "corpus" / "ahc-cybercrime" / "v-22-10828.md").read_bytes().decode()
    waiting, seen = [graph.provision(f"document/v-22-10828/{name}") for name in ("jamaica", "viet-nam")], 0
    while waiting:
        provision = waiting.pop()
        waiting += provision.children
        assert provision.evidence
        for evidence in provision.evidence:
            seen += 1
            assert evidence.symbol == "V.22-10828"
            assert "".join(text[start:end] for start, end in evidence.positions) == evidence.quote
    assert seen > 300


def test_the_lineage_of_an_article_holds_the_sources_of_its_paragraphs(graph: travaux.Graph) -> None:
    article = graph.provision("colombia/extradition")
    steps = article.lineage
    assert {step.basis for step in steps} == {"cited", "reused"}
    assert {step.source.path for step in steps} >= {f"instrument/budapest/24/{number}" for number in (2, 3, 4)}
    assert len(steps) == len(set(steps))
    assert all(step.quote for step in steps)


def test_a_provision_of_a_treaty_is_walked_like_any_other(graph: travaux.Graph) -> None:
    article = graph.provision("instrument/budapest/24")
    assert article.label == "Budapest Convention, art. 24"
    assert article.children
    assert (article.proponents, article.evidence, article.lineage) == ((), (), ())


def test_citations_name_what_they_cite(graph: travaux.Graph) -> None:
    paragraph = graph.provision("colombia/extradition/2")
    citation = next(found for found in paragraph.citations if "24" in found.quote)
    assert (citation.kind, citation.resolution) == ("instrument", "resolved")
    assert [target.path for target in citation.targets] == ["instrument/budapest/24/2"]


def test_a_provision_in_a_notebook_shows_its_words_and_sources(graph: travaux.Graph) -> None:
    shown = graph.provision("colombia/extradition/2")._repr_html_()
    assert "Budapest Convention, art. 24, para. 2" in shown
    assert shown.count("<div>") == shown.count("</div>") == 1


def test_the_graph_goes_to_networkx_rdflib_and_files(graph: travaux.Graph, tmp_path: Path) -> None:
    network = graph.to_networkx()
    assert network.number_of_edges() > 500
    assert len(graph.to_rdflib()) == len(graph.store)
    assert graph.export(tmp_path / "dump.ttl") == "ttl"
    with pytest.raises(travaux.ExportError, match="unknown format"):
        graph.export(tmp_path / "dump", "word")


def test_every_view_says_what_it_answers(repository: Path) -> None:
    from travaux.provisions import view

    files = sorted((repository / "queries" / "views").glob("*.rq"))
    assert len(files) >= 8
    for file in files:
        question = view(file.stem)
        assert question.title.endswith("?"), file.name
        assert question.summary.endswith("."), file.name
