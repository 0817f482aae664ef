"""The scorer of norms, positions and findings: each planted fault loses exactly what it should."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.errors import GoldError
from travaux.evaluation import SHIPPED_GOLD, Counts, Report, compare, evaluate, evaluate_baseline, read_report
from travaux.evaluation.baselines import baseline_reading
from travaux.evaluation.bearers import same_bearer
from travaux.evaluation.gold import GoldStandard, read_gold
from travaux.evaluation.matching import aligned, assigned
from travaux.evaluation.positions import condition_words
from travaux.ingest.document import read_document
from travaux.ingest.manifest import load_corpus
from travaux.ingest.passage import Passage, printed
from travaux.ingest.records import Condition, Document, Kind, Modality, Norm, Position, Provision, Span, Stance
from travaux.lineage.records import Examination, Finding, Severity

NORMS, POSITIONS, FINDINGS = "norms", "positions", "findings"
PARTS = (NORMS, POSITIONS, FINDINGS)
Flagged = tuple[Finding, ...]


def scored(document: Document, findings: Flagged = (), gold: Path = SHIPPED_GOLD) -> Report:
    return evaluate(document, gold, examination=Examination(findings, ()))


def with_provision(document: Document, unit: str, change: Callable[[Provision], Provision]) -> Document:
    """The document with the provision at the place of the unit changed."""
    path = f"document/v-22-10828/{unit.lower()}"
    return with_each(document, lambda one: change(one) if one.path == path else one)


def with_each(document: Document, change: Callable[[Provision], Provision]) -> Document:
    submissions = tuple(
        replace(one, provisions=tuple(change(provision) for provision in one.provisions))
        for one in document.submissions
    )
    return replace(document, submissions=submissions)


def lost(report: Report, part: str, measure: str = "") -> tuple[float, float]:
    counts = report.counts(part, measure)
    return counts.missed, counts.invented


def test_a_perfect_answer_scores_one_an_empty_one_nothing_and_a_shuffled_one_between(
    perfect: Document, flagged: Flagged, gold: GoldStandard
) -> None:
    best = scored(perfect, flagged)
    assert best.slips == ()
    assert {best.macro_f1(part, over) for part in PARTS for over in ("state", "kind")} == {1.0}
    assert best.counts(POSITIONS).hits == len(gold.positions)
    assert best.counts(FINDINGS).hits == len(gold.findings)
    empty = scored(with_each(perfect, lambda one: replace(one, norms=(), positions=())))
    assert [empty.counts(part).hits for part in PARTS] == [0, 0, 0]
    assert [empty.counts(part).invented for part in PARTS] == [0, 0, 0]
    dealt = random.Random(4)
    norms = [one.norms for submission in perfect.submissions for one in submission.provisions if one.norms]
    stances = [one.stance for label in gold.positions for one in [Position(Stance(label.stance), "", (), "")]]
    dealt.shuffle(norms)
    dealt.shuffle(stances)
    shuffled = with_each(
        perfect,
        lambda one: replace(
            one,
            norms=norms.pop() if one.norms else (),
            positions=tuple(replace(position, stance=stances.pop()) for position in one.positions),
        ),
    )
    half = tuple(replace(one, spans=(Span(0, 1),)) if order % 2 else one for order, one in enumerate(flagged))
    report = scored(shuffled, half)
    assert all(0 < report.counts(part).f1 < 1 for part in PARTS)


SHALL = Norm(Modality.SHALL, (Span(24743, 24750),), "shall", "the requested State Party", (), "requested State Party")
ENDEAVOUR = "JAM/extradition/9"
TWICE = "JAM/mutual-legal-assistance/19"
ITEM = "JAM/extradition/6/a"
PRONOUN = "JAM/mutual-legal-assistance/25"
NORM_FAULTS = [
    ("one is missed", ENDEAVOUR, lambda norms: (), {"": (1, 0), "modality and bearer": (1, 0)}),
    ("one is invented", ENDEAVOUR, lambda norms: (*norms, SHALL), {"": (0, 1), "modality and bearer": (0, 1)}),
    (
        "shall endeavour is taken for shall",
        ENDEAVOUR,
        lambda norms: (replace(norms[0], modality=Modality.SHALL),),
        {"": (1, 1), "modality and bearer": (1, 1), "bearer, of those found": (0, 0)},
    ),
    (
        "the bearer is another",
        ENDEAVOUR,
        lambda norms: (replace(norms[0], bearer="offences", resolved_bearer="offences"),),
        {"": (0, 0), "modality and bearer": (1, 1), "bearer, of those found": (1, 1)},
    ),
    ("the first of four is missed", TWICE, lambda norms: norms[1:], {"": (1, 0), "modality and bearer": (1, 0)}),
    ("two stand in the wrong order", TWICE, lambda norms: (norms[1], norms[0], *norms[2:]), {"": (1, 1)}),
    (
        "nobody says what it inherits",
        ITEM,
        lambda norms: (Norm(Modality.NONE, (Span(0, 1),), ""),),
        {"": (0, 0), "inherited modality": (1, 0), "inherited, with bearer": (1, 0)},
    ),
    (
        "it inherits another modality",
        ITEM,
        lambda norms: (replace(norms[0], modality=Modality.MAY),),
        {"": (0, 0), "inherited modality": (1, 1)},
    ),
    (
        "an item is given a modality of its own",
        ITEM,
        lambda norms: (SHALL,),
        {"": (1, 1), "modality, none aside": (0, 1), "inherited modality": (1, 0)},
    ),
    (
        "a pronoun is left unresolved",
        PRONOUN,
        lambda norms: (norms[0], replace(norms[1], resolved_bearer="it")),
        {"modality and bearer": (0, 0), "pronoun, of those found": (1, 1)},
    ),
    ("a recital obliges", "JAM/preamble/12", lambda norms: (SHALL,), {"": (0, 1)}),
    ("a commentary obliges", "NZL/11", lambda norms: (SHALL,), {"": (0, 1)}),
]


@pytest.mark.parametrize(("fault", "unit", "change", "losses"), NORM_FAULTS, ids=[one[0] for one in NORM_FAULTS])
def test_a_fault_of_the_norms_loses_what_it_should(
    fault: str,
    unit: str,
    change: Callable[[tuple[Norm, ...]], tuple[Norm, ...]],
    losses: dict[str, tuple[int, int]],
    perfect: Document,
    flagged: Flagged,
) -> None:
    report = scored(with_provision(perfect, unit, lambda one: replace(one, norms=change(one.norms))), flagged)
    assert {measure: lost(report, NORMS, measure) for measure in losses} == losses
    assert {slip.part for slip in report.slips} == {NORMS}
    assert sum(one.count for one in report.confusions if one.part == NORMS) >= report.counts(NORMS).labels


SAME = [
    ("the Central Authorities", "central authority"),
    ("its competent authorities", "The competent authorities"),
    ("points of contact", "A Party's point of contact"),
    ("States Parties concerned", "States Parties"),
    ("the State Party requesting extradition", "State Party"),
    ("criminal offences", "The criminal offences described in paragraph 1 of this article"),
    ("competent authorities", "The competent authorities receiving the information"),
    ("this", "This"),
]
OTHER = [
    ("the requested State Party", "the requesting State Party"),
    ("States Parties", "No State Party"),
    ("the Conference", "the Conference secretariat"),
    ("point of contact", "contact"),
    ("offences", "offenders"),
    ("", "State Party"),
]


@pytest.mark.parametrize(
    ("one", "other", "same"), [*((*pair, True) for pair in SAME), *((*pair, False) for pair in OTHER)]
)
def test_articles_and_modifiers_make_no_other_bearer(one: str, other: str, same: bool) -> None:
    assert same_bearer(one, other) is same
    assert same_bearer(other, one) is same


MLA, GROUNDS = "NZL/8", "NZL/10"


def first(**values: Any) -> Callable[[tuple[Position, ...]], tuple[Position, ...]]:
    return lambda positions: (replace(positions[0], **values), *positions[1:])


POSITION_FAULTS = [
    ("one is missed", MLA, lambda positions: (), {"": (1, 0), "unit": (1, 0), "conditions": (1, 0)}),
    ("one is invented", MLA, lambda positions: positions * 2, {"": (0, 1), "unit": (0, 1), "conditions": (0, 1)}),
    (
        "the stance is another",
        MLA,
        first(stance=Stance.SUPPORTS),
        {"": (1, 1), "unit": (0, 0), "stance, of those found": (1, 1), "concept, of those found": (0, 0)},
    ),
    ("the concept is another", MLA, first(concept="extradition"), {"": (1, 1), "concept, of those found": (1, 1)}),
    ("no concept is named", MLA, first(concept=""), {"": (1, 1), "concept, of those found": (1, 1)}),
    (
        "the condition is left out",
        MLA,
        first(conditions=()),
        {"": (0, 0), "conditions": (1, 0), "words of conditions": (8, 0)},
    ),
    (
        "the condition has three words too many",
        MLA,
        first(conditions=(Condition((), "subject to robust human rights and procedural safeguards of the State"),)),
        {"conditions": (0, 0), "words of conditions": (0, 3)},
    ),
    ("a source is left out", "NZL/13", first(sources=("instrument/budapest/26",)), {"": (0, 0), "each source": (2, 0)}),
    (
        "a source is made up",
        MLA,
        lambda positions: (replace(positions[0], sources=(*positions[0].sources, "instrument/uncac/46")),),
        {"each source": (0, 1)},
    ),
    (
        "what was meant is named as the source",
        "NZL/8/b3",
        first(sources=("instrument/budapest/33",)),
        {"each source": (0, 0)},
    ),
    (
        "a tolerated stance is given",
        "NZL/16",
        lambda positions: (positions[0], replace(positions[1], stance=Stance.OPEN_TO_DISCUSS)),
        {"": (0, 0)},
    ),
    ("a tolerated concept is given", "NZL/5", first(concept="electronic-evidence"), {"": (0, 0)}),
    ("the limit is missed", GROUNDS, lambda positions: positions[:2], {"": (1, 0)}),
    (
        "the limit is taken for a recommendation",
        GROUNDS,
        lambda positions: (*positions[:2], replace(positions[2], stance=Stance.RECOMMENDS)),
        {"": (1, 1)},
    ),
    ("they are given in another order", GROUNDS, lambda positions: positions[::-1], {"": (0, 0)}),
    ("a paragraph that only observes takes a stance", "NZL/8", lambda positions: positions, {"": (0, 0)}),
]


@pytest.mark.parametrize(
    ("fault", "unit", "change", "losses"), POSITION_FAULTS, ids=[one[0] for one in POSITION_FAULTS]
)
def test_a_fault_of_the_positions_loses_what_it_should(
    fault: str,
    unit: str,
    change: Callable[[tuple[Position, ...]], tuple[Position, ...]],
    losses: dict[str, tuple[int, int]],
    perfect: Document,
    flagged: Flagged,
) -> None:
    report = scored(with_provision(perfect, unit, lambda one: replace(one, positions=change(one.positions))), flagged)
    assert {measure: lost(report, POSITIONS, measure) for measure in losses} == losses
    assert {slip.part for slip in report.slips} <= {POSITIONS}


def test_a_position_elsewhere_in_a_labelled_article_is_invented(perfect: Document, flagged: Flagged) -> None:
    moved: list[Position] = []

    def away(provision: Provision) -> Provision:
        moved.extend(provision.positions)
        return replace(provision, positions=())

    without = with_provision(perfect, "JAM/trans-border-access", away)
    report = scored(
        with_provision(without, "JAM/trans-border-access/b", lambda one: replace(one, positions=tuple(moved))), flagged
    )
    assert lost(report, POSITIONS) == (1, 1)
    assert {slip.outcome for slip in report.slips} == {"missed", "invented"}


def test_a_position_for_a_group_is_held_by_state_and_group(perfect: Document, flagged: Flagged) -> None:
    alone = tuple(replace(one, on_behalf_of=()) for one in perfect.submissions)
    report = scored(replace(perfect, submissions=alone), flagged)
    held = sum(label.on_behalf_of == "CARICOM" for label in read_gold(SHIPPED_GOLD).positions)
    assert lost(report, POSITIONS, "holder, of those found") == (held, held)
    assert lost(report, POSITIONS) == (0, 0)


def test_the_table_of_stances_tells_what_was_taken_for_what(perfect: Document, flagged: Flagged) -> None:
    document = with_provision(
        perfect,
        GROUNDS,
        lambda one: replace(one, positions=(*one.positions[:2], replace(one.positions[2], stance=Stance.SUPPORTS))),
    )
    report = scored(with_provision(document, "NZL/12", lambda one: replace(one, positions=())), flagged)
    told = {(one.labelled, one.answered): one.count for one in report.confusions if one.part == POSITIONS}
    assert told["requires-limit", "supports"] == 1
    assert told["recommends", ""] == 3
    assert told["supports", "supports"] == 3
    text = report.as_text(slips=False, width=80)
    assert "5 proposes-text" in text
    assert max(map(len, text.splitlines())) <= 90


CONDITIONS = [
    ("subject to safeguards (chapeau of para. 8); as permitted", "Subject to safeguards, as permitted"),
    ("the limits of States’ law", "limits of States' law"),
    ("", "(see above)"),
]


@pytest.mark.parametrize(("one", "other"), CONDITIONS)
def test_notes_and_edges_of_a_condition_do_not_count(one: str, other: str) -> None:
    assert condition_words(one) == condition_words(other)


def finding_of(flagged: Flagged, words: str) -> int:
    return next(order for order, one in enumerate(flagged) if words in one.quote)


def with_finding(flagged: Flagged, words: str, **values: Any) -> Flagged:
    order = finding_of(flagged, words)
    return (*flagged[:order], replace(flagged[order], **values), *flagged[order + 1 :])


def test_a_finding_that_is_missed_or_invented_is_counted_by_its_severity(perfect: Document, flagged: Flagged) -> None:
    order = finding_of(flagged, "Paragraphs 9 to 29")
    report = scored(perfect, (*flagged[:order], *flagged[order + 1 :]))
    assert lost(report, FINDINGS) == (1, 0)
    assert lost(report, FINDINGS, "found, of severity A") == (1, 0)
    assert lost(report, FINDINGS, "found, of severity C") == (0, 0)
    start = perfect.text.index("Those authorities shall take their decision")
    extra = replace(flagged[0], spans=(Span(start, start + 17),), severity=Severity.B)
    report = scored(perfect, (*flagged, extra))
    assert lost(report, FINDINGS) == (0, 1)
    assert lost(report, FINDINGS, "found, of severity A") == (0, 0)
    assert lost(report, FINDINGS, "found, of severity A or B") == (0, 1)


def test_another_kind_or_severity_is_found_but_imprecise(perfect: Document, flagged: Flagged) -> None:
    report = scored(perfect, with_finding(flagged, "arrangement on", kind="missing-words", severity=Severity.A))
    assert lost(report, FINDINGS) == (0, 0)
    assert lost(report, FINDINGS, "found with its kind") == (1, 1)
    assert lost(report, FINDINGS, "severity, of those found") == (1, 1)
    assert [slip.outcome for slip in report.slips] == ["imprecise"]


def test_a_finding_outside_the_labelled_articles_is_not_invented(perfect: Document, flagged: Flagged) -> None:
    start = perfect.text.index("Article: Mutual assistance regarding the interception")
    extra = replace(flagged[0], spans=(Span(start, start + 7),))
    assert scored(perfect, (*flagged, extra)).slips == ()


def test_either_place_of_a_pair_will_do_and_both_do_no_harm(perfect: Document, flagged: Flagged) -> None:
    twice = "Without prejudice to its domestic law, the competent authorities"
    here = perfect.text.index(twice)
    there = perfect.text.index(twice, here + 1)
    other = (Span(there, there + len(twice)),)
    moved = with_finding(flagged, twice, spans=other)
    assert scored(perfect, moved).slips == ()
    both = (*flagged, replace(flagged[finding_of(flagged, twice)], spans=other))
    assert scored(perfect, both).slips == ()
    typo = (*flagged, replace(flagged[finding_of(flagged, "inquires")], spans=other, quote=twice))
    assert lost(scored(perfect, typo), FINDINGS) == (0, 1)


@pytest.mark.parametrize(
    ("kind", "quote", "loss"),
    [
        ("inconsistent-term", "State Parties", (0, 0)),
        ("typo", "State Parties", (0, 1)),
        ("inconsistent-term", "x", (0, 1)),
    ],
)
def test_a_slip_that_is_repeated_is_labelled_once(
    kind: str, quote: str, loss: tuple[int, int], perfect: Document, flagged: Flagged
) -> None:
    once = flagged[finding_of(flagged, "State Parties shall encourage")]
    start = perfect.text.index("States Parties shall cooperate in investigating")
    about = "document/v-22-10828/vnm/international-cooperation"
    again = replace(once, kind=kind, quote=quote, about=about, spans=(Span(start, start + 14),))
    assert lost(scored(perfect, (*flagged, again)), FINDINGS) == loss
    elsewhere = tuple(
        replace(once, quote=quote, about=about, spans=again.spans) if one is once else one for one in flagged
    )
    assert lost(scored(perfect, elsewhere), FINDINGS) == ((0, 0) if quote == "State Parties" else (1, 1))


def test_what_concerns_a_whole_article_may_be_shown_at_any_of_it(perfect: Document, flagged: Flagged) -> None:
    words = "Access to information technology"
    body = next(
        one.spans
        for submission in perfect.submissions
        for one in submission.provisions
        if one.parent.endswith("/information-across-borders")
    )
    assert scored(perfect, with_finding(flagged, words, spans=body)).slips == ()
    report = scored(perfect, with_finding(flagged, words, spans=body, kind="typo"))
    assert lost(report, FINDINGS) == (1, 1)


def test_of_two_findings_at_one_place_one_is_right(perfect: Document, flagged: Flagged) -> None:
    order = finding_of(flagged, "arrangement on")
    again = replace(flagged[order], kind="missing-words")
    report = scored(perfect, (again, *flagged))
    assert lost(report, FINDINGS) == (0, 1)
    assert lost(report, FINDINGS, "found with its kind") == (0, 1)


def test_a_report_with_confusions_reads_back_and_compares(perfect: Document, flagged: Flagged, tmp_path: Path) -> None:
    report = scored(perfect, flagged)
    saved = tmp_path / "report.json"
    saved.write_text(report.as_json(), encoding="utf-8")
    assert read_report(saved) == report
    after = scored(perfect, flagged[1:])
    assert [slip.part for slip in compare(report, after).losses] == [FINDINGS]


def test_what_is_found_only_where_there_are_labels_shows(perfect: Document, flagged: Flagged) -> None:
    spreads = {one.part: one for one in scored(perfect, flagged).spreads}
    assert (spreads[FINDINGS].labelled, spreads[FINDINGS].elsewhere) == (len(flagged), 0)
    start = perfect.text.index("Article: Mutual assistance regarding the interception")
    extra = replace(flagged[0], spans=(Span(start, start + 7),))
    report = scored(perfect, (*flagged, extra))
    spreads = {one.part: one for one in report.spreads}
    assert spreads[FINDINGS].elsewhere == 1
    assert "density elsewhere" in report.as_text()


def test_the_mean_weighs_each_kind_alike(perfect: Document, flagged: Flagged, gold: GoldStandard) -> None:
    without = scored(
        with_each(
            perfect,
            lambda one: replace(
                one,
                positions=tuple(
                    position for position in one.positions if position.stance is not Stance.OPEN_TO_DISCUSS
                ),
            ),
        ),
        flagged,
    )
    stances = {label.stance for label in gold.positions}
    assert without.counts(POSITIONS).missed == 1
    assert without.macro_f1(POSITIONS, "kind") == pytest.approx(1 - 1 / len(stances))


BAD = [
    ("positions.jsonl", {"start": 5, "end": 5}, "positions.jsonl, line 62: the start is not before the end"),
    ("errata.jsonl", {"severity": "D"}, "errata.jsonl, line 58: Invalid enum value 'D'"),
    ("deontic.jsonl", {"unit": "JAM/preamble/1", "bearer": []}, "do not have as many entries"),
    ("deontic.jsonl", {"unit": "JAM/preamble/1", "modality": []}, "do not have as many entries"),
    ("deontic.jsonl", {}, "the unit is labelled twice"),
    ("deontic.jsonl", {"unit": "JAM/preamble/1", "inherited": ["shall"]}, "inherited and inherited_bearer"),
]


@pytest.mark.parametrize(("file", "change", "message"), BAD)
def test_a_bad_label_is_refused(file: str, change: dict[str, object], message: str, tmp_path: Path) -> None:
    for name in ("structure.jsonl", file):
        shutil.copy(SHIPPED_GOLD / name, tmp_path / name)
    lines = (SHIPPED_GOLD / file).read_text(encoding="utf-8").splitlines()
    with (tmp_path / file).open("a", encoding="utf-8") as written:
        written.write(json.dumps({**json.loads(lines[1]), **change}) + "\n")
    with pytest.raises(GoldError) as raised:
        read_gold(tmp_path)
    assert message in str(raised.value)


def relabelled(tmp_path: Path, file: str, words: str, **values: Any) -> Path:
    """The gold standard with one label changed, that whose line has the words."""
    shutil.copytree(SHIPPED_GOLD, tmp_path / "gold")
    lines = (SHIPPED_GOLD / file).read_text(encoding="utf-8").splitlines()
    order = next(order for order, line in enumerate(lines) if words in line)
    lines[order] = json.dumps({**json.loads(lines[order]), **values})
    (tmp_path / "gold" / file).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "gold"


@pytest.mark.parametrize(("file", "part"), [("deontic.jsonl", NORMS), ("positions.jsonl", POSITIONS)])
def test_a_label_of_a_unit_that_is_not_labelled_is_missed(
    file: str, part: str, perfect: Document, flagged: Flagged, tmp_path: Path
) -> None:
    folder = relabelled(tmp_path, file, "COL/extradition", unit="COL/no-such")
    assert lost(scored(perfect, flagged, folder), part) == (1, 1)


def test_what_is_not_there_to_be_quoted_is_found_at_its_unit(
    perfect: Document, flagged: Flagged, tmp_path: Path
) -> None:
    folder = relabelled(tmp_path, "errata.jsonl", "inquires", quote=None, start=None, end=None, kind="missing-words")
    assert lost(scored(perfect, flagged, folder), FINDINGS) == (1, 1)
    found = with_finding(flagged, "inquires", kind="missing-words")
    assert scored(perfect, found, folder).slips == ()


TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(-3, 9), min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(TABLES)
def test_no_other_pairs_add_up_to_more(likeness: list[list[int]]) -> None:
    rows, columns = len(likeness), len(likeness[0])
    pairs = assigned(likeness)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(likeness[row][column] > 0 for row, column in pairs)
    size = max(rows, columns)
    square = [[likeness[r][c] if r < rows and c < columns else 0 for c in range(size)] for r in range(size)]
    best = max(sum(max(square[r][c], 0) for r, c in enumerate(order)) for order in permutations(range(size)))
    assert sum(likeness[row][column] for row, column in pairs) == best


@given(st.lists(st.sampled_from("abc"), max_size=7), st.lists(st.sampled_from("abc"), max_size=7))
def test_what_is_aligned_is_a_common_subsequence_and_no_other_is_longer(one: list[str], other: list[str]) -> None:
    pairs = aligned(len(one), len(other), lambda row, column: (int(one[row] == other[column]),))
    assert pairs == sorted(pairs)
    assert all(one[row] == other[column] for row, column in pairs)
    longest = 0
    for chosen in range(1 << len(one)):
        part = [letter for place, letter in enumerate(one) if chosen >> place & 1]
        rest = iter(other)
        if all(letter in rest for letter in part):
            longest = max(longest, len(part))
    assert len(pairs) == longest


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30))
def test_an_answer_is_hit_or_invented_and_a_label_hit_or_missed(rows: list[tuple[bool, bool]]) -> None:
    counts = sum((Counts.of(one and other, one, other) for one, other in rows), Counts())
    assert counts.labels == sum(one for one, _ in rows)
    assert counts.answers == sum(other for _, other in rows)


@pytest.fixture(scope="module")
def read(repository: Path) -> list[Document]:
    return [read_document(entry) for entry in load_corpus(repository / "corpus")]


AIMS = [
    ("structure", "", 0.98),
    ("citations", "", 0.97),
    ("citations", "span", 0.97),
    ("citations", "targets", 0.97),
    ("citations", "resolution, of those found", 0.97),
    (NORMS, "", 0.95),
    (NORMS, "modality and bearer", 0.9),
    (POSITIONS, "", 0.85),
    (POSITIONS, "words of conditions", 0.8),
]


def test_the_shipped_document_is_read_as_well_as_the_project_aims(read: list[Document]) -> None:
    report = evaluate(read)
    told = report.as_text()
    for part, measure, aim in AIMS:
        assert report.counts(part, measure).f1 >= aim, f"{part}: {measure}\n{told}"
    assert report.counts(FINDINGS).precision >= 0.6, told
    assert report.counts(FINDINGS, "found, of severity A").recall >= 0.8, told
    assert report.counts(FINDINGS, "found, of severity A or B").recall >= 0.65, told


def test_the_simplest_reading_falls_short_of_the_one_that_is_shipped(read: list[Document]) -> None:
    report, simplest = evaluate(read), evaluate_baseline(read)
    for part in PARTS:
        assert 0 < simplest.counts(part).f1 < report.counts(part).f1
        for over in ("state", "kind"):
            assert (simplest.macro_f1(part, over) or 0) < (report.macro_f1(part, over) or 0)
    assert simplest.counts("structure") == report.counts("structure")
    assert compare(simplest, report).gains


@pytest.mark.parametrize(
    ("words", "norms"),
    [
        ("Upon request, the requested State shall reply.", [("shall", "the requested State")]),
        ("It may not refuse; it should consult.", [("may-not", "It"), ("should", "it")]),
        ("Nothing is said.", []),
    ],
)
def test_the_simplest_reading_takes_the_words_before_a_modal_for_its_bearer(
    words: str, norms: list[tuple[str, str]], perfect: Document
) -> None:
    submission = perfect.submissions[0]
    provision = replace(
        submission.provisions[-1], kind=Kind.PARAGRAPH, passage=Passage((printed(words, 0),)), positions=()
    )
    document = replace(perfect, text=words, submissions=(replace(submission, provisions=(provision,)),))
    found = baseline_reading(document).submissions[0].provisions[0].norms
    assert [(norm.modality.value, norm.bearer) for norm in found] == norms
