"""What is said of a provision, each remark with the words that show it, and where in the text these words are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Citation", "Derivation", "Evidence", "Finding", "Norm", "Position", "Remark", "Thing", "places"]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with a path below the base, and what it is called."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What a provision cites: the words, and each thing they name; `bare` is "this article" and the like."""

    quote: str
    kind: str
    resolution: str
    targets: tuple[Thing, ...]
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Derivation:
    """One step of descent: `derived` comes from `source`, on the ground `basis`, as the words `quote` show.

    `verdict` is empty where the words of the source are not known.
    """

    derived: str
    source: Thing
    basis: str
    verdict: str
    quote: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The characters of a document that an assertion rests on: `positions` are pairs of start and end."""

    document: str
    symbol: str
    positions: tuple[tuple[int, int], ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Norm:
    """Whom the words bind or allow, and how strongly.

    `modality` is ``shall``, ``may-not`` and so on, or ``none``; `bearer` is who is bound, which for a pronoun is what
    it stands for (`as_printed` is then the pronoun). `inherited_from` is the unit whose words govern this one, if
    another.
    """

    modality: str
    label: str
    bearer: str
    as_printed: str
    quote: str
    inherited_from: Thing | None


@dataclass(frozen=True, slots=True)
class Position:
    """A stance on a subject, as the proponent states it; on the provision itself where `concept` is None.

    `conditions` are the words that the stance depends on, `sources` what is named as a source for it.
    """

    stance: str
    label: str
    concept: Thing | None
    quote: str
    conditions: tuple[str, ...]
    sources: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a careful editor would flag: severity ``A`` changes the meaning, ``B`` misleads, ``C`` is cosmetic."""

    kind: str
    label: str
    severity: str
    problem: str
    suggestion: str
    quote: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of the characters from `start` to `end` of a provision's own words.

    `what` is ``modality``, ``bearer``, ``condition``, ``citation`` or ``finding``; `of` the modality, the path of what
    is cited, or the severity.
    """

    what: str
    of: str
    start: int
    end: int


def places(words: str, evidence: Sequence[Evidence]) -> Mapping[int, int]:
    """Where each character of a document that is among `words` stands in them: from offset to position.

    `words` are clean, while `evidence` is as printed, with label and markup. Where they do not stand in it just so, the
    two are read side by side from the end, where only markup is added; where that does not bring them together, the
    mapping is empty.

    >>> printed = Evidence("", "", ((10, 27),), "(a) An *arrest* ;")
    >>> found = places("An arrest ;", [printed])
    >>> found[14], found[18], found[26], 10 in found
    (0, 3, 10, False)
    """
    quote = "".join(one.quote for one in evidence)
    offsets = [at for one in evidence for start, end in one.positions for at in range(start, end)]
    if len(quote) != len(offsets):
        return {}
    whole = "".join(" " if sign.isspace() else sign for sign in quote).rfind(words)
    if whole >= 0:
        return {offsets[whole + place]: place for place in range(len(words))}
    found: dict[int, int] = {}
    place, at = len(words) - 1, len(quote) - 1
    while place >= 0 and at >= 0:
        if words[place] == quote[at] or (words[place].isspace() and quote[at].isspace()):
            found[offsets[at]] = place
            place -= 1
            at -= 1
        elif words[place].isspace() and place and words[place - 1] == quote[at]:
            # A space that only the clean words have, between the pieces of a text that a page break cuts.
            place -= 1
        else:
            at -= 1
    return found if place < 0 else {}
