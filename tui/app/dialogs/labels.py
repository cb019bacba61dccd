"""All about labels: codebook, labelled spans, counts, co-occurrence, suggestions, agreement.

It is no list dialog: its keys change the library while it stays open, and its six tabs are one list each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from sources.errors import RequestError
from sources.model import COLOURS, Codebook, LabelFields, SpanStatus
from tui.app.dialogs.dialog import Dialog, confirmation
from tui.app.dialogs.form import FormDialog, Line
from tui.app.views.label_rows import Gathering, Shown, side_content
from tui.app.views.pane import bindings_for
from tui.app.widgets.virtual_list import VirtualList
from tui.services.access import opened
from tui.services.labels import UnitKind
from tui.services.undoing import redo, step_words, undo
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import LabelSpan, Ref
    from tui.app.dialogs.form import Answers
    from tui.app.state import AppState
    from tui.app.workers import LibraryWorkers
    from tui.services import CodedPassage, Entry, Library
    from tui.services.access import Services
    from tui.services.labels import Labelling

TABS = ("Codebook", "Spans", "Counts", "Co-occurrence", "Suggested", "Agreement")
_KEYS = {
    "Codebook": "a new   A under this   E edit   x remove",
    "Spans": "enter open   x unlabel",
    "Counts": "enter list these spans",
    "Co-occurrence": "how often two labels of a coder share words, or a sentence",
    "Suggested": "enter accept   ctrl+y all   x turn down   X all   o open   / suggest",
    "Agreement": "enter accept this coder's version   x undo that   o open   % unit",
}
_NONE = {
    "Codebook": "No labels yet: a makes one.",
    "Spans": "Nothing is labelled here.",
    "Counts": "Nothing is labelled here.",
    "Co-occurrence": "No two labels of a coder are together here.",
    "Suggested": "Nothing is suggested: / suggests a label from a search or a name.",
    "Agreement": "",
}
_FORM_KEYS = "enter save   tab complete, next line   ↑ ↓ line   esc leave"
_CONTEXT = 60  # code points around a disagreement


class LabelsScreen(Dialog["tuple[Ref, int] | None"]):
    """Six tabs over one list; hands back the place that was opened."""

    CSS_PATH = "labels.tcss"
    places = ("labels",)
    awaited = ("writing", "labels")  # the lanes whose answers the next key acts on
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("labels")

    def __init__(self, state: AppState, services: Services, library: LibraryWorkers, coder: str) -> None:
        super().__init__()
        self._library, self._coder = library, coder
        self._evidence, self._index = services.require_evidence_cache(), services.index
        self._story = state.ref.story if state.ref is not None else None
        self._query = state.search.spelled_out
        self._tab = TABS[0]
        self._shown = Shown([], Codebook(()))
        self._only = ("", "")  # what the spans are narrowed to, as "label" and its name
        self._unit = UnitKind.CHARACTERS
        self._handlers: dict[str, Callable[[], None]] = {
            "next-label-tab": lambda: self._step_tab(1),
            "previous-label-tab": lambda: self._step_tab(-1),
            "add-label": lambda: self._add(under=False),
            "add-label-under": lambda: self._add(under=True),
            "edit-label": self._edit,
            "drop-label": self._drop,
            "open-labelled": self._open,
            "suggest-labels": self._suggest,
            "accept-all-labels": self._accept_all,
            "dismiss-all-labels": self._dismiss_all,
            "label-unit": self._other_unit,
            "undo-label": lambda: self._step_in_journal(again=False),
            "redo-label": lambda: self._step_in_journal(again=True),
            "leave-labels": self._leave,
        }

    def _leave(self) -> None:
        self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Lay out the tabs, the list, the sides of a disagreement, and the keys."""
        with Vertical(id="labels-box"):
            yield Static("", id="labels-tabs", markup=False)
            yield VirtualList(id="labels-list")
            yield Horizontal(id="labels-sides")
            yield Static("", id="labels-words", markup=False)
            yield Static("", id="labels-keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the codebook."""
        self.query_one("#labels-sides").display = False
        self.set_focus(self._list)
        self.reload()

    def action_run(self, command: str) -> None:
        """Run a command of the registry."""
        self._handlers[command]()

    _list = query_one("#labels-list", VirtualList)

    @property
    def _questions(self) -> Labelling:
        from tui.services.labels import Labelling

        return Labelling(self._evidence)

    # What is shown

    def reload(self) -> None:
        """Read what the tab shows again."""
        self._draw_frame()
        tab = self._tab
        gather = Gathering(self._story, self._coder, self._questions)
        only, unit = self._only, self._unit

        def work(library: Library) -> Shown:
            return gather.of_tab(library, tab, only, unit)

        def done(shown: Shown) -> None:
            if self._tab == tab:
                self._shown = shown
                self._list.placeholder = _NONE[tab]
                self._list.set_rows(shown.rows)
                self._show_sides()

        self._library.read("labels", work, self.heard(done), self.heard(self._complain))

    def _draw_frame(self) -> None:
        parts: list[tuple[str, str]] = []
        for tab in TABS:
            parts += [(f" {tab} ", "bold reverse" if tab == self._tab else ""), (" ", "")]
        story = "library" if self._tab == "Codebook" else self._story or "library"
        narrowed = f"  only {self._only[1]}" if self._tab == "Spans" and self._only[0] else ""
        parts.append((f"  {story}{narrowed}  as {self._coder}", "dim"))
        self.query_one("#labels-tabs", Static).update(Content.assemble(*parts))
        keys = f"{_KEYS[self._tab]}   u undo   ← → tab   esc back"
        self.query_one("#labels-keys", Static).update(Content(keys))
        self.query_one("#labels-sides").display = False

    def _say(self, words: str) -> None:
        self.query_one("#labels-words", Static).update(Content(words))

    def _complain(self, error: Exception) -> None:
        self._say(str(error))

    @on(VirtualList.Highlighted)
    def _highlighted(self) -> None:
        self._show_sides()

    def _show_sides(self) -> None:
        """Show what each coder made of the highlighted disagreement, side by side."""
        passage = self._question
        place = self.query_one("#labels-sides", Horizontal)
        place.display = passage is not None
        if passage is None:
            return
        text = self._shown.texts.get(passage.ref, "")
        low = max(0, min((span.span.start for span in passage.spans), default=0) - _CONTEXT)
        high = min(len(text), max((span.span.end for span in passage.spans), default=0) + _CONTEXT)
        panels = list(place.query(Static))
        for number, given in enumerate(passage.coder_spans):
            content = side_content(given, text, low, high)
            if number < len(panels):
                panels[number].display = True
                panels[number].update(content)
            else:
                place.mount(Static(content, classes="labels-side", markup=False))
        for panel in panels[len(passage.coder_spans) :]:
            panel.display = False

    # Which one

    @property
    def _key(self) -> list[str]:
        return (self._list.highlighted_key or "").split(":", 2)

    @property
    def _question(self) -> CodedPassage | None:
        if self._key[0] not in {"side", "nothing"}:
            return None
        return next((each for each in self._shown.questions if str(each.id) == self._key[1]), None)

    @property
    def _span(self) -> LabelSpan | None:
        if self._key[0] != "span":
            return None
        return next((span for span in self._shown.spans if str(span.id) == self._key[1]), None)

    @property
    def _label(self) -> str | None:
        return self._key[1] if self._key[0] == "label" else None

    # What the keys do

    def _step_tab(self, direction: int) -> None:
        self._only = ("", "")
        self._show_tab(TABS[(TABS.index(self._tab) + direction) % len(TABS)])

    def _show_tab(self, tab: str) -> None:
        self._tab = tab
        self._say("")
        self._list.set_rows([])
        self.reload()

    def _change(self, work: Callable[[Library], object], words: str) -> None:
        def done(_answer: object) -> None:
            self._say(words)
            self.reload()

        self._library.write(work, self.heard(done), self.heard(self._complain))

    def _step_in_journal(self, *, again: bool) -> None:
        def done(entry: Entry | None) -> None:
            self._say(step_words(entry, again=again))
            self.reload()

        self._library.write(redo if again else undo, self.heard(done), self.heard(self._complain))

    def _add(self, *, under: bool) -> None:
        above = self._label if under else None

        def save(library: Library, answers: Answers) -> object:
            return library.add_label(_fields(answers), parent=answers["parent"] or None)

        self._fill_in("New label", label_lines(self._shown.codebook, under=above or ""), save)

    def _edit(self) -> None:
        name = self._label
        if name is None:
            self._say("Choose a label of the codebook.")
            return
        label = self._shown.codebook.named(name)
        above = self._shown.codebook.parent_of(label) if label is not None else None

        def save(library: Library, answers: Answers) -> object:
            edited = library.edit_label(
                name,
                new_name=answers["name"],
                meaning=answers["meaning"],
                colour=answers["colour"],
                key=answers["key"],
            )
            if answers["parent"] != (above.name if above is not None else ""):
                library.move_label(edited.name, parent=answers["parent"] or None)
            return edited

        self._fill_in(f"Label {name}", label_lines(self._shown.codebook, name=name), save)

    def _fill_in(
        self, heading: str, lines: Sequence[Line], save: Callable[[Library, Answers], object]
    ) -> None:
        def submitted(form: FormDialog[str], answers: Answers) -> None:
            def work(library: Library) -> object:
                return save(library, answers)

            self._library.write(work, form.heard(lambda _saved: form.finish("saved")), form.heard(form.fail))

        def closed(saved: str | None) -> None:
            if saved is not None:
                self.reload()

        self.app.push_screen(FormDialog(heading, lines, submitted, keys=_FORM_KEYS), closed)

    def _drop(self) -> None:
        label, span, passage = self._label, self._span, self._question
        if label is not None:
            self._remove_label(label)
        elif span is not None and span.status is SpanStatus.SUGGESTED:
            self._change(lambda library: library.dismiss_labels([span.id]), "Turned down; u undoes it.")
        elif span is not None:
            self._change(lambda library: library.unmark([span.id]), "Taken off; u puts it back.")
        elif passage is not None and passage.settlement is not None:
            settlement = passage.settlement.id
            self._change(lambda library: library.reopen_labels(settlement), "Open again.")

    def _remove_label(self, name: str) -> None:
        def answered(yes: str | None) -> None:
            if yes:
                self._change(
                    lambda library: library.remove_label(name), f"{name} is removed; u brings it back."
                )

        words = "Its spans are hidden until u takes that back; labels under it move up."
        self.app.push_screen(confirmation(f"Remove the label {name}?", words, "Remove it"), answered)

    def _open(self) -> None:
        chosen = self._span or self._question
        if chosen is not None:
            place: tuple[Ref, int] = (chosen.ref, chosen.span.start)
            self.dismiss(place)

    def _suggest(self) -> None:
        first = self._label or next((label.name for label in self._shown.codebook), "")
        names = [label.name for label in self._shown.codebook]
        lines = (
            Line("label", first, "a label of the codebook", names),
            Line("search", self._query, "sentences that this search finds"),
            Line("name", "", "or all mentions of this name in the story"),
        )

        def submitted(form: FormDialog[int], answers: Answers) -> None:
            if not answers["search"] and not answers["name"]:
                form.fail(RequestError("Say what to search for, or a name."))
                return
            self._library.write(
                lambda _library: self._suggest_from(answers), form.heard(form.finish), form.heard(form.fail)
            )

        def closed(count: int | None) -> None:
            if count is not None:
                self._show_tab("Suggested")
                self._say(f"{counted(count, 'passage')} suggested." if count else "Nothing new to suggest.")

        self.app.push_screen(FormDialog("Suggest a label", lines, submitted, keys=_FORM_KEYS), closed)

    def _suggest_from(self, answers: Answers) -> int:
        """Suggest a label for the mentions of a name, or for what a search finds; return how many are new."""
        label, name, story = answers["label"], answers["name"], self._story
        if name:
            return len(self._questions.suggest_entity(label, story or "", name, coder=self._coder))
        with opened(self._index) as index:
            found = self._questions.suggest_found(
                label, index, answers["search"], story=story, coder=self._coder
            )
        return len(found)

    def _accept_all(self) -> None:
        ids = [span.id for span in self._shown.spans if span.status is SpanStatus.SUGGESTED]
        if ids:
            self._change(
                lambda library: library.accept_labels(ids, coder=self._coder), f"{len(ids)} accepted."
            )

    def _dismiss_all(self) -> None:
        ids = [span.id for span in self._shown.spans if span.status is SpanStatus.SUGGESTED]
        if ids:
            self._change(lambda library: library.dismiss_labels(ids), f"{len(ids)} turned down.")

    def _other_unit(self) -> None:
        sentences = self._unit is UnitKind.SENTENCES
        self._unit = UnitKind.CHARACTERS if sentences else UnitKind.SENTENCES
        self.reload()

    @on(VirtualList.Chosen)
    def _chosen(self, message: VirtualList.Chosen) -> None:
        message.stop()
        span, passage, coder = self._span, self._question, self._coder
        if self._label is not None:
            self._edit()
        elif self._key[0] == "count":
            self._only = (self._key[1], self._key[2])
            self._show_tab("Spans")
        elif span is not None and span.status is SpanStatus.SUGGESTED:
            self._change(lambda library: library.accept_labels([span.id], coder=coder), "Accepted.")
        elif span is not None:
            self._open()
        elif passage is not None:
            like = self._key[2] if self._key[0] == "side" else None
            adjudicate = self._questions.adjudicate
            self._change(
                lambda _library: adjudicate(passage, by=coder, like=like),
                f"Accepted as {like} labelled it." if like else "Accepted: no label here.",
            )


def _fields(answers: Answers) -> LabelFields:
    return LabelFields(answers["name"], answers["meaning"], answers["colour"] or None, answers["key"] or None)


def label_lines(codebook: Codebook, *, name: str = "", under: str = "") -> tuple[Line, ...]:
    """Return the lines for a label: the one of that name, or a new one."""
    label = codebook.named(name) if name else None
    above = codebook.parent_of(label) if label is not None else None
    names = [other.name for other in codebook]
    return (
        Line("name", label.name if label else "", "one word, as a tag"),
        Line("key", (label.key or "") if label else "", "one character that gives it"),
        Line("colour", (label.colour or "") if label else "", ", ".join(COLOURS), COLOURS),
        Line("parent", above.name if above else under, "the label that it is under", names),
        Line("meaning", label.meaning if label else "", "when it is given, and when not"),
    )
