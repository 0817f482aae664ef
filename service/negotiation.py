"""Which of the forms on offer a client takes best: the header Accept of RFC 9110, section 12.5.1."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["chosen"]


def chosen(accept: str, offered: Sequence[str]) -> str:
    """The media type of `offered` that `accept` weighs highest, the first of equals; empty where it takes none.

    >>> offered = ("text/turtle", "application/n-triples")
    >>> chosen("", offered), chosen("application/*;q=0.9, text/turtle;q=0.5", offered), chosen("image/png", offered)
    ('text/turtle', 'application/n-triples', '')
    """
    ranges = [_read(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best, weight = "", 0.0
    for media_type in offered:
        found = _weight(media_type, ranges)
        if found > weight:
            best, weight = media_type, found
    return best


def _weight(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """What the most specific of `ranges` that covers `media_type` weighs; 0 where none does."""
    kind = media_type.partition("/")[0]
    for covering in (media_type, f"{kind}/*", "*/*"):
        weights = [weight for named, weight in ranges if named == covering]
        if weights:
            return max(weights)
    return 0.0


def _read(part: str) -> tuple[str, float]:
    """A media range and its weight, 1 where none or no number is given."""
    named, *parameters = (word.strip() for word in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                return named.lower(), min(max(float(value), 0.0), 1.0)
            except ValueError:
                break
    return named.lower(), 1.0
