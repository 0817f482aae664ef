"""What a provision is called when a person is told of it: "Jamaica: Extradition, para. 3 (a)"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..ingest.records import Kind, Provision, Submission

__all__ = ["provision_labels", "submission_label", "treaty_label"]

_TITLED = frozenset({Kind.CHAPTER, Kind.SECTION, Kind.HEADING, Kind.ARTICLE})
_UNNUMBERED = frozenset({"tail", "closing", "testimonium"})
_LISTED = frozenset({Kind.SUBPARAGRAPH, Kind.ITEM})
_WORDS = {
    Kind.PARAGRAPH: "para.",
    Kind.CHAPEAU: "chapeau",
    Kind.SUBPARAGRAPH: "subpara.",
    Kind.ITEM: "item",
    Kind.BULLET: "bullet",
    Kind.RECITAL: "recital",
    Kind.CLOSING: "closing clause",
    Kind.STATEMENT: "para.",
    Kind.FOOTNOTE: "footnote",
}


def submission_label(submission: Submission, name: Callable[[str], str]) -> str:
    """Who speaks, and for whom: "Jamaica (Caribbean Community)".

    `name` gives the name of the proponent at a path.
    """
    group = " and ".join(name(path) for path in submission.on_behalf_of)
    return f"{_speakers(submission, name)} ({group})" if group else _speakers(submission, name)


def provision_labels(submission: Submission, name: Callable[[str], str]) -> Iterator[tuple[Provision, str]]:
    """Each provision of `submission` with its label; parents stand before children."""
    speakers = _speakers(submission, name)
    labels: dict[str, str] = {}
    nested: set[str] = set()
    for provision in submission.provisions:
        if provision.kind in _TITLED:
            title = provision.heading or f"{provision.kind} {provision.number}".strip()
            label = f"{speakers}: {title}"
        elif provision.kind in _LISTED and provision.number and provision.parent in nested:
            label = f"{labels[provision.parent]} ({provision.number})"
        else:
            above = labels.get(provision.parent)
            label = f"{above}, {_step(provision)}" if above else f"{speakers}: {_step(provision)}"
        if provision.kind in (Kind.PARAGRAPH, Kind.STATEMENT, *_LISTED):
            nested.add(provision.path)
        labels[provision.path] = label
        yield provision, label


def treaty_label(instrument: str, numbers: str) -> str:
    """The label of the provision of a treaty at `numbers` below it.

    >>> treaty_label("UNTOC", "18/3/a"), treaty_label("UNTOC", "preamble/2"), treaty_label("UNTOC", "18/tail")
    ('UNTOC, art. 18, para. 3 (a)', 'UNTOC, preamble, recital 2', 'UNTOC, art. 18, tail')
    """
    first, *rest = numbers.split("/")
    label = f"{instrument}, art. {first}" if first[:1].isdigit() else f"{instrument}, {first}"
    for place, number in enumerate(rest):
        if number in _UNNUMBERED:
            label += f", {number}"
        elif number.startswith("-"):
            label += f", bullet {number[1:]}"
        elif first == "preamble":
            label += f", recital {number}"
        elif place == 0:
            label += f", para. {number}" if number.isdigit() else f", subpara. ({number})"
        else:
            label += f" ({number})"
    return label


def _speakers(submission: Submission, name: Callable[[str], str]) -> str:
    return " and ".join(name(path) for path in submission.submitters) or submission.title


def _step(provision: Provision) -> str:
    """How a unit is named below what holds it; a unit without a number by the last part of its path ("p2")."""
    word = _WORDS.get(provision.kind, str(provision.kind))
    if provision.number:
        return f"{word} ({provision.number})" if provision.kind in _LISTED else f"{word} {provision.number}"
    place = re.search(r"\d+$", provision.path.rpartition("/")[2])
    if provision.kind in (Kind.PARAGRAPH, Kind.STATEMENT):
        word = "unnumbered para."
    return f"{word} {place.group()}" if place else word
