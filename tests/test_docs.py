"""What the documentation shows is what happens: its commands, its Python, the examples of the code, the reference."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
import travaux

REPOSITORY = Path(__file__).resolve().parents[1]
GUIDES = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
SETTING_UP = ("make ", "pip ", "python -m pip ", "python -m venv ", "git ", "cd ", "source ")
"""What a reader runs once, before anything that can be shown here; `make` is itself what runs these tests."""


class Block(NamedTuple):
    """A fenced block of a guide: its language and its lines."""

    language: str
    text: str
    line: int


def _blocks(guide: Path) -> list[Block]:
    text = guide.read_text(encoding="utf-8") if guide.exists() else ""
    return [
        Block(fence[1], fence[2], text.count("\n", 0, fence.start()) + 2)
        for fence in re.finditer(r"^```(\w*)[^\n]*\n(.*?)^```$", text, re.M | re.S)
    ]


def _commands(block: Block) -> list[tuple[str, str]]:
    """Each command of a console block (after a dollar sign) with the output that is shown below it."""
    parts = re.split(r"^\$ (.*(?:\\\n.*)*)\n?", block.text, flags=re.M)
    assert not parts[0].strip(), f"line {block.line}: output before any command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def _modules() -> list[str]:
    names = ["travaux"]
    for found in pkgutil.walk_packages(travaux.__path__, "travaux."):
        top = found.name.split(".")[1]
        if top not in {"tests", "benchmarks", "docs", "build", "demo", "__main__"}:
            names.append(found.name)
    return sorted(names)


@pytest.mark.parametrize("name", _modules())
def test_the_examples_in_the_code_are_true(name: str) -> None:
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=FLAGS)
    assert result.failed == 0, f"{result.failed} of {result.attempted} examples fail"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the reader of a guide stands: the corpus is there, and the store that `travaux build` makes."""
    folder = tmp_path_factory.mktemp("reader")
    travaux.build(store=folder / ".travaux").close()
    shutil.copytree(REPOSITORY / "corpus", folder / "corpus")
    return folder


@pytest.fixture
def reader(place: Path, tmp_path: Path) -> Path:
    """The same folder afresh for each guide."""
    folder = tmp_path / "reader"
    shutil.copytree(place, folder)
    return folder


def _having(language: tuple[str, ...]) -> list[Path]:
    return [guide for guide in GUIDES if any(block.language in language for block in _blocks(guide))]


@pytest.mark.parametrize("guide", _having(("console",)), ids=lambda guide: guide.name)
def test_the_commands_in_a_guide_do_what_it_shows(guide: Path, reader: Path) -> None:
    folder = str(Path(sys.executable).parent)
    surroundings = {
        **os.environ,
        "PATH": folder + os.pathsep + os.environ["PATH"],
        "COLUMNS": "100",
        "PYTHONWARNINGS": "error",
    }
    surroundings.pop("TRAVAUX_STORE", None)
    checker = doctest.OutputChecker()
    for block in _blocks(guide):
        for command, expected in _commands(block) if block.language == "console" else []:
            if command.startswith(SETTING_UP):
                continue
            ran = subprocess.run(
                ["bash", "-o", "pipefail", "-c", command],
                cwd=reader,
                env=surroundings,
                capture_output=True,
                text=True,
                check=False,
                stdin=subprocess.DEVNULL,
            )
            where = f"{guide.name}, line {block.line}: {command}"
            # A fault that a guide shows on purpose is printed to the error output, and shown below the command.
            shown = ran.stdout + (ran.stderr if ran.returncode else "")
            assert ran.returncode == 0 or "travaux: " in expected, f"{where}\n{ran.stdout}{ran.stderr}"
            if expected.strip():
                assert checker.check_output(expected, shown, FLAGS), f"{where}\nprints\n{shown}\nand not\n{expected}"


@pytest.mark.parametrize("guide", _having(("python", "pycon")), ids=lambda guide: guide.name)
def test_the_python_in_a_guide_runs(guide: Path, reader: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(reader)
    known: dict[str, object] = {"__name__": "__guide__"}
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=FLAGS)
    for block in _blocks(guide):
        if block.language in ("python", "pycon") and ">>>" in block.text:
            test = parser.get_doctest(block.text, known, guide.name, str(guide), block.line)
            runner.run(test, clear_globs=False)
            known = test.globs
        elif block.language == "python":
            exec(compile(block.text, f"{guide.name}, line {block.line}", "exec"), known)
    assert runner.failures == 0


def test_every_guide_is_named_in_the_readme_or_in_another_guide() -> None:
    told = "".join(guide.read_text(encoding="utf-8") for guide in GUIDES if guide.exists())
    assert [guide.name for guide in GUIDES[2:] if guide.name not in told] == []


def test_links_between_guides_lead_somewhere() -> None:
    broken: list[str] = []
    for guide in GUIDES:
        text = guide.read_text(encoding="utf-8") if guide.exists() else ""
        broken += [
            f"{guide.name}: {link}"
            for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
            if "://" not in link and not (guide.parent / link).exists()
        ]
    assert broken == []


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", REPOSITORY / "docs" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_of_the_command_line_is_that_of_the_commands(reference: ModuleType) -> None:
    guide = (REPOSITORY / "docs" / "cli.md").read_text(encoding="utf-8")
    assert guide == reference.with_reference(guide), "run: python docs/reference.py"


def test_every_command_and_option_says_what_it_is_for(reference: ModuleType) -> None:
    lines = reference.reference().splitlines()
    assert [line for line in lines if re.fullmatch(r"- `[^:]*`:\s*", line)] == []
    for place, line in enumerate(lines):
        if line.startswith("### "):
            assert lines[place + 2].strip(), f"{line} has no help"
