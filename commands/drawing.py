"""Drawing pictures of a graph from the command line, each as one file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..errors import ExportError
from .options import STORE, OutputOption, StoreOption
from .terminal import say

__all__ = ["flow", "matrix", "network"]


def network(
    output: OutputOption = None,
    limit: Annotated[int, typer.Option(min=1, help="How many marks there may be at first sight.")] = 150,
    store: StoreOption = STORE,
) -> None:
    """Draw the network of a negotiation.

    Who proposes what, on which subject, drawing on which treaty.
    """
    from ..api import open as opened
    from ..viz.network import draw_network

    path = _picture(output or Path("network.html"), ".html")
    with opened(store) as graph:
        _write(path, draw_network(graph.store, limit=limit))


class MatrixColumns(StrEnum):
    """What States are set against in a matrix."""

    INSTRUMENTS = "instruments"
    CONCEPTS = "concepts"


def matrix(
    of: Annotated[MatrixColumns, typer.Option(help="What States are set against.")] = MatrixColumns.INSTRUMENTS,
    output: OutputOption = None,
    store: StoreOption = STORE,
) -> None:
    """Draw a matrix of States.

    Against the treaties that they rely on, or the subjects that they speak to. A file that ends in .svg is a picture
    for print.
    """
    from ..api import open as opened
    from ..viz.matrix import draw_matrix

    path = _picture(output or Path(f"matrix-{of.value}.html"), ".html", ".svg")
    with opened(store) as graph:
        _write(path, draw_matrix(graph.store, of.value, "svg" if path.suffix == ".svg" else "html"))


def flow(
    output: OutputOption = None,
    limit: Annotated[int, typer.Option(min=1, help="How many articles are drawn at most; the rest by treaty.")] = 40,
    store: StoreOption = STORE,
) -> None:
    """Draw the flow of words from treaties.

    From which article how many words went into which submission, and how closely it follows them.
    """
    from ..api import open as opened
    from ..viz.flow import draw_flow

    path = _picture(output or Path("flow.html"), ".html")
    with opened(store) as graph:
        _write(path, draw_flow(graph.store, limit=limit))


def _write(path: Path, picture: str) -> None:
    """Write the picture whole or not at all."""
    from ..graph.export import write_files

    write_files({path: picture.encode()})
    say(str(path))


def _picture(path: Path, *endings: str) -> Path:
    """`path`, whose ending is one of those that can be drawn."""
    if path.suffix not in endings:
        known = " or ".join(endings)
        raise ExportError("a picture of this kind cannot be drawn", where=str(path), remedy=f"end its name in {known}")
    return path
