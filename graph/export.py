"""The graph as files: linked data in the RDF formats, networks in GraphML and GEXF, tables in CSV."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from ..errors import ExportError
from .projection import Link, Network, Thing, network, projection
from .serialization import RDF_FORMATS, UNFIT_FOR_XML, serialized
from .store import Store

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["FORMATS", "TABLES", "export", "format_of", "write_files"]

FORMATS: Mapping[str, tuple[str, ...]] = {
    "ttl": (".ttl",),
    "nt": (".nt",),
    "nq": (".nq",),
    "trig": (".trig",),
    "jsonld": (".jsonld", ".json"),
    "rdfxml": (".rdf", ".xml", ".rdfxml"),
    "graphml": (".graphml",),
    "gexf": (".gexf",),
    "csv": (".csv", ""),
}
"""The formats by name, each with the endings of file names that stand for it; CSV is a folder of tables."""

TABLES = ("nodes.csv", "edges.csv")
"""The files of a CSV export: what there is, and what is linked to what."""

_CLOCK = re.compile(rb' lastmodifieddate="[^"]*"')


def format_of(path: Path) -> str:
    """The format that the name of `path` stands for.

    >>> format_of(Path("dump.ttl")), format_of(Path("tables"))
    ('ttl', 'csv')

    Raises
    ------
    ExportError
        If the ending of the name stands for no format.
    """
    for name, endings in FORMATS.items():
        if path.suffix.lower() in endings:
            return name
    remedy = f"name one with --format: {', '.join(FORMATS)}"
    raise ExportError(f"the ending {path.suffix} stands for no format", where=str(path), remedy=remedy)


def export(store: Store, path: Path | str, format: str = "") -> str:  # noqa: A002
    """Write all of `store` to `path`; the name of the format that was written.

    RDF formats hold every statement: Turtle, N-Triples and RDF/XML of all graphs together, N-Quads, TriG and JSON-LD
    graph by graph. GraphML, GEXF and CSV hold the network of :func:`travaux.graph.projection.network`; CSV is a folder
    at `path` with the tables ``nodes.csv`` and ``edges.csv``. What was at `path` before is replaced once the new files
    are complete, and stays where they cannot be.

    Raises
    ------
    ExportError
        If the format is unknown, or `path` cannot be written.
    """
    target = Path(path)
    name = format or format_of(target)
    if name not in FORMATS:
        raise ExportError(f"unknown format {name!r}", remedy=f"name one of {', '.join(FORMATS)}")
    if name == "csv":
        _write_folder(target, _tables(network(store)))
    elif target.is_dir():
        raise ExportError("this is a folder", where=str(target), remedy="name a file")
    else:
        write_files({target: _content(store, name)})
    return name


def _content(store: Store, name: str) -> bytes:
    if name in RDF_FORMATS:
        quads: Iterable[Quad] = list(store.quads())
        return serialized(quads, name, store.base)
    return _drawn(projection(store), name)


def _drawn(projected: nx.MultiDiGraph[str], name: str) -> bytes:
    """GraphML or GEXF. XML has no way to write control characters, so each becomes U+FFFD here."""
    import networkx as nx

    for _, data in projected.nodes(data=True):
        _make_fit(data)
    for _, _, data in projected.edges(data=True):
        _make_fit(data)
    written = io.BytesIO()
    if name == "graphml":
        nx.write_graphml_xml(projected, written, named_key_ids=True)
    else:
        nx.write_gexf(projected, written)
    return _CLOCK.sub(b"", written.getvalue())


def _make_fit(data: dict[str, str]) -> None:
    for key, value in data.items():
        data[key] = UNFIT_FOR_XML.sub("\ufffd", value)


def _tables(found: Network) -> dict[str, bytes]:
    columns = {TABLES[0]: [field.name for field in fields(Thing)], TABLES[1]: [field.name for field in fields(Link)]}
    rows = {
        TABLES[0]: [astuple(thing) for thing in found.things],
        TABLES[1]: [astuple(link) for link in found.links],
    }
    tables: dict[str, bytes] = {}
    for name in TABLES:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns[name])
        writer.writerows(rows[name])
        tables[name] = text.getvalue().encode()
    return tables


def _write_folder(folder: Path, tables: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = sorted(entry.name for entry in folder.iterdir() if entry.name not in TABLES)
    except OSError as error:
        raise _refusal(error, folder) from error
    if strangers:
        what = f"the folder holds other files ({strangers[0]})"
        raise ExportError(what, where=str(folder), remedy="name a new or empty folder for the tables")
    write_files({folder / name: content for name, content in tables.items()})


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write each file whole or not at all: all of them beside their places first, then each into its place.

    Raises
    ------
    ExportError
        If one of them cannot be written; what was there before stays.
    """
    finished: dict[Path, Path] = {}
    try:
        for target, content in contents.items():
            with _faults(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                finished[target] = _written_beside(target, content)
        for target, beside in finished.items():
            with _faults(target):
                beside.replace(target)
    finally:
        for beside in finished.values():
            beside.unlink(missing_ok=True)


def _written_beside(target: Path, content: bytes) -> Path:
    beside = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


@contextmanager
def _faults(target: Path) -> Iterator[None]:
    """Turns a fault of the files into the one line that a user can act on."""
    try:
        yield
    except OSError as error:
        raise _refusal(error, target) from error


def _refusal(error: OSError, target: Path) -> ExportError:
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return ExportError("there is no room to write; nothing was changed", where=str(target), remedy="make room")
    what = (error.strerror or str(error)).lower()
    return ExportError(f"this cannot be written: {what}", where=str(target), remedy="name another place")
