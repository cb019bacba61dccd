"""Columns made by hand: of sentences that are named by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.edits import word_edits
from sources.evidence.multi_alignment import Cell, ColumnRow, Columns
from sources.model import Ref, Span
from tui.app.widgets.text_view import ReaderDocument

if TYPE_CHECKING:
    from sources.evidence.alignment import PassageKind

LEFT = (
    "Northport sells its harbour\n"
    "The price is 4.2 billion dollars. Nobody had asked the town. A vote is due in May.\n"
    "Photo: a crane at dusk\n"
    "The unions will fight it."
)
RIGHT = (
    "Harbour is gone\n"
    "A vote is due in May. The agreed price is 4.8 billion dollars.\n"
    "The mayor was at sea. Unions say they will oppose the sale."
)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def cell(text: str, words: str, *, moved: bool = False) -> Cell:
    return Cell(span(text, words), None, 1.0, (), moved)


def against(left: str, words: str, kind: PassageKind, score: float, *, moved: bool = False) -> Cell:
    a, b = span(LEFT, left), span(RIGHT, words)
    return Cell(b, kind, score, word_edits(LEFT, a, RIGHT, b), moved)


def columns() -> Columns:
    price, vote, fight = (
        "The price is 4.2 billion dollars.",
        "A vote is due in May.",
        "The unions will fight it.",
    )
    return Columns(
        (Ref("harbour", 1), Ref("harbour", 2)),
        (
            ColumnRow(
                (
                    cell(LEFT, price),
                    against(price, "The agreed price is 4.8 billion dollars.", "edited", 0.86),
                )
            ),
            ColumnRow((cell(LEFT, "Nobody had asked the town."), None)),
            ColumnRow((cell(LEFT, vote), against(vote, vote, "same", 1.0, moved=True))),
            ColumnRow((None, cell(RIGHT, "The mayor was at sea."))),
            ColumnRow(
                (
                    cell(LEFT, fight),
                    against(fight, "Unions say they will oppose the sale.", "paraphrase", 0.5),
                )
            ),
        ),
    )


def documents() -> tuple[ReaderDocument, ReaderDocument]:
    return (
        ReaderDocument("harbour/1", "The Courier on the sale", "The Courier", LEFT),
        ReaderDocument("harbour/2", "The Mail on the sale", "The Mail", RIGHT),
    )
