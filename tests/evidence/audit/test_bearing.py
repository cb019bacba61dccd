from __future__ import annotations

import pytest

from sources.evidence.audit.bearing import Coverage, bearing_of, together
from tests.evidence.audit.pairs import hold

SOURCE = (
    "The chair of the bakers' guild, Ada Moss, was not in the hall. She wrote that she knew of no bills. "
    "On average the guild pays more for flour than its neighbours do."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Moss intends to resign from the chair of the bakers' guild in May.",
        "The treasurer will appeal, his lawyer announced.",
    ],
)
def test_words_that_are_scattered_over_a_source_bear_nothing_out(sentence: str) -> None:
    assert hold(sentence, SOURCE).verdict != "supported"


def test_one_sentence_that_says_it_bears_it_out() -> None:
    assert hold("The guild pays more for its flour than its neighbours do.", SOURCE).verdict == "supported"


def test_what_has_some_of_a_statement_bears_it_out_in_part_and_what_has_most_as_a_whole() -> None:
    some = Coverage(10.0, 0.4, 0.3, 0.4, 2, 1.0, 0)
    most = some._replace(content=0.8, strong=0.7, single=0.8, same=4)
    little = some._replace(content=0.3, strong=0.2, single=0.2, same=1)
    assert bearing_of(little).in_part < 0.5 < bearing_of(some).in_part
    assert bearing_of(some).as_a_whole < 0.5 < bearing_of(most).as_a_whole


def test_a_figure_that_a_passage_lacks_weighs_against_the_whole() -> None:
    told = Coverage(10.0, 0.7, 0.6, 0.7, 4, 1.0, 0)
    assert bearing_of(told).as_a_whole > bearing_of(told._replace(absent=1)).as_a_whole


def test_a_statement_counts_in_its_sentence_by_its_weight() -> None:
    one = Coverage(3.0, 1.0, 1.0, 1.0, 3, 1.0, 0)
    other = Coverage(1.0, 0.0, 0.0, 0.0, 0, 0.0, 1)
    assert together([one, other]) == Coverage(4.0, 0.75, 0.75, 0.75, 3, 0.75, 1)
