from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.errors import EmptyInput
from sources.importing import import_paths
from sources.model import Ref
from tui.services.audit import Audited, audit_text
from tui.services.better_sources import audit_against_library, query_of, with_library
from tui.services.search import index_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index import SearchIndex
    from sources.library import Library

STORIES = {
    "mill": "The paper mill in Ostwick will close on 3 March, its owner said. About 240 people work there.",
    "cranes": "The port of Greywater ordered three gantry cranes for 90 million euros in April, it said.",
    "weather": "The river in Ostwick rose by a metre overnight, the weather office said on Monday.",
}
DRAFT = """The paper mill in Ostwick will close on 3 March [1].
The port of Greywater ordered three gantry cranes for 90 million euros.
The river rose by a metre [1]. Who ordered three gantry cranes?
"""


class Quiet:
    """An audience that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def progress(self, text: str, /) -> None:
        self.told.append(text)

    def end_progress(self) -> None:
        self.told.append("")

    def say(self, text: str, /) -> None:
        self.told.append(text)

    def answered(self) -> None:
        pass


@pytest.fixture
def stories(library: Library, tmp_path: Path) -> Library:
    for slug, text in STORIES.items():
        path = tmp_path / f"{slug}.txt"
        path.write_text(f"What is known of the {slug}\n\n{text}\n", encoding="utf-8")
        assert not import_paths(library, [str(path)], story=slug).failed
    return library


@pytest.fixture
def index(stories: Library) -> Iterator[SearchIndex]:
    with index_of(stories) as opened:
        opened.catch_up()
        yield opened


def audited(library: Library, written: str = DRAFT) -> Audited:
    found = audit_text(library, "draft.txt", written, ["mill"])
    assert found is not None
    return found


def best_of(found: Audited) -> list[list[Ref]]:
    return [[check.ref for check in one.sentence.best] for one in found.sentences]


def test_what_the_cited_sources_lack_is_looked_for_in_the_library(
    stories: Library, index: SearchIndex
) -> None:
    before = audited(stories)
    assert best_of(before) == [[], [], [], []]
    audience = Quiet()
    after = with_library(stories, index, before, audience)
    assert after is not None
    assert best_of(after) == [[], [Ref("cranes", 1)], [Ref("weather", 1)], []]
    assert [one.verdict for one in after.sentences] == [one.verdict for one in before.sentences]
    (check,) = after.sentences[1].sentence.best
    words = check.evidence[0].of(after.texts[Ref("cranes", 1)])
    assert "three gantry cranes" in words
    assert any("sentence 1 of 2" in text for text in audience.told)
    assert audience.told[-1] == ""


def test_nothing_is_looked_for_where_all_is_borne_out(stories: Library, index: SearchIndex) -> None:
    before = audited(stories, "The paper mill in Ostwick will close on 3 March [1].")
    audience = Quiet()
    assert with_library(stories, index, before, audience) is before
    assert audience.told == []


def test_it_can_be_cancelled(stories: Library, index: SearchIndex) -> None:
    assert with_library(stories, index, audited(stories), Quiet(), cancelled=lambda: True) is None
    times = iter([False, False, False])
    later = with_library(
        stories, index, audited(stories), Quiet(), cancelled=lambda: next(times, True)
    )  # while it holds sentences against what was found
    assert later is None


def test_a_text_is_held_against_the_whole_library(stories: Library, index: SearchIndex) -> None:
    found = audit_against_library(stories, index, "draft.md", f"# Cranes 7\n\n{DRAFT}", Quiet())
    assert found is not None
    checks = [[here.check.ref for here in one.checks] for one in found.sentences]
    assert [refs[0] for refs in checks[:3]] == [Ref("mill", 1), Ref("cranes", 1), Ref("weather", 1)]
    assert [one.verdict for one in found.sentences[:3]] == ["supported"] * 3
    assert found.sentences[0].text.endswith("[1].")
    assert found.story is None


def test_what_nobody_says_is_unsupported_by_the_whole_library(stories: Library, index: SearchIndex) -> None:
    found = audit_against_library(stories, index, "draft.txt", "Bakers in Lisbon praised ovens.", Quiet())
    assert found is not None
    assert [one.verdict for one in found.sentences] == ["unsupported"]
    with pytest.raises(EmptyInput):
        audit_against_library(stories, index, "draft.txt", "\n", Quiet())


@pytest.mark.parametrize(
    ("sentence", "query"),
    [
        ("The mill will close on 3 March.", "mill close 3 march"),
        ('AND OR NOT the (mill) story:x "y~"', "mill story x y"),
        ("It was as it was.", ""),
        ("The mill, the mills, THE MILL", "mill mills"),
        ("", ""),
    ],
)
def test_a_sentence_is_asked_for_by_its_words_and_steers_no_query(sentence: str, query: str) -> None:
    assert query_of(sentence) == query


def test_a_long_sentence_is_asked_for_by_its_rarest_looking_words() -> None:
    words = [f"{'w' * (3 + number % 20)}{chr(97 + number % 26)}x" for number in range(60)]
    query = query_of(" ".join((*words, "2031")))
    assert len(query.split()) == 24
    assert "2031" in query.split()
