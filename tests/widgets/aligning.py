"""Alignments made by hand: of sentences that are named by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.alignment import AlignedRow, Alignment
from sources.evidence.edits import word_edits
from sources.model import Ref, Span
from tui.widgets.text_view import ReaderDocument

if TYPE_CHECKING:
    from sources.evidence.alignment import Kind

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


def row(left: str, right: str, kind: Kind, score: float) -> AlignedRow:
    a, b = span(LEFT, left), span(RIGHT, right)
    return AlignedRow(a, b, score, kind, word_edits(LEFT, a, RIGHT, b))


def alignment() -> Alignment:
    return Alignment(
        a=Ref("harbour", 1),
        b=Ref("harbour", 2),
        a_in_b=0.8,
        b_in_a=0.7,
        rows=(
            row(
                "The price is 4.2 billion dollars.",
                "The agreed price is 4.8 billion dollars.",
                "edited",
                0.86,
            ),
            row("A vote is due in May.", "A vote is due in May.", "same", 1.0),
            row("The unions will fight it.", "Unions say they will oppose the sale.", "paraphrase", 0.5),
        ),
        only_a=(span(LEFT, "Nobody had asked the town."),),
        only_b=(span(RIGHT, "The mayor was at sea."),),
    )


def documents() -> tuple[ReaderDocument, ReaderDocument]:
    return (
        ReaderDocument("harbour/1", "The Courier on the sale", "The Courier", LEFT),
        ReaderDocument("harbour/2", "The Mail on the sale", "The Mail", RIGHT),
    )
