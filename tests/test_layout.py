"""Where a submission begins, whose it is and from when, in the manners of several negotiations."""

from pathlib import Path

import pytest
from travaux.errors import DocumentError
from travaux.ingest.blocks import blocks
from travaux.ingest.document import read_document
from travaux.ingest.layout import Part, parts_by_proponent
from travaux.ingest.manifest import describe
from travaux.ontology.reference import load
from travaux.ontology.wording import outline_wording


def parts(text: str, *, markdown: bool = True) -> tuple[Part, ...]:
    wording = outline_wording()
    return parts_by_proponent(blocks(text, wording, markdown=markdown), load(), wording, where="test")


WORDS = "1. Parties shall act."
DATED = "## Kenya\n\n[Original: English]\n[8 April 2022]\n\n"
# What is printed above the words of a submission; then the submitters, those they speak for, the date and the language.
HEADINGS = [
    ("# Kenya\n\n[Original: French] [8 April 2022]", "state/KEN", "", "2022-04-08", "French"),
    ("# Kenya\n\n[Original: French]\n\n[8 April 2022]", "state/KEN", "", "2022-04-08", "French"),
    ("# Kenya\n\n[30 June 2022]", "state/KEN", "", "2022-06-30", ""),
    ("# Kenya\n\n(2nd May, 2022)", "state/KEN", "", "2022-05-02", ""),
    ("# Kenya\n\n[Original: Spanish]", "state/KEN", "", "", "Spanish"),
    ("**KENYA**", "state/KEN", "", "", ""),
    ("## II. Proposal submitted by Kenya", "state/KEN", "", "", ""),
    ("# Australia, Norway and Switzerland", "state/AUS state/NOR state/CHE", "", "", ""),
    ("# Egypt (on behalf of the Group of 77 and China)", "state/EGY", "group/g77", "", ""),
    ("# European Union and its member States\n\n[8 April 2022]", "group/eu", "", "2022-04-08", ""),
    ("# International Committee of the Red Cross", "organization/icrc", "", "", ""),
]


@pytest.mark.parametrize(("heading", "submitters", "behalf", "issued", "language"), HEADINGS)
def test_a_heading_says_who_submits_and_when(
    heading: str, submitters: str, behalf: str, issued: str, language: str
) -> None:
    [part] = parts(f"{heading}\n\n{WORDS}")
    assert (" ".join(part.submitters), " ".join(part.on_behalf_of)) == (submitters, behalf)
    assert (part.issued, part.language, [block.words for block in part.blocks]) == (issued, language, [WORDS])


def test_a_submission_without_a_date_does_not_fall_to_the_one_before() -> None:
    assert [part.name for part in parts(f"{DATED}{WORDS}\n\n## Brazil\n\n{WORDS}")] == ["Kenya", "Brazil"]


def test_a_name_that_does_not_look_like_the_headings_heads_nothing() -> None:
    [part] = parts(f"{DATED}{WORDS}\n\nBrazil\n\n{WORDS}")
    assert len(part.blocks) == 3


def test_the_name_repeated_at_the_head_of_a_page_heads_nothing_new() -> None:
    assert len(parts(f"{DATED}{WORDS}\n\n## Kenya\n\n{WORDS}")) == 1


def test_plain_text_has_headings_on_lines_of_their_own() -> None:
    found = parts(f"MEXICO\n\n[Original: Spanish]\n\n[12 May 2011]\n\n{WORDS}\n\nKENYA\n\n{WORDS}", markdown=False)
    assert [part.submitters for part in found] == [("state/MEX",), ("state/KEN",)]


def test_a_heading_that_names_nobody_is_refused() -> None:
    with pytest.raises(DocumentError, match="'Ruritania' heads a submission"):
        parts(f"{DATED}{WORDS}\n\n## Ruritania\n\n[30 June 2022]\n\n{WORDS}")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("A/AC.291/12/Add.1", False),
        ("4/33 V.22-10828", False),
        ("UNEP/PP/INC.2/4", False),
        ("12-28394 (E)", False),
        ("Page 5 of 33", False),
        ("A/RES/76/227", True),
        ("Part 5", True),
        ("24/7 network", True),
    ],
)
def test_what_a_page_carries_is_not_text(line: str, kept: bool) -> None:
    assert bool(blocks(line, outline_wording(), markdown=True)) is kept


def test_a_draft_without_a_proponent_is_one_submission_by_whoever_is_named(tmp_path: Path) -> None:
    file = tmp_path / "bare.md"
    file.write_text(f"## Article 1. Extradition\n\n{WORDS}\n")
    (named,) = read_document(describe(file, proponent="Norway")).submissions
    assert (named.path, named.submitters) == ("document/bare/norway", ("state/NOR",))
    (open_,) = read_document(describe(file), anonymous=True).submissions
    assert (open_.path, open_.submitters) == ("document/bare/bare", ())
    assert [unit.number for unit in open_.provisions] == [unit.number for unit in named.provisions] == ["1", "1"]


@pytest.mark.parametrize(
    ("proponent", "told"),
    [("", "no heading names a State"), ("Ruritania", "the proponent 'Ruritania' is no State")],
)
def test_a_draft_that_nobody_known_submitted_is_refused(proponent: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "bare.md"
    file.write_text(f"## Article 1. Extradition\n\n{WORDS}\n")
    with pytest.raises(DocumentError, match=told):
        read_document(describe(file, proponent=proponent))


def test_a_compilation_is_no_single_draft_though_its_proponent_is_unknown(tmp_path: Path) -> None:
    file = tmp_path / "dated.md"
    file.write_text(f"# Ruritania\n\n[Original: English]\n\n## Article 1. Extradition\n\n{WORDS}\n")
    with pytest.raises(DocumentError, match="'Ruritania' heads a submission"):
        read_document(describe(file), anonymous=True)
