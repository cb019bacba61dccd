"""Names that the rest of a story makes known: in headings, longer than their capitals, and acronyms."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sources.evidence.entities.candidates import Name
from sources.evidence.entities.casing import LETTER, UPPER, Style
from sources.evidence.entities.forms import key_of, legal_keys, place_keys
from sources.evidence.entities.kinds import is_drug
from sources.evidence.outlet_names import agency, agency_names
from sources.evidence.word_lists import (
    function_words,
    given_names,
    is_common_word,
    is_plain,
    organisation_names,
    place_names,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from sources.evidence.entities.candidates import StoryWords
    from sources.evidence.entities.casing import CaseCounts, StyledLine
    from sources.model import Source

_WORD = re.compile(rf"(?:[{LETTER}]\.){{2,}}|[{LETTER}0-9](?:[{LETTER}0-9]|[&.'’-](?=[{LETTER}0-9]))*")
_POSSESSIVE = re.compile(r"['’][sS]$")
_LONGEST = 6  # words of a name
_SHORTEST_SURNAME = 3  # letters, in a heading; not measured: shorter words in it are as likely no name


@cache
def _first_of_places() -> frozenset[str]:
    return frozenset(key.split(maxsplit=1)[0] for key in place_keys())


class KnownNames:
    """The names that may be found without capitals: those of the story, and places."""

    def __init__(self, known: Iterable[str], case: CaseCounts) -> None:
        self._keys = {key: len(key.split()) for key in known}
        for key in list(self._keys):
            start, _, last = key.rpartition(" ")
            if start and last in legal_keys():
                self._keys.setdefault(start, len(start.split()))
        self._first = {key.split(maxsplit=1)[0] for key in self._keys}
        self._case = case

    def names_in(self, text: str, line: StyledLine) -> Iterator[Name]:
        """Yield the names in a line, the longest first where several begin at one word."""
        found = [self._bare(match) for match in _WORD.finditer(text, line.start, line.end)]
        keys = [key_of(text[start:end]) for start, end in found]
        small = line.style is Style.UNCASED and text[line.start : line.end].islower()
        position = 0
        while position < len(found):
            length = self._length(text, line, found, keys, position, small=small)
            if length:
                start, end = found[position][0], found[position + length - 1][1]
                yield Name(line, start, end, text[start:end], titled=False, role_after=False, quoted=False)
            position += length or 1

    @staticmethod
    def _bare(match: re.Match[str]) -> tuple[int, int]:
        possessive = _POSSESSIVE.search(match.group())
        return match.start(), match.end() - (len(possessive.group()) if possessive else 0)

    def _length(
        self,
        text: str,
        line: StyledLine,
        found: list[tuple[int, int]],
        keys: list[str],
        position: int,
        *,
        small: bool,
    ) -> int:
        """Return how many words from ``position`` make up a name, 0 when none do."""
        if (
            keys[position] not in self._first
            and keys[position] not in _first_of_places()
            and (small or not self._may_be_given(text, found[position]))
        ):
            return 0
        start, end = found[position]
        if not small and not (
            text[start].isupper()
            or text[start].isdigit()
            or text[start + 1 : end].lower() != text[start + 1 : end]
        ):
            return 0
        for length in range(min(_LONGEST, len(found) - position), 0, -1):
            last = found[position + length - 1][1]
            if (length > 1 and last - start > 80) or "\n" in text[start:last]:
                continue
            key = " ".join(keys[position : position + length])
            if (key in self._keys or key in place_keys()) and self._trusted(
                text[start:last], key, length, line.style
            ):
                return length
        return 0 if small else self._person_length(text, found, position)

    def _trusted(self, spelled: str, key: str, length: int, style: Style) -> bool:
        """Tell whether a match without the help of capitals is more than a common word."""
        if length > 1:
            return True
        if key in function_words() and not (style is Style.TITLE and spelled.isupper()):
            return False
        if key not in self._keys and key in self._case.small:
            return False
        if style is Style.TITLE:
            return self._case.names(key) or spelled[1:] != spelled[1:].lower()
        return not is_plain(key) and not self._case.small[key]

    @staticmethod
    def _may_be_given(text: str, span: tuple[int, int]) -> bool:
        return text[span[0] : span[1]].capitalize() in given_names()

    def _person_length(self, text: str, found: list[tuple[int, int]], position: int) -> int:
        """Return 2 when a given name and a word that is no common one stand here, else 0."""
        if not self._may_be_given(text, found[position]) or position + 1 >= len(found):
            return 0
        (start, end), (next_start, next_end) = found[position], found[position + 1]
        if text[end:next_start] != " ":
            return 0
        given, family = text[start:end].lower(), text[next_start:next_end]
        known = family.capitalize() in words("peoples.txt", "calendar") or family in words(
            "peoples.txt", "acronyms"
        )
        free = (
            is_common_word(given)
            or is_common_word(family.lower())
            or self._case.small[family.lower()]
            or known
        )
        return 0 if free or not family[0].isupper() or len(family) < _SHORTEST_SURNAME else 2


# Names that reach further than their capitals, as the rest of the story shows.
#
# ``Macy's`` ends in ``'s`` by itself where the story never writes ``Macy``; ``de Vroom`` begins with a
# particle where the story also writes ``Anneke de Vroom``.

_KEPT_POSSESSIVE = re.compile(r"['’]s(?![^\W_])")
# After these a possessive would own nothing.
_OWNS_NOTHING = re.compile(
    r"['’]s(?:[.,;:!?)\n]|$| (?:in|and|or|to|for|at|on|by|with|from|is|was|were|has|had|said|says|will|would"
    r"|which|that|who|as|but|under|over|after|before|since|through)\b)"
)
_POSSESSIVE_LENGTH = len("'s")
_INNER_PARTICLE = re.compile(r" ((?:(?:de|da|di|du|del|van|von|der|den|ter|la|le|bin|ibn|al) )+[^ ]+)$")
_PARTICLES_BEFORE = re.compile(
    r"(?<![^\W_])(?:(?:de|da|di|du|del|van|von|der|den|ter|la|le|bin|ibn|al) )+$", re.IGNORECASE
)
_LONGEST_PARTICLES = 16  # code points before a name


def with_own_possessives(found: Sequence[Name], texts: Sequence[str]) -> list[Name]:
    """Return the names, those that always stand with ``'s`` and own nothing at least once with it."""
    marked: dict[str, list[bool]] = defaultdict(list)
    bare: set[str] = set()
    for name in found:
        text = texts[name.line.source]
        if _KEPT_POSSESSIVE.match(text, name.end, name.line.end) is None:
            bare.add(name.text)
        else:
            marked[name.text].append(_OWNS_NOTHING.match(text, name.end) is not None)
    own = {
        text
        for text, free in marked.items()
        if text not in bare
        and (f"{text}'s" in organisation_names() or (2 * sum(free) >= len(free) and not _is_owner(text)))
    }
    if not own:
        return list(found)
    return [_lengthened(name, texts[name.line.source]) if name.text in own else name for name in found]


def _is_owner(text: str) -> bool:
    """Tell whether a name is a person or place by the lists: ``a friend of Ada's``."""
    return text.split(maxsplit=1)[0] in given_names() or text in place_names() or text.isupper()


def _lengthened(name: Name, text: str) -> Name:
    end = name.end + _POSSESSIVE_LENGTH
    return name._replace(end=end, text=text[name.start : end])


def with_own_particles(found: Sequence[Name], texts: Sequence[str]) -> list[Name]:
    """Return the names, surnames with the particles that their full names have in the story."""
    tails = {tail.group(1).lower() for name in found if (tail := _INNER_PARTICLE.search(name.text))}
    if not tails:
        return list(found)
    return [_with_particle(name, texts[name.line.source], tails) for name in found]


def _with_particle(name: Name, text: str, tails: set[str]) -> Name:
    before = _PARTICLES_BEFORE.search(text, max(name.line.start, name.start - _LONGEST_PARTICLES), name.start)
    if before is None or f"{before.group().lower()}{name.text.lower()}" not in tails:
        return name
    return name._replace(start=before.start(), text=text[before.start() : name.end])


# Products that are written with a small letter: bitcoin, and drugs.

_FEWEST_SMALL = 4  # mentions with a small letter, in
_FEWEST_TEXTS = 2  # texts, from which a word may be the name of a product
_FEWEST_CAPITALS = 3  # mentions with a capital in mid-sentence, if no ending tells, and
_LEAST_CAPITALS = 0.15  # as many to each with a small letter
_SHORTEST_PRODUCT = 5  # letters
_MOST_WITH_ARTICLE = 0.15  # of its mentions: what is mostly "the" or "a" something is a thing of that kind


def small_products(texts: Sequence[str], evidence: StoryWords) -> frozenset[str]:
    """Return the words that the story writes with a small letter although they name a product.

    Either the word ends as drugs do, or the story has it with a capital too where it had a choice.
    """
    likely = [
        word
        for word, count in evidence.case.small.items()
        if count >= _FEWEST_SMALL
        and not is_common_word(word)
        and word not in evidence.surnames
        and (is_drug(word) or _is_chosen(word, count, evidence.runs[word.capitalize()]))
    ]
    return frozenset(word for word in likely if _is_topic(word, texts))


def _is_chosen(word: str, small: int, capitals: int) -> bool:
    """Tell whether a word stands often enough with a capital that nothing but a name explains."""
    often = capitals >= max(_FEWEST_CAPITALS, small * _LEAST_CAPITALS)
    return (
        often and len(word) >= _SHORTEST_PRODUCT and not word.endswith(("ing", "ed", "en", "ly", "ers", "al"))
    )


def _is_topic(word: str, texts: Sequence[str]) -> bool:
    pattern = re.compile(rf"(?P<article>\b(?:an?|the|this|these|its|their) )?(?<![\w-]){word}(?![\w-])")
    found = [[match["article"] for match in pattern.finditer(text)] for text in texts]
    articles = [article is not None for row in found for article in row]
    in_texts = sum(bool(row) for row in found)
    return in_texts >= _FEWEST_TEXTS and sum(articles) <= _MOST_WITH_ARTICLE * len(articles)


@cache
def small_agencies() -> frozenset[str]:
    """Return the names of news agencies that are written with a small letter."""
    return frozenset(name for name in agency_names() if name.islower())


def small_names_in(text: str, line: StyledLine, products: frozenset[str]) -> Iterator[Name]:
    """Yield the products and agencies that a line writes with a small letter."""
    pattern = _any_of(products)
    for match in pattern.finditer(text, line.start, line.end):
        yield Name(
            line, match.start(), match.end(), match.group(), titled=False, role_after=False, quoted=False
        )


@lru_cache(maxsize=8)
def _any_of(chosen: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(chosen)))})(?![\w-])")


# What a story's acronyms stand for, where it says so: ``the Mine Safety Board (MSB)``.

_DEFINED = re.compile(r"\(([A-Z][A-Za-z&]{1,8})\)")
_BEHIND = re.compile(r" \(([A-Z][A-Za-z&]{0,9}[A-Z])\)")
_TICKER = re.compile(
    r"[(\[<](?:(?P<exchange>[A-Z]{2,8}|Nasdaq|Xetra): ?(?P<ticker>[A-Z]{1,6})"
    r"|(?P<code>[A-Z]{1,5})\.[A-Z]{1,3})[)\]>]"
)
_TRADED = re.compile(rf"[{UPPER}][{LETTER}0-9&'’-]*(?: (?:plc|[{UPPER}][{LETTER}0-9&'’-]*)){{0,4}},? $")
_BEFORE_BRACKET = 90  # code points before a bracket in which the name stands


def defined_acronyms(sources: Sequence[Source], evidence: StoryWords) -> dict[str, str]:
    """Return the acronyms that the story defines, as keys, with the names they stand for.

    Those that stand for common nouns (``large language models (LLMs)``) go to ``evidence.generic``, those
    under which shares are traded (``Northport (LSE: NPT)``) to ``evidence.tickers``.
    """
    found: dict[str, str] = {}
    for source in sources:
        for match in _TICKER.finditer(source.text):
            ticker = match.group("ticker") or match.group("code")
            evidence.tickers.add(ticker)
            if match.group("exchange"):
                evidence.generic.add(match.group("exchange"))
            traded = _TRADED.search(source.text, max(0, match.start() - _BEFORE_BRACKET), match.start())
            if traded is not None:
                found[key_of(ticker)] = key_of(traded.group().strip(", "))
        for match in _DEFINED.finditer(source.text):
            acronym = match.group(1)
            letters = [letter.lower() for letter in acronym.rstrip("s") if letter.isalpha()]
            before = (
                source.text[max(0, match.start() - _BEFORE_BRACKET) : match.start()]
                .rpartition("\n")[2]
                .split()
            )
            full = _spelled_out(before, letters) or _name_before(before, letters)
            if full is None:
                continue
            if all(word[0].islower() for word in full[-2:]):
                evidence.generic.add(acronym)
                evidence.generic.add(acronym.rstrip("s"))
            else:
                evidence.acronyms.add(acronym)
                found[key_of(acronym)] = key_of(" ".join(full))
    return found


def acronyms_behind(found: Iterable[Name], texts: Sequence[str], generic: Container[str]) -> dict[str, str]:
    """Return the acronyms in brackets right behind whole names, whatever their letters, as keys.

    The name of a body is in another language than its acronym as often as not: ``Institute (INSTAT)``.
    """
    behind: dict[str, str] = {}
    for name in found:
        match = _BEHIND.match(texts[name.line.source], name.end, name.line.end)
        if match is None or match.group(1) in generic or match.group(1) in organisation_names():
            continue
        parts = name.text.split()
        of_body = any(part in words("name-words.txt", "organisation") for part in parts)
        if of_body and len(parts) > 1 and name.text not in place_names():
            behind[key_of(match.group(1))] = key_of(name.text)
    return behind


def known_agencies(found: Iterable[Name]) -> dict[str, str]:
    """Return the short names of news agencies that a story also names in full, as keys."""
    named: dict[str, set[str]] = {}
    for text in {name.text for name in found}:
        known = agency(text)
        if known is not None:
            named.setdefault(known, set()).add(key_of(text))
    return {key: max(keys, key=len) for keys in named.values() for key in keys if key != max(keys, key=len)}


def _spelled_out(before: list[str], letters: list[str]) -> list[str] | None:
    """Return the last words of ``before`` whose initials are ``letters``; small words may stand between."""
    rest = list(letters)
    for position in range(len(before) - 1, -1, -1):
        word = before[position].strip("\"'“”‘’,")
        if not word:
            return None
        parts = [part for part in re.split(r"[-–]", word) if part]
        for part in reversed(parts):
            if rest and part[0].lower() == rest[-1]:
                rest.pop()
            elif word.lower() not in {"of", "the", "and", "for", "on", "in", "&", "de"}:
                return None
        if not rest:
            return [item.strip("\"'“”‘’,") for item in before[position:]]
    return None


def _name_before(before: list[str], letters: list[str]) -> list[str] | None:
    """Return the name that ends ``before`` when it has ``letters`` in order: Bank of Saltmarsh (BSM)."""
    name: list[str] = []
    for word in reversed(before[-6:]):
        if not (word[0].isupper() or (name and word in {"of", "the", "and", "for", "de", "&"})):
            break
        name.insert(0, word)
    whole = list(name)
    while name and name[0][0].lower() != letters[0]:
        name.pop(0)
    if len(whole) > 2 and whole[-1] in words("name-words.txt", "organisation") and len(letters) > 2:
        return name if name and _in_order(name, letters) else whole  # of the name in another language
    return name if name and len(letters) > 1 and _in_order(name, letters) else None


def _in_order(name: list[str], letters: list[str]) -> bool:
    rest = iter("".join(name).lower())
    return all(letter in rest for letter in letters)
