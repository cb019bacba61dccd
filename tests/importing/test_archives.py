"""Archives: what is in them comes in as from a folder, and what could do harm is named and left out."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import InputError
from sources.importing import archives, import_paths
from tests.formats import books

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sources.importing import ImportReport
    from sources.library import Library

TEXTS = {"deal/a.txt": "The ferry has left.", "deal/b.md": "# Quay\n\nIt is closed.\n", "c.html": books.LONG}


def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "tar": bytes, "tar.gz": packed, "tgz": packed, "tar.bz2": bz2.compress,
    "tar.xz": lzma.compress,
}  # fmt: skip


def zipped(texts: Mapping[str, str | bytes]) -> bytes:
    return books.zipped(texts)


def tarred(texts: Mapping[str, str | bytes], *others: tarfile.TarInfo) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for info in others:
            archive.addfile(info)
        for name, text in texts.items():
            data = text if isinstance(text, bytes) else text.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def add(library: Library, folder: Path, name: str, data: bytes) -> ImportReport:
    (folder / name).write_bytes(data)
    return import_paths(library, [str(folder / name)])


def reasons(report: ImportReport) -> dict[str, str]:
    return {failure.path.partition("!/")[2]: failure.reason for failure in report.failed}


@pytest.mark.parametrize("ending", ["zip", *PACKERS])
def test_what_is_in_it_comes_in_as_from_a_folder(library: Library, tmp_path: Path, ending: str) -> None:
    data = zipped(TEXTS) if ending == "zip" else PACKERS[ending](tarred(TEXTS))
    report = add(library, tmp_path, f"Harbour Deal.{ending}", data)
    assert not report.failed
    (story,) = report.stories
    assert (story.slug, len(story.added)) == ("harbour-deal", 3)
    assert library.story(story.slug).title == "Harbour Deal"
    paths = [library.source(ref).origin.path for ref in story.added]
    assert paths[0] == f"{tmp_path}/Harbour Deal.{ending}!/deal/a.txt"
    assert report.files[0].path.endswith("!/deal/a.txt")
    assert sorted(tmp_path.iterdir()) == [tmp_path / f"Harbour Deal.{ending}", tmp_path / "library"]


def test_adding_it_again_with_more_in_it_adds_what_is_new(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path, "deal.zip", zipped(TEXTS))
    report = add(library, tmp_path, "deal.zip", zipped({"0.txt": "A later note.", **TEXTS}))
    (story,) = report.stories
    assert (story.slug, len(story.added), len(story.unchanged)) == ("deal", 1, 3)


def test_in_a_folder_it_goes_with_the_rest_and_a_book_in_it_is_a_story(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "note.txt").write_text("The quay.")
    book = books.book({"a.xhtml": books.LONG, "b.xhtml": books.LONG}, {})
    (tmp_path / "case" / "more.zip").write_bytes(
        zipped({"a.txt": "The ferry.", "b.epub": book, "x.exe": "MZ"})
    )
    report = import_paths(library, [str(tmp_path / "case")])
    assert {story.slug: len(story.added) for story in report.stories} == {"case": 2, "harbour-papers": 2}
    assert any("left out files in formats that are not read: x.exe" in said for said in report.warnings)


def test_a_packed_file_that_is_no_archive_is_read(library: Library, tmp_path: Path) -> None:
    report = add(library, tmp_path, "ferry.txt.gz", packed(b"The ferry ") + packed(b"has left."))
    (story,) = report.stories
    assert library.source(story.added[0]).text == "The ferry has left."


def test_names_that_lead_out_of_it_are_left_out(library: Library, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Not this one.")
    import_paths(library, [str(tmp_path / "x.txt")], story="another")
    unsafe = {"../x.txt": "1", "/etc/x.txt": "2", "a/../../x.txt": "3", "C:\\x.txt": "4", "..\\y.txt": "5"}
    report = add(library, tmp_path, "a.zip", zipped({**unsafe, "good.txt": "The ferry."}))
    assert set(reasons(report).values()) == {"has a name that leads out of the archive, and was left out"}
    assert len(report.failed) == len(unsafe)
    (story,) = report.stories
    assert (story.slug, len(story.added)) == ("a", 1)


def test_links_and_devices_are_left_out(library: Library, tmp_path: Path) -> None:
    link, device = tarfile.TarInfo("link.txt"), tarfile.TarInfo("device.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
    device.type = tarfile.CHRTYPE
    report = add(library, tmp_path, "a.tar", tarred({"good.txt": "The ferry."}, link, device))
    assert reasons(report) == dict.fromkeys(
        ("link.txt", "device.txt"), "is a link or a device, and was left out"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/hostname")
        archive.writestr("good.txt", "The quay.")
    report = add(library, tmp_path, "b.zip", file.getvalue())
    assert reasons(report) == {"link.txt": "is a link or a device, and was left out"}
    assert len(report.stories[0].added) == 1


def test_a_locked_file_and_one_that_is_there_twice_are_named(library: Library, tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": "The ferry.", "b.txt": "The quay."}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1  # the first file's
    assert reasons(add(library, tmp_path, "a.zip", bytes(data))) == {"a.txt": "is locked with a password"}
    twice = zipped({"a.txt": "The ferry.", "./a.txt": "Another."})
    said = reasons(add(library, tmp_path, "b.zip", twice))
    assert said == {"a.txt": "has the name of an earlier file, and was left out"}


def test_an_archive_in_an_archive_is_read_and_one_deeper_is_not(library: Library, tmp_path: Path) -> None:
    inner = zipped({"c.txt": "The quay.", "deeper.tar": tarred({"d.txt": "Deep."})})
    report = add(library, tmp_path, "a.zip", zipped({"a.txt": "The ferry.", "in/b.zip": inner}))
    assert reasons(report) == {
        "in/b.zip!/deeper.tar": "is an archive in an archive in another: unpack it first"
    }
    (story,) = report.stories
    assert [library.source(ref).origin.path for ref in story.added] == [
        f"{tmp_path}/a.zip!/a.txt", f"{tmp_path}/a.zip!/in/b.zip!/c.txt",
    ]  # fmt: skip


def test_names_are_made_printable(library: Library, tmp_path: Path) -> None:
    report = add(library, tmp_path, "a.zip", zipped({"a\x1b[31m\n.txt": "The ferry.", "b\n\x1b.txt": " "}))
    (failure,) = report.failed
    assert failure.path.endswith("a.zip!/b?.txt")
    assert str(library.source(report.stories[0].added[0]).origin.path).endswith("a.zip!/a[31m?.txt")


def test_bombs_are_refused_and_the_rest_comes_in(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_LEAST_TO_JUDGE", 10_000)
    bomb = "a" * 3_000_000
    said = reasons(add(library, tmp_path, "a.zip", zipped({"bomb.txt": bomb, "good.txt": "The ferry."})))
    assert said == {"bomb.txt": "is packed more than 200 times, which no text is"}
    report = add(library, tmp_path, "a.tar.gz", packed(tarred({"good.txt": "A quay.", "bomb.txt": bomb})))
    assert "is packed more than 200 times" in report.failed[-1].reason
    assert len(report.stories[0].added) == 1
    monkeypatch.setattr(archives, "LARGEST_MEMBER", 1024**2)
    said = reasons(add(library, tmp_path, "b.tar", tarred({"big.txt": bomb, "good.txt": "The crane."})))
    assert said == {"big.txt": "is larger than 1 MB"}


def test_all_of_it_is_bounded(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"{number}.txt": f"Ferry number {number}." for number in range(4)}
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    report = add(library, tmp_path, "a.zip", zipped(texts))
    assert (len(report.stories[0].added), report.failed[0].reason) == (
        3, "holds more than 3 files: the rest was left",
    )  # fmt: skip
    monkeypatch.setattr(archives, "MOST_MEMBERS", 4)
    assert not add(library, tmp_path, "b.zip", zipped(texts)).failed
    monkeypatch.setattr(archives, "MOST_BYTES", 40)
    report = add(library, tmp_path, "c.zip", zipped({f"c{name}": text for name, text in texts.items()}))
    assert len(report.stories[0].added) == 2
    assert all("unpacks to more than" in failure.reason for failure in report.failed)


def test_what_a_tar_says_beside_its_files_is_bounded(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"a.txt": "The ferry has left.", f"{'long/' * 100}b.txt": "The quay.", "c.txt": "The crane."}
    assert len(add(library, tmp_path, "a.tar", tarred(texts)).stories[0].added) == 3
    monkeypatch.setattr(archives, "LARGEST_HEADER", 400)
    report = add(library, tmp_path, "b.tar", tarred(dict(reversed(texts.items()))))
    assert len(report.stories[0].added) == 1
    assert "of one file: the rest was left" in report.failed[0].reason


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.zip", zipped(TEXTS)[:-30], "is a broken archive, or was cut off"),
        ("a.zip", zipped({"x.exe": "MZ"}), "is an archive that holds no file that is read"),
        ("a.tar.gz", packed(b"x" * 2000)[:-20], "cut off"),
        ("a.zip", zipped({}), "is an archive that holds no file that is read"),
    ],
    ids=["cut off", "nothing that is read", "packed and cut off", "empty"],
)
def test_what_is_no_whole_archive_is_refused(
    library: Library, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    report = add(library, tmp_path, name, data)
    assert said in report.failed[0].reason
    assert "\n" not in report.failed[0].reason


def test_a_tar_that_was_cut_off_gives_what_is_before(library: Library, tmp_path: Path) -> None:
    whole = tarred({"a.txt": "The ferry has left.", "b.txt": "x" * 5000, "c.txt": "The quay."})
    report = add(library, tmp_path, "a.tar", whole[:3000])
    assert len(report.stories[0].added) == 1
    assert report.failed


def test_from_standard_input_it_has_no_name(library: Library) -> None:
    report = import_paths(library, ["-"], standard_input=io.BytesIO(zipped(TEXTS)))
    assert report.failed[0].reason == "is an archive: name its file instead of -"


@given(st.sampled_from([zipped(TEXTS), tarred(TEXTS), *(pack(tarred(TEXTS)) for pack in PACKERS.values())]),
    st.integers(0, 4000), st.binary(max_size=60))  # fmt: skip
def test_any_damage_is_an_error_or_an_archive(data: bytes, at: int, noise: bytes) -> None:
    try:
        for member in archives.members(
            io.BytesIO(data[:at] + noise + data[at + len(noise) :]), "a", archives.Budget()
        ):
            member.read()
    except InputError as error:
        assert error.reason  # noqa: PT017 - either outcome is right
