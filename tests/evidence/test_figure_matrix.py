from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.context_vectors import Partition
from sources.evidence.entities.finder import find_entities
from sources.evidence.figure_matrix import MatrixRow, Status
from sources.evidence.figure_matrix.matrix import figure_matrix
from sources.model import Origin, Ref, Source, Zone, ZoneKind
from tests.evidence.stories import DATA


def source(number: int | None, text: str, date: str | None = None, muted: str = "") -> Source:
    zones: tuple[Zone, ...] = ()
    if muted:
        start = text.index(muted)
        ends = (start, start + len(muted), len(text))
        parts = [
            (ZoneKind.BODY, 0, start),
            (ZoneKind.BOILERPLATE, start, ends[1]),
            (ZoneKind.BODY, ends[1], ends[2]),
        ]
        zones = tuple(Zone(kind, begin, end) for kind, begin, end in parts if begin < end)
    return Source(Ref("story", number), None, None, None, date, None, None, text, zones, Origin(None, "", ""))


def told(name: str) -> tuple[dict[str, Any], list[Source]]:
    story = json.loads((DATA / f"matrix-{name}.json").read_text("utf-8"))
    muted = {each["number"]: each["text"] for each in story["muted"]}
    return story, [
        source(each["number"], each["text"], each["date"], muted.get(each["number"], ""))
        for each in story["sources"]
    ]


def places(row: MatrixRow) -> dict[tuple[int, int, int], tuple[float | str, bool]]:
    return {
        (mention.ref.number or 0, mention.start, mention.end): (value.value, value.before)
        for value in row.values
        for mention in value.mentions
    }


@pytest.mark.parametrize("name", ["flood", "trial"])
def test_planted_rows_are_found_with_their_status(name: str) -> None:
    story, sources = told(name)
    rows = figure_matrix(sources, find_entities(sources))
    texts = {each.ref.number: each.text for each in sources}
    claimed: set[str] = set()
    for planted in story["rows"]:
        wanted = {
            (number, texts[number].index(text)): (value["value"], value.get("before", False))
            for value in planted["values"]
            for number, text in value["mentions"]
        }
        held = [row for row in rows if {place[:2] for place in places(row)} & wanted.keys()]
        assert len(held) == 1, (planted["id"], [row.subject for row in held])
        (row,) = held
        assert {place[:2]: said for place, said in places(row).items()} == wanted, planted["id"]
        assert (str(row.kind), str(row.status)) == (planted["kind"], planted["status"]), planted["id"]
        assert row.id not in claimed
        claimed.add(row.id)
    for number, text in story["absent"]:
        start = texts[number].index(text)
        assert not [row for row in rows for place in places(row) if place[:2] == (number, start)]


def rows_of(*texts: str) -> tuple[MatrixRow, ...]:
    return figure_matrix([source(number, text, "2031-06-18") for number, text in enumerate(texts, 1)])


def test_a_copied_sentence_is_no_second_voice() -> None:
    (row,) = rows_of("The mill cost $4.2 million.", "A mill! The mill cost $4.2 million.")
    assert row.status is Status.SINGLE
    assert [mention.copied for mention in row.values[0].mentions] == [False, True]
    (row,) = rows_of("The mill cost $4.2 million.", "Building the mill cost them $4.2 million.")
    assert row.status is Status.AGREE


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("$4.2 million", "about $4 million", Status.AGREE),
        ("$4.2 million", "at least $4 million", Status.AGREE),
        ("$4.2 million", "$4 million", Status.AGREE),
        ("$4.2 million", "between $4 million and $5 million", Status.AGREE),
        ("$4.2 million", "$4.8 million", Status.CONFLICT),
        ("$4.2 million", "at least $5 million", Status.POSSIBLE),
        ("$4.2 million", "less than $4 million", Status.CONFLICT),
    ],
)
def test_hedged_and_rounded_values_agree_with_what_they_cover(one: str, other: str, status: Status) -> None:
    (row,) = rows_of(
        f"Repairing the old mill cost {one}.", f"The repair of the old mill cost {other}, they said."
    )
    assert row.status is status


def test_other_periods_and_other_subjects_share_no_row() -> None:
    assert (
        len(rows_of("Aldex spent $150 million on seed in 2030.", "Aldex spent $200 million on seed in 2029."))
        == 2
    )
    assert (
        len(rows_of("Aldex spent $90 million on seed.", "The choir of Wick raised $90 million for a roof."))
        == 2
    )
    assert (
        len(
            rows_of(
                "Aldex paid $5 million for a barn.",
                "Aldex paid $5 million for a barn and $9 million for hay.",
            )
        )
        == 2
    )


def test_what_was_before_is_no_conflict() -> None:
    (row,) = rows_of(
        "The firm is valued at $29 billion, up from $14 billion.",
        "Investors put the firm's value at $29 billion.",
    )
    assert (row.status, [value.before for value in row.values]) == (Status.BEFORE_AFTER, [False, True])


@pytest.mark.parametrize(
    "text", ["Once the 48 mills of Harlow stand, it works.", "It will initially hold the 48 mills of Harlow."]
)
def test_what_most_call_the_value_of_now_is_none_of_before(text: str) -> None:
    rows = rows_of("Harlow has 48 mills.", "There are 48 mills in Harlow.", text)
    assert not any(value.before for row in rows for value in row.values)


def test_the_summary_has_no_say_beside_its_sources() -> None:
    text = "The mill cost $4.2 million."
    both = figure_matrix([source(1, text), source(None, "In all, the mill cost $4.2 million, they say.")])
    assert [row.refs for row in both] == [(Ref("story", 1),)]
    assert figure_matrix([source(None, text)])[0].refs == (Ref("story", None),)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["It", "cost", "$5m", "$6m", "from", "to", "49%", "of it", ".", "men", "12"])
        ).map(" ".join),
        max_size=4,
    )
)
def test_every_figure_stands_in_one_row(texts: list[str]) -> None:
    found = rows_of(*texts)
    assert len({row.id for row in found}) == len(found)
    mentions = [place for row in found for place in places(row)]
    assert len(mentions) == len(set(mentions))


def test_a_rival_is_nothing_of_before_and_what_is_denied_is_not_said() -> None:
    found = rows_of("Quill won with 52% of the vote, against 44% for Anders.")
    assert [value.before for row in found for value in row.values] == [False, False]
    (row,) = rows_of("The tram will cost £310 million, not £240 million, said the treasurer.")
    assert [value.text for value in row.values] == ["£310 million"]


def test_the_time_of_a_figure_is_that_beside_it() -> None:
    (row,) = rows_of("Claims of 90 million euros are expected, against 12 million euros in 2021.")
    assert [(value.value, value.before) for value in row.values] == [(90e6, False), (12e6, True)]


def test_what_is_in_one_row_already_is_not_gathered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    gathered = []

    class Counted(Partition):
        def members(self, number: int) -> list[int]:
            gathered.append(number)
            return super().members(number)

    monkeypatch.setattr("sources.evidence.figure_matrix.matrix.Partition", Counted)
    count = 60
    text = " ".join(f"The harbour earned $640 million from ship {number}." for number in range(count))
    (row,) = (each for each in figure_matrix([source(1, text)]) if each.kind == "money")
    assert sum(len(value.mentions) for value in row.values) == count
    assert len(gathered) <= 4 * count
