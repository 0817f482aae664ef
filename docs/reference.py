"""Writes the reference of the command line into ``docs/cli.md`` from the commands: ``python docs/reference.py``."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import typer
from travaux.cli import app

GUIDE = Path(__file__).with_name("cli.md")
START, END = "<!-- reference: written by docs/reference.py -->", "<!-- end of reference -->"


def reference() -> str:
    """Every command with its usage, what it does, its arguments and options."""
    return "\n".join(_command(typer.main.get_command(app), "travaux")).strip()


def with_reference(guide: str) -> str:
    """`guide` with the reference as the commands have it now between the two marks."""
    before, _, rest = guide.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{reference()}\n\n{END}{after}"


def _command(command: Any, name: str) -> Iterator[str]:
    below = getattr(command, "commands", {})
    if name != "travaux":
        parameters = [parameter for parameter in command.params if parameter.name != "help"]
        usage = " ".join([name, *(_argument(one) for one in parameters if one.param_type_name == "argument")])
        options = [one for one in parameters if one.param_type_name == "option"]
        yield f"### `{usage}`\n"
        yield " ".join((command.help or "").split()) + "\n"
        lines = [_line(one) for one in parameters if one.param_type_name == "argument" and one.help]
        lines += [_line(one) for one in options]
        yield from [*lines, ""] if lines else []
    for part in sorted(below):
        yield from _command(below[part], f"{name} {part}")


def _argument(parameter: Any) -> str:
    label = parameter.metavar or parameter.name.upper()
    return label if parameter.required or label.startswith("[") else f"[{label}]"


def _line(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"- `{parameter.metavar or parameter.name.upper()}`: {parameter.help}"
    names = "`, `".join([*parameter.opts, *parameter.secondary_opts])
    default = parameter.default
    values = ", ".join(f"`{one.value}`" for one in type(default)) if isinstance(default, Enum) else ""
    default = getattr(default, "value", default)
    told = [parameter.help or "", f"One of {values}." if values else ""]
    if parameter.envvar:
        told.append(f"Environment: `{parameter.envvar}`.")
    if isinstance(default, str | Path) and str(default):
        told.append(f"Default: `{default}`.")
    return f"- `{names}`: {' '.join(words for words in told if words)}"


if __name__ == "__main__":
    GUIDE.write_text(with_reference(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
