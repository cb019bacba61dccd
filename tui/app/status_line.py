"""The lines that tell where the user is: the views on top; below, how things stand, and which keys help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import located
from tui.app.key_order import KeyOrderApp
from tui.app.state import hit_number
from tui.app.views.pane import FULL, Hint, StatusLine
from tui.app.views.view_tabs import PREFIX, ViewTabs, tabs_of
from tui.app.widgets.cells import truncated
from tui.app.widgets.reader import MarkKind
from tui.services.actions import ACTIONS, shown_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.app.panes import Panes
    from tui.app.state import AppState
    from tui.app.views.pane import Hints
    from tui.services.access import Services
    from tui.services.actions import Action

_ROOMY = 100  # cells from which the status line says things at length
_LAST: Hints = (("?", "help"),)  # what stands at the end wherever there is room for anything
# Keys that are hinted at and mean what the widget that has the focus makes of them: a click presses them.
KEYS_ALONE = {"enter": "enter", "esc": "escape", "tab": "tab", "backspace": "backspace"}

DEMO = "demo story (fictional)"

_SEARCH_HINTS: Hints = (("enter", "results"), ("esc", "back"))
_FIND_HINTS: Hints = (("enter", "to the text"), ("n N", "next, previous"), ("esc", "end"))
_FILTER_HINTS: Hints = (("enter", "to the notes"), ("esc", "back"))
_EVIDENCE_FILTER_HINTS: Hints = (("enter", "to the list"), ("esc", "list all"))
_LABELLING_HINTS: Hints = (
    ("enter", "accept"), ("x", "take off"), ("/", "by name"), ("u", "undo"), ("esc", "end"),
)  # fmt: skip
_PEEK_HINTS: Hints = (("enter", "evidence"), ("esc", "close"), ("} {", "next, previous"))
_WELCOME_HINTS: Hints = (("enter", "choose"), ("A", "add"))
_SELECTION_HINTS: Hints = (("a", "note"), ("y", "copy"), ("w e b ( )", "extend"), ("esc", "drop"))


def show_status(
    panes: Panes, state: AppState, services: Services, told: Sequence[str], *, leads_back: bool
) -> None:
    """Bring the status line up to date; ``told`` is what else there is to say.

    ``leads_back`` tells whether there is something to step back to.
    """
    parts: list[str] = []
    if panes.view == "read" and state.ref is not None and not panes.read_view.welcoming:
        cursor = panes.reader.cursor
        parts = [
            hit_words(state, cursor),
            place_words(panes, state),
            link_words(panes),
            f"{panes.reader.percent}%",
        ]
        if panes.reader.selection is not None:
            from sources.text.tokens import count_words

            parts.append(f"{count_words(panes.reader.selected_text)} words selected")
    elif panes.view == "compare" and state.side_by_side:
        parts = [panes.compare_view.aligned.status]
    parts += told
    if panes.view == "read" and (is_roomy(panes) or not any(told)):
        parts.append(mention_words(panes, state))
    if not services.index_note.startswith("in step"):
        parts.append(services.index_note)
    if state.demo:
        parts.insert(0, DEMO)
    if isinstance(panes.app, KeyOrderApp):
        parts.insert(0, panes.app.prefixes.shown)
    status = panes.query_one(StatusLine)
    status.state = "  ".join(part for part in parts if part)
    hints, last = _hints(panes, state), _LAST if _leads_elsewhere(panes, state) else ()
    leaving = ("q", "back" if leads_back else "quit")
    changed = services.config.keys
    status.hints = tuple(_hint(panes, changed, *hint) for hint in hints if hint not in _LAST)
    status.last_hints = tuple(_hint(panes, changed, *hint) for hint in (*last, leaving) if last)


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


def mention_words(panes: Panes, state: AppState) -> str:
    """Return which mention of an entity was gone to and is under the cursor: ``Acme 5/36 in the story``."""
    cursor = panes.reader.cursor
    gone_to = any(
        mark.kind is MarkKind.ENTITY and mark.start == state.stepped_to
        for mark in panes.reader.marks_at(cursor)
    )
    if state.ref is None or not gone_to:
        return ""
    return panes.evidence_pane.evidence.count_at(state.ref, cursor, named=is_roomy(panes))


def place_words(panes: Panes, state: AppState) -> str:
    """Return on which page, or at which time, of the original the selection is, or the cursor."""
    if state.source is None:
        return ""
    start, end = panes.reader.selection or (panes.reader.cursor, panes.reader.cursor)
    return str(located(state.source.locators, start, end) or "")


def link_words(panes: Panes) -> str:
    """Return the number and the address of the link under the cursor."""
    link = panes.reader.document.link_at(panes.reader.cursor)
    return truncated(f"[{link.number}] {link.address}", panes.size.width // 2) if link is not None else ""


def _hint(panes: Panes, changed: Mapping[str, tuple[str, ...]], keys: str, what: str) -> Hint:
    """Return a hint with the key that the user gave to what ``keys`` do by default in the focused pane."""
    pane = panes.focused_pane
    if keys in KEYS_ALONE:
        return Hint(keys, what, f"key:{KEYS_ALONE[keys]}")
    for where in (pane.id if pane is not None else None, "everywhere"):
        for command in ACTIONS:
            if command.where == where and keys in {*command.keys, *map(shown_key, command.keys)}:
                now = changed.get(command.id)
                return Hint(shown_key(now[0]) if now else keys, what, command.id)
    return Hint(keys, what)


def _leads_elsewhere(panes: Panes, state: AppState) -> bool:
    """Tell whether help and q are of use: not while one types, selects or labels."""
    pane = panes.focused_pane
    typing = any(
        line.has_focus_within
        for line in (
            panes.search_line, panes.find_line, panes.notes_view.filter_line, panes.evidence_pane.filter_line,
            panes.library_pane.filter_line,
        )
    )  # fmt: skip
    in_text = pane is panes.read_view and (state.labelling or panes.reader.selection is not None)
    return not typing and not in_text


def _hints(panes: Panes, state: AppState) -> Hints:
    if panes.search_line.has_focus_within:
        return _SEARCH_HINTS
    if panes.find_line.has_focus_within:
        return _FIND_HINTS
    if panes.notes_view.filter_line.has_focus_within:
        return _FILTER_HINTS
    lists = (panes.evidence_pane, panes.library_pane)
    if any(pane.filter_line.has_focus_within for pane in lists):
        return _EVIDENCE_FILTER_HINTS
    pane = panes.focused_pane
    if pane is panes.read_view:
        states = (
            (state.labelling, _LABELLING_HINTS),
            (panes.reader.selection is not None, _SELECTION_HINTS),
            (panes.read_view.peeking, _PEEK_HINTS),
            (panes.read_view.welcoming, _WELCOME_HINTS),
            (state.search.on or panes.find_line.display, (_way_back(panes, state), *pane.current_hints)),
            (True, pane.current_hints),
        )
        return next(hints for is_so, hints in states if is_so)
    return pane.current_hints if pane is not None else ()


def _way_back(panes: Panes, state: AppState) -> tuple[str, str]:
    """Return what Esc does in a text in which something is looked for."""
    if panes.find_line.display:
        return ("esc", "end finding")
    if panes.read_view.has_class(FULL):
        return ("esc", "all panes")
    return ("esc", "results" if state.search.reads_hit else "end search")


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
