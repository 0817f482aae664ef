"""A derivation: one provision descending from another, and on what ground."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..ingest.records import Span

__all__ = ["Basis", "Derivation"]


class Basis(StrEnum):
    """On what ground a derivation rests: the text says so, or the words show it."""

    CITED = "cited"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class Derivation:
    """`derived` and `source` are paths; `spans` are the words of the document that show it."""

    derived: str
    source: str
    basis: Basis
    spans: tuple[Span, ...]
    quote: str
