"""What the user says of sources and stories in place of their files: titles, publishers, days, names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sources.errors import RequestError
from sources.library import draft_repository, journal, source_rows
from sources.library.database import Repository, only_row
from sources.library.encoding import Unreadable, number_of, ref_of
from sources.model import Ref, is_slug

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

KIND, STORY = "source", "story"  # of the journal's steps
FACTS = ("title", "publisher", "author", "date", "url", "language")
# What names a story by its slug; each goes along when the slug changes.
_NAMING = ("targets", "label_spans", "corrections", "audit_choices", "departed", "binned")


class _Owned(NamedTuple):
    """The table of what is corrected, and which of its columns may be."""

    table: str
    facts: tuple[str, ...]


_SOURCES, _STORIES = _Owned("sources", FACTS), _Owned("stories", ("title",))


def stated(written: str | None) -> dict[str, Any]:
    """Return what the file says of the facts that the user put right; raises Unreadable."""
    try:
        read = json.loads(written or "{}")
    except ValueError as error:
        raise Unreadable("what its file said cannot be read") from error
    if not isinstance(read, dict):
        raise Unreadable("what its file said cannot be read")
    return read


def stated_row(facts: Mapping[str, Any]) -> str | None:
    """Return what `stated` reads, None for nothing."""
    return json.dumps(dict(sorted(facts.items())), ensure_ascii=False) if facts else None


def _put_right(
    connection: sqlite3.Connection, owned: _Owned, row_id: int, facts: Mapping[str, str | None]
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Bring a row to what the user says of it; return the fields that changed before and after."""
    names = [name for name in facts if name in owned.facts]
    columns = ", ".join(("stated", *names))
    statement = f"SELECT {columns} FROM {owned.table} WHERE id = ?"  # noqa: S608 - constants
    written, *now = connection.execute(statement, (row_id,)).fetchone()
    said = stated(written)
    former = dict(zip(names, now, strict=True))
    wanted = {name: facts[name] for name in names if facts[name] != former[name]}
    if not wanted:
        return None
    before = {name: former[name] for name in wanted} | {"stated": written}
    for name, value in wanted.items():
        said.setdefault(name, former[name])
        if said[name] == value:  # what the file says again
            del said[name]
    after = wanted | {"stated": stated_row(said)}
    _write(connection, owned, row_id, after)
    return before, after


def _write(connection: sqlite3.Connection, owned: _Owned, row_id: int, fields: Mapping[str, Any]) -> None:
    for name in (*owned.facts, "stated"):
        if name in fields:
            connection.execute(
                f"UPDATE {owned.table} SET {name} = ? WHERE id = ?",  # noqa: S608 - constants
                (fields[name], row_id),
            )


def bring_to(connection: sqlite3.Connection, source_id: int, fields: dict[str, Any]) -> None:
    """Bring a source to the fields of a step of the journal; one that is gone by now stays so."""
    row = connection.execute(
        "SELECT slug, number FROM sources JOIN stories ON stories.id = story_id WHERE sources.id = ?",
        (source_id,),
    ).fetchone()
    if row is not None:
        _write(connection, _SOURCES, source_id, fields)
        source_rows.record_change(connection, changed=(ref_of(*row),))


def bring_story_to(connection: sqlite3.Connection, story_id: int, fields: dict[str, Any]) -> None:
    """Bring a story to the fields of a step of the journal; one that is gone by now stays so."""
    row = connection.execute("SELECT slug FROM stories WHERE id = ?", (story_id,)).fetchone()
    if row is None:
        return
    _write(connection, _STORIES, story_id, fields)
    if "slug" in fields:
        rename(connection, story_id, row[0], fields["slug"])
    else:
        _tell_of(connection, row[0])


def rename(connection: sqlite3.Connection, story_id: int, slug: str, new: str) -> None:
    """Give a story another slug, with all that names it; raises RequestError where one has it already."""
    if connection.execute("SELECT 1 FROM stories WHERE slug = ?", (new,)).fetchone() is not None:
        raise RequestError(f"There is a story {new} already; crossread story merge {slug} {new} joins them.")
    before = source_rows.refs(connection, slug)
    connection.execute("UPDATE stories SET slug = ? WHERE id = ?", (new, story_id))
    for table in _NAMING:
        connection.execute(f"UPDATE OR REPLACE {table} SET story = ? WHERE story = ?", (new, slug))  # noqa: S608 - constants
    draft_repository.follow(connection, lambda ref: Ref(new, ref.number) if ref.story == slug else ref)
    source_rows.record_change(connection, changed=[Ref(new, ref.number) for ref in before], removed=before)


def _tell_of(connection: sqlite3.Connection, slug: str) -> None:
    """Count a change of a story as a whole, by one of its texts, so that others list it again."""
    source_rows.record_change(connection, changed=source_rows.refs(connection, slug)[:1])


def _follow_title(
    connection: sqlite3.Connection, story_id: int, former: str | None, title: str | None
) -> list[journal.Step]:
    """Let a story that is known by the title of its only text follow it, as importing does."""
    row = connection.execute(
        """SELECT title FROM stories WHERE id = ?1 AND title IS ?2
            AND (SELECT COUNT(*) FROM sources WHERE story_id = ?1) = 1
            AND NOT EXISTS (SELECT 1 FROM pages WHERE story_id = ?1)""",
        (story_id, former),
    ).fetchone()
    changed = None if row is None else _put_right(connection, _STORIES, story_id, {"title": title})
    return [] if changed is None else [journal.Step(STORY, story_id, *changed)]


class EditRepository(Repository):
    """The user's corrections of what is said of sources and stories; each call is one transaction.

    Every method may raise the errors of LibraryError.
    """

    def edit_sources(self, refs: Sequence[Ref], facts: Mapping[str, str | None]) -> tuple[Ref, ...]:
        """Say of sources what ``facts`` hold by the names of FACTS, None for nothing; return what changed.

        It holds whatever their files say from now on. Raises UnknownReference.
        """
        with self._database.writing() as connection:
            steps: list[journal.Step] = []
            edited: list[Ref] = []
            names: set[str] = set()
            for ref in dict.fromkeys(refs):
                source_id, story_id, title = only_row(
                    connection,
                    """SELECT sources.id, story_id, sources.title FROM sources
                    JOIN stories ON stories.id = story_id WHERE slug = ? AND number = ?""",
                    (ref.story, number_of(ref)),
                    f"There is no source {ref} in the library.",
                )
                changed = _put_right(connection, _SOURCES, source_id, facts)
                if changed is None:
                    continue
                edited.append(ref)
                names |= changed[1].keys() - {"stated"}
                steps.append(journal.Step(KIND, source_id, *changed))
                if "title" in changed[1]:
                    steps += _follow_title(connection, story_id, title, facts["title"])
            if edited:
                told = " and ".join(name for name in FACTS if name in names)
                where = str(edited[0]) if len(edited) == 1 else f"{len(edited)} sources"
                source_rows.record_change(connection, changed=edited)
                journal.record(connection, self._clock(), f"{told} of {where} edited", steps)
            return tuple(edited)

    def edit_story(self, slug: str, facts: Mapping[str, str | None]) -> bool:
        """Give a story another title (None for none) or slug; tell whether that changed it.

        All that is on it goes along, and a title holds whatever its page says from now on. Raises
        UnknownReference, and RequestError for a slug that is not valid or that another story has.
        """
        with self._database.writing() as connection:
            story_id, _, _ = source_rows.story_row(connection, slug)
            changed = _put_right(connection, _STORIES, story_id, facts)
            before, after = ({}, {}) if changed is None else changed
            said = f"title of story {slug} edited"
            new = facts.get("slug") or slug
            if changed is not None:
                _tell_of(connection, slug)
            if new != slug:
                if not is_slug(new):
                    raise RequestError(
                        f"{new!r} cannot name a story: use lower-case words joined by hyphens."
                    )
                rename(connection, story_id, slug, new)
                before, after = before | {"slug": slug}, after | {"slug": new}
                said = f"story {slug} renamed {new}"
            journal.record(connection, self._clock(), said, [journal.Step(STORY, story_id, before, after)])
            return bool(after)

    def name_story(self, slug: str, title: str) -> None:
        """Give a story the title that the user wanted when it came in, as part of that change.

        It holds whatever its files say. Raises UnknownReference.
        """
        with self._database.writing() as connection:
            story_id, _, _ = source_rows.story_row(connection, slug)
            if _put_right(connection, _STORIES, story_id, {"title": title}) is not None:
                _tell_of(connection, slug)

    def stated_titles(self, slug: str) -> dict[Ref, str | None]:
        """Return what files say where the user says another title, by source; raises UnknownReference."""
        with self._database.reading() as connection:
            story_id, _, _ = source_rows.story_row(connection, slug)
            rows = connection.execute(
                "SELECT number, stated FROM sources WHERE story_id = ? AND stated IS NOT NULL", (story_id,)
            )
            said = {ref_of(slug, number): stated(written) for number, written in rows}
            return {ref: facts["title"] for ref, facts in said.items() if "title" in facts}
