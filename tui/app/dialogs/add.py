"""The dialog that adds sources: paths with what is on disk below them, and then what became of each file."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input

from sources.model import Ref, is_slug
from tui.app.dialogs.form import Answers, FormDialog, Line
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.typed_paths import begun, missing, names_for, paths_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

_PATH = "path:"
_LEAST_WIDTH = 20  # cells of the lines of a report
_FRAME = 10  # cells beside them


class AddForm(FormDialog[Ref]):
    """Takes paths, adds what is there, reports on each file, and hands back what to open."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+t", "try_out", "Try out")]

    def __init__(self, add: Import, try_out: Import) -> None:
        lines = (
            Line("path", hint="files and folders, several with blanks between", is_path=True),
            Line("story", hint="any name; leave empty to let the file say"),
        )
        keys = "enter add   ctrl+t try out   tab complete   esc close"
        super().__init__("Add sources", lines, self._begin, keys=keys)
        self._add, self._try_out = add, try_out
        self._rehearsed = False
        self._stop: Callable[[], None] | None = None
        self._stopped = False

    def on_mount(self) -> None:
        """List what is in the folder that the app was started in."""
        self._list_names("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what is on disk for the path that is being typed."""
        if event.input.id == "form-path" and self._stop is None:
            self._list_names(event.value)

    def _list_names(self, line: str) -> None:
        self.report([Row(f"{_PATH}{name}", Content(shown(name))) for name in names_for(line)])

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Take a name over into the line; a folder is looked into."""
        if message.key.startswith(_PATH):
            message.prevent_default()
            message.stop()
            line = self.query_one("#form-path", Input)
            name = message.key.removeprefix(_PATH)
            line.value = begun(line.value).with_name(name) + ("" if name.endswith("/") else " ")
            line.cursor_position = len(line.value)
            if not name.endswith("/"):
                self.set_focus(line)

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
            self.complain("path", f"There is nothing at {gone}{listed}.")
            return
        from sources.text.headlines import make_slug
        from tui.services.adding import Wanted

        slug = story if is_slug(story) else make_slug(story)
        if story and not slug:
            self.complain("story", "A name needs letters or digits.")
            return
        self.say("Reading…")
        self._stopped = False

        def done(report: ImportReport) -> None:
            self._stop = None
            self._tell(report, rehearsed=rehearsed)

        def failed(error: Exception) -> None:
            self._stop = None
            self.fail(error)

        begin = self._try_out if rehearsed else self._add
        heard = Heard(self.heard(self.say), self.heard(done), self.heard(failed))
        self._stop = begin(Wanted(paths, slug or None), heard)

    def _tell(self, report: ImportReport, *, rehearsed: bool) -> None:
        from tui.services.adding import is_taken_back, new_refs

        new = () if rehearsed else new_refs(report)
        counts = ", ".join(
            f"{sum(len(getattr(story, what)) for story in report.stories):,} {what}"
            for what in ("added", "changed", "unchanged")
        )
        lead = "Trial run, nothing is written: " if rehearsed else ""
        stopped = "Stopped; what is complete is kept: " if self._stopped else lead
        undone = "; u takes them out again" if is_taken_back(report) and not rehearsed else ""
        failed = f", {len(report.failed):,} could not be read" if report.failed else ""
        self.say(f"{stopped}{counts}{failed}{undone}" if report.trouble is None else f"✗ {report.trouble}")
        rows = import_rows(report, max(_LEAST_WIDTH, self.size.width - _FRAME))
        self.report(rows, next(iter(new), None), focus=bool(new) and not report.failed)


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
