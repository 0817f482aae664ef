"""How the text of a treaty agrees with its skeleton, as it is printed, and what the library holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..ingest.collation import InstrumentCheck
from ..ingest.library import Added, Holding
from ..ontology.reference import Reference

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["added_lines", "check_lines", "holdings_table"]

_MOST = 12
"""So many lines of a kind are printed; of the rest, the number."""


def added_lines(added: Added, reference: Reference) -> Iterator[str]:
    """What was added, what it took the place of, and how it agrees with the skeleton."""
    holding = added.holding
    yield f"{holding.instrument}: {reference.instruments[holding.instrument].full_title}"
    if added.replaced is not None:
        old = added.replaced
        yield f"replaced   {old.name}, {old.units:,} of {old.of_units:,} units ({old.digest[:19]})"
    yield f"digest     {holding.digest}"
    if holding.origin:
        yield f"from       {holding.origin}"
    yield from check_lines(added.check)


def check_lines(check: InstrumentCheck) -> Iterator[str]:
    """How a text agrees with its skeleton, a line for each difference.

    >>> for line in check_lines(InstrumentCheck("untoc", 347, 340, 11926, 11800, ("instrument/untoc/7",), (), (), ())):
    ...     print(line)
    units      340 of 347
    words      11,800 of 11,926
    missing    7
    """
    start = len(f"instrument/{check.instrument}/")
    yield f"units      {check.found:,} of {check.units:,}"
    yield f"words      {check.words:,} of {check.expected:,}"
    if check.missing:
        yield f"missing    {', '.join(_ranges([path[start:] for path in check.missing]))}"
    yield from _listed("extra", [f"line {one.line}: {one.words:,} words, “{one.opening}”" for one in check.extra])
    yield from _listed(
        "differs",
        [f"{one.path[start:]}: {one.words - one.expected:+} of {one.expected} words" for one in check.differing],
    )
    yield from _listed(
        "damaged",
        [f"{one.path[start:]}: {one.flaw.kind.value} “{one.flaw.words}”, “{one.flaw.meant}”?" for one in check.flaws],
    )


def _ranges(units: Sequence[str]) -> Iterator[str]:
    """The units, articles that follow one another in one.

    >>> list(_ranges(["2/a", "7", "13", "14", "15", "testimonium"]))
    ['2/a', '7', '13-15', 'testimonium']
    """
    run: list[int] = []
    for unit in [*units, ""]:
        if run and not (unit.isdigit() and int(unit) == run[-1] + 1):
            yield str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
            run = []
        if unit.isdigit():
            run.append(int(unit))
        elif unit:
            yield unit


def _listed(title: str, entries: Sequence[str]) -> Iterator[str]:
    for entry in entries[:_MOST]:
        yield f"{title:<10} {entry}"
    if len(entries) > _MOST:
        yield f"{'':<10} and {len(entries) - _MOST:,} more"


def holdings_table(holdings: Iterable[Holding]) -> Table:
    """The texts in the library, a row each."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title="In the library", title_justify="left", pad_edge=False, show_edge=False)
    for column in ("instrument", "file", "units", "words", "digest", "from"):
        figure = column in ("units", "words")
        table.add_column(column, justify="right" if figure else "left", no_wrap=figure, overflow="fold")
    for held in holdings:
        table.add_row(
            held.instrument,
            held.name,
            f"{held.units:,} of {held.of_units:,}",
            f"{held.words:,} of {held.of_words:,}",
            held.digest.removeprefix("sha256:")[:12],
            held.origin,
        )
    return table
