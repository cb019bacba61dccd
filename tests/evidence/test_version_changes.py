"""What two versions of a text differ in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.evidence_cache import EvidenceCache
from sources.library import Library
from sources.model import Ref
from tests.library.parsed_files import article, put
from tui.services.versions import versions_of
from tui.services.wording import replaced_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sources.evidence.version_changes import VersionChanges

ONE = Ref("saltmarsh", 1)
END = " Nobody at the pier could say why the ferry was late again this week."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


def changed(library: Library, was: str, now: str) -> VersionChanges:
    put(library, article(was + END))
    put(library, article(now + END))
    *_, last = versions_of(EvidenceCache(library), ONE).versions
    assert last.changed is not None
    return last.changed


def told(library: Library, was: str, now: str) -> list[str]:
    found = changed(library, was, now)
    return [replaced_words(one) for one in (*found.figures, *found.quotes)]


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("The blast killed 12 people.", "The blast killed 15 people.", ["12 people → 15 people"]),
        ("The port paid a fine of $4.2 million then.", "The port paid a fine then.", ["$4.2 million → gone"]),
        ("The port paid a fine then.", "The port paid a fine of $4.2 million then.", ["new → $4.2 million"]),
        # Written otherwise, or counted by another word, a figure is the same.
        ("The port paid a fine of $4.2 million then.", "The port paid a fine of $4.2m then.", []),
        ("The port has 40 workers on the quay.", "The port has 40 dockers on the quay.", []),
        ("It was agreed on 4 May 2031.", "It was agreed on 5 May 2031.", ["4 May 2031 → 5 May 2031"]),
        ("The sale was agreed on 4 May 2031 in town.", "The sale was agreed on May 4, 2031 in town.", []),
        (
            '"We did not look for a buyer," said Ada Moss.',
            '"We never looked for any buyer," said Ada Moss.',
            ["We did not look for a buyer, → We never looked for any buyer,"],
        ),
        ('"We did not look for one," said Ada Moss.', "“We did not look for one”, said Ada Moss.", []),
        (
            '"We did not look for a buyer," said Ada Moss.',
            '"We did not look for a buyer," said Lin Okafor.',
            ["We did not look for a buyer, (Ada Moss) → We did not look for a buyer, (Lin Okafor)"],
        ),
        ('"We did not look for a buyer," said Ada Moss.', '"We did not look for a buyer," said Moss.', []),
    ],
)  # fmt: skip
def test_figures_and_quotes_that_changed(library: Library, was: str, now: str, expected: list[str]) -> None:
    assert told(library, was, now) == expected


def test_a_figure_that_only_moved_is_no_change(library: Library) -> None:
    was = "The blast killed 12 people. The owner is Corran Flour."
    assert told(library, was, "The owner is Corran Flour. The blast killed 12 people.") == []


def test_sentences_are_edited_added_or_removed(library: Library) -> None:
    found = changed(
        library,
        "The old bridge will close in May. Stallholders want the fish market back.",
        "The old bridge will close in June. A new school opens its doors to pupils on the hill.",
    )
    assert [one.kind for one in found.sentences] == ["edited", "removed", "added"]


def test_nothing_is_said_to_have_changed_where_only_the_zones_did(library: Library) -> None:
    put(library, article(END))
    (only,) = versions_of(EvidenceCache(library), ONE).versions
    assert (only.number, only.changed) == (1, None)
