"""What provisions state that their proponents want: stance, subject, conditions and sources."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.errors import ReferenceDataError
from travaux.ingest.document import read_document
from travaux.ingest.manifest import load_corpus
from travaux.ingest.passage import Passage, printed
from travaux.ingest.positions import positions
from travaux.ingest.records import Document, Genre, Kind, Position, Provision, Span, Stance, quote
from travaux.ingest.sentences import sentences
from travaux.ingest.stances import stance_finder
from travaux.ontology.reference import load
from travaux.ontology.stances import position_wording

STANCES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "stances.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def _unit(path: str, parent: str, kind: Kind, words: str, at: int, heading: str = "") -> Provision:
    spans = (Span(at, at + max(len(words), 1)),)
    return Provision(path, parent, kind, "", "", heading, words, spans, 1, passage=Passage((printed(words, at),)))


def _read(*units: str, heading: str = "") -> list[tuple[Position, ...]]:
    """The positions of each unit of a commentary; those that begin with a hyphen are bullets of the one before."""
    provisions = [_unit("s/h", "s", Kind.HEADING, heading, 0, heading)] if heading else []
    top, statement, at = "s/h" if heading else "s", "", len(heading) + 1
    for index, words in enumerate(units):
        if words.startswith("- "):
            provisions.append(_unit(f"{statement}/b{index}", statement, Kind.BULLET, words[2:], at))
        else:
            statement = f"s/{index}"
            provisions.append(_unit(statement, top, Kind.STATEMENT, words, at))
        at += len(words) + 1
    found = positions(provisions, Genre.COMMENTARY, load())
    return list(found[1:] if heading else found)


def _said(stated: tuple[Position, ...]) -> list[tuple[str, str, list[str]]]:
    return [(one.stance.value, one.concept, [condition.quote for condition in one.conditions]) for one in stated]


@pytest.fixture(scope="module")
def compilation(repository: Path) -> Document:
    return read_document(load_corpus(repository / "corpus")[0])


def _positions(document: Document, path: str) -> list[tuple[str, str]]:
    return [
        (position.stance.value, position.concept)
        for submission in document.submissions
        for provision in submission.provisions
        if provision.path == f"{document.path}/{path}"
        for position in provision.positions
    ]


@pytest.mark.parametrize(("expected", "sentence"), STANCES, ids=[sentence[:60] for _, sentence in STANCES])
def test_a_sentence_of_a_delegation_states_its_stances(expected: str, sentence: str) -> None:
    finder = stance_finder(position_wording(), load().proponent)
    found = [statement.stance.value for statement in finder.statements(sentence)]
    assert found == ([] if expected == "-" else expected.split(", "))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "We can accept a provision on joint investigations provided that it respects domestic law.",
            [("conditional-support", "joint-investigations", ["provided that it respects domestic law"])],
        ),
        (
            "My delegation could support mandatory extradition if the grounds for refusal are kept.",
            [("conditional-support", "extradition", ["if the grounds for refusal are kept"])],
        ),
        (
            "As long as human rights are protected, Norway can go along with special investigative techniques.",
            [("conditional-support", "special-investigative-techniques", ["As long as human rights are protected"])],
        ),
        (
            "The convention should provide for extradition, within the limits of domestic law and in good time.",
            [("recommends", "extradition", ["within the limits of domestic law"])],
        ),
        (
            "We oppose trans-border access unless the consent of the territorial State is obtained.",
            [("opposes", "trans-border-access", ["unless the consent of the territorial State is obtained"])],
        ),
        (
            "States should cooperate, where appropriate, in joint investigations.",
            [("recommends", "joint-investigations", [])],
        ),
        (
            "We could support technology transfer. This would have to be subject to mutually agreed terms.",
            [("conditional-support", "technology-transfer", ["subject to mutually agreed terms"])],
        ),
    ],
)
def test_a_condition_is_found_where_it_stands(words: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert _said(_read(words)[0]) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "We support extradition, mutual legal assistance and joint investigations.",
            [
                ("supports", "extradition"),
                ("supports", "mutual-legal-assistance"),
                ("supports", "joint-investigations"),
            ],
        ),
        (
            "We support a provision on jurisdiction; however, real-time collection of traffic data must be limited to "
            "serious crimes.",
            [("supports", "jurisdiction"), ("requires-limit", "real-time-traffic-data")],
        ),
        (
            "We support spontaneous information. However, it should not be mandatory.",
            [("supports", "spontaneous-information"), ("opposes", "spontaneous-information")],
        ),
        (
            "The treaty should not erode existing instruments, but rather build on them.",
            [("requires-limit", "existing-instruments"), ("recommends", "existing-instruments")],
        ),
        (
            "The treaty should improve the response to piracy, including through extradition and technology transfer.",
            [("recommends", "extradition"), ("recommends", "technology-transfer")],
        ),
        (
            "We support mutual legal assistance, including for asset recovery.",
            [("supports", "mutual-legal-assistance"), ("supports", "asset-recovery")],
        ),
        (
            "We support mutual legal assistance, including joint investigations.",
            [("supports", "mutual-legal-assistance")],
        ),
    ],
)
def test_two_stances_or_two_subjects_are_two_positions(words: str, expected: list[tuple[str, str]]) -> None:
    assert [(stance, concept) for stance, concept, _ in _said(_read(words)[0])] == expected


def test_bullets_inherit_stance_and_condition_from_their_chapeau() -> None:
    chapeau, first, second, third = _read(
        "Subject to strong safeguards, we propose that the convention:",
        "- include provisions on extradition;",
        "- not include provisions on trans-border access;",
        "- Norway could support technology transfer.",
    )
    assert chapeau == ()
    assert _said(first) == [("recommends", "extradition", ["Subject to strong safeguards"])]
    assert [one.stance for one in second] == [Stance.OPPOSES]
    assert _said(third) == [("supports", "technology-transfer", [])], (
        "a bullet with a stance of its own inherits nothing"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "The Parties shall promote technology transfer. They shall wait. The Parties shall allow extradition.",
            ["technology-transfer", "extradition"],
        ),
        (
            "The Parties shall promote technology transfer. Such measures shall not hinder extradition.",
            ["technology-transfer"],
        ),
        ("The Parties shall allow extradition. Extradition shall not be delayed.", ["extradition"]),
    ],
)
def test_a_drafted_paragraph_below_no_article_proposes_each_subject_to_which_it_turns(
    words: str, expected: list[str]
) -> None:
    (found,) = positions([_unit("s/1", "s", Kind.PARAGRAPH, words, 0)], Genre.DRAFT, load())
    assert [one.concept for one in found] == expected
    assert all(one.stance is Stance.PROPOSES_TEXT for one in found)


def test_what_names_no_subject_is_about_what_its_heading_names() -> None:
    assert _said(_read("My delegation cannot accept this article.", heading="Extradition")[0]) == [
        ("opposes", "extradition", [])
    ]


def test_a_stance_that_cannot_be_told_is_unclear_and_never_support() -> None:
    (stated,) = _read("We are still studying the article on extradition.")
    assert [one.stance for one in stated] == [Stance.UNCLEAR]


@given(st.text(alphabet="We should not oppose, support. (art. 5) “it”\n", max_size=120))
def test_any_words_are_cut_into_sentences_in_order_and_none_is_lost(words: str) -> None:
    found = sentences(words, position_wording().sentences.abbreviations)
    assert all(start < end for start, end in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))
    assert "".join("".join(words[start:end].split()) for start, end in found) == "".join(words.split())


@given(st.lists(st.sampled_from([sentence for _, sentence in STANCES]), max_size=4))
def test_each_position_of_a_statement_stands_where_it_says(said: list[str]) -> None:
    words = " ".join(said)
    for one in _read(words)[0]:
        assert one.quote == quote(" " + words, one.spans)
        assert one.quote


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("colombia/extradition", [("proposes-text", "extradition")]),
        ("colombia/spontaneous-information", [("proposes-by-reference", "spontaneous-information")]),
        ("colombia/preamble", [("proposes-text", "preamble")]),
        ("colombia/mechanism-for-implementation", [("proposes-text", "24-7-network")]),
        ("colombia/mechanism-for-implementation/2", [("proposes-text", "mechanism-of-implementation")]),
        ("colombia/mechanism-for-implementation/1", []),
        (
            "colombia/mutual-assistance-regarding-provisional-measures/4",
            [("proposes-text", "accessing-of-stored-computer-data")],
        ),
        (
            "colombia/mutual-assistance-regarding-provisional-measures/4/e",
            [("proposes-by-reference", "interception-of-content-data")],
        ),
        ("jamaica/entry-into-force", [("proposes-text", "final-provisions")]),
        ("viet-nam/measures-for-direct-recovery-of-property", [("proposes-by-reference", "asset-recovery")]),
        ("new-zealand/1", []),
        ("new-zealand/9", [("conditional-support", "scope-of-electronic-evidence-provisions")]),
    ],
)
def test_the_first_compilation_says_what_its_articles_propose(
    compilation: Document, path: str, expected: list[tuple[str, str]]
) -> None:
    assert _positions(compilation, path) == expected


def test_each_position_and_condition_quotes_the_document(compilation: Document) -> None:
    stated = [one for submission in compilation.submissions for p in submission.provisions for one in p.positions]
    assert len(stated) > 80
    for one in stated:
        assert one.quote == quote(compilation.text, one.spans)
        assert all(condition.quote == quote(compilation.text, condition.spans) for condition in one.conditions)
    known = {concept.id for concept in load().concepts}
    assert {one.concept for one in stated} <= known


def test_subjects_and_details_of_the_wording_are_concepts() -> None:
    subjects, known = position_wording().subjects, {concept.id: concept for concept in load().concepts}
    named = {*subjects.details, *subjects.wide}
    named |= {one for opening in subjects.openings for one in (opening.chapter, opening.article)}
    assert named <= set(known)
    assert all(known[detail].broader for detail in subjects.details)


def test_a_wording_that_is_no_pattern_is_refused(tmp_path: Path, repository: Path) -> None:
    shipped = (repository / "ontology" / "genre" / "positions.toml").read_text(encoding="utf-8")
    broken = tmp_path / "positions.toml"
    broken.write_text(shipped.replace("'supports?'", "'supports(?'", 1), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="supports"):
        position_wording(broken)
