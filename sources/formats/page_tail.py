"""How the end of a story page divides: the last body, furniture, the summary, related stories."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sources.formats.page_lines import next_visible
from sources.model import RelatedStory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.formats.page_lines import Line


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


def divide_tail(lines: Sequence[Line], title: int, *, highest: int, one_line_bodies: bool) -> Tail:
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
    lines: Sequence[Line], start: int, stop: int, first_cited: int | None
) -> tuple[int, int] | None:
    """Return the first and the following line of the furniture between body and summary."""
    runs = _furniture_runs(lines, start, stop)
    strong = [run for run in runs if any(lines[at].page_control for at in range(*run))]
    if first_cited is not None:
        before = [run for run in (strong or runs) if run[1] <= first_cited]
        # Share bars also stand inside articles; the summary's is the last before its first citation.
        return before[-1] if before else None
    return strong[0] if strong else None


def _furniture_runs(lines: Sequence[Line], start: int, stop: int) -> list[tuple[int, int]]:
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
    lines: Sequence[Line], first_body: int, stop: int, cited: list[int], *, one_line_bodies: bool
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


def _without_furniture(lines: Sequence[Line], start: int, stop: int) -> int:
    """Return where a stretch ends when blank lines and furniture at its end do not count."""
    while stop > start and (lines[stop - 1].blank or lines[stop - 1].furniture):
        stop -= 1
    return stop


def _related(lines: Sequence[Line], start: int) -> tuple[tuple[Teaser, ...], frozenset[int]]:
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


def _meta(lines: Sequence[Line], at: int, *, aged: bool) -> _Meta | None:
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


def _blurb_depth(lines: Sequence[Line], metas: list[_Meta]) -> int:
    """Return how many lines the later blurbs have: nothing marks where the first one begins."""
    for before, after in pairwise(metas):
        between = lines[before.end : after.first]
        if visible := sum(not line.blank and not line.furniture for line in between):
            return visible
    return 1


def _blurb_start(lines: Sequence[Line], meta: int, lowest: int, depth: int) -> int:
    start = meta
    for _ in range(depth):
        above = next((at for at in range(start - 1, lowest - 1, -1) if not lines[at].blank), None)
        if above is None or lines[above].furniture or lines[above].credit:
            break
        start = above
    return start
