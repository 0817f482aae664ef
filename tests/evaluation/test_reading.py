"""The scorer: a perfect answer gets 1, each planted fault loses exactly what it should, bad gold is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from travaux.errors import GoldError
from travaux.evaluation import SHIPPED_GOLD, Counts, compare, evaluate, read_report
from travaux.evaluation.citations import core_of
from travaux.evaluation.gold import GoldStandard, Territory, read_gold
from travaux.evaluation.labels import GoldUnit
from travaux.ingest.records import (
    Citation,
    CitationKind,
    Document,
    Kind,
    Provision,
    Resolution,
    Span,
    Target,
)
from travaux.lineage.records import Examination, Finding

STRUCTURE, CITATIONS = "structure", "citations"
Change = Callable[[Provision], Provision | tuple[Provision, ...] | None]


def provision_path(identifier: str) -> str:
    return "document/v-22-10828/" + identifier.lower()


def provision_at(path: str, parent: str, *spans: Span, **values: Any) -> Provision:
    blank = Provision(path, parent, Kind.CHAPTER, "", "", "", "", spans, 0)
    return replace(blank, **values)


def changed(document: Document, change: Change) -> Document:
    submissions = []
    for submission in document.submissions:
        provisions: list[Provision] = []
        for provision in submission.provisions:
            result = change(provision)
            provisions += () if result is None else result if isinstance(result, tuple) else (result,)
        submissions.append(replace(submission, provisions=tuple(provisions)))
    return replace(document, submissions=tuple(submissions))


def with_more(document: Document, provision: Provision) -> Document:
    """The document with one provision more in its second submission."""
    first, second, *rest = document.submissions
    return replace(document, submissions=(first, replace(second, provisions=(*second.provisions, provision)), *rest))


def only(path: str, change: Change) -> Change:
    """The change, made at one provision."""
    return lambda provision: change(provision) if provision.path == provision_path(path) else provision


def recited(**values: Any) -> Callable[[Provision], Provision]:
    """The first citation of a provision, changed."""
    return lambda provision: replace(
        provision, citations=(replace(provision.citations[0], **values), *provision.citations[1:])
    )


@pytest.fixture(scope="module", autouse=True)
def examined(flagged: tuple[Finding, ...]) -> Iterator[None]:
    """Here the reading is judged: what is found in the document is as labelled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("travaux.evaluation.report.examine", lambda *_: Examination(flagged, ()))
        yield


def test_a_perfect_answer_scores_one_on_every_measure(perfect: Document, gold: GoldStandard) -> None:
    report = evaluate(perfect)
    assert report.slips == ()
    assert {figure.counts.f1 for figure in report.figures} == {1.0}
    assert report.counts(STRUCTURE).hits == len(gold.units)
    assert report.counts(CITATIONS).hits == sum(not (one.bare or one.optional) for one in gold.citations)
    assert report.counts(CITATIONS, "bare mentions").hits == sum(one.bare for one in gold.citations)


LAW = "JAM/law-enforcement-cooperation/1/b/ii"
UNIT_FAULTS = [
    ("a unit is missed", only(LAW, lambda one: None), "found", (1, 0)),
    ("a number is wrong", only(LAW, lambda one: replace(one, number="i")), "number", (1, 1)),
    ("a roman is taken for a letter", only(LAW, lambda one: replace(one, kind=Kind.SUBPARAGRAPH)), "kind", (1, 1)),
    (
        "a unit hangs one level too high",
        only(LAW, lambda one: replace(one, parent=provision_path("JAM/law-enforcement-cooperation/1"))),
        "parent",
        (1, 1),
    ),
    (
        "an article hangs below its submission where it has a chapter",
        only("JAM/extradition", lambda one: replace(one, parent=provision_path("JAM"))),
        "parent",
        (1, 1),
    ),
    (
        "a paragraph outside any article hangs below a chapter",
        only("COL/intro/1", lambda one: replace(one, parent=provision_path("COL/preamble"))),
        "parent",
        (1, 1),
    ),
    (
        "a unit is cut in two",
        only(LAW, lambda one: (one, replace(one, path=one.path + "/x", spans=(Span(54600, 54682),)))),
        "found",
        (0, 1),
    ),
    (
        "the second half of a unit after a page break is another unit",
        only(
            "JAM/extradition/11",
            lambda one: (
                replace(one, spans=one.spans[:1]),
                replace(one, path=one.path + "x", number="", spans=one.spans[1:]),
            ),
        ),
        "found",
        (0, 1),
    ),
]


@pytest.mark.parametrize(("fault", "change", "measure", "loss"), UNIT_FAULTS, ids=[one[0] for one in UNIT_FAULTS])
def test_a_fault_of_the_outline_loses_what_it_should(
    fault: str, change: Change, measure: str, loss: tuple[int, int], perfect: Document
) -> None:
    report = evaluate(changed(perfect, change))
    for name in (measure, ""):
        counts = report.counts(STRUCTURE, name)
        assert (counts.missed, counts.invented) == loss
    for other in {"found", "number", "kind", "parent"} - {measure}:
        if measure != "found":
            assert report.counts(STRUCTURE, other).f1 == 1
    told = [slip for slip in report.slips if slip.part == STRUCTURE and slip.outcome != "imprecise"]
    assert len(told) == 1


def test_a_unit_that_ends_at_the_page_break_is_found_but_imprecise(perfect: Document) -> None:
    report = evaluate(changed(perfect, only("JAM/extradition/11", lambda one: replace(one, spans=one.spans[:1]))))
    assert report.counts(STRUCTURE).f1 == 1
    assert report.counts(STRUCTURE, "extent").missed == 1
    assert [(slip.outcome, slip.line) for slip in report.slips] == [("imprecise", 196)]


def test_a_heading_seen_in_the_middle_of_an_article_is_invented(perfect: Document) -> None:
    start = perfect.text.index("Those authorities shall take their decision")
    extra = provision_at(provision_path("JAM/x"), provision_path("JAM"), Span(start, start + 17))
    report = evaluate(with_more(perfect, extra))
    assert [(slip.outcome, slip.line, slip.state) for slip in report.slips] == [("invented", 198, "Jamaica")]


def test_a_missed_parent_makes_the_parents_of_its_children_wrong(perfect: Document) -> None:
    parent = provision_path("JAM/law-enforcement-cooperation/1/b")
    report = evaluate(changed(perfect, lambda one: None if one.path == parent else one))
    assert report.counts(STRUCTURE, "found").missed == 1
    assert report.counts(STRUCTURE).missed == 4


def test_spans_may_differ_in_white_space_markup_and_printed_number(perfect: Document) -> None:
    def shifted(provision: Provision) -> Provision:
        text, (first, *rest) = perfect.text, provision.spans
        start = first.start
        while text[start] in "#*- \n" and start < first.end - 1:
            start += 1
        if provision.number and text.startswith(f"({provision.number}) ", start):
            start += len(provision.number) + 3
        return replace(provision, spans=(Span(start, first.end), *rest))

    def widened(provision: Provision) -> Provision:
        if provision.spans[0].start < 1000:
            return provision
        first, *rest = provision.spans
        start = first.start
        while perfect.text[start - 1] == "\n":
            start -= 1
        return replace(provision, spans=(Span(start, first.end), *rest))

    for change in (shifted, widened):
        assert evaluate(changed(perfect, change)).slips == ()


def test_a_footnote_is_found_with_or_without_its_mark(perfect: Document, tmp_path: Path) -> None:
    start = perfect.text.index("<sup>&</sup>lt;sup>2</sup> For example")
    note = "VNM/technical-assistance/fn2"
    label = {"id": note, "state": "Viet Nam", "kind": "footnote", "number": "2", "parent": "VNM", "line": 959}
    line = json.dumps({**label, "spans": [[start, start + 90]]}) + "\n"
    labels = (SHIPPED_GOLD / "structure.jsonl").read_text(encoding="utf-8")
    (tmp_path / "structure.jsonl").write_text(labels + line, encoding="utf-8")
    for skipped in (0, 19, 27):
        place = provision_path(note), perfect.submissions[1].path
        extra = provision_at(*place, Span(start + skipped, start + 90), kind=Kind.FOOTNOTE, number="2")
        assert evaluate(with_more(perfect, extra), tmp_path).slips == ()


def test_what_stands_outside_the_labels_is_not_invented(perfect: Document) -> None:
    # Line 476: an article of Jamaica that is kept back; line 723: a footnote of another article, between two labels.
    for words, kind in (
        ("Article: Mutual assistance regarding the interception", Kind.ARTICLE),
        ("These are taken from", Kind.FOOTNOTE),
    ):
        start = perfect.text.index(words)
        cited = (citing(perfect, start + 9, start + 30),)
        place = provision_path("JAM/x"), provision_path("JAM")
        extra = provision_at(*place, Span(start, start + 50), kind=kind, citations=cited)
        assert evaluate(with_more(perfect, extra)).slips == ()


def citing(document: Document, start: int, end: int) -> Citation:
    words = document.text[start:end]
    target = Target("instrument/untoc/18", Resolution.RESOLVED)
    return Citation(CitationKind.INSTRUMENT, (Span(start, end),), words, (target,), Resolution.RESOLVED)


TARGET = "instrument/budapest/24/2"
CITATION_FAULTS = [
    ("one is missed", "COL/intro/2", lambda one: replace(one, citations=()), "span", (1, 0)),
    ("the span is too short", "COL/intro/2", recited(spans=(Span(1593, 1630),)), "span", (1, 1)),
    ("the kind is wrong", "COL/intro/2", recited(kind=CitationKind.RESOLUTION), "kind", (1, 1)),
    ("the target is wrong", "COL/intro/2", recited(targets=(Target(TARGET, Resolution.RESOLVED),)), "targets", (1, 1)),
    ("the target is left out", "COL/intro/2", recited(targets=()), "targets", (1, 1)),
    ("one is invented", "COL/intro/2", lambda one: one, "span", (0, 1)),
]


@pytest.mark.parametrize(
    ("fault", "unit", "change", "measure", "loss"), CITATION_FAULTS, ids=[one[0] for one in CITATION_FAULTS]
)
def test_a_fault_of_a_citation_loses_what_it_should(
    fault: str,
    unit: str,
    change: Change,
    measure: str,
    loss: tuple[int, int],
    perfect: Document,
) -> None:
    if fault == "one is invented":
        start = perfect.text.index("law enforcement agencies")
        extra = citing(perfect, start, start + 24)
        change = lambda one: replace(one, citations=(*one.citations, extra))  # noqa: E731
    report = evaluate(changed(perfect, only(unit, change)))
    for name in (measure, ""):
        counts = report.counts(CITATIONS, name)
        assert (counts.missed, counts.invented) == loss
    assert report.counts(STRUCTURE).f1 == 1
    assert len(report.slips) == 1


def test_one_wrong_target_of_nine_is_one_target_missed(perfect: Document) -> None:
    def change(provision: Provision) -> Provision:
        return recited(targets=provision.citations[0].targets[:-1])(provision)

    report = evaluate(changed(perfect, only("NZL/8", change)))
    each = report.counts(CITATIONS, "each target")
    assert (each.missed, each.invented) == (1, 0)
    assert report.counts(CITATIONS).missed == 1


@pytest.mark.parametrize(
    ("unit", "wrong"),
    [
        ("COL/provisional-measures/4/c", Resolution.RESOLVED),
        ("COL/provisional-measures/4/d", Resolution.NONEXISTENT),
        ("JAM/mutual-legal-assistance/2", Resolution.RESOLVED),
        ("JAM/mutual-legal-assistance/32", Resolution.UNRESOLVED),
        ("NZL/8/b3", Resolution.NONEXISTENT),
        ("JAM/preamble/12", Resolution.NONEXISTENT),
    ],
    ids=[
        "a paragraph that the article does not have does not exist",
        "a paragraph that the article has exists",
        "a placeholder without an article is unresolved",
        "a wrong number that names a paragraph resolves",
        "an article that is about something else resolves",
        "a resolution with a wrong date resolves",
    ],
)
def test_the_resolution_is_what_the_label_implies(unit: str, wrong: Resolution, perfect: Document) -> None:
    report = evaluate(changed(perfect, only(unit, recited(resolution=wrong))))
    assert report.counts(CITATIONS, "resolution, of those found").missed == 1
    assert report.counts(CITATIONS).f1 == 1


def test_mentions_that_count_neither_way_are_neither_missed_nor_invented(perfect: Document, gold: GoldStandard) -> None:
    extra = tuple(citing(perfect, one.start, one.end) for one in gold.tolerated)
    extra += tuple(citing(perfect, one.start, one.end) for one in gold.citations if one.optional)
    report = evaluate(changed(perfect, only("COL/intro/1", lambda one: replace(one, citations=extra))))
    assert report.slips == ()


def test_a_bare_mention_is_counted_apart(perfect: Document) -> None:
    report = evaluate(changed(perfect, only("JAM/extradition/9", lambda one: replace(one, citations=()))))
    assert report.counts(CITATIONS, "bare mentions").missed == 1
    assert report.counts(CITATIONS).f1 == 1


def test_another_list_of_targets_may_be_accepted(perfect: Document) -> None:
    budapest = Target("instrument/budapest/30/1", Resolution.RESOLVED)
    for change in (
        {"targets": (Target(provision_path("COL/provisional-measures/2"), Resolution.RESOLVED),)},
        {"targets": (budapest,), "kind": CitationKind.INSTRUMENT},
    ):
        report = evaluate(changed(perfect, only("COL/provisional-measures/3", recited(**change))))
        assert report.slips == ()


def test_a_unit_is_known_by_its_place_and_not_by_its_name(perfect: Document) -> None:
    names = {
        provision.path: f"{submission.path}/u{index}"
        for submission in perfect.submissions
        for index, provision in enumerate(submission.provisions)
    }

    def renamed(provision: Provision) -> Provision:
        citations = tuple(
            replace(
                one, targets=tuple(replace(target, path=names.get(target.path, target.path)) for target in one.targets)
            )
            for one in provision.citations
        )
        parent = names.get(provision.parent, provision.parent)
        return replace(provision, path=names[provision.path], parent=parent, citations=citations)

    assert evaluate(changed(perfect, renamed)).slips == ()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_part_of_the_labels_scores_a_perfect_answer_with_one(
    data: st.DataObject, perfect: Document, gold: GoldStandard, tmp_path_factory: pytest.TempPathFactory
) -> None:
    groups = sorted({"/".join(unit.id.split("/")[:2]) for unit in gold.units})
    kept = set(data.draw(st.lists(st.sampled_from(groups), min_size=1, max_size=12, unique=True)))
    folder = tmp_path_factory.mktemp("gold")
    units = 0
    for name, key in (
        ("structure", "id"),
        *((name, "unit") for name in ("citations", "deontic", "positions", "errata")),
    ):
        lines = (SHIPPED_GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        chosen = [line for line in lines if "/".join(json.loads(line)[key].split("/")[:2]) in kept]
        units += len(chosen) if name == "structure" else 0
        (folder / f"{name}.jsonl").write_text("".join(chosen), encoding="utf-8")
    shutil.copy(SHIPPED_GOLD / "selfrefs.jsonl", folder)
    shutil.copy(SHIPPED_GOLD / "dontcare.jsonl", folder)
    report = evaluate(perfect, folder)
    assert report.slips == ()
    assert report.counts(STRUCTURE).hits == units


EDGES = [
    ("the Charter of the United Nations", "Charter of the United Nations"),
    ("other articles of this Convention", "other articles"),
    ("provisions of this chapter", "this chapter"),
    ("[article on the 24/7 network]", "article on the 24/7 network"),
    (" (art. 35 of the Budapest Convention).", "art. 35 of the Budapest Convention"),
    ("this Convention", "this Convention"),
    ("(the)", "(the)"),
]


@pytest.mark.parametrize(("quote", "core"), EDGES)
def test_the_edges_of_a_mention_are_tolerant(quote: str, core: str) -> None:
    start, end = core_of(quote, 0, len(quote))
    assert quote[start:end] == core


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f1_lies_between_precision_and_recall(hits: int, missed: int, invented: int) -> None:
    counts = Counts(hits, missed, invented)
    low, high = sorted((counts.precision, counts.recall))
    assert low - 1e-9 <= counts.f1 <= high + 1e-9 or hits == 0


def test_a_chapter_is_labelled_by_its_line_and_an_article_as_a_whole() -> None:
    units = [
        GoldUnit("AAA/ch1", "Aland", "chapter", "1", "AAA", 1, ((0, 10),)),
        GoldUnit("AAA/extradition", "Aland", "article", "", "AAA/ch1", 9, ((50, 60),)),
        GoldUnit("AAA/extradition/1", "Aland", "paragraph", "1", "AAA/extradition", 11, ((70, 90),)),
        GoldUnit("AAA/fn1", "Aland", "footnote", "1", "AAA/extradition/1", 12, ((75, 80),)),
    ]
    territory = Territory(units)
    assert [territory.state_of_extent(offset) for offset in (5, 30, 65, 85, 90)] == ["Aland", "", "Aland", "Aland", ""]
    assert [territory.state_of_words(offset) for offset in (55, 65)] == ["Aland", ""]


BAD_GOLD = [
    ("structure.jsonl", "{", "structure.jsonl, line 3: "),
    ("structure.jsonl", "[]", "structure.jsonl, line 3: Expected `object`, got `array`"),
    ("structure.jsonl", '{"id": "JAM/x"}', "structure.jsonl, line 3: Object missing required field"),
    ("structure.jsonl", "same id", "line 3: the id COL/intro/1 stands in line 1 already"),
    ("structure.jsonl", "no spans", "line 3: a unit needs spans"),
    ("structure.jsonl", "backwards", "line 3: a unit needs spans"),
    ("structure.jsonl", "elsewhere", "line 3: the parent 'VNM' belongs to another submission than 'COL/y'"),
    ("citations.jsonl", '{"id": "first"}', "citations.jsonl, line 3: "),
    ("dontcare.jsonl", '{"line": 1, "quote": "x", "start": 5, "end": 5}', "dontcare.jsonl, line 3: the start is not"),
]


@pytest.mark.parametrize(("file", "line", "message"), BAD_GOLD)
def test_a_bad_label_is_refused_with_its_file_and_line(file: str, line: str, message: str, tmp_path: Path) -> None:
    for name in ("structure", "citations", "dontcare", "selfrefs"):
        lines = (SHIPPED_GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / f"{name}.jsonl").write_text("".join(lines[:2]), encoding="utf-8")
    first = (tmp_path / "structure.jsonl").read_text(encoding="utf-8").splitlines()[0]
    label = json.loads(first)
    line = {
        "same id": first,
        "no spans": json.dumps({**label, "id": "COL/y", "spans": []}),
        "backwards": json.dumps({**label, "id": "COL/y", "spans": [[9, 5]]}),
        "elsewhere": json.dumps({**label, "id": "COL/y", "parent": "VNM"}),
    }.get(line, line)
    with (tmp_path / file).open("a", encoding="utf-8") as written:
        written.write(line + "\n")
    with pytest.raises(GoldError) as raised:
        read_gold(tmp_path)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("fault", ["no folder", "no structure", "empty", "not UTF-8"])
def test_a_gold_standard_that_cannot_be_read_is_refused(fault: str, tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    if fault != "no folder":
        folder.mkdir()
    if fault == "empty":
        (folder / "structure.jsonl").write_text("\n")
    if fault == "not UTF-8":
        (folder / "structure.jsonl").write_bytes(b'{"id": "\xff"}')
    with pytest.raises(GoldError):
        read_gold(folder)


def test_a_key_that_is_null_counts_as_left_out(tmp_path: Path) -> None:
    lines = (SHIPPED_GOLD / "citations.jsonl").read_text(encoding="utf-8").splitlines()
    label = {**json.loads(lines[0]), "source_error": None, "intended": None, "also_accept": None}
    (tmp_path / "citations.jsonl").write_text(json.dumps(label), encoding="utf-8")
    shutil.copy(SHIPPED_GOLD / "structure.jsonl", tmp_path)
    assert read_gold(tmp_path).citations == read_gold(SHIPPED_GOLD).citations[:1]


def test_labels_of_another_document_are_refused(perfect: Document) -> None:
    other = replace(perfect, text="x" + perfect.text)
    with pytest.raises(GoldError, match="the label says"):
        evaluate(other)
    with pytest.raises(GoldError, match="ends at character"):
        evaluate(replace(perfect, text=perfect.text[:9000]))
    with pytest.raises(GoldError, match="none of the 2 documents"):
        evaluate([other, other])
    assert evaluate([other, perfect]).slips == ()


def test_a_report_tells_line_and_words_and_reads_back(perfect: Document, tmp_path: Path) -> None:
    report = evaluate(changed(perfect, only(LAW, lambda one: replace(one, number="i"))))
    text = report.as_text()
    assert f"line 512: wrong item {LAW}" in text
    assert "number i, labelled ii" in text
    assert "Viet Nam" in text
    saved = tmp_path / "report.json"
    saved.write_text(report.as_json(), encoding="utf-8")
    assert read_report(saved) == report
    assert report.as_json() == evaluate(changed(perfect, only(LAW, lambda one: replace(one, number="i")))).as_json()


def test_a_comparison_tells_gains_and_losses(perfect: Document) -> None:
    before = evaluate(changed(perfect, only(LAW, lambda one: None)))
    after = evaluate(changed(perfect, only("COL/intro/2", lambda one: replace(one, citations=()))))
    comparison = compare(before, after)
    assert {(slip.part, slip.name) for slip in comparison.gains} == {(STRUCTURE, LAW), ("norms", LAW)}
    assert [slip.name for slip in comparison.losses] == ["COL/intro/2"]
    text = comparison.as_text()
    assert "3 gained" in text
    assert "1 lost" in text
    assert compare(after, after).as_text() == "Nothing gained, nothing lost.\n"
    with pytest.raises(GoldError, match="one gold standard"):
        compare(replace(before, gold="other"), after)


@pytest.mark.parametrize("content", [None, b"{", b"[]", b'{"document": 1}'])
def test_a_file_that_is_no_report_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GoldError, match="report"):
        read_report(path)
