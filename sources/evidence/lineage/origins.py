"""On whom each sentence relies, and the independent origins behind a story or behind one claim in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.attributions import Attribution, attributions_in, is_outlet, own_outlet, plain_name
from sources.evidence.entities import EntityKind
from sources.evidence.lineage import StoryOrigin
from sources.evidence.lineage.text_reuse import body_sentences
from sources.evidence.similarity import StoryVectors, likeness
from sources.evidence.synonyms import meaning
from sources.model import Origin, Ref, Source, Span
from sources.text.tokens import norms, tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.entities import Entity
    from sources.evidence.quotes import Quote
    from sources.evidence.similarity import Sentence

# On whom a sentence relies: the credit in it, beside it, or the one that its whole text relies on.

CREDITED = "credited"
MAIN = "main credit"
OWN = "own"
_NEIGHBOURS = (1, -1)  # the sentence after one that leaves its credit open, then the one before
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


class CreditedOrigin(NamedTuple):
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
    sentences = body_sentences(source)
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
        return self.main_origin(text)

    def main_origin(self, text: CreditedText) -> CreditedOrigin:
        """Return whom a text credits most among outlets, else its own outlet or its ref.

        A text that hears any one voice more often than all other outlets together is its own, unless it
        begins with an outlet's report.
        """
        for row in text.credits[:_BEGINNING]:
            for one in row:
                if self._is_outlet(one.credited) and self._is_from_elsewhere(text, one):
                    return CreditedOrigin(self._outlet_of(one), MAIN)
        outlets: Counter[str] = Counter()
        voices: Counter[str] = Counter()
        for one in (one for row in text.credits for one in row):
            name = self._name_of(text, one)
            if name is not None:
                (outlets if self._is_heard_elsewhere(text, one) else voices)[name] += 1
        if outlets and outlets.total() >= max(voices.values(), default=0):
            return CreditedOrigin(outlets.most_common(1)[0][0], MAIN)
        return CreditedOrigin(_shown(text.outlet) if text.outlet else str(text.source.ref), OWN)

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


STATING_SCORE = 0.3  # likeness to the claim
STATING_COVERAGE = 0.5  # of the claim's weight
FOLLOWED_SCORE = 0.16  # likeness to a sentence that states it, where both name two that the claim names
_FOLLOWED_BY_ONE_NAME = 0.25  # the same where the claim names only one
_ROUNDS = 2
_DECLINES = re.compile(
    r"\bdeclin\w+ (?:to )?(?:comment|remark|discuss|touch|talk|speak|say)|\b(?:not|n[’']t) (?:immediately )?"
    r"(?:comment|remark|respond|reply|answer|discuss|talk|speak)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ClaimSentence:
    """A sentence that states a claim: its source, its span, and how near it is to the claim, 0 to 1."""

    ref: Ref
    span: Span
    score: float


def sentences_stating(claim: str, sources: Sequence[Source]) -> tuple[ClaimSentence, ...]:
    """Find the sentences of ``sources`` that state ``claim``, in the order of the story.

    There are none for a claim in which no word says anything.
    """
    if all(token.norm in STOP_WORDS for token in tokenize(claim)):
        return ()
    asked = Source(Ref("claim", None), None, None, None, None, None, None, claim, (), Origin(None, "", ""))
    vectors = StoryVectors([*sources, asked])
    wanted = vectors.reading(asked).sentences
    if not wanted:
        return ()
    claimed = vectors.vector(*wanted)
    names = _names(claim)
    rows: list[tuple[Source, Sentence, set[str]]] = []
    for source in sources:
        for sentence in vectors.reading(source).sentences:
            if sentence.heading or _DECLINES.search(sentence.span.of(source.text)):
                continue
            said = {meaning(norm) for norm in norms(source.text, sentence.span)}
            rows.append((source, sentence, said))
    weights = {one: weight * weight for one, weight in vectors.meanings(claimed).items()}
    found: dict[int, float] = {}
    for number, (_, sentence, said) in enumerate(rows):
        covered = sum(weight for one, weight in weights.items() if one in said)
        near = likeness(claimed, vectors.vector(sentence))
        if (
            names <= said
            and (covered >= STATING_COVERAGE or near >= STATING_SCORE)
            and _says_more(weights, names, said)
        ):
            found[number] = max(near, min(1.0, covered))
    _follow_similar(vectors, rows, names, found)
    return tuple(
        ClaimSentence(rows[number][0].ref, rows[number][1].span, round(found[number], 4))
        for number in sorted(found)
    )


def _says_more(weights: dict[str, float], names: set[str], said: set[str]) -> bool:
    """Tell whether a sentence shares more with the claim than whom it is about."""
    rest = weights.keys() - names
    return not rest or bool(rest & said)


def _follow_similar(
    vectors: StoryVectors,
    rows: list[tuple[Source, Sentence, set[str]]],
    names: set[str],
    found: dict[int, float],
) -> None:
    if not names:
        return
    several = len(names) > 1
    least = FOLLOWED_SCORE if several else _FOLLOWED_BY_ONE_NAME
    latest = dict(found)
    for _ in range(_ROUNDS if several else 1):
        more: dict[int, float] = {}
        for number, (_, sentence, said) in enumerate(rows):
            if number in found or not names <= said:
                continue
            here = vectors.vector(sentence)
            near = max((likeness(here, vectors.vector(rows[other][1])) for other in latest), default=0.0)
            if near >= least:
                more[number] = near
        found.update(more)
        latest = more


def _names(claim: str) -> set[str]:
    """Return what the claim's words with a capital mean, the first one's too unless it is a usual word."""
    return {
        meaning(token.norm)
        for token in tokenize(claim)
        if claim[token.start].isupper() and token.norm not in STOP_WORDS
    }


# How many independent origins stand behind a story, or behind one claim in it.

_ORDER = (CREDITED, MAIN, OWN)


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A sentence that states a claim, and the origin on which it stands there."""

    sentence: ClaimSentence
    origin: str
    basis: str


@dataclass(frozen=True, slots=True)
class ClaimOrigins:
    """Who states a claim, and what remains when copies and credits have been followed."""

    claim: str
    stated: tuple[StatedClaim, ...]
    origins: tuple[StoryOrigin, ...]


def origins_of_story(
    groups: Sequence[tuple[Ref, ...]], texts: Mapping[Ref, CreditedText], told: StoryCredits
) -> tuple[StoryOrigin, ...]:
    """Return the origins on which the distinct texts of a story stand, by their main credits."""
    found: dict[str, list[tuple[Ref, str]]] = {}
    for group in groups:
        origins_found = [told.main_origin(texts[ref]) for ref in group if texts[ref].sentences]
        for credited_origin in _strongest(origins_found)[:1]:
            found.setdefault(credited_origin.name, []).extend((ref, credited_origin.basis) for ref in group)
    return _as_origins(found)


def origins_of_claim(
    claim: str,
    sources: Sequence[Source],
    groups: Sequence[tuple[Ref, ...]],
    texts: Mapping[Ref, CreditedText],
    told: StoryCredits,
) -> ClaimOrigins:
    """Return who states ``claim``, on whom each leans, and the origins that remain.

    Within a text, and among the copies of one text, a sentence that names its origin speaks for those that
    leave it open.
    """
    stated: list[StatedClaim] = []
    for sentence in sentences_stating(claim, sources):
        text = texts[sentence.ref]
        number = _sentence_at(text, sentence.span.start)
        if number is not None:
            credited_origin = told.credited_origin(text, number)
            stated.append(StatedClaim(sentence, credited_origin.name, credited_origin.basis))
    found: dict[str, list[tuple[Ref, str]]] = {}
    for group in groups:
        here = [one for one in stated if one.sentence.ref in group]
        for credited_origin in _strongest([CreditedOrigin(one.origin, one.basis) for one in here]):
            refs = dict.fromkeys(one.sentence.ref for one in here)
            found.setdefault(credited_origin.name, []).extend((ref, credited_origin.basis) for ref in refs)
    return ClaimOrigins(claim, tuple(stated), _as_origins(found))


def _sentence_at(text: CreditedText, start: int) -> int | None:
    for number, sentence in enumerate(text.sentences):
        if sentence.start <= start < sentence.end:
            return number
    return None


def _strongest(origins_found: Sequence[CreditedOrigin]) -> list[CreditedOrigin]:
    """Return the standings of the best basis that there is, each name once, the commonest first."""
    for basis in _ORDER:
        names = [credited_origin.name for credited_origin in origins_found if credited_origin.basis == basis]
        if names and basis == OWN:
            return [CreditedOrigin(names[0], OWN)]  # copies of one text are one voice, whichever had it first
        if names:
            distinct = sorted(dict.fromkeys(names), key=lambda name: -names.count(name))
            return [CreditedOrigin(name, basis) for name in distinct]
    return []


def _as_origins(found: Mapping[str, list[tuple[Ref, str]]]) -> tuple[StoryOrigin, ...]:
    """Put origins in order, those that most stand on first."""
    origins = []
    for name, rows in found.items():
        basis = min((basis for _, basis in rows), key=_ORDER.index)
        refs = sorted({ref for ref, _ in rows}, key=lambda ref: (ref.story, ref.number or 0))
        origins.append(StoryOrigin(name, tuple(refs), basis))
    return tuple(sorted(origins, key=lambda origin: -len(origin.refs)))
