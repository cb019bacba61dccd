"""Citations, RIS, BibTeX and CSL-JSON: a source a record, its abstract as the text.

A record without one has its note as the text, or else its title, so that nothing is lost that was collected.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sources.errors import EmptyInput, Malformed
from sources.formats.blocks import Block, put_together
from sources.formats.parsing import FieldError, address_field, one_line, parse_date
from sources.formats.whole_page import whole_page
from sources.model import ParsedFile, ParsedSource, ZoneKind
from sources.text.cleaning import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

RIS, BIBTEX, CSL = "ris", "bibtex", "csl-json"
RIS_SUFFIXES = frozenset({".ris"})
BIBTEX_SUFFIXES = frozenset({".bib", ".bibtex"})
_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
_RIS = re.compile(r"\s*(?:Provider:[^\n]*\n|Database:[^\n]*\n|Content:[^\n]*\n|\s)*TY  - [A-Z]")
_BIBTEX = re.compile(r"\s*(?:%[^\n]*\n\s*)*@[A-Za-z]{2,40}\s*[{(]")
_FIELD = re.compile(r"\b(?:title|author|year|date)\s*=\s*[{\"\d]", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:p|div|br|jats:\w+|b|i|em|strong|sup|sub|span|h\d)\b[^<>]{0,200}>", re.IGNORECASE)
_NAMESPACE = re.compile(r"(</?)jats:(?:title\b)?")
_PARTS_OF_A_NAME = ("given", "non-dropping-particle", "family", "suffix")
# What each field is called, the likeliest first.
_RIS_TAGS: Mapping[str, tuple[str, ...]] = {
    "title": ("TI", "T1", "CT", "BT"),
    "author": ("AU", "A1"),
    "abstract": ("AB", "N2"),
    "note": ("N1", "RN"),
    "publisher": ("JF", "JO", "T2", "JA", "J2", "BT", "PB"),
    "date": ("DA", "Y1", "PY"),
    "url": ("UR", "L2", "LK"),
    "doi": ("DO",),
    "id": ("ID", "AN"),
    "language": ("LA",),
}
_BIBTEX_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "abstract": ("abstract",),
    "note": ("annote", "annotation", "note"),
    "publisher": (
        "journal",
        "journaltitle",
        "booktitle",
        "publisher",
        "institution",
        "school",
        "organization",
    ),
    "url": ("url", "howpublished"),
    "doi": ("doi",),
    "language": ("langid", "language"),
}


def matches_ris(text: str, path: Path | None) -> bool:  # noqa: ARG001 - every format is asked the same way
    """Tell RIS by its first tag, which is the type of a record."""
    return _RIS.match(text[:4000]) is not None


def matches_bibtex(text: str, path: Path | None) -> bool:
    """Tell BibTeX by how an entry begins, and by a field that only citations have, or the file's name."""
    named = path is not None and path.suffix.lower() in BIBTEX_SUFFIXES
    return named or (_BIBTEX.match(text[:4000]) is not None and _FIELD.search(text[:40_000]) is not None)


def matches_csl(text: str, path: Path | None) -> bool:  # noqa: ARG001 - every format is asked the same way
    """Tell CSL-JSON by its first record, which has a type and a title, and people or days as CSL has them."""
    if text.lstrip()[:1] != "[":
        return False
    records = _loaded(text)
    first = records[0] if isinstance(records, list) and records else None
    if not isinstance(first, dict) or not isinstance(first.get("type"), str) or "title" not in first:
        return False
    issued, people = first.get("issued"), first.get("author")
    if isinstance(issued, dict) and {"date-parts", "raw"} & issued.keys():
        return True
    person = people[0] if isinstance(people, list) and people else None
    return isinstance(person, dict) and bool({"family", "literal"} & person.keys())


def parse_ris(text: str, path: Path | None) -> ParsedFile:
    """Read the records of a RIS file; raises Malformed where there is none."""
    records: list[dict[str, list[str]]] = []
    last: list[str] | None = None
    for line in text.split("\n"):
        tag = _TAG.fullmatch(line.rstrip())
        if tag is None:
            if last and line.strip():
                last[-1] += f"\n{line.strip()}"
            continue
        if tag[1] == "TY":
            records.append({})
        if tag[1] == "ER" or not records:
            last = None
            continue
        last = records[-1].setdefault(tag[1], [])
        last.append((tag[2] or "").strip())
    return _parsed(RIS, (_of_ris(record) for record in records), path)


def _of_ris(record: Mapping[str, list[str]]) -> dict[str, str | None]:
    found = {
        field: next((value for tag in tags for value in record.get(tag, ()) if value), None)
        for field, tags in _RIS_TAGS.items()
    }
    people = [*record.get("AU", ()), *record.get("A1", ())]
    said = (found["date"] or "").replace("/", "-").strip("- ")
    return {**found, "author": _people(people), "date": said}


def parse_bibtex(text: str, path: Path | None) -> ParsedFile:
    """Read the entries of a BibTeX or BibLaTeX file, with the letters that LaTeX writes by commands."""
    import logging

    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import LatexDecodingMiddleware

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    records = [
        _of_bibtex(entry.key, {f.key.lower(): str(f.value) for f in entry.fields})
        for entry in library.entries
    ]
    failures = [
        f"line {(block.start_line or 0) + 1}: is an entry that cannot be read"
        for block in library.failed_blocks
    ]
    return _parsed(BIBTEX, records, path, failures)


def _of_bibtex(key: str, fields: Mapping[str, str]) -> dict[str, str | None]:
    found = {
        field: next((fields[name] for name in names if fields.get(name)), None)
        for field, names in _BIBTEX_FIELDS.items()
    }
    month = f"{fields['month']} " if fields.get("month") else ""
    date = fields.get("date") or f"{month}{fields.get('year', '')}"
    people = re.split(r"\s+and\s+", fields.get("author") or fields.get("editor") or "")
    return {**found, "author": _people(people), "date": date, "id": key}


def parse_csl(text: str, path: Path | None) -> ParsedFile:
    """Read the records of a CSL-JSON document; raises Malformed for what is none."""
    records = _loaded(text)
    if isinstance(records, dict):
        records = records.get("items", [records])
    if not isinstance(records, list):
        raise Malformed("is not a list of CSL records", path=path)
    return _parsed(CSL, (_of_csl(each) for each in records if isinstance(each, dict)), path)


def _of_csl(record: Mapping[str, object]) -> dict[str, str | None]:
    def said(*names: str) -> str | None:
        return next((str(record[name]) for name in names if isinstance(record.get(name), str | int)), None)

    people = record.get("author") or record.get("editor") or ()
    names = [
        " ".join(
            str(each[part])
            for part in ("given", "non-dropping-particle", "family", "suffix")
            if each.get(part)
        )
        or str(each.get("literal", ""))
        for each in (people if isinstance(people, list) else ())
        if isinstance(each, dict)
    ]
    return {
        "title": said("title"),
        "author": ", ".join(name for name in names if name) or None,
        "abstract": said("abstract"),
        "note": said("note", "annote"),
        "publisher": said("container-title", "publisher"),
        "date": _csl_date(record.get("issued")),
        "url": said("URL"),
        "doi": said("DOI"),
        "id": said("id"),
        "language": said("language"),
    }


def _csl_date(issued: object) -> str | None:
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and first:
        year, *rest = (str(part) for part in first)
        return "-".join([year.zfill(4), *(part.zfill(2) for part in rest[:2])])
    return str(issued.get("raw") or issued.get("literal") or "") or None


# What the three have in common.


def _parsed(
    name: str, records: Iterable[Mapping[str, str | None]], path: Path | None, failures: Iterable[str] = ()
) -> ParsedFile:
    parsed_sources: list[ParsedSource] = []
    failed = list(failures)
    taken: dict[str, int] = {}
    bare = 0
    for number, record in enumerate(records, 1):
        parsed = _source(record)
        if parsed is None:
            failed.append(f"record {number}: has neither an abstract nor a note nor a title")
            continue
        bare += not record.get("abstract")
        count = taken[parsed.key] = taken.get(parsed.key, 0) + 1
        if count > 1:
            parsed = replace(parsed, key=f"{parsed.key}~{count}")
        parsed_sources.append(parsed)
    if not parsed_sources and not failed:
        raise EmptyInput("holds no records", path=path)
    said = f"{bare:,} of {len(parsed_sources):,} records have no abstract: their note or title is the text"
    return ParsedFile(name, tuple(parsed_sources), warnings=(said,) if bare else (), failures=tuple(failed))


def _source(record: Mapping[str, str | None]) -> ParsedSource | None:
    title = one_line(_plain(record.get("title")), "title")
    written = record.get("abstract") or record.get("note") or ""
    blocks = _blocks(written) or ([Block(title, ZoneKind.HEADING)] if title else [])
    text, zones, _ = put_together(blocks)
    if not text:
        return None
    doi = _DOI.match((record.get("doi") or "").strip())
    try:
        url = address_field(record.get("url"))
    except FieldError:
        url = None
    if url is None and doi is not None:
        url = f"https://doi.org/{doi[1]}"
    date = record.get("date") or ""
    return ParsedSource(
        text=text,
        zones=zones,
        key=one_line(record.get("id"), "id") or url or sha256_of(title or text)[:16],
        title=title,
        publisher=one_line(_plain(record.get("publisher")), "publisher"),
        author=one_line(record.get("author"), "author"),
        date=parse_date(date) if date else None,
        url=url,
        language=one_line(record.get("language"), "language"),
    )


def _blocks(written: str) -> list[Block]:
    if _MARKUP.search(written):
        return whole_page(_NAMESPACE.sub(r"\1", written))
    return [Block(" ".join(part.split())) for part in re.split(r"\n\s*\n", written) if part.strip()]


def _plain(said: str | None) -> str | None:
    return _MARKUP.sub("", said).replace("{", "").replace("}", "") if said else said


def _people(names: Iterable[str]) -> str | None:
    """Return names as they are said: ``Moss, Ada`` is Ada Moss."""
    told = []
    for name in names:
        last, comma, first = name.replace("{", "").replace("}", "").partition(",")
        first = first.strip(" ,")
        told.append(f"{first} {last.strip()}" if comma and first else last.strip())
    return ", ".join(name for name in told if name) or None


def _loaded(text: str) -> object:
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
