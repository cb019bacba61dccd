"""Labelled spans in the database: what coders marked, what is suggested, how disagreements were settled."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sources.errors import RequestError, UnknownReference
from sources.library import codebook_repository, journal
from sources.library.anchor_check import placed, still_there
from sources.library.database import Repository
from sources.library.encoding import number_of, read_target, ref_of, target_row
from sources.library.note_repository import bin_limit
from sources.library.note_rows import tidy_line
from sources.model import LabelChoice, LabelSpan, LabelTally, Settlement, SpanStatus

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from sources.library.note_rows import State
    from sources.model import Anchor, Ref, Target

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
    return tuple(map(_read, rows))


def some(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[LabelSpan, ...]:
    """Return the labelled spans of these ids in their order; raises UnknownReference for a missing one."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE {_THERE} AND label_spans.id IN (SELECT value FROM json_each(?))",  # noqa: S608 - constants
        (json.dumps(list(ids)),),
    )
    found = {span.id: span for span in map(_read, rows)}
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


def _read(row: Sequence[Any]) -> LabelSpan:
    span_id, uid, label_id, name, coder, status, origin, settlement, created, modified, *place = row
    return LabelSpan(
        id=span_id,
        uid=uid,
        label_id=label_id,
        label=name,
        coder=coder,
        target=read_target(place),
        status=SpanStatus(status),
        origin=origin,
        settlement=settlement,
        created=created,
        modified=modified,
    )


KIND = "label span"  # of the journal's steps
SETTLEMENT = "settlement"
LONGEST_CODER = 80  # code points


class Mark(NamedTuple):
    """A passage that is to have a label, by the label's name."""

    label: str
    ref: Ref
    anchor: Anchor


def purge(connection: sqlite3.Connection, until: str) -> None:
    """Take the spans that were removed by ``until`` away for good, and their changes with them."""
    gone = connection.execute(
        "SELECT id FROM label_spans WHERE removed IS NOT NULL AND removed <= ?", (until,)
    ).fetchall()
    if gone:
        connection.executemany("DELETE FROM label_spans WHERE id = ?", gone)
        journal.forget(connection, KIND, [span_id for (span_id,) in gone])


def bring_to(connection: sqlite3.Connection, span_id: int, state: dict[str, Any]) -> None:
    """Bring a labelled span to the fields of a step of the journal, for undo and redo."""
    if "place" in state:
        target = still_there(connection, read_target(state["place"]))
        state = state | {"place": target_row(target)}
    write(connection, span_id, state)
    journal.touch(connection)


def bring_settlement_to(connection: sqlite3.Connection, settlement: int, state: dict[str, Any]) -> None:
    """Bring a settlement to the fields of a step of the journal, for undo and redo."""
    connection.execute("UPDATE settlements SET removed = ? WHERE id = ?", (state["removed"], settlement))
    journal.touch(connection)


def tidy_coder(name: str) -> str:
    """Return a coder's name as it is kept: on one line; raises RequestError when nothing is left."""
    tidied = tidy_line(name)
    if tidied is None or len(tidied) > LONGEST_CODER:
        raise RequestError(f"{name!r} cannot name a coder: write 1 to {LONGEST_CODER} characters.")
    return tidied


def _insert(
    connection: sqlite3.Connection, wanted: Mark, state: State, moment: str
) -> tuple[int, journal.Step]:
    if wanted.ref.is_story or not wanted.anchor.quote:
        raise RequestError("A label stands on a passage of a source.")
    label = codebook_repository.named(connection, wanted.label)
    state = {"origin": "", "settlement_id": None} | state | {"label_id": label.id, "modified": moment}
    target = placed(connection, wanted.ref, wanted.anchor)
    uid = os.urandom(16).hex()
    span_id = insert(connection, uid=uid, created=moment, state=state, target=target)
    return span_id, journal.Step(KIND, span_id, {"removed": moment}, {"removed": None})


def _change(connection: sqlite3.Connection, span: LabelSpan, wanted: State, moment: str) -> journal.Step:
    now = state_of(span)
    after = wanted | {"modified": moment}
    write(connection, span.id, after)
    return journal.Step(KIND, span.id, {name: now[name] for name in after}, after)


def _waiting(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[LabelSpan, ...]:
    spans = some(connection, list(dict.fromkeys(ids)))
    for span in spans:
        if span.status is not SpanStatus.SUGGESTED:
            raise RequestError(f"Labelled span {span.id} is no suggestion that waits.")
    return spans


def _same(
    connection: sqlite3.Connection, label_id: int, wanted: Mark, condition: str, *values: str
) -> int | None:
    """Return the id of a span with that label on exactly that passage; None when there is none."""
    row = connection.execute(
        f"""SELECT id FROM label_spans WHERE story = ? AND number = ? AND start = ? AND "end" = ?
            AND label_id = ? AND removed IS NULL AND state <> 'orphan' AND {condition}""",  # noqa: S608 - constants
        (*_place(wanted), label_id, *values),
    ).fetchone()
    return None if row is None else int(row[0])


def _overlaps(connection: sqlite3.Connection, label_id: int, wanted: Mark, coder: str) -> bool:
    story, number, start, end = _place(wanted)
    row = connection.execute(
        """SELECT 1 FROM label_spans WHERE story = ? AND number = ? AND start < ? AND "end" > ?
            AND label_id = ? AND coder = ? AND status = 'marked'
            AND removed IS NULL AND state <> 'orphan'""",
        (story, number, end, start, label_id, coder),
    ).fetchone()
    return row is not None


def _place(wanted: Mark) -> tuple[str, int, int, int]:
    return wanted.ref.story, number_of(wanted.ref), wanted.anchor.start, wanted.anchor.end


def _reopen(connection: sqlite3.Connection, ids: Sequence[int], moment: str) -> list[journal.Step]:
    """Take back what was settled about any of these spans; return the steps."""
    found: set[int] = set()
    for span_id in ids:
        rows = connection.execute(
            """SELECT settlements.id FROM settlements JOIN settled_spans ON settlement_id = settlements.id
            WHERE span_id = ? AND removed IS NULL""",
            (span_id,),
        )
        found.update(settlement for (settlement,) in rows)
    return [step for settlement in sorted(found) for step in _undo_settlement(connection, settlement, moment)]


def _undo_settlement(connection: sqlite3.Connection, settlement: int, moment: str) -> list[journal.Step]:
    connection.execute("UPDATE settlements SET removed = ? WHERE id = ?", (moment, settlement))
    steps = [journal.Step(SETTLEMENT, settlement, {"removed": None}, {"removed": moment})]
    rows = connection.execute(
        "SELECT id FROM label_spans WHERE settlement_id = ? AND removed IS NULL", (settlement,)
    ).fetchall()
    for (span_id,) in rows:
        connection.execute("UPDATE label_spans SET removed = ? WHERE id = ?", (moment, span_id))
        steps.append(journal.Step(KIND, span_id, {"removed": None}, {"removed": moment}))
    return steps


def _told(steps: Sequence[journal.Step], label: str, what: str) -> str:
    count = sum(step.kind == KIND for step in steps)
    spans = "1 span" if count == 1 else f"{count:,} spans"
    return f"{spans} {f'of label {label} ' if label else ''}{what}"


class LabelRepository(Repository):
    """Labelled spans and settlements of a library; each call is one transaction.

    Every change is one entry of the journal. Every method may raise the errors of LibraryError.
    """

    def mark(self, label: str, ref: Ref, anchor: Anchor, *, coder: str) -> LabelSpan:
        """Give a passage a label; the same span as before where the coder did so already.

        Raises RequestError for a coder without a name, UnknownReference for a label or source that is not
        there. A passage whose words do not stand there is kept as an orphan.
        """
        return self.mark_all([Mark(label, ref, anchor)], coder=coder)[0]

    def mark_all(self, marks: Sequence[Mark], *, coder: str, origin: str = "") -> tuple[LabelSpan, ...]:
        """Give many passages labels in one change, as `mark` does; ``origin`` says where they come from."""
        with self._database.writing() as connection:
            moment = self._clock()
            who = tidy_coder(coder)
            state: State = {"coder": who, "status": SpanStatus.MARKED.value, "origin": origin}
            ids, steps = [], []
            for wanted in marks:
                label = codebook_repository.named(connection, wanted.label)
                known = _same(connection, label.id, wanted, "status = 'marked' AND coder = ?", who)
                if known is None:
                    known, step = _insert(connection, wanted, state, moment)
                    steps.append(step)
                ids.append(known)
            journal.record(connection, moment, _told(steps, marks[0].label if marks else "", "marked"), steps)
            return some(connection, ids)

    def unmark(self, ids: Sequence[int]) -> tuple[LabelSpan, ...]:
        """Take labels off their passages and return the spans; raises UnknownReference."""
        with self._database.writing() as connection:
            moment = self._clock()
            purge(connection, bin_limit(moment))
            spans = some(connection, list(dict.fromkeys(ids)))
            steps = _reopen(connection, ids, moment)
            for span in spans:
                connection.execute("UPDATE label_spans SET removed = ? WHERE id = ?", (moment, span.id))
                steps.append(journal.Step(KIND, span.id, {"removed": None}, {"removed": moment}))
            journal.record(
                connection, moment, _told(steps, spans[0].label if spans else "", "taken away"), steps
            )
            return spans

    def suggest_labels(self, marks: Sequence[Mark], *, coder: str, origin: str) -> tuple[LabelSpan, ...]:
        """Keep passages as suggestions for a coder and return those that are new.

        ``origin`` says in words where they come from. What was dismissed is not suggested again, nor what
        the coder labelled so. Raises RequestError and UnknownReference.
        """
        with self._database.writing() as connection:
            moment = self._clock()
            who = tidy_coder(coder)
            state: State = {"coder": who, "status": SpanStatus.SUGGESTED.value, "origin": origin}
            ids, steps = [], []
            for wanted in marks:
                label = codebook_repository.named(connection, wanted.label)
                known = _same(connection, label.id, wanted, "status IN ('suggested', 'dismissed')")
                if known is None and not _overlaps(connection, label.id, wanted, who):
                    known, step = _insert(connection, wanted, state, moment)
                    ids.append(known)
                    steps.append(step)
            journal.record(
                connection, moment, _told(steps, marks[0].label if marks else "", "suggested"), steps
            )
            return some(connection, ids)

    def accept_labels(self, ids: Sequence[int], *, coder: str) -> tuple[LabelSpan, ...]:
        """Make suggestions the coder's own spans; raises RequestError and UnknownReference."""
        with self._database.writing() as connection:
            moment = self._clock()
            who = tidy_coder(coder)
            wanted = {"status": SpanStatus.MARKED.value, "coder": who}
            changed, twice = list[LabelSpan](), list[LabelSpan]()
            for span in _waiting(connection, ids):
                place = Mark(span.label, span.ref, span.target.anchor)
                known = _same(connection, span.label_id, place, "status = 'marked' AND coder = ?", who)
                (changed if known is None else twice).append(span)
            steps = [_change(connection, span, wanted, moment) for span in changed]
            # What the coder marked meanwhile needs no second span.
            steps += [
                _change(connection, span, {"status": SpanStatus.DISMISSED.value}, moment) for span in twice
            ]
            journal.record(connection, moment, _told(steps, "", "accepted"), steps)
            return some(connection, [span.id for span in changed])

    def dismiss_labels(self, ids: Sequence[int]) -> None:
        """Turn suggestions down; raises RequestError and UnknownReference."""
        with self._database.writing() as connection:
            moment = self._clock()
            wanted = {"status": SpanStatus.DISMISSED.value}
            steps = [_change(connection, span, wanted, moment) for span in _waiting(connection, ids)]
            journal.record(connection, moment, _told(steps, "", "dismissed"), steps)

    def adjudicate_labels(self, about: Sequence[int], holds: Sequence[Mark], *, by: str) -> Settlement:
        """Decide what stands in place of the spans ``about``, on which coders disagree.

        ``holds`` may be empty: then nothing there has a label. The coders' own spans stay as they are, and
        when one of them is taken away, the disagreement is open again. An earlier settlement about any of
        them is replaced. Raises RequestError where ``about`` is empty or spread over sources, and
        UnknownReference.
        """
        with self._database.writing() as connection:
            moment = self._clock()
            spans = some(connection, list(dict.fromkeys(about)))
            if len({span.ref for span in spans}) != 1 or any(
                span.status is not SpanStatus.MARKED for span in spans
            ):
                raise RequestError("What is settled are marked spans of one source.")
            if any(wanted.ref != spans[0].ref for wanted in holds):
                raise RequestError(f"What holds instead has to be in {spans[0].ref} too.")
            who = tidy_coder(by)
            steps = _reopen(connection, about, moment)
            cursor = connection.execute(
                "INSERT INTO settlements (uid, coder, made) VALUES (?, ?, ?)",
                (os.urandom(16).hex(), who, moment),
            )
            settlement = int(cursor.lastrowid or 0)
            connection.executemany(
                "INSERT INTO settled_spans (settlement_id, span_id) VALUES (?, ?)",
                [(settlement, span.id) for span in spans],
            )
            steps.append(journal.Step(SETTLEMENT, settlement, {"removed": moment}, {"removed": None}))
            state: State = {"coder": who, "status": SpanStatus.SETTLED.value, "settlement_id": settlement}
            steps += [_insert(connection, wanted, state, moment)[1] for wanted in dict.fromkeys(holds)]
            journal.record(connection, moment, f"disagreement in {spans[0].ref} settled", steps)
            return next(made for made in settlements(connection, None) if made.id == settlement)

    def reopen_labels(self, settlement: int) -> None:
        """Open a settled disagreement again; raises UnknownReference."""
        with self._database.writing() as connection:
            moment = self._clock()
            row = connection.execute(
                "SELECT 1 FROM settlements WHERE id = ? AND removed IS NULL", (settlement,)
            ).fetchone()
            if row is None:
                raise UnknownReference(f"There is no settlement {settlement} in the library.")
            journal.record(
                connection,
                moment,
                f"settlement {settlement} taken back",
                _undo_settlement(connection, settlement, moment),
            )

    def label_spans(self, choice: LabelChoice | None = None) -> tuple[LabelSpan, ...]:
        """List the labelled spans that are meant, by default all that coders marked, in text order."""
        with self._database.reading() as connection:
            return many(connection, choice or LabelChoice())

    def label_tallies(self, choice: LabelChoice | None = None) -> tuple[LabelTally, ...]:
        """Count the labelled spans that are meant by label, source and coder."""
        with self._database.reading() as connection:
            choice = choice or LabelChoice()
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

    def settlements(self, story: str | None = None) -> tuple[Settlement, ...]:
        """List what was settled, in a story or anywhere, in the order it was made."""
        with self._database.reading() as connection:
            return settlements(connection, story)

    def labelled_sources(self) -> tuple[tuple[Ref, int], ...]:
        """List the sources with marked or settled spans, once with the id of each label."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""SELECT DISTINCT story, number, label_id {_FROM}
                WHERE {_THERE} AND status IN ('marked', 'settled') AND state <> 'orphan' ORDER BY 1, 2, 3"""
            )
            return tuple((ref_of(story, number), label_id) for story, number, label_id in rows)

    def coders(self, story: str | None = None) -> tuple[str, ...]:
        """List who marked spans, in a story or anywhere, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""SELECT DISTINCT label_spans.coder {_FROM}
                WHERE {_THERE} AND status = 'marked' AND (?1 IS NULL OR story = ?1) ORDER BY 1""",
                (story,),
            )
            return tuple(coder for (coder,) in rows)
