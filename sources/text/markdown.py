"""Markdown as pieces of the text that it is written in: headings, lists, tables, code, emphasis and links.

Nothing is changed or left out: each piece is a span of the text. It takes a time that grows with the text,
whatever the text is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Piece, PieceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"[^\n]+")
_QUOTE = re.compile(r"(?: {0,3}>[ ]?)+")
_HEADING = re.compile(r"[ ]{0,3}(?P<sign>#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"[ ]{0,3}(?P<sign>=+|-+)[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?>(?:[ \t]*+\1){2,})[ \t]*+$")
_FENCE = re.compile(r"[ \t]*(?P<sign>`{3,}|~{3,})(?P<rest>[^`\n]*)$")
_ITEM = re.compile(r"(?P<before>[ \t]*)(?P<sign>[-*+•]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_TABLE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?>(?:\|[ \t]*+:?-++:?[ \t]*+)*)\|?[ \t]*+$")
_DEFINITION = re.compile(r"[ ]{0,3}\[(?P<name>[^\]\n]{1,400})\]:[ \t]*<?(?P<to>[^\s<>]+)")
_INDENTED = re.compile(r" {4}|\t")
_BLANKS = re.compile(r"[ \t]*")

_WEB = r"(?:https?://|mailto:)[^\s<>\"`|\\^{}\[\]]{1,2000}"
_TOKEN = re.compile(
    rf"\\[!-/:-@\[-`{{-~]|(?P<code>`+)|(?P<run>\*+|_+)|(?P<open>!?\[)|(?P<close>\])"
    rf"|<(?P<auto>{_WEB}|[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}})>|\b(?P<bare>{_WEB})",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\b{_WEB}", re.IGNORECASE)
_TO = re.compile(
    r"\([ \t\n]{0,9}(?:<(?P<quoted>[^<>\n]{0,2000})>|(?P<to>(?:[^\s()<>]|\([^\s()<>]{0,400}\)){0,2000}))"
    r"(?:[ \t\n]{1,9}(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|\([^()]{0,1000}\)))?[ \t\n]{0,9}\)"
)
_NAMED = re.compile(r"\[(?P<name>[^\[\]\n]{0,400})\]")
_TRAILING = ".,;:!?'*_~"
_LONGEST_WORDS = 2000  # code points between the brackets of a link
_DEEPEST = (
    12  # emphasis in emphasis, brackets in brackets: nobody writes more, and a text must not hang on them
)


def markdown_pieces(text: str, begin: int = 0) -> tuple[Piece, ...]:
    """Return the pieces of a text in Markdown from ``begin`` on, by their starts, the longer first."""
    reader = _Blocks(text)
    for line in _LINE.finditer(text, begin):
        reader.take(*line.span())
    pieces = reader.finished()
    pieces.sort(key=lambda piece: (piece.start, -piece.end))
    return tuple(pieces)


def bare_links(text: str) -> Iterator[Piece]:
    """Yield the addresses that are written out in a text of any kind."""
    if "://" in text or "mailto:" in text:
        for match in _BARE.finditer(text):
            if (end := _address_end(text, *match.span())) > match.start():
                yield Piece(PieceKind.LINK, match.start(), end, address=text[match.start() : end])


def _address_end(text: str, start: int, end: int) -> int:
    """Return where a bare address ends: signs behind it are the sentence's, and so may a bracket be."""
    opened = text.count("(", start, end) - text.count(")", start, end)
    while end > start:
        last = text[end - 1]
        if last == ")" and opened < 0:
            opened += 1
        elif last not in _TRAILING:
            break
        end -= 1
    return end if "/" in text[start:end] or "@" in text[start:end] else start


class _Blocks:
    """Takes a text line by line, and gathers its pieces."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[Piece] = []
        self._paragraphs: list[tuple[int, int]] = []  # whose inline pieces are looked for at the end
        self._names: dict[str, str] = {}  # addresses by the names of definitions
        self._fence = ""  # the sign of the code block that is open
        self._fence_quoted = False
        self._block: tuple[int, int] | None = None  # of code that is open
        self._open: tuple[int, int] | None = None  # the paragraph that is open
        self._in_list = False
        self._table = -1  # where the table began that is open
        self._last_end = -1  # of the last line that is not blank

    def finished(self) -> list[Piece]:
        """Return all pieces."""
        self._end_all()
        for start, end in self._paragraphs:
            self._pieces += _Inline(self._text, start, end, self._names).pieces()
        return self._pieces

    def take(self, start: int, end: int) -> None:
        """Take one line."""
        text = self._text
        if not text[start:end].strip():
            self._end_paragraph()
            return
        after_blank = text.count("\n", max(self._last_end, 0), start) > 1 or self._last_end < 0
        if after_blank:
            self._end_paragraph()
        self._last_end = end
        quote = _QUOTE.match(text, start, end) if self._fence_quoted or not self._fence else None
        if self._fence and self._fence_quoted and quote is None:
            self._fence = ""
            self._end_code()
        if quote is not None:
            self._add(PieceKind.QUOTE, start, quote.end())
            start = quote.end()
        if self._fence:
            self._take_code(start, end)
        elif self._table >= 0 and "|" in text[start:end]:
            self._paragraphs.append((start, end))
            self._pieces[self._table] = _until(self._pieces[self._table], end)
        elif not self._take_lone_line(start, end, after_blank=after_blank):
            self._take_words(start, end)

    def _take_code(self, start: int, end: int) -> None:
        fence = _FENCE.match(self._text, start, end)
        closes = fence is not None and fence["sign"].startswith(self._fence) and not fence["rest"].strip()
        if fence is not None and closes:
            self._add(PieceKind.SIGN, fence.start("sign"), end)
            self._fence = ""
        self._block = (self._block[0] if self._block else start, end)
        if closes:
            self._end_code()

    def _take_lone_line(self, start: int, end: int, *, after_blank: bool) -> bool:
        """Take a line that is no part of a paragraph; tell whether it was one."""
        text = self._text
        self._table = -1
        if self._block is not None or (after_blank and not self._in_list):
            if _INDENTED.match(text, start, end):
                self._block = (self._block[0] if self._block else start, end)
                return True
            self._end_code()
        if (fence := _FENCE.match(text, start, end)) is not None:
            self._end_all()
            self._fence, self._block = fence["sign"], (start, end)
            self._fence_quoted = start > 0 and text[start - 1] != "\n"
            self._add(PieceKind.SIGN, fence.start("sign"), end)
        elif (heading := _HEADING.match(text, start, end)) is not None:
            self._take_heading(heading, end)
        elif self._take_line_below(start, end):
            pass
        elif _RULE.match(text, start, end):
            self._end_all()
            self._add(PieceKind.RULE, start, end)
        elif (definition := _DEFINITION.match(text, start, end)) is not None and self._open is None:
            address = definition["to"]
            self._names.setdefault(_folded(definition["name"]), address)
            self._add(PieceKind.SIGN, start, definition.start("to"))
            self._add(PieceKind.LINK, *definition.span("to"), address=address)
        else:
            return False
        return True

    def _take_heading(self, heading: re.Match[str], end: int) -> None:
        self._end_all()
        start, stop = heading.start("sign"), end
        words = self._text[heading.end() - 1 : end].rstrip(" \t")
        bare = words.rstrip("#")
        if bare != words and bare.endswith((" ", "\t")):
            stop = heading.end() - 1 + len(bare.rstrip(" \t"))
            self._add(PieceKind.SIGN, stop, end)
        self._add(PieceKind.SIGN, start, heading.end("sign"))
        self._add(PieceKind.HEADING, start, end, level=len(heading["sign"]))
        if heading.end() < stop:
            self._paragraphs.append((heading.end(), stop))

    def _take_line_below(self, start: int, end: int) -> bool:
        """Take a line that says what the one before it is: a heading, or the head of a table."""
        text = self._text
        if self._open is None:
            return False
        first, last = self._open
        head = text.rfind("\n", first, last) + 1 or first
        if "|" in text[start:end] and "|" in text[head:last] and _TABLE.match(text, start, end):
            self._open = (first, head - 1) if head > first else None
            self._end_paragraph()
            self._in_list = False
            self._table = len(self._pieces)
            self._add(PieceKind.TABLE, head, end)
            self._add(PieceKind.RULE, start, end)
            self._paragraphs.append((head, last))
            return True
        underline = _UNDERLINE.match(text, start, end)
        if underline is None or self._in_list:
            return False
        self._end_paragraph()
        self._add(PieceKind.HEADING, first, last, level=1 if underline["sign"][0] == "=" else 2)
        self._add(PieceKind.SIGN, underline.start("sign"), end)
        return True

    def _take_words(self, start: int, end: int) -> None:
        text = self._text
        if (item := _ITEM.match(text, start, end)) is not None:
            self._end_paragraph()
            self._in_list = True
            self._add(PieceKind.ITEM, start, end, level=item.end() - start)
            self._add(PieceKind.SIGN, *item.span("sign"))
            start = item.end()
        else:
            words = _end_of_blanks(text, start, end)
            if self._in_list and words > start:
                self._add(PieceKind.ITEM, start, end, level=words - start)
            elif self._open is None:
                self._in_list = False
            start = words
        self._open = (self._open[0] if self._open else start, end)

    def _end_paragraph(self) -> None:
        if self._open is not None:
            self._paragraphs.append(self._open)
        self._open = None
        self._table = -1

    def _end_code(self) -> None:
        if self._block is not None:
            self._add(PieceKind.CODE_BLOCK, *self._block)
        self._block = None

    def _end_all(self) -> None:
        self._end_paragraph()
        self._end_code()
        self._in_list = False

    def _add(self, kind: PieceKind, start: int, end: int, *, level: int = 0, address: str = "") -> None:
        if end > start:
            self._pieces.append(Piece(kind, start, end, level, address))


def _until(piece: Piece, end: int) -> Piece:
    return Piece(piece.kind, piece.start, end, piece.level, piece.address)


def _end_of_blanks(text: str, start: int, end: int) -> int:
    found = _BLANKS.match(text, start, end)
    return found.end() if found else start


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


class _Opening(NamedTuple):
    """Where emphasis or a bracket opened: the code points of its sign that are not used yet."""

    start: int
    end: int


class _Inline:
    """The pieces inside one paragraph."""

    def __init__(self, text: str, start: int, end: int, names: dict[str, str]) -> None:
        self._text, self._start, self._end = text, start, end
        self._names = names
        self._found: list[Piece] = []
        self._opened: dict[str, list[_Opening]] = {"*": [], "_": []}
        self._brackets: list[_Opening] = []

    def pieces(self) -> list[Piece]:
        """Return them, in no order."""
        text, end = self._text, self._end
        closings = self._code_closings()
        at = self._start
        while (token := _TOKEN.search(text, at, end)) is not None:
            at = token.end()
            kind = token.lastgroup
            if kind == "run":
                self._take_run(token)
            elif kind == "open":
                self._brackets.append(_Opening(*token.span()))
                del self._brackets[:-_DEEPEST]
            elif kind == "close":
                at = self._close_link(token)
            elif kind == "code":
                at = self._take_code(token, closings)
            elif kind == "auto":
                address = token["auto"]
                self._link(*token.span("auto"), address if ":" in address else f"mailto:{address}")
                self._markup(token.start(), token.start("auto"))
                self._markup(token.end("auto"), token.end())
            elif kind == "bare":
                at = max(_address_end(text, *token.span()), token.start() + 1)
                if at > token.start() + 1:
                    self._link(token.start(), at, text[token.start() : at])
            else:
                self._markup(token.start(), token.start() + 1)
        return self._found

    def _code_closings(self) -> dict[int, list[int]]:
        """Return where runs of backticks start by their length, the last first."""
        closings: dict[int, list[int]] = {}
        if "`" in self._text[self._start : self._end]:
            for run in re.finditer("`+", self._text[self._start : self._end]):
                closings.setdefault(len(run[0]), []).append(self._start + run.start())
            for places in closings.values():
                places.reverse()
        return closings

    def _take_code(self, token: re.Match[str], closings: dict[int, list[int]]) -> int:
        start, end = token.span()
        places = closings.get(end - start, [])
        while places and places[-1] < end:
            places.pop()
        if not places:
            return end
        closing = places.pop()
        self._add(PieceKind.CODE, end, closing)
        self._add(PieceKind.SIGN, start, end)
        self._add(PieceKind.SIGN, closing, closing + end - start)
        return closing + end - start

    def _take_run(self, token: re.Match[str]) -> None:
        """Close what a run of stars or underscores closes, and open what is left of it."""
        text, (start, end) = self._text, token.span()
        before = text[start - 1] if start > self._start else " "
        after = text[end] if end < self._end else " "
        from_left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
        from_right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
        sign = token[0][0]
        opens = from_left and (sign == "*" or not from_right or _is_sign(before))
        closes = from_right and (sign == "*" or not from_left or _is_sign(after))
        opened = self._opened[sign]
        while closes and opened and start < end:
            opening = opened.pop()
            used = 2 if end - start > 1 and opening.end - opening.start > 1 else 1
            kind = PieceKind.STRONG if used > 1 else PieceKind.EMPHASIS
            self._add(kind, opening.end, start)
            self._markup(opening.end - used, opening.end)
            self._markup(start, start + used)
            self._forget(opening.end)
            if opening.end - used > opening.start:
                opened.append(_Opening(opening.start, opening.end - used))
            start += used
        if opens and start < end:
            opened.append(_Opening(start, end))
            del opened[:-_DEEPEST]

    def _forget(self, since: int) -> None:
        """Forget what opened since a place and was not closed."""
        for opened in self._opened.values():
            while opened and opened[-1].start >= since:
                opened.pop()

    def _close_link(self, token: re.Match[str]) -> int:
        """Make a link of the brackets that close here, if an address follows; return where to go on."""
        text, end = self._text, token.end()
        if not self._brackets:
            return end
        opening = self._brackets.pop()
        words = text[opening.end : min(token.start(), opening.end + _LONGEST_WORDS)]
        if not words.strip() or opening.end + len(words) < token.start():
            return end
        following = _TO.match(text, end, self._end)
        if following is not None:
            address, stop = following["quoted"] or following["to"] or "", following.end()
        else:
            named = _NAMED.match(text, end, self._end)
            name = (named["name"] if named else "") or words
            address, stop = self._names.get(_folded(name), ""), named.end() if named else end
        if not address:
            return end
        self._link(opening.end, token.start(), address)
        self._markup(*opening)
        self._markup(token.start(), stop)
        if not text.startswith("!", opening.start):
            self._brackets.clear()  # a link holds no other
        return stop

    def _link(self, start: int, end: int, address: str) -> None:
        self._add(PieceKind.LINK, start, end, address)

    def _markup(self, start: int, end: int) -> None:
        self._add(PieceKind.MARKUP, start, end)

    def _add(self, kind: PieceKind, start: int, end: int, address: str = "") -> None:
        if end > start:
            self._found.append(Piece(kind, start, end, 0, address))


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
