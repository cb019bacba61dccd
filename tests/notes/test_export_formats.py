from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from html.parser import HTMLParser
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.model import Ref
from sources.notes.export import (
    FORMATS,
    LABEL_FORMATS,
    SOURCE_FORMATS,
    Code,
    LabelledSpan,
    NoteCollection,
    Shape,
)
from sources.notes.export.as_csv import write_table
from sources.text.sentences import split_sentences
from sources.text.tokens import words_and_signs
from tests.notes.libraries import (
    chance_notes,
    chance_sources,
    collection_of,
    spans_of,
    text_source,
)

if TYPE_CHECKING:
    from sources.notes.export import ExportFormat

ALL = [
    *(pytest.param(form, id=f"notes-{form.name}") for form in FORMATS.values()),
    *(pytest.param(form, id=f"labels-{form.name}") for form in LABEL_FORMATS.values()),
    *(pytest.param(form, id=f"sources-{form.name}") for form in SOURCE_FORMATS.values()),
]


def by_chance(seed: int, count: int = 40) -> NoteCollection:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    sources = chance_sources(chance)
    return collection_of(chance_notes(chance, count, sources), sources)


def made(form: ExportFormat, collection: NoteCollection) -> object:
    return form.files(collection) if form.shape is Shape.FOLDER else form.encode(collection)


@pytest.mark.parametrize("form", ALL)
def test_the_same_notes_give_the_same_bytes_in_whatever_order_they_come(form: ExportFormat) -> None:
    one = by_chance(1)
    turned = NoteCollection(
        one.notes[::-1],
        dict(reversed(list(one.sources.items()))),
        one.titles,
        dict(reversed(list(one.texts.items()))),
        one.labelled[::-1],
    )
    assert made(form, one) == made(form, by_chance(1)) == made(form, turned)


@pytest.mark.parametrize("form", ALL)
def test_nothing_at_all_can_be_written_too(form: ExportFormat) -> None:
    assert made(form, NoteCollection(titles={"night-ferry": None})) is not None


@pytest.mark.parametrize("form", ALL)
def test_a_note_of_a_megabyte_can_be_written(form: ExportFormat) -> None:
    source = text_source(1, "word " * 200_000)
    (note,) = chance_notes(random.Random(4), 1, [source])  # noqa: S311 - not for secrets
    assert made(form, collection_of([note], [source]))


# CSV


def plain_cell(cell: str) -> str:
    return cell.removeprefix("'")


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_a_table_reads_back_and_has_no_formula(rows: list[list[str]]) -> None:
    written = write_table(("a", "b"), rows)
    read = list(csv.reader(io.StringIO(written, newline="")))[1:]
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@", "\t")) for row in read for cell in row)
    clean = [
        [cell.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd") for cell in row]
        for row in rows
    ]
    assert [[plain_cell(cell) for cell in row] for row in read] == clean


def test_the_table_of_notes_has_a_row_for_each_passage() -> None:
    collection = by_chance(2)
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"].write(collection), newline="")))
    assert len(rows) == sum(len(note.targets) for note in collection.notes)
    texts = {plain_cell(row["uid"]): plain_cell(row["text"]) for row in rows}
    assert texts == {note.uid: note.text for note in collection.notes}
    for row in rows:
        if row["on"] == "passage":
            ref = Ref.parse(row["ref"])
            assert ref is not None
            there = collection.texts[ref].text[int(row["start"]) : int(row["end"])]
            assert plain_cell(row["quote"]) == there


# HTML


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.handlers: set[str] = set()
        self.shown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers |= {name for name, _ in attrs if name.startswith("on")}
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}

    def handle_data(self, data: str) -> None:
        self.shown.append(data)


@pytest.mark.parametrize("seed", range(10))
def test_a_page_runs_nothing_and_loads_nothing(seed: int) -> None:
    collection = by_chance(seed)
    text = FORMATS["html"].write(collection)
    page = _Page()
    page.feed(text)
    assert not page.tags & {"script", "img", "iframe", "object", "embed", "link", "form", "svg", "b"}
    assert not page.handlers
    assert all(link.startswith(("https://", "http://")) for link in page.links)
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    shown = " ".join("".join(page.shown).split())
    for note in collection.notes:
        for target in note.targets:
            assert " ".join(target.anchor.quote.split()) in shown or "\n" in target.anchor.quote


# Labelled spans


@pytest.mark.parametrize("seed", range(10))
def test_labelled_lines_read_back(seed: int) -> None:
    collection = by_chance(seed)
    read = set()
    for line in LABEL_FORMATS["jsonl"].write(collection).splitlines():
        document = json.loads(line)
        for start, end, label in document["label"]:
            read.add((document["id"], start, end, label))
        for span in document["spans"]:
            assert document["text"][span["start"] : span["end"]] == span["quote"]
    assert read == spans_of(collection)


def conll_spans(text: str) -> dict[str, set[tuple[int, int, str]]]:
    """Read a CoNLL file: the spans of each text as numbers of words, with their labels."""
    found: dict[str, set[tuple[int, int, str]]] = {}
    ref, word = "", 0
    opened: dict[int, tuple[int, str]] = {}

    def close(column: int) -> None:
        if column in opened:
            start, label = opened.pop(column)
            found[ref].add((start, word, label))

    for line in text.split("\n"):
        if not line:
            continue
        token, *tags = line.split("\t")
        if token.startswith("-DOCSTART-("):
            for column in list(opened):
                close(column)
            ref, word = token[len("-DOCSTART-(") : -1], 0
            found[ref] = set()
            continue
        for column, tag in enumerate(tags):
            if tag == "O" or tag.startswith("B-"):
                close(column)
            if tag.startswith("B-"):
                opened[column] = (word, tag[2:])
            elif tag.startswith("I-"):
                assert opened[column][1] == tag[2:]
        word += 1
    for column in list(opened):
        close(column)
    return found


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 80), st.integers(1, 30), st.sampled_from(["claim", "../../x", "a b"])),
        max_size=8,
        unique=True,
    )
)
def test_conll_has_every_span_also_where_they_overlap(places: list[tuple[int, int, str]]) -> None:
    source = text_source(
        1, "The ferry runs at night. Nobody asked the lamps, said Ada Moss. It was dark then, and so on."
    )
    spans = tuple(
        LabelledSpan(source.ref, start, min(start + length, len(source.text)), label, "")
        for start, length, label in places
    )
    written = LABEL_FORMATS["conll"].write(NoteCollection(texts={source.ref: source}, labelled=spans))
    expected, before = set(), 0
    for sentence in split_sentences(source.text, source.zones):
        words = words_and_signs(source.text, sentence)
        for span in spans:
            held = [
                before + n
                for n, (start, word) in enumerate(words)
                if start < span.end and span.start < start + len(word)
            ]
            if held:
                expected.add((held[0], held[-1] + 1, "-".join(span.label.split())))
        before += len(words)
    read = conll_spans(written).get("night-ferry/1", set())
    assert read == expected
    widths = {len(line.split("\t")) for line in written.split("\n") if line}
    assert len(widths) <= 1


# REFI-QDA

_NS = "{urn:QDA-XML:project:1.0}"
_ORDER = {
    "Project": ("Users", "CodeBook", "Sources", "Notes"),
    "TextSource": ("Description", "PlainTextSelection"),
    "PlainTextSelection": ("Coding", "NoteRef"),
    "Code": ("Description", "Code"),
}
_REQUIRED = {
    "Project": {"name"},
    "User": {"guid"},
    "Code": {"guid", "name", "isCodable"},
    "TextSource": {"guid", "plainTextPath"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"},
    "Coding": {"guid"},
    "CodeRef": {"targetGUID"},
    "NoteRef": {"targetGUID"},
    "Note": {"guid"},
}


def read_project(data: bytes) -> tuple[set[tuple[str, int, int, str]], ET.Element]:
    """Read a project as strictly as the standard's schema has it; return its coded spans and its root."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        root = ET.fromstring(archive.read("project.qde"))  # noqa: S314 - just written
        guids: set[str] = set()
        for element in root.iter():
            tag = element.tag.removeprefix(_NS)
            assert element.tag.startswith(_NS)
            assert _REQUIRED.get(tag, set()) <= set(element.keys())
            order = _ORDER.get(tag)
            children = [key for key, _ in groupby(child.tag.removeprefix(_NS) for child in element)]
            if order is not None:
                assert children == [name for name in order if name in children]
            if tag in {"Codes", "Users", "Sources", "Notes"}:
                assert len(element)
            guid = element.get("guid")
            if guid is not None:
                assert guid not in guids
                guids.add(guid)
        codes = {code.get("guid"): code.get("name") for code in root.iter(f"{_NS}Code")}
        assert all(ref.get("targetGUID") in guids for ref in root.iter(f"{_NS}NoteRef"))
        spans = set()
        for source in root.iter(f"{_NS}TextSource"):
            path = str(source.get("plainTextPath")).removeprefix("internal://")
            assert f"sources/{path}" in names
            text = archive.read(f"sources/{path}").decode("utf-8")
            for selection in source.iter(f"{_NS}PlainTextSelection"):
                assert selection.get("creatingUser") in guids
                start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
                assert 0 <= start < end <= len(text)
                for ref in selection.iter(f"{_NS}CodeRef"):
                    name = str(source.get("name")).split()[0]
                    spans.add((name, start, end, str(codes[ref.get("targetGUID")])))
        return spans, root


@pytest.mark.parametrize("seed", range(10))
def test_a_project_reads_back_by_the_standard(seed: int) -> None:
    collection = by_chance(seed)
    spans, root = read_project(LABEL_FORMATS["refi-qda"].encode(collection))
    assert spans == spans_of(collection)
    comments = [note.findtext(f"{_NS}PlainTextContent") for note in root.iter(f"{_NS}Note")]
    assert sorted(map(str, comments)) == sorted(s.comment for s in collection.labelled if s.comment)


def test_a_codebook_keeps_its_tree_and_survives_a_circle() -> None:
    source = text_source(1, "The ferry runs at night.")
    codes = (
        Code("claim", "what is said", "red"),
        Code("denial", parent="claim"),
        Code("one", parent="two"),
        Code("two", parent="one"),
    )
    spans = (LabelledSpan(source.ref, 0, 3, "denial", "The"),)
    data = LABEL_FORMATS["refi-qda"].encode(
        NoteCollection(texts={source.ref: source}, labelled=spans, codes=codes)
    )
    _, root = read_project(data)
    claim = next(code for code in root.iter(f"{_NS}Code") if code.get("name") == "claim")
    assert [code.get("name") for code in claim.iter(f"{_NS}Code")] == ["claim", "denial"]
    assert claim.findtext(f"{_NS}Description") == "what is said"
    assert {code.get("name") for code in root.iter(f"{_NS}Code")} == {"claim", "denial", "one", "two"}
