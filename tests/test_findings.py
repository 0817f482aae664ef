"""The examination of a whole document: each check counts, each finding rests on words, and good drafting passes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from travaux.ingest.document import read_document
from travaux.ingest.manifest import describe, load_corpus
from travaux.ingest.records import Citation, Provision, Resolution, Target, quote
from travaux.lineage.findings.check import Outcome, Subject
from travaux.lineage.findings.citations import CITATION_CHECKS
from travaux.lineage.findings.duplicates import DUPLICATE_CHECKS
from travaux.lineage.findings.examination import CHECKS, examine
from travaux.lineage.findings.numbering import NUMBERING_CHECKS
from travaux.lineage.findings.placeholders import PLACEHOLDER_CHECKS
from travaux.lineage.findings.references import REFERENCE_CHECKS
from travaux.lineage.findings.resolutions import RESOLUTION_CHECKS
from travaux.lineage.findings.structure import STRUCTURE_CHECKS
from travaux.lineage.records import Finding
from travaux.ontology.instruments import Instrument
from travaux.ontology.reference import load

OWN = (
    *CITATION_CHECKS,
    *RESOLUTION_CHECKS,
    *REFERENCE_CHECKS,
    *PLACEHOLDER_CHECKS,
    *DUPLICATE_CHECKS,
    *NUMBERING_CHECKS,
    *STRUCTURE_CHECKS,
)


def test_checks_have_names_of_their_own_and_speak_plainly() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    assert all(check.question.endswith("?") and check.things for check in CHECKS)


def test_every_finding_rests_on_words_of_the_document(repository: Path) -> None:
    (entry,) = load_corpus(repository / "corpus")
    whole = read_document(entry)
    found = examine(whole)
    paths = {unit.path for submission in whole.submissions for unit in submission.provisions}
    for finding in found.findings:
        assert finding.quote == quote(whole.text, finding.spans) != ""
        assert finding.about in paths
        assert finding.problem.endswith(".")
    assert examine(whole) == found
    for result in found.results:
        assert result.flagged <= max(result.examined, 1)


def wrong(citation: Citation, instrument: Instrument, step: int) -> Citation:
    """The citation with the number of an article `step` after its own."""
    numbers = list(instrument.article_titles)
    number = citation.targets[0].path.split("/")[2]
    other = numbers[(numbers.index(number) + step) % len(numbers)]
    below = [target.path.split("/")[3:] for target in citation.targets]
    there = ["/".join((instrument.id, other, *steps)) in instrument.provisions for steps in below]
    how = [Resolution.RESOLVED if one else Resolution.NONEXISTENT for one in there]
    targets = [Target("/".join((instrument.path, other, *steps)), one) for steps, one in zip(below, how, strict=True)]
    worst = Resolution.RESOLVED if all(there) else Resolution.NONEXISTENT
    return replace(citation, targets=tuple(targets), resolution=worst)


@pytest.mark.parametrize("step", [-3, -1, 2, 4])
def test_most_wrong_numbers_of_articles_would_be_flagged(repository: Path, step: int) -> None:
    (entry,) = load_corpus(repository / "corpus")
    whole, reference = read_document(entry), load()
    made = found = 0
    for submission in whole.submissions:
        for place, unit in enumerate(submission.provisions):
            for index, citation in enumerate(unit.citations):
                parts = citation.targets[0].path.split("/") if citation.targets else []
                if parts[:1] != ["instrument"] or len(parts) < 3 or not reference.instruments[parts[1]].known:
                    continue
                slip = wrong(citation, reference.instruments[parts[1]], step)
                changed = replace(unit, citations=(*unit.citations[:index], slip, *unit.citations[index + 1 :]))
                units = (*submission.provisions[:place], changed, *submission.provisions[place + 1 :])
                subject = Subject(replace(submission, provisions=units), whole, reference)
                made += 1
                before = run(Subject(submission, whole, reference), unit)
                found += any(finding not in before for finding in run(subject, unit))
    print(f"{found} of {made} wrong numbers are flagged")
    assert found >= 0.7 * made


def run(subject: Subject, unit: Provision) -> list[Finding]:
    """What the checks of citations say of one unit, or of the article whose heading stands above it."""
    findings: list[Finding] = []
    for check in (*CITATION_CHECKS, *STRUCTURE_CHECKS):
        outcome = Outcome(check.id)
        check.run(subject, outcome)
        findings += [finding for finding in outcome.findings if finding.about in (unit.path, unit.parent)]
    return findings


@pytest.mark.parametrize("treaty", ["untoc", "uncac", "budapest"])
def test_a_well_edited_treaty_passes(tmp_path: Path, shared: Path, treaty: str) -> None:
    text = (shared / "instruments" / f"{treaty}.md").read_text(encoding="utf-8")
    own = {check.id for check in OWN}
    file = tmp_path / "treaty.md"
    file.write_text("# Norway\n\n[Original: English] [1 July 2022]\n\n" + text, encoding="utf-8")
    found = [finding for finding in examine(read_document(describe(file))).findings if finding.check in own]
    print(*(f"{finding.check}: {finding.quote[:60]!r} {finding.problem}" for finding in found), sep="\n")
    assert len(found) <= 4
