"""What a proposal says of its own origin: the provisions of treaties that it names as its source."""

from __future__ import annotations

from collections.abc import Iterator

from ..ingest.records import Citation, Document, Provision, Resolution
from .records import Basis, Derivation

__all__ = ["cited_derivations", "sources_cited"]


def cited_derivations(document: Document) -> tuple[Derivation, ...]:
    """Every derivation on the ground ``cited``, in reading order.

    A provision derives from each treaty provision that one of its citations names as the source of its words, or that
    it imports because it has no words of its own. What does not exist is no source; a treaty as a whole is none either,
    since descent is from one provision to another.
    """
    return tuple(
        derivation
        for submission in document.submissions
        for provision in submission.provisions
        for derivation in _derivations(provision)
    )


def sources_cited(provision: Provision) -> Iterator[tuple[Citation, str]]:
    """Each provision of a treaty that `provision` names as its source, once, with the citation that does."""
    named: set[str] = set()
    for citation in provision.citations:
        if not (citation.as_source or citation.by_reference):
            continue
        for source in _sources(citation):
            if source not in named:
                named.add(source)
                yield citation, source


def _derivations(provision: Provision) -> Iterator[Derivation]:
    for citation, source in sources_cited(provision):
        yield Derivation(provision.path, source, Basis.CITED, citation.spans, citation.quote)


def _sources(citation: Citation) -> Iterator[str]:
    for target in citation.targets:
        top, _, below = target.path.partition("/")
        if top == "instrument" and "/" in below and target.resolution is not Resolution.NONEXISTENT:
            yield target.path
