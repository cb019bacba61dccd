"""Subtitles as running text, with times as places in it."""

from __future__ import annotations

import pytest

from sources.errors import InputError
from sources.formats import BUILT_IN, subtitles
from sources.model import LocatorKind

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>We did not look for</i>
a buyer,

2
00:00:03,600 --> 00:00:05,000 X1:10 X2:20
said Ada Moss. {\\an8}The harbour

3
00:00:05,100 --> 00:00:07,000
was sold for $4.2 billion.

4
01:02:15,000 --> 01:02:17,000
- Who says so?
- I do &amp; you.
"""
VTT = """WEBVTT - Council meeting
Kind: captions
Language: en-GB

NOTE made by hand
00:00:99

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start
<v Lin Okafor>The ferry was <c.loud>late</c>.

00:03.200 --> 00:04.000
<v Lin Okafor>Again.

00:04.100 --> 00:06.000
<v Ada Moss>Nobody <00:05.000>could say why.
"""


def cue(start: float, words: str, length: float = 1.0) -> str:
    def clock(at: float) -> str:
        return f"00:{int(at) // 60:02d}:{at % 60:06.3f}".replace(".", ",")

    return f"{clock(start)} --> {clock(start + length)}\n{words}\n\n"


def test_cues_are_joined_and_their_times_are_places_and_no_text() -> None:
    found = BUILT_IN.parse(SRT, path=None)
    (source,) = found.sources
    assert found.format == "subtitles"
    assert source.text == (
        "We did not look for a buyer, said Ada Moss. The harbour was sold for $4.2 billion."
        "\n\nWho says so?\n\nI do & you."
    )
    assert [(source.text[each.start :][:7], each.name) for each in source.locators] == [
        ("We did ", "00:00:01"),
        ("said Ad", "00:00:03"),
        ("was sol", "00:00:05"),
        ("Who say", "01:02:15"),
    ]
    assert {each.kind for each in source.locators} == {LocatorKind.TIME}


def test_a_voice_is_named_where_it_begins() -> None:
    (source,) = subtitles.parse(VTT, None).sources
    assert (source.title, source.language) == ("Council meeting", "en-GB")
    assert source.text == "Lin Okafor: The ferry was late. Again.\n\nAda Moss: Nobody could say why."


@pytest.mark.parametrize(("pause", "paragraphs"), [(2.9, 1), (3.1, 2)])
def test_a_pause_after_a_sentence_begins_a_paragraph(pause: float, paragraphs: int) -> None:
    text = cue(1, "It was late.") + cue(2 + pause, "Nobody said why.")
    assert len(subtitles.parse(text, None).sources[0].text.split("\n\n")) == paragraphs
    within = cue(1, "It was") + cue(2 + pause, "late, and nobody said why.")
    assert len(subtitles.parse(within, None).sources[0].text.split("\n\n")) == 1


def test_what_has_no_stops_is_parted_by_pauses_and_length() -> None:
    words = "and then the ferry was late again and nobody at the pier could say why it was late"
    spoken = [cue(2 * number, words, 1.9) for number in range(12)]
    paragraphs = subtitles.parse("".join(spoken), None).sources[0].text.split("\n\n")
    assert len(paragraphs) > 1  # though it says the same again and again
    assert max(map(len, paragraphs)) < 300 + len(words) + 2


def test_lines_that_roll_up_are_taken_once_and_a_word_said_twice_stays() -> None:
    rolling = cue(1, "one two") + cue(2, "one two\nthree four") + cue(3, "three four\nfive six")
    assert subtitles.parse(rolling, None).sources[0].text == "one two three four five six"
    said = "".join(cue(number, f"Sentence {number}.") for number in range(1, 9))
    twice = said + cue(10, "No.") + cue(11, "No.")
    assert subtitles.parse(twice, None).sources[0].text.endswith("No. No.")


@pytest.mark.parametrize("text", ["WEBVTT\n\nNOTE nothing", "WEBVTT", cue(1, "<i></i>"), cue(1, "")])
def test_what_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        subtitles.parse(text, None)


def test_prose_with_an_arrow_is_no_subtitle() -> None:
    assert not subtitles.matches("At 10:00 --> 11:00 the ferry left.", None)
