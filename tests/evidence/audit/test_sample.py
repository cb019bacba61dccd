"""The audit of the bundled story: its markers as its truth has them, and nothing contradicted that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sources import sample
from sources.evidence.audit import Audit, Verdict
from sources.evidence_cache import EvidenceCache

if TYPE_CHECKING:
    from sources.library import Library


@pytest.fixture
def found(sample_library: Library) -> Audit:
    summary = sample_library.story(sample.STORY).summary
    assert summary is not None
    sources = [sample_library.source(entry.ref) for entry in sample_library.story(sample.STORY).sources]
    audit = EvidenceCache(sample_library).audit(summary, [one for one in sources if one.ref.number])
    assert audit is not None
    return audit


def test_the_markers_have_the_readings_of_the_truth(found: Audit, sample_truth: dict[str, Any]) -> None:
    expected = sample_truth["summary"]["markers"]
    shown = [one.marker for one in found.sentences if one.marker is not None]
    assert [marker.text for marker in shown] == [one["text"] for one in expected]
    for marker, one in zip(shown, expected, strict=True):
        assert {tuple(sorted(reading)) for reading in marker.readings} >= {
            tuple(sorted(reading)) for reading in one["readings"]
        }, marker
    right = [list(marker.chosen) == one["chosen"] for marker, one in zip(shown, expected, strict=True)]
    assert sum(right) >= 0.9 * len(right), [
        (marker.chosen, one["chosen"]) for marker, one in zip(shown, expected, strict=True)
    ]


def test_no_sentence_is_said_to_be_contradicted_that_is_not(found: Audit) -> None:
    assert found.count(Verdict.CONTRADICTED) == 0
    assert found.count(Verdict.SUPPORTED) >= 14
    assert found.count(Verdict.UNSUPPORTED) == 0
