from __future__ import annotations

import stat

import pytest

from sources import logs, places


def fail() -> None:
    try:
        dict[str, str]()["words of a source"]
    except KeyError as error:
        raise ValueError("more words of a source") from error


def caught() -> ValueError:
    with pytest.raises(ValueError, match="more words") as raised:
        fail()
    return raised.value


def test_a_bug_is_logged_with_its_way_and_without_its_words() -> None:
    said = logs.record(caught(), "deal/2 was read.")
    assert said == f"something went wrong (ValueError); the details are in {places.log_file()}"
    log = places.log_file().read_text("utf-8")
    assert "deal/2 was read." in log
    assert log.index("builtins.KeyError\nwhich led to\n") < log.index("builtins.ValueError\n")
    assert "in fail" in log
    assert "more words of a source\n" not in log


def test_the_log_is_the_users_own() -> None:
    places.log_folder().mkdir(parents=True, mode=0o700)
    places.log_file().touch(mode=0o644)
    logs.record(caught(), "")
    assert stat.S_IMODE(places.log_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(places.log_folder().stat().st_mode) == 0o700


def test_a_full_log_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 2000)
    for number in range(60):
        logs.record(caught(), f"number {number} was read.")
    files = sorted(places.log_folder().iterdir())
    assert len(files) == 1 + logs.KEPT
    assert all(file.stat().st_size <= 2000 for file in files)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert "number 59 was read." in places.log_file().read_text("utf-8")


def test_a_log_that_cannot_be_written_is_said() -> None:
    places.log_folder().parent.mkdir(parents=True)
    places.log_folder().write_text("a file where the folder should be")
    said = logs.record(caught(), "")
    assert "something went wrong (ValueError), and " in said
    assert f"{places.log_file()} cannot be written" in said
