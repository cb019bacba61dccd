"""Hard sentences: which slots a figure has, and what two figures of different texts make of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.evidence.entities.finder import find_entities
from sources.evidence.figure_matrix.extraction import read_figures
from sources.evidence.figure_matrix.matrix import figure_matrix
from sources.evidence.figure_matrix.owners import Named
from sources.evidence.figure_matrix.proof import is_proved
from sources.evidence.figure_matrix.values import are_near, look_alike
from sources.model import Ref
from tests.evidence.test_figure_matrix import source

if TYPE_CHECKING:
    from sources.evidence.figure_matrix import MatrixRow


def rows_of(*texts: str, dates: tuple[str, ...] = ()) -> tuple[MatrixRow, ...]:
    days = dates or ("2031-06-18",) * len(texts)
    sources = [
        source(number, text, day) for number, (text, day) in enumerate(zip(texts, days, strict=True), 1)
    ]
    return figure_matrix(sources, find_entities(sources))


def statuses(*texts: str, dates: tuple[str, ...] = ()) -> set[str]:
    """Return the statuses of the rows that more than one value is in."""
    rows = rows_of(*texts, dates=dates)
    return {str(row.status) for row in rows if len({value.value for value in row.values}) > 1}


APART = {
    "two firms": (
        "Tarn Motors plc said revenue fell to $812 million.",
        "Ostrow Steel plc said revenue fell to $790 million.",
    ),
    "two indices": (
        "The Wexford 50 rose 1.4 percent on Monday.",
        "The Harlow Index rose 1.9 percent on Monday.",
    ),
    "gross against net": (
        "Tarn Motors plc has net debt of $310 million.",
        "Tarn Motors plc has gross debt of $405 million.",
    ),
    "two arms of one trial": (
        "Fever fell by 41% in patients on the drug.",
        "Fever fell by 29% in patients on placebo.",
    ),
    "a part and the whole": (
        "27 people were injured in the crash.",
        "Nine people were seriously injured in the crash.",
    ),
    "a year and its quarter": (
        "Tarn Motors plc had revenue of $812 million in 2030.",
        "Tarn Motors plc had revenue of $640 million in March 2030.",
    ),
    "what analysts expected": (
        "Tarn Motors plc made a profit of $61 million.",
        "Analysts had expected a profit of $68 million from Tarn Motors plc.",
    ),
}


@pytest.mark.parametrize("texts", APART.values(), ids=APART)
def test_a_slot_that_differs_parts_two_figures(texts: tuple[str, str]) -> None:
    assert statuses(*texts) == set()


JOINED = {
    "an amount that is seldom twice in a story": (
        "She hid the loan of $17.4 million from the board of Tarn Motors.",
        "Tarn Motors plc has written off $17.4 million.",
    ),
    "a small number of people who are called otherwise": (
        "The crash hurt one ferry worker.",
        "A crash at the quay in Harlow has hurt one person.",
    ),
    "a share of the firm and of its shares": (
        "The Quill family owns 31% of the company.",
        "The Quill family has 31 per cent of the shares.",
    ),
    "a length rounded to a whole number": (
        "The well at Harlow measured just 11.8 inches.",
        "The well at Harlow measured 12 inches.",
    ),
    "who was taken to hospital": (
        "The crash at Harlow hurt 84 people.",
        "At Harlow 84 people were taken to two local hospitals.",
    ),
    "two great counts that cover one another": (
        "About 4,000 people left Harlow when the river rose.",
        "The river drove 4,200 people out of Harlow.",
    ),
}


@pytest.mark.parametrize("texts", JOINED.values(), ids=JOINED)
def test_what_is_hardly_so_by_chance_joins_two_figures(texts: tuple[str, str]) -> None:
    (row,) = (row for row in rows_of(*texts) if len(row.refs) > 1)
    assert str(row.status) == "agree"


def test_a_small_number_of_nobody_knows_what_joins_no_two_things() -> None:
    rows = rows_of(
        "Marlowe of Harlow took two wickets in the rain at Wexford on Friday.",
        "Marlowe of Harlow had two in the rain at Wexford on Friday.",
        "Marlowe of Harlow hit two fences in the rain at Wexford on Friday.",
    )
    assert not [row for row in rows if {"wickets", "fences"} <= {value.unit for value in row.values}]


def test_twenty_is_the_most_that_is_a_small_number() -> None:
    texts = (
        "Tarn Motors of Harlow sold {0} red boats there on Friday.",
        "Tarn Motors of Harlow sold {0} red vans there on Friday.",
    )
    for number, together in ((20, False), (21, True)):
        rows = rows_of(*(text.format(number) for text in texts))
        assert (len(rows) == 1) is together, number


COINCIDENCES = {
    "a few of different things": (
        "The auditors found eleven herring merchants in Harlow.",
        "Harlow lost eleven ships to the storm.",
    ),
    "people of whom another thing is told": (
        "The truck in Harlow hurt 100 persons, officials said.",
        "Everybody ran, and 100 residents filled one restaurant.",
    ),
    "hours and days": (
        "The miners of Harlow dug for two days.",
        "The miners of Harlow dug for two hours.",
    ),
    "shares of different things": (
        "Tarn Motors sold 49% of its harbour.",
        "Tarn Motors lands 49% of the containers in its harbour.",
    ),
    "a length and a number": (
        "The quake hurt 150 people.",
        "The quake was felt 150 km from Harlow.",
    ),
    "how old and how long": (
        "The five-year-old boy fell into the well at Harlow.",
        "The well at Harlow was left unused for five years.",
    ),
}


@pytest.mark.parametrize("texts", COINCIDENCES.values(), ids=COINCIDENCES)
def test_what_is_often_so_by_chance_joins_nothing(texts: tuple[str, str]) -> None:
    assert [row for row in rows_of(*texts) if len(row.refs) > 1] == []


UNPROVED = {
    "digits in another order, each with an owner": (
        "Tarn Motors plc rose 1.3 percent on Friday.",
        "Brightwater plc rose 3.1 percent on Friday.",
    ),
    "two values that one source gives": (
        "In the north 14.2% of patients had a fever, and 17.1% of patients in the south.",
        "A fever was seen in 17.1% of patients.",
        "A fever was seen in 14.2% of patients.",
    ),
    "millions against a number": (
        "Hackers took the files of millions of customers of Tarn Motors.",
        "Hackers took the files of 700,000 customers of Tarn Motors.",
    ),
    "two lengths of which nothing says what they measure": (
        "The cutter lay about 900 metres off the reef at Harlow when the fog came down, the crew said.",
        "The tug lay about 640 metres off the reef at Harlow when the fog came down, the crew said.",
    ),
    "two voices of one text on two things": (
        "The rocket fell 735 miles off Cape Tarn, said Ada Quill. It woke us 180 miles off, Bram Oake said.",
    ),
    "a share of the accused": (
        "The court told 23 of the defendants to pay the judges of Wexford.",
        "The court told 22 other defendants to pay the judges of Wexford.",
    ),
    "enterprise value against value": (
        "Tarn Motors plc has a value of $3.4 billion.",
        "Tarn Motors plc has an enterprise value of $5.2 billion.",
    ),
    "a height written out further": (
        "The Marlowe rocket is 229.6 feet tall.",
        "The Marlowe rocket is 229 feet tall.",
    ),
    "two days that two voices give": (
        "Work on the Harlow bridge began on 3 May 2030, said Ada Quill. But it began on 9 May 2030.",
    ),
    "how far two people were from it": (
        "Ada Quill saw the truck stop just three metres away from her.",
        "The truck stopped just five metres away, Bram Oake said.",
    ),
    "how old two people are": (
        "A 31-year-old man from Harlow drove the truck through the crowd in Wexford.",
        "A 13-year-old boy from Harlow was in the crowd when the truck came to Wexford.",
    ),
    "two prices on a market": (
        "The price of the coin of Tarn Motors fell to $5,920 in Wexford trading on Tuesday.",
        "The price of the coin of Tarn Motors plunged to $8,610 in Wexford trading on Tuesday.",
    ),
    "a digit that differs in a value that is near anyway": (
        "The coin of Tarn Motors changed hands in Wexford at $6,156.",
        "The coin of Tarn Motors changed hands in Harlow at $6,116.",
    ),
    "what the figure was in another year": (
        "Turnout in Harlow came to 71.8 percent. The figure was 66.2 percent in the election of 2026.",
        "Turnout in Harlow was 71.8 percent.",
    ),
    "two launches of which no figure is the same": (
        "Harlow said the rocket flew 3,700 km and reached a height of 770 km.",
        "Harlow said the rocket flew 2,700 km and reached a height of 550 km.",
    ),
    "two owners that are in no list of the names of the story": (
        "The Dow rose 1.2 percent on Thursday.",
        "The Nasdaq rose 2.1 percent on Thursday.",
    ),
    "two places, one of which is named as another": (
        "Ada Quill counted 4,320 geese on the bay at Harlow this winter, she said.",
        "On the neighbouring bay Ada Quill counted 3,870 geese at Harlow this winter, she said.",
    ),
    "two tolls of a day that differ in the order of two digits": (
        "The fire in Wexford killed 35 people.",
        "The fire in Wexford killed 53 people.",
    ),
    "a least that may have grown": (
        "The ferry had at least 212 seats when it left Harlow.",
        "The ferry had 190 seats when it left Harlow.",
    ),
}


@pytest.mark.parametrize("texts", UNPROVED.values(), ids=UNPROVED)
def test_no_conflict_without_proof_of_one_owner_and_one_measure(texts: tuple[str, ...]) -> None:
    assert "conflict" not in {str(row.status) for row in rows_of(*texts)}


CONFLICTS = {
    "two digits that change places": (
        "Thieves took 63 vases from the Marlowe museum, the guards said.",
        "The thieves took 36 vases from the Marlowe museum.",
    ),
    "a power of ten": (
        "The Green Party spent $24 million on its campaign in Wexford.",
        "The Green Party spent $240 million on its campaign in Wexford.",
    ),
    "a power of ten of a single digit, in like words": (
        "The cutter lay 300 metres off the reef at Harlow when the fog came down.",
        "The cutter lay 3,000 metres off the reef at Harlow when the fog came down.",
    ),
    "a slip that a third source tells of": (
        "Ada Quill has assets of $48 million, her affidavit says.",
        "The assets of Ada Quill have grown to $84 million.",
        "A newspaper said the assets of Ada Quill came to $84 million; her affidavit says $48 million.",
    ),
    "a figure that another voice takes up": (
        "The union said 85 percent of staff had stayed away from the works of Tarn Motors plc.",
        "The union said 85 percent of staff had stayed away. Tarn Motors plc put the figure at 58 percent.",
    ),
    "a figure that another voice takes up in the same sentence": (
        "The union said 2,700 staff of Tarn Motors plc are out; Tarn Motors plc put the number at 1,900.",
        "The union of Tarn Motors plc said 2,700 staff are out.",
    ),
    "a nought that changes places": (
        "They counted 640 swans on the bay at Harlow.",
        "Swans numbered 604 on the bay at Harlow.",
    ),
    "a time that was stopped": (
        "Ada Quill won the marathon of Wexford in 2:21:34.",
        "Ada Quill won the Wexford marathon in 2:12:34.",
    ),
    "a rate of one day": (
        "The Bank of Wexford raised its key rate to 4.75 percent.",
        "The Bank of Wexford raised its key rate to 4.57 percent.",
    ),
    "a value of some years, off by two digits": (
        "Ada Quill emptied 112 accounts between 2026 and 2028.",
        "Ada Quill emptied 121 accounts, the court found.",
    ),
    "one height of two agrees": (
        "Harlow said the rocket flew 3,700 km and reached a height of 770 km.",
        "Harlow said the rocket flew 3,700 km and reached a height of 550 km.",
    ),
    "other words for thing and measure": (
        "Tarn Motors plc will cut 430 jobs at its works in Harlow.",
        "Tarn Motors plc said that 340 positions will go at its works in Harlow.",
    ),
    "one owner and one measure": (
        "Tarn Motors plc said third-quarter revenue rose to $812 million.",
        "Tarn Motors plc reported third-quarter revenue of $840 million.",
    ),
}


@pytest.mark.parametrize("texts", CONFLICTS.values(), ids=CONFLICTS)
def test_the_same_owner_and_measure_make_a_conflict(texts: tuple[str, str]) -> None:
    assert statuses(*texts) == {"conflict"}
    (row,) = (row for row in rows_of(*texts) if str(row.status) == "conflict")
    dissents = [value.dissents for value in row.values]
    assert any(dissents)
    assert not all(dissents)


@pytest.mark.parametrize(
    ("one", "other", "alike", "proved"),
    [
        ("366 metres", "336 metres", 0.9, False),  # a digit off is no proof: two things may be as near
        ("46 silos", "64 silos", 0.2, True),  # two that changed places
        ("46 silos", "64 silos", 0.19, False),
        ("466 silos", "646 silos", 0.0, True),
        ("46 silos", "56 silos", 0.9, False),
        ("400 silos", "4,000 silos", 0.5, True),  # one digit tells less than two
        ("400 silos", "4,000 silos", 0.49, False),
        ("£1.3 million", "£1.3 billion", 0.8, True),  # that both mean money says not what it is
        ("£1.3 million", "£1.3 billion", 0.79, False),
        ("46 percent", "64 percent", 0.55, True),  # many numbers below a hundred have the digits of another
        ("46 percent", "64 percent", 0.54, False),
        ("£460", "£640", 0.2, True),
        ("£460", "£640", 0.19, False),
        ("2,100 silos", "120 silos", 0.9, False),  # two slips
        ("17.3 minutes", "71.3 minutes", 0.9, True),
        ("17.3 minutes", "71.3 years", 0.9, False),  # another unit is no slip
    ],
)
def test_a_slip_proves_a_conflict_in_like_words_or_many_digits(
    one: str,
    other: str,
    alike: float,
    proved: bool,  # noqa: FBT001
) -> None:
    first, second = (
        read_figures(source(number, f"The farm has {figure} there."), Named([], {}), 0)[0]
        for number, figure in enumerate((one, other), 1)
    )
    assert is_proved(first, second, alike) is proved


def test_what_texts_of_other_weeks_say_may_be_of_another_event() -> None:
    texts = (
        "The rocket of Tarn Motors plc reached a height of 770 km over Harlow.",
        "The rocket of Tarn Motors plc reached a height of 550 km over Harlow.",
    )
    assert statuses(*texts, dates=("2031-06-18", "2031-06-25")) == {"conflict"}
    assert statuses(*texts, dates=("2031-06-18", "2031-06-26")) == {"possible"}


def test_a_toll_that_moves_with_the_dates_is_updated() -> None:
    texts = ("The fire in Wexford killed 12 people.", "The fire in Wexford has killed 19 people.")
    assert statuses(*texts, dates=("2031-06-18", "2031-06-19")) == {"updated"}
    assert statuses(*texts) == {"possible"}, "which of two of one day is the later nobody says"


@pytest.mark.parametrize(
    "wrong",
    [
        "An earlier version of this article said the ferry lost $5.2 million.",
        "The original story misstated the loss of the ferry as $5.2 million.",
    ],
)
def test_what_a_correction_takes_back_is_before(wrong: str) -> None:
    rows = rows_of("The ferry lost $4.2 million.", f"The ferry lost $4.2 million.\n\nCorrection: {wrong}")
    values = [(value.value, value.before) for row in rows for value in row.values]
    assert (4.2e6, False) in values
    assert (5.2e6, True) in values
    assert not [row for row in rows if str(row.status) == "conflict"]


def test_texts_of_one_origin_are_one_voice() -> None:
    texts = ("The mill cost $4.2 million.", "Building the mill cost them $4.2 million.")
    sources = [source(number, text, "2031-06-18") for number, text in enumerate(texts, 1)]
    (row,) = figure_matrix(sources, (), [[Ref("story", 1), Ref("story", 2)]])
    assert str(row.status) == "single"


def test_a_row_is_called_by_its_owner_and_its_measure() -> None:
    (row,) = rows_of("Tarn Motors plc has net debt of $310 million.")
    assert row.subject.endswith(", net debt")
    (row,) = rows_of("The fire killed 12 people.")
    assert row.subject == "people killed"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Farmers in the south harvested 96,000 tonnes of barley.", "barley"),
        ("Volunteers counted 4,320 geese.", "geese"),
        ("The trial lasted 17 days.", "trial, time"),
        ("The graveyard covers 38 hectares.", "graveyard, hectares"),
        ("One of the mills has 48 looms.", "looms"),
        ("The court jailed the man for stealing $43 million.", "amount"),
        ("Her time, 2:12:34, was a record.", "time"),
        ("They lost the 2016 election in the south.", "election"),
    ],
)
def test_a_row_is_called_by_what_the_figure_is_of_and_not_by_a_bare_verb(text: str, subject: str) -> None:
    (row,) = rows_of(text)
    assert row.subject == subject


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (63, 36, True), (1204, 1240, True), (24e6, 240e6, True), (100, 1000, False), (420, 460, False),
        (17, 18, False), (412, 912, False), (412, 472, True),
        (420, 424, True), (420, 531, False), (5, 5, False),
    ],
)  # fmt: skip
def test_a_slip_turns_one_number_into_another(one: float, other: float, alike: bool) -> None:  # noqa: FBT001
    assert look_alike(one, other) is alike
    assert look_alike(other, one) is alike


@pytest.mark.parametrize(("other", "near"), [(160, True), (161, False), (-100, False)])
def test_two_reports_of_one_thing_are_near_one_another(other: float, near: bool) -> None:  # noqa: FBT001
    assert are_near(100, other, 1.6) is near
