"""The bundled fictional story: the demo, the documentation's example and the ground of the tests.

It is package data: a story page with thirteen sources, a single article that is a machine-spun rewrite of
one of them, and the truth about both, written down by hand. Every name in it is invented.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

STORY = "harbour-deal"


def page_path() -> Path:
    """Return the path of the bundled story page."""
    return _file("page.txt")


def article_path() -> Path:
    """Return the path of the bundled single article, a rewrite of the page's twelfth source."""
    return _file("article.txt")


def truth() -> dict[str, Any]:
    """Return what is true of the bundled story.

    Texts in it are verbatim; ``number`` is a source's number on the page, or ``"article"``.
    """
    loaded: dict[str, Any] = json.loads(_file("truth.json").read_text(encoding="utf-8"))
    return loaded


def _file(name: str) -> Path:
    # An installed package is always unpacked on disk: compiled dependencies rule out running from a zip.
    return Path(str(files(__name__) / STORY / name))
