"""Fills the status line: how things are, and which keys it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.views.status_line import StatusLine
from tui.services.actions import ACTIONS, shown_key

if TYPE_CHECKING:
    from tui.app.main_screen import MainScreen
    from tui.app.views.pane import Hints

_ROOMY = 100  # cells from which the status line also says that all is well

_SEARCH_HINTS: Hints = (("enter", "results"), ("esc", "back"))
_FIND_HINTS: Hints = (("enter", "to the text"), ("n N", "next, previous"), ("esc", "end"))
_FILTER_HINTS: Hints = (("enter", "to the notes"), ("esc", "back"))
_EVIDENCE_FILTER_HINTS: Hints = (("enter", "to the list"), ("esc", "list all"))
_LABELLING_HINTS: Hints = (
    ("enter", "accept"), ("backspace", "take off"), ("space", "by name"), ("ctrl+z", "undo"), ("esc", "end"),
)  # fmt: skip
_WELCOME_HINTS: Hints = (("enter", "choose"), ("A", "add"), ("?", "help"), ("q", "quit"))
_SELECTION_HINTS: Hints = (("a", "note"), ("y", "copy"), ("w e b ( )", "extend"), ("esc", "drop"))


def show_status(frame: MainScreen) -> None:
    """Bring the status line up to date."""
    parts: list[str] = []
    if frame.view == "read" and frame.desk.ref is not None and not frame.read_view.welcoming:
        parts = [frame.reading.hit_status(), f"{frame.reader.percent}%"]
        if frame.reader.selection is not None:
            parts.append(f"{len(frame.reader.selected_text.split())} words selected")
    elif frame.view == "compare" and frame.comparing.shown is not None:
        parts = [frame.compare_view.aligned.status]
    if frame.carrying.held is not None:
        parts.append(f"note {frame.carrying.held.id} in hand: t puts it here, esc leaves it")
    parts.append(frame.labelling.status)
    roomy = frame.size.width >= _ROOMY
    parts.append(frame.locating.status if roomy else frame.locating.short_status)
    note = frame.app.index_note
    if roomy or not note.startswith("in step"):
        parts.append(note)
    status = frame.query_one(StatusLine)
    status.state = "  ".join(part for part in parts if part)
    status.hints = tuple((_key_now(frame, key), what) for key, what in _hints(frame))


def _key_now(frame: MainScreen, key: str) -> str:
    """Return the key that the user gave to what ``key`` does by default in the pane that has the focus."""
    pane = frame.arranging.focused_pane
    for where in (pane.id if pane is not None else None, "everywhere"):
        for command in ACTIONS:
            if command.where == where and key in command.keys:
                keys = frame.app.config.keys.get(command.id)
                return shown_key(keys[0]) if keys else key
    return key


def _hints(frame: MainScreen) -> Hints:
    if frame.search_line.has_focus_within:
        return _SEARCH_HINTS
    if frame.find_line.has_focus_within:
        return _FIND_HINTS
    if frame.notes_view.filter_line.has_focus_within:
        return _FILTER_HINTS
    if frame.evidence_pane.filter_line.has_focus_within:
        return _EVIDENCE_FILTER_HINTS
    pane = frame.arranging.focused_pane
    if pane is frame.read_view and frame.labelling.on:
        return _LABELLING_HINTS
    if pane is frame.read_view and frame.reader.selection is not None:
        return _SELECTION_HINTS
    if pane is frame.read_view and frame.read_view.welcoming:
        return _WELCOME_HINTS
    hints = pane.current_hints if pane is not None else ()
    return hints if ("?", "help") in hints else (*hints, ("?", "help"))
