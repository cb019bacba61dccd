from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("story")
EXPORT = ("export", "story", "harbour-deal", "--format", "html")


@pytest.fixture
def page(crossread: Callable[..., Any], tmp_path: Path) -> Path:
    assert crossread(*EXPORT, "--output", tmp_path / "page.html").status == 0
    return tmp_path / "page.html"


def test_a_dossier_is_checked_without_its_library(
    page: Path, crossread: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CROSSREAD_LIBRARY", str(tmp_path / "elsewhere"))
    told = crossread("verify", page, "--library", tmp_path / "elsewhere")
    assert told.status == 0
    assert re.search(r"intact, \d+ passages in 15 texts\nseal [0-9a-f]{64}\n", told.out)
    assert not (tmp_path / "elsewhere").exists()
    document = crossread("verify", page, "--json").json
    assert document["path"] == str(page)
    assert document["intact"] is True
    assert document["passages"] > 200
    assert document["failed"] == []
    assert document["seal"] in page.read_text("utf-8")


def test_a_word_that_was_changed_is_named(page: Path, crossread: Callable[..., Any]) -> None:
    text = page.read_text("utf-8")
    page.write_text(text.replace("did not look for a buyer", "did look for a buyer", 1), "utf-8")
    told = crossread("verify", page)
    assert told.status == 1
    assert "NOT INTACT" in told.out
    assert "harbour-deal/13: a passage is shown as" in told.out
    assert "We did look for a buyer" in told.out
    document = crossread("verify", page, "--json")
    assert document.status == 1
    assert document.json["intact"] is False
    assert {one["ref"] for one in document.json["failed"]} == {None, "harbour-deal/13"}


def test_many_failures_are_counted(page: Path, crossread: Callable[..., Any]) -> None:
    text = page.read_text("utf-8")
    page.write_text(re.sub(r'("words":")', r"\1x", text), "utf-8")
    assert re.search(r"\n  and \d+ more\n", crossread("verify", page).out)


@pytest.mark.parametrize("what", ["nowhere.html", ".", "other.html", "empty.html"])
def test_what_cannot_be_read_is_one_line(what: str, crossread: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "other.html").write_text("<p>Not one</p>")
    (tmp_path / "empty.html").write_text("")
    told = crossread("verify", tmp_path / what)
    assert told.status == 3
    assert len(told.err.splitlines()) == 1
    assert told.out == ""


@pytest.mark.long
def test_names_are_redacted_in_what_is_written(crossread: Callable[..., Any], tmp_path: Path) -> None:
    redact = ("--redact", "Ada Moss", "--redact", "harbour-deal/12")
    plain, hidden = crossread(*EXPORT).out, crossread(*EXPORT, *redact).out
    assert "Ada Moss" in plain
    assert "Moss" not in hidden
    assert "Ledger Wire" not in hidden
    (tmp_path / "page.html").write_text(hidden, "utf-8")
    assert crossread("verify", tmp_path / "page.html").status == 0
    assert crossread(*EXPORT, *redact).out == crossread(*EXPORT, *redact[2:], *redact[:2]).out == hidden
    refused = crossread(*EXPORT, "--redact", "Zebra")
    assert refused.status == 2
    assert "Nothing in harbour-deal is called Zebra." in refused.err
