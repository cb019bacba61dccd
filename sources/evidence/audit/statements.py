"""Parts a sentence into its statements: the clauses that can be borne out or not each by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.audit.lexicon import listed
from sources.model import Span

if TYPE_CHECKING:
    from sources.evidence.audit.reading import Sentence

_FINITE = "vyx"
_RELATIVES = frozenset(["which", "who", "whose"])
_JOINTS = frozenset(["and", "but", "or", "yet", "nor"])
_FEWEST = 2  # words that say something, names and figures included, in a statement


def statements_of(sentence: Sentence) -> tuple[Span, ...]:
    """Return the spans of a sentence's statements, in order; a sentence that cannot be parted is one."""
    if sentence.is_run_on:
        return (sentence.span,)
    clause = sentence.clause
    kinds, row = clause.kinds, clause.words
    quoted = [Span(one.start, one.end) for one in sentence.quotes]
    cuts = [0]
    for at in range(1, len(row)):
        word = row[at]
        if any(one.start < word.start < one.end for one in quoted):
            continue
        if (
            _begins_statement(kinds, [each.text.lower() for each in row[at : at + 2]], at)
            and at - cuts[-1] > 1
        ):
            cuts.append(at)
    spans: list[Span] = []
    for first, last in zip(cuts, [*cuts[1:], len(row)], strict=True):
        span = _trimmed(row[first].start, row[last - 1].end, sentence.text)
        whole = any(kind in _FINITE + "i" for kind in kinds[first:last])
        if spans and (not whole or _weight(sentence, span) < _FEWEST):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    if len(spans) > 1 and (_weight(sentence, spans[0]) < _FEWEST or not _has_verb(kinds, row, spans[0])):
        spans[:2] = [Span(spans[0].start, spans[1].end)]
    return tuple(spans) or (sentence.span,)


def _has_verb(kinds: str, row: tuple[object, ...], span: Span) -> bool:
    return any(
        kind in _FINITE + "i" and span.start <= word.start < span.end  # type: ignore[attr-defined]
        for word, kind in zip(row, kinds, strict=True)
    )


def _begins_statement(kinds: str, words: list[str], at: int) -> bool:
    """Tell whether a statement begins at a word: behind a mark, at a joint or an opener, before a verb."""
    ahead = kinds[at + 1 :].split(",", maxsplit=1)[0]
    has_verb_ahead = any(kind in _FINITE for kind in ahead)
    has_verb_before = any(kind in _FINITE for kind in kinds[:at])
    word = words[0]
    behind_comma = kinds[at - 1] == ","
    if kinds[at - 1] in ";:-" and kinds[at - 1] != ":":
        return has_verb_before and has_verb_ahead
    if word in listed("openers") and (
        word not in ("as", "since", "until", "before", "after") or has_verb_ahead
    ):
        return has_verb_before and has_verb_ahead
    if word in _RELATIVES and behind_comma:
        return has_verb_ahead
    if kinds[at] == "i" and behind_comma:
        return has_verb_before
    if word in _JOINTS and has_verb_before:
        nearest = ahead.lstrip("at")
        return (
            nearest[:1] in ("v", "y", "x") or (behind_comma and has_verb_ahead) or _subject_and_verb(nearest)
        )
    return False


def _subject_and_verb(kinds: str) -> bool:
    """Tell whether a clause with a subject of its own follows: a pronoun or a name, then a verb."""
    body = kinds.lstrip("d")
    if body[:1] == "p":
        return body[1:].lstrip("a")[:1] in ("v", "y", "x")
    name = body.lstrip("NPOLEw")
    return len(name) < len(body) and name.lstrip("a")[:1] in ("v", "y", "x") and body[:1] in "NPOLE"


def _weight(sentence: Sentence, span: Span) -> int:
    places = (
        *(term.span.start for term in sentence.terms),
        *(name.span.start for name in sentence.names),
        *(figure.start for figure in sentence.figures),
    )
    return sum(1 for place in places if span.start <= place < span.end)


def _trimmed(start: int, end: int, text: str) -> Span:
    while start < end and text[start] in " ,;:-–—\n":
        start += 1
    while end > start and text[end - 1] in " ,;:-–—\n":
        end -= 1
    return Span(start, end)
