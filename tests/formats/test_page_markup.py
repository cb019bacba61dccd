"""What a web page stresses and links, as pieces of the text that was taken from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.formats import html
from sources.formats.page_markup import page_pieces
from sources.model import PieceKind
from tests.properties import dear

LONG = "and the price had been agreed before the summer, which Northport denies in all of its own filings"
PAGE = f"""<!doctype html><html lang="en"><head><title>The deal</title></head><body>
<nav><a href="/">The deal</a> <a href="/n">News</a></nav><article><h1>The deal</h1>
<p>Northport plc said on <b>Thursday</b> that it would sell to <a href="https://fund.example/?a=1&amp;b=2">Meridian
 <i>Fund</i></a>, {LONG}.</p>
<h2>Who says what</h2>
<ul><li>The <a href="/board">board</a> met twice, {LONG}</li>
<li>The Mail says <a href="javascript:x()">no</a></li></ul>
<table><tr><th>Paper</th><th>Price</th></tr><tr><td>The Mail</td><td><strong>4</strong></td></tr></table>
<p>The sale needs the blessing of a <code>ministry</code>, {LONG}.</p></article>
<footer><a href="/f">Footer</a></footer></body></html>"""


def test_links_and_stress_of_a_page_are_pieces_of_its_text() -> None:
    (source,) = html.parse(PAGE, None).sources
    found = [
        (piece.kind, source.text[piece.start : piece.end], piece.level or piece.address)
        for piece in source.pieces
    ]
    assert found == [
        (PieceKind.HEADING, "The deal", 1),
        (PieceKind.STRONG, "Thursday", ""),
        (PieceKind.LINK, "Meridian Fund", "https://fund.example/?a=1&b=2"),
        (PieceKind.EMPHASIS, "Fund", ""),
        (PieceKind.HEADING, "Who says what", 2),
        (PieceKind.LINK, "board", "/board"),
        (PieceKind.STRONG, "4", ""),
        (PieceKind.CODE, "ministry", ""),
    ]


def test_words_of_a_menu_are_not_taken_for_those_of_the_article() -> None:
    page = f'<p><a href="/menu">News</a></p><p>{LONG}</p><p>News</p><p>{LONG}!</p>'
    assert page_pieces(page, f"{LONG}\n\nNews\n\n{LONG}!") == ()
    assert [piece.address for piece in page_pieces(page, f"News\n\n{LONG}\n\nNews")] == ["/menu"]


PARTS = st.sampled_from(
    ["<a href='https://a.example'>", "</a>", "<b>", "</b>", "<h2>", "</h2>", "<p>", " ", "\n", "word", "é",
     "e\u0301", "- ", " | ", "&amp;", "<script>", "</script>", LONG]
)  # fmt: skip


@given(st.lists(PARTS, max_size=40).map("".join), st.lists(PARTS, max_size=20).map("".join))
@dear(200)
def test_pieces_are_spans_of_any_text_whatever_the_page(page: str, text: str) -> None:
    pieces = page_pieces(page, text)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert [(p.start, -p.end) for p in pieces] == sorted((p.start, -p.end) for p in pieces)


@pytest.mark.long
@pytest.mark.parametrize(
    ("page", "text"),
    [("<a href='/x'>" * 50_000 + "w" * 100_000, "w" * 100_000), ("<b>w</b>" * 30_000, "w\n" * 30_000),
     (f"<p>{LONG}" * 3_000, f"{LONG}?\n" * 3_000),
     ("<a href='/x'><b>" * 20_000 + LONG * 200 + "</b></a>" * 20_000, LONG)],
    ids=["open", "many", "missing", "nested"],
)  # fmt: skip
def test_a_page_that_was_made_to_hang_is_read_all_the_same(page: str, text: str) -> None:
    assert len(page_pieces(page, text)) <= 20_000
