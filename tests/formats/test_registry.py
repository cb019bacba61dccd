"""Which format a text is in, and that any text at all comes out whole or as a clear error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import formats
from sources.errors import EmptyInput, InputError, RequestError
from sources.text.cleaning import clean_text

PROSE = "The port was sold on Thursday, and nobody on the quay had heard of the buyer before that day. " * 3


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("1 Source\n[1]\nTitle\nBody.\n", "a.txt", "story-page"),
        (PROSE, "a.txt", "article"),
        ("rope, tar", "a.txt", "text"),
        ("rope, tar", "a.md", "markdown"),
        ("# Rope\n\nTar.\n", None, "markdown"),
        ("---\ntitle: x\n---\nTar.\n", None, "markdown"),
        ('{"text": "a"}\n', None, "jsonl"),
        ('{"text": "a"}\n', "a.txt", "jsonl"),
        ("{not json", "a.txt", "text"),
        ("{}\n", "a.ndjson", "jsonl"),
    ],
)
def test_formats_are_told_apart(text: str, name: str | None, expected: str) -> None:
    assert formats.parse(text, path=Path(name) if name else None).format == expected


def test_an_unknown_format_is_a_bad_request() -> None:
    with pytest.raises(RequestError, match=r"choose one of .*jsonl, json, csv.* mail, html"):
        formats.parse("a", path=None, name="telepathy")


@pytest.mark.parametrize("name", list(formats.FORMATS))
def test_white_space_is_empty_in_every_format(name: str) -> None:
    with pytest.raises(EmptyInput):
        formats.parse(" \n\t\n", path=None, name=name)


@given(
    st.text(),
    st.sampled_from([None, *formats.FORMATS]),
    st.sampled_from([None, Path("a.md"), Path("a.jsonl")]),
)
def test_any_text_comes_out_whole_or_as_an_error(said: str, name: str | None, path: Path | None) -> None:
    text = clean_text(said)
    try:
        parsed_file = formats.parse(text, path=path, name=name)
    except InputError as error:
        assert str(error)  # noqa: PT017 - either outcome is right
        return
    for parsed in parsed_file.sources:
        assert "".join(parsed.text[zone.start : zone.end] for zone in parsed.zones) == parsed.text
        assert parsed.text.strip()
