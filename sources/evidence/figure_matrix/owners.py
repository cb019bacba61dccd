"""Whose a figure is: the entity that its clause names or takes up, else whom the text goes on about."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_words import NamedSpan
from sources.evidence.entities import EntityKind
from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.clause_verbs import is_number
from sources.evidence.speaker_nouns import is_human
from sources.evidence.word_lists import function_words, words
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sources.evidence.context_vectors import Names
    from sources.evidence.figure_matrix.clause_roles import Role
    from sources.evidence.noun_phrases import Phrase


class Named(NamedTuple):
    """The names of a text, and the kinds of the entities of the story."""

    places: Names
    kinds: Mapping[str, EntityKind]

    def within(self, span: Span) -> Names:
        """Return the names that begin within a span."""
        return self.places[bisect_left(self.places, (span.start,)) : bisect_left(self.places, (span.end,))]

    def spans(self, span: Span) -> list[NamedSpan]:
        """Return where a span names something, and of what kind it is."""
        return [NamedSpan(start, end, self.kinds[name]) for start, end, name in self.within(span)]

    def persons(self, span: Span) -> frozenset[str]:
        """Return the persons that a span names."""
        return frozenset(
            name for _, _, name in self.within(span) if self.kinds.get(name) is EntityKind.PERSON
        )

    def at(self, start: int, end: int) -> str | None:
        """Return the entity that is named between two places."""
        return next((name for _, _, name in self.within(Span(start, end))), None)


_BODIES = words("figure-slots.txt", "bodies")  # what a text that goes on about a body calls it
_LONGEST_DESCRIPTION = 40  # code points of an owner without a name


class Topics:
    """Whom a text goes on about: what "it", "she" and "the company" mean in its next sentence."""

    def __init__(self, named: Named) -> None:
        self.named = named
        self._thing: str | None = None
        self._body: str | None = None
        self._person: str | None = None
        self._owners: dict[str, tuple[str, int]] = {}  # by measure, with the number of the sentence
        self._sentence = 0
        self._unread: list[Callable[[], Phrase | None]] = []

    def add(self, subject: Callable[[], Phrase | None]) -> None:
        """Take up the subject of a sentence, which is read to its end; it is looked for where it matters."""
        self._sentence += 1
        self._unread.append(subject)

    def _read_on(self) -> None:
        """Read the sentences up to here for whom they go on about."""
        unread, self._unread = self._unread, []
        for subject in unread:
            self._take_up(subject())

    def _take_up(self, subject: Phrase | None) -> None:
        if subject is None or subject.kind == "p" or self._meant(subject) is not None:
            return
        name = self.named.at(subject.start, subject.end) if subject.is_name else None
        kind = self.named.kinds.get(name or "")
        if kind is EntityKind.PERSON:
            self._person = name
        else:
            self._thing = name
            self._body = name if kind in (EntityKind.ORGANISATION, EntityKind.PRODUCT) else self._body

    def owner(self, role: Role, measure: str | None) -> tuple[str | None, bool, str]:
        """Return whose a figure is: the entity, whether its clause names it, and the words for one without.

        What is measured, and has no owner in its clause, is that of the body which speaks there, else of whom
        the text last told the same measure, else of what it goes on about.
        """
        phrase = role.owner
        if phrase is None:
            speaker = role.speaker and self.named.at(role.speaker.start, role.speaker.end)
            if measure is None or not any(map(measures.measure_of, role.noun.split())):
                return None, False, ""
            if self.named.kinds.get(speaker or "") is EntityKind.ORGANISATION:
                return speaker, False, ""
            self._read_on()
            last = self._body if measure in measures.OWNED else self._thing
            before, sentence = self._owners.get(measure, (last, self._sentence))
            return (before if sentence >= self._sentence - 1 else last), False, ""
        name = self.named.at(phrase.start, phrase.end) if phrase.is_name else self._meant(phrase)
        if name is not None:
            if measure is not None:
                self._owners[measure] = name, self._sentence
            return name, phrase.is_name, ""
        return None, False, _described(phrase)

    def _meant(self, phrase: Phrase) -> str | None:
        """Return the entity that a pronoun or a noun such as "the company" takes up."""
        if phrase.kind == "p":
            self._read_on()
            return self._person if phrase.head in ("he", "she") else self._thing
        if phrase.kind == "w" and phrase.head in _BODIES and phrase.text.count(" ") == 1:
            self._read_on()
            return self._body if phrase.text[:4].lower() == "the " else None
        return None


def _described(phrase: Phrase) -> str:
    """Return how a phrase describes an owner; several people do what is told, and have nothing of it."""
    first, _, rest = phrase.text.partition(" ")
    words = rest if first.lower() in _ARTICLES else phrase.text
    if not phrase.first and phrase.kind == "w" and words[1:2].islower():
        words = words[0].lower() + words[1:]  # the capital is that of the sentence
    told = (
        phrase.kind != "p"
        and phrase.text.lower() not in function_words() | _BEFORE_TO
        and first.lower() not in _OWNING
        and first[0].isalpha()
        and not any(map(is_number, words.split()))
        and not (phrase.head.endswith("s") and is_human(phrase.head))
        and len(words) < _LONGEST_DESCRIPTION
    )
    return words if told else ""


_BEFORE_TO = frozenset(("contrary", "according", "due", "thanks", "prior"))  # no nouns before "to"
_ARTICLES = frozenset(("the", "a", "an", "this", "that"))
_OWNING = frozenset(("its", "their", "his", "her", "our", "my", "your", "whose", "who", "which"))
