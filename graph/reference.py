"""The reference data as quads: vocabulary, schemes, concepts, treaties, proponents and what they did, in one graph."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import count

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from .._version import __version__
from ..errors import ReferenceDataError
from ..ontology.concepts import Concept
from ..ontology.instruments import Instrument, StatusFact, TreatyAction, TreatyProvision
from ..ontology.proponents import Group, Membership, Organization, State
from ..ontology.reference import Reference
from ..ontology.resolutions import KnownResolution
from ..ontology.terms import DEFAULT_BASE
from .naming import treaty_label
from .vocabulary import REFERENCE_GRAPH, dated, node, term, whole_number

__all__ = ["is_current", "reference_digest", "reference_quads"]

_VOCABULARIES = ("travaux.ttl", "schemes.ttl")
_CONCEPTS = "scheme/concepts"
_TOLD = frozenset({"in-force", "party", "signed", "invited"})
"""The kinds of status facts that say something of a State; that it is not in a list says nothing."""

_MATCHES = {
    "exact": "skos:exactMatch",
    "close": "skos:closeMatch",
    "broader": "skos:broadMatch",
    "narrower": "skos:narrowMatch",
    "related": "skos:relatedMatch",
}


def reference_digest(reference: Reference, base: str = DEFAULT_BASE) -> str:
    """The digest of all that the quads are made from: the files, the version of this package and the base."""
    digest = hashlib.sha256(f"{__version__}\n{base}\n".encode())
    for file in sorted(file for file in reference.folder.rglob("*") if file.suffix in (".ttl", ".toml", ".csv")):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(reference.folder).as_posix()} {content}\n".encode())
    return f"sha256:{digest.hexdigest()}"


def is_current(found: Iterable[Quad], reference: Reference, base: str = DEFAULT_BASE) -> bool:
    """Whether `found`, the quads of a store about the reference graph itself, say that it was made from this data."""
    return _digest_quad(reference, base) in found


def reference_quads(reference: Reference, base: str = DEFAULT_BASE) -> list[Quad]:
    """The quads of `reference`, in a fixed order, all in the graph ``graph/reference``.

    Raises
    ------
    ReferenceDataError
        If a vocabulary file is not Turtle, or holds a blank node.
    """
    return list(dict.fromkeys(_ReferenceWriter(reference, base).quads()))


def _digest_quad(reference: Reference, base: str) -> Quad:
    graph = node(REFERENCE_GRAPH, base)
    return Quad(graph, term("schema:version"), Literal(reference_digest(reference, base)), graph)


class _ReferenceWriter:
    """Writes the reference data; holds what every part of it needs."""

    def __init__(self, reference: Reference, base: str) -> None:
        self._reference = reference
        self._base = base
        self._graph = node(REFERENCE_GRAPH, base)

    def quads(self) -> Iterator[Quad]:
        reference = self._reference
        yield _digest_quad(reference, self._base)
        yield self._labelled(self._graph, "Reference data of Travaux")
        for name in _VOCABULARIES:
            yield from self._vocabulary(name)
        yield from self._about_concepts(reference.concepts)
        for instrument in reference.instruments.values():
            yield from self._about_instrument(instrument)
        for row in reference.article_concepts:
            subject = node(f"instrument/{row.provision}", self._base)
            yield self._linked(subject, "trv:concerns", f"concept/{row.concept}")
        for resolution in reference.resolutions:
            yield from self._about_resolution(resolution)
        proponents: tuple[State | Group | Organization, ...]
        proponents = (*reference.states, *reference.groups, *reference.organizations)
        for proponent in proponents:
            yield from self._about_proponent(proponent)
        yield from self._about_memberships(reference.memberships)
        yield from self._about_actions(reference.treaty_actions, reference.status_facts)

    def _quad(self, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, term(predicate), value, self._graph)

    def _typed(self, subject: NamedNode, *names: str) -> Iterator[Quad]:
        for name in names:
            yield self._quad(subject, "rdf:type", term(name))

    def _labelled(self, subject: NamedNode, label: str) -> Quad:
        return self._quad(subject, "rdfs:label", Literal(label, language="en"))

    def _linked(self, subject: NamedNode, predicate: str, path: str) -> Quad:
        return self._quad(subject, predicate, node(path, self._base))

    def _written(self, subject: NamedNode, predicate: str, words: str) -> Iterator[Quad]:
        if words:
            yield self._quad(subject, predicate, Literal(words))

    def _day(self, subject: NamedNode, predicate: str, day: str) -> Iterator[Quad]:
        if day:
            yield self._quad(subject, predicate, dated(day))

    def _vocabulary(self, name: str) -> Iterator[Quad]:
        file = self._reference.folder / name
        try:
            for quad in parse(path=file, format=RdfFormat.TURTLE, base_iri=self._base):
                if not (isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)):
                    raise ReferenceDataError(f"a blank node: {quad}", where=str(file), remedy="give it an IRI")
                yield Quad(quad.subject, quad.predicate, quad.object, self._graph)
        except (OSError, SyntaxError, ValueError) as error:
            raise ReferenceDataError(f"this is not Turtle: {error}", where=str(file)) from error

    def _about_concepts(self, concepts: Iterable[Concept]) -> Iterator[Quad]:
        scheme = node(_CONCEPTS, self._base)
        yield from self._typed(scheme, "skos:ConceptScheme")
        yield self._labelled(scheme, "Subjects of cooperation")
        yield self._quad(scheme, "skos:prefLabel", Literal("Subjects of cooperation", language="en"))
        for concept in concepts:
            subject = node(concept.path, self._base)
            yield from self._typed(subject, "skos:Concept")
            yield self._quad(subject, "skos:inScheme", scheme)
            yield self._labelled(subject, concept.label)
            yield self._quad(subject, "skos:prefLabel", Literal(concept.label, language="en"))
            yield self._quad(subject, "skos:definition", Literal(concept.definition, language="en"))
            for label in concept.alt_labels:
                yield self._quad(subject, "skos:altLabel", Literal(label, language="en"))
            for phrase in concept.phrases:
                yield self._quad(subject, "skos:hiddenLabel", Literal(phrase, language="en"))
            for broader in concept.broader:
                yield self._linked(subject, "skos:broader", f"concept/{broader}")
                yield self._quad(node(f"concept/{broader}", self._base), "skos:narrower", subject)
            if not concept.broader:
                yield self._quad(subject, "skos:topConceptOf", scheme)
                yield self._quad(scheme, "skos:hasTopConcept", subject)
            for match in concept.matches:
                yield self._quad(subject, _MATCHES[match.relation], NamedNode(match.iri))

    def _about_instrument(self, instrument: Instrument) -> Iterator[Quad]:
        subject = node(instrument.path, self._base)
        yield from self._typed(subject, "trv:Instrument", "eli:LegalResource")
        yield self._labelled(subject, instrument.short_title)
        yield self._quad(subject, "dcterms:title", Literal(instrument.full_title, language="en"))
        for alias in instrument.aliases:
            yield self._quad(subject, "skos:altLabel", Literal(alias.alias, language=alias.lang))
        yield from self._day(subject, "dcterms:issued", instrument.adopted)
        yield from self._day(subject, "eli:first_date_entry_in_force", instrument.in_force)
        yield from self._written(subject, "dcterms:identifier", instrument.reference)
        yield from self._written(subject, "dcterms:source", instrument.source)
        yield from self._written(subject, "skos:note", instrument.note)
        for order, provision in enumerate(instrument.provisions.values(), start=1):
            yield from self._about_provision(instrument, provision, order)

    def _about_provision(self, instrument: Instrument, provision: TreatyProvision, order: int) -> Iterator[Quad]:
        subject = node(provision.path, self._base)
        numbers = provision.id.partition("/")[2]
        yield from self._typed(subject, "trv:Provision", "trv:InstrumentProvision", "eli:LegalResourceSubdivision")
        yield from self._typed(subject, *_classes(numbers))
        yield self._labelled(subject, treaty_label(instrument.short_title, numbers))
        yield self._linked(subject, "trv:partOf", provision.parent)
        yield self._quad(subject, "trv:order", whole_number(order))
        yield self._quad(subject, "trv:wordCount", whole_number(provision.words))
        if re.fullmatch(r"\d+|[a-z]|[ivxl]+", provision.number):
            yield from self._written(subject, "trv:number", provision.number)
        yield from self._written(subject, "trv:heading", provision.title)

    def _about_resolution(self, resolution: KnownResolution) -> Iterator[Quad]:
        subject = node(resolution.path, self._base)
        organ = self._reference.organs[resolution.organ].name
        yield from self._typed(subject, "trv:Resolution", "eli:LegalResource")
        yield self._labelled(subject, f"{organ} resolution {resolution.number}")
        if resolution.title:
            yield self._quad(subject, "dcterms:title", Literal(resolution.title, language="en"))
        yield from self._written(subject, "trv:symbol", resolution.document)
        yield from self._written(subject, "dcterms:identifier", resolution.number)
        yield from self._day(subject, "dcterms:issued", resolution.date)
        yield from self._written(subject, "dcterms:source", resolution.source)

    def _about_proponent(self, proponent: State | Group | Organization) -> Iterator[Quad]:
        subject = node(proponent.path, self._base)
        yield from self._typed(subject, "trv:Proponent", "prov:Agent", "org:Organization")
        others = list(proponent.aliases)
        match proponent:
            case State():
                if proponent.status != "territory":
                    yield from self._typed(subject, "trv:State")
                yield from self._written(subject, "skos:notation", proponent.iso3)
                others += [proponent.official_name] if proponent.official_name else []
            case Group():
                yield from self._typed(subject, "trv:Group", "org:OrganizationalCollaboration")
                yield from self._written(subject, "skos:note", proponent.note)
            case Organization():
                yield from self._typed(subject, "trv:Organization", "org:FormalOrganization")
                yield from self._written(subject, "skos:notation", proponent.code)
        yield self._labelled(subject, proponent.name)
        yield self._quad(subject, "skos:prefLabel", Literal(proponent.name, language="en"))
        for name in others:
            yield self._quad(subject, "skos:altLabel", Literal(name, language="en"))

    def _about_memberships(self, memberships: Iterable[Membership]) -> Iterator[Quad]:
        counted: dict[str, count[int]] = {}
        for membership in sorted(memberships, key=lambda held: (held.group_id, held.member, held.start, held.end)):
            path = f"{membership.group}/membership/{membership.member}"
            number = next(counted.setdefault(path, count(1)))
            subject = node(path if number == 1 else f"{path}-{number}", self._base)
            member = self._reference.party_path(membership.member)
            yield from self._typed(subject, "org:Membership")
            yield self._labelled(subject, f"{self._reference.name(member)} in {self._reference.name(membership.group)}")
            yield self._linked(subject, "org:member", member)
            yield self._linked(subject, "org:organization", membership.group)
            yield from self._day(subject, "schema:startDate", membership.start)
            yield from self._day(subject, "schema:endDate", membership.end)
            yield from self._written(subject, "dcterms:source", membership.source)

    def _about_actions(self, actions: Iterable[TreatyAction], facts: Iterable[StatusFact]) -> Iterator[Quad]:
        counted: dict[str, count[int]] = {}
        acts: list[TreatyAction | StatusFact] = [*actions, *(fact for fact in facts if fact.kind in _TOLD)]
        for act in sorted(acts, key=lambda act: (act.instrument, act.state, act.kind, act.date)):
            path = f"action/{act.instrument}/{act.state}/{act.kind}"
            number = next(counted.setdefault(path, count(1)))
            subject = node(path if number == 1 else f"{path}-{number}", self._base)
            actor, instrument = self._reference.party_path(act.state), f"instrument/{act.instrument}"
            yield from self._typed(subject, "trv:TreatyAction", "prov:Activity")
            label = f"{self._reference.name(actor)}: {act.kind.replace('-', ' ')}, {self._reference.name(instrument)}"
            yield self._labelled(subject, label)
            yield self._linked(subject, "trv:actor", actor)
            yield self._linked(subject, "trv:instrument", instrument)
            yield from self._written(subject, "trv:actionKind", act.kind)
            yield from self._day(subject, "dcterms:date", act.date)
            yield from self._written(subject, "dcterms:source", act.source)


def _classes(numbers: str) -> tuple[str, ...]:
    """The classes of a treaty provision by its place below the instrument.

    >>> _classes("18"), _classes("18/3"), _classes("18/3/a"), _classes("preamble/2")
    (('trv:Article',), ('trv:Paragraph',), ('trv:Subparagraph',), ('trv:Recital',))
    """
    first, *rest = numbers.split("/")
    last = rest[-1] if rest else first
    if last in ("tail", "closing", "testimonium"):
        return ("trv:Paragraph", "trv:ClosingClause")
    if first == "preamble":
        return ("trv:Recital",) if rest else ("trv:Division", "trv:Heading")
    if not rest:
        return ("trv:Article",)
    if last.startswith("-"):
        return ("trv:Item", "trv:Bullet")
    lettered = [number for number in rest if not number.isdigit()]
    if not lettered:
        return ("trv:Paragraph",)
    return ("trv:Subparagraph",) if len(lettered) == 1 else ("trv:Item",)
