"""The words of treaties, unit by unit, against their skeletons; and the library that holds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.errors import DocumentError
from travaux.ingest.collation import check_instrument
from travaux.ingest.fitting import fitted
from travaux.ingest.flaws import flaws
from travaux.ingest.instruments import InstrumentText, read_instrument
from travaux.ingest.library import Library
from travaux.ingest.records import Provision
from travaux.ontology.instruments import TreatyProvision
from travaux.ontology.reference import load
from travaux.ontology.wording import outline_wording

from .treaty_files import bare, hypertext, paragraphs, plain, save_docx, save_numbered_docx, save_pdf

TREATIES = ("untoc", "uncac", "budapest")


@pytest.fixture(scope="session")
def instruments(shared: Path) -> Path:
    return shared / "instruments"


@pytest.fixture
def untoc(instruments: Path) -> str:
    return (instruments / "untoc.md").read_text(encoding="utf-8")


def letters(provision: Provision) -> str:
    return "".join(filter(str.isalnum, provision.text.casefold()))


def by_path(text: InstrumentText) -> dict[str, Provision]:
    return {unit.path: unit for unit in text.provisions}


# The words of a treaty.


@pytest.mark.parametrize("treaty", TREATIES)
def test_every_unit_of_the_skeleton_is_found_with_its_words(treaty: str, instruments: Path) -> None:
    expected = load().instruments[treaty].provisions
    text = read_instrument(instruments / f"{treaty}.md", load())
    found = by_path(text)
    apart = {unit.path: len(found[unit.path].text.split()) - unit.words for unit in expected.values()}
    assert text.instrument == treaty
    assert set(found) == {unit.path for unit in expected.values()}
    assert len(found) == len(text.provisions)
    assert sum(count == 0 for count in apart.values()) >= 0.99 * len(expected), apart
    assert all(abs(count) <= 1 for count in apart.values()), apart
    assert text.extra == ()


@pytest.mark.parametrize("treaty", TREATIES)
def test_every_word_of_a_unit_stands_in_the_file_where_it_says(treaty: str, instruments: Path) -> None:
    text = read_instrument(instruments / f"{treaty}.md", load())
    for unit in text.provisions:
        for word in re.finditer(r"\w+", unit.passage.words):
            span = unit.passage.spans(*word.span())[0]
            printed = text.text[span.start : span.end]
            assert printed == word.group(), unit.path
            assert unit.spans[0].start <= span.start
            assert span.end <= unit.spans[-1].end
    starts = [unit.spans[0].start for unit in text.provisions]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("treaty", "unit", "begins", "ends"),
    [
        ("untoc", "3/1/b", "Serious crime", "Convention;"),
        ("untoc", "3/1/tail", "where the offence", "group."),
        ("untoc", "5/1/a/ii/b", "Other activities", "criminal aim;"),
        ("untoc", "6/1/a/i", "The conversion", "her action;"),
        ("uncac", "preamble", "The States Parties", "this Convention,"),
        ("uncac", "preamble/15", "Welcoming", "Organized Crime,"),
        ("uncac", "preamble/closing", "Have agreed", "follows:"),
        ("budapest", "6/1/a/tail", "with intent", "5; and"),
        ("budapest", "14/3/b/tail", "that Party may", "20 and 21."),
        ("budapest", "15/2", "Such conditions", "procedure."),
        ("budapest", "39/1/-2", "the European Convention", "30);"),
        ("budapest", "testimonium", "IN WITNESS", "accede to it."),
    ],
)
def test_glued_and_broken_units_begin_and_end_where_they_should(
    treaty: str, unit: str, begins: str, ends: str, instruments: Path
) -> None:
    found = by_path(read_instrument(instruments / f"{treaty}.md", load()))[f"instrument/{treaty}/{unit}"]
    assert found.text.startswith(begins)
    assert found.text.endswith(ends)


@pytest.mark.parametrize("treaty", TREATIES)
@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".pdf"])
def test_a_treaty_has_the_same_words_in_every_format(
    treaty: str, suffix: str, instruments: Path, tmp_path: Path
) -> None:
    markdown = instruments / f"{treaty}.md"
    path = tmp_path / f"convention{suffix}"
    found = paragraphs(markdown.read_text(encoding="utf-8"))
    writers: dict[str, Callable[[], object]] = {
        ".txt": lambda: path.write_text(plain(found), encoding="utf-8"),
        ".html": lambda: path.write_text(hypertext(found), encoding="utf-8"),
        ".docx": lambda: save_docx(found, path),
        ".pdf": lambda: save_pdf(found, path),
    }
    writers[suffix]()
    expected = {unit.path: letters(unit) for unit in read_instrument(markdown, load()).provisions}
    text = read_instrument(path, load())
    assert {unit.path: letters(unit) for unit in text.provisions} == expected
    assert text.extra == ()


def test_automatic_numbers_of_a_word_processor_are_read(untoc: str, tmp_path: Path) -> None:
    path = tmp_path / "untoc.docx"
    save_numbered_docx(paragraphs(untoc), path)
    text = read_instrument(path, load())
    assert len(text.provisions) >= 0.99 * len(load().instruments["untoc"].provisions)


@pytest.mark.parametrize("treaty", TREATIES)
def test_labels_may_have_neither_dot_nor_bracket_and_titles_stand_after_a_dash(
    treaty: str, instruments: Path, tmp_path: Path
) -> None:
    found = bare(paragraphs((instruments / f"{treaty}.md").read_text(encoding="utf-8")))
    path = tmp_path / "convention.txt"
    path.write_text(plain(found), encoding="utf-8")
    check = check_instrument(read_instrument(path, load()), load().instruments[treaty])
    assert not check.missing
    assert not check.extra
    assert all(abs(one.words - one.expected) <= 2 for one in check.differing)


# What is not as it should be.


def without_articles(text: str, *numbers: int) -> str:
    parts = re.split(r"(?=### Article  \d+)", text)
    return "".join(part for part in parts if not re.match(rf"### Article  (?:{'|'.join(map(str, numbers))}) ", part))


def test_missing_articles_are_listed(untoc: str, tmp_path: Path) -> None:
    path = tmp_path / "untoc.md"
    path.write_text(without_articles(untoc, 7, 13, 14), encoding="utf-8")
    check = check_instrument(read_instrument(path, load()), load().instruments["untoc"])
    assert check.missing == ("instrument/untoc/7", "instrument/untoc/13", "instrument/untoc/14")
    assert not check.differing
    assert not check.extra


def test_a_truncated_text_is_taken_where_half_of_it_is_there_and_says_what_is_missing(
    untoc: str, tmp_path: Path
) -> None:
    path = tmp_path / "untoc.md"
    path.write_text(untoc[: int(len(untoc) * 0.7)], encoding="utf-8")
    check = check_instrument(read_instrument(path, load()), load().instruments["untoc"])
    assert "instrument/untoc/41" in check.missing
    assert [one.path for one in check.differing] == ["instrument/untoc/26/2"]


def test_an_article_whose_heading_is_lost_is_missing_and_no_part_of_the_one_before(untoc: str, tmp_path: Path) -> None:
    path = tmp_path / "untoc.md"
    path.write_text(re.sub(r"### Article  19 *\n\n####.*\n", "", untoc), encoding="utf-8")
    text = read_instrument(path, load())
    check = check_instrument(text, load().instruments["untoc"])
    assert check.missing == ("instrument/untoc/19",)
    assert [extra.opening.split()[:3] for extra in check.extra] == [["States", "Parties", "shall"]]
    assert check.differing == ()


def test_an_article_under_another_title_keeps_its_words(untoc: str, tmp_path: Path) -> None:
    path = tmp_path / "untoc.md"
    path.write_text(untoc.replace("####Extradition", "####Handing over of persons"), encoding="utf-8")
    check = check_instrument(read_instrument(path, load()), load().instruments["untoc"])
    assert not check.missing
    assert not check.extra
    assert not check.differing


def test_damaged_words_are_told(instruments: Path) -> None:
    check = check_instrument(read_instrument(instruments / "uncac.md", load()), load().instruments["uncac"])
    told = {(found.path.removeprefix("instrument/uncac/"), found.flaw.kind.value) for found in check.flaws}
    assert {("4/2", "broken"), ("preamble/12", "broken"), ("55/7", "doubled")} <= told
    assert len(check.flaws) <= 10


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the requ est", [("broken", "request")]),
        ("United Nations Of fice", [("broken", "Office")]),
        ("the com-munication", [("broken", "communication")]),
        ("accordingto the law", [("glued", "according to")]),
        ("shall shall take", [("doubled", "shall")]),
        ("of small value. of small value.", [("doubled", "of small value")]),
        ("a political offence, co-operation in criminal matters", []),
        ("apply to States Parties. States Parties shall", []),
        ("paragraph 1 (a) or b) of this article", []),
        ("", []),
    ],
)
def test_flaws_of_conversion(words: str, expected: list[tuple[str, str]]) -> None:
    assert [(flaw.kind.value, flaw.meant) for flaw in flaws(words)] == expected
    assert all(words[flaw.start : flaw.end] == flaw.words for flaw in flaws(words))


@pytest.mark.parametrize(
    ("name", "instrument", "said"),
    [
        ("budapest-ap1.md", "", "no text of a treaty that is known"),
        ("budapest-ap1.md", "budapest", "no text of a treaty that is known"),
        ("uncac.md", "untoc", "this is the text of uncac"),
        ("untoc.md", "uncac", "this is the text of untoc"),
        ("untoc.md", "geneva", "no skeleton of 'geneva' is known; name one of untoc, uncac, budapest"),
        ("absent.md", "", "there is no such file"),
    ],
)
def test_another_treaty_is_refused(name: str, instrument: str, said: str, instruments: Path) -> None:
    with pytest.raises(DocumentError, match=said) as refused:
        read_instrument(instruments / name, load(), instrument)
    assert "\n" not in str(refused.value)


def test_too_little_of_a_treaty_is_refused(untoc: str, tmp_path: Path) -> None:
    path = tmp_path / "untoc.md"
    path.write_text(untoc[: int(len(untoc) * 0.3)], encoding="utf-8")
    with pytest.raises(DocumentError, match=r"too little of untoc .* 14 of 41 articles"):
        read_instrument(path, load())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.md", b"", "the file is empty"),
        ("a.md", b"Article 1\n\nToute personne qui commet une infraction est punie par la loi.", "in English"),
        ("a.md", b"Article 1\n\nAll persons are free.", "no text of a treaty that is known"),
        ("a.pdf", b"%PDF-1.4 cut short", "no PDF file that can be read"),
        ("a.pdf", b"", "no PDF file that can be read"),
        ("a.docx", b"PK\x03\x04 cut short", "no DOCX file that can be read"),
        ("a.docx", b"", "no DOCX file that can be read"),
        ("a.odt", b"PK", "files that end in .odt are not read"),
        ("a.txt", b"\x00\x01", "binary"),
    ],
)
def test_what_is_no_text_of_a_treaty_is_refused_in_one_line(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError, match=said) as refused:
        read_instrument(tmp_path / name, load())
    assert "\n" not in str(refused.value)


def test_a_file_that_holds_a_picture_only_is_refused(tmp_path: Path) -> None:
    from fpdf import FPDF

    pages = FPDF()
    pages.add_page()
    pages.output(str(tmp_path / "scan.pdf"))
    with pytest.raises(DocumentError, match="no text, only pictures"):
        read_instrument(tmp_path / "scan.pdf", load())


WORD = st.sampled_from(["party", "request", "Convention", "shall", "law"])


@given(st.lists(st.lists(WORD, min_size=1, max_size=12), min_size=1, max_size=8), st.sampled_from(["\n", " "]))
def test_units_are_cut_at_their_labels_on_lines_of_their_own_or_not(units: list[list[str]], between: str) -> None:
    skeleton = [TreatyProvision("x/1", "", 2)]
    text = "Each Party:"
    for number, words in enumerate(units, 1):
        skeleton.append(TreatyProvision(f"x/1/{number}", "", len(words)))
        text += f"{between}{number}. {' '.join(words)};"
    found = fitted(text, skeleton, outline_wording())
    assert [fit.provision for fit in found] == skeleton
    assert [text[fit.start : fit.end].strip(" ;\n") for fit in found[1:]] == [" ".join(words) for words in units]


# The library.


def test_the_library_holds_each_file_byte_for_byte(instruments: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    assert library.texts(load()) == {}
    for treaty in TREATIES:
        added = library.add(instruments / f"{treaty}.md", load(), origin="https://example.org")
        assert added.replaced is None
        stored = library.folder / added.holding.file
        assert stored.read_bytes() == (instruments / f"{treaty}.md").read_bytes()
    texts = library.texts(load())
    assert sorted(texts) == sorted(TREATIES)
    assert texts["untoc"] == read_instrument(instruments / "untoc.md", load())
    assert {holding.origin for holding in library.holdings().values()} == {"https://example.org"}
    assert len(list(library.folder.iterdir())) == 2 * len(TREATIES)


def test_a_newer_text_takes_the_place_of_the_older(untoc: str, instruments: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    library.add(instruments / "untoc.md", load())
    (tmp_path / "newer.md").write_text(without_articles(untoc, 41), encoding="utf-8")
    added = library.add(tmp_path / "newer.md", load())
    assert added.replaced is not None
    assert added.replaced.name == "untoc.md"
    assert library.texts(load())["untoc"].source == "newer.md"
    assert len(list(library.folder.iterdir())) == 2


def test_a_text_that_is_refused_leaves_the_library_as_it_was(instruments: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    library.add(instruments / "untoc.md", load())
    before = {path.name: path.read_bytes() for path in library.folder.iterdir()}
    with pytest.raises(DocumentError):
        library.add(instruments / "budapest-ap1.md", load())
    assert {path.name: path.read_bytes() for path in library.folder.iterdir()} == before


@pytest.mark.parametrize(
    ("pattern", "content", "said"),
    [
        ("*.md", b"other words", "is not the one that was added"),
        ("*.md", None, "is missing from the library"),
        ("*.json", b"{", "the record is damaged"),
        ("*.json", b"{}", "the record is damaged"),
    ],
)
def test_a_damaged_library_says_what_to_do(
    pattern: str, content: bytes | None, said: str, instruments: Path, tmp_path: Path
) -> None:
    library = Library(tmp_path / "library")
    library.add(instruments / "untoc.md", load())
    (path,) = library.folder.glob(pattern)
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(DocumentError, match=rf"{said}.*travaux instruments add") as refused:
        library.texts(load())
    assert "\n" not in str(refused.value)
    library.add(instruments / "untoc.md", load())
    assert list(library.texts(load())) == ["untoc"]
