"""Reads counts with the noun that was counted, durations, and shares in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.figures import FigureReading
from sources.evidence.figures.number_words import (
    AMBIGUOUS_NAMES,
    CURRENCY_NAMES,
    NUMBER,
    PART,
    PARTS_IN_WORDS,
    UNITS_IN_WORDS,
    WHOLE_IN_WORDS,
    factor_of,
    number_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.figures.number_words import Triggers

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


def read_shares(text: str, start: int, end: int, places: Triggers) -> Iterator[FigureReading]:
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


def _share(match: re.Match[str]) -> FigureReading | None:
    name = next(name for name in ("part", "by", "half", "all") if match[name] is not None)
    words = match[name].lower().split()
    parts = PARTS_IN_WORDS[words[-1]]
    number = number_of(match["number"]) if match["number"] else 1.0
    if number >= parts:
        return None
    begin = match.start("number") if match["number"] else match.start(name)
    finish = match.end() if name == "part" else match.end(name)
    return FigureReading(begin, finish, "percent", 100.0 * number / parts, 1.0)


def _ratio(match: re.Match[str]) -> FigureReading | None:
    some, whole = number_of(match["some"]), number_of(match["whole"])
    if not some < whole <= _MOST_OFTEN or (whole > 100 and whole % 100):
        return None  # "two in 2031"
    return FigureReading(match.start(), match.end(), "percent", 100.0 * some / whole, 1.0)


# Counts with the noun that was counted, and durations: ``1,200 railway workers``, ``six to 12 months``.
#
# A number counts when a plural follows it, at most two describing words between. What has no plural
# after it (years, house, model and list numbers, scores) is no count. Where a duration belongs to a date
# ("three days ago", "over the past two weeks") the reader of dates has it. Ordinals and ages are left
# out.

# fmt: off
_PEOPLE_WORDS = """
    people men women children staff police personnel crew cattle sheep fish aircraft spacecraft
    livestock households teeth feet geese mice lives wives knives series species cod deer troops folk
    headcount
"""
_PEOPLE = frozenset(_PEOPLE_WORDS.split())
_SHORT_UNITS_WORDS = """
    km kg mg cm mm ml mph kph kmh kW MW GW TW kWh MWh GWh TWh GB TB MB km² m² ha
"""
_SHORT_UNITS = frozenset(_SHORT_UNITS_WORDS.split())
_VERBS_WORDS = """
    is was has does says tells goes comes makes takes gives gets wants needs knows thinks seems looks
    means shows keeps holds runs lets begins starts stands lies sits says adds calls asks works plays
    plans puts ranks wins loses beats leads hits sells buys pays offers allows becomes brings leaves
    turns remains includes appears provides contains requires faces covers this its his as less across
    yes always perhaps sometimes besides thus plus versus minus afterwards percent
"""
_VERBS = frozenset(_VERBS_WORDS.split())
_LINKS_WORDS = """
    of in on at to by for from with and or but nor than that which who whom whose when where while as if
    so the a an its his her their our my your this these those into over under after before between
    against about up down out off not no is are was were be been has have had do does did will would
    could should may might can says said per more less then there here ago later earlier since until
    during through each every both all some any other others just only even also still yet again against
    among amid via without within it he she they we you i me him them us what how why because though
    although since percentage basis per cent pct dollars euros
"""
_LINKS = frozenset(_LINKS_WORDS.split())
_TIMES = {
    "second": "seconds", "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks",
    "fortnight": "fortnights", "month": "months", "quarter": "quarters", "year": "years",
    "decade": "decades", "century": "centuries", "centurie": "centuries",
}
# fmt: on
_LONG_MULTIPLIER = r"(?:[ \u00a0-](?:hundred|thousand|million|billion|trillion|lakh|crore)\b){0,2}"
_ONE = rf"(?:{NUMBER}|(?i:{WHOLE_IN_WORDS})\b)"
_COUNT = re.compile(
    rf"(?<![\w.,:/$€£¥₹#&%+−’'-])(?:(?P<low>{_ONE})(?P<low_multiplier>{_LONG_MULTIPLIER})"
    rf"(?P<join> to | or | and | ?[-–] ?))?(?P<number>{_ONE})(?P<multiplier>{_LONG_MULTIPLIER})"
    r"(?P<gap>[ \u00a0-])(?P<rest>(?:more |other |new |additional |extra )?[^\W\d_][^\W\d_'’-]*)"
)
_WORD = re.compile(r"[ \u00a0]([^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*)")
_DATED_AFTER = re.compile(r" (?:ago|earlier|later|from now|hence)\b")
_DATED_BEFORE = re.compile(
    r"\b(?:past|last|next|previous|coming|preceding|following|within|recent|these) (?:the )?"
    r"(?:about |some )?$",
    re.IGNORECASE,
)
_BETWEEN_BEFORE = re.compile(r"\bbetween (?:about )?$", re.IGNORECASE)
_OLD = re.compile(r"[ -]olds?\b")
_LABEL_BEFORE = re.compile(
    r"(?:\b(?:No|no|nos|Nos|number|page|pages|chapter|room|route|line|flat|floor|box|vol|act|law|section|article"
    r"|article|version|size|channel|sector|phase|step|level|grade|class|type|model|series|season|part|item)\.?"
    r"|(?<![.!?:;”\"\n])(?<!^) [A-Z][\w.&’'-]*) $"
)
_VAGUE = re.compile(
    r"\b(?P<tens>(?i:tens|hundreds|thousands) of )?"
    r"(?P<size>(?i:dozens|scores|hundreds|thousands|millions|billions))"
    r" of(?P<noun> [a-z])"
)
_SIZES = {"dozens": (12.0, 96.0), "scores": (20.0, 100.0), "hundreds": (100.0, 1e3), "thousands": (1e3, 1e6),
          "millions": (1e6, 1e9), "billions": (1e9, 1e12)}  # fmt: skip
_SCALE_OF_TENS = {"tens": (10.0, 100.0), "hundreds": (100.0, 1000.0), "thousands": (1000.0, 1e6)}


def read_counts(text: str, start: int, end: int, places: Triggers) -> Iterator[FigureReading]:
    """Yield the counts and durations between ``start`` and ``end``; a duration's unit is in `DURATIONS`."""
    floor = start
    for place in places.numbers:
        match = _COUNT.match(text, place, end) if place >= floor else None
        amount = _counted(text, match, start, end) if match else None
        if amount is not None:
            floor = amount.end
            yield amount
    for place in places.vague:
        amount = _vague(text, max(start, place - 14), end)
        if amount is not None:
            yield amount


def _vague(text: str, begin: int, end: int) -> FigureReading | None:
    """Read such as ``hundreds of workers`` and ``tens of thousands of bees``, as ranges."""
    match = _VAGUE.search(text, begin, min(end, begin + 48))
    noun = _noun(text, match.start("noun"), end) if match else None
    if match is None or noun is None:
        return None
    low, high = _SIZES[match["size"].lower()]
    if match["tens"]:
        tens = _SCALE_OF_TENS[match["tens"].split()[0].lower()]
        low, high = low * tens[0], low * tens[1]
    return FigureReading(match.start(), noun[1], noun[0], low, 1.0, low, high)


DURATIONS = frozenset(_TIMES.values())


def _counted(text: str, match: re.Match[str], start: int, end: int) -> FigureReading | None:
    number_text = match["number"]
    if not match["multiplier"] and (_is_year(number_text) or number_text.lower() in {"zero", "a", "an"}):
        return None
    if match["gap"] == "-" or number_text[-1] not in "0123456789" or match["low"]:
        labelled = None
    else:
        labelled = _LABEL_BEFORE.search(text, max(start, match.start() - 24), match.start())
    found = (
        _glued_duration(text, match, end)
        if match["gap"] == "-"
        else _noun(text, match.end("multiplier"), end)
    )
    if found is None or (found[0] not in _COMMON and labelled is not None and number_of(number_text) < 1000):
        return None
    noun, finish = found
    if noun in DURATIONS and _belongs_to_date(text, match.start(), finish, start):
        return None
    if "." in number_text and not match["multiplier"] and noun not in _COMMON and noun not in _SHORT_UNITS:
        return None  # a version: nobody counts two and a half fixes
    if _OLD.match(text, finish, end):
        return None
    high = number_of(number_text) * factor_of(match["multiplier"])
    single = FigureReading(match.start("number"), finish, noun, high, 1.0)
    if match["low"] is None:
        return single
    low = number_of(match["low"]) * factor_of(match["low_multiplier"])
    if match["multiplier"] and not match["low_multiplier"] and low < number_of(number_text):
        low *= factor_of(match["multiplier"])
    joined = match["join"].strip() != "and" or _BETWEEN_BEFORE.search(
        text, max(start, match.start() - 16), match.start()
    )
    if not joined or not 0 <= low < high or _is_year(match["low"]):
        return single
    return FigureReading(match.start("low"), finish, noun, (low + high) / 2, 1.0, low, high)


_COMMON_WORDS = """
    people workers employees staff jobs homes houses men women children patients students soldiers
    passengers residents voters customers families miles kilometres kilometers metres meters tonnes tons
    litres acres hectares
"""
_COMMON = frozenset(_COMMON_WORDS.split()) | DURATIONS
_FURTHER = frozenset({"more", "other", "new", "additional", "extra", "fewer", "further"})


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and 1500 <= int(number) <= 2100


def _noun(text: str, place: int, end: int) -> tuple[str, int] | None:
    """Return the plural that ends a noun phrase at ``place``, and where it ends; None for another word."""
    for turn in range(4):
        match = _WORD.match(text, place, end)
        if match is None:
            return None
        word = match[1]
        small = word.lower()
        if small in _FURTHER and not turn:
            place = match.end()
            continue
        if small in _LINKS or small in _VERBS or (word != small and word not in _SHORT_UNITS):
            return None
        if _is_plural(small) or word in _SHORT_UNITS:
            unit = small if word not in _SHORT_UNITS else word
            return (unit, match.end()) if _may_be_counted(small) else None
        place = match.end()
    return None


def _is_plural(small: str) -> bool:
    return small in _PEOPLE or (
        len(small) > 3 and small.endswith("s") and not small.endswith(("ss", "us", "is", "ous", "'s", "’s"))
    )


def _may_be_counted(small: str) -> bool:
    bare = small.removesuffix("s")
    return (
        bare not in AMBIGUOUS_NAMES and bare not in CURRENCY_NAMES and bare not in {"cent", "point", "time"}
    )


_GLUED = re.compile(rf"[ \u00a0-](?P<time>{'|'.join(_TIMES)})(?![^\W_])(?!-olds?\b| old\b)")


def _glued_duration(text: str, match: re.Match[str], end: int) -> tuple[str, int] | None:
    """Read ``a five-year contract``; other glued words (``three-piece``) are no counts."""
    found = _GLUED.match(text, match.end("multiplier"), end)
    return (_TIMES[found["time"]], found.end()) if found else None


def _belongs_to_date(text: str, begin: int, finish: int, start: int) -> bool:
    return (
        _DATED_AFTER.match(text, finish) is not None
        or _DATED_BEFORE.search(text, max(start, begin - 32), begin) is not None
    )
