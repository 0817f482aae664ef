"""The graph as files: the same bytes on every run, and nothing lost on the way."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
from pyoxigraph import Dataset, Literal, Quad, RdfFormat, parse
from travaux.errors import ExportError
from travaux.graph import library
from travaux.graph.export import FORMATS, TABLES, export, format_of, write_files
from travaux.graph.projection import network, projection
from travaux.graph.rules import with_inferences
from travaux.graph.serialization import RDF_FORMATS, serialized
from travaux.graph.store import Store
from travaux.graph.triples import document_quads
from travaux.graph.vocabulary import node
from travaux.ingest.records import Document, Position, Stance, quote
from travaux.lineage.cited import cited_derivations
from travaux.ontology.terms import DEFAULT_BASE, NAMESPACES

GRAPH_FORMATS = [name for name, format_ in RDF_FORMATS.items() if format_.supports_datasets]
TRIPLE_FORMATS = [name for name in RDF_FORMATS if name not in GRAPH_FORMATS]
RDFLIB = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld", "rdfxml": "xml"}
HOSTILE = '<script>&amp;]]> "x" \\ \\u0022 """ . } @prefix\r\n\ttab  \u0085\u2028 \U0001f4dc  '
CONTROL = "\x00\x01\x0b\x7f"


@pytest.fixture(scope="module")
def store(draft: Document) -> Store:
    """The reference data and the small document, one of its texts hostile."""
    submission = draft.submissions[0]
    units = list(submission.provisions)
    units[3] = replace(units[3], text=HOSTILE)
    changed = replace(draft, submissions=(replace(submission, provisions=tuple(units)),))
    filled = Store.memory()
    library.record(filled, [changed])
    return filled


@pytest.fixture(scope="module")
def quads(draft: Document) -> list[Quad]:
    """Two small graphs, the second with what no XML can hold."""
    graph = with_inferences(document_quads(draft, cited_derivations(draft)), node(draft.path))
    other = node("document/other")
    return [*graph, Quad(node("document/other/x"), node("ns#text"), Literal(HOSTILE + CONTROL), other)]


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_formats_with_graphs_read_back_as_they_were(quads: list[Quad], name: str) -> None:
    written = serialized(quads, name)
    assert set(parse(written, format=RDF_FORMATS[name])) == set(quads)


@pytest.mark.parametrize("name", TRIPLE_FORMATS)
def test_formats_without_graphs_read_back_as_all_triples(quads: list[Quad], name: str) -> None:
    if name == "rdfxml":
        quads = quads[:-1]
    written = serialized(quads, name)
    assert {quad.triple for quad in parse(written, format=RDF_FORMATS[name])} == {quad.triple for quad in quads}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib uses its own deprecated names
@pytest.mark.parametrize("name", RDF_FORMATS)
def test_rdflib_reads_the_same(quads: list[Quad], name: str) -> None:
    import rdflib

    if name == "rdfxml":
        quads = quads[:-1]
    reading = rdflib.Dataset() if name in GRAPH_FORMATS else rdflib.Graph()
    reading.parse(data=serialized(quads, name), format=RDFLIB[name])
    read = reading.serialize(format="nquads" if name in GRAPH_FORMATS else "nt")
    found = set(parse(read, format=RdfFormat.N_QUADS))
    assert found == (set(quads) if name in GRAPH_FORMATS else {Quad(*quad.triple) for quad in quads})


def test_a_carriage_return_survives_rdf_xml() -> None:
    import rdflib

    quad = Quad(node("a"), node("ns#text"), Literal(HOSTILE))
    graph = rdflib.Graph().parse(data=serialized([quad], "rdfxml"), format="xml")
    assert [str(value) for value in graph.objects()] == [HOSTILE]


def test_xml_refuses_what_it_cannot_hold_and_says_where() -> None:
    quad = Quad(node("document/x/1"), node("ns#text"), Literal("a\x0bb"))
    with pytest.raises(
        ExportError, match=r"document/x/1> holds the control character U\+000B, .* choose another format"
    ):
        serialized([quad], "rdfxml")


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_the_order_of_the_statements_does_not_matter(quads: list[Quad], name: str) -> None:
    quads = quads[:-1]
    assert serialized(quads, name) == serialized(quads[::-1], name)


def test_turtle_can_be_read_by_a_person(quads: list[Quad]) -> None:
    text = serialized(quads[:-1], "ttl").decode()
    blocks = text.split("\n\n")
    header = blocks[0].splitlines()
    assert header[0] == f"@base <{DEFAULT_BASE}> ."
    assert header[1:] == [f"@prefix {name}: <{space}> ." for name, space in sorted(NAMESPACES.items())]
    subjects = [block.split(maxsplit=1)[0] for block in blocks[1:]]
    assert len(subjects) == len(set(subjects)) == len({quad.subject for quad in quads[:-1]})
    paragraph = next(block for block in blocks if block.startswith("<document/v-22-10828/colombia/extradition/2> "))
    assert paragraph.splitlines()[0].endswith(" a trv:Paragraph , trv:ProposedProvision , trv:Provision ;")
    assert "\ttrv:partOf <document/v-22-10828/colombia/extradition> ;" in paragraph.splitlines()


def test_json_ld_has_names_a_person_can_read(quads: list[Quad]) -> None:
    document = json.loads(serialized(quads, "jsonld"))
    assert document["@context"] == NAMESPACES
    graph = next(graph for graph in document["@graph"] if graph["@id"].endswith("v-22-10828"))
    paragraph = next(thing for thing in graph["@graph"] if thing["@id"].endswith("/extradition/2"))
    assert "trv:Paragraph" in paragraph["@type"]
    assert paragraph["trv:number"] == [{"@value": "2"}]


_EXPORTER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from travaux.graph.export import FORMATS, export
    from travaux.graph.store import Store

    store = Store.read_only(sys.argv[1])
    for name, endings in FORMATS.items():
        export(store, Path(sys.argv[2]) / f"dump{endings[0]}", name)
    """
)


def test_every_format_has_the_same_bytes_in_every_run(tmp_path: Path, draft: Document) -> None:
    with Store.open(tmp_path / "store") as store:
        library.record(store, [draft])
    runs = [tmp_path / "one", tmp_path / "two"]
    for number, run in enumerate(runs):
        environment = {"PYTHONHASHSEED": str(number), "PATH": ""}
        subprocess.run([sys.executable, "-c", _EXPORTER, tmp_path / "store", run], check=True, env=environment)
    first, second = ({file.name: file.read_bytes() for file in run.rglob("*") if file.is_file()} for run in runs)
    assert set(first) == {f"dump{endings[0]}" for name, endings in FORMATS.items() if name != "csv"} | set(TABLES)
    assert first == second


def test_the_store_and_its_dump_hold_the_same(store: Store, tmp_path: Path) -> None:
    assert export(store, tmp_path / "dump.nq") == "nq"
    assert Dataset(parse(path=tmp_path / "dump.nq")) == Dataset(store.quads())


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_network_files_hold_the_network(store: Store, tmp_path: Path, name: str) -> None:
    export(store, tmp_path / f"network.{name}")
    read = getattr(networkx, f"read_{name}")(tmp_path / f"network.{name}")
    whole = projection(store)
    assert set(read.nodes) == set(whole.nodes)
    assert read.number_of_edges() == whole.number_of_edges()
    paragraph = read.nodes[node("document/v-22-10828/colombia/extradition/3").value]
    assert paragraph["label"] == "Colombia: Extradition, para. 3"
    assert b"lastmodified" not in (tmp_path / f"network.{name}").read_bytes()


def test_a_network_file_marks_what_xml_cannot_hold(tmp_path: Path, draft: Document) -> None:
    submission = draft.submissions[0]
    unit = replace(submission.provisions[3], text="a\x0bb")
    changed = replace(draft, submissions=(replace(submission, provisions=(submission.provisions[2], unit)),))
    store = Store.memory()
    library.record(store, [changed])
    export(store, tmp_path / "network.graphml")
    assert networkx.read_graphml(tmp_path / "network.graphml").nodes[node(unit.path).value]["text"] == "a\ufffdb"


def test_tables_hold_the_network(store: Store, tmp_path: Path) -> None:
    assert export(store, tmp_path / "tables") == "csv"
    found = network(store)
    for name, records in zip(TABLES, (found.things, found.links), strict=True):
        with (tmp_path / "tables" / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [tuple(row.values()) for row in rows] == [
            tuple(getattr(record, field) for field in rows[0]) for record in records
        ]


def test_the_network_holds_what_documents_touch_and_what_holds_that(store: Store) -> None:
    found = network(store)
    kinds = {thing.id.removeprefix(DEFAULT_BASE): thing.kind for thing in found.things}
    assert kinds["state/COL"] == "State"
    assert kinds["instrument/budapest/24/2"] == kinds["instrument/budapest/24"] == "instrument provision"
    assert kinds["instrument/budapest"] == "instrument"
    assert kinds["resolution/ecosoc/2019/19"] == "resolution"
    assert "state/JAM" not in kinds
    assert "instrument/untoc" not in kinds
    links = {
        (link.source.rpartition("/")[2], link.kind, link.target.removeprefix(DEFAULT_BASE)): link.because
        for link in found.links
    }
    assert (
        links["2", "derives from (cited)", "instrument/budapest/24/2"] == "art. 24, para. 2, of the Budapest Convention"
    )
    assert links["extradition", "concerns", "concept/extradition"] == "Extradition"
    assert links["colombia", "submitted by", "state/COL"] == ""


def test_a_position_links_its_holder_to_its_subject_and_a_member_is_linked_by_nothing_inferred(draft: Document) -> None:
    submission = draft.submissions[0]
    unit = submission.provisions[6]
    position = Position(Stance.OPEN_TO_DISCUSS, "asset-recovery", unit.spans, quote(draft.text, unit.spans))
    units = (*submission.provisions[:6], replace(unit, positions=(position,)), *submission.provisions[7:])
    spoken = replace(submission, on_behalf_of=("group/caricom",), provisions=units)
    store = Store.memory()
    library.record(store, [replace(draft, submissions=(spoken,))])
    found = network(store)
    links = {
        (link.source.removeprefix(DEFAULT_BASE), link.target.removeprefix(DEFAULT_BASE)): link.because
        for link in found.links
        if link.kind == "open to discussion"
    }
    assert links == {
        ("state/COL", "concept/asset-recovery"): position.quote,
        ("group/caricom", "concept/asset-recovery"): position.quote,
    }
    assert not {thing.kind for thing in found.things} - {
        *("State", "group", "organization", "submission", "proposed provision", "instrument", "resolution"),
        *("instrument provision", "concept"),
    }


class TestFaults:
    @pytest.mark.parametrize(
        ("name", "format_"), [("a.ttl", "ttl"), ("a.JSON", "jsonld"), ("a.xml", "rdfxml"), ("a", "csv")]
    )
    def test_the_ending_says_the_format(self, name: str, format_: str) -> None:
        assert format_of(Path(name)) == format_

    def test_an_ending_that_says_nothing_is_reported(self, store: Store, tmp_path: Path) -> None:
        with pytest.raises(
            ExportError, match=r"the ending \.doc stands for no format; name one with --format: ttl, nt"
        ):
            export(store, tmp_path / "a.doc")

    def test_an_unknown_format_is_reported(self, store: Store, tmp_path: Path) -> None:
        with pytest.raises(ExportError, match="unknown format 'pdf'; name one of ttl"):
            export(store, tmp_path / "a", "pdf")

    def test_a_folder_is_not_overwritten_by_a_file(self, store: Store, tmp_path: Path) -> None:
        with pytest.raises(ExportError, match="this is a folder; name a file"):
            export(store, tmp_path, "ttl")

    def test_tables_do_not_join_other_files(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("mine")
        with pytest.raises(ExportError, match=r"the folder holds other files \(thesis\.txt\)"):
            export(store, tmp_path)
        assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]

    def test_tables_replace_tables(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / TABLES[0]).write_text("old")
        export(store, tmp_path)
        assert (tmp_path / TABLES[0]).read_text(encoding="utf-8").startswith("id,kind,label")

    def test_a_place_that_cannot_be_written_is_reported(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        with pytest.raises(ExportError, match="this cannot be written: file exists; name another place"):
            export(store, tmp_path / "file" / "dump.ttl")

    @pytest.mark.skipif(sys.platform != "linux", reason="needs limits on the size of a file")
    def test_a_dump_without_room_leaves_the_old_one(self, tmp_path: Path) -> None:
        target = tmp_path / "dump.ttl"
        target.write_text("old")
        limited = textwrap.dedent(
            """
            import resource, sys
            from pathlib import Path
            from travaux.errors import ExportError
            from travaux.graph.export import write_files

            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
            try:
                write_files({Path(sys.argv[1]): b"x" * 2000})
            except ExportError as error:
                print(error)
            """
        )
        ran = subprocess.run([sys.executable, "-c", limited, target], capture_output=True, text=True, check=True)
        assert ran.stdout == f"{target}: there is no room to write; nothing was changed; make room\n"
        assert target.read_text() == "old"
        assert [entry.name for entry in tmp_path.iterdir()] == ["dump.ttl"]

    def test_of_several_files_all_are_written_or_none(self, tmp_path: Path) -> None:
        (tmp_path / "one").write_text("old")
        (tmp_path / "file").write_text("old")
        with pytest.raises(ExportError):
            write_files({tmp_path / "one": b"new", tmp_path / "file" / "two": b"new"})
        assert (tmp_path / "one").read_text() == "old"
        assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "one"]


def test_every_named_format_has_an_ending_of_its_own() -> None:
    endings = [ending for given in FORMATS.values() for ending in given]
    assert len(endings) == len(set(endings))


def test_a_statement_in_two_graphs_is_one_triple() -> None:
    twice = [Quad(node("a"), node("ns#text"), Literal("x"), node(graph)) for graph in ("g", "h")]
    written = serialized(twice, "nt")
    assert written.count(b"\n") == 1


def test_the_worked_examples_of_the_guide_are_in_the_graph(repository: Path) -> None:
    import travaux

    guide = (repository / "docs" / "graph.md").read_text(encoding="utf-8")
    example = "".join(re.findall(r"```turtle\n(.*?)```", guide, re.DOTALL))
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in NAMESPACES.items())
    shown = {quad.triple for quad in parse(prefixes + example, format=RdfFormat.TURTLE, base_iri=DEFAULT_BASE)}
    with travaux.build() as graph:
        stated = {quad.triple for quad in graph.store.quads()}
    assert shown
    assert shown - stated == set()
