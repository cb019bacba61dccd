"""What is not understood is named, and never taken for prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources.errors import Malformed
from sources.formats import BUILT_IN
from sources.formats.refusals import refused_bytes

PROSE = "The port was sold on Thursday, and nobody on the quay had heard of the buyer before. " * 4


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\0\0\0\x20ftypisom", "subtitles"),
        (b"\0\0\0\x20ftypheic", "HEIC"),
        (b"MZ\x90\0\x03\0", "program"),
        (b"\x7fELF\x02", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        (b"SQLite format 3\0", "database"),
        (b"Rar!\x1a\x07", "unpack"),
    ],
)
def test_files_that_are_no_text_are_named(head: bytes, said: str) -> None:
    assert said in (refused_bytes(head + b"\0" * 100) or "")


def test_words_that_begin_like_a_file_of_another_kind_are_words() -> None:
    for words in (b"MZ Weekly said that", b"BMW sold", b"Rare books", b"MMXIV was", b"IDs", b"GIFs"):
        assert refused_bytes(words + PROSE.encode()) is None


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ('<?xml version="1.0"?><!-- a --><ledger><row>1</row></ledger>', None, "<ledger>"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><path d=""/></svg>', "a.svg", "<svg>"),
        (f"<memo>{PROSE}</memo>", "a.xml", "<memo>"),
        ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>', "a.rss", "declares"),
        (f'<!-- a --><!DOCTYPE x SYSTEM "y" [<!ENTITY a "{"b" * 90_000}">]><x>&a;</x>', None, "declares"),
        (f"# {PROSE}\nimport os\n", "a.py", "source code"),
        (f"a: {PROSE}\n", "a.yaml", "settings"),
    ],
)
def test_xml_of_another_kind_code_and_settings_are_refused(text: str, name: str | None, said: str) -> None:
    path = Path(name) if name else None
    with pytest.raises(Malformed, match=said):
        BUILT_IN.parse(text, path=path)
    assert BUILT_IN.parse(text, path=path, name="text").sources[0].text == text


@pytest.mark.parametrize("name", ["a.txt", "a.log", "a", "a.md"])
def test_prose_is_read_whatever_is_quoted_in_it(name: str) -> None:
    text = f"<b>Sold</b> for a song\n\n{PROSE}\n\n<?xml version='1.0'?><x/>\n"
    assert BUILT_IN.parse(text, path=Path(name)).sources
