from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Button

from sources.model import Span, Zone, ZoneKind
from tests.waiting import screen_text, wait_until
from tests.widgets.strategies import HOSTILE
from tui.app.widgets.reader import Mark, MarkKind, Reader, ReaderDocument

HEADLINE = "Harbour sold\n"
BODY = "Northport plc sold its harbour to Meridian Fund for $4.2 billion. Moss signed on Thursday.\n"
CREDIT = "Photo: Harbour Authority"
TEXT = HEADLINE + BODY + CREDIT
ZONES = (
    Zone(ZoneKind.HEADING, 0, len(HEADLINE)),
    Zone(ZoneKind.BODY, len(HEADLINE), len(HEADLINE + BODY)),
    Zone(ZoneKind.CREDIT, len(HEADLINE + BODY), len(TEXT)),
)
SENTENCES = (Span(0, 12), Span(13, 78), Span(79, 103), Span(104, len(TEXT)))
DOCUMENT = ReaderDocument("harbour/1", "The sale", "The Courier · 12 June 2031", TEXT, ZONES, SENTENCES)
LONG = ReaderDocument("long/1", "Long", "", "\n".join(f"Line {number} of many." for number in range(400)))


class Desk(App[None]):
    """One reader, and what it said."""

    def __init__(self, document: ReaderDocument = DOCUMENT) -> None:
        super().__init__()
        self.reader = Reader(document)
        self.heard: list[Any] = []

    def compose(self) -> ComposeResult:
        yield self.reader

    def on_mount(self) -> None:
        self.reader.focus()

    def on_reader_selection_changed(self, message: Reader.SelectionChanged) -> None:
        self.heard.append(message.span)

    def on_reader_mark_activated(self, message: Reader.MarkActivated) -> None:
        self.heard.append(message.mark)

    def on_reader_hits_exhausted(self, message: Reader.HitsExhausted) -> None:
        self.heard.append(message.direction)


def mark(words: str, kind: MarkKind, tag: str = "") -> Mark:
    start = TEXT.index(words)
    return Mark(start, start + len(words), kind, tag)


def looks(reader: Reader, words: str, *, after: str = "") -> set[str]:
    """Return how ``words``, standing ``after`` others, are drawn: the text attributes they all have."""
    for y in range(reader.size.height):
        strip = reader.render_line(y)
        place = strip.text.find(after + words)
        if place >= 0:
            place += len(after)
            styles = [segment.style for segment in strip.crop(place, place + len(words)) if segment.style]
            names = ("bold", "dim", "italic", "underline", "underline2", "reverse")
            return {name for name in names if all(getattr(style, name) for style in styles)}
    message = f"{words!r} is not on the screen"
    raise AssertionError(message)


async def test_a_document_is_shown_with_its_zones() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Harbour sold" in screen_text(pilot))
        screen = screen_text(pilot)
        assert "The sale" in screen
        assert "The Courier · 12 June 2031" in screen
        assert "░ Photo: Harbour Authority ░" in screen
        assert "bold" in looks(app.reader, "arbour sold")
        assert looks(app.reader, "Northport plc") == set()


async def test_each_kind_of_mark_can_be_told_without_colour() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        reader = app.reader
        reader.set_marks(MarkKind.ENTITY, [mark("Moss", MarkKind.ENTITY, "P")])
        reader.set_marks(MarkKind.FIGURE, [mark("$4.2 billion", MarkKind.FIGURE)])
        reader.set_marks(MarkKind.QUOTE, [mark("signed on", MarkKind.QUOTE)])
        reader.set_marks(MarkKind.NOTE, [mark("its harbour", MarkKind.NOTE)])
        reader.set_marks(MarkKind.HIT, [mark("Meridian", MarkKind.HIT)])
        reader.set_marks(MarkKind.SHARED, [mark(BODY.strip(), MarkKind.SHARED)])
        await wait_until(pilot, lambda: "▎" in screen_text(pilot))
        assert looks(reader, "Moss") == {"underline"}
        assert looks(reader, "$4.2 billion") == {"bold"}
        assert looks(reader, "signed on") == {"italic"}
        assert looks(reader, "its harbour") == {"underline2"}
        assert looks(reader, "Meridian") == {"reverse"}
        lines = screen_text(pilot).splitlines()
        assert next(line for line in lines if "its harbour" in line).strip(" ▌").startswith("▎ⁿ")
        assert next(line for line in lines if "Moss" in line).rstrip(" ▁▂▃▄▅▆▇").endswith("P")
        reader.toggle_kind(MarkKind.ENTITY)
        await wait_until(pilot, lambda: looks(reader, "Moss") == set())
        assert reader.hidden_kinds == {MarkKind.ENTITY}


async def test_keys_select_a_passage_and_escape_drops_it() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "w", "v", "w", "e", "e")
        await wait_until(pilot, lambda: app.reader.selected_text == "plc sold its")
        assert "reverse" in looks(app.reader, "plc sold i")
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.reader.selection is None)
        assert app.heard[-1] is None
        await pilot.press("shift+right", "shift+right")
        await wait_until(pilot, lambda: app.reader.selected_text == "s h")
        await pilot.press("escape", "V")
        await wait_until(pilot, lambda: app.reader.selection == SENTENCES[1])


async def test_sentences_paragraphs_and_line_ends() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(")", ")")
        await wait_until(pilot, lambda: app.reader.cursor == 79)
        await pilot.press("(", "v", "}")
        paragraph_end = TEXT[:104].rstrip()
        await wait_until(pilot, lambda: app.reader.selection == Span(13, len(paragraph_end)))
        await pilot.press("}")
        await wait_until(pilot, lambda: app.reader.selection == Span(13, len(TEXT.rstrip())))
        await pilot.press("escape", "$")
        await wait_until(pilot, lambda: app.reader.cursor == len(TEXT) - 1)
        await pilot.press("0")
        await wait_until(pilot, lambda: app.reader.cursor == 104)


async def test_a_selection_grows_by_whole_words() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        words = TEXT.split()
        await pilot.press("v", "w")
        await wait_until(pilot, lambda: app.reader.selected_text == words[0])
        await pilot.press("w", "w")
        await wait_until(pilot, lambda: (app.reader.selected_text or "").split() == words[:3])


async def test_braces_go_from_mark_to_mark_of_the_chosen_kind() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        reader = app.reader
        people = [mark("Northport plc", MarkKind.ENTITY), mark("Moss", MarkKind.ENTITY)]
        reader.set_marks(MarkKind.ENTITY, people)
        await pilot.press("}", "}")
        await wait_until(pilot, lambda: reader.cursor == people[1].start)
        await pilot.press("}")
        await wait_until(pilot, lambda: reader.cursor == people[0].start)
        await pilot.press("enter")
        await wait_until(pilot, lambda: people[0] in app.heard)


async def test_finding_counts_marks_and_goes_round() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        reader = app.reader
        assert reader.find("HARBOUR") == 3
        assert reader.cursor == 0
        await pilot.press("n")
        await wait_until(pilot, lambda: reader.find_position == 2)
        assert looks(reader, "arbour", after="its h") == {"reverse", "bold", "underline"}
        assert looks(reader, "Harbour") == {"reverse", "bold"}
        await pilot.press("N", "N")
        await wait_until(pilot, lambda: reader.find_position == 3)
        assert reader.cursor == TEXT.rindex("Harbour")
        assert reader.find("nowhere") == 0
        assert reader.find_next(1) == 0


@pytest.mark.parametrize("typed", ["lodz", "Łódź", "mill's", "2019-2031", "14300"])
async def test_finding_minds_no_spelling(typed: str) -> None:
    text = "The mill’s looms in Łódź, 2019–2031, cost 14,300."
    app = Desk(ReaderDocument("mill/1", "Mill", "", text))
    async with app.run_test(size=(80, 24)):
        assert app.reader.find(typed) == 1


async def test_hits_say_when_the_text_has_no_more() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.set_marks(MarkKind.HIT, [mark("Northport", MarkKind.HIT), mark("Thursday", MarkKind.HIT)])
        await pilot.press("n", "n")
        await wait_until(pilot, lambda: app.reader.cursor == TEXT.index("Thursday"))
        assert app.heard == []
        await pilot.press("n")
        await wait_until(pilot, lambda: app.heard == [1])


async def test_keys_page_through_a_long_text() -> None:
    app = Desk(LONG)
    async with app.run_test(size=(60, 20)) as pilot:
        reader = app.reader
        await pilot.press("ctrl+d", "ctrl+d")
        await wait_until(pilot, lambda: reader.scroll_offset.y > 0)
        await pilot.press("G")
        await wait_until(pilot, lambda: "Line 399" in screen_text(pilot))
        assert reader.percent == 100
        await pilot.press("g", "j", "g")
        assert "Line 399" in screen_text(pilot)
        await pilot.press("g>g")
        await wait_until(pilot, lambda: reader.cursor == 0)
        assert "Long" in screen_text(pilot)


async def test_going_to_a_place_shows_lines_around_it() -> None:
    app = Desk(LONG)
    async with app.run_test(size=(60, 20)) as pilot:
        app.reader.go_to(LONG.text.index("Line 200"))
        await wait_until(pilot, lambda: "Line 200 of" in screen_text(pilot))
        assert "Line 197 of" in screen_text(pilot)
        assert "Line 203 of" in screen_text(pilot)


async def test_another_width_keeps_the_text_at_the_top() -> None:
    words = " ".join(f"word{number}" for number in range(3000))
    app = Desk(ReaderDocument("wide/1", "", "", words))
    async with app.run_test(size=(100, 20)) as pilot:
        app.reader.scroll_to(y=100, animate=False)
        await wait_until(pilot, lambda: app.reader.scroll_offset.y == 100)
        top = app.reader.render_line(0).text.split()[0]
        await pilot.resize_terminal(50, 20)
        await wait_until(pilot, lambda: app.reader.size.width < 60)
        await wait_until(pilot, lambda: top in app.reader.render_line(0).text)


async def test_the_mouse_puts_the_cursor_and_selects() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Northport" in screen_text(pilot))
        row = next(y for y, line in enumerate(screen_text(pilot).splitlines()) if "Northport" in line)
        column = screen_text(pilot).splitlines()[row].index("Northport")
        await pilot.click(Reader, offset=(column + 10, row))
        await wait_until(pilot, lambda: app.reader.cursor == TEXT.index("plc"))
        await pilot.mouse_down(Reader, offset=(column, row))
        await pilot.hover(Reader, offset=(column + 12, row))
        await pilot.mouse_up(Reader, offset=(column + 12, row))
        await wait_until(pilot, lambda: app.reader.selected_text == "Northport plc")
        await pilot.click(Reader, offset=(column + 16, row), times=2)
        await wait_until(pilot, lambda: app.reader.selected_text == "sold")


async def test_nothing_hostile_reaches_the_screen() -> None:
    document = ReaderDocument("bad/1", HOSTILE, HOSTILE, f"{HOSTILE}\n{HOSTILE}")
    app = Desk(document)
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.set_marks(MarkKind.ENTITY, [Mark(0, 9, MarkKind.ENTITY, "\x1b")])
        await wait_until(pilot, lambda: "[red]no[/red] [/x]" in screen_text(pilot))
        drawn = "".join(app.reader.render_line(y).text for y in range(24))
        assert not set(drawn) & {"\x1b", "\x07", "\x9b", "\x85", "\u202e", "\u2066", "\x7f", "\x00", "\ud800"}


async def test_a_megabyte_is_read_like_anything_else() -> None:
    app = Desk(ReaderDocument("big/1", "Big", "", "A sentence of the kind. " * 44_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "A sentence" in screen_text(pilot))
        assert app.reader.find("kind.") == 44_000
        await pilot.press("G", "n")
        await wait_until(pilot, lambda: app.reader.percent == 100 or app.reader.find_position == 2)


async def test_focus_is_seen_without_colour() -> None:
    class Two(App[None]):
        def compose(self) -> ComposeResult:
            yield Reader(DOCUMENT, id="one")
            yield Reader(DOCUMENT, id="two")

        CSS = "Reader { height: 1fr; }"

    app = Two()
    async with app.run_test(size=(60, 20)) as pilot:
        app.query_one("#two").focus()
        await wait_until(pilot, lambda: screen_text(pilot).splitlines()[12].startswith("▌"))
        assert not screen_text(pilot).splitlines()[2].startswith("▌")


async def test_another_document_takes_the_place_of_the_first() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        reader = app.reader
        reader.set_marks(MarkKind.ENTITY, [mark("Moss", MarkKind.ENTITY)])
        reader.find("harbour")
        reader.select(Span(3, 9))
        reader.show(LONG)
        await wait_until(pilot, lambda: "Line 3 of many." in screen_text(pilot))
        assert (reader.cursor, reader.selection, reader.find_count) == (0, None, 0)
        assert reader.marks(MarkKind.ENTITY) == ()


async def test_what_is_shown_while_the_reader_is_hidden_is_there_when_it_comes_back() -> None:
    app = Desk()
    async with app.run_test(size=(70, 20)) as pilot:
        await wait_until(pilot, lambda: "Northport" in screen_text(pilot))
        app.reader.display = False
        await wait_until(pilot, lambda: "Northport" not in screen_text(pilot))
        app.reader.show(LONG)
        app.reader.go_to(LONG.text.index("Line 300"))
        app.reader.display = True
        await wait_until(pilot, lambda: "Line 300 of" in screen_text(pilot))


async def test_on_a_wide_screen_letters_stand_beside_the_text() -> None:
    app = Desk()
    async with app.run_test(size=(200, 20)) as pilot:
        app.reader.set_marks(MarkKind.ENTITY, [mark("Moss", MarkKind.ENTITY, "P")])
        await wait_until(pilot, lambda: "Moss" in screen_text(pilot))
        line = next(line for line in screen_text(pilot).splitlines() if "Moss" in line)
        assert line.index("P", line.index("Moss")) - line.index("Northport") < 100


async def test_every_row_is_as_wide_as_the_widget() -> None:
    for width in (24, 45, 80, 200):
        app = Desk()
        async with app.run_test(size=(width, 30)) as pilot:
            app.reader.set_marks(MarkKind.ENTITY, [mark("Moss", MarkKind.ENTITY, "P")])
            await pilot.press(*"lllwe")
            widths = {app.reader.render_line(y).cell_length for y in range(30)}
            assert widths == {app.reader.scrollable_content_region.width}


async def test_the_mark_under_the_cursor_and_the_cursor_are_seen_while_the_keys_go_elsewhere() -> None:
    class Beside(Desk):
        def compose(self) -> ComposeResult:
            yield Button("elsewhere")
            yield self.reader

    app = Beside()
    async with app.run_test(size=(80, 24)) as pilot:
        reader = app.reader
        hits = [mark("Northport", MarkKind.HIT), mark("Meridian", MarkKind.HIT)]
        reader.set_marks(MarkKind.HIT, hits)
        reader.go_to(hits[1].start)
        app.query_one(Button).focus()
        await wait_until(pilot, lambda: not reader.has_focus)
        assert looks(reader, "Northport") == {"reverse"}
        assert looks(reader, "eridian") == {"bold", "underline", "reverse"}
        reader.go_to(hits[1].end)  # the edge: right behind the mark
        assert looks(reader, "Meridian") == {"reverse"}
        assert looks(reader, " ", after="Meridian") >= {"bold", "underline"}


async def test_where_a_jump_led_stands_out_until_the_cursor_leaves_it() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        reader = app.reader
        sentence = SENTENCES[1]
        reader.land(sentence.start + 10)
        await wait_until(pilot, lambda: looks(reader, "harbour to Meridian") == {"bold"})
        assert looks(reader, "Moss") == set()
        reader.go_to(sentence.end - 1)
        assert looks(reader, "harbour to Meridian") == {"bold"}
        reader.go_to(sentence.end)
        assert looks(reader, "harbour to Meridian") == set()
        reader.go_to(sentence.start)
        assert looks(reader, "harbour to Meridian") == set()


async def test_sentences_that_come_after_their_text_are_where_a_jump_led() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        reader = app.reader
        reader.show(replace(reader.document, sentences=()))
        reader.land(SENTENCES[1].start + 10)
        assert looks(reader, "harbour to Meridian") == set()
        reader.know_sentences(SENTENCES)
        await wait_until(pilot, lambda: looks(reader, "harbour to Meridian") == {"bold"})
        reader.show(replace(reader.document, sentences=()))
        reader.land(SENTENCES[1].start + 10)
        reader.go_to(0)
        reader.know_sentences(SENTENCES)
        assert looks(reader, "harbour to Meridian") == set()  # the cursor has left it
