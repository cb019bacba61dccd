"""Files that sources were read from: renamed, or gone from the folder that they were in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.library.database import Repository
from sources.library.encoding import ref_of

if TYPE_CHECKING:
    import sqlite3

    from sources.model import Ref

VANISHED = "vanished:"  # begins the names of the settings that mark files as gone; `source_rows` reads them
_HELD = ("sources", "pages", "related", "muted", "departed")  # tables that name files
_SEPARATORS = ("/", "\\")


class FileRepository(Repository):
    """The files of sources, by the absolute paths under which the library knows them."""

    def file_renamed(self, former: str, path: str) -> tuple[Ref, ...]:
        """Let what was read from a file be from ``path``, and return the sources of it."""
        with self._database.writing() as connection:
            for old in _parts(connection, former):
                new = path + old.removeprefix(former)
                for table in _HELD:
                    connection.execute(f"UPDATE {table} SET path = ? WHERE path = ?", (new, old))  # noqa: S608 - a name from above
                for gone in (old, new):
                    connection.execute("DELETE FROM settings WHERE name = ?", (VANISHED + gone,))
            return _refs(connection, path)

    def file_vanished(self, path: str) -> tuple[Ref, ...]:
        """Mark the sources of a file as those of one that is gone, and return them; nothing is removed."""
        with self._database.writing() as connection:
            for part in _parts(connection, path):
                connection.execute(
                    "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)",
                    (VANISHED + part, self._clock()),
                )
            return _refs(connection, path)

    def vanished_files(self, folder: str) -> tuple[str, ...]:
        """Return the files below a folder that are marked as gone."""
        with self._database.reading() as connection:
            return _vanished(connection, folder)

    def forget_vanished(self, folder: str) -> None:
        """Take the marks off the files below a folder, which nobody looks after any more."""
        with self._database.writing() as connection:
            for path in _vanished(connection, folder):
                connection.execute("DELETE FROM settings WHERE name = ?", (VANISHED + path,))


# An archive is a file whose members are named behind it.
_OF_FILE = "(sources.path = ?1 OR substr(sources.path, 1, length(?1) + 2) = ?1 || '!/')"


def _parts(connection: sqlite3.Connection, path: str) -> list[str]:
    """Return the paths by which the sources of a file are known."""
    rows = connection.execute(f"SELECT DISTINCT path FROM sources WHERE {_OF_FILE}", (path,))  # noqa: S608 - constants
    return [str(part) for (part,) in rows]


def _refs(connection: sqlite3.Connection, path: str) -> tuple[Ref, ...]:
    rows = connection.execute(
        f"""SELECT stories.slug, sources.number FROM sources JOIN stories ON stories.id = sources.story_id
        WHERE {_OF_FILE} ORDER BY stories.slug, sources.number = 0, sources.number""",  # noqa: S608 - constants
        (path,),
    )
    return tuple(ref_of(*row) for row in rows)


def _vanished(connection: sqlite3.Connection, folder: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for separator in _SEPARATORS:
        beginning = f"{VANISHED}{folder.rstrip(separator)}{separator}"
        rows = connection.execute(
            "SELECT name FROM settings WHERE substr(name, 1, ?) = ?", (len(beginning), beginning)
        )
        found |= {str(name).removeprefix(VANISHED): None for (name,) in rows}
    return tuple(found)
