"""Measure the readers of figures and dates on sentences that were labelled before they were first run.

Run as ``python -m benchmarks.figures [--errors]``. The sentences are those of ``tests/evidence/data``; a
figure is right when its span, value and unit are, a date when its span and both ends are.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from sources.evidence.dates.finder import find_dates
from sources.evidence.figures import FigureKind
from sources.evidence.figures.finder import find_figures
from sources.model import Origin, Ref, Source

DATA = Path(__file__).parents[1] / "tests" / "evidence" / "data"
_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")
_UNITS = {"points": "percentage points"}
_SPEED_BYTES = 2_000_000


class Score(NamedTuple):
    """How many were right of those found and of those that are there, and a line for each that was not."""

    right: int
    found: int
    there: int
    errors: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """Return the share of what is there that was found."""
        return self.right / max(1, self.there)

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  ({self.there} there, {self.found} found)"


def _source(text: str, published: str | None = None) -> Source:
    return Source(
        Ref("measure", 1), None, None, None, published, None, "en", text, (), Origin(None, "", "text")
    )


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def unmarked(line: str) -> tuple[str, dict[tuple[int, int], str]]:
    """Return a line without its marks, and what each of them says of which span."""
    text, labels, last = "", {}, 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        labels[len(text), len(text) + len(match[1])] = match[2]
        text += match[1]
        last = match.end()
    return text + line[last:], labels


def _scored(cases: list[tuple[str, dict[tuple[int, int], str], dict[tuple[int, int], str]]]) -> Score:
    right = found = there = 0
    errors = []
    for text, wanted, got in cases:
        right += len(wanted.items() & got.items())
        found += len(got)
        there += len(wanted)
        errors += [
            f"MISSED {text[s:e]!r} = {value}   in {text}" for (s, e), value in wanted.items() - got.items()
        ]
        errors += [
            f"WRONG  {text[s:e]!r} = {value}   in {text}" for (s, e), value in got.items() - wanted.items()
        ]
    return Score(right, found, there, tuple(errors))


def _number(value: float) -> str:
    return f"{value:.5g}" if abs(value) < 1000 else f"{value:.12g}"


def score_figures() -> Score:
    """Score money and shares."""
    cases = []
    for line in _lines("figures.txt"):
        text, labels = unmarked(line)
        wanted = {}
        for span, label in labels.items():
            value, unit = label.split(" ", 1)
            ends = "..".join(_number(float(end)) for end in value.split(".."))
            wanted[span] = f"{ends} {_UNITS.get(unit, unit)}"
        got = {}
        for figure in find_figures(_source(text)):
            if figure.kind not in {FigureKind.MONEY, FigureKind.PERCENT}:
                continue
            both = figure.low is not None and figure.high is not None
            numbers = (figure.low, figure.high) if both else (figure.value,)
            said = "..".join(_number(end) for end in numbers if end is not None)
            got[figure.start, figure.end] = f"{said} {figure.unit}"
        cases.append((text, wanted, got))
    return _scored(cases)


def score_dates(file: str = "dates.txt") -> Score:
    """Score dates in one of the files of labelled sentences."""
    cases = []
    for line in _lines(file):
        published, _, sentence = line.partition(" | ")
        text, wanted = unmarked(sentence)
        got = {}
        for date in find_dates(_source(text, None if published == "-" else published)):
            ends = f"{date.first or ''}..{date.last or ''}"
            got[date.start, date.end] = date.first if date.first and date.first == date.last else ends
            if ends == "..":
                got[date.start, date.end] = "?"
        cases.append((text, wanted, got))
    return _scored(cases)


def main() -> None:
    """Print the scores and the speed, with ``--errors`` every difference as well."""
    scores = (
        ("money and shares", score_figures()),
        ("dates", score_dates()),
        ("dates of many fields", score_dates("dates-fields.txt")),
    )
    for name, score in scores:
        print(f"{name}: {score}")
        if "--errors" in sys.argv:
            print(*score.errors, sep="\n")
    page = Path(__file__).parents[1] / "sources" / "sample" / "harbour-deal" / "page.txt"
    text = page.read_text(encoding="utf-8")
    for times in (_SPEED_BYTES // len(text), 5 * _SPEED_BYTES // (2 * len(text))):
        source = _source(text * times, "2031-06-18")
        began = time.process_time()
        figures, middle = find_figures(source), time.process_time()
        dates, ended = find_dates(source), time.process_time()
        size = len(source.text) / 1e6
        print(
            f"{size:.1f} MB: {len(figures)} figures at {size / (middle - began):.2f} MB/s,"
            f" {len(dates)} dates at {size / (ended - middle):.2f} MB/s,"
            f" both at {size / (ended - began):.2f} MB/s"
        )
        print("  kinds:", dict(Counter(str(figure.kind) for figure in figures)))


if __name__ == "__main__":
    main()
