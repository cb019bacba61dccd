"""What a text is after the one cleaning, and which bytes are no text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import EmptyInput, InputError, NotText
from sources.text.cleaning import clean_text, decode, decode_as, known_encoding, printable, sha256_of

SENTENCE = "Ada Moss paid €3 — “no more”, she said in Łódź."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_text_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert clean_text(decode(SENTENCE.encode(encoding))) == SENTENCE


def test_a_windows_text_keeps_its_dashes_and_quotes() -> None:
    assert decode("“Café” – naïve".encode("cp1252")) == "“Café” – naïve"


@pytest.mark.parametrize(
    ("said", "encoding", "guess"),
    [
        (
            "Burmistrz Łodzi Żaneta Śliwińska mówi, że prom będzie zamknięty. Źródła mówią o trzech latach.",
            "cp1250",
            "cp1250",
        ),
        ("Мэр города заявил в четверг, что порт будет продан за 4 миллиарда.", "cp1251", "cp1251"),
        ("市长星期四说，港口将以42亿美元出售。工会反对这一交易。", "gb18030", "gb18030"),
        ("市長は木曜日に港を売却すると発表した。買い手を探していたわけではない。", "shift_jis", "cp932"),
        (
            "Der Bürgermeister von Köln sagte, die Brücke sei für drei Jahre geschlossen.",
            "cp1252",
            "Windows-1252",
        ),
    ],
)
def test_an_encoding_that_is_not_stated_is_guessed_and_said(said: str, encoding: str, guess: str) -> None:
    assert decode_as(said.encode(encoding)) == (said, guess, True)
    assert decode_as(said.encode(encoding), encoding) == (said, encoding, False)


def test_a_few_bytes_are_taken_for_the_most_usual_encoding() -> None:
    said = "El niño y la señora de Muñoz, en Cádiz."
    assert [decode_as(text.encode("cp1252")).encoding for text in (said, f"{said}!")] == ["Windows-1252"] * 2


def test_lines_of_two_encodings_are_each_read_in_their_own() -> None:
    data = "Zoë closed “it”.\n".encode() + "It’s “naïve”.\n".encode("cp1252")
    assert decode_as(data) == ("Zoë closed “it”.\nIt’s “naïve”.\n", "UTF-8, some lines Windows-1252", True)


def test_a_page_is_read_in_the_encoding_that_it_states() -> None:
    for head in ('<meta charset="shift_jis">', "<meta http-equiv=x content='text/html; charset=Shift_JIS'>"):
        assert decode_as(f"<html>{head}市長".encode("shift_jis")) == (f"<html>{head}市長", "shift_jis", False)
    read = decode_as("<meta charset=none><p>“no”".encode("cp1252"))
    assert (read.encoding, read.guessed) == ("Windows-1252", True)


def test_a_text_in_another_encoding_than_was_said_is_refused() -> None:
    with pytest.raises(NotText, match="is not a text in ascii"):
        decode_as("Zoë".encode(), "ascii")
    assert known_encoding("utf8")
    assert not any(map(known_encoding, ("rot13", "none", "a\0b", "")))


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


@pytest.mark.parametrize(
    ("pile", "kept"),
    [
        ("\u0301" * 30, 30),
        ("\u0301" * 31, 30),
        ("\u0301\u0323" * 5_000, 30),
        ("\u0344" * 5_000, 30),  # two marks each
        ("\u0f73" * 5_000, 30),  # the same, though it is called none
    ],
)
def test_of_marks_without_end_on_a_letter_some_are_kept(pile: str, kept: int) -> None:
    said = clean_text(f"fog{pile}, sea{pile} and “—…”")
    assert clean_text(said) == said
    assert said.endswith(" and “—…”")
    marks = unicodedata.normalize("NFD", said.partition(",")[0])[3:]
    assert len(marks) == kept
    signs = "—" * 200 + "❗️" * 200  # many signs in a row, each by itself
    assert clean_text(signs) == signs
