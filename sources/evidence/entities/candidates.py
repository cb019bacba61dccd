"""Runs of capitalised words: where a name may stand, before it is known whether one does.

The grammar: capitalised words next to each other, joined also by ``&``, by particles of personal names
(``de``, ``van``), and by ``of``, ``for``, ``on`` and ``and`` where the words around them make up the name of
an office. A possessive is no part of a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities.casing import LETTER, LOWER, UPPER, Line, Style
from sources.evidence.entities.joining import joined
from sources.evidence.entities.lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = f"{LETTER}0-9"
_MAKES_ADJECTIVE = (
    "based|led|owned|run|born|style|like|made|wide|area|free|era|only|list|type|level|first|fed|hit|bred"
)
_PREFIXES = words("name-words.txt", "prefix")
_NAME_WORD = rf"""
    (?<![{_W}_@\#\\$€£¥])
    (?: [{UPPER}](?:\.[{UPPER}])+\.?(?![{_W}])                       # U.S., J.P.
      | (?:(?:al|el|ad|ul|as)-|[dl]['’])?[{UPPER}][{_W}]*            # Wang, al-Assad, d'Alembert
        (?:['’](?!s(?![{_W}]))[{_W}]+)*                              # O'Brien
        (?:(?:[-‑]|&)[{UPPER}0-9][{_W}]*                             # GPT-4, AT&T
          |-(?:upon|on|de|le|la|sur|in|der|the|and|of|al)-[{UPPER}][{_W}]*)*
        (?:(?<=[{LOWER}])-(?!(?:{_MAKES_ADJECTIVE})\b)[{LOWER}]{{2,5}}(?=[ ][{UPPER}]))?  # Hyun-woo
      | [a-z]{{1,3}}[{UPPER}][{_W}]+                                 # xAI, iPhone
      | [0-9]{{1,3}}[{UPPER}]{{2,}}[{_W}]*                           # 6PR
    )
    (?:(?<=[0-9])\.[0-9]+(?![0-9])|\+(?![{_W}+])                    # GPT-4.5, Disney+
      |\.(?:com|org|net|io|ai|tv|fm)(?![{_W}/-]))?                   # Booking.com
    (?![{_W}]*[$€£¥])                                                # US$
"""
_TOKEN = re.compile(_NAME_WORD, re.VERBOSE)
_TOKEN_OR_ADDRESS = re.compile(
    rf"(?P<address>(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]+\.[\w.]+)|{_NAME_WORD}",
    re.VERBOSE,
)
_NUMBER_TAIL = re.compile(
    rf"[ \u00a0]([0-9]{{1,3}}(?:\.[0-9]{{1,2}})?[a-z]?)(?![{_W}%:-]|,(?! [{LOWER}])|\.[0-9]|[ \u00a0-]"
    r"(?:million|billion|trillion|bn|mn|m|k|per|percent|percentage|points?|goals?|runs?|wins?|years?|months?|weeks?"
    r"|days?|hours?|minutes?|seconds?|times|people|men|women|miles|metres|meters|km|kg|feet|pages|others|to|and|or"
    r"|AM|PM|a\.m|p\.m|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_YEAR_TAIL = re.compile(r" ((?:19|20)[0-9]{2})(?![\w,%-])")
_ORDINAL_BEFORE = re.compile(r"(?<![\w.,-])[0-9]{1,3}(?:st|nd|rd|th) $")
_LEGAL_TAIL = re.compile(r"[ \u00a0](plc|gmbh|spa)\b")
_CONTRACTION = re.compile(r"['’](?:t|re|ll|ve|m|d|s)$")

_ABBREVIATIONS = words("titles.txt", "honorifics") | frozenset(
    [
        "Jr",
        "Sr",
        "St",
        "Mt",
        "Ft",
        "Inc",
        "Corp",
        "Ltd",
        "Co",
        "Cos",
        "Bros",
        "No",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "vs",
        "Vs",
        "v",
        "Messrs",
        "Ave",
        "Rd",
        "Dept",
        "Univ",
        "Assn",
        "Gen",
        "Pvt",
        "Cpl",
        "etc",
        "approx",
        "Op",
        "Vol",
        "pp",
        "Ph",
        "Blvd",
    ]
)
_KEEP_STOP = words("titles.txt", "honorifics") | frozenset(
    {"Jr", "Sr", "Inc", "Corp", "Ltd", "Co", "Cos", "Bros", "St", "Mt", "Ft", "Dept", "Ave", "Rd", "Blvd"}
)
_LONGEST_RUN = 12  # words; longer rows of capitals are no name
_LONGEST_WORD = 60  # characters
_OPENERS = "\"'“‘«„‚‹([{*_>•·–—"
_QUOTES = "\"“‘«„'"
_ENDS = ".!?:;…|"


class Word(NamedTuple):
    """A capitalised word: its place, its text, and whether it had to have its capital."""

    start: int
    end: int
    text: str
    initial: bool


class Run(NamedTuple):
    """Capitalised words that stand together; ``quoted`` when they are all that a pair of marks holds."""

    line: Line
    words: tuple[Word, ...]
    quoted: bool


def words_in(text: str, line: Line) -> Iterator[Word]:
    """Yield the capitalised words of a line in order."""
    # Looking for addresses everywhere would take as long as everything else here.
    addressed = any(text.find(mark, line.start, line.end) >= 0 for mark in ("@", "://", "www."))
    pattern = _TOKEN_OR_ADDRESS if addressed else _TOKEN
    for match in pattern.finditer(text, line.start, line.end):
        if match.lastgroup is not None or match.end() - match.start() > _LONGEST_WORD:
            continue
        start, end = match.span()
        written = match.group()
        if "'" in written or "’" in written:
            contraction = _CONTRACTION.search(written)
            if contraction is not None:
                written = written[: contraction.start()]
                end = start + len(written)
        if "-" in written:
            first, _, rest = written.partition("-")
            if first in _PREFIXES and rest.islower():
                written, end = first, start + len(first)
        if end < line.end and text[end] == "." and (written in _KEEP_STOP or _is_initial(written)):
            end, written = end + 1, written + "."
        yield Word(start, end, written, _starts_sentence(text, start, line.start))


def _is_initial(written: str) -> bool:
    return len(written) == 1 and written.isupper() and written != "I"


def _starts_sentence(text: str, start: int, line_start: int) -> bool:
    """Tell whether a word at ``start`` would have a capital whatever it is."""
    if start - line_start < 2:
        return True
    before = text[start - 1]
    if before == " ":
        before = text[start - 2]
        if before.isalnum() or before == ",":
            return False
    elif before in "-‑/'’&" or before.isdigit():
        return False
    head = text[max(line_start, start - 24) : start].rstrip(" \t\u00a0")
    bare = head.rstrip(_OPENERS + " ")
    if not bare:
        return True
    if head and head[-1] in _QUOTES and len(bare) < len(head):
        return True
    if bare[-1] not in _ENDS:
        return bare[-1] in '"”’»)' and bare[-2:-1] in (".", "!", "?")
    if bare[-1] != ".":
        return True
    last = re.split(r"[^\w.]", bare[:-1])[-1]
    return not (last in _ABBREVIATIONS or _is_initial(last) or re.fullmatch(r"(?:\w\.)+\w", last) is not None)


def runs_in(text: str, line: Line) -> Iterator[Run]:
    """Yield the runs of a plain line: words that may make up one name, longest first choice."""
    found = list(words_in(text, line))
    first = 0
    for position in range(1, len(found) + 1):
        if position < len(found) and position - first < _LONGEST_RUN and joined(text, found, first, position):
            continue
        run = tuple(found[first:position])
        yield _finish(text, line, run)
        first = position


def _finish(text: str, line: Line, run: tuple[Word, ...]) -> Run:
    """Add the number that goes with a name, and see whether it stands in quotation marks."""
    last = run[-1]
    start, end = run[0].start, last.end
    legal = _LEGAL_TAIL.match(text, end, line.end)
    if legal is not None:
        run = (*run, Word(legal.start(1), legal.end(1), legal.group(1), initial=False))
        end = legal.end(1)
    elif last.text in words("name-words.txt", "with-a-year") and (
        year := _YEAR_TAIL.match(text, end, line.end)
    ):
        run = (*run, Word(year.start(1), year.end(1), year.group(1), initial=False))
        end = year.end(1)
    elif not last.text.endswith("."):
        tail = _NUMBER_TAIL.match(text, end, line.end)
        if tail is not None and not (line.cited and text[tail.end() : tail.end() + 2] in (".", ". ", ".\n")):
            run = (*run, Word(tail.start(1), tail.end(1), tail.group(1), initial=False))
            end = tail.end(1)
    if last.text in words("name-words.txt", "ordinal") or run[0].text == "Battle":
        ordinal = _ORDINAL_BEFORE.search(text, max(line.start, start - 6), start)
        if ordinal is not None:
            run = (Word(ordinal.start(), ordinal.end() - 1, ordinal.group()[:-1], initial=False), *run)
            start = ordinal.start()
    opened = start > line.start and text[start - 1] in _QUOTES
    closing = text[end : end + 2]
    closed = closing[:1] in ('"', "”", "’", "»", "'") or closing in (',"', ",”", ",’", '."', ".”")
    return Run(line, run, quoted=opened and closed and line.style is not Style.UNCASED)


__all__ = ["LOWER", "Run", "Word", "runs_in", "words_in"]
