"""Shares, ratios and vague amounts in words: a third of the crew, one in five, hundreds of workers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.figures import NUMBER, FigureReading, counts
from sources.evidence.figures.bare import unit_of_bare
from sources.evidence.figures.counts import Counted
from sources.evidence.figures.number_words import PARTS_IN_WORDS, UNITS_IN_WORDS, WORD_VALUES
from sources.evidence.figures.tokens import VAGUE_ENDS, Token, TokenKind
from sources.evidence.figures.units import AMBIGUOUS_NAMES, CURRENCY_NAMES, CURRENCY_OF_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALL = "|".join(UNITS_IN_WORDS[1:13])
_ROUND = "twenty|thirty|forty|fifty"
_RATIO = re.compile(
    rf"(?P<some>(?i:{_SMALL})|\d{{1,3}})(?:(?<=[Oo]ne)(?: [a-z]+)?)? (?:in|out of)(?: every)? "
    rf"(?P<whole>(?i:{_SMALL}|{_ROUND})|\d{{1,5}}(?!\d|[.,]\d))(?=[ ,;.)”\"]|$)"
    r"(?! (?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|seasons?|games?|matches)\b)"
)
_MOST_OFTEN = 10_000
_PART = "|".join(part for part in PARTS_IN_WORDS if part != "half")
_MANY = "|".join(UNITS_IN_WORDS[2:10])
_OF_TIME = r"(?:the |an? )?(?:second|minute|hour|day|week|month|year|century|way|time|mile|inch)s?\b"
_OF = rf" of (?!an? |one |\d{{4}}\b|{_OF_TIME})"
_MORE = r" (?:more|less|fewer|higher|lower|larger|bigger|smaller|faster|off|as (?:many|much))\b"
_SHARE = re.compile(
    rf"(?P<one>(?i:an?|one))[ -](?P<part>{_PART})(?={_OF}|{_MORE})"
    rf"|(?P<some>(?i:{_MANY}))[ -](?P<parts>{_PART})s\b"
    rf"(?:(?<!quarters)(?! of (?:an? |{_OF_TIME}))|(?={_OF}|{_MORE}))"
)
_BY_SHARE = re.compile(
    r"\bby (?:(?:more|less) than |about |almost |nearly |around |over |roughly )?"
    rf"(?P<by>an? (?:{_PART})|half)\b(?= *[,.;)]|$| (?:in|since|after|from|to|this|last|over)\b)"
)
_HALF = re.compile(
    rf"\b(?i:more than|over|nearly|almost|about|around|roughly|less than|fewer than|at least)"
    rf" (?P<hedged>half)(?={_OF})"
    r"|\b(?P<all>[Hh]alf)(?= of (?:all|it|them|these|those|whom|which|what)\b)"
    r"|(?<!first )(?<!second )(?<!other )(?<!the )(?<!latter )(?<!that )(?<!this )(?<!each )(?<!a )(?<![\w-])"
    r"(?P<whole>[Hh]alf)(?= (?:of )?(?:the|its|their|our|his|her) "
    r"(?!time|battle|day|night|hour|year|century|week|month|way|story|fun|problem|price|size|cost|rate|length"
    r"|distance)[a-z])"
)
_VAGUE = re.compile(
    r"(?:(?P<tens>tens|hundreds|thousands) of )?"
    r"(?P<size>dozens|scores|hundreds|thousands|millions|billions|trillions)\b",
    re.IGNORECASE,
)
_NAMES = "|".join(sorted(CURRENCY_NAMES, key=len, reverse=True))
_PEOPLES = "|".join(map(re.escape, sorted(CURRENCY_OF_PEOPLE, key=len, reverse=True)))
_VAGUE_MONEY = re.compile(rf" of (?:(?P<people>US|U\.S\.|{_PEOPLES}) )?(?P<name>{_NAMES})s?\b", re.IGNORECASE)
_VAGUE_VERB = re.compile(
    r" (?:more )?(?:[a-z]+ed|fled|took|came|went|have|had|were|are|remain|gather|march|lost|died)\b"
)


def share_at(text: str, token: Token, floor: int, end: int) -> FigureReading | None:
    """Read ``a third of the crew``, ``half of all``, ``one in five`` at a token."""
    start = token.start
    if token.kind is TokenKind.PART:
        return _part(text, token, floor, end)
    if start > floor and (text[start - 1].isalnum() or text[start - 1] in "-.,_'’$€£/"):
        return None
    if token.kind is TokenKind.WORD:
        share = _SHARE.match(text, start, end) if token.value <= _MOST_OF_SHARES else None
        if share is not None:
            return _share_of(start, share)
    near = token.word.lower() == "one" or text.startswith(("in ", "out "), token.end + 1)
    ratio = _RATIO.match(text, start, end) if near else None
    return _ratio(ratio) if ratio is not None else None


_MOST_OF_SHARES = 9.0  # nine tenths


def _part(text: str, token: Token, floor: int, end: int) -> FigureReading | None:
    """Read a share at its second word, or ``half``."""
    if token.value == 2.0:
        half = _HALF.search(text, max(floor, token.start - 14), min(end, token.end + 40))
        if half is not None and half.end() == token.end:
            return FigureReading(token.start, token.end, "percent", 50.0)
    by = _BY_SHARE.search(text, max(floor, token.start - 18), min(end, token.end + 12))
    if by is not None and by.end("by") == token.end:
        return FigureReading(by.start("by"), token.end, "percent", 100.0 / token.value)
    for article in ("a ", "an ", "A ", "An "):
        start = token.start - len(article)
        if start >= floor and text.startswith(article, start) and not text[start - 1 : start].isalnum():
            share = _SHARE.match(text, start, end)
            if share is not None:
                return _share_of(start, share)
    return None


def _share_of(start: int, share: re.Match[str]) -> FigureReading | None:
    some = UNITS_IN_WORDS.index(share["some"].lower()) if share["some"] else 1
    whole = PARTS_IN_WORDS[share["part"] or share["parts"]]
    if some >= whole or (some, whole) == (2, 4):
        return None  # "two quarters" are times
    return FigureReading(start, share.end(), "percent", 100.0 * some / whole)


def _ratio(match: re.Match[str]) -> FigureReading | None:
    some, whole = (
        float(word) if word.isdigit() else WORD_VALUES[word.lower()]
        for word in (match["some"], match["whole"])
    )
    if not some < whole <= _MOST_OFTEN or (whole > 100 and whole % 100):
        return None  # "two in 2031"
    return FigureReading(match.start(), match.end(), "percent", 100.0 * some / whole)


def vague_at(text: str, token: Token, limits: tuple[int, int], *, counting: bool) -> Iterator[FigureReading]:
    """Read such as ``hundreds of workers`` and ``tens of millions of dollars``, as a range."""
    match = _VAGUE.match(text, token.start, limits[1])
    if match is None:
        return
    low, high = VAGUE_ENDS.get(match["size"].lower(), (1e12, 1e15))
    money = _VAGUE_MONEY.match(text, match.end(), limits[1])
    if match["tens"]:
        least, most = VAGUE_ENDS[match["tens"].lower()]
        low, high = low * least, low * min(most, 1000.0 * least)
    elif money is not None:
        high = low * 1000.0
    if money is None:
        found = _vague_count(text, match.span(), limits) if counting else None
        if found is not None:
            yield FigureReading(token.start, found.end, found.unit, low, low, high, noun=found.noun)
    elif money["name"].lower() not in AMBIGUOUS_NAMES or low >= 1e6:
        people = (money["people"] or "").lower()
        unit = CURRENCY_OF_PEOPLE[people] if people else CURRENCY_NAMES[money["name"].lower()]
        yield FigureReading(token.start, money.end(), unit, low, low, high)


def _vague_count(text: str, span: tuple[int, int], limits: tuple[int, int]) -> Counted | None:
    start, end = span
    if text.startswith(" of", end):
        return counts.noun_after(text, end + 3, limits[1])
    if text[start - 1 : start].isalnum():
        return None
    found = unit_of_bare(text, span, limits, lambda *, far: None)  # noqa: ARG005
    if found.unit != NUMBER:
        return found
    return Counted("people", end) if _VAGUE_VERB.match(text, end, limits[1]) else None
