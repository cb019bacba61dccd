"""Measure who is found to have said the quotes of 120 labelled news articles (PolNeAR).

Run as ``python -m benchmarks.quotes [--errors]``. Counted are quoted spans of four words or more that lie in
the content of a labelled attribution with a source. A quote is *attributed* when a speaker was found, and its
speaker *right* when the words that name it overlap the labelled source, or name the same person. The rules
were tuned on every other article (*development*) and never on the rest (*held out*).
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from sources.evidence.quotes import Quote, find_quotes
from sources.model import Origin, Ref, Source

DATA = Path(__file__).parents[1] / ".." / "shared" / "data" / "quotes" / "attributions.jsonl"
_LEAST_WORDS = 4
_NAME_WORD = re.compile(r"[A-Z][\w’'-]{2,}")


class Gold(NamedTuple):
    """The labelled source of a quote: its spans and its words."""

    spans: tuple[tuple[int, int], ...]
    words: str


class Score(NamedTuple):
    """How many quotes have a labelled source, a speaker, and the right one."""

    there: int = 0
    attributed: int = 0
    right: int = 0

    def __str__(self) -> str:
        return (
            f"{self.there:5} quotes  attributed {self.attributed / max(1, self.there):.3f}  "
            f"speaker right {self.right / max(1, self.attributed):.3f}  "
            f"found and right {self.right / max(1, self.there):.3f}"
        )

    def plus(self, other: Score) -> Score:
        """Return the score of both together."""
        return Score(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def _source(text: str) -> Source:
    return Source(Ref("measure", 1), None, None, None, None, None, "en", text, (), Origin(None, "", "text"))


def _gold_of(quote: Quote, attributions: list[dict[str, Any]]) -> Gold | None:
    """Return the source of the attribution whose content holds most of a quote."""
    best, most = None, (quote.end - quote.start) / 2
    for attribution in attributions:
        held = sum(
            max(0, min(end, quote.end) - max(start, quote.start)) for start, end, _ in attribution["content"]
        )
        if held > most:
            best, most = attribution, held
    if best is None or not best["source"]:
        return None
    spans = tuple((start, end) for start, end, _ in best["source"])
    return Gold(spans, " ".join(words for _, _, words in best["source"]))


def _is_right(quote: Quote, gold: Gold) -> bool:
    where = quote.credit
    if where is not None and any(start < where.end and where.start < end for start, end in gold.spans):
        return True
    named = set(_NAME_WORD.findall(quote.speaker or ""))
    return bool(
        named & {word.removesuffix("'s").removesuffix("’s") for word in _NAME_WORD.findall(gold.words)}
    )


def _score(document: dict[str, Any], *, tell: bool) -> Score:
    text, total = document["text"], Score()
    for quote in find_quotes(_source(text)):
        gold = _gold_of(quote, document["attributions"])
        if len(quote.text.split()) < _LEAST_WORDS or gold is None:
            continue
        right = quote.speaker is not None and _is_right(quote, gold)
        total = total.plus(Score(1, quote.speaker is not None, right))
        if tell and not right:
            around = text[max(0, quote.start - 160) : quote.end + 160].replace("\n", "/")
            print(f"{quote.speaker!r} ({quote.cue}) for {gold.words!r}: <{quote.text[:60]}>\n    {around}")
    return total


def main() -> None:
    """Print a line for each half and one for both; with ``--errors`` what is wrong in the first half."""
    if not DATA.exists():
        print(f"no data at {DATA}")
        return
    documents = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    halves = {"development": documents[::2], "held out": documents[1::2]}
    total = Score()
    began = time.process_time()
    for name, half in halves.items():
        tell = "--errors" in sys.argv and name == "development"
        score = Score()
        for document in half:
            score = score.plus(_score(document, tell=tell))
        total = total.plus(score)
        print(f"{name:12}{score}")
    spent = time.process_time() - began
    print(f"{'both':12}{total}")
    print(
        f"{sum(len(document['text']) for document in documents) / spent / 1e6:.2f} MB/s, measuring included"
    )


if __name__ == "__main__":
    main()
