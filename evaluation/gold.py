"""The gold standard: what annotators found in a document, read from JSON lines and checked.

A gold directory holds ``structure.jsonl`` and, where these are labelled too, ``citations.jsonl``, ``selfrefs.jsonl``
(mentions of the convention under negotiation), ``dontcare.jsonl`` (stretches that count neither way),
``deontic.jsonl``, ``positions.jsonl``, ``errata.jsonl``, ``lineage.jsonl`` and ``lineage_articles.jsonl``, and
``finding-kinds.txt``. Keys that scoring has no use for are passed over.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from ..errors import GoldError
from .labels import (
    GoldArticle,
    GoldCitation,
    GoldFinding,
    GoldLineage,
    GoldNorm,
    GoldPosition,
    GoldUnit,
    Mention,
    group_of,
    state_of,
)

__all__ = ["SHIPPED_GOLD", "GoldStandard", "Territory", "read_gold"]

SHIPPED_GOLD = Path(__file__).parent / "gold" / "v-22-10828"
"""The development half that comes with the package."""

NO_MODALITY = "none"
"""How the annotators write that a unit has no modality of its own."""


@dataclass(frozen=True, slots=True)
class GoldStandard:
    """All labels of one directory. `tolerated` are the mentions that count neither way.

    `finding_kinds` are the kinds of finding that the annotators had a word for; where it is empty, all.
    """

    name: str
    directory: Path
    units: tuple[GoldUnit, ...]
    citations: tuple[GoldCitation, ...] = ()
    tolerated: tuple[Mention, ...] = ()
    norms: tuple[GoldNorm, ...] = ()
    positions: tuple[GoldPosition, ...] = ()
    findings: tuple[GoldFinding, ...] = ()
    lineage: tuple[GoldLineage, ...] = ()
    articles: tuple[GoldArticle, ...] = ()
    finding_kinds: frozenset[str] = frozenset()

    def check_against(self, text: str) -> None:
        """Raise a :class:`GoldError` unless the labels were made on this very `text`."""
        for unit in self.units:
            if unit.spans[-1][1] > len(text):
                raise GoldError(
                    f"{unit.id} ends at character {unit.spans[-1][1]}, the document at {len(text)}",
                    where=str(self.directory / "structure.jsonl"),
                    remedy="evaluate the document that was labelled",
                )
        mentions: list[GoldCitation | Mention | GoldPosition | GoldFinding] = [*self.citations, *self.tolerated]
        for mention in (*mentions, *self.positions, *self.findings):
            found = text[mention.start : mention.end]
            if found != mention.quote:
                raise GoldError(
                    f"the document has {found[:40]!r} at {mention.start}-{mention.end}, the label says "
                    f"{mention.quote[:40]!r}",
                    where=f"{self.directory}, label of line {mention.line}",
                    remedy="evaluate the document that was labelled, byte for byte",
                )


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
    units = tuple(sorted(_units(directory / "structure.jsonl"), key=lambda unit: (unit.spans, unit.depth)))
    citations = [label for _, label in _labels(directory / "citations.jsonl", GoldCitation)]
    tolerated: list[Mention] = []
    for name in ("dontcare.jsonl", "selfrefs.jsonl"):
        tolerated += [mention for _, mention in _labels(directory / name, Mention)]
    return GoldStandard(
        name=directory.resolve().name,
        directory=directory,
        units=units,
        citations=tuple(sorted(citations, key=lambda citation: (citation.start, citation.end, citation.type))),
        tolerated=tuple(sorted(tolerated, key=lambda mention: (mention.start, mention.end))),
        norms=tuple(_norms(directory / "deontic.jsonl")),
        positions=tuple(label for _, label in _labels(directory / "positions.jsonl", GoldPosition)),
        findings=tuple(label for _, label in _labels(directory / "errata.jsonl", GoldFinding)),
        lineage=tuple(label for _, label in _each_once(directory / "lineage.jsonl", GoldLineage)),
        articles=tuple(label for _, label in _each_once(directory / "lineage_articles.jsonl", GoldArticle)),
        finding_kinds=frozenset(_text(directory / "finding-kinds.txt").split()),
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


_Label = TypeVar(
    "_Label", GoldUnit, GoldCitation, Mention, GoldNorm, GoldPosition, GoldFinding, GoldLineage, GoldArticle
)
_OfUnit = TypeVar("_OfUnit", GoldNorm, GoldLineage, GoldArticle)


def _each_once(path: Path, schema: type[_OfUnit]) -> Iterator[tuple[int, _OfUnit]]:
    """The labels of a file that has one line for each unit."""
    labelled: set[str] = set()
    for number, label in _labels(path, schema):
        if label.unit in labelled:
            raise GoldError(
                "the unit is labelled twice", where=f"{path}, line {number}", remedy="write all of it in one line"
            )
        labelled.add(label.unit)
        yield number, label


def _norms(path: Path) -> Iterator[GoldNorm]:
    for number, label in _each_once(path, GoldNorm):
        where = f"{path}, line {number}"
        own = 0 if label.modality == (NO_MODALITY,) else len(label.modality)
        if not label.modality or not own == len(label.bearer) == len(label.bearer_resolved):
            raise GoldError(
                "modality, bearer and bearer_resolved do not have as many entries",
                where=where,
                remedy=f'write a bearer for each modality, or ["{NO_MODALITY}"] and no bearer',
            )
        if len(label.inherited) != len(label.inherited_bearer):
            raise GoldError("inherited and inherited_bearer do not have as many entries", where=where)
        yield label


def _label(line: str, schema: type[_Label]) -> _Label:
    keys = msgspec.json.decode(line, type=dict[str, object])
    # Where annotators had nothing to say they may have left the key out or written null.
    return msgspec.convert({key: value for key, value in keys.items() if value is not None}, type=schema)


def _ends_too_soon(label: object) -> bool:
    if isinstance(label, GoldFinding) and not label.quote:
        return False
    return isinstance(label, GoldCitation | Mention | GoldPosition | GoldFinding) and not 0 <= label.start < label.end


def _text(path: Path, *, required: bool = False) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if required:
            raise GoldError("the file is missing", where=str(path), remedy="a gold standard needs it") from None
        return ""
    except UnicodeDecodeError as error:
        raise GoldError(f"byte {error.start} is not UTF-8", where=str(path), remedy="save it as UTF-8") from None
    except OSError as error:
        raise GoldError(f"it cannot be read ({error.strerror})", where=str(path)) from None


def _labels(path: Path, schema: type[_Label], *, required: bool = False) -> list[tuple[int, _Label]]:
    text = _text(path, required=required)
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
        if _ends_too_soon(label):
            raise GoldError("the start is not before the end", where=where)
        labels.append((number, label))
    return labels
