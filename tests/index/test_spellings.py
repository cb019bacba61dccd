"""What people write in several ways is found in each of them, and shown where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index import SearchIndex
from index.text_matching import spans_in
from sources.library import Library
from tests.index.shelf import found, put_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What is asked, what the text says, and what of it is marked.
SPELLED: list[tuple[str, str, list[str]]] = [
    ("email", "She sent an e-mail to the port.", ["e", "mail"]),
    ("e-mail", "She sent an email to the port.", ["email"]),
    ("e-mails", "She sent one e‑mail to the port.", ["e", "mail"]),
    ('"email to"', "She sent an e-mail to the port.", ["mail to"]),
    ('"an email"', "She sent an e-mail to the port.", ["an e"]),
    ("reelection", "The re-election is in May.", ["re", "election"]),
    ("reelected", "They hoped to re-elect her.", ["re", "elect"]),
    ("cooperation", "Their co-operation has ended.", ["co", "operation"]),
    ("covid19", "It was before Covid-19.", ["Covid", "19"]),
    ("PhD", "He has a Ph.D. in tides.", ["Ph.D."]),
    ("ph.d.", "He has a PhD in tides.", ["PhD"]),
    ("msc", "He has an M.Sc in tides.", ["M.Sc"]),
    ("uk", "The U.K. has sold it.", ["U.K."]),
    ("onill", "Sean O’Nill left.", ["O’Nill"]),
    ("O'Nill", "Sean Onill left.", ["Onill"]),
    ("xian", "The crane is from Xi’an.", ["Xi’an"]),
    ('"Marsh and Sons"', "Marsh & Sons have shut the yard.", ["Marsh & Sons"]),
    ('"Marsh & Sons"', "Marsh and Sons have shut the yard.", ["Marsh and Sons"]),
    ("بحر", "رأيت بـحـر من النافذة", ["بـحـر"]),
    ("احمد", "قال أحمد ذلك", ["أحمد"]),
    ("علي", "هذا على الطاولة", ["على"]),
    ("مدرسه", "هذه مدرسة", ["مدرسة"]),
    ("45", "بعد ٤٥ يوما", ["٤٥"]),
    ("1234", "بعد ١٬٢٣٤ يوما", ["١٬٢٣٤"]),
    ("2031", "در سال ۲۰۳۱", ["۲۰۳۱"]),
    ("🔥", "The pier 🔥 burns.", ["🔥"]),
    ("👍", "The mayor said 👍🏽 to it.", ["👍"]),
    ("✔", "Read and signed ✔ on Monday.", ["✔"]),
    ('"chief off*"', "The chief officer left.", ["chief officer"]),
    ('"chie* officer"', "The chief officer left.", ["chief officer"]),
    ('"chief of*" left', "The chief officer left.", ["chief officer", "left"]),
]
NOT_SPELLED = [
    ("1012", "From 10-12 May."),
    ("24hour", "A 24-hour ferry."),
    ("caps:us", "It helped us all."),
    ('"chief off*"', "The chief of staff left."),
    ('"chief o*"', "The chief officer left."),  # one letter is too little
    ("bbccouk", "See bbc.co.uk for more."),
]


CAPITALS = ("They told us that it hurt us all, and us alone.", "The US sent aid in spring.")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    folder = tmp_path_factory.mktemp("spellings")
    spelled = [text for _, text, _ in SPELLED] + [text for _, text in NOT_SPELLED]
    with Library.open(folder) as library:
        put_texts(library, "spellings", dict(enumerate_texts(spelled)))
        put_texts(library, "capitals", dict(enumerate_texts(CAPITALS)))
        put_texts(
            library,
            "headline",
            {
                "a": "The mayor of Saltmarsh shuts the ferry; she had no other choice, and said so.",
                "b": "Nothing of the kind was ever told.",
            },
        )
        with SearchIndex.open(folder / "index", library) as opened:
            yield opened


def enumerate_texts(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((str(place), text) for place, text in enumerate(texts))


@pytest.mark.parametrize("place", range(len(SPELLED)), ids=[query for query, *_ in SPELLED])
def test_each_spelling_is_found_and_marked(index: SearchIndex, place: int) -> None:
    query, text, marked = SPELLED[place]
    assert f"spellings/{place + 1}" in found(index, query, limit=100, all_copies=True)
    assert [span.of(text) for span in spans_in(query, text)] == marked


@pytest.mark.parametrize("place", range(len(NOT_SPELLED)), ids=[query for query, _ in NOT_SPELLED])
def test_what_is_no_spelling_of_it_is_not(index: SearchIndex, place: int) -> None:
    query, text = NOT_SPELLED[place]
    assert f"spellings/{len(SPELLED) + place + 1}" not in found(index, query, limit=100, all_copies=True)
    assert spans_in(query, text) == ()


def test_a_word_in_capitals_comes_first_and_can_be_asked_for_alone(index: SearchIndex) -> None:
    assert found(index, "US", story="capitals") == ["capitals/2", "capitals/1"]
    assert found(index, "us", story="capitals") == ["capitals/1", "capitals/2"]
    assert found(index, "caps:us", story="capitals") == ["capitals/2"]
    assert "U.S." in {
        span.of("In the U.S. and to us.") for span in spans_in("caps:US", "In the U.S. and to us.")
    }


def test_a_pasted_headline_finds_its_article(index: SearchIndex) -> None:
    headline = 'Exclusive: "no choice" for mayor on ferry'
    answer = index.search(headline)
    assert answer.total == 0
    assert answer.suggestion == "Exclusive: no choice for mayor on ferry"
    assert found(index, answer.suggestion)[0] == "headline/1"
    assert found(index, "MAYOR SHUTS FERRY AND HAD\nNO CHOICE")[0] == "headline/1"


def test_quotation_marks_that_a_field_needs_are_not_taken_away(index: SearchIndex) -> None:
    assert index.search('person:"the mayor of elsewhere"').suggestion is None
