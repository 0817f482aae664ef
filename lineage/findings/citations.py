"""Checks of what a document cites."""

from __future__ import annotations

from ...ingest.records import CitationKind, Resolution
from ..records import Severity
from .check import Check, Outcome, Subject

__all__ = ["CITATION_CHECKS"]


def _exists(subject: Subject, outcome: Outcome) -> None:
    for provision in subject.submission.provisions:
        for citation in provision.citations:
            if citation.kind is not CitationKind.INSTRUMENT or citation.bare:
                continue
            outcome.examined += 1
            if citation.resolution is Resolution.NONEXISTENT:
                missing = ", ".join(
                    target.path for target in citation.targets if target.resolution is Resolution.NONEXISTENT
                )
                words = citation.spans, citation.quote
                problem = f"what is cited does not exist: {missing.replace('instrument/', '')}"
                outcome.flag("citation-error", Severity.A, provision, words, problem)


CITATION_CHECKS = (
    Check("treaty-citation-exists", "Does every provision that it cites exist?", "citations of treaties", _exists),
)
