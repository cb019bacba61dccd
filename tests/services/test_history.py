"""Who said what first, and what changed since a day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sources.errors import UnknownReference
from sources.evidence.blame import Place, trace
from sources.evidence.figure_matrix import MatrixMention, MatrixRow, MatrixValue, Status
from sources.evidence.figures import FigureKind
from sources.evidence.lineage import Lineage
from sources.evidence_cache import EvidenceCache
from sources.importing import import_paths
from sources.library import Library
from sources.model import Ref
from tui.services.history import blame_story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MILL = (
    ("2031-06-10", "The mill at Ostend burned down. The fire cost the owner, Brill Foods, $4.2 million."),
    (
        "2031-06-11",
        "Brill Foods lost $4.2 million in the fire. “Nobody was in the building that night,” said Ada Moss.",
    ),
    (
        "2031-06-12",
        "The fire cost the owner, Brill Foods, $4.8 million. “Nobody was in the mill that night,” said Moss.",
    ),
)


class _Clock:
    """Gives the moment that a test sets."""

    def __init__(self) -> None:
        self.now = "2031-06-13T08:00:00+00:00"

    def __call__(self) -> str:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def mill(tmp_path: Path, clock: _Clock) -> Iterator[Library]:
    with Library.open(tmp_path / "library", clock=clock) as library:
        put(library, tmp_path, _MILL)
        yield library


def put(library: Library, folder: Path, sources: tuple[tuple[str, str], ...]) -> None:
    lines = [
        {"id": f"mill-{number}", "title": f"Mill {number}", "date": date, "story": "mill", "text": text}
        for number, (date, text) in enumerate(sources, start=1)
    ]
    (folder / "mill.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert not import_paths(library, [str(folder / "mill.jsonl")], story="mill").failed


def test_the_first_is_who_came_out_first_and_who_changed_it_is_marked(mill: Library) -> None:
    facts = blame_story(EvidenceCache(mill), "mill", about="$4.2 million")
    (price,) = [fact for fact in facts if fact.kind == "figure"]
    assert (price.first.ref.number, price.first.date, price.first.version) == (1, "2031-06-10", 1)
    assert price.sure
    assert [(one.ref.number, one.text, one.changed) for one in price.taken_over] == [
        (2, "$4.2 million", False),
        (3, "$4.8 million", True),
    ]


def test_a_quote_with_another_word_is_told_as_changed(mill: Library) -> None:
    (quote,) = [fact for fact in blame_story(EvidenceCache(mill), "mill") if fact.kind == "quote"]
    assert quote.first.ref.number == 2
    assert [(one.ref.number, one.changed) for one in quote.taken_over] == [(3, True)]


def test_of_two_sources_of_one_day_neither_is_surely_the_first(tmp_path: Path, clock: _Clock) -> None:
    with Library.open(tmp_path / "library", clock=clock) as library:
        put(library, tmp_path, (("2031-06-10", _MILL[0][1]), ("2031-06-10", _MILL[1][1])))
        (price,) = blame_story(EvidenceCache(library), "mill", about="4.2")[:1]
    assert (price.first.ref.number, price.sure) == (1, False)


def test_what_was_said_in_an_earlier_version_counts_from_there(
    mill: Library, tmp_path: Path, clock: _Clock
) -> None:
    clock.now = "2031-06-20T08:00:00+00:00"
    changed = (_MILL[0], (_MILL[1][0], f"{_MILL[1][1]} The roof fell at 73 miles an hour."), _MILL[2])
    put(mill, tmp_path, changed)
    facts = blame_story(EvidenceCache(mill), "mill")
    (price,) = [one for one in facts if one.kind == "figure" and one.text == "$4.2 million"]
    assert [one.version for one in price.taken_over if one.ref.number == 2] == [1]
    (speed,) = [one for one in facts if one.kind == "figure" and "73" in one.text]
    assert (speed.first.version, speed.first.date) == (2, "2031-06-20")


def test_blame_of_no_story(mill: Library) -> None:
    with pytest.raises(UnknownReference):
        blame_story(EvidenceCache(mill), "nowhere")
    assert blame_story(EvidenceCache(mill), "mill", about="nothing like it") == ()


def test_days_of_which_only_the_month_is_known_prove_no_order(tmp_path: Path, clock: _Clock) -> None:
    with Library.open(tmp_path / "library", clock=clock) as library:
        put(library, tmp_path, (("2031-06", _MILL[0][1]), ("2031-06-20", _MILL[1][1])))
        (price,) = [fact for fact in blame_story(EvidenceCache(library), "mill") if fact.kind == "figure"]
    assert len(price.taken_over) == 1
    assert not price.sure


def test_a_statement_in_words_of_their_own_is_no_change_but_a_copy_that_is_reworded_is(
    tmp_path: Path, clock: _Clock
) -> None:
    first = (
        "The old mill at Ostend burned down in the night of Sunday. The roof fell into the yard at four"
        " in the morning. Firemen from three towns fought the blaze for nine hours."
        " The owner has closed the road."
    )
    own = "On Sunday night a fire destroyed the mill at Ostend. Nobody lives there now, a neighbour said."
    copy = first.replace("has closed the road", "has closed the only road to the harbour")
    with Library.open(tmp_path / "library", clock=clock) as library:
        put(library, tmp_path, (("2031-06-10", first), ("2031-06-11", own), ("2031-06-12", copy)))
        facts = blame_story(EvidenceCache(library), "mill")
    sayings = [one for fact in facts if fact.kind == "claim" for one in fact.taken_over]
    assert not any(one.changed for one in sayings if one.ref.number == 2)
    assert [one.text[-16:] for one in sayings if one.changed] == [" to the harbour."]


@pytest.mark.parametrize(
    ("status", "facts"), [(Status.CONFLICT, 1), (Status.UPDATED, 1), (Status.POSSIBLE, 2), (Status.NEARBY, 2)]
)
def test_figures_that_may_be_of_two_things_are_two_facts(status: Status, facts: int) -> None:
    refs = (Ref("mill", 1), Ref("mill", 2))
    texts = {refs[0]: "It cost $4m.", refs[1]: "It cost $5m."}
    values = tuple(
        MatrixValue(
            number,
            "USD",
            None,
            None,
            None,
            "$",
            before=False,
            dissents=False,
            mentions=(MatrixMention(ref, 8, 11),),
        )
        for number, ref in zip((4.0, 5.0), refs, strict=True)
    )
    row = MatrixRow("r", FigureKind.MONEY, "cost", status, values)

    class Dated:
        def began(self, place: Place) -> tuple[int, str | None]:
            return 1, f"2031-06-1{place.ref.number}"

    found = trace([row], [], None, Lineage(refs, (), (), (), ()), texts, Dated())
    assert len(found) == facts
    assert sum(one.changed for fact in found for one in fact.taken_over) == 2 - facts
