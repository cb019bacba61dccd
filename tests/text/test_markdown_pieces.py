"""The pieces of a text in Markdown: what is a heading, an item, a table, stressed, code or a link."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.model import Piece, PieceKind
from sources.text.markdown import bare_links, markdown_pieces
from tests.properties import dear

K = PieceKind


def _said(text: str, *kinds: PieceKind) -> list[str]:
    return [text[piece.start : piece.end] for piece in markdown_pieces(text) if piece.kind in kinds]


def _links(text: str) -> list[tuple[str, str]]:
    return [
        (text[piece.start : piece.end], piece.address)
        for piece in markdown_pieces(text)
        if piece.kind is K.LINK
    ]


STRESSED = [
    ("**bold** and *slanted*", ["bold"], ["slanted"]),
    ("__bold__ and _slanted_", ["bold"], ["slanted"]),
    ("***both***", ["both"], ["**both**"]),
    ("**bold *and* more**", ["bold *and* more"], ["and"]),
    ("snake_case_name and 2 * 3 * 4", [], []),
    ("*one\n\nand* no more", [], []),
    ("*over\ntwo lines*", [], ["over\ntwo lines"]),
    (r"\*none\*", [], []),
    ("`*code*` is none", [], []),
    ("**never closed", [], []),
]


@pytest.mark.parametrize(("text", "strong", "slanted"), STRESSED)
def test_stressed_words_are_found_without_their_marks(
    text: str, strong: list[str], slanted: list[str]
) -> None:
    assert _said(text, K.STRONG) == strong
    assert _said(text, K.EMPHASIS) == slanted


LINKS = [
    ("[the port](https://a.example/p_(x)) sold", [("the port", "https://a.example/p_(x)")]),
    ('[the port](<https://a.example> "said so")', [("the port", "https://a.example")]),
    ("[the port][1] and [Saltmarsh]\n\n[1]: https://a.example\n[saltmarsh]: https://b.example",
     [("the port", "https://a.example"), ("Saltmarsh", "https://b.example"),
      ("https://a.example", "https://a.example"), ("https://b.example", "https://b.example")]),
    ("<https://a.example> <moss@a.example>",
     [("https://a.example", "https://a.example"), ("moss@a.example", "mailto:moss@a.example")]),
    ("(see https://a.example/b.) Or https://a.example/c_(d), so",
     [("https://a.example/b", "https://a.example/b"), ("https://a.example/c_(d)", "https://a.example/c_(d)")]),
    ("[![quay](q.png)](https://a.example)", [("![quay](q.png)", "https://a.example"), ("quay", "q.png")]),
    ("[sic] and [sic](as they say) and [](https://a.example)", [("https://a.example", "https://a.example")]),
    ("`https://a.example` is code", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "links"), LINKS)
def test_links_have_their_words_and_their_address(text: str, links: list[tuple[str, str]]) -> None:
    assert _links(text) == links


def test_headings_have_their_levels() -> None:
    text = "# One\n\nTwo\n===\n\nThree\n---\n\n### Four ###\n\n#none\n\n    # code\n"
    found = [(text[p.start : p.end], p.level) for p in markdown_pieces(text) if p.kind is K.HEADING]
    assert found == [("# One", 1), ("Two", 1), ("Three", 2), ("### Four ###", 3)]


def test_items_say_where_their_words_begin() -> None:
    text = "- one\n  more\n  2. two\n- [x] three\n\nnone\n- four"
    found = [(text[p.start + p.level : p.end], p.level) for p in markdown_pieces(text) if p.kind is K.ITEM]
    assert found == [("one", 2), ("more", 2), ("two", 5), ("three", 6), ("four", 2)]


def test_a_table_is_all_its_lines_and_ends_with_them() -> None:
    table = "| a | b |\n|---|:-:|\n| 1 | **2** |"
    text = f"Before.\n\n{table}\n\nAfter | this."
    assert _said(text, K.TABLE) == [table]
    assert _said(text, K.RULE) == ["|---|:-:|"]
    assert _said(text, K.STRONG) == ["2"]
    assert _said("a | b\nno | table", K.TABLE) == []


def test_code_is_taken_as_it_is_in_a_quotation_too() -> None:
    assert _said("```py\n*x*\n\n# y\n```\n*z*", K.CODE_BLOCK, K.EMPHASIS) == ["```py\n*x*\n\n# y\n```", "z"]
    assert _said("> ```\n> *x*\n> ```\n> *z*", K.EMPHASIS) == ["z"]
    assert _said("> ```\n> *x*\n\n*z*", K.EMPHASIS) == ["z"]
    assert _said("``a ` b`` `c", K.CODE) == ["a ` b"]
    assert _said("words\n\n    code\n\nwords", K.CODE_BLOCK) == ["    code"]


def test_front_matter_is_left_to_the_one_who_knows_where_it_ends() -> None:
    text = "---\ntitle: *x*\n---\n*y*"
    assert [text[p.start : p.end] for p in markdown_pieces(text, 19) if p.kind is K.EMPHASIS] == ["y"]


PARTS = st.sampled_from(
    [*"*_`[]()!<>#-+|\\~=:. \n\t12ax\u0301字", "**", "```", "](", "](https://a.example/", "https://", "    ",
     "\n\n", "> ", "- ", "1. ", "|-|", "\n[a]: b\n"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PARTS, max_size=60).map("".join)))
@dear(300)
def test_pieces_are_spans_of_any_text_in_order(text: str) -> None:
    pieces = markdown_pieces(text)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert [(p.start, -p.end) for p in pieces] == sorted((p.start, -p.end) for p in pieces)
    marks = [p for p in pieces if p.kind is K.MARKUP]
    assert all(one.end <= other.start for one, other in pairwise(marks))
    assert all(text[p.start : p.end] == p.address and "\n" not in p.address for p in bare_links(text))


# Each would take minutes if the time for it grew with its square.
HOSTILE = [
    "*a " * 60_000, "*a " * 40_000 + "a* " * 40_000, "[" * 80_000 + "a" + "](b)" * 80_000, '](a "' * 50_000,
    "![" * 60_000 + "a" + "](b)" * 60_000, "`a ``b " * 40_000, "|a|\n|-|\n" * 25_000,
    "| a\n|" + " " * 200_000 + "x",
    "# " + " " * 200_000 + "x", "- - " * 50_000 + "x", "> " * 100_000, "<a@" * 80_000, "https://" * 30_000,
    "[a]: b\n" * 30_000, "```\n" * 50_000, "\n" * 200_000, "](" + "(a)" * 60_000, "_a_b" * 50_000,
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:8]))
def test_a_text_that_was_made_to_hang_is_read_all_the_same(text: str) -> None:
    pieces = markdown_pieces(text)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    depth = 0
    ends: list[int] = []
    for piece in pieces:
        if piece.kind in {K.STRONG, K.EMPHASIS, K.LINK}:
            ends = [end for end in ends if end > piece.start]
            ends.append(piece.end)
            depth = max(depth, len(ends))
    assert depth <= 40


def test_a_piece_is_a_plain_value() -> None:
    assert markdown_pieces("*a*")[1] == Piece(K.EMPHASIS, 1, 2)
