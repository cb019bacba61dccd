"""Searching and building beside other engines, on one synthetic corpus, each in a process of its own.

    python -m benchmarks.engines [documents[xwords] ...]

Engines that are not installed are left out. ``postings`` is the index's own evaluation over its segments,
``crossread`` a whole search with copies, titles and snippets over a library, whose building takes in
reading the evidence of every text. Times are CPU milliseconds of the searching thread, the best 20 hits
each; read them beside one another, for single ones say little on a busy machine.
"""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import Document, Queries, documents, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ASKED = 100  # queries of each kind
HITS = 20
_WORDS = 400  # of a document
_SAMPLE = 1000  # documents that the queries are made of
_SLOW = 10_000  # documents up to which the slow ones are run


def read(path: Path) -> Iterator[Document]:
    """Read the corpus."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield Document(**json.loads(line))


def timed(asked: Queries, forms: dict[str, Callable[[list[str]], Any]]) -> dict[str, list[float]]:
    """Return the median and the 95th percentile of each kind of query."""
    found = {}
    for kind, ask in forms.items():
        times = []
        for words in getattr(asked, kind):
            start = spent()
            ask(words)
            times.append((spent() - start) * 1000)
        times.sort()
        found[kind] = [times[len(times) // 2], times[int(len(times) * 0.95)]]
    return found


def _size(folder: Path) -> int:
    """Return the bytes of an index; of a library only its index counts, for texts are no part of that."""
    if (folder / "index").exists():
        folder = folder / "index"
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# The engines: each builds in a folder and returns what asks it


def postings(corpus: Path, folder: Path) -> dict[str, Callable[[list[str]], Any]]:
    """Build segments of title, text and publisher, and evaluate queries over them."""
    from whoosh.fields import ID, STORED, Schema
    from whoosh.index import FileIndex

    from index.evaluation import Evaluator
    from index.interface import Deadline
    from index.manifest import Manifest, SegmentRecord
    from index.query import parse
    from index.reader import IndexReader
    from index.scorers import choose_scorer
    from index.whoosh_engine.index_writer import DurableStorage
    from index.whoosh_engine.parallel_build import analyse_piece
    from index.whoosh_engine.schema import WordsField
    from index.whoosh_engine.writer import SectionsWriter

    words = {name: WordsField() for name in ("title", "text", "publisher")}
    index = FileIndex.create(DurableStorage(folder), Schema(**words, ref=ID(), stored=STORED()), "MAIN")  # type: ignore[no-untyped-call]
    records: list[SegmentRecord] = []

    def published(segments: Any) -> None:
        records.extend(SegmentRecord(one.file_name(), one.doc_count_all(), ()) for one in segments)

    writer = SectionsWriter(index, analyse_piece, published)
    count = 0
    for document in read(corpus):
        writer.add_document(
            title=document.title, text=document.body, publisher=document.publisher, ref=document.key,
            stored=["s", count, document.title, document.publisher, document.date],
        )  # fmt: skip
        count += 1
    writer.commit_sections()
    reader = IndexReader(folder, 1, Manifest("", "", 0, count, {}, tuple(records)))

    def ask(query: str) -> Any:
        node = parse(query)
        budget = Deadline()
        sets = choose_scorer(reader, node, budget)
        found = Evaluator(reader, sets, budget, None).evaluate(node)  # type: ignore[arg-type]  # no notes
        return sets.count(found), sets.top(found, HITS)

    return _ours(ask)


def _ours(ask: Callable[[str], Any]) -> dict[str, Callable[[list[str]], Any]]:
    return {
        "rare": lambda words: ask(words[0]),
        "common": lambda words: ask(words[0]),
        "both": lambda words: ask(" AND ".join(words)),
        "any_of_three": lambda words: ask(" ".join(words)),
        "phrase": lambda words: ask(f'"{" ".join(words)}"'),
        "prefix": lambda words: ask(f"{words[0]}*"),
        "fuzzy": lambda words: ask(f"{words[0]}~"),
    }


def crossread(corpus: Path, folder: Path) -> dict[str, Callable[[list[str]], Any]]:
    """Put the corpus into a library and search it as the app does."""
    from index import SearchIndex
    from sources.library import Library
    from sources.model import ParsedFile, ParsedSource, Zone, ZoneKind
    from sources.notes.anchoring import find_anchor

    library = Library.open(folder)
    drafts = tuple(
        ParsedSource(
            text=document.body, zones=(Zone(ZoneKind.BODY, 0, len(document.body)),), key=document.key,
            title=document.title, publisher=document.publisher, date=document.date,
        )
        for document in read(corpus)
    )  # fmt: skip
    library.ingest(ParsedFile("jsonl", drafts), slug="made", path=None, reanchor=find_anchor)
    index = SearchIndex.open(folder / "index", library)
    return _ours(lambda query: index.search(query, limit=HITS))


def fts5(corpus: Path, folder: Path) -> dict[str, Callable[[list[str]], Any]]:
    """Build a table of SQLite's full-text search and ask it with its own snippets."""
    table = sqlite3.connect(folder / "fts.db")
    table.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(title, body, publisher, key UNINDEXED, date UNINDEXED,"
        " tokenize='porter unicode61')"
    )
    table.executemany(
        "INSERT INTO texts VALUES (?, ?, ?, ?, ?)",
        ((one.title, one.body, one.publisher, one.key, one.date) for one in read(corpus)),
    )
    table.commit()

    def ask(query: str) -> Any:
        return table.execute(
            "SELECT key, title, publisher, date, snippet(texts, 1, '[', ']', '…', 30) FROM texts"
            " WHERE texts MATCH ? ORDER BY rank LIMIT ?",
            (query, HITS),
        ).fetchall()

    return {
        "rare": lambda words: ask(f'"{words[0]}"'),
        "common": lambda words: ask(f'"{words[0]}"'),
        "both": lambda words: ask(" AND ".join(words)),
        "any_of_three": lambda words: ask(" OR ".join(words)),
        "phrase": lambda words: ask(f'"{" ".join(words)}"'),
        "prefix": lambda words: ask(f'"{words[0]}" *'),
    }


def tantivy(corpus: Path, folder: Path) -> dict[str, Callable[[list[str]], Any]]:
    """Build an index of tantivy with one thread and ask for addresses and the number of all hits."""
    return _tantivy(corpus, folder, {"count": True})


def tantivy_uncounted(corpus: Path, folder: Path) -> dict[str, Callable[[list[str]], Any]]:
    """Build the same and ask for addresses only."""
    return _tantivy(corpus, folder, {"count": False})


def _tantivy(corpus: Path, folder: Path, options: dict[str, Any]) -> dict[str, Callable[[list[str]], Any]]:
    engine: Any = importlib.import_module("tantivy")  # a peer that may be missing
    builder = engine.SchemaBuilder()
    for name in ("title", "body", "publisher"):
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
    schema = builder.build()
    index = engine.Index(schema, path=str(folder))
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for one in read(corpus):
        writer.add_document(engine.Document(title=one.title, body=one.body, publisher=one.publisher))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    fields = ["title", "body"]

    def top(query: Any) -> Any:
        return searcher.search(query, HITS, **options).hits

    def ask(query: str) -> Any:
        return top(index.parse_query(query, fields))

    return {
        "rare": lambda words: ask(words[0]),
        "common": lambda words: ask(words[0]),
        "both": lambda words: ask(" AND ".join(words)),
        "any_of_three": lambda words: ask(" ".join(words)),
        "phrase": lambda words: ask(f'"{" ".join(words)}"'),
        "prefix": lambda words: top(engine.Query.regex_query(schema, "body", words[0] + ".*")),
        "fuzzy": lambda words: top(engine.Query.fuzzy_term_query(schema, "body", words[0], distance=1)),
    }


def bm25s(corpus: Path, folder: Path) -> dict[str, Callable[[list[str]], Any]]:
    """Build an index of bm25s, which is all in memory."""
    engine: Any = importlib.import_module("bm25s")  # a peer that may be missing

    def tokens(texts: list[str]) -> Any:
        return engine.tokenize(texts, stopwords="en", show_progress=False)

    index = engine.BM25()
    index.index(tokens([f"{one.title} {one.body}" for one in read(corpus)]), show_progress=False)
    index.save(str(folder))

    def ask(words: list[str]) -> Any:
        return index.retrieve(tokens([" ".join(words)]), k=HITS, show_progress=False)

    return {"rare": ask, "common": ask, "any_of_three": ask}


def whoosh(corpus: Path, folder: Path) -> dict[str, Callable[[list[str]], Any]]:
    """Build an index with Whoosh's own codec."""
    from whoosh import query
    from whoosh.analysis import StemmingAnalyzer  # type: ignore[attr-defined]
    from whoosh.fields import TEXT, Schema
    from whoosh.index import create_in

    analyzer = StemmingAnalyzer()
    index = create_in(str(folder), Schema(title=TEXT(analyzer), body=TEXT(analyzer)))
    writer: Any = index.writer(limitmb=512)
    for one in read(corpus):
        writer.add_document(title=one.title, body=one.body)
    writer.commit()
    searcher: Any = index.searcher()
    terms: Any = query

    def stems(words: list[str]) -> list[Any]:
        return [terms.Term("body", token.text) for word in words for token in analyzer(word)]

    def ask(asked: Any) -> Any:
        return list(searcher.search(asked, limit=HITS))

    return {
        "rare": lambda words: ask(terms.Or(stems(words))),
        "common": lambda words: ask(terms.Or(stems(words))),
        "both": lambda words: ask(terms.And(stems(words))),
        "any_of_three": lambda words: ask(terms.Or(stems(words))),
        "phrase": lambda words: ask(terms.Phrase("body", [term.text for term in stems(words)])),
        "prefix": lambda words: ask(terms.Prefix("body", words[0])),
        "fuzzy": lambda words: ask(terms.FuzzyTerm("body", words[0])),
    }


def xapian(corpus: Path, folder: Path) -> dict[str, Callable[[list[str]], Any]]:
    """Build a database of Xapian and ask for numbers of documents only."""
    engine: Any = importlib.import_module("xapian")  # a peer that may be missing

    database = engine.WritableDatabase(str(folder), engine.DB_CREATE_OR_OVERWRITE)
    terms = engine.TermGenerator()
    terms.set_stemmer(engine.Stem("en"))
    for one in read(corpus):
        document = engine.Document()
        terms.set_document(document)
        terms.index_text(one.title, 3)
        terms.index_text(one.body)
        terms.index_text(one.publisher)
        database.add_document(document)
    database.commit()
    parser = engine.QueryParser()
    parser.set_stemmer(engine.Stem("en"))
    parser.set_stemming_strategy(parser.STEM_SOME)
    parser.set_database(database)
    flags = parser.FLAG_DEFAULT | parser.FLAG_WILDCARD
    enquire = engine.Enquire(database)

    def ask(query: str) -> Any:
        enquire.set_query(parser.parse_query(query, flags))
        return [match.docid for match in enquire.get_mset(0, HITS)]

    forms = _ours(ask)
    del forms["fuzzy"]
    return forms


def ripgrep(corpus: Path, folder: Path) -> dict[str, Callable[[list[str]], Any]]:
    """Write the texts into one file, a line each, and count the lines that match; it knows no scores."""
    texts = folder / "texts"
    with texts.open("w", encoding="utf-8") as file:
        file.writelines(one.body.replace("\n", " ") + "\n" for one in read(corpus))

    def ask(pattern: str) -> Any:
        command = ["rg", "--count", "--ignore-case", "--threads=1", "--", pattern, str(texts)]
        return subprocess.run(command, capture_output=True, check=False)

    return {
        "rare": lambda words: ask(rf"\b{words[0]}\b"),
        "common": lambda words: ask(rf"\b{words[0]}\b"),
        "any_of_three": lambda words: ask(rf"\b({'|'.join(words)})\b"),
        "phrase": lambda words: ask(rf"\b{' '.join(words)}\b"),
        "prefix": lambda words: ask(rf"\b{words[0]}"),
    }


ENGINES = {
    run.__name__: run
    for run in (postings, crossread, fts5, tantivy, tantivy_uncounted, xapian, bm25s, ripgrep, whoosh)
}
_SMALL_ONLY = {"whoosh", "crossread", "xapian", "ripgrep"}
_MISSING = {
    name
    for name, module in {
        "tantivy": "tantivy", "tantivy_uncounted": "tantivy", "xapian": "xapian", "bm25s": "bm25s",
    }.items()
    if importlib.util.find_spec(module) is None
} | ({"ripgrep"} if shutil.which("rg") is None else set())  # fmt: skip


def spent() -> float:
    """Return the seconds of CPU time of this thread, and of the processes it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.thread_time() + children.ru_utime + children.ru_stime


def run(name: str, corpus: Path) -> dict[str, Any]:
    """Build and ask one engine, in this process."""
    asked = queries(list(itertools.islice(read(corpus), _SAMPLE)), ASKED)
    with tempfile.TemporaryDirectory() as place:
        start = time.process_time()
        forms = ENGINES[name](corpus, Path(place))
        build = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        timed(asked._replace(**{kind: getattr(asked, kind)[:5] for kind in forms}), forms)  # warm
        result: dict[str, Any] = {"build": build, "peak": peak, "size": _size(Path(place)) / 1e6}
        result["times"] = timed(asked, forms)
        sys.stdout.flush()
        return result


def table(results: dict[str, dict[str, Any]], raw: float) -> list[str]:
    """Return the results of one size as lines of Markdown."""
    kinds = list(Queries._fields)
    heads = [kind.replace("_", " ") for kind in kinds] + ["build s", "peak MB", "disk / text"]
    lines = [f"| CPU ms, p50 / p95 | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for name, result in results.items():
        times = result["times"]
        cells = [f"{times[kind][0]:.2f} / {times[kind][1]:.2f}" if kind in times else "–" for kind in kinds]
        cells += [f"{result['build']:.0f}", f"{result['peak']:.0f}", f"{result['size'] / raw:.2f}"]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Run every engine in a process of its own, and print a table for each size."""
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        print(json.dumps(run(sys.argv[2], Path(sys.argv[3]))))
        return
    for asked in sys.argv[1:] or ["10000"]:
        count, words = (int(number) for number in f"{asked}x{_WORDS}".split("x")[:2])
        with tempfile.TemporaryDirectory() as place:
            corpus = Path(place) / "corpus.jsonl"
            raw = 0
            with corpus.open("w", encoding="utf-8") as file:
                for one in documents(count, words=words):
                    raw += len(one.body)
                    file.write(json.dumps(one._asdict()) + "\n")
            results = {}
            for name in ENGINES:
                if (count > _SLOW and name in _SMALL_ONLY) or name in _MISSING:
                    continue
                done = subprocess.run(
                    [sys.executable, "-m", "benchmarks.engines", "--one", name, str(corpus)],
                    capture_output=True, text=True, check=False, env=os.environ,
                )  # fmt: skip
                if done.returncode:
                    print(f"{name} failed: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                    continue
                results[name] = json.loads(done.stdout.splitlines()[-1])
            print(f"\n{count} documents of {words} words, {raw / 1e6:.0f} MB of text\n")
            print("\n".join(table(results, raw / 1e6)), flush=True)


if __name__ == "__main__":
    main()
