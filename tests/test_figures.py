"""The shipped figures of lineage: no words of a treaty, the same bytes each time, and what the method finds today."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from travaux.api import SHIPPED_CORPUS
from travaux.errors import LineageError
from travaux.ingest.document import read_document
from travaux.ingest.instruments import read_instrument
from travaux.ingest.manifest import load_corpus
from travaux.ingest.records import Document, Provision
from travaux.lineage.differences import differences
from travaux.lineage.figures import Figures, figures_file, head_of, read_figures, written
from travaux.lineage.known import known_lineage
from travaux.lineage.records import Derivation, Lineage, Omission, Verdict
from travaux.lineage.reused import reused
from travaux.ontology.reference import load

RENEW = "renew the figures with 'travaux lineage' and a library of these treaties, read what it says, and commit them"


@pytest.fixture(scope="module")
def document() -> Document:
    (entry,) = load_corpus(SHIPPED_CORPUS)
    return read_document(entry)


@pytest.fixture(scope="module")
def folder() -> Path:
    return load_corpus(SHIPPED_CORPUS)[0].path.parent


@pytest.fixture(scope="module")
def shipped(document: Document, folder: Path) -> Figures:
    return read_figures(figures_file(folder, document), document)


@pytest.fixture(scope="module")
def texts(shipped: Figures, shared: Path) -> Mapping[str, Sequence[Provision]]:
    reference = load()
    return {
        one: read_instrument(shared / "instruments" / f"{one}.md", reference, one).provisions
        for one in shipped.head.instruments
    }


def test_the_shipped_figures_are_those_that_the_method_finds_today(
    document: Document, shipped: Figures, texts: Mapping[str, Sequence[Provision]]
) -> None:
    assert shipped.head == head_of(document, texts), f"other texts, or another method: {RENEW}"
    found = reused(document, texts)
    assert differences(shipped.lineage, found) == (), RENEW
    assert shipped.lineage == found, RENEW


def test_figures_come_back_as_they_were_written(document: Document, folder: Path, shipped: Figures) -> None:
    assert written(shipped) == figures_file(folder, document).read_bytes()


def test_figures_hold_no_words(document: Document, folder: Path) -> None:
    """Only paths, numbers and names of closed sets: nothing that has a space in it."""

    def strings(value: object) -> list[str]:
        if isinstance(value, dict):
            return [word for key, one in value.items() for word in (key, *strings(one))]
        if isinstance(value, list):
            return [word for one in value for word in strings(one)]
        return [value] if isinstance(value, str) else []

    for line in figures_file(folder, document).read_text(encoding="utf-8").splitlines():
        assert not [word for word in strings(json.loads(line)) if " " in word]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('{"format":1', '{"format":2', "format"),
        ('"document":"document/v-22-10828"', '"document":"document/other"', "these are the figures of document/other"),
        ('"digest":"sha256:', '"digest":"sha512:', "line 1"),
        ('"unit":"', '"unit":"nowhere/', "there is no document/v-22-10828/nowhere/"),
        ('"similarity":0.', '"similarity":7.', "line "),
        ('"type":"derivation"', '"type":"hunch"', "line 2"),
        ('"source":"', '"words":"the words of a treaty","source":"', "line 2"),
    ],
)
def test_figures_that_cannot_be_trusted_are_refused(
    document: Document, shipped: Figures, tmp_path: Path, old: str, new: str, what: str
) -> None:
    file = tmp_path / "figures.jsonl"
    text = written(shipped).decode()
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LineageError, match=what):
        read_figures(file, document)


def test_figures_of_a_document_that_has_changed_are_refused(document: Document, folder: Path) -> None:
    changed = replace(document, digest="sha256:" + "0" * 64)
    with pytest.raises(LineageError, match="has changed since these figures were made; renew it") as told:
        known_lineage(changed, folder, {})
    assert "\n" not in str(told.value)


def test_an_empty_file_is_no_figures(document: Document, tmp_path: Path) -> None:
    (tmp_path / "figures.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(LineageError, match="empty"):
        read_figures(tmp_path / "figures.jsonl", document)


def test_lineage_is_as_shipped_until_all_the_treaties_are_at_hand(
    document: Document, folder: Path, shipped: Figures, texts: Mapping[str, Sequence[Provision]]
) -> None:
    some = {"budapest": texts["budapest"]}
    assert known_lineage(document, folder, some).lineage == shipped.lineage
    assert "as shipped" in known_lineage(document, folder, some).told
    assert known_lineage(document, folder, texts).told.endswith("computed from the words of budapest, uncac and untoc")


def test_a_document_without_figures_has_no_lineage_by_the_words(document: Document, tmp_path: Path) -> None:
    known = known_lineage(document, tmp_path, {})
    assert known.lineage == Lineage()
    assert "travaux instruments add" in known.told


def test_a_difference_says_what_became_of_each_derivation(shipped: Figures) -> None:
    first, second, third, *rest = shipped.lineage.derivations
    moved = replace(first, source="instrument/untoc/1")
    judged = replace(second, verdict=Verdict.ECHO if second.verdict is not Verdict.ECHO else Verdict.ADAPTED, edits=())
    told = differences(shipped.lineage, Lineage((moved, judged, *rest), shipped.lineage.omissions))
    assert [line.partition(":")[0] for line in told] == ["moved", "judged anew", "lost"]
    assert told[0].endswith("to untoc/1")
    assert differences(Lineage(), Lineage((third,)))[0].startswith(f"gained: {third.derived}")
    measured = replace(third, similarity=0.5)
    assert differences(Lineage((third,)), Lineage((measured,))) == (f"measured anew: {third.derived}",)


def test_an_omission_that_comes_or_goes_is_a_difference(shipped: Figures) -> None:
    one: Omission = shipped.lineage.omissions[0]
    assert differences(Lineage(), Lineage((), (one,)))[0].startswith("gained: ")
    assert differences(Lineage((), (one,)), Lineage())[0].startswith("lost: ")
    assert differences(shipped.lineage, shipped.lineage) == ()


def test_every_shipped_derivation_rests_on_words(shipped: Figures) -> None:
    unevidenced: list[Derivation] = [one for one in shipped.lineage.derivations if not one.spans]
    assert unevidenced == []
