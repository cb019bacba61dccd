"""Putting right: what is said of a source or a story, in a form, and what it is true of as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import CrossreadError
from sources.model import Ref
from tui.app.controllers.base import Controller
from tui.app.dialogs.dialog import YES, confirmation
from tui.app.dialogs.form import Answers, FormDialog, Line
from tui.app.messages import SourcesChanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.model import Source, Story
    from tui.app.messages import EditDetails
    from tui.services import Library
    from tui.services.editing import Edited, SameDomain
    from tui.services.undoing import Moves

_KEYS = "enter save   tab next line   esc leave"
_HINTS = {"date": "2031-06-12, 2031-06 or 12 June 2031", "language": "en, de, pt-BR", "url": "https://…"}


class EditingController(Controller):
    """Asks for what is true, and keeps it beside the screen."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"edit-details": lambda: self.edit(self.current.target() or self.state.ref)}

    def asked(self, wish: EditDetails) -> None:
        """Put right what the message names."""
        self.edit(wish.target)

    def edit(self, target: Ref | str | None) -> None:
        """Open the form for a source or a story."""
        if target is None:
            self.say("Choose a source or a story in the library to edit its details.")
        elif isinstance(target, Ref):
            self.library.read("details", lambda library: library.source(target), self._ask_of_source)
        else:
            self.library.read("details", lambda library: library.story(target), self._ask_of_story)

    def _ask_of_source(self, source: Source) -> None:
        from tui.services.editing import FACTS, checked_facts, edit_sources

        ref = source.ref
        now = {name: getattr(source, name) or "" for name in FACTS}

        def submitted(form: FormDialog[Edited], answers: Answers) -> None:
            try:
                facts = checked_facts({name: answers[name] for name in FACTS if answers[name] != now[name]})
            except CrossreadError as error:
                form.fail(error)
                return
            self.write(
                lambda library: edit_sources(library, [ref], facts), form.finish, form.heard(form.fail)
            )

        def done(edited: Edited | None) -> None:
            if edited is not None and edited.changed:
                self._tell(f"{ref} is edited; {self.key('undo')} undoes it.")
            if edited is not None and edited.kin is not None:
                self._ask_of_kin(edited.kin)

        known = {"publisher": self._publishers()}
        lines = [Line(name, now[name], _HINTS.get(name, ""), known.get(name, ())) for name in FACTS]
        form = FormDialog(f"Details of {ref}", lines, submitted, keys=_KEYS)
        self.panes.app.push_screen(form, done)

    def _publishers(self) -> list[str]:
        listed = (entry.publisher for entries in self.state.listing.entries.values() for entry in entries)
        return sorted({publisher for publisher in listed if publisher})

    def _ask_of_kin(self, kin: SameDomain) -> None:
        from tui.services.editing import edit_sources

        count, publisher = len(kin.others), kin.publisher
        names = ", ".join(sorted({entry.publisher or "nobody" for entry in kin.others}))
        words = f"{kin.domain} has {count} more in the library, said to be by {names}."

        def work(library: Library) -> Edited:
            return edit_sources(library, [entry.ref for entry in kin.others], {"publisher": publisher})

        def done(edited: Edited) -> None:
            self._tell(f"{len(edited.changed)} more are by {publisher} now; {self.key('undo')} undoes it.")

        def answered(yes: str | None) -> None:
            if yes == YES:
                self.write(work, done)

        question = f"Is {publisher} the publisher of the others, too?"
        dialog = confirmation(question, words, "Set it for all of them", no="Leave them")
        self.panes.app.push_screen(dialog, answered)

    def _ask_of_story(self, story: Story) -> None:
        now = {"title": story.title or "", "slug": story.slug}

        def submitted(form: FormDialog[str], answers: Answers) -> None:
            given = {name: answers[name] if answers[name] != now[name] else None for name in now}

            def work(library: Library) -> str:
                from tui.services.editing import edit_story

                edit_story(library, story.slug, title=given["title"], new_slug=given["slug"])
                return answers["slug"]

            self.write(work, form.finish, form.heard(form.fail))

        def done(slug: str | None) -> None:
            if slug is None:
                return
            refs = [entry.ref for entry in story.sources]
            refs += [Ref(story.slug, None)] * (story.summary is not None)
            moved = tuple((ref, Ref(slug, ref.number)) for ref in refs) if slug != story.slug else ()
            told = f"{story.slug} is {slug} now" if moved else f"{slug} is edited"
            self._tell(f"{told}; {self.key('undo')} undoes it.", moved)

        lines = (Line("title", now["title"]), Line("slug", now["slug"], "lower-case words joined by hyphens"))
        form = FormDialog(f"Details of {story.slug}", lines, submitted, keys=_KEYS)
        self.panes.app.push_screen(form, done)

    def _tell(self, words: str, moved: Moves = ()) -> None:
        self.say(words)
        self.emit(SourcesChanged(moved=moved))
