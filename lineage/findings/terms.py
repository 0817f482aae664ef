"""Checks of terms: whether a draft names the same thing in the same way, and says what its short forms stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ...ingest.records import Kind, Provision
from ...ontology.reference import Reference
from ...ontology.usage import usage
from ..records import Severity
from .check import Check, Outcome, Subject

__all__ = ["TERM_CHECKS"]

STATE_PARTY = re.compile(r"\b([Ss]tates?) ([Pp]art(?:y|ies))\b")
PARTY = re.compile(r"(?<![-/])\bPart(?:y|ies)\b")
CANONICAL = {("State", "Party"), ("States", "Parties")}
OPEN = re.compile(r"(?P<subject>(?:\w+[ ]){1,3}?)(?P<verb>shall(?: also)? be|is|are) (?P<state>[a-z]+)\b")
HEADINGS = frozenset({Kind.ARTICLE, Kind.HEADING, Kind.SECTION, Kind.CHAPTER})


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in a passage."""

    provision: Provision
    start: int
    end: int
    form: tuple[str, ...]


def _mentions(subject: Subject, pattern: re.Pattern[str]) -> Iterator[_Mention]:
    for read in subject.tokens:
        for found in pattern.finditer(read.text):
            yield _Mention(read.provision, found.start(), found.end(), found.groups() or (found[0],))


def _state_parties(subject: Subject, outcome: Outcome) -> None:
    """Flag "State Parties" and "State party" beside "States Parties"; "Party" alone beside "State Party"."""
    mentions = list(_mentions(subject, STATE_PARTY))
    outcome.examined += len(mentions)
    counts = Counter(mention.form for mention in mentions)
    capital = sum(count for (_, party), count in counts.items() if party[0] == "P")
    small = sum(counts.values()) - capital
    seen: set[tuple[str, ...]] = set()
    for mention in mentions:
        state, party = mention.form
        right = f"{'State' if party.lower() == 'party' else 'States'} {'P' if capital >= small else 'p'}{party[1:]}"
        agrees = (state.lower() == "states") == (party.lower() == "parties")
        usual = party[0].isupper() == (capital >= small)
        if (agrees and usual) or mention.form in seen or (not agrees and capital + small == counts[mention.form]):
            continue
        seen.add(mention.form)
        times = counts[mention.form]
        also = f", {times} times in all" if times > 1 else ""
        problem = f"“{state} {party}” here{also}; the usual form in this text is “{right}”."
        words = subject.words(mention.provision, mention.start, mention.end)
        outcome.flag("inconsistent-term", Severity.C, mention.provision, words, problem, right)
    _bare_parties(subject, outcome, capital + small)


def _bare_parties(subject: Subject, outcome: Outcome, full: int) -> None:
    wanted = usage().parties
    bare = [mention for mention in _mentions(subject, PARTY) if not _part_of_name(mention)]
    outcome.examined += len(bare)
    if len(bare) * wanted.times > full or full < wanted.least:
        return
    seen: set[str] = set()
    for mention in bare:
        if mention.provision.path in seen:
            continue
        seen.add(mention.provision.path)
        [form] = mention.form
        right = "State Party" if form == "Party" else "States Parties"
        words = subject.words(mention.provision, mention.start, mention.end)
        problem = f"“{form}” alone; the rest of this text has “{right}”."
        outcome.flag("inconsistent-term", Severity.C, mention.provision, words, problem, right)


def _part_of_name(mention: _Mention) -> bool:
    """Whether "Party" stands in another name ("Conference of the Parties", "a Party to this Convention")."""
    wanted, text = usage().parties, mention.provision.passage.words
    before = text[max(0, mention.start - 60) : mention.start].lower().rstrip()
    if before.endswith(("state", "states")):
        return True
    before = before.removesuffix(" the").removesuffix(" of")
    after = text[mention.end : mention.end + 20].lower().lstrip()
    return any(before.endswith(f" {word}") or before == word for word in wanted.before) or any(
        re.match(rf"{word}\b", after) for word in wanted.after
    )


def _spellings(subject: Subject, outcome: Outcome) -> None:
    """The same word in two spellings: "organize" and "organise", "co-operation" and "cooperation"."""
    # What begins with a capital may be a name, which keeps the spelling of its owner.
    counts = Counter(word for read in subject.tokens for word in read.printed if word[0].islower())
    outcome.examined += len(counts)
    rare: dict[str, str] = {}
    for word in sorted(counts):
        other = next((variant for variant in _variants(word) if variant in counts), "")
        if other:
            wrong, right = sorted((word, other), key=lambda form: (counts[form], form))
            rare[wrong] = right
    confused = {wrong: right for wrong, right in usage().spelling.confused.items() if subject.counts[right]}
    if not rare and subject.counts.keys().isdisjoint(confused):
        return
    for read in subject.tokens:
        for index, word in enumerate(read.low):
            if word in confused:
                words = subject.words(read.provision, read.starts[index], read.end(index))
                problem = f"“{word}” is another word than “{confused[word]}”, which the rest of this text has."
                outcome.flag("typo", Severity.C, read.provision, words, problem, confused[word])
            if word not in rare or read.printed[index] != word or read.provision.kind in HEADINGS:
                continue
            right = rare.pop(word)
            words = subject.words(read.provision, read.starts[index], read.end(index))
            problem = f"“{word}” here, “{right}” elsewhere in this text."
            outcome.flag("inconsistent-term", Severity.C, read.provision, words, problem, right)


def _variants(word: str) -> Iterator[str]:
    if "-" in word:
        yield word.replace("-", "")
    spelling = usage().spelling
    for one, two in spelling.variants:
        if len(word) > len(one) + 2 and word.endswith(one) and (one, two) not in spelling.distinct:
            yield word.removesuffix(one) + two


def _modalities(subject: Subject, outcome: Outcome) -> None:
    """Flag "This Convention is open" where another paragraph of the article has "This Convention shall be open"."""
    said: dict[tuple[str, ...], tuple[str, str]] = {}
    for read in subject.tokens:
        for sentence in read.sentences:
            found = OPEN.match(read.text[read.starts[sentence.start] : read.starts[sentence.stop - 1]])
            article = subject.article(read.provision)
            if not found or not article:
                continue
            outcome.examined += 1
            verb = "shall be" if found["verb"].startswith("shall") else found["verb"]
            key = (article.path, found["subject"].lower(), found["state"])
            before, _ = said.setdefault(key, (verb, read.provision.path))
            if before == verb:
                continue
            start = read.starts[sentence.start]
            words = subject.words(read.provision, start, start + found.end())
            state = found["state"]
            problem = f"“{verb} {state}” here, “{before} {state}” before in the same article."
            outcome.flag("inconsistent-term", Severity.C, read.provision, words, problem, f"{before} {state}")


@cache
def _short_names(reference: Reference) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """The short names of treaties that are no part of the full title, with the full title and a pattern of the name."""
    found: dict[str, tuple[str, str, re.Pattern[str]]] = {}
    for instrument in reference.instruments.values():
        for alias in instrument.aliases:
            name = alias.alias.removeprefix("the ")
            words = name.split()
            if (
                alias.lang != "en"
                or len(words) not in (2, 3)
                or words[-1] not in usage().treaties
                or words[0].isupper()
            ):
                continue
            if name not in instrument.full_title and "(" not in name:
                # Not where it is the end of a longer name: "Transnational Organized Crime Convention".
                found[name] = (name, instrument.full_title, re.compile(rf"(?<![A-Z]\w\w )\b{re.escape(name)}\b"))
    return tuple(found[name] for name in sorted(found))


def _short_forms(subject: Subject, outcome: Outcome) -> None:
    """A treaty called by a short name that is nowhere said to be short for the full one."""
    whole = "\n".join(read.text for read in subject.tokens)
    for name, full, pattern in _short_names(subject.reference):
        if name not in whole:
            continue
        outcome.examined += 1
        if re.search(rf"\((?:the |hereinafter |referred to as |[\"“'])*{re.escape(name)}\W{{0,2}}\)", whole):
            continue
        for read in subject.tokens:
            found = pattern.search(read.text)
            if not found or read.provision.kind in HEADINGS:
                continue
            words = subject.words(read.provision, *found.span())
            told = f"; the full title stands without it: {full}" if full in whole else ""
            problem = f"“{name}” is not said to be short for anything{told}."
            outcome.flag("undefined-short-form", Severity.C, read.provision, words, problem, f"{full} (the {name})")
            break


TERM_CHECKS = (
    Check("parties-have-one-name", "Are the parties named in one way?", "names of parties", _state_parties),
    Check("words-have-one-spelling", "Is each word spelt in one way?", "different words", _spellings),
    Check("states-have-one-verb", "Does an article keep to “is” or to “shall be”?", "statements", _modalities),
    Check("short-names-are-explained", "Is each short name of a treaty explained?", "short names", _short_forms),
)
