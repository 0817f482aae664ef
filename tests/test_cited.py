"""What a proposal says of its own origin."""

from __future__ import annotations

from dataclasses import replace

import pytest
from travaux.ingest.records import Document, Provision, Resolution, Target
from travaux.lineage.cited import cited_derivations
from travaux.lineage.records import Basis


def with_provision(draft: Document, provision: Provision) -> Document:
    submission = draft.submissions[0]
    return replace(draft, submissions=(replace(submission, provisions=(provision,)),))


def sources(draft: Document, unit: str) -> list[str]:
    return [found.source for found in cited_derivations(draft) if found.derived.endswith(unit)]


def test_a_paragraph_derives_from_the_treaty_paragraph_named_after_its_words(draft: Document) -> None:
    assert sources(draft, "extradition/2") == ["instrument/budapest/24/2"]


def test_the_citation_after_a_heading_belongs_to_the_article_and_counts_for_each_of_its_targets(
    draft: Document,
) -> None:
    assert sources(draft, "principles") == [f"instrument/budapest/25/{number}" for number in range(1, 6)]


def test_what_does_not_exist_is_no_source(draft: Document) -> None:
    assert sources(draft, "principles/1/c") == []


def test_a_resolution_is_no_source(draft: Document) -> None:
    assert sources(draft, "preamble/1") == []


def test_a_derivation_rests_on_the_words_of_the_citation(draft: Document) -> None:
    for found in cited_derivations(draft):
        assert found.basis is Basis.CITED
        assert "".join(draft.text[span.start : span.end] for span in found.spans) == found.quote


@pytest.mark.parametrize(
    ("as_source", "by_reference", "path", "how", "expected"),
    [
        (True, False, "instrument/untoc/16/1", Resolution.RESOLVED, ["instrument/untoc/16/1"]),
        (False, True, "instrument/untoc/16/1", Resolution.RESOLVED, ["instrument/untoc/16/1"]),
        (True, False, "instrument/icj-statute/36", Resolution.UNRESOLVED, ["instrument/icj-statute/36"]),
        (False, False, "instrument/untoc/16/1", Resolution.RESOLVED, []),
        (True, False, "instrument/untoc/99", Resolution.NONEXISTENT, []),
        (True, False, "instrument/untoc", Resolution.RESOLVED, []),
        (True, False, "document/v-22-10828/colombia/extradition", Resolution.RESOLVED, []),
    ],
)
def test_what_makes_a_citation_a_source(
    draft: Document, as_source: bool, by_reference: bool, path: str, how: Resolution, expected: list[str]
) -> None:
    paragraph = next(unit for unit in draft.submissions[0].provisions if unit.path.endswith("extradition/2"))
    citation = replace(
        paragraph.citations[0],
        as_source=as_source,
        by_reference=by_reference,
        targets=(Target(path, how),),
        resolution=how,
    )
    found = cited_derivations(with_provision(draft, replace(paragraph, citations=(citation,))))
    assert [derivation.source for derivation in found] == expected


def test_a_source_named_twice_in_a_provision_is_one_derivation(draft: Document) -> None:
    paragraph = next(unit for unit in draft.submissions[0].provisions if unit.path.endswith("extradition/2"))
    twice = replace(paragraph, citations=paragraph.citations * 2)
    assert len(cited_derivations(with_provision(draft, twice))) == 1
