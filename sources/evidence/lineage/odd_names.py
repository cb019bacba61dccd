"""Odd names of rewritten texts: what nobody else calls so, and what is usually said instead.

A text that was reworded calls by other words what its kin names in the matching sentence ("Sable Level" for
"Sable Point"), or what everybody names alike ("International Financial Discussion board" for "World Economic
Forum"); the second is proof by itself that a text was reworded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.lineage import NameMismatch, SourcePlace
from sources.evidence.lineage.text_reuse import body_spans
from sources.evidence.word_lists import names, sections
from sources.model import Span, ZoneKind
from sources.text.folding import fold
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.alignment import AlignedRow
    from sources.model import Ref, Source

_LONGEST = 5  # words of a name
_CHANGED = 2  # of them
_DISTINCTIVE_WORDS = 3  # words, of which two are the same: such names need no sentence that says the same


class _Name(NamedTuple):
    start: int
    end: int
    words: tuple[str, ...]


class StoryNames:
    """The names of a story's texts, to see who else uses one."""

    def __init__(self, sources: Sequence[Source]) -> None:
        words = {
            source.ref: [token for span in body_spans(source) for token in tokenize(source.text, span)]
            for source in sources
        }
        self._folded = {
            source.ref: f" {' '.join(token.norm for token in words[source.ref])} " for source in sources
        }
        # The words that stand with a capital anywhere in a text.
        self._raised = {
            source.ref: {token.norm for token in words[source.ref] if source.text[token.start].isupper()}
            for source in sources
        }
        self._runs: dict[tuple[Ref, Span], tuple[_Name, ...]] = {}  # a sentence is in many pairs of texts

    def mismatches(
        self, rewritten: Source, related: Source, rows: Sequence[AlignedRow]
    ) -> tuple[NameMismatch, ...]:
        """Return the odd names of ``rewritten``; ``rows`` lay it, as ``a``, beside ``related``."""
        found: dict[tuple[str, ...], NameMismatch] = {}
        long_names = [
            name
            for span in body_spans(related)
            for name in self._names_in(related, span)
            if len(name.words) >= _DISTINCTIVE_WORDS
        ]
        for span, counterparts in (
            *((row.a, self._names_in(related, row.b)) for row in rows),
            *((span, long_names) for span in body_spans(rewritten)),
        ):
            for name in self._names_in(rewritten, span):
                if name.words in found:
                    continue
                other = next(
                    (other for other in counterparts if self._is_mismatch(rewritten, related, name, other)),
                    None,
                )
                if other is not None:
                    there = _place(related, other)
                    found[name.words] = NameMismatch(_place(rewritten, name), there, there.text)
        return tuple(sorted(found.values(), key=lambda one: one.place.start))

    def _names_in(self, source: Source, span: Span) -> tuple[_Name, ...]:
        found = self._runs.get((source.ref, span))
        if found is None:
            found = self._runs[source.ref, span] = tuple(_capitalised_runs(source.text, span))
        return found

    def _is_mismatch(self, rewritten: Source, related: Source, name: _Name, other: _Name) -> bool:
        if len(name.words) != len(other.words):
            return False
        changed = [
            (mine, theirs) for mine, theirs in zip(name.words, other.words, strict=True) if mine != theirs
        ]
        if not 0 < len(changed) <= min(_CHANGED, (len(name.words) + 1) // 2):
            return False
        if any(stem(mine) == stem(theirs) for mine, theirs in changed):
            return False
        if any(
            mine in self._raised[related.ref] or theirs in self._raised[rewritten.ref]
            for mine, theirs in changed
        ):
            return False
        return not self._count_users(name.words, rewritten) and self._is_likelier(
            other.words, rewritten, related
        )

    def _count_users(self, words: tuple[str, ...], without: Source) -> int:
        """Count the other texts that use a name."""
        phrase = f" {' '.join(words)} "
        return sum(phrase in folded for ref, folded in self._folded.items() if ref != without.ref)

    def _is_likelier(self, words: tuple[str, ...], rewritten: Source, related: Source) -> bool:
        """Tell whether the kin's wording is the one to believe: others use it too, or the kin came first."""
        if self._count_users(words, related):
            return True
        if rewritten.date and related.date and rewritten.date[:10] != related.date[:10]:
            return related.date < rewritten.date
        return (related.ref.number or 0) < (rewritten.ref.number or 0)


def _place(source: Source, name: _Name) -> SourcePlace:
    return SourcePlace(source.ref, name.start, name.end, source.text[name.start : name.end])


def _capitalised_runs(text: str, span: Span) -> Iterator[_Name]:
    """Yield the runs of at least two words with capitals."""
    run: list[tuple[int, int, str]] = []
    for token in [*tokenize(text, span), None]:
        if token is not None and text[token.start].isupper() and fold(token.norm) not in STOP_WORDS:
            possessive = text[token.end - 2 : token.end] in ("'s", "’s")
            end = token.end - 2 if possessive else token.end
            follows = bool(run) and text[run[-1][1] : token.start] in (" ", " & ")
            if run and not follows:
                yield from _whole(run)
                run = []
            run.append((token.start, end, token.norm))
            if not possessive:
                continue
        yield from _whole(run)
        run = []


def _whole(run: list[tuple[int, int, str]]) -> Iterator[_Name]:
    if 2 <= len(run) <= _LONGEST:
        yield _Name(run[0][0], run[-1][1], tuple(norm for _, _, norm in run))


_LEAST_REPLACED = 2  # words of a usual name,
_HALF = 0.5  # and this share of them


def reworded_usual_names(source: Source) -> tuple[NameMismatch, ...]:
    """Return the names of a source, in captions too, that are a usual name with other words in it."""
    text = source.text
    first, patterns = _usual_names()
    captions = [Span(zone.start, zone.end) for zone in source.zones if zone.kind is ZoneKind.CAPTION]
    found: dict[int, NameMismatch] = {}
    for span in (*captions, *body_spans(source)):
        for begun in first.finditer(text, *span):
            for pattern, usual in patterns[begun[0].casefold()]:
                match = pattern.match(text, begun.start(), span.end)
                if match is None:
                    continue
                given = match.groupdict()
                other = sum(word is not None for name, word in given.items() if name[0] == "o")
                if other >= max(_LEAST_REPLACED, _HALF * len(usual.split())):
                    place = SourcePlace(source.ref, *match.span(), match[0])
                    found[match.start()] = NameMismatch(place, None, usual)
    return tuple(found[start] for start in sorted(found))


_Pattern = tuple[re.Pattern[str], str]


@cache
def _usual_names() -> tuple[re.Pattern[str], dict[str, list[_Pattern]]]:
    """Return what a usual name, or what becomes of it, may begin with, and by that the patterns of both.

    In a pattern a group ``k`` is a word that is kept, and a group ``o`` another one in its place.
    """
    rows = [
        [one.strip() for one in row.split(";")]
        for row in sections("usual-names.txt")["alternatives"].splitlines()
    ]
    others: dict[str, list[str]] = defaultdict(list)
    for word, *alternatives in rows:
        others[word] += alternatives
    patterns: dict[str, list[_Pattern]] = defaultdict(list)
    for usual in sorted(names("usual-names.txt", "names")):
        words = usual.split()
        parts = []
        for number, word in enumerate(words):
            given = others[word.lower()]
            other = f"|(?P<o{number}>{'|'.join(given)})" if given else ""
            parts.append(rf"(?:(?P<k{number}>{word}){other})")
        pattern = re.compile(rf"{' '.join(parts)}\b", re.IGNORECASE)
        for begins in {words[0].casefold(), *(one.split()[0] for one in others[words[0].lower()])}:
            patterns[begins].append((pattern, usual))
    first = "|".join(begins.capitalize() for begins in sorted(patterns, key=len, reverse=True))
    return re.compile(rf"\b(?:{first})\b"), patterns
