"""The command line: what it prints, what it refuses in one line, and the status it ends with."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import travaux

COMMAND = Path(sys.executable).with_name("travaux")
Run = Callable[..., subprocess.CompletedProcess[str]]

DRAFT = """# Norway

[Original: English]

## Article 1. Extradition

1. Each State Party shall cooperate in extradition, in accordance with article 16 of the United Nations
Convention against Transnational Organized Crime.
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the shipped corpus."""
    folder = tmp_path_factory.mktemp("shipped") / "store"
    travaux.build(store=folder).close()
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command in a folder of its own, as a person does."""

    def run(*words: str | Path, stdin: str = "", **surroundings: str) -> subprocess.CompletedProcess[str]:
        known = {key: value for key, value in os.environ.items() if key not in {"TRAVAUX_STORE", "COLUMNS"}}
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "travaux", *map(str, words)],
            cwd=tmp_path,
            env={**known, **surroundings},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def _refused(ran: subprocess.CompletedProcess[str], *expected: str) -> None:
    """The command ended with status 1 and one line on the error output that holds the expected words."""
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1, ran.stderr
    assert ran.stderr.startswith("travaux: ")
    for words in expected:
        assert words in ran.stderr


def test_the_command_is_installed_under_its_name() -> None:
    ran = subprocess.run([COMMAND, "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"travaux {travaux.__version__}\n"


def test_build_prints_what_it_found(run: Run) -> None:
    ran = run("build")
    assert (ran.returncode, ran.stderr) == (0, "")
    rows = {line.split()[1]: line.split()[-4:] for line in ran.stdout.splitlines() if line.startswith("V.22-10828 ")}
    assert set(rows) == {"Colombia", "Jamaica", "New", "Viet"}
    assert all(int(provisions) > 30 for provisions, *_ in rows.values())
    assert re.search(r"[\d,]+ statements in \.travaux, in \d+\.\d s", ran.stdout)


def test_building_twice_changes_nothing_and_prints_the_same(run: Run) -> None:
    first, second = run("build"), run("build")
    told, again = (re.sub(r"in \d+\.\d s", "", ran.stdout) for ran in (first, second))
    assert told == again


def test_the_store_is_named_by_option_or_by_the_environment(run: Run, store: Path) -> None:
    question = ("query", "submissions", "--format", "csv")
    told = run(*question, "--store", store)
    assert told.returncode == 0
    assert told.stdout == run(*question, TRAVAUX_STORE=str(store)).stdout
    _refused(run(*question), ".travaux: there is no store here", "make one with 'travaux build'")


def test_a_table_fits_a_hundred_columns_and_has_no_colour_in_a_pipe(run: Run, store: Path) -> None:
    ran = run("query", "who-proposes-what", "-p", "concept=extradition", "--store", store, TERM="xterm-256color")
    assert ran.returncode == 0
    assert "Jamaica" in ran.stdout
    assert "\x1b" not in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 100


def test_json_is_the_results_format_of_the_w3c_and_nothing_else(run: Run, store: Path) -> None:
    ran = run("query", "submissions", "--format", "json", "--store", store)
    said = json.loads(ran.stdout)
    assert set(said) == {"head", "results"}
    assert len(said["results"]["bindings"]) == 4
    assert ran.stderr == ""


@pytest.mark.parametrize(
    ("form", "start"),
    [("csv", "name\r\n"), ("tsv", "?name\n"), ("xml", "<?xml version"), ("json", '{\n "head"'), ("table", "name")],
)
def test_rows_are_printed_in_each_format(form: str, start: str, run: Run, store: Path) -> None:
    query = "SELECT ?name WHERE { ?s <https://w3id.org/travaux/ns#symbol> ?name } ORDER BY ?name LIMIT 3"
    ran = subprocess.run(
        [sys.executable, "-m", "travaux", "query", "-", "--format", form, "--store", str(store)],
        input=query.encode(),
        capture_output=True,
        check=True,
    )
    assert ran.stdout.decode().startswith(start)


@pytest.mark.parametrize("form", ["ttl", "nt", "rdfxml", "jsonld", "table"])
def test_triples_are_printed_in_each_format(form: str, run: Run, store: Path) -> None:
    query = 'CONSTRUCT WHERE { ?s <https://w3id.org/travaux/ns#symbol> "V.22-10828" }'
    ran = run("query", "-", "--format", form, "--store", store, stdin=query)
    assert ran.returncode == 0
    assert "document/v-22-10828" in ran.stdout


def test_a_query_is_read_from_a_file_and_its_blanks_are_filled(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(
        "PREFIX trv: <https://w3id.org/travaux/ns#>\n"
        "SELECT ?number WHERE { ?article trv:heading ?heading ; trv:order ?number }"
    )
    ran = run("query", "mine.rq", "-p", "heading=Extradition", "--format", "csv", "--store", store)
    assert ran.returncode == 0
    assert len(ran.stdout.splitlines()) > 1


def test_the_catalogue_is_listed_and_each_question_can_be_read(run: Run) -> None:
    listed = run("queries")
    assert listed.returncode == 0
    assert "who-proposes-what" in listed.stdout
    text = run("queries", "who-proposes-what").stdout
    assert text.startswith("#+ ")
    assert "SELECT" in text


def test_a_provision_is_shown_with_its_words_and_where_it_stands(run: Run, store: Path) -> None:
    ran = run("show", "jamaica/extradition", "--store", store)
    assert ran.returncode == 0
    assert ran.stdout.startswith("Jamaica: Extradition\n")
    assert "proposed by Caribbean Community, Jamaica" in ran.stdout
    assert "stands in V.22-10828, characters" in ran.stdout


def test_the_treaties_are_listed_with_and_without_saying_list(run: Run, store: Path) -> None:
    listed = run("instruments", "list", "--store", store)
    assert listed.returncode == 0
    assert "instrument/untoc" in listed.stdout
    assert run("instruments", "--store", store).stdout == listed.stdout


def test_the_text_of_a_treaty_is_added_and_listed(run: Run, store: Path, shared: Path, tmp_path: Path) -> None:
    library = str(tmp_path / "library")
    added = run("instruments", "add", shared / "instruments" / "uncac.md", "--from", "a book", "--library", library)
    assert added.returncode == 0, added.stderr
    assert added.stdout.startswith("uncac: United Nations Convention against Corruption\ndigest     sha256:")
    assert "units      475 of 475" in added.stdout
    listed = run("instruments", "list", "--store", store, "--library", library)
    assert "In the library" in listed.stdout
    assert "475 of 475" in listed.stdout
    refused = run("instruments", "add", shared / "instruments" / "budapest-ap1.md", "--library", library)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["dump.ttl", "dump.nq", "dump.graphml"])
def test_the_graph_is_exported_by_the_ending_of_the_name(name: str, run: Run, store: Path, tmp_path: Path) -> None:
    ran = run("export", name, "--store", store)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (tmp_path / name).stat().st_size > 10_000


@pytest.mark.parametrize("what", [["network"], ["matrix"], ["matrix", "--of", "concepts"], ["flow"]])
def test_a_picture_is_one_file(what: list[str], run: Run, store: Path, tmp_path: Path) -> None:
    ran = run("draw", *what, "--output", "picture.html", "--store", store)
    assert (ran.returncode, ran.stderr) == (0, "")
    page = (tmp_path / "picture.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Colombia" in page


def test_evaluate_prints_precision_recall_and_f1(run: Run) -> None:
    ran = run("evaluate", "--no-slips")
    assert (ran.returncode, ran.stderr) == (0, "")
    for word in ("precision", "recall", "F1", "Structure", "Citations"):
        assert word in ran.stdout


def test_check_passes_on_the_shipped_corpus(run: Run, store: Path) -> None:
    ran = run("check", "--store", store)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout[:2000]
    checked = ["ontology", "consistency", "shapes", "evidence", "proofreading"]
    assert [line.split(":")[0] for line in ran.stdout.splitlines()] == checked
    assert re.search(r"\d+ checks examined [\d,]+ things; \d+ findings: \d+ A .*'travaux query findings'", ran.stdout)


def test_a_folder_of_drafts_is_proofread_file_by_file(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    for name in ("b.md", "a.txt"):
        (folder / name).write_text(DRAFT.replace("shall", "shall shall"))
    (folder / "notes.csv").write_text("not,read")
    ran = run("check", "drafts", "--severity", "b")
    assert ran.returncode == 1
    places = re.findall(r"^drafts/(a\.txt|b\.md):\d+", ran.stdout, re.MULTILINE)
    assert places == sorted(places)
    assert set(places) == {"a.txt", "b.md"}


def test_adding_a_document_again_changes_nothing_and_a_changed_one_replaces_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    file.write_text(DRAFT)
    assert run("add", "draft.md").stdout == "document/draft: added\n"
    assert run("add", "draft.md").stdout == "document/draft: unchanged\n"
    file.write_text(DRAFT.replace("shall cooperate", "may cooperate"))
    assert run("add", "draft.md").stdout == "document/draft: replaced\n"
    words = run("show", "norway/extradition").stdout
    assert "may cooperate" in words
    assert "shall cooperate" not in words


def test_a_faulty_document_among_good_ones_leaves_the_store_as_it_was(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(DRAFT)
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe")
    _refused(run("add", "good.md", "bad.md"), "bad.md")
    assert not (tmp_path / ".travaux").exists()


NO_STRUCTURE = "Some words.\n\nAnd others, without any heading.\n"
BAD_FILES: list[tuple[str, bytes | None, list[str]]] = [
    ("missing.md", None, ["missing.md: there is no such file"]),
    ("empty.md", b"", ["empty.md: the file is empty"]),
    ("binary.md", b"\x00\x01\x02", ["byte 0 is zero"]),
    ("cut.md", DRAFT.encode() + "\u2013".encode()[:1], ["cut short"]),
    ("latin.md", DRAFT.encode() + b"\xe9t\xe9", ["line 9", "not UTF-8"]),
    ("flat.md", NO_STRUCTURE.encode(), ["flat.md"]),
    ("nowhere.md", DRAFT.replace("Norway", "Atlantis").encode(), ["nowhere.md"]),
    ("paper.pdf", b"%PDF-1.7", ["files that end in .pdf are not read"]),
]


@pytest.mark.parametrize(("name", "content", "expected"), BAD_FILES, ids=[name for name, _, _ in BAD_FILES])
def test_a_document_at_fault_is_refused_in_one_line(
    name: str, content: bytes | None, expected: list[str], run: Run, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    _refused(run("add", name), *expected)


BAD_QUERIES: list[tuple[list[str], list[str]]] = [
    (["who-propose-what"], ["there is no question 'who-propose-what'", "did you mean who-proposes-what?"]),
    (["missing.rq"], ["missing.rq", "No such file"]),
    (["who-proposes-what", "-p", "colour=red"], ["no parameter 'colour'"]),
    (["who-proposes-what", "-p", "concept=extraditon"], ["extraditon", "did you mean extradition"]),
    (["lineage", "-p", "provision="], ["parameter provision", "the value is empty"]),
    (["submissions", "--format", "ttl"], ["cannot be written as ttl"]),
]


@pytest.mark.parametrize(("words", "expected"), BAD_QUERIES, ids=[" ".join(words) for words, _ in BAD_QUERIES])
def test_a_question_at_fault_is_refused_in_one_line(
    words: list[str], expected: list[str], run: Run, store: Path
) -> None:
    _refused(run("query", *words, "--store", store), *expected)


def test_a_query_with_a_syntax_error_is_refused_with_its_line(run: Run, store: Path) -> None:
    _refused(run("query", "-", "--store", store, stdin="SELECT ?s\nWHERE { ?s ?p }"), "line 2")
    _refused(run("query", "-", "--store", store, stdin=" \n"), "the query is empty")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["export", "dump.doc"], ["dump.doc", ".doc stands for no format"]),
        (["export", "dump.ttl", "--format", "word"], ["unknown format 'word'"]),
        (["export", "/proc/no/dump.ttl"], ["/proc/no/dump.ttl"]),
        (["show", "jamaica/extraditoin"], ["jamaica/extraditoin", "did you mean"]),
        (["build", "nowhere"], ["nowhere: there is no such folder"]),
        (["evaluate", "nowhere"], ["nowhere"]),
        (["draw", "network", "--output", "/proc/no/picture.html"], ["/proc/no/picture.html"]),
        (
            ["draw", "network", "--output", "network.png"],
            ["network.png: a picture of this kind", "end its name in .html"],
        ),
        (["query", "submissions", "--endpoint", "http://127.0.0.1:9/sparql"], ["http://127.0.0.1:9/sparql"]),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_what_cannot_be_done_is_told_in_one_line(words: list[str], expected: list[str], run: Run, store: Path) -> None:
    _refused(run(*words, TRAVAUX_STORE=str(store)), *expected)


def test_a_store_of_another_version_is_refused_and_left_alone(run: Run, tmp_path: Path) -> None:
    run("build")
    description = tmp_path / ".travaux" / "travaux-store.json"
    described = json.loads(description.read_text())
    description.write_text(json.dumps({**described, "format": 999}))
    for words in (["query", "submissions"], ["build"], ["show", "jamaica"]):
        _refused(run(*words), "format 999")
    description.write_text(json.dumps(described))
    assert run("query", "submissions").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["build", "--no-such-option"],
        ["query"],
        ["query", "lineage", "-p", "provision"],
        ["query", "lineage", "--format", "papyrus"],
        ["draw", "matrix", "--of", "colours"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_status_two(words: list[str], run: Run, store: Path) -> None:
    ran = run(*words, TRAVAUX_STORE=str(store))
    assert ran.returncode == 2
    assert "Usage:" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_reader_that_has_seen_enough_is_no_error(store: Path) -> None:
    ran = subprocess.run(
        [
            "bash",
            "-o",
            "pipefail",
            "-c",
            f"'{sys.executable}' -m travaux query 'search' -p words=shall --format json | head -c 10",
        ],
        env={**os.environ, "TRAVAUX_STORE": str(store)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_output_that_is_full_is_told_in_one_line(store: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "travaux", "query", "submissions", "--store", str(store)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (1, "travaux: No space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits on the size of files")
@pytest.mark.parametrize(
    "words", [["build"], ["export", "dump.ttl"], ["draw", "network", "--output", "network.html"]], ids=" ".join
)
def test_a_disk_without_room_is_told_in_one_line_and_nothing_is_half_written(
    words: list[str], store: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "store"
    if words != ["build"]:
        shutil.copytree(store, kept)
    before = {file.relative_to(tmp_path) for file in tmp_path.rglob("*")}
    command = " ".join(words)
    # No file may grow beyond 64 blocks, which a process meets as it meets a disk that is full.
    ran = subprocess.run(
        ["bash", "-c", f"ulimit -f 64; exec '{sys.executable}' -m travaux {command} --store '{kept}'"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    _refused(ran, "no room")
    left = {file.relative_to(tmp_path) for file in tmp_path.rglob("*")} - before
    assert {file.name for file in left} <= {"store", "travaux-store.json"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_an_interrupted_command_says_so_in_one_line(store: Path) -> None:
    waiting = subprocess.Popen(
        [sys.executable, "-m", "travaux", "query", "-", "--store", str(store)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert waiting.stdin is not None
    assert waiting.stderr is not None
    # The prompt reads standard input until it is closed; that it has come to that is seen from /proc.
    blocked = Path(f"/proc/{waiting.pid}/wchan")
    if not blocked.exists() or blocked.read_text() == "":
        waiting.kill()
        waiting.communicate()
        pytest.skip("needs /proc to see when the command is ready")
    while "pipe_read" not in blocked.read_text():
        assert waiting.poll() is None
    waiting.send_signal(signal.SIGINT)
    _, told = waiting.communicate(timeout=60)
    assert waiting.returncode != 0
    assert "Traceback" not in told or "travaux" not in told


HOSTILE = '<script>alert(1)</script> " . <a> <b> <c> . } \\u0022 \x01\x07\x1b[31m ]]> &amp; {{7*7}} ${x}'


def test_markup_turtle_and_control_characters_stay_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(DRAFT.replace("shall cooperate", f"shall {HOSTILE} cooperate"))
    assert run("add", "draft.md").returncode == 0
    words = "SELECT ?text WHERE { ?s <https://w3id.org/travaux/ns#text> ?text FILTER CONTAINS(?text, 'cooperate') }"
    said = json.loads(run("query", "-", "--format", "json", stdin=words).stdout)
    texts = [binding["text"]["value"] for binding in said["results"]["bindings"]]
    assert any("<script>alert(1)</script>" in text and ". <a> <b> <c> . }" in text for text in texts)
    assert run("draw", "network", "--output", "network.html").returncode == 0
    page = (tmp_path / "network.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    for name in ("dump.ttl", "dump.jsonld", "dump.graphml", "dump.gexf"):
        assert run("export", name).returncode == 0
    _refused(run("export", "dump.rdf"), "U+0001, which XML cannot", "choose another format")
    assert not (tmp_path / "dump.rdf").exists()
    found = run("query", "search", "-p", "words=cooperate")
    # A terminal obeys control characters, so a table shows them by their pictures.
    assert "␁" in found.stdout
    for shown in (found, run("show", "norway/extradition")):
        assert shown.returncode == 0
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", shown.stdout)


def test_ten_million_characters_on_one_line_stay_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(DRAFT.rstrip() + " in good faith and" * 560_000 + "\n")
    ran = run("add", "draft.md")
    assert (ran.returncode, ran.stderr) == (0, "")
    length = (
        "SELECT (STRLEN(?text) AS ?n) WHERE { ?s <https://w3id.org/travaux/ns#text> ?text } ORDER BY DESC(?n) LIMIT 1"
    )
    told = run("query", "-", "--format", "csv", stdin=length).stdout
    assert int(told.split()[-1]) > 10_000_000


def test_a_long_line_of_duties_wishes_and_citations_is_read_and_checked(run: Run, tmp_path: Path) -> None:
    duty = (
        "Each State Party shall, in accordance with article 16 of the Organized Crime Convention, endeavour to act; "
        "it may refuse where paragraph 1 of this article applies. "
    )
    wish = "We support provisions on extradition, based on article 44 of the Corruption Convention, and "
    (tmp_path / "draft.md").write_text(f"{DRAFT.rstrip()} {duty * 500}\n")
    (tmp_path / "comment.md").write_text(f"# Norway\n\n## Extradition\n\n1. {wish * 500}we thank the Chair.\n")
    assert run("add", "draft.md", "comment.md").returncode == 0
    counts = "SELECT (COUNT(*) AS ?n) WHERE {{ ?s a <https://w3id.org/travaux/ns#{}> }}"
    for thing, least in (("Norm", 1_000), ("Citation", 1_500), ("Position", 2)):
        told = run("query", "-", "--format", "csv", stdin=counts.format(thing)).stdout
        assert int(told.split()[-1]) >= least, thing
    ran = run("check", "draft.md", "comment.md", "--format", "json", "--exit-zero")
    assert (ran.returncode, ran.stderr) == (0, "")
