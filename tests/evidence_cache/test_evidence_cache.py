from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

import sources.evidence_cache as cache_module
from sources import sample
from sources.errors import RequestError, UnknownReference
from sources.evidence import multi_alignment, quotes, said_alone, timeline
from sources.evidence.entities import Entity
from sources.evidence.entities import finder as entities
from sources.evidence.figure_matrix import matrix as figure_matrix
from sources.evidence.figures import finder as figures
from sources.evidence_cache import EvidenceCache
from sources.model import CorrectionAct, Ref
from tests.library.parsed_files import BRIDGE, FERRY, article, page, put, records
from tui.app.controllers.reading import about
from tui.services.corrections import correct

if TYPE_CHECKING:
    from sources.library import Library
    from sources.model import Source

ONE, TWO = Ref(sample.STORY, 1), Ref(sample.STORY, 2)


@pytest.fixture
def nothing_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make whatever would work evidence out fail: what is asked for now has to be remembered."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("worked out again")

    monkeypatch.setattr(entities, "find_entities", fail)
    monkeypatch.setattr(quotes, "find_quotes", fail)
    monkeypatch.setattr(figures, "find_figures", fail)


def test_evidence_of_the_bundled_story(sample_library: Library) -> None:
    cache = EvidenceCache(sample_library)
    source = sample_library.source(ONE)
    assert cache.sentences(ONE)[0].of(source.text)
    named = cache.entities(sample.STORY)
    here = cache.entities_of(ONE)
    assert here
    assert {entity.id for entity in here} <= {entity.id for entity in named}
    assert {mention.ref for entity in here for mention in entity.mentions} == {ONE}
    for mention in itertools.chain.from_iterable(entity.mentions for entity in here):
        assert source.text[mention.start : mention.end] == mention.text
    for quote in cache.quotes(ONE):
        assert quote.text in source.text[quote.start : quote.end]
    for figure in cache.figures(ONE):
        assert source.text[figure.start : figure.end] == figure.text


def test_comparing_goes_through_all_pairs_in_their_order(sample_library: Library) -> None:
    cache = EvidenceCache(sample_library)
    three = Ref(sample.STORY, 3)
    pairs = [(alignment.a, alignment.b) for alignment in cache.compare([TWO, ONE, three, TWO])]
    assert pairs == [(TWO, ONE), (TWO, three), (ONE, three)]
    assert EvidenceCache(sample_library).compare([TWO, ONE]) == cache.compare([TWO, ONE])
    with pytest.raises(RequestError, match="at least two"):
        cache.compare([ONE, ONE])


def test_too_many_sources_at_once_are_refused(sample_library: Library) -> None:
    many = [Ref(sample.STORY, number) for number in range(1, 60)]
    with pytest.raises(RequestError, match="At most 50"):
        EvidenceCache(sample_library).compare(many)


def test_columns_and_what_is_said_alone_are_kept(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = EvidenceCache(sample_library)
    wanted = [Ref(sample.STORY, 7), Ref(sample.STORY, 10), ONE]
    known = first.columns(wanted), first.said_alone(ONE)
    assert known[0] is not None
    assert known[0].refs == tuple(wanted)
    assert known[1]

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("worked out again")

    monkeypatch.setattr(multi_alignment, "align_many", fail)
    monkeypatch.setattr(said_alone, "unique_sentences", fail)
    later = EvidenceCache(sample_library)
    assert (later.columns(wanted), later.said_alone(ONE)) == known


def test_what_was_cancelled_is_not_kept(sample_library: Library) -> None:
    cache = EvidenceCache(sample_library)
    assert cache.columns([ONE, TWO], cancelled=lambda: True) is None
    assert cache.said_alone(ONE, cancelled=lambda: True) is None
    assert cache.columns([ONE, TWO]) is not None
    assert cache.said_alone(ONE) is not None


def test_a_source_is_compared_with_all_of_a_story(sample_library: Library) -> None:
    cache = EvidenceCache(sample_library)
    found = cache.compare_with_story(ONE, sample.STORY)
    assert [pair.a for pair in found] == [ONE] * len(found)
    assert {pair.b for pair in found} == set(sample_library.refs(sample.STORY)) - {
        ONE,
        Ref(sample.STORY, None),
    }


def test_what_was_prepared_is_remembered(sample_library: Library, request: pytest.FixtureRequest) -> None:
    first = EvidenceCache(sample_library)
    first.prepare(sample.STORY)
    known = first.entities(sample.STORY), first.quotes(ONE), first.figures(ONE)
    request.getfixturevalue("nothing_is_worked_out")
    later = EvidenceCache(sample_library)
    assert (later.entities(sample.STORY), later.quotes(ONE), later.figures(ONE)) == known


def test_a_changed_text_is_read_again(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    cache = EvidenceCache(library)
    assert [figure.value for figure in cache.figures(Ref("saltmarsh", 2))] == [3_000_000]
    put(library, page(FERRY, BRIDGE + " It will be $4 million."))
    assert [figure.value for figure in cache.figures(Ref("saltmarsh", 2))] == [3_000_000, 4_000_000]


def test_an_undated_source_is_dated_by_its_story(library: Library) -> None:
    put(library, article("WICK, 18 June 2031 (Wire) - The ferry sank on Tuesday."), path="/in/a.txt")
    put(library, article("The ferry Ada sank on Tuesday, June 17."), path="/in/b.txt")
    (told,) = (source for source in library.texts("saltmarsh") if source.ref.number == 1)
    cache = EvidenceCache(library)
    first = cache.publication(Ref("saltmarsh", 1))
    assert about(told, first) == "2031-06-18 by “18 June 2031” at its head · 10 words"
    assert [date.first for date in cache.dates(Ref("saltmarsh", 1))] == ["2031-06-18", "2031-06-17"]
    mentions = [mention for event in cache.timeline("saltmarsh") for mention in event.mentions]
    assert sorted(mention.first or "" for mention in mentions) == [
        "2031-06-17", "2031-06-17", "2031-06-18",
    ]  # fmt: skip


@pytest.mark.usefixtures("nothing_is_worked_out")
def test_an_archive_is_not_read_ahead(library: Library) -> None:
    put(library, records(*(f"Report {number} of the harbour office." for number in range(150))))
    EvidenceCache(library).prepare("saltmarsh")


def test_a_very_long_story_is_not_read_ahead(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, records("Ada Moss wrote a report.", "Ms. Moss signed it."))
    size = sum(len(source.text) for source in library.texts("saltmarsh"))
    read: list[int] = []

    def count(sources: list[Source], *_: object) -> tuple[Entity, ...]:
        read.append(len(sources))
        return ()

    monkeypatch.setattr(entities, "find_entities", count)
    monkeypatch.setattr(cache_module, "MOST_PREPARED", size - 1)
    EvidenceCache(library).prepare("saltmarsh")
    assert read == []
    monkeypatch.setattr(cache_module, "MOST_PREPARED", size)
    EvidenceCache(library).prepare("saltmarsh")
    assert read


def test_a_source_of_an_archive_is_read_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, records(*(f"Ada Moss wrote report {number}. Ms. Moss signed it." for number in range(150))))
    read: list[int] = []

    def count(sources: list[Source], *_: object) -> tuple[Entity, ...]:
        read.append(len(sources))
        return ()

    monkeypatch.setattr(entities, "find_entities", count)
    EvidenceCache(library).entities_of(Ref("saltmarsh", 7))
    assert read == [1]


@pytest.mark.usefixtures("nothing_is_worked_out")
def test_preparing_can_be_stopped(sample_library: Library) -> None:
    EvidenceCache(sample_library).prepare(sample.STORY, cancelled=lambda: True)


def test_what_is_not_there_is_named(library: Library) -> None:
    cache = EvidenceCache(library)
    with pytest.raises(UnknownReference):
        cache.entities("nowhere")
    with pytest.raises(UnknownReference):
        cache.entities_of(Ref("nowhere", 1))
    with pytest.raises(UnknownReference):
        cache.quotes(Ref("nowhere", 1))


def test_a_lineage_is_worked_out_once_and_kept(sample_library: Library) -> None:
    told: list[str] = []
    first = EvidenceCache(sample_library).lineage(sample.STORY, progress=told.append)
    assert first is not None
    assert told
    told.clear()
    assert EvidenceCache(sample_library).lineage(sample.STORY, progress=told.append) == first
    assert told == []


def test_giving_up_keeps_nothing(sample_library: Library) -> None:
    cache = EvidenceCache(sample_library)
    assert cache.lineage(sample.STORY, cancelled=lambda: True) is None
    whole = cache.lineage(sample.STORY)
    assert whole is not None
    assert whole.pairs
    assert whole.origins


def test_of_too_many_sources_a_choice_is_asked_for(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "MOST_IN_LINEAGE", 5)
    cache = EvidenceCache(sample_library)
    with pytest.raises(RequestError, match="choose at most 5"):
        cache.lineage(sample.STORY)
    chosen = cache.lineage(sample.STORY, [Ref(sample.STORY, number) for number in (2, 7, 10)])
    assert chosen is not None
    assert len(chosen.groups) == 1
    with pytest.raises(UnknownReference):
        cache.lineage(sample.STORY, [Ref(sample.STORY, 99)])


def test_a_claim_is_followed_within_a_choice(sample_library: Library) -> None:
    cache = EvidenceCache(sample_library)
    found = cache.claim_origins(sample.STORY, "Blackfen means to move its ships to Greywater")
    assert found is not None
    assert [origin.name for origin in found.origins] == ["Ledger Wire"]
    assert cache.claim_origins(sample.STORY, " ") is None


def test_removed_sources_go_from_the_fingerprints(sample_library: Library) -> None:
    cache = EvidenceCache(sample_library)
    passage = "Meridian also owns a third of Castellan Lines, which races most of the carriers"

    def holders() -> set[int | None]:
        return {place.ref.number for place in cache.elsewhere(passage) if place.share == 1.0}

    assert holders() == {2, 7, 10}
    sample_library.remove(Ref(sample.STORY, 7))
    cache.tidy()
    assert holders() == {2, 10}


def test_what_rests_on_names_follows_their_corrections(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = EvidenceCache(sample_library)
    cache.timeline(sample.STORY)
    asked: list[int] = []

    def count(_texts: list[Source], named: tuple[Entity, ...]) -> tuple[()]:
        asked.append(len(named))
        return ()

    monkeypatch.setattr(timeline, "timeline", count)
    cache.timeline(sample.STORY)
    assert asked == []
    known = cache.entities(sample.STORY)
    correct(cache, CorrectionAct.HIDE, sample.STORY, known[0].id)
    cache.timeline(sample.STORY)
    assert asked == [len(known) - 1]
    sample_library.undo_correction()
    cache.timeline(sample.STORY)  # known from before
    assert asked == [len(known) - 1]


def test_what_rests_on_names_stays_when_they_are_found_again_and_are_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, article("Ada Moss sold the harbour for $4 million."), slug="harbour", path="/in/h.txt")
    put(library, article(BRIDGE), slug="bridge", path="/in/b.txt")
    known = EvidenceCache(library).figure_matrix("harbour")
    assert known
    library.remove("bridge")
    EvidenceCache(library).tidy()  # the words of the library are counted again

    def fail(*_: object) -> None:
        raise AssertionError("worked out again")

    monkeypatch.setattr(figure_matrix, "figure_matrix", fail)
    assert EvidenceCache(library).figure_matrix("harbour") == known
    assert EvidenceCache(library).figures_of(Ref("harbour", 1)) == known
