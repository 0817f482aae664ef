"""Subjects of cooperation: the concept scheme, with the words that show each concept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ..errors import ReferenceDataError
from .tables import Identifier, Words, entries, rows

__all__ = ["Concept", "Match", "read_concepts"]


@dataclass(frozen=True, slots=True)
class Match:
    """That a concept has its like in another scheme, and how like it is (the mapping relations of SKOS)."""

    concept: Identifier
    scheme: Literal["eurovoc", "unbis"]
    iri: Annotated[str, msgspec.Meta(pattern=r"^https?://\S+$", description="an IRI")]
    label: Words
    relation: Literal["exact", "close", "broader", "narrower", "related"]
    source: Words


@dataclass(frozen=True, slots=True)
class Concept:
    """A subject of cooperation.

    `label` and `alt_labels` are names of the subject, as in a heading; `phrases` are words which in running text show
    that it is spoken of. `broader` are ids of concepts. `chapter`: a subject to which treaties give a whole chapter.
    """

    id: Identifier
    label: Words
    definition: Words
    broader: tuple[Identifier, ...] = ()
    alt_labels: tuple[Words, ...] = ()
    phrases: tuple[Words, ...] = ()
    chapter: bool = False
    matches: tuple[Match, ...] = ()

    @property
    def path(self) -> str:
        """Its path below the base: ``concept/extradition``."""
        return f"concept/{self.id}"


def read_concepts(folder: Path) -> tuple[Concept, ...]:
    """Read ``concepts.toml`` and ``concept_matches.csv``: the concepts in the order of the file.

    Raises
    ------
    ReferenceDataError
        If a file breaks its schema, a name is used twice, a broader concept is unknown, or the hierarchy is a ring.
    """
    path = folder / "concepts.toml"
    matches: dict[str, list[Match]] = defaultdict(list)
    for match in rows(folder / "concept_matches.csv", Match):
        matches[match.concept].append(match)
    concepts: dict[str, Concept] = {}
    names: dict[str, str] = {}
    for concept in entries(path, "concept", Concept):
        if concept.id in concepts:
            raise ReferenceDataError(
                f"the concept {concept.id} is listed twice", where=str(path), remedy="keep one entry"
            )
        for name in (concept.label, *concept.alt_labels):
            other = names.setdefault(name.casefold(), concept.id)
            if other != concept.id:
                raise ReferenceDataError(
                    f"{name!r} names both {other} and {concept.id}", where=str(path), remedy="keep the name with one"
                )
        concepts[concept.id] = replace(concept, matches=tuple(matches.pop(concept.id, ())))
    if matches:
        raise ReferenceDataError(
            f"unknown concept {min(matches)!r}",
            where=str(folder / "concept_matches.csv"),
            remedy="add it to concepts.toml",
        )
    _check_hierarchy(concepts, path)
    return tuple(concepts.values())


def _check_hierarchy(concepts: dict[str, Concept], path: Path) -> None:
    settled: set[str] = set()

    def climb(key: str, below: tuple[str, ...]) -> None:
        if key in below:
            ring = " < ".join((*below[below.index(key) :], key))
            raise ReferenceDataError(f"the hierarchy is a ring: {ring}", where=str(path), remedy="take out one broader")
        if key in settled:
            return
        for broader in concepts[key].broader:
            if broader not in concepts:
                raise ReferenceDataError(
                    f"the concept {key} has the unknown broader concept {broader!r}",
                    where=str(path),
                    remedy="add an entry for it",
                )
            climb(broader, (*below, key))
        settled.add(key)

    for key in concepts:
        climb(key, ())
