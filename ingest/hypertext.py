"""HTML to Markdown of the same length: every character that a reader sees stays at its place, the rest is blanked out.

So the outline reads a web page as it reads Markdown, and each place that it names is a place in the file.
"""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from string import ascii_lowercase

__all__ = ["SUFFIXES", "readable"]

SUFFIXES = (".html", ".htm")
"""The ends of the names of web pages."""

_UNSEEN = "\u200b"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = frozenset({"head", "script", "style", "template", "noscript", "nav"})
_STRONG = frozenset({"b", "strong", "i", "em"})
_BLOCKS = _HEADINGS | frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figure footer form header hr html "
    "li main ol p pre section table tbody td tfoot th thead tr ul".split()
)


def readable(html: str) -> str:
    """The text of `html`, of the same length.

    Headings, emphasis and list elements get the marks that they have in Markdown, an ordered list its numbers where
    they find room in the tag. Other inline tags leave no trace; a number in a superscript is the mark of a footnote
    and no text.

    >>> readable("<h2>Scope</h2><p>Parties &amp; others</p>").replace(_UNSEEN, "").split()
    ['#', 'Scope', 'Parties', '&', 'others']
    >>> len(readable("<p>a<br>b")) == len("<p>a<br>b")
    True
    """
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects what stands at each place of the file."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._html = html
        self._lines = [0]
        for place, sign in enumerate(html):
            if sign == "\n":
                self._lines.append(place + 1)
        self._written: list[tuple[int, str]] = []
        self._hidden: list[str] = []
        self._lists: list[tuple[str, int]] = []
        self._raised = 0
        self._fresh = True

    def text(self) -> str:
        """The whole text, with what was not written blanked out."""
        parts, at, fresh = [], 0, True
        for place, words in self._written:
            # At the start of a line even an unseen sign would stand before the mark of a heading or a list.
            parts += [(" " if fresh else _UNSEEN) * (place - at), words]
            at = place + len(words)
            fresh = words.endswith("\n") or (fresh and words.isspace())
        return "".join(parts) + " " * (len(self._html) - at)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag == "sup":
            self._raised += 1
        elif tag in ("ol", "ul"):
            given = dict(attrs)
            start = given.get("start") or "1"
            self._lists.append((given.get("type") or "1" if tag == "ol" else "", int(start) if start.isdigit() else 1))
        printed = self.get_starttag_text() or ""
        if tag in _BLOCKS:
            self._break(printed, self._mark(tag), 1 if tag == "br" else 2)
        elif tag in _STRONG and not self._hidden:
            self._write("*" + _UNSEEN * (len(printed) - 1))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _BLOCKS:
            self._break(self.get_starttag_text() or "", "", 1 if tag == "br" else 2)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        elif tag == "sup":
            self._raised = max(self._raised - 1, 0)
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        start = self._place()
        printed = self._html[start : self._html.find(">", start) + 1]
        if tag in _BLOCKS:
            self._break(printed, "")
        elif tag in _STRONG and not self._hidden:
            self._write(_UNSEEN * (len(printed) - 1) + "*")

    def handle_data(self, data: str) -> None:
        if not self._hidden and not (self._raised and data.strip().isdigit()):
            # A line of the file is no line of the page.
            self._write("".join(" " if sign.isspace() else sign for sign in data))

    def handle_entityref(self, name: str) -> None:
        self._sign(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._sign(f"&#{name}")

    def _sign(self, reference: str) -> None:
        """One character that is written as several."""
        if self._hidden:
            return
        length = len(reference)
        if self._html.startswith(";", self._place() + length):
            length += 1
        sign = unescape(f"{reference};").replace("\xa0", " ")
        if sign == f"{reference};":  # no reference at all, as in "AT&T"
            sign = reference
        if len(sign) <= length:
            self._write(sign + _UNSEEN * (length - len(sign)))

    def _mark(self, tag: str) -> str:
        """What a heading or an element of a list begins with in plain text."""
        if tag in _HEADINGS:
            return "# "
        if tag != "li" or not self._lists:
            return ""
        kind, number = self._lists[-1]
        self._lists[-1] = (kind, number + 1)
        if kind in ("a", "A") and number <= len(ascii_lowercase):
            letter = ascii_lowercase[number - 1]
            return f"({letter if kind == 'a' else letter.upper()}) "
        return f"{number}. " if kind == "1" else "- "

    def _break(self, tag: str, mark: str, ends: int = 2) -> None:
        """Line ends in place of `tag`, and `mark` as far as there is room for it at the start of a line."""
        if self._hidden:
            return
        if mark and self._fresh:
            ends = 0
        room = len(tag) - min(ends, 1)
        mark = mark if len(mark) <= room else mark.rstrip() if len(mark.rstrip()) <= room else ""
        if mark:
            written = "\n" * min(ends, len(tag) - len(mark)) + mark
            self._write(written + _UNSEEN * (len(tag) - len(written)))
        else:
            ends = min(ends, len(tag)) or 1
            self._write(" " * (len(tag) - ends) + "\n" * ends)
        self._fresh = True

    def _write(self, words: str) -> None:
        self._written.append((self._place(), words))
        self._fresh = self._fresh and words.isspace()

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
