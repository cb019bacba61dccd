"""A segment that is cut off, changed or taken away is a clean error, never a crash and never a wrong read."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.whoosh_engine.sections import DamagedSegment
from index.whoosh_engine.segment import SegmentFile
from tests.index.codec.made import write
from tests.waiting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENTS = [
    {"text": f"The ferry number{n} left the port on time. " * (n % 4), "title": f"Ferry {n}", "story": "s"}
    for n in range(40)
]


@pytest.fixture(scope="module")
def good() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "MAIN_good.seg"
        write(path, DOCUMENTS)
        yield path


def read_all(path: Path) -> None:
    """Read everything that a search could read."""
    segment = SegmentFile(path)
    try:
        for name in segment.field_names():
            for term, run in segment.terms_from(name, b""):
                field = segment.field(name)
                assert field is not None
                field.positions_of(run)
                for document in field.ids[run.start : run.end]:
                    segment.length(name, document)
                assert segment.run(name, term) is not None
        for document in range(segment.count):
            segment.stored(document)
    finally:
        segment.close()


_names = count()


@settings(max_examples=150, deadline=None)
@given(kept=st.floats(0, 1))
def test_a_file_that_was_cut_off_is_not_opened(good: Path, kept: float) -> None:
    data = good.read_bytes()
    path = good.with_name(f"cut{next(_names)}.seg")
    path.write_bytes(data[: min(int(len(data) * kept), len(data) - 1)])
    with pytest.raises(DamagedSegment, match=path.name):
        SegmentFile(path)


@settings(max_examples=300, deadline=None)
@given(where=st.floats(0, 1, exclude_max=True), flipped=st.integers(1, 255), length=st.integers(1, 64))
def test_a_changed_file_is_an_error_or_readable(good: Path, where: float, flipped: int, length: int) -> None:
    data = bytearray(good.read_bytes())
    start = int(len(data) * where)
    for place in range(start, min(start + length, len(data))):
        data[place] ^= flipped
    path = good.with_name(f"flipped{next(_names)}.seg")
    path.write_bytes(data)
    try:
        read_all(path)
    except (DamagedSegment, AssertionError, IndexError, ValueError):
        pass  # a reader takes all of these for damage, and the index is built again
    finally:
        path.unlink()


@pytest.mark.parametrize("data", [b"", b"\0", b"CrsSeg1\n" * 8, b"\xff" * 4096], ids=len)
def test_what_never_was_a_segment_is_not_opened(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "strange.seg"
    path.write_bytes(data)
    with pytest.raises(DamagedSegment, match=r"strange\.seg"):
        SegmentFile(path)


def test_a_mapped_file_that_is_cut_off_is_noticed_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.seg"
    write(path, ({"text": " ".join(f"{n}{m}" * 9 for m in range(300))} for n in range(100)))
    assert path.stat().st_size > 1 << 20, "only larger files are mapped"
    segment = SegmentFile(path)
    segment.sections.check()
    # In another process, since whoever cuts a file off may have to wait until it is closed.
    cutter = subprocess.Popen([sys.executable, "-c", f"import os; os.truncate({str(path)!r}, 4096)"])
    deadline = time.monotonic() + PATIENCE
    noticed = ""
    while not noticed and time.monotonic() < deadline:
        try:
            segment.sections.check()
        except DamagedSegment as error:
            noticed = str(error)
    assert "cut off" in noticed
    segment.close()
    assert cutter.wait(PATIENCE) == 0
    with pytest.raises(DamagedSegment):
        SegmentFile(path)


def test_a_file_that_is_taken_away_can_still_be_read(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "gone.seg"
    path.write_bytes(good.read_bytes())
    segment = SegmentFile(path)
    path.unlink()
    segment.sections.check()
    assert segment.run("text", b"ferry") is not None
    segment.close()
