from __future__ import annotations

import pytest

from sources.evidence.audit.markers import find_markers, glued_readings, without_markers

URLS = {"https://paper.example/a": 1, "https://paper.example/b": 2}


def readings(text: str, highest: int = 5, **given: object) -> list[list[tuple[int, ...]]]:
    found = find_markers(text, range(1, highest + 1), **given)  # type: ignore[arg-type]
    return [list(one.readings) for one in found]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The mill closed 2. It made rope 3.", [[(2,)], [(3,)]]),
        ("The mill closed.2 It made rope.13", [[(2,)], [(1, 3)]]),
        ("The mill closed [2]. It made rope [1, 3].", [[(2,)], [(1, 3)]]),
        ("The mill closed [2][3].", [[(2, 3)]]),
        ("The mill closed [1-3].", [[(1, 2, 3)]]),
        ("The mill closed (2). It made rope (1)(3).", [[(2,)], [(1, 3)]]),
        ("The mill closed.² It made rope.³", [[(2,)], [(3,)]]),
        ("The mill closed.[^2]\n\n[^2]: The Paper, 3 May", [[(2,)]]),
        ("The mill closed ([Paper](https://paper.example/b)).", [[(2,)]]),
        ("The mill [closed](https://paper.example/a).", [[(1,)]]),
        ("The mill closed https://paper.example/b.", [[(2,)]]),
    ],
)
def test_each_form_of_a_marker_is_read(written: str, expected: list[list[tuple[int, ...]]]) -> None:
    assert readings(written, urls=URLS) == expected


@pytest.mark.parametrize(
    "written",
    [
        "The mill closed in 2016. It had opened in 1912.",
        "They use Tidegate 4. They had used Tidegate 3.",
        "The act has a section 4. It cites chapter 2.",
        "It has three parts: (1) close the mill, (2) sell the land and (3) pay the men. It is old.",
        "The mill closed [9]. It was old [11].",
        "The mill closed. It was old.",
        "They met on July 4. He left on Nov. 2. She won.",
        "They won Game 3. " + 12 * "It was late. " + "They lost Game 4.",
        "",
    ],
)
def test_numbers_that_belong_to_a_sentence_are_no_markers(written: str) -> None:
    assert readings(written, sources=["Tidegate 4 and Tidegate 3 are old."]) == []


def test_a_marker_behind_a_date_is_none_of_it() -> None:
    assert readings("The hearing is on 21 March 4. It was short 2.") == [[(4,)], [(2,)]]


def test_glued_digits_have_all_readings_within_the_sources() -> None:
    assert glued_readings("14", 4) == [(1, 4)]
    assert set(glued_readings("14", 14)) == {(1, 4), (14,)}
    assert glued_readings("31", 4) == [(3, 1)]
    assert glued_readings("5", 4) == []
    assert glued_readings("0", 4) == []


def test_what_is_no_part_of_a_sentence_is_blank_and_everything_keeps_its_place() -> None:
    text = "The [mill](https://mill.example/a_(b)) closed [1]. It was old [2].\n\n[^1]: A note"
    found = find_markers(text, [1, 2])
    plain = without_markers(text, found)
    assert len(plain) == len(text)
    assert plain.split() == ["The", "mill", "closed", ".", "It", "was", "old", "."]
    assert plain.index("mill") == text.index("mill")
