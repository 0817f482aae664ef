"""Every question of the catalogue: the same answer on two engines, and the answer that was checked by hand.

The checked answers are in ``answers/``, one file a question: its columns, how many rows, and the rows of short answers
(up to 40) as the table prints them. After a change that is meant to change an answer, read the difference, and write
the files anew with ``python -m pytest tests/test_answers.py --rewrite-answers``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from travaux.graph.store import Store
from travaux.queries.catalogue import Question, catalogue, run
from travaux.queries.results import Answer, Form, plain

ANSWERS = Path(__file__).parent / "answers"
QUESTIONS = catalogue()
LONGEST = 40


@pytest.fixture(scope="module")
def union(corpus: Store) -> rdflib.Graph:
    graph = rdflib.Graph()
    triples = (quad.triple for quad in corpus.quads())
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    return graph


def rows(answer: Answer) -> Counter[tuple[str, ...]]:
    if answer.form is Form.CONSTRUCT:
        return Counter((str(triple),) for triple in answer.triples)
    return Counter(tuple(str(plain(term)) for term in row) for row in answer.rows)


def shown(term: object) -> object:
    """A value as it is kept: digests of data files change with every word in them."""
    return re.sub(r"sha256:[0-9a-f]{64}", "sha256:...", term) if isinstance(term, str) else term


def described(answer: Answer) -> dict[str, object]:
    if answer.form is Form.CONSTRUCT:
        return {"triples": len(answer.triples)}
    told: dict[str, object] = {"columns": list(answer.columns), "count": len(answer.rows)}
    if len(answer.rows) <= LONGEST:
        told["rows"] = [[shown(plain(term)) for term in row] for row in answer.rows]
    return told


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_has_its_checked_answer(question: Question, corpus: Store, request: pytest.FixtureRequest) -> None:
    told = described(run(corpus, question, question.example))
    file = ANSWERS / f"{question.name}.json"
    if request.config.getoption("--rewrite-answers"):
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert told == json.loads(file.read_text(encoding="utf-8"))
    assert told.get("count", told.get("triples")), "an example that finds nothing shows nothing"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_has_the_same_answer_on_another_engine(
    question: Question, corpus: Store, union: rdflib.Graph
) -> None:
    assert rows(run(corpus, question, question.example)) == rows(run(union, question, question.example))


def test_no_checked_answer_is_left_of_a_question_that_is_gone() -> None:
    assert {file.stem for file in ANSWERS.glob("*.json")} == {question.name for question in QUESTIONS}


def test_the_guide_lists_the_catalogue(repository: Path) -> None:
    guide = (repository / "docs" / "queries.md").read_text(encoding="utf-8")
    for question in QUESTIONS:
        row = f"| {question.number} | [`{question.name}`](../queries/{question.name}.rq) | {question.title} | "
        assert f"{row}{question.summary} |" in guide, f"add to docs/queries.md: {row}{question.summary} |"
