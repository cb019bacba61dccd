"""A sentence held against one source, for the tests, and the labelled pairs of these."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit import UNSURE
from sources.evidence.audit.finder import audit
from sources.evidence.entities.finder import find_entities
from sources.model import Origin, Ref, Source

if TYPE_CHECKING:
    from sources.evidence.audit import Audit, Check

_FILE = Path(__file__).parent.parent / "data" / "audits.txt"


class Labelled(NamedTuple):
    verdict: str
    sentence: str
    source: str
    differs: tuple[tuple[str, ...], ...]  # kind, words of the sentence, words of the source
    missing: tuple[str, ...]


class Found(NamedTuple):
    verdict: str
    differs: tuple[tuple[str, str, str | None], ...]
    missing: tuple[str, ...]
    check: Check

    @property
    def kinds(self) -> set[str]:
        return {kind for kind, _, _ in self.differs if kind != UNSURE}

    @property
    def unsure(self) -> set[str]:
        return {said for kind, said, _ in self.differs if kind == UNSURE}


def labelled_pairs() -> list[Labelled]:
    found = []
    for block in _FILE.read_text(encoding="utf-8").split("\n\n")[1:]:
        verdict, *lines = block.strip().split("\n")
        parts = [line.partition(": ")[::2] for line in lines]
        first = dict(reversed(parts))
        found.append(
            Labelled(
                verdict.strip("[]"),
                first["S"],
                first["T"],
                tuple(tuple(word.strip() for word in text.split(" | ")) for key, text in parts if key == "D"),
                tuple(text for key, text in parts if key == "M"),
            )
        )
    return found


def text(words: str, number: int | None) -> Source:
    origin = Origin(None, str(number), "text")
    return Source(Ref("story", number), None, None, None, None, None, None, words, (), origin)


def audit_of(written: str, *sources: str) -> Audit:
    draft, known = text(written, None), {at: text(words, at) for at, words in enumerate(sources, 1)}
    found = audit(draft, known, find_entities([draft, *known.values()]))
    assert found is not None
    return found


def hold(sentence: str, source: str) -> Found:
    written = f"{sentence} [1]"
    (one,) = audit_of(written, source).sentences
    (check,) = one.checks
    return Found(
        str(check.verdict),
        tuple(
            (each.kind, each.said.of(written), each.source.of(source) if each.source else None)
            for each in check.differs
        ),
        tuple(span.of(written) for span in check.missing),
        check,
    )
