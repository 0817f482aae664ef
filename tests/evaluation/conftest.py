"""The gold standard turned into records: what a program that makes no mistake would find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from travaux.evaluation import SHIPPED_GOLD
from travaux.evaluation.gold import GoldStandard, read_gold
from travaux.evaluation.labels import GoldCitation, GoldNorm, GoldPosition, GoldUnit, state_of
from travaux.evaluation.structure import kind_of
from travaux.evaluation.targets import resolution_path
from travaux.ingest.records import (
    Citation,
    CitationKind,
    Condition,
    Document,
    Genre,
    Kind,
    Modality,
    Norm,
    Position,
    Provision,
    Resolution,
    Span,
    Stance,
    Submission,
    Target,
)
from travaux.lineage.records import Finding, Severity
from travaux.ontology.reference import load

KINDS = {kind_of(kind): kind for kind in reversed(Kind) if kind is not Kind.STATEMENT}
CODES = {"COL", "JAM", "NZL", "VNM"}
SPEAKS_FOR = {"JAM": ("group/caricom",)}


@pytest.fixture(scope="session")
def gold() -> GoldStandard:
    return read_gold(SHIPPED_GOLD)


@pytest.fixture(scope="session")
def perfect(gold: GoldStandard, repository: Path) -> Document:
    """A perfect answer. What is named but not labelled is put at the first character, outside all labels."""
    text = (repository / "corpus/ahc-cybercrime/v-22-10828.md").read_text(encoding="utf-8")
    submissions = []
    for state in dict.fromkeys(state_of(unit.id) for unit in gold.units):
        provisions = [*unlabelled(gold, state)]
        for unit in gold.units:
            if state_of(unit.id) == state:
                provisions.append(replace(as_provision(unit, gold), order=len(provisions)))
        submissions.append(
            Submission(
                provision_path(state),
                (f"state/{state}",),
                SPEAKS_FOR.get(state, ()),
                "",
                "",
                "en",
                Genre.DRAFT,
                (Span(0, 1),),
                tuple(provisions),
            )
        )
    blank = ("negotiation", "body", "session", "symbol", "title", "issued", "received", "language", "layout")
    words = dict.fromkeys((*blank, "digest", "source"), "")
    return Document(path="document/v-22-10828", text=text, submissions=tuple(submissions), **words)


@pytest.fixture(scope="session")
def flagged(gold: GoldStandard) -> tuple[Finding, ...]:
    """A finding for each labelled slip of the document."""
    return tuple(
        Finding(
            "check",
            label.kind,
            Severity(label.severity),
            provision_path(label.unit),
            (Span(label.start, label.end),),
            label.quote,
            label.problem,
        )
        for label in gold.findings
    )


def provision_path(identifier: str) -> str:
    return "document/v-22-10828/" + identifier.lower()


def as_provision(unit: GoldUnit, gold: GoldStandard) -> Provision:
    path = provision_path(unit.id)
    spans = tuple(Span(start, end) for start, end in unit.spans)
    return provision_at(
        path,
        provision_path(unit.parent),
        *spans,
        kind=KINDS[unit.kind],
        number=unit.number.strip("()"),
        heading=unit.heading,
        citations=tuple(as_citation(one) for one in gold.citations if one.unit == unit.id and not one.optional),
        norms=tuple(norm for label in gold.norms if label.unit == unit.id for norm in as_norms(label, spans)),
        positions=tuple(as_position(label) for label in gold.positions if label.unit == unit.id),
    )


def provision_at(path: str, parent: str, *spans: Span, **values: Any) -> Provision:
    blank = Provision(path, parent, Kind.CHAPTER, "", "", "", "", spans, 0)
    return replace(blank, **values)


def target_path(target: str, kind: str = "") -> str:
    if state_of(target) in CODES:
        return provision_path(target)
    organ = target.partition("/")[0] in {"unga", "unsc", "cop-untoc", "ccpcj", "ecosoc"}
    return resolution_path(target) if kind == "resolution" or organ else f"instrument/{target}"


def as_citation(label: GoldCitation) -> Citation:
    gone = {
        target for target in label.targets if label.source_error and target.startswith(("budapest/32/3", "unga/193("))
    }
    targets = tuple(
        Target(target_path(target, label.type), Resolution.NONEXISTENT if target in gone else Resolution.RESOLVED)
        for target in label.targets
    )
    resolution = Resolution.NONEXISTENT if gone else Resolution.RESOLVED if targets else Resolution.UNRESOLVED
    spans = (Span(label.start, label.end),)
    kind = CitationKind(label.type)
    return Citation(kind, spans, label.quote, targets, resolution, label.by_reference, label.bare)


def as_norms(label: GoldNorm, spans: tuple[Span, ...]) -> Iterator[Norm]:
    if label.inherited:
        for modality, bearer in zip(label.inherited, label.inherited_bearer, strict=True):
            yield Norm(Modality(modality), (Span(0, 1),), "", bearer, (), bearer, "the-chapeau")
        return
    bearers = label.bearer or ("",)
    for modality, bearer, resolved in zip(label.modality, bearers, label.bearer_resolved or ("",), strict=True):
        yield Norm(Modality(modality.replace(" ", "-")), spans, "", bearer, (), resolved)


def as_position(label: GoldPosition) -> Position:
    concept = next(one.id for one in load().concepts if one.label.casefold() == label.concept.casefold())
    spans = (Span(label.start, label.end),)
    conditions = (Condition(spans, label.condition),) if label.condition else ()
    sources = tuple(map(target_path, label.sources))
    return Position(Stance(label.stance), concept, spans, label.quote, conditions, sources)


def unlabelled(gold: GoldStandard, state: str) -> Iterator[Provision]:
    """Provisions for the parents and targets that are named but not labelled, at the depth that the labels imply."""
    named = {unit.parent: unit.depth - 1 for unit in gold.units if "/" in unit.parent}
    named |= {one: named.get(one, 1) for label in gold.citations for one in label.targets if state_of(one) == state}
    for unit in gold.units:
        named.pop(unit.id, None)
    for identifier, depth in sorted(named.items()):
        if state_of(identifier) == state:
            path, above = provision_path(identifier), provision_path(state)
            for level in range(1, depth):
                yield provision_at(f"{path}-{level}", above, Span(0, 1))
                above = f"{path}-{level}"
            yield provision_at(path, above, Span(0, 1), heading=identifier.partition("/")[2])
