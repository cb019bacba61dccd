"""The quotes of a statement that are not to the word in its source, or are somebody else's."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sources.evidence.audit import Difference
from sources.evidence.audit.lexicon import listed
from sources.evidence.audit.reading import words_of
from sources.evidence.speaker_nouns import human_nouns
from sources.model import Span
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.audit.held import Details, Held
    from sources.evidence.audit.reading import ReadText
    from sources.evidence.entities import Entity
    from sources.evidence.quotes import Quote

_LIKE_QUOTE = 0.55  # share of words from which other words in marks are the same quote, changed
_FEW_WORDS = 2  # in marks, which may be a word in another's mouth


def compare_quotes(held: Held, found: Details) -> None:
    """Find the quotes that the source has not, or has in other words."""
    for quote in held.sentence.quotes:
        said = Span(*quote.words(held.sentence.text))
        if not held.has(said.start) and not held.has(quote.start):
            continue
        words = words_of(quote.text)
        if not words or f" {' '.join(words)} " in held.text.plain_words:
            continue
        place, share = _nearest(words, held.text)
        if place is None or share < _LIKE_QUOTE:
            if len(words) > _FEW_WORDS or not any(word in held.text.plain_words for word in words):
                found.missing.append(said)
        elif len(words) > 1:
            found.differs.append(Difference("quote", said, place))


def _nearest(words: Sequence[str], text: ReadText) -> tuple[Span | None, float]:
    """Return the words in quotation marks of a source, or the sentence, that are most like some words."""
    best: tuple[Span | None, float] = (None, 0.0)
    wanted = set(words)
    for sentence in text.sentences:
        if len(wanted & {token.norm for token in sentence.tokens}) < _LIKE_QUOTE * len(wanted) * 0.8:
            continue
        tokens = sentence.tokens
        forms = [words_of(sentence.text[token.start : token.end]) for token in tokens]
        flat = [(form, token) for row, token in zip(forms, tokens, strict=True) for form in row]
        matcher = SequenceMatcher(None, list(words), [form for form, _ in flat], autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks:
            continue
        kept = sum(block.size for block in blocks)
        first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
        share = kept / max(len(words), last - first)
        if share > best[1]:
            best = (Span(flat[first][1].start, flat[last - 1][1].end), share)
    return best


def other_speakers(held: Held) -> Iterator[Difference]:
    """Compare who is said to say a statement with who says it in the passage."""
    names = {name.entity.name: name.entity for one in held.text.sentences for name in one.names}
    by_name = names | {name.entity.name: name.entity for name in held.sentence.names}
    for quote in held.sentence.quotes:
        if not held.has(quote.start) or quote.speaker is None or quote.credit is None:
            continue
        mine = by_name.get(quote.speaker) or held.sentence.entity_at(quote.credit)
        theirs = _quoted_by(held.text, quote)
        if mine is None or theirs is None:
            continue
        if theirs.speaker is None or theirs.credit is None:
            continue
        other = names.get(theirs.speaker)
        if other is None and _is_somebody_else(held, theirs, mine):
            yield Difference("speaker", quote.credit, theirs.credit)
            continue
        if other is not None and other.kind is mine.kind and not speaks_for(mine, other):
            yield Difference("speaker", quote.credit, theirs.credit)


def _is_somebody_else(held: Held, quote: Quote, mine: Entity) -> bool:
    """Tell whether a speaker who has no name in a source is not who has one: "the boy's father".

    The source names the other one, but not in the sentence that describes the speaker, nor by such words.
    """
    if mine.id not in held.text.named or quote.speaker is None:
        return False
    described = [one for one in held.text.sentences if quote.speaker in one.span.of(one.text)]
    if not described or not set(words_of(quote.speaker)) & human_nouns():
        return False
    words = set(words_of(quote.speaker)) - STOP_WORDS
    named = [one for one in held.text.sentences if any(name.entity.id == mine.id for name in one.names)]
    return not any(one in named for one in described) and not any(
        words & {token.norm for token in one.tokens} for one in named
    )


def _quoted_by(text: ReadText, quote: Quote) -> Quote | None:
    """Return the quote of a source that has the words of a quote, or most of them."""
    wanted = words_of(quote.text)
    best: tuple[float, Quote | None] = (_LIKE_QUOTE, None)
    for other in {each.start: each for one in text.sentences for each in one.quotes}.values():
        here = f" {' '.join(words_of(other.text))} "
        share = 1.0 if f" {' '.join(wanted)} " in here else _kept(wanted, here.split())
        if share > best[0]:
            best = (share, other)
    return best[1]


def _kept(words: Sequence[str], others: Sequence[str]) -> float:
    matcher = SequenceMatcher(None, list(words), list(others), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(len(words), 1)


def speaks_for(one: Entity, other: Entity) -> bool:
    """Tell whether two speakers are one, or one speaks for the other, as far as their names tell."""
    if one.id == other.id:
        return True
    words, others = set(words_of(one.name)), set(words_of(other.name))
    return bool((words & others) - listed("bodies") - STOP_WORDS)
