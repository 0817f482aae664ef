"""Treaties: their names, which provisions each has, who has done what with them, and what their articles are about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ..errors import ReferenceDataError
from .tables import Code, Day, Identifier, Words, rows

__all__ = [
    "Alias",
    "ArticleConcept",
    "Instrument",
    "StatusFact",
    "StatusGap",
    "TreatyAction",
    "TreatyProvision",
    "read_actions",
    "read_article_concepts",
    "read_gaps",
    "read_instruments",
    "read_status_facts",
]

ProvisionId = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)+$", description="a provision, as in untoc/18/3/a")
]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an instrument. `ambiguous`: other instruments are called so too, so that context must decide."""

    instrument_id: Identifier
    alias: Words
    lang: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="a language, as in en")]
    ambiguous: bool
    source: Words


@dataclass(frozen=True, slots=True)
class TreatyProvision:
    """A unit of a treaty's skeleton: its id (``untoc/18/3/a``), its title if it is an article, its count of words."""

    id: ProvisionId
    title: str
    words: Annotated[int, msgspec.Meta(ge=0, description="a count of words")]

    @property
    def path(self) -> str:
        """Its path below the base: ``instrument/untoc/18/3/a``."""
        return f"instrument/{self.id}"

    @property
    def parent(self) -> str:
        """The path of what directly holds it: another provision, or the instrument."""
        return self.path.rpartition("/")[0]

    @property
    def number(self) -> str:
        """Its own number, without brackets: ``a``."""
        return self.id.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class _Title:
    """A row of ``instruments.csv``."""

    id: Identifier
    short_title: Words
    full_title: Words
    adopted: Day
    place: str
    in_force: Day
    depositary: str
    reference: str
    parties_asof: str
    source: Words
    note: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty or a declaration. `provisions` by id, in the order of the treaty; empty where only its name is known.

    `adopted` is the day of adoption or of opening for signature (`note` says which). `parties_asof` is a count with its
    date, as published.
    """

    id: str
    short_title: str
    full_title: str
    adopted: str
    place: str
    in_force: str
    depositary: str
    reference: str
    parties_asof: str
    source: str
    note: str
    aliases: tuple[Alias, ...]
    provisions: dict[str, TreatyProvision]

    @property
    def path(self) -> str:
        """Its path below the base: ``instrument/untoc``."""
        return f"instrument/{self.id}"

    @property
    def article_titles(self) -> dict[str, str]:
        """The title of each article by its number: ``{"16": "Extradition"}``."""
        return {entry.number: entry.title for entry in self.provisions.values() if entry.title}

    @property
    def known(self) -> bool:
        """Whether its skeleton is held, so that a citation of it can be checked."""
        return bool(self.provisions)


@dataclass(frozen=True, slots=True)
class TreatyAction:
    """What a State (or an organisation with a code) did with a treaty on a day, and where that was seen."""

    state: Code
    instrument: Identifier
    kind: Literal["signature", "ratification", "acceptance", "approval", "accession", "succession", "denunciation"]
    date: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="a day, as in 2014-11-11")]
    source: Words

    @property
    def binds(self) -> bool:
        """Whether the action makes the State a party."""
        return self.kind not in ("signature", "denunciation")


@dataclass(frozen=True, slots=True)
class StatusFact:
    """What else was seen of a State and a treaty, in the words of `fact`; `date` where one was seen.

    `kind`: ``in-force`` and ``party`` (the State is a party), ``signed``, ``invited``, and ``not-listed``: not in a
    list as far as it was seen, which is not a "no".
    """

    state: Code
    instrument: Identifier
    kind: Literal["in-force", "party", "signed", "invited", "not-listed"]
    fact: Words
    date: Day
    source: Words


@dataclass(frozen=True, slots=True)
class StatusGap:
    """What could not be verified, and why."""

    file: Words
    subject: Words
    reason: Words


@dataclass(frozen=True, slots=True)
class ArticleConcept:
    """That a provision of a treaty is about a concept."""

    provision: ProvisionId
    concept: Identifier


def read_instruments(folder: Path) -> dict[str, Instrument]:
    """Read ``instruments.csv``, ``aliases.csv`` and ``skeleton.csv``: the instruments by id, in the order of the file.

    Raises
    ------
    ReferenceDataError
        If a file breaks its schema, an id is listed twice, or an alias or a provision belongs to no instrument.
    """
    names, skeleton = folder / "aliases.csv", folder / "skeleton.csv"
    titles = {title.id: title for title in rows(folder / "instruments.csv", _Title)}
    aliases: dict[str, list[Alias]] = {key: [] for key in titles}
    provisions: dict[str, dict[str, TreatyProvision]] = {key: {} for key in titles}
    for alias in rows(names, Alias):
        _known(alias.instrument_id, titles, names)
        aliases[alias.instrument_id].append(alias)
    for provision in rows(skeleton, TreatyProvision):
        key = provision.id.partition("/")[0]
        _known(key, titles, skeleton)
        if provision.id in provisions[key]:
            raise ReferenceDataError(f"{provision.id} is listed twice", where=str(skeleton), remedy="keep one row")
        provisions[key][provision.id] = provision
    return {
        key: Instrument(
            title.id,
            title.short_title,
            title.full_title,
            title.adopted,
            title.place,
            title.in_force,
            title.depositary,
            title.reference,
            title.parties_asof,
            title.source,
            title.note,
            tuple(aliases[key]),
            provisions[key],
        )
        for key, title in titles.items()
    }


def read_actions(folder: Path) -> tuple[TreatyAction, ...]:
    """Read ``treaty_actions.csv``: signatures, ratifications and the like."""
    return rows(folder / "treaty_actions.csv", TreatyAction)


def read_status_facts(folder: Path) -> tuple[StatusFact, ...]:
    """Read ``treaty_status.csv``: what was seen besides dated actions."""
    return rows(folder / "treaty_status.csv", StatusFact)


def read_gaps(folder: Path) -> tuple[StatusGap, ...]:
    """Read ``unverified.csv``: what is known to be missing."""
    return rows(folder / "unverified.csv", StatusGap)


def read_article_concepts(folder: Path) -> tuple[ArticleConcept, ...]:
    """Read ``article_concepts.csv``: what each article, and some finer units, are about."""
    return rows(folder / "article_concepts.csv", ArticleConcept)


def _known(key: str, titles: dict[str, _Title], path: Path) -> None:
    if key not in titles:
        raise ReferenceDataError(f"unknown instrument {key!r}", where=str(path), remedy="add it to instruments.csv")
