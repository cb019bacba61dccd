"""Which sources of a story a text that comes in may be, and the numbers of those that are new."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from sources.library import reanchoring
from sources.library.database import only_row
from sources.library.recognition import Arrival, Known

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from sources.model import Ref

_FEW = 20  # texts of one file up to which each is looked up by itself
_MANY = 5  # times as many texts in a story as come in, from which that is quicker for any number
# A source is known by what its file says of it, where the user says otherwise, too.
_SAID = "CASE WHEN json_type(stated, '$.{0}') IS NULL THEN {0} ELSE json_extract(stated, '$.{0}') END"
_SAID_OF_IT = ", ".join(_SAID.format(name) for name in ("title", "publisher", "url"))
_KNOWN = f"""SELECT id, number, path, key, page_number IS NOT NULL, sha256, {_SAID_OF_IT}
    FROM sources WHERE story_id = :story"""  # noqa: S608 - constants
# By the plus no index of the story is taken, which may be all that the library has.
_SAME = tuple(
    _KNOWN.replace("story_id", "+story_id") + condition
    for condition in (
        " AND path = :path AND key IN (SELECT value FROM json_each(:keys))",
        " AND sha256 IN (SELECT value FROM json_each(:sums))",
    )
)


class Destination(Protocol):
    """A story that texts come into, and the file that they come from; ``paged``: it is a story's page."""

    connection: sqlite3.Connection
    story_id: int
    slug: str
    path: str | None

    @property
    def paged(self) -> bool: ...  # noqa: D102 - said above


def known_as(at: Destination, ref: Ref) -> Known:
    """Return the source of that ref; raises UnknownReference."""
    return Known(
        *only_row(
            at.connection,
            f"{_KNOWN} AND number = :number",
            {"story": at.story_id, "number": ref.number},
            f"There is no source {ref} in the library.",
        )
    )


def known_sources(at: Destination, arrivals: Sequence[Arrival]) -> list[Known]:
    """List the story's sources that ``arrivals`` may be, then those that have left it and may come back."""
    place = {"story": at.story_id, "path": at.path}
    (highest,) = at.connection.execute(
        "SELECT COALESCE(MAX(number), 0) FROM sources WHERE story_id = :story", place
    ).fetchone()
    most = max(_FEW, highest // _MANY)
    if at.paged or at.path is None or len(arrivals) > most:
        here = [Known(*row) for row in at.connection.execute(f"{_KNOWN} ORDER BY id", place)]
    else:
        # A folder may put ten thousand files into one story, one by one, and an archive a million texts: all
        # that come in are asked for at once, since each question may read all that came of the file.
        keys = json.dumps([arrival.parsed.key for arrival in arrivals])
        sums = json.dumps([arrival.sha256 for arrival in arrivals])
        same = place | {"keys": keys, "sums": sums}
        rows = [row for question in _SAME for row in at.connection.execute(question, same)]
        here = sorted({Known(*row) for row in rows}, key=lambda source: source.id)
    rows = at.connection.execute(
        """SELECT COALESCE(sources.id, -binned.id, 0), departed.number, departed.path, departed.key, 0,
            departed.sha256, NULL, NULL, NULL
        FROM departed LEFT JOIN sources ON sources.id = departed.moved_to
        LEFT JOIN binned ON binned.kind = 'source' AND binned.story = departed.story
            AND binned.number = departed.number
        WHERE departed.story = ? ORDER BY departed.number""",
        (at.slug,),
    ).fetchall()
    return here + [Known(*row) for row in rows]


def numbered(at: Destination, arrivals: Sequence[Arrival], found: dict[int, Known]) -> dict[int, int]:
    """Give each new draft a number: the one it had, the one that its file asks for, else the next one."""
    numbers = {position: source.number for position, source in found.items()}
    taken = set(numbers.values())
    homeless = []
    for position, arrival in enumerate(arrivals):
        if position in numbers:
            continue
        wanted = arrival.parsed.number
        if wanted is None or wanted < 1 or wanted in taken or _is_taken(at, wanted):
            homeless.append(position)
        else:
            numbers[position] = wanted
            taken.add(wanted)
    free = reanchoring.free_number(at.connection, at.story_id, at.slug)
    following = max([free, *(number + 1 for number in taken)])
    numbers.update({position: following + step for step, position in enumerate(homeless)})
    return numbers


def _is_taken(at: Destination, number: int) -> bool:
    place = (at.story_id, number, at.slug)
    row = at.connection.execute(
        """SELECT 1 FROM sources WHERE story_id = ?1 AND number = ?2
        UNION SELECT 1 FROM binned WHERE story = ?3 AND number = ?2""",
        place,
    )
    return row.fetchone() is not None
