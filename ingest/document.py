"""A file of the corpus to a document record: the whole of ingest in one call."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from ..errors import DocumentError
from ..ontology.reference import Reference, load
from ..ontology.terms import slug
from ..ontology.wording import OutlineWording, outline_wording
from .blocks import Block, blocks
from .citations import source_citation
from .concepts import mentioned_concepts
from .hypertext import SUFFIXES, readable
from .layout import Part, guess_layout, parts_by_proponent, single_part
from .manifest import CorpusDocument, Entry
from .norms import norms
from .outline import genre_of, outline
from .positions import positions
from .readers import read_source
from .records import Citation, Document, Genre, Norm, Position, Provision, Span, Submission, quote
from .resolution import resolve

__all__ = ["read_document"]


def read_document(document: CorpusDocument, reference: Reference | None = None, *, anonymous: bool = False) -> Document:
    """Read a document of the corpus: its submissions, their provisions, with citations, concepts, norms and positions.

    Where `anonymous` is true, a document that is one submission may leave open whose it is.

    Raises
    ------
    DocumentError
        If the file cannot be read, names an unknown proponent, or has no structure.
    """
    reference = reference or load()
    wording = outline_wording()
    entry, manifest, where = document.entry, document.manifest, str(document.path)
    source = read_source(document.path, entry.digest or "")
    suffix = document.path.suffix.lower()
    words = readable(source.text) if suffix in SUFFIXES else source.text
    found = blocks(words, wording, markdown=suffix != ".txt")
    path = f"document/{slug(entry.number)}"
    layout = entry.layout or ("single" if entry.proponent else guess_layout(found, reference, wording))
    if layout == "single" and not (entry.proponent or anonymous):
        raise DocumentError(
            "no submission was found: no heading names a State, a group or an organization",
            where=where,
            remedy="name the proponent of a document that is one submission, or check the headings of the submissions",
        )
    return Document(
        path=path,
        negotiation=manifest.negotiation,
        body=manifest.body,
        session=entry.session,
        symbol=entry.number,
        title=entry.title,
        issued=_iso(entry.issued),
        received=_iso(entry.received),
        language=entry.language,
        layout=layout,
        digest=source.digest,
        source=document.path.name,
        text=source.text,
        submissions=_submissions(path, layout, entry, found, source.text, reference, wording, where),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _submissions(
    path: str,
    layout: str,
    entry: Entry,
    found: list[Block],
    text: str,
    reference: Reference,
    wording: OutlineWording,
    where: str,
) -> tuple[Submission, ...]:
    if layout == "by-article":
        raise DocumentError(
            f"documents of the layout {layout} are not read",
            where=where,
            remedy="give a compilation in which each proponent has a heading of its own (by-proponent)",
        )
    if layout == "single":
        parts: tuple[Part, ...] = (single_part(found, reference, entry.proponent, name=entry.number, where=where),)
    else:
        parts = parts_by_proponent(found, reference, wording, where=where)
    submissions: list[Submission] = []
    taken: Counter[str] = Counter()
    order = 0
    for part in parts:
        name = slug(part.name)
        taken[name] += 1
        mark = f"-{taken[name]}" if taken[name] > 1 else ""
        submission = _submission(f"{path}/{name}{mark}", part, text, order, reference, wording)
        order += len(submission.provisions)
        submissions.append(submission)
    if not order:
        raise DocumentError(
            "the document has no structure: nothing stands below the headings of its proponents",
            where=where,
            remedy="check that the whole text of the document is in the file",
        )
    return tuple(submissions)


def _submission(
    path: str, part: Part, text: str, order: int, reference: Reference, wording: OutlineWording
) -> Submission:
    genre = genre_of(part.blocks, wording)
    provisions = outline(path, part.blocks, reference, wording, lambda words: source_citation(words, reference))
    found = resolve(provisions, genre, reference)
    stated = norms(provisions, genre)
    return Submission(
        path=path,
        submitters=part.submitters,
        on_behalf_of=part.on_behalf_of,
        title=part.title,
        issued=part.issued,
        language=part.language,
        genre=genre,
        spans=(Span(part.heading.piece.at(0), part.heading.piece.at(len(part.heading.words) - 1) + 1),),
        provisions=_positioned(
            tuple(
                _annotated(provision, citations, binding, text, order, reference)
                for provision, citations, binding in zip(provisions, found, stated, strict=True)
            ),
            genre,
            text,
            reference,
        ),
    )


def _positioned(
    provisions: tuple[Provision, ...], genre: Genre, text: str, reference: Reference
) -> tuple[Provision, ...]:
    # A position rests on the citations and concepts of the whole submission, so it comes last.
    return tuple(
        replace(provision, positions=tuple(_printed(position, text) for position in stated)) if stated else provision
        for provision, stated in zip(provisions, positions(provisions, genre, reference), strict=True)
    )


def _printed(position: Position, text: str) -> Position:
    conditions = tuple(replace(one, quote=quote(text, one.spans)) for one in position.conditions)
    return replace(position, quote=quote(text, position.spans), conditions=conditions)


def _annotated(
    provision: Provision,
    citations: tuple[Citation, ...],
    stated: tuple[Norm, ...],
    text: str,
    order: int,
    reference: Reference,
) -> Provision:
    # Only here is the text at hand, with what markup or page break stands inside a citation or between two words.
    citations = tuple(replace(citation, quote=quote(text, citation.spans)) for citation in citations)
    return replace(
        provision,
        order=order + provision.order,
        citations=citations,
        concepts=mentioned_concepts(provision.kind, provision.passage, provision.heading, citations, reference),
        norms=tuple(replace(norm, quote=quote(text, norm.spans)) for norm in stated),
    )
