"""What stands around the network: its heading, its key, and the same in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from .marks import Mark, Picture
from .material import Material
from .page import number, plural, words
from .palette import Role, palette

__all__ = ["beside", "heading", "hues", "summary", "the_same_in_words"]

ICONS = {
    "proponent": '<rect x="2" y="4" width="24" height="12" rx="6" fill="var(--ink)"/>',
    "group": '<rect x="2.5" y="4.5" width="23" height="11" rx="5.5" fill="none" stroke="var(--ink)"/>',
    "unit": '<circle cx="14" cy="10" r="6" fill="var(--original-mark)"/>',
    "imported": (
        '<circle cx="14" cy="10" r="7" fill="var(--original-mark)"/>'
        '<path d="M10 10h8M15 7l3 3-3 3" fill="none" stroke="var(--surface)" stroke-width="1.5"/>'
    ),
    "commentary": '<rect x="12" y="3" width="4" height="14" fill="var(--original-mark)"/>',
    "concept": '<rect x="2.5" y="3.5" width="23" height="13" rx="4" fill="var(--raised)" stroke="var(--muted)"/>',
    "article": '<rect x="9" y="5" width="10" height="10" fill="var(--muted)"/>',
    "instrument": '<path d="M2 3h24v14H2z" fill="var(--rule)"/><path d="M2 3h5v14H2z" fill="var(--muted)"/>',
}
LINES = (
    ("proposes speaks", "proposes, speaks for", 'stroke="var(--original-mark)" stroke-width="1.2"'),
    ("derives", "names as its source", 'stroke="var(--ink)" stroke-width="2"'),
    ("cites", "cites", 'stroke="var(--ink)" stroke-width="1.4" stroke-dasharray="5 4"'),
    ("concerns", "concerns", 'stroke="var(--faint)" stroke-width="1.2"'),
    ("belongs", "is part of", 'stroke="var(--muted)"'),
)
"""The kinds of line that one switch turns on and off, what they say, and how they look."""


def heading(material: Material) -> str:
    """What the picture shows."""
    symbols = [submission.symbol for submission in material.documents]
    named = symbols[0] if len(symbols) == 1 else plural(len(symbols), "document")
    return f"Who proposes what in {named}, and what it draws on"


def hues(material: Material) -> list[tuple[Role, str]]:
    """The hues in the picture, and how a reader is told of each."""
    found = {source.hue for provision in material.provisions.values() for source in provision.sources}
    return [*((role, name) for role, name in palette().roles.items() if role in found), ("original", "no source named")]


def summary(material: Material, drawn: Picture) -> str:
    """What the picture holds, with its numbers, as markup."""
    total = number(len(material.provisions))
    speakers = {one.path: one.name for made in material.submissions.values() for one in made.speakers}
    groups = {one.path: one.name for made in material.submissions.values() for one in made.groups}
    who = plural(len(material.submissions), "submission")
    if len(speakers) <= 6:
        who += f" by {_enumerated(speakers.values())}"
    if 0 < len(groups) <= 3:
        who += f", one of them for the {' and one for the '.join(groups.values())}"
    return (
        f"<strong>{words(who)}: {total} provisions under {plural(drawn.headings, 'heading')}.</strong> "
        f"{words(_sourced(material))} The picture shows headings (articles, sections, preambles) and not every "
        f"provision: click one to read what it holds. {words(' '.join(drawn.gathered))}"
    )


def _sourced(material: Material) -> str:
    """How many provisions name a source of their words."""
    provisions = material.provisions.values()
    naming = [{source.hue for source in provision.sources if source.basis} for provision in provisions]
    named, sourced = Counter(role for roles in naming for role in roles), sum(1 for roles in naming if roles)
    below = sum(1 for provision in provisions if provision.above and not provision.source)
    if not sourced:
        return f"None of {number(len(provisions))} provisions names the source of its words."
    parts = [f"{name} {number(named[role])}" for role, name in palette().roles.items() if named[role]]
    which = parts[0].rpartition(" ")[0] if len(parts) == 1 else ", ".join(parts)
    several = "; some name several" if named.total() > sourced else ""
    more = f", and {number(below)} more stand below a heading or paragraph that does" if below else ""
    return f"{number(sourced)} of {number(len(provisions))} name the source of their words ({which}{several}){more}."


def _enumerated(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def beside(material: Material, drawn: Picture) -> str:
    """The margin: search, room for the details, and the key, whose entries switch what they name on and off."""
    colours = "".join(
        f'<div class="entry">{_icon(_disc(role))}<span>{words(name)}</span></div>' for role, name in hues(material)
    )
    return (
        '<aside class="margin" id="margin" aria-label="Search, key and details"><div class="search">'
        '<label class="unseen" for="search">Search the picture and the words of the provisions</label>'
        '<input id="search" type="search" placeholder="Search names and words" autocomplete="off"><kbd>/</kbd>'
        '<ul class="found" id="found"></ul></div>'
        '<div class="details" id="details" tabindex="-1" aria-live="polite"></div>'
        '<details id="key" open><summary>What the marks mean</summary>'
        f'<fieldset class="key"><legend>Colour: the source that is named for the words</legend>{colours}</fieldset>'
        f'<fieldset class="key"><legend>Marks</legend>{"".join(_things(drawn))}</fieldset>'
        f'<fieldset class="key"><legend>Lines</legend>{"".join(_lines(drawn))}</fieldset>'
        '<p class="small muted">Click a mark for its words and sources. <kbd>/</kbd> search, <kbd>j</kbd> and '
        "<kbd>k</kbd> next and previous heading, <kbd>q</kbd> the query, <kbd>Esc</kbd> back.</p></details></aside>"
    )


def _things(drawn: Picture) -> Iterator[str]:
    kinds = Counter(mark.kind for mark in drawn.marks)
    comments = sum(1 for unit in drawn.units if unit.told["genre"] == "commentary")
    yield _switch("marks", "proponent", ICONS["proponent"], "State or other proponent", kinds["proponent"])
    yield _switch("marks", "group", ICONS["group"], "group spoken for", kinds["group"])
    drafted = "article or heading of a draft, larger with more provisions"
    yield _switch("marks", "unit", ICONS["unit"], drafted, kinds["unit"] - comments)
    if imported := sum(1 for unit in drawn.units if unit.told["imported"]):
        yield _unswitched(ICONS["imported"], "the same by reference, without words of its own", imported)
    if comments:
        yield _unswitched(ICONS["commentary"], "heading of a commentary", comments)
    yield _switch("marks", "concept", ICONS["concept"], "subject of cooperation", kinds["concept"])
    yield _switch("marks", "article", ICONS["article"], "article of a treaty", kinds["article"])
    yield _switch("marks", "instrument", ICONS["instrument"], "treaty, or resolutions", kinds["instrument"])


def _lines(drawn: Picture) -> Iterator[str]:
    counts = Counter(link.kind for link in drawn.links)
    for kinds, label, look in LINES:
        count = sum(counts[kind] for kind in kinds.split())
        yield _switch("links", kinds, f'<path d="M1 10h26" {look}/>', label, count)


def _switch(name: str, kinds: str, drawing: str, label: str, count: int) -> str:
    if not count:
        return ""
    return (
        f'<label><input type="checkbox" checked name="{name}" value="{kinds}">{_icon(drawing)}'
        f'<span>{words(label)}</span><span class="count">{number(count)}</span></label>'
    )


def _unswitched(drawing: str, label: str, count: int) -> str:
    """An entry that goes with the switch above it."""
    return (
        f'<div class="entry"><span class="unswitched"></span>{_icon(drawing)}<span>{words(label)}</span>'
        f'<span class="count">{number(count)}</span></div>'
    )


def _icon(drawing: str) -> str:
    return f'<svg width="28" height="20" viewBox="0 0 28 20" aria-hidden="true">{drawing}</svg>'


def _disc(role: Role) -> str:
    return f'<circle cx="14" cy="10" r="6" fill="var(--{role}-mark)"/>'


def the_same_in_words(material: Material, drawn: Picture) -> str:
    """The picture as a table, for whoever cannot see it or would rather read."""
    named = {mark.id: mark for mark in drawn.marks}
    targets: dict[tuple[str, str], list[str]] = {}
    for link in drawn.links:
        targets.setdefault((link.source, link.kind), []).append(named[link.target].full)
        targets.setdefault((link.target, f"{link.kind} by"), []).append(named[link.source].full)

    def cell(unit: Mark, kind: str) -> str:
        return f"<td>{words('; '.join(targets.get((unit.id, kind), ())))}</td>"

    rows = "".join(
        f"<tr>{cell(unit, 'proposes by')}<th scope='row' class='{'' if unit.told['named'] else 'said'}'>"
        f"{words(unit.label)}</th><td class='number'>{unit.told['provisions']}</td>"
        f"{cell(unit, 'derives')}{cell(unit, 'cites')}{cell(unit, 'concerns')}</tr>"
        for unit in drawn.units
    )
    columns = ("Proponent", "Heading", "Provisions", "Names as its source", "Cites", "Concerns")
    heads = "".join(f'<th scope="col">{column}</th>' for column in columns)
    return (
        '<details class="aslist"><summary>The same as a list</summary><div class="wide"><table>'
        f'<caption class="unseen">{words(heading(material))}</caption>'
        f"<thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div></details>"
    )
