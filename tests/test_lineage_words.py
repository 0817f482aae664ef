"""The words that are compared, their alignment, and the stretches that it tells."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.ingest.passage import join, printed
from travaux.lineage.alignment import Run, align
from travaux.lineage.candidates import candidates
from travaux.lineage.records import Operation
from travaux.lineage.segments import located, stretches
from travaux.lineage.vocabulary import Vocabulary
from travaux.lineage.words import words

ALIKE = [
    ("co-operation", "cooperation"),
    ("recognised", "recognized"),
    ("“Party’s”", "Party's"),
    ("offence", "offense"),
    ("behaviour", "behavior"),
    ("State Party;", "state party"),
    ("law-enforcement", "law enforcement"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_typography_and_spelling_are_no_difference(one: str, other: str) -> None:
    assert words(one).forms == words(other).forms


@pytest.mark.parametrize(("one", "other"), [("shall", "shall not"), ("may", "must"), ("advise", "advice")])
def test_other_words_are_a_difference(one: str, other: str) -> None:
    assert words(one).forms != words(other).forms


@given(st.text(max_size=80))
def test_every_word_is_at_its_place(text: str) -> None:
    found = words(text)
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))
    assert all(end <= start for end, start in zip(found.ends, found.starts[1:], strict=False))


NUMBERS = st.lists(st.integers(0, 60), max_size=60)


@given(NUMBERS, NUMBERS)
def test_runs_hold_equal_words_once(derived: list[int], source: list[int]) -> None:
    runs = align(derived, source)
    for run in runs:
        assert derived[run.derived : run.derived + run.length] == source[run.source : run.source + run.length]
    for one, other in pairwise(runs):
        assert one.derived + one.length <= other.derived
    taken = [place for run in runs for place in range(run.source, run.source + run.length)]
    assert len(taken) == len(set(taken))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=400))
def test_a_copy_is_one_run(text: list[int]) -> None:
    assert align(text, text, common=0) == (Run(0, 0, len(text)),)


def test_a_part_that_was_moved_is_found() -> None:
    first, second = list(range(100, 112)), list(range(200, 210))
    runs = align([*second, *first], [*first, *second])
    assert runs == (Run(0, 12, 10), Run(10, 0, 12))


def test_more_words_than_symbols_are_still_told_apart() -> None:
    source = list(range(40, 700))
    derived = [*source[:300], 5000, *source[301:]]
    assert sum(run.length for run in align(derived, source)) == len(source) - 1


@given(NUMBERS, NUMBERS)
def test_segments_hold_every_word_of_both_texts_once(derived: list[int], source: list[int]) -> None:
    own, of = (words(" ".join(f"w{one}" for one in side)) for side in (derived, source))
    text = " ".join(f"w{one}" for one in derived)
    passage = join([printed(text, 7)])
    told = [located(one, own, passage) for one in stretches(align(derived, source), len(own), len(of))]
    shown = " ".join(text[span.start - 7 : span.end - 7] for one in told for span in one.spans)
    assert shown == text
    places = [place for one in told for place in range(one.source_start, one.source_end)]
    assert sorted(places) == list(range(len(source)))
    assert all((one.operation is Operation.DROPPED) == (not one.spans) for one in told)


def test_a_lost_word_stands_where_it_is_missing() -> None:
    text = "the person shall be prosecuted"
    own, of = words(text), words("the person shall not be prosecuted")
    vocabulary = Vocabulary([own.forms, of.forms])
    runs = align(vocabulary.ids(own.forms).tolist(), vocabulary.ids(of.forms).tolist(), vocabulary.common)
    assert [(one.operation, *one.source) for one in stretches(runs, len(own), len(of))] == [
        (Operation.COPIED, 0, 3),
        (Operation.DROPPED, 3, 4),
        (Operation.COPIED, 4, 6),
    ]


def test_a_rare_word_says_more_than_a_frequent_one() -> None:
    vocabulary = Vocabulary([("the", "party", "the"), ("the", "treaty", "party")])
    the, party, treaty = vocabulary.bits[vocabulary.ids(("the", "party", "treaty"))]
    assert the < party < treaty


def test_the_source_of_a_text_is_among_its_candidates() -> None:
    rng = np.random.default_rng(7)
    sources = [rng.zipf(1.3, 40).clip(max=5000).astype(np.int32) for _ in range(300)]
    derived = []
    for source in sources[:100]:
        edited = source.copy()
        edited[rng.integers(0, 40, 8)] = rng.integers(5001, 6000, 8)
        derived.append(edited)
    found = candidates(derived, sources, keep=5)
    assert sum(place in found.of(place) for place in range(100)) >= 99


def test_texts_without_a_word_in_common_are_no_candidates() -> None:
    found = candidates([np.array([1, 2, 3], dtype=np.int32)], [np.array([7, 8, 9], dtype=np.int32)])
    assert not len(found.of(0))


def test_no_texts_have_no_candidates() -> None:
    assert not len(candidates([], []).sources)
    assert not len(candidates([np.array([1], dtype=np.int32)], []).of(0))
