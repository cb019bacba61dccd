"""Measure reuse: passages found in the pairs of PAN-13 by the command, reused answers told from others.

Run as ``python -m benchmarks.reuse``. The data is looked for in ``../shared/data/reuse`` beside the checkout;
without it there is nothing to measure. Each pair is put into a library as a story, and the passages that
``crossread lineage STORY --json`` lists are measured. Precision, recall, granularity and plagdet are those of
Potthast, Stein, Barrón-Cedeño and Rosso, "An evaluation framework for plagiarism detection" (COLING 2010),
averaged over cases and detections. The halves show how far the figures can be trusted.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import Indel

from sources.importing import import_paths
from sources.library import Library
from sources.model import Ref
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS, stem
from tui.cli.main import main as run

DATA = Path(__file__).parents[2] / "shared" / "data" / "reuse"
KINDS = {"01": "none", "02": "verbatim", "03": "random", "04": "translation", "05": "summary"}


class Case(NamedTuple):
    """A passage of a pair: half-open spans in the suspicious text and in the source."""

    pair: str
    a: tuple[int, int]
    b: tuple[int, int]

    @property
    def size(self) -> int:
        """Return the code points in both texts."""
        return self.a[1] - self.a[0] + self.b[1] - self.b[0]


class Score(NamedTuple):
    """How well passages were found."""

    precision: float
    recall: float
    granularity: float

    @property
    def plagdet(self) -> float:
        """Return the one figure of the three."""
        both = self.precision + self.recall
        f1 = 2 * self.precision * self.recall / both if both else 0.0
        return f1 / math.log2(1 + self.granularity)


def reworked_share(a: str, b: str) -> float:
    """Return how much of ``a``, 0 to 1, is taken from ``b``, reworded or not.

    That is the share of its runs of three stems, common words left out, that stand there in any order.
    """
    mine, theirs = _unordered_runs(a), _unordered_runs(b)
    return len(mine & theirs) / len(mine) if mine else 0.0


def _unordered_runs(text: str) -> set[tuple[str, ...]]:
    stems = [stem(token.norm) for token in tokenize(text) if token.norm not in STOP_WORDS]
    return {tuple(sorted(run)) for run in zip(stems, stems[1:], stems[2:], strict=False)}


def _shared(one: tuple[int, int], other: tuple[int, int]) -> range:
    return range(max(one[0], other[0]), min(one[1], other[1]))


def _detects(one: Case, other: Case) -> bool:
    return one.pair == other.pair and bool(_shared(one.a, other.a)) and bool(_shared(one.b, other.b))


def _covered(case: Case, others: list[Case]) -> float:
    """Return the share of a case that others which detect it cover, in both texts."""
    met = [other for other in others if _detects(case, other)]
    total = sum(
        len(set().union(*(_shared(getattr(case, side), getattr(other, side)) for other in met)))
        for side in ("a", "b")
    )
    return total / case.size


def score(cases: list[Case], found: list[Case]) -> Score:
    """Return how well ``found`` are ``cases``."""
    by_pair: dict[str, tuple[list[Case], list[Case]]] = {}
    for case in cases:
        by_pair.setdefault(case.pair, ([], []))[0].append(case)
    for case in found:
        by_pair.setdefault(case.pair, ([], []))[1].append(case)
    recall = [_covered(case, there) for here, there in by_pair.values() for case in here]
    precision = [_covered(case, here) for here, there in by_pair.values() for case in there]
    times = [sum(_detects(case, one) for one in there) for here, there in by_pair.values() for case in here]
    detected = [count for count in times if count]
    return Score(
        sum(precision) / len(precision) if precision else 0.0,
        sum(recall) / len(recall) if recall else 0.0,
        sum(detected) / len(detected) if detected else 1.0,
    )


def cases_of(row: dict[str, Any]) -> list[Case]:
    """Return the cases of a pair as the data names them."""
    return [Case(row["id"], (a, a + length), (b, b + other)) for a, length, b, other in row["spans"]]


def found_by_command(rows: list[dict[str, Any]], folder: Path) -> tuple[dict[str, list[Case]], float]:
    """Return the passages that ``lineage`` shows for each pair, and the seconds of CPU that it took."""
    records = [
        {"id": f"{number}-{side}", "story": f"pair-{number}", "title": None, "text": row[side]}
        for number, row in enumerate(rows)
        for side in ("suspicious", "source")
    ]
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    library = folder / "library"
    with Library.open(library) as opened:
        import_paths(opened, [str(path)])
        kept = [
            [opened.source(Ref(f"pair-{number}", side)).text for side in (1, 2)]
            for number in range(len(rows))
            for number in range(len(rows))
        ]
    found: dict[str, list[Case]] = {}
    began = time.process_time()
    for number, row in enumerate(rows):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            run(["--library", str(library), "lineage", f"pair-{number}", "--json"])
        here, there = kept[number]
        a, b = _places(here, row["suspicious"]), _places(there, row["source"])
        found[row["id"]] = [
            Case(row["id"], _moved(passage["a"], a), _moved(passage["b"], b))
            for pair in json.loads(out.getvalue())["pairs"]
            for passage in pair["passages"]
        ]
    return found, time.process_time() - began


def _places(text: str, written: str) -> list[int]:
    """Return where each character of a text that was imported is in what was written.

    Import drops control characters and writes some others in another way.
    """
    places = [0] * len(text)
    for code in Indel.opcodes(text, written):
        for step in range(code.src_end - code.src_start):
            places[code.src_start + step] = min(code.dest_start + step, len(written) - 1)
    return places


def _moved(span: list[int], places: list[int]) -> tuple[int, int]:
    return places[span[0]], places[span[1] - 1] + 1


def halves(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Split the pairs of each kind into one half to try things on and one that is held out."""
    split: dict[str, list[dict[str, Any]]] = {"to try on": [], "held out": []}
    for kind in KINDS:
        for place, row in enumerate(row for row in rows if row["kind"] == kind):
            split["held out" if place % 2 else "to try on"].append(row)
    return split


def report(rows: list[dict[str, Any]], found: dict[str, list[Case]]) -> None:
    """Print a line for each kind and one for all."""
    for kind, name in (*KINDS.items(), ("", "all")):
        some = [row for row in rows if row["kind"] == kind or not kind]
        cases = [case for row in some for case in cases_of(row)]
        there = [case for row in some for case in found[row["id"]]]
        if not cases:
            print(f"  {name:12} {len(there)} alarms where there is nothing")
            continue
        got = score(cases, there)
        print(
            f"  {name:12} plagdet {got.plagdet:.3f}  precision {got.precision:.3f}  recall {got.recall:.3f}"
            f"  granularity {got.granularity:.3f}  ({len(cases)} cases)"
        )


def area(rows: list[dict[str, Any]]) -> float:
    """Return how often a reused answer is nearer to its source than one that is not."""
    shares = [(reworked_share(row["answer"], row["original"]), row["label"] != "non") for row in rows]
    reused = [share for share, is_reused in shares if is_reused]
    others = [share for share, is_reused in shares if not is_reused]
    wins = sum((one > other) + 0.5 * (one == other) for one in reused for other in others)
    return wins / (len(reused) * len(others))


def _records(name: str) -> list[dict[str, Any]]:
    # Not by splitlines: the texts hold other separators than the end of a line.
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").split("\n") if line]


def main() -> None:
    """Print the figures."""
    if not DATA.is_dir():
        print(f"no data at {DATA}")
        return
    rows = _records("pairs.jsonl")
    with tempfile.TemporaryDirectory() as folder:
        found, spent = found_by_command(rows, Path(folder))
    for name, half in (*halves(rows).items(), ("all pairs", rows)):
        print(f"{name}:")
        report(half, found)
    size = sum(len(row["suspicious"]) + len(row["source"]) for row in rows)
    print(f"{spent:.1f} s CPU for the whole lineage of all pairs, {size / spent / 1e6:.2f} MB/s")
    answers = _records("short-answers.jsonl")
    print(f"short answers, reused against not: AUC {area(answers):.3f}")
    for name, part in (("half of them", answers[::2]), ("the other half", answers[1::2])):
        print(f"  {name}: {area(part):.3f}")


if __name__ == "__main__":
    main()
