"""One text that no pattern was made for is found by what could be read of it, and all others as ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import index.whoosh_engine.parallel_build
from index import SearchIndex
from index.interface import LACKS_EVIDENCE, LACKS_WORDS
from index.snippets import snippet
from sources import places
from sources.evidence.entities.finder import find_entities
from sources.evidence.quotes import find_quotes
from sources.model import Ref
from tests.index.shelf import draft, put

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.text_matching import Finder
    from sources.library import Library
    from sources.model import Source

ODD_WORD = "tripwire"
BAD = Ref("deal", 2)


def trips(text: str) -> None:
    if ODD_WORD in text:
        raise ValueError(f"no pattern for {text}")


def tripping(original: Callable[..., Any]) -> Callable[..., Any]:
    def find(source: Source, *given: Any) -> Any:
        trips(source.text)
        return original(source, *given)

    return find


def tripping_together(original: Callable[[Sequence[Source]], Any]) -> Callable[[Sequence[Source]], Any]:
    def find(sources: Sequence[Source], *rest: Any, **more: Any) -> Any:
        for source in sources:
            trips(source.text)
        return original(sources, *rest, **more)

    return find


def trip_words(monkeypatch: pytest.MonkeyPatch) -> None:
    original = index.whoosh_engine.parallel_build.analyse_piece

    def piece(raw: str) -> Any:
        trips(raw)
        return original(raw)

    for place in (
        "index.whoosh_engine.parallel_build.analyse_piece",
        "index.whoosh_engine.index_writer.analyse_piece",
    ):
        monkeypatch.setattr(place, piece)


def trip_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.evidence_fields.find_quotes", tripping(find_quotes))


def trip_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    found = tripping_together(find_entities)
    monkeypatch.setattr("index.evidence_fields.find_entities", found)

    def entities(self: Any, slug: str) -> Any:
        return found(self._library.sources(self._library.refs(slug)))

    monkeypatch.setattr("sources.evidence_cache.EvidenceCache.entities", entities)


@pytest.fixture
def deal(library: Library) -> Library:
    put(
        library,
        "deal",
        draft('"We sell the ferry," said Ada Moss.', "a", title="The sale"),
        draft(f'"We keep the {ODD_WORD} ferry," said Bo Lund.', "b", title="The keel"),
        draft('"The ferry is old," said Cy Hart.', "c", title="The age"),
    )
    return library


def log() -> str:
    return places.log_file().read_text("utf-8")


@pytest.mark.parametrize("trip", [trip_evidence, trip_stories])
def test_a_text_whose_evidence_cannot_be_read_is_found_by_its_words(
    deal: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, trip: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with monkeypatch.context() as patched:
        trip(patched)
        with SearchIndex.open(folder, deal) as opened:
            assert opened.search("ferry").total == 3
            assert opened.search(ODD_WORD).total == 1
            assert opened.search("speaker:moss").total == 1
            assert opened.search("speaker:lund").total == 0
            assert opened.lacking() == ((BAD, LACKS_EVIDENCE),)
            assert opened.problems() == ()
            put(deal, "deal", draft("The ferry sails, said Di Fox.", "d"))
            opened.catch_up()
            assert opened.search("ferry").total == 4
    assert "deal/2" in log()
    assert "ValueError" in log()
    assert ODD_WORD not in log()
    with SearchIndex.open(folder, deal) as opened:
        opened.rebuild()
        assert opened.lacking() == ()
        assert opened.search("speaker:lund").total == 1


def test_a_text_that_cannot_be_taken_apart_is_found_by_its_title(
    deal: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trip_words(monkeypatch)
    with SearchIndex.open(folder, deal) as opened:
        assert opened.search("ferry").total == 2
        assert [hit.ref for hit in opened.search("keel").hits] == [BAD]
        assert opened.lacking() == ((BAD, LACKS_WORDS),)
        assert opened.problems() == ()
    assert "deal/2" in log()
    assert ODD_WORD not in log()


def test_a_text_in_which_no_hit_can_be_shown_is_a_hit_all_the_same(
    deal: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SearchIndex.open(folder, deal) as opened:

        def no_snippet(source: Source, finder: Finder) -> Any:
            trips(source.text)
            return snippet(source, finder)

        monkeypatch.setattr("index.search.snippet", no_snippet)
        hits = {hit.ref: hit.snippet for hit in opened.search("ferry").hits}
    assert hits[BAD] == ""
    assert all("ferry" in shown for ref, shown in hits.items() if ref != BAD)
    assert ODD_WORD not in log()
