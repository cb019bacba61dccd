"""Finds runs of capitalised words, where a name may be, and what the story tells about these words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities.capitalised_words import CapitalisedWord, words_in
from sources.evidence.entities.casing import LETTER, LOWER, UPPER, CaseCounts, Style, StyledLine, WordUsage
from sources.evidence.entities.joining import WIDEST_GAP, continues_run
from sources.evidence.word_lists import given_names, heads, is_plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator

# Runs of capitalised words: where a name may stand, before it is known whether one does.
#
# The grammar: capitalised words next to each other, joined also by ``&``, by particles of personal names
# (``de``, ``van``), and by ``of``, ``for``, ``on`` and ``and`` where the words around them make up the
# name of an office. A possessive is no part of a name.

_W = f"{LETTER}0-9"
_NUMBER_TAIL = re.compile(
    rf"[ \u00a0]([0-9]{{1,3}}(?:\.[0-9]{{1,2}})?[A-Za-z]?)(?![{_W}%:-]| ?(?: of |/ ?)[0-9]"
    rf"|,(?! [{LOWER}])|\.[0-9]|[ \u00a0-]"
    r"(?:million|billion|trillion|bn|mn|m|k|per|percent|percentage|points?|goals?|runs?|wins?|years?|months?|weeks?"
    r"|days?|hours?|minutes?|seconds?|times|people|men|women|miles|metres|meters|km|kg|feet|pages|others|to|and|or"
    r"|AM|PM|a\.m|p\.m|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_NUMBER_OF_LOCAL = re.compile(r" ([0-9]{1,4})\b")  # "Dockers Local 12, which has 40 members"
_YEAR_TAIL = re.compile(r" ((?:19|20)[0-9]{2})(?![\w,%-])")
_ORDINAL_BEFORE = re.compile(r"(?<![\w.,-])[0-9]{1,3}(?:st|nd|rd|th) $")
_LEGAL_TAIL = re.compile(r"[ \u00a0](plc|gmbh|spa)\b")
_CLOSING_OF = {'"': '"”', "“": '”"', "‘": "’'", "'": "'’", "«": "»", "„": "“”"}
_QUOTED = re.compile(
    rf"[\"“](?=[{UPPER}])([^\"“”.!?\n]{{4,60}}[^\"“”.!?,\n][!?]?)[,.]?[\"”]"
    rf"(?! (?:he|she|they|it|I|we|(?:[{UPPER}][{LETTER}'’-]* ){{0,3}}(?:said|says|told|wrote|added))\b)"
)
_TITLE_WORD = re.compile(rf"[{LETTER}][{LETTER}'’-]*")
_LONGEST_RUN = 12  # words; longer rows of capitals are no name


class CapitalisedRun(NamedTuple):
    """Capitalised words that stand together; ``quoted`` when they are all that a pair of marks holds."""

    line: StyledLine
    words: tuple[CapitalisedWord, ...]
    quoted: bool


class Name(NamedTuple):
    """A span taken for a name; ``titled`` when a person's title stood before it."""

    line: StyledLine
    start: int
    end: int
    text: str
    titled: bool
    role_after: bool
    quoted: bool


def runs_in(text: str, line: StyledLine) -> Iterator[CapitalisedRun]:
    """Yield the runs of a plain line: words that may make up one name, longest first choice."""
    found = list(words_in(text, line))
    quoted = _quoted_titles(text, line) if len(found) > 1 and line.style is not Style.UNCASED else {}
    first = 0
    for position in range(1, len(found) + 1):
        title_ends = quoted.get(found[first].start, 0) if quoted else 0
        if position < len(found) and (
            found[position].start < title_ends
            if title_ends
            else position - first < _LONGEST_RUN
            and found[position].start - found[position - 1].end <= WIDEST_GAP
            and continues_run(text, found, first, position)
        ):
            continue
        run = tuple(found[first:position])
        yield _finish(text, line, run)
        first = position


def _quoted_titles(text: str, line: StyledLine) -> dict[int, int]:
    """Return where titles of works begin and end: between marks, every word but small ones with a capital."""
    if text.find('"', line.start, line.end) < 0 and text.find("“", line.start, line.end) < 0:
        return {}
    function = words("common-words.txt", "function")
    found: dict[int, int] = {}
    for match in _QUOTED.finditer(text, line.start, line.end):
        parts = _TITLE_WORD.findall(match[1])
        raised = [part for part in parts if part[0].isupper()]
        if len(raised) > 1 and all(part[0].isupper() or part in function for part in parts):
            found[match.start(1)] = match.end(1)
    return found


def _finish(text: str, line: StyledLine, run: tuple[CapitalisedWord, ...]) -> CapitalisedRun:
    """Add the number that goes with a name, and see whether it stands in quotation marks."""
    last = run[-1]
    start, end = run[0].start, last.end
    spaced = text[end : end + 1] in (" ", "\u00a0")
    following = text[end + 1 : end + 2] if spaced else ""
    legal = _LEGAL_TAIL.match(text, end, line.end) if following and following in "pgs" else None
    if legal is not None:
        run = (*run, CapitalisedWord(legal.start(1), legal.end(1), legal.group(1), initial=False))
        end = legal.end(1)
    elif last.text in words("name-words.txt", "with-a-year") and (
        year := _YEAR_TAIL.match(text, end, line.end)
    ):
        run = (*run, CapitalisedWord(year.start(1), year.end(1), year.group(1), initial=False))
        end = year.end(1)
    elif (
        following.isdecimal()
        and not last.text.endswith(".")
        and not (len(run) > 1 and run[0].text in given_names())
    ):
        tail = (_NUMBER_OF_LOCAL if last.text == "Local" else _NUMBER_TAIL).match(text, end, line.end)
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
    closing = _CLOSING_OF.get(text[start - 1]) if start > line.start else None
    after = text[end : end + 2].lstrip(",.")[:1]
    closed = closing is not None and after != "" and after in closing
    return CapitalisedRun(line, run, quoted=closed and line.style is not Style.UNCASED)


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
    openers: set[str] = field(default_factory=set)  # whole runs that begin a sentence
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
        form = " ".join(word.text for word in run.words)
        if initial:
            self.openers.add(form)
        else:
            self.runs[form] += 1

    def ends_a_name(self, word: str) -> bool:
        """Tell whether ``word`` is elsewhere a name in mid-sentence, or the first or last word of one."""
        return self.edges[word] > 0

    def is_common(self, word: str) -> bool:
        """Tell whether ``word``, in small letters, is common by the lists, the story or the library."""
        if self.case.capital[word] > 3 * self.case.small[word] + 3:
            return False
        return is_plain(word) or self.case.small[word] > 0 or self.usage.mostly_small(word)
