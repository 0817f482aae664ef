"""Norms, positions, findings and checks as a graph: what is said, of what, and on which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Store
from travaux.graph.context import named_things
from travaux.graph.library import document_graph, record
from travaux.graph.store import Store as TravauxStore
from travaux.graph.triples import document_quads
from travaux.graph.validation import check_evidence, validate_shapes
from travaux.graph.vocabulary import node, term
from travaux.ingest.records import Condition, Document, Modality, Norm, Position, Span, Stance
from travaux.lineage.records import CheckResult, Examination, Finding, Severity
from travaux.ontology.reference import load
from travaux.ontology.terms import DEFAULT_BASE, iri

TOP = "document/v-22-10828/colombia"
ASSISTANCE = f"{TOP}/principles/1"
LETTER = f"{TOP}/principles/1/c"


@pytest.fixture(scope="module")
def annotated(draft: Document) -> Document:
    """The small document with norms and a position, on words that it has."""

    def at(words: str) -> tuple[Span, ...]:
        start = draft.text.index(words, draft.text.index("1. The Parties shall afford"))
        return (Span(start, start + len(words)),)

    norms = (
        Norm(Modality.SHALL, at("shall"), "shall", "The Parties", at("The Parties"), "The Parties"),
        Norm(Modality.MAY, at("afford"), "afford", "one another", at("one another"), "the Parties"),
    )
    inherited = Norm(Modality.SHALL, at("shall"), "shall", "The Parties", at("The Parties"), "", ASSISTANCE)
    conditions = (Condition(at("mutual"), "mutual"), Condition(at("assistance"), "assistance"))
    position = Position(
        Stance.CONDITIONAL_SUPPORT,
        "mutual-legal-assistance",
        at("afford one another"),
        "afford one another",
        conditions,
        ("instrument/budapest/25", "instrument/kampala/9"),
    )
    silent = Position(Stance.UNCLEAR, "", at("one another"), "one another")
    given: dict[str, dict[str, Any]] = {
        ASSISTANCE: {"norms": norms, "positions": (position, silent)},
        LETTER: {"norms": (inherited,)},
    }
    submission = draft.submissions[0]
    provisions = tuple(replace(unit, **given.get(unit.path, {})) for unit in submission.provisions)
    spoken = replace(submission, on_behalf_of=("group/caricom",), provisions=provisions)
    return replace(draft, submissions=(spoken,))


@pytest.fixture(scope="module")
def examination(annotated: Document) -> Examination:
    unit = annotated.submissions[0].provisions[6]
    finding = Finding(
        "terms",
        "inconsistent-term",
        Severity.B,
        unit.path,
        unit.spans,
        "x " * 50,
        "Two terms for one thing.",
        "Choose.",
    )
    other = replace(finding, severity=Severity.C, problem="And another.", suggestion="")
    results = (
        CheckResult("terms", "Is one thing called by one term?", "terms", TOP, 9, 1),
        CheckResult("numbers", "Does the number follow the one before it?", "numbers", TOP, 4, 0),
    )
    return Examination((finding, other), results)


@pytest.fixture(scope="module")
def graph(annotated: Document, examination: Examination) -> Store:
    store = Store()
    store.extend(document_quads(annotated, examination=examination))
    return store


Values = Callable[[str, str], list[str]]


@pytest.fixture(scope="module")
def values(graph: Store) -> Values:
    def found(path: str, predicate: str) -> list[str]:
        quads = graph.quads_for_pattern(node(path), term(predicate), None, None)
        objects = (quad.object for quad in quads)
        return sorted(
            value.value.removeprefix(DEFAULT_BASE) for value in objects if isinstance(value, NamedNode | Literal)
        )

    return found


@pytest.mark.parametrize(
    ("path", "predicate", "expected"),
    [
        (f"{ASSISTANCE}/norm-1", "rdfs:label", ["The Parties shall …"]),
        (f"{ASSISTANCE}/norm-1", "trv:expressedIn", [ASSISTANCE]),
        (f"{ASSISTANCE}/norm-1", "trv:modality", ["modality/shall"]),
        (f"{ASSISTANCE}/norm-1", "trv:order", ["1"]),
        (f"{ASSISTANCE}/norm-1", "trv:bearerAsPrinted", []),
        (f"{ASSISTANCE}/norm-2", "rdfs:label", ["The Parties may …"]),
        (f"{ASSISTANCE}/norm-2", "trv:order", ["2"]),
        (f"{ASSISTANCE}/norm-2", "trv:bearer", ["the Parties"]),
        (f"{ASSISTANCE}/norm-2", "trv:bearerAsPrinted", ["one another"]),
        (f"{LETTER}/norm-1", "trv:inheritedFrom", [ASSISTANCE]),
        (f"{LETTER}/norm-1", "trv:bearer", ["The Parties"]),
        (f"{ASSISTANCE}/position-1", "trv:holder", ["group/caricom", "state/COL"]),
        (f"{ASSISTANCE}/position-1", "trv:onBehalfOf", ["group/caricom"]),
        (f"{ASSISTANCE}/position-1", "trv:stance", ["stance/conditional-support"]),
        (f"{ASSISTANCE}/position-1", "trv:concerns", ["concept/mutual-legal-assistance"]),
        (f"{ASSISTANCE}/position-1", "trv:about", [ASSISTANCE]),
        (f"{ASSISTANCE}/position-1", "trv:condition", ["assistance", "mutual"]),
        (f"{ASSISTANCE}/position-1", "trv:namesAsSource", ["instrument/budapest/25", "instrument/kampala/9"]),
        (
            f"{ASSISTANCE}/position-1",
            "rdfs:label",
            ["Colombia (Caribbean Community): conditional support, mutual legal assistance"],
        ),
        (f"{ASSISTANCE}/position-1/condition-2", "trv:conditionOf", [f"{ASSISTANCE}/position-1"]),
        (f"{ASSISTANCE}/position-1/condition-2", "rdfs:label", ["assistance"]),
        (f"{ASSISTANCE}/position-2", "trv:concerns", []),
        (f"{ASSISTANCE}/finding-1", "trv:about", [ASSISTANCE]),
        (f"{ASSISTANCE}/finding-1", "trv:findingKind", ["finding/inconsistent-term"]),
        (f"{ASSISTANCE}/finding-1", "trv:severity", ["severity/B"]),
        (f"{ASSISTANCE}/finding-1", "trv:suggestion", ["Choose."]),
        (f"{ASSISTANCE}/finding-1", "trv:raisedBy", [f"{TOP}/check/terms"]),
        (f"{ASSISTANCE}/finding-2", "trv:suggestion", []),
        (f"{TOP}/check/terms", "trv:checked", [TOP]),
        (f"{TOP}/check/terms", "trv:examined", ["9"]),
        (f"{TOP}/check/terms", "trv:flagged", ["1"]),
        (f"{TOP}/check/numbers", "trv:flagged", ["0"]),
        (f"{TOP}/check/numbers", "rdfs:comment", ["Does the number follow the one before it?"]),
    ],
)
def test_what_the_graph_says(values: Values, path: str, predicate: str, expected: list[str]) -> None:
    assert values(path, predicate) == expected


@pytest.mark.parametrize(
    ("thing", "predicate", "words"),
    [
        (f"{ASSISTANCE}/norm-1", "trv:evidence", "shall"),
        (f"{ASSISTANCE}/norm-1", "trv:bearerEvidence", "The Parties"),
        (f"{ASSISTANCE}/norm-2", "trv:bearerEvidence", "one another"),
        (f"{LETTER}/norm-1", "trv:evidence", "shall"),
        (f"{ASSISTANCE}/position-1", "trv:evidence", "afford one another"),
        (f"{ASSISTANCE}/position-1/condition-1", "trv:evidence", "mutual"),
    ],
)
def test_each_part_of_an_annotation_rests_on_words_of_its_own(
    values: Values, thing: str, predicate: str, words: str
) -> None:
    (evidence,) = values(thing, predicate)
    assert values(f"{evidence}/quote", "oa:exact") == [words]


@pytest.mark.parametrize(
    ("thing", "component"),
    [
        (f"{ASSISTANCE}/norm-1", "norms"),
        (f"{ASSISTANCE}/position-1", "positions"),
        (f"{ASSISTANCE}/position-1/condition-1", "positions"),
        (f"{ASSISTANCE}/finding-1", "findings"),
        (f"{TOP}/check/terms", "findings"),
    ],
)
def test_each_annotation_names_the_component_that_made_it(values: Values, thing: str, component: str) -> None:
    (step,) = values(thing, "prov:wasGeneratedBy")
    assert values(step, "trv:component") == [component]


def test_a_long_quote_is_cut_in_the_label_of_a_finding(values: Values) -> None:
    (label,) = values(f"{ASSISTANCE}/finding-1", "rdfs:label")
    assert label == f"inconsistent term: {'x ' * 29}x …"


def test_a_source_that_no_data_describe_gets_a_name_and_no_class(annotated: Document) -> None:
    named = named_things(document_quads(annotated), DEFAULT_BASE)
    assert named["instrument/kampala/9"] is False


def test_annotations_have_the_shapes_and_the_words_that_they_should(
    annotated: Document, examination: Examination, graph: Store
) -> None:
    pytest.importorskip("shacl", reason="needs shacl, of the extra `ontology`")
    filled = TravauxStore.memory()
    record(filled, [annotated])
    report = validate_shapes(list(filled.quads()))
    assert report.violations == ()
    evidence = check_evidence(graph.quads_for_pattern(None, None, None, None), {iri(annotated.path): annotated.text})
    assert evidence.violations == ()


def test_the_members_of_a_group_hold_what_is_said_for_it(annotated: Document) -> None:
    quads = document_graph(annotated, DEFAULT_BASE, load())
    holders = {
        quad.object.value.removeprefix(DEFAULT_BASE)
        for quad in quads
        if quad.predicate == term("trv:holderByMembership") and isinstance(quad.object, NamedNode)
    }
    assert {"state/BRB", "state/JAM", "state/HTI"} <= holders
    assert "state/COL" not in holders
