"""Messages: what one part of the app asks of another, or tells the others, without knowing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar

from textual.message import Message as TextualMessage

from sources.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.model import Note, Ref, Story
    from tui.services.opening import Opening


class Message:
    """What can be emitted."""

    __slots__ = ()


@frozen
class OpenSource(Message):
    """Open a source at an offset, or at its first (1) or last (-1) hit, or where the cursor was in it.

    With ``focus`` the view ``view`` is shown when it is open; without, only to somebody who does nothing yet.
    One that is not ``recorded`` is no jump to come back from. ``then`` is called when all is shown.
    """

    ref: Ref
    at: int | None = None
    hit: int = 0
    focus: bool = True
    view: str = "read"
    recorded: bool = True
    then: Callable[[], None] | None = None


@frozen
class OpenStory(Message):
    """Open a story: one of several sources on its page, one of a single source in the reader.

    ``first`` is the source to open of it, instead of the one that is open of it already, else of its first.
    With ``unless_busy`` this is done only while no other is open or on its way. That is no jump to come back
    from, nor is one that is not ``recorded``. ``then`` is called when all is shown.
    """

    slug: str
    first: Ref | None = None
    view: str = ""
    unless_busy: bool = False
    recorded: bool = True
    then: Callable[[], None] | None = None


@frozen
class Jumping(Message):
    """The user is about to go elsewhere; ``spot`` is where he was, when he is gone already."""

    spot: str | None = None


@frozen
class AskKey(Message):
    """Have ``then`` called with the next character, which tells whether it has a use for it.

    ``sign`` is shown until then.
    """

    sign: str
    then: Callable[[str], bool]


@frozen
class Repeatable(Message):
    """A change that was made, to be made again elsewhere."""

    change: Callable[[], None]


@frozen
class SourceShown(Message):
    """A source is in the reader now."""

    ref: Ref


@frozen
class SourceGone(Message):
    """The open source was removed from the library."""


@frozen
class StoryShown(Message):
    """A story is in its view now."""

    story: Story


@frozen
class StoryLookedAt(Message):
    """What changed in a story was looked at."""


@frozen
class ViewShown(Message):
    """Another of the four views is shown: read, compare, story or notes."""

    view: str


@frozen
class CompareSources(Message):
    """Show sources side by side, the first of them leading, and there the row ``spot``.

    One that is not ``recorded`` is no jump to come back from.
    """

    refs: tuple[Ref, ...]
    recorded: bool = True
    spot: str = ""


@frozen
class ChooseScope(Message):
    """Take these sources of a large story for its lineage: all, the first, the last, the marked; or ask."""

    scope: str


@frozen
class LoadEvidence(Message):
    """Find the evidence of sources, and show it."""

    refs: tuple[Ref, ...]


@frozen
class EvidenceMarked(Message):
    """The marks of evidence in the open text are new."""


@frozen
class ShowHiddenEntity(Message):
    """Show an entity again that a correction hid."""

    correction: int


@frozen
class AuditChanged(Message):
    """The user decided something about the audit of the story that is shown."""


@frozen
class SearchFor(Message):
    """Search for a query; the focus then goes to the search line or to the results, or stays.

    The last word of an ``unfinished`` one may go on.
    """

    query: str
    focus: Literal["", "line", "results"] = ""
    unfinished: bool = False


@frozen
class ShowResults(Message):
    """The results of the search that is on are to be shown."""


@frozen
class QueryChanged(Message):
    """The query is another one."""


@frozen
class SearchAnswered(Message):
    """The results of a search are there."""


@frozen
class SearchEnded(Message):
    """Nothing is searched for any more."""


@frozen
class MoreResults(Message):
    """Ask for the next page of results; ``then`` is called when it is there."""

    then: Callable[[], None]


@frozen
class UnfoldCopies(Message):
    """Unfold the near copies of a hit under it, or fold them."""

    hit: Ref | None


@frozen
class FindNext(Message):
    """Go to the next (1) or previous (-1) place of what was found in the open text."""

    direction: int


@frozen
class SourcesChanged(Message):
    """Sources were added, removed or moved here; ``new`` are those that came or changed.

    ``moved`` are sources that are in another story now, with what they are there.
    """

    new: tuple[Ref, ...] = ()
    moved: tuple[tuple[Ref, Ref], ...] = ()


@frozen
class ResultsMarked(Message):
    """The hits are to be drawn again: which are new is known, or copies are listed otherwise."""


@frozen
class FilesVanished(Message):
    """Files of sources went, or came back, which their rows show."""


@frozen
class LibraryChanged(Message):
    """The library holds other texts than before, whoever changed it."""


@frozen
class SignsChanged(Message):
    """What is open, marked or read changed, or what is known to stem from another source."""


@frozen
class NotesChanged(Message):
    """Notes were written, changed or removed."""


@frozen
class NotesRead(Message):
    """The notes on the open source were read again."""


@frozen
class EditNote(Message):
    """Open the editor for a note."""

    note: Note


@frozen
class EditDetails(Message):
    """Put right what is said of a source, or of a story by its slug."""

    target: Ref | str


@frozen
class StepInJournal(Message):
    """Undo the last change of the user's, or do it again."""

    again: bool


@frozen
class UpdateIndex(Message):
    """Bring the index in step with the library, or rebuild it."""

    rebuild: bool = False


@frozen
class RefreshStatus(Message):
    """Bring the status line up to date."""


@frozen
class TakeTour(Message):
    """Go to the library of the demo story for the tour."""


@frozen
class Noticed(Message):
    """The user did something that no state shows: wrote a note, exported, opened the help."""

    what: Literal["note", "export", "help"]


@frozen
class OpenLibrary(Message):
    """Leave the app for another library."""

    opening: Opening


@frozen
class Quit(Message):
    """Leave the app."""


class Asked(TextualMessage):
    """A message from a pane, which knows nothing but the screen that it is on."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message


_Message = TypeVar("_Message", bound=Message)


class Dispatcher:
    """Hands each message at once to those that were named for its type, in this order."""

    def __init__(self) -> None:
        self._handlers: dict[type[Message], list[Callable[[Any], object]]] = {}

    def on(self, kind: type[_Message], *handlers: Callable[[_Message], object]) -> None:
        """Have messages of one type handed to ``handlers``, after those named before."""
        self._handlers.setdefault(kind, []).extend(handlers)

    def emit(self, message: Message) -> None:
        """Hand a message over; raises KeyError for one that nobody was named for."""
        for handler in self._handlers[type(message)]:
            handler(message)

    @property
    def kinds(self) -> frozenset[type[Message]]:
        """The types of message that are seen to."""
        return frozenset(self._handlers)
