"""Measure laying texts side by side: partners found in labelled rewrites, and how long comparing takes.

Run as ``python -m benchmarks.alignment``. The labelled rewrites are those of the tests; the texts that are
timed are made up. CPU time, the best of some runs; the first run is also given, since it pays for what is
remembered later (stems, pieces of words).
"""

from __future__ import annotations

import difflib
import json
import random
import time
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import vocabulary
from sources.evidence.alignment import align, align_with
from sources.evidence.edits import word_edits
from sources.evidence.multi_alignment import align_many
from sources.evidence.said_alone import unique_sentences
from sources.evidence.similarity import StoryVectors
from sources.model import Origin, Ref, Source, Span, Zone, ZoneKind
from sources.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[1] / "tests" / "evidence" / "data"
Pair = tuple[int, int]


def _source(text: str, number: int) -> Source:
    zones = (Zone(ZoneKind.BODY, 0, len(text)),)
    return Source(
        Ref("made", number), None, None, None, None, None, "en", text, zones, Origin(None, "", "text")
    )


def _joined(sentences: list[str], number: int) -> tuple[Source, list[Span]]:
    spans, place = [], 0
    for sentence in sentences:
        spans.append(Span(place, place + len(sentence)))
        place += len(sentence) + 1
    return _source(" ".join(sentences), number), spans


def _partners(name: str, a: list[str], b: list[str], true: set[Pair], optional: set[Pair]) -> None:
    (left, spans_a), (right, spans_b) = _joined(a, 1), _joined(b, 2)
    rows = align(left, right).rows
    found = {
        (one, two)
        for row in rows
        for one, span_a in enumerate(spans_a)
        for two, span_b in enumerate(spans_b)
        if row.a.overlaps(span_a) and row.b.overlaps(span_b)
    } - optional
    right_ones = len(found & true)
    print(
        f"  {name:12} {len(true)} labelled, {len(found)} found: "
        f"P {right_ones / max(1, len(found)):.2f} R {right_ones / len(true):.2f}"
    )


def _quality() -> None:
    print("partners in labelled rewrites")
    rewrites = json.loads((DATA / "rewrites.json").read_text(encoding="utf-8"))
    for name in ("satellite", "painting"):
        labels = rewrites[name]
        pairs, optional = ({(one, two) for one, two in labels[key]} for key in ("pairs", "optional"))
        _partners(name, labels["a"], labels["b"], pairs, optional)
    ferries = json.loads((DATA / "alignment.json").read_text(encoding="utf-8"))
    for other in "bc":
        pairs, optional = ({(x, y) for x, y in ferries[f"{key}_a{other}"]} for key in ("pairs", "optional"))
        _partners(f"ferries {other}", ferries["a"], ferries[other], pairs, optional)


class _Writer:
    """Makes articles of made-up words, and others that copy a third of one and edit another third."""

    def __init__(self) -> None:
        self._random = random.Random(5)  # noqa: S311 - the same each time
        words = vocabulary()
        self._small, self._words = words[:20], words[100:6100]
        self._weights = [1 / (rank + 3) for rank in range(len(self._words))]

    def _word(self) -> str:
        if self._random.random() < 0.4:
            return self._random.choice(self._small)
        return self._random.choices(self._words, self._weights)[0]

    def _sentence(self) -> list[str]:
        return [self._word() for _ in range(self._random.randint(12, 28))]

    def article(self, words: int) -> list[list[str]]:
        made: list[list[str]] = []
        while sum(map(len, made)) < words:
            made.append(self._sentence())
        return made

    def rewrite(self, article: list[list[str]]) -> list[list[str]]:
        """Keep a third of the sentences, edit a third, make the rest again, and move all of it."""
        made = []
        for sentence in article:
            lot = self._random.random()
            if lot < 0.33:
                made.append(sentence)
            elif lot < 0.66:
                made.append([word if self._random.random() < 0.8 else self._word() for word in sentence])
            else:
                made.append(self._sentence())
        third = len(made) // 3
        return made[third:] + made[:third]


def _text(article: list[list[str]]) -> str:
    sentences = [" ".join(words).capitalize() + "." for words in article]
    return "\n\n".join(" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4))


def _timed(title: str, work: Callable[[], object], runs: int = 5) -> None:
    taken = []
    for _ in range(runs):
        began = time.process_time()
        work()
        taken.append(1e3 * (time.process_time() - began))
    print(f"  {title:58} first {taken[0]:8.1f} ms  best {min(taken):8.1f} ms")


def _speed() -> None:
    print("time")
    writer = _Writer()
    long = writer.article(5000)
    a, b = _source(_text(long), 1), _source(_text(writer.rewrite(long)), 2)
    _timed("two articles of 5,000 words", lambda: align_with(StoryVectors([a, b]), a, b))
    short = writer.article(600)
    texts = [short if number == 0 else writer.rewrite(short) for number in range(15)]
    story = [_source(_text(text), number) for number, text in enumerate(texts, start=1)]

    def all_pairs() -> None:
        vectors = StoryVectors(story)
        for one, other in combinations(story, 2):
            align_with(vectors, one, other)

    _timed("a story of 15 texts of 600 words, all pairs", all_pairs)
    _timed(
        "what each of the 15 alone says",
        lambda: [unique_sentences(one, story, context=story) for one in story],
    )
    _timed("four of them in columns", lambda: align_many(story[:4], context=story))
    many = [_source(_text(writer.article(600)), number) for number in range(1, 201)]
    _timed("two sources of a story of 200, read as a whole", lambda: align(many[0], many[1], context=many), 2)
    endless = [_source(" ".join(f"w{n % step}" for n in range(100_000)), step) for step in (9_973, 9_967)]
    _timed("two sentences of 100,000 words", lambda: align(endless[0], endless[1]), 1)
    words_a, words_b = a.text.split(), b.text.split()
    whole_a, whole_b = Span(0, len(a.text)), Span(0, len(b.text))
    _timed("word edits of the two whole articles", lambda: word_edits(a.text, whole_a, b.text, whole_b))
    matcher = difflib.SequenceMatcher
    _timed("the same with difflib", lambda: matcher(None, words_a, words_b, autojunk=False).get_opcodes(), 1)
    line = " ".join([a.text.replace("\n", " ")] * (5_000_000 // len(a.text)))
    began = time.process_time()
    count = len(split_sentences(line))
    taken = time.process_time() - began
    print(f"  {count} sentences of one line of 5 MB: {len(line) / taken / 1e6:.1f} MB/s")


def main() -> None:
    """Print the scores and the times."""
    _quality()
    _speed()


if __name__ == "__main__":
    main()
