"""Finds runs of capitalised words, where a name may be, and what the story tells about these words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities.casing import LETTER, LOWER, UPPER, CaseCounts, Style, StyledLine, WordUsage
from sources.evidence.word_lists import given_names, heads, place_names, plain_words, titles, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTICLES = words("name-words.txt", "particles") | {
    "van der",
    "van den",
    "van de",
    "von der",
    "de la",
    "de las",
    "de los",
}
_ARTICLES = frozenset({"der", "den", "zu", "am", "das"})  # in German, before any noun
_MODEL_NUMBER = re.compile(r" [0-9]{1,3}[a-z]? ")  # iPhone 15 Pro
_NICKNAME_OPENS = (' "', " “", " ‘", " (“", ' ("')
_NICKNAME_CLOSES = ('" ', "” ", "’ ", "”) ", '") ')
_NICKNAME_ENDS = re.compile(rf"[\"”’]\)? [{UPPER}]")
_MARKS = frozenset({" & ", "&", " + ", *_NICKNAME_OPENS, *_NICKNAME_CLOSES})
_WIDEST_GAP = 12
_CLOSING = frozenset({"Inc", "Corp", "Corporation", "Ltd", "plc", "PLC", "LLC", "Co"})
_LEGAL_WORDS = frozenset({"Group", "Company", "Holdings", "Holding"})  # legal forms that are also plain words
_OFFICES = frozenset(
    {"Department", "Ministry", "Committee", "Office", "Bureau", "Commission", "Faculty", "School"}
)
_CLOSES_FIRM = frozenset(
    {"Sons", "Daughters", "Bros", "Brothers", "Co", "Ltd", "Limited", "plc", "PLC", "LLP", "Inc"}
)
_ADJECTIVE = re.compile(r"(?:al|ed|ic|ing|ive|ary|ous|able|ian|an)$")
_FIELD_ENDING = re.compile(r"(?:ics|omy|ogy|ment|tion|sion|ing|ure|ence|ance|ices|ies|nes)$")


def continues_run(text: str, found: list[CapitalisedWord], first: int, position: int) -> bool:
    """Tell whether the word at ``position`` goes on the run that began at ``first``."""
    left, right = found[position - 1], found[position]
    gap = text[left.end : right.start]
    if gap in (" ", "\u00a0"):
        if left.text.rstrip(".") in _CLOSING and right.text.isupper():
            return False  # a ticker after the name
        return not (left.text.endswith(".") and right.text.lower() in words("common-words.txt", "function"))
    if _MODEL_NUMBER.fullmatch(gap) is not None:
        return right.text in words("name-words.txt", "product")
    if gap in _MARKS:
        return _joined_by_quotes(text, found, first, position, gap)
    if not (gap.startswith(" ") and gap.endswith(" ")) or len(gap) > _WIDEST_GAP:
        return _joined_by_mark(text, found, position, gap)
    inner = gap.strip()
    if inner in _PARTICLES:
        known = left.text in given_names() or left.text in place_names() or left.text.lower() in _PARTICLES
        return known or (
            inner not in _ARTICLES and left.text.lower() not in words("common-words.txt", "function")
        )
    if inner in ("and", "and the"):
        return _joined_by_and(text, found, first, position)
    return _joined_by_preposition(text, found, first, position, inner)


def _joined_by_quotes(text: str, found: list[CapitalisedWord], first: int, position: int, gap: str) -> bool:
    """Tell whether ``&`` joins, or the marks around a nickname: ``Anthony "Tony" Moss``."""
    if "&" in gap or "+" in gap:
        return not _two_persons(text, found, first, position)
    if gap == "’ " and _joined_by_mark(text, found, position, gap):
        return True
    if gap in _NICKNAME_OPENS:
        return _NICKNAME_ENDS.match(text, found[position].end) is not None
    before = found[position - 2].end if position - 1 > first else 0
    return before > 0 and text[before : found[position - 1].start] in _NICKNAME_OPENS


def _joined_by_mark(text: str, found: list[CapitalisedWord], position: int, gap: str) -> bool:
    """Tell whether a comma or a possessive stands within a name: ``Northport, Inc.``, ``Moody's Corp.``."""
    if gap == ", ":
        legal = found[position].text.rstrip(".")
        if legal == "D.C":
            return found[position - 1].text == "Washington"
        if legal in words("name-words.txt", "legal"):
            return legal not in _LEGAL_WORDS
        return _joined_in_list(text, found, position)
    if gap in ("' ", "’ "):  # Harbour Workers' Union
        plural = found[position - 1].text.endswith("s")
        return plural and found[position].text in words("name-words.txt", "organisation")
    return gap in ("'s ", "’s ") and _goes_on_after_possessive(text, found, position)


def _joined_by_preposition(
    text: str, found: list[CapitalisedWord], first: int, position: int, inner: str
) -> bool:
    """Tell whether ``of``, ``for`` or ``on`` joins within the name of an office.

    Behind ``for`` anything may have an ``of``: ``Foundation for the Defence of Rivers``.
    """
    left, preposition = found[position - 1].text, inner.removesuffix(" the")
    if preposition not in ("of", "for", "on"):
        return False
    if left in words("name-words.txt", preposition):
        return True
    bodies = words("name-words.txt", "for")
    if preposition == "of" and any(word.text in bodies for word in found[first : position - 1]):
        return True
    return (
        inner == "of" and _is_no_name_alone(text, found, position) and found[first].text not in given_names()
    )


def _joined_by_and(text: str, found: list[CapitalisedWord], first: int, position: int) -> bool:
    """Tell whether ``and`` joins within the name of an office or of a line."""
    left, right = found[position - 1], found[position]
    run = {word.text for word in found[first:position]}
    if f"{left.text} and {right.text}" in place_names() or _names_a_line(text, found, position):
        return True
    if position - first > 1 and text[found[position - 2].end : left.start] == ", ":
        return left.text not in words("name-words.txt", "legal") and left.text != "D.C."
    if _before_title(text, found, position):
        return False
    fields = words("name-words.txt", "fields")
    last = _last_adjacent(text, found, position)
    if last in _CLOSES_FIRM or (run & _OFFICES and _names_a_field(last, fields)):
        return len(run) == 1 or last not in _CLOSES_FIRM
    if run & words("name-words.txt", "of"):
        if last != right.text and _ADJECTIVE.search(left.text) and _ADJECTIVE.search(right.text):
            return True  # "Centre for Strategic and International Studies"
        of_bodies = last != right.text and last.removesuffix("s").removesuffix("ie") in _stems_of_bodies()
        return (last.endswith("s") and of_bodies) or (
            _names_a_field(left.text, fields) and _names_a_field(right.text, fields)
        )
    return left.text in fields and right.text in fields and _goes_on_to_a_body(text, found, position)


def _goes_on_to_a_body(text: str, found: list[CapitalisedWord], position: int) -> bool:
    for ahead in range(position, min(position + 4, len(found))):
        if ahead > position and text[found[ahead - 1].end : found[ahead].start] != " ":
            return False
        if found[ahead].text in words("name-words.txt", "organisation"):
            return True
    return False


def _is_no_name_alone(text: str, found: list[CapitalisedWord], position: int) -> bool:
    """Tell whether a word can only have its capital as part of the name: ``Ring of Fire``."""
    word, left = found[position].text, found[position - 1]
    if word.lower() not in plain_words() or word in place_names() or word in titles() or left.initial:
        return False
    return left.text[1:].islower() and _last_adjacent(text, found, position) == word


@cache
def _stems_of_bodies() -> frozenset[str]:
    return frozenset(word.removesuffix("y") for word in words("name-words.txt", "organisation"))


def _two_persons(text: str, found: list[CapitalisedWord], first: int, position: int) -> bool:
    """Tell whether ``&`` stands between two whole names of persons."""
    right = found[position]
    goes_on = position + 1 < len(found) and text[right.end : found[position + 1].start] == " "
    return goes_on and position - first > 1 and right.text in given_names()


def _names_a_line(text: str, found: list[CapitalisedWord], position: int) -> bool:
    """Tell whether two ends are named: ``the Saltmarsh and Northport Railway``."""
    for ahead in range(position + 1, min(position + 4, len(found))):
        if text[found[ahead - 1].end : found[ahead].start] != " ":
            return False
        if found[ahead].text in ("Railway", "Railroad", "Canal"):
            return True
        if found[ahead].text in ("Police", "Constabulary", "Council", "Hospitals", "Chamber"):
            return found[position - 1].text in place_names() or found[position].text in place_names()
    return False


def _names_a_field(word: str, fields: frozenset[str]) -> bool:
    return word in fields or _FIELD_ENDING.search(word) is not None


def _last_adjacent(text: str, found: list[CapitalisedWord], position: int) -> str:
    """Return the last of the words that follow each other from ``position`` on."""
    while position + 1 < len(found) and text[found[position].end : found[position + 1].start] == " ":
        position += 1
    return found[position].text


def _before_title(text: str, found: list[CapitalisedWord], position: int) -> bool:
    """Tell whether a title follows: ``the Ministry of Finance and Foreign Minister Moss``."""
    if position + 1 >= len(found) or text[found[position].end : found[position + 1].start] != " ":
        return False
    return found[position + 1].text in words("titles.txt", "strong")


def _joined_in_list(text: str, found: list[CapitalisedWord], position: int) -> bool:
    """Tell whether a comma parts what one body is for: ``Bakers, Food and Allied Workers' Union``."""
    fields = words("name-words.txt", "fields")
    left, right = found[position - 1], found[position].text
    if not (left.text.endswith("ers") or _names_a_field(left.text, fields)):
        return False
    closing = position + 1
    while closing < len(found) and text[found[closing - 1].end : found[closing].start] == ", ":
        closing += 1
    if closing == len(found) or text[found[closing - 1].end : found[closing].start] != " and ":
        return False
    while closing + 1 < len(found) and text[found[closing].end : found[closing + 1].start] in (
        " ",
        "' ",
        "’ ",
    ):
        closing += 1
    last = found[closing].text
    if last in ("Union", "Unions"):
        return True
    if not (right.endswith("ers") or _names_a_field(right, fields)):
        return False
    of_office = text[max(0, left.start - 4) : left.start] in (" of ", "for ")
    return last in words("name-words.txt", "organisation") or (of_office and _names_a_field(last, fields))


def _goes_on_after_possessive(text: str, found: list[CapitalisedWord], position: int) -> bool:
    """Tell whether a possessive stands within a name: ``Moody's Corp``, ``King's College``."""
    last = found[position]
    goes_on = position + 1 < len(found) and text[last.end : found[position + 1].start] == " "
    if last.text.rstrip(".") in words("name-words.txt", "after-possessive") and not goes_on:
        return True
    after = text[last.end : last.end + 12].split(" ")
    return (
        len(after) > 1
        and after[0] == ""
        and after[1].rstrip(".,") in {"Limited", "Ltd", "Inc", "Corp", "Service"}
    )


# Runs of capitalised words: where a name may stand, before it is known whether one does.
#
# The grammar: capitalised words next to each other, joined also by ``&``, by particles of personal names
# (``de``, ``van``), and by ``of``, ``for``, ``on`` and ``and`` where the words around them make up the
# name of an office. A possessive is no part of a name.

_W = f"{LETTER}0-9"
_MAKES_ADJECTIVE = (
    "based|led|owned|run|born|style|like|made|wide|area|free|era|only|list|type|level|first|fed|hit|bred"
)
_ADJECTIVE_MAKERS = frozenset(_MAKES_ADJECTIVE.split("|"))
_PREFIXES = words("name-words.txt", "prefix")
_SMALL_HALF = re.compile(rf"-([{LOWER}]+)(?![{LETTER}0-9-])")
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
    rf"[ \u00a0]([0-9]{{1,3}}(?:\.[0-9]{{1,2}})?[a-z]?)(?![{_W}%:-]| ?(?: of |/ ?)[0-9]"
    rf"|,(?! [{LOWER}])|\.[0-9]|[ \u00a0-]"
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
_LONGEST_DATELINE = 80  # code points
_DATELINE = re.compile(
    rf"[{UPPER}][^.\n]{{1,50}}?(?:[.,][^.\n]{{0,20}})?\([{UPPER}][\w /.]{{1,30}}\) ?[-–—]+ ?"
    rf"|[{UPPER}]{{3}}[^\n]{{0,50}}? [-–—]+ ?"
)
_OPENERS = "\"'“‘«„‚‹([{*_>•·–—"
_QUOTES = "\"“‘«„'"
_ENDS = ".!?:;…|"


class CapitalisedWord(NamedTuple):
    """A capitalised word: its place, its text, and whether it had to have its capital."""

    start: int
    end: int
    text: str
    initial: bool


class CapitalisedRun(NamedTuple):
    """Capitalised words that stand together; ``quoted`` when they are all that a pair of marks holds."""

    line: StyledLine
    words: tuple[CapitalisedWord, ...]
    quoted: bool


def words_in(text: str, line: StyledLine) -> Iterator[CapitalisedWord]:
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
        if start > line.start and text[start - 1] == " " and text[end : end + 1] == "-":
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
    return tail.end() if first in _PREFIXES and _FIELD_ENDING.search(rest) else end


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
    if head and head[-1] in _QUOTES and len(bare) < len(head):
        return True
    if bare[-1] not in _ENDS:
        return bare[-1] in '"”’»)' and bare[-2:-1] in (".", "!", "?")
    if bare[-1] != ".":
        return True
    last = re.split(r"[^\w.]", bare[:-1])[-1]
    return not (last in _ABBREVIATIONS or _is_initial(last) or re.fullmatch(r"(?:\w\.)+\w", last) is not None)


def _follows_dateline(text: str, start: int, line_start: int) -> bool:
    """Tell whether all that stands before a word in its line is ``OSLO, May 3 (Reuters) -``."""
    dashed = text[start - 2] in "-–—" and start - line_start < _LONGEST_DATELINE
    return dashed and _DATELINE.fullmatch(text, line_start, start) is not None


def runs_in(text: str, line: StyledLine) -> Iterator[CapitalisedRun]:
    """Yield the runs of a plain line: words that may make up one name, longest first choice."""
    found = list(words_in(text, line))
    first = 0
    for position in range(1, len(found) + 1):
        if (
            position < len(found)
            and position - first < _LONGEST_RUN
            and continues_run(text, found, first, position)
        ):
            continue
        run = tuple(found[first:position])
        yield _finish(text, line, run)
        first = position


def _finish(text: str, line: StyledLine, run: tuple[CapitalisedWord, ...]) -> CapitalisedRun:
    """Add the number that goes with a name, and see whether it stands in quotation marks."""
    last = run[-1]
    start, end = run[0].start, last.end
    spaced = text[end : end + 1] in (" ", "\u00a0")
    legal = _LEGAL_TAIL.match(text, end, line.end) if spaced else None
    if legal is not None:
        run = (*run, CapitalisedWord(legal.start(1), legal.end(1), legal.group(1), initial=False))
        end = legal.end(1)
    elif last.text in words("name-words.txt", "with-a-year") and (
        year := _YEAR_TAIL.match(text, end, line.end)
    ):
        run = (*run, CapitalisedWord(year.start(1), year.end(1), year.group(1), initial=False))
        end = year.end(1)
    elif spaced and not last.text.endswith("."):
        tail = _NUMBER_TAIL.match(text, end, line.end)
        if tail is not None and not (line.cited and text[tail.end() : tail.end() + 2] in (".", ". ", ".\n")):
            run = (*run, CapitalisedWord(tail.start(1), tail.end(1), tail.group(1), initial=False))
            end = tail.end(1)
    if last.text in words("name-words.txt", "ordinal") or run[0].text == "Battle":
        ordinal = _ORDINAL_BEFORE.search(text, max(line.start, start - 6), start)
        if ordinal is not None:
            run = (
                CapitalisedWord(ordinal.start(), ordinal.end() - 1, ordinal.group()[:-1], initial=False),
                *run,
            )
            start = ordinal.start()
    opened = start > line.start and text[start - 1] in _QUOTES
    closing = text[end : end + 2]
    closed = closing[:1] in ('"', "”", "’", "»", "'") or closing in (',"', ",”", ",’", '."', ".”")
    return CapitalisedRun(line, run, quoted=opened and closed and line.style is not Style.UNCASED)


__all__ = ["LOWER", "CapitalisedRun", "CapitalisedWord", "is_syllabic_given_name", "runs_in", "words_in"]


# What a whole story tells about its capitalised words, gathered before any name is decided on.


def listed_acronyms() -> set[str]:
    """Return the acronyms that stand for common nouns in any story."""
    return set(words("peoples.txt", "acronyms") | words("titles.txt", "behind"))


@dataclass(slots=True)
class StoryWords:
    """What the whole story tells about its capitalised words."""

    usage: WordUsage = field(default_factory=WordUsage)  # of the library
    case: CaseCounts = field(default_factory=CaseCounts)
    initial: Counter[str] = field(default_factory=Counter)  # words seen where they had to have a capital
    runs: Counter[str] = field(default_factory=Counter)  # whole runs seen in mid-sentence
    edges: Counter[str] = field(
        default_factory=Counter
    )  # first and last words of runs, in mid-sentence or of several
    products: frozenset[str] = frozenset()  # that the story writes with a small letter
    surnames: set[str] = field(default_factory=set)  # what follows given names, in small letters
    in_rand: bool = False  # whether amounts of money are written as R45
    acronyms: set[str] = field(default_factory=set)  # of names, by the story's own definitions
    tickers: set[str] = field(default_factory=set)  # under which shares are traded: (LSE: NPT)
    generic: set[str] = field(default_factory=listed_acronyms)  # of common nouns, by the lists and the story

    def add(self, run: CapitalisedRun) -> None:
        """Count the words of a run."""
        initial = run.words[0].initial
        for position, word in enumerate(run.words):
            small = word.text.lower()
            if position == 0 and initial:
                self.initial[small] += 1
            else:
                self.case.capital[small] += 1
        first, last = run.words[0].text, run.words[-1].text
        if last in words("titles.txt", "behind") and len(run.words) > 1:
            last = run.words[-2].text
        if not initial or (len(run.words) > 1 and (first in given_names() or last in heads())):
            self.edges[first] += 1
        if len(run.words) > 1 or not initial:
            self.edges[last] += 1
        if len(run.words) > 1 and first in given_names():
            self.surnames.add(last.lower())
        if not initial:
            self.runs[" ".join(word.text for word in run.words)] += 1

    def ends_a_name(self, word: str) -> bool:
        """Tell whether ``word`` is elsewhere a name in mid-sentence, or the first or last word of one."""
        return self.edges[word] > 0

    def is_common(self, word: str) -> bool:
        """Tell whether ``word``, in small letters, is common by the lists, the story or the library."""
        if self.case.capital[word] > 3 * self.case.small[word] + 3:
            return False
        return word in plain_words() or self.case.small[word] > 0 or self.usage.mostly_small(word)
