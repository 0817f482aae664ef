"""PDF and DOCX files to text: lines and paragraphs in reading order, without what a page carries beside its text.

The extracted text is what every offset counts in, so it depends on nothing but the file and the version of the library
that reads it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from ..errors import DocumentError
from ..ontology.usage import english
from ..ontology.wording import outline_wording
from .labels import Sign, labels
from .readers import Source, content_of, digest_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

__all__ = ["SUFFIXES", "extracted"]

SUFFIXES = (".pdf", ".docx")
"""The formats whose text is extracted, by the ends of their names."""

_EDGE = 2
"""So many lines at the head and the foot of a page may be no text of it."""
_BROKEN = re.compile(r"(?P<left>[^\W\d_]+)-[ \t]*\n[ \t]*(?P<right>[a-z]+)")


def extracted(path: Path) -> Source:
    """The text of a PDF or DOCX file, and the digest of the file.

    Raises
    ------
    DocumentError
        Where the file cannot be read or holds no text, or the library that reads it is not installed.
    """
    where = str(path)
    content = content_of(path, SUFFIXES)
    read = _pdf if path.suffix.lower() == ".pdf" else _docx
    text = read(content, where)
    if not text.strip():
        raise DocumentError(
            "the file holds no text, only pictures of it", where=where, remedy="give a file with the text itself"
        )
    return Source(text, digest_of(content))


def _needs(library: str, where: str) -> DocumentError:
    return DocumentError(
        f"{library} is needed to read this file", where=where, remedy="install it with: pip install 'travaux[files]'"
    )


def _pdf(content: bytes, where: str) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise _needs("pypdf", where) from None
    try:
        reader = PdfReader(BytesIO(content))
        pages = [page.extract_text().splitlines() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, NotImplementedError):
        raise DocumentError(
            "this is no PDF file that can be read, or it is locked or cut short",
            where=where,
            remedy="open it in a reader and save it again, or save its text as plain text (.txt)",
        ) from None
    return _BROKEN.sub(_mended, "\n".join(map(_apart, _without_margins(pages))))


def _apart(line: str) -> str:
    """A line that is only "Article 35" with an empty one after it, so that a title "24/7 Network" does not join it."""
    found = labels(line, outline_wording())
    alone = found and found[0].sign in (Sign.ARTICLE, Sign.DIVISION) and found[0].end == len(line)
    return f"{line}\n" if alone else line


def _without_margins(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of the pages without those that stand at the head or the foot of many, whatever their numbers."""
    pages = [[line for line in page if line.strip()] for page in pages]
    repeated = Counter(mark for page in pages for mark in {_mark(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    least = max(3, len(pages) // 3)
    for page in pages:
        for index, line in enumerate(page):
            edge = index < _EDGE or index >= len(page) - _EDGE
            if not (edge and repeated[_mark(line)] >= least):
                yield line


def _mark(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _mended(broken: re.Match[str]) -> str:
    """A word that the end of a line breaks: without the hyphen where it is a word so."""
    left, right = broken["left"], broken["right"]
    whole = left + right
    return f"{whole}\n" if whole.casefold() in english() else f"{left}-{right}\n"


def _docx(content: bytes, where: str) -> str:
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError:
        raise _needs("python-docx", where) from None
    try:
        return "\n\n".join(_paragraphs(docx.Document(BytesIO(content))))
    except (PackageNotFoundError, BadZipFile, ValueError, KeyError, OSError, SyntaxError):
        raise DocumentError(
            "this is no DOCX file that can be read", where=where, remedy="open it in a word processor and save it again"
        ) from None


def _paragraphs(document: Document) -> Iterator[str]:
    """The paragraphs in order, those of tables too, each with the number that the word processor shows before it."""
    numbers = _Numbers(document)
    for paragraph in _running(document):
        words = f"{numbers.before(paragraph)}{paragraph.text}"
        if words.strip():
            yield words


def _running(holder: Any) -> Iterator[Paragraph]:
    """The paragraphs of a document or of a cell, in reading order."""
    from docx.table import Table

    for block in holder.iter_inner_content():
        if not isinstance(block, Table):
            yield block
            continue
        seen = set()
        for row in block.rows:
            for cell in row.cells:
                if cell._tc not in seen:  # a cell that spans several is listed once for each
                    seen.add(cell._tc)
                    yield from _running(cell)


class _Numbers:
    """The numbers of automatic lists: they are no text of the file, but counted when it is shown.

    A list is an instance of a definition, by which its levels are counted; an instance may begin a level anew.
    """

    def __init__(self, document: Document) -> None:
        from docx.oxml.ns import qn

        self._qn = qn
        self._definitions: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._anew: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for entry in numbering.findall(qn("w:abstractNum")):
            self._definitions[entry.get(qn("w:abstractNumId"))] = {
                int(level.get(qn("w:ilvl"))): (
                    self._value(level, "w:numFmt", "decimal"),
                    self._value(level, "w:lvlText", ""),
                    int(self._value(level, "w:start", "1")),
                )
                for level in entry.findall(qn("w:lvl"))
            }
        for entry in numbering.findall(qn("w:num")):
            number = entry.get(qn("w:numId"))
            self._lists[number] = self._value(entry, "w:abstractNumId", "")
            for level in entry.findall(qn("w:lvlOverride")):
                if start := self._value(level, "w:startOverride", ""):
                    self._anew[number, int(level.get(qn("w:ilvl")))] = int(start)

    def _value(self, element: Any, tag: str, otherwise: str) -> str:
        found = element.find(self._qn(tag))
        return otherwise if found is None else str(found.get(self._qn("w:val")))

    def before(self, paragraph: Paragraph) -> str:
        """What is shown before the paragraph, and a space; nothing where it is in no list."""
        number, level = self._list(paragraph)
        definition = self._lists.get(number, "")
        levels = self._definitions.get(definition, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(definition, {})
        before = counts.get(level, levels[level][2] - 1)
        counts[level] = self._anew.pop((number, level), before + 1)
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        kind, pattern, _ = levels[level]
        if kind in ("bullet", "none"):
            return "- " if kind == "bullet" else ""
        shown = pattern
        for other, (form, _, start) in levels.items():
            shown = shown.replace(f"%{other + 1}", _shown(counts.get(other, start), form))
        return f"{shown} "

    def _list(self, paragraph: Paragraph) -> tuple[str, int]:
        """The list of the paragraph, its own or that of its style, and the level in it."""
        properties = [paragraph._p.pPr]
        style: Any = paragraph.style
        while style is not None:
            properties.append(style.element.pPr)
            style = style.base_style
        for found in properties:
            given = None if found is None else found.find(self._qn("w:numPr"))
            if given is not None:
                return self._value(given, "w:numId", "0"), int(self._value(given, "w:ilvl", "0"))
        return "", 0


def _shown(count: int, form: str) -> str:
    """A number as a list shows it.

    >>> _shown(3, "decimal"), _shown(27, "lowerLetter"), _shown(4, "lowerRoman"), _shown(2, "upperLetter")
    ('3', 'aa', 'iv', 'B')
    """
    if form.endswith("Letter"):
        shown = chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26)
    elif form.endswith("Roman"):
        shown = ""
        for value, sign in (
            (100, "c"),
            (90, "xc"),
            (50, "l"),
            (40, "xl"),
            (10, "x"),
            (9, "ix"),
            (5, "v"),
            (4, "iv"),
            (1, "i"),
        ):
            shown += sign * (count // value)
            count %= value
    else:
        shown = str(count)
    return shown.upper() if form.startswith("upper") else shown
