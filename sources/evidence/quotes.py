"""Quotes: what is in quotation marks, who said it, and the verb that says so.

The method is a cascade over the words beside a quote, each step tried where the one before found nothing:
verb and speaker behind it, speaker and verb before it, the quote before it in the same paragraph, the
sentence around it, the sentence before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_words import ends_a_sentence, sentence_spans
from sources.evidence.entities.finder import find_entities
from sources.evidence.quotation_marks import Quoted, quoted_spans, with_double_marks
from sources.evidence.quote_credits import (
    NEAR,
    Credited,
    credit_after,
    credit_around,
    credit_before,
    is_credit_only,
    only_relays,
    participle_between,
)
from sources.evidence.speaker_names import SpeakerNames
from sources.evidence.speech_verbs import can_speak
from sources.evidence.unmarked_speech import unmarked_speech
from sources.evidence.word_lists import words
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.evidence.entities import Entity
    from sources.model import Source


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted span: ``start`` to ``end`` with its marks, ``text`` without them.

    ``speaker`` is the name or phrase that is credited, a surname resolved to the full name that the same text
    gives; ``cue`` is the word that credits, None in a sentence that only goes on with the speaker of the one
    before. Both are None for words in marks that nobody is credited with.
    ``credit`` is where the words stand that name the speaker, a pronoun among them. ``direct`` tells that the
    words are somebody's, not a title, a term, or words that the writer only keeps at a distance.
    """

    start: int
    end: int
    text: str
    speaker: str | None
    cue: str | None
    credit: Span | None = None
    direct: bool = True

    def words(self, text: str) -> tuple[int, int]:
        """Return the span of what is inside the marks; ``text`` is the source's or its view."""
        at = text.find(self.text, self.start, self.end)
        return (at, at + len(self.text)) if at >= 0 else (self.start, self.end)


class _Credit(NamedTuple):
    speaker: str
    cue: str | None
    span: Span


_WINDOW = 320  # characters looked at on either side of a quote
_TITLED = re.compile(
    r" (?:podcast|show|album|programme|program|film|movie|song|book|series|magazine|novel|campaign)s?\b"
)
# What stands before the title of a programme or a paper: "on CBS's “Face the Day”", "the show “Today”".
_BEFORE_TITLE = re.compile(
    r"(?:['’]s?|\b(?:[Oo]n|[Ii]n|[Oo]f|show|film|song|book|album|novel|programme|program|series)) $"
)
_SMALL = words("common-words.txt", "function")
_GOES_ON = re.compile(
    r"\W*(?:and|or|but)(?:(?: (?:that|as|a|an|the|to|was|is|were|are))*\s*$| that\b[^.!?;:\n]{1,80}$)"
)
_SO_CALLED = re.compile(
    r"(?:so-called|known as|aka|called|titled|entitled|named|dubbed|nicknamed) (?:an? |the )?$"
)
_ENDS_SPEECH = re.compile(r"[.,!?…。，！？؟-]['’”]?$")
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2}")  # which no blanks part; two are about a word
_FEW_WORDS = 5  # in marks without a speaker, up to which they are no speech
_LONG_ENOUGH = 30  # characters, marks included, from which words in marks are taken for a quote, not irony


def find_quotes(source: Source, entities: Iterable[Entity] | None = None) -> tuple[Quote, ...]:
    """Find what is quoted in a source, outside its muted zones, in order, with speakers and cues.

    ``entities`` are the typed names of its story; without them those of the source alone are looked for.
    """
    text = with_double_marks(source.text)
    spans = [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted]
    if not source.zones:
        spans = [(0, len(text))]
    quoted = [
        quote for start, end in spans for quote in _speech_in(text, start, end) if _holds_words(text, quote)
    ]
    if not quoted:
        return ()
    known = find_entities([source]) if entities is None else entities
    names = SpeakerNames(text, source.ref, known, quoted)
    found: list[Quote] = []
    last: Quote | None = None
    before: Quoted | None = None
    for number, quote in enumerate(quoted):
        after = quoted[number + 1] if number + 1 < len(quoted) else None
        named = _is_a_name(text, quote)
        credit = None if named else _credit(text, quote, (before, after), last, names)
        start, end = quote.inner(text)
        speaker, cue, where = credit if credit is not None else (None, None, None)
        direct = speaker is not None or (_is_speech(text, quote) and not named)
        found.append(Quote(quote.start, quote.end, source.text[start:end], speaker, cue, where, direct))
        if found[-1].direct:
            before, last = quote, found[-1]
    return tuple(_shared_over_paragraphs(quoted, found))


def speaker_names(source: Source, entities: Iterable[Entity]) -> SpeakerNames:
    """Read who speaks in a source, and whom its pronouns mean."""
    text = with_double_marks(source.text)
    return SpeakerNames(text, source.ref, entities, _speech_in(text, 0, len(text)))


def _speech_in(text: str, start: int, end: int) -> list[Quoted]:
    """Return what is quoted between ``start`` and ``end``: in marks, and in the turns of a dialogue."""
    marked = list(quoted_spans(text, start, end))
    turns = [
        turn
        for turn in unmarked_speech(text, start, end)
        if not any(turn.start < quote.end and quote.start < turn.end for quote in marked)
    ]
    return sorted([*marked, *turns]) if turns else marked


def _holds_words(text: str, quote: Quoted) -> bool:
    start, end = quote.inner(text)
    return any(character.isalnum() for character in text[start:end])


def _credit(
    text: str,
    quote: Quoted,
    around: tuple[Quoted | None, Quoted | None],
    last: Quote | None,
    names: SpeakerNames,
) -> _Credit | None:
    """Return who is credited with a quote and by which word; ``around`` are its neighbours."""
    before, after = around
    next_start = after.start if after is not None else len(text)
    stop = min(next_start, quote.end + _WINDOW)
    line_end = text.find("\n", quote.end, stop)
    stop = stop if line_end < 0 else line_end
    begin = max(before.end if before is not None else 0, quote.start - _WINDOW)
    begin = max(begin, _line_before(text, begin, quote.start))
    ends = _ends_speech(text, quote) or text[quote.end : quote.end + 1] in (",", "、", "，")
    tail = names.clause(*_first(sentence_spans(text, quote.end, stop), quote.end), whole=True)
    match = None
    if ends:
        # "“We sold it.” the firm said": a small letter goes on with the sentence.
        goes_on = text[quote.end : quote.end + 1] == " " and text[quote.end + 1 : quote.end + 2].islower()
        full_stop = text[quote.inner(text)[1] - 1] == "." and quote.marked and not goes_on
        alone = text[quote.inner(text)[0]].isupper() and (
            not text[begin : quote.start].strip() or ends_a_sentence(text[begin : quote.start])
        )
        match = credit_after(tail, full_stop_before=full_stop, whole=alone)
    inside = text[quote.inner(text)[0]].islower()
    if match is None or (inside and only_relays(match.cue)):
        relayed = match
        led_in = begin + len(text[begin : quote.start].rstrip())
        head = names.clause(*_last(sentence_spans(text, begin, led_in), led_in), whole=True)
        long = ends or quote.end - quote.start > _LONG_ENOUGH
        match = credit_before(head, farthest=None if long else NEAR, turn=not quote.marked)
        match = match if match is not None else relayed
    if match is None and not ends:
        match = credit_after(tail, full_stop_before=False, paused=False)
    if match is None:
        carried = _carried(text, quote, before, last, names, ends=ends)
        if carried is not None:
            return carried
        match = credit_around(tail) if not ends_a_sentence(text[quote.start : quote.inner(text)[1]]) else None
    if match is None and ends:
        return _told_before(text, quote, before, names) or _next_of_row(text, quote, before, last)
    if match is not None and last is not None and last.speaker is not None and last.credit is not None:
        same = last.credit == Span(match.phrase.start, match.phrase.end)
        if same and ends_a_sentence(text[last.credit.end : quote.start]):
            return _Credit(last.speaker, None, last.credit)
    return _resolved(match, quote, names, text) if match is not None else None


def _line_before(text: str, begin: int, start: int) -> int:
    """Return where the line begins that leads up to a quote: its own, or the one before with a colon."""
    line = text.rfind("\n", begin, start) + 1
    before = text[begin:line].rstrip()
    if line > begin and not text[line:start].strip() and before.endswith(":"):
        return text.rfind("\n", begin, begin + len(before)) + 1
    return line


def _first(spans: list[tuple[int, int]], place: int) -> tuple[int, int]:
    return spans[0] if spans else (place, place)


def _last(spans: list[tuple[int, int]], place: int) -> tuple[int, int]:
    return spans[-1] if spans else (place, place)


def _is_speech(text: str, quote: Quoted) -> bool:
    """Tell whether words in marks that nobody is credited with are speech all the same, whole or long."""
    start, end = quote.inner(text)
    said = text[start:end]
    words = max(len(said.split()), len(_IDEOGRAPHS.findall(said)))
    if said.endswith(",") and words <= _FEW_WORDS and said.istitle():
        return False  # "“Star Songs,” a film of his"
    return words > 1 and (_ends_speech(text, quote) or not quote.closed or words > _FEW_WORDS)


def _ends_speech(text: str, quote: Quoted) -> bool:
    """Tell whether a quote ends as a sentence that somebody says."""
    return _ENDS_SPEECH.search(text, quote.start, quote.inner(text)[1]) is not None


def _is_a_name(text: str, quote: Quoted) -> bool:
    """Tell whether a few words in marks are a title or a term, not somebody's words."""
    start, end = quote.inner(text)
    inside = text[start:end].split()
    if len(inside) > 5 or not quote.marked:
        return False
    raised = all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in inside)
    if raised and inside[0][0].isupper() and _BEFORE_TITLE.search(text, max(0, start - 24), quote.start):
        return True
    so_called = raised and _SO_CALLED.search(text, max(0, quote.start - 24), quote.start) is not None
    if _ends_speech(text, quote):
        return so_called and text[end - 1] in ",."
    if _TITLED.match(text, quote.end) or text[max(0, quote.start - 24) : quote.start].endswith("so-called "):
        return True
    return so_called


def _carried(
    text: str, quote: Quoted, before: Quoted | None, last: Quote | None, names: SpeakerNames, *, ends: bool
) -> _Credit | None:
    """Carry the speaker of the quote before on, where only their credit stands between the two."""
    if before is None or last is None or last.speaker is None or last.credit is None:
        return None
    gap = text[before.end : quote.start]
    if len(gap) > 2 * _WINDOW or "\n" in gap:
        return None
    between = names.clause(before.end, quote.start, whole=True)
    participle = participle_between(between)
    if participle is not None:
        return _Credit(last.speaker, participle, last.credit)
    whole = ends or quote.end - quote.start > _LONG_ENOUGH
    told_between = before.end <= last.credit.start < quote.start and len(
        sentence_spans(text, before.end, quote.start)
    ) < 2  # fmt: skip
    if whole and (told_between or is_credit_only(between)):
        return _Credit(last.speaker, None if ends_a_sentence(gap) else last.cue, last.credit)
    joined = _GOES_ON.match(gap) is not None or (
        len(gap) < 40 and not re.search(r"[.!?;:]", gap) and not _ENDS_SPEECH.search(last.text)
    )
    return _Credit(last.speaker, last.cue, last.credit) if joined else None


def _told_before(text: str, quote: Quoted, before: Quoted | None, names: SpeakerNames) -> _Credit | None:
    """Credit a sentence in marks that stands alone to whom the sentence before it is about."""
    line = text.rfind("\n", 0, quote.start) + 1
    alone = not text[line : quote.start].strip()
    quoted_above = before is not None and len(text[before.end : line].split("\n")) == 2
    heading = not quoted_above and len(text[quote.start : quote.end].split()) <= _FEW_WORDS
    if alone and (heading or text[quote.end : quote.end + 1] not in ("", "\n")):
        return None
    lead = _ONLY_LEADS.search(text, line, quote.start)
    if not alone and lead is None and not ends_a_sentence(text[line : quote.start]):
        return None
    subject = names.subject_before(quote.start if lead is None else lead.start("lead"))
    if subject is None or not can_speak(subject, ":"):
        return None
    speaks = subject.kind == "p" or names.is_person(subject) or (alone and subject.kind == "O")
    credit = _resolved(Credited(subject, None), quote, names, text) if speaks else None
    return credit if credit is not None and credit.speaker.lower() not in _OPEN else None


def _next_of_row(text: str, quote: Quoted, before: Quoted | None, last: Quote | None) -> _Credit | None:
    """Credit a paragraph that is one quote to whom the one before is, where that is one quote as well."""
    if before is None or last is None or last.speaker is None or last.credit is None:
        return None
    if text[before.end : quote.start].strip() or "\n" not in text[before.end : quote.start]:
        return None
    if text[max(0, before.start - 1) : before.start] not in ("", "\n") or last.cue is not None:
        return None
    alone = text[quote.end : quote.end + 1] in ("", "\n")
    return _Credit(last.speaker, None, last.credit) if alone else None


_ONLY_LEADS = re.compile(r"[.!?] (?P<lead>(?:And |But )?(?:[Tt]hen|[Ff]inally|[Aa]gain|[Ll]ater)): ?$")
_OPEN = frozenset(("he", "she", "it", "they", "we", "i"))


def _shared_over_paragraphs(quoted: list[Quoted], found: list[Quote]) -> list[Quote]:
    """Give the paragraphs of one long quote the speaker that any of them has."""
    shared = list(found)
    for number in range(len(quoted) - 2, -1, -1):
        if not quoted[number].closed and shared[number].speaker is None:
            later = shared[number + 1]
            shared[number] = replace(
                shared[number], speaker=later.speaker, cue=later.cue, credit=later.credit
            )
    for number in range(1, len(quoted)):
        if not quoted[number - 1].closed and shared[number].speaker is None:
            earlier = shared[number - 1]
            shared[number] = replace(
                shared[number], speaker=earlier.speaker, cue=earlier.cue, credit=earlier.credit
            )
    return shared


def _resolved(credited: Credited, quote: Quoted, names: SpeakerNames, text: str) -> _Credit:
    """Return a credit with its speaker as full as the text allows."""
    phrase = credited.phrase
    where = Span(phrase.start, phrase.end)
    told_before = phrase.end <= quote.start and ends_a_sentence(text[phrase.end : quote.start])
    cue = None if told_before else credited.cue
    if phrase.kind != "p":
        return _Credit(names.full(phrase), cue, where)
    meant = None
    if phrase.head in ("he", "she", "it"):
        meant = names.meant(phrase.head, min(quote.start, where.start))
    return _Credit(phrase.text.lower() if meant is None else meant[0], cue, where)
