"""What is flagged where the words show their source: told in the document's own words and the source's numbers."""

from __future__ import annotations

from collections import Counter

import pytest
from travaux.api import SHIPPED_CORPUS
from travaux.ingest.document import read_document
from travaux.ingest.manifest import load_corpus
from travaux.ingest.records import Document, quote
from travaux.lineage.findings.check import Outcome, Subject
from travaux.lineage.findings.examination import CHECKS, LINEAGE_CHECKS, examine
from travaux.lineage.findings.sources import spoken
from travaux.lineage.known import known_lineage
from travaux.lineage.records import Examination, Finding, Lineage
from travaux.ontology.reference import load

OWN = {check.id for check in LINEAGE_CHECKS}


@pytest.fixture(scope="module")
def known() -> tuple[Document, Lineage]:
    (entry,) = load_corpus(SHIPPED_CORPUS)
    document = read_document(entry)
    return document, known_lineage(document, entry.path.parent, {}).lineage


@pytest.fixture(scope="module")
def examined(known: tuple[Document, Lineage]) -> Examination:
    document, lineage = known
    return examine(document, lineage=lineage)


def found(examined: Examination, check: str, about: str = "") -> list[Finding]:
    return [one for one in examined.findings if one.check == check and one.about.endswith(about)]


def test_checks_have_names_of_their_own_and_speak_plainly() -> None:
    assert not OWN & {check.id for check in CHECKS}
    assert all(check.question.endswith("?") and check.things for check in LINEAGE_CHECKS)


def test_every_finding_rests_on_words_of_the_document(known: tuple[Document, Lineage], examined: Examination) -> None:
    document, _ = known
    for finding in examined.findings:
        if finding.check in OWN:
            assert finding.quote == quote(document.text, finding.spans) != ""
            assert finding.problem.endswith(".")


def test_a_lost_negation_changes_the_meaning(examined: Examination) -> None:
    (finding,) = found(examined, "negation-kept", "jamaica/mutual-legal-assistance/14")
    assert (finding.kind, finding.severity, finding.quote) == ("lost-negation", "A", "shall be")
    assert "word 33 of art. 46, para. 12, of the Convention against Corruption" in finding.problem


def test_a_duty_that_became_a_discretion_is_flagged(examined: Examination) -> None:
    quotes = [finding.quote for finding in found(examined, "modality-kept")]
    assert "may analyse" in quotes


def test_a_number_that_was_carried_over_is_told_with_the_right_one(
    known: tuple[Document, Lineage],
) -> None:
    document, lineage = known
    submission = next(one for one in document.submissions if one.path.endswith("/jamaica"))
    (check,) = (one for one in LINEAGE_CHECKS if one.id == "number-conformed")
    outcome = Outcome(check.id)
    check.run(Subject(submission, document, load(), lineage), outcome)
    told = {one.about.rpartition("jamaica/")[2]: one.suggestion.casefold() for one in outcome.findings}
    assert told["mutual-legal-assistance/7"] == "paragraphs 9 to 34 of this article"
    assert told["mutual-legal-assistance/32"] == "paragraph 14 of this article"


def test_reuse_that_is_not_named_is_told_once_for_an_article(examined: Examination) -> None:
    counted = Counter(finding.about for finding in found(examined, "source-named"))
    assert counted["document/v-22-10828/jamaica/extradition"] == 1
    assert set(counted.values()) == {1}
    assert not found(examined, "source-named", "colombia/extradition")


def test_a_state_that_is_known_to_be_a_party_is_not_flagged(examined: Examination) -> None:
    assert [finding.about.rpartition("/")[2] for finding in found(examined, "treaty-joined")] == ["jamaica"]


def test_what_both_kinds_of_check_see_is_one_finding(known: tuple[Document, Lineage], examined: Examination) -> None:
    document, _ = known
    alone = examine(document)
    assert [finding for finding in examined.findings if finding.check not in OWN] == list(alone.findings)
    by_check = Counter(result.check for result in examined.results if result.check == "number-conformed")
    assert by_check["number-conformed"] == len(document.submissions)
    for finding in examined.findings:
        if finding.check in OWN:
            twins = [one for one in alone.findings if (one.kind, one.about) == (finding.kind, finding.about)]
            assert not any(set(one.spans) & set(finding.spans) for one in twins)


def test_a_document_alone_is_not_asked_about_its_sources(known: tuple[Document, Lineage]) -> None:
    document, _ = known
    assert not OWN & {result.check for result in examine(document).results}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("instrument/untoc/18", "art. 18 of the Organized Crime Convention"),
        ("instrument/untoc/18/3", "art. 18, para. 3, of the Organized Crime Convention"),
        ("instrument/untoc/18/3/a", "art. 18, para. 3 (a), of the Organized Crime Convention"),
        ("instrument/budapest/32/a", "art. 32, subpara. (a), of the Budapest Convention"),
        ("instrument/budapest/preamble/3", "the preamble, recital 3, of the Budapest Convention"),
        ("document/d/a/x", "document/d/a/x"),
    ],
)
def test_a_source_is_told_as_a_person_says_it(path: str, words: str) -> None:
    assert spoken(path, load()) == words
