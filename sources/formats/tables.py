"""JSON and CSV: files of records, with the fields of JSON Lines under their usual names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sources.errors import Malformed
from sources.formats.field_map import NO_MAP, FieldMap
from sources.formats.json_lines import parsed_record
from sources.formats.parsing import FieldError, why_no_json
from sources.formats.record_fields import USUAL_NAMES, has_usual_text, plain_name, usual_fields
from sources.model import ParsedFile, ParsedSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

JSON, CSV = "json", "csv"
JSON_SUFFIXES, CSV_SUFFIXES = frozenset({".json"}), frozenset({".csv", ".tsv"})
_TEXT_NAMES = ", ".join(USUAL_NAMES["text"][:7])  # what people are told
_LARGEST_CELL = 20 * 1024 * 1024  # characters
_MOST_FAILURES = 10_000  # that are named one by one
_DEEPEST = 3  # objects in each other in which the list of records is looked for


def matches_json(text: str, path: Path | None) -> bool:
    """Tell a JSON document by how it begins and ends, or by the file's name."""
    bare = text.strip()
    if path is not None and path.suffix.lower() in JSON_SUFFIXES:
        return bare[:1] in {"[", "{"}
    return (
        bare[:1] + bare[-1:] in {"[]", "{}"}
        and bare[1:].lstrip()[:1] in {"{", '"', "]", "}"}
        and _loads(bare) is not None
    )


def matches_csv(text: str, path: Path | None) -> bool:
    """Tell a table by the file's name, or by a first line that names a text and another field."""
    if path is not None and path.suffix.lower() in CSV_SUFFIXES:
        return True
    first = text.lstrip().partition("\n")[0][:2000]
    names = {plain_name(name.strip('"')) for name in first.split(_delimiter(first))}
    return (
        bool(names.intersection(USUAL_NAMES["text"]))
        and len(names) > 1
        and bool(names.intersection(USUAL_NAMES["title"]))
    )


def parse_json(text: str, path: Path | None, columns: FieldMap = NO_MAP) -> ParsedFile:
    """Read the records of a JSON document: a list, the longest list in an object, or one record.

    Raises Malformed for what is no JSON or has no records.
    """
    try:
        loaded = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise Malformed(f"is not JSON: {why_no_json(error)}", path=path, line=line) from None
    records = _records_in(loaded, columns)
    if not records:
        raise Malformed("is JSON without records that have a text", path=path)
    numbered = ((f"record {number}", record) for number, record in enumerate(records, 1))
    return _parsed(JSON, numbered, columns.fresh(), path)


def parse_csv(text: str, path: Path | None, columns: FieldMap = NO_MAP) -> ParsedFile:
    """Read a table with a line of names, a text a row; raises Malformed where no column is the text."""
    import csv
    import io

    csv.field_size_limit(_LARGEST_CELL)
    first = text.lstrip().partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text.lstrip()), delimiter=_delimiter(first))
    names = [plain_name(name) for name in rows.fieldnames or ()]
    columns = columns.fresh()
    columns.meet(rows.fieldnames or ())
    if not columns.has("text") and not set(names).intersection(USUAL_NAMES["text"]):
        raise Malformed(
            f"is a table in which no column is named as a text ({_TEXT_NAMES}); "
            f"there are: {', '.join(rows.fieldnames or ())} (--map text=COLUMN says which it is)",
            path=path,
            line=1,
        )
    try:
        filled = ((f"line {rows.line_num}", row) for row in rows if any(row.values()))
        return _parsed(CSV, filled, columns, path)
    except csv.Error as error:
        raise Malformed(f"is a table that cannot be read: {error}", path=path, line=rows.line_num) from None


def _parsed(
    name: str,
    records: Iterable[tuple[str, Mapping[str, object]]],
    columns: FieldMap,
    path: Path | None,
) -> ParsedFile:
    parsed_sources: list[ParsedSource] = []
    warnings: list[str] = []
    failures: list[str] = []
    failed = 0
    for place, record in records:
        given = usual_fields(record)
        try:
            parsed, said = parsed_record(given | columns.fields_of(record) if columns else given)
        except FieldError as error:
            failed += 1
            if failed == _MOST_FAILURES and not parsed_sources:
                raise Malformed(f"holds no text in its first {failed:,} records", path=path) from None
            if failed <= _MOST_FAILURES:
                failures.append(f"{place}: {error}")
            continue
        parsed_sources.append(parsed)
        warnings += [f"{place}: {sentence}" for sentence in said]
    if failed > _MOST_FAILURES:
        failures.append(f"{failed - _MOST_FAILURES:,} more could not be read")
    if missing := columns.missing():
        raise Malformed(missing, path=path)
    return ParsedFile(name, tuple(parsed_sources), warnings=tuple(warnings), failures=tuple(failures))


def _records_in(loaded: object, columns: FieldMap, deep: int = 0) -> list[Mapping[str, object]]:
    """Return the records of a document: those of the longest list in it, else itself where it has a text."""
    if isinstance(loaded, list):
        return [each for each in loaded if isinstance(each, dict)]
    if not isinstance(loaded, dict) or deep > _DEEPEST:
        return []
    if columns.has_text(loaded):
        return [loaded]
    found = [_records_in(value, columns, deep + 1) for value in loaded.values()]
    longest = max(found, key=len, default=[])
    return longest if longest or not has_usual_text(loaded) else [loaded]


def _delimiter(first: str) -> str:
    return max(",;\t|", key=first.count)


def _loads(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
