"""An interruption of the command, at every moment of its life."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import PATIENCE
from tui.cli.command import ExitCode

ROOT = Path(__file__).parents[2]
ONE_LINE = "crossread: interrupted\n"
# Interrupts itself at a moment, counted in lines of Python since the command began; 0: never. The number of
# lines that it took is told at the end, where it is not interrupted.
PROGRAM = """
import signal, sys
import crossread
moment, lines = int(sys.argv.pop(1)), 0

def count(frame, event, _what):
    global lines
    if event == "line":
        lines += 1
        if lines == moment:
            sys.settrace(None)
            signal.raise_signal(signal.SIGINT)
    return count

sys.settrace(count)
status = crossread.main()
sys.settrace(None)
if not moment:
    print(lines, file=sys.stderr)
sys.exit(status)
"""
# Interrupts itself where Python drops what is raised: in a destructor.
IN_A_DESTRUCTOR = """
import os, signal, sys
import crossread
from tui.cli import main

class Last:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass

def dispatch(words):
    last = Last()
    del last
    return 0 if words == ["ends"] else len(sys.stdin.read())

main._dispatch = dispatch
sys.exit(crossread.main())
"""
AFTER_THE_ANSWER = """
import os, signal, sys, threading
import crossread
status = crossread.main()
threading.Thread(target=threading.Event().wait).start()  # Python waits for it at its end
threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
sys.exit(status)
"""


def run(program: str, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        stdin=subprocess.PIPE, capture_output=True, text=True, check=False, timeout=6 * PATIENCE, cwd=ROOT,
    )  # fmt: skip


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("count", [4, pytest.param(100, marks=pytest.mark.slow)])
def test_it_ends_in_one_line_whenever_it_comes(count: int) -> None:
    search = ("search", "harbour", "--limit", "1")
    whole = run(PROGRAM, 0, *search)
    assert whole.returncode == ExitCode.DONE
    *said, lines = whole.stderr.splitlines()
    moments = random.Random(count).sample(range(1, int(lines) + 1), count)  # noqa: S311 - no secrets
    for moment in moments:
        done = run(PROGRAM, moment, *search)
        assert done.returncode == ExitCode.INTERRUPTED, moment
        *before, last = done.stderr.splitlines(keepends=True)
        assert last == ONE_LINE, moment
        assert set(map(str.strip, before)) <= set(said), moment


@pytest.mark.parametrize("words", [("ends",), ("reads",)])
def test_it_is_not_lost_where_python_drops_what_is_raised(words: tuple[str, ...]) -> None:
    program = [sys.executable, "-c", IN_A_DESTRUCTOR, *words]
    # Standard input stays open: only the interruption ends what reads it.
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            process.wait(6 * PATIENCE)
        finally:
            process.kill()
        assert process.stderr
        said = process.stderr.read()
    assert (process.returncode, said) == (ExitCode.INTERRUPTED, ONE_LINE)


def test_it_ends_what_python_waits_for_after_the_answer() -> None:
    done = run(AFTER_THE_ANSWER, "--version")
    assert (done.returncode, done.stdout) == (ExitCode.INTERRUPTED, "crossread 0.1.0\n")
    assert done.stderr == ONE_LINE


def test_a_program_that_calls_the_command_keeps_its_own_way_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import crossread
    from tui.cli import main

    def interrupted(_words: list[str]) -> ExitCode:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "_dispatch", interrupted)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        crossread.main(["sources"])
    assert signal.getsignal(signal.SIGINT) is before
