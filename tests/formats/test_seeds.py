"""The real pages that the project was founded on; the bundled ones are tested beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.formats import registry
from sources.text.cleaning import clean_text, decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sources.model import Parcel


def read(paths: list[Path]) -> Parcel:
    (path,) = paths
    return registry.parse(clean_text(decode(path.read_bytes(), path=path)), path=path)


def test_the_page_has_fourteen_sources_a_summary_and_five_related_stories(
    shared: Callable[[str], list[Path]],
) -> None:
    parcel = read(shared("seeds/000_*.txt"))
    assert parcel.format == "story-page"
    assert [draft.number for draft in parcel.drafts] == list(range(1, 15))
    assert {draft.number: draft.publisher for draft in parcel.drafts if draft.publisher} == {
        1: "TechCrunch",
        13: "PYMNTS.com",
        14: "VnExpress International",
    }
    assert parcel.warnings == ()
    assert len(parcel.related) == 5
    assert parcel.summary is not None
    assert sum(zone.kind.muted for zone in parcel.summary.zones) == 3
    text = parcel.page_text or ""
    assert "".join(text[zone.start : zone.end] for zone in parcel.page_zones) == text


def test_the_article_has_a_caption_a_credit_and_a_body(shared: Callable[[str], list[Path]]) -> None:
    parcel = read(shared("seeds/001_*.txt"))
    assert parcel.format == "article"
    (draft,) = parcel.drafts
    assert [zone.kind.value for zone in draft.zones] == ["caption", "credit", "body"]
    assert draft.title is None
