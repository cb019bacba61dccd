"""Where sentences end: a table of hard cases, and what must hold for any text at all."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.model import Span, Zone, ZoneKind
from sources.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

# "⏐" stands where one sentence ends and the next begins; it takes the place of the space there, and
# "⏐⏐" of nothing at all.
HARD = [
    # shortened words
    "Mr. Okafor met Ms. Lee and Dr. Amani.⏐They talked.",
    "Gen. Ruiz and Sen. Holt spoke to Rep. Dale in St. Albans.⏐Nobody listened.",
    "The vote is on Jan. 5 or Sept. 11.⏐Nothing is settled.",
    "They paid in Jan. The rest is due.",
    "Der Markt ist am 24. Mai offen.⏐Er schließt am 3. Juli.",
    "Im 18. Jahrhundert war er klein.⏐Er wuchs.",
    "She is 24.⏐June was hot.",
    "It cost Rs. 7.5 crore.⏐Es sind 2,5 Mio. Euro.⏐Ende.",
    "Northport Inc. said it would sell.⏐Its shares fell.",
    "The buyer is Meridian Inc.⏐The seller is Northport Corp.⏐Analysts were surprised.",
    "It belongs to Saltmarsh Ltd.⏐Northport wants it.",
    "Saltmarsh Co. Ltd. is the owner.⏐It has no debt.",
    "Meridian Inc. Chief Executive Ada Moss left.⏐She gave no reason.",
    "Meridian Corp. CEO Lin Okafor stayed.",
    "Warner Bros. Harbour opened.⏐It was full.",
    "Shares of Meridian Inc. (NYSE: MRD) rose.⏐Others fell.",
    "See No. 5 and nos. 7 to 9.⏐That is all.",
    "Will they sell?⏐No.⏐They will not.",
    "It was Northport vs. Meridian from the start.⏐Meridian won.",
    "Ropes, sails, etc. were sold.⏐Boats, cranes, etc.⏐Nothing was left.",
    "The study by Moss et al. found little.⏐It was small.",
    "Ports, e.g. Northport, and firms, i.e. Meridian, agreed.⏐Others did not.",
    "Compare fig. 3 with Fig. 4 on p. 12 of vol. 2.⏐They differ.",
    "Martin Hale Jr. Memorial Park is closed.",
    "He is a Ph.D. student.⏐She has a Ph.D.⏐He does not.",
    # capitals with stops
    "The U.S. Army and the U.K. Treasury agreed.⏐Others did not.",
    "It was made in the U.S.⏐The parts came from the U.K.⏐But the ship did not.",
    "They came to the U.S.⏐Initially they stayed.",
    "They live in Washington, D.C.⏐They work there too.",
    "Doors open at 9 a.m. Monday.⏐They close at 5 p.m.⏐Visitors must leave.",
    "The call is at 4 p.m. EST on Friday.",
    "J. P. Smith and J.R.R. Holt met Ada B. Moss.⏐They ate.",
    "They chose plan B.⏐Northport chose plan C.",
    "He lacked vitamin C.⏐It showed.",
    "The E.U. Commission waits.",
    # exclamation and question
    "Yahoo! Inc. was sold.⏐It was cheap.",
    "He worked at Yahoo! until May.⏐Then he left.",
    "Sold!⏐The port is gone.",
    "Is it sold?⏐Nobody knows.",
    '"Is it sold?" Ms. Moss asked.⏐Nobody knew.',
    '"Stop!" he cried.⏐They did not.',
    "Really?!⏐Yes.",
    # quotes and brackets
    '"We did not look for a buyer," she said.⏐"It came to us."⏐Then she left.',
    "“It came to us.”⏐“We did not look.”⏐She left.",
    "‘It came to us.’⏐She left.",
    "(It had been open for years.)⏐Then it closed.",
    "The port (est. 1931) is closed (see p. 4).⏐It was old.",
    'He called it "a mistake."⏐She agreed.',
    "It was sold.[12]⏐It was cheap.[3]",
    "She wrote: «Non.»⏐They read it.",
    # numbers
    "It cost $14.3 billion, or 49.5 percent.⏐It was dear.",
    "The firm was founded in 2016.⏐It grew.",
    "The stake was 49%.⏐The rest is public.",
    "Meridian took a stake 14.⏐It paid in cash 4.⏐Nobody objected 135.",
    "Shares fell 3.5.⏐They rose 2.",
    "Version 2.0.1 is out.⏐Version 3 is not.",
    "1. Northport sells.",
    # ellipses and dashes
    "They waited… and waited.⏐Then it came.",
    "They waited ...⏐Then it came.",
    "They waited... and it came.",
    "“… and so it ends,” she said.⏐He nodded.",
    "The port -- which is old -- was sold.⏐It is -- as they say -- gone.",
    "It was sold.⏐— Harbour Times",
    # glued
    "Northport agreed to the deal.⏐⏐Northport said so on Monday.",
    "They will work on AI.⏐⏐A spokesman declined.",
    "It cut ties.⏐⏐OpenHarbour did not.",
    "It opened in 2016.⏐⏐The rest came later.",
    "They asked why?⏐⏐Nobody knew.",
    "“It came to us.”⏐⏐Then she left.",
    'She said "it came to us."⏐⏐Then she left.',
    'They left.⏐⏐"We had to," he said.',
    "They met at Booking.com and Node.js and Harbour.AI offices.⏐Nobody came.",
    "Read www.northport.Example.com or mail Ada.Moss@northport.example now.⏐Then call.",
    "Open https://northport.example/Port.Sale?Id=4 and README.md first.⏐Then write.",
    "The U.S.Army came.⏐It left.",
    "Northport Inc.'s harbour is old.⏐It leaks.",
    "Call System.Out.Print() first.⏐Then wait.",
    # other brands and small letters
    "They sell phones.⏐iPhone sales rose.⏐eBay did not sell.",
    "it was late. nobody came.".replace(". n", ".⏐n"),
    # other scripts
    "港は売られた。⏐⏐誰も知らなかった！⏐⏐本当？",
    "他说：“港口已经卖了。”⏐⏐没有人知道。",
    "هل بيع الميناء؟⏐لا أحد يعرف.",
    "बंदरगाह बिक गया।⏐किसी को पता नहीं।",
    "Порт продан.⏐Никто не знал.",
    "El puerto se vendió.⏐¿Quién lo sabía?⏐¡Nadie!",
]
EXPECTED = {
    "They paid in Jan. The rest is due.": ["They paid in Jan.", "The rest is due."],
}


def sentences(text: str, zones: tuple[Zone, ...] = ()) -> list[str]:
    return [span.of(text) for span in split_sentences(text, zones)]


@pytest.mark.parametrize("case", HARD)
def test_hard_cases(case: str) -> None:
    text = case.replace("⏐⏐", "").replace("⏐", " ")
    expected = EXPECTED.get(case, case.replace("⏐⏐", "⏐").split("⏐"))
    assert sentences(text) == expected


def labelled_cases() -> list[tuple[str, list[str]]]:
    """Return the texts of the labelled file, each with its sentences; the file says how it is written."""
    written = (Path(__file__).parent / "data" / "sentences.txt").read_text(encoding="utf-8")
    cases = []
    for line in written.splitlines():
        if not line or line.startswith("# "):
            continue
        plain = re.sub(r"\{(.*?)\}", r"\1", line)
        text = re.sub("(?<=[↵ ])⏐", "", plain.replace("⏐⏐", "")).replace("⏐", " ").replace("↵", "\n")
        parts = re.sub(r"\{.*?\}", "", line).replace("↵", "\n").split("⏐")
        cases.append((text, [part.strip() for part in parts if part.strip()]))
    return cases


# A short "So..." before "I" reads on, but nothing in the words tells it from an end.
MISSED = {"So... I left. She stayed."}


@pytest.mark.parametrize(("text", "expected"), labelled_cases())
def test_labelled_cases(text: str, expected: list[str]) -> None:
    assert (sentences(text) == expected) is (text not in MISSED)


def test_hard_wrapped_prose_is_not_cut_at_its_line_ends() -> None:
    text = (
        "Northport plc said on Thursday that it would sell its harbour to the\n"
        "Meridian Fund for $4.2 billion, in what would be the largest sale of\n"
        "a port in the country. Ada Moss, who runs it for the family of Mr.\n"
        "Okafor, said that nobody had looked for a buyer. The fund would not\n"
        "comment."
    )
    assert [one.replace("\n", " ")[:20] for one in sentences(text)] == [
        "Northport plc said o",
        "Ada Moss, who runs i",
        "The fund would not c",
    ]


def test_one_paragraph_a_line_with_headings_between() -> None:
    text = (
        "Harbour sold\n"
        "Northport plc said on Thursday that it would sell its harbour to the Meridian Fund for a price of "
        "$4.2 billion in cash, according to two people who know of it\n"
        "What happens next\n"
        "The fund has to ask the minister, who has to ask the parliament, which does not sit before the "
        "autumn of next year. Then it pays.\n"
    )
    assert [one[:12] for one in sentences(text)] == [
        "Harbour sold",
        "Northport pl",
        "What happens",
        "The fund has",
        "Then it pays",
    ]


def test_a_short_line_over_wrapped_lines_is_a_heading() -> None:
    text = "The sale\nNorthport plc said on Thursday that it would sell its harbour\nto the Meridian Fund."
    assert len(sentences(text)) == 2


def test_list_items_are_sentences_of_their_own() -> None:
    text = (
        "What is sold:\n- the harbour\n- two cranes,\n  both old\n\n"
        "1. The fund asks\n2. The minister answers\n"
    )
    assert sentences(text) == [
        "What is sold:",
        "the harbour",
        "two cranes,\n  both old",
        "The fund asks",
        "The minister answers",
    ]


def test_a_year_at_the_head_of_a_wrapped_line_makes_no_item() -> None:
    text = (
        "The harbour was built by the family of the owner\n"
        "before the war, when 16 cranes were there and not\n"
        "42. Days later it shut."
    )
    assert "42" in sentences(text)[0]


def test_blank_lines_end_sentences_without_a_stop() -> None:
    assert sentences("Harbour sold\n\nthe rest is known\n \t \nNobody came") == [
        "Harbour sold",
        "the rest is known",
        "Nobody came",
    ]


def test_no_sentence_crosses_a_zone_and_muted_zones_have_none() -> None:
    text = "Harbour sold The port is gone. Photo: A. Moss Nobody knew"
    borders = [0, 13, 31, 46, len(text)]
    kinds = [ZoneKind.HEADING, ZoneKind.BODY, ZoneKind.CREDIT, ZoneKind.BODY]
    zones = tuple(Zone(kind, start, end) for kind, (start, end) in zip(kinds, pairwise(borders), strict=True))
    assert sentences(text, zones) == ["Harbour sold", "The port is gone.", "Nobody knew"]


@pytest.mark.parametrize("text", ["", " \n\t ", "...", "***", "\n\n\n", "—", "“”"])
def test_no_words_no_sentences(text: str) -> None:
    assert split_sentences(text) == ()


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        "." * 100_000,
        ". " * 100_000,
        'a."' * 100_000,
        "A." * 100_000,
        "(" * 100_000 + ". (" * 10_000,
        "Mr. " * 100_000,
        "a" * 2_000_000,
        "word " * 400_000,
        "\n" * 500_000,
        " " * 500_000 + "\n" + " " * 500_000,
        "x\n" * 200_000,
        "- \n" * 100_000,
        "1." * 100_000,
        '"' * 100_000 + '."' * 50_000,
        "A B C D E F! " * 30_000,
        "?" * 50_000 + "A " * 50_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_hostile_texts_come_back_at_all(text: str) -> None:
    spans = split_sentences(text)  # a step that looks at the whole text each time would take minutes here
    assert all(0 <= start < end <= len(text) for start, end in spans)


MARKS = st.text(alphabet="aB1 .!?\n\"'”’)(…-。A…U.S Mr「」»؟।", max_size=80)


def assert_whole(text: str, spans: tuple[Span, ...], start: int, end: int) -> None:
    """Check that spans are in order, apart, trimmed, and lose no letter of ``text[start:end]``."""
    assert all(start <= one.start < one.end <= end for one in spans)
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    between = [Span(start, start), *spans, Span(end, end)]
    for one, two in pairwise(between):
        lost = re.sub(r"(?:^|(?<=\s))[a-z]\)(?!\S)", "", text[one.end : two.start])  # the marker of an item
        assert not any(letter.isalpha() for letter in lost)


@given(MARKS)
def test_spans_are_in_order_trimmed_and_lose_no_word(text: str) -> None:
    assert_whole(text, split_sentences(text), 0, len(text))


@given(st.lists(st.tuples(st.sampled_from(ZoneKind), MARKS.filter(bool)), min_size=1, max_size=6))
def test_every_zone_that_is_not_muted_is_covered_and_no_other(parts: list[tuple[ZoneKind, str]]) -> None:
    text, zones = "", []
    for kind, part in parts:
        zones.append(Zone(kind, len(text), len(text) + len(part)))
        text += part
    spans = split_sentences(text, zones)
    for zone in zones:
        here = tuple(span for span in spans if zone.start <= span.start < zone.end)
        assert not here or not zone.kind.muted
        if not zone.kind.muted:
            assert_whole(text, here, zone.start, zone.end)


def summary_of(page: Path) -> str:
    lines = page.read_text(encoding="utf-8").split("\n")
    first = lines.index("Copy Link") + 1
    last = next(n for n, line in enumerate(lines) if n > first and line.endswith(" Sources"))
    return "\n".join(line for line in lines[first : last - 1] if not line.startswith("Source: "))


def test_the_summary_of_the_bundled_page_has_twenty_two_sentences(sample_page: Path) -> None:
    summary = summary_of(sample_page)
    spans = split_sentences(summary)
    assert len(spans) == 22
    assert [span.of(summary)[-2].isdigit() for span in spans].count(True) == 17


def test_the_summary_of_the_seed_page_has_twenty_sentences(shared: Callable[[str], list[Path]]) -> None:
    (page,) = shared("seeds/000_*.txt")
    summary = summary_of(page)
    spans = split_sentences(summary)
    assert len(spans) == 20
    assert sum(1 for span in spans if span.of(summary)[-2].isdigit()) >= 10
