"""An aggregator's story page: numbered sources, page furniture, a cited summary, and related stories.

14 Sources                the count
[1]                       a block: its number,
Headline | Publisher      its title line,
Body …                    and its body, one line or several
…
Share                     furniture
Headline or lead …        the summary; ``Source: X`` lines in it are the credits of its pictures
Another story …           related stories: a blurb, a count, a category and an age, the last three twice
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from sources.errors import Malformed
from sources.formats.parsing import partition
from sources.formats.story_page_parts import PageLine, Tail, divide_tail, next_visible, page_lines
from sources.model import MutedText, PageZone, ParsedFile, ParsedSource, Zone, ZoneKind
from sources.text.boilerplate import muted_stretches
from sources.text.headlines import could_be_headline, shortened, split_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAME = "story-page"
_LINES_BEFORE_THE_COUNT = 12
_LONGEST_TITLE = 300
_MUTED_KINDS = frozenset({"count", "number", "furniture", "credit", "repeat"})
_INSIDE = frozenset({"source", "summary"})


@dataclass(slots=True)
class _Block:
    """A numbered block as line numbers: its ``[n]`` line, its title line, and the end of its body."""

    number: int
    line: int
    title: int
    end: int


@dataclass(slots=True)
class _Reading:
    """A page while it is read: its lines, and for each what it is and of which source."""

    text: str
    lines: list[PageLine]
    kinds: list[str] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def label(self, start: int, end: int, kind: str, number: int | None = None) -> None:
        for at in range(start, end):
            self.kinds[at] = kind
            self.numbers[at] = number


def matches(text: str, path: Path | None) -> bool:  # noqa: ARG001 - every format is asked the same way
    """Tell whether ``text`` opens as a story page does: a count of sources, then a number in brackets."""
    first: list[PageLine] = []
    for line in page_lines(text[:20_000]):
        if line.blank:
            continue
        if line.number is not None:
            return not first or any(before.count is not None for before in first)
        first.append(line)
        if len(first) > _LINES_BEFORE_THE_COUNT:
            return False
    return False


def parse(text: str, path: Path | None) -> ParsedFile:
    """Read a cleaned story page; every character of it is in one of the parcel's page zones.

    Raises Malformed when there is no numbered block with a text.
    """
    lines = page_lines(text)
    reading = _Reading(text, lines, ["furniture"] * len(lines), [None] * len(lines))
    blocks = _blocks(reading)
    if not blocks:
        raise Malformed("has no numbered sources as a story page has", path=path)
    counts = [line.count for line in lines[: blocks[0].line] if line.count is not None]
    for at, line in enumerate(lines[: blocks[0].line]):
        if line.count is not None:
            reading.label(at, at + 1, "count")
    tail = _divide(reading, blocks, counts)
    _renumber(reading, blocks)
    _label_blocks(reading, blocks)
    _label_tail(reading, tail, blocks[-1].end)
    zones = _page_zones(reading)
    if counts and counts[0] != len(blocks):
        reading.warnings.append(f"the page announces {_sources(counts[0])} but holds {len(blocks)}")
    parsed_sources = tuple(_parsed_source(reading, block) for block in blocks)
    summary = _summary(reading, tail)
    return ParsedFile(
        format=NAME,
        sources=parsed_sources,
        title=summary.title if summary else parsed_sources[0].title,
        summary=summary,
        related=tuple(teaser.story for teaser in tail.related),
        muted=tuple(_muted(reading)),
        page_text=text,
        page_zones=zones,
        warnings=tuple(reading.warnings),
    )


def _blocks(reading: _Reading) -> list[_Block]:
    """Find the blocks; the end of the last one is not known yet."""
    numbered = [at for at, line in enumerate(reading.lines) if line.number is not None]
    blocks: list[_Block] = []
    for at, following in pairwise([*numbered, len(reading.lines)]):
        number = reading.lines[at].number or 0
        title = next_visible(reading.lines, at + 1, following)
        reading.label(at, at + 1, "number", number)
        if title is None:
            reading.warnings.append(f"source [{number}] has no text")
            continue
        end = following
        while end > title + 1 and (reading.lines[end - 1].blank or reading.lines[end - 1].furniture):
            end -= 1
        blocks.append(_Block(number, at, title, end))
    return blocks


def _divide(reading: _Reading, blocks: list[_Block], counts: list[int]) -> Tail:
    last = blocks[-1]
    earlier = [_body_lines(reading, block) for block in blocks[:-1]]
    tail = divide_tail(
        reading.lines[: _next_number(reading, last)],
        last.title,
        highest=max([len(blocks), *counts, *(block.number for block in blocks)]),
        one_line_bodies=len(earlier) >= 3 and all(size == 1 for size in earlier),
    )
    last.end = max(tail.body_end, last.title + 1)
    while last.end > last.title + 1 and reading.lines[last.end - 1].blank:
        last.end -= 1
    if tail.inferred:
        reading.warnings.append(
            f"nothing marks the end of source [{last.number}]: what follows its text was read as the summary"
        )
    return tail


def _next_number(reading: _Reading, block: _Block) -> int:
    """Return the line of the number after a block, the number of lines when there is none."""
    after = range(block.title, len(reading.lines))
    return next((at for at in after if reading.lines[at].number is not None), len(reading.lines))


def _body_lines(reading: _Reading, block: _Block) -> int:
    return sum(not line.blank for line in reading.lines[block.title + 1 : block.end])


def _renumber(reading: _Reading, blocks: list[_Block]) -> None:
    """Give a second block of the same number, or one without a proper number, the next free one."""
    free = max(block.number for block in blocks) + 1
    taken: set[int] = set()
    for block in blocks:
        if block.number in taken or block.number < 1:
            reading.warnings.append(f"a second block is numbered [{block.number}]: it was read as [{free}]")
            block.number = free
            free += 1
        taken.add(block.number)


def _label_blocks(reading: _Reading, blocks: list[_Block]) -> None:
    for block in blocks:
        reading.label(block.line, block.line + 1, "number", block.number)
        reading.label(block.title, block.end, "source", block.number)


def _label_tail(reading: _Reading, tail: Tail, start: int) -> None:
    for at in range(tail.summary_start, tail.summary_end):
        line = reading.lines[at]
        if at >= start:
            reading.label(
                at, at + 1, "credit" if line.credit else "furniture" if line.furniture else "summary"
            )
    for teaser in tail.related:
        reading.label(teaser.first, teaser.end, "related")
    for at in tail.repeats:
        reading.label(at, at + 1, "repeat")


def _page_zones(reading: _Reading) -> tuple[PageZone, ...]:
    """Join lines alike into zones; a blank line inside a source or the summary belongs to it."""
    labels = [
        (kind, number) if not line.blank or kind in _INSIDE else ("blank", None)
        for line, kind, number in zip(reading.lines, reading.kinds, reading.numbers, strict=True)
    ]
    zones: list[PageZone] = []
    for (kind, number), members in groupby(range(len(labels)), key=labels.__getitem__):
        following = [*members][-1] + 1
        end = reading.lines[following].start if following < len(labels) else len(reading.text)
        zones.append(PageZone(kind, zones[-1].end if zones else 0, end, number))
    return tuple(zones)


def _muted(reading: _Reading) -> Iterator[MutedText]:
    for line, kind in zip(reading.lines, reading.kinds, strict=True):
        if kind in _MUTED_KINDS and not line.blank:
            yield MutedText(line.text, kind)


def _parsed_source(reading: _Reading, block: _Block) -> ParsedSource:
    start, end = reading.lines[block.title].start, reading.lines[block.end - 1].end
    text = reading.text[start:end]
    title_line = reading.lines[block.title]
    heading = title_line.end - start
    titled = len(title_line.text) <= _LONGEST_TITLE
    title, publisher = split_title(title_line.text) if titled else (None, None)
    marked = [Zone(ZoneKind.HEADING, 0, heading)] if titled else []
    marked += muted_stretches(text, heading if titled else 0)
    ordinal = "" if reading.lines[block.line].number == block.number else f".{block.number}"
    return ParsedSource(
        text=text,
        zones=partition(text, marked),
        key=f"page#{reading.lines[block.line].number}{ordinal}",
        number=block.number,
        title=title,
        publisher=publisher,
        guessed=("title", "publisher"),
    )


def _summary(reading: _Reading, tail: Tail) -> ParsedSource | None:
    members = [at for at in range(tail.summary_start, tail.summary_end) if reading.kinds[at] == "summary"]
    visible = [at for at in members if not reading.lines[at].blank]
    if not visible:
        return None
    start, end = reading.lines[visible[0]].start, reading.lines[visible[-1]].end
    text = reading.text[start:end]
    headline = _headline([reading.lines[at] for at in visible])
    marked = [Zone(ZoneKind.HEADING, 0, headline.end - start)] if headline else []
    for at in range(visible[0], visible[-1]):
        kind = {"credit": ZoneKind.CREDIT, "furniture": ZoneKind.BOILERPLATE}.get(reading.kinds[at])
        if kind and not reading.lines[at].blank:
            marked.append(Zone(kind, reading.lines[at].start - start, reading.lines[at].end - start))
    title = headline.text if headline else shortened(text)
    return ParsedSource(
        text=text, zones=partition(text, marked), key="page#summary", title=title, guessed=("title",)
    )


def _headline(lines: Sequence[PageLine]) -> PageLine | None:
    """Return the first line when it is short, has no final stop, and something longer follows."""
    if len(lines) < 2 or not could_be_headline(lines[0].text):
        return None
    return lines[0] if any(len(line.text) > len(lines[0].text) for line in lines[1:3]) else None


def _sources(count: int) -> str:
    return "1 source" if count == 1 else f"{count} sources"
