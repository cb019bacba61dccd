"""A screen over the main one: it asks beside the screen, and may be closed before the answer is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.screen import ModalScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ParamSpec

    _Words = ParamSpec("_Words")

_Result = TypeVar("_Result")


class Dialog(ModalScreen[_Result]):
    """Hears answers as long as it is open."""

    @property
    def is_open(self) -> bool:
        """Tell whether it was not closed yet; Textual calls a screen mounted also after it was removed."""
        return self.is_attached and self in self.app.screen_stack

    def heard(self, callback: Callable[_Words, None]) -> Callable[_Words, None]:
        """Return what calls ``callback`` while this is open, and does nothing afterwards."""

        def while_open(*args: _Words.args, **kwargs: _Words.kwargs) -> None:
            if self.is_open:
                callback(*args, **kwargs)

        return while_open
