"""The registry of everything that a key or the palette can do in the app."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the user can do in the app.

    ``keys`` are Textual's key names or single characters (none: palette only); ``where`` is the place
    that has to be focused: ``everywhere``, a pane's name, or ``text``, ``list``, ``search``, ``matrix``,
    ``editor``, ``labelling``, ``labels``, ``count`` for keys that the widget there answers itself. A key of
    two keys, one after the other, has a blank between them.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str
    where: str

    @property
    def shown_keys(self) -> str:
        """Return its keys as a person reads them, such as ``ctrl+p`` or ``j  ↓``."""
        return "  ".join(shown_key(key) for key in self.keys)


_KEY_NAMES = {
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "page up",
    "pagedown": "page down",
}
WIDGETS_OWN = frozenset({"text", "list", "matrix", "search", "editor", "labelling", "labels", "count"})


def shown_key(key: str) -> str:
    """Return one key as a person reads it."""
    return _KEY_NAMES.get(key, key.replace(" ", ""))


def _read() -> Iterator[Action]:
    """Yield the actions of the table beside this module; it says what its columns are."""
    group = ""
    for line in Path(__file__).with_name("actions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = line.strip("[]")
        elif line and not line.startswith("#"):
            name, keys, where, title, *told = (cell.strip() for cell in line.split(" | "))
            yield Action(
                name, () if keys == "-" else tuple(keys.split("  ")), title, "".join(told), group, where
            )


ACTIONS: tuple[Action, ...] = tuple(_read())


def actions_for(where: str) -> tuple[Action, ...]:
    """Return the commands that answer in one place, in the registry's order."""
    return tuple(command for command in ACTIONS if command.where == where)


def remapped(keys: Mapping[str, tuple[str, ...]]) -> tuple[Action, ...]:
    """Return all commands, those that ``keys`` names by their ids with these keys."""
    return tuple(replace(command, keys=keys.get(command.id, command.keys)) for command in ACTIONS)


_NAMED = re.compile(r"\{([a-z-]+)\}")  # in words for the user: the key of an action


def with_keys(words: str, commands: Iterable[Action] = ACTIONS) -> str:
    """Return words in which ``{id}`` became the first key of that action; the palette's for one without."""
    keys = {command.id: shown_key(command.keys[0]) for command in commands if command.keys}
    return _NAMED.sub(lambda found: keys.get(found[1]) or keys["palette"], words)


def groups(commands: Iterable[Action] = ACTIONS) -> dict[str, tuple[Action, ...]]:
    """Return commands by group, in the registry's order."""
    by_group: dict[str, list[Action]] = {}
    for command in commands:
        by_group.setdefault(command.group, []).append(command)
    return {group: tuple(members) for group, members in by_group.items()}


def key_map(commands: Iterable[Action] = ACTIONS) -> str:
    """Return the key map as a Markdown table, as the README shows it."""
    lines = ["| keys | does | where |", "|---|---|---|"]
    for command in commands:
        shown = (shown_key(key).replace("|", r"\|") for key in command.keys)
        keys = " ".join(f"`{key}`" for key in shown) or "(palette)"
        what = (
            f"{command.title}: {command.help[0].lower()}{command.help[1:]}" if command.help else command.title
        )
        lines.append(f"| {keys} | {what} | {command.where} |")
    return "\n".join(lines) + "\n"
