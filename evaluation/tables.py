"""Figures, confusions and slips as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from .figures import HEADLINES, LINEAGE, NORMS, POSITIONS, VERDICTS, Confusion, Figure, Slip, macro_f1
from .metrics import Counts
from .spread import CHARACTERS, Spread

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

__all__ = [
    "blank_table",
    "cells_of",
    "confusion_table",
    "figure_table",
    "overview_table",
    "render",
    "slip_line",
    "spread_table",
]

KINDS = {NORMS: "modalities", POSITIONS: "stances", LINEAGE: "relations", VERDICTS: "verdicts"}
"""What the kinds of a part are called, where they have a name of their own."""


def figure_table(part: str, figures: Sequence[Figure]) -> RenderableType:
    """The figures of one part: each measure, then the headline by State and by kind, each with its mean."""
    from rich.text import Text

    table = blank_table(part.capitalize(), "measure", "precision", "recall", "F1", "right", "missed", "invented")
    for figure in figures:
        if not figure.state and not figure.kind:
            style = "bold" if figure.measure == HEADLINES[part] else ""
            table.add_row(Text(figure.measure), *cells_of(figure.counts), style=style)
    breakdowns: tuple[tuple[Literal["state", "kind"], str], ...] = (
        ("state", "States"),
        ("kind", KINDS.get(part, "kinds")),
    )
    for over, name in breakdowns:
        rows = [figure for figure in figures if getattr(figure, over)]
        mean = macro_f1(figures, over)
        if mean is None:
            continue
        table.add_row()
        table.add_row(Text(f"by {name}", style="bold"))
        for figure in rows:
            table.add_row(Text(f"  {figure.state or figure.kind}"), *cells_of(figure.counts))
        table.add_row(Text(f"  macro F1 over {name}"), "", "", f"{mean:.3f}")
    return table


def overview_table(figures: Sequence[Figure]) -> RenderableType:
    """The headline of each part, with its means over States and kinds."""
    from rich.text import Text

    table = blank_table("", "", "precision", "recall", "F1", "over States", "over kinds")
    for part, headline in HEADLINES.items():
        own = [figure for figure in figures if figure.part == part]
        for figure in own:
            if figure.measure == headline and not figure.state and not figure.kind:
                means = (macro_f1(own, "state"), macro_f1(own, "kind"))
                told = ["–" if mean is None else f"{mean:.3f}" for mean in means]
                table.add_row(Text(f"{part}: {headline}"), *cells_of(figure.counts)[:3], *told)
    return table


def spread_table(spreads: Sequence[Spread]) -> RenderableType:
    """How many answers there are where there are labels and elsewhere, and how much denser or thinner elsewhere."""
    from rich.text import Text

    characters = next(one for one in spreads if one.part == CHARACTERS)
    table = blank_table("", "answers", "in the labelled part", "elsewhere", "density elsewhere")
    for one in spreads:
        density = None if one is characters else one.density(characters)
        told = "" if density is None else f"× {density:.2f}"
        table.add_row(Text(one.part), f"{one.labelled:,}", f"{one.elsewhere:,}", told)
    return table


def confusion_table(part: str, confusions: Sequence[Confusion]) -> RenderableType:
    """What was taken for what: a row for each kind that is labelled, a column for each that was found."""
    from rich.text import Text

    names = sorted({name for one in confusions for name in (one.labelled, one.answered) if name})
    counts = {(one.labelled, one.answered): one.count for one in confusions}
    # The names are too long for the heads of columns, so these have the numbers of the rows.
    numbers = [str(number) for number in range(1, len(names) + 1)]
    title = f"{KINDS.get(part, 'kinds').capitalize()}: labelled in rows, found in columns"
    table = blank_table(title, "labelled", *numbers, "missed")
    for number, row in zip([*numbers, ""], [*names, ""], strict=True):
        cells = [str(counts.get((row, column), "") or "·") for column in [*names, ""] if row or column]
        table.add_row(Text(f"{number} {row}" if row else "invented"), *cells)
    return table


def blank_table(title: str, first: str, *columns: str) -> Table:
    """A table without rows, its first column for words and the others for figures."""
    from rich import box
    from rich.table import Table

    table = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        collapse_padding=True,
    )
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def render(shown: Iterable[RenderableType], width: int) -> str:
    """What rich prints, as plain text: tables as wide as `width`, lines of words as long as they are."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    console = Console(file=StringIO(), width=width, color_system=None, markup=False, highlight=False, emoji=False)
    with console.capture() as capture:
        for one in shown:
            console.print(one, soft_wrap=isinstance(one, Text))
    return "\n".join(line.rstrip() for line in capture.get().split("\n")).strip("\n") + "\n"


def cells_of(counts: Counts) -> Sequence[str]:
    """Precision, recall, F1 and the counts, for a row of a table; a dash where there is nothing to take a share of."""
    return [
        f"{counts.precision:.3f}" if counts.answers else "–",
        f"{counts.recall:.3f}" if counts.labels else "–",
        f"{counts.f1:.3f}" if counts.answers or counts.labels else "–",
        *(f"{count:g}" for count in (counts.hits, counts.missed, counts.invented)),
    ]


def slip_line(slip: Slip) -> RenderableType:
    """One line that tells the slip, with its place and words."""
    from rich.text import Text

    return Text(f"line {slip.line}: {slip.outcome} {slip.kind} {slip.name}: “{slip.words}”: {slip.reason}")
