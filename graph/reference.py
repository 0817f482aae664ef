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
from .statements import Statements
from .vocabulary import REFERENCE_GRAPH, node, term, whole_number

__all__ = ["is_current", "membership_quads", "reference_digest", "reference_quads"]

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


def membership_quads(reference: Reference, groups: Iterable[str], base: str = DEFAULT_BASE) -> list[Quad]:
    """Those of the :func:`reference_quads` that say who belonged when to the groups at the paths `groups`."""
    wanted = frozenset(groups)
    memberships = (membership for membership in reference.memberships if membership.group in wanted)
    return list(_ReferenceWriter(reference, base).about_memberships(memberships))


def _digest_quad(reference: Reference, base: str) -> Quad:
    graph = node(REFERENCE_GRAPH, base)
    return Quad(graph, term("schema:version"), Literal(reference_digest(reference, base)), graph)


class _ReferenceWriter(Statements):
    """Writes the reference data; holds what every part of it needs."""

    def __init__(self, reference: Reference, base: str) -> None:
        super().__init__(node(REFERENCE_GRAPH, base), base)
        self._reference = reference

    def quads(self) -> Iterator[Quad]:
        reference = self._reference
        yield _digest_quad(reference, self.base)
        yield self.labelled(self.graph, "Reference data of Travaux")
        for name in _VOCABULARIES:
            yield from self._vocabulary(name)
        yield from self._about_concepts(reference.concepts)
        for instrument in reference.instruments.values():
            yield from self._about_instrument(instrument)
        for row in reference.article_concepts:
            subject = node(f"instrument/{row.provision}", self.base)
            yield self.linked(subject, "trv:concerns", f"concept/{row.concept}")
        for resolution in reference.resolutions:
            yield from self._about_resolution(resolution)
        proponents: tuple[State | Group | Organization, ...]
        proponents = (*reference.states, *reference.groups, *reference.organizations)
        for proponent in proponents:
            yield from self._about_proponent(proponent)
        yield from self.about_memberships(reference.memberships)
        yield from self._about_actions(reference.treaty_actions, reference.status_facts)

    def about_memberships(self, memberships: Iterable[Membership]) -> Iterator[Quad]:
        """Each membership with its interval, as far as it is known."""
        counted: dict[str, count[int]] = {}
        for membership in sorted(memberships, key=lambda held: (held.group_id, held.member, held.start, held.end)):
            path = f"{membership.group}/membership/{membership.member}"
            number = next(counted.setdefault(path, count(1)))
            subject = node(path if number == 1 else f"{path}-{number}", self.base)
            member = self._reference.party_path(membership.member)
            yield from self.typed(subject, "org:Membership")
            yield self.labelled(subject, f"{self._reference.name(member)} in {self._reference.name(membership.group)}")
            yield self.linked(subject, "org:member", member)
            yield self.linked(subject, "org:organization", membership.group)
            yield from self.day(subject, "schema:startDate", membership.start)
            yield from self.day(subject, "schema:endDate", membership.end)
            yield from self.written(subject, "dcterms:source", membership.source)

    def _vocabulary(self, name: str) -> Iterator[Quad]:
        file = self._reference.folder / name
        try:
            for quad in parse(path=file, format=RdfFormat.TURTLE, base_iri=self.base):
                if not (isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)):
                    raise ReferenceDataError(f"a blank node: {quad}", where=str(file), remedy="give it an IRI")
                yield Quad(quad.subject, quad.predicate, quad.object, self.graph)
        except (OSError, SyntaxError, ValueError) as error:
            raise ReferenceDataError(f"this is not Turtle: {error}", where=str(file)) from error

    def _about_concepts(self, concepts: Iterable[Concept]) -> Iterator[Quad]:
        scheme = node(_CONCEPTS, self.base)
        yield from self.typed(scheme, "skos:ConceptScheme")
        yield self.labelled(scheme, "Subjects of cooperation")
        yield self.quad(scheme, "skos:prefLabel", Literal("Subjects of cooperation", language="en"))
        for concept in concepts:
            subject = node(concept.path, self.base)
            yield from self.typed(subject, "skos:Concept")
            yield self.quad(subject, "skos:inScheme", scheme)
            yield self.labelled(subject, concept.label)
            yield self.quad(subject, "skos:prefLabel", Literal(concept.label, language="en"))
            yield self.quad(subject, "skos:definition", Literal(concept.definition, language="en"))
            for label in concept.alt_labels:
                yield self.quad(subject, "skos:altLabel", Literal(label, language="en"))
            for phrase in concept.phrases:
                yield self.quad(subject, "skos:hiddenLabel", Literal(phrase, language="en"))
            for broader in concept.broader:
                yield self.linked(subject, "skos:broader", f"concept/{broader}")
                yield self.quad(node(f"concept/{broader}", self.base), "skos:narrower", subject)
            if not concept.broader:
                yield self.quad(subject, "skos:topConceptOf", scheme)
                yield self.quad(scheme, "skos:hasTopConcept", subject)
            for match in concept.matches:
                yield self.quad(subject, _MATCHES[match.relation], NamedNode(match.iri))

    def _about_instrument(self, instrument: Instrument) -> Iterator[Quad]:
        subject = node(instrument.path, self.base)
        yield from self.typed(subject, "trv:Instrument", "eli:LegalResource")
        yield self.labelled(subject, instrument.short_title)
        yield self.quad(subject, "dcterms:title", Literal(instrument.full_title, language="en"))
        for alias in instrument.aliases:
            yield self.quad(subject, "skos:altLabel", Literal(alias.alias, language=alias.lang))
        yield from self.day(subject, "dcterms:issued", instrument.adopted)
        yield from self.day(subject, "eli:first_date_entry_in_force", instrument.in_force)
        yield from self.written(subject, "dcterms:identifier", instrument.reference)
        yield from self.written(subject, "dcterms:source", instrument.source)
        yield from self.written(subject, "skos:note", instrument.note)
        for order, provision in enumerate(instrument.provisions.values(), start=1):
            yield from self._about_provision(instrument, provision, order)

    def _about_provision(self, instrument: Instrument, provision: TreatyProvision, order: int) -> Iterator[Quad]:
        subject = node(provision.path, self.base)
        numbers = provision.id.partition("/")[2]
        yield from self.typed(subject, "trv:Provision", "trv:InstrumentProvision", "eli:LegalResourceSubdivision")
        yield from self.typed(subject, *_classes(numbers))
        yield self.labelled(subject, treaty_label(instrument.short_title, numbers))
        yield self.linked(subject, "trv:partOf", provision.parent)
        yield self.quad(subject, "trv:order", whole_number(order))
        yield self.quad(subject, "trv:wordCount", whole_number(provision.words))
        if re.fullmatch(r"\d+|[a-z]|[ivxl]+", provision.number):
            yield from self.written(subject, "trv:number", provision.number)
        yield from self.written(subject, "trv:heading", provision.title)

    def _about_resolution(self, resolution: KnownResolution) -> Iterator[Quad]:
        subject = node(resolution.path, self.base)
        organ = self._reference.organs[resolution.organ].name
        yield from self.typed(subject, "trv:Resolution", "eli:LegalResource")
        yield self.labelled(subject, f"{organ} resolution {resolution.number}")
        if resolution.title:
            yield self.quad(subject, "dcterms:title", Literal(resolution.title, language="en"))
        yield from self.written(subject, "trv:symbol", resolution.document)
        yield from self.written(subject, "dcterms:identifier", resolution.number)
        yield from self.day(subject, "dcterms:issued", resolution.date)
        yield from self.written(subject, "dcterms:source", resolution.source)

    def _about_proponent(self, proponent: State | Group | Organization) -> Iterator[Quad]:
        subject = node(proponent.path, self.base)
        yield from self.typed(subject, "trv:Proponent", "prov:Agent", "org:Organization")
        others = list(proponent.aliases)
        match proponent:
            case State():
                if proponent.status != "territory":
                    yield from self.typed(subject, "trv:State")
                yield from self.written(subject, "skos:notation", proponent.iso3)
                others += [proponent.official_name] if proponent.official_name else []
            case Group():
                yield from self.typed(subject, "trv:Group", "org:OrganizationalCollaboration")
                yield from self.written(subject, "skos:note", proponent.note)
            case Organization():
                yield from self.typed(subject, "trv:Organization", "org:FormalOrganization")
                yield from self.written(subject, "skos:notation", proponent.code)
        yield self.labelled(subject, proponent.name)
        yield self.quad(subject, "skos:prefLabel", Literal(proponent.name, language="en"))
        for name in others:
            yield self.quad(subject, "skos:altLabel", Literal(name, language="en"))

    def _about_actions(self, actions: Iterable[TreatyAction], facts: Iterable[StatusFact]) -> Iterator[Quad]:
        counted: dict[str, count[int]] = {}
        acts: list[TreatyAction | StatusFact] = [*actions, *(fact for fact in facts if fact.kind in _TOLD)]
        for act in sorted(acts, key=lambda act: (act.instrument, act.state, act.kind, act.date)):
            path = f"action/{act.instrument}/{act.state}/{act.kind}"
            number = next(counted.setdefault(path, count(1)))
            subject = node(path if number == 1 else f"{path}-{number}", self.base)
            actor, instrument = self._reference.party_path(act.state), f"instrument/{act.instrument}"
            yield from self.typed(subject, "trv:TreatyAction", "prov:Activity")
            label = f"{self._reference.name(actor)}: {act.kind.replace('-', ' ')}, {self._reference.name(instrument)}"
            yield self.labelled(subject, label)
            yield self.linked(subject, "trv:actor", actor)
            yield self.linked(subject, "trv:instrument", instrument)
            yield from self.written(subject, "trv:actionKind", act.kind)
            yield from self.day(subject, "dcterms:date", act.date)
            yield from self.written(subject, "dcterms:source", act.source)


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
