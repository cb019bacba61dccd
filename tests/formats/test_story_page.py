"""Story pages of every form, put together from blocks, furniture, summary and related stories."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import formats
from sources.errors import Malformed
from sources.formats import story_page
from sources.text.cleaning import clean_text, decode

if TYPE_CHECKING:
    from pathlib import Path

    from sources.model import ParsedFile, ParsedSource

TITLES = ["Port sold to fund | HarborWire", "Dockers ask about jobs", "Channel too shallow -- Report"]
BODIES = [
    "The port was sold on Thursday for $4.2 billion. Nobody on the quay had heard of the buyer.",
    "Petra Holm keeps a list of promises. In 2016 it had four lines, now it has none.",
    "Ships need sixteen metres of water. The channel offers thirteen, and that was in Llama 4.",
]
SECOND = "A second paragraph of the same report, which cites nobody and says that the mud is patient."
LEAD = "The sale of the port has set dockers and shippers asking who will pay for the channel."
CITED = [
    "The port went for $4.2 billion on Thursday 1. Dockers were not asked 2.",
    "The channel is too shallow 13.",
]
CREDIT = "Source: HarborWire"
RELATED = [
    ("A ferry operator hands its timetable to passengers.", "6 Sources", "Business", "5 hrs ago"),
    (
        "Oysters outgrow the breakwater that they were to protect.",
        "1 Source",
        "Science and Research",
        "1 day ago",
    ),
]
FURNITURE = ["Share", "Copy Link"]


def blocks(*bodies: str) -> list[str]:
    lines = []
    for number, (title, body) in enumerate(zip(TITLES, bodies, strict=True), 1):
        lines += [f"[{number}]", title, *body.split("\n")]
    return lines


def related(*, repeated: bool = True) -> list[str]:
    lines = []
    for text, *meta in RELATED:
        lines += [text, *meta, *(meta if repeated else [])]
    return lines


def page(*parts: list[str], gap: str = "\n") -> ParsedFile:
    text = clean_text(gap.join(["3 Sources", *(line for part in parts for line in part)]) + "\n")
    assert story_page.matches(text, None)
    parsed_file = story_page.parse(text, None)
    assert_accounted_for(parsed_file)
    return parsed_file


def assert_accounted_for(parsed_file: ParsedFile) -> None:
    text = parsed_file.page_text or ""
    assert parsed_file.page_zones[0].start == 0
    assert parsed_file.page_zones[-1].end == len(text)
    assert all(before.end == after.start for before, after in pairwise(parsed_file.page_zones))
    by_number = {parsed.number: parsed for parsed in parsed_file.sources}
    assert len(by_number) == len(parsed_file.sources)
    for zone in parsed_file.page_zones:
        if zone.kind == "source":
            assert text[zone.start : zone.end].rstrip("\n") == by_number[zone.number].text.rstrip("\n")
    for parsed in (*parsed_file.sources, *([parsed_file.summary] if parsed_file.summary else [])):
        assert parsed.zones[0].start == 0
        assert parsed.zones[-1].end == len(parsed.text)
        assert all(before.end == after.start for before, after in pairwise(parsed.zones))


def texts(parsed_file: ParsedFile) -> list[str]:
    return [parsed.text for parsed in parsed_file.sources]


def kinds(parsed: ParsedSource) -> list[tuple[str, str]]:
    return [(zone.kind.value, parsed.text[zone.start : zone.end].strip()) for zone in parsed.zones]


EXPECTED = [f"{title}\n{body}" for title, body in zip(TITLES, BODIES, strict=True)]


def test_a_whole_page() -> None:
    summary = [LEAD, CITED[0], CREDIT, CITED[1]]
    parsed_file = page(blocks(*BODIES), FURNITURE, summary, related())
    assert texts(parsed_file) == EXPECTED
    assert [(parsed.number, parsed.title, parsed.publisher) for parsed in parsed_file.sources] == [
        (1, "Port sold to fund", "HarborWire"),
        (2, "Dockers ask about jobs", None),
        (3, "Channel too shallow -- Report", None),
    ]
    assert parsed_file.summary is not None
    assert parsed_file.summary.text == "\n".join(summary)
    assert ("credit", CREDIT) in kinds(parsed_file.summary)
    assert [(story.text, story.sources, story.category, story.age) for story in parsed_file.related] == [
        (RELATED[0][0], 6, "Business", "5 hrs ago"),
        (RELATED[1][0], 1, "Science and Research", "1 day ago"),
    ]
    said = {(muted.kind, muted.text) for muted in parsed_file.muted}
    assert {
        ("count", "3 Sources"),
        ("furniture", "Share"),
        ("repeat", "5 hrs ago"),
        ("credit", CREDIT),
    } <= said
    assert parsed_file.warnings == ()


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n \n\n"])
@pytest.mark.parametrize("furniture", [FURNITURE, [], ["Share Copy Link"], ["Print", "5 min read"]])
@pytest.mark.parametrize("with_summary", [True, False])
@pytest.mark.parametrize("with_related", [True, False])
@pytest.mark.parametrize("paragraphs", [1, 2])
def test_every_part_may_be_missing(
    gap: str, furniture: list[str], *, with_summary: bool, with_related: bool, paragraphs: int
) -> None:
    bodies = [body if paragraphs == 1 else f"{body}\n{SECOND}" for body in BODIES]
    parsed_file = page(
        blocks(*bodies),
        furniture,
        [LEAD, CITED[0], CREDIT, CITED[1]] if with_summary else [],
        related() if with_related else [],
        gap=gap,
    )
    shown = [
        text.replace("\n \n", "\n").replace("\n\n", "\n").replace("\n\n", "\n") for text in texts(parsed_file)
    ]
    assert shown == [f"{title}\n{body}" for title, body in zip(TITLES, bodies, strict=True)]
    assert (parsed_file.summary is not None) is with_summary
    if parsed_file.summary:
        assert parsed_file.summary.text.startswith(LEAD)
        assert parsed_file.summary.text.endswith(CITED[1])
    assert [story.text for story in parsed_file.related] == (
        [text for text, *_ in RELATED] if with_related else []
    )


def test_a_headline_over_the_summary_names_the_story() -> None:
    parsed_file = page(blocks(*BODIES), FURNITURE, ["A port changes hands", LEAD, *CITED], related())
    assert parsed_file.title == "A port changes hands"
    assert parsed_file.summary is not None
    assert kinds(parsed_file.summary)[0] == ("heading", "A port changes hands")


def test_without_a_headline_the_lead_is_shortened() -> None:
    parsed_file = page(blocks(*BODIES), FURNITURE, [LEAD + " And more of it.", *CITED])
    assert parsed_file.title == LEAD.removesuffix(".")


def test_without_a_summary_the_first_source_names_the_story() -> None:
    assert page(blocks(*BODIES)).title == "Port sold to fund"


def test_a_page_of_one_source() -> None:
    text = f"1 Source\n[1]\n{TITLES[0]}\n{BODIES[0]}\nShare\nCopy Link\n{LEAD}\nIt went for a song 1.\n"
    parsed_file = story_page.parse(text, None)
    assert_accounted_for(parsed_file)
    assert texts(parsed_file) == EXPECTED[:1]
    assert parsed_file.warnings == ()
    assert parsed_file.summary is not None


def test_half_a_page_gives_what_is_there_and_says_so() -> None:
    text = "14 Sources\n" + "\n".join(blocks(*BODIES))
    parsed_file = story_page.parse(text, None)
    assert_accounted_for(parsed_file)
    assert texts(parsed_file) == EXPECTED
    assert parsed_file.warnings == ("the page announces 14 sources but holds 3",)


def test_a_page_cut_off_after_a_number() -> None:
    parsed_file = story_page.parse("3 Sources\n" + "\n".join([*blocks(*BODIES), "[4]", ""]), None)
    assert texts(parsed_file) == EXPECTED
    assert any("[4] has no text" in warning for warning in parsed_file.warnings)


def test_two_blocks_with_one_number_are_both_kept() -> None:
    lines = blocks(*BODIES)
    lines[3] = "[1]"
    parsed_file = page(lines, FURNITURE, [LEAD, *CITED])
    assert texts(parsed_file) == EXPECTED
    assert [parsed.number for parsed in parsed_file.sources] == [1, 4, 3]
    assert len({parsed.key for parsed in parsed_file.sources}) == 3
    assert any("[1]" in warning for warning in parsed_file.warnings)


def test_share_buttons_between_blocks_belong_to_no_source() -> None:
    lines = blocks(*BODIES)
    lines[3:3] = ["Share", "Copy Link"]
    parsed_file = page(lines, FURNITURE, [LEAD, *CITED])
    assert texts(parsed_file) == EXPECTED


def test_an_advertisement_inside_the_last_body_does_not_end_it() -> None:
    bodies = [*BODIES[:2], f"{BODIES[2]}\nAdvertisement\n{SECOND}"]
    parsed_file = page(blocks(*bodies), FURNITURE, [LEAD, *CITED], related())
    assert parsed_file.sources[-1].text == f"{TITLES[2]}\n{bodies[2]}"
    assert ("boilerplate", "Advertisement") in kinds(parsed_file.sources[-1])


def test_related_stories_without_repeats_or_under_a_rubric() -> None:
    parsed_file = page(
        blocks(*BODIES), FURNITURE, [LEAD, *CITED], ["Related Stories"], related(repeated=False)
    )
    assert [story.text for story in parsed_file.related] == [text for text, *_ in RELATED]
    assert parsed_file.summary is not None
    assert parsed_file.summary.text.endswith(CITED[1])
    assert ("furniture", "Related Stories") in {(muted.kind, muted.text) for muted in parsed_file.muted}


def test_a_line_before_the_count_is_furniture() -> None:
    text = "Menu\nA port changes hands\n3 Sources\n" + "\n".join(blocks(*BODIES))
    parsed_file = formats.parse(text, path=None)
    assert parsed_file.format == "story-page"
    assert texts(parsed_file) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        "14 Sources\nand not one of them spoke.\n",
        "The port was sold.\n3 Sources\nsaid so.\n",
        "[draft] of a letter\n",
        "[1]: https://example.org\nA note.\n",
        "A title\n" + "A paragraph.\n" * 20 + "3 Sources\n[1]\n",
    ],
)
def test_other_texts_are_no_story_pages(text: str) -> None:
    assert not story_page.matches(text, None)


def test_a_text_that_was_called_a_story_page_and_is_none() -> None:
    with pytest.raises(Malformed, match="no numbered sources"):
        formats.parse("The port was sold.", path=None, name="story-page")


LINES = st.sampled_from(
    [
        "[1]",
        "[2]",
        "[2]",
        "[0]",
        "[999]",
        "3 Sources",
        "1 Source",
        "Share",
        "Copy Link",
        "",
        "  ",
        LEAD,
        CREDIT,
        CITED[0],
        "Title | The Courier",
        "Business",
        "5 hrs ago",
        SECOND,
        "A\tb",
        "Related: Port sold",
        "12",
        "2031.",
    ]
)


@given(st.lists(LINES, max_size=25))
def test_any_order_of_lines_is_accounted_for(lines: list[str]) -> None:
    text = "\n".join(["2 Sources", "[1]", "First title", *lines])
    assert_accounted_for(story_page.parse(text, None))


def test_the_bundled_page(sample_page: Path, sample_truth: dict[str, Any]) -> None:
    parsed_file = story_page.parse(clean_text(decode(sample_page.read_bytes())), sample_page)
    assert_accounted_for(parsed_file)
    known = {
        source["number"]: source for source in sample_truth["sources"] if isinstance(source["number"], int)
    }
    told = {parsed.number or 0: (parsed.title, parsed.publisher) for parsed in parsed_file.sources}
    assert told == {number: (known[number]["title"], known[number]["publisher"]) for number in told}
    assert [
        {"text": story.text, "sources": story.sources, "category": story.category, "age": story.age}
        for story in parsed_file.related
    ] == [
        {key: story[key] for key in ("text", "sources", "category", "age")}
        for story in sample_truth["related"]
    ]
    assert parsed_file.summary is not None
    assert parsed_file.summary.text.startswith(sample_truth["summary"]["lead"])
    assert [zone.kind.value for zone in parsed_file.summary.zones if zone.kind.muted] == ["credit"] * 3
    assert [parsed.number for parsed in parsed_file.sources] == list(range(1, 14))
    assert parsed_file.warnings == ()


def test_what_the_bundled_page_mutes(sample_page: Path, sample_truth: dict[str, Any]) -> None:
    parsed_file = story_page.parse(clean_text(decode(sample_page.read_bytes())), sample_page)
    parsed_sources = {parsed.number: parsed for parsed in parsed_file.sources}
    for number, parsed in parsed_sources.items():
        expected = [muted for muted in sample_truth["muted"] if muted["number"] == number]
        stretches = [parsed.text[zone.start : zone.end] for zone in parsed.zones if zone.kind.muted]
        for muted in expected:
            if muted["certain"]:
                assert any(muted["text"] in stretch for stretch in stretches), muted
        spoken = "".join(stretches)
        for muted in expected:
            spoken = spoken.replace(muted["text"], "")
        assert not spoken.strip(), "muted, though nobody says it is furniture"


def test_the_key_of_a_block_is_its_number() -> None:
    first = page(blocks(*BODIES), FURNITURE)
    again = page(blocks(*[body + " More." for body in BODIES]), FURNITURE)
    assert [parsed.key for parsed in first.sources] == [parsed.key for parsed in again.sources]
    assert replace(first.sources[0], text="") != replace(again.sources[1], text="")
