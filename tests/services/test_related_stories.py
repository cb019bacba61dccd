"""Related stories of a page are known where a title or a summary of the library proves it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import ParsedFile, ParsedSource, RelatedStory
from tests.library.parsed_files import body, put
from tui.services.related_stories import related_in

if TYPE_CHECKING:
    from pathlib import Path

LEAD = "Wickhaven's new tram line was closed after two days."


def story(title: str, text: str, *, summary: str | None = None, related: tuple[str, ...] = ()) -> ParsedFile:
    return ParsedFile(
        "story-page",
        (ParsedSource(text, body(text), key="page#1", number=1, title=f"On {title}"),),
        title=title,
        summary=None if summary is None else ParsedSource(summary, body(summary), key="summary"),
        related=tuple(RelatedStory(line, 3, None, None) for line in related),
    )


@pytest.mark.parametrize(
    ("teaser", "slug"),
    [
        ("A tram without bells!", "titled"),
        ("A picture\nA Tram, without bells", "titled"),
        ("A tram without", None),
        ("A tram without bells at night", None),
        (LEAD, "led"),
        ("Wickhaven's new tram line was closed after", "led"),
        ("Wickhaven's new tram line was closed", None),
        ("new tram line was closed", None),
        ("Short title", None),
        ("Two have this title", None),
    ],
)
def test_a_related_story_is_known_by_its_title_or_the_beginning_of_its_summary(
    tmp_path: Path, teaser: str, slug: str | None
) -> None:
    with Library.open(tmp_path) as library:
        put(library, story("A tram without bells", "Bells."), slug="titled", path="/in/1")
        put(library, story("Wickhaven", "Lines.", summary=f"{LEAD} More."), slug="led", path="/in/2")
        put(library, story("Short title", "Short."), slug="short", path="/in/3")
        for number in (4, 5):
            put(library, story("Two have this title", f"{number}."), slug=f"s{number}", path=f"/in/{number}")
        page = story("The harbour", "Harbour.", related=(teaser, "Nobody has heard of this one"))
        put(library, replace(page, title="Nobody has heard of this one"), slug="page", path="/in/6")
        assert related_in(library, library.story("page")) == (slug, None)
