"""Commands of the command line: what one is, what it is given when it runs, and all of them by name."""

from __future__ import annotations

from enum import IntEnum
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sources.frozen import frozen

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping, Sequence

    from tui.cli.console import Console


_NOTHING: Mapping[str, Any] = MappingProxyType({})


@frozen
class Invocation:
    """One call of a command: its arguments, and where its answer goes."""

    arguments: Namespace
    console: Console

    @property
    def library_option(self) -> str | None:
        """Return the folder that ``--library`` named, if it did."""
        named: str | None = self.arguments.library
        return named


@frozen
class Command:
    """A command: how its arguments are declared, what runs, and what its help says beside them.

    ``empty`` holds the fields of its JSON document that are there even when it fails.
    """

    description: str
    examples: tuple[str, ...]
    run: Callable[[Invocation], ExitCode]
    configure: Callable[[ArgumentParser], None] | None = None
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
    ExitCode.USAGE: "the command or the query makes no sense",
    ExitCode.INPUT: "some input could not be read; the rest was done",
    ExitCode.STORAGE: "trouble with the library or its index",
    ExitCode.INTERRUPTED: "interrupted",
}

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
    Entry("stories", "library", "list the stories of the library"),
    Entry("sources", "library", "list the sources of a story, or all"),
    Entry("show", "library", "show a source or a story"),
    Entry("remove", "add", "take a source or a story out of the library"),
    Entry("search", "search", "search the library"),
    Entry("searches", "search", "list the searches that were kept under a name"),
    Entry("compare", "compare", "lay sources side by side, sentence against sentence"),
    Entry("lineage", "lineage", "show who stems from whom, and on which origins a story stands"),
    Entry("elsewhere", "lineage", "find where else a passage stands"),
    Entry("entities", "entities", "list the persons, organisations, places and products named"),
    Entry("entities merge", "entities", "say that two entities are one"),
    Entry("entities split", "entities", "take a form of a name out of an entity"),
    Entry("entities rename", "entities", "give an entity another name"),
    Entry("entities type", "entities", "say of what kind an entity is"),
    Entry("entities hide", "entities", "leave out what is no entity"),
    Entry("entities pin", "entities", "keep an entity on top"),
    Entry("entities corrections", "entities", "list what was said of entities"),
    Entry("entities undo", "entities", "take back a correction of an entity"),
    Entry("figures", "figures", "lay the figures of a story side by side, source by source"),
    Entry("quotes", "quotes", "list what is quoted, with its variants, and who is credited"),
    Entry("timeline", "figures", "list what happened when"),
    Entry("note add", "notes", "write a note on a passage"),
    Entry("note list", "notes", "list notes"),
    Entry("note edit", "notes", "change a note"),
    Entry("note remove", "notes", "remove a note"),
    Entry("note restore", "notes", "bring a removed note back"),
    Entry("note link", "note_history", "let a note speak of one more passage"),
    Entry("note attach", "note_history", "put a note that lost its passage on another one"),
    Entry("note find-again", "note_history", "look once more for the passages that notes lost"),
    Entry("note bin", "note_history", "list the removed notes, or empty the bin"),
    Entry("note undo", "note_history", "take back the last change to notes"),
    Entry("note redo", "note_history", "do again what was taken back"),
    Entry("note drafts", "note_history", "list words that were typed but not saved"),
    Entry("labels list", "codebook", "list the labels of the codebook"),
    Entry("labels add", "codebook", "put a label into the codebook"),
    Entry("labels edit", "codebook", "change a label"),
    Entry("labels move", "codebook", "put a label elsewhere in the codebook"),
    Entry("labels remove", "codebook", "take a label out of the codebook"),
    Entry("labels mark", "label_spans", "give a passage labels"),
    Entry("labels unmark", "label_spans", "take labels off passages"),
    Entry("labels show", "label_spans", "list labelled spans"),
    Entry("labels count", "label_spans", "count labelled spans"),
    Entry("labels together", "label_spans", "show which labels stand together"),
    Entry("labels agreement", "label_agreement", "measure how far coders agree"),
    Entry("labels disagreements", "label_agreement", "list where coders disagree, side by side"),
    Entry("labels settle", "label_agreement", "settle a disagreement"),
    Entry("labels unsettle", "label_agreement", "open a settled disagreement again"),
    Entry("labels suggest", "label_suggestions", "suggest a label from a search or an entity"),
    Entry("labels accept", "label_suggestions", "accept suggestions"),
    Entry("labels dismiss", "label_suggestions", "turn suggestions down"),
    Entry("labels undo", "codebook", "take back the last change to labels or notes"),
    Entry("labels redo", "codebook", "do again what was taken back"),
    Entry("export notes", "export", "write notes out, for people and other programs"),
    Entry("export labels", "export", "write labelled spans out, for training and analysis"),
    Entry("export sources", "export", "write sources out as citations"),
    Entry("export story", "export", "write a whole story out"),
    Entry("export figures", "figures", "write the figures of a story out"),
    Entry("import notes", "import_notes", "take notes in that were written elsewhere"),
    Entry("reindex", "maintenance", "build the search index again"),
    Entry("doctor", "maintenance", "check the library, its index and its folders"),
    Entry("backup", "maintenance", "write a copy of the library's database"),
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
