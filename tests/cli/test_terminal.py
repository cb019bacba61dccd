"""On a terminal of 80 columns no line of an answer is broken by the terminal itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli.console import cell_width

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("story")

CALLS = [
    ("stories",),
    ("sources",),
    ("show", "harbour-deal"),
    ("show", "harbour-deal/4"),
    ("search", "harbour", "--facets"),
    ("searches",),
    ("compare", "harbour-deal/7", "harbour-deal/10"),
    ("lineage", "harbour-deal"),
    ("lineage", "harbour-deal", "--claim", "Blackfen means to move its ships to Greywater"),
    ("elsewhere", "harbour-deal/2", "820", "935"),
    ("entities", "harbour-deal"),
    ("figures", "harbour-deal"),
    ("quotes", "harbour-deal"),
    ("quotes", "harbour-deal", "--chains"),
    ("timeline", "harbour-deal"),
    ("note", "list"),
    ("keys",),
]


def _on_a_terminal(*words: str) -> str:
    ours, theirs = os.openpty()
    command = [sys.executable, "-c", "from tui.cli.main import main; raise SystemExit(main())", *words]
    environment = {**os.environ, "COLUMNS": "80", "TERM": "xterm-256color", "NO_COLOR": ""}
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        said = b""
        with suppress(OSError):  # Linux's way of saying that the other end was closed
            while piece := os.read(ours, 65536):
                said += piece
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;]*m", "", said.decode()).replace("\r\n", "\n")


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(words: tuple[str, ...], crossread: Callable[..., Any]) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", "did not look for a buyer", "--text", "word " * 60)
    crossread("search", '"golden share" OR dredging OR harbour', "--save", "what was said of the share " * 2)
    lines = _on_a_terminal(*words).splitlines()
    assert lines
    assert [line for line in lines if cell_width(line) > 80] == []
