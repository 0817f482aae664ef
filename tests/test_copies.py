"""Planted copies are found among made-up paragraphs, however the work is divided."""

from __future__ import annotations

import pytest
from planting import planted
from travaux.lineage.candidates import candidates
from travaux.lineage.copies import copies
from travaux.lineage.vocabulary import Vocabulary
from travaux.ontology.reuse import reuse


def test_planted_sources_are_among_the_candidates() -> None:
    case = planted(1500)
    vocabulary = Vocabulary((*case.derived, *case.sources))
    left, right = [[vocabulary.ids(text) for text in side] for side in (case.derived, case.sources)]
    found = candidates(left, right, keep=reuse().least.candidates)
    pairs = [(place, origin) for place, origins in enumerate(case.origins) for origin in origins]
    kept = sum(origin in found.of(place) for place, origin in pairs)
    assert kept >= 0.99 * len(pairs)


def test_two_worker_processes_find_what_one_finds() -> None:
    case = planted(1500)
    alone = copies(case.derived, case.sources, reuse())
    assert any(len(pairings) == 2 for pairings in alone)
    assert copies(case.derived, case.sources, reuse(), processes=2) == alone


def test_the_best_source_of_a_copy_is_the_planted_one() -> None:
    case = planted(300)
    found = copies(case.derived, case.sources, reuse())
    copied = [(told, origins) for told, origins in zip(found, case.origins, strict=True) if origins]
    right = sum(bool(told) and told[0].source in origins for told, origins in copied)
    assert right >= 0.98 * len(copied)


@pytest.mark.parametrize(("derived", "sources"), [([], [["a", "word"]]), ([["a", "word"]], []), ([], [])])
def test_nothing_is_copied_where_one_side_is_empty(
    derived: list[tuple[str, ...]], sources: list[tuple[str, ...]]
) -> None:
    assert copies(derived, sources, reuse()) == [()] * len(derived)


def test_the_same_seed_plants_the_same_copies() -> None:
    assert planted(50) == planted(50)
    assert planted(50) != planted(50, seed=2)
