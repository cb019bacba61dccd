"""What a text is after the one cleaning, and which bytes are no text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import EmptyInput, InputError, NotText
from sources.text.cleaning import clean_text, decode, printable, sha256_of

SENTENCE = "Ada Moss paid €3 — “no more”, she said in Łódź."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_text_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert clean_text(decode(SENTENCE.encode(encoding))) == SENTENCE


def test_a_windows_text_keeps_its_dashes_and_quotes() -> None:
    assert decode("“Café” – naïve".encode("cp1252")) == "“Café” – naïve"


def test_one_broken_byte_does_not_spoil_every_accent() -> None:
    data = "Zoë, Łukasz, Ångström and Çelik met.".encode() + b"\xff"
    assert decode(data).startswith("Zoë, Łukasz, Ångström and Çelik met.")


@pytest.mark.parametrize(
    "data", [b"", b"  \n\t \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n\n", "\u2066\u2069".encode()]
)
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyInput, match=r"notes\.txt: "):
        decode(data, path="notes.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00",
        b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00",
        bytes(range(256)) * 4,
        b"\xff\xfe\x00",
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(NotText, match="is not a text file"):
        decode(data, path="picture")


def test_escapes_and_overrides_lose_their_power() -> None:
    hostile = "a\x1b[31mb\x07c\u202ed\u2066e\x9bf\ufeffg\x00h"
    assert clean_text(hostile) == "a[31mbcdefgh"
    assert printable(hostile) == "a[31mbcdefgh"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_one(end: str) -> None:
    assert clean_text(f"one{end}two\tthree") == "one\ntwo\tthree"


def test_marks_that_scripts_need_stay() -> None:
    text = "می\u200cخواهم \U0001f469\u200d\U0001f52c שלום\u200f"
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@given(st.text(st.characters()))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert printable(once) == once
    assert once.encode("utf-8").decode("utf-8") == once
    assert len(sha256_of(once)) == 64


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_clear_error(data: bytes) -> None:
    try:
        said = clean_text(decode(data, path="x"))
    except InputError as error:
        said = str(error).removeprefix("x: ")
    assert said.strip()
    assert not said.startswith("x: ")
