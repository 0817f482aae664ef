"""What lineage finds: derivations (one provision descending from another), and what a careful editor would flag."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..ingest.records import Span

__all__ = ["Basis", "CheckResult", "Derivation", "Examination", "Finding", "Severity"]


class Basis(StrEnum):
    """On what ground a derivation rests: the text says so, or the words show it."""

    CITED = "cited"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class Derivation:
    """`derived` and `source` are paths; `spans` are the words of the document that show it."""

    derived: str
    source: str
    basis: Basis
    spans: tuple[Span, ...]
    quote: str


class Severity(StrEnum):
    """How much a finding weighs for somebody who relies on the text."""

    A = "A"
    """It changes the meaning, or cannot be resolved."""
    B = "B"
    """It misleads."""
    C = "C"
    """It is cosmetic."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a careful editor would flag.

    `kind` is the notation of a concept of the scheme ``findings`` (``citation-error``), `about` the path of the
    provision (or submission) whose words are at `spans`, `problem` one plain sentence for the editor, `suggestion` what
    would put it right, where that can be said. `check` is the id of the check that found it.
    """

    check: str
    kind: str
    severity: Severity
    about: str
    spans: tuple[Span, ...]
    quote: str
    problem: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check did with one submission, so that silence can be trusted: `examined` things, `flagged` of them.

    `question` is what was asked of each of the `things` ("citations of treaties"), in plain words.
    """

    check: str
    question: str
    things: str
    submission: str
    examined: int
    flagged: int


@dataclass(frozen=True, slots=True)
class Examination:
    """All checks of a document: the findings in reading order, and a result for each check and submission."""

    findings: tuple[Finding, ...]
    results: tuple[CheckResult, ...]
