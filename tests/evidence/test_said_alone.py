"""What a source alone says, and the figures that others have for it."""

from __future__ import annotations

import numpy as np
import pytest

from sources.evidence import said_alone
from sources.evidence.alignment import read_story
from sources.evidence.said_alone import unique_sentences
from tests.evidence.test_alignment import FILLER, make

CHEAP = "Tickets for pensioners become cheaper after midsummer."


def test_what_nobody_else_says_in_any_form() -> None:
    sold, cheap, rain = "The ferry was sold to Corvane.", CHEAP, "It rained in Elian."
    one = make(sold, cheap, rain)
    others = [
        make(sold, number=2),
        make("Corvane, it seems, bought the ferry. It rained in Elian.", number=3),
    ]
    alone = unique_sentences(one, others, context=[one, *others])
    assert alone is not None
    assert [span.of(one.text) for span in alone.spans] == [cheap]
    nobody = unique_sentences(one, [])
    assert nobody is not None
    assert [span.of(one.text) for span in nobody.spans] == [cheap]
    assert unique_sentences(one, others, cancelled=lambda: True) is None


@pytest.mark.parametrize(
    ("elsewhere", "alone", "others"),
    [
        ("Nobody knows who will paint the lighthouse.", True, []),
        ("The council paid $4.2 million for repairs to the harbour wall after the storm.", False, []),
        ("The council paid $5.7 million for repairs to the harbour wall.", False, ["$5.7 million"]),
        ("The council paid $6.7 million for repairs to the harbour wall.", False, ["$6.7 million"]),
        ("The council paid $6.8 million for repairs to the harbour wall.", False, []),
        ("The council paid $5.7 million, not $5 million, for repairs to the harbour wall.", False, []),
        ("The council paid $4.23 million for repairs to the harbour wall.", False, []),  # it is rounded
        ("An anonymous donor gave the hospital $4.2 million.", False, []),
        ("An anonymous donor gave the hospital some 4.2 million kroner.", False, []),
    ],
)
def test_what_is_said_elsewhere_with_a_figure_or_with_another_is_not_said_alone(
    elsewhere: str,
    alone: bool,  # noqa: FBT001
    others: list[str],
) -> None:
    one = make("Repairs to the harbour wall cost the council $4.2 million after the storm.")
    other = make(FILLER[1], elsewhere, number=2)
    found = unique_sentences(one, [other])
    assert found is not None
    assert bool(found.spans) is alone
    assert [each.text for each in found.others] == others
    assert [each.place.of(other.text) for each in found.others] == others


@pytest.mark.parametrize(
    ("counted", "alone"),
    [
        ("Forty-seven rowers waited.", False),
        ("Forty-six rowers waited.", True),
        ("Six rowers waited.", True),
    ],
)
def test_a_count_is_found_again_whatever_is_counted(counted: str, alone: bool) -> None:  # noqa: FBT001
    one = make("The harbour master saw 47 boats and nine gulls.")
    found = unique_sentences(one, [make(FILLER[1], counted, number=2)])
    assert found is not None
    assert bool(found.spans) is alone


@pytest.mark.parametrize(
    ("elsewhere", "others"),
    [
        ("The tram runs 310 miles on a single charge of its battery.", ["310 miles"]),
        ("The barge runs 310 miles on a single charge of its battery.", []),
    ],
)
def test_another_figure_is_of_the_same_only_where_its_sentence_mentions_whose_it_is(
    elsewhere: str, others: list[str]
) -> None:
    one = make("The tram runs 260 miles on a single charge of its battery.", FILLER[0])
    found = unique_sentences(one, [make(FILLER[1], elsewhere, number=2)])
    assert found is not None
    assert [each.text for each in found.others] == others


@pytest.mark.parametrize(("score", "alone"), [(3.1, True), (3.09, False)])
def test_only_what_is_likely_said_alone_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch,
    score: float,
    alone: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(said_alone, "_scores", lambda *_: np.array([score]))
    found = unique_sentences(make(CHEAP), [make(FILLER[1], number=2)])
    assert found is not None
    assert bool(found.spans) is alone


@pytest.mark.parametrize(
    ("told", "alone"),
    [
        ("Tickets for pensioners become cheaper after midsummer.", True),
        ("Tickets for pensioners become cheaper.", False),  # four words that say something
        ("Tickets for pensioners become cheaper after midsummer", False),
        ("Will tickets for pensioners become cheaper after midsummer?", False),
        ("“Tickets for pensioners become cheaper after midsummer.”", True),
        ("“Tickets for pensioners become cheaper after midsummer.", False),
        ('Tickets for pensioners become cheaper after midsummer," she said.', False),
    ],
)
def test_only_a_whole_statement_that_tells_enough_is_said_to_be_nobody_elses(
    monkeypatch: pytest.MonkeyPatch,
    told: str,
    alone: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(
        said_alone, "_scores", lambda _, read, *__: np.full(len(read.sentences), said_alone.ALONE)
    )
    found = unique_sentences(make(told), [make(FILLER[1], number=2)])
    assert found is not None
    assert bool(found.spans) is alone


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("“The lighthouse smells of tar.”", "The lighthouse smells of tar."),
        ("We painted the lighthouse.", "They painted the lighthouse."),
        ("The lighthouse smells of Marzipan.", "The lighthouse smells of Lindmark."),  # that others name
        ("The lighthouse has 512 steps.", "The lighthouse has 1,470 steps."),
        ("The lighthouse weighs 512 tonnes.", "The lighthouse weighs 512 euros."),
        ("The lighthouse smells of tar.", "The orchestra smells of tar."),
    ],
)
def test_what_speaks_for_it_that_nobody_else_says_something(more: str, less: str) -> None:
    others = [make(FILLER[1], "The choir has 1,470 members and 19 euros.", number=2)]

    def score(told: str) -> float:
        source = make(told, "A walk past Marzipan and to Lindmark takes an hour.")
        vectors = read_story((), (source, *others))
        read, elsewhere = vectors.reading(source), [vectors.reading(others[0])]
        best = np.full((1, len(read.sentences)), -6.0)
        return float(said_alone._scores(vectors, read, elsewhere, best)[0])

    assert score(more) > score(less)


def test_a_text_without_sentences_says_nothing() -> None:
    found = unique_sentences(make(""), [make(FILLER[0], number=2)])
    assert found == said_alone.UniqueSentences((), ())
