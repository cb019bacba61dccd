"""A box on the page of a story: it shows its first lines there, and Enter opens it at full size."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message as TextualMessage

from tui.app.messages import Asked
from tui.app.views.pane import ListPane
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.model import Ref, Span
    from tui.app.messages import Message
    from tui.app.views.pane import Hints


FULL = "-full"  # the class of a pane that has the whole screen


class StoryBox(ListPane):
    """A pane whose keys work in both sizes, but for Enter: it opens the box first, then what it points at.

    ``full_hints`` are the keys that the status line names at full size. What makes a box one of its own is
    what it composes, and ``choose``.
    """

    hints = (("enter", "full size"), ("tab", "next box"), ("q", "back"))
    full_hints: ClassVar[Hints] = (("enter", "open"), ("esc", "page"))

    class Enlarged(TextualMessage):
        """The box is to be shown at full size."""

        def __init__(self, box: StoryBox) -> None:
            super().__init__()
            self.box = box

    @property
    def full(self) -> bool:
        """Tell whether the box has the whole screen."""
        return self.has_class(FULL)

    @property
    def current_hints(self) -> Hints:
        """Return the keys of the size that the box has."""
        return self.full_hints if self.full else self.hints

    def enter(self, key: str) -> None:
        """Open the box, or in an open one what ``key`` names."""
        if self.full:
            self.choose(key)
        else:
            self.post_message(self.Enlarged(self))

    def choose(self, key: str) -> None:
        """Do what choosing ``key`` means in this box."""

    def ask(self, message: Message) -> None:
        """Ask the rest of the app for something."""
        self.post_message(Asked(message))

    @on(VirtualList.Chosen)
    def _row_chosen(self, message: VirtualList.Chosen) -> None:
        message.stop()
        self.enter(message.key)


# The passages of a story's sources, to show what stands at a place.


@dataclass(frozen=True, slots=True)
class Passages:
    """The texts of a story's sources with their sentences."""

    refs: tuple[Ref, ...] = ()
    titles: Mapping[Ref, str] = field(default_factory=dict)
    texts: Mapping[Ref, str] = field(default_factory=dict)
    sentences: Mapping[Ref, tuple[Span, ...]] = field(default_factory=dict)

    def sentence(self, ref: Ref, offset: int) -> tuple[str, int]:
        """Return the sentence at an offset of a source, and where in the text it begins."""
        text, sentences = self.texts.get(ref, ""), self.sentences.get(ref, ())
        place = bisect_right([span.start for span in sentences], offset) - 1
        if place < 0 or not text:
            return "", 0
        span = sentences[place]
        return text[span.start : span.end], span.start

    def name(self, ref: Ref) -> str:
        """Return number and title of a source."""
        number = "summary" if ref.number is None else str(ref.number)
        return f"{number} {self.titles.get(ref) or ''}".strip()
