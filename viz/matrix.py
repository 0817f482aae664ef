"""A matrix of a negotiation: States by treaty, or subjects of cooperation by State; each figure can be opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from ..errors import ExportError
from ..graph.store import Store
from .material import Material, gather, sheet
from .matrix_svg import draw_svg
from .page import asset, day, masthead, number, page, plural, query_sheet, words, written
from .palette import palette
from .tally import Cell, Line, Tally, by_concept, by_instrument

__all__ = ["draw_matrix"]

NOTE = (
    "Every figure on this page is the answer to one of these questions, in SPARQL: the first gives the figures, the "
    "others the provisions behind them. Save one to a file and run it with “travaux query FILE”, or change it and run "
    "it on any store that holds the graph."
)

KINDS = {"instruments": by_instrument, "concepts": by_concept}


def draw_matrix(
    store: Store,
    of: str = "instruments",
    format: Literal["html", "svg"] = "html",  # noqa: A002
    path: Path | str | None = None,
) -> str:
    """Draw a matrix of all documents in `store` as one file that needs nothing else.

    Parameters
    ----------
    of
        What States are set against: ``instruments`` or ``concepts``.
    format
        ``html``, a page in which every figure can be opened, or ``svg``, a picture for print.
    path
        Where to write it; it is only returned where this is left out.

    Raises
    ------
    ExportError
        If there is nothing to draw, or no such matrix or format, or the file cannot be written.
    """
    if of not in KINDS:
        raise ExportError(f"there is no matrix of {of!r}", remedy="choose instruments or concepts")
    if format not in ("html", "svg"):
        raise ExportError(f"a matrix cannot be drawn as {format!r}", remedy="choose html or svg")
    material = gather(store)
    if not material.provisions:
        raise ExportError("there is no document to draw", remedy="build the graph with 'travaux build'")
    tally = KINDS[of](material)
    return written(draw_svg(tally) if format == "svg" else _page(tally), path)


def _page(tally: Tally) -> str:
    body = (
        masthead(tally.title, words(tally.summary))
        + f'<div class="floor"><main class="stage">{_manners(tally)}<div class="wide">{_table(tally)}</div>'
        + f"{_footnotes(tally)}</main>"
        '<aside class="margin" id="margin" aria-label="The provisions behind a figure" aria-live="polite">'
        '<div id="behind"><p class="muted">Click a figure to read the provisions behind it.</p></div></aside></div>'
        + query_sheet([sheet(name) for name in tally.queries], NOTE)
    )
    content = {
        "provisions": [_told(tally.material, path) for path in tally.material.provisions],
        "cells": {
            f"{row.path} {column.path}": _places(tally, tally.cell(row, column))
            for row in tally.rows
            for column in tally.columns
            if row.kind != "member"
        },
        "roles": list(palette().roles.items()),
    }
    return page(tally.title, styles=[asset("matrix.css")], body=body, scripts=[asset("matrix.js")], content=content)


def _places(tally: Tally, cell: Cell) -> list[int]:
    order = {path: place for place, path in enumerate(tally.material.provisions)}
    return [order[path] for path in cell.provisions]


def _told(material: Material, path: str) -> dict[str, object]:
    provision = material.provisions[path]
    return {
        "iri": material.base + path,
        "label": provision.label,
        "quote": provision.quote,
        "symbol": material.submissions[provision.submission].symbol,
        "start": provision.start,
        "end": provision.end,
        "concepts": [material.concepts[one].name for one in provision.concepts],
        "sources": [{"label": source.label, "hue": source.hue, "basis": source.basis} for source in provision.sources],
    }


def _manners(tally: Tally) -> str:
    """The key, and how the rows may be ordered."""
    if tally.hue_is == "column":
        key = (
            f"<span>{_swatch('solid')} names it as the source of its words</span>"
            f"<span>{_swatch('light')} names it otherwise</span>"
        )
    else:
        hues = {role for row in tally.rows for role, _ in tally.cell(row, tally.columns[0]).hues}
        key = "".join(
            f'<span><i class="swatch" style="background:var(--{role}-mark)"></i>'
            f"{words('no source named' if role == 'original' else name)}</span>"
            for role, name in palette().roles.items()
            if role in hues
        )
    unfold = '<button type="button" id="unfold">Unfold all</button>' if any(line.parent for line in tally.rows) else ""
    many = "treaties" if tally.hue_is == "column" else "proponents"
    orders = {"": "as given", "name": "by name", "total": "by provisions", "spread": f"by how many {many}"}
    options = "".join(f'<option value="{value}">{label}</option>' for value, label in orders.items())
    return (
        f'<div class="manners"><div class="keys">{key}</div><div class="orders"><label>Order '
        f'<select id="order">{options}</select></label>{unfold}</div></div>'
    )


def _swatch(strength: str) -> str:
    return f'<i class="swatch {strength}"></i>'


def _table(tally: Tally) -> str:
    total, *columns = tally.columns
    order = [*columns, total]
    head = "".join(_column(column) for column in order)
    most = max((len(tally.cell(row, column).provisions) for row in tally.rows[1:] for column in columns), default=1)
    rows = "".join(_row(tally, row, order, most) for row in tally.rows[1:])
    foot = _row(tally, tally.rows[0], order, most)
    return (
        f'<table class="matrix"><caption>Numbers of provisions, out of all those of the {tally.counted_in}; bars are '
        "to one scale.</caption>"
        f'<thead><tr><th scope="col" class="corner">{words(tally.corner)}</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody><tfoot>{foot}</tfoot></table>"
    )


def _column(column: Line) -> str:
    hue = f' style="--hue:var(--{column.hue}-mark);--hue-text:var(--{column.hue}-text)"' if _hued(column) else ""
    below = [column.note] if column.kind == "proponent" and column.note else []
    if column.kind == "proponent" or column.path == "all":
        below.append(plural(len(column.holds), "provision"))
    notes = "".join(f"<small>{words(note)}</small>" for note in below)
    return (
        f'<th scope="col" class="{column.kind}" data-path="{words(column.path)}"{hue}>'
        f'<button type="button" class="sort">{words(column.label)}</button>{notes}</th>'
    )


def _hued(column: Line) -> bool:
    return column.hue != "original"


def _row(tally: Tally, row: Line, order: list[Line], most: int) -> str:
    kind = f"{row.kind} inferred" if row.kind == "member" else row.kind
    fold = ""
    if row.children:
        fold = '<button type="button" class="fold" aria-expanded="false" aria-label="Show what is below it"></button>'
    note = f"<small>{words(row.note)}</small>" if row.note and row.kind != "concept" else ""
    if tally.counted_in == "row" and row.kind != "member":
        note += f"<small>{plural(len(row.holds), 'provision')}</small>"
    title = f' title="{words(row.note)}"' if row.kind == "concept" else ""
    cells = "".join(_figure(tally, row, column, most) for column in order)
    return (
        f'<tr class="{kind}" data-path="{words(row.path)}" data-parent="{words(row.parent)}" data-depth="{row.depth}"'
        f'{"" if row.shown else " hidden"}><th scope="row" style="--depth:{row.depth}"{title}>{fold}'
        f'<span class="name">{words(row.label)}</span>{note}</th>{cells}</tr>'
    )


def _figure(tally: Tally, row: Line, column: Line, most: int) -> str:
    cell, whole = tally.cell(row, column), tally.whole(row, column)
    count = len(cell.provisions)
    hue = f' style="--hue:var(--{column.hue}-mark)"' if _hued(column) else ""
    shown = f"<b>{number(count)}</b><small> of {number(whole)}</small>"
    if not count:
        return f'<td data-count="0"{hue}><span class="none">0<small> of {number(whole)}</small></span></td>'
    if row.kind == "member":
        return f'<td data-count="{count}"><span class="figure">{shown}</span></td>'
    said = f"{row.label}, {column.label}: {count} of {plural(whole, 'provision')}"
    if tally.hue_is == "column":
        said += f", {cell.sourced} of these as the source"
    bar = "".join(_parts(tally, cell, most))
    plain = " plain" if row.kind == "all" or column.kind == "all" else ""
    place = words(f"{row.path} {column.path}")
    return (
        f'<td data-count="{count}"{hue}><button type="button" class="figure{plain}" aria-label="{words(said)}" '
        f'data-cell="{place}">{shown}<span class="bar" aria-hidden="true">{bar}</span></button></td>'
    )


def _parts(tally: Tally, cell: Cell, most: int) -> Iterator[str]:
    """The stretches of the bar of a cell, as wide as their share of the greatest figure."""
    if tally.hue_is == "column":
        stretches = [("solid", cell.sourced), ("light", len(cell.provisions) - cell.sourced)]
        for strength, count in stretches:
            if count:
                yield f'<i class="{strength}" style="width:{_width(count, most)}"></i>'
        return
    for role, count in cell.hues:
        yield f'<i style="width:{_width(count, most)};background:var(--{role}-mark)"></i>'


def _width(count: int, most: int) -> str:
    return f"{min(100.0, 100 * count / most):.1f}%"


def _footnotes(tally: Tally) -> str:
    """What the figures do not say by themselves."""
    material = tally.material
    notes = ["A provision is any unit of a submission, from a chapter to a bullet, and is counted once in each cell."]
    if tally.counted_in == "row":
        notes.append("A citation of an article that the treaty does not have is not counted.")
    else:
        notes.append(
            "A provision concerns a subject because its heading, its words or what it cites say so. Colour is the "
            "source that it names, or a heading above it."
        )
        notes += _inferred(material)
    return "".join(f'<p class="small muted footnote">{words(note)}</p>' for note in notes)


def _inferred(material: Material) -> Iterator[str]:
    """For whom else what a group says is inferred to hold."""
    for made in material.submissions.values():
        own = {one.path for one in made.proponents}
        for group in made.groups:
            names = [
                held.name
                for held in material.memberships
                if (held.group, held.submission) == (group.path, made.path) and held.member not in own
            ]
            if names:
                yield (
                    f"{made.speaker} speaks for the {group.name}. What it proposes is inferred to hold for the other "
                    f"members that the group had on {day(made.issued)}: {', '.join(names)}."
                )
