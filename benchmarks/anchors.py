"""Measure how notes find their passages again: in changed, reordered and cut news text, and how fast.

Run as ``python -m benchmarks.anchors``. The texts are those of the sample story, each by itself and all
as the one page that they came as, on which articles repeat each other's quotes; and the articles of a file
of pages, a JSON object with ``article`` a line, where one is named. 400 spans (phrases, sentences, some
sentences together) are looked for after 2 to 30 % of the characters or words were changed, with the
paragraphs in another order, and with the passage cut out.

right: what is found and where the passage stands now share at least 60 % of what either covers (a passage
whose words are all gone is rightly an orphan). wrong: something else is found. CPU time.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from pathlib import Path
from typing import NamedTuple

from sources import sample
from sources.formats import story_page
from sources.model import Span
from sources.notes.anchoring import find_anchor, forget_correspondences, make_anchor
from tests.notes.passages import Changed, move_paragraphs, mutate, mutate_characters, shared

RATES = (0.02, 0.1, 0.2, 0.3)
SPANS = 400


class Passage(NamedTuple):
    """A span of a text."""

    text: str
    span: Span


class Score:
    """How often the passages of one kind of change were found, taken for others or given up."""

    def __init__(self, *, with_former: bool) -> None:
        self.with_former = with_former
        self.tries = self.right = self.wrong = self.orphans = 0
        self.seconds = 0.0
        self.slowest = 0.0

    def look(self, passage: Passage, changed: Changed | None, text: str) -> None:
        """Look for a passage in ``text``, where it is in ``changed``, or nowhere."""
        anchor = make_anchor(*passage)
        forget_correspondences()
        begun = time.process_time()
        found = find_anchor(anchor, text, passage.text if self.with_former else None).span
        took = time.process_time() - begun
        self.seconds += took
        self.slowest = max(self.slowest, took)
        self.tries += 1
        there = changed is not None and changed.span.start < changed.span.end
        if found is None:
            self.orphans += 1
            self.right += not there
        elif changed is not None and there and shared(found, changed.span) >= 0.6:
            self.right += 1
        else:
            self.wrong += 1

    def line(self, name: str) -> str:
        """Return the figures under a name."""
        return (
            f"  {name:34} right {self.right / self.tries:6.1%}  wrong {self.wrong / self.tries:6.2%}  "
            f"orphans {self.orphans / self.tries:6.1%}  {1000 * self.seconds / self.tries:5.2f} ms "
            f"(longest {1000 * self.slowest:.1f})"
        )


def passages(texts: list[str], count: int, seed: int = 7) -> list[Passage]:
    """Choose phrases, sentences and runs of sentences, each inside a paragraph, from all texts in turn."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    chosen: list[Passage] = []
    while len(chosen) < count:
        text = texts[len(chosen) % len(texts)]
        paragraphs = [found.span() for found in re.finditer(r"[^\n]{80,}", text)]
        start, end = chance.choice(paragraphs)
        sentences = [
            Span(start + found.start(), start + found.end())
            for found in re.finditer(r"\S.{30,}?(?:[.?!][\"”’]?(?= |$)|$)", text[start:end])
        ]
        if sentences:
            chosen.append(Passage(text, _span(text, sentences, chance)))
    return chosen


def _span(text: str, sentences: list[Span], chance: random.Random) -> Span:
    place = chance.randrange(len(sentences))
    sentence = sentences[place]
    kind = chance.random()
    if kind < 0.5:
        return sentence
    if kind < 0.7:
        return Span(sentence.start, sentences[min(place + 2, len(sentences) - 1)].end)
    words = [found.span() for found in re.finditer(r"\S+", sentence.of(text))]
    first = chance.randrange(max(1, len(words) - 4))
    last = min(len(words) - 1, first + chance.randrange(3, 9))
    return Span(sentence.start + words[first][0], sentence.start + words[last][1])


def measure(name: str, texts: list[str]) -> None:
    """Print how the passages of one set of texts are found after each kind of change."""
    chosen = passages(texts, SPANS)
    print(f"{name}: {len(texts)} texts of {sum(map(len, texts)):,} characters")
    for label, change in (("words", mutate), ("characters", mutate_characters)):
        for rate in RATES:
            score = Score(with_former=True)
            for seed, passage in enumerate(chosen):
                changed = change(passage.text, passage.span, rate, seed)
                score.look(passage, changed, changed.text)
            print(score.line(f"{rate:4.0%} of {label}"))
    for rate in (0.0, 0.1, 0.3):
        moved, cut = Score(with_former=True), Score(with_former=True)
        for seed, passage in enumerate(chosen):
            reordered = move_paragraphs(passage.text, passage.span, seed)
            changed = mutate(*reordered, rate, seed)
            moved.look(passage, changed, changed.text)
            text, span = passage
            without = mutate(text[: span.start] + text[span.end :], Span(0, 1), rate, seed)
            cut.look(passage, None, without.text)
        print(moved.line(f"paragraphs moved, {rate:4.0%} of words"))
        print(cut.line(f"passage removed, {rate:4.0%} of words"))


def measure_many(texts: list[str], notes: int = 10_000) -> None:
    """Print how long it takes to find ``notes`` passages again, all texts changed by a tenth."""
    chosen = sorted(passages(texts, notes), key=lambda passage: passage.text)
    changed = {text: mutate(text, Span(0, 1), 0.1, 1).text for text in texts}
    forget_correspondences()
    begun = time.process_time()
    for passage in chosen:
        find_anchor(make_anchor(*passage), changed[passage.text], passage.text)
    took = time.process_time() - begun
    print(
        f"  {notes:,} passages in {len(texts)} changed texts: {took:.1f} s, {1000 * took / notes:.2f} ms each"
    )


def main() -> None:
    """Measure the sample story, and the articles of a file where one is named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", nargs="?", type=Path, help="JSON Lines with an article each")
    parser.add_argument("--only", help="only the set of this name")
    arguments = parser.parse_args()
    page = sample.page_path().read_text(encoding="utf-8")
    parsed_file = story_page.parse(page, None)
    sets = {"sources": [draft.text for draft in parsed_file.sources], "page": [page]}
    if arguments.pages:
        with arguments.pages.open(encoding="utf-8") as lines:
            articles = [json.loads(line).get("article") or "" for line in lines]
        sets["articles"] = [text for text in articles if re.search(r"[^\n]{80,}", text)]
    for name, texts in sets.items():
        if arguments.only in {None, name}:
            measure(name, texts)
            measure_many(texts)


if __name__ == "__main__":
    main()
