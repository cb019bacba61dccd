"""What of a sentence is compared: its words but for date line and speaker, and how much its figures tell."""

from __future__ import annotations

import pytest

from sources.evidence.sentence_reading import FEW, SMALL, SOLE, StoryReader, told_words
from sources.model import Span
from sources.text.tokens import norms
from tests.evidence.stories import source


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("GULL BAY, Oct 24 (Reuters) - Herons nest early.", "herons nest early"),
        ("GULL BAY: Herons nest early.", "herons nest early"),
        ("GULL BAY, Oct 24 (PTI) Herons nest early.", "herons nest early"),
        ("Gull Bay, October 24 (ANI): Herons nest early.", "herons nest early"),
        ("Gull Bay (which floods) - Herons nest early.", "gull bay floods herons nest early"),
        ("UNESCO herons nest early.", "unesco herons nest early"),
        ("Herons nest early, said the warden.", "herons nest early"),
        (
            "Herons nest early, a warden of the bird reserve on the marshes beside old Gull Bay said.",
            "herons nest early",
        ),
        ("The warden said herons nest early.", "herons nest early"),
        ("The Heron Watch Agency (HWA) said herons nest early.", "herons nest early"),
        ("The herons (and gulls) nest early.", "herons gulls nest early"),
        ("Herons stepped down early.", "herons resign early"),
    ],
)
def test_neither_where_it_was_written_nor_who_says_it_is_what_is_said(written: str, told: str) -> None:
    span = Span(0, len(written))
    assert list(told_words(written, span, norms(written, span))) == told.split()


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("The 22 sailors slept.", [SOLE]),
        ("The 22 sailors slept. All 22 sailors woke.", [FEW, FEW]),
        ("The 10 sailors slept.", [SOLE]),
        ("The nine sailors slept.", [SMALL]),
        ("Thousands of sailors slept.", [SMALL]),
        ("Prices rose 12.5 percent.", [SOLE]),
        ("Prices rose 12 percent.", [SMALL]),
        ("It cost $5.", [SOLE]),
        ("The river rose 7.42 metres.", [SOLE]),
        ("The river rose 7.4 metres.", [SMALL]),
    ],
)
def test_a_figure_tells_more_the_more_precise_it_is_and_the_less_its_text_comes_back_to_it(
    text: str, tells: list[float]
) -> None:
    read = StoryReader().read(source(text))
    assert [figure.tells for sentence in read.sentences for figure in sentence.figures] == tells
