"""What is said of the words of a document, as quads: citations, concepts, norms, positions, findings, checks.

Each annotation is a node below the provision (or the submission) that it is about, with the step that made it and the
characters it rests on. A check is the one thing here that rests on no characters: it says that all of them were seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from pyoxigraph import Literal, NamedNode, Quad

from ..ingest.records import (
    Citation,
    ConceptMention,
    Condition,
    Modality,
    Norm,
    Position,
    Provision,
    Resolution,
    Submission,
)
from ..lineage.records import CheckResult, Finding
from ..ontology.reference import Reference
from .descent import shortened
from .evidence import Witness
from .naming import submission_label
from .provenance import step
from .statements import Statements
from .vocabulary import boolean, node, whole_number

__all__ = ["AnnotationWriter"]

_LONGEST = 60
"""How many characters of a quote stand in the label of a finding."""

_TARGETS: Mapping[Resolution, str] = {
    Resolution.RESOLVED: "trv:resolvedResource",
    Resolution.UNRESOLVED: "trv:unresolvedResource",
    Resolution.NONEXISTENT: "trv:nonexistentResource",
}


class AnnotationWriter(Statements):
    """Writes the annotations of one document; `witness` gives their evidence."""

    def __init__(self, graph: NamedNode, base: str, witness: Witness, reference: Reference) -> None:
        super().__init__(graph, base)
        self._witness = witness
        self._name = reference.name
        self._concepts = {concept.id: concept.label for concept in reference.concepts}

    def generated(self, subject: NamedNode, component: str) -> Quad:
        """That the run of `component` on this document made `subject`."""
        return self.quad(subject, "prov:wasGeneratedBy", step(self.graph, component))

    def of_provision(self, provision: Provision, submission: Submission, label: str) -> Iterator[Quad]:
        """Everything that ingest says of the words of `provision`, which people call `label`."""
        subject = node(provision.path, self.base)
        for number, citation in enumerate(provision.citations, start=1):
            yield from self._citation(subject, number, citation)
        for mention in provision.concepts:
            yield from self._mention(subject, mention)
        for number, norm in enumerate(provision.norms, start=1):
            yield from self._norm(subject, number, norm)
        for number, position in enumerate(provision.positions, start=1):
            yield from self._position(subject, number, position, submission, label)

    def of_findings(self, findings: Iterable[Finding], submissions: Iterable[Submission]) -> Iterator[Quad]:
        """The findings, numbered for each text that they are about, each with the check of its submission."""
        counted: dict[str, count[int]] = {}
        tops = [submission.path for submission in submissions]
        for finding in findings:
            about = node(finding.about, self.base)
            subject = NamedNode(f"{about.value}/finding-{next(counted.setdefault(finding.about, count(1)))}")
            yield from self.typed(subject, "trv:Finding")
            yield self.labelled(subject, f"{_spoken(finding.kind)}: {shortened(finding.quote, _LONGEST)}")
            yield self.quad(subject, "trv:about", about)
            yield self.linked(subject, "trv:findingKind", f"finding/{finding.kind}")
            yield self.linked(subject, "trv:severity", f"severity/{finding.severity}")
            yield self.quad(subject, "rdfs:comment", Literal(finding.problem, language="en"))
            if finding.suggestion:
                yield self.quad(subject, "trv:suggestion", Literal(finding.suggestion, language="en"))
            for top in tops:
                if finding.about == top or finding.about.startswith(f"{top}/"):
                    yield self.quad(subject, "trv:raisedBy", self._check(top, finding.check))
            yield self.generated(subject, "findings")
            yield from self._witness.testify(subject, finding.spans)

    def of_checks(self, results: Iterable[CheckResult], submissions: Iterable[Submission]) -> Iterator[Quad]:
        """What each check looked at, and how much of it was flagged."""
        labels = {submission.path: submission_label(submission, self._name) for submission in submissions}
        for result in results:
            subject = self._check(result.submission, result.check)
            yield from self.typed(subject, "trv:Check")
            yield self.labelled(subject, f"{labels[result.submission]}: {_spoken(result.check)}")
            yield self.quad(subject, "dcterms:identifier", Literal(result.check))
            yield self.linked(subject, "trv:checked", result.submission)
            yield self.quad(subject, "rdfs:comment", Literal(result.question, language="en"))
            yield self.quad(subject, "trv:things", Literal(result.things, language="en"))
            yield self.quad(subject, "trv:examined", whole_number(result.examined))
            yield self.quad(subject, "trv:flagged", whole_number(result.flagged))
            yield self.generated(subject, "findings")

    def _check(self, submission: str, check: str) -> NamedNode:
        return node(f"{submission}/check/{check}", self.base)

    def _citation(self, provision: NamedNode, number: int, citation: Citation) -> Iterator[Quad]:
        subject = NamedNode(f"{provision.value}/citation-{number}")
        yield from self.typed(subject, "trv:Citation")
        yield self.labelled(subject, " ".join(citation.quote.split()))
        yield self.quad(subject, "trv:citingProvision", provision)
        yield self.quad(subject, "trv:citationKind", Literal(citation.kind))
        yield self.quad(subject, "trv:resolution", Literal(citation.resolution))
        yield self.quad(subject, "trv:byReference", boolean(citation.by_reference))
        yield self.quad(subject, "trv:bare", boolean(citation.bare))
        yield self.quad(subject, "trv:asSource", boolean(citation.as_source))
        for target in citation.targets:
            yield self.linked(subject, "trv:citedResource", target.path)
            yield self.linked(subject, _TARGETS[target.resolution], target.path)
        yield self.generated(subject, "citations")
        yield from self._witness.testify(subject, citation.spans)

    def _mention(self, provision: NamedNode, mention: ConceptMention) -> Iterator[Quad]:
        subject = NamedNode(f"{provision.value}/mention-{mention.concept}-{mention.ground}")
        yield from self.typed(subject, "trv:ConceptMention")
        yield self.quad(subject, "trv:mentioningProvision", provision)
        yield self.linked(subject, "trv:mentionedConcept", f"concept/{mention.concept}")
        yield self.quad(subject, "trv:ground", Literal(mention.ground))
        yield self.generated(subject, "concepts")
        yield from self._witness.testify_each(subject, mention.spans)

    def _norm(self, provision: NamedNode, number: int, norm: Norm) -> Iterator[Quad]:
        subject = NamedNode(f"{provision.value}/norm-{number}")
        yield from self.typed(subject, "trv:Norm")
        yield self.labelled(subject, _norm_label(norm))
        yield self.quad(subject, "trv:expressedIn", provision)
        yield self.quad(subject, "trv:order", whole_number(number))
        yield self.linked(subject, "trv:modality", f"modality/{norm.modality}")
        yield from self.written(subject, "trv:bearer", norm.resolved_bearer or norm.bearer)
        if norm.resolved_bearer and norm.resolved_bearer != norm.bearer:
            yield from self.written(subject, "trv:bearerAsPrinted", norm.bearer)
        if norm.inherited_from:
            yield self.linked(subject, "trv:inheritedFrom", norm.inherited_from)
        yield self.generated(subject, "norms")
        yield from self._witness.testify(subject, norm.spans)
        if norm.bearer_spans:
            yield from self._witness.testify(subject, norm.bearer_spans, "bearer-evidence", "trv:bearerEvidence")

    def _position(
        self, provision: NamedNode, number: int, position: Position, submission: Submission, label: str
    ) -> Iterator[Quad]:
        subject = NamedNode(f"{provision.value}/position-{number}")
        matter = self._concepts.get(position.concept, label)
        who = submission_label(submission, self._name)
        yield from self.typed(subject, "trv:Position")
        yield self.labelled(subject, f"{who}: {_spoken(position.stance)}, {matter}")
        yield self.quad(subject, "trv:about", provision)
        yield self.quad(subject, "trv:order", whole_number(number))
        for path in (*submission.submitters, *submission.on_behalf_of):
            yield self.linked(subject, "trv:holder", path)
        for path in submission.on_behalf_of:
            yield self.linked(subject, "trv:onBehalfOf", path)
        yield self.linked(subject, "trv:stance", f"stance/{position.stance}")
        if position.concept:
            yield self.linked(subject, "trv:concerns", f"concept/{position.concept}")
        for path in position.sources:
            yield self.linked(subject, "trv:namesAsSource", path)
        yield self.generated(subject, "positions")
        yield from self._witness.testify(subject, position.spans)
        for place, condition in enumerate(position.conditions, start=1):
            yield from self._condition(subject, place, condition)

    def _condition(self, position: NamedNode, number: int, condition: Condition) -> Iterator[Quad]:
        subject = NamedNode(f"{position.value}/condition-{number}")
        words = " ".join(condition.quote.split())
        yield self.quad(position, "trv:condition", Literal(words))
        yield from self.typed(subject, "trv:Condition")
        yield self.labelled(subject, words)
        yield self.quad(subject, "trv:conditionOf", position)
        yield self.generated(subject, "positions")
        yield from self._witness.testify(subject, condition.spans)


def _norm_label(norm: Norm) -> str:
    """A norm in a few words.

    >>> _norm_label(Norm(Modality.SHALL_NOT, (), "shall not", bearer="a State Party"))
    'A State Party shall not …'
    """
    if norm.modality is Modality.NONE:
        return "states no duty, permission or prohibition"
    bearer = " ".join((norm.resolved_bearer or norm.bearer).split())
    return f"{bearer[:1].upper()}{bearer[1:]} {_spoken(norm.modality)} …".strip()


def _spoken(name: str) -> str:
    return name.replace("-", " ")
