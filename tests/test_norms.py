"""What obliges, allows and recommends, and whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.errors import ReferenceDataError
from travaux.ingest.document import read_document
from travaux.ingest.manifest import load_corpus
from travaux.ingest.norms import norms
from travaux.ingest.passage import Passage, printed
from travaux.ingest.records import Genre, Kind, Modality, Norm, Provision, quote
from travaux.ontology.deontics import norm_wording


def provision(
    path: str, words: str, parent: str = "draft/article", kind: Kind = Kind.PARAGRAPH, heading: str = ""
) -> Provision:
    passage = Passage((printed(words, 0),)) if words else Passage(())
    return Provision(path, parent, kind, "", "", heading, words, (), 1, passage=passage)


def stated(words: str) -> list[tuple[str, str]]:
    """The modality and the bearer of each norm of a paragraph."""
    [found] = norms([provision("draft/article/1", words)], Genre.DRAFT)
    return [(norm.modality.value, norm.bearer) for norm in found]


def listed(chapeau: str, *items: str) -> list[tuple[Norm, ...]]:
    """The norms of a paragraph and of the items below it."""
    top = provision("draft/article/1", chapeau)
    below = [
        provision(f"{top.path}/{number}", words, top.path, Kind.SUBPARAGRAPH) for number, words in enumerate(items)
    ]
    return list(norms([top, *below], Genre.DRAFT))


MODALITIES = [
    ("The depositary shall keep the original.", "shall"),
    ("The depositary must keep the original.", "shall"),
    ("The depositary shall not release the original.", "shall-not"),
    ("The depositary shall in no case release the original.", "shall-not"),
    ("The depositary shall not only keep the original.", "shall"),
    ("The depositary shall, not later than a year after entry into force, send the original.", "shall"),
    ("The depositary may delegate the task.", "may"),
    ("The depositary may not delegate the task.", "may-not"),
    ("The depositary should publish a list.", "should"),
    ("The depositary ought to publish a list.", "should"),
    ("The Parties shall endeavour to share results.", "shall-endeavour"),
    ("The Parties shall use their best endeavours to share results.", "shall-endeavour"),
    ("The Parties shall also consider sharing results.", "shall-consider"),
    ("The Parties may consider sharing results.", "may-consider"),
    ("The Parties are encouraged to share results.", "are-encouraged"),
    ("The Parties are strongly urged to share results.", "are-encouraged"),
    ("The Parties are invited, where they see fit, to share results.", "are-encouraged"),
    ("The Parties shall strive to share results.", "shall"),
    ("A vessel shall be considered abandoned after a year.", "shall"),
    ("A master is requested in three ports.", "none"),
    ("The Parties undertake to share results.", "none"),
    ("The register opens on 12 May 2031.", "none"),
]


@pytest.mark.parametrize(("words", "modality"), MODALITIES)
def test_a_modality_is_the_verb_with_its_negation_and_what_weakens_it(words: str, modality: str) -> None:
    assert [found for found, _ in stated(words)] == [modality]


INTERRUPTED = [
    ("Ports shall, subject to their capacity, endeavour to berth ships.", "shall-endeavour", "shall endeavour"),
    (
        "Ports shall, if the crew so asks and on terms to be agreed, consider a delay.",
        "shall-consider",
        "shall consider",
    ),
    ("Ports shall consider, as may be necessary, a delay.", "shall-consider", "shall consider"),
    ("Ports may, without prior notice, inspect a ship.", "may", "may"),
    ("Ports shall, in keeping with custom, not delay a ship.", "shall", "shall"),
]


@pytest.mark.parametrize(("words", "modality", "evidence"), INTERRUPTED)
def test_an_interruption_does_not_part_a_verb_from_what_weakens_it(words: str, modality: str, evidence: str) -> None:
    [[norm]] = norms([provision("draft/article/1", words)], Genre.DRAFT)
    assert norm.modality == modality
    assert quote(words, norm.spans) == evidence == norm.quote


BEARERS = [
    ("Subject to its law, the port State may board the ship.", [("may", "the port State")]),
    ("In a storm, where a master so asks, requests may be made by radio.", [("may", "requests")]),
    ("In accordance with article 9, paragraph 2, notices shall be in writing.", [("shall", "notices")]),
    ("A carrier, on receiving the goods, shall give a receipt.", [("shall", "A carrier")]),
    ("The costs, unless otherwise agreed, shall be borne by the sender.", [("shall", "The costs")]),
    (
        "The Assembly, the Council and the Bureau shall meet yearly.",
        [("shall", "The Assembly, the Council and the Bureau")],
    ),
    (
        "Without prejudice to article 3, a pilot, engineer or other expert who, if asked, comes aboard shall be paid.",
        [("shall", "a pilot, engineer or other expert")],
    ),
    ("A port in which a ship is arrested shall inform the owner.", [("shall", "A port in which a ship is arrested")]),
    ("The Party that made the request shall bear the costs.", [("shall", "The Party that made the request")]),
    ("After the thirtieth ratification, interested States may join.", [("may", "interested States")]),
    ("However, the Parties may agree on another seat.", [("may", "the Parties")]),
    ("Nothing in this treaty shall affect fishing.", [("shall", "Nothing in this treaty")]),
    ("There shall be a fund for pilots.", [("shall", "a fund")]),
    ("Inspection reports shall be kept.", [("shall", "Inspection reports")]),
    ("Any port that is able to do so should help.", [("should", "Any port that is able to do so")]),
    ("Subparagraph (c) shall not apply to ferries.", [("shall-not", "Subparagraph (c)")]),
    ("“Cargo” or “goods” shall mean what a ship carries.", [("shall", "“Cargo” or “goods”")]),
    ("In no event shall a port detain the crew.", [("shall-not", "a port")]),
    ("Only ships present and voting may be counted.", [("may", "ships present and voting")]),
    ("Not later than a year after entry into force, the Council shall meet.", [("shall", "the Council")]),
    (
        "A list used to decide whether to grant entry, under article 3, shall be kept.",
        [("shall", "A list used to decide whether to grant entry")],
    ),
    ("The rules on how best to load a ship shall be public.", [("shall", "The rules on how best to load a ship")]),
    ("Ports, whether acting individually or jointly, shall report.", [("shall", "Ports")]),
    ("Further rules may be agreed.", [("may", "Further rules")]),
    ("Further, rules may be agreed.", [("may", "rules")]),
    ("Reports on port–based ships shall be kept.", [("shall", "Reports on port–based ships")]),
    (
        "Fees under articles 1 or 2, paragraph 3, of this treaty shall be paid.",
        [("shall", "Fees under articles 1 or 2, paragraph 3, of this treaty")],
    ),
]


@pytest.mark.parametrize(("words", "expected"), BEARERS)
def test_the_bearer_is_the_subject_of_the_verb(words: str, expected: list[tuple[str, str]]) -> None:
    assert stated(words) == expected


SEVERAL = [
    (
        "Members may appeal and shall then pay a fee.",
        [("may", "Members"), ("shall", "Members")],
    ),
    (
        "Members shall share data and to that end shall also consider a register.",
        [("shall", "Members"), ("shall-consider", "Members")],
    ),
    (
        "Each ship shall carry a log, but such a log may be electronic.",
        [("shall", "Each ship"), ("may", "such a log")],
    ),
    (
        "The Council shall elect a chair, who shall serve two years.",
        [("shall", "The Council"), ("shall", "a chair")],
    ),
    (
        "Claims shall go to the Technical and Legal Commission, which shall decide.",
        [("shall", "Claims"), ("shall", "the Technical and Legal Commission")],
    ),
    (
        "Each port shall name an office that shall answer calls.",
        [("shall", "Each port"), ("shall", "an office")],
    ),
    (
        "Licences may be renewed, provided that the holder shall pay the fee.",
        [("may", "Licences"), ("shall", "the holder")],
    ),
    (
        "A Party may object, in which case the depositary shall inform the others.",
        [("may", "A Party"), ("shall", "the depositary")],
    ),
    (
        "The master shall keep a log, nor shall he destroy it.",
        [("shall", "The master"), ("shall-not", "he")],
    ),
    (
        "Calls shall be answered and records thereof shall be kept.",
        [("shall", "Calls"), ("shall", "records thereof")],
    ),
    (
        "A ship shall not be taken for a wreck, nor may salvage be refused.",
        [("shall-not", "A ship"), ("may-not", "salvage")],
    ),
    (
        "The Council may adopt rules that shall govern its work.",
        [("may", "The Council"), ("shall", "rules")],
    ),
    (
        "The Parties [shall] [should] cooperate.",
        [("shall", "The Parties"), ("should", "The Parties")],
    ),
]


@pytest.mark.parametrize(("words", "expected"), SEVERAL)
def test_one_sentence_may_state_several_norms(words: str, expected: list[tuple[str, str]]) -> None:
    assert stated(words) == expected


SILENT = [
    "Each port takes such steps as may be necessary.",
    "Each port acts on terms that the owner may deem fit.",
    "The list of grounds on which a port may refuse entry is public.",
    "The Council decides whether a licence may be granted.",
    "The Parties agree that the seat shall be in the capital.",
    "A port grants a request that the cargo shall remain sealed.",
    "Ships are moored in order that the crew may rest.",
    "The Parties consult on the manner in which the costs shall be shared.",
    "Offences are those which a crew may commit at sea.",
    "The Council takes any step it may deem fit.",
    "The Council decides whether shipping companies may be fined.",
    "The Parties ensure that on board the crew shall be safe.",
    "Any other matters that the Council may raise.",
    "Any claim that the States Parties may make.",
]


@pytest.mark.parametrize("words", SILENT)
def test_what_is_said_asked_compared_or_only_possible_binds_nobody(words: str) -> None:
    assert stated(words) == [("none", "")]


CONDITIONS = [
    ("If the master may leave the ship, the port shall be told.", "the port"),
    ("Should a Party object, the depositary shall inform the others.", "the depositary"),
    ("Where a port finds that a ship may sink, the owner shall move it.", "the owner"),
    ("Before a licence may be granted, the office shall hear the owner.", "the office"),
    ("If a port, on inspection, is of the view that a ship may sink, the owner shall move it.", "the owner"),
    ("After the entry into force of this treaty, the Council, having heard all, shall decide.", "the Council"),
]


@pytest.mark.parametrize(("words", "bearer"), CONDITIONS)
def test_a_condition_binds_nobody_but_the_clause_after_it_does(words: str, bearer: str) -> None:
    assert stated(words) == [("shall", bearer)]


PRONOUNS = [
    ("If a port that lacks a pilot receives a call, it may refuse.", "a port that lacks a pilot"),
    ("Where a claim is lodged and the office is not competent, it shall say so.", "the office"),
    ("The office may decline a claim. It shall give reasons.", "The office"),
    ("In a dispute between Parties over a wreck, they shall seek a settlement.", "Parties"),
    ("It shall be the duty of the master to keep a log.", "It"),
]


@pytest.mark.parametrize(("words", "meant"), PRONOUNS)
def test_a_pronoun_stands_for_the_subject_before_it(words: str, meant: str) -> None:
    [found] = norms([provision("draft/article/1", words)], Genre.DRAFT)
    assert found[-1].resolved_bearer == meant


def test_a_list_inherits_the_last_modality_of_its_chapeau() -> None:
    chapeau, *items = listed(
        "The office may hire staff and shall:", "Keep the register;", "Publish what ports may need."
    )
    assert [norm.modality for norm in chapeau] == [Modality.MAY, Modality.SHALL]
    for [norm] in items:
        assert (norm.modality, norm.bearer, norm.inherited_from) == ("shall", "The office", "draft/article/1")
        assert norm.spans == chapeau[-1].spans


def test_inheritance_goes_down_through_levels_and_names_the_words_it_comes_from() -> None:
    top = provision("draft/article/1", "Ports shall take measures:")
    middle = provision("draft/article/1/a", "To inform crews of:", top.path, Kind.SUBPARAGRAPH)
    low = provision("draft/article/1/a/i", "The weather;", middle.path, Kind.ITEM)
    *_, [norm] = norms([top, middle, low], Genre.DRAFT)
    assert (norm.modality, norm.inherited_from) == ("shall", top.path)


def test_an_item_with_a_modality_of_its_own_inherits_none() -> None:
    _, [own] = listed("For the purposes of this article:", "The owner shall pay;")
    assert (own.bearer, own.inherited_from) == ("The owner", "")


def test_what_stands_below_an_open_condition_binds_nobody() -> None:
    chapeau, *items = listed("A ship may be refused entry if:", "It may sink;", "Its crew shall have left it.")
    assert [norm.modality for norm in chapeau] == [Modality.MAY]
    assert [(norm.modality, norm.bearer) for [norm] in items] == [("may", "A ship")] * 2


def test_a_subject_printed_in_the_chapeau_bears_the_norms_of_the_items() -> None:
    [chapeau, *items] = listed("The harbour office:", "Shall keep a list;", "May not sell it.")
    assert [norm.modality for norm in chapeau] == [Modality.NONE]
    assert [(norm.modality, norm.bearer) for [norm] in items] == [
        ("shall", "The harbour office"),
        ("may-not", "The harbour office"),
    ]


def test_only_operative_units_of_drafts_have_norms() -> None:
    units = [
        provision("draft/preamble/chapeau", "The Parties to this treaty,", "draft/preamble", Kind.CHAPEAU),
        provision("draft/preamble/1", "Noting that ships shall float,", "draft/preamble", Kind.RECITAL),
        provision("draft/article", "Ships shall float", "draft", Kind.ARTICLE),
        provision("draft/article/1", "Central office:", heading="Central office"),
        provision("draft/article/2", ""),
    ]
    assert norms(units, Genre.DRAFT) == ((), (), (), (), ())
    paragraph = [provision("views/1", "The treaty should be short.")]
    assert norms(paragraph, Genre.COMMENTARY) == ((),)


WORDS = [
    "shall",
    "may",
    "should",
    "not",
    "the Party",
    "a port",
    "which",
    "that",
    "if",
    "and",
    "or",
    "nor",
    ",",
    ";",
    ".",
    "(",
]
WORDS += [
    ")",
    "it",
    "they",
    "consider",
    "as",
    "in which case",
    "provided that",
    "where",
    "are",
    "encouraged",
    "to",
    "there",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join))
def test_any_words_have_norms_whose_evidence_is_among_them(words: str) -> None:
    [found] = norms([provision("draft/article/1", words)], Genre.DRAFT)
    assert found
    for norm in found:
        assert all(0 <= span.start < span.end <= len(words) for span in (*norm.spans, *norm.bearer_spans))
        assert " ".join(quote(words, norm.bearer_spans).split()) == norm.bearer


def test_each_quote_of_a_document_stands_at_its_places(repository: Path) -> None:
    [entry] = load_corpus(repository / "corpus")
    document = read_document(entry)
    found = [norm for one in document.submissions for unit in one.provisions for norm in unit.norms]
    assert len(found) > 300
    for norm in found:
        assert norm.quote == quote(document.text, norm.spans)
        assert (norm.modality is Modality.NONE) == (not norm.bearer)


def test_the_words_of_norms_have_a_schema(tmp_path: Path) -> None:
    file = tmp_path / "norms.toml"
    file.write_text("[appeals]\nverbs = 3\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError):
        norm_wording(file)
    names = {modality.value for modality in Modality}
    wording = norm_wording()
    used = [modality for one in wording.modals for modality in (one.plain, one.negated)]
    assert {*used, *(one.becomes for one in wording.weakened), wording.appeals.becomes} <= names
