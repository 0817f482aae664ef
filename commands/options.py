"""The options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["STORE", "LibraryOption", "OutputOption", "StoreOption"]

STORE = Path(".travaux")

StoreOption = Annotated[
    Path,
    typer.Option("--store", metavar="DIR", envvar="TRAVAUX_STORE", help="The folder of the store.", show_envvar=True),
]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")]
LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        envvar="TRAVAUX_LIBRARY",
        help="The folder of the treaties' texts; one in your user data by default.",
        show_envvar=True,
    ),
]
