"""What a check is: a question asked of every thing of one sort in a submission."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from ...ingest.records import Document, Kind, Provision, Span, Submission, quote
from ...ontology.reference import Reference
from ..records import Derivation, Finding, Lineage, Omission, Severity
from .likeness import Likeness
from .repetition import Repetition, repetition
from .tokens import Tokens, tokens

__all__ = ["Check", "Outcome", "Subject"]


@dataclass(frozen=True)
class Subject:
    """What a check looks at: one submission of a document, with the reference data and what is known of its lineage."""

    submission: Submission
    document: Document
    reference: Reference
    lineage: Lineage = Lineage()  # noqa: RUF009 - it cannot be changed

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

    @cached_property
    def derivations(self) -> dict[str, tuple[Derivation, ...]]:
        """The derivations of the provisions of the submission that their words show, by path, in reading order."""
        found: dict[str, list[Derivation]] = {}
        for one in self.lineage.derivations:
            if one.derived in self.by_path:
                found.setdefault(one.derived, []).append(one)
        return {path: tuple(found[path]) for path in self.by_path if path in found}

    @cached_property
    def omissions(self) -> tuple[Omission, ...]:
        """What articles of the submission leave out of what they borrow."""
        return tuple(one for one in self.lineage.omissions if one.article in self.by_path)

    @cached_property
    def citation_ends(self) -> dict[str, list[int]]:
        """Where in the words of each provision its citations end, by path and in order."""
        return {
            provision.path: sorted(self.place(provision, citation.spans)[1] for citation in provision.citations)
            for provision in self.submission.provisions
        }

    @cached_property
    def tokens(self) -> tuple[Tokens, ...]:
        """The words and marks of each provision that has any, in reading order."""
        return tuple(tokens(self.submission.provisions))

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word and mark stands in the submission, in small letters."""
        return Counter(word for read in self.tokens for word in read.low)

    @cached_property
    def repetition(self) -> Repetition:
        """What the submission says twice in the same words."""
        return repetition(self.tokens)

    @cached_property
    def likeness(self) -> Likeness:
        """How much matter the provisions of the submission share."""
        return Likeness(self.submission.provisions)

    def article(self, provision: Provision) -> Provision | None:
        """The article that the provision is or stands in."""
        current: Provision | None = provision
        while current is not None and current.kind is not Kind.ARTICLE:
            current = self.by_path.get(current.parent)
        return current

    def all(self, provision: Provision) -> tuple[tuple[Span, ...], str]:
        """All characters of the provision, label and all, and how they are printed."""
        return provision.spans, quote(self.document.text, provision.spans)

    def place(self, provision: Provision, spans: tuple[Span, ...]) -> tuple[int, int]:
        """From where to where in the words of the provision the characters at `spans` stand.

        Raises
        ------
        ValueError
            If they are not among its words.
        """
        return self._position(provision, spans[0].start), self._position(provision, spans[-1].end - 1) + 1

    def _position(self, provision: Provision, offset: int) -> int:
        runs = self._runs[provision.path]
        run = bisect_right(runs, offset, key=lambda run: run[0]) - 1
        if run >= 0 and offset < runs[run][1]:
            return offset + runs[run][2]
        raise ValueError(f"no word of {provision.path} stands at {offset}")

    @cached_property
    def _runs(self) -> dict[str, list[tuple[int, int, int]]]:
        """From and to which offset words stand as printed, and how far off these are in the words; by path."""
        found = {}
        for provision in self.submission.provisions:
            passage = provision.passage
            found[provision.path] = sorted(
                (printed, printed + after - place, before + place - printed)
                for piece, before in zip(passage.pieces, passage.starts, strict=False)
                for (place, printed), after in zip(
                    piece.runs, (*(place for place, _ in piece.runs[1:]), len(piece.words)), strict=True
                )
            )
        return found

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
