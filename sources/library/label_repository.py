"""Labelled spans: what coders mark, what is suggested, how disagreements are settled, each with its undo."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from sources.errors import RequestError
from sources.library import codebook_repository, journal, label_rows
from sources.library.database import Repository, only_row
from sources.library.encoding import number_of, read_target, target_row
from sources.library.note_rows import bin_limit, tidy_line
from sources.library.reanchoring import placed, still_there
from sources.model import LabelChoice, LabelSpan, LabelTally, Settlement, SpanStatus

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from sources.library.note_rows import State
    from sources.model import Anchor, Ref

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
    label_rows.write(connection, span_id, state)
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
        raise RequestError("A label is for a passage of a source.")
    label = codebook_repository.named(connection, wanted.label)
    state = {"origin": "", "settlement_id": None} | state | {"label_id": label.id, "modified": moment}
    target = placed(connection, wanted.ref, wanted.anchor)
    uid = os.urandom(16).hex()
    span_id = label_rows.insert(connection, uid=uid, created=moment, state=state, target=target)
    return span_id, journal.Step(KIND, span_id, {"removed": moment}, {"removed": None})


def _change(connection: sqlite3.Connection, span: LabelSpan, wanted: State, moment: str) -> journal.Step:
    now = label_rows.state_of(span)
    after = wanted | {"modified": moment}
    label_rows.write(connection, span.id, after)
    return journal.Step(KIND, span.id, {name: now[name] for name in after}, after)


def _waiting(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[LabelSpan, ...]:
    spans = label_rows.some(connection, list(dict.fromkeys(ids)))
    for span in spans:
        if span.status is not SpanStatus.SUGGESTED:
            raise RequestError(f"Labelled span {span.id} is not an open suggestion.")
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


def _is_old_news(connection: sqlite3.Connection, label_id: int, wanted: Mark, coder: str) -> bool:
    """Tell whether a suggestion was made before, or the coder labelled a part of the passage so."""
    if _same(connection, label_id, wanted, "status IN ('suggested', 'dismissed')") is not None:
        return True
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
        return self._keep(marks, SpanStatus.MARKED, coder, origin)

    def unmark(self, ids: Sequence[int]) -> tuple[LabelSpan, ...]:
        """Take labels off their passages and return the spans; raises UnknownReference."""
        with self._database.writing() as connection:
            moment = self._clock()
            purge(connection, bin_limit(moment))
            spans = label_rows.some(connection, list(dict.fromkeys(ids)))
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
        return self._keep(marks, SpanStatus.SUGGESTED, coder, origin)

    def _keep(
        self, marks: Sequence[Mark], status: SpanStatus, coder: str, origin: str
    ) -> tuple[LabelSpan, ...]:
        """Keep passages as marked, or as suggested where that says something new, as one change."""
        with self._database.writing() as connection:
            moment, who = self._clock(), tidy_coder(coder)
            state: State = {"coder": who, "status": status.value, "origin": origin}
            ids, steps = [], []
            for wanted in marks:
                label = codebook_repository.named(connection, wanted.label)
                known = None
                if status is SpanStatus.MARKED:
                    known = _same(connection, label.id, wanted, "status = 'marked' AND coder = ?", who)
                elif _is_old_news(connection, label.id, wanted, who):
                    continue
                if known is None:
                    known, step = _insert(connection, wanted, state, moment)
                    steps.append(step)
                ids.append(known)
            told = _told(steps, marks[0].label if marks else "", status.value)
            journal.record(connection, moment, told, steps)
            return label_rows.some(connection, ids)

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
            return label_rows.some(connection, [span.id for span in changed])

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
            spans = label_rows.some(connection, list(dict.fromkeys(about)))
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
            return next(made for made in label_rows.settlements(connection, None) if made.id == settlement)

    def reopen_labels(self, settlement: int) -> None:
        """Open a settled disagreement again; raises UnknownReference."""
        with self._database.writing() as connection:
            moment = self._clock()
            missing = f"There is no settlement {settlement} in the library."
            statement = "SELECT 1 FROM settlements WHERE id = ? AND removed IS NULL"
            only_row(connection, statement, (settlement,), missing)
            journal.record(
                connection,
                moment,
                f"settlement {settlement} taken back",
                _undo_settlement(connection, settlement, moment),
            )

    def label_spans(self, choice: LabelChoice | None = None) -> tuple[LabelSpan, ...]:
        """List the labelled spans that are meant, by default all that coders marked, in text order."""
        with self._database.reading() as connection:
            return label_rows.many(connection, choice or LabelChoice())

    def settlements(self, story: str | None = None) -> tuple[Settlement, ...]:
        """List what was settled, in a story or anywhere, in the order it was made."""
        with self._database.reading() as connection:
            return label_rows.settlements(connection, story)

    def label_tallies(self, choice: LabelChoice | None = None) -> tuple[LabelTally, ...]:
        """Count the labelled spans that are meant by label, source and coder."""
        with self._database.reading() as connection:
            return label_rows.tallies(connection, choice or LabelChoice())

    def labelled_sources(self) -> tuple[tuple[Ref, int], ...]:
        """List the sources with marked or settled spans, once with the id of each label."""
        with self._database.reading() as connection:
            return label_rows.labelled_sources(connection)

    def coders(self, story: str | None = None) -> tuple[str, ...]:
        """List who marked spans, in a story or anywhere, by name."""
        with self._database.reading() as connection:
            return label_rows.coders(connection, story)
