"""The outline of whole treaties, in another format than any compilation, against their skeletons."""

from __future__ import annotations

from pathlib import Path

import pytest
from travaux.ingest.blocks import blocks
from travaux.ingest.outline import outline
from travaux.ingest.records import Kind, Provision
from travaux.ontology.reference import load
from travaux.ontology.wording import outline_wording

NUMBERED = {Kind.ARTICLE, Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.ITEM}


def numbers(treaty: str, units: tuple[Provision, ...]) -> set[str]:
    """The ids of a treaty's numbered units (``untoc/18/3/a``), from the numbers on the way down to each."""
    by_path = {unit.path: unit for unit in units}

    def steps(provision: Provision) -> list[str]:
        above = by_path.get(provision.parent)
        own = [provision.number or "?"] if provision.kind in NUMBERED and provision.kind is not Kind.CHAPEAU else []
        if provision.kind is Kind.ARTICLE or above is None:
            return own
        return [*steps(above), *own]

    found = {"/".join([treaty, *steps(provision)]) for provision in by_path.values() if provision.kind in NUMBERED}
    return {identifier for identifier in found if "?" not in identifier}


@pytest.mark.parametrize("treaty", ["untoc", "uncac", "budapest"])
def test_a_treaty_is_recovered_from_its_numbers(treaty: str, shared: Path) -> None:
    text = (shared / "instruments" / f"{treaty}.md").read_text(encoding="utf-8")
    wording = outline_wording()
    units = outline(treaty, blocks(text, wording, markdown=True), load(), wording, lambda _: None)
    expected = {
        identifier
        for identifier in load().instruments[treaty].provisions
        if identifier.split("/")[1].isdigit() and not identifier.endswith("/tail")
    }
    found = numbers(treaty, units)
    print(f"{treaty}: {len(found & expected)} of {len(expected)} found, {len(found - expected)} invented")
    assert len(found & expected) >= 0.98 * len(expected), sorted(expected - found)
    assert len(found - expected) <= 0.01 * len(expected), sorted(found - expected)
