"""The structure of texts that are not in Markdown, and the outline of any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.model import Origin, PieceKind, Ref, Source, Zone, ZoneKind
from sources.text.structure import outline_of, structure_of
from tests.properties import dear


def _source(text: str, kind: str = "plain text", zones: tuple[Zone, ...] = ()) -> Source:
    return Source(Ref("s", 1), None, None, None, None, None, None, text, zones, Origin(None, "", kind))


def _outline(text: str, kind: str = "plain text", zones: tuple[Zone, ...] = ()) -> list[tuple[int, str]]:
    return [(heading.level, heading.words) for heading in outline_of(_source(text, kind, zones))]


def test_headings_of_markdown_have_their_words_without_marks() -> None:
    text = "# The *harbour* [deal](https://a.example) #\n\nText.\n\nWho says\n--------\n\n### `What`\n"
    assert _outline(text, "markdown") == [(1, "The harbour deal"), (2, "Who says"), (3, "`What`".strip("`"))]


def test_headings_that_the_import_found_are_the_outline() -> None:
    text = "One\n\nText.\n\nTwo\n\nMore."
    zones = (Zone(ZoneKind.HEADING, 0, 3), Zone(ZoneKind.BODY, 3, 12), Zone(ZoneKind.HEADING, 12, 15))
    assert _outline(text, "html", zones) == [(1, "One"), (1, "Two")]


TEXT = "It was so.\n\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"1. Where it began\n\n{TEXT}1.1 In the port\n\n{TEXT}2. Where it ended\n\n{TEXT}",
         [(1, "1. Where it began"), (2, "1.1 In the port"), (1, "2. Where it ended")]),
        (f"Chapter I\n\n{TEXT}Chapter II. Sold\n\n{TEXT}", [(1, "Chapter I"), (1, "Chapter II. Sold")]),
        (f"THE PORT\n\n{TEXT}WHAT WAS SOLD?\n\n{TEXT}", [(1, "THE PORT"), (1, "WHAT WAS SOLD?")]),
        (f"THE PORT\n\n{TEXT}", []),  # one alone is a headline
        (f"THE PORT\nsaid so\n\n{TEXT}THE SALE\nwas off\n\n{TEXT}", []),
        (f"1. Where it began.\n\n{TEXT}2. Where it ended.\n\n{TEXT}", []),  # sentences
        (f"3. Goals\n\n{TEXT}17 Fouls\n\n{TEXT}", []),  # not counted from one
        (f"ABC\n\n{TEXT}DEF\n\n{TEXT}", []),
        (f"{'LONG ' * 16}\n\n{TEXT}{'LONG ' * 16}\n\n", [(1, ("LONG " * 16).strip())] * 2),
        (f"{'LONG ' * 16}ER\n\n{TEXT}{'LONG ' * 16}ER\n\n", []),
    ],
)  # fmt: skip
def test_headings_of_a_plain_text_are_found_where_it_is_sure(text: str, found: list[tuple[int, str]]) -> None:
    assert _outline(text) == found


def test_lists_and_tables_as_an_import_writes_them_are_known() -> None:
    text = "Said.\n\n- one\n12. two\n-three\n\nPaper | Price\nMail | 4\n\nHome | News\n\na | b\nc | d | e"
    kinds = [
        (piece.kind, text[piece.start : piece.end], piece.level) for piece in structure_of(_source(text))
    ]
    assert kinds == [
        (PieceKind.ITEM, "- one", 2),
        (PieceKind.ITEM, "12. two", 4),
        (PieceKind.TABLE, "Paper | Price\nMail | 4", 0),
    ]


PARTS = st.sampled_from(
    ["\n", "\n\n", " | ", "- ", "1. ", "1.1 ", "PORT", "a", " ", "Chapter I", "https://a.b", "é"]
)


@given(st.one_of(st.text(), st.lists(PARTS, max_size=60).map("".join)), st.sampled_from(["markdown", "html"]))
@dear(200)
def test_any_text_has_a_structure_in_order(text: str, kind: str) -> None:
    pieces = structure_of(_source(text, kind))
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert [(p.start, -p.end) for p in pieces] == sorted((p.start, -p.end) for p in pieces)
    assert all(heading.words for heading in outline_of(_source(text, kind)))


@pytest.mark.long
@pytest.mark.parametrize(
    "text", ["1. A\n\n" * 40_000, "A" * 300_000, " | \n" * 60_000, "\n \n" * 90_000, "AAAA\n\n" * 40_000]
)
def test_a_long_text_that_was_made_to_hang_has_one_too(text: str) -> None:
    assert len(structure_of(_source(text))) <= len(text)
    assert len(outline_of(_source(text))) <= len(text)
