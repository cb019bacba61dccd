"""Correcting: what the user says of entities, kept in the library, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sources.model import CorrectionAct
from tui.app.controllers.base import Controller
from tui.app.dialogs.dialog import ListDialog
from tui.app.dialogs.form import Answers, FormDialog, Line
from tui.app.messages import LoadEvidence, UpdateIndex
from tui.app.views.text_evidence import KIND_LETTERS
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence.entities import Entity
    from sources.model import Correction


class CorrectionsController(Controller):
    """Puts right what was found, by the row that is highlighted in the list of entities."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "filter-evidence": self.filter,
            "merge-entity": self.merge,
            "split-entity": self.split,
            "rename-entity": self.rename,
            "retype-entity": self.retype,
            "hide-entity": self.hide,
            "pin-entity": self.pin,
            "show-hidden": self.toggle_hidden,
        }

    def filter(self) -> None:
        """Type which entities the list shows."""
        self.layout.focus_pane(self.panes.evidence_pane)
        self.panes.evidence_pane.begin_filter()

    def _chosen(self) -> Entity | None:
        pane = self.panes.evidence_pane
        entity = pane.evidence.entity(pane.highlighted_entity or "") if pane.tab == "entities" else None
        if entity is None:
            self.say("Choose an entity in the list on the right (e).")
        return entity

    def merge(self) -> None:
        """Mark an entity, or let the marked one go with the chosen one."""
        pane, entity = self.panes.evidence_pane, self._chosen()
        if entity is None:
            return
        marked = pane.evidence.entity(pane.merging) if pane.merging else None
        pane.merging = None if marked is not None else entity.id
        pane.redraw()
        if marked is None:
            self.say(f"Now choose the entity to merge {entity.name} into, and press the same key.")
        elif marked.id != entity.id:
            self._correct(CorrectionAct.MERGE, marked, entity.id)

    def split(self) -> None:
        """Take a form of the name out of an entity."""
        entity = self._chosen()
        if entity is None:
            return
        counts: dict[str, int] = {}
        for mention in entity.mentions:
            form = " ".join(mention.text.split())
            counts[form] = counts.get(form, 0) + 1
        rows = [Row(form, Content(form), hint=f"{count}×") for form, count in counts.items()]
        if len(rows) < 2:
            self.say(f"{entity.name} is only ever called that, so nothing would be left.")
            return

        def picked(form: str | None) -> None:
            if form is not None:
                self._correct(CorrectionAct.SPLIT, entity, form)

        question = f"Which of these is not {entity.name}, but something else?"
        self.panes.app.push_screen(ListDialog(question, rows), picked)

    def rename(self) -> None:
        """Give an entity another name."""
        entity = self._chosen()
        if entity is None:
            return

        def submitted(form: FormDialog[str], answers: Answers) -> None:
            form.dismiss(answers["name"])

        def answered(name: str | None) -> None:
            if name and name != entity.name:
                self._correct(CorrectionAct.RENAME, entity, name)

        lines = (Line("name", entity.name),)
        self.panes.app.push_screen(
            FormDialog("What is it called?", lines, submitted, keys="enter choose   esc leave"), answered
        )

    def retype(self) -> None:
        """Say of what kind an entity is."""
        entity = self._chosen()
        if entity is None:
            return
        rows = [
            Row(kind, Content.assemble((f"{letter} ", "dim"), kind)) for kind, letter in KIND_LETTERS.items()
        ]

        def picked(kind: str | None) -> None:
            if kind is not None and kind != str(entity.kind):
                self._correct(CorrectionAct.TYPE, entity, kind)

        self.panes.app.push_screen(
            ListDialog(f"Of what kind is {entity.name}?", rows, first=str(entity.kind)), picked
        )

    def hide(self) -> None:
        """Leave out what is no entity; on a row of what is hidden, bring it back."""
        key = self.panes.evidence_pane.listing.highlighted_key or ""
        if key.startswith("hidden:"):
            self.show_again(int(key.partition(":")[2]))
            return
        entity = self._chosen()
        if entity is not None:
            self._correct(CorrectionAct.HIDE, entity)

    def pin(self) -> None:
        """Keep an entity on top, or no longer."""
        entity = self._chosen()
        if entity is None:
            return
        if not entity.pinned:
            self._correct(CorrectionAct.PIN, entity)
            return
        names = {entity.name, *entity.aliases}
        self._take_back(lambda made: made.act is CorrectionAct.PIN and made.name in names)

    def show_again(self, correction_id: int) -> None:
        """Show what was hidden by a correction."""
        self._take_back(lambda made: made.id == correction_id)

    def toggle_hidden(self) -> None:
        """List what is hidden at the end, or no longer."""
        pane = self.panes.evidence_pane
        pane.hidden_shown = not pane.hidden_shown
        pane.choose_tab("entities")
        if pane.hidden_shown and not pane.evidence.story.hidden:
            self.say("Nothing is hidden in this story.")

    # Keeping

    @property
    def _story(self) -> str | None:
        refs = self.panes.evidence_pane.evidence.refs
        return refs[0].story if refs else None

    def _correct(self, act: CorrectionAct, entity: Entity, value: str = "") -> None:
        slug, cache = self._story, self.services.require_evidence_cache()
        if slug is not None:

            def work(_job: object) -> Correction:
                from tui.services.corrections import correct

                return correct(cache, act, slug, entity.id, value)

            self._write(work, f"{{}}; {self.key('undo')} undoes it.")

    def _take_back(self, meant: Callable[[Correction], bool]) -> None:
        slug, library = self._story, self.services.require_library()
        if slug is None:
            return

        def work(_job: object) -> Correction | None:
            found = [made for made in library.corrections(slug) if meant(made)]
            return library.undo_correction(found[-1].id) if found else None

        self._write(work, "Undone: {}.")

    def _write(self, work: Callable[[object], Correction | None], words: str) -> None:
        def done(made: Correction | None) -> None:
            if made is None:
                self.say("There is no correction to undo.")
                return
            from tui.services.corrections import told

            self.say(words.format(told(made)))
            self.emit(LoadEvidence(self.panes.evidence_pane.evidence.refs))
            self.emit(UpdateIndex())

        self.workers.queue("writing", work, done)
