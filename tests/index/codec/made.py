"""Readers of generations that were made by hand."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from index.analysis import analyse
from index.manifest import Manifest, SegmentRecord
from index.reader import IndexReader
from index.whoosh_engine.segment_builder import Chunk, Posting, SegmentBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

Made = tuple[list[dict[str, str]], list[int]]  # documents of a segment, and those that are deleted


def chunk(raw: str) -> Chunk:
    analysed = analyse(raw)
    placed = [(term, place) for term, places in analysed.positions.items() for place in places]
    return Chunk(analysed.length, placed, [stem for stem, n in analysed.stems.items() for _ in range(n)])


def whole(builder: SegmentBuilder, name: str, text: str) -> None:
    """Take a text in that was analysed in one piece."""
    analysed = analyse(text)
    postings = [Posting(term.encode(), len(places), places) for term, places in analysed.positions.items()]
    postings += [Posting(stem.encode(), count, ()) for stem, count in analysed.stems.items()]
    builder.add_postings(name, postings, analysed.length)


def write(path: Path, documents: Iterable[Mapping[str, str]], *, by_chunks: bool = True) -> int:
    builder = SegmentBuilder(chunk)
    for number, document in enumerate(documents):
        for name, value in document.items():
            if name == "story":
                builder.add_postings(name, [Posting(value.encode(), 1, ())], None)
            elif by_chunks:
                builder.add_text(name, value)
            else:
                whole(builder, name, value)
        builder.finish({"stored": ["s", number, "", "", "", "", "", []]})
    with path.open("wb") as file:
        return builder.write(file)


def reader_of(folder: Path, made: Sequence[Made]) -> IndexReader:
    """Write segments and open them."""
    records = []
    for place, (documents, deleted) in enumerate(made):
        name = f"MAIN_{place}.seg"
        count = write(folder / name, documents)
        records.append(SegmentRecord(name, count, tuple(sorted({n for n in deleted if n < count}))))
    left = sum(record.documents - len(record.deleted) for record in records)
    return IndexReader(folder, 1, Manifest("", "", 0, left, {}, tuple(records)))


_names = count()


@contextmanager
def opened(place: Path, made: Sequence[Made]) -> Iterator[IndexReader]:
    """Write segments into a new folder in ``place``, and give a reader of them."""
    folder = place / str(next(_names))
    folder.mkdir()
    reader = reader_of(folder, made)
    yield reader
    reader.close()


def segments_of(words: Sequence[str], most: int) -> st.SearchStrategy[list[Made]]:
    """Make up to three segments of at most ``most`` documents, some of them deleted."""
    texts = st.lists(st.sampled_from(words), max_size=12).map(" ".join)
    documents = st.fixed_dictionaries(
        {"text": texts}, optional={"title": texts, "publisher": texts, "story": st.sampled_from(["a", "b"])}
    )
    deleted = st.lists(st.integers(0, most - 1), max_size=3)
    return st.lists(st.tuples(st.lists(documents, min_size=1, max_size=most), deleted), max_size=3)
