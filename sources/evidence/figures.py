"""Figures: amounts of money and percentages, with their hedges and ranges, as values that can be compared.

The method is an own grammar. Places where a figure can be are found by its unit (a currency's sign, code or
name, a word for percent); the number is then read forward from a sign that stands before it, or backward
from a unit that stands after it. Ordinals, years, model and telephone numbers have no unit and are not taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sources.evidence.hedges import bounds, hedge_of
from sources.evidence.units import (
    AMBIGUOUS_NAMES,
    CODES,
    CURRENCY_NAMES,
    CURRENCY_OF_PEOPLE,
    FACTORS,
    SIGNS,
    SMALL_CHANGE,
    TENS_IN_WORDS,
    UNITS_IN_WORDS,
    factor_of,
    number_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.model import Source

METHOD_VERSION = "1"


class FigureKind(StrEnum):
    """What a figure measures."""

    MONEY = "money"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in a text: ``text`` is what stands at ``start`` to ``end``, its hedge left out.

    ``value`` is in single units: 14300000000.0 with the ISO 4217 code ``USD``, or 49.0 with the unit
    ``percent`` or ``percentage points``. A range has its middle as ``value``, "tens of millions" its least.
    ``low`` and ``high`` are the bounds that a range or hedge sets, None where it sets none: "at least 5" has
    a ``low`` only, "about 5" neither.
    """

    start: int
    end: int
    kind: FigureKind
    value: float
    unit: str
    low: float | None
    high: float | None
    hedge: str | None
    text: str


@dataclass(frozen=True, slots=True)
class _Amount:
    """A figure while it is being read; ``factor`` is what its multiplier stands for, 1 without one."""

    start: int
    end: int
    unit: str
    number: float
    factor: float
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float:
        return self.number * self.factor


_VAGUE = {"tens": 10.0, "hundreds": 100.0, "thousands": 1000.0, "dozens": 12.0}

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d+(?:[.,]\d+)?|(?<!\d)\.\d+"
_MULTIPLIER = (
    r"(?:(?:[ \u00a0-]?(?:hundred|thousand|millionen|milliarden|millones|milliards?|millions?|billions?"
    r"|trillions?|lakhs?|crores?|mn|bn|tn|trn|mln|bln|mio\.?|mrd\.?)|[kmbt])(?![^\W_]))"
)
_ONE_WORD = "|".join((*UNITS_IN_WORDS, *TENS_IN_WORDS))
_COMPOUND = rf"(?:{'|'.join(TENS_IN_WORDS)})[ -](?:{'|'.join(UNITS_IN_WORDS[1:10])})"
_WORDS = rf"(?:half an?|an?|{_COMPOUND}|{_ONE_WORD})(?: hundred)?"
_AFTER_SIGN = re.compile(
    rf"[ \u00a0]?(?P<number>{_NUMBER})(?P<multiplier>{_MULTIPLIER}{{0,2}})(?![\d]|[.,]\d|[^\W\d_])"
    rf"(?:(?P<join> ?[-–—] ?| to )(?P<second>{_NUMBER})(?P<second_multiplier>{_MULTIPLIER}{{0,2}})"
    r"(?![\d%$€£]|[.,]\d|[^\W\d_]| ?per ?cent))?",
    re.IGNORECASE,
)
_BEFORE_UNIT = re.compile(
    rf"(?<![\w.,$€£¥-])(?:(?P<low>{_NUMBER}|{_ONE_WORD})(?P<low_multiplier>{_MULTIPLIER}{{0,2}})"
    rf"(?P<join>(?<![^\W\d_]) ?[-–—] ?|(?<=[nkmb])[-–—]| to | and | or ))?(?P<sign>[-−+](?=\d))?"
    rf"(?P<number>{_NUMBER}|\b(?:{_WORDS}))(?P<multiplier>{_MULTIPLIER}{{0,2}})[ \u00a0-]?$",
    re.IGNORECASE,
)
_GLUED_NUMBER = re.compile(rf"(?P<sign>[-−+])(?P<number>{_NUMBER})(?P<multiplier>)[ \u00a0]?$")
_VAGUE_BEFORE = re.compile(
    r"\b(?:(?P<tens>tens|hundreds|thousands) of )?(?P<size>thousands|millions|billions|trillions) of "
    r"(?:US |U\.S\. )?$",
    re.IGNORECASE,
)
_PEOPLE_BEFORE = re.compile(rf"\b({'|'.join(map(re.escape, CURRENCY_OF_PEOPLE))}) $", re.IGNORECASE)
_SIGN_PREFIX = re.compile(r"(?<![^\W_])(?:US|AU|CA|NZ|HK|NT|CN|RMB|A|C|S|R)$")

_NAME_PATTERN = "|".join(sorted((name for name in CURRENCY_NAMES if name != "rs"), key=len, reverse=True))


def _first_letters() -> set[str]:
    """Return the letters that the codes, names and words of units begin with, large and small."""
    names = {name[0] for name in CURRENCY_NAMES}
    words = {"P", "p", "b", "c"}  # per cent, pct, percentage and basis points, pour cent, por ciento, cents
    twins = {"\u017f", "\u212a"}  # which no case tells from s and k
    return {code[0] for code in CODES} | {"R"} | twins | names | {name.upper() for name in names} | words


_UNIT = re.compile(
    rf"[{''.join(sorted({sign[-1] for sign in SIGNS}))}%]"
    rf"|(?<![^\W\d_])(?:{'|'.join(sorted(CODES))}|Rs\.?)(?![^\W\d_])"
    r"|(?<![^\W\d_])(?:[Pp]er ?cent|pct|[Pp]ercentage points?|basis points?|Prozent|pour cent|por ciento)"
    r"(?![^\W_])"
    rf"|(?<![^\W\d_])(?:cents?|pence|(?i:{_NAME_PATTERN})s?)(?![^\W_])"
)
# Whether a unit begins at a place: told first by one character, which the expression can run through quickly.
_SOME_UNIT = re.compile(
    rf"[{''.join(sorted({sign[-1] for sign in SIGNS} | {'%'} | _first_letters()))}]"
    rf"(?:(?<=[{''.join(sorted({sign[-1] for sign in SIGNS}))}%])|(?<![^\W\d_].)(?<=(?={_UNIT.pattern}).))"
)
_BETWEEN = re.compile(r"\b(?:between|entre|zwischen) (?:an? )?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:an? |about |around |just |roughly )?$", re.IGNORECASE)
_RANGING = re.compile(
    r"\b(?:rang\w+|var\w+|anywhere|somewhere) from (?:an? |about |around )?$", re.IGNORECASE
)


def find_figures(source: Source) -> tuple[Figure, ...]:
    """Find the amounts of money and the percentages of a source, outside its muted zones, in order."""
    spans = [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted] or [
        (0, len(source.text))
    ]
    if source.zones and all(zone.kind.muted for zone in source.zones):
        return ()
    return tuple(figure for start, end in spans for figure in _figures(source.text, start, end))


def _figures(text: str, start: int, end: int) -> Iterator[Figure]:
    """Yield the figures of one stretch of text."""
    amounts: list[_Amount] = []
    floor = start
    for match in _units(text, start, end):
        if match.start() < floor:
            continue
        read = _read(text, match, floor, end)
        if not read:
            continue
        floor = read[-1].end
        merged = _merged(text, amounts[-1], read[0], start) if amounts and len(read) == 1 else None
        if merged is not None:
            amounts.pop()
        amounts.extend(merged or read)
    for amount in amounts:
        yield _figure(text, amount, start, end)


def _units(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what ``_UNIT`` finds, one after the other."""
    at = start
    for place in _SOME_UNIT.finditer(text, start, end):
        if place.start() >= at and (match := _UNIT.match(text, place.start(), end)):
            at = match.end()
            yield match


def _read(text: str, match: re.Match[str], floor: int, end: int) -> tuple[_Amount, ...]:
    """Read the number that belongs to a unit found at ``match``, not before ``floor`` nor after ``end``."""
    found, start = match.group(), match.start()
    if found[-1] == "%":
        return _backward(text, floor, start, match.end(), "percent")
    sign = found
    if not found[0].isalpha():
        prefix = _SIGN_PREFIX.search(text, max(floor, start - 3), start)
        if prefix is not None and prefix.group() + found in SIGNS:
            sign, start = prefix.group() + found, prefix.start()
    unit = SIGNS.get(sign) or (found if found in CODES else "INR" if found.startswith("Rs") else "")
    if unit:
        forward = _forward(text, start, match.end(), end, unit)
        return forward or _in_digits(text, _backward(text, floor, match.start(), match.end(), unit))
    name = found.lower()
    name = (
        name.removesuffix("s")
        if name.removesuffix("s") in (*CURRENCY_NAMES, "percentage point", "basis point")
        else name
    )
    if name in CURRENCY_NAMES:
        return _named(text, floor, start, match.end(), name)
    if name in SMALL_CHANGE:
        unit, share = SMALL_CHANGE[name], 0.01
    else:
        unit, share = "percentage points" if "point" in name else "percent", 1.0
    return tuple(
        replace(amount, factor=amount.factor * share)
        for amount in _backward(text, floor, start, match.end(), unit)
    )


def _in_digits(text: str, amounts: tuple[_Amount, ...]) -> tuple[_Amount, ...]:
    """Drop amounts in words: "a" before a lone sign is no number."""
    return tuple(amount for amount in amounts if re.search(r"\d", text[amount.start : amount.end]))


def _named(text: str, floor: int, start: int, stop: int, name: str) -> tuple[_Amount, ...]:
    """Read an amount before the name of a currency, as in ``three million Canadian dollars``."""
    unit, number_end = CURRENCY_NAMES[name], start
    people = _PEOPLE_BEFORE.search(text, max(floor, start - 16), start)
    if people is not None:
        unit, number_end = CURRENCY_OF_PEOPLE[people.group(1).lower()], people.start()
    vague = _VAGUE_BEFORE.search(text, max(floor, start - 40), start)
    if vague is not None:
        size, tens = vague.group("size").lower().removesuffix("s"), vague.group("tens")
        number, factor = _VAGUE[tens.lower()] if tens else 1.0, FACTORS[size]
        return (
            _Amount(
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
    if name in AMBIGUOUS_NAMES and people is None and any(amount.factor == 1.0 for amount in amounts):
        return ()
    return amounts


def _forward(text: str, start: int, number_start: int, end: int, unit: str) -> tuple[_Amount, ...]:
    """Read the number, or range of numbers, that stands after a currency's sign or code."""
    match = _AFTER_SIGN.match(text, number_start, end)
    if match is None:
        return ()
    number, factor = number_of(match.group("number")), factor_of(match.group("multiplier"))
    minus = text[start - 1 : start] in ("-", "−") and (start < 2 or text[start - 2] in " (\n\u00a0")
    if minus:
        start, number = start - 1, -number
    single = _Amount(start, match.end("multiplier"), unit, number, factor)
    if match.group("second") is None:
        return (single,)
    second, second_factor = number_of(match.group("second")), factor_of(match.group("second_multiplier"))
    if match.group("join") == " to " and second_factor == 1.0:
        return (single,)  # "paid $5 to 10 people"
    low = _Amount(start, match.end("multiplier"), unit, number, factor)
    high = _Amount(match.start("second"), match.end(), unit, second, second_factor)
    return _range(text, low, high, start)


def _backward(text: str, floor: int, number_end: int, stop: int, unit: str) -> tuple[_Amount, ...]:
    """Read the number, or range, that ends at ``number_end`` before a unit that ends at ``stop``."""
    begin = max(floor, number_end - 70)
    if not text[begin:number_end][-2:].strip(" \u00a0-").isalnum():
        return ()
    match = _BEFORE_UNIT.search(text, begin, number_end) or _GLUED_NUMBER.search(text, begin, number_end)
    if match is None:
        return ()
    groups = match.groupdict()
    hyphen = match.start() == floor and text[floor - 1 : floor] == "%"  # "14%-15%"
    start = match.start("sign") if groups["sign"] and not hyphen else match.start("number")
    number = number_of(match.group("number"))
    if groups["sign"] in ("-", "−") and not hyphen:
        number = -number
    high = _Amount(start, stop, unit, number, factor_of(match.group("multiplier")))
    if groups.get("low") is None:
        return (high,)
    if groups["join"].strip() == "and" and not _BETWEEN.search(
        text, max(floor, match.start() - 14), match.start()
    ):
        return (high,)
    low_text, low_factor = match.group("low"), factor_of(match.group("low_multiplier"))
    low = _Amount(match.start("low"), match.end("low_multiplier"), unit, number_of(low_text), low_factor)
    joined = _range(text, low, high, floor)
    is_range = len(joined) == 1 and joined[0].low is not None
    return joined if is_range or _changes(text, low.start) else (high,)


def _changes(text: str, start: int) -> bool:
    """Tell whether ``from`` before an amount speaks of a change, not of a range."""
    begin = max(0, start - 26)
    return _FROM.search(text, begin, start) is not None and _RANGING.search(text, begin, start) is None


def _range(text: str, low: _Amount, high: _Amount, floor: int) -> tuple[_Amount, ...]:
    """Join two amounts into a range; where they are no range, return the one or two that they are."""
    if low.factor == 1.0 and high.factor > 1.0 and low.number < high.number:
        low = replace(low, factor=high.factor)
    if low.start >= floor and _changes(text, low.start):
        return (low, high)
    if not 0 <= low.value < high.value:
        return (low,)
    middle = (low.value + high.value) / 2
    return (_Amount(low.start, high.end, high.unit, middle, 1.0, low.value, high.value),)


def _merged(text: str, left: _Amount, right: _Amount, floor: int) -> tuple[_Amount, ...] | None:
    """Return what two neighbouring amounts with a unit each make up together, None when nothing."""
    if left.unit != right.unit or left.low is not None or right.low is not None:
        return None
    gap = text[left.end : right.start]
    between = gap == " and " and _BETWEEN.search(text, max(floor, left.start - 14), left.start) is not None
    if not between and gap not in (" to ", "-", "–", "—", " - ", " – ", " — "):
        return None
    joined = _range(text, left, right, floor)
    return joined if len(joined) == 2 or joined[0].low is not None else None


def _figure(text: str, amount: _Amount, start: int, end: int) -> Figure:
    """Finish a figure: its hedge, and the bounds that the hedge sets."""
    kind = FigureKind.PERCENT if amount.unit.startswith("percent") else FigureKind.MONEY
    value, low, high = _exact(amount.value), amount.low, amount.high
    hedge = hedge_of(text, amount.start, amount.end, (start, end))
    if low is None:
        low, high = bounds(hedge, value)
    low, high = (None if low is None else _exact(low)), (None if high is None else _exact(high))
    span = text[amount.start : amount.end]
    return Figure(amount.start, amount.end, kind, value, amount.unit, low, high, hedge, span)


def _exact(value: float) -> float:
    """Drop the dust of binary fractions: 14.3 times a billion is 14300000000.0."""
    return float(f"{value:.12g}")
