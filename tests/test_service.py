"""The graph over HTTP: the protocol, what is refused, and that others are served whatever one asks."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import travaux
from travaux.service.negotiation import chosen

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "store"
    travaux.build(store=folder).close()
    return folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[httpx.Client]:
    """A client of a service that gives a query two seconds."""
    port = _free_port()
    command = [sys.executable, "-m", "travaux", "serve", "--store", str(folder), "--port", str(port), "--timeout", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, trust_env=False) as client:
            deadline = time.monotonic() + 60
            while True:
                try:
                    client.get("/health").raise_for_status()
                    break
                except httpx.TransportError:
                    assert process.poll() is None, "the service ended"
                    assert time.monotonic() < deadline, "the service does not start"
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def _ask(service: httpx.Client, query: str, accept: str = "text/csv") -> httpx.Response:
    return service.get("/sparql", params={"query": query}, headers={"Accept": accept})


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml;q=0.3, text/csv;q=0.8", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_rows_come_in_the_form_that_the_client_takes(service: httpx.Client, accept: str, expected: str) -> None:
    answer = _ask(service, COUNT, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)
    assert "Accept" in answer.headers["vary"]


def test_the_service_counts_what_the_store_holds(service: httpx.Client, folder: Path) -> None:
    with travaux.open(folder) as graph:
        held = str(graph.query(COUNT).answer.rows[0][0].value)  # type: ignore[union-attr]
    assert _ask(service, COUNT).text.split() == ["n", held]


def test_a_query_may_be_asked_in_three_ways(service: httpx.Client) -> None:
    asked = _ask(service, COUNT)
    form = service.post("/sparql", data={"query": COUNT}, headers={"Accept": "text/csv"})
    direct = service.post(
        "/sparql", content=COUNT, headers={"Accept": "text/csv", "Content-Type": "application/sparql-query"}
    )
    assert asked.text == form.text == direct.text


def test_the_request_may_name_the_dataset(service: httpx.Client) -> None:
    reference = "https://w3id.org/travaux/graph/reference"
    named = service.get("/sparql", params={"query": COUNT, "default-graph-uri": reference, "format": "csv"})
    written = _ask(service, f"SELECT (COUNT(*) AS ?n) FROM <{reference}> WHERE {{ ?s ?p ?o }}")
    every = _ask(service, COUNT)
    assert named.text == written.text != every.text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("SELECT * WHERE {", 400, "line 1, column"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400, "SERVICE is refused"),
        ("SELECT * { # SERVICE\n service silent ?e { ?s ?p ?o } }", 400, "SERVICE is refused"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 400, "not SPARQL"),
        ("LOAD <file:///etc/passwd>", 400, "not SPARQL"),
        (ENDLESS, 504, "stopped after 2 s"),
        ("SELECT * {" + "{" * 200_000 + "}" * 200_000 + "}", 500, "simpler"),
    ],
    ids=["unfinished", "federated", "federated-in-disguise", "update", "file", "endless", "deep"],
)
def test_what_is_refused_is_refused_in_one_line(service: httpx.Client, query: str, status: int, said: str) -> None:
    answer = service.post("/sparql", data={"query": query})
    assert (answer.status_code, answer.text.count("\n")) == (status, 1)
    assert said in answer.text
    assert _ask(service, "ASK {}").text == "true", "others are served after it"


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"update=CLEAR%20ALL", FORM, 400),
        (b"", FORM, 400),
        (b"query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
        (b"query=ASK%7B%7D", {"Content-Type": "text/plain"}, 415),
        (b"query=ASK%7B%7D", {**FORM, "Accept": "image/png"}, 406),
        (b"query=ASK%7B%7D&timeout=never", FORM, 400),
        (b"\xff", {"Content-Type": "application/sparql-query"}, 400),
        (b"query=" + b" " * 3_000_000, FORM, 413),
    ],
    ids=["update", "nothing", "two", "media type", "form", "timeout", "bytes", "long"],
)
def test_a_request_that_breaks_the_protocol_is_told_how(
    service: httpx.Client, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = service.post("/sparql", content=body, headers=headers)
    assert (answer.status_code, answer.text.count("\n")) == (status, 1)


def test_others_are_served_beside_an_endless_query(service: httpx.Client) -> None:
    with ThreadPoolExecutor(1) as other:
        endless = other.submit(lambda: service.post("/sparql", data={"query": ENDLESS}).status_code)
        assert [_ask(service, "ASK {}").text for _ in range(20)] == ["true"] * 20
        assert endless.result() == 504


def test_a_stop_ends_every_process(folder: Path) -> None:
    port = _free_port()
    command = [sys.executable, "-m", "travaux", "serve", "--store", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            httpx.get(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D", trust_env=False)
            break
        except httpx.TransportError:
            assert process.poll() is None, "the service ended"
    process.send_signal(signal.SIGTERM)
    # The pipes end only once nobody holds them, so this waits for the template and the workers too.
    process.communicate(timeout=20)
    assert process.returncode in (0, -signal.SIGTERM)


def test_a_service_without_a_store_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "travaux", "serve", "--store", str(tmp_path / "none")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "there is no store here" in ended.stderr


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "text/csv"),
        ("text/*;q=0.1, application/json", "application/json"),
        ("text/csv;q=0, */*", "application/json"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=many", "text/csv"),
        ("image/png", ""),
        (";;,,q=1", ""),
    ],
)
def test_the_form_that_weighs_most_is_chosen(accept: str, expected: str) -> None:
    assert chosen(accept, ("text/csv", "application/json")) == expected
