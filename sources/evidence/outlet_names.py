"""Names of outlets and agencies: which names are an outlet's, and which are one outlet's."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sources.evidence.word_lists import names, same_names
from sources.text.folding import fold
from sources.text.headlines import KNOWN_OUTLETS, OUTLET_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DOMAIN = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:/.*)?")
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})
_NOT_SQUEEZED = re.compile(r"[^\w]+|_")
_TRAILING = frozenset({"news", "online", "newspaper", "website", "agency", "newsroom", "digital", "wire"})
# What has a word of an outlet in it and is none: "a Venn Courier poll", "Venn News and talk hosts", a title.
_NO_OUTLET = re.compile(
    r"^[Aa]n? |\b(?:[Ss]ecretary|[Oo]fficer|[Cc]onference|[Oo]ffice|[Rr]elease|[Pp]oll|[Ss]urvey)\b"
    r"|[A-Z].* (?:and|or|with|in|on|at|for|to) [a-z]"
)
_EDITION = re.compile(
    r" (?:\([^()]*\)|(?:in )?english|international|(?:u[ks] )?edition|u[ks]|\d{2,3}[.,]\d)$"
)
_THIS_ONE = frozenset(
    ("us", *(f"this {word}" for word in ("newspaper", "paper", "website", "magazine", "reporter")))
)
_LONGEST_ARTICLE = 2  # letters of an article behind a word: "Avisa", "Bladet"
_SHORTEST_TAIL = 4  # letters of a word by which an outlet is called for short: "the Ledger"


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a name as it is compared: without article, possessive, case and odd blanks."""
    plain = " ".join(name.replace("’", "'").casefold().split()).strip(" ,.;:'\"")
    return plain.removesuffix("'s").removeprefix("the ")


def without_edition(plain: str) -> str:
    """Return the name of an outlet without that of its edition or its wavelength: "Venn Post English"."""
    return _EDITION.sub("", plain)


def is_short_for(name: str, whole: str) -> bool:
    """Tell whether an outlet's people call it so for short: "the Tagespost", "Avisa" of a "… Avis"."""
    plain, last = plain_name(name), without_edition(plain_name(whole)).rpartition(" ")[2]
    return plain in _THIS_ONE or (
        len(last) >= _SHORTEST_TAIL
        and plain.startswith(last)
        and len(plain) <= len(last) + _LONGEST_ARTICLE
        and " " in plain_name(whole)
    )


def shown(name: str) -> str:
    """Return a name as it is shown: without article and possessive."""
    bare = re.sub(r"^[Tt]he (?=[A-Z])", "", " ".join(name.split()).strip(" ,.;:"))
    return re.sub(r"[’']s$", "", bare)


def is_outlet(name: str, known: frozenset[str] = frozenset()) -> bool:
    """Tell whether a name is an outlet's: by a general list, by its words, or as one of ``known``.

    ``known`` holds names as `plain_name` returns them.
    """
    plain = plain_name(name)
    if plain in known or plain in KNOWN_OUTLETS or f"the {plain}" in KNOWN_OUTLETS:
        return True
    if len(plain) > _LONGEST_SHORT_FORM and agency(name) is not None:  # many a body is called RSS or PAP
        return True
    if plain in _THIS_ONE or _NO_OUTLET.search(name):
        return False
    parts = plain.replace("-", " ").split()
    return len(parts) > 1 and any(part in OUTLET_WORDS for part in parts)


@lru_cache(maxsize=4096)
def agency(name: str) -> str | None:
    """Return the news agency of that name, as it is usually called; None where it is none.

    Short forms count only in their own capitals: PA is an agency, Pa. a state.
    """
    bare = " ".join(name.split()).strip(" ,.;:'\"()[]").removesuffix("'s").removesuffix("’s")
    bare = re.sub(r"^(?:[Tt]he|THE) ", "", bare)
    return _agencies().get(bare if len(bare) <= _LONGEST_SHORT_FORM else _spaced(bare))


_LONGEST_SHORT_FORM = 4


@cache
def _agencies() -> Mapping[str, str]:
    found = {}
    for chosen, others in same_names("agencies.txt", "agencies"):
        for form in filter(None, (chosen, *others)):
            found[form if len(form) <= _LONGEST_SHORT_FORM else _spaced(form)] = chosen
    return found


def _spaced(name: str) -> str:
    return name.casefold().replace("-", " ")


def is_agency(name: str) -> bool:
    """Tell whether a name can only be a news agency's, which most short forms in capitals are not."""
    return (len(name) > _LONGEST_SHORT_FORM or name.islower()) and agency(name) is not None


def agency_names() -> tuple[str, ...]:
    """Return the names of all news agencies, as they are usually called."""
    return tuple(dict.fromkeys(_agencies().values()))


def is_distributor(name: str) -> bool:
    """Tell whether a name is that of a service which spreads what companies write of themselves."""
    return plain_name(name) in _distributors()


@cache
def _distributors() -> frozenset[str]:
    return frozenset(plain_name(name) for name in names("agencies.txt", "distributors"))


@lru_cache(maxsize=4096)
def outlet_key(name: str) -> str:
    """Return the key under which the names of one outlet meet: "BBC News", "the BBC", "www.bbc.co.uk"."""
    known = agency(name)
    if known is not None:
        return _squeezed(known)
    core = domain_core(name)
    plain = core or without_edition(plain_name(name))
    for trailing in _TRAILING:
        bare = plain.removesuffix(trailing).strip()
        if bare != plain and bare in KNOWN_OUTLETS:
            plain = bare
            break
    return _squeezed(agency(plain.upper()) or plain if len(plain) <= _LONGEST_SHORT_FORM else plain)


def domain_core(name: str) -> str | None:
    """Return the word of a web address that is its owner's name: ``bbc`` of ``www.bbc.co.uk``."""
    match = _DOMAIN.fullmatch(name.strip().casefold())
    if match is None:
        return None
    labels = match[1].split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return labels[-1].removeprefix("the") or labels[-1]


def _squeezed(name: str) -> str:
    return _NOT_SQUEEZED.sub("", fold(name))


class OutletNames:
    """The outlets of a story, under one key each whatever they are called there."""

    def __init__(self, used: Mapping[str, int], own: Iterable[str] = ()) -> None:
        """Take the names ``used`` in a story, with how often each is; ``own`` are those of its texts."""
        self._own = {outlet_key(name) for name in own}
        self._full = {outlet_key(name): plain_name(name) for name in used if domain_core(name) is None}
        self._keys: dict[str, str] = {}
        self._forms: dict[str, Counter[str]] = {}
        for name, count in used.items():
            self._forms.setdefault(self.key(name), Counter())[name] += count

    def key(self, name: str) -> str:
        """Return the key of a name; a short or abridged form has that of the whole name in the story."""
        known = self._keys.get(name)
        if known is None:
            known = self._keys[name] = self._found(name)
        return known

    def _found(self, name: str) -> str:
        key = outlet_key(name)
        core = domain_core(name)
        if core is not None:
            if key in self._full:
                return key
            whole = [other for other, plain in self._full.items() if _abridges(core, plain.split())]
            return whole[0] if len(whole) == 1 else key
        plain = plain_name(name)
        if key in self._own:
            return key
        head, _, last = plain.rpartition(" ")
        if last in _TRAILING and outlet_key(head) in self._full:  # "the Venn Ledger newspaper"
            return outlet_key(head)
        tail = " " in plain and plain not in KNOWN_OUTLETS and agency(name) is None
        if tail or (plain in OUTLET_WORDS and len(plain) >= _SHORTEST_TAIL and plain not in KNOWN_OUTLETS):
            whole = [
                other for other, full in self._full.items() if full.endswith(f" {plain}") and is_outlet(full)
            ]
            return whole[0] if len(whole) == 1 else key
        return key

    def best(self, name: str) -> str:
        """Return an outlet's name as the story uses it most, no web address if it has another."""
        known = agency(name)
        if known is not None:
            return known
        forms = self._forms.get(self.key(name))
        if not forms:
            return name
        return min(forms, key=lambda form: (domain_core(form) is not None, -forms[form], form))


def _abridges(core: str, words: list[str]) -> bool:
    """Tell whether letters are made of a name's words, each whole or by its first letter: ``nytimes``."""
    if len(words) == 1:
        return False
    rests = {core}
    for word in words:
        rests = {
            rest.removeprefix(part) for rest in rests for part in (word, word[0]) if rest.startswith(part)
        }
    return "" in rests
