"""Whether a program finds as much where there are no labels as where there are: what was tuned to labels does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..ingest.records import Document, Span
from ..lineage.records import Derivation, Finding
from .figures import CITATIONS, FINDINGS, LINEAGE, NORMS, POSITIONS, STRUCTURE
from .gold import GoldStandard, Territory
from .structure import first_character

__all__ = ["CHARACTERS", "Spread", "spread_of"]

CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class Spread:
    """How many answers of a part stand in the labelled words and how many elsewhere; likewise of :data:`CHARACTERS`."""

    part: str
    labelled: int
    elsewhere: int

    def density(self, characters: Spread) -> float | None:
        """How dense the answers are elsewhere, as a multiple of how dense they are where there are labels.

        >>> Spread("findings", 30, 10).density(Spread(CHARACTERS, 60_000, 40_000))
        0.5
        """
        if not self.labelled or not characters.elsewhere:
            return None
        return self.elsewhere * characters.labelled / (characters.elsewhere * self.labelled)


def spread_of(
    document: Document, findings: Sequence[Finding], derivations: Sequence[Derivation], gold: GoldStandard
) -> list[Spread]:
    """The characters of the provisions, then the answers of each part, where there are labels and elsewhere."""
    territory = Territory(gold.units)

    def is_labelled(spans: Sequence[Span]) -> bool:
        place = first_character(document.text, spans[0].start, spans[0].end)
        return bool(territory.state_of_words(place))

    sums: dict[tuple[str, bool], int] = {}
    for submission in document.submissions:
        for provision in submission.provisions:
            if not provision.spans:
                continue
            here = is_labelled(provision.spans)
            for part, count in (
                (CHARACTERS, sum(span.end - span.start for span in provision.spans)),
                (STRUCTURE, 1),
                (CITATIONS, len(provision.citations)),
                (NORMS, len(provision.norms)),
                (POSITIONS, len(provision.positions)),
            ):
                sums[part, here] = sums.get((part, here), 0) + count
    answers: tuple[tuple[str, Sequence[Derivation | Finding]], ...] = ((FINDINGS, findings), (LINEAGE, derivations))
    for part, found in answers:
        for one in found:
            if one.spans:
                here = is_labelled(one.spans)
                sums[part, here] = sums.get((part, here), 0) + 1
    parts = (CHARACTERS, STRUCTURE, CITATIONS, NORMS, POSITIONS, FINDINGS, *((LINEAGE,) if derivations else ()))
    return [Spread(part, sums.get((part, True), 0), sums.get((part, False), 0)) for part in parts]
