from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError, UnknownReference
from sources.model import Ref
from sources.workspace import Workspace
from sources.workspace.asking import lineage as asking_lineage

if TYPE_CHECKING:
    from sources.library import Library

STORY = "harbour-deal"


def test_a_lineage_is_worked_out_once_and_kept(sample_library: Library) -> None:
    told: list[str] = []
    first = Workspace(sample_library).lineage(STORY, progress=told.append)
    assert first is not None
    assert told
    told.clear()
    assert Workspace(sample_library).lineage(STORY, progress=told.append) == first
    assert told == []


def test_giving_up_keeps_nothing(sample_library: Library) -> None:
    workspace = Workspace(sample_library)
    assert workspace.lineage(STORY, cancelled=lambda: True) is None
    whole = workspace.lineage(STORY)
    assert whole is not None
    assert whole.pairs
    assert whole.origins


def test_of_too_many_sources_a_choice_is_asked_for(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_lineage, "MOST_IN_LINEAGE", 5)
    workspace = Workspace(sample_library)
    with pytest.raises(RequestError, match="choose at most 5"):
        workspace.lineage(STORY)
    chosen = workspace.lineage(STORY, [Ref(STORY, number) for number in (2, 7, 10)])
    assert chosen is not None
    assert len(chosen.groups) == 1
    with pytest.raises(UnknownReference):
        workspace.lineage(STORY, [Ref(STORY, 99)])


def test_a_claim_is_followed_within_a_choice(sample_library: Library) -> None:
    workspace = Workspace(sample_library)
    found = workspace.claim_origins(STORY, "Blackfen means to move its ships to Greywater")
    assert found is not None
    assert [origin.name for origin in found.origins] == ["Ledger Wire"]
    assert workspace.claim_origins(STORY, " ") is None


def test_removed_sources_go_from_the_fingerprints(sample_library: Library) -> None:
    workspace = Workspace(sample_library)
    passage = "Meridian also owns a third of Castellan Lines, which races most of the carriers"

    def holders() -> set[int | None]:
        return {place.ref.number for place in workspace.elsewhere(passage) if place.share == 1.0}

    assert holders() == {2, 7, 10}
    sample_library.remove(Ref(STORY, 7))
    workspace.tidy()
    assert holders() == {2, 10}
