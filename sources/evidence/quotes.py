"""Quotes: what stands in quotation marks, who said it, and the verb that says so.

The method is a cascade of patterns over the words beside a quote, each tried where the one before found
nothing: verb and speaker after it, speaker and verb after it, speaker and verb before it, the sentence around
it, the quote before it in the same paragraph (after the sieves of O'Keefe et al., "A sequence labelling
approach to quote attribution", EMNLP 2012, and Muzny et al., "A two-stage sieve approach", EACL 2017).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities.lists import words
from sources.evidence.quotation_marks import Quoted, quoted_spans

if TYPE_CHECKING:
    from sources.model import Source

METHOD_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted span: ``start`` to ``end`` with its marks, ``text`` without them.

    ``speaker`` is the name or phrase that is credited, a surname resolved to the full name that the same text
    gives; ``cue`` is the word that credits. Both are None for words in marks that nobody is said to have said.
    """

    start: int
    end: int
    text: str
    speaker: str | None
    cue: str | None


class _Credit(NamedTuple):
    speaker: str
    cue: str


_VERBS = (
    "said|says|say|saying|told|tells|telling|wrote|writes|writing|added|adds|adding|asked|asks|asking|explained|explains"
    "|explaining|argued|argues|arguing|noted|notes|noting|stated|states|stating|claimed|claims|claiming|continued|continues"
    "|replied|replies|responded|responds|insisted|insists|insisting|warned|warns|warning|admitted|admits|acknowledged"
    "|acknowledges|announced|announces|declared|declares|declaring|tweeted|tweets|posted|recalled|recalls|observed|observes"
    "|remarked|remarks|commented|comments|conceded|concedes|suggested|suggests|concluded|concludes|confirmed|confirms"
    "|emphasized|emphasised|emphasizes|emphasises|stressed|stresses|joked|joked|quipped|testified|testifies|predicted|predicts"
    "|promised|promises|vowed|vows|complained|complains|cautioned|cautions|contended|contends|maintained|maintains"
    "|asserted|asserts|asserting|proclaimed|proclaims|boasted|boasts|lamented|laments|mused|muses|shouted|yelled|whispered"
    "|cried|exclaimed|opined|opines|elaborated|reiterated|reiterates|pledged|pledges|denied|denies|revealed|reveals"
    "|reported|reports|thought|thinks|believes|believed|called|calls|calling|described|describes|describing|dubbed"
    "|labeled|labelled|branded|referred|refers|accused|accuses|accusing|dismissed|dismisses|praised|praises|criticized"
    "|criticised|countered|counters|retorted|chimed|signaled|signalled|summed|agreed|agrees|urged|urges|urging|read|reads"
    "|sagte|sagt|erklärte|erklärt|schrieb|schreibt|betonte|meinte|dit|déclaré|affirmé|affirme|explique|expliqué|ajouté"
    "|dijo|dice|afirmó|aseguró|explicó|declaró|señaló|disse|afirmou|zei|sa|sade"
)
_ADVERB = r"(?:(?:also|then|later|further|once|has|have|had|would|still|now|again|even|reportedly|recently|publicly|[a-z]+ly|a|hat) ){0,3}"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w.&]*(?:['’-](?!s\b)\w+)*"
_NAME = rf"{_CAPITAL}(?: (?:(?:de|da|del|della|di|du|van|von|der|den|bin|al|el|la|le|of|the|and|&|[A-Z]\.) ){{0,2}}{_CAPITAL}){{0,6}}"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I|[Ii]t|[Ww]ho)\b"
_PHRASE = (
    r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Ss]ome|[Ss]everal|[Mm]any|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive"
    r"|[Oo]fficials|[Ss]ources|[Pp]eople|[Aa]nalysts|[Cc]ritics|[Oo]thers|[Rr]esearchers)(?:[ ’'-][\w’'&.-]+){0,12}?"
)
_APPOSITION = (
    r"(?:, (?:[^,.!?;:\"“”]{1,90},)|,? \([^)]{1,60}\),?| (?:of|from|at|with|for) [^,.!?;:\"“”]{1,60})?"
)
_SPEAKER = rf"(?P<speaker>{_PRONOUN}|{_PHRASE}|{_NAME})"
_CUE = rf"(?P<cue>{_VERBS})(?![\w-])"

_VERB_FIRST = re.compile(
    rf"[,.]?\s*(?:—|–|-)?\s*(?:as |so )?{_ADVERB}{_CUE} (?P<speaker>{_PHRASE}(?=[,.;:]|$| in | at | on | of | to | after | when | who | during )|{_NAME})"
)
_SPEAKER_FIRST = re.compile(rf"[,.]?\s*(?:—|–|-|as |but |and )?\s*{_SPEAKER}{_APPOSITION} {_ADVERB}{_CUE}")
_ACCORDING_AFTER = re.compile(rf"[,.]?\s*(?P<cue>according to) (?P<speaker>{_NAME}|{_PHRASE}(?=[,.;:]|$))")
_ACCORDING_BEFORE = re.compile(
    rf"(?P<cue>[Aa]ccording to) (?P<speaker>{_NAME}|{_PHRASE}(?=,))[^.!?\"“”]{{0,80}}$"
)
_DASHED = re.compile(rf"\s*(?:—|–|--|-) ?(?P<speaker>{_NAME})(?=[,.\n]|\s*$)(?P<cue>)")
_INTRODUCED = re.compile(
    rf"(?:^|[^\w’'-]){_SPEAKER}{_APPOSITION} {_ADVERB}{_CUE}(?P<rest>[^.!?\"“”]{{0,100}}?)(?P<point>,|:)?\s*$"
)
_PARTICIPLE = re.compile(
    r",? (?:and )?(?P<cue>saying|adding|noting|arguing|claiming|insisting|telling [\w. ]{2,40}|writing|explaining|stating|asserting|warning"
    r"|calling|describing|declaring|suggesting|citing)\b(?P<rest>[^.!?\"“”]{0,160})$"
)
_NAMED_COLON = re.compile(rf"(?:^|[.!?]\s+)(?P<speaker>{_NAME})(?P<cue>):\s*$")
_WITHIN = re.compile(rf"(?:^|[^\w’'-]){_SPEAKER}{_APPOSITION} {_ADVERB}{_CUE}(?! by )")
_CREDIT_ONLY = re.compile(
    rf"[,.]?\s*(?:{_ADVERB}(?:{_VERBS}) [^\"“”.!?]{{1,120}}|[^\"“”.!?]{{1,120}} {_ADVERB}(?:{_VERBS})[^\"“”.!?]{{0,80}})[.,:;]?\s*$"
)
_INTRODUCES = re.compile(r"[^.!?]*[,:]\s*$")
_SENTENCE_START = re.compile(r"[.!?:;][\"”’»)]?\s+(?=[^\W\d_a-z]|[\"“‘«])|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[^\w.])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|St|Jr|Sr|Inc|Corp|Co|Ltd|U\.S|No|vs)$"
)
_FULL_NAME = re.compile(
    rf"{_CAPITAL}(?: (?:(?:de|da|del|di|du|van|von|der|bin|al|[A-Z]\.) ){{0,2}}{_CAPITAL}){{1,5}}"
)
_TITLED = re.compile(r" (?:podcast|show|album|programme|program|film|movie|song|book|series|magazine|novel|campaign)s?\b")
_SO_CALLED = re.compile(r"(?:so-called|known as|called|titled|entitled|named|dubbed|nicknamed) (?:an? |the )?$")
_SPEECH_INSIDE = re.compile(r"[.,!?…]$")
_WINDOW = 220  # characters looked at on either side of a quote
_NEAR = 60  # characters between a cue and a short quote that it may still speak of


def find_quotes(source: Source) -> tuple[Quote, ...]:
    """Find what is quoted in a source, outside its muted zones, in order, with speakers and cues."""
    text = source.text
    spans = [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted]
    if not source.zones:
        spans = [(0, len(text))]
    quoted = [
        quote
        for start, end in spans
        for quote in quoted_spans(text, start, end)
        if quote.inner(text)[0] < quote.inner(text)[1]
    ]
    if not quoted:
        return ()
    people = _People(text)
    found: list[Quote] = []
    for number, quote in enumerate(quoted):
        before = quoted[number - 1] if number else None
        after = quoted[number + 1] if number + 1 < len(quoted) else None
        credit = _credit(text, quote, before, after, found[-1] if found else None, people)
        start, end = quote.inner(text)
        speaker = None if credit is None else credit.speaker
        found.append(Quote(quote.start, quote.end, text[start:end], speaker, credit.cue if credit else None))
    return tuple(_shared_over_paragraphs(quoted, found))


def _credit(
    text: str, quote: Quoted, before: Quoted | None, after: Quoted | None, last: Quote | None, people: _People
) -> _Credit | None:
    """Return who is credited with a quote and by which word."""
    previous_end = before.end if before is not None else 0
    next_start = after.start if after is not None else len(text)
    if _is_a_name(text, quote):
        return None
    stop = _paragraph_stop(text, quote.end, min(next_start, quote.end + _WINDOW))
    tail = text[quote.end : stop]
    ends = _SPEECH_INSIDE.search(text[quote.start : quote.inner(text)[1]]) is not None or tail[:1] == ","
    match = _after(tail) if ends else None
    if match is not None and text[quote.inner(text)[1] - 1] == "." and _INTRODUCES.search(tail, match.end()):
        match = None  # a new sentence, which leads to the next quote
    if match is None:
        match = _before(text, quote, previous_end, ends=ends)
    if match is None and not ends:
        match = _after(tail) if tail[:2] != ", " else None
    if match is None:
        return _carried(text, quote, before, last, ends=ends)
    return _resolved(match, quote, last, people)


def _is_a_name(text: str, quote: Quoted) -> bool:
    """Tell whether a few words in marks are a title or a term, not somebody's words."""
    start, end = quote.inner(text)
    inside = text[start:end].split()
    if len(inside) > 5 or _SPEECH_INSIDE.search(text[start:end]):
        return False
    if _TITLED.match(text, quote.end) or text[max(0, quote.start - 24) : quote.start].endswith("so-called "):
        return True
    raised = all(word[0].isupper() or word[0].isdigit() for word in inside)
    return raised and _SO_CALLED.search(text, max(0, quote.start - 24), quote.start) is not None


def _paragraph_stop(text: str, start: int, stop: int) -> int:
    line_end = text.find("\n", start, stop)
    return stop if line_end < 0 else line_end


def _after(tail: str) -> re.Match[str] | None:
    """Look for speaker and verb right after a quote."""
    sentence = _first_sentence(tail)
    for pattern in (_VERB_FIRST, _SPEAKER_FIRST, _ACCORDING_AFTER):
        match = pattern.match(sentence)
        if match is not None and match.group("speaker").lower() not in ("that", "it", "who"):
            return match
    return _DASHED.match(tail)


def _first_sentence(tail: str) -> str:
    for match in _SENTENCE_START.finditer(tail, 1):
        if not _ABBREVIATION.search(tail, 0, match.start()):
            return tail[: match.start() + 1]
    return tail


def _before(text: str, quote: Quoted, previous_end: int, *, ends: bool) -> re.Match[str] | None:
    """Look for speaker and verb in the sentence before a quote."""
    begin = max(previous_end, quote.start - _WINDOW, text.rfind("\n", 0, quote.start) + 1)
    head = text[begin : quote.start]
    for match in reversed(list(_SENTENCE_START.finditer(head))):
        is_colon = match.group()[0] in ":;"
        if not is_colon and match.end() < len(head) + 1 and not _ABBREVIATION.search(head, 0, match.start()):
            head = head[match.end() :]
            break
    if not head.strip():
        return None
    participle = _PARTICIPLE.search(head)
    if participle is not None:
        found = [match for match in _WITHIN.finditer(head, 0, participle.start()) if not match.group("cue").endswith("ing")]
        return found[0] if found else None
    for pattern in (_INTRODUCED, _ACCORDING_BEFORE, _NAMED_COLON):
        match = pattern.search(head)
        if match is not None and (
            pattern is not _INTRODUCED or match.group("point") or _near(match, head, quote, ends=ends)
        ):
            return match
    found = list(_WITHIN.finditer(head))
    return found[-1] if found and _near(found[-1], head, quote, ends=ends) else None


def _near(match: re.Match[str], head: str, quote: Quoted, *, ends: bool) -> bool:
    """Tell whether a cue is near enough: a few words in marks may be meant as irony, not as a quote."""
    long = ends or quote.end - quote.start > 30
    return len(head) - match.end("cue") <= (_WINDOW if long else _NEAR)


def _carried(
    text: str, quote: Quoted, before: Quoted | None, last: Quote | None, *, ends: bool
) -> _Credit | None:
    """Carry the speaker of the quote before on, where only their credit stands between the two."""
    if before is None or last is None or last.speaker is None or last.cue is None:
        return None
    gap = text[before.end : quote.start]
    if "\n" in gap or len(gap) > _WINDOW:
        return None
    whole = ends or quote.end - quote.start > 40
    if whole and (_CREDIT_ONLY.match(gap) or not gap.strip(" .,")):
        return _Credit(last.speaker, last.cue)
    joined = gap.strip() in ("and", "but", "or", ", and", "or") or (
        len(gap) < 40 and not re.search(r"[.!?;]", gap)
    )
    return _Credit(last.speaker, last.cue) if joined else None


def _shared_over_paragraphs(quoted: list[Quoted], found: list[Quote]) -> list[Quote]:
    """Give the paragraphs of one long quote the speaker that any of them has."""
    shared = list(found)
    for number in range(len(quoted) - 2, -1, -1):
        if not quoted[number].closed and shared[number].speaker is None:
            later = shared[number + 1]
            shared[number] = _with(shared[number], later.speaker, later.cue)
    for number in range(1, len(quoted)):
        if not quoted[number - 1].closed and shared[number].speaker is None:
            shared[number] = _with(shared[number], shared[number - 1].speaker, shared[number - 1].cue)
    return shared


def _with(quote: Quote, speaker: str | None, cue: str | None) -> Quote:
    return Quote(quote.start, quote.end, quote.text, speaker, cue)


def _resolved(match: re.Match[str], quote: Quoted, last: Quote | None, people: _People) -> _Credit:
    """Return the credit of a match, its speaker as full as the text allows."""
    phrase, cue = match.group("speaker").strip(" ,"), match.group("cue") or ":"
    if phrase in ("He", "he", "She", "she"):
        person = people.before(quote.start, last)
        return _Credit(person or phrase.lower(), cue)
    return _Credit(people.full(phrase, quote.start), cue)


class _People:
    """The full names of a text, by their last word, with where they stand."""

    def __init__(self, text: str) -> None:
        self._by_last: dict[str, list[tuple[int, str]]] = {}
        self._persons: list[tuple[int, str]] = []
        given = words("given-names.txt", "names")
        for match in _FULL_NAME.finditer(text):
            name = _bare_name(match.group())
            parts = name.split()
            if len(parts) > 1:
                self._by_last.setdefault(parts[-1], []).append((match.start(), name))
                if parts[0] in given:
                    self._persons.append((match.start(), name))

    def full(self, phrase: str, position: int) -> str:
        """Return the full name that a speaker's phrase names, the phrase itself when it names none."""
        if phrase[:1].islower() or phrase.split(" ", 1)[0] in (
            "The",
            "A",
            "An",
            "One",
            "Another",
            "Some",
            "His",
            "Her",
            "Its",
        ):
            return phrase
        name = _bare_name(phrase)
        if " " in name:
            return name
        known = self._by_last.get(name, ())
        different = {full for _, full in known}
        if len(different) == 1:
            return next(iter(different))
        earlier = [full for start, full in known if start < position]
        return earlier[-1] if earlier else name

    def before(self, position: int, last: Quote | None) -> str | None:
        """Return the person that a pronoun near ``position`` most safely means, None when that is open."""
        nearest = next((row for row in reversed(self._persons) if row[0] < position), None)
        if (
            last is not None
            and last.speaker is not None
            and position - last.end < 600
            and " " in last.speaker
        ):
            if nearest is None or nearest[0] <= last.end + 150:
                return last.speaker if last.speaker[:1].isupper() else None
        return nearest[1] if nearest is not None and position - nearest[0] < 500 else None


def _bare_name(phrase: str) -> str:
    """Return a person's name without the company and the titles before it."""
    parts = phrase.rstrip(" ,").removesuffix("’s").removesuffix("'s").split()
    function = words("common-words.txt", "function")
    while len(parts) > 1 and (parts[0].lower() in function and not parts[0].isupper()):
        parts = parts[1:]
    if len(parts[-1]) > 3 and parts[-1].endswith(".") and "." not in parts[-1][:-1] and parts[-1] not in ("Corp.", "Bros."):
        parts[-1] = parts[-1][:-1]
    titles = words("titles.txt", "strong") | words("titles.txt", "honorifics")
    for number in range(len(parts) - 2, -1, -1):
        if parts[number].rstrip(".") in titles and parts[number + 1][0].isupper():
            return " ".join(parts[number + 1 :])
    return " ".join(parts)
