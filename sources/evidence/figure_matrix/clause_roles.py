"""What a figure is in its clause: the value of a noun phrase, the object of a verb, whose it is.

The sentence is read as the row of words of `sources.evidence.clause_words`, in which more verbs are told
from nouns by what stands beside them. From the phrase of the figure the reader goes up to what governs it: a
possessive, a preposition and the noun before it, or a verb, whose subject then is who has the figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_subjects import main_subject, subject_of
from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.clause_labels import (
    AGE,
    BEHIND,
    NAMES,
    NOUNS,
    compound_end,
    label_of,
    lower_at,
    noun_of,
)
from sources.evidence.figure_matrix.clause_verbs import BE, BEFORE_NUMBERS, MOVES, read_words
from sources.evidence.figures import FigureKind
from sources.evidence.noun_phrases import Phrase, phrase_before, phrase_of
from sources.evidence.outlet_names import is_outlet
from sources.evidence.speaker_nouns import is_group, is_human
from sources.evidence.synonyms import meaning
from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.clause_words import NamedSpan
    from sources.evidence.figures import Figure
    from sources.model import Span


class Role(NamedTuple):
    """What a figure is in its clause.

    ``owner`` is the phrase of whom it is, a name, a pronoun or a description; ``noun`` the phrase of which it
    is the value ("net debt"), ``label`` what an editor would call it, in words of the sentence; ``speaker``
    is who says so, where its clause is what somebody says; ``verb`` is the verb that governs it, as written;
    ``acts`` tells that its owner does what the verb says to the noun: "the bank raised its rate to".
    """

    owner: Phrase | None = None
    noun: str = ""
    label: str = ""
    speaker: Phrase | None = None
    verb: str = ""
    acts: bool = False


class _Above(NamedTuple):
    """What a phrase depends on: whose it is, the noun that it is the value of, the verb of its clause."""

    owner: Phrase | None
    noun: str
    verb: int | None
    acts: bool = False


_BEFORE_TO = frozenset({"up", "close"})  # "up to 5", "close to 5"
_OWNING = frozenset({"its", "their", "his", "her", "our", "my", "whose"})
_PRONOUN_OF = {"its": "it", "their": "they", "his": "he", "her": "she", "our": "we", "my": "i"}
_GIVING = words("clause-words.txt", "giving")
_LEVELS = words("clause-words.txt", "levels")
_VERBS = "vyi"
_OF_PHRASE = "dqnaNPOLEwkgb-"
_VERB_AFTER = re.compile(r"[dqnaNPOLEwkgtf-]*(?:x[xa]*[yvx]|[vyx])")
_COMPLEMENTS = frozenset({"to", "at", "by", "from", "against", "versus"})
LASTING = frozenset(("lasted", "lasts", "last", "lasting", "took", "takes", "take", "taken"))
_TIMING = frozenset({"since", "until", "before", "after"})
_AGES = frozenset(("years", "months", "weeks", "days"))
_DEEPEST = 3
_PLACING = frozenset({"of", "at", "in", "for", "from"})
_GAUGING = frozenset(map(meaning, ("measure", "record", "clock", "register", "log", "report", "see", "find")))


class SentenceRoles:
    """The words of one sentence, from which the roles of its figures are read."""

    def __init__(
        self, text: str, sentence: Span, named: Sequence[NamedSpan], figures: Sequence[Figure] = ()
    ) -> None:
        self.clause = read_words(text, sentence, named, figures)
        self._starts = [word.start for word in self.clause.words]

    def subject(self) -> Phrase | None:
        """Return the subject of the sentence."""
        return main_subject(self.clause)

    def role(self, figure: Figure) -> Role:
        """Return what a figure is in its clause."""
        first = bisect_left(self._starts, figure.start)
        if first >= len(self._starts):
            return Role()
        begin = self._without_hedges(first)
        end = bisect_left(self._starts, figure.end)
        measured = figure.kind is FigureKind.COUNT and figure.unit.lower() in measures.UNITS
        if measured or figure.kind in (FigureKind.MONEY, FigureKind.PERCENT):
            end = compound_end(self.clause, end)
        above = self._climb(begin, end)
        if above.noun == AGE and not (figure.kind is FigureKind.DURATION and figure.unit in _AGES):
            above = above._replace(noun="")
        attribute = "-" in figure.text and measured and end > bisect_left(self._starts, figure.end)
        behind = phrase_of(self.clause, bisect_left(self._starts, figure.end), end) if attribute else None
        owner = self._same_sentence(behind or above.owner or self._placed(end))
        if measured and above.noun and above.verb is not None and self._gauges(above.verb):
            owner = self._placed(end)  # who clocks gusts of 60 mph has none
        if figure.kind is FigureKind.DURATION and "-" in figure.text:
            owner = None  # it is an attribute of the noun behind it
        said = self.clause.kinds.rfind("v", 0, begin)
        speaker = self._subject(said) if said > 0 and owner is None else None
        verb = "" if above.verb is None else lower_at(self.clause, above.verb)
        label = label_of(self.clause, figure, first, end, above.noun, above.verb)
        if figure.kind is FigureKind.DURATION and verb in LASTING:
            above = self._lasting(above)
            owner = self._same_sentence(above.owner)
        return Role(owner, above.noun, label, speaker, verb, above.acts)

    def _lasting(self, above: _Above) -> _Above:
        """Return what it is that lasts so long: "a robbery that took 11 minutes"; who takes long does not."""
        what = None if above.verb is None else subject_of(self.clause, above.verb)
        what = what and (self._indefinite(what, what.last) or what)
        if what is None or what.kind != "w" or is_human(what.head) or is_group(what.head):
            return above
        return above._replace(owner=self._owner_in(what), noun=noun_of(self.clause, what))

    def _gauges(self, verb: int) -> bool:
        """Tell whether a verb says that somebody measures: "clocked", "recorded"."""
        return meaning(lower_at(self.clause, verb)) in _GAUGING

    def _same_sentence(self, owner: Phrase | None) -> Phrase | None:
        """Return the subject of the sentence for a pronoun behind it: "Ada Moss said she had lost $5"."""
        if owner is None or owner.kind != "p":
            return owner
        subject = self.subject()
        fits = "P" if owner.head in ("he", "she") else "OLE"
        return subject if subject and subject.kind in fits and subject.last <= owner.first else owner

    # Going up from the phrase of a figure.

    def _without_hedges(self, at: int) -> int:
        words, kinds = self.clause.words, self.clause.kinds
        while at > 0:
            lower = words[at - 1].text.lower()
            before = words[at - 2].text.lower() if at > 1 else ""
            if (lower == "to" and before in _BEFORE_TO) or (lower in ("least", "most") and before == "at"):
                at -= 2
            elif lower == "as" and before in ("many", "much"):
                at -= 3
            elif (lower in BEFORE_NUMBERS and kinds[at - 1] not in _VERBS) or kinds[at - 1] in "na":
                at -= 1
            else:
                break
        return max(at, 0)

    def _climb(self, begin: int, end: int, depth: int = 0) -> _Above:
        """Return what is above the phrase of words ``begin`` up to ``end``."""
        kinds = self.clause.kinds
        verb_after = self._verb_after(end)
        if begin == 0 or depth > _DEEPEST:
            return _Above(None, "", verb_after)
        kind, lower = kinds[begin - 1], lower_at(self.clause, begin - 1)
        if kind == "g" or lower in _OWNING:
            verb = self._verb_before(begin)
            return _Above(self._owner_before(begin, verb), "", verb)
        if kind in _VERBS or kind == "x":
            spoken = kind == "v" and verb_after is not None  # "said 180 trips had been cancelled"
            return _Above(None, "", verb_after) if spoken else self._of_verb(begin - 1)
        if kind == "f" or lower in _TIMING or lower == "worth":
            return self._of_preposition(begin, end, depth)
        if kind in ",c":
            return self._of_conjunct(begin, end, depth, verb_after)
        if kind in NOUNS:
            given = phrase_before(self.clause, begin)
            verb = 0 if given is None else given.first - 1
            if given is not None and verb > 0 and lower_at(self.clause, verb) in _GIVING:
                return _Above(given if given.is_name else self._owner_in(given, verb) or given, "", verb)
            if verb == begin - 2 and kind == "w" and kinds[verb : verb + 1] in tuple(_VERBS):
                return self._of_verb(verb)  # "takes home $5"
        return _Above(None, "", verb_after)

    def _of_conjunct(self, begin: int, end: int, depth: int, verb_after: int | None) -> _Above:
        """Return what is above a phrase behind a comma or "and": what is above the one before it."""
        kinds = self.clause.kinds
        comma = kinds[begin - 1] == ","
        if not comma and kinds[begin - 2 : begin - 1] == ",":
            begin -= 1
        prior = phrase_before(self.clause, begin - 1)
        if (
            prior is not None and comma and lower_at(self.clause, end) in BEHIND
        ):  # "The fort, 80 metres long,"
            return _Above(prior, "", None)
        if prior is None or (verb_after is not None and (comma or self._verb_before(begin) is None)):
            return _Above(None, "", verb_after)
        if comma and kinds[end : end + 1] in (",", ")") and kinds[begin:end] == "n":
            return _Above(prior, AGE, None)
        above = self._climb(self._without_hedges(prior.first), prior.last, depth + 1)
        return above if set(kinds[prior.first : prior.last]) == {"n"} else above._replace(noun="")

    def _of_preposition(self, begin: int, end: int, depth: int) -> _Above:
        kinds = self.clause.kinds
        place = begin - 1
        lower = lower_at(self.clause, place)
        prior = phrase_before(self.clause, place)
        of = lower in ("of", "worth")
        if of:
            prior = self._indefinite(prior, place) or prior or self._governed(place)
        verb = self._verb_before(place)
        if of and prior is not None:
            above = self._climb(self._without_hedges(prior.first), prior.last, depth + 1)
            owner = self._owner_in(prior, verb) or self._placed(end) or above.owner
            return _Above(owner, noun_of(self.clause, prior), above.verb)
        if lower == "with" and prior is not None and prior.last == place and prior.is_name:
            return _Above(prior, "", None)
        if verb is None:
            verb = self._verb_after(end)
        elif lower in _COMPLEMENTS:
            word = lower_at(self.clause, verb)
            adjacent = prior is not None and verb < prior.first < prior.last == place and not prior.is_name
            if prior is not None and adjacent and kinds[prior.first : prior.last].strip("na"):
                owner = self._owner_in(prior, verb)  # "raised its key rate to"
                if owner is None and (lower != "at" or word.startswith(("keep", "kept"))):
                    owner = self._subject(verb)  # but who puts the bill at $5 does not have it
                return _Above(owner, noun_of(self.clause, prior), verb, acts=owner is not None)
            if measures.measure_of(word) in MOVES or word in _LEVELS:
                return self._of_verb(verb)
        # "live with a levy of $9": what is two steps down is not the subject's
        return _Above(self._subject(verb) if not depth else None, "", verb)

    def _indefinite(self, prior: Phrase | None, end: int) -> Phrase | None:
        """Return the last noun phrase of one with prepositions where it is a new thing: "against a limit"."""
        if prior is None:
            return None
        kinds = self.clause.kinds
        begin = kinds.rfind("fd", prior.first, end) + 1
        fits = (
            begin > prior.first
            and lower_at(self.clause, begin) in ("a", "an")
            and "f" not in kinds[begin:end]
        )
        return phrase_of(self.clause, begin, end) if fits else None

    def _governed(self, end: int) -> Phrase | None:
        """Return the phrase that ends before word ``end`` and stands behind a preposition."""
        first = end
        while first > 0 and self.clause.kinds[first - 1] in _OF_PHRASE:
            first -= 1
        return phrase_of(self.clause, first, end) if first < end else None

    def _of_verb(self, verb: int) -> _Above:
        """Return whose the object or complement of a verb is."""
        word = lower_at(self.clause, verb)
        subject = self._subject(verb)
        if subject is not None and subject.kind == "w":
            if word in _LEVELS or word in BE or measures.measure_of(word) in MOVES:
                return _Above(self._owner_in(subject), noun_of(self.clause, subject), verb)
            subject = self._apposed(subject)
        if subject is not None and self.clause.kinds[verb] == "v" and is_outlet(subject.text):
            subject = None  # who reports has nothing of it
        return _Above(subject, "", verb)

    def _subject(self, verb: int | None) -> Phrase | None:
        """Return the subject of a verb, of one behind "to" that of the verb above it."""
        kinds = self.clause.kinds
        while verb is not None and verb > 0:
            while verb > 0 and kinds[verb - 1] in "xa":
                verb -= 1
            if not (kinds[verb - 1 : verb] == "f" and lower_at(self.clause, verb - 1) == "to"):
                break
            verb = self._verb_before(verb - 1)
        if verb is None:
            return None
        if kinds[verb] == "i" and kinds[verb - 1 : verb] == ",":
            return phrase_before(self.clause, verb - 1)
        direct = phrase_before(self.clause, verb)
        if direct is not None and kinds[direct.first - 1 : direct.first] == "v":  # "she said the level was"
            return direct
        found = subject_of(self.clause, verb)
        if found is None and kinds[verb - 2 : verb - 1] == "n":
            return self._name_at(verb - 1)  # "For two years Ada Moss told anyone"
        return None if found is None or found.first >= verb else self._where_named(found, verb)

    def _where_named(self, found: Phrase, verb: int) -> Phrase | None:
        """Return the subject of a verb at the place where it is named, not where "who" takes it up."""
        kinds = self.clause.kinds
        if found.kind == "p" and not set("vy").isdisjoint(kinds[found.last : verb]):
            return None  # "the tables that it sent gave": another verb is its own
        if kinds[verb - 1] == "r" and found.kind == "w" and kinds[found.last - 1] in "POLE":
            return self._name_at(found.last - 1)  # "heavy for Northport, which took in"
        for word in self.clause.words[found.first : found.last] if found.is_name else ():
            if word.text == found.text:
                return found._replace(start=word.start, end=word.end)
        return found

    def _apposed(self, phrase: Phrase) -> Phrase:
        """Return the name that follows a description: "its owner, Penn Lines,"."""
        if phrase.kind == "w" and self.clause.kinds[phrase.last : phrase.last + 1] == ",":
            return self._name_at(phrase.last + 1) or phrase
        return phrase

    def _verb_before(self, at: int) -> int | None:
        kinds = self.clause.kinds
        for place in range(at - 1, -1, -1):
            if kinds[place] in _VERBS + "x":
                return place
            if kinds[place] in 's;:."!()r':
                return None
        return None

    def _verb_after(self, end: int) -> int | None:
        """Return the verb of which the phrase that ends before word ``end`` is the subject."""
        found = _VERB_AFTER.match(self.clause.kinds, end)
        return None if found is None else found.end() - 1

    # Whose a phrase is.

    def _owner_before(self, begin: int, verb: int | None = None) -> Phrase | None:
        """Return who the possessive right before word ``begin`` means; ``verb`` is that of its clause."""
        word = self.clause.words[begin - 1]
        lower = word.text.lower()
        if lower == "whose":
            return phrase_before(self.clause, begin - 1 - (self.clause.kinds[begin - 2 : begin - 1] == ","))
        if lower in _PRONOUN_OF:
            subject = None if verb is None or verb >= begin else self._subject(verb)
            if subject is not None and subject.last < begin:
                return subject
            return Phrase(word.text, word.start, word.end, "p", _PRONOUN_OF[lower], begin - 1, begin)
        return phrase_before(self.clause, begin - 1)

    def _owner_in(self, phrase: Phrase, verb: int | None = None) -> Phrase | None:
        """Return who has what a phrase describes: before it in the possessive, or behind "of", "at", "in"."""
        kinds = self.clause.kinds
        named = self._apposed(phrase)
        if named is not phrase and "f" in kinds[phrase.first : phrase.last]:
            return named
        for at in range(phrase.last - 1, phrase.first - 1, -1):
            if kinds[at] == "g" or lower_at(self.clause, at) in _OWNING:
                return self._owner_before(at + 1, verb)
        if phrase.first > 0 and lower_at(self.clause, phrase.first - 1) == "whose":
            return self._owner_before(phrase.first)
        for at in range(phrase.first, phrase.last - 1):
            if kinds[at] in "POE" and kinds[at + 1] in "wN" and not phrase.is_name:
                return self._name_at(at)  # "Northport shares"
            if kinds[at] == "f" and lower_at(self.clause, at) in _PLACING:
                found = self._name_at(at + 1)
                if found is not None:
                    return found
        return None

    def _placed(self, end: int) -> Phrase | None:
        """Return the name that a phrase which ends before word ``end`` is of or at."""
        if self.clause.kinds[end : end + 1] == "f" and self.clause.words[end].text in _PLACING:
            return self._name_at(end + 1)
        return None

    def _name_at(self, at: int) -> Phrase | None:
        kinds = self.clause.kinds
        while kinds[at : at + 1] == "d":
            at += 1
        if kinds[at : at + 1] and kinds[at] in NAMES and kinds[at] != "N" and kinds[at + 1 : at + 2] != "g":
            word = self.clause.words[at]
            return Phrase(word.text, word.start, word.end, kinds[at], "", at, at + 1)
        return None
