"""What the formats share: zones that account for every character, and the single values a file states."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING

from sources.model import Span, Zone, ZoneKind
from sources.text.cleaning import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_VISIBLE = re.compile(r"\S")


def lines_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the span of each line of ``text[start:end]``, its line feed left out."""
    stop = len(text) if end is None else end
    at = start
    while at < stop:
        feed = text.find("\n", at, stop)
        line_end = stop if feed < 0 else feed
        yield Span(at, line_end)
        at = line_end + 1


def partition(text: str, marked: Iterable[Zone]) -> tuple[Zone, ...]:
    """Return zones that cover all of ``text`` in order: those of ``marked``, and body between them.

    Where two of ``marked`` overlap, the one that begins first keeps the ground. White space between two
    zones belongs to the zone before it; white space at the very beginning to the first zone.
    """
    zones: list[Zone] = []
    at = 0
    for zone in sorted(marked, key=lambda each: each.start):
        start, end = max(at, zone.start), min(zone.end, len(text))
        if start >= end or not text[start:end].strip():
            continue
        _fill(zones, text, at, start)
        _append(zones, Zone(zone.kind, zones[-1].end if zones else 0, end))
        at = end
    _fill(zones, text, at, len(text))
    return tuple(zones)


def _fill(zones: list[Zone], text: str, start: int, end: int) -> None:
    """Account for ``text[start:end]``, which no marked zone claims."""
    if start >= end:
        return
    visible = _VISIBLE.search(text, start, end)
    if zones:
        seam = visible.start() if visible else end
        zones[-1] = Zone(zones[-1].kind, zones[-1].start, seam)
        start = seam
    if visible or start < end:
        _append(zones, Zone(ZoneKind.BODY, start, end))


def _append(zones: list[Zone], zone: Zone) -> None:
    """Add ``zone``, joined with the one before it when both are alike; each heading stays its own."""
    if zones and zones[-1].kind is zone.kind and zone.kind is not ZoneKind.HEADING:
        zones[-1] = Zone(zone.kind, zones[-1].start, zone.end)
    else:
        zones.append(zone)


_MONTH_NAMES = {
    "jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4, "may": 5,
    "jun": 6, "june": 6, "jul": 7, "july": 7, "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9,
    "oct": 10, "october": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
}  # fmt: skip

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")  # where dots are written the day comes first
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3}|\.\d{1,9})?")  # seconds, or milliseconds; from 1973 on
_TIME = re.compile(
    r"(?:,| at|,? -|,? \|)? \d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?"
    r"(?:,? \(?[A-Z]{1,5}(?:[+-]\d{1,2})?\)?)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE
)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})\.?,?\s+(\d{4})")


def parse_date(text: str) -> str | None:
    """Return ``text`` as an ISO 8601 year, month, day or moment; None when it is no date.

    Understood are ISO 8601 itself, ``2031/6/12``, ``12.6.2031``, ``12 June 2031``, ``June 12, 2031``, ``June
    2031`` with or without a weekday or a time of day, and RFC 2822. ``12/6/2031`` is not: nobody can say
    which number is the month.
    """
    said = " ".join(text.split())
    if not said or len(said) > 80:
        return None
    for read in (_numeric, _written, _iso_moment, _mail_moment, _timed):
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
    if match := _DOTTED.fullmatch(said):
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
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


def _timed(said: str) -> str | None:
    """Read a day behind which a time of day is written, which may be of any zone."""
    time = _TIME.search(said)
    day = said[: time.start()] if time is not None and time.end() == len(said) else ""
    return (_numeric(day) or _written(day)) if day else None


def why_no_json(error: Exception) -> str:
    """Return why a document is no JSON that can be read, from what the reader raised, as a clause."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(getattr(error, "msg", "it has a number that is too long"))


# Single values that a file states about a text: title, publisher, author, date, address.

_LONGEST = 1000
_MOST_PEOPLE = 20
_WIKILINK = re.compile(r"\[\[([^\[\]|]{1,200})(?:\|([^\[\]]{1,200}))?\]\]")
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]{3,2000}", re.IGNORECASE)


class FieldError(ValueError):
    """A field holds what it may not; the text is a clause that names the field, without a place."""


def one_line(value: object, name: str) -> str | None:
    """Return a field's text on one line, None when it is empty; raises FieldError when it is no text."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise FieldError(f"the field {name!r} is not a text")
    if isinstance(value, float) and not math.isfinite(value):
        return None  # how tables write that there is none
    text = " ".join(clean_text(unescape(str(value))).split())
    return _WIKILINK.sub(lambda link: link[2] or link[1], text)[:_LONGEST] or None


def people_field(value: object, name: str) -> str | None:
    """Return one author, or a list of them; raises FieldError for what is neither."""
    if isinstance(value, dict):
        value = value.get("name")
    if not isinstance(value, list):
        return one_line(value, name)
    people = [
        one_line(each.get("name") if isinstance(each, dict) else each, name) for each in value[:_MOST_PEOPLE]
    ]
    return ", ".join(person for person in people if person) or None


def date_field(value: object) -> str | None:
    """Return a date field in ISO 8601, seconds since 1970 too; raises FieldError for what is no date."""
    said = one_line(value, "date")
    if said is None:
        return None
    counted = _EPOCH.fullmatch(said)
    found = datetime.fromtimestamp(int(counted[1]), UTC).isoformat() if counted else parse_date(said)
    if found is None:
        raise FieldError(f"{said[:60]!r} is not a date (write 2031-06-12, 2031-06 or 12 June 2031)")
    return found


def address_field(value: object) -> str | None:
    """Return a web address; raises FieldError for what is none."""
    said = one_line(value, "url")
    if said is None:
        return None
    if said.lower().startswith("www."):
        said = f"https://{said}"
    if not _ADDRESS.fullmatch(said):
        raise FieldError(f"the address {said[:60]!r} is not one that begins with http:// or https://")
    return said
