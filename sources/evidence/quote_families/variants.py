"""Writes up one utterance: its text, its speaker, and its variants with what each alters or leaves out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.quote_families import QuoteVariant, VariantKind
from sources.evidence.quote_families.speakers import Speaker, are_different_speakers, is_definite_description
from sources.evidence.quote_families.wordings import match_words
from sources.model import Span
from sources.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sources.evidence.quote_families.wordings import QuotedSentence, StoryQuote
    from sources.text.tokens import Token

_JOINING = frozenset(("and", "but", "or"))
_WHOLE = 0.8  # of the words of the fullest wording, from which a variant is whole


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is one utterance: for each of its sentences the units, and the wording that leads them.

    ``merged`` are units that join it with something else, with the words that are of it.
    """

    parts: list[list[QuotedSentence]]
    leaders: list[tuple[str, ...]]
    merged: list[tuple[QuotedSentence, tuple[int, int]]]


def variants_of(
    group: Utterance, said: Sequence[StoryQuote], texts: Sequence[str], copied: Collection[object]
) -> tuple[str, str | None, tuple[QuoteVariant, ...]]:
    """Return the text of an utterance, its speaker, and its variants in the order of the quotes."""
    by_quote: dict[int, list[QuotedSentence]] = {}
    full: dict[int, bool] = {}
    for units, leader in zip(group.parts, group.leaders, strict=True):
        long = [unit for unit in units if len(unit.tokens) >= _WHOLE * len(leader)]
        begun = any(not texts[unit.said][unit.start].islower() for unit in long)
        for unit in units:
            by_quote.setdefault(unit.said, []).append(unit)
            begins = not texts[unit.said][unit.start].islower() or unit.tokens[0].norm == leader[0]
            whole = begun and begins and len(unit.tokens) >= _WHOLE * len(leader)
            full[unit.said] = full.get(unit.said, True) and whole
    for quote, held in by_quote.items():
        full[quote] = full[quote] and len({unit.wording for unit in held}) >= len(group.parts)
    chosen = _chosen(by_quote, full, said, copied)
    start, end = min(u.start for u in by_quote[chosen]), max(u.end for u in by_quote[chosen])
    text = _as_sentence(texts[chosen], start, _closed(texts[chosen], end, said[chosen].end))
    by_quote = dict(sorted(by_quote.items()))
    speaker = _speaker(by_quote, full, said, copied)
    words = tokenize(text)
    found: dict[int, QuoteVariant] = {}
    for quote, held in by_quote.items():
        kind = VariantKind.FULL if full[quote] else VariantKind.FRAGMENT
        tokens = [token for unit in sorted(held) for token in unit.tokens]
        found[quote] = _variant(said[quote], texts[quote], tokens, kind, words, speaker, copied)
    for unit, (first, last) in group.merged:
        tokens = list(unit.tokens[first:last])
        while len(tokens) > 1 and tokens[-1].norm in _JOINING:
            tokens.pop()
        found.setdefault(
            unit.said,
            _variant(said[unit.said], texts[unit.said], tokens, VariantKind.MERGED, words, speaker, copied),
        )
    by_place = tuple(found[quote] for quote in sorted(found))
    return text, speaker.name, by_place


def _chosen(
    by_quote: dict[int, list[QuotedSentence]],
    full: dict[int, bool],
    said: Sequence[StoryQuote],
    copied: Collection[object],
) -> int:
    """Return the quote whose wording stands for all: whole, in most sources, first."""
    wordings: Counter[tuple[int, ...]] = Counter()
    for quote, held in by_quote.items():
        wordings[tuple(sorted(unit.wording for unit in held))] += said[quote].ref not in copied
    return max(
        by_quote,
        key=lambda quote: (
            full[quote],
            wordings[tuple(sorted(unit.wording for unit in by_quote[quote]))],
            len(by_quote[quote]),
            -quote,
        ),
    )


def _closed(text: str, end: int, limit: int) -> int:
    """Return the end of a sentence with the punctuation that closes it."""
    while end < limit and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return end


def _as_sentence(text: str, start: int, end: int) -> str:
    said = text[start:end]
    if said.endswith((",", ";")):
        return said[:-1] + ("." if not said[:1].islower() else "")
    return said


def _speaker(
    by_quote: dict[int, list[QuotedSentence]],
    full: dict[int, bool],
    said: Sequence[StoryQuote],
    copied: Collection[object],
) -> Speaker:
    """Return whom most variants give an utterance to."""
    keys: Counter[str] = Counter()
    names: dict[str | None, Counter[str]] = {}
    for quote in by_quote:
        speaker = said[quote].speaker
        if speaker.name is not None:
            weight = (2 if full[quote] else 1) * (1 if said[quote].ref in copied else 2)
            names.setdefault(speaker.key, Counter())[speaker.name] += weight
            if speaker.key is not None:
                keys[speaker.key] += weight
    key = keys.most_common(1)[0][0] if keys else None
    is_body = any(said[quote].speaker == (said[quote].speaker.name, key, True) for quote in by_quote)
    return Speaker(names[key].most_common(1)[0][0] if key in names else None, key, is_body)


def _variant(
    said: StoryQuote,
    text: str,
    tokens: Sequence[Token],
    kind: VariantKind,
    words: Sequence[Token],
    speaker: Speaker,
    copied: Collection[object],
) -> QuoteVariant:
    named = said.speaker
    if named.key is None and named.name is not None and is_definite_description(named.name):
        named = speaker if speaker.key is not None else named
    altered, left_out = _differences(tokens, words, kind)
    return QuoteVariant(
        said.ref,
        said.start,
        said.end,
        text[said.start : said.end],
        named.name,
        said.quote.cue,
        kind,
        Span(tokens[0].start, tokens[-1].end),
        altered,
        left_out,
        shift=are_different_speakers(named, speaker),
        copied=said.ref in copied,
        credit=said.quote.credit,
        named=said.quote.speaker,
    )


def _differences(
    tokens: Sequence[Token], words: Sequence[Token], kind: VariantKind
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the spans of a variant that the family's text has not, and those that it leaves out of it."""
    if kind is VariantKind.MERGED:
        return (), ()
    match = match_words([token.norm for token in tokens], [word.norm for word in words])
    mine = {place for run in match.runs for place in range(run.a_start, run.a_start + run.length)}
    theirs = {place for run in match.runs for place in range(run.b_start, run.b_start + run.length)}
    first, last = (min(theirs), max(theirs)) if theirs else (0, -1)
    inside = range(len(words)) if kind is VariantKind.FULL else range(first, last + 1)
    return (
        _spans(tokens, [place for place in range(len(tokens)) if place not in mine]),
        _spans(words, [place for place in inside if place not in theirs]),
    )


def _spans(tokens: Sequence[Token], places: Sequence[int]) -> tuple[Span, ...]:
    """Return neighbouring tokens as one span each."""
    spans: list[Span] = []
    before = -2
    for place in places:
        if place == before + 1:
            spans[-1] = Span(spans[-1].start, tokens[place].end)
        else:
            spans.append(Span(tokens[place].start, tokens[place].end))
        before = place
    return tuple(spans)
