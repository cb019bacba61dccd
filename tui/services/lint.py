"""Lint: what an audit finds in a draft, each at its line and column of the file, with a level."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import Malformed
from sources.evidence.audit import UNSURE
from sources.model import Ref, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sources.library import Library
    from tui.services.audit import Audited, CheckHere, Differing, SentenceHere
    from tui.services.original_places import OriginalPlaces


class Level(IntEnum):
    """How much a finding matters."""

    OFF = 0
    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """Return what the settings, the command and its answers call it."""
        return self.name.lower()


class Kind(NamedTuple):
    """A kind of finding: its level where the settings say none, and what it is."""

    level: Level
    told: str


# A source that says otherwise is an error; one that says less, or nothing, is a warning.
KINDS: Mapping[str, Kind] = {
    "figure": Kind(Level.ERROR, "A cited source has another figure."),
    "unit": Kind(Level.ERROR, "A cited source has the figure in another unit."),
    "date": Kind(Level.ERROR, "A cited source has another day or period."),
    "name": Kind(Level.ERROR, "A cited source names somebody or something else."),
    "role": Kind(Level.ERROR, "A cited source gives somebody another role or office."),
    "speaker": Kind(Level.ERROR, "A cited source has the words of somebody else."),
    "negation": Kind(Level.ERROR, "A cited source says the opposite."),
    "quote": Kind(Level.WARNING, "A quote is not to the word."),
    "hedge": Kind(Level.WARNING, "A cited source is less certain."),
    "strength": Kind(Level.WARNING, "A cited source has a weaker word."),
    "quantifier": Kind(Level.WARNING, "A cited source says it of fewer."),
    "attribution": Kind(Level.WARNING, "In a cited source it is only what somebody says."),
    "unsure": Kind(Level.WARNING, "It is not clear whether a cited source says it of the same."),
    "missing": Kind(Level.WARNING, "A detail is in no cited source."),
    "unsupported": Kind(Level.WARNING, "No source says it."),
    "absent": Kind(Level.WARNING, "A number is cited that no source has."),
    "overruled": Kind(Level.WARNING, "The user found it unsupported, partial or contradicted."),
    "partial": Kind(Level.NOTE, "The sources bear out only a part of it."),
    "uncited": Kind(Level.NOTE, "A statement cites nothing in a text that cites."),
    "ambiguous": Kind(Level.NOTE, "A marker can be read in several ways."),
}
LEVELS = tuple(level.word for level in reversed(Level))  # as the settings and the command name them


CHOOSABLE = LEVELS[:-1]  # from which one on a command says that something is wrong


def level_named(name: str) -> Level:
    """Return the level of that name."""
    return Level[name.upper()]


class Place(NamedTuple):
    """A stretch of a file: lines and columns from 1, in code points; the end is the column behind it."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with a stretch of a draft; ``ref`` and ``at`` are where a source shows it."""

    kind: str
    span: Span
    message: str
    ref: Ref | None = None
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class LintFinding:
    """A finding at its place in the file; ``words`` are those of the source that show it, or empty."""

    place: Place
    level: Level
    kind: str
    message: str
    ref: Ref | None
    at: Span | None
    words: str

    @property
    def start(self) -> int | None:
        """Where in the source it begins."""
        return None if self.at is None else self.at.start

    @property
    def end(self) -> int | None:
        """Where in the source it ends."""
        return None if self.at is None else self.at.end


@dataclass(frozen=True, slots=True)
class Linted:
    """A draft that was held against sources: its findings in the order of the text.

    ``places`` tells where passages are in the originals of the sources.
    """

    path: str
    findings: tuple[LintFinding, ...]
    unjudged: str | None
    places: OriginalPlaces

    def cited(self, one: LintFinding) -> str:
        """Return where in its original a source shows a finding, or nothing."""
        return "" if one.ref is None or one.at is None else self.places.cited((one.ref, *one.at))

    def count(self, level: Level) -> int:
        """Return how many findings are of a level."""
        return sum(1 for one in self.findings if one.level is level)

    @property
    def worst(self) -> Level:
        """The highest level of any finding, OFF where there is none."""
        return max((one.level for one in self.findings), default=Level.OFF)


def lint(
    library: Library,
    path: str,
    written: str,
    against: Sequence[Ref | str],
    *,
    levels: Mapping[str, Level] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Linted | None:
    """Hold a text against sources as `audit_text` does; None when ``cancelled`` became true.

    ``levels`` are those of kinds that the user set; what is off is left out. Raises what `audit_text` raises.
    """
    from tui.services.audit import audit_text
    from tui.services.drafts import is_page

    if is_page(path, written):
        raise Malformed("is HTML, in which no line and column can be told; audit reads it", path=path)
    audited = audit_text(library, path, written, against, origins=False, cancelled=cancelled)
    if audited is None:
        return None
    places = Places(written, audited.text.text)
    levels = {kind: (levels or {}).get(kind, known.level) for kind, known in KINDS.items()}
    findings = [
        LintFinding(
            places.of(one.span),
            levels.get(one.kind, Level.WARNING),
            one.kind,
            one.message,
            one.ref,
            one.at,
            one.at.of(audited.texts[one.ref]) if one.ref is not None and one.at is not None else "",
        )
        for one in sorted(set(found_in(audited)), key=_order)
        if levels.get(one.kind, Level.WARNING)
    ]
    return Linted(path, tuple(findings), audited.unjudged, audited.places)


def worst_of(audited: Audited, levels: Mapping[str, Level]) -> Level:
    """Return the highest level of what is wrong with an audited text, OFF where nothing is."""
    return max((levels.get(one.kind, KINDS[one.kind].level) for one in found_in(audited)), default=Level.OFF)


def _order(one: Found) -> tuple[Span, str, Ref]:
    return (one.span, one.kind, one.ref or Ref("", 0))


# What of an audit is a finding.


def found_in(audited: Audited) -> Iterator[Found]:
    """Yield what is wrong with the sentences of an audited text."""
    if audited.unjudged is None:
        for one in audited.sentences:
            yield from _of_marker(one)
            yield from _of_verdict(one)


def _of_marker(one: SentenceHere) -> Iterator[Found]:
    marker = one.sentence.marker
    if marker is None:
        return
    if one.absent:
        numbers = ", ".join(map(str, one.absent))
        verb = "is" if len(one.absent) == 1 else "are"
        yield Found("absent", marker.span, f"cites {numbers}, which {verb} not there")
    if one.unread:
        ways = " or ".join(",".join(map(str, reading)) for reading in marker.readings)
        taken = ",".join(map(str, marker.chosen))
        yield Found("ambiguous", marker.span, f"{marker.text} may be {ways}; it is read as {taken}")


def _of_verdict(one: SentenceHere) -> Iterator[Found]:
    sentence = one.sentence
    if one.overruled is not None:
        if one.overruled.value != "supported":
            note = f": {one.overruled.note}" if one.overruled.note else ""
            yield Found("overruled", sentence.span, f"you found it {one.overruled.value}{note}")
    elif not claims_something(one.text):
        return
    elif sentence.verdict == "uncited":
        yield Found("uncited", sentence.span, f"cites nothing{_better(one)}")
    elif sentence.verdict == "unsupported":
        yield Found("unsupported", sentence.span, _unsupported(one))
    else:
        for at, statement in enumerate(sentence.statements):
            yield from _of_statement(one, at, statement.span, str(statement.verdict))


_CLOSING = re.compile(r"(?:[\s\"”’'»)\]*_]|\[[^\[\]]*\]|\(\d[\d,; ]*\)|[⁰¹²³⁴⁵⁶⁷⁸⁹]|(?<=[.!?…])\d+)+\Z")
_FEWEST = 4  # words of a sentence that is held to say something


def claims_something(text: str) -> bool:
    """Tell whether a sentence can be borne out: no question, no heading, and more than a word or two."""
    bare = text
    while (shorter := _CLOSING.sub("", bare)) != bare:
        bare = shorter
    return bare.endswith((".", "!", "…", ":", ";")) and len(bare.split()) >= _FEWEST


def _unsupported(one: SentenceHere) -> str:
    refs = [here.check.ref for here in one.checks]
    if not refs:
        return f"no source says it{_better(one)}"
    return f"{_listed(refs)} {'does' if len(refs) == 1 else 'do'} not say it{_better(one)}"


def _better(one: SentenceHere) -> str:
    """Return which source that is not cited says it, if one does."""
    best = next((check.ref for check in one.sentence.best if check.verdict == "supported"), None)
    return "" if best is None else f"; {best} says it"


def _listed(refs: Sequence[Ref]) -> str:
    names = list(map(str, refs))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _of_statement(one: SentenceHere, at: int, span: Span, verdict: str) -> Iterator[Found]:
    """Yield what is wrong with a statement, by what all cited sources together bear out of it."""
    if verdict == "supported":
        return
    if verdict == "unsupported":
        yield Found("unsupported", span, _unsupported(one))
        return
    silent = True
    for here in one.checks:
        told = {(each.said, each.source) for each in here.check.statements[at].differs}
        for each in here.differs:
            if (each.said_span, each.source_span) in told:
                silent = False
                yield Found(
                    each.kind, each.said_span, message_of(here, each), here.check.ref, each.source_span
                )
    partial = [here for here in one.checks if here.check.statements[at].verdict == "partial"]
    if verdict != "partial" or not partial:
        return
    best = max(partial, key=lambda here: here.check.statements[at].support)
    shown = next(iter(best.check.statements[at].evidence), None)
    missing = Counter(place for here in partial for place in here.check.statements[at].missing)
    for place in (place for place, times in missing.items() if times == len(partial)):
        words = one.text[place.start - one.sentence.span.start : place.end - one.sentence.span.start]
        refs = [here.check.ref for here in partial]
        silent = False
        yield Found("missing", place, f"“{_flat(words)}” is not in {_listed(refs)}", best.check.ref, shown)
    if silent:
        yield Found("partial", span, f"{best.check.ref} bears out only a part of it", best.check.ref, shown)


_MESSAGES = {
    "speaker": "{ref} has it from “{source}”, not “{said}”",
    "negation": "{ref} says the opposite: “{source}”, here “{said}”",
    "quote": "{ref} has the words “{source}”, not “{said}”",
    "hedge": "{ref} is less certain: “{source}”",
    "strength": "{ref} only says “{source}”, not “{said}”",
    "attribution": "{ref} only has it as what somebody says: “{source}”",
}


def message_of(here: CheckHere, each: Differing) -> str:
    """Return in one line what a source says otherwise, in its words and those of the draft."""
    if each.kind == UNSURE:
        return f"whether {here.check.ref} says “{_flat(each.said)}” of the same is not clear"
    if each.source is None:
        return f"{here.check.ref} does not say “{_flat(each.said)}”"
    wording = _MESSAGES.get(each.kind, "{ref} says “{source}”, not “{said}”")
    return wording.format(ref=here.check.ref, source=_flat(each.source), said=_flat(each.said))


_LONGEST = 80  # code points of words in a message


def _flat(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"


# Where in the file it is: the audit reads a cleaned text, whose places are not always those of the file.

_CLEANED_LINE_ENDS = re.compile("\r\n?|[\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_LINE_ENDS = re.compile("\r\n?|\n")  # those that editors count


class Places:
    """The way from spans of a cleaned text to lines and columns of what was written."""

    def __init__(self, written: str, cleaned: str) -> None:
        self._written = written
        self._same = written == cleaned
        self._lines = [0, *(match.end() for match in _LINE_ENDS.finditer(written))]
        self._cleaned_lines = [0, *(match.end() for match in re.finditer("\n", cleaned))]
        self._written_lines = [0, *(match.end() for match in _CLEANED_LINE_ENDS.finditer(written))]
        self._ends = [
            *(match.start() for match in _CLEANED_LINE_ENDS.finditer(written)),
            len(written),
        ]

    def of(self, span: Span) -> Place:
        """Return where a span of the cleaned text is in the file."""
        start, end = self._before(span.start), self._before(span.end)
        return Place(*self._line_and_column(start), *self._line_and_column(end))

    def _line_and_column(self, place: int) -> tuple[int, int]:
        line = bisect_right(self._lines, place) - 1
        return line + 1, place - self._lines[line] + 1

    def _before(self, place: int) -> int:
        """Return the place in what was written of the code point at a place of the cleaned text."""
        if self._same:
            return place
        from sources.text.cleaning import clean_text

        line = bisect_right(self._cleaned_lines, place) - 1
        column = place - self._cleaned_lines[line]
        start = self._written_lines[line]
        written = self._written[start : self._ends[line]]
        if clean_text(written) == written:
            return start + column
        return start + bisect_right(
            range(len(written)), column, key=lambda at: len(clean_text(written[: at + 1]))
        )


def totals(findings: Iterable[LintFinding]) -> str:
    """Return how many findings there are of each level, as a person is told."""
    counts = Counter(one.level for one in findings)
    told = [
        f"{counts[level]} {level.word}{'s' if counts[level] != 1 else ''}"
        for level in reversed(Level)
        if counts[level]
    ]
    return ", ".join(told) or "nothing found"
