"""The passages that a page shows: their links into the carried texts, and the marks that they leave there."""

from __future__ import annotations

from collections import deque
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sources.model import ZoneKind
from tui.services.dossier.markup import Markup, element, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.model import OriginalPlace, Ref, Source
    from tui.services.dossier import Place
    from tui.services.dossier.markup import Attributes

_DEEPEST = 30  # marks within one another; those below have an anchor and no mark
_MOST_BACK = 3  # links from a passage to where it is shown


class Passages:
    """Numbers the passages of a page in the order in which they are shown.

    Each has the anchor ``p0``, ``p1`` and so on in its text, and each place that shows it ``u0``, ``u1``.
    """

    def __init__(self) -> None:
        self._numbers: dict[Place, int] = {}
        self._uses: dict[int, list[int]] = {}
        self._used = 0

    @property
    def shown(self) -> tuple[Place, ...]:
        """The passages that were shown until now, by number."""
        return tuple(self._numbers)

    def quoted(
        self, place: Place, name: str = "q", marks: Iterable[tuple[Place, str]] = (), *, cite: bool = True
    ) -> Markup:
        """Return the words of a passage as an element, with a link to it; ``marks`` are classes of parts.

        The words stand alone in an element that says which passage they are, so that they can be checked.
        """
        number, use = self._number(place)
        attributes: Attributes = {"id": f"u{use}", "data-passage": number, "dir": "auto"}
        words = element(name, attributes, _with_marks(place, marks))
        return joined([words, " ", reference(place.ref, f"#p{number}", place.original)]) if cite else words

    def linked(self, place: Place) -> Markup:
        """Return the words of a passage as the link to it, for a cell of a table."""
        number, use = self._number(place)
        attributes: Attributes = {
            "href": f"#p{number}",
            "id": f"u{use}",
            "data-passage": number,
            "dir": "auto",
        }
        return element("a", attributes, place.words)

    def _number(self, place: Place) -> tuple[int, int]:
        number = self._numbers.setdefault(place, len(self._numbers))
        use = self._used
        self._used += 1
        self._uses.setdefault(number, []).append(use)
        return number, use

    def in_text(self, source: Source) -> Markup:
        """Return a text with the passages of it that were shown until now marked, a paragraph a line.

        The text of what is returned is the carried text, sign for sign.
        """
        waiting = deque(sorted(_Mark(place.start, place.end, number) for place, number in self._of(source)))
        going_on: list[_Mark] = []
        parts: list[Markup] = []
        at = 0
        for line, kind in zip(source.text.split("\n"), _kinds_of_lines(source), strict=True):
            end = at + len(line)
            here = going_on
            while waiting and waiting[0].start <= end:
                here.append(waiting.popleft())
            marked = self._marked(line, at, here)
            parts.append(element("p", {"class": kind or None}, marked) if line else marked)
            parts.append(Markup("\n"))
            at = end + 1
            going_on = [mark._replace(start=at, begins=False) for mark in here if mark.end > at]
        return joined(parts[:-1])

    def _of(self, source: Source) -> list[tuple[Place, int]]:
        return [(place, number) for place, number in self._numbers.items() if place.ref == source.ref]

    def _marked(self, line: str, at: int, marks: Iterable[_Mark]) -> Markup:
        """Return a line with marks, each within the one that it begins in, and its links back behind it."""
        found: list[str] = []
        stack: list[_Mark] = []
        done, last = at, at + len(line)

        def say(until: int) -> None:
            nonlocal done
            found.append(joined(line[done - at : until - at]))
            done = max(done, until)

        def close(until: int) -> None:
            while stack and stack[-1].end <= until:
                mark = stack.pop()
                say(mark.end)
                found.append(f"</span>{self._back(mark) if mark.ends else ''}")

        queue = sorted(mark.within(last) for mark in marks)
        heapify(queue)
        while queue:
            mark = heappop(queue)
            close(mark.start)
            say(mark.start)
            name = f' id="p{mark.number}"' if mark.begins else ""
            if stack and mark.end > stack[-1].end:
                heappush(queue, mark._replace(start=stack[-1].end, begins=False))
                mark = mark._replace(end=stack[-1].end, ends=False)
            found.append(f'<span class="cited"{name}>')
            if len(stack) < _DEEPEST:
                stack.append(mark)
            else:
                found.append("</span>")
        close(last)
        say(last)
        return Markup("".join(found))

    def _back(self, mark: _Mark) -> Markup:
        uses = self._uses[mark.number][:_MOST_BACK]
        told = "back to where this is shown"
        return joined(
            element("a", {"class": "back", "href": f"#u{use}", "aria-label": told, "title": told})
            for use in uses
        )


class _Mark(NamedTuple):
    """A stretch of a passage in one line; it may begin or end in another one."""

    start: int
    end: int
    number: int
    begins: bool = True
    ends: bool = True

    def within(self, last: int) -> _Mark:
        return self if self.end <= last else self._replace(end=last, ends=False)

    def __lt__(self, other: tuple[object, ...]) -> bool:
        # The longer of two that begin alike is around the other.
        return (self.start, -self.end, self.number) < (other[0], -int(str(other[1])), other[2])


def reference(ref: Ref, href: str, original: OriginalPlace | None = None) -> Markup:
    """Return a link with the number of a source, and the place of a passage in its original."""
    number, told = ("S", "the summary") if ref.number is None else (str(ref.number), f"source {ref.number}")
    at = "" if original is None else f", {original}"
    return element("a", {"class": "ref", "href": href, "aria-label": f"in {told}{at}"}, f"[{number}{at}]")


def _with_marks(place: Place, marks: Iterable[tuple[Place, str]]) -> Markup:
    """Return the words of a place with parts of it in classes; where parts overlap, in those of all."""
    known = [
        (max(part.start, place.start), min(part.end, place.end), name)
        for part, name in marks
        if part.ref == place.ref and part.start < place.end and part.end > place.start
    ]
    if not known:
        return joined(place.words)
    edges = sorted({place.start, place.end, *(edge for start, end, _ in known for edge in (start, end))})
    pieces = []
    for start, end in pairwise(edges):
        words = place.words[start - place.start : end - place.start]
        names = dict.fromkeys(name for first, last, name in known if first <= start and end <= last)
        pieces.append(element("span", {"class": " ".join(names)}, words) if names else joined(words))
    return joined(pieces)


def _kinds_of_lines(source: Source) -> list[str]:
    """Return for each line what class it is of: a heading, muted, or nothing."""
    kinds = []
    zones, number, at = source.zones, 0, 0
    for line in source.text.split("\n"):
        while number < len(zones) and zones[number].end <= at:
            number += 1
        kind = zones[number].kind if number < len(zones) else ZoneKind.BODY
        kinds.append("muted" if kind.muted else "heading" if kind is ZoneKind.HEADING else "")
        at += len(line) + 1
    return kinds
