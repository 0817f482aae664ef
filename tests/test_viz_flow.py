"""The flow: every word known to come from a treaty is drawn once, and no label is covered or cut off."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from travaux.errors import ExportError
from travaux.graph.library import record
from travaux.graph.store import Store
from travaux.ingest.records import Document
from travaux.queries.catalogue import read_question, run
from travaux.viz.flow import VERDICTS, draw_flow
from travaux.viz.material import FOLDER, sheet
from travaux.viz.palette import palette
from travaux.viz.streams import LETTERS, Article, Draft, Flow, Portion, flow_of, portions

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \" '"


class Elements(HTMLParser):
    """The elements of a page, as a browser would find them, and all its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def found(corpus: Store) -> tuple[Portion, ...]:
    return portions(corpus)


@pytest.fixture(scope="module")
def html(corpus: Store) -> str:
    return draw_flow(corpus)


def content(html: str) -> Any:
    embedded = re.search(r'<script type="application/json" id="content">(.*?)</script>', html, re.S)
    assert embedded
    return json.loads(embedded[1])


def test_every_row_of_the_query_is_in_the_picture_once(corpus: Store, html: str, found: tuple[Portion, ...]) -> None:
    asked = run(corpus, read_question((FOLDER / "flow.rq").read_text(encoding="utf-8"), "flow"))
    pairs = {(row["provision"], row["source"]) for row in asked.records()}
    assert len(pairs) == len(found) > 100
    drawn = Counter(place for band in content(html)["bands"].values() for place in band["portions"])
    assert drawn == Counter(range(len(found)))


def test_the_words_are_those_of_the_catalogue(corpus: Store, found: tuple[Portion, ...]) -> None:
    asked = {
        (str(row["submission"]).removeprefix(corpus.base), str(row["instrument"]).removeprefix(corpus.base)): row[
            "words"
        ]
        for row in run(corpus, "word-shares").records()
    }
    drawn: Counter[tuple[str, str]] = Counter()
    for portion in found:
        drawn[portion.draft.path, portion.article.instrument] += portion.words
    assert drawn == asked


def test_the_page_asks_nothing_of_the_network(html: str) -> None:
    page = Elements(html)
    assert not {tag for tag, _ in page.found} & {"link", "base", "iframe", "object", "embed", "img", "form"}
    for tag, attributes in page.found:
        for name in ("src", "href", "xlink:href", "action"):
            assert name not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("fill", "").removeprefix("url(").startswith(("#", "var(", "")), tag
    assert not re.search(r"url\((?!#)|@import", html)
    assert "default-src 'none';" in html


def test_the_page_has_the_same_bytes_on_every_run(corpus: Store, html: str) -> None:
    assert draw_flow(corpus) == html


def test_the_page_shows_the_queries_that_it_was_made_from(html: str) -> None:
    shown = Elements(html).text
    for name in ("flow", "submissions", "provisions"):
        assert sheet(name)[1].strip() in shown


def attacked(graph: Store) -> Store:
    """`graph` with an attack in the place of every label and heading."""
    store = Store.memory()
    attack = ox.Literal(HOSTILE)
    store.put_all(
        {
            name: [
                ox.Quad(one.subject, one.predicate, attack, name)
                if one.predicate.value.endswith(("#label", "#heading"))
                else one
                for one in graph.quads(name)
            ]
            for name in graph.graphs()
        }
    )
    return store


def test_words_of_a_graph_never_become_markup(corpus: Store, html: str) -> None:
    page = Elements(draw_flow(attacked(corpus)))
    tags = Counter(tag for tag, _ in page.found)
    assert tags["script"] == Counter(tag for tag, _ in Elements(html).found)["script"]
    assert not tags["img"]
    assert not [name for _, attributes in page.found for name in attributes if name.startswith("on")]
    assert "<img src=x" in " ".join(attributes.get("aria-label", "") for _, attributes in page.found)


def test_an_empty_graph_is_not_drawn() -> None:
    with pytest.raises(ExportError, match="there is no document to draw; build the graph with 'travaux build'"):
        draw_flow(Store.memory())


def test_a_graph_that_knows_no_words_of_treaties_says_so(draft: Document) -> None:
    store = Store.memory()
    record(store, [draft])
    with pytest.raises(ExportError, match="words of a treaty; add the words of treaties with 'travaux instruments add"):
        draw_flow(store)


def test_a_page_is_written_where_it_was_asked_for(corpus: Store, html: str, tmp_path: Path) -> None:
    assert draw_flow(corpus, tmp_path / "flow.html") == html
    assert (tmp_path / "flow.html").read_text(encoding="utf-8") == html


def test_every_verdict_has_its_words_and_its_texture(html: str) -> None:
    assert list(VERDICTS) == list(palette().verdicts)
    for pattern in set(re.findall(r'fill="url\(#([^)]+)\)"', html)):
        assert html.count(f'<pattern id="{pattern}"') == 1


def test_the_picture_can_be_read_without_seeing_it(html: str, found: tuple[Portion, ...]) -> None:
    page = Elements(html)
    bands = [attributes for _, attributes in page.found if "data-band" in attributes]
    assert all(band["tabindex"] == "0" and re.search(r": [\d,]+ words? \(", band["aria-label"]) for band in bands)
    rows = {(portion.article.path, portion.draft.path) for portion in found}
    assert len([tag for tag, attributes in page.found if tag == "th" and attributes.get("scope") == "row"]) == len(rows)


def laid_out_well(flow: Flow, limit: int) -> None:
    """No label covers another or leaves the picture; bands fill their marks; at most `limit` marks, or one a treaty."""
    assert len(flow.stops) <= max(limit, len(flow.heads))
    for column in (flow.stops, flow.ends):
        spans = []
        for stop in column:
            middle, room = stop.top + stop.height / 2, max(stop.height, 15 * len(stop.lines)) / 2
            spans.append((middle - room, middle + room))
            assert all(0 < len(line) <= LETTERS for line in stop.lines)
        assert spans[0][0] >= 0
        assert spans[-1][1] <= flow.height
        assert all(below[0] - above[1] >= -0.2 for above, below in pairwise(spans))
    for head in flow.heads:
        low = head.y + 15 * len(head.lines)
        first = next(stop for stop in flow.stops if stop.instrument == head.instrument)
        assert low <= first.top + first.height / 2 - max(first.height, 15 * len(first.lines)) / 2
    for stop in flow.stops:
        strips = [strip for band in flow.bands if band.stop == stop.key for strip in band.strips]
        assert sum(strip.height for strip in strips) == pytest.approx(stop.height)
        assert strips[0].left == pytest.approx(stop.top)
        assert sum(strip.words for strip in strips) == stop.words
    for end in flow.ends:
        strips = [strip for band in flow.bands if band.draft.path == end.key for strip in band.strips]
        assert sum(strip.height for strip in strips) == pytest.approx(end.height)
    assert sorted(map(str, (portion for band in flow.bands for portion in band.portions))) == sorted(
        map(str, flow.portions)
    )


@pytest.mark.parametrize("limit", [1, 10, 40, 200])
def test_nothing_is_covered_cut_off_or_lost(found: tuple[Portion, ...], limit: int) -> None:
    flow = flow_of(found, limit)
    laid_out_well(flow, limit)
    gathered = [stop for stop in flow.stops if stop.kind == "others"]
    assert bool(gathered) == (limit < 49)
    assert all(len(stop.articles) > 1 for stop in gathered)


def portion(treaty: int, place: int, submission: int, words: int, verdict: str) -> Portion:
    path = f"instrument/t{treaty}"
    article = Article(f"{path}/{place}", f"art. {place}", "Of a thing " * place, place, path, f"Treaty {treaty}")
    draft = Draft(f"document/d/{submission}", f"State {submission}", "D.1", ((f"state/{submission}", "S"),), 10_000)
    provision = f"{draft.path}/{treaty}/{place}"
    return Portion(provision, "a provision", article.path, "an article", verdict, words, article, draft)


@given(
    st.lists(
        st.builds(
            portion,
            st.integers(1, 6),
            st.integers(1, 12),
            st.integers(1, 9),
            st.integers(1, 3000),
            st.sampled_from(sorted(VERDICTS)),
        ),
        min_size=1,
        max_size=60,
    ),
    st.integers(1, 50),
)
def test_whatever_flows_is_laid_out_well_and_always_alike(given: list[Portion], limit: int) -> None:
    laid_out_well(flow_of(given, limit), limit)
    assert flow_of(given, limit) == flow_of(given, limit)
