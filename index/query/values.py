"""The values that follow a field that is no text: dates, numbers, stories, references, figures, tags."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

from index.analysis import CAPITALS_MARK, tokens
from index.query.tree import Dates, Figures, InStory, IsRef, Numbers, Tagged, Word
from sources.errors import QueryError
from sources.model import SUMMARY, Ref, is_slug
from sources.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.query.amounts import Written
    from index.query.tree import Leaf
    from sources.model import Span

_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_IN_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})[ -])?(?P<month>[a-z]{3,9})\.?[ -](?:(?P<second>\d{1,2}),? )?(?P<year>\d{4})",
    re.ASCII | re.IGNORECASE,
)
_DATED = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?(?!-?\d)", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,9}")
_COMPARISON = re.compile(r"(>=|<=|>|<|=)(.*)", re.DOTALL)


class _Value:
    """A value as typed, its place, and the query it stands in for the sake of error messages."""

    def __init__(self, query: str, text: str, span: Span, hint: str) -> None:
        self.query = query
        self.text = text
        self.span = span
        self.hint = hint

    def error(self, message: str, *, shift: int = 0) -> QueryError:
        """Return the error that points at this value, or ``shift`` code points into it."""
        return QueryError(message, query=self.query, position=self.span.start + shift, hint=self.hint)


def field_value(field: str, query: str, text: str, span: Span) -> Leaf:
    """Read what follows ``field:``; raise QueryError where it is no such value."""
    if field in {"tag", "label"}:
        return _tagged(field, _Value(query, text, span, f"write one word such as {field}:claim"))
    read, hint = _READERS[field]
    return read(_Value(query, text, span, hint))


def _dates(value: _Value) -> Dates:
    low_text, high_text = _bounds(value)
    low = _day(value, low_text, last=False) if low_text else None
    high = _day(value, high_text, last=True) if high_text else None
    if value.text.startswith(">") and not value.text.startswith(">="):
        low = _neighbour(value, _day(value, low_text, last=True), 1)
    elif value.text.startswith("<") and not value.text.startswith("<="):
        high = _neighbour(value, _day(value, high_text, last=False), -1)
    if low is not None and high is not None and low > high:
        raise value.error("this range of dates runs backwards")
    return Dates(value.text, value.span, low, high)


def _bounds(value: _Value) -> tuple[str, str]:
    """Split a value into its lower and upper bound; a plain value is both."""
    comparison = _COMPARISON.fullmatch(value.text)
    if comparison is not None:
        if not comparison[2]:
            raise value.error(f"nothing follows {comparison[1]}", shift=len(comparison[1]))
        if comparison[1] == "=":
            return comparison[2], comparison[2]
        return (comparison[2], "") if comparison[1].startswith(">") else ("", comparison[2])
    low, dots, high = value.text.partition("..")
    if not dots:
        return value.text, value.text
    if not low and not high:
        raise value.error("this range has neither beginning nor end")
    return low, high


def _day(value: _Value, text: str, *, last: bool) -> str:
    """Return the first or last day of the year, month or day that ``text`` names."""
    shift = max(value.text.find(text), 0)
    match = _DATE.fullmatch(_in_digits(text.strip()))
    if match is None:
        raise value.error("this is no date", shift=shift)
    year, month, day = match.groups()
    month_number = int(month or (12 if last else 1))
    if not 1 <= month_number <= 12 or int(year) < 1:
        raise value.error("there is no such month", shift=shift)
    length = last_day(int(year), month_number)
    day_number = int(day or (length if last else 1))
    if not 1 <= day_number <= length:
        raise value.error("there is no such day", shift=shift)
    return f"{year}-{month_number:02}-{day_number:02}"


def _in_digits(text: str) -> str:
    """Return a date such as ``12 June 2031`` or ``june-2031`` in digits, and any other text as it is."""
    match = _IN_WORDS.fullmatch(text)
    if match is None or (match["day"] and match["second"]):
        return text
    month = match["month"].lower()
    names = _MONTHS if len(month) == 3 else _LONG_MONTHS
    if month not in names:
        return text
    day = match["day"] or match["second"]
    return f"{match['year']}-{names.index(month) + 1}" + (f"-{day}" if day else "")


def last_day(year: int, month: int) -> int:
    """Return how many days a month has; ``year`` is 1 to 9999 and ``month`` 1 to 12."""
    return calendar.monthrange(year, month)[1]


def within(date: str, low: str | None, high: str | None) -> bool:
    """Tell whether all of the day, month or year that ``date`` begins with lies in ``low``..``high``."""
    if _DATED.match(date) is None or date.startswith("0000"):
        return False
    day = date[:10]
    first = day + "-01-01"[: 10 - len(day)] if len(day) < 7 else (day + "-01")[:10]
    last = day + "-12-31" if len(day) < 7 else day
    if len(day) == 7:
        last = f"{day}-{last_day(int(day[:4]), int(day[5:]))}"
    return (low is None or first >= low) and (high is None or last <= high)


def _neighbour(value: _Value, day: str, days: int) -> str:
    """Return the day ``days`` after ``day``."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()
    except OverflowError:
        raise value.error("no day lies beyond this one") from None


def _numbers(value: _Value) -> Numbers:
    if value.text.casefold() == SUMMARY:
        return Numbers(value.text, value.span, None, None)
    low_text, high_text = _bounds(value)
    for text in (low_text, high_text):
        if text and _NUMBER.fullmatch(text) is None:
            raise value.error("this is no source number", shift=max(value.text.find(text), 0))
    step = 1 if value.text.startswith((">", "<")) and not value.text.startswith((">=", "<=")) else 0
    low = int(low_text) + step if low_text else 1
    high = int(high_text) - step if high_text else 999_999_999
    if low > high:
        raise value.error("no number lies in this range")
    return Numbers(value.text, value.span, low, high)


def _story(value: _Value) -> InStory:
    text = value.text.casefold()
    slug, begins = (text[:-1], True) if text.endswith("*") else (text, False)
    if not is_slug(slug.rstrip("-") if begins else slug):
        raise value.error("this is no story's name")
    return InStory(value.text, value.span, slug, begins)


def _reference(value: _Value) -> IsRef:
    ref = Ref.parse(value.text.casefold())
    if ref is None:
        raise value.error("this names no source")
    return IsRef(value.text, value.span, ref)


def _figures(value: _Value) -> Figures:
    from index.query import amounts

    low_text, high_text = _bounds(value)
    if low_text == high_text and amounts.read_amount(low_text) is None:
        low_text, high_text = _parted(low_text)
    low, high = (_amount(value, text) if text else None for text in (low_text, high_text))
    units = {written.unit for written in (low, high) if written is not None and written.unit is not None}
    if len(units) > 1:
        raise value.error("the ends of this range are of two kinds")
    least, greatest = (None if written is None else written.value for written in (low, high))
    if least is not None and greatest is not None and least > greatest:
        raise value.error("this range of figures runs backwards")
    outer = amounts.widened(least, greatest)
    if value.text.startswith((">", "<")) and not value.text.startswith((">=", "<=")):
        # Just beyond the value itself, which is not wanted.
        outer = (
            None if least is None else least + abs(least - (outer[0] or 0.0)),
            None if greatest is None else greatest - abs((outer[1] or 0.0) - greatest),
        )
    return Figures(value.text, value.span, next(iter(units), None), *outer)


def _parted(text: str) -> tuple[str, str]:
    """Split a range written with a dash or ``to``; any other text is both of its ends."""
    parts = re.split(r"\s*[-–—]\s*|\s+to\s+", text, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else (text, text)


def _amount(value: _Value, text: str) -> Written:
    from index.query.amounts import read_amount

    written = read_amount(text)
    if written is None:
        raise value.error("this is no amount", shift=max(value.text.find(text), 0))
    return written


def _tagged(field: str, value: _Value) -> Tagged:
    text = re.sub(r"\s+", "-", value.text.strip().lstrip("#").strip())
    begins = text.endswith("*")
    word = fold(text.rstrip("*"))
    if not word or "*" in word:
        raise value.error(f"this is no {field}")
    return Tagged(value.text, value.span, field, word, begins)


def _capitals(value: _Value) -> Word:
    found = list(tokens(value.text))
    word = found[0].norm.replace(".", "") if len(found) == 1 else ""
    if len(word) < 2 or not word[0].isalpha():
        raise value.error("caps: takes one word of at least two letters")
    return Word(value.text, value.span, None, CAPITALS_MARK + word, exact=True)


_READERS: dict[str, tuple[Callable[[_Value], Leaf], str]] = {
    "date": (
        _dates,
        "write a day, month or year such as date:2031-06-12, or a range such as date:2031-05..2031-06",
    ),
    "number": (_numbers, "write number:4, number:2..5 or number:summary"),
    "figure": (_figures, "write an amount such as figure:$14.3bn, figure:>49% or figure:$14bn..15bn"),
    "story": (_story, "a story's name is lower-case words joined by hyphens"),
    "ref": (_reference, "write STORY/NUMBER or STORY/summary"),
    "caps": (_capitals, "write caps:US"),
}
