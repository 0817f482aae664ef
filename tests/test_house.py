"""The rules of the house: layers, names, sizes, what a distribution holds."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import travaux
from travaux.ontology.reference import load

REPOSITORY = Path(__file__).resolve().parents[1]
LAYERS = ["errors", "ontology", "ingest", "lineage", "graph", "queries", "viz", "service", "evaluation", "face"]
"""From the bottom; imports point down or stay inside. The files at the root are the face, but for `errors`."""
NOT_PACKAGED = {"tests", "benchmarks", "docs", "demo", "build", "dist"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "handler"}
DATA = {".ttl", ".toml", ".csv", ".lark", ".rq", ".html", ".css", ".js", ".jsonl", ".md", ".txt", ".json"}


def _tracked() -> list[Path]:
    """The files of the repository, below its root, without what is made from them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("needs git, and the repository's own history")
    return sorted(Path(line) for line in listed.stdout.splitlines() if (REPOSITORY / line).is_file())


def _modules() -> list[Path]:
    """The files of the package's code, below the root."""
    found = list(REPOSITORY.glob("*.py"))
    for folder in sorted(REPOSITORY.iterdir()):
        if (folder / "__init__.py").is_file() and folder.name not in NOT_PACKAGED:
            found += folder.rglob("*.py")
    return sorted(file.relative_to(REPOSITORY) for file in found)


def _name(module: Path) -> str:
    return ".".join(["travaux", *module.with_suffix("").parts]).removesuffix(".__init__")


def _layer(name: str) -> str:
    """The layer of a module of the package: ``travaux.ingest.outline`` is of ``ingest``."""
    parts = name.split(".")
    if len(parts) > 1 and parts[1] == "_version":
        return "errors"
    return parts[1] if len(parts) > 1 and parts[1] in LAYERS else "face"


def _imports(module: Path) -> Iterator[str]:
    """The modules of the package that `module` imports, anywhere in it."""
    package = ["travaux", *module.parts[:-1]]
    for node in ast.walk(ast.parse((REPOSITORY / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            start = package[: len(package) - node.level + 1]
            if node.module:
                yield ".".join([*start, node.module])
            else:
                yield from (".".join([*start, alias.name]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "travaux":
            pytest.fail(f"{module} imports {node.module} absolutely")


def _taken() -> dict[str, set[str]]:
    """The names that modules take from one another, by the module they are taken from."""
    taken: dict[str, set[str]] = {}
    known = {_name(module) for module in MODULES}
    for module in MODULES:
        package = ["travaux", *module.parts[:-1]]
        for node in ast.walk(ast.parse((REPOSITORY / module).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                source = ".".join([*package[: len(package) - node.level + 1], *([node.module] if node.module else [])])
                names = {alias.name for alias in node.names if f"{source}.{alias.name}" not in known}
                taken.setdefault(source, set()).update(names)
    return taken


MODULES = _modules()
IMPORTED = _taken()


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_run_one_way(module: Path) -> None:
    own = LAYERS.index(_layer(_name(module)))
    for imported in _imports(module):
        assert LAYERS.index(_layer(imported)) <= own, f"{module} reaches up to {imported}"


@pytest.mark.parametrize("module", [module for module in MODULES if module.name != "__main__.py"], ids=str)
def test_a_module_says_what_it_is_and_exports_what_it_says(module: Path) -> None:
    loaded = importlib.import_module(_name(module))
    assert loaded.__doc__, "the module has no docstring"
    exported = list(getattr(loaded, "__all__", []))
    assert exported == sorted(exported, key=_rank), "__all__ is sorted: constants, classes, functions"
    assert len(set(exported)) == len(exported)
    assert all(hasattr(loaded, name) for name in exported)
    assert IMPORTED.get(_name(module), set()) <= set(exported), "what other modules take is exported"


def _rank(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def test_the_face_shows_what_it_exports() -> None:
    assert sorted(dir(travaux)) == sorted(travaux.__all__)
    assert all(getattr(travaux, name) is not None for name in travaux.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = travaux.no_such_name


def test_importing_the_face_loads_none_of_the_heavy_libraries() -> None:
    heavy = {"rdflib", "pandas", "networkx", "pyvis", "owlready2", "lark", "pyoxigraph", "numpy", "SPARQLWrapper"}
    code = "import sys, travaux, travaux.cli; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)


def test_no_file_is_too_long_to_keep_in_mind() -> None:
    long = {
        str(file): lines
        for file in _tracked()
        if file.suffix in {".py", ".lark", ".rq", ".js", ".css"}
        and (lines := len((REPOSITORY / file).read_text(encoding="utf-8").splitlines())) > 600
    }
    assert long == {}


def test_each_file_is_named_by_the_question_it_answers() -> None:
    assert [str(file) for file in _tracked() if file.suffix == ".py" and file.stem.strip("_") in VAGUE] == []


def test_no_name_of_a_proponent_stands_in_the_code_that_reads() -> None:
    reference = load()
    names = {state.name for state in reference.states} | {group.name for group in reference.groups}
    assert "Jamaica" in names
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names)))
    found = [
        f"{module}: {words!r}"
        for module in MODULES
        if module.parts[0] in ("ingest", "lineage")
        for words in _strings(ast.parse((REPOSITORY / module).read_text(encoding="utf-8")))
        if pattern.search(words)
    ]
    assert found == []


def _strings(tree: ast.Module) -> Iterator[str]:
    """The string constants of a module that are not docstrings (an example may name a State)."""
    docstrings = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_no_address_of_a_package_registry_stands_anywhere() -> None:
    address = re.compile(
        r"index-url|npm_config_registry|registry\s*=|https?://[^/\s\"']*(?:pypi|npmjs|pythonhosted)", re.I
    )
    own = Path(__file__).relative_to(REPOSITORY)
    found = [
        f"{file}: {line.strip()}"
        for file in _tracked()
        if file != own and file.parts[0] != "corpus"
        for line in (REPOSITORY / file).read_text(encoding="utf-8", errors="replace").splitlines()
        if address.search(line)
    ]
    assert found == []


def test_the_version_stands_in_one_place() -> None:
    version = re.compile(rf"(?<![\d.]){re.escape(travaux.__version__)}(?![\d.])")
    holders = {
        str(file)
        for file in _tracked()
        if file.suffix in {".py", ".toml", ".cff", ".md", ""}
        and file.parts[0] not in {"corpus", "tests"}
        and version.search((REPOSITORY / file).read_text(encoding="utf-8", errors="replace"))
    }
    assert holders - {"CHANGELOG.md"} == {"_version.py"}


def test_every_folder_of_code_is_listed_as_a_package() -> None:
    setup = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert set(setup["packages"]) == {
        _name(module).rsplit(".", 1)[0] if module.name != "__init__.py" else _name(module) for module in MODULES
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built through a source distribution, so that both are tried."""
    workshop = tmp_path_factory.mktemp("distribution")
    source = workshop / "source"
    for file in _tracked():
        (source / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(REPOSITORY / file, source / file)
    built = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(workshop / "dist"), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    (file,) = (workshop / "dist").glob("*.whl")
    return file


def test_the_wheel_holds_the_code_and_its_data_and_nothing_else(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    packaged = {module.parts[0] for module in MODULES if len(module.parts) > 1} | {"corpus"}
    expected = {f"travaux/{module.as_posix()}" for module in MODULES} | {"travaux/py.typed"}
    expected |= {
        f"travaux/{file.as_posix()}" for file in _tracked() if file.parts[0] in packaged and file.suffix in DATA
    }
    assert held == expected


def test_the_wheel_works_away_from_the_repository(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r}); import travaux; "
        f"assert travaux.__file__.startswith({str(site)!r}), travaux.__file__; "
        "graph = travaux.build(); print(len(graph.documents), travaux.__version__)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.stdout.split() == ["1", travaux.__version__]
