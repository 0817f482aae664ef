"""A document as a graph: what is said of it, and on what evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse
from travaux.graph import library
from travaux.graph.evidence import CONTEXT, Witness
from travaux.graph.naming import provision_labels, submission_label, treaty_label
from travaux.graph.provenance import COMPONENTS, settings
from travaux.graph.store import Store as TravauxStore
from travaux.graph.triples import CLASSES, document_quads
from travaux.graph.validation import validate_shapes
from travaux.graph.vocabulary import CONTEXT_GRAPH, dated, node, term
from travaux.ingest.records import ConceptMention, Document, Ground, Kind, Span, quote
from travaux.lineage.cited import cited_derivations
from travaux.ontology.reference import load
from travaux.ontology.terms import DEFAULT_BASE

COLOMBIA = "document/v-22-10828/colombia"


def moved(draft: Document, path: str) -> Document:
    """The same document under another name."""
    submission = draft.submissions[0]
    provisions = tuple(
        replace(unit, path=unit.path.replace(draft.path, path), parent=unit.parent.replace(draft.path, path))
        for unit in submission.provisions
    )
    top = replace(submission, path=submission.path.replace(draft.path, path), provisions=provisions)
    return replace(draft, path=path, submissions=(top,))


@pytest.fixture(scope="module")
def quads(draft: Document) -> list[Quad]:
    return document_quads(draft, cited_derivations(draft))


@pytest.fixture(scope="module")
def graph(quads: list[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def values(graph: Store, path: str, predicate: str) -> list[str]:
    found = graph.quads_for_pattern(node(path), term(predicate), None, None)
    return sorted(
        quad.object.value.removeprefix(DEFAULT_BASE) for quad in found if isinstance(quad.object, NamedNode | Literal)
    )


def subjects(graph: Store, class_: str) -> list[NamedNode]:
    found = graph.quads_for_pattern(None, term("rdf:type"), term(class_), None)
    return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]


@pytest.mark.parametrize(
    ("path", "predicate", "expected"),
    [
        ("document/v-22-10828", "trv:symbol", ["V.22-10828"]),
        ("document/v-22-10828", "trv:negotiation", ["negotiation/ahc-cybercrime"]),
        (COLOMBIA, "dcterms:isPartOf", ["document/v-22-10828"]),
        (COLOMBIA, "trv:submittedBy", ["state/COL"]),
        (COLOMBIA, "trv:genre", ["draft"]),
        (f"{COLOMBIA}/extradition", "trv:heading", ["Extradition"]),
        (f"{COLOMBIA}/extradition", "trv:text", []),
        (f"{COLOMBIA}/extradition", "trv:number", []),
        (f"{COLOMBIA}/extradition/2", "trv:number", ["2"]),
        (f"{COLOMBIA}/extradition/2", "trv:partOf", [f"{COLOMBIA}/extradition"]),
        (f"{COLOMBIA}/extradition/2", "trv:order", ["4"]),
        (f"{COLOMBIA}/principles/1/c", "trv:byReference", ["true"]),
        (f"{COLOMBIA}/extradition/2", "trv:byReference", []),
        (f"{COLOMBIA}/extradition/2/citation-1", "trv:citationKind", ["instrument"]),
        (f"{COLOMBIA}/extradition/2/citation-1", "trv:resolvedResource", ["instrument/budapest/24/2"]),
        (f"{COLOMBIA}/extradition/2/citation-1", "trv:nonexistentResource", []),
        (f"{COLOMBIA}/principles/1/c/citation-1", "trv:resolution", ["nonexistent"]),
        (
            f"{COLOMBIA}/principles/1/c/citation-1",
            "trv:citedResource",
            ["instrument/budapest/32/3/a", "instrument/budapest/32/3/b"],
        ),
        (f"{COLOMBIA}/extradition/2/derivation-1", "trv:source", ["instrument/budapest/24/2"]),
        (f"{COLOMBIA}/extradition/2/derivation-1", "trv:basis", ["cited"]),
        (f"{COLOMBIA}/extradition/mention-extradition-heading", "trv:mentionedConcept", ["concept/extradition"]),
        (f"{COLOMBIA}/extradition/2", "prov:wasGeneratedBy", ["document/v-22-10828/step/outline"]),
    ],
)
def test_what_the_graph_says(graph: Store, path: str, predicate: str, expected: list[str]) -> None:
    assert values(graph, path, predicate) == expected


def test_a_date_is_a_date(graph: Store) -> None:
    found = next(graph.quads_for_pattern(node(COLOMBIA), term("dcterms:issued"), None, None))
    assert found.object == Literal("2022-07-13", datatype=term("xsd:date"))
    assert dated("about 2016").datatype == term("xsd:string")


def test_everything_drawn_from_the_document_has_evidence_and_a_step_that_made_it(graph: Store) -> None:
    drawn = ("trv:Submission", "trv:ProposedProvision", "trv:Citation", "trv:ConceptMention", "trv:Derivation")
    for subject in chain.from_iterable(subjects(graph, class_) for class_ in drawn):
        for predicate in ("trv:evidence", "prov:wasGeneratedBy"):
            assert list(graph.quads_for_pattern(subject, term(predicate), None, None)), (subject, predicate)


def test_every_file_of_words_is_among_the_settings_of_a_step(repository: Path) -> None:
    named = {file.partition("=")[0] for component in COMPONENTS for file in settings(component).split(" ")}
    words = {*repository.glob("ontology/genre/*.toml"), *repository.glob("ontology/words/*.txt")}
    assert {file.relative_to(repository).as_posix() for file in words} <= named


@pytest.mark.parametrize("component", [name for name in COMPONENTS if name != "lineage"])
def test_the_settings_of_a_step_are_files_that_are_there(component: str, repository: Path) -> None:
    for pattern in COMPONENTS[component]:
        assert list(repository.glob(pattern)), pattern


def test_every_quote_is_what_stands_at_its_positions(graph: Store, draft: Document) -> None:
    query = """
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?evidence ?start ?end ?exact ?prefix ?suffix
        WHERE {
          ?evidence oa:hasSelector ?position , ?quote .
          ?position oa:start ?start ; oa:end ?end .
          ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
        }"""
    places: dict[tuple[str, ...], list[Span]] = defaultdict(list)
    for row in graph.query(query, use_default_graph_as_union=True):  # type: ignore[union-attr]
        key = tuple(row[name].value for name in ("evidence", "exact", "prefix", "suffix"))
        places[key].append(Span(int(row["start"].value), int(row["end"].value)))
    assert places
    for (_, exact, prefix, suffix), spans in places.items():
        spans.sort()
        assert quote(draft.text, tuple(spans)) == exact
        assert draft.text[: spans[0].start].endswith(prefix)
        assert draft.text[spans[-1].end :].startswith(suffix)


def test_a_paragraph_cut_by_a_page_break_has_two_positions_and_one_quote(graph: Store) -> None:
    evidence = values(graph, f"{COLOMBIA}/extradition/3", "trv:evidence")[0]
    assert values(graph, evidence, "oa:hasSelector") == [
        f"{evidence}/position-1",
        f"{evidence}/position-2",
        f"{evidence}/quote",
    ]


def test_what_rests_on_the_same_words_shares_its_evidence(graph: Store) -> None:
    citation = values(graph, f"{COLOMBIA}/extradition/2/citation-1", "trv:evidence")
    assert values(graph, f"{COLOMBIA}/extradition/2/derivation-1", "trv:evidence") == citation


def test_a_concept_found_in_several_places_has_evidence_for_each(draft: Document) -> None:
    submission = draft.submissions[0]
    unit = submission.provisions[3]
    start = unit.spans[0].start
    mention = ConceptMention("extradition", Ground.WORDS, (Span(start, start + 5), Span(start + 9, start + 20)))
    changed = replace(draft, submissions=(replace(submission, provisions=(replace(unit, concepts=(mention,)),)),))
    store = Store()
    store.extend(document_quads(changed))
    places = values(store, f"{unit.path}/mention-extradition-words", "trv:evidence")
    quotes = [values(store, f"{place}/quote", "oa:exact") for place in places]
    assert quotes == [[draft.text[start : start + 5]], [draft.text[start + 9 : start + 20]]]


def test_nothing_is_a_blank_node_and_everything_is_in_the_graph_of_the_document(quads: list[Quad]) -> None:
    for quad in quads:
        assert isinstance(quad.subject, NamedNode)
        assert not isinstance(quad.object, BlankNode)
        assert quad.graph_name == node("document/v-22-10828")


def test_the_same_document_gives_the_same_quads_in_the_same_order(draft: Document, quads: list[Quad]) -> None:
    assert document_quads(draft, reversed(cited_derivations(draft))) == quads


def test_the_base_of_the_data_can_be_changed_and_that_of_the_vocabulary_cannot(draft: Document) -> None:
    text = "\n".join(map(str, document_quads(draft, cited_derivations(draft), "https://example.org/")))
    assert "<https://example.org/state/COL>" in text
    assert set(re.findall(r"<https://w3id\.org/travaux/([^#>]*)", text)) == {"ns"}


def test_every_kind_of_unit_has_its_class_and_all_named_classes_above_it() -> None:
    ontology = Store()
    ontology.load(path=load().folder / "travaux.ttl", format=RdfFormat.TURTLE)
    above: dict[str, set[str]] = defaultdict(set)
    for quad in ontology.quads_for_pattern(None, term("rdfs:subClassOf"), None):
        above[str(quad.subject)].add(str(quad.object))
    provision = str(term("trv:Provision"))
    for kind in Kind:
        given = {str(term(name)) for name in CLASSES[kind]}
        assert given, kind
        for class_ in given:
            missing = {name for name in above[class_] if name.startswith(str(term("trv:X"))[:-2])} - given - {provision}
            assert not missing, (kind, missing)


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    cuts=st.lists(st.integers(0, 200), min_size=2, max_size=6),
)
def test_evidence_of_any_text_can_be_sliced_again(text: str, cuts: list[int]) -> None:
    ends = sorted({min(cut, len(text)) for cut in cuts})
    spans = tuple(Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False))
    if not spans:
        return
    source = NamedNode("https://example.org/document")
    quads = list(Witness(source, text).testify(NamedNode("https://example.org/claim"), spans))
    said = {quad.predicate: quad.object.value for quad in quads if isinstance(quad.object, Literal)}
    assert said[term("oa:exact")] == quote(text, spans)
    assert len(said[term("oa:prefix")]) <= CONTEXT >= len(said[term("oa:suffix")])
    written = "\n".join(f"{quad} ." for quad in quads).encode()
    assert set(parse(written, format=RdfFormat.N_QUADS)) == set(quads)


def test_hostile_words_stay_words(draft: Document) -> None:
    words = '<script>alert(1)</script> . <a> <b> """c""" } \\u0022 \x00\x01\x0b\x7f \r\n\t\u2028 \U0001f4dc'
    submission = draft.submissions[0]
    hostile = replace(submission.provisions[3], text=words)
    changed = replace(draft, submissions=(replace(submission, provisions=(hostile,)),))
    store = Store()
    store.extend(document_quads(changed))
    assert values(store, hostile.path, "trv:text") == [words]


@pytest.mark.parametrize(
    ("unit", "label"),
    [
        ("/preamble/1", "Colombia: Preamble, recital 1"),
        ("/extradition", "Colombia: Extradition"),
        ("/extradition/2", "Colombia: Extradition, para. 2"),
        ("/principles/1/c", "Colombia: General principles relating to mutual assistance, para. 1 (c)"),
    ],
)
def test_a_provision_is_called_as_a_person_would_call_it(draft: Document, unit: str, label: str) -> None:
    labels = {provision.path: said for provision, said in provision_labels(draft.submissions[0], load().name)}
    assert labels[COLOMBIA + unit] == label


def test_a_unit_without_a_number_is_called_by_its_place(draft: Document) -> None:
    submission = draft.submissions[0]
    paragraph = replace(submission.provisions[3], number="", path=f"{COLOMBIA}/extradition/p2")
    changed = replace(submission, provisions=(submission.provisions[2], paragraph))
    assert [label for _, label in provision_labels(changed, load().name)][
        -1
    ] == "Colombia: Extradition, unnumbered para. 2"


def test_a_submission_says_for_whom_it_speaks(draft: Document) -> None:
    spoken = replace(draft.submissions[0], submitters=("state/JAM",), on_behalf_of=("group/caricom",))
    assert submission_label(spoken, load().name) == "Jamaica (Caribbean Community)"


@pytest.mark.parametrize(
    ("numbers", "label"),
    [
        ("16", "UNTOC, art. 16"),
        ("2/a", "UNTOC, art. 2, subpara. (a)"),
        ("5/1/a/ii", "UNTOC, art. 5, para. 1 (a) (ii)"),
        ("3/1/tail", "UNTOC, art. 3, para. 1, tail"),
        ("39/1/-1", "UNTOC, art. 39, para. 1, bullet 1"),
        ("testimonium", "UNTOC, testimonium"),
    ],
)
def test_a_treaty_provision_is_called_as_a_lawyer_would_cite_it(numbers: str, label: str) -> None:
    assert treaty_label("UNTOC", numbers) == label


def test_the_graphs_of_a_document_and_of_the_reference_data_have_the_shapes_they_should(draft: Document) -> None:
    store = TravauxStore.memory()
    library.record(store, [draft])
    report = validate_shapes(list(store.quads()))
    assert not report.violations, report


def test_no_statement_stands_in_two_graphs(draft: Document) -> None:
    store = TravauxStore.memory()
    library.record(store, [draft, moved(draft, "document/other")])
    triples = [quad.triple for quad in store.quads()]
    assert len(triples) == len(set(triples))
    assert node(CONTEXT_GRAPH) in store.graphs()
