"""A matrix as a picture for print: one SVG file, with the figures as text."""

from __future__ import annotations

from collections.abc import Iterator

from .page import number, plural, words
from .palette import Role, palette
from .tally import Line, Tally

__all__ = ["draw_svg"]

WIDTH = 1000
NAMES = 270
"""The width of the column of names."""
ROW = 34
HEAD = 150
SANS = "Segoe UI, Helvetica Neue, Noto Sans, Liberation Sans, Arial, sans-serif"


def draw_svg(tally: Tally) -> str:
    """The matrix, with the rows that are shown at first sight, in the light theme.

    The colours stand in the file as values and not as variables, since programs that print often know no variables.
    """
    total, *columns = tally.columns
    order = [*columns, total]
    rows = [row for row in tally.rows[1:] if row.shown] + [tally.rows[0]]
    width = (WIDTH - NAMES - 40) / len(order)
    height = HEAD + ROW * len(rows) + 62
    most = max((len(tally.cell(row, column).provisions) for row in tally.rows[1:] for column in columns), default=1)
    theme = palette().light
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="title desc" font-family="{SANS}">',
        f'<title id="title">{words(tally.title)}</title><desc id="desc">{words(tally.summary)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="{theme.page}"/>',
        _text(20, 38, tally.title, 21, theme.ink, bold=True),
        *_lines(20, 60, tally.summary, 12.5, theme.muted, 150),
    ]
    for place, column in enumerate(order):
        parts += _column(column, NAMES + 20 + place * width, width)
    parts.append(f'<path d="M20 {HEAD}H{WIDTH - 20}" stroke="{theme.ink}" stroke-width="1.5"/>')
    for number_, row in enumerate(rows):
        y = HEAD + number_ * ROW
        parts += _row(tally, row, order, y, width, most)
    parts += _key(tally, HEAD + ROW * len(rows) + 30)
    return "\n".join(parts) + "\n</svg>\n"


def _text(x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False, italic: bool = False) -> str:
    weight = ' font-weight="650"' if bold else ""
    slant = ' font-style="italic"' if italic else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{weight}{slant}>{words(text)}</text>'


def _wrapped(text: str, length: int) -> list[str]:
    """`text` in lines of about `length` characters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= length:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _lines(x: float, y: float, text: str, size: float, colour: str, length: int, *, bold: bool = False) -> list[str]:
    return [
        _text(x, y + place * (size + 3.5), line, size, colour, bold=bold)
        for place, line in enumerate(_wrapped(text, length))
    ]


def _mark(role: Role) -> str:
    return palette().light.sources[role].mark


def _column(column: Line, x: float, width: float) -> list[str]:
    theme = palette().light
    colour = theme.sources[column.hue].text if column.kind == "instrument" else theme.ink
    lines = _wrapped(column.label, max(9, int(width / 7.2)))
    below = column.note if column.kind == "proponent" else ""
    notes = _wrapped(below, max(9, int(width / 6.2))) if below else []
    top = HEAD - 13 - 15 * (len(lines) + len(notes) - 1)
    parts = [_text(x, top + 15 * place, line, 12.5, colour, bold=True) for place, line in enumerate(lines)]
    parts += [_text(x, top + 15 * (len(lines) + place), line, 11, theme.muted) for place, line in enumerate(notes)]
    if column.kind == "instrument":
        parts.append(f'<path d="M{x:.1f} {HEAD - 3}h{width - 10:.1f}" stroke="{_mark(column.hue)}" stroke-width="4"/>')
    return parts


def _row(tally: Tally, row: Line, order: list[Line], y: float, width: float, most: int) -> Iterator[str]:
    theme = palette().light
    total = row is tally.rows[0]
    if total:
        yield f'<path d="M20 {y}H{WIDTH - 20}" stroke="{theme.ink}" stroke-width="1.5"/>'
    elif y > HEAD:
        yield f'<path d="M20 {y}H{WIDTH - 20}" stroke="{theme.rule}"/>'
    indent = 20 + row.depth * 14
    yield _text(indent, y + 15, row.label, 12.5, theme.ink, bold=not row.depth)
    note = row.note if row.kind == "group" else ""
    if tally.counted_in == "row":
        note = ", ".join(filter(None, (note, plural(len(row.holds), "provision"))))
    if note:
        yield _text(indent, y + 28, note, 10.5, theme.muted)
    for place, column in enumerate(order):
        x = NAMES + 20 + place * width
        cell, whole = tally.cell(row, column), tally.whole(row, column)
        count = len(cell.provisions)
        figure = (
            f'<tspan font-weight="650">{number(count)}</tspan><tspan fill="{theme.muted}"> of {number(whole)}</tspan>'
        )
        if not count:
            figure = f'<tspan fill="{theme.muted}">0</tspan>'
        yield f'<text x="{x:.1f}" y="{y + 15}" font-size="12.5" fill="{theme.ink}">{figure}</text>'
        if count and not total and column.kind != "all":
            yield from _bar(tally, row, column, x, y + 20, (width - 12) / most)


def _bar(tally: Tally, row: Line, column: Line, x: float, y: float, unit: float) -> Iterator[str]:
    cell = tally.cell(row, column)
    if tally.hue_is == "column":
        colour = _mark(column.hue)
        solid, light = cell.sourced * unit, (len(cell.provisions) - cell.sourced) * unit
        if solid:
            yield f'<rect x="{x:.1f}" y="{y}" width="{solid:.1f}" height="7" fill="{colour}"/>'
        if light:
            yield (
                f'<rect x="{x + solid + 0.75:.1f}" y="{y + 0.75}" width="{max(light - 1.5, 1):.1f}" height="5.5" '
                f'fill="none" stroke="{colour}" stroke-width="1.5"/>'
            )
        return
    for role, count in cell.hues:
        yield f'<rect x="{x:.1f}" y="{y}" width="{max(count * unit, 1):.1f}" height="7" fill="{_mark(role)}"/>'
        x += count * unit


def _key(tally: Tally, y: float) -> Iterator[str]:
    theme = palette().light
    x = 20.0
    if tally.hue_is == "column":
        entries = [(_mark("original"), "none", "names it as the source of its words")]
        entries.append(("none", _mark("original"), "names it otherwise"))
    else:
        found = {role for row in tally.rows for role, _ in tally.cell(row, tally.columns[0]).hues}
        names: dict[Role, str] = {**palette().roles, "original": "no source named"}
        entries = [(_mark(role), "none", name) for role, name in names.items() if role in found]
    for fill, stroke, label in entries:
        yield (
            f'<rect x="{x + 0.75:.1f}" y="{y - 7.25}" width="20.5" height="6.5" fill="{fill}" stroke="{stroke}" '
            'stroke-width="1.5"/>'
        )
        yield _text(x + 29, y, label, 12, theme.muted)
        x += 29 + len(label) * 6.3 + 22
