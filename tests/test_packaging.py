"""What is installed has to work without the checkout: a wheel in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.strays import stray_rooms

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of what would be committed, so that nothing is left in the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    copy = place / "checkout"
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--wheel-dir", place, copy],
        check=True, capture_output=True,
    )  # fmt: skip
    return next(place.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone; its dependencies are those of the Python that runs the tests."""
    environment = tmp_path_factory.mktemp("installed") / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    library = Path(
        subprocess.run(
            [environment / "bin" / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True, text=True, check=True,
        ).stdout.strip()
    )  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", environment / "bin" / "python", "install", "--quiet",
         "--no-deps", "--no-index", wheel],
        check=True, capture_output=True,
    )  # fmt: skip
    # A path line in a .pth is searched last and runs no .pth of that folder, so the checkout stays out.
    (library / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment


def test_the_wheel_holds_everything_that_is_not_code(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    kept = {
        path.relative_to(ROOT).as_posix()
        for floor in ("sources", "index", "tui")
        for path in (ROOT / floor).rglob("*")
        if path.suffix in {".txt", ".tcss", ".json", ".md"} or path.name == "py.typed"
    }
    assert "crossread.py" in names
    assert {"sources/sample/harbour-deal/page.txt", "sources/py.typed", "tui/py.typed"} <= kept
    assert kept <= names
    assert not {name for name in names if name.startswith("tests/")}


def test_the_installed_command_works_anywhere(installed: Path, tmp_path: Path) -> None:
    command = installed / "bin" / "crossread"
    strays = stray_rooms(tmp_path)  # where the command is called, and on the path
    environment = {
        "HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(strays),
    }  # fmt: skip

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, *words], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
        )

    assert run("--version").stdout.startswith("crossread ")
    where = subprocess.run(
        [installed / "bin" / "python", "-c",
         "import crossread, tui.app.application; print(tui.__file__); print(crossread.__version__)"],
        capture_output=True, text=True, check=True, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert where.stdout.startswith(str(installed))
    module = subprocess.run(
        [installed / "bin" / "python", "-m", "crossread", "--version"],
        capture_output=True, text=True, check=True, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert module.stdout.startswith("crossread ")
    prepared = run("demo", "--json")
    assert prepared.returncode == 0, prepared.stderr
    answer = json.loads(prepared.stdout)
    assert answer["story"] == "harbour-deal"
    assert len(answer["added"]) >= 14
    found = run("search", "golden share", "--library", answer["library"], "--json")
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["hits"]
