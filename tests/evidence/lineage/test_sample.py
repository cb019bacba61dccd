"""The bundled story has the lineage that its truth tells, and the seeds theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sources.evidence.attributions import find_attributions
from sources.evidence.lineage import ReuseKind
from sources.evidence.lineage.finder import LineageStory, find_claim_origins, find_lineage
from sources.importing import import_paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sources.library import Library


def story_of(library: Library, slug: str) -> LineageStory:
    return LineageStory(tuple(text for text in library.texts(slug) if text.ref.number is not None))


@pytest.fixture
def story(sample_library: Library) -> LineageStory:
    return story_of(sample_library, "harbour-deal")


def kinds(story: LineageStory) -> dict[tuple[int | None, int | None], str]:
    return {(pair.a.number, pair.b.number): str(pair.kind) for pair in find_lineage(story).pairs}


def test_copies_parts_and_rewrites_are_those_of_the_truth(
    story: LineageStory, sample_truth: dict[str, Any]
) -> None:
    truth = sample_truth["lineage"]
    found = kinds(story)
    copies = {tuple(sorted(pair)) for pair in truth["copies"]}
    parts = {tuple(sorted((row["part"], row["whole"]))) for row in truth["partial"]}
    rewrites = {(row["of"], 14) for row in truth["rewrites"]}
    assert {pair for pair, kind in found.items() if kind == ReuseKind.COPY} == copies
    assert parts <= {pair for pair, kind in found.items() if kind == ReuseKind.PARTIAL}
    assert {pair for pair, kind in found.items() if kind == ReuseKind.REWRITE} == rewrites
    lineage = find_lineage(story)
    assert (len(lineage.listed), len(lineage.groups)) == (14, 12)


def test_altered_names_are_suspicions_with_what_they_were(
    story: LineageStory, sample_truth: dict[str, Any]
) -> None:
    (rewrite,) = sample_truth["lineage"]["rewrites"]
    found = {
        (one.place.text, one.usual) for link in find_lineage(story).links for one in link.name_mismatches
    }
    assert found == {(row["is"], row["was"]) for row in rewrite["altered"]}


def test_attributions_are_those_of_the_truth(story: LineageStory, sample_truth: dict[str, Any]) -> None:
    by_number = {text.ref.number: text for text in story.sources}
    for row in sample_truth["attributions"]:
        text = by_number[row["number"]]
        start = text.text.index(row["text"])
        here = [
            (one.credited, one.cue, one.citing)
            for one in find_attributions(text)
            if one.span.start < start + len(row["text"]) and one.span.end > start
        ]
        assert (row["credited"], row["cue"], row["citing"]) in here


def test_the_claim_of_the_chain_has_one_origin(story: LineageStory, sample_truth: dict[str, Any]) -> None:
    found = find_claim_origins(story, sample_truth["chain"]["claim"], find_lineage(story).groups)
    assert [origin.name for origin in found.origins] == ["Ledger Wire"]
    assert {11, 12, 2, 7, 10, 13, 14} <= {ref.number for ref in found.origins[0].refs}


def test_what_somebody_said_to_several_papers_has_one_origin(story: LineageStory) -> None:
    found = find_claim_origins(story, "The harbour stays open to every ship", find_lineage(story).groups)
    assert [origin.name for origin in found.origins] == ["Ada Moss"]


def test_what_two_papers_found_out_has_two_origins(story: LineageStory) -> None:
    found = find_claim_origins(
        story, "The purchase values the harbour at $8.6 billion", find_lineage(story).groups
    )
    assert [origin.name for origin in found.origins] == ["Ledger Wire", "Coastal News International"]


def test_shares_of_copies_are_how_much_of_one_is_in_the_other(story: LineageStory) -> None:
    pairs = {(pair.a.number, pair.b.number): pair for pair in find_lineage(story).pairs}
    assert (pairs[2, 10].containment.a_in_b, pairs[7, 10].containment.a_in_b) == (1.0, 1.0)
    assert pairs[2, 7].containment.a_in_b == pytest.approx(0.76, abs=0.03)
    assert pairs[5, 14].kind is ReuseKind.QUOTES
    copies = {(2, 7), (2, 10), (7, 10)}
    assert all(pair.containment.larger <= 0.17 for key, pair in pairs.items() if key not in copies)


def test_the_rewrite_is_kin_to_what_has_its_matter(story: LineageStory) -> None:
    lineage = find_lineage(story)
    assert {link.a.number for link in lineage.links if link.b.number == 14} == {11, 12}


@pytest.fixture
def seeds(library: Library, shared: Callable[[str], list[Path]]) -> Callable[[str], LineageStory]:
    page, article = shared("seeds/00[01]_*")

    def read(which: str) -> LineageStory:
        for path in (page, article) if which == "all" else (page,):
            import_paths(library, [str(path)], story="seeds")
        return story_of(library, "seeds")

    return read


def test_the_seeds_have_twelve_distinct_texts(seeds: Callable[[str], LineageStory]) -> None:
    lineage = find_lineage(seeds("page"))
    assert (len(lineage.listed), len(lineage.groups)) == (14, 12)
    pairs = {(pair.a.number, pair.b.number): pair for pair in lineage.pairs}
    assert pairs[2, 10].containment.a_in_b == pytest.approx(1.0, abs=0.01)
    assert pairs[7, 10].containment.a_in_b == pytest.approx(1.0, abs=0.01)
    assert pairs[2, 7].containment.a_in_b == pytest.approx(0.7, abs=0.03)
    assert pairs[5, 14].kind is ReuseKind.QUOTES
    known = {(2, 10), (7, 10), (2, 7), (5, 14)}
    assert all(pair.containment.larger <= 0.1 for key, pair in pairs.items() if key not in known)


def test_the_rewritten_seed_is_kin_to_what_has_its_matter(seeds: Callable[[str], LineageStory]) -> None:
    lineage = find_lineage(seeds("all"))
    counterpart = {link.a.number for link in lineage.links if link.b.number == 15}
    assert counterpart == {9, 11, 12, 14}
    assert [(pair.a.number, pair.b.number) for pair in lineage.pairs if pair.kind is ReuseKind.REWRITE] == [
        (9, 15)
    ]
    odd = [one for link in lineage.links for one in link.name_mismatches if one.place.ref.number == 15]
    assert [one.usual for one in odd] == ["World Economic Forum"]


def test_the_claims_of_the_seeds_have_as_many_origins_as_they_should(
    seeds: Callable[[str], LineageStory],
) -> None:
    story = seeds("all")
    groups = find_lineage(story).groups
    found = find_claim_origins(story, "Google plans to drop Scale", groups)
    assert [origin.name for origin in found.origins] == ["Reuters"]
    assert 2 <= len(find_claim_origins(story, "OpenAI winds down", groups).origins) <= 3
