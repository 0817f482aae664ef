"""A provision as a person reads it in the terminal: its words, its sources and citations, each with its quote."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from .provisions import Evidence, Provision

__all__ = ["WIDTH", "lines"]

WIDTH = 100


def lines(provision: Provision) -> Iterator[str]:
    """The lines that tell of `provision`, at most :data:`WIDTH` characters wide but for paths and IRIs."""
    yield provision.label
    yield f"  {provision.path} ({provision.kind or 'no provision of its own'})"
    yield from _named("proposed by", [proponent.label for proponent in provision.proponents])
    yield from _named("concerns", [concept.label for concept in provision.concepts])
    yield ""
    yield from _tree(provision, 0)
    for evidence in provision.evidence:
        yield ""
        yield f"stands in {evidence.symbol or evidence.document}, characters {_positions(evidence)}"
    derivations = [found for found in provision.lineage if found.derived.startswith(provision.path)]
    if derivations:
        yield ""
        yield "comes from"
        for found in derivations:
            below = found.derived.removeprefix(provision.path).strip("/")
            ground = " ".join(word for word in (found.basis, found.verdict) if word)
            yield f"  {found.source.label} ({ground}{f', of {below}' if below else ''})"
            yield from _quoted(found.quote)
    if provision.citations:
        yield ""
        yield "cites"
        # The same words may cite the same thing twice in one provision; a reader wants it once.
        for citation in dict.fromkeys(provision.citations):
            targets = ", ".join(target.label for target in citation.targets) or "nothing that was found"
            yield from wrap(f"{targets} ({citation.resolution})", WIDTH, initial_indent="  ", subsequent_indent="    ")
            yield from _quoted(citation.quote)


def _tree(provision: Provision, depth: int) -> Iterator[str]:
    """The words of the provision and of the units below it, each by its number."""
    brackets = "({}) " if provision.kind in ("subparagraph", "item") else "{}. "
    number = brackets.format(provision.number) if provision.number else ""
    words = " ".join((provision.text or provision.heading).split())
    indent = "  " * (depth + 1)
    yield from wrap(f"{number}{words}", WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
    for part in provision.children:
        yield from _tree(part, depth + 1)


def _named(what: str, names: list[str]) -> Iterator[str]:
    if names:
        yield from wrap(f"{what} {', '.join(names)}", WIDTH, initial_indent="  ", subsequent_indent="    ")


def _quoted(quote: str) -> Iterator[str]:
    yield from wrap(f"“{' '.join(quote.split())}”", WIDTH, initial_indent="    ", subsequent_indent="     ")


def _positions(evidence: Evidence) -> str:
    return " and ".join(f"{start} to {end}" for start, end in evidence.positions)
