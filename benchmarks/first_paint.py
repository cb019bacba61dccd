"""Time from starting the app in a terminal of its own until the open source can be read.

Peers in the same run: a bare interpreter, and the smallest Textual app that there is.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

from sources.importing import import_paths
from sources.library import Library
from sources.sample import STORY, page_path

RUNS = 7
PATIENCE = 30.0
SMALLEST = """
from textual.app import App
from textual.widgets import Static
class Smallest(App):
    def compose(self):
        yield Static("Meridian")
Smallest().run()
"""


def seconds_until(shown: bytes, command: list[str], environment: dict[str, str]) -> float:
    """Start a command in a new terminal of 120 x 40, and return the time until it has written ``shown``."""
    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = b""
    try:
        while shown not in seen:
            ready, _, _ = select.select([terminal], [], [], PATIENCE)
            if not ready:
                raise TimeoutError(command)
            seen += os.read(terminal, 65536)
        return time.perf_counter() - started
    finally:
        os.kill(process, 9)
        os.waitpid(process, 0)
        os.close(terminal)


def bare() -> float:
    """Return the time that the interpreter takes to do nothing."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - started


def main() -> None:
    """Print a table: seconds, and how many times a bare interpreter that is."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "library"
        with Library.open(folder) as library:
            import_paths(library, [str(page_path())], story=STORY)
        environment = {**os.environ, "HOME": home, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
        crossread = str(Path(sys.executable).with_name("crossread"))
        app = [crossread, "--library", str(folder)]
        rows = {
            "python -c pass": [bare() for _ in range(RUNS)],
            "smallest Textual app": [
                seconds_until(b"Meridian", [sys.executable, "-c", SMALLEST], environment) for _ in range(RUNS)
            ],
            "crossread: frame": [seconds_until(b"search the library", app, environment) for _ in range(RUNS)],
            "crossread: text": [seconds_until(b"customs shed", app, environment) for _ in range(RUNS)],
        }
    base = statistics.median(rows["python -c pass"])
    for name, times in rows.items():
        middle = statistics.median(times)
        print(f"{name:<24}{middle:8.3f} s {middle / base:7.1f} x")


if __name__ == "__main__":
    main()
