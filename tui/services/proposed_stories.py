"""Stories to which texts seem to belong that came in by themselves: proposed, and put together if wished."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.lineage import SharedEvidence
    from sources.evidence.lineage.event_groups import EventGroup
    from sources.evidence.lineage.retelling_links import NearestKin
    from sources.evidence_cache import EvidenceCache
    from sources.library import Library
    from sources.model import Ref


@dataclass(frozen=True, slots=True)
class Why:
    """What texts share: names, figures and quotes as they stand in one of them, and how much is reused."""

    names: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    reuse: float = 0.0


@dataclass(frozen=True, slots=True)
class ProposedStory:
    """New texts ``refs`` that seem to be of one story, ``into`` with its title.

    ``kin`` is the text of it that they are nearest to: the first of them, or one that was there before.
    """

    refs: tuple[Ref, ...]
    into: str
    title: str | None
    kin: Ref
    why: Why = Why()

    @property
    def stories(self) -> tuple[str, ...]:
        """The stories in which the texts are now."""
        return tuple(ref.story for ref in self.refs)

    @property
    def moving(self) -> tuple[Ref, ...]:
        """The texts that would go to another story."""
        return tuple(ref for ref in self.refs if ref.story != self.into)

    @property
    def command(self) -> str:
        """The words that put them together."""
        if self.kin in self.refs:
            return f"crossread story merge {' '.join(ref.story for ref in self.moving)} {self.into}"
        return f"crossread story move {' '.join(map(str, self.refs))} {self.into}"


def proposed_stories(
    library: Library, groups: Sequence[EventGroup], kin: Sequence[NearestKin]
) -> tuple[ProposedStory, ...]:
    """Return the groups of new texts as stories, with what is known of a text's kin in another story."""
    found = [
        ProposedStory(group.refs, group.refs[0].story, None, group.refs[0], _why(group.shared, group.reuse))
        for group in groups
    ]
    for one in kin:
        _take_in(found, one)
    return tuple(replace(one, title=library.story(one.into).title) for one in found)


def _why(shared: SharedEvidence, reuse: float) -> Why:
    return Why(shared.names, shared.figures, shared.quotes, reuse)


def _take_in(found: list[ProposedStory], one: NearestKin) -> None:
    """Let a text, and those in a group with it, go to the story of its kin; of two claims the first holds."""
    if any(each.into == one.ref.story and one.ref not in each.refs for each in found):
        return  # others come to it
    mine = _with(found, one.ref)
    theirs = next((each for each in found if one.kin in each.refs or each.into == one.kin.story), None)
    if mine is None and theirs is None:
        found.append(ProposedStory((one.ref,), one.kin.story, None, one.kin))
    elif mine is None and theirs is not None:
        found[found.index(theirs)] = replace(theirs, refs=(*theirs.refs, one.ref))
    elif mine is not None and theirs is None and mine.kin in mine.refs:
        found[found.index(mine)] = replace(mine, into=one.kin.story, kin=one.kin)


def _with(found: Iterable[ProposedStory], ref: Ref) -> ProposedStory | None:
    return next((each for each in found if ref in each.refs), None)


def put_together(cache: EvidenceCache, proposed: ProposedStory) -> dict[Ref, Ref]:
    """Move the texts into the story in one step, which one undo takes back; return what each is there."""
    moved = cache.library.move_sources(proposed.moving, proposed.into)
    cache.tidy()
    return moved
