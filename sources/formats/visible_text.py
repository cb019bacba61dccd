"""What a reader of a web page sees, as Markdown: with its citations, or without the page's furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.formats.seen_html import SeenHtml, raised

if TYPE_CHECKING:
    from sources.formats.seen_html import Attributes

UNSEEN = frozenset(
    ("head", "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "canvas", "select",
     "textarea", "button", "audio", "video")
)  # fmt: skip
FURNITURE = frozenset(("nav", "footer", "aside", "form"))
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
     "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul")
)  # fmt: skip
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


class _Reader(SeenHtml):
    """Gathers what is seen."""

    def __init__(self, *, bare: bool) -> None:
        super().__init__()
        self._bare = bare
        self._unseen = UNSEEN | FURNITURE if bare else UNSEEN
        self.paragraphs: list[list[str]] = [[]]
        self._raised = 0
        self._links: list[str] = []  # addresses of open links, empty for those that are no citation

    def hides(self, tag: str, given: Attributes) -> bool:
        return tag in self._unseen or _is_hidden(given)

    def begin(self, tag: str, given: Attributes) -> None:
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

    def end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._begin("")
        elif tag == "sup":
            self._raised = max(0, self._raised - 1)
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._add(f"]({address})" if address else "")

    def said(self, words: str) -> None:
        # Without a link or a bracket it may be a power.
        self._add(raised(words, is_note=bool(self._links) or "[" in words) if self._raised else words)

    def _begin(self, tag: str) -> None:
        """Begin a paragraph; what was open in the one before stays in it."""
        for address in self._links:
            self._add(f"]({address})" if address else "")
        self._links.clear()
        heading = re.fullmatch(r"h([1-6])", tag)
        self.paragraphs.append([f"{'#' * int(heading[1])} "] if heading else [])

    def _add(self, words: str) -> None:
        self.paragraphs[-1].append(words)


def _is_hidden(given: Attributes) -> bool:
    style = re.sub(r"\s", "", given.get("style") or "").lower()
    return "hidden" in given or "display:none" in style or "visibility:hidden" in style
