"""Aligns several texts in columns: which passages of all of them belong together, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sources.evidence.alignment import compare_passages, read_story
from sources.evidence.edits import rising_chain
from sources.evidence.partners import find_matches
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sources.evidence.alignment import PassageKind
    from sources.evidence.edits import Edit
    from sources.evidence.partners import SentenceMatch
    from sources.evidence.sentence_reading import ReadSource
    from sources.model import Ref, Source


@dataclass(frozen=True, slots=True)
class Cell:
    """The passage that one source has in a row: one sentence or several that follow each other.

    ``kind``, ``score`` (0 to 1) and ``edits`` hold it against the first source that has something in the
    row; they are None, 1 and empty for that one itself. The ``a`` of the edits are spans of the first
    source's text, the ``b`` spans of this one's. ``moved`` tells that the passage stands elsewhere in its
    own text than the row among the rows.
    """

    span: Span
    kind: PassageKind | None
    score: float
    edits: tuple[Edit, ...]
    moved: bool


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """What belongs together: a cell a source, None where a source has nothing.

    ``repeats`` is the number of the row that has already said this in the same source, for a sentence that
    comes twice; it is a row of its own, since a row has one passage a source.
    """

    cells: tuple[Cell | None, ...]
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Sources in columns: ``refs`` are the columns, ``rows`` in reading order.

    Every sentence outside muted zones is in exactly one cell. The first source's cells are never moved and
    stand in its order; each other source's cells that are not moved stand in its order as well.
    """

    refs: tuple[Ref, ...]
    rows: tuple[ColumnRow, ...]


def align_many(
    sources: Sequence[Source],
    *,
    context: Sequence[Source] = (),
    cancelled: Callable[[], bool] = lambda: False,
) -> Columns | None:
    """Lay any number of different sources side by side, the first of them leading.

    ``context`` are the sources of their story, for how rare a word is. Takes a comparison of every pair:
    some milliseconds each for articles. None when ``cancelled`` became true.
    """
    vectors = read_story(context, sources)
    texts = [vectors.reading(source) for source in sources]
    rows: list[_Row] = []
    for column in range(len(texts)):
        matches = [
            find_matches(vectors, texts[earlier], texts[column], cancelled=cancelled)
            for earlier in range(column)
        ]
        if cancelled():
            return None
        rows = _Joining(rows, texts, column, matches).joined()
    numbers = {id(row): number for number, row in enumerate(rows)}
    return Columns(
        tuple(source.ref for source in sources),
        tuple(_finished(row, texts, numbers) for row in rows),
    )


@dataclass(slots=True)
class _Stretch:
    """Sentences ``first`` to ``last``, both included, of a source."""

    first: int
    last: int
    score: float = 1.0
    moved: bool = False


@dataclass(slots=True, eq=False)
class _Row:
    """A row in the making: the stretch that each column has in it."""

    cells: dict[int, _Stretch] = field(default_factory=dict)
    repeats: _Row | None = None


class _Joining:
    """One more text, ``texts[column]``, joins the rows of those before it."""

    def __init__(
        self, rows: list[_Row], texts: list[ReadSource], column: int, matches: list[list[SentenceMatch]]
    ) -> None:
        self._rows = rows
        self._texts = texts
        self._column = column
        self._matches = matches
        self._row_of: dict[tuple[int, int], _Row] = {
            (earlier, sentence): row
            for row in rows
            for earlier, stretch in row.cells.items()
            for sentence in range(stretch.first, stretch.last + 1)
        }

    def joined(self) -> list[_Row]:
        """Return all rows, in order."""
        self._merge_split()
        chosen = self._chosen()
        self._rows = [row for row in self._rows if row.cells]
        place = {id(row): number for number, row in enumerate(self._rows)}
        best_first = sorted(chosen, key=lambda sentence: (-chosen[sentence][1], sentence))
        taken = {sentence for sentence in best_first if self._take(*chosen[sentence], sentence)}
        alone: list[tuple[int, _Row]] = []
        for sentence in range(len(self._texts[self._column].sentences)):
            if sentence not in taken:
                said = chosen[sentence][0] if sentence in chosen else None
                alone.append((sentence, _Row({self._column: _Stretch(sentence, sentence)}, said)))
        joined = [one for one in sorted(taken) if chosen[one][0].cells[self._column].first == one]
        rows = [chosen[sentence][0] for sentence in joined]
        kept = {joined[number] for number in rising_chain([place[id(row)] for row in rows])}
        for sentence, row in zip(joined, rows, strict=True):
            row.cells[self._column].moved = sentence not in kept
        return self._woven(alone, {sentence: chosen[sentence][0] for sentence in kept})

    def _merge_split(self) -> None:
        """Make one row of two that follow each other where this text says both in one sentence."""
        for earlier, matches in enumerate(self._matches):
            for match in matches:
                if match.a1 - match.a0 < 2:
                    continue
                one, other = self._row_of[earlier, match.a0], self._row_of[earlier, match.a1 - 1]
                if one is not other and one.cells.keys() >= other.cells.keys() and self._follows(one, other):
                    for column, stretch in other.cells.items():
                        one.cells[column].last = stretch.last
                        for sentence in range(stretch.first, stretch.last + 1):
                            self._row_of[column, sentence] = one
                    other.cells.clear()
                    self._point_repeats(other, one)

    def _point_repeats(self, gone: _Row, instead: _Row) -> None:
        for row in self._rows:
            if row.repeats is gone:
                row.repeats = instead

    def _follows(self, one: _Row, other: _Row) -> bool:
        """Tell whether everything in ``other`` goes on from what is in ``one``."""
        if one.repeats is not None or other.repeats is not None:
            return False
        return all(
            stretch.first == one.cells[column].last + 1
            and stretch.moved == one.cells[column].moved
            and _one_group(self._texts[column], stretch.first - 1, stretch.first)
            for column, stretch in other.cells.items()
        )

    def _chosen(self) -> dict[int, tuple[_Row, float]]:
        """Return for each sentence the row that its partners speak for most, and the best score there."""
        votes: dict[int, dict[_Row, list[float]]] = {}
        for earlier, matches in enumerate(self._matches):
            for match in matches:
                for sentence in range(match.b0, match.b1):
                    for row in {self._row_of[earlier, there] for there in range(match.a0, match.a1)}:
                        votes.setdefault(sentence, {}).setdefault(row, []).append(match.score)
        place = {id(row): number for number, row in enumerate(self._rows)}
        chosen = {}
        for sentence, rows in votes.items():
            best = max(rows, key=lambda row: (sum(rows[row]), -place[id(row)]))
            chosen[sentence] = (best, max(rows[best]))
        return chosen

    def _take(self, row: _Row, score: float, sentence: int) -> bool:
        """Put a sentence into a row; False when the row already has another passage of this text."""
        stretch = row.cells.get(self._column)
        if stretch is None:
            row.cells[self._column] = _Stretch(sentence, sentence, score)
            return True
        text = self._texts[self._column]
        if sentence == stretch.last + 1 and _one_group(text, stretch.last, sentence):
            stretch.last = sentence
        elif sentence == stretch.first - 1 and _one_group(text, sentence, stretch.first):
            stretch.first = sentence
        else:
            return False
        return True

    def _woven(self, alone: Iterable[tuple[int, _Row]], kept: dict[int, _Row]) -> list[_Row]:
        """Put the rows of this text alone before the row of the next sentence that others have, too.

        So what only an earlier text says between two common rows comes first: the text that leads begins.
        """
        before: dict[int | None, list[_Row]] = {}
        sentences = sorted(kept)
        number = 0
        for sentence, row in alone:
            while number < len(sentences) and sentences[number] < sentence:
                number += 1
            following = id(kept[sentences[number]]) if number < len(sentences) else None
            before.setdefault(following, []).append(row)
        woven: list[_Row] = []
        for row in self._rows:
            woven.extend(before.get(id(row), ()))
            woven.append(row)
        return [*woven, *before.get(None, ())]


def _one_group(text: ReadSource, one: int, other: int) -> bool:
    return text.sentences[one].group == text.sentences[other].group


def _finished(row: _Row, texts: list[ReadSource], numbers: dict[int, int]) -> ColumnRow:
    cells: list[Cell | None] = [None] * len(texts)
    lead = min(row.cells)
    lead_span = _span(texts[lead], row.cells[lead])
    for column, stretch in row.cells.items():
        span = _span(texts[column], stretch)
        if column == lead:
            cells[column] = Cell(span, None, 1.0, (), stretch.moved)
            continue
        found = compare_passages(texts[lead], lead_span, texts[column], span, stretch.score)
        cells[column] = Cell(span, found.kind, found.score, found.edits, stretch.moved)
    return ColumnRow(tuple(cells), None if row.repeats is None else numbers[id(row.repeats)])


def _span(text: ReadSource, stretch: _Stretch) -> Span:
    return Span(text.sentences[stretch.first].span.start, text.sentences[stretch.last].span.end)
