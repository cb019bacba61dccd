"""Measure the names engine on the labelled articles of the tests, each read alone.

Run as ``python -m benchmarks.labelled_names [--errors] [FILE…]``; without files all of them are read.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

from sources.evidence.entities.finder import find_entities
from tests.evidence.stories import DATA, labelled, source


class Score(NamedTuple):
    """How many spans were labelled, found, found where they were labelled, and typed right there."""

    gold: int
    found: int
    right: int
    typed: int
    linked: int
    whole: int

    def __str__(self) -> str:
        span = 2 * self.right / max(self.gold + self.found, 1)
        typed = 2 * self.typed / max(self.gold + self.found, 1)
        return (
            f"{self.gold:4} names  span F1 {span:.3f}  typed F1 {typed:.3f}  "
            f"whole name {self.whole}/{self.linked}"
        )


def _score(name: str, *, tell: bool) -> Score:
    gold = labelled(name)
    found = {
        (mention.start, mention.end): entity
        for entity in find_entities([source(gold.text)])
        for mention in entity.mentions
    }
    both = gold.spans.keys() & found.keys()
    typed = [span for span in both if found[span].kind == gold.spans[span][0]]
    linked = [span for span in both if gold.spans[span][1] is not None]
    whole = sum(found[span].name == gold.spans[span][1] for span in linked)
    if tell:
        for span in sorted(gold.spans.keys() | found.keys()):
            wanted = gold.spans.get(span, ("-", None))
            got = found.get(span)
            if got is None or wanted[0] != got.kind or (wanted[1] and wanted[1] != got.name):
                answer = "-" if got is None else f"{got.kind} {got.name}"
                print(f"  {gold.text[span[0] : span[1]]!r}: {wanted[0]} {wanted[1] or ''} / {answer}")
    return Score(len(gold.spans), len(found), len(both), len(typed), len(linked), whole)


def main() -> None:
    """Print a line for each article and one for all."""
    options = [word for word in sys.argv[1:] if word.startswith("--")]
    chosen = [word for word in sys.argv[1:] if not word.startswith("--")]
    names = chosen or sorted(path.name for path in DATA.glob("names-*.txt"))
    total = Score(0, 0, 0, 0, 0, 0)
    for name in names:
        score = _score(name, tell="--errors" in options)
        total = Score(*(a + b for a, b in zip(total, score, strict=True)))
        print(f"{name:24} {score}")
    print(f"{'all':24} {total}")


if __name__ == "__main__":
    main()
