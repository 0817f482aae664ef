"""Proofs in SARIF 2.1.0, the OASIS format in which editors and code hosts show findings at their lines.

Specification: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .._version import __version__
from ..lineage.findings.examination import CHECKS
from ..lineage.records import Finding, Severity
from ..proofreading import SEVERITIES, Proof

__all__ = ["as_sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.A: "error", Severity.B: "warning", Severity.C: "note"}
_FURTHER = "How each check works, and what it passes over, is told in docs/findings.md of the sources of Travaux."
_ROOT = "SRCROOT"
_MEDIA_TYPES = {".md": "text/markdown", ".txt": "text/plain", ".html": "text/html", ".htm": "text/html"}


def as_sarif(proofs: Sequence[Proof], root: Path) -> str:
    """The findings of `proofs` as one run of SARIF.

    Parameters
    ----------
    proofs
        What was proofread.
    root
        The folder below which files are named relatively, so that the report means the same on another machine; a file
        outside of it has an absolute address.
    """
    rules = {check.id: place for place, check in enumerate(CHECKS)}
    run = {
        "tool": {
            "driver": {
                "name": "travaux",
                "fullName": f"Travaux {__version__}",
                "version": __version__,
                "semanticVersion": __version__,
                "shortDescription": {"text": "Findings of a careful editor in the drafts of treaties."},
                "rules": [_rule(check.id, check.question, check.things) for check in CHECKS],
            }
        },
        "automationDetails": {"id": "travaux/"},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which travaux was run."}}},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [_artifact(proof, root) for proof in proofs],
        "results": [result for place, proof in enumerate(proofs) for result in _results(proof, place, rules, root)],
        "properties": {
            "checks": [
                {
                    "check": result.check,
                    "submission": result.submission,
                    "examined": result.examined,
                    "flagged": result.flagged,
                }
                for proof in proofs
                for result in proof.examination.results
            ]
        },
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(name: str, question: str, things: str) -> dict[str, Any]:
    weights = "; ".join(f"severity {severity} ({_LEVELS[severity]}) {words}" for severity, words in SEVERITIES.items())
    return {
        "id": name,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": question},
        "fullDescription": {"text": f"Asked of each of these: {things}. {question}"},
        # No address: nothing is published at which a check is explained, so what there is to say stands here.
        "help": {"text": f"{question} Each finding has a severity of its own: {weights}. {_FURTHER}"},
        "properties": {"tags": ["treaty", "drafting"]},
    }


def _artifact(proof: Proof, root: Path) -> dict[str, Any]:
    held: dict[str, Any] = {
        "location": _location(proof.file, root),
        "encoding": "utf-8",
        "hashes": {"sha-256": proof.document.digest.removeprefix("sha256:")},
    }
    if media_type := _MEDIA_TYPES.get(proof.file.suffix.lower()):
        held["mimeType"] = media_type
    return held


def _location(file: Path, root: Path) -> dict[str, str]:
    whole = (root / file).resolve()
    try:
        return {"uri": quote(whole.relative_to(root.resolve()).as_posix()), "uriBaseId": _ROOT}
    except ValueError:
        return {"uri": whole.as_uri()}


def _results(proof: Proof, artifact: int, rules: dict[str, int], root: Path) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    return [
        {
            "ruleId": finding.check,
            "ruleIndex": rules[finding.check],
            "level": _LEVELS[finding.severity],
            "message": {"text": _message(finding)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {**_location(proof.file, root), "index": artifact},
                        "region": _region(proof, finding),
                    },
                    "logicalLocations": [
                        {
                            "fullyQualifiedName": finding.about,
                            "name": proof.labels.get(finding.about, finding.about),
                            "kind": "provision",
                        }
                    ],
                }
            ],
            "partialFingerprints": {"travauxFinding/v1": _fingerprint(proof, finding, seen)},
            "properties": {"kind": finding.kind, "severity": finding.severity.value},
        }
        for _, findings in proof.by_submission()
        for finding in findings
    ]


def _message(finding: Finding) -> str:
    """The problem and the suggestion, as sentences."""
    told = [finding.problem, f"Suggestion: {finding.suggestion}" if finding.suggestion else ""]
    sentences = [words if words.endswith((".", "?", "!")) else f"{words}." for words in told if words]
    return " ".join(words[0].upper() + words[1:] for words in sentences)


def _region(proof: Proof, finding: Finding) -> dict[str, Any]:
    """From the first flagged character to the last. Every count is of UTF-16 code units, as ``columnKind`` says."""
    text = proof.document.text
    start, end = finding.spans[0].start, max(span.end for span in finding.spans)
    first, last = proof.place(start), proof.place(end)
    return {
        "startLine": first.line,
        "startColumn": _units(text[proof.line_start(first.line) : start]) + 1,
        "endLine": last.line,
        "endColumn": _units(text[proof.line_start(last.line) : end]) + 1,
        "charOffset": _units(text[:start]),
        "charLength": _units(text[start:end]),
        "snippet": {"text": text[start:end]},
    }


def _units(words: str) -> int:
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _fingerprint(proof: Proof, finding: Finding, seen: Counter[str]) -> str:
    """What stays the same when lines move: what is the matter with which words of which provision."""
    about = finding.about.removeprefix(f"{proof.document.path}/")
    known = "\n".join((finding.check, finding.kind, about, " ".join(finding.quote.split())))
    seen[known] += 1
    return hashlib.sha256(f"{known}\n{seen[known]}".encode()).hexdigest()
