"""What lineage finds: derivations (one provision descending from another), and what a careful editor would flag."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..ingest.records import Span

__all__ = [
    "Basis",
    "CheckResult",
    "Derivation",
    "Edit",
    "Examination",
    "Finding",
    "Lineage",
    "Omission",
    "Operation",
    "Segment",
    "Severity",
    "Verdict",
]


class Basis(StrEnum):
    """On what ground a derivation rests: the text says so, or the words show it."""

    CITED = "cited"
    REUSED = "reused"


class Verdict(StrEnum):
    """How closely a provision follows its source, judged by what was changed and not by how much."""

    VERBATIM = "verbatim"
    """The same words, typography aside."""
    CONFORMED = "conformed"
    """Only numbers, names of instruments and parties, defined terms, and wording without legal effect differ."""
    ADAPTED = "adapted"
    """At least one change of substance."""
    ECHO = "echo"
    """A formula of the source, or its idea in other words."""


class Edit(StrEnum):
    """The kinds of change that an editor of treaties tells apart."""

    DEONTIC = "deontic"
    NEGATION = "negation"
    ACTOR = "actor"
    SCOPE = "scope"
    SAFEGUARD_ADDED = "safeguard-added"
    SAFEGUARD_REMOVED = "safeguard-removed"
    CONDITION_ADDED = "condition-added"
    CONDITION_REMOVED = "condition-removed"
    PROCEDURE = "procedure"
    TERM = "term"
    NUMBER = "number"
    ADDITION = "addition"
    OMISSION = "omission"
    TYPO = "typo"


class Operation(StrEnum):
    """What became of a stretch of words."""

    COPIED = "copied"
    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of the alignment of a provision with its source.

    `spans` are the words in the document, empty where words were dropped; the words of the source are those numbered
    from `source_start` to `source_end` (exclusive) of :func:`travaux.lineage.words.source_words`, none where words were
    added. `edit` is the kind of change, where it is one of substance or a slip.
    """

    operation: Operation
    spans: tuple[Span, ...]
    source_start: int
    source_end: int
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """`derived` and `source` are paths; `spans` are the words of the document that show it.

    What follows holds of a derivation on the ground ``reused`` alone. `similarity` is from 0 to 1 and no verdict;
    `coverage` is the share of the derived words that are aligned with words of the source, `source_coverage` the share
    of the words of the source that are aligned. `alternatives` are the paths of sources that explain the words nearly
    as well. `segments` are in the order of the derived words; dropped words stand where they are missing.
    """

    derived: str
    source: str
    basis: Basis
    spans: tuple[Span, ...]
    quote: str
    verdict: Verdict | None = None
    similarity: float = 0.0
    coverage: float = 0.0
    source_coverage: float = 0.0
    edits: tuple[Edit, ...] = ()
    alternatives: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()

    @property
    def aligned(self) -> int:
        """How many words are copied."""
        copied = (one for one in self.segments if one.operation is Operation.COPIED)
        return sum(one.source_end - one.source_start for one in copied)


@dataclass(frozen=True, slots=True)
class Omission:
    """A provision of a treaty that is missing from a proposed article whose other parts come from around it.

    `article` is the path of the proposed article, `source` that of the provision left out; `spans` are the words of the
    document between which it would stand.
    """

    article: str
    source: str
    spans: tuple[Span, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Everything that the words of a document show of where they come from."""

    derivations: tuple[Derivation, ...] = ()
    omissions: tuple[Omission, ...] = ()


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
