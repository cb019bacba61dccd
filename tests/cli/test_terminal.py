"""On a terminal of 80 columns no line of an answer is broken by the terminal itself."""

from __future__ import annotations

import os
import re
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from tests.waiting import PATIENCE
from tui.cli.console import cell_width
from tui.cli.main import main

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


def _on_a_terminal(patch: pytest.MonkeyPatch, *words: str) -> str:
    ours, theirs = os.openpty()
    for name, value in (("COLUMNS", "80"), ("TERM", "xterm-256color"), ("NO_COLOR", "")):
        patch.setenv(name, value)
    said = b""

    def read() -> None:
        nonlocal said
        with suppress(OSError):  # Linux's way of saying that the other end was closed
            while piece := os.read(ours, 65536):
                said += piece

    reader = threading.Thread(target=read)
    reader.start()
    with open(theirs, "w", encoding="utf-8") as terminal, patch.context() as streams:  # noqa: PTH123 - a descriptor
        streams.setattr(sys, "stdout", terminal)
        streams.setattr(sys, "stderr", terminal)
        main(list(words))
    reader.join(PATIENCE)
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;]*m", "", said.decode()).replace("\r\n", "\n")


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(
    words: tuple[str, ...], crossread: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", "did not look for a buyer", "--text", "word " * 60)
    crossread("search", '"golden share" OR dredging OR harbour', "--save", "what was said of the share " * 2)
    lines = _on_a_terminal(monkeypatch, *words).splitlines()
    assert lines
    assert [line for line in lines if cell_width(line) > 80] == []
