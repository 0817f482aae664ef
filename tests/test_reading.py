"""A provision as it is read in the terminal: its words with marks, and every remark on them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import travaux
from rich.cells import cell_len
from travaux.commands.reading import lines
from travaux.ingest.instruments import read_instrument
from travaux.ingest.manifest import describe
from travaux.ontology.reference import load
from travaux.provisions import Provision
from travaux.remarks import Evidence, places
from travaux.viz.collation import SourceTexts

DRAFT = """# Norway

[Original: English]

## Article 1. Extradition

1. Each State Party shall, in accordance with article 99 of the Budapest Convention, cooperate. It may also
*consider*[^1] the following:

(a) To arrest persons;

(b) To surrender them.

# Kenya

[Original: English]

1. Kenya supports the inclusion of provisions on extradition, provided that human rights are respected.

[^1]: A note.
"""


@pytest.fixture(scope="module")
def graph() -> travaux.Graph:
    return travaux.build()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> travaux.Graph:
    """The graph of a draft whose every mark is known."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "draft.md").write_text(DRAFT, encoding="utf-8")
    with travaux.build(store=folder / "store") as kept:
        kept.add([describe(folder / "draft.md")])
    return travaux.open(folder / "store")


def text(provision: Provision, width: int = 80) -> str:
    return "\n".join(line.plain.rstrip() for line in lines(provision, width)) + "\n"


def marked(provision: Provision, what: str) -> list[str]:
    words = provision.text or provision.heading
    return [words[said.start : said.end] for said in provision.remarks if said.what == what]


def test_words_are_marked_by_what_is_said_of_them(own: travaux.Graph) -> None:
    paragraph = own.provision("norway/extradition/1")
    assert marked(paragraph, "modality") == ["shall", "may", "consider"]
    assert marked(paragraph, "bearer") == ["Each State Party", "It"]
    assert marked(paragraph, "citation") == ["article 99 of the Budapest Convention"]
    assert "article 99 of the Budapest Convention" in marked(paragraph, "finding")


def test_a_norm_says_whom_it_binds_how_strongly_and_where_it_is_said(own: travaux.Graph) -> None:
    paragraph = own.provision("norway/extradition/1")
    assert [(norm.bearer.removeprefix("Each "), norm.as_printed, norm.modality) for norm in paragraph.norms] == [
        ("State Party", "Each State Party", "shall"),
        ("State Party", "It", "may-consider"),
    ]
    (letter, _) = paragraph.children
    (inherited,) = letter.norms
    assert inherited.modality == "may-consider"
    assert inherited.inherited_from is not None
    assert inherited.inherited_from.path == paragraph.path
    assert marked(letter, "modality") == [], "the words of the chapeau are marked where they stand"


def test_a_position_has_its_stance_subject_and_condition(own: travaux.Graph) -> None:
    statement = own.provision("kenya/1")
    (position,) = statement.positions
    assert position.concept is not None
    assert position.concept.label == "extradition"
    assert position.stance in {"supports", "conditional-support"}
    assert [words for words in position.conditions if "human rights are respected" in words]
    assert [words for words in marked(statement, "condition") if "human rights are respected" in words]


def test_a_finding_tells_its_weight_and_problem(own: travaux.Graph) -> None:
    found = next(found for found in own.provision("norway/extradition/1").findings if "99" in found.quote)
    assert (found.severity, found.kind, found.label) == ("A", "citation-error", "citation error")
    assert found.problem.endswith(".")


def test_plain_text_has_a_line_of_signs_below_the_words(own: travaux.Graph) -> None:
    shown = text(own.provision("norway/extradition/1"))
    rows = shown.splitlines()
    words = next(number for number, row in enumerate(rows) if "Each State Party shall" in row)
    at = rows[words].index("Each")
    assert rows[words + 1][at:].startswith("---------------- =====")
    cited = rows[words].index("article 99")
    assert rows[words + 1][cited:].startswith("~~~~~~~")
    assert rows[words + 2][cited:].startswith("AAAAAAA")
    legend = next(row for row in rows if "how strongly" in row)
    assert all(sign in legend for sign in ("== how strongly", "-- who is bound", "~~ what is cited", "AA finding"))


def test_what_a_list_has_from_the_words_above_it_is_told_once(own: travaux.Graph) -> None:
    shown = text(own.provision("norway/extradition"))
    assert re.search(r"^ +para\. 1 \(a\) to \(b\) +may consider +as said in para\. 1$", shown, re.M)


def test_a_terminal_styles_the_words_and_has_no_signs(own: travaux.Graph) -> None:
    coloured = list(lines(own.provision("norway/extradition/1"), 80, colour=True))
    assert not [line for line in coloured if re.fullmatch(r"[ =~.A-C-]+", line.plain) and line.plain.strip()]
    words = next(line for line in coloured if "Each State Party shall" in line.plain)
    styles = {words.plain[span.start : span.end]: str(span.style) for span in words.spans}
    assert styles["shall"] == "bold"
    assert styles["Each State Party"] == "italic"
    assert "red" in styles[next(key for key in styles if key.startswith("article 99") and "red" in styles[key])]


def test_red_is_only_for_findings_of_severity_a(graph: travaux.Graph) -> None:
    for path in ("colombia/mutual-assistance-regarding-provisional-measures", "new-zealand/8", "jamaica/extradition"):
        provision = graph.provision(path)
        severe = {found.severity for unit in _all(provision) for found in unit.findings}
        red = [span for line in lines(provision, colour=True) for span in line.spans if "red" in str(span.style)]
        assert bool(red) == ("A" in severe), path


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("path", ["jamaica/mutual-legal-assistance", "new-zealand/8", "jamaica", "v-22-10828"])
def test_no_line_is_wider_than_the_page(path: str, width: int, graph: travaux.Graph) -> None:
    heads = 2
    for line in list(lines(graph.provision(path), width))[heads:]:
        assert cell_len(line.plain) <= width, line.plain


def test_every_remark_on_the_compilation_finds_its_words(graph: travaux.Graph) -> None:
    seen = 0
    for provision in _all(graph.provision("document/v-22-10828")):
        words = provision.text or provision.heading
        if not words or not provision.evidence:
            continue
        assert places(words, provision.evidence), provision.path
        quotes = {" ".join(norm.quote.split()) for norm in provision.norms}
        for said in provision.remarks:
            if said.what == "modality":
                seen += 1
                assert any(words[said.start : said.end] in quote for quote in quotes), provision.path
    assert seen > 200


def test_words_that_are_not_in_what_is_printed_have_no_place() -> None:
    assert places("wholly other words", [Evidence("", "", ((0, 12),), "(a) An arrest"[:12])]) == {}
    assert places("An arrest", [Evidence("", "", ((0, 5),), "(a) An arrest")]) == {}


@pytest.mark.parametrize("path", ["v-22-10828", "document/v-22-10828"])
def test_a_document_is_told_by_its_submissions_and_counts(path: str, graph: travaux.Graph) -> None:
    document = graph.provision(path)
    shown = text(document)
    assert document.kind == "document"
    for name in ("Colombia", "Jamaica", "New Zealand", "Viet Nam"):
        assert re.search(rf"^  {name}.*\d", shown, re.M)
    assert re.search(r"^  \d+ findings: \d+ A \(changes the meaning", shown, re.M)


def test_the_counts_of_a_submission_are_those_of_its_parts(graph: travaux.Graph) -> None:
    document, submission = graph.provision("v-22-10828"), graph.provision("new-zealand")
    assert submission.kind == "submission"
    units = list(_all(submission))
    assert sum(submission.tallies["stance"].values()) == sum(len(unit.positions) for unit in units)
    assert sum(submission.tallies["severity"].values()) == sum(len(unit.findings) for unit in units)
    for what in ("stance", "modality", "severity"):
        whole = sum((part.tallies[what] for part in document.children), start=type(document.tallies[what])())
        assert document.tallies[what] == whole


def test_a_treaty_and_its_provisions_have_no_remarks(graph: travaux.Graph) -> None:
    article = graph.provision("instrument/budapest/24")
    assert (article.norms, article.positions, article.findings, article.remarks) == ((), (), (), ())
    assert "Extradition" in text(article)


def test_a_notebook_shows_remarks_as_text(own: travaux.Graph) -> None:
    shown = own.provision("norway/extradition/1")._repr_html_()
    for words in ("obliges and allows", "findings", "<strong>A</strong>"):
        assert words in shown
    assert shown.count("<ul>") == shown.count("</ul>")
    position = own.provision("kenya/1")._repr_html_()
    assert "positions" in position


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("surroundings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_has_colour_unless_the_reader_wants_none(
    surroundings: dict[str, str], coloured: bool, own: travaux.Graph, tmp_path: Path
) -> None:
    import pty

    store = tmp_path / "store"
    travaux.build(store=store).close()
    parent, child = pty.openpty()
    ran = subprocess.Popen(
        [sys.executable, "-m", "travaux", "show", "colombia/extradition/1", "--store", str(store)],
        stdout=child,
        stderr=subprocess.STDOUT,
        env={
            **{key: words for key, words in os.environ.items() if key != "NO_COLOR"},
            "TERM": "xterm-256color",
            "COLUMNS": "80",
            **surroundings,
        },
    )
    os.close(child)
    said = b""
    try:
        while part := os.read(parent, 65536):
            said += part
    except OSError:
        pass  # Linux tells so that nobody writes to the terminal any more.
    finally:
        os.close(parent)
    assert ran.wait() == 0
    assert (b"\x1b[" in said) is coloured
    assert (b"~~~~~" in said) is not coloured


def _all(provision: Provision) -> list[Provision]:
    found = [provision]
    for part in provision.children:
        found += _all(part)
    return found


def test_what_was_changed_is_told_word_by_word(graph: travaux.Graph) -> None:
    told = text(graph.provision("jamaica/mutual-legal-assistance/14"))
    assert "[-1 word-]{+12+} and [-1 word-]{+13+}" in told
    assert "nationality, shall [-1 word-] be" in " ".join(told.split())
    assert "(adapted): negation" in told


def test_the_words_of_the_source_are_told_where_they_are_at_hand(graph: travaux.Graph, shared: Path) -> None:
    treaty = read_instrument(shared / "instruments" / "uncac.md", load(), "uncac")
    sources = SourceTexts({"uncac": treaty.provisions})
    article = graph.provision("jamaica/mutual-legal-assistance/14")
    told = " ".join(line.plain.strip() for line in lines(article, 100, sources=sources))
    assert "[-10-]{+12+} and [-11-]{+13+}" in told
    assert "shall [-not-] be prosecuted" in told


def test_the_pieces_of_a_provision_are_its_words(graph: travaux.Graph) -> None:
    units = [unit for article in ("mutual-legal-assistance", "extradition") for unit in _units(graph, article)]
    found = [(unit, collation) for unit in units for collation in unit.collations()]
    assert len(found) > 80
    for unit, collation in found:
        assert "".join("".join(piece.own for piece in collation.pieces).split()) == "".join(unit.text.split())


def _units(graph: travaux.Graph, article: str) -> list[Provision]:
    waiting = [graph.provision(f"jamaica/{article}")]
    found = []
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].children
    return found


def test_an_article_is_told_by_its_verdicts_and_by_what_was_changed(graph: travaux.Graph) -> None:
    told = text(graph.provision("jamaica/amendment"))
    assert re.search(r"\d+ provisions: \d verbatim, \d conformed", told)


def test_long_copied_stretches_are_cut_short(graph: travaux.Graph) -> None:
    told = text(graph.provision("jamaica/mutual-legal-assistance/14")).partition("word by word")[2]
    assert "punished or subjected … in the territory" in " ".join(told.split())
