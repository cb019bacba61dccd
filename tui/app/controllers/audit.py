"""The audit of the story that is shown: steps to weak sentences, readings, and the user's own verdicts."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from sources.errors import CrossreadError
from tui.app.controllers.base import Controller
from tui.app.dialogs.dialog import ListDialog
from tui.app.dialogs.form import FormDialog, Line
from tui.app.messages import AuditChanged, OpenSource
from tui.app.views.audit_box import AuditBox
from tui.app.views.audit_rows import check_rows
from tui.app.widgets.virtual_list import Row
from tui.services.wording import flat

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.model import AuditChoice
    from tui.app.dialogs.form import Answers
    from tui.app.workers import Job
    from tui.services import Library
    from tui.services.audit import Audited, SentenceHere


class AuditController(Controller):
    """Lets the user decide how a marker is read and what verdict holds."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what is done here by actions."""
        in_box = {
            "next-weak": lambda: self._step(1),
            "previous-weak": lambda: self._step(-1),
            "turn-stop": self._turn_stop,
            "audit-beside": self._go_beside,
            "turn-reading": self.turn_reading,
            "overrule": self.overrule,
        }
        return {
            "audit-draft": self.ask_for_draft,
            **{name: partial(self._in_box, act) for name, act in in_box.items()},
        }

    def _in_box(self, act: Callable[[], None]) -> None:
        """Act on the audit; where no story was shown yet, show the one at hand first."""
        if self.panes.story_view.has_boxes:
            act()
        else:
            self.layout.show_view("story")

    @property
    def _box(self) -> AuditBox:
        return self.panes.story_view.query_one(AuditBox)

    def _step(self, direction: int) -> None:
        if not self._box.step(direction):
            self.say(f"No {self._box.stop} sentence {'below' if direction > 0 else 'above'}.")

    def _go_beside(self) -> None:
        self._box.go_beside()
        self.refresh_status()

    def _turn_stop(self) -> None:
        self._box.turn_stop()
        self.say(f"n and N stop at sentences that are {self._box.stop}.")
        self.refresh_status()

    def ask_for_draft(self) -> None:
        """Ask for a file, and hold it against the story that is beside the screen instead of its summary."""
        slug = self.current.story()
        if slug is None:
            self.say("Open the story to check a draft against.")
            return
        library = self._library

        def submitted(form: FormDialog[str], answers: Answers) -> None:
            path = os.path.expanduser(answers["file"])  # noqa: PTH111 - keeps "~" alone
            if not path:
                form.finish("")
                return
            form.say("Checking it against the sources…")

            def done(_found: Audited | None) -> None:
                form.finish(path)

            def work(job: Job) -> Audited | None:
                from tui.services.audit import audit_file

                return audit_file(library, path, slug, cancelled=lambda: job.cancelled)

            self.workers.run("audit", work, form.heard(done), form.heard(form.fail))

        def answered(path: str | None) -> None:
            if path is None:
                return
            self.state.drafts.pop(slug, None)
            if path:
                self.state.drafts[slug] = path
            self.layout.show_view("story", then)

        def then() -> None:
            self.layout.enlarge(self._box)
            self.emit(AuditChanged())

        self.panes.app.push_screen(
            FormDialog(
                f"Audit a draft against {slug}",
                (Line("file", self.state.drafts.get(slug, ""), "empty: the story's summary", is_path=True),),
                submitted,
                keys="enter audit   tab complete   esc close",
            ),
            answered,
        )

    def open_citation(self, place: int) -> None:
        """Open the passage that a marker of the summary cites; of several sources after a choice."""
        audited = self.panes.story_view.summary_audit
        number, one = next(
            (number, one)
            for number, one in enumerate(audited.sentences if audited else ())
            if one.sentence.marker is not None and one.sentence.marker.span.start == place
        )
        rows = check_rows(number, one, cited_only=True)
        if len(rows) == 1:
            self._open(rows[0].key)
            return
        words = Content(flat(one.text))
        self.panes.app.push_screen(
            ListDialog("Which source?", rows, words=words, keys="enter open   esc close", size="wide"),
            self._open,
        )

    def _open(self, key: str | None) -> None:
        place = None if key is None else self._box.place_at(key)
        if place is not None:
            self.emit(OpenSource(*place))

    def turn_reading(self) -> None:
        """Read the marker of the sentence in its next way."""
        one, audited = self._box.sentence, self._box.audited
        marker = None if one is None else one.sentence.marker
        if one is None or audited is None or marker is None or not marker.ambiguous:
            self.say("The marker of this sentence can be read in one way only.")
            return
        at = marker.readings.index(marker.chosen) if marker.chosen in marker.readings else -1
        reading = marker.readings[(at + 1) % len(marker.readings)]
        from tui.services.audit import choose_reading

        self._keep(one, lambda: choose_reading(self._library, audited, one.number, reading))

    def overrule(self) -> None:
        """Ask for the user's own verdict on the sentence, and why."""
        # Another audit may come into the box while one chooses: the verdict is on this sentence of this one.
        one, audited = self._box.sentence, self._box.audited
        if one is None or audited is None:
            return
        from tui.services.audit import OVERRULING, overrule

        def submitted(form: FormDialog[tuple[str, str]], answers: Answers) -> None:
            form.dismiss((answers["choice"], answers["note"]))

        def answered(given: tuple[str, str] | None) -> None:
            if given is not None:
                self._keep(one, lambda: overrule(self._library, audited, one.number, *given))

        choices = [Row(verdict, Content(verdict)) for verdict in OVERRULING]
        self.panes.app.push_screen(
            FormDialog(
                "Your verdict", (Line("note", hint="why"),), submitted,
                keys="enter keep   esc leave", choices=choices,
            ),
            answered,
        )  # fmt: skip

    def _keep(self, one: SentenceHere, choose: Callable[[], AuditChoice]) -> None:
        try:
            made = choose()
        except CrossreadError as error:
            self.say(str(error))
            return
        from tui.services.audit import told

        self.say(f"Sentence {one.number}, {told(made)}; {self.key('undo')} undoes it.")
        self.emit(AuditChanged())

    @property
    def _library(self) -> Library:
        return self.services.require_library()
