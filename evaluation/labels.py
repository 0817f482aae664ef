"""What annotators write down: units, citations, norms, positions, findings and sources, as records.

Keys of the gold files that scoring has no use for have no field here. Offsets are Unicode code points into the
document, end exclusive; `unit` is the id of a :class:`GoldUnit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "GoldArticle",
    "GoldCitation",
    "GoldFinding",
    "GoldLineage",
    "GoldNorm",
    "GoldPosition",
    "GoldSource",
    "GoldUnit",
    "Mention",
    "group_of",
    "state_of",
]


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
class GoldNorm:
    """The modalities of one operative unit, in order, and who bears each.

    `modality` is ``("none",)`` where the unit has none of its own; `inherited` are then those of the words that govern
    it. `bearer` is as printed, `bearer_resolved` with what a pronoun stands for; both are empty with ``none``.
    """

    unit: str
    state: str
    line: int
    modality: tuple[str, ...]
    bearer: tuple[str, ...]
    bearer_resolved: tuple[str, ...]
    inherited: tuple[str, ...] = ()
    inherited_bearer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldPosition:
    """A stance of a proponent on a concept, with other acceptable stances and concepts.

    `on_behalf_of` is the group spoken for. `sources` are the targets named, `sources_intended` those that should have
    been; `condition` are the words of the condition, with notes of the annotators in round brackets.
    """

    unit: str
    state: str
    line: int
    quote: str
    start: int
    end: int
    stance: str
    concept: str
    on_behalf_of: str = ""
    condition: str = ""
    sources: tuple[str, ...] = ()
    sources_intended: tuple[str, ...] = ()
    also_stance: tuple[str, ...] = ()
    also_concept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """Something that a careful editor flagged; what is not there to be quoted has no words, and concerns its unit."""

    unit: str
    state: str
    line: int
    kind: str
    severity: Literal["A", "B", "C"]
    problem: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class GoldLineage:
    """Where a unit comes from, among the treaties that a program is expected to hold.

    `corpus_source` is empty where it is none of theirs. `also_accept` are as right; `near_twin` are excluded by the
    words or what stands around them; of `merged_from` the unit was made; `tolerate` count neither way. `edits` are the
    kinds of change, `corpus_edits` those against `corpus_source` where they differ.
    """

    unit: str
    state: str
    line: int
    relation: str
    scored: bool
    corpus_verdict: Literal["verbatim", "conformed", "adapted", "echo", "none"]
    corpus_source: str = ""
    also_accept: tuple[str, ...] = ()
    near_twin: tuple[str, ...] = ()
    merged_from: tuple[str, ...] = ()
    tolerate: tuple[str, ...] = ()
    also_verdict: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    corpus_edits: tuple[str, ...] | None = None

    @property
    def changes(self) -> frozenset[str]:
        """The kinds of change against the source that a program is expected to find."""
        return frozenset(self.edits if self.corpus_edits is None else self.corpus_edits)


@dataclass(frozen=True, slots=True)
class GoldSource:
    """An article that an article comes from: how much of it, and in what way where that is not by its words."""

    article: str
    share: Literal["most", "some", "few"]
    how: str = ""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """The articles that a proposed article comes from."""

    unit: str
    state: str
    line: int
    sources: tuple[GoldSource, ...]


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
