"""The Textual app: it asks the services and draws; it holds no rules of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.application import CrossreadApp

__all__ = ["CrossreadApp"]


def __getattr__(name: str) -> object:
    """Import the application when it is first asked for, so that a part of this package can be used alone."""
    if name == "CrossreadApp":
        from tui.app.application import CrossreadApp

        return CrossreadApp
    raise AttributeError(name)
