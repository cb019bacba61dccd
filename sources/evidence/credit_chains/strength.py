"""How much a sentence claims: whether something is considered, planned, to come or done, and how carefully.

Only words that say so plainly count, and a statement is as strong as its weakest such word: what "plans to
consider" something considers it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONSIDERED, PLANNED, COMING, DONE = 1, 2, 3, 4
_LEVELS = (
    (
        CONSIDERED,
        r"consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|explor(?:es|ed|ing)|mull(?:s|ed|ing)?|(?:is|are|was|were) looking at"
        r"|look(?:s|ed) at|study(?:ing)?|discuss(?:es|ed|ing)?|in (?:early |advanced )?talks|talking (?:to|with)"
        r"|thinking (?:of|about)|toying with|may|might|could|possibl[ey]|potential(?:ly)?|perhaps|leaning towards?",
    ),
    (
        PLANNED,
        r"plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|aim(?:s|ed|ing)?|want(?:s|ed)?|hop(?:es|ed|ing) to|seek(?:s|ing)?|sought"
        r"|mean(?:s|t) to|propos(?:es|ed|al|als|ing)|expect(?:s|ed)?|likely|set to|due to|prepar(?:es|ed|ing)|would"
        r"|offered to|in principle|ready to|about to|try(?:ing)? to|tries to",
    ),
    (
        COMING,
        r"will|shall|(?:is|are) (?:to|going to)|(?:has|have|had) (?:decided|agreed|promised) to|decid(?:es|ed) to"
        r"|agree[sd] to|bound to|won['’]t",
    ),
)
_WORDS = [(level, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for level, words in _LEVELS]
_HAPPENED = re.compile(
    r"\b(?:has|have|had) (?:already |now |just )?(?!to\b|been (?:in|considering|planning)|said|told)[a-z]+(?:ed|en|wn|ne|ld|t)\b"
    r"|\b(?:moved|left|quit|sold|bought|signed|closed|opened|dropped|ended|cancelled|canceled|launched|approved|fired"
    r"|hired|resigned|began|finished|completed|banned|withdrew|pulled|cut|raised|won|lost|took|went|gave|became|made"
    r"|moves|leaves|quits|sells|buys|signs|closes|drops|ends|cancels|launches|approves|withdraws|cuts|raises)\b"
)
_HEDGE = re.compile(
    r"\b(?:reportedly|allegedly|apparently|supposedly|probably|possibly|perhaps|presumably|said to be|is believed to"
    r"|are believed to|is thought to|are thought to|appears? to|seems? to|not final|preliminary|tentative(?:ly)?)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?:\b(?P<hedge>about|around|roughly|approximately|nearly|almost|up to|as much as|as many as|at most|at least"
    r"|more than|over|some|an estimated|close to|fewer than|less than)\s+)?"
    r"(?P<figure>(?:US|A|C)?[$€£¥]?\d[\d.,]*(?:\s?(?:thousand|million|billion|trillion|percent|%|m|bn))?)",
    re.IGNORECASE,
)
_CONFIRMING = frozenset(
    ["confirmed", "confirms", "announced", "announces", "admitted", "admits", "acknowledged", "acknowledges", "revealed"]
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"], 1
    )
} | {"a": 1, "an": 1, "dozens": 24, "hundreds": 200}
_COUNTED = re.compile(r"^(?:at least |more than |about )?(?P<count>\d+|[a-z]+)\b(?! of\b)", re.IGNORECASE)


class Strength(NamedTuple):
    """How firm a statement is, and the words that say so; the span is empty where none does."""

    level: int
    span: Span


def strength_of(text: str, span: Span, without: Span) -> Strength | None:
    """Return how firm the statement in ``span`` is, leaving out the credit ``without``; None if it does not say."""
    for level, pattern in _WORDS:
        for match in _outside(pattern, text, span, without):
            return Strength(level, Span(*match.span()))
    for match in _outside(_HAPPENED, text, span, without):
        return Strength(DONE, Span(*match.span()))
    return None


def hedges_of(text: str, span: Span, without: Span) -> list[Span]:
    """Return the words of a statement that keep it open, those before figures left out."""
    return [Span(*match.span()) for match in _outside(_HEDGE, text, span, without)]


def figures_of(text: str, span: Span, without: Span) -> dict[str, tuple[bool, Span]]:
    """Return the figures of a statement by their digits, whether each is hedged, and where it stands."""
    return {
        _plain_figure(match["figure"]): (match["hedge"] is not None, Span(*match.span()))
        for match in _outside(_FIGURE, text, span, without)
    }


def is_confirming(cue: str) -> bool:
    """Tell whether a cue claims that something is true, not only that somebody says so."""
    return any(word in _CONFIRMING for word in cue.lower().split())


def count_of_people(phrase: str) -> int | None:
    """Return how many people a phrase means ("five people familiar with the plan"), None where it is open."""
    match = _COUNTED.match(phrase)
    if match is None:
        return None
    word = match["count"].lower()
    return int(word) if word.isdecimal() and len(word) < 5 else _NUMBERS.get(word)


def _plain_figure(figure: str) -> str:
    plain = re.sub(r"[\s,]", "", figure.lower()).rstrip(".").removeprefix("us")
    return re.sub(r"(?:million|m)$", "m", re.sub(r"(?:billion|bn)$", "bn", plain)).replace("percent", "%")


def _outside(pattern: re.Pattern[str], text: str, span: Span, without: Span) -> Iterator[re.Match[str]]:
    for match in pattern.finditer(text, span.start, span.end):
        if not (match.start() < without.end and without.start < match.end()):
            yield match


def changed_words(found: Sequence[Span], text: str) -> str:
    """Return the words at spans, as they are shown beside each other."""
    return ", ".join(text[start:end] for start, end in found)
