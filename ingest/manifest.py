"""The manifest of a negotiation: which documents a folder of the corpus holds, and what is known of each."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec

from ..errors import ManifestError
from ..ontology.terms import slug
from .readers import SUFFIXES

__all__ = ["FILE", "CorpusDocument", "Entry", "Layout", "Manifest", "describe", "load_corpus", "load_manifest"]

FILE = "manifest.toml"
"""The name of a manifest in the folder of its negotiation."""

Layout = Literal["by-proponent", "by-article", "single"]
"""How a document is arranged: a heading a proponent, a heading an article, or all of it one submission."""

_Words = Annotated[str, msgspec.Meta(min_length=1)]
_Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
_Digest = Annotated[str, msgspec.Meta(pattern=r"^sha256:[0-9a-f]{64}$")]

_SHAPES = {
    "negotiation": 'lower case letters, digits and hyphens, as in "ahc-cybercrime"',
    "language": 'the code of a language, as in "en"',
    "digest": '"sha256:" and 64 hexadecimal digits',
    "layout": " or ".join(f'"{layout}"' for layout in get_args(Layout)),
    "documents": "at least one [[documents]] table",
}
_TYPES = {"date": "a date, as in 2022-08-03", "str": "words in quotes", "array": "[[documents]] tables"}


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document of a negotiation.

    `number` is the document's own ("V.22-10828"); its slug names the document in the graph. `begins` and `ends` are
    the days of the session, `issued` the day on the document, `received` the day it came into the corpus. `layout` is
    guessed from the text where it is silent. `proponent` says who submitted a document that is one submission.
    `digest` is the ``sha256:...`` of the file, checked on reading.
    """

    file: _Words
    number: _Words
    title: _Words
    session: str = ""
    place: str = ""
    begins: date | None = None
    ends: date | None = None
    issued: date | None = None
    received: date | None = None
    language: _Language = "en"
    layout: Layout | None = None
    proponent: str = ""
    digest: _Digest | None = None


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A negotiation: its short name, its title, the body that conducts it, its documents."""

    negotiation: _Slug
    title: str = ""
    body: str = ""
    documents: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1)]


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """A document where it lies, with what its manifest says."""

    path: Path
    manifest: Manifest
    entry: Entry


def load_manifest(folder: Path) -> Manifest:
    """The manifest in `folder`, checked.

    Raises
    ------
    ManifestError
        Where there is no manifest, it breaks its schema, or a document it names is missing. The digests are checked
        when the documents are read (:func:`travaux.ingest.readers.read_source`).
    """
    file = folder / FILE
    manifest = _converted(_table(file), str(file))
    _check_documents(manifest, folder, str(file))
    return manifest


def load_corpus(root: Path) -> tuple[CorpusDocument, ...]:
    """Every document of the negotiations in `root`.

    That is of `root` itself where it has a manifest, else of each folder in it that has one;
    sorted by negotiation, then as the manifests list them.
    """
    if not root.is_dir():
        remedy = "name a folder that holds a manifest, or folders that do"
        what = "this is a file, not a corpus" if root.exists() else "there is no such folder"
        raise ManifestError(what, where=str(root), remedy=remedy)
    folders = [root] if (root / FILE).is_file() else sorted(file.parent for file in root.glob(f"*/{FILE}"))
    if not folders:
        raise ManifestError(
            f"no {FILE} in this folder or in the folders in it",
            where=str(root),
            remedy="write one that lists the documents, or add single files with 'travaux add'",
        )
    found: list[CorpusDocument] = []
    holders: dict[str, Path] = {}
    for folder in folders:
        manifest = load_manifest(folder)
        for entry in manifest.documents:
            name = slug(entry.number)
            if name in holders:
                raise ManifestError(
                    f"number: {entry.number!r} is also a document of {holders[name] / FILE}",
                    where=str(folder / FILE),
                    remedy="give each document a number of its own",
                )
            holders[name] = folder
            found.append(CorpusDocument(folder / entry.file, manifest, entry))
    return tuple(found)


def describe(
    path: Path,
    *,
    layout: Layout | None = None,
    number: str = "",
    title: str = "",
    negotiation: str = "",
    proponent: str = "",
    issued: date | None = None,
    language: str = "en",
) -> CorpusDocument:
    """The document at `path`: as the manifest beside it says, or else from what is given and the name of the file.

    >>> described = describe(Path("/nowhere/A_CONF.232_2020_3.txt"))
    >>> described.entry.number, described.manifest.negotiation
    ('A_CONF.232_2020_3', 'unnamed')
    """
    if (path.parent / FILE).is_file():
        manifest = load_manifest(path.parent)
        for entry in manifest.documents:
            if (path.parent / entry.file).resolve() == path.resolve():
                given = msgspec.structs.replace(
                    entry, layout=layout or entry.layout, proponent=proponent or entry.proponent
                )
                return CorpusDocument(path, manifest, given)
    entry = Entry(
        file=path.name,
        number=number or path.stem or path.name,
        title=title or number or path.stem or path.name,
        issued=issued,
        language=language,
        layout=layout,
        proponent=proponent,
    )
    return CorpusDocument(path, Manifest(negotiation=slug(negotiation), documents=(entry,)), entry)


def _table(file: Path) -> dict[str, object]:
    """The TOML of the manifest, unchecked."""
    where = str(file)
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ManifestError(
            "there is no manifest", where=where, remedy="write one that lists the documents of the negotiation"
        ) from None
    except OSError as error:
        raise ManifestError(f"the manifest cannot be read ({error.strerror})", where=where) from None
    except UnicodeDecodeError as error:
        raise ManifestError(
            f"the manifest is not UTF-8 (byte {error.start})", where=where, remedy="save it as UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"not TOML: {error}", where=where, remedy="correct that line") from None


def _converted(table: dict[str, object], where: str) -> Manifest:
    """The checked manifest."""
    _refuse_unknown(table, Manifest.__struct_fields__, where)
    documents = table.get("documents")
    if isinstance(documents, list):
        for position, entry in enumerate(documents, 1):
            if isinstance(entry, Mapping):
                _refuse_unknown(entry, Entry.__struct_fields__, f"{where}, document {position}")
    try:
        return msgspec.convert(table, Manifest)
    except msgspec.ValidationError as error:
        place, what, remedy = _explained(str(error))
        raise ManifestError(what, where=f"{where}{place}", remedy=remedy) from None


def _refuse_unknown(table: Mapping[str, object], known: Iterable[str], where: str) -> None:
    names = sorted(known)
    for key in table:
        if key not in names:
            close = difflib.get_close_matches(key, names, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else f"the keys are {', '.join(names)}"
            raise ManifestError(f"unknown key {key!r}", where=where, remedy=remedy)


def _explained(message: str) -> tuple[str, str, str]:
    """Where, what and what to do, from the validator's message.

    >>> _explained("Expected `date`, got `str` - at `$.documents[0].issued`")
    (', document 1', 'issued: expected `date`, got `str`', 'write a date, as in 2022-08-03')
    """
    words, _, trail = message.partition(" - at `$")
    trail = trail.rstrip("`")
    numbered = re.match(r"\.documents\[(\d+)\]", trail)
    place = f", document {int(numbered[1]) + 1}" if numbered else ""
    key = trail.rsplit(".", 1)[-1] if "." in trail and not trail.endswith("]") else ""
    missing = re.search(r"missing required field `(\w+)`", words)
    if missing:
        return place, f"the key {missing[1]!r} is missing", "add it"
    words = words.replace("Invalid RFC3339 encoded date", "Expected `date`, got other words")
    what = words[0].lower() + words[1:]
    if key in _SHAPES:
        expected = _SHAPES[key]
    else:
        wanted = re.search(r"Expected `(\w+)", words)
        expected = _TYPES.get(wanted[1], "") if wanted else ""
    return place, f"{key}: {what}" if key else what, f"write {expected}" if expected else ""


def _check_documents(manifest: Manifest, folder: Path, where: str) -> None:
    """Refuse two documents of one name, and a file that is not there, outside the folder or of another format."""
    seen: set[str] = set()
    for position, entry in enumerate(manifest.documents, 1):
        place = f"{where}, document {position}"
        name = slug(entry.number)
        if name in seen:
            raise ManifestError(
                f"number: {entry.number!r} names two documents", where=place, remedy="give each a number of its own"
            )
        seen.add(name)
        file = Path(entry.file)
        if file.is_absolute() or ".." in file.parts:
            raise ManifestError(
                f"file: {entry.file!r} lies outside the folder of the manifest",
                where=place,
                remedy="name a file in the folder",
            )
        if file.suffix.lower() not in SUFFIXES:
            raise ManifestError(
                f"file: {entry.file!r} is of a format that is not read",
                where=place,
                remedy=f"name a file that ends in {' or '.join(SUFFIXES)}",
            )
        if not (folder / file).is_file():
            others = [other.name for other in folder.iterdir() if other.suffix in SUFFIXES]
            close = difflib.get_close_matches(entry.file, others, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else "put it there, or correct the name"
            raise ManifestError(f"file: there is no {entry.file!r} in the folder", where=place, remedy=remedy)
        if entry.begins and entry.ends and entry.begins > entry.ends:
            raise ManifestError(
                "ends: the session ends before it begins", where=place, remedy="correct 'begins' or 'ends'"
            )
