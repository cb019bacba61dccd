"""What widgets that draw their own lines share: the styles of their parts, ``gg``, and their messages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from tui.app.widgets.cells import ComponentStyles

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget as _Widget
else:
    _Widget = object  # a second widget among the bases would take the style sheet of the first away


class WidgetMessage(Message):
    """Something that happened in a widget; of messages that tell the ``latest`` state the last is enough."""

    latest: ClassVar[bool] = False

    def __init__(self, widget: _Widget) -> None:
        super().__init__()
        self._widget = widget

    @property
    def control(self) -> _Widget:
        """The widget it happened in."""
        return self._widget

    def can_replace(self, message: Message) -> bool:
        """Tell whether a message that waits may be left out in favour of this one."""
        return self.latest and type(message) is type(self) and message.control is self.control


class Drawn(_Widget):
    """Has the styles of its parts, and goes to the top at a second ``g``; another key forgets the first.

    A widget puts it before its other bases, binds ``g`` to ``first_g``, and has an ``action_first``. Its
    component classes are called ``STYLES--PART``.
    """

    STYLES: ClassVar[str] = ""
    _g_waiting = False

    @cached_property
    def _parts(self) -> ComponentStyles:
        return ComponentStyles(self, self.STYLES)

    def notify_style_update(self) -> None:
        """Draw again when theme or focus changed how things look."""
        super().notify_style_update()
        self._parts.forget()
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Forget a first ``g`` when another key follows."""
        if event.character != "g":
            self._g_waiting = False

    def on_blur(self) -> None:
        """Forget a first ``g``."""
        self._g_waiting = False

    def action_first_g(self) -> None:
        """Go to the top at the second ``g``."""
        if self._g_waiting:
            self.action_first()
        self._g_waiting = not self._g_waiting

    def action_first(self) -> None:
        """Go to the top."""
        raise NotImplementedError
