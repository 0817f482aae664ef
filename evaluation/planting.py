"""Planting slips all over a document, to see whether the checks find them where nobody has labelled anything."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from ..errors import GoldError
from ..ingest.document import read_document
from ..ingest.manifest import CorpusDocument
from ..ingest.records import Document, Kind
from ..lineage.findings.examination import examine
from ..lineage.records import Finding
from ..ontology.reference import Reference, load

__all__ = ["Plant", "PlantVerdict", "Planted", "Sort", "judge_plants", "plant", "plant_and_check", "sorts"]

FILE = Path(__file__).with_name("planted_slips.toml")
EACH = 8
"""How many slips of each sort are planted at most."""

NEAR = 40
"""How far a slip keeps from what is flagged anyway, in characters."""

UNITS = frozenset({Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.ITEM, Kind.CHAPEAU, Kind.STATEMENT})


class Sort(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sort of slip: where it can be planted, what stands there then, which kinds of finding fit, and how near."""

    name: str
    pattern: str
    replacement: str
    kinds: tuple[str, ...]
    reach: int = 12


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    slip: tuple[Sort, ...]


@dataclass(frozen=True, slots=True)
class Plant:
    """A slip, and where it stands in the text that has them all, in place of `was`; `context` are the words around."""

    sort: Sort
    start: int
    end: int
    was: str
    context: str


@dataclass(frozen=True, slots=True)
class PlantVerdict:
    """What became of a slip: the kinds of the new findings that touch it."""

    plant: Plant
    kinds: frozenset[str]

    @property
    def found(self) -> bool:
        """Whether anything was flagged there."""
        return bool(self.kinds)

    @property
    def named(self) -> bool:
        """Whether it was flagged as what it is."""
        return not self.kinds.isdisjoint(self.plant.sort.kinds)


@dataclass(frozen=True, slots=True)
class Planted:
    """What became of every slip, and the new findings that touch none."""

    verdicts: tuple[PlantVerdict, ...]
    elsewhere: tuple[Finding, ...]

    @property
    def recall(self) -> float:
        """The share of the slips that were found; 1 where none could be planted."""
        return sum(one.found for one in self.verdicts) / len(self.verdicts) if self.verdicts else 1.0

    def as_text(self, *, width: int = 100) -> str:
        """A row for each sort of slip, then those that were missed."""
        from rich.text import Text

        from .tables import blank_table, render

        table = blank_table("Planted slips", "slip", "planted", "found", "as what it is")
        for sort in dict.fromkeys(one.plant.sort for one in self.verdicts):
            own = [one for one in self.verdicts if one.plant.sort == sort]
            counts = (len(own), sum(one.found for one in own), sum(one.named for one in own))
            table.add_row(Text(sort.name), *map(str, counts))
        named = sum(one.named for one in self.verdicts)
        table.add_row(Text("all", style="bold"), *map(str, (len(self.verdicts), self._found(), named)))
        missed = [
            Text(f"missed: {one.plant.sort.name}: “{one.plant.context}”") for one in self.verdicts if not one.found
        ]
        told = Text(f"\n{len(self.elsewhere)} new findings touch no planted slip\n")
        return render([table, told, *missed], width)

    def _found(self) -> int:
        return sum(one.found for one in self.verdicts)


@cache
def sorts(file: Path = FILE) -> tuple[Sort, ...]:
    """The sorts of slips in the file.

    Raises
    ------
    GoldError
        If the file breaks its schema, or a pattern or replacement is not one.
    """
    try:
        read = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), type=_File).slip
        for sort in read:
            re.compile(sort.pattern)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, re.error) as error:
        raise GoldError(str(error), where=str(file), remedy="compare it with the file of the package") from None
    return read


def plant(
    document: Document, findings: Sequence[Finding], chosen: Sequence[Sort], each: int = EACH
) -> tuple[str, tuple[Plant, ...]]:
    """The text with slips planted, at most one in a unit, and where they stand.

    The sort with the fewest places is planted first; its slips are spread evenly over the places that are left.
    """
    text = document.text
    flagged = [(span.start - NEAR, span.end + NEAR) for finding in findings for span in finding.spans]
    places = [list(_places(document, re.compile(sort.pattern), flagged)) for sort in chosen]
    taken: set[tuple[int, int]] = set()
    edits: list[tuple[int, int, str, Sort]] = []
    for order in sorted(range(len(chosen)), key=lambda order: (len(places[order]), order)):
        sort = chosen[order]
        free = [(extent, match) for extent, match in places[order] if extent not in taken]
        step = max(1, len(free) // each)
        for extent, match in free[::step][:each]:
            new = match.expand(sort.replacement)
            if new != match[0]:
                taken.add(extent)
                edits.append((extent[0] + match.start(), extent[0] + match.end(), new, sort))
    edits.sort(key=lambda edit: edit[:2])
    pieces, plants, position, size = [], [], 0, 0
    for start, end, new, sort in edits:
        kept = text[position:start]
        size += len(kept)
        context = " ".join(f"{text[max(start - 40, 0) : start]}{new}{text[end : end + 40]}".split())
        plants.append(Plant(sort, size, size + len(new), text[start:end], context))
        pieces += [kept, new]
        position, size = end, size + len(new)
    return "".join([*pieces, text[position:]]), tuple(plants)


def _places(
    document: Document, pattern: re.Pattern[str], flagged: list[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], re.Match[str]]]:
    """The first match in each unit, with the extent of the unit; not near what is flagged anyway."""
    seen: set[tuple[int, int]] = set()
    for submission in document.submissions:
        for provision in submission.provisions:
            if provision.kind not in UNITS or not provision.spans:
                continue
            extent = provision.spans[0].start, provision.spans[0].end
            words = document.text[extent[0] : extent[1]]
            match = pattern.search(words) if extent not in seen else None
            seen.add(extent)
            if match is None:
                continue
            start, end = extent[0] + match.start(), extent[0] + match.end()
            if not any(low < end and start < high for low, high in flagged):
                yield extent, match


def judge_plants(plants: Sequence[Plant], before: Sequence[Finding], after: Sequence[Finding]) -> Planted:
    """Which slips are touched by findings that were not there before."""
    known = Counter((finding.kind, finding.quote) for finding in before)
    new = []
    for finding in after:
        known[finding.kind, finding.quote] -= 1
        if known[finding.kind, finding.quote] < 0:
            new.append(finding)
    verdicts, touching = [], set()
    for one in plants:
        touched = [order for order, finding in enumerate(new) if _touches(finding, one)]
        touching.update(touched)
        verdicts.append(PlantVerdict(one, frozenset(new[order].kind for order in touched)))
    elsewhere = tuple(finding for order, finding in enumerate(new) if order not in touching)
    return Planted(tuple(verdicts), elsewhere)


def _touches(finding: Finding, one: Plant) -> bool:
    # What reaches far may only be found as what it is.
    far = one.sort.reach if finding.kind in one.sort.kinds else min(one.sort.reach, 12)
    return any(span.start <= one.end + far and span.end >= one.start - far for span in finding.spans)


def plant_and_check(document: CorpusDocument, each: int = EACH, reference: Reference | None = None) -> Planted:
    """Plant slips in a document, read and check it anew, and tell which were found."""
    reference = reference or load()
    read = read_document(document, reference)
    before = examine(read, reference).findings
    text, plants = plant(read, before, sorts(), each)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"planted{document.path.suffix}"
        path.write_bytes(text.encode())
        entry = msgspec.structs.replace(document.entry, digest=None)
        again = read_document(replace(document, path=path, entry=entry), reference)
    return judge_plants(plants, before, examine(again, reference).findings)
