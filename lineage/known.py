"""The lineage of a document as it is known here: computed from the words of treaties, or as it was shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..ingest.records import Document, Provision
from .figures import figures_file, read_figures
from .records import Lineage
from .reused import reused

__all__ = ["Known", "known_lineage"]


@dataclass(frozen=True, slots=True)
class Known:
    """A lineage, and where it is from, in a line for a person."""

    lineage: Lineage
    told: str


def known_lineage(document: Document, folder: Path, texts: Mapping[str, Sequence[Provision]]) -> Known:
    """The lineage of `document`, which lies in `folder`.

    `texts` are the provisions of the treaties whose words are at hand, by id. Where these are all the treaties that the
    shipped figures were made from, or there are no figures, the lineage is computed; else it is what was shipped.

    Raises
    ------
    LineageError
        If there are figures, and they are those of another text, or cannot be read.
    """
    name = document.symbol or document.path.rpartition("/")[2]
    file = figures_file(folder, document)
    shipped = read_figures(file, document) if file.is_file() else None
    if texts and (shipped is None or set(shipped.head.instruments) <= set(texts)):
        return Known(reused(document, texts), f"{name}: lineage computed from the words of {_listed(texts)}")
    if shipped is not None:
        told = f"{name}: lineage as shipped, from the words of {_listed(shipped.head.instruments)}"
        return Known(shipped.lineage, told)
    told = f"{name}: no lineage by the words; add the words of treaties with 'travaux instruments add'"
    return Known(Lineage(), told)


def _listed(names: Mapping[str, object]) -> str:
    """Some names as a person lists them.

    >>> _listed({"uncac": 1, "budapest": 2, "untoc": 3})
    'budapest, uncac and untoc'
    """
    *first, last = sorted(names)
    return f"{', '.join(first)} and {last}" if first else last
