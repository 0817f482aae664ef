"""What a check found: the violations, each with its place and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Report", "Violation"]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is not as it must be.

    `where` is an IRI or a file; `what` is wrong there; `remedy` puts it right.

    >>> print(Violation(where="state/AAA", what="a State without a name", remedy="correct the tables of proponents"))
    state/AAA: a State without a name; correct the tables of proponents
    """

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f"; {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one check: what was checked, how many of what, and the violations in order.

    >>> report = Report.of("shapes", 12, "triples", [])
    >>> report.passed, str(report)
    (True, 'shapes: 12 triples checked, no violation')
    """

    check: str
    checked: int
    unit: str
    violations: tuple[Violation, ...]

    @classmethod
    def of(cls, check: str, checked: int, unit: str, violations: Iterable[Violation]) -> Report:
        """The report on `checked` things, with each violation once and in order."""
        return cls(check, checked, unit, tuple(sorted(set(violations))))

    @property
    def passed(self) -> bool:
        """Whether there is no violation."""
        return not self.violations

    def __str__(self) -> str:
        count = len(self.violations)
        found = "no violation" if not count else "1 violation" if count == 1 else f"{count} violations"
        return f"{self.check}: {self.checked} {self.unit} checked, {found}"
