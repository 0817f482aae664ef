"""A proposed provision, or a whole article, beside its sources, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import ExportError
from .collation import Collation, Omission, Piece, SourceTexts
from .page import asset, masthead, page, plural, query_sheet, words, written
from .palette import hue_of

__all__ = ["Compared", "draw_compare"]

NOTE = (
    "Everything on this page is the answer to one of these questions, in SPARQL, asked of each provision. Save one to "
    "a file and run it with “travaux query FILE”, or change it and run it on any store that holds the graph. The words "
    "of the treaties are not in the graph: they come from your library."
)
VERDICTS = ("verbatim", "conformed", "adapted", "echo")
TOLD = {
    "verbatim": "the same words",
    "conformed": "fitted to its new place",
    "adapted": "changed in substance",
    "echo": "the idea, or a formula",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit of the proposal: what it is called, how deep it stands, its words, and each source of them.

    `begins` are the characters of the document at which its parts begin; `omissions` what an article leaves out.
    """

    name: str
    number: str
    depth: int
    text: str
    heading: str
    begins: tuple[int, ...]
    collations: tuple[Collation, ...]
    omissions: tuple[Omission, ...] = ()


def draw_compare(
    title: str,
    units: Sequence[Compared],
    sources: SourceTexts,
    sheets: Sequence[tuple[str, str]],
    path: Path | str | None = None,
) -> str:
    """Draw units of one provision, in reading order, beside their sources: one file that needs nothing else.

    Parameters
    ----------
    title
        What the provision is called.
    units
        The provision and what it holds.
    sources
        The words of the treaties that are at hand; of the others, the page says how many words there are.
    sheets
        The queries that the units come from, each with its title.
    path
        Where to write it; it is only returned where this is left out.

    Raises
    ------
    ExportError
        If no unit has a source, or the file cannot be written.
    """
    found = [collation for unit in units for collation in unit.collations]
    if not found:
        raise ExportError(
            f"no source of the words of {title} is known",
            remedy="choose another provision: 'travaux query uncited-reuse' lists articles that have sources",
        )
    missing = [omission for unit in units for omission in unit.omissions]
    body = (
        masthead(title, _summary(found, missing))
        + f'<main class="beside">{_legend(found)}{_note(found, sources)}'
        + '<div class="pair head" aria-hidden="true"><p>Source</p><p>Proposal</p></div>'
        + "".join(_rows(units, missing, sources))
        + "</main>"
        + query_sheet(sheets, NOTE)
    )
    return written(page(f"{title}, beside its source", styles=[asset("compare.css")], body=body), path)


def _summary(found: Sequence[Collation], missing: Sequence[Omission]) -> str:
    counted = Counter(one.verdict for one in found)
    told = ", ".join(f"<strong>{counted[verdict]}</strong> {verdict}" for verdict in VERDICTS if counted[verdict])
    left = f", and {plural(len(missing), 'provision')} of the source left out" if missing else ""
    return f"{plural(len(found), 'provision')} beside {_sources_named(found)}: {told}{left}."


def _sources_named(found: Sequence[Collation]) -> str:
    """The treaty articles, that of most provisions first; the rare ones counted together."""
    counted = Counter(one.name.split(", para.")[0].split(" (a)")[0] for one in found)
    named = [words(name) for name, _ in counted.most_common(3)]
    others = len(counted) - len(named)
    return "; ".join(named) + (f"; and {plural(others, 'other article')}" if others > 0 else "")


def _legend(found: Sequence[Collation]) -> str:
    present = {one.verdict for one in found}
    marks = "".join(
        f'<li><span class="verdict {verdict}"></span>{verdict}: {TOLD[verdict]}</li>'
        for verdict in VERDICTS
        if verdict in present
    )
    return (
        '<ul class="legend"><li><del>dropped</del> words of the source</li>'
        '<li><ins class="added">added</ins> words of the proposal</li><li><del>changed</del> <ins>into</ins></li>'
        f"{marks}</ul>"
    )


def _note(found: Sequence[Collation], sources: SourceTexts) -> str:
    treaties = sorted({one.source.split("/")[1] for one in found if not sources.marked(one.source, [])})
    if not treaties:
        return ""
    return (
        f'<p class="muted">The words of {words(", ".join(treaties))} are not at hand: where they were changed or '
        "dropped it is said how many they are. To see them, add the text: "
        "<code>travaux instruments add FILE</code></p>"
    )


def _rows(units: Sequence[Compared], missing: Sequence[Omission], sources: SourceTexts) -> Iterator[str]:
    waiting = list(missing)
    for unit in units:
        if unit.heading and not unit.text and unit.depth:
            yield f'<h2 class="depth-{min(unit.depth, 3)}">{words(unit.heading)}</h2>'
        for collation in unit.collations:
            yield _pair(unit, collation, sources)
        if unit.text and not unit.collations:
            yield (
                f'<section class="pair depth-{min(unit.depth, 3)}">'
                '<div class="side none"><p class="muted">no source found</p></div>'
                f'<div class="side">{_name(unit.name)}<p class="said">{words(unit.text)}</p></div></section>'
            )
        here = [one for one in waiting if one.at in unit.begins]
        waiting = [one for one in waiting if one not in here]
        yield from (_left_out(one, sources) for one in here)
    yield from (_left_out(one, sources) for one in waiting)


def _pair(unit: Compared, collation: Collation, sources: SourceTexts) -> str:
    kinds = "".join(
        f'<span class="kind">{words(kind)}</span>'
        for kind in dict.fromkeys(piece.kind for piece in collation.pieces if piece.kind)
    )
    hue = hue_of(collation.source)
    return (
        f'<section class="pair hue-{hue} depth-{min(unit.depth, 3)}">'
        f'<div class="side verdict {words(collation.verdict)}">{_name(collation.name)}'
        f'<p class="said">{_source_words(collation, sources)}</p></div>'
        f'<div class="side">{_name(unit.name)}<p class="said">{"".join(map(_own, collation.pieces))}</p>'
        f'<p class="small muted">{words(collation.verdict)}{kinds}</p></div></section>'
    )


def _name(name: str) -> str:
    return f'<p class="small muted">{words(name)}</p>'


def _own(piece: Piece) -> str:
    if piece.what == "copied":
        return words(piece.own)
    if piece.what == "dropped":
        return f'<span class="gap" title="{words(_told(piece))}">‸</span>'
    said = f"{piece.kind}: " if piece.kind else ""
    return f'<ins class="{words(piece.what)}" title="{words(said + _told(piece))}">{words(piece.own)}</ins>'


def _told(piece: Piece) -> str:
    if piece.what == "added":
        return "added"
    gone = f"“{piece.words}”" if piece.words else plural(piece.count, "word")
    return f"{gone} missing here" if piece.what == "dropped" else f"instead of {gone}"


def _source_words(collation: Collation, sources: SourceTexts) -> str:
    """The source as it is printed, with what was changed or dropped struck out; else what is known of it."""
    ranges = [(piece.source, piece.source + piece.count) for piece in collation.pieces if piece.count]
    marked = sources.marked(collation.source, ranges)
    if marked:
        return "".join(f"<del>{words(text)}</del>" if inside else words(text) for inside, text in marked)
    return "".join(
        words(piece.own)
        if piece.what == "copied"
        else f'<del class="unknown">{plural(piece.count, "word")}</del>'
        if piece.count
        else ""
        for piece in collation.pieces
    )


def _left_out(omission: Omission, sources: SourceTexts) -> str:
    text = "".join(part for _, part in sources.marked(omission.source, [])) or "its words are not at hand"
    return (
        f'<section class="pair hue-{hue_of(omission.source)}"><div class="side verdict gone">{_name(omission.name)}'
        f'<p class="said">{words(text)}</p></div>'
        '<div class="side none"><p class="muted">left out</p></div></section>'
    )
