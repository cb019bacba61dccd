"""Adding files, folders and standard input, as a user meets it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

from sources.formats import json_lines
from sources.importing import ImportProgress, import_paths
from sources.importing.files import MOST_BYTES, MOST_FILES, Input, groups
from sources.model import Ref
from tests.importing.port import ARTICLE, PROSE, write

if TYPE_CHECKING:
    import pytest

    from sources.library import Library

PAGE = (
    "2 Sources\n[1]\nPort sold to fund | HarborWire\n"
    f"{PROSE}\n[2]\nDockers ask about jobs\n{PROSE.upper()}\n"
    "Share\nCopy Link\nThe sale of the port has set dockers asking.\nIt went for a song 12.\n"
)


def records(*several: dict[str, object]) -> str:
    return "\n".join(json.dumps(record) for record in several)


def test_an_article_becomes_a_story_of_its_own(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", ARTICLE)
    report = import_paths(library, [path], publisher="The Courier", date="12 June 2031")
    (story,) = report.stories
    assert (story.slug, story.title) == ("port-sold-fund", "Port sold to a fund")
    source = library.source(story.added[0])
    assert source.text == ARTICLE
    assert (source.publisher, source.date) == ("The Courier", "2031-06-12")
    assert source.origin.path == path
    assert source.origin.format == "article"


def test_adding_the_same_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    paths = [
        write(tmp_path, "in/a.txt", ARTICLE),
        write(tmp_path, "in/page.txt", PAGE),
        write(tmp_path, "in/r.jsonl", records({"text": "One.", "story": "other"}, {"text": "Two."})),
        str(tmp_path / "in"),
    ]
    first = import_paths(library, paths)
    number = library.change_number
    again = import_paths(library, paths)
    assert library.change_number == number
    assert [(story.slug, len(story.unchanged)) for story in again.stories] == [
        (story.slug, len(story.added)) for story in first.stories
    ]
    assert not any(story.added or story.changed for story in again.stories)


def test_a_changed_file_is_a_new_version_of_the_same_source(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", ARTICLE)
    (before,) = import_paths(library, [path]).stories
    write(tmp_path, "a.txt", f"Port not sold after all\n\n{PROSE}\n")
    (after,) = import_paths(library, [path]).stories
    assert after.changed == before.added
    assert library.source(after.changed[0]).version == 2


def test_a_page_keeps_its_numbers_beside_articles_named_before_it(library: Library, tmp_path: Path) -> None:
    paths = [write(tmp_path, "000.txt", ARTICLE), "-", write(tmp_path, "001.txt", PAGE)]
    spoken = f"Divers find a wreck below the quay\n\n{PROSE[::-1]}\n"
    report = import_paths(library, paths, story="port", standard_input=io.BytesIO(spoken.encode()))
    assert not report.failed
    titles = [entry.title for entry in library.entries("port")]
    assert titles[:2] == ["Port sold to fund", "Dockers ask about jobs"]
    assert sorted(map(str, titles[2:])) == ["Divers find a wreck below the quay", "Port sold to a fund"]


def test_a_page_keeps_its_numbers_and_its_summary(library: Library, tmp_path: Path) -> None:
    (story,) = import_paths(library, [write(tmp_path, "page.txt", PAGE)]).stories
    assert [ref.number for ref in story.added] == [1, 2, None]
    assert library.source(Ref(story.slug, 1)).publisher == "HarborWire"
    kept = library.story(story.slug)
    assert kept.page is not None
    assert kept.page.text == PAGE


def test_an_article_goes_beside_the_others_of_a_story(library: Library, tmp_path: Path) -> None:
    page, article = write(tmp_path, "page.txt", PAGE), write(tmp_path, "a.txt", ARTICLE)
    import_paths(library, [page, article], story="port-sale")
    assert [entry.ref.number for entry in library.entries("port-sale")] == [1, 2, 3]
    # Without --story it is found again where it is.
    (story,) = import_paths(library, [article]).stories
    assert story.unchanged == (Ref("port-sale", 3),)


def test_two_pages_do_not_share_numbers(library: Library, tmp_path: Path) -> None:
    other = PAGE.replace("Port sold", "Bridge built").replace("Dockers", "Drivers").replace("quay", "bridge")
    first, second = write(tmp_path, "one.txt", PAGE), write(tmp_path, "two.txt", other)
    report = import_paths(library, [first, second], story="port-sale")
    (failure,) = report.failed
    assert failure.path == second
    assert "port-sale" in failure.reason
    assert library.source(Ref("port-sale", 1)).title == "Port sold to fund"


def test_a_page_saved_elsewhere_is_the_same_page(library: Library, tmp_path: Path) -> None:
    import_paths(library, [write(tmp_path, "one/page.txt", PAGE)])
    report = import_paths(library, [write(tmp_path, "two/copy.txt", PAGE)])
    assert len(library.stories()) == 1
    assert not report.stories[0].added


def test_another_story_of_the_same_name_gets_a_number(library: Library, tmp_path: Path) -> None:
    import_paths(library, [write(tmp_path, "one.txt", ARTICLE)])
    report = import_paths(library, [write(tmp_path, "two.txt", ARTICLE.replace("Thursday", "Friday"))])
    assert report.stories[0].slug == "port-sold-fund-2"


def test_a_folder_is_one_story_and_pages_in_it_are_their_own(library: Library, tmp_path: Path) -> None:
    write(tmp_path, "Harbour Deal/2.txt", ARTICLE)
    write(tmp_path, "Harbour Deal/10.md", "# Ten\n\nText.\n")
    write(tmp_path, "Harbour Deal/deep/page.txt", PAGE)
    write(tmp_path, "Harbour Deal/deep/z.txt", "A note.")
    write(tmp_path, "Harbour Deal/.hidden.txt", "Secret.")
    write(tmp_path, "Harbour Deal/picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00")
    report = import_paths(library, [str(tmp_path / "Harbour Deal")])
    assert {story.slug: len(story.added) for story in report.stories} == {
        "harbour-deal": 3,
        "sale-port-set-dockers": 3,
    }
    assert [entry.title for entry in library.entries("harbour-deal")] == ["Port sold to a fund", "Ten", None]
    assert library.story("harbour-deal").title == "Harbour Deal"
    assert not report.failed
    assert any("picture.png" in warning for warning in report.warnings)


def test_a_file_added_to_a_folder_later_joins_its_story(library: Library, tmp_path: Path) -> None:
    write(tmp_path, "deal/a.txt", ARTICLE)
    import_paths(library, [str(tmp_path / "deal")])
    write(tmp_path, "deal/0.txt", "A later note.")
    (story,) = import_paths(library, [str(tmp_path / "deal")]).stories
    assert story.slug == "deal"
    assert (len(story.added), len(story.unchanged)) == (1, 1)


def test_json_lines_go_where_they_say(library: Library, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "wire feed.jsonl",
        records(
            {"id": 1, "text": "One.", "story": "Harbour Deal"},
            {"id": 2, "text": "Two."},
            {"id": 3, "text": "Three.", "story": "harbour-deal"},
            {"id": 4},
        ),
    )
    report = import_paths(library, [path])
    assert {story.slug: len(story.added) for story in report.stories} == {"harbour-deal": 2, "wire-feed": 1}
    assert [(failure.path, failure.reason) for failure in report.failed] == [(path, "line 4: has no 'text'")]


def test_story_overrides_what_records_say(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "r.jsonl", records({"text": "One.", "story": "a"}, {"text": "Two."}))
    (story,) = import_paths(library, [path], story="mine").stories
    assert (story.slug, len(story.added)) == ("mine", 2)


def test_records_that_come_in_parcels_stay_together(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "BATCH", 2)
    texts: list[dict[str, object]] = [{"text": f"Ship {number} came in."} for number in range(5)]
    several = records(*texts)
    (story,) = import_paths(library, ["-"], standard_input=io.BytesIO(several.encode())).stories
    assert (story.slug, len(story.added)) == ("standard-input", 5)
    (story,) = import_paths(library, [write(tmp_path, "ships.jsonl", several)]).stories
    assert (story.slug, len(story.added)) == ("ships", 5)
    # Beside a text of another file, which stands first in the story.
    import_paths(library, [write(tmp_path, "a.txt", "Ship 0 came in.")], story="quay")
    (story,) = import_paths(library, [write(tmp_path, "quay.jsonl", several)]).stories
    assert (story.slug, len(story.added)) == ("quay", 4)


def test_standard_input(library: Library) -> None:
    (first,) = import_paths(library, ["-"], standard_input=io.BytesIO(ARTICLE.encode())).stories
    (again,) = import_paths(library, ["-"], standard_input=io.BytesIO(ARTICLE.encode())).stories
    assert again.unchanged == first.added
    changed = ARTICLE.replace("Thursday", "Friday").encode()
    (third,) = import_paths(library, ["-"], standard_input=io.BytesIO(changed)).stories
    assert third.changed == first.added


def test_escapes_in_names_and_texts_stay_out(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "x\x1b[31m.txt", f"Port \x1b]0;gone\x07 sold\n\n{PROSE}\n")
    report = import_paths(library, [path, str(tmp_path / "no\x1b[2J.txt")])
    (story,) = report.stories
    assert "\x1b" not in library.source(story.added[0]).text
    assert "\x1b" not in (story.title or "") + report.failed[0].path


def test_progress_and_stopping(library: Library, tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{number}.txt", f"Note {number}.") for number in range(4)]
    seen: list[ImportProgress] = []
    report = import_paths(library, paths, progress=seen.append, cancelled=lambda: len(seen) >= 2)
    assert [(told.done, told.total) for told in seen] == [(0, 4), (1, 4)]
    assert sum(len(story.added) for story in report.stories) == 2
    assert any("stopped" in warning for warning in report.warnings)


def test_files_are_grouped_by_number_and_size(tmp_path: Path) -> None:
    paths = [
        Path(write(tmp_path, f"{place}", "x" * size))
        for place, size in enumerate([1, MOST_BYTES, 5, 5, *[0] * MOST_FILES])
    ]
    inputs = [Input(path, str(path)) for path in [*paths, tmp_path / "none"]] + [
        Input(None, "standard input")
    ]
    made = list(groups(inputs))
    assert [given for group in made for given in group] == inputs
    assert [len(group) for group in made] == [1, 1, MOST_FILES, 2, 1, 1]


def test_a_half_page_is_imported_with_a_warning(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "page.txt", PAGE.replace("2 Sources", "14 Sources"))
    report = import_paths(library, [path])
    assert len(report.stories[0].added) == 3
    assert report.warnings == (f"{path}: the page announces 14 sources but holds 2",)


def test_the_bundled_story(sample_library: Library) -> None:
    (story,) = sample_library.stories()
    assert story.slug == "harbour-deal"
    assert story.has_summary
    assert sample_library.check() == ()


def test_the_report_says_of_each_file_what_was_found_guessed_muted_and_skipped(
    library: Library, tmp_path: Path
) -> None:
    article = write(tmp_path, "a.txt", f"Port sold to a fund\nBy Ada Moss\n12 June 2031\n\n{PROSE}\n")
    page = write(tmp_path, "page.txt", PAGE)
    western = write(tmp_path, "w.txt", f"Café sold – for a song\n\n{PROSE}".encode("cp1252"))
    lines = write(tmp_path, "r.jsonl", records({"id": "1", "text": "One."}) + "\n{bad\n")
    missing = str(tmp_path / "missing.txt")
    report = import_paths(library, [article, page, western, lines, missing])
    files = {Path(file.path).name: file for file in report.files}
    assert list(files) == ["missing.txt", "a.txt", "page.txt", "w.txt", "r.jsonl"]
    assert [files[name].format for name in ("a.txt", "page.txt", "r.jsonl")] == [
        "article",
        "story-page",
        "jsonl",
    ]
    guessed = {guess.field: guess.value for guess in files["a.txt"].guessed}
    assert guessed == {"title": "Port sold to a fund", "author": "Ada Moss", "date": "2031-06-12"}
    assert (files["a.txt"].muted_zones, files["a.txt"].muted_words) == (2, 6)
    assert [(guess.field, str(guess.ref)) for guess in files["page.txt"].guessed if guess.ref][-1] == (
        "title",
        "sale-port-set-dockers/summary",
    )
    assert [str(ref) for ref in files["page.txt"].sources] == [
        f"sale-port-set-dockers/{name}" for name in ("summary", "1", "2")
    ]
    assert (files["w.txt"].guessed[0].field, files["w.txt"].encoding) == ("encoding", "Windows-1252")
    assert (files["r.jsonl"].guessed, files["r.jsonl"].failures, files["r.jsonl"].reason) == ([], 1, None)
    assert files["missing.txt"].reason == "there is no such file"
    again = import_paths(library, [article]).files[0]
    assert again.unchanged == again.sources == files["a.txt"].sources
    assert again.guessed == []
