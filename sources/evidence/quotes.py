"""Quotes: what is in quotation marks, who said it, and the verb that says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence import speaker_patterns
from sources.evidence.quotation_marks import Quoted, quoted_spans, with_double_marks
from sources.evidence.word_lists import words
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.model import Source


_FULL_NAME = re.compile(r"(?<![\w'’.-])" + speaker_patterns.NAME.replace("{0,6}", "{1,5}"))
_WITHIN_NAME = re.compile(r" (?:of|for|at|from) ")
_ARTICLES = frozenset({"The", "A", "An", "One", "Another", "Some", "His", "Her", "Its"})
_TITLE_OF = re.compile(
    r"\b(?P<title>Mr|Ms|Mrs|Miss|Sir|Dame|Lady)\.? (?:[A-Z][\w’'-]+ )?(?P<last>[A-Z][\w’'-]+)"
)
_TITLED_HE = frozenset(("Mr", "Sir"))
_BACK = 700  # characters looked through for whom a pronoun means
_SENTENCES_BACK = 4
_LAST_SPEAKER = 600  # characters after a quote in which a pronoun may still mean its speaker
_NAMED_LAST = 400
_PRONOUNS = frozenset(("he", "she"))


class People:
    """The full names of a text, by their last word, with where they stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_last: dict[str, list[tuple[int, str]]] = {}
        self._persons: list[tuple[int, str]] = []
        self._person_names: set[str] = set()
        self._names: set[str] = set()
        self._said_as: dict[str, str] = {}
        given = words("given-names.txt", "names")
        for match in _FULL_NAME.finditer(text):
            for name in _apart(bare_name(match.group())):
                parts = name.split()
                self._names.add(name)
                self._by_last.setdefault(parts[-1], []).append((match.start(), name))
                if parts[0] in given:
                    self._persons.append((match.start(), name))
                    self._person_names.add(name)
        for titled in _TITLE_OF.finditer(text):
            self._said_as.setdefault(titled["last"], "he" if titled["title"] in _TITLED_HE else "she")

    def full(self, phrase: str, position: int) -> str:
        """Return the full name that a speaker's phrase names, the phrase itself when it names none."""
        if phrase[:1].islower() or phrase.split(" ", 1)[0] in _ARTICLES:
            return phrase
        name = bare_name(phrase)
        person, of, _ = name.partition(" of ")
        if of and " " in person and (_is_given(person) or person in self._names):
            return person
        if " " in name:
            return name
        known = self._by_last.get(name, ())
        different = {full for _, full in known}
        if len(different) == 1:
            return next(iter(different))
        at = bisect_left(known, position, key=lambda row: row[0])
        return known[at - 1][1] if at else name

    def is_person(self, name: str) -> bool:
        """Tell whether a name is that of a person: by its given name, or by a title anywhere in the text."""
        return name in self._person_names or _is_given(name) or name.rpartition(" ")[2] in self._said_as

    def meant(self, pronoun: str, position: int, last: Quote | None) -> str | None:
        """Return whom "he" or "she" before or after ``position`` means, None when that is open.

        ``last`` is the quote before the one that is asked about.
        """
        begin = max(0, position - _BACK)
        text = self._text[begin:position]
        sentences = speaker_patterns.sentence_starts(text)
        for start, end in reversed(sentences[-_SENTENCES_BACK:]):
            if last is not None and begin + end <= last.end:
                break
            found = self._subject(text[start:end], begin + start, pronoun)
            if found is not None:
                return found
            if last is not None and begin + start < last.end:
                break
        if (
            last is not None
            and last.speaker
            and position - last.end < _LAST_SPEAKER
            and self._fits(last.speaker, pronoun)
        ):
            spoke = last.speaker[:1].isupper() and (" " in last.speaker or self.is_person(last.speaker))
            if spoke or _is_somebody(last.speaker):
                return last.speaker
        at = bisect_left(self._persons, position, key=lambda row: row[0])
        for place, name in reversed(self._persons[max(0, at - 4) : at]):
            if position - place < _NAMED_LAST and self._fits(name, pronoun):
                return name
        return None

    def _subject(self, sentence: str, start: int, pronoun: str) -> str | None:
        """Return who a sentence is about, if that is a person."""
        named = speaker_patterns.subject_of(sentence)
        if named is None or named.phrase.lower() in _PRONOUNS or " and " in named.phrase:
            return None
        name = self.full(named.phrase, start + named.start)
        if named.phrase[:1].isupper() and self.is_person(name):
            return name if self._fits(name, pronoun) else None
        return named.phrase if _is_somebody(named.phrase) else None

    def _fits(self, name: str, pronoun: str) -> bool:
        """Tell whether a title anywhere in the text does not speak against a pronoun."""
        return self._said_as.get(name.rpartition(" ")[2], pronoun) == pronoun


def _apart(name: str) -> Iterator[str]:
    """Yield a name of several words, or the persons that are joined in it: "Petra Holm of the Union"."""
    persons = [part for part in name.split(" and ") if _is_given(part)]
    for part in persons or [name]:
        head = _WITHIN_NAME.split(part, maxsplit=1)[0]
        whole = head if _is_given(head) else part
        if " " in whole:
            yield whole


def _is_given(name: str) -> bool:
    first, blank, _ = name.partition(" ")
    return bool(blank) and first in words("given-names.txt", "names")


def _is_somebody(phrase: str) -> bool:
    """Tell whether a phrase is a person of whom no name is given: "one crane driver", "the official"."""
    parts = phrase.lower().replace("’", "'").split()
    if len(parts) < 2 or (parts[0] not in words("speakers.txt", "one") and "'" not in parts[0]):
        return False
    kinds = (
        words("cues.txt", "person-before")
        | words("cues.txt", "person-described")
        | words("cues.txt", "person-after")
    )
    return parts[-1] in kinds or parts[-1] in words("speakers.txt", "person")


def bare_name(phrase: str) -> str:
    """Return a person's name without the company and the titles before it."""
    parts = phrase.rstrip(" ,").removesuffix("’s").removesuffix("'s").split()
    function = words("common-words.txt", "function")
    while len(parts) > 1 and parts[0].lower() in function and not parts[0].isupper():
        parts = parts[1:]
    titles = words("titles.txt", "strong") | words("titles.txt", "honorifics")
    for number in range(len(parts) - 2, -1, -1):
        if parts[number].rstrip(".") in titles and parts[number + 1][0].isupper():
            return " ".join(parts[number + 1 :])
    return " ".join(parts)


# Quotes: what stands in quotation marks, who said it, and the verb that says so.
#
# The method is a cascade of patterns over the words beside a quote, each tried where the one before
# found nothing: verb and speaker after it, speaker and verb after it, speaker and verb before it, the
# sentence around it, the quote before it in the same paragraph (after the sieves of O'Keefe et al., "A
# sequence labelling approach to quote attribution", EMNLP 2012, and Muzny et al., "A two-stage sieve
# approach", EACL 2017).


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


_TITLED = re.compile(
    r" (?:podcast|show|album|programme|program|film|movie|song|book|series|magazine|novel|campaign)s?\b"
)
_SO_CALLED = re.compile(
    r"(?:so-called|known as|called|titled|entitled|named|dubbed|nicknamed) (?:an? |the )?$"
)
_ENDS_SPEECH = re.compile(r"[.,!?…。，！？؟-]['’”]?$")
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2}")  # which no blanks part; two are about a word
_FEW_WORDS = 5  # in marks without a speaker, up to which they are no speech
_LONG_ENOUGH = 30  # characters, marks included, from which words in marks are taken for a quote, not irony


def find_quotes(source: Source) -> tuple[Quote, ...]:
    """Find what is quoted in a source, outside its muted zones, in order, with speakers and cues."""
    text = with_double_marks(source.text)
    spans = [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted]
    if not source.zones:
        spans = [(0, len(text))]
    quoted = [
        quote for start, end in spans for quote in quoted_spans(text, start, end) if _holds_words(text, quote)
    ]
    if not quoted:
        return ()
    people = People(text)
    found: list[Quote] = []
    for number, quote in enumerate(quoted):
        before = quoted[number - 1] if number else None
        after = quoted[number + 1] if number + 1 < len(quoted) else None
        credit = _credit(text, quote, (before, after), found[-1] if found else None, people)
        start, end = quote.inner(text)
        speaker, cue, where = credit if credit is not None else (None, None, None)
        direct = speaker is not None or _is_speech(text, quote)
        found.append(Quote(quote.start, quote.end, source.text[start:end], speaker, cue, where, direct))
    return tuple(_shared_over_paragraphs(quoted, found))


def _holds_words(text: str, quote: Quoted) -> bool:
    start, end = quote.inner(text)
    return any(character.isalnum() for character in text[start:end])


def _credit(
    text: str,
    quote: Quoted,
    around: tuple[Quoted | None, Quoted | None],
    last: Quote | None,
    people: People,
) -> _Credit | None:
    """Return who is credited with a quote and by which word; ``around`` are its neighbours."""
    if _is_a_name(text, quote):
        return None
    before, after = around
    next_start = after.start if after is not None else len(text)
    stop = min(next_start, quote.end + speaker_patterns.WINDOW)
    line_end = text.find("\n", quote.end, stop)
    tail = text[quote.end : stop if line_end < 0 else line_end]
    ends = _ends_speech(text, quote) or tail[:1] in (",", "、", "，")
    match, base = None, quote.end
    if ends:
        full_stop = text[quote.inner(text)[1] - 1] == "."
        match, base = speaker_patterns.credit_after(tail, full_stop_before=full_stop), quote.end
    if match is None:
        begin = max(before.end if before is not None else 0, quote.start - speaker_patterns.WINDOW)
        begin = max(begin, text.rfind("\n", begin, quote.start) + 1)
        long = ends or quote.end - quote.start > _LONG_ENOUGH
        farthest = None if long else speaker_patterns.nearness()
        match, base = speaker_patterns.credit_before(text[begin : quote.start], farthest=farthest), begin
    if match is None and not ends:
        match, base = speaker_patterns.credit_after(tail, full_stop_before=False), quote.end
    if match is None:
        carried = _carried(text, quote, before, last, ends=ends)
        if carried is not None or ends:
            return carried
        match = speaker_patterns.credit_trailing(tail)
    if match is None:
        return None
    credit = _resolved(match, base, quote, last, people)
    told_before = base < quote.start and speaker_patterns.ends_a_sentence(text[base : quote.start])
    return credit._replace(cue=None) if told_before else credit


def _is_speech(text: str, quote: Quoted) -> bool:
    """Tell whether words in marks that nobody is credited with are speech all the same, whole or long."""
    start, end = quote.inner(text)
    said = text[start:end]
    words = max(len(said.split()), len(_IDEOGRAPHS.findall(said)))
    return words > 1 and (_ends_speech(text, quote) or not quote.closed or words > _FEW_WORDS)


def _ends_speech(text: str, quote: Quoted) -> bool:
    """Tell whether a quote ends as a sentence that somebody says."""
    return _ENDS_SPEECH.search(text, quote.start, quote.inner(text)[1]) is not None


def _is_a_name(text: str, quote: Quoted) -> bool:
    """Tell whether a few words in marks are a title or a term, not somebody's words."""
    start, end = quote.inner(text)
    inside = text[start:end].split()
    if len(inside) > 5 or _ends_speech(text, quote):
        return False
    if _TITLED.match(text, quote.end) or text[max(0, quote.start - 24) : quote.start].endswith("so-called "):
        return True
    raised = all(word[0].isupper() or word[0].isdigit() for word in inside)
    return raised and _SO_CALLED.search(text, max(0, quote.start - 24), quote.start) is not None


def _carried(
    text: str, quote: Quoted, before: Quoted | None, last: Quote | None, *, ends: bool
) -> _Credit | None:
    """Carry the speaker of the quote before on, where only their credit stands between the two."""
    if before is None or last is None or last.speaker is None or last.credit is None:
        return None
    gap = text[before.end : quote.start]
    if len(gap) > 2 * speaker_patterns.WINDOW:
        return None
    whole = ends or quote.end - quote.start > 40
    if "\n" in gap:
        credit, _, rest = gap.partition("\n")
        alone = not rest.strip() and ends and text[quote.end : quote.end + 1] in ("", "\n")
        return (
            _Credit(last.speaker, None, last.credit) if alone and speaker_patterns.is_credit(credit) else None
        )
    participle = speaker_patterns.participle_between(gap)
    if participle is not None:
        return _Credit(last.speaker, participle, last.credit)
    told_between = before.end <= last.credit.start < quote.start and speaker_patterns.is_one_sentence(gap)
    if whole and (told_between or speaker_patterns.is_credit(gap)):
        goes_on = not speaker_patterns.ends_a_sentence(gap)
        return _Credit(last.speaker, last.cue if goes_on else None, last.credit)
    joined = len(gap) < 40 and not re.search(r"[.!?;:]", gap) and not _ENDS_SPEECH.search(last.text)
    return _Credit(last.speaker, last.cue, last.credit) if joined else None


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


def _resolved(
    named: speaker_patterns.Named, base: int, quote: Quoted, last: Quote | None, people: People
) -> _Credit:
    """Return a credit with its speaker as full as the text allows; ``base`` is where its string begins."""
    where = Span(base + named.start, base + named.end)
    if named.phrase in ("He", "he", "She", "she"):
        pronoun = named.phrase.lower()
        position = min(quote.start, where.start)
        return _Credit(people.meant(pronoun, position, last) or pronoun, named.cue, where)
    return _Credit(people.full(named.phrase, quote.start), named.cue, where)
