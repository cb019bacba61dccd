"""Finds the lineage of a story: which texts are copies, which are related, and on whom all of them rely."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sources.evidence.alignment import align_with, read_story
from sources.evidence.entities.finder import find_entities
from sources.evidence.lineage import (
    Containment,
    Direction,
    Lineage,
    NameMismatch,
    PassageKind,
    RetellingLink,
    ReuseKind,
    ReusePair,
    SharedPassage,
)
from sources.evidence.lineage.odd_names import StoryNames, reworded_usual_names
from sources.evidence.lineage.origins import origins_of_claim, origins_of_story
from sources.evidence.lineage.retelling_links import StoryTraits
from sources.evidence.lineage.reworked_passages import ReworkedSearch
from sources.evidence.lineage.story_credits import StoryCredits, read_credits
from sources.evidence.lineage.text_reuse import SAME_TEXT, pairs_that_share, read_texts
from sources.evidence.quotes import find_quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.evidence.alignment import AlignedRow, Alignment
    from sources.evidence.entities import Entity
    from sources.evidence.lineage.origins import ClaimOrigins
    from sources.evidence.lineage.story_credits import CreditedText
    from sources.evidence.quotes import Quote
    from sources.evidence.similarity import StoryVectors
    from sources.model import Ref, Source

_REWRITTEN = 0.5  # share of the sentences of either text that have a partner in the other
_SAME_MATTER = 0.5  # score of a link from which a text whose usual names were reworded is a rewrite
_NONE = Containment(0.0, 0.0)
_Link = tuple[RetellingLink, tuple[SharedPassage, ...]]


def never() -> bool:
    """Never cancel."""
    return False


@dataclass(frozen=True)
class LineageStory:
    """The sources of a story without its summary; what is worked out for one question is kept for the next.

    ``find_entities`` and ``quotes_of`` say where names and quotes come from, so that a caller who has them
    need not have them found again.
    """

    sources: tuple[Source, ...]
    find_entities: Callable[[], Sequence[Entity]] | None = None
    quotes_of: Callable[[Source], Sequence[Quote]] = find_quotes

    @cached_property
    def credited(self) -> dict[Ref, CreditedText]:
        """Return the texts with who is credited in their sentences."""
        return {source.ref: read_credits(source, self.quotes_of(source)) for source in self.sources}

    @cached_property
    def story_credits(self) -> StoryCredits:
        """Return the credits of all texts together."""
        found = self.find_entities() if self.find_entities else find_entities(list(self.sources))
        return StoryCredits(tuple(self.credited.values()), found)


def find_lineage(
    story: LineageStory,
    *,
    cancelled: Callable[[], bool] = never,
    progress: Callable[[str], None] | None = None,
) -> Lineage:
    """Find who stems from whom among the sources of a story.

    ``cancelled`` is asked between pairs; what was found until then is returned. ``progress`` is told what is
    being done.
    """
    report = progress or (lambda _: None)
    report("looking for shared passages")
    pairs = [_directed(story, pair) for pair in _pairs(story.sources, cancelled)]
    groups = distinct_texts([source.ref for source in story.sources], pairs)
    report("looking for rewrites")
    links = tuple(_links(story, cancelled))
    report("following credits")
    origins = () if cancelled() else origins_of_story(groups, story.credited, story.story_credits)
    listed = tuple(source.ref for source in story.sources)
    return Lineage(listed, groups, _with_rewrites(pairs, links), tuple(link for link, _ in links), origins)


def find_claim_origins(story: LineageStory, claim: str, groups: Sequence[tuple[Ref, ...]]) -> ClaimOrigins:
    """Find who states ``claim`` in a story, and on which origins that stands; ``groups`` as in Lineage."""
    return origins_of_claim(claim, story.sources, groups, story.credited, story.story_credits)


def distinct_texts(listed: Sequence[Ref], pairs: Sequence[ReusePair]) -> tuple[tuple[Ref, ...], ...]:
    """Put together the refs of which one is mostly contained in the other; each ref stands in one group."""
    group_of = {ref: [ref] for ref in listed}
    for pair in pairs:
        copied = pair.kind in (ReuseKind.COPY, ReuseKind.PARTIAL) and pair.containment.larger > SAME_TEXT
        if not copied or pair.background or group_of[pair.a] is group_of[pair.b]:
            continue
        joined = group_of[pair.a] + group_of[pair.b]
        for ref in joined:
            group_of[ref] = joined
    order = {ref: place for place, ref in enumerate(listed)}
    groups = {id(group): tuple(sorted(group, key=order.__getitem__)) for group in group_of.values()}
    return tuple(sorted(groups.values(), key=lambda group: order[group[0]]))


def text_groups(sources: Sequence[Source]) -> tuple[tuple[Ref, ...], ...]:
    """Put together the refs of sources that are one text, as `distinct_texts` does."""
    pairs = list(pairs_that_share(read_texts(sources), never))
    return distinct_texts([source.ref for source in sources], pairs)


def _pairs(sources: Sequence[Source], cancelled: Callable[[], bool]) -> list[ReusePair]:
    """Return the pairs of texts that share passages, word for word or reworked, in the story's order."""
    numbers: dict[str, int] = {}
    texts = read_texts(sources, numbers=numbers)
    found = {(pair.a, pair.b): pair for pair in pairs_that_share(texts, cancelled)}
    search = ReworkedSearch(texts, numbers)
    for one, other in search.hopeful_pairs():
        if cancelled():
            break
        a, b = texts[one].ref, texts[other].ref
        known = found.get((a, b))
        passages = search.passages(one, other, known.passages if known else ())
        if known is not None:
            found[a, b] = replace(known, passages=passages)
        elif passages:
            found[a, b] = ReusePair(a, b, _NONE, _NONE, ReuseKind.PARTIAL, passages)
    place = {source.ref: number for number, source in enumerate(sources)}
    return sorted(found.values(), key=lambda pair: (place[pair.a], place[pair.b]))


def _links(story: LineageStory, cancelled: Callable[[], bool]) -> list[_Link]:
    """Return the links of a story, each with the sentences that say the same where one is a rewrite."""
    sources = story.sources
    overlaps = list(StoryTraits(sources).linked_pairs(cancelled))
    if not overlaps or cancelled():
        return []
    vectors = read_story(sources, ())
    names = StoryNames(sources)
    found: list[_Link] = []
    for overlap in overlaps:
        if cancelled():
            break
        a, b = sources[overlap.a], sources[overlap.b]
        there, back = align_with(vectors, a, b), align_with(vectors, b, a)
        usual = (*reworded_usual_names(a), *reworded_usual_names(b))
        mismatches = (*names.mismatches(a, b, there.rows), *names.mismatches(b, a, back.rows), *usual)
        rewrite = _is_rewrite(vectors, there, a, b) or bool(usual and overlap.score >= _SAME_MATTER)
        sentences = _passages_of_rows(there.rows) if rewrite else ()
        link = RetellingLink(
            a.ref,
            b.ref,
            overlap.score,
            overlap.evidence,
            rewrite,
            mismatches,
            _direction(story, a, b),
        )
        found.append((link, sentences))
    return _each_mismatch_once(found)


def _passages_of_rows(rows: Sequence[AlignedRow]) -> tuple[SharedPassage, ...]:
    return tuple(
        SharedPassage(row.a, row.b, PassageKind.VERBATIM if row.kind == "same" else PassageKind.REWORKED)
        for row in rows
    )


def _is_rewrite(vectors: StoryVectors, alignment: Alignment, a: Source, b: Source) -> bool:
    """Tell whether most sentences of each have a partner in the other, and are not the same words."""
    if max(alignment.a_in_b, alignment.b_in_a) > SAME_TEXT:
        return False
    many_a, many_b = len(vectors.reading(a).sentences), len(vectors.reading(b).sentences)
    if not many_a or not many_b:
        return False
    return (
        1 - len(alignment.only_a) / many_a >= _REWRITTEN and 1 - len(alignment.only_b) / many_b >= _REWRITTEN
    )


def _each_mismatch_once(
    found: list[_Link],
) -> list[_Link]:
    """Keep an odd name with the nearest kin only."""
    best: dict[tuple[Ref, str], RetellingLink] = {}
    for link, _ in sorted(found, key=lambda one: -one[0].score):
        for mismatch in link.name_mismatches:
            best.setdefault(_mismatched_name(mismatch), link)
    return [
        (
            replace(
                link,
                name_mismatches=tuple(
                    one for one in link.name_mismatches if best[_mismatched_name(one)] is link
                ),
            ),
            passages,
        )
        for link, passages in found
    ]


def _mismatched_name(mismatch: NameMismatch) -> tuple[Ref, str]:
    return mismatch.place.ref, mismatch.place.text


def _with_rewrites(pairs: Sequence[ReusePair], links: Sequence[_Link]) -> tuple[ReusePair, ...]:
    """Return the pairs of texts that share words, and those of which one is the other rewritten."""
    found = {(pair.a, pair.b): pair for pair in pairs}
    for link, passages in links:
        known = found.get((link.a, link.b))
        if not link.rewrite or (known is not None and known.kind is ReuseKind.COPY):
            continue
        containment = known.containment if known is not None else _NONE
        outside = known.outside_quotes if known is not None else _NONE
        found[link.a, link.b] = ReusePair(
            link.a, link.b, containment, outside, ReuseKind.REWRITE, passages, direction=link.direction
        )
    return tuple(sorted(found.values(), key=lambda pair: (pair.a.number or 0, pair.b.number or 0)))


def _directed(story: LineageStory, pair: ReusePair) -> ReusePair:
    a, b = story.credited[pair.a], story.credited[pair.b]
    return replace(pair, direction=_direction(story, a.source, b.source))


def _direction(story: LineageStory, a: Source, b: Source) -> Direction | None:
    """Return which of two comes first, as far as credits or dates tell."""
    to_a, to_b = _credits(story, b, a), _credits(story, a, b)
    if to_a != to_b:
        return Direction(a.ref, b.ref, "credit") if to_a else Direction(b.ref, a.ref, "credit")
    known = min(len(a.date or ""), len(b.date or ""))
    one, other = (a.date or "")[:known], (b.date or "")[:known]
    if one == other:
        return None
    return Direction(a.ref, b.ref, "date") if one < other else Direction(b.ref, a.ref, "date")


def _credits(story: LineageStory, source: Source, other: Source) -> bool:
    """Tell whether a source credits the outlet of another one."""
    outlet = story.credited[other.ref].outlet
    if outlet is None:
        return False
    key, wanted = story.story_credits.key, story.story_credits.key(outlet)
    if wanted == key(story.credited[source.ref].outlet or ""):
        return False
    return any(
        wanted == key(name)
        for row in story.credited[source.ref].credits
        for one in row
        for name in (one.credited, one.told, one.citing)
        if name
    )
