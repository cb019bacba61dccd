"""Feeds and lists of feeds that are added, and added again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.importing import import_paths
from sources.model import Ref

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library

ITEM = "<item><guid>{0}</guid><title>{0} crane</title><description>{1}</description></item>"


def feed(*items: tuple[str, str]) -> str:
    inner = "".join(ITEM.format(*item) for item in items)
    return f"<rss version='2.0'><channel><title>The Quay Herald</title>{inner}</channel></rss>"


def test_a_feed_is_a_story_and_only_what_is_new_or_changed_comes_in_again(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "quay.xml"
    file.write_text(feed(("a", "One stands."), ("b", "Two stand.")))
    (story,) = import_paths(library, [str(file)]).stories
    assert (story.slug, story.title, len(story.added)) == ("quay-herald", "The Quay Herald", 2)
    file.write_text(feed(("c", "Three stand."), ("b", "Two fell.")))
    (story,) = import_paths(library, [str(file)]).stories
    assert (story.added, story.changed) == ((Ref("quay-herald", 3),), (Ref("quay-herald", 2),))
    assert library.source(Ref("quay-herald", 1)).text == "One stands."
    again = import_paths(library, [str(file)]).files[0]
    assert (len(again.sources), len(again.unchanged)) == (2, 2)


def test_a_list_of_feeds_reads_the_files_that_it_names(library: Library, tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds/quay.rss").write_text(feed(("a", "One stands.")))
    (tmp_path / "secret.txt").write_text("This is no feed.")
    listed = ("feeds/quay.rss", "secret.txt", "gone.rss", "https://web.example/rss")
    outlines = "".join(f'<outline text="x"><outline xmlUrl="{each}"/></outline>' for each in listed)
    opml = tmp_path / "all.opml"
    opml.write_text(f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>')
    report = import_paths(library, [str(opml)])
    assert [story.slug for story in report.stories] == ["quay-herald"]
    assert {failure.path.rpartition("/")[2]: failure.reason for failure in report.failed} == {
        "secret.txt": "is not XML: syntax error: line 1, column 0",
        "gone.rss": "there is no such file",
    }
    assert "feeds of the web are not read from a list: https://web.example/rss" in report.warnings[0]


def test_a_list_that_names_no_file_is_refused(library: Library, tmp_path: Path) -> None:
    opml = tmp_path / "all.opml"
    opml.write_text('<opml><body><outline xmlUrl="https://web.example/rss"/></body></opml>')
    (failure,) = import_paths(library, [str(opml)]).failed
    assert failure.reason.startswith("names only feeds of the web")
    opml.write_text("<opml><body/></opml>")
    assert import_paths(library, [str(tmp_path)]).failed[0].reason == "names no feeds"
