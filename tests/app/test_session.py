from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tui.app.state import Session, load_session, save_session, session_file

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

WORDS = st.text("ab/1:#é\n", max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    path = session_file(tmp_path, tmp_path / "library")
    session = Session(
        view="compare",
        source="harbour/4",
        cursor=81,
        marked=["harbour/1", "harbour/summary"],
        search='"two words" NOT x',
        shares={"left wide": 0.28},
        right_shown=False,
    )
    save_session(path, session)
    assert load_session(path) == session
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_two_libraries_have_two_sessions(tmp_path: Path) -> None:
    assert session_file(tmp_path, tmp_path / "a") != session_file(tmp_path, tmp_path / "b")


def test_nothing_there_is_a_fresh_session(tmp_path: Path) -> None:
    assert load_session(tmp_path / "none.json") == Session()


def test_garbage_is_a_fresh_session(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    for garbage in (b"", b"\xff\xfe\x00", b"{", b"[1,2]", b'"x"', b"[" * 100_000):
        path.write_bytes(garbage)
        assert load_session(path) == Session()


def test_wrong_types_cost_only_themselves(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    odd = {
        "view": "war", "source": "harbour/4", "cursor": -3, "marked": ["harbour/1", 5, "no ref"],
        "shares": {"left wide": True, "right wide": 0.3, "left narrow": 7, "x": "y"},
        "searches": ["kept", 4], "from the future": [1],
        "registers": {"a": "kept", "B": "x", "ab": "x", "c": 3, '"': "last", "d": "x" * 200_000},
    }  # fmt: skip
    path.write_text(json.dumps(odd), encoding="utf-8")
    session = load_session(path)
    shares = {"right wide": 0.3}
    assert session.registers == {"a": "kept", '"': "last"}
    session.registers = {}
    assert session == Session(source="harbour/4", marked=["harbour/1"], searches=["kept"], shares=shares)


@given(st.dictionaries(st.sampled_from([*Session.__dataclass_fields__, "other"]), JSON))
def test_no_json_breaks_it(tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]) -> None:
    path = tmp_path_factory.getbasetemp() / "session.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    save_session(path, load_session(path))
