"""A document, read, as quads: one named graph, no blank nodes, evidence on everything that was drawn from the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Quad

from ..ingest.records import Document, Kind, Provision, Submission
from ..lineage.acknowledged import acknowledged
from ..lineage.records import Derivation, Examination, Omission
from ..lineage.words import own_words
from ..ontology.reference import Reference, load
from ..ontology.terms import DEFAULT_BASE
from .annotations import AnnotationWriter
from .descent import LineageWriter
from .evidence import Witness
from .naming import provision_labels, submission_label
from .provenance import steps
from .statements import Statements
from .vocabulary import boolean, node, whole_number

__all__ = ["CLASSES", "document_quads"]

CLASSES: Mapping[Kind, tuple[str, ...]] = {
    Kind.CHAPTER: ("trv:Division", "trv:Chapter"),
    Kind.SECTION: ("trv:Division", "trv:Section"),
    Kind.HEADING: ("trv:Division", "trv:Heading"),
    Kind.ARTICLE: ("trv:Article",),
    Kind.PARAGRAPH: ("trv:Paragraph",),
    Kind.CHAPEAU: ("trv:Paragraph", "trv:Chapeau"),
    Kind.SUBPARAGRAPH: ("trv:Subparagraph",),
    Kind.ITEM: ("trv:Item",),
    Kind.BULLET: ("trv:Item", "trv:Bullet"),
    Kind.RECITAL: ("trv:Recital",),
    Kind.CLOSING: ("trv:Paragraph", "trv:ClosingClause"),
    Kind.STATEMENT: ("trv:Statement",),
    Kind.FOOTNOTE: ("trv:Footnote",),
}
"""The classes of each kind of unit below ``trv:Provision``, with every named class above them."""

_UNEXAMINED = Examination((), ())


def document_quads(
    document: Document,
    derivations: Iterable[Derivation] = (),
    base: str = DEFAULT_BASE,
    *,
    examination: Examination = _UNEXAMINED,
    omissions: Iterable[Omission] = (),
    reference: Reference | None = None,
) -> list[Quad]:
    """The quads of `document`, of the lineage of its provisions and of its `examination`, in a fixed order.

    They stand in the graph that bears the document's IRI. What follows from them by rule
    (``trv:within``, ``trv:proposedBy``, ...) is added by :func:`travaux.graph.rules.with_inferences`. `reference` gives
    the names in the labels; the reference data of the package where it is left out.
    """
    writer = _DocumentWriter(document, base, reference or load())
    return list(dict.fromkeys(writer.quads(derivations, omissions, examination)))


class _DocumentWriter(Statements):
    """Writes one document; holds what every part of it needs."""

    def __init__(self, document: Document, base: str, reference: Reference) -> None:
        super().__init__(node(document.path, base), base)
        self._document = document
        self._reference = reference
        self._name = reference.name
        self._witness = Witness(self.graph, document.text)
        self._annotations = AnnotationWriter(self.graph, base, self._witness, reference)

    def quads(
        self, derivations: Iterable[Derivation], omissions: Iterable[Omission], examination: Examination
    ) -> Iterator[Quad]:
        yield from self._about_document()
        yield from steps(self.graph)
        labels: dict[str, str] = {}
        submissions = self._document.submissions
        for submission in submissions:
            yield from self._about_submission(submission)
            for provision, label in provision_labels(submission, self._name):
                labels[provision.path] = label
                yield from self._about_provision(provision, label)
                yield from self._annotations.of_provision(provision, submission, label)
        provisions = {provision.path: provision for one in submissions for provision in one.provisions}
        text = self._document.text
        derivations = list(derivations)
        lineage = LineageWriter(
            self.graph,
            self.base,
            self._witness,
            self._reference,
            text,
            provisions,
            labels,
            acknowledged(self._document, derivations),
        )
        yield from lineage.derivations(derivations)
        yield from lineage.omissions(omissions)
        yield from self._annotations.of_findings(examination.findings, submissions)
        yield from self._annotations.of_checks(examination.results, submissions)

    def _about_document(self) -> Iterator[Quad]:
        document, subject = self._document, self.graph
        yield from self.typed(subject, "trv:Document", "prov:Entity")
        yield self.labelled(subject, document.symbol or document.title)
        if document.negotiation:
            yield self.linked(subject, "trv:negotiation", f"negotiation/{document.negotiation}")
        yield from self.written(subject, "dcterms:title", document.title)
        yield from self.written(subject, "dcterms:language", document.language)
        yield from self.written(subject, "dcterms:source", document.source)
        yield from self.written(subject, "trv:symbol", document.symbol)
        yield from self.written(subject, "trv:body", document.body)
        yield from self.written(subject, "trv:session", document.session)
        yield from self.written(subject, "trv:layout", document.layout)
        yield from self.written(subject, "trv:digest", document.digest)
        yield from self.day(subject, "dcterms:issued", document.issued)
        yield from self.day(subject, "trv:received", document.received)

    def _about_submission(self, submission: Submission) -> Iterator[Quad]:
        subject = node(submission.path, self.base)
        yield from self.typed(subject, "trv:Submission")
        yield self.labelled(subject, submission_label(submission, self._name))
        yield self.quad(subject, "dcterms:isPartOf", self.graph)
        yield from self.written(subject, "trv:genre", submission.genre)
        for path in submission.submitters:
            yield self.linked(subject, "trv:submittedBy", path)
        for path in submission.on_behalf_of:
            yield self.linked(subject, "trv:onBehalfOf", path)
        yield from self.written(subject, "dcterms:title", submission.title)
        yield from self.written(subject, "dcterms:language", submission.language)
        yield from self.day(subject, "dcterms:issued", submission.issued)
        yield self._annotations.generated(subject, "outline")
        yield from self._witness.testify(subject, submission.spans)

    def _about_provision(self, provision: Provision, label: str) -> Iterator[Quad]:
        subject = node(provision.path, self.base)
        yield from self.typed(subject, "trv:Provision", "trv:ProposedProvision", *CLASSES[provision.kind])
        yield self.labelled(subject, label)
        yield self.linked(subject, "trv:partOf", provision.parent)
        yield self.quad(subject, "trv:order", whole_number(provision.order))
        yield from self.written(subject, "trv:number", provision.number)
        yield from self.written(subject, "trv:label", provision.label)
        yield from self.written(subject, "trv:heading", provision.heading)
        yield from self.written(subject, "trv:text", provision.text)
        if provision.text:
            yield self.quad(subject, "trv:wordCount", whole_number(len(own_words(provision))))
        if provision.by_reference:
            yield self.quad(subject, "trv:byReference", boolean(True))
        yield self._annotations.generated(subject, "outline")
        yield from self._witness.testify(subject, provision.spans)
