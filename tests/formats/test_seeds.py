"""The real pages that the project was founded on; the bundled ones are tested beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources import formats
from sources.text.cleaning import clean_text, decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sources.model import ParsedFile


def read(paths: list[Path]) -> ParsedFile:
    (path,) = paths
    return formats.parse(clean_text(decode(path.read_bytes(), path=path)), path=path)


def test_the_page_has_fourteen_sources_a_summary_and_five_related_stories(
    shared: Callable[[str], list[Path]],
) -> None:
    parsed_file = read(shared("seeds/000_*.txt"))
    assert parsed_file.format == "story-page"
    assert [parsed.number for parsed in parsed_file.sources] == list(range(1, 15))
    assert {parsed.number: parsed.publisher for parsed in parsed_file.sources if parsed.publisher} == {
        1: "TechCrunch",
        13: "PYMNTS.com",
        14: "VnExpress International",
    }
    assert parsed_file.warnings == ()
    assert len(parsed_file.related) == 5
    assert parsed_file.summary is not None
    assert sum(zone.kind.muted for zone in parsed_file.summary.zones) == 3
    text = parsed_file.page_text or ""
    assert "".join(text[zone.start : zone.end] for zone in parsed_file.page_zones) == text


def test_the_article_has_a_caption_a_credit_and_a_body(shared: Callable[[str], list[Path]]) -> None:
    parsed_file = read(shared("seeds/001_*.txt"))
    assert parsed_file.format == "article"
    (parsed,) = parsed_file.sources
    assert [zone.kind.value for zone in parsed.zones] == ["caption", "credit", "body"]
    assert parsed.title is None
