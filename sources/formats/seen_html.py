"""What all readers of HTML here share: what is hidden is passed over, and nothing that is unclosed harms."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Attributes = dict[str, str | None]


class OpenElements:
    """The names of elements that are open, the innermost last.

    Whether one is among them is known without a look at all, which in nested pages took a time that grew
    with the square of their tags.
    """

    def __init__(self) -> None:
        self._names: list[str] = []
        self._counts: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._names)

    @property
    def innermost(self) -> str | None:
        """Return the last that was opened, None where none is."""
        return self._names[-1] if self._names else None

    def begin(self, name: str) -> None:
        """Open an element."""
        self._names.append(name)
        self._counts[name] += 1

    def end(self, name: str) -> None:
        """Close an element with all that is in it; one that is not open changes nothing."""
        while self._counts[name]:
            closed = self._names.pop()
            self._counts[closed] -= 1
            if closed == name:
                break


class SeenHtml(HTMLParser):
    """Hands on what is seen; an element that is not closed ends with the one around it.

    Those who read say in `hides` what is not seen, and take the rest in `begin`, `end` and `said`.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._hidden = OpenElements()  # from the one on that hides what is in it

    def feed(self, data: str) -> None:
        """Read a page, or a part of one, that is given as a whole."""
        super().feed(_without_open_ends(data))

    def hides(self, tag: str, given: Attributes) -> bool:
        """Tell whether an element hides what is in it."""
        raise NotImplementedError

    def begin(self, tag: str, given: Attributes) -> None:
        """Take the beginning of an element."""
        raise NotImplementedError

    def end(self, tag: str) -> None:
        """Take the end of an element, which need not have begun."""
        raise NotImplementedError

    def said(self, words: str) -> None:
        """Take words."""
        raise NotImplementedError

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element, or what it hides."""
        given = dict(attrs)
        if not (self._hidden or self.hides(tag, given)):
            self.begin(tag, given)
        elif tag not in VOID:
            self._hidden.begin(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin and end an element."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element, or what it hid."""
        if self._hidden:
            self._hidden.end(tag)
        else:
            self.end(tag)

    def handle_data(self, data: str) -> None:
        """Hand on the words that are seen."""
        if not self._hidden:
            self.said(data)


def raised(words: str, *, is_note: bool) -> str:
    """Return raised words: the number of a note in brackets, another number in raised digits."""
    number = words.strip(" \n[]()")
    if not (number.isascii() and number.isdecimal()):
        return words
    return f"[{number}]" if is_note else number.translate(_RAISED)


def _without_open_ends(page: str) -> str:
    """Return a page in which nothing begins that has no end.

    The parser would look for the end of each to the end of the page, which takes minutes.
    """
    page = page.replace("<![", "<!-[")  # read as a comment, which it is in HTML
    for begin, end in (("<", ">"), ("<!--", "-->")):
        at = page.rfind(end) + 1
        if begin in page[at:]:
            page = page[:at] + page[at:].replace(begin, f"&lt;{begin[1:]}")
    return page
