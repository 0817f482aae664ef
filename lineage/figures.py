"""The lineage of a document as figures in a file: which unit, which source, offsets, counts, verdicts; no words.

A treaty's words are not ours to hand on, and whoever installs Travaux may not have them. So the lineage of a document
is kept beside it as JSON lines: first the head, which says of which texts and by which version of the method it was
made, then the derivations and the omissions. Offsets are those of the document; words of a source are counted from 0 as
:func:`travaux.lineage.words.source_words` counts them. The same lineage is always the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

from ..errors import LineageError
from ..ingest.records import Document, Provision, Span, quote
from .records import Basis, Derivation, Edit, Lineage, Omission, Operation, Segment, Verdict
from .reused import METHOD

__all__ = ["FOLDER", "Figures", "Head", "figures_file", "head_of", "read_figures", "text_digest", "written"]

FOLDER = "lineage"
"""The folder beside a document that holds its figures."""

_RENEW = "renew it with 'travaux lineage', or remove it"

_Path = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+(/[A-Za-z0-9._-]+)*$", max_length=200)]
_Digest = Annotated[str, msgspec.Meta(pattern=r"^sha256:[0-9a-f]{64}$")]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Count = Annotated[int, msgspec.Meta(ge=0)]
_Place = tuple[_Count, _Count]


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of what the figures are: the document and its digest, the treaties and the digests of their words, the method."""

    format: Literal[1] = 1
    method: Annotated[str, msgspec.Meta(pattern=r"^[0-9.]+$")]
    document: _Path
    digest: _Digest
    instruments: dict[str, _Digest]


class _Stretch(msgspec.Struct, frozen=True, array_like=True):
    operation: Operation
    spans: tuple[_Place, ...]
    source: _Place
    edit: Edit | None


class _Derived(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="derivation"
):
    unit: _Path
    source: _Path
    spans: tuple[_Place, ...]
    verdict: Verdict | None = None
    similarity: _Share
    coverage: _Share
    source_coverage: _Share
    edits: tuple[Edit, ...] = ()
    alternatives: tuple[_Path, ...] = ()
    segments: tuple[_Stretch, ...] = ()


class _Omitted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="omission"):
    unit: _Path
    source: _Path
    spans: tuple[_Place, ...]


_HEAD = msgspec.json.Decoder(Head)
_RECORD: msgspec.json.Decoder[_Derived | _Omitted] = msgspec.json.Decoder(_Derived | _Omitted)


@dataclass(frozen=True, slots=True)
class Figures:
    """A lineage with what it was made from."""

    head: Head
    lineage: Lineage


def figures_file(folder: Path, document: Document) -> Path:
    """Where the figures of a document that lies in `folder` are kept."""
    return folder / FOLDER / f"{document.path.rpartition('/')[2]}.jsonl"


def text_digest(provisions: Iterable[Provision]) -> str:
    """The digest of the words of a treaty as they are compared: its provisions, each with its path.

    It does not depend on the file that they were read from: a PDF and a page that read the same are the same.
    """
    digest = hashlib.sha256()
    for provision in provisions:
        digest.update(f"{provision.path}\t{' '.join(provision.passage.words.split())}\n".encode())
    return f"sha256:{digest.hexdigest()}"


def head_of(document: Document, instruments: Mapping[str, Sequence[Provision]]) -> Head:
    """The head of the figures of `document` against the treaties whose provisions are given by id."""
    return Head(
        method=METHOD,
        document=document.path,
        digest=document.digest,
        instruments={one: text_digest(instruments[one]) for one in sorted(instruments)},
    )


def written(figures: Figures) -> bytes:
    """The figures as JSON lines, in the order of the lineage, which is that of the document."""
    top = f"{figures.head.document}/"
    records: list[msgspec.Struct] = [figures.head]
    records += [_derived(one, top) for one in figures.lineage.derivations]
    for one in figures.lineage.omissions:
        unit = one.article.removeprefix(top)
        records.append(_Omitted(unit=unit, source=one.source, spans=_places(one.spans)))
    return b"".join(msgspec.json.encode(record, order="deterministic") + b"\n" for record in records)


def read_figures(file: Path, document: Document) -> Figures:
    """The figures in `file`, which must be those of `document` as it is.

    Raises
    ------
    LineageError
        If the file breaks its schema, is of another document or of another state of it, or names what is not in it.
    """
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise LineageError(f"the figures cannot be read ({error.strerror})", where=str(file)) from None
    if not lines:
        raise LineageError("the file of figures is empty", where=str(file), remedy=_RENEW)
    head = _decoded(lines[0], _HEAD, file, 1)
    if head.document != document.path:
        raise LineageError(f"these are the figures of {head.document}, not of {document.path}", where=str(file))
    if head.digest != document.digest:
        what = f"{document.symbol or document.path} has changed since these figures were made"
        raise LineageError(what, where=str(file), remedy=_RENEW)
    units = {provision.path for submission in document.submissions for provision in submission.provisions}
    derivations: list[Derivation] = []
    omissions: list[Omission] = []
    for number, line in enumerate(lines[1:], start=2):
        record = _decoded(line, _RECORD, file, number)
        unit = f"{document.path}/{record.unit}"
        stretches = record.segments if isinstance(record, _Derived) else ()
        places = [*record.spans, *(place for one in stretches for place in one.spans)]
        if unit not in units:
            raise LineageError(f"there is no {unit}", where=f"{file}, line {number}", remedy=_RENEW)
        if not all(start < end <= len(document.text) for start, end in places):
            what = f"a place that is not in the {len(document.text)} characters of the document"
            raise LineageError(what, where=f"{file}, line {number}", remedy=_RENEW)
        spans = _spans(record.spans)
        words = quote(document.text, spans)
        if isinstance(record, _Derived):
            derivations.append(_derivation(record, unit, spans, words))
        else:
            omissions.append(Omission(unit, record.source, spans, words))
    return Figures(head, Lineage(tuple(derivations), tuple(omissions)))


_S = TypeVar("_S")


def _decoded(line: bytes, decoder: msgspec.json.Decoder[_S], file: Path, number: int) -> _S:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LineageError(str(error), where=f"{file}, line {number}", remedy=_RENEW) from None


def _derived(one: Derivation, top: str) -> _Derived:
    return _Derived(
        unit=one.derived.removeprefix(top),
        source=one.source,
        spans=_places(one.spans),
        verdict=one.verdict,
        similarity=one.similarity,
        coverage=one.coverage,
        source_coverage=one.source_coverage,
        edits=one.edits,
        alternatives=one.alternatives,
        segments=tuple(
            _Stretch(told.operation, _places(told.spans), (told.source_start, told.source_end), told.edit)
            for told in one.segments
        ),
    )


def _derivation(record: _Derived, unit: str, spans: tuple[Span, ...], words: str) -> Derivation:
    return Derivation(
        derived=unit,
        source=record.source,
        basis=Basis.REUSED,
        spans=spans,
        quote=words,
        verdict=record.verdict,
        similarity=record.similarity,
        coverage=record.coverage,
        source_coverage=record.source_coverage,
        edits=record.edits,
        alternatives=record.alternatives,
        segments=tuple(
            Segment(told.operation, _spans(told.spans), *told.source, told.edit) for told in record.segments
        ),
    )


def _places(spans: tuple[Span, ...]) -> tuple[_Place, ...]:
    return tuple((span.start, span.end) for span in spans)


def _spans(places: tuple[_Place, ...]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in places)
