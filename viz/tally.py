"""The figures of a matrix: which provisions stand behind each number, and out of how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from .folding import fold
from .material import Material, Provision
from .page import day, number, plural
from .palette import Role, hue_of, palette

__all__ = ["Cell", "Line", "Tally", "by_concept", "by_instrument"]

CONCEPTS = 16
"""How many concepts have a row at first sight."""

Kind = Literal["all", "proponent", "group", "member", "instrument", "concept"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: `holds` are the provisions it is about, out of which its cells count.

    `parent` is the line that this one is folded under; `children` says how many it folds, `note` what a reader should
    know of it. `shown` at first sight. A `member` has no figures of its own: what a group says is inferred to hold for
    it.
    """

    path: str
    kind: Kind
    label: str
    holds: frozenset[str]
    hue: Role = "original"
    note: str = ""
    parent: str = ""
    depth: int = 0
    children: int = 0
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: the provisions counted, in reading order, and how many of them by the hue of their source.

    `sourced` are those for which the instrument of the column is the source of the words.
    """

    provisions: tuple[str, ...]
    hues: tuple[tuple[Role, int], ...]
    sourced: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """A matrix, its first row and its first column the totals.

    `counted_in` says of which line a cell is a part, and `hue_is` whether a bar has the hue of its column or is divided
    by the sources of what it counts. `queries` are those that give the figures.
    """

    title: str
    summary: str
    corner: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    counted_in: Literal["row", "column"]
    hue_is: Literal["column", "source"]
    material: Material
    queries: tuple[str, ...]

    def cell(self, row: Line, column: Line) -> Cell:
        """The figure at `row` and `column`."""
        provisions = self.material.provisions
        paths = tuple(path for path in provisions if path in row.holds and path in column.holds)
        hues = Counter(provisions[path].hue for path in paths)
        sourced = sum(1 for path in paths if _draws_on(provisions[path], column.path)) if self.hue_is == "column" else 0
        return Cell(paths, tuple((role, hues[role]) for role in palette().roles if hues[role]), sourced)

    def whole(self, row: Line, column: Line) -> int:
        """Out of how many provisions the figure at `row` and `column` is."""
        return len((row if self.counted_in == "row" else column).holds)


def by_instrument(material: Material) -> Tally:
    """Proponents by the treaties that their provisions name."""
    naming: dict[str, set[str]] = {}
    for path, provision in material.provisions.items():
        for source in provision.sources:
            if source.exists and not source.path.startswith("resolution/"):
                naming.setdefault(source.instrument, set()).add(path)
    treaties = [
        Line(path, "instrument", material.treaties[path].name, frozenset(found), hue_of(path))
        for path, found in sorted(naming.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    ]
    anywhere = frozenset().union(*(line.holds for line in treaties))
    total, named = number(len(material.provisions)), number(len(anywhere))
    sourced = number(sum(1 for path in anywhere if material.provisions[path].source))
    return Tally(
        title=f"Which treaties the proposals in {_documents(material)} name",
        summary=(
            f"{plural(len(material.submissions), 'submission')}: {named} of {total} provisions name one of "
            f"{plural(len(treaties), 'treaty', 'treaties')}, {sourced} of them as the source of their words."
        ),
        corner="Proponent",
        rows=(_all(material, "All"), *_proponents(material)),
        columns=(Line("any", "all", "Any treaty", anywhere), *treaties),
        counted_in="row",
        hue_is="column",
        material=material,
        queries=("state-by-instrument", "provisions", "sources", "submissions", "instruments", "spoken-for"),
    )


def by_concept(material: Material) -> Tally:
    """Subjects of cooperation, as a hierarchy, by the proponents whose provisions concern them."""
    concerns: dict[str, list[str]] = {}
    for path, provision in material.provisions.items():
        for concept in provision.concepts:
            concerns.setdefault(concept, []).append(path)
    folded = fold(material.concepts, concerns, CONCEPTS).rows
    lines = tuple(
        Line(
            row.concept.path,
            "concept",
            row.concept.name,
            row.holds,
            note=row.concept.definition,
            parent=row.parent,
            depth=row.depth,
            children=len(row.children),
            shown=row.shown,
        )
        for row in folded
    )
    anywhere = frozenset().union(*(line.holds for line in lines))
    shown = sum(1 for line in lines if line.shown)
    total = number(len(material.provisions))
    return Tally(
        title=f"What the proposals in {_documents(material)} are about",
        summary=(
            f"{plural(len(material.submissions), 'submission')}: {number(len(anywhere))} of {total} provisions concern "
            f"one of {plural(len(lines), 'subject')} of cooperation. {shown} of these have a row at first sight; a "
            "subject counts with all that is narrower, and those can be unfolded."
        ),
        corner="Subject",
        rows=(Line("any", "all", "Any subject", anywhere), *lines),
        columns=(_all(material, "All"), *(line for line in _proponents(material) if line.kind == "proponent")),
        counted_in="column",
        hue_is="source",
        material=material,
        queries=("state-by-concept", "provisions", "subjects", "concepts", "sources", "submissions", "spoken-for"),
    )


def _documents(material: Material) -> str:
    symbols = [submission.symbol for submission in material.documents]
    return symbols[0] if len(symbols) == 1 else plural(len(symbols), "document")


def _all(material: Material, label: str) -> Line:
    return Line("all", "all", label, frozenset(material.provisions))


def _proponents(material: Material) -> tuple[Line, ...]:
    """Each proponent; below it the groups in whose name it spoke, and below these their members."""
    speakers = {one.path: one.name for made in material.submissions.values() for one in made.speakers}
    lines: list[Line] = []
    for speaker, name in speakers.items():
        made = {path for path, one in material.submissions.items() if any(by.path == speaker for by in one.speakers)}
        lines.append(Line(speaker, "proponent", name, _in(material, made)))
        groups = {group.path: group.name for path in sorted(made) for group in material.submissions[path].groups}
        if groups:
            lines[-1] = replace(lines[-1], note=f"for the {' and the '.join(groups.values())}", children=len(groups))
        for group, group_name in groups.items():
            for_group = {path for path in made if any(one.path == group for one in material.submissions[path].groups)}
            lines += _group(material, group, group_name, speaker, name, for_group, set(speakers))
    return tuple(lines)


def _group(
    material: Material, group: str, name: str, speaker: str, spoken_by: str, made: set[str], speakers: set[str]
) -> Iterable[Line]:
    holds = _in(material, made)
    members = {
        one.member: one.name
        for one in material.memberships
        if one.group == group and one.submission in made and one.member not in speakers
    }
    days = " and ".join(day(one) for one in sorted({material.submissions[path].issued for path in made}) if one)
    place = f"{speaker}/{group}"
    note = f"spoken for by {spoken_by}"
    if members and days:
        note += f"; its members on {days} below"
    yield Line(place, "group", name, holds, note=note, parent=speaker, depth=1, children=len(members))
    for member, member_name in sorted(members.items(), key=lambda entry: entry[1]):
        inside = f"{place}/{member}"
        yield Line(inside, "member", member_name, holds, note="inferred", parent=place, depth=2, shown=False)


def _in(material: Material, submissions: Iterable[str]) -> frozenset[str]:
    wanted = set(submissions)
    return frozenset(path for path, provision in material.provisions.items() if provision.submission in wanted)


def _draws_on(provision: Provision, instrument: str) -> bool:
    matches: Callable[[str], bool] = (lambda _: True) if instrument == "any" else instrument.__eq__
    return any(source.basis and matches(source.instrument) for source in provision.sources)
