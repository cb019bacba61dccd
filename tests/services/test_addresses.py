from __future__ import annotations

import webbrowser

import pytest

from tui.services.addresses import open_in_browser, web_address


@pytest.mark.parametrize("address", ["http://a.example", " https://a.example/x?y=z#t ", "https://ä.example/"])
def test_an_address_of_the_web_is_one(address: str) -> None:
    assert web_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [None, "", "a.example", "file:///etc/passwd", "javascript:alert(1)", "--profile=x https://a.example",
     "https:", "https://[", "https://a.example/ --new", "https://a.example/\x1b[2J", "ftp://a.example"],
)  # fmt: skip
def test_nothing_else_is_handed_to_a_browser(address: str | None) -> None:
    assert web_address(address) is None


def test_a_browser_that_draws_in_the_terminal_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    class Window(webbrowser.BaseBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: FBT001, FBT002
            del new, autoraise
            opened.append(url)
            return True

    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("lynx"))
    assert not open_in_browser("https://a.example")
    monkeypatch.setattr(webbrowser, "get", Window)
    assert open_in_browser("https://a.example")
    assert opened == ["https://a.example"]


def test_a_machine_without_a_browser_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", nothing)
    assert not open_in_browser("https://a.example")
