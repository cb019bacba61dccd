"""Opening the address of a source in a browser: an address of the web, and nothing else."""

from __future__ import annotations

import webbrowser
from urllib.parse import urlsplit

_SCHEMES = ("http", "https")


def web_address(address: str | None) -> str | None:
    """Return an address of the web as it may be handed to a browser, None for anything else.

    A source says it of itself, so that it may be ``file:``, ``javascript:``, or an option of a program.
    """
    try:
        parts = urlsplit((address or "").strip())
        host = parts.hostname
    except ValueError:
        return None
    plain = all(letter.isprintable() and not letter.isspace() for letter in parts.geturl())
    return parts.geturl() if parts.scheme in _SCHEMES and host and plain else None


def open_in_browser(address: str) -> bool:
    """Have the browser open an address of the web; False where there is none with a window of its own.

    One that draws in the terminal would write over what is shown there.
    """
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return type(browser) is not webbrowser.GenericBrowser and browser.open(address)
