"""A document, read, as quads: one named graph, no blank nodes, evidence on everything that was drawn from the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from pyoxigraph import Literal, NamedNode, Quad

from ..ingest.records import Citation, ConceptMention, Document, Kind, Provision, Resolution, Submission
from ..lineage.records import Derivation
from ..ontology.reference import Reference, load
from ..ontology.terms import DEFAULT_BASE
from .context import CitedThings
from .evidence import Witness
from .naming import provision_labels, submission_label
from .provenance import step, steps
from .vocabulary import boolean, dated, node, term, whole_number

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

_TARGETS: Mapping[Resolution, str] = {
    Resolution.RESOLVED: "trv:resolvedResource",
    Resolution.UNRESOLVED: "trv:unresolvedResource",
    Resolution.NONEXISTENT: "trv:nonexistentResource",
}


def document_quads(
    document: Document,
    derivations: Iterable[Derivation] = (),
    base: str = DEFAULT_BASE,
    *,
    reference: Reference | None = None,
) -> list[Quad]:
    """The quads of `document` and of the `derivations` of its provisions, in a fixed order.

    They stand in the graph that bears the document's IRI. What follows from them by rule
    (``trv:within``, ``trv:proposedBy``, ...) is added by :func:`travaux.graph.rules.with_inferences`. `reference` gives
    the names in the labels; the reference data of the package where it is left out.
    """
    return list(dict.fromkeys(_DocumentWriter(document, base, reference or load()).quads(derivations)))


class _DocumentWriter:
    """Writes one document; holds what every part of it needs."""

    def __init__(self, document: Document, base: str, reference: Reference) -> None:
        self._document = document
        self._base = base
        self._name = reference.name
        self._cited = CitedThings(reference)
        self._graph = node(document.path, base)
        self._witness = Witness(self._graph, document.text)

    def quads(self, derivations: Iterable[Derivation]) -> Iterator[Quad]:
        yield from self._about_document()
        yield from steps(self._graph)
        labels: dict[str, str] = {}
        for submission in self._document.submissions:
            yield from self._about_submission(submission)
            for provision, label in provision_labels(submission, self._name):
                labels[provision.path] = label
                yield from self._about_provision(provision, label)
        yield from self._about_lineage(derivations, labels)

    def _quad(self, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, term(predicate), value, self._graph)

    def _labelled(self, subject: NamedNode, label: str) -> Quad:
        return Quad(subject, term("rdfs:label"), Literal(label, language="en"), self._graph)

    def _linked(self, subject: NamedNode, predicate: str, path: str) -> Quad:
        return Quad(subject, term(predicate), node(path, self._base), self._graph)

    def _generated(self, subject: NamedNode, component: str) -> Quad:
        return self._quad(subject, "prov:wasGeneratedBy", step(self._graph, component))

    def _about_document(self) -> Iterator[Quad]:
        document, subject = self._document, self._graph
        yield self._quad(subject, "rdf:type", term("trv:Document"))
        yield self._quad(subject, "rdf:type", term("prov:Entity"))
        yield self._labelled(subject, document.symbol or document.title)
        if document.negotiation:
            negotiation = node(f"negotiation/{document.negotiation}", self._base)
            yield self._quad(subject, "trv:negotiation", negotiation)
        written = {
            "dcterms:title": document.title,
            "dcterms:language": document.language,
            "dcterms:source": document.source,
            "trv:symbol": document.symbol,
            "trv:body": document.body,
            "trv:session": document.session,
            "trv:layout": document.layout,
            "trv:digest": document.digest,
        }
        for predicate, words in written.items():
            if words:
                yield self._quad(subject, predicate, Literal(words))
        for predicate, day in (("dcterms:issued", document.issued), ("trv:received", document.received)):
            if day:
                yield self._quad(subject, predicate, dated(day))

    def _about_submission(self, submission: Submission) -> Iterator[Quad]:
        subject = node(submission.path, self._base)
        yield self._quad(subject, "rdf:type", term("trv:Submission"))
        yield self._labelled(subject, submission_label(submission, self._name))
        yield self._quad(subject, "dcterms:isPartOf", self._graph)
        yield self._quad(subject, "trv:genre", Literal(submission.genre))
        for path in submission.submitters:
            yield self._linked(subject, "trv:submittedBy", path)
        for path in submission.on_behalf_of:
            yield self._linked(subject, "trv:onBehalfOf", path)
        if submission.title:
            yield self._quad(subject, "dcterms:title", Literal(submission.title))
        if submission.language:
            yield self._quad(subject, "dcterms:language", Literal(submission.language))
        if submission.issued:
            yield self._quad(subject, "dcterms:issued", dated(submission.issued))
        yield self._generated(subject, "outline")
        yield from self._witness.testify(subject, submission.spans)

    def _about_provision(self, provision: Provision, label: str) -> Iterator[Quad]:
        subject = node(provision.path, self._base)
        for name in ("trv:Provision", "trv:ProposedProvision", *CLASSES[provision.kind]):
            yield self._quad(subject, "rdf:type", term(name))
        yield self._labelled(subject, label)
        yield self._linked(subject, "trv:partOf", provision.parent)
        yield self._quad(subject, "trv:order", whole_number(provision.order))
        written = {
            "trv:number": provision.number,
            "trv:label": provision.label,
            "trv:heading": provision.heading,
            "trv:text": provision.text,
        }
        for predicate, words in written.items():
            if words:
                yield self._quad(subject, predicate, Literal(words))
        if provision.by_reference:
            yield self._quad(subject, "trv:byReference", boolean(True))
        yield self._generated(subject, "outline")
        yield from self._witness.testify(subject, provision.spans)
        for number, citation in enumerate(provision.citations, start=1):
            yield from self._about_citation(subject, number, citation)
        for mention in provision.concepts:
            yield from self._about_mention(subject, mention)

    def _about_citation(self, provision: NamedNode, number: int, citation: Citation) -> Iterator[Quad]:
        subject = NamedNode(f"{provision.value}/citation-{number}")
        yield self._quad(subject, "rdf:type", term("trv:Citation"))
        yield self._labelled(subject, " ".join(citation.quote.split()))
        yield self._quad(subject, "trv:citingProvision", provision)
        yield self._quad(subject, "trv:citationKind", Literal(citation.kind))
        yield self._quad(subject, "trv:resolution", Literal(citation.resolution))
        yield self._quad(subject, "trv:byReference", boolean(citation.by_reference))
        yield self._quad(subject, "trv:bare", boolean(citation.bare))
        yield self._quad(subject, "trv:asSource", boolean(citation.as_source))
        for target in citation.targets:
            yield self._linked(subject, "trv:citedResource", target.path)
            yield self._linked(subject, _TARGETS[target.resolution], target.path)
        yield self._generated(subject, "citations")
        yield from self._witness.testify(subject, citation.spans)

    def _about_mention(self, provision: NamedNode, mention: ConceptMention) -> Iterator[Quad]:
        subject = NamedNode(f"{provision.value}/mention-{mention.concept}-{mention.ground}")
        yield self._quad(subject, "rdf:type", term("trv:ConceptMention"))
        yield self._quad(subject, "trv:mentioningProvision", provision)
        yield self._linked(subject, "trv:mentionedConcept", f"concept/{mention.concept}")
        yield self._quad(subject, "trv:ground", Literal(mention.ground))
        yield self._generated(subject, "concepts")
        yield from self._witness.testify_each(subject, mention.spans)

    def _about_lineage(self, derivations: Iterable[Derivation], labels: Mapping[str, str]) -> Iterator[Quad]:
        counted: dict[str, count[int]] = {}
        order = sorted(derivations, key=lambda found: (found.derived, found.basis, found.spans, found.source))
        for derivation in order:
            derived = node(derivation.derived, self._base)
            number = next(counted.setdefault(derivation.derived, count(1)))
            subject = NamedNode(f"{derived.value}/derivation-{number}")
            yield self._quad(subject, "rdf:type", term("trv:Derivation"))
            yield self._quad(subject, "rdf:type", term("prov:Derivation"))
            source = self._cited.label(derivation.source)
            yield self._labelled(subject, f"{labels.get(derivation.derived, derivation.derived)}, from {source}")
            yield self._quad(subject, "trv:derived", derived)
            yield self._linked(subject, "trv:source", derivation.source)
            yield self._quad(subject, "trv:basis", Literal(derivation.basis))
            yield self._generated(subject, "lineage")
            yield from self._witness.testify(subject, derivation.spans)
