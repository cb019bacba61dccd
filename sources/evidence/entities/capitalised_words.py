"""Finds the capitalised words of a line, and tells which of them had to have their capital."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities.casing import LETTER, LOWER, UPPER
from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.entities.casing import StyledLine

_W = f"{LETTER}0-9"
_MAKES_ADJECTIVE = (
    "based|led|owned|run|born|style|like|made|wide|area|free|era|only|list|type|level|first|fed|hit|bred"
)
_ADJECTIVE_MAKERS = frozenset(_MAKES_ADJECTIVE.split("|"))
_PREFIXES = words("name-words.txt", "prefix")
_SMALL_HALF = re.compile(rf"-([{LOWER}]+)(?![{LETTER}0-9-])")
_LETTERED = re.compile(f"-[{LOWER}]{{2,}}")  # T-shirt
_LETTERED_NAME = re.compile(f"-[{LOWER}]{{2,}}(?= [{UPPER}])")  # "the Chandra X-ray Observatory"
_CAPITAL_BEFORE = re.compile(rf"(?<![{LETTER}0-9])[{UPPER}][{LETTER}]* $|(?:for|of|and) $")
# A syllable of Chinese or Korean as it is written in Latin letters.
_SYLLABLE = re.compile(
    r"(?:kk|tt|pp|ss|jj|sh|ch|zh|hs|ts|tz|wh|kh|ph|th|[bcdfghjklmnpqrstvwxyz])?[yw]?[aeiouü]{1,3}"
    r"(?:ng|hn|rh|[nmkgtplbhrwy])?"
)
_NAME_WORD = rf"""
    (?<![{_W}_@\#\\$€£¥])
    (?: [{UPPER}](?:\.[{UPPER}])+\.?(?![{_W}])                       # U.S., J.P.
      | (?:(?:al|el|ad|ul|as)-|[dl]['’])?[{UPPER}][{_W}]*            # Wang, al-Assad, d'Alembert
        (?:['’](?!s(?![{_W}]))[{_W}]+)*                              # O'Brien
        (?:(?:[-‑]|&)[{UPPER}0-9][{_W}]*                             # GPT-4, AT&T
          |-(?:upon|on|a|e|i|ul|de|le|la|les|lès|du|sur|sous|aux|en|es|el|in|der|am|bei|the|and|of|al|by|next|under)-[{UPPER}][{_W}]*)*
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
    rf"(?P<address>(?:https?://|www\.|[\w.-]{{1,60}}\.(?:com|co|ly|me|gov|org|net)/)\S+|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]+\.[\w.]+)|{_NAME_WORD}",
    re.VERBOSE,
)
_PARTY_AND_STATE = re.compile(r"[( ,\[][DRI]-[A-Z]")  # of a member of Congress: (R-Wis.)
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
_LONGEST_WORD = 60  # characters
_LONGEST_DATELINE = 80  # code points
_DATELINE = re.compile(
    rf"[{UPPER}][^.\n]{{1,50}}?(?:[.,][^.\n]{{0,20}})?\([{UPPER}][\w /.]{{1,30}}\) ?[-–—]+ ?"
    rf"|[{UPPER}]{{3}}[^\n]{{0,50}}? [-–—]+ ?"
)
_AGENCY_OPENS = re.compile(rf"\([{UPPER}]{{2,8}}\) ")  # (CNN) Scores of people
_OPENERS = "\"'“‘«„‚‹([{*_>•·–—"
QUOTES = "\"“‘«„'"
_ENDS = ".!?:;…|"
FIELD_ENDING = re.compile(r"(?:ics|omy|ogy|ment|tion|sion|ing|ure|ence|ance|ices|ies|nes)$")


class CapitalisedWord(NamedTuple):
    """A capitalised word: its place, its text, and whether it had to have its capital."""

    start: int
    end: int
    text: str
    initial: bool


def words_in(text: str, line: StyledLine) -> Iterator[CapitalisedWord]:
    """Yield the capitalised words of a line in order."""
    # Looking for addresses everywhere would take as long as everything else here.
    addressed = any(text.find(mark, line.start, line.end) >= 0 for mark in ("@", "://", "www.", ".com/"))
    pattern = _TOKEN_OR_ADDRESS if addressed else _TOKEN
    for match in pattern.finditer(text, line.start, line.end):
        if match.lastgroup is not None or match.end() - match.start() > _LONGEST_WORD:
            continue
        start, end = match.span()
        written = match.group()
        if written[1:2] == "-" and _PARTY_AND_STATE.match(text, start - 1):
            continue
        contraction = _CONTRACTION.search(written) if "'" in written or "’" in written else None
        if contraction is not None:
            if contraction[0][1] == "t":
                continue  # Doesn't
            written = written[: contraction.start()]
            end = start + len(written)
        if end - start == 1 and _LETTERED.match(text, end, line.end) is not None:
            named = _LETTERED_NAME.match(text, end, line.end)
            if named is None or not _CAPITAL_BEFORE.search(text, max(line.start, start - 24), start):
                continue  # "a T-shirt"
            end, written = named.end(), text[start : named.end()]
        elif start > line.start and text[start - 1] == " " and text[end : end + 1] == "-":
            end = _end_of_hyphened(text, start, end, line.end)
            written = text[start:end]
        elif "-" in written:
            first, _, rest = written.partition("-")
            if rest.islower() and (first in _PREFIXES or not _SYLLABLE.fullmatch(rest)):
                written, end = first, start + len(first)
        if end < line.end and text[end] == "." and (written in _KEEP_STOP or _is_initial(written)):
            end, written = end + 1, written + "."
        yield CapitalisedWord(start, end, written, _starts_sentence(text, start, line.start))


def _end_of_hyphened(text: str, start: int, end: int, line_end: int) -> int:
    """Return where a word that a hyphen follows ends: the second half of a name may be small.

    Either as in ``Kim Jae-won``, when both halves are syllables of a given name in East Asia, or as in
    ``Economic Co-operation``.
    """
    tail = _SMALL_HALF.match(text, end, line_end)
    before = text[start - 2 : start - 1]
    if tail is None or not (before.isalpha() and _CAPITAL_BEFORE.search(text, max(0, start - 24), start)):
        return end
    first, rest = text[start:end], tail.group(1)
    syllables = _SYLLABLE.fullmatch(first.lower()) and _SYLLABLE.fullmatch(rest)
    if syllables and rest not in _ADJECTIVE_MAKERS:
        return tail.end()
    return tail.end() if first in _PREFIXES and FIELD_ENDING.search(rest) else end


def is_syllabic_given_name(word: str) -> bool:
    """Tell whether a word has the shape of a given name in East Asia: ``Jae-won``."""
    first, hyphen, rest = word.partition("-")
    return bool(hyphen) and rest.islower() and _SYLLABLE.fullmatch(rest) is not None and len(first) > 1


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
    opens_item = not any(map(str.isalpha, bare)) and not any(map(str.isalpha, text[line_start:start]))
    if opens_item or _follows_dateline(text, start, line_start):
        return True
    if head and head[-1] in QUOTES and len(bare) < len(head):
        return True
    if not bare or bare[-1] not in _ENDS:
        return not bare or (bare[-1] in '"”’»)' and bare[-2:-1] in (".", "!", "?"))
    if bare[-1] != ".":
        return True
    last = re.split(r"[^\w.]", bare[:-1])[-1]
    return not (last in _ABBREVIATIONS or _is_initial(last) or re.fullmatch(r"(?:\w\.)+\w", last) is not None)


def _follows_dateline(text: str, start: int, line_start: int) -> bool:
    """Tell whether all that stands before a word in its line is ``OSLO, May 3 (Reuters) -``."""
    if text[start - 2] == ")" and _AGENCY_OPENS.fullmatch(text, line_start, start):
        return True
    dashed = text[start - 2] in "-–—" and start - line_start < _LONGEST_DATELINE
    return dashed and _DATELINE.fullmatch(text, line_start, start) is not None
