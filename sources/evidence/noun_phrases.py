"""Noun phrases of a clause, as a name or a description of somebody who may speak.

A core is what stands around the noun of a phrase; a phrase is cores that prepositions join. Both are
expressions over the kinds of words (`clause_words`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_words import PRONOUNS
from sources.evidence.speaker_nouns import is_group, is_human
from sources.evidence.word_lists import calendar, demonyms, words

if TYPE_CHECKING:
    from sources.evidence.clause_words import Clause

_CORE = (
    r"(?:[dqna]*(?:[PONLEwnhk]|q(?=[faxvr,.]|$)|(?<=[PONE])c(?=[PON])|g(?=[PONLEwnatdb])|(?<=[dwg])b(?=[vyf,])"
    r"|(?<=[nLN])-(?=w)|t(?=w))+)"
)
_ATTACHED = rf"(?:f{_CORE})"
PHRASE = rf"{_CORE}{_ATTACHED}*"
_BRACKETS = r"(?:\([^)]{0,12}\))?"
_CORE_AHEAD = re.compile(_CORE)
_PHRASE_BEFORE = re.compile(rf"(?P<phrase>{PHRASE}){_BRACKETS}$")
_NAME_AT_END = re.compile(r"(?:PN*|h|O|L|E|[N](?:[Nk]|c(?=N))*(?<=N))$")
_PARTNER = re.compile(r"(?:P|N+)c$")
BOTH = "both"  # the head of a phrase that names two
# Adjectives and participles that stand behind their noun, with what goes with them.
_BEHIND_NOUNS = frozenset("close near familiar acquainted aware involved opposed loyal".split())  # noqa: SIM905
_OPENERS = frozenset(("The", "An", "His", "Her", "Its", "Their"))
_CLOSE_PREPOSITIONS = frozenset(("of", "for", "at", "from", "with"))
PHRASE_AHEAD = re.compile(PHRASE)


class Phrase(NamedTuple):
    """A noun phrase that may be a speaker.

    ``text`` is the name, where the phrase ends in one or one stands beside it, else the whole description;
    ``start`` to ``end`` where that stands in the text. ``kind`` is the letter of the name, ``p`` for a
    pronoun, ``w`` for a description, whose ``head`` is its noun in small letters. ``first`` and ``last`` are
    the words of the whole phrase in its clause.
    """

    text: str
    start: int
    end: int
    kind: str
    head: str
    first: int
    last: int

    @property
    def is_name(self) -> bool:
        """Whether it is a name."""
        return self.kind in "PONLEh"


def phrase_of(clause: Clause, first: int, last: int) -> Phrase | None:
    """Return what the words ``first`` up to ``last`` name or describe; None where nobody can be meant."""
    while first < last and clause.kinds[first] == "a":
        first += 1
    core = _CORE_AHEAD.match(clause.kinds, first, last)
    if core is None:
        return None
    end = core.end()
    while end > first and clause.kinds[end - 1] in "ta":
        end -= 1
    if end <= first:
        return None
    owned = clause.kinds.rfind("g", first, end) + 1
    begin = max(first, owned)
    name = _NAME_AT_END.search(clause.kinds, begin, end)
    if name is not None and not (begin == name.start() and owned and clause.kinds[begin] in "OLE"):
        named = _named(clause, first, begin, name.start(), end, last)
        if named is not None:
            return _with_partner(clause, named, begin, name.start(), end)
    if clause.kinds[end - 1] not in "wbqNPOLEk" or clause.kinds[begin:end].strip("da") == "":
        return None
    described = _description(clause, first, end, last)
    of_office = (
        last - 2 > end
        and clause.kinds[last - 1] == "P"
        and (
            is_human(described.head)
            if clause.kinds[last - 2] in "OLE"  # "the envoy to the United Nations Tom Hale"
            else is_human(clause.words[last - 2].text.lower())  # "Fight for Pay organiser Tom Hale"
            and clause.kinds[last - 2] == "w"
            and not is_human(described.head)
        )
    )
    if of_office:
        word = clause.words[last - 1]
        return Phrase(word.text, word.start, word.end, "P", "", first, last)
    return described


def _with_partner(clause: Clause, phrase: Phrase, begin: int, start: int, end: int) -> Phrase:
    """Return the names of two who speak as one, where a name ends in the second: "Ada Moss and Tom Hale"."""
    partner = _PARTNER.search(clause.kinds, begin, start)
    if partner is None or phrase.kind not in "PN":
        return phrase
    at = partner.start()
    return phrase._replace(text=clause.written(at, end), start=clause.words[at].start, kind="N", head=BOTH)


def _named(clause: Clause, first: int, begin: int, start: int, end: int, last: int) -> Phrase | None:
    """Return the name that a core ends in, None where its last word is an office: "Harcourt CEO"."""
    if clause.kinds[start] == "P":
        while clause.words[end - 1].text.isupper() and end - start > 1:
            end -= 1  # "Tom Hale KC"
    written = [word.text for word in clause.words[start:end]]
    if clause.kinds[start] == "N":
        if end - start == 1 and written[0] in demonyms():
            return None
        titles = words("titles.txt", "strong") | words("titles.txt", "honorifics")
        if written[-1].rstrip(".") in titles and (len(written) > 1 or begin < start):
            return None
        for number in range(len(written) - 2, -1, -1):
            if written[number].rstrip(".") in titles and written[number + 1][0].isupper():
                start += number + 1
                break
        if end - start == 1 and (
            clause.words[start].text.lower() in words("common-words.txt", "function")
            or clause.words[start].text in calendar()
        ):
            return None
    kind = clause.kinds[start]
    stop = end
    if kind == "N" and begin == start and end < last and clause.words[end].text == "of":
        following = _CORE_AHEAD.match(clause.kinds, end + 1, last)
        lone = end - start == 1 or clause.kinds[first] == "d"
        if following is not None and lone and clause.kinds[end + 1] in "NLOPE":
            stop = following.end()  # "the Bank of Saltmarsh"
    text = clause.written(start, stop)
    return Phrase(text, clause.words[start].start, clause.words[stop - 1].end, kind, "", first, last)


def _description(clause: Clause, first: int, end: int, last: int) -> Phrase:
    head = clause.words[end - 1].text.lower()
    for at in range(end - 1, first, -1):
        if clause.words[at].text in _OPENERS:
            first = at  # "Getty Images Image caption The campaign", where a sentence begins
            break
    stop, close = end, _CLOSE_PREPOSITIONS
    if head in _BEHIND_NOUNS and end - first > 1 and end < last:  # "a source close to the club"
        head, close = clause.words[end - 2].text.lower(), _CLOSE_PREPOSITIONS | {"to", "in"}
    while stop < last and clause.words[stop].text in close:
        following = _CORE_AHEAD.match(clause.kinds, stop + 1, last)
        if following is None:
            break
        stop = following.end()
    text = clause.written(first, stop)
    return Phrase(text, clause.words[first].start, clause.words[stop - 1].end, "w", head, first, last)


def pronoun_at(clause: Clause, at: int) -> Phrase:
    """Return the pronoun at a word as a phrase; its head is "who" where it names nobody."""
    word = clause.words[at]
    return Phrase(word.text, word.start, word.end, "p", PRONOUNS.get(word.text.lower(), "who"), at, at + 1)


def phrase_before(clause: Clause, end: int, *, governed: bool = False) -> Phrase | None:
    """Return the noun phrase that ends right before word ``end``, a pronoun among them.

    One that a preposition governs is no subject, and counts only where it may be ``governed``.
    """
    if end > 0 and clause.kinds[end - 1] == "p":
        return pronoun_at(clause, end - 1)
    match = _PHRASE_BEFORE.search(clause.kinds, 0, end)
    if match is None:
        return None
    first, last = match.start(), match.end("phrase")
    if first > 0 and clause.kinds[first - 1] == "f" and not governed:
        return _after_fronted(clause, first, last)
    return phrase_of(clause, first, last)


def _after_fronted(clause: Clause, first: int, last: int) -> Phrase | None:
    """Return what a phrase that a preposition governs leaves as the subject before a verb.

    That is the name behind a fronted phrase that no comma closes ("In a statement Varga"), or what a
    participle describes ("a letter sent by Varga").
    """
    if clause.kinds[last - 2 : last] == "wP":
        return phrase_of(clause, last - 1, last)
    if first > 2 and clause.kinds[first - 2] == ",":
        return phrase_before(clause, first - 2)  # "Tom Hale, for his part has said"
    participle = re.search(r"a*ya*f$", clause.kinds[:first])
    return phrase_before(clause, participle.start()) if participle is not None else None


def is_whole_name(phrase: Phrase) -> bool:
    """Tell whether a phrase is a person's name, or one of several words that may be."""
    return phrase.kind in "Ph" or (phrase.kind == "N" and " " in phrase.text)


def apposed(clause: Clause, phrase: Phrase, first: int, last: int) -> Phrase:
    """Return the name that stands in apposition to a phrase without one, else the phrase."""
    if is_whole_name(phrase):
        return phrase
    for begin, end in reversed(_between_commas(clause.kinds, first, last)):
        if clause.kinds[begin : begin + 1] in ("", "f", "s", "r", "a", "i", "x"):
            continue
        match = PHRASE_AHEAD.match(clause.kinds, begin, end)
        if match is None or match.end() < end:
            continue
        other = _called(phrase, phrase_of(clause, begin, match.end()), alone=end - begin == 1)
        if other is not None:
            return other._replace(first=phrase.first, last=last)
    return phrase


def _called(phrase: Phrase, name: Phrase | None, *, alone: bool) -> Phrase | None:
    """Return the name in apposition to a phrase, of the kind that its noun tells; None where it is none.

    ``alone`` tells that nothing else stands between the commas: "his mother, Ada, said".
    """
    if name is None or is_whole_name(name):
        return name
    if phrase.kind != "w" or name.kind == "w":
        return None
    if is_group(phrase.head):  # of an owner or an operator its noun goes with it, as they may be a person
        return name._replace(kind="O", head=phrase.head) if name.kind == "O" or alone else None
    return name._replace(kind="P") if alone and name.kind in "NEO" and is_human(phrase.head) else None


def _between_commas(kinds: str, first: int, last: int) -> list[tuple[int, int]]:
    found = []
    while first < last:
        stop = kinds.find(",", first, last)
        stop = last if stop < 0 else stop
        found.append((first, stop))
        first = stop + 1
    return found


def named_beside(clause: Clause, phrase: Phrase | None) -> Phrase | None:
    """Return the name in front of which a phrase stands in apposition: "Tom Hale, the lawyer who said"."""
    if phrase is None or phrase.kind != "w" or phrase.first < 2 or clause.kinds[phrase.first - 1] != ",":
        return phrase
    other = phrase_before(clause, phrase.first - 1)
    return other if other is not None and other.kind in "PN" else phrase


_RANKED = re.compile(r"\([^)]{1,6}\)(?=P)")  # "Supt (Zone II) Ada Moss"
_ENDS_APPOSITION = re.compile(r"[,.;:!srfaxt\-\")]|$")
_AFTER_VERB = re.compile(r"a*")


def phrase_after(clause: Clause, first: int) -> Phrase | None:
    """Return the noun phrase that begins at word ``first``: "said the mayor, Ines Varga"."""
    first = _AFTER_VERB.match(clause.kinds, first).end()  # type: ignore[union-attr]
    if clause.kinds[first : first + 1] == "p":
        return pronoun_at(clause, first)
    match = PHRASE_AHEAD.match(clause.kinds, first)
    if match is None:
        return None
    phrase = phrase_of(clause, first, match.end())
    ranked = _RANKED.match(clause.kinds, match.end())
    if ranked is not None:
        return phrase_of(clause, ranked.end(), ranked.end() + 1)
    if phrase is not None and clause.kinds[match.end() : match.end() + 1] == "c":
        return _with_second_office(clause, phrase, match.end() + 1)
    if phrase is None or clause.kinds[match.end() : match.end() + 1] != ",":
        return phrase
    begin = match.end() + 1
    other = PHRASE_AHEAD.match(clause.kinds, begin)
    if other is None or not _ENDS_APPOSITION.match(clause.kinds, other.end()):
        return phrase
    return apposed(clause, phrase, begin, other.end())


def _with_second_office(clause: Clause, phrase: Phrase, second: int) -> Phrase:
    """Return the name behind two offices that one person holds: "chairman and chief executive Ada Moss"."""
    match = PHRASE_AHEAD.match(clause.kinds, second)
    other = phrase_of(clause, second, match.end()) if match is not None else None
    bare = phrase.kind == "w" and clause.kinds[phrase.first] not in "dqn" and is_human(phrase.head)
    led_by_office = other is not None and other.kind in "PN" and clause.words[second].start < other.start
    if other is None or not (bare and led_by_office) or phrase.head.endswith("s"):
        return phrase
    return other._replace(first=phrase.first)
