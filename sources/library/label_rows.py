"""The rows of labelled spans in the database: read, counted and written."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sources.errors import UnknownReference
from sources.library.encoding import number_of, read_target, ref_of, target_row
from sources.library.source_rows import as_they_stand
from sources.model import LabelChoice, LabelSpan, LabelTally, Settlement, SpanStatus

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from sources.library.note_rows import State
    from sources.model import Ref, Target

_PLACE = (
    "story", "number", "start", '"end"', "quote", "prefix", "suffix",
    "state", "confidence", "version", "made", "made_version",
)  # fmt: skip
_PLAIN = ("label_id", "coder", "status", "origin", "settlement_id", "modified", "removed")
_COLUMNS = f"""label_spans.id, label_spans.uid, label_spans.label_id, labels.name, label_spans.coder,
    label_spans.status, label_spans.origin, label_spans.settlement_id, label_spans.created,
    label_spans.modified, {", ".join(f"label_spans.{column}" for column in _PLACE)}"""
_FROM = "FROM label_spans JOIN labels ON labels.id = label_spans.label_id"
_THERE = "label_spans.removed IS NULL AND labels.removed IS NULL"
_ORDER = """ORDER BY label_spans.story, label_spans.number = 0, label_spans.number, label_spans.start,
    label_spans."end" DESC, label_spans.id"""


def insert(connection: sqlite3.Connection, *, uid: str, created: str, state: State, target: Target) -> int:
    """Write a new labelled span and return its id."""
    values = {"uid": uid, "created": created, **state} | dict(zip(_PLACE, target_row(target), strict=True))
    cursor = connection.execute(
        f"INSERT INTO label_spans ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608 - constants
        tuple(values.values()),
    )
    return int(cursor.lastrowid or 0)


def write(connection: sqlite3.Connection, span_id: int, state: State) -> None:
    """Bring a labelled span to what ``state`` says ("place" is a row of a target), and leave the rest."""
    values = {name: state[name] for name in _PLAIN if name in state}
    if "place" in state:
        values |= dict(zip(_PLACE, state["place"], strict=True))
    columns = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE label_spans SET {columns} WHERE id = ?", (*values.values(), span_id))  # noqa: S608 - constants


def state_of(span: LabelSpan) -> State:
    """Return what a labelled span is, in values that JSON can hold and `write` takes."""
    return {
        "label_id": span.label_id,
        "coder": span.coder,
        "status": span.status.value,
        "origin": span.origin,
        "settlement_id": span.settlement,
        "modified": span.modified,
        "removed": None,
        "place": target_row(span.target),
    }


def many(connection: sqlite3.Connection, choice: LabelChoice) -> tuple[LabelSpan, ...]:
    """List the labelled spans that are meant, in the order of the texts."""
    condition, values = _condition(choice)
    rows = connection.execute(f"SELECT {_COLUMNS} {_FROM} WHERE {condition} {_ORDER}", values)
    return _read(connection, rows)


def some(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[LabelSpan, ...]:
    """Return the labelled spans of these ids in their order; raises UnknownReference for a missing one."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE {_THERE} AND label_spans.id IN (SELECT value FROM json_each(?))",  # noqa: S608 - constants
        (json.dumps(list(ids)),),
    )
    found = {span.id: span for span in _read(connection, rows)}
    missing = [span_id for span_id in ids if span_id not in found]
    if missing:
        raise UnknownReference(f"There is no labelled span {missing[0]} in the library.")
    return tuple(found[span_id] for span_id in ids)


def settlements(connection: sqlite3.Connection, story: str | None) -> tuple[Settlement, ...]:
    """List what was settled, in a story or anywhere, in the order it was made.

    One whose spans have all gone since is left out.
    """
    holding: defaultdict[int, list[LabelSpan]] = defaultdict(list)
    for span in many(connection, LabelChoice(story=story, statuses=(SpanStatus.SETTLED,))):
        if span.settlement is not None:
            holding[span.settlement].append(span)
    about: defaultdict[int, list[tuple[int, str, int]]] = defaultdict(list)
    rows = connection.execute(
        f"""SELECT settled_spans.settlement_id, label_spans.id, label_spans.story, label_spans.number
        FROM settled_spans JOIN label_spans ON label_spans.id = settled_spans.span_id
        JOIN labels ON labels.id = label_spans.label_id
        WHERE {_THERE} AND (?1 IS NULL OR label_spans.story = ?1) ORDER BY 1, 2""",  # noqa: S608 - constants
        (story,),
    )
    for settlement_id, *span in rows:
        about[settlement_id].append(tuple(span))
    rows = connection.execute(
        "SELECT id, uid, coder, made FROM settlements WHERE removed IS NULL ORDER BY id"
    )
    return tuple(
        Settlement(
            id=settlement_id,
            uid=uid,
            ref=ref_of(*about[settlement_id][0][1:]),
            by=coder,
            made=made,
            about=tuple(span_id for span_id, _, _ in about[settlement_id]),
            spans=tuple(holding[settlement_id]),
        )
        for settlement_id, uid, coder, made in rows
        if about[settlement_id]
    )


def tallies(connection: sqlite3.Connection, choice: LabelChoice) -> tuple[LabelTally, ...]:
    """Count the labelled spans that are meant by label, source and coder."""
    condition, values = _condition(choice)
    rows = connection.execute(
        f"""SELECT labels.name, label_spans.story, label_spans.number, label_spans.coder, COUNT(*),
            SUM(label_spans."end" - label_spans.start)
        {_FROM} WHERE {condition}
        GROUP BY labels.id, label_spans.story, label_spans.number, label_spans.coder
        ORDER BY labels.lookup, label_spans.story, label_spans.number = 0, label_spans.number,
            label_spans.coder""",
        values,
    )
    return tuple(
        LabelTally(name, ref_of(story, number), coder, spans, characters)
        for name, story, number, coder, spans, characters in rows
    )


def labelled_sources(connection: sqlite3.Connection) -> tuple[tuple[Ref, int], ...]:
    """List the sources with marked or settled spans, once with the id of each label."""
    rows = connection.execute(
        f"""SELECT DISTINCT story, number, label_id {_FROM}
        WHERE {_THERE} AND status IN ('marked', 'settled') AND state <> 'orphan' ORDER BY 1, 2, 3"""
    )
    return tuple((ref_of(story, number), label_id) for story, number, label_id in rows)


def coders(connection: sqlite3.Connection, story: str | None) -> tuple[str, ...]:
    """List who marked spans, in a story or anywhere, by name."""
    rows = connection.execute(
        f"""SELECT DISTINCT label_spans.coder {_FROM}
        WHERE {_THERE} AND status = 'marked' AND (?1 IS NULL OR story = ?1) ORDER BY 1""",
        (story,),
    )
    return tuple(coder for (coder,) in rows)


def _condition(choice: LabelChoice) -> tuple[str, list[Any]]:
    conditions, values = [_THERE], list[Any]()
    for column, value in (
        ("story", choice.story if choice.ref is None else choice.ref.story),
        ("number", None if choice.ref is None else number_of(choice.ref)),
        ("coder", choice.coder),
    ):
        if value is not None:
            conditions.append(f"label_spans.{column} = ?")
            values.append(value)
    for column, listed in (("status", [str(each) for each in choice.statuses]), ("label_id", choice.labels)):
        if listed:
            conditions.append(f"label_spans.{column} IN (SELECT value FROM json_each(?))")  # noqa: S608 - constants
            values.append(json.dumps(list(listed)))
    return " AND ".join(conditions), values


def _read(connection: sqlite3.Connection, rows: Iterable[Sequence[Any]]) -> tuple[LabelSpan, ...]:
    rows = tuple(rows)
    targets = as_they_stand(connection, (read_target(row[-len(_PLACE) :]) for row in rows))
    return tuple(
        LabelSpan(
            id=span_id,
            uid=uid,
            label_id=label_id,
            label=name,
            coder=coder,
            target=target,
            status=SpanStatus(status),
            origin=origin,
            settlement=settlement,
            created=created,
            modified=modified,
        )
        for (
            span_id,
            uid,
            label_id,
            name,
            coder,
            status,
            origin,
            settlement,
            created,
            modified,
            *_,
        ), target in zip(rows, targets, strict=True)
    )
