"""What ingest finds in a document: the records that every later stage reads.

Offsets are Unicode code points into the decoded file, end exclusive. Things are named by their path below the base
(see :mod:`travaux.ontology.terms`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Citation",
    "CitationKind",
    "ConceptMention",
    "Document",
    "Genre",
    "Ground",
    "Kind",
    "Provision",
    "Resolution",
    "Span",
    "Submission",
    "Target",
    "quote",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the document, `start` inclusive, `end` exclusive."""

    start: int
    end: int


def quote(text: str, spans: tuple[Span, ...]) -> str:
    """The exact characters of `text` at `spans`, one slice after the other with nothing between.

    >>> quote("shall cooperate", (Span(0, 5), Span(5, 8)))
    'shall co'
    """
    return "".join(text[span.start : span.end] for span in spans)


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


@dataclass(frozen=True, slots=True)
class Provision:
    """Any addressable unit of a submission.

    `parent` is the path of the provision or submission that directly holds it. `spans` are the unit's own characters
    as printed, label and all (two where a page break cuts it); `text` is its own words, without label, markup and
    footnote marks. `number` has no brackets ("3", "a", "ii"); `label` is as printed ("2. (c)"). `order` counts the
    provisions of the document from 1. `by_reference`: no words of its own beyond a heading and a citation.
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
    citations: tuple[Citation, ...] = ()
    concepts: tuple[ConceptMention, ...] = ()


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
