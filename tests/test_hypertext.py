"""Web pages: what is read is what a reader sees, and every place is a place in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.ingest.document import read_document
from travaux.ingest.hypertext import readable
from travaux.ingest.manifest import describe
from travaux.ingest.records import Document, quote

PAGE = """<!doctype html>
<html><head><title>Draft of Kenya</title><style>p { color: red }</style></head>
<body><!-- Kenya -->
<h2 class="title">Article 1. Extradition</h2>
<ol>
  <li>Each State Party <em>shall</em> co&shy;operate, in accordance with article&nbsp;99
of the <i>Budapest Convention</i>.<sup>1</sup></li>
  <li>It may also:<ol type="a"><li>arrest persons;</li><li>surrender them.</li></ol></li>
</ol>
<p><strong>Article 2. Jurisdiction</strong></p>
<p>1. &#8220;Parties&#8221; &lt; AT&T &amp others shall consult.</p>
<script>var hidden = "1. Parties shall hide.";</script>
</body></html>
"""


@pytest.fixture
def page(tmp_path: Path) -> Document:
    file = tmp_path / "draft.html"
    file.write_text(PAGE, encoding="utf-8")
    return read_document(describe(file), anonymous=True)


def test_a_page_is_read_as_its_reader_sees_it(page: Document) -> None:
    (submission,) = page.submissions
    assert [(unit.kind.value, unit.number, unit.heading or unit.text) for unit in submission.provisions] == [
        ("article", "1", "Extradition"),
        (
            "paragraph",
            "1",
            "Each State Party shall cooperate, in accordance with article 99 of the Budapest Convention.",
        ),
        ("paragraph", "2", "It may also:"),
        ("subparagraph", "a", "arrest persons;"),
        ("subparagraph", "b", "surrender them."),
        ("article", "2", "Jurisdiction"),
        ("paragraph", "1", "“Parties” < AT&T & others shall consult."),
    ]


def test_what_is_found_in_a_page_stands_in_its_file(page: Document) -> None:
    assert page.text == PAGE
    (citation,) = page.submissions[0].provisions[1].citations
    assert quote(PAGE, citation.spans) == citation.quote == "article&nbsp;99\nof the <i>Budapest Convention"
    for unit in page.submissions[0].provisions:
        assert quote(PAGE, unit.spans).startswith(("<li>", "Article", "1."))


def test_a_page_that_is_hidden_says_nothing() -> None:
    for hidden in ("<script>a</script>", "<style>a</style>", "<!-- a -->", "<head><title>a</title></head>"):
        assert readable(hidden).strip(" \u200b\n") == ""


TAGS = "<p> </p> <li> <ol> </ol> <h2> </h2> <b> </b> <br/> <sup> <!-- --> <script> </script>".split()
SIGNS = "&amp; &nbsp &#8220; &#0; &bogus; 🌍 a b 1 & ; < >".split()
MARKUP = st.lists(st.sampled_from([*TAGS, *SIGNS, "\n", " ", '<ol type="a" start="9">']), max_size=40)


@given(MARKUP)
def test_no_markup_moves_a_character(parts: list[str]) -> None:
    html = "".join(parts)
    shown = readable(html)
    assert len(shown) == len(html)
    for place, sign in enumerate(shown):
        if sign in "🌍":
            assert html[place] == sign


@given(st.text(max_size=60))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(readable(text)) == len(text)
