"""Turns runs of capitalised words into names: cuts off what is no part of a name, drops what is no name."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sources.evidence.entities.candidates import Name
from sources.evidence.entities.capitalised_words import is_syllabic_given_name
from sources.evidence.entities.descriptions import kind_of_noun
from sources.evidence.entities.kinds import PERSON
from sources.evidence.entities.name_tests import (
    ROMAN_NUMERAL,
    is_function,
    is_known,
    is_name,
    stands_as_a_title,
)
from sources.evidence.entities.splitting import (
    from_given_name,
    is_common,
    is_given,
    unshouted,
    without_amounts,
    without_credits,
    without_hyphens,
    without_neighbours,
)
from sources.evidence.entities.title_words import is_title_word, without_titles
from sources.evidence.outlet_names import agency
from sources.evidence.speaker_nouns import human_nouns
from sources.evidence.word_lists import (
    calendar,
    given_names,
    heads,
    is_demonym,
    is_plain,
    organisation_names,
    place_names,
    titles,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.entities.candidates import CapitalisedRun, StoryWords
    from sources.evidence.entities.capitalised_words import CapitalisedWord


_IN_CREDITS = frozenset({"Photo", "Photos", "Photograph", "Handout", "Photographer"})  # "AP Photo/Ada Moss"
_MONTHS_AS_NAMES = frozenset({"April", "May", "June", "August", "Jan"})
_DIRECTIONS = frozenset({"Northern", "Southern", "Eastern", "Western"})
_OF_A_GOVERNMENT = frozenset({"Ministry", "Department", "Parliament", "Government", "Embassy"})


_MOST_GIVEN = 4  # given names in one name, among at least
_LONGEST_INITIALS = 4  # letters
_LONGEST_PERSON = 7  # words: more are a list without commas


def names_in(text: str, run: CapitalisedRun, evidence: StoryWords) -> Iterator[Name]:
    """Yield the names in a run."""
    if len(run.words) > _LONGEST_PERSON and sum(map(is_given, run.words)) > _MOST_GIVEN:
        return
    if len(run.words) == 1:
        if not is_function(run.words[0]):
            yield from _names_in_part(text, run, evidence)
        return
    first, *others = run.words
    shouted = first.text.isupper() and len(first.text) > 1
    if shouted and agency(first.text) is not None and all(map(_are_initials, others)):
        yield _name(text, run, run.words[:1], titled=False, role_after=False)
        return  # of those who wrote it: "PTI ABC DEF"
    if run.quoted and len(run.words) > 1 and not shouted:
        if stands_as_a_title(text, run) or is_known(run.words, evidence):
            yield _name(text, run, run.words, titled=False, role_after=False)
        return
    for spoken, is_credit in without_credits(run, evidence):
        if is_credit:
            yield _name(text, run, spoken, titled=False, role_after=False)
        else:
            yield from _names_in_part(text, run._replace(words=spoken), evidence)


def _are_initials(word: CapitalisedWord) -> bool:
    return word.text.isupper() and len(word.text) <= _LONGEST_INITIALS


def _names_in_part(text: str, run: CapitalisedRun, evidence: StoryWords) -> Iterator[Name]:
    """Yield the names in a run without the sources of pictures."""
    only = run.words[0]
    if len(run.words) == 1 and "-" not in only.text and not evidence.in_rand and not is_title_word(only.text):
        alone = _trim(run.words, evidence)  # what the steps below come to for one word
        if alone and is_name(text, alone, run, evidence, titled=False):
            yield _name(text, run, alone, titled=False, role_after=False)
        return
    calm = (unshouted(part, evidence) for part in without_amounts(from_given_name(run), evidence))
    for shown in itertools.chain.from_iterable(calm):
        for hyphen_part in without_hyphens(text, shown, evidence):
            for part, titled, role_after in without_titles(_trim_start(hyphen_part, evidence)):
                for piece in without_neighbours(_trim(part, evidence), evidence):
                    alone = _trim(piece, evidence)
                    if alone and is_name(text, alone, run, evidence, titled=titled):
                        yield _name(text, run, alone, titled=titled, role_after=role_after)


def _name(
    text: str, run: CapitalisedRun, kept: Sequence[CapitalisedWord], *, titled: bool, role_after: bool
) -> Name:
    start, end = kept[0].start, kept[-1].end
    return Name(run.line, start, end, text[start:end], titled, role_after, run.quoted)


def _trim_start(run: tuple[CapitalisedWord, ...], evidence: StoryWords) -> tuple[CapitalisedWord, ...]:
    """Drop plain words that had to have their capital from the start of a longer run."""
    while len(run) > 1 and run[0].initial:
        word, form = run[0], " ".join(word.text for word in run)
        small = word.text.lower()
        if word.text in words("name-words.txt", "event-first") | words("name-words.txt", "place-first"):
            break
        if evidence.runs[form] or evidence.case.names(small) or word.text in given_names():
            break
        if word.text.isupper() and len(word.text) > 1:
            break
        if is_syllabic_given_name(run[1].text):  # "Park Jae-won"
            break
        if word.text in words("titles.txt", "he") | words("titles.txt", "she"):
            break  # "Lady Moss"
        if word.text in words("titles.txt", "modifiers") and any(each.text in titles() for each in run[1:3]):
            break  # "Chief Electoral Officer"
        if _is_trade(small) and _is_named_elsewhere(run[1:], evidence):
            run = run[1:]
            continue
        names_office = run[-1].text in heads() and not small.endswith(("ing", "ly"))
        free = evidence.is_common(small)
        if not free or (names_office and evidence.case.small[small] < 3 and len(run) < 5):
            break
        run = run[1:]
    return run


def _is_trade(small: str) -> bool:
    """Tell whether a word says what somebody does: "trucker", "boffin"."""
    return kind_of_noun(small) == PERSON or small in human_nouns() or small.endswith(_OF_A_TRADE)


def _is_named_elsewhere(run: tuple[CapitalisedWord, ...], evidence: StoryWords) -> bool:
    """Tell whether a name stands without the word before it, or begins with a given name."""
    form = " ".join(word.text for word in run)
    given = len(run) > 1 and run[0].text in given_names()
    return given or evidence.runs[form] > 0 or form in evidence.openers


_OF_A_TRADE = ("er", "ist", "man", "woman")


def _trim(run: tuple[CapitalisedWord, ...], evidence: StoryWords) -> tuple[CapitalisedWord, ...]:
    """Cut days, months, peoples, titles in small change and generic acronyms off both ends."""
    if len(run) > 1 and is_demonym(f"{run[0].text} {run[1].text}") and not _demonym_belongs(run):
        run = run[2:]
    if len(run) == 2 and is_demonym(run[-1].text) and _only_peoples(run, evidence):
        return ()  # "The American people", "Likely Republican voters"
    if len(run) == 2 and run[-1].text in ("No.", "Nos"):
        return ()  # "Ward Nos 5 and 6"
    while run and _cut_from_start(run, evidence):
        run = run[1:]
    while run and _cut_from_end(run, evidence):
        run = run[:-1]
    if run and run[0].text[0].isdigit() and len(run) == 1 and not any(map(str.isalpha, run[0].text)):
        return ()
    return run


def _only_peoples(run: tuple[CapitalisedWord, ...], evidence: StoryWords) -> bool:
    return all(is_demonym(word.text) or is_common(word, evidence) for word in run)


def _cut_from_start(run: tuple[CapitalisedWord, ...], evidence: StoryWords) -> bool:
    first, alone = run[0].text, len(run) == 1
    bare = first.rstrip(".")
    if bare in calendar() or (bare.endswith("days") and bare[:-1] in calendar()):
        is_given = first in _MONTHS_AS_NAMES and not alone and not run[1].text[0].isdigit()
        return not (is_given and run[1].text not in calendar()) and not (
            not alone and run[-1].text in words("name-words.txt", "event")
        )
    if first in evidence.tickers and not alone:
        return True
    if first in evidence.generic:
        return alone or run[-1].text not in heads()
    if is_demonym(first):
        if (
            not alone
            and run[0].initial
            and first in _DIRECTIONS
            and evidence.runs[" ".join(word.text for word in run)]
        ):
            return False
        is_given = not alone and first in given_names() and run[1].text not in heads()
        return alone or not (is_given or _demonym_belongs(run))
    if first == "Former" and not alone:
        return True
    return alone and (first in titles() or first in words("titles.txt", "weak") or is_function(run[0]))


def _demonym_belongs(run: tuple[CapitalisedWord, ...]) -> bool:
    """Tell whether a word for a people begins a name: ``British Airways``, ``Indian Ocean``."""
    form = " ".join(word.text for word in run)
    if form in place_names():
        return True
    if run[0].text in _DIRECTIONS and len(run) > 1:
        rest = form.partition(" ")[2]  # "Northern California", but no "Western NATO"
        return rest in place_names() or not (run[0].initial or rest.isupper() or rest in organisation_names())
    if run[-1].text in heads():
        return run[-1].text != "AI"
    if (
        len(run) == 2
        and not run[0].initial
        and is_plain(run[1].text.lower())
        and not run[1].text.endswith("al")
    ):
        return True  # a capital for a common noun behind it: "the American Prospect"
    # "Argentine War of Independence", but the French "Ministry of Finance"
    return any(
        left.text in heads() and left.text not in _OF_A_GOVERNMENT and right.start - left.end > 1
        for left, right in itertools.pairwise(run)
    )


def _cut_from_end(run: tuple[CapitalisedWord, ...], evidence: StoryWords) -> bool:
    last, alone = run[-1].text, len(run) == 1
    if alone:
        return False
    if last.rstrip(".") in calendar():
        return not (last in _MONTHS_AS_NAMES and len(run) == 2 and run[0].text in given_names())
    if last in {"AI", "TV", "FM", "AM", "HQ", "AR", "VR", "PC"} or ROMAN_NUMERAL.match(last):
        return False
    if last.rstrip(".") in words("titles.txt", "behind") or last in _IN_CREDITS:
        return True
    if (
        is_demonym(last) and run[-1].start - run[-2].end == 1
    ):  # the Vermont Democratic governor, House Republicans
        return run[-2].text in heads() or " ".join(word.text for word in run[:-1]) in place_names()
    return (last in evidence.generic and last not in heads()) or last in evidence.tickers
