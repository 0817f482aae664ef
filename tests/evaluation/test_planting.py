"""Slips planted in a document: they stand where they are said to stand, and what touches them counts as found."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from travaux.errors import GoldError
from travaux.evaluation.planting import Plant, Sort, judge_plants, plant, plant_and_check, sorts
from travaux.ingest.manifest import load_corpus
from travaux.ingest.records import Document, Span
from travaux.lineage.records import Finding, Severity

BY_NAME = {sort.name: sort for sort in sorts()}
EXAMPLES = [
    ("a negation is lost", "It shall not be punished", "It shall be punished"),
    ("the modal verb is lost", "A State Party shall reply", "A State Party reply"),
    ("a preposition is lost", "in accordance with article 3", "in accordance article 3"),
    ("an article is lost", "found in the territory of", "found in territory of"),
    ("a word is doubled", "for the purpose", "for the the purpose"),
    ("a letter is lost", "the information", "the infomation"),
    ("two letters change places", "the measures", "the meausres"),
    ("two words are glued", "may take such steps", "may takesuch steps"),
    ("a word is broken", "his protection there", "his protec tion there"),
    ("a hyphen is lost at a line end", "a well-trained man", "a welltrained man"),
    ("a plural has a singular verb", "States Parties are urged", "States Parties is urged"),
    ("a singular has a plural verb", "If a Party has refused", "If a Party are refused"),
    ("a verb after a modal has an ending", "Parties shall take steps", "Parties shall takes steps"),
    ("one plural of two", "The States Parties may", "The State Parties may"),
    ("a bracket is lost", "assets (all) are", "assets (all are"),
    ("a comma is doubled", "Parties, their courts", "Parties,, their courts"),
    ("a list begins with a semicolon", "shall be:\n", "shall be;\n"),
    ("a paragraph is cited that does not exist", "paragraph 2 of this article", "paragraph 82 of this article"),
    (
        "an article of a treaty is cited that does not exist",
        "art. 16 of the Convention",
        "art. 169 of the Convention",
    ),
    ("a placeholder is left empty", "see [article on extradition]", "see [article]"),
    ("a number is skipped", "\n4. Each State", "\n41. Each State"),
]


@pytest.mark.parametrize(("name", "before", "after"), EXAMPLES, ids=[one[0] for one in EXAMPLES])
def test_a_slip_of_each_sort_is_what_it_is_called(name: str, before: str, after: str) -> None:
    assert re.sub(BY_NAME[name].pattern, BY_NAME[name].replacement, before, count=1) == after


def test_every_sort_of_slip_has_an_example_and_kinds_that_the_labels_know(repository: Path) -> None:
    kinds = (repository / "evaluation/gold/v-22-10828/finding-kinds.txt").read_text(encoding="utf-8").split()
    assert [one[0] for one in EXAMPLES] == list(BY_NAME)
    assert {kind for sort in sorts() for kind in sort.kinds} <= set(kinds)


@pytest.mark.parametrize("each", [1, 3])
def test_slips_stand_where_they_are_said_to_and_nothing_else_changes(each: int, perfect: Document) -> None:
    text, plants = plant(perfect, (), sorts(), each)
    assert max(sum(one.sort == sort for one in plants) for sort in sorts()) == each
    for one in reversed(plants):
        assert text[one.start : one.end] != one.was
        text = text[: one.start] + one.was + text[one.end :]
    assert text == perfect.text


def test_no_slip_is_planted_near_what_is_flagged_anyway(perfect: Document) -> None:
    (sort,) = (one for one in sorts() if one.name == "a placeholder is left empty")
    _, plants = plant(perfect, (), (sort,))
    flagged = [finding_at(one.start, one.end) for one in plants[:1]]
    assert len(plant(perfect, flagged, (sort,))[1]) == len(plants) - 1


def finding_at(start: int, end: int, kind: str = "typo", quote: str = "") -> Finding:
    return Finding("check", kind, Severity.C, "document/x/y", (Span(start, end),), quote, "", "")


SORT = Sort(name="a slip", pattern="x", replacement="y", kinds=("typo",))
FOUND = [
    ("at its place", finding_at(100, 104), True, True),
    ("around it", finding_at(50, 200), True, True),
    ("right beside it", finding_at(110, 115), True, True),
    ("as another kind", finding_at(100, 104, "structure"), True, False),
    ("elsewhere", finding_at(300, 310), False, False),
]


@pytest.mark.parametrize(("where", "finding", "found", "named"), FOUND, ids=[one[0] for one in FOUND])
def test_a_slip_is_found_by_what_touches_it(where: str, finding: Finding, found: bool, named: bool) -> None:
    planted = judge_plants([Plant(SORT, 100, 104, "", "")], [], [finding])
    assert [(one.found, one.named) for one in planted.verdicts] == [(found, named)]
    assert bool(planted.elsewhere) is not found
    assert planted.recall == found


def test_what_was_flagged_before_finds_no_slip() -> None:
    old = finding_at(100, 104, quote="words")
    moved = replace(old, spans=(Span(101, 105),))
    planted = judge_plants([Plant(SORT, 100, 104, "", "")], [old], [moved])
    assert not planted.verdicts[0].found
    assert planted.elsewhere == ()
    assert judge_plants([Plant(SORT, 100, 104, "", "")], [old], [old, moved]).verdicts[0].found


def test_a_missing_number_is_seen_at_the_next_one() -> None:
    far = Sort(name="a number", pattern="x", replacement="y", kinds=("numbering",), reach=500)
    one = Plant(far, 100, 104, "", "")
    assert judge_plants([one], [], [finding_at(400, 410, "numbering")]).verdicts[0].named
    assert not judge_plants([one], [], [finding_at(400, 410, "typo")]).verdicts[0].found


@pytest.mark.parametrize(
    "content",
    ["[[slip]]\nname = 'x'", "slip = 3", "[[slip]]\nname='x'\npattern='('\nreplacement=''\nkinds=[]", "["],
)
def test_a_bad_file_of_slips_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "slips.toml").write_text(content, encoding="utf-8")
    with pytest.raises(GoldError):
        sorts(tmp_path / "slips.toml")


def test_the_checks_find_more_than_half_of_what_is_planted_anywhere(repository: Path) -> None:
    planted = plant_and_check(load_corpus(repository / "corpus")[0])
    told = planted.as_text(width=80)
    assert len(planted.verdicts) >= 5 * len(sorts())
    assert planted.recall >= 0.5, told
    assert len(planted.elsewhere) <= 0.15 * len(planted.verdicts), told
    assert max(map(len, told.partition("new findings")[0].splitlines())) <= 80
