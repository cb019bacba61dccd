"""A pane, a titled part of the screen, and the rows that lists in it have in common."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message as TextualMessage
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tui.app.messages import Asked
from tui.app.prefixes import JOINED
from tui.app.widgets.cells import cells, shown_content, truncated
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.actions import actions_for, with_keys
from tui.services.original_places import OriginalPlaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import Ref, Span
    from tui.app.messages import Message


Hints = tuple[tuple[str, str], ...]


def textual_keys(keys: Sequence[str]) -> str:
    """Return keys as one text, as the screen library wants them."""
    return ",".join("comma" if key == "," else key.replace(" ", JOINED) for key in keys)


def bindings_for(where: str) -> list[BindingType]:
    """Return the bindings of one place, made from the registry; each runs the frame's action."""
    return [
        Binding(
            textual_keys(command.keys),
            f"screen.run('{command.id}')",
            command.title,
            show=False,
            tooltip=command.help,
            id=command.id,
        )
        for command in actions_for(where)
        if command.keys
    ]


def set_class_for(widget: Widget, name: str, on: bool, *concerned: Widget) -> None:  # noqa: FBT001 - a value
    """Give a widget a class or take it away, where the sheets say something by it of these widgets alone.

    Textual would style all that is inside of it again, which for a view takes as long as to open it.
    """
    if widget.has_class(name) is not on:
        widget.set_class(on, name, update=False)
        widget.app.stylesheet.update_nodes(concerned or (widget,))


class PaneTitle(Widget):
    """One line: ``▸ Title ━━━ info`` with the focus, ``  Title ─── info`` without."""

    title: reactive[str] = reactive("")
    info: reactive[str] = reactive("")
    key: reactive[str] = reactive("")  # that leads here, if one does
    lit: reactive[bool] = reactive(default=False)

    def render(self) -> Content:
        """Draw the line to the width there is."""
        width = self.size.width
        sign = ("▸ " if self.lit else "  ") + (f"{self.key} " if self.key else "")
        taken = min(cells(self.title), width // 2)
        info = truncated(self.info, max(0, width - cells(sign) - taken - 5))
        room = width - cells(sign) - cells(info) - 3
        title = truncated(self.title, max(1, room))
        rule = ("━" if self.lit else "─") * max(0, room - cells(title) + 1)
        return Content.assemble(
            (sign + title, "bold" if self.lit else ""),
            (f" {rule} ", "$primary" if self.lit else "$border-blurred"),
            (info, "$foreground-muted"),
        )

    def watch_lit(self, lit: bool) -> None:  # noqa: FBT001 - Textual hands the value over so
        """Show in colour, too, whether the pane has the focus."""
        self.set_class(lit, "-lit")


class Pane(Vertical):
    """A part of the frame with a title line; ``hints`` are the keys that the status line names for it."""

    hints: ClassVar[Hints] = ()
    pane_title: ClassVar[str] = ""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.heading = PaneTitle()
        self.heading.title = self.pane_title

    @property
    def current_hints(self) -> Hints:
        """Return the keys that are of use just now."""
        return self.hints

    @property
    def focus_target(self) -> Widget | None:
        """Return the widget that takes the keys of this pane, if there is one just now."""
        return next((widget for widget in self.query("*") if widget.can_focus and widget.display), None)

    class Filled(TextualMessage):
        """There is something else in the pane, which may want another height."""

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Light the title."""
        self.heading.lit = self.has_focus_within

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Put the title's light out; focus and blur of two widgets may come in any order."""
        self.heading.lit = self.has_focus_within


class ListPane(Pane):
    """A pane with a list; what is chosen in it is told by the list itself."""

    list_id: ClassVar[str] = ""
    placeholder: ClassVar[str] = ""

    def compose(self) -> ComposeResult:
        """Lay out title and list."""
        yield self.heading
        yield VirtualList(id=self.list_id, placeholder=with_keys(self.placeholder))

    listing = query_one(VirtualList)


# The line at the bottom: how things stand, and which keys are of use.


class Hint(NamedTuple):
    """A key that is of use, what it does in a word or two, and the command or key that a click on it runs."""

    key: str
    what: str
    command: str = ""


def hints_that_fit(hints: Sequence[Hint], last: Sequence[Hint], room: int) -> list[Hint]:
    """Return as many hints as fit ``room`` cells, those that come ``last`` before any other."""
    chosen: list[Hint] = []
    for at, hint in enumerate((*last, *hints)):
        needed = cells(f"{hint.key} {hint.what}") + (2 if chosen else 0)
        if needed > room:
            break
        room -= needed
        chosen.insert(len(chosen) if at < len(last) else at - len(last), hint)
    return chosen


class StatusLine(Widget):
    """How things stand on the left, the keys of the focused pane on the right; a click on one runs it."""

    state: reactive[str] = reactive("")
    hints: reactive[tuple[Hint, ...]] = reactive(())
    last_hints: reactive[tuple[Hint, ...]] = reactive(())

    def render(self) -> Content:
        """Draw as many hints as there is room for beside the state; the last ones have theirs in any case."""
        width = self.size.width - 2
        kept = sum(cells(f"{hint.key} {hint.what}") + 2 for hint in self.last_hints)
        text = truncated(self.state, width - kept)
        parts = []
        for hint in hints_that_fit(self.hints, self.last_hints, width - cells(text) - 2):
            shown = Content.assemble((hint.key, "bold $foreground"), f" {hint.what}")
            run = "press" if hint.command.startswith("key:") else "run"
            click = Style.from_meta({"@click": f"screen.{run}('{hint.command.removeprefix('key:')}')"})
            parts.append(shown.stylize(click) if hint.command else shown)
        hints = Content("  ").join(parts)
        gap = " " * max(0, width - cells(text) - hints.cell_length)
        return Content.assemble(" ", (text, "$foreground"), gap, hints, " ")


# A box on the page of a story: it shows its first lines there, and Enter opens it at full size.


FULL = "-full"  # the class of a pane that has the whole screen


class StoryBox(ListPane):
    """A pane whose keys work in both sizes, but for Enter: it opens the box first, then what it points at.

    ``full_hints`` are the keys that the status line names at full size. What makes a box one of its own is
    what it composes, and ``choose``.
    """

    hints = (("enter", "full size"), ("tab", "next box"))
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
    """The texts of a story's sources with their sentences and their places in the originals."""

    refs: tuple[Ref, ...] = ()
    titles: Mapping[Ref, str] = field(default_factory=dict)
    texts: Mapping[Ref, str] = field(default_factory=dict)
    sentences: Mapping[Ref, tuple[Span, ...]] = field(default_factory=dict)
    places: OriginalPlaces = field(default_factory=OriginalPlaces)

    def sentence(self, ref: Ref, offset: int) -> tuple[str, int]:
        """Return the sentence at an offset of a source, and where in the text it begins."""
        text, sentences = self.texts.get(ref, ""), self.sentences.get(ref, ())
        place = bisect_right([span.start for span in sentences], offset) - 1
        if place < 0 or not text:
            return "", 0
        span = sentences[place]
        return text[span.start : span.end], span.start

    def name(self, ref: Ref, passage: tuple[int, int] | None = None) -> str:
        """Return number and title of a source, and where in its original a passage is."""
        number = "summary" if ref.number is None else str(ref.number)
        place = "" if passage is None else self.places.behind(ref, *passage)
        return f"{number} {self.titles.get(ref) or ''}".strip() + place


_LEAST = 12  # cells that a line of words has at least


def section(key: str, title: str) -> Row:
    """Return the heading of a part of a list."""
    return Row(f"section:{key}", Content.styled(title, "bold"), disabled=True)


def remark(key: str, words: str) -> Row:
    """Return a row that says something and cannot be chosen."""
    return Row(f"remark:{key}", Content.styled(words, "italic"), disabled=True)


def blank(key: str) -> Row:
    """Return an empty row, which parts what is before from what is behind."""
    return Row(f"blank:{key}", Content(""), disabled=True)


def wrapped(content: Content, width: int) -> list[Content]:
    """Return ``content`` in lines of at most ``width`` cells, broken between words where it can be."""
    rest, lines = shown_content(content), []
    room = max(_LEAST, width)
    while cells(rest.plain) > room:
        cut = _cut(rest.plain, room)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    return [*lines, rest]


def _cut(plain: str, room: int) -> int:
    """Return where to break ``plain`` so that what stands before fits ``room`` cells."""
    end, used = 0, 0
    while end < len(plain) and used + cells(plain[end]) <= room:
        used += cells(plain[end])
        end += 1
    space = plain.rfind(" ", 0, end + 1)
    return space if space > room // 3 else max(1, end)


def rows_of(key: str, lead: Content, words: Content, width: int, *, hint: str = "") -> list[Row]:
    """Return ``words`` behind ``lead`` as a row that goes on over as many lines as it takes."""
    indent = cells(lead.plain)
    lines = wrapped(words, width - indent - (cells(hint) + 1 if hint else 0))
    first = Row(key, Content.assemble(lead, lines[0]), hint=hint)
    return [first, *going_on(key, [Content.assemble(" " * indent, line) for line in lines[1:]])]


def going_on(key: str, lines: Sequence[Content]) -> list[Row]:
    """Return further lines of the row ``key``."""
    return [Row(f"{key}+{number}", line, goes_on=True) for number, line in enumerate(lines, 1)]


# Small heat: counts as a row of blocks, one cell each.

_BLOCKS = "▁▂▃▄▅▆▇█"
_NONE = "·"


def spark(counts: Sequence[int]) -> str:
    """Return a block for each count, as high as it is among the others; ``·`` for none."""
    most = max(counts, default=0)
    return "".join(_BLOCKS[(count * len(_BLOCKS) - 1) // most] if count else _NONE for count in counts)


def heat(places: Iterable[int], length: int, width: int) -> list[int]:
    """Return how many of ``places`` in a text of ``length`` code points fall into each of ``width`` parts."""
    counts = [0] * width
    for place in places:
        counts[min(width - 1, place * width // max(1, length))] += 1
    return counts
