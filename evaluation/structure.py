"""Scoring the outline: which labelled units were found, and with their number, kind and parent.

A unit is found by its place: it begins where the label begins (white space, markup and the printed number aside) and
shares characters with it. Everything else is compared between the two that stand at one place, so names need not agree.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..ingest.records import Document, Kind, Provision, Submission
from .figures import HEADLINES, STRUCTURE, Figure, Slip, broken_down, counted, outcome_of, slip_at
from .gold import GoldStandard, Territory
from .labels import GoldUnit, state_of

__all__ = [
    "Correspondence",
    "UnitVerdict",
    "correspond",
    "first_character",
    "judge_units",
    "kind_of",
    "structure_figures",
    "structure_slips",
]

MARKUP = re.compile(r"[\s#>*_•·\-]*")
"""What may stand before the first character of a unit without being part of it."""

TAG = re.compile(r"<[^<>]*>")
LABELS = re.compile(r"(?:[\s#>*_•·\-]*(?:\(?[0-9A-Za-z]{1,5}\)|[0-9A-Za-z]{1,4}\.|[0-9]{1,3}\b))*[\s#>*_•·\-]*")
"""A printed number or several ("2. (c)"), with the markup around."""

MARK = re.compile(r"<sup>[^<>]{0,9}</sup>|<[^<>]*>")
"""A footnote mark, or a tag."""

NEAR = 40
"""How many characters a number and its markup may take."""

KINDS: Mapping[Kind, str] = {Kind.RECITAL: "preambular", Kind.STATEMENT: "paragraph"}
"""Where the gold standard has another word for a kind than the records."""


@dataclass(frozen=True, slots=True)
class UnitVerdict:
    """What became of one labelled unit, or of one provision that answers to none.

    `unit` is missing where the provision was invented, `provision` where the unit was missed.
    """

    state: str
    unit: GoldUnit | None
    provision: Provision | None
    number: bool = False
    kind: bool = False
    parent: bool = False
    heading: bool = False
    extent: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether a provision stands at the place of the unit."""
        return self.unit is not None and self.provision is not None

    @property
    def right(self) -> bool:
        """Whether it was found with its number, kind and parent."""
        return self.found and self.number and self.kind and self.parent


class Correspondence:
    """Which provision stands at the place of which labelled unit."""

    def __init__(self, document: Document, gold: GoldStandard, pairs: Iterable[tuple[GoldUnit, Provision]]) -> None:
        self.submissions: dict[str, Submission] = {one.path: one for one in document.submissions}
        self.provisions: dict[str, Provision] = {
            provision.path: provision for one in document.submissions for provision in one.provisions
        }
        self.units: dict[str, GoldUnit] = {unit.id: unit for unit in gold.units}
        self.path_of: dict[str, str] = {}
        self.id_of: dict[str, str] = {}
        for unit, provision in pairs:
            self.path_of[unit.id] = provision.path
            self.id_of[provision.path] = unit.id
        self._depths: dict[str, int] = {}
        self.unlabelled_parents = self._agreed_parents()

    def start_of(self, identifier: str) -> int:
        """Where the unit begins; 0 where it is not labelled."""
        return self.units[identifier].start if identifier in self.units else 0

    def submission_of(self, state: str) -> str:
        """The path of the submission that most units with this code were found in; empty where none was."""
        counts = Counter(
            one
            for identifier, path in self.path_of.items()
            if state_of(identifier) == state
            for one in self.submissions
            if path.startswith(one + "/")
        )
        return _most(counts)

    def depth(self, provision: Provision) -> int:
        """How many levels below its submission a provision stands, 1 for the highest."""
        chain: list[str] = []
        path = provision.path
        while path in self.provisions and path not in self._depths and path not in chain:
            chain.append(path)
            path = self.provisions[path].parent
        depth = self._depths.get(path, 0)
        for one in reversed(chain):
            depth += 1
            self._depths[one] = depth
        return self._depths[provision.path]

    def parent_is_right(self, unit: GoldUnit, provision: Provision) -> bool:
        """Whether the provision hangs where the unit hangs."""
        if "/" not in unit.parent:
            return provision.parent in self.submissions
        if unit.parent in self.units:
            return self.path_of.get(unit.parent) == provision.parent
        return provision.parent == self.unlabelled_parents.get(unit.parent)

    def _agreed_parents(self) -> dict[str, str]:
        """For each parent that is named but not labelled, the provision that stands for it.

        Its place is not known. It is the provision that holds most of its children, among those at the right depth
        that are neither a submission nor at the place of another label.
        """
        votes: dict[str, Counter[str]] = {}
        for identifier, path in self.path_of.items():
            unit, parent = self.units[identifier], self.provisions[path].parent
            if "/" not in unit.parent or unit.parent in self.units:
                continue
            if parent not in self.provisions or parent in self.id_of:
                continue
            # A footnote hangs below the unit that bears its mark, at whatever depth that is.
            level = unit.depth - 1
            if unit.kind != "footnote" and level > 0 and self.depth(self.provisions[parent]) != level:
                continue
            votes.setdefault(unit.parent, Counter())[parent] += 1
        return {identifier: _most(counts) for identifier, counts in votes.items()}


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name), default="")


def kind_of(kind: Kind) -> str:
    """The gold standard's word for a kind.

    >>> kind_of(Kind.RECITAL), kind_of(Kind.ITEM)
    ('preambular', 'item')
    """
    return KINDS.get(kind, kind.value)


def first_character(text: str, start: int, end: int) -> int:
    """Where the unit begins that spans `start` to `end`, white space and markup aside.

    >>> first_character("- (a) The purpose", 0, 17)
    2
    """
    match = MARKUP.match(text, start, end)
    return match.end() if match and match.end() < end else start


def correspond(document: Document, gold: GoldStandard) -> Correspondence:
    """Pair each labelled unit with the provision at its place, one to one."""
    text = document.text
    provisions = [provision for one in document.submissions for provision in one.provisions if provision.spans]
    starts = sorted(
        (first_character(text, provision.spans[0].start, provision.spans[0].end), index)
        for index, provision in enumerate(provisions)
    )
    candidates: list[tuple[tuple[bool, bool, bool, int], int, int]] = []
    for position, unit in enumerate(gold.units):
        place = first_character(text, *unit.spans[0])
        for start, index in starts[bisect_left(starts, (place - NEAR, -1)) :]:
            if start > place + NEAR:
                break
            provision = provisions[index]
            shared = _shared(unit, provision)
            if shared and (start == place or _only_labels(text, min(start, place), max(start, place))):
                likeness = (start == place, _same_number(unit, provision), unit.kind == kind_of(provision.kind), shared)
                candidates.append((likeness, position, index))
    candidates.sort(key=lambda candidate: (*(-int(one) for one in candidate[0]), *candidate[1:]))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, position, index in candidates:
        if position not in pairs and index not in taken:
            pairs[position] = index
            taken.add(index)
    return Correspondence(
        document, gold, [(gold.units[position], provisions[index]) for position, index in pairs.items()]
    )


def judge_units(document: Document, gold: GoldStandard, places: Correspondence) -> list[UnitVerdict]:
    """What became of each labelled unit, then each invented provision, in reading order."""
    text = document.text
    verdicts = []
    for unit in gold.units:
        path = places.path_of.get(unit.id)
        if path is None:
            verdicts.append(UnitVerdict(unit.state, unit, None, reasons=("not found",)))
        else:
            verdicts.append(_compare(text, unit, places.provisions[path], places))
    territory = Territory(gold.units)
    for provision in places.provisions.values():
        if provision.path in places.id_of or not provision.spans:
            continue
        place = first_character(text, provision.spans[0].start, provision.spans[0].end)
        state = territory.state_of_words(place)
        # Between two units of a labelled article a footnote may stand that belongs to an unlabelled one.
        if not state and provision.kind is not Kind.FOOTNOTE:
            state = territory.state_of_extent(place)
        if state:
            verdicts.append(UnitVerdict(state, None, provision, reasons=("no such unit is labelled here",)))
    return verdicts


def structure_figures(verdicts: list[UnitVerdict]) -> list[Figure]:
    """Each measure of the outline, the headline first and by State and kind."""
    measures: dict[str, Callable[[UnitVerdict], bool]] = {
        HEADLINES[STRUCTURE]: lambda verdict: verdict.right,
        "found": lambda verdict: verdict.found,
        "number": lambda verdict: verdict.number,
        "kind": lambda verdict: verdict.kind,
        "parent": lambda verdict: verdict.parent,
        "heading": lambda verdict: verdict.heading,
        "extent": lambda verdict: verdict.extent,
    }
    figures = [
        Figure(
            STRUCTURE,
            measure,
            counted((one.unit is not None, one.provision is not None, test(one)) for one in verdicts),
        )
        for measure, test in measures.items()
    ]
    rows = [(verdict.state, *_kinds(verdict), verdict.right) for verdict in verdicts]
    return figures + broken_down(STRUCTURE, rows)


def _kinds(verdict: UnitVerdict) -> tuple[str, str]:
    """The kind that is labelled and the one that was found."""
    labelled = verdict.unit.kind if verdict.unit else ""
    return labelled, kind_of(verdict.provision.kind) if verdict.provision else ""


def structure_slips(verdicts: list[UnitVerdict], text: str) -> list[Slip]:
    """What was missed, wrong, invented or imprecise, in reading order."""
    return sorted(_slip(verdict, text) for verdict in verdicts if verdict.reasons)


def _slip(verdict: UnitVerdict, text: str) -> Slip:
    labelled, answered = _kinds(verdict)
    outcome = outcome_of(bool(labelled), bool(answered), verdict.right)
    if verdict.unit is not None:
        name, place = verdict.unit.id, (verdict.unit.start, verdict.unit.spans[-1][1])
    else:
        assert verdict.provision is not None
        spans = verdict.provision.spans
        name, place = verdict.provision.path, (spans[0].start, spans[-1].end)
    return slip_at(STRUCTURE, text, place, outcome, verdict.state, labelled or answered, name, "", verdict.reasons)


def _compare(text: str, unit: GoldUnit, provision: Provision, places: Correspondence) -> UnitVerdict:
    number = _same_number(unit, provision)
    kind = unit.kind == kind_of(provision.kind)
    parent = places.parent_is_right(unit, provision)
    # The printed number may be on either side, so the words are compared from where both have begun.
    first = max(unit.start, provision.spans[0].start)
    labelled, answered = (_characters(text, spans, first) for spans in (unit.spans, _pairs(provision)))
    extent = labelled == answered
    reasons = []
    if not number:
        reasons.append(f"number {provision.number or 'none'}, labelled {_bare(unit.number) or 'none'}")
    if not kind:
        reasons.append(f"kind {kind_of(provision.kind)}, labelled {unit.kind}")
    if not parent:
        reasons.append(f"parent {places.id_of.get(provision.parent, provision.parent)}, labelled {unit.parent}")
    heading = _same_heading(unit, provision)
    if not heading:
        reasons.append(f"heading {provision.heading or 'none'!r}, labelled {unit.title or unit.heading or 'none'!r}")
    if not extent:
        reasons.append("its words end elsewhere than labelled, or leave some out")
    return UnitVerdict(unit.state, unit, provision, number, kind, parent, heading, extent, tuple(reasons))


def _shared(unit: GoldUnit, provision: Provision) -> int:
    """How many characters the two have in common."""
    return sum(
        max(0, min(end, span.end) - max(start, span.start)) for start, end in unit.spans for span in provision.spans
    )


def _only_labels(text: str, start: int, end: int) -> bool:
    # The mark of a footnote may come as tags, and those as entities: <sup>&</sup>lt;sup>2</sup>.
    return LABELS.fullmatch(TAG.sub("", html.unescape(TAG.sub("", text[start:end])))) is not None


def _bare(number: str) -> str:
    return number.strip().strip("().").strip()


def _same_number(unit: GoldUnit, provision: Provision) -> bool:
    return _bare(unit.number) == _bare(provision.number)


def _same_heading(unit: GoldUnit, provision: Provision) -> bool:
    """Whether the heading is one that the label allows: with or without what is printed before and after the title."""
    allowed = {_plain(unit.heading), _plain(unit.title or unit.heading), _plain(unit.printed_heading or unit.heading)}
    return _plain(provision.heading) in allowed


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[*_#]", "", words).split()).rstrip(".:;").casefold()


def _pairs(provision: Provision) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in provision.spans]


def _characters(text: str, spans: Iterable[tuple[int, int]], first: int) -> set[int]:
    """The letters and digits in the spans from `first` on: white space, markup and footnote marks are no words."""
    places: set[int] = set()
    for start, end in spans:
        places.update(place for place in range(max(start, first), end) if text[place].isalnum())
        for mark in MARK.finditer(text, start, end):
            places.difference_update(range(*mark.span()))
    return places
