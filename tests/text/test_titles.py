"""Headlines told from sentences, and the slugs made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.model import is_slug
from sources.text.headlines import could_be_headline, make_slug, shortened, slug_of_name


@pytest.mark.parametrize(
    "line", ["Port sold to fund", "Who owns the quay?", "A day at Northport Inc.", "“We stay”"]
)
def test_a_short_line_without_a_final_stop_could_be_a_headline(line: str) -> None:
    assert could_be_headline(line)


@pytest.mark.parametrize(
    "line",
    [
        "The port was sold.",
        "He said “no.”",
        "",
        "* * *",
        "12",
        "word " * 60,
        "The buyers:",
        "All is well. We were paid for this",
        "NORTHPORT, SALTMARSH",
    ],
)
def test_sentences_and_ornaments_could_not(line: str) -> None:
    assert not could_be_headline(line)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Port of Saltmarsh Is Sold to a Fund for $4.2 Billion", "port-saltmarsh-sold-fund"),
        ("Łódź's café — naïve & Øre", "lodzs-cafe-naive-ore"),
        ("It is what it is", "it-is-what-it"),
        ("История порта", ""),
        ("???", ""),
    ],
)
def test_slugs_keep_the_telling_words_in_ascii(title: str, slug: str) -> None:
    assert make_slug(title) == slug


def test_a_long_lead_is_cut_at_a_word() -> None:
    cut = shortened("The sale of the harbour " + "and of the quay " * 20 + "was signed. Nobody cheered.")
    assert cut.endswith("…")
    assert len(cut) <= 92
    assert shortened("The harbour was sold. Nobody cheered.") == "The harbour was sold"


@given(st.text())
def test_any_title_gives_a_slug_or_nothing(title: str) -> None:
    slug = make_slug(title)
    assert slug == "" or is_slug(slug)
    assert "\n" not in shortened(title)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Mill & Quay!", "mill-quay"),
        (" mill-quay ", "mill-quay"),
        ("the-mill", "the-mill"),  # a slug stays one, whatever its words are
        ("Größe", "grosse"),
        ("2031", "2031"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_any_name_of_a_story_gives_its_slug(name: str, slug: str) -> None:
    assert slug_of_name(name) == slug


def test_names_that_ascii_cannot_show_have_slugs_of_their_own_that_stay() -> None:
    names = ("港の売却", "Привет", "हार्बर")
    slugs = [slug_of_name(name) for name in names]
    assert all(map(is_slug, slugs))
    assert len(set(slugs)) == len(names)
    assert slug_of_name("  ПРИВЕТ ") == slugs[1]
