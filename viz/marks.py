"""The marks and lines of a network, few enough to be taken in at first sight, and what each of them gathers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .folding import Fold, fold
from .material import Material, Provision, Source
from .page import day, plural
from .palette import Role, hue_of, palette

__all__ = ["Link", "Mark", "Picture", "picture", "standing"]

CONCEPTS = 18
"""How many subjects stand in the picture at first sight."""

Told = str | int | bool | list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A thing in the picture, with what the page tells of it.

    `id` is its path below the base. `label` is what stands in the picture, `full` its whole name, `also` other words by
    which a search finds it, `eyebrow` what kind of thing it is, `told` what else the page needs of this kind.
    """

    id: str
    kind: str
    label: str
    full: str
    eyebrow: str
    hue: Role = "original"
    also: str = ""
    told: Mapping[str, Told] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A line in the picture; `count` is the number of provisions that it stands for."""

    source: str
    target: str
    kind: str
    hue: Role
    count: int

    @property
    def id(self) -> str:
        """A name for the line."""
        return f"{self.source} {self.kind} {self.target}"


@dataclass(frozen=True, slots=True)
class Picture:
    """The marks by column, and the lines between them.

    `stands_for` gives the mark of each heading and of each treaty article, `concept_marks` that of each concept, and
    `gathered` says in sentences how many have none of their own. `headings` is the number of all headings. `units` keep
    the order of the documents.
    """

    proponents: tuple[Mark, ...]
    units: tuple[Mark, ...]
    concepts: tuple[Mark, ...]
    articles: tuple[Mark, ...]
    instruments: tuple[Mark, ...]
    links: tuple[Link, ...]
    stands_for: Mapping[str, str]
    concept_marks: Mapping[str, str]
    gathered: tuple[str, ...]
    headings: int

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks."""
        return self.proponents + self.units + self.concepts + self.articles + self.instruments


def picture(material: Material, limit: int) -> Picture:
    """The picture of `material` with at most `limit` marks, as far as its proponents and instruments leave room."""
    proponents = _proponents(material)
    concept_marks = _concept_marks(material)
    concepts = _concepts(material, concept_marks)
    instruments = _instruments(material)
    fixed = len(proponents) + len(concepts) + len(instruments)
    unit_marks = _unit_marks(material, max(limit - fixed, 0) * 2 // 3)
    units = _units(material, unit_marks)
    article_marks = _article_marks(material, max(limit - fixed - len(units), 0))
    articles = _articles(material, article_marks)
    stands_for = unit_marks | article_marks
    links = _links(material, stands_for, concept_marks)
    gathered = (*_gathered_units(unit_marks), *_gathered_articles(article_marks))
    return Picture(
        proponents,
        units,
        concepts,
        articles,
        instruments,
        links,
        stands_for,
        concept_marks,
        gathered,
        headings=len(unit_marks),
    )


def standing(source: Source, stands_for: Mapping[str, str]) -> str:
    """The mark that shows `source`: its article, what gathers it, its instrument, or all resolutions."""
    return stands_for.get(source.article) or _instrument_mark(source.instrument)


def _instrument_mark(path: str) -> str:
    return "resolution" if path.startswith("resolution/") else path


def _proponents(material: Material) -> tuple[Mark, ...]:
    """Each proponent once, a group after the first that speaks for it."""
    marks: dict[str, Mark] = {}
    for submission in material.submissions.values():
        groups = " and ".join(one.name for one in submission.groups)
        for one in submission.proponents:
            kind = "group" if one.spoken_for else "proponent"
            eyebrow = f"Group that {submission.speaker} speaks for" if one.spoken_for else "Proponent"
            note = "" if one.spoken_for or not groups else f"Speaks for the group {groups}."
            dated = f"Submission of {day(submission.issued)}." if submission.issued else ""
            told = {"note": " ".join(filter(None, (note, dated)))}
            marks.setdefault(one.path, Mark(one.path, kind, one.name, one.name, eyebrow, told=told))
    return tuple(marks.values())


def _by_unit(material: Material) -> dict[str, list[Provision]]:
    units: dict[str, list[Provision]] = {}
    for provision in material.provisions.values():
        units.setdefault(provision.unit, []).append(provision)
    return {unit: held for unit, held in units.items() if any(one.speaks for one in held)}


def _unit_marks(material: Material, room: int) -> dict[str, str]:
    """The mark of each unit: its own for the `room` that hold most, for the others one of their submission."""
    units = _by_unit(material)
    if len(units) <= room:
        return {unit: unit for unit in units}
    room = max(room - len(material.submissions), 0)
    ranked = sorted(units, key=lambda unit: (-len(units[unit]), list(units).index(unit)))
    kept = set(ranked[:room])
    return {unit: unit if unit in kept else f"{held[0].submission}#more" for unit, held in units.items()}


def _units(material: Material, unit_marks: Mapping[str, str]) -> tuple[Mark, ...]:
    units = _by_unit(material)
    gathering: dict[str, list[str]] = {}
    for unit, mark in unit_marks.items():
        gathering.setdefault(mark, []).append(unit)
    return tuple(_unit(material, mark, [units[unit] for unit in held]) for mark, held in gathering.items())


def _unit(material: Material, mark: str, held: list[list[Provision]]) -> Mark:
    provisions = [provision for unit in held for provision in unit]
    submission = material.submissions[provisions[0].submission]
    first = material.provisions.get(mark)
    verb = "Commentary by" if submission.genre == "commentary" else "Proposed by"
    behind = submission.speaker + "".join(f" for the {group.name}" for group in submission.groups)
    if mark.endswith("#more"):
        label = f"and {plural(len(held), 'smaller heading')}"
    else:
        label = first.heading if first and first.heading else "Opening words"
    speaking = [provision for provision in provisions if provision.speaks]
    hues = Counter(provision.hue for provision in speaking)
    shares = [(role, hues[role] / hues.total()) for role in palette().roles if hues[role]]
    told: dict[str, Told] = {
        "named": not (first and first.heading),
        "genre": submission.genre,
        "provisions": len(provisions),
        "imported": all(provision.by_reference for provision in speaking),
        "shares": [(str(role), round(share, 4)) for role, share in shares],
    }
    return Mark(mark, "unit", label, f"{submission.speaker}: {label}", f"{verb} {behind}", told=told)


def _concept_marks(material: Material) -> dict[str, str]:
    """The concept that stands in the picture for each concept that a proposed provision concerns."""
    concerns: dict[str, list[str]] = {}
    for provision in material.provisions.values():
        for concept in provision.concepts:
            concerns.setdefault(concept, []).append(provision.path)
    folded: Fold = fold(material.concepts, concerns, CONCEPTS)
    return {concept: folded.stands_for(concept) for concept in sorted(concerns)}


def _concepts(material: Material, concept_marks: Mapping[str, str]) -> tuple[Mark, ...]:
    narrower: dict[str, list[str]] = {}
    for concept, mark in concept_marks.items():
        narrower.setdefault(mark, [])
        if concept != mark:
            narrower[mark].append(material.concepts[concept].name)
    return tuple(
        Mark(
            path,
            "concept",
            material.concepts[path].name,
            material.concepts[path].name,
            "Subject of cooperation",
            also=", ".join(sorted(names)),
            told={"definition": material.concepts[path].definition, "narrower": ", ".join(sorted(names))},
        )
        for path, names in sorted(narrower.items())
    )


def _instruments(material: Material) -> tuple[Mark, ...]:
    named = {source.instrument for one in material.provisions.values() for source in one.sources}
    resolutions = sorted(path for path in named if path.startswith("resolution/"))
    marks = [
        Mark(path, "instrument", treaty.name, treaty.name, "Instrument", hue_of(path), treaty.title)
        for path, treaty in material.treaties.items()
        if path in named and not treaty.resolution
    ]
    marks += [
        Mark(path, "instrument", path.removeprefix("instrument/"), path, "Instrument", hue_of(path))
        for path in sorted(named)
        if path.startswith("instrument/") and path not in material.treaties
    ]
    if resolutions:
        names = ", ".join(material.treaties[path].name for path in resolutions if path in material.treaties)
        label = plural(len(resolutions), "resolution")
        marks.append(
            Mark("resolution", "instrument", label, f"{label}: {names}", "Resolutions, gathered in one mark", "other")
        )
    return tuple(marks)


def _article_marks(material: Material, room: int) -> dict[str, str]:
    """The mark of each treaty article: its own for the `room` that most provisions name, else one of its instrument."""
    naming = Counter(
        article
        for provision in material.provisions.values()
        for article in {source.article for source in provision.sources}
        if article
    )
    if len(naming) <= room:
        return {article: article for article in sorted(naming)}
    room = max(room - len({material.articles[article].instrument for article in naming}), 0)
    kept = set(sorted(naming, key=lambda article: (-naming[article], article))[:room])
    return {
        article: article if article in kept else f"{material.articles[article].instrument}#more"
        for article in sorted(naming)
    }


def _articles(material: Material, article_marks: Mapping[str, str]) -> tuple[Mark, ...]:
    """The marks of the articles, those of one instrument together and in the order of its text."""
    gathering: dict[str, list[str]] = {}
    for article in sorted(
        article_marks, key=lambda path: (material.articles[path].instrument, material.articles[path].order)
    ):
        gathering.setdefault(article_marks[article], []).append(article)
    marks = []
    for path, held in gathering.items():
        first = material.articles[held[0]]
        treaty = material.treaties[first.instrument].name if first.instrument in material.treaties else first.instrument
        number, title = first.number, first.title
        if path not in material.articles:
            number, title = plural(len(held), "more article"), ", ".join(material.articles[one].number for one in held)
        told: dict[str, Told] = {"number": number, "title": title, "instrument": first.instrument}
        full = f"{treaty}, {number}" + (f": {title}" if title else "")
        marks.append(
            Mark(path, "article", title or number, full, f"{treaty}, {number}", hue_of(first.instrument), told=told)
        )
    return tuple(marks)


def _links(material: Material, stands_for: Mapping[str, str], concept_marks: Mapping[str, str]) -> tuple[Link, ...]:
    counts: Counter[tuple[str, str, str, Role]] = Counter()
    for submission in material.submissions.values():
        for one in submission.speakers:
            counts.update((one.path, group.path, "speaks", "original") for group in submission.groups)
    for provision in material.provisions.values():
        unit = stands_for.get(provision.unit)
        if not unit:
            continue
        behind = material.submissions[provision.submission].proponents
        counts.update((one.path, unit, "proposes", "original") for one in behind if not one.spoken_for)
        counts.update(
            (unit, concept, "concerns", "original") for concept in {concept_marks[one] for one in provision.concepts}
        )
        counts.update(
            {
                (unit, standing(source, stands_for), "derives" if source.basis else "cites", source.hue)
                for source in provision.sources
            }
        )
    for path, article in material.articles.items():
        mark = stands_for[path]
        counts[mark, article.instrument, "belongs", hue_of(path)] += 1
        for concept in sorted({concept_marks[one] for one in article.concepts if one in concept_marks}):
            counts[concept, mark, "concerns", "original"] += 1
    return tuple(
        Link(source, target, kind, hue, count) for (source, target, kind, hue), count in sorted(counts.items())
    )


def _gathered_units(unit_marks: Mapping[str, str]) -> tuple[str, ...]:
    gathered = sum(1 for unit, mark in unit_marks.items() if unit != mark)
    if not gathered:
        return ()
    return (
        f"{gathered} of {plural(len(unit_marks), 'heading')} hold few provisions and stand in one mark per submission.",
    )


def _gathered_articles(article_marks: Mapping[str, str]) -> tuple[str, ...]:
    gathered = sum(1 for article, mark in article_marks.items() if article != mark)
    if not gathered:
        return ()
    total = plural(len(article_marks), "treaty article")
    return (f"{gathered} of {total} are named by few provisions and stand in one mark per instrument.",)
