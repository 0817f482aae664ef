"""Scoring what is read and found against a gold standard, from the command line."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..errors import GoldError
from .options import LibraryOption
from .terminal import progress, width

__all__ = ["evaluate"]


class ScoreFormat(StrEnum):
    """How a report is printed."""

    TEXT = "text"
    JSON = "json"


def evaluate(
    gold: Annotated[Path | None, typer.Argument(help="A gold standard; the one that is shipped by default.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Where the documents lie; the shipped corpus by default.")] = None,
    library: LibraryOption = None,
    format: Annotated[  # noqa: A002
        ScoreFormat, typer.Option("--format", "-f", help="How to print the report.")
    ] = ScoreFormat.TEXT,
    slips: Annotated[bool, typer.Option(help="List what was missed, wrong or invented.")] = True,
    against: Annotated[
        Path | None, typer.Option(metavar="REPORT", help="An earlier report, as JSON: show what was gained and lost.")
    ] = None,
    baseline: Annotated[bool, typer.Option("--baseline", help="Score the simplest reading, to compare with.")] = False,
    likeness: Annotated[
        bool,
        typer.Option(
            "--likeness",
            help="Score the sources beside those that the usual measures of likeness give; needs the treaties' texts.",
        ),
    ] = False,
) -> None:
    """Score the reading and the lineage against a gold standard.

    Precision, recall and F1 by State and kind, with what was missed, wrong or invented. Lineage is computed where the
    library has the treaties that the shipped lineage was made from; else it is as shipped.
    """
    from ..api import SHIPPED_CORPUS, treaty_texts
    from ..evaluation.comparison import compare
    from ..evaluation.gold import SHIPPED_GOLD
    from ..evaluation.lineage_baselines import contenders, contest_table
    from ..evaluation.report import evaluate as scored
    from ..evaluation.report import evaluate_baseline, labelled_document, read_report
    from ..ingest.document import read_document
    from ..ingest.manifest import load_corpus
    from ..lineage.known import known_lineage
    from ..ontology.reference import load

    labels = gold or SHIPPED_GOLD
    with progress() as told:
        reference = load()
        texts = treaty_texts(library, reference)
        if likeness and not texts:
            remedy = "add one with 'travaux instruments add FILE'"
            raise GoldError("there is no text of a treaty in the library", where=str(library or ""), remedy=remedy)
        documents, lineages = [], {}
        for entry in load_corpus(corpus or SHIPPED_CORPUS):
            told(f"reading {entry.entry.number}")
            documents.append(read_document(entry, reference))
            told(f"looking for the sources of {entry.entry.number}")
            lineages[documents[-1].path] = known_lineage(documents[-1], entry.path.parent, texts).lineage
        if likeness:
            told("comparing with the usual measures")
            document = labelled_document(documents, labels)
            printed = contest_table(contenders(document, texts, lineages[document.path], labels), width=width())
        else:
            told("scoring")
            report = evaluate_baseline(documents, labels) if baseline else scored(documents, labels, lineages=lineages)
            if against:
                printed = compare(read_report(against), report).as_text(width=width())
            else:
                as_json = format is ScoreFormat.JSON
                printed = report.as_json() if as_json else report.as_text(slips=slips, width=width())
    sys.stdout.write(printed)
