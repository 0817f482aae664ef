"""The reference data as a graph."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from travaux.graph.reference import is_current, reference_digest, reference_quads
from travaux.graph.vocabulary import REFERENCE_GRAPH, node, term
from travaux.ontology.reference import load
from travaux.ontology.terms import DEFAULT_BASE


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return reference_quads(load())


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


@pytest.mark.parametrize(
    ("path", "predicate", "expected"),
    [
        ("state/VNM", "rdfs:label", ["Viet Nam"]),
        ("instrument/untoc/18/3/a", "trv:partOf", ["instrument/untoc/18/3"]),
        ("instrument/untoc/18/3/a", "trv:number", ["a"]),
        ("instrument/untoc/16", "trv:heading", ["Extradition"]),
        ("instrument/untoc/16", "trv:concerns", ["concept/extradition"]),
        ("group/caricom/membership/JAM", "org:member", ["state/JAM"]),
        ("group/caricom/membership/JAM", "schema:startDate", ["1973-08-01"]),
        ("action/untoc/COL/ratification", "trv:instrument", ["instrument/untoc"]),
        ("resolution/sc/2322-2016", "trv:symbol", ["S/RES/2322 (2016)"]),
        ("concept/extradition", "skos:inScheme", ["scheme/concepts"]),
        ("stance/supports", "skos:inScheme", ["scheme/stances"]),
    ],
)
def test_what_the_reference_graph_says(graph: Store, path: str, predicate: str, expected: list[str]) -> None:
    assert values(graph, path, predicate) == expected


def test_it_is_one_graph_without_blank_nodes(quads: list[Quad]) -> None:
    assert {quad.graph_name for quad in quads} == {node(REFERENCE_GRAPH)}
    assert not any(isinstance(term_, BlankNode) for quad in quads for term_ in (quad.subject, quad.object))


def test_every_treaty_provision_is_part_of_something_that_the_graph_describes(graph: Store) -> None:
    described = {quad.subject for quad in graph.quads_for_pattern(None, term("rdf:type"), None, None)}
    for quad in graph.quads_for_pattern(None, term("trv:partOf"), None, None):
        assert quad.object in described, quad


def test_the_vocabulary_keeps_its_place_and_the_values_follow_the_base() -> None:
    text = "\n".join(map(str, reference_quads(load(), "https://example.org/")))
    assert "<https://w3id.org/travaux/ns#Provision>" in text
    assert "<https://example.org/stance/supports>" in text
    assert "<https://w3id.org/travaux/stance/" not in text


def test_it_knows_whether_it_was_made_from_this_data(quads: list[Quad]) -> None:
    assert is_current(quads, load())
    assert not is_current(quads, load(), "https://example.org/")
    assert reference_digest(load()) != reference_digest(load(), "https://example.org/")
