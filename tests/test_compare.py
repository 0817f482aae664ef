"""A provision beside its source, as a page: every word of both, what is left out, and nothing from the network."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
import travaux
from travaux.commands.comparing import comparison
from travaux.errors import ExportError
from travaux.ingest.instruments import read_instrument
from travaux.ontology.reference import load
from travaux.viz.collation import Collation, Omission, Piece, SourceTexts
from travaux.viz.compare import Compared, draw_compare


@pytest.fixture(scope="module")
def graph() -> travaux.Graph:
    return travaux.build()


def plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", markup)).split())


def test_without_the_treaty_the_page_says_how_many_words_were_dropped(graph: travaux.Graph) -> None:
    drawn = comparison(graph.provision("jamaica/mutual-legal-assistance/14"), SourceTexts())
    assert "The words of uncac are not at hand" in plain(drawn)
    assert '<del class="unknown">1 word</del>' in drawn
    assert 'title="1 word missing here"' in drawn


def test_with_the_treaty_the_lost_word_is_struck_out(graph: travaux.Graph, shared: Path) -> None:
    treaty = read_instrument(shared / "instruments" / "uncac.md", load(), "uncac")
    drawn = comparison(graph.provision("jamaica/mutual-legal-assistance/14"), SourceTexts({"uncac": treaty.provisions}))
    assert "shall <del>not</del> be prosecuted" in drawn
    assert 'title="“not” missing here"' in drawn
    assert "not at hand" not in drawn


def test_every_word_of_an_article_is_on_the_page(graph: travaux.Graph) -> None:
    article = graph.provision("colombia/extradition")
    drawn = plain(comparison(article, SourceTexts()).replace('<span class="gap"', "<span "))
    for unit in article.children:
        assert " ".join(unit.text.split()) in drawn
    assert drawn.count("left out") >= len(article.omissions) > 0


def test_a_page_asks_nothing_of_the_network_and_never_changes(graph: travaux.Graph) -> None:
    article = graph.provision("jamaica/extradition")
    drawn = comparison(article, SourceTexts())
    assert drawn == comparison(article, SourceTexts())
    assert "default-src 'none'" in drawn
    assert not re.findall(r"(?:src|href)=[\"'](?!#|data:)", drawn)


def test_words_are_never_markup() -> None:
    hostile = "<script>alert(1)</script>"
    collation = Collation(
        "d/1", f"instrument/x/{hostile}", hostile, "adapted", 0.5, (Piece("changed", hostile, hostile, 0, 1),)
    )
    unit = Compared(hostile, "1", 0, hostile, "", (0,), (collation,), (Omission("instrument/x/2", hostile, 0),))
    drawn = draw_compare(hostile, [unit], SourceTexts(), [(hostile, hostile)])
    assert "<script>alert" not in drawn


def test_a_provision_without_a_source_is_refused_with_what_to_do(graph: travaux.Graph) -> None:
    with pytest.raises(ExportError, match="no source of the words"):
        comparison(graph.provision("colombia/section-new-language-proposals"), SourceTexts())
