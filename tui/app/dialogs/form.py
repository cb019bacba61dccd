"""The form dialog: lines to fill in, which tab completes, and a report below; and the forms about files."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeAlias, TypeVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import Suggester, SuggestFromList
from textual.widgets import Input, Static

from tui.app.dialogs.dialog import Dialog
from tui.app.key_order import key_of
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.typed_paths import begun, completed, names_for, pasted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.services import NoteImport
    from tui.services.exports import Delivered, ExportRequest

    Failed: TypeAlias = Callable[[Exception], None]
    Export: TypeAlias = Callable[[ExportRequest, str, Callable[[Delivered], None], Failed], None]
    TakeIn: TypeAlias = Callable[[str, str | None, Callable[[NoteImport], None], Failed], None]


_NEWER = "changed in the other program since (kept as here)"
_Result = TypeVar("_Result")
Answers: TypeAlias = dict[str, str]


class Line(NamedTuple):
    """A line of a form: what is in it at first, a hint while it is empty, and the words that complete it."""

    name: str
    value: str = ""
    hint: str = ""
    known: Sequence[str] = ()
    is_path: bool = False  # completed by what is on disk

    @property
    def suggester(self) -> Suggester | None:
        """What completes the line."""
        if self.is_path:
            return PathSuggester()
        return SuggestFromList(self.known, case_sensitive=False) if self.known else None


class PathSuggester(Suggester):
    """Completes the path that is typed with the first name on disk that begins so."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the completed path; folders end in a slash."""
        typed = begun(value)
        first = next((name for name in names_for(value) if name.startswith(typed.name)), None)
        line = None if first is None or not value else typed.with_name(first)
        return line if line is not None and line.startswith(value) else None


class CompletedInput(Input):
    """A line that tab completes, or leaves for the next one; a path as far as all names on disk agree."""

    is_path = False

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False)]

    def _on_paste(self, event: events.Paste) -> None:
        """Take what is pasted or dropped: in a line of paths all lines of it, without quotes."""
        if not self.is_path:
            super()._on_paste(event)
            return
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        words = pasted(event.text, self.value[:start])
        self.replace(words, start, end)

    def action_complete(self) -> None:
        """Take the completion over, or go on to the next line."""
        value, at_end = self.value, self.cursor_at_end
        if self.is_path and value and at_end and (line := completed(value)) != value:
            self.value = line
            self.cursor_position = len(line)
        elif self.is_path and at_end and begun(value).name and len(names_for(value)) > 1:
            self.app.bell()  # the list says which there are
        elif self._suggestion and self.cursor_at_end and self._suggestion != self.value:
            self.value = self._suggestion
            self.cursor_position = len(self.value)
        else:
            self.screen.focus_next()


class FormDialog(Dialog["_Result | None"], Generic[_Result]):
    """Asks for some lines; stays open until ``submitted`` dismisses it, or it is left, which gives None.

    ``submitted`` is called with the form and what the lines say, by their names; with ``choices``, a list
    above the lines, also with the ``choice`` that is highlighted there.
    """

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down", "app.focus_next", "Next line"),
        Binding("up", "app.focus_previous", "Line before"),
    ]

    def __init__(
        self,
        heading: str,
        lines: Sequence[Line],
        submitted: Callable[[FormDialog[_Result], Answers], None],
        *,
        keys: str,
        choices: Sequence[Row] = (),
    ) -> None:
        super().__init__()
        self._heading = heading
        self._lines = lines
        self._submitted = submitted
        self._keys = keys
        self._choices = choices
        self._result: _Result | None = None

    def compose(self) -> ComposeResult:
        """Lay out the choices, the lines, what came of it, and the keys."""
        width = max(len(line.name) for line in self._lines) + 2
        with Vertical(id="form-box"):
            yield Static(Content.styled(shown(self._heading), "bold"), markup=False)
            if self._choices:
                yield VirtualList(self._choices, id="form-choices")
            for line in self._lines:
                with Horizontal(classes="form-row"):
                    yield Static(f"{line.name:<{width}}", markup=False)
                    made = CompletedInput(
                        line.value,
                        id=f"form-{line.name}",
                        compact=True,
                        placeholder=line.hint,
                        suggester=line.suggester,
                    )
                    made.is_path = line.is_path
                    yield made
                yield Static("", id=f"error-{line.name}", classes="form-error", markup=False)
            yield Static("", id="form-words", markup=False)
            yield VirtualList(id="form-report")
            yield Static(self._keys, id="form-keys", markup=False)

    @property
    def told(self) -> tuple[str, str]:
        """The heading, and the keys that are of use now."""
        return self._heading, str(self.query_one("#form-keys", Static).content)

    def on_mount(self) -> None:
        """Begin with the choices, or with the first line."""
        self.set_focus(self.query("#form-choices, CompletedInput").first())

    def say(self, words: str) -> None:
        """Tell how far it is, or what came of it."""
        self.query_one("#form-words", Static).update(Content(shown(words)))

    def fail(self, error: Exception) -> None:
        """Tell what is wrong."""
        self.say(f"✗ {error}")

    def complain(self, name: str, words: str) -> None:
        """Tell under a line what is wrong with it, until it is changed; nothing takes it away."""
        told = self.query_one(f"#error-{name}", Static)
        told.display = bool(words)
        told.update(Content(shown(f"✗ {words}")))
        if words:
            self.set_focus(self.query_one(f"#form-{name}", Input))

    def remark(self, name: str, words: str) -> None:
        """Say under a line what becomes of it."""
        told = self.query_one(f"#error-{name}", Static)
        told.display = bool(words)
        told.update(Content.styled(shown(words), "$foreground-muted"))

    def tell_keys(self, keys: str) -> None:
        """Name the keys that are of use now."""
        self.query_one("#form-keys", Static).update(Content(keys))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take away what was said of the line that changes."""
        if event.input.id:
            self.complain(event.input.id.removeprefix("form-"), "")

    def report(self, rows: Sequence[Row], result: _Result | None = None, *, focus: bool = False) -> None:
        """List what came of it; enter in the list hands back ``result``."""
        self._result = result
        listing = self.query_one("#form-report", VirtualList)
        listing.display = bool(rows)
        listing.set_rows(rows)
        if focus:
            self.set_focus(listing)

    def finish(self, result: _Result) -> None:
        """Hand back a result."""
        self.dismiss(result)

    def _submit(self) -> None:
        answers = {
            line.name: self.query_one(f"#form-{line.name}", Input).value.strip() for line in self._lines
        }
        if self._choices:
            answers["choice"] = self.query_one("#form-choices", VirtualList).highlighted_key or ""
        self._submitted(self, answers)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what the lines say."""
        event.stop()
        self._submit()

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Take a choice, or hand back what was reported."""
        message.stop()
        if message.control.id == "form-choices":
            self._submit()
        elif self._result is not None:
            self.dismiss(self._result)

    def action_leave(self) -> None:
        """Leave; what is under way goes on."""
        self.dismiss(None)


# Forms about files: exporting, and importing notes, each with a report at the end.


def export_form(export: Export, story: str, stories: Sequence[str]) -> FormDialog[None]:
    """Return the form that writes an export and says where it is; it stays open for the next one."""
    from tui.services.exports import ExportRequest, What

    def submitted(form: FormDialog[None], answers: Answers) -> None:
        what, _, name = answers["choice"].partition(":")
        form.say("Writing…")

        def done(delivered: Delivered) -> None:
            if delivered.path is None:
                words = "Nothing fits; no file was written."
            else:
                words = f"Wrote {delivered.path} ({delivered.size:,})"
            form.say(f"{words} {delivered.state}".rstrip())

        hidden = tuple(word for word in map(str.strip, answers["redact"].split(";")) if word)
        if hidden and What(what) is not What.STORY:
            form.say("✗ Only a story's dossier is redacted: choose one of story above.")
            return
        request = ExportRequest(What(what), name, answers["story"] or None, answers["filter"], redact=hidden)
        export(request, answers["path"], form.heard(done), form.heard(form.fail))

    lines = (
        Line("story", story, "all", stories),
        Line("filter", hint="a query; for notes #tag and is:pinned, too"),
        Line("redact", hint="of a story: names and refs that get pseudonyms, with ; between"),
        Line("path", hint="a new file or a folder; empty: the library's exports", is_path=True),
    )
    keys = "enter export   tab complete, next line   esc close"
    return FormDialog("Export", lines, submitted, keys=keys, choices=format_rows())


def format_rows() -> list[Row]:
    """Return the formats in which notes, labels, sources and stories can be written."""
    from tui.services.exports import FORMATS_OF

    rows = []
    for what, formats in FORMATS_OF.items():
        for form in formats.values():
            cells = Content.assemble((f"{what:<8}", "dim"), (f" {form.name:<10} ", "bold"), form.description)
            rows.append(Row(f"{what}:{form.name}", cells, hint=form.suffix or "folder"))
    return rows


def note_import_form(take_in: TakeIn) -> FormDialog[None]:
    """Return the form that takes a file of notes in, and lists what was refused or kept aside, and why."""
    from tui.services.exports import IMPORT_FORMATS as FORMATS

    def submitted(form: FormDialog[None], answers: Answers) -> None:
        name = answers["format"]
        if not answers["path"]:
            form.say("Which file?")
            return
        if name and name not in FORMATS:
            form.say(f"✗ There is no format {name}; there are {', '.join(FORMATS)}.")
            return
        form.say("Reading…")

        def done(found: NoteImport) -> None:
            form.say(f"{import_told(found)}{_undone_by(found, key_of(form, 'undo'))}")
            form.report(note_import_rows(found))

        take_in(answers["path"], name or None, form.heard(done), form.heard(form.fail))

    lines = (
        Line("path", hint="a file", is_path=True),
        Line("format", hint=f"empty: what it looks like; {', '.join(FORMATS)}", known=tuple(FORMATS)),
    )
    keys = "enter import   tab complete, next line   esc close"
    return FormDialog("Import notes and labels", lines, submitted, keys=keys)


def import_told(found: NoteImport) -> str:
    """Return what an import of notes did, without what it did not."""
    counts = (
        (len(found.added), "note added", "notes added"),
        (len(found.labelled), "labelled span added", "labelled spans added"),
        (found.unchanged, "unchanged", "unchanged"),
        (len(found.unmatched), "kept aside", "kept aside"),
        (len(found.refused), "refused", "refused"),
        (len(found.newer), _NEWER, _NEWER),
    )
    told = [f"{count:,} {one if count == 1 else more}" for count, one, more in counts if count]
    return f"{', '.join(told) or 'Nothing to take in'} ({found.format})"


def _undone_by(found: NoteImport, undo: str) -> str:
    """Return how to take an import back; notes, and the labels of each coder, are changes of their own."""
    if not (found.added or found.labelled):
        return ""
    return f"; {undo} undoes it{', step by step' if found.labelled else ''}"


def note_import_rows(found: NoteImport) -> list[Row]:
    """Return what was refused and what was kept aside, each with its place and the reason."""
    rows = []
    for sign, parts in (("✗", found.refused), ("…", found.unmatched)):
        rows += [
            Row(f"{sign}{number}", Content.assemble((f"{sign} {part.place}: ", "bold"), part.reason))
            for number, part in enumerate(parts)
        ]
    if found.unmatched_path is not None:
        rows.append(Row("aside", Content(f"kept aside in {found.unmatched_path}")))
    return rows
