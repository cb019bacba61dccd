"""The keys of the reader; their ids are what a key map of the user's may name."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.widgets.text_cursor import Motion


def _motion(keys: str, motion: Motion) -> Binding:
    return Binding(
        keys, f"move('{motion}')", motion.capitalize(), show=False, id=f"reader.{motion.replace(' ', '-')}"
    )


def _extension(keys: str, motion: Motion) -> Binding:
    name = f"reader.select-{motion.replace(' ', '-')}"
    return Binding(keys, f"extend('{motion}')", f"Select {motion}", show=False, id=name)


READER_KEYS: list[BindingType] = [
    _motion("j,down", Motion.DOWN),
    _motion("k,up", Motion.UP),
    _motion("h,left", Motion.LEFT),
    _motion("l,right", Motion.RIGHT),
    _motion("ctrl+d", Motion.HALF_PAGE_DOWN),
    _motion("ctrl+u", Motion.HALF_PAGE_UP),
    _motion("pagedown", Motion.PAGE_DOWN),
    _motion("pageup", Motion.PAGE_UP),
    _motion("G,ctrl+end", Motion.BOTTOM),
    _motion("ctrl+home", Motion.TOP),
    _motion("0,home", Motion.LINE_START),
    _motion("$,end", Motion.LINE_END),
    _motion("w", Motion.NEXT_WORD),
    _motion("b", Motion.PREVIOUS_WORD),
    _motion(")", Motion.NEXT_SENTENCE),
    _motion("(", Motion.PREVIOUS_SENTENCE),
    _extension("shift+down", Motion.DOWN),
    _extension("shift+up", Motion.UP),
    _extension("shift+left", Motion.LEFT),
    _extension("shift+right", Motion.RIGHT),
    _extension("ctrl+shift+right", Motion.NEXT_WORD),
    _extension("ctrl+shift+left", Motion.PREVIOUS_WORD),
    Binding("e", "word_end", "End of word, when selecting", show=False, id="reader.word-end"),
    Binding("g", "first_g", "gg: top", show=False, id="reader.gg"),
    Binding("}", "mark_or_paragraph(1)", "Next mark", show=False, id="reader.next-mark"),
    Binding("{", "mark_or_paragraph(-1)", "Previous mark", show=False, id="reader.previous-mark"),
    Binding("n", "next_hit(1)", "Next hit", show=False, id="reader.next-hit"),
    Binding("N", "next_hit(-1)", "Previous hit", show=False, id="reader.previous-hit"),
    Binding("v", "select", "Select", show=False, id="reader.select"),
    Binding("V", "select_sentence", "Select sentence", show=False, id="reader.select-sentence"),
    Binding("escape", "clear_selection", "Drop selection", show=False, id="reader.clear-selection"),
    Binding("enter", "activate_mark", "Open mark", show=False, id="reader.activate"),
]
