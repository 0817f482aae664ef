"""Pictures: the palette, and pages that open anywhere, show what they say they show, and never change by themselves."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from html.parser import HTMLParser
from itertools import combinations, pairwise
from math import dist
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from travaux.errors import ExportError, ReferenceDataError
from travaux.graph.library import record
from travaux.graph.store import Store
from travaux.ingest.document import read_document
from travaux.ingest.manifest import load_corpus
from travaux.ingest.records import Document, Kind, Provision, Span
from travaux.queries.catalogue import read_question, run
from travaux.viz.columns import Slot, settle
from travaux.viz.folding import fold
from travaux.viz.marks import picture
from travaux.viz.material import FOLDER, Concept, Material, gather, sheet
from travaux.viz.matrix import draw_matrix
from travaux.viz.network import draw_network
from travaux.viz.palette import FILE, Theme, hue_of, palette
from travaux.viz.tally import by_concept, by_instrument

REPOSITORY = Path(__file__).resolve().parents[1]

THEMES = pytest.mark.parametrize("theme", [palette().light, palette().dark], ids=["light", "dark"])

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

# What a reader sees who lacks one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1.0, on linear sRGB.
VISIONS: dict[str, Matrix] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> Vector:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue))
    return r, g, b


def dot(row: Vector, vector: Vector) -> float:
    return sum(a * b for a, b in zip(row, vector, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    low, high = sorted(dot((0.2126, 0.7152, 0.0722), linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, vision: Matrix) -> Vector:
    """CIE L*a*b* under D65 of `colour` as seen with `vision`."""
    red, green, blue = (min(max(dot(row, linear(colour)), 0.0), 1.0) for row in vision)
    white = ((0.4124, 0.3576, 0.1805, 0.95047), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.08883))
    x, y, z = (dot(row[:3], (red, green, blue)) / row[3] for row in white)
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@THEMES
def test_words_can_be_read_on_every_ground(theme: Theme) -> None:
    grounds = (theme.page, theme.surface, theme.raised)
    inks = {"ink": theme.ink, "muted": theme.muted} | {role: hue.text for role, hue in theme.sources.items()}
    for name, ink in inks.items():
        for ground in grounds:
            assert contrast(ink, ground) >= 4.5, (name, ground)
    for role, hue in theme.sources.items():
        for name, ink in (("ink", theme.ink), ("muted", theme.muted), ("text", hue.text)):
            assert contrast(ink, hue.wash) >= 4.5, (role, name)


@THEMES
def test_marks_can_be_seen_on_every_ground(theme: Theme) -> None:
    for role, hue in theme.sources.items():
        for ground in (theme.page, theme.surface, theme.raised):
            assert contrast(hue.mark, ground) >= 3, (role, ground)


@THEMES
@pytest.mark.parametrize("vision", VISIONS)
def test_sources_stay_apart_for_every_kind_of_vision(theme: Theme, vision: str) -> None:
    seen = {role: lab(hue.mark, VISIONS[vision]) for role, hue in theme.sources.items()}
    for one, other in combinations(seen, 2):
        assert dist(seen[one], seen[other]) >= 12, (one, other)


def test_an_instrument_that_the_palette_does_not_name_has_the_hue_of_the_others() -> None:
    assert hue_of("instrument/budapest/35") == "budapest"
    assert hue_of("instrument/a-treaty-of-tomorrow/1") == "other"


def test_a_palette_with_a_hue_missing_is_refused_in_one_line(tmp_path: Path) -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    broken = tmp_path / "palette.toml"
    broken.write_text("".join(line for line in lines if not line.startswith("untoc = {")), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"the light theme has no hue for untoc; add the role") as caught:
        palette(broken)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("values", "scheme"), [(palette().verdicts, "verdict"), (palette().stances, "stance")])
def test_every_verdict_and_every_stance_has_its_mark_and_no_two_share_one(values: dict[str, str], scheme: str) -> None:
    terms = ox.parse(path=REPOSITORY / "ontology" / "schemes.ttl", format=ox.RdfFormat.TURTLE, base_iri="https://e/")
    known = {str(quad.subject).strip("<>") for quad in terms}
    named = {iri.rpartition("/")[2] for iri in known if iri.startswith(f"https://e/{scheme}/")}
    assert set(values) - {"none"} == named
    assert len(set(values.values())) == len(values)


# Pages -------------------------------------------------------------------------------------------------------------


def store_of(*documents: Document) -> Store:
    store = Store.memory()
    record(store, documents)
    return store


@pytest.fixture(scope="module")
def corpus() -> Store:
    return store_of(*(read_document(document) for document in load_corpus(REPOSITORY / "corpus")))


@pytest.fixture(scope="module")
def material(corpus: Store) -> Material:
    return gather(corpus)


@pytest.fixture(scope="module")
def network(corpus: Store) -> Page:
    return Page(draw_network(corpus))


@pytest.fixture(scope="module")
def interchange(corpus: Store) -> rdflib.Graph:
    triples = ox.serialize([quad.triple for quad in corpus.quads()], format=ox.RdfFormat.N_TRIPLES)
    assert triples is not None
    return rdflib.Graph().parse(data=triples, format="nt")


DRAWINGS: dict[str, Callable[[Store], str]] = {
    "network": draw_network,
    "treaties": lambda store: draw_matrix(store, "instruments"),
    "subjects": lambda store: draw_matrix(store, "concepts"),
}
PICTURES: dict[str, Callable[[Store], str]] = {
    "treaties": lambda store: draw_matrix(store, "instruments", "svg"),
    "subjects": lambda store: draw_matrix(store, "concepts", "svg"),
}
EVERY_DRAWING = pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
EVERY_PICTURE = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)


class Page(HTMLParser):
    """A page as a browser sees it: its elements with their attributes, and the text of scripts, styles and cells."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        tag = self.elements[-1][0] if self.elements else ""
        if tag in self.texts and self.get_starttag_text() is not None and self.cdata_elem == tag:
            self.texts[tag].append(data)
        else:
            self.words.append(data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @cached_property
    def content(self) -> Any:
        place = next(i for i, script in enumerate(self.all("script")) if script.get("type") == "application/json")
        return json.loads(self.texts["script"][place])


@EVERY_DRAWING
def test_a_page_asks_nothing_of_the_network(draw: Callable[[Store], str], corpus: Store) -> None:
    page = Page(draw(corpus))
    assert not page.all("link", "base", "iframe", "object", "embed", "img", "form")
    for tag, attributes in page.elements:
        for name in ("src", "href", "xlink:href", "srcset", "action", "poster", "background", "ping"):
            assert attributes.get(name, "#").startswith(("#", "data:")), (tag, name)
    for style in (*page.texts["style"], *(attributes.get("style", "") for _, attributes in page.elements)):
        assert "@import" not in style
        assert not re.search(r"url\((?!['\"]?data:)", style)
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy
    assert not any("sourceMappingURL" in script for script in page.texts["script"])


@EVERY_DRAWING
def test_a_drawing_has_the_same_bytes_on_every_run(draw: Callable[[Store], str], corpus: Store) -> None:
    again = store_of(*(read_document(document) for document in load_corpus(REPOSITORY / "corpus")))
    assert draw(corpus) == draw(corpus) == draw(again)


@EVERY_PICTURE
def test_a_picture_is_well_formed_and_points_nowhere(draw: Callable[[Store], str], corpus: Store) -> None:
    svg = draw(corpus)
    assert svg == draw(corpus)
    root = ET.fromstring(svg)
    assert not [element for element in root.iter() if any("href" in name for name in element.attrib)]
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \u2028 \" '"


def hostile(draft: Document) -> Document:
    """A document of which everything that a page shows is an attack."""
    top = draft.submissions[0]
    provisions = (
        Provision("document/evil/a/b", top.path, Kind.ARTICLE, "1", "1", HOSTILE, "", (Span(0, len(HOSTILE)),), 1),
        replace(
            top.provisions[3],
            path="document/evil/a/b/1",
            parent="document/evil/a/b",
            text=HOSTILE,
            spans=(Span(0, len(HOSTILE)),),
            citations=(),
        ),
    )
    submission = replace(top, title=HOSTILE, provisions=provisions, spans=(Span(0, 3),))
    return replace(draft, symbol=HOSTILE, title=HOSTILE, text=HOSTILE, submissions=(submission,))


@EVERY_DRAWING
def test_words_of_a_document_never_become_markup(draw: Callable[[Store], str], corpus: Store, draft: Document) -> None:
    page = Page(draw(store_of(hostile(draft))))
    assert len(page.all("script")) == len(Page(draw(corpus)).all("script"))
    assert not page.all("img")
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert [provision["quote"] for provision in page.content["provisions"]] == [HOSTILE, HOSTILE]


@EVERY_PICTURE
def test_words_of_a_document_never_become_marks(draw: Callable[[Store], str], draft: Document) -> None:
    root = ET.fromstring(draw(store_of(hostile(draft))))
    assert HOSTILE.split()[0] in "".join(root.itertext())
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "path", "text", "tspan"
    }  # fmt: skip


@EVERY_DRAWING
def test_a_page_shows_the_queries_that_it_was_made_from(draw: Callable[[Store], str], corpus: Store) -> None:
    page = Page(draw(corpus))
    assert "queries" in [details.get("id") for details in page.all("details")]
    shown = " ".join(page.words)
    for name in ("provisions", "submissions", "sources"):
        title, text = sheet(name)
        assert title in shown
        assert text.strip() in shown


# The query of the flow finds nothing where only citations are known: it has a test of its own.
@pytest.mark.parametrize("file", sorted(set(FOLDER.glob("*.rq")) - {FOLDER / "flow.rq"}), ids=lambda file: file.stem)
def test_a_drawing_query_has_one_answer_on_every_engine(file: Path, corpus: Store, interchange: rdflib.Graph) -> None:
    asked = read_question(file.read_text(encoding="utf-8"), file.stem)
    assert asked.title.endswith("?")
    assert asked.summary
    found = run(corpus, asked)
    assert len(found) > 0
    assert found.rows == run(interchange, asked, base=corpus.base).rows


@EVERY_DRAWING
def test_an_empty_graph_is_not_drawn(draw: Callable[[Store], str]) -> None:
    with pytest.raises(ExportError, match="there is no document to draw; build the graph with 'travaux build'"):
        draw(Store.memory())


def test_a_matrix_of_something_else_is_refused(corpus: Store) -> None:
    with pytest.raises(ExportError, match="there is no matrix of 'weather'; choose instruments or concepts"):
        draw_matrix(corpus, "weather")


def test_a_drawing_is_written_where_it_was_asked_for(corpus: Store, tmp_path: Path) -> None:
    html = draw_network(corpus, tmp_path / "network.html")
    assert (tmp_path / "network.html").read_text(encoding="utf-8") == html
    with pytest.raises(ExportError, match=r"missing.network\.html: .*; name another file"):
        draw_network(corpus, tmp_path / "missing" / "network.html")


# The network -------------------------------------------------------------------------------------------------------


def test_at_first_sight_there_are_no_more_marks_than_a_reader_takes_in(network: Page) -> None:
    content = network.content
    assert 50 < len(content["marks"]) <= 150
    known = {mark["id"] for mark in content["marks"]}
    assert {end for link in content["links"] for end in (link["from"], link["to"])} <= known
    assert len({link["id"] for link in content["links"]}) == len(content["links"])


def test_what_is_beyond_the_limit_is_gathered_and_said_to_be(corpus: Store, material: Material) -> None:
    few = picture(material, 80)
    assert len(few.marks) <= 80
    assert all(sentence in " ".join(Page(draw_network(corpus, limit=80)).words) for sentence in few.gathered)
    assert len(few.gathered) == 2
    marks = {mark.id for mark in few.marks}
    for provision in material.provisions.values():
        assert few.stands_for.get(provision.unit) in marks or not provision.speaks
    whole = picture(material, 1000)
    assert whole.gathered == ()
    for drawn in (few, whole):
        proposing = sum(link.count for link in drawn.links if link.kind == "proposes")
        assert proposing == sum(provision.unit in drawn.stands_for for provision in material.provisions.values())


def test_marks_never_cover_one_another(network: Page) -> None:
    marks = network.content["marks"]
    for one, other in combinations(marks, 2):
        beside = abs(one["x"] - other["x"]) >= (one["w"] + other["w"]) / 2
        above = abs(one["y"] - other["y"]) >= (one["h"] + other["h"]) / 2
        assert beside or above, (one["label"], other["label"])


def test_nothing_moves_by_itself(network: Page) -> None:
    content = network.content
    assert content["options"]["physics"] == {"enabled": False}
    assert not content["options"]["interaction"]["dragNodes"]
    assert all({"x", "y"} <= set(mark) for mark in content["marks"])
    assert not any("transition" in style or "animation" in style for style in network.texts["style"])


def test_the_details_quote_the_document_to_the_letter(network: Page) -> None:
    text = (REPOSITORY / "corpus" / "ahc-cybercrime" / "v-22-10828.md").read_text(encoding="utf-8")
    provisions = network.content["provisions"]
    assert len(provisions) > 400
    whole = [one for one in provisions if one["end"] - one["start"] == len(one["quote"])]
    assert len(whole) > 0.9 * len(provisions)
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in whole)
    broken = [one for one in provisions if one not in whole]
    assert all(text[one["start"] : one["end"]].startswith(one["quote"][:20]) for one in broken)


def test_hue_says_which_source_is_named_and_nothing_else(material: Material) -> None:
    for provision in material.provisions.values():
        source = provision.source or provision.above
        assert provision.hue == (hue_of(source.path) if source else "original")
    for limit in (80, 1000):
        for mark in picture(material, limit).marks:
            place = mark.told.get("instrument", mark.id)
            assert mark.hue == ("other" if place == "resolution" else hue_of(str(place)))


def test_the_network_can_be_read_without_seeing_it(network: Page, material: Material) -> None:
    scopes = [head.get("scope") for head in network.all("th")]
    assert scopes.count("row") == len(picture(material, 150).units)
    assert scopes.count("col") == 6
    assert {field["id"] for field in network.all("input") if "id" in field} <= {
        label.get("for") for label in network.all("label")
    }


@given(st.lists(st.tuples(st.floats(5, 60), st.floats(-200, 900)), max_size=30), st.floats(0, 50))
def test_a_column_keeps_its_order_and_its_distances(wishes: list[tuple[float, float]], top: float) -> None:
    slots = [Slot(str(place), height, wish) for place, (height, wish) in enumerate(wishes)]
    places = settle(slots, top)
    assert list(places) == [slot.key for slot in slots]
    for slot in slots:
        assert places[slot.key] - slot.height / 2 >= top - 0.2
    for one, other in pairwise(slots):
        assert places[other.key] - places[one.key] >= (one.height + other.height) / 2 - 0.2


# The matrices ------------------------------------------------------------------------------------------------------


def test_the_matrix_of_treaties_has_the_figures_of_the_catalogue(corpus: Store, material: Material) -> None:
    tally = by_instrument(material)
    lines = {line.path: line for line in (*tally.rows, *tally.columns)}
    asked = {
        (str(row["proponent"]).removeprefix(corpus.base), str(row["instrument"]).removeprefix(corpus.base)): (
            row["provisions"],
            row["derivedProvisions"],
        )
        for row in run(corpus, "state-by-instrument").records()
    }
    proponents = [row for row in tally.rows if row.kind == "proponent"]
    treaties = [column for column in tally.columns if column.kind == "instrument"]
    drawn = {(row.path, column.path): tally.cell(row, column) for row in proponents for column in treaties}
    assert asked == {place: (len(cell.provisions), cell.sourced) for place, cell in drawn.items() if cell.provisions}
    assert tally.whole(lines["state/COL"], lines["any"]) == len(lines["state/COL"].holds)


def test_the_matrix_of_subjects_has_the_figures_of_the_catalogue(corpus: Store, material: Material) -> None:
    asked: dict[tuple[str, str], int] = {}
    for row in run(corpus, "state-by-concept").records():
        concept, proponent = (str(row[name]).removeprefix(corpus.base) for name in ("concept", "proponent"))
        assert isinstance(row["provisions"], int)
        asked[concept, proponent] = row["provisions"]
    drawn: dict[tuple[str, str], int] = {}
    for provision in material.provisions.values():
        for concept in provision.concepts:
            for speaker in material.submissions[provision.submission].speakers:
                drawn[concept, speaker.path] = drawn.get((concept, speaker.path), 0) + 1
    assert asked == drawn
    tally = by_concept(material)
    rows = {row.path: row for row in tally.rows}
    for line in tally.rows[1:]:
        below = [one for one in tally.rows if one.parent == line.path]
        assert line.holds >= frozenset[str]().union(*(one.holds for one in below))
        assert len(below) == line.children
    for (concept, proponent), count in asked.items():
        column = next(line for line in tally.columns if line.path == proponent)
        assert len(tally.cell(rows[concept], column).provisions) >= count


@pytest.mark.parametrize("of", ["instruments", "concepts"])
def test_every_figure_opens_the_provisions_behind_it(corpus: Store, of: str) -> None:
    page = Page(draw_matrix(corpus, of))
    figures = [button for button in page.all("button") if "data-cell" in button]
    assert len(figures) > 15
    for figure in figures:
        told = re.search(r": (\d+) of (\d+) provisions?", figure["aria-label"])
        assert told
        behind = page.content["cells"][figure["data-cell"]]
        assert int(told[1]) == len(behind) == len(set(behind)) <= int(told[2])
        assert behind == sorted(behind)
        assert all(0 <= place < len(page.content["provisions"]) for place in behind)


@pytest.mark.parametrize("of", ["instruments", "concepts"])
def test_a_matrix_is_a_table_to_a_screen_reader_too(corpus: Store, of: str) -> None:
    page = Page(draw_matrix(corpus, of))
    assert len(page.all("table")) == len(page.all("caption")) == len(page.all("thead")) == len(page.all("tfoot")) == 1
    assert {head.get("scope") for head in page.all("th")} == {"col", "row"}
    columns = sum(head.get("scope") == "col" for head in page.all("th"))
    assert len(page.all("td")) == (columns - 1) * (len(page.all("tr")) - 1)


def test_a_group_is_marked_as_spoken_for_and_its_members_as_inferred(material: Material) -> None:
    rows = by_instrument(material).rows
    groups = [row for row in rows if row.kind == "group"]
    assert [group.label for group in groups] == ["Caribbean Community"]
    assert groups[0].note.startswith("spoken for by Jamaica")
    members = [row for row in rows if row.parent == groups[0].path]
    assert len(members) == groups[0].children > 10
    assert all(member.kind == "member" and member.note == "inferred" and not member.shown for member in members)
    assert "Jamaica" not in {member.label for member in members}


def test_the_subjects_are_folded_to_about_fifteen_rows(material: Material) -> None:
    rows = by_concept(material).rows[1:]
    assert 12 <= sum(row.shown for row in rows) <= 18 < len(rows)


@given(
    st.dictionaries(st.integers(1, 40), st.lists(st.integers(0, 39), max_size=2), max_size=40),
    st.dictionaries(st.integers(0, 40), st.sets(st.integers(0, 9)), max_size=40),
    st.integers(1, 20),
)
def test_a_fold_shows_the_way_to_every_concept(
    above: dict[int, list[int]], concerns: dict[int, set[int]], limit: int
) -> None:
    # A wider concept has a lower number, so that the hierarchy has no circle; the schemes are checked for those.
    concepts = {
        f"c{one:02}": Concept(
            f"c{one:02}", str(one), "", tuple(sorted({f"c{wide:02}" for wide in wider if wide < one}))
        )
        for one, wider in {0: [], **above}.items()
    }
    holding = {f"c{one:02}": [str(n) for n in held] for one, held in concerns.items() if f"c{one:02}" in concepts}
    folded = fold(concepts, holding, limit)
    rows = {row.concept.path: row for row in folded.rows}
    assert set(rows) >= {path for path, held in holding.items() if held}
    tops = sum(not row.parent for row in folded.rows)
    assert sum(row.shown for row in folded.rows) <= max(limit, tops)
    for path, row in rows.items():
        assert rows[folded.stands_for(path)].shown
        assert row.holds
        if row.parent:
            assert rows[row.parent].shown or not row.shown
            assert row.holds <= rows[row.parent].holds
