"""Patterns for who is credited with words: the sentence around them, and their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_BARE = words("speech-verbs.txt", "bare")
_ALL_PARTICIPLES = words("speech-verbs.txt", "participles") | words("speech-verbs.txt", "rare participles")
_VERBS = "|".join(
    sorted(words("speech-verbs.txt", "finite") | words("speech-verbs.txt", "rare") | _BARE | _ALL_PARTICIPLES)
)
_PARTICIPLES = "|".join(sorted(_ALL_PARTICIPLES))
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
    r"|[Rr]esearchers|[Tt]his|[Tt]hese|[Tt]hose|[Ff]ederal|[Ss]tate|[Ll]ocal|[Ss]enior|[Ff]ormer"
    r"|[Pp]rosecutors|[Pp]olice|[Ll]awyers|[Ee]xperts|[Aa]uthorities|[Ii]nvestigators|[Dd]octors"
    r"|[Ss]cientists|[Ww]orkers|[Rr]esidents|[Oo]rgani[sz]ers|[Ss]pokes(?:man|woman|person|people))"
    r"(?:[ ’'\u00a0-][\w’'&.-]+){0,12}?"
)
_PHRASE_ENDS = r"(?=[,.;:]|$| in | at | on | of | to | after | when | who | during )"
# A role may stand before a name: "said union leader Ada Moss", "Harbour Authority chairman Lin Okafor said".
_ROLE = (
    r"(?:(?!(?:who|that|he|she|it|in|on|to|and|as|but|from|with|by|at|after|before|when|while|if)\b)"
    r"[\w’'-]+ ){0,5}?"
)
_APPOSITION = (
    r"(?:(?: \([^)]{1,60}\))?(?:, [^!?;:\"“”\n]{1,160}?,|(?<=\)),?)"
    r"|(?: (?:of|from|at|with|for) [^,.!?;:\"“”]{1,60})(?:, [^!?;:\"“”\n]{1,120}?,)?)?"
)
_SPEAKER = rf"(?P<speaker>{_PRONOUN}|{_PHRASE}|{NAME})"
_CUE = rf"(?P<cue>{_VERBS})(?![\w-])"

_VERB_FIRST = re.compile(
    rf"[,.、，]?\s*(?:—|–|-)?\s*(?:as |so )?{_ADVERB}{_CUE} "
    rf"(?P<speaker>{_PHRASE}{_PHRASE_ENDS}|{_ROLE}(?P<name>{NAME}))"
)
_SPEAKER_FIRST = re.compile(
    rf"[,.、，]?\s*(?:—|–|-|as |but |and )?\s*(?P<speaker>{_PRONOUN}|{_PHRASE}|{_ROLE}(?P<name>{NAME}))"
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
    rf"(?:^|[^\w’'-]){_SPEAKER}(?:{_APPOSITION}|,) {_ADVERB}{_CUE}"
    rf"[^.!?\"“”]{{0,100}}?(?P<point>,|:)?\s*$"
)
_PARTICIPLE = re.compile(rf",? (?:and )?(?P<cue>{_PARTICIPLES})\b[^.!?\"“”]{{0,160}}$")
_SUBJECT = re.compile(
    rf"(?<![\w’'-])(?P<speaker>{_PRONOUN}|(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)"
    rf"(?: [\w’'-]+){{1,4}}?(?=,| [a-z]+(?:ed|s|t|d)\b)|{NAME})(?![\w-])(?P<cue>)"
)
_LED_IN = re.compile(
    r"\s*(?:On|In|At|But|And|Then|Here|There|After|Before|Even|When|While|As|Asked|Since|If|Although|Though"
    r"|Despite|During|Following|Earlier|Later|By|For|With|Last|\w+ later)\b[^,.\"“”]{0,120}, (?!who )"
)
_GOVERNED = re.compile(
    r"\b(?:in|at|on|of|to|for|from|with|after|before|by|since|during|against|between|over|about|and|or|than|like"
    r"|under|near|into|through|when|while|if|because|whether|that) (?:the |a |an |his |her |its |their )?$",
    re.IGNORECASE,
)
_LATER = re.compile(r" (?:later|ago|after|before|earlier)\b")
_PRONOUNS = frozenset(("he", "she", "they", "we", "i", "it", "who"))
_NO_SPEAKER = words("speakers.txt", "never-within")
_ENDS_NO_PHRASE = words("speakers.txt", "never-last")
_NOUNS = words("speakers.txt", "noun-cues")
_NOT_ALONE = words("common-words.txt", "function") | words("peoples.txt", "calendar")
_NAMED_COLON = re.compile(rf"(?:^|[.!?]\s+|[-–—•] )(?P<speaker>{NAME})(?P<cue>):\s*$")
_LAST_NAME = re.compile(rf", (?P<name>{NAME}),? $")
_OFFICE = re.compile(
    rf" (?:of|for|at) (?:(?:the |a )?{NAME}(?= )"
    r"|(?:the |a |its )[a-z’'-]+(?: [a-z’'-]+)?(?= $))"
)
_NAME_BESIDE = re.compile(rf", (?P<name>{NAME.replace('{0,6}', '{1,3}')}),")
_COLON = re.compile(r":\s*$")
_TRAILING = re.compile(
    rf"[^\"“”]{{0,160}}?, (?:(?P<speaker>{_PRONOUN}|{_PHRASE}|{_ROLE}(?P<name>{NAME}))"
    rf"{_APPOSITION} {_ADVERB}{_CUE}(?=[,.;]|$| (?:in|on|at|to|of|during|after)\b| [A-Z])"
    rf"|{_ADVERB}(?P<verb>said|says|wrote) (?P<subject>{_PHRASE}{_PHRASE_ENDS}|{_ROLE}{NAME}))"
)
_WITHIN = re.compile(rf"(?:^|[^\w’'-]){_SPEAKER}(?:{_APPOSITION}|,) {_ADVERB}{_CUE}(?! by )")
_CREDIT_ONLY = re.compile(
    rf"[,.]?\s*(?:{_ADVERB}(?:{_VERBS}) [^\"“”.!?]{{1,120}}"
    rf"|[^\"“”.!?]{{1,120}} {_ADVERB}(?:{_VERBS})[^\"“”.!?]{{0,80}})[.,:;]?\s*$"
)
_SENTENCE_START = re.compile(r"[.!?:;][\"”’»)]?\s+(?=[^\W\d_a-z]|[\"“‘«])|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[^\w.])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|St|Jr|Sr|Inc|Corp|Co|Ltd|U\.S|No|vs)$"
)


class Named(NamedTuple):
    """A credit: the phrase that names the speaker, the cue, and where the phrase stands.

    ``near`` is how many characters stand between the cue and the end of what was searched; ``pointed`` that a
    comma or colon does.
    """

    phrase: str
    cue: str
    start: int
    end: int
    near: int = 0
    pointed: bool = False


_LONGEST_ABBREVIATION = 6  # characters, the one before it included
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
            named = _renamed(match) if match.start("cue") > match.start("speaker") else _named(match)
            if _can_speak(named, sentence):
                return named
    dashed = _DASHED.match(tail)
    return _named(dashed) if dashed is not None else None


def credit_before(head: str, *, farthest: int | None) -> Named | None:
    """Look for a credit in ``head``, what stands before a quote, in the quote's own sentence.

    ``farthest`` is how many characters may stand between the cue and the quote, None for no limit.
    """
    sentence = _last_sentence(head)
    named = _introducing(sentence, farthest) if sentence.strip() else None
    shift = len(head) - len(sentence)
    return named and named._replace(start=shift + named.start, end=shift + named.end)


def _named(match: re.Match[str]) -> Named:
    group = "name" if match.groupdict().get("name") else "speaker"
    phrase = match.group(group)
    bare = phrase.strip(" ,")
    if bare.endswith(".") and not _ABBREVIATION.search(bare[:-1]):
        bare = bare[:-1]
    start = match.start(group) + len(phrase) - len(phrase.lstrip(" ,"))
    return Named(bare, match.group("cue") or ":", start, start + len(bare))


def _all_within(pattern: re.Pattern[str], head: str, end: int) -> Iterator[Named]:
    """Yield what may be somebody who speaks in ``head``, none that a preposition governs."""
    place = 0
    while (match := pattern.search(head, place, end)) is not None:
        start = match.start("speaker")
        named = _renamed(match)
        if _GOVERNED.search(head, 0, start) or not _can_speak(named, head):
            place = head.find(" ", start) + 1 or end
            continue
        yield named._replace(near=len(head) - match.end("cue"), pointed=bool(match.groupdict().get("point")))
        place = max(match.end(), start + 1)


def _renamed(match: re.Match[str]) -> Named:
    """Return what a match names: the name that ends an apposition, where a role stands before it."""
    named = _named(match)
    before_cue = match.string[named.end : match.start("cue")]
    last = _LAST_NAME.search(before_cue)
    if last is None or " " not in last["name"] or _is_whole_name(named.phrase):
        office = None if named.phrase[:1].isupper() and " " not in named.phrase else _OFFICE.match(before_cue)
        if office is None or _is_whole_name(named.phrase):
            return named
        end = named.end + office.end()
        return named._replace(phrase=match.string[named.start : end], end=end)
    return named._replace(
        phrase=last["name"], start=named.end + last.start("name"), end=named.end + last.end("name")
    )


def _is_whole_name(phrase: str) -> bool:
    first, blank, _ = phrase.partition(" ")
    return bool(blank) and first in words("given-names.txt", "names")


def _introducing(head: str, farthest: int | None) -> Named | None:
    limit = len(head) if farthest is None else farthest
    participle = _PARTICIPLE.search(head)
    if participle is not None:
        verbs = _all_within(_WITHIN, head, participle.start())
        with_verb = next((one for one in verbs if not one.cue.endswith("ing")), None)
        if with_verb is not None:
            return with_verb._replace(cue=participle.group("cue"))
        return _subject(head[: participle.start()], participle.group("cue"))
    for named in _all_within(_INTRODUCED, head, len(head)):
        if named.pointed or named.near <= limit:
            return named
    for pattern in (_ACCORDING_BEFORE, _NAMED_COLON):
        match = pattern.search(head)
        if match is not None and len(head) - match.end("cue") <= limit and _can_speak(_named(match), head):
            return _named(match)
    found = [named for named in _all_within(_WITHIN, head, len(head)) if named.near <= limit]
    if found:
        return found[-1]
    return _subject(head, ":") if _COLON.search(head) else None


def credit_trailing(tail: str) -> Named | None:
    """Look for a credit at the end of the sentence that a quote is part of: ``"…" in the end, she said``."""
    sentence = _first_sentence(tail)
    match = _TRAILING.match(sentence)
    if match is None:
        return None
    if match["subject"] is not None:
        return Named(match["subject"], match["verb"], match.start("subject"), match.end("subject"))
    named = _renamed(match)
    return named if _can_speak(named, sentence) else None


def _subject(head: str, cue: str) -> Named | None:
    """Return the subject of a sentence, by where it stands: the first that no preposition governs."""
    led_in = _LED_IN.match(head)
    for match in _SUBJECT.finditer(head, led_in.end() if led_in is not None else 0):
        if _GOVERNED.search(head, 0, match.start()) or _LATER.match(head, match.end()):
            continue
        named = Named(match.group("speaker"), cue, match.start(), match.end())
        apposed = _NAME_BESIDE.match(head, match.end())
        if apposed is not None and not _is_whole_name(named.phrase):
            named = Named(apposed["name"], cue, apposed.start("name"), apposed.end("name"))
        if _can_speak(named, head):
            return named
    return None


def _can_speak(named: Named, sentence: str) -> bool:
    """Tell whether a phrase can be somebody who speaks, and its cue a verb there."""
    parts = named.phrase.lower().split()
    if len(parts) == 1:
        alone = parts[0] in _NOT_ALONE or parts[0] in _NO_SPEAKER
        return not alone or parts[0] in _PRONOUNS
    if any(part in _NO_SPEAKER for part in parts) or parts[-1] in _ENDS_NO_PHRASE:
        return False
    one = parts[0] in ("a", "an", "his", "her", "its", "their", "my", "our", "another", "this")
    if one and named.cue in _NOUNS and sentence[named.end :].lstrip().startswith(named.cue):
        return False
    return not (named.cue in _BARE and one)


def is_credit(gap: str) -> bool:
    """Tell whether nothing but a credit stands in ``gap``, between two quotes."""
    return _CREDIT_ONLY.match(gap) is not None or not gap.strip(" .,")


def ends_a_sentence(gap: str) -> bool:
    """Tell whether what stands before a quote ends a sentence, so that the quote begins another."""
    return gap.rstrip().endswith((".", "!", "?"))


def sentence_starts(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a stretch of text."""
    starts = [0] + [
        match.end()
        for match in _SENTENCE_START.finditer(text)
        if match.group()[0] not in ":;" and not _is_abbreviated(text, match.start())
    ]
    return [(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if start < end]


def subject_of(sentence: str) -> Named | None:
    """Return the subject of a sentence, a phrase as it stands there, None where it is not plain to see."""
    return _subject(sentence, "")


def is_one_sentence(gap: str) -> bool:
    """Tell whether no second sentence begins in ``gap``."""
    return len(_first_sentence(gap.rstrip())) >= len(gap.rstrip())


def participle_between(gap: str) -> str | None:
    """Return the cue where what stands between two quotes is ``, adding that`` and the like."""
    match = None if re.search(r"[.!?;:]", gap) else _PARTICIPLE.search(gap)
    return match.group("cue") if match is not None else None


def nearness() -> int:
    """Return how far a cue may stand from a few words in marks: farther, they may be meant as irony."""
    return _NEAR


def _is_abbreviated(text: str, end: int) -> bool:
    """Tell whether an abbreviation ends at ``end``, so that its full stop ends no sentence."""
    return _ABBREVIATION.search(text, max(0, end - _LONGEST_ABBREVIATION), end) is not None


def _first_sentence(tail: str) -> str:
    for match in _SENTENCE_START.finditer(tail, 1):
        if not _is_abbreviated(tail, match.start()):
            return tail[: match.start() + 1]
    return tail


def _last_sentence(head: str) -> str:
    for match in reversed(list(_SENTENCE_START.finditer(head))):
        if match.group()[0] not in ":;" and not _is_abbreviated(head, match.start()):
            return head[match.end() :]
    return head
