"""Who is credited with a quote, by the words around it: in the sentence behind it, before it, or around it.

Each function reads one stretch as a clause and looks for a verb of saying whose subject can speak (after the
sieves of O'Keefe et al., "A sequence labelling approach to quote attribution", EMNLP 2012, and Muzny et al.,
"A two-stage sieve approach", EACL 2017).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_subjects import main_subject, subject_of
from sources.evidence.noun_phrases import Phrase, phrase_after, phrase_before, phrase_of
from sources.evidence.speaker_nouns import is_document, is_human
from sources.evidence.speech_verbs import SAY, can_speak, cues, speaker_of
from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from sources.evidence.clause_words import Clause

_ADDRESSED = re.compile(r"[^vyxs,;:.]{1,14}s")  # "told the paper on Monday that"
_ASKING = frozenset(("asked", "asks"))  # whoever is asked says what comes after the sentence
_HELD = frozenset("think thinks thought believe believes believed agree agrees agreed".split())  # noqa: SIM905
_FAR = 140  # characters, as far, between a "that" and a few words in marks
NEAR = 60  # characters between a cue and a few words in marks that it may still speak of


class Credited(NamedTuple):
    """Who is credited, and the word that credits; None where only a mark does."""

    phrase: Phrase
    cue: str | None


_LEAD_AFTER = re.compile(r'"?[,.\-]{0,2}')
_VERB_FIRST = re.compile(r"(?:s(?=[axd]*v))?(?:[ax]|d(?=v))*(?P<cue>v)")
_SUBJECT_LEADS = re.compile(r'"?[,.\-]{0,2}(?P<as>s)?a?')
_NOTHING_BUT_CREDIT = re.compile(r'"?(?:P|N+|p)v(?:f[dwnPONLEt]+)*[.]?$')  # "“….” Moss wrote in a note."
# A verb that tells what somebody did, not that they spoke, behind a whole sentence: "“…,” she smiled."
_DEED_BEHIND = re.compile(r'"?,?(?P<who>p|P)y(?=[.,!]|[aft][^,]*[.,]?$|$)')
_OFFICE_FIRST = re.compile(r"[dnwONE]*wc")
_PLACE_FIRST = re.compile(r"fd?[NOEw](?=P)")  # "wrote on Facebook Tom Hale"
_COLON = re.compile(r":[\"\-]*$")
_NAME_COLON = re.compile(r'(?:^|[.!\-"#])(?P<phrase>[dN]*(?:P(?:cP)?|[OL]|N[Nkc]*)(?:\([^)]*\))?):#*$')
_CLOSED = re.compile(r"[dnwPONL]+,a*[xy]")  # "the group, which claims 40 members, was showing “…”"
_EMBEDDING = frozenset(("what", "how", "why", "where"))  # "what captains tell": nobody is credited
_TERMING = words("speech-verbs.txt", "terming")
_ADDRESSING = frozenset(
    "told tells tell asked asks reminded assured informed urged advised instructed".split()  # noqa: SIM905
)


def credit_after(
    clause: Clause, *, full_stop_before: bool, whole: bool = False, paused: bool = True
) -> Credited | None:
    """Return the credit with which ``clause`` begins, what follows a quote in its sentence.

    ``full_stop_before`` tells that the quote ended its sentence; another speaker's may then follow. ``whole``
    tells that it began its sentence, too; ``paused`` that it ends with a mark of punctuation.
    """
    at = _LEAD_AFTER.match(clause.kinds).end()  # type: ignore[union-attr]
    verb = _VERB_FIRST.match(clause.kinds, at)
    if verb is not None and clause.words[verb.start("cue")].text.lower() not in ("told", "tells"):
        cue = verb.start("cue")
        phrase = phrase_after(clause, cue + 1)
        if phrase is None:
            place = _PLACE_FIRST.match(clause.kinds, cue + 1)
            phrase = phrase_after(clause, place.end()) if place is not None else None
        if phrase is not None and can_speak(phrase, clause.words[cue].text) and phrase.head != "it":
            return Credited(phrase, clause.words[cue].text)
    if paused and not full_stop_before:
        spoken = _spoken_behind(clause, at)
        if spoken is not None:
            return spoken
    bare = _NOTHING_BUT_CREDIT.match(clause.kinds) if full_stop_before else None
    if full_stop_before and bare is None:
        return _marked_after(clause, at)
    led = _subject_leads(clause, paused=paused)
    if led is not None:
        return led
    if _is_according(clause, at):
        phrase = phrase_after(clause, at + 2)
        if phrase is not None and can_speak(phrase, "said"):
            return Credited(phrase, clause.written(at, at + 2))
    deed = _DEED_BEHIND.match(clause.kinds) if whole else None
    if deed is not None:
        phrase = phrase_after(clause, deed.start("who"))
        if phrase is not None and phrase.head not in ("it", "who"):
            return Credited(phrase, clause.words[deed.end() - 1].text)
    return _marked_after(clause, at)


def _spoken_behind(clause: Clause, at: int) -> Credited | None:
    """Return the credit by a past tense that is on no list, right behind a quote: "“…,” burbled one"."""
    if clause.kinds[at : at + 1] not in ("w", "y") or not _PAST.search(clause.words[at].text):
        return None
    phrase = phrase_after(clause, at + 1)
    if phrase is None or _ENDS_CREDIT.match(clause.kinds, phrase.last) is None:
        return None
    person = phrase.kind in "PNp" or phrase.text == "one" or is_human(phrase.head)
    said = clause.words[at].text
    return Credited(phrase, said) if person and phrase.head != "it" and can_speak(phrase, said) else None


_PAST = re.compile(r"[a-z]{2}ed$")
_ENDS_CREDIT = re.compile("[,.;!-]|$")


def _subject_leads(clause: Clause, *, paused: bool) -> Credited | None:
    """Return the credit whose subject comes first behind a quote: "“…,” Ada Moss, who saw it, said"."""
    led = _SUBJECT_LEADS.match(clause.kinds)
    lead = 0 if led is None else led.end()
    if led is not None and led["as"] and (clause.words[led.start("as")].text != "as" or not paused):
        lead = 0  # "“…,” while Tom Hale said", "“…” as Tom Hale said": another statement
    cue = next(iter(reversed(list(cues(clause)))), None)
    if cue is None:
        return None
    said = clause.words[cue].text
    quoted = clause.words[cue - 1].text == "as" and "," not in clause.kinds[lead:cue]
    phrase = speaker_of(clause, cue) if quoted else subject_of(clause, cue)
    if phrase is not None and clause.kinds[lead : phrase.first] in ("Pc", "Oc", "Nc", "NNc"):
        phrase = phrase_after(clause, lead)  # "Moss and her colleagues write"
    office = _OFFICE_FIRST.match(clause.kinds, lead)  # "chief pilot and union head Moss said"
    begins = {lead} if office is None else {lead, office.end()}
    leads = phrase is not None and (quoted or phrase.first < lead or phrase.first in begins)
    return Credited(phrase, said) if phrase is not None and leads and can_speak(phrase, said) else None


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
    held: Credited | None = None
    for cue in cues(clause):
        word = clause.words[cue]
        opened = _ADDRESSED.match(clause.kinds, cue + 1)
        reach = limit if opened is None else max(limit, _FAR)
        begun = max(cue if opened is None else opened.end() - 1, _last_that(clause, cue))
        if end - clause.words[begun].end > reach:
            break
        asks = word.text in _ASKING and clause.kinds[-1] in ".!"
        phrase = phrase_after(clause, cue + 1) if asks else speaker_of(clause, cue)
        embedded = (
            phrase is not None and phrase.first and clause.words[phrase.first - 1].text.lower() in _EMBEDDING
        )
        if embedded and word.text.lower() not in _TERMING:
            continue
        if phrase is not None and _is_told_within(clause, phrase, cue):
            continue
        if phrase is not None and can_speak(phrase, word.text):
            if _CLOSED.match(clause.kinds, cue + 1):
                continue
            if word.text.lower() not in _HELD:
                return Credited(phrase, word.text)
            agreed_on = word.text.startswith("agree") and clause.kinds[cue + 1 : cue + 2] == "f"
            held = held or (None if agreed_on else Credited(phrase, word.text))
    if held is not None and clause.kinds[-1] != ":":
        return held  # "officers believe it was “…”", where nobody says that they do
    return _according_before(clause, limit) or _in_words_of(clause) or _before_colon(clause, turn=turn)


def _according_before(clause: Clause, limit: int) -> Credited | None:
    """Return according to whom something is before a quote; at the end of a sentence it goes with that."""
    end = clause.start + len(clause.text)
    for at in range(1 if clause.kinds[-1] in ".!" else len(clause.words) - 2):
        if _is_according(clause, at) and end - clause.words[at].end <= limit + len("according to "):
            phrase = phrase_after(clause, at + 2)
            if phrase is not None and can_speak(phrase, "said"):
                return Credited(phrase, clause.written(at, at + 2))
    return None


def _last_that(clause: Clause, cue: int) -> int:
    """Return the word from which the last clause is told that goes on with what a cue tells, 0 for none.

    "Moss said that he left, and that it was “late”"
    """
    joint = clause.kinds.rfind("cs", cue)
    return joint + 1 if joint >= 0 and clause.words[joint + 1].text == "that" else 0


def _is_told_within(clause: Clause, phrase: Phrase, cue: int) -> bool:
    """Tell whether what a verb tells has ended before a quote, and somebody else tells of both.

    "Moss said the union had offered a cut and “never heard of it”"
    """
    ended = clause.kinds[-1] == "c" and clause.kinds[cue + 1 : cue + 2] not in ("s", "c")
    outer = phrase.first - 1 - (clause.kinds[phrase.first - 1 : phrase.first] == "s")
    return ended and outer > 0 and clause.kinds[outer] == "v" and clause.words[outer].text in SAY


def _in_words_of(clause: Clause) -> Credited | None:
    """Return who is credited as "in Tom Hale's words"."""
    for at in range(len(clause.words) - 1):
        if clause.kinds[at] == "g" and clause.words[at + 1].text == "words":
            begin = at
            while begin > 0 and clause.kinds[begin - 1] in "dPONLEw":
                begin -= 1
            if begin > 0 and clause.words[begin - 1].text.lower() == "in":
                phrase = phrase_of(clause, begin, at)
                return Credited(phrase, clause.words[at + 1].text) if phrase is not None else None
    return None


def _before_colon(clause: Clause, *, turn: bool) -> Credited | None:
    """Return whom a colon introduces: a name alone before it, else the subject of the sentence."""
    named = _NAME_COLON.search(clause.kinds)
    if named is not None:
        phrase = phrase_after(clause, named.start("phrase"))
        if phrase is not None and (turn or can_speak(phrase, "said")):
            return Credited(phrase, ":")
    if clause.kinds[:1] == "f" and clause.words[0].text.lower() == "from":  # "From the report: “…”"
        phrase = phrase_after(clause, 1)
        if phrase is not None and clause.kinds[phrase.last :].strip('"') == ":":
            return Credited(phrase, ":")
    if _COLON.search(clause.kinds):
        phrase = main_subject(clause)
        somebody = phrase is None or phrase.text.lower() in _SOMEBODY
        if phrase is not None and not somebody and can_speak(phrase, ":"):
            return Credited(phrase, ":")
        return _written_there(clause)
    return None


_SOMEBODY = frozenset(("somebody", "someone", "people"))


def _written_there(clause: Clause) -> Credited | None:
    """Return what is written that stands before a colon, where nobody is named: "somebody hung a sign:"."""
    end = len(clause.kinds.rstrip(':"-'))
    phrase = phrase_before(clause, end, governed=True)
    written = phrase is not None and phrase.kind == "w" and is_document(phrase.head)
    return Credited(phrase, ":") if phrase is not None and written else None


def credit_around(clause: Clause) -> Credited | None:
    """Return the credit at the end of the sentence that a quote is part of: ``"…" in the end, she said``."""
    for cue in cues(clause):
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


_IN_MARKS = re.compile('"[^"]*"')  # the title of a programme


def is_credit_only(clause: Clause) -> bool:
    """Tell whether nothing but a credit stands in ``clause``, between two quotes."""
    kinds = _IN_MARKS.sub("w", clause.kinds.strip(",.:;-! "))
    if not kinds:
        return True
    return "." not in kinds and "!" not in kinds and '"' not in kinds and any(kind in kinds for kind in "vbi")


_PARTICIPLE_BETWEEN = re.compile(r'^[^.!;:]*,?c?i[^.!;:"]*$')


def participle_between(clause: Clause) -> str | None:
    """Return the cue where what stands between two quotes is ``, adding that`` and the like."""
    if _PARTICIPLE_BETWEEN.match(clause.kinds) is None:
        return None
    return clause.words[clause.kinds.rindex("i")].text
