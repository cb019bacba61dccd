"""The searches that were kept under a name: run, renamed, removed; the present one is kept here, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.app.dialogs.dialog import Dialog
from tui.app.widgets.virtual_list import Row, VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.services import Library
    from tui.services.saved_searches import SavedSearch

    Change = Callable[
        [
            Callable[[Library], object],
            Callable[[tuple[SavedSearch, ...]], None],
            Callable[[Exception], None],
        ],
        None,
    ]

_KEYS = "enter search   s keep the present one   r rename   x remove   u undo   esc close"
_NAMING_KEYS = "enter keep under this name   esc back"
_NONE = "No search is kept yet; s keeps the present one."


class SavedSearchesScreen(Dialog["SavedSearch | None"]):
    """A list and a line for a name; hands back the search that is to be run."""

    CSS_PATH = "saved_searches.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("q", "back", "Back", show=False),
        Binding("s,ctrl+s", "keep", "Keep the present search"),
        Binding("r", "rename", "Rename"),
        Binding("x,delete", "remove", "Remove"),
        Binding("u", "undo", "Undo"),
    ]

    def __init__(self, query: str, sort: str, change: Change, *, naming: bool) -> None:
        super().__init__()
        self._present = (query, sort)
        self._change = change
        self._naming = naming  # whether a name is asked for as soon as the screen is there
        self._renamed: SavedSearch | None = None
        self._removed: list[SavedSearch] = []
        self._searches: tuple[SavedSearch, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the list, the line for a name and the keys."""
        with Vertical(id="kept-box"):
            yield Static(Content.styled("Kept searches", "bold"), markup=False)
            yield VirtualList(id="kept-list", placeholder=_NONE)
            with Horizontal(id="kept-name-row"):
                yield Static("name  ", markup=False)
                yield Input(id="kept-name", compact=True, select_on_focus=True)
            yield Static("", id="kept-trouble", markup=False)
            yield Static(_KEYS, id="kept-keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the list, or with the name."""
        self.query_one("#kept-name-row").display = False
        self.set_focus(self._listing)
        self._ask(lambda _library: None, self._show)
        if self._naming:
            self.action_keep()

    @property
    def _listing(self) -> VirtualList:
        return self.query_one("#kept-list", VirtualList)

    @property
    def _line(self) -> Input:
        return self.query_one("#kept-name", Input)

    @property
    def _highlighted(self) -> SavedSearch | None:
        key = self._listing.highlighted_key
        return next((search for search in self._searches if search.name == key), None)

    def _show(self, searches: tuple[SavedSearch, ...]) -> None:
        self._searches = searches
        rows = []
        for search in searches:
            cells = Content.assemble((search.name, "bold"), ("  ", ""), (search.query, "dim"))
            hint = " ".join(part for part in (search.story, search.sort) if part and part != "relevance")
            rows.append(Row(search.name, cells, hint=hint))
        self._listing.set_rows(rows)
        self._complain("")

    def _failed(self, error: Exception) -> None:
        self._complain(str(error))

    def _ask(
        self, change: Callable[[Library], object], done: Callable[[tuple[SavedSearch, ...]], None]
    ) -> None:
        self._change(change, self.heard(done), self.heard(self._failed))

    def _complain(self, sentence: str) -> None:
        line = self.query_one("#kept-trouble", Static)
        line.update(Content(sentence))
        line.display = bool(sentence)

    def _ask_name(self, value: str) -> None:
        self.query_one("#kept-name-row").display = True
        self.query_one("#kept-keys", Static).update(_NAMING_KEYS)
        self._line.value = value
        self.set_focus(self._line)

    def _end_naming(self) -> None:
        self._renamed = None
        self.query_one("#kept-name-row").display = False
        self.query_one("#kept-keys", Static).update(_KEYS)
        self.set_focus(self._listing)
        self._complain("")

    # What the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave letters to the line while a name is typed."""
        if action in {"keep", "rename", "remove", "undo"} and self._line.has_focus:
            return False
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Leave the line for a name, or the screen."""
        if self.query_one("#kept-name-row").display:
            self._end_naming()
        else:
            self.dismiss(None)

    def action_keep(self) -> None:
        """Ask for a name for the present search."""
        if self._present[0]:
            self._ask_name(self._present[0][:40])
        else:
            self._complain("Nothing is being searched for just now.")

    def action_rename(self) -> None:
        """Ask for another name for the highlighted search."""
        self._renamed = self._highlighted
        if self._renamed is not None:
            self._ask_name(self._renamed.name)

    def action_remove(self) -> None:
        """Forget the highlighted search."""
        search = self._highlighted
        if search is None:
            return

        def change(library: Library) -> None:
            from tui.services.saved_searches import remove_search

            remove_search(library, search.name)

        def done(searches: tuple[SavedSearch, ...]) -> None:
            self._removed.append(search)
            self._show(searches)
            self._complain(f"“{search.name}” is removed; u brings it back.")

        self._ask(change, done)

    def action_undo(self) -> None:
        """Bring the search back that was removed last."""
        if self._removed:
            self._save(self._removed.pop())

    def _save(self, search: SavedSearch) -> None:
        def change(library: Library) -> None:
            from tui.services.saved_searches import save_search

            save_search(library, search)

        def done(searches: tuple[SavedSearch, ...]) -> None:
            self._end_naming()
            self._show(searches)
            self._listing.highlight(" ".join(search.name.split()))

        self._ask(change, done)

    @on(Input.Submitted)
    def _named(self, message: Input.Submitted) -> None:
        from tui.services.saved_searches import SavedSearch, rename_search

        message.stop()
        name, former = message.value, self._renamed
        if former is None:
            query, sort = self._present
            self._save(SavedSearch(name, query, None, sort))
            return

        def done(searches: tuple[SavedSearch, ...]) -> None:
            self._end_naming()
            self._show(searches)
            self._listing.highlight(" ".join(name.split()))

        self._ask(lambda library: rename_search(library, former.name, name), done)

    @on(VirtualList.Chosen)
    def _chosen(self, message: VirtualList.Chosen) -> None:
        message.stop()
        search = self._highlighted
        if search is not None:
            self.dismiss(search)
