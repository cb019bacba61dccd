"""The searches that were kept under a name: run, renamed, removed; the present one is kept here, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from tui.app.dialogs.dialog import ListDialog
from tui.app.dialogs.form import Answers, FormDialog, Line
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.binding import BindingType

    from tui.app.workers import LibraryWorkers
    from tui.services import Library
    from tui.services.queries import SavedSearch

_KEYS = "enter search   ctrl+s save the present one   E rename   x remove   u undo   esc close"
_NONE = "No search is saved yet; ctrl+s saves the present one."


class SavedSearchesScreen(ListDialog):
    """A list of searches; hands back the name of the one that is to be run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Save the present search"),
        Binding("E", "rename", "Rename"),
        Binding("x,delete", "remove", "Remove"),
        Binding("u", "undo", "Undo"),
    ]
    awaited = ("writing",)  # the lane whose answers the next key acts on

    def __init__(self, query: str, sort: str, library: LibraryWorkers, *, naming: bool) -> None:
        super().__init__("Saved searches", words=Content(""), keys=_KEYS, size="wide tall")
        self._present = (query, sort)
        self._library = library
        self._naming = naming  # whether a name is asked for as soon as the screen is there
        self._removed: list[SavedSearch] = []
        self.searches: tuple[SavedSearch, ...] = ()
        self._new: Mapping[str, int | None] = {}

    def on_mount(self) -> None:
        """Begin with the list, or with the name."""
        super().on_mount()
        self.listing.placeholder = _NONE
        self._ask(lambda _library: None, self._show)
        if self._naming:
            self.action_keep()

    @property
    def _highlighted(self) -> SavedSearch | None:
        key = self.listing.highlighted_key
        return next((search for search in self.searches if search.name == key), None)

    def _show(self, searches: tuple[SavedSearch, ...]) -> None:
        self.searches = searches
        rows = []
        for search in searches:
            cells = Content.assemble((search.name, "bold"), ("  ", ""), (search.query, "dim"))
            new = f"{self._new[search.name]} new" if self._new.get(search.name) else ""
            parts = (new, search.story, search.sort)
            hint = " ".join(part for part in parts if part and part != "relevance")
            rows.append(Row(search.name, cells, hint=hint))
        self.listing.set_rows(rows)
        self._say("")

    def show_counts(self, new: Mapping[str, int | None]) -> None:
        """Show how many hits of each search are new."""
        self._new = new
        self._show(self.searches)

    def _ask(
        self, change: Callable[[Library], object], done: Callable[[tuple[SavedSearch, ...]], None]
    ) -> None:
        self._change(change, self.heard(done), self.heard(lambda error: self._say(str(error))))

    def _change(
        self,
        change: Callable[[Library], object],
        done: Callable[[tuple[SavedSearch, ...]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Change what is kept, then hand all kept searches over."""

        def work(library: Library) -> tuple[SavedSearch, ...]:
            from tui.services.queries import saved_searches

            change(library)
            return saved_searches(library)

        self._library.write(work, done, failed)

    def _say(self, sentence: str) -> None:
        self.query_one("#list-words", Static).update(Content(sentence))

    # What the keys do

    def _ask_name(self, heading: str, value: str, change: Callable[[Library, str], object]) -> None:
        """Ask for a name, and make a change with it."""

        def submitted(form: FormDialog[str], answers: Answers) -> None:
            name = answers["name"]

            def done(searches: tuple[SavedSearch, ...]) -> None:
                form.dismiss(name)
                self._show(searches)
                self.listing.highlight(" ".join(name.split()))

            self._change(lambda library: change(library, name), form.heard(done), form.heard(form.fail))

        keys = "enter save under this name   esc back"
        self.app.push_screen(FormDialog(heading, (Line("name", value),), submitted, keys=keys))

    def action_keep(self) -> None:
        """Ask for a name for the present search."""
        query, sort = self._present

        def save(library: Library, name: str) -> None:
            from tui.services.queries import SavedSearch, save_search

            save_search(library, SavedSearch(name, query, None, sort, library.change_number))

        if query:
            self._ask_name("Save this search", query[:40], save)
        else:
            self._say("Nothing is being searched for just now.")

    def action_rename(self) -> None:
        """Ask for another name for the highlighted search."""
        search = self._highlighted
        if search is None:
            return

        def rename(library: Library, name: str) -> None:
            from tui.services.queries import rename_search

            rename_search(library, search.name, name)

        self._ask_name("Rename this search", search.name, rename)

    def action_remove(self) -> None:
        """Forget the highlighted search."""
        search = self._highlighted
        if search is None:
            return

        def remove(library: Library) -> None:
            from tui.services.queries import remove_search

            remove_search(library, search.name)

        def done(searches: tuple[SavedSearch, ...]) -> None:
            self._removed.append(search)
            self._show(searches)
            self._say(f"“{search.name}” is removed; u brings it back.")

        self._ask(remove, done)

    def action_undo(self) -> None:
        """Bring the search back that was removed last."""
        if not self._removed:
            return
        search = self._removed.pop()

        def save(library: Library) -> None:
            from tui.services.queries import save_search

            save_search(library, search)

        self._ask(save, self._show)
