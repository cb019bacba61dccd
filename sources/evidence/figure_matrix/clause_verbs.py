"""Reads a sentence with figures as words: each figure is one word, and verbs are told from nouns."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from sources.evidence.clause_words import NamedSpan, read_clause
from sources.evidence.figure_matrix import measures
from sources.evidence.figures import FigureKind
from sources.evidence.figures.number_words import FACTORS, WORD_VALUES
from sources.evidence.word_lists import words as listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.clause_words import Clause, Word
    from sources.evidence.figures import Figure
    from sources.model import Span

BE = listed("clause-words.txt", "be")
HAVE = listed("clause-words.txt", "have")
_FINITE = listed("clause-words.txt", "verbs")
BEFORE_NUMBERS = listed("clause-words.txt", "before-numbers")
MOVES = frozenset({measures.RISE, measures.FALL})
_OBJECTS = frozenset(("him", "them", "me", "you", "whom"))  # "reported to him"
_SHORTEST_PAST = 4  # letters of a word that its ending -ed makes no verb: "seed". Not measured
_PARTICIPLE = re.compile(
    r"(?:[^e]ed|en|ing|wn|rn|ught|old|aid|ost)$"
    r"|^(?:cut|put|set|hit|made|won|held|built|led|lent|dug|rung|sung|run|come|become|gone|done|begun|sent|spent)$"
)


def read_words(
    text: str, sentence: Span, named: Sequence[NamedSpan] = (), figures: Sequence[Figure] = ()
) -> Clause:
    """Read a sentence as a row of words; ``named`` and ``figures`` are what is named and told in it."""
    return _with_verbs(read_clause(text, *sentence, _with_numbers(named, figures)))


def _with_numbers(named: Sequence[NamedSpan], figures: Sequence[Figure]) -> list[NamedSpan]:
    """Return the names and the numbers of a sentence, in order, none of which overlap."""
    numbers = []
    for figure in figures:
        end = figure.end
        if figure.kind is FigureKind.COUNT:
            end = figure.start
            for word in _WORD.finditer(figure.text):
                if not is_number(word[0]):
                    break
                end = figure.start + word.end()
        if figure.kind is not FigureKind.DATE and end > figure.start:
            numbers.append(NamedSpan(figure.start, end, None))
    apart = [name for name in named if not any(n.start < name.end and name.start < n.end for n in numbers)]
    return sorted((*apart, *numbers), key=lambda each: each[:2])


_WORD = re.compile(r"\S+")


def is_number(word: str) -> bool:
    """Tell whether a word is a number, in digits or letters."""
    lower = word.lower()
    return (
        lower[:1].isdigit()
        or lower in WORD_VALUES
        or lower in FACTORS
        or ("-" in lower and lower.partition("-")[0] in WORD_VALUES)
    )


def _with_verbs(clause: Clause) -> Clause:
    """Tell more verbs from nouns, by what stands before and behind them."""
    words, kinds = clause.words, [*clause.kinds, "."]
    has_verb = False
    for at, word in enumerate(words):
        if kinds[at] in "sr;:.":
            has_verb = False
        if kinds[at] in "wbi":
            kinds[at] = _kind_beside(words, kinds, at, has_verb=has_verb)
        elif kinds[at] == "v" and at + 1 < len(words) and words[at + 1].text == "of":
            kinds[at] = "w"  # "expects claims of $5"
        elif word.text == "that":
            kinds[at] = _kind_of_that(words, kinds, at)
        has_verb = has_verb or kinds[at] in "vyx"
    kinds.pop()
    return replace(clause, kinds="".join(kinds))


def _kind_of_that(words: Sequence[Word], kinds: Sequence[str], at: int) -> str:
    """Return whether "that" begins a clause, takes up the noun before it, or stands before its own noun."""
    if kinds[at + 1] in "dpPONLE":
        return "s"
    after = words[at + 1].text.lower() if at + 1 < len(words) else ""
    is_verb = kinds[at + 1] in "vyx" or _is_verb(after) or after.endswith("ed") or after in _FINITE
    return "r" if is_verb and at and kinds[at - 1] in "wNPOLE," else kinds[at]


def _kind_beside(words: Sequence[Word], kinds: Sequence[str], at: int, *, has_verb: bool) -> str:
    """Return the kind of a word that may be a noun or a verb."""
    kind, lower = kinds[at], words[at].text.lower()
    before = kinds[at - 1] if at else "."
    near = at - 1
    while near > 0 and kinds[near] == "a":
        near -= 1
    ahead = words[near].text.lower() if at else ""
    if at and kinds[near] == "x":
        return _behind_auxiliary(kind, lower, ahead, kinds[at + 1])
    if ahead == "to" and near == at - 1 and not lower.endswith("s") and lower not in _OBJECTS:
        return kind if kinds[at + 1] in ".,;)" or words[max(0, at - 2)].text.lower() == "according" else "y"
    if before in "dg" or ahead == "whose":
        return kind
    if before in "rp" or (_is_verb(lower) and before != "f"):
        return "y"
    behind = words[at + 1].text.lower() if at + 1 < len(words) else ""
    plural = before == "w" and words[at - 1].text.endswith("s")
    return _kind_of_form(kinds, at, lower, behind, has_verb=has_verb, plural=plural)


def _behind_auxiliary(kind: str, lower: str, auxiliary: str, behind: str) -> str:
    if auxiliary in BE or auxiliary in HAVE:
        has_object = auxiliary in HAVE and behind in "dnNPOLEp"  # "has led the dig"
        return "y" if has_object or _PARTICIPLE.search(lower) or _is_verb(lower) else kind
    return "y"


def _kind_of_form(
    kinds: Sequence[str], at: int, lower: str, following: str, *, has_verb: bool, plural: bool
) -> str:
    """Return the kind of a word by what it ends in and what stands on either side of it."""
    kind, before, behind = kinds[at], kinds[at - 1] if at else ".", kinds[at + 1]
    opens = behind in "dnp" or (behind in "aqf" and following in BEFORE_NUMBERS)
    measured = measures.measure_of(lower)
    found = False
    if measured in MOVES and before in "wPOLE":
        found = lower[-1] != "s" and (
            behind == "n" or following in ("to", "by", "from")
        )  # "its price rise to"
    elif lower.endswith("ing") and not measured:
        return "i" if behind in "dnNPOLEwpf" and before in ",wNPOLEt" else kind
    elif lower.endswith("ed") and len(lower) > _SHORTEST_PAST and before in "wNPOLEkt,)ca":
        if behind == "f" and before == ",":
            return "i"
        found = behind != "w" or before in "NPOLEc"
    elif lower.endswith("s") and not lower.endswith("ss"):
        found = opens and before in "wNPOLEk" and not plural
    elif opens and before in "wNPOLEc":
        bare = behind == "n" or (measured is not None and behind == "d")  # "they pick 600 tonnes"
        found = bare and (not has_verb or before == "c")
    return "y" if found else kind


def _is_verb(lower: str) -> bool:
    measured = measures.measure_of(lower) is not None and not measures.is_noun(lower)
    return measured or lower in _verb_forms()


@cache
def _verb_forms() -> frozenset[str]:
    """Return the forms of common verbs that are hardly ever nouns."""
    forms = set()
    for verb in listed("clause-words.txt", "bases"):
        stem = verb.removesuffix("e")
        soft = verb[-1] == "y" and verb[-2] not in "aeiou"
        forms |= {
            verb,
            f"{verb[:-1]}ies"
            if soft
            else f"{verb}es"
            if verb.endswith(("s", "x", "ch", "sh", "z"))
            else f"{verb}s",
        }
        forms |= {f"{verb[:-1]}ied" if soft else f"{stem}ed"}
    return frozenset(forms)
