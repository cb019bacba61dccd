from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.errors import CrossreadError
from sources.importing.note_import import import_notes
from sources.library import Library
from sources.model import (
    COLOURS,
    Anchor,
    Note,
    NoteFields,
    ParsedFile,
    ParsedSource,
    Ref,
    Span,
    Zone,
    ZoneKind,
)
from sources.notes.anchoring import find_anchor
from sources.notes.export import FORMATS, LABEL_FORMATS
from tests.importing.ferry import BRIDGE, FERRY, fill, written
from tui.services.exports import gather_labels, gather_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAMPLES = Path(__file__).parent / "data" / "web-annotations.jsonl"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "other") as opened:
        yield opened


def quoting(address: str, quote: str) -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": quote}
    return {"id": "urn:x:1", "type": "Annotation", "target": {"source": address, "selector": selector}}


def as_they_were(note: Note) -> Note:
    """Return a note without what its library alone gives it."""
    return replace(
        note, id=0, version=1, targets=tuple(replace(target, version=0) for target in note.targets)
    )


def passages(text: str) -> st.SearchStrategy[Anchor]:
    starts = st.integers(0, len(text) - 2)
    return starts.flatmap(
        lambda start: st.integers(start + 1, len(text)).map(lambda end: Anchor.at(text, Span(start, end)))
    )


PLACES = st.lists(
    st.one_of(
        passages(FERRY).map(lambda anchor: (Ref("ferry", 1), anchor)),
        passages(BRIDGE).map(lambda anchor: (Ref("ferry", 2), anchor)),
        st.just((Ref("ferry", 2), Anchor.whole())),
        st.just((Ref.of_story("ferry"), Anchor.whole())),
    ),
    min_size=1,
    max_size=3,
    unique=True,
)
FIELDS = st.builds(
    NoteFields,
    st.text(max_size=60),
    st.lists(st.text(max_size=8), max_size=3).map(tuple),
    st.lists(st.sampled_from(["denial", "../../x", "=cmd()"]), max_size=2, unique=True).map(tuple),
    st.sampled_from([None, *COLOURS]),
    st.booleans(),
    st.one_of(st.none(), st.text(max_size=12)),
    st.one_of(st.none(), st.sampled_from(["ada", "lin <x>"])),
)


@pytest.mark.long
@pytest.mark.parametrize("places", ["by address", "by name"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=st.lists(st.tuples(FIELDS, PLACES), min_size=1, max_size=5))
def test_annotations_come_in_as_they_went_out(
    notes: list[tuple[NoteFields, list[tuple[Ref, Anchor]]]],
    places: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with Library.open(folder / "one") as one, Library.open(folder / "two") as two:
        fill(one, FERRY, BRIDGE, urls=places == "by address")
        fill(two, FERRY, BRIDGE, urls=places == "by address")
        made = [one.create_note(fields, on) for fields, on in notes]
        text = FORMATS["jsonld"].write(gather_notes(one, made))
        done = import_notes(two, written(folder, text))
        assert not done.refused
        assert not done.unmatched
        found = {note.uid: as_they_were(note) for note in done.added}
        assert found == {note.uid: as_they_were(note) for note in made}
        assert FORMATS["jsonld"].write(gather_notes(two, done.added)) == text
        again = import_notes(two, written(folder, text))
        assert (again.added, again.unchanged) == ((), len(made))
        assert len(two.notes()) == len(made)


@pytest.mark.long
@settings(max_examples=30, deadline=None)
@given(
    places=st.lists(
        st.tuples(
            PLACES.map(lambda found: found[0]), st.sampled_from(["denial", "claim"]), st.sampled_from("ab")
        ),
        min_size=1,
        max_size=6,
    )
)
def test_labelled_lines_come_in_as_they_went_out(
    places: list[tuple[tuple[Ref, Anchor], str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with Library.open(folder / "one") as one, Library.open(folder / "two") as two:
        fill(one, FERRY, BRIDGE)
        fill(two, FERRY, BRIDGE)
        spans = [
            {"start": a.start, "end": a.end, "label": label, "coder": coder} | {"ref": str(ref)}
            for (ref, a), label, coder in places
            if a.quote
        ]
        lines = [
            json.dumps(
                {
                    "text": text,
                    "url": f"https://tide.example/{n}",
                    "spans": [s for s in spans if s["ref"] == f"ferry/{n}"],
                }
            )
            for n, text in ((1, FERRY), (2, BRIDGE))
        ]
        import_notes(one, written(folder, "\n".join(lines), "a.jsonl"))
        wanted = {(str(s["ref"]), s["start"], s["end"], s["label"], s["coder"]) for s in spans}
        out = LABEL_FORMATS["jsonl"].write(gather_labels(one, texts=True))
        if not spans:
            assert out == ""
            return
        done = import_notes(two, written(folder, out, "b.jsonl"))
        assert not done.refused
        assert not done.unmatched
        found = {
            (str(span.ref), span.span.start, span.span.end, span.label, span.coder)
            for span in two.label_spans()
        }
        assert found == wanted
        again = import_notes(two, written(folder, out, "b.jsonl"))
        assert (again.labelled, again.unchanged) == ((), len(wanted))


def test_what_is_unmatched_is_kept_aside_until_its_source_comes(
    ferry: Library, other: Library, tmp_path: Path
) -> None:
    ferry.create_note(NoteFields("why", tags=("claim",)), [(Ref("ferry", 1), Anchor.at(FERRY, Span(4, 30)))])
    ferry.create_note(NoteFields("how"), [(Ref("ferry", 2), Anchor.at(BRIDGE, Span(0, 40)))])
    path = written(tmp_path, FORMATS["jsonld"].write(gather_notes(ferry, ferry.notes())))
    done = import_notes(other, path)
    assert not done.added
    assert [part.reason for part in done.unmatched] == [
        "there is no source https://tide.example/1",
        "there is no source https://tide.example/2",
    ]
    assert done.unmatched_path is not None
    assert import_notes(other, path).unmatched_path == done.unmatched_path
    fill(other, FERRY)
    second = import_notes(other, done.unmatched_path)
    assert [note.text for note in second.added] == ["why"]
    assert not done.unmatched_path.exists()
    assert second.unmatched_path is not None
    fill(other, FERRY, BRIDGE)
    assert [note.text for note in import_notes(other, second.unmatched_path).added] == ["how"]
    assert list((other.folder / "imports").iterdir()) == []


def test_an_import_is_one_change_and_what_was_removed_does_not_come_back(
    ferry: Library, other: Library, tmp_path: Path
) -> None:
    fill(other, FERRY, BRIDGE)
    for start in (0, 10, 20):
        ferry.create_note(NoteFields("x"), [(Ref("ferry", 1), Anchor.at(FERRY, Span(start, start + 8)))])
    path = written(tmp_path, FORMATS["jsonld"].write(gather_notes(ferry, ferry.notes())))
    assert len(import_notes(other, path).added) == 3
    other.undo(find_anchor)
    assert other.notes() == ()
    assert import_notes(other, path).unchanged == 3
    other.redo(find_anchor)
    other.remove_note(other.notes()[0].id)
    other.empty_bin()
    assert import_notes(other, path).unchanged == 3
    assert len(other.notes()) == 2


HYPOTHESIS = {
    "annotations": [
        {
            "id": "AbC", "user": "acct:ada@hypothes.is", "uri": "http://www.tide.example/1/?utm_source=x#top",
            "created": "2031-06-12T10:00:00.123456+00:00", "updated": "2031-06-13T10:00:00.5+00:00",
            "text": "Who **asked**?", "tags": ["claim", "two words"], "document": {"title": ["Title 1"]},
            "target": [
                {
                    "source": "http://www.tide.example/1",
                    "selector": [
                        {"type": "RangeSelector", "startContainer": "/p[1]"},
                        {"type": "TextPositionSelector", "start": 900, "end": 922},
                        {
                            "type": "TextQuoteSelector", "exact": "Nobody had\n asked the lamps",
                            "prefix": "“", "suffix": ",”",
                        },
                    ],
                }
            ],
        },
        {"id": "page", "uri": "https://tide.example/2", "text": "on all of it", "target": [{"source": "x"}]},
        {"id": "reply", "uri": "https://tide.example/2", "text": "no", "references": ["AbC"]},
        {"id": "away", "uri": "https://elsewhere.example/", "text": "no", "target": []},
        "nonsense",
    ]
}  # fmt: skip


def test_hypothesis_comes_in_by_address_and_quote(ferry: Library, tmp_path: Path) -> None:
    done = import_notes(ferry, written(tmp_path, HYPOTHESIS))
    assert done.format == "hypothesis"
    quoted, page = done.added
    assert (quoted.text, quoted.tags, quoted.coder) == ("Who **asked**?", ("claim", "two-words"), "ada")
    assert (quoted.created, quoted.modified) == ("2031-06-12T10:00:00Z", "2031-06-13T10:00:00Z")
    assert quoted.targets[0].anchor.quote == "Nobody had asked the lamps"
    assert page.targets[0].anchor == Anchor.whole()
    assert [part.place for part in done.refused] == ["annotation 3", "annotation 5"]
    assert [part.place for part in done.unmatched] == ["annotation 4"]
    assert import_notes(ferry, written(tmp_path, {"rows": HYPOTHESIS["annotations"]})).unchanged == 2


def test_readwise_comes_in_by_title_and_by_text(ferry: Library, tmp_path: Path) -> None:
    rows = [
        ["Highlight", "Book Title", "Book Author", "Note", "Color", "Tags", "Location", "Highlighted at"],
        [
            "runs at night",
            "title 1",
            "Lin",
            "=cmd()",
            "yellow",
            "claim,dark",
            "3",
            "2031-06-12 10:00:00+00:00",
        ],
        ["Twelve spans carry the bridge over the marsh", "Another title", "", "", "", "", "", ""],
        ["short", "Another title", "", "", "", "", "", ""],
        ["", "Title 1", "", "", "", "", "", ""],
    ]
    path = tmp_path / "readwise.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    done = import_notes(ferry, path)
    assert done.format == "readwise"
    assert [(str(note.targets[0].ref), note.text, note.tags) for note in done.added] == [
        ("ferry/1", "=cmd()", ("claim", "dark")),
        ("ferry/2", "", ()),
    ]
    assert (done.added[0].colour, done.added[0].created) == ("yellow", "2031-06-12T10:00:00Z")
    assert [part.place for part in done.refused] == ["row 5"]
    assert [part.place for part in done.unmatched] == ["row 4"]


@pytest.mark.parametrize(("length", "taken"), [(23, 0), (24, 1)])
def test_a_quote_alone_tells_its_source_from_a_length_on(
    ferry: Library, tmp_path: Path, length: int, taken: int
) -> None:
    done = import_notes(ferry, written(tmp_path, quoting("https://gone.example/", BRIDGE[24 - length : 24])))
    assert (len(done.added), len(done.unmatched)) == (taken, 1 - taken)


def test_a_quote_in_several_sources_is_never_put_on_one_of_them(library: Library, tmp_path: Path) -> None:
    fill(library, FERRY, f"{FERRY} And more.", urls=False)
    note = quoting("https://gone.example/", FERRY[:40])
    done = import_notes(library, written(tmp_path, note))
    assert not done.added
    assert "several sources" in done.unmatched[0].reason


def test_a_source_that_no_longer_says_it_gets_no_note(ferry: Library, tmp_path: Path) -> None:
    note = quoting("https://tide.example/1", "something that nobody wrote anywhere, ever")
    done = import_notes(ferry, written(tmp_path, note))
    assert [part.reason for part in done.unmatched] == ["ferry/1 does not say what it quotes"]


@pytest.fixture(params=["own", "w3c"])
def samples(request: pytest.FixtureRequest, shared: Callable[[str], list[Path]]) -> list[str]:
    """Give correct annotations of every kind, one a line: the project's own, and those of the W3C."""
    (path,) = [SAMPLES] if request.param == "own" else shared("data/w3c/samples-correct.jsonl")
    return path.read_text(encoding="utf-8").splitlines()


def test_every_correct_sample_is_imported_or_refused_with_a_reason(
    library: Library, tmp_path: Path, samples: list[str]
) -> None:
    taken = 0
    for line in samples:
        sample = json.loads(line)
        done = import_notes(library, written(tmp_path, sample["annotation"]), "jsonld")
        parts = [*done.refused, *done.unmatched]
        assert parts
        assert all(part.reason for part in parts)
        taken += len(done.unmatched)
        if "TextQuoteSelector" in line:
            assert done.unmatched, sample["name"]
    assert taken / len(samples) > 0.6


def test_own_samples_on_text_come_in_where_their_text_is(library: Library, tmp_path: Path) -> None:
    draft = ParsedSource(FERRY, (Zone(ZoneKind.BODY, 0, len(FERRY)),), url="https://tide.example/page")
    library.ingest(ParsedFile("text", (draft,)), slug="page", path=None, reanchor=find_anchor)
    quotes = {}
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        sample = json.loads(line)
        done = import_notes(library, written(tmp_path, sample["annotation"]), "jsonld")
        if "Selector" in line and done.added:
            quotes[sample["name"]] = done.added[0].targets[0].anchor.quote
    assert quotes == {"quote": "the lamps", "quote-alone": "runs at night", "refined": "the lamps"}


def test_samples_on_text_come_in_where_their_text_is(
    library: Library, tmp_path: Path, shared: Callable[[str], list[Path]]
) -> None:
    text = "Well, this is an anotation that has some. So text before the Selected Text and text after it."
    draft = ParsedSource(text, (Zone(ZoneKind.BODY, 0, len(text)),), url="http://example.org/page1")
    library.ingest(ParsedFile("text", (draft,)), slug="page", path=None, reanchor=find_anchor)
    quotes = []
    (path,) = shared("data/w3c/samples-correct.jsonl")
    for line in path.read_text().splitlines():
        if "TextQuoteSelector" in line:
            done = import_notes(library, written(tmp_path, json.loads(line)["annotation"]), "jsonld")
            quotes += [note.targets[0].anchor.quote for note in done.added]
    assert quotes[:2] == ["anotation", "Selected Text"]


@pytest.mark.parametrize(
    "text", ["", "  ", "no notes", "{", "[" * 100_000, '{"a": 1}', "a,b\n1,2\n", "\x00\x01"]
)
def test_what_is_no_file_of_notes_is_refused(text: str, ferry: Library, tmp_path: Path) -> None:
    with pytest.raises(CrossreadError):
        import_notes(ferry, written(tmp_path, text))


def test_a_label_that_cannot_be_is_refused_and_the_rest_comes_in(ferry: Library, tmp_path: Path) -> None:
    line = {"text": FERRY, "url": "https://tide.example/1", "label": [
        [0, 9, "denial"], [0, 9, "a" * 5000], [5, 2, "x"], [0, 99999, "x"], ["a"], [0, 9, ""]]}  # fmt: skip
    done = import_notes(ferry, written(tmp_path, json.dumps(line) + "\nno json\n", "a.jsonl"))
    assert [span.label for span in done.labelled] == ["denial"]
    assert len(done.refused) == 6


def test_a_note_that_is_too_long_is_refused_and_the_rest_comes_in(ferry: Library, tmp_path: Path) -> None:
    def note(number: int, text: str) -> dict[str, Any]:
        return {
            "id": f"urn:x:{number}",
            "type": "Annotation",
            "bodyValue": text,
            "target": "https://tide.example/1",
        }

    done = import_notes(
        ferry, written(tmp_path, [note(1, "x" * 4_100_000), note(2, "y" * 1_000_000), note(3, "z")])
    )
    assert [len(each.text) for each in done.added] == [1_000_000, 1]
    assert [part.place for part in done.refused] == ["annotation 1"]
