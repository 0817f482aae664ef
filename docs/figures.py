"""Writes the figures into ``docs/evaluation.md`` as they are measured now: ``python docs/figures.py``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

GUIDE = Path(__file__).with_name("evaluation.md")
START, END = "<!-- figures: written by docs/figures.py -->", "<!-- end of figures -->"
COMMANDS = ("travaux evaluate --no-slips", "travaux evaluate --baseline --no-slips")


def figures() -> str:
    """The first two tables of each report, below the command that prints them."""
    shown = "".join(f"$ {command}\n{_overview(command)}\n...\n" for command in COMMANDS)
    return f"```console\n{shown}```"


def with_figures(guide: str) -> str:
    """`guide` with the figures as they are measured now between the two marks."""
    before, _, rest = guide.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{figures()}\n\n{END}{after}"


def _overview(command: str) -> str:
    arguments = [sys.executable, "-m", *command.split()]
    with tempfile.TemporaryDirectory() as empty:
        # Without the treaties that whoever writes the guide has added: as for a reader, lineage is as shipped.
        surroundings = {**os.environ, "COLUMNS": "100", "TRAVAUX_LIBRARY": empty}
        report = subprocess.run(arguments, env=surroundings, capture_output=True, text=True, check=True).stdout
    # The detailed tables begin with the first part.
    return report.partition("\nStructure\n")[0].strip()


if __name__ == "__main__":
    GUIDE.write_text(with_figures(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
