"""The desk on which the library and the evidence meet: ask it, and it works out or remembers."""

from __future__ import annotations

from sources.workspace.desk import Workspace

__all__ = ["Workspace"]
