"""One verb, one key: what a key means by the place that has the focus, counted and held down."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from textual.binding import Binding

from tests.app.test_commands import named
from tui.app.dialogs.add import AddForm
from tui.app.dialogs.dialog import ListDialog, TickDialog
from tui.app.dialogs.form import CompletedInput, FormDialog
from tui.app.dialogs.saved_searches import SavedSearchesScreen
from tui.app.dialogs.watched_folders import WatchedFoldersScreen
from tui.services.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

DIALOGS = (
    ListDialog, TickDialog, FormDialog, CompletedInput, AddForm, SavedSearchesScreen, WatchedFoldersScreen,
)  # fmt: skip

# What is one verb to somebody who presses the key, whatever it is done to.
VERBS = {
    "add": "note add-label WatchedFoldersScreen.add",
    "add more": "add add-label-under",
    "take away": "drop-filter remove-note hide-entity drop-label take-label SavedSearchesScreen.remove "
    "WatchedFoldersScreen.stop",
    "take all away": "remove dismiss-all-labels",
    "what was taken away": "show-hidden bin",
    "edit": "edit-note rename-entity edit-label overrule SavedSearchesScreen.rename",
    "next": "next-hit next-difference next-weak next-overlap",
    "previous": "previous-hit previous-difference previous-weak next-overlap",
    "next source": "next-source next-pair",
    "previous source": "previous-source previous-pair",
    "find or filter here": "find filter-library filter-evidence only-differences turn-stop",
    "search": "search suggest-labels pick-label",
    "order or group": "sort sort-library group-notes",
    "merge": "join-story merge-entity",
    "pin": "pin-note pin-entity",
    "switch": "toggle-kind turn-reading",
    "other numbers": "numbers label-unit",
    "undo": "undo label-undo undo-label SavedSearchesScreen.undo",
    "redo": "redo label-redo redo-label",
    "accept": "accept-suggestion accept-all-labels",
    "save": "keep-search save-note SavedSearchesScreen.keep",
    "pick a row": "mark isolate TickDialog.tick AddForm.take",
    "labels": "labels leave-labels",
    "open": "open open-labelled",
    "help": "help signs",
    "go on with this": "activate choose open-cell accept-here to-results",
    "back": "back leave keep-draft leave-labels ListDialog.leave FormDialog.leave",
    "left or right": "fold unfold character cell next-tab previous-tab next-label-tab previous-label-tab "
    "audit-beside",
    "up or down": "line-down line-up row cell earlier-search to-results FormDialog.app.focus_next "
    "FormDialog.app.focus_previous",
    "first or last line": "text-ends list-ends map-ends",
    "half a page": "half-page list-half-page",
    "a page": "page-down page-up list-page",
}

# The keys that mean two things, each with its reason.
TWO_MEANINGS = {
    "space": "a page down in a text, as in every pager; in a list, which has no text, the row is picked",
    "e": "the evidence; while one selects in a text the end of the word, as in vi",
    "right_curly_bracket": "the next mention; while one selects in a text the next paragraph, as in vi",
    "left_curly_bracket": "as its counterpart",
    "tab": "the next pane; in a line of a form, which has no panes, the completion, as in a shell",
    "ctrl+r": "as in vi: redo, and where one types what was copied",
    "ctrl+t": "where one types few keys are left: pin in the editor of a note, try out while adding",
}


def meanings() -> Iterator[tuple[str, str]]:
    """Yield each key with each thing that it does, in all places."""
    for action in ACTIONS:
        if action.where != "count":
            yield from ((named(key), action.id) for key in action.keys)
    for dialog in DIALOGS:
        for binding in Binding.make_bindings(dialog.BINDINGS):
            yield binding.key, f"{dialog.__name__}.{binding.action}"


def test_a_key_means_one_verb_everywhere_but_for_these() -> None:
    verb_of = defaultdict(set)
    for verb, ids in VERBS.items():
        for one in ids.split():
            verb_of[one].add(verb)
    means: dict[str, list[set[str]]] = defaultdict(list)
    for key, one in meanings():
        means[key].append(verb_of.get(one, {one}))
    several = {key: sets for key, sets in means.items() if not set.intersection(*sets)}
    assert set(several) == set(TWO_MEANINGS), {key: several.get(key) for key in {*several, *TWO_MEANINGS}}
    assert len(several) <= 7 < len(means) / 10


def test_every_verb_stands_for_things_that_there_are() -> None:
    known = {one for _, one in meanings()}
    assert {one for ids in VERBS.values() for one in ids.split()} <= known
