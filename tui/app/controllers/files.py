"""Files: sources added and removed, notes imported, and exports written, beside the screen."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from sources.model import NoteState, Ref
from tui.app.controllers.base import Controller
from tui.app.dialogs.add import AddForm, Heard
from tui.app.dialogs.dialog import confirmation
from tui.app.messages import NotesChanged, Noticed, OpenLibrary, OpenStory, SourcesChanged
from tui.services.access import opened
from tui.services.opening import Opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sources.model import Note
    from tui.app.workers import Job
    from tui.services import ImportProgress, ImportReport, Library, NoteImport, Removal, SearchIndex
    from tui.services.adding import Wanted
    from tui.services.exports import Delivered, ExportRequest


class AddController(Controller):
    """Imports beside the screen."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"add": self.ask, "open-demo": self.open_demo}

    def ask(self) -> None:
        """Ask for a path."""
        if self.services.library is not None:
            stories = {story.slug: story.sources for story in self.state.listing.stories}
            self.panes.app.push_screen(AddForm(self.take_in, self.try_out, stories), self._open)

    def open_demo(self, *, tour: bool = False) -> None:
        """Leave for the demo's own library, which gets the bundled story first."""
        if self.state.demo:
            self.say("This is the demo story.")
            return
        home = self.services.require_library().folder

        def work(job: Job) -> Path:
            from tui.services.opening import prepare_demo

            return prepare_demo(progress=lambda _state: job.still_wanted(), cancelled=lambda: job.cancelled)

        def done(folder: Path) -> None:
            self.emit(OpenLibrary(Opening(folder, demo=True, home=home, tour=tour)))

        self.say("Opening the demo story…")
        self.workers.queue("import", work, done)

    def prepare_sample(self) -> None:
        """Work out the evidence of the demo story before somebody asks for it."""
        cache = self.services.require_evidence_cache()

        def work(job: Job) -> None:
            from tui.services.adding import SAMPLE

            if cache.library.has_story(SAMPLE):
                cache.prepare(SAMPLE, cancelled=lambda: job.cancelled)

        self.workers.queue("preparing", work, lambda _none: None, self.services.log_trouble)

    def _open(self, ref: Ref | None) -> None:
        if ref is not None:
            self.emit(OpenStory(ref.story, first=ref))

    def take_in(self, wanted: Wanted, heard: Heard) -> Callable[[], None]:
        """Import files and folders beside the screen; return what stops it."""
        library, cache = self.services.require_library(), self.services.require_evidence_cache()

        def finished(report: ImportReport) -> None:
            heard.done(report)
            from tui.services.adding import new_refs, prepare

            self.emit(SourcesChanged(new_refs(report)))

            def work(job: Job) -> None:
                prepare(cache, report, cancelled=lambda: job.cancelled)

            self.workers.queue("preparing", work, lambda _none: None, self.services.log_trouble)

        def importing(**hearing: Any) -> ImportReport:
            from tui.services.adding import add

            return add(library, wanted, **hearing)

        return self._run(importing, heard, finished)

    def try_out(self, wanted: Wanted, heard: Heard) -> Callable[[], None]:
        """Find out beside the screen what an import would do; return what stops it."""
        folder = self.services.require_library().folder

        def importing(**hearing: Any) -> ImportReport:
            from tui.services.adding import rehearse

            return rehearse(folder, wanted, **hearing)

        return self._run(importing, heard, heard.done)

    def _run(
        self,
        importing: Callable[..., ImportReport],
        heard: Heard,
        finished: Callable[[ImportReport], None],
    ) -> Callable[[], None]:
        stopped = threading.Event()

        def work(job: Job) -> ImportReport:
            from tui.services.pace import Pace

            pace = Pace()

            def progress(state: ImportProgress) -> None:
                if words := pace.words(state):
                    job.tell(lambda: heard.say(words))

            return importing(progress=progress, cancelled=lambda: job.cancelled or stopped.is_set())

        self.workers.queue("import", work, finished, heard.failed)
        return stopped.set


# Taking a source or a story out of the library, after saying what goes.

_SHOWN = 3  # notes that are named
_LONGEST = 60  # code points of a note


class RemoveController(Controller):
    """Asks, and removes beside the screen."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"remove": self.begin}

    def begin(self) -> None:
        """Say what would go, and ask."""
        target = self.current.target()
        if target is None:
            self.say("Choose a source or a story in the library to remove.")
            return
        library, undo = self.services.require_library(), self.key("undo")

        def work(_job: object) -> tuple[str, str]:
            return what_goes(library, target, undo)

        def done(answer: tuple[str, str]) -> None:
            question, consequences = answer
            self.panes.app.push_screen(confirmation(question, consequences, "Remove"), decided)

        def decided(confirmed: str | None) -> None:
            if confirmed:
                self.remove(target)

        self.workers.run("removing", work, done)

    def remove(self, target: Ref | str) -> None:
        """Remove a source or a story; the index follows."""
        cache = self.services.require_evidence_cache()

        def work(_job: object) -> Removal:
            from tui.services.stories import remove

            return remove(cache, target)

        def done(removal: Removal) -> None:
            count = len(removal.refs)
            texts = "" if count == 1 else f", {count} texts"
            self.say(f"{target} is removed{texts}; {self.key('undo')} brings it back.")
            self.emit(SourcesChanged())

        self.workers.queue("writing", work, done)


def what_goes(library: Library, target: Ref | str, undo: str) -> tuple[str, str]:
    """Return the question whether to remove a source or a story, and what follows; ``undo`` is a key."""
    if isinstance(target, str):
        story = library.story(target)
        refs = set(library.refs(target))
        sources = len(refs) - (story.summary is not None)
        texts = f"{sources:,} source{'s' * (sources != 1)}"
        texts += " and its summary" if story.summary else ""
        question = f"Remove the story {target}?"
        lines = [_short(story.title or ""), f"{texts} go to the bin."]
    else:
        refs = {target}
        question = f"Remove {target}?"
        lines = [_short(library.source(target).title or ""), "This text goes to the bin."]
    noted = [note for ref in sorted(refs, key=str) for note in library.notes(ref=ref)]
    lines += _bereft(dict.fromkeys(note for note in noted if _loses(note, refs)))
    lines.append(f"{undo} brings it back, and for 30 days crossread restore, with all that is on it.")
    return question, "\n".join(line for line in lines if line)


def _loses(note: Note, refs: set[Ref]) -> bool:
    return any(target.ref in refs and target.state is not NoteState.ORPHAN for target in note.targets)


def _bereft(notes: Iterable[Note]) -> list[str]:
    """Return which notes lose their passage, the first few by their words."""
    notes = list(notes)
    if not notes:
        return []
    count = "1 note loses its passage" if len(notes) == 1 else f"{len(notes):,} notes lose their passage"
    lines = [f"{count} and stays as an orphan:" if len(notes) == 1 else f"{count} and stay as orphans:"]
    for note in notes[:_SHOWN]:
        words = " ".join(note.text.split()) or " ".join(f"#{tag}" for tag in note.tags)
        lines.append(f"  · {_short(words)}")
    if len(notes) > _SHOWN:
        lines.append(f"  · and {len(notes) - _SHOWN:,} more")
    return lines


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


# Exports and imports from inside the app: gathered, written and read beside the screen.


class ExportController(Controller):
    """Runs the screens of export and import."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"export": self.show_export, "import-notes": self.show_import}

    def show_export(self) -> None:
        """Ask what to export, how, and where to."""
        from tui.app.dialogs.form import export_form

        if self.services.library is not None:
            story = self.state.ref.story if self.state.ref is not None else ""
            known = tuple(each.slug for each in self.state.listing.stories)
            self.panes.app.push_screen(export_form(self.export, story, known))

    def show_import(self) -> None:
        """Ask for a file of notes."""
        from tui.app.dialogs.form import note_import_form

        if self.services.library is not None:
            self.panes.app.push_screen(note_import_form(self.take_in))

    def export(
        self,
        request: ExportRequest,
        output: str,
        done: Callable[[Delivered], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Write an export beside the screen."""
        library, index = self.services.require_library(), self.services.index

        def written(delivered: Delivered) -> None:
            done(delivered)
            if delivered.path is not None:
                self.emit(Noticed("export"))

        self.workers.queue(
            "export", lambda _job: write_export(library, index, request, output), written, failed
        )

    def take_in(
        self,
        path: str,
        form: str | None,
        done: Callable[[NoteImport], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Import a file of notes beside the screen."""
        from tui.services.exports import take_in_notes

        def taken(found: NoteImport) -> None:
            done(found)
            self.emit(NotesChanged())

        self.write(lambda library: take_in_notes(library, path, form), taken, failed)


def write_export(
    library: Library, index: SearchIndex | None, request: ExportRequest, output: str
) -> Delivered:
    """Write what a request asks for; raises CrossreadError."""
    from tui.services.exports import Delivered, gather, save_export

    export = gather(library, request, lambda: opened(index))
    return Delivered(save_export(export, library.folder, output), export.count, export.state)
