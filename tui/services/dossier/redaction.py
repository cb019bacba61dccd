"""Redaction: pseudonyms for persons and sources, the same in every text, note and name of a dossier.

It takes names out, and not what was written: who looks for a sentence on the web finds its source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sources.errors import RequestError
from sources.evidence.credited_phrases import own_outlet
from sources.evidence.entities import EntityKind
from sources.model import Anchor, Origin, Ref, Source, Span, Target, Zone
from sources.notes.export import CitedSource
from sources.text.cleaning import sha256_of
from sources.text.folding import fold
from tui.services.dossier import Dossier, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sources.evidence.entities import Entity
    from tui.services.dossier import Voice

_Facts = TypeVar("_Facts", Source, CitedSource)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NAMES = {
    EntityKind.PERSON: "Person",
    EntityKind.ORGANISATION: "Organisation",
    EntityKind.PLACE: "Place",
    EntityKind.PRODUCT: "Product",
}
_SHORTEST = 3  # letters of a surname that is hidden by itself
_WORD = re.compile(r"\w+")
_OWN_NUMBER = re.compile(r"source (?:\d+|summary)")  # what a voice without a name is called
_HOST = re.compile(r"^https?://(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Hidden:
    """Who or what is hidden: the word that its pseudonym begins with, and all that it is called."""

    kind: str
    forms: tuple[str, ...]
    source: Ref | None = None


class Redacted(NamedTuple):
    """A redacted dossier, and ``doubtful`` words that are left: a hidden name is a part of them."""

    dossier: Dossier
    doubtful: tuple[str, ...]


def redacted(dossier: Dossier, wanted: Sequence[str], entities: Sequence[Entity]) -> Redacted:
    """Return the dossier with pseudonyms for the ``wanted`` refs and names; ``entities`` know other forms.

    Names are counted in the order in which the texts have them, and sources lettered in theirs, whatever
    order they are asked for in. Raises RequestError for a ref or a name that is nowhere in the story, and for
    a name that several have.
    """
    hidden = dict.fromkeys(_hidden(word, dossier, entities) for word in wanted)
    words = "\n".join([dossier.title or "", *(text.text for text in dossier.texts), *_loose(dossier)])
    numbered = _Pseudonyms(sorted(hidden, key=lambda one: _first(one, words)))
    found = numbered.in_dossier(dossier)
    return Redacted(found, tuple(_longer_words(found, [form for one in hidden for form in one.forms])))


def _longer_words(dossier: Dossier, forms: Iterable[str]) -> Iterator[str]:
    """Yield the words of a redacted dossier in which a hidden name is a part, or is written otherwise."""
    parts = "|".join(re.escape(form) for form in sorted(forms) if len(form) > _SHORTEST and form.isalpha())
    if not parts:
        return
    within = re.compile(rf"\w*(?:{parts})\w*", re.IGNORECASE)
    texts = [text.text for text in dossier.texts]
    yield from dict.fromkeys(
        found[0] for text in (*texts, *_loose(dossier)) for found in within.finditer(text)
    )


def _hidden(word: str, dossier: Dossier, entities: Sequence[Entity]) -> _Hidden:
    word = " ".join(word.split())
    ref = Ref.parse(word)
    if ref is not None:
        for source in dossier.sources:
            if source.ref == ref:
                return _Hidden("Source", tuple(_of_source(source, dossier, entities)), ref)
        raise RequestError(f"There is no source {ref} to redact in {dossier.story}.")
    named = [one for one in entities if fold(one.name) == fold(word)]
    named = named or [one for one in entities if fold(word) in map(fold, one.aliases)]
    if len(named) > 1:
        either = " or ".join(dict.fromkeys(one.name for one in named))
        raise RequestError(f"{word} may be {either}: say which to redact.")
    if named:
        return _Hidden(_NAMES.get(named[0].kind, "Name"), tuple(_of_entity(named[0])))
    everywhere = [*(text.text for text in dossier.texts), *_loose(dossier), dossier.title or ""]
    if not word or not any(_pattern([word]).search(text) for text in everywhere):
        raise RequestError(f"Nothing in {dossier.story} is called {word or 'nothing'}.")
    return _Hidden("Name", (word,))


def _of_entity(entity: Entity) -> Iterator[str]:
    yield from dict.fromkeys((entity.name, *entity.aliases))
    parts = entity.name.split()
    # Somebody whom the texts name in full may be called by the surname in a note or a title.
    if entity.kind is EntityKind.PERSON and len(parts) > 1 and len(parts[-1]) >= _SHORTEST:
        yield parts[-1]


def _of_source(source: Source, dossier: Dossier, entities: Sequence[Entity]) -> Iterator[str]:
    """Yield what a source is called: its title, author and outlet, by whatever names the story has them."""
    named = [source.title, source.publisher, source.author, own_outlet(source)]
    named += [
        voice.name for chain in dossier.chains for voice in _voices(chain.root) if source.ref in voice.refs
    ]
    named += [origin.name for origin in dossier.origins if origin.refs == (source.ref,)]
    known = [name for name in named if name and name.strip() and not _OWN_NUMBER.fullmatch(name)]
    known += [name.removeprefix("The ") for name in known if name.startswith("The ")]
    yield from dict.fromkeys(known)
    folded = {fold(name) for name in known}
    for entity in entities:
        if fold(entity.name) in folded:
            yield from entity.aliases
    host = _HOST.match(source.url or "")
    if host is not None:
        yield host[1]


def _voices(voice: Voice) -> Iterator[Voice]:
    yield voice
    for follower in voice.followers:
        yield from _voices(follower)


def _loose(dossier: Dossier) -> Iterator[str]:
    """Yield the words of a dossier that stand in none of its texts, and may name somebody."""
    for note in dossier.notes:
        yield from (note.text, note.coder or "", *note.tags, *note.labels)
        yield from (target.anchor.quote for target in note.targets)
    for source in dossier.cited.values():
        yield from (source.title or "", source.publisher or "", source.author or "")


def _first(one: _Hidden, words: str) -> tuple[object, ...]:
    if one.source is not None:
        return (one.kind, one.source.number or 0, "")
    found = _pattern(one.forms).search(words)
    return (one.kind, found.start() if found else len(words), one.forms)


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Return what finds these names: a single word in its own case or in capitals, more words in any."""
    longest = sorted(
        dict.fromkeys(form for form in forms if form.strip()), key=lambda form: (-len(form), form)
    )
    return re.compile("|".join(f"(?:{_alone(form)})" for form in longest) or r"(?!)")


def _alone(form: str) -> str:
    words = form.split()
    before = r"(?<!\w)" if form[0].isalnum() else ""
    after = r"(?!\w)" if form[-1].isalnum() else ""
    if len(words) == 1:
        return f"{before}(?:{_escaped(form)}|{_escaped(form.upper())}){after}"
    apart = r"\s+".join(map(_escaped, words))
    return f"{before}(?i:{apart}){after}"


def _escaped(word: str) -> str:
    return re.sub("['’]", "['’]", re.escape(word))


class _Pseudonyms:
    """The pseudonyms of those who are hidden, and what becomes of a dossier with them."""

    def __init__(self, hidden: Sequence[_Hidden]) -> None:
        self._names: list[str] = []
        self._of_source: dict[Ref, str] = {}
        self._of_form: dict[str, str] = {}
        for one in hidden:
            number = sum(name.startswith(f"{one.kind} ") for name in self._names)
            name = f"{one.kind} {_lettered(number) if one.source else number + 1}"
            self._names.append(name)
            if one.source is not None:
                self._of_source[one.source] = name
            for form in one.forms:
                self._of_form.setdefault(_key(form), name)
        self._pattern = _pattern(form for one in hidden for form in one.forms)
        self._letters = {"".join(_WORD.findall(form)) for form in self._of_form} - {""}
        self._texts: dict[Ref, _Replaced] = {}

    def in_dossier(self, dossier: Dossier) -> Dossier:
        self._texts = {text.ref: _Replaced(text.text, self._pattern, self._named) for text in dossier.texts}
        found: Dossier = self._in(dossier)
        return replace(found, story=self._slug(dossier.story), redacted=tuple(self._names))

    def _in(self, value: Any) -> Any:
        for kind, mapped in self._by_kind:
            if isinstance(value, kind):
                return mapped(self, value)
        if isinstance(value, tuple):
            return tuple(map(self._in, value))
        if isinstance(value, dict):
            return {self._in(key): self._in(each) for key, each in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{one.name: self._in(getattr(value, one.name)) for one in fields(value)})
        return value

    def _words(self, text: str) -> str:
        return self._pattern.sub(self._named, text)

    def _named(self, found: re.Match[str]) -> str:
        # A letter that is alike in no case but by a rule of its own is the only way to miss.
        return self._of_form.get(_key(found[0]), self._names[0])

    def _ref(self, ref: Ref) -> Ref:
        return Ref(self._slug(ref.story), ref.number)

    def _slug(self, slug: str) -> str:
        words = f"-{slug}-"
        hidden = any(f"-{'-'.join(_WORD.findall(form))}-" in words for form in self._of_form)
        return "story" if hidden else slug

    def _place(self, place: Place) -> Place:
        span = self._texts[place.ref].span(place.start, place.end)
        words = span.of(self._texts[place.ref].text)
        return Place(self._ref(place.ref), *span, words, place.original)

    def _target(self, target: Target) -> Target:
        anchor, made = target.anchor, target.made
        carried = self._texts.get(target.ref)
        if carried is not None and carried.former[anchor.start : anchor.end] == anchor.quote:
            anchor = Anchor.at(carried.text, carried.span(anchor.start, anchor.end))
        else:
            # What surrounds a passage that is not carried may end in the middle of a name.
            anchor = replace(anchor, quote=self._words(anchor.quote), prefix="", suffix="")
        if made is not None:
            made = replace(made, quote=self._words(made.quote), prefix="", suffix="")
        return replace(target, ref=self._ref(target.ref), anchor=anchor, made=made)

    def _source(self, source: Source) -> Source:
        carried = self._texts[source.ref]
        zones = tuple(
            Zone(zone.kind, carried.end(zone.start), carried.end(zone.end)) for zone in source.zones
        )
        origin = Origin(None, sha256_of(carried.text), source.origin.format)
        return replace(self._facts(source), text=carried.text, zones=zones, origin=origin, locators=())

    def _facts(self, source: _Facts) -> _Facts:
        name = self._of_source.get(source.ref)
        known: dict[str, Any] = {"ref": self._ref(source.ref)}
        if name is not None:
            known |= {"title": name, "publisher": None, "author": None, "url": None}
        else:
            known |= {
                key: self._words(value)
                for key in ("title", "publisher", "author")
                if (value := getattr(source, key)) is not None
            }
            letters = "".join(_WORD.findall(fold(source.url or "")))
            if any(form in letters for form in self._letters):
                known["url"] = None
        return replace(source, **known)

    _by_kind: tuple[tuple[type, Callable[[_Pseudonyms, Any], Any]], ...] = (
        (Enum, lambda _, value: value),
        (str, _words),
        (Ref, _ref),
        (Place, _place),
        (Target, _target),
        (Source, _source),
        (CitedSource, _facts),
    )


class _Replaced:
    """A text with names replaced, and where the places of the ``former`` one are in it."""

    def __init__(self, text: str, pattern: re.Pattern[str], named: Callable[[re.Match[str]], str]) -> None:
        self.former = text
        self._starts: list[int] = []
        self._cuts: list[tuple[Span, Span]] = []
        parts: list[str] = []
        at = length = 0
        for found in pattern.finditer(text):
            name = named(found)
            start = length + found.start() - at
            length = start + len(name)
            parts += [text[at : found.start()], name]
            at = found.end()
            self._starts.append(found.start())
            self._cuts.append((Span(*found.span()), Span(start, length)))
        self.text = "".join(parts) + text[at:]

    def span(self, start: int, end: int) -> Span:
        """Return where a span is now; one that begins or ends within a name has all of the pseudonym."""
        first = self._moved(start, ends=False)
        return Span(first, first if start == end else self.end(end))

    def end(self, offset: int) -> int:
        """Return where a span that ended at ``offset`` ends now."""
        return self._moved(offset, ends=True)

    def _moved(self, offset: int, *, ends: bool) -> int:
        number = bisect_left(self._starts, offset) if ends else bisect_right(self._starts, offset)
        if not number:
            return offset
        former, now = self._cuts[number - 1]
        if offset >= former.end:
            return offset - former.end + now.end
        return now.end if ends else now.start


def _key(form: str) -> str:
    return fold(" ".join(form.split()))


def _lettered(number: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters
