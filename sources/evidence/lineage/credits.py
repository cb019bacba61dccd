"""On whom a sentence relies: the credit in it, beside it, or the one that its whole text relies on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.attributions import Attribution, attributions_in, is_outlet, own_outlet, plain_name
from sources.evidence.entities import EntityKind
from sources.evidence.lineage.sharing import told_sentences
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.evidence.entities import Entity
    from sources.evidence.quotes import Quote
    from sources.model import Source

CREDITED = "credited"
MAIN = "main credit"
OWN = "own"
_BESIDE = (1, -1)  # the sentence after one that leaves its credit open, then the one before
_BEGINNING = 3  # sentences
_BACK = 4  # sentences in which to look for whom "the spokesperson" means
_NOBODY = re.compile(
    r"^(?:[Tt]he|[Tt]hat|[Tt]his|[Tt]hese|[Tt]hose|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]nother|[Oo]thers?|[Ss]ome"
    r"|[Ss]everal|[Bb]oth|\w+ of the)(?: [a-z-]+){0,2}$|^(?:[A-Z]{3}|[a-z]+)$"
)
_NAMED = r"[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*"
_SPOKEN_FOR = re.compile(
    rf"^(?:(?:[Aa]n?|[Tt]he) )?(?!(?:An?|The|Its) )(?P<whom>{_NAMED})(?:[’']s)? "
    r"(?:spokes\w+|representative)s?"
    rf"|^(?:[Aa]n?|[Tt]he) (?:spokes\w+|representative)s? (?:for|of|from) (?P<other>{_NAMED})"
)


class Standing(NamedTuple):
    """The name on which a sentence stands, and why: ``credited``, ``main credit`` or ``own``."""

    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class CreditedText:
    """A source with its sentences, the credits in each, and the outlet that it is of, if that is known."""

    source: Source
    sentences: tuple[Span, ...]
    credits: tuple[tuple[Attribution, ...], ...]
    outlet: str | None


def read_credits(source: Source, quotes: Sequence[Quote] = ()) -> CreditedText:
    """Read who is credited in each sentence of a source outside headings and muted zones.

    ``quotes`` are the source's: who says a sentence is often named only in the one beside it.
    """
    sentences = told_sentences(source)
    given = tuple(
        tuple(attributions_in(source.text, sentence)) or tuple(_speakers(sentence, quotes))
        for sentence in sentences
    )
    return CreditedText(source, sentences, given, own_outlet(source))


def _speakers(sentence: Span, quotes: Sequence[Quote]) -> Iterator[Attribution]:
    for quote in quotes:
        shared = min(quote.end, sentence.end) - max(quote.start, sentence.start)
        if quote.speaker and shared * 2 > sentence.end - sentence.start:
            yield Attribution(Span(quote.start, quote.end), quote.speaker, quote.cue or "")


class StoryCredits:
    """All credits of a story, so that one voice heard in several places is known for one."""

    def __init__(self, texts: Sequence[CreditedText], entities: Iterable[Entity]) -> None:
        self._persons = {
            plain_name(form): entity.name
            for entity in entities
            if entity.kind is EntityKind.PERSON
            for form in (entity.name, *entity.aliases)
        }
        own = {plain_name(text.outlet) for text in texts if text.outlet}
        given = [(text, one) for text in texts for row in text.credits for one in row]
        reporting = {plain_name(one.credited) for _, one in given if one.citing is not None}
        self._outlets = frozenset(own | {name for name in reporting if name not in self._persons})
        self._forms: dict[str, Counter[str]] = {}
        self._heard_by: dict[str, Counter[str]] = {}
        for text, one in given:
            self._learn(text, one)

    def _learn(self, text: CreditedText, credit: Attribution) -> None:
        for name in (credit.credited, credit.told, text.outlet):
            if name:
                self._forms.setdefault(plain_name(name), Counter())[_shown(name)] += 1
        speaker, outlet = credit.credited, credit.told
        if credit.citing is not None and self._is_outlet(credit.credited):
            speaker, outlet = credit.citing, credit.credited
        voice = _voice(speaker) if _SPOKEN_FOR.match(speaker) or speaker[:1].islower() else None
        if voice is not None and outlet is not None and self._is_outlet(outlet):
            self._heard_by.setdefault(voice, Counter())[plain_name(outlet)] += 1

    def standing(self, text: CreditedText, number: int) -> Standing:
        """Return on whom the sentence ``number`` of a text stands."""
        row = text.credits[number]
        name = self._first_name(text, row)
        if name is None and row:
            name = self._spoken_before(text, number)
        if name is not None:
            return Standing(name, CREDITED)
        for step in _BESIDE:
            if 0 <= number + step < len(text.sentences):
                beside = [one for one in text.credits[number + step] if self._is_heard_elsewhere(text, one)]
                name = self._first_name(text, beside)
                if name is not None:
                    return Standing(name, CREDITED)
        return self.main_standing(text)

    def main_standing(self, text: CreditedText) -> Standing:
        """Return whom a text credits most among outlets, else its own outlet or its ref.

        A text that hears any one voice more often than all other outlets together is its own, unless it
        begins with an outlet's report.
        """
        for row in text.credits[:_BEGINNING]:
            for one in row:
                if self._is_outlet(one.credited) and self._is_from_elsewhere(text, one):
                    return Standing(self._outlet_of(one), MAIN)
        outlets: Counter[str] = Counter()
        voices: Counter[str] = Counter()
        for one in (one for row in text.credits for one in row):
            name = self._name_of(text, one)
            if name is not None:
                (outlets if self._is_heard_elsewhere(text, one) else voices)[name] += 1
        if outlets and outlets.total() >= max(voices.values(), default=0):
            return Standing(outlets.most_common(1)[0][0], MAIN)
        return Standing(_shown(text.outlet) if text.outlet else str(text.source.ref), OWN)

    def _first_name(self, text: CreditedText, row: Sequence[Attribution]) -> str | None:
        """Return the first name that credits give, those of other outlets before all others."""
        elsewhere = [one for one in row if self._is_from_elsewhere(text, one)]
        names = (self._name_of(text, one) for one in elsewhere or row)
        return next((name for name in names if name is not None), None)

    def _spoken_before(self, text: CreditedText, number: int) -> str | None:
        """Return the name that the last credit before a sentence gives, whom "the spokesperson" means."""
        for before in range(number - 1, max(-1, number - 1 - _BACK), -1):
            for one in reversed(text.credits[before]):
                name = self._name_of(text, one)
                if name is not None:
                    return name
        return None

    def _is_from_elsewhere(self, text: CreditedText, credit: Attribution) -> bool:
        """Tell whether a credit names another outlet than the text's own."""
        own = plain_name(text.outlet) if text.outlet else None
        return any(
            name is not None and self._is_outlet(name) and plain_name(name) != own
            for name in (credit.credited, credit.told)
        )

    def _is_heard_elsewhere(self, text: CreditedText, credit: Attribution) -> bool:
        """Tell whether a credit names another outlet, or somebody whom the story hears through one."""
        voice = _voice(credit.credited)
        return self._is_from_elsewhere(text, credit) or (
            voice in self._heard_by and self._person(credit.credited) is None
        )

    def _outlet_of(self, credit: Attribution) -> str:
        name = credit.credited if self._is_outlet(credit.credited) else credit.told or credit.credited
        cited = credit.citing
        return self._best(cited if cited is not None and self._is_outlet(cited) else name)

    def _name_of(self, text: CreditedText, credit: Attribution) -> str | None:
        """Return the name behind a credit; None where it only points back, or to nobody with a name."""
        if self._is_outlet(credit.credited):
            return self._outlet_of(credit)
        person = self._person(credit.credited)
        if person is not None:
            return person
        if credit.told is not None and self._is_outlet(credit.told):
            return self._best(credit.told)
        voice = _voice(credit.credited)
        if voice is None:
            return None
        heard = self._heard_by.get(voice)
        if heard:
            return self._best(min(heard, key=lambda outlet: (-heard[outlet], outlet)))
        if credit.credited[:1].isupper() or _SPOKEN_FOR.match(credit.credited):
            return self._best(voice)
        return _shown(text.outlet) if text.outlet else None

    def _person(self, credited: str) -> str | None:
        """Return the person of that name, whatever office stands before it."""
        parts = plain_name(credited).split()
        tails = (" ".join(parts[at:]) for at in range(len(parts)))
        return next((self._persons[tail] for tail in tails if tail in self._persons), None)

    def _is_outlet(self, name: str) -> bool:
        return is_outlet(name, self._outlets)

    def _best(self, name: str) -> str:
        """Return a name in the form that the story uses most."""
        counted = self._forms.get(plain_name(name))
        return min(counted, key=lambda form: (-counted[form], form)) if counted else _shown(name)


def _voice(credited: str) -> str | None:
    """Return who speaks, in the form in which voices are compared; None where a phrase only points back."""
    spoken_for = _SPOKEN_FOR.match(credited)
    if spoken_for is not None:
        return plain_name(spoken_for["whom"] or spoken_for["other"])
    return None if _NOBODY.match(credited) else plain_name(credited)


def _shown(name: str) -> str:
    """Return a name as it is shown: without article and possessive."""
    bare = re.sub(r"^[Tt]he (?=[A-Z])", "", " ".join(name.split()).strip(" ,.;:"))
    return re.sub(r"[’']s$", "", bare)
