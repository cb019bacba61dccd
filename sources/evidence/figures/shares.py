"""Shares said in words: ``one in five``, ``two-thirds of the seats``, ``nearly half of all lamps``.

A bare "half" is a figure of speech as often as a share, so it counts only where a hedge shows that somebody
measured ("more than half of"), or where it is half of all. A part of an hour, day or year is a time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.figures.numbers import PART
from sources.evidence.figures.values import Amount
from sources.evidence.units import PARTS_IN_WORDS, UNITS_IN_WORDS, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.figures.triggers import Triggers

_SMALL = "|".join(UNITS_IN_WORDS[1:13])
_OWNED = r"(?: of (?:the|its|their|his|her|our|all|these|those|every|each|[A-Z][a-z]))"
_TIME = r"(?! of (?:the |an? )?(?:second|minute|hour|day|week|month|year|century|way|time)s?\b)"
_RATIO = re.compile(
    rf"(?<![\w.,-])(?P<some>(?i:{_SMALL})|\d{{1,3}}) (?:in|out of)(?: every)? "
    rf"(?P<whole>(?i:{_SMALL})|\d{{1,5}}(?!\d|[.,]\d))(?=[ ,;.)])"
    r"(?! (?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|seasons?|games?|matches)\b)"
)
_SHARE = re.compile(
    rf"(?<![\w-])(?P<number>(?i:an?|one|two|three|four|five))[ -](?P<part>{PART})s?\b{_TIME}(?={_OWNED})"
    rf"|(?<=\bby )(?P<by>an? (?:{PART})|half)\b(?= *[,.;)]|$| (?:in|since|after|from|to|this|last|over)\b)"
    r"|\b(?i:more than|over|nearly|almost|about|around|roughly|less than|fewer than|at least) (?P<half>half)"
    r"(?= of (?:the|its|their|his|her|our|all|these|those|every|each|[A-Z])\b)"
    r"|\b(?P<all>[Hh]alf)(?= of all\b)"
)
_MOST_OFTEN = 10_000
_BEFORE, _AFTER = 16, 48  # code points around a word for a part that its share can reach


def read_shares(text: str, start: int, end: int, places: Triggers) -> Iterator[Amount]:
    """Yield the shares in words between ``start`` and ``end``: first the ratios, then the fractions."""
    for place in places.numbers:
        match = _RATIO.match(text, place, end)
        amount = _ratio(match) if match else None
        if amount is not None:
            yield amount
    for place in places.parts:
        match = _SHARE.search(text, max(start, place - _BEFORE), min(end, place + _AFTER))
        amount = _share(match) if match else None
        if amount is not None:
            yield amount


def _share(match: re.Match[str]) -> Amount | None:
    name = next(name for name in ("part", "by", "half", "all") if match[name] is not None)
    words = match[name].lower().split()
    parts = PARTS_IN_WORDS[words[-1]]
    number = number_of(match["number"]) if match["number"] else 1.0
    if number >= parts:
        return None
    begin = match.start("number") if match["number"] else match.start(name)
    finish = match.end() if name == "part" else match.end(name)
    return Amount(begin, finish, "percent", 100.0 * number / parts, 1.0)


def _ratio(match: re.Match[str]) -> Amount | None:
    some, whole = number_of(match["some"]), number_of(match["whole"])
    if not some < whole <= _MOST_OFTEN or (whole > 100 and whole % 100):
        return None  # "two in 2031"
    return Amount(match.start(), match.end(), "percent", 100.0 * some / whole, 1.0)
