"""Finds odd names in a rewritten text: what related texts call otherwise in the matching sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.lineage.model import NameMismatch, Place
from sources.evidence.lineage.sharing import told_spans
from sources.text.folding import fold
from sources.text.stemming import stem
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.alignment import AlignedRow
    from sources.model import Source, Span

_LONGEST = 5  # words of a name
_CHANGED = 2  # of them
_TELLING = 3  # words, of which two are the same: such names need no sentence that says the same


class _Name(NamedTuple):
    start: int
    end: int
    words: tuple[str, ...]


class StoryNames:
    """The names of a story's texts, to see who else uses one."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._folded = {
            source.ref: " ".join(
                token.norm for span in told_spans(source) for token in tokenize(source.text, span)
            )
            for source in sources
        }
        self._raised = {source.ref: _raised_words(source) for source in sources}

    def suspicions(self, spun: Source, kin: Source, rows: Sequence[AlignedRow]) -> tuple[NameMismatch, ...]:
        """Return the odd names of ``spun``; ``rows`` lay it, as ``a``, beside ``kin``."""
        found: dict[tuple[str, ...], NameMismatch] = {}
        everywhere = [name for span in told_spans(kin) for name in _names(kin.text, span)]
        for span, there in (
            *((row.a, list(_names(kin.text, row.b))) for row in rows),
            *(
                (span, [name for name in everywhere if len(name.words) >= _TELLING])
                for span in told_spans(spun)
            ),
        ):
            for name in _names(spun.text, span):
                if name.words in found:
                    continue
                other = next((other for other in there if self._is_odd(spun, kin, name, other)), None)
                if other is not None:
                    found[name.words] = NameMismatch(_place(spun, name), _place(kin, other))
        return tuple(sorted(found.values(), key=lambda one: one.place.start))

    def _is_odd(self, spun: Source, kin: Source, name: _Name, other: _Name) -> bool:
        if len(name.words) != len(other.words):
            return False
        changed = [
            (mine, theirs) for mine, theirs in zip(name.words, other.words, strict=True) if mine != theirs
        ]
        if not 0 < len(changed) <= min(_CHANGED, (len(name.words) + 1) // 2):
            return False
        if any(stem(mine) == stem(theirs) for mine, theirs in changed):
            return False
        if any(mine in self._raised[kin.ref] or theirs in self._raised[spun.ref] for mine, theirs in changed):
            return False
        return not self._users(name.words, spun) and self._is_kept(other.words, spun, kin)

    def _users(self, words: tuple[str, ...], without: Source) -> int:
        """Count the other texts that use a name."""
        phrase = f" {' '.join(words)} "
        return sum(phrase in f" {folded} " for ref, folded in self._folded.items() if ref != without.ref)

    def _is_kept(self, words: tuple[str, ...], spun: Source, kin: Source) -> bool:
        """Tell whether the kin's wording is the one to believe: others use it too, or the kin came first."""
        if self._users(words, kin):
            return True
        if spun.date and kin.date and spun.date[:10] != kin.date[:10]:
            return kin.date < spun.date
        return (kin.ref.number or 0) < (spun.ref.number or 0)


def _place(source: Source, name: _Name) -> Place:
    return Place(source.ref, name.start, name.end, source.text[name.start : name.end])


def _raised_words(source: Source) -> frozenset[str]:
    """Return the words that stand with a capital anywhere in a text."""
    return frozenset(
        token.norm
        for span in told_spans(source)
        for token in tokenize(source.text, span)
        if source.text[token.start].isupper()
    )


def _names(text: str, span: Span) -> Iterator[_Name]:
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
