"""Pairs of quotation marks: what stands between which two, without a stray mark swallowing the rest.

Marks pair within a paragraph. One that is never closed there counts only when the next paragraph opens with
the same mark again, which is how a quote of several paragraphs is set. The pairs are: curly and straight
double marks, guillemets either way round, low marks closed by high ones, corner brackets, and single marks
where no double ones stand around them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# It begins with one character of a set, which the expression can run through quickly.
_MARK = re.compile('["“”„‟«»「」『』‹›＂\'‘‚](?:(?<=["“”„‟«»「」『』‹›＂])|(?<![^\\s(\\[—–/].)(?=[^\\W_]))')
_CLOSERS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«»",
    "”": "”",
    '"': '"',
    "＂": "＂",
    "「": "」",
    "『": "』",
    "‹": "›",
    "›": "‹",
}
_OPENERS_ALIKE = {"“": '"', "„": '"', "‟": '"', "‘": "'", "‚": "'"}  # over paragraphs
_CLOSING_SINGLE = re.compile(r"(?<=\S)['’](?![^\W_])")
_SENTENCE_CLOSING = re.compile(r"(?<=[,.?!])['’](?![^\W_])")
_PAIR_OPENING = re.compile(r"(?<![^\s(\[—–])(?:''|``)(?=\S)")
_PAIR_CLOSING = re.compile(r"(?<=\S)''(?![^\W_])")
_ELISION = re.compile(r"['‘](?:\d0s|em\b|n\b|tis\b|twas\b|til\b|cause\b|bout\b|round\b)", re.IGNORECASE)
_SENTENCE_ENDED = re.compile(r"\w{2}[.!?…]$")
_LONGEST_CAPTION = 120  # characters
_LONGEST_SINGLE = 600  # characters looked through for the end of a quote in single marks


class Quoted(NamedTuple):
    """A quoted span with its marks; ``closed`` is false when it goes on in the next paragraph.

    ``marked`` is false for a turn of a dialogue, which stands in no marks.
    """

    start: int
    end: int
    closed: bool
    marked: bool = True

    def inner(self, text: str) -> tuple[int, int]:
        """Return the span of the words inside the marks."""
        start, end = (self.start + 1, self.end - self.closed) if self.marked else (self.start, self.end)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end


def with_double_marks(text: str) -> str:
    """Return ``text``, equally long, with double marks for pairs of single ones: ``''We sold it,''``.

    The mark stands at the character beside the quoted words, a blank at the other one.
    """
    if "''" not in text and "``" not in text:
        return text
    return _PAIR_CLOSING.sub('" ', _PAIR_OPENING.sub(' "', text))


def quoted_spans(text: str, start: int, end: int) -> Iterator[Quoted]:
    """Yield the outermost quoted spans between ``start`` and ``end``, in order."""
    pending: int | None = None  # an opener that its own paragraph did not close
    skipped = False  # whether a caption between the two was passed over
    inside: list[Quoted] = []  # what stands behind it, which is part of its quote if that goes on
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            found, unclosed = _in_paragraph(text, start, stop)
            first = start + len(text[start:stop]) - len(text[start:stop].lstrip())
            if pending is not None and _OPENERS_ALIKE.get(text[first], text[first]) == _OPENERS_ALIKE.get(
                text[pending], text[pending]
            ):
                yield Quoted(pending, _paragraph_end(text, pending, start), closed=False)
            elif pending is not None and not skipped and _is_caption(text[start:stop]):
                skipped, start = True, stop + 1
                continue
            else:
                yield from inside
            skipped = False
            inside = [] if unclosed is None else [quote for quote in found if quote.start > unclosed]
            yield from found[: len(found) - len(inside)]
            pending = unclosed
        start = stop + 1
    yield from inside


def _is_caption(line: str) -> bool:
    """Tell whether a line is no sentence, as a caption or a link within a quote of several paragraphs is."""
    bare = line.strip()
    return len(bare) <= _LONGEST_CAPTION and bare[0].isalnum() and not bare.endswith(tuple('.!?:,;…"”’»'))


def _paragraph_end(text: str, opener: int, limit: int) -> int:
    """Return where the paragraph of an opener ends, white space left out."""
    stop = text.find("\n", opener, limit)
    end = limit if stop < 0 else stop
    return opener + len(text[opener:end].rstrip())


def _in_paragraph(text: str, start: int, end: int) -> tuple[list[Quoted], int | None]:
    """Return the quoted spans of a paragraph, and its last opener when that stays open."""
    found: list[Quoted] = []
    stack: list[tuple[int, int]] = []  # where each open mark stands, and how many spans there were before it
    floor, single = start, None
    for match in _MARK.finditer(text, start, end):
        position, mark = match.start(), match.group()
        if position < floor:
            continue
        if mark in "'‘‚":
            closing = _single_end(text, position, end) if not stack else None
            if closing is not None:
                found.append(Quoted(position, closing, closed=True))
                floor = closing
            elif _begins_a_sentence(text, start, position) and _is_left_open(text, position, end):
                single = position
            continue
        if stack and _closes(text, stack[-1][0], position, start, end):
            opener, before = stack.pop()
            del found[before:]
            if position > opener + 1:
                found.append(Quoted(opener, position + 1, closed=True))
        elif _may_open(text, position, start, end, mark):
            if stack and mark == text[stack[-1][0]] and mark in '"＂”':
                before = stack.pop()[0]  # straight marks do not nest: one was stray, or a paragraph's
                said = text[before:position].rstrip()
                if _SENTENCE_ENDED.search(said):
                    found.append(Quoted(before, before + len(said), closed=False))
            stack.append((position, len(found)))
    return found, stack[-1][0] if stack else single


def _begins_a_sentence(text: str, start: int, position: int) -> bool:
    """Tell whether what stands before a mark in its paragraph is nothing, or a whole sentence."""
    before = text[start:position].rstrip()
    return not before or _SENTENCE_ENDED.search(before) is not None


def _is_left_open(text: str, position: int, end: int) -> bool:
    """Tell whether a single mark at the start of a paragraph opens a quote that ends in a later one."""
    if _ELISION.match(text, position) is not None:
        return False
    return _SENTENCE_ENDED.search(text[position:end].rstrip()) is not None


def _may_open(text: str, position: int, start: int, end: int, mark: str) -> bool:
    """Tell whether a mark can begin a quote: words follow, and none is glued before an even-handed mark."""
    if position + 1 >= end or (text[position + 1].isspace() and mark not in "«‹"):
        return False
    if mark in "“„‟«「『‹":
        return True
    if mark not in '"＂”»›':
        return False
    before = text[position - 1] if position > start else " "
    return not before.isalnum() and (mark in '"＂' or before.isspace() or before in "([—–-")


def _closes(text: str, opener: int, position: int, start: int, end: int) -> bool:
    """Tell whether the mark at ``position`` ends what the one at ``opener`` began."""
    mark = text[position]
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    if mark not in _CLOSERS[text[opener]]:
        mistyped = mark == text[opener] or (
            text[opener] + mark in ('"”', '“"') and text.find(_CLOSERS[text[opener]], position + 1, end) < 0
        )
        return mistyped and before in ",.!?" and not after.isalnum()  # the wrong one of a pair was typed
    return mark not in '"＂' or not (before.isspace() and after.isalnum())


def _single_end(text: str, opener: int, end: int) -> int | None:
    """Return where a quote in single marks ends, None when the mark is an apostrophe or never closed."""
    if _ELISION.match(text, opener):
        return None
    limit = min(end, opener + _LONGEST_SINGLE)
    for stop in ("‘", '"', "“", "”", " '"):
        other = text.find(stop, opener + 1, limit)
        limit = limit if other < 0 else other
    closing = _SENTENCE_CLOSING.search(text, opener + 1, limit) or _CLOSING_SINGLE.search(
        text, opener + 1, limit
    )
    return closing.end() if closing is not None else None
