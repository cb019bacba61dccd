"""Labels as a REFI-QDA project, the exchange form of qualitative analysis programs.

After the REFI-QDA Standard 1.5 and its schema of 18 March 2019: a zip with ``project.qde`` and the texts as
``sources/GUID.txt``. Positions are code points.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sources.notes.export.collection import CODES, Code

if TYPE_CHECKING:
    from sources.model import Ref
    from sources.notes.export.collection import LabelledSpan, NoteCollection

NAMESPACE = "urn:QDA-XML:project:1.0"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:crossread:refi-qda")
_SOMEBODY = "me"  # the coder of spans that name none
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the zip's own times, so that the same project gives the same bytes


def encode(collection: NoteCollection) -> bytes:
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
