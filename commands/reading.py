"""A provision as a person reads it in the terminal: its words with what is said of them marked, and each remark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, zip_longest
from textwrap import shorten, wrap
from typing import TYPE_CHECKING

from ..lineage.records import Severity
from ..provisions import Provision
from ..queries.tables import printable
from ..remarks import Evidence, Finding, Norm, Position, Remark, Thing
from ..viz.collation import Collation, SourceTexts
from ..viz.palette import Role, hue_of, palette
from .marking import Mark, marked_lines
from .proof_report import FINDING_STYLES, findings_by_severity

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["WIDTH", "lines"]

WIDTH = 100
_EDGE = 6
"""So many words of a long stretch that was copied are shown at either end."""
_VERDICTS = ("verbatim", "conformed", "adapted", "echo")

_HUES: Mapping[Role, str] = {
    "budapest": "blue",
    "untoc": "green",
    "uncac": "yellow",
    "other": "magenta",
    "submission": "cyan",
    "original": "cyan",
}
"""The colours of a terminal for the hues of the palette: of what is cited. Red is for findings of severity A alone."""
_STYLES = {"modality": "bold", "bearer": "italic", "condition": "italic grey50", "citation": "underline"}
_SIGNS = {"modality": "=", "bearer": "-", "condition": ".", "citation": "~"}
_TOLD = {
    "modality": "how strongly",
    "bearer": "who is bound or free",
    "condition": "on what condition",
    "citation": "what is cited",
}
_SHAPES = {
    "disc": "●",
    "disc-arrow": "➜",
    "square": "■",
    "square-outline": "□",
    "half-disc": "◐",
    "ring": "○",
    "diamond": "◆",
    "triangle": "▲",
    "cross": "✕",
    "question": "?",
}
"""The shapes of the palette as characters: a stance has the same shape here as in the pictures."""
_NONE = "none"
_NOTHING = "no duty, permission or prohibition"
_WHOLE = ("document", "submission")


@dataclass(frozen=True, slots=True)
class _Page:
    """How wide the page is, and whether it has colour."""

    width: int
    colour: bool

    def line(self, words: str, style: str = "") -> Text:
        from rich.text import Text

        return Text(printable(words), style if self.colour else "")

    def wrapped(self, words: str, first: str = "  ", rest: str = "    ", style: str = "") -> Iterator[Text]:
        for row in wrap(words, self.width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False):
            yield self.line(row, style)

    def headed(self, heading: str, below: Iterable[Text]) -> Iterator[Text]:
        """`below` under its heading, after an empty line; nothing where there is nothing below."""
        rows = list(below)
        if rows:
            yield self.line("")
            yield self.line(heading, "bold")
            yield from rows


def lines(
    provision: Provision, width: int = WIDTH, *, colour: bool = False, sources: SourceTexts | None = None
) -> Iterator[Text]:
    """What there is to read of `provision`, in lines of at most `width` cells but for paths and IRIs.

    A document or a submission is told by its contents with how much there is of what; anything else by its words,
    and then each remark on them. With `colour` the words that remarks rest on are styled; without, a line of signs
    stands below them. `sources` are the words of the treaties that are at hand.
    """
    page = _Page(width, colour)
    yield page.line(provision.label, "bold")
    yield page.line(f"  {provision.path} ({provision.kind or 'no provision of its own'})", "dim")
    if provision.proponents:
        yield from page.wrapped(f"proposed by {', '.join(proponent.label for proponent in provision.proponents)}")
    if provision.concepts:
        yield from page.wrapped(f"concerns {', '.join(concept.label for concept in provision.concepts)}")
    if provision.kind in _WHOLE:
        yield from _overview(page, provision)
        return
    yield page.line("")
    tree = list(_units(provision, 0))
    for unit, depth in tree:
        yield from _words(page, unit, depth)
    units = [unit for unit, _ in tree]
    yield from _legend(page, units)
    yield from page.headed("obliges and allows", _norms(page, provision, units))
    yield from page.headed("positions", _positions(page, provision, units))
    yield from page.headed("findings", _findings(page, provision, units))
    yield from page.headed("comes from", _named_sources(page, provision))
    yield from page.headed("word by word", _word_by_word(page, provision, units, sources or SourceTexts()))
    yield from page.headed("cites", _citations(page, provision, units))
    for evidence in provision.evidence:
        yield page.line("")
        where = f"stands in {evidence.symbol or evidence.document}, characters {_characters(evidence)}"
        yield from page.wrapped(where, first="", rest="  ", style="dim")


def _units(provision: Provision, depth: int) -> Iterator[tuple[Provision, int]]:
    """The provision and the units below it, each with how deep it stands."""
    yield provision, depth
    for part in provision.children:
        yield from _units(part, depth + 1)


def _below(unit: Provision, top: Provision) -> str:
    """What `unit` is called below `top`; nothing where it is `top` itself."""
    return unit.label.removeprefix(top.label).lstrip(", :")


def _words(page: _Page, unit: Provision, depth: int) -> Iterator[Text]:
    """The words of one unit by its number, with what is said of them."""
    listed = unit.kind in ("subparagraph", "item")
    number = "– " if listed else ""
    if unit.number:
        number = f"({unit.number}) " if listed else f"{unit.number}. "
    indent = "  " * min(depth + 1, max(page.width // 8, 1))
    marks = [mark for said in unit.remarks if (mark := _mark(said))]
    shown = marked_lines(
        unit.text or unit.heading, marks, page.width, first=indent + number, rest=indent + "  ", colour=page.colour
    )
    yield from shown


def _mark(said: Remark) -> Mark | None:
    if said.what == "finding":
        return Mark(said.start, said.end, said.of, FINDING_STYLES[Severity(said.of)], row=1)
    style = _STYLES[said.what]
    if said.what == "citation":
        style = f"{style} {_HUES[hue_of(said.of)]}"
    return Mark(said.start, said.end, _SIGNS[said.what], style)


def _legend(page: _Page, units: list[Provision]) -> Iterator[Text]:
    """What the marks mean that stand on the page."""
    from rich.text import Text

    remarks = [said for unit in units for said in unit.remarks]
    entries = []
    for what, told in _TOLD.items():
        if any(said.what == what for said in remarks):
            entries.append(Text(told, _STYLES[what]) if page.colour else Text(f"{_SIGNS[what] * 2} {told}"))
    for severity in sorted({said.of for said in remarks if said.what == "finding"}):
        told = f"finding {severity}"
        entries.append(
            Text(told, FINDING_STYLES[Severity(severity)]) if page.colour else Text(f"{severity * 2} finding")
        )
    cited = {hue_of(said.of) for said in remarks if said.what == "citation" and said.of}
    if page.colour:
        names = palette().roles
        own = "this document"
        entries += [
            Text(own if role in ("original", "submission") else names[role], f"underline {_HUES[role]}")
            for role in _HUES
            if role in cited
        ]
    if not entries:
        return
    yield page.line("")
    row = Text("  ")
    for entry in entries:
        if len(row) > 2 and len(row) + 3 + len(entry) > page.width:
            yield row
            row = Text("  ")
        row += Text("   " if len(row) > 2 else "") + entry
    yield row


def _norms(page: _Page, top: Provision, units: list[Provision]) -> Iterator[Text]:
    rows = list(_norm_rows(top, units))
    first, second = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    for where, strength, who in rows:
        start = (f"  {where:<{first}}" if first else "") + (f"  {strength:<{second}}  " if strength else "  ")
        yield from page.wrapped(who, start, " " * min(len(start) + 2, page.width // 2))


def _norm_rows(top: Provision, units: list[Provision]) -> Iterator[tuple[str, str, str]]:
    """Where, how strongly, and who: of each norm, those together that a list has from the words above it."""
    norms = [(_below(unit, top), norm) for unit in units for norm in unit.norms]
    for (source, modality, _), group in groupby(norms, key=_inheritance):
        held = list(group)
        if source is None:
            for where, norm in held:
                yield (where, "", _NOTHING) if modality == _NONE else (where, norm.label, _bearer(norm))
            continue
        (start, norm), (end, _) = held[0], held[-1]
        span = f"{start} to {end.rpartition(' ')[2]}" if len(held) > 1 else start
        yield span, norm.label, f"as said in {_of_another(source.label, top.label)}"


def _inheritance(row: tuple[str, Norm]) -> tuple[Thing | None, str, str]:
    """What norms have in common that are told together."""
    norm = row[1]
    return norm.inherited_from, norm.modality, norm.bearer if norm.inherited_from else ""


def _bearer(norm: Norm) -> str:
    who = " ".join(norm.bearer.split()) or "nobody who is named"
    return who if norm.as_printed == norm.bearer else f"{who} (“{' '.join(norm.as_printed.split())}”)"


def _of_another(label: str, top: str) -> str:
    """A label without the part that it shares with that of the provision shown."""
    speaker = top.partition(": ")[0]
    return label.removeprefix(top).lstrip(", ").removeprefix(f"{speaker}: ") or "the words above"


def _positions(page: _Page, top: Provision, units: list[Provision]) -> Iterator[Text]:
    for unit in units:
        for position in unit.positions:
            yield from page.wrapped(f"{_stance(position)}{_placed(unit, top)}")
            if position.quote and unit.kind not in ("article",):
                yield from _quoted(page, position.quote)
            for condition in position.conditions:
                yield from page.wrapped(f"on the condition “{' '.join(condition.split())}”", "    ", "      ")
            if position.sources:
                yield from page.wrapped(f"names {_together(position.sources)}", "    ", "      ")


def _stance(position: Position) -> str:
    sign = _SHAPES[palette().stances[position.stance]]
    return f"{sign} {position.label}: {position.concept.label if position.concept else 'the provision itself'}"


def _placed(unit: Provision, top: Provision, before: str = " in ") -> str:
    below = _below(unit, top)
    return f"{before}{below}" if below else ""


def _findings(page: _Page, top: Provision, units: list[Provision]) -> Iterator[Text]:
    for unit in units:
        for finding in unit.findings:
            yield from _finding(page, finding, _placed(unit, top))


def _finding(page: _Page, finding: Finding, where: str) -> Iterator[Text]:
    for count, row in enumerate(page.wrapped(f"{finding.severity} {finding.label}{where}: {finding.problem}")):
        if page.colour and count == 0:
            row.stylize(FINDING_STYLES[Severity(finding.severity)], 2, 3)
        yield row
    yield from _quoted(page, finding.quote)
    if finding.suggestion:
        yield from page.wrapped(f"suggestion: {finding.suggestion}", "    ", "      ")


def _word_by_word(page: _Page, top: Provision, units: list[Provision], sources: SourceTexts) -> Iterator[Text]:
    """Each unit beside the source of its words; what was taken over as it is, in a line."""
    found = [collation for unit in units for collation in unit.collations(sources)]
    counted = Counter(one.verdict for one in found)
    if len(found) > 1:
        told = ", ".join(f"{counted[verdict]} {verdict}" for verdict in _VERDICTS if counted[verdict])
        yield from page.wrapped(f"{len(found)} provisions: {told}")
    for one in found:
        below = one.derived.removeprefix(top.path).strip("/")
        kinds = ", ".join(dict.fromkeys(piece.kind for piece in one.pieces if piece.kind))
        told = f"{one.name} ({one.verdict}{f', of {below}' if below else ''}){f': {kinds}' if kinds else ''}"
        if len(found) == 1 or kinds:
            yield from page.wrapped(told)
            yield from _collated(page, one)


def _collated(page: _Page, collation: Collation) -> Iterator[Text]:
    """The words, with what was changed as an editor marks it: [-words of the source-]{+words of the proposal+}."""
    words, marks = "", list[Mark]()
    theirs, ours = f"{_HUES[hue_of(collation.source)]} strike", f"{_HUES['submission']} underline"
    last = len(collation.pieces) - 1
    for place, piece in enumerate(collation.pieces):
        if piece.what == "copied":
            words += _abridged(piece.own, opening=place == 0, closing=place == last)
            continue
        if words and not words[-1].isspace() and piece.what == "dropped":
            words += " "
        if piece.count:
            gone = piece.words or f"{piece.count} word{'s' if piece.count > 1 else ''}"
            marks.append(Mark(len(words), len(words) + len(gone) + 4, " ", theirs))
            words += f"[-{gone}-]"
        if piece.own.strip():
            marks.append(Mark(len(words), len(words) + len(piece.own) + 4, " ", ours))
            words += f"{{+{piece.own}+}}"
        following = collation.pieces[place + 1].own if place < last else " "
        if following[:1].isalnum():
            words += " "
    yield from marked_lines(
        words, marks if page.colour else [], page.width, first="    ", rest="    ", colour=page.colour
    )


def _abridged(words: str, *, opening: bool, closing: bool) -> str:
    """The words at the edges of a long stretch that was copied.

    >>> _abridged("a b c d e f g h i j k l m n o p q r s ", opening=False, closing=False)
    'a b c d e f … n o p q r s '
    """
    found = words.split()
    if len(found) <= 2 * _EDGE + 4:
        return words
    start = "" if opening else f"{words[: len(words) - len(words.lstrip())]}{' '.join(found[:_EDGE])} "
    end = "" if closing else f" {' '.join(found[-_EDGE:])}{words[len(words.rstrip()) :]}"
    return f"{start}…{end}"


def _named_sources(page: _Page, top: Provision) -> Iterator[Text]:
    steps = [found for found in top.lineage if found.derived.startswith(top.path) and found.basis == "cited"]
    for found, following in zip_longest(steps, steps[1:]):
        below = found.derived.removeprefix(top.path).strip("/")
        ground = " ".join(word for word in (found.basis, found.verdict) if word)
        yield from page.wrapped(f"{found.source.label} ({ground}{f', of {below}' if below else ''})")
        # The same words may name several sources; they are printed once, below the last of these.
        if following is None or following.quote != found.quote:
            yield from _quoted(page, found.quote)


def _citations(page: _Page, top: Provision, units: list[Provision]) -> Iterator[Text]:
    for unit in units:
        # The same words may cite the same thing twice in one provision; a reader wants it once.
        for citation in dict.fromkeys(unit.citations):
            if citation.bare:
                continue
            targets = _together(citation.targets) or "nothing that was found"
            yield from page.wrapped(f"{targets} ({citation.resolution}{_placed(unit, top, ', in ')})")
            yield from _quoted(page, citation.quote)


def _together(things: Iterable[Thing]) -> str:
    """What things are called, neighbours that differ in their last number told together.

    >>> _together([Thing("", "UNTOC, art. 3 (a)"), Thing("", "UNTOC, art. 3 (b)"), Thing("", "UNCAC")])
    'UNTOC, art. 3 (a), (b); UNCAC'
    """
    told = []
    for shared, group in groupby((thing.label.rpartition(" ") for thing in things), key=lambda label: label[:2]):
        told.append("".join(shared) + ", ".join(last for _, _, last in group))
    return "; ".join(told)


def _quoted(page: _Page, quote: str) -> Iterator[Text]:
    yield from page.wrapped(f"“{' '.join(quote.split())}”", "    ", "     ")


def _characters(evidence: Evidence) -> str:
    return " and ".join(f"{start} to {end}" for start, end in evidence.positions)


def _overview(page: _Page, whole: Provision) -> Iterator[Text]:
    """How much there is of what, in all and in each part that has a title."""
    counts = whole.tallies
    for what, told in (("stance", "positions"), ("modality", "norms")):
        total = _total(counts[what])
        each = ", ".join(f"{count} {_spoken(of)}" for of, count in counts[what].most_common() if of != _NONE)
        yield from page.wrapped(f"{total:,} {told}: {each}" if total else f"no {told}")
    by_severity = {severity: counts["severity"][severity.value] for severity in Severity}
    yield from page.wrapped(findings_by_severity(by_severity))
    yield page.line("")
    columns = f"{'norms':>7}{'positions':>11}{'A':>5}{'B':>5}{'C':>5}"
    room = page.width - len(columns)
    yield page.line(f"{'holds':<{room}}{columns}", "bold")
    for part, depth in _titled(whole, 0):
        held = part.tallies
        figures = [_total(held["modality"]), _total(held["stance"])]
        figures += [held["severity"][severity.value] for severity in Severity]
        cells = "".join(f"{figure or '':>{size}}" for figure, size in zip(figures, (7, 11, 5, 5, 5), strict=True))
        title = _title(part, room - 2 * depth - 4)
        indent = "  " * (depth + 1)
        rows = wrap(title, room - 1, initial_indent=indent, subsequent_indent=indent + "  ") or [part.path]
        yield page.line(f"{rows[0]:<{room}}{cells}")
        yield from (page.line(row) for row in rows[1:])


def _total(counts: Counter[str]) -> int:
    """How many there are, without the provisions of which it is said that they have none."""
    return sum(counts.values()) - counts[_NONE]


def _title(part: Provision, room: int) -> str:
    """The heading of a part, or what it is called and how it begins."""
    if part.heading or not part.text:
        return part.heading or part.label
    return shorten(f"{part.label.partition(': ')[2]}: {part.text}", room, placeholder=" …")


def _titled(whole: Provision, depth: int) -> Iterator[tuple[Provision, int]]:
    """The parts that a table of contents has: submissions of a document; chapters, headings and articles."""
    for part in whole.children:
        yield part, depth
        if part.kind == "division":
            yield from ((below, deeper) for below, deeper in _titled(part, depth + 1) if below.heading)


def _spoken(name: str) -> str:
    return name.replace("-", " ")
