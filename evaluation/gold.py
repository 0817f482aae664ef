"""The gold standard: what annotators found in a document, read from JSON lines and checked.

A gold directory holds ``structure.jsonl`` and, where citations are labelled too, ``citations.jsonl``,
``selfrefs.jsonl`` (mentions of the convention under negotiation) and ``dontcare.jsonl`` (stretches that count neither
way). Keys that scoring has no use for are passed over. Offsets are Unicode code points into the document, end
exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from ..errors import GoldError

__all__ = [
    "SHIPPED_GOLD",
    "GoldCitation",
    "GoldStandard",
    "GoldUnit",
    "Mention",
    "Territory",
    "group_of",
    "read_gold",
    "state_of",
]

SHIPPED_GOLD = Path(__file__).parent / "gold" / "v-22-10828"
"""The development half that comes with the package."""


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """A unit of text as the annotators see it.

    `parent` is the id of another unit, labelled or not, or the bare code of the submission. `depth` counts the levels
    below the submission, 1 for the highest; 0 where the gold standard does not say.
    """

    id: str
    state: str
    kind: str
    number: str
    parent: str
    line: int
    spans: tuple[tuple[int, int], ...]
    heading: str = ""
    title: str = ""
    printed_heading: str = ""
    depth: int = 0

    @property
    def start(self) -> int:
        """Where the unit begins."""
        return self.spans[0][0]


@dataclass(frozen=True, slots=True)
class GoldCitation:
    """A mention as the annotators see it.

    `targets` are as printed, `intended` what the document should have said, `also_accept` other acceptable lists of
    targets; an empty list among them says that naming no target is right too.
    """

    state: str
    unit: str
    line: int
    quote: str
    start: int
    end: int
    type: str
    targets: tuple[str, ...]
    by_reference: bool = False
    bare: bool = False
    source_error: str = ""
    intended: tuple[str, ...] = ()
    also_accept: tuple[tuple[str, ...], ...] = ()

    @property
    def optional(self) -> bool:
        """Whether it counts neither way: a document that is no legal source and that may go without a target."""
        return self.type == "organisation-document" and () in self.also_accept


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the document that counts neither way."""

    line: int
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldStandard:
    """All labels of one directory. `tolerated` are the mentions that count neither way."""

    name: str
    units: tuple[GoldUnit, ...]
    citations: tuple[GoldCitation, ...]
    tolerated: tuple[Mention, ...]
    directory: Path

    def check_against(self, text: str) -> None:
        """Raise a :class:`GoldError` unless the labels were made on this very `text`."""
        for unit in self.units:
            if unit.spans[-1][1] > len(text):
                raise GoldError(
                    f"{unit.id} ends at character {unit.spans[-1][1]}, the document at {len(text)}",
                    where=str(self.directory / "structure.jsonl"),
                    remedy="evaluate the document that was labelled",
                )
        mentions: list[GoldCitation | Mention] = [*self.citations, *self.tolerated]
        for mention in mentions:
            found = text[mention.start : mention.end]
            if found != mention.quote:
                raise GoldError(
                    f"the document has {found[:40]!r} at {mention.start}-{mention.end}, the label says "
                    f"{mention.quote[:40]!r}",
                    where=f"{self.directory}, label of line {mention.line}",
                    remedy="evaluate the document that was labelled, byte for byte",
                )


def state_of(identifier: str) -> str:
    """The code of the submission that the id belongs to.

    >>> state_of("JAM/extradition/3")
    'JAM'
    """
    return identifier.partition("/")[0]


def group_of(identifier: str) -> str:
    """The article, preamble, heading or statement that the id belongs to: what the labels were drawn by.

    >>> group_of("JAM/extradition/6/a"), group_of("NZL/8/b1")
    ('JAM/extradition', 'NZL/8')
    """
    return "/".join(identifier.split("/")[:2])


class Territory:
    """Which stretches of the document the labels cover.

    Labels may cover a sample only. A unit or citation that a program finds outside what is labelled can be neither
    right nor wrong, so it is not counted. An article (a preamble, a statement) is labelled as a whole: from the first
    character of its units to the last. Of a chapter or heading only its own line is labelled, since the articles
    below are drawn on their own.
    """

    def __init__(self, units: Iterable[GoldUnit]) -> None:
        words: list[tuple[int, int, str]] = []
        extents: dict[str, tuple[int, int, str]] = {}
        for unit in units:
            words += [(start, end, unit.state) for start, end in unit.spans]
            group = group_of(unit.id)
            start, end = unit.spans[0][0], unit.spans[-1][1]
            if group in extents:
                start, end = min(start, extents[group][0]), max(end, extents[group][1])
            extents[group] = (start, end, unit.state)
        self._words = _merged(words)
        self._extents = _merged(extents.values())

    def state_of_words(self, offset: int) -> str:
        """The State in whose labelled words the character stands; empty where it is not labelled."""
        return _holder(self._words, offset)

    def state_of_extent(self, offset: int) -> str:
        """The State in whose labelled articles the character stands, be it between two units of one article."""
        return _holder(self._extents, offset)


_Stretch = tuple[int, int, str]


def _merged(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """The stretches in order, those that overlap made one: a labelled footnote may stand in a labelled article."""
    merged: list[_Stretch] = []
    for start, end, state in sorted(stretches):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), merged[-1][2])
        else:
            merged.append((start, end, state))
    return merged


def _holder(stretches: list[_Stretch], offset: int) -> str:
    index = bisect_right(stretches, offset, key=lambda stretch: stretch[0]) - 1
    return stretches[index][2] if index >= 0 and offset < stretches[index][1] else ""


def read_gold(directory: Path) -> GoldStandard:
    """Read and check a gold directory.

    Raises
    ------
    GoldError
        With the file and line, where a file is missing, is not UTF-8, or a label breaks the schema.
    """
    if not directory.is_dir():
        raise GoldError(
            "there is no such directory", where=str(directory), remedy="name a directory that holds structure.jsonl"
        )
    units = _units(directory / "structure.jsonl")
    citations = [label for _, label in _labels(directory / "citations.jsonl", GoldCitation, required=False)]
    tolerated: list[Mention] = []
    for name in ("dontcare.jsonl", "selfrefs.jsonl"):
        tolerated += [mention for _, mention in _labels(directory / name, Mention, required=False)]
    return GoldStandard(
        name=directory.resolve().name,
        units=tuple(sorted(units, key=lambda unit: (unit.spans, unit.depth))),
        citations=tuple(sorted(citations, key=lambda citation: (citation.start, citation.end, citation.type))),
        tolerated=tuple(sorted(tolerated, key=lambda mention: (mention.start, mention.end))),
        directory=directory,
    )


def _units(path: Path) -> list[GoldUnit]:
    lines: dict[str, int] = {}
    units: list[GoldUnit] = []
    for number, unit in _labels(path, GoldUnit, required=True):
        where = f"{path}, line {number}"
        if unit.id in lines:
            raise GoldError(f"the id {unit.id} stands in line {lines[unit.id]} already", where=where)
        if not unit.spans or any(start < 0 or start >= end for start, end in unit.spans):
            raise GoldError(
                "a unit needs spans, each with a start before its end", where=where, remedy="write [[start, end], ...]"
            )
        if list(unit.spans) != sorted(unit.spans):
            raise GoldError("the spans are not in reading order", where=where)
        if state_of(unit.parent) != state_of(unit.id):
            raise GoldError(f"the parent {unit.parent!r} belongs to another submission than {unit.id!r}", where=where)
        lines[unit.id] = number
        units.append(unit)
    if not units:
        raise GoldError("no unit is labelled", where=str(path), remedy="add a label, one JSON object a line")
    return units


_Label = TypeVar("_Label", GoldUnit, GoldCitation, Mention)


def _label(line: str, schema: type[_Label]) -> _Label:
    keys = msgspec.json.decode(line, type=dict[str, object])
    # Where annotators had nothing to say they may have left the key out or written null.
    return msgspec.convert({key: value for key, value in keys.items() if value is not None}, type=schema)


def _labels(path: Path, schema: type[_Label], *, required: bool) -> list[tuple[int, _Label]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if required:
            raise GoldError("the file is missing", where=str(path), remedy="a gold standard needs it") from None
        return []
    except UnicodeDecodeError as error:
        raise GoldError(f"byte {error.start} is not UTF-8", where=str(path), remedy="save it as UTF-8") from None
    except OSError as error:
        raise GoldError(f"it cannot be read ({error.strerror})", where=str(path)) from None
    labels: list[tuple[int, _Label]] = []
    # Only "\n" ends a line of JSON lines: str.splitlines would also cut at characters that may stand in a quote.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            label = _label(line, schema)
        except msgspec.MsgspecError as error:
            raise GoldError(str(error), where=where, remedy="compare the line with docs/evaluation.md") from None
        if not isinstance(label, GoldUnit) and not 0 <= label.start < label.end:
            raise GoldError("the start is not before the end", where=where)
        labels.append((number, label))
    return labels
