"""The words of treaties, unit by unit, against their skeletons."""

from __future__ import annotations

from pathlib import Path

import pytest
from travaux.ingest.instruments import read_instrument
from travaux.ontology.reference import load

TREATIES = ("untoc", "uncac", "budapest")


@pytest.mark.parametrize("treaty", TREATIES)
def test_every_unit_of_the_skeleton_is_found_with_its_words(treaty: str, shared: Path) -> None:
    expected = load().instruments[treaty].provisions
    found = {unit.path: unit for unit in read_instrument(shared / "instruments" / f"{treaty}.md", load()).provisions}
    assert set(found) <= {unit.path for unit in expected.values()}
    assert len(found) >= 0.99 * len(expected), sorted({unit.path for unit in expected.values()} - set(found))
    apart = {
        unit.path: len(found[unit.path].text.split()) - unit.words for unit in expected.values() if unit.path in found
    }
    assert sum(abs(count) <= 1 for count in apart.values()) >= 0.97 * len(expected), apart
