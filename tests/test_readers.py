"""A file is either read character for character, or refused in one line that says why."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.errors import DocumentError
from travaux.ingest.readers import digest_of, read_source, read_text

REFUSED: list[tuple[str, bytes, str]] = [
    ("empty.md", b"", "empty.md: the file is empty"),
    ("blank.txt", b"\xef\xbb\xbf \r\n\t\n", "blank.txt: the file is empty"),
    ("scan.md", b"%PDF-1.7 ...", "this is a PDF file, not text"),
    ("draft.txt", b"PK\x03\x04....", "this is a ZIP file, as DOCX and ODT are, not text"),
    ("zero.txt", b"Article 1\0", "byte 9 is zero"),
    ("wide.txt", "Article 1".encode("utf-16"), "in UTF-16, not UTF-8"),
    (
        "latin.md",
        "Article 1\nC\u00f4te d'Ivoire".encode("latin-1"),
        "latin.md, line 2: the text is not UTF-8: byte 11 is 0xf4",
    ),
    ("marked.md", b"\xef\xbb\xbfa\r\nb\rc\nd\xff", "marked.md, line 4: the text is not UTF-8: byte 11 is 0xff"),
    (
        "cut.md",
        "Article 1 \u2013".encode()[:-1],
        "cut.md, line 1: the file is cut short: it ends in the middle of a character (byte 10)",
    ),
    ("draft.docx", b"words", "files that end in .docx are not read"),
    ("draft", b"words", "files without an ending are not read"),
]


@pytest.mark.parametrize(("name", "content", "expected"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_what_is_not_text_is_refused_in_one_line(name: str, content: bytes, expected: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(DocumentError) as refusal:
        read_text(file)
    line = str(refusal.value)
    assert expected in line
    assert name in line
    assert refusal.value.remedy
    assert "\n" not in line


def test_a_missing_file_a_folder_and_an_impossible_name_are_refused(tmp_path: Path) -> None:
    for path, expected in [
        (tmp_path / "missing.md", "there is no such file"),
        (tmp_path, "this is a folder, not a document"),
        (Path("a\0b.md"), "the file cannot be read"),
        (tmp_path / ("x" * 300 + ".md"), "the file cannot be read (File name too long)"),
    ]:
        with pytest.raises(DocumentError, match=expected.replace("(", r"\(").replace(")", r"\)")):
            read_text(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret.md"
    file.write_text("Article 1")
    file.chmod(0)
    with pytest.raises(DocumentError, match="Permission denied"):
        read_text(file)


def test_a_file_other_than_its_manifest_describes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"Article 1\nEach State Party shall")
    with pytest.raises(DocumentError, match="not the one its manifest describes"):
        read_text(file, digest_of(b"Article 1\nEach State Party shall cooperate."))


def test_line_ends_and_control_characters_are_text_and_a_byte_order_mark_is_not(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    content = b"\xef\xbb\xbfa\r\nb\rc\x0c\x1b\x01\x85".replace(b"\x85", "\u2028".encode())
    file.write_bytes(content)
    source = read_source(file, digest_of(content))
    assert source.text == "a\r\nb\rc\x0c\x1b\x01\u2028"
    assert source.digest == digest_of(content)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1))
def test_every_text_comes_back_as_it_was_written(text: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.txt"
        file.write_bytes(b"Article 1 " + text.encode())
        assert read_text(file) == "Article 1 " + text


def test_ten_million_characters_on_one_line_are_read(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"shall " * 1_700_000)
    assert len(read_text(file)) == 10_200_000
