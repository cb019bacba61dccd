"""DOCX and ODT as Word and LibreOffice write them, in as few parts as they may have."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import EmptyInput, InputError, Malformed
from sources.formats import BUILT_IN, office
from tests.formats.books import zipped

if TYPE_CHECKING:
    from sources.model import ParsedFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = "<w:document {w}><w:body>{body}</w:body></w:document>"
STYLES = f"""<w:styles {W}>
<w:style w:styleId="Rubrik1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Chapter"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="Quote"><w:name w:val="Quote"/></w:style></w:styles>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>As she said.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""
CORE = """<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>"""
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)
CONTENT = """<office:document-content {office}><office:automatic-styles>
<style:style style:name="P1" style:parent-style-name="Title"/>
<style:style style:name="P2" style:parent-style-name="Quotations"/></office:automatic-styles>
<office:body><office:text>{body}</office:text></office:body></office:document-content>"""


def p(*runs: str, style: str = "", numbered: int | None = None) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered is not None:
        properties += f'<w:numPr><w:ilvl w:val="{numbered}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(body: str, *, title: str = "", author: str = "", name: str = "word/document.xml") -> bytes:
    relation = (
        f'<Relationships><Relationship Type="http://x/officeDocument" Target="/{name}"/></Relationships>'
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relation,
            name: DOCUMENT.format(w=W, body=body),
            "word/styles.xml": STYLES,
            "word/footnotes.xml": NOTES,
            "docProps/core.xml": CORE.format(title=title, author=author),
        }
    )


def odt(body: str, manifest: str = "<manifest/>") -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": CONTENT.format(office=OFFICE, body=body),
            "meta.xml": CORE.format(title="Harbour notes", author="Lin Okafor"),
            "META-INF/manifest.xml": manifest,
        }
    )


def read(data: bytes) -> ParsedFile:
    reader = office.read_odt if b"opendocument.text" in data[:100] else office.read_docx
    (found,) = reader(io.BytesIO(data), Path("a"))
    return found


WORD = (
    p(r("The Sale"), style="Rubrik1")
    + p(r("The port was "), r("sold", "<w:b/>"), r("."), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    + p(r("one"), numbered=0)
    + p(r("two"), numbered=1)
    + "<w:tbl><w:tr><w:tc>" + p(r("Ship")) + "</w:tc><w:sdt><w:sdtContent><w:tc>" + p(r("Tons"))
    + "</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>"
    + p(r("No choice."), style="Quote")
    + p(
        f"<w:ins>{r('Added. ')}</w:ins><w:del><w:r><w:delText>Gone. </w:delText></w:r></w:del>",
        r("Hidden.", "<w:vanish/>"), "<w:r><w:instrText>PAGE</w:instrText><w:br/></w:r>", r("Next line."),
    )
    + p(r("After"), style="Own")
)  # fmt: skip


@pytest.mark.parametrize("name", ["word/document.xml", "word/document2.xml"])
def test_a_document_of_word_comes_in_block_by_block(name: str) -> None:
    found = read(docx(WORD, title="Harbour notes", author="Ada Moss", name=name))
    (parsed,) = found.sources
    assert parsed.text.split("\n\n") == [
        "The Sale", "The port was sold.[1]", "- one\n  - two", "Ship | Tons", "No choice.",
        "Added.\nNext line.", "After", "[1] As she said.",
    ]  # fmt: skip
    kinds = [
        (zone.kind.value, parsed.text[zone.start : zone.end].strip())
        for zone in parsed.zones
        if zone.kind.value != "body"
    ]
    assert kinds == [("heading", "The Sale"), ("block quote", "No choice."), ("heading", "After")]
    # The account that the text does not name is no author.
    assert (parsed.title, parsed.author, parsed.language, parsed.date) == (
        "Harbour notes",
        None,
        "en-GB",
        None,
    )


def test_a_document_without_a_title_has_its_first_heading_as_a_guess() -> None:
    (parsed,) = read(docx(WORD + p(r("By Ada Moss")), title="draft.docx", author="Ada Moss")).sources
    assert (parsed.title, parsed.guessed, parsed.author) == ("The Sale", ("title",), "Ada Moss")


LIBRE = """<text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes>
<text:p text:style-name="P1">Notes</text:p><text:h text:outline-level="1">The Sale</text:h>
<text:p>The port<text:s text:c="3"/>was <text:span>sold</text:span>.<text:note
><text:note-citation>1</text:note-citation><text:note-body
><text:p>As she said.</text:p></text:note-body></text:note></text:p>
<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two</text:p></text:list-item>
</text:list></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Ship</text:p></table:table-cell>
<table:table-cell><text:p>Tons</text:p></table:table-cell></table:table-row></table:table>
<text:p text:style-name="P2">No choice.<office:annotation
><text:p>Really?</text:p></office:annotation></text:p>"""


def test_a_document_of_libre_office_comes_in_block_by_block() -> None:
    (parsed,) = read(odt(LIBRE)).sources
    assert parsed.text.split("\n\n") == [
        "Notes", "The Sale", "The port was sold.[1]", "- one\n  - two", "Ship | Tons", "No choice.",
        "[1] As she said.",
    ]  # fmt: skip
    assert [zone.kind.value for zone in parsed.zones][:2] == ["heading", "heading"]
    assert parsed.title == "Harbour notes"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is locked with a password"),
        (odt(LIBRE, "<manifest><encryption-data/></manifest>"), "is locked with a password"),
        (docx(WORD)[:200], "is not a whole DOCX file"),
        (zipped({"word/x.xml": "<x/>"}), "it has no text part"),
        (docx("<w:p>" * 300), "nests more than 200 elements"),
        (zipped({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "declares entities"),
    ],
    ids=["locked by Word", "locked by LibreOffice", "cut off", "no text part", "nested", "entities"],
)
def test_what_is_locked_or_broken_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        read(data)


def test_one_without_text_is_refused() -> None:
    for data in (docx(p()), odt("")):
        with pytest.raises(EmptyInput, match="is a document without text"):
            read(data)


def test_they_are_told_by_their_parts_or_their_names() -> None:
    assert BUILT_IN.of_bytes(docx(WORD), None) is BUILT_IN.find("docx")
    assert BUILT_IN.of_bytes(odt(LIBRE), None) is BUILT_IN.find("odt")
    assert BUILT_IN.of_bytes(zipped({"a": "b"}), Path("a.docx")) is BUILT_IN.find("docx")
    assert BUILT_IN.of_bytes(zipped({"a": "b"}), Path("a.zip")) is None


@given(st.sampled_from([docx(WORD), odt(LIBRE)]), st.integers(0, 3000), st.binary(max_size=60))
def test_any_damage_is_an_error_or_a_text(data: bytes, at: int, noise: bytes) -> None:
    try:
        read(data[:at] + noise + data[at + len(noise) :])
    except InputError as error:
        assert error.reason  # noqa: PT017 - either outcome is right


def test_what_is_nested_comes_once() -> None:
    def box(inside: str) -> str:
        return f"<w:r><w:t>Out.</w:t><w:txbxContent>{inside}</w:txbxContent></w:r>"

    boxes = p(box(p(box(p(box(p(r("In."))))))), "<w:del>" + box(p(r("Gone."))) + "</w:del>")
    assert read(docx(boxes)).sources[0].text == "Out.\n\nOut.\n\nOut.\n\nIn."
    cell = f"<w:tbl><w:tr><w:tc>{'<w:p>' * 50}{r('Ship')}{'</w:p>' * 50}</w:tc></w:tr></w:tbl>"
    assert read(docx(cell)).sources[0].text == "Ship"
    row, end = "<table:table-row><table:table-cell><text:p>", "</text:p></table:table-cell></table:table-row>"
    rows = f"<table:table>{row}Ship <table:table>{row}Tons{end}</table:table>{end}</table:table>"
    assert read(odt(rows)).sources[0].text == "Ship Tons"


def test_a_heading_that_reads_like_a_button_stays_one_among_many() -> None:
    found = read(docx((p(r("Share this article"), style="Rubrik1") + p(r("Share this article"))) * 3))
    kinds = [zone.kind.value for zone in found.sources[0].zones]
    assert kinds == ["heading", "boilerplate"] * 3
