"""Provenance lines: the agency, outlet or body that a text itself says it is from.

"LIMA, March 14 (Reuters) - ", "By Ida Brook, Associated Press", "Copyright 2031 The Associated Press",
"(With inputs from PTI)", "(Reporting by …; Editing by …)", "/PRNewswire/ --". They are read by where they
are and by what is left when the names are taken out of them: a note says nothing but that something was
written, used or owned, a byline and a signature nothing at all. They are in muted zones too, for that is
where most of them are. Credits of pictures are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_words import NAME
from sources.evidence.outlet_names import agency, is_distributor, is_outlet
from sources.evidence.word_lists import words
from sources.model import Span, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.model import Source


@dataclass(frozen=True, slots=True)
class ProvenanceLine:
    """Whose a text is: ``name``, and the words that say so (an empty span where the author's name does).

    ``whole`` tells that the text is theirs, otherwise only material in it is; ``release`` that it is what a
    body wrote about itself.
    """

    name: str
    span: Span
    whole: bool = True
    release: bool = False


_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)(?:[a-z]{2,6})?"
_DATED = re.compile(rf"\b{_MONTHS}\.? \d{{1,2}}\b|\b\d{{1,2}} {_MONTHS}\b", re.IGNORECASE)
_SHOUTED = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’./-]{2,}")
_PLACE = re.compile(
    r"(?:(?:[^\W\d_a-z][\w.'’/-]*|\d{1,4}(?:st|nd|rd|th)?|de|del|la|el|al|of|on|and|the|near|aboard|in"
    rf"|{_MONTHS})[ ,.;:/|()\[\]-]*)*"
)
_DASH = r"[ \xa0]*(?:-{1,2}|[–—―:])"
_DATELINE = re.compile(
    r"^[ \t>*_]*(?P<place>(?:[^\n()]|\([^()\n]{2,30}\)(?= ?\[)){0,70}?)[ ,.]*"
    r"(?:(?:\((?P<who>[^()\n]{2,48})\)(?! ?\[)|(?<![^\s.])/(?P<slashed>[^/()\n]{2,30})/)"
    rf"\.?(?P<dash>{_DASH})?"
    rf"|[—–-]* (?P<bare>(?:The )?[A-Z]\w+(?: [A-Z]\w+){{0,2}}){_DASH} )",
    re.MULTILINE,
)
_PICTURE = re.compile(
    r"\b(?:photo(?:graph)?|image|picture|video|pool|via|courtesy|getty|illustration|graphic|handout|map)s?\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*(?:[,/|;&+•·]|\s[–—-]\s|--|\band\b|\bvia\b|\bfor\b|\bof\b|\bwith\b)\s*")
_ADDRESS = re.compile(r"\S+://\S+|www\.\S+")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_COPYRIGHT = re.compile(
    r"[\s(*_™&]*(?:(?P<word>copyright)|©|\(c\))(?:[\s©,]|\(c\)|copyright|by|the|(?P<year>\d{4}(?:[-–]\d{2,4})?))*",
    re.IGNORECASE,
)
_REUTERS_DESK = re.compile(
    r"\breporting by [^\n;]{3,240}[;,] ?(?:[^\n;]{3,160}; ?){0,2}(?:writing|editing) by [a-z]", re.IGNORECASE
)
_REPUBLISHED = re.compile(
    r"\b(?:(?:originally|first) (?:appeared|published|ran)"
    r"|(?:re-?published|reprinted|syndicated|distributed)(?: here)?(?: with (?:the )?permission)?)"
    rf"(?: on [^,.\n]{{3,40}},)? (?:in|on|by|at|from|of) (?P<who>(?:the )?{NAME})"
)
_RELEASE_HEAD = re.compile(
    r"(?:FOR IMMEDIATE RELEASE|(?:Press|News|Media) [Rr]elease|PRESS RELEASE|NEWS RELEASE)\b"
)
_ISSUED_BY = re.compile(r"(?:SOURCE|Source):? (?P<who>\S.{2,80})")
_ANNOUNCES = re.compile(
    rf"^\W*(?P<who>{NAME})(?:,? [^.\n]{{0,120}}?)? (?:today|this morning|has|is pleased to)?\s?"
    r"(?:announce[sd]?|report(?:s|ed)|launch(?:es|ed)|said|unveil(?:s|ed)|provides|publishes|published)\b"
)
_HEAD, _TAIL = 6, 4  # lines in which the name of an agency by itself says whose the text is
_LONGEST_NOTE = 300  # characters
_LONGEST_LINE = 1500  # characters of a line in which notes are looked for
_LONGEST_BYLINE = 120  # characters
_PARAGRAPH = 80  # characters from which a line can be the text's own last
_LONGEST_NAME = 4  # words of an agency's
# Where a note may begin in a line: after a sentence, a bar, or the dash before a signature.
_SEAM = re.compile(
    r"(?<=[.!?])[”\"’)\]]* +(?=\W*[^\W\d_a-z])|(?<=[.!?][”\"’)]) +|\s[|•]\s"
    r"|\s[–—-]{1,2}\s?(?=\S+(?: \S+){0,2}$)"
)


def provenance_of(source: Source) -> tuple[ProvenanceLine, ...]:
    """Return whose a text is by what it says itself, in the order of the text, each name once."""
    found: dict[tuple[str, bool], ProvenanceLine] = {}
    for line in _lines_found(source):
        found.setdefault((line.name, line.whole), line)
    whole = {name for name, is_whole in found if is_whole}
    return tuple(line for (name, is_whole), line in found.items() if is_whole or name not in whole)


def _lines_found(source: Source) -> Iterator[ProvenanceLine]:
    text = source.text
    if source.author:
        yield from _signed(source.author, Span(0, 0), at_the_head=True)
    yield from _datelines(text)
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]*\S", text)]
    pictured = [Span(zone.start, zone.end) for zone in source.zones if zone.kind is ZoneKind.CAPTION]
    for number, line in enumerate(lines):
        if line.end - line.start > _LONGEST_LINE or any(line.overlaps(one) for one in pictured):
            continue
        at_the_head, at_the_end = number < _HEAD, len(lines) - number <= _TAIL
        said = text[line.start : line.end]
        lowered = said.lower()
        cued = any(cue in lowered for cue in _cues())
        if not (cued or at_the_end or (at_the_head and len(said) <= _LONGEST_BYLINE)):
            continue
        captioned = not at_the_end and number and text[: line.start].rstrip().endswith((".", ")", "”"))
        for start, end in _notes_in(said):
            note, span = said[start:end], Span(line.start + start, line.start + end)
            noted = list(_noted(note, span, alone=at_the_end and not start)) if cued else []
            yield from noted
            last = number == len(lines) - 1 or not note[0].isalpha()  # else a caption may end with its credit
            outer = (at_the_end and last) if start else (at_the_head or at_the_end) and not captioned
            if not noted and outer:
                yield from _signed(note, span, at_the_head=at_the_head and not start)
    if lines:
        yield from _release(source, lines)


def _notes_in(said: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a line are that may be notes, and a signature at its end."""
    at = 0
    for seam in _SEAM.finditer(said):
        if seam[0].strip() and seam.start() < _PARAGRAPH / 2 and "|" not in seam[0]:
            continue
        if 0 < seam.start() - at <= _LONGEST_NOTE:
            yield at, seam.start()
        at = seam.end()
    if 0 < len(said) - at <= _LONGEST_NOTE:
        yield at, len(said)


def _datelines(text: str) -> Iterator[ProvenanceLine]:
    for match in _DATELINE.finditer(text):
        who, place = match["who"] or match["slashed"] or match["bare"], match["place"].strip()
        if _PICTURE.search(who) or not _PLACE.fullmatch(place) or not text[match.end() :][:40].strip():
            continue
        named = [part for part in _PARTED.split(who) if part]
        agencies = [_desk_of(part) for part in named]
        known = any(agencies) or all(is_outlet(part) or is_distributor(part) for part in named)
        dated, shouted = bool(_DATED.search(place)), bool(_SHOUTED.match(place))
        if match["bare"] and not (agencies[0] and (shouted or dated)):
            continue
        dashed = match["who"] is None or match["dash"] is not None
        told = (shouted or dated) if dashed else (shouted and dated)
        placed = dashed or dated or not place or ("," in place or len(place.split()) <= 3)
        same_line = text[match.end() : match.end() + 40].partition("\n")[0].strip(" \xa0-–—:.")
        if same_line and (told or (known and placed)):
            span = Span(match.start(), match.end())
            for part, name in zip(named, agencies, strict=True):
                if name or part[:1].isupper():
                    yield ProvenanceLine(name or part, span, release=is_distributor(part))


def _desk_of(part: str) -> str | None:
    """Return the agency of a name or of the name of one of its desks: ``Reuters Health``."""
    head, _, desk = part.rpartition(" ")
    return agency(part) or (agency(head) if desk.istitle() else None)


class _Named(NamedTuple):
    """An agency or an outlet, and where in a note it is."""

    start: int
    end: int
    name: str


def _noted(said: str, span: Span, *, alone: bool) -> Iterator[ProvenanceLine]:
    """Yield whose material a note says was used, whose copyright it tells, and where it says it is from.

    ``alone`` tells that it is a line at the end of the text.
    """
    if _REUTERS_DESK.search(said):  # the words with which Reuters ends each of its texts
        yield ProvenanceLine("Reuters", span)
    for match in _REPUBLISHED.finditer(said):
        name = agency(match["who"]) or match["who"]
        if is_outlet(name):
            yield ProvenanceLine(name, span)
    if _PICTURE.search(said):
        return
    owned = _COPYRIGHT.match(said)
    if owned is not None:
        if owned["word"] or owned["year"] or alone:
            owners = [one for one in _named_in(said, outlets=True) if one.start <= owned.end()]
            yield from (ProvenanceLine(one.name, span) for one in owners[:1])
        return
    bare = _ADDRESS.sub("", said)
    plain = {word.casefold() for word in _WORD.findall(bare)}
    partly = plain & words("provenance.txt", "partly")
    if (partly or plain & words("provenance.txt", "cues")) and not _tells(bare):
        named = list(_named_in(bare, outlets=True))
        whole = not partly or bool(plain & words("provenance.txt", "jobs"))
        yield from (ProvenanceLine(one.name, span, whole) for one in named)


def _signed(said: str, span: Span, *, at_the_head: bool) -> Iterator[ProvenanceLine]:
    """Yield whose a text is by a byline or a signature: agencies, people before them, dates and initials.

    Where people wrote with an agency, only material is the agency's.
    """
    if len(said) > _LONGEST_BYLINE or _PICTURE.search(said) or _tells(said):
        return
    named = _named_in(said, outlets=False)
    if not named:
        return
    before, after = said[: named[0].start], said[named[-1].end :]
    if _has_names(before) and not _BY.match(said) and not (at_the_head and _PARTS.search(before)):
        return
    desk = _WORD.findall(re.split("[,|/]", after)[0])
    if _has_names(" ".join(desk)) and desk[-1].casefold() not in words("provenance.txt", "jobs"):
        return
    beside = " ".join(said[one.end : other.start] for one, other in pairwise((_Named(0, 0, ""), *named)))
    mixed = _has_names(beside) and _TOGETHER.search(beside)
    yield from (ProvenanceLine(one.name, span, not (mixed or _WITH.match(said))) for one in named)


_BY = re.compile(r"\W*(?:by|from|sources?)\b", re.IGNORECASE)
_WITH = re.compile(r"\W*with\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:and|with)\b|&", re.IGNORECASE)
_PARTS = re.compile(r"(?:[,|/–—-]|\b(?:of|for))\s*(?:[Tt]he )?$")


def _has_names(said: str) -> bool:
    """Tell whether there are words with a capital that are neither initials nor words of notes."""
    return any(
        word[0].isupper() and len(word) > _LONGEST_INITIALS and word.casefold() not in _plain()
        for word in _WORD.findall(said)
    )


def _tells(said: str) -> bool:
    """Tell whether there are other words in small letters than those that notes are made of."""
    return any(
        word[0].islower() and word not in _plain() and len(word) > _LONGEST_INITIALS and not agency(word)
        for word in _WORD.findall(said)
    )


_LONGEST_INITIALS = 3


def _named_in(said: str, *, outlets: bool) -> list[_Named]:
    """Return the agencies that a note names, and the outlets too where they are asked for."""
    found: list[_Named] = []
    tokens = list(re.finditer(r"[^\s,;:|()\[\]/=©™]+", said))
    at = 0
    while at < len(tokens):
        for count in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
            start, end = tokens[at].start(), tokens[at + count - 1].end()
            said_here = said[start:end].strip("-—–")
            name = agency(said_here) or (agency(said_here.upper()) if found and not outlets else None)
            if name is not None:
                found.append(_Named(start, end, name))
                at += count - 1
                break
        at += 1
    for run in re.finditer(rf"(?:[Tt]he )?{NAME}", said) if outlets else ():
        start = run.start()
        for part in re.split(r"( and | of | for )", run.group()):
            end = start + len(part)
            if (
                is_outlet(part)
                and part.casefold() not in _plain()
                and not any(one.start < end and start < one.end for one in found)
            ):
                found.append(_Named(start, end, re.sub("^[Tt]he ", "", part)))
            start = end
    return sorted(found)


@cache
def _plain() -> frozenset[str]:
    """Return all words that notes are made of beside names."""
    return frozenset().union(
        *(words("provenance.txt", each) for each in ("cues", "partly", "jobs", "others"))
    )


@cache
def _cues() -> tuple[str, ...]:
    """Return what a line has in it that may be a note."""
    found = words("provenance.txt", "cues") | words("provenance.txt", "partly")
    return ("©", "(c)", "copyright", *sorted(found))


def _release(source: Source, lines: Sequence[Span]) -> Iterator[ProvenanceLine]:
    """Yield the body that issued a press release, told by its distributor, its head or its last line.

    A publisher that is no outlet and with whose name its own text begins tells of itself.
    """
    text, body = source.text, source.publisher
    first = next((line for line in lines if line.end - line.start >= _PARAGRAPH), None)
    if body and first and not is_outlet(body):
        begins = re.compile(rf"(?:[^\n–—]{{0,70}} (?:-{{1,2}}|[–—]) )?{re.escape(body)}(?![\w-])")
        if begins.match(text, first.start, first.end):
            yield ProvenanceLine(body, first, release=True)
            return
    spread = any(line.release for line in _datelines(text[:3000]))
    published = source.publisher is not None and is_distributor(source.publisher)
    headed = any(_RELEASE_HEAD.match(text, line.start) for line in lines[:3])
    if not (spread or published or headed):
        return
    for line in lines[-_TAIL:]:
        issued = _ISSUED_BY.fullmatch(text[line.start : line.end].strip())
        if issued is not None:
            yield ProvenanceLine(issued["who"].rstrip(" ."), line, release=True)
            return
    for line in lines[:8]:
        dateline = _DATELINE.match(text, line.start)
        start = dateline.end() if dateline is not None else line.start
        said = text[start : line.end].lstrip(" -–—:")
        if len(said) >= _PARAGRAPH or said.endswith("."):
            announced = _ANNOUNCES.match(said)
            if announced is not None:
                yield ProvenanceLine(announced["who"], line, release=True)
                return
