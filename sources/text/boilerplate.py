"""Boilerplate: what belongs to the page and not to the article: teasers, credits, consent lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Zone, ZoneKind
from sources.text.sentences import split_sentences
from sources.text.words import read_word_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTS = {
    name: lines.splitlines() for name, lines in read_word_lists("sources.text", "boilerplate.txt").items()
}
_SECTION = re.compile(r"<([a-z-]+)>")


def _any(section: str) -> str:
    """Return a pattern for any alternative of a section of the word list."""
    alternatives = "|".join(_LISTS[section])
    return f"(?:{_SECTION.sub(lambda name: _any(name[1]), alternatives)})"


def _trigger_words(section: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in _LISTS[section])


_PICTURE_AGENCIES = _any("picture-agencies")
_CREDIT_MARKER = _any("credit-markers")
_SHOUTED_MARKER = _any("shouted-markers")
_TEASER_MARKER = _any("teaser-markers")
_SECTION_LABEL = re.compile(rf"\b{_any('section-labels')}\s?:", re.IGNORECASE)
_SENTENCE_OPENERS = rf"{_any('sentence-openers')}\b"
_CONNECTING_WORDS = frozenset(_LISTS["connecting-words"])
_PAGE_SENTENCES = re.compile(_any("page-sentences"))
_CONTROL = _any("controls")
_BOILERPLATE_LINE = re.compile(rf"(?>{_CONTROL})(?>(?:[\s|·•,/&]++(?>{_CONTROL}))*)\s*[:>»→]?", re.IGNORECASE)

# Prices of shares, glued as a widget's text is when a page is read by a program, and how the widget ends.
_QUOTE_ITEM = re.compile(
    r"[A-Z]{1,5}(?:[A-Z][\w.&'’-]{1,30}(?: [\w.,&'’()-]{1,30}){0,5})?"
    r"[$€£]\d[\d,]{0,10}\.\d\d[+\-−]\d{1,4}\.\d{1,2}%"
)
_QUOTE_END = re.compile(
    r"[^.!?\n]{0,80}\b(?:[Dd]ata|[Qq]uotes|[Pp]rices) (?:is |are )?"
    r"(?:brought to you by|provided by|delayed by|delayed|from|via|by)\b[^.!?\n]{0,60}$"
)


_LONGEST_CONTROL = 80
_LONGEST_CREDIT = 120
_LONGEST_TEASER = 220
_LONGEST_PAGE_SENTENCE = 500
_WIDEST_QUOTE_GAP = 320

# A rule is tried only where one of its words is: looking for words is far cheaper than the rules are.
_RULES = (
    ("(", "[", "Related"),
    *map(_trigger_words, ("teaser-triggers", "credit-triggers", "page-triggers")),
)
_PRICED = re.compile(r"[$€£]\d[\d,]{0,10}\.\d\d[+\-−]\d")

_SEAM = r"(?:^|(?<=[.!?…]\s)|(?<=[.!?…][\"”’)\]]\s)|(?<=\]\s))"
_TEASER = re.compile(
    rf"(?:{_SEAM}{_TEASER_MARKER}\s?[:–—]|\b{_SHOUTED_MARKER}\s?[:–—])\s*(?=[\"“‘'A-Z0-9$€£])"
)
_PAGE_SENTENCE = re.compile(rf"{_SEAM}{_PAGE_SENTENCES.pattern}")
_BRACKETED = re.compile(
    r"[(\[](?:Also |See |Must )?"
    r"(?:[Rr]ead|READ|Related|RELATED|See also|SEE ALSO|Watch|WATCH|Photo|PHOTO|Image|Picture|"
    r"File photo|Credit)(?: more| also| MORE| ALSO| via| by| credit)?\s?:?\s[^()\[\]\n]{3,200}[)\]]"
)
_WIDGET = re.compile(
    rf"{_SEAM}Related(?=\s[A-Z0-9\"“])[^\n]{{12,220}}?\sPosts?(?:\s\d{{1,3}})?(?=\s[A-Z\"“]|\s*$)"
)
_CREDIT = re.compile(rf"(?<![\w-]){_CREDIT_MARKER}\s*")
_AGENCIES = re.compile(rf"{_PICTURE_AGENCIES}(?:(?:\s?[/|,]\s?|\svia\s){_PICTURE_AGENCIES})*(?![\w'’-])")
_NAME_WORD = re.compile(r"([A-Z@][\w'’.&-]*|&)(?:\s?[/|]\s?|\s+|$)")
_BEGINS_SENTENCE = re.compile(rf"(?:{_SENTENCE_OPENERS}|\w+\s?:|{_SHOUTED_MARKER})")
_SPEECH = re.compile(r"(?:said|says|told|wrote|writes|reported|reports|added|adds)\b")
_LONGEST_NAME = 4
_WHOLE_CREDIT = re.compile(
    rf"(?:\(?{_CREDIT_MARKER}\s*\S.*|(?:[\w.'’-]+ ){{0,4}}[\w.'’-]*\s?[/|]\s?{_PICTURE_AGENCIES}|"
    rf"{_PICTURE_AGENCIES}(?:\s?[/|,]\s?.{{2,50}})?|©.{{2,80}})[)\]]?\.?"
)
_SPOKEN = re.compile(
    r"[a-z0-9)] [A-Z][\w'’.]*(?: [A-Z][\w'’.]*)* (?:said|says|told|has|had|is|was|were|will|would|declined)\b"
)
# What a line that is a picture's caption begins or ends with; an agency alone in brackets may sign a text.
_CAPTION_BEGINS = re.compile(
    r"(?:FILE(?: PHOTO| PICTURE)?\s?[-–—:.]|File (?:photo|picture|image)\b|(?:Image|Media|Photo) caption\b"
    r"|Caption \d+\b|(?:Image|Photo|Picture|Media) copyright\b"
    rf"|[A-Z][\w ]{{1,20}}:{_PICTURE_AGENCIES}\s+(?=[A-Z]))"
)
_CAPTION_ENDS = re.compile(
    rf"[\w.!?”\"’)]\s*\((?:[^()]{{0,60}}?(?:[/|]|\bvia\s|:\s?)\s?{_PICTURE_AGENCIES}[^()]{{0,30}}"
    rf"|{_PICTURE_AGENCIES}\s?/[^()]{{1,40}}"
    r"|(?:[^()]{0,40} )?(?:Photo|photo|Getty|Images|Courtesy|courtesy|Handout|Pool)\b[^()]{0,60})\)"
    r"(?:\s?\([^()]{2,40}\))?\.?$"
    r"|\S(?<!opyright)(?<!OPYRIGHT)\s?©\s?[^\n©]{2,60}$"
)
_LONGEST_CAPTION = 600
_STOP = re.compile(r"[.!?…][\"”’)\]]*(?=\s|$)")

_NEXT_TEASER = re.compile(rf"\s*{_TEASER_MARKER}\s?[:–—]\s*(?=[\"“‘'A-Z0-9$€£])")
_TEASER_BOUND = re.compile(
    rf"(?<=\s)(?:{_TEASER_MARKER}\s?[:–—]|{_CREDIT_MARKER}\s|Disclaimer\s?:|Disclosure\s?:)"
)
_OPENER = re.compile(rf"(?<=[\w'’”\"?!)%])\s+(?={_SENTENCE_OPENERS}\s)")

_VISIBLE = re.compile(r"\S")


class _Quotation:
    """Where a line stands inside quotation marks: there, words are somebody's and never boilerplate."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._marks: tuple[list[int], list[int], list[int]] | None = None

    def at(self, place: int) -> bool:
        """Tell whether ``place`` is inside."""
        if self._marks is None:
            straight, opening, closing = (
                [match.start() for match in re.finditer(mark, self._line)] for mark in ('"', "“", "”")
            )
            self._marks = (straight, opening, closing)
        straight, opening, closing = self._marks
        return bisect_left(straight, place) % 2 == 1 or bisect_left(opening, place) > bisect_left(
            closing, place
        )


def is_boilerplate_line(line: str) -> bool:
    """Tell whether a whole line is a control or a rubric of the page, such as a share button."""
    stripped = line.strip()
    return 0 < len(stripped) <= _LONGEST_CONTROL and _is_control(stripped)


@lru_cache(maxsize=4096)
def _is_control(line: str) -> bool:
    return _BOILERPLATE_LINE.fullmatch(line) is not None


def is_credit_line(line: str) -> bool:
    """Tell whether a whole line only says where a picture is from."""
    stripped = line.strip()
    return 0 < len(stripped) <= _LONGEST_CREDIT and _WHOLE_CREDIT.fullmatch(stripped) is not None


def is_caption_line(line: str) -> bool:
    """Tell whether a whole line is a picture's caption, by how it begins or by the credit that ends it."""
    if not 0 < len(line) <= _LONGEST_CAPTION or not any(sign in line for sign in _CAPTION_SIGNS):
        return False
    stripped = line.strip()
    return bool(_CAPTION_BEGINS.match(stripped) or _CAPTION_ENDS.search(stripped))


_CAPTION_SIGNS = (")", "©", "FILE", "aption", "copyright", "File ", ":")


def muted_stretches(text: str, start: int = 0, end: int | None = None) -> list[Zone]:
    """Return the boilerplate inside ``text[start:end]`` as boilerplate and credit zones, in order, apart."""
    found: list[Zone] = []
    stop = len(text) if end is None else end
    triggers = _Triggers.anywhere(text[start:stop])
    at = start
    while at < stop:
        feed = text.find("\n", at, stop)
        line_end = stop if feed < 0 else feed
        found.extend(_muted_in_line(text[at:line_end], at, triggers))
        at = line_end + 1
    return found


class _Triggers(NamedTuple):
    """Those of the words by which boilerplate is known that a text has at all; most texts have few.

    ``priced`` tells whether there may be share prices.
    """

    bracketed: tuple[str, ...]
    teaser: tuple[str, ...]
    credit: tuple[str, ...]
    page: tuple[str, ...]
    priced: bool

    @classmethod
    def anywhere(cls, text: str) -> _Triggers:
        """Look for the words of each rule in a whole text."""
        likely = [*_ELSEWHERE]
        # A text has few capitals: going through them once is quicker than looking for each word.
        for run in set(_CAPITALS.findall(text)):
            for at in range(len(run) - 1):
                likely += _CAPITALISED.get(run[at : at + 2], ())
        there = {word for word in likely if word in text}
        bracketed, teaser, credit, page = (tuple([word for word in rule if word in there]) for rule in _RULES)
        return cls(bracketed, teaser, credit, page, any(sign in text for sign in "$€£"))


_CAPITALS = re.compile(r"[A-Z]++(?:[^A-Z]|\Z)")
_ELSEWHERE = tuple(word for rule in _RULES for word in rule if not "A" <= word[0] <= "Z")
_CAPITALISED: dict[str, list[str]] = {}  # by the first two characters
for _word in (word for rule in _RULES for word in rule if "A" <= word[0] <= "Z"):
    _CAPITALISED.setdefault(_word[:2], []).append(_word)


def _muted_in_line(line: str, offset: int, triggers: _Triggers) -> Iterator[Zone]:
    if len(line) <= _LONGEST_CREDIT:
        if is_boilerplate_line(line):
            yield Zone(ZoneKind.BOILERPLATE, offset, offset + len(line))
            return
        if is_credit_line(line):
            yield Zone(ZoneKind.CREDIT, offset, offset + len(line))
            return
    if is_caption_line(line):
        bracket = line.rfind("(")
        credited = _BRACKETED.match(line, bracket) if bracket > 0 else None
        end = bracket if credited is not None and _names_picture(credited[0]) else len(line)
        yield Zone(ZoneKind.CAPTION, offset, offset + end)
        if end < len(line):
            yield Zone(ZoneKind.CREDIT, offset + end, offset + len(line))
        return
    at = 0
    for zone in sorted(_found_in_line(line, triggers), key=lambda each: (each.start, -each.end)):
        if zone.start >= at:
            yield Zone(zone.kind, offset + zone.start, offset + zone.end)
            at = zone.end


def _found_in_line(line: str, triggers: _Triggers) -> list[Zone]:
    """Apply each rule whose words are in the line; what they find may overlap."""
    quotation = _Quotation(line)
    found = [*_quote_runs(line)] if triggers.priced and _PRICED.search(line) else []
    if _has(line, triggers.bracketed):
        found += _widgets(line, quotation)
    if _has(line, triggers.teaser):
        found += _teasers(line, quotation)
    if _has(line, triggers.credit):
        found += _credits(line, quotation)
    if _has(line, triggers.page) and (found or _PAGE_SENTENCE.search(line)):
        found += [*_page_sentences(line, found, quotation)]
    return found


def _has(line: str, some: tuple[str, ...]) -> bool:
    return any(word in line for word in some)


def _quote_runs(line: str) -> Iterator[Zone]:
    """Yield runs of share prices with all that a widget puts between and behind them."""
    start = stop = -1
    for item in _QUOTE_ITEM.finditer(line):
        if start >= 0 and item.start() - stop > _WIDEST_QUOTE_GAP:
            yield Zone(ZoneKind.BOILERPLATE, start, stop)
            start = -1
        start, stop = item.start() if start < 0 else start, item.end()
    if start >= 0:
        tail = _QUOTE_END.match(line, stop)
        yield Zone(ZoneKind.BOILERPLATE, start, tail.end() if tail else stop)


def _page_sentences(line: str, after: list[Zone], quotation: _Quotation) -> Iterator[Zone]:
    """Yield sentences about the page, which begin where sentences do or right behind other boilerplate."""
    seams = sorted(_next_word(line, zone.end) for zone in after)
    for start, end in split_sentences(line):
        inside = seams[bisect_right(seams, start) : bisect_right(seams, end - 1)]
        for place in (start, *inside):
            told = _PAGE_SENTENCES.match(line, place, end)
            if told and end - place <= _LONGEST_PAGE_SENTENCE and not quotation.at(place):
                item = _QUOTE_ITEM.search(line, told.end(), end)
                yield Zone(ZoneKind.BOILERPLATE, place, item.start() if item else end)
                break


def _next_word(line: str, place: int) -> int:
    visible = _VISIBLE.search(line, place)
    return visible.start() if visible else len(line)


def _widgets(line: str, quotation: _Quotation) -> Iterator[Zone]:
    widgets = _WIDGET.finditer(line) if "Related" in line else ()
    for match in (*widgets, *_BRACKETED.finditer(line)):
        if not quotation.at(match.start()):
            kind = ZoneKind.CREDIT if _names_picture(match[0]) else ZoneKind.BOILERPLATE
            yield Zone(kind, match.start(), match.end())


def _names_picture(text: str) -> bool:
    return text[1:].lower().startswith(("photo", "image", "picture", "file photo", "credit"))


def _teasers(line: str, quotation: _Quotation) -> Iterator[Zone]:
    at = 0
    while match := _teaser_at(line, at):
        end = _teaser_end(line, match.end())
        if not quotation.at(match.start()):
            yield Zone(ZoneKind.BOILERPLATE, match.start(), end)
        at = max(end, match.end())


def _teaser_at(line: str, at: int) -> re.Match[str] | None:
    """Find the next teaser; right after another one, its marker needs no seam of its own."""
    if at and (again := _NEXT_TEASER.match(line, at)):
        return again
    return _TEASER.search(line, at)


def _teaser_end(line: str, start: int) -> int:
    """Return where the headline that begins at ``start`` ends: ``start`` itself when nothing tells."""
    window = min(len(line), start + _LONGEST_TEASER)
    ends = [
        match.start()
        for match in (
            _TEASER_BOUND.search(line, start, window),
            _SECTION_LABEL.search(line, start, window),
        )
        if match
    ]
    ends += [*_prose_begins(line, start, window)][:1]
    stop = next(
        (match.end() for match in _STOP.finditer(line, start, window) if match.end() - start > 15), None
    )
    bound = min(ends, default=None)
    if bound is not None and (stop is None or bound <= stop):
        return bound
    if stop is None:
        stop = len(line) if len(line) <= window else None
    if stop is None or _SPOKEN.search(line, start, stop) or len(line[start:stop].split()) > 22:
        return start
    return stop


def _prose_begins(line: str, start: int, end: int) -> Iterator[int]:
    """Yield the places where an opening word follows a headline's last word and sentence case sets in."""
    for match in _OPENER.finditer(line, start, end):
        before = line[start : match.start()].split()
        if len(before) < 3 or before[-1].casefold() in _CONNECTING_WORDS:
            continue
        after = [word for word in line[match.end() : match.end() + 120].split()[1:9] if word[0].isalpha()]
        lower = [word[0].islower() for word in after]
        if any(lower[:3]) and len(after) >= 3 and sum(lower) * 2 >= len(after):
            yield match.end()


def _credits(line: str, quotation: _Quotation) -> Iterator[Zone]:
    for match in _CREDIT.finditer(line):
        end = _credit_end(line, match.end())
        if end is not None and not quotation.at(match.start()):
            yield Zone(ZoneKind.CREDIT, match.start(), end)


def _credit_end(line: str, start: int) -> int | None:
    """Return where the name in a credit inside a line ends; None when it may be prose after all."""
    if agency := _AGENCIES.match(line, start):
        return agency.end()
    ends: list[int] = []
    at = start
    while word := _NAME_WORD.match(line, at):
        if ends and (_BEGINS_SENTENCE.match(line, at) or line[at - 2] in ".!?"):
            return ends[-1] if len(ends) <= _LONGEST_NAME else None
        ends.append(word.end(1))
        at = word.end()
    following = line[at : at + 24]
    if not following.strip() or following[0] in "|()[]" or _BEGINS_SENTENCE.match(line, at):
        return ends[-1] if 1 <= len(ends) <= _LONGEST_NAME else None
    # What goes on in lower case began with the capitalised word before it.
    goes_on = following[0].islower() and not _SPEECH.match(following)
    return ends[-2] if goes_on and 2 <= len(ends) <= _LONGEST_NAME + 1 else None
