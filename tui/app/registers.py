"""What was copied, under letters: a capital one adds to what is there, and the last copy is always kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tui.app.jumps import is_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

LAST = '"'  # the name of what was copied last
LONGEST_KEPT = 100_000  # characters of a text that outlives the app


@dataclass(slots=True)
class Registers:
    """The texts by the names of their registers, and the register that the next copy goes to."""

    texts: dict[str, str] = field(default_factory=dict)
    chosen: str = ""

    def choose(self, letter: str) -> bool:
        """Let the next copy go to a register; False for what is the name of none."""
        if is_letter(letter):
            self.chosen = letter
        return is_letter(letter)

    def keep(self, text: str) -> str:
        """Keep what is copied, and return the register that was chosen for it."""
        letter, self.chosen = self.chosen, ""
        before = (
            f"{self.texts[letter.lower()]}\n" if letter.isupper() and letter.lower() in self.texts else ""
        )
        if letter:
            self.texts[letter.lower()] = before + text
        self.texts[LAST] = text
        return letter

    def text(self, name: str) -> str | None:
        """Return what is in a register."""
        return self.texts.get(name.lower())


def to_keep(texts: Mapping[Any, Any]) -> dict[str, str]:
    """Return of registers, which may come from a file, those that are such and not too long to be kept."""
    return {
        name: text
        for name, text in texts.items()
        if (name == LAST or (is_letter(name) and name.islower()))
        and isinstance(text, str)
        and len(text) <= LONGEST_KEPT
    }
