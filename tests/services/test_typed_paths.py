from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.services.typed_paths import completed, missing, names_for, pasted, paths_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "My papers").mkdir()
    for name in ("My papers/one.txt", "mill-one.txt", "mill-two.txt", "don't.txt", ".hidden"):
        (tmp_path / name).write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("{0}/mill-one.txt", ["mill-one.txt"]),
        ("'{0}/My papers' {0}/mill-one.txt", ["My papers", "mill-one.txt"]),
        ('"{0}/My papers/one.txt"  ', ["My papers/one.txt"]),
        ("{0}/My\\ papers {0}/mill-two.txt", ["My papers", "mill-two.txt"]),
        ("{0}/My papers", ["My papers"]),  # alone it needs no quotes
        ("{0}/don't.txt {0}/mill-one.txt", ["don't.txt", "mill-one.txt"]),
        ("file://{0}/My%20papers", ["My papers"]),
    ],
)
def test_paths_are_read_as_shells_and_terminals_write_them(desk: Path, line: str, found: list[str]) -> None:
    assert paths_in(line.format(desk)) == tuple(f"{desk}/{name}" for name in found)


def test_a_home_is_a_path_and_an_address_stays_one(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(desk))
    assert paths_in("~/mill-one.txt") == (f"{desk}/mill-one.txt",)
    assert missing(paths_in(f"https://tide.example/a {desk}/none.txt")) == (f"{desk}/none.txt",)
    assert missing(paths_in(f"https://tide.example/a {desk}/mill-one.txt -")) == ()


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("mi", "mill-"),  # as far as both agree
        ("mill-", "mill-"),
        ("mill-o", "mill-one.txt"),
        ("My", "My\\ papers/"),
        ("my", "My\\ papers/"),
        ("'My papers/o", "My\\ papers/one.txt"),
        ("My papers/o", "My\\ papers/one.txt"),
        ("mill-one.txt mill-t", "mill-one.txt mill-two.txt"),
        ("nothing", "nothing"),
    ],
)
def test_what_all_names_have_in_common_is_completed(
    desk: Path, monkeypatch: pytest.MonkeyPatch, typed: str, line: str
) -> None:
    monkeypatch.chdir(desk)
    assert completed(typed) == line


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("mill", ["mill-one.txt", "mill-two.txt"]),
        ("one", ["mill-one.txt"]),
        ("mtwo", ["mill-two.txt"]),
        ("pap", ["My papers/"]),
        (".h", [".hidden"]),
        ("zz", []),
        ("mill-one.txt ", ["My papers/", "don't.txt", "mill-one.txt", "mill-two.txt"]),
    ],
)
def test_names_are_found_by_letters_in_their_order(
    desk: Path, monkeypatch: pytest.MonkeyPatch, typed: str, names: list[str]
) -> None:
    monkeypatch.chdir(desk)
    assert list(names_for(typed)) == names


@pytest.mark.parametrize(
    ("text", "before", "line"),
    [
        ("'{0}/My papers'", "", "{0}/My\\ papers"),
        ('"{0}/My papers/one.txt"\n', "", "{0}/My\\ papers/one.txt"),
        ("{0}/My\\ papers", "", "{0}/My\\ papers"),
        ("{0}/My papers", "", "{0}/My\\ papers"),
        ("file://{0}/My%20papers", "", "{0}/My\\ papers"),
        ("file:{0}/My%20papers", "", "{0}/My\\ papers"),
        ("{0}/mill-one.txt\r\n{0}/don't.txt\n", "", "{0}/mill-one.txt {0}/don\\'t.txt"),
        ("{0}/mill-one.txt", "a.txt", " {0}/mill-one.txt"),  # a path of its own
        ("{0}/mill-one.txt", "a.txt ", "{0}/mill-one.txt"),
        ("mill", "{0}/", "mill"),  # the rest of one
        ("{0}/no such", "a.txt", "{0}/no such"),
        ("https://tide.example/a", "", "https://tide.example/a"),
    ],
)
def test_what_is_pasted_is_a_path_without_its_quotes(desk: Path, text: str, before: str, line: str) -> None:
    assert pasted(text.format(desk), before.format(desk)) == line.format(desk)
