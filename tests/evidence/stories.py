"""Sources for the tests of names, figures and quotes, made from plain strings or from labelled files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities.finder import find_entities
from sources.evidence.quotes import find_quotes
from sources.model import Origin, Ref, Source, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.evidence.entities import Entity

DATA = Path(__file__).parent / "data"
_LABEL = re.compile(r"\[\[([^|\]]+)\|([a-z]+)(?:\|([^\]]+))?\]\]")


class Labelled(NamedTuple):
    text: str
    spans: dict[tuple[int, int], tuple[str, str | None]]  # where -> kind, whole name where it was given


def source(
    text: str, number: int | None = 1, *, zones: tuple[Zone, ...] = (), language: str | None = None
) -> Source:
    origin = Origin(None, "", "text")
    return Source(Ref("story", number), None, None, None, None, None, language, text, zones, origin)


def labelled(name: str) -> Labelled:
    raw = (DATA / name).read_text(encoding="utf-8").partition("\n")[2]
    text, spans, last = "", {}, 0
    for match in _LABEL.finditer(raw):
        text += raw[last : match.start()]
        spans[len(text), len(text) + len(match[1])] = (match[2], match[3])
        text += match[1]
        last = match.end()
    return Labelled(text + raw[last:], spans)


def named(entities: Iterable[Entity]) -> dict[str, Entity]:
    return {entity.name: entity for entity in entities}


def kinds(*texts: str) -> dict[str, str]:
    found = find_entities([source(text, number) for number, text in enumerate(texts, 1)])
    return {entity.name: entity.kind.value for entity in found}


def quotes(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return the words, the speaker and the cue of each quote in ``text``."""
    return [(quote.text, quote.speaker, quote.cue) for quote in find_quotes(source(text))]
