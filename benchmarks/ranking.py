"""How good the order of hits is: nDCG@10 on test collections with judged queries.

    python benchmarks/ranking.py FOLDER

The folder holds ``NAME.docs.jsonl`` (id, title, text), ``NAME.queries.jsonl`` (id, query) and
``NAME.qrels.jsonl`` (query, relevant: id to grade). Queries are asked as plain words.
"""

from __future__ import annotations

import json
import math
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from index import SearchIndex
from sources.library import Library
from sources.model import ParsedFile, ParsedSource, Zone, ZoneKind
from sources.notes.anchoring import find_anchor

CUT = 10
_SIGNS = re.compile(r'[()":*+~\[\]{}-]|\b(?:AND|OR|NOT)\b')


def lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def library_of(folder: Path, documents: list[dict[str, Any]]) -> Library:
    """Put the documents into a library as one story, numbered as they come."""
    drafts = []
    for document in documents:
        text = document["text"] or document["title"] or "(empty)"
        zones = (Zone(ZoneKind.BODY, 0, len(text)),)
        drafts.append(ParsedSource(text, zones, key=document["id"], title=document["title"] or None))
    library = Library.open(folder)
    library.ingest(ParsedFile("jsonl", tuple(drafts)), slug="judged", path=None, reanchor=find_anchor)
    return library


def ndcg(ranked: list[str], relevant: dict[str, int]) -> float:
    """Return the normalised discounted cumulative gain of the first CUT hits, 0 to 1."""

    def gain(grades: list[int]) -> float:
        return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:CUT]))

    best = gain(sorted(relevant.values(), reverse=True))
    return gain([relevant.get(name, 0) for name in ranked]) / best if best else 0.0


def measure(folder: Path, name: str) -> tuple[float, int]:
    """Return the mean over all judged queries of a collection, and their number."""
    documents = lines(folder / f"{name}.docs.jsonl")
    judged = {entry["query"]: entry["relevant"] for entry in lines(folder / f"{name}.qrels.jsonl")}
    reached = []
    with (
        tempfile.TemporaryDirectory() as place,
        library_of(Path(place) / "library", documents) as library,
        SearchIndex.open(library.folder / "index", library) as index,
    ):
        for asked in lines(folder / f"{name}.queries.jsonl"):
            if asked["id"] not in judged:
                continue
            query = _SIGNS.sub(" ", asked["query"])
            hits = index.search(query, limit=CUT, deadline=60.0, all_copies=True).hits
            ranked = [documents[(hit.ref.number or 1) - 1]["id"] for hit in hits]
            reached.append(ndcg(ranked, judged[asked["id"]]))
    return sum(reached) / max(len(reached), 1), len(reached)


def main() -> None:
    """Measure every collection of a folder."""
    folder = Path(sys.argv[1])
    for path in sorted(folder.glob("*.docs.jsonl")):
        name = path.name.removesuffix(".docs.jsonl")
        mean, queries = measure(folder, name)
        print(f"{name:12} nDCG@{CUT} {mean:.3f}  ({queries} queries)", flush=True)


if __name__ == "__main__":
    main()
