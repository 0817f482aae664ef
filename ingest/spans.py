"""Stretches of a document, counted in Unicode code points of the decoded file."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Span", "quote"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the document, `start` inclusive, `end` exclusive."""

    start: int
    end: int


def quote(text: str, spans: tuple[Span, ...]) -> str:
    """The exact characters of `text` at `spans`, one slice after the other with nothing between.

    >>> quote("shall cooperate", (Span(0, 5), Span(5, 8)))
    'shall co'
    """
    return "".join(text[span.start : span.end] for span in spans)
