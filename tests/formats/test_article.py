"""Single articles: what stands before the body, and that the body is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.formats import registry
from sources.text.cleaning import clean_text, decode

if TYPE_CHECKING:
    from pathlib import Path

    from sources.model import Draft

BODY = (
    "Northport plc sold its harbour on Thursday to a fund that looks after the pensions of teachers, and the "
    "fund said that it would leave the bell where it is.\n"
    "“We like the bell,” said Lin Okafor, who runs the fund from an office without windows."
)
CAPTION = "Ada Moss at the east quay of Northport on Thursday."


def read(text: str, path: Path | None = None) -> Draft:
    parcel = registry.parse(clean_text(text), path=path)
    assert parcel.format == "article"
    (draft,) = parcel.drafts
    assert (
        "".join(draft.text[zone.start : zone.end] for zone in draft.zones) == draft.text == clean_text(text)
    )
    return draft


def stretches(draft: Draft, kind: str) -> list[str]:
    return [draft.text[zone.start : zone.end].strip() for zone in draft.zones if zone.kind.value == kind]


@pytest.mark.parametrize(
    "credit", ["Harbour Pictures", "CNBC", "Getty Images", "Photo: Lin Okafor", "Ada Moss | AFP"]
)
def test_caption_and_credit_before_the_body_are_muted(credit: str) -> None:
    draft = read(f"{CAPTION}\n{credit}\n{BODY}")
    assert stretches(draft, "caption") == [CAPTION]
    assert stretches(draft, "credit") == [credit]
    assert stretches(draft, "body") == [BODY]
    assert draft.title is None


def test_a_caption_that_carries_its_credit() -> None:
    draft = read(f"Port sold to fund\n\n{CAPTION} (Photo: Harbour Pictures)\n\n{BODY}")
    assert stretches(draft, "caption") == [CAPTION]
    assert stretches(draft, "heading") == ["Port sold to fund"]
    assert stretches(draft, "body") == [BODY]


def test_headline_byline_and_date() -> None:
    draft = read(
        f"Port sold to fund | The Courier\nBy Ada Moss and Petra Holm\nPublished 12 June 2031\nShare\n{BODY}"
    )
    assert draft.title == "Port sold to fund"
    assert draft.publisher == "The Courier"
    assert draft.author == "Ada Moss and Petra Holm"
    assert draft.date == "2031-06-12"
    assert stretches(draft, "body") == [BODY]


def test_a_headline_then_caption_and_credit() -> None:
    draft = read(f"Port sold to fund\n{CAPTION}\nHarbour Pictures\n{BODY}")
    assert draft.title == "Port sold to fund"
    assert stretches(draft, "caption") == [CAPTION]
    assert stretches(draft, "credit") == ["Harbour Pictures"]


def test_a_body_alone_stays_whole() -> None:
    draft = read(BODY)
    assert [zone.kind.value for zone in draft.zones] == ["body"]
    assert draft.title is None


@pytest.mark.parametrize(
    "opening",
    [
        "By the time the port was sold, the mud had won.",
        "By Thursday the port was sold.",
        "The photo shows nothing.",
        "“We like the bell,” he said.",
    ],
)
def test_a_first_sentence_is_body_not_head(opening: str) -> None:
    draft = read(f"{opening}\n{BODY}")
    assert stretches(draft, "body") == [f"{opening}\n{BODY}"]


def test_the_first_line_of_a_wrapped_paragraph_is_no_headline() -> None:
    wrapped = (
        "Northport plc sold its harbour on Thursday to a fund that\n"
        "looks after the pensions of teachers, and the fund said\n"
        "that it would leave the bell where it is. The bell was\n"
        "cast in 1874 and has a crack, which is why it is loved.\n"
    )
    draft = read(wrapped)
    assert draft.title is None
    assert stretches(draft, "heading") == []


def test_the_bundled_article(sample_article: Path) -> None:
    draft = read(decode(sample_article.read_bytes()), sample_article)
    assert [zone.kind.value for zone in draft.zones] == ["caption", "credit", "body"]
    assert draft.title is None


def test_a_note_that_is_no_article_is_plain_text() -> None:
    parcel = registry.parse("milk\nrope\nask Ada about the crane", path=None)
    assert parcel.format == "text"
    assert [zone.kind.value for zone in parcel.drafts[0].zones] == ["body"]


def test_plain_text_has_a_heading_where_there_is_one_and_mutes_nothing() -> None:
    text = f"Port sold to fund\n\n{CAPTION}\nHarbour Pictures\n{BODY}"
    (draft,) = registry.parse(text, path=None, name="text").drafts
    assert draft.title == "Port sold to fund"
    assert [zone.kind.value for zone in draft.zones] == ["heading", "body"]
