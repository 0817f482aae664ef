"""Scoring the lineage of whole articles: from which articles of treaties the units of an article come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..lineage.records import Basis, Derivation
from .figures import LINEAGE, Figure, Slip, counted, slip_at, stated
from .gold import GoldStandard
from .labels import GoldArticle, GoldLineage, GoldSource
from .lineage import Rank, rank_of, source_name
from .structure import Correspondence

__all__ = ["ArticleVerdict", "article_figures", "article_slips", "judge_articles"]

ARTICLE = "article"
SHARES = ("most", "some", "few")
EXTERNAL = "external:"
NOT_BY_WORDS = ("by-reference", "title only")
"""Ways to come from an article that no words of the units show."""


@dataclass(frozen=True, slots=True)
class ArticleVerdict:
    """Which source articles of one article were found; those that no words show are in neither set."""

    label: GoldArticle
    labelled: Mapping[str, str]
    found: frozenset[str]

    @property
    def missed(self) -> tuple[str, ...]:
        """The source articles that were not found."""
        return tuple(sorted(set(self.labelled) - self.found))

    @property
    def invented(self) -> tuple[str, ...]:
        """The articles that were found and are not labelled."""
        return tuple(sorted(self.found - set(self.labelled)))


def judge_articles(
    gold: GoldStandard, derivations: Iterable[Derivation], places: Correspondence
) -> list[ArticleVerdict]:
    """What became of each labelled article.

    A unit whose source is right counts for the article of the labelled source, also where a twin in another treaty is
    accepted; a unit whose source is tolerated counts for none.
    """
    reused = [one for one in derivations if one.basis is Basis.REUSED]
    labels = {label.unit: label for label in gold.lineage}
    verdicts = []
    for label in gold.articles:
        above = places.path_of.get(label.unit) or places.unlabelled_parents.get(label.unit, "")
        below = [one for one in reused if above and (one.derived == above or one.derived.startswith(f"{above}/"))]
        wanted = {one.article.lower(): one.share for one in label.sources if _by_words(one)}
        passed = {one.article.lower() for one in label.sources} - set(wanted)
        found = {
            article
            for one in below
            for article in _articles(source_name(one.source), labels.get(places.id_of.get(one.derived, "")))
        }
        verdicts.append(ArticleVerdict(label, wanted, frozenset(found - passed)))
    return verdicts


def _by_words(source: GoldSource) -> bool:
    return not source.article.startswith(EXTERNAL) and not any(way in source.how for way in NOT_BY_WORDS)


def _articles(source: str, label: GoldLineage | None) -> tuple[str, ...]:
    """The article that an answer stands for; none where it is tolerated or not to be scored."""
    rank = rank_of(source, label) if label else Rank.WRONG
    if rank is Rank.TOLERATED:
        return ()
    return (_article_of(label.corpus_source.lower() if label and rank is Rank.RIGHT else source),)


def _article_of(source: str) -> str:
    """The article of a provision.

    >>> _article_of("untoc/18/3/a")
    'untoc/18'
    """
    return "/".join(source.split("/")[:2])


def article_figures(verdicts: Sequence[ArticleVerdict]) -> list[Figure]:
    """The source articles, and of each share of the units those that were found."""
    figures = [
        Figure(
            LINEAGE,
            "source articles",
            counted(
                (article in one.labelled, article in one.found, article in one.labelled and article in one.found)
                for one in verdicts
                for article in sorted({*one.labelled, *one.found})
            ),
        )
    ]
    for share in SHARES:
        told = [article in one.found for one in verdicts for article, much in one.labelled.items() if much == share]
        if told:
            figures.append(Figure(LINEAGE, f"source articles, of {share} of the units", stated(told)))
    return figures


def article_slips(verdicts: Sequence[ArticleVerdict], text: str, places: Correspondence) -> list[Slip]:
    """Each source article that was missed or invented."""
    return sorted(slip for verdict in verdicts for slip in _slips(verdict, text, places))


def _slips(verdict: ArticleVerdict, text: str, places: Correspondence) -> Iterable[Slip]:
    label = verdict.label
    unit = places.units.get(label.unit)
    place = unit.spans[0] if unit else (0, 1)
    for outcome, articles in (("missed", verdict.missed), ("invented", verdict.invented)):
        if articles:
            reason = f"from {', '.join(articles)}"
            yield slip_at(LINEAGE, text, place, outcome, label.state, ARTICLE, label.unit, "", (reason,))
