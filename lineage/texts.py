"""The units that are compared: provisions with words, where they stand, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..ingest.records import Kind, Provision
from .vocabulary import Vocabulary
from .words import Words, words

__all__ = ["Text", "Texts", "texts_of"]

_DIVISIONS = (Kind.CHAPTER, Kind.SECTION, Kind.HEADING)
_LOOSE = (Kind.RECITAL, Kind.CHAPEAU, Kind.CLOSING)


@dataclass(frozen=True, slots=True)
class Text:
    """A provision with words of its own.

    `whole` is the path of the article (preamble, statement) that it belongs to, `parent` that of the provision which
    holds it; `order` counts the provisions of the treaty or submission.
    """

    provision: Provision
    words: Words
    whole: str
    holder: str
    order: int

    @property
    def path(self) -> str:
        """The path of the provision."""
        return self.provision.path


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one side, in order, and the numbers of their words once a vocabulary is known."""

    texts: tuple[Text, ...]
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The words of the heading of each whole."""

    def ids(self, vocabulary: Vocabulary) -> list[NDArray[np.int32]]:
        """The words of each text as numbers."""
        return [vocabulary.ids(text.words.forms) for text in self.texts]


def texts_of(
    holder: str, provisions: Iterable[Provision], words_of: Callable[[Provision], Words] | None = None
) -> Texts:
    """The texts among the `provisions` of a treaty or submission, which is the `holder`, in reading order."""
    read = words_of or (lambda provision: words(provision.passage.words))
    by_path: dict[str, Provision] = {}
    found, headings = [], {}
    for order, provision in enumerate(provisions):
        by_path[provision.path] = provision
        whole = _whole(provision, by_path)
        if provision.path == whole and provision.heading:
            headings[whole] = words(provision.heading).forms
        own = read(provision)
        if provision.text and len(own) and provision.kind not in _DIVISIONS:
            found.append(Text(provision, own, whole, holder, order))
    return Texts(tuple(found), headings)


def _whole(provision: Provision, by_path: dict[str, Provision]) -> str:
    """The article that holds the provision, else the highest unit with words that does: a preamble, a statement."""
    top = unit = provision
    while unit.kind is not Kind.ARTICLE:
        above = by_path.get(unit.parent)
        if above is None:
            return top.parent if top.kind in _LOOSE else top.path
        unit = above
        if above.kind not in _DIVISIONS:
            top = above
    return unit.path
