"""Measure the fingerprints of a large library: how fast they grow, how large they are, how fast they answer.

Run as ``python -m benchmarks.fingerprints [SOURCES]``, 100,000 if none are given. The library is synthetic
(`benchmarks/corpus.py`) and made beforehand; every hundredth text holds a passage of an earlier one.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import documents
from sources.evidence.shared_passages import hashes_of
from sources.evidence_cache.reuse import WinnowingStore
from sources.library import Library
from sources.model import ParsedFile, ParsedSource, Zone, ZoneKind
from sources.notes.anchoring import find_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARCEL = 1000
_ASKED = 200


def _texts(count: int) -> Iterator[str]:
    earlier = ""
    for number, document in enumerate(documents(count)):
        text = document.body
        if number % 100 == 99:
            text = f"{text}\n\n{earlier}"
        if number % 100 == 50:
            earlier = document.body.split("\n\n")[0]
        yield text


def _fill(library: Library, count: int) -> None:
    texts = _texts(count)
    for number in range(0, count, _PARCEL):
        drafts = tuple(
            ParsedSource(text, (Zone(ZoneKind.BODY, 0, len(text)),), key=f"{number + place}")
            for place, text in enumerate(islice(texts, _PARCEL))
        )
        slug = f"archive-{number // 10_000}"
        library.ingest(ParsedFile("jsonl", drafts), slug=slug, path=f"{number}.jsonl", reanchor=find_anchor)


def _size(path: Path) -> float:
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*")) / 1e6


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        began = time.process_time()
        _fill(library, count)
        print(f"library of {count:,} made in {time.process_time() - began:.1f} s CPU")
        path = Path(folder) / "fingerprints.db"
        store = WinnowingStore(path)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        began = time.process_time()
        store.catch_up(library)
        spent = time.process_time() - began
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count / spent:,.0f} sources a second of CPU, {_size(path):.0f} MB on disk")
        print(f"memory at most {before:.0f} MB before, {after:.0f} MB after")
        _ask(library, store, count)


def _ask(library: Library, store: WinnowingStore, count: int) -> None:
    chance = random.Random(3)  # noqa: S311 - the same each time
    refs = library.refs()
    sentences: list[float] = []
    texts: list[float] = []
    found = parts = 0
    for _ in range(_ASKED):
        ref = refs[chance.randrange(count)]
        text = library.source(ref).text
        sentence = next((part for part in text.split(". ") if len(part.split()) >= 12), text)
        began = time.perf_counter()
        there = store.sharing(hashes_of(sentence))
        sentences.append((time.perf_counter() - began) * 1000)
        found += any(one.ref == ref for one in there)
        began = time.perf_counter()
        there = store.sharing(hashes_of(text))
        texts.append((time.perf_counter() - began) * 1000)
        parts += there[0].ref == ref
    for what, times in (("a sentence", sentences), ("a whole text", texts)):
        ordered = sorted(times)
        p95 = ordered[int(len(ordered) * 0.95)]
        print(f"where else is {what}: {statistics.median(times):.2f} ms, p95 {p95:.2f} ms")
    print(f"found again: sentences {found} of {_ASKED}, texts {parts} of {_ASKED}")


if __name__ == "__main__":
    main()
