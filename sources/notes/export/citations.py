"""Sources as citations: BibTeX, CSL-JSON and RIS."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sources.notes.export import CitedSource, NoteCollection

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


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Braces are counted by BibTeX even after a backslash, so they need names of their own.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
        "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", '"': r"\textquotedbl{}",
    }
)  # fmt: skip


def write_bibtex(collection: NoteCollection) -> str:
    """Return one ``@misc`` entry a source, by ref; its key is the ref with a colon for the slash."""
    # Only this format needs them.
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field
    from bibtexparser.writer import BibtexFormat
    from bibtexparser.writer import write as typeset

    entries: list[Block] = [
        Entry(
            "misc",
            str(source.ref).replace("/", ":"),
            [Field(name, value) for name, value in _bibtex_fields(source).items()],
        )
        for source in collection.cited()
    ]
    form = BibtexFormat()  # type: ignore[no-untyped-call]  # the package's own
    form.indent = "  "
    return str(typeset(Library(entries), form))


def escape_tex(text: str) -> str:
    """Return one line of ``text`` as TeX typesets it; it stays in Unicode, as current processors read it."""
    return one_line(text).translate(_TEX)


def _bibtex_fields(source: CitedSource) -> dict[str, str]:
    # A second pair of braces keeps capitals and names as they stand.
    fields = {
        "title": f"{{{{{escape_tex(source.title)}}}}}" if source.title else "",
        "author": " and ".join(
            f"{escape_tex(name.family)}, {escape_tex(name.given)}"
            if name.family
            else f"{{{escape_tex(name.given)}}}"
            for name in authors(source.author)
        ),
        "publisher": f"{{{escape_tex(source.publisher)}}}" if source.publisher else "",
        "url": web_address(source.url) or "",
        "language": escape_tex(source.language or ""),
        "urldate": (source.accessed or "")[:10],
    }
    for name, part in zip(("year", "month", "day"), date_parts(source.date), strict=False):
        fields[name] = _MONTHS[part - 1] if name == "month" and 1 <= part <= 12 else str(part)
    plain = {"month"}
    return {
        name: value if name in plain or value.startswith("{{") else f"{{{value}}}"
        for name, value in sorted(fields.items())
        if value
    }


def write_csl(collection: NoteCollection) -> str:
    """Return a JSON list of items of the type ``article-newspaper``, by ref, which is also their id."""
    items = [_csl_item(source) for source in collection.cited()]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _csl_item(source: CitedSource) -> dict[str, Any]:
    item: dict[str, Any] = {"id": str(source.ref), "type": "article-newspaper"}
    facts = {
        "title": one_line(source.title),
        "container-title": one_line(source.publisher),
        "URL": web_address(source.url),
        "language": source.language,
    }
    item |= {name: value for name, value in facts.items() if value}
    people = [
        {"family": name.family, "given": name.given} if name.family else {"literal": name.given}
        for name in authors(source.author)
    ]
    if people:
        item["author"] = people
    if parts := date_parts(source.date):
        item["issued"] = {"date-parts": [list(parts)]}
    if parts := date_parts(source.accessed):
        item["accessed"] = {"date-parts": [list(parts)]}
    return item


def write_ris(collection: NoteCollection) -> str:
    """Return one record of the type NEWS a source, by ref, which is also its ID."""
    # Only this format needs it.
    from rispy.writer import RisWriter  # type: ignore[import-untyped]

    class _Writer(RisWriter):  # type: ignore[misc]  # the package has no types
        def set_header(self, _count: int) -> str:
            return ""  # it would be a number on a line of its own, which the format does not have

    return str(_Writer().formats([_ris_record(source) for source in collection.cited()]))


def _ris_date(parts: tuple[int, ...]) -> str:
    return "/".join([f"{part:02}" for part in parts] + [""] * (3 - len(parts))) if parts else ""


def _ris_record(source: CitedSource) -> dict[str, Any]:
    parts = date_parts(source.date)
    record: dict[str, Any] = {
        "type_of_reference": "NEWS",
        "id": str(source.ref),
        "title": one_line(source.title),
        "authors": [
            f"{name.family}, {name.given}" if name.family else name.given for name in authors(source.author)
        ],
        "secondary_title": one_line(source.publisher),
        "year": f"{parts[0]:04}" if parts else "",
        "date": _ris_date(parts),
        "language": one_line(source.language),
        "access_date": _ris_date(date_parts(source.accessed)),
        "urls": [url] if (url := web_address(source.url)) else [],
    }
    return {name: value for name, value in record.items() if value}
