"""The network of a negotiation: who proposes what, on which subject, and drawing on which treaty.

The marks stand in columns that are computed here, so that nothing moves by itself and every run gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from ..errors import ExportError
from ..graph.store import Store
from .columns import Slot, middle, settle
from .margin import beside, heading, hues, summary, the_same_in_words
from .marks import Link, Mark, Picture, picture, standing
from .material import Material, Provision, gather, sheet
from .page import asset, masthead, page, query_sheet, words, written

__all__ = ["draw_network"]

QUERIES = ("submissions", "provisions", "sources", "subjects", "concepts", "instruments")
"""The queries in ``queries/drawings`` that the picture shows the answers to."""

WIDTH = 1220
MIDDLE = {"proponent": 78, "group": 78, "unit": 330, "concept": 640, "article": 912, "instrument": 1134}
"""Where the middle of each column is; units of all sizes are pixels at the size at which text is easiest to read."""
WIDE = {"proponent": 116, "group": 116, "unit": 296, "concept": 154, "article": 246, "instrument": 138}
TALL = {"proponent": 28, "group": 38, "unit": 17, "concept": 36, "article": 18, "instrument": 56}
SPACE = {"proponent": 38, "group": 48, "unit": 17, "concept": 44, "article": 21, "instrument": 68}
"""The height of a mark with the space that it keeps from its neighbours."""
TOP = 48
APART = 14
"""What keeps the headings of one submission from those of the next."""
HEADINGS = (
    ("proponent", "Who proposes", 78, "center"),
    ("unit", "what", 474, "right"),
    ("concept", "on which subject", 640, "center"),
    ("article", "drawing on", 791, "left"),
    ("instrument", "of", 1134, "center"),
)

OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1, "improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "dragView": False,
        "zoomView": False,
        "hover": True,
        "selectConnectedEdges": False,
        "keyboard": False,
    },
    "edges": {"smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5}},
    "nodes": {"shape": "custom"},
}

NOTE = (
    "Everything in this picture is the answer to one of these questions, in SPARQL. Save one to a file and run it with "
    "“travaux query FILE”, or change it and run it on any store that holds the graph."
)


def draw_network(store: Store, path: Path | str | None = None, *, limit: int = 150) -> str:
    """Draw the network of all documents in `store` as one HTML page that needs nothing else.

    Parameters
    ----------
    path
        Where to write the page; it is only returned where this is left out.
    limit
        How many marks there may be at first sight. What is beyond it stands in marks that say how much they gather.

    Raises
    ------
    ExportError
        If there is nothing to draw, or the page cannot be written.
    """
    material = gather(store)
    if not material.provisions:
        raise ExportError("there is no document to draw", remedy="build the graph with 'travaux build'")
    return written(_page(material, picture(material, limit)), path)


def _places(drawn: Picture) -> dict[str, float]:
    """The height at which each mark stands: headings in reading order, everything else near what it is joined with."""
    proposing = {link.target: link.source for link in drawn.links if link.kind == "proposes"}
    places: dict[str, float] = {}
    y = float(TOP)
    for _, units in groupby(drawn.units, key=lambda unit: proposing.get(unit.id, "")):
        for unit in units:
            places[unit.id] = y
            y += SPACE["unit"]
        y += APART
    joined = _joined(drawn.links)

    def near(mark: Mark) -> float:
        return middle(places, joined.get(mark.id, ()), y / 2)

    def column(marks: Iterable[Mark], *, ordered: bool = False) -> None:
        wishes = [(mark, near(mark)) for mark in marks]
        if not ordered:
            wishes.sort(key=lambda wish: (wish[1], wish[0].id))
        places.update(settle([Slot(mark.id, SPACE[mark.kind], wish) for mark, wish in wishes], TOP - 8))

    # A group stands below the first that speaks for it, so it is placed by the headings of that one.
    for link in drawn.links:
        if link.kind == "speaks":
            joined[link.target] += joined[link.source]
    column(sorted(drawn.proponents, key=lambda mark: (near(mark), mark.kind == "group", mark.id)), ordered=True)
    column(drawn.concepts)
    treaties: dict[str, list[float]] = {}
    for mark in drawn.articles:
        treaties.setdefault(str(mark.told["instrument"]), []).append(near(mark))
    heights = {treaty: sum(wishes) / len(wishes) for treaty, wishes in treaties.items()}
    column(sorted(drawn.articles, key=lambda mark: heights[str(mark.told["instrument"])]), ordered=True)
    column(drawn.instruments)
    return places


def _joined(links: Iterable[Link]) -> dict[str, list[str]]:
    joined: dict[str, list[str]] = {}
    for link in links:
        joined.setdefault(link.source, []).append(link.target)
        joined.setdefault(link.target, []).append(link.source)
    return joined


def _page(material: Material, drawn: Picture) -> str:
    places = _places(drawn)
    marks, links, options = _vis(material, drawn, places)
    title = heading(material)
    content = {
        "marks": marks,
        "links": links,
        "options": options,
        "provisions": [_told(material, drawn, provision) for provision in material.provisions.values()],
        "roles": hues(material),
        "size": {
            "width": WIDTH,
            "height": round(max(places[mark.id] + SPACE[mark.kind] for mark in drawn.marks) + 12),
            "headings": [
                {"label": label, "x": x, "y": 18, "align": align}
                for kind, label, x, align in HEADINGS
                if any(mark.kind == kind for mark in drawn.marks)
            ],
        },
    }
    body = (
        masthead(title, summary(material, drawn)) + '<div class="floor"><main class="stage"><div class="zoom">'
        '<button type="button" id="width">Fit width</button><button type="button" id="whole">Whole picture</button>'
        '<button type="button" id="smaller" aria-label="Smaller">−</button>'
        '<button type="button" id="larger" aria-label="Larger">+</button>'
        '<span class="told small muted" id="told" role="status"></span></div>'
        f'<div class="scroller"><div id="drawing" role="img" aria-label="{words(title)}; the list below says the same">'
        f"</div></div></main>{beside(material, drawn)}</div>"
        + the_same_in_words(material, drawn)
        + query_sheet([sheet(name) for name in QUERIES], NOTE)
    )
    scripts = [_vis_script(), asset("network.js")]
    return page(title, styles=[asset("network.css")], body=body, scripts=scripts, content=content)


def _vis(
    material: Material, drawn: Picture, places: Mapping[str, float]
) -> tuple[list[dict[str, object]], list[dict[str, object]], object]:
    """The marks, lines and options in the form in which pyvis hands them to its drawing library."""
    # IPython comes with pyvis: half a second that only this picture should cost.
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(OPTIONS))
    for mark in drawn.marks:
        told = {key: value for key, value in mark.told.items() if value not in ("", False)}
        network.add_node(
            mark.id,
            label=mark.label,
            shape="custom",
            x=MIDDLE[mark.kind],
            y=places[mark.id],
            w=WIDE[mark.kind],
            h=TALL[mark.kind],
            kind=mark.kind,
            full=mark.full,
            also=mark.also,
            eyebrow=mark.eyebrow,
            hue=mark.hue,
            iri=material.base + mark.id.partition("#")[0],
        )
        network.nodes[-1].update(told)
    for link in drawn.links:
        network.add_edge(link.source, link.target, id=link.id, kind=link.kind, hue=link.hue, count=link.count)
    nodes, edges, _, _, _, options = network.get_network_data()
    for node in nodes:
        node.pop("color", None)
    return nodes, edges, json.loads(options)


def _vis_script() -> str:
    """The drawing library that pyvis brings, without the line that points a debugger at another file."""
    import pyvis

    library = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
    lines = library.read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


def _told(material: Material, drawn: Picture, provision: Provision) -> dict[str, object]:
    submission = material.submissions[provision.submission]
    unit = material.provisions.get(provision.unit)
    place = provision.label.removeprefix(unit.label if unit else f"{submission.speaker}:").strip(" ,:")
    return {
        "iri": material.base + provision.path,
        "label": provision.label,
        "place": (place[:1].upper() + place[1:]) or "Heading",
        "unit": drawn.stands_for.get(provision.unit, ""),
        "proponents": [one.path for one in submission.proponents],
        "symbol": submission.symbol,
        "quote": provision.quote,
        "start": provision.start,
        "end": provision.end,
        "hue": provision.hue,
        "speaks": provision.speaks,
        "concepts": sorted({drawn.concept_marks[one] for one in provision.concepts}),
        "sources": [
            {
                "label": source.label,
                "basis": source.basis,
                "hue": source.hue,
                "article": standing(source, drawn.stands_for),
                "instrument": "resolution" if source.instrument.startswith("resolution/") else source.instrument,
            }
            for source in provision.sources
        ],
    }
