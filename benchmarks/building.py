"""Building the index, and keeping it in step, beside other engines in the same run.

    python -m benchmarks.building [documents ...] [--short documents]

Each engine takes the same JSON Lines file, stores everything in it and makes all of it searchable, in a
process of its own: wall-clock time, CPU time of all its processes, the peak memory of the largest process
and the bytes on disk against the bare texts. crossread's steps come one after the other: taking the texts
into the library, indexing their words (from here on searches answer), and reading their names, quotes and
figures. Then one text is changed several times, each time until a search finds it. Engines that are not
installed are left out. ``--short`` builds from texts of forty words.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import multiprocessing
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index import SearchIndex

CHANGES = 15
SHORT = 40  # words
_CHANGED = "d0000000"


def read(path: Path) -> Iterator[dict[str, str]]:
    """Read the records of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


class Steps:
    """Times the steps of a building."""

    def __init__(self) -> None:
        self.done: dict[str, dict[str, float]] = {}

    def time(self, name: str, work: Callable[[], Any]) -> Any:
        """Do a step; its wall-clock and CPU seconds, those of other processes included, are kept."""
        wall, cpu = time.perf_counter(), _cpu()
        made = work()
        self.done[name] = {"wall": time.perf_counter() - wall, "cpu": _cpu() - cpu, "peak": _peak()}
        return made

    def change(self, work: Callable[[str], bool]) -> None:
        """Change one text again and again; ``work`` takes a word to add and tells whether it is found."""
        walls, cpus = [], []
        for turn in range(CHANGES + 3):
            wall, cpu = time.perf_counter(), time.process_time()
            if not work(f"unheard{turn}of"):
                raise SystemExit("a changed text was not found")
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
        # The first ones load modules.
        self.done["change"] = {"wall": statistics.median(walls[3:]), "cpu": statistics.median(cpus[3:])}


def _cpu() -> float:
    """Return the CPU seconds of this process and of all that it started, the living ones included."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    living = 0.0
    for child in multiprocessing.active_children():
        with suppress(OSError):
            fields = Path(f"/proc/{child.pid}/stat").read_text("ascii").rpartition(")")[2].split()
            living += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime + living


def _peak() -> float:
    """Return the peak memory in MB of this process or of the largest that it started."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peaks = [resource.getrusage(kind).ru_maxrss for kind in kinds]
    for child in multiprocessing.active_children():
        with suppress(OSError):
            status = Path(f"/proc/{child.pid}/status").read_text("ascii")
            peaks += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
    return max(peaks) / 1024


def crossread(corpus: Path, folder: Path, steps: Steps) -> Path:
    """Add the file to a library, index its words, read its evidence; return where the index is."""
    from index import SearchIndex
    from sources.importing import import_paths
    from sources.library import Library
    from sources.model import ParsedFile, ParsedSource
    from sources.notes.anchoring import find_anchor

    library = Library.open(folder)
    place = folder / "index"
    report = steps.time("library", lambda: import_paths(library, [str(corpus)], story="made"))
    if report.failed:
        raise SystemExit(report.failed[0].reason)
    index = steps.time("words", lambda: SearchIndex.open(place, library))
    steps.time("evidence", lambda: _read_on(index))
    text = next(read(corpus))["text"]

    def change(word: str) -> bool:
        parsed_file = ParsedFile("jsonl", (ParsedSource(f"{text} {word}", (), _CHANGED),))
        library.ingest(parsed_file, slug="made", path=str(corpus), reanchor=find_anchor)
        index.catch_up()
        return bool(index.search(word).total == 1)

    steps.change(change)
    index.close()
    return place


def _read_on(index: SearchIndex) -> None:
    """Read the evidence, and wait until the processes for it have ended, so that their time is counted."""
    index.read_on()
    for child in multiprocessing.active_children():
        child.join()


def fts5(corpus: Path, folder: Path, steps: Steps) -> Path:
    """Build a table of SQLite's full-text search with everything stored in it."""
    table = sqlite3.connect(folder / "fts.db")
    table.execute("PRAGMA journal_mode = WAL")
    table.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(title, text, publisher, id UNINDEXED, date UNINDEXED,"
        " tokenize='porter unicode61')"
    )
    names = ("title", "text", "publisher", "id", "date")

    def build() -> None:
        rows = (tuple(record[name] for name in names) for record in read(corpus))
        table.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", rows)
        table.commit()

    steps.time("words", build)
    text = next(read(corpus))["text"]

    def change(word: str) -> bool:
        table.execute("UPDATE texts SET text = ? WHERE rowid = 1", (f"{text} {word}",))
        table.commit()
        return len(table.execute("SELECT id FROM texts WHERE texts MATCH ?", (word,)).fetchall()) == 1

    steps.change(change)
    table.close()
    return folder


def tantivy(corpus: Path, folder: Path, steps: Steps) -> Path:
    """Build an index of tantivy with one thread and everything stored."""
    engine: Any = importlib.import_module("tantivy")  # a peer that may be missing

    builder = engine.SchemaBuilder()
    for name in ("title", "text", "publisher"):
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
    for name in ("id", "date"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw")
    schema = builder.build()
    index = engine.Index(schema, path=str(folder))

    def build() -> None:
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for record in read(corpus):
            writer.add_document(engine.Document(**record))
        writer.commit()
        writer.wait_merging_threads()

    steps.time("words", build)
    first = next(read(corpus))
    writer = index.writer(heap_size=64_000_000, num_threads=1)

    def change(word: str) -> bool:
        writer.delete_documents("id", first["id"])
        writer.add_document(engine.Document(**first | {"text": f"{first['text']} {word}"}))
        writer.commit()
        index.reload()
        searcher = index.searcher()
        return len(searcher.search(engine.Query.term_query(schema, "text", word), 2).hits) == 1

    steps.change(change)
    return folder


ENGINES = {run.__name__: run for run in (crossread, fts5, tantivy)}


def run(name: str, corpus: Path) -> dict[str, Any]:
    """Build with one engine, in this process and those it starts."""
    steps = Steps()
    with tempfile.TemporaryDirectory() as place:
        folder = ENGINES[name](corpus, Path(place), steps)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    return {"steps": steps.done, "size": size}


def table(results: dict[str, dict[str, Any]], raw: float) -> list[str]:
    """Return the results of one size as lines of Markdown."""
    heads = ["step", "wall s", "CPU s", "peak MB", "disk / text", "one change until found: CPU ms (wall)"]
    lines = [f"| engine | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for name, result in results.items():
        steps = dict(result["steps"])
        change = steps.pop("change")
        for step, spent in steps.items():
            cells = [step, f"{spent['wall']:.1f}", f"{spent['cpu']:.1f}", f"{spent['peak']:.0f}"]
            is_last = step == list(steps)[-1]
            cells += [f"{result['size'] / raw:.2f}" if is_last else ""]
            cells += [f"{change['cpu']:.1f} ({change['wall']:.1f})" if is_last else ""]
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def compare(count: int, words: int) -> None:
    """Build from ``count`` texts with every engine, and print a table."""
    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place) / "corpus.jsonl"
        raw = 0
        with corpus.open("w", encoding="utf-8") as file:
            for one in documents(count, words=words):
                raw += len(one.body)
                record = {"id": one.key, "title": one.title, "text": one.body}
                record |= {"publisher": one.publisher, "date": one.date}
                file.write(json.dumps(record) + "\n")
        results = {}
        for name in ENGINES:
            if name == "tantivy" and importlib.util.find_spec(name) is None:
                continue
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.building", "--one", name, str(corpus)],
                capture_output=True, text=True, check=False, env=os.environ,
            )  # fmt: skip
            if done.returncode:
                print(f"{name} failed: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                continue
            results[name] = json.loads(done.stdout.splitlines()[-1])
    print(f"\n{count:,} texts of about {words} words, {raw / 1e6:.0f} MB\n")
    print("\n".join(table(results, raw / 1e6)), flush=True)


def main() -> None:
    """Run every engine at each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.building")
    parser.add_argument("documents", nargs="*", type=int)
    parser.add_argument("--short", type=int, action="append", default=[])
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(run(asked.one[0], Path(asked.one[1]))))
        return
    for count in asked.documents or ([] if asked.short else [10_000]):
        compare(count, 400)
    for count in asked.short:
        compare(count, SHORT)


if __name__ == "__main__":
    main()
