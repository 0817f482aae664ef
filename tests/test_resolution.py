"""What a citation resolves to: in the skeletons of the treaties, or in the outline of the same submission."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from travaux.ingest.document import read_document
from travaux.ingest.manifest import load_corpus
from travaux.ingest.passage import Passage, printed
from travaux.ingest.records import Citation, CitationKind, Genre, Kind, Provision, Resolution, Span, quote
from travaux.ingest.resolution import resolve
from travaux.ontology.reference import load

ROOT = "document/d/atlantis"
# A small draft: path below the submission, kind, number, heading; paths of units say where they hang.
DRAFT = [
    ("chapter-4", Kind.CHAPTER, "4", "International cooperation"),
    ("section-2", Kind.SECTION, "2", "Specific provisions"),
    ("extradition", Kind.ARTICLE, "16", "Extradition"),
    ("extradition/1", Kind.PARAGRAPH, "1", ""),
    ("extradition/2", Kind.PARAGRAPH, "2", ""),
    ("extradition/2/a", Kind.SUBPARAGRAPH, "a", ""),
    ("extradition/2/b", Kind.SUBPARAGRAPH, "b", ""),
    ("extradition/2/b/i", Kind.ITEM, "i", ""),
    ("extradition/3", Kind.PARAGRAPH, "3", ""),
    ("emergency", Kind.ARTICLE, "17", "Emergency mutual assistance"),
    ("mutual", Kind.ARTICLE, "18", "Mutual legal assistance"),
    ("mutual/1", Kind.PARAGRAPH, "1", ""),
    ("network", Kind.ARTICLE, "19", "24/7 network"),
    ("training", Kind.ARTICLE, "20", "Training and technical assistance"),
    ("preventive", Kind.CHAPTER, "5", "Preventive measures"),
    ("mechanism", Kind.ARTICLE, "35", "Mechanism for implementation"),
    ("mechanism/1", Kind.PARAGRAPH, "1", ""),
]
PARENTS = {"extradition": "chapter-4", "emergency": "chapter-4", "mutual": "section-2", "section-2": "chapter-4"}


def draft(words: dict[str, str]) -> list[Provision]:
    """The draft with `words` in its units; a unit without words has its heading, or two words that cite nothing."""
    units: list[Provision] = []
    for order, (path, kind, number, heading) in enumerate(DRAFT, 1):
        above = PARENTS.get(path) or path.rpartition("/")[0]
        own = words.get(path, heading or "Each Party.")
        provision = Provision(
            path=f"{ROOT}/{path}",
            parent=f"{ROOT}/{above}" if above else ROOT,
            kind=kind,
            number=number,
            label="",
            heading=heading,
            text=own,
            spans=(Span(0, len(own)),),
            order=order,
            passage=Passage((printed(own, 0),)),
        )
        units.append(provision)
    return units


def cited(unit: str, words: str, genre: Genre = Genre.DRAFT, **others: str) -> list[Citation]:
    """The citations in `words`, standing in `unit`; `others` are words of other units, with ``__`` for ``/``."""
    units = draft({unit: words} | {path.replace("__", "/"): text for path, text in others.items()})
    found = resolve(units, genre, load())
    return [
        citation
        for provision, citations in zip(units, found, strict=True)
        for citation in citations
        if provision.path == f"{ROOT}/{unit}"
    ]


def targets(citation: Citation) -> list[str]:
    mark = {Resolution.RESOLVED: "", Resolution.UNRESOLVED: "?", Resolution.NONEXISTENT: "!"}
    return [
        target.path.removeprefix(f"{ROOT}/").removeprefix("instrument/") + mark[target.resolution]
        for target in citation.targets
    ]


INTERNAL = [
    ("extradition/2", "this article", ["extradition"]),
    ("extradition/2/b", "this paragraph", ["extradition/2"]),
    ("extradition/2/b/i", "this subparagraph", ["extradition/2/b"]),
    ("extradition/2/b", "the preceding paragraph", ["extradition/1"]),
    ("extradition/1", "the preceding paragraph", []),
    ("extradition/1", "the provisions of this chapter", ["chapter-4"]),
    ("mutual/1", "articles in this section", ["section-2"]),
    ("extradition/1", "other articles of this Convention", []),
    ("extradition/3", "paragraph 1", ["extradition/1"]),
    ("extradition/3", "paragraphs 1 to 3 of this article", ["extradition/1", "extradition/2", "extradition/3"]),
    ("extradition/3", "paragraph 2 (a) and (b) of this article", ["extradition/2/a", "extradition/2/b"]),
    ("extradition/3", "paragraph 2 (b) (i)", ["extradition/2/b/i"]),
    ("extradition/2/b", "subparagraph (a)", ["extradition/2/a"]),
    ("extradition/2", "subparagraph (a) of this paragraph", ["extradition/2/a"]),
    ("extradition/2/b/i", "subparagraph (a)", ["extradition/2/a"]),
    ("extradition/3", "paragraph 9 of this article", ["extradition/9?"]),
    ("extradition/3", "paragraph 2 (c)", ["extradition/2/c?"]),
    ("mutual/1", "article 16, paragraph 3", ["extradition/3"]),
    ("mutual/1", "articles 16 and 18 of this Convention", ["extradition", "mutual"]),
    ("mutual/1", "paragraph 2 of article 16 of the Convention", ["extradition/2"]),
    ("mutual/1", "article 99", []),
    ("mutual/1", "chapter 4 of this Convention", ["chapter-4"]),
    ("mutual/1", "chapter 12", []),
]


@pytest.mark.parametrize(("unit", "words", "expected"), INTERNAL)
def test_a_part_of_the_same_draft_is_looked_for_from_where_it_is_cited(
    unit: str, words: str, expected: list[str]
) -> None:
    (citation,) = cited(unit, f"Subject to {words}, Parties shall cooperate.")
    assert citation.kind is CitationKind.INTERNAL
    assert targets(citation) == expected
    assert (citation.resolution is Resolution.RESOLVED) == (
        bool(expected) and not any("?" in path for path in expected)
    )


INSTRUMENTS = [
    ("article 16 of the Organized Crime Convention", ["untoc/16"]),
    ("article 18, paragraph 3 (a)–(c), of UNTOC", ["untoc/18/3/a", "untoc/18/3/b", "untoc/18/3/c"]),
    ("article 6, paragraph 1 (a) (i) and (ii), of UNTOC", ["untoc/6/1/a/i", "untoc/6/1/a/ii"]),
    ("art. 32, para. 3 (a), of the Budapest Convention", ["budapest/32/3/a!"]),
    ("article 99 of UNCAC", ["uncac/99!"]),
    ("articles 31 and 99 of UNCAC", ["uncac/31", "uncac/99!"]),
    ("the Charter of the United Nations", ["un-charter"]),
    ("article 33 of the Charter of the United Nations", ["un-charter/33?"]),
    ("chapter II of UNCAC", ["uncac?"]),
    ("article 9 of the Kampala Convention on Internal Displacement", []),
]


@pytest.mark.parametrize(("words", "expected"), INSTRUMENTS)
def test_a_provision_of_a_treaty_is_checked_against_its_skeleton(words: str, expected: list[str]) -> None:
    (citation,) = cited("mutual/1", f"Parties shall act in accordance with {words}.")
    assert citation.kind is CitationKind.INSTRUMENT
    assert targets(citation) == expected


RESOLUTIONS = [
    (
        "Security Council resolutions 2322 (2016) and 2341 (2017)",
        ["resolution/sc/2322-2016", "resolution/sc/2341-2017"],
    ),
    ("General Assembly resolutions 193 (2014) and S-30/1", ["resolution/ga/193-2014!", "resolution/ga/s-30/1"]),
    ("General Assembly resolution 74/247 of 27 December 2019", ["resolution/ga/74/247"]),
    ("Commission on Crime Prevention and Criminal Justice resolution 26/4 (2017)", ["resolution/ccpcj/26/4"]),
    ("resolution 72/249", ["resolution/ga/72/249"]),
    ("resolution 1373 (2001)", ["resolution/sc/1373-2001"]),
    ("A/RES/74/247 and S/RES/2322 (2016)", ["resolution/ga/74/247", "resolution/sc/2322-2016"]),
]


@pytest.mark.parametrize(("words", "expected"), RESOLUTIONS)
def test_a_resolution_is_one_of_its_organ_if_the_organ_counts_so(words: str, expected: list[str]) -> None:
    (citation,) = cited("mutual/1", f"Recalling {words},")
    assert citation.kind is CitationKind.RESOLUTION
    assert targets(citation) == expected
    assert (citation.resolution is Resolution.NONEXISTENT) == any("!" in path for path in expected)


PLACEHOLDERS = [
    ("[article on the 24/7 network] of this Convention", ["network"]),
    ("[article on emergency mutual legal assistance requests]", ["emergency"]),
    ("the article on mutual legal assistance", ["mutual"]),
    ("[articles on extradition and training and technical assistance]", ["extradition", "training"]),
    ("[articles on extradition; mutual legal assistance; and the 24/7 network]", ["extradition", "mutual", "network"]),
    ("[article [x], paragraphs 1 and 2, on extradition,] of this Convention", ["extradition/1", "extradition/2"]),
    ("the chapter on preventive measures", ["preventive"]),
    ("[chapter on extradition] of this Convention", []),
    ("[article on asset recovery]", []),
    ("[criminal liability of legal persons] of this Convention", []),
    ("[article] of this Convention", []),
]


@pytest.mark.parametrize(("words", "expected"), PLACEHOLDERS)
def test_a_placeholder_stands_for_the_unit_under_the_heading_it_means(words: str, expected: list[str]) -> None:
    (citation,) = cited("mechanism/1", f"Parties shall act in accordance with {words} in good time.")
    assert citation.kind is CitationKind.PLACEHOLDER
    assert targets(citation) == expected
    assert citation.resolution is (Resolution.RESOLVED if expected else Resolution.UNRESOLVED)


HEADING = "Mechanism for implementation (article 35 of the Budapest Convention)"


def test_articles_without_a_treaty_are_those_of_the_treaty_that_the_heading_names() -> None:
    (citation,) = cited("mechanism/1", "Data are preserved pursuant to articles 29 and 30.", mechanism=HEADING)
    assert (citation.kind, targets(citation)) == (CitationKind.INSTRUMENT, ["budapest/29", "budapest/30"])


def test_they_are_not_where_that_treaty_has_no_such_article() -> None:
    (citation,) = cited("mechanism/1", "Subject to article 99.", mechanism=HEADING)
    assert (citation.kind, targets(citation)) == (CitationKind.INTERNAL, [])


def test_the_convention_is_the_one_that_the_article_cites_alone() -> None:
    applied = "Article 27 of the Budapest Convention shall apply."
    (citation,) = cited("extradition/3", "A contact under article 35 of the Convention.", extradition__1=applied)
    assert targets(citation) == ["budapest/35"]


def test_this_convention_never_is() -> None:
    (citation,) = cited("mechanism/1", "Subject to article 16 of this Convention.", mechanism=HEADING)
    assert targets(citation) == ["extradition"]


def test_an_article_is_known_by_the_title_after_its_number() -> None:
    (citation,) = cited("extradition/1", "Article 28 (Confidentiality and limitation on use) shall apply.")
    assert targets(citation) == ["budapest/28"]


def test_a_citation_at_the_end_says_where_a_draft_comes_from() -> None:
    words = "Parties may act under article 16 of UNTOC. (art. 24, para. 3, of the Budapest Convention)"
    assert [citation.as_source for citation in cited("extradition/1", words)] == [False, True]
    assert [citation.as_source for citation in cited("extradition/1", words, Genre.COMMENTARY)] == [False, False]


def test_a_unit_that_is_nothing_but_its_citation_imports_it() -> None:
    units = draft(
        {"extradition/1": "Central authority under paragraph 2 (art. 27, para. 2, of the Budapest Convention)"}
    )
    units = [replace(unit, by_reference=True) for unit in units]
    found = resolve(units, Genre.DRAFT, load())
    assert [citation.by_reference for citations in found for citation in citations] == [False, True]


IMPORTS = [
    ("Article 53 of the Convention against Corruption may be applied, mutatis mutandis, to ...", [True]),
    ("The provisions of article 31 of UNCAC and article 12 of UNTOC shall apply mutatis mutandis to it.", [True, True]),
    ("Article 12 of UNTOC applies to requests of this kind.", [False]),
    ("Parties shall act. Article 12 of UNTOC shall apply, mutatis mutandis.", [False]),
    ("Article 12 of UNTOC shall apply, mutatis mutandis, as shall article 13 of UNTOC.", [True, False]),
]


@pytest.mark.parametrize(("words", "expected"), IMPORTS)
def test_a_unit_imports_what_it_says_applies_mutatis_mutandis(words: str, expected: list[bool]) -> None:
    assert [citation.by_reference for citation in cited("extradition/1", words)] == expected
    assert not any(citation.by_reference for citation in cited("extradition/1", words, Genre.COMMENTARY))


def test_the_number_of_a_heading_cites_nothing() -> None:
    assert cited("chapter-4", "Chapter 4 – International cooperation") == []
    assert cited("extradition", "Article 16. Extradition") == []


def test_a_mention_that_a_page_break_cuts_has_two_places() -> None:
    unit = draft({})[3]
    cut = Passage((printed("Subject to article 16 of the", 100), printed("Organized Crime Convention.", 200)))
    ((citation,),) = resolve([replace(unit, passage=cut)], Genre.DRAFT, load())
    assert citation.spans == (Span(111, 129), Span(200, 226))


def test_what_is_said_of_each_citation_of_the_corpus_holds(repository: Path) -> None:
    (document,) = [read_document(entry) for entry in load_corpus(repository / "corpus")][:1]
    skeletons = {entry.path for instrument in load().instruments.values() for entry in instrument.provisions.values()}
    skeletons |= {instrument.path for instrument in load().instruments.values()}
    own = {provision.path for submission in document.submissions for provision in submission.provisions}
    citations = [
        citation
        for submission in document.submissions
        for provision in submission.provisions
        for citation in provision.citations
    ]
    assert len(citations) > 150
    for citation in citations:
        assert citation.quote == quote(document.text, citation.spans)
        for target in citation.targets:
            there = target.path in own or target.path in skeletons or target.path.startswith("resolution/")
            assert there or target.resolution is not Resolution.RESOLVED
            assert target.path not in skeletons or target.resolution is not Resolution.NONEXISTENT
