"""What the library does with the user's corrections of entities: its part of `Library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.library import correction_records
from sources.model import Correction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.library.database import Database
    from sources.model import CorrectionAct


class CorrectionKeeping:
    """The corrections of a library; each call is one transaction.

    Every method may raise the errors of LibraryError.
    """

    _database: Database
    _clock: Callable[[], str]

    def add_correction(
        self,
        act: CorrectionAct,
        names: Sequence[str],
        value: str = "",
        *,
        story: str | None = None,
        forms: Sequence[str] = (),
    ) -> Correction:
        """Keep what the user said of an entity with these ``names``, in one story or everywhere.

        ``forms`` stand in the texts that it changes; the index catches up with those. Raises
        UnknownReference for a story that is not there.
        """
        with self._database.writing() as connection:
            made = Correction(0, story, act, tuple(names), value, self._clock())
            return correction_records.add(connection, made, [*names, *forms])

    def undo_correction(self, correction_id: int | None = None) -> Correction:
        """Take back a correction, by default the last one; raises RequestError and UnknownReference."""
        with self._database.writing() as connection:
            return correction_records.undo(connection, correction_id, self._clock())

    def corrections(self, story: str | None = None) -> tuple[Correction, ...]:
        """List the corrections that hold in a story, or all of them, in the order they were made."""
        with self._database.reading() as connection:
            return correction_records.many(connection, story)
