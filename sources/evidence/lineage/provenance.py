"""Provenance lines: the agency, outlet or body that a text itself says it is from.

"LIMA, March 14 (Reuters) - ", "By Ida Brook, Associated Press", "Copyright 2031 The Associated Press",
"(With inputs from PTI)", "(Reporting by …; Editing by …)", "/PRNewswire/ --". They are read by where they
are: at the head of a line, at the head or the end of the text, in a sentence that says what was used; and in
muted zones too, for that is where most of them are. Credits of pictures are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.clause_words import NAME
from sources.evidence.outlet_names import agency, is_distributor, is_outlet
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


_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATED = re.compile(rf"\b(?:{_MONTHS})[a-z]*\.? \d{{1,2}}\b|\b\d{{1,2}} (?:{_MONTHS})", re.IGNORECASE)
_SHOUTED = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’./-]{2,}")
_PLACE = re.compile(
    r"(?:(?:[^\W\d_a-z][\w.'’/-]*|\d{1,4}(?:st|nd|rd|th)?"
    r"|de|del|la|el|al|of|on|and|the|near|aboard|in)[ ,.;:/|-]*)*"
)
_DATELINE = re.compile(
    r"^[ \t>*_]*(?P<place>[^\n()]{0,70}?)[ ,.]*(?:\((?P<who>[^()\n]{2,48})\)|/(?P<slashed>[^/\n]{2,30})/\.?)"
    r"(?P<dash>[ \xa0]*(?:-{1,2}|[–—―:]))?",
    re.MULTILINE,
)
_PICTURE = re.compile(
    r"\b(?:photo(?:graph)?|image|picture|video|pool|via|courtesy|getty|illustration|graphic|handout|map)s?\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*(?:[,/|;&+•·]|\s[–—-]\s|--|\band\b|\bvia\b|\bfor\b|\bof\b|\bwith\b)\s*")
_BYLINE = re.compile(
    r"(?:(?:[Ss]tory |[Tt]ext |[Ww]ritten |[Pp]ublished )?[Bb]y|BY|[Ff]rom|\(?[Ss]ources?:|SOURCES?:)"
    r":?\s+(?P<who>\S.{1,120})"
)
_DESK = re.compile(
    r"^(?P<who>.{2,40}?) (?:[A-Z][a-z]+ )?(?:Staff )?(?:Writers?|Staff|Correspondents?|Reporters?)$"
)
_JOB = re.compile(r"\b(?:[Ww]riters?|[Jj]ournalists?|[Rr]eporters?|[Cc]orrespondents?|[Ss]taff)\b")
_USED = re.compile(
    r"(?:^|(?<=[.!?)\]] ))[^\n]{0,400}?"
    r"\b(?:contributed (?:reporting|material|information|to (?:this|the|our))"
    r"|(?:was|were) (?:also )?used in (?:this|the|compiling|preparing))\b"
)
_TAKEN = re.compile(
    r"\b(?:[Ww]ith|[Ii]ncludes?|[Uu]sing|[Aa]dditional|[Ff]urther)?[ ]?"
    r"(?:[Ii]nputs?|[Ff]iles|[Rr]eporting|[Mm]aterial|[Ii]nformation|[Cc]ontent|[Dd]ata|[Tt]ext|[Cc]opy|[Rr]eports)"
    r" (?:from|by|supplied by|provided by):? (?P<who>(?:the )?[^\W\d_a-z][^\n.;()]{1,100})"
)
_WITH = re.compile(r"^\W*[Ww]ith (?P<who>[^\n.;()]{2,60}?)(?: inputs?| reports?)?\W*$")
_REUTERS_DESK = re.compile(
    r"\b[Rr]eporting by [^\n;]{3,240}; ?(?:[^\n;]{3,160}; ?){0,2}(?:[Ww]riting|[Ee]diting) by [A-Z]"
)
_COPYRIGHT = re.compile(
    r"(?:(?P<word>[Cc]opyright|COPYRIGHT)|©|\([Cc]\))[ ©(c)]*,?[ ]?"
    r"(?P<year>(?:19|20)\d\d(?:[-–]\d{2,4})?)?,?(?: by)? "
    rf"(?P<who>(?:[Tt]he )?{NAME})"
)
_REPUBLISHED = re.compile(
    r"\b(?:(?:originally|first) (?:appeared|published|ran)"
    r"|(?:re-?published|reprinted|syndicated|distributed)(?: here)?(?: with (?:the )?permission)?)"
    rf"(?: on [^,.\n]{{3,40}},)? (?:in|on|by|at|from|of) (?P<who>(?:the )?{NAME})"
)
_SIGNED = re.compile(r"(?:(?:—|–|--?)\s?|[(\[])(?P<who>[A-Z][^()\[\]\n—–]{1,40}?)[)\]]?\.?\s*$")
_DESK_SIGNS = re.compile(r"[a-z]{2,4}(?:[/,] ?[a-z]{2,4})* \(")  # "jm/dm (AFP, dpa)"
_INITIALS = re.compile(r"(?: [A-Z]{2,4})+$")
_RELEASE_HEAD = re.compile(
    r"(?:FOR IMMEDIATE RELEASE|(?:Press|News|Media) [Rr]elease|PRESS RELEASE|NEWS RELEASE)\b"
)
_ISSUED_BY = re.compile(r"(?:SOURCE|Source):? (?P<who>\S.{2,80})")
_ANNOUNCES = re.compile(
    rf"^\W*(?P<who>{NAME})(?:,? [^.\n]{{0,120}}?)? (?:today|this morning|has|is pleased to)?\s?"
    r"(?:announce[sd]?|report(?:s|ed)|launch(?:es|ed)|said|unveil(?:s|ed)|provides|publishes|published)\b"
)
_TRIGGERS = (
    "ontributed", "used in", "nput", "iles from", "eporting", "aterial", "nformation", "opyright",
    "COPYRIGHT", "©", "(c)", "(C)", "ublished", "ppeared", "eprinted", "yndicated", "istributed", "ontent",
    "With ", "with ", "eports",
)  # fmt: skip
_HEAD, _TAIL = 6, 4  # lines in which the name of an agency by itself says whose the text is
_LONGEST_LINE = 200  # characters of a line that is nothing else
_LONGEST_NOTE = 600  # characters of a line in which a sentence on what was used is looked for
_PARAGRAPH = 80  # characters from which a line can be the text's own last


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
        yield from (ProvenanceLine(name, Span(0, 0)) for name in _agencies_in(source.author))
    yield from _datelines(text)
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]*\S", text)]
    pictured = [Span(zone.start, zone.end) for zone in source.zones if zone.kind is ZoneKind.CAPTION]
    for number, line in enumerate(lines):
        if any(line.overlaps(one) for one in pictured):
            continue
        said = text[line.start : line.end]
        if len(said) <= _LONGEST_LINE:
            yield from _alone(text, lines, number)
        if len(said) <= _LONGEST_NOTE and any(trigger in said for trigger in _TRIGGERS):
            yield from _noted(said, line.start)
    if lines:
        yield from _release(source, lines)


def _datelines(text: str) -> Iterator[ProvenanceLine]:
    for match in _DATELINE.finditer(text):
        who, place = match["who"] or match["slashed"], match["place"].strip()
        if _PICTURE.search(who) or not _PLACE.fullmatch(place) or not text[match.end() :][:40].strip():
            continue
        named = [part for part in _PARTED.split(who) if part]
        known = all(agency(part) or is_outlet(part) or is_distributor(part) for part in named)
        dated, shouted = bool(_DATED.search(place)), bool(_SHOUTED.match(place))
        dashed = match["dash"] is not None or match["slashed"] is not None
        told = (shouted or dated) if dashed else (shouted and dated)
        placed = dashed or dated or not place or ("," in place or len(place.split()) <= 3)
        same_line = text[match.end() : match.end() + 40].partition("\n")[0].strip(" \xa0-–—:.")
        if (
            same_line
            and (told or (known and placed))
            and all(part[:1].isupper() or agency(part) for part in named)
        ):
            span = Span(match.start(), match.end())
            for part in named:
                yield ProvenanceLine(agency(part) or part, span, release=is_distributor(part))


def _alone(text: str, lines: Sequence[Span], number: int) -> Iterator[ProvenanceLine]:
    """Yield whose a text is by a line that is nothing but a byline or a signature."""
    line = lines[number]
    said = text[line.start : line.end].strip(" \t*_|")
    at_the_end = len(lines) - number <= _TAIL and number > 0
    at_the_head = number < _HEAD
    byline = _BYLINE.fullmatch(said)
    if byline is not None and (at_the_head or at_the_end) and not _PICTURE.search(said):
        yield from _by(byline["who"], line)
        return
    desk = _DESK.match(said)
    if desk is not None and agency(desk["who"]):
        yield ProvenanceLine(agency(desk["who"]) or "", line)
        return
    if at_the_head or at_the_end:
        bare = _INITIALS.sub("", said).strip(" ()[]—–-.")
        before = text[lines[number - 1].start : lines[number - 1].end].rstrip() if number else ""
        captioned = at_the_head and not at_the_end and before.endswith((".", ")", "”"))
        if not captioned and bare and not _PICTURE.search(said):
            pieces = [part for part in _PARTED.split(bare) if part]
            agencies = [agency(part) for part in pieces]
            if any(agencies):  # "Reuters - Ap - Afp"
                agencies = [agency(part) or agency(part.upper()) for part in pieces]
            person_first = len(pieces) > 1 and len(pieces[0].split()) > 1 and pieces[0][:1].isupper()
            if agencies and (
                all(agencies) or (at_the_head and person_first and any(agencies) and len(said) < 80)
            ):
                for name in filter(None, agencies):
                    yield ProvenanceLine(name, line)
                return
    long = line.end - line.start >= _PARAGRAPH or _DESK_SIGNS.match(said) is not None
    if len(lines) - number <= _TAIL and long:
        signed = _SIGNED.search(said)
        if signed is not None and "©" not in said and not _PICTURE.search(signed["who"]):
            pieces = [part for part in _PARTED.split(signed["who"]) if part]
            if pieces and all(agency(part) for part in pieces):
                yield from (ProvenanceLine(agency(part) or part, line) for part in pieces)


def _by(who: str, line: Span) -> Iterator[ProvenanceLine]:
    """Yield the agencies of a byline; where others wrote with them, only material is theirs."""
    mixed = re.search(r"(?:^|\s)(?:and|with|&)\s", who) is not None
    pieces = [part for part in _PARTED.split(who.strip("() .")) if part]
    known = [agency(part) or _desk_of(part) for part in pieces]
    whole = not mixed or all(known)
    yield from (ProvenanceLine(name, line, whole) for name in known if name)


def _desk_of(piece: str) -> str | None:
    desk = _DESK.match(piece)
    return agency(desk["who"]) if desk is not None else None


def _agencies_in(phrase: str) -> Iterator[str]:
    for part in _PARTED.split(phrase):
        name = agency(part) or _desk_of(part)
        if name:
            yield name


_CAPITALISED = re.compile(r"(?:[Tt]he )?" + NAME)


def _named_in(phrase: str) -> Iterator[str]:
    """Yield the agencies and outlets that a phrase names, in whatever words it stands around them."""
    for match in _CAPITALISED.finditer(phrase):
        words = match.group().split()
        pieces = [
            *_PARTED.split(match.group()),
            *(" ".join(words[:count]) for count in range(len(words), 0, -1)),
        ]
        for piece in pieces:
            name = agency(piece) or (piece if piece and is_outlet(piece) else None)
            if name:
                yield name
                break


def _noted(said: str, offset: int) -> Iterator[ProvenanceLine]:
    """Yield whose material a line says was used, whose copyright it tells, and where it says it is from."""
    if _PICTURE.search(said) is None:
        for match in _USED.finditer(said):
            whole = _JOB.search(match.group()) is not None  # its own people wrote it
            yield from (ProvenanceLine(name, _at(match, offset), whole) for name in _named_in(match.group()))
        for match in (*_TAKEN.finditer(said), *filter(None, [_WITH.match(said)])):
            if match.re is _TAKEN and not _is_a_note(said, match):
                continue
            for name in _named_in(match["who"]):
                yield ProvenanceLine(name, _at(match, offset), whole=False)
    if _REUTERS_DESK.search(said):  # the words with which Reuters ends each of its texts
        yield ProvenanceLine("Reuters", Span(offset, offset + len(said)))
    for match in _COPYRIGHT.finditer(said):
        begins = not said[: match.start()].strip(" \t(*_") or said[: match.start()].rstrip().endswith(
            (".", "|")
        )
        if begins and (match["word"] or match["year"]):
            name = match["who"].removeprefix("The ").removeprefix("the ").rstrip(".")
            if agency(name) or is_outlet(name):
                yield ProvenanceLine(agency(name) or name, _at(match, offset))
    for match in _REPUBLISHED.finditer(said):
        name = agency(match["who"]) or match["who"]
        if is_outlet(name) or agency(name):
            yield ProvenanceLine(name, _at(match, offset))


def _is_a_note(said: str, match: re.Match[str]) -> bool:
    """Tell whether a mention of material is all that a bracket, a line or a sentence of it says."""
    before = said[: match.start()].rstrip()
    after = said[match.end() :].strip(" .)]_*")
    return not before or (before[-1] in '([.!?”"|—–-' and (not after or after[:1].isupper()))


def _at(match: re.Match[str], offset: int) -> Span:
    return Span(offset + match.start(), offset + match.end())


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
