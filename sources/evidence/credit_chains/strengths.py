"""How much a sentence claims: whether something is considered, planned, to come or done, and how carefully.

Only words that say so plainly count, and a statement is as strong as its weakest such word: what "plans to
consider" something considers it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

CONSIDERED, PLANNED, COMING, DONE = 1, 2, 3, 4
# A verb stands for all its forms: "weigh" for "weighs", "weighed" and "weighing".
_CONSIDERED_VERBS = "consider weigh explor mull discuss"
_PLANNED_VERBS = "plan plann intend aim want propos expect prepar"
_CONSIDERED = (
    r"(?:is|are|was|were) looking at|look(?:s|ed) at|stud(?:y|ies|ied|ying)|in (?:early |advanced )?talks"
    r"|talking (?:to|with)|thinking (?:of|about)|toying with|may|might|could|possibl[ey]|potential(?:ly)?"
    r"|perhaps|leaning towards?"
)
_PLANNED = (
    r"hop(?:es|ed|ing) to|seek(?:s|ing)?|sought|mean(?:s|t) to|proposals?|likely|set to|due to|would"
    r"|offered to|in principle|ready to|about to|trying to|tries to"
)
_COMING = (
    r"will|shall|won['’]t|(?:is|are) (?:to|going to)|(?:has|have|had) (?:decided|agreed|promised) to"
    r"|decid(?:es|ed) to|agree[sd]? to|bound to"
)


def _forms(stems: str) -> str:
    return "|".join(rf"{stem}(?:e?s|e?d|ing|e)?" for stem in stems.split())


_WORDS = tuple(
    (level, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for level, words in (
        (CONSIDERED, f"{_forms(_CONSIDERED_VERBS)}|{_CONSIDERED}"),
        (PLANNED, f"{_forms(_PLANNED_VERBS)}|{_PLANNED}"),
        (COMING, _COMING),
    )
)
_HAPPENED = re.compile(
    r"\b(?:has|have|had) (?:already |now |just )?(?!to\b|been (?:in|considering|planning)|said|told)"
    r"[a-z]+(?:ed|en|wn|ne|ld|ft|pt|ut|it)\b"
    r"|\b(?:moved|left|quit|sold|bought|signed|closed|opened|dropped|ended|cancelled|canceled|launched|approved"
    r"|fired|hired|resigned|began|finished|completed|banned|withdrew|pulled|cut|raised|won|lost|took|went|gave"
    r"|became|made|moves|leaves|quits|sells|buys|signs|closes|drops|ends|cancels|launches|approves|withdraws|cuts"
    r"|raises)\b"
)
_HEDGE = re.compile(
    r"\b(?:reportedly|allegedly|apparently|supposedly|probably|possibly|perhaps|presumably|said to be"
    r"|(?:is|are) (?:believed|thought) to|appears? to|seems? to|not final|preliminary|tentative(?:ly)?)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?:\b(?P<hedge>about|around|roughly|approximately|nearly|almost|up to|as much as|as many as"
    r"|at most|at least|more than|over|some|an estimated|close to|fewer than|less than)\s+)?"
    r"(?P<figure>(?:US|A|C)?[$€£¥]?\d[\d.,]*(?:\s?(?:thousand|million|billion|trillion|percent|%|m|bn))?)",
    re.IGNORECASE,
)
_CONFIRMING = frozenset(
    ("confirmed", "confirms", "announced", "announces", "admitted", "admits", "acknowledged", "acknowledges")
)
_NUMBERS = {"a": 1, "an": 1, "dozens": 24, "hundreds": 200} | {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_COUNTED = re.compile(r"^(?:at least |more than |about )?(?P<count>\d+|[a-z]+)\b(?! of\b)", re.IGNORECASE)


class Strength(NamedTuple):
    """How firm a statement is, and the words that say so; the span is empty where none does."""

    level: int
    span: Span


def strength_of(text: str, span: Span, without: Span) -> Strength | None:
    """Return how firm a statement is, its credit ``without`` left out; None where it does not say."""
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
