"""On whom each sentence of a story relies: the credit in it, beside it, or what its whole text stands on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.attributions import PRONOUNS, Attribution, attributions_in
from sources.evidence.credited_phrases import own_outlet, spoken_for
from sources.evidence.lineage.provenance import provenance_of
from sources.evidence.lineage.text_reuse import body_sentences
from sources.evidence.outlet_names import is_distributor, is_outlet, plain_name
from sources.evidence.story_outlets import StoryOutlets
from sources.model import Span
from sources.text.tokens import norms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.entities import Entity
    from sources.evidence.lineage.provenance import ProvenanceLine
    from sources.evidence.quotes import Quote
    from sources.model import Ref, Source

CREDITED = "credited"
WIRE = "wire line"
MAIN = "main credit"
STATEMENT = "statement"
OWN = "own"
_NEIGHBOURS = (1, -1)  # the sentence after one that leaves its credit open, then the one before
_BEGINNING = 3  # sentences
_BACK = 4  # sentences in which to look for whom "the spokesperson" means
_LED_SHARE = 4  # one in so many credits is the outlet's with whose report a text begins, if it retells it
_QUOTED_SHARE = 0.1  # of a text's characters, from which its quotes tell what it stands on
_SHORTEST_QUOTE = 4  # words from which a quote in two texts is one statement
_NOBODY = re.compile(
    r"^(?:[Tt]he|[Tt]hat|[Tt]his|[Tt]hese|[Tt]hose|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]nother|[Oo]thers?|[Ss]ome"
    r"|[Ss]everal|[Bb]oth|\w+ of the)(?: [a-z-]+){0,2}$|^[a-z]+$"
)
_OUTLETS_OWN = re.compile(
    r"(?P<outlet>(?:[Tt]he )?[A-Z].{1,40}?)(?:[’']s)? "
    r"(?:and|reporter|correspondent|columnist|journalist|editor|editorial|writer|bureau chief)\b"
)
_ITSELF = re.compile(
    r"(?:[Tt]he|[Ii]ts?) (?:company|firm|group|maker|manufacturer|operator|body|agency|organi[sz]ation)"
)
_REPORTS = ("reported", "reports")
_THIS_OUTLET = re.compile(
    r"\b(?:told|tells|showed|shown to|seen by|interview with) (?:this (?:news)?paper|this outlet|us\b)"
)


class CreditedOrigin(NamedTuple):
    """The name on which a sentence or a text stands, and why; ``proved`` where words of the text say so."""

    name: str
    basis: str
    proved: bool = True


@dataclass(frozen=True, slots=True)
class CreditedText:
    """A source with its sentences, the credits in each, and the outlet that it is of, if that is known.

    ``provenance`` is whose it is by what it says itself; ``quotes`` is what is quoted in it.
    """

    source: Source
    sentences: tuple[Span, ...]
    credits: tuple[tuple[Attribution, ...], ...]
    outlet: str | None
    provenance: tuple[ProvenanceLine, ...] = ()
    quotes: tuple[Quote, ...] = ()


def read_credits(source: Source, quotes: Sequence[Quote] = ()) -> CreditedText:
    """Read who is credited in each sentence of a source outside headings and muted zones.

    ``quotes`` are the source's: who says a sentence is often named only in the one beside it.
    """
    sentences = body_sentences(source)
    given = tuple(
        tuple(attributions_in(source.text, sentence)) or tuple(_speakers(sentence, quotes))
        for sentence in sentences
    )
    direct = tuple(quote for quote in quotes if quote.direct)
    return CreditedText(source, sentences, given, own_outlet(source), provenance_of(source), direct)


def _speakers(sentence: Span, quotes: Sequence[Quote]) -> Iterator[Attribution]:
    for quote in quotes:
        shared = min(quote.end, sentence.end) - max(quote.start, sentence.start)
        if quote.speaker and shared * 2 > sentence.end - sentence.start:
            yield Attribution(Span(quote.start, quote.end), quote.speaker, quote.cue or "")


class StoryCredits:
    """All credits of a story, so that one voice heard in several places is known for one."""

    def __init__(self, texts: Sequence[CreditedText], entities: Iterable[Entity]) -> None:
        given = [one for text in texts for row in text.credits for one in row]
        own = [name for text in texts for name in (text.outlet, *_whose(text)) if name]
        self._outlets = StoryOutlets(given, own, entities)
        self._bodies = tuple(
            dict.fromkeys(line.name for text in texts for line in text.provenance if line.release)
        )
        self._heard_by: dict[str, Counter[str]] = {}
        for one in given:
            self._learn(one)

    def _learn(self, credit: Attribution) -> None:
        speaker, outlet = credit.credited, credit.told
        if credit.citing is not None and self._outlets.is_outlet(credit.credited):
            speaker, outlet = credit.citing, credit.credited
        voice = _voice(speaker) if spoken_for(speaker) or speaker[:1].islower() else None
        if voice is not None and outlet is not None and self._outlets.is_outlet(outlet):
            self._heard_by.setdefault(voice, Counter())[self._outlets.best(outlet)] += 1

    def key(self, name: str) -> str:
        """Return under which key the names of one outlet meet in the story."""
        return self._outlets.key(name)

    def credited_origin(self, text: CreditedText, number: int) -> CreditedOrigin:
        """Return on whom the sentence ``number`` of a text stands."""
        row = text.credits[number]
        name = self._first_name(text, row)
        if name is None and row:
            name = self._spoken_before(text, number)
        if name is not None:
            return CreditedOrigin(name, CREDITED)
        for step in _NEIGHBOURS:
            if 0 <= number + step < len(text.sentences):
                neighbours = [
                    one for one in text.credits[number + step] if self._is_heard_elsewhere(text, one)
                ]
                name = self._first_name(text, neighbours)
                if name is not None:
                    return CreditedOrigin(name, CREDITED)
        return self.text_origins(text)[0]

    def text_origins(self, text: CreditedText) -> list[CreditedOrigin]:
        """Return what a whole text stands on, the first of them most.

        That is the outlet whose report it retells, the agency or body that it says itself to be from or to
        have material from, else its own outlet or ref. A text that hears people itself is its own besides.
        """
        led, hears = self._led_by(text), self._hears_people(text)
        whole = [
            CreditedOrigin(self._outlets.best(line.name), STATEMENT if line.release else WIRE)
            for line in text.provenance
            if line.whole
        ]
        if any(one.basis == STATEMENT for one in whole):
            whole = [one for one in whole if one.basis == STATEMENT and not is_distributor(one.name)] or whole
        parts = [
            CreditedOrigin(self._outlets.best(line.name), WIRE) for line in text.provenance if not line.whole
        ]
        if led is not None:
            retold = CreditedOrigin(led, MAIN)
            if hears:
                return [retold, *(whole or self._own(text, proved=True)), *parts]
            mostly = self._share_of(text, led) * 2 >= 1
            return [retold] if mostly else [retold, *whole, *parts]
        if parts and not whole and not hears:
            return parts
        body = None if parts or whole or hears else self._body_behind(text)
        if body is not None:
            return [CreditedOrigin(self._outlets.best(body), STATEMENT)]
        return [*(whole or self._own(text, proved=hears)), *parts]

    def _body_behind(self, text: CreditedText) -> str | None:
        """Return the body whose own text is in the story, if a text credits it before anybody else."""
        credit = next((one for row in text.credits for one in row), None)
        if credit is None or not self._bodies:
            return None
        if not _ITSELF.fullmatch(credit.credited):
            named = plain_name(_voice(credit.credited) or credit.credited)
            return next(
                (body for body in self._bodies if f"{plain_name(body)} ".startswith(f"{named} ")), None
            )
        before = text.source.text[: credit.span.start]
        named_before = [body for body in self._bodies if body.split()[0] in before]
        return named_before[0] if len(named_before) == 1 else None

    def _own(self, text: CreditedText, *, proved: bool) -> list[CreditedOrigin]:
        name = self._outlets.best(text.outlet) if text.outlet else str(text.source.ref)
        return [CreditedOrigin(name, OWN, proved)]

    def _led_by(self, text: CreditedText) -> str | None:
        """Return the outlet whose report a text begins with, or that it credits more than any one voice."""
        for number, row in enumerate(text.credits[:_BEGINNING]):
            for one in row:
                if self._is_reported_elsewhere(text, one):
                    name = self._outlet_of(one)
                    if number == 0 or self._share_of(text, name) * _LED_SHARE >= 1:
                        return name
        outlets: Counter[str] = Counter()
        voices: Counter[str] = Counter()
        for one in (one for row in text.credits for one in row):
            name_of = self._name_of(text, one)
            if name_of is not None and (
                self._outlets.person(name_of) is None or not self._is_heard_elsewhere(text, one)
            ):
                (outlets if self._is_heard_elsewhere(text, one) else voices)[name_of] += 1
        if outlets and outlets.total() >= max(voices.values(), default=0):
            return outlets.most_common(1)[0][0]
        return None

    def _share_of(self, text: CreditedText, outlet: str) -> float:
        """Return how many of the credited sentences of a text give an outlet, 0 to 1."""
        rows = [row for row in text.credits if row]
        key = self.key(outlet)
        given = sum(
            any(
                key == self.key(name)
                for one in row
                for name in (one.credited, one.told, self._name_of(text, one))
                if name
            )
            for row in rows
        )
        return given / len(rows) if rows else 0.0

    def _hears_people(self, text: CreditedText) -> bool:
        """Tell whether somebody told a text's own outlet something."""
        own = self._own_keys(text)
        if any(one.told is not None and self.key(one.told) in own for row in text.credits for one in row):
            return True
        return _THIS_OUTLET.search(text.source.text) is not None

    def _own_keys(self, text: CreditedText) -> set[str]:
        return {self.key(name) for name in (text.outlet, *_whose(text)) if name}

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

    def _is_reported_elsewhere(self, text: CreditedText, credit: Attribution) -> bool:
        """Tell whether another outlet than the text's own reported what is credited.

        What somebody with a name told an outlet, a text may know from them; what people without one told
        it, only from that outlet.
        """
        if credit.credited == credit.told:
            return False
        named = credit.credited[:1].isupper() or credit.credited in PRONOUNS
        names = [credit.credited, None if named else credit.told]
        own = self._own_keys(text)
        return any(name and self._outlets.is_outlet(name) and self.key(name) not in own for name in names)

    def _is_from_elsewhere(self, text: CreditedText, credit: Attribution) -> bool:
        """Tell whether a credit names another outlet than the text's own."""
        own = self._own_keys(text)
        return any(
            name is not None and self._outlets.is_outlet(name) and self.key(name) not in own
            for name in (credit.credited, credit.told)
        )

    def _is_heard_elsewhere(self, text: CreditedText, credit: Attribution) -> bool:
        """Tell whether another outlet reported it, or somebody said it whom the story hears through one."""
        voice = _voice(credit.credited)
        heard = self._heard_by.get(voice) if voice is not None else None
        own = self._own_keys(text)
        return self._is_reported_elsewhere(text, credit) or (
            heard is not None
            and self._outlets.person(credit.credited) is None
            and not any(self.key(outlet) in own for outlet in heard)
        )

    def _outlet_of(self, credit: Attribution) -> str:
        within = _within(credit.credited)
        if within is not None:
            return self._outlets.best(within)
        name = credit.credited if self._outlets.is_outlet(credit.credited) else credit.told or credit.credited
        cited = credit.citing
        return self._outlets.best(cited if cited is not None and self._outlets.is_outlet(cited) else name)

    def _name_of(self, text: CreditedText, credit: Attribution) -> str | None:
        """Return the name behind a credit; None where it only points back, or to nobody with a name."""
        if self._outlets.is_outlet(credit.credited):
            return self._outlet_of(credit)
        person = self._outlets.person(credit.credited)
        if person is not None:
            return person
        if credit.told is not None and self._outlets.is_outlet(credit.told):
            return self._outlets.best(credit.told)
        voice = _voice(credit.credited)
        if voice is None:
            return None
        heard = self._heard_by.get(voice)
        if heard:
            return min(heard, key=lambda outlet: (-heard[outlet], outlet))
        if credit.credited[:1].isupper() or spoken_for(credit.credited):
            return self._outlets.form(voice)
        return self._own(text, proved=True)[0].name if text.outlet else None

    def statements(
        self, groups: Sequence[tuple[Ref, ...]], texts: Mapping[Ref, CreditedText]
    ) -> dict[tuple[Ref, ...], CreditedOrigin]:
        """Return the texts that have no voice of their own, with the one statement on which they stand.

        Quotes are a good part of such a text, another text quotes each of them too, and nobody told its
        outlet anything; two or more that quote the same stand on one statement, named by whom they quote.
        """
        holders: dict[str, set[int]] = {}
        quoted: dict[int, list[tuple[Quote, frozenset[str]]]] = {}
        for number, group in enumerate(groups):
            quoted[number] = []
            for quote in (quote for ref in group for quote in texts[ref].quotes):
                grams = _grams(quote.text)
                if grams:
                    quoted[number].append((quote, grams))
                for gram in grams:
                    holders.setdefault(gram, set()).add(number)
        voiceless = [
            number
            for number, group in enumerate(groups)
            if all(_quotes_much(texts[ref]) for ref in group)
            and not any(self._hears_people(texts[ref]) for ref in group)
            and all(_is_elsewhere(grams, holders) for _, grams in quoted[number])
        ]
        found: dict[tuple[Ref, ...], CreditedOrigin] = {}
        for family in _families(voiceless, quoted, holders):
            spoken = Counter(
                name
                for number in family
                for quote, _ in quoted[number]
                if quote.speaker and (name := self._speaker_of(quote.speaker)) is not None
            )
            if spoken and len(family) > 1:
                origin = CreditedOrigin(spoken.most_common(1)[0][0], STATEMENT)
                found |= {groups[number]: origin for number in family}
        return found

    def _speaker_of(self, speaker: str) -> str | None:
        person = self._outlets.person(speaker)
        if person is not None:
            return person
        voice = _voice(speaker)
        return self._outlets.form(voice) if voice is not None and speaker[:1].isupper() else None


def _within(phrase: str) -> str | None:
    """Return the outlet of a reporter ("Reuters reporter Ida Brook"), or the first of several outlets."""
    match = _OUTLETS_OWN.match(phrase)
    return match["outlet"] if match is not None and is_outlet(match["outlet"]) else None


def _whose(text: CreditedText) -> Iterator[str]:
    """Yield whose a text is by its own words."""
    return (line.name for line in text.provenance if line.whole)


def _grams(quote: str) -> frozenset[str]:
    """Return the runs of words by which a quote is known again; none where it is too short for that."""
    said = norms(quote, Span(0, len(quote)))
    runs = range(len(said) - _SHORTEST_QUOTE + 1)
    return frozenset(" ".join(said[at : at + _SHORTEST_QUOTE]) for at in runs)


def _quotes_much(text: CreditedText) -> bool:
    """Tell whether what is quoted is a good part of a text, so that its quotes tell what it stands on."""
    quoted = sum(quote.end - quote.start for quote in text.quotes)
    return (
        quoted >= _QUOTED_SHARE * sum(len(sentence.of(text.source.text)) for sentence in text.sentences) > 0
    )


def _is_elsewhere(grams: frozenset[str], holders: Mapping[str, set[int]]) -> bool:
    return 2 * sum(len(holders[gram]) > 1 for gram in grams) >= len(grams)


def _families(
    voiceless: Sequence[int],
    quoted: Mapping[int, Sequence[tuple[Quote, frozenset[str]]]],
    holders: Mapping[str, set[int]],
) -> Iterator[list[int]]:
    """Yield the texts without a voice of their own that quote the same."""
    left = dict.fromkeys(voiceless)
    while left:
        family = [next(iter(left))]
        for number in family:
            left.pop(number, None)
            for _, grams in quoted[number]:
                family += [other for gram in grams for other in holders[gram] if left.pop(other, 0) is None]
        yield family


def _voice(credited: str) -> str | None:
    """Return who speaks, in the form in which voices are compared; None where a phrase only points back."""
    whom = spoken_for(credited)
    if whom is not None:
        return plain_name(whom)
    return None if credited.lower() in PRONOUNS or _NOBODY.match(credited) else plain_name(credited)
