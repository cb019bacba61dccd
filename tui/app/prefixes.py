"""Keys that wait for another one: digits for the motion that they count, ``g`` and ``z`` for a second key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from textual.events import Key
from textual.widgets import Input, TextArea

from tui.services.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.binding import ActiveBinding
    from textual.screen import Screen

FIRST_WAIT = 0.25  # seconds that one digit waits, which is a key of its own as well
NEXT_WAIT = 1.0  # seconds that more digits wait: they are meant to count
MOST_DIGITS = 3
_DIGITS = frozenset("123456789")
MOST_PRESSES = 99  # of a command; what moves in a text or list is quicker, and has no other limit
JOINED = ">"  # between the keys of one that is made of two, as bindings name it

_FIRST_KEYS = frozenset(
    key[0] for action in ACTIONS if action.where != "count" for key in action.keys if " " in key
)

# What a count repeats: motions of widgets, by the names of their actions, and commands of the registry.
_REPEATED = frozenset(
    {"move", "extend", "word_end", "mark_or_paragraph", "next_hit", "move_by", "move_pages", "step_side",
     "next_noted", "next_difference"}
)  # fmt: skip
_NUMBERED = frozenset(
    {"first", "last", "move('top')", "move('bottom')"}
)  # a count is the number of the line that these go to
# Steps of the registry end where they lead no further; the others are done as often as was counted.
_STEPS = frozenset(
    {"next-hit", "previous-hit", "next-source", "previous-source", "next-mark", "previous-mark", "next-weak",
     "previous-weak", "next-difference", "previous-difference", "next-pair", "previous-pair", "jump-back",
     "jump-forward"}
)  # fmt: skip
_OTHERS = frozenset({"undo", "redo", "narrower", "wider"})


# What Textual makes of Escape and a digit, which is how plain terminals send alt with one.
_WITH_ALT = dict(zip("¡™£¢∞§¶•ª", "123456789", strict=True))


def with_alt(key: Key) -> Key:
    """Return alt and a digit where a terminal sent it in the old way, else the key as it is."""
    digit = _WITH_ALT.get(key.character or "")
    return Key(f"alt+{digit}", None) if digit else key


class Press(NamedTuple):
    """A key on its way: a ``settled`` one begins nothing; ``times`` is how often, 0 where none was given.

    One that was counted is pressed ``again``, and one of ``steps`` only as long as they lead somewhere.
    """

    event: Key
    settled: bool = False
    times: int = 0
    again: bool = False
    steps: bool = False


class Meanings:
    """What keys mean on a screen just now."""

    def __init__(self, screen: Screen[object]) -> None:
        self._screen = screen

    @property
    def prefixed(self) -> bool:
        """Tell whether digits count here, and keys may be made of two: not while one types."""
        return not isinstance(self._screen.focused, Input | TextArea)

    def taken(self, event: Key) -> bool:
        """Tell whether the text takes this key for itself, as the keys of labels."""
        taken = getattr(self._screen.focused, "taken_keys", ())
        return event.key in taken or event.character in taken

    @property
    def bindings(self) -> Mapping[str, ActiveBinding]:
        """Return what answers to which key."""
        return self._screen.active_bindings

    def begins(self, key: str) -> bool:
        """Tell whether a key of two keys begins with this one here."""
        return key in _FIRST_KEYS and any(name.startswith(key + JOINED) for name in self.bindings)

    def counts(self, key: str) -> bool:
        """Tell whether what a key does here can be counted."""
        bound = self.bindings.get(key)
        if bound is None:
            return False
        name, command = bound.binding.action.partition("(")[0], command_of(bound.binding.action)
        if command:
            return command in _STEPS | _OTHERS
        return name in _REPEATED or is_numbered(bound.binding.action)


def command_of(action: str) -> str:
    """Return the command of the registry that a binding runs, or nothing."""
    name, _, words = action.partition("(")
    return words.strip("')") if name == "screen.run" else ""


def is_step(action: str) -> bool:
    """Tell whether an action is to be done again only as long as it leads somewhere."""
    return command_of(action) in _STEPS


def is_numbered(action: str) -> bool:
    """Tell whether a count is the number of the line that this action goes to."""
    return action in _NUMBERED


@dataclass(slots=True)
class Prefixes:
    """What was pressed of something that takes more keys."""

    digits: list[Key] = field(default_factory=list)
    begun: Key | None = None  # the first of two keys
    asking: tuple[str, Callable[[str], bool]] | None = None  # who asked for the next key, and as what

    @property
    def shown(self) -> str:
        """Return what waits, as the status line shows it."""
        keys = [*self.digits, *([self.begun] if self.begun else [])]
        words = "".join(key.character or key.key for key in keys) + (self.asking[0] if self.asking else "")
        return f"{words}…" if words else ""

    @property
    def wait(self) -> float | None:
        """Return for how many seconds the digits wait; None where nothing does, or without end."""
        if not self.digits or self.begun is not None:
            return None
        return FIRST_WAIT if len(self.digits) == 1 else NEXT_WAIT

    def ask(self, sign: str, then: Callable[[str], bool]) -> None:
        """Have ``then`` called with the next character; where it has no use for it, the key is as usual."""
        self.asking = (sign, then)

    def take(self, event: Key, here: Meanings) -> list[Press]:
        """Take a key, and return what is pressed by now: nothing while another key is awaited."""
        if event.key == "escape" and self.shown:
            self._forget()
            return []
        asked, self.asking = self.asking, None
        if asked is not None:
            return [] if asked[1](event.character or "") else [Press(event)]
        if not here.prefixed or here.taken(event):
            return self._with_digits(event)
        begun, self.begun = self.begun, None
        if begun is not None and (joined := f"{begun.key}{JOINED}{event.key}") in here.bindings:
            return self._counted(Key(joined, None), here)
        is_digit = event.key in _DIGITS or (event.key == "0" and self.digits)
        if is_digit and begun is None and len(self.digits) < MOST_DIGITS:
            self.digits.append(event)
            return []
        if here.begins(event.key):
            self.begun = event
            return []
        return self._counted(event, here) if self.digits else [Press(event, settled=True)]

    def end(self) -> list[Press]:
        """Return the digits as the keys that they are: no motion followed in time."""
        digits, self.digits = self.digits, []
        return [Press(digit, settled=True) for digit in digits]

    def _forget(self) -> None:
        self.digits, self.begun, self.asking = [], None, None

    def _with_digits(self, event: Key) -> list[Press]:
        """Return a key behind the digits, which are keys of their own since it cannot be counted."""
        self.begun = None
        digits = self.end()
        # The digits may lead elsewhere, where the key may begin something.
        return [*digits, Press(event, settled=not digits)]

    def _counted(self, event: Key, here: Meanings) -> list[Press]:
        if not here.counts(event.key):
            return self._with_digits(event)
        times = int("".join(digit.key for digit in self.digits) or 0)
        self.digits = []
        return [Press(event, settled=True, times=times)]
