"""What counts as a word, where it stands, and which words count as the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.model import Span, Zone, ZoneKind
from sources.text.tokens import count_words, tokenize
from sources.text.words import STOP_WORDS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. sold GPT-4, C++ and R&D.", ["The", "U.S.", "sold", "GPT-4", "C++", "and", "R&D"]),
        ("It cost $14.3 billion (US$1,000).", ["It", "cost", "$14.3", "billion", "US$1,000"]),
        ("49% or 14.5% at 12:30 p.m.", ["49%", "or", "14.5%", "at", "12:30", "p.m."]),
        (
            "Don't touch O’Brien's well-made F# code",
            ["Don't", "touch", "O’Brien's", "well-made", "F#", "code"],
        ),
        ("the deal.Northport said", ["the", "deal", "Northport", "said"]),
        ("see booking.com and Node.js 2.0.1", ["see", "booking.com", "and", "Node.js", "2.0.1"]),
        ("the owners' boat—‘old’", ["the", "owners", "boat", "old"]),
        ("snake_case *bold* _word_", ["snake", "case", "bold", "word"]),
        ("港は old 항구 naïve", ["港", "は", "old", "항구", "naïve"]),
        ("बंदरगाह बिक गया।", ["बंदरगाह", "बिक", "गया"]),
        ("мир و سلام", ["мир", "و", "سلام"]),
        ("... — “” ''", []),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [text[token.start : token.end] for token in tokenize(text)] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CAFÉ", "cafe"),
        ("Moss’s", "moss"),
        ("Moss's", "Moss"),
        ("don’t", "don't"),
        ("1,000,000", "1000000"),
        ("U.S.", "u.s"),
        ("Straße", "STRASSE"),
        ("Ａｄａ", "ada"),
        ("well‑made", "well-made"),
    ],
)
def test_words_that_are_the_same(one: str, other: str) -> None:
    assert tokenize(one)[0].norm == tokenize(other)[0].norm


def test_a_span_gives_its_words_with_offsets_of_the_whole_text() -> None:
    text = "Ada Moss sold the harbour"
    assert [text[token.start : token.end] for token in tokenize(text, Span(9, 17))] == ["sold", "the"]


def test_words_of_muted_zones_do_not_count() -> None:
    text = "Photo: Moss The harbour is sold"
    zones = (Zone(ZoneKind.CREDIT, 0, 12), Zone(ZoneKind.BODY, 12, len(text)))
    assert count_words(text) == 6
    assert count_words(text, zones) == 4


def test_stop_words_are_in_the_form_of_tokens() -> None:
    assert all(tokenize(word)[0].norm == word for word in STOP_WORDS)


@given(st.text(max_size=60))
def test_places_are_true_and_in_order(text: str) -> None:
    tokens = tokenize(text)
    assert all(0 <= token.start < token.end <= len(text) and token.norm for token in tokens)
    assert all(one.end <= two.start for one, two in pairwise(tokens))
    assert count_words(text) == len(tokens)


@pytest.mark.parametrize("piece", ["a.", ".", "a-", "1,", "$", "a&", "é\u0301", "'", "1/"])
def test_hostile_texts_come_back_at_all(piece: str) -> None:
    assert len(tokenize(piece * 200_000)) <= 200_000
