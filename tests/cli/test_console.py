from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.console import Column, Console, cell_width


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")


ROOT = Path(__file__).parents[2]


def on(stream: io.StringIO) -> Console:
    return Console.on(stream, stream, schema="sources", as_json=False)


COLUMNS = [
    Column("REF", itemgetter(0), 6),
    Column("TITLE", itemgetter(1), 8),
    Column("WORDS", itemgetter(2), right=True),
]
ROWS = [("harbour-deal/1", "Harbour sold " * 9, "12"), ("a/2", "港は売られた " * 9, "7")]


@pytest.mark.usefixtures("wide")
def test_a_table_fits_the_terminal_and_keeps_its_columns_level() -> None:
    stream = Terminal()
    on(stream).table(COLUMNS, ROWS)
    lines = stream.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()
    assert all(cell_width(line) <= 60 for line in lines)
    assert {cell_width(line) for line in lines} == {60}
    assert all("…" in line for line in lines[1:])


def test_nothing_is_cut_where_no_person_looks_on() -> None:
    stream = io.StringIO()
    on(stream).table(COLUMNS, ROWS)
    assert ROWS[0][1].strip() in stream.getvalue()
    assert "\x1b" not in stream.getvalue()


@pytest.mark.usefixtures("wide")
def test_no_colour_means_none(monkeypatch: pytest.MonkeyPatch) -> None:
    console = on(Terminal())
    assert console.styled("x", "bold") == "\x1b[1mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert on(Terminal()).styled("x", "bold") == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert on(Terminal()).styled("x", "bold") == "x"


@pytest.mark.usefixtures("wide")
def test_progress_is_one_line_that_goes_away_and_only_on_a_terminal() -> None:
    stream = Terminal()
    console = on(stream)
    console.progress("indexing 1 of 2 " * 20)
    console.progress("indexing 2 of 2")
    console.say("done")
    shown = stream.getvalue()
    assert "\n" not in shown.removesuffix("done\n")
    assert all(cell_width(part) < 60 for part in shown.split("\r"))
    assert shown.endswith("\rdone\n")
    silent = io.StringIO()
    on(silent).progress("indexing")
    assert silent.getvalue() == ""


@pytest.mark.long
@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_survives_and_steers_no_terminal(value: object) -> None:
    text = on(io.StringIO()).encoded({"value": value})
    assert json.loads(text) == {"value": value}
    assert not set(text) & {"\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\n"}
    text.encode("utf-8")


def test_a_terminal_without_unicode_gets_escapes_instead_of_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from tui.cli.main import main; raise SystemExit(main(['keys']))"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii", "HOME": str(tmp_path)},
    )
    assert "\\u2190" in done.stdout


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_json_is_in_utf_8_whatever_the_terminal_is(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text("The café in Łódź 😀 is shut.", encoding="utf-8")
    program = "from tui.cli.main import main; raise SystemExit(main())"
    for call in (["add", "a.txt", "--story", "s"], ["search", "-", "--json"], ["export", "sources", "s"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *call],
            capture_output=True,
            input="café\n".encode() if encoding == "ascii" else "café\n".encode(encoding),
            check=False,
            cwd=tmp_path,
            env={"PYTHONIOENCODING": encoding, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        )
        assert done.returncode == 0, done.stderr
        if call[0] == "add":
            continue
        if call[0] == "search":
            assert "Łódź 😀" in json.loads(done.stdout.decode("utf-8"))["hits"][0]["snippet"]
        done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("call", "status", "said"),
    [
        ("add - <&-", 3, "standard input: is empty"),
        ("keys >&-", 0, ""),
        ("keys >&- 2>&- <&-", 0, ""),
        pytest.param(
            "keys >/dev/full",
            4,
            "the answer could not be written: no space left on device",
            marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full"),
        ),
    ],
)
def test_streams_that_cannot_be_used(tmp_path: Path, call: str, status: int, said: str) -> None:
    program = "from tui.cli.main import main; raise SystemExit(main())"
    done = subprocess.run(
        ["/bin/sh", "-c", f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} {call}"],
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(tmp_path), "CROSSREAD_LIBRARY": str(tmp_path / "library")},
    )
    assert done.returncode == status
    assert done.stderr == (f"crossread: {said}\n" if said else "")
