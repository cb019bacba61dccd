"""Where sources are: moved between stories, whole stories joined, put into the bin and taken out of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError, UnknownReference
from sources.frozen import frozen
from sources.library import (
    draft_repository,
    journal,
    note_rows,
    reanchoring,
    source_bin,
    source_edits,
    source_rows,
)
from sources.library.database import Repository, only_row
from sources.library.encoding import number_of, ref_of
from sources.library.source_edits import KIND, STORY
from sources.model import WHOLE_STORY, Ref, is_slug

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from sources.library.reanchoring import Reanchor
    from sources.library.source_bin import Binned

# What names a story as a whole and goes along where it is joined with another: its kind in the journal.
_ON_STORY = {
    "correction": ("corrections", "id"),
    "story note": ("targets", "note_id"),
}


_AT = "SELECT slug, number FROM sources JOIN stories ON stories.id = story_id WHERE sources.id = ?"
_IDS = {
    KIND: "SELECT sources.id FROM sources JOIN stories ON stories.id = story_id"
    " WHERE slug = ? AND number = ?",
    STORY: "SELECT id FROM stories WHERE slug = ?",
}
_WHEN_UNDONE = ""  # stands for the moment of the undo
_IN_BIN = "SELECT removed, row FROM binned WHERE kind = ? AND id = ?"


@frozen
class Removal:
    """What was removed, and how many notes lost a passage by it."""

    refs: tuple[Ref, ...]
    orphaned_notes: int


def _source_id(connection: sqlite3.Connection, ref: Ref) -> int:
    found = only_row(
        connection,
        _IDS[KIND],
        (ref.story, number_of(ref)),
        f"There is no source {ref} in the library.",
    )
    return int(found[0])


def _place(connection: sqlite3.Connection, source_id: int, home: Ref) -> journal.Step | None:
    """Give a source its place in a story, with all that is on it; None for one that is not there."""
    row = connection.execute(_AT, (source_id,)).fetchone()
    if row is None:
        return None
    ref = ref_of(*row)
    story_id, _, _ = source_rows.story_row(connection, home.story)
    connection.execute(
        """INSERT OR REPLACE INTO departed (story, number, path, key, sha256, moved_to, page_number)
        SELECT ?, number, path, key, sha256, id, page_number FROM sources WHERE id = ?""",
        (ref.story, source_id),
    )
    place = (home.story, number_of(home))
    statement = "SELECT page_number FROM departed WHERE story = ? AND number = ? AND moved_to = ?"
    back = connection.execute(statement, (*place, source_id)).fetchone()
    connection.execute("DELETE FROM departed WHERE story = ? AND number = ?", place)
    connection.execute(
        "UPDATE sources SET story_id = ?, number = ?, page_number = ? WHERE id = ?",
        (story_id, place[1], None if back is None else back[0], source_id),
    )
    for table in ("targets", "label_spans"):
        connection.execute(
            f"UPDATE {table} SET story = ?, number = ? WHERE story = ? AND number = ?",  # noqa: S608 - constants
            (*place, ref.story, number_of(ref)),
        )
    draft_repository.follow(connection, lambda one: home if one == ref else one)
    source_rows.record_change(connection, changed=(home,), removed=(ref,))
    before, after = [ref.story, number_of(ref)], list(place)
    return journal.Step(KIND, source_id, {"place": before}, {"place": after})


def _former_number(connection: sqlite3.Connection, source_id: int, slug: str) -> int | None:
    """Return the number that a source had in a story which it left, if no other has it now."""
    row = connection.execute(
        """SELECT number FROM departed WHERE story = ?1 AND moved_to = ?2 AND number NOT IN (
            SELECT sources.number FROM sources JOIN stories ON stories.id = story_id WHERE slug = ?1
            UNION SELECT binned.number FROM binned WHERE binned.story = ?1)""",
        (slug, source_id),
    ).fetchone()
    return None if row is None else int(row[0])


def bring_to(connection: sqlite3.Connection, source_id: int, fields: dict[str, Any]) -> None:
    """Bring a source to the fields of a step of the journal: to a place, into the bin, or to what is said."""
    if "place" in fields:
        _place(connection, source_id, ref_of(*fields["place"]))
    elif "removed" in fields:
        if fields["removed"] is None:
            source_bin.take_source(connection, source_id)
        elif connection.execute("SELECT 1 FROM sources WHERE id = ?", (source_id,)).fetchone():
            source_bin.put_source(connection, source_id, fields["removed"] or _now(connection))
    else:
        source_edits.bring_to(connection, source_id, fields)


def bring_story_to(connection: sqlite3.Connection, story_id: int, fields: dict[str, Any]) -> None:
    """Bring a story to the fields of a step of the journal: into the bin, out of it, or to what is said."""
    if "removed" not in fields:
        source_edits.bring_story_to(connection, story_id, fields)
    elif fields["removed"] is None:
        source_bin.take_story(connection, story_id)
    elif connection.execute(
        "SELECT 1 FROM stories WHERE id = ? AND NOT EXISTS (SELECT 1 FROM sources WHERE story_id = ?1)",
        (story_id,),
    ).fetchone():
        source_bin.put_story(connection, story_id, fields["removed"] or _now(connection))


def _now(connection: sqlite3.Connection) -> str:
    """Return this moment: what an undo puts into the bin goes there now, whenever it came in."""
    return str(connection.execute("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')").fetchone()[0])


def bring_named_to(connection: sqlite3.Connection, row_id: int, fields: dict[str, Any], *, kind: str) -> None:
    """Let what is on a story as a whole be on another, by a step of the journal."""
    table, column = _ON_STORY[kind]
    whole = f" AND number = {WHOLE_STORY}" if table == "targets" else ""
    connection.execute(
        f"UPDATE {table} SET story = ? WHERE {column} = ? AND story = ?{whole}",  # noqa: S608 - constants
        (fields["story"], row_id, fields["from"]),
    )


def refs_of(connection: sqlite3.Connection, entry: journal.Entry) -> list[Ref]:
    """Return the sources that a change moved, removed or brought back, as far as they are there."""
    ids = [step.id for step in entry.steps if step.kind == KIND and {"place", "removed"} & step.before.keys()]
    rows = (connection.execute(_AT, (source_id,)).fetchone() for source_id in ids)
    return [ref_of(*row) for row in rows if row is not None]


def _put(
    connection: sqlite3.Connection, refs: Sequence[Ref], moment: str
) -> tuple[set[int], list[journal.Step]]:
    """Put sources into the bin; return the notes that lost a passage, and the steps."""
    bereft: set[int] = set()
    steps = []
    for ref in refs:
        source_id = _source_id(connection, ref)
        bereft |= source_bin.put_source(connection, source_id, moment)
        steps.append(journal.Step(KIND, source_id, {"removed": None}, {"removed": moment}))
    return bereft, steps


def _end_if_empty(
    connection: sqlite3.Connection, slug: str, moment: str
) -> tuple[list[journal.Step], set[int]]:
    """Put a story that is left without any text into the bin; return that step and the notes on it."""
    row = connection.execute(
        "SELECT id FROM stories WHERE slug = ? AND id NOT IN (SELECT story_id FROM sources)", (slug,)
    ).fetchone()
    if row is None:
        return [], set()
    bereft = source_bin.put_story(connection, row[0], moment)
    return [journal.Step(STORY, row[0], {"removed": None}, {"removed": moment})], bereft


class PlacementRepository(Repository):
    """Moves and removals of sources and stories; each call is one transaction and one entry of the journal.

    Every method may raise the errors of LibraryError.
    """

    def record_arrival(self, refs: Sequence[Ref], new_stories: Sequence[str], what: str) -> None:
        """Keep in the journal that sources came in, with these new stories, so that undo takes them out.

        ``what`` tells of it in words. What is gone by now is left out.
        """
        with self._database.writing() as connection:
            steps = []
            for kind, rows in (
                (STORY, [(slug,) for slug in new_stories]),
                (KIND, [(ref.story, number_of(ref)) for ref in refs]),
            ):
                for row in rows:
                    found = connection.execute(_IDS[kind], row).fetchone()
                    if found is not None:
                        steps.append(
                            journal.Step(kind, found[0], {"removed": _WHEN_UNDONE}, {"removed": None})
                        )
            journal.record(connection, self._clock(), what, steps)

    def move_sources(self, refs: Sequence[Ref], slug: str, *, title: str | None = None) -> dict[Ref, Ref]:
        """Move sources to a story with all that is on them; return what each is there.

        With a ``title`` the story may be new. A story that is left with nothing goes to the bin. Raises
        UnknownReference, and RequestError for a summary, a source that is there already and a wrong name.
        """
        with self._database.writing() as connection:
            moment = self._clock()
            steps = [] if title is None else self._begin(connection, slug, title or None, moment)
            moved, more = self._move(connection, refs, slug, moment)
            what = f"{_named(refs)} moved to {slug}"
            journal.record(connection, moment, what, [*steps, *more])
            return moved

    def _begin(
        self, connection: sqlite3.Connection, slug: str, title: str | None, moment: str
    ) -> list[journal.Step]:
        if not is_slug(slug):
            raise RequestError(f"{slug!r} cannot name a story: use lower-case words joined by hyphens.")
        statement = """SELECT slug FROM stories WHERE slug = ?1
            UNION SELECT story FROM binned WHERE story = ?1 AND kind = ?2"""
        if connection.execute(statement, (slug, KIND)).fetchone() is not None:
            raise RequestError(f"There is a story {slug} already, in the library or its bin.")
        made = connection.execute(
            "INSERT INTO stories (slug, title, added) VALUES (?, ?, ?)", (slug, title, moment)
        )
        return [journal.Step(STORY, int(made.lastrowid or 0), {"removed": moment}, {"removed": None})]

    def _move(
        self, connection: sqlite3.Connection, refs: Sequence[Ref], slug: str, moment: str
    ) -> tuple[dict[Ref, Ref], list[journal.Step]]:
        story_id, _, _ = source_rows.story_row(connection, slug)
        moved: dict[Ref, Ref] = {}
        steps: list[journal.Step] = []
        for ref in dict.fromkeys(refs):
            if ref.number is None or ref.story == slug:
                raise RequestError(f"{ref} cannot move to {slug}: only a source can, and to another story.")
            source_id = _source_id(connection, ref)
            moved[ref] = Ref(slug, _former_number(connection, source_id, slug))
            if moved[ref].number is None:
                moved[ref] = Ref(slug, reanchoring.free_number(connection, story_id, slug))
            step = _place(connection, source_id, moved[ref])
            steps += [step] if step is not None else []
        for former in dict.fromkeys(ref.story for ref in refs):
            steps += _end_if_empty(connection, former, moment)[0]
        return moved, steps

    def merge_stories(self, slugs: Sequence[str], into: str) -> tuple[dict[Ref, Ref], tuple[Ref, ...]]:
        """Move all sources of stories, and what is on these as a whole, into another one.

        Returns what each source is there, and the summaries that went to the bin, since a story has one.
        Raises UnknownReference, and RequestError where a summary would have no numbers to go by.
        """
        with self._database.writing() as connection:
            moment = self._clock()
            has_summary = Ref(into, None) in source_rows.refs(connection, into)
            moved: dict[Ref, Ref] = {}
            gone: list[Ref] = []
            steps: list[journal.Step] = []
            for slug in dict.fromkeys(slugs):
                refs = source_rows.refs(connection, slug)
                if slug == into:
                    raise RequestError(f"{slug} cannot be merged into itself.")
                if Ref(slug, None) in refs and not has_summary:
                    raise RequestError(
                        f"{slug} has a summary that cites its numbers, and {into} has none: "
                        f"merge {into} into {slug} instead, and rename it."
                    )
                steps += _named_anew(connection, slug, into)
                summary = [ref for ref in refs if ref.number is None]
                steps += _put(connection, summary, moment)[1]
                gone += summary
                numbered = [ref for ref in refs if ref.number is not None]
                there, more = self._move(connection, numbered, into, moment)
                moved |= there
                steps += [*more, *_end_if_empty(connection, slug, moment)[0]]
            journal.record(connection, moment, f"{' and '.join(slugs)} merged into {into}", steps)
            return moved, tuple(gone)

    def move(self, ref: Ref, slug: str) -> Ref:
        """Move one source as `move_sources` does, and return what it is there."""
        return self.move_sources([ref], slug)[ref]

    def remove(self, target: Ref | str, *, forever: bool = False) -> Removal:
        """Put a source, or a story by its slug, into the bin; raises UnknownReference.

        The notes on it stay, as orphans with their quotes, and find it again when it comes back. What is
        removed ``forever`` goes for good, from the bin as well, and leaves no trace in the file.
        """
        slug = target if isinstance(target, str) else target.story
        with self._database.writing() as connection:
            moment = self._clock()
            binned = source_bin.ids_of(connection, target) if forever else []
            refs = [source_bin.ref_of_binned(connection, one) for one in binned]
            try:
                there = _refs(connection, target)
            except UnknownReference:
                if not binned:
                    raise
                there = ()
            bereft, steps = _put(connection, there, moment)
            ended, on_story = _end_if_empty(connection, slug, moment)
            if forever:
                source_bin.delete(connection, source_bin.ids_of(connection, target))
                source_bin.delete_empty_stories(connection, moment, slug)
            else:
                journal.record(connection, moment, f"{target} removed", [*steps, *ended])
        if forever:
            self._database.compact()
        self._database.forget_traces()
        return Removal((*refs, *there), len(bereft | on_story))

    def restore(self, target: Ref | str, reanchor: Reanchor) -> tuple[Ref, ...]:
        """Take a source, or all of a story, out of the bin, and return what came back.

        Notes and labels find their passages again by ``reanchor``. Raises UnknownReference where nothing of
        it is in the bin, and RequestError where its place is taken.
        """
        with self._database.writing() as connection:
            moment = self._clock()
            steps: list[journal.Step] = []
            refs: list[Ref] = []
            for source_id in source_bin.ids_of(connection, target):
                removed, row = connection.execute(_IN_BIN, (KIND, source_id)).fetchone()
                story_id = int(json.loads(row)["story_id"])
                story = connection.execute(_IN_BIN, (STORY, story_id)).fetchone()
                ref = source_bin.take_source(connection, source_id)
                if story is not None:
                    steps.append(journal.Step(STORY, story_id, {"removed": story[0]}, {"removed": None}))
                steps.append(journal.Step(KIND, source_id, {"removed": removed}, {"removed": None}))
                refs += [ref] if ref is not None else []
            if not refs:
                raise UnknownReference(f"There is nothing of {target} in the bin.")
            for source in source_rows.sources_of(connection, refs):
                reanchoring.reanchor_lost(connection, source.ref, source.text, reanchor)
            journal.record(connection, moment, f"{target} restored", steps)
            return tuple(refs)

    def binned_sources(self, slug: str | None = None) -> tuple[Binned, ...]:
        """List the sources in the bin, of a story or all, without those that are too long in it."""
        with self._database.reading() as connection:
            return source_bin.sources_in(connection, slug, note_rows.bin_limit(self._clock()))

    def empty_source_bin(self) -> int:
        """Delete for good what is too long in the bin, and return how many sources that were."""
        with self._database.reading() as connection:
            (oldest,) = connection.execute("SELECT MIN(removed) FROM binned").fetchone()
        if oldest is None or oldest > note_rows.bin_limit(self._clock()):
            return 0
        with self._database.writing() as connection:
            gone = source_bin.empty(connection, self._clock())
        self._database.forget_traces()
        return gone


def _refs(connection: sqlite3.Connection, target: Ref | str) -> tuple[Ref, ...]:
    if isinstance(target, str):
        return source_rows.refs(connection, target)
    return (source_rows.source(connection, target).ref,)


def _named_anew(connection: sqlite3.Connection, slug: str, into: str) -> list[journal.Step]:
    """Let what is on a story as a whole be on another."""
    steps = []
    for kind, (table, column) in _ON_STORY.items():
        whole = f" AND number = {WHOLE_STORY}" if table == "targets" else ""
        statement = f"SELECT DISTINCT {column} FROM {table} WHERE story = ?{whole}"  # noqa: S608 - constants
        rows = connection.execute(statement, (slug,))
        for (row_id,) in rows.fetchall():
            steps.append(
                journal.Step(kind, row_id, {"story": slug, "from": into}, {"story": into, "from": slug})
            )
            bring_named_to(connection, row_id, steps[-1].after, kind=kind)
    return steps


def _named(refs: Sequence[Ref]) -> str:
    refs = list(dict.fromkeys(refs))
    return str(refs[0]) if len(refs) == 1 else f"{len(refs)} sources"
