"""The dialog that adds sources: paths with what is on disk below them, and then what became of each file."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input

from sources.model import Ref
from tui.app.dialogs.form import Answers, FormDialog, Line
from tui.app.key_order import key_of
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.typed_paths import begun, missing, names_for, paths_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from textual.binding import BindingType

    from tui.services import FileReport, ImportReport
    from tui.services.adding import Wanted


class Heard(NamedTuple):
    """What hears of an import: how far it is, what became of it, and what went wrong."""

    say: Callable[[str], None]
    done: Callable[[ImportReport], None]
    failed: Callable[[Exception], None]


if TYPE_CHECKING:
    # Imports beside the screen, or tries it out; returns what stops it.
    Import: TypeAlias = Callable[[Wanted, Heard], Callable[[], None]]

_KEYS = "enter add   tab complete   space pick   ctrl+t try out   esc close"
_PATH = "path:"
_LEAST_WIDTH = 20  # cells of the lines of a report
_FRAME = 10  # cells beside them


class AddForm(FormDialog[Ref]):
    """Takes paths, adds what is there, reports on each file, and hands back what to open.

    ``stories`` are those of the library, with how many sources each has.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "try_out", "Try out"),
        Binding("space", "take", "Take this one, too"),
    ]

    def __init__(self, add: Import, try_out: Import, stories: Mapping[str, int]) -> None:
        lines = (
            Line("path", hint="files and folders, several with blanks between", is_path=True),
            Line("story", hint="any name; leave empty to let the file say", known=tuple(stories)),
        )
        super().__init__("Add sources", lines, self._begin, keys=_KEYS)
        self.add_class("steady")
        self._add, self._try_out, self._stories = add, try_out, stories
        self._folder = ""  # of the path that was picked last, as it is written
        self._rehearsed = False
        self._stop: Callable[[], None] | None = None
        self._stopped = False

    def on_mount(self) -> None:
        """List what is in the folder that the app was started in."""
        self._list_names("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what is on disk for the path that is being typed, or say what the story will be called."""
        event.prevent_default()  # what was wrong with the line goes before anything new is said of it
        super().on_input_changed(event)
        if self._stop is not None:
            return
        self.say("")
        if event.input.id == "form-path":
            self._list_names(event.value)
        else:
            self._tell_story()

    def _list_names(self, line: str) -> None:
        names = names_for(self._going_on(line))
        self.report([Row(f"{_PATH}{name}", Content(shown(name))) for name in names])

    def _going_on(self, line: str) -> str:
        """Return a line as it goes on: behind a path that was picked, in the folder of that one."""
        return line + (self._folder if line.endswith(" ") and not begun(line).name else "")

    def _tell_story(self) -> None:
        """Say under the story which one that is: one that is there, or a new one, and what it is called."""
        name = self.query_one("#form-story", Input).value.strip()
        slug = _slug_of(name) if name else ""
        if not slug:
            self.remark("story", "")
        elif slug in self._stories:
            count = self._stories[slug]
            self.remark("story", f"joins {slug}, which has {count:,} source{'s' * (count != 1)}")
        else:
            self.remark("story", f"a new story: {slug}")

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Take a name over into the line; a folder is looked into."""
        if message.key.startswith(_PATH):
            message.prevent_default()
            message.stop()
            name = message.key.removeprefix(_PATH)
            self._take(name)
            if not name.endswith("/"):
                self.set_focus(self.query_one("#form-path", Input))

    def action_take(self) -> None:
        """Take the highlighted name over into the line, and stay in the list for another one."""
        listing = self.query_one("#form-report", VirtualList)
        key = listing.highlighted_key or ""
        if listing.has_focus and key.startswith(_PATH):
            self._take(key.removeprefix(_PATH).removesuffix("/"))
            self.call_after_refresh(listing.action_move_by, 1)

    def _take(self, name: str) -> None:
        line = self.query_one("#form-path", Input)
        before = begun(self._going_on(line.value))
        self._folder = before._replace(before="").with_name("")
        line.value = before.with_name(name) + ("" if name.endswith("/") else " ")
        line.cursor_position = len(line.value)

    def action_try_out(self) -> None:
        """Say what would come in, and write nothing."""
        self._rehearsed = True
        self._submit()

    def action_leave(self) -> None:
        """Stop what is under way; leave when nothing is."""
        if self._stop is None:
            self.dismiss(None)
            return
        self._stop()
        self._stop, self._stopped = None, True
        self.tell_keys(_KEYS)
        self.say("Stopping; what is complete is kept. esc closes.")

    def _begin(self, _form: FormDialog[Ref], answers: Answers) -> None:
        rehearsed, self._rehearsed = self._rehearsed, False
        if self._stop is not None:
            return
        paths, story = paths_in(answers["path"]), answers["story"]
        if not paths:
            self.complain("path", "Which file or folder?")
            return
        if gone := missing(paths):
            listed = "; ↓ and enter take one that is listed" if names_for(answers["path"]) else ""
            self.complain("path", f"There is nothing at {' or at '.join(gone)}{listed}.")
            return
        from tui.services.adding import Wanted

        slug = _slug_of(story)
        if story and not slug:
            self.complain("story", "A name needs letters or digits.")
            return
        self.say("Reading…")
        self.tell_keys("esc stop; what is complete is kept")
        self._stopped = False

        def done(report: ImportReport) -> None:
            self._stop = None
            self.tell_keys(_KEYS)
            self._tell(report, rehearsed=rehearsed)

        def failed(error: Exception) -> None:
            self._stop = None
            self.tell_keys(_KEYS)
            self.fail(error)

        begin = self._try_out if rehearsed else self._add
        heard = Heard(self.heard(self.say), self.heard(done), self.heard(failed))
        self._stop = begin(
            Wanted(paths, slug or None, title=" ".join(story.split()) if story != slug else None), heard
        )

    def _tell(self, report: ImportReport, *, rehearsed: bool) -> None:
        from tui.services.adding import is_taken_back, new_refs

        new = () if rehearsed else new_refs(report)
        lead = "Trial run, nothing is written: " if rehearsed else ""
        stopped = "Stopped; what is complete is kept: " if self._stopped else lead
        undone = (
            f". {key_of(self, 'undo')} undoes what was added."
            if is_taken_back(report) and not rehearsed
            else ""
        )
        told = import_told(report) or ("nothing" if self._stopped else "nothing was found")
        self.say(f"{stopped}{told}{undone}" if report.trouble is None else f"✗ {report.trouble}")
        self.remark("story", "")
        rows = import_rows(report, max(_LEAST_WIDTH, self.size.width - _FRAME))
        self.report(rows, next(iter(new), None), focus=bool(new) and not report.failed)


def _slug_of(name: str) -> str:
    from sources.text.headlines import slug_of_name

    return slug_of_name(name)


def import_told(report: ImportReport) -> str:
    """Return what an import did in a few words, without what it did not; empty where it did nothing."""
    counts = [
        (sum(len(getattr(story, what)) for story in report.stories), what)
        for what in ("added", "changed", "unchanged")
    ]
    told = [
        f"{count:,} {what}" for count, what in (*counts, (len(report.failed), "could not be read")) if count
    ]
    return ", ".join(told)


def import_rows(report: ImportReport, width: int) -> list[Row]:
    """Return what an import did: a line a story, then each file with what became of it, and what was odd."""
    rows = []
    for story in report.stories:
        count = len(story.added) + len(story.changed)
        title = Content.assemble((shown(story.title or story.slug), "bold"))
        hint = f"{story.slug} · {f'{count} new' if count else 'unchanged'}"
        rows.append(Row(f"story:{story.slug}", title, hint=hint))
    for number, file in enumerate(report.files):
        sign, style = ("✗ ", "$error") if file.reason else ("✓ ", "$success")
        rows.append(
            Row(f"file:{number}", Content.assemble((sign, style), _end_of(file.path, width)), disabled=True)
        )
        for place, words in enumerate(_told(file)):
            rows += _wrapped(f"file:{number}:{place}", words, width)
    known = {file.path for file in report.files if file.reason}
    for number, item in enumerate(report.failed):
        if item.path not in known:  # a part of a file, or what was not looked at any more
            head = Content.assemble(("✗ ", "$error"), _end_of(item.path, width))
            rows.append(Row(f"failed:{number}", head, disabled=True))
            rows += _wrapped(f"reason:{number}", item.reason.removeprefix(f"{item.path}: "), width)
    for number, warning in enumerate(report.warnings):
        first, *rest = _wrapped(f"warning:{number}", warning, width)
        rows += [Row(first.key, Content("!") + first.cells[1:], disabled=True), *rest]
    return rows


def _end_of(path: str, width: int) -> str:
    """Return a path without its beginning where it is too long: files are told by their names."""
    words = shown(path)
    return words if len(words) <= width else f"…{words[1 - width :]}"


def _told(file: FileReport) -> Iterator[str]:
    """Yield the lines on a file: what was found, what of it was guessed and muted, or why it was not read."""
    from tui.services.adding import guessed_told, muted_told, sources_told

    if file.reason:
        yield file.reason
        return
    sources = sources_told(file)
    found = [f"sources: {sources}" if sources else "", file.format or "", file.encoding or ""]
    yield ", ".join(part for part in found if part)
    parts = (("guessed", guessed_told(file)), ("muted", muted_told(file)))
    if told := "; ".join(f"{name}: {words}" for name, words in parts if words):
        yield told


def _wrapped(key: str, sentence: str, width: int) -> list[Row]:
    lines = textwrap.wrap(shown(sentence), width) or [""]
    return [Row(f"{key}:{place}", Content(f"  {line}"), disabled=True) for place, line in enumerate(lines)]
