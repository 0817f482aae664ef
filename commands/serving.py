"""Serving a graph over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import ServiceError
from .options import STORE, StoreOption
from .terminal import say

__all__ = ["serve"]


def serve(
    store: StoreOption = STORE,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen at.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen at; 0.0.0.0 for the whole network.")] = "127.0.0.1",
    seconds: Annotated[float, typer.Option("--timeout", min=0.1, help="How many seconds a query may take.")] = 30.0,
    workers: Annotated[int, typer.Option(min=1, help="How many queries are answered at once.")] = 2,
    queue: Annotated[int, typer.Option(min=0, help="How many more may wait.")] = 64,
) -> None:
    """Serve the graph by the SPARQL 1.1 Protocol, at /sparql, until stopped."""
    try:
        import uvicorn

        from ..service.app import application
    except ImportError:
        remedy = "install what it needs with: pip install 'travaux[service]'"
        raise ServiceError("the service is not installed", remedy=remedy) from None
    from ..graph.store import Store
    from ..service.pool import Limits

    # A store that cannot be read is told here in one line, before anything is started.
    Store.read_only(store).close()
    limits = Limits(seconds=seconds, workers=workers, queue=queue)
    say(f"serving {store} at http://{host}:{port}/sparql; stop with Ctrl-C")
    uvicorn.run(application(store, limits), host=host, port=port, log_level="warning", server_header=False)
