"""Evidence is found in what a reader sees, and given with places of the text as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from sources import sample
from sources.evidence_cache import EvidenceCache
from sources.library import Library
from sources.model import ParsedFile, ParsedSource, Ref, Span
from sources.text.reading_view import words_at
from tests.library.parsed_files import body, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


STORY = "worn"
ONE, TWO, FIVE, EIGHT = (Ref(STORY, number) for number in (1, 2, 5, 8))
_INSIDE = re.compile(r"(?<=[^\W\d_]{3})(?=[^\W\d_]{2})")


def _soft_hyphens(text: str) -> str:
    return _INSIDE.sub("\u00ad", text)


def _entities(text: str) -> str:
    written = text.replace("&", "&amp;")
    for sign, entity in (("\u201c", "&ldquo;"), ("\u201d", "&rdquo;"), ("\u2019", "&#8217;"), ("$", "&#36;")):
        written = written.replace(sign, entity)
    return written


class Worn(NamedTuple):
    """The bundled story as it is, and as a careless converter would leave it."""

    plain: Library
    worn: Library

    def same(self, found: Callable[[Library, EvidenceCache], object]) -> bool:
        """Tell whether both libraries give the same that is not nothing."""
        plain, worn = (found(library, EvidenceCache(library)) for library in self)
        assert plain
        return plain == worn


@pytest.fixture(params=[_soft_hyphens, _entities], ids=["soft hyphens", "entities"])
def stories(request: pytest.FixtureRequest, sample_library: Library, tmp_path: Path) -> Iterator[Worn]:
    wear: Callable[[str], str] = request.param
    texts = [sample_library.source(ref) for ref in sample_library.refs(sample.STORY) if ref.number]
    with Library.open(tmp_path / "plain") as plain, Library.open(tmp_path / "worn") as worn:
        for library, change in ((plain, str), (worn, wear)):
            parsed = [
                ParsedSource(
                    changed := change(text.text), body(changed), key=str(text.ref), title=text.title,
                    publisher=text.publisher, date=text.date,
                )
                for text in texts
            ]  # fmt: skip
            put(library, ParsedFile("jsonl", tuple(parsed)), STORY)
        yield Worn(plain, worn)


def _read(library: Library, ref: Ref, spans: Iterable[Span]) -> list[str]:
    source = library.source(ref)
    return [words_at(source, start, end) for start, end in spans]


@pytest.mark.long
def test_names_figures_quotes_and_dates_are_found_where_they_are_written(stories: Worn) -> None:
    def named(library: Library, cache: EvidenceCache) -> object:
        return {
            entity.name: [words_at(library.source(one.ref), one.start, one.end) for one in entity.mentions]
            for entity in cache.entities(STORY)
        }

    def figures(library: Library, cache: EvidenceCache) -> object:
        return [
            (
                row.subject,
                value.value,
                value.text,
                _read(library, ONE, [Span(one.start, one.end) for one in value.mentions]),
            )
            for row in cache.figures_of(ONE)
            for value in row.values
        ]

    def quotes(library: Library, cache: EvidenceCache) -> object:
        return [
            (
                family.text,
                family.speaker,
                one.text,
                _read(library, one.ref, [one.part, *one.altered]),
                one.left_out,
            )
            for family in cache.quote_families(STORY)
            for one in family.variants
        ]

    def dates(library: Library, cache: EvidenceCache) -> object:
        return [(one.text, _read(library, TWO, [Span(one.start, one.end)])) for one in cache.dates(TWO)]

    for found in (named, figures, quotes, dates):
        assert stories.same(found), found.__name__


@pytest.mark.long
def test_two_texts_side_by_side_and_their_lineage_are_the_same(stories: Worn) -> None:
    def rows(library: Library, cache: EvidenceCache) -> object:
        (pair,) = cache.compare([ONE, FIVE])
        edits = [edit for row in pair.rows for edit in row.edits]
        return (
            [(row.kind, *_read(library, ONE, [row.a]), *_read(library, FIVE, [row.b])) for row in pair.rows],
            _read(library, ONE, [*pair.only_a, *(edit.a for edit in edits)]),
            _read(library, FIVE, [*pair.only_b, *(edit.b for edit in edits)]),
        )

    def columns(library: Library, cache: EvidenceCache) -> object:
        laid = cache.columns([ONE, TWO, FIVE])
        assert laid is not None
        return [
            None
            if cell is None
            else (cell.kind, *_read(library, ref, [cell.span, *(e.b for e in cell.edits)]))
            for row in laid.rows
            for ref, cell in zip(laid.refs, row.cells, strict=True)
        ]

    def lineage(library: Library, cache: EvidenceCache) -> object:
        found = cache.lineage(STORY)
        assert found is not None
        return found.groups, [
            (pair.kind, *_read(library, pair.a, [one.a]), *_read(library, pair.b, [one.b]))
            for pair in found.pairs
            for one in pair.passages
        ]

    def alone(library: Library, cache: EvidenceCache) -> object:
        found = cache.said_alone(EIGHT)
        return _read(library, EIGHT, found.spans if found else ())

    for found in (rows, columns, lineage, alone):
        assert stories.same(found), found.__name__
