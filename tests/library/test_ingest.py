from __future__ import annotations

import sqlite3
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from sources.errors import RequestError, UnknownReference
from sources.library import known_sources
from sources.library.recognition import Arrival, Known
from sources.model import MutedText, ParsedFile, ParsedSource, Ref, Zone, ZoneKind
from sources.text.cleaning import sha256_of
from tests.library.parsed_files import BRIDGE, FERRY, MARKET, article, body, page, put, records

if TYPE_CHECKING:
    from sources.library import Library


def refs(*numbers: int | None, story: str = "saltmarsh") -> tuple[Ref, ...]:
    return tuple(Ref(story, number) for number in numbers)


def test_what_a_page_held_can_be_read_back(library: Library) -> None:
    ingested = put(library, page(FERRY, BRIDGE, summary="Ferry and bridge.12"))
    assert ingested.added == refs(1, 2, None)
    assert ingested.title == "Saltmarsh"
    source = library.source(Ref("saltmarsh", 2))
    assert (source.text, source.zones, source.title, source.version) == (BRIDGE, body(BRIDGE), "On old", 1)
    assert (source.origin.path, source.origin.format) == ("/in/page.txt", "story-page")
    story = library.story("saltmarsh")
    assert story.summary is not None
    assert story.summary.text == "Ferry and bridge.12"
    assert [entry.ref for entry in story.sources] == list(refs(1, 2))
    assert story.related[0].text == "Rail strike"
    assert story.page is not None
    assert story.page.text.startswith("[1]\nThe ferry")
    assert [source.ref for source in library.texts()] == list(refs(1, 2, None))
    (entry,) = library.stories()
    assert (entry.slug, entry.sources, entry.has_summary) == ("saltmarsh", 2, True)
    assert library.check() == ()


def test_the_same_again_changes_nothing(library: Library) -> None:
    parsed_file = page(FERRY, BRIDGE, summary="Ferry and bridge.12")
    put(library, parsed_file)
    before = library.change_number, library.story("saltmarsh")
    again = put(library, parsed_file)
    assert (again.added, again.changed) == ((), ())
    assert again.unchanged == refs(1, 2, None)
    assert (library.change_number, library.story("saltmarsh")) == before


def test_a_changed_text_is_a_new_version_of_the_same_source(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    ingested = put(library, page(FERRY, BRIDGE + " Work starts on Monday."))
    assert (ingested.changed, ingested.unchanged) == (refs(2), refs(1))
    source = library.source(Ref("saltmarsh", 2))
    assert source.version == 2
    assert source.text.endswith("Monday.")
    assert library.source(source.ref, version=1).text == BRIDGE
    with pytest.raises(UnknownReference, match="no version 7"):
        library.source(source.ref, version=7)
    assert library.check() == ()


def test_a_changed_title_is_a_change_but_no_new_version(library: Library) -> None:
    put(library, article(FERRY, title="Late"), path="/in/ferry.txt")
    ingested = put(library, article(FERRY, title="Late again", publisher="Pier News"), path="/in/ferry.txt")
    assert ingested.changed == refs(1)
    source = library.source(Ref("saltmarsh", 1))
    assert (source.title, source.publisher, source.version) == ("Late again", "Pier News", 1)


def test_what_was_said_by_hand_outlives_adding_the_file_again(library: Library) -> None:
    put(library, article(FERRY, publisher="Pier News"), path="/in/ferry.txt")
    assert put(library, article(FERRY), path="/in/ferry.txt").unchanged == refs(1)
    assert library.source(Ref("saltmarsh", 1)).publisher == "Pier News"


def test_better_zones_for_the_same_text_count_as_a_change(library: Library) -> None:
    put(library, article(FERRY))
    zones = (Zone(ZoneKind.BODY, 0, 38), Zone(ZoneKind.CREDIT, 38, len(FERRY)))
    ingested = put(library, ParsedFile("article", (ParsedSource(FERRY, zones),)))
    assert ingested.changed == refs(1)
    assert library.source(Ref("saltmarsh", 1)).zones == zones
    assert library.entries()[0].words == 7


def test_a_source_that_the_page_lacks_now_stays(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    put(library, page(FERRY))
    assert library.refs() == refs(1, 2)


def test_a_page_saved_under_another_name_is_the_same_page(library: Library) -> None:
    put(library, page(FERRY, BRIDGE, MARKET), path="/in/page.txt")
    ingested = put(library, page(FERRY, BRIDGE + " In May.", MARKET), path="/in/page (1).txt")
    assert (ingested.added, ingested.changed, ingested.unchanged) == ((), refs(2), refs(1, 3))


def test_a_different_page_in_the_same_story_replaces_nothing(library: Library) -> None:
    put(library, page(FERRY, BRIDGE), path="/in/one.txt")
    other = page(
        "Two trains collided at dawn. Nobody was hurt.", "Three drivers were questioned. They slept."
    )
    ingested = put(library, other, path="/in/two.txt")
    assert ingested.added == refs(3, 4)
    assert library.source(Ref("saltmarsh", 1)).text == FERRY


def test_an_article_joins_the_others_of_a_story(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    ingested = put(library, article(MARKET, title="Fish"), path="/in/market.txt")
    assert ingested.added == refs(3)
    assert library.story("saltmarsh").title == "Saltmarsh"
    assert library.story("saltmarsh").page is not None
    assert library.story("saltmarsh").related


def test_a_file_that_was_moved_is_known_by_its_text_and_then_by_its_place(library: Library) -> None:
    put(library, article(FERRY), path="/old/ferry.txt")
    assert put(library, article(FERRY), path="/new/ferry.txt").unchanged == refs(1)
    assert put(library, article(FERRY + " Or would."), path="/new/ferry.txt").changed == refs(1)


def test_the_same_words_from_two_publishers_are_two_sources(library: Library) -> None:
    put(library, article(FERRY, publisher="Pier News"), path="/in/a.txt")
    ingested = put(library, article(FERRY, publisher="The Tide"), path="/in/b.txt")
    assert ingested.added == refs(2)


def test_two_texts_from_standard_input_are_two_sources(library: Library) -> None:
    put(library, article(FERRY), path=None)
    assert put(library, article(BRIDGE), path=None).added == refs(2)
    assert put(library, article(FERRY), path=None).unchanged == refs(1)


def test_a_record_from_standard_input_is_known_by_its_key_and_title(library: Library) -> None:
    first = ParsedFile("jsonl", (ParsedSource(FERRY, body(FERRY), key="7", title="Late"),))
    later = ParsedFile("jsonl", (ParsedSource(MARKET, body(MARKET), key="7", title="Late"),))
    other = ParsedFile("jsonl", (ParsedSource(BRIDGE, body(BRIDGE), key="7", title="Bridge"),))
    put(library, first, path=None)
    assert put(library, later, path=None).changed == refs(1)
    assert put(library, other, path=None).added == refs(2)


def test_records_with_one_key_and_equal_texts_keep_their_places(library: Library) -> None:
    parsed_file = ParsedFile(
        "jsonl", tuple(ParsedSource(text, body(text), key="7") for text in (FERRY, FERRY, BRIDGE))
    )
    assert put(library, parsed_file).added == refs(1, 2, 3)
    assert put(library, parsed_file).unchanged == refs(1, 2, 3)


def test_a_number_that_is_taken_goes_to_the_end(library: Library) -> None:
    put(library, article(MARKET), path="/in/market.txt")
    ingested = put(library, page(FERRY, BRIDGE))
    assert ingested.added == refs(3, 2)
    assert library.source(Ref("saltmarsh", 3)).text == FERRY


def test_what_belongs_to_no_source_is_replaced_by_the_file_that_said_it(library: Library) -> None:
    put(library, replace(page(FERRY), muted=(MutedText("Sign up", "furniture"),)))
    put(library, replace(article(BRIDGE), muted=(MutedText("Advertisement", "furniture"),)), path="/in/b.txt")
    put(library, page(FERRY, teaser="Storm"))
    story = library.story("saltmarsh")
    assert [line.text for line in story.muted] == ["Advertisement"]
    assert [line.text for line in story.related] == ["Storm"]


def test_the_story_of_a_file_is_found_again(library: Library) -> None:
    put(library, page(FERRY), slug="saltmarsh", path="/in/page.txt")
    put(library, article(BRIDGE), slug="bridges", path="/in/bridge.txt")
    assert library.story_of_path("/in/bridge.txt") == "bridges"
    assert library.story_of_path("/in/page.txt") == "saltmarsh"
    assert library.story_of_path("/in/other.txt") is None


def test_a_story_of_one_text_is_known_by_its_title(library: Library) -> None:
    assert put(library, article(FERRY, title="Late again")).title == "Late again"


def test_an_empty_parcel_makes_no_story(library: Library) -> None:
    put(library, ParsedFile("jsonl", ()))
    assert library.stories() == ()


def test_a_slug_that_is_none_is_refused(library: Library) -> None:
    with pytest.raises(RequestError, match="cannot name a story"):
        put(library, article(FERRY), slug="Saltmarsh / 2")


def test_a_parcel_with_a_broken_draft_leaves_no_trace(library: Library) -> None:
    good = ParsedSource(FERRY, body(FERRY), key="1")
    broken = ParsedSource(BRIDGE, (Zone(ZoneKind.BODY, 0, 5),), key="2")
    with pytest.raises(ValueError, match="the zones end at 5"):
        put(library, ParsedFile("jsonl", (good, broken)))
    assert library.stories() == ()
    assert library.change_number == 0


def test_many_records_are_one_change(library: Library) -> None:
    put(library, records(*(f"Report {number} of the harbour office." for number in range(50))))
    assert library.change_number == 1
    assert len(library.entries("saltmarsh")) == 50


def test_what_is_not_there_is_named(library: Library) -> None:
    put(library, article(FERRY))
    with pytest.raises(UnknownReference, match="no story nowhere"):
        library.story("nowhere")
    with pytest.raises(UnknownReference, match="no source saltmarsh/9"):
        library.source(Ref("saltmarsh", 9))
    with pytest.raises(UnknownReference, match="no story nowhere"):
        library.texts("nowhere")


def test_a_story_known_by_its_sources_title_follows_it(library: Library) -> None:
    put(library, article(FERRY, title="Late again"), path="/in/ferry.txt")
    put(library, article(BRIDGE, title="Bridge to close"), path="/in/bridge.txt")
    ingested = put(library, article(FERRY, title="Late once more"), path="/in/ferry.txt")
    assert ingested.title == library.story("saltmarsh").title == "Late once more"
    put(library, article(BRIDGE, title="Bridge to stay"), path="/in/bridge.txt")
    assert library.story("saltmarsh").title == "Late once more"


def test_a_file_beside_thousands_is_told_without_reading_them(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, records(*(f"Report {number} of the ferry." for number in range(2000))), path="/in/a.jsonl")
    read: list[Known] = []

    def known(*row: Any) -> Known:
        read.append(Known(*row))
        return read[-1]

    monkeypatch.setattr(known_sources, "Known", known)
    assert put(library, article(BRIDGE), path="/in/bridge.txt").added == refs(2001)
    assert put(library, article("Report 7 of the ferry."), path="/in/b.txt").unchanged == refs(8)
    assert put(library, article(FERRY), path="/in/bridge.txt").changed == refs(2001)
    assert len(read) < 10


def test_texts_beside_thousands_are_told_by_as_many_questions_as_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"Report {number} of the ferry." for number in range(60)]
    put(library, records(*texts), path="/in/a.jsonl")
    monkeypatch.setattr(known_sources, "_FEW", 50)
    with sqlite3.connect(library.folder / "library.db") as connection:
        (story,) = connection.execute("SELECT id FROM stories").fetchone()
        at: Any = SimpleNamespace(
            connection=connection, story_id=story, slug="saltmarsh", path="/in/a.jsonl", paged=False
        )

        def asked(arrivals: list[Arrival]) -> tuple[list[int], int]:
            questions: list[str] = []
            connection.set_trace_callback(questions.append)
            found = [known.number for known in known_sources.known_sources(at, arrivals)]
            connection.set_trace_callback(None)
            return found, len(questions)

        by_key = [Arrival(parsed, "other") for parsed in records(*texts[:50]).sources]
        by_text = [Arrival(replace(parsed, key="other"), sha256_of(parsed.text)) for parsed, _ in by_key]
        assert asked(by_key) == (list(range(1, 51)), asked(by_key[:1])[1])
        assert asked(by_text) == (list(range(1, 51)), asked(by_key[:1])[1])
        more = [Arrival(parsed, "other") for parsed in records(*texts[:51]).sources]
        assert asked(more)[0] == list(range(1, 61))  # so many that all are looked through


def test_of_what_is_saved_together_each_part_is_whole(library: Library) -> None:
    broken = ParsedFile("text", (ParsedSource(BRIDGE, body(BRIDGE)), ParsedSource(MARKET, body(FERRY))))
    with library.together():
        put(library, article(FERRY), path="/in/ferry.txt")
        with pytest.raises(ValueError, match="the zones end at"):
            put(library, broken, path="/in/both.txt")
        put(library, article(MARKET), path="/in/market.txt")
    assert [source.text for source in library.texts()] == [FERRY, MARKET]
    with pytest.raises(ValueError, match="the zones end at"), library.together():
        _both(library, article(BRIDGE), broken)
    assert [source.text for source in library.texts()] == [FERRY, MARKET]
    put(library, article(BRIDGE), path="/in/bridge.txt")
    assert library.count() == 3
    assert library.check() == ()


def _both(library: Library, *parsed_files: ParsedFile) -> None:
    for parsed_file in parsed_files:
        put(library, parsed_file, path="/in/both.txt")
