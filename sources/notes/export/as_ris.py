"""Sources as RIS, the form that most reference managers take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.notes.export.citing import authors, date_parts, one_line, web_address

if TYPE_CHECKING:
    from sources.notes.export.collection import CitedSource, NoteCollection


def write(collection: NoteCollection) -> str:
    """Return one record of the type NEWS a source, by ref, which is also its ID."""
    # Only this format needs it.
    from rispy.writer import RisWriter  # type: ignore[import-untyped]

    class _Writer(RisWriter):  # type: ignore[misc]  # the package has no types
        def set_header(self, _count: int) -> str:
            return ""  # it would be a number on a line of its own, which the format does not have

    return str(_Writer().formats([_record(source) for source in collection.cited()]))


def _record(source: CitedSource) -> dict[str, Any]:
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
        "date": "/".join([f"{part:02}" for part in parts] + [""] * (3 - len(parts))) if parts else "",
        "language": one_line(source.language),
        "urls": [url] if (url := web_address(source.url)) else [],
    }
    return {name: value for name, value in record.items() if value}
