"""A single article as it was copied from its page: headline, byline, caption and credit, then the body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.formats.article_head import read_head
from sources.formats.zoning import partition
from sources.model import Draft, Parcel
from sources.text.furniture import muted_stretches
from sources.text.publishers import split_title

if TYPE_CHECKING:
    from pathlib import Path

NAME = "article"
SINGLE = "text"  # the key of a file's only text, in every format, so that another format finds it again
_SHORTEST_PROSE = 200
_GAP = re.compile(r"\n[ \t]*\n")
_FINAL_STOP = re.compile(r"[.!?…][\"”’)\]]*$")


def matches(text: str, path: Path | None) -> bool:  # noqa: ARG001 - every format is asked the same way
    """Tell whether ``text`` has an article's head, or at least one paragraph of prose."""
    opening = text[:40_000]
    return read_head(opening).telling or any(
        len(paragraph) >= _SHORTEST_PROSE and _FINAL_STOP.search(paragraph.rstrip()[-8:])
        for paragraph in _GAP.split(opening)
    )


def parse(text: str, path: Path | None) -> Parcel:  # noqa: ARG001 - every format is asked the same way
    """Read one cleaned article."""
    head = read_head(text)
    title, publisher = split_title(head.title) if head.title else (None, None)
    draft = Draft(
        text=text,
        zones=partition(text, [*head.zones, *muted_stretches(text, head.body)]),
        key=SINGLE,
        title=title,
        publisher=publisher,
        author=head.author,
        date=head.date,
    )
    return Parcel(format=NAME, drafts=(draft,), title=title)
