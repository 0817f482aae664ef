"""The tree of provisions of one submission, recovered from its numbering and its context.

Three passes: entries (page breaks healed, glued units split), the reading of every number (:mod:`.numbering`), and
this module, which hangs each entry in its place. Heading levels are not used: what a heading is follows from its label,
from what it names and from what stands below it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..ontology.reference import Reference
from ..ontology.terms import slug
from ..ontology.wording import OutlineWording
from .blocks import Block
from .concepts import ConceptNames, concept_names
from .entries import Entry, Footnote, SourceFinder, entries, heads_comments, is_preamble, opens_recital, title_of
from .labels import Label, Sign, labels
from .numbering import Level, Step, StepKind, readings
from .passage import Passage, join
from .records import Genre, Kind, Provision, Span

__all__ = ["genre_of", "outline"]

HEADINGS = frozenset({Kind.CHAPTER, Kind.SECTION, Kind.HEADING, Kind.ARTICLE})
_CHAPEAU_WORDS = 20
"""An opening of a preamble ("The States Parties to this Convention,") is shorter than this; a recital may be longer."""


@dataclass(slots=True)
class _Unit:
    path: str
    parent: str
    kind: Kind
    number: str
    label: str
    heading: str
    passage: Passage
    start: int
    source: bool = False
    titled: bool = False

    def spans(self) -> tuple[Span, ...]:
        whole = self.passage.spans(0, len(self.passage.words))
        if not whole:
            return (Span(self.start, self.start + len(self.label)),)
        return (Span(min(self.start, whole[0].start), whole[0].end), *whole[1:])


def genre_of(blocks: Sequence[Block], wording: OutlineWording) -> Genre:
    """Whether a submission drafts or comments, by the words that speak for one or the other.

    Where there are headings of numbered articles, only what stands below them counts: a draft may come with comments.
    """
    articles: list[str] = []
    inside = False
    for block in blocks:
        chain = labels(block.words, wording)
        if chain and chain[0].sign is Sign.ARTICLE and chain[0].number:
            inside = True
        elif heads_comments(block.words, wording):
            inside = False
        if inside:
            articles.append(block.words)
    words = " ".join(articles or (block.words for block in blocks)).lower()
    counted = Counter(re.findall(r"[a-z]+", words))
    draft = sum(counted[word] for word in wording.genres.draft)
    commentary = sum(counted[word] for word in wording.genres.commentary)
    return Genre.DRAFT if draft >= commentary else Genre.COMMENTARY


def outline(
    path: str, blocks: Sequence[Block], reference: Reference, wording: OutlineWording, source: SourceFinder
) -> tuple[Provision, ...]:
    """The provisions of the submission at `path`, in reading order, parents before children.

    `source` finds the citation in brackets that ends a unit. Orders count from 1 within the submission.
    """
    genre = genre_of(blocks, wording)
    found, footnotes = entries(blocks, wording, source)
    builder = _Builder(path, genre, wording, concept_names(reference))
    builder.build(found)
    builder.footnotes(footnotes)
    units = sorted(builder.units, key=lambda unit: unit.spans()[0].start)
    parents = {unit.parent for unit in units}
    return tuple(_provision(unit, order, genre, unit.path in parents) for order, unit in enumerate(units, 1))


def _provision(unit: _Unit, order: int, genre: Genre, has_children: bool) -> Provision:
    heading_only = unit.kind in HEADINGS or unit.titled
    imports = genre is Genre.DRAFT and unit.source and heading_only and not (unit.kind in HEADINGS and has_children)
    return Provision(
        path=unit.path,
        parent=unit.parent,
        kind=unit.kind,
        number=unit.number,
        label=unit.label,
        heading=unit.heading,
        text="" if heading_only else unit.passage.words,
        spans=unit.spans(),
        order=order,
        by_reference=imports,
        passage=unit.passage,
    )


@dataclass(slots=True)
class _Builder:
    submission: str
    genre: Genre
    wording: OutlineWording
    names: ConceptNames
    units: list[_Unit] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)
    children: Counter[tuple[str, str]] = field(default_factory=Counter)
    chapter: _Unit | None = None
    section: _Unit | None = None
    article: _Unit | None = None
    subheading: _Unit | None = None
    paragraph: _Unit | None = None
    plain: _Unit | None = None
    letter: _Unit | None = None
    preamble: bool = False

    def build(self, found: Sequence[Entry]) -> None:
        """Hang every entry in its place."""
        headings = [self._heading_kind(found, index) for index in range(len(found))]
        steps: list[Step] = []
        owners: list[int] = []
        for index, (entry, kind) in enumerate(zip(found, headings, strict=True)):
            for step in self._steps(entry, kind):
                steps.append(step)
                owners.append(index)
        levels: list[list[tuple[Label, Level]]] = [[] for _ in found]
        for owner, step, level in zip(owners, steps, readings(steps), strict=True):
            if step.label is not None and level is not None:
                levels[owner].append((step.label, level))
        for entry, kind, numbered in zip(found, headings, levels, strict=True):
            if kind is not None:
                self._open_heading(entry, kind)
            elif self.preamble and not (numbered and numbered[0][1] is Level.ARTICLE):
                self._preambular(entry)
            elif numbered:
                self._numbered(entry, numbered)
            else:
                self._unnumbered(entry)

    # What a heading is.

    def _heading_kind(self, found: Sequence[Entry], index: int) -> Kind | None:
        entry = found[index]
        sign = entry.labels[0].sign if entry.labels else None
        if sign is Sign.DIVISION:
            word = entry.labels[0].word
            return Kind(next(division.kind for division in self.wording.divisions if division.word == word))
        if sign is Sign.ARTICLE:
            return Kind.ARTICLE
        if not entry.title or entry.bullet or sign not in (None, Sign.CAPITAL):
            return None
        if sign is Sign.CAPITAL:
            return Kind.CHAPTER
        if self._closing(entry.own.words):
            return None
        title = title_of(entry.own.words, entry.source)
        if is_preamble(title, self.wording):
            return Kind.CHAPTER
        if self.genre is Genre.DRAFT and heads_comments(title, self.wording):
            return Kind.HEADING
        if self.genre is Genre.COMMENTARY:
            return Kind.SECTION if self._names_chapter(title) else Kind.HEADING
        following = found[index + 1] if index + 1 < len(found) else None
        holds_headings = following is None or (following.title and not self._label_of_a_paragraph(following))
        if entry.source is None and self._names_chapter(title) and holds_headings:
            return Kind.CHAPTER
        if entry.source is not None:
            return Kind.ARTICLE
        return Kind.SECTION if holds_headings or entry.own.words.endswith(":") else Kind.ARTICLE

    @staticmethod
    def _label_of_a_paragraph(entry: Entry) -> bool:
        return bool(entry.labels) and (entry.source is not None or entry.own.words.endswith(":"))

    def _names_chapter(self, title: str) -> bool:
        return self.names.named(title) in self.names.chapters

    def _steps(self, entry: Entry, kind: Kind | None) -> list[Step]:
        if kind is Kind.ARTICLE:
            return [Step(StepKind.ARTICLE)]
        if kind is not None:
            return [Step(StepKind.DIVISION)]
        series = [label for label in entry.labels if label.sign in (Sign.DIGIT, Sign.LETTER)]
        if not series:
            return [Step(StepKind.TEXT)] if not entry.bullet else []
        chained = len(series) > 1
        heads = entry.title and entry.source is None and not entry.own.words.endswith(":")
        return [
            Step(
                StepKind.LABEL,
                label,
                title=heads and self.genre is Genre.DRAFT and place == len(series),
                chained=chained,
            )
            for place, label in enumerate(series, 1)
        ]

    # Headings.

    def _open_heading(self, entry: Entry, kind: Kind) -> None:
        words = entry.own.words
        title = title_of(words, entry.source)
        number = entry.labels[0].number if entry.labels else ""
        self.preamble = is_preamble(title, self.wording)
        self.subheading = self.paragraph = self.plain = self.letter = None
        if kind is Kind.HEADING and self.genre is Genre.DRAFT:
            named = f"{entry.labels[0].word}-{number}" if entry.labels else title
            host = self._host()
            self.subheading = self._add(entry, kind, host, f"{host}/{slug(named)}", number, title)
            return
        self.article = None
        if kind is Kind.ARTICLE:
            self._leave_divisions(title, labelled=bool(entry.labels))
            self.article = self._add(entry, kind, self._division(), self._article_path(title, number), number, title)
        elif kind is Kind.CHAPTER:
            self.section = None
            name = "preamble" if self.preamble else f"chapter-{slug(number or title)}"
            self.chapter = self._add(entry, kind, self.submission, f"{self.submission}/{name}", number, title)
        elif kind is Kind.SECTION and self.genre is Genre.COMMENTARY:
            self.chapter = None
            self.section = self._add(
                entry, kind, self.submission, f"{self.submission}/section-{slug(title)}", number, title
            )
        elif self.genre is Genre.COMMENTARY:
            kind = (
                Kind.HEADING if self.section is not None and self._names_chapter(self.section.heading) else Kind.SECTION
            )
            parent = self.section.path if self.section is not None and kind is Kind.HEADING else self.submission
            unit = self._add(entry, kind, parent, f"{self.submission}/{kind}-{slug(title)}", number, title)
            if kind is Kind.SECTION:
                self.section = unit
            else:
                self.subheading = unit
        else:
            if not entry.labels and words.endswith(":"):
                self.chapter = None  # "New proposals:" opens a part of its own, outside the chapter before it
            self.section = None
            name = f"section-{slug(number or title)}"
            self.section = self._add(entry, kind, self._division(), f"{self.submission}/{name}", number, title)

    def _article_path(self, title: str, number: str) -> str:
        return f"{self.submission}/{slug(title) if title else 'article-' + slug(number)}"

    def _leave_divisions(self, title: str, *, labelled: bool) -> None:
        """Close the divisions without number that the article no longer belongs to, by what their headings name."""
        if self.chapter is not None and self.chapter.heading and is_preamble(self.chapter.heading, self.wording):
            self.chapter = self.section = None
        if self.chapter is not None and not self.chapter.label and not labelled:
            name = self.names.named(title)
            if name in self.names.chapters and name != self.names.named(self.chapter.heading):
                self.chapter = self.section = None
        if self.section is not None and not self.section.label:
            subjects = {concept for concept, _, _ in self.names.in_heading(self.section.heading)}
            about = {concept for concept, _, _ in self.names.in_heading(title)}
            narrow = subjects - self.names.chapters
            if narrow and about and not any(self.names.related(one, other) for one in narrow for other in about):
                self.section = None

    def _division(self) -> str:
        unit = self.section or self.chapter
        return unit.path if unit else self.submission

    # What stands below a heading.

    def _host(self) -> str:
        unit = self.subheading or self.article or self.section or self.chapter
        return unit.path if unit else self.submission

    def _base(self) -> str:
        """Below which path numbers are minted: statements of a commentary are numbered through the submission."""
        return self.submission if self.genre is Genre.COMMENTARY else self._host()

    def _place(self, base: str, series: str) -> int:
        """The next place in a series of units without numbers of their own."""
        self.children[base, series] += 1
        return self.children[base, series]

    def _closing(self, words: str) -> bool:
        return any(re.match(pattern, words, re.IGNORECASE) for pattern in self.wording.preamble.closings)

    def _preambular(self, entry: Entry) -> None:
        assert self.chapter is not None
        host, words = self.chapter.path, entry.own.words
        number = entry.labels[-1].number if entry.labels else ""
        if self._closing(words):
            self._add(entry, Kind.CLOSING, host, f"{host}/closing", number)
        elif (
            self.units[-1] is self.chapter
            and not opens_recital(words, self.wording)
            and (words.endswith((",", ":")) and len(words.split()) < _CHAPEAU_WORDS)
        ):
            self._add(entry, Kind.CHAPEAU, host, f"{host}/chapeau", number)
        else:
            self._add(entry, Kind.RECITAL, host, f"{host}/{self._place(host, '')}", number)

    def _numbered(self, entry: Entry, numbered: list[tuple[Label, Level]]) -> None:
        own_start = 0
        for place, (label, level) in enumerate(numbered):
            last = place + 1 == len(numbered)
            if (
                not last
                and level is Level.PARAGRAPH
                and self.paragraph is not None
                and self.paragraph.number == label.number
            ):
                continue
            start = own_start if last else label.start
            self._hang(entry, label, level, start=start, empty=not last)
            if not last:
                own_start = numbered[place + 1][0].start

    def _hang(self, entry: Entry, label: Label, level: Level, *, start: int, empty: bool) -> None:
        title = title_of(entry.own.words, entry.source)
        if self.paragraph is not None and label.number.startswith(f"{self.paragraph.number}."):
            level = Level.SUBPARAGRAPH
        if level is Level.ARTICLE:
            self.preamble = False
            self.subheading = self.paragraph = self.plain = self.letter = None
            self.article = None
            self._leave_divisions(title, labelled=True)
            self.article = self._add(
                entry, Kind.ARTICLE, self._division(), self._article_path(title, label.number), label.number, title
            )
        elif level is Level.SUBHEADING:
            self.paragraph = self.plain = self.letter = self.subheading = None
            self.subheading = self._add(
                entry, Kind.HEADING, self._host(), f"{self._host()}/{label.number}", label.number, title
            )
        elif level is Level.PARAGRAPH:
            kind = Kind.STATEMENT if self._is_statement() else Kind.PARAGRAPH
            self.plain = self.letter = None
            self.paragraph = self._add(
                entry,
                kind,
                self._host(),
                f"{self._base()}/{label.number}",
                label.number,
                title,
                start=start,
                empty=empty,
            )
        elif level is Level.SUBPARAGRAPH:
            holder = self.paragraph or self._chapeau()
            base = self.paragraph.path if self.paragraph else self._base()
            self.letter = self._add(
                entry,
                Kind.SUBPARAGRAPH,
                holder.path if holder else self._host(),
                f"{base}/{label.number}",
                label.number,
                title,
                start=start,
                empty=empty,
            )
        else:
            holder = self.letter or self.paragraph or self._chapeau()
            base = (self.letter or self.paragraph).path if self.letter or self.paragraph else self._base()  # type: ignore[union-attr]
            self._add(
                entry,
                Kind.ITEM,
                holder.path if holder else self._host(),
                f"{base}/{label.number}",
                label.number,
                title,
                start=start,
            )

    def _is_statement(self) -> bool:
        if self.subheading is not None and heads_comments(self.subheading.heading, self.wording):
            return True
        return self.genre is Genre.COMMENTARY or self._host() == self.submission

    def _chapeau(self) -> _Unit | None:
        if self.plain is not None and self.plain.kind is Kind.PARAGRAPH:
            self.plain.kind = Kind.CHAPEAU
        return self.plain

    def _unnumbered(self, entry: Entry) -> None:
        words = entry.own.words
        if any(re.match(pattern, words, re.IGNORECASE) for pattern in self.wording.preamble.testimonia):
            host = self.chapter.path if self.chapter else self.submission
            self.article = self.subheading = self.paragraph = self.plain = self.letter = None
            self._add(entry, Kind.CLOSING, host, f"{self.submission}/testimonium", "")
        elif entry.bullet:
            holder = self.letter or self.paragraph or self.plain
            base = holder.path if holder else self._host()
            self._add(entry, Kind.BULLET, base, f"{base}/b{self._place(base, 'b')}", "")
        elif self.paragraph is not None and self.genre is Genre.DRAFT:
            # Words without a number in a numbered article belong to the paragraph before them.
            self.paragraph.passage = join([*self.paragraph.passage.pieces, *entry.pieces])
            self.letter = None
        else:
            kind = Kind.STATEMENT if self._is_statement() else Kind.PARAGRAPH
            base = self._base()
            self.letter = self.paragraph = None
            self.plain = self._add(entry, kind, self._host(), f"{base}/p{self._place(base, 'p')}", "")

    def _add(
        self,
        entry: Entry,
        kind: Kind,
        parent: str,
        path: str,
        number: str,
        title: str = "",
        *,
        start: int = 0,
        empty: bool = False,
    ) -> _Unit:
        first = entry.pieces[0]
        at = first.at(start)
        label = first.words[start : entry.labels[-1].end].strip() if entry.labels else ""
        if empty:
            label = first.words[start:].split(maxsplit=1)[0]
        titled = not empty and self._titled(entry, kind)
        unit = _Unit(
            path=self._free(path),
            parent=parent,
            kind=kind,
            number=number,
            label=label,
            heading=title if titled or kind in HEADINGS else "",
            passage=Passage(()) if empty else entry.own,
            start=at,
            source=entry.source is not None and not empty,
            titled=titled,
        )
        self.units.append(unit)
        return unit

    def _free(self, path: str) -> str:
        """`path`, or with the next number after it where it is taken: the same article twice, a number repeated."""
        self.taken[path] += 1
        if self.taken[path] == 1:
            return path
        return self._free(f"{path}-{self.taken[path]}")

    def _titled(self, entry: Entry, kind: Kind) -> bool:
        """Whether a unit has a title in place of words of its own."""
        if not entry.title or self.genre is not Genre.DRAFT:
            return False
        return kind is Kind.PARAGRAPH or (kind in (Kind.SUBPARAGRAPH, Kind.ITEM) and entry.source is not None)

    # Footnotes.

    def footnotes(self, notes: Sequence[Footnote]) -> None:
        """Hang each footnote below the unit that bears its mark, or the last one before it."""
        places = sorted((span.start, span.end, index) for index, unit in enumerate(self.units) for span in unit.spans())
        starts = [start for start, _, _ in places]
        for note in notes:
            at = note.called_at if note.called_at >= 0 else note.passage.pieces[0].at(0) if note.passage.pieces else 0
            index = bisect_right(starts, at) - 1
            bearer = self.units[places[index][2]].path if index >= 0 else self.submission
            start = note.passage.pieces[0].at(0) if note.passage.pieces else at
            path = self._free(f"{bearer}/fn{slug(note.number)}")
            self.units.append(_Unit(path, bearer, Kind.FOOTNOTE, note.number, "", "", note.passage, start))
