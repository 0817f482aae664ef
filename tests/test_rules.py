"""The rules: what follows from what a document states."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from travaux.graph.rules import rules, with_inferences
from travaux.graph.triples import document_quads
from travaux.graph.vocabulary import REFERENCE_GRAPH, dated, node, term
from travaux.ingest.records import Document
from travaux.lineage.cited import cited_derivations
from travaux.ontology.terms import DEFAULT_BASE

GRAPH = node("document/v-22-10828")
COLOMBIA = "document/v-22-10828/colombia"


@pytest.fixture(scope="module")
def stated(draft: Document) -> list[Quad]:
    return document_quads(draft, cited_derivations(draft))


@pytest.fixture(scope="module")
def complete(stated: list[Quad]) -> list[Quad]:
    return with_inferences(stated, GRAPH)


def values(quads: list[Quad], path: str, predicate: str) -> list[str]:
    found = (quad.object for quad in quads if quad.subject == node(path) and quad.predicate == term(predicate))
    return sorted(value.value.removeprefix(DEFAULT_BASE) for value in found if isinstance(value, NamedNode))


@pytest.mark.parametrize(
    ("path", "predicate", "expected"),
    [
        (
            f"{COLOMBIA}/principles/1/c",
            "trv:within",
            [COLOMBIA, f"{COLOMBIA}/principles", f"{COLOMBIA}/principles/1"],
        ),
        (f"{COLOMBIA}/principles/1/c", "trv:proposedBy", ["state/COL"]),
        (f"{COLOMBIA}/extradition/2", "trv:cites", ["instrument/budapest/24/2"]),
        (f"{COLOMBIA}/extradition/2", "trv:citesAsSource", ["instrument/budapest/24/2"]),
        (f"{COLOMBIA}/extradition/2", "trv:derivesFrom", ["instrument/budapest/24/2"]),
        (f"{COLOMBIA}/extradition/2", "prov:wasDerivedFrom", ["instrument/budapest/24/2"]),
        (f"{COLOMBIA}/extradition/2", "prov:qualifiedDerivation", [f"{COLOMBIA}/extradition/2/derivation-1"]),
        (f"{COLOMBIA}/extradition/2", "trv:reusesTextOf", []),
        (f"{COLOMBIA}/principles/1/c", "trv:cites", []),
        (f"{COLOMBIA}/preamble/1", "trv:cites", ["resolution/ecosoc/2019/19", "resolution/sc/2322-2016"]),
        (f"{COLOMBIA}/extradition", "trv:concerns", ["concept/extradition"]),
        (COLOMBIA, "prov:wasAttributedTo", ["state/COL"]),
        (COLOMBIA, "trv:proposedBy", []),
    ],
)
def test_what_follows(complete: list[Quad], path: str, predicate: str, expected: list[str]) -> None:
    assert values(complete, path, predicate) == expected


def test_pointing_at_oneself_is_no_citing_of_something(draft: Document) -> None:
    submission = draft.submissions[0]
    unit = submission.provisions[3]
    bare = replace(unit, citations=(replace(unit.citations[0], bare=True),))
    changed = replace(draft, submissions=(replace(submission, provisions=(bare,)),))
    quads = with_inferences(document_quads(changed), GRAPH)
    assert values(quads, f"{unit.path}/citation-1", "trv:citedResource") == ["instrument/budapest/24/2"]
    assert values(quads, unit.path, "trv:cites") == []


def fact(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(node(subject), term(predicate), value, GRAPH)


def action(kind: str) -> list[Quad]:
    return [
        fact(f"action/{kind}", "rdf:type", term("trv:TreatyAction")),
        fact(f"action/{kind}", "trv:actionKind", Literal(kind)),
        fact(f"action/{kind}", "trv:actor", node("state/COL")),
        fact(f"action/{kind}", "trv:instrument", node("instrument/untoc")),
    ]


@pytest.mark.parametrize(
    ("kinds", "bound"),
    [
        (["signature", "ratification"], True),
        (["accession"], True),
        (["party"], True),
        (["in-force"], True),
        (["signature"], False),
        (["invited"], False),
        (["ratification", "denunciation"], False),
    ],
)
def test_a_state_is_party_once_it_has_bound_itself_and_until_it_denounces(kinds: list[str], bound: bool) -> None:
    quads = with_inferences([quad for kind in kinds for quad in action(kind)], GRAPH)
    assert values(quads, "state/COL", "trv:partyTo") == (["instrument/untoc"] if bound else [])


def test_a_member_belongs_to_its_group() -> None:
    membership = [
        fact("group/caricom/membership/JAM", "rdf:type", term("org:Membership")),
        fact("group/caricom/membership/JAM", "org:member", node("state/JAM")),
        fact("group/caricom/membership/JAM", "org:organization", node("group/caricom")),
    ]
    assert values(with_inferences(membership, GRAPH), "state/JAM", "trv:memberOf") == ["group/caricom"]


def test_the_shortcut_follows_the_basis_of_the_derivation() -> None:
    reused = [
        fact("a/derivation-1", "rdf:type", term("trv:Derivation")),
        fact("a/derivation-1", "trv:basis", Literal("reused")),
        fact("a/derivation-1", "trv:derived", node("a")),
        fact("a/derivation-1", "trv:source", node("b")),
    ]
    quads = with_inferences(reused, GRAPH)
    assert values(quads, "a", "trv:reusesTextOf") == values(quads, "a", "trv:derivesFrom") == ["b"]
    assert values(quads, "a", "trv:citesAsSource") == []


JAMAICA = "document/d/jamaica"
DAY = "2022-07-12"


def spoken_for_a_group(*, said: str = DAY, printed: str = "") -> list[Quad]:
    """A position that Jamaica takes on behalf of the Caribbean Community, in a submission of the day `said`."""
    days = [fact(JAMAICA, "dcterms:issued", dated(said))] if said else []
    days += [fact("document/d", "dcterms:issued", dated(printed))] if printed else []
    return [
        *days,
        fact(JAMAICA, "rdf:type", term("trv:Submission")),
        fact(JAMAICA, "rdfs:label", Literal("Jamaica (Caribbean Community)")),
        fact(JAMAICA, "dcterms:isPartOf", node("document/d")),
        fact(JAMAICA, "trv:submittedBy", node("state/JAM")),
        fact(JAMAICA, "trv:onBehalfOf", node("group/caricom")),
        fact(JAMAICA, "trv:evidence", node(f"{JAMAICA}/evidence")),
        fact(f"{JAMAICA}/x", "trv:partOf", node(JAMAICA)),
        fact(f"{JAMAICA}/x/1", "trv:partOf", node(f"{JAMAICA}/x")),
        fact(f"{JAMAICA}/x/1/position-1", "rdf:type", term("trv:Position")),
        fact(f"{JAMAICA}/x/1/position-1", "trv:about", node(f"{JAMAICA}/x/1")),
        fact(f"{JAMAICA}/x/1/position-1", "trv:onBehalfOf", node("group/caricom")),
        fact(f"{JAMAICA}/x/1/position-1", "trv:holder", node("state/JAM")),
        fact(f"{JAMAICA}/x/1/position-1", "trv:holder", node("group/caricom")),
    ]


def belonging(state: str, joined: str = "", left: str = "", group: str = "caricom") -> list[Quad]:
    """A membership, in the graph of the reference data."""
    path = f"group/{group}/membership/{state}"
    facts = [
        fact(path, "rdf:type", term("org:Membership")),
        fact(path, "rdfs:label", Literal(f"{state} in {group}")),
        fact(path, "org:member", node(f"state/{state}")),
        fact(path, "org:organization", node(f"group/{group}")),
        *([fact(path, "schema:startDate", dated(joined))] if joined else []),
        *([fact(path, "schema:endDate", dated(left))] if left else []),
    ]
    return [Quad(quad.subject, quad.predicate, quad.object, node(REFERENCE_GRAPH)) for quad in facts]


@pytest.mark.parametrize(
    ("joined", "left", "holds"),
    [
        ("", "", True),
        ("1973-08-01", "", True),
        (DAY, "", True),
        ("2022-07-13", "", False),
        ("1973", "", True),
        ("2023", "", False),
        ("1973-08-01", "2000-01-01", False),
        ("1973-08-01", DAY, False),
        ("1973-08-01", "2022-07-13", True),
        ("", "2000", False),
    ],
)
def test_a_position_for_a_group_is_held_by_its_members_of_that_day(joined: str, left: str, holds: bool) -> None:
    quads = with_inferences(spoken_for_a_group(), GRAPH, belonging("BRB", joined, left))
    position = f"{JAMAICA}/x/1/position-1"
    assert values(quads, position, "trv:holderByMembership") == (["state/BRB"] if holds else [])
    assert values(quads, position, "trv:holder") == ["group/caricom", "state/JAM"]
    inferred = f"{JAMAICA}/represents/caricom/BRB"
    assert values(quads, inferred, "prov:wasDerivedFrom") == (
        [JAMAICA, "group/caricom/membership/BRB"] if holds else []
    )
    assert values(quads, inferred, "trv:evidence") == ([f"{JAMAICA}/evidence"] if holds else [])


def test_whoever_speaks_holds_in_its_own_name_and_not_by_membership() -> None:
    quads = with_inferences(spoken_for_a_group(), GRAPH, belonging("JAM"))
    assert values(quads, f"{JAMAICA}/x/1/position-1", "trv:holderByMembership") == []
    assert not any("/represents/" in str(quad.subject) for quad in quads)


def test_the_members_of_other_groups_hold_nothing() -> None:
    quads = with_inferences(spoken_for_a_group(), GRAPH, belonging("COL", group="can"))
    assert values(quads, f"{JAMAICA}/x/1/position-1", "trv:holderByMembership") == []


def test_a_submission_without_a_day_has_that_of_its_document_and_without_either_no_members() -> None:
    position = f"{JAMAICA}/x/1/position-1"
    member = belonging("BRB", "2000-01-01")
    printed = with_inferences(spoken_for_a_group(said="", printed="2022-08-03"), GRAPH, member)
    assert values(printed, position, "trv:holderByMembership") == ["state/BRB"]
    assert values(with_inferences(spoken_for_a_group(said=""), GRAPH, member), position, "trv:holderByMembership") == []


def test_what_stands_in_other_graphs_is_read_and_not_said_again() -> None:
    quads = with_inferences(spoken_for_a_group(), GRAPH, belonging("BRB"))
    assert {quad.graph_name for quad in quads} == {GRAPH}
    assert values(quads, "state/BRB", "trv:memberOf") == []


def test_what_was_stated_stays_and_inferences_join_it_in_its_graph(stated: list[Quad], complete: list[Quad]) -> None:
    assert complete[: len(stated)] == stated
    assert len(set(complete)) == len(complete)
    assert {quad.graph_name for quad in complete} == {GRAPH}


def test_no_rule_reads_what_another_infers(complete: list[Quad]) -> None:
    assert set(with_inferences(complete, GRAPH)) == set(complete)


def test_every_rule_says_what_it_is_and_infers_what_it_says() -> None:
    assert {rule.name for rule in rules()} == {
        "attributed-to",
        "cites",
        "concerns",
        "descent",
        "held-by-membership",
        "member-of",
        "party-to",
        "proposed-by",
        "representation",
        "within",
    }
    for rule in rules():
        construct = rule.query.partition("CONSTRUCT")[2].partition("WHERE")[0]
        named = {word for word in construct.split() if word.partition(":")[0] in ("trv", "prov", "org")}
        assert rule.title
        for word in named:
            assert word in rule.infers, rule.name
