"""The one folding of text, and finding by it: when two spellings are the same to search, quotes and evidence.

Folded text is text as people type it. It has no case, no accents, no vowel points and nothing invisible (soft
hyphens, joiners, marks of direction); apostrophes, quotation marks and dashes are those of the keyboard;
ligatures, full-width and other compatibility forms are plain letters; and letters that have no decomposition
but that people type without their stroke are ASCII (Łódź is lodz, Straße strasse, Ærø aero). Digits of all
scripts are 0 to 9. Arabic has no lengthening, and one form each of alef, ya, kaf and final ha, as in Lucene's
normalisers for Arabic and Persian. Hangul syllables stay whole.

Each character is folded by itself, whatever is beside it, and becomes none, one or several. So the folding of
two texts is that of both together, folding twice changes nothing, and every place in a folded text has one
place in the text itself (`Folded`).

Other comparisons are kept only where what they made is stored in users' libraries: names of labels
(`sources.model.fold_label`), names of searches (`tui.services.queries`), keys of entities
(`sources.evidence.entities.forms.key_of`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from sources.model import Span
from sources.text.reading_view import view_of

_ALIKE = {
    "'": "’‘‚‛ʼ`´′‹›",
    '"': "“”„‟«»″〝〞〟",
    "-": "‐‑‒–—―−־",
    "/": "⁄",
    "ss": "ß", "ae": "æ", "oe": "œ", "th": "þ", "o": "ø", "l": "ł", "d": "đð", "h": "ħ", "i": "ı", "t": "ŧ",
    ".": "٫", ",": "٬", "ي": "ىی", "ك": "ک", "ه": "ةۀہھ",
}  # fmt: skip
_PLAIN = {sign: plain for plain, signs in _ALIKE.items() for sign in signs}
# Marks of accents and vowel points (Latin, Greek, Cyrillic, Hebrew, Arabic), variation selectors, and what
# cannot be seen. Vowel signs of Indic and other scripts are letters to their readers, and stay.
_LEFT_OUT = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


class _Table(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if re.match(_LEFT_OUT, character):  # compiled when first needed: most commands meet ASCII alone
        return ""
    if "\uac00" <= character <= "\ud7a3":
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    parts = unicodedata.normalize("NFKD", character.casefold())
    return character if parts == character else "".join(map(_folded, parts))


_TABLE = _Table()


def fold(text: str) -> str:
    """Return ``text`` folded, as this module describes it."""
    return text.lower() if text.isascii() and "`" not in text else text.translate(_TABLE)


class Folded:
    """A folded text that knows where each of its code points comes from."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.text = fold(text)
        lengths = {character: len(_TABLE[ord(character)]) for character in set(text)}
        self._ends: list[int] | None = None  # of what each character became; None where that is one each
        if any(length != 1 for length in lengths.values()):
            self._ends = list(accumulate(map(lengths.__getitem__, text)))

    def span(self, start: int, end: int) -> Span:
        """Return the span of the original that became ``text[start:end]``, which is not empty.

        It holds whole characters, and the accents written after the last one.
        """
        if self._ends is None:
            return Span(start, end)
        first, last = bisect_right(self._ends, start), bisect_right(self._ends, end - 1) + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return Span(first, last)


_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:,?\d{3})+(?!\d|,\d)")
_remembered = lru_cache(maxsize=2)(Folded)  # a reader looks in one text again with every key


def find_spans(text: str, wanted: str) -> tuple[Span, ...]:
    """Return where ``wanted`` is in ``text``, both folded, in order.

    Its white space matches any white space, and its thousands may be separated or not.
    """
    words = fold(wanted).split()
    if not words:
        return ()
    pattern = re.compile(r"\s+".join(map(_pattern, words)))
    view = view_of(text)
    folded = _remembered(text if view is None else view.text)
    # Two places in one character, such as both letters of a ligature, are one.
    found = dict.fromkeys(folded.span(*match.span()) for match in pattern.finditer(folded.text))
    return tuple(found) if view is None else tuple(view.span(*span) for span in found)


def quoted_spans(text: str, quote: str) -> tuple[Span, ...]:
    """Return where ``quote`` is in ``text`` word for word; where it never is, in any spelling."""
    exact = tuple(Span(*match.span()) for match in re.finditer(re.escape(quote), text)) if quote else ()
    return exact or find_spans(text, quote)


def loose(text: str) -> str:
    """Return ``text`` folded and with single spaces: two texts are equal so where each finds the other."""
    return " ".join(fold(text).split())


def _pattern(word: str) -> str:
    """Return the expression for a folded word."""
    parts: list[str] = []
    at = 0
    for number in _NUMBER.finditer(word):
        digits = number[0].replace(",", "")
        head = len(digits) % 3 or 3
        groups = [digits[:head], *(digits[place : place + 3] for place in range(head, len(digits), 3))]
        parts += (re.escape(word[at : number.start()]), ",?".join(groups))
        at = number.end()
    return "".join([*parts, re.escape(word[at:])])
