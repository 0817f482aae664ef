"""The simplest reading that anybody could write in an afternoon, to see what a better one adds.

Norms: every "shall", "may" and "should", with the words before it in its clause as the bearer. Positions: everything
drafted is proposed, one position an article, and everything said supports, one position a paragraph; the concept is the
first that is mentioned. Findings: each citation that leads nowhere. Lineage: what a unit names as its source is its
source, word for word.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..ingest.records import (
    Document,
    Genre,
    Kind,
    Modality,
    Norm,
    Position,
    Provision,
    Resolution,
    Stance,
    Submission,
    quote,
)
from ..lineage.cited import cited_derivations
from ..lineage.records import Basis, Examination, Finding, Lineage, Severity, Verdict

__all__ = ["baseline_examination", "baseline_lineage", "baseline_reading"]

MODAL = re.compile(r"\b(shall|may|should)( not)?\b")
CLAUSE = re.compile(r"[^,;:.]*\Z")
WORDED = frozenset({Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.ITEM, Kind.CHAPEAU, Kind.CLOSING, Kind.BULLET})


def baseline_reading(document: Document) -> Document:
    """The document with the norms and positions of the simplest reading."""
    submissions = tuple(
        replace(submission, provisions=tuple(_read(one, submission, document.text) for one in submission.provisions))
        for submission in document.submissions
    )
    return replace(document, submissions=submissions)


def _read(provision: Provision, submission: Submission, text: str) -> Provision:
    if submission.genre is Genre.DRAFT:
        articles: tuple[Kind, ...] = (Kind.ARTICLE,)
        norms, stance = _norms(provision, text), Stance.PROPOSES_TEXT
    else:
        articles = (Kind.STATEMENT, Kind.PARAGRAPH, Kind.BULLET)
        norms, stance = (), Stance.SUPPORTS
    positions: tuple[Position, ...] = ()
    concept = _concept(provision, submission)
    if provision.kind in articles and concept:
        positions = (Position(stance, concept, provision.spans, quote(text, provision.spans)),)
    return replace(provision, norms=norms, positions=positions)


def _norms(provision: Provision, text: str) -> tuple[Norm, ...]:
    if provision.kind not in WORDED:
        return ()
    norms = []
    words = provision.passage.words
    for modal in MODAL.finditer(words):
        clause = CLAUSE.search(words, 0, modal.start())
        bearer = clause.group().strip() if clause else ""
        spans = provision.passage.spans(modal.start(), modal.end())
        modality = Modality.SHOULD if modal[1] == "should" else Modality(modal[0].replace(" ", "-"))
        norms.append(Norm(modality, spans, quote(text, spans), bearer, (), bearer))
    return tuple(norms)


def _concept(provision: Provision, submission: Submission) -> str:
    """The first concept that is mentioned in the provision or below it."""
    below = f"{provision.path}/"
    return next(
        (
            mention.concept
            for one in submission.provisions
            if one.path == provision.path or one.path.startswith(below)
            for mention in one.concepts
        ),
        "",
    )


def baseline_examination(document: Document) -> Examination:
    """A finding for each citation that leads nowhere."""
    severity = {Resolution.NONEXISTENT: Severity.A, Resolution.UNRESOLVED: Severity.B}
    kinds = {Resolution.NONEXISTENT: "citation-error", Resolution.UNRESOLVED: "unresolved-reference"}
    findings = tuple(
        Finding(
            "baseline",
            kinds[citation.resolution],
            severity[citation.resolution],
            provision.path,
            citation.spans,
            citation.quote,
            f"the citation is {citation.resolution.value}",
        )
        for submission in document.submissions
        for provision in submission.provisions
        for citation in provision.citations
        if citation.resolution in kinds
    )
    return Examination(findings, ())


def baseline_lineage(document: Document) -> Lineage:
    """Each unit a verbatim copy of each provision that it names as its source."""
    cited = cited_derivations(document)
    return Lineage(tuple(replace(one, basis=Basis.REUSED, verdict=Verdict.VERBATIM) for one in cited))
