"""Whose verb it is: the subject of a verb, and of a whole sentence, by where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.noun_phrases import (
    PHRASE,
    PHRASE_AHEAD,
    Phrase,
    apposed,
    is_whole_name,
    named_beside,
    phrase_after,
    phrase_before,
    phrase_of,
    pronoun_at,
)
from sources.evidence.speaker_nouns import is_group, is_human

if TYPE_CHECKING:
    from sources.evidence.clause_words import Clause

_BETWEEN = re.compile(r"(?:,f[dw]{0,2}[tn]+,|f[dw]{0,2}[tn]+|[axt])*$")  # "on Monday", "has also"
_OPENS_INSERTION = "fsriwdnPONLEyax"
# Verbs that are no sentence's: of a relative clause, of a participle that describes ("a diver hurt in it").
_DESCRIBES = re.compile(r"r[^,]*|(?<=[wPONLE])(?:a*y|xw)(?=[aft])[^,]*")
_THEM = frozenset(("him", "her", "them", "me", "us", "it"))
_OPENS_CLAUSE = frozenset("said says say thinks think thought believes believe believed".split())  # noqa: SIM905
_HAS_VERB = re.compile(r"[vyx]")
_LED_IN = re.compile(r'[",.\-(]*[fsatixw][^"]*?,(?=P|(?![fsat])[^,]*[vyxw])')
_OPENING = re.compile(r'[",.!\-c]*')


def subject_of(clause: Clause, verb: int) -> Phrase | None:
    """Return the subject of the verb at word ``verb``, None where it is not plain to see."""
    end = _BETWEEN.search(clause.kinds, 0, verb).start()  # type: ignore[union-attr]
    if end == 0:
        return None
    if end > 2 and [word.text for word in clause.words[end - 2 : end]] == ["used", "to"]:
        end -= 2
    before = clause.kinds[end - 1]
    if before == "r":
        return _antecedent(clause, end - 1)
    joined = clause.kinds[end - 2 : end - 1] in ("v", "y") or clause.words[end].text == "then"
    if before == "c" or (before == "," and joined):
        return _joined_subject(clause, end - 1, verb)
    if before in ",-":
        return _before_insertion(clause, end - 1)
    if before in '".:;!':
        return None
    governed = phrase_before(clause, end, governed=True)
    described = _outside_relative(clause, governed)
    return phrase_before(clause, end) if described is governed else described


def _joined_subject(clause: Clause, joint: int, verb: int) -> Phrase | None:
    """Return the subject of a verb that a conjunction joins to one before it.

    That is the subject of the sentence, but of the clause within it where both verbs have one object: "Moss
    says that Hale called him and told him".
    """
    objects = [clause.words[at].text for at in (joint - 1, verb + 1) if 0 <= at < len(clause.words)]
    if len(objects) == 2 and all(written in _THEM for written in objects):
        before = max(clause.kinds.rfind(kind, 0, joint) for kind in "vyx")
        if before > 0:
            return subject_of(clause, before)
    return main_subject(clause, joint)


def _outside_relative(clause: Clause, phrase: Phrase | None) -> Phrase | None:
    """Return whom a relative clause describes that a phrase closes: "a man who left the club said"."""
    if phrase is None:
        return None
    relative = clause.kinds.rfind("r", 0, phrase.first)
    between = clause.kinds[relative + 1 : phrase.first]
    if relative <= 0 or not between or any(mark in between for mark in ',s":'):
        return phrase
    if clause.words[phrase.first - 1].text.lower() in _OPENS_CLAUSE:
        return phrase
    return _antecedent(clause, relative)


def _antecedent(clause: Clause, relative: int) -> Phrase | None:
    """Return whom "who" at a word means; it is where it stands itself that the text names the speaker."""
    end = relative - (clause.kinds[relative - 1 : relative] == ",")
    phrase = named_beside(clause, phrase_before(clause, end, governed=True))
    if phrase is None:
        return None
    word = clause.words[relative]
    return phrase._replace(start=word.start, end=word.end)


def _before_insertion(clause: Clause, closing: int) -> Phrase | None:
    """Return the subject that words between two commas follow: "Tom Hale, Harcourt CEO, says"."""
    mark, found = clause.kinds[closing], None
    opening = clause.kinds.rfind(mark, 0, closing)
    while opening > 0:
        inserted = clause.kinds[opening + 1 : closing]
        if _HAS_VERB.search(_DESCRIBES.sub("", inserted)) and inserted[0] not in "safx":
            relative = clause.kinds.rfind("r,s", 0, opening)  # "Ada Moss, who, as a pilot, led it, said"
            if relative > 0:
                return _antecedent(clause, relative)
            break
        if inserted[:1] and inserted[0] in _OPENS_INSERTION:
            phrase = _outside_relative(clause, phrase_before(clause, opening))
            if phrase is not None and not clause.kinds.endswith("r,s", 0, phrase.first):
                first = clause.kinds[phrase.first - 1 : phrase.first] in ("", '"', ".", "c")
                outermost = first and phrase.kind == "P" and inserted[0] not in "PN"
                phrase = apposed(clause, phrase, opening + 1, closing)
                if phrase.kind == "p" and found is None:
                    return phrase
                if found is None or outermost or (is_whole_name(phrase) and not is_whole_name(found)):
                    found = phrase
        opening = clause.kinds.rfind(mark, 0, opening)
    if found is not None:
        return found
    if clause.kinds[:1] not in ("f", "s") and not _HAS_VERB.search(clause.kinds[:closing]):
        return main_subject(clause, closing)  # "Ada Moss of the old pilots' union, explained"
    joined = clause.kinds.rfind("c", 0, closing)  # "… and, after a pause, said"
    return main_subject(clause, joined) if joined > 0 and "," in clause.kinds[joined:closing] else None


def main_subject(clause: Clause, end: int | None = None) -> Phrase | None:
    """Return the subject of a sentence, by where it stands: what no preposition governs before its verb."""
    stop = len(clause.kinds) if end is None else end
    opening = _OPENING.match(clause.kinds, 0, stop)
    at = opening.end() if opening is not None else 0
    if end is None and '"' in clause.kinds[:at] and clause.kinds[at : at + 1] in ("v", "y"):
        return phrase_after(clause, at + 1)  # "…," said Varga
    credited = _credited_at_end(clause) if end is None else None
    if credited is not None:
        return credited
    noun_first = clause.kinds[at : at + 1] == "w" and not clause.words[at].text.endswith(("ed", "ing", "en"))
    led_in = None if noun_first else _LED_IN.match(clause.kinds, at, stop)
    if led_in is not None:
        at = led_in.end()
    while at < stop and clause.kinds[at] in 'sat,c"':
        at += 1
    inverted = _INVERTED.match(clause.kinds, at, stop)
    if inverted is not None:
        at = inverted.end()
    if at < stop and clause.kinds[at] == "p":
        return pronoun_at(clause, at)
    match = PHRASE_AHEAD.match(clause.kinds, at, stop)
    if match is None:
        return None
    phrase = phrase_of(clause, match.start(), match.end())
    if led_in is not None and clause.kinds[match.end() : match.end() + 1] in (",", "r"):
        named = phrase_of(clause, led_in.start() + 1, match.start() - 1)
        if named is not None and named.kind == "P" and clause.kinds[led_in.start()] == "f":
            return named  # "For Ada Moss, a lawyer who sails, it is late"
    opening = _APPOSED.match(clause.kinds, match.end(), stop)
    closing = clause.kinds.find(",", opening.end(), stop) if opening is not None else -1
    if phrase is None or opening is None or closing < 0:
        return phrase
    return apposed(clause, phrase, opening.end(), closing)._replace(last=closing + 1)


_APPOSED = re.compile("(?:c[dwn]+)?(?:r[^,]+)?,")  # "The poet and critic who found it, Bram Hale, said"


_INVERTED = re.compile("[faw][^pvyx,]*x(?=P)")  # "Among the guests was Tom Hale"
_SAYS_SOMETHING = re.compile('[vyx"]')
_CREDIT_AT_END = re.compile(
    rf"[,\"](?:v(?P<after>(?>a*(?:{PHRASE}|p)))(?=[,.;:!rft]|$)|(?P<before>{PHRASE}|p)(?P<verb>v)"
    r"(?=a*(?:(?P<asked>[dPONLEw]+)?(?:[.!]|[ft][^,v]*[.!]?$|$))))"
)


_TOLD = frozenset(("told", "tells"))
_LAST_VERB = re.compile(r",v(?=a*[.!]*$)")  # "…, Tom Hale, from Vale, said."


def _credited_at_end(clause: Clause) -> Phrase | None:
    """Return who is said to say the whole of a sentence without marks: "It will be late, said Ada Moss"."""
    if clause.kinds[:1] == '"':
        return None
    verb = _SAYS_SOMETHING.search(clause.kinds)
    match = _CREDIT_AT_END.search(clause.kinds, verb.end()) if verb is not None else None
    if match is not None and match["asked"] and clause.words[match.start("verb")].text not in _TOLD:
        match = None
    if match is None:
        verb = _LAST_VERB.search(clause.kinds)
        phrase = subject_of(clause, verb.start() + 1) if verb is not None else None
        return phrase if phrase is not None and clause.kinds[phrase.first - 1] == "," else None
    if match["after"] is not None:
        phrase = phrase_after(clause, match.start("after"))
        if phrase is not None and phrase.head == "it":
            return None
    else:
        first, last = match.span("before")
        phrase = pronoun_at(clause, first) if clause.kinds[first] == "p" else phrase_of(clause, first, last)
    described = phrase is not None and (is_human(phrase.head) or is_group(phrase.head))
    return phrase if phrase is not None and (described or phrase.kind in "pPO") else None
