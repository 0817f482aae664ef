"""The SPARQL 1.1 Protocol: a request over HTTP to a query with its dataset and the forms its client takes."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from .negotiation import chosen
from .pool import Limits
from .tasks import GRAPHS, RESULTS, RequestError, Sparql

__all__ = ["read_query"]

_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
_SHORT = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
"""What ``format=`` may name instead of a media type."""


async def read_query(request: Request, limits: Limits) -> tuple[Sparql, float | None]:
    """The query of `request`, and how many seconds its client gives it, where it says so.

    Raises
    ------
    RequestError
        If the request is not one of the protocol (400), is too long (413), is an update or of a media type that holds
        no query (415), or takes no form that there is (406).
    """
    given = _pairs(request.url.query)
    text = ""
    if request.method == "POST":
        body = await _body(request, limits.request_bytes)
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type == _FORM:
            given += _pairs(_decoded(body))
        elif media_type == _QUERY:
            text = _decoded(body)
        else:
            raise RequestError(415, f"a query is sent as {_QUERY} or as a form, not as {media_type or 'nothing'}")
    if any(key == "update" for key, _ in given):
        raise RequestError(400, "updates are refused: what is published here is only read")
    queries = [value for key, value in given if key == "query"] + ([text] if text else [])
    if len(queries) != 1:
        raise RequestError(400, f"{len(queries) or 'no'} queries instead of one")
    results, graph = _forms(request, given)
    return (
        Sparql(
            queries[0],
            tuple(value for key, value in given if key == "default-graph-uri"),
            tuple(value for key, value in given if key == "named-graph-uri"),
            results,
            graph,
            limits.reply_bytes,
        ),
        _seconds(given),
    )


def _forms(request: Request, given: list[tuple[str, str]]) -> tuple[str, str]:
    """The media types for rows and for a graph; at least one of them is not empty."""
    named = next((value for key, value in given if key == "format"), "")
    accept = _SHORT.get(named, named) or ",".join(request.headers.getlist("accept"))
    results, graph = chosen(accept, tuple(RESULTS)), chosen(accept, tuple(GRAPHS))
    if not (results or graph):
        raise RequestError(406, f"no answer is written as {accept}; there are {', '.join([*RESULTS, *GRAPHS])}")
    return results, graph


def _seconds(given: list[tuple[str, str]]) -> float | None:
    for key, value in given:
        if key == "timeout":
            try:
                seconds = float(value)
            except ValueError:
                seconds = 0.0
            if not 0 < seconds < float("inf"):
                raise RequestError(400, f"timeout={value} is not a number of seconds")
            return seconds
    return None


async def _body(request: Request, limit: int) -> bytes:
    parts, length = [], 0
    async for part in request.stream():
        length += len(part)
        if length > limit:
            raise RequestError(413, f"the request is longer than {limit:,} bytes")
        parts.append(part)
    return b"".join(parts)


def _pairs(encoded: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise RequestError(400, f"the parameters cannot be read: {error}") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise RequestError(400, f"byte {error.start} of the request is not UTF-8") from None
