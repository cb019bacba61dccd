"""What the sources of a story state on whose authority: each credited sentence with the voices behind it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.attributions import PRONOUNS, Attribution, attributions_in
from sources.evidence.clause_subjects import subject_of
from sources.evidence.clause_words import read_clause
from sources.evidence.credit_chains import VoiceKind
from sources.evidence.credited_phrases import own_outlet, spoken_for
from sources.evidence.lineage.provenance import provenance_of
from sources.evidence.lineage.text_reuse import body_sentences
from sources.evidence.noun_phrases import named_beside
from sources.evidence.outlet_names import (
    domain_core,
    is_outlet,
    is_short_for,
    plain_name,
    shown,
    without_edition,
)
from sources.evidence.quotes import speaker_names
from sources.evidence.speech_verbs import can_speak
from sources.evidence.story_outlets import StoryOutlets
from sources.model import Span
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.evidence.entities import Entity
    from sources.evidence.speaker_names import SpeakerNames
    from sources.model import Ref, Source

_UNNAMED = re.compile(
    r"^(?:(?!an? [A-Z])(?:[a-z]+|\d+|[A-Z][a-z]+)\b.*\b)?(?:people|persons?|sources?|officials?|insiders?"
    r"|employees?|executives?|workers?|aides?|lawyers?|investors?|managers?|shareholders?|analysts?)\b"
)
_POINTING = re.compile(r"^(?:the|one of the|two of the|three of the|some of the|all of the) ", re.IGNORECASE)
_PARTED = re.compile(
    r"\b(?:but(?! that)|while|although|though|however|whereas|since|after|before|when|until|because|if|as"
    r"|amid)\b|;"
)
_PARTED_FROM = re.compile(rf"(?:{_PARTED.pattern}) $", re.IGNORECASE)
_REPORTING = frozenset(("reported", "reports"))
_NAME_BEFORE = re.compile(r"(?:(?<![\w.’'-])[A-Z][\w’'-]+ )+$")
_OWN_LINE = "credit line"  # the cue of what a text says itself to be from
_BODY_AGAIN = re.compile(r"the (?P<noun>[a-z]{4,})(?:['’]s? [a-z ]{2,24})?$", re.IGNORECASE)
_LONGEST_LINE = 300  # characters shown of one
_TO_THE_PRESS = re.compile(
    r" (?:a group of |several )?(?:reporters|journalists|analysts|this (?:news)?paper)\b"
)
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


class TextVoices:
    """The voices of a story's texts, and those of the outlets and bodies that they credit."""

    def __init__(
        self, credited: Sequence[tuple[Source, Sequence[Attribution]]], entities: Iterable[Entity]
    ) -> None:
        self._own = {source.ref: outlet for source, _ in credited if (outlet := own_outlet(source))}
        given = [one for _, row in credited for one in row]
        self.outlets = StoryOutlets(given, list(self._own.values()), entities)
        self._own |= self._by_tellings(credited)
        # An outlet with a text in the story is called as that says: "Associated Press", not "AP".
        self._called = {
            self.outlets.key(name): shown(name)
            for name in self._own.values()
            if domain_core(name) is None and without_edition(plain_name(name)) == plain_name(name)
        }

    def _by_tellings(self, credited: Sequence[tuple[Source, Sequence[Attribution]]]) -> dict[Ref, str]:
        """Tell whose a text is by whom its people told: an outlet writes that they told itself.

        Of several texts that do so the one with the most is taken; the others repeat it.
        """
        key, holds = self.outlets.key, self.outlets.is_outlet
        best: dict[str, tuple[int, Ref, str]] = {}
        for source, row in credited:
            if source.ref in self._own:
                continue
            told = Counter(key(one.told) for one in row if one.told and holds(one.told))
            for name, count in told.items():
                elsewhere = any(key(one.credited) == name for one in row)
                if count >= _OWN_TELLINGS and not elsewhere and count > best.get(name, (0,))[0]:
                    said = next(one.told for one in row if one.told and key(one.told) == name)
                    best[name] = (count, source.ref, said or name)
        mine = {key(name) for name in self._own.values()}
        return {ref: name for one, (_, ref, name) in best.items() if one not in mine}

    def is_heard_by(self, ref: Ref, credit: Attribution, text: str) -> bool:
        """Tell whether a text says that somebody told its own people: its outlet, or reporters."""
        own = self._own.get(ref)
        if own is None:
            return False
        if credit.told is not None:
            return self.outlets.key(credit.told) == self.outlets.key(own) or is_short_for(credit.told, own)
        return "told" in credit.cue and _TO_THE_PRESS.match(text, credit.span.end) is not None

    def source_of(self, body: str, before: str = "") -> str | None:
        """Return the body that a source of the story is of and that a name, perhaps a short one, means.

        "The board" is the only one with that word in its name, if the text ``before`` names it.
        """
        plain = f"{plain_name(body)} "
        owns = set(self._own.values())
        found = {own for own in owns if f"{plain_name(own)} ".startswith(plain)}
        again = _BODY_AGAIN.match(body)
        if not found and again is not None:
            found = {own for own in owns if again["noun"].lower() in plain_name(own).split()}
            found = {own for own in found if not is_outlet(own) and shown(own) in before}
        return next(iter(found)) if len(found) == 1 and self.outlets.person(body) is None else None

    def voice_of(self, ref: Ref) -> Voice:
        """Return the voice of a source: its outlet's where that is known."""
        outlet = self._own.get(ref)
        if outlet is None:
            return Voice(str(ref), str(ref), VoiceKind.SOURCE)
        return self.voice(outlet)

    def voice(self, name: str) -> Voice:
        """Return the voice of an outlet, named as the story does most; a text of a web site is its site's."""
        key = plain_name(name) if domain_core(name) else self.outlets.key(name)
        return Voice(key, self._called.get(key) or self.outlets.form(name), VoiceKind.OUTLET)


def read_statements(
    sources: Sequence[Source], entities: Iterable[Entity]
) -> tuple[list[Statement], TextVoices]:
    """Return the credited sentences of some sources, in order, and the outlets behind them."""
    rows: list[tuple[Source, list[tuple[Span, Attribution]]]] = []
    own = [outlet for source in sources if (outlet := own_outlet(source))]
    known = frozenset(without_edition(plain_name(outlet)) for outlet in own)
    named = list(entities)
    for source in sources:
        found = [
            (sentence, one)
            for sentence in body_sentences(source)
            for one in attributions_in(source.text, sentence, known)
        ]
        rows.append((source, _with_persons(source, list(_one_by_one(found, known)), named)))
    voices = TextVoices([(source, [one for _, one in row]) for source, row in rows], named)
    stated = (
        statement
        for source, row in rows
        for statement in (*_statements(source, row, voices), *_lines_of(source, voices))
    )
    return list(stated), voices


def _lines_of(source: Source, told: TextVoices) -> Iterator[Statement]:
    """Yield what a text says itself to be from: "The Associated Press contributed to this report"."""
    own = told.voice_of(source.ref)
    for line in provenance_of(source):
        far = told.voice(line.name)
        if line.release or not line.span.end > line.span.start or far.key == own.key:
            continue
        start = source.text.rfind("\n", 0, line.span.start) + 1
        end = source.text.find("\n", line.span.end)
        end = min(end if end >= 0 else len(source.text), start + _LONGEST_LINE)
        span = Span(start, max(end, line.span.end))
        credit = Attribution(line.span, line.name, _OWN_LINE)
        yield Statement(source.ref, source.text, span, credit, (own, far), {})


def _one_by_one(
    found: Iterable[tuple[Span, Attribution]], known: frozenset[str]
) -> Iterator[tuple[Span, Attribution]]:
    """Yield credits, that of two outlets as one to each: "seen by the Venn Post and the Marl Star"."""
    for sentence, one in found:
        both = one.credited.split(" and ")
        named = all(name.removeprefix("the ")[:1].isupper() and is_outlet(name, known) for name in both)
        if len(both) > 1 and named:
            for name in both:
                told = name if one.told == one.credited else one.told
                yield sentence, replace(one, credited=name, told=told)
        else:
            yield sentence, one


def _with_persons(
    source: Source, found: list[tuple[Span, Attribution]], entities: Sequence[Entity]
) -> list[tuple[Span, Attribution]]:
    """Return credits with the name of whom "he" or "she" means who told an outlet something."""
    names: SpeakerNames | None = None
    row = []
    for sentence, one in found:
        who: str | None = one.credited
        if one.credited == one.told and one.cue in ("told", "tells"):
            who = _teller(source.text, sentence, one.span.start)
        if who is not None and who.lower() in PRONOUNS:
            names = speaker_names(source, entities) if names is None else names
            meant = names.meant(who.lower(), one.span.start)
            who = meant[0] if meant is not None and meant[1].is_name else None
        row.append((sentence, one if who is None else replace(one, credited=who)))
    return row


def _teller(text: str, sentence: Span, cue: int) -> str | None:
    """Return who told an outlet something by where they stand in the sentence; None where nobody is plain.

    "Ida Brook, who owns it, said it leaked, but told the Daily Gull …"
    """
    clause = read_clause(text, *sentence)
    verb = next((at for at, word in enumerate(clause.words) if word.start == cue), None)
    phrase = subject_of(clause, verb) if verb is not None else None
    phrase = named_beside(clause, phrase)
    if phrase is None or verb is None or not can_speak(phrase, "told"):
        return None
    before = clause.kinds[max(0, phrase.first - 1) : phrase.first]
    if clause.kinds[verb - 1] == "-" or (before == "c" and not phrase.is_name):
        return None
    if phrase.kind == "p":
        return phrase.text if phrase.head in PRONOUNS else None
    named = _NAME_BEFORE.search(text, sentence.start, phrase.start) if phrase.is_name else None
    return text[named.start() : phrase.end] if named is not None else phrase.text


def _statements(
    source: Source, row: Sequence[tuple[Span, Attribution]], told: TextVoices
) -> Iterator[Statement]:
    own = told.voice_of(source.ref)
    people: str | None = None  # whom "one of the people" means
    for sentence, credit in _joined(source.text, row, told.outlets):
        if _is_unnamed(credit.credited) and not _POINTING.match(credit.credited):
            people = credit.credited
        voices = tuple(_voices(own, credit, told, people, source.text[: credit.span.end]))
        if len(voices) > 1:
            words = _words(source.text, sentence, credit)
            yield Statement(source.ref, source.text, sentence, credit, voices, words)


def _joined(
    text: str, row: Sequence[tuple[Span, Attribution]], outlets: StoryOutlets
) -> Iterator[tuple[Span, Attribution]]:
    """Yield the credits; where a sentence names an outlet and who said it, the outlet leans on them.

    "It sank, Ida Brook said, Reuters reported." Words that set two statements against each other part them.
    """
    for number, (sentence, credit) in enumerate(row):
        if credit.citing is None and outlets.is_outlet(credit.credited):
            for other_sentence, other in row[max(0, number - 2) : number + 3]:
                if other_sentence != sentence or other is credit or other.told or other.citing:
                    continue
                one, two = sorted(text.find(each.credited, *each.span) for each in (credit, other))
                parted = _PARTED.search(text, one, two) or _PARTED_FROM.search(text, sentence.start, one)
                if not outlets.is_outlet(other.credited) and not parted:
                    yield sentence, replace(credit, citing=other.credited)
                    break
            else:
                yield sentence, credit
        else:
            yield sentence, credit


def _voices(
    own: Voice, credit: Attribution, told: TextVoices, people: str | None, before: str
) -> Iterator[Voice]:
    """Yield the voices of a credit, from the text's own to the farthest; ``before`` is the text before it."""
    outlets = told.outlets
    yield own
    near = own
    if outlets.is_outlet(credit.credited):
        far = told.voice(credit.credited)
        rest = credit.citing
    else:
        elsewhere = (
            credit.told
            and outlets.is_outlet(credit.told)
            and not (own.kind is VoiceKind.OUTLET and is_short_for(credit.told, own.name))
        )
        far = told.voice(credit.told) if credit.told and elsewhere else own
        rest = credit.credited
    if outlets.key(far.name) != outlets.key(own.name):
        yield far
        near = far
    if rest is None or rest.lower() in PRONOUNS:
        return
    if outlets.is_outlet(rest):
        if told.voice(rest).key != near.key:
            yield told.voice(rest)
    elif _is_unnamed(rest):
        named = people if people is not None and _POINTING.match(rest) else rest
        yield Voice(f"people behind {near.key}", named, VoiceKind.UNNAMED)
    else:
        body = told.source_of(spoken_for(rest) or rest, before)
        if body is not None and told.voice(body).key != near.key:
            yield told.voice(body)
            return
        person = outlets.person(rest)
        if person is not None:
            yield Voice(plain_name(person), person, VoiceKind.NAMED)
            return
        yield Voice(plain_name(spoken_for(rest) or rest), shown(rest), VoiceKind.NAMED)


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
