"""Subtitles, SRT and WebVTT: what is said as running text, with the time of each cue as a place in it."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import EmptyInput, Malformed
from sources.formats.article import SINGLE
from sources.formats.parsing import one_line
from sources.model import Locator, LocatorKind, ParsedFile, ParsedSource
from sources.text.cleaning import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "subtitles"
SUFFIXES = frozenset({".srt", ".vtt"})
_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}[^\n]*")
_SRT = re.compile(rf"\s*(?:\d+[ \t]*\n)?{_TIMES.pattern}\n")
_VTT = re.compile(r"\s*WEBVTT(?:[ \t][^\n]*)?(?:\n|$)")
_BLOCK = re.compile(r"\n[ \t]*\n")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^<>\n]{1,100})>")
_MARKS = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<\d[\d:.]{1,20}>|\{\\[^{}\n]{0,100}\}")
_STOP = re.compile(r"[.!?…][\"”’)\]]*$")
_DASH = re.compile(r"[-–—‐][ \t]*(?=\S)")
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)[ \t]*$", re.MULTILINE)
_PAUSE = 3.0  # seconds of silence after a sentence, and a paragraph begins
_LONG = 700  # characters of a paragraph that is ended with the next sentence
# What a machine wrote down may have no stops: then pauses have to do, and cues end what became too long.
_CHARACTERS_A_STOP = 400
_SHORT_PAUSE = 1.0  # seconds
_LONG_WITHOUT_STOPS = 300  # characters
_ROLLING = 0.3  # of the cues, from which on that they go on below the line before is how they are shown


class _Cue(NamedTuple):
    start: float  # seconds
    end: float
    lines: tuple[str, ...]
    voice: str | None


def matches(text: str, path: Path | None) -> bool:  # noqa: ARG001 - every format is asked the same way
    """Tell WebVTT by its first line, and SRT by a number and two times."""
    return _VTT.match(text[:2000]) is not None or _SRT.match(text[:2000]) is not None


def parse(text: str, path: Path | None) -> ParsedFile:
    """Read subtitles; raises Malformed where there is no cue, and EmptyInput where nobody says anything."""
    cues = list(_cues(text))
    if not cues:
        raise Malformed("has no cue with two times as subtitles have", path=path)
    said, locators = _running_text(_without_repeats(cues))
    if not said:
        raise EmptyInput("has subtitles without words", path=path)
    head = text.lstrip().partition("\n\n")[0] if _VTT.match(text) else ""
    title = one_line(head.partition("\n")[0].removeprefix("WEBVTT").strip(" \t-"), "title")
    language = _LANGUAGE.search(head)
    parsed = ParsedSource(
        text=said,
        key=SINGLE,
        title=title,
        language=language[1] if language else None,
        locators=tuple(locators),
    )
    return ParsedFile(NAME, (parsed,), title=title)


def _cues(text: str) -> Iterator[_Cue]:
    for block in _BLOCK.split(text):
        lines = block.strip("\n").split("\n")
        at = next((at for at, line in enumerate(lines[:2]) if _TIMES.fullmatch(line)), None)
        if at is None:
            continue
        times = _TIMES.fullmatch(lines[at])
        if times is not None:
            written = "\n".join(lines[at + 1 :])
            voice = _VOICE.search(written)
            shown = (clean_text(unescape(_MARKS.sub("", line))) for line in written.split("\n"))
            told = tuple(said for line in shown if (said := " ".join(line.split())))
            yield _Cue(
                _seconds(times.groups()[:4]),
                _seconds(times.groups()[4:]),
                told,
                one_line(voice[1], "speaker") if voice else None,
            )


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{rest}")


def _without_repeats(cues: list[_Cue]) -> list[_Cue]:
    """Leave out what a cue shows again of the one before, where lines roll up the screen in this file."""
    repeated = [0]
    for before, cue in pairwise(cues):
        most = min(len(before.lines), len(cue.lines))
        same = (count for count in range(most, 0, -1) if before.lines[-count:] == cue.lines[:count])
        repeated.append(next(same, 0))
    rolling = sum(0 < count < len(cue.lines) for cue, count in zip(cues, repeated, strict=True))
    if rolling < _ROLLING * len(cues):
        return cues
    return [cue._replace(lines=cue.lines[count:]) for cue, count in zip(cues, repeated, strict=True)]


def _running_text(cues: list[_Cue]) -> tuple[str, list[Locator]]:
    """Return what is said in paragraphs, and where in it each cue begins."""
    words = " ".join(line for cue in cues for line in cue.lines)
    stops = len(re.findall(r"[.!?…]", words)) * _CHARACTERS_A_STOP >= len(words)
    text, paragraph, locators = "", 0, []
    before: _Cue | None = None
    voice: str | None = None
    for cue in cues:
        for place, line in enumerate(cue.lines):
            dash = _DASH.match(line)
            said = line[dash.end() :] if dash else line
            turns = dash is not None or (place == 0 and cue.voice is not None and cue.voice != voice)
            pause = cue.start - before.end if before is not None and place == 0 else 0.0
            if text and (turns or _ends(text[paragraph:], pause, stops=stops)):
                text += "\n\n"
                paragraph = len(text)
            elif text:
                text += " "
            if place == 0:
                locators.append(Locator(len(text), LocatorKind.TIME, _clock(cue.start)))
                if cue.voice is not None and cue.voice != voice:
                    text += f"{cue.voice}: "
                voice = cue.voice
            text += said
        if cue.lines:
            before = cue
    return text, locators


def _ends(paragraph: str, pause: float, *, stops: bool) -> bool:
    """Tell whether a paragraph ends before what comes after ``pause`` seconds."""
    if stops:
        return _STOP.search(paragraph) is not None and (pause >= _PAUSE or len(paragraph) >= _LONG)
    return pause >= _SHORT_PAUSE or len(paragraph) >= _LONG_WITHOUT_STOPS


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
