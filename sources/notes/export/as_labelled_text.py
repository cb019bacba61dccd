"""Texts with labelled spans, for training and annotation tools: JSON Lines, and CoNLL with BIO tags."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from sources.text.sentences import split_sentences
from sources.text.tokens import words_and_signs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.model import Source
    from sources.notes.export.collection import LabelledSpan, NoteCollection


def write_json_lines(collection: NoteCollection) -> str:
    """Return one line for each source with labels, by ref; offsets are code points into ``text``.

    ``label`` holds ``[start, end, label]`` as annotation tools read them, ``spans`` all that is known.
    """
    found = collection.spans_by_ref()
    lines = [
        json.dumps(_document(collection.texts[ref], spans), ensure_ascii=False)
        for ref, spans in found.items()
        if ref in collection.texts
    ]
    return "".join(f"{line}\n" for line in lines)


def _document(source: Source, spans: list[LabelledSpan]) -> dict[str, Any]:
    return {
        "id": str(source.ref),
        "text": source.text,
        "label": [[span.start, span.end, span.label] for span in spans],
        "spans": [
            {
                "start": span.start,
                "end": span.end,
                "label": span.label,
                "quote": span.quote,
                "coder": span.coder,
                "comment": span.comment,
                "created": span.created,
                "uid": span.uid,
            }
            for span in spans
        ],
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "language": source.language,
        "sha256": source.origin.sha256,
    }


class _Words(NamedTuple):
    """The words and signs of a text, and where among them its sentences begin."""

    words: list[str]
    starts: list[int]  # code points
    ends: list[int]
    sentences: list[int]  # numbers of words


class _Run(NamedTuple):
    """A run of words under a label."""

    start: int
    end: int
    label: str


def write_conll(collection: NoteCollection) -> str:
    """Return the words and signs of each source with labels: columns apart by tabs, sentences by empty lines.

    A source begins with a line ``-DOCSTART-(REF)``. A word belongs to a span that it shares a code point
    with; a span over several sentences is one in each; one on nothing but white space has no word.
    """
    documents = []
    for ref, spans in collection.spans_by_ref().items():
        if ref in collection.texts:
            words = _words(collection.texts[ref])
            documents.append((str(ref), words, _levelled(_runs(words, spans))))
    width = max((len(levels) for _, _, levels in documents), default=0) or 1
    return "".join(_conll_document(ref, words, levels, width) for ref, words, levels in documents)


def _words(source: Source) -> _Words:
    found = _Words([], [], [], [])
    for sentence in split_sentences(source.text, source.zones):
        found.sentences.append(len(found.words))
        for start, word in words_and_signs(source.text, sentence):
            found.words.append(word)
            found.starts.append(start)
            found.ends.append(start + len(word))
    return found


def _runs(words: _Words, spans: Iterable[LabelledSpan]) -> Iterable[_Run]:
    for span in spans:
        first, last = bisect_right(words.ends, span.start), bisect_left(words.starts, span.end)
        inner = words.sentences[bisect_right(words.sentences, first) : bisect_left(words.sentences, last)]
        borders = [first, *inner, last]
        label = "-".join(span.label.split())
        for start, end in pairwise(borders):
            if start < end:
                yield _Run(start, end, label)


def _levelled(runs: Iterable[_Run]) -> list[list[_Run]]:
    """Return the runs on as few levels as they need for no two on one level to overlap."""
    levels: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: (run.start, -run.end, run.label)):
        free = next((level for level in levels if level[-1].end <= run.start), None)
        if free is None:
            levels.append([run])
        else:
            free.append(run)
    return levels


def _conll_document(ref: str, words: _Words, levels: list[list[_Run]], width: int) -> str:
    columns = [["O"] * len(words.words) for _ in range(width)]
    for column, level in zip(columns, levels, strict=False):
        for run in level:
            column[run.start : run.end] = [f"I-{run.label}"] * (run.end - run.start)
            column[run.start] = f"B-{run.label}"
    lines = ["\t".join([f"-DOCSTART-({ref})", *["O"] * width]), ""]
    breaks = set(words.sentences[1:])
    for number, (word, *tags) in enumerate(zip(words.words, *columns, strict=True)):
        if number in breaks:
            lines.append("")
        lines.append("\t".join([word, *tags]))
    return "\n".join(lines) + "\n\n"
