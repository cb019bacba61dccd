from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.evidence.lineage import ReuseKind
from sources.evidence.lineage.finder import LineageStory, find_claim_origins, find_lineage
from sources.evidence.shared_passages import GUARANTEED, fingerprints, hashes_of
from sources.model import Origin, Ref, Source, Zone, ZoneKind

if TYPE_CHECKING:
    from sources.evidence.lineage import Lineage

WORDS = [f"word{number}" for number in range(400)]


def source(
    text: str,
    number: int,
    *,
    zones: tuple[Zone, ...] = (),
    publisher: str | None = None,
    date: str | None = None,
) -> Source:
    origin = Origin(None, str(number), "text")
    return Source(Ref("story", number), None, publisher, None, date, None, None, text, zones, origin)


def words(first: int, count: int) -> str:
    return " ".join(WORDS[first : first + count])


def lineage_of(*sources: Source) -> Lineage:
    return find_lineage(LineageStory(sources))


@pytest.mark.parametrize("at", range(0, 40, 7))
def test_twelve_words_are_always_found(at: int) -> None:
    shared = words(200, 12)
    one = source(f"{words(0, at)} {shared} {words(60, 30)}.", 1)
    other = source(f"{words(100, 25)} {shared} {words(130, 40)}.", 2)
    assert fingerprints(one) & fingerprints(other)
    (pair,) = lineage_of(one, other).pairs
    assert pair.kind is ReuseKind.PARTIAL
    (passage,) = pair.passages
    assert passage.a.of(one.text) == passage.b.of(other.text) == shared


@pytest.mark.parametrize("at", range(0, 40, 3))
def test_a_passage_of_ten_words_has_a_fingerprint_wherever_it_stands(at: int) -> None:
    shared = words(200, GUARANTEED)
    text = source(f"{words(0, at)} {shared} {words(60, 30)}.", 1)
    assert GUARANTEED == 10
    assert fingerprints(text) & hashes_of(shared)


def test_eleven_words_are_a_turn_of_phrase() -> None:
    shared = words(200, 11)
    found = lineage_of(source(f"{words(0, 30)} {shared}", 1), source(f"{shared} {words(100, 30)}", 2))
    assert found.pairs == ()


def test_both_containments_are_told() -> None:
    whole = words(0, 100)
    found = lineage_of(source(whole, 1), source(words(0, 70), 2))
    (pair,) = found.pairs
    assert pair.containment.a_in_b == pytest.approx(0.7)
    assert pair.containment.b_in_a == 1.0
    assert pair.kind is ReuseKind.PARTIAL
    assert len(found.groups) == 1


def test_a_few_words_changed_inside_leave_one_passage() -> None:
    changed = f"{words(0, 20)} other {words(21, 20)}"
    (pair,) = lineage_of(source(words(0, 41), 1), source(changed, 2)).pairs
    assert pair.kind is ReuseKind.COPY
    assert len(pair.passages) == 1


def test_quotes_are_shared_without_copying() -> None:
    quote = f"“{words(200, 25)},” Ada Moss said."
    one = source(f"{words(0, 40)}. {quote}", 1)
    other = source(f"{quote} {words(100, 40)}.", 2)
    found = lineage_of(one, other)
    (pair,) = found.pairs
    assert pair.kind is ReuseKind.QUOTES
    assert pair.outside_quotes.larger == 0.0
    assert pair.containment.larger > 0.3
    assert len(found.groups) == 2


def test_what_one_outlet_repeats_below_its_news_is_background() -> None:
    about = words(300, 40)
    texts = [source(f"{words(at, 60)}. {about}.", at + 1, publisher="The Courier") for at in (0, 100)]
    (pair,) = lineage_of(*texts).pairs
    assert pair.background
    lead = [source(f"{about}. {words(at, 60)}.", at + 1, publisher="The Courier") for at in (0, 100)]
    assert not lineage_of(*lead).pairs[0].background
    others = [source(f"{words(at, 60)}. {about}.", at + 1, publisher=f"Paper {at}") for at in (0, 100)]
    assert not lineage_of(*others).pairs[0].background


def test_dates_and_credits_tell_the_direction_and_nothing_else_does() -> None:
    text = words(0, 60)
    one, other = source(text, 1, date="2031-06-14"), source(text, 2, date="2031-06-12")
    (pair,) = lineage_of(one, other).pairs
    assert pair.direction is not None
    assert (pair.direction.earlier, pair.direction.basis) == (other.ref, "date")
    assert lineage_of(source(text, 1), source(text, 2, date="2031")).pairs[0].direction is None
    crediting = source(f"{text}. The Courier reported that the sale is off.", 1, date="2031-06-12")
    named = source(text, 2, publisher="The Courier", date="2031-06-14")
    (pair,) = lineage_of(crediting, named).pairs
    assert pair.direction is not None
    assert (pair.direction.earlier, pair.direction.basis) == (named.ref, "credit")


def test_odd_stories_have_a_lineage_too() -> None:
    assert lineage_of().listed == ()
    alone = lineage_of(source(words(0, 40), 1))
    assert (len(alone.listed), len(alone.groups), len(alone.origins)) == (1, 1, 1)
    equal = lineage_of(source(words(0, 40), 1), source(words(0, 40), 2))
    assert [len(group) for group in equal.groups] == [2]
    assert equal.pairs[0].kind is ReuseKind.COPY
    short = lineage_of(source("Too few words.", 1), source("Too few words.", 2))
    assert [len(group) for group in short.groups] == [2]
    empty = lineage_of(source("", 1), source("…", 2), source(words(0, 40), 3))
    assert (len(empty.groups), empty.pairs) == (3, ())
    text = words(0, 40)
    muted = (Zone(ZoneKind.BOILERPLATE, 0, len(text)),)
    all_muted = lineage_of(source(text, 1, zones=muted), source(text, 2, zones=muted))
    assert (len(all_muted.groups), all_muted.pairs, all_muted.origins) == (2, (), ())


def test_copies_of_a_text_that_credits_nobody_are_one_origin() -> None:
    text = f"{words(0, 60)}."
    texts = (source(text, 1), source(text, 2), source(f"{words(100, 60)}.", 3))
    story = LineageStory(texts)
    lineage = find_lineage(story)
    assert [(origin.name, len(origin.refs)) for origin in lineage.origins] == [("story/1", 2), ("story/3", 1)]
    found = find_claim_origins(story, words(10, 12), lineage.groups)
    assert [(origin.name, origin.basis) for origin in found.origins] == [("story/1", "own")]
    assert len(found.stated) == 2


def test_giving_up_ends_early() -> None:
    texts = tuple(source(words(0, 60), number) for number in range(1, 30))
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    found = find_lineage(LineageStory(texts), cancelled=cancelled)
    assert len(found.pairs) == 3
    assert found.origins == ()
