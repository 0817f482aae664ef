"""What a proposed article leaves out of the treaty article that it borrows from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from ..ingest.records import Document, Submission, quote
from ..ontology.reuse import Borrowed
from .records import Omission
from .texts import Text, Texts

__all__ = ["omissions"]


def omissions(
    document: Document, derived: Texts, sources: Texts, likely: Mapping[str, Sequence[str]], least: Borrowed
) -> tuple[Omission, ...]:
    """The provisions missing from borrowed articles, in the order of the proposals and then of the treaty.

    `likely` are the likely sources of each derived text that has one, by its path, the source chosen first.

    An article is borrowed if enough of the treaty article stands in it. A provision is missing if the submission takes
    it up nowhere, in words or by reference; with a paragraph its list is missing too, and not told again.
    """
    articles: dict[str, list[Text]] = {}
    for text in sources.texts:
        articles.setdefault(text.whole, []).append(text)
    missing = []
    for submission in document.submissions:
        own = [text for text in derived.texts if text.holder == submission.path]
        taken = _taken(submission, [likely[text.path] for text in own if text.path in likely])
        for article in dict.fromkeys(text.whole for text in own):
            here = {likely[text.path][0]: text for text in own if text.whole == article and text.path in likely}
            for texts in articles.values():
                if _borrowed(texts, here, least):
                    missing += [
                        Omission(article, text.path, spans, quote(document.text, spans))
                        for text in _missing(texts, taken)
                        if (spans := _place(text, texts, here).provision.spans)
                    ]
    return tuple(missing)


def _taken(submission: Submission, likely: Sequence[Sequence[str]]) -> set[str]:
    """The treaty provisions that a submission takes up: in words, nearly so, or by reference."""
    by_reference = {
        target.path
        for provision in submission.provisions
        for citation in provision.citations
        if citation.by_reference
        for target in citation.targets
    }
    return by_reference.union(*likely)


def _borrowed(texts: Sequence[Text], here: Mapping[str, Text], least: Borrowed) -> bool:
    count = sum(text.path in here for text in texts)
    return count >= least.provisions and count >= least.share * len(texts)


def _missing(texts: Sequence[Text], taken: Set[str]) -> Iterator[Text]:
    """The provisions of a treaty article that are taken up nowhere, without those below one already told."""
    told: list[str] = []
    for text in texts:
        inside = any(text.path.startswith(f"{path}/") for path in told)
        used = any(
            path == text.path or text.path.startswith(f"{path}/") or path.startswith(f"{text.path}/") for path in taken
        )
        if not (inside or used or text.path == text.whole):
            told.append(text.path)
            yield text


def _place(missing: Text, texts: Sequence[Text], here: Mapping[str, Text]) -> Text:
    """The unit after which the provision would stand, else the first one that comes from its article."""
    taken = [text for text in texts if text.path in here]
    before = [text for text in taken if text.order < missing.order]
    return here[(before[-1:] or taken)[0].path]
