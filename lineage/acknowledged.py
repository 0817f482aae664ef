"""Whether a proposal names the source that its words show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..ingest.records import Document, Kind, Provision, Resolution
from .records import Derivation

__all__ = ["acknowledged", "article_of"]

_TOPS = frozenset({Kind.ARTICLE, Kind.CHAPTER, Kind.SECTION, Kind.HEADING})


def article_of(path: str) -> str:
    """The article of a treaty that a provision is or stands in, by path; nothing for the treaty itself.

    >>> article_of("instrument/untoc/18/3/a"), article_of("instrument/untoc")
    ('instrument/untoc/18', '')
    """
    parts = path.split("/")
    return "/".join(parts[:3]) if len(parts) > 2 and parts[0] == "instrument" else ""


def acknowledged(document: Document, derivations: Iterable[Derivation]) -> frozenset[tuple[str, str]]:
    """The derived provisions and sources of those `derivations` whose source the proposal names.

    It does where the article of the source, or any part of it, is cited by the provision, by anything in the same
    paragraph (a citation stands after the last letter of a list) or by what holds it; or the treaty as a whole by what
    holds it.
    """
    named = {path: frozenset(cited) for path, cited in _named(document)}
    return frozenset(
        (one.derived, one.source)
        for one in derivations
        if {article_of(one.source), "/".join(one.source.split("/")[:2])} & named.get(one.derived, frozenset())
    )


def _named(document: Document) -> Iterator[tuple[str, set[str]]]:
    """What each provision, its paragraph and what holds it name: articles of treaties, and treaties."""
    for submission in document.submissions:
        by_path = {provision.path: provision for provision in submission.provisions}
        own = {provision.path: _cited(provision) for provision in submission.provisions}
        tops = {path: _top(provision, by_path) for path, provision in by_path.items()}
        together: dict[str, set[str]] = {}
        for path, top in tops.items():
            together.setdefault(top, set()).update(own[path])
        for path, top in tops.items():
            cited = set(own[path] if top == path and by_path[path].kind in _TOPS else together[top])
            above = by_path.get(by_path[top].parent)
            while above is not None:
                cited |= own[above.path]
                above = by_path.get(above.parent)
            yield path, cited


def _top(provision: Provision, by_path: dict[str, Provision]) -> str:
    """The path of the paragraph that the provision is or stands in, right below its article; of an article its own."""
    current = provision
    while current.kind not in _TOPS:
        above = by_path.get(current.parent)
        if above is None or above.kind in _TOPS:
            return current.path
        current = above
    return current.path


def _cited(provision: Provision) -> set[str]:
    targets = [
        target.path
        for citation in provision.citations
        for target in citation.targets
        if target.resolution is not Resolution.NONEXISTENT and target.path.startswith("instrument/")
    ]
    return {article_of(path) or path for path in targets}
