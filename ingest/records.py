"""What ingest finds in a document: the records that every later stage reads.

Offsets are Unicode code points into the decoded file, end exclusive. Things are named by their path below the base
(see :mod:`travaux.ontology.terms`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .passage import EMPTY, Passage
from .spans import Span, quote

__all__ = [
    "Citation",
    "CitationKind",
    "ConceptMention",
    "Condition",
    "Document",
    "Genre",
    "Ground",
    "Kind",
    "Modality",
    "Norm",
    "Position",
    "Provision",
    "Resolution",
    "Span",
    "Stance",
    "Submission",
    "Target",
    "quote",
]


class Kind(StrEnum):
    """What sort of unit a provision is."""

    CHAPTER = "chapter"
    SECTION = "section"
    HEADING = "heading"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    CHAPEAU = "chapeau"
    SUBPARAGRAPH = "subparagraph"
    ITEM = "item"
    BULLET = "bullet"
    RECITAL = "recital"
    CLOSING = "closing"
    STATEMENT = "statement"
    FOOTNOTE = "footnote"


class Genre(StrEnum):
    """Whether a submission drafts treaty text or comments on it."""

    DRAFT = "draft"
    COMMENTARY = "commentary"


class CitationKind(StrEnum):
    """What sort of thing a citation names."""

    INSTRUMENT = "instrument"
    RESOLUTION = "resolution"
    INTERNAL = "internal"
    PLACEHOLDER = "placeholder"


class Resolution(StrEnum):
    """Whether what is cited was found."""

    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    NONEXISTENT = "nonexistent"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a citation names.

    `path` is as printed even where the document is wrong: ``instrument/budapest/32/3/a`` with the resolution
    ``nonexistent`` says that article 32 has no paragraph 3.
    """

    path: str
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention, with each of its targets.

    `targets` is empty for a placeholder that matches nothing. `by_reference`: the unit has no words of its own and
    imports what it cites. `bare`: "this article" and the like. `as_source`: the citation names where the provision's
    own words come from (it stands in brackets after them, or after the heading), so a derivation rests on it.
    """

    kind: CitationKind
    spans: tuple[Span, ...]
    quote: str
    targets: tuple[Target, ...]
    resolution: Resolution
    by_reference: bool = False
    bare: bool = False
    as_source: bool = False


class Ground(StrEnum):
    """Why a provision is said to concern a concept."""

    HEADING = "heading"
    WORDS = "words"
    CITATION = "citation"


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """A concept that a provision concerns: `concept` is its id (``extradition``), `spans` the words that show it."""

    concept: str
    ground: Ground
    spans: tuple[Span, ...]


class Modality(StrEnum):
    """How strongly a norm binds or allows, by its verb."""

    SHALL = "shall"
    SHALL_NOT = "shall-not"
    MAY = "may"
    MAY_NOT = "may-not"
    SHALL_ENDEAVOUR = "shall-endeavour"
    SHALL_CONSIDER = "shall-consider"
    MAY_CONSIDER = "may-consider"
    ARE_ENCOURAGED = "are-encouraged"
    SHOULD = "should"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Norm:
    """One deontic statement of an operative provision.

    `spans` are the words of the modality, in several where it is interrupted ("shall" ... "endeavour"); of a list item
    that has none of its own, the words of the chapeau that governs it, whose path is then `inherited_from`. With
    :attr:`Modality.NONE` they are the words of the provision, `bearer` is empty. `bearer` is whom the norm binds or
    allows, as printed; `resolved_bearer` what a pronoun stands for, else the same as `bearer`.
    """

    modality: Modality
    spans: tuple[Span, ...]
    quote: str
    bearer: str = ""
    bearer_spans: tuple[Span, ...] = ()
    resolved_bearer: str = ""
    inherited_from: str = ""


class Stance(StrEnum):
    """What a proponent does with a subject."""

    PROPOSES_TEXT = "proposes-text"
    PROPOSES_BY_REFERENCE = "proposes-by-reference"
    SUPPORTS = "supports"
    RECOMMENDS = "recommends"
    CONDITIONAL_SUPPORT = "conditional-support"
    OPEN_TO_DISCUSS = "open-to-discuss"
    GOOD_BASIS = "good-basis"
    REQUIRES_LIMIT = "requires-limit"
    OPPOSES = "opposes"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Condition:
    """The words on which a position depends, or that limit it."""

    spans: tuple[Span, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Position:
    """A stance on a subject, stated in a provision; whose it is, the submission says.

    `concept` is the id of a concept, empty where none is named. `sources` are the paths of what the words name for it.
    """

    stance: Stance
    concept: str
    spans: tuple[Span, ...]
    quote: str
    conditions: tuple[Condition, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """Any addressable unit of a submission.

    `parent` is the path of the provision or submission that directly holds it. `spans` are the unit's own characters
    as printed, label and all (two where a page break cuts it); `text` is its own words, without label, markup and
    footnote marks. `number` has no brackets ("3", "a", "ii"); `label` is as printed ("2. (c)"). `order` counts the
    provisions of the document from 1. `by_reference`: no words of its own beyond a heading and a citation. `passage`
    is what stands after the label, heading or words, and knows where in the document each of its characters stands.
    """

    path: str
    parent: str
    kind: Kind
    number: str
    label: str
    heading: str
    text: str
    spans: tuple[Span, ...]
    order: int
    by_reference: bool = False
    passage: Passage = EMPTY
    citations: tuple[Citation, ...] = ()
    concepts: tuple[ConceptMention, ...] = ()
    norms: tuple[Norm, ...] = ()
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """What one proponent (or several jointly) submitted, its provisions in reading order, parents before children."""

    path: str
    submitters: tuple[str, ...]
    on_behalf_of: tuple[str, ...]
    title: str
    issued: str
    language: str
    genre: Genre
    spans: tuple[Span, ...]
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A compilation, read. `text` is the decoded file, `digest` its ``sha256:...``."""

    path: str
    negotiation: str
    body: str
    session: str
    symbol: str
    title: str
    issued: str
    received: str
    language: str
    layout: str
    digest: str
    source: str
    text: str
    submissions: tuple[Submission, ...]
