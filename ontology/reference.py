"""The reference data as one thing: who negotiates, under which names, about what, against which treaties.

Each part is read from its files when it is first asked for, and checked then.

    >>> reference = load()
    >>> reference.proponents("Australia, New Zealand and Norway")
    ('state/AUS', 'state/NZL', 'state/NOR')
    >>> reference.instruments["untoc"].article_titles["16"]
    'Extradition'
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from ..errors import ReferenceDataError
from .concepts import Concept, read_concepts
from .instruments import (
    ArticleConcept,
    Instrument,
    StatusFact,
    StatusGap,
    TreatyAction,
    read_actions,
    read_article_concepts,
    read_gaps,
    read_instruments,
    read_status_facts,
)
from .proponents import Group, Membership, Organization, Proponents, State, read_proponents
from .resolutions import KnownResolution, Organ, read_organs, read_resolutions

__all__ = ["Reference", "load"]

FOLDER = Path(__file__).parent


class Reference:
    """The reference data in `folder`; each part raises :class:`ReferenceDataError` where its file breaks its schema."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder

    @cached_property
    def _proponents(self) -> Proponents:
        return read_proponents(self.folder / "proponents")

    @property
    def states(self) -> tuple[State, ...]:
        """The Member States of the United Nations, the observer States, and a few that join treaties or groups."""
        return self._proponents.states

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that negotiate together."""
        return self._proponents.groups

    @property
    def organizations(self) -> tuple[Organization, ...]:
        """The organisations, public and private."""
        return self._proponents.organizations

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """Who is or was in which group, as far as it was seen."""
        return self._proponents.memberships

    def proponent(self, name: str) -> str | None:
        """The path of the State, group or organisation that `name` names, or nothing.

        >>> load().proponent("the Republic of Türkiye"), load().proponent("CARICOM"), load().proponent("Atlantis")
        ('state/TUR', 'group/caricom', None)
        """
        found = self._proponents.named(name)
        return found.path if found else None

    def proponents(self, printed: str) -> tuple[str, ...]:
        """The paths of all whom a printed list names, in its order; nothing where a part of it names nobody.

        >>> load().proponents("European Union and its member States")
        ('group/eu',)
        >>> load().proponents("Trinidad and Tobago, and Belize")
        ('state/TTO', 'state/BLZ')
        """
        return tuple(proponent.path for proponent in self._proponents.listed(printed))

    def name(self, path: str) -> str:
        """The name of the proponent, the instrument or the concept at `path`; the path itself where nothing is known.

        >>> load().name("state/VNM"), load().name("instrument/budapest")
        ('Viet Nam', 'Budapest Convention')
        """
        kind, _, key = path.partition("/")
        if kind == "instrument" and key in self.instruments:
            return self.instruments[key].short_title
        if kind == "concept" and (concept := self.concept(key)):
            return concept.label
        proponent = self._proponents.by_path.get(path)
        return proponent.name if proponent else path

    def party_path(self, code: str) -> str:
        """The path of the State or organisation that has the code: ``state/COL``, ``organization/eu`` for ``EUU``."""
        return self._proponents.by_code[code].path

    def members(self, group: str, on: date | None = None) -> tuple[str, ...]:
        """The paths of the members of the group at the path `group`, on that day where one is given.

        >>> "state/GBR" in load().members("group/eu"), "state/GBR" in load().members("group/eu", date(2015, 1, 1))
        (False, True)
        """
        return self._proponents.members(group, on)

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """The instruments by id."""
        return read_instruments(self.folder / "instruments")

    @cached_property
    def treaty_actions(self) -> tuple[TreatyAction, ...]:
        """Signatures, ratifications and the like. A State that is missing is unknown, not a "no"."""
        path = self.folder / "instruments" / "treaty_actions.csv"
        actions = read_actions(path.parent)
        for action in actions:
            self._check_party(action.state, action.instrument, path)
        return actions

    @cached_property
    def status_facts(self) -> tuple[StatusFact, ...]:
        """What else was seen of States and treaties."""
        path = self.folder / "instruments" / "treaty_status.csv"
        facts = read_status_facts(path.parent)
        for fact in facts:
            self._check_party(fact.state, fact.instrument, path)
        return facts

    @cached_property
    def gaps(self) -> tuple[StatusGap, ...]:
        """What is known to be missing from the reference data."""
        return read_gaps(self.folder)

    def party(self, proponent: str, instrument: str, on: date | None = None) -> bool | None:
        """Whether the State at the path `proponent` is (or was on that day) a party to the instrument with that id.

        True, or None for unknown: nothing in the data can prove that a State is not a party.

        >>> load().party("state/COL", "budapest"), load().party("state/JAM", "budapest")
        (True, None)
        """
        day = on.isoformat() if on else "9999"
        left = {(action.state, action.instrument) for action in self.treaty_actions if action.kind == "denunciation"}
        for action in self.treaty_actions:
            key = (action.state, action.instrument)
            if action.instrument == instrument and action.binds and self.party_path(action.state) == proponent:
                return True if action.date <= day and key not in left else None
        for fact in self.status_facts:
            if fact.instrument == instrument and self.party_path(fact.state) == proponent:
                if fact.kind not in ("in-force", "party"):
                    continue
                return True if on is None or (fact.date and fact.date <= day) else None
        return None

    def _check_party(self, code: str, instrument: str, path: Path) -> None:
        if code not in self._proponents.by_code:
            raise ReferenceDataError(f"unknown State {code!r}", where=str(path), remedy="add it to states.csv")
        if instrument not in self.instruments:
            raise ReferenceDataError(
                f"unknown instrument {instrument!r}", where=str(path), remedy="add it to instruments.csv"
            )

    @cached_property
    def organs(self) -> dict[str, Organ]:
        """The organs that adopt resolutions, by id."""
        return read_organs(self.folder / "resolutions")

    @cached_property
    def resolutions(self) -> tuple[KnownResolution, ...]:
        """The resolutions of which a title or a date was seen."""
        return read_resolutions(self.folder / "resolutions")

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """The subjects of cooperation."""
        return read_concepts(self.folder)

    @cached_property
    def _concepts_by_id(self) -> dict[str, Concept]:
        return {concept.id: concept for concept in self.concepts}

    def concept(self, key: str) -> Concept | None:
        """The concept with the id `key`, or nothing."""
        return self._concepts_by_id.get(key)

    @cached_property
    def article_concepts(self) -> tuple[ArticleConcept, ...]:
        """What the articles of the treaties are about."""
        path = self.folder / "instruments" / "article_concepts.csv"
        mapped = read_article_concepts(path.parent)
        for row in mapped:
            instrument = self.instruments.get(row.provision.partition("/")[0])
            if instrument is None or row.provision not in instrument.provisions:
                raise ReferenceDataError(f"no provision {row.provision!r} in a skeleton", where=str(path))
            if row.concept not in self._concepts_by_id:
                raise ReferenceDataError(
                    f"unknown concept {row.concept!r}", where=str(path), remedy="add it to concepts.toml"
                )
        return mapped

    @cached_property
    def _concepts_by_provision(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.article_concepts:
            found[f"instrument/{row.provision}"].append(row.concept)
        return {path: tuple(concepts) for path, concepts in found.items()}

    def concepts_of(self, path: str) -> tuple[str, ...]:
        """The ids of the concepts that the treaty provision at `path` is about, by the nearest unit that says so.

        >>> load().concepts_of("instrument/budapest/27/2/c")
        ('central-authorities',)
        """
        while path.count("/") > 1:
            if path in self._concepts_by_provision:
                return self._concepts_by_provision[path]
            path = path.rpartition("/")[0]
        return ()


@cache
def load(folder: Path = FOLDER) -> Reference:
    """The reference data of the package, or of another folder of the same make."""
    return Reference(folder)
