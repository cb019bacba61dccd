"""Labelling: single keys give labels to the selection or the sentence, and the screen of all labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from sources.model import Codebook, LabelChoice, NoteState, SpanStatus
from tui.app.controllers.base import Controller
from tui.app.messages import OpenSource, Repeatable, StepInJournal
from tui.app.widgets.reader import Mark, MarkKind
from tui.services.access import coder_name
from tui.services.notes import passage_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.model import Label, LabelSpan, Ref
    from tui.services import Library

_SUGGESTED_TAG = "?"


class _Here(NamedTuple):
    """The codebook, and the coder's spans and suggestions in the open source."""

    codebook: Codebook
    marked: tuple[LabelSpan, ...]
    suggested: tuple[LabelSpan, ...]


class LabelsController(Controller):
    """Keeps the coder's labels in the open text true, and runs the screen of labels."""

    _here = _Here(Codebook(()), (), ())
    _coder = ""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"label-text": self.toggle, "labels": self.show_all}

    @property
    def coder(self) -> str:
        """Return who labels."""
        if not self._coder:
            self._coder = coder_name()
        return self._coder

    @property
    def status(self) -> str:
        """Return who labels, and what stands under the cursor."""
        if not self.state.labelling or self.panes.view != "read":
            return ""
        names = [
            f"{span.label}{'?' * (span.status is SpanStatus.SUGGESTED)}" for span in self._under_cursor()
        ]
        return f"labelling as {self.coder}" + (f": {' + '.join(names)}" if names else "")

    # The mode

    def toggle(self) -> None:
        """Let the labels' keys act in the text, or no longer."""
        if self.leave():
            return
        if self.state.source is None:
            self.say("Open a source to label in it.")
            return
        if self.panes.view != "read":
            self.layout.show_view("read")
        self.state.labelling = True
        self._take_keys()
        self.panes.focus_main()
        self.refresh()

    def leave(self) -> bool:
        """Give the keys back; False when they did nothing but as usual."""
        if not self.state.labelling:
            return False
        self.state.labelling = False
        self._show()
        return True

    def typed(self, key: str) -> None:
        """Do what a key means while one labels."""
        label = next((label for label in self._here.codebook if label.key == key), None)
        if label is not None:
            self.give(label.name)
            return
        meanings: dict[str, Callable[[], None]] = {
            "pick-label": self._pick,
            "take-label": self.take_off,
            "accept-here": self.accept_here,
            "label-undo": lambda: self.step_in_journal(again=False),
            "label-redo": lambda: self.step_in_journal(again=True),
        }
        for command in self.services.commands:
            if command.id in meanings and key in command.keys:
                meanings[command.id]()

    def give(self, name: str) -> None:
        """Give the selection, or the sentence under the cursor, a label."""
        found = self.current.passage()
        if found is None:
            return
        self.emit(Repeatable(lambda: self.give(name)))
        (ref, anchor), coder = passage_place(*found), self.coder
        self.panes.reader.clear_selection()
        self.write(lambda library: library.mark(name, ref, anchor, coder=coder), lambda _span: self.refresh())

    def take_off(self) -> None:
        """Take the narrowest label under the cursor off, or turn down what is suggested there."""
        span = next(iter(self._under_cursor()), None)
        if span is None:
            self.say("No label of yours is here.")
        elif span.status is SpanStatus.SUGGESTED:
            self.write(lambda library: library.dismiss_labels([span.id]), lambda _none: self.refresh())
        else:
            self.write(lambda library: library.unmark([span.id]), lambda _spans: self.refresh())

    def accept_here(self) -> None:
        """Make the narrowest suggestion under the cursor a label, and go to the next one."""
        coder = self.coder
        waiting = [span for span in self._under_cursor() if span.status is SpanStatus.SUGGESTED]
        if not waiting:
            if self.panes.reader.jump_to_mark({MarkKind.SUGGESTION}, 1) is None:
                self.say("Nothing is suggested in this text.")
            return
        number = waiting[0].id
        self.write(
            lambda library: library.accept_labels([number], coder=coder), lambda _spans: self.refresh()
        )

    def _pick(self) -> None:
        from tui.app.dialogs.dialog import pick_label

        def chosen(key: str | None) -> None:
            if key is not None:
                self.give(key.partition(":")[2])

        self.panes.app.push_screen(pick_label(self.key("labels"), self._here.codebook), chosen)

    def _under_cursor(self) -> list[LabelSpan]:
        """Return the coder's spans and suggestions under the cursor, the narrowest first."""
        cursor = self.panes.reader.cursor
        found = [
            span
            for span in (*self._here.marked, *self._here.suggested)
            if _standing(span) and span.span.start <= cursor < span.span.end
        ]
        return sorted(found, key=lambda span: (span.span.end - span.span.start, -span.id))

    def step_in_journal(self, *, again: bool) -> None:
        """Undo the last change to a label or a note, or do it again."""
        self.emit(StepInJournal(again=again))

    # The screen of all labels

    def show_all(self) -> None:
        """Show codebook, spans, counts, co-occurrence, suggestions and agreement."""
        from tui.app.dialogs.labels import LabelsScreen

        if self.services.library is None:
            return

        def left(place: tuple[Ref, int] | None) -> None:
            self.refresh()
            if place is not None:
                self.emit(OpenSource(place[0], at=place[1]))

        self.panes.app.push_screen(LabelsScreen(self.state, self.services, self.library, self.coder), left)

    # What is shown

    def refresh(self) -> None:
        """Read the labels of the open source again, while one labels."""
        ref = self.state.ref
        if not self.state.labelling or ref is None:
            self._show()
            return
        coder = self.coder

        def work(library: Library) -> _Here:
            return _Here(
                library.codebook(),
                library.label_spans(LabelChoice(ref=ref, coder=coder)),
                library.label_spans(LabelChoice(ref=ref, coder=coder, statuses=(SpanStatus.SUGGESTED,))),
            )

        def done(here: _Here) -> None:
            if self.state.ref == ref:
                self._here = here
                self._show()

        self.library.read("labels here", work, done)

    def _show(self) -> None:
        reader, view = self.panes.reader, self.panes.read_view
        if not self.state.labelling:
            self._here = _Here(Codebook(()), (), ())
        codebook = self._here.codebook
        by_id = {label.id: label for label in codebook}
        reader.set_marks(MarkKind.LABEL, _marks(self._here.marked, by_id, MarkKind.LABEL))
        reader.set_marks(MarkKind.SUGGESTION, _marks(self._here.suggested, by_id, MarkKind.SUGGESTION))
        self._take_keys()
        view.show_label_keys(key_words(codebook, self.key("labels")) if self.state.labelling else None)
        self.refresh_status()

    def _take_keys(self) -> None:
        own = [key for each in self.services.commands if each.where == "labelling" for key in each.keys]
        keys = [label.key for label in self._here.codebook if label.key]
        self.panes.read_view.reader.taken_keys = (
            frozenset([*own, *keys]) if self.state.labelling else frozenset()
        )


def key_words(codebook: Codebook, labels_key: str) -> Content:
    """Return which keys give which labels, as they stand above the text."""
    parts: list[tuple[str, str]] = []
    for label in codebook:
        if label.key:
            parts += [(f" {label.key} ", "bold reverse"), (f" {label.name}   ", "")]
    if not parts:
        return Content(
            f"No label has a key yet: {labels_key} shows the codebook, a there makes a label, / chooses."
        )
    return Content.assemble(*parts)


def _standing(span: LabelSpan) -> bool:
    return span.target.state is not NoteState.ORPHAN


def _marks(spans: Sequence[LabelSpan], labels: dict[int, Label], kind: MarkKind) -> list[Mark]:
    marks = []
    for span in spans:
        label = labels.get(span.label_id)
        if not _standing(span):
            continue
        tag = (label.key if label is not None and label.key else span.label[:1]) or ""
        colour = label.colour if label is not None else None
        suggested = kind is MarkKind.SUGGESTION
        marks.append(
            Mark(*span.span, kind, _SUGGESTED_TAG if suggested else tag, "" if suggested else colour or "")
        )
    return marks
