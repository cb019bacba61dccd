"""How the text of a query's words may begin, and where in a text something begins so.

No pattern is as fast as a search for a few letters, which picks the places that are worth taking apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING

from index.analysis import CAPITALS_MARK, is_latin
from index.expansion import first_letter_edits
from index.query.tree import STAR, Figures, Fuzzy, Near, Phrase, Prefix, Word, Worded
from sources.text.folding import fold
from sources.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_FEW = 100  # beginnings that are looked for one after the other
# What may stand before the beginning of a wanted word without being white space ends up in the range.
_LETTERS = re.compile(r"[^\W\d_]+")
_WITHIN_WORDS = "-'."  # signs, as folded, that may part a word which is found without them
_HEAD = re.compile(r"(?<![^\W_])[^\W_]+(?=[-‐‑'’.][^\W_])")
_ACCENTED = re.compile("[ªºÀ-ɏḀ-ỿ]")
# Other letters and numbers that fold to Latin ones, among them all that fold to several.
_OTHERWISE_LATIN = (
    "[ÆÞßæþĲĳĿŀŉŒœǄ-ǌǢǣǱ-ǳǼǽẚẞ²³¹¼-¾ʰ-ʸʼˡ-ˣ⁰-ₜ\u2102\u210a-\u2115\u2119-\u211d\u2124\u2128\u212a-\u2139"
    "\u2145-\u2149\u2150-\u2189\u2460-\u249b\u24ea]"
)
_SIGNS = tuple(zip("’‘“”–—‐‑…•·\u00a0€£", "''\"\"----... $$", strict=True))


def places_of(
    starts: frozenset[str], text: str, heads: frozenset[str] = frozenset()
) -> Iterable[tuple[int, int]] | None:
    """Return where one of ``starts`` (folded) begins a word, in order; None for anywhere in the text.

    So too where one of ``heads`` is the whole word before a hyphen, apostrophe or full stop within a word.
    """
    plain = _plain(text) if len(starts) <= _FEW else None
    if plain is not None:
        lowered = plain.lower()
        return sorted({*_places_in(lowered, starts), *(_heads_in(lowered, heads) if heads else ())})
    if not is_latin(text) or re.search(_OTHERWISE_LATIN, text):
        return None
    pattern = _starts_pattern(starts, _ACCENTED.search(text) is None)
    found = (match.span() for match in pattern.finditer(text))
    if not heads:
        return found
    parted = (match.span() for match in _HEAD.finditer(text) if fold(match[0]) in heads)
    return sorted({*found, *parted})


def _plain(text: str) -> str | None:
    """Return a text of the same length in ASCII, usual signs replaced by others; None for any other text."""
    if text.isascii():
        return text
    for sign, other in _SIGNS:
        text = text.replace(sign, other)
    return text if text.isascii() else None


def _places_in(lowered: str, starts: Iterable[str]) -> list[tuple[int, int]]:
    """Return where any of ``starts`` begins a word of a text without accents; no pattern is as fast."""
    found = []
    for start in starts:
        length = len(start)
        place = lowered.find(start)
        while place >= 0:
            if place == 0 or not lowered[place - 1].isalnum():
                found.append((place, place + length))
            place = lowered.find(start, place + length)
    return found


def _heads_in(lowered: str, heads: Container[str]) -> Iterator[tuple[int, int]]:
    """Yield where one of ``heads`` is the first part of a word of a text without accents."""
    for sign in _WITHIN_WORDS:
        place = lowered.find(sign)
        while place >= 0:
            if lowered[place + 1 : place + 2].isalnum():
                start = place
                while start and lowered[start - 1].isalnum():
                    start -= 1
                if lowered[start:place] in heads:
                    yield start, place
            place = lowered.find(sign, place + 1)


def _starts_of(term: str) -> tuple[str, ...]:
    """Return how the text of ``term`` may begin, without signs and separators."""
    if term == "and":
        return ("and", "&")
    bare = term.lstrip(f"{CAPITALS_MARK}$€£¥₹₩₽¢#@")
    letters = _LETTERS.match(bare)
    if letters is None:
        return (bare[:1],)  # a number may hold separators
    if len(letters[0]) < 4:
        return (bare, f"{bare[0]}.") if letters[0] == bare and len(bare) > 1 else (bare[:1],)
    return (letters[0],)


def beginnings(leaves: Iterable[Worded | Figures]) -> frozenset[str]:
    """Return folded texts one of which each hit of words begins with, without what begins with another."""
    starts = {start for leaf in leaves for start in _beginnings_of(leaf)}
    return frozenset(
        start for start in starts if not any(start[:length] in starts for length in range(1, len(start)))
    )


def heads_of(leaves: Iterable[Worded | Figures]) -> frozenset[str]:
    """Return the parts that words may begin with where they are written with a sign within them."""
    words = {term.lstrip(CAPITALS_MARK) for leaf in leaves for term in _first_terms(leaf)}
    return frozenset(word[:length] for word in words for length in range(1, len(word)))


def _first_terms(leaf: Worded | Figures) -> Iterable[str]:
    match leaf:
        case Word() | Fuzzy():
            return (leaf.term,)
        case Phrase():
            return (leaf.terms[0][1],)
        case Near():
            return leaf.terms
        case _:
            return ()


@lru_cache(maxsize=64)
def _starts_pattern(starts: frozenset[str], plain: bool) -> re.Pattern[str]:  # noqa: FBT001 - a cache key
    """Build what finds any of ``starts`` in a text, in any case and, unless plain, with accents."""
    kept = sorted(starts)
    if plain:
        parts = [re.escape(start) for start in kept if start.isascii() or not start.isalpha()]
    else:
        parts = ["".join(_accented().get(letter, re.escape(letter)) for letter in start) for start in kept]
    # A hit begins where a word does.
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(parts)})" if parts else r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _accented() -> dict[str, str]:
    """Return for each letter a set of it and all Latin letters that fold to it."""
    variants: dict[str, str] = {}
    for code in (*range(0xAA, 0x250), *range(0x1E00, 0x1F00)):
        folded = fold(chr(code))
        if len(folded) == 1 and folded.isascii() and folded.isalnum():
            variants[folded] = variants.get(folded, folded) + chr(code)
    return {letter: f"[{letters}]" for letter, letters in variants.items()}


_ODD_FORMS = {"die": "dying", "lie": "lying", "tie": "tying"}  # which begin unlike their stem


def _beginnings_of(leaf: Worded | Figures) -> Iterator[str]:
    """Yield what a hit of ``leaf`` may begin with; nothing for amounts."""
    match leaf:
        case Word(_, _, _, term, exact):
            yield from _starts_of(term)
            if not exact:
                root = stem(term)
                yield root[:2] if len(root) < 4 else root[:-1]
                yield from (_ODD_FORMS[root],) if root in _ODD_FORMS else ()
        case Prefix(_, _, _, start):
            yield from _starts_of(start)
        case Phrase(_, _, _, terms):
            yield from _starts_of(terms[0][1].removesuffix(STAR))
        case Near(_, _, _, words):
            for word in words:
                yield from _starts_of(word)
        case Fuzzy(_, _, _, term):
            yield term[0]
            yield from first_letter_edits(term, ascii_lowercase + digits)
