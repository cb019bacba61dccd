"""The lines that tell where the user is: the views on top; below, how things stand, and which keys help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import located
from tui.app.state import hit_number
from tui.app.views.pane import StatusLine
from tui.app.views.view_tabs import PREFIX, ViewTabs, tabs_of
from tui.services.actions import ACTIONS, shown_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.app.panes import Panes
    from tui.app.state import AppState
    from tui.app.views.pane import Hints
    from tui.services.access import Services
    from tui.services.actions import Action

_ROOMY = 100  # cells from which the status line also says that all is well

DEMO = "demo story (fictional)"

_SEARCH_HINTS: Hints = (("enter", "results"), ("esc", "back"))
_FIND_HINTS: Hints = (("enter", "to the text"), ("n N", "next, previous"), ("esc", "end"))
_FILTER_HINTS: Hints = (("enter", "to the notes"), ("esc", "back"))
_EVIDENCE_FILTER_HINTS: Hints = (("enter", "to the list"), ("esc", "list all"))
_LABELLING_HINTS: Hints = (
    ("enter", "accept"), ("backspace", "take off"), ("space", "by name"), ("ctrl+z", "undo"), ("esc", "end"),
)  # fmt: skip
_WELCOME_HINTS: Hints = (("enter", "choose"), ("A", "add"), ("?", "help"), ("q", "quit"))
_SELECTION_HINTS: Hints = (("a", "note"), ("y", "copy"), ("w e b ( )", "extend"), ("esc", "drop"))


def show_status(panes: Panes, state: AppState, services: Services, told: Sequence[str]) -> None:
    """Bring the status line up to date; ``told`` is what else there is to say."""
    parts: list[str] = []
    if panes.view == "read" and state.ref is not None and not panes.read_view.welcoming:
        parts = [hit_words(state, panes.reader.cursor), place_words(panes, state), f"{panes.reader.percent}%"]
        if panes.reader.selection is not None:
            parts.append(f"{len(panes.reader.selected_text.split())} words selected")
    elif panes.view == "compare" and state.side_by_side:
        parts = [panes.compare_view.aligned.status]
    parts += told
    if is_roomy(panes) or not services.index_note.startswith("in step"):
        parts.append(services.index_note)
    if state.demo:
        parts.insert(0, DEMO)
    status = panes.query_one(StatusLine)
    status.state = "  ".join(part for part in parts if part)
    changed = services.config.keys
    status.hints = tuple((_key_now(panes, changed, key), what) for key, what in _hints(panes, state))


def is_roomy(panes: Panes) -> bool:
    """Tell whether the status line has room for what is less important."""
    return panes.size.width >= _ROOMY


def hit_words(state: AppState, cursor: int) -> str:
    """Return which hit the cursor is at, and in which source, such as ``hit 2/7 in source 3 of 12``."""
    search = state.search
    if not search.on or not state.spans:
        return ""
    number, total = hit_number(state.spans, cursor), len(state.spans)
    here = "1 hit here" if total == 1 else f"{total} hits here"
    place = search.place_of(state.ref)
    where = f" in source {place} of {search.results.total:,}" if place and search.results else ""
    return (f"hit {number}/{total}" if number else here) + where


def place_words(panes: Panes, state: AppState) -> str:
    """Return on which page, or at which time, of the original the selection is, or the cursor."""
    if state.source is None:
        return ""
    start, end = panes.reader.selection or (panes.reader.cursor, panes.reader.cursor)
    return str(located(state.source.locators, start, end) or "")


def _key_now(panes: Panes, changed: Mapping[str, tuple[str, ...]], key: str) -> str:
    """Return the key that the user gave to what ``key`` does by default in the pane that has the focus."""
    pane = panes.focused_pane
    for where in (pane.id if pane is not None else None, "everywhere"):
        for command in ACTIONS:
            if command.where == where and key in command.keys:
                keys = changed.get(command.id)
                return shown_key(keys[0]) if keys else key
    return key


def _hints(panes: Panes, state: AppState) -> Hints:
    if panes.search_line.has_focus_within:
        return _SEARCH_HINTS
    if panes.find_line.has_focus_within:
        return _FIND_HINTS
    if panes.notes_view.filter_line.has_focus_within:
        return _FILTER_HINTS
    if panes.evidence_pane.filter_line.has_focus_within:
        return _EVIDENCE_FILTER_HINTS
    pane = panes.focused_pane
    if pane is panes.read_view and state.labelling:
        return _LABELLING_HINTS
    if pane is panes.read_view and panes.reader.selection is not None:
        return _SELECTION_HINTS
    if pane is panes.read_view and panes.read_view.welcoming:
        return _WELCOME_HINTS
    hints = pane.current_hints if pane is not None else ()
    return hints if ("?", "help") in hints else (*hints, ("?", "help"))


def show_tabs(panes: Panes, state: AppState, commands: Sequence[Action]) -> None:
    """Bring the tab line up to date."""
    line = panes.query_one(ViewTabs)
    line.tabs, line.chosen = tabs_of(commands), f"{PREFIX}{panes.view}"
    line.open_name = _open_name(panes, state)


def _open_name(panes: Panes, state: AppState) -> str:
    """Return the title of what the view is about: the source that is read, else the story."""
    if state.ref is None or panes.view == "notes" or panes.read_view.welcoming:
        return ""
    slug = state.ref.story
    story = next((story.title for story in state.listing.stories if story.slug == slug), None) or slug
    if panes.view != "read" or state.source is None:
        return story
    return state.source.title or story
