"""On whom each sentence relies, and the independent origins behind a story or behind one claim in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.attributions import PRONOUNS, Attribution, attributions_in, own_outlet
from sources.evidence.entities import EntityKind
from sources.evidence.lineage import StoryOrigin
from sources.evidence.lineage.provenance import provenance_of
from sources.evidence.lineage.text_reuse import body_sentences
from sources.evidence.outlet_names import OutletNames, is_distributor, is_outlet, plain_name
from sources.evidence.similarity import StoryVectors, likeness
from sources.evidence.synonyms import meaning
from sources.model import Origin, Ref, Source, Span
from sources.text.tokens import norms, tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.entities import Entity
    from sources.evidence.lineage.provenance import ProvenanceLine
    from sources.evidence.quotes import Quote
    from sources.evidence.similarity import Sentence

# On whom a sentence relies: the credit in it, beside it, or what its whole text stands on.

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
_NAMED = r"[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*"
_SPOKEN_FOR = re.compile(
    rf"^(?:(?:[Aa]n?|[Tt]he) )?(?!(?:An?|The|Its) )(?P<whom>{_NAMED})(?:[’']s)? "
    r"(?:spokes\w+|representative)s?"
    rf"|^(?:[Aa]n?|[Tt]he) (?:spokes\w+|representative)s? (?:for|of|from) (?P<other>{_NAMED})"
)
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
        self._persons = {
            plain_name(form): entity.name
            for entity in entities
            if entity.kind is EntityKind.PERSON
            for form in (entity.name, *entity.aliases)
        }
        given = [(text, one) for text in texts for row in text.credits for one in row]
        own = [name for text in texts for name in (text.outlet, *_whose(text)) if name]
        reporting = {
            plain_name(one.medium or one.credited)
            for _, one in given
            if one.citing is not None or one.medium or (one.cue in _REPORTS and one.credited[:4] == "The ")
        }
        self._outlets = frozenset(
            {plain_name(name) for name in own} | {name for name in reporting if name not in self._persons}
        )
        used: Counter[str] = Counter(_shown(name) for name in own)
        self._forms: dict[str, Counter[str]] = {}
        for _, one in given:
            for name in filter(None, (one.credited, one.told)):
                self._forms.setdefault(plain_name(name), Counter())[_shown(name)] += 1
                if is_outlet(name, self._outlets):
                    used[_shown(name)] += 1
        self._names = OutletNames(used, own)
        self._keys = frozenset(map(self._names.key, used))
        self._bodies = tuple(
            dict.fromkeys(line.name for text in texts for line in text.provenance if line.release)
        )
        self._heard_by: dict[str, Counter[str]] = {}
        for _, one in given:
            self._learn(one)

    def _learn(self, credit: Attribution) -> None:
        speaker, outlet = credit.credited, credit.told
        if credit.citing is not None and self._is_outlet(credit.credited):
            speaker, outlet = credit.citing, credit.credited
        voice = _voice(speaker) if _SPOKEN_FOR.match(speaker) or speaker[:1].islower() else None
        if voice is not None and outlet is not None and self._is_outlet(outlet):
            self._heard_by.setdefault(voice, Counter())[self._names.best(outlet)] += 1

    def key(self, name: str) -> str:
        """Return under which key the names of one outlet meet in the story."""
        return self._names.key(_shown(name))

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
            CreditedOrigin(self._names.best(line.name), STATEMENT if line.release else WIRE)
            for line in text.provenance
            if line.whole
        ]
        if any(one.basis == STATEMENT for one in whole):
            whole = [one for one in whole if one.basis == STATEMENT and not is_distributor(one.name)] or whole
        parts = [
            CreditedOrigin(self._names.best(line.name), WIRE) for line in text.provenance if not line.whole
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
            return [CreditedOrigin(self._names.best(body), STATEMENT)]
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
        name = self._names.best(_shown(text.outlet)) if text.outlet else str(text.source.ref)
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
                self._person(name_of) is None or not self._is_heard_elsewhere(text, one)
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
        return any(name and self._is_outlet(name) and self.key(name) not in own for name in names)

    def _is_from_elsewhere(self, text: CreditedText, credit: Attribution) -> bool:
        """Tell whether a credit names another outlet than the text's own."""
        own = self._own_keys(text)
        return any(
            name is not None and self._is_outlet(name) and self.key(name) not in own
            for name in (credit.credited, credit.told)
        )

    def _is_heard_elsewhere(self, text: CreditedText, credit: Attribution) -> bool:
        """Tell whether another outlet reported it, or somebody said it whom the story hears through one."""
        voice = _voice(credit.credited)
        heard = self._heard_by.get(voice) if voice is not None else None
        own = self._own_keys(text)
        return self._is_reported_elsewhere(text, credit) or (
            heard is not None
            and self._person(credit.credited) is None
            and not any(self.key(outlet) in own for outlet in heard)
        )

    def _outlet_of(self, credit: Attribution) -> str:
        within = _within(credit.credited)
        if within is not None:
            return self._names.best(_shown(within))
        name = credit.credited if self._is_outlet(credit.credited) else credit.told or credit.credited
        cited = credit.citing
        return self._names.best(_shown(cited if cited is not None and self._is_outlet(cited) else name))

    def _name_of(self, text: CreditedText, credit: Attribution) -> str | None:
        """Return the name behind a credit; None where it only points back, or to nobody with a name."""
        if self._is_outlet(credit.credited):
            return self._outlet_of(credit)
        person = self._person(credit.credited)
        if person is not None:
            return person
        if credit.told is not None and self._is_outlet(credit.told):
            return self._names.best(_shown(credit.told))
        voice = _voice(credit.credited)
        if voice is None:
            return None
        heard = self._heard_by.get(voice)
        if heard:
            return min(heard, key=lambda outlet: (-heard[outlet], outlet))
        if credit.credited[:1].isupper() or _SPOKEN_FOR.match(credit.credited):
            return self._best(voice)
        return self._own(text, proved=True)[0].name if text.outlet else None

    def _person(self, credited: str) -> str | None:
        """Return the person of that name, whatever office stands before it."""
        parts = plain_name(credited).split()
        tails = (" ".join(parts[at:]) for at in range(len(parts)))
        return next((self._persons[tail] for tail in tails if tail in self._persons), None)

    def _is_outlet(self, name: str) -> bool:
        return is_outlet(name, self._outlets) or (name[:1].isupper() and self.key(name) in self._keys)

    def _best(self, name: str) -> str:
        """Return a name in the form that the story uses most."""
        counted = self._forms.get(plain_name(name))
        return min(counted, key=lambda form: (-counted[form], form)) if counted else _shown(name)

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
        person = self._person(speaker)
        if person is not None:
            return person
        voice = _voice(speaker)
        return self._best(voice) if voice is not None and speaker[:1].isupper() else None


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
    spoken_for = _SPOKEN_FOR.match(credited)
    if spoken_for is not None:
        return plain_name(spoken_for["whom"] or spoken_for["other"])
    return None if credited.lower() in PRONOUNS or _NOBODY.match(credited) else plain_name(credited)


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

_ORDER = (CREDITED, WIRE, MAIN, STATEMENT, OWN)


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
    """Return the origins on which the distinct texts of a story stand."""
    found: dict[str, list[tuple[Ref, CreditedOrigin]]] = {}
    statements = told.statements(groups, texts)
    for group in groups:
        rows = {ref: told.text_origins(texts[ref]) for ref in group if texts[ref].sentences}
        first = _strongest([origins_found[0] for origins_found in rows.values()])[:1]
        if first and first[0].basis == OWN and not first[0].proved:
            first = [statements.get(group, first[0])]
        for one in first:
            found.setdefault(one.name, []).extend((ref, one) for ref in group)
        for ref, origins_found in rows.items():  # what only one of the copies adds
            for one in origins_found:
                if one.basis != OWN or (one.proved and len(origins_found) > 1):
                    found.setdefault(one.name, []).append((ref, one))
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
    proved: dict[str, bool] = {}
    for sentence in sentences_stating(claim, sources):
        text = texts[sentence.ref]
        number = _sentence_at(text, sentence.span.start)
        if number is not None:
            credited_origin = told.credited_origin(text, number)
            stated.append(StatedClaim(sentence, credited_origin.name, credited_origin.basis))
            proved[credited_origin.name] = proved.get(credited_origin.name, False) or credited_origin.proved
    found: dict[str, list[tuple[Ref, CreditedOrigin]]] = {}
    for group in groups:
        here = [one for one in stated if one.sentence.ref in group]
        known = [CreditedOrigin(one.origin, one.basis, proved[one.origin]) for one in here]
        for credited_origin in _strongest(known):
            refs = dict.fromkeys(one.sentence.ref for one in here)
            found.setdefault(credited_origin.name, []).extend((ref, credited_origin) for ref in refs)
    return ClaimOrigins(claim, tuple(stated), _as_origins(found))


def _sentence_at(text: CreditedText, start: int) -> int | None:
    for number, sentence in enumerate(text.sentences):
        if sentence.start <= start < sentence.end:
            return number
    return None


def _strongest(origins_found: Sequence[CreditedOrigin]) -> list[CreditedOrigin]:
    """Return the standings of the best basis that there is, each name once, the commonest first."""
    for basis in _ORDER:
        given = [one for one in origins_found if one.basis == basis]
        if given and basis == OWN:
            return given[:1]  # copies of one text are one voice, whichever had it first
        if given:
            names = [one.name for one in given]
            distinct = {one.name: one for one in given}
            return sorted(distinct.values(), key=lambda one: -names.count(one.name))
    return []


def _as_origins(found: Mapping[str, list[tuple[Ref, CreditedOrigin]]]) -> tuple[StoryOrigin, ...]:
    """Put origins in order, those that most stand on first."""
    origins = []
    for name, rows in found.items():
        basis = min((one.basis for _, one in rows), key=_ORDER.index)
        refs = sorted({ref for ref, _ in rows}, key=lambda ref: (ref.story, ref.number or 0))
        origins.append(StoryOrigin(name, tuple(refs), basis, any(one.proved for _, one in rows)))
    return tuple(sorted(origins, key=lambda origin: -len(origin.refs)))
