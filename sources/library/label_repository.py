"""What the library does with labels: the part of `Library` that the labels' screens and commands use.

The codebook is changed with `add_label`, `edit_label`, `move_label` and `remove_label`; labels go by their
names. A coder gives labels to passages with `mark`, takes them off with `unmark`, and changes a span with
`change_label_span`. `suggest_labels` keeps proposals until `accept_labels` or `dismiss_labels`;
`adjudicate_labels` says what holds where coders disagree. `label_spans`, `label_tallies`, `settlements` and
`coders` tell what is there. Every change is one entry of the journal that `undo` and `redo` know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import LabelChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.library.database import Database
    from sources.library.label_span_store import Mark
    from sources.model import Anchor, Codebook, Label, LabelFields, LabelSpan, LabelTally, Ref, Settlement

# A search changes nothing, and most of them ask for no label.


class LabelRepository:
    """Codebook, labelled spans and settlements of a library; each call is one transaction.

    Every method may raise the errors of LibraryError.
    """

    _database: Database
    _clock: Callable[[], str]

    def codebook(self) -> Codebook:
        """Return the labels in the order of the tree."""
        from sources.library import codebook_store

        with self._database.reading() as connection:
            return codebook_store.codebook(connection)

    def add_label(self, fields: LabelFields, *, parent: str | None = None) -> Label:
        """Put a label into the codebook, last under ``parent``.

        Raises RequestError for a name, colour or key that cannot be or is taken, and UnknownReference.
        """
        from sources.library import codebook_store

        with self._database.writing() as connection:
            return codebook_store.add(connection, fields, parent, self._clock())

    def edit_label(
        self,
        name: str,
        *,
        new_name: str | None = None,
        meaning: str | None = None,
        colour: str | None = None,
        key: str | None = None,
    ) -> Label:
        """Change what is given of a label; an empty colour or key takes it away.

        Notes that carry the label carry its new name. Raises RequestError and UnknownReference.
        """
        from sources.library import codebook_store

        given: dict[str, str | None] = {"name": new_name, "meaning": meaning, "colour": colour, "key": key}
        with self._database.writing() as connection:
            return codebook_store.edit(connection, name, given, self._clock())

    def move_label(self, name: str, *, parent: str | None, before: str | None = None) -> Label:
        """Put a label under ``parent``, None for the top, before a sibling or last.

        Raises RequestError where it would stand under itself, and UnknownReference.
        """
        from sources.library import codebook_store

        with self._database.writing() as connection:
            return codebook_store.move(connection, name, parent, before, self._clock())

    def remove_label(self, name: str) -> tuple[Label, int]:
        """Take a label out of the codebook; return it and the number of spans that are hidden with it.

        What stands under it moves up; `undo` brings all back. Raises UnknownReference.
        """
        from sources.library import codebook_store

        with self._database.writing() as connection:
            return codebook_store.remove(connection, name, self._clock())

    def mark(self, label: str, ref: Ref, anchor: Anchor, *, coder: str) -> LabelSpan:
        """Give a passage a label; the same span as before where the coder did so already.

        Raises RequestError for a coder without a name, UnknownReference for a label or source that is not
        there. A passage whose words do not stand there is kept as an orphan.
        """
        from sources.library.label_span_store import Mark

        return self.mark_all([Mark(label, ref, anchor)], coder=coder)[0]

    def mark_all(self, marks: Sequence[Mark], *, coder: str, origin: str = "") -> tuple[LabelSpan, ...]:
        """Give many passages labels in one change, as `mark` does; ``origin`` says where they come from."""
        from sources.library import label_span_store

        with self._database.writing() as connection:
            return label_span_store.mark(connection, marks, coder, self._clock(), origin)

    def unmark(self, ids: Sequence[int]) -> tuple[LabelSpan, ...]:
        """Take labels off their passages and return the spans; raises UnknownReference."""
        from sources.library import label_span_store
        from sources.library.note_repository import bin_limit

        with self._database.writing() as connection:
            now = self._clock()
            label_span_store.purge(connection, bin_limit(now))
            return label_span_store.unmark(connection, ids, now)

    def change_label_span(
        self, span_id: int, *, label: str | None = None, place: tuple[Ref, Anchor] | None = None
    ) -> LabelSpan:
        """Give a span another label or another place; raises RequestError and UnknownReference."""
        from sources.library import label_span_store

        with self._database.writing() as connection:
            return label_span_store.change(connection, span_id, self._clock(), label=label, place=place)

    def suggest_labels(self, marks: Sequence[Mark], *, coder: str, origin: str) -> tuple[LabelSpan, ...]:
        """Keep passages as suggestions for a coder and return those that are new.

        ``origin`` says in words where they come from. What was dismissed is not suggested again, nor what
        the coder labelled so. Raises RequestError and UnknownReference.
        """
        from sources.library import label_span_store

        with self._database.writing() as connection:
            return label_span_store.suggest(connection, marks, coder, self._clock(), origin)

    def accept_labels(self, ids: Sequence[int], *, coder: str) -> tuple[LabelSpan, ...]:
        """Make suggestions the coder's own spans; raises RequestError and UnknownReference."""
        from sources.library import label_span_store

        with self._database.writing() as connection:
            return label_span_store.accept(connection, ids, coder, self._clock())

    def dismiss_labels(self, ids: Sequence[int]) -> None:
        """Turn suggestions down; raises RequestError and UnknownReference."""
        from sources.library import label_span_store

        with self._database.writing() as connection:
            label_span_store.dismiss(connection, ids, self._clock())

    def adjudicate_labels(self, about: Sequence[int], holds: Sequence[Mark], *, by: str) -> Settlement:
        """Decide what stands in place of the spans ``about``, on which coders disagree.

        ``holds`` may be empty: then nothing there has a label. The coders' own spans stay as they are, and
        when one of them is changed, the disagreement is open again. Raises RequestError and
        UnknownReference.
        """
        from sources.library import label_span_store

        with self._database.writing() as connection:
            made = label_span_store.settle(connection, about, holds, by, self._clock())
            found = label_span_store.settlements(connection, None)
            return next(settlement for settlement in found if settlement.id == made)

    def reopen_labels(self, settlement: int) -> None:
        """Open a settled disagreement again; raises UnknownReference."""
        from sources.library import label_span_store

        with self._database.writing() as connection:
            label_span_store.unsettle(connection, settlement, self._clock())

    def label_spans(self, choice: LabelChoice | None = None) -> tuple[LabelSpan, ...]:
        """List the labelled spans that are meant, by default all that coders marked, in text order."""
        from sources.library import label_span_store

        with self._database.reading() as connection:
            return label_span_store.many(connection, choice or LabelChoice())

    def label_tallies(self, choice: LabelChoice | None = None) -> tuple[LabelTally, ...]:
        """Count the labelled spans that are meant by label, source and coder."""
        from sources.library import label_span_store

        with self._database.reading() as connection:
            return label_span_store.tallies(connection, choice or LabelChoice())

    def settlements(self, story: str | None = None) -> tuple[Settlement, ...]:
        """List what was settled, in a story or anywhere, in the order it was made."""
        from sources.library import label_span_store

        with self._database.reading() as connection:
            return label_span_store.settlements(connection, story)

    def labelled_sources(self) -> tuple[tuple[Ref, int], ...]:
        """List the sources with marked or settled spans, once with the id of each label."""
        from sources.library import label_span_store

        with self._database.reading() as connection:
            return label_span_store.labelled_sources(connection)

    def coders(self, story: str | None = None) -> tuple[str, ...]:
        """List who marked spans, in a story or anywhere, by name."""
        from sources.library import label_span_store

        with self._database.reading() as connection:
            return label_span_store.coders(connection, story)
