"""Runs every check on every submission of a document."""

from __future__ import annotations

from collections.abc import Iterator

from ...ingest.records import Document
from ...ontology.reference import Reference, load
from ..records import CheckResult, Examination, Finding
from .check import Check, Outcome, Subject
from .citations import CITATION_CHECKS
from .duplicates import DUPLICATE_CHECKS
from .numbering import NUMBERING_CHECKS
from .placeholders import PLACEHOLDER_CHECKS
from .references import REFERENCE_CHECKS
from .resolutions import RESOLUTION_CHECKS
from .structure import STRUCTURE_CHECKS
from .wording import WORDING_CHECKS

__all__ = ["CHECKS", "examine"]

CHECKS: tuple[Check, ...] = (
    *CITATION_CHECKS,
    *RESOLUTION_CHECKS,
    *REFERENCE_CHECKS,
    *PLACEHOLDER_CHECKS,
    *DUPLICATE_CHECKS,
    *NUMBERING_CHECKS,
    *STRUCTURE_CHECKS,
    *WORDING_CHECKS,
)
"""Every check, in the order in which they are reported."""


def examine(document: Document, reference: Reference | None = None) -> Examination:
    """Every finding of every check, and what each check looked at."""
    reference = reference or load()
    findings: list[Finding] = []
    results: list[CheckResult] = []
    for submission in document.submissions:
        subject = Subject(submission, document, reference)
        for check, outcome in _outcomes(CHECKS, subject):
            flagged = len({(finding.about, finding.spans) for finding in outcome.findings})
            findings += outcome.findings
            results.append(
                CheckResult(check.id, check.question, check.things, submission.path, outcome.examined, flagged)
            )
    findings.sort(key=lambda finding: (finding.spans, finding.severity, finding.kind, finding.problem))
    return Examination(tuple(findings), tuple(results))


def _outcomes(checks: tuple[Check, ...], subject: Subject) -> Iterator[tuple[Check, Outcome]]:
    for check in checks:
        outcome = Outcome(check.id)
        check.run(subject, outcome)
        yield check, outcome
