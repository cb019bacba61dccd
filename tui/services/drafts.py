"""Drafts: texts that are in no library, as files have them or standard input."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from sources.errors import EmptyInput, TooLarge
from sources.evidence_cache.questions import DRAFT
from sources.formats import html, markdown, plain_text
from sources.formats.visible_text import visible_text
from sources.importing.files import opened, read_some
from sources.model import Origin, Ref, Source
from sources.text.cleaning import clean_text, decode, sha256_of

STANDARD_INPUT = "standard input"  # what a draft that is no file is called
_LARGEST = 4_000_000  # bytes


def read_draft(name: str, written: str) -> Source:
    """Return a text that is not in the library as a source: Markdown without its front matter, or plain text.

    Of a web page it is what the page shows. Raises EmptyInput and Malformed.
    """
    text = clean_text(written)
    path = None if name == STANDARD_INPUT else Path(name)
    called = name if path is None else path.name
    if is_page(name, text):
        text, path = clean_text(visible_text(text)), Path("page.md")
    if not text.strip():
        raise EmptyInput("is empty", path=name)
    origin = Origin(called, sha256_of(text), plain_text.NAME)
    ref = Ref(DRAFT, None)
    if not markdown.matches(text, path):
        return Source(ref, None, None, None, None, None, None, text, (), origin)
    (parsed,) = markdown.parse(text, path).sources
    return Source(
        ref,
        parsed.title,
        None,
        parsed.author,
        parsed.date,
        None,
        parsed.language,
        text,
        parsed.zones,
        Origin(origin.path, origin.sha256, markdown.NAME),
    )


def is_page(name: str, text: str) -> bool:
    """Tell whether a text is a web page, by the name of its file or by its beginning."""
    path = None if name == STANDARD_INPUT else Path(name)
    return html.matches(text, path) or (path is not None and path.suffix.lower() in html.SUFFIXES)


def draft_at(path: str, standard_input: BinaryIO) -> tuple[str, str]:
    """Return the name and the text of a file, not yet cleaned; ``-`` is standard input. Raises InputError."""
    if path == "-":
        name, data = STANDARD_INPUT, read_some(standard_input, _LARGEST + 1, STANDARD_INPUT)
    else:
        name = path
        with opened(Path(path)) as file:
            data = read_some(file, _LARGEST + 1, path)
    if len(data) > _LARGEST:
        raise TooLarge(f"is larger than {_LARGEST:,} bytes, which is too large for a draft", path=name)
    return name, decode(data, path=name)
