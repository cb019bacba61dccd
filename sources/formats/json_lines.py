"""JSON Lines: one text a line, with ``id, title, text, publisher, author, date, url, story``.

Read line by line, so that a file may be far larger than what fits in memory. A line that cannot be read is
named, and the others go in.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from sources.errors import EmptyInput, Malformed
from sources.formats.field_map import NO_MAP, FieldMap
from sources.formats.parsing import (
    FieldError,
    address_field,
    date_field,
    one_line,
    partition,
    people_field,
)
from sources.formats.record_fields import has_usual_text, usual_fields
from sources.model import ParsedFile, ParsedSource, Zone, ZoneKind
from sources.text.boilerplate import muted_stretches
from sources.text.cleaning import clean_text, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

NAME = "jsonl"
BATCH = 2_000  # records a parcel
MOST_FAILURES = 10_000  # before there is a text: such a file is in another format
LONGEST_LINE = 20 * 1024 * 1024  # bytes
_BATCH_SIZE = 32 * 1024 * 1024  # code points of text a parcel
SUFFIXES = frozenset({".jsonl", ".ndjson"})


def matches(text: str, path: Path | None) -> bool:
    """Tell JSON Lines by the file's name, or by a first line that is a record with a text."""
    if path is not None and path.suffix.lower() in SUFFIXES:
        return True
    first = text.lstrip().partition("\n")[0]
    if not first.startswith("{"):
        return False
    try:
        record = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return has_usual_text(record)


def parse(text: str, path: Path | None, columns: FieldMap = NO_MAP) -> ParsedFile:
    """Read all records into one parcel; raises EmptyInput when there is no line with anything in it."""
    parsed_sources: list[ParsedSource] = []
    failures: list[str] = []
    warnings: list[str] = []
    for parsed_file in stream((line.encode() for line in text.split("\n")), path, columns):
        parsed_sources += parsed_file.sources
        failures += parsed_file.failures
        warnings += parsed_file.warnings
    if not parsed_sources and not failures:
        raise EmptyInput("holds no records", path=path)
    return ParsedFile(
        format=NAME, sources=tuple(parsed_sources), warnings=tuple(warnings), failures=tuple(failures)
    )


def stream(lines: Iterable[bytes], path: Path | None, columns: FieldMap = NO_MAP) -> Iterator[ParsedFile]:
    """Yield the records of ``lines`` in parcels of at most ``BATCH``; records of several stories are mixed.

    A line longer than ``LONGEST_LINE`` bytes is a failure; it need not be whole. Raises Malformed where the
    first parcel has nothing of a name in ``columns``.
    """
    columns = columns.fresh()
    parsed_sources: list[ParsedSource] = []
    failures: list[str] = []
    warnings: list[str] = []
    keys: dict[str, list[int]] = {}  # the hashes of the texts that came under each key
    size = failed = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = _record(line)
            given = usual_fields(record)
            parsed, said = parsed_record(given | columns.fields_of(record) if columns else given)
        except FieldError as error:
            failures.append(f"line {number}: {error}")
            failed += 1
            if failed == MOST_FAILURES and not keys:
                raise Malformed(f"holds no text in its first {number:,} lines", path=path) from None
            if len(failures) >= BATCH and not columns:
                yield ParsedFile(NAME, (), failures=tuple(failures))
                failures = []
            continue
        warnings += [f"line {number}: {sentence}" for sentence in said]
        texts = keys.setdefault(parsed.key, [])
        if hash(parsed.text) in texts:
            warnings.append(f"line {number} repeats an earlier record and was left out")
            continue
        texts.append(hash(parsed.text))
        if len(texts) > 1:
            warnings.append(f"line {number} has the id or title of an earlier record; both were kept")
            parsed = replace(parsed, key=f"{parsed.key}~{len(texts)}")
        parsed_sources.append(parsed)
        size += len(parsed.text)
        if len(parsed_sources) >= BATCH or size >= _BATCH_SIZE or len(warnings) >= BATCH:
            _check(columns, path)
            yield ParsedFile(NAME, tuple(parsed_sources), warnings=tuple(warnings), failures=tuple(failures))
            parsed_sources, failures, warnings, size = [], [], [], 0
    if parsed_sources or failures or warnings:
        _check(columns, path)
        yield ParsedFile(NAME, tuple(parsed_sources), warnings=tuple(warnings), failures=tuple(failures))


def _check(columns: FieldMap, path: Path | None) -> None:
    if missing := columns.missing():
        raise Malformed(missing, path=path)


def parsed_record(record: Mapping[str, object]) -> tuple[ParsedSource, tuple[str, ...]]:
    """Return the text of a record, and what is to be said of its fields.

    A field that cannot be read is left empty. Raises FieldError where there is no text.
    """
    said: list[str] = []

    def read(name: str, reader: Callable[[object], str | None]) -> str | None:
        try:
            return reader(record.get(name))
        except FieldError as error:
            said.append(f"{error} and was left empty")
            return None

    def line(name: str) -> str | None:
        return read(name, lambda value: one_line(value, name))

    text = record.get("text")
    if not isinstance(text, str):
        raise FieldError("has no 'text'" if text is None else "the field 'text' is not a text")
    text = clean_text(text)
    if not text.strip():
        raise FieldError("the text is empty")
    title, url = line("title"), read("url", address_field)
    parsed = ParsedSource(
        text=text,
        zones=_zones(text, title),
        key=line("id") or url or sha256_of(title or text)[:16],
        story=line("story"),
        title=title,
        publisher=line("publisher"),
        author=read("author", lambda value: people_field(value, "author")),
        date=read("date", date_field),
        url=url,
        language=line("language"),
    )
    return parsed, tuple(said)


def _record(line: bytes) -> dict[str, object]:
    if len(line) > LONGEST_LINE:
        raise FieldError(f"is longer than {LONGEST_LINE // 1024 // 1024} MB")
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode())
    except UnicodeDecodeError:
        raise FieldError("is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise FieldError(f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except (ValueError, RecursionError):
        raise FieldError("is not JSON that can be read") from None
    if not isinstance(record, dict):
        raise FieldError("is not a JSON object")
    return record


def _zones(text: str, title: str | None) -> tuple[Zone, ...]:
    """Mark furniture, and the title where the text repeats it as its first line."""
    first = text.partition("\n")[0]
    titled = title is not None and " ".join(first.split()) == title and len(first) < len(text)
    heading = [Zone(ZoneKind.HEADING, 0, len(first))] if titled else []
    return partition(text, [*heading, *muted_stretches(text, len(first) if titled else 0)])
