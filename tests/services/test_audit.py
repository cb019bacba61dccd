from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sources import sample
from sources.errors import EmptyInput, RequestError
from sources.importing import import_paths
from sources.model import Ref, Span
from tui.services.audit import (
    Audited,
    audit_story,
    audit_text,
    choose_reading,
    overrule,
    take_back,
)
from tui.services.drafts import STANDARD_INPUT, read_draft
from tui.services.excerpts import excerpt

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library

MILL = (
    """The paper mill in Ostwick will close on 3 March, its owner said. About 240 people work there.
The owner, Tarn Paper, lost 18 million euros last year.""",
    """Tarn Paper will close its paper mill in Ostwick. The union says that 240 jobs go.
Rain fell on the valley through the night, and the river rose.""",
)


@pytest.fixture
def mill(library: Library, tmp_path: Path) -> Library:
    """Give a library with a story of two sources, and one of a single source."""
    paths = []
    for number, text in enumerate(MILL, start=1):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(f"The mill {number}\n\n{text}\n", encoding="utf-8")
    assert not import_paths(library, [str(path) for path in paths], story="mill").failed
    other = tmp_path / "weather.txt"
    other.write_text("Weather\n\nThe river in Ostwick rose by a metre, the weather office said.\n")
    assert not import_paths(library, [str(other)], story="weather").failed
    return library


def audited(library: Library, written: str, *against: Ref | str, name: str = "draft.txt") -> Audited:
    found = audit_text(library, name, written, against or ("mill",))
    assert found is not None
    return found


def summary_of(library: Library) -> Audited:
    found = audit_story(library, sample.STORY)
    assert found is not None
    return found


def ambiguous(found: Audited) -> int:
    """Return the number of the first sentence whose marker has a reading that is not taken."""
    return next(one.number for one in found.sentences if one.unread)


# How a marker is read is the user's choice, and stays.


def test_a_chosen_reading_is_obeyed_by_every_audit_and_can_be_taken_back(sample_library: Library) -> None:
    before = summary_of(sample_library)
    number = ambiguous(before)
    marker = before.sentences[number - 1].sentence.marker
    assert marker is not None
    other = next(one for one in marker.readings if one != marker.chosen)
    choose_reading(sample_library, before, number, other)
    one = summary_of(sample_library).sentences[number - 1]
    assert one.sentence.marker is not None
    assert one.sentence.marker.chosen == other
    assert [here.check.ref.number for here in one.checks] == list(other)
    assert (one.settled, one.unread) == (True, False)
    take_back(sample_library, before, number)
    assert summary_of(sample_library) == before


def test_several_markers_of_a_sentence_are_read_together(sample_library: Library) -> None:
    both = "The fund has two seats on a board of seven¹², has no vote, and pays $4.2 billion¹³."
    found = audited(sample_library, both, sample.STORY)
    marker = found.sentences[0].sentence.marker
    assert marker is not None
    assert {(12, 13), (1, 2, 13), (1, 2, 3), (12, 1, 3)} == set(marker.readings)
    other = marker.readings[-1]
    choose_reading(sample_library, found, 1, other)
    again = audited(sample_library, both, sample.STORY).sentences[0]
    assert again.sentence.marker is not None
    assert again.sentence.marker.chosen == other
    assert again.settled


def test_only_a_reading_that_the_marker_has_can_be_chosen(sample_library: Library) -> None:
    found = summary_of(sample_library)
    with pytest.raises(RequestError, match="can only be read as"):
        choose_reading(sample_library, found, ambiguous(found), [3])
    uncited = next(one.number for one in found.sentences if one.sentence.marker is None)
    with pytest.raises(RequestError, match="cites no source"):
        choose_reading(sample_library, found, uncited, [3])
    with pytest.raises(RequestError, match="has no sentence 99"):
        choose_reading(sample_library, found, 99, [3])


def test_a_verdict_is_overruled_beside_that_of_the_program(mill: Library) -> None:
    written = "The mill in Ostwick will close [1]. About 240 people work there [1]."
    before = audited(mill, written)
    overrule(mill, before, 2, "unsupported", "they\x1b moved\n on")
    one, two = audited(mill, written).sentences
    assert one.overruled is None
    assert two.overruled is not None
    assert (two.verdict, two.overruled.note) == ("unsupported", "they moved on")
    assert two.sentence.verdict == before.sentences[1].sentence.verdict == before.sentences[1].verdict
    overrule(mill, before, 2, "partial")
    assert audited(mill, written).sentences[1].verdict == "partial"
    take_back(mill, before)
    assert audited(mill, written).sentences[1].verdict == "unsupported"
    with pytest.raises(RequestError, match="is not a verdict"):
        overrule(mill, before, 2, "true")


def test_choices_of_a_draft_are_its_own_and_follow_their_sentences(mill: Library) -> None:
    written = "About 240 people work there [1]."
    overrule(mill, audited(mill, written), 1, "partial")
    later = audited(mill, f"Rain fell. {written.replace('[1]', '[2]')}")
    assert later.sentences[1].verdict == "partial"
    assert later.orphans == ()
    take_back(mill, later)
    assert audited(mill, written).sentences[0].overruled is None


_KEPT = "The mill in Ostwick closes [1]. About 240 people work there [1]. Tarn Paper owns it [1]."


def test_a_draft_keeps_its_choices_when_its_file_is_moved_renamed_or_edited(mill: Library) -> None:
    overrule(mill, audited(mill, _KEPT, name="a/draft.txt"), 2, "partial")
    edited = _KEPT.replace("closes [1]", "is to close on 3 March [2]")
    for name, written in (("b/draft.txt", _KEPT), ("final.md", _KEPT), ("final.md", edited)):
        assert audited(mill, written, name=name).sentences[1].verdict == "partial"
    gone = audited(mill, _KEPT.replace("About 240", "Some"), name="final.md")
    assert [made.value for made in gone.orphans] == ["partial"]
    overrule(mill, gone, 1, "supported")
    assert [one.overruled is not None for one in audited(mill, _KEPT).sentences] == [True, True, False]


@pytest.mark.parametrize(("left", "known"), [(2, True), (1, False)])
def test_a_draft_is_known_by_two_fifths_of_its_sentences(mill: Library, left: int, known: bool) -> None:  # noqa: FBT001
    written = ["About 240 people work there.", "Rain fell.", "It was cold.", "Nobody came.", "A dog barked."]
    overrule(mill, audited(mill, " ".join(written)), 1, "partial")
    later = [
        *written[:left],
        *(f"Line {word} is new." for word in ("one", "two", "three", "four")[left - 1 :]),
    ]
    assert (audited(mill, " ".join(later), name="b.txt").sentences[0].overruled is not None) is known


def test_two_drafts_whose_files_have_one_name_do_not_mix(mill: Library) -> None:
    other = "A baker has a new oven. It is large. It is hot. About 240 people work there [1]."
    overrule(mill, audited(mill, _KEPT, name="a/draft.txt"), 2, "partial")
    found = audited(mill, other, name="b/draft.txt")
    assert [one.overruled for one in found.sentences] == [None] * 4
    assert found.orphans == ()
    overrule(mill, found, 4, "unsupported")
    assert audited(mill, _KEPT, name="b/draft.txt").sentences[1].verdict == "partial"
    assert audited(mill, other, name="a/draft.txt").sentences[3].verdict == "unsupported"


def test_a_reading_whose_source_went_is_an_orphan(sample_library: Library) -> None:
    found = summary_of(sample_library)
    number = ambiguous(found)
    marker = found.sentences[number - 1].sentence.marker
    assert marker is not None
    choose_reading(sample_library, found, number, marker.readings[-1])
    with closing(sqlite3.connect(sample_library.folder / "library.db")) as connection, connection:
        connection.execute("UPDATE audit_choices SET value = '77'")
    (orphan,) = summary_of(sample_library).orphans
    assert orphan.value == "77"


# Drafts: what of a file is text.


def test_front_matter_is_no_text_and_a_mark_of_order_neither(mill: Library) -> None:
    written = (
        "\ufeff---\ntitle: The mill of 1890\ndate: 2031-02-11\n---\n# A heading\n\nThe mill will close [1].\n"
    )
    found = audited(mill, written, name="draft.md")
    assert [one.text for one in found.sentences] == ["The mill will close [1]."]
    assert found.text.date == "2031-02-11"


@pytest.mark.parametrize("written", ["", " \n\t\n", "\ufeff\n"])
def test_an_empty_draft_is_told(mill: Library, written: str) -> None:
    with pytest.raises(EmptyInput, match=r"draft\.txt: is empty"):
        audited(mill, written)


_PAGE = """<!DOCTYPE html><html><head><title>About 240 people</title><style>p {}</style></head><body>
<script>alert("Rain fell.")</script><h1>The mill</h1>
<p>The mill in <b>Ostwick</b> will close<sup><a href="#n1">1</a></sup>.<br>
About 240 people work there<sup><a href="#n2">[2]</a></sup>. It is 9 m<sup>2</sup> large.
<p hidden>Nobody sees this.</p><div style="display: none">Nor <p>this</p>.</div>
<p>Tarn Paper owns it <a href="javascript:alert(1)">there</a>, &lt;b&gt; and so on[1].</p></body></html>"""


@pytest.mark.parametrize("name", ["page.html", STANDARD_INPUT])
def test_of_a_web_page_what_it_shows_is_audited_with_its_markers(mill: Library, name: str) -> None:
    found = audited(mill, _PAGE, name=name)
    assert [one.text for one in found.sentences] == [
        "The mill in Ostwick will close[1].",
        "About 240 people work there[2].",
        "It is 9 m² large.",
        "Tarn Paper owns it there, <b> and so on[1].",
    ]
    markers = [one.sentence.marker for one in found.sentences]
    assert [marker.chosen for marker in markers if marker is not None] == [(1,), (2,), (1,)]


def test_a_link_of_a_page_to_a_source_cites_it(library: Library, tmp_path: Path) -> None:
    line = {"id": "a", "title": "Mill", "url": "https://mill.example/a", "story": "mill", "text": MILL[0]}
    (tmp_path / "mill.jsonl").write_text(json.dumps(line))
    assert not import_paths(library, [str(tmp_path / "mill.jsonl")], story="mill").failed
    page = '<p>About 240 people work <a href="https://mill.example/a">in Ostwick</a>. Rain fell.</p>'
    one, two = audited(library, page, name="page.htm").sentences
    assert [here.check.ref.number for here in one.checks] == [1]
    assert two.sentence.marker is None


@pytest.mark.parametrize(
    "page", ["<p>", "<!doctype html>", "<script>The mill will close.", "<div hidden><p>No.</p>"]
)
def test_a_page_that_shows_nothing_is_empty(page: str) -> None:
    with pytest.raises(EmptyInput, match="is empty"):
        read_draft("page.html", page)


def test_ten_thousand_open_elements_are_read() -> None:
    deep = "<div><a href='https://x.example'>" * 10_000
    assert read_draft("page.html", f"{deep}The mill will close.").text.endswith("The mill will close.\n")


def test_an_angle_bracket_is_no_page() -> None:
    assert read_draft("draft.txt", "<html is what browsers read. It is old.").text


def test_numbers_that_no_source_has_are_told(mill: Library) -> None:
    written = "The mill will close [1, 9]. About 240 people work there [7]. Tarn Paper owns it [1-4]."
    assert [one.absent for one in audited(mill, written).sentences] == [(9,), (7,), (3, 4)]


def test_what_a_summary_cites_of_a_source_that_was_removed_is_told(sample_library: Library) -> None:
    before = summary_of(sample_library)
    sample_library.remove(Ref(sample.STORY, 4))
    after = summary_of(sample_library)
    assert len(after.sentences) == len(before.sentences)
    for one, other in zip(before.sentences, after.sentences, strict=True):
        assert one.sentence.words == other.sentence.words
        if one.sentence.marker is not None and other.sentence.marker is not None and not one.unread:
            left = tuple(number for number in one.sentence.marker.chosen if number != 4)
            assert other.sentence.marker.chosen == left
            assert other.absent == ((4,) if 4 in one.sentence.marker.chosen else ())
    assert any(one.absent for one in after.sentences)


def test_numbers_of_several_markers_are_each_read_by_themselves(sample_library: Library) -> None:
    written = "Northport plc sold 49% of its harbour¹, and keeps the other 51%¹². The auditor is named⁷⁷."
    assert [one.absent for one in audited(sample_library, written, sample.STORY).sentences] == [(), (77,)]


def test_a_note_that_links_a_source_is_there_whatever_its_number(mill: Library) -> None:
    written = "The mill will close[^9].\n\n[^9]: See the minutes.\n"
    assert [one.absent for one in audited(mill, written, name="draft.md").sentences] == [(9,)]


def test_nothing_is_absent_where_all_that_is_cited_is_there(sample_library: Library) -> None:
    assert {one.absent for one in summary_of(sample_library).sentences} == {()}


def test_two_copies_that_a_draft_cites_are_one_origin(library: Library, tmp_path: Path) -> None:
    for number in (1, 2):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"The mill closes\n\n{MILL[0]}\n{MILL[1]}\n", encoding="utf-8")
    copy = tmp_path / "2.txt"
    copy.write_text(copy.read_text("utf-8") + "\nIt was a mild day.\n", encoding="utf-8")
    import_paths(library, [str(tmp_path)], story="twice")
    (one,) = audited(library, "About 240 people work at the paper mill in Ostwick [1][2].", "twice").sentences
    assert len(one.checks) == 2
    assert len(one.origins) == 1


# What is shown of a source.


def test_the_excerpt_is_cut_around_the_words_of_the_sentence(mill: Library) -> None:
    found = audited(mill, "The owner, Tarn Paper, lost 18 million euros last year [1].")
    (one,) = found.sentences
    shown = excerpt(found, one.text, one.checks[0].check, room=60)
    assert shown is not None
    words = shown.span.of(found.texts[Ref("mill", 1)])
    assert "Tarn Paper, lost 18 million euros" in words
    assert len(words) <= 60
    assert shown.marks == ()


def test_the_excerpt_has_what_differs_and_marks_it(mill: Library) -> None:
    found = audited(mill, "The owner, Tarn Paper, lost 28 million euros last year [1].")
    (one,) = found.sentences
    (differing,) = one.checks[0].differs
    assert (differing.kind, differing.said, differing.source) == (
        "figure",
        "28 million euros",
        "18 million euros",
    )
    shown = excerpt(found, one.text, one.checks[0].check, room=60)
    assert shown is not None
    assert shown.marks == (differing.source_span,)


@pytest.mark.parametrize("room", [1, 20, 10_000])
def test_an_excerpt_has_whole_words_and_stays_in_the_text(mill: Library, room: int) -> None:
    found = audited(mill, "The owner, Tarn Paper, lost 28 million euros last year [1].")
    (one,) = found.sentences
    shown = excerpt(found, one.text, one.checks[0].check, room=room)
    assert shown is not None
    text = found.texts[Ref("mill", 1)]
    assert Span(0, len(text)).overlaps(shown.span)
    for place in (shown.span.start - 1, shown.span.end):
        assert not (0 <= place < len(text)) or not (
            text[place].isalnum()
            and text[max(0, place - 1)].isalnum()
            and text[place + 1 : place + 2].isalnum()
        )


def test_a_source_that_says_nothing_of_it_shows_nothing(mill: Library) -> None:
    found = audited(mill, "Bakers in Lisbon praised a new oven [1].")
    (one,) = found.sentences
    assert excerpt(found, one.text, one.checks[0].check) is None
