"""What is different between two lineages of one document: derivations gained, lost, moved and judged anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from .records import Derivation, Lineage

__all__ = ["differences"]


def differences(before: Lineage, after: Lineage) -> tuple[str, ...]:
    """A line for each unit whose lineage is not the same, in the order of the document; then for each omission.

    A derivation is moved where the unit has another source than before, judged anew where the verdict or the kinds of
    edits changed, and measured anew where only counts or places did.
    """
    return (*_derivations(before, after), *_omissions(before, after))


def _derivations(before: Lineage, after: Lineage) -> Iterator[str]:
    old, new = _by_unit(before), _by_unit(after)
    for unit in dict.fromkeys((*new, *old)):
        gone = [one for one in old.get(unit, {}).values() if one.source not in new.get(unit, {})]
        come = [one for one in new.get(unit, {}).values() if one.source not in old.get(unit, {})]
        moved = list(zip(gone, come, strict=False))
        for was, now in moved:
            yield f"moved: {unit}, from {_named(was)} to {_named(now)}"
        for one in gone[len(moved) :]:
            yield f"lost: {unit}, from {_named(one)}"
        for one in come[len(moved) :]:
            yield f"gained: {unit}, from {_named(one)}"
        for source, one in new.get(unit, {}).items():
            was_here = old.get(unit, {}).get(source)
            if was_here and _judgement(was_here) != _judgement(one):
                yield f"judged anew: {unit}, from {_judgement(was_here)} to {_judgement(one)}"
            elif was_here and was_here != replace(one, quote=was_here.quote):
                yield f"measured anew: {unit}"


def _omissions(before: Lineage, after: Lineage) -> Iterator[str]:
    old = {(one.article, one.source): one for one in before.omissions}
    new = {(one.article, one.source): one for one in after.omissions}
    for article, source in dict.fromkeys((*new, *old)):
        if (article, source) not in old:
            yield f"gained: {article} leaves out {source}"
        elif (article, source) not in new:
            yield f"lost: {article} leaves out {source}"
        elif old[article, source].spans != new[article, source].spans:
            yield f"measured anew: {article} leaves out {source}"


def _by_unit(lineage: Lineage) -> Mapping[str, dict[str, Derivation]]:
    units: dict[str, dict[str, Derivation]] = defaultdict(dict)
    for one in lineage.derivations:
        units[one.derived][one.source] = one
    return units


def _named(one: Derivation) -> str:
    return one.source.removeprefix("instrument/")


def _judgement(one: Derivation) -> str:
    """The verdict and the kinds of edits: "adapted (deontic, scope)"."""
    kinds = f" ({', '.join(one.edits)})" if one.edits else ""
    return f"{one.verdict or 'not judged'}{kinds}"
