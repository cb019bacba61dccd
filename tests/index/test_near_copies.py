"""How like, and how long, two texts have to be that are listed as one: both sides of the edges."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index import SearchIndex
from index.minhash import print_terms, similarity, sketches_of_texts
from sources.formats import parse
from tests.index.shelf import put, put_texts

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library


def listed(library: Library, folder: Path, one: str, other: str) -> int:
    put_texts(library, "wire", {"one": one, "other": other})
    with SearchIndex.open(folder, library) as index:
        return index.search("harbour").total


def texts_alike(bins: int) -> tuple[str, str]:
    """Return two texts that are looked up under one print and have that many of 24 bins in common."""
    chance = random.Random(3)  # noqa: S311 - not for secrets
    while True:
        words = [f"word{chance.randrange(9999)}" for _ in range(120)]
        cut = chance.randrange(40, 110)
        one, other = (f"harbour {' '.join(words[:cut])} {' '.join(words[cut:][::step])}" for step in (1, -1))
        first, second = sketches_of_texts([one, other])
        if similarity(first, second) == bins / 24 and set(print_terms(first)) & set(print_terms(second)):
            return one, other


@pytest.mark.parametrize(("bins", "total"), [(12, 1), (11, 2)])
def test_texts_with_half_of_their_prints_in_common_are_listed_once(
    library: Library, folder: Path, bins: int, total: int
) -> None:
    assert listed(library, folder, *texts_alike(bins)) == total


@pytest.mark.parametrize(("count", "total"), [(48, 1), (47, 2)])
def test_a_short_text_is_a_copy_only_word_for_word(
    library: Library, folder: Path, count: int, total: int
) -> None:
    words = ["harbour", *(f"word{number}" for number in range(count - 1))]
    assert listed(library, folder, " ".join(words), " ".join([*words[:-1], "other"])) == total


def test_issues_of_one_newsletter_are_listed_each(library: Library, folder: Path) -> None:
    foot = (
        "You are receiving this letter because you keep a boat in the harbour of Saltmarsh or once did. "
        "To stop receiving it, unsubscribe here. Our postal address is 4 Tide Lane, Saltmarsh, next to the "
        "rope maker. Thanks for reading, and fair winds from all who write, print, fold and carry it."
    )
    one = f"The harbour gets a second crane, and the first one gets a coat of paint.\n\n{foot}"
    other = f"Nobody saw who untied the ferry in the harbour on Monday.\n\n{foot}"
    parsed = [parse(text, path=None).sources[0] for text in (one, other)]
    put(library, "letters", *(replace(source, key=source.text) for source in parsed))
    with SearchIndex.open(folder, library) as index:
        assert index.search("harbour").total == 2
