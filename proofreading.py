"""A document read as an editor reads it before it is published: every finding at its line, and what was checked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from .graph.naming import provision_labels, submission_label
from .ingest.document import read_document
from .ingest.hypertext import SUFFIXES, readable
from .ingest.manifest import FILE, CorpusDocument, describe, load_corpus
from .ingest.readers import SUFFIXES as READ
from .ingest.records import Document
from .lineage.findings.examination import examine
from .lineage.records import Examination, Finding, Severity
from .ontology.reference import Reference, load

__all__ = ["SEVERITIES", "Place", "Proof", "Tally", "documents_at", "proofread", "tally"]

SEVERITIES = {
    Severity.A: "changes the meaning or cannot be resolved",
    Severity.B: "misleads",
    Severity.C: "cosmetic",
}
"""What each severity says of a finding."""

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file as an editor counts: line and column from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What was done: checks that were run, things that they examined, those that passed, findings by severity."""

    checks: int
    examined: int
    passed: int
    findings: dict[Severity, int]


class Proof:
    """A document that was proofread.

    `file` is its path as the user named it, `findings` are those of at least the severity asked for, in reading order.
    """

    def __init__(self, file: Path, document: Document, examination: Examination, least: Severity) -> None:
        self.file = file
        self.document = document
        self.examination = examination
        self.findings = tuple(finding for finding in examination.findings if finding.severity <= least)

    @cached_property
    def words(self) -> str:
        """The text as a reader sees it, each character at its place: of a web page without the tags."""
        text = self.document.text
        return readable(text) if self.file.suffix.lower() in SUFFIXES else text

    @cached_property
    def labels(self) -> dict[str, str]:
        """What submissions and provisions are called, by path."""
        name = load().name
        labels = {}
        for submission in self.document.submissions:
            labels[submission.path] = submission_label(submission, name)
            labels |= {provision.path: label for provision, label in provision_labels(submission, name)}
        return labels

    def by_submission(self) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        """The path of each submission that has findings, with these, in reading order."""
        order = {submission.path: place for place, submission in enumerate(self.document.submissions)}
        held = sorted(
            ((self.submission(finding), finding) for finding in self.findings), key=lambda pair: order[pair[0]]
        )
        for path, found in groupby(held, key=lambda pair: pair[0]):
            yield path, tuple(finding for _, finding in found)

    def submission(self, finding: Finding) -> str:
        """The path of the submission that `finding` is about."""
        return next(
            submission.path
            for submission in self.document.submissions
            if f"{finding.about}/".startswith(f"{submission.path}/")
        )

    def place(self, offset: int) -> Place:
        """The line and column of the character at `offset`."""
        line = bisect_right(self._line_starts, offset)
        return Place(line, offset - self._line_starts[line - 1] + 1)

    def line_start(self, line: int) -> int:
        """The offset of the first character of a line, counted from 1."""
        return self._line_starts[line - 1]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in _LINE_END.finditer(self.document.text))]

    def tally(self) -> Tally:
        """What was checked in this document."""
        return tally([self])


def tally(proofs: Sequence[Proof]) -> Tally:
    """What was checked in all of the documents together. Findings below the severity asked for are not counted.

    A thing counts once for each check that examined it.
    """
    results = [result for proof in proofs for result in proof.examination.results]
    counted = Counter(finding.severity for proof in proofs for finding in proof.findings)
    examined = sum(result.examined for result in results)
    return Tally(
        checks=len({result.check for result in results}),
        examined=examined,
        passed=examined - sum(min(result.flagged, result.examined) for result in results),
        findings={severity: counted[severity] for severity in Severity},
    )


def documents_at(path: Path, proponent: str = "") -> tuple[CorpusDocument, ...]:
    """The documents that a user names by `path`: a file, a corpus, or a folder of drafts without a manifest.

    `proponent` is whose a draft is that does not say so.

    Raises
    ------
    ManifestError
        If it is a folder that holds neither manifest nor draft, or a manifest is at fault.
    """
    if not path.is_dir():
        return (describe(path, proponent=proponent),)
    drafts = sorted(file for file in path.iterdir() if file.suffix.lower() in READ and file.is_file())
    if not drafts or any(path.glob(FILE)) or any(path.glob(f"*/{FILE}")):
        return load_corpus(path)
    return tuple(describe(file, proponent=proponent) for file in drafts)


def proofread(described: CorpusDocument, *, least: Severity = Severity.C, reference: Reference | None = None) -> Proof:
    """The findings of a document that need not be in any store.

    Parameters
    ----------
    described
        The document, as :func:`travaux.ingest.manifest.describe` gives it for a file.
    least
        The least severity of the findings that are wanted; A weighs most.
    reference
        The treaties, States and subjects that are known; by default those that come with Travaux.

    Raises
    ------
    DocumentError
        If the file cannot be read, names an unknown proponent, or has no structure.
    """
    reference = reference or load()
    document = read_document(described, reference, anonymous=True)
    return Proof(described.path, document, examine(document, reference), least)
