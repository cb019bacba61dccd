"""Finding words in a text the way a reader means them: case, accents and kinds of apostrophe aside."""

from __future__ import annotations

import re
import unicodedata

from sources.model import Span

_ALIKE = {"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"}


def _folded(character: str) -> str:
    if character in _ALIKE:
        return _ALIKE[character]
    base = "".join(one for one in unicodedata.normalize("NFD", character) if not unicodedata.combining(one))
    plain = base.casefold()
    return plain if len(plain) == 1 else character


def folded(text: str) -> str:
    """Fold case, accents, quotation marks and dashes, keeping every offset where it was."""
    if text.isascii():
        return text.lower()
    return text.translate({ord(character): _folded(character) for character in set(text)})


def find_spans(text: str, needle: str) -> tuple[Span, ...]:
    """Return where ``needle`` stands in ``text``; its white space matches any white space."""
    words = folded(needle).split()
    if not words:
        return ()
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    return tuple(Span(*match.span()) for match in pattern.finditer(folded(text)))
