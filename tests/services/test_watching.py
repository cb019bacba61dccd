"""What happens in a watched folder, and what of it the library takes over; time passes as the tests say."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from sources.errors import NotFoundInput, RequestError, UnknownReference
from sources.importing.watching import SETTLED, Sightings
from sources.model import Ref
from tui.services import watching
from tui.services.editing import edit_story

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library

QUAY = "Quay sold\n\nThe old quay of Saltmarsh was sold to the rowing club for 80,000 crowns on Monday.\n"
PUMP = "Pump stopped\n\nThe pump at Dell stopped twice in one night, the water board said on Tuesday.\n"
FERRY = "Ferry back\n\nThe ferry to Oakmouth runs again from Friday, after nine days in the dock.\n"


@dataclass
class Hours:
    """A time that stands still until it is told to pass."""

    seconds: float = 1_000_000.0

    def now(self) -> float:
        return self.seconds

    def wall(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass
class Watch:
    """A watched folder with whoever looks at it."""

    library: Library
    folder: Path
    time: Hours
    seen: Sightings

    def write(self, name: str, text: str, *, age: float = 60.0) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        os.utime(path, (self.time.seconds - age, self.time.seconds - age))
        return path

    def look(self) -> list[str]:
        """Look once, and return each change in a few words."""
        (watched,) = watching.watched_folders(self.library)
        found = watching.look(self.library, watched, self.seen)
        told = [f"{change.kind} {' '.join(map(str, change.refs))}".strip() for change in found.changes]
        return [*told, *(f"waits {path.rpartition('/')[2]}" for path in found.waiting)]

    def settle(self) -> list[str]:
        """Look, let as much time pass as a file needs, and look again."""
        first = self.look()
        self.time.sleep(SETTLED)
        return [*(change for change in first if not change.startswith("waits")), *self.look()]

    def vanished(self) -> set[Ref]:
        return {entry.ref for entry in self.library.entries() if entry.vanished}


@pytest.fixture
def watch(library: Library, tmp_path: Path) -> Watch:
    folder = tmp_path / "harbour"
    folder.mkdir()
    watching.watch(library, str(folder))
    time = Hours()
    return Watch(library, folder, time, Sightings(time))


def test_what_appears_comes_in_and_what_changes_is_a_new_version(watch: Watch) -> None:
    watch.write("a.txt", QUAY)
    watch.write("below/b.txt", PUMP)
    assert watch.look() == ["added harbour/1", "added harbour/2"]
    assert watch.look() == []
    watch.write("a.txt", QUAY.replace("80,000", "90,000"), age=30)
    assert watch.look() == ["changed harbour/1"]
    assert len(watch.library.versions(Ref("harbour", 1))) == 2
    watch.write("a.txt", QUAY.replace("80,000", "90,000"), age=20)  # saved again as it was
    assert watch.look() == []


def test_what_vanishes_is_marked_and_stays_until_it_is_back(watch: Watch) -> None:
    watch.write("a.txt", QUAY)
    watch.look()
    (watch.folder / "a.txt").unlink()
    assert watch.look() == ["waits a.txt"]  # an editor that saves takes a file away for a moment
    assert not watch.vanished()
    watch.time.sleep(SETTLED)
    assert watch.look() == ["vanished harbour/1"]
    assert watch.vanished() == {Ref("harbour", 1)}
    assert watch.look() == []
    watch.write("a.txt", QUAY)
    assert watch.look() == ["back harbour/1"]
    assert not watch.vanished()


def test_a_file_that_is_added_by_hand_is_not_marked_any_more(watch: Watch, tmp_path: Path) -> None:
    from sources.importing import import_paths

    watch.write("a.txt", QUAY)
    watch.look()
    (watch.folder / "a.txt").rename(tmp_path / "a.txt")
    assert watch.settle() == ["vanished harbour/1"]
    import_paths(watch.library, [str(tmp_path / "a.txt")], story="harbour")
    assert not watch.vanished()


@pytest.mark.parametrize(("age", "waits"), [(SETTLED - 0.1, True), (SETTLED, False), (-3600.0, True)])
def test_a_file_is_read_once_nobody_writes_it(watch: Watch, age: float, *, waits: bool) -> None:
    watch.write("a.txt", QUAY, age=age)  # one of tomorrow may be on a disk whose clock is wrong
    assert watch.look() == (["waits a.txt"] if waits else ["added harbour/1"])
    if waits:
        watch.time.sleep(SETTLED - 0.1)
        assert watch.look() == (["added harbour/1"] if age > 0 else ["waits a.txt"])
        watch.time.sleep(0.1)
        assert watch.look() == ([] if age > 0 else ["added harbour/1"])


def test_a_file_that_grows_is_waited_for(watch: Watch) -> None:
    for end in (20, 40, 60):
        watch.write("a.txt", QUAY[:end], age=0)
        assert watch.look() == ["waits a.txt"]
        watch.time.sleep(SETTLED / 2)
    assert watch.settle() == ["added harbour/1"]


@pytest.mark.parametrize(
    "name",
    [
        ".a.txt.swp",
        "a.txt~",
        "#a.txt#",
        "a.txt.part",
        "a.txt.crdownload",
        "a.txt.tmp",
        "~$a.md",
        ".~lock.a.md#",
    ],
)
def test_what_programs_keep_beside_a_file_is_left_out(watch: Watch, name: str) -> None:
    watch.write(name, QUAY)
    assert watch.settle() == []


def test_the_place_of_a_download_is_no_file_yet(watch: Watch) -> None:
    watch.write("a.txt", "")
    assert watch.settle() == ["waits a.txt"]
    watch.write("a.txt", QUAY[:30])
    watch.write("a.txt.part", QUAY)
    assert watch.settle() == ["waits a.txt"]
    (watch.folder / "a.txt.part").rename(watch.folder / "a.txt")
    assert watch.look() == ["added harbour/1"]


def test_a_rename_is_the_same_source(watch: Watch) -> None:
    watch.write("a.txt", QUAY)
    watch.write("b.txt", PUMP)
    watch.look()
    (watch.folder / "a.txt").rename(watch.folder / "c.txt")
    assert watch.look() == ["renamed harbour/1"]
    watch.write("c.txt", QUAY.replace("Monday", "Sunday"), age=30)
    assert watch.look() == ["changed harbour/1"]
    assert not watch.vanished()


def test_a_rename_is_no_removal_while_the_new_file_is_not_settled(watch: Watch) -> None:
    watch.write("a.txt", QUAY)
    watch.look()
    (watch.folder / "a.txt").unlink()
    watch.look()
    watch.time.sleep(SETTLED)
    watch.write("c.txt", QUAY, age=0)  # as a copy and a removal over a network are
    assert sorted(watch.look()) == ["waits a.txt", "waits c.txt"]
    watch.time.sleep(SETTLED)
    assert watch.look() == ["renamed harbour/1"]


def test_of_two_copies_the_one_that_is_left_keeps_the_source(watch: Watch) -> None:
    watch.write("a.txt", QUAY)
    watch.look()
    watch.write("b.txt", QUAY)
    watch.look()
    (watch.folder / "b.txt").unlink()
    watch.settle()
    assert not watch.vanished()
    (watch.folder / "a.txt").unlink()
    assert watch.settle() == ["vanished harbour/1"]


def test_a_folder_that_is_gone_has_lost_nothing(watch: Watch) -> None:
    watch.write("a.txt", QUAY)
    watch.look()
    away = watch.folder.rename(watch.folder.with_name("away"))
    assert watch.look() == ["folder-gone"]
    watch.time.sleep(60)
    assert watch.look() == []
    assert not watch.vanished()
    away.rename(watch.folder)
    assert watch.look() == ["folder-back"]


def test_what_cannot_be_read_is_told_once_and_tried_again_when_it_is_other(watch: Watch) -> None:
    path = watch.write("a.txt", "")
    path.write_bytes(b"\x00\x01\x02" * 50)
    os.utime(path, (watch.time.seconds - 60, watch.time.seconds - 60))
    watch.write("b.txt", PUMP)
    assert watch.look() == ["failed", "added harbour/1"]
    assert watch.look() == []
    again = Sightings(watch.time)  # whoever begins to look anew is told
    (watched,) = watching.watched_folders(watch.library)
    assert watching.look(watch.library, watched, again).failed
    watch.write("a.txt", QUAY)
    assert watch.look() == ["added harbour/2"]


def test_a_link_to_a_folder_above_is_no_endless_way(watch: Watch) -> None:
    watch.write("below/a.txt", QUAY)
    (watch.folder / "below" / "up").symlink_to(watch.folder)
    (watch.folder / "nowhere.txt").symlink_to(watch.folder / "none.txt")
    assert watch.look() == ["added harbour/1"]
    assert watch.settle() == []


def test_a_library_in_the_folder_is_left_out(library: Library, tmp_path: Path) -> None:
    (library.folder / "exports").mkdir()
    (library.folder / "exports" / "story.md").write_text(PUMP, "utf-8")
    watching.watch(library, str(tmp_path))
    time = Hours(1e12)
    assert Watch(library, tmp_path, time, Sightings(time)).look() == []


def test_watching_is_kept_and_stopped(watch: Watch, tmp_path: Path) -> None:
    watch.write("a.txt", QUAY)
    watch.look()
    (watch.folder / "a.txt").unlink()
    watch.settle()
    (kept,) = watching.watched_folders(watch.library)
    assert (kept.folder, kept.story, kept.files, kept.vanished) == (str(watch.folder), None, 0, 1)
    for inside_or_around in (tmp_path, watch.folder / "below"):
        inside_or_around.mkdir(exist_ok=True)
        with pytest.raises(RequestError, match="watched already"):
            watching.watch(watch.library, str(inside_or_around))
    with pytest.raises(NotFoundInput):
        watching.watch(watch.library, str(tmp_path / "none"))
    watching.stop(watch.library, str(watch.folder))
    assert watching.watched_folders(watch.library) == ()
    assert not watch.vanished()
    with pytest.raises(UnknownReference):
        watching.stop(watch.library, str(watch.folder))


def test_the_story_of_a_folder_follows_its_name(watch: Watch) -> None:
    watching.watch(watch.library, str(watch.folder), "quays")
    watch.write("a.txt", QUAY)
    assert watch.look() == ["added quays/1"]
    edit_story(watch.library, "quays", new_slug="piers")
    watch.write("b.txt", FERRY)
    assert watch.look() == ["added piers/2"]


def test_what_was_interrupted_comes_in_later(watch: Watch) -> None:
    for number in range(3):
        watch.write(f"{number}.txt", QUAY.replace("80", f"{number}7"))
    (watched,) = watching.watched_folders(watch.library)
    asked = iter([False, True, True, True, True])
    found = watching.look(watch.library, watched, watch.seen, cancelled=lambda: next(asked))
    assert [change.kind for change in found.changes] == ["added"]
    assert watch.look() == ["added harbour/2", "added harbour/3"]


def test_what_is_in_an_archive_goes_with_it(watch: Watch) -> None:
    import zipfile

    def pack(*texts: tuple[str, str]) -> None:
        path = watch.folder / "sent.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in texts:
                archive.writestr(name, text)
        os.utime(path, (watch.time.seconds - 60 + len(texts),) * 2)

    pack(("a.txt", QUAY))
    assert watch.look() == ["added harbour/1"]
    assert watch.look() == []
    pack(("a.txt", QUAY), ("b.txt", PUMP))
    assert watch.look() == ["added harbour/2"]
    (watch.folder / "sent.zip").rename(watch.folder / "kept.zip")
    assert watch.look() == ["renamed harbour/1 harbour/2"]
    (watch.folder / "kept.zip").unlink()
    assert watch.settle() == ["vanished harbour/1 harbour/2"]
    assert watch.vanished() == {Ref("harbour", 1), Ref("harbour", 2)}
