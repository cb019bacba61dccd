"""The one module by which the command and other programs come in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import crossread
from sources import places
from tests.strays import stray_rooms

ROOT = Path(__file__).resolve().parent.parent
MODULE = ("-m", "crossread")
SCRIPT = ("-c", "import sys; from crossread import main; sys.exit(main())")


def run(folder: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python in a folder of strays, which come first on the path as well."""
    variables = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False, cwd=folder, env=variables,
        input=stdin, timeout=120,
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("start", [MODULE, SCRIPT], ids=["module", "script"])
def test_files_that_are_named_as_the_rooms_do_not_get_in_the_way(
    tmp_path: Path, start: tuple[str, ...]
) -> None:
    folder = stray_rooms(tmp_path / "here")
    library = ("--library", str(tmp_path / "library"))
    assert run(folder, *start, "--version").stdout.startswith("crossread ")
    page = tmp_path / "sale.txt"
    page.write_text("The town keeps a golden share in the harbour.\n")
    added = run(folder, *start, "add", str(page), *library)
    assert added.returncode == 0, added.stderr
    found = run(folder, *start, "search", "golden share", "--json", *library)
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["hits"]


@pytest.mark.long
def test_other_processes_find_the_rooms_as_well(tmp_path: Path) -> None:
    folder = stray_rooms(tmp_path / "here")
    lines = [json.dumps({"text": f"The ferry number{number:03} left on time."}) for number in range(401)]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines))
    library = ("--library", str(tmp_path / "library"))
    added = run(folder, *MODULE, "add", str(tmp_path / "texts.jsonl"), *library)
    assert added.returncode == 0, added.stderr
    assert json.loads(run(folder, *MODULE, "search", "number400", "--json", *library).stdout)["total"] == 1
    assert not places.log_file().exists(), places.log_file().read_text("utf-8")


def test_every_name_is_there_and_no_other() -> None:
    for name in crossread.__all__:
        assert getattr(crossread, name) is not None
    with pytest.raises(AttributeError, match="nonesuch"):
        crossread.nonesuch  # noqa: B018 - asking is what is tested


def test_importing_it_loads_none_of_the_rooms() -> None:
    program = "import sys, crossread; print([name for name in sys.modules if name in crossread._ROOMS])"
    assert run(ROOT, "-c", program).stdout == "[]\n"
