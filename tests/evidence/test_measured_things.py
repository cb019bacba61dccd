"""Of what a measure is: two values exclude one another only where they are values of one thing."""

from __future__ import annotations

import pytest

from tests.evidence.test_figure_slots import rows_of

OF_TWO_THINGS = {
    "chances of weather and of success": (
        "Forecasters give an 80% chance of good weather for the launch of the Heron rocket on Thursday.",
        "Solaris Launch gives the Heron rocket a 55% chance of success on Thursday.",
    ),
    "risks of two illnesses": (
        "The drug Lorazane cut the risk of stroke by 41% in the Tarn trial.",
        "The drug Lorazane cut the risk of kidney failure by 29% in the Tarn trial.",
    ),
    "two failures": (
        "Patients at Wexford Hospital had a 12% risk of heart failure after surgery.",
        "Patients at Wexford Hospital had a 21% risk of kidney failure after surgery.",
    ),
    "odds of two ends of a season": (
        "Bookmakers give Harlow Rovers a 35% chance of promotion this season.",
        "Bookmakers give Harlow Rovers a 28% chance that they go down this season.",
    ),
    "rates on two loans": (
        "The Bank of Tarnia charges a rate of 4.5% on mortgages.",
        "The Bank of Tarnia charges a rate of 7.25% on overdrafts.",
    ),
    "rates of two illnesses": (
        "In Tarnia the rate of diabetes is 9.1% among adults.",
        "In Tarnia the rate of obesity is 9.6% among adults.",
    ),
    "prices of two grains": (
        "The price of wheat on the Harlow exchange was $310 a tonne on Monday.",
        "The price of barley on the Harlow exchange was $240 a tonne on Monday.",
    ),
    "shares of two kinds of cases": (
        "The court in Harlow put the share of appeals at 14% of its cases.",
        "The court in Harlow put the share of dismissals at 22% of its cases.",
    ),
    "rates of two crimes": (
        "The conviction rate for burglary at Harlow Crown Court is 61%.",
        "The conviction rate for fraud at Harlow Crown Court is 48%.",
    ),
    "lengths of two parts": (
        "The length of the tail of the Tarn lizard is 41 centimetres.",
        "The length of the skull of the Tarn lizard is 33 centimetres.",
    ),
    "a speed of something else, with the digits in another order": (
        "The speed of the train at Harlow bridge was 131 km/h, the inspector said.",
        "The speed of the wind at Harlow bridge was 113 km/h, the inspector said.",
    ),
    "a chance of which one text does not say of what": (
        "Bookmakers give Harlow Rovers a 35% chance of promotion this season.",
        "Bookmakers give Harlow Rovers a 28% chance this season.",
    ),
    "chances of which no text says of what": (
        "Bookmakers give Harlow Rovers a 35% chance this season.",
        "Bookmakers give Harlow Rovers a 28% chance this season.",
    ),
    "a price of which only one text says of what": (
        "Tarn Motors said the cost of steel was $310 million last year.",
        "Tarn Motors said the cost was $270 million last year.",
    ),
    "what two shares of the same people do": (
        "In Harlow 84 percent of young voters have doubts about Mayor Ada Quill, a poll in Harlow found.",
        "In Harlow 58 percent of young voters said they trust Mayor Ada Quill, a poll found.",
    ),
}


@pytest.mark.parametrize("texts", OF_TWO_THINGS.values(), ids=OF_TWO_THINGS)
def test_measures_of_two_things_are_no_conflict(texts: tuple[str, str]) -> None:
    assert "conflict" not in {str(row.status) for row in rows_of(*texts)}


OF_ONE_THING = {
    "a chance of one thing": (
        "Forecasters give an 80% chance of good weather for the launch of the Heron rocket on Thursday.",
        "Forecasters give a 60% chance of good weather for the launch of the Heron rocket on Thursday.",
    ),
    "a risk in one word more": (
        "Patients at Wexford Hospital had a 12% risk of severe infection after surgery.",
        "Patients at Wexford Hospital had a 19% risk of infection after surgery.",
    ),
    "a chance in a clause of its own": (
        "Bookmakers give Harlow Rovers a 35% chance of winning the cup.",
        "Bookmakers give Harlow Rovers a 28% chance to win the cup.",
    ),
    "what it is of before the measure and behind it": (
        "The Tarn trial put the risk of stroke at 41% for those on the drug Lorazane.",
        "The Tarn trial put the stroke risk at 29% for those on the drug Lorazane.",
    ),
    "a rate on one loan": (
        "The Bank of Tarnia charges a rate of 4.5% on mortgages.",
        "The Bank of Tarnia charges a rate of 5.25% on mortgages.",
    ),
    "a cost that the other text says of the thing as its subject": (
        "In Harlow the repair of the bridge cost $4.1 million.",
        "In Harlow the cost of the repair of the bridge was $5.3 million.",
    ),
    "an owner's measure of nothing else": (
        "Tarnia's unemployment rate was 6.1% in May.",
        "Tarnia's unemployment rate was 5.2% in May.",
    ),
    "what a share of the same people do": (
        "In Harlow 84 percent of young voters dislike Mayor Ada Quill, a poll in Harlow found.",
        "In Harlow 58 percent of young voters dislike Mayor Ada Quill, a poll in Harlow found.",
    ),
}


@pytest.mark.parametrize("texts", OF_ONE_THING.values(), ids=OF_ONE_THING)
def test_measures_of_one_thing_are_a_conflict(texts: tuple[str, str]) -> None:
    assert "conflict" in {str(row.status) for row in rows_of(*texts)}
