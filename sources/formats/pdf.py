"""PDF: its text by paragraphs, with the pages that a citation names; a scan without text is refused."""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING, Any, BinaryIO

from sources.errors import EmptyInput, Malformed, NeedsPackage, TooLarge
from sources.formats.article import SINGLE
from sources.formats.blocks import likely_title, put_together
from sources.formats.page_layout import PrintedLine, PrintedPage, printed_blocks
from sources.formats.parsing import one_line
from sources.model import ParsedFile, ParsedSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAME = "pdf"
SUFFIXES = frozenset({".pdf"})
LARGEST = 256 * 1024 * 1024  # bytes
MOST_PAGES = 3_000
MOST_OPERATORS = 1_000_000  # of one page
MOST_SECONDS = 300.0  # for all pages
_MOST_CHARACTERS = 20_000_000
_LEAST_READABLE = 0.7  # of the characters; fonts without a table of letters give signs of no meaning
_NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class _PageTooLarge(Exception):
    """A page has too many operators, or takes too long."""


def matches(head: bytes, path: Path | None) -> bool:  # noqa: ARG001 - every format is asked the same way
    """Tell a PDF by how it begins, some other bytes before that allowed."""
    return b"%PDF-" in head[:1024]


def read(file: BinaryIO, path: Path | None) -> Iterator[ParsedFile]:
    """Read the text of a PDF; raises InputError for one that is locked, damaged, or has no text."""
    try:
        import pypdf
    except ImportError:
        raise NeedsPackage("PDF", "pdf", path=path) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it warns of is said here, if it matters
    reader = _opened(pypdf, file, path)
    failures: list[str] = []
    pages = list(_pages(reader, failures, path))
    _refuse_unreadable(pages, failures, path)
    blocks = printed_blocks(pages)
    title, guessed = likely_title(_stated(reader, "title"), blocks)
    text, zones, locators = put_together(blocks)
    opening = text[:4000].casefold()
    author = _stated(reader, "author")
    parsed = ParsedSource(
        text,
        zones,
        key=SINGLE,
        title=title,
        # Programs write the name of the account there: it counts where the text names it too.
        author=author if author and author.casefold() in opening else None,
        language=_language(reader),
        locators=locators,
        guessed=("title",) if guessed else (),
    )
    yield ParsedFile(
        NAME, (parsed,), title=title, warnings=tuple(_without_text(pages)), failures=tuple(failures)
    )


def _opened(pypdf: Any, file: BinaryIO, path: Path | None) -> Any:
    file.seek(0, 2)
    if file.tell() > LARGEST:
        raise TooLarge(f"is larger than {LARGEST // 1024**2} MB", path=path)
    file.seek(0)
    try:
        reader = pypdf.PdfReader(file)
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
    except Exception as error:  # it raises whatever a damaged file leads to
        if type(error).__name__ in {"DependencyError", "WrongPasswordError", "FileNotDecryptedError"}:
            raise Malformed("is locked in a way that is not read", path=path) from None
        raise Malformed("is a damaged PDF, or was cut off", path=path) from None
    if locked:
        raise Malformed("is locked with a password", path=path)
    if count > MOST_PAGES:
        raise TooLarge(f"has {count:,} pages, more than {MOST_PAGES:,}", path=path)
    if count == 0:
        raise EmptyInput("is a PDF without pages", path=path)
    return reader


def _pages(reader: Any, failures: list[str], path: Path | None) -> Iterator[PrintedPage]:
    try:
        names = [str(name) for name in reader.page_labels]
    except Exception:  # labels that lead nowhere cost no text
        names = []
    until = time.monotonic() + MOST_SECONDS
    size = 0
    for number in range(len(reader.pages)):
        name = one_line(names[number], "page") if number < len(names) else None
        try:
            lines = tuple(_lines(reader.pages[number], until))
        except _PageTooLarge:
            failures.append(f"page {number + 1}: has too much on it, and was left out")
            continue
        except Exception as error:  # as above
            failures.append(f"page {number + 1}: cannot be read ({type(error).__name__})")
            continue
        size += sum(len(line.text) for line in lines)
        if size > _MOST_CHARACTERS:
            raise TooLarge(f"has more than {_MOST_CHARACTERS:,} characters", path=path)
        yield PrintedPage(name or str(number + 1), lines)


def _lines(page: Any, until: float) -> Iterator[PrintedLine]:
    """Yield the lines of a page in the order of the file."""
    pieces: list[tuple[str, float, float, float]] = []
    operators = 0

    def count(*_: object) -> None:
        nonlocal operators
        operators += 1
        if operators > MOST_OPERATORS or time.monotonic() > until:
            raise _PageTooLarge

    def gather(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
        pieces.append((text, x, y, abs(size or 1.0) * scale))

    page.extract_text(visitor_text=gather, visitor_operand_before=count)
    said, place = "", (0.0, 0.0, 10.0)
    for text, *at in pieces:
        x, y, size = at
        for number, part in enumerate(text.split("\n")):
            below = part.strip() and abs(y - place[1]) > 0.5 * max(size, place[2])
            if (number or below) and said.strip():
                yield PrintedLine(" ".join(said.split()), *place)
                said = ""
            if part.strip() and not said.strip():
                place = (x, y, size)
            said += part
    if said.strip():
        yield PrintedLine(" ".join(said.split()), *place)


def _refuse_unreadable(pages: Sequence[PrintedPage], failures: list[str], path: Path | None) -> None:
    letters = "".join(line.text for page in pages for line in page.lines)
    if not any(letter.isalnum() for letter in letters):
        if failures:
            raise Malformed(f"is a damaged PDF: {failures[0]}", path=path)
        said = "holds pictures of pages and no text, as a scan does: have it recognised (OCR) first"
        raise EmptyInput(said, path=path)
    if len(_NO_LETTER.findall(letters)) > (1 - _LEAST_READABLE) * len(letters):
        said = "does not say which letters its signs stand for: have it recognised (OCR) first"
        raise Malformed(said, path=path)


def _without_text(pages: Sequence[PrintedPage]) -> Iterator[str]:
    bare = [page.name for page in pages if not page.lines]
    if bare:
        names = ", ".join(bare[:5]) + (f" and {len(bare) - 5} more" if len(bare) > 5 else "")
        yield f"{len(bare)} of {len(pages)} pages have no text: {names}"


def _stated(reader: Any, name: str) -> str | None:
    try:
        return one_line(getattr(reader.metadata, name, None), name)
    except Exception:  # metadata that cannot be read costs no text
        return None


def _language(reader: Any) -> str | None:
    try:
        said = str(reader.trailer["/Root"].get("/Lang", ""))
    except Exception:  # as above
        return None
    return said if _LANGUAGE.fullmatch(said) else None
