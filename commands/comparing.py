"""Drawing a provision, and all that it holds, beside the sources of its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import STORE, LibraryOption, OutputOption, StoreOption
from .terminal import say

if TYPE_CHECKING:
    from ..provisions import Provision
    from ..viz.collation import SourceTexts
    from ..viz.compare import Compared

__all__ = ["compare", "comparison"]

_VIEWS = ("contents", "changes", "omissions")


def compare(
    provision: Annotated[str, typer.Argument(help="The path of a provision, or its end: jamaica/extradition.")],
    output: OutputOption = None,
    store: StoreOption = STORE,
    library: LibraryOption = None,
) -> None:
    """Draw a provision beside its source.

    Word by word, a whole article paragraph by paragraph, with what it leaves out. The words of the source are shown
    where the library has the treaty.
    """
    from .. import api
    from ..errors import ExportError
    from ..graph.export import write_files
    from ..ontology.reference import load
    from ..viz.collation import SourceTexts

    path = output or Path("compare.html")
    if path.suffix != ".html":
        raise ExportError("a picture of this kind cannot be drawn", where=str(path), remedy="end its name in .html")
    with api.open(store) as graph:
        picture = comparison(graph.provision(provision), SourceTexts(api.treaty_texts(library, load())))
    write_files({path: picture.encode()})
    say(str(path))


def comparison(provision: Provision, sources: SourceTexts, path: Path | str | None = None) -> str:
    """The page of `provision` beside the sources of its words; see :func:`travaux.viz.compare.draw_compare`."""
    from ..provisions import view
    from ..viz.compare import draw_compare

    sheets = [(question.title, question.text) for question in map(view, _VIEWS)]
    return draw_compare(provision.label, list(_units(provision, provision, sources, 0)), sources, sheets, path)


def _units(top: Provision, unit: Provision, sources: SourceTexts, depth: int) -> Iterator[Compared]:
    from ..viz.compare import Compared

    yield Compared(
        name=unit.label if unit is top else unit.label.removeprefix(top.label).lstrip(", :"),
        number=unit.number,
        depth=depth,
        text=unit.text,
        heading=unit.heading,
        begins=tuple(start for evidence in unit.evidence for start, _ in evidence.positions),
        collations=unit.collations(sources),
        omissions=unit.omissions,
    )
    for part in unit.children:
        yield from _units(top, part, sources, depth + 1)
