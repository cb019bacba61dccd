"""The structure of a text: what in it is a heading, a list, a table, stressed or a link, as pieces."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class PieceKind(StrEnum):
    """What a piece of a text is."""

    HEADING = "heading"  # its level from 1
    ITEM = "item"  # a line of a list; its level says how many code points stand before its words
    TABLE = "table"  # all its lines
    CODE_BLOCK = "code block"
    RULE = "rule"
    QUOTE = "quote"  # the signs before a line of a quotation
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    LINK = "link"  # its words, with its address
    SIGN = "sign"  # says what a line is: shown, though not as words
    MARKUP = "markup"  # says how words look or where they lead; need not be shown


class Piece(NamedTuple):
    """A span of a text, ``text[start:end]``, and what it is; pieces may lie in one another."""

    kind: PieceKind
    start: int
    end: int
    level: int = 0
    address: str = ""
