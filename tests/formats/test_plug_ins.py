"""Formats of other packages, installed in a folder on the path as `pip` leaves them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sources import places

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs/formats.md").read_text("utf-8")
SHOWN = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
FAILING = """
def fails(given, path):
    raise KeyError(given)


FAILS = Format("fails", "fails when it is asked", fails, fails)
READS = Format("reads", "fails when it reads", lambda text, path: "unreadable" in text, fails)
OTHER = Format("html", "takes another's name", fails, fails)
"""


def install(folder: Path, **points: str) -> None:
    info = folder / "odd-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "odd.py").write_text(SHOWN + FAILING, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n", "utf-8")
    lines = [f"{name} = {value}" for name, value in points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[crossread.formats]", *lines, ""]), "utf-8")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    variables = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    return subprocess.run(
        [sys.executable, "-m", "crossread", *words], capture_output=True, text=True, check=False,
        env=variables, timeout=120,
    )  # fmt: skip


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.trs").write_text("TRANSCRIPT The council sits\nThe quay\x07 is closed.\n", "utf-8")
    (folder / "b.prt").write_bytes(b"PARTOne part.\0Another part.")
    (folder / "c.txt").write_text("This is unreadable to one of them.", "utf-8")
    (folder / "d.txt").write_text("The ferry has left.", "utf-8")
    return folder


@pytest.mark.long
def test_a_format_of_another_package_is_read(tmp_path: Path, texts: Path) -> None:
    install(tmp_path / "site", transcript="odd:TRANSCRIPT", parts="odd:PARTS")
    added = run(tmp_path / "site", "add", str(texts), "--json")
    assert added.returncode == 0, added.stderr
    assert json.loads(added.stdout)["stories"][0]["added"] == [f"texts/{number}" for number in range(1, 6)]
    shown = json.loads(run(tmp_path / "site", "show", "texts/1", "--json").stdout)
    assert (shown["title"], shown["text"], shown["date"], shown["origin"]["format"]) == (
        "The council sits", "The quay is closed.\n", "2031-06-12", "transcript",
    )  # fmt: skip
    assert "transcript" in run(tmp_path / "site", "add", "--help").stdout
    assert "transcript" not in run(tmp_path, "add", "--help").stdout


@pytest.mark.long
def test_a_format_that_fails_is_named_in_a_line_and_the_rest_goes_on(tmp_path: Path, texts: Path) -> None:
    install(
        tmp_path / "site", transcript="odd:TRANSCRIPT", fails="odd:FAILS", reads="odd:READS",
        html="odd:OTHER", gone="odd:GONE", nowhere="nowhere:X", other="odd:PARTS",
    )  # fmt: skip
    (texts / "e.txt").write_text("The ferry has come back.", "utf-8")
    added = run(tmp_path / "site", "add", str(texts), "--json")
    assert added.returncode == 3
    report = json.loads(added.stdout)
    assert len(report["stories"][0]["added"]) == 3
    assert [Path(failure["path"]).name for failure in report["failed"]] == ["c.txt"]
    assert "could not be read by the format reads: something went wrong (KeyError)" in added.stderr
    for name in ("fails", "html (odd:OTHER)", "gone (odd:GONE)", "nowhere (nowhere:X)", "other (odd:PARTS)"):
        assert added.stderr.count(f"the format {name} was left out: something went wrong") == 1
    logged = places.log_file().read_text("utf-8")
    assert "odd.py" in logged
    assert "unreadable" not in logged


@pytest.mark.long
def test_a_search_loads_no_plug_in(tmp_path: Path, texts: Path) -> None:
    install(tmp_path / "site", transcript="odd:TRANSCRIPT")
    (tmp_path / "site" / "odd.py").write_text("raise SystemExit(99)\n", "utf-8")
    run(tmp_path, "add", str(texts / "d.txt"))
    assert run(tmp_path / "site", "search", "ferry").returncode == 0
