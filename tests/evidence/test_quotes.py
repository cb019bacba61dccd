from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.quotes import Quote, find_quotes
from sources.model import Zone, ZoneKind
from tests.evidence.stories import quotes, source

ONE = [
    ('"We sold it," said Ada Moss.', "We sold it,", "Ada Moss", "said"),
    ('"We sold it," Ada Moss said.', "We sold it,", "Ada Moss", "said"),
    ("“We sold it,” said Ada Moss, the chief executive.", "We sold it,", "Ada Moss", "said"),
    (
        "“We sold it,” Ada Moss, the chief executive of Northport, told The Courier.",
        "We sold it,",
        "Ada Moss",
        "told",
    ),
    ("“We sold it,” said union leader Ada Moss.", "We sold it,", "Ada Moss", "said"),
    ("“We sold it,” Northport CEO Ada Moss wrote.", "We sold it,", "Ada Moss", "wrote"),
    ('"We sold it," said Ada Moss of the Harbour Union.', "We sold it,", "Ada Moss", "said"),
    ('Ada Moss added: "We sold it."', "We sold it.", "Ada Moss", "added"),
    ('Ada Moss said that they "sold it all".', "sold it all", "Ada Moss", "said"),
    ('According to Ada Moss, "the harbour is sold".', "the harbour is sold", "Ada Moss", "According to"),
    ('"The harbour is sold," according to Ada Moss.', "The harbour is sold,", "Ada Moss", "according to"),
    ('As Ada Moss explains, "The harbour is sold."', "The harbour is sold.", "Ada Moss", "explains"),
    ('"Is it sold?" an official asked.', "Is it sold?", "an official", "asked"),
    ('A former employee said: "It is sold."', "It is sold.", "A former employee", "said"),
    ("‘It is the workers’ harbour,’ Ada Moss said.", "It is the workers’ harbour,", "Ada Moss", "said"),
    ("«Le port est vendu», a déclaré Ada Moss.", "Le port est vendu", "Ada Moss", "déclaré"),
    ("„Der Hafen ist verkauft“, sagte Ada Moss.", "Der Hafen ist verkauft", "Ada Moss", "sagte"),
]


@pytest.mark.parametrize(("text", "words", "speaker", "cue"), ONE)
def test_finds_who_said_what(text: str, words: str, speaker: str, cue: str) -> None:
    (quote,) = find_quotes(source(text))
    assert (quote.text, quote.speaker, quote.cue) == (words, speaker, cue)
    assert text[quote.start : quote.end][1:-1].strip() == words


def test_a_quote_broken_by_its_speaker_is_two_spans_of_one_speaker() -> None:
    text = '"We did not look," said Ada Moss, the chief executive, "for a buyer."'
    assert quotes(text) == [("We did not look,", "Ada Moss", "said"), ("for a buyer.", "Ada Moss", "said")]


def test_a_paragraph_that_ends_in_an_abbreviation_ends_all_the_same() -> None:
    text = "Ada Moss left Albion for the U.S.\n“It is late,” she said. “It is late for us all.”"
    assert [row[1] for row in quotes(text)] == ["Ada Moss", "Ada Moss"]


def test_a_second_sentence_in_marks_goes_on_with_the_same_speaker() -> None:
    text = '"It is sold," Ada Moss said. "We are glad." A child said nothing.'
    assert [row[1] for row in quotes(text)] == ["Ada Moss", "Ada Moss"]


def test_what_only_goes_on_has_no_cue_of_its_own() -> None:
    text = '"It is sold," Ada Moss said. "We are glad."'
    assert [row[2] for row in quotes(text)] == ["said", None]
    text = 'Ada Moss told the board of her plans. "We will dig, and then we will dredge."'
    assert quotes(text) == [("We will dig, and then we will dredge.", "Ada Moss", None)]


def test_an_inner_quote_is_part_of_the_outer_one() -> None:
    assert quotes("“She told me ‘never again’ twice,” Ada Moss said.") == [
        ("She told me ‘never again’ twice,", "Ada Moss", "said")
    ]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("“We sold «most of it» first.\n“Then we sold the rest,” said Ada Moss.", 2),
        ("“We sold «most of it» first.\nThen they sold the rest, said Ada Moss.", 1),
    ],
)
def test_marks_inside_a_quote_that_goes_on_in_the_next_paragraph_are_part_of_it(
    text: str, quotes: int
) -> None:
    found = find_quotes(source(text))
    assert len(found) == quotes
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_a_quote_of_several_paragraphs_has_one_speaker() -> None:
    text = "“First we waited.\n\n“Then we sold,” Ada Moss told reporters."
    assert quotes(text) == [("First we waited.", "Ada Moss", "told"), ("Then we sold,", "Ada Moss", "told")]


def test_words_in_marks_that_nobody_said_have_no_speaker() -> None:
    assert quotes('The so-called "ghost port" opened. The "Harbour Lights" show is on.') == [
        ("ghost port", None, None),
        ("Harbour Lights", None, None),
    ]


def test_a_stray_mark_swallows_nothing() -> None:
    text = 'He wrote "never closed.\nThen came rain.\n"It is sold," said Ada Moss.'
    assert quotes(text) == [("It is sold,", "Ada Moss", "said")]
    assert quotes("The workers' rights and the dogs' home in the '90s") == []


def test_thousands_of_stray_marks_are_read_past() -> None:
    assert find_quotes(source("“a " * 10_000)) == ()
    assert find_quotes(source('word "word\n' * 10_000)) == ()


MARKS = [
    (
        "王明说：“我们不会卖港口。”记者问：「什麼時候？」『不知道。』",
        ["我们不会卖港口。", "什麼時候？", "不知道。"],
    ),
    ("قال الرئيس: «لن نبيع الميناء أبدا».", ["لن نبيع الميناء أبدا"]),
    ("„Wir verkaufen den Hafen nicht“, sagte Anna Moos.", ["Wir verkaufen den Hafen nicht"]),
    ('"WE SOLD IT," SAID ADA MOSS.', ["WE SOLD IT,"]),
    ("| a | \"b\" | `print('c')` | 5' 11\" |", ["b"]),
]


@pytest.mark.parametrize(("text", "said"), MARKS)
def test_marks_of_all_scripts_are_read(text: str, said: list[str]) -> None:
    assert [quote.text for quote in find_quotes(source(text))][: len(said)] == said


def test_thousands_of_pronouns_are_read_past() -> None:
    found = find_quotes(source('"It is so," he said. ' * 3000))
    assert {(quote.speaker, quote.cue) for quote in found} == {("he", "said")}


def test_muted_zones_are_skipped() -> None:
    text = '"Buy now," said Ada Moss.\n"Sold," said Lin Okafor.'
    zones = (Zone(ZoneKind.BOILERPLATE, 0, 26), Zone(ZoneKind.BODY, 26, len(text)))
    assert [quote.speaker for quote in find_quotes(source(text, zones=zones))] == ["Lin Okafor"]


pieces = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        "said",
        "Ada Moss",
        "he",
        "it is",
        ",",
        ".",
        "\n",
        ":",
        "told",
        "-",
        "(",
        ")",
    ]
)


def _are_true(text: str, found: tuple[Quote, ...]) -> None:
    last = 0
    for quote in found:
        assert quote.text
        assert quote.text in text[quote.start : quote.end]
        assert quote.start >= last
        assert quote.speaker is not None or quote.cue is None
        assert (quote.speaker is None) == (quote.credit is None)
        assert quote.words(text) == (text.index(quote.text, quote.start), quote.words(text)[1])
        last = quote.end


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces, max_size=30))
def test_quotes_are_true_ordered_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    _are_true(text, find_quotes(source(text)))
    text = "".join(words)
    _are_true(text, find_quotes(source(text)))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    _are_true(text, find_quotes(source(text)))
