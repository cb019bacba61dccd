"""How long searching takes: a cold command, warm searches, and the same corpus in SQLite's FTS5.

    python benchmarks/search.py [documents]

Single times say little on a busy machine; read the ratios. The corpus is made of invented words with the
frequencies of a natural text (Zipf), 400 words a document, from a fixed seed.
"""

from __future__ import annotations

import itertools
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from index import SearchIndex
from sources import sample
from sources.importing import import_paths
from sources.library import Library
from sources.model import Draft, Parcel, Zone, ZoneKind
from sources.notes.anchoring import find_anchor

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = 400  # a document
VOCABULARY = 30_000
RUNS = 9
ASK = """
    SELECT rowid, snippet(texts, 0, '[', ']', '…', 30) FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20
"""
COMMAND = "import sys; from tui.cli.main import main; sys.exit(main())"


def spent(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median wall time of ``work`` in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def process(*arguments: str) -> float:
    """Return the median wall time of a Python process in milliseconds."""

    def run() -> None:
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    return spent(run)


def cold(folder: Path) -> None:
    """Time whole processes that search the bundled story."""
    with Library.open(folder) as library:
        import_paths(library, [str(sample.page_path())], story=sample.STORY)
        SearchIndex.open(folder / "index", library).close()
    bare = process("-c", "pass")
    print(f"{'cold, the bundled story':34} {'ms':>8} {'of pass':>8}")
    for name, arguments in {
        "python -c pass": ("-c", "pass"),
        "import whoosh.index": ("-c", "import whoosh.index"),
        "import index": ("-c", "import index"),
        "crossread search harbour": ("-c", COMMAND, "--library", str(folder), "search", "harbour"),
    }.items():
        taken = process(*arguments)
        print(f"  {name:32} {taken:8.0f} {taken / bare:8.1f}")


def corpus(documents: int) -> list[str]:
    """Return invented texts."""
    chance = random.Random(2031)  # noqa: S311 - the same numbers each time
    syllables = ["ka", "lo", "mi", "ren", "tu", "sal", "vo", "pe", "dri", "an", "os", "fi", "gar", "ne"]
    words = ["".join(chance.choices(syllables, k=2 + rank % 4)) + str(rank % 7) for rank in range(VOCABULARY)]
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(VOCABULARY)))
    return [" ".join(chance.choices(words, cum_weights=weights, k=WORDS)) for _ in range(documents)]


def queries(texts: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Return for each kind pairs of a query of ours and the same for FTS5."""
    chance = random.Random(1)  # noqa: S311 - the same numbers each time
    kinds: dict[str, list[tuple[str, str]]] = {
        "word": [],
        "three words": [],
        "AND": [],
        "phrase": [],
        "prefix": [],
    }
    for _ in range(12):
        text = chance.choice(texts).split()
        one, two, three = chance.sample(text, 3)
        at = chance.randrange(len(text) - 2)
        pair = f'"{text[at]} {text[at + 1]}"'
        kinds["word"].append((one, one))
        kinds["three words"].append((f"{one} {two} {three}", f"{one} OR {two} OR {three}"))
        kinds["AND"].append((f"{one} AND {two}", f"{one} AND {two}"))
        kinds["phrase"].append((pair, pair))
        kinds["prefix"].append((f"{one[:5]}*", f"{one[:5]}*"))
    return kinds


def warm(folder: Path, texts: list[str]) -> None:
    """Time building and searching a synthetic corpus beside FTS5."""
    drafts = tuple(
        Draft(text=text, zones=(Zone(ZoneKind.BODY, 0, len(text)),), key=str(number))
        for number, text in enumerate(texts)
    )
    with Library.open(folder) as library:
        library.take_in(Parcel("jsonl", drafts), slug="made", path=None, reanchor=find_anchor)
        start = time.perf_counter()
        index = SearchIndex.open(folder / "index", library)
        built = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        full = sqlite3.connect(folder / "fts.db")
        start = time.perf_counter()
        full.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='porter unicode61')")
        full.executemany("INSERT INTO texts VALUES (?)", ((text,) for text in texts))
        full.commit()
        built_there = time.perf_counter() - start
        size = sum(path.stat().st_size for path in (folder / "index").iterdir()) / 1e6
        print(
            f"\n{len(texts)} texts of {WORDS} words: built in {built:.1f} s",
            f"({built / built_there:.0f} x FTS5), ",
            end="",
        )
        print(f"{size:.0f} MB, peak {peak:.0f} MB for the whole script")
        print(f"{'warm, median of a query, 20 hits':34} {'ms':>8} {'FTS5':>8} {'ratio':>8}")
        for kind, pairs in queries(texts).items():
            ours = statistics.median(spent(partial(index.search, query), 3) for query, _ in pairs)
            theirs = statistics.median(spent(partial(_all, full, query), 3) for _, query in pairs)
            print(f"  {kind:32} {ours:8.2f} {theirs:8.2f} {ours / theirs:8.1f}")
        index.close()
        full.close()


def _all(full: sqlite3.Connection, query: str) -> list[object]:
    return full.execute(ASK, (query,)).fetchall()


def main() -> None:
    """Run both parts in folders of their own."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        cold(Path(folder) / "small")
        warm(Path(folder) / "made", corpus(documents))


if __name__ == "__main__":
    main()
