"""Sources as BibTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.notes.export.citing import authors, date_parts, one_line, web_address

if TYPE_CHECKING:
    from sources.notes.export.collection import CitedSource, NoteCollection

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Braces are counted by BibTeX even after a backslash, so they need names of their own.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
        "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", '"': r"\textquotedbl{}",
    }
)  # fmt: skip


def write(collection: NoteCollection) -> str:
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
            [Field(name, value) for name, value in _fields(source).items()],
        )
        for source in collection.cited()
    ]
    form = BibtexFormat()  # type: ignore[no-untyped-call]  # the package's own
    form.indent = "  "
    return str(typeset(Library(entries), form))


def escape(text: str) -> str:
    """Return one line of ``text`` as TeX typesets it; it stays in Unicode, as current processors read it."""
    return one_line(text).translate(_TEX)


def _fields(source: CitedSource) -> dict[str, str]:
    # A second pair of braces keeps capitals and names as they stand.
    fields = {
        "title": f"{{{{{escape(source.title)}}}}}" if source.title else "",
        "author": " and ".join(
            f"{escape(name.family)}, {escape(name.given)}" if name.family else f"{{{escape(name.given)}}}"
            for name in authors(source.author)
        ),
        "publisher": f"{{{escape(source.publisher)}}}" if source.publisher else "",
        "url": web_address(source.url) or "",
        "language": escape(source.language or ""),
    }
    for name, part in zip(("year", "month", "day"), date_parts(source.date), strict=False):
        fields[name] = _MONTHS[part - 1] if name == "month" and 1 <= part <= 12 else str(part)
    plain = {"month"}
    return {
        name: value if name in plain or value.startswith("{{") else f"{{{value}}}"
        for name, value in sorted(fields.items())
        if value
    }
