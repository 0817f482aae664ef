"""The frame of every page: one self-contained file that asks nothing of the network.

Words of documents reach a page in two ways only, both here: through :func:`words` into the markup, and as the JSON that
:func:`page` embeds, which the scripts of the page put on screen as text and never as markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from html import escape
from pathlib import Path

from ..errors import ExportError
from .palette import style_rules

__all__ = ["asset", "day", "masthead", "number", "page", "plural", "query_sheet", "words", "written"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Named here, since the locale of the machine must not change a page."""

FOLDER = Path(__file__).parent

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""What the page may load: nothing but itself. A browser enforces it, whatever the words in it say."""


def words(text: str) -> str:
    """`text` as it may stand in markup, in an attribute too.

    >>> words('<script>alert("1")</script>')
    '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'
    """
    return escape(text, quote=True)


def number(value: int) -> str:
    """A count as a reader expects it.

    >>> number(12480)
    '12,480'
    """
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its unit.

    >>> plural(1, "article"), plural(464, "provision"), plural(2, "body", "bodies")
    ('1 article', '464 provisions', '2 bodies')
    """
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"


def day(written: str) -> str:
    """A date of the graph as a reader says it; whatever is less exact than a day, as it is.

    >>> day("2022-07-12"), day("2022")
    ('12 July 2022', '2022')
    """
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def asset(name: str) -> str:
    """The text of a style sheet or script of this package."""
    return (FOLDER / name).read_text(encoding="utf-8")


def masthead(heading: str, summary: str) -> str:
    """The head of a page: what it shows, and (`summary`, as markup) with which numbers; and the switch of the theme."""
    return (
        f'<header class="masthead"><div><h1>{words(heading)}</h1><p>{summary}</p></div>'
        '<div class="tools"><button type="button" id="theme">Dark</button></div></header>'
    )


def written(text: str, path: Path | str | None) -> str:
    """`text`, which is written to `path` where there is one.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    if path is not None:
        try:
            Path(path).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise ExportError(error.strerror or str(error), where=str(path), remedy="name another file") from None
    return text


def query_sheet(sheets: Iterable[tuple[str, str]], note: str) -> str:
    """The queries that the page was made from, closed until asked for."""
    shown = "".join(f"<h3>{words(title)}</h3><pre><code>{words(query.strip())}</code></pre>" for title, query in sheets)
    return (
        '<details id="queries" class="queries"><summary>Show the query <kbd>q</kbd></summary>'
        f"<p>{words(note)}</p>{shown}</details>"
    )


def page(title: str, *, styles: Iterable[str], body: str, scripts: Iterable[str] = (), content: object = None) -> str:
    """One HTML file, whole: `body` is markup; `content` any JSON value, which the scripts find in ``#content``.

    >>> made = page("A <b> page", styles=[], body="<p>Text</p>", content={"said": "</script><b>"})
    >>> "<title>A &lt;b&gt; page</title>" in made, "</script><b>" in made
    (True, False)
    """
    style = "".join(f"<style>{sheet}</style>\n" for sheet in (style_rules(), asset("page.css"), *styles))
    script = "".join(f"<script>{code}</script>\n" for code in (asset("page.js"), *scripts))
    embedded = f'<script type="application/json" id="content">{_embedded(content)}</script>\n'
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="Travaux">\n'
        f"<title>{words(title)}</title>\n{style}</head>\n<body>\n{body}\n{embedded}{script}</body>\n</html>\n"
    )


def _embedded(content: object) -> str:
    """JSON that no character of can end the script element it stands in, nor a line of script."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
