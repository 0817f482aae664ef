"""What a careful editor flags in the words of a draft, and what he lets pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.ingest.blocks import blocks
from travaux.ingest.document import read_document
from travaux.ingest.manifest import load_corpus
from travaux.ingest.outline import outline
from travaux.ingest.passage import Passage, printed
from travaux.ingest.records import Document, Genre, Kind, Provision, Submission, quote
from travaux.lineage.findings.check import Outcome, Subject
from travaux.lineage.findings.repetition import repetition
from travaux.lineage.findings.tokens import tokens
from travaux.lineage.findings.wording import WORDING_CHECKS
from travaux.lineage.records import Finding
from travaux.ontology.reference import load
from travaux.ontology.usage import english, usage
from travaux.ontology.wording import outline_wording


def drafted(text: str, genre: Genre = Genre.DRAFT) -> Document:
    """A document in which one submission holds `text`, an article or a whole treaty."""
    wording = outline_wording()
    units = outline("draft", blocks(text, wording, markdown=True), load(), wording, lambda _: None)
    submission = Submission("draft", (), (), "", "", "en", genre, (), units)
    return Document(
        path="draft",
        negotiation="",
        body="",
        session="",
        symbol="",
        title="",
        issued="",
        received="",
        language="en",
        layout="by-proponent",
        digest="",
        source="",
        text=text,
        submissions=(submission,),
    )


def flagged(text: str, genre: Genre = Genre.DRAFT) -> list[Finding]:
    """All findings of wording in `text`, whose words are those at their places."""
    document = drafted(text, genre)
    subject = Subject(document.submissions[0], document, load())
    found: list[Finding] = []
    for check in WORDING_CHECKS:
        outcome = Outcome(check.id)
        check.run(subject, outcome)
        assert len(outcome.findings) <= max(outcome.examined, 0), f"{check.id} flags more than it looked at"
        found += outcome.findings
    assert all(finding.quote == quote(text, finding.spans) for finding in found)
    return found


def article(*paragraphs: str) -> str:
    numbered = "\n\n".join(f"{number}. {words}" for number, words in enumerate(paragraphs, 1))
    return f"# Article: Mutual legal assistance\n\n{numbered}\n"


WRONG = [
    # Words are missing.
    (
        "The receiving State shall notify the other State and, if so requested, consult with the other State shall "
        "inform it of the disclosure without delay.",
        "missing-words",
        "A",
        "consult with the other State shall inform",
    ),
    ("The requested State shall take full account as possible of any deadlines.", "missing-words", "B", "as possible"),
    ("Each State shall may consider the request.", "missing-words", "B", "shall may"),
    ("The request shall contain a description of the.", "missing-words", "B", "description of the"),
    (
        "Each State shall apply this article, except to the extent that the persons mentioned in article 3 of it.",
        "missing-words",
        "A",
        "to the extent that the persons",
    ),
    ("Assistance may be sought for purpose of enforcing a sentence.", "missing-words", "B", "for purpose of"),
    # Slips of the pen.
    ("The purpose of which the evidence is sought shall be stated.", "typo", "C", "purpose of which"),
    ("Each State shall provides assistance.", "typo", "C", "shall provides"),
    ("The person may leave once he or she have been informed.", "typo", "C", "he or she have"),
    ("It shall state the offence that any person using such means have committed.", "typo", "C", "any person using"),
    ("Each State shall act in accordance with the principles of their domestic law.", "typo", "C", "their"),
    ("The article allows States to prosecute an offender who is found in its territory.", "typo", "C", "its territory"),
    ("Any State Party who desires assistance may request it.", "typo", "C", "State Party who"),
    ("Each State shall afford the the widest measure of assistance.", "typo", "C", "the the"),
    ("This articles applies to requests.", "typo", "C", "This articles"),
    ("It covers electronic or other forms of the surveillance.", "typo", "C", "other forms of the"),
    ("It may be refused in the absence of a dual criminality.", "typo", "C", "a dual criminality"),
    # Conversion.
    ("Each State shall keep a welltrained authority.", "conversion-artefact", "C", "welltrained"),
    ("A point of contact is available on a twenty-fourhour basis.", "conversion-artefact", "C", "twenty-fourhour"),
    ("The law ofthe requested State applies.", "conversion-artefact", "C", "ofthe"),
    ("Each State shall provide informa tion on request.", "conversion-artefact", "C", "informa tion"),
    ("States shall enhance co operation.", "conversion-artefact", "C", "co operation"),
    ("The request shall state the law,when it is known.", "conversion-artefact", "C", "law,when"),
    # Marks.
    ("The request (and its annex shall be sent.", "punctuation", "C", "(and"),
    ("The request] shall be sent.", "punctuation", "C", "request]"),
    ("The request,, shall be sent.", "punctuation", "C", ",,"),
]


@pytest.mark.parametrize(("words", "kind", "severity", "place"), WRONG)
def test_a_slip_is_flagged_at_its_place(words: str, kind: str, severity: str, place: str) -> None:
    found = [finding for finding in flagged(article(words)) if finding.kind == kind]
    assert [finding.severity.value for finding in found] == [severity]
    assert place in found[0].quote or found[0].quote in place


RIGHT = [
    "The requested State shall execute the request as soon as possible and as fully as practicable.",
    "The Party shall, in so far as possible, consult with the other Party, which shall inform it.",
    "If the requesting State accepts assistance subject to conditions, it shall comply with the conditions.",
    "Nor shall the Parties, where the request so states, disclose it; under no circumstances may the State do so.",
    "In the territory of which that person is present, the law of that State Party shall apply.",
    "Extradition, the purpose of which is to try the person, may be sought, provided that the offence is punishable.",
    "The persons who have suffered damage as a result of an act of corruption have the right to be heard.",
    "A number of States have made declarations, and any State that they concern shall be informed.",
    "States Parties shall endeavour, each in accordance with its domestic law, to cooperate.",
    "Each State Party shall assist other States Parties in accordance with their domestic law.",
    "The organisation of cyberspace, mutatis mutandis, aut dedere aut judicare and non-refoulement shall be respected.",
    "Cybercriminals, cryptocurrencies and multisectoral, interregional or transboundary programmes are not exempted.",
    "The date that that State notifies shall be published on www.example.org/treaties,new by the depositary.",
    "Paragraph 1 (a) shall apply to: (a) searches; (b) seizures (including of data).",
]


@pytest.mark.parametrize("words", RIGHT)
def test_good_drafting_passes(words: str) -> None:
    assert flagged(article(words)) == []


LONG = (
    "be prosecuted, detained, punished or subjected to any restriction of his or her personal liberty in that territory"
)


def test_a_negation_that_only_one_of_two_like_passages_has_is_missed() -> None:
    [found] = flagged(article(f"The person shall {LONG} for past acts.", f"A witness shall not {LONG} for past acts."))
    assert (found.kind, found.severity.value, found.suggestion) == ("missing-words", "A", "shall not be")
    assert found.about.endswith("/1")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"The person shall not {LONG}.", f"A witness shall not {LONG}."),
        (f"Nothing in this article means that a person shall {LONG}.", f"A witness shall not {LONG}."),
        ("The Parties shall be bound by it.", "The other Parties shall not be bound by it."),
    ],
)
def test_a_negation_is_not_missed_where_the_passages_agree_or_are_short(first: str, second: str) -> None:
    assert [finding for finding in flagged(article(first, second)) if finding.kind == "missing-words"] == []


SAID = (
    "shall comply with a request that the said information shall remain confidential, even temporarily, "
    "or with {} on its use, storage and transmission to others"
)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [("restrictions", "restriction", "inconsistent-term"), ("inquiries", "inquires", "typo")],
)
def test_the_same_words_agree_to_the_letter(first: str, second: str, kind: str) -> None:
    text = article(f"They {SAID.format(first)}.", f"Authorities {SAID.format(second)}.", f"No {first} are made.")
    [found] = [finding for finding in flagged(text) if finding.check == "repeated-words-agree"]
    assert (found.kind, found.suggestion) == (kind, first)


def test_nouns_of_a_pair_agree_as_elsewhere() -> None:
    pair = "States shall conclude agreements or arrangements on this matter."
    found = flagged(article(pair, pair.replace("this", "that"), "States may amend agreements or arrangement."))
    assert [finding.quote for finding in found if finding.check == "pair-agrees"] == ["agreements or arrangement"]


def test_a_usual_phrase_keeps_its_number() -> None:
    usual = [f"States shall counter matter {number} used for criminal purposes." for number in range(8)]
    found = flagged(article(*usual, "States shall counter technologies used for criminal purpose, wherever found."))
    assert [(finding.quote, finding.suggestion) for finding in found] == [
        ("for criminal purpose", "for criminal purposes")
    ]


def test_parties_have_one_name() -> None:
    usual = [f"A State Party shall inform the other States Parties of matter {n} of those listed." for n in range(6)]
    found = flagged(
        article(*usual, "State Parties shall cooperate.", "Each State party may vote.", "The Party may vote.")
    )
    assert [(finding.quote, finding.suggestion) for finding in found if finding.kind == "inconsistent-term"] == [
        ("State Parties", "States Parties"),
        ("State party", "State Party"),
        ("Party", "State Party"),
    ]
    legitimate = ["A State that is a Party to this Convention may vote at the Conference of the Parties."]
    assert flagged(article(*usual, *legitimate)) == []


def test_a_word_has_one_spelling() -> None:
    found = flagged(
        article("States shall organize it.", "They organize it and recognise it.", "They shall organise it.")
    )
    assert [(finding.quote, finding.suggestion) for finding in found] == [("organise", "organize")]


def test_a_word_is_not_taken_for_another_that_the_text_has() -> None:
    found = flagged("# Article: Depository\n\n1. The Secretary-General is the depositary of this Convention.\n")
    assert [(finding.quote, finding.suggestion) for finding in found] == [("Depository", "depositary")]
    assert flagged(article("Samples shall be kept in a depository.")) == []


def test_an_article_keeps_to_one_verb() -> None:
    found = flagged(article("This Convention shall be open for signature.", "This Convention is open for accession."))
    assert [finding.quote for finding in found] == ["This Convention is open"]


@pytest.mark.parametrize(
    ("first", "flags"),
    [
        ("The United Nations Convention against Transnational Organized Crime applies.", 1),
        (
            "See the United Nations Convention against Transnational Organized Crime (the Organized Crime Convention).",
            0,
        ),
    ],
)
def test_a_short_name_of_a_treaty_is_explained(first: str, flags: int) -> None:
    found = flagged(article(first, "Article 18 of the Organized Crime Convention applies."))
    assert [finding.kind for finding in found] == ["undefined-short-form"] * flags


def test_lists_have_their_marks() -> None:
    items = "(a) The authority;\n\n(b) The offence.\n\n(c) The facts;\n\n(d) The purpose.\n"
    found = flagged(article("The request shall contain;") + "\n" + items)
    assert [(finding.kind, finding.suggestion) for finding in found] == [
        ("punctuation", "contain:"),
        ("punctuation", "offence;"),
    ]


def test_a_bracket_holds_whole_phrases() -> None:
    phrase = "The instrument of ratification, acceptance or approval shall be deposited on {}."
    cut = "It enters into force [thirty days after the fortieth instrument of ratification], acceptance or approval."
    whole = "It enters into force [thirty] days after the fortieth instrument of ratification, acceptance or approval."
    usual = [phrase.format("signature"), phrase.format("request")]
    assert [finding.check for finding in flagged(article(*usual, cut))] == ["bracket-keeps-phrases"]
    assert flagged(article(*usual, whole)) == []


def test_words_of_another_language_are_left_alone() -> None:
    words = "The delegation noted: « les ressources génétiques marines doivent être réparties équitablement »."
    assert [finding for finding in flagged(article(words)) if finding.check == "word-is-whole"] == []


def test_the_lists_of_words_hold_what_treaties_say() -> None:
    assert {"organisation", "organization", "programme", "fulfil", "mutandis", "cybercrime", "thereof"} <= english()
    assert {"ofthe", "informa", "welltrained"}.isdisjoint(english())
    assert all(verb not in usage().grammar.finite - {"have", "do"} for verb in usage().grammar.verbs)


@given(st.text(alphabet="ab .,;()[]—'-1A\n", max_size=80))
def test_tokens_and_sentences_cover_the_words_in_order(text: str) -> None:
    provision = Provision("a", "", Kind.PARAGRAPH, "", "", "", "", (), 1, passage=Passage((printed(text, 0),)))
    for read in tokens([provision]):
        assert "".join(read.printed) == "".join(text.split())
        assert all(text.startswith(word, start) for word, start in zip(read.printed, read.starts, strict=True))
        places = [place for sentence in read.sentences for place in range(sentence.start, sentence.stop)]
        assert places == list(range(len(read.printed)))


@given(st.lists(st.sampled_from("abcd"), max_size=60))
def test_what_is_said_twice_is_said_twice(words: list[str]) -> None:
    passage = Passage((printed(" ".join(words), 0),))
    provision = Provision("a", "", Kind.PARAGRAPH, "", "", "", "", (), 1, passage=passage)
    found = repetition(tokens([provision]))
    for repeat in found.repeats:
        first = found.stream.words[repeat.first : repeat.first + repeat.length]
        assert first == found.stream.words[repeat.second : repeat.second + repeat.length]
        assert repeat.first + repeat.length <= repeat.second or repeat.first < repeat.second


def test_the_known_slips_of_the_shipped_compilation_are_found(repository: Path) -> None:
    [entry] = [entry for entry in load_corpus(repository / "corpus") if entry.entry.number == "V.22-10828"]
    document = read_document(entry)
    found: list[Finding] = []
    for submission in document.submissions:
        subject = Subject(submission, document, load())
        for check in WORDING_CHECKS:
            outcome = Outcome(check.id)
            check.run(subject, outcome)
            found += outcome.findings
    said = {(finding.severity.value, finding.quote) for finding in found}
    assert {
        ("A", "shall be prosecuted, detained"),
        ("A", "consult with the transmitting State Party shall inform"),
        ("B", "take full account as possible"),
        ("C", "twenty-fourhour"),
        ("C", "welltrained"),
        ("C", "State Parties"),
    } <= said
    assert len(found) <= 40


@pytest.mark.parametrize(("treaty", "most"), [("untoc", 6), ("uncac", 9), ("budapest", 7), ("budapest-ap1", 1)])
def test_a_treaty_in_force_is_hardly_flagged(treaty: str, most: int, shared: Path) -> None:
    """The texts have flaws of their own: broken words, a bare "Party" beside "State Party"."""
    text = (shared / "instruments" / f"{treaty}.md").read_text(encoding="utf-8")
    found = flagged(text)
    assert len(found) <= most, [finding.quote for finding in found]


def test_words_broken_in_a_conversion_are_found(shared: Path) -> None:
    text = (shared / "instruments" / "uncac.md").read_text(encoding="utf-8")
    broken = {finding.quote for finding in flagged(text) if finding.kind == "conversion-artefact"}
    assert {"exc lusively", "nat ionals", "cooper ation"} <= broken
