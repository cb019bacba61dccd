from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import LabelChoice, LabelFields, Ref, Span, SpanStatus
from sources.notes.anchoring import make_anchor
from tests.app.conftest import running
from tests.app.test_goldens import holds
from tui.app.messages import OpenSource
from tui.app.widgets.reader import MarkKind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver

FIRST = Ref("harbour-deal", 1)


def spans(folder: Path, *statuses: SpanStatus) -> list[tuple[str, str, str]]:
    with Library.open(folder) as library:
        found = library.label_spans(LabelChoice(statuses=statuses or (SpanStatus.MARKED,)))
        return [(span.label, span.coder, span.target.anchor.quote) for span in found]


def mark(folder: Path, label: str, coder: str, span: Span) -> None:
    with Library.open(folder) as library:
        library.mark(label, FIRST, make_anchor(library.source(FIRST).text, span), coder=coder)


async def labelling(driver: Driver) -> None:
    driver.main.reading.open(OpenSource(FIRST))
    await driver.at_rest()
    await driver.press("i")
    await driver.sees("labelling as me", "claim")


async def among_the_labels(driver: Driver, *keys: str) -> None:
    await driver.press("I")
    await driver.sees("esc back")
    await driver.at_rest()
    if keys:
        await driver.press(*keys)
        await driver.at_rest()


async def test_single_keys_label_the_selection_and_the_sentence(coded: Path) -> None:
    async with running(coded) as driver:
        reader = driver.main.reader
        await labelling(driver)
        place = reader.document.text.index("Ada Moss told")
        reader.go_to(place)
        await driver.press("c")
        await driver.until(lambda: len(reader.marks(MarkKind.LABEL)) == 1, "the label")
        await driver.press("v", "e", "e", "j")
        await driver.until(lambda: len(reader.marks(MarkKind.LABEL)) == 2, "the second label")
        await driver.sees("judgement + claim", "║")
        assert "Ada Moss" in [quote for label, _, quote in spans(coded) if label == "judgement"]
        assert {mark.tag for mark in reader.marks(MarkKind.LABEL)} == {"c", "j"}


async def test_a_labels_key_is_an_ordinary_key_outside_the_mode(coded: Path) -> None:
    async with running(coded) as driver:
        await labelling(driver)
        await driver.press("escape")
        await driver.misses("labelling as")
        before = driver.main.reader.cursor
        await driver.press("j")
        await driver.until(lambda: driver.main.reader.cursor != before, "the cursor to move")
        assert spans(coded) == []


async def test_a_label_is_taken_off_and_that_is_taken_back(coded: Path) -> None:
    async with running(coded) as driver:
        reader = driver.main.reader
        await labelling(driver)
        reader.go_to(reader.document.text.index("Ada Moss told"))
        await driver.press("c")
        await driver.until(lambda: reader.marks(MarkKind.LABEL), "the label")
        await driver.press("x")
        await driver.until(lambda: not reader.marks(MarkKind.LABEL), "the label to go")
        await driver.press("u")
        await driver.until(lambda: reader.marks(MarkKind.LABEL), "the label to come back")
        await driver.press("u")
        await driver.until(lambda: not reader.marks(MarkKind.LABEL), "no label")
        await driver.press("ctrl+r")
        await driver.until(lambda: reader.marks(MarkKind.LABEL), "the label again")


async def test_a_label_without_a_key_is_chosen_by_name(coded: Path) -> None:
    with Library.open(coded) as library:
        library.add_label(LabelFields("zeal"))
        library.add_label(LabelFields("quiz"))
    async with running(coded) as driver:
        await labelling(driver)
        await driver.press("slash")
        await driver.sees("Give a label", "quiz", "zeal")
        await driver.type("qz")
        await driver.sees("No such label")
        await driver.press("backspace", "backspace")
        await driver.type("ze")
        await driver.misses("quiz")
        await driver.press("enter")
        await driver.until(lambda: driver.main.reader.marks(MarkKind.LABEL), "the label")
        assert [label for label, *_ in spans(coded)] == ["zeal"]


async def test_a_label_is_made_changed_and_removed_in_the_codebook(folder: Path) -> None:
    async with running(folder) as driver:
        await among_the_labels(driver, "a")
        await driver.sees("New label")
        await driver.type("a/b")
        await driver.press("enter")
        await driver.sees("'/'")
        await driver.press("backspace", "backspace", "backspace")
        await driver.type("claim")
        await driver.press("down")
        await driver.type("c")
        await driver.press("down")
        await driver.type("blu")
        await driver.until(lambda: driver.app.focused and driver.app.focused._suggestion == "blue", "blue")  # type: ignore[attr-defined]  # the line's own
        await driver.press("tab", "enter")
        await driver.sees("■ blue")
        await driver.press("A")
        await driver.sees("New label")
        await driver.type("figure")
        await driver.press("enter")
        await driver.until(
            lambda: "New label" not in driver.screen and "figure" in driver.screen, "the child"
        )
        with Library.open(folder) as library:
            codebook = library.codebook()
            assert [(label.name, label.key, label.colour) for label in codebook] == [
                ("claim", "c", "blue"),
                ("figure", None, None),
            ]
            assert codebook.path(codebook.labels[1]) == ("claim", "figure")
        await driver.press("x", "y")
        await driver.sees("is removed; u brings it back")
        await driver.press("u")
        await driver.sees("Undone")
        with Library.open(folder) as library:
            assert len(library.codebook()) == 2


async def test_counts_lead_to_the_spans_and_these_to_their_places(coded: Path) -> None:
    mark(coded, "claim", "me", Span(200, 260))
    mark(coded, "figure", "me", Span(210, 220))
    async with running(coded) as driver:
        await among_the_labels(driver, "right", "right")
        await driver.sees("By label", "By coder", "By source")
        await driver.press("enter")
        await driver.sees("only claim")
        await driver.until(lambda: "figure" not in driver.screen.split("only claim")[1], "claims alone")
        await driver.press("enter")
        await driver.until(lambda: driver.main.reader.cursor == 200, "the place")
        await among_the_labels(driver, "right", "right", "right")
        await driver.sees("claim + figure", "overlap 1")


async def test_suggestions_of_a_search_are_accepted_one_by_one_or_all(coded: Path) -> None:
    async with running(coded) as driver:
        await among_the_labels(driver, "/")
        await driver.sees("Suggest a label")
        await driver.press("down")
        await driver.type("harbour")
        await driver.press("enter")
        await driver.sees("suggested.")
        await driver.at_rest()
        waiting = len(spans(coded, SpanStatus.SUGGESTED))
        assert waiting > 2
        await driver.press("enter")
        await driver.sees("Accepted.")
        await driver.at_rest()
        await driver.press("x")
        await driver.sees("Turned down")
        await driver.at_rest()
        assert len(spans(coded, SpanStatus.SUGGESTED)) == waiting - 2
        await driver.press("ctrl+y")
        await driver.sees("accepted.")
        assert len(spans(coded)) == waiting - 1


async def test_a_suggestion_is_accepted_in_the_text(coded: Path) -> None:
    with Library.open(coded) as library:
        from sources.library.label_repository import Mark

        anchor = make_anchor(library.source(FIRST).text, Span(200, 240))
        library.suggest_labels([Mark("claim", FIRST, anchor)], coder="me", origin="search: it")
    async with running(coded) as driver:
        reader = driver.main.reader
        await labelling(driver)
        await driver.until(lambda: reader.marks(MarkKind.SUGGESTION), "the suggestion")
        await driver.press("enter")
        await driver.until(lambda: reader.cursor == 200, "the cursor to go there")
        await driver.sees("claim?")
        await driver.press("enter")
        await driver.until(lambda: reader.marks(MarkKind.LABEL), "the label")
        assert not reader.marks(MarkKind.SUGGESTION)


async def test_a_disagreement_stands_side_by_side_and_is_settled(coded: Path) -> None:
    mark(coded, "claim", "Ada", Span(200, 260))
    mark(coded, "judgement", "Ben", Span(205, 260))
    async with running(coded, (120, 40)) as driver:
        driver.main.reading.open(OpenSource(FIRST))
        await driver.at_rest()
        await among_the_labels(driver, "left")
        await driver.sees("Ada–Ben", "1 disagreement, 1 open", "Ada: claim", "Ben: judgement")
        await driver.at_rest()
        holds(driver, "labels-agreement-120x40")
        await driver.press("enter")
        await driver.sees("Accepted as Ada labelled it.", "✓ settled by me: claim")
        assert [label for label, *_ in spans(coded, SpanStatus.SETTLED)] == ["claim"]
        await driver.press("x")
        await driver.sees("Open again.", "1 disagreement, 1 open")


async def test_one_coder_alone_is_told_that_agreement_takes_two(coded: Path) -> None:
    async with running(coded) as driver:
        await among_the_labels(driver, "left")
        await driver.sees("at least two coders")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_labelling_looks_so(coded: Path, size: tuple[int, int]) -> None:
    with Library.open(coded) as library:
        text = library.source(FIRST).text
    start = text.index("Ada Moss told")
    mark(coded, "claim", "me", Span(start, start + 90))
    mark(coded, "figure", "me", Span(start + 20, start + 60))
    async with running(coded, size) as driver:
        driver.main.reader.toggle_kind(MarkKind.ENTITY)
        await labelling(driver)
        driver.main.reader.go_to(start + 25)
        await driver.sees("figure + claim")
        await driver.at_rest()
        holds(driver, f"labelling-{size[0]}x{size[1]}")
        await among_the_labels(driver)
        await driver.sees("what somebody says")
        holds(driver, f"labels-codebook-{size[0]}x{size[1]}")
