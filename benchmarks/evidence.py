"""Measure the evidence that the command shows on stories in which a reader labelled what is there.

Run as ``python -m benchmarks.evidence [STORIES [GOLD]] [--only figures,quotes] [--verbose]``. STORIES is a
JSON Lines file or a folder of them, GOLD a folder of ``STORY.json`` (``gold`` in STORIES when left out); by
default the made-up stories beside this file. Those with gold are put into a throw-away library and asked for
through the command, as a user would. ``stories/README.md`` describes the gold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.story_cases import MEASURES, Case, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STORIES = Path(__file__).parent / "stories"
# What is counted, and which shares of it mean something. P is right of right and wrong, R right of all that
# is labelled: wrong answers to a label are among those; with R+ they come on top, as no label is answered.
KINDS = {
    "figures": "P R",
    "pairs": "P R+",
    "shown": "P",
    "conflicts": "R",
    "quotes": "R",
    "speakers": "P R",
    "he-she": "P R",
    "mentions": "P R",
    "names": "P",
    "unions": "P",
    "rows": "P",
    "dates": "P R",
    "partners": "P",
    "kept": "R",
    "overlooked": "R",
    "statements": "R",
    "alone": "P R+",
    "origins": "P",
    "credits": "P R+",
}
OUTCOMES = ("right", "wrong", "missing", "open")  # open: a reader would have to judge it


def read_stories(path: Path, gold: Path) -> dict[str, tuple[list[str], dict[str, Any]]]:
    """Read the records and the gold of each story, by its slug; end when a text is not the labelled one."""
    records = defaultdict(list)
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                records[json.loads(line).get("story", file.stem)].append(line)
    stories = {}
    for slug, lines in sorted(records.items()):
        if not (gold / f"{slug}.json").exists():
            continue
        labels = json.loads((gold / f"{slug}.json").read_text(encoding="utf-8"))
        for ref, digest in labels.get("texts", {}).items():
            text = json.loads(lines[int(ref.rsplit("/", 1)[1]) - 1])["text"]
            if hashlib.sha256(text.encode()).hexdigest() != digest:
                raise SystemExit(f"{ref} has another text than the one that was labelled")
        stories[slug] = lines, labels
    return stories


def score(stories: Path, gold: Path, crossread: str, measures: Iterable[str]) -> dict[str, list[Case]]:
    """Count the cases of each story that has gold, by its slug."""
    read = read_stories(stories, gold)
    with tempfile.TemporaryDirectory() as home:
        own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
        environment = os.environ | own | {"CROSSREAD_LIBRARY": f"{home}/library"}

        @cache
        def ask(*command: str) -> Any:
            done = subprocess.run(
                [crossread, *command, "--json"], capture_output=True, text=True, check=False, env=environment
            )
            if done.returncode > 1:  # 1 means that nothing was found
                raise SystemExit(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.strip()[-200:]}")
            return json.loads(done.stdout)

        cases = {}
        for slug, (lines, labels) in read.items():
            file = Path(home) / f"{slug}.jsonl"
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
            ask("add", str(file), "--story", slug)
            texts = {number: json.loads(line)["text"] for number, line in enumerate(lines, 1)}
            story = Story(slug, texts, labels, ask)
            cases[slug] = [case for name in measures for case in MEASURES[name](story)]
        return cases


def shares(kind: str, counts: dict[str, int]) -> tuple[float | None, float | None]:
    """Precision and recall of a kind; none where it has no such share or nothing was counted."""
    right, wrong, missing = (counts[outcome] for outcome in OUTCOMES[:3])
    answered, labelled = right + wrong, right + missing + (0 if "R+" in KINDS[kind] else wrong)
    precision = right / answered if "P" in KINDS[kind] and answered else None
    return precision, right / labelled if "R" in KINDS[kind] and labelled else None


def table(cases: Iterable[Case]) -> Iterator[str]:
    """Lines that show the outcomes of each kind."""
    tally = Counter((case.kind, case.outcome) for case in cases)
    yield f"  {'':12}" + "".join(f"{outcome:>8}" for outcome in OUTCOMES) + "       P       R"
    for kind in KINDS:
        counts = {outcome: tally[kind, outcome] for outcome in OUTCOMES}
        if any(counts.values()):
            figures = ("" if share is None else f"{share:.2f}" for share in shares(kind, counts))
            row = "".join(f"{count or '':>8}" for count in counts.values())
            yield f"  {kind:12}{row}" + "".join(f"{figure:>8}" for figure in figures)


def main() -> None:
    """Print a table for each story and for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("stories", nargs="?", type=Path, default=STORIES, help="a file or a folder of them")
    parser.add_argument("gold", nargs="?", type=Path, help="the folder of the labels")
    parser.add_argument(
        "--only", default=",".join(MEASURES), metavar="MEASURES", help="of " + ", ".join(MEASURES)
    )
    parser.add_argument("--verbose", action="store_true", help="also each case that is not right")
    command = str(Path(sys.executable).with_name("crossread"))
    parser.add_argument("--crossread", default=command, metavar="PATH", help="the command to measure")
    given = parser.parse_args()
    found = score(given.stories, given.gold or given.stories / "gold", given.crossread, given.only.split(","))
    for slug, cases in {**found, "all": [case for some in found.values() for case in some]}.items():
        print(slug, *table(cases), sep="\n")
        for case in cases if given.verbose and slug != "all" else ():
            if case.outcome != "right":
                print(f"    {case.kind} {case.outcome}: {case.note}")


if __name__ == "__main__":
    main()
