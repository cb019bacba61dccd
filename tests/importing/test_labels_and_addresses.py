"""Labels of the very text, notes that were changed elsewhere, and other addresses of a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sources.importing.note_import import import_notes
from sources.notes.anchoring import find_anchor
from tests.importing.ferry import FERRY, written

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library

LABELLED = {"text": FERRY, "spans": [{"start": 0, "end": 9, "label": "THING"}]}


def labelled(library: Library) -> list[tuple[str, str, str]]:
    return [(span.label, span.target.anchor.quote, span.coder) for span in library.label_spans()]


@pytest.mark.parametrize(
    "content",
    [
        {"id": 7, "text": FERRY, "label": [[0, 9, "THING"]], "Comments": []},
        {"text": FERRY + "\n", "entities": [{"start_offset": 0, "end_offset": 9, "label": "THING"}]},
        {"text": FERRY, "spans": [{"start": 0, "end": 9, "labels": ["THING"]}]},
        [LABELLED],
        [
            {
                "data": {"text": FERRY},
                "annotations": [
                    {
                        "completed_by": {"email": "ada@tide.example"},
                        "result": [
                            {"type": "labels", "value": {"start": 0, "end": 9, "labels": ["THING"]}},
                            {"type": "choices", "value": {"choices": ["news"]}},
                        ],
                    },
                    {"was_cancelled": True, "result": [{"value": {"start": 4, "end": 9, "labels": ["NO"]}}]},
                ],
            }
        ],
    ],
    ids=["doccano", "offsets and a line end", "a list of labels", "a list of texts", "Label Studio"],
)
def test_labels_of_the_very_text_are_on_it_without_an_address(
    ferry: Library, tmp_path: Path, content: Any
) -> None:
    assert len(import_notes(ferry, written(tmp_path, content)).labelled) == 1
    assert [(label, quote) for label, quote, _ in labelled(ferry)] == [("THING", "The ferry")]


def test_a_short_quote_of_another_text_is_kept_aside(ferry: Library, tmp_path: Path) -> None:
    other_text = {"text": FERRY + " And more.", "label": [[0, 9, "THING"]]}
    found = import_notes(ferry, written(tmp_path, other_text))
    assert (found.labelled, len(found.unmatched)) == ((), 1)


@pytest.mark.parametrize("turned_down", [{"answer": "reject"}, {"answer": "ignore"}, {"status": "discarded"}])
def test_what_its_annotator_turned_down_is_no_label(
    ferry: Library, tmp_path: Path, turned_down: dict[str, str]
) -> None:
    lines = [LABELLED | {"answer": "accept"}, LABELLED | turned_down | {"spans": [[4, 9, "NO"]]}]
    found = import_notes(ferry, written(tmp_path, "\n".join(map(json.dumps, lines))))
    assert [quote for _, quote, _ in labelled(ferry)] == ["The ferry"]
    assert [part.place for part in found.refused] == ["line 2"]


def test_a_span_with_several_labels_is_one_of_each(ferry: Library, tmp_path: Path) -> None:
    both = {"text": FERRY, "spans": [{"start": 0, "end": 9, "labels": ["THING", "BOAT"]}]}
    import_notes(ferry, written(tmp_path, both))
    assert sorted(label for label, _, _ in labelled(ferry)) == ["BOAT", "THING"]


def hypothesis_note(text: str, updated: str, uri: str = "https://tide.example/1") -> list[dict[str, Any]]:
    quoted = [{"type": "TextQuoteSelector", "exact": "runs at night"}]
    return [
        {"id": "a1", "created": "2031-05-01T10:00:00+00:00", "updated": updated, "uri": uri, "text": text,
         "tags": [], "target": [{"source": uri, "selector": quoted}]}
    ]  # fmt: skip


def test_a_note_that_was_changed_where_it_comes_from_is_told_and_taken_over_when_asked(
    ferry: Library, tmp_path: Path
) -> None:
    first = written(tmp_path, hypothesis_note("first", "2031-05-01T10:00:00+00:00"))
    (note,) = import_notes(ferry, first).added
    again = import_notes(ferry, first)
    assert (again.unchanged, again.newer) == (1, ())
    second = written(tmp_path, hypothesis_note("second", "2031-05-02T10:00:00+00:00"), "second.json")
    told = import_notes(ferry, second)
    assert [each.id for each in told.newer] == [note.id]
    assert ferry.note(note.id).text == "first"
    import_notes(ferry, second, update=True)
    assert ferry.note(note.id).text == "second"
    ferry.undo(find_anchor)
    assert ferry.note(note.id).text == "first"


def test_a_note_that_was_changed_here_later_is_no_older_one(ferry: Library, tmp_path: Path) -> None:
    (note,) = import_notes(
        ferry, written(tmp_path, hypothesis_note("first", "2021-05-01T10:00:00+00:00"))
    ).added
    ferry.edit_note(note.id, text="mine")
    later = written(tmp_path, hypothesis_note("theirs", "2021-05-02T10:00:00+00:00"))
    assert import_notes(ferry, later, update=True).newer == ()
    assert ferry.note(note.id).text == "mine"


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/web/20310501120000/https://tide.example/1",
        "https://web.archive.org/web/20310501120000id_/http://tide.example/1",
        "https://archive.ph/2031.05.01-120000/https://tide.example/1",
        "https://m.tide.example/1",
        "https://amp.tide.example/1/",
        "https://www.tide.example/1/amp",
        "https://tide-example.cdn.ampproject.org/c/s/tide.example/1",
        "https://www.google.com/amp/s/tide.example/1",
        "https://tide.example/1?smid=url-share&utm_source=x#:~:text=ferry",
        "http://tide.example/1?fbclid=abc&outputType=amp",
    ],
)
def test_other_addresses_of_the_same_page_lead_to_it(ferry: Library, tmp_path: Path, address: str) -> None:
    path = written(tmp_path, hypothesis_note("x", "2031-05-01T10:00:00+00:00", address))
    assert len(import_notes(ferry, path).added) == 1


@pytest.mark.parametrize(
    "address", ["https://tide.example/1?page=2", "https://m.example/1", "https://tide.example/11"]
)
def test_addresses_of_other_pages_do_not(ferry: Library, tmp_path: Path, address: str) -> None:
    path = written(tmp_path, hypothesis_note("x", "2031-05-01T10:00:00+00:00", address))
    assert import_notes(ferry, path).added == ()
