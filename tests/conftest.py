"""What several tests share: where the repository is, and the graph of the shipped corpus, built once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from travaux.api import SHIPPED_CORPUS
from travaux.graph.library import record
from travaux.graph.store import Store
from travaux.ingest.document import read_document
from travaux.ingest.manifest import load_corpus
from travaux.ingest.passage import Passage, printed
from travaux.ingest.records import (
    Citation,
    CitationKind,
    ConceptMention,
    Document,
    Genre,
    Ground,
    Kind,
    Provision,
    Resolution,
    Span,
    Submission,
    Target,
    quote,
)
from travaux.lineage.known import known_lineage

REPOSITORY = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-answers", action="store_true", help="write the checked answers of the catalogue anew")


@pytest.fixture(scope="session", autouse=True)
def _no_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Without the treaties that whoever runs the tests has added."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRAVAUX_LIBRARY", str(tmp_path_factory.mktemp("user") / "instruments"))
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Words of treaties and of other compilations, which are not part of the repository."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared, the texts that are not part of this repository")
    return folder


@pytest.fixture(scope="session")
def corpus() -> Iterator[Store]:
    """The graph of the shipped corpus, with the lineage as it is shipped. Nothing may be written into it."""
    store = Store.memory()
    documents = [(read_document(entry), entry.path.parent) for entry in load_corpus(SHIPPED_CORPUS)]
    lineages = {document.path: known_lineage(document, folder, {}).lineage for document, folder in documents}
    record(store, [document for document, _ in documents], lineages=lineages)
    yield store
    store.close()


@pytest.fixture(scope="session")
def draft() -> Document:
    """A few provisions of V.22-10828 as records, with their real words and places: what ingest hands to the graph."""
    text = (REPOSITORY / "corpus" / "ahc-cybercrime" / "v-22-10828.md").read_text(encoding="utf-8")
    top = "document/v-22-10828/colombia"

    def at(words: str, near: str = "") -> Span:
        start = text.index(words, text.index(near) if near else 0)
        return Span(start, start + len(words))

    def cited(
        words: str, *paths: str, how: Resolution = Resolution.RESOLVED, by_reference: bool = False, near: str = ""
    ) -> Citation:
        kind = CitationKind.RESOLUTION if paths[0].startswith("resolution") else CitationKind.INSTRUMENT
        targets = tuple(Target(path, how) for path in paths)
        as_source = kind is CitationKind.INSTRUMENT
        return Citation(kind, (at(words, near),), words, targets, how, by_reference, as_source=as_source)

    def unit(
        path: str, parent: str, kind: Kind, number: str, *spans: Span, heading: str = "", **more: Any
    ) -> Provision:
        words = "" if heading else " ".join(quote(text, spans).split())
        places = sorted({*spans, *(span for citation in more.get("citations", ()) for span in citation.spans)})
        passage = Passage(tuple(printed(quote(text, (span,)), span.start) for span in places))
        return Provision(
            f"{top}{path}", f"{top}{parent}", kind, number, number, heading, words, spans, 1, passage=passage, **more
        )

    recital = at("Recalling Security Council resolutions 2322 (2016)")
    recalled = cited("Security Council resolutions 2322 (2016)", "resolution/sc/2322-2016")
    symbol = cited("General Assembly resolutions 193 (2014)", "resolution/ga/193-2014", how=Resolution.NONEXISTENT)
    organ = cited("Economic and Social Council resolutions 2019/19", "resolution/ecosoc/2019/19")
    second = at("2. The criminal offences described in paragraph 1 of this article shall be deemed")
    third = (
        at("3. If a Party that makes extradition conditional"),
        at("to any criminal offence referred to in paragraph 1"),
    )
    principles = "General principles relating to mutual assistance"
    heading = cited(
        "article 25, paragraphs 1-5, of the Budapest Convention", *(f"instrument/budapest/25/{n}" for n in range(1, 6))
    )
    answer = cited(
        "art. 32, para. 3 (a) and (b), of the Budapest Convention",
        "instrument/budapest/32/3/a",
        "instrument/budapest/32/3/b",
        how=Resolution.NONEXISTENT,
        by_reference=True,
    )
    assistance = "1. The Parties shall afford one another mutual assistance"
    provisions = (
        unit("/preamble", "", Kind.HEADING, "", at("# Preamble"), heading="Preamble"),
        unit("/preamble/1", "/preamble", Kind.RECITAL, "1", recital, citations=(recalled, symbol, organ)),
        unit(
            "/extradition",
            "",
            Kind.ARTICLE,
            "",
            at("## Extradition"),
            heading="Extradition",
            concepts=(ConceptMention("extradition", Ground.HEADING, (at("Extradition", "## Extradition"),)),),
        ),
        unit(
            "/extradition/2",
            "/extradition",
            Kind.PARAGRAPH,
            "2",
            second,
            citations=(cited("art. 24, para. 2, of the Budapest Convention", "instrument/budapest/24/2"),),
        ),
        unit("/extradition/3", "/extradition", Kind.PARAGRAPH, "3", *third),
        unit("/principles", "", Kind.ARTICLE, "", at(principles), heading=principles, citations=(heading,)),
        unit("/principles/1", "/principles", Kind.PARAGRAPH, "1", at(assistance)),
        unit(
            "/principles/1/c",
            "/principles/1",
            Kind.SUBPARAGRAPH,
            "c",
            at("(c) Answer to the request"),
            heading="Answer to the request",
            by_reference=True,
            citations=(answer,),
        ),
    )
    numbered = tuple(replace(provision, order=order) for order, provision in enumerate(provisions, start=1))
    submission = Submission(
        top, ("state/COL",), (), "Colombia", "2022-07-13", "en", Genre.DRAFT, (at("# Colombia"),), numbered
    )
    return Document(
        path="document/v-22-10828",
        negotiation="ahc-cybercrime",
        body="Ad Hoc Committee",
        session="Third session",
        symbol="V.22-10828",
        title="Compilation of proposals and comments: Addendum",
        issued="2022-08-03",
        received="2022-08-30",
        language="en",
        layout="by-proponent",
        digest=f"sha256:{hashlib.sha256(text.encode()).hexdigest()}",
        source="v-22-10828.md",
        text=text,
        submissions=(submission,),
    )
