"""Files to text: what can be read is read, what cannot is refused in one line that says why.

The text is the decoded file, character for character: line ends stay as they are (CR LF is two characters), control
characters are text, and only a byte order mark is left out, because it belongs to the encoding. Every offset in Travaux
counts code points of this text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import DocumentError
from .hypertext import SUFFIXES as HTML

__all__ = ["SUFFIXES", "Source", "content_of", "digest_of", "read_source", "read_text"]

SUFFIXES = (".md", ".txt", *HTML)
"""The formats that are read, by the ends of their names."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file, as DOCX and ODT are"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: `text` is the decoded file, `digest` the ``sha256:...`` of its bytes."""

    text: str
    digest: str


def digest_of(content: bytes) -> str:
    """The digest of a file's bytes, as a manifest states it.

    >>> digest_of(b"Article 1")[:19]
    'sha256:b9c5a06b7fd3'
    """
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def read_text(path: Path, digest: str = "") -> str:
    """The text of the file at `path`; see :func:`read_source`."""
    return read_source(path, digest).text


def read_source(path: Path, digest: str = "") -> Source:
    """The file at `path`, read as UTF-8.

    Parameters
    ----------
    path
        A Markdown, plain text or HTML file.
    digest
        What the manifest says the digest is; empty where nothing is known.

    Raises
    ------
    DocumentError
        Where the file is missing, a folder, of another format, empty, binary, cut short, in another encoding, or not
        the file that `digest` describes.
    """
    where = str(path)
    content = content_of(path)
    found = digest_of(content)
    if not content.removeprefix(_BOM).strip():
        raise DocumentError("the file is empty", where=where, remedy="put the text of the document in it")
    _refuse_binary(content, where)
    # A file cut in the middle of a character is told so, rather than that its digest is another.
    text = _decoded(content, where)
    if digest and digest != found:
        raise DocumentError(
            f"the file is not the one its manifest describes: its digest is {found}, the manifest says {digest}",
            where=where,
            remedy="restore the file, which may have been cut short or edited, or state the new digest in the manifest",
        )
    return Source(text, found)


def content_of(path: Path, suffixes: Sequence[str] = SUFFIXES) -> bytes:
    """The bytes of the file at `path`, whose name ends in one of the `suffixes`.

    Raises
    ------
    DocumentError
        Where the file is missing, a folder, of another format, or cannot be read.
    """
    where = str(path)
    try:
        if path.is_dir():
            raise DocumentError("this is a folder, not a document", where=where, remedy="name a file in it")
        if path.suffix.lower() not in suffixes and path.exists():
            raise DocumentError(
                f"{_format(path)} are not read",
                where=where,
                remedy="save the document as Markdown (.md), plain text (.txt) or HTML (.html), in UTF-8",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise DocumentError("there is no such file", where=where, remedy="check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DocumentError(f"the file cannot be read ({reason})", where=where, remedy="check the path") from None


def _format(path: Path) -> str:
    return f"files that end in {path.suffix}" if path.suffix else "files without an ending"


def _refuse_binary(content: bytes, where: str) -> None:
    """Refuse what is not text in an encoding that extends ASCII."""
    remedy = "save the document as plain text in UTF-8"
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise DocumentError(f"this is {name}, not text", where=where, remedy=remedy)
    if content.startswith(_UTF16):
        raise DocumentError("the text is in UTF-16, not UTF-8", where=where, remedy=remedy)
    zero = content.find(b"\0")
    if zero >= 0:
        raise DocumentError(f"this is binary, not text (byte {zero} is zero)", where=where, remedy=remedy)


def _decoded(content: bytes, where: str) -> str:
    """`content` as text, without a byte order mark."""
    mark = len(_BOM) if content.startswith(_BOM) else 0
    try:
        return content[mark:].decode("utf-8")
    except UnicodeDecodeError as error:
        at = mark + error.start
        line = _line(content[:at])
        if error.reason == "unexpected end of data":
            raise DocumentError(
                f"the file is cut short: it ends in the middle of a character (byte {at})",
                where=f"{where}, line {line}",
                remedy="get the whole file again",
            ) from None
        raise DocumentError(
            f"the text is not UTF-8: byte {at} is 0x{content[at]:02x}",
            where=f"{where}, line {line}",
            remedy="find out the file's encoding (often windows-1252) and save it as UTF-8",
        ) from None


def _line(before: bytes) -> int:
    """The number, from 1, of the line that follows `before`."""
    return len(re.findall(rb"\r\n|\r|\n", before)) + 1
