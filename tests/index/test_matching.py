from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import is_latin, tokens
from index.query import parse
from index.snippets import WIDTH, snippet
from index.text_matching import Finder, spans_in
from index.word_beginnings import places_of
from sources.errors import QueryError
from sources.model import Origin, Ref, Source, Zone, ZoneKind


def hits(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in spans_in(query, text)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("sell", "They sell, sold, SELLING sellers.", ["sell", "SELLING"]),
        ('"sell"', "They sell and are selling.", ["sell"]),
        ("harb*", "Harbour, harbours, arbour", ["Harbour", "harbours"]),
        ('"two seats"', "two\n  seats, two. Seats; seats two", ["two\n  seats", "two. Seats"]),
        ("GPT-4", "GPT-4 and GPT 4 and GPT-5", ["GPT-4", "GPT 4"]),
        ("naive", "A naïve, NAÏVE idea", ["naïve", "NAÏVE"]),
        ("$4.2", "€4.2, US$4.2 billion", ["$4.2"]),
        ("14300", "It was 14,300.", ["14,300"]),
        ("U.S.", "the U.S. and us", ["U.S."]),
        ("東京", "在東京都", ["東京"]),
        ("port -sale", "port sale", ["port"]),
        ("title:port sale", "port sale", ["sale"]),
        ("the port", "the port", ["port"]),
        ("publisher:wire", "wire", []),
        ("strasse", "Die Straße", ["Straße"]),
        ("dying", "to die", ["die"]),
        ("sold OR buys", "buy what was sold", ["buy", "sold"]),
        ("oreal", "the l'Oréal shop", ["l'Oréal"]),
        ("harbour", "the har-\nbour and the har\u200bbour", ["har-\nbour", "har\u200bbour"]),
        (
            '"lund bought"',
            "[Mara Lund](https://a.example/sold) bought it",
            ["Lund](https://a.example/sold) bought"],
        ),
        ("sold", "[Mara Lund](https://a.example/sold) bought it", []),
    ],
)
def test_where_a_query_stands(query: str, text: str, expected: list[str]) -> None:
    assert hits(query, text) == expected


def test_a_query_that_is_none_is_said() -> None:
    with pytest.raises(QueryError):
        spans_in("title:(", "text")


def test_the_title_is_another_field() -> None:
    assert spans_in("title:port sale", "port sale", field="title") == ((0, 4), (5, 9))


WORDS = st.sampled_from(
    [
        "port",
        "Ports",
        "ported",
        "sell",
        "sold",
        "dying",
        "die",
        "naïve",
        "US$4",
        "R&D",
        "don't",
        "-",
        "\n",
        "東京",
    ]
)


@given(
    st.lists(WORDS, max_size=30), st.sampled_from(["port", "sell OR die", '"port sell"', "po*", "naive R&D"])
)
@settings(max_examples=300, deadline=None)
def test_looking_near_the_beginnings_misses_nothing(words: list[str], query: str) -> None:
    text = " ".join(words)
    finder = Finder(parse(query))
    quick = finder.find(text)
    everything: list[tuple[int, int, int]] = []
    whole = list(tokens(text))
    for place in range(len(whole)):
        finder._look(whole, place, everything)  # type: ignore[arg-type]
    assert quick == sorted(everything)


def test_a_long_text_is_looked_at_in_portions() -> None:
    text = "two seats " * 5000
    assert len(spans_in('"two seats"', text)) == 5000
    assert len(Finder(parse("seats")).find(text, most=10)) >= 10


def source(text: str, *zones: Zone) -> Source:
    return Source(
        ref=Ref("s", 1), title=None, publisher=None, author=None, date=None, url=None, language=None,
        text=text, zones=zones or (Zone(ZoneKind.BODY, 0, len(text)),), origin=Origin(None, "", "text"),
    )  # fmt: skip


def shown(query: str, text: str, *zones: Zone) -> str:
    made = snippet(source(text, *zones), Finder(parse(query)))
    out = made.text
    for start, end in reversed(made.highlights):
        out = f"{out[:start]}[{out[start:end]}]{out[end:]}"
    return out


FILLER = "Nothing happened for a long while and then nothing happened again. " * 20


def test_a_snippet_is_the_passage_with_all_the_words() -> None:
    text = f"A port.\n\n{FILLER}\n\nThe price of the port fell. {FILLER}"
    assert "The [price] of the [port] fell." in shown("port price", text)


def test_words_far_apart_give_two_passages() -> None:
    text = f"The port opened. {FILLER}\n\n{FILLER} The price fell. {FILLER}"
    out = shown("port price", text)
    assert "[port]" in out
    assert "[price]" in out
    assert " … " in out


def test_a_snippet_cuts_no_word_and_stays_in_its_paragraph() -> None:
    text = f"{FILLER}\n\n{'word ' * 100}harbour {'word ' * 100}\n\n{FILLER}"
    out = shown("harbour", text)
    assert set(out.replace("…", " ").split()) == {"word", "[harbour]"}
    assert len(out) < WIDTH + 20
    assert out.startswith("… word")
    assert out.endswith("word …")


def test_a_snippet_begins_with_a_sentence_where_one_is_near() -> None:
    out = shown("harbour", f"{FILLER}The town has a harbour. {FILLER}")
    assert out.startswith("… The town has a [harbour].")


def test_white_space_is_evened_out() -> None:
    assert shown("port", "a\tport\u00a0 and \n   a ship") == "a [port] and a ship"


def test_body_comes_before_heading_and_credit() -> None:
    text = "Photo: port\nThe port\nIn the end a port was sold."
    zones = (Zone(ZoneKind.CREDIT, 0, 12), Zone(ZoneKind.HEADING, 12, 21), Zone(ZoneKind.BODY, 21, len(text)))
    assert shown("port", text, *zones) == "In the end a [port] was sold."


def test_without_a_hit_the_body_begins() -> None:
    text = "Photo: somebody\nThe body begins."
    zones = (Zone(ZoneKind.CREDIT, 0, 16), Zone(ZoneKind.BODY, 16, len(text)))
    assert shown("publisher:x", text, *zones) == "The body begins."
    assert shown("publisher:x", "") == ""


def test_text_without_spaces() -> None:
    out = shown("東京", "港" * 500 + "東京" + "口" * 500)
    assert "[東京]" in out
    assert len(out) < WIDTH + 20


@given(st.text("ab .\n\t東-é\u00a0", max_size=600), st.sampled_from(["a", "ab OR b", '"a b"', "東東 a"]))
@settings(max_examples=300, deadline=None)
def test_a_snippet_is_made_of_any_text(text: str, query: str) -> None:
    made = snippet(source(text), Finder(parse(query)))
    last = 0
    for start, end in made.highlights:
        assert last <= start < end <= len(made.text)
        assert made.text[start:end].strip() == made.text[start:end]
        last = end
    assert len(made.text) < 2 * WIDTH + 200


def test_where_words_are_looked_for_by_their_beginning_no_letter_is_passed_over() -> None:
    passed_over = []
    for code in range(0xA0, 0x2C00):
        letter = chr(code)
        norms = [token.norm for token in tokens(letter)]
        if not (is_latin(letter) and norms and norms[0].isascii() and norms[0].isalnum()):
            continue
        places = places_of(frozenset([norms[0][:1]]), f"... {letter}")
        if places is not None and [*places] != [(4, 5)]:
            passed_over.append(letter)
    assert passed_over == []


def test_a_snippet_shows_what_a_reader_sees() -> None:
    text = "[Bell &amp; Sons](https://a.example/hidden) bought the har-\nbour."
    source = Source(
        Ref("s", 1), None, None, None, None, None, None, text, (Zone(ZoneKind.BODY, 0, len(text)),),
        Origin(None, "", "text"),
    )  # fmt: skip
    found = snippet(source, Finder(parse("harbour")))
    assert found.text == "Bell & Sons bought the harbour."
    assert [found.text[start:end] for start, end in found.highlights] == ["harbour"]
