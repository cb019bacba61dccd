"""What is found on the disk, and what is never opened or never ends."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import InputError, NotFoundInput, TooLarge
from sources.importing import files


def test_a_folder_that_links_to_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    found = files.find_inputs(str(tmp_path), {".txt"})
    names = [given.path.name for given in found.inputs if given.path]
    assert names.count("x.txt") == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotFoundInput, match="standard input"), files.opened(tmp_path / "pipe"):
        pass


def test_a_device_is_refused() -> None:
    with pytest.raises(NotFoundInput, match="not a regular file"), files.opened(Path("/dev/null")):
        pass


def test_a_file_beyond_the_limit_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(TooLarge, match="20 MB"):
        files.read_all(io.BytesIO(b"a" * (files.LONGEST_FILE + 10)), "big.txt")


@pytest.mark.parametrize("named", ["", "\x00", "a" * 5000, "no/such/file", "caf\udce9"])
def test_a_name_that_leads_nowhere(named: str) -> None:
    with pytest.raises(InputError):
        files.find_inputs(named, ())


@given(st.lists(st.binary(max_size=20)), st.binary(max_size=10))
def test_lines_come_out_as_they_went_in(parts: list[bytes], head: bytes) -> None:
    data = b"".join(parts)
    expected = (head + data).split(b"\n")
    if expected[-1] == b"":
        expected.pop()
    assert list(files.read_lines(io.BytesIO(data), "in", 1000, head)) == expected


def test_a_line_without_an_end_is_cut_and_the_next_one_is_read() -> None:
    data = b"a" * 5_000_000 + b"\nnext\n"
    lines = list(files.read_lines(io.BytesIO(data), "in", 1_000_000))
    assert len(lines) == 2
    assert 1_000_000 < len(lines[0]) < 3_000_000
    assert lines[1] == b"next"


def test_numbers_in_names_count_as_numbers(tmp_path: Path) -> None:
    for name in ("10.txt", "9.txt", "a.txt", "٣.txt"):
        (tmp_path / name).write_text("x")
    found = files.find_inputs(str(tmp_path), {".txt"})
    assert [given.path.name for given in found.inputs if given.path][:3] == ["٣.txt", "9.txt", "10.txt"]


def test_a_disk_that_fails_while_a_file_is_read_is_an_input_error() -> None:
    class Failing(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(NotFoundInput, match=r"a\.jsonl: cannot be read: input/output error"):
        list(files.read_lines(Failing(), "a.jsonl", 1000))
    with pytest.raises(NotFoundInput, match=r"a\.txt: cannot be read"):
        files.read_all(Failing(), "a.txt")
