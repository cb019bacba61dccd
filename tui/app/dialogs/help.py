"""The help: the keys of this place, the signs on this screen, then all of both; typing narrows it."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.binding import Binding
from textual.content import Content
from textual.keys import key_to_character
from textual.screen import Screen

from sources.text.folding import fold
from tui.app.dialogs.dialog import ListDialog, NarrowedDialog
from tui.app.key_order import commands_of
from tui.app.views.pane import Pane, PaneTitle, StoryBox, blank, section
from tui.app.widgets.cells import cells
from tui.app.widgets.matrix import Matrix
from tui.app.widgets.reader import Reader
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.actions import ACTIONS, WIDGETS_OWN, groups, shown_key
from tui.services.signs import LOOKS, Sign, signs_by_heading, signs_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget
    from textual.widgets import Input

    from tui.app.dialogs.dialog import Dialog
    from tui.app.panes import Panes
    from tui.app.views.pane import Hints
    from tui.services import SyntaxEntry
    from tui.services.actions import Action

_WIDEST = 90  # cells of the page, as its sheet has it
_FRAME = 8  # cells beside its rows: border, padding, pointer, scrollbar
_KEYS_WIDTH = 18
_NARROW_KEYS_WIDTH = 12  # where the page has less than _NARROW cells
_NARROW = 56
_LEAST_TEXT = 20
# The places of the registry whose keys a widget answers itself.
_PLACES: tuple[tuple[type[Widget], str], ...] = ((Reader, "text"), (VirtualList, "list"), (Matrix, "matrix"))

# What else than its pane a widget is, of which the table of signs has a place.
_SIGNED: tuple[tuple[type[Widget], str], ...] = (
    (Reader, "text"),
    (VirtualList, "list"),
    (PaneTitle, "title"),
)


class Told(NamedTuple):
    """A line of the help: a key or a sign, what it does or means, and the action that Enter runs."""

    left: str
    words: str
    action: str = ""


Part = tuple[str, tuple[Told, ...]]


@dataclass(frozen=True, slots=True)
class Here:
    """What the help is opened on: the pane's name, the places whose keys work, its hints, and its signs."""

    title: str = ""
    places: tuple[str, ...] = ()
    hints: Hints = ()
    signs: tuple[Sign, ...] = ()

    @classmethod
    def of(cls, panes: Panes, *, labelling: bool) -> Here:
        """Return where the focus is, and the signs that are drawn around it."""
        pane, focused = panes.focused_pane, panes.focused
        places = [pane.id or ""] if pane is not None else []
        if panes.search_line.has_focus_within:
            places = ["search"]
        if focused is not None:
            places += [place for kind, place in _PLACES if isinstance(focused, kind)]
        if labelling and focused is panes.reader:
            places.append("labelling")
        hints = () if pane is None else pane.full_hints if isinstance(pane, StoryBox) else pane.current_hints
        title = "Search line" if pane is None else pane.pane_title or (pane.id or "").capitalize()
        return cls(title, tuple(places), hints, signs_on(_drawn(panes)))


def _drawn(panes: Panes) -> dict[str, list[str]]:
    """Return the lines that are drawn in each place of the screen."""
    found: dict[str, list[str]] = {}
    for pane in panes.query(Pane):
        for widget in pane.query("*"):
            if widget.children or not widget.region.overlaps(panes.region):
                continue
            lines = [strip.text for strip in widget.render_lines(widget.size.region)]
            for place in (pane.id or "", *(place for kind, place in _SIGNED if isinstance(widget, kind))):
                found.setdefault(place, []).extend(lines)
    return found


def help_parts(commands: Sequence[Action] = ACTIONS, here: Here | None = None) -> tuple[Part, ...]:
    """Return what the help tells, part by part: of this place and screen, all keys, the query, all signs."""
    here = here or Here()
    own = [(f"Keys here: {here.title}", tuple(map(_told, _keys_here(commands, here))))]
    own.append(("Signs on this screen", tuple(_told_here(here.signs))))
    all_keys = [(group, tuple(map(_told, members))) for group, members in groups(commands).items()]
    query = ("What a search can say", tuple(_query_signs()))
    all_signs = [
        (f"Signs: {heading}", tuple(_told_sign(sign) for sign in signs))
        for heading, signs in signs_by_heading().items()
    ]
    return tuple(part for part in (*own, *all_keys, query, *all_signs) if part[1])


def tell_keys(dialog: Dialog[Any]) -> None:
    """Show the keys that work in a dialog; the one that is taken with Enter is pressed."""

    def chosen(action: str | None) -> None:
        if action:
            dialog.call_next(dialog.run_action, action)

    part, own_keys = keys_in(dialog)
    dialog.app.push_screen(KeyHelp((part,), dialog.size.width, own_keys), chosen)


def keys_in(dialog: Dialog[Any]) -> tuple[Part, tuple[str, ...]]:
    """Return what the keys of a dialog do, and the keys that brought this up.

    What they do is told by its line at the bottom, else by the binding; that line alone tells of Enter.
    """
    heading, line = dialog.told
    named = dict(one.split(" ", 1) for one in re.split(r"\s{3,}|\n", line.strip()) if " " in one)
    keys_of: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    own_keys = []
    everywhere = {one.key for one in Binding.make_bindings(Screen.BINDINGS)}
    for key, one in dialog.active_bindings.items():
        action = one.binding.action
        if one.node is not dialog or key in everywhere:
            continue
        if action == "app.tell_keys":
            own_keys += [key, _readable(key)]
            continue
        keys_of.setdefault(action, []).append(_readable(key))
        words[action] = next(
            (named.pop(name) for name in keys_of[action] if name in named), one.binding.description
        )
    commands = commands_of(dialog)
    rest = {_readable(key): what for key, what in (named | dict(dialog.answers)).items()}
    told = [Told(key, _sentence(what)) for key, what in rest.items()]
    told += [Told("  ".join(keys), _sentence(words[action]), action) for action, keys in keys_of.items()]
    if dialog.places:
        told = [_told(action) for action in commands if action.where in dialog.places]
    if isinstance(dialog.focused, VirtualList):
        told += [_told(action) for action in commands if action.where == "list" and action.id != "choose"]
    return (f"Keys here: {heading}".rstrip(": "), tuple(told)), tuple(own_keys)


def _readable(key: str) -> str:
    sign = key_to_character(key) or ""
    return sign if sign.isprintable() and sign.strip() else shown_key(key)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}".rstrip(".") + "."


def _keys_here(commands: Sequence[Action], here: Here) -> list[Action]:
    """Return what the keys of this place do, those first that the status line names."""
    by_default = {action.id: action for action in ACTIONS}
    # What the pane or its widget answers comes before what holds everywhere; in a text some keys mean
    # something else only while one selects.
    order = (*(one for one in here.places if one != "text"), "everywhere", "text")
    named = []
    for keys, _ in here.hints:
        key = keys.split()[0]
        means = [one for one in commands if one.where in order and _answers_key(by_default[one.id], key)]
        named += sorted(means, key=lambda one: order.index(one.where))[:1]
    own = [command for command in commands if command.where in here.places]
    return list({command.id: command for command in (*named, *own) if command.id != "help"}.values())


def _answers_key(action: Action, key: str) -> bool:
    return key in action.keys or key in {shown_key(one) for one in action.keys}


def _told(command: Action) -> Told:
    words = f"{command.title}. {command.help}." if command.help else f"{command.title}."
    runs = command.where not in WIDGETS_OWN and command.id != "help"
    return Told(command.shown_keys or "ctrl+p", words, command.id if runs else "")


def _told_here(signs: Sequence[Sign]) -> Iterator[Told]:
    """Yield each sign with its meaning once; one that means several things, with where it means which."""
    meanings = {(sign.sign, sign.meaning): sign for sign in reversed(signs)}
    often = Counter(sign for sign, _ in meanings)
    for sign in dict.fromkeys(meanings[sign.sign, sign.meaning] for sign in signs):
        told = _told_sign(sign)
        where = sign.heading[0].lower() + sign.heading[1:]
        yield told._replace(words=f"In {where}: {told.words}") if often[sign.sign] > 1 else told


def _told_sign(sign: Sign) -> Told:
    return Told(sign.sign if sign.sign not in LOOKS else f"({sign.sign})", f"{sign.meaning}.")


def _query_signs() -> Iterator[Told]:
    from tui.services.queries import syntax

    for sign in syntax():
        yield Told(sign.write.replace("`", ""), f"{sign.finds.replace('`', '')}: {sign.example}")


def help_rows(parts: Sequence[Part] | None = None, wanted: str = "", width: int = _WIDEST) -> list[Row]:
    """Return the rows of all parts that have the words of ``wanted``, in ``width`` cells."""
    words = fold(wanted).split()
    rows: list[Row] = []
    for number, (title, told) in enumerate(help_parts() if parts is None else parts):
        found = [one for one in told if _answers(one, title, words, wanted)]
        if found:
            rows += [*([blank(str(number))] if rows else []), *_table(f"{number}", title, found, width)]
    return rows


def _answers(one: Told, title: str, words: Sequence[str], wanted: str) -> bool:
    """Tell whether a line has all words, or is that of a key or sign that was typed as it is."""
    said = fold(f"{one.left} {one.words} {title}")
    return all(word in said for word in words) or wanted.strip() in one.left.split()


def _table(key: str, title: str, told: Sequence[Told], width: int) -> list[Row]:
    rows = [section(key, title)]
    left_width = _KEYS_WIDTH if width >= _NARROW else _NARROW_KEYS_WIDTH
    for number, one in enumerate(told):
        first, *rest = textwrap.wrap(one.words, max(_LEAST_TEXT, width - left_width))
        beside = cells(one.left) < left_width
        filler = " " * (left_width - cells(one.left)) + first if beside else ""
        lines = [Content.assemble((one.left, "bold"), filler)]
        lines += [Content(" " * left_width + line) for line in (rest if beside else [first, *rest])]
        rows += [
            Row(f"{key}:{number}:{place}:{one.action}", line, goes_on=place > 0)
            for place, line in enumerate(lines)
        ]
    return rows


class KeyHelp(NarrowedDialog):
    """The help; it hands back the action whose line was taken with Enter. ``own_keys`` close it again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page(1)", "Page down"),
        Binding("pageup", "page(-1)", "Page up"),
    ]

    def __init__(self, parts: Sequence[Part], width: int, own_keys: Sequence[str]) -> None:
        self._parts = parts
        self._width = width
        super().__init__(
            "Help",
            self._narrowed,
            hint="type to search keys and signs",
            none="No key or sign has these words.",
            keys="↑ ↓ page up, page down   enter do it   esc close",
        )
        self.add_class("tall")
        self._shortcuts = dict.fromkeys(own_keys)

    def _narrowed(self, wanted: str) -> list[Row]:
        # As wide as the sheet lets it be: 96 of 100 cells of the screen.
        return help_rows(self._parts, wanted, min(_WIDEST, self._width * 96 // 100) - _FRAME)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what is typed; the key that opened the help closes it."""
        if event.value in self._shortcuts:
            event.stop()
            self.dismiss(None)
            return
        super().on_input_changed(event)

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self.size.width != self._width:
            self._width = self.size.width
            self.narrow()

    def taken(self, key: str) -> None:
        """Hand back the action of the line; a line without one stays."""
        if action := key.rpartition(":")[2]:
            self.dismiss(action)

    def action_page(self, count: int) -> None:
        """Go a page down or up."""
        self.listing.action_move_pages(count)


# What a search can say: a list of signs, each with an example to search for.


_SIGN_WIDTH = 66  # fits the box on 80 columns


def query_help(signs: Sequence[SyntaxEntry], examples: Mapping[str, str]) -> ListDialog:
    """Return the list of the signs of the query language; it hands back the name of the one to try."""
    return ListDialog(
        "What a search can say",
        sign_rows(signs, examples),
        keys="enter search for the example   j k move   esc close",
        shortcuts={"f1": None, "question_mark": None},
        size="wide tall",
    )


def sign_rows(signs: Sequence[SyntaxEntry], examples: Mapping[str, str]) -> list[Row]:
    """Return two or three rows a sign: how it is written, an example, and below what it finds."""
    rows = []
    for sign in signs:
        cells = Content.assemble(
            (sign.write.replace("`", ""), "bold"), "   ", (examples[sign.name], "$accent")
        )
        rows.append(Row(sign.name, cells))
        for number, line in enumerate(textwrap.wrap(sign.finds.replace("`", ""), _SIGN_WIDTH)):
            rows.append(Row(f"{sign.name}#{number}", Content(f"   {line}"), disabled=True))
    return rows
