"""The service: the graph over HTTP, read only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from .pool import Limits, Pool
from .protocol import read_query
from .tasks import RequestError
from .workers import Template

__all__ = ["application"]


def application(store: Path, limits: Limits | None = None) -> Starlette:
    """The service of the store at `store`, as an ASGI application; the store is loaded when it starts."""
    allowed = limits or Limits()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with Template(store) as template:
            app.state.pool = Pool(template, allowed)
            try:
                yield
            finally:
                app.state.pool.close()

    async def sparql(request: Request) -> Response:
        task, seconds = await read_query(request, allowed)
        reply = await request.app.state.pool.answer(task, seconds)
        return Response(reply.body, reply.status, {**dict(reply.headers), "content-type": reply.media_type, **_VARY})

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[
            Route("/sparql", _answering(sparql), methods=["GET", "POST"]),
            Route("/health", health),
        ],
        middleware=[Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD", "POST"])],
        lifespan=lifespan,
    )


_VARY = {"vary": "Accept"}


def _answering(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """`endpoint`, which says in one line why it refuses what it refuses."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except RequestError as refused:
            headers = {"retry-after": "5"} if refused.status == 503 else {}
            return PlainTextResponse(f"{refused.what}\n", refused.status, {**headers, **_VARY})

    return answered
