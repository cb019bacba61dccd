"""Dates as people and programs write them, turned into ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_MONTH_NAMES = {
    "jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4, "may": 5,
    "jun": 6, "june": 6, "jul": 7, "july": 7, "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9,
    "oct": 10, "october": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
}  # fmt: skip

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"\d{4}")
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE
)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})\.?,?\s+(\d{4})")


def parse_date(text: str) -> str | None:
    """Return ``text`` as an ISO 8601 year, month, day or moment; None when it is no date.

    Understood are ISO 8601 itself, ``2031/6/12``, ``12 June 2031``, ``June 12, 2031``, ``June 2031`` with or
    without a weekday, and RFC 2822. ``12/6/2031`` is not: nobody can say which number is the month.
    """
    said = " ".join(text.split())
    if not said or len(said) > 80:
        return None
    for read in (_numeric, _written, _iso_moment, _mail_moment):
        try:
            found = read(said)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if found:
            return found
    return None


def _numeric(said: str) -> str | None:
    if match := _DAY.fullmatch(said) or _SLASHED.fullmatch(said) or _COMPACT.fullmatch(said):
        year, month, day = (int(part) for part in match.groups())
        return date(year, month, day).isoformat()
    if match := _MONTH.fullmatch(said):
        return date(int(match[1]), int(match[2]), 1).isoformat()[:7]
    return said if _YEAR.fullmatch(said) and int(said) > 0 else None


def _written(said: str) -> str | None:
    said = _WEEKDAY.sub("", said, count=1) if _WEEKDAY.match(said) else said
    if match := _DAY_MONTH.fullmatch(said):
        return date(int(match[3]), _month(match[2]), int(match[1])).isoformat()
    if match := _MONTH_DAY.fullmatch(said):
        return date(int(match[3]), _month(match[1]), int(match[2])).isoformat()
    if match := _MONTH_YEAR.fullmatch(said):
        return date(int(match[2]), _month(match[1]), 1).isoformat()[:7]
    return None


def _month(name: str) -> int:
    number = _MONTH_NAMES.get(name.lower())
    if number is None:
        raise ValueError(name)
    return number


def _iso_moment(said: str) -> str | None:
    return datetime.fromisoformat(said).isoformat() if _DAY.match(said) else None


def _mail_moment(said: str) -> str | None:
    return parsedate_to_datetime(said).isoformat() if ":" in said else None
