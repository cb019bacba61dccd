"""Markdown: front matter that may be hostile, and blocks that become zones without moving a character."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import formats
from sources.errors import InputError
from sources.formats import markdown, plain_text
from sources.model import ZoneKind
from sources.text.cleaning import clean_text

FILE = Path("note.md")
FRONT = """---
title: "Port sold: a fund buys the quay"
publisher: The Courier
author: [Ada Moss, Petra Holm]
date: 2031-06-12
source_url: https://courier.example/port
---
"""
TEXT = """# Port sold

The port was **sold** on Thursday.

> We like the bell.
> It is cracked.

![The bell](bell.png)

It has a crack ![crack](crack.png "seen from below") in it.

```python
print("not evidence")
```

Second heading
--------------

- a list
- of things
"""


def stretches(text: str) -> list[tuple[str, str]]:
    (parsed,) = formats.parse(text, path=FILE).sources
    assert parsed.text == text
    assert "".join(text[zone.start : zone.end] for zone in parsed.zones) == text
    return [(zone.kind.value, text[zone.start : zone.end].strip()) for zone in parsed.zones]


def test_front_matter_tells_of_the_text() -> None:
    parsed_file = formats.parse(FRONT + TEXT, path=FILE)
    (parsed,) = parsed_file.sources
    assert parsed_file.format == "markdown"
    assert (parsed.title, parsed.publisher, parsed.author) == (
        "Port sold: a fund buys the quay",
        "The Courier",
        "Ada Moss, Petra Holm",
    )
    assert (parsed.date, parsed.url) == ("2031-06-12", "https://courier.example/port")
    assert parsed_file.warnings == ()


def test_blocks_become_zones() -> None:
    assert stretches(FRONT + TEXT) == [
        ("boilerplate", FRONT.strip()),
        ("heading", "# Port sold"),
        ("body", "The port was **sold** on Thursday."),
        ("block quote", "> We like the bell.\n> It is cracked."),
        ("caption", "![The bell](bell.png)"),
        ("body", "It has a crack"),
        ("caption", '![crack](crack.png "seen from below")'),
        ("body", "in it."),
        ("boilerplate", '```python\nprint("not evidence")\n```'),
        ("heading", "Second heading\n--------------"),
        ("body", "- a list\n- of things"),
    ]


def test_the_first_heading_is_the_title_without_front_matter() -> None:
    (parsed,) = formats.parse("# Port *sold* to [fund](x) | The Courier\n\nSo it was.\n", path=FILE).sources
    assert (parsed.title, parsed.publisher) == ("Port sold to fund", "The Courier")


@pytest.mark.parametrize(
    ("front", "title", "said"),
    [
        ("title: Port\ndate: 2031-13-45", "Port", "'2031-13-45' is not a date"),
        ("title: Port\ndate: 03/04/2031", "Port", "'03/04/2031' is not a date"),
        ("title: Port\ndate: [1, 2]", "Port", "the field 'date' is not a text"),
        ("title: Port: a fund buys", "Port: a fund buys", "is no YAML and was read line by line"),
        ('title: "Sold", they say\nauthor: @ada', '"Sold", they say', "is no YAML"),
        ("title: [unclosed", "[unclosed", "is no YAML"),
        ("a: &a [*a]\ntitle: 'Port'", "Port", "is no YAML"),
    ],
)
def test_front_matter_that_cannot_be_read_costs_no_text(front: str, title: str | None, said: str) -> None:
    parsed_file = formats.parse(f"---\n{front}\n---\nText.\n", path=FILE)
    (parsed,) = parsed_file.sources
    assert (parsed.title, parsed.date) == (title, None)
    assert parsed.text[next(zone for zone in parsed.zones if not zone.kind.muted).start :].strip() == "Text."
    assert any(said in warning for warning in parsed_file.warnings)


@pytest.mark.parametrize("title", ["12:30", "1_000", "No", "2031-06-12", "0x10"])
def test_values_stay_as_they_are_written(title: str) -> None:
    (parsed,) = formats.parse(f"---\ntitle: {title}\nauthor: ~\n---\nText.\n", path=FILE).sources
    assert (parsed.title, parsed.author) == (title, None)


def test_links_between_notes_are_read_as_their_words() -> None:
    front = "author:\n  - '[[Ada Moss]]'\n  - '[[people/brook|Ida Brook]]'\ndate: '[[2031-06-12]]'"
    (parsed,) = formats.parse(f"---\n{front}\n---\nText.\n", path=FILE).sources
    assert (parsed.author, parsed.date) == ("Ada Moss, Ida Brook", "2031-06-12")


def test_front_matter_in_toml_is_read() -> None:
    (parsed,) = formats.parse('+++\ntitle = "Port"\ndate = 2031-06-12\n+++\nText.\n', path=FILE).sources
    assert (parsed.title, parsed.date) == ("Port", "2031-06-12")
    broken = formats.parse("+++\ntitle = Port\n+++\nText.\n", path=FILE)
    assert broken.warnings[0].startswith("the front matter is no TOML and was left out")
    assert broken.sources[0].title is None


def test_fields_of_a_wrong_type_are_left_empty_with_a_warning() -> None:
    parsed_file = formats.parse("---\ntitle: {a: 1}\nurl: ftp://x\nauthor: Ada Moss\n---\nText.\n", path=FILE)
    (parsed,) = parsed_file.sources
    assert (parsed.title, parsed.url, parsed.author) == (None, None, "Ada Moss")
    assert len(parsed_file.warnings) == 2


def test_aliases_that_multiply_do_no_harm() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    (parsed,) = formats.parse(f"---\n{bomb}author: *u\ntitle: Port sold\n---\nText.\n", path=FILE).sources
    assert parsed.title == "Port sold"


@pytest.mark.parametrize(
    "text", ["---\ntitle: Port sold\n\nNo end.\n", "---\n\nA rule, then text.\n", "---\n---\nx\n"]
)
def test_what_only_begins_like_front_matter_is_text(text: str) -> None:
    (parsed,) = formats.parse(text, path=FILE).sources
    assert parsed.text == text
    assert parsed.title is None


def test_a_file_that_ends_with_its_front_matter() -> None:
    (parsed,) = formats.parse("---\ntitle: Port sold\n---", path=FILE).sources
    assert parsed.title == "Port sold"
    assert [zone.kind.value for zone in parsed.zones] == ["boilerplate"]


PIECES = st.sampled_from(
    [
        "---\n",
        "title: x\n",
        "# ",
        "> ",
        "```\n",
        "- ",
        "    ",
        "\n",
        "\n\n",
        "a",
        "![b](c)",
        "[d]: e\n",
        "===\n",
        "|a|b|\n",
        "<p>",
        "*",
        "date: 9\n",
        "\t",
        "&amp;",
        "\\",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=25))
def test_any_markdown_is_zoned_or_refused(pieces: list[str]) -> None:
    text = clean_text("".join(pieces))
    try:
        parsed_sources = formats.parse(text, path=FILE, name="markdown").sources
    except InputError:
        return
    (parsed,) = parsed_sources
    assert parsed.text == text
    assert "".join(text[zone.start : zone.end] for zone in parsed.zones) == text


def test_what_belongs_to_the_page_is_muted_in_markdown_and_plain_text_too() -> None:
    body = "The port was sold on Thursday, and nobody on the quay knew the buyer."
    caption = "A crane stands over the east quay. (Tom Marsh/AP)"
    text = f"# The port is sold\n\n{body}\n\n{caption}\n\n{body}\n"
    for read in (markdown.parse, plain_text.parse):
        (parsed,) = read(text, None).sources
        assert [
            parsed.text[zone.start : zone.end].strip()
            for zone in parsed.zones
            if zone.kind is ZoneKind.CAPTION
        ] == [caption]
