"""The store: whole graphs in, whole graphs out, whatever happens in between."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Variable
from travaux.errors import QueryError, StoreError
from travaux.graph import library
from travaux.graph.folder import FORMAT
from travaux.graph.sparql import names_dataset
from travaux.graph.store import Change, Store
from travaux.graph.vocabulary import CONTEXT_GRAPH, REFERENCE_GRAPH, node
from travaux.ingest.records import Document
from travaux.ontology.terms import DEFAULT_BASE

GRAPH = NamedNode("https://example.org/graph")
OTHER = NamedNode("https://example.org/other")
SAYS = NamedNode("https://example.org/says")


def quads(*words: str, graph: NamedNode = GRAPH) -> list[Quad]:
    return [Quad(NamedNode("https://example.org/it"), SAYS, Literal(word), graph) for word in words]


def held(store: Store, graph: NamedNode = GRAPH) -> set[str]:
    return {quad.object.value for quad in store.quads(graph) if isinstance(quad.object, Literal)}


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Store.memory() if request.param == "memory" else Store.open(tmp_path / "store")


def test_writing_a_graph_again_changes_nothing(store: Store) -> None:
    assert store.put(GRAPH, quads("a", "b")) is Change.ADDED
    before = store.digest(GRAPH)
    assert store.put(GRAPH, quads("b", "a", "a")) is Change.UNCHANGED
    assert store.digest(GRAPH) == before


def test_a_changed_graph_replaces_the_old_one_whole(store: Store) -> None:
    store.put_all({GRAPH: quads("a", "b"), OTHER: quads("c", graph=OTHER)})
    assert store.put(GRAPH, quads("b", "d")) is Change.REPLACED
    assert held(store) == {"b", "d"}
    assert held(store, OTHER) == {"c"}


def test_a_removed_graph_is_gone(store: Store) -> None:
    store.put(GRAPH, quads("a"))
    assert store.remove(GRAPH) is Change.REMOVED
    assert store.remove(GRAPH) is Change.UNCHANGED
    assert store.graphs() == ()
    assert list(store.quads()) == []


def test_several_graphs_are_written_together(store: Store) -> None:
    store.put(GRAPH, quads("a"))
    changes = store.put_all({GRAPH: quads("b"), OTHER: quads("c", graph=OTHER)})
    assert changes == {GRAPH: Change.REPLACED, OTHER: Change.ADDED}
    assert (held(store), held(store, OTHER)) == ({"b"}, {"c"})


def test_a_quad_of_another_graph_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="does not stand in the graph"):
        store.put(GRAPH, quads("a", graph=OTHER))
    assert store.graphs() == ()


@settings(max_examples=40, deadline=None)
@given(
    before=st.sets(st.text(st.characters(exclude_categories=["Cs"])), max_size=8),
    after=st.sets(st.text(st.characters(exclude_categories=["Cs"])), max_size=8),
)
def test_any_words_survive_being_replaced(before: set[str], after: set[str]) -> None:
    store = Store.memory()
    store.put(GRAPH, quads(*before))
    store.put(GRAPH, quads(*after))
    assert held(store) == after


class TestQueries:
    def test_a_query_that_names_no_dataset_sees_all_graphs(self, store: Store) -> None:
        store.put_all({GRAPH: quads("a"), OTHER: quads("b", graph=OTHER)})
        found = store.query("SELECT ?words WHERE { ?it <https://example.org/says> ?words }")
        assert isinstance(found, QuerySolutions)
        assert {row["words"].value for row in found} == {"a", "b"}

    def test_a_query_that_names_a_dataset_sees_only_that(self, store: Store) -> None:
        store.put_all({GRAPH: quads("a"), OTHER: quads("b", graph=OTHER)})
        found = store.query(f"SELECT ?words FROM {OTHER} WHERE {{ ?it <https://example.org/says> ?words }}")
        assert isinstance(found, QuerySolutions)
        assert [row["words"].value for row in found] == ["b"]

    def test_a_value_is_bound_as_a_term(self, store: Store) -> None:
        store.put(GRAPH, quads("a", '" } DROP ALL'))
        bound = {Variable("words"): Literal('" } DROP ALL')}
        found = store.query("SELECT ?it ?words WHERE { ?it <https://example.org/says> ?words }", substitutions=bound)
        assert isinstance(found, QuerySolutions)
        assert len(list(found)) == 1

    def test_a_store_that_was_never_written_answers_with_nothing(self, tmp_path: Path) -> None:
        found = Store.open(tmp_path / "store").query("ASK { ?s ?p ?o }")
        assert isinstance(found, QueryBoolean)
        assert not found
        assert not (tmp_path / "store").exists()

    @pytest.mark.parametrize("query", ["SELECT", "SELECT * WHERE { ?s ?p", "INSERT DATA { <a> <b> <c> }"])
    def test_a_syntax_error_is_one_line_that_says_where(self, store: Store, query: str) -> None:
        with pytest.raises(QueryError, match=r"mine\.rq: the query is not SPARQL: at line 1, column \d+") as error:
            store.query(query, where="mine.rq")
        assert "\n" not in str(error.value)
        assert len(str(error.value)) < 300

    @pytest.mark.parametrize(
        ("query", "named"),
        [
            ("SELECT * FROM <g> WHERE { ?s ?p ?o }", True),
            ("select * from named <g> { graph ?g { ?s ?p ?o } }", True),
            ("PREFIX from: <f#> SELECT ?from { ?from from:from 'FROM <g>' } # FROM <g>", False),
            ('SELECT * { ?s ?p """ " FROM <g> """ }', False),
            ("SELECT * { <http://e/FROM> ?p ?o }", False),
            ("SELECT * FROM ex:g { }", True),
        ],
    )
    def test_whether_a_query_names_its_dataset(self, query: str, named: bool) -> None:
        assert names_dataset(query) is named


class TestOnDisk:
    def test_what_was_written_is_there_when_the_store_is_opened_again(self, tmp_path: Path) -> None:
        for words in (("a",), ("a", "b"), ("c",)):
            with Store.open(tmp_path / "store") as store:
                store.put(GRAPH, quads(*words))
            with Store.read_only(tmp_path / "store") as store:
                assert held(store) == set(words)

    def test_the_base_is_kept_and_another_one_is_refused(self, tmp_path: Path) -> None:
        with Store.open(tmp_path, "https://example.org/") as store:
            store.put(GRAPH, quads("a"))
        with Store.open(tmp_path) as store:
            assert store.base == "https://example.org/"
        with pytest.raises(StoreError, match=r"begin with https://example\.org/, not with"):
            Store.open(tmp_path, DEFAULT_BASE)

    def test_a_store_that_is_being_written_can_be_read_but_not_written_by_another(self, tmp_path: Path) -> None:
        with Store.open(tmp_path) as store:
            store.put(GRAPH, quads("a"))
            assert held(Store.read_only(tmp_path)) == {"a"}
            with pytest.raises(StoreError, match="another program is writing to this store"):
                Store.open(tmp_path)

    def test_a_store_opened_for_reading_is_not_written(self, tmp_path: Path) -> None:
        with Store.open(tmp_path) as store:
            store.put(GRAPH, quads("a"))
        with Store.read_only(tmp_path) as store, pytest.raises(StoreError, match="for reading only"):
            store.put(GRAPH, quads("b"))

    def test_a_closed_store_is_not_written(self, tmp_path: Path) -> None:
        store = Store.open(tmp_path)
        store.put(GRAPH, quads("a"))
        store.close()
        with pytest.raises(StoreError, match="the store is closed"):
            store.put(GRAPH, quads("b"))

    def test_there_is_nothing_to_read_where_there_is_no_store(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="there is no store here; make one with 'travaux build'"):
            Store.read_only(tmp_path / "store")

    def test_a_folder_of_something_else_is_refused_and_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("mine")
        with pytest.raises(StoreError, match="this folder is not a store"):
            Store.open(tmp_path)
        assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]

    def test_a_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "store").write_text("mine")
        with pytest.raises(StoreError, match="this is a file"):
            Store.open(tmp_path / "store")

    def test_a_store_of_another_format_is_refused(self, tmp_path: Path) -> None:
        with Store.open(tmp_path) as store:
            store.put(GRAPH, quads("a"))
        (tmp_path / "travaux-store.json").write_text(json.dumps({"format": FORMAT + 1, "base": DEFAULT_BASE}))
        with pytest.raises(StoreError, match=f"a store of format {FORMAT + 1}, .* reads format {FORMAT}"):
            Store.open(tmp_path)

    @pytest.mark.parametrize("description", ["", "{}", "[]", '{"format": "new", "base": ""}', '{"format": 1}'])
    def test_a_damaged_description_is_reported(self, tmp_path: Path, description: str) -> None:
        (tmp_path / "travaux-store.json").write_text(description)
        with pytest.raises(StoreError, match="the description of the store is damaged"):
            Store.open(tmp_path)

    @pytest.mark.parametrize("pattern", ["CURRENT", "MANIFEST-*", "*.sst"])
    @pytest.mark.parametrize("harm", ["lost", "cut", "overwritten"])
    def test_damaged_files_are_reported_in_one_line(self, tmp_path: Path, pattern: str, harm: str) -> None:
        with Store.open(tmp_path) as store:
            store.put(GRAPH, quads(*map(str, range(500))))
        for file in (tmp_path / "quads").glob(pattern):
            content = file.read_bytes()
            file.unlink()
            if harm != "lost":
                file.write_bytes(content[: len(content) // 2] if harm == "cut" else b"x" * len(content))
        with pytest.raises(StoreError) as error, Store.open(tmp_path) as store:
            list(store.quads())
        assert "\n" not in str(error.value)
        assert str(error.value).startswith(str(tmp_path))

    def test_what_an_interrupted_creation_left_behind_is_no_obstacle(self, tmp_path: Path) -> None:
        (tmp_path / ".unfinished-quads-x").mkdir()
        (tmp_path / ".unfinished-quads-x" / "CURRENT").write_text("half")
        (tmp_path / ".unfinished-description-x").write_text("{")
        with Store.open(tmp_path) as store:
            store.put(GRAPH, quads("a"))
        assert sorted(entry.name for entry in tmp_path.iterdir()) == ["quads", "travaux-store.json"]


BEFORE, AFTER = range(3000), range(1500, 4500)
"""Two versions of a graph, large enough that writing the second over the first takes a while."""

_WRITER = textwrap.dedent(
    """
    import sys
    from travaux.graph.store import Store
    from pyoxigraph import Literal, NamedNode, Quad

    graph, says = NamedNode("https://example.org/graph"), NamedNode("https://example.org/says")
    versions = [
        [Quad(graph, says, Literal(str(word)), graph) for word in words] for words in (range(3000), range(1500, 4500))
    ]
    print("ready", flush=True)
    while True:
        with Store.open(sys.argv[1]) as store:
            for version in versions * 2:
                store.put(graph, version)
        if len(sys.argv) > 2:
            break
    """
)


def killed(folder: Path, delay: float) -> None:
    """Write two versions of a graph in turn in another process, and kill it after `delay` seconds of that."""
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(folder)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()
    with suppress(subprocess.TimeoutExpired):
        writer.wait(delay)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
class TestKilled:
    @pytest.mark.parametrize("seed", range(8))
    def test_a_run_killed_while_it_replaces_a_graph_leaves_one_version_or_the_other(
        self, tmp_path: Path, seed: int
    ) -> None:
        with Store.open(tmp_path) as store:
            store.put(GRAPH, quads(*map(str, BEFORE)))
        killed(tmp_path, random.Random(seed).uniform(0.0, 0.25))
        with Store.open(tmp_path) as store:
            assert held(store) in ({str(word) for word in BEFORE}, {str(word) for word in AFTER})
            assert store.put(GRAPH, quads("later")) is Change.REPLACED

    @pytest.mark.parametrize("seed", range(8))
    def test_a_run_killed_while_it_makes_a_store_leaves_a_whole_one_or_none(self, tmp_path: Path, seed: int) -> None:
        folder = tmp_path / "store"
        killed(folder, random.Random(seed).uniform(0.0, 0.06))
        with Store.open(folder) as store:
            assert held(store) in (set(), {str(word) for word in BEFORE}, {str(word) for word in AFTER})
            store.put(GRAPH, quads("later"))
            assert held(store) == {"later"}


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_store_can_be_read_at_any_moment_while_another_program_writes(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.put(GRAPH, quads(*map(str, BEFORE)))
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()
    try:
        for _ in range(30):
            with Store.read_only(tmp_path) as store:
                assert held(store) in ({str(word) for word in BEFORE}, {str(word) for word in AFTER})
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


_LIMITED = textwrap.dedent(
    """
    import resource, signal, sys
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    from travaux.errors import StoreError
    from travaux.graph.store import Store
    from pyoxigraph import Literal, NamedNode, Quad

    graph, says = NamedNode("https://example.org/graph"), NamedNode("https://example.org/says")
    store = Store.open(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    try:
        store.put(graph, [Quad(graph, says, Literal(str(word) * 40), graph) for word in range(20000)])
    except StoreError as error:
        print(error)
    """
)


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits on the size of a file")
class TestNoRoom:
    @pytest.mark.parametrize("limit", [100_000, 500_000])
    def test_a_write_without_room_leaves_the_store_as_it_was(self, tmp_path: Path, limit: int) -> None:
        with Store.open(tmp_path) as store:
            store.put(GRAPH, quads("before"))
        ran = subprocess.run([sys.executable, "-c", _LIMITED, tmp_path, str(limit)], capture_output=True, text=True)
        assert ran.stdout.startswith(f"{tmp_path}: there is no room to write; the store is as it was before"), (
            ran.stderr
        )
        with Store.open(tmp_path) as store:
            assert held(store) == {"before"}

    def test_a_store_that_there_is_no_room_for_is_not_made(self, tmp_path: Path) -> None:
        folder = tmp_path / "store"
        ran = subprocess.run([sys.executable, "-c", _LIMITED, folder, "100000"], capture_output=True, text=True)
        assert ran.stdout.startswith(f"{folder}: there is no room to write"), ran.stderr
        with Store.open(folder) as store:
            assert list(store.quads()) == []


class TestLibrary:
    def test_a_document_comes_with_the_reference_data_and_with_what_only_it_names(self, draft: Document) -> None:
        store = Store.memory()
        assert library.record(store, [draft]) == {
            REFERENCE_GRAPH: Change.ADDED,
            draft.path: Change.ADDED,
            CONTEXT_GRAPH: Change.ADDED,
        }
        assert library.documents(store) == (node(draft.path),)
        resolution = store.about(node("resolution/ecosoc/2019/19"), node(CONTEXT_GRAPH))
        assert any(
            quad.object == Literal("Economic and Social Council resolution 2019/19", language="en")
            for quad in resolution
        )

    def test_a_document_recorded_again_changes_nothing(self, draft: Document) -> None:
        store = Store.memory()
        library.record(store, [draft])
        assert set(library.record(store, [draft]).values()) == {Change.UNCHANGED}

    def test_a_document_that_is_forgotten_takes_with_it_what_only_it_named(self, draft: Document) -> None:
        store = Store.memory()
        library.record(store, [draft])
        assert library.forget(store, draft.path) is Change.REMOVED
        assert store.graphs() == (node(REFERENCE_GRAPH),)
        assert library.forget(store, draft.path) is Change.UNCHANGED
