"""What a worker is asked to do: a record that can be sent to another process, and the reply it sends back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from ..graph.sparql import calls_service
from ..graph.store import Store

__all__ = ["GRAPHS", "RESULTS", "Reply", "RequestError", "Sparql", "Task"]

RESULTS = {
    form.media_type.partition(";")[0]: form
    for form in (
        ox.QueryResultsFormat.JSON,
        ox.QueryResultsFormat.XML,
        ox.QueryResultsFormat.CSV,
        ox.QueryResultsFormat.TSV,
    )
}
GRAPHS = {
    form.media_type.partition(";")[0]: form
    for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD)
}


class RequestError(Exception):
    """A request that is not answered, with the status of HTTP and one line that says why."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(status, what)
        self.status = status
        self.what = what


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, ready to be sent."""

    status: int
    media_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class Task(Protocol):
    """What one request asks of the store; a frozen record that can be pickled.

    It may raise :class:`RequestError`, or a :class:`~travaux.errors.TravauxError`, which is the fault of the request
    (400).
    """

    def run(self, store: Store) -> Reply:
        """The reply from `store`, which is only read."""
        ...


class _Bounded:
    """A file in memory that refuses to grow past `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self._parts: list[bytes] = []
        self._room = limit
        self._limit = limit
        self.full = False

    def write(self, part: bytes) -> int:
        self._room -= len(part)
        if self._room < 0:
            self.full = True
            raise OSError("full")
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None: ...

    def close(self) -> None: ...

    def content(self) -> bytes:
        return b"".join(self._parts)


@dataclass(frozen=True, slots=True)
class Sparql:
    """A query by the SPARQL 1.1 Protocol.

    Parameters
    ----------
    text
        The query.
    default_graphs, named_graphs
        The dataset that the request names beside the query; where it names any graph, FROM in the query does not count.
    results, graph
        The media types of the reply where the answer is rows or a truth value, and where it is a graph; empty where the
        client takes none.
    limit
        How long the reply may be, in bytes.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    results: str = "application/sparql-results+json"
    graph: str = "text/turtle"
    limit: int = 100_000_000

    def run(self, store: Store) -> Reply:
        """The answer, written in the media type that was asked for."""
        if calls_service(self.text):
            raise RequestError(400, "SERVICE is refused: a query here reaches no other endpoint")
        answer = store.query(self.text, dataset=self._dataset())
        if isinstance(answer, ox.QueryTriples):
            media_type, forms = self.graph, "a graph is answered as Turtle, N-Triples, RDF/XML or JSON-LD"
        else:
            media_type, forms = self.results, "rows are answered as JSON, XML, CSV or TSV"
        if not media_type:
            raise RequestError(406, f"{forms}, and none of these is accepted")
        written = _Bounded(self.limit)
        try:
            if isinstance(answer, ox.QueryTriples):
                ox.serialize(answer, written, format=GRAPHS[media_type])  # type: ignore[arg-type]
            elif isinstance(answer, ox.QueryBoolean) and media_type in ("text/csv", "text/tab-separated-values"):
                # The recommendation defines neither for a truth value; this is what Oxigraph's own server writes.
                written.write(b"true" if answer else b"false")
            else:
                answer.serialize(written, format=RESULTS[media_type])  # type: ignore[arg-type]
        except OSError:
            if written.full:
                raise RequestError(
                    422, f"the answer is longer than {self.limit:,} bytes; ask for less of it, as with LIMIT"
                ) from None
            raise
        charset = "; charset=utf-8" if media_type.startswith("text/") else ""
        return Reply(200, media_type + charset, written.content())

    def _dataset(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        return (self.default_graphs, self.named_graphs) if self.default_graphs or self.named_graphs else None
