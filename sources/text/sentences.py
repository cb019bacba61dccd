"""Sentence splitting: the sentences of a text as spans, by rules on the words around each stop.

A stop is looked at once, with a few dozen characters on either side, so that the time grows with the text and
with nothing else.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from sources.model import Span
from sources.text.words import read_word_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.model import Zone


_LISTS = read_word_lists("sources.text", "sentences.txt")
_TITLES = frozenset(_LISTS["titles"].split())
_CONTINUING = frozenset(_LISTS["continuing"].split())
_NUMBERED = frozenset(_LISTS["numbered"].split())
_BEFORE_ORDINAL = frozenset(_LISTS["before-ordinal"].split())
_MONTHS_BEHIND_ORDINAL = frozenset(_LISTS["months-behind-ordinal"].split())
_JOINING = frozenset(_LISTS["joining"].split())
_ENGLISH_MONTHS = frozenset(("april", "august", "september", "november", "december"))
_COMPANIES = frozenset(_LISTS["companies"].split())
_OFFICES = frozenset(_LISTS["offices"].split())
_TIMES = frozenset(_LISTS["times"].split())
_LABELLED = frozenset(_LISTS["labelled"].split())
_STARTERS = frozenset(_LISTS["starters"].split())
_EXCLAIMED = frozenset(_LISTS["exclaimed"].split())
_SUFFIXES = frozenset(_LISTS["suffixes"].split())
_ORDINARY_SUFFIXES = frozenset(_LISTS["ordinary-suffixes"].split())
_SPEECH = "|".join(_LISTS["speech"].split())

_WIDE_STOPS = "。！？｡"
_STOP = re.compile(rf"[{_WIDE_STOPS}]++|[.!?…‼⁇⁈⁉؟۔।॥]++(?![0-9a-z,;:])")
_CLOSERS = re.compile(
    r"""(?>(?:["”»›)\]}＂」』】》）*_†‡¹²³⁰⁴-⁹]|['’](?![^\W\d_])|\[\w{1,4}\]
        |[“«](?!\S)|[\x20\u00a0\u202f][»›](?!\S))*)""",
    re.VERBOSE,
)
_QUOTATIVE = "とっ、\uff0c"  # behind a closed quote: "he said" follows
_GAP = re.compile(r"""[\s"'“‘«‹„(\[{¿¡*_#•·–—「『-]*+""")
_WORD = re.compile(r"[^\W_]++(?>(?:[.'’&-][^\W_]+)*)")
_WORD_BEFORE = re.compile(r"""[\s"“”‘«(\[{/—–|]""")
_SPOKEN = re.compile(rf"(?:[A-Z][\w.'’-]{{0,40}}\s+){{1,3}}(?:{_SPEECH})\b")
_ADDRESS = re.compile(r"@|://|www\.|\\|\w\.\w+/")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LOOK_BACK = 48

_ITEM = re.compile(r"(?:[-*+•‣▪◦·●]|\#{1,6})\s+|(?:\d{1,3}[.)]|[a-z]\))\s+|[–—>]\s+|\|")
_WIDEST_WRAP = 120  # lines longer than this were not broken by hand or by a program for reading
_NARROWEST_WRAP = 45
_FULL_LINE = 0.8


def split_sentences(text: str, zones: Sequence[Zone] = ()) -> tuple[Span, ...]:
    """Return the sentences of ``text`` in order, trimmed of white space, as offsets into it.

    With zones, only what is outside the muted ones is split, and no sentence crosses a border; without,
    all of the text. A blank line, a list item and a line that is a paragraph end a sentence too.
    """
    found: list[Span] = []
    ranges = [(zone.start, zone.end) for zone in zones if not zone.kind.muted] if zones else [(0, len(text))]
    for start, end in ranges:
        for block_start, block_end in _blocks(text, start, end):
            found.extend(_sentences_of_block(text, block_start, block_end))
    return tuple(found)


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches that no sentence may leave: paragraphs, list items, headings."""
    if text.find("\n", start, end) < 0:
        yield start, end
        return
    lines: list[tuple[int, int]] = []
    place = start
    while place < end:
        line_end = text.find("\n", place, end)
        if line_end < 0:
            line_end = end
        if line_end == place or text[place:line_end].isspace():
            yield from _paragraph_blocks(text, lines)
            lines = []
        else:
            lines.append((place, line_end))
        place = line_end + 1
    yield from _paragraph_blocks(text, lines)


def _paragraph_blocks(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the blocks of neighbouring lines, telling a line that was wrapped from one that ends."""
    if not lines:
        return
    width = max(end - start for start, end in lines)
    block_start = _after_marker(text, lines[0])
    in_list = block_start != lines[0][0]
    for line, following in pairwise(lines):
        marked = _after_marker(text, following)
        if marked != following[0] and _item_begins(text, line, following, in_list=in_list):
            in_list = True
        elif _line_ends(text, line, following, width):
            marked = following[0]
        else:
            continue
        yield block_start, line[1]
        block_start = marked
    yield block_start, lines[-1][1]


def _after_marker(text: str, line: tuple[int, int]) -> int:
    """Return where a line begins behind its list or heading marker."""
    start, end = line
    indented = start
    while text[indented].isspace():
        indented += 1
    match = _ITEM.match(text, indented, end)
    return match.end() if match else start


def _item_begins(text: str, line: tuple[int, int], following: tuple[int, int], *, in_list: bool) -> bool:
    """Tell whether the marker at the head of a line makes an item, and is not a wrapped dash or number."""
    head = text[following[0] : following[1]].lstrip()
    if head[0] in "–—>" or (head[0].isdigit() and not re.match(r"1[.)]", head)):
        return in_list or text[line[0] : line[1]].rstrip()[-1] in '.!?:;…”"'
    return True


def _line_ends(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Tell whether a line break was meant, as against one that only keeps lines short."""
    first = text[following[0] : following[0] + _LOOK_BACK].lstrip()
    if not first or (_begins_lower(first) and text[line[0] : line[1]].rstrip()[-1] not in ".!?…:"):
        return False
    if width > _WIDEST_WRAP or width < _NARROWEST_WRAP:
        return True
    return line[1] - line[0] + 1 + len(first.split(None, 1)[0]) < _FULL_LINE * width


def _begins_lower(text: str) -> bool:
    """Tell whether a word begins small and is not a brand such as iPhone or xAI."""
    return text[0].islower() and not any(letter.isupper() for letter in text[1:3])


def _sentences_of_block(text: str, start: int, end: int) -> Iterator[Span]:
    any_case = text[start:end].islower()
    last: Span | None = None
    has_word = False
    looked_to = start
    for match in _STOP.finditer(text, start, end):
        if not has_word:
            has_word = _LETTER_OR_DIGIT.search(text, looked_to, match.start()) is not None
            looked_to = match.end()
        if not has_word:
            continue
        cut = _Stop(text, start, end, match.start(), match.end()).cut(any_case=any_case)
        if cut is None:
            continue
        if last is not None:
            yield last
        last = _trimmed(text, start, cut)
        start = looked_to = cut
        has_word = False
    rest = _trimmed(text, start, end)
    if last is not None and not _LETTER_OR_DIGIT.search(text, rest.start, rest.end):
        last = Span(last.start, rest.end if rest.end > rest.start else last.end)
        rest = Span(end, end)
    if last is not None:
        yield last
    if _LETTER_OR_DIGIT.search(text, rest.start, rest.end):
        yield rest


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


class _Stop:
    """One run of stops, ``text[at:after]``, in a sentence that began at ``start``."""

    __slots__ = ("after", "at", "end", "start", "text")

    def __init__(self, text: str, start: int, end: int, at: int, after: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.at = at
        self.after = after

    def cut(self, *, any_case: bool) -> int | None:
        """Return where the sentence ends, behind closing quotes and brackets; None when it goes on."""
        text = self.text
        closed = _CLOSERS.match(text, self.after, self.end).end()  # type: ignore[union-attr] # matches nothing too
        if closed >= self.end:
            return closed
        if text[self.at] in _WIDE_STOPS:
            return None if closed > self.after and text[closed] in _QUOTATIVE else closed
        if not text[closed].isspace():
            return self._cut_glued(closed)
        ahead = _GAP.match(text, closed, self.end).end()  # type: ignore[union-attr] # matches nothing too
        if ahead >= self.end:
            return closed
        character = text[ahead]
        if character.islower() and not any_case and _begins_lower(text[ahead : ahead + 3]):
            return None
        if text[self.after - 1] != ".":
            return closed if self._ends_loudly(closed, ahead) else None
        if self.after - self.at > 1 or closed > self.after:
            return closed if _LETTER_OR_DIGIT.match(character) or closed > self.after else None
        return closed if self._ends_after_word(ahead) else None

    def _before(self) -> str:
        """Return the word that the stop is glued to, at most some dozen characters of it."""
        piece = self.text[max(self.start, self.at - _LOOK_BACK) : self.at]
        return _WORD_BEFORE.split(piece)[-1]

    def _is_address(self) -> bool:
        """Tell whether the stop is in a mail address, a link or a path."""
        piece = self.text[max(self.start, self.at - 4 * _LOOK_BACK) : self.at].rsplit(None, 1)
        return bool(piece) and _ADDRESS.search(piece[-1]) is not None

    def _ends_loudly(self, closed: int, ahead: int) -> bool:
        """Tell whether an exclamation mark, question mark or ellipsis ends its sentence."""
        if closed == self.after:
            following = _word_at(self.text, ahead, self.end)
            if following in _COMPANIES:
                return False
            if self.text[self.at] == "!" and self._before().casefold() in _EXCLAIMED:
                return following in _STARTERS
            return True
        return self.text[self.after - 1] not in "!?" or not _SPOKEN.match(self.text, ahead, self.end)

    def _ends_after_word(self, ahead: int) -> bool:
        """Tell whether a single full stop before white space ends its sentence, or a shortened word."""
        before = self._before()
        if not before or not before[-1].isalpha():
            return not self._is_list_number(before) and not self._is_ordinal(before, ahead)
        following = _word_at(self.text, ahead, self.end)
        if len(before) > 6 and "." not in before:
            return True
        if len(before) == 1:
            return self._ends_after_letter(before, following, ahead)
        return _ends_after(before, following, self.text[ahead - 1], self.text[ahead : ahead + 5])

    def _is_list_number(self, before: str) -> bool:
        return (
            before.isdigit()
            and len(before) <= 3
            and not self.text[self.start : self.at - len(before)].strip()
        )

    def _is_ordinal(self, before: str, ahead: int) -> bool:
        """Tell whether a number with a stop is an ordinal, as in "am 30. Juni" and "der 2. Weltkrieg"."""
        if not before.isdigit() or len(before) > 2 or not self.text[ahead].isalpha():
            return False
        earlier = self.text[max(self.start, self.at - _LOOK_BACK) : self.at - len(before)].split()
        if not earlier or earlier[-1].casefold() not in _BEFORE_ORDINAL or earlier[-2:-1] == ["I"]:
            following = _word_at(self.text, ahead, self.end)
            return following in _MONTHS_BEHIND_ORDINAL and following not in _ENGLISH_MONTHS
        return True

    def _ends_after_letter(self, letter: str, following: str, ahead: int) -> bool:
        """Tell an initial ("J. Smith") from a letter that ends a sentence ("vitamin C. The")."""
        if following[:1].isdigit():
            return letter.isupper()
        follows_starter = following in _STARTERS and not self.text.startswith(".", ahead + len(following))
        if follows_starter or not letter.isupper():
            return follows_starter or letter not in "vcp"
        earlier = self.text[max(self.start, self.at - _LOOK_BACK) : self.at - 1].split()
        return bool(earlier) and earlier[-1].casefold() in _LABELLED

    def _cut_glued(self, closed: int) -> int | None:
        """Decide on a stop with no white space behind it: "the deal.Northport said" is two sentences."""
        text = self.text
        if closed > self.after and text[self.after] == '"':
            quotes = text.count('"', max(self.start, self.at - 2000), self.at)
            if quotes % 2 == 0:  # the quote opens what follows
                closed = self.after
        ahead = _GAP.match(text, closed, self.end).end()  # type: ignore[union-attr] # matches nothing too
        match = _WORD.match(text, ahead, min(self.end, ahead + _LOOK_BACK))
        if match is None or not match[0][0].isupper():
            return None
        before = self._before()
        if closed > self.after or ahead > closed:
            return closed if text[ahead - 1] not in "([{#-–—'’" or closed > self.after else None
        if text[self.after - 1] == ".":
            return closed if self._glued_full_stop_ends(before, match) else None
        named = before.casefold() in _EXCLAIMED or self._is_address()
        return None if named or not before[-1:].isalnum() else closed

    def _glued_full_stop_ends(self, before: str, match: re.Match[str]) -> bool:
        following = match[0]
        rest = self.text[match.end() : match.end() + 2]
        if before[-1:] in {")", "%", "]"}:
            return True
        if len(before) < 2 or not before[-1].isalnum() or self._is_list_number(before) or self._is_address():
            return False
        if "." in following or rest[:1] in {"(", "_", "/", "@", "="} or re.match(r"\.\w", rest):
            return False
        if len(following) == 1 and (following not in "AI" or not rest[:1].isspace()):
            return False
        folded = following.casefold()
        if folded in _SUFFIXES and (folded not in _ORDINARY_SUFFIXES or before[0].isupper()):
            return False
        if before[-1].isdigit():
            return before.isdigit() or "$" in before
        return _ends_after(before, folded, "", following)


def _word_at(text: str, place: int, end: int) -> str:
    """Return the word at ``place``, folded, without inner stops at its end; empty when there is none."""
    match = _WORD.match(text, place, min(end, place + _LOOK_BACK))
    return match[0].casefold().replace("’", "'") if match else ""


def _ends_after(before: str, following: str, opener: str, ahead: str) -> bool:
    """Tell whether a full stop behind the word ``before`` ends a sentence that ``following`` would begin.

    ``following`` is folded; ``opener`` is the character in front of it; ``ahead`` is how it is written.
    """
    word = before.casefold().strip("'’")
    starts = following in _STARTERS
    if word in _CONTINUING or (word in _TITLES and before[0].isupper()):
        return False
    if following[:1].isdigit():
        return word not in _NUMBERED and word not in _JOINING
    if word in {"a.m", "p.m"}:
        return following not in _TIMES
    if word in _COMPANIES:
        short_capitals = len(following) <= 4 and ahead[: len(following)].isupper() and len(following) > 1
        return opener != "(" and following not in _OFFICES and (starts or not short_capitals)
    if "." in word or (word in _JOINING and before[0].isupper()):
        return starts
    return True
