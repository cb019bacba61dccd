from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sources.evidence.lineage.text_reuse import FoundReuse
from sources.library import Library
from sources.model import ParsedFile, Ref
from tests.app.conftest import running
from tests.app.test_comparing import compare
from tests.app.test_goldens import holds
from tests.cli.test_elsewhere import FERRY
from tests.library.parsed_files import article, put
from tui.app.dialogs.elsewhere import ElsewhereScreen
from tui.app.messages import OpenSource
from tui.app.widgets.reader import MarkKind
from tui.services.proposed_stories import ProposedStory

if TYPE_CHECKING:
    from pathlib import Path

SHARED = "The promise has not settled nerves along the quay."


async def test_where_a_sentence_stands_and_who_says_it(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        main.reading.open(OpenSource(Ref("harbour-deal", 2)))
        await driver.until(lambda: main.state.ref == Ref("harbour-deal", 2), "the source")
        await driver.at_rest()
        main.reader.go_to(main.reader.document.text.index("Meridian also owns"))
        await driver.press("W")
        await driver.sees(
            "From harbour-deal/2", "= 100% harbour-deal/7", "= 100% harbour-deal/10", "word for word"
        )
        await driver.sees("independent origin")
        await driver.press("enter")
        await driver.until(
            lambda: main.state.ref in {Ref("harbour-deal", 7), Ref("harbour-deal", 10)}, "a place"
        )
        await driver.at_rest()
        assert main.reader.document.text[main.reader.cursor :].startswith("Meridian also owns")


async def test_it_is_asked_in_a_comparison_and_left_again(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        main = driver.main
        main.reader.toggle_kind(MarkKind.ENTITY)
        await compare(driver, 2, 7)
        while not any(SHARED in span.of(source.text) for source, span in main.current.passages()):
            await driver.press("j")
        await driver.press("W")
        await driver.sees(SHARED, "harbour-deal/10")
        await driver.at_rest()
        holds(driver, "elsewhere-80x24")
        await driver.press("escape")
        await driver.until(lambda: not isinstance(driver.app.screen, ElsewhereScreen), "the comparison")
        assert main.view == "compare"


async def test_too_little_to_look_for_is_said(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("v", "w", "W")
        await driver.sees("it takes five words")
        await driver.press("q")
        await driver.misses("From harbour-deal")


@pytest.mark.long
async def test_a_new_text_that_stands_in_another_is_told_and_compared(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        text = library.source(Ref("harbour-deal", 7)).text
    article = tmp_path / "again.txt"
    article.write_text(f"A page of today\n\n{text}", encoding="utf-8")
    async with running(folder) as driver:
        main = driver.main
        await driver.press("A")
        await driver.type(str(article))
        await driver.press("enter")
        await driver.until(lambda: main.reuse_lookup.news, "what is known of the new text")
        await driver.press("escape")
        await driver.sees("is in harbour-deal/", "C compare, J moves it there")
        news = main.reuse_lookup.news[0]
        await driver.press("C")
        await driver.until(
            lambda: main.compare.shown and main.compare.shown.refs == (news.holder, news.ref), "both"
        )
        assert not main.reuse_lookup.news
        await driver.misses("C compare")
        await driver.sees(f"{news.ref} says the same as harbour-deal/", "J moves it there")


@pytest.mark.long
async def test_a_new_text_is_moved_to_the_story_that_it_belongs_to(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        text = library.source(Ref("harbour-deal", 7)).text
    article = tmp_path / "lone.txt"
    article.write_text(f"Glass wall for shippers at the port\n\n{text}", encoding="utf-8")
    async with running(folder) as driver:
        main = driver.main
        await driver.press("A")
        await driver.type(str(article))
        await driver.press("enter")
        await driver.until(lambda: main.reuse_lookup.proposed, "the story that it belongs to")
        proposal = main.reuse_lookup.proposed[0]
        await driver.press("escape")
        await driver.sees("J moves it there")
        main.reading.open(OpenSource(proposal.refs[0]))
        await driver.until(lambda: main.state.ref == proposal.refs[0], "the new text")
        await driver.press("a")
        await driver.sees(f"Note on {proposal.refs[0]}")
        await driver.type("looks familiar")
        await driver.press("ctrl+s")
        await driver.at_rest()
        await driver.press("J")
        await driver.until(
            lambda: main.compare.shown and main.compare.shown.refs[0] == proposal.kin, "the comparison"
        )
        await driver.at_rest()
        (shown,) = (compared for compared in [main.compare.shown] if compared)
        home = shown.refs[1]
        assert home.story == "harbour-deal"
        assert not main.reuse_lookup.proposed
        assert main.state.ref == home  # what was open still is
        with Library.open(folder) as library:
            assert not library.has_story(proposal.refs[0].story)
            (note,) = library.notes(ref=home)
            assert [target.anchor.quote for target in note.targets] == ["Glass wall for shippers at the port"]


async def test_what_a_new_text_belongs_to_is_said_in_few_words_too(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        main = driver.main
        main.reuse_lookup.proposed = (
            ProposedStory((Ref("lone", 1),), "harbour-deal", None, Ref("harbour-deal", 10)),
        )
        main.refresh_status()
        await driver.sees("like harbour-deal/10: J moves it there", "/ search  f find")
        main.reuse_lookup.proposed = ()
        await driver.press("J")
        await driver.sees("None of the sources that were just")


async def test_the_word_on_a_new_text_leaves_room_for_the_keys(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        main = driver.main
        one, other = Ref("harbour-deal", 2), Ref("harbour-deal", 10)
        main.reuse_lookup.news = (FoundReuse(one, other, 1.0),)
        main.refresh_status()
        await driver.sees("100% of 2 is in 10 · C compare", "/ search  f find")


async def test_new_texts_of_one_event_are_put_together_by_a_key_and_parted_by_one_undo(folder: Path) -> None:
    lone = {"ferry": FERRY[0], "rudder": FERRY[1]}
    with Library.open(folder) as library:
        for slug, text in lone.items():
            told = replace(article(text, title=f"The {slug}").sources[0], date="2031-06-12")
            put(library, ParsedFile("article", (told,)), slug=slug, path=f"/in/{slug}.txt")
    async with running(folder) as driver:
        main = driver.main
        main.reuse_lookup.look_up([Ref(slug, 1) for slug in lone])
        await driver.sees("2 new texts may be one story", "J puts them together")
        proposal = main.reuse_lookup.proposed[0]
        await driver.press("J")
        both = (Ref(proposal.into, 1), Ref(proposal.into, 2))
        await driver.until(lambda: main.compare.shown and main.compare.shown.refs == both, "both")
        await driver.at_rest()
        await driver.misses("J puts them together")
        await driver.press("u")
        await driver.sees("Undone:")
        await driver.at_rest()
    with Library.open(folder) as library:
        assert all(library.refs(slug) == (Ref(slug, 1),) for slug in lone)
