"""Money and shares with a unit: the number that stands before or after a currency's sign, code or name.

Places where an amount can be are found by its unit; the number is then read forward from a sign that stands
before it, or backward from a unit that stands after it. Ordinals, years, model and telephone numbers have no
unit and are not taken.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sources.evidence.figures import FigureReading
from sources.evidence.figures.number_words import (
    AMBIGUOUS_NAMES,
    CODES,
    CURRENCY_NAMES,
    CURRENCY_OF_PEOPLE,
    FACTORS,
    MULTIPLIER,
    NUMBER,
    ONE_WORD,
    SIGNS,
    SMALL_CHANGE,
    WORDS,
    factor_of,
    number_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SURELY_MONEY = 100_000.0  # of a unit that is a weight or a verb as well
VAGUE = {"tens": 10.0, "hundreds": 100.0, "thousands": 1000.0, "dozens": 12.0}

_AFTER_SIGN = re.compile(
    rf"[ \u00a0]?(?P<number>{NUMBER})(?P<multiplier>{MULTIPLIER}{{0,2}})(?![\d]|[.,]\d|[A-Za-z\u00c0-\u024f])"
    rf"(?:(?P<join> ?[-–—] ?| to )(?P<second>{NUMBER})(?P<second_multiplier>{MULTIPLIER}{{0,2}})"
    r"(?![\d%$€£]|[.,]\d|[^\W\d_]| ?per ?cent))?",
    re.IGNORECASE,
)
_BEFORE_UNIT = re.compile(
    rf"(?<![0-9A-Za-z\u00c0-\u024f_.,$€£¥-])(?:(?P<low>{NUMBER}|{ONE_WORD})(?P<low_multiplier>{MULTIPLIER}{{0,2}})"
    rf"(?P<join>(?<![^\W\d_]) ?[-–—] ?|(?<=[nkmb])[-–—]| to | and | or ))?(?P<sign>[-−+](?=\d))?"
    rf"(?P<number>{NUMBER}|\b(?:{WORDS}))(?P<multiplier>{MULTIPLIER}{{0,2}})(?P<half> and a half)?"
    r"(?:[ \u00a0-]| d['’]| de )?$",
    re.IGNORECASE,
)
_GLUED_NUMBER = re.compile(rf"(?P<sign>[-−+])(?P<number>{NUMBER})(?P<multiplier>)(?P<half>)[ \u00a0]?$")
_VAGUE_BEFORE = re.compile(
    r"\b(?:(?P<tens>tens|hundreds|thousands) of )?(?P<size>thousands|millions|billions|trillions) of "
    r"(?:US |U\.S\. )?$",
    re.IGNORECASE,
)
_PEOPLE_BEFORE = re.compile(rf"\b({'|'.join(map(re.escape, CURRENCY_OF_PEOPLE))}) $", re.IGNORECASE)
_SIGN_PREFIX = re.compile(r"(?<![^\W_])(?:US|AU|CA|NZ|HK|NT|CN|RMB|A|C|S|R)$")
_ENDS_AS_NUMBER = re.compile(r"[\w½¼¾⅓⅔⅛][ \u00a0-]?$|d['’]$")
_OPINION = re.compile(r"\b(?:my|your|his|her|its|our|their) two (?=cents$)", re.IGNORECASE)

_NAME_PATTERN = "|".join(sorted((name for name in CURRENCY_NAMES if name != "rs"), key=len, reverse=True))
_UNIT = re.compile(
    rf"[{''.join(sorted({sign[-1] for sign in SIGNS}))}%]"
    rf"|(?<![^\W\d_])(?:{'|'.join(sorted(CODES))}|(?:Rs|kr|Kr)(?:\.(?=[ \u00a0]?\d))?)(?![^\W\d_])"
    r"|(?<![^\W\d_])(?i:per ?cent|pct|percentage points?|basis points?|Prozent|pour cent|por ciento"
    rf"|cents?|pence|(?:{_NAME_PATTERN})s?)(?![^\W_])"
)
_SHORT_NAMES = {"Rs": "INR", "kr": "SEK", "Kr": "SEK"}
_SINGULAR = frozenset((*CURRENCY_NAMES, "percentage point", "basis point"))
_BETWEEN = re.compile(r"\b(?:between|entre|zwischen) (?:an? )?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:an? |about |around |just |roughly )?$", re.IGNORECASE)
_MOVING = re.compile(
    r"\b(?:r[oi]se[sn]?|rising|f[ae]ll(?:s|en|ing)?|gr[eo]w\w*|increas\w+|decreas\w+|declin\w+|dropp?\w*|jump\w*"
    r"|climb\w*|soar\w*|slid\w*|slipp?\w*|slow\w*|sank|s[iu]nk\w*|plung\w+|surg\w+|went|go(?:es|ing|ne)?|up|down"
    r"|cut\w*|rais\w+|lift\w*|lower\w*|reduc\w+|doubl\w+|tripl\w+|shr[aiu]nk\w*|chang\w+|mov\w+|revis\w+|widen\w*"
    r"|narrow\w*|expand\w*|swell\w*|swung|swing\w*|recover\w*|rebound\w*|tumbl\w+|improv\w+|edg\w+|push\w*|brought"
    r"|bring\w*|took|taken|balloon\w*|quadrupl\w+|halv\w+|upgrad\w+|boost\w*)\b",
    re.IGNORECASE,
)


def read_amounts(text: str, start: int, end: int, units: Iterable[int]) -> Iterator[FigureReading]:
    """Yield the amounts between ``start`` and ``end`` that have a unit, in order.

    ``units`` are the places where one may be.
    """
    amounts: list[FigureReading] = []
    floor = start
    for place in units:
        match = _UNIT.match(text, place, end) if place >= floor else None
        if match is None:
            continue
        read = _read(text, match, floor, end)
        if not read:
            continue
        floor = read[-1].end
        merged = _merged(text, amounts[-1], read[0], start) if amounts and len(read) == 1 else None
        if merged is not None:
            amounts.pop()
        amounts.extend(merged or read)
    yield from amounts


def _read(text: str, match: re.Match[str], floor: int, end: int) -> tuple[FigureReading, ...]:
    """Read the number that belongs to a unit found at ``match``, not before ``floor`` nor after ``end``."""
    found, start = match.group(), match.start()
    if found[-1] == "%":
        return _backward(text, floor, start, match.end(), "percent")
    sign = found
    if not found[0].isalpha():
        prefix = _SIGN_PREFIX.search(text, max(floor, start - 3), start)
        if prefix is not None and prefix.group() + found in SIGNS:
            sign, start = prefix.group() + found, prefix.start()
    unit = SIGNS.get(sign) or (found if found in CODES else _SHORT_NAMES.get(found.rstrip("."), ""))
    if unit:
        forward = _forward(text, start, match.end(), end, unit)
        return forward or _in_digits(text, _backward(text, floor, match.start(), match.end(), unit))
    name = found.lower()
    if name.removesuffix("s") in _SINGULAR:
        name = name.removesuffix("s")
    if name in CURRENCY_NAMES:
        return _named(text, floor, start, match.end(), name)
    if _OPINION.search(text, max(floor, start - 12), match.end()):
        return ()
    if name in SMALL_CHANGE:
        unit, share = SMALL_CHANGE[name], 0.01
    else:
        unit, share = "percentage points" if "point" in name else "percent", 1.0
    return tuple(
        replace(amount, factor=amount.factor * share)
        for amount in _backward(text, floor, start, match.end(), unit)
    )


def _in_digits(text: str, amounts: tuple[FigureReading, ...]) -> tuple[FigureReading, ...]:
    """Drop amounts in words: "a" before a lone sign is no number."""
    return tuple(amount for amount in amounts if re.search(r"\d", text[amount.start : amount.end]))


def _named(text: str, floor: int, start: int, stop: int, name: str) -> tuple[FigureReading, ...]:
    """Read an amount before the name of a currency, as in ``three million Canadian dollars``."""
    unit, number_end = CURRENCY_NAMES[name], start
    people = _PEOPLE_BEFORE.search(text, max(floor, start - 16), start)
    if people is not None:
        unit, number_end = CURRENCY_OF_PEOPLE[people.group(1).lower()], people.start()
    vague = _VAGUE_BEFORE.search(text, max(floor, start - 40), start)
    if vague is not None:
        size, tens = vague.group("size").lower().removesuffix("s"), vague.group("tens")
        number, factor = VAGUE[tens.lower()] if tens else 1.0, FACTORS[size]
        return (
            FigureReading(
                vague.start(),
                stop,
                unit,
                number,
                factor,
                number * factor,
                number * factor * (10 if tens else 1000),
            ),
        )
    amounts = _backward(text, floor, number_end, stop, unit)
    if (
        name in AMBIGUOUS_NAMES
        and people is None
        and any(amount.factor == 1.0 and amount.value < _SURELY_MONEY for amount in amounts)
    ):
        return ()
    return amounts


def _forward(text: str, start: int, number_start: int, end: int, unit: str) -> tuple[FigureReading, ...]:
    """Read the number, or range of numbers, that stands after a currency's sign or code."""
    match = _AFTER_SIGN.match(text, number_start, end)
    if match is None:
        return ()
    number, factor = number_of(match.group("number")), factor_of(match.group("multiplier"))
    minus = text[start - 1 : start] in ("-", "−") and (start < 2 or text[start - 2] in " (\n\u00a0")
    if minus:
        start, number = start - 1, -number
    single = FigureReading(start, match.end("multiplier"), unit, number, factor)
    if match.group("second") is None:
        return (single,)
    second, second_factor = number_of(match.group("second")), factor_of(match.group("second_multiplier"))
    if match.group("join") == " to " and second_factor == 1.0:
        return (single,)  # "paid $5 to 10 people"
    low = FigureReading(start, match.end("multiplier"), unit, number, factor)
    high = FigureReading(match.start("second"), match.end(), unit, second, second_factor)
    return _range(text, low, high, start)


def _backward(text: str, floor: int, number_end: int, stop: int, unit: str) -> tuple[FigureReading, ...]:
    """Read the number, or range, that ends at ``number_end`` before a unit that ends at ``stop``."""
    begin = max(floor, number_end - 70)
    if _ENDS_AS_NUMBER.search(text, max(begin, number_end - 3), number_end) is None:
        return ()
    match = _BEFORE_UNIT.search(text, begin, number_end) or _GLUED_NUMBER.search(text, begin, number_end)
    if match is None:
        return ()
    groups = match.groupdict()
    hyphen = match.start() == floor and text[floor - 1 : floor] == "%"  # "14%-15%"
    start = match.start("sign") if groups["sign"] and not hyphen else match.start("number")
    number = number_of(match.group("number")) + (0.5 if groups["half"] else 0.0)
    if groups["sign"] in ("-", "−") and not hyphen:
        number = -number
    high = FigureReading(start, stop, unit, number, factor_of(match.group("multiplier")))
    if groups.get("low") is None:
        return (high,)
    if groups["join"].strip() == "and" and not _BETWEEN.search(
        text, max(floor, match.start() - 14), match.start()
    ):
        return (high,)
    low_text, low_factor = match.group("low"), factor_of(match.group("low_multiplier"))
    low = FigureReading(
        match.start("low"), match.end("low_multiplier"), unit, number_of(low_text), low_factor
    )
    joined = _range(text, low, high, floor)
    is_range = len(joined) == 1 and joined[0].low is not None
    return joined if is_range or _changes(text, low.start) else (high,)


def _changes(text: str, start: int) -> bool:
    """Tell whether ``from`` before an amount speaks of a change, not of a range."""
    begin = max(0, start - 64)
    found = _FROM.search(text, max(0, start - 26), start)
    return found is not None and _MOVING.search(text, begin, found.start()) is not None


def _range(text: str, low: FigureReading, high: FigureReading, floor: int) -> tuple[FigureReading, ...]:
    """Join two amounts into a range; where they are no range, return the one or two that they are."""
    if low.factor == 1.0 and high.factor > 1.0 and low.number < high.number:
        low = replace(low, factor=high.factor)
    if low.start >= floor and _changes(text, low.start):
        return (low, high)
    if not 0 <= low.value < high.value:
        return (low,)
    middle = (low.value + high.value) / 2
    return (FigureReading(low.start, high.end, high.unit, middle, 1.0, low.value, high.value),)


def _merged(
    text: str, left: FigureReading, right: FigureReading, floor: int
) -> tuple[FigureReading, ...] | None:
    """Return what two neighbouring amounts with a unit each make up together, None when nothing."""
    if left.unit != right.unit or left.low is not None or right.low is not None:
        return None
    gap = text[left.end : right.start]
    between = gap == " and " and _BETWEEN.search(text, max(floor, left.start - 14), left.start) is not None
    if not between and gap not in (" to ", "-", "–", "—", " - ", " – ", " — "):
        return None
    joined = _range(text, left, right, floor)
    return joined if len(joined) == 2 or joined[0].low is not None else None
