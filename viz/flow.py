"""The flow of words: from the articles of treaties to the submissions that take them up, as one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..errors import ExportError
from ..graph.store import Store
from .material import Material, gather, sheet
from .page import asset, masthead, number, page, plural, query_sheet, words, written
from .palette import Role, palette
from .streams import LEFT, LINE, RIGHT, THICK, Band, Flow, Portion, Stop, Strip, flow_of, portions

__all__ = ["draw_flow"]

QUERIES = ("flow", "submissions", "provisions")
"""The queries in ``queries/drawings`` that the picture shows the answers to."""

WIDTH = 1000

NOTE = (
    "Every band on this page is the answer to the first of these questions, in SPARQL; the others give who submitted "
    "what, and the words. Save one to a file and run it with “travaux query FILE”, or change it and run it on any "
    "store that holds the graph."
)

FOOTNOTE = (
    "Bands are as wide as they have words, to one scale, save that none is too thin to be seen. Words count where they "
    "are the same as those of the article, typography aside, whether or not the proposal names it."
)

VERDICTS: Mapping[str, str] = {
    "verbatim": "verbatim",
    "conformed": "conformed: fitted to the new treaty",
    "adapted": "adapted: changed in substance",
    "echo": "echo: a set phrase",
    "none": "not judged",
}
"""How the page says how closely words follow their source."""


def draw_flow(store: Store, path: Path | str | None = None, *, limit: int = 40) -> str:
    """Draw from which articles of treaties the words of the submissions in `store` come, as one HTML page.

    Parameters
    ----------
    path
        Where to write the page; it is only returned where this is left out.
    limit
        How many marks of articles there may be. The articles of a treaty with fewest words are drawn as one mark.

    Raises
    ------
    ExportError
        If there is nothing to draw, or the page cannot be written.
    """
    material = gather(store)
    if not material.provisions:
        raise ExportError("there is no document to draw", remedy="build the graph with 'travaux build'")
    found = portions(store)
    if not found:
        raise ExportError(
            "no document is known to have words of a treaty",
            remedy="add the words of treaties with 'travaux instruments add FILE' and build the graph again",
        )
    return written(_page(material, flow_of(found, limit)), path)


def _page(material: Material, flow: Flow) -> str:
    title = "Whose words they are"
    documents = " and ".join(one.symbol for one in material.documents)
    body = (
        masthead(f"{title}: {documents}", _summary(flow))
        + f'<div class="floor"><main class="stage">{_manners(flow)}<div class="wide">{_drawing(flow, title)}</div>'
        + f'<p class="footnote muted small">{FOOTNOTE}</p></main>'
        '<aside class="margin" aria-label="What a band holds" aria-live="polite"><div class="details" id="details">'
        '<p class="muted">Point at a band for what it holds, or click it to keep it here. <kbd>j</kbd> and <kbd>k</kbd>'
        " go to the next and the previous band, <kbd>Esc</kbd> lets go.</p></div></aside></div>"
        + _as_table(flow)
        + query_sheet([sheet(name) for name in QUERIES], NOTE)
    )
    places = {portion: place for place, portion in enumerate(flow.portions)}
    content = {
        "provisions": [_told(material, portion) for portion in flow.portions],
        "bands": {
            band.key: {
                "from": band.stop,
                "to": band.draft.path,
                "portions": [places[portion] for portion in band.portions],
            }
            for band in flow.bands
        },
        "stops": {stop.key: _named(stop) for stop in (*flow.stops, *flow.ends)},
        "verdicts": [(verdict, _short(verdict)) for verdict in VERDICTS],
    }
    return page(title, styles=[asset("flow.css")], body=body, scripts=[asset("flow.js")], content=content)


def _summary(flow: Flow) -> str:
    taken, whole = sum(one.words for one in flow.portions), sum(draft.words for draft in flow.drafts)
    articles = {portion.article for portion in flow.portions}
    gathered = sum(len(stop.articles) for stop in flow.stops if stop.kind == "others")
    told = (
        f"<strong>{number(taken)} of {plural(whole, 'word')}</strong> of {plural(len(flow.drafts), 'submission')} are "
        f"those of {plural(len(articles), 'article')} of {plural(len(flow.heads), 'treaty', 'treaties')}."
    )
    if gathered:
        told += f" The {number(gathered)} articles with fewest words are drawn together, by treaty."
    return told


def _named(stop: Stop) -> dict[str, object]:
    if stop.kind == "submission":
        return {"name": " ".join(stop.lines[:-1]), "note": stop.lines[-1], "hue": stop.hue}
    name = f"{stop.articles[0].treaty}, {' '.join(stop.lines)}"
    return {"name": " ".join(name.split()), "note": plural(stop.words, "word"), "hue": stop.hue}


def _told(material: Material, portion: Portion) -> dict[str, object]:
    provision = material.provisions[portion.provision]
    return {
        "iri": material.base + portion.provision,
        "label": portion.label,
        "quote": provision.quote,
        "symbol": material.submissions[provision.submission].symbol,
        "start": provision.start,
        "end": provision.end,
        "source": portion.source_label,
        "verdict": portion.verdict,
        "words": portion.words,
    }


def _manners(flow: Flow) -> str:
    """The key, and the switches that hide the bands of a treaty or of a proponent."""
    found = {strip.verdict for band in flow.bands for strip in band.strips}
    key = "".join(
        f'<span><svg width="30" height="12" aria-hidden="true"><rect class="strip {strength}" width="30" height="12" '
        f"{_fill(strength, 'original')}/></svg>{words(VERDICTS[verdict])}</span>"
        for verdict, strength in palette().verdicts.items()
        if verdict in found
    )
    treaties = {head.instrument: head.name for head in flow.heads}
    proponents = dict(one for draft in flow.drafts for one in draft.proponents)
    return (
        f'<div class="manners"><div class="keys">{key}</div>{_switches("Words of", treaties)}'
        f"{_switches('in the submissions of', proponents)}</div>"
    )


def _switches(legend: str, named: Mapping[str, str]) -> str:
    if len(named) < 2:
        return ""
    boxes = "".join(
        f'<label><input type="checkbox" checked data-switch="{words(path)}">{words(name)}</label>'
        for path, name in named.items()
    )
    return f'<fieldset class="switches"><legend>{words(legend)}</legend>{boxes}</fieldset>'


def _fill(strength: str, hue: Role) -> str:
    """How the strip of a verdict is filled; hatched and dotted ones with a pattern of the picture."""
    pattern = f' fill="url(#{strength}-{hue})"' if strength in ("hatched", "dotted") else ""
    return f'style="--hue:var(--{hue}-mark)"{pattern}'


def _patterns(hues: Iterable[Role]) -> Iterator[str]:
    for hue in hues:
        mark = f'style="--hue:var(--{hue}-mark)"'
        yield (
            f'<pattern id="hatched-{hue}" width="5" height="5" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(-45)" {mark}><rect class="ground" width="5" height="5"/>'
            '<rect class="line" width="5" height="1.6"/></pattern>'
            f'<pattern id="dotted-{hue}" width="4" height="4" patternUnits="userSpaceOnUse" {mark}>'
            '<circle class="line" cx="2" cy="2" r="1"/></pattern>'
        )


def _drawing(flow: Flow, title: str) -> str:
    hues: dict[Role, None] = dict.fromkeys((*(stop.hue for stop in flow.stops), "original"))
    parts = [
        f'<svg class="flow" id="flow" viewBox="0 0 {WIDTH} {flow.height}" width="{WIDTH}" height="{flow.height}" '
        f'role="group" aria-label="{words(title)}; the table below says the same">',
        f"<defs>{''.join(_patterns(hues))}</defs>",
        f'<text class="column" x="{LEFT}" y="16" text-anchor="end">Words of these articles</text>',
        f'<text class="column" x="{RIGHT}" y="16">stand in these submissions</text>',
    ]
    parts += [_band(flow, band) for band in flow.bands]
    for head in flow.heads:
        lines = "".join(
            f'<tspan x="{LEFT}" y="{head.y + LINE * place:.1f}">{words(line)}</tspan>'
            for place, line in enumerate(head.lines)
        )
        parts.append(
            f'<text class="head" style="--hue-text:var(--{head.hue}-text)" text-anchor="end">{lines}'
            f'<tspan class="count" x="{LEFT}" y="{head.y + LINE * len(head.lines):.1f}">{plural(head.words, "word")}'
            "</tspan></text>"
        )
    parts += [_stop(stop) for stop in (*flow.stops, *flow.ends)]
    return "".join(parts) + "</svg>"


def _short(verdict: str) -> str:
    return VERDICTS[verdict].partition(":")[0]


def _stop(stop: Stop) -> str:
    left = stop.kind != "submission"
    x, at, anchor = (LEFT + 8, LEFT, ' text-anchor="end"') if left else (RIGHT - THICK - 8, RIGHT, "")
    first = stop.top + stop.height / 2 - LINE * (len(stop.lines) - 1) / 2 + 4.5
    lines = "".join(
        f'<tspan x="{at}" y="{first + LINE * place:.1f}"{_weight(stop, place)}>{words(line)}</tspan>'
        for place, line in enumerate(stop.lines)
    )
    return (
        f'<g class="stop" tabindex="0" role="button" data-stop="{words(stop.key)}" '
        f'aria-label="{words(str(_named(stop)["name"]))}"><rect x="{x}" y="{stop.top:.1f}" width="{THICK}" '
        f'height="{stop.height:.1f}" fill="var(--{stop.hue}-mark)"/><text{anchor}>{lines}</text></g>'
    )


def _weight(stop: Stop, place: int) -> str:
    if stop.kind == "submission":
        return ' class="count"' if place == len(stop.lines) - 1 else ' class="name"'
    return ' class="count"' if stop.kind == "others" else ""


def _band(flow: Flow, band: Band) -> str:
    stop = next(one for one in flow.stops if one.key == band.stop)
    counts = ", ".join(f"{strip.words} {_short(strip.verdict)}" for strip in band.strips)
    said = f"{band.draft.name}, from {_named(stop)['name']}: {plural(band.words, 'word')} ({counts})"
    drawn = "".join(_ribbon(strip, band.hue) for strip in band.strips)
    proponents = " ".join(path for path, _ in band.draft.proponents)
    return (
        f'<g class="band" tabindex="0" role="button" data-band="{words(band.key)}" '
        f'data-treaty="{words(stop.instrument)}" data-proponents="{words(proponents)}" '
        f'aria-label="{words(said)}">{drawn}</g>'
    )


def _ribbon(strip: Strip, hue: Role) -> str:
    """A strip as a shape that leaves one column and reaches the other level."""
    left, right = LEFT + 8 + THICK, RIGHT - THICK - 8
    middle = (left + right) / 2
    a, b, high = strip.left, strip.right, strip.height
    strength = palette().verdicts[strip.verdict]
    return (
        f'<path class="strip {strength}" {_fill(strength, hue)} d="M{left} {a:.2f}C{middle} {a:.2f} {middle} {b:.2f} '
        f'{right} {b:.2f}v{high:.2f}C{middle} {b + high:.2f} {middle} {a + high:.2f} {left} {a + high:.2f}Z"/>'
    )


def _as_table(flow: Flow) -> str:
    """The same for who does not see it, with each article by itself."""
    rows: dict[tuple[str, str], list[Portion]] = {}
    for portion in flow.portions:
        rows.setdefault((portion.article.path, portion.draft.path), []).append(portion)
    verdicts = [one for one in palette().verdicts if any(portion.verdict == one for portion in flow.portions)]
    heads = ("Article", "Submission", "Provisions", "Words", *(_short(one).capitalize() for one in verdicts))
    head = "".join(f'<th scope="col">{words(one)}</th>' for one in heads)
    body = ""
    for held in rows.values():
        article, counts = held[0].article, Counter[str]()
        for portion in held:
            counts[portion.verdict] += portion.words
        name = f"{article.treaty}, {article.name} {article.heading}".strip()
        figures = (len({portion.provision for portion in held}), counts.total(), *(counts[one] for one in verdicts))
        body += (
            f'<tr><th scope="row">{words(name)}</th><td>{words(held[0].draft.name)}</td>'
            + "".join(f'<td class="number">{number(one)}</td>' for one in figures)
            + "</tr>"
        )
    return (
        '<details class="aslist"><summary>The same as a table</summary><div class="wide"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )
