"""What an editor would call a figure, in words of its clause: its noun, or what is said of it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.clause_verbs import BEFORE_NUMBERS, MOVES
from sources.evidence.figures import FigureKind
from sources.evidence.word_lists import function_words, words

if TYPE_CHECKING:
    from sources.evidence.clause_words import Clause
    from sources.evidence.figures import Figure
    from sources.evidence.noun_phrases import Phrase

AGE = "age"
BEHIND = words("clause-words.txt", "behind-numbers")
NAMES = "PONLE"
NOUNS = "wNPOLEk"
_LONGEST_LABEL = 6  # words


def lower_at(clause: Clause, at: int) -> str:
    """Return a word of a clause in small letters, nothing behind its end."""
    return clause.words[at].text.lower() if at < len(clause.words) else ""


def compound_end(clause: Clause, end: int) -> int:
    """Return where the noun ends that a figure stands before: "a $4 billion bond sale"."""
    kinds = clause.kinds
    start = end
    while end < len(kinds) and (kinds[end] in "wN" or (kinds[end] == "-" and end == start)):
        if lower_at(clause, end) in BEHIND or lower_at(clause, end) in function_words():
            break
        end += 1
    return end


def noun_of(clause: Clause, phrase: Phrase) -> str:
    """Return the noun of a phrase and what stands before it, without article, owner and number."""
    kinds, words = clause.kinds, clause.words
    if phrase.is_name:
        return ""
    end = phrase.first
    while end < phrase.last and kinds[end] != "f":
        end += 1
    begin = max(kinds.rfind("g", phrase.first, end), phrase.first - 1) + 1
    while begin < end and (kinds[begin] in "dqnaPOE" or lower_at(clause, begin) in BEFORE_NUMBERS):
        begin += 1
    if begin >= end:
        return ""
    moves = measures.measure_of(words[end - 1].text) in MOVES
    if end < phrase.last and (words[end].text == "of" or (moves and words[end].text == "in")):
        stop = end + 1
        while stop < phrase.last and kinds[stop] != "f":
            stop += 1
        if kinds[end + 1] not in NAMES and "n" not in kinds[end:stop] and "p" not in kinds[end:stop]:
            end = stop
    written = clause.written(begin, end)
    opens = begin == 0 and kinds[0] in "wN" and not words[0].text.isupper()
    return written[0].lower() + written[1:] if opens else written


def label_of(clause: Clause, figure: Figure, first: int, end: int, noun: str, verb: int | None) -> str:
    """Return what an editor would call a figure that begins at word ``first`` and ends before word ``end``.

    ``noun`` is the noun that it is the value of, ``verb`` the word that governs it, as far as they are known.
    """
    behind = bisect_left(clause.words, figure.end, key=lambda word: word.start)
    if figure.kind is FigureKind.COUNT and figure.unit.lower() not in measures.UNITS:
        return _counted(clause, first, end)
    if noun:
        return noun
    if figure.kind is FigureKind.COUNT and lower_at(clause, end) == "of":  # "96,000 tonnes of barley"
        stop = compound_end(clause, end + 1)
        if stop > end + 1:
            return clause.written(end + 1, stop)
    if figure.kind is FigureKind.DATE:  # "the 2016 election"
        stop = compound_end(clause, end)
        return clause.written(end, stop) if stop > end else _predicate(clause, first, verb)
    if figure.kind in (FigureKind.COUNT, FigureKind.MONEY, FigureKind.PERCENT):
        written = clause.written(behind, end).lstrip("- ") if end > behind else ""
        if written:
            return written
    if figure.kind is FigureKind.DURATION and "-" in figure.text:
        stop = compound_end(clause, behind)
        what = clause.written(end, stop) if stop > end else ""
        measured = AGE if figure.text.endswith("old") else "length"
        return f"{measured} of {what}" if what else measured
    spoken = verb is not None and clause.kinds[verb] == "v"
    return "" if spoken and figure.kind is not FigureKind.DURATION else _predicate(clause, first, verb)


def _counted(clause: Clause, first: int, end: int) -> str:
    kinds, words = clause.kinds, clause.words
    while first < end and (kinds[first] in "nq#-" or lower_at(clause, first) == "of"):
        first += 1
    if first >= end:
        return ""
    stop = end
    while words[stop : stop + 1] and words[stop].text in ("of", "with", "on", "to") and stop - first < 4:
        following = stop + 1
        while kinds[following : following + 1] and kinds[following] in "dwN" + NAMES and following < stop + 4:
            following += 1
        if kinds[following - 1] not in NOUNS or following == stop + 1:
            break
        stop = following
    return clause.written(first, stop)


def _predicate(clause: Clause, first: int, verb: int | None) -> str:
    """Return the verb of a clause with what it says, without the figure."""
    if verb is None:
        return ""
    kinds = clause.kinds
    stop = verb + 1
    if verb < first:
        while stop < first and kinds[stop] in "dwNPOLEkfga-x" and stop - verb < _LONGEST_LABEL:
            stop += 1
        while stop > verb + 1 and kinds[stop - 1] in "fadx":
            stop -= 1
    else:
        while kinds[stop : stop + 1] and kinds[stop] in "dwNPOLEkfg" and stop - verb < _LONGEST_LABEL:
            stop += 1
        while stop > verb + 1 and kinds[stop - 1] in "fad":
            stop -= 1
    # "lasted" alone says no more than that the figure is a time.
    return clause.written(verb, stop) if stop > verb + 1 else ""
