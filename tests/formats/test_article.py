"""Single articles: what stands before the body, and that the body is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources import formats
from sources.text.cleaning import clean_text, decode

if TYPE_CHECKING:
    from pathlib import Path

    from sources.model import ParsedSource

BODY = (
    "Northport plc sold its harbour on Thursday to a fund that looks after the pensions of teachers, and the "
    "fund said that it would leave the bell where it is.\n"
    "“We like the bell,” said Lin Okafor, who runs the fund from an office without windows."
)
CAPTION = "Ada Moss at the east quay of Northport on Thursday."


def read(text: str, path: Path | None = None) -> ParsedSource:
    parsed_file = formats.parse(clean_text(text), path=path)
    assert parsed_file.format == "article"
    (parsed,) = parsed_file.sources
    assert (
        "".join(parsed.text[zone.start : zone.end] for zone in parsed.zones)
        == parsed.text
        == clean_text(text)
    )
    return parsed


def stretches(parsed: ParsedSource, kind: str) -> list[str]:
    return [parsed.text[zone.start : zone.end].strip() for zone in parsed.zones if zone.kind.value == kind]


@pytest.mark.parametrize(
    "credit", ["Harbour Pictures", "CNBC", "Getty Images", "Photo: Lin Okafor", "Ada Moss | AFP"]
)
def test_caption_and_credit_before_the_body_are_muted(credit: str) -> None:
    parsed = read(f"{CAPTION}\n{credit}\n{BODY}")
    assert stretches(parsed, "caption") == [CAPTION]
    assert stretches(parsed, "credit") == [credit]
    assert stretches(parsed, "body") == [BODY]
    assert parsed.title is None


def test_a_caption_that_carries_its_credit() -> None:
    parsed = read(f"Port sold to fund\n\n{CAPTION} (Photo: Harbour Pictures)\n\n{BODY}")
    assert stretches(parsed, "caption") == [CAPTION]
    assert stretches(parsed, "heading") == ["Port sold to fund"]
    assert stretches(parsed, "body") == [BODY]


def test_headline_byline_and_date() -> None:
    parsed = read(
        f"Port sold to fund | The Courier\nBy Ada Moss and Petra Holm\nPublished 12 June 2031\nShare\n{BODY}"
    )
    assert parsed.title == "Port sold to fund"
    assert parsed.publisher == "The Courier"
    assert parsed.author == "Ada Moss and Petra Holm"
    assert parsed.date == "2031-06-12"
    assert stretches(parsed, "body") == [BODY]


def test_a_headline_then_caption_and_credit() -> None:
    parsed = read(f"Port sold to fund\n{CAPTION}\nHarbour Pictures\n{BODY}")
    assert parsed.title == "Port sold to fund"
    assert stretches(parsed, "caption") == [CAPTION]
    assert stretches(parsed, "credit") == ["Harbour Pictures"]


def test_a_body_alone_stays_whole() -> None:
    parsed = read(BODY)
    assert [zone.kind.value for zone in parsed.zones] == ["body"]
    assert parsed.title is None


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
    parsed = read(f"{opening}\n{BODY}")
    assert stretches(parsed, "body") == [f"{opening}\n{BODY}"]


def test_the_first_line_of_a_wrapped_paragraph_is_no_headline() -> None:
    wrapped = (
        "Northport plc sold its harbour on Thursday to a fund that\n"
        "looks after the pensions of teachers, and the fund said\n"
        "that it would leave the bell where it is. The bell was\n"
        "cast in 1874 and has a crack, which is why it is loved.\n"
    )
    parsed = read(wrapped)
    assert parsed.title is None
    assert stretches(parsed, "heading") == []


def test_the_bundled_article(sample_article: Path) -> None:
    parsed = read(decode(sample_article.read_bytes()), sample_article)
    assert [zone.kind.value for zone in parsed.zones] == ["caption", "credit", "body"]
    assert parsed.title is None


def test_a_note_that_is_no_article_is_plain_text() -> None:
    parsed_file = formats.parse("milk\nrope\nask Ada about the crane", path=None)
    assert parsed_file.format == "text"
    assert [zone.kind.value for zone in parsed_file.sources[0].zones] == ["body"]


def test_plain_text_has_a_heading_where_there_is_one_and_mutes_nothing() -> None:
    text = f"Port sold to fund\n\n{CAPTION}\nHarbour Pictures\n{BODY}"
    (parsed,) = formats.parse(text, path=None, name="text").sources
    assert parsed.title == "Port sold to fund"
    assert [zone.kind.value for zone in parsed.zones] == ["heading", "body"]
