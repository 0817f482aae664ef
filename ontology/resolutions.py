"""Resolutions of international organs: how each organ numbers them, and what is known of some."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from ..errors import ReferenceDataError
from .tables import Day, Identifier, Words, entries, rows
from .terms import slug

__all__ = ["KnownResolution", "Organ", "read_organs", "read_resolutions", "resolution_path"]


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ that adopts resolutions or decisions.

    `symbols` are patterns of the numbers that the organ gives ("74/247", "2322 (2016)"); `documents` are patterns of
    the document symbols, with the number in the group ``number`` ("A/RES/74/247"). `example` is one valid number. A
    number of the organ may be followed by the year in brackets where `year_may_follow`, as in "26/4 (2017)".

    `dated` is a pattern for numbers that tell when they were adopted, by their ``year``, or by their ``session`` of
    twelve months that opens in the month `opens`; `session_zero` is the year in which a session 0 would have opened.
    """

    id: Identifier
    name: Words
    aliases: tuple[Words, ...]
    symbols: tuple[Words, ...]
    example: Words
    documents: tuple[Words, ...] = ()
    year_may_follow: bool = False
    dated: str = ""
    session_zero: int = 0
    opens: Annotated[int, msgspec.Meta(ge=1, le=12)] = 1

    def number(self, printed: str) -> str:
        """`printed` in the organ's own form: single spaces, no document symbol, no year that is not part of it."""
        plain = " ".join(printed.translate(_DASHES).split())
        for pattern in self.documents:
            match = _compiled(pattern).fullmatch(plain)
            if match:
                plain = match["number"]
        if self.year_may_follow and not self._fits(plain):
            shorter = re.sub(r" ?\([12][0-9]{3}\)$", "", plain)
            if self._fits(shorter):
                return shorter
        return plain

    def valid(self, printed: str) -> bool:
        """Whether the organ numbers its resolutions so: the General Assembly has 74/247, and no 193 (2014)."""
        return self._fits(self.number(printed))

    def adopted(self, printed: str) -> tuple[str, str] | None:
        """The first and the last month in which the resolution can have been adopted, where its number tells.

        A session ends on the day on which the next one opens, so the month of the opening belongs to both.
        """
        match = _compiled(self.dated).match(self.number(printed)) if self.dated else None
        if match is None:
            return None
        if "year" in match.re.groupindex:
            return f"{match['year']}-01", f"{match['year']}-12"
        opened = self.session_zero + int(match["session"])
        if self.opens == 1:
            return f"{opened}-01", f"{opened}-12"
        return f"{opened}-{self.opens:02}", f"{opened + 1}-{self.opens:02}"

    def sessions(self, year: int) -> tuple[int, ...]:
        """The sessions of a year, where numbers go by session."""
        if not self.session_zero:
            return ()
        return tuple(year - back - self.session_zero for back in ((0,) if self.opens == 1 else (1, 0)))

    def path(self, printed: str) -> str:
        """The path of the resolution below the base, valid or not."""
        return resolution_path(self.id, self.number(printed))

    def _fits(self, plain: str) -> bool:
        return any(_compiled(pattern).fullmatch(plain) for pattern in self.symbols)


@dataclass(frozen=True, slots=True)
class KnownResolution:
    """A resolution of which something was seen: its number, its document symbol, its date, its title."""

    organ: Identifier
    number: Words
    document: str
    date: Day
    title: str
    source: Words

    @property
    def path(self) -> str:
        """Its path below the base: ``resolution/ga/74/247``."""
        return resolution_path(self.organ, self.number)


_DASHES = str.maketrans({"–": "-", "‑": "-", "‐": "-", "−": "-"})


def resolution_path(organ: str, number: str) -> str:
    """The path of a resolution below the base.

    >>> resolution_path("sc", "2322 (2016)"), resolution_path("ga", "74/247"), resolution_path("ga", "S-30/1")
    ('resolution/sc/2322-2016', 'resolution/ga/74/247', 'resolution/ga/s-30/1')
    """
    return "/".join(("resolution", organ, *(slug(part) for part in number.split("/"))))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def read_organs(folder: Path) -> dict[str, Organ]:
    """Read ``organs.toml``: the organs by id, in the order of the file.

    Raises
    ------
    ReferenceDataError
        If the file breaks its schema, a pattern is no regular expression, or an example does not fit its own patterns.
    """
    path = folder / "organs.toml"
    organs: dict[str, Organ] = {}
    for organ in entries(path, "organ", Organ):
        if organ.id in organs:
            raise ReferenceDataError(f"the organ {organ.id} is listed twice", where=str(path), remedy="keep one entry")
        try:
            fits = organ.valid(organ.example)
            organ.adopted(organ.example)
        except (re.error, IndexError) as error:
            raise ReferenceDataError(
                f"a pattern of the organ {organ.id} cannot be used: {error}",
                where=str(path),
                remedy="patterns of documents need a group named number",
            ) from None
        if not fits:
            raise ReferenceDataError(
                f"the example {organ.example!r} of the organ {organ.id} fits none of its symbols", where=str(path)
            )
        organs[organ.id] = organ
    return organs


def read_resolutions(folder: Path) -> tuple[KnownResolution, ...]:
    """Read ``resolutions.csv``."""
    return rows(folder / "resolutions.csv", KnownResolution)
