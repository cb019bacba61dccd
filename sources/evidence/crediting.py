"""Who is credited with words: the patterns for the sentence around them, and their order.

A credit is a speaker and a cue, the verb that credits: ``said Ada Moss``, ``the chief executive told The
Courier``, ``according to two officials``. A speaker is a name, a pronoun, or a phrase with an article.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sources.evidence.entities.lists import words

_VERBS = "|".join(sorted(words("speech-verbs.txt", "finite") | words("speech-verbs.txt", "participles")))
_PARTICIPLES = "|".join(sorted(words("speech-verbs.txt", "participles")))
_ADVERB = (
    r"(?:(?:also|then|later|further|once|has|have|had|would|still|now|again|even|reportedly|recently"
    r"|publicly|[a-z]+ly|a|hat) ){0,3}"
)
_CAPITAL = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Prof|St|Lt|Col|Sgt|Capt|Jr|Sr|Inc|Corp|Co|Ltd|[A-Z])\."
    r"|[^\W\d_a-zß-öø-ÿ][\w&]{0,40}(?:\.\w{1,20}){0,4}(?:['’-](?!s\b)\w{1,30}){0,4})"
)
_PARTICLE = r"(?:de|da|del|della|di|du|van|von|der|den|bin|al|el|la|le|of|the|and|&)"
NAME = rf"{_CAPITAL}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{0,6}}"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I|[Ii]t|[Ww]ho)\b"
_PHRASE = (
    r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Ss]ome|[Ss]everal|[Mm]any|[Tt]wo"
    r"|[Tt]hree|[Ff]our|[Ff]ive|[Oo]fficials|[Ss]ources|[Pp]eople|[Aa]nalysts|[Cc]ritics|[Oo]thers"
    r"|[Rr]esearchers)(?:[ ’'-][\w’'&.-]+){0,12}?"
)
_PHRASE_ENDS = r"(?=[,.;:]|$| in | at | on | of | to | after | when | who | during )"
# A role may stand before a name: "said union leader Ada Moss", "Harbour Authority chairman Lin Okafor said".
_ROLE = r"(?:(?!(?:who|that|he|she|it|in|on|to|and|as|but)\b)[\w’'-]+ ){0,5}?"
_APPOSITION = (
    r"(?:(?:, [^,.!?;:\"“”]{1,90}){1,2}?,|,? \([^)]{1,60}\),?| (?:of|from|at|with|for) [^,.!?;:\"“”]{1,60})?"
)
_SPEAKER = rf"(?P<speaker>{_PRONOUN}|{_PHRASE}|{NAME})"
_CUE = rf"(?P<cue>{_VERBS})(?![\w-])"

_VERB_FIRST = re.compile(
    rf"[,.]?\s*(?:—|–|-)?\s*(?:as |so )?{_ADVERB}{_CUE} "
    rf"(?P<speaker>{_PHRASE}{_PHRASE_ENDS}|{_ROLE}(?P<name>{NAME}))"
)
_SPEAKER_FIRST = re.compile(
    rf"[,.]?\s*(?:—|–|-|as |but |and )?\s*(?P<speaker>{_PRONOUN}|{_PHRASE}|{_ROLE}(?P<name>{NAME}))"
    rf"{_APPOSITION} {_ADVERB}{_CUE}"
)
_ACCORDING_AFTER = re.compile(
    rf"[,.]?\s*(?P<cue>according to) (?P<speaker>{_PHRASE}(?=[,.;:]|$)|{_ROLE}(?P<name>{NAME}))"
)
_ACCORDING_BEFORE = re.compile(
    rf"(?P<cue>[Aa]ccording to) (?P<speaker>{NAME}|{_PHRASE}(?=,))[^.!?\"“”]{{0,80}}$"
)
_DASHED = re.compile(rf"\s*(?:—|–|--|-) ?(?P<speaker>{NAME})(?=[,.\n]|\s*$)(?P<cue>)")
_INTRODUCED = re.compile(
    rf"(?:^|[^\w’'-]){_SPEAKER}{_APPOSITION} {_ADVERB}{_CUE}(?P<rest>[^.!?\"“”]{{0,100}}?)(?P<point>,|:)?\s*$"
)
_PARTICIPLE = re.compile(rf",? (?:and )?(?P<cue>{_PARTICIPLES})\b[^.!?\"“”]{{0,160}}$")
_SUBJECT_OF_PARTICIPLE = re.compile(
    rf"\s*(?:(?:On|In|At|But|And|Then|After|Before)\b[^,.]{{0,50}}?,? )?(?P<speaker>{_PRONOUN}|{NAME})\b"
    rf"[^.!?\"“”]*?[ ,](?P<cue>{_PARTICIPLES})\b[^.!?\"“”]{{0,160}}$"
)
_NAMED_COLON = re.compile(rf"(?:^|[.!?]\s+)(?P<speaker>{NAME})(?P<cue>):\s*$")
_WITHIN = re.compile(rf"(?:^|[^\w’'-]){_SPEAKER}{_APPOSITION} {_ADVERB}{_CUE}(?! by )")
_CREDIT_ONLY = re.compile(
    rf"[,.]?\s*(?:{_ADVERB}(?:{_VERBS}) [^\"“”.!?]{{1,120}}"
    rf"|[^\"“”.!?]{{1,120}} {_ADVERB}(?:{_VERBS})[^\"“”.!?]{{0,80}})[.,:;]?\s*$"
)
_SENTENCE_START = re.compile(r"[.!?:;][\"”’»)]?\s+(?=[^\W\d_a-z]|[\"“‘«])|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[^\w.])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|St|Jr|Sr|Inc|Corp|Co|Ltd|U\.S|No|vs)$"
)


class Named(NamedTuple):
    """A credit: the phrase that names the speaker, the cue, and where the phrase stands."""

    phrase: str
    cue: str
    start: int
    end: int


WINDOW = 220  # characters looked at on either side of a quote
_NEAR = 60  # characters between a cue and a few words in marks that it may still speak of


def credit_after(tail: str, *, full_stop_before: bool) -> Named | None:
    """Look for a credit in ``tail``, what follows a quote up to the next one or the end of the paragraph.

    ``full_stop_before`` tells that the quote ended its sentence; another speaker's may then follow.
    """
    sentence = _first_sentence(tail)
    patterns = (_VERB_FIRST,) if full_stop_before else (_VERB_FIRST, _SPEAKER_FIRST, _ACCORDING_AFTER)
    for pattern in patterns:
        match = pattern.match(sentence)
        if match is not None and match.group("speaker").lower() not in ("that", "it", "who"):
            return _named(match)
    dashed = _DASHED.match(tail)
    return _named(dashed) if dashed is not None else None


def credit_before(head: str, *, farthest: int | None) -> Named | None:
    """Look for a credit in ``head``, what stands before a quote, in the quote's own sentence.

    ``farthest`` is how many characters may stand between the cue and the quote, None for no limit.
    """
    sentence = _last_sentence(head)
    match = _introducing(sentence, farthest) if sentence.strip() else None
    return _named(match, len(head) - len(sentence)) if match is not None else None


def _named(match: re.Match[str], shift: int = 0) -> Named:
    """Return what a match names; ``shift`` is where its string begins in the one that was asked about."""
    group = "name" if match.groupdict().get("name") else "speaker"
    phrase = match.group(group)
    bare = phrase.strip(" ,")
    start = match.start(group) + len(phrase) - len(phrase.lstrip(" ,"))
    return Named(bare, match.group("cue") or ":", shift + start, shift + start + len(bare))


def _introducing(head: str, farthest: int | None) -> re.Match[str] | None:
    limit = len(head) if farthest is None else farthest
    participle = _PARTICIPLE.search(head)
    if participle is not None:
        before = list(_WITHIN.finditer(head, 0, participle.start()))
        with_verb = next((match for match in before if not match.group("cue").endswith("ing")), None)
        return with_verb or _SUBJECT_OF_PARTICIPLE.match(head)
    for pattern in (_INTRODUCED, _ACCORDING_BEFORE, _NAMED_COLON):
        match = pattern.search(head)
        if match is not None and (match.groupdict().get("point") or len(head) - match.end("cue") <= limit):
            return match
    found = list(_WITHIN.finditer(head))
    return found[-1] if found and len(head) - found[-1].end("cue") <= limit else None


def is_credit(gap: str) -> bool:
    """Tell whether nothing but a credit stands in ``gap``, between two quotes."""
    return _CREDIT_ONLY.match(gap) is not None or not gap.strip(" .,")


def goes_on_by_participle(gap: str) -> bool:
    """Tell whether what stands between two quotes is ``, adding that`` and the like."""
    return re.search(r"[.!?;:]", gap) is None and _PARTICIPLE.search(gap) is not None


def nearness() -> int:
    """Return how far a cue may stand from a few words in marks: farther, they may be meant as irony."""
    return _NEAR


def _first_sentence(tail: str) -> str:
    for match in _SENTENCE_START.finditer(tail, 1):
        if not _ABBREVIATION.search(tail, 0, match.start()):
            return tail[: match.start() + 1]
    return tail


def _last_sentence(head: str) -> str:
    for match in reversed(list(_SENTENCE_START.finditer(head))):
        if match.group()[0] not in ":;" and not _ABBREVIATION.search(head, 0, match.start()):
            return head[match.end() :]
    return head
