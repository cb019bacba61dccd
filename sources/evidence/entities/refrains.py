"""What a scraped page repeats between its captions and players: no names, and where names beside it end."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sources.evidence.word_lists import is_plain, picture_sources, place_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.evidence.entities.candidates import CapitalisedRun

_OFTEN = 5  # times in one text; no name has the same words on both sides as often
_NAMED = 3  # times that words stand together, from which no refrain ends in them
_IN_A_SENTENCE = re.compile("[a-z]{2,}[.,;]?")
_NUMBER = "0"
_MOSTLY = 0.8  # of all places in which words stand, from which they are furniture
_REACH = 24  # characters before the end of a word that make up a refrain
_BESIDE = 12  # characters looked at for the word beside a run


_Place = tuple[int, str]  # the number of a text, and words in it


def without_refrains(runs: Sequence[CapitalisedRun], texts: Sequence[str]) -> list[CapitalisedRun]:
    """Return runs without those that a page sets between the same words, and parted where a refrain ends.

    "Hide Caption 3 of 9 Photos: Fire in Vale Smoke rises" repeats all but the last two words.
    """
    wholes = [(run.line.source, " ".join([word.text for word in run.words])) for run in runs]
    whole = Counter(wholes)
    beside: dict[_Place, Counter[tuple[str, str]]] = defaultdict(Counter)
    for run, place in zip(runs, wholes, strict=True):
        if whole[place] >= _OFTEN:
            beside[place][_neighbours(texts[place[0]], run)] += 1
    furniture = {
        place
        for place, counted in beside.items()
        if sum(count for count in counted.values() if count >= _OFTEN) > _MOSTLY * whole[place]
        and _is_furniture(place[1], counted)
    }
    refrains = _refrains(runs, texts)
    if not furniture and not refrains:
        return list(runs)
    small = {(source, word) for source, words in furniture for word in words.split()}
    return [
        part
        for run, place in zip(runs, wholes, strict=True)
        if place not in furniture
        for part in ([run] if whole[place] >= _NAMED else _parted(run, texts[place[0]], refrains, small))
    ]


def _refrains(runs: Sequence[CapitalisedRun], texts: Sequence[str]) -> set[_Place]:
    """Return what stands before a word within a run so often that another sentence begins there."""
    ended: Counter[_Place] = Counter()
    going_on: dict[_Place, set[str]] = {}
    for run in runs:
        text = texts[run.line.source]
        for at in range(1, len(run.words)):
            place = _before(text, run, at)
            ended[place] += 1
            if ended[place] > 1:
                going_on[place].add(run.words[at].text)
            else:
                going_on[place] = {run.words[at].text}
    return {place for place, words in going_on.items() if len(words) > 1 and ended[place] >= _OFTEN}


def _is_furniture(words: str, beside: Iterable[tuple[str, str]]) -> bool:
    """Tell whether words that always stand between the same others can be no name.

    Not those that stand in a sentence, however often that is repeated, if they are no common ones.
    """
    plain = [is_plain(word.lower()) for word in words.split()]
    if words in place_names() or words in picture_sources():
        return False
    if len(plain) == 1:
        return plain[0] or not any(_IN_A_SENTENCE.fullmatch(word) for pair in beside for word in pair)
    return all(plain) or (any(plain) and any(_NUMBER in pair for pair in beside))


def _neighbours(text: str, run: CapitalisedRun) -> tuple[str, str]:
    """Return the words on both sides of a run, any number as one; before a number any words may stand."""
    start, end = run.words[0].start, run.words[-1].end
    before = text[max(0, start - _BESIDE) : start].split()
    after = text[end : end + _BESIDE].split()
    left, right = (
        _NUMBER if word.strip(":|").isdigit() else word for word in ("".join(before[-1:]), "".join(after[:1]))
    )
    return ("", right) if right == _NUMBER else (left, right)


def _before(text: str, run: CapitalisedRun, at: int) -> _Place:
    end = run.words[at - 1].end
    return run.line.source, text[max(0, end - _REACH) : end]


def _parted(
    run: CapitalisedRun, text: str, refrains: set[_Place], furniture: set[tuple[int, str]]
) -> Iterator[CapitalisedRun]:
    """Yield a run in the parts that a refrain leaves, each without furniture at its ends."""
    cuts = [at for at in range(1, len(run.words)) if _before(text, run, at) in refrains]
    for first, last in zip([0, *cuts], [*cuts, len(run.words)], strict=True):
        words = run.words[first:last]
        if first:
            words = (words[0]._replace(initial=True), *words[1:])
        while words and (run.line.source, words[-1].text) in furniture:
            words = words[:-1]
        while words and (run.line.source, words[0].text) in furniture:
            words = words[1:]
        if words:
            yield run._replace(words=words)
