"""Groups of near copies do not depend on how a generation came about, nor on the file that remembers them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from index import SearchIndex
from index.near_duplicates import FILE
from tests.index.shelf import put_texts

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library

WORDS = [f"word{number}" for number in range(400)]


def article(seed: int) -> str:
    """Return a text of its own that speaks of a price."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    return "A price. " + " ".join(chance.choices(WORDS, k=150))


def groups(index: SearchIndex, query: str = "price") -> set[frozenset[str]]:
    """Return what is listed together, and make sure that the total counts it."""
    results = index.search(query, limit=500)
    assert results.total == len(results.hits)
    return {frozenset(map(str, (hit.ref, *hit.copies))) for hit in results.hits}


def test_copies_are_known_across_changes(library: Library, folder: Path) -> None:
    put_texts(library, "wire", {str(number): article(number) for number in range(30)})
    with SearchIndex.open(folder, library) as index:
        assert all(len(group) == 1 for group in groups(index))
        put_texts(library, "late", {"a": article(3) + " One more line.", "b": article(3), "c": article(99)})
        index.catch_up()
        assert frozenset({"wire/4", "late/1", "late/2"}) in groups(index)
        put_texts(library, "late", {"b": article(5)})
        index.catch_up()
        after = groups(index)
        assert {frozenset({"wire/4", "late/1"}), frozenset({"wire/6", "late/2"})} <= after
        index.rebuild()
        assert groups(index) == after


@pytest.mark.parametrize("damage", [b"", b"12\n[]", b"\xff\xfe", None])
def test_a_file_that_cannot_be_trusted_is_made_anew(
    library: Library, folder: Path, damage: bytes | None
) -> None:
    put_texts(library, "wire", {"a": article(1), "b": article(1), "c": article(2)})
    with SearchIndex.open(folder, library) as index:
        whole = groups(index)
    file = folder / FILE
    kept = file.read_bytes()
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    with SearchIndex.open(folder, library) as index:
        assert groups(index) == whole == {frozenset({"wire/1", "wire/2"}), frozenset({"wire/3"})}
    assert file.read_bytes() == kept
    assert file.stat().st_mode & 0o077 == 0


def test_pages_far_in_fit_together_and_the_total_is_exact(library: Library, folder: Path) -> None:
    texts = {f"{number}-{copy}": article(number) for number in range(150) for copy in range(1 + number % 5)}
    put_texts(library, "wire", texts)
    with SearchIndex.open(folder, library) as index:
        for sort in ("relevance", "newest", "oldest", "title", "publisher"):
            everything = index.search("price", limit=1000, sort=sort)
            assert everything.total == len(everything.hits) == 150
            assert sum(1 + len(hit.copies) for hit in everything.hits) == len(texts)
            pages = [index.search("price", limit=9, offset=at, sort=sort) for at in range(0, 160, 9)]
            assert {page.total for page in pages} == {150}
            assert [hit.ref for page in pages for hit in page.hits] == [hit.ref for hit in everything.hits]
        assert index.search("price", all_copies=True).total == len(texts)
