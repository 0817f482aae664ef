"""How fast sources are found by their words, and how well: ``python benchmarks/reuse.py``.

The shipped document is compared with the treaties whose words are at hand, and made-up collections with planted copies
with one another; recall and precision stand beside the time. Then other tools do what they can of the same work. With
``--large``, collections of 100,000 paragraphs are compared as well, which takes some minutes.
"""

from __future__ import annotations

import argparse
import difflib
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence, Set
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import travaux
from datasketch import MinHash, MinHashLSH
from planting import Planted, planted
from rapidfuzz import fuzz, process
from speed import best, line, seconds
from travaux.ingest.document import read_document
from travaux.ingest.instruments import read_instrument
from travaux.ingest.manifest import load_corpus
from travaux.lineage.candidates import candidates
from travaux.lineage.copies import copies
from travaux.lineage.reused import reused
from travaux.lineage.vocabulary import Vocabulary
from travaux.ontology.reference import load
from travaux.ontology.reuse import reuse

WORDS = Path(__file__).resolve().parents[2] / "shared" / "instruments"
TREATIES = ("budapest", "uncac", "untoc")
AIMS = {1_000: None, 10_000: 10.0, 100_000: 180.0}
MEMORY_AIM = 4096
BESIDE = {"rapidfuzz": 10_000, "datasketch": 10_000, "difflib": 200}
"""The largest collections that other tools are given: what they compare grows with the square, or takes minutes."""
SHINGLE, PERMUTATIONS, JACCARD = 3, 128, 0.3


def real() -> None:
    print("\nThe document")
    if missing := [one for one in TREATIES if not (WORDS / f"{one}.md").exists()]:
        print(f"left out: no words of {', '.join(missing)} in {WORDS}")
        return
    reference = load()
    provisions = {one: read_instrument(WORDS / f"{one}.md", reference, one).provisions for one in TREATIES}
    (corpus,) = load_corpus(travaux.SHIPPED_CORPUS)
    document = read_document(corpus, reference)
    taken = best(lambda: reused(document, provisions))
    line("V.22-10828 against three treaties, in a warm process", seconds(taken), "under 1 s", taken < 1)


def generated(size: int, processes: int) -> None:
    """Collections of `size` paragraphs each, in this process, whose memory is told."""
    case = planted(size)
    began = perf_counter()
    found = copies(case.derived, case.sources, reuse(), processes=processes)
    taken, aim = perf_counter() - began, AIMS.get(size)
    print(f"\n{size:,} paragraphs against {size:,}, with {processes} worker processes")
    line(
        "vocabulary, candidates and alignments",
        seconds(taken),
        f"under {aim:.0f} s" if aim else "",
        taken < aim if aim else None,
    )
    peak = peak_memory(processes)
    line("peak memory of all processes together, at most", f"{peak:.0f} MB", "under 4 GB", peak < MEMORY_AIM)
    told = [{pairing.source for pairing in pairings} for pairings in found]
    links = sum(map(len, told))
    line("time for each source told", f"{taken / (links or 1) * 1e6:.0f} µs")
    scored("sources", told, [set(origins) for origins in case.origins])
    aligned = [
        {
            (run.derived + step, one.source, run.source + step)
            for one in pairings
            for run in one.runs
            for step in range(run.length)
        }
        for pairings in found
    ]
    scored("words, each with its word in the source", aligned, case.edges)


def among_candidates(size: int) -> None:
    case = planted(size)
    vocabulary = Vocabulary((*case.derived, *case.sources))
    left, right = [[vocabulary.ids(text) for text in side] for side in (case.derived, case.sources)]
    found = candidates(left, right, keep=reuse().least.candidates)
    kept = [set(found.of(place).tolist()) for place in range(size)]
    hit = sum(len(one.intersection(origins)) for one, origins in zip(kept, case.origins, strict=True))
    share = hit / sum(map(len, case.origins))
    print(f"\nCandidates, {size:,} against {size:,}")
    line("planted sources among the candidates", f"{share:.4f}", "0.99 or more", share >= 0.99)
    line("candidates for each paragraph", f"{len(found.sources) / size:.1f}")


def scored(what: str, told: Sequence[Set[Any]], true: Sequence[Set[Any]]) -> None:
    right = sum(len(one & other) for one, other in zip(told, true, strict=True))
    recall, precision = right / sum(map(len, true)), right / (sum(map(len, told)) or 1)
    line(f"{what}: recall", f"{recall:.4f}")
    line(f"{what}: precision", f"{precision:.4f}")


def peak_memory(processes: int) -> float:
    """The most that all processes can have taken at once, in MB.

    Each worker is counted as the largest, and for that Linux counts what this process held when it started them.
    """
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if processes > 1 else 0
    return (own + processes * worker) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def beside(most: int) -> None:
    """Other tools on the same paragraphs: the best source of each, or all pairs alike enough; none aligns words."""
    print("\nOther tools on the same paragraphs, one process each; how often the best source is a planted one")
    print(f"  {'':<12}{'':<17}{'takes':>11}{'Travaux':>10}{'ratio':>9}{'right':>12}{'Travaux':>8}")
    tools: tuple[tuple[str, Callable[[Planted], list[int | None]]], ...] = (
        ("rapidfuzz", by_ratio),
        ("datasketch", by_minhash),
        ("difflib", by_difflib),
    )
    for name, tool in tools:
        for size in sorted({min(200, BESIDE[name]), min(1_000, BESIDE[name]), min(most, BESIDE[name])}):
            case = planted(size)
            began = perf_counter()
            found = copies(case.derived, case.sources, reuse())
            own = perf_counter() - began
            began = perf_counter()
            theirs = tool(case)
            taken = perf_counter() - began
            right = right_first(theirs, case)
            ours = right_first([one[0].source if one else None for one in found], case)
            print(
                f"  {name:<12}{size:>7,} x {size:<7,}{seconds(taken):>11}{seconds(own):>10}{taken / own:>9.1f}"
                f"{right:>12.3f}{ours:>8.3f}",
                flush=True,
            )


def right_first(found: Sequence[int | None], case: Planted) -> float:
    copied = [(one, origins) for one, origins in zip(found, case.origins, strict=True) if origins]
    return sum(one in origins for one, origins in copied) / len(copied)


def by_ratio(case: Planted) -> list[int | None]:
    """All pairs by rapidfuzz's ratio of the letters, in rows that bound the memory."""
    derived, sources = [[" ".join(text) for text in side] for side in (case.derived, case.sources)]
    found: list[int | None] = []
    for first in range(0, len(derived), 500):
        alike = process.cdist(derived[first : first + 500], sources, scorer=fuzz.ratio, workers=1, dtype=np.float32)
        found += alike.argmax(axis=1).tolist()
    return found


def by_minhash(case: Planted) -> list[int | None]:
    """MinHash of word shingles, and locality-sensitive hashing; of what is found the source most alike."""
    index = MinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS)
    sources = [minhash(text) for text in case.sources]
    for place, one in enumerate(sources):
        index.insert(place, one)
    found: list[int | None] = []
    for text in case.derived:
        sought = minhash(text)
        alike = sorted(place for place in index.query(sought) if isinstance(place, int))
        found.append(max(alike, key=lambda place: sought.jaccard(sources[place]), default=None))
    return found


def minhash(text: Sequence[str]) -> MinHash:
    told = MinHash(num_perm=PERMUTATIONS)
    told.update_batch({" ".join(text[at : at + SHINGLE]).encode() for at in range(max(len(text) - SHINGLE + 1, 1))})
    return told


def by_difflib(case: Planted) -> list[int | None]:
    """All pairs by the words that difflib matches."""
    found: list[int | None] = []
    for text in case.derived:
        matcher = difflib.SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(text)
        ratios = []
        for source in case.sources:
            matcher.set_seq1(source)
            ratios.append(matcher.ratio())
        found.append(int(np.argmax(ratios)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else "")
    parser.add_argument("--large", action="store_true", help="also compare 100,000 paragraphs with 100,000")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="so many worker processes")
    parser.add_argument("--size", type=int, help="only compare so many made-up paragraphs with as many")
    chosen = parser.parse_args()
    if chosen.size:
        generated(chosen.size, chosen.processes)
        return
    print(f"Travaux {travaux.__version__}, Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    real()
    for size in (1_000, 10_000):
        among_candidates(size)
    for size in [size for size in AIMS if chosen.large or size < 100_000]:
        # In a process of its own, so that the peak of its memory is its own.
        arguments = ["--size", str(size), "--processes", str(chosen.processes)]
        sys.stdout.flush()
        subprocess.run([sys.executable, __file__, *arguments], check=True)
    beside(10_000 if chosen.large else 1_000)


if __name__ == "__main__":
    main()
