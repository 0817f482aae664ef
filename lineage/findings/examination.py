"""Runs every check on every submission of a document."""

from __future__ import annotations

from collections.abc import Iterator

from ...ingest.records import Document
from ...ontology.reference import Reference, load
from ..records import CheckResult, Examination, Finding, Lineage
from .check import Check, Outcome, Subject
from .citations import CITATION_CHECKS
from .descent import DESCENT_CHECKS
from .duplicates import DUPLICATE_CHECKS
from .numbering import NUMBERING_CHECKS
from .placeholders import PLACEHOLDER_CHECKS
from .references import REFERENCE_CHECKS
from .resolutions import RESOLUTION_CHECKS
from .sources import SOURCE_CHECKS
from .structure import STRUCTURE_CHECKS
from .wording import WORDING_CHECKS

__all__ = ["CHECKS", "LINEAGE_CHECKS", "examine"]

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
"""Every check of a document alone, in the order in which they are reported."""


LINEAGE_CHECKS: tuple[Check, ...] = (*DESCENT_CHECKS, *SOURCE_CHECKS)
"""What is asked besides where the words show what they come from."""

_UNKNOWN = Lineage()


def examine(document: Document, reference: Reference | None = None, lineage: Lineage = _UNKNOWN) -> Examination:
    """Every finding of every check, and what each check looked at.

    Where `lineage` is known the document is also held against its sources. What that shows and the document alone
    showed already is one finding.
    """
    reference = reference or load()
    findings: list[Finding] = []
    results: list[CheckResult] = []
    checks = (*CHECKS, *LINEAGE_CHECKS) if lineage.derivations else CHECKS
    for submission in document.submissions:
        subject = Subject(submission, document, reference, lineage)
        for check, outcome in _outcomes(checks, subject):
            flagged = len({(finding.about, finding.spans) for finding in outcome.findings})
            findings += (
                finding for finding in outcome.findings if not (check in LINEAGE_CHECKS and _known(finding, findings))
            )
            results.append(
                CheckResult(check.id, check.question, check.things, submission.path, outcome.examined, flagged)
            )
    findings.sort(key=lambda finding: (finding.spans, finding.severity, finding.kind, finding.problem))
    return Examination(tuple(findings), tuple(results))


def _known(finding: Finding, findings: list[Finding]) -> bool:
    """Whether a finding of the same kind is about the same words of a provision, or about words that it touches."""
    return any(
        other.kind == finding.kind
        and other.about == finding.about
        and (
            _plain(other.quote) == _plain(finding.quote)
            or any(one.start < span.end and span.start < one.end for one in other.spans for span in finding.spans)
        )
        for other in findings
    )


def _plain(printed: str) -> str:
    return " ".join(printed.casefold().split())


def _outcomes(checks: tuple[Check, ...], subject: Subject) -> Iterator[tuple[Check, Outcome]]:
    for check in checks:
        outcome = Outcome(check.id)
        check.run(subject, outcome)
        yield check, outcome
