"""How the app feels in a terminal: its start, its keys and its memory, beside the smallest Textual app.

    python -m benchmarks.terminal [--runs 7] [--library FOLDER WORDS] [--peer NAME WORDS COMMAND...]

Each app runs in a terminal of its own of 120 x 40, all of them in turn, as other work on the machine has to
hit all alike. Of a start the best of several runs counts, with the processor time until WORDS can be read;
of keys the median and the 95th percentile until the first byte comes, or until the screen is at rest.
``--library`` names a large library, and words of a query to type there. A peer is another program, which is
installed elsewhere.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import re
import select
import shlex
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from benchmarks.corpus import documents
from sources.importing import import_paths
from sources.library import Library
from sources.sample import STORY, page_path

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = 60.0  # seconds
QUIET = 0.4  # seconds without a byte after which a screen is at rest; a cursor blinks after half a second
PRESSES = 30
IDLE = 10.0  # seconds that an idle app is looked at
LONG = 1_000_000  # characters of the long source
IMPORTED = 4_000  # texts that come in while keys are pressed
DOWN, ENTER, ESCAPE = "\x1b[B", "\r", "\x1b"
ALT = "\x1b[{};3u"  # a key with alt, as newer terminals send it
SMALLEST = """
from textual.app import App
from textual.widgets import Footer, OptionList, Static
class Smallest(App):
    def compose(self):
        yield Static("Meridian")
        yield OptionList(*(f"row {number}" for number in range(200)))
        yield Footer()
Smallest().run()
"""
_SEQUENCE = re.compile(
    r"\x1b\[([0-9;:?<=>]*)[ -/]*([@-~])|\x1b[\]P][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.|([^\x1b])", re.DOTALL
)


class Terminal:
    """A command in a terminal of its own, and what it shows."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self._command = command
        self._rows: dict[int, dict[int, str]] = {}
        self._x = self._y = 0
        self.started = time.perf_counter()
        self.process, self._terminal = pty.fork()
        if self.process == 0:
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def sees(self, words: str, since: float | None = None) -> float:
        """Return the seconds since then, or since the start, until the words stand on the screen."""
        while not any(words in self._text(row) for row in self._rows):
            if not self._read(PATIENCE):
                raise TimeoutError(f"{words!r} of {shlex.join(self._command)}")
        return time.perf_counter() - (self.started if since is None else since)

    def press(self, keys: str, *, quiet: float = QUIET) -> Pressed:
        """Press keys, and wait until nothing is written any more."""
        pressed = time.perf_counter()
        os.write(self._terminal, keys.encode())
        first = last = float("nan")
        count = 0
        while (more := self._read(quiet if count else 2.0)) and time.perf_counter() < pressed + PATIENCE / 4:
            last = time.perf_counter() - pressed
            first = last if count == 0 else first
            count += more
        return Pressed(first, last, count)

    def memory(self) -> float:
        """Return the megabytes that the process holds, and its share of what others hold as well."""
        lines = Path(f"/proc/{self.process}/smaps_rollup").read_text("ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

    def cpu(self) -> float:
        """Return the processor time of all its threads so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> float:
        """Kill it, and return the processor time that it took."""
        if not self.process:
            return 0.0
        os.kill(self.process, 9)
        _, _, used = os.wait4(self.process, 0)
        os.close(self._terminal)
        self.process = 0
        return used.ru_utime + used.ru_stime

    def _text(self, row: int) -> str:
        cells = self._rows[row]
        return "".join(cells.get(x, " ") for x in range(max(cells, default=0) + 1))

    def _read(self, seconds: float) -> int:
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return 0
        data = os.read(self._terminal, 65536)
        for numbers, letter, character in _SEQUENCE.findall(data.decode("utf-8", "replace")):
            if letter == "H":
                self._y, self._x = (int(number or 1) - 1 for number in f"{numbers};".split(";")[:2])
            elif character and character >= " ":
                self._rows.setdefault(self._y, {})[self._x] = character
                self._x += 1
        return len(data)


class Pressed(NamedTuple):
    """What came of a key: seconds to the first byte and to the last, and how many bytes."""

    first: float
    last: float
    size: int


class Program(NamedTuple):
    """What is measured: its name, what can be read when it is painted, and its command."""

    name: str
    words: str
    command: list[str]


def starts(programs: list[Program], environment: Mapping[str, str], runs: int) -> None:
    """Print how long each takes to its first paint, all in turn."""
    wall: dict[str, list[float]] = {}
    cpu: dict[str, list[float]] = {}
    for _ in range(runs):
        for program in programs:
            terminal = Terminal(program.command, environment)
            wall.setdefault(program.name, []).append(terminal.sees(program.words))
            cpu.setdefault(program.name, []).append(terminal.end())
    bare = min(cpu[programs[0].name])
    print(f"\n{'first paint':<28}{'s':>8}{'CPU s':>8}{'x':>8}")
    for program in programs:
        least = min(cpu[program.name])
        print(f"{program.name:<28}{min(wall[program.name]):8.3f}{least:8.3f}{least / bare:8.2f}")


def idle(programs: list[Program], environment: Mapping[str, str]) -> None:
    """Print what each holds and does at rest, and what a line down costs."""
    print(f"\n{'at rest':<28}{'MB':>8}{'CPU %':>8}")
    lines = [f"\n{'a line down':<28}{'ms':>8}{'p95':>8}{'bytes':>8}{'most':>8}"]
    for program in programs:
        with Terminal(program.command, environment) as terminal:
            terminal.sees(program.words)
            time.sleep(3)
            if program.command[0].endswith("crossread"):
                terminal.press(ALT.format(ord("1")))  # the text
            began = terminal.cpu()
            time.sleep(IDLE)
            print(f"{program.name:<28}{terminal.memory():8.1f}{100 * (terminal.cpu() - began) / IDLE:8.1f}")
            lines.append(f"{program.name:<28}{keys(terminal)}")
    print("\n".join(lines))


def keys(terminal: Terminal) -> str:
    """Press a key again and again, and return what it costs as a row of a table."""
    done = [terminal.press(DOWN, quiet=0.15) for _ in range(PRESSES)]
    told = sorted(one.first for one in done if one.size)
    sent = sorted(one.size for one in done)
    return (
        f"{told[len(told) // 2] * 1000:8.1f}{told[int(0.95 * len(told))] * 1000:8.1f}"
        f"{sent[len(sent) // 2]:8d}{sent[-1]:8d}"
    )


def in_the_app(app: list[str], environment: Mapping[str, str], more: Path) -> None:
    """Print how long views, help and a long text take, and keys while another process imports."""
    print(f"\n{'until the screen is at rest':<28}{'ms':>8}")
    with Terminal(app, environment) as terminal:
        terminal.sees("search the library")
        time.sleep(4)
        text, story = (ALT.format(ord(digit)) for digit in "13")
        views = {"view: text": text, "view: story": story, "view: text again": text, "help": "?"}
        for name, pressed in views.items():
            print(f"{name:<28}{terminal.press(pressed).last * 1000:8.0f}")
        for pressed in (ESCAPE, "/", "quagga", ENTER):
            terminal.press(pressed)
            time.sleep(1)
        began = time.perf_counter()
        terminal.press(ENTER)
        print(f"{'text of 1 MB':<28}{terminal.sees('second line of the long text', began) * 1000:8.0f}")
        importing = subprocess.Popen(
            [app[0], "add", str(more), *app[1:]], env=environment, stdout=subprocess.DEVNULL
        )
        print(f"{'a line down in an import':<28}{keys(terminal)}")
        importing.wait()


def in_a_large_library(app: list[str], environment: Mapping[str, str], words: str) -> None:
    """Print how long lists and the search that goes on while one types take."""
    with Terminal(app, environment) as terminal:
        terminal.sees("search the library")
        time.sleep(8)
        print(f"\n{'in a large library':<28}{'ms':>8}{'p95':>8}")
        terminal.press("/")
        times = sorted(terminal.press(letter).last for letter in words)
        print(f"{'results while typing':<28}{times[len(times) // 2] * 1000:8.0f}{times[-1] * 1000:8.0f}")


def prepare(home: Path, folder: Path) -> Path:
    """Make a library with the bundled story and a long text; return a file with texts to add."""
    text = "quagga\n\nThis is the second line of the long text.\n\n"
    long = home / "long.txt"
    long.write_text(text + "The quay was closed for the night, and nobody said why. " * (LONG // 57))
    more = home / "more.jsonl"
    with more.open("w") as file:
        for one in documents(IMPORTED, words=200):
            file.write(json.dumps({"id": one.key, "title": one.title, "text": one.body}) + "\n")
    with Library.open(folder) as library:
        import_paths(library, [str(long)], story="long")
        import_paths(library, [str(page_path())], story=STORY)
    return more


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--library", nargs=2, metavar=("FOLDER", "WORDS"))
    parser.add_argument("--peer", nargs="+", action="append", default=[], metavar="NAME WORDS COMMAND")
    arguments = parser.parse_args()
    crossread = str(Path(sys.executable).with_name("crossread"))
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "library"
        more = prepare(Path(home), folder)
        left_out = {"PYTHONDONTWRITEBYTECODE", "CROSSREAD_LIBRARY"}
        environment = {
            **{name: value for name, value in os.environ.items() if name not in left_out},
            "HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none",
        }  # fmt: skip
        app = [crossread, "--library", str(folder)]
        bare = Program("three widgets of Textual", "row 1", [sys.executable, "-c", SMALLEST])
        frame = Program("crossread, the frame", "search the library", app)
        story = Program("crossread, its story", "distinct texts", app)
        peers = [Program(peer[0], peer[1], peer[2:]) for peer in arguments.peer]
        with Terminal(app, environment) as terminal:  # the evidence is found, and kept, the first time
            terminal.sees(story.words)
            time.sleep(15)
        starts([bare, frame, story, *peers], environment, arguments.runs)
        idle([bare, story, *peers], environment)
        in_the_app(app, environment, more)
        if arguments.library:
            large = [crossread, "--library", arguments.library[0]]
            in_a_large_library(large, environment, arguments.library[1])


if __name__ == "__main__":
    main()
