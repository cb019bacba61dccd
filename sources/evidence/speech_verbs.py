"""Verbs of saying in a clause, and whose they are: who can say something, and who does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.clause_subjects import main_subject, subject_of
from sources.evidence.noun_phrases import phrase_after
from sources.evidence.speaker_nouns import is_document, is_group, is_human
from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.clause_words import Clause
    from sources.evidence.noun_phrases import Phrase

_NAMED = 10  # words of "with the firm's deputy finance director Ada Moss saying"
_QUOTING = frozenset("quoted quotes quoting cited cites citing".split())  # noqa: SIM905
_RELAYED_BY = frozenset(("with", "despite", "from", "by"))
_NAMING = frozenset(("dubbed", "branded", "labeled", "labelled"))
_BE = frozenset(("was", "were", "is", "are", "be", "been", "being"))
_NEVER = words("speakers.txt", "never-within")
SAY = frozenset(
    "said says say told tells added adds wrote writes explained warned replied insisted argued".split()  # noqa: SIM905
)
_QUANTIFIERS = words("clause-words.txt", "quantifiers")
_DETERMINERS = words("clause-words.txt", "determiners") | _QUANTIFIERS
_ANYBODY = frozenset(("anyone", "anybody"))
_NOBODY = words("common-words.txt", "function")
_BEFORE_BARE = frozenset("and but who i we they you would will did can could may might must".split())  # noqa: SIM905


def can_speak(phrase: Phrase, cue: str) -> bool:
    """Tell whether a phrase can mean somebody who speaks: a person, a body, or what is written and quoted."""
    if phrase.kind == "L" or phrase.text.partition(" ")[0].lower() in _ANYBODY:
        return False
    if phrase.kind == "p":
        return phrase.head != "who"
    if phrase.kind != "w":
        written = phrase.text.split()
        return len(written) > 1 or (written[0].lower() not in _NOBODY and written[0].lower() not in _NEVER)
    return _is_described(phrase, cue.lower())


def _is_described(phrase: Phrase, cue: str) -> bool:
    """Tell whether a description means somebody or something that a cue can be of."""
    parts = phrase.text.lower().split()
    if any(part in _NEVER for part in parts[:-1]) or parts[0] == "no" or parts == ["the", "one"]:
        return False
    if cue in ("read", "reads"):
        return is_group(phrase.head) or not is_human(phrase.head)
    alone = len(parts) == 1 and phrase.head in _QUANTIFIERS  # "several said"
    if alone or parts[0] == "one" or any(is_one(phrase.head) for is_one in (is_human, is_group, is_document)):
        return True
    return cue in SAY and (parts[0] in _DETERMINERS or parts[0][-2:] in ("'s", "’s"))


def cues(clause: Clause) -> Iterator[int]:
    """Yield the verbs of saying of a clause, last first; a passive only where it says by whom."""
    for at in range(len(clause.kinds) - 1, -1, -1):
        kind = clause.kinds[at]
        if kind not in "vbi":
            continue
        before = at - 1
        while before >= 0 and clause.kinds[before] == "a":
            before -= 1
        if before > 0 and clause.kinds[before] == "," and kind == "b":  # "Residents, meanwhile, say"
            before = clause.kinds.rfind(",", 0, before) - 1
        helper = clause.words[before].text.lower() if before >= 0 else ""
        if at == len(clause.kinds) - 1 and clause.words[at].text in _NAMING and helper in ("", ",", "-", "–"):
            continue  # "the club, dubbed “…”,"
        if helper in _BE and kind != "i" and _agent(clause, at) is None:
            continue
        used = helper == "to" and clause.words[before - 1].text == "used"
        if kind == "b" and helper not in _BEFORE_BARE and not helper.endswith("s") and not used:
            continue
        yield at


def _agent(clause: Clause, verb: int) -> Phrase | None:
    """Return by whom a passive says that something was said: "was called “a wreck” by Tom Hale"."""
    if [word.text for word in clause.words[verb + 1 : verb + 2]] != ["by"] or clause.kinds[verb] != "v":
        return None
    phrase = phrase_after(clause, verb + 2)
    return phrase if phrase is not None and clause.kinds[phrase.last : phrase.last + 1] == "s" else None


_INSERTED = re.compile('(?:^[^,"]*|,[cs][^,"]*),$')  # "The roof, said Ada Moss, was “gone”"


def speaker_of(clause: Clause, cue: int) -> Phrase | None:
    """Return whose a verb of saying is."""
    if clause.kinds[cue] == "i":
        return _of_participle(clause, cue)
    if _INSERTED.search(clause.kinds, 0, cue) is not None:
        phrase = phrase_after(clause, cue + 1)
        if phrase is not None and clause.kinds[phrase.last : phrase.last + 1] == ",":
            return phrase
    by = _agent(clause, cue)
    return subject_of(clause, cue) if by is None else by


def _of_participle(clause: Clause, at: int) -> Phrase | None:
    """Return who speaks by a participle: who is named with it, else the subject of the verb it goes with."""
    if clause.kinds[at - 1 : at] == "x":
        return subject_of(clause, at)  # "the group is calling on her"
    return _quoted_as(clause, at) or _named_with(clause, at) or _of_verb_before(clause, at)


def _quoted_as(clause: Clause, at: int) -> Phrase | None:
    """Return whom somebody else quotes: "The Courier quoted Ada Moss as saying"."""
    if clause.words[at - 1].text != "as":
        return None
    for verb in range(at - 2, max(-1, at - _NAMED), -1):
        if clause.words[verb].text.lower() in _QUOTING:
            phrase = phrase_after(clause, verb + 1)
            return phrase if phrase is not None and phrase.last == at - 1 else None
    return None


def _named_with(clause: Clause, at: int) -> Phrase | None:
    """Return whom a preposition names together with a participle: "with Ada Moss saying"."""
    for before in range(at - 1, max(-1, at - _NAMED), -1):
        if clause.kinds[before] == "f" and (by := clause.words[before].text.lower()) in _RELAYED_BY:
            phrase = phrase_after(clause, before + 1)
            commas = clause.kinds.count(",", before, at)  # none, or the two around an apposition
            farthest = at - 2 if by == "with" and commas != 1 else at
            if phrase is not None and phrase.last >= farthest and not is_document(phrase.head):
                return phrase
    return None


_WITHIN_CLAUSE = re.compile("s[^c,]*,")  # "Moss left after the projector broke, saying"


def _of_verb_before(clause: Clause, at: int) -> Phrase | None:
    """Return the subject of the nearest verb of saying before a participle, else of the nearest verb.

    A verb of saying comes first, as what stands between the two is what is said: "Moss said Hale must go,
    adding".
    """
    for verb in range(at - 1, clause.kinds.rfind(";", 0, at), -1):
        relays = clause.words[verb].text.lower() in ("reported", "reports")
        if clause.kinds[verb] == "v" and clause.words[verb - 1].text.lower() not in _BE and not relays:
            subject = subject_of(clause, verb)
            if subject is not None and can_speak(subject, clause.words[verb].text):
                return subject
    verb = max(clause.kinds.rfind("y", 0, at), clause.kinds.rfind("x", 0, at))
    begun = clause.kinds.rfind("s", 0, max(verb, 0))
    within = begun > 0 and _WITHIN_CLAUSE.fullmatch(clause.kinds, begun, at) is not None
    outer = main_subject(clause, begun) if within else None
    if outer is not None and can_speak(outer, clause.words[at].text):
        return outer
    subject = subject_of(clause, verb) if verb >= 0 else None
    speaks = subject is not None and can_speak(subject, clause.words[at].text)
    return subject if speaks else main_subject(clause, at)
