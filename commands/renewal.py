"""Making the figures of lineage anew: from the words of the treaties at hand, with what is different from before."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import LibraryOption
from .terminal import progress, say

__all__ = ["lineage"]


def lineage(
    corpus: Annotated[
        Path | None, typer.Argument(help="A folder of negotiations; the shipped corpus by default.")
    ] = None,
    library: LibraryOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
) -> None:
    """Compute the lineage of documents, and keep it beside them as figures.

    From the words of the treaties in the library. Says what is gained, lost, moved to another source or judged anew.
    The figures hold no words, so they can be handed on without the treaties; 'travaux build' uses them where it has not
    all of these treaties.
    """
    from ..api import SHIPPED_CORPUS, treaty_texts
    from ..errors import LineageError
    from ..graph.export import write_files
    from ..ingest.document import read_document
    from ..ingest.manifest import load_corpus
    from ..lineage.differences import differences
    from ..lineage.figures import Figures, figures_file, head_of, read_figures, written
    from ..lineage.records import Lineage
    from ..lineage.reused import reused
    from ..ontology.reference import load

    reference = load()
    texts = treaty_texts(library, reference)
    if not texts:
        remedy = "add one with 'travaux instruments add FILE'"
        raise LineageError("there is no text of a treaty in the library", where=str(library or ""), remedy=remedy)
    lines: list[str] = []
    files: dict[Path, bytes] = {}
    with progress() as told:
        for entry in load_corpus(corpus or SHIPPED_CORPUS):
            told(f"reading {entry.entry.number}")
            document = read_document(entry, reference)
            told(f"looking for the sources of {entry.entry.number}")
            made = Figures(head_of(document, texts), reused(document, texts))
            file = figures_file(entry.path.parent, document)
            before, note = Lineage(), ""
            if file.is_file():
                try:
                    before = read_figures(file, document).lineage
                except LineageError as error:
                    note = f"{error.what}; all of it is made anew"
            lines += [note] if note else []
            lines += differences(before, made.lineage)
            derivations, omissions = len(made.lineage.derivations), len(made.lineage.omissions)
            lines.append(
                f"{file}: {derivations} derivations and {omissions} omissions, from {', '.join(sorted(texts))}"
            )
            files[file] = written(made)
    if not dry_run:
        for file in files:
            file.parent.mkdir(exist_ok=True)
        write_files(files)
    for line in lines:
        say(line)
