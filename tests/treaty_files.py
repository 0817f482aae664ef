"""A treaty from Markdown in other formats, as a person may have it."""

from __future__ import annotations

import html
import re
import textwrap
from pathlib import Path

_LINK = re.compile(r"\[([^\]\[]+)\]\((?:[^\s()]|\)(?=/)|\([^\s()]*\))*\)")


def paragraphs(markdown: str) -> list[tuple[bool, str]]:
    """The paragraphs without markup, and whether each is a heading."""
    found = []
    for line in markdown.splitlines()[1:]:
        words = re.sub(r"\*", " ", _LINK.sub(r"\1", line)).replace("``", "“")
        words = " ".join(words.split())
        if words:
            found.append((words.startswith("#"), words.lstrip("# ")))
    return found


def bare(found: list[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """The paragraphs as the Council of Europe prints them: "Article 1 – Definitions", "1   Each Party", "a   any"."""
    printed: list[tuple[bool, str]] = []
    for heading, words in found:
        if heading and printed and re.fullmatch(r"Article \d+", printed[-1][1]):
            printed[-1] = (True, f"{printed[-1][1]} – {words}")
        else:
            label = None if heading else re.match(r"\(?(\d+|[a-z]+)[.)]\s*(?=\W|[A-Z]|[a-z]{2}|$)", words)
            printed.append((heading, f"{label[1]}   {words[label.end() :]}" if label else words))
    return printed


def plain(found: list[tuple[bool, str]], width: int = 80) -> str:
    """Plain text with lines of `width` characters."""
    return "\n\n".join("\n".join(textwrap.wrap(words, width)) for _, words in found)


def hypertext(found: list[tuple[bool, str]]) -> str:
    """A web page."""
    body = "\n".join(
        f"<h3>{html.escape(words)}</h3>" if heading else f"<p>{html.escape(words)}</p>" for heading, words in found
    )
    return f"<!DOCTYPE html><html><head><title>A treaty</title></head><body>\n{body}\n</body></html>"


def save_docx(found: list[tuple[bool, str]], path: Path) -> None:
    """A file of a word processor, its headings in the style of headings."""
    from docx import Document

    document = Document()
    for heading, words in found:
        document.add_paragraph(words, style="Heading 2" if heading else None)
    document.save(str(path))


def save_numbered_docx(found: list[tuple[bool, str]], path: Path) -> None:
    """A file of a word processor that counts its paragraphs itself: no number stands in their words."""
    from docx import Document
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn

    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for level, (_, form, shown) in enumerate(_LEVELS)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900">{levels}</w:abstractNum>'))
    article = 900
    for heading, words in found:
        label = next((place for place, (sign, _, _) in enumerate(_LEVELS) if re.match(sign, words)), -1)
        if heading:
            article += 1
            anew = "".join(
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
                for level in range(len(_LEVELS))
            )
            numbering.append(
                parse_xml(f'<w:num {nsdecls("w")} w:numId="{article}"><w:abstractNumId w:val="900"/>{anew}</w:num>')
            )
        if label < 0 or heading:
            document.add_paragraph(words, style="Heading 2" if heading else None)
            continue
        paragraph = document.add_paragraph(re.sub(_LEVELS[label][0], "", words, count=1))
        listed = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", label), ("w:numId", article)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), str(value))
            listed.append(element)
        paragraph._p.get_or_add_pPr().append(listed)
    document.save(str(path))


_LEVELS = (
    (r"\d+\.(?:\s+|$)", "decimal", "%1."),
    (r"[a-z]\)(?:\s+|$)", "lowerLetter", "(%2)"),
    (r"\([ivx]+\)\s*", "lowerRoman", "(%3)"),
    (r"[a-z]\.\s+", "lowerLetter", "%4."),
)


def save_pdf(found: list[tuple[bool, str]], path: Path) -> None:
    """Printed pages, with the title at the head of each and its number at the foot."""
    from fpdf import FPDF

    class Pages(FPDF):
        def header(self) -> None:
            self.set_font("Helvetica", size=8)
            self.cell(0, 8, found[1][1].encode("cp1252", "replace").decode("cp1252"), new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-15)
            self.cell(0, 8, f"- {self.page_no()} -")

    pages = Pages()
    pages.core_fonts_encoding = "windows-1252"
    pages.add_page()
    for heading, words in found:
        pages.set_font("Helvetica", style="B" if heading else "", size=11)
        pages.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
        pages.ln(2)
    pages.output(str(path))
