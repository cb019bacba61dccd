"""Quote families: what was said once and is quoted in several places, whole, in part, merged or altered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.model import Ref, Span

__all__ = ["QuoteFamily", "QuoteVariant", "VariantKind"]


class VariantKind(StrEnum):
    """How much of what was said a variant has.

    ``full`` has all that any source quotes, ``fragment`` a part of it, ``merged`` joins parts of several
    utterances into one sentence that nobody else quotes so.
    """

    FULL = "full"
    FRAGMENT = "fragment"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class QuoteVariant:
    """One place where an utterance is quoted: ``text`` stands at ``start`` to ``end``, inside the marks.

    ``part`` is the span of it that belongs to the family, since a quote may go on with something else.
    ``altered`` are the spans within the part whose words the family's text has not, ``left_out`` the spans of
    the family's text that the variant leaves out between words that it has. ``shift`` tells that it is given
    to another speaker than most others give it to, and ``copied`` that an earlier source of the story is the
    same text.
    ``speaker`` is the full name, by the other variants where the source names only an office ("the chief
    executive"); ``named`` is what the source gives, and ``credit`` where that stands.
    """

    ref: Ref
    start: int
    end: int
    text: str
    speaker: str | None
    cue: str | None
    kind: VariantKind
    part: Span
    altered: tuple[Span, ...] = ()
    left_out: tuple[Span, ...] = ()
    shift: bool = False
    copied: bool = False
    credit: Span | None = None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteFamily:
    """An utterance: its fullest and most usual ``text``, who said it, and where it is quoted, in order.

    ``speaker`` is the name or role that most variants give, None where none does. ``id`` is unique within a
    story as long as its texts stay as they are.
    """

    id: str
    text: str
    speaker: str | None
    variants: tuple[QuoteVariant, ...]
