"""Finds where a pattern is in a text with the fewest errors.

The bit-parallel algorithm is that of G. Myers, "A fast bit-vector algorithm for approximate string matching
based on dynamic programming" (Journal of the ACM 46, 1999), with Python's integers as words of any length.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Anchor, FoundAnchor, NoteState, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.notes.correspondence import Correspondence

_FREE, _FIXED = 0, 1  # what a range costs for each code point of the text before it


class Match(NamedTuple):
    """A range of a text, and by how many changes of one code point each it differs from a pattern."""

    start: int
    end: int
    errors: int


def nearest(pattern: str, text: str, near: int) -> Match:
    """Return the range of ``text`` with the fewest errors; of equals, the one that starts near ``near``.

    ``pattern`` must not be empty. Takes time proportional to the length of ``text`` for patterns of usual
    length.
    """
    counts = _errors_by_end(pattern, text, _FREE)
    fewest = min(counts)
    wanted = near + len(pattern)
    ends = (place for place, count in enumerate(counts) if count == fewest)
    end = min(ends, key=lambda place: abs(place - wanted))
    reach = text[max(0, end - len(pattern) - fewest) : end]
    # Read backwards from the end just found, the same errors must be enough.
    backward = _errors_by_end(pattern[::-1], reach[::-1], _FIXED)
    starts = (end - length for length, count in enumerate(backward) if count == fewest)
    return Match(min(starts, key=lambda place: abs(place - near)), end, fewest)


def _errors_by_end(pattern: str, text: str, beginning: int) -> list[int]:
    """Return for each place in ``text`` the fewest errors of ``pattern`` against a range that ends there.

    The range begins anywhere (``_FREE``), or with the text (``_FIXED``).
    """
    size = len(pattern)
    mask, high = (1 << size) - 1, 1 << (size - 1)
    places: dict[str, int] = {}
    for position, character in enumerate(pattern):
        places[character] = places.get(character, 0) | 1 << position
    more, less, errors = mask, 0, size  # vertical differences of +1 and of -1, as bits
    counts = [errors]
    for character in text:
        equal = places.get(character, 0)
        across = (((equal & more) + more) ^ more) | equal
        plus = less | (mask & ~(across | more))
        minus = more & across
        if plus & high:
            errors += 1
        elif minus & high:
            errors -= 1
        plus = plus << 1 | beginning
        down = equal | less
        more = ((minus << 1) | ~(down | plus)) & mask
        less = plus & down & mask
        counts.append(errors)
    return counts


# Finding a passage again after its text has changed.
#
# The method is that of Hypothes.is: the quote, what stands before and after it, and its position,
# weighed 50, 20, 20 and 2, with at most ``min(256, length / 2)`` errors in the quote. Where the evidence
# is weak, or points to two places alike, the passage is called an orphan: a note that stands on the
# wrong words is worse than one that stands on none.

# The weights and `_MOST_ERRORS` are those of Hypothes.is; the rest was set by benchmarks/anchors.py.
_QUOTE, _PREFIX, _SUFFIX, _POSITION = 50, 20, 20, 2
_MOST_ERRORS = 256
_ENOUGH = 0.62  # a weighed likeness below this is no evidence
_ENOUGH_LEFT_OVER = 0.5  # the same where no other passage is known to stand
_SHORT = 24  # code points of a quote that may well stand somewhere else by chance
_KIN = 0.6  # likeness of the words on one side from which they are taken to be the same words
_SURE_KIN = 0.75  # what a short quote needs on one side
_APART = 0.02  # two changed passages whose likeness is nearer than this cannot be told from each other
_SEED = 6  # code points of the pieces that are looked for word for word
_COMMON = 12  # a piece that stands more often says nothing about the place
_PLACES = 3  # places that are compared in full
_OCCURRENCES = 500  # of one quote, weighed at most
_WORDS_LEFT = 0.34  # share of a passage's words that is evidence, between its own neighbours
_LETTERS_CHANGED = 0.42  # share of its letters that may differ there
_EXPLAINED = 0.5  # share of a place's words from which it is taken to be another passage
_REORDERED = 12  # words that moved from which the order of passages says nothing
_WIDE = 300  # code points on each side by which a passage is told from others that say the same
_GONE = FoundAnchor(None, NoteState.ORPHAN, 0.0)


class _Candidate(NamedTuple):
    likeness: float  # 0 to 1, of quote, context and position
    context: float  # 0 to 1, of the better side
    span: Span


def make_anchor(text: str, span: Span) -> Anchor:
    """Return the anchor of ``span`` of ``text``; raises ValueError for a span that is empty or outside."""
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"no passage at {span.start} to {span.end} of {len(text)}")
    return Anchor.at(text, span)


def find_anchor(anchor: Anchor, text: str, former: str | None = None) -> FoundAnchor:
    """Find the passage of ``anchor`` in ``text``, which may be a later version of what it was made from.

    ``former`` is the text that ``anchor`` is in, where that is still known: then the passage is looked
    for where its neighbours are, and never where another passage like it stood before. What that takes is
    done once for all passages of a text, if they come one after the other.

    The state is anchored where the passage stands word for word where it was, moved where it stands
    elsewhere or changed, and orphan, without a span, where it cannot be told.
    """
    quote = anchor.quote
    if not quote:
        return _GONE
    if _stands_untouched(anchor, text):
        return FoundAnchor(Span(anchor.start, anchor.end), NoteState.ANCHORED, 1.0)
    kept = None
    if former is not None and Span(anchor.start, anchor.end).of(former) == quote:
        kept = _correspondence(former, text)
    best = None if kept is None else _place_in_order(anchor, kept)
    if best is None:
        best = _place_anywhere(anchor, text, kept)
    if best is None or (kept is not None and _is_a_twin(anchor, kept, best.span)):
        return _GONE
    same = best.span == (anchor.start, anchor.end) and best.span.of(text) == quote
    return FoundAnchor(best.span, NoteState.ANCHORED if same else NoteState.MOVED, round(best.likeness, 3))


@lru_cache(maxsize=2)
def _correspondence(former: str, text: str) -> Correspondence:
    # Only texts that changed come here, and a search should not pay for loading it.
    from sources.notes.correspondence import Correspondence

    return Correspondence(former, text)


def forget_correspondences() -> None:
    """Let the texts go that `find_anchor` remembers from its last calls."""
    _correspondence.cache_clear()


def _place_in_order(anchor: Anchor, kept: Correspondence) -> _Candidate | None:
    """Return the passage between its neighbours, by its own words or else by their letters."""
    span, text = Span(anchor.start, anchor.end), kept.text
    words = kept.kept(span)
    if words is not None and words.share >= _WORDS_LEFT:
        start, end = words.span
        place = _with_marks(anchor, text, Span(start, end))
        if len(place.of(text)) <= 2 * len(anchor.quote) + _SEED:
            return _weigh(anchor, text, place, _likeness(anchor.quote, place.of(text)))
    window = kept.window(span)
    match = nearest(anchor.quote, window.of(text), max(0, window.start))
    if match.end > match.start and match.errors <= _LETTERS_CHANGED * len(anchor.quote):
        place = _at_word_borders(anchor, text, Span(match.start, match.end).shifted(window.start))
        if kept.explained(place, span) < _EXPLAINED:
            return _weigh(anchor, text, place, 1 - match.errors / len(anchor.quote))
    return None


def _is_a_twin(anchor: Anchor, kept: Correspondence, place: Span) -> bool:
    """Tell whether the same words stood elsewhere in the former text and ``place`` may as well be those."""
    if kept.reordered < _REORDERED:
        return False  # their order tells them apart
    former, text, length = kept.former, kept.text, len(anchor.quote)
    twins = [at for at in islice(_occurrences(anchor.quote, former), _COMMON) if at != anchor.start]
    if not twins:
        return False
    here = _surroundings(text, place)
    own = _alike(_surroundings(former, Span(anchor.start, anchor.end)), here)
    return any(own - _alike(_surroundings(former, Span(at, at + length)), here) < _APART for at in twins)


def _surroundings(text: str, span: Span) -> tuple[str, str]:
    return text[max(0, span.start - _WIDE) : span.start], text[span.end : span.end + _WIDE]


def _alike(one: tuple[str, str], other: tuple[str, str]) -> float:
    return (_likeness(one[0], other[0]) + _likeness(one[1], other[1])) / 2


def _place_anywhere(anchor: Anchor, text: str, kept: Correspondence | None) -> _Candidate | None:
    """Return the passage wherever it went, unless it might as well be another one."""
    span = Span(anchor.start, anchor.end)

    def free(places: list[_Candidate]) -> list[_Candidate]:
        if kept is None:
            return places
        return [place for place in places if kept.explained(place.span, span) < _EXPLAINED]

    exact = free(_exact_places(anchor, text))
    best = max(exact, default=None)
    if best is not None and best.context >= _KIN:
        return best
    # Words that stand somewhere else by chance must not win over the passage, changed, in its place.
    candidates = exact + free(_changed_places(anchor, text))
    return _plain_winner(anchor, candidates, _ENOUGH if kept is None else _ENOUGH_LEFT_OVER)


def _with_marks(anchor: Anchor, text: str, span: Span) -> Span:
    """Widen a range of words by the marks that stand before and after the words of the passage."""
    start, end = span
    lead = re.match(r"[^\w\s]*", anchor.quote)
    trail = re.search(r"[^\w\s]*$", anchor.quote)
    for mark in reversed(lead[0] if lead else ""):
        if text[start - 1 : start] == mark:
            start -= 1
    for mark in trail[0] if trail else "":
        if text[end : end + 1] == mark:
            end += 1
    return Span(start, end)


def _stands_untouched(anchor: Anchor, text: str) -> bool:
    before = max(0, anchor.start - len(anchor.prefix))
    return (
        text.startswith(anchor.quote, anchor.start)
        and text.startswith(anchor.prefix, before)
        and text.startswith(anchor.suffix, anchor.end)
        and anchor.end - anchor.start == len(anchor.quote)
    )


def _exact_places(anchor: Anchor, text: str) -> list[_Candidate]:
    """Weigh the places where the quote stands word for word."""
    length = len(anchor.quote)
    occurrences = sorted(_occurrences(anchor.quote, text), key=lambda at: abs(at - anchor.start))
    return [_weigh(anchor, text, Span(at, at + length), 1.0) for at in occurrences[:_OCCURRENCES]]


def _changed_places(anchor: Anchor, text: str) -> list[_Candidate]:
    """Weigh the places where the quote seems to stand with changes."""
    quote = anchor.quote
    most = min(_MOST_ERRORS, len(quote) // 2)
    slack = min(most, 2 * _SEED + len(quote) // 3) + _SEED
    candidates = []
    for place in _seeded_places(anchor, text):
        low = max(0, place - slack)
        match = nearest(quote, text[low : place + len(quote) + slack], place - low)
        if match.errors <= most and match.end > match.start:
            span = _at_word_borders(anchor, text, Span(low + match.start, low + match.end))
            candidates.append(_weigh(anchor, text, span, 1 - match.errors / len(quote)))
    return candidates


def _plain_winner(anchor: Anchor, candidates: list[_Candidate], enough: float) -> _Candidate | None:
    """Return the best place, unless it is too unlike or another one is as good."""
    needed = _SURE_KIN if len(anchor.quote) < _SHORT else 0.0
    ranked = sorted((place for place in candidates if place.context >= needed), reverse=True)
    if not ranked or ranked[0].likeness < enough:
        return None
    best = ranked[0]
    rivals = (other for other in ranked[1:] if not other.span.overlaps(best.span))
    return None if any(best.likeness - other.likeness < _APART for other in rivals) else best


def _occurrences(piece: str, text: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _seeded_places(anchor: Anchor, text: str) -> list[int]:
    """Return where the quote may begin, by votes of its pieces and its context's, the likeliest first."""
    whole = anchor.prefix + anchor.quote + anchor.suffix
    width = max(16, len(anchor.quote) // 4)
    votes: Counter[int] = Counter()
    starts: dict[int, int] = {}
    step = max(1, len(whole) // 250)
    for offset in range(0, max(1, len(whole) - _SEED + 1), step):
        found = list(islice(_occurrences(whole[offset : offset + _SEED], text), _COMMON + 1))
        if len(found) > _COMMON:
            continue
        for at in found:
            start = max(0, at - offset + len(anchor.prefix))
            box = start // width
            starts.setdefault(box, start)
            votes[box] += 2
            # A place near the border of a box must not lose the votes that fell beyond it.
            votes[box - 1] += 1
            votes[box + 1] += 1
    ranked = [(box, count) for box, count in votes.most_common() if box in starts][:_PLACES]
    return [starts[box] for box, count in ranked if 2 * count >= ranked[0][1]]


def _weigh(anchor: Anchor, text: str, span: Span, quote_likeness: float) -> _Candidate:
    before = _likeness(anchor.prefix, text[max(0, span.start - len(anchor.prefix)) : span.start])
    after = _likeness(anchor.suffix, text[span.end : span.end + len(anchor.suffix)])
    distance = abs(span.start - anchor.start) / max(len(text), 1)
    total = _QUOTE * quote_likeness + _PREFIX * before + _SUFFIX * after + _POSITION * max(0.0, 1 - distance)
    return _Candidate(total / (_QUOTE + _PREFIX + _SUFFIX + _POSITION), max(before, after), span)


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    # Only texts that changed come here, and a search should not pay for loading it.
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(one, other)


def _at_word_borders(anchor: Anchor, text: str, span: Span) -> Span:
    """Widen or narrow a range that cuts a word where the passage did not."""
    start, end = span
    if _is_border(anchor.prefix[-1:], anchor.quote[:1]):
        start = _nearest_border(text, start, 0, end)
    if _is_border(anchor.quote[-1:], anchor.suffix[:1]):
        end = _nearest_border(text, end, start, len(text))
    return Span(start, end) if start < end else span


def _nearest_border(text: str, at: int, low: int, high: int) -> int:
    for distance in range(_SEED):
        for place in (at - distance, at + distance):
            if low <= place <= high and _is_border(
                text[place - 1 : place] if place else "", text[place : place + 1]
            ):
                return place
    return at


def _is_border(before: str, after: str) -> bool:
    return not (before.isalnum() and after.isalnum())
