"""The view of a text in which evidence is looked for: what a reader sees, without the marks that carry it.

A text stays as its file has it. Its view has no soft hyphens and other invisible signs, no ligatures, no
words broken at line ends, no entities of HTML and no marks of Markdown; and it knows for each of its places
where that is in the text. Most texts are their own view.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Source, Span, Zone
from sources.text.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKDOWN = "markdown"  # the format whose marks of emphasis, headings and quotes are marks
WITH_LINKS = " with links"  # behind the format of a text of which the view has links as they are written

_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
# Joiners are letters to readers of Persian and Indic scripts; between Latin letters they are nothing.
_MAY_CHANGE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufb00-\ufb06]")
_SIGNS = re.compile(
    "[\u00ad\u200b\u2060\ufeff]|(?<=[A-Za-z\u00c0-\u024f])[\u200c\u200d](?=[A-Za-z\u00c0-\u024f])"
    "|[\ufb00-\ufb06]"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_END = re.compile(r"[-\u2010][ \t]*\n[ \t]*(?=[^\W\d_])")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 40
_IN_COMPOUND = re.compile(r"[\d\-\u2010]")
# Compounds that keep their hyphen wherever a line ends in them.
_HYPHENATED = re.compile(
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|non|self|vice|ex|co|mid|half|well)",
    re.IGNORECASE,
)

_ADDRESS = r"<?[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*>?"
_LINK = re.compile(
    r"(?P<open>!?\[)(?P<text>[^\[\]]{0,400})"
    rf"(?P<close>\]\((?P<to>{_ADDRESS})(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)|\]\[(?P<name>[^\[\]\n]{{0,80}})\])"
)
_IS_ADDRESS = re.compile(r"<?(?:[a-z][a-z0-9+.-]{1,9}:|www\.|[/#.?])", re.IGNORECASE)
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]\n^]{1,80})\]:[ \t]*\S+[^\n]*(?:\n|\Z)", re.MULTILINE)
_LINE_MARK = re.compile(r"^(?: {0,3}(?:#{1,6}[ \t]+|>[ \t]?))+", re.MULTILINE)
_RUN = re.compile(r"\\[!-/:-@\[-`{-~]|(?P<run>\*{1,3}|_{1,3}|`)|\n[ \t]*\n")


class _Cut(NamedTuple):
    """A stretch of the text and what the view has in its place."""

    start: int
    end: int
    put: str


class ReadingView:
    """The view of a text, with the way back: spans of ``text`` here are spans of the original."""

    def __init__(self, original: str, cuts: list[_Cut]) -> None:
        parts: list[str] = []
        at = 0
        for cut in cuts:
            parts += (original[at : cut.start], cut.put)
            at = cut.end
        self.text = "".join((*parts, original[at:]))
        growth = list(accumulate((len(cut.put) - (cut.end - cut.start) for cut in cuts), initial=0))
        self._cuts = cuts
        self._starts = [cut.start + grown for cut, grown in zip(cuts, growth, strict=False)]
        self._ends = [cut.end + grown for cut, grown in zip(cuts, growth[1:], strict=True)]

    def span(self, start: int, end: int) -> Span:
        """Return the span of the original that a span of the view shows, whole signs and words of it."""
        first, inside = self._origin(start)
        begin = self._cuts[inside].start if inside is not None else first
        if end <= start:
            return Span(begin, begin)
        last, inside = self._origin(end - 1)
        return Span(begin, self._cuts[inside].end if inside is not None else last + 1)

    def place(self, at: int) -> int:
        """Return where the view shows what the original has at ``at``, or the next that it shows."""
        number = bisect_right(self._cuts, at, key=lambda cut: cut.start) - 1
        if number < 0:
            return at
        cut = self._cuts[number]
        return self._starts[number] if at < cut.end else self._ends[number] + at - cut.end

    def _origin(self, at: int) -> tuple[int, int | None]:
        """Return the place of a code point of the view in the original, and the cut that put it there."""
        number = bisect_right(self._ends, at)
        before = self._cuts[number - 1].end - self._ends[number - 1] if number else 0
        inside = number < len(self._cuts) and self._starts[number] <= at
        return at + before, number if inside else None


def reading_view(source: Source) -> tuple[Source, ReadingView | None]:
    """Return a source as it is read, and the way back to it; itself and None where nothing differs."""
    kind = source.origin.format
    view = view_of(
        source.text, markdown=kind.removesuffix(WITH_LINKS) == MARKDOWN, links=kind.endswith(WITH_LINKS)
    )
    if view is None:
        return source, None
    zones = tuple(
        Zone(zone.kind, start, end)
        for zone in source.zones
        for start, end in [(view.place(zone.start), view.place(zone.end))]
        if start < end
    )
    return (
        Source(
            source.ref, source.title, source.publisher, source.author, source.date, source.url,
            source.language, view.text, zones, source.origin, source.version,
        ),
        view,
    )  # fmt: skip


def view_of(text: str, *, markdown: bool = False, links: bool = False) -> ReadingView | None:
    """Return the view of ``text``, or None where it is its own.

    ``markdown`` tells that marks are marks, ``links`` that links stay as they are written.
    """
    found = list(_cuts(text, markdown=markdown, links=links))
    if not found:
        return None
    found.sort(key=lambda cut: (cut.start, -cut.end))
    apart: list[_Cut] = []
    for cut in found:  # what lies in a longer cut goes with it
        if not apart or cut.start >= apart[-1].end:
            apart.append(cut)
    return ReadingView(text, apart)


def words_at(source: Source, start: int, end: int) -> str:
    """Return what a reader sees at a span of a source's text."""
    view = view_of(source.text, markdown=source.origin.format == MARKDOWN)
    if view is None:
        return source.text[start:end]
    return view.text[view.place(start) : view.place(end)]


def _cuts(text: str, *, markdown: bool, links: bool) -> Iterator[_Cut]:
    if not text.isascii() and _MAY_CHANGE.search(text):
        yield from (_Cut(*match.span(), _LIGATURES.get(match[0], "")) for match in _SIGNS.finditer(text))
    if "&" in text:
        for match in _ENTITY.finditer(text):
            read = html.unescape(match[0])
            if read != match[0] and "\ufffd" not in read and printable(read) == read:
                yield _Cut(*match.span(), read)
    yield from _joined_words(text)
    if not links and ("](" in text or "][" in text):
        yield from _links(text)
    if markdown:
        yield from (_Cut(*match.span(), "") for match in _LINE_MARK.finditer(text))
        yield from _emphasis(text)


def _joined_words(text: str) -> Iterator[_Cut]:
    """Yield the ends of lines inside words; a hyphen stays where the word has one elsewhere too."""
    lowered = ""
    for match in _LINE_END.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
        after = _WORD_AFTER.match(text, match.end(), match.end() + _LONGEST_WORD)
        if before is None or after is None:
            continue
        lowered = lowered or text.lower()
        head, tail = before[0].lower(), after[0].lower()
        keeps = (
            after[0][0].isupper()
            or _IN_COMPOUND.match(text[before.start() - 1 : before.start()]) is not None
            or _HYPHENATED.fullmatch(head) is not None
            or (f"{head}-{tail}" in lowered and head + tail not in lowered)
        )
        yield _Cut(*match.span(), "-" if keeps else "")


def _links(text: str) -> Iterator[_Cut]:
    """Yield what is around the words of links, pictures, and the lines that only give an address."""
    defined = {match["name"].lower(): match.span() for match in _DEFINITION.finditer(text)}
    used = False
    for match in _LINK.finditer(text):
        if match["to"] is not None:
            is_link = _IS_ADDRESS.match(match["to"]) is not None
        else:
            is_link = (match["name"] or match["text"]).lower() in defined
            used = used or is_link
        if not is_link:
            continue
        if match["open"].startswith("!"):
            yield _Cut(*match.span(), "")
        else:
            yield _Cut(*match.span("open"), "")
            yield _Cut(*match.span("close"), "")
    if used:
        yield from (_Cut(*span, "") for span in defined.values())


def _emphasis(text: str) -> Iterator[_Cut]:
    """Yield the marks around emphasised words and code, and the strokes before signs that are none."""
    opened: list[tuple[str, int, int]] = []
    for match in _RUN.finditer(text):
        run = match["run"]
        if run is None:
            if match[0].startswith("\\"):
                yield _Cut(match.start(), match.start() + 1, "")
            else:
                opened.clear()  # emphasis ends with its paragraph
            continue
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        closes = bool(before) and not before.isspace() and not (run[0] == "_" and after.isalnum())
        opens = bool(after) and not after.isspace() and not (run[0] == "_" and before.isalnum())
        places = [place for place, one in enumerate(opened) if one[0] == run]
        if closes and places:
            _, first, first_end = opened[places[-1]]
            del opened[places[-1] :]
            yield _Cut(first, first_end, "")
            yield _Cut(start, end, "")
        elif opens:
            opened.append((run, start, end))
