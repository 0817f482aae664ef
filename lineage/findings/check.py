"""What a check is: a question asked of every thing of one sort in a submission."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from ...ingest.records import Document, Provision, Span, Submission, quote
from ...ontology.reference import Reference
from ..records import Finding, Severity

__all__ = ["Check", "Outcome", "Subject"]


@dataclass(frozen=True)
class Subject:
    """What a check looks at: one submission of a document, with the reference data."""

    submission: Submission
    document: Document
    reference: Reference

    @cached_property
    def by_path(self) -> dict[str, Provision]:
        """The provisions of the submission by their paths."""
        return {provision.path: provision for provision in self.submission.provisions}

    @cached_property
    def children(self) -> dict[str, tuple[Provision, ...]]:
        """The provisions right below each path, in reading order."""
        below: dict[str, list[Provision]] = {}
        for provision in self.submission.provisions:
            below.setdefault(provision.parent, []).append(provision)
        return {path: tuple(provisions) for path, provisions in below.items()}

    def words(self, provision: Provision, start: int, end: int) -> tuple[tuple[Span, ...], str]:
        """Where the characters `start` to `end` of the provision's passage stand, and how they are printed."""
        spans = provision.passage.spans(start, end)
        return spans, quote(self.document.text, spans)


@dataclass(slots=True)
class Outcome:
    """What a check saw: how many things it looked at, and what it flagged."""

    check: str
    examined: int = 0
    findings: list[Finding] = field(default_factory=list)

    def flag(
        self,
        kind: str,
        severity: Severity,
        provision: Provision,
        words: tuple[tuple[Span, ...], str],
        problem: str,
        suggestion: str = "",
    ) -> None:
        """Flag `words` of `provision`."""
        spans, quoted = words
        self.findings.append(Finding(self.check, kind, severity, provision.path, spans, quoted, problem, suggestion))


@dataclass(frozen=True, slots=True)
class Check:
    """One question that is asked of every thing of a sort in a submission.

    `question` reads after "For each of these:" and is answered yes where all is well; `things` names what is examined.
    """

    id: str
    question: str
    things: str
    run: Callable[[Subject, Outcome], None]
