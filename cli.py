"""The command line: each command is a thin face of the Python interface.

Exit status 0: done. 1: the input is at fault, told in one line. 2: wrong usage.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ._version import __version__
from .commands.comparing import compare
from .commands.drawing import flow, matrix, network
from .commands.options import STORE, LibraryOption, OutputOption, StoreOption
from .commands.renewal import lineage
from .commands.scoring import evaluate
from .commands.serving import serve
from .commands.terminal import coloured, page_width, progress, say, show_lines, show_table
from .errors import QueryError, TravauxError

if TYPE_CHECKING:
    from .api import Graph
    from .queries.catalogue import Question

__all__ = ["app", "main"]

_INTERRUPTED = 130


class _Commands(TyperGroup):
    """Commands that tell a fault of the input in one line, and never by a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            outcome = super().invoke(ctx)
            sys.stdout.flush()
        except TravauxError as error:
            from .queries.tables import printable

            typer.echo(f"travaux: {printable(str(error))}", err=True)
            raise typer.Exit(1) from None
        except BrokenPipeError:
            # Whoever read our output has seen enough, as `| head` does; what is left has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            typer.echo("travaux: interrupted", err=True)
            raise typer.Exit(_INTERRUPTED) from None
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            typer.echo(f"travaux: {where}{error.strerror or error}", err=True)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        return outcome


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Where every proposed treaty provision comes from, and who stands behind it.",
)
draw = typer.Typer(cls=_Commands, no_args_is_help=True, help="Draw a picture: one HTML file that opens anywhere.")
instruments = typer.Typer(cls=_Commands, invoke_without_command=True, help="The treaties that the graph knows.")
app.add_typer(draw, name="draw")
app.add_typer(instruments, name="instruments")
app.command()(lineage)
draw.command()(network)
draw.command()(matrix)
draw.command()(flow)
draw.command()(compare)


class AnswerFormat(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TTL = "ttl"
    NT = "nt"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"


class ProofFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class SeverityName(StrEnum):
    """How much a finding weighs."""

    A = "A"
    B = "B"
    C = "C"


class LayoutName(StrEnum):
    """How a document is arranged."""

    BY_PROPONENT = "by-proponent"
    BY_ARTICLE = "by-article"
    SINGLE = "single"


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"travaux {__version__}")
        raise typer.Exit


@app.callback()
def _global(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None: ...


@app.command()
def build(
    corpus: Annotated[
        Path | None, typer.Argument(help="A folder of negotiations; the shipped corpus by default.")
    ] = None,
    library: LibraryOption = None,
    store: StoreOption = STORE,
) -> None:
    """Build the graph from a corpus.

    Lineage is computed where the library has the treaties that the shipped lineage was made from; else it is as it was
    shipped.
    """
    from time import perf_counter

    from . import api

    began = perf_counter()
    remarks: list[str] = []
    with progress() as told:
        built = api.build(corpus, store, library=library, progress=told, remarks=remarks.append)
    with built as graph:
        _print_contents(graph, store, perf_counter() - began)
    for remark in remarks:
        say(remark)


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents: Markdown, plain text or HTML.")],
    layout: Annotated[
        LayoutName | None,
        typer.Option(
            "--as",
            help="How they are arranged, single where all of it is one submission; guessed by default.",
        ),
    ] = None,
    number: Annotated[str, typer.Option(help="The number of the document; the name of the file by default.")] = "",
    title: Annotated[str, typer.Option(help="The title of the document.")] = "",
    negotiation: Annotated[str, typer.Option(help="The negotiation that the document belongs to.")] = "",
    proponent: Annotated[str, typer.Option(help="Who submits a draft that does not say so.")] = "",
    library: LibraryOption = None,
    store: StoreOption = STORE,
) -> None:
    """Add documents, or replace them.

    All of them or, where one is at fault, none.
    """
    from .api import Graph
    from .graph.store import Store
    from .ingest.manifest import describe

    if number and len(files) > 1:
        raise typer.BadParameter("one number cannot name several documents", param_hint="--number")
    described = [
        describe(
            file,
            layout=layout.value if layout else None,
            number=number,
            title=title,
            negotiation=negotiation,
            proponent=proponent,
        )
        for file in files
    ]
    with progress() as told, Graph(Store.open(store)) as graph:
        changes = graph.add(described, library=library, progress=told)
    for path, change in sorted(changes.items()):
        if path.startswith("document/"):
            typer.echo(f"{path}: {change}")


@instruments.callback()
def _instruments(ctx: typer.Context, store: StoreOption = STORE, library: LibraryOption = None) -> None:
    if ctx.invoked_subcommand is None:
        instruments_list(store, library)


@instruments.command("list")
def instruments_list(store: StoreOption = STORE, library: LibraryOption = None) -> None:
    """List the treaties.

    How many of their provisions are known, and how many proposed provisions come from them; then the texts in the
    library.
    """
    from .commands.collation_report import holdings_table
    from .ingest.library import Library
    from .queries.tables import table

    with _opened(store) as graph:
        rows = graph.view("instruments")
        show_table(table(rows.answer, graph.base))
    holdings = Library(library).holdings()
    if holdings:
        show_table(holdings_table(holdings.values()))


@instruments.command("add")
def instruments_add(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The English text: Markdown, plain text, HTML, PDF or DOCX.")
    ],
    instrument: Annotated[
        str, typer.Option(metavar="ID", help="The treaty, as in untoc; recognised by its articles by default.")
    ] = "",
    origin: Annotated[str, typer.Option("--from", metavar="WORDS", help="Where the text comes from: an address.")] = "",
    library: LibraryOption = None,
) -> None:
    """Add the text of a treaty to the library.

    It is held against the skeleton of the treaty: what is missing, what is too much, where words are lost or damaged. A
    text of less than half of the treaty is not taken. An older text of the same treaty is replaced.
    """
    from .commands.collation_report import added_lines
    from .ingest.library import Library
    from .ontology.reference import load

    reference = load()
    added = Library(library).add(file, reference, instrument, origin)
    for line in added_lines(added, reference):
        say(line)


@app.command()
def query(
    asked: Annotated[
        str,
        typer.Argument(metavar="NAME|FILE.rq|-", help="A question of the catalogue, a file, or - to read the query."),
    ],
    parameters: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", metavar="KEY=VALUE", help="A blank of the question.")
    ] = None,
    format: Annotated[  # noqa: A002
        AnswerFormat, typer.Option("--format", "-f", help="How to print the answer.")
    ] = AnswerFormat.TABLE,
    endpoint: Annotated[str, typer.Option(metavar="URL", help="Ask this SPARQL endpoint in place of the store.")] = "",
    store: StoreOption = STORE,
) -> None:
    """Ask a question of the catalogue, or any SPARQL query."""
    from .graph.store import Store
    from .queries.catalogue import Endpoint, run
    from .queries.formats import written
    from .queries.results import Form

    question = _question(asked)
    given = _parameters(parameters or [])
    if endpoint:
        answer, base = run(Endpoint(endpoint), question, given), None
    else:
        with Store.read_only(store) as opened:
            answer, base = run(opened, question, given), opened.base
    if format is not AnswerFormat.TABLE:
        sys.stdout.buffer.write(written(answer, format.value))
    elif answer.form is Form.CONSTRUCT:
        sys.stdout.buffer.write(written(answer, "ttl"))
    else:
        from .ontology.terms import DEFAULT_BASE
        from .queries.tables import table

        if answer.form is Form.SELECT and not answer.rows:
            say("no rows")
            return
        show_table(table(answer, base or DEFAULT_BASE, _title(question, given)))


@app.command()
def queries(
    name: Annotated[str, typer.Argument(help="A question to be told all of; the whole list by default.")] = "",
) -> None:
    """List the questions of the catalogue, or tell all of one."""
    from .queries.catalogue import catalogue, question

    if name:
        sys.stdout.write(question(name).text)
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    listed = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    listed.add_column("name", no_wrap=True)
    listed.add_column("question")
    listed.add_column("parameters")
    for one in catalogue():
        blanks = ", ".join(f"{blank.name}={blank.example}" for blank in one.parameters)
        listed.add_row(Text(one.name), Text(one.title), Text(blanks))
    show_table(listed)
    say("Ask one with 'travaux query NAME -p KEY=VALUE'; read one with 'travaux queries NAME'.")


@app.command()
def show(
    provision: Annotated[str, typer.Argument(help="The path of a provision, or its end: jamaica/extradition/3.")],
    store: StoreOption = STORE,
    library: LibraryOption = None,
) -> None:
    """Show a provision, what it obliges and wants, and where it comes from.

    Its words with what is said of them marked, its norms, positions and findings, what it cites, and the characters it
    stands in. Word by word what was changed against its source: [-dropped-] and {+added+}; the words of the source
    where the library has them. Of a document or a submission, how much there is of each.
    """
    from .api import treaty_texts
    from .commands.reading import lines
    from .ontology.reference import load
    from .viz.collation import SourceTexts

    with _opened(store) as graph:
        sources = SourceTexts(treaty_texts(library, load()))
        show_lines(lines(graph.provision(provision), page_width(), colour=coloured(), sources=sources))


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help="The file to write; its ending says the format. A folder for csv.")],
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", "-f", help="ttl, nt, nq, trig, jsonld, rdfxml, graphml, gexf or csv.")
    ] = "",
    store: StoreOption = STORE,
) -> None:
    """Export linked data, a network or tables."""
    with _opened(store) as graph:
        say(f"{path}: {graph.export(path, format)}")


@app.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Documents to proofread, or folders; the graph where none is named."),
    ] = None,
    format: Annotated[  # noqa: A002
        ProofFormat, typer.Option("--format", "-f", help="How to print the findings.")
    ] = ProofFormat.TEXT,
    severity: Annotated[
        SeverityName,
        typer.Option(case_sensitive=False, help="The least severity wanted: A changes the meaning, B misleads."),
    ] = SeverityName.C,
    proponent: Annotated[str, typer.Option(help="Who submits a draft that does not say so.")] = "",
    checks: Annotated[bool, typer.Option("--checks", help="List what each check examined and flagged.")] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="End with status 0 even where there are findings.")
    ] = False,
    output: OutputOption = None,
    corpus: Annotated[
        Path | None,
        typer.Option(help="Where the documents of the graph lie; the shipped corpus by default."),
    ] = None,
    store: StoreOption = STORE,
) -> None:
    """Proofread documents, or check the graph.

    With files: what a careful editor would flag in them before they are published; the status is 1 where there is
    something. Without: the profile and the consistency of the ontology, the shapes of the graph, each quote against
    its document, and how much the graph's documents were proofread.
    """
    if files:
        found = _proofread(files, format, severity, proponent, checks=checks, output=output)
        failed = found and not exit_zero
    else:
        failed = not _check_graph(corpus, store)
    if failed:
        raise typer.Exit(1)


app.command()(serve)
app.command()(evaluate)


def main() -> None:
    """Run the command line."""
    app(prog_name="travaux")


def _opened(store: Path) -> Graph:
    from . import api

    return api.open(store)


def _proofread(
    files: list[Path],
    form: ProofFormat,
    severity: SeverityName,
    proponent: str,
    *,
    checks: bool,
    output: Path | None,
) -> bool:
    """Print the findings of the documents; whether there are any."""
    from .commands.proof_report import as_json, lines
    from .graph.export import write_files
    from .lineage.records import Severity
    from .proofreading import documents_at, proofread, tally

    least = Severity(severity.value)
    described = [document for file in files for document in documents_at(file, proponent)]
    with progress() as told:
        proofs = []
        for document in described:
            told(f"reading {document.path}")
            proofs.append(proofread(document, least=least))
    if form is ProofFormat.SARIF:
        from .commands.sarif import as_sarif

        report = as_sarif(proofs, Path.cwd())
    elif form is ProofFormat.JSON:
        report = as_json(proofs, f"travaux {__version__}")
    else:
        colour = output is None and coloured()
        printed = list(lines(proofs, page_width(), least=least, checks=checks, colour=colour))
        if output is None:
            show_lines(printed)
        report = "".join(f"{line.plain.rstrip()}\n" for line in printed)
    if output is not None:
        write_files({output: report.encode()})
        say(str(output))
    elif form is not ProofFormat.TEXT:
        sys.stdout.buffer.write(report.encode())
    return any(tally(proofs).findings.values())


def _check_graph(corpus: Path | None, store: Path) -> bool:
    """Print what each check of the graph found; whether all is as it must be."""
    from .commands.checking import proofread, reports

    passed = True
    with _opened(store) as graph:
        for report in reports(graph, corpus):
            if isinstance(report, TravauxError):
                say(f"not checked: {report}")
                passed = False
                continue
            say(str(report))
            for violation in report.violations:
                say(f"  {violation}")
            passed = passed and report.passed
        say(proofread(graph))
    return passed


def _question(asked: str) -> Question | str:
    """What is to be asked: a question of the catalogue, or the text of a query, with its header where it has one."""
    from .queries.catalogue import question, read_question

    if asked == "-":
        return read_question(_query_text(sys.stdin.buffer.read(), "standard input"), "standard input")
    file = Path(asked)
    if file.suffix == ".rq" or os.sep in asked:
        try:
            return read_question(_query_text(file.read_bytes(), asked), file.stem)
        except OSError as error:
            remedy = "check the path, or name a question that 'travaux queries' lists"
            raise QueryError(f"the query cannot be read ({error.strerror})", where=asked, remedy=remedy) from None
    return question(asked)


def _query_text(content: bytes, where: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"byte {error.start} is not UTF-8", where=where, remedy="save the query as UTF-8") from None
    if not text.strip():
        raise QueryError("the query is empty", where=where, remedy="write one, as in SELECT * WHERE { ?s ?p ?o }")
    return text


def _parameters(given: list[str]) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for one in given:
        key, equals, words = one.partition("=")
        if not equals or not key:
            raise typer.BadParameter(f"{one!r} is not KEY=VALUE", param_hint="-p")
        parameters[key] = words
    return parameters


def _title(question: Question | str, given: dict[str, str]) -> str:
    if isinstance(question, str):
        return ""
    title = question.title
    for blank in question.parameters:
        words = given.get(blank.name, blank.default)
        if words:
            title = title.replace(f"[{blank.name}]", words)
    return title


def _print_contents(graph: Graph, store: Path, seconds: float) -> None:
    from .queries.tables import table

    show_table(table(graph.view("contents").answer, graph.base))
    say(f"{len(graph.store):,} statements in {store}, in {seconds:.1f} s")
