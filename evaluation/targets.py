"""From the targets that annotators write (``untoc/18/3/a``, ``unsc/2322(2016)``, ``JAM/extradition/1``) to paths."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ..ingest.records import CitationKind
from ..ontology.terms import slug
from .labels import GoldCitation, group_of, state_of
from .structure import Correspondence

__all__ = ["TargetNames", "resolution_path", "sort_of"]

ORGANS: Mapping[str, str] = {"unga": "ga", "unsc": "sc"}
"""Organs of the United Nations that paths abbreviate otherwise than the annotators."""


def sort_of(path: str) -> CitationKind:
    """What sort of thing a path names.

    >>> sort_of("resolution/ga/74/247").value, sort_of("document/v/jamaica/extradition").value
    ('resolution', 'internal')
    """
    root = path.partition("/")[0]
    return {"instrument": CitationKind.INSTRUMENT, "resolution": CitationKind.RESOLUTION}.get(
        root, CitationKind.INTERNAL
    )


def resolution_path(target: str) -> str:
    """The path of a resolution.

    >>> resolution_path("unsc/2322(2016)"), resolution_path("unga/S-30/1"), resolution_path("cop-untoc/8/1")
    ('resolution/sc/2322-2016', 'resolution/ga/s-30/1', 'resolution/cop-untoc/8/1')
    """
    organ, _, number = target.partition("/")
    dated = re.sub(r"\s*\((\d+)\)", r"-\1", number)
    return f"resolution/{ORGANS.get(organ, organ)}/{dated}".lower()


class TargetNames:
    """Which path a target of the gold standard stands for.

    Units of the same document are known by their place, since the annotators name them in their own way. Where the
    unit named is not labelled, its place is unknown: then it is what holds the labelled units below it, or, failing
    that, the unlabelled provision of the submission whose heading has all the words of the annotators' short name, in
    their order, and the fewest others.
    """

    def __init__(self, places: Correspondence, instruments: Collection[str]) -> None:
        self._places = places
        self._instruments = instruments
        self._states = {state_of(identifier) for identifier in places.units}
        self._groups = {group_of(identifier) for identifier in places.units}
        self._cache: dict[str, str] = {}

    def path(self, target: str, kind: str) -> str:
        """The path of one target, in lower case; empty where no provision answers to it."""
        if self._is_internal(target):
            if target not in self._cache:
                self._cache[target] = self._internal(target).lower()
            return self._cache[target]
        if kind == CitationKind.RESOLUTION or target.partition("/")[0] in ORGANS:
            return resolution_path(target)
        return f"instrument/{target}".lower()

    def paths(self, target: str) -> frozenset[str]:
        """The paths that a target may stand for where the label does not say of what sort it is."""
        kinds = (CitationKind.INSTRUMENT, CitationKind.RESOLUTION)
        return frozenset(path for kind in kinds if (path := self.path(target, kind)))

    def exists(self, target: str, label: GoldCitation) -> bool | None:
        """Whether what is printed exists, as far as the label implies; None where that cannot be known."""
        if self._is_internal(target):
            return target in self._places.units or group_of(target) not in self._groups
        if not label.source_error:
            return True
        if label.type == CitationKind.RESOLUTION:
            return not label.intended or target in label.intended
        path = f"instrument/{target}"
        instrument = "/".join(path.split("/")[:2])
        return path in self._instruments if instrument in self._instruments else None

    def _is_internal(self, target: str) -> bool:
        return state_of(target) in self._states

    def _internal(self, target: str) -> str:
        # As printed, a target may have no place of its own ("paragraph 9" of an article of eight): climb to what has.
        head, rest = target, ""
        while head:
            path = self._placed(head)
            if path:
                return self._below(path, rest)
            head, _, last = head.rpartition("/")
            rest = f"{last}/{rest}" if rest else last
        return ""

    def _placed(self, identifier: str) -> str:
        path = self._places.path_of.get(identifier) or self._places.unlabelled_parents.get(identifier, "")
        if not path and "/" not in identifier:
            return self._places.submission_of(identifier)
        if not path and identifier == group_of(identifier) and identifier not in self._groups:
            submission = self._places.submission_of(state_of(identifier))
            path = self._by_heading(identifier.partition("/")[2], submission) if submission else ""
        return path

    def _below(self, path: str, rest: str) -> str:
        """What the rest of an id names below `path`: by its numbers or, where it is a short name, by its heading."""
        if not rest:
            return path
        if path in self._places.submissions:
            return ""
        full = f"{path}/{rest}"
        return full if full in self._places.provisions else self._by_heading(rest, path) or full

    def _by_heading(self, name: str, above: str) -> str:
        words = name.split("-")
        fitting = []
        for path, provision in self._places.provisions.items():
            if not provision.heading or path in self._places.id_of or not path.startswith(f"{above}/"):
                continue
            heading = slug(provision.heading).split("-")
            if _in_order(words, heading):
                fitting.append((len(heading), provision.order, path))
        return min(fitting)[2] if fitting else ""


def _in_order(words: list[str], heading: list[str]) -> bool:
    rest = iter(heading)
    return all(word in rest for word in words)
