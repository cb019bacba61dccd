"""Commands of the command line: what one is, what it is given when it runs, and all of them by name."""

from __future__ import annotations

import argparse
from enum import IntEnum
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from sources.errors import RequestError
from sources.frozen import frozen
from tui.cli.documents import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sources.model import Ref
    from tui.cli.console import Column, Console
    from tui.services import Library
    from tui.services.original_places import OriginalPlaces

NO_SOURCES = "The library is empty; put something in with: crossread add FILE (or try: crossread demo)"
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Argument(NamedTuple):
    """An argument of a command: its name, and what `argparse` has to know of it."""

    name: str
    options: dict[str, Any]


def arg(usage: str, told: str, *, least: int | None = None, many: bool = False, **options: Any) -> Argument:
    """Return an argument: ``ref REF`` is a word, ``--tag TAG`` an option, ``--pin`` a switch.

    ``REF?`` may be left out, ``REF+`` is one or more, ``REF*`` any number; ``least`` reads a whole number
    from there on, and ``many`` options may be repeated. ``told`` is its help.
    """
    name, *values = usage.split()
    if values and values[-1][-1] in "?+*":
        options["nargs"] = values[-1][-1]
        values[-1] = values[-1][:-1]
    if values:
        options["metavar"] = tuple(values) if len(values) > 1 else values[0]
    elif "choices" not in options:
        options["action"] = "store_true"
    if len(values) > 1:
        options["nargs"] = len(values)
    if least is not None:
        options["type"] = _whole_number(least)
    if many:
        options = {"action": "append", "default": [], **options}
    return Argument(name, {"help": told, **options})


def _whole_number(least: int) -> Callable[[str], int]:
    def read(word: str) -> int:
        if not (word.isascii() and word.isdigit()) or int(word) < least:
            raise argparse.ArgumentTypeError(f"{word!r} is not a whole number of {least} or more")
        return int(word)

    return read


@frozen
class Invocation:
    """What a command is given when it runs: its arguments, and where its answer goes."""

    arguments: argparse.Namespace
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
        places: OriginalPlaces | None = None,
    ) -> ExitCode:
        """Write the answer, and return the status: as a JSON document, or for people.

        What was ``found`` is shown as one line, as a table of these columns, or by a function; where nothing
        was, they are told ``nothing``. A ``sheet`` is written instead, whatever was found. With ``places``
        the passages of the JSON document have theirs.
        """
        if self.console.as_json:
            written = to_json(document)
            self.console.document(written if places is None else places.named_in(written))
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


@frozen
class Command:
    """A command: what runs, what its help says, and its arguments; of those in a tuple only one may be given.

    ``empty`` holds the fields of its JSON document that are there even when it fails.
    """

    run: Callable[[Invocation], ExitCode]
    description: str
    examples: Sequence[str]
    arguments: Sequence[Argument | tuple[Argument, ...]] = ()
    empty: Mapping[str, Any] = _NOTHING


# What the command's exit status says.


class ExitCode(IntEnum):
    """The exit statuses of ``crossread``, the same for every command."""

    DONE = 0
    NOTHING_FOUND = 1
    USAGE = 2
    INPUT = 3
    STORAGE = 4
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """Return what the status says, as the help prints it."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitCode.DONE: "done",
    ExitCode.NOTHING_FOUND: "done, but nothing was found",
    ExitCode.USAGE: "the command or the query could not be understood",
    ExitCode.INPUT: "some input could not be read; the rest was done",
    ExitCode.STORAGE: "trouble with the library or its index",
    ExitCode.INTERRUPTED: "interrupted",
}

# The names that the user gives to parts of a library.

TARGET = arg("target STORY|REF", "STORY, STORY/N or STORY/summary")


def target(word: str, *, versions: bool = False) -> Ref | str:
    """Read ``STORY/N``, ``STORY/summary`` or ``STORY``; with ``versions`` also ``STORY/N@2``.

    Raises RequestError.
    """
    from sources.model import Ref, is_slug

    ref = Ref.parse_version(word)
    if ref is not None and (ref.version is None or versions):
        return ref
    if ref is not None:
        raise RequestError(
            f"{word!r} is one version of a text; this goes by the newest: leave out @{ref.version}"
        )
    if is_slug(word):
        return word
    raise RequestError(f"{word!r} is neither a story nor a source; write STORY, STORY/N or STORY/summary")


def source_ref(word: str, *, versions: bool = False) -> Ref:
    """Read ``STORY/N`` or ``STORY/summary``, with ``versions`` ``STORY/N@2`` too; raises RequestError."""
    found = target(word, versions=versions)
    if isinstance(found, str):
        raise RequestError(f"{word!r} is a story; write {word}/N or {word}/summary for one text of it")
    return found


# All commands by name, with the module that holds each, so that a call loads only its own.


@frozen
class Entry:
    """A command's name, one line about it, and the module whose ``COMMANDS`` holds it."""

    name: str
    module: str
    summary: str

    def load(self) -> Command:
        """Import the command's module and return the command."""
        found: Command = import_module(f"tui.cli.{self.module}").COMMANDS[self.name]
        return found


ENTRIES: tuple[Entry, ...] = (
    Entry("add", "add", "put files, folders or standard input into the library"),
    Entry("watch", "watch", "add files as they appear in a folder"),
    Entry("stories", "library", "list the stories of the library"),
    Entry("sources", "library", "list the sources of a story, or all"),
    Entry("show", "library", "show a source or a story"),
    Entry("remove", "stories", "put a source or a story into the bin, or delete it for good"),
    Entry("restore", "stories", "bring a removed source or story back from the bin"),
    Entry("story rename", "stories", "give a story another name"),
    Entry("story merge", "stories", "join stories into one"),
    Entry("story split", "stories", "move sources of a story into a new one"),
    Entry("story move", "stories", "move sources to another story"),
    Entry("edit", "edit", "edit the details of a source or a story"),
    Entry("undo", "note_history", "undo the last change to notes, labels, sources or stories"),
    Entry("redo", "note_history", "redo what was undone last"),
    Entry("versions", "versions", "list what a publisher changed in a source, and when that was seen"),
    Entry("search", "search", "search the library"),
    Entry("searches", "search", "list the saved searches"),
    Entry("compare", "compare", "compare sources, sentence by sentence"),
    Entry("lineage", "lineage", "show who copied whom, and which origins a story rests on"),
    Entry("elsewhere", "lineage", "find where else a passage is"),
    Entry("entities", "entities", "list the persons, organisations, places and products named"),
    Entry("entities merge", "entities", "merge two entities"),
    Entry("entities split", "entities", "split a form of a name off an entity"),
    Entry("entities rename", "entities", "give an entity another name"),
    Entry("entities type", "entities", "set the kind of an entity"),
    Entry("entities hide", "entities", "hide what is not an entity"),
    Entry("entities pin", "entities", "keep an entity on top"),
    Entry("entities corrections", "entities", "list the corrections of entities"),
    Entry("entities undo", "entities", "undo a correction of an entity"),
    Entry("figures", "figures", "compare the figures of a story, source by source"),
    Entry("quotes", "quotes", "list what is quoted, with its variants, and who is credited"),
    Entry("timeline", "figures", "list what happened when"),
    Entry("audit", "audit", "check a summary or a draft against its sources, sentence by sentence"),
    Entry("blame", "history", "tell who said what first, and who changed it on the way"),
    Entry("since", "history", "list what changed since a day: verdicts, conflicts, origins, texts"),
    Entry("lint", "lint", "print what is wrong with a draft, line by line, for editors"),
    Entry("note add", "notes", "write a note on a passage"),
    Entry("note list", "notes", "list notes"),
    Entry("note edit", "notes", "change a note"),
    Entry("note remove", "notes", "remove a note"),
    Entry("note restore", "notes", "bring a removed note back"),
    Entry("note link", "note_history", "link a note to one more passage"),
    Entry("note attach", "note_history", "attach a note that lost its passage to another one"),
    Entry("note find-again", "note_history", "look once more for the passages that notes lost"),
    Entry("note bin", "note_history", "list the removed notes, or empty the bin"),
    Entry("note undo", "note_history", "undo the last change to notes"),
    Entry("note redo", "note_history", "redo what was undone"),
    Entry("note drafts", "note_history", "list drafts: words typed but not saved"),
    Entry("labels list", "codebook", "list the labels of the codebook"),
    Entry("labels add", "codebook", "put a label into the codebook"),
    Entry("labels edit", "codebook", "change a label"),
    Entry("labels move", "codebook", "put a label elsewhere in the codebook"),
    Entry("labels remove", "codebook", "take a label out of the codebook"),
    Entry("labels mark", "label_spans", "give a passage labels"),
    Entry("labels unmark", "label_spans", "take labels off passages"),
    Entry("labels show", "label_spans", "list labelled spans"),
    Entry("labels count", "label_spans", "count labelled spans"),
    Entry("labels together", "label_spans", "show which labels are together"),
    Entry("labels agreement", "label_agreement", "measure how far coders agree"),
    Entry("labels disagreements", "label_agreement", "list where coders disagree, side by side"),
    Entry("labels settle", "label_agreement", "settle a disagreement"),
    Entry("labels unsettle", "label_agreement", "open a settled disagreement again"),
    Entry("labels suggest", "label_spans", "suggest a label from a search or an entity"),
    Entry("labels accept", "label_spans", "accept suggestions"),
    Entry("labels dismiss", "label_spans", "turn suggestions down"),
    Entry("labels undo", "codebook", "undo the last change to labels or notes"),
    Entry("labels redo", "codebook", "redo what was undone"),
    Entry("export notes", "export", "write notes out, for people and other programs"),
    Entry("export labels", "export", "write labelled spans out, for training and analysis"),
    Entry("export sources", "export", "write sources out as citations"),
    Entry("export story", "export", "write a whole story out"),
    Entry("export figures", "figures", "write the figures of a story out"),
    Entry("verify", "verify", "check that a dossier is what it was when it was made"),
    Entry("import notes", "export", "take notes in that were written elsewhere"),
    Entry("export library", "merge", "write the whole library into one file, for a colleague"),
    Entry("import library", "merge", "take in the file of a colleague's library"),
    Entry("merge", "merge", "take over what another library has, nothing twice"),
    Entry("reindex", "library", "build the search index again"),
    Entry("doctor", "library", "check the library, its index and its folders"),
    Entry("backup", "library", "write a copy of the library's database"),
    Entry("demo", "open_app", "open the app on the bundled story"),
    Entry("paths", "reference", "print where everything is kept"),
    Entry("keys", "reference", "print the keys of the app"),
    Entry("completion", "reference", "print a completion script for a shell"),
)
APP = Entry("", "open_app", "open the app")
_BY_NAME = {entry.name: entry for entry in ENTRIES}


def find_command(words: Sequence[str]) -> Entry | None:
    """Return the command that ``words`` begin with: its name is one or two words."""
    return _BY_NAME.get(" ".join(words[:2])) or _BY_NAME.get(words[0] if words else "")


def members(family: str) -> tuple[Entry, ...]:
    """Return the commands of two words that begin with ``family``."""
    return tuple(entry for entry in ENTRIES if entry.name.startswith(f"{family} "))
