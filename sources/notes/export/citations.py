"""Sources, and the passages of them that notes stand on, as citations: BibTeX, CSL-JSON and RIS."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sources.model import LocatorKind
from sources.notes.export.bylines import PersonName, authors, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.model import OriginalPlace
    from sources.notes.export import CitedSource, NoteCollection

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
_WEB = re.compile(r"https?://[^\s<>\"\\{}|^`]+", re.IGNORECASE)


def date_parts(date: str | None) -> tuple[int, ...]:
    """Return year, month and day of an ISO 8601 date as far as it has them."""
    found = _DATE.match(date or "")
    return tuple(int(part) for part in found.groups() if part) if found else ()


def web_address(url: str | None) -> str | None:
    """Return ``url`` if it is an address on the web that needs no escaping, else None."""
    return url if url and _WEB.fullmatch(url) else None


class _Citation(NamedTuple):
    """What is cited: a source, or a passage of it with what a note says there; ``key`` names it."""

    key: str
    source: CitedSource
    place: OriginalPlace | None = None
    words: str = ""

    def pages(self, dash: str) -> str:
        """Return the first and the last page of the passage, empty where it is on none."""
        if self.place is None or self.place.kind is not LocatorKind.PAGE:
            return ""
        return dash.join(dict.fromkeys((self.place.first, self.place.last)))

    @property
    def remark(self) -> str:
        """The note, after the place of the passage where that is no page: records have no field for times."""
        timed = self.place is not None and not self.pages("")
        return ": ".join(part for part in (str(self.place) if timed else "", self.words) if part)


def _citations(collection: NoteCollection) -> Iterator[_Citation]:
    """Yield what is cited: where there are notes, each passage of theirs, else each source."""
    if not collection.notes:
        yield from (_Citation(str(source.ref), source) for source in collection.cited())
    for note in collection.in_order():
        for position, target in enumerate(note.targets, 1):
            if source := collection.sources.get(target.ref):
                quote = one_line(target.anchor.quote)
                words = " ".join(
                    part for part in (f"“{quote}”" if quote else "", one_line(note.text)) if part
                )
                key = f"{target.ref}#note-{note.id}{f'.{position}' if position > 1 else ''}"
                yield _Citation(key, source, target.place, words)


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
    """Return one ``@misc`` entry a source or passage; its key is the ref with a colon for the slash."""
    # Only this format needs them.
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field
    from bibtexparser.writer import BibtexFormat
    from bibtexparser.writer import write as typeset

    entries: list[Block] = [
        Entry(
            "misc",
            cited.key.replace("/", ":").replace("#", ":"),
            [Field(name, value) for name, value in _bibtex_fields(cited).items()],
        )
        for cited in _citations(collection)
    ]
    form = BibtexFormat()  # type: ignore[no-untyped-call]  # the package's own
    form.indent = "  "
    return str(typeset(Library(entries), form))


def escape_tex(text: str) -> str:
    """Return one line of ``text`` as TeX typesets it; it stays in Unicode, as current processors read it."""
    return one_line(text).translate(_TEX)


def _bibtex_fields(cited: _Citation) -> dict[str, str]:
    source = cited.source
    # A second pair of braces keeps capitals and names as they stand.
    fields = {
        "title": f"{{{{{escape_tex(source.title)}}}}}" if source.title else "",
        "author": " and ".join(
            escape_tex(name.inverted) if name.family else f"{{{escape_tex(name.given)}}}"
            for name in authors(source.author)
        ),
        "publisher": f"{{{escape_tex(source.publisher)}}}" if source.publisher else "",
        "url": web_address(source.url) or "",
        "language": escape_tex(source.language or ""),
        "urldate": (source.accessed or "")[:10],
        "pages": escape_tex(cited.pages("--")),
        "annote": escape_tex(cited.remark),
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
    """Return a JSON list of items of the type ``article-newspaper``, whose id is the ref, or a passage's."""
    items = [_csl_item(cited) for cited in _citations(collection)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


_LABELS = {LocatorKind.PAGE: "page", LocatorKind.TIME: "timestamp"}  # what CSL calls them


def _csl_item(cited: _Citation) -> dict[str, Any]:
    source = cited.source
    item: dict[str, Any] = {"id": cited.key, "type": "article-newspaper"}
    facts = {
        "title": one_line(source.title),
        "container-title": one_line(source.publisher),
        "URL": web_address(source.url),
        "language": source.language,
    }
    item |= {name: value for name, value in facts.items() if value}
    people = [
        {part: value for part, value in name._asdict().items() if value}
        if name.family
        else {"literal": name.given}
        for name in authors(source.author)
    ]
    if people:
        item["author"] = people
    if parts := date_parts(source.date):
        item["issued"] = {"date-parts": [list(parts)]}
    if parts := date_parts(source.accessed):
        item["accessed"] = {"date-parts": [list(parts)]}
    if cited.place is not None:
        item["locator"] = "-".join(dict.fromkeys((cited.place.first, cited.place.last)))
        item["custom"] = {"label": _LABELS[cited.place.kind]}  # items have no field for it, citations do
    if cited.words:
        item["annote"] = cited.words
    return item


def write_ris(collection: NoteCollection) -> str:
    """Return one record of the type NEWS a source, whose ID is the ref, or a passage."""
    # Only this format needs it.
    from rispy.writer import RisWriter  # type: ignore[import-untyped]

    class _Writer(RisWriter):  # type: ignore[misc]  # the package has no types
        def set_header(self, _count: int) -> str:
            return ""  # it would be a number on a line of its own, which the format does not have

    return str(_Writer().formats([_ris_record(cited) for cited in _citations(collection)]))


def _ris_date(parts: tuple[int, ...]) -> str:
    return "/".join([f"{part:02}" for part in parts] + [""] * (3 - len(parts))) if parts else ""


def _ris_name(name: PersonName) -> str:
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def _ris_record(cited: _Citation) -> dict[str, Any]:
    source = cited.source
    pages = cited.pages("\n").split("\n")
    parts = date_parts(source.date)
    record: dict[str, Any] = {
        "type_of_reference": "NEWS",
        "id": cited.key,
        "title": one_line(source.title),
        "authors": [_ris_name(name) for name in authors(source.author)],
        "secondary_title": one_line(source.publisher),
        "year": f"{parts[0]:04}" if parts else "",
        "date": _ris_date(parts),
        "language": one_line(source.language),
        "access_date": _ris_date(date_parts(source.accessed)),
        "start_page": one_line(pages[0]),
        "end_page": one_line(pages[-1]) if len(pages) > 1 else "",
        "notes": [cited.remark] if cited.remark else [],
        "urls": [url] if (url := web_address(source.url)) else [],
    }
    return {name: value for name, value in record.items() if value}
