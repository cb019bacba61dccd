"""Queries that are pasted text rather than typed: headlines in capitals, and lines that hold a quotation."""

from __future__ import annotations

import re

QUOTES = '"“”„‟«»＂'
OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()]|$)")
SHOUTED = 4  # words, operators apart, from which on a query in capitals alone is a headline

# What a query is taken apart by without being read: quotations, brackets, operators.
PIECE = re.compile(
    rf"""(?<=\d)["”](?=[\s)]|$)  # inches
    | (?P<quoted>[{QUOTES}][^{QUOTES}]*[{QUOTES}]?)
    | (?P<open>\()
    | (?P<close>\))
    | (?<![^\s(){QUOTES}])(?P<operator>AND|OR)(?=[\s()]|$)""",
    re.VERBOSE,
)

_OF_A_FIELD = re.compile(rf"\w:[{QUOTES}]")
_ANY_QUOTE = re.compile(f"[{QUOTES}]")


def is_shouted(query: str) -> bool:
    """Tell whether a query is a line in capitals, such as a headline, where ``AND`` is a word."""
    return query.isupper() and len(OPERATOR.sub("", query).split()) >= SHOUTED


def unquoted(query: str) -> str | None:
    """Return a query without its quotation marks; None where it has none, or where a field needs them."""
    if not _ANY_QUOTE.search(query) or _OF_A_FIELD.search(query):
        return None
    return " ".join(_ANY_QUOTE.sub(" ", query).split()) or None
