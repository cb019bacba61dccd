"""Excerpts: what of a source is shown to a person, cut around what it has in common with a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.model import Span
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.audit import Check
    from tui.services.audit import Audited

_ROOM = 150  # code points of a passage


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place in a source: ``marks`` is where it says otherwise, ``shared`` its words of the sentence."""

    span: Span
    marks: tuple[Span, ...]
    shared: tuple[Span, ...]


def excerpt(audited: Audited, sentence: str, check: Check, room: int = _ROOM) -> Excerpt | None:
    """Return what to show of a source: where it differs, else where most words are those of the sentence.

    None where it says nothing of it. ``room`` is the most code points, or one word.
    """
    text = audited.texts[check.ref]
    wanted = _wanted(sentence)
    differing = [each.source for each in check.differs if each.source is not None]
    best: tuple[int, int, Span] | None = None
    for evidence in check.evidence:
        inside = [each for each in differing if each.start >= evidence.start and each.end <= evidence.end]
        if differing and not inside:
            continue
        found = _window(text, evidence, wanted, inside[0] if inside else None, room)
        if best is None or (found[0], -found[1].start) > (best[0], best[1]):
            best = (found[0], -found[1].start, found[1])
    if best is None and check.evidence:  # what differs is beside the passages
        place = differing[0]
        best = (0, 0, _window(text, _around(text, place, room), wanted, place, room)[1])
    if best is None:
        return None
    return _excerpt(text, best[2], wanted, differing)


def excerpts(audited: Audited, sentence: str, check: Check, room: int) -> tuple[Excerpt, ...]:
    """Return every passage of a source that bears on a sentence, each cut as `excerpt` does.

    Where it differs beside them, that is one of them.
    """
    text = audited.texts[check.ref]
    wanted = _wanted(sentence)
    differing = [each.source for each in check.differs if each.source is not None]
    beside = [
        _around(text, place, room)
        for place in differing
        if not any(_within(place, evidence) for evidence in check.evidence)
    ]
    found: list[Span] = []
    for passage in sorted({*check.evidence, *beside}):
        inside = next((place for place in differing if _within(place, passage)), None)
        span = _window(text, passage, wanted, inside, room)[1]
        if not any(span.overlaps(other) for other in found):
            found.append(span)
    return tuple(_excerpt(text, span, wanted, differing) for span in found)


def _wanted(sentence: str) -> set[str]:
    """Return the stems of the words of a sentence that say something."""
    words = (token.norm for token in tokenize(sentence, Span(0, len(sentence))))
    return {stem(word) for word in words if word not in STOP_WORDS}


def _excerpt(text: str, span: Span, wanted: set[str], differing: Sequence[Span]) -> Excerpt:
    return Excerpt(
        span,
        tuple(each for each in sorted(set(differing)) if _within(each, span)),
        tuple(Span(each.start, each.end) for each in tokenize(text, span) if stem(each.norm) in wanted),
    )


def _within(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end


def _around(text: str, place: Span, room: int) -> Span:
    """Return the line that a place is in, at most ``room`` to either side."""
    start = max(text.rfind("\n", 0, place.start) + 1, place.start - room)
    end = text.find("\n", place.end)
    return Span(start, min(len(text) if end < 0 else end, place.end + room))


def _window(text: str, passage: Span, wanted: set[str], within: Span | None, room: int) -> tuple[int, Span]:
    """Return the stretch of a passage that has most of the words ``wanted``, and how many it has.

    It has the place ``within``, begins and ends with whole words, and is filled up to ``room``.
    """
    tokens = tokenize(text, passage)
    hits = [
        token
        for token in tokens
        if stem(token.norm) in wanted
        or (within is not None and within.overlaps(Span(token.start, token.end)))
    ]
    best, have = Span(passage.start, passage.start), 0
    first = 0
    for last, token in enumerate(hits):
        while token.end - hits[first].start > room and first < last:
            first += 1
        span = Span(hits[first].start, token.end)
        if within is not None and not _within(within, span):
            continue
        count = len({stem(each.norm) for each in hits[first : last + 1]})
        if count > have:
            best, have = span, count
    if within is not None and not have:
        best = within
    return have, _filled(text, passage, best, room)


def _filled(text: str, passage: Span, span: Span, room: int) -> Span:
    """Return a stretch with what is before and behind it, as far as there is room, to whole words."""
    spare = max(0, room - (span.end - span.start))
    behind = min(passage.end - span.end, spare // 2)
    before = min(span.start - passage.start, spare - behind)
    behind = min(passage.end - span.end, spare - before)
    start, end = span.start - before, span.end + behind
    if start > passage.start:
        blank = re.search(r"\s", text[start - 1 : span.start])
        start = start + blank.start() if blank else span.start
    if end < passage.end:
        blanks = list(re.finditer(r"\s", text[span.end : end + 1]))
        end = span.end + blanks[-1].start() if blanks else span.end
    return Span(start, end)
