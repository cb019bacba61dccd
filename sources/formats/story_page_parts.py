"""The lines of a story page, and how its end divides into body, boilerplate, summary and related stories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sources.formats.parsing import lines_of
from sources.model import RelatedStory
from sources.text.boilerplate import is_boilerplate_line, is_credit_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUNT = re.compile(r"(\d{1,4})\+? [Ss]ources?")
_NUMBER = re.compile(r"\[(\d{1,4})\]")
_UNIT = (
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mos?|months?|y|yrs?|years?)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_AGO = rf"(?:about |over |almost )?(?:\d{{1,4}}|an?|one) ?{_UNIT}\.? ago"
_DAY = rf"{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d"
_AGE = re.compile(
    rf"(?:{_AGO}|just now|now|today|yesterday|last \w{{3,6}}|{_DAY})(?:,? \d{{1,2}}:\d\d.{{0,12}})?",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?<=[\w\"”’'%)])\s?(?:\s(\d{1,14})|((?:\[\d{1,3}\])+)|([¹²³⁴⁵⁶⁷⁸⁹⁰]+))(?=[.!?]?[\"”’)]?(?:\s|$))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# Controls that stand beside a page's head or foot, not in the middle of an article.
_PAGE_CONTROL = re.compile(
    r"(?:share|copy|print|save|bookmark|tweet|listen|summary|overview|ai summary|key takeaways)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the page: its place, without the line feed, and its text without outer white space."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        """Tell whether there is nothing to see."""
        return not self.text

    @property
    def count(self) -> int | None:
        """The number in ``N Sources``."""
        match = _COUNT.fullmatch(self.text)
        return int(match[1]) if match else None

    @property
    def number(self) -> int | None:
        """The number in ``[n]``, standing alone."""
        match = _NUMBER.fullmatch(self.text)
        return int(match[1]) if match else None

    @property
    def age(self) -> bool:
        """Tell whether it says how old a story is."""
        return len(self.text) <= 40 and _AGE.fullmatch(self.text) is not None

    @property
    def furniture(self) -> bool:
        """Tell whether it is a control or rubric of the page."""
        return is_boilerplate_line(self.text)

    @property
    def page_control(self) -> bool:
        """Tell whether it is a control that stands beside a page's head or foot."""
        return _PAGE_CONTROL.match(self.text) is not None and self.furniture

    @property
    def credit(self) -> bool:
        """Tell whether it says where a picture is from."""
        return is_credit_line(self.text)

    @property
    def label(self) -> bool:
        """Tell whether it could be a category: a few words without a stop."""
        return 0 < len(self.text) <= 40 and len(self.text.split()) <= 6 and self.text[-1] not in ".!?:…"

    def cites(self, highest: int) -> bool:
        """Tell whether a sentence in it ends in markers that can stand for sources 1 to ``highest``."""
        return any(
            match[2] or match[3] or (not _YEAR.fullmatch(match[1]) and _ascends(match[1], highest))
            for match in _CITED.finditer(self.text)
        )


def page_lines(text: str) -> list[PageLine]:
    """Return the lines of ``text`` in order."""
    return [PageLine(start, end, text[start:end].strip()) for start, end in lines_of(text)]


def next_visible(lines: Sequence[PageLine], index: int, stop: int | None = None) -> int | None:
    """Return the index of the first line from ``index`` on, before ``stop``, that is not blank."""
    end = len(lines) if stop is None else stop
    return next((at for at in range(index, end) if not lines[at].blank), None)


def _ascends(digits: str, highest: int, above: int = 0) -> bool:
    """Tell whether ``digits`` can be cut into ascending numbers from 1 to ``highest``."""
    if not digits:
        return above > 0
    if digits[0] == "0":
        return False
    width = len(str(highest))
    return any(
        above < int(digits[:size]) <= highest and _ascends(digits[size:], highest, int(digits[:size]))
        for size in range(1, min(width, len(digits)) + 1)
    )


# How the end of a story page divides: the last body, furniture, the summary, related stories.


class Teaser(NamedTuple):
    """A related story and the lines it was read from: ``first`` to before ``end``."""

    story: RelatedStory
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Tail:
    """Line numbers: where the body ends, from where to where the summary goes, and the related stories.

    ``repeats`` are the numbers of lines that stood there before; ``inferred`` tells that nothing on the page
    marks where the summary begins.
    """

    body_end: int
    summary_start: int
    summary_end: int
    related: tuple[Teaser, ...]
    repeats: frozenset[int]
    inferred: bool = False


def divide_tail(lines: Sequence[PageLine], title: int, *, highest: int, one_line_bodies: bool) -> Tail:
    """Divide the lines behind ``title``, the last block's title line.

    ``highest`` is the highest number a citation can mean; ``one_line_bodies`` says that each of several
    earlier blocks has exactly one body line.
    """
    body = next_visible(lines, title + 1)
    first_body = len(lines) if body is None else body
    related, repeats = _related(lines, first_body + 1)
    stop = related[0].first if related else len(lines)
    if lines[first_body : first_body + 1] and lines[first_body].furniture:
        first_body -= 1
    cited = [at for at in range(first_body + 1, stop) if lines[at].cites(highest)]
    run = _boundary_run(lines, first_body + 1, stop, cited[0] if cited else None)
    if run is not None:
        body_end, start = run
        return Tail(body_end, start, _without_furniture(lines, start, stop), related, repeats)
    start = _summary_without_furniture(lines, first_body, stop, cited, one_line_bodies=one_line_bodies)
    end = _without_furniture(lines, start, stop)
    return Tail(min(start, end), start, end, related, repeats, inferred=start < end)


def _boundary_run(
    lines: Sequence[PageLine], start: int, stop: int, first_cited: int | None
) -> tuple[int, int] | None:
    """Return the first and the following line of the furniture between body and summary."""
    runs = _furniture_runs(lines, start, stop)
    strong = [run for run in runs if any(lines[at].page_control for at in range(*run))]
    if first_cited is not None:
        before = [run for run in (strong or runs) if run[1] <= first_cited]
        # Share bars also stand inside articles; the summary's is the last before its first citation.
        return before[-1] if before else None
    return strong[0] if strong else None


def _furniture_runs(lines: Sequence[PageLine], start: int, stop: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at in range(start, stop):
        if lines[at].blank or not lines[at].furniture:
            continue
        if runs and all(lines[between].blank for between in range(runs[-1][1], at)):
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _summary_without_furniture(
    lines: Sequence[PageLine], first_body: int, stop: int, cited: list[int], *, one_line_bodies: bool
) -> int:
    """Infer where a summary begins that no furniture parts from the body; ``stop`` when there is none."""
    after = next_visible(lines, first_body + 1, stop)
    if after is None:
        return stop
    if one_line_bodies:
        return after
    if not cited:
        return stop
    paragraphs = [at for at in range(cited[0], stop) if len(lines[at].text) > 60]
    if len(paragraphs) > 2 * sum(at in cited for at in paragraphs):
        return stop
    # The lead, and a headline over it, carry no citations.
    start = cited[0]
    for _ in range(2):
        above = next((at for at in range(start - 1, first_body, -1) if not lines[at].blank), None)
        if above is None or (start < cited[0] and lines[above].text[-1] in '.!?"”'):
            break
        start = above
    return start


def _without_furniture(lines: Sequence[PageLine], start: int, stop: int) -> int:
    """Return where a stretch ends when blank lines and furniture at its end do not count."""
    while stop > start and (lines[stop - 1].blank or lines[stop - 1].furniture):
        stop -= 1
    return stop


def _related(lines: Sequence[PageLine], start: int) -> tuple[tuple[Teaser, ...], frozenset[int]]:
    counts = [at for at in range(start, len(lines)) if lines[at].count is not None]
    aged = any(lines[at].age for at in range(start, len(lines)))
    metas = [meta for at in counts if (meta := _meta(lines, at, aged=aged))]
    if not metas:
        return (), frozenset()
    teasers: list[Teaser] = []
    repeats: set[int] = set()
    seen: set[str] = set()
    depth = _blurb_depth(lines, metas)
    at = _blurb_start(lines, metas[0].first, start, depth)
    for meta in metas:
        visible = [line for line in range(at, meta.first) if not lines[line].blank]
        fresh = [line for line in visible if not lines[line].furniture and lines[line].text not in seen]
        repeats.update(line for line in visible if lines[line].text in seen)
        if fresh:
            blurb = "\n".join(lines[line].text for line in fresh)
            story = RelatedStory(blurb, lines[meta.first].count, meta.category, meta.age)
            teasers.append(Teaser(story, fresh[0], meta.end))
            seen.update(lines[line].text for line in fresh)
        elif teasers and teasers[-1].story.sources == lines[meta.first].count:
            repeats.update(line for line in range(meta.first, meta.end) if not lines[line].blank)
        at = meta.end
    return tuple(teasers), frozenset(repeats)


class _Meta(NamedTuple):
    """The lines that say how many sources a related story has, in which category, and how old it is."""

    first: int
    end: int
    category: str | None
    age: str | None


def _meta(lines: Sequence[PageLine], at: int, *, aged: bool) -> _Meta | None:
    second = next_visible(lines, at + 1)
    if second is None or lines[second].count is not None:
        return None if aged else _Meta(at, at + 1, None, None)
    if lines[second].age:
        return _Meta(at, second + 1, None, lines[second].text)
    if not lines[second].label:
        return None if aged else _Meta(at, at + 1, None, None)
    third = next_visible(lines, second + 1)
    if third is not None and lines[third].age:
        return _Meta(at, third + 1, lines[second].text, lines[third].text)
    return None if aged else _Meta(at, second + 1, lines[second].text, None)


def _blurb_depth(lines: Sequence[PageLine], metas: list[_Meta]) -> int:
    """Return how many lines the later blurbs have: nothing marks where the first one begins."""
    for before, after in pairwise(metas):
        between = lines[before.end : after.first]
        if visible := sum(not line.blank and not line.furniture for line in between):
            return visible
    return 1


def _blurb_start(lines: Sequence[PageLine], meta: int, lowest: int, depth: int) -> int:
    start = meta
    for _ in range(depth):
        above = next((at for at in range(start - 1, lowest - 1, -1) if not lines[at].blank), None)
        if above is None or lines[above].furniture or lines[above].credit:
            break
        start = above
    return start
