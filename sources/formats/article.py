"""What stands before an article's first paragraph: headline, byline, date, a picture's caption and credit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sources.formats.parsing import lines_of, parse_date, partition
from sources.model import ParsedFile, ParsedSource, Zone, ZoneKind
from sources.text.boilerplate import is_boilerplate_line, is_caption_line, is_credit_line, muted_stretches
from sources.text.headlines import could_be_headline, split_title

if TYPE_CHECKING:
    from pathlib import Path

    from sources.model import Span

_DEEPEST = 12  # lines; what comes later is body
_SHORTEST_PARAGRAPH = 100
_NAME = r"(?:[A-Z][\w'’.-]*|de|del|van|von|der|den|al|bin|la|le|di|da)"
_PERSON = rf"[A-Z][\w'’.-]*(?: {_NAME}){{1,3}}"
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|Words by|Written by|Story by|Reporting by):? "
    rf"({_PERSON}(?:(?:, | and | & |, and ){_PERSON}){{0,5}})"
    r"(?:(?:,| \||  ?[-–—·•]| for| in) .{1,60})?"
)
_DATED = re.compile(
    r"(?:(?:First )?[Pp]ublished|[Pp]osted|(?:Last )?[Uu]pdated|Last [Mm]odified|Date)(?: on| at)?:? "
    r"(.{6,40})"
)
_PICTURE_CUE = re.compile(
    r"\b(?:pictured|file photo|in this (?:\w+ )?(?:photo|picture|image)|is seen|are seen|seen here|poses?|"
    r"\((?:left|right|centre|center|L|R)\))\b",
    re.IGNORECASE,
)
_FINAL_STOP = re.compile(r"[.!?…][\"”’)]*$")
_NAME_WORD = r"(?:[A-Z@][\w'’.&-]*|&|of|the|de|via)"
_CREDIT_NAME = re.compile(rf"{_NAME_WORD}(?:[ /|,]{{1,3}}{_NAME_WORD}){{0,5}}")


@dataclass(slots=True)
class Head:
    """What was recognised, as zones, and where the body begins."""

    zones: list[Zone] = field(default_factory=list)
    body: int = 0
    title: str | None = None
    author: str | None = None
    date: str | None = None

    @property
    def telling(self) -> bool:
        """Tell whether it shows that the text is an article of the press."""
        return self.author is not None or any(zone.kind.muted for zone in self.zones)


def read_head(text: str) -> Head:
    """Read the lines before the first paragraph; a head without any is empty."""
    head = Head()
    lines = [line for line in _first_lines(text) if line.of(text).strip()]
    at = 0
    while at < len(lines) - 1:
        taken = _take(head, text, lines, at)
        if taken == 0:
            break
        at += taken
    head.body = lines[at].start if at < len(lines) else len(text)
    return head


def _first_lines(text: str) -> list[Span]:
    lines: list[Span] = []
    for line in lines_of(text):
        lines.append(line)
        if len(lines) >= 2 * _DEEPEST:
            break
    return lines[: 2 * _DEEPEST]


def _take(head: Head, text: str, lines: list[Span], at: int) -> int:
    """Put the line at ``at`` into the head, with the one after it where both belong together.

    Returns how many lines that were: 0 where the body begins.
    """
    line, said = lines[at], lines[at].of(text).strip()
    if byline := _BYLINE.fullmatch(said):
        head.author = head.author or byline[1]
        return _mark(head, line, ZoneKind.CREDIT)
    dated = _DATED.fullmatch(said)
    if day := parse_date(dated[1] if dated else said):
        head.date = head.date or day
        return _mark(head, line, ZoneKind.BOILERPLATE)
    if is_boilerplate_line(said) or is_credit_line(said):
        return _mark(head, line, ZoneKind.BOILERPLATE if is_boilerplate_line(said) else ZoneKind.CREDIT)
    if at + 2 < len(lines) and _is_caption(said, lines[at + 1].of(text).strip()):
        _mark(head, line, ZoneKind.CAPTION)
        _mark(head, lines[at + 1], ZoneKind.CREDIT)
        return 2
    if credit := _credit_at_the_end(text, line):
        head.zones += [
            Zone(ZoneKind.CAPTION, line.start, credit.start),
            Zone(ZoneKind.CREDIT, credit.start, line.end),
        ]
        return 1
    if is_caption_line(said):
        return _mark(head, line, ZoneKind.CAPTION)
    if head.title is None and not _captioned(head) and _is_title(text, line, lines[at + 1]):
        head.title = said
        return _mark(head, line, ZoneKind.HEADING)
    return 0


def _mark(head: Head, line: Span, kind: ZoneKind) -> int:
    head.zones.append(Zone(kind, line.start, line.end))
    return 1


def _captioned(head: Head) -> bool:
    return any(zone.kind is ZoneKind.CAPTION for zone in head.zones)


def _is_caption(said: str, following: str) -> bool:
    """Tell a caption by the credit in the line after it."""
    if len(said) > 600:
        return False
    told = _FINAL_STOP.search(said) is not None or _PICTURE_CUE.search(said) is not None
    if is_credit_line(following):
        return told or not could_be_headline(said)
    short = len(following) <= 60 and not _FINAL_STOP.search(following)
    return told and short and _CREDIT_NAME.fullmatch(following) is not None


def _credit_at_the_end(text: str, line: Span) -> Zone | None:
    """Return the credit that ends a line which is a caption and nothing else."""
    if line.end - line.start > 600:
        return None
    marked = muted_stretches(text, line.start, line.end)
    last = marked[-1] if marked else None
    if last is None or last.kind is not ZoneKind.CREDIT or last.start == line.start:
        return None
    return last if not text[last.end : line.end].strip(" .)") else None


def _is_title(text: str, line: Span, following: Span) -> bool:
    """Tell whether a line is a headline by what follows it: a blank line, a paragraph, a byline or a date."""
    said, next_said = line.of(text).strip(), following.of(text).strip()
    if not could_be_headline(said) or len(said.split()) < 2 or next_said[0].islower():
        return False
    if text[line.end : following.start].count("\n") > 1 or len(next_said) >= _SHORTEST_PARAGRAPH:
        return True
    if _BYLINE.fullmatch(next_said) or _DATED.fullmatch(next_said) or parse_date(next_said):
        return True
    return len(next_said) > len(said) and _FINAL_STOP.search(next_said) is not None


# A single article as it was copied from its page: headline, byline, caption and credit, then the body.

NAME = "article"
SINGLE = "text"  # the key of a file's only text, in every format, so that another format finds it again
_SHORTEST_PROSE = 200
_GAP = re.compile(r"\n[ \t]*\n")
_ARTICLE_FINAL_STOP = re.compile(r"[.!?…][\"”’)\]]*$")


def matches(text: str, path: Path | None) -> bool:  # noqa: ARG001 - every format is asked the same way
    """Tell whether ``text`` has an article's head, or at least one paragraph of prose."""
    opening = text[:40_000]
    return read_head(opening).telling or any(
        len(paragraph) >= _SHORTEST_PROSE and _ARTICLE_FINAL_STOP.search(paragraph.rstrip()[-8:])
        for paragraph in _GAP.split(opening)
    )


def parse(text: str, path: Path | None) -> ParsedFile:  # noqa: ARG001 - every format is asked the same way
    """Read one cleaned article."""
    head = read_head(text)
    title, publisher = split_title(head.title) if head.title else (None, None)
    parsed = ParsedSource(
        text=text,
        zones=partition(text, [*head.zones, *muted_stretches(text, head.body)]),
        key=SINGLE,
        title=title,
        publisher=publisher,
        author=head.author,
        date=head.date,
        guessed=("title", "publisher", "author", "date"),
    )
    return ParsedFile(format=NAME, sources=(parsed,), title=title)
