"""What cannot be read, saved or finished in an import, and what becomes of the rest of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from sources.errors import RequestError, StorageFailed
from sources.formats import json_lines
from sources.importing import import_paths, running
from sources.importing.files import MOST_BYTES
from sources.library import Library
from sources.model import Ref
from tests.importing.port import ARTICLE, PROSE, write

if TYPE_CHECKING:
    from pathlib import Path


def test_one_bad_input_does_not_stop_the_rest(library: Library, tmp_path: Path) -> None:
    empty = tmp_path / "nothing here"
    empty.mkdir()
    bad = [
        str(tmp_path / "missing.txt"),
        str(empty),
        write(tmp_path, "empty.txt", " \n"),
        write(tmp_path, "binary.txt", bytes(range(256)) * 8),
        write(tmp_path, "page.html", "<html><script>x</script></html>"),
        "\x00",
    ]
    report = import_paths(library, [*bad[:3], write(tmp_path, "good.txt", ARTICLE), *bad[3:]])
    assert len(report.stories) == 1
    assert len(report.failed) == len(bad)
    assert all(failure.reason and "\n" not in failure.reason for failure in report.failed)
    reasons = {os.path.basename(failure.path): failure.reason for failure in report.failed}  # noqa: PTH119 - a NUL
    assert "no such file" in reasons["missing.txt"]
    assert "no file that is read" in reasons["nothing here"]
    assert "white space" in reasons["empty.txt"] or "empty" in reasons["empty.txt"]
    assert "not a text" in reasons["binary.txt"]
    assert "without text" in reasons["page.html"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read")
def test_a_file_that_may_not_be_read(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "closed.txt", ARTICLE)
    os.chmod(path, 0)  # noqa: PTH101 - the path is a text here
    (failure,) = import_paths(library, [path]).failed
    assert "may not be read" in failure.reason


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"date": "soon"}, "'soon' is not a date"),
        ({"format_name": "wordstar"}, "no format 'wordstar'"),
        ({"story": "Harbour Deal!"}, "such as harbour-deal"),
    ],
)
def test_options_that_make_no_sense(
    library: Library, tmp_path: Path, options: dict[str, Any], said: str
) -> None:
    path = write(tmp_path, "a.txt", ARTICLE)
    with pytest.raises(RequestError, match=said):
        import_paths(library, [path], **options)
    assert library.stories() == ()


def test_a_full_disk_leaves_nothing_half_written(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageFailed("The disk is full.")

    path = write(tmp_path, "a.txt", ARTICLE)
    with monkeypatch.context() as patch:
        patch.setattr(Library, "ingest", full)
        with pytest.raises(StorageFailed):
            import_paths(library, [path])
    assert library.stories() == ()
    assert len(import_paths(library, [path]).stories) == 1


def test_what_was_saved_before_the_disk_was_full_is_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (write(tmp_path, f"{name}.txt", f"The {name}\n\n{PROSE}") for name in "abc")
    real = Library.ingest

    def full(library: Library, *words: Any, **named: Any) -> Any:
        if named["path"] == second:
            raise StorageFailed("The disk is full.")
        return real(library, *words, **named)

    monkeypatch.setattr(Library, "ingest", full)
    report = import_paths(library, [first, second, third])
    assert [len(story.added) for story in report.stories] == [1]
    assert [failure.path for failure in report.failed] == [second, third]
    assert str(report.trouble) == "The disk is full."


def test_small_files_are_saved_together_and_one_by_one_where_that_fails(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [write(tmp_path, f"{number:02}.txt", f"The {number}\n\n{PROSE}{number}") for number in range(70)]
    names.insert(40, write(tmp_path, "empty.txt", ""))
    real = Library.ingest
    failing = {str(tmp_path / "20.txt")}
    others: list[int] = []

    def once_full(library: Library, *words: Any, **named: Any) -> Any:
        if named["path"] in failing:
            failing.clear()
            raise StorageFailed("The disk is full.")
        with Library.open(library.folder) as other:
            others.append(other.count())
        return real(library, *words, **named)

    monkeypatch.setattr(Library, "ingest", once_full)
    report = import_paths(library, names, story="small")
    assert report.trouble is None
    assert [failure.path for failure in report.failed] == [str(tmp_path / "empty.txt")]
    assert report.stories[0].added == tuple(Ref("small", number) for number in range(1, 71))
    assert library.count() == 70
    # The first files went in alone after the failure, the last ones together.
    assert others[:20] == [0] * 20
    assert others[20:83] == [*range(63)]
    assert set(others[83:]) == {63}


@pytest.mark.parametrize("times", [1, MOST_BYTES // len(PROSE) + 1], ids=["together", "each alone"])
def test_an_interruption_keeps_what_is_complete_and_the_report_tells(
    library: Library, tmp_path: Path, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write(tmp_path, f"{name}.txt", f"{name} port\n\n{PROSE * times} {name}") for name in "ABC"]
    real = Library.ingest

    def interrupted(library: Library, *words: Any, **named: Any) -> Any:
        if named["path"] == paths[1]:
            raise KeyboardInterrupt
        return real(library, *words, **named)

    monkeypatch.setattr(Library, "ingest", interrupted)
    report = import_paths(library, paths, story="port")
    assert report.interrupted
    assert [str(ref) for ref in library.refs()] == ["port/1"]
    assert [file.reason for file in report.files] == [None, "was not read to its end"]
    assert report.warnings == ("stopped as asked: 2 of 3 inputs were not read to their end",)
    with pytest.raises(KeyboardInterrupt):
        import_paths(library, paths[1:], story="port")


def test_what_nobody_foresaw_in_a_file_fails_for_that_file_alone(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = f"From: {'(' * 9_000}\nSubject: Quay\nDate: Mon, 3 Feb 2031 10:00:00 +0000\n\n{PROSE}\n"
    names = [
        write(tmp_path, "a.txt", PROSE), write(tmp_path, "b.eml", deep), write(tmp_path, "c.txt", f"{PROSE}!")
    ]  # fmt: skip
    report = import_paths(library, names)
    assert [(failure.path, failure.reason) for failure in report.failed] == [
        (names[1], "is nested too deeply to be read")
    ]
    assert library.count() == 2

    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("sources.formats.article.read_head", broken)
    report = import_paths(library, [write(tmp_path, "d.txt", f"{PROSE}?")])
    assert "something went wrong (KeyError); the details are in" in report.failed[0].reason


def test_of_very_many_lines_that_are_wrong_some_are_named_and_all_are_counted(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_TOLD", 2)
    monkeypatch.setattr(json_lines, "BATCH", 2)
    good = '{"text": "The ferry has left."}'
    path = write(tmp_path, "a.jsonl", f"x\ny\n{good}\nz\n{good}\n{good}\n{good}\n{good}\nv\nw")
    report = import_paths(library, [path])
    assert [failure.reason.partition(":")[0] for failure in report.failed] == [
        "line 1", "line 2", "3 more could not be read",
    ]  # fmt: skip
    assert (len(report.warnings), report.warnings[-1]) == (3, f"{path}: 2 more like these")
    (told,) = report.files
    assert (told.failures, len(told.sources)) == (5, 1)
