"""Whether the ontology keeps to OWL 2 DL and RL, and whether each of its terms says what a reader needs.

Both profiles are checked from the safe side. The ontology is held to a fragment in which every axiom relates named
terms: declarations, subclasses, subproperties, domains, ranges, inverses, disjoint classes, and properties that are
functional, inverse functional, transitive or symmetric. With the conditions below, each such axiom is in OWL 2 RL and
therefore in OWL 2 DL (W3C, OWL 2 Profiles, section 4; OWL 2 Structural Specification, section 11). Anything outside the
fragment is a violation, even where the profile would allow it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ..ontology.terms import NAMESPACES, TRV
from .violations import Report, Violation

__all__ = ["ONTOLOGY", "validate_ontology"]

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology" / "travaux.ttl"

_OWL, _RDF, _RDFS = NAMESPACES["owl"], NAMESPACES["rdf"], NAMESPACES["rdfs"]
_SKOS, _XSD = NAMESPACES["skos"], NAMESPACES["xsd"]
_TYPE = _RDF + "type"
_CLASS, _OBJECT, _DATA, _ANNOTATION = (
    _OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
_KINDS = frozenset({_CLASS, _OBJECT, _DATA, _ANNOTATION})
_ONTOLOGY = _OWL + "Ontology"
_FUNCTIONAL, _INVERSE_FUNCTIONAL, _TRANSITIVE, _SYMMETRIC = (
    _OWL + name
    for name in ("FunctionalProperty", "InverseFunctionalProperty", "TransitiveProperty", "SymmetricProperty")
)
_CHARACTERISTICS = frozenset({_FUNCTIONAL, _INVERSE_FUNCTIONAL, _TRANSITIVE, _SYMMETRIC})
_SUBCLASS, _SUBPROPERTY = _RDFS + "subClassOf", _RDFS + "subPropertyOf"
_DOMAIN, _RANGE = _RDFS + "domain", _RDFS + "range"
_INVERSE, _DISJOINT = _OWL + "inverseOf", _OWL + "disjointWith"
_AXIOMS = frozenset({_SUBCLASS, _SUBPROPERTY, _DOMAIN, _RANGE, _INVERSE, _DISJOINT})
_BUILT_IN_ANNOTATIONS = frozenset(
    [_RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")]
    + [_OWL + name for name in ("versionInfo", "deprecated")]
)
_HEADER = frozenset(_OWL + name for name in ("versionIRI", "priorVersion", "imports"))
_DATATYPES = frozenset(
    [_RDF + "PlainLiteral", _RDFS + "Literal"]
    + [_XSD + name for name in ("string", "boolean", "decimal", "integer", "nonNegativeInteger", "positiveInteger")]
    + [_XSD + name for name in ("double", "float", "anyURI", "dateTime", "dateTimeStamp")]
)
"""Datatypes that OWL 2 RL allows and that we have a use for; xsd:date is in no profile of OWL 2."""


def validate_ontology(turtle: str | None = None) -> Report:
    """Check the ontology, or the one in `turtle`: its profile, and a label, definition, domain and range for each term.

    >>> print(validate_ontology())  # doctest: +ELLIPSIS
    ontology: ... axioms and annotations checked, no violation
    """
    text = ONTOLOGY.read_text(encoding="utf-8") if turtle is None else turtle
    triples = [Triple(*quad.triple) for quad in parse(text, RdfFormat.TURTLE)]
    return Report.of("ontology", len(triples), "axioms and annotations", _Axioms(triples).violations())


class _Axioms:
    """The triples of an ontology, by what they say."""

    def __init__(self, triples: list[Triple]) -> None:
        self.blank = any(isinstance(end, BlankNode) for triple in triples for end in (triple.subject, triple.object))
        self.triples = [
            (triple.subject.value, triple.predicate.value, triple.object)
            for triple in triples
            if isinstance(triple.subject, NamedNode)
        ]
        self.types: dict[str, set[str]] = defaultdict(set)
        self.links: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in _AXIOMS}
        self.literals: dict[tuple[str, str], list[Literal]] = defaultdict(list)
        for subject, predicate, value in self.triples:
            if isinstance(value, Literal):
                self.literals[subject, predicate].append(value)
            elif isinstance(value, NamedNode) and predicate == _TYPE:
                self.types[subject].add(value.value)
            elif isinstance(value, NamedNode) and predicate in _AXIOMS:
                self.links[predicate][subject].add(value.value)
        self.annotations = _BUILT_IN_ANNOTATIONS | {name for name, types in self.types.items() if _ANNOTATION in types}

    def violations(self) -> Iterator[Violation]:
        if self.blank:
            yield Violation(
                "the ontology", "a blank node", "give the class or the list a name, or say it in shapes.ttl"
            )
        yield from self._header()
        yield from self._declarations()
        yield from self._fragment()
        yield from self._positions()
        yield from self._characteristics()
        yield from self._inverses()
        yield from self._documentation()

    def _kind(self, name: str) -> str | None:
        """The one kind that `name` is declared as."""
        kinds = self.types.get(name, set()) & _KINDS
        return next(iter(kinds)) if len(kinds) == 1 else None

    def _ours(self) -> list[str]:
        return sorted(name for name in self.types if name.startswith(TRV))

    def _header(self) -> Iterator[Violation]:
        headers = [name for name, types in self.types.items() if _ONTOLOGY in types]
        if len(headers) != 1:
            yield Violation("the ontology", f"{len(headers)} headers instead of one", "declare one owl:Ontology")
        for header in headers:
            said = {predicate for subject, predicate, _ in self.triples if subject == header}
            wanted = {_OWL + "versionIRI", _OWL + "versionInfo"}
            wanted |= {NAMESPACES["dcterms"] + name for name in ("title", "creator", "license")}
            for missing in sorted(wanted - said):
                yield Violation(header, f"the header has no {_short(missing)}", "add it")

    def _declarations(self) -> Iterator[Violation]:
        for name, types in self.types.items():
            kinds = types & _KINDS
            if len(kinds) > 1:
                yield Violation(_short(name), "declared as more than one kind of thing", "keep one of them")
            if not kinds and _ONTOLOGY not in types:
                yield Violation(_short(name), "not declared as a class or as a property", "declare it")
        for subject, predicate, value in self.triples:
            named = [subject, predicate, *([value.value] if isinstance(value, NamedNode) else [])]
            for name in named:
                if name.startswith(TRV) and name != TRV and name not in self.types:
                    yield Violation(_short(name), "used and not declared", "declare it in ontology/travaux.ttl")

    def _fragment(self) -> Iterator[Violation]:
        remedy = "say it in named terms, or extend the check"
        for name, types in self.types.items():
            for odd in sorted(types - _KINDS - _CHARACTERISTICS - {_ONTOLOGY}):
                yield Violation(_short(name), f"an axiom outside the fragment: {_short(odd)}", remedy)
        for subject, predicate, value in self.triples:
            if predicate in self.annotations or predicate == _TYPE:
                continue
            if predicate in _HEADER and _ONTOLOGY in self.types[subject]:
                continue
            if predicate not in _AXIOMS or isinstance(value, Literal):
                yield Violation(_short(subject), f"an axiom outside the fragment: {_short(predicate)}", remedy)

    def _positions(self) -> Iterator[Violation]:
        """Each name in an axiom is declared as what the axiom takes it for."""
        for predicate in (_SUBCLASS, _DISJOINT):
            for subject, above in self.links[predicate].items():
                yield from (
                    self._not_a_class(name, predicate) for name in (subject, *above) if self._kind(name) != _CLASS
                )
        for predicate in (_SUBPROPERTY, _INVERSE):
            for subject, others in self.links[predicate].items():
                for other in others:
                    kind = self._kind(subject)
                    if (
                        kind not in (_OBJECT, _DATA)
                        or kind != self._kind(other)
                        or (predicate, kind) == (_INVERSE, _DATA)
                    ):
                        what = f"{_short(predicate)} {_short(other)} joins properties of two kinds"
                        yield Violation(_short(subject), what, "use skos:closeMatch")
        for subject, domains in self.links[_DOMAIN].items():
            yield from (self._not_a_class(name, _DOMAIN) for name in domains if self._kind(name) != _CLASS)
            if self._kind(subject) not in (_OBJECT, _DATA):
                yield Violation(_short(subject), "a domain, on what is no property", "declare the property")
        for subject, ranges in self.links[_RANGE].items():
            for name in ranges:
                if self._kind(subject) == _DATA and name not in _DATATYPES:
                    what = f"the range {_short(name)} is no datatype of OWL 2 RL"
                    yield Violation(_short(subject), what, "use rdfs:Literal, and say the datatype in shapes.ttl")
                elif self._kind(subject) != _DATA and self._kind(name) != _CLASS:
                    yield self._not_a_class(name, _RANGE)

    @staticmethod
    def _not_a_class(name: str, predicate: str) -> Violation:
        return Violation(
            _short(name), f"taken for a class by {_short(predicate)}, and not declared as one", "declare it"
        )

    def _characteristics(self) -> Iterator[Violation]:
        """Data properties may only be functional, and what is functional must be simple (have no transitive part)."""
        composite = {name for name, types in self.types.items() if _TRANSITIVE in types}
        grown = True
        while grown:
            before = len(composite)
            for below, above in self.links[_SUBPROPERTY].items():
                composite |= above if below in composite else set()
            for one, others in self.links[_INVERSE].items():
                composite |= (others | {one}) if composite & (others | {one}) else set()
            grown = len(composite) > before
        for name, types in self.types.items():
            if self._kind(name) == _DATA and types & (_CHARACTERISTICS - {_FUNCTIONAL}):
                yield Violation(_short(name), "a datatype property can only be functional", "drop the other type")
            if types & _CHARACTERISTICS and self._kind(name) not in (_OBJECT, _DATA):
                yield Violation(_short(name), "a characteristic of a property, on what is no property", "drop it")
            if name in composite and types & {_FUNCTIONAL, _INVERSE_FUNCTIONAL}:
                what = "both functional and transitive, itself or through a property below it"
                yield Violation(_short(name), what, "keep one of the two: OWL 2 DL asks for simple properties here")

    def _inverses(self) -> Iterator[Violation]:
        domains, ranges = self.links[_DOMAIN], self.links[_RANGE]
        for one, others in self.links[_INVERSE].items():
            for other in others:
                if domains[one] != ranges[other] or ranges[one] != domains[other]:
                    what = f"its domain and range are not those of its inverse {_short(other)}, turned round"
                    yield Violation(_short(one), what, "make them agree")

    def _documentation(self) -> Iterator[Violation]:
        for name in self._ours():
            for predicate, said in ((_RDFS + "label", "label"), (_SKOS + "definition", "definition")):
                count = sum(literal.language == "en" for literal in self.literals[name, predicate])
                if count != 1:
                    yield Violation(_short(name), f"{count} English {said}s instead of one", f"give it one {said}")
            if self._kind(name) in (_OBJECT, _DATA):
                for predicate, said in ((_DOMAIN, "domain"), (_RANGE, "range")):
                    if len(self.links[predicate][name]) != 1:
                        yield Violation(_short(name), f"a property with other than one {said}", f"give it one {said}")


def _short(name: str) -> str:
    """`name` with a prefix, where one is known.

    >>> _short("https://w3id.org/travaux/ns#partOf")
    'trv:partOf'
    """
    for prefix, namespace in NAMESPACES.items():
        if name.startswith(namespace) and name != namespace:
            return f"{prefix}:{name.removeprefix(namespace)}"
    return name
