from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sources.model import Origin, Ref, Source, SourceEntry, StoryEntry, Zone, ZoneKind
from tui.app.controllers.library import first_words
from tui.app.state import LibraryListing
from tui.app.views.library import LibraryRows, Signs, short_publisher, source_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.widgets.virtual_list import Row

REFS = [*(Ref("harbour", number) for number in range(1, 12)), Ref("harbour", None)]
SIGNS = st.builds(
    Signs,
    st.none() | st.sampled_from(REFS),
    st.lists(st.sampled_from(REFS), max_size=4, unique=True).map(tuple),
    st.frozensets(st.sampled_from(REFS)),
)


def entry(ref: Ref) -> SourceEntry:
    number = ref.number or 0
    title = None if number == 3 else f"[b]Title[/x] {number}"
    sha256 = "same" if number in {4, 7} else str(number)
    return SourceEntry(ref, title, "The Courier", None, None, None, 9, sha256, notes=int(number == 5))


def listing() -> LibraryListing:
    stories = (
        StoryEntry("harbour", "Harbour", 11, has_summary=True, added=""),
        StoryEntry("rail", None, 6, has_summary=False, added=""),
    )
    entries = {"harbour": tuple(map(entry, REFS[:-1]))}
    return LibraryListing.of(stories, entries, {"harbour": 1}, {REFS[2]: "First words of it"})


def said(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [(row.cells.plain, row.hint) for row in rows]


def test_the_library_is_told_in_rows() -> None:
    rows = said(LibraryRows(listing(), Signs(REFS[0], (REFS[1],), frozenset({REFS[1]}))).rows)
    assert rows[0] == ("▾ Harbour", "11")
    assert rows[1] == ("»  1 [b]Title[/x] 1", "C")
    assert rows[2] == (" ◆ 2 [b]Title[/x] 2", "✓ C")
    assert rows[3] == ("   3 First words of it", "C")
    assert [hint for _, hint in rows[4:8]] == ["≈ C", "● C", "C", "≈ C"]
    assert rows[12:] == [("     summary", "●"), ("▸ rail", "6")]


@given(SIGNS, SIGNS)
def test_changed_signs_give_the_rows_that_would_be_made_anew(before: Signs, after: Signs) -> None:
    kept = LibraryRows(listing(), before)
    assert said(kept.sign(after)) == said(LibraryRows(listing(), after).rows)


def test_publishers_are_known_by_their_capitals() -> None:
    names = {
        "The Saltmarsh Courier": "SC",
        "QuayPress": "QP",
        "gazette": "G",
        "": "",
        "Bank of the North": "BN",
    }
    assert {name: short_publisher(name) for name in names} == {**names, "Bank of the North": "BN"}


def test_the_table_of_sources_keeps_its_columns_whole_in_half_a_screen() -> None:
    entries = [
        SourceEntry(
            Ref("harbour", number), "Port sold " * 9, "The Courier", None, "2031-06-12", None, 1234, ""
        )
        for number in (1, 200)
    ]
    for width, last in ((44, "date"), (45, "words")):  # from 12 cells of title on, the words stand there too
        head, *rows = said(source_table(entries, Signs(None, (), frozenset()), width, {}))
        assert all(len(cells) == width - 2 and "2031-06-12" in cells for cells, _ in rows)
        assert head[0].split()[-1] == last
        assert all(("1,234" in cells) is (last == "words") for cells, _ in rows)


def test_a_source_without_a_title_is_not_named_by_a_caption() -> None:
    text = "Mayor Ida Brook at the quay. PA\n\nThe harbour closes on Friday, the port said."
    zones = (Zone(ZoneKind.CAPTION, 0, 31), Zone(ZoneKind.BODY, 31, len(text)))

    def source(text: str, zones: tuple[Zone, ...]) -> Source:
        return Source(Ref("a", 1), None, None, None, None, None, None, text, zones, Origin(None, "0", "text"))

    assert first_words(source(text, zones)) == "The harbour closes on Friday, the port said."
    assert first_words(source(text[:31], zones[:1])) == "Mayor Ida Brook at the quay. PA"
