"""The lineage that the usual measures of likeness would give, to compare with: each unit its most similar provision.

Four methods: the ratio of the longest common subsequence of characters (``rapidfuzz.fuzz.ratio``), the same after the
words are sorted (``token_sort_ratio``), the Jaccard index of the shingles of three words, and its estimate by MinHash
with candidates by locality-sensitive hashing (``datasketch``). All compare the units that lineage compares, with
capitals, punctuation and spelling made alike. A unit has no source where the likeness is below a threshold, which is
tuned on the labels themselves: the figures are the best that each method can reach there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import GoldError
from ..ingest.records import Document, Provision
from ..lineage.records import Basis, Derivation, Lineage
from ..lineage.texts import Text, texts_of
from ..lineage.words import own_words
from .figures import LINEAGE, Figure
from .gold import SHIPPED_GOLD, GoldStandard, read_gold
from .lineage import judge_lineage, lineage_figures
from .metrics import Counts
from .structure import Correspondence, correspond
from .tables import blank_table, render

__all__ = ["Contender", "contenders", "contest_table"]

SHINGLE = 3
PERMUTATIONS = 128
LIBRARIES = ("rapidfuzz", "datasketch")
THRESHOLDS = tuple(round(0.01 * step, 2) for step in range(2, 96))

Likeness = NDArray[np.float64]
Words = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Contender:
    """A method, the least likeness that it takes for descent (None where it has no such thing), and its figures."""

    method: str
    threshold: float | None
    figures: tuple[Figure, ...]

    def counts(self, measure: str) -> Counts:
        """The counts of a measure of sources."""
        return next(one.counts for one in self.figures if one.measure == measure and not one.state and not one.kind)


def contenders(
    document: Document, treaties: Mapping[str, Sequence[Provision]], lineage: Lineage, gold: Path = SHIPPED_GOLD
) -> list[Contender]:
    """How `lineage` and each of the usual measures score against a gold directory.

    `treaties` are the provisions of each treaty whose words are at hand, by its id.

    Raises
    ------
    GoldError
        Where the gold standard cannot be read or was made on another document, or a library is not installed.
    """
    standard = read_gold(gold)
    standard.check_against(document.text)
    places = correspond(document, standard)
    sources = [text for name in sorted(treaties) for text in texts_of(f"instrument/{name}", treaties[name]).texts]
    units = [text for one in document.submissions for text in texts_of(one.path, _own(one.provisions), own_words).texts]
    for library in LIBRARIES:
        if find_spec(library) is None:
            raise GoldError(f"the comparison needs {library}", remedy="install it with: pip install 'travaux[dev]'")
    left, right = [unit.words.forms for unit in units], [source.words.forms for source in sources]
    entered = [Contender("this method", None, _figures(standard, lineage.derivations, places))]
    for method, measure in METHODS.items():
        best = _tuned(_derivations(units, sources, measure(left, right)), standard, places)
        entered.append(Contender(method, *best))
    return entered


def _own(provisions: Sequence[Provision]) -> list[Provision]:
    return [one for one in provisions if not one.by_reference]


def _figures(gold: GoldStandard, derivations: Sequence[Derivation], places: Correspondence) -> tuple[Figure, ...]:
    return tuple(
        figure for figure in lineage_figures(judge_lineage(gold, derivations, places)) if figure.part == LINEAGE
    )


def _derivations(units: Sequence[Text], sources: Sequence[Text], likeness: Likeness) -> list[Derivation]:
    """Each unit from the source that is most like it, the first of several."""
    return [
        Derivation(unit.path, sources[place].path, Basis.REUSED, (), "", similarity=float(row[place]))
        for unit, row in zip(units, likeness, strict=True)
        for place in [int(row.argmax())]
    ]


def _tuned(
    derivations: Sequence[Derivation], gold: GoldStandard, places: Correspondence
) -> tuple[float, tuple[Figure, ...]]:
    """The threshold with the best F1 of sources, the highest of several, and the figures it gives."""
    scored = [
        (threshold, _figures(gold, [one for one in derivations if one.similarity >= threshold], places))
        for threshold in THRESHOLDS
    ]
    return max(scored, key=lambda one: (one[1][0].counts.f1, one[0]))


def _string_ratio(left: Words, right: Words) -> Likeness:
    from rapidfuzz import fuzz, process

    return np.asarray(process.cdist(_joined(left), _joined(right), scorer=fuzz.ratio, dtype=np.float64)) / 100


def _token_sort_ratio(left: Words, right: Words) -> Likeness:
    from rapidfuzz import fuzz, process

    scores = process.cdist(_joined(left), _joined(right), scorer=fuzz.token_sort_ratio, dtype=np.float64)
    return np.asarray(scores) / 100


def _joined(texts: Words) -> list[str]:
    return [" ".join(words) for words in texts]


def _jaccard(left: Words, right: Words) -> Likeness:
    ours, theirs = _shingles(left), _shingles(right)
    return np.array([[len(one & other) / len(one | other) for other in theirs] for one in ours])


def _shingles(texts: Words) -> list[frozenset[tuple[str, ...]]]:
    """Each three words that follow one another; the whole of a text that is shorter."""
    return [
        frozenset(words[place : place + SHINGLE] for place in range(max(len(words) - SHINGLE, 0) + 1))
        for words in texts
    ]


def _minhash(left: Words, right: Words) -> Likeness:
    from datasketch import MinHash, MinHashLSH

    def hashed(texts: Words) -> list[MinHash]:
        # A separator that no word holds keeps the words of a shingle apart.
        shingles = [[" ".join(one).encode() for one in sorted(shingles)] for shingles in _shingles(texts)]
        return [MinHash.bulk([one], num_perm=PERMUTATIONS)[0] for one in shingles]

    ours, theirs = hashed(left), hashed(right)
    index = MinHashLSH(threshold=THRESHOLDS[0], num_perm=PERMUTATIONS)
    for place, one in enumerate(theirs):
        index.insert(place, one)
    likeness = np.zeros((len(left), len(right)))
    for row, one in enumerate(ours):
        for place in (key for key in index.query(one) if isinstance(key, int)):
            likeness[row, place] = one.jaccard(theirs[place])
    return likeness


METHODS: Mapping[str, Callable[[Words, Words], Likeness]] = {
    "string ratio": _string_ratio,
    "token sort ratio": _token_sort_ratio,
    "word-shingle Jaccard": _jaccard,
    "MinHash LSH": _minhash,
}


def contest_table(entered: Sequence[Contender], *, width: int = 120) -> str:
    """The figures of each method as text for the terminal."""
    table = blank_table("", "method", "threshold", "strict", "lenient", "false alarms", "precision", "F1")
    for one in entered:
        strict, lenient, silent = map(one.counts, ("source", "source, leniently", "none, of units without a source"))
        table.add_row(
            one.method,
            "–" if one.threshold is None else f"{one.threshold:.2f}",
            f"{strict.recall:.3f}",
            f"{lenient.recall:.3f}",
            f"{1 - silent.recall:.3f}",
            f"{strict.precision:.3f}",
            f"{strict.f1:.3f}",
        )
    return render([table], width)
