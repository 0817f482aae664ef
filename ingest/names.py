"""The names of instruments and organs as patterns, and what each names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..ontology.citing import CitationWording, any_of
from ..ontology.reference import Reference

__all__ = ["Names", "instrument_names", "organ_names", "other_instrument"]


def _key(name: str) -> str:
    """A name as it is looked up: the same for "Organised" and "organized", and for every kind of apostrophe and dash."""
    plain = name.replace("’", "'").replace("‑", "-").replace("–", "-")
    return re.sub(r"(?<=i)s(?=e|ation|ing)", "z", " ".join(plain.split()).casefold())


def _pattern(name: str, *, exact: bool) -> str:
    """A pattern for a name, in any case unless `exact`. "The Charter" is "Charter" after "the"."""
    behind = ""
    if name.startswith("the "):
        behind, name = r"(?<=\bthe\s)", name[4:]
    words = r"\s+".join(re.escape(word) for word in name.split())
    words = words.replace("'", "['’]").replace("’", "['’]").replace(r"\-", "[-‑–]").replace("-", "[-‑–]")
    words = words.replace("[[-‑–]‑–]", "[-‑–]")
    words = re.sub(r"(?<=i)[sz](?=e|ation|ing)", "[sz]", words)
    if not exact:
        words = f"(?i:{words})"
    return f"{behind}(?<!\\w){words}(?!\\w)"


@dataclass(frozen=True)
class Names:
    """The names of one sort of thing, and what each names."""

    ids: dict[str, str]
    pattern: str

    @staticmethod
    def of(named: Iterable[tuple[str, str, bool]]) -> Names:
        """From triples: a name, what it names, whether its case matters. Of two things with one name the first has it."""
        ids: dict[str, str] = {}
        patterns: dict[str, str] = {}
        for name, key, exact in named:
            ids.setdefault(_key(name), key)
            patterns.setdefault(name, _pattern(name, exact=exact))
        ordered = sorted(patterns, key=lambda name: (-len(name), name))
        return Names(ids, f"(?:{'|'.join(patterns[name] for name in ordered) or '(?!)'})")

    def __getitem__(self, printed: str) -> str:
        key = _key(printed)
        return self.ids.get(key) or self.ids.get(f"the {key}", "")

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The word that each name begins with, in lower case."""
        found = (re.search(r"\w+", name.removeprefix("the ")) for name in self.ids)
        return frozenset(match.group() for match in found if match)


def instrument_names(reference: Reference) -> Names:
    """The names of the instruments. Acronyms, and names that other things have too, keep their case."""
    named: list[tuple[str, str, bool]] = []
    for instrument in reference.instruments.values():
        named.append((instrument.full_title, instrument.id, False))
        named.extend(
            (alias.alias, instrument.id, alias.ambiguous or " " not in alias.alias) for alias in instrument.aliases
        )
        if "(" not in instrument.short_title:
            exact = " " not in instrument.short_title or any(
                alias.ambiguous and alias.alias == instrument.short_title for alias in instrument.aliases
            )
            named.append((instrument.short_title, instrument.id, exact))
    ambiguous = {name for name, _, exact in named if exact}
    return Names.of((name, key, exact or name in ambiguous) for name, key, exact in named)


def organ_names(reference: Reference) -> Names:
    """The names of the organs that adopt resolutions."""
    return Names.of(
        (name, organ.id, " " not in name) for organ in reference.organs.values() for name in (organ.name, *organ.aliases)
    )


def other_instrument(wording: CitationWording) -> str:
    """A pattern for the name of an instrument that the reference data do not hold."""
    nouns, after = any_of(wording.named.nouns), any_of(wording.named.after)
    capital = rf"(?!{nouns}\b|(?:The|This|That|Each|Any|A|An|Such|No|Our|All|Present)\s)[A-Z][\w’'-]*"
    before = rf"{capital}(?:\s+(?:(?:of|on|for|and)\s+)?(?:the\s+)?{capital}){{0,7}}\s+"
    tail = rf"(?:\s+(?:{after}\s+){{0,3}}[A-Z][\w’'-]*)"
    return rf"(?:{before}{nouns}(?!\w){tail}{{0,12}}|{nouns}{tail}{{1,12}})"
