"""Citation markers: glued digits, brackets, superscripts, footnotes and links, and how each can be read.

Glued digits ("the port.24", "the port 14.") may be read in several ways within the sources that there are:
14 is source 14, or 1 and 4. Digits that belong to the sentence ("in 2016.", "Tidegate 4.") are no marker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit.lexicon import listed
from sources.evidence.dates.calendar import MONTHS
from sources.model import Span
from sources.text.addresses import plain_address
from sources.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sources.evidence.audit import Reading

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LIST = r"\d{1,4}(?:\s?[,;–-]\s?\d{1,4})*"
_BRACKETED = re.compile(rf"[ \u00a0]?(?:\[{_LIST}\](?:,? ?(?=\[))?)+")
_IN_A_LIST = re.compile(r"(?:[,:;]|\band|\bor)\s*$|^\s*$", re.MULTILINE)  # what is before "(2)" in a list
_PARENTHESES = re.compile(
    rf"[ \u00a0]?(?:\({_LIST}\)(?: ?(?=\(\d))?)+(?=[.!?,;:]|\s*$|[ \u00a0][a-z])", re.MULTILINE
)
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,8}(?:[,⁻ ]{1,2}[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})*")
_FOOTNOTE = re.compile(r"[ \u00a0]?(?:\[\^[\w-]{1,30}\](?!:))+")
_NOTE_NAME = re.compile(r"\[\^([\w-]{1,30})\]")
_DEFINITION = re.compile(r"^\[\^([\w-]{1,30})\]:[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,200})\]\(<?(https?://[^\s<>()]+(?:\([^\s()]*\)[^\s<>()]*)*)>?\)")
_ANY_LINK = re.compile(r"!?\[([^\[\]\n]{1,200})\]\(<?[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*>?\)")
_BARE_ADDRESS = re.compile(r"[ \u00a0]?[(<]?(https?://[^\s<>()\[\]]+[^\s<>()\[\].,;:!?'\"])[)>]?")
# "the port 14." before the stop, "the port.14" after it; a closing mark may be between.
_BEFORE_STOP = re.compile(
    r"(?<=[^\W_.,]|[%)\]\"”’»])(?P<gap>[ \u00a0])(?P<digits>\d{1,8})(?=[.!?](?:[\"”’»)]*)(?:\s|$))"
)
_AFTER_STOP = re.compile(
    r"(?<=[.!?])(?P<close>[\"”’»)]{0,2}[ \u00a0]?)(?P<digits>\d{1,8})"
    r"(?=\s+[^\W\d_a-z]|\s+[\"“'‘«(]|\s*$|\s*\n)",
    re.MULTILINE,
)
_MONTHS = frozenset(form.lower() for name in MONTHS for form in (name, name[:3], name[:4]))
_DAY_BEFORE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)? $")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w’'&.-]*)[ \u00a0]?$")


class MarkerPlace(NamedTuple):
    """Where a marker stands, what is written, and how it can be read: not at all where no source is meant."""

    span: Span
    text: str
    readings: tuple[Reading, ...]
    glued: bool = False


def glued_readings(digits: str, highest: int) -> list[Reading]:
    """Return the ways to read digits as growing numbers of sources from 1 to ``highest``.

    Only where there is none the numbers may come in another order.
    """
    found = list(_numbers_in(digits, highest))
    return [one for one in found if list(one) == sorted(one)] or found


def _numbers_in(digits: str, highest: int, taken: Reading = ()) -> Iterator[Reading]:
    if not digits:
        yield taken
        return
    for length in range(1, min(len(str(highest)), len(digits)) + 1):
        number = int(digits[:length])
        if digits[0] != "0" and number <= highest and number not in taken:
            yield from _numbers_in(digits[length:], highest, (*taken, number))


def find_markers(
    text: str,
    numbers: Sequence[int],
    *,
    urls: Mapping[str, int] | None = None,
    labels: Mapping[int, str] | None = None,
    sources: Sequence[str] = (),
) -> tuple[MarkerPlace, ...]:
    """Return the markers of a text that cites the sources ``numbers``, in order.

    ``urls`` are the addresses of sources with their numbers, ``labels`` what each source is called;
    ``sources`` the texts of the sources, in which a number that follows the same word shows that it belongs
    to the sentence.
    """
    highest = max(numbers, default=0)
    known = set(numbers)
    found = [
        *_listed(text, _BRACKETED, known),
        *_footnotes(text, known, urls or {}),
        *_links(text, urls or {}, labels or {}),
    ]
    if not found:
        found = [*_listed(text, _RAISED, known)] or _only_if_usual(
            text, [*_listed(text, _PARENTHESES, known)]
        )
    if not found and highest:
        found = _only_if_usual(text, list(_glued(text, highest, known, sources)))
    found.sort(key=lambda one: one.span)
    return tuple(_apart(found))


def _apart(found: Sequence[MarkerPlace]) -> Iterator[MarkerPlace]:
    end = 0
    for one in found:
        if one.span.start >= end:
            yield one
            end = one.span.end


def _listed(text: str, pattern: re.Pattern[str], known: set[int]) -> Iterator[MarkerPlace]:
    """Yield markers that write their numbers apart; some must be of sources that there are."""
    found = []
    if not known:
        return
    for match in pattern.finditer(text):
        if pattern is _PARENTHESES and _IN_A_LIST.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        numbers: list[int] = []
        for part in re.findall(r"\d+(?:\s?[–-]\s?\d+)?", match[0].translate(_SUPERSCRIPTS)):
            first, *last = map(int, re.findall(r"\d+", part))
            numbers += range(first, min(last[0], first + 200) + 1) if last else [first]
        reading = tuple(dict.fromkeys(number for number in numbers if number in known))
        readings: tuple[Reading, ...] = (reading,) if reading else ()
        if len(numbers) == 1 and pattern is _RAISED:  # nothing parts raised numbers: ¹³ may be 1 and 3
            readings = tuple(
                one for one in glued_readings(str(numbers[0]), max(known)) if known.issuperset(one)
            )
        found.append(MarkerPlace(Span(*match.span()), match[0].strip(), readings))
    if any(one.readings for one in found):
        yield from found


def _footnotes(text: str, known: set[int], urls: Mapping[str, int]) -> Iterator[MarkerPlace]:
    """Yield footnotes: one means the source that its definition links, else that of its number."""
    defined = {match[1]: match[2] for match in _DEFINITION.finditer(text)}
    for match in _FOOTNOTE.finditer(text):
        numbers: list[int] = []
        for name in _NOTE_NAME.findall(match[0]):
            linked = [number for url, number in urls.items() if url and url in defined.get(name, "")]
            if linked:
                numbers += linked
            elif name.isdecimal() and int(name) in known:
                numbers.append(int(name))
        reading = tuple(dict.fromkeys(numbers))
        yield MarkerPlace(Span(*match.span()), match[0].strip(), (reading,) if reading else ())


_IN_BRACKETS = re.compile(
    r"[ \u00a0]?\((?P<links>(?:[^()\[\]\n]{0,20}\[[^\[\]\n]{1,80}\]\([^()\s]*\))+[^()\[\]\n]{0,12})\)"
)


def _links(text: str, urls: Mapping[str, int], labels: Mapping[int, str]) -> Iterator[MarkerPlace]:
    """Yield links to the addresses of sources: with their words where these only name the source.

    ``labels`` are the publishers and titles of the sources. Links in brackets are one marker.
    """
    by_address = {plain_address(url): number for url, number in urls.items() if url}
    if not by_address:
        return
    taken: list[Span] = []
    for group in _IN_BRACKETS.finditer(text):
        numbers = [by_address.get(plain_address(link[2])) for link in _LINK.finditer(group["links"])]
        reading = tuple(dict.fromkeys(number for number in numbers if number is not None))
        if reading:
            taken.append(Span(*group.span()))
            yield MarkerPlace(taken[-1], group[0].strip(), (reading,))
    for match in _LINK.finditer(text):
        number = by_address.get(plain_address(match[2]))
        if number is not None and not any(one.overlaps(Span(*match.span())) for one in taken):
            taken.append(Span(*match.span()))
            start = match.start() if _only_names(match[1], labels.get(number, "")) else match.end(1)
            yield MarkerPlace(Span(start, match.end()), text[start : match.end()], ((number,),))
    for match in _BARE_ADDRESS.finditer(text):
        number = by_address.get(plain_address(match[1]))
        if number is not None and not any(one.overlaps(Span(*match.span())) for one in taken):
            yield MarkerPlace(Span(*match.span()), match[0].strip(), ((number,),))


def _only_names(linked: str, label: str) -> bool:
    """Tell whether the words of a link only name their source: its number, its publisher, perhaps a day."""
    words = [fold(word) for word in re.findall(r"[^\W\d_]+", linked)]
    known = set(re.findall(r"[^\W\d_]+", fold(label)))
    if not words:
        return True
    months = {name.lower() for name in MONTHS}
    names = [word for word in words if word not in months]
    return len(words) <= 5 and all(word in known or word in listed("labels") for word in names)


def _glued(text: str, highest: int, known: set[int], sources: Sequence[str]) -> Iterator[MarkerPlace]:
    folded: list[str] = []
    for pattern in (_BEFORE_STOP, _AFTER_STOP):
        for match in pattern.finditer(text):
            ways = glued_readings(match["digits"], highest)
            readings = [one for one in ways if known.issuperset(one)]
            if not ways:
                continue
            if not readings:  # of a source that was removed: what is left of it
                left = (tuple(number for number in one if number in known) for one in ways)
                readings = [one for one in dict.fromkeys(left) if one]
            if pattern is _BEFORE_STOP:
                before = _WORD_BEFORE.search(text, max(0, match.start() - 40), match.start() + 1)
                if before is not None:
                    if before[1].lower().rstrip(".") in listed("belongs"):
                        continue
                    if before[1].lower().rstrip(".") in _MONTHS and not _DAY_BEFORE.search(
                        text, max(0, match.start() - 40), before.start()
                    ):
                        continue  # "on July 4.", but not "on 21 March 4."
                    folded = folded or [fold(each) for each in sources]
                    named = f"{fold(before[1])} {match['digits']}"
                    if any(re.search(rf"(?<!\w){re.escape(named)}(?!\w)", each) for each in folded):
                        continue
                start = match.start()
            else:
                start = match.start("digits")
                if match["close"].endswith((" ", "\u00a0")) and text[: match.start()].endswith(
                    ("No.", "no.", "vs.")
                ):
                    continue
            yield MarkerPlace(Span(start, match.end()), match["digits"], tuple(readings), glued=True)


_USUAL = 2  # sentences with such a marker make a text that cites so; one may be a number that ends a sentence
_OF_SENTENCES = 0.15  # share of its sentences; the labelled summaries have .5 and more, articles less than .1


def _only_if_usual(text: str, found: Sequence[MarkerPlace]) -> list[MarkerPlace]:
    """Return markers that look like other things only where the text has several, or has but one sentence."""
    sentences = len(re.findall(r"[.!?](?:\s|\d|$)", text))
    if sentences <= _USUAL:
        return list(found)
    return list(found) if len(found) >= max(_USUAL, _OF_SENTENCES * sentences) else []


def without_markers(text: str, markers: Sequence[MarkerPlace]) -> str:
    """Return a text of the same length in which blanks stand for what is no part of its sentences.

    That is its markers, the definitions of footnotes, and of other links what is around their words.
    """
    spans = [one.span for one in markers] + [Span(*match.span()) for match in _DEFINITION.finditer(text)]
    for link in _ANY_LINK.finditer(text):
        if not any(one.overlaps(Span(*link.span())) for one in spans):
            spans += [Span(link.start(), link.start(1)), Span(link.end(1), link.end())]
    parts, at = [], 0
    for span in sorted(spans):
        if span.start >= at:
            parts += [text[at : span.start], re.sub(r"[^\n]", " ", span.of(text))]
            at = span.end
    return "".join((*parts, text[at:]))


class CitedSentence(NamedTuple):
    """A sentence with its markers; ``span`` does not include those behind it."""

    span: Span
    markers: tuple[MarkerPlace, ...]


def with_markers(sentences: Sequence[Span], markers: Sequence[MarkerPlace]) -> list[CitedSentence]:
    """Return sentences with the markers that stand in them or right behind."""
    starts = [span.start for span in sentences]
    by_sentence = {
        number: tuple(group)
        for number, group in groupby(
            markers, key=lambda one: max(0, bisect_right(starts, one.span.start) - 1)
        )
    }
    return [CitedSentence(span, by_sentence.get(number, ())) for number, span in enumerate(sentences)]
