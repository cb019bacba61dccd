"""Whom a description, a pronoun or nothing but a verb beside a quote means."""

from __future__ import annotations

import pytest

from sources.evidence.quotes import find_quotes
from tests.evidence.stories import source


def speakers(text: str) -> list[str | None]:
    return [quote.speaker for quote in find_quotes(source(text))]


@pytest.mark.parametrize(
    "told",
    [
        "Ada Moss, a retired baker of the town, stood on the bridge.",
        "Ada Moss, 61, a retired baker, stood on the bridge.",
        "Ada Moss, who is a retired baker, stood on the bridge.",
        "A retired baker named Ada Moss stood on the bridge.",
        "Ada Moss is a retired baker.",
        "Ada Moss, a mother of two and a retired baker, stood on the bridge.",
    ],
)
def test_a_description_means_who_is_said_to_be_that(told: str) -> None:
    between = "The river rose in the night.\n\nTom Hale, the mayor, did not answer."
    assert speakers(f"{told} {between} “It went white,” said the retired baker.") == ["Ada Moss"]


def test_a_description_of_two_means_neither() -> None:
    text = "Ada Moss, 61, a baker, and Ines Varga, 40, a baker, left. “It went white,” said the baker."
    assert speakers(text) == ["the baker"]


def test_who_once_was_mayor_is_not_the_mayor() -> None:
    told = "Tom Hale, a former mayor, stood there. Ines Varga had left. "
    assert speakers(told + "“We are late,” said the mayor.") == ["the mayor"]
    assert speakers(told + "“We are late,” said the former mayor.") == ["Tom Hale"]


@pytest.mark.parametrize(
    ("credit", "speaker"),
    [
        ("burbled Tom Hale.", "Tom Hale"),
        ("burbled Tom Hale, who left.", "Tom Hale"),
        ("burbled the striker.", "the striker"),
        ("recorded in Vale.", None),
        ("painted Tuesday.", None),
        ("watched Tom Hale leave.", None),
    ],
)
def test_a_past_tense_right_behind_a_quote_credits_a_person(credit: str, speaker: str | None) -> None:
    assert speakers(f"“It is very late,” {credit}") == [speaker]


def test_one_of_those_told_is_not_who_told_them() -> None:
    assert speakers("Kirsty Hale told pals she would leave. “A pink one,” giggled one.") == ["one"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("On the door somebody has hung a card: “Back soon, all of you.”", "a card"),
        ("On the wall people had put up a sign: “No way out of here.”", "a sign"),
        ("Ada Moss had put up a sign: “No way out of here.”", "Ada Moss"),
        ("Tom Hale and Ada Moss left. They had put up a sign: “No way out of here.”", "they"),
        ("On the door somebody has hung a lamp: “Back soon, all of you.”", None),
    ],
)
def test_what_is_written_speaks_where_nobody_is_named(text: str, speaker: str | None) -> None:
    assert speakers(text) == [speaker]


def test_anyone_who_reads_is_nobody() -> None:
    assert speakers("Anyone who reads “the stash of a king” may skip it.") == [None]


def test_a_title_of_one_tells_nothing_of_another_of_that_surname() -> None:
    told = "Eoin Rendall found it. Mr Rendall rang. It was Kit Rendall, of the same house, who dug.\n\n"
    assert speakers(told + "The hole was deep, “as deep as a well”, she says.") == ["Kit Rendall"]


def test_a_clause_that_is_about_a_thing_introduces_nobody() -> None:
    told = "Ada Moss read the coins. The coins are nearly all of Ines Varga, {} the time. "
    assert speakers(told.format("which fits") + "“I weighed them,” she wrote.") == ["she"]
    assert speakers(told.format("who ruled at") + "“I weighed them,” she wrote.") == ["Ines Varga"]
