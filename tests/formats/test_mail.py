"""Mail: the text of each message with what its headers say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import formats
from sources.errors import EmptyInput, InputError, Malformed, TooLarge
from sources.formats import mail

HEAD = """\
From: "The Courier" <news@courier.example>
To: reader@mail.example
Subject: =?utf-8?B?RmVycnkgdG8gY2xvc2U=?=
Date: Thu, 03 Apr 2031 06:00:00 +0100
Message-ID: <{id}@courier.example>
MIME-Version: 1.0
"""
PLAIN = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
BODY = "The quay is clo=\nsed. =E2=80=9CNo choice,=E2=80=9D said Ada Moss.\n"
SAID = "The quay is closed. “No choice,” said Ada Moss."
BOTH = """\
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain

View this in your browser: https://courier.example/1
--x
Content-Type: text/html; charset=utf-8

<html><body><style>p {color: red}</style><h1>Ferry</h1><p>The quay is closed.</p></body></html>
--x
Content-Type: text/html
Content-Disposition: attachment

<p>Not this.</p>
--x--
"""


def test_a_message_comes_in_with_what_its_headers_say() -> None:
    for path in (Path("a.eml"), None):
        found = formats.parse(HEAD.format(id=1) + PLAIN + BODY, path=path)
        (parsed,) = found.sources
        assert (found.format, parsed.text, parsed.title, parsed.publisher, parsed.date) == (
            "mail", SAID, "Ferry to close", "The Courier", "2031-04-03T06:00:00+01:00",
        )  # fmt: skip


def test_the_page_of_a_newsletter_is_read_and_no_attachment() -> None:
    (parsed,) = formats.parse(HEAD.format(id=1) + BOTH, path=Path("a.eml")).sources
    assert parsed.text == "Ferry\n\nThe quay is closed."


def test_a_box_gives_a_source_a_message() -> None:
    box = "".join(
        f"From a@b Thu Apr  3 06:00:00 2031\n{HEAD.format(id=number)}{PLAIN}{BODY}\n" for number in "12"
    )
    found = formats.parse(
        f"{box}From a@b Thu Apr  3 06:00:00 2031\nSubject: nothing\n\n", path=Path("a.mbox")
    )
    assert [(one.key, one.text) for one in found.sources] == [
        ("<1@courier.example>", SAID),
        ("<2@courier.example>", SAID),
    ]
    assert found.failures == ("message 3: has no text",)


def test_a_message_without_a_text_is_refused() -> None:
    with pytest.raises(EmptyInput, match="mail without a text"):
        formats.parse(HEAD.format(id=1) + "\n", path=Path("a.eml"))


def test_a_text_with_lines_like_headers_is_no_mail() -> None:
    assert formats.parse("From: here\nTo: there\nBy: boat\n\nThe ferry.\n", path=None).format != "mail"


def test_thousands_of_parts_do_no_harm() -> None:
    parts = "".join(f"--x\nContent-Type: text/plain\n\nPart {number}.\n" for number in range(2_500))
    (parsed,) = formats.parse(
        f"{HEAD.format(id=1)}Content-Type: multipart/mixed; boundary=x\n\n{parts}--x--\n", path=Path("a.eml")
    ).sources
    assert parsed.text == "Part 0."


@given(
    st.lists(
        st.sampled_from([*HEAD.splitlines(), *BOTH.splitlines(), *PLAIN.splitlines(), "", "é", "=E2=80"])
    )
)
def test_any_message_is_read_or_refused(lines: list[str]) -> None:
    try:
        found = formats.parse("\n".join(lines) + "\n", path=Path("a.eml"))
    except InputError:
        return
    for parsed in found.sources:
        assert "".join(parsed.text[zone.start : zone.end] for zone in parsed.zones) == parsed.text


def test_headers_messages_and_their_length_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MOST_HEADERS", 9)
    extra = "X-A: b\n"
    letter = f"From: a@b\nSubject: Quay {'x ' * 20_000}\nMIME-Version: 1.0\n"
    (parsed,) = formats.parse(f"{letter}{extra * 4}{PLAIN}{BODY}", path=Path("a.eml")).sources
    assert parsed.text == SAID
    with pytest.raises(Malformed, match="more than 9 headers"):
        formats.parse(f"{letter}{extra * 5}{PLAIN}{BODY}", path=Path("a.eml"))
    box = f"From a@b\n{letter}{PLAIN}{BODY}\n" * 3
    monkeypatch.setattr(mail, "MOST_MESSAGES", 3)
    assert len(formats.parse(box, path=Path("a.mbox")).sources) == 3
    monkeypatch.setattr(mail, "MOST_MESSAGES", 2)
    with pytest.raises(TooLarge, match="more than 2 messages"):
        formats.parse(box, path=Path("a.mbox"))
