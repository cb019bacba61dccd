"""The Textual app: opens library and index beside the screen, and keeps the session."""

from __future__ import annotations

import contextlib
import gc
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.css.query import NoMatches
from textual.widgets import Input, TextArea

from sources import places
from sources.errors import CrossreadError, UnknownReference
from sources.model import SORTS, Ref
from tui.app.controllers.watching import EVERY as LOOK
from tui.app.dialogs.dialog import Dialog
from tui.app.dialogs.help import tell_keys
from tui.app.dialogs.note_editor import NoteEditor
from tui.app.jumps import as_text, from_text
from tui.app.layout import keys_of_boxes
from tui.app.looks import LooksApp
from tui.app.main_screen import MainScreen
from tui.app.messages import AskKey, Dispatcher, OpenLibrary, OpenSource, Quit, UpdateIndex
from tui.app.palette import CommandProvider
from tui.app.registers import to_keep
from tui.app.session_keeping import SessionKeeper
from tui.app.state import AppState, Session, load_session, session_file
from tui.app.views.library_order import ORDERS
from tui.app.widgets.virtual_list import Row
from tui.app.workers import Clock, Workers
from tui.services.access import evidence_of, library_in
from tui.services.actions import with_keys
from tui.services.opening import Opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from tui.app.workers import Job
    from tui.services import CatchUp, Freshness, IndexProgress, Library, SearchIndex

INDEX_AFTER = 0.25  # seconds after the library is open
OPENING_TOLD_AFTER = 1.0  # seconds without the library
POLL = 2.0  # seconds between two looks at what other processes wrote
_STEPS = ("text", "first", "search", "hits", "compare")  # lanes that what steps lead to comes from
_TROUBLE = 4  # exit code when the library could not be opened


class CrossreadApp(LooksApp):
    """The keyboard-driven research browser on one library."""

    TITLE = "crossread"
    # All sheets at once: one that comes with its screen has all read again and all widgets styled again.
    CSS_PATH = sorted(Path(__file__).parent.rglob("*.tcss"))
    COMMANDS = {CommandProvider}  # noqa: RUF012 - Textual declares it so
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Quit", show=False, priority=True),
        Binding("f12", "screen_picture", "Picture of the screen", show=False, priority=True, id="screenshot"),
        Binding("ctrl+c", "interrupt", "Copy, or say how to quit", show=False, priority=True),
    ]

    def __init__(
        self,
        library_folder: Path,
        demo: bool = False,  # noqa: FBT001, FBT002 - the command line calls it by name
        clock: Clock | None = None,
        *,
        home: Path | None = None,
        tour: bool = False,
    ) -> None:
        super().__init__(clock or Clock())
        self.library_folder = library_folder
        self.demo = demo
        self.home = home  # the user's own library, where this is the demo's
        self.starts_tour = tour
        self.opens_next: Opening | None = None  # the library that is to be opened when this app has ended
        self.state = AppState(demo=demo)
        self.background = Workers(self._on_screen, self.report)
        self.troubles: list[Exception] = []  # what was reported, for whoever drives the app from outside
        self._leaving = False
        kept_in = session_file(places.state_folder(), library_folder)
        self.session = load_session(kept_in)
        self._read: set[Ref] | None = None  # what the session's list of it was made from
        self._keeper = SessionKeeper(
            kept_in,
            load_session(kept_in),
            self.capture,
            self._is_settled,
            self.background,
            self.clock,
            self.services.log_trouble,
        )
        self.begin_with(self.session.theme)
        dispatcher = Dispatcher()
        dispatcher.on(AskKey, lambda wish: self.ask(wish.sign, wish.then))
        dispatcher.on(UpdateIndex, lambda wish: self.open_index(rebuild=wish.rebuild))
        dispatcher.on(Quit, lambda _: self.leave())
        dispatcher.on(OpenLibrary, lambda wish: self.leave_for(wish.opening))
        self.main_screen = MainScreen(
            self.state, self.services, self.background, self.clock, dispatcher, self.report
        )
        self.where, self.prefix_changed = self.main_screen.current.here, self.main_screen.refresh_status
        self.main_screen.handlers |= {
            "palette": self.action_command_palette,
            "quit-app": self.leave,
            "open-library": self.open_own_library,
            "switch-theme": self.switch_theme,
            "screenshot": self.action_screen_picture,
            "suspend": self.action_suspend_process,
            "rebuild-index": lambda: self.open_index(rebuild=True),
        }

    # From opening to closing

    def on_mount(self) -> None:
        """Show the frame at once, then open the library beside it."""
        self.push_screen(self.main_screen)
        self.follow_settings()
        self.background.queue("opening", self._open, self._opened, self._not_opened)
        self.clock.after(self, OPENING_TOLD_AFTER, self._tell_opening)

    def settings_changed(self) -> None:
        """Name the keys as they are set now."""
        self.main_screen.story_view.keys_of_boxes = keys_of_boxes(self.services.commands)
        self.main_screen.refresh_status()

    def _tell_opening(self) -> None:
        """Say what takes so long, if it still does; a library that is soon there shows nothing before."""
        if self.services.library is None and self.background.busy("opening"):
            self.main_screen.read_view.welcome("The library is being opened…", ())

    def _open(self, _job: Job) -> Library:
        return library_in(self.library_folder)

    def _opened(self, library: Library) -> None:
        self.services.library = library
        self.services.evidence_cache = evidence_of(library)
        if self.demo:
            self.main_screen.library_pane.heading.title = "Demo (fictional)"
            self.main_screen.adding.prepare_sample()
        self._restore()
        # Loading the search engine at the same moment would hold the first text up.
        self.clock.after(self, INDEX_AFTER, self.open_index)
        self.clock.every(self, POLL, self.main_screen.library.poll)
        self.main_screen.watching.look()
        self.clock.every(self, LOOK, self.main_screen.watching.look)

    def _not_opened(self, error: Exception) -> None:
        self.services.log_trouble(error)
        self.main_screen.read_view.welcome(str(error), (Row("quit-app", Content("Quit"), hint="{leave}"),))
        self.main_screen.focus_main()

    def _restore(self) -> None:
        screen, state, session = self.main_screen, self.state, self.session
        sides = screen.pane_layout.sides
        sides.left_shown, sides.right_shown = session.left_shown, session.right_shown
        sides.shares = dict(session.shares)
        refs = {text: Ref.parse(text) for text in (*session.marked, *session.pair, *session.read)}
        state.marked = [ref for text in session.marked if (ref := refs[text])]
        state.read = {ref for text in session.read if (ref := refs[text])}
        state.compared = tuple(ref for text in session.pair if (ref := refs[text]))
        screen.library.unfolded = list(session.unfolded)
        screen.evidence_pane.choose_tab(session.tab)
        for kind in session.hidden_kinds:
            screen.reading.hide_kind(kind)
        screen.tour.kept = session.tour
        # The first step of the tour is to search for something, from a text.
        from_the_start = self.starts_tour and not session.tour
        source, view = Ref.parse(session.source), "read" if from_the_start else session.view
        if source is not None:
            screen.reading.open(OpenSource(source, session.cursor, focus=False, recorded=False))
        screen.library.first_view = view
        if session.library_order in ORDERS:
            screen.library.order = session.library_order
        screen.library.reload(screen.library.show_beginning)
        sort = self.config.sort or session.sort
        if sort in SORTS:
            state.search.sort = sort
        screen.facets.shown = session.facets_shown if self.config.facets is None else self.config.facets
        state.recent_searches, state.named = session.searches, from_text(session.named)
        state.registers.texts = dict(session.registers)
        if not from_the_start:
            screen.search.restore(session.search, unfinished=session.search_unfinished)
        screen.pane_layout.show_view(view or "read", recorded=False)
        if self.starts_tour:
            screen.tour.begin()

    def capture(self) -> Session:
        """Take down where the user is."""
        screen, state, session = self.main_screen, self.state, self.session
        sides = screen.pane_layout.sides
        session.view = screen.view
        session.source = str(state.ref or "")
        session.cursor = screen.reader.cursor if state.ref else 0
        session.marked = [str(ref) for ref in state.marked]
        session.pair = [str(ref) for ref in state.compared]
        session.searches, session.named = state.recent_searches, as_text(state.named)
        session.registers = to_keep(state.registers.texts)
        session.search, session.sort = state.search.query, state.search.sort
        session.library_order = screen.library.order
        session.search_unfinished = state.search.unfinished
        session.facets_shown = screen.facets.shown
        session.unfolded = list(screen.library.unfolded)
        if state.read != self._read:
            self._read, session.read = set(state.read), sorted(map(str, state.read))
        session.shares = dict(sides.shares)
        session.left_shown, session.right_shown = sides.left_shown, sides.right_shown
        session.tab = screen.evidence_pane.tab
        session.hidden_kinds = sorted(str(kind) for kind in screen.reader.hidden_kinds)
        session.theme, session.tour = self.chosen_theme, screen.tour.kept
        return session

    def keep_session(self) -> None:
        """Save where the user is, at once."""
        if self.services.library is not None and self._shows:
            self._keeper.save()

    def _is_settled(self) -> bool:
        """Tell whether the text that is to be shown is: one on its way is not where the user is yet."""
        return self._shows and self.state.ref == self.state.wanted

    def _something_happened(self) -> None:
        if self.services.library is not None:
            self._keeper.notice(self)

    async def on_event(self, event: events.Event) -> None:
        """See after each key, and whatever the mouse does, whether the user is somewhere else."""
        await super().on_event(event)
        if isinstance(event, events.InputEvent):
            self._something_happened()

    def leave(self) -> None:
        """Quit; where the user was is kept, and what is typed in an open editor."""
        for screen in self.screen_stack:
            if isinstance(screen, NoteEditor):
                screen.keep_new_words()
        self.keep_session()
        self.exit(return_code=0 if self.services.library is not None else _TROUBLE)

    def leave_for(self, opening: Opening) -> None:
        """Quit, and have another library opened in the place of this one."""
        self.opens_next = opening
        self.leave()

    def open_own_library(self) -> None:
        """Go back from the demo's library to the user's own."""
        if self.home is not None and self.home != self.library_folder:
            self.leave_for(Opening(self.home))
        else:
            self.notify("This is your library.", markup=False, timeout=self.clock.for_eyes(4))

    def action_leave(self) -> None:
        """Quit from anywhere."""
        self.leave()

    def action_tell_keys(self) -> None:
        """Show the keys of the dialog that is open."""
        if isinstance(self.screen, Dialog):
            tell_keys(self.screen)

    def action_interrupt(self) -> None:
        """Copy what is selected in a line that is typed in; else say how to quit: many try it with ctrl+c."""
        focused = self.focused
        if isinstance(focused, Input | TextArea) and focused.selected_text:
            self.copy_to_clipboard(focused.selected_text)
            return
        key = next((one.shown_keys for one in self.services.commands if one.id == "quit-app"), "")
        is_typing = isinstance(self.screen, NoteEditor)
        words = f"{key.split('  ')[0] or 'ctrl+q'} quits" + (
            "; what you typed is kept as a draft." if is_typing else "."
        )
        self.notify(words, markup=False, timeout=self.clock.for_eyes(4))

    def action_screen_picture(self) -> None:
        """Save what the screen shows, a dialog as well, and say where."""
        picture, rows = self.export_screenshot(title="crossread"), self.rows_shown()

        def work(_job: Job) -> tuple[Path, Path]:
            from tui.services.pictures import save_screen

            return save_screen(self.library_folder, picture, rows)

        def done(saved: tuple[Path, Path]) -> None:
            words = f"The screen is in {saved[0]}, and as text in {saved[1].name}."
            self.notify(words, markup=False, timeout=self.clock.for_eyes(8))

        self.background.queue("pictures", work, done)

    async def action_quit(self) -> None:
        """Quit, however it was asked for."""
        self.leave()

    def on_unmount(self) -> None:
        """Let everything go."""
        self.background.close()
        self.services.close()

    # What others ask for

    @property
    def library(self) -> Library | None:
        """The library, once it is open."""
        return self.services.library

    @property
    def index(self) -> SearchIndex | None:
        """The index, once it is open."""
        return self.services.index

    def report(self, error: Exception) -> None:
        """Tell the user what went wrong, in one sentence.

        What was removed while a view waited for it is no trouble: the library is listed again.
        """
        if isinstance(error, UnknownReference):
            self.notify(str(error), markup=False, timeout=self.clock.for_eyes(4))
            self.main_screen.library.reload()
            return
        self.troubles.append(error)
        logged = self.services.log(error)
        sentence = str(error) if isinstance(error, CrossreadError) else f"{logged[0].upper()}{logged[1:]}"
        self.notify(sentence, severity="error", markup=False, timeout=self.clock.for_eyes(10))

    @property
    def _shows(self) -> bool:
        """Tell whether the main screen and its widgets are there to take an answer."""
        screen = self.main_screen
        return (
            self.is_running
            and not self._leaving
            and screen.is_attached
            and screen.is_mounted
            and bool(screen.children)
        )

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Exit; answers that come from now on have nowhere to go."""
        self._leaving = True
        super().exit(*args, **kwargs)

    def _on_screen(self, callback: Callable[[], object]) -> None:
        """Call back on the screen's thread; an error there is told, not fatal."""

        def guarded() -> None:
            if not self._shows:
                return
            try:
                callback()
            except NoMatches as error:
                if self._shows:  # else its widgets went while it was drawing
                    self.report(error)
            except Exception as error:  # whatever it was, the user keeps the rest
                self.report(error)
            self.go_on()
            self._something_happened()

        with contextlib.suppress(RuntimeError):  # the loop is gone when the app is
            self.call_later(guarded)

    def shows_old(self, *, again: bool) -> bool:
        """Tell whether an answer is awaited that the screen's keys act on."""
        lanes: tuple[str, ...] = (*getattr(self.screen, "awaited", ()), *(_STEPS if again else ()))
        return bool(lanes) and self.background.busy(*lanes)

    # The index

    def open_index(self, *, rebuild: bool = False) -> None:
        """Open the index beside the screen, and bring it in step; searches are answered meanwhile."""
        library = self.services.require_library()

        def work(job: Job) -> tuple[SearchIndex, CatchUp]:
            from tui.services.search import index_of

            def progress(state: IndexProgress) -> None:
                job.still_wanted()
                job.tell(lambda: self._note_index(f"indexing {state.done:,}/{state.total:,}"))

            opened = self.services.index
            if opened is None:
                opened = index_of(library)
                job.tell(partial(self._search_in, opened))
            bring = opened.rebuild if rebuild else opened.catch_up
            return opened, bring(progress=progress)

        def done(answer: tuple[SearchIndex, CatchUp]) -> None:
            self.services.index, report = answer
            if report.failed and report.reason:
                self.notify(report.reason, severity="error", markup=False, timeout=self.clock.for_eyes(10))
            self._index_in_step(tries_again=not report.failed)

        self._note_index("opening the index…")
        self.background.run("index", work, done, self._index_failed)

    def _search_in(self, opened: SearchIndex) -> None:
        """Search in what there is of an index, while it is brought in step."""
        self.services.index = opened
        if self.state.search.on:
            self.main_screen.search.run()

    def _index_in_step(self, *, tries_again: bool = True) -> None:
        index = self.services.index
        if index is None:
            return
        if self.state.ref is not None:
            self.main_screen.lineage.learn(self.state.ref.story)

        def done(state: Freshness) -> None:
            self._note_index(state.note)
            if not self.is_headless:
                # What is loaded by now stays; looking through it for garbage would hold a key up by 0.1 s.
                gc.freeze()
            if self.state.search.on:
                self.main_screen.search.run()
            if state.behind and tries_again:  # somebody else was writing the index
                self.clock.after(self, POLL, self.open_index)
            if state.unread:
                self._read_on(index)

        self.background.run("freshness", lambda _job: index.freshness(), done)

    def _read_on(self, index: SearchIndex) -> None:
        """Read the evidence of what is indexed by its words alone, while searches go on."""

        def work(job: Job) -> int:
            def progress(state: IndexProgress) -> None:
                job.still_wanted()
                job.tell(lambda: self._note_index(f"reading names {state.done:,}/{state.total:,}"))

            return index.read_on(progress=progress)

        def done(left: int) -> None:
            if not left:
                self._index_in_step()

        self.background.run("evidence", work, done, self._index_failed)

    def _index_failed(self, error: Exception) -> None:
        self._note_index(with_keys("Search index failed · {palette} Rebuild the index", self.commands))
        self.report(error)

    def _note_index(self, note: str) -> None:
        self.services.index_note = note
        self.main_screen.refresh_status()
