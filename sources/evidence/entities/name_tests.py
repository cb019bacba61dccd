"""Tells whether capitalised words are a name: by the lists, the words around them and the story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.entities.casing import Style
from sources.evidence.entities.descriptions import kind_before, kind_of_noun
from sources.evidence.entities.kinds import OTHER, PERSON
from sources.evidence.outlet_names import is_agency
from sources.evidence.speaker_nouns import human_nouns
from sources.evidence.word_lists import (
    function_words,
    given_names,
    heads,
    is_common_word,
    is_plain,
    organisation_names,
    place_names,
    words,
)

if TYPE_CHECKING:
    from sources.evidence.entities.candidates import CapitalisedRun, StoryWords
    from sources.evidence.entities.capitalised_words import CapitalisedWord


ROMAN_NUMERAL = re.compile(r"[IVXLC]+$")
_MEASURE = re.compile(
    r"(?:[DSNI]?Kr|SFr|Rs|EUR|USD|GBP|CHF|DKK|SEK|NOK|PLN|INR|AUD|CAD|NZD|HKD|SGD|JPY|CNY|ZAR)[0-9][0-9.,]*"
    r"|[A-Z]{1,3}c[0-9]|[0-9]+(?:[KMGT]B|[DGKWV]|HP|KM|GHZ|MHZ|MP)"
)
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,5}s")
_ADJECTIVE_ENDINGS = ("al", "ory", "ive", "ic", "ary", "ual", "ent", "ant", "ional")
_FREE_ENDINGS = (
    "ing",
    "ed",
    "ly",
    "ions",
    "ments",
    "ness",
    "ists",
    "ers",
    "ies",
    "ous",
    "ful",
    "able",
    "ism",
)


def is_function(word: CapitalisedWord) -> bool:
    """Tell whether a word is a function word, and no acronym that looks like one: ``It``, not ``IT``."""
    return word.text.lower() in function_words() and not (word.text.isupper() and len(word.text) > 1)


def is_name(
    text: str, kept: tuple[CapitalisedWord, ...], run: CapitalisedRun, evidence: StoryWords, *, titled: bool
) -> bool:
    """Tell whether words are a name; ``run`` is where they stood, ``titled`` after a person's title."""
    if len(kept) == 1:
        return _single_is_name(text, kept[0], run, evidence, titled=titled)
    form = " ".join(word.text for word in kept)
    if titled or run.quoted or kept[0].text in given_names() or any(word.text in heads() for word in kept):
        return True
    if form in organisation_names():
        return True
    if run.line.style is Style.NOUNS:
        return evidence.runs[form] > 1 or form in place_names()
    if len(kept) == 2 and kept[1].text.isdigit() and is_plain(kept[0].text.lower()):
        return kept[0].text in words("name-words.txt", "product")  # Windows 10, but no Level 2
    common = all(is_common_word(word.text.lower()) for word in kept)
    return (
        not common or _stands_like_a_name(text, kept[0]) or evidence.runs[form] > 1 or form in place_names()
    )


def is_known(kept: tuple[CapitalisedWord, ...], evidence: StoryWords) -> bool:
    """Tell whether words are a name by the lists, by what they end in, or by the rest of the story."""
    form = " ".join(word.text for word in kept)
    listed = form in place_names() or form in organisation_names() or kept[0].text in given_names()
    return listed or kept[-1].text in words("name-words.txt", "organisation") or evidence.runs[form] > 0


def _stands_like_a_name(text: str, first: CapitalisedWord) -> bool:
    """Tell whether common words with capitals in mid-sentence stand where a name stands."""
    return (
        not first.initial and _NAME_PRECEDES.search(text, max(0, first.start - 12), first.start) is not None
    )


def _single_is_name(
    text: str, word: CapitalisedWord, run: CapitalisedRun, evidence: StoryWords, *, titled: bool
) -> bool:
    """Tell whether one word by itself is a name."""
    token, small = word.text.rstrip("."), word.text.lower().rstrip(".")
    if len(token) < 2 or ROMAN_NUMERAL.match(token) or token in evidence.generic or _MEASURE.fullmatch(token):
        return titled and len(token) > 1
    if run.line.style is Style.NOUNS and not (token in place_names() or not token[1:].islower()):
        return False
    known = token in place_names() or token in evidence.acronyms
    known = known or (token in organisation_names() and not word.initial) or small in evidence.products
    known = known or is_agency(token)
    if titled or known or (run.quoted and stands_as_a_title(text, run)):
        return True
    if any(letter.isdigit() or letter.isupper() or letter == "." for letter in token[1:]):
        if _PLURAL_ACRONYM.fullmatch(token):
            return False
        shouted = token.isupper() and is_common_word(small) and len(token) > 2
        shouted = shouted or (word.initial and small in _SHORT_OPENERS)
        return not (shouted or (token[:1].isdigit() and token[-1:].islower()))
    if (is_plain(small) or evidence.case.small[small]) and (word.initial or token not in given_names()):
        is_left = len(run.words) > 1
        return _word_is_name_here(word, small, evidence, is_left=is_left) and not _is_office_word(
            text, word, token
        )
    if not word.initial:
        described = small.endswith(("ional", "ental")) and _SMALL_FOLLOWS.match(text, word.end) is not None
        described = described or (small.endswith("ing") and text.startswith(" by ", word.end))
        return not described and not _is_office_word(text, word, token)
    return _opener_is_name(text, word, small, evidence)


def _opener_is_name(text: str, word: CapitalisedWord, small: str, evidence: StoryWords) -> bool:
    """Tell whether a word that had to have its capital, and is no common one, is a name."""
    token = word.text.rstrip(".")
    if token in organisation_names() or evidence.ends_a_name(token):
        return True
    if evidence.usage.mostly_small(small) or small.endswith(_FREE_ENDINGS):
        return False
    if token in given_names() or evidence.usage.mostly_capital(small):
        return True
    return _followed_like_a_name(text, word) and not small.endswith(_ADJECTIVE_ENDINGS)


def stands_as_a_title(text: str, run: CapitalisedRun) -> bool:
    """Tell whether words in quotation marks are where a title is: ``on "The View"``, ``the film "Tides"``.

    Slogans and nicknames have marks and capitals as well.
    """
    start, end = run.words[0].start, run.words[-1].end
    opening = max(0, start - 2) + len(text[max(0, start - 2) : start].rstrip(_PUNCTUATION))
    before = _TITLE_BEFORE.search(text, max(0, opening - 24), opening)
    if before is not None and not (
        len(run.words) == 1 and before["owner"] and is_plain(run.words[0].text.lower())
    ):
        return True
    near = text[max(run.line.start, start - _NEAR) : min(run.line.end, end + _NEAR)].split()
    if any(kind_of_noun(word.strip(_PUNCTUATION)) == OTHER for word in near) or kind_before(
        text, opening, run.line.start
    ):
        return True
    behind = _NOUN_BEHIND.match(text, end)
    return behind is not None and kind_of_noun(behind[1]) not in (None, PERSON)


def _word_is_name_here(word: CapitalisedWord, small: str, evidence: StoryWords, *, is_left: bool) -> bool:
    """Tell whether the story uses a word as a name that is also common; ``is_left`` of a longer run."""
    counts = evidence.case
    if small in evidence.surnames and not counts.small[small]:
        return True
    if is_plain(small) and counts.capital[small] < max(2, 3 * counts.small[small]):
        return False
    if is_left and is_plain(small) and not evidence.runs[word.text]:
        return False  # what is left of a menu: "Sign Up Continue"
    return counts.capital[small] >= (2 if word.initial else 1) and counts.names(small)


def _is_office_word(text: str, word: CapitalisedWord, token: str) -> bool:
    """Tell whether a lone word is an institution by its common noun: ``the Board``."""
    if token in words("titles.txt", "offices") and _OFFICE_FOLLOWS.match(text, word.end):
        return True
    the = text[max(0, word.start - 4) : word.start].lower() == "the "
    return the and (token in heads() or word.text.lower() in human_nouns())


_NEAR = 60  # code points around a title in which the noun is that says of what
_PUNCTUATION = "\"'“”‘’«„‚.,;:()"
_TITLE_BEFORE = re.compile(
    r"(?:(?P<owner>\w['’]s?(?: \w+)?)|\b(?:[Oo]n|[Ii]n|[Tt]itled|[Ee]ntitled"
    r"|sang|sung|sings?|singing|saw|watch(?:ed|ing)?|headlined),?) $"
)
_NOUN_BEHIND = re.compile(r",?[\"”’']+ ([a-z]+)")
_SMALL_FOLLOWS = re.compile(r" [a-z]")
_OFFICE_FOLLOWS = re.compile(r" (?:minister|ministry|secretary|department|officials?|spokes\w+)\b")
_NAME_PRECEDES = re.compile(r"(?:[a-z],|\w['’]s|\b(?:the|of|by|with|from|at|in|for|to|and|than|between)) $")
_NAME_FOLLOWS = re.compile(
    r"['’]s\b|, [1-9][0-9],"
    r"|, (?:the|an?|who|which|whose|based) "
    r"|,? (?:said|says|told|added|wrote|was (?:born|founded|known)|is (?:a|an|the)\b|which\b)"
)


def _followed_like_a_name(text: str, word: CapitalisedWord) -> bool:
    return _NAME_FOLLOWS.match(text, word.end, word.end + 24) is not None


_SHORT_OPENERS = frozenset(
    {"at", "in", "on", "of", "to", "as", "if", "is", "by", "we", "he", "an", "so", "no", "my"}
)
