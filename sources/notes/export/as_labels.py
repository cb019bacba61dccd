"""Labelled spans for other programs: JSON Lines, CoNLL with BIO tags, and REFI-QDA projects.

A project is after the REFI-QDA Standard 1.5 and its schema of 18 March 2019: a zip with ``project.qde`` and
the texts as ``sources/GUID.txt``. Positions are code points.
"""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from sources.notes.export import CODES, Code
from sources.text.sentences import split_sentences
from sources.text.tokens import words_and_signs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.model import Ref, Source
    from sources.notes.export import LabelledSpan, NoteCollection


def write_json_lines(collection: NoteCollection) -> str:
    """Return one line for each source with labels, by ref; offsets are code points into ``text``.

    ``label`` holds ``[start, end, label]`` as annotation tools read them, ``spans`` all that is known.
    """
    found = collection.spans_by_ref()
    lines = [
        json.dumps(_document(collection.texts[ref], spans), ensure_ascii=False)
        for ref, spans in found.items()
        if ref in collection.texts
    ]
    return "".join(f"{line}\n" for line in lines)


def _document(source: Source, spans: list[LabelledSpan]) -> dict[str, Any]:
    return {
        "id": str(source.ref),
        "text": source.text,
        "label": [[span.start, span.end, span.label] for span in spans],
        "spans": [
            {
                "start": span.start,
                "end": span.end,
                "label": span.label,
                "quote": span.quote,
                "place": None if span.place is None else str(span.place),
                "coder": span.coder,
                "comment": span.comment,
                "created": span.created,
                "uid": span.uid,
            }
            for span in spans
        ],
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "language": source.language,
        "sha256": source.origin.sha256,
    }


class _Words(NamedTuple):
    """The words and signs of a text, and where among them its sentences begin."""

    words: list[str]
    starts: list[int]  # code points
    ends: list[int]
    sentences: list[int]  # numbers of words


class _Run(NamedTuple):
    """A run of words under a label."""

    start: int
    end: int
    label: str


def write_conll(collection: NoteCollection) -> str:
    """Return the words and signs of each source with labels: columns apart by tabs, sentences by empty lines.

    A source begins with a line ``-DOCSTART-(REF)``. A word belongs to a span that it shares a code point
    with; a span over several sentences is one in each; one on nothing but white space has no word.
    """
    documents = []
    for ref, spans in collection.spans_by_ref().items():
        if ref in collection.texts:
            words = _words(collection.texts[ref])
            documents.append((str(ref), words, _levelled(_runs(words, spans))))
    width = max((len(levels) for _, _, levels in documents), default=0) or 1
    return "".join(_conll_document(ref, words, levels, width) for ref, words, levels in documents)


def _words(source: Source) -> _Words:
    found = _Words([], [], [], [])
    for sentence in split_sentences(source.text, source.zones):
        found.sentences.append(len(found.words))
        for start, word in words_and_signs(source.text, sentence):
            found.words.append(word)
            found.starts.append(start)
            found.ends.append(start + len(word))
    return found


def _runs(words: _Words, spans: Iterable[LabelledSpan]) -> Iterable[_Run]:
    for span in spans:
        first, last = bisect_right(words.ends, span.start), bisect_left(words.starts, span.end)
        inner = words.sentences[bisect_right(words.sentences, first) : bisect_left(words.sentences, last)]
        borders = [first, *inner, last]
        label = "-".join(span.label.split())
        for start, end in pairwise(borders):
            if start < end:
                yield _Run(start, end, label)


def _levelled(runs: Iterable[_Run]) -> list[list[_Run]]:
    """Return the runs on as few levels as they need for no two on one level to overlap."""
    levels: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: (run.start, -run.end, run.label)):
        free = next((level for level in levels if level[-1].end <= run.start), None)
        if free is None:
            levels.append([run])
        else:
            free.append(run)
    return levels


def _conll_document(ref: str, words: _Words, levels: list[list[_Run]], width: int) -> str:
    columns = [["O"] * len(words.words) for _ in range(width)]
    for column, level in zip(columns, levels, strict=False):
        for run in level:
            column[run.start : run.end] = [f"I-{run.label}"] * (run.end - run.start)
            column[run.start] = f"B-{run.label}"
    lines = ["\t".join([f"-DOCSTART-({ref})", *["O"] * width]), ""]
    breaks = set(words.sentences[1:])
    for number, (word, *tags) in enumerate(zip(words.words, *columns, strict=True)):
        if number in breaks:
            lines.append("")
        lines.append("\t".join([word, *tags]))
    return "\n".join(lines) + "\n\n"


NAMESPACE = "urn:QDA-XML:project:1.0"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:crossread:refi-qda")
_SOMEBODY = "me"  # the coder of spans that name none
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the zip's own times, so that the same project gives the same bytes


def write_refi_qda(collection: NoteCollection) -> bytes:
    """Return the .qdpx file; every GUID is made from what it names, so that exports can be compared."""
    found = {ref: spans for ref, spans in collection.spans_by_ref().items() if ref in collection.texts}
    project = ET.tostring(_project(collection, found), encoding="utf-8", xml_declaration=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "project.qde", project)
        for ref in found:
            text = _xml_text(collection.texts[ref].text)
            _put(archive, f"sources/{_guid('text', ref)}.txt", text.encode("utf-8"))
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)


def _project(collection: NoteCollection, found: dict[Ref, list[LabelledSpan]]) -> ET.Element:
    project = ET.Element("Project", {"xmlns": NAMESPACE, "name": "crossread", "origin": "crossread"})
    coders = sorted({_coder(span) for spans in found.values() for span in spans})
    if coders:
        users = ET.SubElement(project, "Users")
        for coder in coders:
            _element(users, "User", guid=_guid("user", coder), name=coder)
    names = {span.label for spans in found.values() for span in spans}
    known = {code.name: code for code in collection.codes}
    codes = _codes({**{name: Code(name) for name in names}, **known})
    if len(codes):
        ET.SubElement(project, "CodeBook").append(codes)
    if found:
        sources = ET.SubElement(project, "Sources")
        for ref, spans in found.items():
            _source(sources, collection, ref, spans)
    comments = [span for spans in found.values() for span in spans if span.comment]
    if comments:
        notes = ET.SubElement(project, "Notes")
        for span in comments:
            note = _element(notes, "Note", guid=_guid("note", span.name), name=f"{span.label}: {span.ref}")
            ET.SubElement(note, "PlainTextContent").text = _xml_text(span.comment)
    return project


def _codes(codes: dict[str, Code]) -> ET.Element:
    root = ET.Element("Codes")
    made: dict[str, ET.Element] = {}

    def make(name: str, above: frozenset[str]) -> ET.Element:
        if name in made:
            return made[name]
        code = codes[name]
        # A codebook with a circle in it must not keep the rest from being written.
        inner = code.parent in codes and code.parent not in above
        parent = make(str(code.parent), above | {name}) if inner else root
        facts = {"guid": _guid("code", name), "name": name, "isCodable": "true"}
        if code.colour in CODES:
            facts["color"] = CODES[str(code.colour)]
        made[name] = _element(parent, "Code", **facts)
        if code.meaning:
            description = ET.Element("Description")
            description.text = _xml_text(code.meaning)
            made[name].insert(0, description)
        return made[name]

    for name in sorted(codes):
        make(name, frozenset({name}))
    return root


def _source(sources: ET.Element, collection: NoteCollection, ref: Ref, spans: list[LabelledSpan]) -> None:
    text, guid = collection.texts[ref], _guid("text", ref)
    name = f"{ref} {text.title}" if text.title else str(ref)
    source = _element(sources, "TextSource", guid=guid, name=name, plainTextPath=f"internal://{guid}.txt")
    facts = [fact for fact in (text.publisher, text.author, text.date, text.url) if fact]
    if facts:
        ET.SubElement(source, "Description").text = _xml_text(" · ".join(facts))
    for span in spans:
        user = _guid("user", _coder(span))
        facts_of_span = {"creatingUser": user} | ({"creationDateTime": span.created} if span.created else {})
        selection = _element(
            source,
            "PlainTextSelection",
            guid=_guid("selection", span.name),
            name=span.quote[:80],
            startPosition=str(span.start),
            endPosition=str(span.end),
            **facts_of_span,
        )
        coding = _element(selection, "Coding", guid=_guid("coding", span.name), **facts_of_span)
        _element(coding, "CodeRef", targetGUID=_guid("code", span.label))
        if span.comment:
            _element(selection, "NoteRef", targetGUID=_guid("note", span.name))


def _coder(span: LabelledSpan) -> str:
    return span.coder or _SOMEBODY


def _element(parent: ET.Element, tag: str, **facts: str) -> ET.Element:
    return ET.SubElement(parent, tag, {name: _xml_text(value) for name, value in facts.items()})


def _guid(kind: str, name: object) -> str:
    return str(uuid.uuid5(_SPACE, f"{kind} {name}"))


def _xml_text(text: str) -> str:
    """Return ``text`` with a stand-in for every character that XML 1.0 may not hold; positions stay true."""
    return "".join(
        sign
        if sign in "\t\n" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign > "\uffff"
        else "\ufffd"
        for sign in text
    )
