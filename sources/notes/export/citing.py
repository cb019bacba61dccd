"""What the citation formats share: the names of authors, the parts of dates, addresses."""

from __future__ import annotations

import re
from typing import NamedTuple

_BETWEEN = re.compile(r"\s*(?:[;,]|\band\b|&)\s*")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
_WEB = re.compile(r"https?://[^\s<>\"\\{}|^`]+", re.IGNORECASE)


class PersonName(NamedTuple):
    """An author; ``family`` is empty where the name is not taken apart."""

    given: str
    family: str


def authors(byline: str | None) -> tuple[PersonName, ...]:
    """Return the authors that a byline names.

    A byline is taken apart only where it is nothing but names of two to four capitalised words; else it is
    one name as it stands, since a wrong division is worse than none.
    """
    line = one_line(byline)
    if not line:
        return ()
    names = _BETWEEN.split(line)
    if not all(_NAME.fullmatch(name) and all(word[0].isupper() for word in name.split()) for name in names):
        return (PersonName(line, ""),)
    return tuple(PersonName(*name.rsplit(" ", 1)) for name in names)


def date_parts(date: str | None) -> tuple[int, ...]:
    """Return year, month and day of an ISO 8601 date as far as it has them."""
    found = _DATE.match(date or "")
    return tuple(int(part) for part in found.groups() if part) if found else ()


def web_address(url: str | None) -> str | None:
    """Return ``url`` if it is an address on the web that needs no escaping, else None."""
    return url if url and _WEB.fullmatch(url) else None


def one_line(text: str | None) -> str:
    """Return ``text`` on one line, without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text or "").split())
