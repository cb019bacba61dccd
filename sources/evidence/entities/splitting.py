"""Splits runs of capitalised words where a name ends and another, a heading or a sentence begins."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from sources.evidence.entities.casing import Style
from sources.evidence.entities.descriptions import kind_of_noun
from sources.evidence.entities.kinds import PERSON
from sources.evidence.entities.name_tests import is_function
from sources.evidence.word_lists import (
    function_words,
    given_names,
    heads,
    is_demonym,
    organisation_names,
    picture_sources,
    place_names,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.entities.candidates import CapitalisedRun, StoryWords
    from sources.evidence.entities.capitalised_words import CapitalisedWord


_SHORTEST_SHOUT = 4  # letters of a word in capitals that is no acronym by its looks
_PERSONS_BY_ENDING = ("ist", "ian", "ant", "er", "or", "ers", "ors", "ists")
_NUMBER_WORDS = frozenset({"one", "two", "three", "four", "five", "six", "seven"})
_ORDINALS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
)
_INNER = frozenset(
    {"of", "on", "by", "in", "to", "for", "with", "at", "and", "into", "from", "a", "the", "me", "my", "you"}
)


def unshouted(
    run: tuple[CapitalisedWord, ...], evidence: StoryWords
) -> Iterator[tuple[CapitalisedWord, ...]]:
    """Yield what of a run may be names when words in it shout: ``JUST WATCHED`` before a name.

    Words in capitals beside each other, common ones among them, are a heading that got into the line; of
    these only known names are kept. Without common ones they may be a name, apart from what follows them.
    """
    first = 0
    if len(run) == 1 or sum(word.text.isupper() for word in run) < 2:
        yield from _without_function_words(run)
        return
    for shouted, group in itertools.groupby(range(len(run)), key=lambda place: run[place].text.isupper()):
        places = list(group)
        begin, end = places[0], places[-1] + 1
        loud = sum(len(word.text) >= _SHORTEST_SHOUT for word in run[begin:end])
        if not (shouted and loud and end - begin > 1) or _is_known_shouted(run[begin:end], evidence):
            continue
        common = [place for place in places if is_common(run[place], evidence)]
        if not common and (loud == 1 or end - begin == len(run)):
            continue
        yield from _without_function_words(run[first:begin])
        first = begin
        for place in common:
            if _is_known_shouted(run[first:place], evidence):
                yield run[first:place]
            first = place + 1
        if not common or _is_known_shouted(run[first:end], evidence):
            yield run[first:end]
        first = end
    yield from _without_function_words(run[first:])


def is_common(word: CapitalisedWord, evidence: StoryWords) -> bool:
    """Tell whether a word is a function word or a common one."""
    small = word.text.lower()
    return small in function_words() or evidence.is_common(small)


def _is_known_shouted(part: tuple[CapitalisedWord, ...], evidence: StoryWords) -> bool:
    """Tell whether words in capitals are a name that the lists or the story have with small letters."""
    form = " ".join(word.text for word in part)
    calm = form.title()
    listed = calm in place_names() or calm in organisation_names() or form in organisation_names()
    return listed or evidence.runs[calm] > 0


_RAND = re.compile(r"R[0-9]+(?:\.[0-9]+)?[a-z]*")


def without_amounts(
    run: tuple[CapitalisedWord, ...], evidence: StoryWords
) -> Iterator[tuple[CapitalisedWord, ...]]:
    """Yield what stands between amounts in rand: ``Metroline R1.8m a day``."""
    if not evidence.in_rand:
        yield run
        return
    for amount, group in itertools.groupby(run, key=lambda word: _RAND.fullmatch(word.text) is not None):
        if not amount:
            yield tuple(group)


def is_given(word: CapitalisedWord) -> bool:
    """Tell whether a word is a common given name."""
    return word.text in given_names()


def from_given_name(run: CapitalisedRun) -> tuple[CapitalisedWord, ...]:
    """Return a run from the person's name on, in German, where the title before it is any noun."""
    if run.line.style is Style.NOUNS:
        for place in range(1, len(run.words) - 1):
            if run.words[place].text in given_names():
                return run.words[place:]
    return run.words


def without_credits(
    run: CapitalisedRun, evidence: StoryWords
) -> Iterator[tuple[tuple[CapitalisedWord, ...], bool]]:
    """Yield the parts of a run, and whether each is the source of a picture: ``Reuters``, ``Members of …``.

    What follows one is the beginning of the caption, whose first word had to have its capital.
    """
    spoken = run.words
    if (
        len(spoken) == 1
        or spoken[-1].text in heads()
        or evidence.runs[" ".join(word.text for word in spoken)]
    ):
        yield spoken, False
        return
    first = place = 0
    while place < len(spoken):
        length = _credit_length(spoken, place, evidence, opens=spoken[place].start == run.line.start)
        if length:
            if place > first:
                yield spoken[first:place], False
            yield spoken[place : place + length], True
            first = place + length
            if first < len(spoken):
                spoken = (*spoken[:first], spoken[first]._replace(initial=True), *spoken[first + 1 :])
        place += length or 1
    if first < len(spoken):
        yield spoken[first:], False


def _credit_length(
    spoken: tuple[CapitalisedWord, ...], place: int, evidence: StoryWords, *, opens: bool
) -> int:
    """Return how many words from ``place`` name the source of a picture; one word only where a line opens."""
    for length in (2, 1) if opens else (2,):
        stop = place + length
        if stop > len(spoken) or " ".join(word.text for word in spoken[place:stop]) not in picture_sources():
            continue
        if stop == len(spoken):
            return length if place else 0
        first = spoken[stop]
        named = evidence.ends_a_name(first.text) or evidence.usage.mostly_capital(first.text.lower())
        if named or is_given(first) or is_common(first, evidence):
            return length
    return 0


def _without_function_words(run: tuple[CapitalisedWord, ...]) -> Iterator[tuple[CapitalisedWord, ...]]:
    """Split a run where a capitalised function word stands: it belongs to a heading or a new sentence."""
    first = 0
    for position, word in enumerate(run):
        if not is_function(word):
            continue
        if _function_word_belongs(run, first, position):
            continue
        if position > first:
            yield run[first:position]
        first = position + 1
    if first < len(run):
        yield run[first:]


def _function_word_belongs(run: tuple[CapitalisedWord, ...], first: int, position: int) -> bool:
    """Tell whether a function word with a capital is part of the name around it."""
    word, alone = run[position], len(run) - first == 1
    small, last = word.text.lower(), position == len(run) - 1
    if alone:
        return False
    if position > first:
        if last and (small in _NUMBER_WORDS or (small == "first" and not run[first].initial)):
            return True
        if small in {"may", "will", "so", "can", "do", "ma"} and run[position - 1].text in given_names():
            return True
        if word.text == "I":
            return last and (run[position - 1].text == "War" or run[position - 1].text in given_names())
        if word.text == "The":
            return False  # in mid-sentence a capital of its own: "Getty Images The driver"
        return (small in _INNER or small in _ORDINALS) and not last and not run[first].initial
    if word.initial or last:
        return small in _ORDINALS and not last and run[-1].text in heads()
    return small in words("name-words.txt", "opening") or small in _ORDINALS


def without_neighbours(
    run: tuple[CapitalisedWord, ...], evidence: StoryWords
) -> Iterator[tuple[CapitalisedWord, ...]]:
    """Split names that only happen to meet: ``sources told Reuters Google has ...``."""
    known = _known_person(run, evidence)
    if known:
        yield known
        return
    apart = len(run) == 2 and run[1].start - run[0].end == 1
    if apart and run[0].text not in given_names() and not run[1].text[0].isdigit():
        left, right = run[0].text, run[1].text
        if evidence.runs[left] > 2 and evidence.runs[right] > 2 and evidence.runs[f"{left} {right}"] < 2:
            yield run[:1]
            yield run[1:]
            return
    for place in range(1, len(run) - 1):
        saintly = run[place - 1].text in words("name-words.txt", "place-first")  # "St. Louis Eagles"
        if (
            run[place].text in given_names()
            and run[-1].text not in heads()
            and not saintly
            and _adjacent(run)
        ):
            named = next((end for end in range(place, 0, -1) if _stands_alone(run[:end])), 0)
            if named == place or _says_what_person(run[named:place], evidence):
                if named:
                    yield run[:named]
                yield run[place:]
                return
    if len(run) > 2 and evidence.runs[" ".join(word.text for word in run)] < 2:
        for place in range(1, len(run)):
            if _known_run(run[:place], evidence) and _known_run(run[place:], evidence):
                yield run[:place]
                yield run[place:]
                return
    yield run


def _stands_alone(run: tuple[CapitalisedWord, ...]) -> bool:
    """Tell whether words are the whole name of a known place or organisation."""
    form = " ".join(word.text for word in run)
    known = form in place_names() or form in organisation_names() or form in picture_sources()
    return known and form not in given_names() and run[-1].end - run[0].start == len(form)


def _adjacent(run: tuple[CapitalisedWord, ...]) -> bool:
    """Tell whether only single spaces part the words of a run."""
    return all(right.start - left.end == 1 for left, right in itertools.pairwise(run))


def _says_what_person(before: tuple[CapitalisedWord, ...], evidence: StoryWords) -> bool:
    """Tell whether words in front of a given name are a role or an origin: ``Curator Ada Moss``."""
    first, last = before[0].text, before[-1].text
    if first in given_names() or not last[1:].islower():
        return False
    small = last.lower()
    role = is_demonym(last) or kind_of_noun(small) == PERSON or small.endswith(_PERSONS_BY_ENDING)
    return role or all(evidence.is_common(word.text.lower()) or word.text in heads() for word in before)


def _known_run(run: tuple[CapitalisedWord, ...], evidence: StoryWords) -> bool:
    return evidence.runs[" ".join(word.text for word in run)] > 1


def _known_person(run: tuple[CapitalisedWord, ...], evidence: StoryWords) -> tuple[CapitalisedWord, ...]:
    """Return the part of a long run that is a person's name by the rest of the story, empty when none is."""
    if len(run) < 3 or evidence.runs[" ".join(word.text for word in run)] > 1:
        return ()
    for part in (run[:3], run[-3:], run[:2], run[-2:]):
        if (
            len(part) < len(run)
            and part[0].text in given_names()
            and evidence.runs[" ".join(word.text for word in part)] > 1
        ):
            return part
    return ()


def without_hyphens(
    text: str, run: tuple[CapitalisedWord, ...], evidence: StoryWords
) -> Iterator[tuple[CapitalisedWord, ...]]:
    """Split ``Northport-Meridian`` when the story names both by themselves."""
    counts = evidence.case.capital
    for position, word in enumerate(run):
        left, hyphen, right = word.text.partition("-")
        both = hyphen and left and right and right[0].isupper() and not is_demonym(left)
        alone = sorted((counts[left.lower()], counts[right.lower()]))
        ends = alone[1] > 0 and _WAY_BEHIND.match(text, word.end) is not None  # "the Vale-Northport road"
        if not both or not (ends or alone[0] >= _LEAST_ALONE):
            continue
        if ends or counts[word.text.lower()] + evidence.initial[word.text.lower()] < alone[0]:
            middle = word.start + len(left)
            yield (*run[:position], word._replace(end=middle, text=left))
            yield (word._replace(start=middle + 1, text=right, initial=False), *run[position + 1 :])
            return
    yield run


_LEAST_ALONE = 2
_WAY_BEHIND = re.compile(
    r" (?:[a-z]+ )?(?:road|highway|motorway|route|railway|line|border|corridor|ferry|train|flight)s?\b"
)
