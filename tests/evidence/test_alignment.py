"""Two sources side by side: the right partners, what kind they are, and what only one of them says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sources.evidence.alignment import Alignment, align
from sources.model import Origin, Ref, Source, Span, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent / "data"
DATA = json.loads((FOLDER / "alignment.json").read_text(encoding="utf-8"))
REWRITES = json.loads((FOLDER / "rewrites.json").read_text(encoding="utf-8"))


def make(*parts: str | tuple[ZoneKind, str], number: int = 1, story: str = "ferries") -> Source:
    """Make a source of zones, one a part; a plain string is body."""
    text, zones = "", []
    for part in parts:
        kind, piece = (ZoneKind.BODY, part) if isinstance(part, str) else part
        zones.append(Zone(kind, len(text), len(text) + len(piece) + 1))
        text += piece + "\n"
    origin = Origin(None, "", "text")
    return Source(Ref(story, number), None, None, None, None, None, None, text, tuple(zones), origin)


def labelled(sentences: list[str], number: int) -> tuple[Source, list[Span]]:
    spans, place = [], 0
    for sentence in sentences:
        spans.append(Span(place, place + len(sentence)))
        place += len(sentence) + 1
    return make(" ".join(sentences), number=number), spans


STORY = {name: labelled(DATA[name], number) for number, name in enumerate("abc", start=1)}


def found_pairs(alignment: Alignment, a: list[Span], b: list[Span]) -> set[tuple[int, int]]:
    return {
        (first, second)
        for row in alignment.rows
        for first, span_a in enumerate(a)
        for second, span_b in enumerate(b)
        if row.a.overlaps(span_a) and row.b.overlaps(span_b)
    }


@pytest.mark.parametrize("other", ["b", "c"])
@pytest.mark.parametrize("story", ["", "abc"], ids=["alone", "in its story"])
def test_partners_of_a_rewritten_article(other: str, story: str) -> None:
    (a, spans_a), (b, spans_b) = STORY["a"], STORY[other]
    context = [STORY[name][0] for name in story]
    found = found_pairs(align(a, b, context=context), spans_a, spans_b)
    true = {(one, two) for one, two in DATA[f"pairs_a{other}"]}
    found -= {(one, two) for one, two in DATA[f"optional_a{other}"]}
    assert len(found & true) / len(found) >= 0.95
    assert len(found & true) / len(true) >= 0.85


def test_partners_in_labelled_rewrites_where_hardly_a_word_is_shared() -> None:
    right = found = true = 0
    for name in ("satellite", "painting"):
        labels = REWRITES[name]
        (a, spans_a), (b, spans_b) = labelled(labels["a"], 1), labelled(labels["b"], 2)
        pairs = {(one, two) for one, two in labels["pairs"]}
        here = found_pairs(align(a, b), spans_a, spans_b)
        here -= {(one, two) for one, two in labels["optional"]}
        right += len(here & pairs)
        found += len(here)
        true += len(pairs)
    assert right / found >= 0.9
    assert right / true >= 0.65


def test_both_directions_find_the_same() -> None:
    (a, spans_a), (b, spans_b) = STORY["a"], STORY["b"]
    forth = found_pairs(align(a, b), spans_a, spans_b)
    back = found_pairs(align(b, a), spans_b, spans_a)
    assert forth == {(one, two) for two, one in back}


def test_kinds_and_what_only_one_says() -> None:
    a = make(
        "“We sold the old ferry,” said Ada Moss.",
        "The price of the ferry was $4.2 million in cash.",
        "Passengers on the island depend on boats for medicine.",
        "Bakers like bread.",
    )
    b = make(
        "Bells rang at noon.",
        '"We sold the  old ferry," said Ada Moss.',
        "The price of the ferry was $4.8 million in cash.",
        "For medicine, island passengers have nothing but the boats, on which they depend.",
        number=2,
    )
    result = align(a, b)
    assert [row.kind for row in result.rows] == ["same", "edited", "paraphrase"]
    assert result.rows[0].score == 1.0
    assert [edit.op for edit in result.rows[0].edits] == ["equal"]
    changed = [edit for edit in result.rows[1].edits if edit.op != "equal"]
    assert [(edit.a.of(a.text), edit.b.of(b.text)) for edit in changed] == [("$4.2", "$4.8")]
    assert [span.of(a.text) for span in result.only_a] == ["Bakers like bread."]
    assert [span.of(b.text) for span in result.only_b] == ["Bells rang at noon."]


def test_moved_sentences_are_followed() -> None:
    sentences = STORY["a"][0].text.strip()
    spans = STORY["a"][1]
    turned = " ".join(span.of(sentences) for span in reversed(spans))
    result = align(STORY["a"][0], make(turned, number=2))
    assert len(result.rows) == len(spans)
    assert {row.kind for row in result.rows} == {"same"}
    assert result.only_a == result.only_b == ()


def test_a_sentence_that_was_split_is_matched_as_a_whole() -> None:
    a = make(
        "Corvane bought fourteen vessels and three terminals, and took over some 640 sailors in Port Elian."
    )
    b = make(
        "Corvane bought fourteen vessels and three terminals. It took over some 640 sailors in Port Elian.",
        number=2,
    )
    for result in (align(a, b), align(b, a)):
        assert len(result.rows) == 1
        assert result.only_a == result.only_b == ()
        row = result.rows[0]
        assert row.edits[0].a.start == row.a.start
        assert row.edits[-1].a.end == row.a.end
        assert row.edits[-1].b.end == row.b.end


def test_two_sentences_may_share_a_partner() -> None:
    said = "Ada Moss said that the ferry to Gull Island would be sold in autumn."
    result = align(make(said, "Nobody was asked about it.", said), make(said, number=2))
    assert len(result.rows) == 2


def test_unrelated_texts_share_nothing() -> None:
    other = make(
        "The observatory recorded a comet on Friday. Two students noticed its tail. "
        "It will not return for a century, said the director, and it cannot be seen without a telescope.",
        number=2,
    )
    result = align(STORY["a"][0], other)
    assert result.rows == ()
    assert len(result.only_a) == len(STORY["a"][1])
    assert (result.a_in_b, result.b_in_a) == (0.0, 0.0)


def test_one_common_word_makes_no_pair() -> None:
    assert align(make("The port was sold on Monday."), make("Nobody sang on Monday.", number=2)).rows == ()


class TestContainment:
    FIRST = "Corvane will take over all fourteen vessels, three terminals and some 640 employees next spring."
    SECOND = "Union leaders said they had been told nothing about it by anybody in the town hall before."
    LEAD = "Islanders fear for their boats, and the mayor is glad."

    def test_a_copy_with_a_new_lead_holds_all_of_the_original(self) -> None:
        result = align(make(self.FIRST, self.SECOND), make(self.LEAD, self.FIRST, self.SECOND, number=2))
        assert result.a_in_b == 1.0
        assert result.b_in_a == pytest.approx(32 / 42, abs=0.03)

    def test_a_part_is_counted_as_its_part(self) -> None:
        result = align(make(self.FIRST, self.SECOND), make(self.LEAD, self.SECOND, number=2))
        assert result.a_in_b == pytest.approx(0.53, abs=0.03)

    def test_copied_though_quotes_case_and_accents_differ(self) -> None:
        one = make("“The café’s owner,” he said, “left the town long before anybody asked.”")
        other = make('"THE CAFE\'S OWNER," he said, "left the town long before anybody asked."', number=2)
        assert align(one, other).a_in_b == 1.0

    def test_an_equal_title_over_different_texts_does_not_count(self) -> None:
        title = (ZoneKind.HEADING, "Saltmarsh sells its ferry line to Corvane Holdings for $310 million")
        result = align(make(title, self.FIRST), make(title, self.SECOND, number=2))
        assert (result.a_in_b, result.b_in_a) == (0.0, 0.0)

    def test_muted_text_does_not_count(self) -> None:
        furniture = (
            ZoneKind.BOILERPLATE,
            "Subscribe now to read all of our stories on every device you own.",
        )
        result = align(make(self.FIRST, furniture), make(self.SECOND, furniture, number=2))
        assert (result.a_in_b, result.b_in_a) == (0.0, 0.0)
        assert result.rows == ()

    def test_turns_of_phrase_do_not_count(self) -> None:
        one = make("He said that on the one hand the sale was good.")
        other = make("She thinks that on the one hand boats are old.", number=2)
        assert align(one, other).a_in_b == 0.0


@pytest.mark.long
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("", ""),
        ("", "The ferry was sold."),
        ("...", "—"),
        ("word " * 20_000, "word " * 20_000),
        ("The ferry was sold. " * 1000, "The ferry was sold. " * 900),
        ("海は広い。" * 800, "海は青い。" * 800),
        (
            " ".join(f"Item {n} is sold." for n in range(1500)),
            " ".join(f"Item {n} was." for n in range(1500)),
        ),
        (" ".join(f"word{n}" for n in range(25_000)), " ".join(f"word{n}" for n in range(0, 25_000, 3))),
    ],
    ids=["empty", "half-empty", "wordless", "one-sentence", "all-the-same", "ideographs", "table", "endless"],
)
def test_odd_texts_come_back(a: str, b: str) -> None:
    result = align(make(a), make(b, number=2))
    assert 0.0 <= result.a_in_b <= 1.0
    assert all(0.0 <= row.score <= 1.0 for row in result.rows)


def test_a_source_against_itself_is_all_the_same() -> None:
    a = STORY["a"][0]
    result = align(a, a)
    assert (result.a_in_b, result.b_in_a) == (1.0, 1.0)
    assert {row.kind for row in result.rows} == {"same"}
    assert result.only_a == ()


def test_ideographs_are_aligned_as_words_are() -> None:
    a = make("港口昨天卖给了子午线基金。渔民们非常担心他们的工作。")
    b = make("天气很好。渔民们担心工作。昨天港口卖给子午线基金了。", number=2)
    result = align(a, b)
    assert [(row.a.of(a.text)[:2], row.b.of(b.text)[:2]) for row in result.rows] == [
        ("港口", "昨天"),
        ("渔民", "渔民"),
    ]
    assert [span.of(b.text) for span in result.only_b] == ["天气很好。"]


def test_texts_that_are_all_muted_have_nothing_to_compare() -> None:
    muted = [make((ZoneKind.CAPTION, "The port at dawn."), number=number) for number in (1, 2)]
    result = align(*muted)
    assert (result.rows, result.only_a, result.only_b, result.a_in_b) == ((), (), (), 0.0)


def shares(page: Path, count: int) -> dict[tuple[int, int], float]:
    """Return, of sources of a story page, how much of one is in another where that is more than a tenth."""
    lines = page.read_text(encoding="utf-8").split("\n")
    sources = []
    for number in range(1, count + 1):
        at = lines.index(f"[{number}]")
        sources.append(make((ZoneKind.HEADING, lines[at + 1]), lines[at + 2], number=number))
    found = {
        (first, second): align(one, other, context=sources).a_in_b
        for first, one in enumerate(sources, 1)
        for second, other in enumerate(sources, 1)
        if first != second
    }
    return {pair: share for pair, share in found.items() if share > 0.1}


def test_known_copies_of_the_bundled_page(sample_page: Path) -> None:
    high = shares(sample_page, 13)
    assert high.pop((2, 10)) == high.pop((7, 10)) == high.pop((7, 2)) == 1.0
    assert high.pop((2, 7)) == pytest.approx(0.76, abs=0.03)
    assert high.pop((10, 2)) == pytest.approx(0.9, abs=0.03)
    assert high.pop((10, 7)) == pytest.approx(0.68, abs=0.03)
    assert max(high.values()) < 0.17  # the quotes that several sources have


def test_known_copies_among_the_seeds(shared: Callable[[str], list[Path]]) -> None:
    (page,) = shared("seeds/000_*.txt")
    high = shares(page, 14)
    assert high.pop((2, 10)) == high.pop((7, 10)) == 1.0
    assert high.pop((2, 7)) == pytest.approx(0.7, abs=0.03)
    assert high.pop((10, 7)) > 0.8
    assert high.pop((5, 14)) < 0.12
    assert set(high) == {(7, 2), (10, 2)}


def test_a_sentence_that_stands_word_for_word_is_not_given_to_two_that_rewrite_it() -> None:
    wire = "The council will close the old ferry pier in March, its harbour master said on Monday."
    rewrite = "The old ferry pier is to close. The harbour master named March, the council said on Monday."
    other = "Tickets stay valid on the bridge bus until the summer timetable begins."
    left, right = make(f"{wire} {other}"), make(f"{rewrite} {wire} {other}", number=2)
    rows = {row.a: row for row in align(left, right).rows}
    row = rows[Span(0, len(wire))]
    assert row.kind == "same"
    assert row.b.of(right.text) == wire


FILLER = [
    "Rain fell on the northern valleys all week.",
    "The orchestra of Lindmark rehearses behind closed doors.",
    "Two trams collided near the cathedral, and nobody was hurt.",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Harbour master Ilse Brandt said that the cranes need new cables before winter.",
            "Harbour master Ilse Brandt said she would retire to her orchard.",
        ),
        (
            "The Norlane Ferry Company has hired a new chief accountant.",
            "Passengers of the Norlane Ferry Company complained about cold soup.",
        ),
        (
            "A spokeswoman for the coast guard in Sandhaven said the fog had lifted by noon.",
            "“The boats were never searched,” said a spokeswoman for the coast guard in Sandhaven.",
        ),
        (
            "The archaeologists found an old coin below the church at Tarnow.",
            "The old church at Tarnow lost its roof in a storm, people said.",
        ),
        (
            "A jury in Tarnow found the miller guilty on Tuesday.",
            "The miller from Tarnow had a heart attack on Tuesday night.",
        ),
        (
            "The president of Crane Drivers Local 12, Ilse Brandt, said the union had asked for a meeting.",
            "“The rope was older than I am,” said Ilse Brandt, president of Crane Drivers Local 12.",
        ),
        (
            "The warden of the reserve, Ilse Brandt, counted the herons from a rowing boat.",
            "Ilse Brandt, warden of the reserve, learned to paint as a child.",
        ),
    ],
)
def test_sentences_that_share_only_a_subject_a_speaker_or_common_words_are_no_partners(
    one: str, other: str
) -> None:
    a, b = make(one, *FILLER[:1]), make(other, *FILLER[1:], number=2)
    assert align(a, b).rows == ()


@pytest.mark.parametrize(
    ("one", "other", "partners"),
    [
        ("Some 12,400 residents were moved to schools.", "Buses moved 12 400 people to the schools.", True),
        (
            "Some 12,400 residents were moved to schools.",
            "Buses took 12 410 people out of the valley.",
            False,
        ),
        ("The yard owes 1.9 billion kroner.", "Creditors want 1.9 billion Danish kroner back.", True),
        ("All 22 sailors had put on jackets.", "The crate weighs 22 tonnes.", False),
        ("The 400m champion has moved to Gull Bay.", "A 400-meter title costs a lifetime.", False),
    ],
)
def test_one_precise_figure_joins_sentences_whatever_they_call_its_unit(
    one: str,
    other: str,
    partners: bool,  # noqa: FBT001
) -> None:
    a, b = make(one, *FILLER[:1]), make(other, *FILLER[1:], number=2)
    assert bool(align(a, b).rows) is partners


@pytest.mark.parametrize(
    ("one", "partners"),
    [
        ("Did the pilot of the Kittiwake ignore the storm warning?", False),
        ("“Did the pilot of the Kittiwake ignore the storm warning?”", False),
        ("The pilot of the Kittiwake did ignore the storm warning.", True),
    ],
)
def test_a_question_is_no_partner_of_what_it_asks(one: str, partners: bool) -> None:  # noqa: FBT001
    told = "Investigators say the pilot of the Kittiwake ignored a storm warning."
    a, b = make(one, FILLER[0]), make(told, *FILLER[1:], number=2)
    assert bool(align(a, b).rows) is partners


def test_a_question_is_a_partner_of_the_same_question_and_of_who_asked_it() -> None:
    asked = "Why did the pilot of the Kittiwake ignore the storm warning?"
    for other in (
        "Why was the storm warning ignored by the Kittiwake's pilot?",
        f"“{asked}” the widow asked.",
    ):
        assert align(make(asked, FILLER[0]), make(other, *FILLER[1:], number=2)).rows


@pytest.mark.parametrize(
    "there", ["$240 million", "$2.4 billion", "$420 million", "$317 million", "40 welders"]
)
def test_partners_that_have_other_figures_are_what_a_reader_has_to_see(there: str) -> None:
    a = make("The shipyard spent $240 million on repairs to the eastern dock last winter.", FILLER[0])
    b = make(f"Last winter repairs to the eastern dock took {there} of the shipyard.", *FILLER[1:], number=2)
    assert align(a, b).rows


LONG_STORY = (
    "At the yard, whose gates had been locked since the great flood of the river, 40 welders found work"
    " in May after months of quarrels between council, bank and union."
)
LOST = "Some 40 welders found work in May at the yard, which lost $9 million last year."


@pytest.mark.parametrize(
    ("hired", "other", "kind"),
    [
        ("40 welders", "Some 40 welders found work at the yard in May.", "paraphrase"),
        ("40 welders", LOST, "partial"),
        ("welders", "Some 40 welders found work at the shipyard in May.", "partial"),
        ("40 welders", LONG_STORY, "partial"),
        ("140 welders", "Some 104 welders found work at the shipyard in May.", "paraphrase"),
    ],
)
def test_partners_of_which_one_says_more_are_partly_the_same(hired: str, other: str, kind: str) -> None:
    a, b = make(f"The shipyard hired {hired} in May.", FILLER[0]), make(other, *FILLER[1:], number=2)
    for result in (align(a, b), align(b, a)):
        assert [row.kind for row in result.rows] == [kind]
