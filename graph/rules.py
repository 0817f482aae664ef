"""The rules: SPARQL CONSTRUCT queries, a file each, that add to a graph what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

__all__ = ["Rule", "rules", "with_inferences"]

_FOLDER = Path(__file__).parent / "rules"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the name of its file, its title, what it infers, and its query."""

    name: str
    title: str
    infers: str
    query: str


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by name.

    >>> [rule.name for rule in rules() if "trv:within" in rule.infers]
    ['within']
    """
    return tuple(_rule(file) for file in sorted(_FOLDER.glob("*.rq")))


def with_inferences(quads: Iterable[Quad], graph: NamedNode, beside: Iterable[Quad] = ()) -> list[Quad]:
    """`quads`, all of them in `graph`, and after them what the rules add to `graph`.

    Each rule reads what was stated, and no rule reads what another inferred, so their order does not matter and one
    pass is enough. `beside` are quads of other graphs: only a rule that names a graph reads them, and they are not
    given back.
    """
    stated = list(quads)
    staging = Store()
    staging.extend(stated)
    staging.extend(beside)
    inferred: dict[Quad, None] = {}
    for rule in rules():
        found = staging.query(rule.query, default_graph=graph)
        assert isinstance(found, QueryTriples), f"the rule {rule.name} is not a CONSTRUCT"
        for triple in sorted(found, key=str):
            inferred[Quad(triple.subject, triple.predicate, triple.object, graph)] = None
    return [*stated, *(quad for quad in inferred if quad not in staging)]


def _rule(file: Path) -> Rule:
    text = file.read_text(encoding="utf-8")
    said: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        field, colon, words = line.removeprefix("#").strip().partition(": ")
        if colon and not line.startswith("#   "):
            key, said[field] = field, words
        else:
            said[key] += " " + line.removeprefix("#").strip()
    return Rule(file.stem, said["title"], said["infers"], text)
