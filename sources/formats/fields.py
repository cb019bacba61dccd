"""Single values that a file states about a text: title, publisher, author, date, address."""

from __future__ import annotations

import re

from sources.formats.dates import parse_date
from sources.text.cleaning import clean_text

_LONGEST = 1000
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]{3,2000}", re.IGNORECASE)


class FieldError(ValueError):
    """A field holds what it may not; the text is a clause that names the field, without a place."""


def one_line(value: object, name: str) -> str | None:
    """Return a field's text on one line, None when it is empty; raises FieldError when it is no text."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise FieldError(f"the field {name!r} is not a text")
    text = " ".join(clean_text(str(value)).split())
    return text[:_LONGEST] or None


def date_field(value: object) -> str | None:
    """Return a date field in ISO 8601; raises FieldError for what is no date."""
    said = one_line(value, "date")
    if said is None:
        return None
    found = parse_date(said)
    if found is None:
        raise FieldError(f"the date {said[:60]!r} is none (write 2031-06-12, 2031-06 or 12 June 2031)")
    return found


def address_field(value: object) -> str | None:
    """Return a web address; raises FieldError for what is none."""
    said = one_line(value, "url")
    if said is None:
        return None
    if not _ADDRESS.fullmatch(said):
        raise FieldError(f"the address {said[:60]!r} is not one that begins with http:// or https://")
    return said
