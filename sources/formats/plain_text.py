"""Plain text of any kind: a heading where there is one, all else body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.formats.article import SINGLE, read_head
from sources.formats.parsing import partition
from sources.model import ParsedFile, ParsedSource, ZoneKind
from sources.text.boilerplate import muted_stretches

if TYPE_CHECKING:
    from pathlib import Path

NAME = "text"


def matches(text: str, path: Path | None) -> bool:  # noqa: ARG001 - every format is asked the same way
    """Tell that any text can be read as plain text."""
    return True


def parse(text: str, path: Path | None) -> ParsedFile:  # noqa: ARG001 - every format is asked the same way
    """Read cleaned plain text."""
    head = read_head(text)
    heading = [zone for zone in head.zones if zone.kind is ZoneKind.HEADING]
    muted = muted_stretches(text, heading[-1].end if heading else 0)
    parsed = ParsedSource(
        text=text,
        zones=partition(text, [*heading, *muted]),
        key=SINGLE,
        title=head.title,
        guessed=("title",),
    )
    return ParsedFile(format=NAME, sources=(parsed,), title=head.title)
