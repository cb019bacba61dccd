"""What people see, to the letter.

The expected outputs are in goldens/; ``CROSSREAD_GOLDENS=write`` writes them again (`tests.goldens`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.goldens import check_golden

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDENS = Path(__file__).parent / "goldens"
NOTE = (
    "note",
    "add",
    "harbour-deal/4",
    "--quote",
    "did not look for a buyer",
    "--text",
    "Who did?",
    "--tag",
    "claim",
)
CLAIM = ("labels", "mark", "harbour-deal/4", "--quote", "did not look for a buyer", "--label")
LABELS = (
    ("labels", "add", "claim", "--meaning", "Somebody asserts it", "--colour", "blue", "--key", "c"),
    ("labels", "add", "denied claim", "--parent", "claim"),
    (*CLAIM, "denied-claim", "--coder", "Ada"),
    (*CLAIM, "claim", "--coder", "Ben"),
)
CALLS = {
    "help": ("--help",),
    "stories": ("stories",),
    "sources": ("sources", "harbour-deal"),
    "show-source": ("show", "harbour-deal/11"),
    "show-story": ("show", "harbour-deal"),
    "search": ("search", '"golden share" OR dredging'),
    "compare": ("compare", "harbour-deal/7", "harbour-deal/10"),
    "compare-only": ("compare", "--only", "harbour-deal/7", "harbour-deal/10"),
    "compare-against": ("compare", "--against", "harbour-deal", "--only", "harbour-deal/9"),
    "figures": ("figures", "harbour-deal", "--kind", "money"),
    "quotes": ("quotes", "harbour-deal/13"),
    "quotes-chains": ("quotes", "harbour-deal", "--chains"),
    "timeline": ("timeline", "harbour-deal"),
    "note-list": ("note", "list"),
    "labels-list": ("labels", "list"),
    "labels-show": ("labels", "show", "harbour-deal"),
    "labels-agreement": ("labels", "agreement", "harbour-deal"),
    "labels-disagreements": ("labels", "disagreements", "harbour-deal"),
    "export-notes": ("export", "notes"),
    "doctor": ("doctor",),
    "unknown-command": ("serch", "harbour"),
    "wrong-query": ("search", 'harbour "open quote'),
}


@pytest.mark.parametrize("name", CALLS)
def test_output_is_as_expected(
    name: str, crossread: Callable[..., Any], story: Path, sample_page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for call in (NOTE, *LABELS):
        crossread(*call)
    answer = crossread(*CALLS[name])
    shown = f"$ crossread {' '.join(CALLS[name])}\n{answer.out}"
    shown += "".join(f"! {line}\n" for line in answer.err.splitlines()) + f"? {answer.status}\n"
    shown = shown.replace(str(story), "LIBRARY").replace(str(sample_page.parent), "SAMPLE")
    shown = re.sub(r"\b20(?!31)\d\d-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", "TODAY", shown)
    check_golden(GOLDENS / f"{name}.txt", shown)
