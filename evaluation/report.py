"""The report of an evaluation: figures, and what was missed, wrong or invented, each with its line and words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from ..errors import GoldError
from ..ingest.records import Document
from ..lineage.findings.examination import examine
from ..lineage.records import Derivation, Examination, Lineage
from ..ontology.reference import Reference, load
from .baselines import baseline_examination, baseline_lineage, baseline_reading
from .citations import citation_figures, citation_slips, judge_citations
from .figures import HEADLINES, Confusion, Figure, Slip, macro_f1
from .findings import finding_figures, finding_slips, judge_findings
from .gold import SHIPPED_GOLD, GoldStandard, read_gold
from .lineage import judge_lineage, lineage_confusions, lineage_figures, lineage_slips
from .metrics import Counts
from .norms import judge_norms, norm_confusions, norm_figures, norm_slips
from .positions import judge_positions, position_confusions, position_figures, position_slips
from .source_articles import article_figures, article_slips, judge_articles
from .spread import Spread, spread_of
from .structure import correspond, judge_units, structure_figures, structure_slips
from .tables import confusion_table, figure_table, overview_table, render, slip_line, spread_table

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Report", "evaluate", "evaluate_baseline", "labelled_document", "read_report"]

ALL = ""
OVER: tuple[Literal["state", "kind"], ...] = ("state", "kind")


@dataclass(frozen=True, slots=True)
class Report:
    """The figures and the slips of one document against one gold standard."""

    document: str
    gold: str
    figures: tuple[Figure, ...]
    slips: tuple[Slip, ...]
    confusions: tuple[Confusion, ...] = ()
    spreads: tuple[Spread, ...] = ()

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

    def macro_f1(self, part: str, over: Literal["state", "kind"]) -> float | None:
        """The mean F1 by the headline over each ``state`` or each ``kind``; None where nothing is broken down."""
        return macro_f1([figure for figure in self.figures if figure.part == part], over)

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
            "macro_f1": [
                {"part": part, "over": over, "f1": round(value, 4)}
                for part in HEADLINES
                for over in OVER
                if (value := self.macro_f1(part, over)) is not None
            ],
            "confusions": [asdict(confusion) for confusion in self.confusions],
            "spreads": [asdict(spread) for spread in self.spreads],
            "slips": [asdict(slip) for slip in self.slips],
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    def as_text(self, *, slips: bool = True, width: int = 120) -> str:
        """The report for the terminal: tables, then (with `slips`) everything missed, wrong or invented."""
        from rich.text import Text

        shown: list[RenderableType] = [
            Text(f"{self.document} against the gold standard {self.gold}\n"),
            overview_table(self.figures),
        ]
        if any(spread.elsewhere for spread in self.spreads):
            shown += [Text(""), spread_table(self.spreads)]
        for part in HEADLINES:
            figures = [figure for figure in self.figures if figure.part == part]
            if not figures:
                continue
            shown += [Text(""), figure_table(part, figures)]
            confusions = [confusion for confusion in self.confusions if confusion.part == part]
            if confusions:
                shown += [Text(""), confusion_table(part, confusions)]
            if slips:
                shown.append(Text(""))
                shown += [slip_line(slip) for slip in self.slips if slip.part == part]
        return render(shown, width)


def evaluate(
    documents: Document | Iterable[Document],
    gold: Path = SHIPPED_GOLD,
    *,
    instruments: Collection[str] | None = None,
    examination: Examination | None = None,
    lineages: Mapping[str, Lineage] | None = None,
) -> Report:
    """Score what was read in a document, and what is found in it, against a gold directory.

    Parameters
    ----------
    documents
        What was read. Of several, the one is scored that the labels were made on.
    gold
        A directory in the format of ``docs/evaluation.md``; the development half of the package by default.
    instruments
        The paths of the instruments whose skeletons are known and of all their provisions, those of the package by
        default: they decide whether a citation that the document got wrong names something that exists.
    examination
        What was found in the labelled document; made here by default, where there are labels for it.
    lineages
        What the words of documents show of where they come from, by the paths of the documents, as
        :func:`travaux.lineage.known.known_lineage` knows it; of a document without, lineage is not scored.

    Raises
    ------
    GoldError
        Where the gold standard cannot be read, or was made on none of the documents.
    """
    standard = read_gold(gold)
    document = _labelled(documents, standard)
    places = correspond(document, standard)
    reference = load()
    lineage = (lineages or {}).get(document.path)
    text = document.text
    units = judge_units(document, standard, places)
    figures, told, confusions = structure_figures(units), structure_slips(units, text), []
    if standard.citations:
        known = _provisions_of(reference) if instruments is None else instruments
        citations = judge_citations(document, standard, places, known)
        figures += citation_figures(citations)
        told += citation_slips(citations, text)
    if standard.norms:
        norms = judge_norms(document, standard, places)
        figures += norm_figures(norms)
        told += norm_slips(norms, text)
        confusions += norm_confusions(norms)
    if standard.positions:
        positions = judge_positions(document, standard, places, reference)
        figures += position_figures(positions)
        told += position_slips(positions, text)
        confusions += position_confusions(positions)
    examined = examination or examine(document, reference, lineage or Lineage())
    if standard.findings:
        findings = judge_findings(document, examined.findings, standard, places)
        figures += finding_figures(findings)
        told += finding_slips(findings, text)
    derivations: tuple[Derivation, ...] = ()
    if standard.lineage and lineage is not None:
        derivations = lineage.derivations
        sources = judge_lineage(standard, derivations, places)
        articles = judge_articles(standard, derivations, places)
        figures += [*lineage_figures(sources), *article_figures(articles)]
        told += [*lineage_slips(sources, text, places), *article_slips(articles, text, places)]
        confusions += lineage_confusions(sources)
    spreads = spread_of(document, examined.findings, derivations, standard)
    return Report(document.path, standard.name, tuple(figures), tuple(told), tuple(confusions), tuple(spreads))


def evaluate_baseline(
    documents: Document | Iterable[Document], gold: Path = SHIPPED_GOLD, *, instruments: Collection[str] | None = None
) -> Report:
    """Score the norms, positions, findings and lineage of the simplest reading, as :func:`evaluate` would.

    Structure and citations are those that were read: it stands on them.
    """
    document = labelled_document(documents, gold)
    return evaluate(
        baseline_reading(document),
        gold,
        instruments=instruments,
        examination=baseline_examination(document),
        lineages={document.path: baseline_lineage(document)},
    )


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


def labelled_document(documents: Document | Iterable[Document], gold: Path = SHIPPED_GOLD) -> Document:
    """The one of the `documents` on which the labels of a gold directory were made.

    Raises
    ------
    GoldError
        Where the gold standard cannot be read, or was made on none of the documents.
    """
    return _labelled(documents, read_gold(gold))


def _labelled(documents: Document | Iterable[Document], gold: GoldStandard) -> Document:
    documents = [documents] if isinstance(documents, Document) else list(documents)
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


def _provisions_of(reference: Reference) -> frozenset[str]:
    """The paths of all instruments whose skeletons are known, and of their provisions."""
    return frozenset(
        path
        for instrument in reference.instruments.values()
        if instrument.known
        for path in (instrument.path, *(provision.path for provision in instrument.provisions.values()))
    )
