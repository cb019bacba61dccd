"""The registry of everything that a key or the palette can do in the app."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the user can do in the app.

    ``keys`` are Textual's key names or single characters (none: palette only); ``where`` is the place
    that has to be focused: ``everywhere``, a pane's name, or ``text``, ``list``, ``search``, ``matrix``,
    ``editor``, ``labelling``, ``labels`` for keys that the widget there answers itself.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str
    where: str = "everywhere"

    @property
    def shown_keys(self) -> str:
        """Return its keys as a person reads them, such as ``ctrl+p`` or ``j  ↓``."""
        return "  ".join(shown_key(key) for key in self.keys)


_KEY_NAMES = {
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "page up",
    "pagedown": "page down",
}
WIDGETS_OWN = frozenset({"text", "list", "matrix", "search", "editor", "labelling", "labels"})


def shown_key(key: str) -> str:
    """Return one key as a person reads it."""
    return _KEY_NAMES.get(key, key)


_VIEWS = (
    Action("view-read", ("1",), "Read", "Read one source, with its evidence beside it", "Views"),
    Action(
        "view-compare",
        ("2",),
        "Compare",
        "Two to four sources side by side, sentence against sentence",
        "Views",
    ),
    Action("view-story", ("3",), "Story", "The story as a whole: summary, sources, related stories", "Views"),
    Action("view-notes", ("4",), "Notes", "All notes of the library", "Views"),
    Action("next-pane", ("tab",), "Next pane", "Move the focus to the next pane", "Views"),
    Action("previous-pane", ("shift+tab",), "Previous pane", "Move the focus to the pane before", "Views"),
    Action("maximise", ("m",), "Maximise", "Give the focused pane the whole screen, and back", "Views"),
    Action("evidence", ("e",), "Evidence", "Show or fold away the evidence on the right", "Views"),
    Action("library", ("L",), "Library", "Show or fold away the library on the left", "Views"),
    Action("narrower", ("<",), "Narrower", "Make the focused side pane narrower", "Views"),
    Action("wider", (">",), "Wider", "Make the focused side pane wider", "Views"),
)

_SEARCH = (
    Action("search", ("/",), "Search", "Search the whole library; results come while you type", "Search"),
    Action("next-hit", ("n",), "Next hit", "Go to the next hit, on into the next source", "Search"),
    Action(
        "previous-hit", ("N",), "Previous hit", "Go to the hit before, back into the source before", "Search"
    ),
    Action("facets", ("F",), "Narrow", "Narrow the search by story, publisher, month, name or tag", "Search"),
    Action("sort", ("S",), "Order", "Order hits by relevance, newest, oldest, title, publisher", "Search"),
    Action(
        "copies",
        ("z",),
        "Near copies",
        "Unfold or fold the near copies of the highlighted hit",
        "Search",
        "results",
    ),
    Action("keep-search", ("ctrl+s",), "Keep search", "Keep this search under a name", "Search"),
    Action("kept-searches", ("K",), "Kept searches", "Run, rename or remove a kept search", "Search"),
    Action(
        "query-help", ("f1",), "Query language", "What a search can say, with examples from here", "Search"
    ),
    Action("elsewhere", ("W",), "Where else", "Where else this passage stands, and who says it", "Search"),
    Action("find", ("f",), "Find in text", "Find words in the text that is open", "Search"),
    Action("accept-suggestion", ("ctrl+y",), "Accept suggestion", "Search for what is suggested", "Search"),
)

_SOURCES = (
    Action("open", ("o",), "Open", "Open what is highlighted; Enter does the same", "Sources"),
    Action("next-source", ("]",), "Next source", "Open the next source of the story", "Sources"),
    Action("previous-source", ("[",), "Previous source", "Open the source before", "Sources"),
    Action("mark", ("space",), "Mark", "Mark a source for comparing", "Sources"),
    Action("compare", ("c",), "Compare", "Compare the marked, or this one with the marked one", "Sources"),
    Action(
        "compare-new", ("C",), "Compare what is new", "Compare a new source with the one it is in", "Sources"
    ),
    Action(
        "join-story",
        ("J",),
        "Join the story",
        "Move a new source into the story that it seems to belong to, and compare it there",
        "Sources",
    ),
    Action("unmark-all", (), "Unmark all", "Take all marks off the sources", "Sources"),
    Action("toggle-read", ("r",), "Read or unread", "Tick the open source as read, or untick it", "Sources"),
    Action("add", ("A",), "Add sources", "Add files or folders to the library", "Sources"),
    Action("remove", ("X",), "Remove", "Remove a source or a story, after saying what goes", "Sources"),
    Action("add-sample", (), "Add the bundled story", "Add the fictional story that comes along", "Sources"),
)

_COMPARE = (
    Action(
        "next-pair",
        ("p",),
        "Next pair",
        "All of the marked sources, then each pair of them",
        "Compare",
        "compare",
    ),
    Action(
        "swap-sides",
        ("s",),
        "Lead",
        "Put the column pointed at first and hold the others against it; from the first: swap",
        "Compare",
        "compare",
    ),
    Action(
        "next-difference",
        ("d",),
        "Next difference",
        "Go to the next place where they differ",
        "Compare",
        "compare",
    ),
    Action(
        "only-differences",
        ("o",),
        "Only differences",
        "Leave out what is the same, or bring it back",
        "Compare",
        "compare",
    ),
    Action(
        "brackets", ("b",), "Brackets", "Show edits as [-…-]{+…+}, or by colour alone", "Compare", "compare"
    ),
    Action(
        "previous-difference",
        ("D",),
        "Previous difference",
        "Go to the difference before",
        "Compare",
        "compare",
    ),
    Action(
        "only-here",
        ("O",),
        "Only here",
        "Show only what this column says alone; ! is said nowhere else in the story",
        "Compare",
        "compare",
    ),
    Action(
        "scroll-lock",
        ("=",),
        "Scroll lock",
        "Let each column scroll by itself; again: level all where one stands",
        "Compare",
        "compare",
    ),
    Action(
        "one-column",
        ("M",),
        "One column",
        "Give the column pointed at all the room, and back",
        "Compare",
        "compare",
    ),
    Action(
        "link-note",
        ("B",),
        "Note on all sides",
        "Write one note on the passages of all columns in this row",
        "Compare",
        "compare",
    ),
)

_EVIDENCE = (
    Action(
        "next-mark",
        ("}",),
        "Next mention",
        "Go to the next mark; of one entity, through the whole story",
        "Evidence",
    ),
    Action("previous-mark", ("{",), "Previous mention", "Go to the mark before", "Evidence"),
    Action(
        "isolate",
        ("space",),
        "Only this one",
        "Highlight only this entity; again: all of them",
        "Evidence",
        "evidence",
    ),
    Action(
        "toggle-kind",
        ("h",),
        "Highlighting",
        "Turn the marks of this kind off and on",
        "Evidence",
        "evidence",
    ),
    Action(
        "filter-evidence",
        ("f",),
        "Filter",
        "List only what has the words that are typed",
        "Evidence",
        "evidence",
    ),
    Action(
        "merge-entity",
        ("M",),
        "Merge",
        "Mark an entity, and then the one that it goes with",
        "Evidence",
        "evidence",
    ),
    Action("split-entity", ("s",), "Split", "Take a form of the name out of it", "Evidence", "evidence"),
    Action("rename-entity", ("R",), "Rename", "Give an entity another name", "Evidence", "evidence"),
    Action("retype-entity", ("t",), "Kind", "Say of what kind an entity is", "Evidence", "evidence"),
    Action(
        "hide-entity", ("x",), "Hide", "Leave out what is no entity, or bring it back", "Evidence", "evidence"
    ),
    Action("pin-entity", ("p",), "Pin", "Keep an entity on top, or no longer", "Evidence", "evidence"),
    Action(
        "undo-correction",
        ("u",),
        "Undo correction",
        "Take back what was said last of an entity of this story",
        "Evidence",
        "evidence",
    ),
    Action("show-hidden", ("H",), "Hidden ones", "List what is hidden, or no longer", "Evidence", "evidence"),
    Action("next-tab", ("right",), "Next tab", "Entities, figures, quotes", "Evidence", "evidence"),
    Action("previous-tab", ("left",), "Previous tab", "Quotes, figures, entities", "Evidence", "evidence"),
)

_NOTES = (
    Action(
        "note",
        ("a",),
        "Write a note",
        "Write on the selection or this sentence; in a list on the whole source or story",
        "Notes",
    ),
    Action(
        "edit-note", ("E",), "Edit note", "Change the note that is highlighted or under the cursor", "Notes"
    ),
    Action("remove-note", ("x",), "Remove note", "Remove that note; u brings it back", "Notes"),
    Action("undo", ("u",), "Undo", "Take back the last change to a note", "Notes"),
    Action("redo", ("U",), "Redo", "Do again what was taken back last", "Notes"),
    Action(
        "carry-note",
        ("t",),
        "Take along",
        "Take a note to another passage: link the two, or give a lost note its place",
        "Notes",
    ),
    Action("pin-note", ("P",), "Pin", "Keep a note at the top of the list, or not", "Notes"),
    Action("group-notes", ("s",), "Group", "Group by source, tag, label, colour", "Notes", "notes"),
    Action("bin", ("B",), "Bin", "Show what was removed in the last 30 days, or the notes", "Notes", "notes"),
    Action("restore-note", ("R",), "Restore", "Take a note out of the bin", "Notes", "notes"),
    Action("empty-bin", (), "Empty the bin", "Take all notes in it away for good", "Notes"),
    Action(
        "copy", ("y",), "Copy with citation", "Copy the selection, or this sentence, with its source", "Notes"
    ),
)

_LABELS = (
    Action(
        "label-text",
        ("i",),
        "Label",
        "Label the selection or the sentence with the labels' own keys; esc ends it",
        "Labels",
    ),
    Action(
        "labels",
        ("I",),
        "Labels",
        "Codebook, labelled spans, counts, company, suggestions, agreement",
        "Labels",
    ),
    Action("pick-label", ("space",), "Choose a label by name", "", "While labelling", "labelling"),
    Action(
        "take-label",
        ("backspace", "delete"),
        "Take off the label here, or turn down what is suggested",
        "",
        "While labelling",
        "labelling",
    ),
    Action("accept-here", ("enter",), "Accept what is suggested here", "", "While labelling", "labelling"),
    Action("label-undo", ("ctrl+z",), "Undo", "", "While labelling", "labelling"),
    Action("label-redo", ("ctrl+y",), "Redo", "", "While labelling", "labelling"),
    Action("next-label-tab", ("right",), "Next tab", "", "Among the labels", "labels"),
    Action("previous-label-tab", ("left",), "Previous tab", "", "Among the labels", "labels"),
    Action("add-label", ("n",), "New label", "", "Among the labels", "labels"),
    Action("add-label-under", ("N",), "New label under this one", "", "Among the labels", "labels"),
    Action(
        "edit-label", ("e",), "Change name, key, colour, parent, meaning", "", "Among the labels", "labels"
    ),
    Action(
        "drop-label",
        ("x",),
        "Remove the label, unlabel, turn down, or unsettle",
        "",
        "Among the labels",
        "labels",
    ),
    Action("open-labelled", ("o",), "Open the place", "", "Among the labels", "labels"),
    Action(
        "suggest-labels", ("s",), "Suggest a label from a search or a name", "", "Among the labels", "labels"
    ),
    Action("accept-all-labels", ("A",), "Accept all that is suggested", "", "Among the labels", "labels"),
    Action("dismiss-all-labels", ("D",), "Turn down all that is suggested", "", "Among the labels", "labels"),
    Action("label-unit", ("c",), "Agreement by characters or by sentences", "", "Among the labels", "labels"),
    Action("undo-label", ("u",), "Undo", "", "Among the labels", "labels"),
    Action("redo-label", ("U",), "Redo", "", "Among the labels", "labels"),
    Action("leave-labels", ("escape", "q", "I"), "Back to the text", "", "Among the labels", "labels"),
)

_FILES = (
    Action(
        "export",
        ("ctrl+e",),
        "Export",
        "Write notes, labels, sources or the story into a new file, in a format of your choice",
        "Files",
    ),
    Action(
        "import-notes",
        ("ctrl+o",),
        "Import notes",
        "Take in notes and labels of another program from a file",
        "Files",
    ),
)

_CARE = (
    Action("help", ("?",), "Help", "All keys", "App"),
    Action("palette", ("ctrl+p",), "Palette", "Find any command by name", "App"),
    Action("back", ("escape",), "Back", "One step back, whatever is open", "App"),
    Action("leave", ("q",), "Back or quit", "Back to reading; from there, quit", "App"),
    Action("quit-app", ("ctrl+q",), "Quit", "Quit at once; where you were is kept", "App"),
    Action(
        "switch-theme",
        (),
        "Dark or light",
        "Switch to the next theme: dark, light, the terminal's own",
        "App",
    ),
    Action("rebuild-index", (), "Rebuild the index", "Read all sources into the search index again", "App"),
)

_TEXT = (
    Action("line-down", ("j", "down"), "Line down", "", "In a text", "text"),
    Action("line-up", ("k", "up"), "Line up", "", "In a text", "text"),
    Action("character", ("h", "l", "left", "right"), "Character left, right", "", "In a text", "text"),
    Action("word", ("w", "b"), "Next word, word before", "", "In a text", "text"),
    Action("word-end", ("e",), "End of the word, while selecting", "", "In a text", "text"),
    Action("sentence", (")", "("), "Next sentence, sentence before", "", "In a text", "text"),
    Action(
        "paragraph", ("}", "{"), "Next paragraph, paragraph before, while selecting", "", "In a text", "text"
    ),
    Action("text-ends", ("g g", "G"), "First line, last line", "", "In a text", "text"),
    Action("half-page", ("ctrl+d", "ctrl+u"), "Half a page down, up", "", "In a text", "text"),
    Action("page", ("pagedown", "pageup"), "A page down, up", "", "In a text", "text"),
    Action("select", ("v",), "Start or end a selection; the mouse selects too", "", "In a text", "text"),
    Action("activate", ("enter",), "Show what is marked under the cursor", "", "In a text", "text"),
)

_LISTS = (
    Action("row", ("j", "k", "down", "up"), "Row down, up", "", "In a list", "list"),
    Action("list-ends", ("g g", "G"), "First row, last row", "", "In a list", "list"),
    Action("list-half-page", ("ctrl+d", "ctrl+u"), "Half a page down, up", "", "In a list", "list"),
    Action("choose", ("enter",), "Open, unfold, or go there", "", "In a list", "list"),
)

_MATRICES = (
    Action(
        "cell",
        ("h", "j", "k", "l", "left", "down", "up", "right"),
        "Cell left, down, up, right",
        "",
        "In a map",
        "matrix",
    ),
    Action("map-ends", ("g g", "G"), "First row, last row", "", "In a map", "matrix"),
    Action("next-overlap", ("n", "N"), "Next overlap or dissent, one before", "", "In a map", "matrix"),
    Action("numbers", ("#",), "Shares in percent, or as blocks", "", "In a map", "matrix"),
    Action(
        "open-cell",
        ("enter",),
        "Full size; there, the pair or passage",
        "",
        "In a map",
        "matrix",
    ),
)

_DIALOGUES = (
    Action("to-results", ("enter", "down"), "From the search line to the results", "", "In a line", "search"),
    Action("earlier-search", ("up",), "Searches before this one", "", "In a line", "search"),
    Action("signs", ("?",), "In the empty search line: the query language", "", "In a line", "search"),
    Action("save-note", ("ctrl+s", "ctrl+enter"), "Save the note", "", "In the note editor", "editor"),
    Action("note-colour", ("ctrl+l",), "Next colour", "", "In the note editor", "editor"),
    Action("note-pin", ("ctrl+t",), "Pin or unpin", "", "In the note editor", "editor"),
    Action("outside-editor", ("ctrl+o",), "Write it in $EDITOR", "", "In the note editor", "editor"),
    Action(
        "keep-draft",
        ("escape",),
        "Close; what you wrote is kept as a draft",
        "",
        "In the note editor",
        "editor",
    ),
    Action(
        "discard-draft", ("ctrl+r",), "Discard what you wrote, and close", "", "In the note editor", "editor"
    ),
)

ACTIONS: tuple[Action, ...] = (
    *_VIEWS, *_SEARCH, *_SOURCES, *_COMPARE, *_EVIDENCE, *_NOTES, *_LABELS, *_FILES, *_CARE,
    *_TEXT, *_LISTS,
    *_MATRICES, *_DIALOGUES,
)  # fmt: skip


def actions_for(where: str) -> tuple[Action, ...]:
    """Return the commands that answer in one place, in the registry's order."""
    return tuple(command for command in ACTIONS if command.where == where)


def remapped(keys: Mapping[str, tuple[str, ...]]) -> tuple[Action, ...]:
    """Return all commands, those that ``keys`` names by their ids with these keys."""
    return tuple(replace(command, keys=keys.get(command.id, command.keys)) for command in ACTIONS)


def groups(commands: Iterable[Action] = ACTIONS) -> dict[str, tuple[Action, ...]]:
    """Return commands by group, in the registry's order."""
    by_group: dict[str, list[Action]] = {}
    for command in commands:
        by_group.setdefault(command.group, []).append(command)
    return {group: tuple(members) for group, members in by_group.items()}


def key_map(commands: Iterable[Action] = ACTIONS) -> str:
    """Return the key map as a Markdown table, as the README shows it."""
    lines = ["| keys | does | where |", "|---|---|---|"]
    for command in commands:
        keys = " ".join(f"`{shown_key(key)}`" for key in command.keys) or "(palette)"
        what = (
            f"{command.title}: {command.help[0].lower()}{command.help[1:]}" if command.help else command.title
        )
        lines.append(f"| {keys} | {what} | {command.where} |")
    return "\n".join(lines) + "\n"
