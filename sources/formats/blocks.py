"""Blocks of a document, paragraphs, headings, lists, put together to one text with its zones."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from sources.formats.parsing import one_line, partition
from sources.model import Locator, Zone, ZoneKind
from sources.text.boilerplate import muted_stretches
from sources.text.cleaning import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


# What programs write as a title: the name of the file, or nothing at all.
_NO_TITLE = re.compile(
    r"^(?:microsoft \w+ - |untitled|(?:document|slide)? ?\d*$|(?:table of )?contents$|abstract$)|\.\w{2,4}$",
    re.IGNORECASE,
)


class Block(NamedTuple):
    """A paragraph, a heading, a list or the like, what it is, and the pages that begin in it."""

    text: str
    kind: ZoneKind = ZoneKind.BODY
    locators: tuple[Locator, ...] = ()


class Assembled(NamedTuple):
    """A text with its zones and locators."""

    text: str
    zones: tuple[Zone, ...]
    locators: tuple[Locator, ...]


def put_together(blocks: Iterable[Block]) -> Assembled:
    """Return the blocks as one text, a blank line between two."""
    said: list[str] = []
    marked: list[Zone] = []
    locators: list[Locator] = []
    at = 0
    for block in blocks:
        text = clean_text(block.text)
        if not text.strip():
            continue
        if block.kind is not ZoneKind.BODY:
            marked.append(Zone(block.kind, at, at + len(text)))
        for locator in block.locators:
            before = min(len(clean_text(block.text[: locator.start])), len(text) - 1)
            locators.append(Locator(at + before, locator.kind, clean_text(locator.name)))
        said.append(text)
        at += len(text) + 2
    text = "\n\n".join(said)
    headings = [zone for zone in marked if zone.kind is ZoneKind.HEADING]
    ends = [zone.end for zone in headings]

    def is_apart(zone: Zone) -> bool:
        following = bisect_right(ends, zone.start)
        return following == len(headings) or headings[following].start >= zone.end

    muted = filter(is_apart, muted_stretches(text))
    return Assembled(text, partition(text, [*marked, *muted]), tuple(locators))


def likely_title(stated: str | None, blocks: Sequence[Block]) -> tuple[str | None, bool]:
    """Return the title that a document states, if it looks like one, else its first heading as a guess."""
    if stated and len(stated) > 3 and not _NO_TITLE.search(stated):
        return stated, False
    headings = (block.text for block in blocks[:20] if block.kind is ZoneKind.HEADING)
    heading = next((said for said in headings if not _NO_TITLE.search(said)), None)
    return one_line(heading, "title"), heading is not None
