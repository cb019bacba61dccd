from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from index import SearchIndex
from sources import sample
from sources.errors import RequestError, UnknownReference
from sources.importing import import_paths
from sources.library import Library
from sources.model import NoteFields, Span
from tui.services.exports import ExportRequest, What, gather, save_export, text_of
from tui.services.notes import NoteFilter, chosen_notes, passage_place, whole_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        import_paths(opened, [str(sample.page_path())], story=sample.STORY)
        first, second, *_ = opened.refs(sample.STORY)
        opened.create_note(
            NoteFields("Who?", tags=("claim",)), [passage_place(opened.source(first), Span(0, 20))]
        )
        opened.create_note(NoteFields("Where?", labels=("place", "doubt")), [whole_place(opened, second)])
        yield opened


def _no_index() -> AbstractContextManager[SearchIndex]:
    raise AssertionError("nothing is searched for")


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        (ExportRequest(What.NOTES, "json"), ["Who?", "Where?"]),
        (ExportRequest(What.NOTES, "json", tags=("claim",)), ["Who?"]),
        (ExportRequest(What.NOTES, "json", tags=("claim", "other")), []),
        (ExportRequest(What.NOTES, "json", labels=("doubt", "other")), ["Where?"]),
        (ExportRequest(What.NOTES, "json", query="#cla"), ["Who?"]),
        (ExportRequest(What.NOTES, "json", query="is:orphan"), []),
        (ExportRequest(What.NOTES, "json", query="where label:place"), ["Where?"]),
    ],
)
def test_every_front_end_filters_notes_alike(
    asked: ExportRequest, texts: list[str], library: Library
) -> None:
    export = gather(library, asked, _no_index)
    assert [note.text for note in export.collection.notes] == texts
    assert export.count == len(texts)


def test_where_nothing_fits_no_file_is_written(library: Library, tmp_path: Path) -> None:
    nothing = gather(library, ExportRequest(What.NOTES, "markdown", query="zebra"), _no_index)
    assert save_export(nothing, library.folder, str(tmp_path / "none.md")) is None
    assert not (tmp_path / "none.md").exists()
    one = gather(library, ExportRequest(What.NOTES, "markdown", query="who"), _no_index)
    assert save_export(one, library.folder, str(tmp_path / "one.md")) == tmp_path / "one.md"
    assert "Who?" in (tmp_path / "one.md").read_text("utf-8")


def test_a_search_chooses_sources_and_labels(library: Library) -> None:
    with SearchIndex.open(library.folder / "index", library) as index:
        request = ExportRequest(What.SOURCES, "csl", sample.STORY, query="number:1")
        assert gather(library, request, lambda: nullcontext(index)).count == 1


def test_a_format_of_files_has_no_text(library: Library) -> None:
    with pytest.raises(RequestError, match="makes a folder"):
        text_of(gather(library, ExportRequest(What.NOTES, "obsidian"), _no_index))


@pytest.mark.parametrize("what", What)
def test_an_unknown_story_is_refused_whatever_is_exported(what: What, library: Library) -> None:
    form = {What.NOTES: "json", What.LABELS: "csv", What.SOURCES: "ris", What.STORY: "json"}[what]
    with pytest.raises(UnknownReference):
        gather(library, ExportRequest(what, form, "nowhere"), _no_index)


def test_notes_are_found_by_the_name_of_a_story_that_has_gone(library: Library) -> None:
    library.remove(sample.STORY)
    assert len(chosen_notes(library, NoteFilter(story=sample.STORY))) == 2
    with pytest.raises(UnknownReference):
        chosen_notes(library, NoteFilter(story="nowhere"))
