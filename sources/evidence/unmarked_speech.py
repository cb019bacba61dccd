"""Speech without quotation marks: the turns of a transcript, and dialogue that dashes set off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.quotation_marks import Quoted
from sources.evidence.word_lists import plain_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME_WORD = r"(?:[^\W\d_a-zß-öø-ÿ][\w.’'-]*)"
_TURN = re.compile(
    rf"(?P<bold>\*\*|__)?(?P<label>{_NAME_WORD}(?: (?:(?:of|de|van|von|the) )?{_NAME_WORD}){{0,4}})"
    r"(?:(?P=bold):|:(?P=bold)|:)[ \t\u00a0]+(?P<said>\S.*)"
)
_DASHED = re.compile(r"[—–][ \u00a0]?(?=\S)")
_INSERTED = re.compile(r"[,.!?…]?[ \u00a0][—–][ \u00a0]?(?P<verb>[^\W\d_]+)\b[^—–\n]*")
_GOES_ON = re.compile(r"[—–][.,:;]?[ \u00a0]*(?=[^\W_]|[¿¡«])")
_SENTENCE = re.compile(r"[.!?…][\"”’»)*_]*$")
_FUNCTION = words("common-words.txt", "function")
_LEAST_WORDS = 3  # of a turn of a transcript, on average


def unmarked_speech(text: str, start: int, end: int) -> Iterator[Quoted]:
    """Yield the turns of transcripts, and the dialogue in dashes, between ``start`` and ``end``, in order."""
    turns: list[re.Match[str]] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        turn = _TURN.match(text, start, stop) if text.find(":", start, min(stop, start + 80)) > 0 else None
        if turn is not None:
            turns.append(turn)
        elif text[start:stop].strip():
            yield from _transcript(turns)
            turns = []
            if text[start] in "—–":
                yield from _dashed(text, start, stop)
        start = stop + 1
    yield from _transcript(turns)


def _is_heading(label: str) -> bool:
    """Tell whether a label of several words names nobody: "FUTURE FLIGHTS", "MOVE OF THE DAY"."""
    parts = label.lower().split()
    common = all(part in plain_words() for part in parts)
    return len(parts) > 1 and (common or any(part in _FUNCTION for part in parts))


def _transcript(turns: list[re.Match[str]]) -> Iterator[Quoted]:
    """Yield neighbouring lines that begin with a name and a colon, where they are what several say."""
    labels = {turn["label"] for turn in turns}
    if len(turns) < 2 or len(labels) < 2:
        return
    sentences = sum(_SENTENCE.search(turn["said"].rstrip()) is not None for turn in turns)
    words_said = sum(len(turn["said"].split()) for turn in turns)
    if any(_is_heading(label) for label in labels):
        return  # "MOVE OF THE DAY: Moss took the inside." is a list
    named = all(" " in label or label.isupper() or turns[0]["bold"] for label in labels)
    again = len(labels) < len(turns)
    if sentences == len(turns) and words_said >= _LEAST_WORDS * len(turns) and (named or again):
        for turn in turns:
            yield Quoted(
                turn.start("said"), turn.start("said") + len(turn["said"].rstrip()), closed=True, marked=False
            )


def _dashed(text: str, start: int, end: int) -> Iterator[Quoted]:
    """Yield what a line that begins with a dash says, where a verb behind another tells so."""
    opening = _DASHED.match(text, start, end)
    if opening is None:
        return
    inserted = _INSERTED.search(text, opening.end(), end)
    if inserted is None or inserted["verb"].lower() not in words("speech-verbs.txt", "finite"):
        return
    said = text[opening.end() : inserted.start()]
    closing = inserted.start() + (text[inserted.start()] in ",.!?…")
    yield Quoted(opening.end(), closing, closed=True, marked=False)
    goes_on = _GOES_ON.match(text, inserted.end(), end)
    if said and goes_on is not None:
        yield Quoted(
            goes_on.end(), goes_on.end() + len(text[goes_on.end() : end].rstrip()), closed=True, marked=False
        )
