"""One call of a command: its arguments, the library that it works on, and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.frozen import frozen
from tui.cli.command import ExitCode, arg
from tui.cli.documents import to_json

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sources.model import Ref
    from tui.cli.console import Column, Console
    from tui.services import Library

NO_SOURCES = "The library is empty; put something in with: crossread add FILE (or try: crossread demo)"


@frozen
class Invocation:
    """What a command is given when it runs: its arguments, and where its answer goes."""

    arguments: Namespace
    console: Console

    @property
    def folder(self) -> Path:
        """Return the folder of the library that the call names, or of the user's own."""
        from sources.places import library_folder

        return library_folder(self.arguments.library)

    def library(self) -> Library:
        """Open the library that the call works on."""
        from tui.services.access import library_in

        return library_in(self.folder)

    def answer(
        self,
        document: Mapping[str, object],
        found: Any = True,  # noqa: FBT002 - what was found, or whether
        show: str | Sequence[Column] | Callable[[], object] = "",
        nothing: str = "",
        sheet: Callable[[], str] | None = None,
    ) -> ExitCode:
        """Write the answer, and return the status: as a JSON document, or for people.

        What was ``found`` is shown as one line, as a table of these columns, or by a function; where nothing
        was, they are told ``nothing``. A ``sheet`` is written instead, whatever was found.
        """
        if self.console.as_json:
            self.console.document(to_json(document))
        elif sheet is not None:
            self.console.raw(sheet())
        elif not found:
            if nothing:
                self.console.say(nothing)
        elif isinstance(show, str):
            self.console.line(show)
        elif callable(show):
            show()
        else:
            self.console.table(show, found)
        return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


# The names that the user gives to parts of a library.

TARGET = arg("target STORY|REF", "STORY, STORY/N or STORY/summary")


def target(word: str) -> Ref | str:
    """Read ``STORY/N``, ``STORY/summary`` or ``STORY``; raises RequestError."""
    from sources.model import Ref, is_slug

    ref = Ref.parse(word)
    if ref is not None:
        return ref
    if is_slug(word):
        return word
    raise RequestError(f"{word!r} is neither a story nor a source; write STORY, STORY/N or STORY/summary")


def source_ref(word: str) -> Ref:
    """Read ``STORY/N`` or ``STORY/summary``; raises RequestError."""
    found = target(word)
    if isinstance(found, str):
        raise RequestError(f"{word!r} is a story; write {word}/N or {word}/summary for one text of it")
    return found
