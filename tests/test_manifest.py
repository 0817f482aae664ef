"""A manifest is checked against its schema, and its errors name the key, the document and the way out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from travaux.errors import ManifestError
from travaux.ingest.manifest import FILE, describe, load_corpus, load_manifest
from travaux.ingest.readers import digest_of, read_text

HEAD = 'negotiation = "high-seas"\n'
ENTRY = '[[documents]]\nfile = "a.md"\nnumber = "A/1"\ntitle = "Draft"\n'

BROKEN: list[tuple[str, str, list[str]]] = [
    ("syntax", "negotiation = high-seas", ["not TOML", "line 1"]),
    ("misspelt", 'negotiaton = "x"\n' + ENTRY, ["unknown key 'negotiaton'", "did you mean 'negotiation'?"]),
    (
        "misspelt in an entry",
        HEAD + ENTRY + 'layuot = "by-article"',
        ["document 1", "'layuot'", "did you mean 'layout'?"],
    ),
    ("unlike any key", HEAD + ENTRY + "colour = 1", ["document 1", "'colour'", "the keys are begins, digest"]),
    ("layout", HEAD + ENTRY + 'layout = "by-state"', ["document 1: layout:", '"by-proponent" or "by-article"']),
    ("digest", HEAD + ENTRY + 'digest = "md5:1"', ["document 1: digest:", '"sha256:" and 64 hexadecimal digits']),
    ("date in quotes", HEAD + ENTRY + 'issued = "August 2022"', ["document 1: issued:", "as in 2022-08-03"]),
    ("language", HEAD + ENTRY + 'language = "English"', ["document 1: language:", 'as in "en"']),
    ("name", 'negotiation = "High Seas"\n' + ENTRY, ["negotiation:", "lower case letters"]),
    ("no documents", HEAD, ["'documents' is missing"]),
    ("empty documents", HEAD + "documents = []", ["at least one [[documents]] table"]),
    ("documents not tables", HEAD + 'documents = "a.md"', ["documents", "[[documents]]"]),
    ("no title", HEAD + ENTRY.replace('title = "Draft"', ""), ["document 1", "'title' is missing"]),
    ("title no words", HEAD + ENTRY.replace('"Draft"', "7"), ["document 1: title:", "words in quotes"]),
    ("twice", HEAD + ENTRY + ENTRY.replace("A/1", "a-1"), ["document 2", "names two documents"]),
    (
        "missing file",
        HEAD + ENTRY.replace("a.md", "a1.md"),
        ["document 1: file: there is no 'a1.md'", "did you mean 'a.md'?"],
    ),
    ("outside", HEAD + ENTRY.replace("a.md", "../a.md"), ["outside the folder"]),
    ("format", HEAD + ENTRY.replace("a.md", "a.pdf"), ["a format that is not read", ".md or .txt"]),
    ("session", HEAD + ENTRY + "begins = 2022-09-09\nends = 2022-08-29", ["ends before it begins"]),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "high-seas"
    folder.mkdir()
    (folder / "a.md").write_text("# Norway\n\nArticle 1\n")
    return folder


@pytest.mark.parametrize(("manifest", "expected"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_manifest_is_refused_with_its_place_and_remedy(
    manifest: str, expected: list[str], folder: Path
) -> None:
    (folder / FILE).write_text(manifest)
    with pytest.raises(ManifestError) as refusal:
        load_manifest(folder)
    line = str(refusal.value)
    assert line.startswith(str(folder / FILE))
    for words in expected:
        assert words in line
    assert refusal.value.remedy


def test_a_manifest_that_is_missing_or_not_utf8_is_refused(folder: Path) -> None:
    with pytest.raises(ManifestError, match="there is no manifest"):
        load_manifest(folder)
    (folder / FILE).write_bytes(b'negotiation = "\xe9"')
    with pytest.raises(ManifestError, match="not UTF-8"):
        load_manifest(folder)


def test_a_manifest_says_as_little_as_a_file_a_number_and_a_title(folder: Path) -> None:
    (folder / FILE).write_text(HEAD + ENTRY)
    (entry,) = load_manifest(folder).documents
    assert (entry.layout, entry.digest, entry.issued, entry.language) == (None, None, None, "en")


def test_a_corpus_is_one_negotiation_or_a_folder_of_them(folder: Path) -> None:
    (folder / FILE).write_text(HEAD + ENTRY)
    assert load_corpus(folder) == load_corpus(folder.parent)
    assert [document.path for document in load_corpus(folder)] == [folder / "a.md"]


def test_a_corpus_without_a_manifest_is_refused(folder: Path) -> None:
    for path, expected in [
        (folder, "no manifest.toml"),
        (folder / "a.md", "this is a file, not a corpus"),
        (folder / "none", "there is no such folder"),
    ]:
        with pytest.raises(ManifestError, match=expected):
            load_corpus(path)


def test_two_negotiations_do_not_share_the_number_of_a_document(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "a.md").write_text("words")
        (folder / name / FILE).write_text(HEAD + ENTRY)
    with pytest.raises(ManifestError, match="'A/1' is also a document of"):
        load_corpus(folder)


def test_a_file_beside_its_manifest_is_described_by_it(folder: Path) -> None:
    (folder / FILE).write_text(HEAD + ENTRY + "issued = 2020-01-31\n")
    described = describe(folder / "a.md", layout="by-article")
    assert described.entry.number == "A/1"
    assert described.entry.issued == date(2020, 1, 31)
    assert described.entry.layout == "by-article"


def test_a_file_without_a_manifest_is_described_by_its_name_and_what_is_said(tmp_path: Path) -> None:
    described = describe(tmp_path / "inf1-2020.txt", title="Proposals", negotiation="High seas")
    assert (described.entry.number, described.entry.title) == ("inf1-2020", "Proposals")
    assert described.manifest.negotiation == "high-seas"


def test_the_shipped_corpus_is_the_one_its_manifests_describe(repository: Path) -> None:
    corpus = load_corpus(repository / "corpus")
    assert [document.entry.number for document in corpus] == ["V.22-10828"]
    for document in corpus:
        assert document.entry.digest == digest_of(document.path.read_bytes())
        assert read_text(document.path, document.entry.digest or "")


def test_the_shipped_document_is_the_compilation_byte_for_byte(repository: Path, shared: Path) -> None:
    shipped = repository / "corpus" / "ahc-cybercrime" / "v-22-10828.md"
    assert shipped.read_bytes() == (shared / "corpus" / "v-22-10828.md").read_bytes()
