"""How fast Travaux is, and how much memory it takes: ``python benchmarks/speed.py``.

Each figure stands beside the aim it is held to. The queries are also asked of rdflib on the same data, as a ratio.
Times are the best of several runs, since what else a machine does can only make them longer.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import travaux
from travaux.graph.store import Store
from travaux.ingest.document import read_document
from travaux.ingest.manifest import CorpusDocument, describe, load_corpus
from travaux.ontology.reference import load
from travaux.queries.catalogue import Question, catalogue, run

COMMAND = [sys.executable, "-m", "travaux"]
QUERY_AIM = 0.050
PATIENCE = 10
"""How many seconds another engine is given for one question."""
TIMES = (1, 10, 100)


def best(measured: Callable[[], object], runs: int = 5) -> float:
    """The shortest of several runs of `measured`, in seconds."""
    times: list[float] = []
    for _ in range(runs):
        gc.collect()
        began = perf_counter()
        measured()
        times.append(perf_counter() - began)
    return min(times)


def within(limit: int, measured: Callable[[], object]) -> float | None:
    """How long `measured` takes in one run; nothing where it takes more than `limit` seconds."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(limit)
    try:
        return best(measured, 1)
    except (TimeoutError, travaux.QueryError):
        return None
    finally:
        signal.alarm(0)


def line(what: str, figure: str, aim: str = "", met: bool | None = None) -> None:
    verdict = "" if met is None else "  met" if met else "  NOT MET"
    print(f"{what:<58}{figure:>12}{aim:>14}{verdict}", flush=True)


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def starting() -> None:
    print("\nStarting and building")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TRAVAUX_STORE": f"{folder}/store"}

        def command(*words: str) -> Callable[[], object]:
            return lambda: subprocess.run([*COMMAND, *words], env=environment, check=True, capture_output=True)

        told = best(command("--help"))
        line("travaux --help", seconds(told), "under 0.3 s", told < 0.3)
        fresh = iter(range(100))
        built = best(lambda: command("build", "--store", f"{folder}/{next(fresh)}")())
        line("travaux build, as a command", seconds(built), "under 3 s", built < 3)
        command("build")()
        asked = best(command("query", "state-by-instrument"))
        line("travaux query state-by-instrument, as a command", seconds(asked))
    travaux.build()
    warm = best(travaux.build)
    line("the whole build in a warm process, in memory", seconds(warm), "under 1 s", warm < 1)
    (document,) = load_corpus(travaux.SHIPPED_CORPUS)
    line("of it, reading V.22-10828", seconds(best(lambda: read_document(document))))


def memory() -> None:
    """The peak of a process of its own that builds the graph on disk and asks every question of the catalogue."""
    print("\nMemory")
    code = """
import resource, sys, tempfile, travaux
from travaux.queries.catalogue import catalogue, run
with tempfile.TemporaryDirectory() as folder, travaux.build(store=f"{folder}/store") as graph:
    for question in catalogue():
        run(graph.store, question, question.example)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
"""
    peak = float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
    line("peak, building on disk and asking every question", f"{peak:.0f} MB", "under 300 MB", peak < 300)


def questions(with_rdflib: bool) -> None:
    print(f"\n{'Questions of the catalogue':<42}{'in memory':>11}{'on disk':>11}{'rdflib':>11}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        travaux.build(store=f"{folder}/store").close()
        kept, held = Store.read_only(f"{folder}/store"), travaux.build()
        other = held.to_rdflib() if with_rdflib else None
        slow: list[str] = []
        ratios: list[float] = []
        for question in catalogue():
            here, there = asked(held.store, question), asked(kept, question)
            far, ratio = "", ""
            if other is not None:
                away = within(PATIENCE, lambda question=question: run(other, question, question.example))  # type: ignore[misc]
                ratios.append((away or PATIENCE) / here)
                far = seconds(away) if away else f"> {PATIENCE} s"
                ratio = f"{'' if away else '> '}{ratios[-1]:.0f}"
            if max(here, there) >= QUERY_AIM:
                slow.append(question.name)
            print(f"  {question.name:<40}{seconds(here):>11}{seconds(there):>11}{far:>11}{ratio:>8}", flush=True)
        kept.close()
    line("questions that take 50 ms or more", str(len(slow)), "none", not slow)
    if ratios:
        line("rdflib takes so many times as long, in the median", f"{statistics.median(ratios):.0f}")


def asked(store: Store, question: Question) -> float:
    run(store, question, question.example)
    return best(lambda: run(store, question, question.example), 3)


def growth() -> None:
    """Reading the same draft once, ten times and a hundred times over, as if by as many States."""
    print("\nReading a document that grows (the document repeated, each time under the names of other States)")
    first = each = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for times in TIMES:
            document = repeated(times, Path(folder))
            size = document.path.stat().st_size
            read = read_document(document)
            units = sum(len(submission.provisions) for submission in read.submissions)
            taken = best(lambda document=document: read_document(document), 3 if times < 100 else 1)  # type: ignore[misc]
            each = taken / times
            first = first or each
            line(
                f"{times} times: {size / 1e6:.1f} MB, {len(read.submissions)} submissions, {units} provisions",
                seconds(taken),
                f"{each / first:.2f} a time",
            )
    line("the hundredth time takes as long as the first, to a quarter", "", "under 1.25", each / first < 1.25)


def repeated(times: int, folder: Path) -> CorpusDocument:
    """The shipped document `times` over, the names of its proponents replaced by those of other States."""
    (document,) = load_corpus(travaux.SHIPPED_CORPUS)
    text = document.path.read_bytes().decode()
    reference = load()
    own = read_document(document, reference)
    # The heading of a submission stands at its span; from the first one on, everything is what States submitted.
    spans = [submission.spans[0] for submission in own.submissions]
    starts = [text.rfind("\n", 0, span.start) + 1 for span in spans]
    names = [state.name for state in reference.states if re.fullmatch(r"[A-Z][a-z]+", state.name)]
    parts = [text[: starts[0]]]
    for number in range(times * len(starts)):
        place = number % len(starts)
        end = starts[place + 1] if place + 1 < len(starts) else len(text)
        heading = text.find("\n", starts[place])
        parts.append(f"# {names[number % len(names)]}\n{text[heading + 1 : end]}\n")
    file = folder / f"repeated-{times}.md"
    file.write_bytes("".join(parts).encode())
    return describe(file, layout="by-proponent")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else "")
    parser.add_argument("--without-rdflib", action="store_true", help="leave out the comparison, which takes a minute")
    chosen = parser.parse_args()
    print(f"Travaux {travaux.__version__}, Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    starting()
    memory()
    questions(not chosen.without_rdflib)
    growth()


if __name__ == "__main__":
    main()
