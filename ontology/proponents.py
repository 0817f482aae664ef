"""Who speaks: States, groups and organisations, the names that documents give them, and who belonged to which group."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from ..errors import ReferenceDataError
from .tables import Code, Day, Identifier, Words, rows

__all__ = ["Group", "Membership", "Organization", "Proponent", "Proponents", "State", "folded", "read_proponents"]


@dataclass(frozen=True, slots=True)
class State:
    """A State. `name` is the short name that the United Nations uses; `aliases` are all others that documents print.

    `status`: ``member`` and ``observer`` of the United Nations; ``non-member`` (a State in free association that joins
    treaties); ``territory`` (not a State, listed because a group counts it as a member).
    """

    iso3: Code
    name: Words
    official_name: str
    status: Literal["member", "observer", "non-member", "territory"]
    aliases: tuple[Words, ...]

    @property
    def path(self) -> str:
        """Its path below the base: ``state/COL``."""
        return f"state/{self.iso3}"

    @property
    def observer(self) -> bool:
        """Whether it takes part in the General Assembly as a non-member observer State."""
        return self.status == "observer"


@dataclass(frozen=True, slots=True)
class Group:
    """A group of States that negotiates together."""

    id: Identifier
    name: Words
    aliases: tuple[Words, ...]
    note: str

    @property
    def path(self) -> str:
        """Its path below the base: ``group/caricom``."""
        return f"group/{self.id}"


@dataclass(frozen=True, slots=True)
class Organization:
    """An organisation, public or private. `code` is the one that tables of States use for it (``EUU``), or nothing."""

    id: Identifier
    name: Words
    code: str
    aliases: tuple[Words, ...]

    @property
    def path(self) -> str:
        """Its path below the base: ``organization/interpol``."""
        return f"organization/{self.id}"


Proponent = State | Group | Organization


@dataclass(frozen=True, slots=True)
class Membership:
    """That a State, or an organisation with a code, is in a group.

    An empty `start` was not seen; an empty `end` was not seen or has not come.
    """

    group_id: Identifier
    member: Code
    start: Day
    end: Day
    source: Words

    @property
    def group(self) -> str:
        """The path of the group."""
        return f"group/{self.group_id}"

    def holds(self, on: date | None = None) -> bool:
        """Whether it held on that day; without a day, whether no end is known. An unknown start does not exclude.

        >>> Membership("eu", "GBR", "", "2020-01-31", "...").holds(date(2019, 5, 1))
        True
        """
        if on is None:
            return not self.end
        day = on.isoformat()
        return (not self.start or self.start <= day) and (not self.end or day <= self.end)


_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})
_JOINTS = re.compile(r"\s*[,;]\s+(?:and|as well as)\s+|\s*[,;]\s+|\s+(?:and|as well as|&)\s+")


@cache
def folded(name: str) -> str:
    """`name` as it is compared: without case, accents, a leading article, outer marks and superfluous space.

    >>> folded("  The REPUBLIC of Türkiye. ")
    'republic of turkiye'
    """
    plain = unicodedata.normalize("NFKD", name.translate(_PLAIN)).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = " ".join(plain.split()).strip(" .:;,*_#")
    return plain.removeprefix("the ").replace(" & ", " and ")


class Proponents:
    """All proponents, found by their names and by their paths."""

    def __init__(
        self,
        states: tuple[State, ...],
        groups: tuple[Group, ...],
        organizations: tuple[Organization, ...],
        memberships: tuple[Membership, ...],
    ) -> None:
        self.states = states
        self.groups = groups
        self.organizations = organizations
        self.memberships = memberships
        self.by_path: dict[str, Proponent] = {}
        self.by_code: dict[str, State | Organization] = {}
        self._by_name: dict[str, Proponent] = {}
        everybody: tuple[Proponent, ...] = (*states, *groups, *organizations)
        for proponent in everybody:
            self._add(proponent)
        self._longest = max((len(name.split()) for name in self._by_name), default=0)

    def _add(self, proponent: Proponent) -> None:
        if proponent.path in self.by_path:
            raise ReferenceDataError(f"{proponent.path} is listed twice", remedy="keep one row")
        self.by_path[proponent.path] = proponent
        if isinstance(proponent, State):
            self.by_code[proponent.iso3] = proponent
        elif isinstance(proponent, Organization) and proponent.code:
            self.by_code[proponent.code] = proponent
        official = (proponent.official_name,) if isinstance(proponent, State) and proponent.official_name else ()
        for name in (proponent.name, *official, *proponent.aliases):
            other = self._by_name.setdefault(folded(name), proponent)
            if other is not proponent:
                raise ReferenceDataError(
                    f"{name!r} names both {other.path} and {proponent.path}", remedy="keep the name with one of them"
                )

    def named(self, name: str) -> Proponent | None:
        """The one proponent that `name` names, or nothing."""
        return self._by_name.get(folded(name))

    def listed(self, printed: str) -> tuple[Proponent, ...]:
        """The proponents of a printed list, in its order; nothing at all where a part of it names nobody."""
        whole = self.named(printed)
        if whole is not None:
            return (whole,)
        joints = list(_JOINTS.finditer(printed))
        if not joints:
            return ()
        bounds = [0, *(joint.end() for joint in joints)]
        ends = [*(joint.start() for joint in joints), len(printed)]
        return self._parsed(printed, bounds, ends, 0) or ()

    def _parsed(self, printed: str, starts: list[int], ends: list[int], first: int) -> tuple[Proponent, ...] | None:
        """The names from part `first` on, the longest first: a name may run over parts ("Trinidad and Tobago")."""
        if first == len(starts):
            return ()
        for last in range(min(len(starts), first + self._longest) - 1, first - 1, -1):
            found = self.named(printed[starts[first] : ends[last]])
            if found is not None:
                rest = self._parsed(printed, starts, ends, last + 1)
                if rest is not None:
                    return (found, *(proponent for proponent in rest if proponent is not found))
        return None

    def members(self, group: str, on: date | None = None) -> tuple[str, ...]:
        """The paths of the members of the group at the path `group`, on that day where one is given."""
        return tuple(
            self.by_code[membership.member].path
            for membership in self.memberships
            if membership.group == group and membership.holds(on)
        )


def read_proponents(folder: Path) -> Proponents:
    """Read ``states.csv``, ``groups.csv``, ``organizations.csv`` and ``memberships.csv``.

    Raises
    ------
    ReferenceDataError
        If a file breaks its schema, a name names two proponents, or a membership names nobody.
    """
    memberships = rows(folder / "memberships.csv", Membership)
    try:
        proponents = Proponents(
            rows(folder / "states.csv", State),
            rows(folder / "groups.csv", Group),
            rows(folder / "organizations.csv", Organization),
            memberships,
        )
    except ReferenceDataError as error:
        if error.where:
            raise
        raise ReferenceDataError(error.what, where=str(folder), remedy=error.remedy) from None
    _check(memberships, proponents, folder / "memberships.csv")
    return proponents


def _check(memberships: Iterable[Membership], proponents: Proponents, path: Path) -> None:
    for membership in memberships:
        if membership.group not in proponents.by_path:
            raise ReferenceDataError(
                f"unknown group {membership.group_id!r}", where=str(path), remedy="add it to groups.csv"
            )
        if membership.member not in proponents.by_code:
            raise ReferenceDataError(
                f"unknown member {membership.member!r}", where=str(path), remedy="add it to states.csv"
            )
