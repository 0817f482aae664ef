"""What a change gained and lost, against a report saved before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import GoldError
from .figures import Figure, Slip
from .report import Report
from .tables import blank_table, cells_of, render, slip_line

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports against one gold standard: `gains` were slips before and are none now, `losses` the reverse."""

    before: Report
    after: Report
    gains: tuple[Slip, ...]
    losses: tuple[Slip, ...]

    def as_text(self, *, width: int = 120) -> str:
        """The figures that changed, then each gain and loss."""
        from rich.text import Text

        if self.before.figures == self.after.figures and not self.gains and not self.losses:
            return "Nothing gained, nothing lost.\n"
        title = f"{self.after.document}: gains and losses"
        table = blank_table(title, "part and measure", "F1 before", "F1 now", "change")
        before = {_key(figure): figure for figure in self.before.figures}
        for figure in self.after.figures:
            earlier = before.get(_key(figure))
            if earlier is None or earlier.counts == figure.counts:
                continue
            change = figure.counts.f1 - earlier.counts.f1
            figures = (cells_of(earlier.counts)[2], cells_of(figure.counts)[2], f"{change:+.3f}")
            table.add_row(Text(f"{figure.part}: {figure.state or figure.kind or figure.measure}"), *figures)
        shown: list[RenderableType] = [table] if table.row_count else []
        for name, slips in (("gained", self.gains), ("lost", self.losses)):
            shown += [Text(""), Text(f"{len(slips)} {name}")]
            shown += [slip_line(slip) for slip in slips]
        return render(shown, width)


def compare(before: Report, after: Report) -> Comparison:
    """What changed from one report to the next.

    Raises
    ------
    GoldError
        Where the two were made on different documents or against different gold standards.
    """
    if (before.document, before.gold) != (after.document, after.gold):
        raise GoldError(
            f"the earlier report is of {before.document} against {before.gold}, this one of {after.document} "
            f"against {after.gold}",
            remedy="compare reports of one document and one gold standard",
        )
    old = {slip.identity: slip for slip in before.slips}
    new = {slip.identity: slip for slip in after.slips}
    gains = tuple(sorted(slip for identity, slip in old.items() if identity not in new))
    losses = tuple(sorted(slip for identity, slip in new.items() if identity not in old))
    return Comparison(before, after, gains, losses)


def _key(figure: Figure) -> tuple[str, str, str, str]:
    return figure.part, figure.measure, figure.state, figure.kind
