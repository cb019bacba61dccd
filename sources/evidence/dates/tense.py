"""The tense of a clause: whether its date is over or to come, by its verbs and the nouns beside the date."""

from __future__ import annotations

import re
from enum import StrEnum

from sources.evidence.word_lists import words

__all__ = ["SENTENCE_END", "Tense", "tense_at"]


class Tense(StrEnum):
    """When a clause says that something is; surely over where the verb is right before the date."""

    AHEAD = "ahead"
    OVER = "over"
    SURELY_OVER = "surely over"


def _either(file: str, section: str, ending: str = "") -> str:
    return "|".join(sorted(word for word in words(file, section) if not ending or not word.endswith(ending)))


_IRREGULAR = _either("clause-words.txt", "verbs", "s")
_SCHEDULED = _either("dates.txt", "scheduled")
_BETWEEN = (
    r"(?: (?:not|also|then|only|soon|either|never|still|again|now|even|both|be|been|being|to|[a-z]+ly))*"
)
_WILL = r"(?:(?:will|won['’]t|would|shall|could|may|might|should|must|['’]ll)\b)"
_BE = (
    r"(?:is|are|am|['’](?:re|m)"
    r"|(?:(?<=\bit)|(?<=\bIt)|(?<=\bhe)|(?<=\bHe)|(?<=she)|(?<=She)|(?<=who)|(?<=that))['’]s)"
)
_AHEAD = (
    r"(?:due|(?<!\ba )(?<!\bthe )(?<!previously )(?<!originally )scheduled|upcoming|forthcoming"
    r"|(?:set|slated|poised|likely|bound|ready|about|in line|up) (?:to|for)"
    r"|(?:plan(?:s|ned)?|wants?|needs?|intends?|hop(?:es?|ed)|prepar(?:es?|ing)) (?:to|for)"
    rf"|(?:{_either('dates.txt', 'prospects')}) (?:to|for|of)"
    r"|expect(?:s|ed)?|going to|(?:is|are) to|takes? (?:effect|place)|comes? into (?:force|effect)"
    r"|(?:goes|go) (?:on sale|to|before|into)"
    r"|(?:begin|start|open|reopen|close|end|resume|return|expire|sail|arrive|leave|convene|meet|retire)s"
    r"|(?:who|which|that|[Ii]t|[Ss]?[Hh]e|[Tt]he [a-z]+)"
    rf" (?:{_SCHEDULED}|turn|launche|run|go|mark|travel)e?s"
    r"|(?:(?<=, )|(?<=[a-z][a-z]s )|(?<=who )|(?<=that )|(?<=which )|(?<=\b[Ww]e )|(?<=they ))"
    rf"(?:{_SCHEDULED}|go)"
    r"|[A-Z][a-z]+ (?:play|face|host|meet|visit)"
    r"|facing|appl(?:ies|y))\b"
    rf"|{_BE} (?:now |also |not )?(?:{_either('dates.txt', 'doing')})\b"
)
_REGULAR = (  # "shuttered agencies" is no verb
    r"(?<!\bis )(?<!\bare )(?<!\bbe )[a-z]{2,}ed(?=[^\w\s]| ?$| [^a-z]| [a-z]+ly\b"
    r"| (?:an?|the|to|by|in|on|at|for|from|with|of|that|its|his|her|their|and|or|as|it|him|them|after|before"
    r"|into|over|up|down|out|off|no|all|more|about|against|when|how|while|during|through|this|last|early|late"
    r"|some)\b)"
)
_PARTICIPLE = rf"(?:been|had|come|[a-z]+(?:ed|en|un|wn|one)|{_IRREGULAR})\b"
_PAST_VERB = (
    rf"(?:was|were|had|said|says?|told|wrote|sent|ran|(?:has|have) {_PARTICIPLE}|{_IRREGULAR}"
    rf"|{_REGULAR}|after [a-z]+ing)\b"
)
_VERBS = re.compile(
    rf"\b(?:(?P<perhaps>{_WILL}{_BETWEEN} have {_PARTICIPLE})"
    rf"|(?P<ahead>(?:{_WILL}|{_AHEAD}){_BETWEEN}(?: [a-z]+)?)"
    rf"|(?P<if>(?:[Ii]f|[Uu]nless|[Ww]hoever)\b)|(?P<over>{_PAST_VERB})|(?P<perhaps_over>[a-z]{{2,}}ed\b)"
    r"|(?P<clause>(?:it|he|she|they|we|who|which|when|since|after|while|than|but)\b))"
)
_AHEAD_RIGHT_BEFORE = re.compile(
    r"(?:\b(?:[Aa]head|[Ii]n advance) of(?: [\w'’.-]+){0,6}?"
    r"|\b(?:is|are)(?: not)?(?: [a-z]+ed)?(?: again)?(?: on| for| in| from| until)?"
    r"|\bup for [\w-]+(?: again)? (?:in|on)"
    r"|\b(?:in|for|until|pending|before) (?:the |a |an )?(?:upcoming|forthcoming|coming)"
    r"|\b(?:[Aa]s soon as|no later than|no earlier than|not before)) $"
)
_INFINITIVE_BEHIND = re.compile(r",? to [a-z]+\b")
_PLAN_BEFORE = re.compile(
    r"\b(?:plans?|planned|wants?|hopes?|intends?|expects?|expected|due|ready|set) (?:on |in )?$"
)
_UNTIL = re.compile(
    r"\b(?:until|till|by|before|(?<!day )through) (?:the |(?:the )?(?:end|middle|start) of )?$", re.IGNORECASE
)
_RECENTLY = re.compile(r"\bas (?:recently|long ago) as $|\b(?:since|back in) (?:the )?$", re.IGNORECASE)
_OPENERS, _BESIDE = words("dates.txt", "openers"), words("dates.txt", "beside")
_PAST_RIGHT_BEFORE = re.compile(
    rf"\b(?:{_PAST_VERB}|since\b)"
    r"(?: (?!to\b|will\b|would\b|that\b|until\b|by\b|before\b|for\b)[\w’'-]+){0,4} (?:on |in )?$"
)
_MISHAP = rf"(?:{_either('dates.txt', 'mishaps')})(?:e?s)?"
_MISHAP_BEFORE = re.compile(
    rf"(?<!\bto )(?<!\bwill )(?<!\bwould )(?<!\bcould )\b{_MISHAP}"
    r"(?: (?:in|at|near|on|of|off|outside|against|there|here|from|early|late|the|[A-Z][\w.'’-]*),?){0,8} $"
)
_MISHAP_BEHIND = re.compile(
    rf"(?:['’]s)? (?:[\w-]+ ){{0,2}}{_MISHAP}\b(?! (?:to|for|engine|truck|crew|service)s?\b)"
)
_DETERMINER_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|his|her|its|their|this|that|of|in|after|by)|['’]s?) $", re.IGNORECASE
)
SENTENCE_END = re.compile(r"(?:(?<![ap]\.m)(?<!\b[A-Z])\.|[!?;:])(?=\s)|\n")
_CLAUSE_END = re.compile(
    rf"{SENTENCE_END.pattern}|[\"“”]|\b(?:that|it|he|she|they|we|who|which|when|while|but)\b"
)
_ATTRIBUTIVE_BEFORE = re.compile(
    r"^\W*$|\b(?:the|an?|its|their|his|her|this|that|these|those|of) $", re.IGNORECASE
)
_SAME_IN_ALL_TENSES = words("dates.txt", "same in all tenses")
_LOOK_BACK, _LOOK_AHEAD, _NEAR, _RIGHT_BEFORE = 120, 100, 48, 64


def tense_at(text: str, first: int, start: int, end: int, limit: int) -> Tense | None:
    """Return what the clause around the date from ``start`` to ``end`` says; None where it does not say.

    Nothing before ``first`` or from ``limit`` on is read.
    """
    near = max(first, start - _NEAR)
    if _RECENTLY.search(text, near, start) or _is_mishap(text, near, start, end):
        return Tense.SURELY_OVER
    begin = max(first, start - _LOOK_BACK)
    for stop in SENTENCE_END.finditer(text, begin, start):
        begin = stop.end()
    if _is_planned(text, max(begin, near), start, end):
        return Tense.AHEAD
    heads = _heads_clause(text[begin:start])
    found = None
    if heads:
        found = _first_behind(text, end, limit, subject_before=False)
        found = Tense.SURELY_OVER if found is Tense.OVER else found
    if found is None:
        found, verbs = _last_before(text, begin, start)
        if found is None and not verbs and _UNTIL.search(text, near, start):
            return Tense.AHEAD  # "a warning stays up through Thursday, and she says"
        if found is None and not verbs and not heads:
            found = _first_behind(text, end, limit, subject_before=True)
        if found is None and _UNTIL.search(text, near, start):
            return Tense.AHEAD
        if found is None and verbs is Tense.OVER:
            found = verbs
    if found is Tense.OVER and _PAST_RIGHT_BEFORE.search(text, max(begin, start - _RIGHT_BEFORE), start):
        return Tense.SURELY_OVER
    return found


def _heads_clause(before: str) -> bool:
    """Tell whether only prepositions and the like are between the beginning of a clause and its date."""
    words_before = before.split()
    while words_before:
        word = words_before.pop().lower()
        if word in _OPENERS or word[-1] in '—–-"“‘':
            return True
        bare = word.strip(",\"“‘'(")
        if bare.replace(".", "") not in _BESIDE and not bare[:1].isdigit():
            return False
        if bare != word and word[0] in '"“‘':
            return True
    return True


def _is_mishap(text: str, near: int, start: int, end: int) -> bool:
    if _MISHAP_BEFORE.search(text, near, start):
        return True
    behind = _MISHAP_BEHIND.match(text, end)
    return behind is not None and (
        text[end : end + 1] in {"'", "’"} or _DETERMINER_BEFORE.search(text, near, start) is not None
    )


def _is_planned(text: str, near: int, start: int, end: int) -> bool:
    if _AHEAD_RIGHT_BEFORE.search(text, near, start):
        return True
    return bool(_INFINITIVE_BEHIND.match(text, end) and _PLAN_BEFORE.search(text, near, start))


def _last_before(text: str, begin: int, start: int) -> tuple[Tense | None, Tense | bool]:
    """Return what the last verb before a date says, and whether there are any: what a participle may say."""
    found, verbs, condition = None, False, False
    perhaps: Tense | bool = False
    for verb in _VERBS.finditer(text, begin, start):
        kind = verb.lastgroup or ""
        if kind == "perhaps_over":
            perhaps = Tense.OVER
            continue
        if found is Tense.AHEAD and verb[0] in _SAME_IN_ALL_TENSES:
            continue
        condition = kind == "if" or (condition and kind == "clause")
        found, verbs = Tense.AHEAD if condition else _TENSES[kind], True
    return found, perhaps or verbs


def _first_behind(text: str, end: int, limit: int, *, subject_before: bool) -> Tense | None:
    """Return what the first verb behind a date says, in its sentence; "she said," between commas is none.

    Where the subject is before the date, another one behind it begins another clause.
    """
    stop = _CLAUSE_END.search(text, end, limit) if subject_before else SENTENCE_END.search(text, end, limit)
    last = min(stop.start() if stop else limit, end + _LOOK_AHEAD)
    for verb in _VERBS.finditer(text, end, last):
        kind = verb.lastgroup or ""
        aside = verb[0] in {"said", "says", "say", "told"} and text[verb.end() : verb.end() + 1] == ","
        if kind == "perhaps_over":
            if _ATTRIBUTIVE_BEFORE.search(text, end, verb.start()) is None:
                return Tense.OVER
        elif _TENSES[kind] is not None and not aside:
            return _TENSES[kind]
    return None


_TENSES = {
    "ahead": Tense.AHEAD,
    "over": Tense.OVER,
    "perhaps": Tense.OVER,
    "if": Tense.AHEAD,
    "perhaps_over": None,
    "clause": None,
}
