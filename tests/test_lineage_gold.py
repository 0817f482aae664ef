"""The search for sources on the real document and treaties: what the choice is made from holds the true sources."""

from __future__ import annotations

import json
from pathlib import Path

from travaux.api import SHIPPED_CORPUS
from travaux.evaluation.gold import SHIPPED_GOLD, read_gold
from travaux.evaluation.structure import correspond
from travaux.ingest.document import read_document
from travaux.ingest.instruments import read_instrument
from travaux.ingest.manifest import load_corpus
from travaux.lineage.candidates import candidates
from travaux.lineage.texts import texts_of
from travaux.lineage.vocabulary import Vocabulary
from travaux.lineage.words import own_words
from travaux.ontology.reference import load
from travaux.ontology.reuse import reuse

TREATIES = ("budapest", "uncac", "untoc")


def test_the_true_source_of_nearly_every_unit_is_among_its_candidates(shared: Path) -> None:
    reference = load()
    document = read_document(load_corpus(SHIPPED_CORPUS)[0], reference)
    sources = [
        text
        for treaty in TREATIES
        for text in texts_of(
            f"instrument/{treaty}",
            read_instrument(shared / "instruments" / f"{treaty}.md", reference, treaty).provisions,
        ).texts
    ]
    units = [
        text
        for submission in document.submissions
        for text in texts_of(submission.path, submission.provisions, own_words).texts
    ]
    vocabulary = Vocabulary(text.words.forms for text in (*sources, *units))
    found = candidates(
        *([vocabulary.ids(text.words.forms) for text in side] for side in (units, sources)),
        keep=reuse().least.candidates,
    )
    proposed = {
        unit.path: {sources[place].path.removeprefix("instrument/") for place in found.of(number)}
        for number, unit in enumerate(units)
    }
    paths = correspond(document, read_gold(SHIPPED_GOLD)).path_of
    labels = [json.loads(line) for line in (SHIPPED_GOLD / "lineage.jsonl").read_text(encoding="utf-8").splitlines()]
    labels = [label for label in labels if label["scored"] and label["corpus_source"]]
    missed = [
        label["unit"]
        for label in labels
        if not proposed.get(paths.get(label["unit"], ""), set()) & {label["corpus_source"], *label["also_accept"]}
    ]
    print(f"{len(labels) - len(missed)} of {len(labels)} true sources among {len(found.sources) / len(units):.1f} each")
    assert len(missed) <= 0.01 * len(labels), missed
