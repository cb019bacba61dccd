"""All commands by name, with the module that holds each, so that a call loads only its own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sources.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.command import Command


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
    Entry("add", "adding", "put files, folders or standard input into the library"),
    Entry("stories", "listing", "list the stories of the library"),
    Entry("sources", "listing", "list the sources of a story, or all"),
    Entry("show", "showing", "show a source or a story"),
    Entry("remove", "removing", "take a source or a story out of the library"),
    Entry("search", "searching", "search the library"),
    Entry("searches", "saving", "list the searches that were kept under a name"),
    Entry("compare", "comparing", "lay sources side by side, sentence against sentence"),
    Entry("lineage", "lineage", "show who stems from whom, and on which origins a story stands"),
    Entry("elsewhere", "elsewhere", "find where else a passage stands"),
    Entry("entities", "naming", "list the persons, organisations, places and products named"),
    Entry("entities merge", "name_corrections", "say that two entities are one"),
    Entry("entities split", "name_corrections", "take a form of a name out of an entity"),
    Entry("entities rename", "name_corrections", "give an entity another name"),
    Entry("entities type", "name_corrections", "say of what kind an entity is"),
    Entry("entities hide", "name_corrections", "leave out what is no entity"),
    Entry("entities pin", "name_corrections", "keep an entity on top"),
    Entry("entities corrections", "name_corrections", "list what was said of entities"),
    Entry("entities undo", "name_corrections", "take back a correction of an entity"),
    Entry("figures", "figures", "lay the figures of a story side by side, source by source"),
    Entry("quotes", "quoting", "list what is quoted, with its variants, and who is credited"),
    Entry("timeline", "timeline", "list what happened when"),
    Entry("note add", "noting", "write a note on a passage"),
    Entry("note list", "noting", "list notes"),
    Entry("note edit", "noting", "change a note"),
    Entry("note remove", "noting", "remove a note"),
    Entry("note restore", "noting", "bring a removed note back"),
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
    Entry("labels mark", "labelling", "give a passage labels"),
    Entry("labels unmark", "labelling", "take labels off passages"),
    Entry("labels show", "labelling", "list labelled spans"),
    Entry("labels count", "labelling", "count labelled spans"),
    Entry("labels together", "labelling", "show which labels stand together"),
    Entry("labels agreement", "agreeing", "measure how far coders agree"),
    Entry("labels disagreements", "agreeing", "list where coders disagree, side by side"),
    Entry("labels settle", "agreeing", "settle a disagreement"),
    Entry("labels unsettle", "agreeing", "open a settled disagreement again"),
    Entry("labels suggest", "suggesting", "suggest a label from a search or an entity"),
    Entry("labels accept", "suggesting", "accept suggestions"),
    Entry("labels dismiss", "suggesting", "turn suggestions down"),
    Entry("labels undo", "codebook", "take back the last change to labels or notes"),
    Entry("labels redo", "codebook", "do again what was taken back"),
    Entry("export notes", "exporting", "write notes out, for people and other programs"),
    Entry("export labels", "exporting", "write labelled spans out, for training and analysis"),
    Entry("export sources", "exporting", "write sources out as citations"),
    Entry("export story", "exporting", "write a whole story out"),
    Entry("export figures", "export_figures", "write the figures of a story out"),
    Entry("import notes", "importing_notes", "take notes in that were written elsewhere"),
    Entry("reindex", "care", "build the search index anew"),
    Entry("doctor", "care", "check the library, its index and its folders"),
    Entry("backup", "care", "write a copy of the library's database"),
    Entry("demo", "opening_app", "open the app on the bundled story"),
    Entry("paths", "guide", "print where everything is kept"),
    Entry("keys", "guide", "print the keys of the app"),
    Entry("completion", "completing", "print a completion script for a shell"),
)
APP = Entry("", "opening_app", "open the app")
_BY_NAME = {entry.name: entry for entry in ENTRIES}


def find(words: Sequence[str]) -> Entry | None:
    """Return the command that ``words`` begin with: its name is one or two words."""
    return _BY_NAME.get(" ".join(words[:2])) or _BY_NAME.get(words[0] if words else "")


def members(family: str) -> tuple[Entry, ...]:
    """Return the commands of two words that begin with ``family``."""
    return tuple(entry for entry in ENTRIES if entry.name.startswith(f"{family} "))
