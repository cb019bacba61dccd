"""How long a whole search takes, titles and snippets included: beside SQLite's FTS5, cold, and in a stream.

    python -m benchmarks.search [TEXTS[:WORDS] ...]

``TEXTS`` invented texts of about ``WORDS`` words (60 at least, else 400) go into a library and into an FTS5
table that is stemmed and has ``snippet()``; default is 10000. The texts, and queries by kind, are those of
``benchmarks.corpus``. Only words are indexed: reading names, quotes and figures of so many texts takes long,
and changes nothing for these queries. Times are CPU milliseconds; on a busy machine read the ratios.
"""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.corpus import Document, Queries, documents, queries
from index import SearchIndex
from sources.library import Library
from sources.model import ParsedFile, ParsedSource, Zone, ZoneKind
from sources.notes.anchoring import find_anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ASKED = 100  # queries of each kind
HITS = 20
COLD_RUNS = 15
STREAM = 1000  # queries of the stream
_SAMPLE = 1000  # texts that the queries are made of
_PORTION = 50_000  # texts of one story
_COMMAND = "import sys; from crossread import main; sys.exit(main())"
_FTS5 = """SELECT key, title, publisher, date, snippet(texts, 1, '[', ']', '…', 30) FROM texts
    WHERE texts MATCH ? ORDER BY rank LIMIT ?"""
OURS: dict[str, Callable[[list[str]], str]] = {
    "rare": lambda words: words[0],
    "common": lambda words: words[0],
    "both": " AND ".join,
    "any_of_three": " ".join,
    "phrase": lambda words: f'"{" ".join(words)}"',
    "prefix": lambda words: f"{words[0]}*",
    "fuzzy": lambda words: f"{words[0]}~",
}
THEIRS = {kind: form for kind, form in OURS.items() if kind != "fuzzy"} | {"any_of_three": " OR ".join}


class Process(NamedTuple):
    """What a whole process took: median CPU milliseconds, and megabytes at its peak."""

    milliseconds: float
    megabytes: float


def build(folder: Path, corpus: Iterable[Document]) -> None:
    """Put texts into a library and its index, and into an FTS5 table."""
    table = sqlite3.connect(folder / "fts.db")
    table.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(title, text, publisher, key UNINDEXED, date UNINDEXED,"
        " tokenize='porter unicode61')"
    )
    corpus = iter(corpus)
    with Library.open(folder / "library") as library:
        for story in itertools.count():
            portion = list(itertools.islice(corpus, _PORTION))
            if not portion:
                break
            drafts = tuple(_draft(document) for document in portion)
            library.ingest(ParsedFile("jsonl", drafts), slug=f"made-{story}", path=None, reanchor=find_anchor)
            rows = ((one.title, one.body, one.publisher, one.key, one.date) for one in portion)
            table.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", rows)
            table.commit()
        SearchIndex.open(folder / "library/index", library).close()
    table.close()


def _draft(document: Document) -> ParsedSource:
    return ParsedSource(
        text=document.body, zones=(Zone(ZoneKind.BODY, 0, len(document.body)),), key=document.key,
        title=document.title, publisher=document.publisher, date=document.date,
    )  # fmt: skip


def timed(ask: Callable[[str], Any], asked: Iterable[str]) -> list[float]:
    """Return the CPU milliseconds of each query, ascending."""
    times = []
    for query in asked:
        start = time.thread_time()
        ask(query)
        times.append((time.thread_time() - start) * 1000)
    return sorted(times)


def at(times: list[float], share: float) -> float:
    """Return a percentile."""
    return times[int(len(times) * share)]


def warm(folder: Path, asked: Queries) -> None:
    """Print a table of whole searches beside FTS5."""
    table = sqlite3.connect(folder / "fts.db")
    print("| CPU ms, p50 / p95 | crossread | fts5 | p95, ratio |\n|---|---|---|---|")
    every: tuple[list[float], list[float]] = ([], [])
    with Library.open(folder / "library") as library:
        index = SearchIndex.open(folder / "library/index", library)
        for words in ("the", "other time"):  # what is loaded by the first searches
            index.search(words)
        for kind, form in OURS.items():
            wanted = getattr(asked, kind)[:ASKED]
            ours = timed(lambda query: index.search(query, limit=HITS), map(form, wanted))
            row = f"| {kind.replace('_', ' ')} | {at(ours, 0.5):.2f} / {at(ours, 0.95):.2f} |"
            if kind not in THEIRS:
                print(f"{row} – | – |")
                continue
            theirs = timed(
                lambda query: table.execute(_FTS5, (query, HITS)).fetchall(), map(THEIRS[kind], wanted)
            )
            every[0].extend(ours)
            every[1].extend(theirs)
            print(f"{row} {_beside(ours, theirs)}")
        index.close()
    table.close()
    ours, theirs = sorted(every[0]), sorted(every[1])
    print(f"| all but fuzzy | {at(ours, 0.5):.2f} / {at(ours, 0.95):.2f} | {_beside(ours, theirs)}")


def _beside(ours: list[float], theirs: list[float]) -> str:
    ratio = at(ours, 0.95) / at(theirs, 0.95)
    return f"{at(theirs, 0.5):.2f} / {at(theirs, 0.95):.2f} | {ratio:.2f} |"


# In a process of its own, since a child starts with the peak of its parent.
_SPAWN = """
import json, os, sys
arguments, runs, given = json.loads(sys.argv[1])
environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
files = [(os.POSIX_SPAWN_OPEN, 0, given, os.O_RDONLY, 0)]
files += [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
taken = []
for _ in range(runs):
    child = os.posix_spawn(sys.executable, [sys.executable, *arguments], environment, file_actions=files)
    _, _, used = os.wait4(child, 0)
    taken.append([(used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024])
print(json.dumps(taken))
"""


def process(arguments: list[str], runs: int = COLD_RUNS, given: str = os.devnull) -> Process:
    """Run Python with ``arguments`` several times, ``given`` as its input; return what one run took."""
    asked = json.dumps([arguments, runs, given])
    done = subprocess.run([sys.executable, "-c", _SPAWN, asked], check=True, capture_output=True)
    taken = json.loads(done.stdout)
    return Process(at(sorted(one for one, _ in taken), 0.5), max(peak for _, peak in taken))


def cold(folder: Path, asked: Queries) -> None:
    """Print what whole processes take that search once, beside a bare Python."""
    bare = process(["-c", "pass"])
    print("\n| one process | CPU ms | beyond python | peak MB |\n|---|---|---|---|")
    print(f"| `python -c pass` | {bare.milliseconds:.0f} | – | {bare.megabytes:.0f} |")
    command = ["-c", _COMMAND, "search", "--library", str(folder / "library")]
    for kind in ("rare", "common", "any_of_three"):
        taken = process([*command, OURS[kind](getattr(asked, kind)[0])])
        beyond = taken.milliseconds - bare.milliseconds
        print(
            f"| `search`, {kind.replace('_', ' ')} | {taken.milliseconds:.0f} | {beyond:.0f}"
            f" | {taken.megabytes:.0f} |"
        )
    lines = [
        OURS[kind](words) for kind in ("both", "any_of_three", "common") for words in getattr(asked, kind)
    ]
    stream = folder / "queries"
    stream.write_text("\n".join(itertools.islice(itertools.cycle(lines), STREAM)), "utf-8")
    taken = process([*command, "-"], 1, str(stream))
    speed = STREAM / taken.milliseconds * 1000
    print(
        f"| `search -`, {STREAM} queries | {taken.milliseconds:.0f} | {speed:.0f} queries a second"
        f" | {taken.megabytes:.0f} |"
    )


def main() -> None:
    """Measure each size in a folder of its own."""
    for size in sys.argv[1:] or ["10000"]:
        texts, _, words = size.partition(":")
        count, length = int(texts), int(words or 400)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            asked = queries(list(documents(min(count, _SAMPLE), words=length)))
            build(folder, documents(count, words=length))
            print(f"\n{count:,} texts of {length} words\n")
            warm(folder, asked)
            cold(folder, asked)


if __name__ == "__main__":
    main()
