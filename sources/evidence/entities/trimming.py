"""From runs of capitalised words to names: what is no part of a name is cut off, what is no name dropped."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities.casing import CaseCounts, Line, Style
from sources.evidence.entities.lists import names, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.entities.candidates import Run, Word

_ROMAN = re.compile(r"[IVXLC]+$")
_FREE_ENDINGS = (
    "ing",
    "ed",
    "ly",
    "ions",
    "ments",
    "ness",
    "ists",
    "ers",
    "ies",
    "ous",
    "ful",
    "able",
    "ism",
)
_NUMBER_WORDS = frozenset({"one", "two", "three", "four", "five", "six", "seven"})
_ORDINALS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
)
_INNER = frozenset(
    {"of", "on", "by", "in", "to", "for", "with", "at", "and", "into", "from", "a", "the", "me", "my", "you"}
)


class Name(NamedTuple):
    """A span taken for a name; ``titled`` when a person's title stood before it."""

    line: Line
    start: int
    end: int
    text: str
    titled: bool
    role_after: bool
    quoted: bool


@dataclass(slots=True)
class Evidence:
    """What the whole story tells about its capitalised words."""

    case: CaseCounts = field(default_factory=CaseCounts)
    initial: Counter[str] = field(default_factory=Counter)  # words seen where they had to have a capital
    runs: Counter[str] = field(default_factory=Counter)  # whole runs seen in mid-sentence
    generic: set[str] = field(default_factory=set)  # acronyms of common nouns, by the story's own definitions

    def add(self, run: Run) -> None:
        """Count the words of a run."""
        initial = run.words[0].initial
        for position, word in enumerate(run.words):
            small = word.text.lower()
            if position == 0 and initial:
                self.initial[small] += 1
            else:
                self.case.capital[small] += 1
        if not initial:
            self.runs[" ".join(word.text for word in run.words)] += 1


@cache
def function_words() -> frozenset[str]:
    """Return the words that never name by themselves, in small letters."""
    return words("common-words.txt", "function")


@cache
def plain_words() -> frozenset[str]:
    """Return common words that name only where a story shows that they do, in small letters."""
    return words("common-words.txt", "plain")


@cache
def given_names() -> frozenset[str]:
    """Return common given names."""
    return words("given-names.txt", "names")


@cache
def place_names() -> frozenset[str]:
    """Return the places known by name."""
    return names("places.txt", "countries", "states", "cities", "regions")


@cache
def _titles() -> frozenset[str]:
    strong = words("titles.txt", "strong") | words("titles.txt", "honorifics")
    return strong | frozenset(f"{title}." for title in strong) | frozenset(f"{title}s" for title in strong)


@cache
def _heads() -> frozenset[str]:
    sections = ("organisation", "place", "event", "work", "legal")
    return frozenset().union(*(words("name-words.txt", section) for section in sections))


def _calendar() -> frozenset[str]:
    return words("peoples.txt", "calendar")


def _demonyms() -> frozenset[str]:
    return words("peoples.txt", "demonyms")


def is_demonym(text: str) -> bool:
    """Tell whether a word names a people, a language or a faith."""
    return text in _demonyms() or text.partition("-")[0] in _demonyms()


def _is_function(word: Word) -> bool:
    return word.text.lower() in function_words() and not (word.text.isupper() and len(word.text) > 1)


def names_in(text: str, run: Run, evidence: Evidence) -> Iterator[Name]:
    """Yield the names in a run."""
    if run.quoted and len(run.words) > 1 and not run.words[0].text.isupper():
        yield _name(text, run, run.words, titled=False, role_after=False)
        return
    for piece in _without_function_words(run.words):
        for hyphen_part in _without_hyphens(piece, evidence):
            for part, titled, role_after in _without_titles(_trim_start(hyphen_part, evidence)):
                for alone in _without_neighbours(_trim(part, evidence), evidence):
                    if alone and _is_name(text, alone, run, evidence, titled=titled):
                        yield _name(text, run, alone, titled=titled, role_after=role_after)


def _is_name(text: str, kept: tuple[Word, ...], run: Run, evidence: Evidence, *, titled: bool) -> bool:
    if len(kept) == 1:
        return _single_is_name(text, kept[0], run, evidence, titled=titled)
    if titled or run.quoted or kept[-1].text in _heads() or kept[0].text in given_names():
        return True
    form = " ".join(word.text for word in kept)
    if run.line.style is Style.NOUNS:
        return evidence.runs[form] > 1 or form in place_names()
    common = all(word.text.lower() in plain_words() or word.text.lower() in function_words() for word in kept)
    return not common or evidence.runs[form] > 1 or form in place_names()


def _name(text: str, run: Run, kept: Sequence[Word], *, titled: bool, role_after: bool) -> Name:
    start, end = kept[0].start, kept[-1].end
    return Name(run.line, start, end, text[start:end], titled, role_after, run.quoted)


def _without_function_words(run: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """Split a run where a capitalised function word stands: it belongs to a heading or a new sentence."""
    first = 0
    for position, word in enumerate(run):
        if not _is_function(word):
            continue
        if _function_word_belongs(run, first, position):
            continue
        if position > first:
            yield run[first:position]
        first = position + 1
    if first < len(run):
        yield run[first:]


def _function_word_belongs(run: tuple[Word, ...], first: int, position: int) -> bool:
    """Tell whether a function word with a capital is part of the name around it."""
    word, alone = run[position], len(run) - first == 1
    small, last = word.text.lower(), position == len(run) - 1
    if alone:
        return False
    if position > first:
        if small in _NUMBER_WORDS and last:
            return True
        if small in {"may", "will", "so", "can", "do", "ma"} and run[position - 1].text in given_names():
            return True
        return small in _INNER and not last and not run[first].initial
    if word.initial or last:
        return small in _ORDINALS and not last and run[-1].text in _heads()
    return small in {"the", "a", "will"} or small in _ORDINALS


def _without_neighbours(run: tuple[Word, ...], evidence: Evidence) -> Iterator[tuple[Word, ...]]:
    """Split names that only happen to meet: ``sources told Reuters Google has ...``."""
    known = _known_person(run, evidence)
    if known:
        yield known
        return
    if len(run) == 2 and run[0].text not in given_names() and not run[1].text[0].isdigit():
        left, right = run[0].text, run[1].text
        if evidence.runs[left] > 2 and evidence.runs[right] > 2 and evidence.runs[f"{left} {right}"] < 2:
            yield run[:1]
            yield run[1:]
            return
    yield run


def _known_person(run: tuple[Word, ...], evidence: Evidence) -> tuple[Word, ...]:
    """Return the part of a long run that is a person's name by the rest of the story, empty when none is."""
    if len(run) < 3 or evidence.runs[" ".join(word.text for word in run)] > 1:
        return ()
    for part in (run[:3], run[-3:], run[:2], run[-2:]):
        if (
            len(part) < len(run)
            and part[0].text in given_names()
            and evidence.runs[" ".join(word.text for word in part)] > 1
        ):
            return part
    return ()


def _without_hyphens(run: tuple[Word, ...], evidence: Evidence) -> Iterator[tuple[Word, ...]]:
    """Split ``Northport-Meridian`` when the story names both by themselves."""
    counts = evidence.case.capital
    for position, word in enumerate(run):
        left, hyphen, right = word.text.partition("-")
        if not (hyphen and left and right and right[0].isupper() and left in _known(counts, left, right)):
            continue
        if counts[word.text.lower()] + evidence.initial[word.text.lower()] < min(
            counts[left.lower()], counts[right.lower()]
        ):
            middle = word.start + len(left)
            yield (*run[:position], word._replace(end=middle, text=left))
            yield (word._replace(start=middle + 1, text=right, initial=False), *run[position + 1 :])
            return
    yield run


def _known(counts: Counter[str], left: str, right: str) -> tuple[str, ...]:
    """Return ``left`` when both sides of a hyphen stand by themselves in the story."""
    return (
        (left,) if counts[left.lower()] > 1 and counts[right.lower()] > 1 and left not in _demonyms() else ()
    )


def _trim_start(run: tuple[Word, ...], evidence: Evidence) -> tuple[Word, ...]:
    """Drop plain words that had to have their capital from the start of a longer run."""
    while len(run) > 1 and run[0].initial:
        word, form = run[0], " ".join(word.text for word in run)
        small = word.text.lower()
        if evidence.runs[form] or evidence.case.names(small) or word.text in given_names():
            break
        if word.text.isupper() and len(word.text) > 1:
            break
        names_office = run[-1].text in _heads() and not small.endswith(("ing", "ly"))
        free = small in plain_words() or evidence.case.small[small] > 0
        if not free or (names_office and evidence.case.small[small] < 3 and len(run) < 5):
            break
        run = run[1:]
    return run


def _without_titles(run: tuple[Word, ...]) -> Iterator[tuple[tuple[Word, ...], bool, bool]]:
    """Yield the parts of a run between titles, whether a title stands before, and whether one stands after."""
    parts: list[tuple[tuple[Word, ...], bool]] = []
    first, position, titled = 0, 0, False
    while position < len(run):
        length = _title_length(run, position, at_start=position == first)
        if not length:
            position += 1
            continue
        parts.append((run[first:position], titled))
        position = first = position + length
        titled = True
    parts.append((run[first:], titled))
    for number, (part, has_title) in enumerate(parts):
        if part:
            yield part, has_title, number < len(parts) - 1


def _title_length(run: tuple[Word, ...], position: int, *, at_start: bool) -> int:
    """Return how many words from ``position`` make up a title, 0 when none do."""
    last = len(run)
    end = position
    modifiers, strong = words("titles.txt", "modifiers"), _titles()
    while end < last and run[end].text in modifiers and run[end].text not in strong:
        end += 1
    heads = end
    while heads < last and run[heads].text in strong:
        heads += 1
    if heads > end:
        if (
            heads < last
            and run[heads].text in _heads()
            and heads == last - 1
            and not run[heads].text.islower()
        ):
            return 0  # "President Hotel", "Director Park"
        if (
            heads < last
            and run[heads].text in words("titles.txt", "offices")
            and run[heads - 1].text in {"Secretary", "Minister"}
        ):
            heads += 1
        return heads - position
    weak = words("titles.txt", "weak")
    if at_start and run[position].text in weak and position + 1 < last and run[-1].text not in _heads():
        return 1
    if (
        end == last
        and position > 0
        and run[position].text in {"Chief", "Chair", "Head", "General"}
        and last - position == 1
    ):
        return 1
    if end == last and at_start and run[end - 1].text in {"Chief", "General", "Executive"}:
        return end - position
    return 0


def _trim(run: tuple[Word, ...], evidence: Evidence) -> tuple[Word, ...]:
    """Cut days, months, peoples, titles in small change and generic acronyms off both ends."""
    while run and _cut_from_start(run, evidence):
        run = run[1:]
    while run and _cut_from_end(run, evidence):
        run = run[:-1]
    if run and run[0].text[0].isdigit() and len(run) == 1 and run[0].text.isdigit():
        return ()
    return run


def _cut_from_start(run: tuple[Word, ...], evidence: Evidence) -> bool:
    first, alone = run[0].text, len(run) == 1
    bare = first.rstrip(".")
    if bare in _calendar():
        is_given = (
            first in {"April", "May", "June", "August", "Jan"} and not alone and not run[1].text[0].isdigit()
        )
        return not (is_given and run[1].text not in _calendar()) and not (
            not alone and run[-1].text in words("name-words.txt", "event")
        )
    if first in _generic(evidence):
        return alone or run[-1].text not in _heads()
    if is_demonym(first):
        return alone or not _demonym_belongs(run)
    return alone and (
        first in _titles() or first in words("titles.txt", "weak") or first.lower() in function_words()
    )


def _generic(evidence: Evidence) -> frozenset[str] | set[str]:
    acronyms = words("peoples.txt", "acronyms")
    return acronyms | evidence.generic if evidence.generic else acronyms


def _demonym_belongs(run: tuple[Word, ...]) -> bool:
    """Tell whether a word for a people begins a name: ``British Airways``, ``Indian Ocean``, ``French Open``."""
    form = " ".join(word.text for word in run)
    if form in place_names():
        return True
    if run[-1].text in _heads():
        return run[-1].text != "AI"
    return any(word.text in {"of", "and"} for word in run)


def _cut_from_end(run: tuple[Word, ...], evidence: Evidence) -> bool:
    last, alone = run[-1].text, len(run) == 1
    if alone:
        return False
    if last.rstrip(".") in _calendar():
        return True
    if last in {"AI", "TV", "FM", "AM", "HQ", "AR", "VR", "PC"} or _ROMAN.match(last):
        return False
    return last in _generic(evidence)


def _single_is_name(text: str, word: Word, run: Run, evidence: Evidence, *, titled: bool) -> bool:
    """Tell whether one word by itself is a name."""
    token, small = word.text.rstrip("."), word.text.lower().rstrip(".")
    if len(token) < 2 or _ROMAN.match(token) or token in _generic(evidence):
        return titled and len(token) > 1
    if run.line.style is Style.NOUNS and not (token in place_names() or not token[1:].islower()):
        return False
    if titled or (run.quoted and _WORK_BEFORE.search(text, max(0, word.start - 24), word.start)):
        return True
    if any(letter.isdigit() or letter.isupper() for letter in token[1:]):
        shouted = token.isupper() and (small in plain_words() or small in function_words()) and len(token) > 2
        return not (shouted or token[:1].isdigit() and token[-1:].islower())
    if token in place_names():
        return True
    counts = evidence.case
    if small in plain_words() or counts.small[small]:
        if small in plain_words() and counts.capital[small] < max(2, 3 * counts.small[small]):
            return False
        least = 2 if word.initial else 1
        return (
            counts.capital[small] >= least and counts.names(small) and not _is_office_word(text, word, token)
        )
    if not word.initial:
        return not _is_office_word(text, word, token)
    if counts.capital[small] or token in given_names():
        return True
    return _followed_like_a_name(text, word) or (
        evidence.initial[small] > 1 and not small.endswith(_FREE_ENDINGS)
    )


def _is_office_word(text: str, word: Word, token: str) -> bool:
    """Tell whether a lone word is an institution by its common noun: ``the Board``, ``the University``."""
    return token in _heads() and text[max(0, word.start - 4) : word.start].lower() == "the "


_WORK_BEFORE = re.compile(
    r"(?:album|film|movie|novel|song|book|single|show|podcast|series|called|titled|track|magazine),? [\"“‘«]$"
)
_NAME_FOLLOWS = re.compile(
    r"['’]s\b|,? (?:said|says|told|added|wrote|was (?:born|founded|known)|is (?:a|an|the)\b|, [1-9][0-9],|has\b|which\b)"
)


def _followed_like_a_name(text: str, word: Word) -> bool:
    return _NAME_FOLLOWS.match(text, word.end, word.end + 24) is not None
