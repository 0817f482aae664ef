"""What a citation looks like in drafts and comments, and what it names."""

from __future__ import annotations

import doctest
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from travaux.ingest.citations import find_mentions, source_citation
from travaux.ingest.mentions import Mention, letter_series, number_series
from travaux.ingest.records import CitationKind
from travaux.ontology.reference import load


def named(mention: Mention) -> str:
    places = [
        "/".join(((" ".join(place.division),) if place.division else ()) + place.steps) for place in mention.places
    ]
    if mention.kind is CitationKind.RESOLUTION:
        return "resolution " + ", ".join(f"{symbol.organ or '?'} {symbol.number}" for symbol in mention.symbols)
    if mention.kind is CitationKind.PLACEHOLDER:
        return f"placeholder {mention.word or 'title'}: {'; '.join(mention.topics)}" + "".join(
            f" @{at}" for at in places
        )
    if mention.bare:
        return f"bare {mention.word or mention.unit or 'unit'}" + (f" {mention.step}" if mention.step else "")
    return " ".join([mention.instrument or mention.scope.value, *places])


def forms() -> list[tuple[str, list[tuple[str, str]]]]:
    """The table of ``citation_forms.txt``: words, and the quote and the meaning of each citation in them."""
    table: list[tuple[str, list[tuple[str, str]]]] = []
    for line in (Path(__file__).parent / "citation_forms.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            quote, _, meaning = line.strip().partition(" => ")
            table[-1][1].append((quote, meaning))
        elif line and not line.startswith("#"):
            table.append((line, []))
    return table


@pytest.mark.parametrize(("words", "expected"), forms())
def test_a_citation_is_found_with_its_places_written_out(words: str, expected: list[tuple[str, str]]) -> None:
    mentions = find_mentions(words, load())
    assert [(words[mention.start : mention.end], named(mention).strip()) for mention in mentions] == expected


SOURCES = [
    ("Extradition (art. 24, para. 3, of the Budapest Convention);", "(art. 24, para. 3, of the Budapest Convention)"),
    ("Article 27, paragraph 9 (a)–(e), of UNTOC", "Article 27, paragraph 9 (a)–(e), of UNTOC"),
    ("Aid (art. 25 of the Convention on Cybercrime (ETS 185)).", "(art. 25 of the Convention on Cybercrime (ETS 185))"),
    ("Extradition (art. 16 of UNTOC; art. 44 of UNCAC)", "(art. 16 of UNTOC; art. 44 of UNCAC)"),
    ("Extradition (see article 24 of the Budapest Convention).", "(see article 24 of the Budapest Convention)"),
    ("Extradition [Source: article 16 of UNTOC]", "[Source: article 16 of UNTOC]"),
    ("Extradition (UNTOC, articles 16 and 17)", "(UNTOC, articles 16 and 17)"),
    ("Extradition (art. 16 of UNTOC, and art. 44 of UNCAC)", "(art. 16 of UNTOC, and art. 44 of UNCAC)"),
    ("Extradition (art. 16)", None),
    ("Extradition (as amended)", None),
    ("The Parties to the Budapest Convention (2001)", None),
    ("Each Party shall act (as described in article 16 of UNTOC, where appropriate).", None),
    ("Article 53 of the Convention against Corruption may be applied, mutatis mutandis.", None),
    ("Parties shall apply article 16 of UNTOC.", None),
    ("The requested Party may refuse (see paragraph 2 of this article)", None),
    (")", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "expected"), SOURCES)
def test_what_a_unit_comes_from_stands_at_its_end(words: str, expected: str | None) -> None:
    found = source_citation(words, load())
    assert (words[slice(*found)] if found else None) == expected


@given(st.integers(1, 60), st.integers(0, 40))
def test_a_range_of_numbers_names_each(first: int, more: int) -> None:
    assert number_series(str(first), str(first + more)) == tuple(str(first + step) for step in range(more + 1))


@given(st.integers(0, 25), st.integers(0, 25))
def test_a_range_of_letters_has_both_ends_and_no_gap(one: int, other: int) -> None:
    first, last = (chr(ord("a") + step) for step in sorted((one, other)))
    series = letter_series(first, last)
    assert (series[0], series[-1]) == (first, last)
    if first != "i":
        assert [ord(after) - ord(before) for before, after in pairwise(series)] == [1] * (len(series) - 1)


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from("abcdefgh"))
def test_either_order_names_the_same_provision(article: int, paragraph: int, letter: str) -> None:
    spellings = (
        f"article {article}, paragraph {paragraph} ({letter}), of the Organized Crime Convention",
        f"paragraph {paragraph} ({letter}) of article {article} of the Organized Crime Convention",
        f"subparagraph ({letter}) of paragraph {paragraph} of article {article} of the Organized Crime Convention",
        f"art. {article}({paragraph})({letter}) UNTOC",
        f"UNTOC, art. {article}, para. {paragraph} ({letter})",
        f"article {article}.{paragraph} ({letter}) of UNTOC",
    )
    for words in spellings:
        (mention,) = find_mentions(words, load())
        assert (mention.start, mention.end) == (0, len(words))
        assert named(mention) == f"untoc {article}/{paragraph}/{letter}"


FRAGMENTS = st.sampled_from(
    re.findall(
        r"[^|]+",
        "article|Articles|art.|arts|paragraph|paras.|subparagraph|chapter|Part|II|annex|of the|this|Convention|and|or|"
        "to|–|-|,|;|.|(|)|[|]|(a)|(i)|(ii)|(1)|1|2|16.3|17bis|2322|(2016)|74/247|S-30/1|resolution|General Assembly|"
        "UNTOC|Budapest|Organized Crime|pursuant to|in accordance with|on|extradition|[x]|…|A/RES/74/247|shall|\n|é|"
        "\u00a0|\ue000",
    )
)
RUNNING = st.lists(FRAGMENTS, max_size=40)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=80), RUNNING.map(" ".join), RUNNING.map("".join)))
def test_mentions_stand_in_the_words_one_after_the_other(words: str) -> None:
    mentions = find_mentions(words, load())
    assert all(0 <= mention.start < mention.end <= len(words) for mention in mentions)
    assert all(before.end <= after.start for before, after in pairwise(mentions))
    found = source_citation(words, load())
    assert found is None or 0 <= found[0] < found[1] <= len(words)


@given(RUNNING.map(" ".join))
def test_a_sentence_before_it_changes_nothing_in_a_citation(words: str) -> None:
    before = "The Parties agree.\n\n"
    alone = find_mentions(words, load())
    after = find_mentions(before + words, load())
    assert [(mention.start + len(before), mention.end + len(before), named(mention)) for mention in alone] == [
        (mention.start, mention.end, named(mention)) for mention in after
    ]


@pytest.mark.parametrize(
    "unit", ["article 1, ", "[article ", "([", "A/", "under the article on a, b and c ", "x", "\n"]
)
def test_a_line_without_end_is_read_to_its_end(unit: str) -> None:
    words = unit * 5_000 + " article 16 of UNTOC"
    assert find_mentions(words, load())[-1].end == len(words)


def test_every_labelled_mention_that_names_something_by_number_is_found(shared: Path) -> None:
    text = (shared / "corpus" / "v-22-10828.md").read_text(encoding="utf-8")
    found = {text[mention.start : mention.end] for mention in find_mentions(text, load())}
    lines = (shared / "gold" / "citations.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [label for label in map(json.loads, lines) if label["type"] in ("instrument", "resolution", "internal")]
    assert len(labels) > 90
    assert [label["quote"] for label in labels if label["quote"] not in found] == []


def test_a_second_negotiation_is_read_with_the_same_grammar(shared: Path) -> None:
    text = (shared / "bbnj" / "inf1-2020.txt").read_text(encoding="utf-8")
    instruments = {mention.instrument for mention in find_mentions(text, load())}
    assert {"unclos", "cbd", "fish-stocks", "trips", "nagoya"} <= instruments


def test_the_guide_shows_what_happens(repository: Path) -> None:
    guide = repository / "docs" / "citations.md"
    results = doctest.testfile(str(guide), module_relative=False)
    assert results.attempted >= 8
    assert results.failed == 0
