"""What a person sees in the terminal: lines, tables and progress, plain where nobody is looking."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

__all__ = ["coloured", "page_width", "progress", "say", "show_lines", "show_table", "width"]

_PAGE = 100
_NARROWEST = 40


def say(line: str) -> None:
    """Print one line, its control characters as pictures."""
    from ..queries.tables import printable

    typer.echo(printable(line))


def width() -> int:
    """How wide a table may be: the terminal, or what a page of 100 columns holds where nobody is looking."""
    from shutil import get_terminal_size

    return get_terminal_size((100, 40)).columns


def page_width() -> int:
    """How wide running text may be: the terminal, but no wider than the eye follows."""
    return max(min(width(), _PAGE), _NARROWEST)


def coloured() -> bool:
    """Whether the output can be styled, and the reader has not asked for no colour (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") not in ("dumb", "")


def show_lines(lines: Iterable[Text]) -> None:
    """Print lines that are wrapped already."""
    from rich.text import Text

    show_table(Text("\n").join(lines), wrapped=True)


def show_table(renderable: RenderableType, *, wrapped: bool = False) -> None:
    """Print a table: with rules and weight for a person, as plain text into a pipe or a file.

    Where it is `wrapped` already, no line is broken again.
    """
    from rich.console import Console

    # Links and colour are for the eye: what goes into a pipe has neither.
    plain = not sys.stdout.isatty()
    console = Console(
        width=width(), color_system=None if plain else "auto", force_terminal=False if plain else None, emoji=False
    )
    with console.capture() as captured:
        console.print(renderable, soft_wrap=wrapped)
    text = "\n".join(line.rstrip() for line in captured.get().splitlines())
    typer.echo(text, color=not plain)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Something to tell each step to; shown on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update
