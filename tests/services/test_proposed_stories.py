"""What is proposed for new texts: stories of their own, and stories that were there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.lineage import SharedEvidence
from sources.evidence.lineage.event_groups import EventGroup
from sources.evidence.lineage.retelling_links import NearestKin
from sources.library import Library
from sources.model import Ref
from tests.library.parsed_files import article, put
from tui.services.proposed_stories import ProposedStory, proposed_stories

if TYPE_CHECKING:
    from pathlib import Path

OLD, A, B, C, D = (Ref(story, 1) for story in ("old", "a", "b", "c", "d"))


def proposals(
    folder: Path, groups: list[tuple[Ref, ...]], kin: list[tuple[Ref, Ref]]
) -> tuple[ProposedStory, ...]:
    with Library.open(folder) as library:
        for ref in (OLD, A, B, C, D):
            put(library, article(f"The text of {ref}.", title=f"Title {ref.story}"), slug=ref.story)
        shared = SharedEvidence((), (), ())
        found = [EventGroup(refs, shared, 0.0) for refs in groups]
        return proposed_stories(library, found, [NearestKin(one, other, 0.5) for one, other in kin])


def test_a_group_is_merged_into_the_story_of_its_first(tmp_path: Path) -> None:
    (one,) = proposals(tmp_path, [(B, A, C)], [(A, B)])
    assert (one.refs, one.into, one.title, one.kin) == ((B, A, C), "b", "Title b", B)
    assert one.command == "crossread story merge a c b"


def test_a_group_with_kin_in_an_older_story_goes_there(tmp_path: Path) -> None:
    (one,) = proposals(tmp_path, [(B, A)], [(A, OLD), (C, OLD)])
    assert (one.refs, one.into, one.title, one.kin) == ((B, A, C), "old", "Title old", OLD)
    assert one.command == "crossread story move b/1 a/1 c/1 old"


def test_two_texts_that_are_kin_of_each_other_are_told_once(tmp_path: Path) -> None:
    (one,) = proposals(tmp_path, [], [(A, B), (B, A)])
    assert one.command == "crossread story move a/1 b"


def test_what_two_groups_claim_is_left_where_it_is(tmp_path: Path) -> None:
    first, second = proposals(tmp_path, [(A, B), (C, D)], [(A, C)])
    assert (first.refs, second.refs) == ((A, B), (C, D))
