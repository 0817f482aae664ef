"""Proofs as they are printed: for an editor to work through, or as JSON for another program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..ingest.records import Span
from ..lineage.records import Finding, Severity
from ..proofreading import SEVERITIES, Proof, Tally, tally
from ..queries.tables import printable
from .marking import Mark, marked_lines

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["FINDING_STYLES", "as_json", "counted", "findings_by_severity", "lines"]

FINDING_STYLES = {Severity.A: "bold bright_white on red", Severity.B: "bold reverse", Severity.C: "reverse"}
"""How words that a finding is about are shown on a terminal; red is for severity A alone."""

_VERSION = 1
_AROUND = 90
_LONGEST = 360
_PARAGRAPH_END = re.compile(r"(?:\r\n|\r|\n)(?=\s*(?:[\r\n]|#|[-*+•·–]\s|\(?\w{1,4}[.)]\s))")
"""A line's end before an empty line, a heading, or a line with a number or a list mark."""
_SHORT_OF = " …"


def counted(number: int, thing: str) -> str:
    """A number with its noun.

    >>> counted(1, "finding"), counted(1200, "finding")
    ('1 finding', '1,200 findings')
    """
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def findings_by_severity(counts: dict[Severity, int]) -> str:
    """How many findings there are of each severity, in words; severities without any are left out.

    >>> findings_by_severity({Severity.A: 1, Severity.B: 0, Severity.C: 3})
    '4 findings: 1 A (changes the meaning or cannot be resolved), 3 C (cosmetic)'
    """
    told = [f"{counts[severity]:,} {severity} ({words})" for severity, words in SEVERITIES.items() if counts[severity]]
    total = counted(sum(counts.values()), "finding") if told else "no finding"
    return f"{total}: {', '.join(told)}" if told else total


def lines(
    proofs: Sequence[Proof], width: int, *, least: Severity = Severity.C, checks: bool = False, colour: bool = False
) -> Iterator[Text]:
    """The report for an editor, in lines of at most `width` cells but for the names of files.

    Parameters
    ----------
    proofs
        What was proofread.
    width
        How wide a line may be.
    least
        The least severity of the findings in `proofs`, named in the summary.
    checks
        Whether to list what each check examined and flagged, those that passed as well.
    colour
        Whether the flagged words are styled; otherwise a line of signs stands below them.
    """
    from rich.text import Text

    for proof in proofs:
        for submission, findings in proof.by_submission():
            title = f"{proof.file}: {proof.labels[submission]}: {counted(len(findings), 'finding')}"
            yield Text(printable(title), "bold" if colour else "")
            yield Text("")
            for finding in findings:
                yield from _finding(proof, finding, width, colour=colour)
                yield Text("")
    if checks:
        yield from _checks(proofs, width)
        yield Text("")
    for line in _summary(tally(proofs), least, len(proofs)):
        yield from (Text(row) for row in wrap(line, width, subsequent_indent="  "))


def _finding(proof: Proof, finding: Finding, width: int, *, colour: bool) -> Iterator[Text]:
    from rich.text import Text

    at = proof.place(finding.spans[0].start)
    where = printable(f"{proof.file}:{at.line}:{at.column}:")
    head = printable(f"{where} {finding.severity} {finding.kind}: {finding.problem}")
    for row in wrap(head, width, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False):
        text = Text(row)
        if colour and row.startswith(where):
            text.stylize("dim", 0, len(where))
            text.stylize(FINDING_STYLES[finding.severity], len(where) + 1, len(where) + 2)
        yield text
    yield Text(f"  in {printable(proof.labels.get(finding.about, finding.about))}", "dim" if colour else "")
    words, spans = _context(proof.words, finding.spans)
    style = FINDING_STYLES[finding.severity]
    marks = [Mark(span.start, span.end, str(finding.severity), style) for span in spans]
    yield from marked_lines(words, marks, width, first="    ", rest="    ", colour=colour)
    if finding.suggestion:
        told = wrap(printable(f"suggestion: {finding.suggestion}"), width - 2, subsequent_indent="  ")
        yield from (Text(f"  {row}") for row in told)


def _context(text: str, spans: tuple[Span, ...]) -> tuple[str, list[Span]]:
    """The flagged words with what stands around them in their paragraph, and where they are in it."""
    first, last = spans[0].start, max(span.end for span in spans)
    before = text[max(first - 8 * _AROUND, 0) : first]
    low = first - len(before) + max((gap.end() for gap in _PARAGRAPH_END.finditer(before)), default=0)
    if first - low > _AROUND:
        low = first - _AROUND + text[first - _AROUND : first].find(" ") + 1
    after = _PARAGRAPH_END.search(text, last)
    high = min(last + _AROUND, after.start() if after else len(text))
    if high == last + _AROUND and high < len(text):
        high = max(text.rfind(" ", last, high), last)
    high = min(high, max(low, first) + _LONGEST)
    cut = high < (after.start() if after else len(text.rstrip()))
    opening = "… " if low > 0 and text[low - 1] == " " else ""
    words = opening + text[low:high] + (_SHORT_OF if cut else "")
    shift = len(opening) - low
    return words, [Span(span.start + shift, min(span.end, high) + shift) for span in spans if span.start < high]


def _checks(proofs: Sequence[Proof], width: int) -> Iterator[Text]:
    """What each check asked, of how many things, and how many of these it flagged, over all submissions."""
    from rich.text import Text

    totals: dict[tuple[str, str], list[int]] = {}
    for proof in proofs:
        for result in proof.examination.results:
            total = totals.setdefault((result.question, result.things), [0, 0])
            total[0] += result.examined
            total[1] += result.flagged
    room = width - 20
    yield Text(f"{'checked':<{room}} examined   flagged")
    for (question, things), (examined, flagged) in totals.items():
        rows = wrap(f"{question} ({things})", room, subsequent_indent="  ")
        yield Text(f"{rows[0]:<{room}}{examined:>9,} {flagged:>9,}")
        yield from (Text(row) for row in rows[1:])


def _summary(done: Tally, least: Severity, documents: int) -> Iterator[str]:
    read = f" in {counted(documents, 'document')}" if documents > 1 else ""
    things = counted(done.examined, "thing")
    yield f"{counted(done.checks, 'check')} examined {things}{read}: {done.passed:,} passed"
    left_out = [severity for severity in Severity if severity > least]
    below = f"; severity {' and '.join(left_out)} not asked for" if left_out else ""
    yield f"{findings_by_severity(done.findings)}{below}"


def as_json(proofs: Sequence[Proof], tool: str) -> str:
    """The report as JSON: ``docs/proofreading.md`` says what each key holds.

    `tool` is the name and version of what made it.
    """
    done = tally(proofs)
    report = {
        "version": _VERSION,
        "tool": tool,
        "files": [_file(proof) for proof in proofs],
        "summary": {
            "checks": done.checks,
            "examined": done.examined,
            "passed": done.passed,
            "findings": {severity.value: count for severity, count in done.findings.items()},
        },
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _file(proof: Proof) -> dict[str, Any]:
    return {
        "file": proof.file.as_posix(),
        "digest": proof.document.digest,
        "submissions": [
            {"path": submission.path, "label": proof.labels[submission.path], "genre": submission.genre.value}
            for submission in proof.document.submissions
        ],
        "findings": [
            {
                "check": finding.check,
                "kind": finding.kind,
                "severity": finding.severity.value,
                "submission": path,
                "about": finding.about,
                "label": proof.labels.get(finding.about, finding.about),
                **_extent(proof, finding),
                "quote": finding.quote,
                "problem": finding.problem,
                "suggestion": finding.suggestion,
            }
            for path, findings in proof.by_submission()
            for finding in findings
        ],
        "checks": [
            {
                "check": result.check,
                "question": result.question,
                "things": result.things,
                "submission": result.submission,
                "examined": result.examined,
                "flagged": result.flagged,
            }
            for result in proof.examination.results
        ],
    }


def _extent(proof: Proof, finding: Finding) -> dict[str, Any]:
    begin, end = proof.place(finding.spans[0].start), proof.place(finding.spans[-1].end)
    return {
        "line": begin.line,
        "column": begin.column,
        "endLine": end.line,
        "endColumn": end.column,
        "spans": [[span.start, span.end] for span in finding.spans],
    }
