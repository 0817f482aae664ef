"""The report of an evaluation: figures, and what was missed, wrong or invented, each with its line and words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import GoldError
from ..ingest.records import Document
from .citations import judge_citations
from .figures import HEADLINES, Figure, Slip, citation_figures, slips, structure_figures
from .gold import SHIPPED_GOLD, GoldStandard, read_gold
from .metrics import Counts
from .structure import correspond, judge_units

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["HEADLINES", "Figure", "Report", "Slip", "cells_of", "evaluate", "read_report", "render", "slip_line"]

ALL = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The figures and the slips of one document against one gold standard."""

    document: str
    gold: str
    figures: tuple[Figure, ...]
    slips: tuple[Slip, ...]

    def counts(self, part: str, measure: str = "", state: str = ALL, kind: str = ALL) -> Counts:
        """The counts of a measure, the headline of the part where none is named.

        Raises
        ------
        KeyError
            Where there is no such figure.
        """
        measure = measure or HEADLINES[part]
        for figure in self.figures:
            if (figure.part, figure.measure, figure.state, figure.kind) == (part, measure, state, kind):
                return figure.counts
        raise KeyError((part, measure, state, kind))

    def as_json(self) -> str:
        """The report as JSON text, the same for the same report; :func:`read_report` reads it back."""
        figures = [
            {
                **asdict(figure),
                "precision": round(figure.counts.precision, 4),
                "recall": round(figure.counts.recall, 4),
                "f1": round(figure.counts.f1, 4),
            }
            for figure in self.figures
        ]
        content = {
            "document": self.document,
            "gold": self.gold,
            "figures": figures,
            "slips": [asdict(slip) for slip in self.slips],
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    def as_text(self, *, slips: bool = True, width: int = 120) -> str:
        """The report for the terminal: tables, then (with `slips`) everything missed, wrong or invented."""
        from rich.table import Table
        from rich.text import Text

        shown: list[RenderableType] = [Text(f"{self.document} against the gold standard {self.gold}")]
        for part, headline in HEADLINES.items():
            figures = [figure for figure in self.figures if figure.part == part]
            if not figures:
                continue
            table = Table(title=part.capitalize(), title_justify="left", title_style="bold")
            table.add_column("measure")
            for column in ("precision", "recall", "F1", "right", "missed", "invented"):
                table.add_column(column, justify="right")
            overall = [figure for figure in figures if not figure.state and not figure.kind]
            for figure in overall:
                style = "bold" if figure.measure == headline else ""
                table.add_row(Text(figure.measure), *cells_of(figure.counts), style=style)
            for by in ("state", "kind"):
                broken_down = [figure for figure in figures if getattr(figure, by)]
                table.add_section()
                for figure in broken_down:
                    table.add_row(Text(figure.state or figure.kind), *cells_of(figure.counts))
            table.caption = f"by State and kind: {headline}"
            shown += [Text(""), table]
            if slips:
                shown.append(Text(""))
                shown += [slip_line(slip) for slip in self.slips if slip.part == part]
        return render(shown, width)


def render(shown: Iterable[RenderableType], width: int) -> str:
    """What rich prints, as plain text: tables as wide as `width`, lines of words as long as they are."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    console = Console(file=StringIO(), width=width, color_system=None, markup=False, highlight=False, emoji=False)
    with console.capture() as capture:
        for one in shown:
            console.print(one, soft_wrap=isinstance(one, Text))
    return "\n".join(line.rstrip() for line in capture.get().split("\n")).strip("\n") + "\n"


def cells_of(counts: Counts) -> Sequence[str]:
    """Precision, recall, F1 and the counts, for a row of a table; a dash where there is nothing to take a share of."""
    return [
        f"{counts.precision:.3f}" if counts.answers else "–",
        f"{counts.recall:.3f}" if counts.labels else "–",
        f"{counts.f1:.3f}" if counts.answers or counts.labels else "–",
        str(counts.hits),
        str(counts.missed),
        str(counts.invented),
    ]


def slip_line(slip: Slip) -> RenderableType:
    """One line that tells the slip, with its place and words."""
    from rich.text import Text

    return Text(f"line {slip.line}: {slip.outcome} {slip.kind} {slip.name}: “{slip.words}”: {slip.reason}")


def evaluate(
    documents: Document | Iterable[Document], gold: Path = SHIPPED_GOLD, *, instruments: Collection[str] | None = None
) -> Report:
    """Score the structure and the citations of a document against a gold directory.

    Parameters
    ----------
    documents
        What was read. Of several, the one is scored that the labels were made on.
    gold
        A directory in the format of ``docs/evaluation.md``; the development half of the package by default.
    instruments
        The paths of the instruments whose skeletons are known and of all their provisions, those of the package by
        default: they decide whether a citation that the document got wrong names something that exists.

    Raises
    ------
    GoldError
        Where the gold standard cannot be read, or was made on none of the documents.
    """
    standard = read_gold(gold)
    document = _labelled_document([documents] if isinstance(documents, Document) else list(documents), standard)
    places = correspond(document, standard)
    units = judge_units(document, standard, places)
    figures, told = structure_figures(units), slips(units, document.text)
    if standard.citations:
        known = _instrument_provisions() if instruments is None else instruments
        citations = judge_citations(document, standard, places, known)
        figures += citation_figures(citations)
        told += slips(citations, document.text)
    return Report(document.path, standard.name, tuple(figures), tuple(told))


def read_report(path: Path) -> Report:
    """Read a report that was saved as JSON.

    Raises
    ------
    GoldError
        Where the file cannot be read or is no report.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except OSError as error:
        raise GoldError(f"the report cannot be read ({error.strerror})", where=str(path)) from None
    except msgspec.MsgspecError as error:
        raise GoldError(
            f"this is not a report ({error})", where=str(path), remedy="save one as JSON from travaux evaluate"
        ) from None


def _labelled_document(documents: list[Document], gold: GoldStandard) -> Document:
    refusal: GoldError | None = None
    for document in documents:
        try:
            gold.check_against(document.text)
        except GoldError as error:
            refusal = refusal or error
        else:
            return document
    if refusal and len(documents) == 1:
        raise refusal
    raise GoldError(
        f"none of the {len(documents)} documents is the one that was labelled",
        where=str(gold.directory),
        remedy="evaluate the corpus that holds it",
    )


def _instrument_provisions() -> frozenset[str]:
    from ..ontology.reference import load

    instruments = load().instruments.values()
    return frozenset(
        path
        for instrument in instruments
        if instrument.known
        for path in (instrument.path, *(provision.path for provision in instrument.provisions.values()))
    )
