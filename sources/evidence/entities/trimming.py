"""Turns runs of capitalised words into names: cuts off what is no part of a name, drops what is no name."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities.capitalised_words import is_syllabic_given_name
from sources.evidence.entities.casing import Style
from sources.evidence.entities.descriptions import kind_of_noun
from sources.evidence.entities.kinds import PERSON
from sources.evidence.word_lists import (
    calendar,
    function_words,
    given_names,
    heads,
    is_demonym,
    organisation_names,
    picture_sources,
    place_names,
    plain_words,
    titles,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sources.evidence.entities.candidates import CapitalisedRun, StoryWords
    from sources.evidence.entities.capitalised_words import CapitalisedWord
    from sources.evidence.entities.casing import StyledLine

ROMAN_NUMERAL = re.compile(r"[IVXLC]+$")
_SHORTEST_SHOUT = 4  # letters of a word in capitals that is no acronym by its looks
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
    if titled or run.quoted or kept[-1].text in heads() or kept[0].text in given_names():
        return True
    if form in organisation_names():
        return True
    if run.line.style is Style.NOUNS:
        return evidence.runs[form] > 1 or form in place_names()
    common = all(word.text.lower() in plain_words() or word.text.lower() in function_words() for word in kept)
    return (
        not common or _stands_like_a_name(text, kept[0]) or evidence.runs[form] > 1 or form in place_names()
    )


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
    if len(token) < 2 or ROMAN_NUMERAL.match(token) or token in evidence.generic:
        return titled and len(token) > 1
    if run.line.style is Style.NOUNS and not (token in place_names() or not token[1:].islower()):
        return False
    known = token in place_names() or token in evidence.acronyms
    known = known or (token in organisation_names() and not word.initial) or small in evidence.products
    if titled or known or _is_quoted_work(text, word, run):
        return True
    if any(letter.isdigit() or letter.isupper() or letter == "." for letter in token[1:]):
        if _PLURAL_ACRONYM.fullmatch(token):
            return False
        shouted = token.isupper() and (small in plain_words() or small in function_words()) and len(token) > 2
        shouted = shouted or (word.initial and small in _SHORT_OPENERS)
        return not (shouted or (token[:1].isdigit() and token[-1:].islower()))
    if small in plain_words() or evidence.case.small[small]:
        return _word_is_name_here(word, small, evidence) and not _is_office_word(text, word, token)
    if not word.initial:
        return not _is_office_word(text, word, token)
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


def _is_quoted_work(text: str, word: CapitalisedWord, run: CapitalisedRun) -> bool:
    return run.quoted and _WORK_BEFORE.search(text, max(0, word.start - 24), word.start) is not None


def _word_is_name_here(word: CapitalisedWord, small: str, evidence: StoryWords) -> bool:
    """Tell whether the story uses a word as a name that is also a common word."""
    counts = evidence.case
    if small in evidence.surnames and not counts.small[small]:
        return True
    if small in plain_words() and counts.capital[small] < max(2, 3 * counts.small[small]):
        return False
    return counts.capital[small] >= (2 if word.initial else 1) and counts.names(small)


def _is_office_word(text: str, word: CapitalisedWord, token: str) -> bool:
    """Tell whether a lone word is an institution by its common noun: ``the Board``, ``the University``."""
    return token in heads() and text[max(0, word.start - 4) : word.start].lower() == "the "


_WORK_BEFORE = re.compile(
    r"(?:album|film|movie|novel|song|book|single|show|podcast|series|called|titled|track|magazine),? [\"“‘«]$"
)
_NAME_PRECEDES = re.compile(r"(?:[a-z],|\b(?:the|of|by|with|from|at|in|for|to|and|than|between)) $")
_NAME_FOLLOWS = re.compile(
    r"['’]s\b|, [1-9][0-9],"
    r"|, (?:the|an?|who|which|whose|based) "
    r"|,? (?:said|says|told|added|wrote|was (?:born|founded|known)|is (?:a|an|the)\b|which\b)"
)


def _followed_like_a_name(text: str, word: CapitalisedWord) -> bool:
    return _NAME_FOLLOWS.match(text, word.end, word.end + 24) is not None


# From runs of capitalised words to names: what is no part of a name is cut off, what is no name dropped.

_OFFICER_NOUNS = frozenset({"Officer", "Officers", "Commissioner", "Inspector", "Attorney", "Superintendent"})
_OFFICERS = frozenset({"Chief", "Chair", "Head", "General", "Executive"})
_IN_CREDITS = frozenset({"Photo", "Photos", "Photograph", "Handout", "Photographer"})  # "AP Photo/Ada Moss"
_PERSONS_BY_ENDING = ("ist", "ian", "ant", "er", "or", "ers", "ors", "ists")
_SHORT_OPENERS = frozenset(
    {"at", "in", "on", "of", "to", "as", "if", "is", "by", "we", "he", "an", "so", "no", "my"}
)
_MONTHS_AS_NAMES = frozenset({"April", "May", "June", "August", "Jan"})
_NUMBER_WORDS = frozenset({"one", "two", "three", "four", "five", "six", "seven"})
_ORDINALS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
)
_OF_A_GOVERNMENT = frozenset({"Ministry", "Department", "Parliament", "Government", "Embassy"})
_NAMED_AFTER = frozenset(
    {
        "School",
        "College",
        "Hospital",
        "Airport",
        "Library",
        "Park",
        "Street",
        "Avenue",
        "Prize",
        "Award",
        "Stadium",
    }
)
_INNER = frozenset(
    {"of", "on", "by", "in", "to", "for", "with", "at", "and", "into", "from", "a", "the", "me", "my", "you"}
)


class Name(NamedTuple):
    """A span taken for a name; ``titled`` when a person's title stood before it."""

    line: StyledLine
    start: int
    end: int
    text: str
    titled: bool
    role_after: bool
    quoted: bool


_MOST_GIVEN = 4  # given names in one name, among at least
_LONGEST_PERSON = 7  # words: more are a list without commas


def names_in(text: str, run: CapitalisedRun, evidence: StoryWords) -> Iterator[Name]:
    """Yield the names in a run."""
    if len(run.words) > _LONGEST_PERSON and sum(map(_is_given, run.words)) > _MOST_GIVEN:
        return
    if len(run.words) == 1 and is_function(run.words[0]):
        return
    shouted = run.words[0].text.isupper() and len(run.words[0].text) > 1
    if run.quoted and len(run.words) > 1 and not shouted:
        yield _name(text, run, run.words, titled=False, role_after=False)
        return
    credit = _credit_length(run, evidence)
    if credit:
        yield _name(text, run, run.words[:credit], titled=False, role_after=False)
        first, *others = run.words[credit:]
        run = run._replace(words=(first._replace(initial=True), *others))
    spoken = _without_amounts(_from_given_name(run), evidence)
    for shown in itertools.chain.from_iterable(_unshouted(part, evidence) for part in spoken):
        for hyphen_part in _without_hyphens(shown, evidence):
            for part, titled, role_after in _without_titles(_trim_start(hyphen_part, evidence)):
                for piece in _without_neighbours(_trim(part, evidence), evidence):
                    alone = _trim(piece, evidence)
                    if alone and is_name(text, alone, run, evidence, titled=titled):
                        yield _name(text, run, alone, titled=titled, role_after=role_after)


def _unshouted(
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
        common = [place for place in places if _is_common(run[place], evidence)]
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


def _is_common(word: CapitalisedWord, evidence: StoryWords) -> bool:
    small = word.text.lower()
    return small in function_words() or evidence.is_common(small)


def _is_known_shouted(part: tuple[CapitalisedWord, ...], evidence: StoryWords) -> bool:
    """Tell whether words in capitals are a name that the lists or the story have with small letters."""
    form = " ".join(word.text for word in part)
    calm = form.title()
    listed = calm in place_names() or calm in organisation_names() or form in organisation_names()
    return listed or evidence.runs[calm] > 0


_RAND = re.compile(r"R[0-9]+(?:\.[0-9]+)?[a-z]*")


def _without_amounts(
    run: tuple[CapitalisedWord, ...], evidence: StoryWords
) -> Iterator[tuple[CapitalisedWord, ...]]:
    """Yield what stands between amounts in rand: ``Metroline R1.8m a day``."""
    if not evidence.in_rand:
        yield run
        return
    for amount, group in itertools.groupby(run, key=lambda word: _RAND.fullmatch(word.text) is not None):
        if not amount:
            yield tuple(group)


def _is_given(word: CapitalisedWord) -> bool:
    return word.text in given_names()


def _from_given_name(run: CapitalisedRun) -> tuple[CapitalisedWord, ...]:
    """Return a run from the person's name on, in German, where the title before it is any noun."""
    if run.line.style is Style.NOUNS:
        for place in range(1, len(run.words) - 1):
            if run.words[place].text in given_names():
                return run.words[place:]
    return run.words


def _credit_length(run: CapitalisedRun, evidence: StoryWords) -> int:
    """Return how many words name the source of a picture before its caption: ``Reuters Members of …``."""
    spoken = run.words
    form = " ".join(word.text for word in spoken)
    if spoken[0].start != run.line.start or evidence.runs[form] or spoken[-1].text in heads():
        return 0
    for length in (2, 1):
        if length < len(spoken) and " ".join(word.text for word in spoken[:length]) in picture_sources():
            first = spoken[length]
            named = evidence.ends_a_name(first.text) or evidence.usage.mostly_capital(first.text.lower())
            if named or _is_given(first) or _is_common(first, evidence):
                return length
    return 0


def _name(
    text: str, run: CapitalisedRun, kept: Sequence[CapitalisedWord], *, titled: bool, role_after: bool
) -> Name:
    start, end = kept[0].start, kept[-1].end
    return Name(run.line, start, end, text[start:end], titled, role_after, run.quoted)


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
        return (small in _INNER or small in _ORDINALS) and not last and not run[first].initial
    if word.initial or last:
        return small in _ORDINALS and not last and run[-1].text in heads()
    return small in words("name-words.txt", "opening") or small in _ORDINALS


def _without_neighbours(
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
        if run[place].text in given_names() and run[-1].text not in heads() and _adjacent(run):
            before = run[:place]
            if _stands_alone(before):
                yield before
            elif not _says_what_person(before, evidence):
                continue
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
    known = form in place_names() or form in organisation_names()
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
    role = kind_of_noun(small) == PERSON or small.endswith(_PERSONS_BY_ENDING)
    return role or all(evidence.is_common(word.text.lower()) for word in before)


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


def _without_hyphens(
    run: tuple[CapitalisedWord, ...], evidence: StoryWords
) -> Iterator[tuple[CapitalisedWord, ...]]:
    """Split ``Northport-Meridian`` when the story names both by themselves."""
    counts = evidence.case.capital
    for position, word in enumerate(run):
        left, hyphen, right = word.text.partition("-")
        if not (hyphen and left and right and right[0].isupper() and left in _known(counts, left, right)):
            continue
        if counts[word.text.lower()] + evidence.initial[word.text.lower()] < min(
            counts[left.lower()], counts[right.lower()]
        ):
            middle = word.start + len(left)
            yield (*run[:position], word._replace(end=middle, text=left))
            yield (word._replace(start=middle + 1, text=right, initial=False), *run[position + 1 :])
            return
    yield run


def _known(counts: Mapping[str, int], left: str, right: str) -> tuple[str, ...]:
    """Return ``left`` when both sides of a hyphen stand by themselves in the story."""
    return (left,) if counts[left.lower()] > 1 and counts[right.lower()] > 1 and not is_demonym(left) else ()


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
        names_office = run[-1].text in heads() and not small.endswith(("ing", "ly"))
        free = evidence.is_common(small)
        if not free or (names_office and evidence.case.small[small] < 3 and len(run) < 5):
            break
        run = run[1:]
    return run


def _without_titles(
    run: tuple[CapitalisedWord, ...],
) -> Iterator[tuple[tuple[CapitalisedWord, ...], bool, bool]]:
    """Yield the parts of a run between titles, and whether a title stands before and after each."""
    if all(word.text not in _of_titles() for word in run):
        yield run, False, False
        return
    parts: list[tuple[tuple[CapitalisedWord, ...], bool]] = []
    first, position, titled = 0, 0, False
    while position < len(run):
        length = _title_length(run, position, at_start=position == first)
        if not length:
            position += 1
            continue
        parts.append((run[first:position], titled))
        position = first = position + length
        titled = True
    parts.append((run[first:], titled))
    for number, (part, has_title) in enumerate(parts):
        if part:
            yield part, has_title, number < len(parts) - 1


@cache
def _of_titles() -> frozenset[str]:
    """Return the words of which a title has at least one."""
    others = (words("titles.txt", section) for section in ("modifiers", "weak", "offices"))
    return titles().union(_OFFICERS, *others)


def _title_length(run: tuple[CapitalisedWord, ...], position: int, *, at_start: bool) -> int:
    """Return how many words from ``position`` make up a title, 0 when none do."""
    last = len(run)
    strong = titles()
    if _is_no_title(run, position, at_start=at_start):
        return 0
    end = position
    while end < last and run[end].text in words("titles.txt", "modifiers") and run[end].text not in strong:
        end += 1
    if position < end < last - 1 and run[end].text not in strong and run[end + 1].text in _OFFICER_NOUNS:
        end += 1  # "Chief Electoral Officer"
    stop = end
    while stop < last and run[stop].text in strong:
        stop += 1
    if stop > end:
        return _strong_title_length(run, position, stop)
    rest = last - position
    weak = words("titles.txt", "weak")
    after_of = at_start and rest > 2 and run[position + 1].text in given_names()
    if after_of and run[position].text in words("titles.txt", "offices"):
        return 1  # "Secretary of", then "State Ada Moss"
    if at_start and run[position].text in weak and rest > 1 and run[-1].text not in heads():
        return 1
    if end == last and position > 0 and rest == 1 and run[position].text in _OFFICERS:
        return 1
    return end - position if end == last and at_start and run[end - 1].text in _OFFICERS else 0


def _is_no_title(run: tuple[CapitalisedWord, ...], position: int, *, at_start: bool) -> bool:
    """Tell whether a word that may be a title is part of the name: ``General Electric``, ``Alex Dean``."""
    word, last = run[position].text, len(run) - 1
    if position < last and run[position + 1].start - run[position].end > 1:
        return word in words("titles.txt", "honorifics")  # "Col de Varn"
    if at_start and position < last:
        following = run[position + 1].text
        if word == "Crown" and not following.startswith("Prince"):
            return True
        if word in ("Major", "General") and following in words("name-words.txt", "organisation"):
            return True
        return last - position > 1 and run[-1].text in _NAMED_AFTER
    return position == 1 and position == last and run[0].text in given_names() and not run[0].initial


def _strong_title_length(run: tuple[CapitalisedWord, ...], position: int, stop: int) -> int:
    """Return the length of a title that ends at ``stop``, with its office: ``Secretary of State``."""
    if stop == len(run) - 1 and run[stop].text in heads():
        return 0  # "Director Park", "President Hotel"
    is_secretary = run[stop - 1].text in {"Secretary", "Minister"}
    if stop < len(run) and is_secretary and run[stop].text in words("titles.txt", "offices"):
        stop += 1
    return stop - position


def _trim(run: tuple[CapitalisedWord, ...], evidence: StoryWords) -> tuple[CapitalisedWord, ...]:
    """Cut days, months, peoples, titles in small change and generic acronyms off both ends."""
    if len(run) > 1 and is_demonym(f"{run[0].text} {run[1].text}") and not _demonym_belongs(run):
        run = run[2:]
    if len(run) == 2 and run[0].text == "The" and is_demonym(run[1].text):
        return ()  # "The American people"
    while run and _cut_from_start(run, evidence):
        run = run[1:]
    while run and _cut_from_end(run, evidence):
        run = run[:-1]
    if run and run[0].text[0].isdigit() and len(run) == 1 and not any(map(str.isalpha, run[0].text)):
        return ()
    return run


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
        is_given = not alone and first in given_names() and run[1].text.lower() not in plain_words()
        return alone or not (is_given or _demonym_belongs(run))
    return alone and (first in titles() or first in words("titles.txt", "weak") or is_function(run[0]))


def _demonym_belongs(run: tuple[CapitalisedWord, ...]) -> bool:
    """Tell whether a word for a people begins a name: ``British Airways``, ``Indian Ocean``."""
    form = " ".join(word.text for word in run)
    if form in place_names():
        return True
    if run[-1].text in heads():
        return run[-1].text != "AI"
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
    if is_demonym(last) and " ".join(word.text for word in run[:-1]) in place_names():
        return True  # the Vermont Democratic governor
    return last in evidence.generic or last in evidence.tickers
