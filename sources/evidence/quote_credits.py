"""Who is credited with a quote, by the words around it: in the sentence behind it, before it, or around it.

Each function reads one stretch as a clause and looks for a verb of saying whose subject can speak (after the
sieves of O'Keefe et al., "A sequence labelling approach to quote attribution", EMNLP 2012, and Muzny et al.,
"A two-stage sieve approach", EACL 2017).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_subjects import main_subject, subject_of
from sources.evidence.noun_phrases import Phrase, phrase_after
from sources.evidence.speaker_nouns import is_document, is_group, is_human
from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.clause_words import Clause

_NAMED = 10  # words of "with the firm's deputy finance director Ada Moss saying"
NEAR = 60  # characters between a cue and a few words in marks that it may still speak of


class Credited(NamedTuple):
    """Who is credited, and the word that credits; None where only a mark does."""

    phrase: Phrase
    cue: str | None


_LEAD_AFTER = re.compile(r'"?[,.\-]{0,2}')
_VERB_FIRST = re.compile(r"(?:s(?=[axd]*v))?(?:[ax]|d(?=v))*(?P<cue>v)")
_SUBJECT_LEADS = re.compile(r'"?[,.\-]{0,2}[sc]{0,2}a?')
_COLON = re.compile(r":[\"\-]*$")
_NAME_COLON = re.compile(r'(?:^|[.!\-"#])(?P<phrase>[dN]*(?:P(?:cP)?|[OL]|N[Nkc]*)(?:\([^)]*\))?):#*$')
_BE = frozenset(("was", "were", "is", "are", "be", "been", "being"))
_EMBEDDING = frozenset(("what", "how", "why", "where"))  # "what captains tell": nobody is credited
_ADDRESSING = frozenset(
    "told tells tell asked asks reminded assured informed urged advised instructed".split()  # noqa: SIM905
)
_NEVER = words("speakers.txt", "never-within")
_SAY = frozenset(
    "said says say told tells added adds wrote writes explained warned replied insisted argued".split()  # noqa: SIM905
)
_DETERMINERS = words("clause-words.txt", "determiners") | words("clause-words.txt", "quantifiers")
_NOBODY = words("common-words.txt", "function")


def can_speak(phrase: Phrase, cue: str) -> bool:
    """Tell whether a phrase can mean somebody who speaks: a person, a body, or what is written and quoted."""
    if phrase.kind == "L":
        return False
    if phrase.kind == "p":
        return phrase.head != "who"
    if phrase.kind != "w":
        written = phrase.text.split()
        return len(written) > 1 or (written[0].lower() not in _NOBODY and written[0].lower() not in _NEVER)
    parts = phrase.text.lower().split()
    if any(part in _NEVER for part in parts[:-1]):
        return False
    if parts[0] == "no":
        return False
    if parts[0] == "one" or is_human(phrase.head) or is_group(phrase.head) or is_document(phrase.head):
        return True
    return cue.lower() in _SAY and (parts[0] in _DETERMINERS or parts[0][-2:] in ("'s", "’s"))


def _cues(clause: Clause) -> Iterator[int]:
    """Yield the verbs of saying of a clause that are no passive, last first."""
    for at in range(len(clause.kinds) - 1, -1, -1):
        kind = clause.kinds[at]
        if kind not in "vbi":
            continue
        before = at - 1
        while before >= 0 and clause.kinds[before] == "a":
            before -= 1
        helper = clause.words[before].text.lower() if before >= 0 else ""
        if helper in _BE and kind != "i":
            continue
        if kind == "b" and not (
            helper
            in ("i", "we", "they", "you", "would", "will", "did", "can", "could", "may", "might", "must")
            or helper.endswith("s")
        ):
            continue
        yield at


def credit_after(clause: Clause, *, full_stop_before: bool) -> Credited | None:
    """Return the credit with which ``clause`` begins, what follows a quote in its sentence.

    ``full_stop_before`` tells that the quote ended its sentence; another speaker's may then follow.
    """
    at = _LEAD_AFTER.match(clause.kinds).end()  # type: ignore[union-attr]
    verb = _VERB_FIRST.match(clause.kinds, at)
    if verb is not None and clause.words[verb.start("cue")].text.lower() not in ("told", "tells"):
        cue = verb.start("cue")
        phrase = phrase_after(clause, cue + 1)
        if phrase is not None and can_speak(phrase, clause.words[cue].text) and phrase.head != "it":
            return Credited(phrase, clause.words[cue].text)
    if full_stop_before:
        return _marked_after(clause, at)
    lead = _SUBJECT_LEADS.match(clause.kinds).end()  # type: ignore[union-attr]
    for cue in reversed(list(_cues(clause))):
        phrase = subject_of(clause, cue)
        if phrase is not None and phrase.first <= lead and can_speak(phrase, clause.words[cue].text):
            return Credited(phrase, clause.words[cue].text)
        break
    if _is_according(clause, at):
        phrase = phrase_after(clause, at + 2)
        if phrase is not None and can_speak(phrase, "said"):
            return Credited(phrase, clause.written(at, at + 2))
    return _marked_after(clause, at)


def only_relays(cue: str | None) -> bool:
    """Tell whether a cue behind a quote may name who relays it: "Moss said “…”, Reuters reported"."""
    return cue is not None and cue.lower() in _RELAYS


_RELAYS = frozenset(("reported", "reports", "according to"))


def _is_according(clause: Clause, at: int) -> bool:
    return (
        at + 2 < len(clause.words)
        and clause.words[at].text.lower() == "according"
        and clause.words[at + 1].text == "to"
    )


def _marked_after(clause: Clause, at: int) -> Credited | None:
    """Return a name in brackets or behind a dash: ``"…" (Ada Moss, union leader)``."""
    opened = clause.kinds[:1] == "(" or clause.kinds[at - 1 : at] == "-"
    if not opened:
        return None
    begin = 1 if clause.kinds[:1] == "(" else at
    phrase = phrase_after(clause, begin)
    if phrase is None or not (phrase.kind == "P" or (phrase.kind == "N" and " " in phrase.text)):
        return None
    ends = clause.kinds[phrase.last : phrase.last + 1]
    return Credited(phrase, ":") if ends in ("", ",", ".", ")", "(") else None


def credit_before(clause: Clause, *, farthest: int | None, turn: bool = False) -> Credited | None:
    """Return the credit in ``clause``, what stands before a quote in its sentence.

    ``farthest`` is how many characters may stand between the cue and the quote, None for no limit;
    ``turn`` that what follows is one of a transcript, whose label is a speaker whatever its name looks like.
    """
    if not clause.words:
        return None
    end = clause.start + len(clause.text)
    pointed = clause.kinds[-1] in ",:"
    limit = len(clause.text) if farthest is None or pointed else farthest
    for cue in _cues(clause):
        word = clause.words[cue]
        if end - word.end > limit:
            break
        phrase = _of_participle(clause, cue) if clause.kinds[cue] == "i" else subject_of(clause, cue)
        if phrase is not None and phrase.first and clause.words[phrase.first - 1].text.lower() in _EMBEDDING:
            continue
        if phrase is not None and can_speak(phrase, word.text):
            return Credited(phrase, word.text)
    for at in range(len(clause.words) - 2):
        if _is_according(clause, at) and end - clause.words[at].end <= limit + len("according to "):
            phrase = phrase_after(clause, at + 2)
            if phrase is not None and can_speak(phrase, "said"):
                return Credited(phrase, clause.written(at, at + 2))
    return _before_colon(clause, turn=turn)


def _before_colon(clause: Clause, *, turn: bool) -> Credited | None:
    """Return whom a colon introduces: a name alone before it, else the subject of the sentence."""
    named = _NAME_COLON.search(clause.kinds)
    if named is not None:
        phrase = phrase_after(clause, named.start("phrase"))
        if phrase is not None and (turn or can_speak(phrase, "said")):
            return Credited(phrase, ":")
    if _COLON.search(clause.kinds):
        phrase = main_subject(clause)
        if phrase is not None and can_speak(phrase, ":"):
            return Credited(phrase, ":")
    return None


def _of_participle(clause: Clause, at: int) -> Phrase | None:
    """Return who speaks by a participle: whom ``with`` names, else the subject of the verb before it."""
    for verb in range(at - 1, -1, -1):
        if clause.kinds[verb] == "f" and clause.words[verb].text.lower() == "with" and at - verb < _NAMED:
            phrase = phrase_after(clause, verb + 1)
            if phrase is not None and not is_document(phrase.head) and phrase.last >= at - 2:
                return phrase
        if clause.kinds[verb] in "vyx":
            subject = subject_of(clause, verb)
            if subject is not None:
                return subject
            break
    return main_subject(clause, at)


def credit_around(clause: Clause) -> Credited | None:
    """Return the credit at the end of the sentence that a quote is part of: ``"…" in the end, she said``."""
    for cue in _cues(clause):
        if clause.kinds[cue] == "i":
            continue
        said = clause.words[cue].text
        if clause.kinds[cue - 1 : cue] == "," and said.lower() not in _ADDRESSING:
            phrase = phrase_after(clause, cue + 1)
        elif clause.kinds[cue + 1 : cue + 2] in ("", *",.;ft!") or said.lower() in _ADDRESSING:
            phrase = subject_of(clause, cue)
            if phrase is not None and clause.kinds[max(0, phrase.first - 1)] not in ",-":
                continue
        else:
            continue
        if phrase is not None and can_speak(phrase, said):
            return Credited(phrase, said)
    return None


def is_credit_only(clause: Clause) -> bool:
    """Tell whether nothing but a credit stands in ``clause``, between two quotes."""
    kinds = clause.kinds.strip(",.:;-! ")
    if not kinds:
        return True
    return "." not in kinds and "!" not in kinds and '"' not in kinds and any(kind in kinds for kind in "vbi")


_PARTICIPLE_BETWEEN = re.compile(r'^[^.!;:]*,?c?i[^.!;:"]*$')


def participle_between(clause: Clause) -> str | None:
    """Return the cue where what stands between two quotes is ``, adding that`` and the like."""
    if _PARTICIPLE_BETWEEN.match(clause.kinds) is None:
        return None
    return clause.words[clause.kinds.rindex("i")].text
