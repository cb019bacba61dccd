"""PDF: paragraphs, pages that can be cited, and files that are locked, scanned or broken."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import EmptyInput, InputError, Malformed, NeedsPackage, TooLarge
from sources.formats import BUILT_IN, pdf
from sources.importing import import_paths
from sources.model import ParsedFile, ZoneKind, located
from tests.formats.papers import Line, paragraph
from tests.formats.papers import pdf as made

if TYPE_CHECKING:
    from sources.library import Library

HEAD = ("The Harbour Report 2031", 72, 760, 8)
FIRST = [
    ("The Sale of the Port", 72.0, 720.0, 18.0),
    *paragraph(
        "The council sold the port on Thursday, and nobody on the quay had heard of the buy-",
        "er before that day. The price was \u20ac4.2 million, which a well-known expert called low.",
        "It had been valued at more.",
        y=690,
    ),
    *paragraph("Ada Moss, the chief executive, said that there had been no other offer, and that", y=630),
]
SECOND = [
    *paragraph("the price was fair. She spoke in the well-", "known hall of the harbour."),
    *paragraph("A second paragraph stands here, and it ends with the page, as most do not, really.", y=660),
]
THIRD = paragraph("The third page has one line.")


def numbered(*pages: list[Line]) -> list[list[Line]]:
    return [[HEAD, *page, (f"Page {at} of {len(pages)}", 300, 40, 8)] for at, page in enumerate(pages, 1)]


def read(data: bytes) -> ParsedFile:
    (found,) = pdf.read(io.BytesIO(data), Path("a.pdf"))
    return found


def locked(password: str, **how: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made(FIRST)))
    writer.encrypt(password, "owner", **how)  # type: ignore[arg-type]  # the name of an algorithm
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_lines_are_paragraphs_and_parted_words_are_whole() -> None:
    (parsed,) = read(made(*numbered(FIRST, SECOND, THIRD))).sources
    said = [
        "The Sale of the Port",
        (
            "The council sold the port on Thursday, and nobody on the quay had heard of the buyer before "
            "that day. The price was €4.2 million, which a well-known expert called low. "
            "It had been valued at more."
        ),
        (
            "Ada Moss, the chief executive, said that there had been no other offer, and that the price was "
            "fair. She spoke in the well-known hall of the harbour."
        ),
        "A second paragraph stands here, and it ends with the page, as most do not, really.",
        "The third page has one line.",
    ]
    muted = [zone for zone in parsed.zones if zone.kind.muted]
    body = "".join(parsed.text[zone.start : zone.end] for zone in parsed.zones if not zone.kind.muted)
    assert body.strip().split("\n\n") == said
    assert sum(parsed.text[zone.start : zone.end].count("The Harbour Report") for zone in muted) == 3
    assert sum(parsed.text[zone.start : zone.end].count("Page ") for zone in muted) == 3
    assert parsed.zones[0].kind is ZoneKind.HEADING
    assert (parsed.title, parsed.guessed) == ("The Sale of the Port", ("title",))


def test_a_passage_is_cited_by_its_page() -> None:
    labels = "/PageLabels << /Nums [0 << /S /r /St 9 >> 1 << /S /D /St 1 >>] >>"
    (parsed,) = read(made(*numbered(FIRST, SECOND, THIRD), labels=labels)).sources

    def page(words: str) -> str:
        start = parsed.text.index(words)
        return str(located(parsed.locators, start, start + len(words)))

    assert page("The council sold") == "p. ix"
    assert page("no other offer, and that") == "p. ix"
    assert page("the price was fair") == "p. 1"
    assert page("other offer, and that the price was fair") == "pp. ix–1"
    assert page("A second paragraph") == "p. 1"
    assert page("third page") == "p. 2"


def test_columns_come_in_the_order_of_the_file() -> None:
    left = paragraph("The left column is read first,", "and its last sentence goes on at", "the top of the")
    right = paragraph("right column, where it ends.", "Then there is more of it.", x=320)
    (parsed,) = read(made([*left, *right])).sources
    assert parsed.text == (
        "The left column is read first, and its last sentence goes on at the top of the right column, where "
        "it ends. Then there is more of it."
    )


@pytest.mark.parametrize(("times", "muted"), [(2, False), (3, True)])
def test_a_line_is_a_running_head_when_it_is_on_three_pages(times: int, *, muted: bool) -> None:
    pages = [[("Confidential draft", 72.0, 770.0, 10.0), *SECOND] for _ in range(times)]
    (parsed,) = read(made(*pages)).sources
    zone = next(zone for zone in parsed.zones if "Confidential" in parsed.text[zone.start : zone.end])
    assert zone.kind.muted is muted


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Sale of Northport Harbour", "Sale of Northport Harbour"),
        ("Microsoft Word - draft3.doc", "The Sale of the Port"),
        ("report_final.indd", "The Sale of the Port"),
        ("Untitled", "The Sale of the Port"),
    ],
)
def test_a_title_that_a_program_made_up_is_none(stated: str, title: str) -> None:
    assert read(made(FIRST, info=f"/Title ({stated})")).title == title


def test_the_name_of_an_account_is_no_author() -> None:
    assert read(made(FIRST, info="/Author (jsmith)")).sources[0].author is None
    (parsed,) = read(made(FIRST, info="/Author (Ada Moss)", language="/Lang (en-GB)")).sources
    assert (parsed.author, parsed.language, parsed.date) == ("Ada Moss", "en-GB", None)


def test_a_scan_is_refused_and_pages_without_text_are_named() -> None:
    with pytest.raises(EmptyInput, match=r"as a scan does: have it recognised \(OCR\) first"):
        read(made([], []))
    assert read(made(FIRST, [])).warnings == ("1 of 2 pages have no text: 2",)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_locked_one_is_refused_and_one_that_only_may_not_be_printed_is_read(algorithm: str) -> None:
    with pytest.raises(Malformed, match="is locked with a password"):
        read(locked("secret", algorithm=algorithm))
    assert read(locked("", algorithm=algorithm)).title == "The Sale of the Port"


@pytest.mark.parametrize("data", [made(FIRST)[:60], b"%PDF-1.7\n" + b"\0" * 100, b"%PDF-"])
def test_a_damaged_one_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed, match="is a damaged PDF"):
        read(data)


def test_a_page_without_end_is_named_and_the_others_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_OPERATORS", 100)
    endless = [("x", 72.0, 100.0 + at, 10.0) for at in range(60)]
    found = read(made(THIRD, endless))
    assert found.failures == ("page 2: has too much on it, and was left out",)
    assert found.sources[0].text == "The third page has one line."


def test_pages_and_bytes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    assert read(made(FIRST, SECOND)).sources
    with pytest.raises(TooLarge, match="has 3 pages, more than 2"):
        read(made(FIRST, SECOND, THIRD))
    monkeypatch.setattr(pdf, "LARGEST", 500)
    with pytest.raises(TooLarge):
        read(made(FIRST))


def test_without_the_package_the_line_that_installs_it_is_said(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (tmp_path / "a.pdf").write_bytes(made(FIRST))
    (tmp_path / "b.txt").write_text("The ferry has left.")
    report = import_paths(library, [str(tmp_path / "a.pdf"), str(tmp_path / "b.txt")])
    assert [failure.reason for failure in report.failed] == [
        "PDF is read with one more package: pip install 'crossread[pdf]'"
    ]
    assert len(report.stories) == 1
    with pytest.raises(NeedsPackage):
        read(made(FIRST))


def test_it_is_told_by_its_beginning() -> None:
    assert BUILT_IN.of_bytes(b"\n%PDF-1.4\n", None) is BUILT_IN.find("pdf")
    assert BUILT_IN.of_bytes(b"A text about %PDF", Path("a.pdf")) is None


@given(st.integers(0, 2500), st.binary(max_size=80))
def test_any_damage_is_an_error_or_a_text(at: int, noise: bytes) -> None:
    data = made(FIRST, SECOND)
    try:
        read(data[:at] + noise + data[at + len(noise) :])
    except InputError as error:
        assert error.reason  # noqa: PT017 - either outcome is right
