"""The way that was come: places in the views, and the list of those from which the user jumped."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_JUMPS = 100
MOST_NAMED = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: a view, what it is about, and where in that.

    ``about`` is a ref, several refs or a slug; ``box`` is the box of a story's page, ``full`` whether it has
    the whole screen; ``spot`` is an offset, a row or a cell, as the widget there writes it.
    """

    view: str
    about: str = ""
    box: str = ""
    full: bool = False
    spot: str = ""

    def follows(self, moved: Mapping[str, str]) -> Place:
        """Return this place where sources are other refs now."""
        return replace(self, about=" ".join(moved.get(word, word) for word in self.about.split(" ")))

    @property
    def room(self) -> tuple[str, str, str, bool]:
        """Return what two places in one text, one comparison or one box have in common."""
        return self.view, self.about, self.box, self.full


@dataclass(frozen=True, slots=True)
class JumpList:
    """The places jumped from, the latest last, and those stepped back over, the nearest first."""

    past: tuple[Place, ...] = ()
    future: tuple[Place, ...] = ()

    def leaving(self, here: Place) -> JumpList:
        """Return the list when one jumps from ``here``: what was stepped back over is forgotten."""
        past = self.past if self.past[-1:] == (here,) else (*self.past, here)
        return JumpList(past[-MOST_JUMPS:])

    def arrived(self, here: Place) -> JumpList:
        """Return the list for somebody who came back to ``here`` by another way."""
        end = len(self.past)
        while end and self.past[end - 1] == here:
            end -= 1
        return JumpList(self.past[:end], self.future)

    def back(self, here: Place) -> tuple[Place, JumpList] | None:
        """Return the place before ``here`` and the list then; None where there is none."""
        past = self.arrived(here).past
        if not past:
            return None
        return past[-1], JumpList(past[:-1], _near((here, *self.future)))

    def out(self, here: Place) -> tuple[Place, JumpList] | None:
        """Return the last place in another room than ``here``, else the first of all, and the list then."""
        past = self.arrived(here).past
        if not past:
            return None
        at = next((at for at in reversed(range(len(past))) if past[at].room != here.room), 0)
        return past[at], JumpList(past[:at], _near((*past[at + 1 :], here, *self.future)))

    def forward(self, here: Place) -> tuple[Place, JumpList] | None:
        """Return the place that was stepped back from and the list then; None where there is none."""
        future = self.future
        while future and future[0] == here:
            future = future[1:]
        if not future:
            return None
        return future[0], JumpList((*self.past, here)[-MOST_JUMPS:], future[1:])


def _near(places: tuple[Place, ...]) -> tuple[Place, ...]:
    return places[:MOST_JUMPS]


# Places that the user gave a letter: a small one holds in one text or view, a capital one everywhere.


class Named(NamedTuple):
    """A place under a letter."""

    letter: str
    place: Place

    def is_called(self, letter: str, here: Place | None) -> bool:
        """Tell whether a letter means this place to somebody who is ``here``."""
        elsewhere = here is None or (here.view, here.about) != (self.place.view, self.place.about)
        return letter == self.letter and (letter.isupper() or not elsewhere)


def is_letter(key: str) -> bool:
    """Tell whether a place can be called so."""
    return len(key) == 1 and key.isascii() and key.isalpha()


def naming(named: Iterable[Named], letter: str, here: Place) -> list[Named]:
    """Return the named places when ``here`` is one of them, the newest last."""
    others = [one for one in named if not one.is_called(letter, here)]
    return [*others, Named(letter, here)][-MOST_NAMED:]


def as_text(named: Iterable[Named]) -> list[str]:
    """Return named places as they are kept."""
    return [json.dumps((one.letter, *astuple(one.place))) for one in named]


def from_text(lines: Iterable[str]) -> list[Named]:
    """Read named places; whatever is none is left out."""
    found = []
    for line in lines:
        with suppress(ValueError, TypeError, RecursionError):
            letter, view, about, box, full, spot = json.loads(line)
            words = (letter, view, about, box, spot)
            if all(isinstance(word, str) for word in words) and is_letter(letter):
                found.append(Named(letter, Place(view, about, box, full is True, spot)))
    return found
