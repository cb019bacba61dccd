from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 30.0  # seconds; only a failing journey waits that long
START = "import sys; from crossread import main; sys.exit(main())"
ROOT = Path(__file__).parents[2]
SIZES = ((80, 24), (120, 40), (200, 50))


class Terminal:
    """A real terminal, on a tmux server of its own."""

    def __init__(self, home: Path) -> None:
        self._server = ""
        self._home = home

    def tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._server, "-f", os.devnull, *arguments],
            capture_output=True, text=True, check=True, timeout=PATIENCE,
        )  # fmt: skip
        return done.stdout

    def start(self, *arguments: str, size: tuple[int, int] = (120, 40), environment: str = "") -> None:
        self._server = f"crossread-{uuid.uuid4().hex[:12]}"  # a dying server may still hold the last name
        variables = {
            "HOME": str(self._home), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
            "TEXTUAL_ANIMATIONS": "none", "PATH": os.environ["PATH"],
        }  # fmt: skip
        command = ["env", "-i", *(f"{name}={value}" for name, value in variables.items())]
        command += [*environment.split(), sys.executable, "-c", START, *arguments]
        script = f"{shlex.join(command)}; echo ended with $?; sleep {2 * PATIENCE}"
        width, height = size
        self.tmux("new-session", "-d", "-x", str(width), "-y", str(height), "-s", "journey", script)

    def keys(self, *names: str) -> Self:
        for name in names:
            self.tmux("send-keys", "-t", "journey", name)
        return self

    def type(self, text: str) -> Self:
        self.tmux("send-keys", "-t", "journey", "-l", "--", text)
        return self

    def paste(self, text: str) -> Self:
        """Paste as a terminal does that says where what is pasted begins and ends."""
        self.tmux("set-buffer", "--", text)
        self.tmux("paste-buffer", "-p", "-t", "journey")
        return self

    def resize(self, width: int, height: int) -> Self:
        self.tmux("resize-window", "-t", "journey", "-x", str(width), "-y", str(height))
        return self

    @property
    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "journey")

    def sees(self, *texts: str) -> str:
        return self._until(lambda screen: all(text in screen for text in texts), " and ".join(texts))

    def misses(self, text: str) -> str:
        return self._until(lambda screen: text not in screen, f"{text} to go")

    def begins_to_read(self) -> str:
        """Go from the page of the story, which a first start shows, to its first text."""
        self.sees("[3 Story]", "▸ Sources")
        return self.keys("1").sees("Ada Moss told anyone", "▸ harbour-deal/1")

    def opens_demo(self, library: Path, size: tuple[int, int], environment: str = "") -> str:
        """Start with the demo story, and go to its first text."""
        self.start("demo", "--library", str(library), size=size, environment=environment)
        return self.begins_to_read()

    def quits(self) -> None:
        """Leave the app; it ends well."""
        self.keys("C-q")
        assert self.exit_code() == 0

    def killed(self) -> None:
        """Kill the app, which can do nothing about it."""
        shell = self.tmux("list-panes", "-t", "journey", "-F", "#{pane_pid}").strip()
        app = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True).stdout
        os.kill(int(app), signal.SIGKILL)
        self.sees(f"ended with {128 + signal.SIGKILL}")
        self.stop()

    def waits_until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for what is not on the screen."""
        self._until(lambda _screen: condition(), what)

    def exit_code(self) -> int:
        # The shell says it on the screen: tmux itself sometimes does not know.
        screen = self.sees("ended with ")
        return int(screen.rpartition("ended with ")[2].split()[0])

    def stop(self) -> None:
        if self._server:
            subprocess.run(["tmux", "-L", self._server, "kill-server"], capture_output=True, check=False)

    def _until(self, condition: Callable[[str], object], what: str) -> str:
        deadline = time.monotonic() + PATIENCE
        while True:
            screen = self.screen
            if condition(screen):
                return screen
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain for {what}\n{screen}")
            time.sleep(0.05)


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """The sizes that a journey is made at, where its size decides what is seen."""
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture
def second(home_of_its_own: Path) -> Iterator[Terminal]:
    """Give a window beside the first one."""
    beside = Terminal(home_of_its_own)
    yield beside
    beside.stop()


@pytest.fixture
def terminal(home_of_its_own: Path) -> Iterator[Terminal]:
    if shutil.which("tmux") is None:
        pytest.skip("a journey needs tmux, and there is none here")
    terminal = Terminal(home_of_its_own)
    yield terminal
    terminal.stop()
