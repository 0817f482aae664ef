"""The scorer of lineage: a perfect answer gets 1, each planted fault loses exactly what it should."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from travaux.commands.scoring import evaluate as command
from travaux.errors import GoldError
from travaux.evaluation import SHIPPED_GOLD, Report, evaluate, evaluate_baseline, read_report
from travaux.evaluation.gold import GoldStandard, read_gold
from travaux.evaluation.labels import GoldLineage
from travaux.evaluation.lineage_baselines import contenders, contest_table
from travaux.ingest.document import read_document
from travaux.ingest.instruments import read_instrument
from travaux.ingest.manifest import load_corpus
from travaux.ingest.records import Document, Span
from travaux.lineage.known import known_lineage
from travaux.lineage.records import Basis, Derivation, Edit, Examination, Finding, Lineage, Severity, Verdict
from travaux.ontology.reference import load

LINEAGE, VERDICTS, EDITS, ADAPTED = "lineage", "verdicts", "edits", "edits of adapted units"
PARTS = (LINEAGE, VERDICTS, EDITS, ADAPTED)
LENIENT, SILENT, ARTICLES = "source, leniently", "none, of units without a source", "source articles"
EXACT = "verdict, exactly"
Answers = tuple[Derivation, ...]


def unit_path(unit: str) -> str:
    return f"document/v-22-10828/{unit.lower()}"


def derivation(unit: str, source: str, verdict: str = "verbatim", edits: Sequence[str] = ()) -> Derivation:
    return Derivation(
        unit_path(unit),
        f"instrument/{source}",
        Basis.REUSED,
        (),
        "",
        Verdict(verdict),
        edits=tuple(map(Edit, edits)),
    )


def labelled(gold: GoldStandard) -> list[GoldLineage]:
    return [one for one in gold.lineage if one.corpus_source and one.scored]


@pytest.fixture(scope="module")
def answers(gold: GoldStandard) -> Answers:
    """The derivations that are labelled."""
    return tuple(
        derivation(one.unit, one.corpus_source, one.corpus_verdict, sorted(one.changes)) for one in labelled(gold)
    )


def scored(document: Document, answers: Answers, gold: Path = SHIPPED_GOLD) -> Report:
    return evaluate(document, gold, examination=Examination((), ()), lineages={document.path: Lineage(tuple(answers))})


def only(unit: str, change: Callable[[Derivation], Answers]) -> Callable[[Answers], Answers]:
    """The change, made at the derivation of one unit."""

    def changed(answers: Answers) -> Answers:
        assert any(one.derived == unit_path(unit) for one in answers)
        return tuple(new for one in answers for new in (change(one) if one.derived == unit_path(unit) else (one,)))

    return changed


def from_another(*sources: str) -> Callable[[Derivation], Answers]:
    return lambda one: tuple(replace(one, source=f"instrument/{source}") for source in sources)


def with_more(unit: str, source: str) -> Callable[[Answers], Answers]:
    return lambda answers: (*answers, derivation(unit, source))


def lost(report: Report, part: str, measure: str = "") -> tuple[float, float]:
    counts = report.counts(part, measure)
    return counts.missed, counts.invented


def test_a_perfect_lineage_scores_one_on_every_measure(perfect: Document, answers: Answers, gold: GoldStandard) -> None:
    report = scored(perfect, answers)
    own = [figure for figure in report.figures if figure.part in PARTS]
    assert {figure.counts.f1 for figure in own} == {1.0}
    assert [slip for slip in report.slips if slip.part in PARTS] == []
    assert {report.macro_f1(part, over) for part in PARTS for over in ("state", "kind")} == {1.0}
    assert report.counts(LINEAGE).hits == len(answers)
    assert report.counts(LINEAGE, SILENT).hits == sum(one.scored and not one.corpus_source for one in gold.lineage)
    assert report.counts(VERDICTS).hits == sum(one.scored for one in gold.lineage)
    assert report.counts(EDITS).hits == sum(len(one.changes) for one in labelled(gold))


def test_no_lineage_misses_every_source_and_raises_no_false_alarm(perfect: Document, gold: GoldStandard) -> None:
    report = scored(perfect, ())
    assert report.counts(LINEAGE).hits == 0
    assert lost(report, LINEAGE) == (len(labelled(gold)), 0)
    assert report.counts(LINEAGE, SILENT).f1 == 1
    assert report.counts(VERDICTS, EXACT).hits == sum(one.scored and not one.corpus_source for one in gold.lineage)


def test_lineage_that_is_not_known_is_not_scored(perfect: Document) -> None:
    report = evaluate(perfect, examination=Examination((), ()))
    assert not {figure.part for figure in report.figures} & set(PARTS)


COPY = "COL/extradition/2"
TWIN = "JAM/extradition/5"
ITEM = "JAM/law-enforcement-cooperation/1/b/ii"
MERGED = "NZL/10"
FREE = "NZL/2"
SPLIT = "JAM/signature-ratification-accession/4"
Losses = dict[str, tuple[float, float]]
SOURCE_FAULTS: list[tuple[str, Callable[[Answers], Answers], Losses]] = [
    ("a source is missed", only(COPY, lambda one: ()), {"": (1, 0), LENIENT: (1, 0), SILENT: (0, 0)}),
    ("a source is wrong", only(COPY, from_another("untoc/1")), {"": (1, 1), LENIENT: (1, 1), ARTICLES: (0, 1)}),
    (
        "a twin is taken for the source",
        only(COPY, from_another("untoc/16/3")),
        {"": (1, 1), LENIENT: (0.5, 0.5), ARTICLES: (0, 1)},
    ),
    (
        "another item of the paragraph is taken for the source",
        only(ITEM, from_another("uncac/48/1/b/iii")),
        {"": (1, 1), LENIENT: (0.5, 0.5), ARTICLES: (0, 0)},
    ),
    (
        "the paragraph is taken for its item",
        only(ITEM, from_another("uncac/48/1")),
        {"": (1, 1), LENIENT: (0.5, 0.5), ARTICLES: (0, 0)},
    ),
    (
        "a source that is accepted is as right, and counts for the labelled article",
        only(TWIN, from_another("untoc/16/4")),
        {"": (0, 0), LENIENT: (0, 0), ARTICLES: (0, 0)},
    ),
    (
        "a source too many spoils the right one",
        with_more(COPY, "untoc/1"),
        {"": (1, 1), LENIENT: (1, 1), ARTICLES: (0, 1)},
    ),
    ("a twin besides the source spoils it strictly", with_more(COPY, "untoc/16/3"), {"": (1, 1), LENIENT: (0, 0)}),
    ("all that a unit was merged from is right", with_more(MERGED, "untoc/18/9"), {"": (0, 0), LENIENT: (0, 0)}),
    (
        "a part of what a unit was merged from is not its source",
        only(MERGED, from_another("untoc/18/9")),
        {"": (1, 1), LENIENT: (1, 1)},
    ),
    ("a source is invented", with_more(FREE, "untoc/1"), {"": (0, 1), LENIENT: (0, 1), SILENT: (1, 1)}),
    (
        "what is tolerated is no false alarm",
        with_more("JAM/mutual-legal-assistance/19", "budapest/25/3"),
        {"": (0, 0), LENIENT: (0, 0), SILENT: (0, 0), ARTICLES: (0, 0)},
    ),
    (
        "the idea of another recital is no false alarm",
        with_more("JAM/preamble/3", "budapest/preamble/4"),
        {"": (0, 0), LENIENT: (0, 0), SILENT: (0, 0)},
    ),
    (
        "a unit that imports what it cites is left out",
        with_more("COL/procedures-absence-agreements/1", "untoc/1"),
        {"": (0, 0), SILENT: (0, 0), ARTICLES: (0, 1)},
    ),
    (
        "an article that is imported counts neither way",
        with_more("COL/procedures-absence-agreements/10", "budapest/28/1"),
        {"": (0, 0), ARTICLES: (0, 0)},
    ),
    (
        "a heading that comes from nowhere is told of its article",
        with_more("JAM/extradition", "untoc/1"),
        {"": (0, 0), ARTICLES: (0, 1)},
    ),
    (
        "what is cited is no answer",
        lambda answers: (*answers, replace(derivation(FREE, "untoc/1"), basis=Basis.CITED)),
        {"": (0, 0), SILENT: (0, 0)},
    ),
    ("the same source named twice is one", lambda answers: (*answers, answers[0]), {"": (0, 0), LENIENT: (0, 0)}),
    (
        "an article without its source",
        lambda answers: tuple(one for one in answers if not one.derived.startswith(unit_path("JAM/amendment/"))),
        {"": (5, 0), ARTICLES: (1, 0), "source articles, of most of the units": (1, 1)},
    ),
]


@pytest.mark.parametrize(("fault", "change", "losses"), SOURCE_FAULTS, ids=[one[0] for one in SOURCE_FAULTS])
def test_a_fault_of_the_sources_loses_what_it_should(
    fault: str, change: Callable[[Answers], Answers], losses: Losses, perfect: Document, answers: Answers
) -> None:
    report = scored(perfect, change(answers))
    assert {measure: lost(report, LINEAGE, measure) for measure in losses} == losses
    slips = [slip for slip in report.slips if slip.part == LINEAGE]
    assert bool(slips) == (max(losses[""]) > 0 or max(losses.get(ARTICLES, (0, 0))) > 0)


Change = Callable[[Derivation], Answers]


def judged(verdict: str | None) -> Change:
    return lambda one: (replace(one, verdict=Verdict(verdict) if verdict else None),)


def edited(*edits: str) -> Change:
    return lambda one: (replace(one, edits=tuple(map(Edit, edits))),)


TOLERANT = "COL/provisional-measures/2"
VERDICT_FAULTS: list[tuple[str, str, Change, dict[tuple[str, str], tuple[float, float]]]] = [
    ("one is wrong", COPY, judged("adapted"), {(VERDICTS, ""): (1, 1), (VERDICTS, EXACT): (1, 1)}),
    ("a neighbour is tolerated", TOLERANT, judged("adapted"), {(VERDICTS, ""): (0, 0), (VERDICTS, EXACT): (1, 1)}),
    ("one is not given", COPY, judged(None), {(VERDICTS, ""): (1, 0), (VERDICTS, EXACT): (1, 0)}),
    (
        "the source is missed",
        COPY,
        lambda one: (),
        {(VERDICTS, ""): (1, 1), (VERDICTS, "of the right source, verdict exactly"): (0, 0)},
    ),
    (
        "a right one of a wrong source",
        COPY,
        from_another("untoc/1"),
        {(VERDICTS, ""): (0, 0), (VERDICTS, "of the right source, verdict or one tolerated"): (0, 0)},
    ),
    (
        "an edit is missed",
        "JAM/extradition/11",
        edited(),
        {(EDITS, ""): (1, 0), (ADAPTED, ""): (1, 0), (VERDICTS, ""): (0, 0)},
    ),
    (
        "an edit is taken for another",
        "JAM/extradition/11",
        edited("scope"),
        {(EDITS, ""): (1, 1), (ADAPTED, ""): (1, 1)},
    ),
    ("an edit of a copy is invented", COPY, edited("scope"), {(EDITS, ""): (0, 1), (ADAPTED, ""): (0, 0)}),
]


@pytest.mark.parametrize(("fault", "unit", "change", "losses"), VERDICT_FAULTS, ids=[one[0] for one in VERDICT_FAULTS])
def test_a_fault_of_a_verdict_or_edit_loses_what_it_should(
    fault: str,
    unit: str,
    change: Change,
    losses: dict[tuple[str, str], tuple[float, float]],
    perfect: Document,
    answers: Answers,
) -> None:
    report = scored(perfect, only(unit, change)(answers))
    assert {key: lost(report, *key) for key in losses} == losses
    assert {slip.name for slip in report.slips if slip.part in PARTS and slip.kind != "article"} == {unit}


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_each_source_that_is_missed_wrong_or_invented_counts_once(
    data: st.DataObject, perfect: Document, answers: Answers, gold: GoldStandard
) -> None:
    free = [one.unit for one in gold.lineage if one.scored and not one.corpus_source]
    fates = data.draw(st.lists(st.sampled_from("kmw"), min_size=len(answers), max_size=len(answers)))
    alarms = data.draw(st.sets(st.sampled_from(free)))
    wrong = [replace(one, source="instrument/untoc/41/4") for one in answers]
    given = [
        one if fate == "k" else other for one, other, fate in zip(answers, wrong, fates, strict=True) if fate in "kw"
    ]
    given += [derivation(unit, "untoc/41/4") for unit in sorted(alarms)]
    report = scored(perfect, tuple(data.draw(st.permutations(given))))
    counts = report.counts(LINEAGE)
    assert counts.hits == fates.count("k")
    assert counts.missed == fates.count("m") + fates.count("w")
    assert counts.invented == fates.count("w") + len(alarms)
    assert report.counts(LINEAGE, SILENT).missed == len(alarms)
    by_state = [figure.counts for figure in report.figures if figure.part == LINEAGE and figure.state]
    assert sum(one.hits for one in by_state) == counts.hits
    assert sum(one.invented for one in by_state) == counts.invented


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_confusions_of_verdicts_add_up_to_the_units(
    data: st.DataObject, perfect: Document, answers: Answers, gold: GoldStandard
) -> None:
    verdicts = data.draw(st.lists(st.sampled_from([*Verdict, None]), min_size=len(answers), max_size=len(answers)))
    given = tuple(replace(one, verdict=verdict) for one, verdict in zip(answers, verdicts, strict=True))
    report = scored(perfect, given)
    confusions = {(one.labelled, one.answered): one.count for one in report.confusions if one.part == VERDICTS}
    assert sum(confusions.values()) == sum(one.scored for one in gold.lineage)
    exact = sum(count for (one, other), count in confusions.items() if one == other)
    assert report.counts(VERDICTS, EXACT).hits == exact
    assert exact <= report.counts(VERDICTS).hits
    assert sum(count for (_, other), count in confusions.items() if not other) == verdicts.count(None)


def test_edits_against_the_treaties_that_are_held_take_the_place_of_the_others(tmp_path: Path) -> None:
    label = read_gold(with_line(tmp_path, "lineage.jsonl", corpus_edits=["scope"], edits=["deontic"])).lineage[0]
    assert label.changes == {"scope"}
    none = replace(label, corpus_edits=())
    assert none.changes == frozenset()


def with_line(folder: Path, name: str, **values: object) -> Path:
    """The gold standard with the first line of a file changed."""
    gold = folder / "gold"
    shutil.copytree(SHIPPED_GOLD, gold, dirs_exist_ok=True)
    first, *rest = (SHIPPED_GOLD / name).read_text(encoding="utf-8").splitlines(keepends=True)
    changed = json.dumps({**json.loads(first), **values}) + "\n"
    (gold / name).write_text(changed + "".join(rest), encoding="utf-8")
    return gold


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("lineage.jsonl", {"corpus_verdict": "copied"}, "corpus_verdict"),
        ("lineage.jsonl", {"scored": "yes"}, "scored"),
        ("lineage.jsonl", {"unit": "COL/intro/2"}, "the unit is labelled twice"),
        ("lineage_articles.jsonl", {"sources": [{"article": "untoc/1", "share": "half"}]}, "share"),
    ],
)
def test_labels_of_lineage_that_break_the_format_are_refused_with_their_line(
    name: str, values: dict[str, object], said: str, tmp_path: Path
) -> None:
    with pytest.raises(GoldError, match=said) as refused:
        read_gold(with_line(tmp_path, name, **values))
    assert f"{name}, line " in refused.value.where


def test_a_report_with_halves_is_read_back_as_it_was(perfect: Document, answers: Answers, tmp_path: Path) -> None:
    report = scored(perfect, only(COPY, from_another("untoc/16/3"))(answers))
    assert report.counts(LINEAGE, LENIENT).missed == 0.5
    saved = tmp_path / "report.json"
    saved.write_text(report.as_json(), encoding="utf-8")
    assert read_report(saved) == report
    assert read_report(saved).as_json() == report.as_json()
    assert "source, leniently" in report.as_text()


@pytest.fixture(scope="module")
def shipped(repository: Path) -> tuple[Document, Lineage]:
    """The document as it is read, and its lineage as it is shipped."""
    entry = load_corpus(repository / "corpus")[0]
    document = read_document(entry)
    return document, known_lineage(document, entry.path.parent, {}).lineage


def test_the_shipped_lineage_is_as_good_as_the_project_aims(shipped: tuple[Document, Lineage]) -> None:
    document, lineage = shipped
    report = evaluate(document, lineages={document.path: lineage})
    told = report.as_text()
    assert report.counts(LINEAGE).recall >= 0.97, told
    assert report.counts(LINEAGE, SILENT).recall > 0.95, told
    assert report.counts(VERDICTS).recall >= 0.88, told
    assert report.counts(EDITS).f1 >= 0.65, told


def test_what_is_cited_is_the_lineage_of_the_simplest_reading(shipped: tuple[Document, Lineage]) -> None:
    report = evaluate_baseline(shipped[0])
    assert report.counts(LINEAGE).precision == 1
    assert 0 < report.counts(LINEAGE).recall < 0.2


def test_without_the_texts_of_treaties_there_is_nothing_to_be_like() -> None:
    with pytest.raises(GoldError, match="no text of a treaty"):
        command(likeness=True)


def test_the_usual_measures_of_likeness_find_most_sources_but_fewer_than_the_shipped_lineage(
    shared: Path, shipped: tuple[Document, Lineage]
) -> None:
    pytest.importorskip("rapidfuzz", reason="needs rapidfuzz, as 'pip install travaux[dev]' brings it")
    pytest.importorskip("datasketch", reason="needs datasketch, as 'pip install travaux[dev]' brings it")
    document, lineage = shipped
    reference = load()
    treaties = {
        name: read_instrument(shared / "instruments" / f"{name}.md", reference).provisions
        for name in ("untoc", "uncac", "budapest")
    }
    entered = contenders(document, treaties, lineage)
    this, *usual = entered
    assert [one.method for one in usual] == ["string ratio", "token sort ratio", "word-shingle Jaccard", "MinHash LSH"]
    assert all(0.8 < one.counts("source").f1 < this.counts("source").f1 for one in usual)
    table = contest_table(entered)
    assert all(one.method in table for one in entered)


def test_a_kind_of_finding_that_nobody_labelled_counts_neither_way(perfect: Document, tmp_path: Path) -> None:
    unit = next(one for one in read_gold(SHIPPED_GOLD).units if one.id == COPY)
    spans = (Span(*unit.spans[0]),)
    finding = Finding("check", "uncited-reuse", Severity.B, unit_path(COPY), spans, "", "")
    flagged = Examination((finding, replace(finding, kind="typo")), ())
    assert evaluate(perfect, examination=flagged).counts("findings").invented == 1
    gold = with_line(tmp_path, "errata.jsonl")
    (gold / "finding-kinds.txt").unlink()
    assert evaluate(perfect, gold, examination=flagged).counts("findings").invented == 2
