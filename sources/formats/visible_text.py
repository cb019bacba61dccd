"""What a reader of a web page sees, as Markdown: with its citations, or without the page's furniture."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_UNSEEN = frozenset(
    ("head", "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "canvas", "select",
     "textarea", "button", "audio", "video")
)  # fmt: skip
_FURNITURE = frozenset(("nav", "footer", "aside", "form"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
     "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul")
)  # fmt: skip
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WEB = re.compile(r"https?://[^\s()<>]+")


def visible_text(page: str, *, bare: bool = False) -> str:
    """Return the text that a page shows, its paragraphs parted by empty lines.

    ``bare`` leaves out menus and what else is around it.
    Links to the web are those of Markdown, raised numbers with a link are in brackets, others raised digits,
    so that all are citations; of a ``bare`` text they are the words and digits alone. Headings keep their
    sign. Nothing of the page runs, is loaded, or is followed.
    """
    reader = _Reader(bare=bare)
    reader.feed(page)
    reader.close()
    paragraphs = (" ".join("".join(part).split()) for part in reader.paragraphs)
    return "\n\n".join(part for part in paragraphs if part.strip("# ")) + "\n"


class _Reader(HTMLParser):
    """Gathers what is seen; an element that is not closed ends with the one around it."""

    def __init__(self, *, bare: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._bare = bare
        self._unseen = _UNSEEN | _FURNITURE if bare else _UNSEEN
        self.paragraphs: list[list[str]] = [[]]
        self._hidden: list[str] = []  # open elements from the one on that hides what is in it
        self._raised = 0
        self._links: list[str] = []  # addresses of open links, empty for those that are no citation

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._hidden or tag in self._unseen or _is_hidden(given):
            if tag not in _VOID:
                self._hidden.append(tag)
            return
        if tag in _BLOCKS or tag == "br":
            self._begin(tag)
        elif self._bare:
            return
        elif tag == "sup":
            self._raised += 1
        elif tag == "a":
            address = _WEB.fullmatch((given.get("href") or "").strip())
            self._links.append(address[0] if address else "")
            self._add("[" if address else "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                del self._hidden[len(self._hidden) - 1 - self._hidden[::-1].index(tag) :]
        elif tag in _BLOCKS:
            self._begin("")
        elif tag == "sup":
            self._raised = max(0, self._raised - 1)
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._add(f"]({address})" if address else "")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        number = data.strip(" \n[]()")
        if not self._raised or not (number.isascii() and number.isdecimal()):
            self._add(data)
        elif self._links or "[" in data:  # a note; without a link it may be a power
            self._add(f"[{number}]")
        else:
            self._add(number.translate(_RAISED))

    def _begin(self, tag: str) -> None:
        """Begin a paragraph; what was open in the one before stays in it."""
        for address in self._links:
            self._add(f"]({address})" if address else "")
        self._links.clear()
        heading = re.fullmatch(r"h([1-6])", tag)
        self.paragraphs.append([f"{'#' * int(heading[1])} "] if heading else [])

    def _add(self, words: str) -> None:
        self.paragraphs[-1].append(words)


def _is_hidden(given: dict[str, str | None]) -> bool:
    style = re.sub(r"\s", "", given.get("style") or "").lower()
    return "hidden" in given or "display:none" in style or "visibility:hidden" in style
