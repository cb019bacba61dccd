"""Measure the audit on summaries in which a reader labelled what each cited source says of each sentence.

Run as ``python -m benchmarks.audit [FOLDER] [--only NAME,NAME] [--verbose]``. FOLDER has ``NAME.jsonl``,
``NAME.md`` and ``NAME.json`` for each story, by default those beside this file. The sources are put into a
throw-away library, and the summary is audited through the command, as a user would.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

AUDITS = Path(__file__).parent / "audits"
VERDICTS = ("supported", "partial", "contradicted", "unsupported")
NONE = "none"  # of a pair whose citation was not read


class Story(NamedTuple):
    """A story's labels, and the sentences as the command printed them."""

    name: str
    gold: list[dict[str, Any]]
    found: list[dict[str, Any]]


class Case(NamedTuple):
    """A labelled thing beside what the command said of it; ``group`` is what is counted together."""

    group: str
    gold: str
    got: str
    note: str

    @property
    def is_right(self) -> bool:
        """Tell whether the command said what the label says."""
        return self.gold == self.got


def read(folder: Path, crossread: str, only: list[str]) -> list[Story]:
    """Audit each labelled story of a folder through the command."""
    with tempfile.TemporaryDirectory() as home:
        own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
        environment = os.environ | own | {"CROSSREAD_LIBRARY": f"{home}/library"}

        def ask(*command: str) -> Any:
            done = subprocess.run(
                [crossread, *command, "--json"], capture_output=True, text=True, check=False, env=environment
            )
            if done.returncode > 1:  # 1 means that nothing was found
                raise SystemExit(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.strip()[-200:]}")
            return json.loads(done.stdout)

        stories = []
        for sources in sorted(folder.glob("*.jsonl")):
            name = sources.stem
            if only and name not in only:
                continue
            gold = json.loads(sources.with_suffix(".json").read_text(encoding="utf-8"))["sentences"]
            ask("add", str(sources), "--story", name)
            found = ask("audit", str(sources.with_suffix(".md")), "--against", name)["sentences"]
            stories.append(Story(name, gold, found))
        return stories


def cases_of(story: Story) -> Iterator[Case]:
    """Yield all that is counted of a story."""
    for label in story.gold:
        found = _found(label["text"], story.found)
        text, where = label["text"], f"{story.name}: {label['text']}"
        marker = found["marker"]
        chosen = sorted(marker["chosen"]) if marker else []
        group = "ambiguous marker" if label["ambiguous"] else "plain marker"
        yield Case(group, str(sorted(label["cites"])), str(chosen), f"{where} {label['marker']}")
        verdict = found["verdict"] if marker else "uncited"
        yield Case("sentence", label["verdict"], verdict, where)
        checks = {int(one["ref"].rsplit("/", 1)[1]): one for one in found["checks"]}
        for pair in label["pairs"]:
            check = checks.get(pair["source"])
            note = f"{story.name}/{pair['source']}: {text}"
            yield Case("pair", pair["verdict"], check["verdict"] if check else NONE, note)
            if check is not None:
                yield from _details(text, pair, check, note)


def _found(text: str, sentences: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the sentence of the command's that has most of the words of a labelled one."""
    words = set(text.split())
    return max(sentences, key=lambda one: len(words.intersection(one["text"].split())))


def _details(text: str, pair: dict[str, Any], check: dict[str, Any], note: str) -> Iterator[Case]:
    """Yield the differences and missing details that are labelled or found of a pair."""
    labelled = [(one["kind"], _place(text, one["said"])) for one in pair["differs"]]
    matched = set()
    for one in check["differs"]:
        place = _place(text, one["said"])
        same = {each for each in labelled if each[0] == one["kind"] and _meet(each[1], place)}
        matched |= same
        told = f"{note}: “{one['said']}”, source “{one['source']}”"
        yield Case(one["kind"], "there" if same else "absent", "there", told)
    for kind, place in labelled:
        if (kind, place) not in matched:
            yield Case(kind, "there", "absent", f"{note}: “{text[place[0] : place[1]]}”")
    wanted = [_place(text, one) for one in pair["missing"]]
    for one in check["missing"] if check["verdict"] != "unsupported" else ():
        right = pair["verdict"] == "unsupported" or any(_meet(_place(text, one), each) for each in wanted)
        yield Case("missing", "there" if right else "absent", "there", f"{note}: “{one}”")


def _place(text: str, part: str) -> tuple[int, int]:
    """Return where a part begins and ends in a sentence: all of it where the part has its marker, too."""
    at = text.find(part.strip())
    return (at, at + len(part)) if at >= 0 else (0, len(text))


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def table(cases: list[Case]) -> Iterator[str]:
    """Lines that show what was right: the verdicts four by four, sentences, markers, details."""
    pairs = Counter((case.gold, case.got) for case in cases if case.group == "pair")
    right = sum(pairs[verdict, verdict] for verdict in VERDICTS)
    yield f"{pairs.total()} pairs, {_share(right, pairs.total())} right; a row a label, a column a verdict"
    yield f"  {'':14}" + "".join(f"{name:>14}" for name in (*VERDICTS, NONE, "P", "R"))
    for gold in VERDICTS:
        row = [pairs[gold, got] for got in (*VERDICTS, NONE)]
        given = sum(pairs[each, gold] for each in VERDICTS)
        ends = (_share(pairs[gold, gold], given), _share(pairs[gold, gold], sum(row)))
        yield f"  {gold:14}" + "".join(f"{cell:>14}" for cell in (*(count or "" for count in row), *ends))
    for group in ("sentence", "ambiguous marker", "plain marker"):
        known = [case.is_right for case in cases if case.group == group]
        yield f"{group:17} {sum(known)} of {len(known)} right, {_share(sum(known), len(known))}"
    yield f"  {'':14}{'right':>8}{'wrong':>8}{'missed':>8}{'P':>8}{'R':>8}"
    groups = {"pair", "sentence", "ambiguous marker", "plain marker"}
    for kind in sorted({case.group for case in cases} - groups):
        counts = Counter((case.gold, case.got) for case in cases if case.group == kind)
        hits, wrong, missed = (
            counts[key] for key in (("there", "there"), ("absent", "there"), ("there", "absent"))
        )
        ends = (_share(hits, hits + wrong), "" if kind == "missing" else _share(hits, hits + missed))
        cells = (hits, wrong, missed or "", *ends)
        yield f"  {kind:14}" + "".join(f"{cell:>8}" for cell in cells)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else ""


def main() -> None:
    """Print the table, and with ``--verbose`` each thing that is not right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=AUDITS)
    parser.add_argument("--only", default="", metavar="NAMES", help="of the stories")
    parser.add_argument("--verbose", action="store_true", help="also each thing that is not right")
    command = str(Path(sys.executable).with_name("crossread"))
    parser.add_argument("--crossread", default=command, metavar="PATH", help="the command to measure")
    given = parser.parse_args()
    only = [name for name in given.only.split(",") if name]
    cases = [case for story in read(given.folder, given.crossread, only) for case in cases_of(story)]
    for case in cases if given.verbose else ():
        if not case.is_right:
            print(f"{case.group}: {case.got}, labelled {case.gold}: {case.note}")
    print(*table(cases), sep="\n")


if __name__ == "__main__":
    main()
