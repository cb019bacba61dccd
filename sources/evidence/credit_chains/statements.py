"""What the sources of a story state on whose authority: each credited sentence with the voices behind it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.attributions import attributions_in, is_outlet, own_outlet, plain_name
from sources.evidence.credit_chains.model import VoiceKind
from sources.evidence.lineage.sharing import told_sentences
from sources.text.stemming import stem
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.evidence.attributions import Attribution
    from sources.evidence.entities import Entity
    from sources.model import Ref, Source, Span

_UNNAMED = re.compile(
    r"^(?:(?!an? [A-Z])(?:[a-z]+|\d+|[A-Z][a-z]+)\b.*\b)?(?:people|persons?|sources?|officials?|insiders?"
    r"|employees?|executives?|workers?|aides?|lawyers?|investors?|managers?|shareholders?|analysts?)\b"
)
_SPOKEN_FOR = re.compile(
    r"^(?:[Aa]n?|[Tt]he) (?P<whom>[A-Z][\w&. -]*?)(?:[’']s)? (?:spokes\w+|representatives?)\b"
    r"|^(?:[Aa]n?|[Tt]he) (?:spokes\w+|representatives?) (?:for|of|from) (?P<other>(?:the )?[A-Z][\w&. -]*)"
)
_POINTING = re.compile(r"^(?:the|one of the|two of the|three of the|some of the|all of the) ", re.IGNORECASE)
_REPORTING = frozenset(("reported", "reports"))
_OWN_TELLINGS = 2  # times that a text says that somebody told an outlet, from which it is that outlet's


class Voice(NamedTuple):
    """Somebody who is credited; ``key`` is the same for one voice in all of a story."""

    key: str
    name: str
    kind: VoiceKind


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence and the voices that it stands on, its own text's first, the one farthest away last.

    ``places`` are where the words of ``words`` stand that it says without the credit.
    """

    ref: Ref
    text: str
    span: Span
    credit: Attribution
    voices: tuple[Voice, ...]
    words: dict[str, tuple[int, int]]


class Outlets:
    """The outlets of a story: those that its sources are of, and those that they credit."""

    def __init__(
        self, credited: Sequence[tuple[Source, Sequence[Attribution]]], entities: Iterable[Entity]
    ) -> None:
        persons = {
            plain_name(form)
            for one in entities
            if str(one.kind) == "person"
            for form in (one.name, *one.aliases)
        }
        self._known = frozenset(
            plain_name(one.credited)
            for _, row in credited
            for one in row
            if one.citing is not None and plain_name(one.credited) not in persons and _is_name(one.credited)
        )
        told = {plain_name(one.told) for _, row in credited for one in row if one.told}
        self._known |= {
            plain_name(one.credited)
            for _, row in credited
            for one in row
            if one.cue in _REPORTING
            and plain_name(one.credited) not in persons
            and _is_name(one.credited)
            and (one.credited.lower().startswith("the ") or plain_name(one.credited) in told)
        }
        self._own = {source.ref: outlet for source, _ in credited if (outlet := own_outlet(source))}
        self._known |= {plain_name(name) for name in self._own.values()}
        self._own |= self._by_tellings(credited)
        self._names: Counter[tuple[str, str]] = Counter()
        for _, row in credited:
            for one in row:
                for name in (one.credited, one.told):
                    if name:
                        self._names[plain_name(name), shown(name)] += 1

    def _by_tellings(self, credited: Sequence[tuple[Source, Sequence[Attribution]]]) -> dict[Ref, str]:
        """Tell whose a text is by whom its people told: an outlet writes that they told itself.

        Of several texts that do so the one with the most is taken; the others repeat it.
        """
        best: dict[str, tuple[int, Ref, str]] = {}
        for source, row in credited:
            if source.ref in self._own:
                continue
            told = Counter(plain_name(one.told) for one in row if one.told and self.holds(one.told))
            for name, count in told.items():
                elsewhere = any(plain_name(one.credited) == name for one in row)
                if count >= _OWN_TELLINGS and not elsewhere and count > best.get(name, (0,))[0]:
                    said = next(one.told for one in row if one.told and plain_name(one.told) == name)
                    best[name] = (count, source.ref, said or name)
        mine = {plain_name(name) for name in self._own.values()}
        return {ref: name for key, (_, ref, name) in best.items() if key not in mine}

    def holds(self, name: str) -> bool:
        """Tell whether a name is an outlet's."""
        return is_outlet(name, self._known)

    def voice_of(self, ref: Ref) -> Voice:
        """Return the voice of a source: its outlet's where that is known."""
        outlet = self._own.get(ref)
        if outlet is None:
            return Voice(str(ref), str(ref), VoiceKind.SOURCE)
        return self.voice(outlet)

    def voice(self, name: str) -> Voice:
        """Return the voice of an outlet, under the name that the story uses most."""
        key = plain_name(name)
        forms = [(count, form) for (plain, form), count in self._names.items() if plain == key]
        best = max(forms, key=lambda pair: (pair[0], pair[1]))[1] if forms else shown(name)
        return Voice(key, best, VoiceKind.OUTLET)


def read_statements(sources: Sequence[Source], entities: Iterable[Entity]) -> tuple[list[Statement], Outlets]:
    """Return the credited sentences of some sources, in order, and the outlets behind them."""
    rows: list[tuple[Source, list[tuple[Span, Attribution]]]] = []
    for source in sources:
        found = [
            (sentence, one)
            for sentence in told_sentences(source)
            for one in attributions_in(source.text, sentence)
        ]
        rows.append((source, found))
    outlets = Outlets([(source, [one for _, one in row]) for source, row in rows], entities)
    return [statement for source, row in rows for statement in _statements(source, row, outlets)], outlets


def _statements(
    source: Source, row: Sequence[tuple[Span, Attribution]], outlets: Outlets
) -> Iterator[Statement]:
    own = outlets.voice_of(source.ref)
    people: str | None = None  # whom "one of the people" means
    for sentence, credit in row:
        if _is_unnamed(credit.credited) and not _POINTING.match(credit.credited):
            people = credit.credited
        voices = tuple(_voices(own, credit, outlets, people))
        if len(voices) > 1:
            words = _words(source.text, sentence, credit)
            yield Statement(source.ref, source.text, sentence, credit, voices, words)


def _voices(own: Voice, credit: Attribution, outlets: Outlets, people: str | None) -> Iterator[Voice]:
    """Yield the voices of a credit, from the text's own to the farthest."""
    yield own
    near = own
    if outlets.holds(credit.credited):
        far = outlets.voice(credit.credited)
        rest = credit.citing
    else:
        far = outlets.voice(credit.told) if credit.told and outlets.holds(credit.told) else own
        rest = credit.credited
    if far.key != own.key:
        yield far
        near = far
    if rest is None:
        return
    if outlets.holds(rest):
        if outlets.voice(rest).key != near.key:
            yield outlets.voice(rest)
    elif _is_unnamed(rest):
        named = people if people is not None and _POINTING.match(rest) else rest
        yield Voice(f"people behind {near.key}", named, VoiceKind.UNNAMED)
    else:
        spoken_for = _SPOKEN_FOR.match(rest)
        whom = spoken_for["whom"] or spoken_for["other"] if spoken_for is not None else rest
        yield Voice(plain_name(whom), shown(rest), VoiceKind.NAMED)


def _words(text: str, span: Span, credit: Attribution) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for token in tokenize(text, span):
        if credit.span.start <= token.start < credit.span.end:
            continue
        if token.norm not in STOP_WORDS and (len(token.norm) > 2 or token.norm.isdigit()):
            found.setdefault(stem(token.norm), (token.start, token.end))
    return found


def _is_unnamed(phrase: str) -> bool:
    return _UNNAMED.match(phrase) is not None


def _is_name(phrase: str) -> bool:
    return phrase.removeprefix("the ").removeprefix("The ")[:1].isupper()


def shown(name: str) -> str:
    """Return a name as it is shown: without article and possessive."""
    bare = re.sub(r"^[Tt]he (?=[A-Z])", "", " ".join(name.split()).strip(" ,.;:"))
    return re.sub(r"[’']s$", "", bare)
